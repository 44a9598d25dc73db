"""Every right answer of another kind earns all of its question's points where submissions run, and not in the
proofs alone: loops, lists for arrays, another algorithm."""

import nbformat
import pytest
from conftest import CHAPTERS, ROOT

from autograder.course.chapter import Course
from autograder.course.question import DeclarationError, Question
from autograder.grade.pipeline import grade
from autograder.grade.release import load
from autograder.grade.sandbox_choice import choose_sandbox
from autograder.grade.submission import read
from autograder.grade.zygote import Zygote
from autograder.prove.samples import implementation, with_answers


@pytest.fixture(scope="module")
def zygote():
    process = Zygote(choose_sandbox("auto"))
    yield process
    process.close()


def right_answers(chapter):
    """By question: the cells that answer it; those that take more from their file than a cell can carry are
    left out."""
    found = {}
    for name, question in chapter.questions.items():
        for function in question.alternatives if type(question) is Question else []:
            try:
                found.setdefault(name, []).append(implementation(chapter, name, function))
            except DeclarationError:
                continue
    return found


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_right_answer_of_another_kind_earns_everything(name, built, zygote, tmp_path):
    (chapter,) = Course.at(ROOT).chapters((name,))
    solved = nbformat.read(built / "dist" / "solutions" / f"{name}.ipynb", as_version=4)
    release = load(built / "dist" / "autograder" / f"{name}.zip")

    def failed(answers):
        path = tmp_path / f"{name}.ipynb"
        nbformat.write(with_answers(solved, answers, chapter), path)
        outcomes = grade(read(path, name, [name]), release, zygote).questions
        messages = {o.question.name: [c.message for c in o.checks if not c.passed] for o in outcomes}
        return {question: messages[question] for question in answers if messages[question]}

    answers = right_answers(chapter)
    assert answers
    for place in range(max(map(len, answers.values()))):
        chosen = {question: cells[place] for question, cells in answers.items() if place < len(cells)}
        # Beside one of lesser precision that it calls, an answer may fail; beside the references it may not.
        for question in failed(chosen):
            assert not failed({question: chosen[question]}), chosen[question]
