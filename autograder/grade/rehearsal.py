"""The calls that a right answer's checks make, worked out before there is an answer, so that they can be
asked for at once."""

from __future__ import annotations

import contextlib
from functools import lru_cache
from typing import Any

from autograder.grade.inside import wire
from autograder.grade.portable import portable
from autograder.grade.release import Release
from autograder.grade.session import ForeseenCalls
from autograder.kit.checking import CALL_SECONDS


@lru_cache(maxsize=64)
def foreseen(release: Release, *, hidden: bool) -> ForeseenCalls:
    """The calls that the public or the hidden checks make if the reference answers them."""
    calls = ForeseenCalls()
    for question in release.questions:
        names = question.reference.__globals__ if question.reference else {}
        for check in question.checks:
            if check.hidden == hidden and question.kind == "function":
                first = len(calls.keys)
                with contextlib.suppress(Exception):
                    check.function(*[Rehearsal(name, names[name], calls) for name in check.parameters])
                calls.of_check[question.name, check.name] = range(first, len(calls.keys))
    return calls


class Rehearsal:
    """Stands for a student's function before there is one: notes what it is called with and answers as the
    reference does."""

    def __init__(self, name: str, reference: Any, calls: ForeseenCalls) -> None:
        self._name, self._reference, self._calls = name, reference, calls
        self.call_seconds = CALL_SECONDS
        self.warnings: list[str] = []

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with contextlib.suppress(HandedOver):
            sent = wire.encode(list(args), _hand_over), wire.encode(kwargs, _hand_over)
            self._calls.add(self._name, *sent, self.call_seconds)
        return self._reference(*args, **kwargs)


class HandedOver(Exception):
    """A function among the arguments that is more than its code: such a call needs both sides, and cannot be
    made ahead."""


def _hand_over(function: Any) -> list[str]:
    if code := portable(function):
        return code
    raise HandedOver
