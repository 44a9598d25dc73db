"""Functions that a check hands over and that the submission's side may run itself: each is its code and
nothing else, so that a descent of a thousand steps needs no thousand questions and answers."""

from __future__ import annotations

import base64
import dis
import marshal
import math
import types
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

MODULES = {"np": np, "math": math}
# fmt: off
BUILTINS = frozenset([
    "abs", "all", "any", "bool", "complex", "enumerate", "float", "int", "isinstance", "len", "list", "map",
    "max", "min", "pow", "range", "reversed", "round", "sorted", "sum", "tuple", "zip",
])
# fmt: on
# Beside reading its arguments and working out a result: what a function may not do.
LEAVES_A_MARK = frozenset(
    [
        "STORE_ATTR",
        "STORE_SUBSCR",
        "STORE_GLOBAL",
        "STORE_NAME",
        "DELETE_ATTR",
        "DELETE_SUBSCR",
        "DELETE_GLOBAL",
        "IMPORT_NAME",
        "YIELD_VALUE",
        "RETURN_GENERATOR",
    ]
)
WITH_STATE = frozenset(["random", "seterr", "errstate"])


def portable(function: Callable[..., Any]) -> list[str] | None:
    """A function's name and code as they are sent; None for one that knows more than its arguments, keeps a
    state, or writes anywhere: it is asked over here, call by call."""
    if not isinstance(function, types.FunctionType):
        return None
    code = function.__code__
    names = _global_names(code)
    if function.__defaults__ or function.__kwdefaults__ or names is None:
        return None
    # A check as it is rendered imports NumPy itself: its functions have it from there.
    around = zip(code.co_freevars, function.__closure__ or (), strict=True)
    known = [(name, function.__globals__.get(name)) for name in names]
    known += [(name, cell.cell_contents) for name, cell in around]
    if any(value is not MODULES.get(name, known) for name, value in known):
        return None
    return [function.__name__, _sent(code)]


@lru_cache(maxsize=1024)
def _global_names(code: types.CodeType) -> frozenset[str] | None:
    """The names beyond built-in ones that some code reads; None if it does more than read."""
    names: set[str] = set()
    for step in dis.get_instructions(code):
        if step.opname in LEAVES_A_MARK or step.argval in WITH_STATE:
            return None
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
            names.add(str(step.argval))
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            more = _global_names(inner)
            if more is None:
                return None
            names |= more
    unknown = {name for name in names if name not in BUILTINS}
    return frozenset(unknown) if unknown <= MODULES.keys() else None


@lru_cache(maxsize=1024)
def _sent(code: types.CodeType) -> str:
    """The code as text; worked out once, since the same code may be written in more than one way."""
    return base64.b64encode(marshal.dumps(code)).decode()
