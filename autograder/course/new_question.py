"""A new question's skeleton: every place of a chapter filled in, so that it is built and proved as it stands,
with TODO wherever the author's own words and numbers go."""

from __future__ import annotations

import ast
import builtins
import keyword
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

from autograder.course.chapter import DETAILS, MARKER, Chapter, Course
from autograder.course.question import DeclarationError, Question
from autograder.course.settings import FILE

POINTS = 2
LINE_LENGTH = 110

TEXT = """\
## TODO: what the section is about

TODO: the idea in short paragraphs, every symbol in words, the formula, and one worked value.
As it stands, `NAME` adds up the squares of $v$: $[1, 2]$ gives $1 + 4 = 5$.

<!-- question: NAME -->

"""

REFERENCE = '''

def NAME(v: list[float]) -> float:
    """TODO: what it is, in one line: the sum of the squares of v.

    NAME(v) = sum_i v_i ** 2

    TODO: what goes in and what comes out, one worked value, what is
    refused: n numbers; [1, 2] gives 5. (TODO: the source)
    """
    # TODO: the reference. Students get what stands above this line.
    return float(sum(x * x for x in v))
'''

QUESTION = f'''

# TODO: declare what its arguments may be, as autograder/course/domains.py says.
NAME = Question(points={POINTS}, meaning="TODO: what a right answer means.")


@NAME.check
def TODO_says_what_NAME_does(NAME):
    """TODO: the title of the check, as students read it."""
    expect(NAME, [3.0, 4.0]).to_equal(25.0, because="TODO: a likely cause")


@NAME.hidden
def TODO_says_what_else_NAME_does(NAME):
    """TODO: the title of a check that runs where students do not see it."""
    expect(NAME, [-1.5, 0.5, 2.0]).to_equal(6.5, because="TODO: a likely cause")
'''

ANSWERS = """

# TODO: four or more wrong answers, as people write them, and three or more right ones of another kind.


@NAME.misconception(
    caught_by="TODO_says_what_NAME_does",
    hint="TODO: what the author of this is told. Square each number before you add.",
)
def TODO_says_what_is_wrong_with_NAME(v):
    return float(sum(v))


@NAME.misconception(
    caught_by="TODO_says_what_NAME_does",
    hint="TODO: what the author of this is told. No root is taken.",
)
def TODO_says_what_else_is_wrong_with_NAME(v):
    return sum(x * x for x in v) ** 0.5


@NAME.alternative
def TODO_says_how_else_NAME_is_right(v):
    total = 0.0
    for x in v:
        total += x**2
    return total
"""


def add_question(root: Path, chapter_name: str, name: str) -> list[Path]:
    """Write a question's skeleton into its chapter's sources, and give the chapter its points.

    Returns the files that were changed. Raises `DeclarationError`, with nothing written, if the name
    cannot be a question's or the chapter is not in order.
    """
    course = Course.at(root)
    (chapter,) = course.chapters([chapter_name])
    _can_be_a_question(name, chapter)
    answers = chapter.answers_path
    about = f'"""{chapter.title}: wrong answers as people write them, and right ones of another kind."""\n'
    text, questions, references, wrong = (
        part.replace("NAME", name) for part in (TEXT, QUESTION, REFERENCE, ANSWERS)
    )
    changed = {
        chapter.markdown_path: _with_section(_read(chapter.markdown_path), chapter, text),
        chapter.questions_path: _importing(
            _read(chapter.questions_path), "autograder.course.question", ["Question", "expect"]
        ).rstrip("\n")
        + f"\n{questions}",
        answers: _importing(_read(answers) if answers.is_file() else about, "questions", [name]).rstrip("\n")
        + f"\n{wrong}",
        chapter.solutions_path: _read(chapter.solutions_path).rstrip("\n") + f"\n{references}",
    }
    worth = chapter.points + POINTS
    if worth != course.settings.points_of(chapter.name):
        settings = root / FILE
        given = _read(settings) if settings.is_file() else ""
        changed[settings] = _with_points(given, chapter.name, worth)
    for path, new in changed.items():
        path.write_text(new, encoding="utf-8")
    return list(changed)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


