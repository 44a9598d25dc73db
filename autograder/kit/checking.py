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

import hashlib
import math
import re
import signal
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING or __package__:
    from autograder.kit.feedback import NOT_ATTEMPTED, show_in_words
else:
    from feedback import NOT_ATTEMPTED, show_in_words

RELATIVE_TOLERANCE = 1e-9
ABSOLUTE_TOLERANCE = 1e-12
# float32 keeps 24 bits, about 6e-8 of a value; a formula of a few dozen operations loses a digit or two of
# that.
FLOAT32_RELATIVE_TOLERANCE = 2e-5
FLOAT32_ABSOLUTE_TOLERANCE = 1e-6
CALL_SECONDS = 10.0
RING_AGAIN_SECONDS = 0.2


class CheckFailed(AssertionError):
    """A check that did not hold, told in four lines.

    called: the call as the student would type it. returned: what came back. expected: what was expected.
    because: one likely cause.
    """

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
    """The student's code raised an error where a result was expected."""


class NotRefused(CheckFailed):
    """An input that should be refused was not, or not as asked."""


class MessageIncomplete(NotRefused):
    """An input was refused as asked, and the message does not name the values it should."""


class ArgumentChanged(CheckFailed):
    """The function changed what it was handed."""


class TookTooLong(CheckFailed):
    """The call did not come back in time."""


class CallTimedOut(BaseException):
    """A call ran past its limit. Raised by a proxy, or by the alarm in the student's own kernel.

    Not an `Exception`, so that `except Exception` in the student's code does not catch it.
    """


class CallCrashed(Exception):
    """A call ended the process it ran in. Raised by a proxy."""


# What a person reads ----------------------------------------------------------------------------------------


def show(value: Any, limit: int = 160) -> str:
    """A value as a short line: arrays as lists, six significant digits, cut in the middle where long."""
    text = _show(value, depth=0)
    if len(text) > limit:
        keep = (limit - 5) // 2
        text = f"{text[:keep]} ... {text[-keep:]}"
    return text


def _show(value: Any, depth: int) -> str:
    if depth > 6:
        return "..."
    if isinstance(value, np.ndarray):
        if value.size > 64:
            return f"an array of shape {value.shape}"
        return _show(value.tolist(), depth)
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value))
    if isinstance(value, (float, np.floating)):
        return _show_float(float(value))
    if isinstance(value, (int, np.integer)):
        return str(int(value)) if abs(int(value)) < 10**30 else "a very large int"
    if isinstance(value, str):
        return repr(value[:80])
    if value is None:
        return "None"
    if type(value) in (list, tuple):
        shown = [_show(item, depth + 1) for item in value[:16]] + (["..."] if len(value) > 16 else [])
        if type(value) is list:
            return f"[{', '.join(shown)}]"
        return f"({', '.join(shown)}{',' if len(shown) == 1 else ''})"
    if type(value) is dict:
        shown = [f"{_show(k, depth + 1)}: {_show(v, depth + 1)}" for k, v in list(value.items())[:12]]
        return "{" + ", ".join(shown + (["..."] if len(value) > 12 else [])) + "}"
    if isinstance(value, StudentFunction):
        return value.name
    if callable(value):
        return getattr(value, "__name__", "a function").strip("<>") or "a function"
    return f"a {_type_name(value)}"


def _show_float(x: float) -> str:
    if math.isfinite(x) and x == int(x):
        return f"{x:.1f}" if abs(x) < 1e16 else f"{x:.6g}"
    return f"{x:.6g}"


def _type_name(value: Any) -> str:
    return str(getattr(value, "type_name", None) or type(value).__name__)


def _kind(value: Any) -> str:
    """What a value is, in words a message can use."""
    if value is None:
        return "None, as a function without a return statement does"
    if isinstance(value, (bool, np.bool_)):
        return f"{bool(value)}, a truth"
    if _is_number(value):
        return f"{show(value)}, a number"
    if isinstance(value, str):
        return f"{show(value)}, a string"
    if isinstance(value, np.ndarray):
        held = f"{show(value)}, " if 0 < value.size <= 64 else ""
        return f"{held}an array of shape {value.shape} and dtype {value.dtype}"
    if isinstance(value, (list, tuple, dict)):
        return f"{show(value)}, a {type(value).__name__}"
    if value is Ellipsis:
        return "..., the placeholder"
    if isinstance(value, BaseException):
        return f"a {type(value).__name__} returned as a value, not raised"
    return f"a {_type_name(value)}"


# What a value is --------------------------------------------------------------------------------------------


