"""What crosses between the trusted process and the student's: plain data in length-prefixed JSON frames,
never a pickle.

Both sides load this file; it knows nothing of checks. Data are None, truths, ints, floats, strings, lists,
tuples, dicts, and numeric or boolean arrays, as exact base types. A Python function crosses as a number and
is called back over the same channel. Anything else crosses as the name of its type.
"""

from __future__ import annotations

import base64
import json
import math
import socket
import struct
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
MAX_INT_DIGITS = 1000
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
        "float64",
    )
}
# A dtype works its name out anew each time it is asked.
NAMES = {dtype: name for name, dtype in DTYPES.items()}


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


# Frames -----------------------------------------------------------------------------------------------------


def frame(message: Any) -> bytes:
    """A message as it crosses; raises `WireError` where it is too large."""
    return framed(
        json.dumps(message, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")
    )


def framed(data: bytes) -> bytes:
    if len(data) > MAX_FRAME:
        raise WireError(f"{len(data)} bytes are more than a message may have")
    return struct.pack(">I", len(data)) + data


def send(channel: socket.socket, message: Any, deadline: float | None = None) -> None:
    """Send one message; raises `WireError` where it is too large, `Closed` where nobody is there, `TimedOut`
    where nobody listens."""
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
    `WireError` where it is malformed."""
    return _parsed(_exactly(channel, _size(_exactly(channel, 4))))


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
        self._channel, self._held = channel, bytearray()
        # Bytes of the message that was received last.
        self.size = 0

    def receive(self, deadline: float) -> Any:
        """The next message; raises `Closed`, `TimedOut`, or `WireError` where it is malformed or too
        large."""
        self._hold(4, deadline)
        end = 4 + _size(self._held[:4])
        self._hold(end, deadline)
        self.size = end
        data = bytes(self._held[4:end])
        del self._held[:end]
        return _parsed(data)

    def _hold(self, count: int, deadline: float) -> None:
        while len(self._held) < count:
            _wait_until(self._channel, deadline)
            try:
                part = self._channel.recv(2**16)
            except TimeoutError:
                raise TimedOut from None
            except OSError as error:
                raise Closed from error
            if not part:
                raise Closed
            self._held += part


def _size(head: bytes | bytearray) -> int:
    (size,) = struct.unpack(">I", head)
    if size > MAX_FRAME:
        raise WireError(f"a message of {size} bytes is more than may be sent")
    return int(size)


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise WireError(f"a message that is no JSON: {type(error).__name__}") from error


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


def encode(value: Any, function_id: Callable[[Any], int] | None = None) -> Any:
    """A value as JSON can hold it. Raises `WireError` where it has too many parts or nests too deeply."""
    count = 0

    def one(value: Any, depth: int) -> Any:
        nonlocal count
        count += 1
        if count > MAX_NODES:
            raise WireError(f"more than {MAX_NODES} parts")
        if depth > MAX_DEPTH:
            raise WireError(f"nested more than {MAX_DEPTH} deep")
        if value is None or value is True or value is False:
            return value
        if value is Ellipsis:
            return {"...": 0}
        if isinstance(value, np.generic):
            if isinstance(value, np.bool_):
                return bool(value)
            if isinstance(value, (np.float64, np.integer)):
                return one(value.item(), depth)
            if value.dtype in NAMES:
                return {"n": [NAMES[value.dtype], base64.b64encode(value.tobytes()).decode()]}
            return {"o": type(value).__name__[:80]}
        if isinstance(value, str):
            return str(value[:100_000])
        if isinstance(value, int):
            number = int(value)
            return number if number.bit_length() < MAX_INT_DIGITS * 3 else {"o": "int of very many digits"}
        if isinstance(value, float):
            return float(value)
        if isinstance(value, np.ndarray):
            array = np.ascontiguousarray(np.asarray(value)) if value.ndim else np.asarray(value)
            if not array.dtype.isnative:
                array = array.astype(array.dtype.newbyteorder("="))
            if array.dtype not in NAMES:
                return {"o": f"array of {array.dtype}"[:80]}
            if array.nbytes > MAX_FRAME // 2:
                raise WireError(f"an array of {array.nbytes} bytes")
            return {"a": [NAMES[array.dtype], list(array.shape), base64.b64encode(array.tobytes()).decode()]}
        if isinstance(value, list):
            return {"l": many(list(value), depth + 1)}
        if isinstance(value, tuple):
            return {"t": many(tuple(value), depth + 1)}
        if isinstance(value, dict):
            return {"d": [[one(key, depth + 1), one(item, depth + 1)] for key, item in list(value.items())]}
        if callable(value) and function_id is not None:
            return {"f": function_id(value)}
        return {"o": type(value).__name__[:80]}

    def many(items: Sequence[Any], depth: int) -> list[Any]:
        nonlocal count
        count += len(items)
        if count > MAX_NODES:
            raise WireError(f"more than {MAX_NODES} parts")
        return [item if type(item) is float else one(item, depth) for item in items]

    return one(value, 0)


def decode(data: Any, function_of: Callable[[int], Any] | None = None) -> Any:
    """The value a message holds, as exact base types. Raises `WireError` on anything that `encode` does not
    write."""
    count = entries = 0

    def one(data: Any, depth: int) -> Any:
        nonlocal count
        count += 1
        if count > MAX_NODES or depth > MAX_DEPTH:
            raise WireError("too many parts, or nested too deeply")
        if data is None or isinstance(data, (bool, str, int, float)):
            return data
        if not isinstance(data, dict) or len(data) != 1:
            raise WireError("a part that is no data")
        ((tag, body),) = data.items()
        if tag == "...":
            return Ellipsis
        if tag == "o":
            return Opaque(str(body)[:80])
        if tag == "f" and function_of is None:
            return Opaque("function")
        if tag == "f" and function_of is not None and type(body) is int:
            return function_of(body)
        if tag in ("l", "t", "d") and isinstance(body, list):
            count += len(body)
            if tag == "l":
                return [item if type(item) is float else one(item, depth + 1) for item in body]
            if tag == "t":
                return tuple([item if type(item) is float else one(item, depth + 1) for item in body])
            return _dict(body, depth)
        if tag in ("a", "n"):
            return _array(tag, body)
        raise WireError(f"a part of unknown kind {str(tag)[:20]!r}")

    def _dict(body: list[Any], depth: int) -> dict[Any, Any]:
        nonlocal entries
        entries += len(body)
        if entries > MAX_ENTRIES:
            raise WireError(f"dicts of more than {MAX_ENTRIES} entries")
        result = {}
        for pair in body:
            if not isinstance(pair, list) or len(pair) != 2:
                raise WireError("a dict entry that is no pair")
            key, item = one(pair[0], depth + 1), one(pair[1], depth + 1)
            try:
                result[key] = item
            except TypeError:
                raise WireError(f"a dict key of type {type(key).__name__}") from None
        return result

    return one(data, 0)


def _array(tag: str, body: Any) -> Any:
    try:
        name, *shape, text = body
        dtype, raw = DTYPES[name], base64.b64decode(text, validate=True)
        if tag == "n":
            if len(raw) != dtype.itemsize or shape:
                raise ValueError
            return np.frombuffer(raw, dtype)[0]
        (sizes,) = shape
        if (
            len(sizes) > 16
            or any(type(size) is not int or size < 0 for size in sizes)
            or math.prod(sizes) * dtype.itemsize != len(raw)
        ):
            raise ValueError
        # An array of no numbers can still have any number of rows, and each becomes a list where it is
        # written out.
        if not raw and math.prod(size or 1 for size in sizes) > MAX_NODES:
            raise ValueError
        return np.frombuffer(raw, dtype).reshape(sizes).copy()
    except (TypeError, ValueError, KeyError) as error:
        raise WireError("an array whose parts do not fit together") from error