def _can_be_a_question(name: str, chapter: Chapter) -> None:
    if not name.isascii() or not name.isidentifier() or keyword.iskeyword(name) or name.startswith("_"):
        raise DeclarationError(
            f"`{name}` cannot be a question's name: it becomes a Python function, such as `entropy` or"
            " `log_softmax`"
        )
    if hasattr(builtins, name):
        raise DeclarationError(f"`{name}` is a name of Python's own; choose another")
    if name in chapter.questions:
        raise DeclarationError(
            f"{chapter.name} has a question `{name}` already", *chapter.questions[name].declared_at
        )
    for path in (chapter.solutions_path, chapter.questions_path, chapter.answers_path):
        for line, used in _names_of(path) if path.is_file() else []:
            if used == name:
                raise DeclarationError(f"the name `{name}` is used here already; choose another", path, line)


def _names_of(path: Path) -> list[tuple[int, str]]:
    """(line, name) of all that a file defines, imports or takes as a parameter, and the names of the kit."""
    found = [(1, name) for name in ("expect", "student", "grader", "drawings")]
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.append((node.lineno, node.name))
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.append((node.lineno, node.id))
        elif isinstance(node, ast.alias):
            found.append((node.lineno, node.asname or node.name.partition(".")[0]))
    return found


def _with_section(text: str, chapter: Chapter, section: str) -> str:
    """The chapter's text with a section more: behind the one that the last function is asked in."""
    functions = [name for name, question in chapter.questions.items() if isinstance(question, Question)]
    after = functions[-1] if functions else list(chapter.questions)[-1]
    lines = text.split("\n")
    passed = fenced = False
    depth = 0
    for number, line in enumerate(lines):
        if marker := MARKER.match(line):
            passed |= marker["name"] == after
        fenced ^= line.startswith(("```", "~~~"))
        if found := DETAILS.match(line):
            depth += -1 if found["end"] else 1
        if passed and not fenced and not depth and re.match("##? ", line):
            return "\n".join(lines[:number]) + f"\n{section}" + "\n".join(lines[number:])
    return text.rstrip("\n") + f"\n\n{section.rstrip()}\n"


def _importing(source: str, module: str, names: Sequence[str]) -> str:
    """Python source that takes these names from a module, with what it takes already."""
    lines = source.split("\n")
    body = ast.parse(source).body
    for node in body:
        if isinstance(node, ast.ImportFrom) and node.module == module:
            all_names = {alias.name for alias in node.names} | set(names)
            lines[node.lineno - 1 : node.end_lineno] = _import(module, all_names)
            return "\n".join(lines)
    # Behind the imports there are, or the docstring.
    before = [node for node in body if isinstance(node, (ast.Import, ast.ImportFrom))] or body[:1]
    end = before[-1].end_lineno or 1 if before else 0
    return "\n".join([*lines[:end], "", *_import(module, set(names)), *lines[end:]])


def _import(module: str, names: set[str]) -> list[str]:
    """An import as Ruff sorts and breaks it."""
    ordered = sorted(names, key=_constants_first)
    line = f"from {module} import {', '.join(ordered)}"
    if len(line) <= LINE_LENGTH:
        return [line]
    return [f"from {module} import (", *[f"    {name}," for name in ordered], ")"]


def _constants_first(name: str) -> tuple[int, list[tuple[int, str]]]:
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[0].isupper() else 2
    parts = re.findall(r"\d+|\D+", name.lower())
    return kind, [(int(part), "") if part.isdigit() else (-1, part) for part in parts]


def _with_points(settings: str, chapter: str, points: float) -> str:
    """The course's settings, which give a chapter these points, with all else as it was."""
    line = f"{chapter} = {points:g}"
    given = re.compile(rf"^{chapter}\s*=[^\n#]*\d", re.MULTILINE)
    table = re.compile(r"^\[points\].*?(?=\n+\[|\n*\Z)", re.MULTILINE | re.DOTALL)
    if given.search(settings):
        new = given.sub(line, settings, count=1)
    elif table.search(settings):
        new = table.sub(lambda found: f"{found[0]}\n{line}", settings, count=1)
    else:
        new = settings.rstrip("\n") + f"\n\n[points]\n{line}\n"
    try:
        right = tomllib.loads(new)["points"][chapter] == points
    except (tomllib.TOMLDecodeError, KeyError):
        right = False
    if not right:
        raise DeclarationError(f"write `{line}` under [points] in {FILE} first, then call this again")
    return new
