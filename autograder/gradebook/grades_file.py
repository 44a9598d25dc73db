"""`grades.csv`: a line for everything that counts, and nothing that an instructor wrote into it is lost."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from autograder.grade.results import table_cell, write
from autograder.gradebook.standings import Class, Standing
from autograder.gradebook.store import Store

NAME = "grades.csv"
FIXED = ("submission", "assignment", "status", "score", "max_score", "sandbox")
ADDED = ("student", "email", "sid", "handed_in", "late", "raw_score", "remarks")


def grades_text(book: Class) -> str:
    """The table: a line per student and assignment, a column per question."""
    names = list(dict.fromkeys(name for standing in book.standings for name in standing.questions))
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow([*FIXED, *ADDED, *names])
    for standing in book.standings:
        table.writerow(_line(book, standing, names))
    return text.getvalue()


def _line(book: Class, standing: Standing, names: Sequence[str]) -> list[str | float]:
    person, result = book.people[standing.student], standing.result
    points = [standing.questions[name].score if name in standing.questions else None for name in names]
    handed_in = standing.submission.handed_in
    return [
        table_cell(standing.submission.stem),
        standing.assignment,
        result.status,
        _number(standing.score),
        standing.max_score,
        result.sandbox,
        table_cell("" if person.place else person.shown),
        table_cell(person.email),
        table_cell(person.sid),
        handed_in.isoformat(timespec="seconds") if handed_in else "",
        _late(standing),
        _number(standing.raw),
        table_cell("; ".join(remarks_of(standing))),
        *[_number(score) for score in points],
    ]


def _late(standing: Standing) -> str:
    if standing.lateness is None:
        return ""
    off = f", {standing.lateness.fraction:.0%} off" if standing.lateness.fraction else ""
    return f"{standing.lateness.said}{off}"


def remarks_of(standing: Standing) -> list[str]:
    """What an instructor should know of a grade that is not only what was graded."""
    said = [
        f"{override.question or 'all'}: {override.points:g} by {override.given_by} ({override.reason})"
        for override in standing.overrides
    ]
    if standing.waiting:
        said.append(f"waiting for points by hand: {', '.join(standing.waiting)}")
    if standing.stale:
        said.append("handed in again since points were given by hand")
    return said


def _number(value: float | None) -> float | str:
    return "" if value is None else value


def write_grades(book: Class, store: Store, folder: Path) -> Path | None:
    """Write `grades.csv`. One that somebody edited since is kept beside it; returns the copy's path."""
    path, text = folder / NAME, grades_text(book)
    copy = _copy_of_an_edit(path, text, store.setting("grades written"))
    write(path, text)
    store.keep_setting("grades written", _hash(text.encode()))
    return copy


def _copy_of_an_edit(path: Path, text: str, written: str) -> Path | None:
    try:
        there = path.read_bytes()
    except FileNotFoundError:
        return None
    if _hash(there) == written or there == text.encode():
        return None
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%S")
    copy, number = path.with_name(f"grades-edited-{stamp}.csv"), 1
    while copy.exists():
        number += 1
        copy = path.with_name(f"grades-edited-{stamp}-{number}.csv")
    copy.write_bytes(there)
    return copy


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
