"""The proofs every question ships with.

The reference passes everything; the stub is *not attempted*; each misconception fails at the check it names,
and is told from the others; each alternative right answer passes; and nothing that ignores its input earns a
point.
"""

from __future__ import annotations

import time
import types
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.course.chapter import Chapter, read_chapter
from autograder.course.otter_tests import TestCase, run_cases, test_cases, wrong_answers
from autograder.course.question import DeclarationError, Question, WorkedValue
from autograder.course.settings import read_settings
from autograder.grade.diagnosis import Recorder, diagnose, diagnose_value
from autograder.kit.checking import CheckFailed, NotAttempted

VARIANTS_PROVED = ("spring", "summer", "autumn")
MIN_MISCONCEPTIONS = 4
MIN_ALTERNATIVES = 3


@dataclass
class Proof:
    """What was proved of a chapter: counts, every claim that did not hold, and what a question still wants to
    be well proved."""

    chapter: str
    points: float = 0
    questions: int = 0
    public: int = 0
    hidden: int = 0
    misconceptions: int = 0
    alternatives: int = 0
    impostors: int = 0
    failures: list[str] = field(default_factory=list)
    wanting: list[str] = field(default_factory=list)
    seconds: float = 0.0


def prove(chapter: Chapter) -> Proof:
    """Run the proofs of a chapter, its other variants included."""
    started = time.perf_counter()
    proof = Proof(chapter.name, chapter.points)
    for question in chapter.questions.values():
        proof.questions += 1
        cases = test_cases(chapter, question)
        proof.public += sum(not case.hidden for case in cases)
        proof.hidden += sum(case.hidden for case in cases)
        proof.misconceptions += len(question.misconceptions)
        proof.alternatives += len(question.alternatives)
        where = f"{chapter.name}/{question.name}"
        if isinstance(question, WorkedValue):
            proof.failures += [f"{where}: {said}" for said in _prove_value(chapter, question, cases)]
        elif isinstance(question, Question):
            proof.impostors += len(IMPOSTORS)
            proof.failures += [f"{where}: {said}" for said in _prove_function(chapter, question, cases)]
            for kind, there, least in (
                ("misconceptions", question.misconceptions, MIN_MISCONCEPTIONS),
                ("alternatives", question.alternatives, MIN_ALTERNATIVES),
            ):
                if len(there) < least:
                    said = f"{len(there)} of the {least} {kind} that make a check worth trusting"
                    proof.wanting.append(f"{where}: {said}")
    if chapter.variant == "primer":
        proof.failures += _prove_variants(chapter)
    proof.wanting += _odd(chapter)
    proof.seconds = time.perf_counter() - started
    return proof


def _odd(chapter: Chapter) -> list[str]:
    """What is no fault, and seldom meant: points that do not add up, a TODO that is left, a reference that no
    question asks for."""
    said = []
    wanted = read_settings(chapter.root).points_of(chapter.name)
    if chapter.points != wanted:
        said.append(
            f"{chapter.name}: its questions are worth {chapter.points:g} points together, and course.toml"
            f" gives it {wanted:g}: change a question's points, or its line under [points]"
        )
    sources = (chapter.markdown_path, chapter.questions_path, chapter.answers_path, chapter.solutions_path)
    for path in sources:
        lines = path.read_text(encoding="utf-8-sig").split("\n") if path.is_file() else []
        left = [number for number, line in enumerate(lines, start=1) if "TODO" in line]
        if left:
            where = f"{path.relative_to(chapter.root)}:{left[0]}"
            said.append(f"{where}: TODO in {len(left)} line{'s' * (len(left) != 1)}")
    public = [name for name in vars(chapter.reference_module) if not name.startswith("_")]
    for name in public:
        value = getattr(chapter.reference_module, name)
        own = getattr(value, "__module__", "") == chapter.reference_module.__name__
        if isinstance(value, types.FunctionType) and own and name not in chapter.questions:
            said.append(
                f"{chapter.name}: reference `{name}` has no question; take it out, or let its name begin"
                " with _"
            )
    return said


# Functions --------------------------------------------------------------------------------------------------


def _prove_function(chapter: Chapter, question: Question, cases: list[TestCase]) -> list[str]:
    failures = []

    def outcomes_of(implementation: Callable[..., Any]) -> tuple[dict[str, Exception | None], Recorder]:
        recorder = Recorder(implementation)
        with warnings.catch_warnings():
            # `to_be_quiet` listens for itself; elsewhere a misconception that warns need not be heard here.
            warnings.simplefilter("ignore")
            return run_cases(cases, {**chapter.references, question.name: recorder}), recorder

    for name, outcome in outcomes_of(chapter.references[question.name])[0].items():
        if outcome is not None:
            failures.append(f"the reference fails `{name}`: {describe(outcome)}")
    for name, outcome in outcomes_of(stub(question.name))[0].items():
        if not isinstance(outcome, NotAttempted):
            failures.append(f"the stub is not called `not attempted` by `{name}`: {describe(outcome)}")
    for wrong in question.misconceptions:
        if not wrong.caught_by:
            failures.append(f"misconception `{wrong.name}` names no check that catches it")
        outcomes, recorder = outcomes_of(wrong.function)
        for catcher in wrong.caught_by:
            if outcomes[catcher] is None:
                failures.append(
                    f"misconception `{wrong.name}` passes `{catcher}`, the check it names; it fails"
                    f" {_failed(outcomes)}"
                )
        faults = [
            f"{name}: {describe(error)}"
            for name, error in outcomes.items()
            if error is not None and not isinstance(error, CheckFailed)
        ]
        if faults:
            failures.append(f"misconception `{wrong.name}` breaks a check: {faults[0]}")
        found = diagnose(question.misconceptions, recorder.calls)
        if found is not wrong:
            failures.append(
                f"misconception `{wrong.name}` is not told from the others by the checks' inputs"
                + (f"; it reads as `{found.name}`" if found else "")
            )
    for right in question.alternatives:
        for name, outcome in outcomes_of(right)[0].items():
            if outcome is not None:
                failures.append(f"alternative `{right.__name__}` is refused by `{name}`: {describe(outcome)}")
    for label, impostor in IMPOSTORS.items():
        for name, outcome in outcomes_of(impostor)[0].items():
            if outcome is None:
                failures.append(
                    f"check `{name}` is passed by a function that {label}: give it a right answer to ask for"
                    " as well"
                )
            elif not isinstance(outcome, CheckFailed):
                failures.append(f"check `{name}` breaks on a function that {label}: {describe(outcome)}")
    return failures


