"""A regrade's list as a law: over classes and mended checks that are made at random, who moves is exactly
those whose answers the new checks judge otherwise, at that question and by that much."""

import csv
import io
import random
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field

import nbformat
import pytest
from conftest import TinyCourse
from gradebook_results import Grades, grading_job, hand_in

from autograder.course.chapter import Course
from autograder.grade.layouts import discover
from autograder.grade.run import GradingJob, Releases
from autograder.grade.sandbox_choice import choose_sandbox
from autograder.gradebook.batch import grade_class
from autograder.gradebook.by_hand import Grade, give
from autograder.gradebook.regrade import apply, moves_text, regrade
from autograder.gradebook.standings import standings
from autograder.gradebook.store import Store
from autograder.publish.distribution import build

CHAPTERS = ("ch01_vectors", "ch02_dot_product")
MOST = {"first": 4.0, "second": 2.0}


def moves_of(found):
    """The list as it is written, with its numbers as numbers."""
    rows = csv.DictReader(io.StringIO(moves_text(found)))
    numbers = ("before", "after", "grade_before", "grade_after")
    texts = ("student", "submission", "assignment", "question")
    return sorted(
        (*(row[name] for name in texts), *(float(row[name]) if row[name] else None for name in numbers))
        for row in rows
    )


# What a mended check may change, over what is made up ------------------------------------------------------


@dataclass(frozen=True)
class Handed:
    """What was handed in: how many checks of each question it passes."""

    student: str
    chapter: str
    number: int
    passes: dict[str, int]
    readable: bool = True

    @property
    def stem(self):
        return f"{self.student}_{self.student[1:]}_{self.number}_{self.chapter}"

    def points(self, mended=None):
        """Points by question, as the checks are or as they are mended; nothing if it cannot be read."""
        passes = {name: (mended or {}).get((name, count), count) for name, count in self.passes.items()}
        return {name: 2.0 * count for name, count in passes.items()} if self.readable else {}


@dataclass
class MadeClass:
    """Students with a few submissions each, of which the latest or the best counts, and points by hand."""

    rng: random.Random
    counts: str
    handed: list[Handed] = field(default_factory=list)
    by_hand: dict[tuple[str, str, str], float] = field(default_factory=dict)

    @classmethod
    def of(cls, seed):
        rng = random.Random(seed)
        made = cls(rng, rng.choice(("latest", "best")))
        for place in range(rng.randrange(3, 9)):
            for chapter in CHAPTERS:
                for attempt in range(rng.choice((0, 1, 1, 2, 3))):
                    number = 1000 * place + 10 * attempt + 5
                    passes = {"first": rng.randrange(3), "second": rng.randrange(2)}
                    made.handed.append(Handed(f"s{100 + place}", chapter, number, passes, rng.random() < 0.9))
        for student, chapter in made.groups():
            question = rng.choice(("", "first", "second"))
            if rng.random() < 0.25 and (not question or made.counting(student, chapter).readable):
                made.by_hand[student, chapter, question] = float(rng.randrange(2))
        return made

    def groups(self):
        return sorted({(one.student, one.chapter) for one in self.handed})

    def grade_of(self, one, mended=None):
        """What a submission is worth, with the points that a person gave."""
        whole = self.by_hand.get((one.student, one.chapter, ""))
        points = one.points(mended)
        given = {name: self.by_hand.get((one.student, one.chapter, name), points[name]) for name in points}
        return sum(given.values()) if whole is None else whole

    def counting(self, student, chapter, mended=None):
        found = [one for one in self.handed if (one.student, one.chapter) == (student, chapter)]
        if self.counts == "best":
            return max(found, key=lambda one: (self.grade_of(one, mended), one.number))
        # What stands in one folder was handed in together: a file that cannot be read was not meant.
        return max(found, key=lambda one: (one.readable, one.number))

    def moves(self, mended, question):
        """The list as it must be. mended: how many checks are passed now, by question and how many were."""
        used = {key: count for key, count in mended.items() if question in ("", key[0])}
        found = []
        for one in self.handed:
            if one.chapter != CHAPTERS[0]:
                continue
            before, after = one.points(), one.points(used)
            counts, will = (self.counting(one.student, one.chapter, m) for m in (None, used))
            old, new = self.grade_of(counts), self.grade_of(will, used)
            # A grade is told where it moves, and beside the submission that counts.
            told = (old, new) if old != new or counts is one else (None, None)
            found += [
                (one.student, one.stem, one.chapter, name, before[name], after[name], *told)
                for name in before
                if before[name] != after[name]
            ]
        return sorted(found)


class Mended(Grades):
    def __init__(self, mended):
        super().__init__("r2")
        self.changes = mended

    def wanted(self, submission):
        what = super().wanted(submission)
        changed = {name: self.changes.get((name, what[name]), what[name]) for name in MOST}
        return what | changed


