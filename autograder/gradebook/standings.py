"""What counts: for each student and assignment one submission, what it is worth, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from autograder.gradebook.people import Person
from autograder.gradebook.policy import BEST, Lateness, Policy, parse
from autograder.gradebook.store import QuestionResult, Store, StoredResult, Submission

PLACES = 5
BY_HAND = "by_hand"


@dataclass(frozen=True)
class Override:
    """Points that a person gave, to a question or (without one) to a whole assignment."""

    id: int
    student: int
    assignment: str
    question: str
    points: float
    items: str
    reason: str
    given_by: str
    given_at: str
    content: str


@dataclass(frozen=True)
class Standing:
    """What one student has for one assignment.

    questions: as they count, with the points that people gave. raw: their sum, None if nothing counts yet.
    score: what is left of it after what being late takes off. waiting: questions that a person has yet to
    grade. stale: overrides that were given to an earlier submission. superseded: the student's other
    submissions.
    """

    student: int
    assignment: str
    submission: Submission
    result: StoredResult
    questions: Mapping[str, QuestionResult]
    raw: float | None
    score: float | None
    max_score: float
    lateness: Lateness | None = None
    overrides: tuple[Override, ...] = ()
    stale: tuple[Override, ...] = ()
    waiting: tuple[str, ...] = ()
    superseded: tuple[Submission, ...] = ()

    @property
    def status(self) -> str:
        return self.result.status


@dataclass(frozen=True)
class Class:
    """A class as it stands: its students, and what each has for each assignment, in both's order."""

    people: Mapping[int, Person]
    standings: Sequence[Standing]
    policy: Policy
    withdrawn: Sequence[Submission] = ()
    unknown: Sequence[tuple[Submission, StoredResult]] = field(default=())

    @property
    def assignments(self) -> list[str]:
        return sorted({standing.assignment for standing in self.standings if standing.assignment})

    def of(self, assignment: str) -> list[Standing]:
        return [standing for standing in self.standings if standing.assignment == assignment]

    def without_submission(self, assignment: str) -> list[Person]:
        """Students of the roster from whom nothing is there."""
        there = {standing.student for standing in self.of(assignment)}
        return [person for person in self.people.values() if person.on_roster and person.id not in there]


def policy_of(store: Store) -> Policy:
    """The policy that was given last, which stands until another is."""
    policy = parse(store.setting("policy"), store.setting("policy file") or "the policy")
    counts = store.setting("counts")
    return replace(policy, counts=counts) if counts else policy


def overrides_of(store: Store) -> list[Override]:
    """Overrides that stand, the newest last."""
    columns = "id, student, assignment, question, points, items, reason, given_by, given_at, content"
    return [
        Override(*row)
        for row in store.rows(f"SELECT {columns} FROM overrides WHERE withdrawn_at IS NULL ORDER BY id")
    ]


def standings(store: Store, policy: Policy | None = None) -> Class:
    """What counts now, from all that was ever graded into the store."""
    policy = policy_of(store) if policy is None else policy
    people = store.students()
    results = store.current_results()
    given: dict[tuple[int, str], list[Override]] = defaultdict(list)
    for override in overrides_of(store):
        given[override.student, override.assignment].append(override)
    groups: dict[tuple[int, str], list[Submission]] = defaultdict(list)
    withdrawn = []
    for submission in store.submissions():
        if submission.id not in results:
            continue
        if submission.withdrawn:
            withdrawn.append(submission)
            continue
        for student in submission.students:
            groups[student, submission.assignment or f"?{submission.path}"].append(submission)
    found = [
        _standing(people[student], submissions, results, given[student, submissions[0].assignment], policy)
        for (student, _), submissions in groups.items()
    ]
    found.sort(key=lambda s: (people[s.student].shown.casefold(), s.student, s.assignment, s.submission.stem))
    return Class(people, found, policy, withdrawn)


def _standing(
    person: Person,
    submissions: Sequence[Submission],
    results: Mapping[int, StoredResult],
    overrides: Sequence[Override],
    policy: Policy,
) -> Standing:
    candidates = [
        _valued(person, submission, results[submission.id], overrides, policy) for submission in submissions
    ]
    chosen = _chosen(candidates, policy)
    others = tuple(submission for submission in submissions if submission is not chosen.submission)
    return replace(chosen, superseded=others)


def _chosen(candidates: Sequence[Standing], policy: Policy) -> Standing:
    """The one that counts: the latest or the best of what was handed in at one time each."""
    all_timed = all(candidate.submission.handed_in for candidate in candidates)
    if policy.counts == BEST:
        return max(
            candidates,
            key=lambda one: (one.score is not None, one.score or 0, *_order(one.submission, all_timed)),
        )
    together: dict[str, list[Standing]] = defaultdict(list)
    for candidate in candidates:
        submission = candidate.submission
        together[submission.together or f"alone {submission.id}"].append(candidate)
    # Of several files in one folder, the one with answers was meant: a copy that was never touched is no
    # attempt.
    attempts = [
        max(found, key=lambda one: (_is_attempt(one), *_order(one.submission, all_timed)))
        for found in together.values()
    ]
    return max(attempts, key=lambda one: _order(one.submission, all_timed))


def _is_attempt(standing: Standing) -> bool:
    return standing.status != "invalid" and any(
        question.attempted for question in standing.result.questions.values()
    )


def _order(submission: Submission, all_timed: bool) -> tuple[Any, ...]:
    """Later is larger: the time it was handed in where all have one, then the platform's count, then when it
    was graded."""
    time = submission.handed_in if all_timed and submission.handed_in else datetime.min.replace(tzinfo=UTC)
    # Platforms count up; without a platform, what was graded in a later run is later.
    number = submission.number if submission.layout != "plain" else 0
    return (
        time,
        number,
        submission.last_run,
        submission.first_run,
        submission.number,
        submission.modified or 0.0,
    )


def _valued(
    person: Person,
    submission: Submission,
    result: StoredResult,
    overrides: Sequence[Override],
    policy: Policy,
) -> Standing:
    """What a submission is worth, with what people gave and what being late takes off."""
    questions = dict(result.questions)
    used, whole = [], None
    for override in overrides:
        if override.question in questions:
            question = questions[override.question]
            questions[override.question] = replace(question, score=override.points)
            used.append(override)
        elif not override.question:
            whole = override
    waiting = tuple(name for name, question in questions.items() if question.score is None)
    raw = result.score
    if used or waiting:
        raw = round(sum(question.score or 0 for question in questions.values()), PLACES)
    if whole:
        raw = whole.points
        used.append(whole)
        waiting = ()
    late = policy.lateness(
        submission.assignment, person, submission.handed_in, marked_late=submission.marked_late
    )
    score = raw
    if raw is not None and late:
        off = late.fraction * (raw if policy.of == "score" else result.max_score)
        score = round(max(0.0, raw - off), PLACES)
    stale = tuple(
        override for override in used if override.content and override.content != submission.content
    )
    return Standing(
        person.id,
        submission.assignment,
        submission,
        result,
        questions,
        raw,
        score,
        result.max_score,
        late,
        tuple(used),
        stale,
        waiting,
    )
