"""Code cells, the names they bind, and which of them answers a question."""

from __future__ import annotations

import ast
import builtins
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

# What is parsed to see which names a cell binds; beyond it, its lines are looked at.
MAX_PARSED = 100_000
MAX_CELLS = 2_000


@dataclass(frozen=True)
class Cell:
    """A code cell: its id in the notebook, and its source.

    other_ids: under which names else a tool has kept its id. given: a cell of the release's own, put in by
    the grader.
    """

    cell_id: str
    source: str
    other_ids: tuple[str, ...] = ()
    given: bool = False

    @property
    def first_line(self) -> str:
        """Its first line that is code, to name it by."""
        lines = [line.strip() for line in self.source.splitlines()]
        code = [line for line in lines if line and not line.startswith("#")]
        return (code or [line for line in lines if line] or [""])[0][:60]


@dataclass(frozen=True)
class Content:
    """What a notebook or a script holds: its code cells, the texts of its other cells, its metadata, and what
    is odd about it."""

    cells: list[Cell]
    texts: list[str] = field(default_factory=list)
    metadata: dict[str, Any] = field(default_factory=dict)
    remark: str = ""


@dataclass(frozen=True)
class Names:
    """What a cell does to names, at its top level.

    bound: the names it binds. defined: those of them that it binds by `def` or `class`. placeholders: those
    that it binds to no more than what was given out, a stub or `...`. mentioned: those it reads. plain:
    whether it does no more than bind new names to functions and literals. whole: whether all of the cell was
    understood, with no magic in it.
    """

    bound: frozenset[str]
    mentioned: frozenset[str]
    plain: bool
    defined: frozenset[str] = frozenset()
    placeholders: frozenset[str] = frozenset()
    whole: bool = False


@lru_cache(maxsize=4096)
def names_in(source: str) -> Names:
    """Kept by source: most cells of a class's submissions are the ones that were handed out."""
    body = _parsed(source)
    whole = body is not None
    body = body if whole else _parsed(_without_magics(source))
    if body is None:
        defined = frozenset(re.findall(r"^(?:(?:async[ ]+)?def|class)[ ]+(\w+)", source, re.MULTILINE))
        assigned = frozenset(re.findall(r"^(\w+)[ ]*=(?!=)", source, re.MULTILINE))
        return Names(defined | assigned, frozenset(), plain=False, defined=defined)
    mentioned = frozenset(
        node.id for statement in body for node in ast.walk(statement) if isinstance(node, ast.Name)
    )
    bound, placeholders = set[str](), set[str]()
    for statement in body:
        names = set(bound_names(statement))
        bound |= names
        # The last binding of a name is the one that holds.
        placeholders = placeholders | names if _is_placeholder(statement) else placeholders - names
    return Names(
        frozenset(bound),
        mentioned,
        whole and all(map(_is_plain, body)),
        frozenset(name for statement in body for name in _defined_names(statement)),
        frozenset(placeholders),
        whole,
    )


DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def statements(source: str) -> list[ast.stmt]:
    """A cell's statements, without its magics; none if it is no Python."""
    return _parsed(source) or _parsed(_without_magics(source)) or []


def _parsed(source: str) -> list[ast.stmt] | None:
    """The statements of a cell; None if it is no Python, or too much of it."""
    if len(source) > MAX_PARSED:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _without_magics(source: str) -> str:
    return re.sub(r"^[ \t]*[%!?][^\n]*|^[^\n#\"']*\?[ \t]*$", "", source, flags=re.MULTILINE)


def bound_names(node: ast.stmt) -> Iterator[str]:
    """The names that a statement binds at the top level."""
    if isinstance(node, DEFINITIONS):
        yield node.name
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        for alias in node.names:
            yield (alias.asname or alias.name).partition(".")[0]
    else:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
                yield inner.id
            elif isinstance(inner, DEFINITIONS):
                yield inner.name


def _defined_names(node: ast.stmt) -> Iterator[str]:
    """The names that a statement binds by `def` or `class`, in a block too, and not inside a function."""
    if isinstance(node, DEFINITIONS):
        yield node.name
        return
    for inner in ast.walk(node):
        if isinstance(inner, DEFINITIONS):
            yield inner.name


def _is_placeholder(statement: ast.stmt) -> bool:
    """Whether a statement leaves a question as it was given out: a function that only raises, or a name for
    `...`."""
    if isinstance(statement, ast.FunctionDef):
        body = statement.body
        if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant) and len(body) > 1:
            body = body[1:]
        return len(body) == 1 and (
            (
                isinstance(body[0], ast.Expr)
                and isinstance(body[0].value, ast.Constant)
                and body[0].value.value is ...
            )
            or (isinstance(body[0], ast.Raise) and "NotImplementedError" in ast.dump(body[0]))
        )
    if isinstance(statement, (ast.Assign, ast.AnnAssign)):
        return isinstance(statement.value, ast.Constant) and statement.value.value is ...
    return False


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
    """The number of the cell that answers a question, or None.

    Of the cells that bind its name, and to more than what was given out if any does: the one with the id that
    it was released with; else the one that kept that id in its metadata, as Colab does; else the one before
    the question's own check; else the last that defines it; else the last. So a cell further down that uses
    the name for something else costs nothing.
    """
    binding = [
        number
        for number, cell in enumerate(cells)
        if not cell.given and name in cell.source and name in names_in(cell.source).bound
    ]
    attempts = [number for number in binding if name not in names_in(cells[number].source).placeholders]
    for among in (attempts, binding):
        for found in (
            [number for number in among if cells[number].cell_id == released],
            [number for number in among if released in cells[number].other_ids],
            _before_its_check(cells, name, among),
            [number for number in among if name in names_in(cells[number].source).defined],
            among,
        ):
            if found:
                return found[-1]
    as_released = [number for number, cell in enumerate(cells) if released in (cell.cell_id, *cell.other_ids)]
    return as_released[-1] if as_released else None


CHECK = re.compile(r"\bcheck\(\s*[\"'](\w+)[\"']\s*\)")


@lru_cache(maxsize=4096)
def _checks(source: str) -> list[str]:
    """The questions that a cell asks Otter about."""
    return CHECK.findall(source)


def _before_its_check(cells: Sequence[Cell], name: str, among: Sequence[int]) -> list[int]:
    """Of these cells, the nearest before each check of the question, without another question's check in
    between."""
    found: list[int] = []
    since: list[int] = []
    for number, cell in enumerate(cells):
        since += [number] if number in among else []
        checked = _checks(cell.source)
        if name in checked:
            found += since[-1:]
        if checked:
            since = []
    return found


def attempted(cells: Sequence[Cell], names: Sequence[str]) -> list[str]:
    """Which of these questions have an answer among the cells that is more than what was given out."""
    found = [names_in(cell.source) for cell in cells if not cell.given]
    return [name for name in names if any(name in n.bound and name not in n.placeholders for n in found)]


def only_adds(cells: Sequence[Cell], answer: int) -> bool:
    """Whether the cells after an answer only add names that nothing up to it knows: then it is at the end
    what it was right after its cell."""
    known = set(vars(builtins))
    for cell in cells[: answer + 1]:
        names = names_in(cell.source)
        known |= names.bound | names.mentioned
        if not names.whole or (not names.mentioned and not names.plain):
            # A cell that could not be parsed may mention anything.
            return False
    later = [names_in(cell.source) for cell in cells[answer + 1 :]]
    return all(names.plain and not names.bound & known for names in later)
