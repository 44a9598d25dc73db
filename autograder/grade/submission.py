"""What was handed in: a notebook, a script, or a zip, read without trusting it."""

from __future__ import annotations

import ast
import builtins
import io
import json
import lzma
import os
import re
import stat
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

MAX_BYTES = 25 * 2**20
MAX_ARCHIVE_BYTES = 100 * 2**20
# All the code of a submission, as it is sent; ours have some 20 kB.
MAX_SOURCE = 3 * 2**20
# What is parsed to see which names a cell binds; beyond it, its lines are looked at.
MAX_PARSED = 100_000
MAX_MEMBERS = 2_000
MAX_CELLS = 2_000
MAX_STEM_BYTES = 200
NOTEBOOK, SCRIPT, ARCHIVE = ".ipynb", ".py", ".zip"
# Written by Gradescope and by operating systems, or handed out with the notebook: never an answer.
NOT_SUBMISSIONS = {
    "submission_metadata.yml",
    "submission_metadata.json",
    "Thumbs.db",
    "desktop.ini",
    "checking.py",
    "pictures.py",
    "requirements.txt",
    "tests",
}


class Unreadable(Exception):
    """A submission that cannot be read: what is wrong with it, in words for its author."""


@dataclass(frozen=True)
class Cell:
    """A code cell: its id in the notebook, and its source."""

    cell_id: str
    source: str


@dataclass(frozen=True)
class Submission:
    """A submission as far as it could be read: its cells, or why there are none.

    texts: what stands in cells that are no code. remark: something odd that did not keep it from being
    graded.
    """

    path: Path
    stem: str
    cells: list[Cell] = field(default_factory=list)
    assignment: str | None = None
    problem: str | None = None
    texts: list[str] = field(default_factory=list)
    remark: str = ""


# Which cell answers a question ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Names:
    """The names a cell binds at its top level, those it mentions, and whether it does no more than bind new
    ones to functions and literals."""

    bound: frozenset[str]
    mentioned: frozenset[str]
    plain: bool


@lru_cache(maxsize=4096)
def names_in(source: str) -> Names:
    """Kept by source: most cells of a class's submissions are the ones that were handed out."""
    try:
        if len(source) > MAX_PARSED:
            raise ValueError
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        found = re.findall(r"^(?:(?:async[ ]+)?def|class)[ ]+(\w+)|^(\w+)[ ]*=(?!=)", source, re.MULTILINE)
        return Names(frozenset(name for pair in found for name in pair if name), frozenset(), plain=False)
    mentioned = frozenset(
        node.id for statement in body for node in ast.walk(statement) if isinstance(node, ast.Name)
    )
    return Names(
        frozenset(name for statement in body for name in _bound_names(statement)),
        mentioned,
        all(map(_is_plain, body)),
    )


