"""The trusted side of the student's process: starts it, asks it, and believes nothing it says but data."""

from __future__ import annotations

import builtins
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from autograder import checking as own_checking
from autograder.checking import CALL_SECONDS
from autograder.grade import wire

CELL_SECONDS = 30.0
SUBMISSION_SECONDS = 480.0
# Once a call of a question has run out of time, its other calls get this much: a function that never ends is found out once.
SECONDS_AFTER_A_TIMEOUT = 1.0
# What the child's own limits get on top before this side ends it all.
GRACE_SECONDS = 5.0
START_SECONDS = 120.0
MAX_CALLBACK_NUMBERS = 100_000


class GraderFault(Exception):
    """Something on the grader's own side that does not work."""


@dataclass
class Limits:
    """Seconds a cell, a call and a whole submission may take."""

    cell: float = CELL_SECONDS
    call: float = CALL_SECONDS
    submission: float = SUBMISSION_SECONDS


class Zygote:
    """A process that has loaded NumPy and IPython and forks one child a submission."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._home = tempfile.mkdtemp(prefix="grade-")

    def start(self) -> None:
        """Start it, where it is not running."""
        if self._process is not None and self._process.poll() is None:
            return
        self._drop()
        # A message is a message here, so that a folder's name and a reply cannot run into the next.
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": self._home, "MPLBACKEND": "Agg", "MPLCONFIGDIR": self._home, "IPYTHONDIR": self._home}
        environment |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "PYTHONDONTWRITEBYTECODE"), "1")
        worker = Path(__file__).with_name("worker.py")
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-B", str(worker), str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env=environment,
            cwd=self._home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        theirs.close()
        self._control = ours
        ours.settimeout(START_SECONDS)
        try:
            ready = ours.recv(1)
        except OSError:
            ready = b""
        if ready != b"r":
            self._drop()
            raise GraderFault(f"the process that runs submissions does not start: {sys.executable} -I {worker.name}")

    @contextmanager
    def session(self, files: Mapping[str, bytes], limits: Limits, deadline: float, checking: Any = own_checking) -> Iterator[Session]:
        """A fresh child in a folder of its own that holds `files`; ended and cleaned away afterwards."""
        self.start()
        assert self._control is not None
        folder = tempfile.mkdtemp(prefix="submission-", dir=self._home)
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        ours, theirs = socket.socketpair()
        pid = 0
        try:
            try:
                socket.send_fds(self._control, [folder.encode()], [theirs.fileno()])
                pid = int(self._control.recv(64) or b"0")
            except (OSError, ValueError) as error:
                raise GraderFault("the process that runs submissions is gone") from error
            theirs.close()
            if pid <= 1:
                raise GraderFault("the process that runs submissions is gone")
            yield Session(ours, limits, deadline, checking)
        finally:
            ours.close()
            if pid > 1:
                # The child is the leader of a session of its own: whatever it started and left running goes with it.
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(pid, signal.SIGKILL)
            shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        self._drop()
        shutil.rmtree(self._home, ignore_errors=True)

    def _drop(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(2)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None


@dataclass(frozen=True)
class CellOutcome:
    """How a cell ended: `ok`, or what it raised, or how it ended the process."""

    said: str = ""

    @property
    def ok(self) -> bool:
        return not self.said


class Session:
    """One submission's process: cells run in it, and the functions they define are called in it."""

    def __init__(self, channel: socket.socket, limits: Limits, deadline: float, checking: Any) -> None:
        self._channel, self._limits, self._deadline = channel, limits, deadline
        # The errors a check knows are those of the `checking` it was released with.
        self.crashed, self.timed_out = checking.CallCrashed, checking.CallTimedOut
        self.gone = ""
        self._call_seconds = limits.call

    def run_cell(self, name: str, source: str) -> CellOutcome:
        """Run a cell; what it does to the process costs that cell alone."""
        if self.gone:
            return CellOutcome(self.gone)
        reply = self._ask({"do": "cell", "name": name, "source": source, "seconds": self._limits.cell}, self._limits.cell)
        said = reply.get("cell") if isinstance(reply, dict) else None
        if not isinstance(said, dict):
            return CellOutcome(self.gone or "it answered with something that is no answer")
        if "died" in said:
            return CellOutcome(f"it {str(said['died'])[:200]}")
        if "raised" in said:
            error = _described(said["raised"])
            where = f" (in the line: {error['line'][:100]})" if error["line"] else ""
            return CellOutcome(f"it raised {error['type']}: {error['message'][:300]}{where}")
        return CellOutcome()

    @contextmanager
    def question(self) -> Iterator[None]:
        """The names as they are now, for as long as this lasts: what a call does to them is forgotten."""
        self._call_seconds = self._limits.call
        self._tell({"do": "question", "seconds": self._limits.call})
        try:
            yield
        finally:
            self._tell({"do": "done"})

    def lookup(self, name: str) -> Any:
        """What a name stands for: a `Proxy` for a function, plain data, an `Opaque`, or None where it is not defined."""
        reply = self._ask({"do": "get", "name": name}, self._limits.call)
        if not isinstance(reply, dict) or reply.get("missing") or self.gone:
            return None
        if reply.get("callable"):
            return Proxy(self, name)
        if "value" in reply:
            try:
                return wire.decode(reply["value"])
            except wire.WireError:
                return wire.Opaque("value that is no plain data")
        return wire.Opaque(str(reply.get("type", "value that cannot be sent"))[:80])

    def call(self, name: str, args: list[Any], kwargs: dict[str, Any], seconds: float) -> tuple[dict[str, Any], list[str]]:
        """Call a function over there; returns its reply and the warnings heard. Raises the release's `CallTimedOut` and `CallCrashed`."""
        seconds = min(seconds, self._call_seconds)
        functions: list[Callable[..., Any]] = []

        def function_id(function: Callable[..., Any]) -> int:
            functions.append(function)
            return len(functions) - 1

        message = {"do": "call", "name": name, "args": wire.encode(args, function_id), "kwargs": wire.encode(kwargs, function_id), "seconds": seconds}
        reply = self._ask(message, seconds)
        served = 0
        while isinstance(reply, dict) and "callback" in reply and not self.gone:
            served += 1
            if served > MAX_CALLBACK_NUMBERS:
                raise self.crashed("it called the function it was handed more than 100000 times")
            reply = self._ask(_called_back(functions, reply), seconds)
        if self.gone:
            raise self.crashed(self.gone)
        if not isinstance(reply, dict):
            raise self.crashed("it answered with something that is no answer")
        if "died" in reply:
            if reply["died"] == "timed out":
                self._call_seconds = min(self._call_seconds, SECONDS_AFTER_A_TIMEOUT)
                raise self.timed_out
            raise self.crashed(f"it {str(reply['died'])[:200]}")
        heard = reply.get("warnings")
        return reply, [str(w)[:200] for w in heard[:5]] if isinstance(heard, list) else []

    def _tell(self, message: Any) -> None:
        if not self.gone:
            try:
                wire.send(self._channel, message, self._until(0))
            except (wire.Closed, wire.TimedOut):
                self.gone = "the submission ended its own process"

    def _ask(self, message: Any, seconds: float) -> Any:
        self._tell(message)
        if self.gone:
            return None
        try:
            return wire.receive(self._channel, self._until(seconds))
        except wire.TimedOut:
            self.gone = "the submission as a whole took too long"
        except wire.Closed:
            self.gone = "the submission ended its own process"
        except wire.WireError as error:
            self.gone = f"the submission sent {error}"
        return None

    def _until(self, seconds: float) -> float:
        return min(time.monotonic() + seconds + GRACE_SECONDS, self._deadline)


