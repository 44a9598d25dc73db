"""The law of reading: a solved notebook keeps its points through whatever tools and people do to it that
changes no answer. The chains of such changes are drawn."""

import random

import pytest
from saved_as import chain

from autograder.grade.limits import Limits
from autograder.grade.pipeline import grade
from autograder.grade.release import load
from autograder.grade.sandbox_choice import choose_sandbox
from autograder.grade.submission import read
from autograder.grade.zygote import Zygote

# A chapter of numbers, one with text in its cells, and the longest.
NAMES = ("ch01_vectors", "ch06_softmax", "ch10_attention")
CHAINS = 42
LIMITS = Limits(cell=10, call=5, submission=60)


@pytest.fixture(scope="module")
def zygote():
    process = Zygote(choose_sandbox("auto"))
    yield process
    process.close()


@pytest.fixture(scope="module")
def releases(built):
    return {name: load(built / "dist" / "autograder" / f"{name}.zip") for name in NAMES}


@pytest.mark.parametrize("seed", range(CHAINS))
def test_a_solved_notebook_keeps_its_points_whatever_is_done_to_its_file(
    zygote, releases, built, tmp_path, seed
):
    name = NAMES[seed % len(NAMES)]
    solved = (built / "dist" / "solutions" / f"{name}.ipynb").read_text(encoding="utf-8")
    made = chain(solved, name, random.Random(seed))
    known = {release.assignment: [q.name for q in release.questions] for release in releases.values()}
    submission = read(made.file.put_into(tmp_path), "s", known)
    result = grade(submission, releases[name], zygote, LIMITS)
    lost = [outcome.question.name for outcome in result.questions if not outcome.complete]
    assert (result.status, result.reason, lost) == ("graded", "", []), made.steps
    assert result.score == result.points, made.steps
