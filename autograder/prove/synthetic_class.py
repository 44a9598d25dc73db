"""A made-up class whose truth is known: students of given abilities who hold given misconceptions, so that a
report can be held against what it was made from."""

from __future__ import annotations

import csv
import json
import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from autograder.course.chapter import Chapter
from autograder.course.question import Answerable, DeclarationError, WorkedValue
from autograder.course.source import literal
from autograder.prove.samples import answer_cell, implementation

RIGHT, UNTOUCHED, CRASHED = "right", "not attempted", "crashed"
# How steeply the chance to be right rises with ability: the logistic curve of a two-parameter item model.
DISCRIMINATION = 1.7
# Of those who are not right: how many leave the question as it was, and how many write what does not run.
UNTOUCHED_SHARE, CRASHED_SHARE = 0.2, 0.05
# Misconceptions of one question: each is this much as common as the one before.
NEXT = 0.5


@dataclass(frozen=True)
class Truth:
    """What was put into each submission: an outcome, or a misconception's name, by student, chapter and
    question. abilities: by student, in standard deviations. difficulties: by chapter and question,
    likewise."""

    abilities: Mapping[str, float]
    difficulties: Mapping[str, Mapping[str, float]]
    answers: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)

    def count(self, chapter: str, question: str) -> Counter[str]:
        """How many students gave each kind of answer to a question."""
        return Counter(
            by_chapter[chapter][question] for by_chapter in self.answers.values() if chapter in by_chapter
        )


def write_class(
    chapters: Sequence[Chapter], built: Path, folder: Path, students: int, seed: int | str = 0
) -> Truth:
    """Write a folder of submissions for each chapter, and beside it `FOLDER-roster.csv` and
    `FOLDER-truth.json`."""
    rng = random.Random(f"a class of {students}, {seed}")
    names = [f"s{number:03}" for number in range(1, students + 1)]
    difficulties = {
        chapter.name: {name: rng.gauss(-0.4, 0.8) for name in chapter.questions} for chapter in chapters
    }
    truth = Truth({name: rng.gauss(0, 1) for name in names}, difficulties)
    for chapter in chapters:
        _write_chapter(chapter, built, folder / chapter.name, truth, rng)
    with folder.with_name(f"{folder.name}-roster.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["First Name", "Last Name", "SID", "Email"])
        table.writerows([["Student", name[1:], name, f"{name}@example.edu"] for name in names])
    answers = {"abilities": truth.abilities, "difficulties": difficulties, "answers": truth.answers}
    folder.with_name(f"{folder.name}-truth.json").write_text(json.dumps(answers), encoding="utf-8")
    return truth


def _write_chapter(chapter: Chapter, built: Path, folder: Path, truth: Truth, rng: random.Random) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = built / "student" / chapter.name / f"{chapter.name}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = {cell.get("id"): cell for cell in notebook["cells"]}
    solved = nbformat.read(built / "dist" / "solutions" / f"{chapter.name}.ipynb", as_version=4)
    kinds = {
        name: _Answers(
            chapter, question, cells[_id(chapter, name)]["source"], answer_cell(solved, chapter, name)
        )
        for name, question in chapter.questions.items()
    }
    for student, ability in truth.abilities.items():
        given = truth.answers.setdefault(student, {}).setdefault(chapter.name, {})
        for name, answers in kinds.items():
            given[name] = answers.draw(ability - truth.difficulties[chapter.name][name], rng)
            cells[_id(chapter, name)]["source"] = answers.source(given[name], rng)
        (folder / f"{student}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def _id(chapter: Chapter, question: str) -> str:
    return f"{chapter.name}-{question}-answer"


class _Answers:
    """The answers there are to a question, right and wrong, as a student would have written them."""

    def __init__(self, chapter: Chapter, question: Answerable, stub: Any, solved: str) -> None:
        self._name, self._stub = question.name, stub
        written = {
            wrong.name: _written(chapter, question, wrong.function) for wrong in question.misconceptions
        }
        self._wrong = {name: source for name, source in written.items() if source is not None}
        others = [] if isinstance(question, WorkedValue) else question.alternatives
        found = [_written(chapter, question, function) for function in others]
        self._right = [solved, *(source for source in found if source is not None)]

    def draw(self, advantage: float, rng: random.Random) -> str:
        """What a student gives who is this much better than the question is hard."""
        if rng.random() < 1 / (1 + math.exp(-DISCRIMINATION * advantage)):
            return RIGHT
        chance = rng.random()
        if chance < UNTOUCHED_SHARE or not self._wrong:
            return UNTOUCHED
        if chance < UNTOUCHED_SHARE + CRASHED_SHARE:
            return CRASHED
        names = list(self._wrong)
        return rng.choices(names, [NEXT**place for place in range(len(names))])[0]

    def source(self, kind: str, rng: random.Random) -> Any:
        """The source of the cell that answers."""
        if kind == UNTOUCHED:
            return self._stub
        if kind == CRASHED:
            return f"raise RuntimeError('no answer to {self._name}')"
        return rng.choice(self._right) if kind == RIGHT else self._wrong[kind]


def _written(chapter: Chapter, question: Answerable, function: Any) -> str | None:
    """An answer as a cell; None if it takes more from its file than a cell can carry."""
    if isinstance(question, WorkedValue):
        return f"{question.name} = {literal(function(**chapter.numbers[question.name]))}"
    try:
        return implementation(chapter, question.name, function)
    except DeclarationError:
        return None
