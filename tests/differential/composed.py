"""Notebooks drawn at random: several odd things in one, its cells moved, doubled, split, joined or gone."""

from __future__ import annotations

import ast
import random
from collections.abc import Sequence
from dataclasses import dataclass

from differential.cases import ANSWERS, Case, all_cases
from differential.disagreements import reason_for

CHAPTER = "ch06_softmax"
# Left out: what ends a kernel or waits for its limit hides whatever else is in the notebook; what belongs to
# this machine or to the order in which cells were run fails as a whole if it is joined to an answer or moved.
ALONE = ("endings", "loops", "the shell", "magics that", "history", "the machine: open('/etc")


@dataclass(frozen=True)
class Composed:
    """A drawn notebook: its cells, after those that the chapter gives, and what was done to them."""

    cells: list[str]
    made_of: tuple[str, ...]
    chapter: str = CHAPTER

    @property
    def questions(self) -> list[str]:
        return list(ANSWERS[CHAPTER])


def composed(seed: int) -> Composed:
    rng = random.Random(seed)
    pool = [case for case in all_cases() if _combines(case)]
    before: list[str] = []
    after: list[str] = []
    answers = dict(ANSWERS[CHAPTER])
    made_of: list[str] = []
    for case in rng.sample(pool, rng.randint(1, 3)):
        before += [*case.first, *case.before]
        answers |= case.answers
        after += case.after
        made_of.append(case.label)
    cells = list(before)
    for question, answer in answers.items():
        cells += [answer, f'grader.check("{question}")']
    cells += after
    for _ in range(rng.randint(0, 3)):
        change = rng.choice(CHANGES)
        made_of.append(change.__name__.strip("_"))
        cells = change(rng, cells)
    return Composed(cells, tuple(made_of))


def _combines(case: Case) -> bool:
    return case.chapter == CHAPTER and not reason_for(case) and not case.label.startswith(ALONE)


def _moves_a_cell(rng: random.Random, cells: Sequence[str]) -> list[str]:
    rest = list(cells)
    moved = rest.pop(rng.randrange(len(rest)))
    rest.insert(rng.randrange(len(rest) + 1), moved)
    return rest


def _doubles_a_cell(rng: random.Random, cells: Sequence[str]) -> list[str]:
    rest = list(cells)
    rest.insert(rng.randrange(len(rest) + 1), rng.choice(rest))
    return rest


def _drops_a_cell(rng: random.Random, cells: Sequence[str]) -> list[str]:
    gone = rng.randrange(len(cells))
    return [cell for place, cell in enumerate(cells) if place != gone]


def _joins_two_cells(rng: random.Random, cells: Sequence[str]) -> list[str]:
    places = [i for i in range(len(cells) - 1) if not cells[i + 1].lstrip().startswith("%%")]
    if not places:
        return list(cells)
    i = rng.choice(places)
    return [*cells[:i], f"{cells[i]}\n{cells[i + 1]}", *cells[i + 2 :]]


def _splits_a_cell(rng: random.Random, cells: Sequence[str]) -> list[str]:
    places: list[tuple[int, int]] = []
    for number, cell in enumerate(cells):
        try:
            body = ast.parse(cell).body
        except (SyntaxError, ValueError):
            continue
        places += [(number, node.lineno - 1) for node in body[1:] if node.col_offset == 0]
    if not places:
        return list(cells)
    number, line = rng.choice(places)
    lines = cells[number].split("\n")
    return [*cells[:number], "\n".join(lines[:line]), "\n".join(lines[line:]), *cells[number + 1 :]]


def _puts_the_checks_last(_rng: random.Random, cells: Sequence[str]) -> list[str]:
    checks = [cell for cell in cells if cell.startswith("grader.check")]
    return [*(cell for cell in cells if not cell.startswith("grader.check")), *checks]


def _takes_the_checks_out(_rng: random.Random, cells: Sequence[str]) -> list[str]:
    return [cell for cell in cells if not cell.startswith("grader.check")]


def _shuffles_the_cells(rng: random.Random, cells: Sequence[str]) -> list[str]:
    return rng.sample(list(cells), len(cells))


CHANGES = (
    _moves_a_cell,
    _moves_a_cell,
    _doubles_a_cell,
    _drops_a_cell,
    _joins_two_cells,
    _splits_a_cell,
    _puts_the_checks_last,
    _takes_the_checks_out,
    _shuffles_the_cells,
)
# The names of what was done to a notebook, as `made_of` tells them.
CHANGED = frozenset(change.__name__.strip("_") for change in CHANGES)
