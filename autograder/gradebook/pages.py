"""Pages for a browser: feedback for a student, and the report on a class. Each is one file that loads
nothing."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import jinja2

from autograder.grade.results import counted, harmless
from autograder.gradebook.people import Person
from autograder.gradebook.standings import Class, Override, Standing
from autograder.gradebook.statistics import KINDS, AssignmentStatistics, Look, QuestionStatistics
from autograder.gradebook.store import Store

BAR_WIDTH = 120.0
FILLS = {
    "right": "var(--bar)",
    "wrong": "url(#wrong)",
    "crashed": "url(#crashed)",
    "not attempted": "var(--paper)",
}
COUNTS = {"late": "Late", "unreadable": "Unreadable", "missing": "Not handed in"}
# A page is read by a person: of each kind of what to look at so many are on it, and all in a table beside it.
MAX_LOOKS = 40
MAX_TOP = 15
# What fails most often may be the check that asks everything once more: the next says what it comes of.
MAX_CHECKS = 2
# Of a chapter's misconceptions, so many are in sight, and the others folded up below them.
MAX_IN_SIGHT = 8


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("autograder.gradebook"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _page(name: str, content: Mapping[str, Any]) -> str:
    # Escaping is the template's; characters that turn text around or move a cursor go before.
    return _templates().get_template(name).render(_without_controls(content))


def _without_controls(value: Any) -> Any:
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, Mapping):
        return {key: _without_controls(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_controls(item) for item in value]
    return value


def number(value: float | None) -> str:
    """Points as people read them: 4, 2.5, 8.03; a dash where there are none."""
    if value is None or math.isnan(value):
        return "–"
    return f"{value:.2f}".rstrip("0").rstrip(".")


# Feedback ---------------------------------------------------------------------------------------------------


def feedback_page(person: Person, standings: Sequence[Standing], store: Store) -> str:
    """What a student may see: what they were told of their public checks, the titles of the hidden ones, and
    points given by hand with the reason."""
    assignments = [_feedback(standing, store) for standing in standings]
    return _page("feedback.html.j2", {"name": person.shown, "assignments": assignments})


def _feedback(standing: Standing, store: Store) -> dict[str, Any]:
    data = store.result_data(standing.result.id)
    given = {override.question: override for override in standing.overrides}
    entries = []
    for entry in data.get("tests", []):
        question = standing.questions.get(entry["name"])
        points = f"{number(question.score if question else None)} of {number(entry['max_score'])} points"
        if entry["name"] in standing.waiting:
            points = f"waits for points by hand, of {number(entry['max_score'])}"
        override = given.get(entry["name"])
        said = _by_hand(override) if override else ""
        output = entry["output"] if question else ""
        entries.append({"name": entry["name"], "points": points, "given": said, "output": output})
    late = standing.lateness
    off = f", which takes {late.fraction:.0%} off" if late and late.fraction else ""
    whole = given.get("")
    return {
        "name": standing.assignment or standing.submission.stem,
        "score": number(standing.score),
        "max_score": number(standing.max_score),
        "handed_in": f"{standing.submission.handed_in:%Y-%m-%d %H:%M} UTC"
        if standing.submission.handed_in
        else "",
        "late": f"{late.said}{off}" if late else "",
        "said": data["output"] if standing.status != "graded" else "",
        "entries": entries if standing.status != "invalid" else [],
        "remarks": [_by_hand(whole)] if whole else [],
    }


def _by_hand(override: Override) -> str:
    return f"{number(override.points)} points by {override.given_by}: {override.reason}"


# Report -----------------------------------------------------------------------------------------------------


def report_page(
    book: Class, statistics: Sequence[AssignmentStatistics], looks: Sequence[Look], similar_note: str = ""
) -> str:
    """The report on a class."""
    people = {standing.student for standing in book.standings}
    count = sum(one.submissions for one in statistics)
    rule = {"latest": "the latest", "best": "the best"}[book.policy.counts]
    held = [line for one in statistics for line in _misconceptions(one)]
    held.sort(key=lambda line: -int(line["count"]))
    top = held[:MAX_TOP]
    what = "the most common first"
    if len(top) < len(held):
        what = f"the {len(top)} most common of {len(held)}; the rest stand with their chapters"
    content = {
        "summary": f"Counted: {counted(count, 'submission')} of {counted(len(people), 'student')} to"
        f" {counted(len(statistics), 'assignment')} ({rule} of each student's).",
        "fills": FILLS,
        # A column of noughts says nothing.
        "counts": [
            (key, words)
            for key, words in COUNTS.items()
            if any(_assignment(book, one)[key] for one in statistics)
        ],
        "misconceptions": top,
        "misconceptions_caption": f"Misconceptions, {what}",
        "broken": [
            {"assignment": one.assignment, "name": question.name, "suspicion": question.suspicion}
            for one in statistics
            for question in one.questions
            if question.suspicion
        ],
        "looks": _looks(book, looks),
        "similar_note": similar_note,
        "assignments": [_assignment(book, one) for one in statistics],
    }
    return _page("report.html.j2", content)


def _misconceptions(one: AssignmentStatistics) -> list[dict[str, Any]]:
    return [
        {
            "assignment": one.assignment,
            "question": held.question,
            "words": held.words,
            "hint": held.hint,
            "count": len(held.students),
        }
        for held in one.misconceptions
    ]


def _looks(book: Class, looks: Sequence[Look]) -> list[dict[str, Any]]:
    """A table for each kind of reason to look."""
    tables = []
    for kind in KINDS:
        found = [look for look in looks if look.kind == kind]
        caption = f"{counted(len(found), 'submission')} {kind}"
        if len(found) > MAX_LOOKS:
            caption += f", the first {MAX_LOOKS} of them; all are in to_look_at.csv"
        lines = [look_shown(book, look) for look in found[:MAX_LOOKS]]
        tables += [{"caption": caption, "lines": lines}] if found else []
    return tables


def look_shown(book: Class, look: Look) -> dict[str, str]:
    """A submission to look at, in words."""
    person = book.people[look.standing.student]
    return {
        "stem": look.standing.submission.stem,
        "student": "" if person.place else person.shown,
        "assignment": look.standing.assignment,
        "why": "; ".join(look.reasons),
    }


def _assignment(book: Class, one: AssignmentStatistics) -> dict[str, Any]:
    return {
        "name": one.assignment,
        "points": number(one.points),
        "submissions": one.submissions,
        "mean": "–" if math.isnan(one.mean) else f"{one.mean:.2f}",
        "median": "–" if math.isnan(one.median) else f"{one.median:.2f}",
        "late": one.late,
        "unreadable": one.statuses.get("invalid", 0),
        "missing": one.missing,
        "bins": list(one.bins),
        "ticks": [number(one.points * fifth / 5) for fifth in range(6)],
        "described": described(one),
        "questions": [_question(question) for question in one.questions],
        "misconceptions": _misconceptions(one)[:MAX_IN_SIGHT],
        "rarer": _misconceptions(one)[MAX_IN_SIGHT:],
        "absent": [person.shown for person in book.without_submission(one.assignment)],
    }


def described(one: AssignmentStatistics) -> str:
    """A distribution in words: what the picture shows."""
    if not one.scores:
        return "Nobody has points yet."
    width = one.points / len(one.bins)
    parts = [
        f"{count} from {number(width * place)} to {number(width * (place + 1))}"
        for place, count in enumerate(one.bins)
        if count
    ]
    few = f"Of {len(one.scores)} grades, mean {number(one.mean)} and median {number(one.median)}"
    return f"{few} of {number(one.points)} points: {', '.join(parts)}."


def _question(question: QuestionStatistics) -> dict[str, Any]:
    fails = [
        f"{check.title}{' (hidden)' if check.hidden else ''} ({check.failed} of {check.attempts})"
        for check in question.checks[:MAX_CHECKS]
    ]
    return {
        "name": question.name,
        "points": number(question.points),
        "difficulty": "–" if math.isnan(question.difficulty) else f"{question.difficulty:.2f}",
        "discrimination": "–" if question.discrimination is None else f"{question.discrimination:.2f}",
        "attempted": question.attempted,
        "right": question.right,
        "wrong": question.wrong,
        "crashed": question.crashed,
        "fails": fails,
        "suspicion": question.suspicion,
        "bar": _bar(question),
    }


def _bar(question: QuestionStatistics) -> list[tuple[str, float, float]]:
    counts = {
        "right": question.right,
        "wrong": question.wrong,
        "crashed": question.crashed,
        "not attempted": question.not_attempted + question.waiting,
    }
    whole = sum(counts.values()) or 1
    parts, start = [], 0.0
    for kind, count in counts.items():
        width = BAR_WIDTH * count / whole
        parts.append((kind, start, width))
        start += width
    return parts
