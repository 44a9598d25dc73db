"""Bytes as text, in whichever encoding an editor wrote them, a bounded piece at a time."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from autograder.grade.reading.unreadable import binary_format

PIECE = 2**20
# What a notebook's texts and code, or a script, may have.
MAX_TEXT_BYTES = 25 * 2**20
# The longer marks first: UTF-32's begins with UTF-16's.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CODING_LINE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
WINDOWS = "Windows-1252"


def wide_encoding(start: bytes) -> tuple[str, int] | None:
    """UTF-16, UTF-32 or a marked UTF-8, and the length of its mark, from a file's first bytes; None for
    anything else."""
    for mark, name in MARKS:
        if start.startswith(mark):
            return name, len(mark)
    if binary_format(start):
        return None
    # Without a mark: the ASCII that JSON and Python begin with leaves zeros where a wide encoding has them.
    zeros = "".join("0" if byte == 0 else "x" for byte in start[:4])
    found = {"x000": "utf-32-le", "000x": "utf-32-be", "x0x0": "utf-16-le", "0x0x": "utf-16-be"}.get(zeros)
    return (found, 0) if found else None


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """A file's bytes, piece by piece, with UTF-16 and UTF-32 turned into UTF-8 and any byte-order mark left
    out."""
    first = file.read(PIECE)
    found = wide_encoding(first)
    if found is None:
        yield first
        while piece := file.read(PIECE):
            yield piece
        return
    name, length = found
    decoder = codecs.getincrementaldecoder(name)("replace")
    piece = first[length:]
    while piece:
        yield decoder.decode(piece).encode("utf-8", "surrogatepass")
        piece = file.read(PIECE)
    yield decoder.decode(b"", final=True).encode("utf-8", "surrogatepass")


def decoded(data: bytes) -> tuple[str, str]:
    """Bytes that hold no UTF-16 or UTF-32 as text, and what is to be said of their encoding.

    What is not UTF-8 is read as its own `coding` line says, else as Windows-1252: every byte is a character
    there, and the ASCII that code is made of is the same.
    """
    with_own = data.removeprefix(codecs.BOM_UTF8)
    try:
        return whole_characters(with_own.decode("utf-8", "surrogatepass")), ""
    except UnicodeDecodeError:
        pass
    for line in data.split(b"\n", 2)[:2]:
        if stated := CODING_LINE.match(line):
            try:
                return data.decode(stated[1].decode("ascii")), ""
            except (LookupError, ValueError):
                break
    text = data.decode("cp1252", "replace")
    return text, f"The file is not in UTF-8; it was read as {WINDOWS}."


def whole_characters(text: str) -> str:
    """The text with halves of characters, which no encoding has a place for, shown as what they are:
    unreadable."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)
