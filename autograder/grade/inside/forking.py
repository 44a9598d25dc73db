"""The zygote: it loads once what every submission needs, enters its sandbox, then forks one child per
submission."""

from __future__ import annotations

import base64
import contextlib
import gc
import importlib
import json
import os
import random
import select
import signal
import socket
import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from . import confinement, wire
from .linux import Unavailable
from .plain import TOTAL_MEMORY_BYTES, Sandbox, held_by
from .refusals import refuse_in_words, show_only
from .shell import INLINE, ZMQInteractiveShell, make_shell, warm_up
from .stand_ins import stand_in
from .state import State, ending

# How often a submission's memory is added up: processes that fill it at full speed get a few hundred
# megabytes further in that time.
WATCH_SECONDS = 0.04


def serve(control: socket.socket, settings: dict[str, Any]) -> None:
    """Load what submissions need, enter the sandbox, and fork submissions until the control socket closes."""
    box = confinement.make(settings["sandbox"], settings["shown"], settings["secrets"])
    try:
        box.enter()
        shell = preload()
        stand_in()
        refuse_in_words()
        with contextlib.suppress(FileNotFoundError):
            box.zygote_memory = held_by(Path("/proc/self/status").read_bytes())
        # Closing the doors may give the packages' folders other names, in the same places.
        places = [sys.path.index(folder) for folder in settings["packages"]]
        box.close_doors()
        show_only(settings["modules"], [sys.path[place] for place in places])
        settings.clear()
    except (Unavailable, OSError, ImportError) as error:
        control.sendall(json.dumps({"fault": str(error)[:2000]}).encode() + b"\n")
        box.leave()
        return
    control.sendall(b'{"ready": true}\n')
    serve_submissions(control, box, shell)


def serve_submissions(control: socket.socket, box: Sandbox, shell: ZMQInteractiveShell) -> None:
    """Fork a child for each channel that comes in, end it when told to, and end everything when the control
    socket closes."""
    running, ended_for = 0, ""
    while True:
        ready, _, _ = select.select([control], [], [], WATCH_SECONDS if running else None)
        if not ready:
            if not ended_for and box.memory() > TOTAL_MEMORY_BYTES:
                ended_for = f"used more than {TOTAL_MEMORY_BYTES / 2**30:g} GB of memory"
                box.stop(running)
            continue
        message, descriptors, _, _ = socket.recv_fds(control, len(wire.BEGIN), 1)
        if running:
            status = box.end(running)
            running = 0
            if message == wire.END:
                control.sendall((ended_for or ending(status)).encode() + b"\n")
        if not message:
            box.leave()
            return
        if message == wire.BEGIN:
            running, ended_for = box.fork(), ""
            if running == 0:
                control.close()
                submission(socket.socket(fileno=descriptors[0]), box, shell)
                os._exit(0)
            os.close(descriptors[0])


def preload() -> ZMQInteractiveShell:
    """Load once, before any fork, what every submission needs, and make the shell that its cells run in. By
    name: a linter takes a plain import that is not used for a mistake."""
    os.environ["MPLBACKEND"] = INLINE
    for module in ("numpy.random", "asyncio", "IPython.display"):
        importlib.import_module(module)
    shell = make_shell()
    # Both ask for the shell.
    for module in ("matplotlib.pyplot", "matplotlib_inline.backend_inline"):
        importlib.import_module(module)
    warm_up(shell)
    # A submission is not told where this account keeps its files.
    for name in ("MPLCONFIGDIR", "PYTHONHASHSEED", "PYTHONDONTWRITEBYTECODE"):
        os.environ.pop(name, None)
    # What is here now is no garbage: a collector that looked would copy every page it looks at.
    gc.collect()
    gc.freeze()
    return shell


def seed_random_numbers(seed: str) -> None:
    """Let all random numbers that a notebook does not seed itself be the same in every run of it."""
    number = zlib.crc32(seed.encode())
    random.seed(number)
    np.random.seed(number)
    # NumPy's new generators take their entropy from here if they are given none.
    np.random.bit_generator.randbits = random.Random(number).getrandbits  # type: ignore[attr-defined]


# A submission -----------------------------------------------------------------------------------------------


def submission(channel: socket.socket, box: Sandbox, shell: ZMQInteractiveShell) -> None:
    """Shut this process in, put the assignment's files into its folder, and serve the trusted side."""
    try:
        box.confine()
        quiet = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(quiet, descriptor)
        os.close(quiet)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        begins = wire.receive(channel)
        for name, content in begins["files"].items():
            # What has no place here, such as a file below another file, is as if it had not been handed in.
            with contextlib.suppress(OSError, ValueError):
                Path(name).parent.mkdir(parents=True, exist_ok=True)
                Path(name).write_bytes(base64.b64decode(content))
        seed_random_numbers(begins["seed"])
    except BaseException as error:
        with contextlib.suppress(BaseException):
            wire.send(channel, {"fault": f"{type(error).__name__}: {error}"})
        return
    wire.send(channel, {"begun": True})
    with contextlib.suppress(BaseException):
        State(channel, shell).serve()
