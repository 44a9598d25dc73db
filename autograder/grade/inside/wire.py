"""What crosses between the trusted process and the student's: plain data in length-prefixed JSON frames,
never a pickle.

Both sides load this file; it knows nothing of checks. Data are None, Booleans, ints, floats, complex
numbers, Fractions, Decimals, strings, lists, tuples, dicts, and arrays of these, as exact base types. A
Python function crosses as a number and is called back over the same channel. Anything else crosses as the
name of its type.
"""

from __future__ import annotations

import base64
import json
import math
import re
import socket
import struct
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

# What the trusted side says to the zygote of a submission, all of one length: one cannot run into the next.
BEGIN, END = b"begin", b"end  "
# How a call ended that ran out of time.
TIMED_OUT = "timed out"
MAX_FRAME = 4 * 2**20
MAX_NODES = 50_000
# Keys can be chosen such that each is compared with all before it.
MAX_ENTRIES = 2_000
MAX_DEPTH = 32
# A thousand digits.
MAX_INT_BITS = 3322
# Of a size that arithmetic can take, as `str` writes it.
DECIMAL = re.compile(r"-?(?:\d{1,1000}(?:\.\d{1,1000})?(?:E[+-]?\d{1,4})?|Infinity|NaN)")
DTYPES = {
    name: np.dtype(name)
    for name in (
        "bool",
        "int8",
        "int16",
        "int32",
        "int64",
        "uint8",
        "uint16",
        "uint32",
        "uint64",
        "float16",
        "float32",
        "longdouble",
        "float64",
        "complex64",
        "clongdouble",
        "complex128",
    )
}
# A dtype works out its name each time it is asked. If a long double is no longer than others, it goes
# by their name.
NAMES = {dtype: name for name, dtype in DTYPES.items()}
# A list of so many floats or Booleans, or rows of them, or more, crosses as bytes. How many there may be is
# bounded by what a message may have.
MIN_PACKED = 6
PACKED: dict[type, str] = {float: "d", bool: "?"}
# How an answer begins, as `frame` writes it.
ANSWERS = re.compile(rb'\{"id":(\d{1,20})([,}])')


FunctionId = int | list[str]


class WireError(Exception):
    """The other side sent something that is no data, or too much of it."""


class Closed(Exception):
    """The other side is gone."""


class TimedOut(Exception):
    """The other side did not answer in time."""


@dataclass(frozen=True)
class Opaque:
    """A value that is no plain data: what is known of it is its type's name."""

    type_name: str


@dataclass(frozen=True)
class OpaqueFunction:
    """A function of the other side's that was not handed over to be called: its name is known."""

    __name__: str

    def __call__(self, *_arguments: Any, **_named: Any) -> Any:
        raise TypeError(f"{self.__name__ or 'a function'} is not here to be called")


# Frames -----------------------------------------------------------------------------------------------------


