"""What a student reads in the notebook beyond a verdict: what an answer means, a hint, how far they are, and
what is handed in."""

import json
import os
import re
import sys
import types
import zipfile
from types import SimpleNamespace

import nbformat
import pytest
from conftest import ROOT

from autograder.course.chapter import read_chapter
from autograder.course.otter_tests import run_cases
from autograder.course.otter_tests import test_cases as cases_of
from autograder.kit import FILES as KIT
from autograder.kit import feedback, handing_in
from autograder.kit.sealing import open_text, seal_text
from autograder.publish.lessons import lessons

NAME = "ch06_softmax"


@pytest.fixture(scope="module")
def chapter():
    return read_chapter(ROOT, NAME)


@pytest.fixture(autouse=True)
def beside_the_notebook(chapter, monkeypatch):
    """As in the student's folder: `questions.json` is there, and nothing has been checked yet."""
    data = json.loads(lessons(chapter))
    monkeypatch.setattr(feedback, "chapter", lambda: data)
    monkeypatch.setattr(feedback, "state", feedback.State())
    from autograder.kit import checking

    monkeypatch.setattr(checking, "state", feedback.state)


def result_of(chapter, name, answer):
    """What Otter's check of a question gives for an answer, public checks alone."""
    cases = [case for case in cases_of(chapter, chapter.questions[name]) if not case.hidden]
    outcomes = run_cases(cases, {**chapter.references, name: answer})
    return SimpleNamespace(
        name=name,
        test_case_results=[
            SimpleNamespace(
                test_case=SimpleNamespace(failure_message=case.title, name=case.name),
                passed=outcomes[case.name] is None,
                message=f"Traceback\nCheckFailed: {outcomes[case.name]}" if outcomes[case.name] else "",
            )
            for case in cases
        ],
    )


def test_a_sealed_text_opens_under_its_key_alone():
    sealed = seal_text("The sum is 1 — always.", "key")
    assert open_text(sealed, "key") == "The sum is 1 — always."
    assert open_text(sealed, "another") != "The sum is 1 — always."
    assert "sum" not in sealed


def test_a_right_function_is_followed_by_what_it_means_and_a_wrong_one_is_not(chapter):
    meaning = chapter.questions["softmax"].meaning
    assert meaning
    assert meaning in feedback.feedback_text(result_of(chapter, "softmax", chapter.references["softmax"]))
    assert meaning not in feedback.feedback_text(result_of(chapter, "softmax", lambda z: z))


def test_a_line_of_a_message_that_is_too_long_goes_on_behind_its_label(chapter):
    html = feedback.feedback_html(result_of(chapter, "softmax", lambda z: z))
    lines = re.findall(r"<span style='display:block; (.*?)'>(.*?)\n</span>", html)
    assert {line[:14] for _, line in lines} >= {
        "you called    ",
        "it gave       ",
        "expected      ",
        "likely cause  ",
    }
    assert {style for style, _ in lines} == {"padding-left:14ch; text-indent:-14ch"}
    (whole,) = re.findall(
        r"<span style='display:block; '>(.*?)\n</span>", feedback._line_html("softmax is not defined.")
    )
    assert whole == "softmax is not defined."


def test_a_right_value_is_followed_by_what_it_means_and_the_students_files_do_not_show_it(chapter):
    question = chapter.questions["exercise_13"]
    assert question.meaning
    right = feedback.feedback_text(result_of(chapter, "exercise_13", chapter.answer(question)))
    assert right.endswith(question.meaning)
    assert question.meaning not in feedback.feedback_text(result_of(chapter, "exercise_13", [0.2, 0.2, 0.6]))
    (case,) = cases_of(chapter, question)
    assert question.meaning not in case.source + lessons(chapter)


