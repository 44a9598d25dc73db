"""The zip to hand in: the notebook that is running, saved, under one name, with a word on what is in it.

This file stands beside the notebook. The notebook may have been renamed or copied: the one that holds what
this kernel ran is the one that is handed in. A file that is older than what was run, or that holds no answer,
is not.
"""

from __future__ import annotations

import json
import os
import sys
import zipfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING or __package__:
    from autograder.kit import feedback
    from autograder.kit.newer_python import OLDEST, newer_syntax
else:
    import feedback
    from newer_python import OLDEST, newer_syntax

# What was handed out beside the notebook, and is there when it is graded.
HANDED_OUT = (
    "checking.py",
    "drawings.py",
    "feedback.py",
    "handing_in.py",
    "newer_python.py",
    "pictures.py",
    "sealing.py",
)
# How long JupyterLab may take to save; it takes a fraction of a second.
SAVE_SECONDS = 4.0


class NotReady(Exception):
    """Why no zip was made, and what to do."""


class HandedIn:
    """What was made, shown in the notebook with a link, and as text elsewhere."""

    def __init__(self, path: Path, held: list[str], notes: str, progress: feedback.Progress) -> None:
        self.path, self.held, self.notes, self.progress = path, held, notes, progress

    def __repr__(self) -> str:
        held = ", ".join(self.held)
        return f"{self.path.name} is ready to hand in. It holds {held}. {self.notes}\n{self.progress!r}"

    def _repr_html_(self) -> str:
        link = f"<a href='{escape(self.path.name)}' download>{escape(self.path.name)}</a>"
        held = ", ".join(f"<code>{escape(name)}</code>" for name in self.held)
        return (
            f"<p><strong>{link}</strong> is ready to hand in. It holds {held}, as it is now."
            f" {escape(self.notes)}</p>"
            f"{self.progress._repr_html_()}"
        )


class Refused:
    """Why nothing was made, shown as one sentence."""

    def __init__(self, reason: str) -> None:
        self.reason = reason

    def __repr__(self) -> str:
        return f"No zip was made: {self.reason}"

    def _repr_html_(self) -> str:
        return f"<p><strong>No zip was made:</strong> {escape(self.reason)}</p>"


def hand_in(grader: Any) -> HandedIn | Refused:
    """Save the running notebook, and put it and the modules beside it that it imported into a zip,
    `CHAPTER_submission.zip`, in place of an earlier one."""
    ran = cells_that_ran()
    try:
        notebook = find_notebook(Path.cwd(), ran)
        if not holds(notebook, ran):
            _save(notebook)
        if not holds(notebook, ran):
            raise NotReady(
                f"{notebook.name} on disk is older than what you ran here. Save it (Ctrl+S, or Cmd+S on a"
                " Mac), then run this cell again."
            )
        progress = feedback.where_am_i(grader, sys._getframe(1).f_globals)
        if not any(standing.attempted for standing in progress.found):
            raise NotReady(
                "no question is answered in this notebook. Are you in the copy that you worked in?"
            )
        notebook = notebook.parent.resolve() / notebook.name
        held = [notebook, *imported_from(notebook.parent)]
        names = [path.relative_to(notebook.parent).as_posix() for path in held]
        notes = " ".join(filter(None, (fresh_run(notebook, ran), too_new(sources_of(notebook)))))
        return HandedIn(_zip(held), names, notes, progress)
    except NotReady as reason:
        return Refused(str(reason))


def cells_that_ran() -> list[str]:
    """The sources of the cells that this kernel has run, oldest first."""
    try:
        from IPython.core.getipython import get_ipython
    except ImportError:
        return []
    shell = get_ipython()
    history = shell.user_ns.get("In", []) if shell is not None else []
    return [str(source).strip() for source in history if str(source).strip()]


