"""Stock Otter takes what is built here: its grader grades our distributions, and its Assign our masters."""

import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT

from autograder.course.chapter import read_chapter
from autograder.course.otter_tests import test_cases as cases_of
from autograder.grade.release import load

OTTER = Path(sys.executable).with_name("otter")


def otter_run(built, name, notebook, folder):
    command = [OTTER, "run", "-a", built / "dist" / "autograder" / f"{name}.zip", "-o", folder, notebook]
    subprocess.run(command, check=True, capture_output=True, timeout=300, cwd=folder)
    tests = json.loads((folder / "results.json").read_text())["tests"]
    return sum(entry.get("score", 0) for entry in tests), sum(entry.get("max_score", 0) for entry in tests)


@pytest.mark.parametrize("name", ["ch06_softmax", "ch01_vectors"])
def test_stock_otter_run_gives_the_solved_notebook_everything(built, tmp_path, name):
    assert otter_run(built, name, built / "dist" / "solutions" / f"{name}.ipynb", tmp_path) == (20, 20)


def test_stock_otter_run_gives_the_untouched_notebook_nothing(built, tmp_path):
    name = "ch06_softmax"
    assert otter_run(built, name, built / "student" / name / f"{name}.ipynb", tmp_path) == (0, 20)


def test_stock_otter_assign_makes_the_same_student_tests_from_the_master(built, tmp_path):
    name = "ch06_softmax"
    subprocess.run(
        [
            OTTER,
            "assign",
            "--no-run-tests",
            built / "dist" / "master" / name / f"{name}.ipynb",
            tmp_path / "out",
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    ours = built / "student" / name
    theirs = tmp_path / "out" / "student"
    assert {p.name: p.read_text().rstrip() for p in (theirs / "tests").glob("*.py")} == {
        p.name: p.read_text().rstrip() for p in (ours / "tests").glob("*.py")
    }
    sources = [
        sorted(
            c.source
            for c in nbformat.read(place / f"{name}.ipynb", as_version=4).cells
            # Otter's own cells at the start and the end are put in this course's words.
            if c.cell_type == "code"
            and not re.search(r"import otter|feedback\.|hand_in|grader\.export", c.source)
        )
        for place in (ours, theirs)
    ]
    assert sources[0] == sources[1]


def test_points_are_split_over_checks_as_otter_splits_them(built):
    from otter.nbmeta_config import NBMetadataConfig
    from otter.test_files import create_test_file

    name = "ch06_softmax"
    release = load(built / "dist" / "autograder" / f"{name}.zip")
    for question in release.questions:
        assert len(question.checks) == len(
            cases_of(read_chapter(ROOT, name), read_chapter(ROOT, name).questions[question.name])
        )
        path = built / "student" / name / "tests" / f"{question.name}.py"
        test = create_test_file(str(path), NBMetadataConfig())
        assert test.possible == pytest.approx(question.points)


def test_a_message_that_ends_in_a_string_comes_through_otter_whole(monkeypatch):
    from otter.test_files.exception_test import ExceptionTestFile

    from autograder.kit import checking
    from autograder.kit.feedback import feedback_text

    source = (
        "from otter.test_files import test_case\nOK_FORMAT = False\nname = 'label'\npoints ="
        " 1\n\n@test_case(points=None, hidden=False, failure_message='A word.')\ndef is_a_word(label):\n   "
        " from checking import expect, student\n    label = student('label', label)\n    expect(label,"
        " 1).to_equal('right')\n"
    )
    monkeypatch.setitem(sys.modules, "checking", checking)
    test = ExceptionTestFile.from_string(source)
    test.run({"label": lambda _x: "wrong"})
    assert feedback_text(test).splitlines() == [
        "label: 0 of 1 public checks passed.",
        "  FAILED  A word.",
        "          you called    label(1)",
        "          it gave       'wrong'",
        "          expected      'right'",
    ]
