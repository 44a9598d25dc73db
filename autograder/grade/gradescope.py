"""A Gradescope container: its one submission graded, and a result as Gradescope shows it to student and
instructor.

The format is Gradescope's `results.json`. A question whose hidden checks are not shown at once is two
entries, as Otter makes them: what the public checks say, and what the hidden ones do, which appears when the
release says.
"""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from autograder.grade import results
from autograder.grade.outcome import (
    BY_HAND,
    GRADER_ERROR,
    INVALID,
    CheckOutcome,
    QuestionOutcome,
    Result,
    number,
)
from autograder.grade.privacy import kept_private
from autograder.grade.run import Grader, GradingJob, Releases
from autograder.grade.sandbox_choice import NoSandbox, choose_sandbox
from autograder.grade.submission import Submission

WHEN = {
    "hidden": "when your instructor shows them",
    "after_due_date": "after the due date",
    "after_published": "when grades are published",
}
PROVISIONAL = (
    "The grader itself failed, which is not your fault and costs you nothing: these points are provisional,"
    " and your instructor can see why and will grade this submission again."
)


@dataclass(frozen=True)
class Handed:
    """What Gradescope says of a submission: whose it is, when it came, and what came before."""

    students: list[str] = field(default_factory=list)
    late: bool = False
    earlier_scores: list[float] = field(default_factory=list)


def grade_container(base: Path, autograder: Path) -> str:
    """Grade BASE/submission into BASE/results/results.json; returns what an instructor should know of the
    run."""
    started = time.monotonic()
    submission, out = base / "submission", base / "results"
    handed = read_handed(base / "submission_metadata.json")
    secrets = [autograder, out, submission, base / "submission_metadata.json"]
    try:
        kind = choose_sandbox("auto")
        grader = Grader(GradingJob(out, Releases(autograder, autograder.parent), kind, secrets))
        with kept_private(secrets, kind):
            try:
                result = grader.grade(submission, "submission")
            finally:
                grader.close()
    except NoSandbox as error:
        result = Result(Submission(submission, "submission"), GRADER_ERROR, "none", None, reason=str(error))
    seconds = time.monotonic() - started
    data = as_gradescope(result, handed, seconds, _points_of(autograder))
    results.write(out / "results.json", results.as_json(data))
    return _for_the_instructor(result, handed, seconds)


def read_handed(path: Path) -> Handed:
    """Read `submission_metadata.json`; what is not there, or not as Gradescope writes it, is left out."""
    try:
        data = json.loads(path.read_bytes())
        users = data.get("users") or []
        students = [f"{user.get('name', '')} <{user.get('email', '')}>" for user in users]
        due = (data.get("assignment") or {}).get("due_date")
        late = bool(due) and datetime.fromisoformat(data["created_at"]) > datetime.fromisoformat(str(due))
        earlier = [
            float(one["score"])
            for one in data.get("previous_submissions") or []
            if one.get("score") is not None
        ]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Handed()
    return Handed(students, late, earlier)


def _points_of(autograder: Path) -> dict[str, float]:
    """The questions and their points as the distribution beside this grader says, even if nothing else of it
    can be used."""
    try:
        manifest = json.loads((autograder / "manifest.json").read_bytes())
        return {question["name"]: question["points"] for question in manifest["questions"]}
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def as_gradescope(result: Result, handed: Handed, seconds: float, points: dict[str, float]) -> dict[str, Any]:
    """A result as Gradescope takes it. points: by question, for a result that has none of its own."""
    data = results.gradescope(result)
    data["execution_time"] = round(seconds, 3)
    data["output_format"] = "md"
    data["extra_data"] |= {
        "students": handed.students,
        "late": handed.late,
        "attempt": len(handed.earlier_scores) + 1,
    }
    if result.status == GRADER_ERROR and not result.questions:
        entries = [_provisional(name, worth) for name, worth in points.items()]
        return data | results.harmless(
            {"output": PROVISIONAL, "score": sum(points.values()), "tests": entries}
        )
    if result.status == INVALID or result.release is None:
        return data
    shown = result.release.hidden_results
    data["tests"] = results.harmless([entry for o in result.questions for entry in _entries(o, shown)])
    if shown != "visible":
        data["output"] = results.harmless(_headline(result, shown))
        del data["score"]
    if handed.earlier_scores and shown == "visible":
        data["output"] += f" Your best earlier submission has {number(max(handed.earlier_scores))} points."
    return data


def _provisional(name: str, points: float) -> dict[str, Any]:
    return {
        "name": name,
        "score": points,
        "max_score": points,
        "output": PROVISIONAL,
        "visibility": "visible",
    }


def _headline(result: Result, shown: str) -> str:
    assert result.release is not None
    public = [score_of_part(outcome, hidden=False) for outcome in result.questions]
    earned, worth = sum(score for score, _ in public), sum(worth for _, worth in public)
    by_hand = sum(outcome.question.points for outcome in result.questions if outcome.question.by_hand)
    hidden = number(result.points - worth - by_hand)
    said = (
        f"{result.release.assignment}: {number(earned)} of the {number(worth)} points that public checks"
        f" give. Hidden checks give {hidden} more, and are shown {WHEN[shown]}."
    )
    said += f" A person gives {number(by_hand)} more." if by_hand else ""
    return " ".join(filter(None, (said, *result.remarks, result.submission.remark)))


