"""The chapter's checks as Otter's exception-based test cases: what the master notebook holds, and what proves
a question."""

from __future__ import annotations

import ast
import builtins
import inspect
import math
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from textwrap import indent
from typing import Any

from autograder.course.chapter import Chapter
from autograder.course.question import (
    DRAWN_SHARE,
    Answerable,
    Check,
    DeclarationError,
    HandGraded,
    WorkedValue,
    points_of_checks,
)
from autograder.course.source import literal, portable, source_of
from autograder.kit import checking
from autograder.kit.checking import bin_of, flatten, seal, seal_token
from autograder.kit.feedback import VALUE_IS_RIGHT
from autograder.kit.sealing import digest, seal_text

# One slow hash a part of an answer: enough to make guessing by machine tedious, too little for a student to
# notice.
SEAL_ROUNDS = 40_000


@dataclass(frozen=True)
class TestCase:
    """One Otter test case: a function of the student's names, as source."""

    name: str
    title: str
    hidden: bool
    points: float
    source: str
    declares_points: bool = False


@lru_cache(maxsize=1024)
def test_cases(chapter: Chapter, question: Answerable) -> list[TestCase]:
    """The test cases of a question, in the order they are declared. Kept, since sealing a value takes
    time."""
    if isinstance(question, WorkedValue):
        return [_confirmation(chapter, question)]
    if isinstance(question, HandGraded):
        return []
    worth = points_of_checks(question)
    return [_test_case(check, worth[check.name]) for check in question.checks]


DRAWN_CHECK = "further_calls"
DRAWN_TITLE = "Further calls, of every kind of input that the text allows."


def graded_cases(chapter: Chapter, question: Answerable) -> list[TestCase]:
    """The test cases of a question as they are graded: with its drawn check, if the chapter has it."""
    cases = test_cases(chapter, question)
    source = chapter.drawn_checks.get(question.name)
    if source is None:
        return cases
    worth = points_of_checks(question, beside_drawn=True)
    shares = [replace(case, points=worth[case.name]) for case in cases]
    points = question.points * DRAWN_SHARE
    return [*shares, TestCase(DRAWN_CHECK, DRAWN_TITLE, True, points, source, declares_points=True)]


def _test_case(check: Check, points: float) -> TestCase:
    parameters = list(inspect.signature(check.function).parameters)
    prelude = ["from checking import expect, student", *portable(check.function)]
    prelude += [f"{name} = student({name!r}, {name})" for name in parameters]
    source = _with_prelude(source_of(check.function), prelude)
    return TestCase(
        check.name, check.title, check.hidden, points, source, declares_points=check.points is not None
    )


def _with_prelude(source: str, prelude: list[str]) -> str:
    """The prelude, put between a function's docstring and the rest of its body."""
    node = ast.parse(source).body[0]
    assert isinstance(node, ast.FunctionDef)
    lines = source.splitlines()
    body_starts = node.body[1].lineno - 1 if len(node.body) > 1 else len(lines)
    comment_starts = node.body[0].end_lineno or body_starts
    return "\n".join([*lines[:comment_starts], indent("\n".join(prelude), "    "), *lines[comment_starts:]])


def _confirmation(chapter: Chapter, question: WorkedValue) -> TestCase:
    answer = chapter.answer(question)
    keys = list(answer) if isinstance(answer, dict) else None
    salt = f"{chapter.variant}/{chapter.name}/{question.name}"
    values = flatten(answer)
    tolerances = (
        question.tolerance if isinstance(question.tolerance, tuple) else (question.tolerance,) * len(values)
    )
    if len(tolerances) != len(values):
        raise DeclarationError(
            f"`{question.name}` has {len(values)} parts and {len(tolerances)} tolerances",
            *question.declared_at,
        )
    rounds = max(2_000, SEAL_ROUNDS // len(values))
    parts = [
        sealed_part(value, tolerance, f"{salt}/{i}", rounds)
        for i, (value, tolerance) in enumerate(zip(values, tolerances, strict=True))
    ]
    name = question.name
    arguments = {
        "salt": salt,
        "rounds": rounds,
        "parts": parts,
        "keys": keys,
        "because": question.because or None,
        "meaning": sealed_meaning(question.meaning, values[0], parts[0], f"{salt}/0", rounds) or None,
    }
    shown = ", ".join(f"{key}={literal(value)}" for key, value in arguments.items() if value is not None)
    source = (
        f"def {name}_is_right({name}):\n    from checking import confirm\n    confirm({name!r}, {name},"
        f" {shown})"
    )
    return TestCase(f"{name}_is_right", VALUE_IS_RIGHT, False, question.points, source)


def sealed_part(value: Any, tolerance: float | None, salt: str, rounds: int) -> dict[str, Any]:
    """What a check holds of one part of an answer: hashes, never the answer."""
    part: dict[str, Any] = {"kind": _kind_of_part(value, tolerance)}
    if part["kind"] == "number":
        part["width"] = tolerance
    part["hashes"] = sorted(seal(token, salt, rounds) for token in accepted_tokens(value, part))
    return part


def _kind_of_part(value: Any, tolerance: float | None) -> str:
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, str):
        return "word"
    return "exact" if tolerance is None else "number"


