"""What is wrong with a file that cannot be read, in one sentence for its author: what it is, and what to
do."""

from __future__ import annotations

import json
import re

HAND_IN_THE_NOTEBOOK = "Hand in the notebook itself (.ipynb), as Jupyter saves it"
SAVE_AGAIN = "Open the notebook in Jupyter, save it, check that it opens again, and hand it in again"

SERVERS_ERROR = "the answer of a server that did not give the file"

# How files begin that are sent under a notebook's or a zip's name.
BINARY_FORMATS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip"),
    (b"PK\x05\x06", "an empty zip"),
    (b"\x1f\x8b", "a file packed by gzip"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"BZh", "a file packed by bzip2"),
    (b"\xfd7zXZ\x00", "a file packed by xz"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a Microsoft Office file"),
    (b"{\\rtf", "a text saved as RTF"),
    (b"\x80\x02", "a Python pickle"),
    (b"\x80\x03", "a Python pickle"),
    (b"\x80\x04", "a Python pickle"),
    (b"\x80\x05", "a Python pickle"),
    (b"\x93NUMPY", "an array that NumPy saved"),
    (b"\0GITCRYPT\0", "a file that git-crypt has locked"),
    (b"MZ\x90\0", "a program of Windows"),
    (b"\x00\x05\x16\x07", "an AppleDouble file, in which macOS keeps its notes on another file"),
    (b"book\0\0\0\0mark\0\0\0\0", "an alias of macOS, which only points at a file"),
    (b"L\0\0\0\1\x14\2\0", "a shortcut of Windows, which only points at a file"),
    (b"bplist00", "a property list of macOS, as iCloud leaves for a file that is not downloaded"),
    (b"SQLite format 3\0", "a database (SQLite)"),
    (b"\x7fELF", "a program"),
    (b"RIFF", "a picture or a film (RIFF)"),
    (b"(\xb5/\xfd", "a file packed by Zstandard"),
)
TAR_MARK, TAR_MARK_AT = b"ustar", 257
# Those of them that hold other files, and that can be opened.
ARCHIVES = (
    "a zip",
    "a file packed by gzip",
    "a file packed by bzip2",
    "a file packed by xz",
    "a tar archive",
)
# What stands at the start of a zip that is an office program's document.
OFFICE_PARTS = (
    (b"word/", "a Word document"),
    (b"xl/", "an Excel workbook"),
    (b"ppt/", "a PowerPoint file"),
    (b"application/vnd.oasis", "a LibreOffice document"),
    (b"Index/Document.iwa", "a Pages document"),
)
# How texts begin that are no code, looked at if no code was found.
TEXT_FORMATS = (
    (r'https?://\S+\s*\Z|\[InternetShortcut\]|\s*\{\s*"url": *"https?:', "a link, and not what it leads to"),
    (r"(<\?xml[^>]*>\s*)?<!DOCTYPE plist", "a property list of macOS, as it keeps links in"),
    (
        r'[45]\d\d:? [A-Z][a-z]+|(<\?xml[^>]*>\s*)?<Error>|\s*\{[^{}]*"(documentation_url|error|status)":',
        SERVERS_ERROR,
    ),
    (
        r"(From|To|Subject|Date|Received|Return-Path|Delivered-To|MIME-Version): ",
        "an e-mail, or a page saved as one",
    ),
    (r"-----BEGIN ", "a text that is locked or signed (PGP or PEM)"),
    (r"diff --git |--- \S+[^\n]*\n\+\+\+ |From [0-9a-f]{40} ", "a list of changes (a diff)"),
    (r"outs:\n", "a DVC pointer, which stands for a file and does not hold it"),
    (r"version: [\d.]+\nproject:", "a Deepnote project"),
    (r"(%[^\n]*\n|\s)*\\(documentclass|begin)\b", "a LaTeX document"),
    (r"<\?xml", "an XML file"),
    (r"cells:\n|---\ncells:", "a YAML file"),
)
WEB_PAGE = re.compile(
    r"\A\s*(<!--.*?-->\s*)?(<\?xml[^>]*>\s*)?<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
LOGIN = re.compile(
    r"type\s*=\s*[\"']?password|\b(log|sign)[ -]?in\b|single sign-on|authenticat", re.IGNORECASE
)
MERGE_MARK = re.compile(r"^(<{7}|={7}|>{7})(?= |\r?$)", re.MULTILINE)
LFS_POINTER = "version https://git-lfs.github.com/spec/"


class Unreadable(Exception):
    """A submission that cannot be read: what is wrong with it, in words for its author."""


def binary_format(start: bytes) -> str | None:
    """What kind of file begins with these bytes, if it is one that is no text: at least the first 4,000 of
    them."""
    for mark, name in BINARY_FORMATS:
        if start.startswith(mark):
            if mark == b"PK\x03\x04":
                return next((office for part, office in OFFICE_PARTS if part in start), name)
            return name
    if start[4:8] == b"ftyp":
        return "a picture or a film (HEIC, MP4 or MOV)"
    return "a tar archive" if start.startswith(TAR_MARK, TAR_MARK_AT) else None


def text_format(text: str) -> str | None:
    """What kind of text this is, if it is plainly neither a notebook nor code."""
    start = text[:4_000].lstrip("\ufeff")
    return next((kind for pattern, kind in TEXT_FORMATS if re.match(pattern, start)), None)


def refuse_binary(start: bytes, called: str) -> None:
    """Raise `Unreadable` if the bytes that a notebook or script begins with are those of another kind of
    file."""
    kind = binary_format(start)
    if kind is None:
        return
    if kind in ARCHIVES:
        raise Unreadable(
            f"{called} begins like {kind}, and cannot be unpacked: it may have been cut off on its way. "
            f"{HAND_IN_THE_NOTEBOOK}"
        )
    raise Unreadable(f"{called} is {kind}, and no notebook. {HAND_IN_THE_NOTEBOOK}")


def refuse_other_texts(text: str, called: str) -> None:
    """Raise `Unreadable` if a text is plainly something else than a notebook or a script."""
    start = text[:20_000]
    if not start.strip("\0 \t\r\n\ufeff"):
        kind = (
            "holds nothing but null bytes, as a crash while saving leaves it" if "\0" in start else "is empty"
        )
        raise Unreadable(f"{called} {kind}. {SAVE_AGAIN}")
    if start.startswith(LFS_POINTER):
        raise Unreadable(
            f"{called} is a Git LFS pointer, which stands for the notebook and does not hold it. "
            "Run `git lfs pull`, and hand in the file that is there then"
        )
    if WEB_PAGE.match(start):
        if LOGIN.search(start):
            raise Unreadable(
                f"{called} is a web page that asks for a login, saved in the notebook's place. "
                "Log in, download the notebook again, and check that it opens in Jupyter"
            )
        raise Unreadable(
            f"{called} is a web page, and no notebook. {HAND_IN_THE_NOTEBOOK}, and not a copy of the page "
            "that shows it"
        )


def merge_mark(text: str) -> tuple[str, int] | None:
    """The first mark of a merge that was not finished, and its line."""
    found = MERGE_MARK.search(text)
    return (found[1], text.count("\n", 0, found.start()) + 1) if found else None


def why_no_json(text: str, error: Exception) -> str:
    """Why a notebook's text is no JSON, and what to do about it."""
    mark = merge_mark(text)
    if mark:
        return (
            f"it holds the marks of a merge that was not finished ({mark[0]} in line {mark[1]}). "
            "Decide for one of the two versions, take the marks out, and save the notebook"
        )
    start = text[:30].strip()
    if isinstance(error, json.JSONDecodeError) and start.startswith(("{", "[")):
        comma = _trailing_comma(text, error)
        if comma:
            return f"there is a comma too many in line {comma}, after the last item of a list. Take it out"
        if _ends_early(text, error):
            return f"it is cut off in line {text.count(chr(10), 0, len(text.rstrip())) + 1}. {SAVE_AGAIN}"
        if start.startswith("{"):
            return f"it is not JSON from line {error.lineno} on ({error.msg}). {SAVE_AGAIN}"
    if isinstance(error, RecursionError):
        return f"it is not JSON that a notebook could be made of: it nests too deep. {SAVE_AGAIN}"
    if re.search(r"[\0-\x08\x0e-\x1f\ufffd]", start):
        return f"it is not JSON, and no text. {HAND_IN_THE_NOTEBOOK}"
    kind = text_format(text)
    if kind:
        return f"it is {kind}. {HAND_IN_THE_NOTEBOOK}"
    return f"it is not JSON (it begins with {start!r}). {HAND_IN_THE_NOTEBOOK}"


def _trailing_comma(text: str, error: json.JSONDecodeError) -> int | None:
    """The line of a comma before a closing bracket, if that is what JSON's reader stumbled over."""
    for at in (error.pos, error.pos + 1):
        before, rest = text[:at].rstrip(), text[at:].lstrip()
        if before.endswith(",") and rest.startswith(("]", "}")):
            return before.count("\n") + 1
    return None


def _ends_early(text: str, error: json.JSONDecodeError) -> bool:
    return error.pos >= len(text.rstrip()) - 1 or error.msg.startswith("Unterminated string")
