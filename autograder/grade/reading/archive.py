"""The files of a submission: one file, a folder, or an archive of either, looked through without being
unpacked."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import lzma
import os
import stat
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from autograder.grade.reading.kinds import (
    NOTEBOOK,
    OTHER_ARCHIVE,
    PACKED,
    START_BYTES,
    TAR,
    Kind,
    is_archives_name,
    kind_of,
)
from autograder.grade.reading.notebook import MAX_FILE_BYTES
from autograder.grade.reading.text import PIECE
from autograder.grade.reading.unreadable import (
    HAND_IN_THE_NOTEBOOK,
    Unreadable,
    binary_format,
    refuse_binary,
)
from autograder.kit import FILES

MAX_ARCHIVE_BYTES = 100 * 2**20
# Of one submission, all that is read of it, and all that a tar is unpacked to while it is looked through.
MAX_READ_BYTES = 400 * 2**20
MAX_UNPACKED_BYTES = 512 * 2**20
MAX_DIRECTORY_BYTES = 32 * 2**20
MAX_MEMBERS = 2_000
# How many of the files that are passed over are named.
MAX_NAMED = 3
# Of a tar, how many texts are kept that are neither notebooks nor scripts.
MAX_TEXTS = 60
SCRATCH_IN_MEMORY = 4 * 2**20
MAX_DEPTH = 3
# An xz file says how much memory it takes to unpack it; the most that xz itself asks for is 65 MB.
MAX_XZ_MEMORY = 128 * 2**20

# Folders that tools keep for themselves. What is in them is nobody's answer, and is not counted.
TOOLS_FOLDERS = frozenset(
    {
        ".git",
        ".hg",
        ".svn",
        ".venv",
        "venv",
        ".env",
        "env",
        "node_modules",
        "site-packages",
        "__pycache__",
        "__MACOSX",
        ".idea",
        ".vscode",
        ".virtual_documents",
        ".mypy_cache",
        ".pytest_cache",
        ".ruff_cache",
        ".Trash",
        "$RECYCLE.BIN",
    }
)
# Jupyter's own copies of earlier states: looked at if nothing else holds an answer.
CHECKPOINTS = ".ipynb_checkpoints"
# Written by Gradescope and by operating systems.
SYSTEM_FILES = frozenset(
    (
        "submission_metadata.yml",
        "submission_metadata.json",
        "__zip_filename__",
        "Thumbs.db",
        "desktop.ini",
        ".DS_Store",
    )
)
# Handed out with the notebook.
HANDED_OUT = frozenset((*FILES, "drawings.py", "questions.json", "requirements.txt"))
HANDED_OUT_FOLDER = "tests"


@dataclass(frozen=True)
class Member:
    """A file of a submission: its name within it, when it was last changed, how to open it, and what it may
    be good for."""

    name: str
    changed: float
    open: Callable[[], BinaryIO]
    kind: Kind

    @property
    def base(self) -> str:
        return PurePosixPath(self.name).name

    @property
    def is_notebook(self) -> bool:
        return self.kind is Kind.NOTEBOOK

    @property
    def was_handed_out(self) -> bool:
        return self.base in HANDED_OUT or HANDED_OUT_FOLDER in PurePosixPath(self.name).parts[:-1]

    @property
    def is_script(self) -> bool:
        return self.kind is Kind.SCRIPT and not self.was_handed_out

    @property
    def is_text(self) -> bool:
        return self.kind is Kind.TEXT and not self.was_handed_out

    @property
    def is_archive(self) -> bool:
        return self.kind is Kind.ARCHIVE

    @property
    def is_checkpoint(self) -> bool:
        return CHECKPOINTS in PurePosixPath(self.name).parts


class TooMuch(Unreadable):
    """A submission of which as much has been read as may be."""


@dataclass
class Reading:
    """How much of a submission has been read, and what is open for it: an archive of archives is no way
    around the bounds."""

    limit: int
    stack: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    read: int = 0
    # A few of the files that were passed over.
    passed_over: list[str] = field(default_factory=list)

    def passes_over(self, parts: Sequence[str]) -> bool:
        """Whether a file is passed over, which is remembered of the first ones."""
        over = passed_over(parts)
        if over and len(self.passed_over) < MAX_NAMED:
            self.passed_over.append(parts[-1])
        return over

    def scratch(self) -> BinaryIO:
        """A file without a name, in memory while it is small, that lasts as long as the submission is
        read."""
        return cast(BinaryIO, self.stack.enter_context(tempfile.SpooledTemporaryFile(SCRATCH_IN_MEMORY)))

    def count(self, size: int) -> None:
        self.read += size
        if self.read > self.limit:
            raise TooMuch(
                f"it unpacks to more than {self.limit // 2**20} MB. {HAND_IN_THE_NOTEBOOK}, without the "
                "files around it"
            )


class Counted:
    """A file that is being read, and counted."""

    def __init__(self, file: BinaryIO, reading: Reading) -> None:
        self._file, self._reading = file, reading

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._reading.count(len(data))
        return data


@contextlib.contextmanager
def opened(path: Path) -> Iterator[tuple[list[Member], Reading]]:
    """The files of a submission that are its author's, and what counts how much of them is read."""
    reading = Reading(MAX_READ_BYTES)
    with reading.stack, plainly(path.name):
        yield _members(path, reading), reading


