"""Notebooks in real kernels: which public checks pass there."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupyter_client import BlockingKernelClient
from jupyter_client.connect import write_connection_file

CELL_SECONDS = 15.0
PASSED = re.compile(r"public checks passed \(|: the value is right\.|All test cases passed", re.IGNORECASE)


@dataclass
class Run:
    """How a notebook went in a kernel: which questions' checks passed, what each cell raised (by its
    number), and what the check cells showed."""

    passed: set[str] = field(default_factory=set)
    raised: dict[int, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)


class Kernels:
    """Real kernels, one per notebook."""

    def __init__(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("kernel_server.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd="/",
            start_new_session=True,
        )
        assert self._server.stdout is not None
        assert self._server.stdout.readline() == "ready\n"

    def close(self) -> None:
        assert self._server.stdin is not None
        self._server.stdin.close()
        self._server.wait(10)

    def run(self, cells: Sequence[str], questions: Sequence[str], folder: Path) -> Run:
        """Run cells in a fresh kernel in a copy of a student's folder, and check questions at the end once
        more, as somebody would who has lost `grader`: after its cell was run again."""
        with tempfile.TemporaryDirectory(prefix="kernel-") as scratch:
            place = Path(scratch) / "work"
            shutil.copytree(folder, place)
            connection_file = str(Path(scratch) / "kernel.json")
            _, connection = write_connection_file(
                connection_file, transport="ipc", ip=str(Path(scratch) / "ipc")
            )
            pid = self._fork(place, connection_file)
            client = BlockingKernelClient()
            client.load_connection_info(connection)
            client.start_channels()
            try:
                client.wait_for_ready(timeout=60)
                otter = [cell for cell in cells if "otter.Notebook(" in cell][:1]
                checks = [f'grader.check("{name}")' for name in questions]
                return _run(client, pid, [*cells, *otter, *checks])
            finally:
                client.stop_channels()
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(pid, signal.SIGKILL)

    def _fork(self, folder: Path, connection_file: str) -> int:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(
            json.dumps({"folder": str(folder), "connection_file": connection_file}) + "\n"
        )
        self._server.stdin.flush()
        return int(self._server.stdout.readline())


def _run(client: BlockingKernelClient, pid: int, cells: Sequence[str]) -> Run:
    run = Run()
    for number, source in enumerate(cells):
        error, shown = _execute(client, pid, source)
        if error:
            run.raised[number] = error
        if error == "the kernel died":
            break
        if check := re.fullmatch(r'grader\.check\("(\w+)"\)', source):
            run.shown[check[1]] = shown or error
            if not error and PASSED.search(shown):
                run.passed.add(check[1])
    return run


def _execute(client: BlockingKernelClient, pid: int, source: str) -> tuple[str, str]:
    """Execute a cell as a front end does; returns what it raised and what it showed as its result."""
    # A browser's socket carries no half of a character: it sends the mark of an unreadable one.
    source = re.sub("[\ud800-\udfff]", "\ufffd", source)
    asked = client.execute(source, allow_stdin=False, stop_on_error=False)
    error, shown, until = "", "", time.monotonic() + CELL_SECONDS
    interrupted = False
    while True:
        try:
            message: dict[str, Any] = client.get_iopub_msg(timeout=0.2)
        except Exception:
            if not Path(f"/proc/{pid}").exists() or _is_zombie(pid):
                return "the kernel died", shown
            if time.monotonic() > until:
                if interrupted:
                    os.kill(pid, signal.SIGKILL)
                    return "the kernel died", shown
                os.kill(pid, signal.SIGINT)
                interrupted, until = True, time.monotonic() + 3
            continue
        if time.monotonic() > until and not interrupted:
            os.kill(pid, signal.SIGINT)
            interrupted, until = True, time.monotonic() + 3
        if message["parent_header"].get("msg_id") != asked:
            continue
        kind, content = message["msg_type"], message["content"]
        if kind == "error":
            error = f"{content['ename']}: {content['evalue']}"
        elif kind == "execute_result":
            shown = content["data"].get("text/plain", "")
        elif kind == "status" and content["execution_state"] == "idle":
            return error, shown


def _is_zombie(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    return True