def frame(message: Any) -> bytes:
    """A message as it crosses; raises `WireError` if it is too large."""
    return framed(
        json.dumps(message, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")
    )


def framed(data: bytes) -> bytes:
    if len(data) > MAX_FRAME:
        raise WireError(f"{len(data)} bytes are more than a message may have")
    return struct.pack(">I", len(data)) + data


def send(channel: socket.socket, message: Any, deadline: float | None = None) -> None:
    """Send one message; raises `WireError` if it is too large, `Closed` if nobody is there, `TimedOut`
    if nobody listens."""
    send_frames(channel, frame(message), deadline)


def send_frames(channel: socket.socket, frames: bytes, deadline: float | None = None) -> None:
    """Send what `frame` made, one or more of them."""
    _wait_until(channel, deadline)
    try:
        channel.sendall(frames)
    except TimeoutError:
        raise TimedOut from None
    except OSError as error:
        raise Closed from error


def receive(channel: socket.socket) -> Any:
    """The next message, and not a byte more: a fork may be meant to read what follows. Raises `Closed`, or
    `WireError` if it is malformed."""
    return parsed(_exactly(channel, _size(_exactly(channel, 4))))


def _exactly(channel: socket.socket, count: int) -> bytes:
    parts = []
    while count:
        try:
            part = channel.recv(min(count, 2**20))
        except OSError as error:
            raise Closed from error
        if not part:
            raise Closed
        parts.append(part)
        count -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


class Inbox:
    """What arrives at the trusted side of a channel, message by message, and no later than asked for."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        # What has arrived, and how much of it was handed on.
        self._held, self._taken = b"", 0
        # Bytes of the message that was received last.
        self.size = 0

    def receive(self, deadline: float) -> bytes:
        """The next message as it came; raises `Closed`, `TimedOut`, or `WireError` if it is too large."""
        begins = self._hold(4, deadline)
        self.size = 4 + _size(self._held[begins : begins + 4])
        begins = self._hold(self.size, deadline)
        self._taken += self.size
        return self._held[begins + 4 : self._taken]

    def _hold(self, count: int, deadline: float) -> int:
        """Have so many bytes that were not handed on yet; returns where they begin."""
        while len(self._held) - self._taken < count:
            _wait_until(self._channel, deadline)
            try:
                part = self._channel.recv(max(2**16, count))
            except TimeoutError:
                raise TimedOut from None
            except OSError as error:
                raise Closed from error
            if not part:
                raise Closed
            self._held, self._taken = self._held[self._taken :] + part, 0
        return self._taken


def _size(head: bytes) -> int:
    (size,) = struct.unpack(">I", head)
    if size > MAX_FRAME:
        raise WireError(f"a message of {size} bytes is more than may be sent")
    return int(size)


def parsed(data: bytes) -> Any:
    """What a message says; raises `WireError` if it is malformed."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise WireError(f"a message that is no JSON: {type(error).__name__}") from error


def answered(data: bytes) -> tuple[int | None, bytes]:
    """The number of the message that this one answers, and the answer without it, as JSON; None if it begins
    otherwise than an answer does."""
    begins = ANSWERS.match(data)
    if begins is None:
        return None, data
    return int(begins[1]), b"{" + data[begins.end() :] if begins[2] == b"," else b"{}"


def _wait_until(channel: socket.socket, deadline: float | None) -> None:
    """Let the next use of the channel wait until then, and no longer."""
    if deadline is None:
        if channel.gettimeout() is not None:
            channel.settimeout(None)
        return
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimedOut
    channel.settimeout(left)


# Data -------------------------------------------------------------------------------------------------------


def encode(value: Any, function_id: Callable[[Any], FunctionId | None] | None = None) -> Any:
    """A value as JSON can hold it. Raises `WireError` if it has too many parts or nests too deeply.

    function_id: what a function crosses as, to be called from the other side: a number, or its name and code;
    None if it crosses by its name alone.
    """
    return _Encoder(function_id).encode(value, 0)


class _Encoder:
    """Writes one value, and counts its parts."""

    def __init__(self, function_id: Callable[[Any], FunctionId | None] | None) -> None:
        self._function_id, self._count = function_id, 0

    def encode(self, value: Any, depth: int) -> Any:
        self._take(1, depth)
        if value is None or value is True or value is False:
            return value
        if isinstance(value, np.generic) and not isinstance(value, str):
            return self._scalar(value, depth)
        if isinstance(value, str):
            return str(value[:100_000])
        if isinstance(value, int):
            number = int(value)
            return number if number.bit_length() < MAX_INT_BITS else {"i": -1 if number < 0 else 1}
        if isinstance(value, float):
            return float(value)
        if isinstance(value, np.ndarray):
            return self._array(value, depth)
        if isinstance(value, list):
            if len(value) >= MIN_PACKED and (packed := self._packed(value)):
                return {"p": packed}
            return {"l": self._all(list(value), depth + 1)}
        if isinstance(value, tuple):
            return {"t": self._all(tuple(value), depth + 1)}
        if isinstance(value, dict):
            return {
                "d": [
                    [self.encode(key, depth + 1), self.encode(item, depth + 1)]
                    for key, item in list(value.items())
                ]
            }
        return self._other(value)

    def _take(self, count: int, depth: int) -> None:
        self._count += count
        if self._count > MAX_NODES:
            raise WireError(f"more than {MAX_NODES} parts")
        if depth > MAX_DEPTH:
            raise WireError(f"nested more than {MAX_DEPTH} deep")

    def _all(self, items: Sequence[Any], depth: int) -> list[Any]:
        self._take(len(items), depth)
        return [item if type(item) is float else self.encode(item, depth) for item in items]

    def _packed(self, items: list[Any]) -> list[Any]:
        """A list of floats or of Booleans, or of rows of as many each, as their kind, sizes and bytes; empty
        for any other.

        Writing out the digits of many numbers takes longest of all that is sent, and a mask of a thousand
        tokens has a million parts.
        """
        sizes = [len(items)]
        if type(items[0]) is list:
            sizes.append(len(items[0]))
            if not sizes[1] or any(type(row) is not list or len(row) != sizes[1] for row in items):
                return []
            self._take(len(items), 0)
            items = [item for row in items for item in row]
        kinds = set(map(type, items))
        kind = PACKED.get(kinds.pop()) if len(kinds) == 1 else None
        if kind is None:
            return []
        size = struct.calcsize(f"<{kind}") * len(items)
        if size > MAX_FRAME // 2:
            raise WireError(f"a list of {size} bytes")
        return [kind, *sizes, base64.b64encode(struct.pack(f"<{len(items)}{kind}", *items)).decode()]

    def _scalar(self, value: np.generic, depth: int) -> Any:
        if isinstance(value, np.bool_):
            return bool(value)
        if isinstance(value, np.float64) or (
            isinstance(value, np.integer) and not isinstance(value, np.timedelta64)
        ):
            return self.encode(value.item(), depth)
        if value.dtype in NAMES:
            return {"n": [NAMES[value.dtype], base64.b64encode(value.tobytes()).decode()]}
        return {"o": _name(type(value))}

    def _array(self, value: np.ndarray, depth: int) -> Any:
        array = np.ascontiguousarray(np.asarray(value)) if value.ndim else np.asarray(value)
        if not array.dtype.isnative:
            array = array.astype(array.dtype.newbyteorder("="))
        if array.nbytes > MAX_FRAME // 2:
            raise WireError(f"an array of {array.nbytes} bytes")
        shape = list(array.shape)
        if array.dtype in NAMES:
            return {"a": [NAMES[array.dtype], shape, base64.b64encode(array.tobytes()).decode()]}
        if array.dtype.kind in "OU":
            return {array.dtype.kind: [shape, self._all(array.ravel().tolist(), depth + 1)]}
        return {"o": f"array of {array.dtype}"[:80]}

    def _other(self, value: Any) -> Any:
        if value is Ellipsis:
            return {"...": 0}
        if isinstance(value, complex):
            number = complex(value)
            return {"c": [number.real, number.imag]}
        if isinstance(value, Fraction) and _fits(value.numerator) and _fits(value.denominator):
            return {"q": [int(value.numerator), int(value.denominator)]}
        if isinstance(value, Decimal) and DECIMAL.fullmatch(str(value)):
            return {"m": str(value)}
        if isinstance(value, BaseException):
            return {"x": _name(type(value))}
        if callable(value):
            handed = self._function_id(value) if self._function_id else None
            return {"k": _name(value)} if handed is None else {"f": handed}
        return {"o": _name(type(value))}


def _fits(number: Any) -> bool:
    return int(number).bit_length() < MAX_INT_BITS


def _is_function_id(body: Any) -> bool:
    return type(body) is int or (
        type(body) is list and len(body) == 2 and all(type(part) is str for part in body)
    )


def _name(thing: Any) -> str:
    name = getattr(thing, "__name__", "")
    return str(name[:80]) if isinstance(name, str) else ""


def decode(data: Any, function_of: Callable[[FunctionId], Any] | None = None) -> Any:
    """The value a message holds, as exact base types. Raises `WireError` on anything that `encode` does not
    write."""
    return _Decoder(function_of).decode(data, 0)


class _Decoder:
    """Reads one value, and counts its parts."""

    def __init__(self, function_of: Callable[[FunctionId], Any] | None) -> None:
        self._function_of = function_of
        self._count = self._entries = 0

    def decode(self, data: Any, depth: int) -> Any:
        self._count += 1
        if self._count > MAX_NODES or depth > MAX_DEPTH:
            raise WireError("too many parts, or nested too deeply")
        if data is None or isinstance(data, (bool, str, int, float)):
            return data
        if not isinstance(data, dict) or len(data) != 1:
            raise WireError("a part that is no data")
        ((tag, body),) = data.items()
        if tag in ("l", "t", "d") and isinstance(body, list):
            if tag == "d":
                return self._dict(body, depth)
            return self._all(body, depth) if tag == "l" else tuple(self._all(body, depth))
        if tag == "p":
            return self._unpacked(body)
        if tag in ("a", "n"):
            return _array(tag, body)
        if tag in ("O", "U"):
            return self._array_of_objects(tag, body, depth)
        if tag == "f":
            if self._function_of is None or not _is_function_id(body):
                raise WireError("a function that nobody handed over")
            return self._function_of(body)
        if tag in SINGLE:
            try:
                return SINGLE[tag](body)
            except (TypeError, ValueError, ArithmeticError) as error:
                raise WireError(f"a part of kind {tag!r} that is none") from error
        raise WireError(f"a part of unknown kind {str(tag)[:20]!r}")

    def _all(self, body: list[Any], depth: int) -> list[Any]:
        self._count += len(body)
        return [item if type(item) is float else self.decode(item, depth + 1) for item in body]

    def _unpacked(self, body: Any) -> list[Any]:
        try:
            kind, *sizes, text = body
            raw = base64.b64decode(text, validate=True)
            if kind not in list(PACKED.values()) or len(sizes) not in (1, 2) or 0 in sizes:
                raise ValueError
            count = len(raw) // struct.calcsize(f"<{kind}")
            _check_sizes(sizes, count)
            self._count += sizes[0] if len(sizes) == 2 else 1
            if self._count > MAX_NODES:
                raise WireError("too many parts, or nested too deeply")
            items = list(struct.unpack(f"<{count}{kind}", raw))
        except (TypeError, ValueError, struct.error) as error:
            raise WireError("a list whose bytes do not fit together") from error
        if len(sizes) == 1:
            return items
        return [items[start : start + sizes[1]] for start in range(0, len(items), sizes[1])]

    def _dict(self, body: list[Any], depth: int) -> dict[Any, Any]:
        self._count += len(body)
        self._entries += len(body)
        if self._entries > MAX_ENTRIES:
            raise WireError(f"dicts of more than {MAX_ENTRIES} entries")
        result = {}
        for pair in body:
            if not isinstance(pair, list) or len(pair) != 2:
                raise WireError("a dict entry that is no pair")
            key, item = self.decode(pair[0], depth + 1), self.decode(pair[1], depth + 1)
            try:
                result[key] = item
            except TypeError:
                raise WireError(f"a dict key of type {type(key).__name__}") from None
        return result

    def _array_of_objects(self, tag: str, body: Any, depth: int) -> np.ndarray:
        try:
            sizes, parts = body
            items = self._all(parts, depth)
            _check_sizes(sizes, len(items))
            if tag == "U":
                longest = max((len(item) for item in items if type(item) is str), default=0)
                if any(type(item) is not str for item in items) or longest * len(items) > MAX_FRAME:
                    raise ValueError
                return np.array(items, dtype=f"U{max(longest, 1)}").reshape(sizes)
            array = np.empty(len(items), dtype=object)
            for place, item in enumerate(items):
                array[place] = item
            return array.reshape(sizes)
        except (TypeError, ValueError) as error:
            raise WireError("an array whose parts do not fit together") from error


def _check_sizes(sizes: Any, count: int) -> None:
    """Raise `ValueError` unless the sizes are a shape of so many parts."""
    if (
        len(sizes) > 16
        or any(type(size) is not int or size < 0 for size in sizes)
        or math.prod(sizes) != count
    ):
        raise ValueError
    # An array of nothing can still have any number of rows, and each becomes a list where it is written out.
    if not count and math.prod(size or 1 for size in sizes) > MAX_NODES:
        raise ValueError


def _array(tag: str, body: Any) -> Any:
    try:
        name, *shape, text = body
        dtype, raw = DTYPES[name], base64.b64decode(text, validate=True)
        if tag == "n":
            if len(raw) != dtype.itemsize or shape:
                raise ValueError
            return np.frombuffer(raw, dtype)[0]
        (sizes,) = shape
        count, rest = divmod(len(raw), dtype.itemsize)
        if rest:
            raise ValueError
        _check_sizes(sizes, count)
        return np.frombuffer(raw, dtype).reshape(sizes).copy()
    except (TypeError, ValueError, KeyError) as error:
        raise WireError("an array whose parts do not fit together") from error


def _beyond(body: Any) -> int:
    """An int of more digits than are sent: it is beyond every float, and so is what stands for it."""
    if body not in (1, -1):
        raise ValueError
    return int(body) << MAX_INT_BITS


def _complex(body: Any) -> complex:
    real, imaginary = body
    if not all(type(part) in (int, float) for part in body):
        raise TypeError
    return complex(real, imaginary)


def _fraction(body: Any) -> Fraction:
    above, below = body
    if not all(type(part) is int and _fits(part) for part in body):
        raise TypeError
    return Fraction(above, below)


def _decimal(body: Any) -> Decimal:
    if not isinstance(body, str) or not DECIMAL.fullmatch(body):
        raise ValueError
    return Decimal(body)


@lru_cache(maxsize=256)
def _error(name: str) -> BaseException:
    kind: type[Exception] = type(name if name.isidentifier() else "Error", (Exception,), {})
    return kind()


SINGLE: dict[str, Callable[[Any], Any]] = {
    "...": lambda _body: Ellipsis,
    "o": lambda body: Opaque(str(body)[:80]),
    "k": lambda body: OpaqueFunction(str(body)[:80]),
    "x": lambda body: _error(str(body)[:80]),
    "i": _beyond,
    "c": _complex,
    "q": _fraction,
    "m": _decimal,
}
