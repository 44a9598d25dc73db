"""A notebook's cells, of whichever version, tool and encoding."""

from __future__ import annotations

import base64
import contextlib
import itertools
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from autograder.grade.reading.cells import MAX_CELLS, Cell, Content
from autograder.grade.reading.forms import as_typed
from autograder.grade.reading.kinds import NOTEBOOK, SCRIPT
from autograder.grade.reading.outputs import without_outputs
from autograder.grade.reading.script import content_of_text
from autograder.grade.reading.text import MAX_TEXT_BYTES, PIECE, decoded, pieces, whole_characters
from autograder.grade.reading.unreadable import (
    HAND_IN_THE_NOTEBOOK,
    Unreadable,
    refuse_binary,
    refuse_other_texts,
    text_format,
    why_no_json,
)

MAX_FILE_BYTES = 100 * 2**20
MAX_ID = 100
# Where tools keep a cell's id besides, or in place of, the cell's own: Colab; Deepnote; Jupytext and older
# exports.
ID_KEYS = ("id", "cell_id", "cellId")
# Where a cell's source stands: since version 4; up to version 3; in version 1; in the first notebooks of
# VS Code.
SOURCE_KEYS = ("source", "input", "code", "text", "value")
# What VS Code's first notebooks call a cell of code.
VS_CODES_CODE = 2
# How deep in other JSON a notebook is looked for, and among how many values.
MAX_WRAPPED = 4
MAX_VALUES = 100
BASE64 = re.compile(r"[A-Za-z0-9+/\s]{40,}=*")
PYTHON = re.compile(r"^(import |from \w+ import |def \w+\()", re.MULTILINE)


def read_notebook(file: BinaryIO, called: str = "the file") -> Content:
    """Read a notebook. Raises `Unreadable`, with what it is and what to do, for what is none."""
    text, remark = _text(file, called)
    try:
        # A crash or a damaged disk may leave null bytes behind the whole notebook.
        before, notebook, behind = _parsed(text.strip("\ufeff\0 \t\r\n"))
    except (ValueError, RecursionError) as error:
        refuse_other_texts(text, called)
        if PYTHON.search(text) and not text.lstrip().startswith("{"):
            said = f"{called} is a script under a notebook's name, and was read as one."
            return content_of_text(text, f"{remark} {said}".strip())
        raise Unreadable(f"the file is no notebook: {why_no_json(text, error)}") from error
    if before:
        remark += f" Before the notebook's start there is more ({before[:20]!r}), which was left out."
    if behind:
        remark += f" Behind the notebook's end there is more ({behind[:20]!r}), which was left out."
    if SCRIPT.search(called):
        remark += f" {called} is a notebook under a script's name, and was read as one."
    notebook = _unwrapped(notebook)
    if isinstance(notebook, dict) and not _is_notebook(notebook):
        what = text_format(text) or "JSON, but it has no list of cells"
        raise Unreadable(f"the file is no notebook: it is {what}. {HAND_IN_THE_NOTEBOOK}")
    content = _content_of(notebook, remark.strip())
    if not (content.cells or content.texts or NOTEBOOK.search(called)):
        raise Unreadable(
            f"{called} is no notebook: it is JSON in which no cell holds anything. {HAND_IN_THE_NOTEBOOK}"
        )
    return content


def _parsed(text: str) -> tuple[str, Any, str]:
    """The JSON in a text, and what stands before and behind it: nothing, unless the JSON is a whole
    notebook."""
    try:
        # A line's end inside a string is no JSON, and what it means is plain.
        return "", json.loads(text, strict=False), ""
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and _is_notebook(whole := json.loads(text[: error.pos], strict=False)):
            return "", whole, text[error.pos :].strip()
        if BASE64.fullmatch(text) and str(inner := _from_base64(text)).startswith("{"):
            return "", inner, ""
        start = text.find("\n{") + 1
        if start and not text.startswith("{"):
            _, whole, behind = _parsed(text[start:])
            if _is_notebook(whole):
                return text[:start].strip(), whole, behind
        raise


def _is_notebook(value: Any) -> bool:
    return isinstance(value, dict) and any(
        isinstance(value.get(key), list) for key in ("cells", "worksheets")
    )


