"""What was handed in: a notebook, a script, or a zip, read without trusting it."""

from __future__ import annotations

import ast
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

MAX_BYTES = 40 * 2**20
MAX_MEMBERS = 2_000
MAX_CELLS = 2_000
NOTEBOOK, SCRIPT, ARCHIVE = ".ipynb", ".py", ".zip"
# Written by Gradescope and by operating systems, never by students.
NOT_SUBMISSIONS = {"submission_metadata.yml", "submission_metadata.json", "Thumbs.db", "desktop.ini"}


class Unreadable(Exception):
    """A submission that cannot be read: what is wrong with it, in words for its author."""


@dataclass(frozen=True)
class Cell:
    """A code cell: its id in the notebook, and its source."""

    cell_id: str
    source: str

    def binds(self, name: str) -> bool:
        """Whether the cell gives the name a value at its top level."""
        if name not in self.source:
            return False
        try:
            tree = ast.parse(self.source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return re.search(rf"^(?:def\s+{name}\b|{name}\s*=)", self.source, re.MULTILINE) is not None
        return any(name in _bound_names(node) for node in tree.body)


def _bound_names(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield node.name
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        for alias in node.names:
            yield alias.asname or alias.name
    else:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
                yield inner.id


@dataclass(frozen=True)
class Submission:
    """A submission as far as it could be read: its cells, or why there are none."""

    path: Path
    stem: str
    cells: list[Cell] = field(default_factory=list)
    assignment: str | None = None
    problem: str | None = None


def find(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """Every submission below the paths, with a stem that no other has. A folder's own folders are one submission each."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(item for item in path.iterdir() if not item.name.startswith((".", "__")) and item.name not in NOT_SUBMISSIONS)
        else:
            found.append(path)
    taken: set[str] = set()
    named = []
    for path in found:
        stem = path.name if path.is_dir() else path.stem
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        named.append((path, name))
    return named


def read(path: Path, stem: str, known: Sequence[str]) -> Submission:
    """Read a submission to one of the known assignments. What is wrong with it is its `problem`, not an error of this function's."""
    named = assignment_in(path.name, known)
    try:
        name, data = _main_file(path, known)
        named = assignment_in(Path(name).name, known) or named
        if name.lower().endswith(NOTEBOOK):
            cells, metadata = _notebook(data)
            return Submission(path, stem, cells, _declared(metadata) or named)
        return Submission(path, stem, _script(data), named)
    except Unreadable as error:
        return Submission(path, stem, [], named, str(error))
    except OSError as error:
        return Submission(path, stem, [], named, f"the file cannot be read: {error.strerror or error}")


def assignment_in(name: str, known: Sequence[str]) -> str | None:
    """The assignment a file's name begins with, the longest where several fit."""
    return max((assignment for assignment in known if name.startswith(assignment)), key=len, default=None)


def _declared(metadata: Any) -> str | None:
    otter = metadata.get("otter") if isinstance(metadata, dict) else None
    name = otter.get("assignment_name") if isinstance(otter, dict) else None
    return name[:100] if isinstance(name, str) else None


def _main_file(path: Path, known: Sequence[str]) -> tuple[str, bytes]:
    """The one notebook or script of a submission: its name and content."""
    if path.is_dir():
        members = [p for p in sorted(path.rglob("*"))[:MAX_MEMBERS] if p.is_file() and not p.is_symlink()]
        chosen = _choose([p.relative_to(path).as_posix() for p in members], known)
        return (chosen, _bounded(path / chosen)) if not chosen.lower().endswith(ARCHIVE) else _in_archive(path / chosen, known)
    if path.suffix.lower() == ARCHIVE:
        return _in_archive(path, known)
    if path.suffix.lower() in (NOTEBOOK, SCRIPT):
        return path.name, _bounded(path)
    raise Unreadable(f"{path.name} is no notebook (.ipynb), no script (.py) and no zip of one. Hand in the notebook, or the zip its last cell makes.")


def _bounded(path: Path) -> bytes:
    if not path.is_file():
        raise Unreadable(f"{path.name} is no file")
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise Unreadable(
            f"{path.name} has {size / 2**20:.0f} MB; at most {MAX_BYTES // 2**20} can be graded. Clear the notebook's outputs and hand it in again."
        )
    return path.read_bytes()


def _in_archive(path: Path, known: Sequence[str]) -> tuple[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [item for item in archive.infolist()[:MAX_MEMBERS] if not item.is_dir()]
            chosen = _choose([item.filename for item in members], known)
            if chosen.lower().endswith(ARCHIVE):
                raise Unreadable(f"{path.name} holds a zip and no notebook")
            item = next(item for item in members if item.filename == chosen)
            if item.file_size > MAX_BYTES:
                raise Unreadable(f"{chosen} has {item.file_size / 2**20:.0f} MB; at most {MAX_BYTES // 2**20} can be graded")
            with archive.open(item) as member:
                # The size in the zip's index is its author's word; what is read is bounded all the same.
                data = member.read(MAX_BYTES + 1)
            if len(data) > MAX_BYTES:
                raise Unreadable(f"{chosen} has more than {MAX_BYTES // 2**20} MB")
            return PurePosixPath(chosen).name, data
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, zipfile.LargeZipFile) as error:
        raise Unreadable(f"{path.name} is no zip that can be opened: {error}") from error


def _choose(names: list[str], known: Sequence[str]) -> str:
    """The member to grade: a notebook before a script, one that is named after an assignment before others."""
    usable = [n for n in names if not any(part.startswith((".", "__")) for part in PurePosixPath(n).parts) and PurePosixPath(n).name not in NOT_SUBMISSIONS]
    for suffix in (NOTEBOOK, SCRIPT, ARCHIVE):
        candidates = [n for n in usable if n.lower().endswith(suffix)]
        if suffix == SCRIPT:
            candidates = [n for n in candidates if PurePosixPath(n).name not in ("checking.py", "pictures.py") and "tests" not in PurePosixPath(n).parts]
        named = [n for n in candidates if assignment_in(PurePosixPath(n).name, known)]
        if len(named) == 1 or len(candidates) == 1:
            return (named if len(named) == 1 else candidates)[0]
        if candidates:
            raise Unreadable(f"it holds {len(candidates)} files that could be the answer ({', '.join(sorted(candidates)[:4])}). Hand in one.")
    raise Unreadable("it holds no notebook (.ipynb) and no script (.py)")


def _notebook(data: bytes) -> tuple[list[Cell], Any]:
    try:
        notebook = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        start = data[:30].decode("utf-8", "replace").strip()
        raise Unreadable(f"the file is no notebook: it is not JSON (it begins with {start!r})") from error
    if not isinstance(notebook, dict):
        raise Unreadable("the file is no notebook: it is JSON, and not an object with cells")
    cells = notebook.get("cells")
    if cells is None and isinstance(notebook.get("worksheets"), list):
        cells = [cell for sheet in notebook["worksheets"] if isinstance(sheet, dict) for cell in sheet.get("cells", [])]
    if not isinstance(cells, list):
        raise Unreadable("the file is no notebook: it has no list of cells")
    if len(cells) > MAX_CELLS:
        raise Unreadable(f"the notebook has {len(cells)} cells; at most {MAX_CELLS} can be graded")
    read = []
    for number, cell in enumerate(cells):
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            source = cell.get("source", cell.get("input", ""))
            if isinstance(source, list) and all(isinstance(line, str) for line in source):
                source = "".join(source)
            if isinstance(source, str) and source.strip():
                cell_id = cell.get("id")
                read.append(Cell(cell_id if isinstance(cell_id, str) else f"cell {number}", source))
    return read, notebook.get("metadata", {})


def _script(data: bytes) -> list[Cell]:
    """A script's cells: at its `# %%` lines where it has any, else one a statement."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"the file is no script: it is not UTF-8 text ({error.reason} at byte {error.start})") from error
    if "\0" in text:
        raise Unreadable("the file is no script: it holds null bytes")
    if re.search(r"^# ?%%", text, re.MULTILINE):
        parts = re.split(r"^# ?%%.*$", text, flags=re.MULTILINE)
    else:
        try:
            body = ast.parse(text).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return [Cell("script", text)] if text.strip() else []
        lines = text.splitlines(keepends=True)
        starts = [min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))]) - 1 for node in body]
        ends = [*starts[1:], len(lines)]
        parts = ["".join(lines[start:end]) for start, end in zip(starts, ends, strict=True)] if len(set(starts)) == len(starts) else [text]
    if len(parts) > MAX_CELLS:
        parts = [text]
    return [Cell(f"part {i}", part) for i, part in enumerate(parts) if part.strip()]
