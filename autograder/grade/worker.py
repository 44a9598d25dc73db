"""The student's side: runs cells and calls functions. It holds no check, no expected value and no reference, and never did.

Started as a file of its own, isolated from the environment, this is the *zygote*: it loads NumPy, IPython's cell transformer and a headless
Matplotlib once, then forks one child a submission. A child keeps the state of the notebook. Each cell runs in a fork of that state, and where it
comes to its end, the fork is the state from then on; where it crashes, hangs or exits, the state before it goes on. The functions of a question
are called in forks as well.
"""

from __future__ import annotations

import ast
import asyncio
import builtins
import contextlib
import importlib
import importlib.util
import linecache
import os
import resource
import select
import signal
import socket
import sys
import types
import warnings
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    _spec = importlib.util.spec_from_file_location("wire", Path(__file__).with_name("wire.py"))
    assert _spec is not None and _spec.loader is not None
    wire = importlib.util.module_from_spec(_spec)
    sys.modules["wire"] = wire
    _spec.loader.exec_module(wire)
else:
    from autograder.grade import wire  # type: ignore[no-redef]

MEMORY_BYTES = 3 * 2**30
FILE_BYTES = 64 * 2**20
CPU_SECONDS = 900
MAX_CALLBACKS = 100_000
TIMED_OUT = "timed out"


# The zygote ------------------------------------------------------------------------------------------------------------------------------


def zygote(control: socket.socket) -> None:
    """Fork a child for each channel that comes in, until the control socket closes."""
    preload()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    control.send(b"r")
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 4096, 1)
        if not message:
            return
        pid = os.fork()
        if pid == 0:
            control.close()
            channel = socket.socket(fileno=descriptors[0])
            with contextlib.suppress(BaseException):
                become_a_submission(message.decode())
                State(channel).serve()
            os._exit(0)
        os.close(descriptors[0])
        control.send(str(pid).encode())


def preload() -> None:
    """Load once, before any fork, what every submission needs. By name: a linter takes a plain import that is not used for a mistake."""
    os.environ["MPLBACKEND"] = "Agg"
    for module in ("numpy", "IPython.core.inputtransformer2", "IPython.display", "matplotlib.pyplot"):
        importlib.import_module(module)


