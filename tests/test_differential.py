"""Odd cells in a real kernel and in the grader: the same public checks pass in both.

A few cases of every kind are run each time; `AUTOGRADER_CASES=all` runs every one.
"""

import os
from collections import defaultdict

import nbformat
import pytest
from differential.cases import Case, all_cases
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
    result = grade(Submission(release_path(case), "s", parts, case.chapter), release, zygote, LIMITS)
    assert result.status == "graded", result.reason
    public = {o.question.name: [c for c in o.checks if not c.check.hidden] for o in result.questions}
    return {name for name in case.questions if public[name] and all(c.passed for c in public[name])}


def release_path(case):
    from conftest import ROOT

    return ROOT / f"{case.chapter}.ipynb"


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


def test_there_are_many_cases_of_many_kinds():
    cases = all_cases()
    assert len(cases) > 900
    assert len({case.kind for case in cases}) > 20
    assert len({case.label for case in cases}) == len(cases)
