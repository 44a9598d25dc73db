"""The student's side: runs cells and calls functions. It holds no check, no expected value and no reference, and never did.

Started as a file of its own, isolated from the environment, this is the *zygote*: it loads NumPy, IPython's cell transformer and a headless
Matplotlib once, enters its sandbox, then forks one child a submission. A child keeps the state of the notebook, and answers the trusted side over
a channel.

A submission is first run in the hope that nothing of it dies: its cells, and the calls of its functions, run in that one process. Where something
did die, it is run again with care: each cell in a fork of the state before it, which goes on where the cell does not, and the calls of each question
in forks of the state right after its cell.
"""

from __future__ import annotations

import ast
import asyncio
import base64
import builtins
import contextlib
import gc
import importlib
import importlib.util
import json
import linecache
import mmap
import os
import resource
import select
import signal
import socket
import struct
import sys
import time
import types
import warnings
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    # Over the control socket, and not as arguments, which every account can read: the sandbox, and where the interpreter's packages are.
    control = socket.socket(fileno=int(sys.argv.pop()))
    settings = json.loads(control.recv(2**20))
    sys.path += settings["packages"]
    for _name in ("wire", "sandbox"):
        _spec = importlib.util.spec_from_file_location(_name, Path(__file__).with_name(f"{_name}.py"))
        assert _spec is not None and _spec.loader is not None
        sys.modules[_name] = importlib.util.module_from_spec(_spec)
        _spec.loader.exec_module(sys.modules[_name])
    sandbox, wire = sys.modules["sandbox"], sys.modules["wire"]
else:
    from autograder.grade import sandbox, wire  # type: ignore[no-redef]

MAX_CALLBACKS = 100_000
TIMED_OUT = "timed out"
# How often a submission's memory is added up: processes that fill it at full speed get a few hundred megabytes further in that time.
WATCH_SECONDS = 0.04


# The zygote ------------------------------------------------------------------------------------------------------------------------------


def main(control: socket.socket, settings: dict[str, Any]) -> None:
    """Load what submissions need, enter the sandbox, and fork submissions until the control socket closes."""
    box = sandbox.make(settings["sandbox"], settings["shown"], settings["secrets"])
    try:
        box.enter()
        preload()
        box.zygote_memory = sandbox.held_by(Path("/proc/self/status").read_bytes())
        box.close_doors()
        settings.clear()
    except (sandbox.Unavailable, OSError, ImportError) as error:
        control.send(json.dumps({"fault": str(error)[:2000]}).encode())
        box.leave()
        return
    control.send(b'{"ready": true}')
    serve_submissions(control, box)


def serve_submissions(control: socket.socket, box: Any) -> None:
    """Fork a child for each channel that comes in, end it when told to, and end everything when the control socket closes."""
    running, ended_for = 0, ""
    while True:
        ready, _, _ = select.select([control], [], [], WATCH_SECONDS if running else None)
        if not ready:
            if not ended_for and box.memory() > sandbox.TOTAL_MEMORY_BYTES:
                ended_for = f"used more than {sandbox.TOTAL_MEMORY_BYTES / 2**30:g} GB of memory"
                box.stop(running)
            continue
        message, descriptors, _, _ = socket.recv_fds(control, 64, 1)
        if running:
            status = box.end(running)
            running = 0
            if message == b"end":
                control.send((ended_for or ending(status)).encode())
        if not message:
            box.leave()
            return
        if message == b"begin":
            running, ended_for = box.fork(), ""
            if running == 0:
                control.close()
                submission(socket.socket(fileno=descriptors[0]), box)
                os._exit(0)
            os.close(descriptors[0])


def preload() -> None:
    """Load once, before any fork, what every submission needs. By name: a linter takes a plain import that is not used for a mistake."""
    os.environ["MPLBACKEND"] = "Agg"
    for module in ("numpy", "IPython.core.inputtransformer2", "IPython.display", "matplotlib.pyplot"):
        importlib.import_module(module)
    # Where this account keeps things is nothing for a submission to know.
    os.environ.pop("MPLCONFIGDIR", None)
    # What is here now is no garbage: a collector that looked would copy every page it looks at.
    gc.collect()
    gc.freeze()


