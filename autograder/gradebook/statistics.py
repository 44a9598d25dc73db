"""What a class's results say of its questions: how hard, how telling, where they fail, and what was
misunderstood."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.gradebook.standings import Class, Standing
from autograder.gradebook.store import QuestionResult, Store

# Below this many answers, a correlation says nothing.
MIN_ANSWERS = 10
# A question that does not tell the strong from the weak: what is usually called poor discrimination.
POOR_DISCRIMINATION = 0.1
MIN_WRONG = 3
BINS = 10
MAX_ALIKE = 3
# What the papers call `d_k` is no two words.
SIZES = re.compile(r"\b(d) (?=(?:k|v|model)\b)")


@dataclass(frozen=True)
class CheckCount:
    """How often a check failed among those who attempted its question."""

    title: str
    hidden: bool
    failed: int
    attempts: int


@dataclass(frozen=True)
class QuestionStatistics:
    """One question over a class.

    difficulty: the mean share of its points, so that 1 is easy. discrimination: the point-biserial
    correlation of getting it right with the rest of the assignment's score, None if it cannot be said. right,
    wrong, crashed and not_attempted add up to the class. suspicion: why it looks broken, empty if it does
    not.
    """

    name: str
    points: float
    difficulty: float
    discrimination: float | None
    right: int
    wrong: int
    crashed: int
    not_attempted: int
    waiting: int
    checks: Sequence[CheckCount]
    suspicion: str = ""

    @property
    def attempted(self) -> int:
        return self.right + self.wrong + self.crashed


@dataclass(frozen=True)
class MisconceptionCount:
    """A misconception, how many students hold it, and what to tell them."""

    question: str
    name: str
    hint: str
    students: Sequence[int]

    @property
    def words(self) -> str:
        return SIZES.sub(r"\1_", self.name.replace("_", " "))


@dataclass(frozen=True)
class AssignmentStatistics:
    """One assignment over a class. bins: how many scored in each tenth of the points."""

    assignment: str
    points: float
    scores: Sequence[float]
    bins: Sequence[int]
    statuses: Mapping[str, int]
    missing: int
    questions: Sequence[QuestionStatistics]
    misconceptions: Sequence[MisconceptionCount]
    late: int = 0

    @property
    def mean(self) -> float:
        return float(np.mean(self.scores)) if self.scores else math.nan

    @property
    def median(self) -> float:
        return float(np.median(self.scores)) if self.scores else math.nan

    @property
    def submissions(self) -> int:
        return sum(self.statuses.values())


@dataclass(frozen=True)
class Look:
    """A submission that a person should look at, and why. kind: of the first reason, the most urgent."""

    standing: Standing
    reasons: Sequence[str]
    kind: str


def statistics_of(book: Class, store: Store) -> list[AssignmentStatistics]:
    """Statistics of every assignment, from what counts."""
    failed = _failed_checks(store)
    return [_of_assignment(book, assignment, failed) for assignment in book.assignments]


Failed = Mapping[tuple[int, str], Sequence[tuple[str, str, bool]]]


def _failed_checks(store: Store) -> Failed:
    """By current result and question: the names, titles and visibility of the checks that failed."""
    query = """
        SELECT k.result, c.question, c.name, c.title, c.hidden FROM check_results AS k
        JOIN results AS r ON r.id = k.result JOIN checks AS c ON c.id = k.check_id
        WHERE r.is_current AND NOT k.passed ORDER BY k.result, c.id
    """
    found: dict[tuple[int, str], list[tuple[str, str, bool]]] = defaultdict(list)
    for row in store.rows(query):
        found[row["result"], row["question"]].append((row["name"], row["title"], bool(row["hidden"])))
    return found


def _of_assignment(book: Class, assignment: str, failed: Failed) -> AssignmentStatistics:
    standings = book.of(assignment)
    graded = [standing for standing in standings if standing.questions]
    scores = [standing.score for standing in standings if standing.score is not None]
    points = max((standing.max_score for standing in standings), default=0.0)
    names = list(dict.fromkeys(name for standing in graded for name in standing.questions))
    return AssignmentStatistics(
        assignment,
        points,
        scores,
        bins_of(scores, points),
        Counter(standing.status for standing in standings),
        len(book.without_submission(assignment)),
        [_of_question(name, graded, failed) for name in names],
        _misconceptions(names, graded),
        sum(standing.lateness is not None for standing in standings),
    )


def bins_of(scores: Sequence[float], points: float) -> list[int]:
    """How many scores lie in each tenth of the points; full points are in the last."""
    counts = [0] * BINS
    for score in scores:
        share = score / points if points else 0.0
        counts[min(BINS - 1, max(0, int(share * BINS + 1e-9)))] += 1
    return counts


def _of_question(name: str, graded: Sequence[Standing], failed: Failed) -> QuestionStatistics:
    asked = [standing for standing in graded if name in standing.questions]
    answers = [standing.questions[name] for standing in asked]
    kinds = Counter(outcome_of(answer) for answer in answers)
    shares = [(answer.score or 0) / answer.max_score for answer in answers if answer.score is not None]
    checks: Counter[tuple[str, str, bool]] = Counter()
    attempts = sum(answer.attempted for answer in answers)
    for standing, answer in zip(asked, answers, strict=True):
        if answer.attempted:
            checks.update(failed.get((standing.result.id, name), ()))
    counted = [
        CheckCount(title, hidden, count, attempts)
        for (_, title, hidden), count in sorted(checks.items(), key=lambda item: -item[1])
    ]
    right, rest = _right_and_rest(name, asked)
    discrimination = point_biserial(right, rest)
    return QuestionStatistics(
        name,
        answers[0].max_score,
        float(np.mean(shares)) if shares else math.nan,
        discrimination,
        kinds["right"],
        kinds["wrong"],
        kinds["crashed"],
        kinds["not attempted"],
        kinds["waiting"],
        counted,
        _suspicion(right, rest, discrimination, counted),
    )


def outcome_of(answer: QuestionResult) -> str:
    """What became of an answer, in one word or two."""
    if answer.score is None:
        return "waiting"
    if not answer.attempted and not answer.score:
        return "not attempted"
    if answer.score >= answer.max_score:
        return "right"
    return "crashed" if answer.stopped else "wrong"


def _right_and_rest(name: str, asked: Sequence[Standing]) -> tuple[list[bool], list[float]]:
    """Of those who attempted a question: who had it right, and what share of the rest's points each has."""
    right, rest = [], []
    for standing in asked:
        answer = standing.questions[name]
        if outcome_of(answer) in ("waiting", "not attempted"):
            continue
        others = [question for other, question in standing.questions.items() if other != name]
        worth = sum(question.max_score for question in others)
        right.append(outcome_of(answer) == "right")
        rest.append(sum(question.score or 0 for question in others) / worth if worth else 0.0)
    return right, rest