def _unwrapped(value: Any, depth: int = 0) -> Any:
    """The notebook inside other JSON, as GitHub (in base64) and Jupyter answer who asks for a file; the value
    itself if there is none."""
    if _is_notebook(value) or depth == MAX_WRAPPED:
        return value
    inner: list[Any] = []
    if isinstance(value, dict):
        inner = [_from_base64(v) if value.get("encoding") == "base64" else v for v in value.values()]
    elif isinstance(value, list):
        inner = value
    elif isinstance(value, str) and value.lstrip().startswith("{"):
        with contextlib.suppress(ValueError, RecursionError):
            inner = [json.loads(value)]
    unwrapped = (_unwrapped(item, depth + 1) for item in inner[:MAX_VALUES])
    return next((found for found in unwrapped if _is_notebook(found)), value)


def _from_base64(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return base64.b64decode(value).decode("utf-8-sig")
    except ValueError:
        return value


def _content_of(notebook: Any, remark: str) -> Content:
    """The content of a notebook's JSON, once it is read."""
    cells, texts = _cells(notebook)
    metadata = notebook.get("metadata")
    return Content(cells, texts, metadata if isinstance(metadata, dict) else {}, remark)


def _text(file: BinaryIO, called: str) -> tuple[str, str]:
    """The notebook's JSON without its outputs, as text, and what is to be said of its encoding."""
    parts = _bounded(pieces(file), called)
    first = next(parts, b"")
    refuse_binary(first[:4_096], called)
    rest = next(parts, None)
    if rest is None:
        data: bytes | None = first
    else:
        data = without_outputs(itertools.chain((first, rest), parts), MAX_TEXT_BYTES)
    if data is None or len(data) > MAX_TEXT_BYTES:
        raise Unreadable(
            f"{called} has more than {MAX_TEXT_BYTES // 2**20} MB without its outputs. "
            "Take out what is neither text nor code, and hand it in again"
        )
    return decoded(data)


def _bounded(parts: Iterator[bytes], called: str) -> Iterator[bytes]:
    size = 0
    for part in parts:
        size += len(part)
        if size > MAX_FILE_BYTES + PIECE:
            raise Unreadable(
                f"{called} has more than {MAX_FILE_BYTES // 2**20} MB. Clear the notebook's outputs and "
                "hand it in again"
            )
        yield part


def _cells(notebook: Any) -> tuple[list[Cell], list[str]]:
    """Code cells, and the texts of the others."""
    if not isinstance(notebook, dict):
        raise Unreadable(
            f"the file is no notebook: it is JSON, and not an object with cells. {HAND_IN_THE_NOTEBOOK}"
        )
    cells = notebook.get("cells")
    if cells is None and isinstance(notebook.get("worksheets"), list):
        sheets = [sheet.get("cells") for sheet in notebook["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
    if not isinstance(cells, list):
        raise Unreadable(f"the file is no notebook: it has no list of cells. {HAND_IN_THE_NOTEBOOK}")
    if len(cells) > MAX_CELLS:
        raise Unreadable(f"the notebook has {len(cells)} cells; at most {MAX_CELLS} can be graded")
    code, texts = [], []
    for number, cell in enumerate(cells):
        source = _source(cell)
        if not source.strip():
            continue
        if _is_code(cell):
            code.append(_code_cell(cell, number, source))
        else:
            texts.append(source)
    return code, texts


def _source(cell: Any) -> str:
    if not isinstance(cell, dict):
        return ""
    source = next((cell[key] for key in SOURCE_KEYS if key in cell), "")
    if isinstance(source, list):
        lines = [line for line in source if isinstance(line, str)]
        # Versions 1 and 2 list lines without their ends.
        source = ("" if any("\n" in line for line in lines[:-1]) else "\n").join(lines)
    if not isinstance(source, str):
        return ""
    return whole_characters(source.replace("\r\n", "\n").replace("\r", "\n"))


def _is_code(cell: dict[str, Any]) -> bool:
    """Whether a cell is code: by its type, or by what only code has if its type is none that notebooks
    know."""
    kind = cell.get("cell_type")
    kind = kind.strip().lower() if isinstance(kind, str) else ""
    if kind in ("code", "markdown", "raw", "heading", "html", "text"):
        return kind == "code"
    if "kind" in cell and "value" in cell:
        return cell["kind"] == VS_CODES_CODE
    return any(key in cell for key in ("outputs", "execution_count", "input", "prompt_number"))


def _code_cell(cell: dict[str, Any], number: int, source: str) -> Cell:
    own, metadata = cell.get("id"), cell.get("metadata")
    kept = [metadata.get(key) for key in ID_KEYS] if isinstance(metadata, dict) else []
    others = tuple(value[:MAX_ID] for value in kept if isinstance(value, str))
    cell_id = own[:MAX_ID] if isinstance(own, str) else f"cell {number}"
    return Cell(cell_id, as_typed(source), others)
