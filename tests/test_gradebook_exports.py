"""Exports of classes that are made at random, whose names do what names should not: each is read back by its
documented format, field by field, and held against what the class was made from."""

import csv
import io
import math
import random
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from gradebook_results import CHECKS, Grades, grading_job, hand_in

from autograder.grade.layouts import HandedIn
from autograder.grade.platforms import Who
from autograder.gradebook import exports
from autograder.gradebook.batch import grade_class
from autograder.gradebook.by_hand import Grade, give
from autograder.gradebook.people import read_roster
from autograder.gradebook.standings import standings
from autograder.gradebook.store import Store

CHAPTERS = ("ch01_vectors", "ch02_dot_product")
NOW = datetime(2026, 11, 1, 0, 5, tzinfo=UTC)
DUE = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)
POLICY = """
[deadlines]
ch01_vectors = 2026-10-05T12:00:00
[late]
per_day = 0.25
at_most = 0.5
[columns.canvas]
ch01_vectors = "Vectors, or arrows (77)"
[columns.moodle]
ch01_vectors = "Vectors"
"""
NAMES = (
    *(
        "Jane",
        "O'Neil",
        "Doe, Jr.",
        'Anne "Annie"',
        "Smith; Jones",
        "Mary Ann",
        "d'Arc",
        "Zoë",
        "e\u0301mile",
    ),
    *(
        "王小明",
        "محمد",
        "שרה",
        "Ольга",
        "नेहा",
        "🙂",
        "=1+1",
        "+44",
        "-x",
        "@SUM(A1)",
        '=HYPERLINK("http://x")',
    ),
    *("Two\nLines", "tab\tbed", "<b>Bold</b>", "<script>alert(1)</script>", "</td>", "a & b", "&lt;i&gt;"),
    *("\u202egpj.exe", "'quoted", '"', "100%", "{{ x }}", "\u200fרחל", "nul\x00l", "=\n=cmd", "A<B", "1 < 2"),
)


@dataclass(frozen=True)
class Handed:
    """What a student handed in to a chapter, and what it is worth."""

    first: int | None
    second: int | None
    status: str
    layout: str
    number: str
    when: datetime
    given: tuple[str, float] | None = None

    @property
    def graded(self):
        return (
            {}
            if self.status != "graded"
            else {"first": 2.0 * (self.first or 0), "second": 2.0 * (self.second or 0)}
        )

    @property
    def points(self):
        points = self.graded
        return points | {self.given[0]: self.given[1]} if self.given and self.given[0] in points else points

    @property
    def raw(self):
        if self.given and not self.given[0]:
            return self.given[1]
        return None if self.status == "grader_error" else sum(self.points.values())

    def days_late(self, chapter):
        late = (self.when - DUE) / timedelta(days=1)
        return late if chapter == CHAPTERS[0] and late > 0 else None

    def score(self, chapter):
        late = self.days_late(chapter)
        return self.raw and round(self.raw * (1 - min(0.5, 0.25 * math.ceil(late or 0))), 5)


@dataclass
class Listed:
    """A student of the roster, and what they handed in by chapter."""

    number: int
    first: str
    last: str
    section: str
    handed: dict[str, Handed] = field(default_factory=dict)

    @property
    def sid(self):
        return str(3000 + self.number)

    @property
    def canvas_id(self):
        return str(12000 + self.number)

    @property
    def email(self):
        return f"s{self.number}@example.edu"

    @property
    def name(self):
        return f"{self.first} {self.last}"


def made_class(seed):
    rng = random.Random(seed)
    students = [Listed(n, rng.choice(NAMES), rng.choice(NAMES), rng.choice(("A", "=B"))) for n in range(12)]
    for student in students:
        for chapter in CHAPTERS:
            if rng.random() < 0.2:
                continue
            first, second = rng.choice((None, 0, 1, 2)), rng.choice((None, 0, 1))
            status = rng.choice(("graded",) * 8 + ("invalid", "grader_error"))
            layout = rng.choice(("moodle", "moodle", "gradescope", "canvas"))
            when = DUE + timedelta(seconds=rng.randrange(-90_000, 300_000))
            given = rng.choice((None, None, None, ("first", 3.0), ("second", 0.5), ("", 5.0)))
            if status != "graded" and given and given[0]:
                given = None
            student.handed[chapter] = Handed(
                first, second, status, layout, str(500 + 2 * student.number), when, given
            )
    # Somebody handed in to every chapter, or it is in no table.
    for chapter in CHAPTERS:
        students[0].handed.setdefault(chapter, Handed(2, 1, "graded", "moodle", "500", DUE))
    return students


