"""`namespaces`: nothing of the machine but the interpreter, and nothing of anybody's but its own."""

from __future__ import annotations

import contextlib
import ctypes
import os
import struct
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from .linux import (
    AT_FDCWD,
    AT_RECURSIVE,
    ATTR_NOSUID,
    ATTR_RDONLY,
    CAPABILITY_VERSION_3,
    MNT_DETACH,
    MS_BIND,
    MS_NODEV,
    MS_NOSUID,
    MS_PRIVATE,
    MS_RDONLY,
    MS_REC,
    NEWIPC,
    NEWNET,
    NEWNS,
    NEWPID,
    NEWUSER,
    NEWUTS,
    Unavailable,
    become,
    call,
    die_with_parent,
    gain_no_privileges,
)
from .plain import TMPFS_BYTES, Sandbox
from .seccomp import filter_program, filter_system_calls, system_call

NOBODY = 65534
# What a submission can write to. Not /tmp: a checkout below /tmp, with the interpreter's packages in it,
# would be hidden by it.
WORK = "/notebook"
# What the kernel is told to end first, should memory run out: a submission before the grader.
OOM_SCORE = "900"


class Namespaces(Sandbox):
    """`namespaces`: nothing of the machine but the interpreter, and nothing of anybody's but its own."""

    def __init__(self, shown: Sequence[str], masked: Sequence[str]) -> None:
        super().__init__()
        self._shown, self._masked = shown, masked
        self._own_processes = self._proc = -1

    def enter(self) -> None:
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text(OOM_SCORE)
        enter_namespaces()
        self._own_processes = os.open("/proc/self/ns/pid", os.O_RDONLY)

    def close_doors(self) -> None:
        try:
            self._proc = enter_root(self._shown, self._masked)
            self._shown = self._masked = ()
            filter_program()
        except OSError as error:
            raise Unavailable(f"a file system of its own cannot be set up ({error.strerror})") from error

    def fork(self) -> int:
        call("setns", self._own_processes, NEWPID)
        call("unshare", NEWPID)
        return os.fork()

    def confine(self) -> None:
        os.close(self._own_processes)
        if self._proc >= 0:
            os.close(self._proc)
        call("unshare", NEWNS | NEWNET | NEWIPC | NEWUTS)
        call("sethostname", b"notebook", len(b"notebook"))
        user = NOBODY if os.geteuid() == 0 else os.geteuid()
        call(
            "mount",
            b"tmpfs",
            WORK.encode(),
            b"tmpfs",
            MS_NOSUID | MS_NODEV,
            f"size={TMPFS_BYTES},nr_inodes=4096,mode=0777".encode(),
        )
        become(user)
        # The user namespace maps nobody: there is no ID in it to become, and nothing it owns.
        call("unshare", NEWUSER)
        header, nothing = struct.pack("Ii", CAPABILITY_VERSION_3, 0), bytes(24)
        call("capset", ctypes.c_char_p(header), ctypes.c_char_p(nothing))
        self._settle(WORK)
        self._limit(processes=True)
        gain_no_privileges()
        filter_system_calls()

    def end(self, pid: int) -> int:
        self.stop(pid)
        # The first process of a process namespace is waited for until all others of it are gone.
        _, status = os.waitpid(pid, 0)
        return status

    def _statuses(self) -> Iterator[bytes]:
        for name in os.listdir(self._proc) if self._proc >= 0 else ():
            if name.isdigit() and name != "1":
                with contextlib.suppress(OSError):
                    handle = os.open(f"{name}/status", os.O_RDONLY, dir_fd=self._proc)
                    try:
                        yield os.read(handle, 4096)
                    finally:
                        os.close(handle)


