"""What is not to be had while a submission is graded, refused in words: the sandbox refuses it too, in
numbers."""

from __future__ import annotations

import _posixsubprocess
import bdb
import builtins
import errno
import getpass
import os
import pty
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from typing import Any

NETWORK = "the network is not available while a submission is graded"
PROGRAMS = "other programs are not started while a submission is graded"
QUESTIONS = "nobody answers {} while a submission is graded"
DEBUGGER = "nobody is there to debug with while a submission is graded: take {} out"
STARTS_PROGRAMS = ("system", "execv", "execve", "posix_spawn", "posix_spawnp")


def refuse_in_words() -> None:
    """Put what says so in the place of what asks a person, starts a program, or opens a connection."""
    builtins.input = _question("input()")
    getpass.getpass = _question("getpass()")
    sys.breakpointhook = _go_on
    bdb.Bdb.set_trace = _go_on  # type: ignore[method-assign]
    for name in STARTS_PROGRAMS:
        if hasattr(os, name):
            setattr(os, name, _start_nothing)
    subprocess._fork_exec = _start_nothing  # type: ignore[attr-defined]
    _posixsubprocess.fork_exec = _start_nothing
    pty.spawn = _start_nothing
    socket.getaddrinfo = _find_nobody
    socket.socket.__init__ = _connect_to_nobody(socket.socket.__init__)  # type: ignore[method-assign]


class OnlyPromised(MetaPathFinder):
    """Finds no package but those that the course promises, and what a submission brought along itself."""

    def __init__(self, modules: Iterable[str], packages: Iterable[str]) -> None:
        self._known = frozenset((*modules, *sys.stdlib_module_names))
        self._packages = frozenset(packages)

    def find_spec(self, fullname: str, path: Any, _target: Any = None) -> ModuleSpec | None:
        if path is not None or fullname in self._known:
            # Another finder's to find.
            return None
        own = [place for place in sys.path if place not in self._packages]
        spec = PathFinder.find_spec(fullname, own)
        if spec is None:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        return spec


def show_only(modules: Iterable[str], packages: Iterable[str]) -> None:
    """Of what is installed in these folders, let only these modules be found."""
    sys.meta_path.insert(0, OnlyPromised(modules, packages))


def explained(error: BaseException) -> str:
    """An error's message, or what is behind it if the message does not tell."""
    if type(error).__name__ == "BdbQuit":
        return DEBUGGER.format("breakpoint() or set_trace()")
    return str(error)


def _question(name: str) -> Callable[..., str]:
    def ask(*_arguments: Any, **_named: Any) -> str:
        raise EOFError(QUESTIONS.format(name))

    return ask


def _go_on(*_arguments: Any, **_named: Any) -> None:
    """What a debugger does when nobody is there to type: the same as after `continue`."""


def _start_nothing(*_arguments: Any, **_named: Any) -> Any:
    raise PermissionError(errno.EPERM, PROGRAMS)


def _find_nobody(*_arguments: Any, **_named: Any) -> Any:
    raise socket.gaierror(socket.EAI_AGAIN, NETWORK)


def _connect_to_nobody(make: Callable[..., None]) -> Callable[..., None]:
    def make_or_refuse(self: Any, *arguments: Any, **named: Any) -> None:
        # One that is made of a descriptor is half of a pair, which stays in this process.
        if len(arguments) < 4 and named.get("fileno") is None:
            raise PermissionError(errno.EPERM, NETWORK)
        make(self, *arguments, **named)

    return make_or_refuse
