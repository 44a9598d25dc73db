"""A chapter as an nbgrader course, so that the benchmark can grade the same submissions with nbgrader.

nbgrader runs from an environment of its own, which `nbgrader.lock` pins; nothing here imports it. A benchmark
does, in this order: `make_course`, `generate_command` once, `autograde_command` against the clock, and
`scores` to see that the submissions were graded.
"""

from __future__ import annotations

import ast
import os
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import nbformat
from nbformat import NotebookNode

# The student's notebook has its stubs already; nbgrader would put its own in their place, and take the
# functions' signatures away.
CONFIG = "c = get_config()\nc.ClearSolutions.enabled = False\n"


def make_course(folder: Path, chapter: str, submissions: Mapping[str, Path], root: Path) -> None:
    """Write an nbgrader course of one assignment to `folder`, with a notebook handed in by each of the named
    students.

    root: what was built, with the student's folder of the chapter under `student/`.
    """
    released = root / "student" / chapter
    tests = {path.stem: path for path in (released / "tests").glob("*.py")}
    notebooks = {folder / "source" / chapter: released / f"{chapter}.ipynb"}
    notebooks |= {folder / "submitted" / student / chapter: path for student, path in submissions.items()}
    # Only the source needs the files beside the notebook: nbgrader lays them beside every submission itself.
    shutil.copytree(
        released, folder / "source" / chapter, ignore=shutil.ignore_patterns("*.ipynb", "__pycache__")
    )
    for target, path in notebooks.items():
        target.mkdir(parents=True, exist_ok=True)
        nbformat.write(
            _for_nbgrader(nbformat.read(path, as_version=4), chapter, tests), target / f"{chapter}.ipynb"
        )
    (folder / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")


def generate_command(folder: Path, chapter: str, python: Path) -> list[str]:
    """The command that tells nbgrader's gradebook of the assignment; `python` is the one of nbgrader's
    environment."""
    return [*_nbgrader(python), "generate_assignment", chapter, f"--course-dir={folder}"]


def autograde_command(folder: Path, chapter: str, python: Path) -> list[str]:
    """The command that grades every submission in one process, also those that were graded before."""
    return [*_nbgrader(python), "autograde", chapter, f"--course-dir={folder}", "--force"]


def scores(folder: Path) -> dict[str, float]:
    """The points of every student, as nbgrader recorded them; a student of whom it graded nothing is left
    out."""
    query = """
        SELECT submitted_assignment.student_id, SUM(grade.auto_score)
        FROM grade
        JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
        JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
        WHERE grade.auto_score IS NOT NULL
        GROUP BY submitted_assignment.student_id
    """
    with closing(sqlite3.connect(folder / "gradebook.db")) as gradebook:
        return dict(gradebook.execute(query))


def _nbgrader(python: Path) -> list[str]:
    """The start of each of nbgrader's commands. It looks for `alembic`, which makes its gradebook, on the
    PATH, as in an activated environment."""
    return ["env", f"PATH={python.parent}{os.pathsep}{os.environ['PATH']}", str(python), "-m", "nbgrader"]


def _for_nbgrader(notebook: NotebookNode, chapter: str, tests: Mapping[str, Path]) -> NotebookNode:
    """The notebook, a student's or the one handed out, with nbgrader's marks and tests in place of Otter's
    cells."""
    cells = []
    for cell in notebook.cells:
        name, _, role = cell.id.removeprefix(f"{chapter}-").rpartition("-")
        if role == "answer":
            cell.metadata["nbgrader"] = _metadata(cell.id, solution=True)
        elif role == "check":
            cell.source, points = _test(tests[name])
            cell.metadata["nbgrader"] = _metadata(cell.id, solution=False) | {"points": points}
        # nbgrader's environment has no Otter, so the cells that set it up and hand the notebook in would
        # fail.
        if cell.id not in (f"{chapter}-otter", f"{chapter}-export"):
            cells.append(cell)
    notebook.cells = cells
    return notebook


def _metadata(grade_id: str, *, solution: bool) -> dict[str, object]:
    """What nbgrader wants to know of a cell: one that is no solution is a test, which nobody but the
    instructor writes."""
    return {
        "schema_version": 3,
        "grade_id": grade_id,
        "solution": solution,
        "grade": not solution,
        "locked": not solution,
        "task": False,
    }


def _test(path: Path) -> tuple[str, float]:
    """The source of a test cell, and its points: the question's public checks as plain functions, each called
    at once."""
    lines, points = [], 0.0
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            node.decorator_list = []  # Otter's, which nbgrader's kernel does not have
            lines += [
                ast.unparse(node),
                f"{node.name}({', '.join(argument.arg for argument in node.args.args)})",
            ]
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "points":
            points = float(ast.literal_eval(node.value))
    return "\n".join(lines) + "\n", points