def _called_back(functions: list[Callable[..., Any]], request: Mapping[str, Any]) -> dict[str, Any]:
    """Run a function of this side on numbers the student's code chose, and answer with its result or its error."""
    try:
        function = functions[request["callback"]]
        args = [_tame(arg) for arg in wire.decode(request["args"])]
        with np.errstate(all="ignore"):
            return {"value": wire.encode(function(*args))}
    except wire.WireError as error:
        return {"raised": {"type": "TypeError", "message": f"the function was given what it cannot take: {error}"}}
    except Exception as error:
        kind = type(error).__name__ if isinstance(getattr(builtins, type(error).__name__, None), type) else "ValueError"
        return {"raised": {"type": kind, "message": str(error)[:300]}}


def _tame(value: Any) -> Any:
    """An argument from the other side, such that arithmetic on it cannot take this side's time or memory."""
    if isinstance(value, (bool, float, np.floating)) or value is None:
        return value
    if isinstance(value, int):
        # 2.0 ** 10**9 is an error at once; 2 ** 10**9 is a minute and a gigabyte.
        return value if abs(value) <= 10**6 else float(value)
    if isinstance(value, np.ndarray) and value.size <= 100_000:
        return value
    if isinstance(value, (list, tuple)) and len(value) <= 1000:
        return type(value)(_tame(item) for item in value)
    raise wire.WireError(f"a {type(value).__name__}")


class Proxy:
    """Stands for a student's function: calls it in the student's process, and does to the caller's arguments what it did there."""

    def __init__(self, session: Session, name: str) -> None:
        self._session, self._name = session, name
        self.call_seconds = CALL_SECONDS
        self.warnings: list[str] = []

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        sent = wire.encode([list(args), kwargs], lambda _function: 0)
        reply, self.warnings = self._session.call(self._name, list(args), kwargs, self.call_seconds)
        try:
            after = wire.decode(reply["after"]) if reply.get("after") not in (None, sent) else None
            result = wire.decode(reply["value"]) if "value" in reply else None
        except wire.WireError as error:
            raise self._session.crashed(f"it answered with {error}") from None
        if isinstance(after, list) and len(after) == 2 and isinstance(after[0], list) and isinstance(after[1], dict):
            for mine, theirs in [*zip(args, after[0], strict=False), *((kwargs[key], after[1][key]) for key in kwargs if key in after[1])]:
                _write_back(mine, theirs)
        if "raised" in reply:
            raise rebuilt(_described(reply["raised"]))
        if "value" not in reply:
            return wire.Opaque(str(reply.get("type", "value that cannot be sent"))[:80])
        return result


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
    if isinstance(kind, type) and issubclass(kind, Exception) and not issubclass(kind, (UnicodeError, Warning, ExceptionGroup, OSError))
}


def _described(error: Any) -> dict[str, Any]:
    """An error's description with every part of the kind it should be."""
    error = error if isinstance(error, dict) else {}
    bases = error.get("bases")
    return {
        "type": str(error.get("type", "an error"))[:80],
        "message": str(error.get("message", ""))[:1000],
        "line": str(error.get("line", ""))[:200],
        "bases": [str(name) for name in bases[:20]] if isinstance(bases, list) else [],
    }


def rebuilt(error: Mapping[str, Any]) -> Exception:
    """The student's error as one of this side's own: a subclass of the built-in it descends from, with its name and message."""
    base = next((ERRORS[name] for name in error["bases"] if name in ERRORS), Exception)
    name = error["type"] if str(error["type"]).isidentifier() else "Error"
    message = error["message"]
    kind = type(name, (base,), {"__str__": lambda self: message, "student_line": error["line"]})
    made = kind(message)
    assert isinstance(made, Exception)
    return made