def _is_number(value: Any) -> bool:
    if isinstance(value, (bool, np.bool_)):
        return False
    if isinstance(value, np.ndarray):
        return value.ndim == 0 and value.dtype.kind in "iuf"
    return isinstance(value, (int, float, np.integer, np.floating))


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
    """The value as an array of numbers or of truths; None where it is neither, or where its rows differ in
    length."""
    if isinstance(value, np.ndarray):
        array = value
    elif isinstance(value, (list, tuple)):
        if any(isinstance(item, (str, bytes)) or item is None for item in value):
            return None
        try:
            # Rows may be arrays of their own; NumPy stacks them, and refuses ragged ones.
            array = np.array([np.asarray(item) for item in value]) if value else np.array([])
        except (ValueError, TypeError, OverflowError):
            return None
    else:
        return None
    return array if array.dtype.kind in "iufb" else None


def tolerances_for(actual: Any, rtol: float, atol: float) -> tuple[float, float]:
    """The check's own tolerances, or float32's where the student computed in float32."""
    parts = actual if isinstance(actual, (list, tuple)) else [actual]
    single = any(getattr(part, "dtype", None) == np.float32 for part in parts)
    if single:
        return max(rtol, FLOAT32_RELATIVE_TOLERANCE), max(atol, FLOAT32_ABSOLUTE_TOLERANCE)
    return rtol, atol


def _close(actual: np.ndarray, expected: np.ndarray, rtol: float, atol: float) -> np.ndarray:
    """|actual - expected| <= max(rtol |expected|, atol), infinities equal to themselves, nan to nothing but
    nan."""
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


# Calling the student's code ---------------------------------------------------------------------------------


