"""Whether a notebook's answers can keep or change a state. If none can, cells that only call them leave every
answer as it was, and it need not be asked both after its own cell and at the end.

What is not known to be harmless counts as harmful: then a question is checked at both places.
"""

from __future__ import annotations

import ast
import builtins
import symtable
import sys
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from autograder.grade.reading.cells import Cell, bound_names, names_in, statements

# Modules whose functions have no state between calls, but for what is listed below.
MODULES = frozenset(
    [
        "cmath",
        "collections.abc",
        "feedback",
        "fractions",
        "functools",
        "handing_in",
        "itertools",
        "math",
        "numpy",
        "operator",
        "statistics",
        "typing",
    ]
)
# What a notebook's own cells ask of the course, which answers by looking at what is there.
ASKED = ("grader", "feedback", "handing_in")
# What keeps a state all the same: of modules, and of arrays, which can be written to files.
WITH_STATE = frozenset(
    [
        "cache",
        "fromfile",
        "genfromtxt",
        "load",
        "loadtxt",
        "lru_cache",
        "memmap",
        "random",
        "save",
        "savetxt",
        "savez",
        "savez_compressed",
        "setbufsize",
        "seterr",
        "seterrcall",
        "tofile",
    ]
)
# Built-in functions that change what they are not handed, or that hand out what is.
REACHES_EVERYTHING = frozenset(
    [
        "__build_class__",
        "__import__",
        "__loader__",
        "__spec__",
        "breakpoint",
        "compile",
        "delattr",
        "eval",
        "exec",
        "exit",
        "getattr",
        "globals",
        "help",
        "input",
        "locals",
        "open",
        "quit",
        "setattr",
        "vars",
    ]
)
HARMLESS = frozenset(vars(builtins)) - REACHES_EVERYTHING


@dataclass(frozen=True)
class Uses:
    """The names that a cell needs from elsewhere. looked_into: those whose attributes it reads."""

    names: frozenset[str]
    looked_into: frozenset[str]


def keeps_no_state(cells: Sequence[Cell], handed_out: Collection[str]) -> bool:
    """Whether no cell but those that were handed out could change what another has defined, at once or when
    it is called.

    handed_out: the sources of the cells that students are given.
    """
    own = [cell for cell in cells if not _is_given(cell, handed_out)]
    bound = [_bound(cell.source, given=_is_given(cell, handed_out)) for cell in cells]
    defined, imported, other = (frozenset[str]().union(*names) for names in zip(*bound, strict=True))
    functions, modules = (HARMLESS | defined) - imported - other, imported - defined - other
    for cell in own:
        uses = _uses(cell.source)
        if uses is None or not uses.looked_into <= modules | (HARMLESS - defined - other):
            return False
        if not uses.names <= functions:
            return False
    return True


def only_calls(cells: Sequence[Cell], answer: int, handed_out: Collection[str]) -> bool:
    """Whether the cells after an answer bind nothing that an answer or a function up to it needs, in a
    notebook whose answers keep no state."""
    known = set(vars(builtins))
    for cell in cells[: answer + 1]:
        known |= _needed(cell.source).by_functions
        if not _is_given(cell, handed_out):
            known |= names_in(cell.source).bound
    known -= _always_one_import(cells)
    later = [names_in(cell.source).bound for cell in cells[answer + 1 :]]
    return not any(bound & known for bound in later) and keeps_no_state(cells, handed_out)


def _always_one_import(cells: Sequence[Cell]) -> set[str]:
    """The names that nothing binds but imports, and all to the same: importing it once more changes
    nothing."""
    bound_to: dict[str, set[str]] = defaultdict(set)
    for cell in cells:
        imported = _imported(cell.source)
        for name, origin in imported:
            bound_to[name].add(origin)
        for name in names_in(cell.source).bound - {name for name, _ in imported}:
            bound_to[name].add("")
    return {name for name, origins in bound_to.items() if len(origins) == 1 and "" not in origins}


@lru_cache(maxsize=4096)
def _imported(source: str) -> frozenset[tuple[str, str]]:
    """The names that a cell imports, each with what it stands for."""
    imported: set[tuple[str, str]] = set()
    for statement in statements(source):
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            origin = f"{statement.level} {statement.module} " if isinstance(statement, ast.ImportFrom) else ""
            for alias in statement.names:
                name = alias.asname or alias.name.partition(".")[0]
                whole = alias.name if alias.asname or origin else name
                imported.add((name, f"{origin}{whole}"))
    return frozenset(imported)


def _is_given(cell: Cell, handed_out: Collection[str]) -> bool:
    return cell.given or cell.source.strip() in handed_out


class Bound(NamedTuple):
    """The names that a cell binds: to functions, to modules, and to anything else."""

    functions: frozenset[str]
    modules: frozenset[str]
    other: frozenset[str]