# A submission ----------------------------------------------------------------------------------------------------------------------------


def submission(channel: socket.socket, box: Any) -> None:
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


class State:
    """The notebook's names after the cells run so far, and the loop that serves the trusted side."""

    def __init__(self, channel: socket.socket) -> None:
        self.channel = channel
        self.first = os.getpid()
        # Shared by all forks: the message that one of them is answering.
        self.doing = mmap.mmap(-1, 8)
        self.main = new_main()

    def serve(self) -> None:
        """Answer messages until the channel closes."""
        while True:
            message = wire.receive(self.channel)
            what = message["do"]
            if what == "run":
                for number, name, source in message["cells"]:
                    said = run_cell(source, name, self.main.__dict__, message["seconds"])
                    self.reply(message, {"cell": number, "said": said})
            elif what == "cell":
                run = self.run_in_fork if message["fork"] else self.run_here
                self.reply(message, {"said": run(message["source"], message["name"], message["seconds"])})
            elif what == "calls":
                for number, (name, args, kwargs, seconds) in zip(message["ids"], message["calls"], strict=True):
                    asked = {"id": number, "do": "call", "name": name, "args": args, "kwargs": kwargs, "seconds": seconds}
                    self.reply(asked, self.answer(asked))
            elif what == "question":
                self.question()
            else:
                self.reply(message, self.answer(message))

    def reply(self, message: dict[str, Any], answer: dict[str, Any]) -> None:
        wire.send(self.channel, {"id": message["id"], **answer})

    def run_here(self, source: str, name: str, seconds: float) -> dict[str, Any]:
        return run_cell(source, name, self.main.__dict__, seconds)

    def run_in_fork(self, source: str, name: str, seconds: float) -> dict[str, Any]:
        """Run a cell in a fork. This process ends where the fork lives on, and goes on where it does not."""
        # An earlier cell may have set it to be ignored, and a child that is not waited for cannot be told from one that is gone.
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        reader, writer = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reader)
            said = self.run_here(source, name, seconds)
            os.write(writer, b"k")
            os.close(writer)
            return said
        os.close(writer)
        died = wait_for(pid, reader, seconds)
        os.close(reader)
        if died is None:
            self.step_aside()
        return {"died": died}

    def step_aside(self) -> None:
        """End, now that a fork has taken over; the first process stays, since all others end with it."""
        if os.getpid() == self.first:
            self.channel.close()
            with contextlib.suppress(ChildProcessError):
                while True:
                    os.wait()
        os._exit(0)

    def question(self) -> None:
        """Serve a question's calls until it is said to be done, from forks of this state, a new one after each that dies."""
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        while True:
            reader, writer = os.pipe()
            pid = os.fork()
            if pid == 0:
                os.close(reader)
                # What a call starts dies with the group, and a signal to the group is not for the state.
                os.setpgid(0, 0)
                self.answer_calls()
                os.write(writer, b"k")
                os._exit(0)
            os.close(writer)
            died = wait_for(pid, reader, None)
            os.close(reader)
            if died is None:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                return
            self.tell_of_a_death(died)

    def tell_of_a_death(self, died: str) -> None:
        """Answer in the place of a fork that died over a message."""
        (asked,) = struct.unpack_from("Q", self.doing)
        if asked:
            struct.pack_into("Q", self.doing, 0, 0)
            self.reply({"id": asked}, {"died": died})

    def answer_calls(self) -> None:
        while (message := wire.receive(self.channel))["do"] != "done":
            struct.pack_into("Q", self.doing, 0, message["id"])
            # The default action of SIGALRM ends the process even while a call holds the interpreter.
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, message["seconds"])
            answer = self.answer(message)
            signal.setitimer(signal.ITIMER_REAL, 0)
            self.reply(message, answer)
            struct.pack_into("Q", self.doing, 0, 0)

    def answer(self, message: dict[str, Any]) -> dict[str, Any]:
        limit_cpu(message["seconds"])
        names = self.main.__dict__
        if message["do"] == "get":
            return {"found": {name: {"callable": True} if callable(names[name]) else packed(names[name]) for name in message["names"] if name in names}}
        return self.call(names.get(message["name"]), message)

    def call(self, function: Any, message: dict[str, Any]) -> dict[str, Any]:
        args = wire.decode(message["args"], lambda number: self.callback(number, message["id"]))
        kwargs = wire.decode(message["kwargs"], lambda number: self.callback(number, message["id"]))
        here = os.getpid()
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                result = function(*args, **kwargs)
            except BaseException as error:
                answer: dict[str, Any] = {"raised": described(error)}
            else:
                answer = packed(result)
        if os.getpid() != here:
            os._exit(0)
        if caught:
            answer["warnings"] = [str(w.message)[:200] for w in caught[:5]]
        after = packed([args, kwargs]).get("value")
        # Only what a call has changed of its arguments is news.
        if after != {"l": [message["args"], message["kwargs"]]}:
            answer["after"] = after
        return answer

    def callback(self, number: int, asked: int) -> Any:
        """A function of the trusted side, to be called from here."""
        left = MAX_CALLBACKS

        def function(*args: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                raise RuntimeError("the function was called too often")
            wire.send(self.channel, {"id": asked, "callback": number, "args": wire.encode(list(args))})
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
    return ending(os.waitpid(pid, 0)[1])


def ending(status: int) -> str:
    """How a process ended, in words."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGALRM:
            return TIMED_OUT
        if number == signal.SIGXCPU:
            return "used more processor time than it may"
        with contextlib.suppress(ValueError):
            return f"was ended by {signal.Signals(number).name}"
        return f"was ended by signal {number}"
    return f"ended the process with exit code {os.waitstatus_to_exitcode(status)}"


def limit_cpu(seconds: float) -> None:
    """Bound the processor time from here on: threads and processes can spend more than the clock shows."""
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = int(time.process_time() + seconds) + 2
    if hard == resource.RLIM_INFINITY or soft < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def packed(value: Any) -> dict[str, Any]:
    try:
        return {"value": wire.encode(value, lambda function: getattr(function, "number", -1))}
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
    """End what a cell or a call has set going that would meddle with what comes next: timers, tracing, and a copy of this process that is not it."""
    if os.getpid() != here:
        os._exit(0)
    for timer in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):
        signal.setitimer(timer, 0)
    sys.settrace(None)
    sys.setprofile(None)


def compiled(source: str, filename: str) -> tuple[str, types.CodeType]:
    """A cell's code, and the Python it is of. IPython's own syntax is no Python, and what is Python means the same there: it is tried first."""
    # A cell may await, as in a notebook: its code is then a coroutine, which running it only makes.
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    try:
        return source, compile(source, filename, "exec", flags, dont_inherit=True)
    except (SyntaxError, ValueError):
        from IPython.core.inputtransformer2 import TransformerManager

        transformed = TransformerManager().transform_cell(source)
        return transformed, compile(transformed, filename, "exec", flags, dont_inherit=True)


class _Silent:
    """Accepts every use and does nothing: what stands in for Otter, IPython's shell and pictures while a submission is graded."""

    def __call__(self, *_args: Any, **_kwargs: Any) -> Any:
        return self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self


class _Shell(_Silent):
    """IPython's shell: magics and shell lines do nothing, but what a magic only times or silences is run."""

    RUN = ("time", "capture", "prun")

    def run_cell_magic(self, name: str, _line: str, body: str) -> Any:
        if name in self.RUN:
            source, code = compiled(body, f"<cell %%{name}>")
            linecache.cache[code.co_filename] = (len(source), None, source.splitlines(keepends=True), code.co_filename)
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
    pictures = types.ModuleType("pictures")
    pictures.picture = lambda draw: draw  # type: ignore[attr-defined]
    pictures.COLOURS = pictures.LINES = pictures.HATCHES = ["-"] * 4  # type: ignore[attr-defined]
    sys.modules.update({"otter": otter, "pictures": pictures})


if __name__ == "__main__":
    main(control, settings)