class Call:
    """A call as it was made: what was handed over is kept from before it, and written out only where someone
    is going to read it."""

    def __init__(self, name: str, args: Iterable[Any], kwargs: Mapping[str, Any]) -> None:
        self.name, self.args, self.kwargs = name, snapshot(list(args)), snapshot(dict(kwargs))

    def __str__(self) -> str:
        shown = [show(a, 90) for a in self.args] + [
            f"{key}={show(value, 90)}" for key, value in self.kwargs.items()
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

    def answer(self, called: Call, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        """Call once, where a result is expected."""
        try:
            return self.attempt(called, args, kwargs)
        except (CheckFailed, CallTimedOut):
            raise
        except NotImplementedError:
            raise self._not_attempted() from None
        except Exception as error:
            raise _code_raised(called, error) from None

    def attempt(self, called: Call, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        """Call once; whatever the student's code raises comes out as it is."""
        try:
            with _time_limit(self._target, self._seconds):
                result = self._target(*args, **kwargs)
        except CallTimedOut:
            raise TookTooLong(
                called=called,
                returned="nothing",
                expected=f"an answer within {self._seconds:g} s",
                because="a loop that does not end, or far too many steps",
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
                because=(
                    "work on a copy: np.array(v, dtype=float) makes one, v[:] = ... and v -= ... change the"
                    " caller's own"
                ),
            )
        return result

    def _not_attempted(self) -> CheckFailed:
        return NotAttempted(
            note=(
                f"{self.name}: {NOT_ATTEMPTED}. Replace the line that raises NotImplementedError with your"
                " own code."
            )
        )


def _code_raised(called: Call, error: BaseException) -> CodeRaised:
    where = _line_of(error)
    said = f"{type(error).__name__}: {str(error)[:300]}" if str(error) else type(error).__name__
    return CodeRaised(
        called=called,
        returned=f"{said}{where}",
        expected="a result, not an error",
        because=_usual_cause(error),
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
def _time_limit(target: Any, seconds: float) -> Iterator[None]:
    """A limit of time on a call: a proxy keeps its own, a function here has an alarm."""
    if hasattr(target, "call_seconds"):
        target.call_seconds = seconds
        yield
    else:
        with alarm(seconds):
            yield


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

    def _call(self) -> Any:
        return self._function.answer(self.called, self._args, self._kwargs)

    def to_equal(
        self,
        expected: Any,
        *,
        because: str | None = None,
        rtol: float = RELATIVE_TOLERANCE,
        atol: float = ABSOLUTE_TOLERANCE,
    ) -> Any:
        """The result is `expected`: |result - expected| <= max(rtol |expected|, atol) on every number.
        Returns the result.

        A list of numbers or of rows stands for a vector or a matrix, a tuple or a list of anything else for
        its parts. A result in float32 is held to float32's precision.
        """
        result = self._call()
        rtol, atol = tolerances_for(result, rtol, atol)
        compare(self.called, result, expected, because, rtol, atol, where="")
        return result

    def to_agree_with(
        self,
        *args: Any,
        because: str | None = None,
        rtol: float = RELATIVE_TOLERANCE,
        atol: float = ABSOLUTE_TOLERANCE,
        **kwargs: Any,
    ) -> Any:
        """The result is what the same function gives for these other arguments: a law such as softmax(z) =
        softmax(z + c)."""
        called = Call(self._function.name, args, kwargs)
        other = self._function.answer(called, args, kwargs)
        array = _as_array(other)
        if not _is_number(other) and (array is None or array.size == 0):
            raise WrongType(called=called, returned=_kind(other), expected="numbers", because=because)
        result = self._call()
        rtol, atol = tolerances_for(other, *tolerances_for(result, rtol, atol))
        compare(self.called, result, other, because, rtol, atol, where="", source=called)
        return result

    def to_be_between(self, low: float, high: float, *, because: str | None = None) -> Any:
        """The result is one number, from low to high, both included."""
        result = self._call()
        if not _is_number(result):
            raise WrongType(called=self.called, returned=_kind(result), expected="a number", because=because)
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
            f" with a message that names {' and '.join(show(n) for n in naming)}" if naming else ""
        )
        try:
            result = self._function.attempt(self.called, self._args, self._kwargs)
        except CheckFailed:
            raise
        except NotImplementedError:
            raise self._function._not_attempted() from None
        except error as raised:
            missing = [n for n in naming if not _names(str(raised), n)]
            if missing:
                raise MessageIncomplete(
                    called=self.called,
                    returned=f"{type(raised).__name__}: {str(raised)[:200] or '(no message)'}",
                    expected=wanted,
                    because=because or f"the message does not name {show(missing[0])}",
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


def _counted(count: int, one: str, more: str = "") -> str:
    """`1 number`, `2 numbers`."""
    return f"{count} {one if count == 1 else more or one + 's'}"


def _names(message: str, value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        text = value if isinstance(value, str) else str(value)
        return text.replace(" ", "") in message.replace(" ", "")
    found = [
        float(n) for n in re.findall(r"(?<![A-WYZa-wyz_\d.])[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?", message)
    ]
    return any(math.isclose(n, float(value), rel_tol=1e-6) for n in found)


def _array_of(
    called: Call | str, result: Any, shape: tuple[int, ...], because: str | None, *, truths: bool, where: str
) -> np.ndarray:
    what = {
        0: "a number",
        1: f"a vector of {_counted(shape[0], 'number') if shape else ''}",
        2: f"a matrix of shape {shape}",
    }.get(len(shape), f"an array of shape {shape}")
    if truths:
        what = f"a boolean array of shape {shape}"
    array = _as_array(result)
    if array is None:
        ragged = (
            isinstance(result, (list, tuple))
            and len(result) > 0
            and all(isinstance(r, (list, tuple, np.ndarray)) for r in result)
        )
        raise WrongType(
            called=called,
            returned=where + (f"{show(result)}, whose rows differ in length" if ragged else _kind(result)),
            expected=what,
            because=because,
        )
    if array.shape != shape:
        raise WrongShape(
            called=called,
            returned=f"{where}{show(array)}, of shape {array.shape}",
            expected=what,
            because=because,
        )
    if (array.dtype.kind == "b") != truths and array.size:
        raise WrongType(
            called=called,
            returned=f"{where}an array of {array.dtype}",
            expected="truths (True and False)" if truths else "numbers",
            because=because,
        )
    return array


def compare(
    called: Call | str,
    result: Any,
    expected: Any,
    because: str | None,
    rtol: float,
    atol: float,
    *,
    where: str,
    source: Call | None = None,
) -> None:
    def wrong(kind: type[CheckFailed], returned: str, wanted: str) -> CheckFailed:
        return kind(
            called=called, returned=where + returned, expected=wanted + _as_given_by(source), because=because
        )

    if _is_truth(expected):
        if not _is_truth(result):
            raise wrong(WrongType, _kind(result), "True or False")
        if bool(result) is not bool(expected):
            raise wrong(WrongValue, show(bool(result)), show(bool(expected)))
    elif _is_number(expected):
        if not _is_number(result):
            raise wrong(WrongType, _kind(result), f"a number: {show(expected)}")
        if not _close(np.asarray(result), np.asarray(expected), rtol, atol):
            raise wrong(WrongValue, show(result), _apart(result, expected))
    elif isinstance(expected, str):
        if not isinstance(result, str):
            raise wrong(WrongType, _kind(result), f"a string: {show(expected)}")
        if result != expected:
            raise wrong(WrongValue, show(result), show(expected))
    elif expected is None:
        if result is not None:
            raise wrong(WrongType, _kind(result), "None")
    elif isinstance(expected, dict):
        if not isinstance(result, dict):
            raise wrong(WrongType, _kind(result), "a dict")
        for key in expected:
            if key not in result:
                raise wrong(WrongValue, f"no entry for {show(key)}", f"{show(key)}: {show(expected[key])}")
        for key in result:
            if key not in expected:
                raise wrong(
                    WrongValue, f"an entry for {show(key)}", f"entries for {show(list(expected))} alone"
                )
        for key, item in expected.items():
            compare(
                called,
                result[key],
                item,
                because,
                *tolerances_for(result[key], rtol, atol),
                where=f"{where}at {show(key)}, ",
                source=source,
            )
    else:
        _compare_sequence(called, result, expected, because, rtol, atol, where=where, source=source)


def _compare_sequence(
    called: Call | str,
    result: Any,
    expected: Any,
    because: str | None,
    rtol: float,
    atol: float,
    *,
    where: str,
    source: Call | None,
) -> None:
    wanted = (
        None
        if isinstance(expected, tuple) and any(_as_array(part) is not None for part in expected)
        else _as_array(expected)
    )
    if isinstance(expected, (list, tuple)) and (wanted is None or len(expected) == 0):
        if not isinstance(result, (list, tuple)) and not (
            len(expected) == 0 and isinstance(result, np.ndarray)
        ):
            raise WrongType(
                called=called,
                returned=where + _kind(result),
                expected=f"{show(expected)}{_as_given_by(source)}",
                because=because,
            )
        if len(result) != len(expected):
            raise WrongShape(
                called=called,
                returned=f"{where}{show(result)}, {len(result)} of them",
                expected=f"{show(expected)}, {len(expected)} of them{_as_given_by(source)}",
                because=because,
            )
        for i, (part, item) in enumerate(zip(result, expected, strict=True)):
            place = (
                f"{where}in place {i}, "
                if isinstance(item, (list, tuple, dict, np.ndarray))
                else f"{where}{show(result)}; in place {i}, "
            )
            compare(
                called, part, item, because, *tolerances_for(part, rtol, atol), where=place, source=source
            )
        return
    if wanted is None:
        raise TypeError(f"a check expects {type(expected).__name__}, which cannot be compared")
    truths = wanted.dtype.kind == "b"
    array = _array_of(called, result, wanted.shape, because, truths=truths, where=where)
    near = (array == wanted) if truths else _close(array, wanted, rtol, atol)
    if not np.all(near):
        at = tuple(int(i) for i in np.argwhere(~near)[0])
        place = f" (first difference at index {at[0] if len(at) == 1 else at})" if at else ""
        raise WrongValue(
            called=called,
            returned=f"{where}{show(array)}{place}",
            expected=f"{show(wanted)}{_as_given_by(source)}",
            because=because,
        )


def _as_given_by(source: Call | None) -> str:
    return f" as {source} gives" if source else ""


def _apart(result: Any, expected: Any) -> str:
    """The expected number, with more digits where six do not tell it from the result."""
    if not math.isfinite(_float(result)) or f"{_float(result):.6g}" != f"{_float(expected):.6g}":
        return show(expected)
    return f"{show(expected)}, and the result differs by {abs(_float(result) - _float(expected)):.2g}"


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
        return value.ravel().tolist() if value.ndim else [value.item()]
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
) -> None:
    """Whether a value worked out by hand is right, without holding the answer.

    parts: one entry a number, word or truth, in reading order. kind "number": the hashes of the answer's
    tolerance bin and of its two neighbours, of that width; whatever lies within one width of the answer
    passes, nothing two widths off does. kind "exact", "truth", "word": the hash of the answer itself. keys:
    where the answer is a dict, its keys in order.
    """
    show_in_words()
    if value is None:
        raise NotDefined(
            note=(
                f"{name} is not defined. Run the cell that sets it; if the cell was deleted, write `{name} ="
                " ...` again."
            )
        )
    if value is Ellipsis or (
        isinstance(value, (list, tuple)) and any(part is Ellipsis for part in flatten(value))
    ):
        raise NotAttempted(note=f"{name}: {NOT_ATTEMPTED}. Replace ... with the value you worked out.")
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
                expected=f"another {_PART[part['kind']]}{_precision(part)}",
                because=because,
            )


_PART = {"number": "number", "exact": "number", "truth": "truth", "word": "word"}


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