@pytest.mark.parametrize("question", ["", "first"])
@pytest.mark.parametrize("seed", range(12))
def test_the_list_is_those_whose_points_differ_by_how_much_and_where(tmp_path, seed, question):
    made = MadeClass.of(seed)
    if not any(one.chapter == CHAPTERS[0] and one.readable for one in made.handed):
        made.handed.append(Handed("s100", CHAPTERS[0], 7, {"first": 1, "second": 1}))
    # A mended check gives or takes; a question that was right for none may be for all.
    mended = {
        (name, count): made.rng.randrange(most // 2 + 1)
        for name, most in (("first", 4), ("second", 2))
        for count in range(most // 2 + 1)
    }
    out = tmp_path / "out"
    (out / "dist").mkdir(parents=True)
    (out / "dist" / f"{CHAPTERS[0]}.zip").touch()
    for one in made.handed:
        status = {} if one.readable else {"status": "invalid"}
        hand_in(tmp_path / "in", f"{one.stem}.ipynb", assignment=one.chapter, **one.passes, **status)
    with Store.open(out) as store:
        store.keep_setting("counts", made.counts)
        grade_class(
            discover([tmp_path / "in"], CHAPTERS), grading_job(out), 1, store, lambda row: None, Grades()
        )
        for (student, chapter, name), points in made.by_hand.items():
            give(store, student, Grade(chapter, name, points, "a reason", "N. N."))
        before = (
            (out / "grades.csv").read_bytes(),
            [tuple(row) for row in store.rows("SELECT * FROM results")],
        )
        job = GradingJob(out / "regrade", Releases(None, out / "dist"), "namespaces")
        found = regrade(store, job, 1, question, graded=Mended(mended))
        assert moves_of(found) == made.moves(mended, question)
        assert (
            (out / "grades.csv").read_bytes(),
            [tuple(row) for row in store.rows("SELECT * FROM results")],
        ) == before
        apply(store, out, found, {})
        used = {key: count for key, count in mended.items() if question in ("", key[0])}
        there = {(book.student, book.assignment): book.score for book in standings(store).standings}
        people = store.students()
        assert {(people[student].shown, chapter): score for (student, chapter), score in there.items()} == {
            (student, chapter): made.grade_of(
                made.counting(student, chapter, used if chapter == CHAPTERS[0] else None),
                used if chapter == CHAPTERS[0] else None,
            )
            for student, chapter in made.groups()
        }
        assert moves_of(regrade(store, job, 1, question, graded=Mended(mended))) == []


# Checks and answers that run -------------------------------------------------------------------------------

ANSWERS = {
    "x + x": lambda x: x + x,
    "x * x": lambda x: x * x,
    "2 * abs(x)": lambda x: 2 * abs(x),
    "x + 2": lambda x: x + 2,
    "3 * x": lambda x: 3 * x,
    "-x": lambda x: -x,
    "0 * x": lambda x: 0 * x,
}
CALLS = {"public": "expect(twice, 3).to_equal(6,", "hidden": "expect(twice, -2.5).to_equal(-5.0,"}


@pytest.fixture(scope="module")
def tiny_built(tmp_path_factory):
    """The small course's distribution and its student notebook."""
    place = tmp_path_factory.mktemp("tiny")
    tiny = TinyCourse(place / "course")
    build(Course.at(tiny.root).chapters(), place / "out")
    return place / "out" / "dist" / "autograder" / "ch01_tiny.zip", place / "out" / "student" / "ch01_tiny"


def with_checks(distribution, target, asked):
    """The distribution with other checks of `twice`: by kind, what is asked and what is expected."""
    with zipfile.ZipFile(distribution) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    source = files["tests/twice.py"].decode()
    for kind, (given, expected) in asked.items():
        assert CALLS[kind] in source
        source = source.replace(CALLS[kind], f"expect(twice, {given!r}).to_equal({expected!r},")
    files["tests/twice.py"] = source.encode()
    target.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target


def drawn_checks(rng):
    """What the checks ask, and what they hold to be right, which may be what another answer gives."""
    asked = {}
    for kind in CALLS:
        given = rng.choice((3, 2, 0, -2.5, 4, 1.5))
        asked[kind] = given, ANSWERS[rng.choice(list(ANSWERS))](given)
    return asked


def points_of(answer, asked):
    """Two points for the public check, and two for the hidden one."""
    return sum(2.0 for given, expected in asked.values() if ANSWERS[answer](given) == expected)


@pytest.mark.parametrize("seed", range(3))
def test_with_checks_that_run_the_list_is_those_whose_answers_are_judged_otherwise(
    tiny_built, tmp_path, seed
):
    distribution, student = tiny_built
    rng = random.Random(seed)
    old, new = drawn_checks(rng), drawn_checks(rng)
    notebook = nbformat.read(student / "ch01_tiny.ipynb", as_version=4)
    answers = {f"s{number}": rng.choice(list(ANSWERS)) for number in range(8)}
    (tmp_path / "in").mkdir()
    for who, answer in answers.items():
        for cell in notebook.cells:
            if cell.id == "ch01_tiny-twice-answer":
                cell["source"] = f"def twice(x):\n    return {answer}"
        nbformat.write(notebook, tmp_path / "in" / f"{who}.ipynb")
    out, sandbox = tmp_path / "out", choose_sandbox("auto")
    out.mkdir()

    def job(checks, place, name):
        release = with_checks(distribution, tmp_path / name / "ch01_tiny.zip", checks)
        return GradingJob(place, Releases(release, release.parent), sandbox, [release, out])

    with Store.open(out) as store:
        grade_class(discover([tmp_path / "in"]), job(old, out, "old"), 1, store, lambda row: None)
        found = regrade(store, job(new, out / "regrade", "new"), 1)
        expected = defaultdict(tuple)
        for who, answer in answers.items():
            before, after = points_of(answer, old), points_of(answer, new)
            if before != after:
                expected[who] = (who, "ch01_tiny", "twice", before, after, before, after)
        assert moves_of(found) == sorted((who, *rest) for who, rest in expected.items())
        # Each is told why: a check that passes now, or one that fails.
        for move in found.moves:
            answer = answers[move.submission.stem]
            for kind, title in (("public", "Twice three is six"), ("hidden", "Negative numbers too")):
                was, is_now = (points_of(answer, {kind: checks[kind]}) > 0 for checks in (old, new))
                state = f"a check {'passes' if is_now else 'fails'} now: {title}"
                assert (state in move.why) == (was != is_now)
        apply(store, out, found, {})
        scores = {standing.submission.stem: standing.score for standing in standings(store).standings}
        assert scores == {who: points_of(answer, new) for who, answer in answers.items()}