def _bound_names(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield node.name
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        for alias in node.names:
            yield (alias.asname or alias.name).partition(".")[0]
    else:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
                yield inner.id
            elif isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                yield inner.name


def _is_plain(statement: ast.stmt) -> bool:
    """Whether a statement cannot change what is there already: a function, an import, a name for a literal,
    or a question to Otter."""
    if isinstance(statement, ast.FunctionDef):
        decorated = all(isinstance(by, ast.Name) and by.id == "picture" for by in statement.decorator_list)
        return decorated and all(
            map(_is_literal, [*statement.args.defaults, *filter(None, statement.args.kw_defaults)])
        )
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return not any(alias.name == "*" for alias in statement.names)
    if isinstance(statement, ast.Assign):
        return all(isinstance(target, ast.Name) for target in statement.targets) and _is_literal(
            statement.value
        )
    if isinstance(statement, ast.Expr):
        value = statement.value
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
            return isinstance(value.func.value, ast.Name) and value.func.value.id == "grader"
        return isinstance(value, ast.Constant)
    return False


def _is_literal(node: ast.expr) -> bool:
    allowed = (
        ast.Constant,
        ast.List,
        ast.Tuple,
        ast.Dict,
        ast.Set,
        ast.UnaryOp,
        ast.BinOp,
        ast.operator,
        ast.unaryop,
        ast.expr_context,
    )
    return all(isinstance(inner, allowed) for inner in ast.walk(node))


def answering_cell(cells: Sequence[Cell], name: str, released: str) -> int | None:
    """The number of the cell that answers a question: the one it was released with where that still binds its
    name, else the last that does."""
    binding = [
        number
        for number, cell in enumerate(cells)
        if name in cell.source and name in names_in(cell.source).bound
    ]
    as_released = [number for number, cell in enumerate(cells) if cell.cell_id == released]
    chosen = [number for number in as_released if number in binding] or binding or as_released
    return chosen[-1] if chosen else None


def only_adds(cells: Sequence[Cell], answer: int) -> bool:
    """Whether the cells after an answer only add names that nothing up to it knows: then it is at the end
    what it was right after its cell."""
    known = set(vars(builtins))
    for cell in cells[: answer + 1]:
        names = names_in(cell.source)
        known |= names.bound | names.mentioned
        if not names.mentioned and not names.plain:
            # A cell that could not be parsed may mention anything.
            return False
    later = [names_in(cell.source) for cell in cells[answer + 1 :]]
    return all(names.plain and not names.bound & known for names in later)


# What is handed in ------------------------------------------------------------------------------------------


def find(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """Every submission below the paths, with a stem that no other has. A folder's own folders are one
    submission each."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(
                item
                for item in path.iterdir()
                if not item.name.startswith((".", "__")) and item.name not in NOT_SUBMISSIONS
            )
        else:
            found.append(path)
    taken: set[str] = set()
    named = []
    for path in found:
        stem = _cut(path.name if path.is_dir() else path.stem)
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        named.append((path, name))
    return named


def _cut(stem: str) -> str:
    """A stem short enough for the name of a result's file."""
    return os.fsdecode(os.fsencode(stem)[:MAX_STEM_BYTES])


def read(path: Path, stem: str, known: Sequence[str]) -> Submission:
    """Read a submission to one of the known assignments. What is wrong with it is its `problem`, not an error
    of this function's."""
    named = assignment_in(path.name, known)
    try:
        name, data = _main_file(path, known)
        named = assignment_in(Path(name).name, known) or named
        if not name.lower().endswith(NOTEBOOK):
            return _bounded_code(Submission(path, stem, _script(data), named))
        cells, texts, metadata = _notebook(data)
        declared = _declared(metadata)
        if declared in known or (declared and re.fullmatch(r"ch\d\d_\w+", declared)):
            named = declared
        return _bounded_code(Submission(path, stem, cells, named, texts=texts, remark=_foreign(metadata)))
    except Unreadable as error:
        return Submission(path, stem, [], named, str(error))
    except OSError as error:
        return Submission(path, stem, [], named, f"the file cannot be read: {error.strerror or error}")


def _bounded_code(submission: Submission) -> Submission:
    size = sum(
        len(json.dumps(cell.source, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        for cell in submission.cells
    )
    if size > MAX_SOURCE:
        raise Unreadable(
            f"it holds {size / 2**20:.1f} MB of code; at most {MAX_SOURCE / 2**20:g} can be graded"
        )
    return submission


def assignment_in(name: str, known: Sequence[str]) -> str | None:
    """The assignment a file's name begins with, the longest where several fit."""
    return max((assignment for assignment in known if name.startswith(assignment)), key=len, default=None)


def _declared(metadata: Any) -> str | None:
    otter = metadata.get("otter") if isinstance(metadata, dict) else None
    name = otter.get("assignment_name") if isinstance(otter, dict) else None
    return name[:100] if isinstance(name, str) else None


def _foreign(metadata: Any) -> str:
    """What to say of a notebook that calls itself something other than Python."""
    parts = (
        [metadata.get(key) for key in ("kernelspec", "language_info")] if isinstance(metadata, dict) else []
    )
    languages = [
        part.get(key)
        for part, key in zip(parts, ("language", "name"), strict=False)
        if isinstance(part, dict)
    ]
    other = next(
        (
            language
            for language in languages
            if isinstance(language, str) and language and language.lower() not in ("python", "ipython")
        ),
        None,
    )
    return f"The notebook says that it is written in {other[:40]}; it was graded as Python." if other else ""


def _main_file(path: Path, known: Sequence[str]) -> tuple[str, bytes]:
    """The one notebook or script of a submission: its name and content."""
    if path.is_symlink():
        raise Unreadable(f"{path.name} is a symbolic link; hand in the file itself")
    if path.is_dir():
        members = [p for p in sorted(path.rglob("*"))[:MAX_MEMBERS] if p.is_file() and not p.is_symlink()]
        chosen = _choose([p.relative_to(path).as_posix() for p in members], known)
        return (
            (chosen, _bounded(path / chosen))
            if not chosen.lower().endswith(ARCHIVE)
            else _in_archive(path / chosen, known)
        )
    if path.suffix.lower() == ARCHIVE:
        return _in_archive(path, known)
    if path.suffix.lower() in (NOTEBOOK, SCRIPT):
        return path.name, _bounded(path)
    raise Unreadable(
        f"{path.name} is no notebook (.ipynb), no script (.py) and no zip of one. Hand in the notebook, or"
        " the zip its last cell makes"
    )


def _bounded(path: Path, most: int = MAX_BYTES) -> bytes:
    if not path.is_file():
        raise Unreadable(f"{path.name} is no file")
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise Unreadable(
            f"{path.name} has more than {most // 2**20} MB. Clear the notebook's outputs and hand it in again"
        )
    return data


def _in_archive(path: Path, known: Sequence[str]) -> tuple[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(_bounded(path, MAX_ARCHIVE_BYTES))) as archive:
            members = [
                item
                for item in archive.infolist()[:MAX_MEMBERS]
                if not item.is_dir() and not stat.S_ISLNK(item.external_attr >> 16)
            ]
            chosen = _choose([item.filename for item in members], known)
            if chosen.lower().endswith(ARCHIVE):
                raise Unreadable(f"{path.name} holds a zip and no notebook")
            item = next(item for item in members if item.filename == chosen)
            with archive.open(item) as member:
                # The size in the zip's index is its author's word; what is read is bounded all the same.
                data = member.read(MAX_BYTES + 1)
            if len(data) > MAX_BYTES:
                raise Unreadable(
                    f"{chosen} has more than {MAX_BYTES // 2**20} MB. Clear the notebook's outputs and hand"
                    " it in again"
                )
            return PurePosixPath(chosen).name, data
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
        zlib.error,
        lzma.LZMAError,
        OSError,
    ) as error:
        raise Unreadable(f"{path.name} is no zip that can be opened: {error}") from error


def _choose(names: list[str], known: Sequence[str]) -> str:
    """The member to grade: a notebook before a script, one that is named after an assignment before
    others."""
    usable = [
        n
        for n in names
        if not any(part.startswith((".", "__")) for part in PurePosixPath(n).parts)
        and PurePosixPath(n).name not in NOT_SUBMISSIONS
    ]
    for suffix in (NOTEBOOK, SCRIPT, ARCHIVE):
        candidates = [n for n in usable if n.lower().endswith(suffix)]
        if suffix == SCRIPT:
            candidates = [
                n
                for n in candidates
                if PurePosixPath(n).name not in ("checking.py", "pictures.py")
                and "tests" not in PurePosixPath(n).parts
            ]
        named = [n for n in candidates if assignment_in(PurePosixPath(n).name, known)]
        if len(named) == 1 or len(candidates) == 1:
            return (named if len(named) == 1 else candidates)[0]
        if candidates:
            raise Unreadable(
                f"it holds {len(candidates)} files that could be the answer"
                f" ({', '.join(sorted(candidates)[:4])}). Hand in one."
            )
    raise Unreadable("it holds no notebook (.ipynb) and no script (.py)")


def _notebook(data: bytes) -> tuple[list[Cell], list[str], Any]:
    """A notebook's code cells, the texts of its other cells, and its metadata."""
    try:
        # Bytes, so that a byte-order mark or UTF-16, as some editors write, is seen for what it is.
        notebook = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"the file is no notebook: {_not_json(data, error)}") from error
    if not isinstance(notebook, dict):
        raise Unreadable("the file is no notebook: it is JSON, and not an object with cells")
    cells = notebook.get("cells")
    if cells is None and isinstance(notebook.get("worksheets"), list):
        sheets = [sheet.get("cells") for sheet in notebook["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
    if not isinstance(cells, list):
        raise Unreadable("the file is no notebook: it has no list of cells")
    if len(cells) > MAX_CELLS:
        raise Unreadable(f"the notebook has {len(cells)} cells; at most {MAX_CELLS} can be graded")
    code, texts = [], []
    for number, cell in enumerate(cells):
        source = cell.get("source", cell.get("input", "")) if isinstance(cell, dict) else ""
        if isinstance(source, list) and all(isinstance(line, str) for line in source):
            source = "".join(source)
        if not isinstance(source, str) or not source.strip():
            continue
        if cell.get("cell_type") == "code":
            cell_id = cell.get("id")
            code.append(Cell(cell_id[:100] if isinstance(cell_id, str) else f"cell {number}", source))
        else:
            texts.append(source)
    return code, texts, notebook.get("metadata", {})


def _not_json(data: bytes, error: Exception) -> str:
    """Why a file is no JSON, in words its author can use."""
    marks = re.search(rb"^(<{7}|={7}|>{7})( |\r?$)", data, re.MULTILINE)
    if marks:
        line = data.count(b"\n", 0, marks.start()) + 1
        return f"it holds the marks of a merge that was not finished ({marks[1].decode()} in line {line})"
    start = data[:30].decode("utf-8", "replace").strip()
    if isinstance(error, json.JSONDecodeError):
        at_the_end = error.pos >= len(error.doc.rstrip()) - 1 or error.msg.startswith("Unterminated string")
        if start.startswith("{") and at_the_end:
            return f"it is cut off in line {error.lineno}"
        if start.startswith("{"):
            return f"it is not JSON from line {error.lineno} on ({error.msg})"
    return f"it is not JSON (it begins with {start!r})"


def _script(data: bytes) -> list[Cell]:
    """A script's cells: at its `# %%` lines where it has any, else one a statement."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"the file is no script: it is not UTF-8 text ({error.reason} at byte {error.start})"
        ) from error
    if "\0" in text:
        raise Unreadable("the file is no script: it holds null bytes")
    if len(text) > 10 * MAX_PARSED:
        return [Cell("script", text)]
    if re.search(r"^# ?%%", text, re.MULTILINE):
        parts = re.split(r"^# ?%%.*$", text, flags=re.MULTILINE)
    else:
        try:
            body = ast.parse(text).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return [Cell("script", text)] if text.strip() else []
        lines = text.splitlines(keepends=True)
        starts = [
            min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))]) - 1 for node in body
        ]
        ends = [*starts[1:], len(lines)]
        parts = (
            ["".join(lines[start:end]) for start, end in zip(starts, ends, strict=True)]
            if len(set(starts)) == len(starts)
            else [text]
        )
    if len(parts) > MAX_CELLS:
        parts = [text]
    return [Cell(f"part {i}", part) for i, part in enumerate(parts) if part.strip()]
