"""Sample submissions made from the built notebooks: what `make` grades to show that grading works, and what
the tests grade."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import indent
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.course.chapter import Chapter
from autograder.course.question import WorkedValue
from autograder.course.source import literal, portable, source_of


def write_samples(chapter: Chapter, built: Path, folder: Path) -> list[Path]:
    """Solved, untouched, half right, one misconception a question, one that ends its process, and one that is
    no notebook."""
    solved = nbformat.read(built / "dist" / "solutions" / f"{chapter.name}.ipynb", as_version=4)
    student = nbformat.read(built / "student" / chapter.name / f"{chapter.name}.ipynb", as_version=4)
    names = list(chapter.questions)
    folder.mkdir(parents=True, exist_ok=True)
    samples = {
        "solved": solved,
        "untouched": student,
        "half": with_answers(
            student,
            {name: answer_cell(solved, chapter, name) for name in names[: (len(names) + 1) // 2]},
            chapter,
        ),
        "misconceptions": with_answers(
            solved,
            {name: _misconception(chapter, name) for name in names if chapter.questions[name].misconceptions},
            chapter,
        ),
        "crashing": with_answers(
            solved,
            {names[0]: f"import os\n\ndef {names[0]}(*arguments):\n    return os._exit(3)\n\nos.abort()"},
            chapter,
        ),
    }
    paths = []
    for kind, notebook in samples.items():
        paths.append(folder / f"{chapter.name}_{kind}.ipynb")
        nbformat.write(notebook, paths[-1])
    paths.append(folder / f"{chapter.name}_essay.ipynb")
    paths[-1].write_text("Dear grader, please find my answers attached.\n", encoding="utf-8")
    return paths


def with_answers(notebook: NotebookNode, answers: dict[str, str], chapter: Chapter) -> NotebookNode:
    """A copy of the notebook with other source in these questions' answer cells."""
    copy = nbformat.from_dict(notebook)
    for cell in copy.cells:
        for name, source in answers.items():
            if cell.id == f"{chapter.name}-{name}-answer":
                cell["source"] = source
    return copy


def answer_cell(notebook: NotebookNode, chapter: Chapter, name: str) -> str:
    """The source of a question's answer cell."""
    return next(str(cell.source) for cell in notebook.cells if cell.id == f"{chapter.name}-{name}-answer")


def _misconception(chapter: Chapter, name: str) -> str:
    """The question's first misconception, as a student would have written it."""
    question = chapter.questions[name]
    wrong = question.misconceptions[0].function
    if isinstance(question, WorkedValue):
        return f"{name} = {literal(wrong(**chapter.numbers[name]))}"
    return implementation(chapter, name, wrong)


def implementation(chapter: Chapter, name: str, function: Callable[..., Any]) -> str:
    """A cell that defines the question's function by an implementation from `questions.py` or `answers.py`,
    with what that takes from its file and from the references."""
    needed = portable(function, given=("reference",))
    inside = [line for line in needed if line not in ("import math", "import numpy as np")]
    head, _, body = source_of(function).partition(":\n")
    prelude = indent("".join(f"{line}\n" for line in inside), "    ")
    cell = f"{head.replace(function.__name__, name, 1)}:\n{prelude}{body}"
    return f"{_references(chapter)}\n\n\n{cell}" if "reference." in cell else cell


def _references(chapter: Chapter) -> str:
    """Lines that make the chapter's references a module called `reference`, and leave other names alone."""
    source = chapter.solutions_path.read_text(encoding="utf-8")
    return (
        "import math, sys, types\nimport numpy as np\n"
        "_shapes = types.ModuleType('solutions.shapes'); _shapes.Vector = _shapes.Matrix = object\n"
        "sys.modules['solutions.shapes'] = _shapes\n"
        f"reference = types.ModuleType('reference'); exec({source!r}, reference.__dict__)"
    )
