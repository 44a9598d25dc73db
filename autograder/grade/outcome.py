"""How checks, questions and submissions went, and what a student reads of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from textwrap import indent

from autograder.grade.release import Release, ReleasedCheck, ReleasedQuestion
from autograder.grade.submission import Submission

GRADED, INVALID, GRADER_ERROR = "graded", "invalid", "grader_error"
# What the error of an answer that was not begun says; it is no failure to tell of.
STUB = "NotImplementedError"
# A refusal of the right kind whose message lacks a value: what it costs of a question, however many checks
# notice.
WORDING_SHARE = 1 / 20
BY_HAND = "a person grades this; its {points} points are added when they are given."


@dataclass(frozen=True)
class CellOutcome:
    """How a cell ended. said: a clause such as "it raised NameError: ..."; empty if it came to its end.

    error, message: the type and the message of what it raised; empty if it ended its process. line,
    line_number: the line of the submission's code that it arose in, if that is known. cell_id, number,
    begins: which cell it was, by its id, its place among the submission's code cells, and its first line of
    code.
    """

    said: str = ""
    error: str = ""
    message: str = ""
    line: str = ""
    line_number: int = 0
    cell_id: str = ""
    number: int = -1
    begins: str = ""


@dataclass
class CheckOutcome:
    """How one check went. `fault`: the check itself broke, on the reference too. `unanswered`: nobody was
    there to answer."""

    check: ReleasedCheck
    passed: bool
    message: str = ""
    because: str = ""
    kind: str = ""
    fault: bool = False
    unanswered: bool = False

    @property
    def wording_only(self) -> bool:
        """Whether what was asked for was done, and only its message falls short."""
        return self.kind == "MessageIncomplete"


@dataclass
class QuestionOutcome:
    """How one question went."""

    question: ReleasedQuestion
    checks: list[CheckOutcome] = field(default_factory=list)
    note: str = ""
    stopped: bool = False
    misconception: str = ""
    hint: str = ""

    @property
    def score(self) -> float:
        """The points of the checks that passed; a message that falls short costs a twentieth of the question,
        once."""
        earned = sum(check.check.points for check in self.checks if check.passed or check.wording_only)
        if any(check.wording_only for check in self.checks):
            earned -= self.question.points * WORDING_SHARE
        return round(max(earned, 0.0), 5)

    @property
    def complete(self) -> bool:
        return len(self.checks) == len(self.question.checks) and all(check.passed for check in self.checks)

    @property
    def attempted(self) -> bool:
        return (
            self.question.by_hand
            or self.stopped
            or any(check.kind not in ("NotAttempted", "NotDefined") for check in self.checks)
        )


@dataclass
class Result:
    """What became of a submission."""

    submission: Submission
    status: str
    sandbox: str
    release: Release | None
    questions: list[QuestionOutcome] = field(default_factory=list)
    reason: str = ""
    detail: str = ""
    # What the grader did for the submission to be graded, a sentence each.
    remarks: list[str] = field(default_factory=list)
    # The first cell that failed, which is often behind all that follows; None if every cell came to its end.
    first_failure: CellOutcome | None = None
    # What went one way in one run of the notebook and another way in another, a sentence each.
    unstable: list[str] = field(default_factory=list)

    @property
    def score(self) -> float:
        return round(sum(outcome.score for outcome in self.questions), 5)

    @property
    def points(self) -> float:
        return self.release.points if self.release else 0


def feedback(outcome: QuestionOutcome) -> str:
    """A question's feedback as the student reads it. Of a hidden check it tells the title and the likely
    cause, not the inputs."""
    name, checks = outcome.question.name, outcome.checks
    points = number(outcome.question.points)
    if outcome.question.by_hand:
        return f"{name}: {BY_HAND.format(points=points)}"
    if not checks:
        return _with_note(f"{name}: not graded (0 of {points} points).", outcome)
    for kind, words in (("NotAttempted", "not attempted yet"), ("NotDefined", "not defined")):
        if all(check.kind == kind for check in checks):
            return _with_note(f"{name}: {words} (0 of {points} points).", outcome)
    passed = sum(check.passed for check in checks)
    headline = (
        f"{name}: {passed} of {len(checks)} checks passed ({number(outcome.score)} of {points} points)."
    )
    lines = [_with_note(headline, outcome)]
    for check in checks:
        hidden = " (hidden)" if check.check.hidden else ""
        lines.append(f"  {'passed' if check.passed else 'FAILED'}  {check.check.title}{hidden}")
        shown = check.message
        if check.check.hidden:
            shown = f"likely cause  {check.because}" if check.because else ""
        if shown and (not check.passed or check.fault):
            lines.append(indent(shown, "          "))
    return "\n".join(lines)


def _with_note(text: str, outcome: QuestionOutcome) -> str:
    """The headline, and what explains everything below it: one cause is often behind several failures."""
    parts = [text, outcome.note, f"Hint: {outcome.hint}" if outcome.hint else ""]
    return "\n".join(part for part in parts if part)


def number(value: float) -> str:
    """Points as people read them: 4, 2.5, 8.03."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
