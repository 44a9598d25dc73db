"""What is kept from a submission that shares the machine: other accounts' rights, taken off while anything
grades.

Several graders may run at once, and one may be killed at any moment. So a folder's own mode is written down
before it is changed, and each grader holds a lock on a list of what it needs closed: whoever ends last, or
comes next, gives back the rights of what no living grader needs.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from autograder.grade.sandbox_choice import NoSandbox

# Root's own, and there after a restart, as are the changed modes.
RECORDS = Path("/var/lib/llm-mathematics-course")
OTHERS = 0o077


@contextmanager
def kept_private(paths: Sequence[Path], sandbox: str) -> Iterator[None]:
    """While a submission may run as another user of this machine, take the rights of all others off these
    paths."""
    if sandbox != "user":
        if os.geteuid() == 0 and RECORDS.is_dir():
            # A grader that was killed may have left something closed.
            with _registry():
                _give_back()
        yield
        return
    closed = [path.resolve() for path in paths if path.exists()]
    for path in closed:
        if path.stat().st_mode & 0o1002 or path == Path("/"):
            raise NoSandbox(
                f"{path} is a folder for every account; keep what is graded, and what grades it, in folders"
                " of their own"
            )
    with _needed(closed):
        yield


@contextmanager
def _needed(paths: Sequence[Path]) -> Iterator[None]:
    try:
        RECORDS.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise NoSandbox(
            f"{RECORDS}, where the rights of folders are written down, cannot be made: {error.strerror}"
        ) from error
    with _registry():
        mine = RECORDS / f"grader-{os.getpid()}-{os.urandom(4).hex()}"
        # Held for as long as this process, or a job of its, lives; the kernel lets go of it, however they
        # end.
        holder = os.open(mine, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(holder, fcntl.LOCK_EX)
        os.write(holder, json.dumps([str(path) for path in paths]).encode())
        _give_back()
        modes = _modes()
        for path in dict.fromkeys(paths):
            modes.setdefault(str(path), path.stat().st_mode & 0o7777)
        _write_modes(modes)
        for path in paths:
            path.chmod(path.stat().st_mode & 0o7777 & ~OTHERS)
    try:
        yield
    finally:
        with _registry():
            mine.unlink(missing_ok=True)
            os.close(holder)
            _give_back()


@contextmanager
def _registry() -> Iterator[None]:
    """One grader at a time reads and writes the records."""
    lock = os.open(RECORDS / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _give_back() -> None:
    """Give what no living grader needs closed the mode it had. The caller holds the registry."""
    needed = set(_needed_by_the_living())
    modes = _modes()
    for path in [path for path in modes if path not in needed]:
        with contextlib.suppress(OSError):
            os.chmod(path, modes[path])
        del modes[path]
    _write_modes(modes)


def _needed_by_the_living() -> Iterable[str]:
    for record in RECORDS.glob("grader-*"):
        handle = os.open(record, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield from json.loads(record.read_bytes() or b"[]")
        else:
            record.unlink(missing_ok=True)
        finally:
            os.close(handle)


def _modes() -> dict[str, int]:
    """The modes that paths had before they were closed."""
    try:
        modes: dict[str, int] = json.loads((RECORDS / "modes.json").read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return modes


def _write_modes(modes: dict[str, int]) -> None:
    scratch = RECORDS / "modes.json.new"
    scratch.write_text(json.dumps(modes), encoding="utf-8")
    scratch.replace(RECORDS / "modes.json")
