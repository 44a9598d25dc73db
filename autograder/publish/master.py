"""A chapter as a plain Otter Assign master notebook.

Nothing in it needs this project: `otter assign` takes it, with `checking.py` and `pictures.py` beside it.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import textwrap
from collections.abc import Iterator

import jupytext
import nbformat
from nbformat import NotebookNode

from autograder.course.chapter import DETAILS, MARKER, Chapter
from autograder.course.otter_tests import TestCase, answer_literal, graded_cases
from autograder.course.question import (
    Answerable,
    DeclarationError,
    HandGraded,
    Question,
    WorkedValue,
    points_of_checks,
)
from autograder.course.source import outside_names, source_of
from autograder.kit import FILES
from autograder.publish.hints import on_request

# What JupyterLab shows of a line of code in a window 700 pixels wide.
COLUMNS = 75
COVERS = re.compile(r"^<!--\s*covers:\s*(?P<tags>.+?)\s*-->[ \t]*\n?", re.MULTILINE)

KERNEL = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"},
}


def master_notebook(chapter: Chapter) -> NotebookNode:
    """The chapter's master, with cell ids that depend on the chapter and its questions alone."""
    cells = [_raw(f"{chapter.name}-config", _assignment_config(chapter))]
    given: set[str] = set()
    for number, cell in enumerate(_text_cells(chapter)):
        if isinstance(cell, str):
            cells += _question_cells(chapter, chapter.questions[cell], given)
        else:
            cell["id"] = f"{chapter.name}-{'code' if cell.cell_type == 'code' else 'text'}-{number:03d}"
            cells.append(cell)
    notebook = nbformat.v4.new_notebook(
        cells=cells, metadata={**KERNEL, "course": {"chapter": chapter.name, "variant": chapter.variant}}
    )
    nbformat.validate(notebook)
    return notebook


def _assignment_config(chapter: Chapter) -> str:
    beside = [*FILES, *(path.name for path in chapter.data_paths)]
    lines = [
        "# ASSIGNMENT CONFIG",
        f"name: {chapter.name}",
        "files:",
        *[f"    - {name}" for name in beside],
        "tests:",
        "    files: true",
        "    ok_format: false",
        "export_cell:",
        "    pdf: false",
        "    run_tests: false",
        "    ignore_log: true",
    ]
    return "\n".join(lines) + "\n"


def _text_cells(chapter: Chapter) -> Iterator[NotebookNode | str]:
    """The chapter's own cells, and a question's name wherever its marker stands."""
    notebook = jupytext.reads(_with_whole_details(chapter.text), fmt="md")
    for cell in notebook.cells:
        if cell.cell_type == "code":
            yield nbformat.v4.new_code_cell(cell.source)
            continue
        source = COVERS.sub("", cell.source)
        position = 0
        for marker in MARKER.finditer(source):
            yield from _markdown(source[position : marker.start()])
            yield marker["name"]
            position = marker.end()
        yield from _markdown(source[position:])


def _with_whole_details(text: str) -> str:
    """The text with each `<details>` marked as one region: what is fenced in it is shown, and is no code
    cell."""
    lines: list[str] = []
    depth = 0
    for line in text.split("\n"):
        found = DETAILS.match(line)
        opens = found is not None and not found["end"] and not re.search("</details>", line, re.IGNORECASE)
        if opens:
            lines += ["<!-- #region -->"] if depth == 0 else []
            depth += 1
        lines.append(line)
        if found and found["end"]:
            depth -= 1
            lines += ["<!-- #endregion -->"] if depth == 0 else []
    return "\n".join(lines)


def _markdown(source: str) -> Iterator[NotebookNode]:
    if source.strip():
        yield nbformat.v4.new_markdown_cell(source.strip())


def _question_cells(chapter: Chapter, question: Answerable, given: set[str]) -> list[NotebookNode]:
    stem = f"{chapter.name}-{question.name}"
    config = f"# BEGIN QUESTION\nname: {question.name}\npoints: {question.points}"
    if isinstance(question, HandGraded):
        return _hand_graded_cells(stem, config, question)
    return [
        _raw(f"{stem}-begin", config),
        nbformat.v4.new_markdown_cell(
            _heading(question) + on_request(chapter, question), id=f"{stem}-points"
        ),
        _raw(f"{stem}-begin-solution", "# BEGIN SOLUTION"),
        nbformat.v4.new_code_cell(solution_cell(chapter, question, given), id=f"{stem}-answer"),
        _raw(f"{stem}-end-solution", "# END SOLUTION"),
        _raw(f"{stem}-begin-tests", "# BEGIN TESTS"),
        *[_test_cell(f"{stem}-test-{i:02d}", case) for i, case in enumerate(graded_cases(chapter, question))],
        _raw(f"{stem}-end-tests", "# END TESTS"),
        _raw(f"{stem}-end", "# END QUESTION"),
    ]


