"""What was handed in: a notebook, a script, or an archive or a folder of them, read without trusting it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.grade.reading.archive import HANDED_OUT, HANDED_OUT_FOLDER, NOTEBOOK, passed_over
from autograder.grade.reading.cells import Cell, Content
from autograder.grade.reading.choosing import Known, assignment_in, choose
from autograder.grade.reading.unreadable import Unreadable

# All the code of a submission, as it is sent; ours have some 20 kB.
MAX_SOURCE = 3 * 2**20
MAX_STEM_BYTES = 200


@dataclass(frozen=True)
class Submission:
    """A submission as far as it could be read: its cells, or why there are none.

    texts: what stands in cells that are no code. remark: what its author should know of how it was read.
    """

    path: Path
    stem: str
    cells: list[Cell] = field(default_factory=list)
    assignment: str | None = None
    problem: str | None = None
    texts: list[str] = field(default_factory=list)
    remark: str = ""


def find(paths: Sequence[Path], out: Path | None = None) -> list[tuple[Path, str]]:
    """Every submission below the paths, with a stem that no other has. A folder's own folders are one
    submission each.

    out: where results go, which is no submission, wherever it lies.
    """
    found: list[Path] = []
    for path in paths:
        found += (
            sorted(item for item in path.iterdir() if _is_submission(item, out)) if path.is_dir() else [path]
        )
    taken: set[str] = set()
    named = []
    for path in found:
        stem = _cut(path.name if path.is_dir() else path.stem)
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        named.append((path, name))
    return named


def _is_submission(item: Path, out: Path | None) -> bool:
    """Whether an entry of a folder was handed in: not what systems and tools keep there, what was handed out,
    or results."""
    if passed_over((item.name,)) or item.name in HANDED_OUT:
        return False
    if not item.is_dir():
        return True
    if out is not None and item.resolve() == out.resolve():
        return False
    written_by_the_grader = (item / "grades.csv").is_file() and (item / "results").is_dir()
    return not written_by_the_grader and not (item.name == HANDED_OUT_FOLDER and _holds_no_notebook(item))


def _holds_no_notebook(folder: Path) -> bool:
    return not any(NOTEBOOK.search(item.name) for item in folder.iterdir())


def _cut(stem: str) -> str:
    """A stem short enough for the name of a result's file."""
    return os.fsdecode(os.fsencode(stem)[:MAX_STEM_BYTES])


def read(path: Path, stem: str, known: Sequence[str] | Known) -> Submission:
    """Read a submission to one of the known assignments. What is wrong with it is its `problem`, not an error
    of this function's.

    known: the assignments, with their questions where those are known: they tell an assignment that no name
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
    remark = " ".join(filter(None, (why, content.remark, _other_language(content))))
    return Submission(path, stem, content.cells, chosen.assignment, texts=content.texts, remark=remark)


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
