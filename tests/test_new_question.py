"""`autograder new-question`: a skeleton that is built and proved as it stands, or nothing at all."""

import json
import shutil
import subprocess
import sys

import pytest
from conftest import CHAPTERS, ROOT

from autograder.course.chapter import Course, read_chapter
from autograder.course.new_question import add_question
from autograder.course.question import DeclarationError
from autograder.prove.proofs import prove

NOT_COPIED = shutil.ignore_patterns("__pycache__")


@pytest.fixture
def course(tmp_path):
    """A copy of the course's sources."""
    copy = tmp_path / "course"
    for name in ("assignments", "solutions"):
        shutil.copytree(ROOT / name, copy / name, ignore=NOT_COPIED)
    for name in ("course.toml", "pyproject.toml"):
        shutil.copyfile(ROOT / name, copy / name)
    return copy


def run(course, *command, code=0):
    done = subprocess.run(
        [sys.executable, "-B", "-m", *command], cwd=course, capture_output=True, text=True, timeout=300,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def sources_of(root):
    return {p: p.read_bytes() for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts}


def test_a_new_question_is_built_and_proved_as_it_stands(course):
    name = "ch06_softmax"
    said = run(course, "autograder", "new-question", name, "entropy")
    assert "wrote course.toml" in said
    assert "worth 2 points" in said
    run(course, "autograder", "build", name, "--quick")
    proved = run(course, "autograder", "verify", name)
    assert "wanting ch06_softmax/entropy: 2 of the 4 misconceptions" in proved
    assert "wanting assignments/ch06_softmax/chapter.md:" in proved
    assert "points together" not in proved
    folder = course / "student" / name
    notebook = (folder / f"{name}.ipynb").read_text(encoding="utf-8")
    assert json.dumps('grader.check("entropy")') in notebook
    assert "TODO_says_what_else_entropy_does" not in (folder / "tests" / "entropy.py").read_text()


def test_the_skeleton_is_in_the_projects_style_in_every_chapter(course):
    for name in CHAPTERS:
        add_question(course, name, "expected_surprise_2")
    # What tells Ruff that the package is the project's own.
    (course / "autograder").symlink_to(ROOT / "autograder")
    assert "All checks passed" in run(course, "ruff", "check", "--no-cache", ".")
    assert "already formatted" in run(course, "ruff", "format", "--no-cache", "--check", ".")
    settings = Course.at(course).settings
    for name in CHAPTERS:
        chapter = read_chapter(course, name)
        assert chapter.points == settings.points_of(name) == 22
        assert chapter.questions["expected_surprise_2"].points == 2


def test_the_question_stands_in_a_section_of_its_own_behind_the_last_functions(course):
    add_question(course, "ch06_softmax", "entropy")
    text = (course / "assignments" / "ch06_softmax" / "chapter.md").read_text(encoding="utf-8")
    # A section is whole with its subsections.
    before, after = ["<!-- question: sample -->", "### Greedy"], "## Reading notation"
    parts = [*before, "## TODO: what", "<!-- question: entropy -->", after]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_a_chapter_without_answers_or_points_of_its_own_gets_them(tiny):
    (tiny.root / "course.toml").write_text("points_per_chapter = 5\n")
    add_question(tiny.root, tiny.name, "thrice")
    assert (tiny.root / "course.toml").read_text() == "points_per_chapter = 5\n\n[points]\nch01_tiny = 7\n"
    proof = prove(read_chapter(tiny.root, tiny.name))
    assert (proof.points, proof.failures) == (7, [])


def test_points_that_stand_in_the_settings_are_changed_there_and_nothing_else_is(tiny):
    settings = tiny.root / "course.toml"
    settings.write_text("# Worth more.\n[points] # all\nch01_tiny = 5 # the first\n")
    add_question(tiny.root, tiny.name, "thrice")
    assert settings.read_text() == "# Worth more.\n[points] # all\nch01_tiny = 7 # the first\n"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("2nd", "cannot be a question's name"),
        ("cross-entropy", "cannot be a question's name"),
        ("lambda", "cannot be a question's name"),
        ("_entropy", "cannot be a question's name"),
        ("entropía", "cannot be a question's name"),
        ("sum", "a name of Python's own"),
        ("twice", "has a question `twice` already"),
        ("squares", "is used here already"),
        ("expect", "is used here already"),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_nothing_written(tiny, name, said):
    before = sources_of(tiny.root)
    with pytest.raises(DeclarationError, match=said):
        add_question(tiny.root, tiny.name, name)
    assert sources_of(tiny.root) == before


def test_an_unknown_chapter_is_refused(tiny):
    with pytest.raises(DeclarationError, match="there are ch01_tiny"):
        add_question(tiny.root, "ch02_more", "thrice")


def test_points_in_a_form_that_cannot_be_edited_are_asked_for_with_nothing_written(tiny):
    (tiny.root / "course.toml").write_text("points = {ch01_tiny = 5}\n")
    before = sources_of(tiny.root)
    with pytest.raises(DeclarationError, match=r"write `ch01_tiny = 7` under \[points\]"):
        add_question(tiny.root, tiny.name, "thrice")
    assert sources_of(tiny.root) == before
