"""Whatever wrapping a class is handed over in, it comes out as one table: everybody once, under their name,
with their own grade."""

import csv
import io
import re

import pytest
from class_layouts import CHAPTERS, made_class
from gradebook_results import Grades, grading_job

from autograder.grade.layouts import discover
from autograder.grade.submission import read
from autograder.gradebook.batch import grade_class
from autograder.gradebook.people import on_roster, read_roster
from autograder.gradebook.store import Store


class ReadsThem(Grades):
    """Reads as the grader does, and gives the points that a notebook itself says."""

    def _read(self, item):
        return read(*item, CHAPTERS)

    def wanted(self, submission):
        if submission.problem or submission.assignment not in CHAPTERS:
            return {"status": "invalid", "assignment": submission.assignment, "reason": submission.problem}
        source = "\n".join(cell.source for cell in submission.cells)
        given = {name: re.search(rf"^{name} = (\d|\.\.\.)", source, re.M)[1] for name in ("first", "second")}
        counts = {name: None if text == "..." else int(text) for name, text in given.items()}
        return {"assignment": submission.assignment, **counts}


def graded(made, place, *, at_once, roster=True):
    out = place / "out"
    out.mkdir()
    (place / "roster.csv").write_text(made.roster, encoding="utf-8")
    for paths in [made.paths] if at_once else [[path] for path in made.paths]:
        with Store.open(out) as store:
            if roster:
                store.take_roster(read_roster(place / "roster.csv"))
            is_student = on_roster(store.students().values())
            found = discover(paths, tuple(CHAPTERS), out / "unpacked", out, is_student)
            grade_class(found, grading_job(out), 1, store, lambda row: None, ReadsThem())
    return list(csv.DictReader(io.StringIO((out / "grades.csv").read_text(encoding="utf-8"))))


@pytest.mark.parametrize("seed", range(25))
def test_each_student_has_their_name_and_their_own_grade_in_one_table(seed, tmp_path):
    made = made_class(seed, tmp_path / "in")
    rows = graded(made, tmp_path, at_once=seed % 2 == 0)
    said = "; ".join(made.said)
    there = sorted(
        (row["student"] or row["submission"], row["assignment"], float(row["score"])) for row in rows
    )
    assert there == sorted((*who, score) for who, score in made.grades.items()), said


@pytest.mark.parametrize("seed", range(25))
def test_without_a_roster_each_has_a_name_of_theirs_and_their_own_grade_once(seed, tmp_path):
    made = made_class(seed, tmp_path / "in", everybody=True)
    rows = graded(made, tmp_path, at_once=True, roster=False)
    there = sorted((whose(row["student"], made), row["assignment"], float(row["score"])) for row in rows)
    assert there == sorted((*who, score) for who, score in made.grades.items()), "; ".join(made.said)


def whose(shown, made):
    """The one student who is called this somewhere."""
    found = [student.name for student in made.students if shown in student.called]
    return found[0] if len(found) == 1 else f"nobody: {shown}"
