"""A notebook's cells, of whichever version, tool and encoding."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from autograder.grade.reading.cells import MAX_CELLS, Cell, Content
from autograder.grade.reading.outputs import without_outputs
from autograder.grade.reading.text import PIECE, decoded, pieces, whole_characters
from autograder.grade.reading.unreadable import Unreadable, refuse_binary, refuse_other_texts, why_no_json

MAX_FILE_BYTES = 100 * 2**20
# What may remain of a notebook without its outputs: its texts and its code.
MAX_TEXT_BYTES = 25 * 2**20
MAX_ID = 100
# Where tools keep a cell's id besides, or in place of, the cell's own: Colab; Deepnote; Jupytext and older
# exports.
ID_KEYS = ("id", "cell_id", "cellId")


def read_notebook(file: BinaryIO, called: str = "the file") -> Content:
    """Read a notebook. Raises `Unreadable`, with what it is and what to do, for what is none."""
    text, remark = _text(file, called)
    try:
        # A crash or a damaged disk may leave null bytes behind the whole notebook.
        notebook = json.loads(text.rstrip("\0 \t\r\n"))
    except (ValueError, RecursionError) as error:
        refuse_other_texts(text, called)
        raise Unreadable(f"the file is no notebook: {why_no_json(text, error)}") from error
    return content_of(notebook, remark)


def content_of(notebook: Any, remark: str) -> Content:
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
        source = _source(cell)
        if not source.strip():
            continue
        if _is_code(cell):
            code.append(_code_cell(cell, number, source))
        else:
            texts.append(source)
    return code, texts


def _source(cell: Any) -> str:
    source = cell.get("source", cell.get("input", "")) if isinstance(cell, dict) else ""
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return ""
    return whole_characters(source.replace("\r\n", "\n").replace("\r", "\n"))


def _is_code(cell: dict[str, Any]) -> bool:
    """Whether a cell is code: by its type, or by what only code has if its type is none that notebooks
    know."""
    kind = cell.get("cell_type")
    kind = kind.strip().lower() if isinstance(kind, str) else ""
    if kind in ("code", "markdown", "raw", "heading", "html"):
        return kind == "code"
    return any(key in cell for key in ("outputs", "execution_count", "input", "prompt_number"))


def _code_cell(cell: dict[str, Any], number: int, source: str) -> Cell:
    own, metadata = cell.get("id"), cell.get("metadata")
    kept = [metadata.get(key) for key in ID_KEYS] if isinstance(metadata, dict) else []
    others = tuple(value[:MAX_ID] for value in kept if isinstance(value, str))
    return Cell(own[:MAX_ID] if isinstance(own, str) else f"cell {number}", source, others)
