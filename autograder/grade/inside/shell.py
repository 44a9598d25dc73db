"""IPython's own shell, as a kernel has it, without what a submission is not given: a history on disk,
pictures, tracebacks that are written out, other programs.

It is made once, before any fork, and holds nothing of a submission's then.
"""

from __future__ import annotations

import ast
import getpass
import glob
import json
import linecache
import os
import re
import shlex
import site
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.history import HistoryManager
from IPython.core.interactiveshell import ExecutionInfo, ExecutionResult, InteractiveShell
from IPython.core.magics._table import default_script_magics
from IPython.core.profiledir import ProfileDir
from IPython.utils.text import LSString, SList
from traitlets.config import Config

FIRST_WORD = re.compile(r"\w*")
# Magics of what a notebook is shown in, of a debugger, an editor and a notebook's file: there
# is none of them here.
FRONT_END = ("autosave", "connect_info", "debug", "edit", "notebook", "qtconsole", "store", "subshell")
WARMING = ("import numpy as np\nx = np.ones(2)\nx", "%pwd", "!ls", "1 / 0", "1 = 2", "await", "{}")
INLINE = "module://matplotlib_inline.backend_inline"


class History(HistoryManager):
    """A session's history, kept in memory alone."""

    # Traits in IPython. Nobody observes them, and a plain attribute is set many times as fast.
    _i = _ii = _iii = _i00 = ""


class Compiler(CachingCompiler):
    """Compiles cells under the names that errors are traced to, with the future imports of earlier cells."""

    cell_name = ""

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        """The cell's name; another one for code that a cell itself hands to the shell."""
        name, self.cell_name = self.cell_name, ""
        return f"<cell {name}>" if name else f"<cell in {number}, {len(self._filename_map)}>"

    def parts(self, tree: ast.Module, filename: str) -> Iterator[types.CodeType]:
        """A cell's code: all of it, but for an expression at its end, whose value is the cell's result.

        What cannot be compiled as a whole is compiled statement by statement, as IPython does: what stands
        before the one that is wrong is then run.
        """
        last = tree.body[-1:] if isinstance(tree.body[-1], ast.Expr) else []
        body = tree.body[: len(tree.body) - len(last)]
        try:
            whole = [self(ast.Module(body, []), filename, "exec")] if body else []
        except (SyntaxError, ValueError):
            for node in body:
                yield self(ast.Module([node], []), filename, "exec")
        else:
            yield from whole
        for node in last:
            yield self(ast.Interactive([node]), filename, "single")


class Displayhook(DisplayHook):
    """Keeps a cell's result under `_` and in `Out`. It is not written out, since nobody looks."""

    def __call__(self, result: Any = None) -> None:
        self.check_for_underscore()
        if result is not None and not self.quiet():
            self.update_user_ns(result)
            self.fill_exec_result(result)

    def quiet(self) -> bool:
        cells = self.shell.history_manager.input_hist_parsed
        return bool(cells) and ";" in cells[-1].rpartition("\n")[2] and super().quiet()