# What Python's readers of archives raise for one that is broken, or of a kind that they do not know.
CANNOT_BE_OPENED = (
    zipfile.BadZipFile,
    tarfile.TarError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    IndexError,
)


@contextlib.contextmanager
def plainly(name: str) -> Iterator[None]:
    """Errors of archives as `Unreadable`, in one sentence."""
    try:
        yield
    except (*CANNOT_BE_OPENED, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            # The disk's, and not what is in the file.
            raise
        raise Unreadable(
            f"{name} is no {_kind(name)} that can be opened: {_said(error)}. {PACK_AGAIN}"
        ) from error


PACK_AGAIN = "It may have been cut off on its way: make it again, or hand in the notebook itself"


def _kind(name: str) -> str:
    return "tar archive" if TAR.search(name) else "packed file" if PACKED.search(name) else "zip"


def _said(error: Exception) -> str:
    said = str(error).strip().rstrip(".")
    return said if said and "<" not in said else type(error).__name__


def _members(path: Path, reading: Reading) -> list[Member]:
    if path.is_symlink():
        raise Unreadable(f"{path.name} is a symbolic link; hand in the file itself")
    if path.is_dir():
        return _in_folder(path, reading)
    if not path.is_file():
        raise Unreadable(f"{path.name} is no file")
    member = _on_disk(path, path.name, reading)
    if member.is_archive:
        return inside(member, reading)
    if member.kind in (Kind.TEXT, Kind.OTHER) and OTHER_ARCHIVE.search(path.name):
        raise Unreadable(refused_archive(path.name))
    if member.kind is Kind.OTHER:
        raise Unreadable(no_work(path.name, binary_format(_start(path)) or ""))
    return [member]


def no_work(name: str, kind: str = "") -> str:
    """What to say of a file that is none that could hold an answer."""
    if is_archives_name(name):
        return f"{name} is no {_kind(name)} that can be opened: it is {kind or 'a text'}. {PACK_AGAIN}"
    return (
        f"{name} is no notebook (.ipynb), no script (.py) and no zip of one{kind and f', but {kind}'}. "
        "Hand in the notebook, or the zip its last cell makes"
    )


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(START_BYTES)
    except OSError:
        # Whoever opens it to read it says so.
        return b""


def _on_disk(path: Path, name: str, reading: Reading) -> Member:
    size, changed = path.stat().st_size, path.stat().st_mtime
    return Member(name, changed, partial(_open, path, reading), kind_of(name, _start(path), size))


def refused_archive(name: str) -> str:
    suffix = PurePosixPath(name).suffix.lstrip(".")
    return (
        f"{name} is a .{suffix} archive, which the grader cannot open. {HAND_IN_THE_NOTEBOOK}, or a zip of it"
    )


def _open(path: Path, reading: Reading) -> BinaryIO:
    file = reading.stack.enter_context(path.open("rb"))
    return cast(BinaryIO, Counted(file, reading))


def passed_over(parts: Sequence[str]) -> bool:
    """Whether a file, by the parts of its path, belongs to a tool or a system and not to the submission's
    author."""
    *folders, name = parts
    if any(folder in TOOLS_FOLDERS for folder in folders) or name in SYSTEM_FILES or name.startswith("._"):
        return True
    if name in TOOLS_FOLDERS or (CHECKPOINTS in folders and not NOTEBOOK.search(name)):
        return True
    # A hidden file is a tool's, but for one that somebody gave a notebook's name.
    return name.startswith(".") and not NOTEBOOK.search(name)


def _counts(parts: Sequence[str]) -> bool:
    return not passed_over(parts) and CHECKPOINTS not in parts


def _too_many() -> Unreadable:
    return Unreadable(
        f"it holds more than {MAX_MEMBERS} files. {HAND_IN_THE_NOTEBOOK}, without the files around it"
    )


def _in_folder(folder: Path, reading: Reading) -> list[Member]:
    members: list[Member] = []
    counted = 0
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in TOOLS_FOLDERS)
        for name in sorted(files):
            path = Path(place) / name
            parts = path.relative_to(folder).parts
            if reading.passes_over(parts) or path.is_symlink() or not path.is_file():
                continue
            counted += _counts(parts)
            if counted > MAX_MEMBERS:
                raise _too_many()
            members.append(_on_disk(path, "/".join(parts), reading))
    return members


