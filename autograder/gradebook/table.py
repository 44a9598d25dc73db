"""Tables for a terminal: a run's grades, what a class got right and misunderstood, and whose grade moved."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from rich.markup import escape
from rich.table import Table

from autograder.grade.results import Row, table_cell
from autograder.gradebook.pages import look_shown
from autograder.gradebook.regrade import Regrade, move_rows
from autograder.gradebook.standings import Class, overrides_of
from autograder.gradebook.statistics import KINDS, AssignmentStatistics, Look, QuestionStatistics
from autograder.gradebook.store import Store


def _text(text: str) -> str:
    """A text of anybody's as a cell of a table."""
    return escape(table_cell(text))


def _table(*headings: str, title: str = "", right: Sequence[str] = ()) -> Table:
    table = Table(box=None, pad_edge=False, title=title or None, title_justify="left")
    for heading in headings:
        # A question's name is looked up elsewhere: it is never cut.
        table.add_column(
            heading, justify="right" if heading in right else "left", no_wrap=heading == "question"
        )
    return table


def grade_table(rows: Sequence[Row], students: Mapping[str, str] | None = None) -> Table:
    """One line per submission: what it is, whose, its points, and what stands out. students: by stem."""
    named = students if students and any(students.values()) else None
    headings = ["submission", *(["student"] if named else []), "assignment", "status", "points", "remarks"]
    table = _table(*headings, right=["points"])
    for row in rows:
        points = "-" if row.score is None or not row.assignment else f"{row.score:g} / {row.points:g}"
        who = [_text(named.get(row.stem, "") or "-")] if named is not None else []
        table.add_row(_text(row.stem), *who, row.assignment or "-", row.status, points, _text(row.remarks))
    return table


def students_by_stem(book: Class) -> dict[str, str]:
    """Whose each submission is that counts, and those it took over from."""
    found: dict[str, list[str]] = {}
    for standing in book.standings:
        person = book.people[standing.student]
        for submission in (standing.submission, *standing.superseded):
            names = found.setdefault(submission.stem, [])
            if not person.place and person.shown not in names:
                names.append(person.shown)
    return {stem: " and ".join(names) for stem, names in found.items()}


def class_tables(statistics: Sequence[AssignmentStatistics]) -> Iterator[Table]:
    """For each assignment its questions, and below them what was misunderstood."""
    for one in statistics:
        yield _question_table(one)
        if one.misconceptions:
            table = _table(
                "question", "misconception", "students", title="What was misunderstood", right=["students"]
            )
            for held in one.misconceptions[:MAX_HELD]:
                table.add_row(held.question, _text(held.words), str(len(held.students)))
            if len(one.misconceptions) > MAX_HELD:
                table.add_row("", f"and {len(one.misconceptions) - MAX_HELD} more, held by fewer", "")
            yield table


# A terminal is for the most common; the page has them all.
MAX_HELD = 5
NUMBERS = ("points", "difficulty", "discrimination", "right", "wrong", "crashed", "not tried")


def _question_table(one: AssignmentStatistics) -> Table:
    graded = one.statuses.get("graded", 0)
    said = [f"{one.assignment}: {graded} of {one.submissions} submissions graded"]
    if one.scores:
        said.append(f"mean {one.mean:.2f} and median {one.median:.2f} of {one.points:g} points")
    if one.missing:
        said.append(f"{one.missing} on the roster handed in nothing")
    table = _table("question", *NUMBERS, "fails most often", title=", ".join(said), right=NUMBERS)
    for question in one.questions:
        table.add_row(question.name, *_numbers(question), _text(_fails_most(question)))
    return table


def _numbers(question: QuestionStatistics) -> list[str]:
    return [
        f"{question.points:g}",
        "-" if math.isnan(question.difficulty) else f"{question.difficulty:.2f}",
        "-" if question.discrimination is None else f"{question.discrimination:.2f}",
        str(question.right),
        str(question.wrong),
        str(question.crashed),
        str(question.not_attempted),
    ]


def _fails_most(question: QuestionStatistics) -> str:
    if not question.checks:
        return ""
    check = question.checks[0]
    return f"{check.title} ({check.failed} of {check.attempts})"


def look_table(book: Class, looks: Sequence[Look], most: int) -> Table:
    """Submissions that a person should look at: the first of each kind."""
    table = _table("submission", "student", "assignment", "why", title="To look at by hand")
    for kind in KINDS:
        found = [look for look in looks if look.kind == kind]
        for look in found[:most]:
            table.add_row(*(_text(text) for text in look_shown(book, look).values()))
        if len(found) > most:
            table.add_row("", "", "", f"and {len(found) - most} more {kind}")
    return table


def moves_table(found: Regrade, most: int) -> Table:
    """Who moves in a regrade, by how much, at which question and why."""
    headings = ("student", "submission", "assignment", "question", "points", "grade", "why")
    table = _table(*headings, right=("points", "grade"))
    for student, stem, assignment, question, before, after, old, new, why in move_rows(found)[:most]:
        table.add_row(
            escape(student) or "-",
            escape(stem),
            assignment,
            question or "all",
            f"{_points(before)} -> {_points(after)}",
            f"{_points(old)} -> {_points(new)}" if old != new else _points(old),
            escape(why),
        )
    return table


def _points(value: float | None) -> str:
    return "-" if value is None else f"{value:g}"


def override_table(book: Class, store: Store) -> Table:
    """Points that were given by hand and stand, and what waits for them."""
    headings = ("number", "student", "assignment", "question", "points", "by", "reason")
    table = _table(*headings, right=("number", "points"))
    for one in overrides_of(store):
        table.add_row(
            str(one.id),
            _text(book.people[one.student].shown),
            one.assignment,
            one.question or "all",
            f"{one.points:g}",
            _text(one.given_by),
            _text(one.reason),
        )
    for standing in book.standings:
        for question in standing.waiting:
            who = _text(book.people[standing.student].shown)
            table.add_row("", who, standing.assignment, question, "waiting", "", "")
    return table
