"""What the guides tell a reader to do, done as they say."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from conftest import CHAPTERS, ROOT

NAME = "ch06_softmax"
NOT_COPIED = shutil.ignore_patterns(".*", "dist", "build", "grades", "submissions", "__pycache__", "*.egg*")


def blocks_of(section):
    """The fenced blocks of a section of the teaching assistant's guide, with the language of each."""
    guide = (ROOT / "docs" / "teaching-assistant.md").read_text(encoding="utf-8")
    text = guide.partition(f"## {section}\n")[2].partition("\n## ")[0]
    return re.findall(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.fixture
def course(tmp_path):
    """A copy of the course, with the guide's question added to it."""
    copy = tmp_path / "course"
    shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
    added = set()
    for language, block in blocks_of("Add a question"):
        if language == "markdown":
            path = copy / "assignments" / NAME / "chapter.md"
            text = path.read_text(encoding="utf-8")
            new = text.replace("\n## Reading notation\n", f"\n{block}\n## Reading notation\n")
        else:
            place, _, lines = block.partition("\n")
            path = copy / place.removeprefix("# ")
            text = path.read_text(encoding="utf-8")
            new = text.replace("\n[points]\n", f"\n{lines}\n") if language == "toml" else f"{text}\n\n{lines}"
        assert new != text
        path.write_text(new, encoding="utf-8")
        added.add(path.name)
    assert added == {f"{NAME}.py", "chapter.md", "questions.py", "course.toml"}
    return copy


def run(course, *command):
    done = subprocess.run(
        [sys.executable, "-B", "-m", *command],
        cwd=course,
        env=os.environ | {"PYTHONPATH": str(course)},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_guides_question_is_built_and_proved_as_it_says(course):
    run(course, "autograder", "build", NAME, "--quick")
    run(course, "autograder", "build", "--check", NAME)
    run(course, "autograder", "verify", NAME)
    notebook = (course / "student" / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8")
    assert json.dumps('grader.check("entropy")') in notebook
    # What holds for every chapter holds for this one, with a question more and other points. The others, as
    # they are, have the same tests where they stand.
    others = " or ".join(name for name in CHAPTERS if name != NAME)
    tests = ("tests/test_curriculum.py", f"tests/prose/test_{NAME}.py", "-k", f"not ({others})")
    assert "[100%]" in run(course, "pytest", "-q", "-n", "0", *tests)


def test_the_readmes_pictures_are_there_with_words_for_each_and_small():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"^!\[(.*)\]\((.+)\)$", text, re.MULTILINE)
    assert {ROOT / path for _, path in shown} == set((ROOT / "docs" / "pictures").iterdir())
    assert 1 <= len(shown) <= 4
    for words, path in shown:
        assert len(words.split()) > 5, path
        assert (ROOT / path).stat().st_size < 80_000, path
