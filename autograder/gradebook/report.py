"""The report on a class: what its numbers are made from, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.grade.packed import unpack
from autograder.grade.reading.cells import Cell, answering_cell
from autograder.grade.submission import read
from autograder.gradebook.exports import table_text
from autograder.gradebook.pages import look_shown, report_page
from autograder.gradebook.similarity import NoFingerprints, Pair, remarks, similar_pairs
from autograder.gradebook.standings import Class, standings
from autograder.gradebook.statistics import AssignmentStatistics, Look, statistics_of, to_look_at
from autograder.gradebook.store import Store

NAME = "report.html"
LOOKS = "to_look_at.csv"
SIMILAR = (
    "Likeness is a signal to look, and not a verdict: what is said to be alike is what few others have in"
    " common, without the released stub."
)


@dataclass(frozen=True)
class Report:
    """A class's report: its numbers, what to look at, and the page. note: what could not be looked for."""

    book: Class
    statistics: Sequence[AssignmentStatistics]
    looks: Sequence[Look]
    pairs: Sequence[Pair]
    page: str
    note: str = ""


def report_on(store: Store, stubs: Mapping[str, str], *, similarity: bool = True) -> Report:
    """The report on what counts. stubs: the released answer cells of each assignment, as far as they are
    here."""
    book = standings(store)
    statistics = statistics_of(book, store)
    pairs: list[Pair] = []
    note = ""
    if similarity:
        try:
            for assignment in book.assignments:
                pairs += similar_pairs(answers_of(book, store, assignment), stubs.get(assignment, ""))
        except NoFingerprints as error:
            note = str(error)
    pairs.sort(key=lambda pair: (-pair.word_for_word, -pair.share))
    shown = {
        standing.submission.id: f"{standing.submission.stem} of {book.people[standing.student].shown}"
        for standing in book.standings
    }
    looks = to_look_at(book, remarks(pairs, shown))
    page = report_page(book, statistics, looks, SIMILAR if pairs else "")
    return Report(book, statistics, looks, pairs, page, note)


def looks_text(report: Report) -> str:
    """All that a person should look at, as CSV: the page shows the first of each kind."""
    lines = [
        [one["stem"], one["student"], one["assignment"], look.kind, one["why"]]
        for look in report.looks
        for one in [look_shown(report.book, look)]
    ]
    return table_text(["submission", "student", "assignment", "kind", "why"], lines)


def answers_of(book: Class, store: Store, assignment: str) -> dict[int, str]:
    """The code that answers an assignment's questions, by submission; what was not attempted is left out."""
    answers = {}
    for standing in book.of(assignment):
        reading = store.reading(standing.submission.content)
        names = [name for name, question in standing.questions.items() if question.attempted]
        if reading is None or not names:
            continue
        cells = unpack(reading, standing.submission.path, standing.submission.stem).cells
        answers[standing.submission.id] = answer_code(cells, assignment, names)
    return answers


def answer_code(cells: Sequence[Cell], assignment: str, names: Sequence[str]) -> str:
    """The cells that answer these questions, one after another."""
    numbers = {answering_cell(cells, name, f"{assignment}-{name}-answer") for name in names}
    return "\n\n".join(cells[number].source for number in sorted(n for n in numbers if n is not None))


def released_stubs(course: Path) -> dict[str, str]:
    """What students were given as answer cells, by assignment, where the course's `student/` is here."""
    stubs = {}
    for path in sorted((course / "student").glob("ch*/ch*.ipynb")):
        cells = read(path, path.stem, [path.stem]).cells
        answers = [cell.source for cell in cells if cell.cell_id.endswith("-answer")]
        stubs[path.stem] = "\n\n".join(answers)
    return stubs
