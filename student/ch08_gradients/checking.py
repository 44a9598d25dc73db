"""What a check says about a student's answer.

This file stands beside the notebook, in the student's kernel, and in the grader's trusted process, and
behaves the same in both: there a name is the student's own object, here a proxy for it. It needs NumPy and
nothing else.

A check reads as a sentence::

    expect(softmax, [2.0, 1.0, 0.5]).to_sum_to(1, because="divide by the sum of the exponentials")

and asks in this order: defined, attempted, type, shape, dtype, values. What fails raises a `CheckFailed` that
says what was called, what came back, what was expected, and one likely cause.
"""

from __future__ import annotations

import builtins
import hashlib
import math
import numbers
import re
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING or __package__:
    from autograder.kit.feedback import NOT_ATTEMPTED, show_in_words, state
    from autograder.kit.sealing import open_text
else:
    from feedback import NOT_ATTEMPTED, show_in_words, state
    from sealing import open_text

RELATIVE_TOLERANCE = 1e-9
ABSOLUTE_TOLERANCE = 1e-12
# float32 keeps 24 bits, about 6e-8 of a value; a formula of a few dozen operations loses a digit or two of
# that.
FLOAT32_RELATIVE_TOLERANCE = 2e-5
FLOAT32_ABSOLUTE_TOLERANCE = 1e-6
CALL_SECONDS = 10.0
# Once a function has not come back in time, each further call of it gets this much.
SECONDS_AFTER_A_TIMEOUT = 1.0
RING_AGAIN_SECONDS = 0.2


class CheckFailed(AssertionError):
    """A check that did not hold, told in four lines.

    called: the call as the student would type it. returned: what came back. expected: what was expected.
    because: one likely cause.
    """

    # Whether the same numbers in another type give what was expected.
    only_by_type: Callable[[], bool] = staticmethod(lambda: False)

    def __init__(
        self,
        *,
        called: Call | str = "",
        returned: str = "",
        expected: str = "",
        because: str | None = None,
        note: str = "",
    ) -> None:
        self.called, self.returned, self.expected, self.because, self.note = (
            str(called),
            returned,
            expected,
            because,
            note,
        )
        # Otter strips quotes off a message's ends, and a string that was expected may stand there.
        super().__init__(self.report() + "\n")

    def report(self) -> str:
        rows = [
            ("", self.note),
            ("you called", self.called),
            ("it gave" if self.called else "you wrote", self.returned),
            ("expected", self.expected),
            ("likely cause", self.because),
        ]
        return "\n".join(f"{label:<13} {text}" if label else str(text) for label, text in rows if text)


class NotDefined(CheckFailed):
    """The name the check asks for does not exist."""


class NotAttempted(CheckFailed):
    """The stub is as it was handed out."""


class WrongType(CheckFailed):
    """The result is not of the kind that was asked for."""


class WrongShape(CheckFailed):
    """The result has the right kind and the wrong shape."""


class WrongValue(CheckFailed):
    """The result has the right kind and shape and the wrong numbers."""


class CodeRaised(CheckFailed):
    """The student's code raised an error when a result was expected."""


class NotRefused(CheckFailed):
    """An input that should be refused was not, or not as asked."""


class MessageIncomplete(NotRefused):
    """An input was refused as asked, and the message does not name the values it should."""


class ArgumentChanged(CheckFailed):
    """The function changed what it was handed."""


class NeedsAnother(CheckFailed):
    """The function calls one that is not written yet."""


class HalfFilled(CheckFailed):
    """Some parts of a worked value are written, and some are still the placeholder."""


class TookTooLong(CheckFailed):
    """The call did not come back in time."""


class CallTimedOut(BaseException):
    """A call ran past its limit. Raised by a proxy, or by the alarm in the student's own kernel.

    Not an `Exception`, so that `except Exception` in the student's code does not catch it.
    """


class CallCrashed(Exception):
    """A call ended the process it ran in. Raised by a proxy."""


# What a person reads ----------------------------------------------------------------------------------------


def show(value: Any, limit: int = 160, *, exact: bool = False) -> str:
    """A value as a short line: arrays as lists, six significant digits, cut in the middle if long.

    exact: a number that six digits would show as a rounder one is written in full. An argument is shown so:
    0.9999999999 written as 1 would be a call that the question refuses.
    """
    text = _show(value, 0, exact)
    if len(text) > limit:
        keep = (limit - 5) // 2
        text = f"{text[:keep]} ... {text[-keep:]}"
    return text


def _show(value: Any, depth: int, exact: bool) -> str:
    if depth > 6:
        return "..."
    if isinstance(value, np.ndarray):
        if value.size > 64:
            return f"an array of shape {value.shape}"
        if value.dtype.kind == "f" and value.dtype.itemsize < 8:
            return _show(_nested(value), depth, exact)
        return _show(value.tolist(), depth, exact)
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value))
    if isinstance(value, (float, np.floating, Decimal)):
        return _show_float(value, exact)
    if isinstance(value, (int, np.integer)) and not isinstance(value, np.timedelta64):
        return str(int(value)) if abs(int(value)) < 10**30 else "a very large int"
    if isinstance(value, (complex, np.complexfloating)):
        value = complex(value)
        real, imaginary = _show_float(value.real, exact), _show_float(abs(value.imag), exact)
        return f"{real}{'-' if value.imag < 0 else '+'}{imaginary}j"
    if isinstance(value, numbers.Rational) and not isinstance(value, np.timedelta64):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, str):
        return repr(value[:80])
    if value is None:
        return "None"
    if type(value) in (list, tuple):
        shown = [_show(item, depth + 1, exact) for item in value[:16]] + (["..."] if len(value) > 16 else [])
        if type(value) is list:
            return f"[{', '.join(shown)}]"
        return f"({', '.join(shown)}{',' if len(shown) == 1 else ''})"
    if type(value) is dict:
        shown = [
            f"{_show(k, depth + 1, exact)}: {_show(v, depth + 1, exact)}" for k, v in list(value.items())[:12]
        ]
        return "{" + ", ".join(shown + (["..."] if len(value) > 12 else [])) + "}"
    if isinstance(value, StudentFunction):
        return value.name
    if callable(value):
        name = str(getattr(value, "__name__", ""))
        return name if name.isidentifier() else "a function"
    return _a(_type_name(value))


