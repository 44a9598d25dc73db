"""The cells that an assignment gives: if a submission lacks or has changed one, the release's own stands
in for it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from autograder.grade.reading.cells import Cell, answering_cell, statements
from autograder.grade.release import GivenCell, Release
from autograder.grade.submission import Submission

# What asks Otter about a question, or sets it up for that: nothing in an answer comes of it.
FOR_OTTER = "otter.Notebook("


@dataclass(frozen=True)
class StandIn:
    """A given cell that the grader put in. cell: where it stands among the cells. theirs: where the changed
    one does."""

    given: GivenCell
    cell: int
    theirs: int | None = None

    def sentence(self, endings: Mapping[int, str]) -> str:
        """What the result says of it. endings: by number, how the cells ended that did not finish."""
        begins = f"The given cell that begins `{Cell('', self.given.source).first_line}`"
        if self.theirs is None:
            return f"{begins} is missing; the released one was run in its place."
        raised = endings.get(self.theirs, "").removeprefix("it ")
        if raised:
            return f"{begins} was changed and {raised}; the released one was run before it."
        return f"{begins} was changed; the released one was run before it."


def with_given_cells(submission: Submission, release: Release) -> tuple[Submission, list[StandIn]]:
    """The submission with the release's own cell for each given one that is missing, and before each that was
    changed.

    A changed cell is run as well: what its author added to it may be part of an answer. A cell counts as
    there if all that it defines is, in cells that hold nothing else: a script has one cell for each
    statement.
    """
    cells = list(submission.cells)
    stand_ins: list[StandIn] = []
    sources = {cell.source.strip() for cell in cells}
    for given in release.given:
        needed = _definitions(given.source)
        if given.source.strip() in sources or needed <= _defined_apart(cells, given):
            continue
        theirs = _changed(cells, given, needed)
        at = theirs if theirs is not None else _place(cells, given, release)
        cells.insert(at, Cell(given.cell, given.source, given=True))
        stand_ins = [_moved(item, at) for item in stand_ins]
        stand_ins.append(StandIn(given, at, at + 1 if theirs is not None else None))
    shown = [item for item in stand_ins if FOR_OTTER not in item.given.source]
    return replace(submission, cells=cells), shown


def _defined_apart(cells: Sequence[Cell], given: GivenCell) -> frozenset[str]:
    """What those cells define that hold nothing but statements of a given one: nothing else in them can
    fail."""
    allowed = _contents(given.source)
    held = [_contents(cell.source) for cell in cells if not cell.given]
    return frozenset[str]().union(*(contents for contents in held if contents <= allowed))


def _moved(item: StandIn, at: int) -> StandIn:
    theirs = item.theirs + (item.theirs >= at) if item.theirs is not None else None
    return StandIn(item.given, item.cell + (item.cell >= at), theirs)


def _definitions(source: str) -> frozenset[str]:
    """What a cell defines: those of its contents that bind a name."""
    return frozenset(text for text in _contents(source) if not text.startswith("Expr("))


@lru_cache(maxsize=4096)
def _contents(source: str) -> frozenset[str]:
    """A cell's statements, each as a text that comments and layout do not change; an import, a text for each
    name."""
    return frozenset(text for statement in statements(source) for text in _as_texts(statement))


def _as_texts(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        module = f"{'.' * statement.level}{statement.module}" if isinstance(statement, ast.ImportFrom) else ""
        yield from (f"import {module}.{alias.name} as {alias.asname}" for alias in statement.names)
    else:
        yield ast.dump(statement)


def _changed(cells: Sequence[Cell], given: GivenCell, needed: frozenset[str]) -> int | None:
    """The submission's own form of a given cell: the one with its id, else the one that still has most of
    what it defines."""
    own = [number for number, cell in enumerate(cells) if not cell.given]
    with_its_id = [
        number for number in own if given.cell in (cells[number].cell_id, *cells[number].other_ids)
    ]
    if with_its_id:
        return with_its_id[0]
    shared = {number: len(needed & _definitions(cells[number].source)) for number in own}
    best = max(own, key=lambda number: shared[number], default=None)
    return best if best is not None and 2 * shared[best] >= len(needed) else None


def _place(cells: Sequence[Cell], given: GivenCell, release: Release) -> int:
    """Where a missing cell belongs: before all that the release has after it."""
    after = False
    found = []
    for other in release.given:
        after = after or other.cell == given.cell
        if after and other.cell != given.cell:
            source = other.source.strip()
            found += [
                n
                for n, cell in enumerate(cells)
                if other.cell == cell.cell_id or source == cell.source.strip()
            ][:1]
    names = [question.name for question in release.questions]
    for question in release.questions[names.index(given.before) if given.before in names else len(names) :]:
        answer = answering_cell(cells, question.name, question.cell)
        found += [answer] if answer is not None else []
    return min(found, default=len(cells))
