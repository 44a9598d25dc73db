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
    """The same for an implementation that calls a reference: with all that its file gives it."""
    questions = chapter.questions_path.read_text(encoding="utf-8")
    references = chapter.solutions_path.read_text(encoding="utf-8")
    # The file as a module of its own inside the cell: its helpers and its `reference` are at hand, and no
    # name of the notebook's changes.
    return (
        "import sys, types, math\nimport numpy as np\n_shapes = types.ModuleType('solutions.shapes');"
        " _shapes.Vector = _shapes.Matrix = object; sys.modules['solutions.shapes'] = _shapes\nreference ="
        f" types.ModuleType('reference'); exec({references!r}, reference.__dict__)\n_space = {{'reference':"
        f" reference, 'np': np, 'math': math}}\nexec({_functions_of(questions)!r},"
        f" _space)\n_space[{function!r}].__name__ = {name!r}\n{name} = _space[{function!r}]"
    )


def _functions_of(source: str) -> str:
    """The constants and functions of a `questions.py`, without its questions and their decorators."""
    import ast

    tree = ast.parse(source)
    kept: list[ast.stmt] = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            node.decorator_list = []
            kept.append(node)
        elif (
            isinstance(node, ast.Assign)
            and not (
                isinstance(node.value, ast.Call)
                and getattr(node.value.func, "id", "") in ("Question", "WorkedValue", "Reading")
            )
        ) or (
            isinstance(node, (ast.Import, ast.ImportFrom))
            and not ast.unparse(node).startswith(("from autograder", "from solutions", "import solutions"))
        ):
            kept.append(node)
    return ast.unparse(ast.Module(kept, []))
