"""Grades as other programs take them: Canvas, Moodle, Gradescope and nbgrader, tidy tables, and a page of
feedback per student.

Formats, by what reads them:

    Canvas      its gradebook's own CSV: five columns that say who, a line of points possible, a column per
                assignment. Cells that are empty leave a grade as it is.
    Moodle      for each assignment its offline grading worksheet, whose `Identifier` names a participant; and
                for the gradebook's import a table by e-mail address and number.
    Gradescope  for each assignment the table that Gradescope gives of its grades. (Gradescope itself takes
                grades from an autograder's results.json alone, which is what `results/` holds.)
    nbgrader    the columns of `nbgrader export`.
    tidy        questions.csv with a line per student and question, checks.csv with one per check; the same as
                Parquet, with types.

Whatever a student or a platform wrote is harmless in each: no cell is a formula, and no text is HTML.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from autograder.grade.results import table_cell, write
from autograder.gradebook.people import Person, normal
from autograder.gradebook.standings import Class, Standing
from autograder.gradebook.statistics import outcome_of
from autograder.gradebook.store import Store

Cells = Sequence[str | float | None]


class ExportProblem(Exception):
    """An export that cannot be made: what it needs."""


def table_text(heading: Sequence[str], lines: Sequence[Cells]) -> str:
    """A CSV in which every text is one line and no formula; what is not known is empty."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(heading)
    for line in lines:
        table.writerow([table_cell(item) if isinstance(item, str) else item for item in line])
    return text.getvalue()


@dataclass(frozen=True)
class Export:
    """What exports are made from."""

    book: Class
    store: Store
    now: datetime

    def person(self, standing: Standing) -> Person:
        return self.book.people[standing.student]

    @property
    def listed(self) -> list[Person]:
        """Everybody on the roster, and everybody else of whom something counts and who is known by more than
        a place."""
        with_grades = {standing.student for standing in self.book.standings}
        people = self.book.people.values()
        return [one for one in people if one.on_roster or (one.id in with_grades and not one.place)]

    def by_person(self, assignment: str) -> dict[int, Standing]:
        return {standing.student: standing for standing in self.book.of(assignment)}


# Platforms --------------------------------------------------------------------------------------------------


def canvas(export: Export) -> dict[str, str]:
    """A file that Canvas's gradebook imports."""
    assignments = export.book.assignments
    titles = export.book.policy.columns.get("canvas", {})
    scores = {assignment: export.by_person(assignment) for assignment in assignments}
    points = {name: max(one.max_score for one in export.book.of(name)) for name in assignments}
    who = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
    lines: list[Cells] = [["    Points Possible", *[""] * 4, *points.values()]]
    for person in export.listed:
        first, last = person.first_and_last
        roster = {name.casefold(): value for name, value in person.roster.items()}
        login = roster.get("sis login id") or person.email or person.label
        section = roster.get("section") or roster.get("sections", "")
        names: list[str | float | None] = [f"{last}, {first}" if last else first, person.canvas_id]
        grades = [one.score if (one := scores[name].get(person.id)) else None for name in assignments]
        lines.append([*names, person.sid, login, section, *grades])
    # The first cell of the line of points is known by its text, and must keep its spaces.
    text = table_text([*who, *[titles.get(name, name) for name in assignments]], lines)
    return {"canvas.csv": text.replace("\nPoints Possible", "\n    Points Possible", 1)}


MOODLE = (
    "Identifier",
    "Full name",
    "Email address",
    "Status",
    "Grade",
    "Maximum grade",
    "Last modified (submission)",
    "Last modified (grade)",
    "Feedback comments",
)


def moodle(export: Export) -> dict[str, str]:
    """For each assignment the worksheet that Moodle's assignment imports, and one table for its gradebook."""
    files = {}
    titles = export.book.policy.columns.get("moodle", {})
    for assignment in export.book.assignments:
        lines: list[Cells] = []
        for standing in export.book.of(assignment):
            submission, person = standing.submission, export.person(standing)
            if submission.layout != "moodle" or standing.score is None:
                continue
            participant = f"Participant {submission.platform_id}"
            name = re.sub(rf" \({re.escape(submission.platform_id)}\)$", "", person.shown)
            handed_in = _moodle_time(submission.handed_in) if submission.handed_in else "-"
            who = [participant, name, person.email, "Submitted for grading"]
            points = [standing.score, standing.max_score]
            lines.append([*who, *points, handed_in, _moodle_time(export.now), _comment(standing)])
        if lines:
            files[f"moodle_{assignment}.csv"] = table_text(MOODLE, lines)
    names = export.book.assignments
    scores = {assignment: export.by_person(assignment) for assignment in names}
    lines = []
    for person in export.listed:
        grades = [one.score if (one := scores[name].get(person.id)) else None for name in names]
        lines.append([person.email, person.sid, person.shown, *grades])
    heading = ["Email address", "ID number", "Full name", *[titles.get(name, name) for name in names]]
    return {**files, "moodle_gradebook.csv": table_text(heading, lines)}


