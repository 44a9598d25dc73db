"""The report on a class and its exports: numbers against what they were made from, texts that do nothing, and
formats read back by what they are for."""

import csv
import io
import json
import random
import sys
from datetime import UTC, datetime
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from gradebook_results import Grades, grading_job, hand_in
from rich.console import Console
from scipy.stats import pointbiserialr

from autograder.grade.layouts import HandedIn, discover
from autograder.grade.platforms import Who
from autograder.gradebook import exports
from autograder.gradebook.batch import grade_class
from autograder.gradebook.by_hand import Grade, give
from autograder.gradebook.people import read_roster
from autograder.gradebook.report import looks_text, report_on
from autograder.gradebook.similarity import NoFingerprints, remarks, similar_pairs
from autograder.gradebook.standings import standings
from autograder.gradebook.statistics import bins_of, point_biserial, statistics_of, to_look_at
from autograder.gradebook.store import Store
from autograder.gradebook.table import class_tables, look_table

NOW = datetime(2026, 10, 6, 12, 0, tzinfo=UTC)
EVIL = '=HYPERLINK("http://x","y")<script>alert(1)</script>'


def graded(out, found, **settings):
    out.mkdir(exist_ok=True)
    with Store.open(out) as store:
        for key, value in settings.items():
            store.keep_setting(key, value)
        grade_class(found, grading_job(out), 1, store, lambda row: None, Grades())
    return Store.open(out)


@pytest.fixture
def class_of(tmp_path):
    """Grade a class given as `{name: what it hands in}`, and open its store."""

    def make(students, roster="", **settings):
        for name, what in students.items():
            hand_in(tmp_path / "in", f"{name}.ipynb", **what)
        out = tmp_path / "out"
        out.mkdir(exist_ok=True)
        if roster:
            (tmp_path / "roster.csv").write_text(roster, encoding="utf-8")
            with Store.open(out) as store:
                store.take_roster(read_roster(tmp_path / "roster.csv"))
        return graded(out, discover([tmp_path / "in"], ("ch01_vectors",)), **settings)

    return make


# Numbers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_discrimination_is_the_point_biserial_correlation(seed):
    rng = random.Random(seed)
    right = [rng.random() < 0.6 for _ in range(40)]
    rest = [rng.random() + 0.5 * yes for yes in right]
    assert point_biserial(right, rest) == pytest.approx(pointbiserialr(right, rest).statistic)


def test_discrimination_is_not_said_where_it_cannot_be():
    assert point_biserial([True] * 20, [0.1 * n for n in range(20)]) is None
    assert point_biserial([True, False] * 10, [0.5] * 20) is None
    assert point_biserial([True, False], [0.5, 0.6]) is None


def test_each_tenth_of_the_points_is_counted_and_full_points_are_in_the_last():
    assert bins_of([0, 1.99, 2, 10, 19.9, 20, 20], 20) == [2, 1, 0, 0, 0, 1, 0, 0, 0, 3]
    assert sum(bins_of([0.6 * n for n in range(11)], 6)) == 11


def test_right_wrong_crashed_and_not_attempted_are_told_apart(class_of):
    students = {
        "right": {},
        "wrong": {"first": 1},
        "crashed": {"first": 0, "first_more": {"stopped": True}},
        "untouched": {"first": None},
    }
    store = class_of(students)
    (one,) = statistics_of(standings(store), store)
    question = one.questions[0]
    assert (question.right, question.wrong, question.crashed, question.not_attempted) == (1, 1, 1, 1)
    assert question.attempted == 3
    assert question.difficulty == pytest.approx((1 + 0.5 + 0 + 0) / 4)
    assert [(check.title, check.failed, check.attempts) for check in question.checks] == [
        ("first: holds up.", 2, 3),
        ("first: is right.", 1, 3),
    ]