def become_a_submission(folder: str) -> None:
    """A session, a working folder and limits of its own."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.chdir(folder)
    os.environ["HOME"] = folder
    sys.path.insert(0, folder)
    quiet = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(quiet, descriptor)
    for limit, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
    ):
        resource.setrlimit(limit, (value, value))


# A submission ----------------------------------------------------------------------------------------------------------------------------


class State:
    """The notebook's names after the cells run so far, and the loop that serves the trusted side."""

    def __init__(self, channel: socket.socket) -> None:
        self.channel = channel
        self.main = types.ModuleType("__main__")
        self.main.__dict__["__builtins__"] = builtins
        sys.modules["__main__"] = self.main
        stand_in_for_the_notebook()

    def serve(self) -> None:
        """Answer messages until the channel closes."""
        while True:
            message = wire.receive(self.channel)
            if message["do"] == "cell":
                self.cell(message)
            elif message["do"] == "question":
                self.question(message)
            else:
                return

    def cell(self, message: dict[str, Any]) -> None:
        """Run a cell in a fork. This process ends where the fork lives on, and goes on where it does not."""
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        reader, writer = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reader)
            said = run_cell(message["source"], message["name"], self.main.__dict__)
            os.write(writer, b"k")
            os.close(writer)
            wire.send(self.channel, {"cell": said})
            return
        os.close(writer)
        died = wait_for(pid, reader, message["seconds"])
        if died is None:
            os._exit(0)
        os.close(reader)
        wire.send(self.channel, {"cell": {"died": died}})

    def question(self, message: dict[str, Any]) -> None:
        """Serve a question's calls from forks of this state, a new one after each that dies, until it is said to be done."""
        # An earlier cell may have set it to be ignored, and a child that is not waited for cannot be told from one that is gone.
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        while True:
            reader, writer = os.pipe()
            pid = os.fork()
            if pid == 0:
                os.close(reader)
                self.answer_calls(writer, message["seconds"])
                os._exit(0)
            os.close(writer)
            died = wait_for(pid, reader, None)
            os.close(reader)
            if died is None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                return
            wire.send(self.channel, {"died": died})

    def answer_calls(self, writer: int, seconds: float) -> None:
        while True:
            message = wire.receive(self.channel)
            if message["do"] == "done":
                os.write(writer, b"k")
                return
            # The default action of SIGALRM ends the process even while a call holds the interpreter.
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, message.get("seconds", seconds))
            answer = self.answer(message)
            signal.setitimer(signal.ITIMER_REAL, 0)
            wire.send(self.channel, answer)

    def answer(self, message: dict[str, Any]) -> dict[str, Any]:
        names = self.main.__dict__
        name = message["name"]
        if message["do"] == "get":
            if name not in names:
                return {"missing": True}
            value = names[name]
            if callable(value):
                return {"callable": True}
            return packed(value)
        return self.call(names.get(name), message)

    def call(self, function: Any, message: dict[str, Any]) -> dict[str, Any]:
        args = wire.decode(message["args"], self.callback)
        kwargs = wire.decode(message["kwargs"], self.callback)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                result = function(*args, **kwargs)
            except BaseException as error:
                answer: dict[str, Any] = {"raised": described(error)}
            else:
                answer = packed(result)
        heard = [str(w.message)[:200] for w in caught[:5]]
        after = packed([args, kwargs])
        return {**answer, "after": after.get("value"), "warnings": heard}

    def callback(self, number: int) -> Any:
        """A function of the trusted side, to be called from here."""
        left = MAX_CALLBACKS

        def function(*args: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                raise RuntimeError("the function was called too often")
            wire.send(self.channel, {"callback": number, "args": wire.encode(list(args))})
            reply = wire.receive(self.channel)
            if "raised" in reply:
                kind = getattr(builtins, reply["raised"]["type"], ValueError)
                raise kind(reply["raised"]["message"])
            return wire.decode(reply["value"])

        return function


def wait_for(pid: int, reader: int, seconds: float | None) -> str | None:
    """None once the child says that it is done; how it ended, where it ends first or its time runs out."""
    handle = os.pidfd_open(pid)
    try:
        ready, _, _ = select.select([reader, handle], [], [], seconds)
    finally:
        os.close(handle)
    if reader in ready and os.read(reader, 1):
        return None
    if not ready:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        return f"ran longer than {seconds:g} s"
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGALRM:
            return TIMED_OUT
        return f"was ended by {signal.Signals(number).name}"
    return f"ended the process with exit code {os.waitstatus_to_exitcode(status)}"


def packed(value: Any) -> dict[str, Any]:
    try:
        return {"value": wire.encode(value)}
    except wire.WireError as error:
        return {"unsendable": str(error), "type": type(value).__name__[:80]}
    except BaseException as error:
        return {"unsendable": f"reading it raised {type(error).__name__}", "type": type(value).__name__[:80]}


def described(error: BaseException) -> dict[str, Any]:
    """An error as data: its type, the built-in types it descends from, its message, and the student's line it arose in."""
    try:
        message = str(error)[:1000]
    except BaseException:
        message = ""
    line, trace = "", error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith("<cell "):
            line = linecache.getline(name, trace.tb_lineno).strip()[:200] or line
        trace = trace.tb_next
    if isinstance(error, SyntaxError) and not line:
        line = (error.text or "").strip()[:200]
    bases = [kind.__name__ for kind in type(error).__mro__ if getattr(builtins, kind.__name__, None) is kind]
    return {"type": type(error).__name__[:80], "bases": bases, "message": message, "line": line}


# Cells -----------------------------------------------------------------------------------------------------------------------------------


def run_cell(source: str, name: str, names: dict[str, Any]) -> dict[str, Any]:
    """Run a cell as a notebook would; an error ends the cell and keeps what it had done."""
    from IPython.core.inputtransformer2 import TransformerManager

    filename = f"<cell {name}>"
    try:
        source = TransformerManager().transform_cell(source)
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        # A cell may await, as in a notebook: its code is then a coroutine, which running it only makes.
        code = compile(source, filename, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        waiting = eval(code, names)
        if waiting is not None:
            asyncio.run(waiting)
    except BaseException as error:
        return {"raised": described(error)}
    return {"ok": True}


class _Silent:
    """Accepts every use and does nothing: what stands in for Otter, IPython's shell and pictures while a submission is graded."""

    def __call__(self, *_args: Any, **_kwargs: Any) -> Any:
        return self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self


def stand_in_for_the_notebook() -> None:
    silent = _Silent()
    builtins.get_ipython = builtins.display = silent  # type: ignore[attr-defined]
    otter = types.ModuleType("otter")
    otter.Notebook = silent  # type: ignore[attr-defined]
    pictures = types.ModuleType("pictures")
    pictures.picture = lambda draw: draw  # type: ignore[attr-defined]
    pictures.COLOURS = pictures.LINES = pictures.HATCHES = ["-"] * 4  # type: ignore[attr-defined]
    sys.modules.update({"otter": otter, "pictures": pictures})


if __name__ == "__main__":
    # An editable install adds finders for the project's own packages; nothing of theirs is for this process.
    sys.meta_path = [finder for finder in sys.meta_path if "editable" not in (getattr(finder, "__module__", "") or repr(finder)).lower()]
    zygote(socket.socket(fileno=int(sys.argv[1])))