def _moodle_time(when: datetime) -> str:
    """A time as Moodle writes it: `Monday, 5 October 2026, 9:25 PM`, in UTC."""
    when = when.astimezone(UTC)
    return f"{when:%A}, {when.day} {when:%B %Y}, {when.hour % 12 or 12}:{when:%M %p}"


def _comment(standing: Standing) -> str:
    """A grade in a sentence, for a platform's one field of feedback."""
    parts = [
        f"{question.name} {question.score or 0:g}/{question.max_score:g}"
        for question in standing.questions.values()
    ]
    late = f"; {standing.lateness.said}" if standing.lateness else ""
    return (", ".join(parts) or standing.result.reason) + late


def gradescope(export: Export) -> dict[str, str]:
    """For each assignment the table that Gradescope gives of its grades."""
    who = ("First Name", "Last Name", "SID", "Email", "Sections")
    rest = (
        "Total Score",
        "Max Points",
        "Status",
        "Submission ID",
        "Submission Time",
        "Lateness (H:M:S)",
        "View Count",
        "Submission Count",
    )
    files = {}
    for assignment in export.book.assignments:
        standings = export.by_person(assignment)
        questions = _questions(standings.values())
        lines: list[Cells] = []
        for person in export.listed:
            first, last = person.first_and_last
            roster = {name.casefold(): value for name, value in person.roster.items()}
            section = roster.get("sections") or roster.get("section", "")
            named = [first, last, person.sid, person.email, section]
            one = standings.get(person.id)
            lines.append([*named, *_gradescope_cells(one, questions)])
        columns = [f"{n}: {name} ({points:.1f} pts)" for n, (name, points) in enumerate(questions.items(), 1)]
        files[f"gradescope_{assignment}.csv"] = table_text([*who, *rest, *columns], lines)
    return files


def _questions(standings: Any) -> dict[str, float]:
    return {q.name: q.max_score for standing in standings for q in standing.questions.values()}


def _gradescope_cells(one: Standing | None, questions: Mapping[str, float]) -> Cells:
    if one is None:
        return ["", "", "Missing", "", "", "", "", "", *[""] * len(questions)]
    submission = one.submission
    number = re.search(r"(\d+)$", submission.platform_id)
    time = submission.handed_in.strftime("%Y-%m-%d %H:%M:%S %z") if submission.handed_in else ""
    late = one.lateness.by if one.lateness else timedelta()
    hours, seconds = divmod(int(late.total_seconds()), 3600)
    lateness = f"{hours:02}:{seconds // 60:02}:{seconds % 60:02}"
    status = "Graded" if one.score is not None and not one.waiting else "Ungraded"
    points = [one.questions[name].score if name in one.questions else 0.0 for name in questions]
    count = 1 + len(one.superseded)
    return [one.score, one.max_score, status, number[1] if number else "", time, lateness, 0, count, *points]


NBGRADER = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)


def nbgrader(export: Export) -> dict[str, str]:
    """The table that `nbgrader export` writes: everybody, with 0 where nothing is there."""
    lines: list[Cells] = []
    for assignment in export.book.assignments:
        standings = export.by_person(assignment)
        points = max(one.max_score for one in standings.values())
        for person in export.listed:
            first, last = person.first_and_last
            due = export.book.policy.deadline(assignment, person)
            one = standings.get(person.id)
            raw, score = (one.raw or 0.0, one.score or 0.0) if one else (0.0, 0.0)
            when = one.submission.handed_in if one else None
            line = [assignment, _stamp(due), _stamp(when), person.identifier, last, first, person.email]
            lines.append([*line, raw, round(raw - score, 5), score, points])
    return {"nbgrader.csv": table_text(NBGRADER, lines)}


def _stamp(when: datetime | None) -> str:
    """A time as nbgrader has it: in UTC, without a zone."""
    return when.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S") if when else ""


# Tidy tables ------------------------------------------------------------------------------------------------

Table = tuple[dict[str, type], list[list[Any]]]
WHO: dict[str, type] = {"student": str, "email": str, "sid": str, "assignment": str, "submission": str}


def tidy_tables(export: Export) -> dict[str, Table]:
    """Two tables by name: the columns with their types, and the lines."""
    question_columns = WHO | {
        "handed_in": datetime,
        "late_days": float,
        "status": str,
        "question": str,
        "score": float,
        "max_score": float,
        "outcome": str,
        "misconception": str,
        "by_hand": bool,
    }
    check_columns = WHO | {"question": str, "check": str, "title": str, "hidden": bool, "passed": bool}
    checks = _checks_by_result(export.store)
    question_lines, check_lines = [], []
    for standing in export.book.standings:
        person = export.person(standing)
        named = "" if person.place else person.shown
        who = [named, person.email, person.sid, standing.assignment, standing.submission.stem]
        by = standing.lateness.by if standing.lateness and standing.lateness.known else None
        late = by / timedelta(days=1) if by is not None else None
        given = {override.question for override in standing.overrides}
        for question in standing.questions.values():
            numbers = [question.score, question.max_score]
            what = [outcome_of(question), question.misconception or None, question.name in given]
            first = [*who, standing.submission.handed_in, late, standing.status, question.name]
            question_lines.append([*first, *numbers, *what])
        check_lines += [[*who, *check] for check in checks.get(standing.result.id, ())]
    return {"questions": (question_columns, question_lines), "checks": (check_columns, check_lines)}