def _hand_graded_cells(stem: str, config: str, question: HandGraded) -> list[NotebookNode]:
    """A question that a person grades: a cell to answer in, and no check."""
    begin, end = (
        _raw(f"{stem}-begin-solution", "# BEGIN SOLUTION"),
        _raw(f"{stem}-end-solution", "# END SOLUTION"),
    )
    if question.answer_as == "code":
        code = ["# BEGIN SOLUTION NO PROMPT", question.example.strip(), "# END SOLUTION"]
        code += ['""" # BEGIN PROMPT', "# Your code here.", "...", '""" # END PROMPT']
        answer = [begin, nbformat.v4.new_code_cell("\n".join(code), id=f"{stem}-answer"), end]
    else:
        answer = [
            _raw(f"{stem}-begin-prompt", "# BEGIN PROMPT"),
            nbformat.v4.new_markdown_cell("*Write your answer in this cell.*", id=f"{stem}-answer"),
            _raw(f"{stem}-end-prompt", "# END PROMPT"),
            begin,
            nbformat.v4.new_markdown_cell(question.example.strip(), id=f"{stem}-answer-example"),
            end,
        ]
    return [
        _raw(f"{stem}-begin", f"{config}\nmanual: true"),
        nbformat.v4.new_markdown_cell(_heading(question), id=f"{stem}-points"),
        *answer,
        _raw(f"{stem}-end", "# END QUESTION"),
    ]


def _heading(question: Answerable) -> str:
    """A heading, so that a table of contents shows the question, and what it is worth."""
    if isinstance(question, HandGraded):
        lines = [f"- {points:g}: {what}" for what, points in question.rubric.items()]
        unit = "point" if question.points == 1 else "points"
        given = f"{question.points:g} {unit}, given by a person who reads your answer:"
        return "\n".join([f"### Your turn: `{question.name}`", "", given, "", *lines])
    unit = "point" if question.points == 1 else "points"
    # Two decimals, and the rest from what is shown: the two add up.
    public = round(_worth_of_public_checks(question), 2)
    worth = f"{question.points:g} {unit}"
    if public < question.points:
        worth += (
            f", {public:g} for the checks below and {round(question.points - public, 2):g} for hidden ones"
        )
    return f"### Your turn: `{question.name}`\n\n{worth}."


def _worth_of_public_checks(question: Answerable) -> float:
    """As they are graded, beside a drawn check; a build that leaves that out gives students the same text."""
    if not isinstance(question, Question):
        return question.points
    worth = points_of_checks(question, beside_drawn=bool(question.inputs))
    return sum(worth[check.name] for check in question.public)


def _raw(cell_id: str, source: str) -> NotebookNode:
    return nbformat.v4.new_raw_cell(source, id=cell_id)


def solution_cell(chapter: Chapter, question: Answerable, given: set[str]) -> str:
    """The reference with its body between Otter's solution marks, and the stub's one line as Otter's prompt.

    given: the names that cells further up define; a private function or constant of the references goes in
    where it is first needed.
    """
    if isinstance(question, WorkedValue):
        wanted = question.answer_as[:1].upper() + question.answer_as[1:]
        comment = textwrap.fill(f"{wanted}.", COLUMNS, initial_indent="# ", subsequent_indent="# ")
        return f"{comment}\n{question.name} = {answer_literal(chapter, question)}  # SOLUTION"
    source = source_of(chapter.references[question.name])
    node = ast.parse(source).body[0]
    assert isinstance(node, ast.FunctionDef)
    lines = source.splitlines()
    # The body starts where the docstring ends, so that a comment on its first statement goes with it.
    head, body = lines[: node.body[0].end_lineno], lines[node.body[0].end_lineno :]
    stub = f'    raise NotImplementedError("{question.name}: not attempted yet")'
    cell = [
        *head,
        "    # BEGIN SOLUTION NO PROMPT",
        *body,
        "    # END SOLUTION",
        '    """ # BEGIN PROMPT',
        stub,
        '    """ # END PROMPT',
    ]
    private = private_sources(chapter, question, given)
    if private:
        cell = ["# BEGIN SOLUTION NO PROMPT", *private, "# END SOLUTION", *cell]
    return "\n".join(cell)


def private_sources(chapter: Chapter, question: Answerable, given: set[str]) -> list[str]:
    """Source of the private names (`_name`) of the references that this one is the first to need."""
    lines: list[str] = []
    module_lines = inspect.getsource(chapter.reference_module).splitlines()
    definitions: dict[str, tuple[int, int]] = {}
    for node in ast.parse("\n".join(module_lines)).body:
        names = (
            [node.name]
            if isinstance(node, ast.FunctionDef)
            else [t.id for t in getattr(node, "targets", []) if isinstance(t, ast.Name)]
        )
        for name in names:
            definitions[name] = (node.lineno - 1, node.end_lineno or node.lineno)

    def need(source: str) -> None:
        for name in outside_names(source):
            if name.startswith("_") and name in definitions and name not in given:
                given.add(name)
                start, end = definitions[name]
                if inspect.isfunction(getattr(chapter.reference_module, name)):
                    need("\n".join(module_lines[start:end]))
                lines.extend([*module_lines[start:end], "", ""])

    need(source_of(chapter.references[question.name]))
    return lines


def _test_cell(cell_id: str, case: TestCase) -> NotebookNode:
    if '"' in case.title or "\\" in case.title:
        raise DeclarationError(
            f"the title of check `{case.name}` holds a double quote or a backslash, which Otter's test files"
            f" cannot: {case.title}"
        )
    config = [
        '""" # BEGIN TEST CONFIG',
        f"hidden: {str(case.hidden).lower()}",
        *([f"points: {case.points:g}"] if case.declares_points else []),
        f"failure_message: {json.dumps(case.title, ensure_ascii=False)}",
        '""" # END TEST CONFIG',
    ]
    return nbformat.v4.new_code_cell("\n".join([*config, case.source]), id=cell_id)
