"""What the notebook tells on request, as the instructor allows: a hint before the due date, and after it the
idea of the reference.

Nothing of it is written twice. A hint is the first likely cause that the public checks name; the idea is what
the reference's comments say, and what a right answer means.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator
from typing import Any

from autograder.course.chapter import Chapter
from autograder.course.question import Answerable, Question, WorkedValue
from autograder.course.source import source_of

# How causes begin that help those alone whose answer does the first and not the second.
AFTER_A_FAILURE = "right for "


def on_request(chapter: Chapter, question: Answerable) -> str:
    """Markdown to open below a question's points; empty if there is nothing to tell, or it is not
    allowed."""
    told = ""
    if chapter.hints in ("hint", "idea"):
        told += _folded("A hint", [hint(question)])
    if chapter.hints == "idea":
        told += _folded("The idea", [*comments(chapter, question), question.meaning])
    return told


def hint(question: Answerable) -> str:
    """The first likely cause that a question's public checks name; empty if they name none."""
    causes = [question.because] if isinstance(question, WorkedValue) else []
    if isinstance(question, Question):
        causes = [cause for check in question.public for cause in _causes(check.function)]
    return next((cause for cause in causes if not cause.startswith(AFTER_A_FAILURE)), "")


def _causes(check: Callable[..., Any]) -> Iterator[str]:
    """The likely causes in a check's source, in its order: texts, and names of texts."""
    names = dict(check.__globals__)
    nodes = [
        node for node in ast.walk(ast.parse(source_of(check))) if isinstance(node, (ast.keyword, ast.Assign))
    ]
    for node in sorted(nodes, key=lambda node: node.lineno):
        value = node.value
        text = names.get(value.id) if isinstance(value, ast.Name) else getattr(value, "value", None)
        if isinstance(node, ast.Assign):
            names |= {target.id: text for target in node.targets if isinstance(target, ast.Name)}
        elif node.arg == "because" and isinstance(text, str):
            yield text


def comments(chapter: Chapter, question: Answerable) -> list[str]:
    """What the comments in a question's reference say, lines that follow one another as one."""
    if question.name not in chapter.references:
        return []
    said: list[str] = []
    last = -1
    source = source_of(chapter.references[question.name])
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            text = token.string.lstrip("# ")
            if token.start[0] == last + 1:
                said[-1] += f" {text}"
            else:
                said.append(text)
            last = token.start[0]
    return said


def _folded(summary: str, texts: list[str]) -> str:
    told = "\n\n".join(_sentence(text) for text in texts if text)
    return f"\n\n<details><summary>{summary}</summary>\n\n{told}\n\n</details>" if told else ""


def _sentence(text: str) -> str:
    """A text as a sentence that Markdown shows as it stands."""
    text = re.sub(r"([\\`*_$<])", r"\\\1", " ".join(text.split()))
    return text if text.endswith((".", "?")) else f"{text}."
