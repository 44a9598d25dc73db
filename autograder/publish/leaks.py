"""Whether a student's file holds what only graders may have: a reference body, a hidden check, a
misconception."""

from __future__ import annotations

import ast
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from autograder.course.chapter import Chapter
from autograder.course.otter_tests import answer_literal
from autograder.course.question import HandGraded, WorkedValue
from autograder.course.source import source_of

# Shorter statements (`return total`, `v = np.asarray(v)`) are everyone's; longer ones are told apart.
MIN_CHARACTERS = 28


@dataclass(frozen=True)
class Leak:
    """Something a student's file must not hold, and where it was found."""

    file: str
    what: str
    text: str

    def __str__(self) -> str:
        return f"{self.file} holds {self.what}: {self.text}"


def leaks(chapter: Chapter, folder: Path) -> list[Leak]:
    """Everything in a chapter's student folder that should not be there."""
    secrets = list(_secrets(chapter))
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        text = _searchable_text(path)
        found += [
            Leak(str(path.relative_to(folder.parent)), what, secret)
            for what, secret in secrets
            if _squeezed(secret) in text
        ]
    return found


def _searchable_text(path: Path) -> str:
    """A file's text without white space; a notebook's cells and metadata without JSON's escapes, a page's
    text without its tags."""
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix == ".ipynb":
        text = "\n".join(_strings(json.loads(text)))
    if path.suffix == ".html":
        page = _PageText()
        page.feed(text)
        text = "".join(page.parts)
    return _squeezed(text)


class _PageText(HTMLParser):
    """What a page says, its comments and what its attributes say included."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_comment(self, data: str) -> None:
        self.parts.append(f"\n{data}\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts += [f"\n{value}\n" for name, value in attrs if value and name not in ("class", "style")]


def _strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        joined = all(isinstance(item, str) for item in node)
        yield from ["".join(node)] if joined else (text for item in node for text in _strings(item))
    elif isinstance(node, dict):
        for key, value in node.items():
            yield key
            yield from _strings(value)


def _squeezed(text: str) -> str:
    return "".join(text.split()).replace('"', "'")


def _secrets(chapter: Chapter) -> Iterator[tuple[str, str]]:
    """(what it is, text) of everything that must stay with the graders."""
    bodies: list[tuple[str, str, list[str]]] = []
    for name, question in chapter.questions.items():
        if isinstance(question, WorkedValue):
            yield f"the answer to `{name}`", f"{name} = {answer_literal(chapter, question)}"
            bodies.append(
                (name, f"the working of `{name}`", _statements(source_of(chapter.references[name])))
            )
        elif isinstance(question, HandGraded):
            yield f"the example of an answer to `{name}`", question.example
        else:
            bodies.append(
                (name, f"the reference of `{name}`", _statements(source_of(chapter.references[name])))
            )
        for check in question.checks:
            if check.hidden:
                yield f"a hidden check of `{name}`", f"def {check.name}("
                yield f"the title of a hidden check of `{name}`", check.title
                bodies.append(
                    (name, f"the hidden check `{check.name}`", _statements(source_of(check.function)))
                )
        for wrong in question.misconceptions:
            yield f"a misconception of `{name}`", f"def {wrong.name}("
            yield f"the hint of a misconception of `{name}`", wrong.hint
            bodies.append((name, f"the misconception `{wrong.name}`", _statements(source_of(wrong.function))))
    public = {
        _squeezed(s)
        for q in chapter.questions.values()
        for check in q.checks
        if not check.hidden
        for s in _statements(source_of(check.function))
    }
    # A statement that several questions share, a conversion or a guard, gives none of them away.
    common = Counter(key for _, key in {(name, _squeezed(one)) for name, _, body in bodies for one in body})
    for _, what, body in bodies:
        for statement in body:
            key = _squeezed(statement)
            if len(statement) >= MIN_CHARACTERS and common[key] == 1 and key not in public:
                yield what, statement


def _statements(source: str) -> list[str]:
    """A function's simple statements, each on one line."""
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    return [ast.unparse(node) for node in _inner(function.body) if not _is_docstring(node)]


def _inner(nodes: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    for node in nodes:
        blocks = [block for block in (getattr(node, "body", None), getattr(node, "orelse", None)) if block]
        if blocks:
            for block in blocks:
                yield from _inner(block)
        else:
            yield node


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
