"""A script's cells: cut where the tool that wrote it has marked them, else one for each statement."""

from __future__ import annotations

import ast
import itertools
import re
import warnings
from collections.abc import Iterator
from typing import BinaryIO

from autograder.grade.reading import forms
from autograder.grade.reading.cells import MAX_CELLS, MAX_PARSED, Cell, Content, names_in
from autograder.grade.reading.text import MAX_TEXT_BYTES, decoded, pieces
from autograder.grade.reading.unreadable import (
    SAVE_AGAIN,
    Unreadable,
    merge_mark,
    refuse_binary,
    refuse_other_texts,
)

# The lines that begin a cell: `# %%` (VS Code, Spyder, Jupytext), `# In[3]:` (nbconvert), `# <codecell>`
# (older exports), `# COMMAND ----------` (Databricks).
CELL_MARK = re.compile(
    r"^# ?%%%*(?P<percent>[ \t][^\n]*)?$"
    r"|^# In ?\[[ \d*]*\]:? *$"
    r"|^# <(?P<old>codecell|markdowncell|htmlcell|rawcell)> *$"
    r"|^# COMMAND -+ *$",
    re.MULTILINE,
)
# Jupytext's light format: `# +` begins a cell and `# -` ends it; what stands between such cells is code as
# well.
LIGHT_MARK = re.compile(r"^# (?:\+(?P<light>[ \t][^\n]*)?|-)[ \t]*$", re.MULTILINE)
NO_CODE = re.compile(r"\[(markdown|md|raw|html)\]|^(md|markdown|raw|markdowncell|htmlcell|rawcell)$")
# A line that goes on with the statement before it, although it stands at the margin.
GOES_ON = re.compile(r"(else|elif|except|finally)\b|[)\]}]|#|\s*$")
# How many lines at the margin are tried as one statement before the first of them is given up.
MAX_JOINED = 20
MAX_TRIES = 2_000


def read_script(file: BinaryIO, called: str = "the file") -> Content:
    """Read a script. Raises `Unreadable`, with what it is and what to do, for what is none."""
    data = b""
    for piece in pieces(file):
        data += piece
        if len(data) > MAX_TEXT_BYTES:
            raise Unreadable(f"{called} has more than {MAX_TEXT_BYTES // 2**20} MB. Hand in the code alone")
    refuse_binary(data[:4_096], called)
    text, remark = decoded(data)
    refuse_other_texts(text, called)
    if "\0" in text:
        raise Unreadable(f"{called} is no script: it holds null bytes, and is not UTF-8 text. {SAVE_AGAIN}")
    return content_of_text(text, remark)


def content_of_text(text: str, remark: str) -> Content:
    """The content of a text that is no JSON."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    mark = merge_mark(text)
    if mark:
        said = f"The script holds the marks of a merge that was not finished ({mark[0]} in line {mark[1]})."
        remark = f"{remark} {said}".strip()
    code, texts = max(_as_forms(text), key=lambda form: _bound(form[0]))
    cells = [Cell(f"part {number}", part) for number, part in enumerate(map(forms.as_typed, code))]
    return Content(cells, texts, {}, remark)


def _as_forms(text: str) -> Iterator[tuple[list[str], list[str]]]:
    """The text's code and its texts under each form that it may have: that one is meant under which most
    names are bound, and of equals the first."""
    if len(text) <= 10 * MAX_PARSED:
        if forms.is_fenced(text):
            yield forms.fenced(text, forms.PYTHON)
            yield forms.fenced(text, forms.NO_LANGUAGE)
        if forms.is_marimo(text) and _parses(text):
            yield forms.marimo_cells(text), []
        if forms.is_transcript(text):
            yield forms.typed(text), []
            yield cut(forms.PROMPTS.sub("", text))
    yield cut(text)


def _bound(code: list[str]) -> int:
    return len(frozenset[str]().union(*(names_in(part).bound for part in code)))


def cut(text: str) -> tuple[list[str], list[str]]:
    """A script's parts that are code, and those that are text."""
    if len(text) > 10 * MAX_PARSED:
        return ([text] if text.strip() else []), []
    light = bool(re.search(r"format_name: light", text)) or (
        re.search(r"^# \+", text, re.MULTILINE) and re.search(r"^# -[ \t]*$", text, re.MULTILINE)
    )
    mark = LIGHT_MARK if light else CELL_MARK
    marked = list(_marked(text, mark))
    code, texts = _whole_strings([part for part, is_code in marked if is_code]), _texts(marked)
    if light or names_in(code[0]).bound:
        # Between its marked cells, the light format has one cell for each paragraph of code; and what is no
        # cell's first line in a plain script may look like one.
        code = [piece for part in code for piece in _statements(part)]
    code = [part for part in code if re.search(r"^[ \t]*[^\s#]", part, re.MULTILINE)]
    return (code if len(code) <= MAX_CELLS else [text]), texts


