"""What checks have found before. A check's verdict depends on nothing but the answers to its calls, so that
answers which came before, byte for byte and in the same order, need not be judged once more: of a class, many
hand in functions that answer alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import blake2b
from typing import Protocol

from autograder.course.question import Misconception
from autograder.grade.diagnosis import RecordedCall, Recorder, diagnose
from autograder.grade.generations import Generations
from autograder.grade.outcome import CheckOutcome
from autograder.grade.rehearsal import foreseen
from autograder.grade.release import Release, ReleasedCheck, ReleasedQuestion

KINDS_NOT_KEPT = ("TookTooLong", "WireError")


class KeepsAnswers(Protocol):
    """What this asks of a session. calls_made: each with its place among those that were foreseen, if it was,
    and its answer as it came."""

    gone: str
    calls_made: list[tuple[int | None, bytes]]

    def answers_ahead(self, places: range) -> Iterator[bytes]: ...


@dataclass(frozen=True)
class Verdict:
    """What a check made of the answers to its calls, and the calls of each function. key: a digest of those
    answers."""

    key: bytes
    outcome: CheckOutcome
    calls: Mapping[str, list[RecordedCall]]


@dataclass
class SeenAnswers:
    """A release's checks, and what each has found so far.

    A step is a digest of a check's name and of the answers to its calls so far. It leads to a verdict if the
    check made no further call, and to nothing but the next step if it did.
    """

    release: Release
    _steps: Generations[Verdict | bool] = field(default_factory=Generations)
    _diagnoses: Generations[tuple[Misconception | None]] = field(default_factory=Generations)

    def judge(
        self,
        question: ReleasedQuestion,
        check: ReleasedCheck,
        session: KeepsAnswers,
        recorders: Mapping[str, Recorder],
        run: Callable[[], CheckOutcome],
    ) -> tuple[CheckOutcome, bytes | None]:
        """A check's outcome, and the key of its verdict: from memory if the same answers were judged before,
        else by running it."""
        places = foreseen(self.release, hidden=check.hidden).of_check.get((question.name, check.name))
        if not places:
            return run(), None
        first = _digest(b"", f"{question.name}\n{check.name}".encode())
        known = self._find(first, session.answers_ahead(places))
        if known is not None:
            for name, calls in known.calls.items():
                recorders[name].calls.extend(calls)
            return replace(known.outcome), known.key
        before, asked = (
            {name: len(recorder.calls) for name, recorder in recorders.items()},
            len(session.calls_made),
        )
        outcome = run()
        made = session.calls_made[asked:]
        # What ended the process, or was not foreseen, may end otherwise the next time.
        whole = [place for place, _ in made] == list(places[: len(made)]) and all(data for _, data in made)
        if session.gone or outcome.fault or outcome.kind in KINDS_NOT_KEPT or not made or not whole:
            return outcome, None
        recorded = {name: recorder.calls[before[name] :] for name, recorder in recorders.items()}
        return outcome, self._keep(first, [data for _, data in made], outcome, recorded)

    def _find(self, step: bytes, answers: Iterable[bytes]) -> Verdict | None:
        known = self._steps.get(step)
        if known is None:
            return None
        for answer in answers:
            step = _digest(step, answer)
            known = self._steps.get(step)
            if not isinstance(known, bool):
                return known
        return None

    def _keep(
        self,
        step: bytes,
        answers: list[bytes],
        outcome: CheckOutcome,
        calls: Mapping[str, list[RecordedCall]],
    ) -> bytes:
        for answer in answers:
            self._steps[step] = True
            step = _digest(step, answer)
        self._steps[step] = Verdict(step, replace(outcome), calls)
        return step

    def diagnose(
        self, question: ReleasedQuestion, keys: Iterable[bytes | None], recorder: Recorder
    ) -> Misconception | None:
        """The misconception behind the calls, looked for once for the same verdicts."""
        of_all = (question.name, *keys)
        if None in of_all:
            return diagnose(question.misconceptions, recorder.calls)
        known = self._diagnoses.get(of_all)
        if known is None:
            known = self._diagnoses[of_all] = (diagnose(question.misconceptions, recorder.calls),)
        return known[0]


def _digest(step: bytes, answer: bytes) -> bytes:
    return blake2b(answer, key=step, digest_size=16).digest()


@lru_cache(maxsize=16)
def seen_answers(release: Release) -> SeenAnswers:
    """The memory of a release's checks, for as long as this process grades."""
    return SeenAnswers(release)
