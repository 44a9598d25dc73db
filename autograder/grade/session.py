"""One submission's process, seen from the trusted side: it is asked, and nothing it says is believed but
data."""

from __future__ import annotations

import base64
import json
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from autograder.grade.inside import wire
from autograder.grade.limits import (
    GRACE_SECONDS,
    MAX_CALLBACKS,
    MAX_SURPLUS,
    START_SECONDS,
    Limits,
)
from autograder.grade.outcome import CellOutcome
from autograder.grade.proxy import Proxy, call_back, described
from autograder.grade.reading.cells import Cell
from autograder.kit.checking import SECONDS_AFTER_A_TIMEOUT
from autograder.kit.newer_python import newer_syntax

RUNNING = sys.version_info[:2]


class GraderFault(Exception):
    """Something on the grader's own side that does not work."""


class ForeseenCalls:
    """Calls that a right answer's checks make, in their order: they are asked for all at once, which is
    faster than one by one.

    of_check: the places in this order of each check's own calls, by the names of question and check.
    """

    def __init__(self) -> None:
        self.keys: list[bytes] = []
        self.seconds: list[float] = []
        self.of_check: dict[tuple[str, str], range] = {}

    def add(self, name: str, args: Any, kwargs: Any, seconds: float) -> None:
        self.keys.append(_key(name, args, kwargs))
        self.seconds.append(seconds)

    def frame(self, ids: Sequence[int]) -> bytes:
        calls = b",".join(
            b"[%b,%a]" % (key[1:-1], seconds) for key, seconds in zip(self.keys, self.seconds, strict=True)
        )
        return wire.framed(b'{"do":"calls","ids":%b,"calls":[%b]}' % (json.dumps(list(ids)).encode(), calls))


def _key(name: str, args: Any, kwargs: Any) -> bytes:
    """A call as text: 1, 1.0 and True are equal, and are not the same argument."""
    return json.dumps([name, args, kwargs], separators=(",", ":")).encode()