@pytest.fixture(params=range(8))
def exported(request, tmp_path):
    """A class, and what its exports are made from."""
    students = made_class(request.param)
    out = tmp_path / "out"
    out.mkdir()
    with (tmp_path / "roster.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["First Name", "Last Name", "ID", "SIS User ID", "SIS Login ID", "Section"])
        table.writerows([s.first, s.last, s.canvas_id, s.sid, s.email, s.section] for s in students)
    found = []
    for student in students:
        for chapter, one in student.handed.items():
            more = {"status": one.status, "assignment": chapter}
            path = hand_in(
                tmp_path / "in", f"{student.sid}/{chapter}.ipynb", first=one.first, second=one.second, **more
            )
            number = one.number if one.layout != "gradescope" else f"submission_{one.number}"
            who = (Who(email=student.email),)
            stem = f"{student.sid}-{chapter}"
            found.append(HandedIn(path, stem, tmp_path, one.layout, who, one.when, platform_id=number))
    with Store.open(out) as store:
        store.keep_setting("policy", POLICY)
        store.take_roster(read_roster(tmp_path / "roster.csv"))
        grade_class(found, grading_job(out), 1, store, lambda row: None, Grades())
        for student in students:
            for chapter, one in student.handed.items():
                if one.given:
                    give(store, student.email, Grade(chapter, *one.given, '=a "reason", or <two>', "N. N."))
        yield students, exports.Export(standings(store), store, NOW)


def read_back(text):
    """A CSV as RFC 4180 has it: every line has as many cells as the heading, and none is a formula."""
    heading, *lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert len(set(heading)) == len(heading)
    for line in lines:
        assert len(line) == len(heading)
        assert not [cell for cell in line if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    return [dict(zip(heading, line, strict=True)) for line in lines]


def cell(text):
    """A name as it stands in a cell: one line, with what would do something taken out of it."""
    shown = "".join("\ufffd" if moves_something(c) else c for c in re.sub(r"\s+", " ", text).strip())
    shown = re.sub(r"<(?=[A-Za-z/!?])", "\u2039", shown)
    return f"'{shown}" if shown[0] in "=+-@" else shown


def moves_something(character):
    marks = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    return character in marks or unicodedata.category(character) == "Cc"


def number(text):
    return None if text == "" else float(text)


def scores(student, chapter):
    one = student.handed.get(chapter)
    return one.score(chapter) if one else None


def test_canvas_reads_each_students_grade_back(exported):
    students, export = exported
    points, *rows = read_back(exports.canvas(export)["canvas.csv"])
    assert list(points) == [
        *("Student", "ID", "SIS User ID", "SIS Login ID", "Section"),
        *("Vectors, or arrows (77)", "ch02_dot_product"),
    ]
    assert list(points.values()) == ["    Points Possible", "", "", "", "", "6.0", "6.0"]
    by_id = {row["ID"]: row for row in rows}
    assert len(by_id) == len(rows) == len(students)
    for student in students:
        row = by_id[student.canvas_id]
        assert row["Student"] == cell(f"{student.last}, {student.first}")
        assert (row["SIS User ID"], row["SIS Login ID"]) == (student.sid, student.email)
        assert row["Section"] == cell(student.section)
        assert number(row["Vectors, or arrows (77)"]) == scores(student, CHAPTERS[0])
        assert number(row["ch02_dot_product"]) == scores(student, CHAPTERS[1])


def test_moodle_reads_each_participants_grade_and_feedback_back(exported):
    students, export = exported
    files = exports.moodle(export)
    for chapter in CHAPTERS:
        on_moodle = {
            f"Participant {one.number}": (student, one)
            for student in students
            if (one := student.handed.get(chapter))
            and one.layout == "moodle"
            and one.score(chapter) is not None
        }
        rows = {
            row["Identifier"]: row for row in read_back(files.get(f"moodle_{chapter}.csv", "Identifier\n"))
        }
        assert set(rows) == set(on_moodle)
        for participant, (student, one) in on_moodle.items():
            row = rows[participant]
            assert (row["Full name"], row["Email address"]) == (cell(student.name), student.email)
            assert (float(row["Grade"]), float(row["Maximum grade"])) == (one.score(chapter), 6.0)
            handed_in, graded = (row[f"Last modified ({what})"] for what in ("submission", "grade"))
            assert datetime.strptime(handed_in, "%A, %d %B %Y, %I:%M %p") == one.when.replace(
                second=0, tzinfo=None
            )
            assert graded == "Sunday, 1 November 2026, 12:05 AM"
            for name, points in one.points.items():
                assert f"{name} {points:g}/" in row["Feedback comments"]
    book = {row["Email address"]: row for row in read_back(files["moodle_gradebook.csv"])}
    assert len(book) == len(students)
    for student in students:
        row = book[student.email]
        assert (row["ID number"], row["Full name"]) == (student.sid, cell(student.name))
        assert number(row["Vectors"]) == scores(student, CHAPTERS[0])
        assert number(row["ch02_dot_product"]) == scores(student, CHAPTERS[1])


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_gradescopes_table_holds_each_students_points(exported, chapter):
    students, export = exported
    rows = {row["SID"]: row for row in read_back(exports.gradescope(export)[f"gradescope_{chapter}.csv"])}
    assert len(rows) == len(students)
    for student in students:
        row, one = rows[student.sid], student.handed.get(chapter)
        assert (row["First Name"], row["Last Name"]) == (cell(student.first), cell(student.last))
        assert (row["Email"], row["Sections"]) == (student.email, cell(student.section))
        assert number(row["Total Score"]) == scores(student, chapter)
        if one is None:
            assert row["Status"] == "Missing"
            continue
        assert row["Status"] == ("Ungraded" if one.score(chapter) is None else "Graded")
        assert (row["Max Points"], row["Submission ID"]) == ("6.0", one.number)
        assert datetime.strptime(row["Submission Time"], "%Y-%m-%d %H:%M:%S %z") == one.when
        hours, minutes, seconds = map(int, row["Lateness (H:M:S)"].split(":"))
        late = timedelta(days=one.days_late(chapter) or 0)
        assert timedelta(hours=hours, minutes=minutes, seconds=seconds) == timedelta(
            seconds=round(late.total_seconds())
        )
        for place, name in ((1, "first"), (2, "second")):
            column = next(key for key in row if key.startswith(f"{place}: {name} ("))
            assert float(row[column]) == one.points.get(name, 0.0)


def test_nbgraders_table_holds_everybody_with_the_penalty(exported):
    students, export = exported
    rows = {
        (row["student_id"], row["assignment"]): row
        for row in read_back(exports.nbgrader(export)["nbgrader.csv"])
    }
    assert len(rows) == len(students) * len(CHAPTERS)
    for student in students:
        for chapter in CHAPTERS:
            row, one = rows[student.sid, chapter], student.handed.get(chapter)
            assert (row["first_name"], row["last_name"]) == (cell(student.first), cell(student.last))
            assert (row["email"], float(row["max_score"])) == (student.email, 6.0)
            assert row["duedate"] == ("2026-10-05 12:00:00" if chapter == CHAPTERS[0] else "")
            assert row["timestamp"] == (f"{one.when:%Y-%m-%d %H:%M:%S}" if one else "")
            raw = (one.raw if one else None) or 0.0
            assert float(row["raw_score"]) == raw
            assert float(row["score"]) == (scores(student, chapter) or 0.0)
            assert float(row["late_submission_penalty"]) == pytest.approx(raw - float(row["score"]), abs=1e-9)


def expected_questions(students):
    """By student, chapter and question, what the tidy table must say."""
    found = {}
    for student in students:
        for chapter, one in student.handed.items():
            for name, count in (("first", one.first), ("second", one.second)):
                if one.status == "graded":
                    by_hand = one.given is not None and one.given[0] == name
                    found[student.sid, chapter, name] = (student, one, count, one.points[name], by_hand)
    return found


def test_tidy_tables_and_parquet_hold_a_line_per_question_and_per_check(exported, tmp_path):
    students, export = exported
    parquet = pytest.importorskip("pyarrow.parquet")
    for file, content in exports.parquet(export).items():
        (tmp_path / file).write_bytes(content)
    files = exports.tidy(export)
    lines = {
        (row["sid"], row["assignment"], row["question"]): row for row in read_back(files["questions.csv"])
    }
    typed = {
        (row["sid"], row["assignment"], row["question"]): row
        for row in parquet.read_table(tmp_path / "questions.parquet").to_pylist()
    }
    expected = expected_questions(students)
    assert set(lines) == set(typed) == set(expected)
    for key, (student, one, _, points, by_hand) in expected.items():
        line, row = lines[key], typed[key]
        late = one.days_late(key[1])
        assert (line["student"], line["email"]) == (cell(student.name), student.email)
        assert (row["student"], row["email"]) == (student.name, student.email)
        assert (line["submission"], row["submission"]) == (f"{student.sid}-{key[1]}",) * 2
        assert datetime.fromisoformat(line["handed_in"]) == row["handed_in"] == one.when
        assert number(line["late_days"]) == row["late_days"] == (late and pytest.approx(late))
        assert (float(line["score"]), row["score"]) == (points, points)
        assert float(line["max_score"]) == row["max_score"] == {"first": 4.0, "second": 2.0}[key[2]]
        assert (line["by_hand"], row["by_hand"]) == (str(by_hand).lower(), by_hand)
        assert line["status"] == row["status"] == "graded"
        assert line["outcome"] == row["outcome"]
    checks = {
        (row["sid"], row["assignment"], row["question"], row["check"]): row["passed"]
        for row in parquet.read_table(tmp_path / "checks.parquet").to_pylist()
    }
    assert checks == {
        (*key, check): place < (count or 0)
        for key, (_, _, count, _, _) in expected.items()
        for place, check in enumerate(CHECKS[key[2]])
    }
    texts = {
        (row["sid"], row["assignment"], row["question"], row["check"]): row["passed"] == "true"
        for row in read_back(files["checks.csv"])
    }
    assert texts == checks


class Page(HTMLParser):
    """A page's tags, and its text by the tag around it."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.around, self.words = set(), [], {}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.around.append(tag)

    def handle_endtag(self, tag):
        while self.around and self.around.pop() != tag:
            pass

    def handle_data(self, data):
        if self.around and data.strip():
            self.words.setdefault(self.around[-1], []).append(" ".join(data.split()))


def test_each_students_page_holds_their_own_grades_and_runs_nothing(exported, tmp_path):
    students, export = exported
    exports.export_to(tmp_path, export, ["feedback"])
    index = {row["sid"]: row for row in read_back((tmp_path / "feedback" / "index.csv").read_text("utf-8"))}
    assert set(index) == {student.sid for student in students if student.handed}
    assert len({row["file"] for row in index.values()}) == len(index)
    for student in filter(lambda one: one.handed, students):
        assert re.fullmatch(r"[a-z0-9-]+\.html", index[student.sid]["file"])
        text = (tmp_path / "feedback" / index[student.sid]["file"]).read_text("utf-8")
        page = Page(text)
        assert page.tags <= {
            *(
                "html",
                "head",
                "meta",
                "title",
                "style",
                "body",
                "header",
                "main",
                "section",
                "table",
                "caption",
            ),
            *("thead", "tbody", "tr", "th", "td", "h1", "h2", "h3", "p", "a", "pre"),
        }
        assert "31337" not in text
        name = "".join("\ufffd" if moves_something(c) and c not in "\n\t" else c for c in student.name)
        assert page.words["h1"] == [re.sub(r"<(?=[A-Za-z/!?])", "\u2039", " ".join(name.split()))]
        for chapter, one in student.handed.items():
            score = one.score(chapter)
            shown = "–" if score is None else f"{score:.2f}".rstrip("0").rstrip(".")
            assert f"{chapter}: {shown} of 6 points" in page.words["h2"]
        others = {other.email for other in students if other is not student}
        assert not [email for email in others if email in text]
