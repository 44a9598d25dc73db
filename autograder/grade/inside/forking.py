"""The zygote: it loads once what every submission needs, enters its sandbox, then forks one child per
submission."""

from __future__ import annotations

import base64
import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
from pathlib import Path
from typing import Any

from . import confinement, wire
from .cells import stand_in_for_the_notebook
from .linux import Unavailable
from .plain import TOTAL_MEMORY_BYTES, Sandbox, held_by
from .state import State, ending

# How often a submission's memory is added up: processes that fill it at full speed get a few hundred
# megabytes further in that time.
WATCH_SECONDS = 0.04


def serve(control: socket.socket, settings: dict[str, Any]) -> None:
    """Load what submissions need, enter the sandbox, and fork submissions until the control socket closes."""
    box = confinement.make(settings["sandbox"], settings["shown"], settings["secrets"])
    try:
        box.enter()
        preload()
        with contextlib.suppress(FileNotFoundError):
            box.zygote_memory = held_by(Path("/proc/self/status").read_bytes())
        box.close_doors()
        settings.clear()
    except (Unavailable, OSError, ImportError) as error:
        control.sendall(json.dumps({"fault": str(error)[:2000]}).encode() + b"\n")
        box.leave()
        return
    control.sendall(b'{"ready": true}\n')
    serve_submissions(control, box)


def serve_submissions(control: socket.socket, box: Sandbox) -> None:
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
                submission(socket.socket(fileno=descriptors[0]), box)
                os._exit(0)
            os.close(descriptors[0])


def preload() -> None:
    """Load once, before any fork, what every submission needs. By name: a linter takes a plain import that is
    not used for a mistake."""
    os.environ["MPLBACKEND"] = "Agg"
    for module in ("numpy", "IPython.core.inputtransformer2", "IPython.display", "matplotlib.pyplot"):
        importlib.import_module(module)
    # Where this account keeps things is nothing for a submission to know.
    os.environ.pop("MPLCONFIGDIR", None)
    # What is here now is no garbage: a collector that looked would copy every page it looks at.
    gc.collect()
    gc.freeze()


# A submission -----------------------------------------------------------------------------------------------


def submission(channel: socket.socket, box: Sandbox) -> None:
    """Shut this process in, put the assignment's files into its folder, and serve the trusted side."""
    try:
        box.confine()
        quiet = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(quiet, descriptor)
        os.close(quiet)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        stand_in_for_the_notebook()
        for name, content in wire.receive(channel)["files"].items():
            Path(name).write_bytes(base64.b64decode(content))
    except BaseException as error:
        with contextlib.suppress(BaseException):
            wire.send(channel, {"fault": f"{type(error).__name__}: {error}"})
        return
    wire.send(channel, {"begun": True})
    with contextlib.suppress(BaseException):
        State(channel).serve()
