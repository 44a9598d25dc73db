"""How a chapter's `questions.py` and `answers.py` declare its questions.

Four kinds. `Question` is a function the student writes; `WorkedValue` a value the student works out by hand;
`Reading` a value read off an equation as papers print it; `HandGraded` a paragraph or a picture that a person
grades. Each takes its name from the variable it is assigned to, and, but for the last, its reference from the
function of that name in `solutions/`::

    softmax = Question(points=4, source=["Example 6", "Figure 5"], meaning="Differences become ratios.")

    @softmax.check
    def sums_to_one(softmax):
        \"\"\"The outputs sum to 1.\"\"\"
        expect(softmax, [2.0, 1.0, 0.5]).to_equal([0.629, 0.231, 0.140], rtol=1e-2)

    exercise_1 = WorkedValue(points=1, source="Exercise 1", numbers={"v": [6, 2, 3]}, tolerance=0.001)

    @exercise_1.draw
    def another_vector(rng):
        return {"v": rng.choice([[2, 3, 6], [1, 4, 8]])}

`answers.py` holds what is known of answers: wrong ones as people write them, with the check that catches
each, and right ones of another kind::

    from questions import softmax

    @softmax.misconception(caught_by="sums_to_one", hint="Divide by the sum of the exponentials.")
    def leaves_out_the_division(z):
        return np.exp(z)

The decorated functions are plain data to the course: they are carried as source into the Otter tests and the
grader distribution, so a check may use its parameters, `expect`, `math`, `np`, and constants and functions of
its own file.
"""

from __future__ import annotations

import functools
import inspect
import linecache
import math
import random
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.course.domains import Domain, case_of
from autograder.kit.checking import expect

__all__ = ["HandGraded", "Question", "Reading", "WorkedValue", "expect"]

Function = Callable[..., Any]
Catchers = str | Function | Iterable[str | Function]


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
    """One thing asked of an answer. points: what it is worth, if that is not an equal share of what the
    others leave."""

    function: Function
    title: str
    hidden: bool
    points: float | None = None

    @property
    def name(self) -> str:
        return self.function.__name__


@dataclass(frozen=True)
class Misconception:
    """A wrong answer as people really give it, the checks that catch it, and what to say to its author."""

    function: Function
    caught_by: tuple[str, ...]
    hint: str

    @property
    def name(self) -> str:
        return self.function.__name__


@dataclass(eq=False)
class Answerable:
    """What a student answers.

    points: what it is worth. source: what of the primer it covers ("Example 6", "Figure 5", "Notation:
    softmax(z)", ...). meaning: a sentence or two that a right answer is followed by: why it is so, or what it
    means.
    """

    points: float
    source: str | list[str] = field(default_factory=list)
    meaning: str = ""
    name: str = field(default="", init=False)
    checks: list[Check] = field(default_factory=list, init=False)
    misconceptions: list[Misconception] = field(default_factory=list, init=False)
    alternatives: list[Function] = field(default_factory=list, init=False)
    declared_at: tuple[str, int] = field(default=("", 0), init=False)

    kind = ""

    def __post_init__(self) -> None:
        right = isinstance(self.points, (int, float)) and not isinstance(self.points, bool)
        if not right or not math.isfinite(self.points) or self.points <= 0:
            raise DeclarationError(
                f"points={self.points!r}: a question is worth a positive, finite number of points"
            )
        self.source = [self.source] if isinstance(self.source, str) else self.source
        if not isinstance(self.source, list) or not all(isinstance(one, str) for one in self.source):
            raise DeclarationError(f"source={self.source!r}: give a text, or a list of texts")
        if not isinstance(self.meaning, str):
            raise DeclarationError(f"meaning={self.meaning!r}: give a text")

    def alternative(self, function: Function) -> Function:
        """A right answer of another kind: loops, lists for arrays, float32, another algorithm. It must pass
        every check."""
        _must_be_a_function(function, "an alternative")
        self.alternatives.append(function)
        return function


