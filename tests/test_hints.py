"""Hints on request: none unless an instructor allows it, a nudge before the due date, the idea after it."""

import json
import re
from dataclasses import replace

import nbformat
import pytest
from click.testing import CliRunner
from conftest import CHAPTERS, ROOT

from autograder.cli import cli
from autograder.course.chapter import Course, read_chapter
from autograder.course.question import HandGraded
from autograder.publish.hints import comments, hint, on_request
from autograder.publish.leaks import leaks
from autograder.publish.master import master_notebook


def built(tiny, *call):
    done = CliRunner().invoke(cli, ["build", "--course", str(tiny.root), "--quick", *call])
    assert done.exit_code == 0, done.output
    text = (tiny.root / "student" / tiny.name / f"{tiny.name}.ipynb").read_text(encoding="utf-8")
    return {cell.id: cell.source for cell in nbformat.reads(text, as_version=4).cells}


def test_nothing_is_told_unless_the_instructor_allows_it(tiny):
    assert "<details>" not in "".join(built(tiny).values())


def test_a_hint_is_folded_below_the_question(tiny):
    cell = built(tiny, "--hints", "hint")["ch01_tiny-twice-points"]
    assert cell.endswith("<details><summary>A hint</summary>\n\nadd the number to itself.\n\n</details>")
    assert "The idea" not in cell


def test_the_idea_is_what_the_reference_comments_and_the_answer_means(tiny):
    tiny.replace(
        tiny.questions, 'source="Example 0")', 'source="Example 0", meaning="2x < x * x_1, above 2")'
    )
    cell = built(tiny, "--hints", "idea")["ch01_tiny-twice-points"]
    assert "<summary>A hint</summary>" in cell
    assert "<summary>The idea</summary>\n\nWhy this way: no reason, it is an example.\n\n" in cell
    # As Markdown shows it, not as Markdown reads it.
    assert r"2x \< x \* x\_1, above 2." in cell
    assert "distinctive_intermediate_name" not in cell


def test_the_courses_settings_hold_for_every_build_and_a_call_for_one(tiny):
    (tiny.root / "course.toml").write_text('hints = "hint"\n[points]\nch01_tiny = 5\n')
    assert Course.at(tiny.root).chapters()[0].hints == "hint"
    assert "A hint" in built(tiny)["ch01_tiny-half-points"]
    assert "A hint" not in built(tiny, "--hints", "none")["ch01_tiny-half-points"]


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_question_has_a_hint_and_an_idea_that_give_no_code_away(name, tmp_path):
    chapter = replace(read_chapter(ROOT, name), hints="idea")
    for question in chapter.questions.values():
        if isinstance(question, HandGraded):
            continue
        assert re.fullmatch(r"\S.{15,}[\w)\]?.]", hint(question), re.DOTALL), question.name
        assert comments(chapter, question) or question.meaning, question.name
        told = on_request(chapter, question)
        assert told.count("<details>") == told.count("</details>") == 2
        assert "TODO" not in told
    cells = [cell for cell in master_notebook(chapter).cells if cell.id.endswith("-points")]
    (tmp_path / "notebook.ipynb").write_text(json.dumps({"cells": cells}))
    assert leaks(chapter, tmp_path) == []
