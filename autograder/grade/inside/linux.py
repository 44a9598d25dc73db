"""Linux's own means, through ctypes: nothing to install."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys

NEWNS, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET, NEWCGROUP, NEWTIME = (
    0x00020000,
    0x04000000,
    0x08000000,
    0x10000000,
    0x20000000,
    0x40000000,
    0x02000000,
    0x00000080,
)
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_BIND, MS_REC, MS_PRIVATE = 1, 2, 4, 4096, 16384, 1 << 18
MNT_DETACH = 2
ATTR_RDONLY, ATTR_NOSUID, AT_FDCWD, AT_RECURSIVE = 1, 2, -100, 0x8000
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 1, 36, 38
CAPABILITY_VERSION_3 = 0x20080522
# The flags of `clone` and `unshare` that make a new namespace.
CLONE_FLAGS = NEWNS | NEWUTS | NEWIPC | NEWUSER | NEWPID | NEWNET | NEWCGROUP | NEWTIME

# Without it, as on a Mac, there is no sandbox but `none`, and less to hold a process to.
LINUX = sys.platform == "linux"

libc = ctypes.CDLL(None, use_errno=True)


class Unavailable(Exception):
    """A sandbox that this machine does not give: why."""


def call(name: str, *arguments: object) -> int:
    """A function of the C library's; raises `OSError` with its name if it fails."""
    converted = [ctypes.c_long(item) if isinstance(item, int) else item for item in arguments]
    result: int = getattr(libc, name)(*converted)
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result


def gain_no_privileges() -> None:
    call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def die_with_parent() -> None:
    """End when the process that started this one does, however it ends. Only Linux can."""
    if not LINUX:
        return
    call("prctl", PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)


def take_whole_turns() -> None:
    """Do not interrupt whoever has the processor when a message comes, nor be interrupted so, and neither do
    the processes that this one starts: a submission and its grader speak in many short messages."""
    if hasattr(os, "SCHED_BATCH"):
        with contextlib.suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def become(uid: int) -> None:
    """Be that user and no other, for good. Only root can; anybody else stays who they are."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