@dataclass(eq=False)
class Question(Answerable):
    """A function the student writes."""

    inputs: Domain = field(default_factory=Domain, init=False)

    kind = "function"

    def check(self, function: Function | None = None, *, points: float | None = None) -> Any:
        """A public check: students have it. Its docstring is its title. Use it bare, or as
        `@softmax.check(points=1)`."""
        return self._check_decorator(function, points, hidden=False)

    def hidden(self, function: Function | None = None, *, points: float | None = None) -> Any:
        """A hidden check: it runs where the submission is graded, and nowhere else. Bare, or with `points`,
        like `check`."""
        return self._check_decorator(function, points, hidden=True)

    def _check_decorator(self, function: Function | None, points: float | None, *, hidden: bool) -> Any:
        if function is None:
            return functools.partial(self._add_check, points=points, hidden=hidden)
        return self._add_check(function, points=points, hidden=hidden)

    def _add_check(self, function: Function, *, points: float | None, hidden: bool) -> Function:
        if not inspect.isfunction(function):
            raise DeclarationError(f"{function!r} is no check: put the decorator above a function")
        title = " ".join((inspect.getdoc(function) or "").split())
        where = place_of(function)
        if points is not None and (isinstance(points, bool) or not isinstance(points, (int, float))):
            raise DeclarationError(
                f"points={points!r} of check `{function.__name__}`: give a number of points", *where
            )
        if not title:
            raise DeclarationError(
                f"check `{function.__name__}` has no docstring: its docstring is the title students read",
                *where,
            )
        if any(known.name == function.__name__ for known in self.checks):
            raise DeclarationError(f"two checks of one question are named `{function.__name__}`", *where)
        declared = sum(check.points or 0 for check in self.checks) + (points or 0)
        if points is not None and not (points >= 0 and declared <= self.points):
            raise DeclarationError(
                f"points={points!r} of check `{function.__name__}`: the checks of a question share its"
                f" {self.points:g} points",
                *where,
            )
        self.checks.append(Check(function, title, hidden, points))
        return function

    def domain(self, function: Function | None = None, **declared: Any) -> Any:
        """What the arguments may be: a strategy for each by name or, as a decorator, a function that draws
        them all. rtol, atol, because: tolerances other than the contract's, and the reason.
        `autograder.course.domains` says which strategies there are."""
        options: dict[str, Any] = {
            key: declared.pop(key) for key in ("rtol", "atol", "because") if key in declared
        }
        must_fit_an_ask(options)
        if function is None and not declared:
            return functools.partial(self.domain, **options)
        self.inputs.cases.append(case_of(function, declared, **options))
        return function

    def refuses(self, error: type[Exception], *, naming: Any = None, **strategies: Any) -> Any:
        """What is refused, and with what error: by strategies or, as a decorator, by a function that draws
        the arguments. naming: the arguments, or a function of them that returns the values, that the message
        names."""
        if not (isinstance(error, type) and issubclass(error, Exception)):
            raise DeclarationError(f"{error!r} is no kind of error: give one, such as ValueError")
        if strategies:
            self.inputs.cases.append(case_of(None, strategies, error=error, naming=naming))
            return None

        def add(function: Function) -> Function:
            self.inputs.cases.append(case_of(function, {}, error=error, naming=naming))
            return function

        return add

    @property
    def public(self) -> list[Check]:
        return [check for check in self.checks if not check.hidden]

    def misconception(self, *, caught_by: Catchers, hint: str) -> Callable[[Function], Function]:
        """A wrong implementation. It must fail every check of `caught_by`, given by name or as the check
        itself; `hint` is what a student who wrote it is told."""
        if not isinstance(caught_by, (str, list, tuple)) and not callable(caught_by):
            raise DeclarationError(f"caught_by={caught_by!r}: give a check's name, or a list of them")
        _must_be_a_text(hint, "hint")
        catchers = [caught_by] if isinstance(caught_by, str) or callable(caught_by) else list(caught_by)
        names = tuple(catcher if isinstance(catcher, str) else catcher.__name__ for catcher in catchers)

        def add(function: Function) -> Function:
            _must_be_a_function(function, "a misconception")
            self.misconceptions.append(Misconception(function, names, hint))
            return function

        return add

    def misconception_by_edit(
        self, name: str, reference: Function, edit: Mapping[str, str], *, caught_by: Catchers, hint: str
    ) -> Function:
        """A wrong implementation that is the reference with a little text replaced. Each text must occur
        exactly once."""
        return self.misconception(caught_by=caught_by, hint=hint)(edited(name, reference, edit))


def _must_be_a_text(value: Any, name: str) -> None:
    if not isinstance(value, str) or not value.strip():
        raise DeclarationError(f"{name}={value!r}: give a text")


def _must_be_a_function(value: Any, what: str) -> None:
    if not inspect.isfunction(value):
        raise DeclarationError(f"{value!r} is not {what}: put the decorator above a function")


