"""Calls drawn from a question's domain, with what the reference answers."""

from __future__ import annotations

import operator
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from autograder.course.chapter import Chapter
from autograder.course.domains import LONG, Example, Formula, in_call_order
from autograder.course.question import DeclarationError, Question
from autograder.course.source import literal
from autograder.kit.checking import (
    ABSOLUTE_TOLERANCE,
    FLOAT32_ABSOLUTE_TOLERANCE,
    FLOAT32_RELATIVE_TOLERANCE,
    RELATIVE_TOLERANCE,
    Expectation,
    StudentFunction,
    close_to,
    flatten,
    identical,
)
from autograder.prove.proofs import describe

Function = Callable[..., Any]


@dataclass(frozen=True)
class Drawn:
    """A call drawn from a domain, and what the reference makes of it."""

    example: Example
    args: list[Any]
    kwargs: dict[str, Any]
    value: Any = None

    def tells(self, function: Function, name: str) -> bool:
        """Whether the function answers this call otherwise than the reference."""
        args, kwargs = (
            [copied(arg) for arg in self.args],
            {key: copied(it) for key, it in self.kwargs.items()},
        )
        error: BaseException | None = None
        value = None
        try:
            value = function(*args, **kwargs)
        except (Exception, RecursionError) as raised:
            error = raised
        if not (untouched(args, self.args) and untouched(kwargs, self.kwargs)):
            return True
        if self.example.error is None:
            if error is not None or same_at_once(value, self.value):
                return error is not None
            if alike(value, self.value):
                within = {"rtol": RELATIVE_TOLERANCE, "atol": ABSOLUTE_TOLERANCE} | self.tolerances
                return not np.all(close_to(np.asarray(value), np.asarray(self.value), **within))

        def replayed(*_args: Any, **_kwargs: Any) -> Any:
            if error is not None:
                raise error
            return value

        try:
            self.check(StudentFunction(name, Untimed(replayed)))
        except Exception:
            return True
        return False

    def check(self, function: StudentFunction) -> None:
        """Ask; raises `CheckFailed` if the answer is not the reference's."""
        args, kwargs = (
            [copied(arg) for arg in self.args],
            {key: copied(it) for key, it in self.kwargs.items()},
        )
        expectation = Expectation(function, tuple(args), kwargs)
        if self.example.error is not None:
            expectation.to_be_refused(self.example.error, naming=self.example.names)
        else:
            within = {"rtol": RELATIVE_TOLERANCE, "atol": ABSOLUTE_TOLERANCE} | self.tolerances
            expectation.to_equal(self.value, rtol=within["rtol"], atol=within["atol"])

    @property
    def tolerances(self) -> dict[str, float]:
        """Tolerances other than the contract's: the domain's own, and float32's if an array of float32 goes
        in, since a loop over that computes in float32, whatever it returns."""
        given = {"rtol": self.example.rtol, "atol": self.example.atol}
        within = {name: value for name, value in given.items() if value is not None}
        if any(map(_holds_float32, (*self.args, *self.kwargs.values()))):
            within["rtol"] = max(within.get("rtol", 0.0), FLOAT32_RELATIVE_TOLERANCE)
            within["atol"] = max(within.get("atol", 0.0), FLOAT32_ABSOLUTE_TOLERANCE)
        return within

    def source(self, name: str) -> str:
        """The call as a line of a check."""
        shown = [name, *map(written, self.args), *(f"{key}={written(it)}" for key, it in self.kwargs.items())]
        return f"expect({', '.join(shown)}).{self._asked()}"

    def _asked(self) -> str:
        if self.example.error is not None:
            naming = f", naming={written(list(self.example.names))}" if self.example.names else ""
            return f"to_be_refused({self.example.error.__name__}{naming})"
        tolerances = "".join(f", {name}={value!r}" for name, value in self.tolerances.items())
        return f"to_equal({written(self.value)}{tolerances})"

    @property
    def long(self) -> bool:
        return any(isinstance(arg, (list, tuple, np.ndarray)) and len(arg) >= LONG for arg in self.args)


class Untimed:
    """A function that needs no alarm around each call: whoever calls it has a limit of time of its own."""

    def __init__(self, function: Function) -> None:
        self._function, self.call_seconds = function, 0.0

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._function(*args, **kwargs)