def _a(noun: str) -> str:
    """The noun with its article: a Series, an array."""
    return f"{'an' if noun[:1] in 'aeiouAEIOU' else 'a'} {noun}"


def _show_float(number: float | np.floating[Any] | Decimal, exact: bool) -> str:
    x = float(number)
    if math.isfinite(x) and x == int(x) and abs(x) < 1e16:
        return f"{x:.1f}"
    short = f"{x:.6g}"
    if not exact or float(short) == x or not math.isfinite(x):
        return short
    if isinstance(number, (np.float32, np.float16)):
        return str(number)  # in digits of its own: 0.1, not 0.10000000149011612
    return repr(x) if _looks_round(short) else short


def _looks_round(short: str) -> bool:
    """Whether six significant digits end in zeros, or are those of a whole number."""
    digits, _, power = short.partition("e")
    return len(digits.lstrip("-0.").replace(".", "").rstrip("0")) < 6 or not (power or "." in digits)


def _nested(array: np.ndarray) -> Any:
    """An array as nested lists that keep its own kind of number."""
    return [_nested(row) for row in array] if array.ndim else array[()]


def _type_name(value: Any) -> str:
    return str(getattr(value, "type_name", None) or type(value).__name__)


def _kind(value: Any) -> str:
    """What a value is, in words a message can use."""
    if value is None:
        return "None"
    if isinstance(value, (bool, np.bool_)):
        return f"{bool(value)}, a Boolean"
    if _is_number(value):
        return f"{show(value)}, a number"
    if isinstance(value, (complex, np.complexfloating)):
        return f"{show(value)}, a complex number"
    if isinstance(value, str):
        return f"{show(value)}, a string"
    if isinstance(value, np.ndarray):
        held = f"{show(value)}, " if 0 < value.size <= 64 else ""
        return f"{held}an array of shape {value.shape} and dtype {value.dtype}"
    if isinstance(value, (list, tuple, dict)):
        return f"{show(value)}, {_a(type(value).__name__)}"
    if value is Ellipsis:
        return "..., the placeholder"
    if isinstance(value, BaseException):
        return f"{_a(type(value).__name__)} returned as a value, not raised"
    if callable(value):
        return "a function"
    return _a(_type_name(value))


# What a value is --------------------------------------------------------------------------------------------


def _is_number(value: Any) -> bool:
    """Whether a value is a real number of any kind: Python's, NumPy's, a Fraction or a Decimal."""
    # NumPy counts a span of time among the integers.
    if isinstance(value, (bool, np.bool_, np.timedelta64)):
        return False
    if isinstance(value, np.ndarray):
        return value.ndim == 0 and (value.dtype.kind in "iuf" or _is_number(value.item()))
    return isinstance(value, (numbers.Real, Decimal))