def test_the_hint_on_a_known_wrong_answer_is_for_its_author_alone(chapter):
    told = 0
    for name, question in chapter.questions.items():
        for wrong in question.misconceptions:
            answer = (
                wrong.function if question.kind == "function" else wrong.function(**chapter.numbers[name])
            )
            said = feedback.feedback_text(result_of(chapter, name, answer))
            others = [other.hint for other in question.misconceptions if other.hint != wrong.hint]
            assert not [hint for hint in others if hint in said], (name, wrong.name)
            told += wrong.hint in said
    assert told >= 10
    text = lessons(chapter)
    hints = [wrong.hint for question in chapter.questions.values() for wrong in question.misconceptions]
    assert not [hint for hint in hints if hint in text]


def grader_of(chapter, answers):
    return SimpleNamespace(check=lambda name, names: result_of(chapter, name, answers.get(name, ...)))


def test_where_am_i_counts_what_is_done_and_names_what_is_left(chapter):
    def softmax(z):
        raise NotImplementedError("softmax: not attempted yet")

    answers = {
        "softmax_rows": chapter.references["softmax_rows"],
        "softmax": softmax,
        "sample": lambda p, u: 0,
    }
    progress = feedback.where_am_i(grader_of(chapter, answers))
    states = {standing.name: standing.words for standing in progress.found}
    assert states["softmax_rows"] == "public checks passed"
    assert states["softmax"] == states["example_6"] == "not attempted yet"
    assert "of" in states["sample"] and "public checks passed" in states["sample"]
    said = repr(progress)
    assert said.startswith("Done: 1 of 9 questions, ")
    assert "Left: " in said and "softmax_rows" not in said.partition("Left: ")[2].partition(".")[0]
    assert "<table>" in progress._repr_html_()


# Handing in -------------------------------------------------------------------------------------------------


def notebook_with(path, sources):
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.setattr(handing_in, "_save", lambda _path: None)
    return tmp_path


ANSWER = "softmax_rows = work_of_mine"


def ran(monkeypatch, *sources):
    monkeypatch.setattr(handing_in, "cells_that_ran", lambda: list(sources))


def test_the_copy_that_was_worked_in_is_handed_in_and_not_the_untouched_original(
    chapter, folder, monkeypatch
):
    copy = notebook_with(folder / f"{NAME}-Copy1.ipynb", ["import math", ANSWER])
    original = notebook_with(folder / f"{NAME}.ipynb", ["import math", "softmax_rows = ..."])
    os.utime(copy, (1, 1))
    ran(monkeypatch, "import math", ANSWER)
    answers = {"softmax_rows": chapter.references["softmax_rows"]}
    made = handing_in.hand_in(grader_of(chapter, answers))
    assert isinstance(made, handing_in.HandedIn), made
    with zipfile.ZipFile(folder / f"{NAME}_submission.zip") as archive:
        assert archive.namelist() == [copy.name] != [original.name]
    assert "It holds" in repr(made) and "Done: 1 of 9" in repr(made)


def test_the_modules_that_were_imported_from_beside_it_are_handed_in_with_it(chapter, folder, monkeypatch):
    notebook_with(folder / f"{NAME}.ipynb", [ANSWER])
    ran(monkeypatch, ANSWER)
    files = (
        "of_mine.py",
        "in_a_package/__init__.py",
        "in_a_package/part.py",
        "never_imported.py",
        ".venv/lib/python3.11/site-packages/an_install.py",
        "feedback.py",
    )
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x = 1\n")
        if name != "never_imported.py":
            module = types.ModuleType(f"for_this_test_{name}")
            module.__file__ = str(folder / name)
            monkeypatch.setitem(sys.modules, module.__name__, module)
    made = handing_in.hand_in(grader_of(chapter, {"softmax_rows": chapter.references["softmax_rows"]}))
    with zipfile.ZipFile(folder / f"{NAME}_submission.zip") as archive:
        held = archive.namelist()
    assert held == [f"{NAME}.ipynb", "in_a_package/__init__.py", "in_a_package/part.py", "of_mine.py"]
    assert f"It holds {', '.join(held)}." in repr(made)
    assert {*KIT, "drawings.py"} == set(handing_in.HANDED_OUT)