def sealed_meaning(meaning: str, value: Any, part: dict[str, Any], salt: str, rounds: int) -> dict[str, Any]:
    """What a right answer is followed by, under a key that each accepted first part of the answer opens."""
    if not meaning:
        return {}
    key = digest(f"{salt}/{meaning}")
    keys = {}
    for token in accepted_tokens(value, part):
        keys[seal(token, salt, rounds)] = seal_text(key, seal(f"meaning {token}", salt, rounds))
    return {"text": seal_text(meaning, key), "keys": keys}


def accepted_tokens(value: Any, part: dict[str, Any]) -> list[str]:
    """What is hashed of a right part: a number's tolerance bin and its neighbours, or the part itself."""
    if part["kind"] == "number":
        middle = bin_of(float(value), part["width"])
        return [seal_token("number", middle + step) for step in (-1, 0, 1)]
    return [seal_token(part["kind"], value)]


def answer_literal(chapter: Chapter, question: WorkedValue) -> str:
    """The answer as the key prints it: one digit finer than its tolerance."""
    tolerances = question.tolerance if isinstance(question.tolerance, tuple) else None
    count = iter(range(10_000))

    def rounded(value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return type(value)(rounded(item) for item in value)
        if isinstance(value, dict):
            return {key: rounded(item) for key, item in value.items()}
        place = next(count)
        tolerance = tolerances[place] if tolerances else question.tolerance
        if isinstance(value, float) and not isinstance(tolerance, tuple) and tolerance:
            return round(value, 1 - math.floor(math.log10(tolerance)))
        return value

    return literal(rounded(chapter.answer(question)))


def wrong_answers(chapter: Chapter, question: WorkedValue) -> list[dict[str, Any]]:
    """The wrong answers that the question's misconceptions lead to with this variant's numbers."""
    parts = len(flatten(chapter.answer(question)))
    within = question.tolerance if isinstance(question.tolerance, tuple) else (question.tolerance,) * parts
    numbers = chapter.numbers[question.name]
    return [
        {"name": wrong.name, "hint": wrong.hint, "value": wrong.function(**numbers), "within": list(within)}
        for wrong in question.misconceptions
    ]


# Running them ---------------------------------------------------------------------------------------------


def run_cases(cases: Sequence[TestCase], environment: Mapping[str, Any]) -> dict[str, Exception | None]:
    """Each case's outcome on these names: None if it passed."""
    outcomes: dict[str, Exception | None] = {}
    for case in cases:
        function = compiled(case)
        names = function.__code__.co_varnames[: function.__code__.co_argcount]
        try:
            function(*[environment.get(name) for name in names])
            outcomes[case.name] = None
        except Exception as error:
            outcomes[case.name] = error
    return outcomes


def compiled(case: TestCase) -> types.FunctionType:
    """A test case as a function of the names it asks for."""
    # A check imports `checking`, which stands beside a student's notebook; here it is the kit's.
    space: dict[str, Any] = {"__builtins__": {**vars(builtins), "__import__": _import_of_a_check}}
    exec(compile(case.source, f"<{case.name}>", "exec"), space)
    function = space[case.name]
    assert isinstance(function, types.FunctionType)
    return function


def _import_of_a_check(name: str, *args: Any, **kwargs: Any) -> Any:
    return checking if name == "checking" else builtins.__import__(name, *args, **kwargs)
