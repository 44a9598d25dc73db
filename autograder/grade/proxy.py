"""What stands on the trusted side for a student's function, and what the student's side may ask of this
one."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

import numpy as np

from autograder.course.packages import explain_missing
from autograder.grade.inside import wire
from autograder.grade.portable import portable
from autograder.kit.checking import CALL_SECONDS

# Arguments of a callback beyond these become floats, whose arithmetic takes the same time whatever they are.
MAX_FRACTION_BITS = 256
MAX_EXPONENT = 400


class CallsFunctions(Protocol):
    """What a proxy needs of a session. crashed: the error of the release's `checking` that says a call ended
    its process."""

    crashed: type[Exception]

    functions: list[Callable[..., Any]]

    def call(self, name: str, args: Any, kwargs: Any, seconds: float) -> dict[str, Any]: ...


class Proxy:
    """Stands for a student's function: calls it in the student's process, and does to the caller's arguments
    what it did there."""

    def __init__(self, session: CallsFunctions, name: str) -> None:
        self._session, self._name = session, name
        self.call_seconds = CALL_SECONDS
        self.warnings: list[str] = []

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        sent = wire.encode(list(args), self._hand_over), wire.encode(kwargs, self._hand_over)
        reply = self._session.call(self._name, *sent, self.call_seconds)
        heard = reply.get("warnings")
        self.warnings = [str(w)[:200] for w in heard[:5]] if isinstance(heard, list) else []
        try:
            after = wire.decode(reply["after"], self._handed_over) if reply.get("after") is not None else None
            result = wire.decode(reply["value"]) if "value" in reply else None
        except wire.WireError as error:
            raise self._session.crashed(f"it answered with {error}") from None
        if (
            isinstance(after, list)
            and len(after) == 2
            and isinstance(after[0], list)
            and isinstance(after[1], dict)
        ):
            for mine, theirs in [
                *zip(args, after[0], strict=False),
                *((kwargs[key], after[1][key]) for key in kwargs if key in after[1]),
            ]:
                _write_back(mine, theirs)
        if "raised" in reply:
            raise rebuilt(described(reply["raised"]))
        if "value" not in reply:
            return wire.Opaque(str(reply.get("type", "value that cannot be sent"))[:80])
        return result

    def _hand_over(self, function: Callable[..., Any]) -> wire.FunctionId:
        """A function's code, if that is all there is to it; else its number, by which the other side may ask
        for its values: one for each function."""
        if code := portable(function):
            return code
        functions = self._session.functions
        number = next((number for number, known in enumerate(functions) if known is function), None)
        if number is None:
            functions.append(function)
            return len(functions) - 1
        return number

    def _handed_over(self, number: wire.FunctionId) -> Callable[..., Any]:
        """The function of a number that comes back in an argument."""
        if not isinstance(number, int):
            return wire.OpaqueFunction("a function")
        if not 0 <= number < len(self._session.functions):
            raise wire.WireError("a function that nobody handed over")
        return self._session.functions[number]


def _write_back(mine: Any, theirs: Any) -> None:
    """Make a mutable argument what the other side's copy of it has become."""
    if isinstance(mine, np.ndarray):
        if isinstance(theirs, np.ndarray) and theirs.shape == mine.shape and mine.dtype == theirs.dtype:
            mine[...] = theirs
    elif type(mine) in (list, dict) and type(theirs) is type(mine):
        places = [range(len(it)) if type(it) is list else list(it) for it in (mine, theirs)]
        if places[0] != places[1]:
            mine.clear()
            (mine.extend if type(mine) is list else mine.update)(theirs)
            return
        for place in places[0]:
            old, new = mine[place], theirs[place]
            if isinstance(old, (list, dict, np.ndarray)) and type(old) is type(new):
                _write_back(old, new)
            elif not callable(old):
                mine[place] = new


ERRORS = {
    name: kind
    for name, kind in vars(builtins).items()
    if isinstance(kind, type)
    and issubclass(kind, Exception)
    and not issubclass(kind, (UnicodeError, Warning, ExceptionGroup, OSError))
}


def described(error: Any) -> dict[str, Any]:
    """An error's description with every part of the kind it should be."""
    error = error if isinstance(error, dict) else {}
    bases, number = error.get("bases"), error.get("line_number")
    kind, message = str(error.get("type", "an error"))[:80], str(error.get("message", ""))[:1000]
    return {
        "type": kind,
        "message": explain_missing(message) if kind == "ModuleNotFoundError" else message,
        "line": str(error.get("line", ""))[:200],
        "line_number": number if type(number) is int and 0 <= number <= 10**7 else 0,
        "bases": [str(name) for name in bases[:20]] if isinstance(bases, list) else [],
    }


def rebuilt(error: Mapping[str, Any]) -> Exception:
    """The student's error as one of this side's own: a subclass of the built-in it descends from, with its
    name and message."""
    base = next((ERRORS[name] for name in error["bases"] if name in ERRORS), Exception)
    name = error["type"] if str(error["type"]).isidentifier() else "Error"
    message = error["message"]
    kind = type(name, (base,), {"__str__": lambda self: message, "student_line": error["line"]})
    made = kind(message)
    assert isinstance(made, Exception)
    return made


def call_back(functions: Sequence[Callable[..., Any]], request: Mapping[str, Any]) -> dict[str, Any]:
    """Run a function of this side on numbers the student's code chose, and answer with its result or its
    error."""
    try:
        function = functions[request["callback"]]
        args = [_tame(argument) for argument in wire.decode(request["args"])]
        named = wire.decode(request["kwargs"])
        if not all(type(name) is str for name in named):
            raise wire.WireError("arguments without a name")
        kwargs = {name: _tame(argument) for name, argument in named.items()}
        with np.errstate(all="ignore"):
            return {"value": wire.encode(function(*args, **kwargs))}
    except wire.WireError as error:
        return {
            "raised": {"type": "TypeError", "message": f"the function was given what it cannot take: {error}"}
        }
    except Exception as error:
        kind = (
            type(error).__name__
            if isinstance(getattr(builtins, type(error).__name__, None), type)
            else "ValueError"
        )
        return {"raised": {"type": kind, "message": str(error)[:300]}}


def _tame(value: Any) -> Any:
    """An argument from the other side, such that arithmetic on it cannot take this side's time or memory."""
    if isinstance(value, (bool, float, complex, np.inexact)) or value is None:
        return value
    if isinstance(value, int):
        # 2.0 ** 10**9 is an error at once; 2 ** 10**9 is a minute and a gigabyte.
        return value if abs(value) <= 10**6 else float(value)
    if isinstance(value, Fraction):
        return value if max(abs(value.numerator), value.denominator) < 2**MAX_FRACTION_BITS else float(value)
    if isinstance(value, Decimal):
        within = value.is_finite() and abs(value.adjusted()) <= MAX_EXPONENT
        return value if within else float(value)
    if isinstance(value, np.ndarray) and value.dtype.kind == "O" and value.size <= 1000:
        tamed = np.empty(value.size, dtype=object)
        tamed[:] = [_tame(item) for item in value.flat]
        return tamed.reshape(value.shape)
    if isinstance(value, np.ndarray) and value.dtype.kind in "biufc" and value.size <= 100_000:
        return value
    if isinstance(value, (list, tuple)) and len(value) <= 1000:
        return type(value)(_tame(item) for item in value)
    raise wire.WireError(f"a {type(value).__name__}")
