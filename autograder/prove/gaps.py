"""Gaps: wrong answers that every check lets through, and right ones that a check refuses.

A question's known wrong answers are its misconceptions, edits of its reference and of its alternatives, and
wrappers around its reference. One that passes every check, and that a call drawn from the question's domain
tells from the reference, is a gap. One that no drawn call tells from the reference is equivalent to it, by
measurement, and needs no list. Of the drawn calls a few are chosen that together tell as many as can be: the
question's drawn check.
"""

from __future__ import annotations

import os
import resource
import signal
import time
import types
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from autograder.course.chapter import Chapter, read_chapter
from autograder.course.otter_tests import compiled, test_cases
from autograder.course.question import Question
from autograder.prove.inputs import Drawn, Function, Untimed, drawn
from autograder.prove.known_answers import Answer, in_float32, right_answers, wrong_answers
from autograder.prove.mutants import FORK

# Of the processor's time: what an answer has for the checks, and for the drawn calls.
SECONDS_OF_CHECKS = 0.5
SECONDS_OF_CALLS = 2.0
BYTES_AN_ANSWER = 4 * 2**30
# Every answer is asked the first of the drawn calls, and what no check and none of those tells, all of them.
FIRST_CALLS, ALL_CALLS = 100, 500
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

    def failed(self, function: Function) -> tuple[str, ...]:
        """The checks that a function fails."""
        names = {**self.others, self.question: Untimed(function)}
        failed = []
        for name, case in self.cases.items():
            try:
                case(
                    *[names.get(wanted) for wanted in case.__code__.co_varnames[: case.__code__.co_argcount]]
                )
            except Exception:
                failed.append(name)
        return tuple(failed)

    def told(self, function: Function, calls: range) -> int:
        """Which of these calls tell a function from the reference, as bits."""
        return sum(1 << i for i in calls if self.calls[i].tells(function, self.question))

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
                # Where no drawn call was reached, a check did not end; else, any call is taken to tell it.
                fates.append(Fate(begun.failed, (1 << FIRST_CALLS) - 1) if begun else Fate(None))
            finally:
                receiver.close()
                child.join()
        return fates

    def _judge(self, sender: Any, answers: Sequence[Answer], right: bool) -> None:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_AS, (BYTES_AN_ANSWER, resource.getrlimit(resource.RLIMIT_AS)[1]))
        warnings.simplefilter("ignore")
        np.seterr(all="ignore")
        first = range(min(FIRST_CALLS, len(self.calls)))
        with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
            for answer in answers:
                signal.setitimer(signal.ITIMER_PROF, SECONDS_OF_CHECKS)
                try:
                    failed = self.failed(answer.make())
                except Exception:
                    failed = ("(it cannot be made)",)
                told = 0
                if answer.of_reference or not failed:
                    sender.send((Fate(failed), None))
                    signal.setitimer(signal.ITIMER_PROF, SECONDS_OF_CALLS)
                    told = self.told(answer.make(), first)
                    if right or (not failed and not told):
                        told |= self.told(answer.make(), range(len(first), len(self.calls)))
                signal.setitimer(signal.ITIMER_PROF, 0)
                sender.send((None, Fate(failed, told)))


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
    """What is found of one question."""

    chapter: str
    question: str
    calls: list[Drawn] = field(default_factory=list)
    chosen: list[int] = field(default_factory=list)
    kinds_of_wrong: Counter[str] = field(default_factory=Counter)
    killed: int = 0
    killed_by_drawn_alone: int = 0
    equivalent: int = 0
    gaps: list[Gap] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    needless: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def wrong(self) -> int:
        return sum(self.kinds_of_wrong.values())


def study(chapter: Chapter, question: Question) -> Study:
    """Put a question's checks, and calls drawn from its domain, to every answer that is known of it."""
    started = time.perf_counter()
    found = Study(chapter.name, question.name)
    found.calls = calls = drawn(chapter, question, chapter.variant, ALL_CALLS)
    cases = {case.name: compiled(case) for case in test_cases(chapter, question)}
    judge = Judge(question.name, cases, chapter.references, calls)
    right = list(right_answers(chapter, question))
    usable = _screened(judge, right, found)
    wrong = list(wrong_answers(chapter, question, calls[:FIRST_CALLS]))
    fates = judge.of(wrong)
    found.chosen = choose(calls, fates, usable)
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
            found.gaps.append(Gap(answer, _smallest(calls, told, question.name)))
    found.needless = _needless(cases, fates)
    found.seconds = time.perf_counter() - started
    return found


def _screened(judge: Judge, right: Sequence[Answer], found: Study) -> int:
    """Note which right answers are refused; returns the calls that all of them agree on, as bits.

    A call on which float32 is too coarse is left out and not noted: for such an answer, rounding is no fault.
    """
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


def choose(calls: Sequence[Drawn], fates: Sequence[Fate], usable: int) -> list[int]:
    """At most `MAX_CHOSEN` calls: first such as tell what no check does, then such as tell as much as can be
    of what the checks find too, each of it rather once by several calls than again and again by one."""
    rows = [(fate.told & usable, fate.passes) for fate in fates if fate.told & usable]
    candidates = sorted({i for row, passes in rows for i in _bits(row) if passes or i < FIRST_CALLS})
    weights = np.array([1000.0 if passes else 1.0 for _, passes in rows])
    tells = np.array([[row >> i & 1 for row, _ in rows] for i in candidates], dtype=bool)
    chosen: list[int] = []
    while candidates and len(chosen) < MAX_CHOSEN:
        costs = np.array([COST_OF_A_LONG_CALL if calls[i].long else 1.0 for i in candidates])
        sizes = np.array([len(calls[i].source("")) for i in candidates])
        gains = tells @ weights / costs - sizes * 1e-6
        best = int(np.argmax(gains))
        if gains[best] <= 0:
            break
        chosen.append(candidates[best])
        # What is told already counts for little: what no check tells is told, the rest could be told better.
        weights = np.where(tells[best], np.minimum(weights, 1.0) * 0.3, weights)
        tells[best] = False
    return chosen


# A course ---------------------------------------------------------------------------------------------------


def studies(root: Path, names: Sequence[str], variant: str = "primer") -> Iterator[Study]:
    """The studies of several chapters' questions, in their order, worked out by as many processes as there
    are processors."""
    wanted = [
        (root, name, variant, question.name)
        for name in names
        for question in read_chapter(root, name, variant).questions.values()
        if isinstance(question, Question) and question.inputs
    ]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=FORK) as pool:
        yield from pool.map(_study_of, wanted)


_read: dict[tuple[Path, str, str], Chapter] = {}


def _study_of(wanted: tuple[Path, str, str, str]) -> Study:
    root, name, variant, of = wanted
    if (root, name, variant) not in _read:
        _read[root, name, variant] = read_chapter(root, name, variant)
    chapter = _read[root, name, variant]
    question = chapter.questions[of]
    assert isinstance(question, Question)
    found = study(chapter, question)
    # Answers and calls hold functions, which do not cross to another process; what is reported does.
    found.calls = []
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
