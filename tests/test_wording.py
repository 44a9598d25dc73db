"""A right refusal with a poor message costs a twentieth of its question, in every chapter, and no more."""

import nbformat
import pytest
from conftest import CHAPTERS, ROOT

from autograder.course.chapter import read_chapter
from autograder.grade.limits import Limits
from autograder.grade.outcome import WORDING_SHARE
from autograder.grade.pipeline import grade
from autograder.grade.release import load
from autograder.grade.sandbox_choice import choose_sandbox
from autograder.grade.submission import read
from autograder.grade.zygote import Zygote
from autograder.prove.samples import answer_cell, with_answers

LIMITS = Limits(cell=20, call=5, submission=120)

# The student's own function, whose errors all carry this message.
PLAINLY = """


def _plainly(function):
    def said(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except (ValueError, TypeError) as raised:
            raise type(raised)({message}) from None
    return said


{name} = _plainly({name})
"""


@pytest.fixture(scope="module")
def zygote():
    process = Zygote(choose_sandbox("auto"))
    yield process
    process.close()


@pytest.mark.parametrize("message", ["", "'no'"])
@pytest.mark.parametrize("name", CHAPTERS)
def test_a_refusal_that_names_nothing_costs_a_twentieth_at_most(zygote, built, tmp_path, name, message):
    chapter = read_chapter(ROOT, name)
    solved = nbformat.read(built / "dist" / "solutions" / f"{name}.ipynb", as_version=4)
    functions = [question for question in chapter.questions.values() if question.kind == "function"]
    plain = {
        question.name: answer_cell(solved, chapter, question.name)
        + PLAINLY.format(name=question.name, message=message)
        for question in functions
    }
    path = tmp_path / f"{name}.ipynb"
    nbformat.write(with_answers(solved, plain, chapter), path)
    release = load(built / "dist" / "autograder" / f"{name}.zip")
    result = grade(read(path, "submission", [name]), release, zygote, LIMITS)
    assert result.status == "graded"
    for outcome in result.questions:
        lost = outcome.question.points - outcome.score
        assert lost == pytest.approx(0) or lost == pytest.approx(outcome.question.points * WORDING_SHARE), (
            outcome.question.name,
            [(check.check.name, check.kind, check.message) for check in outcome.checks if not check.passed],
        )
    asks_for_names = "naming=" in (ROOT / "assignments" / name / "questions.py").read_text(encoding="utf-8")
    assert not asks_for_names or result.score < result.points
