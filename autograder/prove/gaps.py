"""Gaps: wrong answers that every check lets through, and right ones that a check refuses.

A question's known wrong answers are its misconceptions, edits of its reference and of its alternatives, and
wrappers around its reference. One that passes every check, and that a call drawn from the question's domain
tells from the reference, is a gap. One that no drawn call tells from the reference is equivalent to it, by
measurement, and needs no list. Of the drawn calls a few are chosen that together tell as many as can be: the
question's drawn check.
"""

from __future__ import annotations

import contextlib
import math
import os
import resource
import signal
import time
import types
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from autograder.course.chapter import Chapter, read_chapter
from autograder.course.otter_tests import compiled, test_cases
from autograder.course.question import DeclarationError, Question
from autograder.prove.inputs import Drawn, Function, Untimed, drawn
from autograder.prove.known_answers import Answer, in_float32, right_answers, wrong_answers
from autograder.prove.mutants import FORK

# Of the processor's time: what an answer has for the checks, and for the drawn calls.
MIN_SECONDS_OF_CHECKS, MAX_SECONDS_OF_CHECKS = 0.15, 0.5
# How many times what the reference takes an answer may take for the checks, within those limits.
TIMES_THE_REFERENCE = 20
SECONDS_OF_CALLS = 2.0
# A change of an alternative has less time for the calls beyond the first: what is chosen does not hang on it.
SECONDS_OF_MORE_CALLS, SECONDS_OF_AN_ALTERNATIVE, SECONDS_OF_A_RIGHT_ANSWER = 2.0, 0.1, 20.0
BYTES_AN_ANSWER = 4 * 2**30
# A change of the reference is put the first of the drawn calls, and what passes every check and those, all.
FIRST_CALLS, ALL_CALLS = 90, 360
MAX_CHOSEN = 8
# A call with 2,000 numbers takes as much time as several others.
COST_OF_A_LONG_CALL = 3.0


# What becomes of an answer ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fate:
    """What became of an answer. failed: the checks that it fails; None if one did not end. told: the drawn
    calls that tell it from the reference, as bits."""

    failed: tuple[str, ...] | None
    told: int = 0

    @property
    def passes(self) -> bool:
        return self.failed == ()


@dataclass(frozen=True)
class Judge:
    """A question's checks and drawn calls, ready to be put to one answer after another."""

    question: str
    cases: Mapping[str, types.FunctionType]
    others: Mapping[str, Function]
    calls: Sequence[Drawn]
    # How many of the calls are the first ones.
    first: int
    # Of the processor's time, for the checks.
    seconds: float = MAX_SECONDS_OF_CHECKS
    # Whether to go on after the first check that fails, to know all that do.
    thorough: bool = False

    def failed(self, function: Function) -> tuple[str, ...]:
        """The checks that a function fails; the first of them, unless asked to be thorough."""
        names = {**self.others, self.question: Untimed(function)}
        failed: list[str] = []
        for name, case in self.cases.items():
            if failed and not self.thorough:
                break
            try:
                case(*[names.get(wanted) for wanted in _parameters(case)])
            except Exception:
                failed.append(name)
        return tuple(failed)

    def telling_calls(self, function: Function, calls: range, seconds: float = math.inf) -> int:
        """Which of these calls tell a function from the reference, as bits; none of those beyond its time."""
        end = time.process_time() + seconds
        told = 0
        for i in calls:
            if time.process_time() > end:
                break
            if self.calls[i].tells(function, self.question):
                told |= 1 << i
        return told

    def of(self, answers: Sequence[Answer], *, right: bool = False) -> list[Fate]:
        """What becomes of each answer, in a child process: one that does not end, or crashes, takes the child
        with it, and a new child goes on. right: whether all calls are put to all of them."""
        fates: list[Fate] = []
        while len(fates) < len(answers):
            receiver, sender = FORK.Pipe(duplex=False)
            child = FORK.Process(target=self._judge, args=(sender, answers[len(fates) :], right))
            child.start()
            sender.close()
            begun: Fate | None = None
            try:
                while len(fates) < len(answers):
                    begun, fate = receiver.recv()
                    if fate is not None:
                        fates.append(fate)
                        begun = None
            except EOFError:
                # If no drawn call was reached, a check did not end; else, any call is taken to tell it.
                fates.append(Fate(begun.failed, (1 << self.first) - 1) if begun else Fate(None))
            finally:
                receiver.close()
                child.join()
        return fates

    def _judge(self, sender: Any, answers: Sequence[Answer], right: bool) -> None:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_AS, (BYTES_AN_ANSWER, resource.getrlimit(resource.RLIMIT_AS)[1]))
        warnings.simplefilter("ignore")
        np.seterr(all="ignore")
        with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
            for answer in answers:
                signal.setitimer(signal.ITIMER_PROF, SECONDS_OF_A_RIGHT_ANSWER if right else self.seconds)
                try:
                    failed = self.failed(answer.make())
                except Exception:
                    failed = ("(it cannot be made)",)
                told = 0
                if answer.of_reference or not failed:
                    sender.send((Fate(failed), None))
                    signal.setitimer(signal.ITIMER_PROF, SECONDS_OF_CALLS)
                    told = self.telling_calls(answer.make(), range(self.first))
                    if right or (not failed and not told):
                        seconds = SECONDS_OF_MORE_CALLS if answer.of_reference else SECONDS_OF_AN_ALTERNATIVE
                        if right:
                            seconds = SECONDS_OF_A_RIGHT_ANSWER
                        signal.setitimer(signal.ITIMER_PROF, SECONDS_OF_CALLS + seconds)
                        told |= self.telling_calls(answer.make(), range(self.first, len(self.calls)), seconds)
                signal.setitimer(signal.ITIMER_PROF, 0)
                sender.send((None, Fate(failed, told)))


