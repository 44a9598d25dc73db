"""From a submission to a result: cells are run over there, checks here, and every submission gets a result."""

from __future__ import annotations

import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from textwrap import indent
from typing import Any

from autograder.diagnosis import Recorder, diagnose, diagnose_value
from autograder.grade import wire
from autograder.grade.process import CellOutcome, GraderFault, Limits, Proxy, Session, Zygote
from autograder.grade.release import Release, ReleasedCheck, ReleasedQuestion
from autograder.grade.submission import Submission

# A submission that ends its session this often has had its chances.
MOST_SESSIONS = 6
NEVER_REACHED = "The submission ended its own processes so often, or took so long, that this question was not reached."
GRADED, INVALID, GRADER_ERROR = "graded", "invalid", "grader_error"


@dataclass
class CheckOutcome:
    """How one check went. `fault`: the check itself broke, on the reference too."""

    check: ReleasedCheck
    passed: bool
    message: str = ""
    because: str = ""
    kind: str = ""
    fault: bool = False


@dataclass
class QuestionOutcome:
    """How one question went."""

    question: ReleasedQuestion
    checks: list[CheckOutcome] = field(default_factory=list)
    note: str = ""
    stopped: bool = False
    rechecked: bool = False
    misconception: str = ""
    hint: str = ""

    @property
    def score(self) -> float:
        """Every check is worth the same, as in Otter."""
        passed = sum(check.passed for check in self.checks)
        return round(self.question.points * passed / len(self.question.checks), 5) if self.question.checks else 0.0

    @property
    def complete(self) -> bool:
        return bool(self.checks) and all(check.passed for check in self.checks)

    @property
    def final(self) -> bool:
        """Whether asking again is of no use: it was done, or a call did not come back, which it would not the next time either."""
        return self.rechecked or any(check.kind == "TookTooLong" for check in self.checks)

    @property
    def attempted(self) -> bool:
        return self.stopped or any(check.kind not in ("NotAttempted", "NotDefined") for check in self.checks)


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

    @property
    def score(self) -> float:
        return round(sum(outcome.score for outcome in self.questions), 5)

    @property
    def points(self) -> float:
        return self.release.points if self.release else 0


def grade(submission: Submission, release: Release | None, zygote: Zygote, sandbox: str, limits: Limits | None = None) -> Result:
    """Grade one submission. Never raises: a fault of the grader's own is a result too."""
    if submission.problem or release is None:
        reason = submission.problem or "it is not known which assignment this is: hand in the notebook under the name it was given out with"
        return Result(submission, INVALID, sandbox, release, reason=reason)
    if submission.assignment not in (None, release.assignment):
        reason = f"this is a submission to {submission.assignment}, and this assignment is {release.assignment}"
        return Result(submission, INVALID, sandbox, release, reason=reason)
    if not submission.cells:
        return Result(submission, INVALID, sandbox, release, reason="the submission holds no code")
    limits = limits or Limits()
    try:
        questions = _run(submission, release, zygote, limits)
    except GraderFault as error:
        return Result(submission, GRADER_ERROR, sandbox, release, reason=str(error))
    except Exception as error:
        return Result(submission, GRADER_ERROR, sandbox, release, reason=f"the grader failed: {type(error).__name__}", detail=traceback.format_exc())
    status = GRADER_ERROR if any(check.fault for outcome in questions for check in outcome.checks) else GRADED
    return Result(submission, status, sandbox, release, questions)


def _files_beside(release: Release) -> dict[str, bytes]:
    """Data files of the assignment. `checking.py` stays here, and the pictures are not drawn."""
    return {name: data for name, data in release.student_files.items() if name not in ("checking.py", "pictures.py")}


@dataclass
class Progress:
    """How far a submission has been run: outcomes by cell number and by question, and the cells that ended a whole session."""

    answers_at: dict[str, int | None]
    cells: dict[int, CellOutcome] = field(default_factory=dict)
    outcomes: dict[str, QuestionOutcome] = field(default_factory=dict)
    left_out: set[int] = field(default_factory=set)


def _run(submission: Submission, release: Release, zygote: Zygote, limits: Limits) -> list[QuestionOutcome]:
    """Run the notebook, check its questions, and say of each what kept it from being answered.

    A cell or a call that takes down more than its own process (it killed its parent, or wrote into the channel) ends the session. The notebook is
    then run again without that cell, so that even this costs no other question.
    """
    progress = Progress({question.name: _answering_cell(submission, question) for question in release.questions})
    deadline = time.monotonic() + limits.submission
    for _ in range(MOST_SESSIONS):
        with zygote.session(_files_beside(release), limits, deadline, release.checking) as session:
            if _go_through(submission, release, session, progress) or time.monotonic() > deadline:
                break
    for question in release.questions:
        _explain(progress, progress.outcomes.setdefault(question.name, QuestionOutcome(question, note=NEVER_REACHED, stopped=True)))
    return [progress.outcomes[question.name] for question in release.questions]


def _go_through(submission: Submission, release: Release, session: Session, progress: Progress) -> bool:
    """Run the cells in order; check each question right after the cell that answers it, and once more at the end where it is not complete.

    Returns whether the session lasted to the end.
    """
    for number, cell in enumerate(submission.cells):
        if number in progress.left_out:
            continue
        progress.cells[number] = session.run_cell(cell.cell_id, cell.source)
        if session.gone:
            progress.left_out.add(number)
            return False
        for question in release.questions:
            if progress.answers_at[question.name] == number and question.name not in progress.outcomes:
                progress.outcomes[question.name] = _check(question, release, session)
                if session.gone:
                    return False
    for question in release.questions:
        first = progress.outcomes.get(question.name)
        if first is None or not (first.complete or first.final):
            last = _check(question, release, session)
            last.rechecked = True
            if first is None or last.score > first.score:
                progress.outcomes[question.name] = last
            else:
                first.rechecked = True
            if session.gone:
                return False
    return True


