"""What a submission is shut into, by Linux's own means and through ctypes: nothing to install, and no secret
to find in here.

Loaded by the zygote alone, as a file beside it. Three kinds:

namespaces  The zygote is the first process of a process namespace, in a root of its own that holds the
interpreter and nothing else, read-only. Each
            submission gets process, mount, network, IPC and host-name namespaces, a small tmpfs, another user
            ID and a user namespace in which it owns nothing. When its first process ends, the kernel ends all
            others; when the zygote ends, it ends them all.
user        For root if namespaces are not to be had, as in a container: each submission runs as a user ID
that owns nothing and is nobody's. none        A process of its own, and no more.

In the first two, a submission can gain no privileges, and a system call filter keeps it from sockets,
tracing, mounts, keys and the like.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Sequence

from .another_user import AnotherUser
from .linux import Unavailable
from .namespaces import Namespaces
from .plain import Sandbox
from .seccomp import MACHINES


def make(kind: str, shown: Sequence[str], secrets: Sequence[str]) -> Sandbox:
    if kind == "namespaces":
        return Namespaces(shown, secrets)
    if kind == "user":
        return AnotherUser(secrets)
    return Sandbox()


def try_out(kind: str) -> None:
    """Try a sandbox out, with a process in it, and print what is missing, as JSON."""
    box = make(kind, ["/lib", "/lib64", "/usr/lib"], [])
    try:
        if platform.machine() not in MACHINES:
            raise Unavailable(f"the system call filter does not know {platform.machine()} processors")
        box.enter()
        box.close_doors()
        pid = box.fork()
        if pid == 0:
            try:
                box.confine()
                os._exit(0)
            except OSError as error:
                os._exit(error.errno or 1)
        _, status = os.waitpid(pid, 0)
        if status:
            raise Unavailable(
                f"a process cannot be shut in ({os.strerror(os.waitstatus_to_exitcode(status))})"
            )
        said = ""
    except (Unavailable, OSError) as error:
        said = str(error)
    box.leave()
    print(json.dumps(said))
    # Past clean-up that is the caller's: in namespaces this process is not the one that was started.
    sys.stdout.flush()
    os._exit(0)