class ZMQInteractiveShell(InteractiveShell):
    """The shell, under the name that code which asks whether it is in a notebook looks for."""

    compiler_class = Compiler
    displayhook_class = Displayhook
    # Traits in IPython, as above.
    execution_count = 1
    last_execution_succeeded = True
    last_execution_result: Any = None
    kernel = None
    # How many of IPython's own there are that look at a cell's text.
    _transformers: int | None = None

    def init_profile_dir(self, profile_dir: ProfileDir | None) -> None:
        # One that is nowhere: what asks for a place gets the folder that the submission may write to.
        self.profile_dir = profile_dir or ProfileDir()

    def init_virtualenv(self) -> None:
        """The packages are where the grader says."""

    def init_history(self) -> None:
        self.history_manager = History(shell=self, parent=self, enabled=False)

    def init_display_formatter(self) -> None:
        super().init_display_formatter()
        # Nobody looks at what is shown: nothing is drawn for it.
        self.display_formatter.active_types = ["text/plain"]

    def init_magics(self) -> None:
        super().init_magics()
        for name in ("script", *default_script_magics()):
            self.register_magic_function(self.run_no_script, "cell", name)
        for name in FRONT_END:
            self.register_magic_function(lambda line: None, "line", name)

    def safe_execfile_ipy(
        self, fname: Any, shell_futures: bool = False, raise_exceptions: bool = False
    ) -> None:
        """`%run helpers.ipynb`: without nbformat, which IPython reads it with and which is not here."""
        path = Path(fname).expanduser()
        if path.suffix != ".ipynb":
            super().safe_execfile_ipy(path, shell_futures, raise_exceptions)
            return
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                result = self.run_cell("".join(cell["source"]), silent=True, shell_futures=shell_futures)
                if raise_exceptions:
                    result.raise_error()
                elif not result.success:
                    break

    def showtraceback(self, *_arguments: Any, **_named: Any) -> None:
        """What went wrong is in the cell's result; code may still ask `sys` for it."""
        error = sys.exc_info()[1]
        if error is not None:
            sys.last_type, sys.last_value, sys.last_traceback = type(error), error, error.__traceback__

    showsyntaxerror = showtraceback

    def _format_exception_for_storage(self, exception: BaseException, *_: Any, **__: Any) -> dict[str, Any]:
        return {"ename": type(exception).__name__, "evalue": "", "traceback": []}

    def enable_matplotlib(self, gui: str | None = None) -> Any:
        """Pictures that can be moved with the mouse are drawn like any other."""
        return super().enable_matplotlib(
            "inline" if gui in ("notebook", "nbagg", "ipympl", "widget") else gui
        )

    def enable_gui(self, gui: str | None = None) -> None:
        """There is none."""

    def ask_exit(self) -> None:
        """`exit` and `quit` end a kernel after their cell; here the notebook goes on."""

    def set_next_input(self, s: str, replace: bool = False) -> None:
        """There is no next cell to put it into."""

    def parsed(self, source: str) -> ast.Module | None:
        """A cell as Python, if IPython would run it as it stands.

        What is Python means the same to both, but for prompts that were copied along, and for a single line
        whose first word is a magic if it is no name: `pwd`.
        """
        if ">>>" in source or "In [" in source or self._has_transformers():
            return None
        line = source.strip()
        if "\n" not in line:
            word = FIRST_WORD.match(line)
            if word and (word[0] not in self.user_ns or word[0] in ("exit", "quit")):
                return None
        try:
            tree = self.compile.ast_parse(source)
        except (SyntaxError, ValueError, MemoryError, RecursionError):
            return None
        return tree if tree.body else None

    def _has_transformers(self) -> bool:
        """Whether a submission changes how its cells are read."""
        manager = self.input_transformer_manager
        own = len(manager.cleanup_transforms) + len(manager.line_transforms) + len(manager.token_transformers)
        if self._transformers is None:
            self._transformers = own
        return own != self._transformers or bool(self.input_transformers_post or self.ast_transformers)

    def run_plain(self, source: str, tree: ast.Module) -> BaseException | None:
        """Run a cell of nothing but Python, as `run_cell` does with less around it. Returns what it
        raised."""
        number = self.execution_count
        self.execution_count = number + 1
        info = ExecutionInfo(source, True, False, True, None, None, transformed_cell=source)
        result = ExecutionResult(info)
        self.events.trigger("pre_execute")
        self.events.trigger("pre_run_cell", info)
        self.history_manager.store_inputs(number, source)
        name = self.compile.cache(source, number)
        names = self.user_ns
        try:
            for code in self.compile.parts(tree, name):
                exec(code, names, names)
        except BaseException as error:
            self.showtraceback()
            result.error_in_exec = error
        self.last_execution_succeeded, self.last_execution_result = result.error_in_exec is None, result
        self.events.trigger("post_execute")
        self.events.trigger("post_run_cell", result)
        return result.error_in_exec

    # Other programs are not started. What they would have printed is empty, but for a few small ones that
    # notebooks ask for.

    def system(self, cmd: str) -> None:
        print("\n".join(output_of(self.var_expand(cmd, depth=1))))
        self.user_ns["_exit_code"] = 0

    system_piped = system_raw = system

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> SList | LSString:
        lines = output_of(self.var_expand(cmd, depth=depth + 1))
        return SList(lines) if split else LSString("\n".join(lines))

    def run_no_script(self, line: str, cell: str) -> None:
        """Pass over a cell that is for another program."""
        for name in re.findall(r"--(?:out|err)[= ](\w+)", line):
            self.user_ns[name] = ""


