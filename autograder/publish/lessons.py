"""`questions.json`: what the student's notebook knows of its questions, beside their public checks.

Points; what a right answer means; and hints on wrong answers, each under the very message that its wrong
answer gets from a public check. No misconception stands in it, and a hint can be read by its author alone.
"""

from __future__ import annotations

import json
import warnings
from collections import defaultdict
from typing import Any

from autograder.course.chapter import Chapter
from autograder.course.otter_tests import TestCase, run_cases, test_cases, wrong_answers
from autograder.course.question import Answerable, HandGraded, WorkedValue
from autograder.kit.checking import CallTimedOut, CheckFailed, TookTooLong, alarm
from autograder.kit.sealing import digest, seal_text

# A wrong answer that takes longer than this on the public checks gets no hint: what it is told would depend
# on the machine.
SECONDS_PER_ANSWER = 1.0


def lessons(chapter: Chapter) -> str:
    """The text of `questions.json` for a chapter."""
    data: dict[str, Any] = {
        "chapter": chapter.name,
        "title": chapter.title,
        "variant": chapter.variant,
        "questions": [
            _lesson(chapter, question)
            for question in chapter.questions.values()
            if not isinstance(question, HandGraded)
        ],
    }
    by_hand = {q.name: q.points for q in chapter.questions.values() if isinstance(q, HandGraded)}
    if by_hand:
        data["by_hand"] = by_hand
    # One line per entry, for whoever reads a change; no indentation, which a student would download.
    return json.dumps(data, indent=0) + "\n"


def _lesson(chapter: Chapter, question: Answerable) -> dict[str, Any]:
    cases = test_cases(chapter, question)
    public = [case for case in cases if not case.hidden]
    lesson: dict[str, Any] = {
        "name": question.name,
        "points": question.points,
        "public_points": round(sum(case.points for case in public), 6),
        "hints": _hints(chapter, question, public),
    }
    # A worked value's meaning may name the answer: it stands in its check, under the answer.
    if question.meaning and not isinstance(question, WorkedValue):
        lesson["meaning"] = seal_text(question.meaning, question.name)
    return lesson


def _hints(chapter: Chapter, question: Answerable, public: list[TestCase]) -> dict[str, dict[str, str]]:
    """Hints, each once and sealed under a key of its own; and that key, sealed under every message that the
    hint's wrong answer gets, by the message's digest."""
    found: dict[str, set[str]] = defaultdict(set)
    for hint, answer in _known_wrong(chapter, question):
        for message in _messages(chapter, question, public, answer):
            found[message].add(hint)
    # Where two wrong answers are told the same, a hint would be a guess.
    alone = {message: hints.pop() for message, hints in found.items() if len(hints) == 1}
    keys = {hint: digest(hint) for hint in alone.values()}
    return {
        "keys": {digest(message): seal_text(keys[hint], message) for message, hint in sorted(alone.items())},
        "texts": {digest(key): seal_text(hint, key) for hint, key in sorted(keys.items())},
    }


def _known_wrong(chapter: Chapter, question: Answerable) -> list[tuple[str, Any]]:
    if isinstance(question, WorkedValue):
        return [(wrong["hint"], wrong["value"]) for wrong in wrong_answers(chapter, question)]
    return [(wrong.hint, wrong.function) for wrong in question.misconceptions]


def _messages(chapter: Chapter, question: Answerable, public: list[TestCase], answer: Any) -> list[str]:
    """What the public checks say of a wrong answer, as far as it is the same on every machine."""
    try:
        with alarm(SECONDS_PER_ANSWER), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            outcomes = run_cases(public, {**chapter.references, question.name: answer}).values()
    except CallTimedOut:
        return []
    return [
        str(outcome).strip("\n")
        for outcome in outcomes
        if isinstance(outcome, CheckFailed) and not isinstance(outcome, TookTooLong)
    ]
