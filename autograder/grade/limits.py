"""How long a submission, its cells and its calls may take. What they may use of memory and processes is in
`inside/plain.py`."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.kit.checking import CALL_SECONDS

CELL_SECONDS = 20.0
SUBMISSION_SECONDS = 240.0
# What the child's own limits get on top before this side ends it all.
GRACE_SECONDS = 1.0
START_SECONDS = 120.0
MAX_CALLBACKS = 100_000
# Messages that answer nothing which was asked: a few may be late, more are noise.
MAX_SURPLUS = 100


@dataclass
class Limits:
    """Seconds a cell, a call and a whole submission may take."""

    cell: float = CELL_SECONDS
    call: float = CALL_SECONDS
    submission: float = SUBMISSION_SECONDS