def must_fit_an_ask(keywords: Mapping[str, Any]) -> None:
    """Raise `DeclarationError` for a keyword of `expect(...).to_equal` and the like that has no such value:
    nothing else would say so before a student's answer is wrong."""
    for name, value in keywords.items():
        if name in ("because", "because_shape", "because_type"):
            if value is not None:
                _must_be_a_text(value, name)
        elif name in ("rtol", "atol"):
            right = isinstance(value, (int, float)) and not isinstance(value, bool)
            if not (right and 0 <= value < math.inf):
                raise DeclarationError(f"{name}={value!r}: give a number that is 0 or more")
        elif name == "typed" and not isinstance(value, bool):
            raise DeclarationError(f"typed={value!r}: give True or False")
        elif name == "parts" and not (
            isinstance(value, (tuple, list)) and all(isinstance(part, str) for part in value)
        ):
            raise DeclarationError(f"parts={value!r}: give the names of a tuple's parts")


def edited(name: str, reference: Function, edit: Mapping[str, str]) -> Function:
    """The function that the reference becomes with these texts of its source replaced, under another name."""
    source = textwrap.dedent(inspect.getsource(reference))
    for old, new in edit.items():
        if (times := source.count(old)) != 1:
            raise DeclarationError(
                f"misconception `{name}` replaces `{old}`, which occurs {times} times in"
                f" `{reference.__name__}`; it must occur once"
            )
        source = source.replace(old, new)
    source = source.replace(f"def {reference.__name__}(", f"def {name}(", 1)
    # A name of its own for the text, so that a debugger and `inspect.getsource` find what runs.
    filename = f"<{name}: {Path(reference.__code__.co_filename).name} edited>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    space = dict(reference.__globals__)
    exec(compile(source, filename, "exec", flags=annotations.compiler_flag, dont_inherit=True), space)
    function: Function = space[name]
    function.__module__ = reference.__module__
    return function


@dataclass(eq=False)
class WorkedValue(Answerable):
    """A value the student works out by hand, confirmed on the spot without being given away.

    numbers: the primer's own numbers by name; the chapter's text prints them as `<< exercise_1.v >>`, and the
    reference in `solutions/` takes them as its parameters and returns the answer. tolerance: how far off an
    answer may be, one number for all its parts, or one per part (None for a part that must be exact).
    answer_as: what the placeholder's comment tells the student to write. because: what a wrong answer is
    told; it must not hold the answer.
    """

    numbers: dict[str, Any] = field(default_factory=dict)
    tolerance: float | tuple[float | None, ...] | None = None
    answer_as: str = "a number"
    because: str = ""
    redraw: Function | None = field(default=None, init=False)

    kind = "value"

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.numbers, dict) or not all(isinstance(name, str) for name in self.numbers):
            raise DeclarationError(
                f"numbers={self.numbers!r}: give a table of names and values, such as {{'n': 7}}"
            )
        tolerances = self.tolerance if isinstance(self.tolerance, (tuple, list)) else (self.tolerance,)
        if not tolerances:
            raise DeclarationError(f"tolerance={self.tolerance!r}: give one per part, or None for exact")
        for one in tolerances:
            right = isinstance(one, (int, float)) and not isinstance(one, bool)
            if one is not None and not (right and 0 < one < math.inf):
                raise DeclarationError(
                    f"tolerance={self.tolerance!r}: give a positive number, one per part, or None for exact"
                )
        for name in ("answer_as", "because"):
            if not isinstance(getattr(self, name), str):
                raise DeclarationError(f"{name}={getattr(self, name)!r}: give a text")

    def draw(self, function: Function) -> Function:
        """How another variant draws its numbers: a function of a `random.Random` that returns them by
        name."""
        _must_be_a_function(function, "a draw")
        self.redraw = function
        return function

    def misconception(self, *, hint: str) -> Callable[[Function], Function]:
        """A wrong answer, as a function of the drawn numbers."""

        _must_be_a_text(hint, "hint")

        def add(function: Function) -> Function:
            _must_be_a_function(function, "a misconception")
            self.misconceptions.append(Misconception(function, (), hint))
            return function

        return add

    def check(self, function: Function | None = None, **_: Any) -> Any:
        """Refused: a worked value has one check, made from its reference."""
        if function is None:
            return self.check
        raise DeclarationError(
            f"`{function.__name__}` is a check of a worked value, which has one of its own, made from its"
            " reference and `tolerance`; to ask more, declare a `Question`",
            *place_of(function),
        )

    hidden = check

    def numbers_of(self, variant: str, chapter: str, reference: Function) -> dict[str, Any]:
        """The numbers of a variant: the primer's own, or drawn ones whose answer differs from the primer's if
        the draw allows it."""
        if variant == "primer" or self.redraw is None:
            return dict(self.numbers)
        rng = random.Random(f"{variant}/{chapter}/{self.name}")
        primer_answer = reference(**self.numbers)
        different: dict[str, Any] | None = None
        for _ in range(200):
            drawn = self.redraw(rng)
            if not isinstance(drawn, dict):
                raise DeclarationError(
                    f"the draw of `{self.name}` returns {drawn!r}; it must return a table of names and"
                    f" values, such as {self.numbers!r}",
                    *place_of(self.redraw),
                )
            if set(drawn) != set(self.numbers):
                raise DeclarationError(
                    f"`{self.name}` draws {sorted(drawn)}; its numbers are {sorted(self.numbers)}",
                    *place_of(self.redraw),
                )
            if drawn == self.numbers:
                continue
            if repr(reference(**drawn)) != repr(primer_answer):
                return drawn
            different = drawn
        if different is None:
            raise DeclarationError(
                f"`{self.name}` drew the primer's own numbers 200 times over: its draw has no others",
                *place_of(self.redraw),
            )
        return different


