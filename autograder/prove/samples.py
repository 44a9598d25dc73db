"""Sample submissions made from the built notebooks: what `make` grades to show that grading works, and what
the tests grade."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from textwrap import indent
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.course.chapter import QUESTION_KINDS, Chapter
from autograder.course.question import DeclarationError, WorkedValue
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
    """A cell that defines the question's function by an implementation from `questions.py`, with what that
    takes from its file."""
    try:
        inside = [line for line in portable(function) if line not in ("import math", "import numpy as np")]
    except DeclarationError:
        return _with_its_whole_file(chapter, name, function.__name__)
    head, _, body = source_of(function).partition(":\n")
    prelude = indent("".join(f"{line}\n" for line in inside), "    ")
    return f"{head.replace(function.__name__, name, 1)}:\n{prelude}{body}"


def _with_its_whole_file(chapter: Chapter, name: str, function: str) -> str:
    """The same for an implementation that calls a reference: with all that its files give it."""
    sources = [
        path.read_text(encoding="utf-8")
        for path in (chapter.questions_path, chapter.answers_path)
        if path.is_file()
    ]
    references = chapter.solutions_path.read_text(encoding="utf-8")
    # The files as modules of their own inside the cell: their helpers and their `reference` are at hand, and no
    # name of the notebook's changes.
    return (
        "import math, sys, types\nimport numpy as np\n"
        "_shapes = types.ModuleType('solutions.shapes'); _shapes.Vector = _shapes.Matrix = object\n"
        "sys.modules['solutions.shapes'] = _shapes\n"
        f"reference = types.ModuleType('reference'); exec({references!r}, reference.__dict__)\n"
        "_space = {'reference': reference, 'np': np, 'math': math}\n"
        f"exec({chr(10).join(map(_functions_of, sources))!r}, _space)\n"
        f"_space[{function!r}].__name__ = {name!r}\n{name} = _space[{function!r}]"
    )


def _functions_of(source: str) -> str:
    """The constants, functions and plain imports of a `questions.py` or `answers.py`, without its questions."""
    kept: list[ast.stmt] = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            node.decorator_list = []
            kept.append(node)
        elif (isinstance(node, ast.Assign) and not _declares_a_question(node)) or (
            isinstance(node, (ast.Import, ast.ImportFrom)) and not _is_of_the_course(node)
        ):
            kept.append(node)
    return ast.unparse(ast.Module(kept, []))


def _declares_a_question(node: ast.Assign) -> bool:
    return isinstance(node.value, ast.Call) and getattr(node.value.func, "id", "") in QUESTION_KINDS


def _is_of_the_course(node: ast.Import | ast.ImportFrom) -> bool:
    module = node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
    return (module or "").partition(".")[0] in ("autograder", "solutions", "questions")
