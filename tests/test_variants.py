"""Another term: other numbers in the text, other answers, and references that still get full marks."""

import json
import shutil
import subprocess
import sys

import nbformat
import pytest
from conftest import CHAPTERS, ROOT

from autograder.course.chapter import Course
from autograder.publish.distribution import build


@pytest.fixture(scope="module")
def autumn(tmp_path_factory):
    place = tmp_path_factory.mktemp("autumn")
    build(Course.at(ROOT).chapters(variant="autumn-2027"), place)
    return place


def graded(autumn, submissions, out):
    command = [
        sys.executable,
        "-B",
        "-m",
        "autograder",
        "grade",
        str(submissions),
        "--out",
        str(out),
        "--course",
        str(autumn),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {p.stem: json.loads(p.read_text()) for p in (out / "results").iterdir()}


def test_a_terms_references_get_full_marks_from_its_own_grader(autumn, tmp_path):
    results = graded(autumn, autumn / "dist" / "solutions", tmp_path)
    assert {
        stem: (data["score"], data["extra_data"]["variant"]) for stem, data in results.items()
    } == dict.fromkeys(CHAPTERS, (20, "autumn-2027"))


def last_terms(built, folder, variant):
    """Last term's solved notebooks, as if they said that they have the numbers of this variant, or of
    none."""
    folder.mkdir()
    for path in sorted((built / "dist" / "solutions").glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        notebook.metadata["course"] = {"chapter": path.stem, **({"variant": variant} if variant else {})}
        nbformat.write(notebook, folder / path.name)
    return folder


def test_last_terms_notebooks_are_told_from_this_terms(autumn, built, tmp_path):
    for data in graded(autumn, last_terms(built, tmp_path / "in", "primer"), tmp_path / "out").values():
        assert data["extra_data"]["status"] == "invalid"
        assert (
            "has the numbers of variant `primer`, and the grader has those of `autumn-2027`" in data["output"]
        )


def test_a_notebook_is_graded_with_its_own_numbers_if_they_are_still_there(autumn, built, tmp_path):
    kept = built / "dist" / "autograder" / "variants" / "primer" / "ch06_softmax.zip"
    course = tmp_path / "course"
    shutil.copytree(autumn / "dist" / "autograder", course / "dist" / "autograder")
    (course / "dist" / "autograder" / "variants" / "primer").mkdir()
    shutil.copyfile(kept, course / "dist" / "autograder" / "variants" / "primer" / kept.name)
    submissions = tmp_path / "in"
    submissions.mkdir()
    shutil.copyfile(built / "dist" / "solutions" / "ch06_softmax.ipynb", submissions / "ch06_softmax.ipynb")
    (data,) = graded(course, submissions, tmp_path / "out").values()
    assert (data["score"], data["extra_data"]["variant"]) == (20, "primer")


def test_last_terms_answers_are_worth_little_this_term(autumn, built, tmp_path):
    results = graded(autumn, last_terms(built, tmp_path / "in", None), tmp_path / "out")
    for name, data in results.items():
        functions = sum(
            e["max_score"]
            for e in data["tests"]
            if not data["extra_data"]["questions"][e["name"]]["checks"][0]["name"].endswith("_is_right")
        )
        worked = {
            e["name"]: e["score"]
            for e in data["tests"]
            if data["extra_data"]["questions"][e["name"]]["checks"][0]["name"].endswith("_is_right")
        }
        assert data["score"] >= functions, name
        # A truth or one of four letters may come out the same by chance; numbers do not.
        assert sum(worked.values()) <= len(worked) / 3, (name, worked)


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_terms_notebook_differs_only_where_its_numbers_stand(autumn, built, name):
    def cells(place):
        return {
            cell.id: cell.source
            for cell in nbformat.read(place / "student" / name / f"{name}.ipynb", as_version=4).cells
        }

    ours, primer = cells(autumn), cells(built)
    assert ours.keys() == primer.keys()
    differing = [cell for cell in ours if ours[cell] != primer[cell]]
    assert differing
    assert not [cell for cell in differing if cell.endswith(("-answer", "-check"))]
