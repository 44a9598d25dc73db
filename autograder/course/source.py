"""Source that stands alone: a function with what it takes from its file, and plain data as text."""

from __future__ import annotations

import ast
import inspect
import io
import math
import tokenize
import types
from collections.abc import Callable, Collection
from functools import cache
from typing import Any

from autograder.course.question import Answerable, DeclarationError


@cache
def source_of(function: Callable[..., Any]) -> str:
    """A function's source without its decorators, at the margin."""
    lines, _ = inspect.getsourcelines(function)
    tree = ast.parse(inspect.cleandoc("\n" + "".join(lines)) if lines[0][0].isspace() else "".join(lines))
    node = tree.body[0]
    assert isinstance(node, ast.FunctionDef)
    return "".join(lines[node.lineno - 1 :]).rstrip("\n")


@cache
def outside_names(source: str) -> list[str]:
    """The names a function's source takes from outside itself, in order of appearance."""
    import builtins
    import symtable

    used: set[str] = set()

    def walk(table: symtable.SymbolTable) -> None:
        for symbol in table.get_symbols():
            if symbol.is_global() and symbol.is_referenced():
                used.add(symbol.get_name())
        for child in table.get_children():
            walk(child)

    for child in symtable.symtable(source, "<check>", "exec").get_children():
        walk(child)
    order = {
        node.id: (node.lineno, node.col_offset)
        for node in reversed(list(ast.walk(ast.parse(source))))
        if isinstance(node, ast.Name)
    }
    return sorted(
        (name for name in used if not hasattr(builtins, name)), key=lambda name: order.get(name, (0, 0))
    )


def portable(function: Callable[..., Any], given: Collection[str] = ()) -> list[str]:
    """The lines that make a check stand alone: the imports, constants and functions it takes from its file,
    but for the names that are given."""
    checking = {"expect", "student", *given}
    imports: list[str] = []
    lines: list[str] = []
    done: set[str] = set()

    def need(name: str, user: Callable[..., Any]) -> None:
        if name in done or name in checking:
            return
        done.add(name)
        if name not in user.__globals__:
            raise DeclarationError(
                f"`{user.__name__}` uses `{name}`, which is not defined",
                user.__code__.co_filename,
                user.__code__.co_firstlineno,
            )
        value = user.__globals__[name]
        if isinstance(value, types.ModuleType):
            if value.__name__.partition(".")[0] not in {
                "math",
                "numpy",
                "itertools",
                "random",
                "statistics",
                "functools",
                "collections",
            }:
                raise DeclarationError(
                    f"check `{function.__name__}` uses the module `{value.__name__}`; a check may use math"
                    " and numpy, and no reference",
                    function.__code__.co_filename,
                    function.__code__.co_firstlineno,
                )
            imports.append(
                f"import {value.__name__}" if value.__name__ == name else f"import {value.__name__} as {name}"
            )
        elif inspect.isfunction(value):
            source = source_of(value)
            for inner in outside_names(source):
                need(inner, value)
            lines.extend(source.splitlines())
        elif isinstance(value, (Answerable, type)):
            raise DeclarationError(
                f"check `{function.__name__}` uses `{name}`; to call the student's `{name}`, make it a"
                " parameter of the check",
                function.__code__.co_filename,
                function.__code__.co_firstlineno,
            )
        else:
            try:
                lines.append(f"{name} = {literal(value)}")
            except TypeError as error:
                raise DeclarationError(
                    f"`{user.__name__}` uses `{name}`: {error}",
                    user.__code__.co_filename,
                    user.__code__.co_firstlineno,
                ) from error
            if "np." in lines[-1]:
                need_numpy()
            if "math." in lines[-1] and "import math" not in imports:
                imports.append("import math")
                done.add("math")

    def need_numpy() -> None:
        if "import numpy as np" not in imports:
            imports.append("import numpy as np")
            done.add("np")

    for name in outside_names(source_of(function)):
        need(name, function)
    return sorted(set(imports)) + lines


def literal(value: Any) -> str:
    """Python source for a piece of plain data."""
    import numpy as np

    if isinstance(value, np.ndarray):
        return f"np.array({literal(value.tolist())}, dtype={value.dtype.name!r})"
    if isinstance(value, np.generic):
        return literal(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return "math.nan" if math.isnan(value) else "math.inf" if value > 0 else "-math.inf"
    if value is None or type(value) in (bool, int, float, str):
        return repr(value)
    if type(value) is list:
        return f"[{', '.join(map(literal, value))}]"
    if type(value) is tuple:
        return f"({', '.join(map(literal, value))}{',' if len(value) == 1 else ''})"
    if type(value) is dict:
        return "{" + ", ".join(f"{literal(k)}: {literal(v)}" for k, v in value.items()) + "}"
    raise TypeError(
        f"{type(value).__name__} is no plain data (numbers, strings, Booleans, None, lists, tuples, dicts,"
        " arrays)"
    )


def in_ascii(source: str, name: str) -> str:
    """The same Python in ASCII: characters beyond it as escapes in strings, and as their escapes in comments.

    Otter reads a test file in the encoding of the student's machine, which on Windows is not UTF-8. name: the
    file's, for what is said of a place where there is no escape.
    """
    if source.isascii():
        return source
    lines = list(io.StringIO(source))
    # What Python 3.12 takes apart are f-strings: the text in them, and the strings in their expressions.
    f_text, f_start, f_end = (
        getattr(tokenize, f"FSTRING_{part}", None) for part in ("MIDDLE", "START", "END")
    )
    depth = 0
    for token in reversed(list(tokenize.generate_tokens(io.StringIO(source).readline))):
        depth += (token.type == f_end) - (token.type == f_start)
        if token.string.isascii():
            continue
        escaped = None
        if token.type in (tokenize.COMMENT, f_text):
            escaped = _escaped(token.string)
        elif token.type == tokenize.STRING and depth == 0:
            escaped = _string_in_ascii(token.string)
        if escaped is None:
            raise DeclarationError(
                f"tests/{name} has to be ASCII, since Otter reads it in each student's own encoding; write"
                f" `{token.string.strip()[:60]}` without {_first_beyond(token.string)}"
            )
        _put(lines, token, escaped)
    return "".join(lines)


def _escaped(text: str) -> str:
    return "".join(
        c if c.isascii() else f"\\u{ord(c):04x}" if ord(c) < 2**16 else f"\\U{ord(c):08x}" for c in text
    )


def _first_beyond(text: str) -> str:
    return repr(next(c for c in text if not c.isascii()))


def _string_in_ascii(literal: str) -> str | None:
    """A string literal in ASCII; None for an f-string that has other characters in its expressions."""
    prefix = literal[: min(literal.index(quote) for quote in "'\"" if quote in literal)].lower()
    if "f" not in prefix:
        return ascii(ast.literal_eval(literal)) if "r" in prefix else _escaped(literal)
    nested = ast.parse(literal, mode="eval").body
    assert isinstance(nested, ast.JoinedStr)
    expressions = [part.value for part in nested.values if isinstance(part, ast.FormattedValue)]
    return (
        None if "r" in prefix or not all(ast.unparse(e).isascii() for e in expressions) else _escaped(literal)
    )


def _put(lines: list[str], token: tokenize.TokenInfo, text: str) -> None:
    """Put a text in a token's place; the tokens behind it have been put already."""
    (first, start), (last, end) = token.start, token.end
    head, tail = lines[first - 1][:start], lines[last - 1][end:]
    lines[first - 1 : last] = [head + text + tail]
