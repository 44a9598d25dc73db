"""Where a kernel and the grader come to different verdicts, and why that is right."""

from __future__ import annotations

from differential.cases import Case

# By the beginning of a case's label.
REASONS = {
    "what magics give: %cd into a folder": (
        "Otter looks for its tests in the folder that the notebook is in now, and finds none; the answers are"
        " right"
    ),
    "the shell: exit() before the answers": (
        "`exit` ends a kernel, and nothing can be asked of it until it is started again; the answers are"
        " right"
    ),
    "deleted names: globals().clear()": (
        "a kernel that has lost even its built-in names can ask for nothing any more; the answers are right"
    ),
    "displays: import sys sys.stdout = None": (
        "a kernel without an output can show no result; the answers are right"
    ),
}


def reason_for(case: Case) -> str:
    """Why a case's verdicts differ; empty if they should not."""
    return next((reason for label, reason in REASONS.items() if case.label.startswith(label)), "")
