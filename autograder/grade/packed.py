"""A submission as it was read, in few bytes: what a gradebook keeps of it, and grades again when a check was
mended."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import fields
from pathlib import Path
from typing import Any

from autograder.grade.reading.cells import Cell
from autograder.grade.submission import Submission


def pack(submission: Submission) -> bytes:
    """All that was read of a submission, and nothing of where it lay."""
    return zlib.compress(_content(submission))


def unpack(packed: bytes, name: str, stem: str) -> Submission:
    """The submission that was packed, under a file name and a stem."""
    content = json.loads(zlib.decompress(packed))
    cells = [_cell(cell) for cell in content.pop("cells")]
    known = {field.name for field in fields(Submission)}
    rest = {key: value for key, value in content.items() if key in known}
    return Submission(Path(name), stem, cells, **rest)


def _cell(packed: dict[str, Any]) -> Cell:
    """A cell, of this version's fields: lists were tuples before they were JSON."""
    known = {field.name for field in fields(Cell)}
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in packed.items()
        if key in known
    }
    return Cell(**values)


def content_digest(submission: Submission) -> str:
    """A hash of what was read: the same for a copy of a submission, whatever it is called."""
    return hashlib.sha256(_content(submission)).hexdigest()


def _content(submission: Submission) -> bytes:
    content = vars(submission) | {"cells": [vars(cell) for cell in submission.cells]}
    del content["path"], content["stem"]
    if not content["files"]:
        # Most have none, and what was packed before there could be any is still the same.
        del content["files"]
    # Lone surrogates in a student's text have no place in UTF-8; as escapes they have.
    return json.dumps(content, ensure_ascii=True, sort_keys=True).encode()
