"""Results as files: Gradescope's JSON for each submission."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from autograder.grade.outcome import (
    GRADED,
    GRADER_ERROR,
    INVALID,
    CellOutcome,
    QuestionOutcome,
    Result,
    feedback,
    number,
)
from autograder.grade.submission import Submission

FEEDBACK_BYTES = 20_000


def gradescope(result: Result) -> dict[str, Any]:
    """A result in Gradescope's format, one entry in `tests` a question."""
    data: dict[str, Any] = {
        "output": _headline(result),
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
    }
    if result.status == INVALID:
        entries = [
            _entry(question.name, 0, question.points, "failed", result.reason)
            for question in (result.release.questions if result.release else [])
        ]
        data |= {"score": 0, "tests": entries}
    elif result.status == GRADER_ERROR and not result.questions:
        # No score: a fault of the grader's costs nothing and earns nothing until it is mended and the
        # submission graded again.
        questions = result.release.questions if result.release else []
        data["tests"] = [
            {"name": q.name, "max_score": q.points, "output": data["output"], "visibility": "visible"}
            for q in questions
        ]
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
        "remarks": [*result.remarks, *filter(None, [result.submission.remark])],
        "first_failure": asdict(result.first_failure) if result.first_failure else None,
        "unstable": result.unstable,
        "questions": {outcome.question.name: _recorded(outcome) for outcome in result.questions},
    }
    return harmless(data)


# Everything but line breaks and tabs that moves a cursor, turns text around, or has no place in UTF-8.
CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
# What begins a tag in HTML. The format is plain text; this is for whoever shows it as something else.
TAGS = re.compile(r"<(?=[A-Za-z/!?])")


def harmless(value: Any) -> Any:
    """The same data with nothing in its texts that does something where it is shown: no control characters,
    no HTML tags."""
    if isinstance(value, str):
        if value.isascii() and value.isprintable() and "<" not in value:
            return value
        return TAGS.sub("\u2039", CONTROLS.sub("\ufffd", value))
    if isinstance(value, dict):
        return {harmless(key): harmless(item) for key, item in value.items()}
    if isinstance(value, list):
        return [harmless(item) for item in value]
    return value


def _headline(result: Result) -> str:
    if result.status == INVALID:
        return f"This submission could not be graded: {result.reason.rstrip('.')}."
    if result.status == GRADER_ERROR and not result.questions:
        return (
            "The grader itself failed, which costs you nothing; your instructor can see it."
            f" ({result.reason}.)"
        )
    assert result.release is not None
    said = f"{result.release.assignment}: {number(result.score)} of {number(result.points)} points."
    if result.status == GRADER_ERROR:
        said += " A check of the grader's was broken and counts as passed; your instructor can see which."
    if result.sandbox == "none":
        said += " Graded without a sandbox."
    failed = _first_failure(result.first_failure) if result.score < result.points else ""
    return " ".join(filter(None, (said, failed, *result.remarks, result.submission.remark)))


def _first_failure(failure: CellOutcome | None) -> str:
    """The first cell that failed, in one sentence: what went wrong further down often comes of it."""
    if failure is None:
        return ""
    cell = f"The first cell that failed is code cell {failure.number + 1}, which begins `{failure.begins}`"
    error = f"{failure.error}: {failure.message}" if failure.message else failure.error or failure.said
    where = ""
    if failure.line and failure.line != failure.begins:
        where = (
            f" in line {failure.line_number}, `{failure.line}`"
            if failure.line_number
            else f" in `{failure.line}`"
        )
    return f"{cell}: {' '.join(error.split())}{where}."


def _graded_entry(outcome: QuestionOutcome) -> dict[str, Any]:
    score = min(max(outcome.score, 0), outcome.question.points)
    if outcome.question.by_hand:
        waiting = _entry(outcome.question.name, 0, outcome.question.points, "", feedback(outcome))
        return {key: value for key, value in waiting.items() if key != "status"}
    return _entry(
        outcome.question.name,
        score,
        outcome.question.points,
        "passed" if outcome.complete else "failed",
        feedback(outcome),
    )


def _entry(name: str, score: float, points: float, status: str, output: str) -> dict[str, Any]:
    text = output if len(output) <= FEEDBACK_BYTES else output[:FEEDBACK_BYTES] + "\n(cut)"
    return {
        "name": name,
        "score": score,
        "max_score": points,
        "status": status,
        "output": text,
        "output_format": "text",
        "visibility": "visible",
    }


def _recorded(outcome: QuestionOutcome) -> dict[str, Any]:
    """What the gradebook keeps of a question: every check with its whole message, and the misconception by
    name."""
    checks = [
        {
            "name": c.check.name,
            "title": c.check.title,
            "hidden": c.check.hidden,
            "passed": c.passed,
            "kind": c.kind,
            "message": c.message[:2000],
        }
        for c in outcome.checks
    ]
    return {
        "kind": outcome.question.kind,
        # None until a person gives the points.
        "score": None if outcome.question.by_hand else outcome.score,
        "rubric": outcome.question.rubric,
        "max_score": outcome.question.points,
        "attempted": outcome.attempted,
        "stopped": outcome.stopped,
        "misconception": outcome.misconception,
        "hint": outcome.hint,
        "note": outcome.note,
        "checks": checks,
    }