def output_of(command: str) -> list[str]:
    """The lines that a shell command prints, if it is one that looks at the notebook's own folder or sets
    it up. No other is run."""
    try:
        name, *words = shlex.split(command) or [""]
        arguments = [word for word in words if not word.startswith("-")]
        return COMMANDS[name](arguments) if name in COMMANDS else []
    except (ValueError, OSError):
        return []


def _list_folder(patterns: list[str]) -> list[str]:
    found = [path for pattern in patterns or ["*"] for path in sorted(glob.glob(pattern))]
    folder = found[0] if patterns and len(found) == 1 and os.path.isdir(found[0]) else ""
    return sorted(glob.glob("*", root_dir=folder)) if folder else found


def _show_files(names: list[str]) -> list[str]:
    return [line for name in names for line in Path(name).read_text("utf-8", "replace").splitlines()]


def _make_folders(names: list[str]) -> list[str]:
    for name in names:
        os.makedirs(name, exist_ok=True)
    return []


def _make_files(names: list[str]) -> list[str]:
    for name in names:
        Path(name).touch()
    return []


COMMANDS: dict[str, Callable[[list[str]], list[str]]] = {
    "pwd": lambda _: [os.getcwd()],
    "echo": lambda words: [" ".join(words)],
    "whoami": lambda _: [getpass.getuser()],
    "ls": _list_folder,
    "cat": _show_files,
    "mkdir": _make_folders,
    "touch": _make_files,
}


def make_shell() -> ZMQInteractiveShell:
    """The shell, with Matplotlib set up as in a notebook: figures end with their cell."""
    # What Python puts beside the built-in names as it starts, and this process started without.
    site.sethelper()
    site.setcopyright()
    # What looks whether it is in a notebook asks for this.
    config = Config({"IPKernelApp": {"parent_appname": ""}})
    shell: ZMQInteractiveShell = ZMQInteractiveShell.instance(config=config)
    return shell


def warm_up(shell: ZMQInteractiveShell) -> None:
    """Run what every notebook runs first, so that what is made on first use is made once, and forget it."""
    before = dict(shell.user_ns)
    # For good: code never runs outside of a cell or of a call that one makes.
    shell.builtin_trap.__enter__()
    shell.display_trap.__enter__()
    for source in WARMING:
        tree = shell.parsed(source)
        if tree is None:
            shell.run_cell(source, store_history=True)
        else:
            shell.run_plain(source, tree)
    shell.reset(new_session=True)
    for name in ("__doc__", "__package__", "__loader__", "__spec__"):
        shell.user_ns[name] = before[name]
    for name in ("_", "__", "___"):
        shell.user_ns[name] = getattr(shell.displayhook, name)
    history = shell.history_manager
    history._i = history._ii = history._iii = history._i00 = ""
    sys.last_type = sys.last_value = sys.last_traceback = None
    linecache.clearcache()


def failed(source: str, error: BaseException) -> ExecutionResult:
    """The result of a cell that the shell itself broke on."""
    result = ExecutionResult(ExecutionInfo(source, True, False, True, None, None, transformed_cell=source))
    result.error_in_exec = error
    return result