def copied(value: Any) -> Any:
    """A deep copy of plain data, in little time for a long list of numbers."""
    kind = type(value)
    if kind is np.ndarray:
        return value.copy()
    if kind in (list, tuple):
        flat = not value or isinstance(value[0], (float, int, str))
        return value[:] if flat else kind([copied(item) for item in value])
    return {key: copied(item) for key, item in value.items()} if kind is dict else value


def untouched(value: Any, before: Any) -> bool:
    """Whether a copy made by `copied` is what it was made of, in little time for a long list of numbers."""
    kind = type(value)
    if kind in (list, tuple) and kind is type(before) and len(value) == len(before):
        return all(map(operator.is_, value, before)) or all(map(untouched, value, before))
    if kind is dict and type(before) is dict and list(value) == list(before):
        return all(map(untouched, value.values(), before.values()))
    return identical(value, before)


def _holds_float32(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return value.dtype == np.float32
    if isinstance(value, dict):
        return any(map(_holds_float32, value.values()))
    return isinstance(value, (list, tuple)) and any(map(_holds_float32, value[:8]))


def same_at_once(value: Any, other: Any) -> bool:
    """Whether two results are the same to the bit; a quick look, so that most need no closer one."""
    if isinstance(value, np.ndarray):
        return (
            isinstance(other, np.ndarray)
            and value.dtype == other.dtype
            and value.shape == other.shape
            and value.tobytes() == other.tobytes()
        )
    return type(value) is type(other) and isinstance(value, (float, int, str, bool)) and value == other


def alike(value: Any, other: Any) -> bool:
    """Whether two results are of the plainest kind, arrays of float64 of one shape, and numbers decide."""
    return (
        type(value) is np.ndarray
        and type(other) is np.ndarray
        and value.dtype == other.dtype == np.float64
        and value.shape == other.shape
    )


def written(value: Any) -> str:
    """Python source for what goes into a call or comes out of it; for a long vector that repeats itself, a
    product."""
    if isinstance(value, Formula):
        return value.source
    if isinstance(value, np.ndarray) and value.ndim == 1 and len(value) >= LONG:
        return f"np.array({written(value.tolist())}, dtype={value.dtype.name!r})"
    if type(value) in (list, tuple) and len(value) >= LONG:
        part = next((value[:n] for n in (1, 8) if value[:n] * (len(value) // n) == value), value)
        return literal(value) if part is value else f"{literal(part)} * {len(value) // len(part)}"
    if type(value) in (list, tuple) and any(isinstance(item, Formula) for item in value):
        return f"[{', '.join(map(written, value))}]"
    return literal(value)


def drawn(chapter: Chapter, question: Question, seed: str, count: int) -> list[Drawn]:
    """So many calls drawn from a question's domain, less those that were drawn before, with the reference's
    answers. Raises `DeclarationError` if domain and reference do not agree."""
    reference = chapter.references[question.name]
    calls: dict[str, Drawn] = {}
    for example in _examples(question, f"{seed}/{chapter.name}/{question.name}", count):
        call = _answered(reference, example, question)
        calls.setdefault(call.source(question.name), call)
    return list(calls.values())


def _examples(question: Question, seed: str, count: int) -> Iterator[Example]:
    try:
        yield from question.inputs.examples(seed, count)
    except Exception as error:
        raise DeclarationError(
            f"the domain of `{question.name}` cannot be drawn from: {describe(error)}", *question.declared_at
        ) from error


def _answered(reference: Function, example: Example, question: Question) -> Drawn:
    try:
        args, kwargs = in_call_order(reference, example.arguments)
        call = Drawn(example, args, kwargs)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if example.error is None:
                fresh = [copied(arg) for arg in args], {key: copied(it) for key, it in kwargs.items()}
                call = replace(call, value=copied(reference(*fresh[0], **fresh[1])))
            call.check(StudentFunction(question.name, Untimed(reference)))
    except Exception as error:
        shown = ", ".join(f"{name}={value!r}" for name, value in example.arguments.items())
        raise DeclarationError(
            f"the domain of `{question.name}` and its reference disagree at {shown[:300]}: {describe(error)}",
            *question.declared_at,
        ) from error
    if any(isinstance(part, (float, np.floating)) and np.isnan(part) for part in flatten(call.value)):
        raise DeclarationError(
            f"the domain of `{question.name}` draws what has no answer: {call.source(question.name)[:300]}",
            *question.declared_at,
        )
    return call
