"""Runs a notebook's cells as its kernel would."""

from __future__ import annotations

import asyncio
import builtins
import linecache
import os
import re
import resource
import signal
import sys
import time
from collections.abc import Coroutine
from typing import Any

from .refusals import explained
from .shell import ZMQInteractiveShell, failed

# Half of a character beyond the first 65536: no text that is written or compiled can hold one.
SURROGATES = re.compile("[\ud800-\udfff]")
MAY_WAIT = re.compile(r"\b(?:await|async)\b")


class LoopToBe:
    """Stands for the loop that is running until something is asked of it: most notebooks never do, and to
    make one takes as long as to run several cells."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel

    def __getattr__(self, name: str) -> Any:
        return getattr(self._kernel.make_loop(), name)


class Kernel:
    """The shell of one submission, and the loop that its cells may wait in.

    As in a notebook, code always runs with a loop around it: `asyncio.run` is refused, and a task that a cell
    starts goes on after it.
    """

    def __init__(self, shell: ZMQInteractiveShell) -> None:
        self.shell, self.names = shell, shell.user_ns
        self.loop: asyncio.AbstractEventLoop | None = None
        self._loop_to_be: Any = LoopToBe(self)
        shell.history_manager.dir_hist[:] = [os.getcwd()]

    def enter_loop(self) -> None:
        """Make the loop the one that is running, in the process that this is called in."""
        asyncio._set_running_loop(self.loop or self._loop_to_be)

    def make_loop(self) -> asyncio.AbstractEventLoop:
        if self.loop is None:
            self.loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self.loop)
        self.enter_loop()
        return self.loop

    def run(self, source: str, name: str, seconds: float) -> dict[str, Any]:
        """Run a cell; an error ends the cell and keeps what it had done."""
        here, said = os.getpid(), {}
        self.enter_loop()
        try:
            limit_cpu(seconds)
            source = SURROGATES.sub("\ufffd", source)
            self.shell.compile.cell_name = name
            tree = self.shell.parsed(source)
            if tree is not None and not MAY_WAIT.search(source):
                error = self.shell.run_plain(source, tree)
            else:
                result = self._run(source)
                error = result.error_before_exec or result.error_in_exec
            if self.loop is not None and asyncio.all_tasks(self.loop):
                self.wait_for(asyncio.sleep(0))
        except BaseException as raised:
            error = raised
        if error is not None:
            said = {"raised": described(error)}
        clear_up(here)
        return said

    def _run(self, source: str) -> Any:
        """Run a cell as IPython does."""
        shell, broken = self.shell, None
        try:
            python = shell.transform_cell(source)
        except Exception:
            python, broken = source, sys.exc_info()
        cell = shell.run_cell_async(
            source, store_history=True, transformed_cell=python, preprocessing_exc_tuple=broken
        )
        waits = MAY_WAIT.search(python) and shell.should_run_async(
            source, transformed_cell=python, preprocessing_exc_tuple=broken
        )
        result = None
        try:
            result = self.wait_for(cell) if waits else run_at_once(cell)
        except BaseException as error:
            result = failed(source, error)
        finally:
            shell.events.trigger("post_execute")
            shell.events.trigger("post_run_cell", result)
        return result

    def wait_for(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        loop = self.make_loop()
        asyncio._set_running_loop(None)
        try:
            return loop.run_until_complete(coroutine)
        finally:
            self.enter_loop()


def run_at_once(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine that waits for nothing returns."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        return done.value
    raise RuntimeError("a cell waits for something, and was not known to")


def clear_up(here: int) -> None:
    """End what a cell or a call has set going that would meddle with what comes next: timers, tracing, and a
    copy of this process that is not it."""
    if os.getpid() != here:
        os._exit(0)
    for timer in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):
        signal.setitimer(timer, 0)
    sys.settrace(None)
    sys.setprofile(None)


def limit_cpu(seconds: float) -> None:
    """Bound the processor time from here on: threads and processes can spend more than the clock shows."""
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = int(time.process_time() + seconds) + 2
    if hard == resource.RLIM_INFINITY or soft < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def described(error: BaseException) -> dict[str, Any]:
    """An error as data: its type, the built-in types it descends from, its message, and the student's line it
    arose in."""
    try:
        message = explained(error)[:1000]
    except BaseException:
        message = ""
    line, number, trace = "", 0, error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith("<cell "):
            number = trace.tb_lineno or number
            line = linecache.getline(name, number).strip()[:200] or line
        trace = trace.tb_next
    if isinstance(error, SyntaxError) and not line:
        line, number = (error.text or "").strip()[:200], error.lineno or 0
    bases = [kind.__name__ for kind in type(error).__mro__ if getattr(builtins, kind.__name__, None) is kind]
    return {
        "type": type(error).__name__[:80],
        "bases": bases,
        "message": message,
        "line": line,
        "line_number": number,
    }
