"""The answers that are known of a question: wrong ones as its sources list them or as they can be made of
right ones, and right ones in several forms."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from autograder.course.chapter import Chapter
from autograder.course.question import Question
from autograder.prove.edits import edits
from autograder.prove.inputs import Drawn, copied
from autograder.prove.mutants import bare_source
from autograder.prove.wrappers import on_numbers, wrappers

Function = Callable[..., Any]
SINGLE, LONGER = "in float32 throughout", "in long double throughout"


@dataclass(frozen=True)
class Answer:
    """A known answer: what it is, and what makes it afresh, so it keeps nothing from one use to the next.

    of_reference: whether it is a change of the reference, and not of one of the alternatives.
    """

    kind: str
    name: str
    make: Callable[[], Function] = field(repr=False, compare=False)
    of_reference: bool = True

    def __str__(self) -> str:
        return f"{self.kind}, {self.name}"


def wrong_answers(chapter: Chapter, question: Question, calls: Sequence[Drawn]) -> Iterator[Answer]:
    """The wrong answers known of a question; some turn out to be right. calls: such as tell which wrappers
    can do anything at all."""
    reference = chapter.references[question.name]
    for wrong in question.misconceptions:
        yield Answer("misconception", wrong.name, partial(_itself, wrong.function))
    for base in (reference, *(right for right in question.alternatives if not in_float32(right, calls))):
        whose = "the reference" if base is reference else f"`{base.__name__}`"
        for edit in edits(bare_source(base)):
            name = f"{edit.before or '(nothing)'}  ->  {edit.after or '(nothing)'}"
            make = partial(_run, edit.source, base)
            yield Answer(f"edit of {whose}", name, make, of_reference=base is reference)
    for name, wrap in wrappers(_parameters(reference), calls).items():
        yield Answer("wrapper", name, partial(wrap, reference))


def right_answers(chapter: Chapter, question: Question) -> Iterator[Answer]:
    """The right answers known of a question: its alternatives, and its reference in other forms."""
    reference = chapter.references[question.name]
    for right in question.alternatives:
        yield Answer("alternative", right.__name__, partial(_itself, right))
    for name, change in FORMS.items():
        yield Answer("form", name, partial(_formed, reference, change))
    source = bare_source(reference)
    single = source.replace("dtype=float", "dtype=np.float32").replace("float(", "np.float32(")
    if single != source:
        yield Answer("form", SINGLE, partial(_run, single, reference))
        # What is asked for exactly may depend on the precision it is worked out in: another is another
        # answer.
        if not any(case.rtol == 0 for case in question.inputs.cases):
            yield Answer("form", LONGER, partial(_run, single.replace("float32", "longdouble"), reference))


def _as_lists(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_as_lists(part) for part in value)
    return value.tolist() if isinstance(value, np.ndarray) else value


def _as_numpys_numbers(value: Any) -> Any:
    return np.float64(value) if isinstance(value, float) else value


FORMS: dict[str, Callable[[Any], Any]] = {
    "as lists": _as_lists,
    "as NumPy's numbers": _as_numpys_numbers,
    "rounded to float32": on_numbers(lambda x: np.asarray(x, dtype=np.float32)[()]),
}


def in_float32(function: Function, calls: Sequence[Drawn]) -> bool:
    """Whether a function computes in float32, as far as its results say. Its edits are near to right ones."""
    for call in calls[:20]:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                result = function(*map(copied, call.args), **call.kwargs)
        except Exception:
            continue
        parts = result if isinstance(result, (list, tuple)) else [result]
        if any(getattr(part, "dtype", None) == np.float32 for part in parts):
            return True
    return False


def _itself(function: Function) -> Function:
    return function


def _formed(function: Function, change: Callable[[Any], Any]) -> Function:
    return lambda *args, **kwargs: change(function(*args, **kwargs))


def _run(source: str, base: Function) -> Function:
    """The function that an edited source defines, among the names of the one it was made from."""
    space = dict(base.__globals__)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(source, f"<edit of {base.__name__}>", "exec"), space)
    made: Function = space[base.__name__]
    return made


def _parameters(function: Function) -> list[str]:
    return list(function.__code__.co_varnames[: function.__code__.co_argcount])
