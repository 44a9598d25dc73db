"""From a submission to a result: cells are run over there, checks here, and every submission gets a result."""

from __future__ import annotations

import contextlib
import re
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from textwrap import indent
from typing import Any

from autograder.checking import CALL_SECONDS
from autograder.diagnosis import Recorder, diagnose, diagnose_value
from autograder.grade import wire
from autograder.grade.process import SECONDS_AFTER_A_TIMEOUT, CellOutcome, ForeseenCalls, GraderFault, Limits, Proxy, Session, Zygote
from autograder.grade.release import Release, ReleasedCheck, ReleasedQuestion
from autograder.grade.submission import Submission, answering_cell, only_adds

# How often all is run in the hope that nothing dies any more, each time without what did.
MOST_HOPES = 6
# A submission that ends its session this often has had its chances.
MOST_SESSIONS = 10
NOT_ENDED = "it ended the submission's own processes"
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
    unanswered: bool = False


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
        """Every check is worth the same, as in Otter."""
        passed = sum(check.passed for check in self.checks)
        return round(self.question.points * passed / len(self.question.checks), 5) if self.question.checks else 0.0

    @property
    def complete(self) -> bool:
        return len(self.checks) == len(self.question.checks) and all(check.passed for check in self.checks)

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


def grade(submission: Submission, release: Release | None, zygote: Zygote, limits: Limits | None = None) -> Result:
    """Grade one submission. Never raises: a fault of the grader's own is a result too."""
    sandbox = zygote.sandbox
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
class Sitting:
    """A question being checked at one place: on the state right after its cell, or on the last. done: for public and for hidden checks."""

    question: ReleasedQuestion
    outcomes: dict[str, CheckOutcome] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)
    recorders: dict[str, Recorder] = field(default_factory=dict)
    done: set[bool] = field(default_factory=set)

    def check(self, release: Release, session: Session, *, hidden: bool, found: Mapping[str, Any] | None = None) -> None:
        """Run the public or the hidden checks. found: what the names stand for, where it is known."""
        checks = [check for check in self.question.checks if check.hidden == hidden]
        names = sorted({parameter for check in self.question.checks for parameter in check.parameters})
        if found is not None:
            self.found = {name: found[name] for name in names}
        elif checks and not session.gone:
            looked_up = session.lookup(names)
            # Where the session went over this, what was there before is asked, and says why it does not answer.
            self.found = looked_up if not session.gone else self.found or {name: Proxy(session, name) for name in names}
        for name, value in self.found.items():
            if isinstance(value, Proxy):
                self.recorders.setdefault(name, Recorder(value)).target = value
        given = {**self.found, **{name: self.recorders[name] for name, value in self.found.items() if isinstance(value, Proxy)}}
        for check in checks:
            outcome = self.outcomes[check.name] = _run_check(check, given, self.question, release)
            outcome.unanswered = bool(session.gone) or outcome.kind == "NotDefined"
        self.done.add(hidden)

    @property
    def too_slow(self) -> bool:
        """Whether a call did not come back, which it would not the next time either."""
        return any(outcome.kind == "TookTooLong" for outcome in self.outcomes.values())

    @property
    def died(self) -> bool:
        """Whether a check was not answered because there was nobody, or no such name, to answer it."""
        return len(self.outcomes) < len(self.question.checks) or any(o.unanswered for o in self.outcomes.values())

    @property
    def complete(self) -> bool:
        return len(self.outcomes) == len(self.question.checks) and all(outcome.passed for outcome in self.outcomes.values())

    def outcome(self) -> QuestionOutcome:
        outcome = QuestionOutcome(self.question, [self.outcomes[check.name] for check in self.question.checks if check.name in self.outcomes])
        if not outcome.complete:
            _diagnose(outcome, self.found, self.recorders)
        return outcome


