"""The gradebook: what is kept of a class, who is who, what counts, and that nothing of it is lost."""

import csv
import io
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from gradebook_results import Grades, grading_job, hand_in, result
from rich.console import Console

from autograder.grade.layouts import HandedIn, discover
from autograder.grade.packed import pack
from autograder.grade.platforms import Who
from autograder.grade.reading.cells import Cell
from autograder.grade.results import result_path
from autograder.grade.submission import Submission
from autograder.gradebook.batch import batch_remarks, grade_class
from autograder.gradebook.by_hand import Grade, OverrideProblem, give, take_back
from autograder.gradebook.people import Person, RosterProblem, place_among, read_roster
from autograder.gradebook.policy import Policy, PolicyProblem, parse
from autograder.gradebook.standings import standings
from autograder.gradebook.statistics import statistics_of
from autograder.gradebook.store import Store, StoreProblem
from autograder.gradebook.table import class_tables

KNOWN = ("ch01_vectors", "ch02_dot_product")


class Classroom:
    """A folder for what is handed in, one for results, and the calls an instructor makes."""

    def __init__(self, place):
        self.place, self.out = place, place / "out"
        self.out.mkdir()
        self.grader = Grades()

    def hand_in(self, name, **what):
        return hand_in(self.place / "in", name, **what)

    def grade(self, *folders, roster="", again=False):
        found = discover([self.place / f for f in folders or ("in",)], KNOWN, self.out / "unpacked", self.out)
        with Store.open(self.out) as store:
            if roster:
                (self.place / "roster.csv").write_text(roster, encoding="utf-8")
                store.take_roster(read_roster(self.place / "roster.csv"))
            return grade_class(
                found, grading_job(self.out, again=again), 1, store, lambda row: None, self.grader
            )

    def grades(self):
        """`grades.csv`: what counts, by student (else by submission) and assignment."""
        rows = csv.DictReader(io.StringIO((self.out / "grades.csv").read_text(encoding="utf-8")))
        return {(row["student"] or row["submission"], row["assignment"]): row for row in rows}

    def scores(self):
        return {key: float(row["score"]) for key, row in self.grades().items()}

    def store(self):
        return Store.open(self.out)


@pytest.fixture
def room(tmp_path):
    return Classroom(tmp_path)


# What is kept ----------------------------------------------------------------------------------------------


def test_a_result_is_kept_with_its_questions_its_checks_and_what_it_was_made_with(room):
    room.hand_in("jane.ipynb", first=1, second=1, first_more={"misconception": "drops_the_root"})
    room.grade()
    with room.store() as store:
        (row,) = store.rows("SELECT * FROM results")
        assert (row["status"], row["score"], row["grader"], row["is_current"]) == ("graded", 4.0, "g1", 1)
        (release,) = store.rows("SELECT * FROM distributions")
        assert (release["assignment"], release["variant"], release["points"]) == (
            "ch01_vectors",
            "primer",
            6.0,
        )
        checks = store.rows(
            "SELECT c.name, k.passed, k.kind FROM check_results k JOIN checks c ON c.id = k.check_id"
        )
        assert [tuple(check) for check in checks] == [
            ("is_right", 1, "Passed"),
            ("holds_up", 0, "CheckFailed"),
            ("the_value_is_right", 1, "Passed"),
        ]
        held = store.current_results()[1].questions["first"]
        assert (held.misconception, held.hint) == ("drops_the_root", "Mind drops_the_root.")
        assert store.reading(store.submissions()[0].content)


def test_only_what_is_new_or_changed_is_graded_and_earlier_results_stay(room):
    room.hand_in("jane.ipynb", first=0)
    room.hand_in("bob.ipynb", first=2)
    room.grade()
    room.hand_in("jane.ipynb", first=1)
    room.hand_in("cem.ipynb", first=2, second=0)
    room.grader.graded.clear()
    room.grade()
    assert sorted(room.grader.graded) == ["cem", "jane"]
    assert room.scores() == {
        ("bob", "ch01_vectors"): 6,
        ("cem", "ch01_vectors"): 4,
        ("jane", "ch01_vectors"): 4,
    }
    with room.store() as store:
        assert len(store.rows("SELECT 1 FROM results")) == 4