def test_syntax_that_an_older_grader_cannot_read_is_warned_of(chapter, folder, monkeypatch):
    ran(monkeypatch, ANSWER)
    grader = grader_of(chapter, {"softmax_rows": chapter.references["softmax_rows"]})
    notebook_with(folder / f"{NAME}.ipynb", [ANSWER, "\nname = f'{names['first']}'"])
    for said in (repr(made := handing_in.hand_in(grader)), made._repr_html_()):
        assert "The cell that begins" in said and "name = f" in said
        assert "an f-string with its own quotes inside, which Python 3.12 brought." in said
    notebook_with(folder / f"{NAME}.ipynb", [ANSWER, "\nname = f'{names[0]}'"])
    assert "brought" not in repr(handing_in.hand_in(grader))


def test_a_file_that_is_older_than_what_was_run_is_not_handed_in(chapter, folder, monkeypatch):
    notebook_with(folder / f"{NAME}.ipynb", ["import math", "softmax_rows = ..."])
    ran(monkeypatch, "import math", ANSWER)
    refused = handing_in.hand_in(grader_of(chapter, {"softmax_rows": chapter.references["softmax_rows"]}))
    assert "older than what you ran here. Save it" in repr(refused)
    assert not list(folder.glob("*.zip"))


def test_saving_is_tried_before_it_is_asked_for(chapter, folder, monkeypatch):
    path = notebook_with(folder / f"{NAME}.ipynb", ["softmax_rows = ..."])
    ran(monkeypatch, ANSWER)
    monkeypatch.setattr(handing_in, "_save", lambda _path: notebook_with(path, [ANSWER]))
    answers = {"softmax_rows": chapter.references["softmax_rows"]}
    assert isinstance(handing_in.hand_in(grader_of(chapter, answers)), handing_in.HandedIn)


def test_the_zip_says_whether_its_cells_ran_in_order_and_which_ended_in_an_error(
    chapter, folder, monkeypatch
):
    answers = {"softmax_rows": chapter.references["softmax_rows"]}
    sources = ["import math", ANSWER, "softmax_rows([1])\n# a trial", "handing_in.hand_in(grader)"]
    path = notebook_with(folder / f"{NAME}.ipynb", sources)

    def said(*sources):
        ran(monkeypatch, *sources)
        return repr(handing_in.hand_in(grader_of(chapter, answers)))

    assert "It ran from top to bottom without an error." in said(*sources)
    assert "in another order" in said("import math", *sources)
    assert "in another order" in said(*sources[1:])
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[2].execution_count = 3
    notebook.cells[2].outputs = [nbformat.v4.new_output("error", ename="ValueError", evalue="", traceback=[])]
    nbformat.write(notebook, path)
    assert "A cell ended in an error: the one that begins 'softmax_rows([1])'." in said(*sources)
    # It ran again since, or the error is another kernel's.
    assert "ended in an error" not in said(*sources[:3], "x = 1", *sources[2:])
    assert "ended in an error" not in said(ANSWER, *sources)


def test_an_untouched_notebook_and_an_empty_folder_are_refused_with_a_sentence(chapter, folder, monkeypatch):
    ran(monkeypatch, "import math")
    assert "there is no notebook in" in repr(handing_in.hand_in(grader_of(chapter, {})))
    notebook_with(folder / f"{NAME}.ipynb", ["import math"])
    assert "no question is answered" in repr(handing_in.hand_in(grader_of(chapter, {})))


def test_each_zip_takes_the_place_of_the_one_before(chapter, folder, monkeypatch):
    notebook_with(folder / f"{NAME}.ipynb", [ANSWER])
    ran(monkeypatch, ANSWER)
    for _ in range(2):
        handing_in.hand_in(grader_of(chapter, {"softmax_rows": chapter.references["softmax_rows"]}))
    assert [path.name for path in folder.iterdir() if path.suffix != ".ipynb"] == [f"{NAME}_submission.zip"]