def _entries(outcome: QuestionOutcome, shown: str) -> list[dict[str, Any]]:
    """A question's entries: one, or two if its hidden checks are shown at another time than the public
    ones."""
    name = outcome.question.name
    if outcome.question.by_hand:
        waiting = {"name": name, "score": 0, "max_score": outcome.question.points}
        return [
            waiting
            | {"output": feedback_markdown(outcome, []), "output_format": "md", "visibility": "visible"}
        ]
    if shown == "visible" or not any(check.hidden for check in outcome.question.checks):
        score = min(max(outcome.score, 0), outcome.question.points)
        return [_entry(name, score, outcome.question.points, outcome, outcome.checks, "visible")]
    entries = []
    for hidden, label, visibility in ((False, name, "visible"), (True, f"{name}, hidden checks", shown)):
        score, worth = score_of_part(outcome, hidden=hidden)
        checks = [check for check in outcome.checks if check.check.hidden == hidden]
        if any(check.hidden == hidden for check in outcome.question.checks):
            entries.append(_entry(label, score, worth, outcome, checks, visibility))
    return entries


def _entry(
    name: str,
    score: float,
    worth: float,
    outcome: QuestionOutcome,
    checks: list[CheckOutcome],
    visibility: str,
) -> dict[str, Any]:
    whole = bool(checks) and all(check.passed for check in checks)
    text = feedback_markdown(outcome, checks)
    return {
        "name": name,
        "score": round(score, 5),
        "max_score": round(worth, 5),
        "status": "passed" if whole else "failed",
        "output": (
            text if len(text) <= results.FEEDBACK_BYTES else text[: results.FEEDBACK_BYTES] + "\n~~~~\n(cut)"
        ),
        "output_format": "md",
        "visibility": visibility,
    }


def score_of_part(outcome: QuestionOutcome, *, hidden: bool) -> tuple[float, float]:
    """What the public or the hidden checks of a question gave, and what they can give. Together the
    question's score."""
    worth = sum(check.points for check in outcome.question.checks if check.hidden == hidden)
    earned = {part: _earned(outcome, part) for part in (False, True)}
    # What wording costs is taken where there is something to take it from, the public part first.
    cost = sum(earned.values()) - outcome.score
    from_public = min(cost, earned[False])
    return (earned[True] - (cost - from_public) if hidden else earned[False] - from_public), worth


def _earned(outcome: QuestionOutcome, hidden: bool) -> float:
    return sum(
        c.check.points for c in outcome.checks if c.check.hidden == hidden and (c.passed or c.wording_only)
    )


def feedback_markdown(outcome: QuestionOutcome, checks: list[CheckOutcome]) -> str:
    """A question's feedback as Markdown. What came of a student's code stands in fences, if it is text and
    no more."""
    if outcome.question.by_hand:
        said = BY_HAND.format(points=number(outcome.question.points))
        return said[0].upper() + said[1:]
    if not checks:
        return "\n\n".join(filter(None, ["Not graded.", _fenced(outcome.note)]))
    for kind, words in (("NotAttempted", "Not attempted yet."), ("NotDefined", "Not defined.")):
        if all(check.kind == kind for check in checks):
            return "\n\n".join(filter(None, [words, _fenced(outcome.note)]))
    passed = sum(check.passed for check in checks)
    parts = [f"{passed} of {len(checks)} checks passed."]
    parts += [_fenced(outcome.note)] if outcome.note else []
    # A hint on what a hidden check found is not for where its verdict is not shown.
    parts += [f"**Hint:** {outcome.hint}"] if outcome.hint and passed < len(checks) else []
    for check in checks:
        title = re.sub(r"([*_`\\<>])", r"\\\1", check.check.title)
        parts.append(f"- \u2713 passed: {title}" if check.passed else f"- \u2717 **failed:** {title}")
        if check.check.hidden:
            parts += [f"    likely cause: {check.because}"] if check.because and not check.passed else []
        elif check.message and (not check.passed or check.fault):
            parts.append(_fenced(check.message))
    return "\n\n".join(parts)


def _fenced(text: str) -> str:
    """The text in a fence that nothing in it can close."""
    if not text:
        return ""
    longest = max((len(run) for run in re.findall(r"~+", text)), default=0)
    fence = "~" * max(4, longest + 1)
    return f"{fence}\n{text}\n{fence}"


def _for_the_instructor(result: Result, handed: Handed, seconds: float) -> str:
    release = result.release
    build = (
        f"{release.assignment}, variant {release.variant}, build {release.digest[:12]}"
        if release
        else "no distribution"
    )
    lines = [
        f"status     {result.status}" + (f": {result.reason}" if result.reason else ""),
        f"score      {number(result.score)} of {number(result.points)}" if release else "score      none",
        f"graded     {result.submission.path.name} with {build}",
        f"sandbox    {result.sandbox}",
        f"took       {seconds:.2f} s",
        f"students   {', '.join(handed.students) or 'not named'}{', late' if handed.late else ''}",
        f"attempt    {len(handed.earlier_scores) + 1}",
        *[f"remark     {remark}" for remark in (*result.remarks, result.submission.remark) if remark],
        *([result.detail] if result.detail else []),
    ]
    return "\n".join(results.harmless(lines))
