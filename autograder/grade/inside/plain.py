"""`none`: a process of its own in a folder of its own. What the two sandboxes share with it stands here
too."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from .linux import LINUX, PR_SET_CHILD_SUBREAPER, call

MEMORY_BYTES = 2 * 2**30
TMPFS_BYTES = 64 * 2**20
FILE_BYTES = TMPFS_BYTES
CPU_SECONDS = 300
PROCESSES = 64
OPEN_FILES = 256
# All of a submission's processes together; a few of them at their own limit would fill a small machine.
TOTAL_MEMORY_BYTES = 4 * 2**30
# How long what a submission runs is killed over and over, until nothing of it is left.
END_SECONDS = 10.0


class Sandbox:
    """`none`: a process of its own in a folder of its own."""

    def __init__(self) -> None:
        self._home = ""
        self._folder = ""
        self.zygote_memory = 0

    def enter(self) -> None:
        """Before anything is loaded."""
        self._home = tempfile.mkdtemp(prefix="grade-")
        # What a submission leaves behind becomes the zygote's child, and is found there.
        if LINUX:
            call("prctl", PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)

    def close_doors(self) -> None:
        """After everything is loaded, before any fork."""

    def fork(self) -> int:
        self._folder = tempfile.mkdtemp(prefix="submission-", dir=self._home)
        return os.fork()

    def confine(self) -> None:
        """In the new process, before anything of the student's: its folder and its limits."""
        self._settle(self._folder)
        self._limit(processes=False)

    def stop(self, pid: int) -> None:
        """Kill what a submission runs, without waiting for it."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def end(self, pid: int) -> int:
        """End all that a submission started; returns how its first process ended."""
        status = end_descendants(pid)
        shutil.rmtree(self._folder, ignore_errors=True)
        return status

    def memory(self) -> int:
        """Bytes that all processes of the submission hold together, as far as they are known: beyond what the
        zygote held when it forked them."""
        return sum(max(0, held_by(status) - self.zygote_memory) for status in self._statuses())

    def _statuses(self) -> Iterator[bytes]:
        return iter(())

    def leave(self) -> None:
        """Clean up, when the last submission has ended."""
        if self._home:
            shutil.rmtree(self._home, ignore_errors=True)

    def _settle(self, folder: str) -> None:
        os.setsid()
        os.chdir(folder)
        os.environ["HOME"] = os.environ["TMPDIR"] = folder
        tempfile.tempdir = None
        sys.path.insert(0, folder)

    def _limit(self, *, processes: bool) -> None:
        limits = {
            "RLIMIT_CORE": 0,
            "RLIMIT_FSIZE": FILE_BYTES,
            "RLIMIT_AS": MEMORY_BYTES,
            "RLIMIT_CPU": CPU_SECONDS,
            "RLIMIT_NOFILE": OPEN_FILES,
            "RLIMIT_MEMLOCK": 0,
            "RLIMIT_MSGQUEUE": 0,
        }
        if processes:
            limits["RLIMIT_NPROC"] = PROCESSES
        for name, value in limits.items():
            # Each of these is there on Linux; a Mac, which has no sandbox but `none`, lacks some and refuses
            # others.
            limit = getattr(resource, name, None)
            if limit is not None:
                with contextlib.suppress(*(() if LINUX else (ValueError, OSError))):
                    resource.setrlimit(limit, (value, value))


def held_by(status: bytes) -> int:
    """Bytes of a process that are no file's, from its status in /proc: its own, and what it shares with
    others."""
    fields = dict(line.split(b":", 1) for line in status.splitlines() if b":" in line)
    return sum(int(fields.get(name, b"0").split()[0]) * 1024 for name in (b"RssAnon", b"RssShmem"))


def end_descendants(first: int, seconds: float = END_SECONDS) -> int:
    """End a child and everything below this process, for as long as there is something; returns how the child
    ended."""
    how = 0
    until = time.monotonic() + seconds
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(first, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        os.kill(first, signal.SIGKILL)
    while time.monotonic() < until:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            break
        if pid == first:
            how = status
        if pid == 0:
            for child in children():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            time.sleep(0.001)
    return how


def children() -> list[int]:
    with contextlib.suppress(OSError):
        return [int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]
    return []