def inside(archive: Member, reading: Reading, depth: int = 0) -> list[Member]:
    """The files of an archive that are its author's; of a file that is packed by itself, that file. Raises
    `Unreadable`, naming the archive, if it cannot be opened."""
    if depth >= MAX_DEPTH:
        raise Unreadable(f"{archive.base} lies in archives in archives. {HAND_IN_THE_NOTEBOOK}")
    with plainly(archive.base):
        file = _seekable(archive, reading)
        start = file.read(START_BYTES)
        file.seek(0)
        kind = binary_format(start) or ""
        if kind in ("a 7z archive", "a RAR archive"):
            raise Unreadable(
                f"{archive.base} is {kind}, which the grader cannot open. {HAND_IN_THE_NOTEBOOK}, or a zip "
                "of it"
            )
        try:
            return _in(kind, file, archive, reading)
        except (*CANNOT_BE_OPENED, OSError):
            if not is_archives_name(archive.base):
                refuse_binary(start, archive.base)
            raise


def _in(kind: str, file: BinaryIO, archive: Member, reading: Reading) -> list[Member]:
    if kind in UNPACKERS:
        start = _unpacked(kind, file).read(START_BYTES)
        if binary_format(start) != "a tar archive" and not TAR.search(archive.name):
            name = PACKED.sub("", archive.name)
            opens = partial(_open_packed, kind, file, reading)
            return [Member(name, archive.changed, opens, kind_of(name, start))]
        return _in_tar(_unpacked(kind, file), archive, reading)
    if kind == "a tar archive" or (TAR.search(archive.name) and kind != "a zip"):
        return _in_tar(file, archive, reading)
    return _in_zip(file, archive, reading)


