"""What the author of each known wrong answer reads, as the grader judges and says it: one page, to be read
from top to bottom by whoever answers for it."""

from __future__ import annotations

import copy
import textwrap
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from autograder.grade.diagnosis import Recorder, diagnose, diagnose_value
from autograder.grade.outcome import QuestionOutcome, feedback
from autograder.grade.passes import run_check
from autograder.grade.release import Release, ReleasedQuestion

NO_HINT = "No hint: other known wrong answers cannot be told from this one by what is asked."
NOTICED_BY_NOTHING = "No check fails."


def messages_page(releases: Sequence[Release], progress: Callable[[str], None] = lambda _said: None) -> str:
    """The page, in Markdown: a section per chapter, a part per question, and each wrong answer's message."""
    parts = ["# What wrong answers are told", ""]
    for release in releases:
        progress(release.assignment)
        parts += [f"## {release.assignment}", ""]
        for question in release.checked:
            parts += [f"### {question.name}", ""]
            for name, outcome in outcomes_of(release, question):
                parts += [f"**{name}**", "", "~~~~", *_message(outcome), "~~~~", ""]
    return "\n".join(parts)


def outcomes_of(release: Release, question: ReleasedQuestion) -> Iterator[tuple[str, QuestionOutcome]]:
    """A question's outcome for each of its known wrong answers, by name."""
    if question.kind == "function":
        for wrong in question.misconceptions:
            recorder = Recorder(wrong.function)
            outcome = _judged(release, question, recorder)
            found = diagnose(question.misconceptions, recorder.calls)
            yield wrong.name, _diagnosed(outcome, found.name if found else "", found.hint if found else "")
    else:
        for entry in question.wrong_answers:
            value = copy.deepcopy(entry["value"])
            known = diagnose_value(question.wrong_answers, value) or {"name": "", "hint": ""}
            yield (
                entry["name"],
                _diagnosed(_judged(release, question, value), known["name"], known["hint"]),
            )


def _judged(release: Release, question: ReleasedQuestion, answer: Any) -> QuestionOutcome:
    """All checks of a question, on this answer and the references of the chapter's other functions."""
    others = question.reference.__globals__ if question.reference is not None else {}
    names = {name: others.get(name) for check in question.checks for name in check.parameters}
    names[question.name] = answer
    with warnings.catch_warnings():
        # A wrong answer may be one that warns.
        warnings.simplefilter("ignore")
        checks = [run_check(check, names, question, release) for check in question.checks]
    return QuestionOutcome(question, checks)


def _diagnosed(outcome: QuestionOutcome, name: str, hint: str) -> QuestionOutcome:
    outcome.misconception, outcome.hint = name, hint
    return outcome


def _message(outcome: QuestionOutcome) -> Iterator[str]:
    """The feedback without the titles of what passed."""
    if outcome.complete:
        yield NOTICED_BY_NOTHING
        return
    for line in feedback(outcome).splitlines():
        if not line.startswith("  passed"):
            yield line if len(line) <= 110 else textwrap.fill(line, 110, subsequent_indent="    ")
    if not outcome.hint:
        yield NO_HINT
