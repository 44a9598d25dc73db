"""`user`: a user ID that owns nothing and is nobody's."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from .linux import Unavailable, become, gain_no_privileges
from .plain import END_SECONDS, Sandbox
from .seccomp import filter_program, filter_system_calls

SPARE_UIDS = range(64_999, 61_184, -1)
# Folders that every account can write to.
FOR_EVERYONE = ("/tmp", "/var/tmp", "/dev/shm", "/run/lock", "/var/crash", "/dev/mqueue")


class AnotherUser(Sandbox):
    """`user`: a user ID that owns nothing."""

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__()
        self._secrets = secrets
        self._uid = -1
        self._claim: socket.socket | None = None

    def enter(self) -> None:
        if os.geteuid() != 0:
            raise Unavailable("only root can run a submission as another user")
        super().enter()
        self._uid, self._claim = claim_uid()
        os.chmod(self._home, 0o711)
        readable = as_user(self._uid, lambda: first_readable(self._secrets))
        if readable:
            raise Unavailable(
                f"{readable} can be read by every account; take that right away, or keep it elsewhere"
            )
        self._secrets = ()

    def close_doors(self) -> None:
        """An interpreter below a folder that is root's alone is reached past that folder, through handles
        that root opens."""
        there = [path for path in sys.path if os.path.isdir(path)]
        hidden = as_user(
            self._uid, lambda: "\n".join(path for path in there if not os.access(path, os.R_OK | os.X_OK))
        )
        for path in filter(None, hidden.split("\n")):
            handle = os.open(path, os.O_PATH | os.O_DIRECTORY)
            through = f"/proc/self/fd/{handle}"
            sys.path[sys.path.index(path)] = through
            for module in list(sys.modules.values()):
                places = getattr(module, "__path__", None)
                if isinstance(places, list):
                    places[:] = [
                        (
                            through + place.removeprefix(path)
                            if place == path or place.startswith(f"{path}/")
                            else place
                        )
                        for place in places
                    ]
        sys.path_importer_cache.clear()
        filter_program()

    def fork(self) -> int:
        self._folder = tempfile.mkdtemp(prefix="submission-", dir=self._home)
        os.chown(self._folder, self._uid, self._uid)
        return os.fork()

    def confine(self) -> None:
        become(self._uid)
        self._settle(self._folder)
        self._limit(processes=True)
        gain_no_privileges()
        filter_system_calls()

    def end(self, pid: int) -> int:
        status = None
        until = time.monotonic() + END_SECONDS
        while time.monotonic() < until:
            self.stop(pid)
            with contextlib.suppress(ChildProcessError):
                while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                    status = ended[1] if ended[0] == pid else status
            if status is not None and not any(True for _ in self._processes()):
                break
            time.sleep(0.002)
        shutil.rmtree(self._folder, ignore_errors=True)
        for place in FOR_EVERYONE:
            sweep(place, self._uid)
        return status or 0

    def stop(self, pid: int) -> None:
        # A signal to every process of an account reaches all of them at once, however fast they fork. Who
        # sends it is of that account, and may be killed by it first: so the zygote, which may not, kills each
        # that it sees as well.
        as_user(self._uid, _kill_everyone)
        for name in self._processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(name), signal.SIGKILL)

    def _processes(self) -> Iterator[str]:
        for name in os.listdir("/proc"):
            with contextlib.suppress(OSError):
                if name.isdigit() and os.stat(f"/proc/{name}").st_uid == self._uid:
                    yield name

    def _statuses(self) -> Iterator[bytes]:
        for name in self._processes():
            with contextlib.suppress(OSError):
                yield Path(f"/proc/{name}/status").read_bytes()


def _kill_everyone() -> str:
    os.kill(-1, signal.SIGKILL)
    return ""


def claim_uid() -> tuple[int, socket.socket]:
    """A user ID that is nobody's and that no other grader uses now: a name in the kernel's own table, free
    again when this process ends."""
    import pwd

    taken = {entry.pw_uid for entry in pwd.getpwall()}
    for uid in SPARE_UIDS:
        claim = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            if uid not in taken:
                claim.bind(f"\0autograder-uid-{uid}")
                return uid, claim
        except OSError:
            pass
        claim.close()
    raise Unavailable("no user ID is free")


def as_user(uid: int, question: Callable[[], str]) -> str:
    """The answer to a question as another user would find it."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            become(uid)
            os.write(writer, question().encode())
        finally:
            os._exit(0)
    os.close(writer)
    with open(reader, encoding="utf-8", errors="surrogateescape") as answer:
        text = answer.read()
    os.waitpid(pid, 0)
    return text


def first_readable(paths: Iterable[str]) -> str:
    """The first of the paths that this process can read, or that holds what it can."""
    return next(
        (
            path
            for path in paths
            if os.access(path, os.R_OK) or (os.path.isdir(path) and os.access(path, os.X_OK))
        ),
        "",
    )


def sweep(place: str, uid: int) -> None:
    """Remove what an account left in a folder that everyone can write to, and in such folders inside it."""
    with contextlib.suppress(OSError):
        for entry in os.scandir(place):
            about = entry.stat(follow_symlinks=False)
            folder = entry.is_dir(follow_symlinks=False)
            if about.st_uid == uid and folder:
                shutil.rmtree(entry.path, ignore_errors=True)
            elif about.st_uid == uid:
                os.unlink(entry.path)
            elif folder and about.st_mode & 0o002:
                sweep(entry.path, uid)