def test_the_same_content_under_another_name_is_not_graded_again(room):
    room.hand_in("jane.ipynb", first=1)
    room.grade()
    room.grader.graded.clear()
    (room.place / "in" / "jane.ipynb").rename(room.place / "in" / "bob.ipynb")
    room.grade()
    assert room.grader.graded == []
    assert room.scores() == {("bob", "ch01_vectors"): 4}


def test_results_that_were_removed_come_back_from_the_store(room):
    room.hand_in("jane.ipynb", first=1)
    room.grade()
    before = result_path(room.out, "jane").read_bytes()
    result_path(room.out, "jane").unlink()
    room.grader.graded.clear()
    room.grade()
    assert (room.grader.graded, result_path(room.out, "jane").read_bytes()) == ([], before)


def test_a_store_that_was_removed_comes_back_from_the_results(room):
    room.hand_in("jane.ipynb", first=1)
    room.grade()
    before = room.scores()
    (room.out / "gradebook.sqlite").unlink()
    room.grader.graded.clear()
    room.grade()
    assert (room.grader.graded, room.scores()) == ([], before)


def test_a_result_that_could_not_be_kept_is_kept_by_the_next_run(room, monkeypatch):
    for second, name in enumerate(("bob", "cem", "jane")):
        room.hand_in(f"{name}.ipynb", first=second)
    record = Store.record

    def full_at_cem(self, run, item, *rest):
        if item.stem == "cem":
            raise StoreProblem("the disk is full")
        record(self, run, item, *rest)

    monkeypatch.setattr(Store, "record", full_at_cem)
    with pytest.raises(StoreProblem):
        room.grade()
    # What was kept before is in the table all the same.
    assert list(room.scores()) == [("bob", "ch01_vectors")]
    monkeypatch.undo()
    room.grader.graded.clear()
    room.grade()
    assert (room.grader.graded, len(room.scores())) == (["jane"], 3)


