"""Syntax of Pythons newer than the one that grades: to its author it is right, and an error here says nothing
of it."""

from __future__ import annotations

import re
import sys

# What a pattern finds, and the first version that takes it. They are looked for in cells alone that do not
# compile.
NEWER = (
    ((3, 12), "a `type` statement", r"^[ \t]*type[ \t]+\w+[ \t]*(\[[^\n]*\])?[ \t]*=(?!=)"),
    ((3, 12), "type parameters in brackets", r"^[ \t]*(async[ \t]+)?(def|class)[ \t]+\w+[ \t]*\["),
    (
        (3, 12),
        "an f-string with its own quotes inside",
        r"\b[fF][rR]?\"[^\"\n]*\{[^}\"\n]*\"|\b[fF][rR]?'[^'\n]*\{[^}'\n]*'",
    ),
    ((3, 12), "an f-string with a backslash inside", r"\b[fF](\"[^\"\n]*\{[^}\"\n]*\\|'[^'\n]*\{[^}'\n]*\\)"),
    (
        (3, 14),
        "`except` with several errors and no brackets",
        r"^[ \t]*except[ \t]+[\w.]+[ \t]*,[ \t]*[\w.]+[ \t]*[,:]",
    ),
    ((3, 14), "a t-string", r"(?<![\w\"'])[tT][rR]?[\"']"),
)


def newer_syntax(source: str, running: tuple[int, int] = sys.version_info[:2]) -> str:
    """What to say of a cell that does not compile, if it holds syntax of a newer Python than the grader's;
    else nothing."""
    for version, name, pattern in NEWER:
        if version > running and re.search(pattern, source, re.MULTILINE):
            needed, here = (".".join(map(str, numbers)) for numbers in (version, running))
            return f"it holds {name}, which Python {needed} brought; the grader runs Python {here}"
    return ""