def point_biserial(right: Sequence[bool], rest: Sequence[float]) -> float | None:
    """The correlation of a yes or no with a number: (M1 - M0) / s · sqrt(p q); None if either does not vary.

    M1, M0: the mean of those with yes and with no; s: the standard deviation of all; p, q: their shares.
    """
    yes = np.asarray(right, dtype=bool)
    numbers = np.asarray(rest, dtype=float)
    if len(yes) < MIN_ANSWERS or yes.all() or not yes.any() or numbers.std() < 1e-12:
        return None
    p = yes.mean()
    return float((numbers[yes].mean() - numbers[~yes].mean()) / numbers.std() * math.sqrt(p * (1 - p)))


def _suspicion(
    right: Sequence[bool], rest: Sequence[float], discrimination: float | None, checks: Sequence[CheckCount]
) -> str:
    """Why a question looks broken: those who do well elsewhere fail it as often as the others, or all do."""
    wrong = len(right) - sum(right)
    if len(right) < MIN_ANSWERS or wrong < MIN_WRONG:
        return ""
    most = f" Most fail at: {checks[0].title}" if checks else ""
    if wrong == len(right):
        return f"Nobody who tried had it right.{most}"
    if discrimination is None or discrimination >= POOR_DISCRIMINATION:
        return ""
    order = np.argsort(np.asarray(rest, dtype=float), kind="stable")
    top = order[-max(1, len(order) // 4) :]
    failing = sum(not right[int(number)] for number in top)
    if failing / len(top) < wrong / len(right):
        return ""
    return f"{failing} of the {len(top)} who did best elsewhere fail it.{most}"


def _misconceptions(names: Sequence[str], graded: Sequence[Standing]) -> list[MisconceptionCount]:
    held: dict[tuple[str, str], list[int]] = defaultdict(list)
    hints: dict[tuple[str, str], str] = {}
    for standing in graded:
        for name in names:
            answer = standing.questions.get(name)
            if answer and answer.misconception:
                held[name, answer.misconception].append(standing.student)
                hints[name, answer.misconception] = answer.hint or hints.get((name, answer.misconception), "")
    found = [MisconceptionCount(*key, hints[key], students) for key, students in held.items()]
    return sorted(found, key=lambda one: (-len(one.students), names.index(one.question), one.name))


# What refused to run where the sandbox is, as the grader says it.
REFUSALS = ("Operation not permitted", "PermissionError", "BlockingIOError", "cannot be used here")
# Why a person should look, the most urgent first: no grade, something that was tried, points that a person
# gives, chance, likeness; and last what is an ordinary error of a student's.
NO_GRADE, REFUSED, BY_HAND = (
    "without a grade",
    "refused something by the sandbox",
    "waiting for a person's points",
)
DIFFERS, ALIKE, STOPPED = "different in two runs", "like another", "with a cell that did not finish"
KINDS = (NO_GRADE, REFUSED, BY_HAND, DIFFERS, ALIKE, STOPPED)


def to_look_at(book: Class, similar: Mapping[int, Sequence[str]] | None = None) -> list[Look]:
    """Submissions that a person should look at, the most urgent first.

    similar: what was found alike, by submission, the most alike first.
    """
    places = {number: place for place, number in enumerate(similar or {})}
    looks = []
    for standing in book.standings:
        reasons = dict(_reasons(standing))
        number = standing.submission.id
        alike = list((similar or {}).get(number, ()))
        if len(alike) > MAX_ALIKE:
            alike = [*alike[:MAX_ALIKE], f"and like {len(alike) - MAX_ALIKE} more"]
        if alike:
            reasons[ALIKE] = "; ".join(alike)
        if reasons:
            kinds = sorted(reasons, key=KINDS.index)
            look = Look(standing, [reasons[kind] for kind in kinds], kinds[0])
            looks.append((KINDS.index(look.kind), places.get(number, 0), look))
    return [look for *_, look in sorted(looks, key=lambda found: found[:2])]


def _reasons(standing: Standing) -> Iterator[tuple[str, str]]:
    """Why to look at a submission, by kind."""
    if standing.status in ("invalid", "grader_error"):
        said = "could not be read" if standing.status == "invalid" else "the grader failed"
        yield NO_GRADE, f"{said}: {standing.result.reason}" if standing.result.reason else said
    notes = [question.note for question in standing.questions.values()]
    if any(refusal in note for note in notes for refusal in REFUSALS):
        yield REFUSED, "the sandbox refused something it tried"
    by_hand = [f"waits for points by hand: {', '.join(standing.waiting)}"] if standing.waiting else []
    by_hand += ["handed in again since points were given by hand"] if standing.stale else []
    if by_hand:
        yield BY_HAND, "; ".join(by_hand)
    if standing.result.unstable:
        yield DIFFERS, f"two runs of it differed: {' '.join(standing.result.unstable.splitlines())}"
    stopped = [question.name for question in standing.questions.values() if question.stopped]
    if stopped:
        yield STOPPED, f"{'cells' if len(stopped) > 1 else 'a cell'} did not finish: {', '.join(stopped)}"