def _explain(progress: Progress, outcome: QuestionOutcome) -> None:
    """Say what kept a question from being answered, where a cell is to blame."""
    name, answered_at = outcome.question.name, progress.answers_at[outcome.question.name]
    if outcome.complete or outcome.note:
        return
    if answered_at is None:
        outcome.note = f"No cell of the submission defines {name}."
    elif answered_at in progress.cells and not progress.cells[answered_at].ok:
        outcome.stopped = True
        outcome.note = f"The cell that defines {name} did not come to its end: {progress.cells[answered_at].said}."


def _answering_cell(submission: Submission, question: ReleasedQuestion) -> int | None:
    """The cell that answers a question: the one it was released with where that still binds its name, else the last that does."""
    binding = [i for i, cell in enumerate(submission.cells) if cell.binds(question.name)]
    released = [i for i, cell in enumerate(submission.cells) if cell.cell_id == question.cell]
    chosen = [i for i in released if i in binding] or binding or released
    return chosen[-1] if chosen else None


def _check(question: ReleasedQuestion, release: Release, session: Session) -> QuestionOutcome:
    outcome = QuestionOutcome(question)
    with session.question():
        names = {parameter for check in question.checks for parameter in check.parameters}
        found = {name: session.lookup(name) for name in sorted(names)}
        recorders = {name: Recorder(value) for name, value in found.items() if isinstance(value, Proxy)}
        given = {**found, **recorders}
        for check in question.checks:
            outcome.checks.append(_run_check(check, given, question, release))
    if not outcome.complete:
        _diagnose(outcome, found, recorders)
    return outcome


def _run_check(check: ReleasedCheck, given: Mapping[str, Any], question: ReleasedQuestion, release: Release) -> CheckOutcome:
    try:
        check.function(*[given[name] for name in check.parameters])
    except release.checking.CheckFailed as failed:
        return CheckOutcome(check, False, str(failed).rstrip(), failed.because or "", type(failed).__name__)
    except wire.WireError as error:
        return CheckOutcome(check, False, f"An argument or a result could not be carried over: {error}.", kind="WireError")
    except Exception as error:
        if _breaks_on_the_reference(check, question):
            return CheckOutcome(check, True, f"This check is broken and counts as passed: {type(error).__name__}.", kind="GraderError", fault=True)
        return CheckOutcome(check, False, f"The answer could not be compared with what was expected ({type(error).__name__}).", kind="Incomparable")
    return CheckOutcome(check, True, kind="Passed")


def _breaks_on_the_reference(check: ReleasedCheck, question: ReleasedQuestion) -> bool:
    """Whether a check that broke would break on the reference too: then the fault is the grader's, and not one an answer brought about."""
    if question.reference is None or question.kind != "function":
        return question.kind != "function"
    reference = question.reference
    try:
        check.function(*[reference.__globals__.get(name) for name in check.parameters])
    except AssertionError:
        return False
    except Exception:
        return True
    return False


def _diagnose(outcome: QuestionOutcome, found: Mapping[str, Any], recorders: Mapping[str, Recorder]) -> None:
    """Name the misconception behind a wrong answer, where exactly one explains it."""
    question = outcome.question
    if question.kind == "function":
        recorder = recorders.get(question.name)
        misconception = diagnose(question.declared.misconceptions, recorder.calls) if recorder and question.declared else None
        if misconception:
            outcome.misconception, outcome.hint = misconception.name, misconception.hint
    else:
        wrong = diagnose_value(question.wrong_answers, found.get(question.name))
        if wrong:
            outcome.misconception, outcome.hint = wrong["name"], wrong["hint"]


# What people read ------------------------------------------------------------------------------------------------------------------------


def feedback(outcome: QuestionOutcome) -> str:
    """A question's feedback as the student reads it. Of a hidden check it tells the title and the likely cause, not the inputs."""
    passed = sum(check.passed for check in outcome.checks)
    score, points = _number(outcome.score), _number(outcome.question.points)
    if outcome.checks and all(check.kind == "NotAttempted" for check in outcome.checks):
        return _with_note(f"{outcome.question.name}: not attempted yet (0 of {points} points).", outcome)
    if not outcome.checks:
        return _with_note(f"{outcome.question.name}: not graded (0 of {points} points).", outcome)
    if outcome.checks and all(check.kind == "NotDefined" for check in outcome.checks):
        return _with_note(f"{outcome.question.name}: not defined (0 of {points} points).", outcome)
    lines = [_with_note(f"{outcome.question.name}: {passed} of {len(outcome.checks)} checks passed ({score} of {points} points).", outcome)]
    for check in outcome.checks:
        hidden = " (hidden)" if check.check.hidden else ""
        lines.append(f"  {'passed' if check.passed else 'FAILED'}  {check.check.title}{hidden}")
        told = check.message if not check.check.hidden else f"likely cause  {check.because}" if check.because else ""
        if told and (not check.passed or check.fault):
            lines.append(indent(told, "          "))
    return "\n".join(lines)


def _with_note(text: str, outcome: QuestionOutcome) -> str:
    """The headline, and what explains everything below it: one cause is often behind several failures."""
    parts = [text, outcome.note, f"Hint: {outcome.hint}" if outcome.hint else ""]
    return "\n".join(part for part in parts if part)


def _number(value: float) -> str:
    return f"{value:g}" if value == int(value) else f"{value:.2f}"
