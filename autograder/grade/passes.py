"""Which cells are run, which checks are run on which state, and which of several outcomes counts.

A notebook is run in *passes*. The fast pass runs all cells in one process, then checks all questions on the
last state. A question that is complete there is done. One that is not may have been right straight after its
own cell; if a later cell could have made a difference, an isolated pass runs the notebook again and checks it
there too. If anything died, isolated passes run each cell and each question's calls in forks. A cell that
takes down even that (it killed its parent, or wrote into the channel) is left out of the next pass, so that
it costs no other question.

Public and hidden checks have isolated passes of their own, the public ones first: nothing that a student is
shown comes from a process that has seen what a hidden check asks.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import partial
from typing import Any, Protocol

from autograder.grade.diagnosis import Recorder, diagnose_value
from autograder.grade.inside import wire
from autograder.grade.outcome import STUB, CellOutcome, CheckOutcome, QuestionOutcome
from autograder.grade.proxy import CallsFunctions, Proxy
from autograder.grade.reading.cells import CHECK, Cell, answering_cell, names_in, only_adds
from autograder.grade.reading.stateless import only_calls
from autograder.grade.rehearsal import foreseen
from autograder.grade.release import Release, ReleasedCheck, ReleasedQuestion
from autograder.grade.seen import KeepsAnswers, SeenAnswers, seen_answers
from autograder.grade.session import ForeseenCalls
from autograder.grade.submission import Submission
from autograder.kit.checking import SECONDS_AFTER_A_TIMEOUT

# How often the fast pass is tried, each time without what ended it before.
MAX_FAST_PASSES = 6
# A submission that ends its session this often has had its chances.
MAX_ISOLATED_PASSES = 10
ENDED_ITS_PROCESSES = "it ended the submission's own processes"
NEVER_REACHED = (
    "The submission ended its own processes so often, or took so long, that this question was not reached."
)


class Visibility(Enum):
    """Who has a check: students, or graders alone."""

    PUBLIC = "public"
    HIDDEN = "hidden"

    def covers(self, check: ReleasedCheck) -> bool:
        return check.hidden == (self is Visibility.HIDDEN)


class Place(Enum):
    """The state of the notebook that a question is checked on."""

    AFTER_ITS_CELL = "after its cell"
    AT_THE_END = "at the end"


class Session(CallsFunctions, KeepsAnswers, Protocol):
    """One run of a submission, as the passes use it. gone: why it answers no more; empty while it does."""

    ended: str
    timed_out: bool
    tampered: bool
    call_seconds: float
    call_limit: float

    def run(self, cells: Sequence[tuple[int, Cell]]) -> Iterator[tuple[int, CellOutcome]]: ...
    def run_cell(self, cell: Cell, *, fork: bool) -> CellOutcome: ...
    def question(self) -> AbstractContextManager[None]: ...
    def lookup(self, names: Sequence[str]) -> dict[str, Any]: ...
    def ask_ahead(self, calls: ForeseenCalls) -> None: ...


OpenSession = Callable[[], AbstractContextManager[Session]]


def run_passes(
    submission: Submission, release: Release, open_session: OpenSession, deadline: float
) -> Passes:
    """Run the notebook and check its questions. What it returns knows how they and the cells went."""
    passes = Passes(submission, release, open_session, deadline)
    passes.run()
    return passes


@dataclass
class QuestionRun:
    """A question being checked at one place. done: the visibilities whose checks have run there. verdicts:
    the key of each check's, if the memory has it."""

    question: ReleasedQuestion
    seen: SeenAnswers
    outcomes: dict[str, CheckOutcome] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)
    recorders: dict[str, Recorder] = field(default_factory=dict)
    done: set[Visibility] = field(default_factory=set)
    verdicts: dict[str, bytes | None] = field(default_factory=dict)

    def check(
        self,
        session: Session,
        visibility: Visibility,
        found: Mapping[str, Any] | None = None,
    ) -> None:
        """Run the public or the hidden checks. found: what the names stand for, if that is known already."""
        checks = [check for check in self.question.checks if visibility.covers(check)]
        names = sorted({parameter for check in self.question.checks for parameter in check.parameters})
        if found is not None:
            self.found = {name: found[name] for name in names}
        elif checks and not session.gone:
            looked_up = session.lookup(names)
            # If the look-up ended the session, what was found before is asked, and says why it does not
            # answer.
            self.found = (
                looked_up if not session.gone else self.found or {n: Proxy(session, n) for n in names}
            )
        for name, value in self.found.items():
            if isinstance(value, Proxy):
                self.recorders.setdefault(name, Recorder(value)).target = value
        recorded = {
            name: self.recorders[name] for name, value in self.found.items() if isinstance(value, Proxy)
        }
        for check in checks:
            run = partial(run_check, check, {**self.found, **recorded}, self.question, self.seen.release)
            if recorded.keys() >= set(check.parameters):
                outcome, key = self.seen.judge(self.question, check, session, recorded, run)
            else:
                outcome, key = run(), None
            self.outcomes[check.name], self.verdicts[check.name] = outcome, key
            outcome.unanswered = bool(session.gone) or outcome.kind == "NotDefined"
        self.done.add(visibility)

    @property
    def too_slow(self) -> bool:
        """Whether a call did not come back, which it would not the next time either."""
        return any(outcome.kind == "TookTooLong" for outcome in self.outcomes.values())

    @property
    def unanswered(self) -> bool:
        """Whether a check was not answered because there was nobody, or no such name, to answer it."""
        return len(self.outcomes) < len(self.question.checks) or any(
            o.unanswered for o in self.outcomes.values()
        )

    @property
    def complete(self) -> bool:
        return len(self.outcomes) == len(self.question.checks) and all(
            o.passed for o in self.outcomes.values()
        )

    def outcome(self) -> QuestionOutcome:
        checks = [self.outcomes[check.name] for check in self.question.checks if check.name in self.outcomes]
        outcome = QuestionOutcome(self.question, checks)
        if not outcome.complete:
            self._diagnose(outcome)
        return outcome

    def _diagnose(self, outcome: QuestionOutcome) -> None:
        """Name the misconception behind a wrong answer, if exactly one explains it."""
        question = self.question
        if question.kind == "function":
            recorder = self.recorders.get(question.name)
            if recorder is None:
                return
            misconception = self.seen.diagnose(question, self.verdicts.values(), recorder)
            if misconception:
                outcome.misconception, outcome.hint = misconception.name, misconception.hint
        else:
            wrong = diagnose_value(question.wrong_answers, self.found.get(question.name))
            if wrong:
                outcome.misconception, outcome.hint = wrong["name"], wrong["hint"]