def enter_namespaces() -> None:
    """Go on as the first process of new user, mount and process namespaces. The caller stays behind, waits,
    and ends as that process ends."""
    uid, gid = os.geteuid(), os.getegid()
    maps = {"uid_map": f"{uid} {uid} 1", "gid_map": f"{gid} {gid} 1"}
    if uid == 0:
        # All IDs as they are, so that a submission can be given one that is nobody's.
        maps = {name: _as_it_is(Path(f"/proc/self/{name}").read_text()) for name in maps}
    reader, writer = os.pipe()
    caller = os.getpid()
    helper = os.fork()
    if helper == 0:
        # A process in new namespaces cannot write maps of more than itself: this one, still outside, does.
        os.close(writer)
        status = 1
        with contextlib.suppress(OSError):
            os.read(reader, 1)
            if uid != 0:
                Path(f"/proc/{caller}/setgroups").write_text("deny")
            for name, text in maps.items():
                Path(f"/proc/{caller}/{name}").write_text(text)
            status = 0
        os._exit(status)
    os.close(reader)
    try:
        call("unshare", NEWUSER | NEWNS | NEWPID)
    except OSError as error:
        raise Unavailable(f"this machine gives no user namespaces ({error.strerror})") from error
    finally:
        os.close(writer)
        _, status = os.waitpid(helper, 0)
    if status:
        raise Unavailable("the user IDs of a new user namespace could not be set")
    first = os.fork()
    if first:
        die_with_parent()
        _, status = os.waitpid(first, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    die_with_parent()


def _as_it_is(table: str) -> str:
    """A map from each ID of a table to itself."""
    return "".join(
        f"{inside} {inside} {count}\n" for inside, _, count in (line.split() for line in table.splitlines())
    )


def enter_root(shown: Sequence[str], masked: Sequence[str]) -> int:
    """Make these paths the whole file system, read-only, with nothing of the masked ones.

    Returns a handle on this namespace's own /proc, which is mounted nowhere; -1 where the machine gives none.
    """
    real = {path: os.path.realpath(path) for path in shown if os.path.exists(path)}
    call("mount", None, b"/", None, MS_REC | MS_PRIVATE, None)
    place = tempfile.gettempdir()
    call("mount", b"tmpfs", place.encode(), b"tmpfs", MS_NOSUID | MS_NODEV, b"size=1m,mode=0755")
    old = f"{place}/.old"
    os.mkdir(old)
    system_call("pivot_root", ctypes.c_char_p(place.encode()), ctypes.c_char_p(old.encode()))
    os.chdir("/")
    bound: list[str] = []
    for target, source in sorted({*real.items(), *((source, source) for source in real.values())}):
        if any(target == done or target.startswith(f"{done}/") for done in bound):
            continue
        _bind(f"/.old{source}", target)
        bound.append(target)
    for path in masked:
        if os.path.isdir(path):
            call("mount", b"tmpfs", path.encode(), b"tmpfs", MS_RDONLY, b"size=4k,mode=0000")
        elif os.path.exists(path):
            call("mount", b"/dev/null", path.encode(), None, MS_BIND, None)
    os.mkdir(WORK)
    os.makedirs("/dev", exist_ok=True)
    os.symlink(WORK, "/dev/shm")
    if not os.path.exists("/tmp"):
        os.symlink(WORK, "/tmp")
    # The kernel mounts a new /proc only where the old one can be seen, so this comes before the old root
    # goes.
    processes = -1
    with contextlib.suppress(OSError):
        call("mount", b"proc", WORK.encode(), b"proc", 0, None)
        processes = os.open(WORK, os.O_RDONLY | os.O_DIRECTORY)
        call("umount2", WORK.encode(), MNT_DETACH)
    call("umount2", b"/.old", MNT_DETACH)
    os.rmdir("/.old")
    attributes = struct.pack("QQQQ", ATTR_RDONLY | ATTR_NOSUID, 0, 0, 0)
    system_call(
        "mount_setattr",
        AT_FDCWD,
        ctypes.c_char_p(b"/"),
        AT_RECURSIVE,
        ctypes.c_char_p(attributes),
        len(attributes),
    )
    return processes


def _bind(source: str, target: str) -> None:
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY))
    call("mount", source.encode(), target.encode(), None, MS_BIND | MS_REC, None)
