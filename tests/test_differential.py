"""Odd cells in a real kernel and in the grader: the same public checks pass in both.

A few cases of every kind are run each time, and a few notebooks that are drawn; `AUTOGRADER_CASES=all` runs
every case, and hundreds of drawn ones.
"""

import os
from collections import defaultdict

import nbformat
import pytest
from conftest import ROOT
from differential.cases import Case, all_cases
from differential.composed import CHANGED, CHAPTER, composed
from differential.disagreements import reason_for
from differential.kernels import Kernels

from autograder.grade.limits import Limits
from autograder.grade.pipeline import grade
from autograder.grade.reading.cells import Cell
from autograder.grade.release import load
from autograder.grade.sandbox_choice import choose_sandbox
from autograder.grade.submission import Submission
from autograder.grade.zygote import Zygote

PER_KIND = 2
DRAWN = 300 if os.environ.get("AUTOGRADER_CASES") == "all" else 10
LIMITS = Limits(cell=15, call=5, submission=60)


def chosen() -> list[Case]:
    """All cases, or the first and some in the middle of every kind."""
    if os.environ.get("AUTOGRADER_CASES") == "all":
        return all_cases()
    by_kind: dict[str, list[Case]] = defaultdict(list)
    for case in all_cases():
        by_kind[case.kind].append(case)
    return [
        cases[place * len(cases) // PER_KIND]
        for cases in by_kind.values()
        for place in range(min(PER_KIND, len(cases)))
    ]


@pytest.fixture(scope="module")
def kernels():
    started = Kernels()
    yield started
    started.close()


@pytest.fixture(scope="module")
def zygote():
    process = Zygote(choose_sandbox("auto"))
    yield process
    process.close()


@pytest.fixture(scope="module")
def given(built):
    """The cells that a chapter's notebook begins with: Otter's, and the imports."""
    found = {}
    for chapter in {case.chapter for case in all_cases()}:
        notebook = nbformat.read(built / "student" / chapter / f"{chapter}.ipynb", as_version=4)
        ids = (f"{chapter}-otter", f"{chapter}-code-001")
        found[chapter] = [cell.source for cell in notebook.cells if cell.id in ids]
        assert len(found[chapter]) == 2
    return found


@pytest.fixture(scope="module")
def releases(built):
    chapters = {case.chapter for case in all_cases()}
    return {chapter: load(built / "dist" / "autograder" / f"{chapter}.zip") for chapter in chapters}


def graded(case, cells, release, zygote):
    """The questions of which every public check passes in the grader."""
    parts = [Cell(f"cell-{number}", source) for number, source in enumerate(cells)]
    result = grade(Submission(ROOT / "s.ipynb", "s", parts, case.chapter), release, zygote, LIMITS)
    assert result.status == "graded", result.reason
    public = {o.question.name: [c for c in o.checks if not c.check.hidden] for o in result.questions}
    return {name for name in case.questions if public[name] and all(c.passed for c in public[name])}


@pytest.mark.parametrize("case", chosen(), ids=lambda case: ascii(case.label))
def test_the_same_public_checks_pass_in_a_kernel_and_in_the_grader(
    case, kernels, zygote, given, releases, built
):
    cells = case.cells(given[case.chapter])
    there = kernels.run(cells, case.questions, built / "student" / case.chapter)
    here = graded(case, cells, releases[case.chapter], zygote)
    reason = reason_for(case)
    if reason:
        # What is expected to differ does: an entry that is no longer needed goes.
        assert here != there.passed, f"they agree, and the list says: {reason}"
        return
    assert here == there.passed, f"kernel: {there.shown} {there.raised}"


@pytest.mark.parametrize("seed", range(DRAWN))
def test_what_passes_in_a_kernel_passes_in_the_grader_however_odd_the_notebook(
    seed, kernels, zygote, given, releases, built
):
    case = composed(seed)
    cells = [*given[CHAPTER], *case.cells]
    there = kernels.run(cells, case.questions, built / "student" / CHAPTER)
    here = graded(case, cells, releases[CHAPTER], zygote)
    assert there.passed <= here, f"{case.made_of}: kernel: {there.shown} {there.raised}"
    if CHANGED & set(case.made_of):
        # A given cell that is missing or moved is made up for here, and not in a kernel.
        return
    judged = {name for name in here - there.passed if "FAILED" in there.shown.get(name, "")}
    assert not judged, f"{case.made_of}: kernel: {there.shown} {there.raised}"


KEPT = """
import builtins
has = {"builtins": dir(builtins), "names": [*globals()]}
has |= {kind: list(known) for kind, known in get_ipython().magics_manager.magics.items()}
"""
# The debugger's that a kernel begins with.
DEBUGGERS = {"execfile", "runfile"}


def test_every_name_and_magic_of_a_kernel_is_in_the_grader(kernels, zygote, given, releases, built):
    """Each one that is missing fails the cell that speaks of it."""
    cells = [*given[CHAPTER], KEPT, "raise RuntimeError(repr(has))"]
    raised = kernels.run(cells, ["exercise_13"], built / "student" / CHAPTER).raised[len(cells) - 1]
    missing = (
        f"missing = {{kind: set(names) - set(has[kind]) - {DEBUGGERS} "
        f"for kind, names in {raised.removeprefix('RuntimeError: ')}.items()}}"
    )
    answer = "exercise_13 = repr(missing) if any(missing.values()) else [1 / 3] * 3"
    cells = [*given[CHAPTER], KEPT, missing, answer]
    parts = [Cell(f"cell-{number}", source) for number, source in enumerate(cells)]
    result = grade(Submission(ROOT / "s.ipynb", "s", parts, CHAPTER), releases[CHAPTER], zygote, LIMITS)
    outcome = next(o for o in result.questions if o.question.name == "exercise_13")
    assert outcome.complete, outcome.checks[0].message


def test_there_are_many_cases_of_many_kinds():
    cases = all_cases()
    assert len(cases) > 900
    assert len({case.kind for case in cases}) > 20
    assert len({case.label for case in cases}) == len(cases)