@dataclass(eq=False)
class Reading(WorkedValue):
    """A value read off an equation as papers print it."""

    kind = "reading"


@dataclass(eq=False)
class HandGraded(Answerable):
    """An answer that a person grades: a paragraph, or code that draws something.

    rubric: what an answer is judged by, and the points of each line; together they are the question's.
    answer_as: "text" for a Markdown cell, "code" for a code cell. example: an answer that earns all points,
    as Markdown or as code; it stands in the solved notebook alone. The chapter's text asks the question.
    """

    rubric: dict[str, float] = field(default_factory=dict)
    answer_as: str = "text"
    example: str = ""

    kind = "by hand"

    def __post_init__(self) -> None:
        super().__post_init__()
        lines = self.rubric.values() if isinstance(self.rubric, dict) else ["none"]
        if not all(isinstance(line, (int, float)) for line in lines):
            raise DeclarationError(
                f"rubric={self.rubric!r}: give a table of lines and their points, such as {{'names both"
                " axes': 1}"
            )
        if not self.rubric or not math.isclose(sum(self.rubric.values()), self.points):
            raise DeclarationError(
                f"the rubric's lines are worth {sum(self.rubric.values()):g} points together, and the"
                f" question {self.points:g}; give each line its points, such as rubric={{'names both"
                " axes': 1}"
            )
        if self.answer_as not in ("text", "code"):
            raise DeclarationError(f"answer_as={self.answer_as!r}: give 'text' or 'code'")
        if not self.example.strip():
            raise DeclarationError("example is empty: give an answer that earns all points")

    def check(self, function: Function | None = None, **_: Any) -> Any:
        """Refused: a person grades this."""
        if function is None:
            return self.check
        raise DeclarationError(
            f"`{function.__name__}` is a check of a question that a person grades; put what it asks into the"
            " rubric, or declare a `Question`",
            *place_of(function),
        )

    hidden = check


def numbers_for(
    variant: str, chapter: str, questions: Iterable[Answerable], references: Mapping[str, Function]
) -> dict[str, dict[str, Any]]:
    """The drawn numbers of every worked value of a chapter, by question and name."""
    values = [question for question in questions if isinstance(question, WorkedValue)]
    return {value.name: value.numbers_of(variant, chapter, references[value.name]) for value in values}


# What a question's drawn check is worth of it: little, since most of what it finds another check finds too.
DRAWN_SHARE = 1 / 10


def points_of_checks(question: Answerable, *, beside_drawn: bool = False) -> dict[str, float]:
    """What each check is worth: what it declares, or an equal share of what those leave. Together the
    question's points, less the drawn check's share if they stand beside one."""
    declared = {check.name: check.points for check in question.checks if check.points is not None}
    sharing = len(question.checks) - len(declared)
    to_share = question.points * (1 - DRAWN_SHARE if beside_drawn else 1)
    left = to_share - sum(declared.values())
    if left < -1e-9 or (beside_drawn and not sharing and left > 1e-9):
        raise DeclarationError(
            f"the checks of `{question.name}` declare {sum(declared.values()):g} points of {to_share:g};"
            f" {sharing} more checks share the rest",
            *question.declared_at,
        )
    share = left / sharing if sharing else 0.0
    return {check.name: declared.get(check.name, share) for check in question.checks}