def _parameters(case: types.FunctionType) -> tuple[str, ...]:
    return case.__code__.co_varnames[: case.__code__.co_argcount]


def _timed(chapter: Chapter, question: Question) -> tuple[dict[str, types.FunctionType], float]:
    """A question's checks, the quickest first, since most wrong answers fail any of them; and how long the
    reference takes for all."""
    seconds: dict[str, float] = {}
    cases = {case.name: compiled(case) for case in test_cases(chapter, question)}
    for name, case in cases.items():
        started = time.process_time()
        with contextlib.suppress(Exception):
            case(*[chapter.references.get(wanted) for wanted in _parameters(case)])
        seconds[name] = time.process_time() - started
    ordered = sorted(cases, key=lambda name: seconds[name])
    return {name: cases[name] for name in ordered}, sum(seconds.values())


# What is found ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Gap:
    """A wrong answer that passes every check, and the shortest drawn call that tells it."""

    answer: Answer
    call: str


@dataclass(frozen=True)
class Refusal:
    """A right answer that a check refuses, or that a drawn call tells from the reference."""

    answer: Answer
    by: str


@dataclass
class Study:
    """What is found of one question. chosen: which of the drawn calls make its drawn check."""

    chapter: str
    question: str
    chosen: list[int] = field(default_factory=list)
    kinds_of_wrong: Counter[str] = field(default_factory=Counter)
    killed: int = 0
    killed_by_drawn_alone: int = 0
    equivalent: int = 0
    gaps: list[Gap] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    needless: list[str] = field(default_factory=list)
    problem: str = ""
    seconds: float = 0.0

    @property
    def wrong(self) -> int:
        return sum(self.kinds_of_wrong.values())


def study(chapter: Chapter, question: Question, *, thorough: bool = False) -> Study:
    """Put a question's checks, and calls drawn from its domain, to every answer that is known of it.

    thorough: find out which checks are needless, too.
    """
    started = time.perf_counter()
    found = Study(chapter.name, question.name)
    judge = _judge_of(chapter, question, thorough=thorough)
    usable = _usable(judge, right_answers(chapter, question), found)
    wrong = list(wrong_answers(chapter, question, judge.calls[: judge.first]))
    fates = judge.of(wrong)
    first = [fate for answer, fate in zip(wrong, fates, strict=True) if answer.of_reference]
    found.chosen = _chosen(judge, first, usable)
    chosen = sum(1 << i for i in found.chosen)
    for answer, fate in zip(wrong, fates, strict=True):
        told = fate.told & usable
        if fate.passes and not told:
            found.equivalent += 1
            continue
        found.kinds_of_wrong[answer.kind.partition(" of ")[0]] += 1
        if not fate.passes:
            found.killed += 1
        elif told & chosen:
            found.killed_by_drawn_alone += 1
        else:
            found.gaps.append(Gap(answer, _smallest(judge.calls, told, question.name)))
    found.needless = _needless(judge.cases, fates) if thorough else []
    found.seconds = time.perf_counter() - started
    return found


def choose(chapter: Chapter, question: Question) -> list[Drawn]:
    """The calls of a question's drawn check: the same as a study finds, in less time, since changes of the
    alternatives have no say in it."""
    judge = _judge_of(chapter, question)
    usable = _usable(judge, right_answers(chapter, question), Study(chapter.name, question.name))
    known = wrong_answers(chapter, question, judge.calls[: judge.first])
    fates = judge.of([answer for answer in known if answer.of_reference])
    return [judge.calls[i] for i in _chosen(judge, fates, usable)]


def _judge_of(chapter: Chapter, question: Question, *, thorough: bool = False) -> Judge:
    calls = drawn(chapter, question, chapter.variant, ALL_CALLS)
    first = min(FIRST_CALLS, len(calls))
    cases, taken = _timed(chapter, question)
    seconds = min(max(taken * TIMES_THE_REFERENCE, MIN_SECONDS_OF_CHECKS), MAX_SECONDS_OF_CHECKS)
    return Judge(question.name, cases, chapter.references, calls, first, seconds, thorough)


