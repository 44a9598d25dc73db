"""Syntax of Pythons newer than the one that grades: to its author it is right, and an error there says
nothing of it.

This file stands beside the notebook, which warns before anything is handed in; and in the grader, which says
so of a cell that does not compile. It needs nothing but Python.
"""

from __future__ import annotations

import re

# The oldest Python that a grader runs.
OLDEST = (3, 11)

# What a pattern finds, and the first version that takes it.
NEWER = (
    ((3, 12), "a `type` statement", r"^[ \t]*type[ \t]+\w+[ \t]*(\[[^\n]*\])?[ \t]*=(?!=)"),
    ((3, 12), "type parameters in brackets", r"^[ \t]*(async[ \t]+)?(def|class)[ \t]+\w+[ \t]*\["),
    (
        (3, 12),
        "an f-string with its own quotes inside",
        r"\b[fF][rR]?\"[^\"\n]*(?<!\{)\{(?!\{)[^}\"\n]*\"|\b[fF][rR]?'[^'\n]*(?<!\{)\{(?!\{)[^}'\n]*'",
    ),
    ((3, 12), "an f-string with a backslash inside", r"\b[fF](\"[^\"\n]*\{[^}\"\n]*\\|'[^'\n]*\{[^}'\n]*\\)"),
    (
        (3, 14),
        "`except` with several errors and no brackets",
        r"^[ \t]*except[ \t]+[\w.]+[ \t]*,[ \t]*[\w.]+[ \t]*[,:]",
    ),
    ((3, 14), "a t-string", r"(?<![\w\"'])[tT][rR]?[\"']"),
)


def newer_syntax(source: str, running: tuple[int, int] = OLDEST) -> str:
    """What a cell holds of a newer Python than the one named, and which brought it; else nothing."""
    for version, name, pattern in NEWER:
        if version > running and re.search(pattern, source, re.MULTILINE):
            return f"{name}, which Python {version[0]}.{version[1]} brought"
    return ""
