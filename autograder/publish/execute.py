"""Runs a solved notebook in a fork of this process, through IPython's own shell, and keeps its outputs.

A real kernel would import Otter afresh for each chapter, which takes longer than everything else in a build.
The fork has it already.
"""

from __future__ import annotations

import importlib
import json
import multiprocessing
import os
import re
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

SKIPPED = "handing_in.hand_in("
# What a picture says in place of itself; see `kit/pictures.py`.
NO_PICTURE = "No picture yet"


class ExecutionError(Exception):
    """A cell of a solved notebook that raised, warned, or drew no picture: which, and what it said."""

    def __init__(self, cell_id: str, message: str) -> None:
        self.cell_id, self.message = cell_id, message
        super().__init__(cell_id, message)

    def __str__(self) -> str:
        return f"cell {self.cell_id} {self.message}"


def execute_all(
    notebooks: dict[str, NotebookNode], folders: dict[str, Path], done: Callable[[str], None]
) -> dict[str, NotebookNode]:
    """Every notebook executed from top to bottom in its folder; raises `ExecutionError` if a cell does not
    run."""
    preload()
    context = multiprocessing.get_context("fork")
    executed = {}
    with ProcessPoolExecutor(
        min(len(notebooks), os.cpu_count() or 1), mp_context=context, max_tasks_per_child=None
    ) as pool:
        futures = {
            name: pool.submit(_in_a_fork, nbformat.writes(notebook), str(folders[name]))
            for name, notebook in notebooks.items()
        }
        for name, future in futures.items():
            executed[name] = nbformat.reads(future.result(), as_version=4)
            done(name)
    return executed


def preload() -> None:
    """Import once, before forking, what every notebook imports."""
    os.environ["MPLBACKEND"] = "Agg"
    for module in ("otter", "IPython.core.interactiveshell", "IPython.display"):
        importlib.import_module(module)
    import matplotlib.pyplot as plt

    # The first figure of a process finds its fonts.
    plt.figure().text(0, 0, "x")
    plt.gcf().canvas.draw()
    plt.close("all")


def _in_a_fork(notebook: str, folder: str) -> str:
    """Execute in a child of its own: a notebook must not find another's names or imports."""
    reader, writer = multiprocessing.get_context("fork").Pipe(duplex=False)
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            writer.send(
                ("done", nbformat.writes(execute(nbformat.reads(notebook, as_version=4), Path(folder))))
            )
            status = 0
        except ExecutionError as error:
            writer.send(("failed", error.args))
        except BaseException:
            writer.send(("failed", ("", traceback.format_exc())))
        finally:
            os._exit(status)
    writer.close()
    try:
        state, text = reader.recv()
    except EOFError:
        state, text = "failed", ("", "ended the process that ran the notebook")
    os.waitpid(pid, 0)
    if state == "failed":
        raise ExecutionError(*text)
    return str(text)


def execute(notebook: NotebookNode, folder: Path) -> NotebookNode:
    """Run every code cell but the export; the process's working folder, warnings and display are this
    notebook's from here on."""
    with tempfile.TemporaryDirectory() as scratch:
        # In a copy: what a run leaves beside the notebook is not for students.
        here = shutil.copytree(folder, Path(scratch) / folder.name)
        os.chdir(here)
        sys.path.insert(0, str(here))
        os.environ["IPYTHONDIR"] = scratch
        from IPython.core.interactiveshell import InteractiveShell

        shell = InteractiveShell.instance(user_ns={"__name__": "__main__"})
        shell.history_manager.enabled = False
        # Pictures are shown without it, and a shell without windows has none to turn on.
        shell.register_magic_function(lambda _line: None, "line", "matplotlib")
        shell.display_formatter.active_types = list(shell.display_formatter.formatters)
        count = 0
        for cell in notebook.cells:
            if cell.cell_type == "code" and SKIPPED not in cell.source:
                count += 1
                cell["execution_count"], cell["outputs"] = count, _outputs(shell, cell, count)
    return notebook


def _outputs(shell: Any, cell: NotebookNode, count: int) -> list[NotebookNode]:
    """Run a cell and return what a notebook would show below it."""
    from IPython.utils.capture import capture_output

    results: list[tuple[Any, Any]] = []
    shell.displayhook.write_output_prompt = lambda: None
    shell.displayhook.write_format_data = lambda data, metadata=None: results.append((data, metadata or {}))
    with capture_output() as captured:
        outcome = shell.run_cell(cell.source, store_history=False, cell_id=cell.id)
    if not outcome.success:
        error = outcome.error_before_exec or outcome.error_in_exec
        raise ExecutionError(cell.id, f"raises {type(error).__name__}: {error}")
    if captured.stderr.strip():
        raise ExecutionError(cell.id, f"warns: {captured.stderr.strip()[:500]}")
    new = nbformat.v4.new_output
    outputs = [new("stream", name="stdout", text=captured.stdout)] if captured.stdout else []
    outputs += [
        new("display_data", data=_json_copy(rich.data), metadata=_json_copy(rich.metadata or {}))
        for rich in captured.outputs
    ]
    outputs += [
        new("execute_result", data=_json_copy(data), metadata=_json_copy(metadata), execution_count=count)
        for data, metadata in results
    ]
    for output in outputs:
        if NO_PICTURE in (said := output.get("data", {}).get("text/html", "")):
            raise ExecutionError(cell.id, f"draws no picture: {re.sub('<[^>]*>', '', said)}")
    return outputs


def _json_copy(data: Any) -> Any:
    return json.loads(json.dumps(data))