def find_notebook(folder: Path, ran: list[str]) -> Path:
    """The notebook that is running: the one the server names, else the one in the folder that holds most of
    what ran."""
    named = Path(os.environ.get("JPY_SESSION_NAME", ""))
    if named.suffix == ".ipynb" and (folder / named.name).is_file():
        return folder / named.name
    candidates = sorted(folder.glob("*.ipynb"), key=lambda path: path.stat().st_mtime, reverse=True)
    if not candidates:
        raise NotReady(
            f"there is no notebook in {folder}. Keep the chapter's folder together, and open the notebook"
            " in it."
        )
    wanted = set(ran)
    return max(candidates, key=lambda path: len(wanted & set(sources_of(path))))


def sources_of(path: Path) -> list[str]:
    """The sources of a notebook's code cells; none if it cannot be read."""
    return [_source(cell) for cell in _code_cells(path)]


def _code_cells(path: Path) -> list[dict[str, Any]]:
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        return [cell for cell in notebook["cells"] if cell.get("cell_type") == "code"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def _source(cell: dict[str, Any]) -> str:
    return "".join(cell.get("source", "")).strip()


def holds(path: Path, ran: list[str]) -> bool:
    """Whether the file holds each answer as it was run last: then nothing that counts is unsaved."""
    saved = sources_of(path)
    return all(answer in saved for answer in last_answers(ran).values())


def fresh_run(path: Path, ran: list[str]) -> str:
    """What is known of a run from top to bottom: which cells ended in an error, or whether this kernel ran
    each cell once, in order."""
    cells = [cell for cell in _code_cells(path) if _source(cell)]
    for cell in cells:
        source, count = _source(cell), cell.get("execution_count") or 0
        # What was saved may be older than what was run: an error counts if it is that of the cell's last run.
        last = ran[count - 1 : count] == [source] and source not in ran[count:]
        if last and any(output.get("output_type") == "error" for output in cell.get("outputs", ())):
            first = source.split("\n")[0]
            return f"A cell ended in an error: the one that begins {first!r}."
    if ran == [_source(cell) for cell in cells][: len(ran)]:
        return "It ran from top to bottom without an error."
    return (
        "Its cells ran in another order than they stand in: Restart Kernel and Run All Cells shows whether"
        " one needs what is no longer there."
    )


def too_new(sources: list[str]) -> str:
    """A warning of the first cell that an older Python than this one cannot read; else nothing."""
    for source in sources:
        if newer := newer_syntax(source):
            first = next(line for line in source.splitlines() if line.strip())
            return (
                f"The cell that begins {first[:60]!r} holds {newer}. The grader may run Python"
                f" {OLDEST[0]}.{OLDEST[1]}, and would then read nothing of that cell: write it without."
            )
    return ""


def last_answers(ran: list[str]) -> dict[str, str]:
    """By question, the cell that ran last of those that answer it."""
    answers = {}
    for source in ran:
        for name in feedback.questions():
            if (
                source.startswith((f"def {name}(", f"{name} ="))
                or f"\ndef {name}(" in source
                or f"\n{name} =" in source
            ):
                answers[name] = source
    return answers


def _save(notebook: Path) -> None:
    """Ask the front end to save. Otter knows how JupyterLab and the classic notebook are asked."""
    try:
        from otter.check.utils import save_notebook
    except ImportError:
        return
    save_notebook(str(notebook), timeout=SAVE_SECONDS)


def imported_from(folder: Path) -> list[Path]:
    """The student's own modules: what this kernel imported from the folder, or from folders in it."""
    folder = folder.resolve()
    found = set()
    for module in list(sys.modules.values()):
        try:
            path = Path(module.__file__ or "").resolve()
            parts = path.relative_to(folder).parts
        except (AttributeError, TypeError, ValueError, OSError):
            continue
        # A virtual environment in the folder is no work of the student's.
        installed = "site-packages" in parts or any(part.startswith(".") for part in parts)
        if path.suffix == ".py" and path.is_file() and not installed and parts[-1] not in HANDED_OUT:
            found.add(path)
    return sorted(found)


def _zip(held: list[Path]) -> Path:
    notebook = held[0]
    path = notebook.with_name(f"{feedback.chapter().get('chapter', notebook.stem)}_submission.zip")
    scratch = path.with_suffix(".zip.new")
    with zipfile.ZipFile(scratch, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for one in held:
            archive.write(one, one.relative_to(notebook.parent).as_posix())
    scratch.replace(path)
    return path
