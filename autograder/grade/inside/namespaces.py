"""What a submission is shut into, by Linux's own means and through ctypes: nothing to install, and no secret to find in here.

Loaded by the zygote alone, as a file beside it. Three kinds:

namespaces  The zygote is the first process of a process namespace, in a root of its own that holds the interpreter and nothing else, read-only. Each
            submission gets process, mount, network, IPC and host-name namespaces, a small tmpfs, another user ID and a user namespace in which it
            owns nothing. When its first process ends, the kernel ends all others; when the zygote ends, it ends them all.
user        For root where namespaces are not to be had, as in a container: each submission runs as a user ID that owns nothing and is nobody's.
none        A process of its own, and no more.

In the first two, a submission can gain no privileges, and a system call filter keeps it from sockets, tracing, mounts, keys and the like.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import json
import os
import platform
import resource
import shutil
import signal
import socket
import struct
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

MEMORY_BYTES = 2 * 2**30
TMPFS_BYTES = 64 * 2**20
FILE_BYTES = TMPFS_BYTES
CPU_SECONDS = 300
PROCESSES = 64
OPEN_FILES = 256
# All of a submission's processes together; a few of them at their own limit would fill a small machine.
TOTAL_MEMORY_BYTES = 4 * 2**30
NOBODY = 65534
SPARE_UIDS = range(64_999, 61_184, -1)
# How long what a submission runs is killed over and over, until nothing of it is left.
END_SECONDS = 10.0
# Folders that every account can write to.
FOR_EVERYONE = ("/tmp", "/var/tmp", "/dev/shm", "/run/lock", "/var/crash", "/dev/mqueue")
# What the kernel is told to end first, should memory run out: a submission before the grader.
OOM_SCORE = "900"

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

libc = ctypes.CDLL(None, use_errno=True)


class Unavailable(Exception):
    """A sandbox that this machine does not give: why."""


def call(name: str, *arguments: object) -> int:
    """A function of the C library's; raises `OSError` with its name where it fails."""
    converted = [ctypes.c_long(item) if isinstance(item, int) else item for item in arguments]
    result: int = getattr(libc, name)(*converted)
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result


# System calls a submission is refused, by their numbers on x86-64 and on arm64 (None where there is none) -----------------------------------------

MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
DENIED: dict[str, tuple[int | None, int | None]] = {
    # Sockets: no namespace holds back vsock or kernel crypto. `socketpair`, which asyncio needs, stays.
    "socket": (41, 198),
    # Other processes and their memory.
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    # Shared memory, queues and semaphores that outlive their makers; multiprocessing's are files.
    "shmget": (29, 194),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    # Memory that no process is seen to hold.
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    # Namespaces, mounts and roots.
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "quotactl": (179, 60),
    # Parts of the kernel with a long history of holes and nothing for a notebook.
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "fanotify_init": (300, 262),
    "lookup_dcookie": (212, 18),
    "personality": (135, 92),
    "modify_ldt": (154, None),
    "uselib": (134, None),
    # The machine itself.
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "acct": (163, 89),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "reboot": (169, 142),
    "syslog": (103, 116),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "adjtimex": (159, 171),
    "clock_adjtime": (305, 266),
    "iopl": (172, None),
    "ioperm": (173, None),
}
CLONE, CLONE3, SECCOMP, SOCKETPAIR = (56, 220), (435, 435), (317, 277), (53, 199)
NEW_NAMESPACES = NEWNS | NEWUTS | NEWIPC | NEWUSER | NEWPID | NEWNET | NEWCGROUP | NEWTIME
# x32's numbers: another table of system calls behind the same door.
X32 = 0x40000000
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x80000000
REFUSE_AS_UNKNOWN = 0x00050000 | errno.ENOSYS


def system_call(name: str, *arguments: object) -> int:
    """A system call that the C library has no function for."""
    number = DENIED[name][MACHINES[platform.machine()][1]]
    assert number is not None
    return call("syscall", number, *arguments)


@cache
def _filter_program() -> bytes:
    """The system call filter, as the kernel takes it: pairs of a comparison and what it leads to."""
    audit, column = MACHINES[platform.machine()]
    load, equal, at_least, any_bit, mask, end = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06

    def step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
        return struct.pack("HBBI", code, if_true, if_false, value)

    number, architecture, first_argument, second_argument = 0, 4, 16, 24
    program = [step(load, architecture), step(equal, audit, 1, 0), step(end, KILL), step(load, number)]
    if column == 0:
        program += [step(at_least, X32, 0, 1), step(end, KILL)]
    for denied in DENIED.values():
        if (value := denied[column]) is not None:
            program += [step(equal, value, 0, 1), step(end, REFUSE)]
    # clone3 hides its flags in memory, where a filter cannot look; the C library falls back to clone.
    program += [step(equal, CLONE3[column], 0, 1), step(end, REFUSE_AS_UNKNOWN)]
    program += [step(equal, CLONE[column], 0, 4), step(load, first_argument), step(any_bit, NEW_NAMESPACES, 0, 1), step(end, REFUSE), step(end, ALLOW)]
    # A pair of streams is connected for good; one end of another kind can be sent on to any socket of the machine.
    stream = int(socket.SOCK_STREAM)
    program += [step(equal, SOCKETPAIR[column], 0, 4), step(load, second_argument), step(mask, 0xF), step(equal, stream, 1, 0), step(end, REFUSE)]
    return b"".join([*program, step(end, ALLOW)])


def gain_no_privileges() -> None:
    call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def filter_system_calls() -> None:
    program = _filter_program()
    buffer = ctypes.create_string_buffer(program, len(program))
    described = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    set_filter, allow_speculation = 1, 4
    # Speculative side channels lead into a process that holds no secret; closing them would cost a tenth of the speed.
    call("syscall", SECCOMP[MACHINES[platform.machine()][1]], set_filter, allow_speculation, ctypes.c_char_p(described))