def _checks_by_result(store: Store) -> dict[int, list[list[Any]]]:
    query = """
        SELECT k.result, c.question, c.name, c.title, c.hidden, k.passed FROM check_results AS k
        JOIN results AS r ON r.id = k.result JOIN checks AS c ON c.id = k.check_id
        LEFT JOIN questions AS q ON q.distribution = c.distribution AND q.name = c.question
        WHERE r.is_current ORDER BY k.result, q.position, c.id
    """
    found: dict[int, list[list[Any]]] = {}
    for row in store.rows(query):
        line = [row["question"], row["name"], row["title"], bool(row["hidden"]), bool(row["passed"])]
        found.setdefault(row["result"], []).append(line)
    return found


def tidy(export: Export) -> dict[str, str]:
    """The tidy tables as CSV."""
    files = {}
    for name, (columns, lines) in tidy_tables(export).items():
        texts = [[_as_text(value) for value in line] for line in lines]
        files[f"{name}.csv"] = table_text(list(columns), texts)
    return files


def _as_text(value: Any) -> str | float | None:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value


def parquet(export: Export) -> dict[str, bytes]:
    """The tidy tables as Parquet, with types. Raises `ExportProblem` where pyarrow is not there."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ExportProblem(
            "Parquet needs pyarrow, which is not here (pip install pyarrow); the tidy tables are there as CSV"
            " too"
        ) from error
    types = {
        str: pyarrow.string(),
        float: pyarrow.float64(),
        bool: pyarrow.bool_(),
        datetime: pyarrow.timestamp("us", tz="UTC"),
    }
    files = {}
    for name, (columns, lines) in tidy_tables(export).items():
        schema = pyarrow.schema([(column, types[kind]) for column, kind in columns.items()])
        whole = [dict(zip(columns, map(_whole_text, line), strict=True)) for line in lines]
        sink = io.BytesIO()
        pyarrow.parquet.write_table(pyarrow.Table.from_pylist(whole, schema), sink)
        files[f"{name}.parquet"] = sink.getvalue()
    return files


def _whole_text(value: Any) -> Any:
    """A text without the halves of characters, which Parquet cannot hold."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


# Feedback ---------------------------------------------------------------------------------------------------


def feedback(export: Export) -> dict[str, str]:
    """A page per student, and a list of whose each is."""
    from autograder.gradebook.pages import feedback_page

    files, lines = {}, []
    for person, name in _page_names(export.listed):
        standings = [one for one in export.book.standings if one.student == person.id]
        if not standings:
            continue
        files[f"feedback/{name}"] = feedback_page(person, standings, export.store)
        lines.append([name, person.shown, person.email, person.sid])
    files["feedback/index.csv"] = table_text(["file", "student", "email", "sid"], lines)
    return files


def _page_names(people: Sequence[Person]) -> Iterator[tuple[Person, str]]:
    """A file name for each: letters and digits of the name and the number, and no two alike."""
    taken: set[str] = set()
    for person in people:
        words = normal(f"{person.shown} {person.sid}")
        stem = "-".join(word for word in words if word.isascii())[:80] or f"student-{person.id}"
        name = stem if stem not in taken else f"{stem}-{person.id}"
        taken.add(name)
        yield person, f"{name}.html"


FORMATS: Mapping[str, Callable[[Export], Mapping[str, str | bytes]]] = {
    "canvas": canvas,
    "moodle": moodle,
    "gradescope": gradescope,
    "nbgrader": nbgrader,
    "tidy": tidy,
    "parquet": parquet,
    "feedback": feedback,
}


def export_to(folder: Path, export: Export, formats: Sequence[str]) -> list[Path]:
    """Write these formats below a folder; returns the files. Raises `ExportProblem`."""
    written = []
    for name in formats:
        for file, content in FORMATS[name](export).items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, bytes):
                path.write_bytes(content)
            else:
                write(path, content)
            written.append(path)
    return written


def export_everything(folder: Path, export: Export) -> tuple[list[Path], list[str]]:
    """Write every format below a folder; returns the files, and what could not be written and why."""
    written, left_out = [], []
    for name in FORMATS:
        try:
            written += export_to(folder, export, [name])
        except ExportProblem as problem:
            left_out.append(str(problem))
    return written, left_out