@lru_cache(maxsize=4096)
def _bound(source: str, *, given: bool) -> Bound:
    functions, modules, other = set[str](), set[str](), set[str]()
    for statement in statements(source):
        if isinstance(statement, ast.FunctionDef) or (given and isinstance(statement, ast.ImportFrom)):
            functions.update(bound_names(statement))
        elif isinstance(statement, ast.Import) and _is_harmless_import(statement):
            modules.update(bound_names(statement))
        elif isinstance(statement, ast.ImportFrom) and _is_harmless_import(statement):
            functions.update(bound_names(statement))
        else:
            other.update(bound_names(statement))
    return Bound(frozenset(functions), frozenset(modules), frozenset(other))


def _is_harmless_import(statement: ast.Import | ast.ImportFrom) -> bool:
    if isinstance(statement, ast.ImportFrom):
        taken = {alias.name for alias in statement.names}
        return statement.module in MODULES and not taken & (WITH_STATE | {"*"})
    return all(alias.name in MODULES for alias in statement.names)


def _of_the_library(statement: ast.Import) -> bool:
    """Whether an import runs no code of the submission's. What is done with the module is looked at where it
    is used."""
    known = sys.stdlib_module_names | MODULES
    return all(alias.name.partition(".")[0] in known for alias in statement.names)


@dataclass(frozen=True)
class Needed:
    """The notebook's names that a cell reads or writes, and those of them that its functions do, whenever
    they are called."""

    names: frozenset[str]
    by_functions: frozenset[str]


@lru_cache(maxsize=4096)
def _needed(source: str) -> Needed:
    """All that a cell mentions if it is no plain Python."""
    try:
        table = symtable.symtable(source, "<cell>", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        mentioned = names_in(source).mentioned
        return Needed(mentioned, mentioned)
    by_functions = frozenset(name for inner in table.get_children() for name in _free(inner))
    return Needed(by_functions | set(table.get_identifiers()), by_functions)


def _free(table: symtable.SymbolTable) -> Iterator[str]:
    yield from (symbol.get_name() for symbol in table.get_symbols() if symbol.is_global())
    for inner in table.get_children():
        yield from _free(inner)


@lru_cache(maxsize=4096)
def _uses(source: str) -> Uses | None:
    """What a cell needs; None if it may keep a state, or change one that is not its own."""
    names = names_in(source)
    if not names.whole:
        return None
    free = _needed(source).names
    looked_into: set[str] = set()
    needed: set[str] = set()
    for statement in statements(source):
        if isinstance(statement, ast.Import) and _of_the_library(statement):
            continue
        if isinstance(statement, ast.ImportFrom):
            if not _is_harmless_import(statement):
                return None
            continue
        if isinstance(statement, ast.Expr) and _asks_the_course(statement.value):
            continue
        if not isinstance(statement, (ast.FunctionDef, ast.Assign, ast.AnnAssign, ast.Expr)):
            return None
        attributes = {id(node.value) for node in ast.walk(statement) if isinstance(node, ast.Attribute)}
        hints = _plain_hints(statement)
        for node in ast.walk(statement):
            if id(node) in hints:
                continue
            if not _is_harmless(node, free):
                return None
            if isinstance(node, ast.Name) and node.id in free and isinstance(node.ctx, ast.Load):
                (looked_into if id(node) in attributes else needed).add(node.id)
    return Uses(frozenset(needed), frozenset(looked_into))


def _plain_hints(statement: ast.stmt) -> set[int]:
    """The parts of a statement that are hints of types, if they call nothing: they are read once at most."""
    hints = [
        hint
        for node in ast.walk(statement)
        for hint in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if isinstance(hint, ast.expr)
    ]
    return {
        id(part)
        for hint in hints
        if not any(isinstance(part, ast.Call) for part in ast.walk(hint))
        for part in ast.walk(hint)
    }


def _asks_the_course(value: ast.expr) -> bool:
    return (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Attribute)
        and isinstance(value.func.value, ast.Name)
        and value.func.value.id in ASKED
    )


def _is_harmless(node: ast.AST, free: Collection[str]) -> bool:
    """Whether a part of a cell keeps nothing from one call to the next, and writes to nothing but its own."""
    if isinstance(node, (ast.Global, ast.Nonlocal, ast.ClassDef, ast.Import, ast.ImportFrom)):
        return False
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
        defaults = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
        kept = [inner for default in defaults for inner in ast.walk(default)]
        decorated = not isinstance(node, ast.Lambda) and bool(node.decorator_list)
        return not decorated and all(
            isinstance(part, (ast.Constant, ast.UnaryOp, ast.unaryop, ast.Tuple, ast.expr_context))
            for part in kept
        )
    if isinstance(node, ast.Attribute):
        return node.attr not in WITH_STATE and not node.attr.startswith("__") and _is_own(node, free)
    if isinstance(node, ast.Subscript):
        return _is_own(node, free)
    return True


def _is_own(node: ast.Attribute | ast.Subscript, free: Collection[str]) -> bool:
    """Whether what is written to, if it is, hangs on a name of a function's own."""
    if isinstance(node.ctx, ast.Load):
        return True
    root: ast.expr = node
    while isinstance(root, (ast.Attribute, ast.Subscript)):
        root = root.value
    return isinstance(root, ast.Name) and root.id not in free