@dataclass
class Progress:
    """How far a submission has been run: how its cells ended, by number, and its questions, by name, right after their cells and at the end."""

    submission: Submission
    release: Release
    cells: dict[int, CellOutcome] = field(default_factory=dict)
    left_out: dict[int, str] = field(default_factory=dict)
    right_after: dict[str, Sitting] = field(default_factory=dict)
    at_the_end: dict[str, Sitting] = field(default_factory=dict)
    too_slow: set[str] = field(default_factory=set)
    # What a run in hope ended in: a cell, by number, or a question, by name.
    ended_in: set[int | str] = field(default_factory=set)

    def sittings(self, question: ReleasedQuestion) -> list[Sitting]:
        """A question's sittings so far, the one right after its cell first."""
        return [place[question.name] for place in (self.right_after, self.at_the_end) if question.name in place]

    def unreached(self, question: ReleasedQuestion) -> bool:
        """Whether a question may be right, and no run has told."""
        sittings = self.sittings(question)
        told = any(sitting.complete for sitting in sittings) or (sittings and not any(sitting.died for sitting in sittings))
        return not told and question.name not in self.ended_in

    def answer(self, question: ReleasedQuestion) -> int | None:
        """The cell that answers a question, where it was not left out."""
        cell = answering_cell(self.submission.cells, question.name, question.cell)
        return None if cell in self.left_out else cell

    def due(self, question: ReleasedQuestion, *, at_the_end: bool, hidden: bool) -> bool:
        """Whether a question's public or hidden checks are still to be run at a place, and could make it better."""
        first, last = self.right_after.get(question.name), self.at_the_end.get(question.name)
        if any(sitting.complete for sitting in self.sittings(question)) or not any(c.hidden == hidden for c in question.checks):
            return False
        here = last if at_the_end else first
        if here is not None and hidden in here.done:
            return False
        cell = self.answer(question)
        only_added = cell is not None and only_adds(self.submission.cells, cell)
        if at_the_end:
            return not only_added and not (first is not None and first.too_slow)
        # What was found at the end is what would be found here, where later cells have changed nothing.
        return cell is not None and not (only_added and last is not None)

    def best(self, question: ReleasedQuestion) -> QuestionOutcome:
        """The better of a question's two outcomes, with what kept it from being answered, where a cell is to blame."""
        outcome = max((sitting.outcome() for sitting in self.sittings(question)), key=lambda o: o.score, default=None)
        if outcome is None:
            return QuestionOutcome(question, note=NEVER_REACHED, stopped=True)
        if outcome.complete:
            return outcome
        cell = answering_cell(self.submission.cells, question.name, question.cell)
        if cell is None:
            outcome.note = f"No cell of the submission defines {question.name}."
            if any(_reads_as_code(text, question.name) for text in self.submission.texts):
                outcome.note = f"The cell that defines {question.name} is no code cell: make it one again (in Jupyter: select it and press Escape, then Y)."
        elif said := self.left_out.get(cell) or (self.cells[cell].said if cell in self.cells else ""):
            outcome.stopped = True
            outcome.note = f"The cell that defines {question.name} did not come to its end: {said}."
        elif len(outcome.checks) < len(question.checks):
            outcome.note = NEVER_REACHED
        return outcome


def _reads_as_code(text: str, name: str) -> bool:
    return re.search(rf"^(def {name}\b|{name} *=)", text, re.MULTILINE) is not None


def _run(submission: Submission, release: Release, zygote: Zygote, limits: Limits) -> list[QuestionOutcome]:
    """Run the notebook, check its questions, and say of each what kept it from being answered.

    First in the hope that nothing dies: all cells, then all questions on the last state. A question that is complete there is done. One that is not may
    have been better right after its own cell; where a later cell could have made a difference, the notebook is run again, and it is checked there too.
    Where anything did die, the notebook is run again with care: a fork for each cell and for each question's calls. A cell that takes down even that
    (it killed its parent, or wrote into the channel) is left out of the next run, so that it costs no other question.

    Public and hidden checks have runs of their own, the public ones first: what a student is shown cannot have seen what a hidden check asks.
    """
    progress = Progress(submission, release)
    deadline = time.monotonic() + limits.submission

    def session(attempt: Callable[[Session], bool]) -> bool:
        with zygote.session(_files_beside(release), limits, deadline, release.checking) as running:
            done = attempt(running)
        if running.ended.startswith("used more"):
            # The submission as a whole was ended for what it used: say so of the cell that was left out for it.
            for number, said in progress.left_out.items():
                progress.left_out[number] = f"it {running.ended}" if said == NOT_ENDED else said
        return done

    careful, hopes = not session(lambda running: _hopefully(running, progress)), 1
    for hidden in (False, True):
        for _ in range(MOST_SESSIONS):
            places = [(question, at_the_end) for question in release.questions for at_the_end in (False, True)]
            if time.monotonic() > deadline or not any(progress.due(question, at_the_end=end, hidden=hidden) for question, end in places):
                break
            if session(lambda running, hidden=hidden, careful=careful: _again(running, progress, hidden=hidden, careful=careful)):  # type: ignore[misc]
                break
            careful = True
    # What a cell did to its process may leave nothing that forks come out of. What no run with care could reach is hoped for again, without what died.
    while careful and hopes < MOST_HOPES and time.monotonic() < deadline and any(progress.unreached(question) for question in release.questions):
        hopes += 1
        if session(lambda running: _hopefully(running, progress)):
            break
    return [progress.best(question) for question in release.questions]


