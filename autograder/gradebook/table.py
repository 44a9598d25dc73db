"""Tables that people read: a run's grades, and what a class got right and misunderstood."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table

from autograder.grade.results import Row, table_cell


class NoResults(Exception):
    """A folder that holds no results."""


def grade_table(rows: Sequence[Row]) -> Table:
    """One line a submission: what it is, its points, and what stands out."""
    table = Table("submission", "assignment", "status", box=None, pad_edge=False)
    table.add_column("points", justify="right")
    table.add_column("remarks")
    for row in rows:
        points = "-" if row.score is None or not row.assignment else f"{row.score:g} / {row.points:g}"
        table.add_row(
            escape(table_cell(row.stem)),
            row.assignment or "-",
            row.status,
            points,
            escape(table_cell(row.remarks)),
        )
    return table


def class_tables(folder: Path) -> Iterator[Table]:
    """Two tables for each assignment: the questions with their mean scores, and the misconceptions with how
    many hold them."""
    by_assignment: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path in sorted((folder / "results").glob("*.json")):
        try:
            extra = json.loads(path.read_text(encoding="utf-8"))["extra_data"]
        except (ValueError, KeyError, TypeError) as error:
            raise NoResults(f"{path} is no result of this grader's: {type(error).__name__}") from error
        by_assignment[str(extra.get("assignment"))].append(extra)
    if not by_assignment:
        raise NoResults(f"{folder} holds no results: give the folder that `autograder grade --out` wrote")
    for assignment, entries in sorted(by_assignment.items()):
        graded = [entry for entry in entries if entry["status"] == "graded"]
        table = Table(
            "question",
            box=None,
            pad_edge=False,
            title=f"{assignment}: {len(graded)} of {len(entries)} submissions graded",
            title_justify="left",
        )
        for heading in ("points", "mean", "full marks", "not attempted", "failed most often"):
            table.add_column(heading, justify="left" if heading == "failed most often" else "right")
        misconceptions: Counter[tuple[str, str]] = Counter()
        names = list(dict.fromkeys(name for entry in graded for name in entry["questions"]))
        for name in names:
            rows = [entry["questions"][name] for entry in graded if name in entry["questions"]]
            failed = Counter(
                check["title"]
                for row in rows
                if row["attempted"]
                for check in row["checks"]
                if not check["passed"]
            )
            misconceptions.update((name, row["misconception"]) for row in rows if row["misconception"])
            mean = sum(row["score"] for row in rows) / len(rows)
            most = failed.most_common(1)
            table.add_row(
                name,
                f"{rows[0]['max_score']:g}",
                f"{mean:.2f}",
                str(sum(row["score"] >= row["max_score"] for row in rows)),
                str(sum(not row["attempted"] for row in rows)),
                escape(f"{most[0][0]} ({most[0][1]})") if most else "",
            )
        yield table
        if misconceptions:
            held = Table(
                "question",
                "misconception",
                box=None,
                pad_edge=False,
                title="What was misunderstood",
                title_justify="left",
            )
            held.add_column("students", justify="right")
            for (question, misconception), count in misconceptions.most_common():
                held.add_row(question, misconception.replace("_", " "), str(count))
            yield held
