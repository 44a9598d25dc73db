"""Where a kernel and the grader come to different verdicts, and why that is right."""

from __future__ import annotations

from differential.cases import Case

PATCHED = (
    "a kernel runs the checks with the changed built-in name as well, and they go wrong by it; in the grader"
    " they run elsewhere"
)
ELSEWHERE = (
    "Otter looks for its tests in the folder that the notebook is in now, and finds none; the answers are"
    " right"
)
SHALLOW = (
    "a kernel that may not go deeper than that cannot answer anything, whatever is asked; the answers are"
    " right"
)

# By a case's label.
REASONS = {
    "what magics give: %cd into a folder that was made": ELSEWHERE,
    "the machine: import os os.chdir('/')": ELSEWHERE,
    "shadowed names: builtins.sum is another": PATCHED,
    "deleted names: import builtins del builtins.sum": PATCHED,
    "threads and pools: import multiprocessing with multiprocessing.Manager() as man": (
        "a manager answers over a socket, and the sandbox opens none"
    ),
    "threads and pools: from multiprocessing import shared_memory block = shared_mem": (
        "shared memory is looked after by another program, and the sandbox starts none; the result says so"
    ),
    "the shell: exit() before the answers": (
        "`exit` ends a kernel, and nothing can be asked of it until it is started again; the answers are"
        " right"
    ),
    "deleted names: globals().clear()": (
        "a kernel that has lost even its built-in names can ask for nothing any more; the answers are right"
    ),
    "endings: import sys sys.setrecursionlimit(50)": SHALLOW,
    "endings: import sys sys.setrecursionlimit(60) def total(z): return z[": SHALLOW,
    "endings: import os os._exit(1) inside": (
        "the call ends the kernel, and nothing can be asked of it any more; the other answers are right"
    ),
    "shadowed names: builtins.float is int": (
        "a kernel runs the checks with the changed `float` as well, and they cannot tell the difference; in "
        "the grader they run elsewhere, and can"
    ),
    "displays: import sys sys.stdout = None print(1)": (
        "a kernel without an output can show no result; the answers are right"
    ),
}


def reason_for(case: Case) -> str:
    """Why a case's verdicts differ; empty if they should not."""
    return REASONS.get(case.label, "")
