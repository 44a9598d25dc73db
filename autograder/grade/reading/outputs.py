"""A notebook's JSON without what its cells printed and drew: most of a large notebook is saved pictures, and
none of them is code."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Keys whose values hold no code: a cell's outputs, the pictures pasted into its text, and the state of
# widgets.
LEFT_OUT = (b'"outputs"', b'"attachments"', b'"widgets"')
MARK = re.compile(rb'["\[\]{}]')
OPENED = re.compile(rb"\s*+:\s*+([\[{])")
# How much whitespace may stand around a colon.
MAX_AROUND_A_COLON = 1_000


def without_outputs(pieces: Iterable[bytes], limit: int) -> bytes | None:
    """The JSON that the pieces make up, `[]` or `{}` standing for what is left out; None if more than `limit`
    bytes remain.

    Lines keep their numbers. What is no JSON is passed on as it is, for JSON's own reader to refuse.
    """
    skimmer = _Skimmer()
    for piece in pieces:
        skimmer.feed(piece)
        if skimmer.held > limit:
            return None
    skimmer.feed(b"", last=True)
    return b"".join(skimmer.kept)


class _Skimmer:
    """Goes through JSON piece by piece. `waiting` is what could not be told yet, such as a string without its
    end."""

    def __init__(self) -> None:
        self.kept: list[bytes] = []
        self.waiting = b""
        self._kept_bytes = 0
        # How many brackets are open inside a value that is being left out.
        self._depth = 0
        self._in_string = False

    @property
    def held(self) -> int:
        return self._kept_bytes + len(self.waiting)

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        data, at = self.waiting + piece, 0
        while at < len(data):
            moved = self._leave_out(data, at) if self._depth else self._keep(data, at, last=last)
            if moved == at:
                break
            at = moved
        self.waiting = data[at:]
        if last:
            self._add(self.waiting)

    def _add(self, data: bytes) -> None:
        self.kept.append(data)
        self._kept_bytes += len(data)

    def _keep(self, data: bytes, start: int, *, last: bool) -> int:
        """Keep what stands before the next value that is left out, or before what cannot be told yet; returns
        where that is."""
        at = start
        while (quote := data.find(b'"', at)) >= 0:
            at, ended = _string_end(data, quote + 1)
            if not ended:
                break
            if data[quote:at] not in LEFT_OUT:
                continue
            opened = OPENED.match(data, at)
            if opened:
                self._add(data[start : opened.end()] + (b"]" if opened[1] == b"[" else b"}"))
                self._depth = 1
                return opened.end()
            if not last and len(data) - at < MAX_AROUND_A_COLON:
                break
        else:
            quote = len(data)
        self._add(data[start:quote])
        return quote

    def _leave_out(self, data: bytes, start: int) -> int:
        """Leave out up to the end of the value, or of the data; returns where that is."""
        at = start
        while self._depth and at < len(data):
            if self._in_string:
                at, ended = _string_end(data, at)
                self._in_string = not ended
                if not ended:
                    break
                continue
            mark = MARK.search(data, at)
            if mark is None:
                at = len(data)
                break
            at = mark.end()
            if mark[0] == b'"':
                self._in_string = True
            else:
                self._depth += 1 if mark[0] in b"[{" else -1
        self._add(b"\n" * data.count(b"\n", start, at))
        return at


def _string_end(data: bytes, start: int) -> tuple[int, bool]:
    """Where the string that `start` stands in ends, after its quote, and True; else how far its characters
    are whole, and False."""
    at = start
    while (quote := data.find(b'"', at)) >= 0:
        if not _escaped(data, start, quote):
            return quote + 1, True
        at = quote + 1
    # A backslash at the very end belongs to what comes next.
    return len(data) - _escaped(data, start, len(data)), False


def _escaped(data: bytes, start: int, at: int) -> bool:
    """Whether an odd number of backslashes stands before `at`."""
    first = at
    while first > start and data[first - 1 : first] == b"\\":
        first -= 1
    return (at - first) % 2 == 1