def _float(value: Any) -> float:
    """A number as a float: an int beyond the largest one is infinite."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _is_truth(value: Any) -> bool:
    return isinstance(value, (bool, np.bool_)) or (
        isinstance(value, np.ndarray) and value.ndim == 0 and value.dtype.kind == "b"
    )


def _as_array(value: Any) -> np.ndarray | None:
    """The value as an array of numbers or of Booleans; None if it is neither, or is ragged."""
    if isinstance(value, np.ndarray):
        array = value
    elif isinstance(value, (list, tuple)):
        if any(isinstance(item, (str, bytes)) or item is None for item in value):
            return None
        if _are_floats(value):
            return np.array(value)
        try:
            # Rows may be arrays of their own; NumPy stacks them, and refuses ragged ones.
            array = np.array([np.asarray(item) for item in value]) if value else np.array([])
        except (ValueError, TypeError, OverflowError):
            return None
    else:
        return None
    if array.dtype.kind == "O" and array.size and all(_is_number(item) for item in array.flat):
        # Fractions and Decimals, exact as they are.
        array = np.array([_float(item) for item in array.flat]).reshape(array.shape)
    return array if array.dtype.kind in "iufb" else None


def tolerances_for(actual: Any, rtol: float, atol: float) -> tuple[float, float]:
    """The check's own tolerances, or float32's for a result in float32. What is to be exact stays exact."""
    if rtol == 0 and atol == 0:
        return rtol, atol
    parts = actual if isinstance(actual, (list, tuple)) else [actual]
    single = any(getattr(part, "dtype", None) == np.float32 for part in parts)
    if single:
        return max(rtol, FLOAT32_RELATIVE_TOLERANCE), max(atol, FLOAT32_ABSOLUTE_TOLERANCE)
    return rtol, atol


def close_to(actual: np.ndarray, expected: np.ndarray, rtol: float, atol: float) -> np.ndarray:
    """|actual - expected| <= max(rtol |expected|, atol), infinities equal to themselves, nan to nothing but
    nan. Without tolerances ints are compared as they are, above 2 ** 53 too."""
    if rtol == 0 and atol == 0 and expected.dtype.kind in "iuO" and actual.shape == expected.shape:
        pairs = zip(actual.ravel().tolist(), expected.ravel().tolist(), strict=True)
        return np.array([a == b for a, b in pairs], dtype=bool).reshape(expected.shape)
    with np.errstate(all="ignore"):
        try:
            a, b = actual.astype(float), expected.astype(float)
        except OverflowError:
            # An int beyond the largest float is close to nothing but itself.
            return np.asarray(actual == expected)
        near = np.abs(a - b) <= np.maximum(rtol * np.abs(b), atol)
        return (near & np.isfinite(b)) | (a == b) | (np.isnan(a) & np.isnan(b))


def snapshot(value: Any) -> Any:
    """A deep copy of plain data; anything else (a function, say) as it is."""
    kind = type(value)
    if kind is list and _are_floats(value):
        return value.copy()
    if kind is list or kind is tuple:
        return kind([item if type(item) is float else snapshot(item) for item in value])
    if kind is dict:
        return {key: snapshot(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return value.copy()
    return value


def identical(a: Any, b: Any) -> bool:
    """Whether two pieces of plain data are the same, to the bit and in kind."""
    if a is b and isinstance(a, (float, int, str)):
        return True
    if _holds_floats_alone(a) and _holds_floats_alone(b) and a == b:
        return True
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        return (
            isinstance(a, np.ndarray)
            and isinstance(b, np.ndarray)
            and a.shape == b.shape
            and a.dtype == b.dtype
            and a.tobytes() == b.tobytes()
        )
    if type(a) is not type(b):
        return False
    if type(a) in (list, tuple):
        return len(a) == len(b) and all(identical(x, y) for x, y in zip(a, b, strict=True))
    if type(a) is dict:
        return list(a) == list(b) and all(identical(a[key], b[key]) for key in a)
    return a is b or bool(a == b) or (isinstance(a, float) and math.isnan(a) and math.isnan(b))


def _holds_floats_alone(value: Any) -> bool:
    """Whether this is a list of floats, or of such lists: then equality is all that there is to ask."""
    return type(value) is list and (
        all(map(_holds_floats_alone, value)) if value and type(value[0]) is list else _are_floats(value)
    )


def _are_floats(items: Sequence[Any]) -> bool:
    return set(map(type, items)) == {float}


# Calling the student's code ---------------------------------------------------------------------------------


class Call:
    """A call as it was made: what was handed over is kept from before it, and written out only if someone
    is going to read it."""

    def __init__(self, name: str, args: Iterable[Any], kwargs: Mapping[str, Any]) -> None:
        self.name, self.args, self.kwargs = name, snapshot(list(args)), snapshot(dict(kwargs))

    def __str__(self) -> str:
        shown = [show(a, 90, exact=True) for a in self.args] + [
            f"{key}={show(value, 90, exact=True)}" for key, value in self.kwargs.items()
        ]
        return f"{self.name}({', '.join(shown)})"


class StudentFunction:
    """A student's function under its name: calls it, keeps its arguments safe, and turns what goes wrong into
    a `CheckFailed`."""

    def __init__(self, name: str, target: Any, seconds: float = CALL_SECONDS) -> None:
        self.name, self._target, self._seconds = name, target, seconds

    def within(self, seconds: float) -> StudentFunction:
        """The same function with another limit of time on a call."""
        return StudentFunction(self.name, self._target, seconds)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.answer(Call(self.name, args, kwargs), args, kwargs)

    def answer(
        self, called: Call, args: tuple[Any, ...], kwargs: Mapping[str, Any], because: str | None = None
    ) -> Any:
        """Call once, expecting a result. because: the likely cause of an error that has no usual one."""
        try:
            return self.attempt(called, args, kwargs)
        except (CheckFailed, CallTimedOut):
            raise
        except NotImplementedError as error:
            raise self._not_written(called, error) from None
        except Exception as error:
            raise _code_raised(called, error, because) from None

    def attempt(self, called: Call, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        """Call once; whatever the student's code raises comes out as it is."""
        here = not hasattr(self._target, "call_seconds")
        # A function that did not come back once is not waited for so long again.
        seconds = min(self._seconds, SECONDS_AFTER_A_TIMEOUT) if id(self._target) in _slow else self._seconds
        try:
            with _called_here(seconds) if here else _called_elsewhere(self._target, seconds):
                result = self._target(*args, **kwargs)
        except CallTimedOut:
            if here:
                _slow[id(self._target)] = self._target
            raise TookTooLong(
                called=called,
                returned="nothing",
                expected=f"an answer within {seconds:g} s",
                because="a loop that does not end, or far too many steps",
            ) from None
        except SystemExit:
            raise CodeRaised(
                called=called,
                returned="nothing: it ended the program",
                expected="a result",
                because="exit(), quit() or sys.exit() ends everything: use `return` to leave a function",
            ) from None
        except RecursionError:
            raise CodeRaised(
                called=called,
                returned="RecursionError",
                expected="a result",
                because="the function calls itself without an end",
            ) from None
        except CallCrashed as error:
            raise CodeRaised(called=called, returned=str(error), expected="a result") from None
        finally:
            changed = not identical(called.args, list(args)) or not identical(called.kwargs, dict(kwargs))
        if changed:
            old, new = _first_difference((called.args, called.kwargs), (list(args), dict(kwargs)))
            raise ArgumentChanged(
                called=called,
                returned=f"a result, and its argument became {show(new)}",
                expected=f"the argument left as it was: {show(old)}",
                because=_cause_of_change(old),
            )
        return result

    def _not_written(self, called: Call, error: NotImplementedError) -> CheckFailed:
        """What a NotImplementedError says: this function is still its stub, or it calls one that is."""
        other = re.match(rf"(\w+): {NOT_ATTEMPTED}", str(error))
        if other is not None and other[1] != self.name:
            return NeedsAnother(
                called=called,
                returned=f"nothing: {self.name} calls {other[1]}, which is not written yet",
                expected="a result",
                because=f"write {other[1]} first, or do without it here",
            )
        return NotAttempted(
            note=(
                f"{self.name}: {NOT_ATTEMPTED}. Replace the line that raises NotImplementedError with your"
                " own code."
            )
        )


# Functions that did not come back in time, by identity, and held, so that no other takes their place.
_slow: dict[int, Any] = {}


def _cause_of_change(argument: Any) -> str:
    if isinstance(argument, np.ndarray):
        return (
            "x -= ..., x[...] = ... and out=x change the caller's own array, and np.asarray does not copy"
            " one: np.array(x, dtype=float) does"
        )
    if isinstance(argument, dict):
        return "d[key] = ..., pop and update change the caller's own dict: dict(d) makes a copy"
    return "x[i] = ..., append, sort and pop change the caller's own list: list(x) makes a copy"


def _code_raised(called: Call, error: BaseException, because: str | None = None) -> CodeRaised:
    where = _line_of(error)
    said = f"{type(error).__name__}: {str(error)[:300]}" if str(error) else type(error).__name__
    return CodeRaised(
        called=called,
        returned=f"{said}{where}",
        expected="a result, not an error",
        because=_usual_cause(error) or because,
    )


def _line_of(error: BaseException) -> str:
    """Where in the student's own code the error arose, as far as it can be told: the deepest frame of a
    notebook cell."""
    place = getattr(error, "student_line", None)
    if place:
        return f" (in the line: {str(place)[:100]})"
    traceback, best = error.__traceback__, None
    while traceback is not None:
        name = traceback.tb_frame.f_code.co_filename
        if "ipykernel" in name or name.startswith(("<ipython-input", "<cell")):
            best = (name, traceback.tb_lineno)
        traceback = traceback.tb_next
    if best is None:
        return ""
    import linecache

    line = linecache.getline(*best).strip()
    return f" (in the line: {line[:100]})" if line else ""


