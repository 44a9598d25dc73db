"""Sample submissions made from the built notebooks: what `make` grades to show that grading works, and what
the tests grade."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection
from copy import deepcopy
from pathlib import Path
from textwrap import indent
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.course.chapter import Chapter
from autograder.course.question import WorkedValue
from autograder.course.source import literal, portable, source_of
from autograder.grade.reading.cells import bound_names


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
    return _with_references(chapter, cell)


def _with_references(chapter: Chapter, cell: str) -> str:
    """The cell with the references that it calls written out above it, under names that no answer has."""
    body = ast.parse(chapter.solutions_path.read_text(encoding="utf-8")).body
    kept = {name: statement for statement in body for name in bound_names(statement)}
    own = {name for name, node in kept.items() if not isinstance(node, (ast.Import, ast.ImportFrom))}
    wanted, written = re.findall(r"\breference\.(\w+)", cell), dict[str, str]()
    while wanted:
        name = wanted.pop()
        if name in written or name not in kept:
            continue
        renamed = _Renamed(own)
        written[name] = ast.unparse(renamed.visit(deepcopy(kept[name])))
        wanted += renamed.met
    helpers = [text for name, text in sorted(written.items(), key=lambda item: list(kept).index(item[0]))]
    if not helpers:
        return cell
    return "\n\n\n".join(
        ["import math\nimport numpy as np", *helpers, re.sub(r"\breference\.(\w+)", rf"{RIGHT}\1", cell)]
    )


RIGHT = "right_"


class _Renamed(ast.NodeTransformer):
    """Gives a chapter's own names to helpers, and takes hints of types off. met: the names that were met."""

    def __init__(self, own: Collection[str]) -> None:
        self._own = own
        self.met: list[str] = []

    def visit_Name(self, node: ast.Name) -> ast.Name:
        if node.id in self._own:
            self.met.append(node.id)
            node.id = RIGHT + node.id
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        if node.name in self._own:
            node.name = RIGHT + node.name
        node.returns = None
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node
