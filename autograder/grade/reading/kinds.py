"""What a file is: by how it begins, and by its name if that leaves it open."""

from __future__ import annotations

import re
from enum import Enum

from autograder.grade.reading.text import wide_encoding
from autograder.grade.reading.unreadable import ARCHIVES, binary_format

# How much of a file is looked at.
START_BYTES = 4_096
# A text that has more is data, if it is neither a notebook nor a script by its name or its start.
MAX_TEXT_BYTES = 2**20

# A browser, an editor or a mail program may have put something behind the name: `x.ipynb.txt`, `x.ipynb (1)`,
# `x.ipynb~`, `x.ipynb.bak`, `x.ipynb?download=1`.
NOTEBOOK = re.compile(
    r"\.ipynb([ _-]?\(?\d{1,3}\)?)?(\.(txt|json|download|bak|orig|old|tmp)|~|_|[. ]+|\?[\w=&-]*| - Copy)?$",
    re.IGNORECASE,
)
SCRIPT = re.compile(r"\.py(\.txt)?$", re.IGNORECASE)
# Names of texts that may hold the code of a notebook or a script, and names that tell nothing.
TEXT = re.compile(r"(^|/)[^/.]+$|\.(txt|json|md|markdown|rmd|qmd)$", re.IGNORECASE)
MARKDOWN = re.compile(r"\.(md|markdown|rmd|qmd)(\.txt)?$", re.IGNORECASE)
ZIP = re.compile(r"\.zip$", re.IGNORECASE)
TAR = re.compile(r"\.(tar|tgz|tbz2?|txz|tar\.(gz|bz2|xz))$", re.IGNORECASE)
# One file, packed by itself.
PACKED = re.compile(r"\.(gz|bz2|xz)$", re.IGNORECASE)
# Archives that nothing here can open.
OTHER_ARCHIVE = re.compile(r"\.(7z|rar|(tar\.)?(zst|lz4?|br|z)|lzh|sitx?)$", re.IGNORECASE)

# JSON that is a notebook, or may have one inside it, as the answers of GitHub and of Jupyter do.
NOTEBOOK_START = re.compile(
    rb'[\s\["]*\{.*"(cells|worksheets|nbformat|nbformat_minor|metadata|content|encoding)\\?"\s*:',
    re.DOTALL,
)


class Kind(Enum):
    """What a file may be good for. TEXT: what holds an answer perhaps, and perhaps notes or data."""

    NOTEBOOK = "notebook"
    SCRIPT = "script"
    ARCHIVE = "archive"
    TEXT = "text"
    OTHER = "other"


def kind_of(name: str, start: bytes, size: int = 0) -> Kind:
    """The kind of a file by its name, its first bytes, and how many it has in all, if that is known."""
    binary = binary_format(start)
    if binary in ARCHIVES:
        return Kind.ARCHIVE
    if begins_as_notebook(start):
        return Kind.NOTEBOOK
    if binary:
        return kind_by_name(name) or Kind.OTHER
    is_text = b"\0" not in start or wide_encoding(start) is not None
    named = kind_by_name(name)
    if named is Kind.ARCHIVE and start and is_text:
        named = None
    return named or (Kind.TEXT if is_text and size <= MAX_TEXT_BYTES else Kind.OTHER)


def kind_by_name(name: str) -> Kind | None:
    """What a name says of a file: nothing, if it may be anything."""
    if NOTEBOOK.search(name):
        return Kind.NOTEBOOK
    if SCRIPT.search(name):
        return Kind.SCRIPT
    if is_archives_name(name):
        return Kind.ARCHIVE
    return None


def is_archives_name(name: str) -> bool:
    return any(ending.search(name) for ending in (ZIP, TAR, PACKED))


def may_hold_work(name: str) -> bool:
    """Whether a file of this name is looked into when a name alone has to tell."""
    return kind_by_name(name) is not None or TEXT.search(name) is not None


def begins_as_notebook(start: bytes) -> bool:
    wide = wide_encoding(start)
    if wide is not None:
        encoding, length = wide
        start = start[length:].decode(encoding, "replace").encode("utf-8", "replace")
    return NOTEBOOK_START.match(start) is not None