def _usual_cause(error: BaseException) -> str | None:
    text = str(error)
    if isinstance(error, UnboundLocalError):
        return "a variable is used before it is given a value on this path through the function"
    if isinstance(error, EOFError):
        return "input() in a function: take what you need as arguments"
    if isinstance(error, ValueError) and "truth value of an array" in text:
        return (
            "`if`, `not`, `and` and `==` on an array ask about every component at once: use len(x) == 0 for"
            " empty, np.any or np.all for the rest"
        )
    if isinstance(error, ValueError) and "inhomogeneous shape" in text:
        return "rows of different lengths do not make a matrix: check what you hand to np.array"
    if isinstance(error, TypeError) and "Cannot cast ufunc" in text:
        return (
            "x -= ... and x /= ... cannot put fractions into an array of ints: np.array(x, dtype=float) first"
        )
    if isinstance(error, NameError):
        return "a name that is not defined here: a spelling, or a cell that has not been run"
    if isinstance(error, TypeError) and "can't multiply sequence" in text:
        return "a list is not a vector to Python: make it one with np.asarray(v, dtype=float)"
    if isinstance(error, TypeError) and ("unsupported operand" in text or "'list'" in text):
        return "lists do not add, subtract or divide as vectors do: use np.asarray(v, dtype=float)"
    if isinstance(error, TypeError) and (
        "must be real number, not" in text or "can be converted to Python scalars" in text
    ):
        return "the functions of math take one number; np.exp, np.log and np.sqrt take a whole vector"
    if isinstance(error, TypeError) and "positional argument" in text:
        return "the function takes other arguments than its stub did"
    if isinstance(error, TypeError) and "must be integers or slices, not tuple" in text:
        return "a list of lists takes W[i][j]; W[i, j] needs an array: np.asarray(W, dtype=float)"
    if isinstance(error, ValueError) and (
        "mismatch in its core dimension" in text or "could not be broadcast" in text or "not aligned" in text
    ):
        return "two shapes that do not fit: print the shapes of both, and ask which axis each step runs along"
    if isinstance(error, ValueError) and text in ("math domain error", "expected a positive input"):
        return "a logarithm of 0 or of a negative number, or a root of a negative one"
    if isinstance(error, AttributeError) and "'list'" in text:
        return "a list has no such attribute: use np.asarray(v, dtype=float)"
    return None


def _first_difference(before: Any, after: Any) -> tuple[Any, Any]:
    for old, new in zip([*before[0], *before[1].values()], [*after[0], *after[1].values()], strict=False):
        if not identical(old, new):
            return old, new
    return before, after


@contextmanager
def _called_elsewhere(proxy: Any, seconds: float) -> Iterator[None]:
    """A proxy keeps the limit of time itself."""
    proxy.call_seconds = seconds
    yield


@contextmanager
def _called_here(seconds: float) -> Iterator[None]:
    """A limit of time on a call in this process, and an error for `input()`, which would wait for good."""

    def refuse(*_prompt: Any) -> str:
        raise EOFError("input() cannot be answered while a check runs: take what you need as arguments")

    asked, builtins.input = builtins.input, refuse
    try:
        with alarm(seconds):
            yield
    finally:
        builtins.input = asked


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Raise `CallTimedOut` in here after so many seconds; only a main thread with signals can, elsewhere
    there is no limit.

    Limits nest: the sooner of two rings, and the outer one goes on with what is left of it.
    """
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_signal: int, _frame: Any) -> None:
        # Once more in a moment, for code that catches everything and goes on.
        signal.setitimer(signal.ITIMER_REAL, RING_AGAIN_SECONDS)
        raise CallTimedOut

    started = time.monotonic()
    previous = signal.signal(signal.SIGALRM, ring)
    left, _ = signal.getitimer(signal.ITIMER_REAL)
    signal.setitimer(signal.ITIMER_REAL, min(seconds, left) if left else seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
        if left:
            signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - started), 1e-3))


def student(name: str, target: Any) -> StudentFunction:
    """The student's function of that name, or a `CheckFailed` that says why there is none."""
    show_in_words()
    if target is None:
        raise NotDefined(
            note=(
                f"{name} is not defined. Run the cell that defines it; if the cell was deleted, write `def"
                f" {name}(...)` again."
            )
        )
    if target is Ellipsis:
        raise NotAttempted(note=f"{name}: {NOT_ATTEMPTED}.")
    if not callable(target):
        raise WrongType(
            note=f"{name} should be a function and is {_kind(target)}.",
            because="the name was given to something else further down",
        )
    return StudentFunction(name, target)


# Expectations -----------------------------------------------------------------------------------------------


def expect(function: StudentFunction, *args: Any, **kwargs: Any) -> Expectation:
    """What the function should do with these arguments: `expect(f, x).to_equal(y)`."""
    return Expectation(function, args, kwargs)