# Namespaces ------------------------------------------------------------------------------------------------------------------------------


def enter_namespaces() -> None:
    """Go on as the first process of new user, mount and process namespaces. The caller stays behind, waits, and ends as that process ends."""
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
    return "".join(f"{inside} {inside} {count}\n" for inside, _, count in (line.split() for line in table.splitlines()))


def die_with_parent() -> None:
    call("prctl", PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)


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
    os.makedirs("/tmp", exist_ok=True)
    os.makedirs("/dev", exist_ok=True)
    os.symlink("/tmp", "/dev/shm")
    # The kernel mounts a new /proc only where the old one can be seen, so this comes before the old root goes.
    processes = -1
    with contextlib.suppress(OSError):
        call("mount", b"proc", b"/tmp", b"proc", 0, None)
        processes = os.open("/tmp", os.O_RDONLY | os.O_DIRECTORY)
        call("umount2", b"/tmp", MNT_DETACH)
    call("umount2", b"/.old", MNT_DETACH)
    os.rmdir("/.old")
    attributes = struct.pack("QQQQ", ATTR_RDONLY | ATTR_NOSUID, 0, 0, 0)
    system_call("mount_setattr", AT_FDCWD, ctypes.c_char_p(b"/"), AT_RECURSIVE, ctypes.c_char_p(attributes), len(attributes))
    return processes


def _bind(source: str, target: str) -> None:
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY))
    call("mount", source.encode(), target.encode(), None, MS_BIND | MS_REC, None)


# The three kinds -----------------------------------------------------------------------------------------------------------------------------


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
        """Bytes that all processes of the submission hold together, as far as they are known: beyond what the zygote held when it forked them."""
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
            resource.RLIMIT_CORE: 0,
            resource.RLIMIT_FSIZE: FILE_BYTES,
            resource.RLIMIT_AS: MEMORY_BYTES,
            resource.RLIMIT_CPU: CPU_SECONDS,
            resource.RLIMIT_NOFILE: OPEN_FILES,
            resource.RLIMIT_MEMLOCK: 0,
            resource.RLIMIT_MSGQUEUE: 0,
        }
        if processes:
            limits[resource.RLIMIT_NPROC] = PROCESSES
        for limit, value in limits.items():
            resource.setrlimit(limit, (value, value))


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
            _filter_program()
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
        call("mount", b"tmpfs", b"/tmp", b"tmpfs", MS_NOSUID | MS_NODEV, f"size={TMPFS_BYTES},nr_inodes=4096,mode=0777".encode())
        become(user)
        # The user namespace maps nobody: there is no ID in it to become, and nothing it owns.
        call("unshare", NEWUSER)
        header, nothing = struct.pack("Ii", CAPABILITY_VERSION_3, 0), bytes(24)
        call("capset", ctypes.c_char_p(header), ctypes.c_char_p(nothing))
        self._settle("/tmp")
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
            raise Unavailable(f"{readable} can be read by every account; take that right away, or keep it elsewhere")
        self._secrets = ()

    def close_doors(self) -> None:
        """An interpreter below a folder that is root's alone is reached past that folder, through handles that root opens."""
        there = [path for path in sys.path if os.path.isdir(path)]
        hidden = as_user(self._uid, lambda: "\n".join(path for path in there if not os.access(path, os.R_OK | os.X_OK)))
        for path in filter(None, hidden.split("\n")):
            handle = os.open(path, os.O_PATH | os.O_DIRECTORY)
            through = f"/proc/self/fd/{handle}"
            sys.path[sys.path.index(path)] = through
            for module in list(sys.modules.values()):
                places = getattr(module, "__path__", None)
                if isinstance(places, list):
                    places[:] = [through + place.removeprefix(path) if place == path or place.startswith(f"{path}/") else place for place in places]
        sys.path_importer_cache.clear()
        _filter_program()

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
        # A signal to every process of an account reaches all of them at once, however fast they fork. Who sends it is of that account, and may be killed
        # by it first: so the zygote, which may not, kills each that it sees as well.
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


def held_by(status: bytes) -> int:
    """Bytes of a process that are no file's, from its status in /proc: its own, and what it shares with others."""
    fields = dict(line.split(b":", 1) for line in status.splitlines() if b":" in line)
    return sum(int(fields.get(name, b"0").split()[0]) * 1024 for name in (b"RssAnon", b"RssShmem"))


def become(uid: int) -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)


def claim_uid() -> tuple[int, socket.socket]:
    """A user ID that is nobody's and that no other grader uses now: a name in the kernel's own table, free again when this process ends."""
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
    return next((path for path in paths if os.access(path, os.R_OK) or (os.path.isdir(path) and os.access(path, os.X_OK))), "")


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


def end_descendants(first: int, seconds: float = END_SECONDS) -> int:
    """End a child and everything below this process, for as long as there is something; returns how the child ended."""
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


def make(kind: str, shown: Sequence[str], secrets: Sequence[str]) -> Sandbox:
    if kind == "namespaces":
        return Namespaces(shown, secrets)
    if kind == "user":
        return AnotherUser(secrets)
    return Sandbox()


def main() -> None:
    """Try a sandbox out, with a process in it, and say what is missing: `python sandbox.py KIND`."""
    kind = sys.argv[1]
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
            raise Unavailable(f"a process cannot be shut in ({os.strerror(os.waitstatus_to_exitcode(status))})")
        said = ""
    except (Unavailable, OSError) as error:
        said = str(error)
    box.leave()
    print(json.dumps(said))
    # Past clean-up that is the caller's: in namespaces this process is not the one that was started.
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