def test_a_misconception_is_counted_once_per_student_with_its_hint(class_of):
    held = {"first": 0, "first_more": {"misconception": "drops_the_root"}}
    store = class_of({"ana": held, "bob": held, "cem": {}})
    (one,) = statistics_of(standings(store), store)
    (count,) = one.misconceptions
    assert (count.words, count.hint, len(count.students)) == ("drops the root", "Mind drops_the_root.", 2)


def test_a_question_that_the_best_fail_looks_broken_and_a_hard_one_does_not(class_of):
    def what(number, broken):
        strong = number >= 10
        return {"first": 2 if strong else 0, "second": int(not strong if broken else strong)}

    def suspicions(broken):
        store = class_of({f"s{number}": what(number, broken) for number in range(20)})
        (one,) = statistics_of(standings(store), store)
        return [question.suspicion for question in one.questions]

    assert suspicions(broken=True)[1].startswith("5 of the 5 who did best elsewhere fail it.")
    assert suspicions(broken=False) == ["", ""]


def test_what_does_not_count_is_not_in_the_numbers(class_of):
    store = class_of({"doejane_1_100_x": {"first": 0}, "doejane_1_101_x": {"first": 2}})
    (one,) = statistics_of(standings(store), store)
    assert (one.submissions, list(one.scores)) == (1, [6.0])


def test_what_to_look_at_says_why(class_of):
    students = {
        "unread": {"status": "invalid", "reason": "it is cut off in line 3"},
        "broken": {"status": "grader_error", "reason": "a check broke"},
        "stopped": {"first": 0, "first_more": {"stopped": True}},
        "chance": {"unstable": ["`first` passed the check `works` in one run and not in another."]},
        "fine": {},
    }
    book = standings(class_of(students))
    said = {look.standing.submission.stem: look.reasons for look in to_look_at(book)}
    assert said == {
        "broken": ["the grader failed: a check broke"],
        "chance": [
            "two runs of it differed: `first` passed the check `works` in one run and not in another."
        ],
        "stopped": ["a cell did not finish: first"],
        "unread": ["could not be read: it is cut off in line 3"],
    }


def test_what_is_urgent_is_looked_at_first_and_ordinary_errors_last(class_of):
    students = {
        "a_stopped": {"first": 0, "first_more": {"stopped": True}},
        "b_alike": {"first": 0},
        "c_alike_more": {"first": 1},
        "d_chance": {"unstable": ["`first` passed in one run and not in another."]},
        "e_unread": {"status": "invalid", "reason": "it is cut off"},
        "f_chance_and_stopped": {
            "first": 0,
            "first_more": {"stopped": True},
            "unstable": ["`first` passed in one run and not in another."],
        },
    }
    book = standings(class_of(students))
    numbers = {standing.submission.stem: standing.submission.id for standing in book.standings}
    alike = {numbers["c_alike_more"]: ["like x: word for word"], numbers["b_alike"]: ["like y: 70%"]}
    looks = to_look_at(book, alike)
    assert [look.standing.submission.stem for look in looks] == [
        "e_unread",
        "d_chance",
        "f_chance_and_stopped",
        "c_alike_more",
        "b_alike",
        "a_stopped",
    ]
    assert looks[2].reasons[1] == "a cell did not finish: first"