def stub(name: str) -> Callable[..., Any]:
    """The function as it is handed out."""

    def not_attempted(*_args: Any, **_kwargs: Any) -> Any:
        raise NotImplementedError(f"{name}: not attempted yet")

    return not_attempted


def _raises_value_error(*_args: Any, **_kwargs: Any) -> Any:
    # Every number a message could be asked to name.
    raise ValueError("bad input: " + " ".join(str(n) for n in range(-20, 100)))


def _first_argument(*args: Any, **_kwargs: Any) -> Any:
    return args[0] if args else None


IMPOSTORS: dict[str, Callable[..., Any]] = {
    "returns None": lambda *_a, **_k: None,
    "returns 0": lambda *_a, **_k: 0,
    "returns 1.0": lambda *_a, **_k: 1.0,
    "returns True": lambda *_a, **_k: True,
    "returns False": lambda *_a, **_k: False,
    "returns a very large int": lambda *_a, **_k: 10**400,
    "returns nan": lambda *_a, **_k: float("nan"),
    "returns ''": lambda *_a, **_k: "",
    "returns []": lambda *_a, **_k: [],
    "returns an empty array": lambda *_a, **_k: np.array([]),
    "returns its first argument": _first_argument,
    "raises ValueError whatever it is given": _raises_value_error,
}


# Worked values ----------------------------------------------------------------------------------------------


def _prove_value(chapter: Chapter, question: WorkedValue, cases: list[TestCase]) -> list[str]:
    failures = []
    numbers = chapter.numbers[question.name]

    def outcome_of(value: Any) -> Exception | None:
        return next(iter(run_cases(cases, {question.name: value}).values()))

    answer = chapter.answer(question)
    if (outcome := outcome_of(answer)) is not None:
        failures.append(f"the reference's answer {answer!r} is refused: {describe(outcome)}")
    if not isinstance(outcome := outcome_of(...), NotAttempted):
        failures.append(f"the placeholder is not called `not attempted`: {describe(outcome)}")
    if question.numbers and question.redraw is None:
        failures.append("its numbers are not drawn: add a function under @draw")
    known = wrong_answers(chapter, question)
    for wrong in known:
        if outcome_of(wrong["value"]) is None:
            failures.append(f"misconception `{wrong['name']}` gives the right answer, {wrong['value']!r}")
        if diagnose_value(known, wrong["value"]) is not wrong:
            failures.append(
                f"misconception `{wrong['name']}` gives the same answer as another, {wrong['value']!r}"
            )
    for right in question.alternatives:
        if (outcome := outcome_of(right(**numbers))) is not None:
            failures.append(f"alternative `{right.__name__}` is refused: {describe(outcome)}")
    return failures


def prove_values(chapter: Chapter) -> list[str]:
    """What of a chapter depends on its variant: every claim about its worked values that does not hold."""
    return [
        f"{chapter.name}/{question.name}, variant `{chapter.variant}`: {said}"
        for question in chapter.questions.values()
        if isinstance(question, WorkedValue)
        for said in _prove_value(chapter, question, test_cases(chapter, question))
    ]


def _prove_variants(chapter: Chapter) -> list[str]:
    failures = []
    for variant in VARIANTS_PROVED:
        try:
            other = read_chapter(chapter.root, chapter.name, variant)
        except DeclarationError as error:
            failures.append(f"{chapter.name}, variant `{variant}`: {error}")
            continue
        failures += prove_values(other)
        same = [
            name for name, numbers in other.numbers.items() if numbers and numbers == chapter.numbers[name]
        ]
        failures += [
            f"{chapter.name}/{name}, variant `{variant}`: the numbers are the primer's own" for name in same
        ]
    return failures


# What a failure says ----------------------------------------------------------------------------------------


def describe(outcome: Exception | None) -> str:
    if outcome is None:
        return "it passes"
    return f"{type(outcome).__name__}: " + "; ".join(str(outcome).strip().splitlines())


def _failed(outcomes: Mapping[str, Exception | None]) -> str:
    return ", ".join(f"`{name}`" for name, outcome in outcomes.items() if outcome is not None) or "nothing"