def _marked(text: str, mark: re.Pattern[str]) -> Iterator[tuple[str, bool]]:
    """The parts between the marks, and whether each is code."""
    start, is_code = 0, True
    for found in mark.finditer(text):
        yield text[start : found.start()], is_code
        said = next((group for group in found.groups() if group), "")
        is_code, start = not NO_CODE.search(said.strip()), found.end()
    yield text[start:], is_code


def _texts(marked: list[tuple[str, bool]]) -> list[str]:
    """The text of parts that are no code, without the comment signs that it stands behind."""
    return [re.sub(r"^# ?", "", part, flags=re.MULTILINE) for part, is_code in marked if not is_code]


def _whole_strings(parts: list[str]) -> list[str]:
    """The parts, those put together again that a mark inside a string had cut."""
    whole: list[str] = []
    at = 0
    while at < len(parts):
        end = at + 1
        if _ends_in_a_string(parts[at]):
            joined = (last for last in range(at + 2, min(at + MAX_JOINED, len(parts)) + 1))
            end = next((last for last in joined if _parses("\n".join(parts[at:last]))), end)
        whole.append("\n".join(parts[at:end]))
        at = end
    return whole


def _ends_in_a_string(source: str) -> bool:
    if '"""' not in source and "'''" not in source:
        return False
    try:
        _parse(source)
    except SyntaxError as error:
        return "unterminated triple-quoted" in (error.msg or "")
    except (ValueError, RecursionError, MemoryError):
        return False
    return False


def _parse(source: str) -> list[ast.stmt]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source).body


def _parses(source: str) -> bool:
    try:
        _parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _statements(text: str) -> list[str]:
    """One part for each statement, with the comments before it. Where the whole does not parse, what is wrong
    is a part by itself."""
    lines = text.split("\n")
    try:
        body = _parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _recovered(lines)
    starts = sorted(
        {min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))]) - 1 for node in body}
    )
    return _split(lines, starts)


def _split(lines: list[str], starts: list[int]) -> list[str]:
    bounds = [0, *starts[1:], len(lines)]
    return ["\n".join(lines[start:end]) + "\n" for start, end in itertools.pairwise(bounds)]


def _recovered(lines: list[str]) -> list[str]:
    """The statements of a script that is not all Python: each runs from a line at the margin to the next with
    which it parses."""
    starts = [n for n, line in enumerate(lines) if line[:1].strip() and not GOES_ON.match(line)]
    if not starts:
        return ["\n".join(lines)]
    ends = [*starts[1:], len(lines)]
    kept, at, tries = [], 0, 0
    while at < len(starts):
        kept.append(starts[at])
        reach = at
        for last in range(at, min(at + MAX_JOINED, len(starts))):
            tries += 1
            if tries > MAX_TRIES:
                break
            if _parses("\n".join(lines[starts[at] : ends[last]])):
                reach = last
                break
        at = reach + 1
    return _split(lines, kept)
