"""How a chapter's `questions.py` declares its questions.

Three kinds. `Question` is a function the student writes; `WorkedValue` a value the student works out by hand; `Reading` a value read off
an equation as papers print it. Each takes its name from the variable it is assigned to, and its reference from the function of that name in
`solutions/`::

    softmax = Question(points=4, source=["Example 6", "Figure 5"])

    @softmax.check
    def sums_to_one(softmax):
        \"\"\"The outputs sum to 1.\"\"\"
        expect(softmax, [2.0, 1.0, 0.5]).to_sum_to(1, because="divide by the sum of the exponentials")

    exercise_1 = WorkedValue(points=1, source="Exercise 1", numbers={"v": [6, 2, 3]}, tolerance=0.001)

    @exercise_1.draw
    def another_vector(rng):
        return {"v": rng.choice([[2, 3, 6], [1, 4, 8]])}

The decorated functions are plain data to the course: they are carried as source into the Otter tests and the grader distribution, so they may
use their parameters, `expect`, `math`, `np`, and constants and functions of the same `questions.py`.
"""

from __future__ import annotations

import inspect
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.checking import expect

__all__ = ["Question", "Reading", "WorkedValue", "expect"]

Function = Callable[..., Any]


class DeclarationError(Exception):
    """Something in a chapter's sources that cannot be built: what, and where."""

    def __init__(self, message: str, path: Path | str | None = None, line: int | None = None) -> None:
        self.message, self.path, self.line = message, path, line
        super().__init__(self.located())

    def located(self) -> str:
        if self.path is None:
            return self.message
        return f"{self.path}:{self.line or 1}: {self.message}"


def place_of(function: Function) -> tuple[str, int]:
    """The file and line a function was written at."""
    return function.__code__.co_filename, function.__code__.co_firstlineno


@dataclass(frozen=True)
class Check:
    """One thing asked of an answer."""

    function: Function
    title: str
    hidden: bool

    @property
    def name(self) -> str:
        return self.function.__name__


@dataclass(frozen=True)
class Misconception:
    """A wrong answer as people really give it, the checks that catch it, and what to say to its author."""

    function: Function
    caught_by: tuple[Function, ...]
    hint: str

    @property
    def name(self) -> str:
        return self.function.__name__


@dataclass
class Question:
    """A function the student writes.

    points: what it is worth. source: what of the primer it covers ("Example 6", "Figure 5", "Notation: softmax(z)", ...).
    """

    points: int
    source: str | list[str] = field(default_factory=list)
    name: str = field(default="", init=False)
    checks: list[Check] = field(default_factory=list, init=False)
    misconceptions: list[Misconception] = field(default_factory=list, init=False)
    alternatives: list[Function] = field(default_factory=list, init=False)
    declared_at: tuple[str, int] = field(default=("", 0), init=False)

    kind = "function"

    def __post_init__(self) -> None:
        frame = inspect.currentframe()
        while frame is not None and frame.f_code.co_filename in (__file__, "<string>"):
            frame = frame.f_back
        if frame is not None:
            self.declared_at = (frame.f_code.co_filename, frame.f_lineno)
        if isinstance(self.points, bool) or not isinstance(self.points, (int, float)) or self.points <= 0:
            raise DeclarationError(f"points={self.points!r}: a question is worth a positive number of points", *self.declared_at)
        self.source = [self.source] if isinstance(self.source, str) else list(self.source)

    def check(self, function: Function) -> Function:
        """A public check: students have it. Its docstring is its title."""
        return self._add_check(function, hidden=False)

    def hidden(self, function: Function) -> Function:
        """A hidden check: it runs where the submission is graded, and nowhere else."""
        return self._add_check(function, hidden=True)

    def _add_check(self, function: Function, *, hidden: bool) -> Function:
        title = " ".join((inspect.getdoc(function) or "").split())
        if not title:
            raise DeclarationError(f"check `{function.__name__}` has no docstring: its docstring is the title students read", *place_of(function))
        if any(known.name == function.__name__ for known in self.checks):
            raise DeclarationError(f"two checks of one question are named `{function.__name__}`", *place_of(function))
        self.checks.append(Check(function, title, hidden))
        return function

    def misconception(self, *, caught_by: Function | Iterable[Function], hint: str) -> Callable[[Function], Function]:
        """A wrong implementation. It must fail every check of `caught_by`; `hint` is what a student who wrote it is told."""
        catchers = (caught_by,) if callable(caught_by) else tuple(caught_by)

        def add(function: Function) -> Function:
            self.misconceptions.append(Misconception(function, catchers, hint))
            return function

        return add

    def alternative(self, function: Function) -> Function:
        """A right implementation of another kind: loops, lists for arrays, float32, another algorithm. It must pass every check."""
        self.alternatives.append(function)
        return function

    @property
    def public(self) -> list[Check]:
        return [check for check in self.checks if not check.hidden]


@dataclass
class WorkedValue(Question):
    """A value the student works out by hand, confirmed on the spot without being given away.

    numbers: the primer's own numbers by name; the chapter's text prints them as `<< exercise_1.v >>`, and the reference in `solutions/`
    takes them as its parameters and returns the answer. tolerance: how far off an answer may be, one number for all its parts, or one a part
    (None for a part that must be exact). shape_of_answer: what the placeholder's comment tells the student to write. because: what a wrong
    answer is told; it must not hold the answer.
    """

    numbers: dict[str, Any] = field(default_factory=dict)
    tolerance: float | tuple[float | None, ...] | None = None
    answer_as: str = "a number"
    because: str = ""
    redraw: Function | None = field(default=None, init=False)

    kind = "value"

    def draw(self, function: Function) -> Function:
        """How another variant draws its numbers: a function of a `random.Random` that returns them by name."""
        self.redraw = function
        return function

    def misconception(self, *, hint: str, caught_by: Function | Iterable[Function] = ()) -> Callable[[Function], Function]:  # type: ignore[override]
        """A wrong answer, as a function of the drawn numbers."""
        return super().misconception(caught_by=caught_by, hint=hint)

    def numbers_of(self, variant: str, chapter: str, reference: Function) -> dict[str, Any]:
        """The numbers of a variant: the primer's own, or drawn ones whose answer differs from the primer's where the draw allows it."""
        if variant == "primer" or self.redraw is None:
            return dict(self.numbers)
        rng = random.Random(f"{variant}/{chapter}/{self.name}")
        primer_answer = reference(**self.numbers)
        different: dict[str, Any] | None = None
        for _ in range(200):
            drawn = self.redraw(rng)
            if set(drawn) != set(self.numbers):
                raise DeclarationError(f"`{self.name}` draws {sorted(drawn)}; its numbers are {sorted(self.numbers)}", *place_of(self.redraw))
            if drawn == self.numbers:
                continue
            if repr(reference(**drawn)) != repr(primer_answer):
                return drawn
            different = drawn
        if different is None:
            raise DeclarationError(f"`{self.name}` drew the primer's own numbers 200 times over: its draw has no others", *place_of(self.redraw))
        return different


@dataclass
class Reading(WorkedValue):
    """A value read off an equation as papers print it."""

    kind = "reading"


def numbers_for(variant: str, chapter: str, questions: Iterable[Question], references: Mapping[str, Function]) -> dict[str, dict[str, Any]]:
    """The drawn numbers of every question of a chapter, by question and name."""
    return {q.name: q.numbers_of(variant, chapter, references[q.name]) for q in questions if isinstance(q, WorkedValue)}