class Expectation:
    """One call, and what is asked of it. The call is made when something is asked."""

    def __init__(self, function: StudentFunction, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
        self._function, self._args, self._kwargs = function, args, kwargs
        self.called = Call(function.name, args, kwargs)

    def _call(self, because: str | None = None) -> Any:
        return self._function.answer(self.called, self._args, self._kwargs, because)

    def to_equal(
        self,
        expected: Any,
        *,
        because: str | None = None,
        because_shape: str | None = None,
        because_type: str | None = None,
        rtol: float = RELATIVE_TOLERANCE,
        atol: float = ABSOLUTE_TOLERANCE,
        parts: Sequence[str] = (),
        typed: bool = False,
    ) -> Any:
        """The result is `expected`: |result - expected| <= max(rtol |expected|, atol) on every number.

        Returns the result. A list of numbers or of rows stands for a vector or a matrix, a tuple or a list
        of anything else for its parts. A result in float32 is held to float32's precision, unless both
        tolerances are 0. because: the likely cause if the values are wrong; because_shape: if the shape is;
        because_type: if the same numbers, as lists or as an array of floats, give the right values.
        parts: the names of a tuple's parts, for the message; a part expected to be `...` is not looked at.
        typed: whether an int must be an int, and no float that equals it, and a tuple a tuple; `because` is
        then the likely cause if that alone is wrong. Such a check stands after one of the values alone, since
        it says nothing of them.
        """
        asked = Asked(self.called, because, because_shape, parts=tuple(parts))
        # What is said of a wrong type is no cause of a wrong value.
        of_values = replace(asked, because=None) if typed else asked
        try:
            result = self._call(because)
            compare(of_values, result, expected, *tolerances_for(result, rtol, atol))
        except (CodeRaised, WrongShape, WrongValue) as failure:
            failure.only_by_type = lambda: self._right_for_another_type(expected, rtol, atol)
            if because_type and failure.because in (None, because) and failure.only_by_type():
                raise type(failure)(
                    called=failure.called,
                    returned=failure.returned,
                    expected=failure.expected,
                    because=because_type,
                ) from None
            raise
        if typed:
            _compare_types(asked, result, expected)
        return result

    def _right_for_another_type(self, expected: Any, rtol: float, atol: float) -> bool:
        """Whether the same numbers as lists, as lists of floats or as arrays of floats give what is
        expected."""
        for convert in (_as_lists, _as_float_lists, _as_float_arrays):
            args = tuple(map(convert, self._args))
            kwargs = {name: convert(value) for name, value in self._kwargs.items()}
            try:
                other = self._function.answer(Call(self._function.name, args, kwargs), args, kwargs, None)
                compare(Asked(""), other, expected, *tolerances_for(other, rtol, atol))
            except CheckFailed:
                continue
            return True
        return False

    def to_agree_with(
        self,
        *args: Any,
        because: str | None = None,
        rtol: float = RELATIVE_TOLERANCE,
        atol: float = ABSOLUTE_TOLERANCE,
        **kwargs: Any,
    ) -> Any:
        """The result is what the same function gives for these other arguments: a law such as
        softmax(z) = softmax(z + c)."""
        called = Call(self._function.name, args, kwargs)
        other = self._function.answer(called, args, kwargs, because)
        array = _as_array(other)
        if not _is_number(other) and (array is None or array.size == 0):
            raise WrongType(
                called=called, returned=_kind(other), expected="numbers", because=_cause_of_type(other)
            )
        result = self._call(because)
        rtol, atol = tolerances_for(other, *tolerances_for(result, rtol, atol))
        compare(Asked(self.called, because, source=called), result, other, rtol, atol)
        return result

    def to_be_between(self, low: float, high: float, *, because: str | None = None) -> Any:
        """The result is one number, from low to high, both included."""
        result = self._call(because)
        if not _is_number(result):
            raise WrongType(
                called=self.called,
                returned=_kind(result),
                expected="a number",
                because=_cause_of_type(result),
            )
        if not low <= _float(result) <= high:
            raise WrongValue(
                called=self.called,
                returned=show(result),
                expected=f"a number from {low:g} to {high:g}",
                because=because,
            )
        return result

    def to_be_refused(
        self, error: type[Exception] = ValueError, *, naming: Iterable[Any] = (), because: str | None = None
    ) -> None:
        """The call raises `error`, with a message that names these values."""
        wanted = f"{error.__name__}" + (
            f" with a message that names {' and '.join(show(n, exact=True) for n in naming)}"
            if naming
            else ""
        )
        try:
            result = self._function.attempt(self.called, self._args, self._kwargs)
        except CheckFailed:
            raise
        except NotImplementedError as unwritten:
            raise self._function._not_written(self.called, unwritten) from None
        except error as raised:
            missing = [n for n in naming if not _names(str(raised), n)]
            if missing:
                raise MessageIncomplete(
                    called=self.called,
                    returned=f"{type(raised).__name__}: {str(raised)[:200] or '(no message)'}",
                    expected=wanted,
                    because=because or f"the message does not name {show(missing[0], exact=True)}",
                ) from None
            return
        except Exception as raised:
            failed = _code_raised(self.called, raised)
            raise NotRefused(
                called=self.called, returned=failed.returned, expected=wanted, because=because
            ) from None
        raise NotRefused(
            called=self.called,
            returned=_kind(result),
            expected=wanted,
            because=because or f"check the input first, and `raise {error.__name__}(...)`",
        )

    def to_be_quiet(self, *, because: str | None = None) -> Expectation:
        """The call raises no warning. Returns the expectation, so that a value can be asked for too."""
        import warnings

        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            self._call()
        heard = [str(w.message) for w in caught] + list(getattr(self._function._target, "warnings", ()))
        if heard:
            raise WrongValue(
                called=self.called,
                returned=f"a warning: {heard[0][:120]}",
                expected="no warning",
                because=because or "treat the zero before taking its logarithm",
            )
        return self


def _as_lists(value: Any) -> Any:
    """Every array, tuple and list as a list of Python's own numbers."""
    if isinstance(value, (np.ndarray, np.generic)):
        value = value.tolist()
    if isinstance(value, dict):
        return {key: _as_lists(part) for key, part in value.items()}
    return [_as_lists(part) for part in value] if isinstance(value, (list, tuple)) else value


def _as_float_lists(value: Any) -> Any:
    arrays = _as_float_arrays(value)
    return _as_lists(arrays)


def _as_float_arrays(value: Any) -> Any:
    """Every array, tuple and list of numbers as an array of floats."""
    value = _as_lists(value)
    if isinstance(value, dict):
        return {key: _as_float_arrays(part) for key, part in value.items()}
    array = _as_array(value) if isinstance(value, list) else None
    return value if array is None or array.dtype.kind not in "iuf" else array.astype(float)


def ask_all(
    calls: Iterable[tuple[tuple[str, ...], Callable[[], Any]]],
    causes: Mapping[str, str],
    causes_by_type: Mapping[str, str],
) -> None:
    """Ask several things, each with the kinds of input it is about; what fails is told by kind alone.

    causes: for some of the kinds, what a failure there usually comes from; causes_by_type: the same for kinds
    that are types, told only if the same numbers in another type are right.
    """
    failed: list[tuple[tuple[str, ...], CheckFailed]] = []
    held: set[str] = set()
    for kinds, ask in calls:
        try:
            ask()
        except (NotDefined, NotAttempted, NeedsAnother, TookTooLong):
            raise
        except CheckFailed as failure:
            failed.append((kinds, failure))
        else:
            held.update(kinds)
    if failed:
        # A message that lacks a value weighs less than any other failure, which is the one to tell.
        first = next((it for _, it in failed if not isinstance(it, MessageIncomplete)), failed[0][1])
        raise type(first)(
            called=first.called,
            returned=first.returned,
            expected=first.expected,
            because=_told_by_kind([kinds for kinds, _ in failed], held, first, causes, causes_by_type),
        )


def _told_by_kind(
    failed: list[tuple[str, ...]],
    held: set[str],
    first: CheckFailed,
    causes: Mapping[str, str],
    causes_by_type: Mapping[str, str],
) -> str:
    """Which kinds of input fail, and one likely cause: that of a kind only if it fails wherever it occurs,
    and nothing else does."""
    alone = [kind for kind in failed[0] if kind not in held and all(kind in kinds for kinds in failed)]
    cause: str | None = None
    if isinstance(first, MessageIncomplete):
        cause = "the message does not name the values it should"
    elif isinstance(first, CodeRaised):
        cause = first.because or f"the call ends with {first.returned.partition(':')[0]}"
    elif isinstance(first, (WrongType, WrongShape, ArgumentChanged, NotRefused)):
        cause = first.because
    elif alone:
        cause = next((causes[kind] for kind in alone if kind in causes), None)
        by_type = next((causes_by_type[kind] for kind in alone if kind in causes_by_type), None)
        if by_type and first.only_by_type():
            cause = by_type
    never_held = list(dict.fromkeys(kind for kinds in failed for kind in kinds if kind not in held))
    if alone or never_held:
        where = f"it fails for {', '.join((alone or never_held)[:3])}"
    else:
        where = f"it fails for {' together with '.join(failed[0][:3])}"
    return f"{where}: {cause}" if cause else where


def _counted(count: int, one: str, more: str = "") -> str:
    """`1 number`, `2 numbers`."""
    return f"{count} {one if count == 1 else more or one + 's'}"


def _names(message: str, value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        text = value if isinstance(value, str) else str(value)
        return text.replace(" ", "") in message.replace(" ", "")
    found = [
        float(n) for n in re.findall(r"(?<![A-WYZa-wyz_\d.])[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?", message)
    ]
    return any(math.isclose(n, float(value), rel_tol=1e-6) for n in found)


# Comparing --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """What a comparison belongs to: the call, the likely causes that its check names, and the part compared.

    source: the call that what is expected comes from, if it is not written in the check. parts: the names of
    the parts of a tuple, if they have any.
    """

    called: Call | str
    because: str | None = None
    because_shape: str | None = None
    source: Call | None = None
    where: str = ""
    parts: tuple[str, ...] = ()

    def at(self, place: str) -> Asked:
        """The same for a part of the result."""
        return replace(self, where=self.where + place, parts=())

    def failed(
        self, kind: type[CheckFailed], returned: str, expected: str, because: str | None
    ) -> CheckFailed:
        origin = f" as {self.source} gives" if self.source else ""
        return kind(
            called=self.called, returned=self.where + returned, expected=expected + origin, because=because
        )

    def wrong_type(self, result: Any, expected: str) -> CheckFailed:
        return self.failed(WrongType, _kind(result), expected, _cause_of_type(result))

    def wrong_value(self, result: Any, returned: str, expected: str) -> CheckFailed:
        return self.failed(WrongValue, returned, expected, self._cause_of_value(result))

    def _cause_of_value(self, result: Any) -> str | None:
        """The check's own cause; for a nan out of ordinary numbers, where nan comes from."""
        array = _as_array(result) if not _is_number(result) else np.asarray(_float(result))
        ordinary = isinstance(self.called, Call) and not _holds_extremes(
            [self.called.args, self.called.kwargs]
        )
        if ordinary and array is not None and array.dtype.kind == "f" and np.isnan(array).any():
            return "nan comes out of 0/0, inf - inf, or a root or a logarithm of a negative number"
        return self.because


def _holds_extremes(data: Any) -> bool:
    """Whether a naive formula may fail on the data: there are zeros, infinities or large numbers in it."""
    return any(_is_number(part) and not 1e-100 < abs(_float(part)) < 100 for part in flatten(data))


def _cause_of_type(result: Any) -> str | None:
    """Why a result is of the wrong kind, as far as the result itself shows it."""
    if result is None:
        return "a path through the function ends without `return`"
    if isinstance(result, str):
        return "a text was returned: return the value itself, not what print or an f-string makes of it"
    if isinstance(result, (complex, np.complexfloating)) or _dtype_kind(result) == "c":
        return "a root or a power of a negative number is complex"
    if isinstance(result, np.ndarray) and result.size == 1 and result.ndim:
        return "an array of one number is no number yet: float(x[0]), or x.item(), takes it out"
    if isinstance(result, BaseException):
        return "use `raise`, not `return`, for an error"
    if _type_name(result) in ("generator", "map", "zip", "filter", "range", "dict_values", "set"):
        return f"{_a(_type_name(result))} holds the values: list(...) writes them out"
    if callable(result):
        return "the function itself was returned, not what it gives: call it"
    return None


def _cause_of_shape(given: tuple[int, ...], wanted: tuple[int, ...]) -> str | None:
    """Why a shape is wrong, as far as the two shapes show it."""
    if len(given) == 2 and given == wanted[::-1]:
        return "rows and columns are swapped: this is the shape of the transpose"
    if len(given) > len(wanted) and [n for n in given if n != 1] == [n for n in wanted if n != 1]:
        return "an axis of length 1 is left over: from keepdims=True, a reshape, or double brackets"
    if len(given) < len(wanted) and [n for n in given if n != 1] == [n for n in wanted if n != 1]:
        return "an axis of length 1 is missing: keepdims=True keeps it"
    return None


def _array_of(asked: Asked, result: Any, shape: tuple[int, ...], *, booleans: bool) -> np.ndarray:
    what = {
        0: "a number",
        1: f"a vector of {_counted(shape[0], 'number') if shape else ''}",
        2: f"a matrix of shape {shape}",
    }.get(len(shape), f"an array of shape {shape}")
    if booleans:
        what = f"a Boolean array of shape {shape}"
    array = _as_array(result)
    if array is None:
        rows = isinstance(result, (list, tuple)) and len(result) > 0
        if rows and all(isinstance(row, (list, tuple, np.ndarray)) for row in result):
            said = f"{show(result)}, whose rows differ in length"
            raise asked.failed(WrongType, said, what, asked.because_shape)
        raise asked.wrong_type(result, what)
    if array.shape != shape:
        cause = _cause_of_shape(array.shape, shape) or asked.because_shape
        raise asked.failed(WrongShape, f"{show(array)}, of shape {array.shape}", what, cause)
    if (array.dtype.kind == "b") != booleans and array.size:
        wanted = "Booleans (True and False)" if booleans else "numbers"
        raise asked.failed(WrongType, f"an array of {array.dtype}", wanted, None)
    return array


def compare(asked: Asked, result: Any, expected: Any, rtol: float, atol: float) -> None:
    """Raise a `CheckFailed` unless the result is what is expected, part by part."""
    if _is_truth(expected):
        if not _is_truth(result):
            raise asked.wrong_type(result, "True or False")
        if bool(result) is not bool(expected):
            raise asked.wrong_value(result, show(bool(result)), show(bool(expected)))
    elif _is_number(expected):
        if not _is_number(result):
            raise asked.wrong_type(result, f"a number: {show(expected)}")
        if not close_to(np.asarray(_number(result)), np.asarray(expected), rtol, atol):
            raise asked.wrong_value(result, show(result), _apart(result, expected))
    elif isinstance(expected, str):
        if not isinstance(result, str):
            raise asked.failed(WrongType, _kind(result), f"a string: {show(expected)}", None)
        if result != expected:
            raise asked.wrong_value(result, show(result), show(expected))
    elif expected is None:
        if result is not None:
            raise asked.failed(WrongType, _kind(result), "None", None)
    elif isinstance(expected, dict):
        _compare_dicts(asked, result, expected, rtol, atol)
    else:
        _compare_sequences(asked, result, expected, rtol, atol)


def _compare_types(asked: Asked, result: Any, expected: Any) -> None:
    """Raise a `CheckFailed` if a result of the right value is a float for an int, or no tuple for one."""
    if isinstance(expected, tuple):
        if not isinstance(result, tuple):
            raise asked.failed(WrongType, _kind(result), f"a tuple: {show(expected)}", asked.because)
        for place, (part, wanted) in enumerate(zip(result, expected, strict=True)):
            _compare_types(asked.at(f"at index {place}, "), part, wanted)
    elif type(expected) is int and (isinstance(result, float) or _dtype_kind(result) == "f"):
        raise asked.failed(WrongType, f"{show(result)}, a float", f"an int: {expected}", asked.because)


def _dtype_kind(value: Any) -> str:
    return str(getattr(getattr(value, "dtype", None), "kind", ""))


def _compare_dicts(asked: Asked, result: Any, expected: dict[Any, Any], rtol: float, atol: float) -> None:
    if not isinstance(result, dict):
        raise asked.wrong_type(result, "a dict")
    for key in expected:
        if key not in result:
            raise asked.wrong_value(
                result, f"no entry for {show(key)}", f"{show(key)}: {show(expected[key])}"
            )
    for key in result:
        if key not in expected:
            only = f"entries for {show(list(expected))} alone"
            raise asked.wrong_value(result, f"an entry for {show(key)}", only)
    for key, item in expected.items():
        part = result[key]
        compare(asked.at(f"at {show(key)}, "), part, item, *tolerances_for(part, rtol, atol))


def _compare_sequences(asked: Asked, result: Any, expected: Any, rtol: float, atol: float) -> None:
    several = isinstance(expected, tuple) and (
        bool(asked.parts) or any(_as_array(part) is not None for part in expected)
    )
    wanted = None if several else _as_array(expected)
    if isinstance(expected, (list, tuple)) and (wanted is None or len(expected) == 0):
        _compare_parts(asked, result, expected, rtol, atol)
        return
    if wanted is None:
        raise TypeError(f"a check expects {type(expected).__name__}, which cannot be compared")
    booleans = wanted.dtype.kind == "b"
    array = _array_of(asked, result, wanted.shape, booleans=booleans)
    near = (array == wanted) if booleans else close_to(array, wanted, rtol, atol)
    if np.all(near):
        return
    at = tuple(int(i) for i in np.argwhere(~near)[0])
    place = f" (first difference at index {at[0] if len(at) == 1 else at})" if at else ""
    shown, right = show(array), show(wanted)
    if shown == right and not booleans:
        place += f", off by {abs(float(array[at]) - float(wanted[at])):.2g}"
    raise asked.wrong_value(result, f"{shown}{place}", right)


def _compare_parts(asked: Asked, result: Any, expected: Any, rtol: float, atol: float) -> None:
    """Compare a list of words, or a tuple of several results, part by part."""
    if (
        isinstance(result, np.ndarray)
        and (result.dtype.kind == "U" or len(expected) == 0)
        and result.ndim == 1
    ):
        result = result.tolist()
    if asked.parts and isinstance(result, np.ndarray) and result.ndim:
        result = list(result)
    if not isinstance(result, (list, tuple)) or len(result) != len(expected):
        wanted = f"({', '.join(asked.parts)})" if asked.parts else show(expected)
        if not isinstance(result, (list, tuple)):
            raise asked.wrong_type(result, wanted)
        said = f"{show(result)}, {len(result)} of them"
        raise asked.failed(WrongShape, said, f"{wanted}, {len(expected)} of them", asked.because_shape)
    for i, (part, item) in enumerate(zip(result, expected, strict=True)):
        if item is Ellipsis:
            continue
        if asked.parts and part is None:
            name = asked.parts[i]
            raise asked.failed(WrongType, f"{name} = None", f"numbers for {name}", None)
        within = tolerances_for(part, rtol, atol)
        try:
            compare(asked.at(""), part, item, *within)
        except CheckFailed:
            # Where it was is written out for the one part that differs: there may be thousands.
            compare(asked.at(_place_of(i, asked, result, item)), part, item, *within)
            raise


def _place_of(i: int, asked: Asked, result: Sequence[Any], item: Any) -> str:
    if asked.parts:
        return f"{asked.parts[i]} = "
    if isinstance(item, (list, tuple, dict, np.ndarray)):
        return f"in place {i}, "
    return f"{show(result)}; in place {i}, "


def _number(value: Any) -> Any:
    """A Fraction or a Decimal as an int if it is whole, else as the float it is nearest to; any other number
    as it is."""
    if isinstance(value, (int, float, np.generic, np.ndarray)):
        return value
    return int(value) if math.isfinite(value) and value == int(value) else _float(value)


def _apart(result: Any, expected: Any) -> str:
    """The expected number, with more digits if six do not tell it from the result."""
    if not math.isfinite(_float(result)) or f"{_float(result):.6g}" != f"{_float(expected):.6g}":
        return show(expected)
    whole = result == int(result) and expected == int(expected)
    apart = abs(int(result) - int(expected) if whole else _float(result) - _float(expected))
    return f"{show(expected)}, and the result differs by {apart:.2g}"


# Values worked out by hand ----------------------------------------------------------------------------------


def bin_of(value: float, width: float) -> int:
    """The tolerance bin a number falls in. The width is a hair over the tolerance, so that rounding cannot
    move an edge by two bins."""
    return math.floor(value / (width * (1 + 1e-6)))


def seal_token(kind: str, value: Any) -> str:
    """What is sealed of a part of an answer: a word whatever its case, a number by its bin, an exact number
    as it is."""
    if kind == "truth":
        return f"truth {bool(value)}"
    if kind == "word":
        return f"word {value.strip().casefold()}"
    return f"{kind} {int(value)}" if float(value) == int(value) else f"{kind} {float(value)!r}"


@lru_cache(maxsize=65536)
def seal(token: str, salt: str, rounds: int) -> str:
    """A salted, slow hash of a token: PBKDF2-SHA256. Kept, since a class gives the same answers over and
    over."""
    return hashlib.pbkdf2_hmac("sha256", token.encode(), salt.encode(), rounds).hex()[:32]


def flatten(value: Any) -> list[Any]:
    """The parts of an answer in reading order, however it is nested."""
    if isinstance(value, np.ndarray):
        return np.asarray(value).ravel().tolist()
    if isinstance(value, (list, tuple)):
        return [part for item in value for part in flatten(item)]
    if isinstance(value, dict):
        return [part for item in value.values() for part in flatten(item)]
    return [value]


def confirm(
    name: str,
    value: Any,
    *,
    salt: str,
    rounds: int,
    parts: list[dict[str, Any]],
    keys: list[str] | None = None,
    because: str | None = None,
    meaning: dict[str, Any] | None = None,
) -> None:
    """Whether a value worked out by hand is right, without holding the answer.

    parts: one entry per number, word or Boolean, in reading order. kind "number": the hashes of the answer's
    tolerance bin and of its two neighbours, of that width; whatever lies within one width of the answer
    passes, nothing two widths off does. kind "exact", "truth", "word": the hash of the answer itself. keys:
    if the answer is a dict, its keys in order. meaning: what a right answer is followed by, under a key
    that the first part of the answer opens.
    """
    show_in_words()
    if value is None:
        raise NotDefined(
            note=(
                f"{name} is not defined. Run the cell that sets it; if the cell was deleted, write `{name} ="
                " ...` again."
            )
        )
    written = flatten(value)
    blank = [i for i, part in enumerate(written) if part is Ellipsis]
    if blank and len(blank) == len(written):
        raise NotAttempted(note=f"{name}: {NOT_ATTEMPTED}. Replace ... with the value you worked out.")
    if blank:
        still = "part " if len(blank) == 1 else "parts "
        still += ", ".join(str(i + 1) for i in blank)
        raise HalfFilled(note=f"{name}: {still} of {len(written)} still to be written; replace each `...`.")
    if callable(value):
        raise WrongType(note=f"{name} should be a value and is a function.")
    if keys is not None:
        if not isinstance(value, dict):
            raise WrongType(
                returned=f"{name} = {_kind(value)}",
                expected=f"a dict with an entry for each of {show(keys, 400)}",
            )
        missing, extra = [key for key in keys if key not in value], [key for key in value if key not in keys]
        if missing or extra:
            raise WrongValue(
                returned=(
                    f"{name} with {_counted(len(value), 'entry', 'entries')}, {'none' if missing else 'one'}"
                    f" of them for {show((missing or extra)[0])}"
                ),
                expected=f"an entry for each of {show(keys, 400)}",
            )
        value = [value[key] for key in keys]
    given = flatten(value)
    if len(given) != len(parts):
        plural = "one value" if len(parts) == 1 else f"{len(parts)} values"
        raise WrongShape(
            returned=f"{name} = {show(value)}, {len(given)} of them", expected=plural, because=because
        )
    for i, (part, answer) in enumerate(zip(parts, given, strict=True)):
        place = (
            f"{name}[{keys[i]!r}]"
            if keys is not None
            else name
            if len(parts) == 1
            else f"{name}, part {i + 1} of {len(parts)}:"
        )
        place = place if place.endswith(":") else f"{place} ="
        if not any(
            seal(token, f"{salt}/{i}", rounds) in part["hashes"] for token in _tokens(place, answer, part)
        ):
            raise WrongValue(
                returned=f"{place} {show(answer)}",
                expected=f"a different {_PART[part['kind']]}{_precision(part)}",
                because=because,
            )
    if meaning is not None:
        state.meanings[name] = _opened(
            meaning, parts[0], _tokens(name, given[0], parts[0]), f"{salt}/0", rounds
        )


def _opened(
    meaning: dict[str, Any], part: Mapping[str, Any], tokens: list[str], salt: str, rounds: int
) -> str:
    """What a right answer means: the key stands there once for each hash of the first part, sealed by what
    was hashed."""
    for token in tokens:
        place = seal(token, salt, rounds)
        if place in part["hashes"]:
            key = open_text(meaning["keys"][place], seal(f"meaning {token}", salt, rounds))
            return open_text(meaning["text"], key)
    return ""


_PART = {"number": "number", "exact": "number", "truth": "answer", "word": "word"}


def _precision(part: Mapping[str, Any]) -> str:
    return f" (an answer within {part['width']:g} counts)" if part["kind"] == "number" else ""


def _tokens(place: str, answer: Any, part: Mapping[str, Any]) -> list[str]:
    kind = part["kind"]
    if kind == "truth":
        if not _is_truth(answer):
            raise WrongType(returned=f"{place} {_kind(answer)}", expected="True or False")
        return [seal_token(kind, answer)]
    if kind == "word":
        if not isinstance(answer, str):
            raise WrongType(returned=f"{place} {_kind(answer)}", expected="a string")
        return [seal_token(kind, answer)]
    if not _is_number(answer) or not math.isfinite(_float(answer)):
        raise WrongType(returned=f"{place} {_kind(answer)}", expected="a finite number")
    if kind == "number":
        # A number too large to have a bin is none that was asked for.
        return (
            [seal_token(kind, bin_of(float(answer), part["width"]))]
            if math.isfinite(float(answer) / part["width"])
            else []
        )
    return [seal_token(kind, answer)]


__all__ = ["CheckFailed", "confirm", "expect", "student"]