def test_a_store_in_use_and_one_that_is_none_are_told(room, monkeypatch):
    monkeypatch.setattr("autograder.gradebook.store.LOCK_SECONDS", 0.1)
    room.hand_in("jane.ipynb", first=1)
    room.grade()
    holder = sqlite3.connect(room.out / "gradebook.sqlite", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    room.hand_in("bob.ipynb", first=1)
    with pytest.raises(
        StoreProblem, match=r"in use by another program for more than 0.1 s.*nothing that was graded"
    ):
        room.grade()
    holder.close()
    room.grade()
    assert len(room.scores()) == 2
    (room.out / "gradebook.sqlite").write_text(
        "no store, but a text that is long enough to be read as one" * 20
    )
    with pytest.raises(StoreProblem, match="damaged or no gradebook"):
        room.grade()


def test_a_store_of_a_newer_version_is_not_touched(room):
    room.hand_in("jane.ipynb")
    room.grade()
    with room.store() as store:
        store.keep_setting("format", "99")
    with pytest.raises(StoreProblem, match="newer version"):
        room.grade()


def test_a_store_of_an_earlier_version_gains_what_came_later(room):
    room.hand_in("ana.ipynb", first=2)
    room.grade()
    with closing(sqlite3.connect(room.out / "gradebook.sqlite")) as db:
        for table, column in (("results", "unstable"), ("questions", "rubric"), ("overrides", "items")):
            db.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        db.commit()
    with room.store() as store:
        (result,) = store.current_results().values()
        assert (result.score, result.unstable) == (6.0, "")


def test_a_full_disk_is_told_and_what_was_kept_before_stays(room):
    room.hand_in("bob.ipynb", first=1)
    room.grade()
    with room.store() as store:
        store.rows("PRAGMA max_page_count = 1")
        data = result(content="x" * 10)
        item = HandedIn(room.place / "jane.ipynb", "jane", room.place)
        with pytest.raises(StoreProblem, match="the disk is full"):
            for number in range(200):
                data["extra_data"]["content"] = f"content {number}"
                cells = [Cell("a", f"{number} {'x' * 9000}")]
                store.record(1, item, data, pack(Submission(item.path, "jane", cells)))
    room.grade()
    assert ("bob", "ch01_vectors") in room.scores()


# What counts -----------------------------------------------------------------------------------------------


def test_two_runs_into_one_folder_are_one_class(room):
    hand_in(room.place / "week1", "ch01_vectors_jane.ipynb", first=1)
    hand_in(room.place / "week2", "ch02_dot_product_jane.ipynb", assignment="ch02_dot_product")
    room.grade("week1")
    room.grade("week2")
    assert room.scores() == {("jane", "ch01_vectors"): 4, ("jane", "ch02_dot_product"): 6}


def test_a_resubmission_under_another_name_is_not_counted_twice(room):
    first = room.hand_in("jane.ipynb", first=0)
    room.hand_in("bob.ipynb", first=2)
    room.grade()
    first.unlink()
    room.hand_in("jane_final.ipynb", first=2)
    batch = room.grade()
    assert room.scores() == {("bob", "ch01_vectors"): 6, ("jane final", "ch01_vectors"): 6}
    assert batch.withdrawn == ["jane"]
    assert any("jane is no longer there" in said for said in batch_remarks(batch))


def test_last_weeks_chapter_still_counts_when_its_folder_holds_this_weeks(room):
    room.hand_in("ch01_vectors_jane.ipynb", first=1).rename(room.place / "in" / "old.ipynb")
    room.grade()
    (room.place / "in" / "old.ipynb").unlink()
    room.hand_in("ch02_dot_product_jane.ipynb", assignment="ch02_dot_product")
    batch = room.grade()
    assert len(room.scores()) == 2
    assert batch.withdrawn == []


def test_a_student_whom_a_platform_names_keeps_a_grade_until_another_takes_over(room):
    canvas = "doejane_12345_{}_ch01_vectors.ipynb"
    old = room.hand_in(canvas.format(100), first=2)
    room.grade()
    old.unlink()
    room.hand_in("roebob_12346_101_ch01_vectors.ipynb", first=1)
    room.grade()
    assert room.scores()["doejane", "ch01_vectors"] == 6
    room.hand_in(canvas.format(102), first=0)
    batch = room.grade()
    assert room.scores()["doejane", "ch01_vectors"] == 2
    assert any("more than one submission" in said for said in batch_remarks(batch))


@pytest.mark.parametrize(("counts", "score"), [("latest", 2), ("best", 6)])
def test_the_latest_or_the_best_counts(room, counts, score):
    for number, first in ((100, 1), (101, 2), (102, 0)):
        room.hand_in(f"doejane_12345_{number}_ch01_vectors.ipynb", first=first)
    with room.store() as store:
        store.keep_setting("counts", counts)
    room.grade()
    assert room.scores() == {("doejane", "ch01_vectors"): score}


def test_of_files_handed_in_together_the_one_with_answers_counts(room):
    room.hand_in("jane/ch01_vectors.ipynb", first=1)
    room.hand_in("jane/ch01_vectors (1).ipynb", first=None, second=None)
    room.hand_in("jane/ch02_dot_product.ipynb", assignment="ch02_dot_product")
    room.hand_in("bob/ch01_vectors.ipynb", first=0)
    room.grade()
    assert room.scores()["jane", "ch01_vectors"] == 4


def test_files_of_one_name_in_two_folders_are_two_submissions_with_results_of_their_own(room):
    for folder, first in (("a", 1), ("b", 2)):
        hand_in(room.place / folder, "ch01_vectors.ipynb", first=first)
        room.grade(folder)
    assert sorted(float(row["score"]) for row in room.grades().values()) == [4, 6]
    assert (
        result_path(room.out, "ch01_vectors").read_text()
        != result_path(room.out, "ch01_vectors-2").read_text()
    )
    assert {path.stem for path in (room.out / "results").iterdir()} == {"ch01_vectors", "ch01_vectors-2"}


def test_an_edit_of_the_grades_is_kept_beside_them_and_told(room):
    room.hand_in("jane.ipynb", first=1)
    assert room.grade().edited is None
    path = room.out / "grades.csv"
    path.write_text(path.read_text().replace("4.0", "5.5"))
    edited = path.read_bytes()
    batch = room.grade()
    assert batch.edited is not None
    assert batch.edited.read_bytes() == edited
    assert any(f"kept as {batch.edited.name}" in said for said in batch_remarks(batch))
    assert room.scores() == {("jane", "ch01_vectors"): 4}
    assert room.grade().edited is None


def test_a_grade_that_moves_without_a_new_submission_is_told(room):
    room.hand_in("jane.ipynb", first=1)
    room.grade()
    room.grader = Grades("r2", lambda what: {**what, "first": 2})
    batch = room.grade()
    assert any("another grade" in said and "jane 4 -> 6" in said for said in batch_remarks(batch))


def test_a_submission_to_no_known_assignment_is_listed_and_heads_no_table(room):
    room.hand_in("poem.ipynb", status="invalid", assignment=None)
    room.hand_in("jane.ipynb", first=1)
    room.grade()
    assert ("poem", "") in room.grades()
    with room.store() as store:
        tables = list(class_tables(statistics_of(standings(store), store)))
    text = io.StringIO()
    Console(file=text, width=150).print(*tables)
    assert "ch01_vectors: 1 of 1" in text.getvalue()
    assert "None" not in text.getvalue()


# Who is who ------------------------------------------------------------------------------------------------


ROSTERS = {
    "gradescope": (
        "First Name,Last Name,SID,Email,Section\nJane,Doe,3031,jane@example.edu,A\nBob,Roe,3032,bob@x.edu,A\n"
    ),
    "canvas": (
        'Student,ID,SIS User ID,SIS Login ID,Section,"Old (1)"\n"    Points Possible",,,,,10\n'
        '"Doe, Jane",12345,3031,jane@example.edu,A,\n"Roe, Bob",12346,3032,bob@x.edu,A,\n'
    ),
    "moodle": (
        "First name;Surname;ID number;Email address\nJane;Doe;3031;jane@example.edu\nBob;Roe;3032;bob@x.edu\n"
    ),
    "nbgrader": "id,last_name,first_name,email\n3031,Doe,Jane,jane@example.edu\n3032,Roe,Bob,bob@x.edu\n",
    "plain": "\ufeffName,E-Mail,Student number\nJane Doe,jane@example.edu,3031\nBob Roe,bob@x.edu,3032\n",
}


@pytest.mark.parametrize("kind", ROSTERS)
def test_a_roster_of_any_platform_is_read(tmp_path, kind):
    (tmp_path / "roster.csv").write_text(ROSTERS[kind], encoding="utf-8")
    people = [who for who, _ in read_roster(tmp_path / "roster.csv")]
    assert [(who.name, who.email, who.sid) for who in people] == [
        ("Jane Doe", "jane@example.edu", "3031"),
        ("Bob Roe", "bob@x.edu", "3032"),
    ]
    assert people[0].canvas_id == ("12345" if kind == "canvas" else "")


def test_a_rosters_names_may_hold_quotes_commas_and_line_breaks(tmp_path):
    lines = [("Jane", "Doe, Jr.", "1"), ('Anne "Annie"', "O'Neil", "2"), ("Two\nLines", "Roe; Poe", "3")]
    for delimiter in ",;\t":
        with (tmp_path / "roster.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows([("First name", "Surname", "SID"), *lines])
        people = [who for who, _ in read_roster(tmp_path / "roster.csv")]
        assert [(who.name, who.sid) for who in people] == [(f"{a} {b}", sid) for a, b, sid in lines]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "names nobody"), (b"a,b\n1,2\n", "its columns are a, b"), ("Näme\n".encode("latin-1"), "UTF-8")],
)
def test_a_roster_that_names_nobody_says_what_it_needs(tmp_path, content, said):
    (tmp_path / "roster.csv").write_bytes(content)
    with pytest.raises(RosterProblem, match=said):
        read_roster(tmp_path / "roster.csv")


