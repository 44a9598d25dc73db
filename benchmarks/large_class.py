"""A large class through everything: how long it takes, how much memory and room, and whether the report says
what the class was made from.

`python benchmarks/large_class.py [STUDENTS]` writes a synthetic class to every chapter, on what `make build`
left in dist/, grades it on one core, reports and exports, and holds the report against the truth.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from bench import BIN, ROOT, run
from rich.console import Console
from rich.table import Table
from scipy.stats import spearmanr

from autograder.gradebook.standings import Class, standings
from autograder.gradebook.statistics import AssignmentStatistics, point_biserial, statistics_of
from autograder.gradebook.store import NAME, Store
from autograder.prove.synthetic_class import CRASHED, RIGHT, UNTOUCHED

STUDENTS = 300
Answers = Mapping[str, Mapping[str, Mapping[str, str]]]


def measured(students: int, scratch: Path) -> Path:
    """Make, grade, report on and export a class; print what each took. Returns the folder of grades."""
    papers, out = scratch / "class", scratch / "grades"
    steps: dict[str, list[Any]] = {
        "made": ["synthetic-class", "--out", papers, "--students", students],
        "graded, one process": ["grade", papers, "--out", out, "--jobs", 1],
        "graded again: nothing is new": ["grade", papers, "--out", out, "--jobs", 1],
        "reported": ["report", out],
        "exported, every format": ["export", out, "all"],
    }
    table = Table("step", "seconds", "MB at most", title=f"{students} students", box=None)
    for step, arguments in steps.items():
        done = run(BIN / "autograder", *arguments, cores=1, environment={"PYTHONPATH": str(ROOT)})
        table.add_row(step, f"{done.seconds:.1f}", f"{done.megabytes:.0f}")
    table.add_row("the store, in MB", f"{(out / NAME).stat().st_size / 2**20:.1f}", "")
    table.add_row("report.html, in kB", f"{(out / 'report.html').stat().st_size / 2**10:.0f}", "")
    Console().print(table)
    return out


def held_against_the_truth(out: Path, answers: Answers) -> None:
    """Print how far the report's numbers are from what the class was made from."""
    with Store.open(out, create=False) as store:
        book = standings(store)
        statistics = statistics_of(book, store)
    table = Table("of the report", "against the truth", box=None)
    table.add_row("misconceptions", misconceptions(book, statistics, answers))
    table.add_row("difficulty", difficulty(statistics, answers))
    table.add_row("discrimination", discrimination(statistics, answers))
    Console().print(table)


def misconceptions(book: Class, statistics: list[AssignmentStatistics], answers: Answers) -> str:
    held = {
        (one.assignment, found.question, found.name, book.people[student].shown)
        for one in statistics
        for found in one.misconceptions
        for student in found.students
    }
    planted = {
        (chapter, question, kind, student)
        for student, by_chapter in answers.items()
        for chapter, by_question in by_chapter.items()
        for question, kind in by_question.items()
        if kind not in (RIGHT, UNTOUCHED, CRASHED)
    }
    more = f"{len(held - planted)} more, of answers that call one of those"
    return f"{len(planted & held)} of {len(planted)} named; {more}"


def difficulty(statistics: list[AssignmentStatistics], answers: Answers) -> str:
    """The share of the class that has a question right, as it was made and as it is reported."""
    made, reported = [], []
    for one in statistics:
        for question in one.questions:
            kinds = Counter(by_chapter[one.assignment][question.name] for by_chapter in answers.values())
            made.append(kinds[RIGHT] / kinds.total())
            reported.append(question.right / kinds.total())
    exact = sum(a == b for a, b in zip(made, reported, strict=True))
    rank = float(spearmanr(made, reported).statistic)
    return f"{exact} of {len(made)} questions exact; rank correlation {rank:.3f}"


def discrimination(statistics: list[AssignmentStatistics], answers: Answers) -> str:
    """The point-biserial correlation of right answers as they were made, beside the reported one."""
    gaps = []
    for one in statistics:
        points = {question.name: question.points for question in one.questions}
        for question in one.questions:
            given = [by_chapter[one.assignment] for by_chapter in answers.values()]
            tried = [kinds for kinds in given if kinds[question.name] != UNTOUCHED]
            rest = [
                sum(points[name] for name, kind in kinds.items() if kind == RIGHT and name != question.name)
                for kinds in tried
            ]
            made = point_biserial([kinds[question.name] == RIGHT for kinds in tried], rest)
            if made is not None and question.discrimination is not None:
                gaps.append(abs(made - question.discrimination))
    worst = max(gaps, default=math.nan)
    return f"{len(gaps)} questions; off by {np.mean(gaps):.3f} on average, {worst:.3f} at most"


def main() -> None:
    students = int(sys.argv[1]) if len(sys.argv) > 1 else STUDENTS
    with tempfile.TemporaryDirectory(prefix="large-class-") as scratch:
        out = measured(students, Path(scratch))
        truth = json.loads((Path(scratch) / "class-truth.json").read_text(encoding="utf-8"))
        held_against_the_truth(out, truth["answers"])


if __name__ == "__main__":
    main()
