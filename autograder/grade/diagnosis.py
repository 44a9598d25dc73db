"""Which misconception a wrong answer comes from.

A student's function is recorded while it is checked. Each of the question's misconceptions is then run on the
same inputs; where exactly one gives the same outputs on all of them, it is named.
"""

from __future__ import annotations

import math
import pickle
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.course.question import Misconception
from autograder.grade.generations import Generations
from autograder.kit.checking import (
    ABSOLUTE_TOLERANCE,
    RELATIVE_TOLERANCE,
    Asked,
    CallTimedOut,
    CheckFailed,
    alarm,
    compare,
    flatten,
    identical,
    snapshot,
    tolerances_for,
)

REPLAY_SECONDS = 2.0
_played: Generations[RecordedCall] = Generations()


@dataclass(frozen=True)
class RecordedCall:
    """One call of a student's function: what went in, what came out, and what the arguments were
    afterwards."""

    args: list[Any]
    kwargs: dict[str, Any]
    value: Any
    error: str | None
    args_after: list[Any]


@dataclass
class Recorder:
    """Stands in for a function and keeps its calls."""

    target: Any
    calls: list[RecordedCall] = field(default_factory=list)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        before = snapshot(list(args)), snapshot(dict(kwargs))
        value, error = None, None
        try:
            value = self.target(*args, **kwargs)
            return value
        except BaseException as raised:
            error = kind_of_error(raised)
            raise
        finally:
            self.calls.append(RecordedCall(*before, snapshot(value), error, snapshot(list(args))))

    def __getattr__(self, name: str) -> Any:
        # A proxy's limits and warnings are its own.
        return getattr(self.target, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in ("target", "calls"):
            object.__setattr__(self, name, value)
        else:
            setattr(self.target, name, value)


def kind_of_error(error: BaseException) -> str:
    """An error's kind, as far as two implementations can agree on it: its most general built-in class below
    Exception."""
    for kind in (
        NotImplementedError,
        KeyError,
        IndexError,
        ValueError,
        TypeError,
        ZeroDivisionError,
        OverflowError,
        NameError,
        AttributeError,
        RecursionError,
    ):
        if isinstance(error, kind):
            return kind.__name__
    return type(error).__name__


def diagnose(misconceptions: Sequence[Misconception], calls: Sequence[RecordedCall]) -> Misconception | None:
    """The one misconception that gives the same outcome on every recorded call; None if none does, or more
    than one."""
    if not calls or any(call.error == "NotImplementedError" for call in calls):
        return None
    matching = [
        wrong for wrong in misconceptions if all(_same_outcome(wrong.function, call) for call in calls)
    ]
    if len(matching) > 1:
        # Of those that give the same numbers, the one that gives them in the same types: a list, say.
        matching = [
            wrong
            for wrong in matching
            if all(_same_outcome(wrong.function, call, typed=True) for call in calls)
        ]
    return matching[0] if len(matching) == 1 else None


def _same_outcome(function: Callable[..., Any], call: RecordedCall, *, typed: bool = False) -> bool:
    played = _play(function, call)
    if played.error is not None or call.error is not None:
        return played.error == call.error
    if typed and _types(played.value) != _types(call.value):
        return False
    return identical(played.args_after, call.args_after) and _same_value(call.value, played.value)


def _play(function: Callable[..., Any], call: RecordedCall) -> RecordedCall:
    """What a misconception makes of a call, worked out once for the same arguments: checks make the same
    calls of each submission, and some misconceptions are slow."""
    try:
        key = function, pickle.dumps((call.args, call.kwargs))
    except (pickle.PicklingError, TypeError, AttributeError):
        # A function among them: it may have a state.
        return _play_uncached(function, call)
    played = _played.get(key)
    if played is None:
        played = _played[key] = _play_uncached(function, call)
    return played


def _play_uncached(function: Callable[..., Any], call: RecordedCall) -> RecordedCall:
    args, kwargs = snapshot(call.args), snapshot(call.kwargs)
    value, error = None, None
    try:
        # A misconception may be one that warns; the warning is the student's to hear, not the grader's.
        with alarm(REPLAY_SECONDS), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = function(*args, **kwargs)
    except (Exception, CallTimedOut) as raised:
        error = kind_of_error(raised)
    return RecordedCall(call.args, call.kwargs, value, error, args)


def _types(value: Any) -> Any:
    """What a value is made of, to tell a list from a tuple and an int from a float."""
    if isinstance(value, (list, tuple)):
        return type(value), [_types(part) for part in value]
    return type(value), getattr(value, "dtype", None)


def _same_value(value: Any, other: Any) -> bool:
    if value is None or other is None:
        return value is other
    try:
        within = tolerances_for(other, *tolerances_for(value, RELATIVE_TOLERANCE, ABSOLUTE_TOLERANCE))
        compare(Asked(""), value, other, *within)
    except CheckFailed:
        return False
    except TypeError:
        return type(value) is type(other)
    return True


def diagnose_value(wrong_answers: Sequence[Mapping[str, Any]], value: Any) -> Mapping[str, Any] | None:
    """The one wrong answer, of those a question knows, that a worked value is: entries with `value` and
    `within`, one tolerance a part."""
    matching = [
        wrong for wrong in wrong_answers if _same_parts(*_aligned(value, wrong["value"]), wrong["within"])
    ]
    return matching[0] if len(matching) == 1 else None


def _aligned(value: Any, wrong: Any) -> tuple[list[Any], list[Any]]:
    """The parts of both, a dict's in the order of the other's keys."""
    if isinstance(wrong, dict) and isinstance(value, dict) and wrong.keys() == value.keys():
        value = {key: value[key] for key in wrong}
    return flatten(value), flatten(wrong)


def _same_parts(given: Sequence[Any], wrong: Sequence[Any], within: Sequence[float | None]) -> bool:
    if len(given) != len(wrong):
        return False
    for a, b, tolerance in zip(given, wrong, within, strict=False):
        if isinstance(a, (bool, str)) or isinstance(b, (bool, str)):
            same = type(a) is type(b) and (
                a == b if isinstance(a, bool) else a.strip().casefold() == b.strip().casefold()
            )
        else:
            try:
                same = math.isclose(float(a), float(b), rel_tol=1e-9, abs_tol=tolerance or 0.0)
            except (TypeError, ValueError, OverflowError):
                same = False
        if not same:
            return False
    return True
