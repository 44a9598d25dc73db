"""Points that people give: overrides of what was graded, and questions that are graded by hand alone.

Each has a reason and a name, stays through every regrade and resubmission, and is never deleted: one that is
taken back stays in the store with who took it back and why.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.gradebook.people import Person, name_keys, normal
from autograder.gradebook.standings import Class, Override, Standing, overrides_of, standings
from autograder.gradebook.store import Store, now


class OverrideProblem(Exception):
    """An override that cannot be made: what is wrong, and what would be right."""


@dataclass(frozen=True)
class Grade:
    """What a person says a student gets. question: empty for the assignment as a whole."""

    assignment: str
    question: str
    points: float
    reason: str
    given_by: str
    items: str = ""


def who_is_meant(book: Class, who: str) -> Person:
    """The one student that a name, an address, a number, a login or a submission's name means."""
    exact = {
        person.id
        for person in book.people.values()
        if who.casefold()
        in {text.casefold() for text in (person.email, person.sid, person.canvas_id, person.shown) if text}
    }
    exact |= {standing.student for standing in book.standings if standing.submission.stem == who}
    if not exact:
        keys = name_keys(who)
        exact = {p.id for p in book.people.values() if keys & (name_keys(p.name) | name_keys(p.label))}
    if len(exact) == 1:
        return book.people[exact.pop()]
    if exact:
        found = "; ".join(sorted(_described(book.people[number]) for number in exact))
        raise OverrideProblem(
            f"`{who}` could be {len(exact)} students ({found}): give the e-mail address or the number"
        )
    words = set(normal(who))
    near = [person.shown for person in book.people.values() if words & set(normal(person.shown))]
    hint = f"; there is {', '.join(sorted(near)[:5])}" if near else ""
    raise OverrideProblem(f"nobody here is called `{who}`{hint}")


def _described(person: Person) -> str:
    return " ".join(text for text in (person.shown, person.email, person.sid) if text)


def give(store: Store, who: str, grade: Grade) -> Standing:
    """Keep an override, and return the standing it makes. Raises `OverrideProblem`."""
    if not grade.reason.strip() or not grade.given_by.strip():
        raise OverrideProblem("an override needs a reason (--reason) and the name of who gives it (--by)")
    book = standings(store)
    person = who_is_meant(book, who)
    standing = _standing_of(book, person, grade.assignment)
    most = standing.max_score
    if grade.question:
        if grade.question not in standing.questions:
            names = (
                ", ".join(standing.questions)
                or "none, since it could not be graded: give the points as a whole"
            )
            raise OverrideProblem(
                f"{grade.assignment} has no question `{grade.question}` there; its questions: {names}"
            )
        most = standing.questions[grade.question].max_score
    if not 0 <= grade.points <= most:
        raise OverrideProblem(
            f"--points {grade.points:g}: {grade.question or grade.assignment} is worth 0 to {most:g}"
        )
    with store.writing() as db:
        # An earlier one for the same thing is taken back by this one.
        db.execute(
            "UPDATE overrides SET withdrawn_by = ?, withdrawn_at = ?, withdrawn_reason = 'replaced' "
            "WHERE student = ? AND assignment = ? AND question = ? AND withdrawn_at IS NULL",
            (grade.given_by, now(), person.id, grade.assignment, grade.question),
        )
        db.execute(
            "INSERT INTO overrides (student, assignment, question, points, items, reason, given_by, given_at,"
            " content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                person.id,
                grade.assignment,
                grade.question,
                grade.points,
                grade.items,
                grade.reason.strip(),
                grade.given_by.strip(),
                now(),
                standing.submission.content,
            ),
        )
    return _standing_of(standings(store), person, grade.assignment)


def rubric_of(store: Store, assignment: str, question: str) -> dict[str, float]:
    """The rubric of a question as it was last graded; empty if it has none."""
    rows = store.rows(
        "SELECT rubric FROM questions JOIN distributions ON distributions.digest = questions.distribution"
        " WHERE assignment = ? AND questions.name = ? ORDER BY distributions.rowid DESC LIMIT 1",
        (assignment, question),
    )
    return json.loads(rows[0][0]) if rows and rows[0][0] else {}


def take_back(store: Store, number: int, reason: str, by: str) -> Override:
    """Take an override back; what was graded counts again. Raises `OverrideProblem`."""
    found = [override for override in overrides_of(store) if override.id == number]
    if not found:
        numbers = ", ".join(str(override.id) for override in overrides_of(store)) or "none"
        raise OverrideProblem(f"no override has the number {number}; those that stand: {numbers}")
    with store.writing() as db:
        values = (by, now(), reason, number)
        db.execute(
            "UPDATE overrides SET withdrawn_by = ?, withdrawn_at = ?, withdrawn_reason = ? WHERE id = ?",
            values,
        )
    return found[0]


def _standing_of(book: Class, person: Person, assignment: str) -> Standing:
    of_person = {
        standing.assignment: standing for standing in book.standings if standing.student == person.id
    }
    if assignment not in of_person:
        there = ", ".join(sorted(filter(None, of_person))) or "nothing"
        raise OverrideProblem(f"{person.shown} handed in nothing for {assignment}; there is {there}")
    return of_person[assignment]


def points_of_items(rubric: Mapping[str, float], given: Sequence[str]) -> float:
    """The points of the rubric's items that are met. Raises `OverrideProblem` for one that it does not
    have."""
    if given and not rubric:
        raise OverrideProblem(
            "no submission here was asked such a question with a rubric: give --points, not --item"
        )
    for item in given:
        if item not in rubric:
            raise OverrideProblem(
                f"the rubric has no item `{item}`; it has {', '.join(f'`{name}`' for name in rubric)}"
            )
    return sum(rubric[item] for item in dict.fromkeys(given))