def _usable(judge: Judge, answers: Iterable[Answer], found: Study) -> int:
    """Note which right answers are refused; returns the calls that all of them agree on, as bits.

    A call on which float32 is too coarse is left out and not noted: for such an answer, rounding is no fault.
    """
    right = list(answers)
    usable = (1 << len(judge.calls)) - 1
    for answer, fate in zip(right, judge.of(right, right=True), strict=True):
        coarse = answer.kind == "form" or in_float32(answer.make(), judge.calls)
        if fate.failed is None or fate.failed:
            if answer.kind != "form":
                by = ", ".join(f"`{name}`" for name in fate.failed or ["a check that does not end"])
                found.refusals.append(Refusal(answer, by))
            continue
        if fate.told and not coarse:
            found.refusals.append(
                Refusal(answer, f"a drawn call: {_smallest(judge.calls, fate.told, judge.question)}")
            )
        usable &= ~fate.told
    return usable


def _bits(row: int) -> Iterator[int]:
    while row:
        low = row & -row
        yield low.bit_length() - 1
        row ^= low


def _smallest(calls: Sequence[Drawn], row: int, name: str) -> str:
    return min((calls[i].source(name) for i in _bits(row) if i < len(calls)), key=len, default="")


def _needless(cases: Mapping[str, Any], fates: Sequence[Fate]) -> list[str]:
    """The checks without which every known wrong answer would still fail another one."""
    needed = {fate.failed[0] for fate in fates if fate.failed is not None and len(fate.failed) == 1}
    return [name for name in cases if name not in needed]


def _chosen(judge: Judge, fates: Sequence[Fate], usable: int) -> list[int]:
    """At most `MAX_CHOSEN` calls: such as tell what no check does, then such as tell as much as can be of
    what checks find too, each of it rather by several calls than again and again by one."""
    rows = [(fate.told & usable, fate.passes) for fate in fates if fate.told & usable]
    candidates = sorted({i for row, _ in rows for i in _bits(row)}) or [0]
    weights = np.array([1000.0 if passes else 1.0 for _, passes in rows])
    tells = np.array([[row >> i & 1 for row, _ in rows] for i in candidates], dtype=bool)
    costs = np.array([COST_OF_A_LONG_CALL if judge.calls[i].long else 1.0 for i in candidates])
    # Of calls that tell as much, the shortest.
    lengths = np.array([len(judge.calls[i].source("")) * 1e-6 for i in candidates])
    chosen = [candidates[0]] if not rows else []
    while rows and len(chosen) < min(MAX_CHOSEN, len(candidates)):
        gains = tells @ weights / costs - lengths
        best = int(np.argmax(gains))
        if gains[best] <= 0:
            break
        chosen.append(candidates[best])
        # What is told counts for little from now on; if no check tells it, for no more than other things.
        weights = np.where(tells[best], np.minimum(weights, 1.0) * 0.3, weights)
        tells[best] = False
    return chosen


# A course ---------------------------------------------------------------------------------------------------


def studies(
    root: Path, names: Sequence[str], variant: str = "primer", *, thorough: bool = False
) -> Iterator[Study]:
    """The studies of several chapters' questions, in their order, worked out by as many processes as there
    are processors."""
    wanted = [
        (root, name, variant, question.name, thorough)
        for name in names
        for question in read_chapter(root, name, variant).questions.values()
        if isinstance(question, Question) and question.inputs
    ]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=FORK) as pool:
        yield from pool.map(study_by_name, wanted)


_read: dict[tuple[Path, str, str], Chapter] = {}


def study_by_name(wanted: tuple[Path, str, str, str, bool]) -> Study:
    """The study of a question, by course, chapter, variant and name: what another process can be asked."""
    root, name, variant, of, thorough = wanted
    if (root, name, variant) not in _read:
        _read[root, name, variant] = read_chapter(root, name, variant)
    chapter = _read[root, name, variant]
    question = chapter.questions[of]
    assert isinstance(question, Question)
    try:
        found = study(chapter, question, thorough=thorough)
    except DeclarationError as error:
        # One domain that does not fit its reference says nothing of the other questions.
        return Study(name, of, problem=str(error))
    # Answers hold functions, which do not cross to another process; what is reported does.
    found.gaps = [Gap(_named(gap.answer), gap.call) for gap in found.gaps]
    found.refusals = [Refusal(_named(refusal.answer), refusal.by) for refusal in found.refusals]
    return found


def _named(answer: Answer) -> Answer:
    return Answer(answer.kind, answer.name, _nothing)


def _nothing() -> Function:
    raise LookupError("an answer that is told of, and cannot be made here")


def without_a_domain(chapter: Chapter) -> list[str]:
    """The functions of a chapter whose arguments nothing is said about."""
    questions = chapter.questions.values()
    return [question.name for question in questions if isinstance(question, Question) and not question.inputs]