def test_one_student_under_many_names_is_one_student_by_the_roster(room):
    chapters = ("ch01_vectors", "ch02_dot_product", "ch03", "ch04", "ch05")
    names = (
        "doejane_12345_100_x.ipynb",
        "Jane Doe_77_assignsubmission_file_/x.ipynb",
        "jane/x.ipynb",
        "3031.ipynb",
        "Doe Jane (1).ipynb",
    )
    for chapter, name in zip(chapters, names, strict=True):
        hand_in(room.place / chapter[:4], name, assignment=chapter)
        room.grade(chapter[:4])
    assert len({student for student, _ in room.grades()}) > 1
    room.grade("ch01", roster=ROSTERS["canvas"])
    assert sorted(room.grades()) == [("Jane Doe", chapter) for chapter in chapters]
    assert {row["email"] for row in room.grades().values()} == {"jane@example.edu"}


def test_the_roster_may_come_first(room):
    hand_in(room.place / "in", "doejane_12345_100_x.ipynb")
    room.grade(roster=ROSTERS["canvas"])
    assert list(room.grades()) == [("Jane Doe", "ch01_vectors")]
    with room.store() as store:
        missing = standings(store).without_submission("ch01_vectors")
    assert [person.name for person in missing] == ["Bob Roe"]


@pytest.mark.parametrize(
    ("who", "place"),
    [
        (Who(email="JANE@example.edu"), 0),
        (Who("Jane Doe", sid="3031"), 0),
        (Who("Jane Doe", sid="9999"), None),
        (Who("Jane Doe"), None),
        (Who("Doe, Bob"), 2),
        (Who("doebob"), 2),
        (Who(label="bob"), 2),
        (Who(label="3031"), 0),
        (Who(label="bob doe (1)"), 2),
        (Who("Zoë Ångström"), 3),
        (Who("angstromzoe"), 3),
        (Who(label="nobody"), None),
        (Who(label="Bob@example.edu"), 2),
        (Who(label="3033 Doe, Bob (1)"), 2),
        (Who(label="Jane Doe 3032"), 1),
        (Who(label="Zoe Angstrom 3033"), None),
    ],
)
def test_a_student_is_known_by_what_decides_and_never_by_a_guess(who, place):
    people = [
        Person(1, "Jane Doe", "jane@example.edu", "3031", on_roster=True),
        Person(2, "Jane Doe", "doe.jane@example.edu", "3032", on_roster=True),
        Person(3, "Bob Doe", "bob@example.edu", "3033", on_roster=True),
        Person(4, "Zoe Angstrom", "", "3034", on_roster=True),
    ]
    assert place_among(people, who) == place