class CannotWrite(OSError):
    """The place for results takes no more: the disk is full, or it may not be written to."""


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all. Raises `CannotWrite`."""
    try:
        _write(path, text)
    except OSError as error:
        raise CannotWrite(error.errno, error.strerror, str(path)) from error


def _write(path: Path, text: str) -> None:
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


def clear_scratch(folder: Path) -> None:
    """Remove what a grader that was killed was about to write."""
    for scratch in [*folder.glob(".writing-*"), *folder.glob("results/.writing-*")]:
        scratch.unlink(missing_ok=True)


def result_path(folder: Path, stem: str) -> Path:
    return folder / "results" / f"{stem}.json"


def write_result(result: Result, folder: Path, made_from: str = "", **origin: str) -> Row:
    """`results/<stem>.json`, and the row it makes in a table. origin: what else to say of what it was made
    from."""
    data = gradescope(result)
    data["extra_data"] |= {"made_from": made_from, **origin}
    write(result_path(folder, result.submission.stem), as_json(data))
    return _row(result.submission.stem, data)


def known(folder: Path, stem: str, made_from: str) -> Row | None:
    """The row of a result that is there already and was made from the same; a fault of the grader's is no
    result to keep."""
    data = _result_made_from(folder, stem, made_from)
    return _row(stem, data, kept=True) if data else None


def known_or_taken_over(
    folder: Path, submission: Submission, made_from: str, elsewhere: Mapping[str, str]
) -> Row | None:
    """The row of a result that is there already; or of one that another submission got for the same content,
    which is then this one's too. elsewhere: stems by what their results were made from."""
    row = known(folder, submission.stem, made_from)
    if row is not None or made_from not in elsewhere:
        return row
    data = _result_made_from(folder, elsewhere[made_from], made_from)
    if data is None:
        return None
    data["extra_data"]["submission"] = harmless(submission.path.name)
    return write_received(data, folder, submission.stem, made_from)


def write_received(data: dict[str, Any], folder: Path, stem: str, made_from: str) -> Row:
    """Write a result that was made elsewhere, and return its row."""
    data["extra_data"]["made_from"] = made_from
    write(result_path(folder, stem), as_json(data))
    return _row(stem, data)


def _result_made_from(folder: Path, stem: str, made_from: str) -> dict[str, Any] | None:
    try:
        data = json.loads(result_path(folder, stem).read_bytes())
        extra = data["extra_data"]
        if extra["made_from"] == made_from and extra["status"] in (GRADED, INVALID):
            _row(stem, data)
            return dict(data)
    except (OSError, ValueError, KeyError, TypeError):
        # Whatever stands there is no whole result of this grader's.
        pass
    return None


def as_json(data: dict[str, Any]) -> str:
    # Without indentation: with it, Python writes JSON in Python, at a tenth of the time a whole grading
    # takes.
    return json.dumps(data) + "\n"


@dataclass(frozen=True)
class Row:
    """What a table shows of a result. scores: by question. kept: it was there from an earlier run. packed:
    the submission as it was read, for who keeps it."""

    stem: str
    assignment: str
    status: str
    score: float | None
    points: float
    sandbox: str
    remarks: str
    scores: dict[str, float]
    kept: bool = False
    packed: bytes = b""


def _row(stem: str, data: dict[str, Any], *, kept: bool = False) -> Row:
    extra = data["extra_data"]
    scores = {entry["name"]: entry["score"] for entry in data.get("tests", []) if "score" in entry}
    return Row(
        stem,
        extra["assignment"] or "",
        extra["status"],
        extra["score"],
        extra["max_score"],
        extra["sandbox"],
        _remarks(extra),
        scores,
        kept,
    )


def _remarks(extra: dict[str, Any]) -> str:
    """What stands out about a result, in a few words."""
    if extra["reason"]:
        return extra["reason"] if len(extra["reason"]) < 90 else extra["reason"][:87] + "..."
    questions = extra["questions"].values()
    counts = (
        (sum(not question["attempted"] for question in questions), "{} not attempted"),
        (sum(bool(question["misconception"]) for question in questions), "{} misconception{s} named"),
        (sum(question["stopped"] for question in questions), "{} cell{s} did not finish"),
    )
    return ", ".join(text.format(count, s="s" * (count > 1)) for count, text in counts if count)


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 student`, `2 students`."""
    return f"{number} {noun}{'s' * (number != 1)}"


def table_cell(text: str) -> str:
    """A text as a cell of a table: one line, and not a formula, whatever it begins with."""
    line = " ".join(harmless(text).split())
    return f"'{line}" if line.startswith(("=", "+", "-", "@")) else line
