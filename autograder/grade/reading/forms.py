"""Code that stands in another form than a notebook's cells or a plain script: fenced in Markdown (Jupytext,
MyST, R Markdown, Quarto), in marimo's functions, behind the prompts of a shell."""

from __future__ import annotations

import ast
import codeop
import contextlib
import re
import textwrap
import warnings
from collections.abc import Sequence

from autograder.grade.reading.cells import names_in

FENCE = re.compile(r"(?P<indent> {0,3})(?P<marks>`{3,}|~{3,})[ \t]*(?P<info>[^\n]*)")
# ```python, ```{python}, ```{code-cell} ipython3, ```{.python .numberLines}
PYTHON = re.compile(
    r"\{?[ \t]*(\{code-cell\}|code-cell\b|\.?(python|ipython|py|pycon)[\d.]*(?![\w-]))", re.IGNORECASE
)
# ```, as chats and notes write it.
NO_LANGUAGE = re.compile(r"$")
# What MyST and Quarto say of a cell in its first lines.
OPTIONS = re.compile(r"\A(---\n.*?\n---\n|(:[\w-]+:[^\n]*\n)+|(#\|[^\n]*\n)+)", re.DOTALL)

MARIMO = re.compile(r"^(import|from) marimo\b", re.MULTILINE)
MARIMO_CELL = re.compile(
    r"^@app\.(cell|function|class_definition)\b|^with app\.setup\b|^app\._unparsable_cell\(", re.MULTILINE
)
NOT_A_CELL = re.compile(r"(import|from) marimo\b|__generated_with\b|app = marimo\.|if __name__\b")

PROMPT = re.compile(r"^(>>> ?|In \[\d+\]: ?)", re.MULTILINE)
PROMPTS = re.compile(r"^(>>> ?|In \[\d+\]: ?|\.\.\.(?: |$)| +\.\.\.: ?)", re.MULTILINE)
CELL_MAGIC = "get_ipython().run_cell_magic"
# Lines of one statement, each without a prompt: with each of them it is compiled again.
MAX_WITHOUT_PROMPT = 100
CONTINUED = re.compile(r"^(\.\.\.(?: |$)| +\.\.\.: ?)")


# Markdown ---------------------------------------------------------------------------------------------------


def is_fenced(text: str) -> bool:
    return re.search(rf"^{FENCE.pattern}$", text, re.MULTILINE) is not None


def fenced(text: str, language: re.Pattern[str]) -> tuple[list[str], list[str]]:
    """What stands in a Markdown text's fences for a language, and what stands around them."""
    code, texts = [], []
    around: list[str] = []
    lines = iter(text.split("\n"))
    for line in lines:
        opened = FENCE.fullmatch(line)
        if opened is None or ("`" in opened["marks"] and "`" in opened["info"]):
            around.append(line)
            continue
        inside = []
        for inner in lines:
            closed = FENCE.fullmatch(inner)
            if closed and not closed["info"] and closed["marks"].startswith(opened["marks"]):
                break
            inside.append(inner.removeprefix(opened["indent"]))
        if language.match(opened["info"]):
            code.append(OPTIONS.sub("", "\n".join([*inside, ""]), count=1))
            texts.append("\n".join(around))
            around = []
        else:
            around += [line, *inside]
    return code, [part for part in [*texts, "\n".join(around)] if part.strip()]


# marimo -----------------------------------------------------------------------------------------------------


def is_marimo(text: str) -> bool:
    return MARIMO.search(text) is not None and MARIMO_CELL.search(text) is not None


