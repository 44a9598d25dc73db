"""The system call filter a submission runs under: what no notebook needs is refused, whatever process asks
for it."""

from __future__ import annotations

import ctypes
import errno
import platform
import socket
import struct
from functools import cache

from .linux import CLONE_FLAGS, call

# System calls a submission is refused, by their numbers on x86-64 and on arm64 (None if there is none) ---

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
def filter_program() -> bytes:
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
    program += [
        step(equal, CLONE[column], 0, 4),
        step(load, first_argument),
        step(any_bit, CLONE_FLAGS, 0, 1),
        step(end, REFUSE),
        step(end, ALLOW),
    ]
    # A pair of streams is connected for good; one end of another kind can be sent on to any socket of the
    # machine.
    stream = int(socket.SOCK_STREAM)
    program += [
        step(equal, SOCKETPAIR[column], 0, 4),
        step(load, second_argument),
        step(mask, 0xF),
        step(equal, stream, 1, 0),
        step(end, REFUSE),
    ]
    return b"".join([*program, step(end, ALLOW)])


def filter_system_calls() -> None:
    program = filter_program()
    buffer = ctypes.create_string_buffer(program, len(program))
    described = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    set_filter, allow_speculation = 1, 4
    # Speculative side channels lead into a process that holds no secret; closing them would cost a tenth of
    # the speed.
    call(
        "syscall",
        SECCOMP[MACHINES[platform.machine()][1]],
        set_filter,
        allow_speculation,
        ctypes.c_char_p(described),
    )