# The page --------------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """What a browser would make of a page: its tags with their attributes, and its text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.words = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())

    def named(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def test_the_report_is_one_page_that_loads_nothing_and_runs_nothing(class_of):
    store = class_of({"ana": {"first": 1}, "bob": {}})
    page = Page(report_on(store, {}).page)
    assert {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "object", "form"} == set()
    loaded = [
        value for _, attributes in page.tags for name, value in attributes.items() if name in ("src", "href")
    ]
    assert all(value.startswith("#") for value in loaded)
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    assert {value[1:] for value in loaded} <= ids
    assert len(page.named("meta")) == 3


def test_every_picture_has_its_text_and_every_table_its_headings(class_of):
    store = class_of({"ana": {"first": 1}, "bob": {}, "cem": {"first": 0, "second": 0}})
    text = report_on(store, {}).page
    page = Page(text)
    pictures = [svg for svg in page.named("svg") if svg.get("aria-hidden") != "true" and "role" in svg]
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    assert pictures
    for svg in pictures:
        assert svg["role"] == "img"
        assert set(svg["aria-labelledby"].split()) <= ids
    described = "Of 3 grades, mean 3.33 and median 4 of 6 points: 1 from 0 to 0.6, 1 from 3.6 to 4.2, 1 from"
    assert page.text.count(described) == 2
    tables = text.count("<table")
    assert text.count("<caption") == text.count("<thead") == tables
    assert all("scope" in heading for heading in page.named("th"))
    # Well formed where it must be: the picture itself.
    start = text.index('<svg viewBox="0 0 360')
    ElementTree.fromstring(text[start : text.index("</svg>", start) + 6])


def test_the_report_says_what_was_found(class_of):
    held = {"first": 0, "first_more": {"misconception": "drops_the_root"}}
    roster = "name,sid\nana,1\nNever Came,2\n"
    store = class_of(
        {"ana": held, "bob": held, "cem": {"status": "invalid", "reason": "no notebook"}}, roster
    )
    text = Page(report_on(store, {}).page).text
    assert "Counted: 3 submissions of 3 students to 1 assignment (the latest of each student's)" in text
    assert "drops the root 2 ch01_vectors, first Mind drops_the_root." in text
    assert "without a submission: Never Came." in text
    assert "could not be read: no notebook" in text


def test_a_large_class_has_a_page_and_a_summary_that_can_be_read(class_of):
    """Of what to look at, and of each chapter's misconceptions, the first are in sight; nothing is lost."""
    students = {
        f"s{number:03}": {
            "first": 0,
            "first_more": {"misconception": f"kind_{number % 12}_of_d_k", "stopped": True},
        }
        for number in range(50)
    }
    store = class_of(students)
    found = report_on(store, {})
    text = Page(found.page).text
    assert (
        "50 submissions with a cell that did not finish, the first 40 of them; all are in to_look_at.csv"
        in text
    )
    assert text.count("a cell did not finish: first") == 40
    assert len(read_back(looks_text(found))) == 50
    assert "4 more, each of 4 or fewer students" in text
    # The last of the most common twelve is in the table of all of them, and in the chapter's own.
    assert text.count("kind 11 of d_k") == 2
    # Nobody was late or unreadable, and there is no roster: no column says so.
    assert not any(word in text for word in ("Late", "Unreadable", "Not handed in"))
    told = io.StringIO()
    Console(file=told, width=120).print(
        *class_tables(found.statistics), look_table(found.book, found.looks, 10)
    )
    assert "and 7 more, held by fewer" in told.getvalue()
    assert "and 40 more with a cell that did not finish" in told.getvalue()


def test_beside_the_check_that_fails_most_stands_the_next(class_of):
    store = class_of({"ana": {"first": 0}, "bob": {"first": 1}})
    text = Page(report_on(store, {}).page).text
    assert "first: holds up. (hidden) (2 of 2) first: is right. (1 of 2)" in text


def test_texts_of_students_do_nothing_in_the_page(class_of):
    roster = f'name,sid\n"{EVIL.replace(chr(34), chr(34) * 2)}",ana\n'
    store = class_of({"ana": {"status": "invalid", "reason": EVIL}, "bob": {}}, roster)
    text = report_on(store, {}).page
    assert "alert(1)" in text
    assert "<script" not in text


# Exports ---------------------------------------------------------------------------------------------------

ROSTER = (
    'Student,ID,SIS User ID,SIS Login ID,Section\n"Doe, Jane",12345,3031,jane@example.edu,A\n'
    '"Roe, Bob",12346,3032,bob@example.edu,B\n"Never, Came",12347,3033,never@example.edu,B\n'
)
POLICY = """
[deadlines]
ch01_vectors = 2026-10-05T00:00:00
[late]
per_day = 0.25
[columns.canvas]
ch01_vectors = "Chapter 1 (4567)"
"""


@pytest.fixture
def export(tmp_path):
    """A class of three, of whom one handed in late on Moodle, one has points by hand, and one has nothing."""
    out = tmp_path / "out"
    out.mkdir()
    (tmp_path / "roster.csv").write_text(ROSTER)
    with Store.open(out) as store:
        store.take_roster(read_roster(tmp_path / "roster.csv"))
    folder = tmp_path / "in"
    held = {"misconception": "drops_the_root"}
    jane = hand_in(folder, "Jane Doe_77_assignsubmission_file_/x.ipynb", first=1, first_more=held)
    bob = hand_in(folder, "submission_501/x.ipynb")
    found = [
        HandedIn(
            jane,
            "jane",
            folder,
            "moodle",
            (Who("Jane Doe"),),
            datetime(2026, 10, 5, 21, tzinfo=UTC),
            platform_id="77",
        ),
        HandedIn(
            bob,
            "bob",
            folder,
            "gradescope",
            (Who("Bob Roe", sid="3032"),),
            datetime(2026, 10, 4, tzinfo=UTC),
            platform_id="submission_501",
        ),
    ]
    with graded(out, found, policy=POLICY) as store:
        give(store, "bob@example.edu", Grade("ch01_vectors", "second", 1, "a typing mistake", "N. N."))
        yield exports.Export(standings(store), store, NOW)


def read_back(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_canvas_imports_five_columns_that_say_who_a_line_of_points_and_the_grades(export):
    text = exports.canvas(export)["canvas.csv"]
    assert text.splitlines()[0] == "Student,ID,SIS User ID,SIS Login ID,Section,Chapter 1 (4567)"
    # Canvas knows this line by its first cell.
    assert text.splitlines()[1] == "    Points Possible,,,,,6.0"
    assert {row["ID"]: row["Chapter 1 (4567)"] for row in read_back(text)[1:]} == {
        "12345": "3.0",
        "12346": "5.0",
        "12347": "",
    }
    assert text.splitlines()[2] == '"Doe, Jane",12345,3031,jane@example.edu,A,3.0'


def test_moodle_imports_a_worksheet_by_participant_and_a_gradebook_by_address(export):
    files = exports.moodle(export)
    (line,) = read_back(files["moodle_ch01_vectors.csv"])
    assert line == {
        "Identifier": "Participant 77",
        "Full name": "Jane Doe",
        "Email address": "jane@example.edu",
        "Status": "Submitted for grading",
        "Grade": "3.0",
        "Maximum grade": "6.0",
        "Last modified (submission)": "Monday, 5 October 2026, 9:00 PM",
        "Last modified (grade)": "Tuesday, 6 October 2026, 12:00 PM",
        "Feedback comments": "first 2/4, second 2/2; 21 hours late",
    }
    book = {row["Email address"]: row["ch01_vectors"] for row in read_back(files["moodle_gradebook.csv"])}
    assert book == {"bob@example.edu": "5.0", "jane@example.edu": "3.0", "never@example.edu": ""}


def test_gradescopes_table_has_its_columns(export):
    rows = {row["SID"]: row for row in read_back(exports.gradescope(export)["gradescope_ch01_vectors.csv"])}
    bob, jane, never = rows["3032"], rows["3031"], rows["3033"]
    assert (bob["First Name"], bob["Last Name"], bob["Sections"]) == ("Bob", "Roe", "B")
    assert (bob["Total Score"], bob["Max Points"], bob["Status"]) == ("5.0", "6.0", "Graded")
    assert (bob["Submission ID"], bob["Submission Time"]) == ("501", "2026-10-04 00:00:00 +0000")
    assert (bob["1: first (4.0 pts)"], bob["2: second (2.0 pts)"]) == ("4.0", "1.0")
    assert (jane["Lateness (H:M:S)"], never["Status"]) == ("21:00:00", "Missing")


def test_nbgraders_table_has_its_columns_and_everybody(export):
    rows = {row["student_id"]: row for row in read_back(exports.nbgrader(export)["nbgrader.csv"])}
    assert list(rows["3031"]) == list(exports.NBGRADER)
    jane = rows["3031"]
    assert (jane["raw_score"], jane["late_submission_penalty"], jane["score"]) == ("4.0", "1.0", "3.0")
    assert (jane["duedate"], jane["timestamp"]) == ("2026-10-05 00:00:00", "2026-10-05 21:00:00")
    assert (jane["last_name"], jane["first_name"], jane["max_score"]) == ("Doe", "Jane", "6.0")
    assert (rows["3033"]["score"], rows["3033"]["timestamp"]) == ("0.0", "")


def test_tidy_tables_have_a_line_per_question_and_per_check(export):
    files = exports.tidy(export)
    questions, checks = read_back(files["questions.csv"]), read_back(files["checks.csv"])
    first = next(row for row in questions if (row["student"], row["question"]) == ("Jane Doe", "first"))
    assert first == {
        "student": "Jane Doe",
        "email": "jane@example.edu",
        "sid": "3031",
        "assignment": "ch01_vectors",
        "submission": "jane",
        "handed_in": "2026-10-05T21:00:00+00:00",
        "late_days": "0.875",
        "status": "graded",
        "question": "first",
        "score": "2.0",
        "max_score": "4.0",
        "outcome": "wrong",
        "misconception": "drops_the_root",
        "by_hand": "false",
    }
    assert len(questions) == 4
    assert [
        (row["check"], row["hidden"], row["passed"]) for row in checks if row["student"] == "Jane Doe"
    ] == [
        ("is_right", "false", "true"),
        ("holds_up", "true", "false"),
        ("the_value_is_right", "false", "true"),
    ]


def test_all_formats_but_the_one_whose_package_is_missing_are_written(export, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    written, left_out = exports.export_everything(tmp_path, export)
    assert ["pyarrow" in said for said in left_out] == [True]
    assert {"canvas.csv", "questions.csv", "feedback"} <= {path.name for path in tmp_path.iterdir()}
    assert all(path.is_file() for path in written)
    with pytest.raises(exports.ExportProblem, match="pip install pyarrow"):
        exports.export_to(tmp_path, export, ["parquet"])


def test_parquet_holds_the_same_with_types(export, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    for name, content in exports.parquet(export).items():
        (tmp_path / name).write_bytes(content)
    table = parquet.read_table(tmp_path / "questions.parquet")
    assert str(table.schema.field("handed_in").type) == "timestamp[us, tz=UTC]"
    assert str(table.schema.field("by_hand").type) == "bool"
    rows = {(row["student"], row["question"]): row for row in table.to_pylist()}
    assert rows["Bob Roe", "second"]["by_hand"] is True
    assert rows["Bob Roe", "second"]["misconception"] is None
    assert rows["Jane Doe", "first"]["handed_in"] == datetime(2026, 10, 5, 21, tzinfo=UTC)
    assert parquet.read_table(tmp_path / "checks.parquet").num_rows == 6


def test_a_missing_pyarrow_is_told(export, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(exports.ExportProblem, match="Parquet needs pyarrow"):
        exports.parquet(export)


def test_each_student_has_a_page_without_what_hidden_checks_asked(export, tmp_path):
    written = exports.export_to(tmp_path / "x", export, ["feedback"])
    index = {row["email"]: row["file"] for row in read_back((tmp_path / "x/feedback/index.csv").read_text())}
    assert index == {"jane@example.edu": "jane-doe-3031.html", "bob@example.edu": "bob-roe-3032.html"}
    assert len(written) == 3
    jane = Page((tmp_path / "x/feedback/jane-doe-3031.html").read_text())
    assert "ch01_vectors: 3 of 6 points" in jane.text
    assert "21 hours late, which takes 25% off" in jane.text
    assert "31337" not in jane.text
    bob = Page((tmp_path / "x/feedback/bob-roe-3032.html").read_text())
    assert "1 points by N. N.: a typing mistake" in bob.text
    assert "Jane" not in bob.text
    assert {tag for tag, _ in bob.tags} & {"script", "link", "img"} == set()


@pytest.mark.parametrize("name", [name for name in exports.FORMATS if name != "parquet"])
def test_texts_of_students_do_nothing_in_any_export(class_of, name, tmp_path):
    held = {"first": 0, "first_more": {"misconception": EVIL}}
    quoted = EVIL.replace('"', '""')
    store = class_of({"ana": held, "=cmd": {}}, f'name,sid,email\n"{quoted}",ana,+1@x.edu\n')
    export = exports.Export(standings(store), store, NOW)
    for path in exports.export_to(tmp_path / "exports", export, [name]):
        text = path.read_text()
        assert "<script" not in text
        if path.suffix == ".csv":
            for row in csv.reader(io.StringIO(text)):
                assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


# Likeness --------------------------------------------------------------------------------------------------

STUB = (
    'def magnitude(v):\n    """The length of a vector: the root of the sum of its squares."""\n'
    "    raise NotImplementedError\n"
)
COMMON = "def magnitude(v):\n    return np.sqrt(np.sum(np.square(v)))\n"


def own_way(number):
    """A long answer that nobody else writes."""
    signs = [f"{'+-*/'[(number + step) % 4]} {number * step + 1}" for step in range(12)]
    lines = [f"    part_{n} = [v[{n}] {sign}, sum(v) ** {number % 7 + n}]" for n, sign in enumerate(signs)]
    steps = "\n".join(lines)
    return f"def magnitude(v):\n{steps}\n    return part_{number % 12}[0]\n"


def test_an_answer_that_was_copied_and_renamed_is_found_and_common_ones_are_not():
    pytest.importorskip("copydetect")
    answers = dict.fromkeys(range(20), COMMON)
    answers |= {number: own_way(number) for number in range(20, 40)}
    answers[50] = (
        own_way(25)
        .replace("part_", "piece")
        .replace("magnitude(v)", "magnitude(vector)")
        .replace("v[", "vector[")
        .replace("sum(v)", "sum(vector)")
        + "# mine\n"
    )
    pairs = similar_pairs(answers, STUB)
    assert [(pair.one, pair.other, pair.word_for_word) for pair in pairs] == [(25, 50, False)]
    assert pairs[0].share > 0.9


def test_what_is_the_same_to_the_last_comment_is_told_as_such():
    pytest.importorskip("copydetect")
    pairs = similar_pairs({1: own_way(3) + "# todo\n", 2: own_way(3) + "# todo\n", 3: own_way(5)})
    assert [(pair.one, pair.other, pair.word_for_word) for pair in pairs] == [(1, 2, True)]
    assert remarks(pairs, {1: "ana", 2: "bob"}) == {
        1: ["like bob: word for word"],
        2: ["like ana: word for word"],
    }


def test_the_released_stub_is_no_likeness():
    pytest.importorskip("copydetect")
    stub = own_way(7)
    assert similar_pairs({1: stub.replace("part", "p"), 2: stub.replace("part", "q")})
    assert not similar_pairs({1: stub.replace("part", "p"), 2: stub.replace("part", "q")}, stub)


def test_a_report_without_copydetect_says_what_was_not_looked_for(class_of, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "copydetect", None)
    with pytest.raises(NoFingerprints):
        similar_pairs({1: own_way(1)})
    found = report_on(class_of({"ana": {}}), {})
    assert "copydetect is not here" in found.note
    assert json.dumps(found.pairs) == "[]"