def _hopefully(session: Session, progress: Progress) -> bool:
    """Run all cells and check all questions on the last state, public checks first, without what such a run ended in before.

    Returns whether it went to its end, and then keeps what is better than what was known.
    """
    release = progress.release
    cells = [(number, cell) for number, cell in enumerate(progress.submission.cells) if number not in progress.ended_in]
    for number, outcome in session.run(cells):
        progress.cells.setdefault(number, outcome)
        if session.gone:
            progress.ended_in.add(number)
        if session.timed_out:
            # What ran out of time would do so again. What died otherwise is run once more with care, which tells how it died.
            progress.left_out[number] = outcome.said
    sittings = {question.name: Sitting(question) for question in release.questions if question.name not in progress.ended_in}
    found = session.lookup(sorted({name for question in release.questions for check in question.checks for name in check.parameters}))
    for hidden in (False, True):
        if not session.gone and not progress.ended_in:
            session.ask_ahead(foreseen(release, hidden=hidden))
        for name, sitting in sittings.items():
            if session.gone:
                return False
            sitting.check(release, session, hidden=hidden, found=found)
            if session.gone:
                progress.ended_in.add(name)
            if sitting.too_slow:
                progress.too_slow.add(name)
    # After this answer, whatever was sent out of turn has been seen.
    session.lookup([])
    if session.gone or session.tampered:
        return False
    for name, sitting in sittings.items():
        known = progress.at_the_end.get(name)
        if known is None or sitting.outcome().score > known.outcome().score:
            progress.at_the_end[name] = sitting
    return True


def _again(session: Session, progress: Progress, *, hidden: bool, careful: bool) -> bool:
    """Run the cells once more, and check what is due, in forks: right after the cells that answer, and at the end.

    What a question's calls do to the session is that question's outcome, and the next session goes on with the others. Returns whether the session
    lasted.
    """
    answers: dict[int, list[ReleasedQuestion]] = {}
    for question in progress.release.questions:
        answer = progress.answer(question)
        if answer is not None and progress.due(question, at_the_end=False, hidden=hidden):
            answers.setdefault(answer, []).append(question)
    for number, cell in enumerate(progress.submission.cells):
        if number in progress.left_out:
            continue
        outcome = session.run_cell(cell, fork=careful)
        if not hidden:
            # A cell that ran after hidden checks could speak of them.
            progress.cells[number] = outcome
        if session.gone:
            if careful:
                progress.left_out[number] = outcome.said if session.timed_out else NOT_ENDED
            return False
        for question in answers.get(number, []):
            _sit(progress.right_after.setdefault(question.name, Sitting(question)), session, progress, hidden=hidden)
            if session.gone:
                return False
    for question in progress.release.questions:
        if progress.due(question, at_the_end=True, hidden=hidden):
            _sit(progress.at_the_end.setdefault(question.name, Sitting(question)), session, progress, hidden=hidden)
            if session.gone:
                return False
    return True


def _sit(sitting: Sitting, session: Session, progress: Progress, *, hidden: bool) -> None:
    name = sitting.question.name
    session.call_seconds = SECONDS_AFTER_A_TIMEOUT if name in progress.too_slow else session.call_limit
    with session.question():
        sitting.check(progress.release, session, hidden=hidden)
    if sitting.too_slow:
        progress.too_slow.add(name)


def foreseen(release: Release, *, hidden: bool) -> ForeseenCalls:
    """The calls that checks make where the reference answers them."""
    if hidden not in release.foreseen:
        calls = release.foreseen[hidden] = ForeseenCalls()
        for question in release.questions:
            names = question.reference.__globals__ if question.reference else {}
            for check in question.checks:
                if check.hidden == hidden and question.kind == "function":
                    with contextlib.suppress(Exception):
                        check.function(*[Rehearsal(name, names[name], calls) for name in check.parameters])
    return release.foreseen[hidden]


class Rehearsal:
    """Stands for a student's function before there is one: notes what it is called with and answers as the reference does."""

    def __init__(self, name: str, reference: Any, calls: ForeseenCalls) -> None:
        self._name, self._reference, self._calls = name, reference, calls
        self.call_seconds = CALL_SECONDS
        self.warnings: list[str] = []

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with contextlib.suppress(HandedOver):
            self._calls.add(self._name, wire.encode(list(args), _hand_over), wire.encode(kwargs, _hand_over), self.call_seconds)
        return self._reference(*args, **kwargs)


class HandedOver(Exception):
    """A function among the arguments: such a call needs both sides, and cannot be made ahead."""


def _hand_over(_function: Any) -> int:
    raise HandedOver


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
    """Whether a check that broke would break on any answer: then the fault is the grader's, and not one an answer brought about."""
    try:
        if question.kind == "function" and question.reference is not None:
            check.function(*[question.reference.__globals__.get(name) for name in check.parameters])
        else:
            # A worked value's check holds no answer to try; the placeholder is one that every check knows.
            check.function(*[Ellipsis for _ in check.parameters])
    except AssertionError:
        return False
    except Exception:
        return True
    return False


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
