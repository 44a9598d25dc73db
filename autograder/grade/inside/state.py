"""The notebook's names after the cells run so far, and the loop that answers the trusted side from them."""

from __future__ import annotations

import base64
import builtins
import contextlib
import marshal
import math
import mmap
import os
import pickle
import select
import signal
import socket
import struct
import threading
import time
import types
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from . import wire
from .cells import Kernel, described, limit_cpu
from .shell import ZMQInteractiveShell

MAX_CALLBACKS = 100_000
POLL_SECONDS = 0.005


class State:
    """The notebook's names after the cells run so far, and the loop that serves the trusted side."""

    def __init__(self, channel: socket.socket, shell: ZMQInteractiveShell) -> None:
        self.channel, self.kernel = channel, Kernel(shell)
        self.first = os.getpid()
        # Shared by all forks: the message that one of them is answering.
        self.doing = mmap.mmap(-1, 8)
        # The functions that were handed over, by what they crossed as, and the reverse; the call that is
        # running.
        self.functions: dict[int | str, Callable[..., Any]] = {}
        self.crossed_as: dict[int, wire.FunctionId] = {}
        self.asked, self.callbacks_left = 0, 0
        self.calling_back = threading.Lock()

    def serve(self) -> None:
        """Answer messages until the channel closes."""
        while True:
            message = wire.receive(self.channel)
            what = message["do"]
            if what == "run":
                for number, name, source in message["cells"]:
                    said = self.kernel.run(source, name, message["seconds"])
                    self.reply(message, {"cell": number, "said": said})
            elif what == "cell":
                run = self.run_in_fork if message["fork"] else self.kernel.run
                self.reply(message, {"said": run(message["source"], message["name"], message["seconds"])})
            elif what == "calls":
                for number, (name, args, kwargs, seconds) in zip(
                    message["ids"], message["calls"], strict=True
                ):
                    asked = {
                        "id": number,
                        "do": "call",
                        "name": name,
                        "args": args,
                        "kwargs": kwargs,
                        "seconds": seconds,
                    }
                    self.reply(asked, self.answer(asked))
            elif what == "question":
                self.question()
            else:
                self.reply(message, self.answer(message))

    def reply(self, message: dict[str, Any], answer: dict[str, Any]) -> None:
        wire.send(self.channel, {"id": message["id"], **answer})

    def run_in_fork(self, source: str, name: str, seconds: float) -> dict[str, Any]:
        """Run a cell in a fork. This process ends if the fork lives on, and goes on if it does not."""
        # An earlier cell may have set it to be ignored, and a child that is not waited for cannot be told
        # from one that is gone.
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        reader, writer = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reader)
            said = self.kernel.run(source, name, seconds)
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
        """Serve a question's calls until it is said to be done, from forks of this state, a new one after
        each that dies."""
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
        names = self.kernel.names
        self.kernel.enter_loop()
        if message["do"] == "get":
            return {
                "found": {
                    name: {"callable": True} if callable(names[name]) else packed(names[name])
                    for name in message["names"]
                    if name in names
                }
            }
        return self.call(names.get(message["name"]), message)

    def call(self, function: Any, message: dict[str, Any]) -> dict[str, Any]:
        self.asked, self.callbacks_left = message["id"], MAX_CALLBACKS
        args = wire.decode(message["args"], self.callback)
        kwargs = wire.decode(message["kwargs"], self.callback)
        before = as_bytes((args, kwargs))
        here = os.getpid()
        with warnings.catch_warnings(record=True) as caught:
            # What the student has made an error of stays one, as in a notebook; all else is heard.
            made_errors = any(entry[0] == "error" for entry in warnings.filters)
            warnings.simplefilter("always", append=made_errors)
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
        # Only what a call has changed of its arguments is news.
        if before is None or as_bytes((args, kwargs)) != before:
            after = packed([args, kwargs], lambda function: self.crossed_as.get(id(function))).get("value")
            if after != {"l": [message["args"], message["kwargs"]]}:
                answer["after"] = after
        return answer

    def callback(self, crossed_as: wire.FunctionId) -> Any:
        """A function of the trusted side, to be called from here: the same one whenever it is handed over."""
        key = crossed_as if isinstance(crossed_as, int) else "\n".join(crossed_as)
        if key not in self.functions:
            function = self.asking(crossed_as) if isinstance(crossed_as, int) else made_of(*crossed_as)
            self.functions[key], self.crossed_as[id(function)] = function, crossed_as
        return self.functions[key]

    def asking(self, number: int) -> Callable[..., Any]:
        def function(*args: Any, **kwargs: Any) -> Any:
            return self.call_back(number, args, kwargs)

        return function

    def call_back(self, number: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Ask the trusted side for a function's value, one thread after another."""
        request = {"callback": number, "args": wire.encode(list(args)), "kwargs": wire.encode(kwargs)}
        with self.calling_back:
            self.callbacks_left -= 1
            if self.callbacks_left < 0:
                raise RuntimeError("the function was called too often")
            wire.send(self.channel, {"id": self.asked, **request})
            reply = wire.receive(self.channel)
        if "raised" in reply:
            kind = getattr(builtins, reply["raised"]["type"], ValueError)
            raise kind(reply["raised"]["message"])
        return wire.decode(reply["value"])


def wait_for(pid: int, reader: int, seconds: float | None) -> str | None:
    """None once the child says that it is done; how it ended, if it ends first or its time runs out."""
    ready = _until_done_or_dead(pid, reader, seconds)
    if reader in ready and os.read(reader, 1):
        return None
    if not ready:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        return f"ran longer than {seconds:g} s"
    return ending(os.waitpid(pid, 0)[1])


def _until_done_or_dead(pid: int, reader: int, seconds: float | None) -> list[int]:
    """Wait until the child says something or has ended; nothing if its time runs out first."""
    if hasattr(os, "pidfd_open"):
        handle = os.pidfd_open(pid)
        try:
            return select.select([reader, handle], [], [], seconds)[0]
        finally:
            os.close(handle)
    # Without handles on processes, as on a Mac, look again and again.
    until = math.inf if seconds is None else time.monotonic() + seconds
    while time.monotonic() < until:
        if ready := select.select([reader], [], [], POLL_SECONDS)[0]:
            return ready
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            return [pid]
    return []


def ending(status: int) -> str:
    """How a process ended, in words."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGALRM:
            return wire.TIMED_OUT
        if number == signal.SIGXCPU:
            return "used more processor time than it may"
        if number == signal.SIGKILL:
            return "was killed, as the system does with a process that takes too much memory"
        with contextlib.suppress(ValueError):
            return f"was ended by {signal.Signals(number).name}"
        return f"was ended by signal {number}"
    return f"ended the process with exit code {os.waitstatus_to_exitcode(status)}"


def made_of(name: str, code: str) -> Callable[..., Any]:
    """A function that is nothing but its code."""
    known = {"np": np, "math": math, "__builtins__": builtins}
    loaded = marshal.loads(base64.b64decode(code))
    around = tuple(types.CellType(known[name]) for name in loaded.co_freevars)
    whole = types.FunctionType(loaded, known, name, None, around)

    def function(*args: Any, **kwargs: Any) -> Any:
        # As on the trusted side: what it overflows in is no concern of the student's.
        with np.errstate(all="ignore"):
            return whole(*args, **kwargs)

    function.__name__ = function.__qualname__ = name
    return function


def as_bytes(value: Any) -> bytes | None:
    """Plain data as bytes, to tell whether it has changed; None for what may be more."""
    try:
        return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    except BaseException:
        return None


def packed(value: Any, function_id: Callable[[Any], wire.FunctionId | None] | None = None) -> dict[str, Any]:
    """A value as it is sent, or what is known of one that cannot be."""
    try:
        return {"value": wire.encode(value, function_id)}
    except wire.WireError as error:
        return {"unsendable": str(error), "type": type(value).__name__[:80]}
    except BaseException as error:
        return {"unsendable": f"reading it raised {type(error).__name__}", "type": type(value).__name__[:80]}