class Unpacking:
    """An xz file's content, no more of it at a time than is asked for, and in bounded memory."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._made = file, lzma.LZMADecompressor(memlimit=MAX_XZ_MEMORY)

    def read(self, size: int = -1) -> bytes:
        while not self._made.eof:
            more = self._file.read(PIECE) if self._made.needs_input else b""
            if self._made.needs_input and not more:
                raise EOFError("it ends before its end mark")
            if data := self._made.decompress(more, size):
                return data
        return b""


UNPACKERS: dict[str, Callable[[BinaryIO], BinaryIO]] = {
    "a file packed by gzip": lambda file: cast(BinaryIO, gzip.GzipFile(fileobj=file, mode="rb")),
    "a file packed by bzip2": lambda file: cast(BinaryIO, bz2.BZ2File(file)),
    "a file packed by xz": lambda file: cast(BinaryIO, Unpacking(file)),
}


def _unpacked(kind: str, file: BinaryIO) -> BinaryIO:
    file.seek(0)
    return UNPACKERS[kind](file)


def refuse_much(path: Path, limit: int) -> None:
    """Raise `Unreadable` if a file packed by gzip, bzip2 or xz holds more than so many bytes."""
    with path.open("rb") as file:
        kind = binary_format(file.read(START_BYTES)) or ""
        if kind in UNPACKERS:
            whole = Counted(_unpacked(kind, file), Reading(limit))
            while whole.read(PIECE):
                pass


def _open_packed(kind: str, file: BinaryIO, reading: Reading) -> BinaryIO:
    return cast(BinaryIO, Counted(_unpacked(kind, file), reading))


def _seekable(archive: Member, reading: Reading) -> BinaryIO:
    """The archive's bytes, if they can be read from any place: in memory while it is small, else in a file
    without a name."""
    file, source, size = reading.scratch(), archive.open(), 0
    while piece := source.read(PIECE):
        size += len(piece)
        if size > MAX_ARCHIVE_BYTES:
            raise Unreadable(
                f"{archive.base} has more than {MAX_ARCHIVE_BYTES // 2**20} MB. {HAND_IN_THE_NOTEBOOK}, "
                "without the files around it"
            )
        file.write(piece)
    file.seek(0)
    return file


def _in_zip(file: BinaryIO, archive: Member, reading: Reading) -> list[Member]:
    if _directory_bytes(file) > MAX_DIRECTORY_BYTES:
        raise _too_many()
    packed = reading.stack.enter_context(zipfile.ZipFile(file))
    members: list[Member] = []
    counted = 0
    for item in packed.infolist():
        name = item.filename.replace("\\", "/")
        parts = [part for part in PurePosixPath(name).parts if part not in ("/", "..", ".")]
        if (
            item.is_dir()
            or name.endswith("/")
            or stat.S_ISLNK(item.external_attr >> 16)
            or not parts
            or reading.passes_over(parts)
        ):
            continue
        counted += _counts(parts)
        if counted > MAX_MEMBERS:
            raise _too_many()
        if item.flag_bits & 1:
            raise Unreadable(
                f"{archive.base} is locked with a password. Make a zip without one, or hand in the notebook "
                "itself"
            )
        name, opens = "/".join(parts), partial(_open_in_zip, packed, item, reading)
        kind = kind_of(name, _start_in_zip(packed, item), item.file_size)
        members.append(Member(name, _zip_time(item), opens, kind))
    return members


def _start_in_zip(packed: zipfile.ZipFile, item: zipfile.ZipInfo) -> bytes:
    try:
        with packed.open(item) as file:
            return file.read(START_BYTES)
    except (*CANNOT_BE_OPENED, OSError):
        # Whoever opens it to read it says so.
        return b""


def _open_in_zip(packed: zipfile.ZipFile, item: zipfile.ZipInfo, reading: Reading) -> BinaryIO:
    # The size in the zip's index is its author's word; what is read is counted all the same.
    return cast(BinaryIO, Counted(cast(BinaryIO, reading.stack.enter_context(packed.open(item))), reading))


def _zip_time(item: zipfile.ZipInfo) -> float:
    try:
        return datetime(*item.date_time).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0


def _directory_bytes(file: BinaryIO) -> int:
    """How long a zip says that its index is: it is read whole, and a small zip may have one of millions of
    entries."""
    file.seek(0, os.SEEK_END)
    start = max(0, file.tell() - 2**16 - 42)
    file.seek(start)
    tail = file.read()
    file.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return 0
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    if at >= 20 and tail.startswith(b"PK\x06\x07", at - 20):
        file.seek(int.from_bytes(tail[at - 12 : at - 4], "little"))
        size = max(size if size < 2**32 - 1 else 0, int.from_bytes(file.read(48)[40:48], "little"))
        file.seek(0)
    return size


def _in_tar(unpacked: BinaryIO, archive: Member, reading: Reading) -> list[Member]:
    """A tar is gone through once, from its start to its end, and what could be an answer is kept on the
    way."""
    members: list[Member] = []
    counted = texts = 0
    whole = cast(BinaryIO, Counted(unpacked, Reading(MAX_UNPACKED_BYTES)))
    with tarfile.open(fileobj=whole, mode="r|") as packed:
        for item in packed:
            parts = [
                part
                for part in PurePosixPath(item.name.replace("\\", "/")).parts
                if part not in ("/", "..", ".")
            ]
            if not item.isreg() or not parts or reading.passes_over(parts):
                continue
            counted += _counts(parts)
            if counted > MAX_MEMBERS:
                raise _too_many()
            name, source = "/".join(parts), cast(BinaryIO, packed.extractfile(item))
            start = source.read(START_BYTES)
            kind = kind_of(name, start, item.size)
            texts += kind is Kind.TEXT
            if texts > MAX_TEXTS and kind is Kind.TEXT:
                kind = Kind.OTHER
            kept = None if kind is Kind.OTHER else _kept(start, source, reading)
            opens = partial(_again, kept) if kept else _unopened
            members.append(Member(name, float(item.mtime), opens, kind))
    return members


def _unopened() -> BinaryIO:
    raise Unreadable("this file was not kept")


def _kept(start: bytes, source: BinaryIO, reading: Reading) -> BinaryIO:
    file, piece, size = reading.scratch(), start, 0
    while piece and size <= MAX_FILE_BYTES:
        size += len(piece)
        reading.count(len(piece))
        file.write(piece)
        piece = source.read(PIECE)
    return file


def _again(file: BinaryIO) -> BinaryIO:
    file.seek(0)
    return file