def test_labels_that_nobody_vouches_for_are_one_only_if_they_are_the_same():
    people = [Person(1, label="group 1 2"), Person(2, label="class a b")]
    assert place_among(people, Who(label="group 12")) is None
    assert place_among(people, Who(label="class b a")) is None
    assert place_among(people, Who(label="Group 1 2")) == 0


def test_a_groups_submission_counts_for_each_of_them(room):
    path = hand_in(room.place, "group/x.ipynb", first=1)
    found = [HandedIn(path, "x", path, "gradescope", (Who("Jane Doe", sid="1"), Who("Bob Roe", sid="2")))]
    with room.store() as store:
        grade_class(found, grading_job(room.out), 1, store, lambda row: None, room.grader)
    assert room.scores() == {("Bob Roe", "ch01_vectors"): 4, ("Jane Doe", "ch01_vectors"): 4}


# Deadlines -------------------------------------------------------------------------------------------------

POLICY = """
counts = "latest"
timezone = "Europe/Berlin"
[deadlines]
ch01_vectors = 2026-10-05T23:59:00
ch02_dot_product = 2026-10-12
[extensions."jane@example.edu"]
ch01_vectors = 2026-10-08T23:59:00
[late]
grace = "15 minutes"
per_day = 0.1
at_most = 0.5
closes = "7 days"
marked = 0.2
"""
DEADLINE = datetime(2026, 10, 5, 21, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "off"),
    [
        (timedelta(hours=-1), None),
        (timedelta(minutes=15), None),
        (timedelta(minutes=16), 0.1),
        (timedelta(hours=24), 0.1),
        (timedelta(hours=25), 0.2),
        (timedelta(days=5, hours=1), 0.5),
        (timedelta(days=7), 0.5),
        (timedelta(days=7, seconds=1), 1.0),
    ],
)
def test_late_is_what_the_policy_says(after, off):
    late = parse(POLICY).lateness("ch01_vectors", Person(1, "Bob"), DEADLINE + after, marked_late=False)
    assert (late.fraction if late else None) == off


