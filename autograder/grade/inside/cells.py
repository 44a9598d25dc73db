"""Runs a notebook's cells as its kernel would, and stands in for what only a kernel has."""

from __future__ import annotations

import ast
import asyncio
import builtins
import linecache
import os
import resource
import signal
import sys
import time
import types
from typing import Any


def new_main() -> types.ModuleType:
    """An empty notebook's names, as the main module that cells expect to run in."""
    main = sys.modules["__main__"] = types.ModuleType("__main__")
    main.__dict__["__builtins__"] = builtins
    return main


def run_cell(source: str, name: str, names: dict[str, Any], seconds: float) -> dict[str, Any]:
    """Run a cell as a notebook would; an error ends the cell and keeps what it had done."""
    filename, here = f"<cell {name}>", os.getpid()
    said: dict[str, Any] = {}
    try:
        limit_cpu(seconds)
        source, code = compiled(source, filename)
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        waiting = eval(code, names)
        if waiting is not None:
            asyncio.run(waiting)
    except BaseException as error:
        said = {"raised": described(error)}
    clear_up(here)
    return said


def clear_up(here: int) -> None:
    """End what a cell or a call has set going that would meddle with what comes next: timers, tracing, and a
    copy of this process that is not it."""
    if os.getpid() != here:
        os._exit(0)
    for timer in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):
        signal.setitimer(timer, 0)
    sys.settrace(None)
    sys.setprofile(None)


def compiled(source: str, filename: str) -> tuple[str, types.CodeType]:
    """A cell's code, and the Python it is of. IPython's own syntax is no Python, and what is Python means the
    same there: it is tried first."""
    # A cell may await, as in a notebook: its code is then a coroutine, which running it only makes.
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    try:
        return source, compile(source, filename, "exec", flags, dont_inherit=True)
    except (SyntaxError, ValueError):
        from IPython.core.inputtransformer2 import TransformerManager

        transformed = TransformerManager().transform_cell(source)
        return transformed, compile(transformed, filename, "exec", flags, dont_inherit=True)


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
        message = str(error)[:1000]
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


class _Silent:
    """Accepts every use and does nothing: what stands in for Otter, IPython's shell and pictures while a
    submission is graded."""

    def __call__(self, *_args: Any, **_kwargs: Any) -> Any:
        return self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self


class _SilentModule(types.ModuleType):
    """A module of which every name accepts every use and does nothing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Silent()


class _Shell(_Silent):
    """IPython's shell: magics and shell lines do nothing, but what a magic only times or silences is run."""

    RUN = ("time", "capture", "prun")

    def run_cell_magic(self, name: str, _line: str, body: str) -> Any:
        if name in self.RUN:
            source, code = compiled(body, f"<cell %%{name}>")
            linecache.cache[code.co_filename] = (
                len(source),
                None,
                source.splitlines(keepends=True),
                code.co_filename,
            )
            exec(code, sys.modules["__main__"].__dict__)

    def run_line_magic(self, name: str, line: str, *_depth: Any) -> Any:
        if name in self.RUN:
            exec(line, sys.modules["__main__"].__dict__)


def nobody_answers(_prompt: object = "") -> str:
    raise EOFError("nobody answers input() while a submission is graded")


def stand_in_for_the_notebook() -> None:
    silent, shell = _Silent(), _Shell()
    builtins.get_ipython = lambda: shell  # type: ignore[attr-defined]
    builtins.display = silent  # type: ignore[attr-defined]
    builtins.input = nobody_answers
    otter = types.ModuleType("otter")
    otter.Notebook = silent  # type: ignore[attr-defined]
    # Pictures are not drawn while a submission is graded; whatever they are asked for is accepted.
    pictures = {name: _SilentModule(name) for name in ("pictures", "drawings", "feedback", "handing_in")}
    vars(pictures["pictures"]).update({name: ["-"] * 4 for name in ("COLOURS", "LINES", "HATCHES")})
    sys.modules.update({"otter": otter, **pictures})