def marimo_cells(text: str) -> list[str]:
    """The cells of a marimo notebook, each without the function around it, and after those whose names it
    needs: marimo goes by that, and not by their places. Raises `SyntaxError` if it is no Python."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        body = ast.parse(text).body
    lines = text.split("\n")
    cells = [_marimo_cell(node, lines) for node in body]
    return _by_need([cell for cell in cells if cell.strip() and not NOT_A_CELL.match(cell)])


def _marimo_cell(node: ast.stmt, lines: Sequence[str]) -> str:
    """What a statement at the margin of a marimo notebook holds: one cell."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and _decorated_by(node, "cell"):
        kept = [inner for inner in node.body if not isinstance(inner, (ast.Return, ast.Pass))]
        return _dedented(kept, lines)
    if isinstance(node, (ast.With, ast.AsyncWith)) and "app.setup" in ast.unparse(node.items[0].context_expr):
        return _dedented(node.body, lines)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and node.value.args:
        first = node.value.args[0]
        if ast.unparse(node.value.func) == "app._unparsable_cell" and isinstance(first, ast.Constant):
            return textwrap.dedent(str(first.value))
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        # A function that marimo keeps at the margin: the mark above it is marimo's.
        node.decorator_list = [by for by in node.decorator_list if not ast.unparse(by).startswith("app.")]
    return _dedented([node], lines)


def _decorated_by(node: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> bool:
    return any(re.match(rf"app\.{name}\b", ast.unparse(by)) for by in node.decorator_list)


def _dedented(body: Sequence[ast.stmt], lines: Sequence[str]) -> str:
    """The source of statements in a row, moved to the margin."""
    if not body:
        return ""
    first = min([body[0].lineno, *(by.lineno for by in getattr(body[0], "decorator_list", []))])
    return textwrap.dedent("\n".join(lines[first - 1 : body[-1].end_lineno])) + "\n"


def _by_need(cells: list[str]) -> list[str]:
    """The cells in an order in which each has the names it mentions, if there is one; else as they stand."""
    names = [names_in(cell) for cell in cells]
    binds = {name: number for number, names_of in enumerate(names) for name in names_of.bound}
    needs = [
        {binds[n] for n in names_of.mentioned if n in binds} - {number}
        for number, names_of in enumerate(names)
    ]
    order: list[int] = []
    there = set[int]()
    waiting = list(range(len(cells)))
    while waiting:
        following = next((number for number in waiting if needs[number] <= there), waiting[0])
        order.append(following)
        there.add(following)
        waiting.remove(following)
    return [cells[number] for number in order]


# Shells -----------------------------------------------------------------------------------------------------


def is_transcript(text: str) -> bool:
    return PROMPT.search(text) is not None


def as_typed(source: str) -> str:
    """A cell as it was typed: without a shell's prompts, and with a magic on top for what nbconvert makes of
    one."""
    if PROMPT.match(source.lstrip("\n")):
        return "\n".join(typed(source))
    if source.strip().startswith(CELL_MAGIC):
        # Its three arguments, in brackets, are a tuple.
        with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            name, line, cell = ast.literal_eval(source.strip().removeprefix(CELL_MAGIC))
            return f"%%{name} {line}\n{cell}"
    return source


def typed(text: str) -> list[str]:
    """What was typed into a shell whose transcript the text is, an entry for each prompt; what the shell
    answered is left out."""
    entries: list[list[str]] = []
    goes_on = False
    for line in text.split("\n"):
        prompt = PROMPT.match(line)
        if prompt:
            entries.append([line[prompt.end() :]])
            goes_on = True
        elif entries and goes_on and (more := CONTINUED.match(line)):
            entries[-1].append(line[more.end() :])
        elif entries and goes_on and _is_unfinished(entries[-1]):
            # IDLE shows no prompt in front of the lines that go on.
            entries[-1].append(line)
        else:
            goes_on = False
    return [entry for lines in entries if (entry := "\n".join(lines).strip("\n"))]


def _is_unfinished(lines: Sequence[str]) -> bool:
    """Whether a shell would wait for another line."""
    if len(lines) > MAX_WITHOUT_PROMPT:
        return False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return codeop.compile_command("\n".join(lines), symbol="single") is None
        except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError):
            return False