def test_an_extension_a_day_alone_and_a_platforms_mark_count():
    policy = parse(POLICY)
    jane = Person(1, "Jane Doe", "Jane@example.edu")
    assert policy.lateness("ch01_vectors", jane, DEADLINE + timedelta(days=2), marked_late=False) is None
    assert policy.deadline("ch02_dot_product", jane) == datetime(2026, 10, 12, 21, 59, 59, tzinfo=UTC)
    marked = policy.lateness("ch01_vectors", Person(2, "Bob"), None, marked_late=True)
    assert (marked.fraction, marked.known) == (0.2, False)
    assert Policy().lateness("ch01_vectors", jane, DEADLINE, marked_late=False) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("counts = 'first'", "`counts` is 'first'; it is one of 'latest', 'best'"),
        ("[late]\nper_day = 10", "`per_day` is 10; it is a number from 0 to 1"),
        ("[late]\ngrace = '15 m'", "`grace` is '15 m'; write it as"),
        ("[deadlines]\nch01_vectors = '5 Oct'", "`deadlines.ch01_vectors` is '5 Oct'; write a time as 2026"),
        ("timezone = 'Mars'", "`timezone` is 'Mars'"),
        ("deadline = 1", "a line `deadline`, which means nothing; it can have columns, counts, deadlines"),
        ("counts", "not TOML"),
        ("extensions.jane = 1", "give it as a table"),
    ],
)
def test_a_policy_that_cannot_be_used_says_which_line_and_what_would_be_right(text, said):
    with pytest.raises(PolicyProblem) as raised:
        parse(text)
    assert said in str(raised.value)


def test_being_late_takes_off_what_the_policy_says_and_the_table_says_so(room):
    path = hand_in(room.place, "in/x.ipynb", first=2, second=1)
    when = DEADLINE + timedelta(days=1, hours=1)
    found = [HandedIn(path, "x", path, "gradescope", (Who("Bob Roe", sid="2"),), when)]
    with room.store() as store:
        store.keep_setting("policy", POLICY)
        grade_class(found, grading_job(room.out), 1, store, lambda row: None, room.grader)
    row = room.grades()["Bob Roe", "ch01_vectors"]
    assert (float(row["score"]), float(row["raw_score"]), row["late"]) == (4.8, 6.0, "1 day late, 20% off")


# By hand ---------------------------------------------------------------------------------------------------