class ProcessSession:
    """One submission's process: cells run in it, and the functions they define are called in it.

    gone: why it answers no more; empty while it does. timed_out: it is gone because it did not answer in
    time. tampered: whether it answered what nobody asked, or twice. ended: how its first process ended, known
    once the session is over. calls_made: the calls so far, each with its place among those that were
    foreseen, if it was, and its answer as it came.
    """

    def __init__(self, channel: socket.socket, limits: Limits, deadline: float, checking: Any) -> None:
        self._channel, self._limits, self._deadline = channel, limits, deadline
        self._inbox = wire.Inbox(channel)
        # The errors a check knows are those of the `checking` it was released with.
        self.crashed, self.call_timed_out = checking.CallCrashed, checking.CallTimedOut
        self.gone, self.ended, self.timed_out, self.tampered = "", "", False, False
        self.call_seconds = self.call_limit = limits.call
        # The functions that were handed over, by their numbers: one may be called in a later call as well.
        self.functions: list[Callable[..., Any]] = []
        # What was asked and not answered yet, by numbers that cannot be guessed: an answer to what is still
        # to be asked cannot be forged.
        self._open: set[int] = set()
        self._ahead: dict[int, bytes] = {}
        self._foreseen, self._numbers = ForeseenCalls(), list[int]()
        # Answers that came before they were asked after.
        self._early: dict[int, bytes] = {}
        self._early_bytes = self._surplus = 0
        self.calls_made: list[tuple[int | None, bytes]] = []

    def begin(self, files: Mapping[str, bytes], seed: str) -> None:
        """Hand over the assignment's files, and what random numbers start from. Nothing of the student's has
        run yet, so what comes back is the grader's own word."""
        try:
            wire.send(
                self._channel,
                {
                    "files": {name: base64.b64encode(data).decode() for name, data in files.items()},
                    "seed": seed,
                },
                self._until(GRACE_SECONDS),
            )
            reply = wire.parsed(self._inbox.receive(time.monotonic() + START_SECONDS))
        except (wire.Closed, wire.TimedOut, wire.WireError) as error:
            raise GraderFault(f"a submission could not be started: {type(error).__name__}") from error
        if not isinstance(reply, dict) or "fault" in reply:
            raise GraderFault(
                "a submission could not be shut in:"
                f" {reply.get('fault') if isinstance(reply, dict) else reply}"
            )

    def run(self, cells: Sequence[tuple[int, Cell]]) -> Iterator[tuple[int, CellOutcome]]:
        """Run cells, given with their numbers, and tell how each ended, until the last or until the session
        is gone."""
        asked = self._tell(
            {
                "do": "run",
                "cells": [[n, cell.cell_id, cell.source] for n, cell in cells],
                "seconds": self._limits.cell,
            }
        )
        for number, cell in cells:
            reply = self._hear(asked, self._until(self._limits.cell))
            self._open.add(asked)
            self.tampered |= not self.gone and reply.get("cell") != number
            yield number, self._cell_outcome(cell, reply)
            if self.gone:
                return
        self._open.discard(asked)

    def run_cell(self, cell: Cell, *, fork: bool) -> CellOutcome:
        """Run one cell; with `fork`, what it does to the process costs that cell alone."""
        asked = self._tell(
            {
                "do": "cell",
                "name": cell.cell_id,
                "source": cell.source,
                "fork": fork,
                "seconds": self._limits.cell,
            }
        )
        return self._cell_outcome(cell, self._hear(asked, self._until(self._limits.cell)))

    def _cell_outcome(self, cell: Cell, reply: Mapping[str, Any]) -> CellOutcome:
        if self.gone:
            return CellOutcome(
                f"it ran longer than {self._limits.cell:g} s"
                if self.timed_out
                else f"it did not end: {self.gone}",
                cell_id=cell.cell_id,
            )
        return _cell_outcome(reply.get("said"), cell)

    @contextmanager
    def question(self) -> Iterator[None]:
        """For as long as this lasts, calls are answered by forks of the state as it is now: what they do to
        it is forgotten."""
        self._tell({"do": "question"}, answered=False)
        try:
            yield
        finally:
            self._tell({"do": "done"}, answered=False)

    def lookup(self, names: Sequence[str]) -> dict[str, Any]:
        """What names stand for: a `Proxy` for a function, plain data, an `Opaque`, or None if one is not
        defined."""
        asked = self._tell({"do": "get", "names": list(names), "seconds": self.call_seconds})
        found = self._hear(asked, self._until(self.call_seconds)).get("found")
        return {
            name: self._found(name, found.get(name)) if isinstance(found, dict) else None for name in names
        }

    def _found(self, name: str, reply: Any) -> Any:
        if not isinstance(reply, dict):
            return None
        if reply.get("callable"):
            return Proxy(self, name)
        if "value" in reply:
            try:
                return wire.decode(reply["value"])
            except wire.WireError:
                return wire.Opaque("value that is no plain data")
        return wire.Opaque(str(reply.get("type", "value that cannot be sent"))[:80])

    def ask_ahead(self, calls: ForeseenCalls) -> None:
        """Ask for calls that are going to be made. `call` takes their answers; one that is then not called
        for was made for nothing."""
        self._foreseen, self._numbers = calls, [_number() for _ in calls.keys]
        self._ahead = dict(zip(self._numbers, calls.keys, strict=True))
        if self._ahead:
            self._open |= self._ahead.keys()
            self._send_frames(calls.frame(self._numbers), self._until(self.call_limit))

    def answers_ahead(self, places: range) -> Iterator[bytes]:
        """The answers, as they came, to calls that were asked for ahead and have not been made yet: each is
        waited for as long as the call would wait. Ends where one does not come, or is not wanted."""
        for place in places:
            asked = self._numbers[place] if place < len(self._numbers) else 0
            if place == places.start:
                self._pass_over_before(asked)
            if asked not in self._ahead:
                return
            if asked not in self._early:
                answer = self._hear_bytes(
                    asked, self._until(self._seconds_for(self._foreseen.seconds[place]))
                )
                if not answer:
                    return
                self._early[asked] = answer
            yield self._early[asked]

    def call(self, name: str, args: Any, kwargs: Any, seconds: float) -> dict[str, Any]:
        """Call a function over there, with encoded arguments; returns its reply. Raises the release's
        `CallTimedOut` and `CallCrashed`."""
        seconds = self._seconds_for(seconds)
        key = _key(name, args, kwargs) if self._ahead else b""
        asked = next((number for number, foreseen in self._ahead.items() if foreseen == key), None)
        place = None if asked is None else self._numbers.index(asked)
        if asked is None:
            asked = self._tell(
                {"do": "call", "name": name, "args": args, "kwargs": kwargs, "seconds": seconds}
            )
        else:
            self._pass_over_before(asked)
            del self._ahead[asked]
        until = self._until(seconds)
        data = self._hear_bytes(asked, until)
        self.calls_made.append((place, data))
        reply = self._read(data)
        served = 0
        while "callback" in reply and self.functions:
            served += 1
            if served > MAX_CALLBACKS:
                raise self.crashed(f"it called the function it was handed more than {MAX_CALLBACKS} times")
            self._open.add(asked)
            self._send(call_back(self.functions, reply), until)
            reply = self._hear(asked, until)
        died = reply.get("died")
        if (self.timed_out and not reply) or died == wire.TIMED_OUT:
            self.call_seconds = min(self.call_seconds, SECONDS_AFTER_A_TIMEOUT)
            raise self.call_timed_out
        if (self.gone and not reply) or died:
            raise self.crashed(self.gone or f"it {str(died)[:200]}")
        return reply

    def _seconds_for(self, seconds: float) -> float:
        return min(seconds, self.call_seconds)

    def _pass_over_before(self, asked: int) -> None:
        """Checks run in the order they were foreseen in: what comes before this call is not going to be
        called for any more."""
        while asked in self._ahead and (first := next(iter(self._ahead))) != asked:
            self._early.pop(first, None)
            del self._ahead[first]

    def _tell(self, message: dict[str, Any], *, answered: bool = True) -> int:
        asked = _number()
        if answered:
            self._open.add(asked)
        self._send({"id": asked, **message}, self._until(self.call_limit))
        return asked

    def _send(self, message: dict[str, Any], until: float) -> None:
        self._send_frames(wire.frame(message), until)

    def _send_frames(self, frames: bytes, until: float) -> None:
        if not self.gone:
            try:
                wire.send_frames(self._channel, frames, until)
            except wire.TimedOut:
                self.gone, self.timed_out = "the submission did not listen", True
            except wire.Closed:
                self.gone = "the submission ended its own process"

    def _hear(self, asked: int, until: float) -> dict[str, Any]:
        """The answer to a message; an empty one where the session is gone."""
        return self._read(self._hear_bytes(asked, until))

    def _read(self, answer: bytes) -> dict[str, Any]:
        try:
            reply = wire.parsed(answer) if answer else {}
        except wire.WireError as error:
            self.gone, reply = f"the submission sent {error}", {}
        return reply if isinstance(reply, dict) else {}

    def _hear_bytes(self, asked: int, until: float) -> bytes:
        """The answer to a message as it came; nothing if the session is gone. What answers nothing that
        was asked is passed over."""
        if asked in self._early:
            return self._early.pop(asked)
        while not self.gone:
            try:
                answers, data = wire.answered(self._inbox.receive(until))
                if answers is None:
                    # What is no answer may be no message either.
                    wire.parsed(data)
            except wire.TimedOut:
                self.gone, self.timed_out = "the submission did not answer in time", True
            except wire.Closed:
                self.gone = "the submission ended its own process"
            except wire.WireError as error:
                self.gone = f"the submission sent {error}"
            else:
                if answers in self._open:
                    self._open.discard(answers)
                    if answers == asked:
                        return data
                    if answers in self._ahead:
                        self._early[answers] = data
                        self._early_bytes += self._inbox.size
                        if self._early_bytes > wire.MAX_FRAME:
                            self.gone = "the submission sent too much at once"
                    continue
                self.tampered = True
                self._surplus += 1
                if self._surplus > MAX_SURPLUS:
                    self.gone = "the submission sent answers to what nobody asked"
        return b""

    def _until(self, seconds: float) -> float:
        return min(time.monotonic() + seconds + GRACE_SECONDS, self._deadline)


def _number() -> int:
    return int.from_bytes(os.urandom(6))


def _cell_outcome(said: Any, cell: Cell) -> CellOutcome:
    if not isinstance(said, dict):
        return CellOutcome("it answered with something that is no answer", cell_id=cell.cell_id)
    if "died" in said:
        return CellOutcome(f"it {str(said['died'])[:200]}", cell_id=cell.cell_id)
    if "raised" in said:
        error = described(said["raised"])
        message, line = error["message"][:300], error["line"][:100]
        if error["type"] == "SyntaxError" and (newer := newer_syntax(cell.source, RUNNING)):
            message = f"{message}; it holds {newer}; the grader runs Python {RUNNING[0]}.{RUNNING[1]}"
        where = f" (in the line: {line})" if line else ""
        return CellOutcome(
            f"it raised {error['type']}: {message}{where}"
            if message
            else f"it raised {error['type']}{where}",
            error["type"],
            message,
            line,
            error["line_number"],
            cell.cell_id,
        )
    return CellOutcome(cell_id=cell.cell_id)
