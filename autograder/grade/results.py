"""Results as files: Gradescope's JSON for each submission, and one table of grades."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Sequence
from json import dumps
from pathlib import Path
from typing import Any

from autograder.grade.grading import GRADED, GRADER_ERROR, INVALID, QuestionOutcome, Result, feedback

FEEDBACK_BYTES = 20_000


def gradescope(result: Result) -> dict[str, Any]:
    """A result in Gradescope's format, one entry in `tests` a question."""
    data: dict[str, Any] = {"output": _headline(result), "output_format": "text", "visibility": "visible", "stdout_visibility": "hidden"}
    if result.status == INVALID:
        entries = [_entry(question.name, 0, question.points, "failed", result.reason) for question in (result.release.questions if result.release else [])]
        data |= {"score": 0, "tests": entries}
    elif result.status == GRADER_ERROR and not result.questions:
        # No score: a fault of the grader's costs nothing and earns nothing until it is mended and the submission graded again.
        questions = result.release.questions if result.release else []
        data["tests"] = [{"name": q.name, "max_score": q.points, "output": data["output"], "visibility": "visible"} for q in questions]
    else:
        data |= {"score": result.score, "tests": [_graded_entry(outcome) for outcome in result.questions]}
    data["extra_data"] = {
        "status": result.status,
        "sandbox": result.sandbox,
        "submission": result.submission.path.name,
        "assignment": result.release.assignment if result.release else None,
        "variant": result.release.variant if result.release else None,
        "score": result.score if result.status != GRADER_ERROR or result.questions else None,
        "max_score": result.points,
        "reason": result.reason,
        "detail": result.detail,
        "questions": {outcome.question.name: _recorded(outcome) for outcome in result.questions},
    }
    return data


def _headline(result: Result) -> str:
    if result.status == INVALID:
        return f"This submission could not be graded: {result.reason}."
    if result.status == GRADER_ERROR and not result.questions:
        return f"The grader itself failed, which costs you nothing; your instructor can see it. ({result.reason}.)"
    assert result.release is not None
    said = f"{result.release.assignment}: {result.score:g} of {result.points:g} points."
    if result.status == GRADER_ERROR:
        said += " A check of the grader's was broken and counts as passed; your instructor can see which."
    if result.sandbox == "none":
        said += " Graded without a sandbox."
    return said


def _graded_entry(outcome: QuestionOutcome) -> dict[str, Any]:
    score = min(max(outcome.score, 0), outcome.question.points)
    return _entry(outcome.question.name, score, outcome.question.points, "passed" if outcome.complete else "failed", feedback(outcome))


def _entry(name: str, score: float, points: float, status: str, output: str) -> dict[str, Any]:
    text = output if len(output) <= FEEDBACK_BYTES else output[:FEEDBACK_BYTES] + "\n(cut)"
    return {"name": name, "score": score, "max_score": points, "status": status, "output": text, "output_format": "text", "visibility": "visible"}


def _recorded(outcome: QuestionOutcome) -> dict[str, Any]:
    """What the gradebook keeps of a question: every check with its whole message, and the misconception by name."""
    checks = [
        {"name": c.check.name, "title": c.check.title, "hidden": c.check.hidden, "passed": c.passed, "kind": c.kind, "message": c.message[:2000]}
        for c in outcome.checks
    ]
    return {
        "score": outcome.score,
        "max_score": outcome.question.points,
        "attempted": outcome.attempted,
        "misconception": outcome.misconception,
        "note": outcome.note,
        "checks": checks,
    }


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, scratch = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with open(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.chmod(scratch, 0o644)
        os.replace(scratch, path)
    except BaseException:
        Path(scratch).unlink(missing_ok=True)
        raise


def write_result(result: Result, folder: Path) -> None:
    """`results/<stem>.json`."""
    write(folder / "results" / f"{result.submission.stem}.json", as_json(gradescope(result)))


def as_json(data: dict[str, Any]) -> str:
    # A lone surrogate in a student's string has no UTF-8: escapes are safe whatever comes.
    return dumps(data, indent=1) + "\n"


def write_grades(results: Sequence[Result], folder: Path) -> None:
    """`grades.csv`: a row a submission, a column a question."""
    names = list(dict.fromkeys(question.name for result in results if result.release for question in result.release.questions))
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["submission", "assignment", "status", "score", "max_score", "sandbox", *names])
    for result in results:
        scores: dict[str, float | str] = {outcome.question.name: outcome.score for outcome in result.questions}
        if result.status == INVALID and result.release:
            scores = {question.name: 0 for question in result.release.questions}
        score = result.score if result.status in (GRADED, INVALID) or result.questions else ""
        row = [_cell(result.submission.stem), result.release.assignment if result.release else "", result.status, score, result.points, result.sandbox]
        table.writerow([*row, *[scores.get(name, "") for name in names]])
    write(folder / "grades.csv", text.getvalue())


def _cell(name: str) -> str:
    """A file's name as a cell of a table: not a formula, whatever it begins with."""
    return f"'{name}" if name.startswith(("=", "+", "-", "@")) else name