def test_an_override_counts_stays_through_a_resubmission_and_is_told(room):
    room.hand_in("jane.ipynb", first=0, second=0)
    room.grade()
    with room.store() as store:
        give(store, "jane", Grade("ch01_vectors", "first", 3, "a typing mistake alone", "N. N."))
    room.grade()
    row = room.grades()["jane", "ch01_vectors"]
    assert (float(row["score"]), float(row["first"])) == (3, 3)
    assert row["remarks"] == "first: 3 by N. N. (a typing mistake alone)"
    room.hand_in("jane.ipynb", first=0, second=1)
    room.grade()
    row = room.grades()["jane", "ch01_vectors"]
    assert float(row["score"]) == 5
    assert "handed in again since points were given by hand" in row["remarks"]


def test_an_override_that_is_taken_back_stays_in_the_store_and_counts_no_more(room):
    room.hand_in("jane.ipynb", first=0, second=0)
    room.grade()
    with room.store() as store:
        given = give(store, "jane", Grade("ch01_vectors", "", 5, "an oral examination", "N. N."))
        assert (given.score, given.waiting) == (5, ())
        take_back(store, given.overrides[0].id, "mixed up", "M. M.")
        assert standings(store).standings[0].score == 0
        (row,) = store.rows("SELECT withdrawn_by, withdrawn_reason FROM overrides")
        assert tuple(row) == ("M. M.", "mixed up")


@pytest.mark.parametrize(
    ("who", "grade", "said"),
    [
        ("jane", Grade("ch01_vectors", "first", 9, "r", "b"), "first is worth 0 to 4"),
        ("jane", Grade("ch01_vectors", "third", 1, "r", "b"), "its questions: first, second"),
        ("jane", Grade("ch02_dot_product", "", 1, "r", "b"), "there is ch01_vectors"),
        ("jane", Grade("ch01_vectors", "first", 1, " ", "b"), "needs a reason"),
        ("nobody", Grade("ch01_vectors", "first", 1, "r", "b"), "nobody here is called `nobody`"),
        ("ana", Grade("ch01_vectors", "first", 1, "r", "b"), "could be 2 students"),
    ],
)
def test_an_override_that_cannot_be_made_says_what_would_be_right(room, who, grade, said):
    room.hand_in("jane.ipynb")
    room.grade(roster="name,sid\nAna,1\nAna,2\n")
    with room.store() as store, pytest.raises(OverrideProblem) as raised:
        give(store, who, grade)
    assert said in str(raised.value)


def test_a_question_graded_by_hand_waits_until_its_points_are_given(room, monkeypatch):
    import gradebook_results

    def by_hand(name, passed=(), **more):
        entry = original(name, passed, **more)
        if name == "second":
            entry |= {
                "kind": "by_hand",
                "score": None,
                "checks": [],
                "rubric": {"names the axes": 1, "is true": 1},
            }
        return entry

    original = gradebook_results.question
    whole = gradebook_results.result

    def waiting(**what):
        with monkeypatch.context() as patch:
            patch.setattr(gradebook_results, "question", lambda *a, **k: {**by_hand(*a, **k), "score": 2})
            data = whole(**what)
        data["extra_data"]["questions"]["second"] |= {"score": None}
        data["extra_data"]["score"] = 4
        return data

    monkeypatch.setattr(gradebook_results, "result", waiting)
    room.hand_in("jane.ipynb")
    room.grade()
    row = room.grades()["jane", "ch01_vectors"]
    assert (row["second"], row["remarks"]) == ("", "waiting for points by hand: second")
    with room.store() as store:
        give(store, "jane", Grade("ch01_vectors", "second", 1, "names the axes", "N. N.", "names the axes"))
        (one,) = statistics_of(standings(store), store)
        assert {question.name: question.waiting for question in one.questions} == {"first": 0, "second": 0}
    room.grade()
    row = room.grades()["jane", "ch01_vectors"]
    assert (row["second"], "waiting" in row["remarks"]) == ("1.0", False)