@dataclass
class Passes:
    """How far a submission has been run: how its cells ended, by number, and its questions, by place and
    name."""

    submission: Submission
    release: Release
    open_session: OpenSession
    deadline: float
    cells: dict[int, CellOutcome] = field(default_factory=dict)
    left_out: dict[int, str] = field(default_factory=dict)
    runs: dict[tuple[Place, str], QuestionRun] = field(default_factory=dict)
    too_slow: set[str] = field(default_factory=set)
    seen: SeenAnswers = field(init=False)
    # What ended a fast pass: a cell, by number, or a question, by name.
    ended_in: set[int | str] = field(default_factory=set)
    # What differed between two runs, said of each once.
    _differing: dict[str, str] = field(default_factory=dict)
    # Whether later cells leave alone what a cell defines, by its number.
    _unchanged: dict[int, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.seen = seen_answers(self.release)

    def run(self) -> None:
        """A fast pass, then isolated ones for as long as one could better a question, then fast ones for what
        none could reach."""
        questions = self.release.checked
        forks, fast_passes = not self._in_session(self.fast_pass), 1
        for visibility in Visibility:
            for _ in range(MAX_ISOLATED_PASSES):
                if self._out_of_time() or not any(
                    self.could_better(q, p, visibility) for q in questions for p in Place
                ):
                    break

                def isolated(
                    session: Session, visibility: Visibility = visibility, forks: bool = forks
                ) -> bool:
                    return self.isolated_pass(session, visibility, forks=forks)

                if self._in_session(isolated):
                    break
                forks = True
        # What a cell did to its process may leave nothing that forks come out of. What no isolated pass could
        # reach is tried once more in one process, without what died.
        while (
            forks
            and fast_passes < MAX_FAST_PASSES
            and not self._out_of_time()
            and any(map(self.undecided, questions))
        ):
            fast_passes += 1
            if self._in_session(self.fast_pass):
                break

    def _out_of_time(self) -> bool:
        return time.monotonic() > self.deadline

    def _in_session(self, attempt: Callable[[Session], bool]) -> bool:
        with self.open_session() as session:
            finished = attempt(session)
        if session.ended.startswith("used more"):
            # The submission as a whole was ended for what it used: say so of the cell that was left out for
            # it.
            for cell, said in self.left_out.items():
                self.left_out[cell] = f"it {session.ended}" if said == ENDED_ITS_PROCESSES else said
        return finished

    def fast_pass(self, session: Session) -> bool:
        """Run all cells and check all questions on the last state, public checks first, without what ended
        such a pass before.

        Returns whether it went to its end; only then is what it found kept, if it is better than what was
        known.
        """
        cells = [(n, cell) for n, cell in enumerate(self.submission.cells) if n not in self.ended_in]
        for number, outcome in session.run(cells):
            self._compare(number, outcome)
            self.cells.setdefault(number, outcome)
            if session.gone:
                self.ended_in.add(number)
            if session.timed_out:
                # What ran out of time would do so again. What died otherwise is run once more in a fork,
                # which tells how it died.
                self.left_out[number] = outcome.said
        runs = {
            q.name: QuestionRun(q, self.seen) for q in self.release.checked if q.name not in self.ended_in
        }
        names = {name for q in self.release.checked for check in q.checks for name in check.parameters}
        found = session.lookup(sorted(names))
        for visibility in Visibility:
            if not session.gone and not self.ended_in:
                session.ask_ahead(foreseen(self.release, hidden=visibility is Visibility.HIDDEN))
            for name, run in runs.items():
                if session.gone:
                    return False
                run.check(session, visibility, found=found)
                if session.gone:
                    self.ended_in.add(name)
                if run.too_slow:
                    self.too_slow.add(name)
        # After this answer, whatever was sent out of turn has been seen.
        session.lookup([])
        if session.gone or session.tampered:
            return False
        for name, run in runs.items():
            known = self.runs.get((Place.AT_THE_END, name))
            if known is not None:
                self._compare_checks(known, run)
            if known is None or run.outcome().score > known.outcome().score:
                self.runs[Place.AT_THE_END, name] = run
        return True

    def isolated_pass(self, session: Session, visibility: Visibility, *, forks: bool) -> bool:
        """Run the cells once more, and check in forks what could be better: straight after the cells that
        answer, and at the end.

        What a question's calls do to the session is that question's outcome, and the next session goes on
        with the others. Returns whether the session lasted.
        """
        answers: dict[int, list[ReleasedQuestion]] = {}
        for question in self.release.checked:
            answer = self.answering_cell(question)
            if answer is not None and self.could_better(question, Place.AFTER_ITS_CELL, visibility):
                answers.setdefault(answer, []).append(question)
        for number, cell in enumerate(self.submission.cells):
            if number in self.left_out:
                continue
            outcome = session.run_cell(cell, fork=forks)
            if visibility is Visibility.PUBLIC:
                # A cell that ran after hidden checks could speak of them.
                self._compare(number, outcome)
                self.cells[number] = outcome
            if session.gone:
                if forks:
                    self.left_out[number] = outcome.said if session.timed_out else ENDED_ITS_PROCESSES
                return False
            for question in answers.get(number, []):
                if not self._check_in_forks(session, question, Place.AFTER_ITS_CELL, visibility):
                    return False
        return all(
            self._check_in_forks(session, question, Place.AT_THE_END, visibility)
            for question in self.release.checked
            if self.could_better(question, Place.AT_THE_END, visibility)
        )

    def _check_in_forks(
        self, session: Session, question: ReleasedQuestion, place: Place, visibility: Visibility
    ) -> bool:
        """Check a question on forks of the state as it is now; returns whether the session lasted."""
        run = self.runs.setdefault((place, question.name), QuestionRun(question, self.seen))
        slow = question.name in self.too_slow
        session.call_seconds = SECONDS_AFTER_A_TIMEOUT if slow else session.call_limit
        with session.question():
            run.check(session, visibility)
        if run.too_slow:
            self.too_slow.add(question.name)
        return not session.gone

    # What differs from run to run ---------------------------------------------------------------------------

    def _compare(self, number: int, outcome: CellOutcome) -> None:
        """Note a cell that raised one thing before and another now, if the same cells had run before it."""
        both = [known for known in (self.cells.get(number), outcome) if known is not None]
        came_to_an_end = len(both) == 2 and all(known.error or not known.said for known in both)
        if came_to_an_end and self._all_ran_before(number) and both[0].error != both[1].error:
            first, second = (known.error or "nothing" for known in both)
            begins = self.submission.cells[number].first_line
            self._differing[f"cell {number}"] = (
                f"The cell that begins `{begins}` raised {first} in one run and {second} in another."
            )

    def _compare_checks(self, before: QuestionRun, now: QuestionRun) -> None:
        """Note the checks of a question that passed in one of two runs at the end of the same cells."""
        if not self._all_ran_before(len(self.submission.cells)):
            return
        for name, outcome in now.outcomes.items():
            known = before.outcomes.get(name)
            if known is None or known.unanswered or outcome.unanswered or known.passed == outcome.passed:
                continue
            self._differing[name] = (
                f"`{now.question.name}` passed the check `{name}` in one run and not in another."
            )

    def _all_ran_before(self, number: int) -> bool:
        """Whether no pass has left out a cell before this one."""
        return not any(isinstance(cell, int) and cell < number for cell in (*self.ended_in, *self.left_out))

    def unstable(self) -> list[str]:
        """What differed between runs of the same notebook, a sentence each."""
        return list(self._differing.values())

    # What could still make a difference ---------------------------------------------------------------------

    def runs_of(self, question: ReleasedQuestion) -> list[QuestionRun]:
        """A question's runs so far, the one straight after its cell first."""
        return [self.runs[place, question.name] for place in Place if (place, question.name) in self.runs]

    def undecided(self, question: ReleasedQuestion) -> bool:
        """Whether a question may be right, and no pass has shown whether it is."""
        runs = self.runs_of(question)
        decided = any(run.complete for run in runs) or (runs and not any(run.unanswered for run in runs))
        return not decided and question.name not in self.ended_in

    def answering_cell(self, question: ReleasedQuestion) -> int | None:
        """The cell that answers a question, unless it was left out."""
        cell = answering_cell(self.submission.cells, question.name, question.cell)
        return None if cell in self.left_out else cell

    def could_better(self, question: ReleasedQuestion, place: Place, visibility: Visibility) -> bool:
        """Whether a question's public or hidden checks have not run at a place yet, and could earn more
        there."""
        if any(run.complete for run in self.runs_of(question)) or not any(
            map(visibility.covers, question.checks)
        ):
            return False
        here = self.runs.get((place, question.name))
        if here is not None and visibility in here.done:
            return False
        cell = self.answering_cell(question)
        unchanged_since = cell is not None and self._unchanged_since(cell)
        if place is Place.AT_THE_END:
            first = self.runs.get((Place.AFTER_ITS_CELL, question.name))
            return not unchanged_since and not (first is not None and first.too_slow)
        if cell is None:
            return False
        # If later cells have changed nothing, what was found at the end is what would be found here; and what
        # was given out is worth nothing here.
        given_out = question.name in names_in(self.submission.cells[cell].source).placeholders
        return not ((unchanged_since or given_out) and (Place.AT_THE_END, question.name) in self.runs)

    def _unchanged_since(self, cell: int) -> bool:
        """Whether what a cell defines is at the end what it was right after it."""
        if cell not in self._unchanged:
            cells = self.submission.cells
            self._unchanged[cell] = only_adds(cells, cell) or only_calls(cells, cell, self.release.handed_out)
        return self._unchanged[cell]

    # What counts --------------------------------------------------------------------------------------------

    def best(self, question: ReleasedQuestion) -> QuestionOutcome:
        """The better of a question's outcomes, with what kept it from being answered, if a cell is to
        blame."""
        outcome = max((run.outcome() for run in self.runs_of(question)), key=lambda o: o.score, default=None)
        if outcome is None:
            return QuestionOutcome(question, note=NEVER_REACHED, stopped=True)
        if outcome.complete:
            return outcome
        cell = answering_cell(self.submission.cells, question.name, question.cell)
        if cell is None:
            outcome.note = f"No cell of the submission defines {question.name}."
            if any(_reads_as_code(text, question.name) for text in self.submission.texts):
                outcome.note = (
                    f"The cell that defines {question.name} is not a code cell: make it one again (in"
                    " Jupyter: select it and press Escape, then Y)."
                )
        elif said := self.left_out.get(cell) or (self.cells[cell].said if cell in self.cells else ""):
            outcome.stopped = True
            outcome.note = f"The cell that defines {question.name} did not finish: {said}."
        elif len(outcome.checks) < len(question.checks):
            outcome.note = NEVER_REACHED
        return outcome

    def unfinished(self) -> dict[int, CellOutcome]:
        """How the cells ended that did not come to their end, by number."""
        ended = {number: outcome for number, outcome in self.cells.items() if outcome.said}
        for number, said in self.left_out.items():
            ended[number] = CellOutcome(said, cell_id=self.submission.cells[number].cell_id)
        return ended

    def first_failure(self) -> CellOutcome | None:
        """The first of the submission's own cells that did not come to its end. An answer that was not begun
        is none, and neither is a cell that asks Otter about a question."""
        cells = self.submission.cells
        for number, outcome in sorted(self.unfinished().items()):
            cell = cells[number]
            if outcome.error == STUB or cell.given or CHECK.search(cell.source):
                continue
            place = sum(not earlier.given for earlier in cells[:number])
            return replace(outcome, number=place, begins=cell.first_line)
        return None


def _reads_as_code(text: str, name: str) -> bool:
    return re.search(rf"^(def {name}\b|{name} *=)", text, re.MULTILINE) is not None


def run_check(
    check: ReleasedCheck, given: Mapping[str, Any], question: ReleasedQuestion, release: Release
) -> CheckOutcome:
    """Run one check in this process on what its names stand for."""
    try:
        check.function(*[given[name] for name in check.parameters])
    except release.checking.CheckFailed as failed:
        return CheckOutcome(check, False, str(failed).rstrip(), failed.because or "", type(failed).__name__)
    except wire.WireError as error:
        return CheckOutcome(
            check, False, f"An argument or a result could not be carried over: {error}.", kind="WireError"
        )
    except Exception as error:
        kind = type(error).__name__
        if _breaks_on_the_reference(check, question):
            return CheckOutcome(
                check,
                True,
                f"This check is broken and counts as passed: {kind}.",
                kind="GraderError",
                fault=True,
            )
        said = f"The answer could not be compared with what was expected ({kind})."
        return CheckOutcome(check, False, said, kind="Incomparable")
    return CheckOutcome(check, True, kind="Passed")


def _breaks_on_the_reference(check: ReleasedCheck, question: ReleasedQuestion) -> bool:
    """Whether a check that broke would break on any answer: then the fault is the grader's, not one that an
    answer caused."""
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
