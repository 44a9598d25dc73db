"""What was handed in: a notebook, a script, or an archive or a folder of them, read without trusting it."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.course.settings import VARIANT_NAME
from autograder.grade.reading.cells import Cell, Content, attempted
from autograder.grade.reading.choosing import Known, assignment_in, choose
from autograder.grade.reading.unreadable import Unreadable

# All the code of a submission, as it is sent; ours have some 20 kB.
MAX_SOURCE = 3 * 2**20
# A call that waits for somebody to debug.
DEBUGGER = re.compile(r"^[^#\n\"']*?\b(breakpoint\(\)|(?:i?pdb\.)?set_trace\(\))", re.MULTILINE)


@dataclass(frozen=True)
class Submission:
    """A submission as far as it could be read: its cells, or why there are none.

    texts: what stands in cells that are no code. remark: what its author should know of how it was read.
    variant: whose numbers the notebook was given out with, if it still says. files: what lies beside the
    notebook and its code speaks of, by name, in base 64.
    """

    path: Path
    stem: str
    cells: list[Cell] = field(default_factory=list)
    assignment: str | None = None
    problem: str | None = None
    texts: list[str] = field(default_factory=list)
    remark: str = ""
    variant: str | None = None
    files: Mapping[str, str] = field(default_factory=dict)


def read(path: Path, stem: str, known: Sequence[str] | Known) -> Submission:
    """Read a submission to one of the known assignments. What is wrong with it is its `problem`, not an error
    of this function's.

    known: the assignments, with their questions if those are known: they tell an assignment that no name
    does.
    """
    known = known if isinstance(known, Mapping) else dict.fromkeys(known, ())
    named = assignment_in(path.name, known)
    try:
        chosen, why = choose(path, known)
        assert chosen.content is not None
        _bound_code(chosen.content.cells)
    except Unreadable as error:
        return Submission(path, stem, [], named, str(error))
    except OSError as error:
        return Submission(path, stem, [], named, f"the file cannot be read: {error.strerror or error}")
    content = chosen.content
    remark = " ".join(
        filter(
            None,
            (
                why,
                content.remark,
                _other_language(content),
                _debugging(content.cells),
                _code_as_text(content, known.get(chosen.assignment or "", ())),
            ),
        )
    )
    return Submission(
        path,
        stem,
        content.cells,
        chosen.assignment,
        texts=content.texts,
        remark=remark,
        variant=_variant_in(content.metadata),
        files={name: base64.b64encode(data).decode() for name, data in chosen.beside.items()},
    )


def _code_as_text(content: Content, questions: Sequence[str]) -> str:
    """What to say of answers that stand in cells of text and nowhere else."""
    answered = set(attempted(content.cells, questions))
    names = [
        name
        for name in questions
        if name not in answered
        and any(
            re.search(rf"^\s*(?:def {re.escape(name)}\s*\(|{re.escape(name)}\s*=(?!=))", text, re.MULTILINE)
            for text in content.texts
        )
    ]
    if not names:
        return ""
    return (
        f"A cell that is text (Markdown or Raw) and not code defines {', '.join(names)}: such a cell is not"
        " run. Change its type to Code and hand the notebook in again."
    )


def _debugging(cells: Sequence[Cell]) -> str:
    """What to say of a debugger that was left in."""
    found = [DEBUGGER.search(cell.source) for cell in cells]
    calls = list(dict.fromkeys(match[1] for match in found if match))
    if not calls:
        return ""
    return (
        f"The code still holds {' and '.join(calls)}: nobody is there to debug with while a submission is"
        " graded. Take it out."
    )


def _variant_in(metadata: Any) -> str | None:
    course = metadata.get("course") if isinstance(metadata, Mapping) else None
    variant = course.get("variant") if isinstance(course, Mapping) else None
    return variant if isinstance(variant, str) and VARIANT_NAME.fullmatch(variant) else None


def _bound_code(cells: Sequence[Cell]) -> None:
    size = sum(
        len(json.dumps(cell.source, ensure_ascii=False).encode("utf-8", "surrogatepass")) for cell in cells
    )
    if size > MAX_SOURCE:
        raise Unreadable(
            f"it holds {size / 2**20:.1f} MB of code; at most {MAX_SOURCE / 2**20:g} can be graded"
        )


def _other_language(content: Content) -> str:
    """What to say of a notebook that calls itself something other than Python."""
    parts = [content.metadata.get(key) for key in ("kernelspec", "language_info")]
    languages = [
        part.get(key) for part, key in zip(parts, ("language", "name"), strict=True) if isinstance(part, dict)
    ]
    for language in languages:
        if isinstance(language, str) and language and language.lower() not in ("python", "ipython"):
            return f"The notebook says that it is written in {language[:40]}; it was graded as Python."
    return ""
