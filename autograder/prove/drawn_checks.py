"""Drawn checks: the few calls that tell most wrong answers from the reference, as one hidden check.

They are chosen from a question's domain when a chapter is built, afresh for each variant, and so is what the
reference answers. Nothing of them stands in a student's file.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from textwrap import indent

from autograder.course.chapter import Chapter, read_chapter
from autograder.course.domains import CAUSES, CAUSES_BY_TYPE
from autograder.course.otter_tests import DRAWN_CHECK, DRAWN_TITLE
from autograder.course.question import Question
from autograder.prove.gaps import choose
from autograder.prove.inputs import Drawn
from autograder.prove.mutants import FORK

PACKAGE = Path(__file__).resolve().parent.parent


def source_of_check(name: str, calls: Sequence[Drawn]) -> str:
    """The source of the check that makes these calls of the function of that name."""
    asked = [f"({call.example.kinds!r}, lambda: {call.source(name)})," for call in calls]
    causes, causes_by_type = (
        {kind: known[kind] for call in calls for kind in call.example.kinds if kind in known}
        for known in (CAUSES, CAUSES_BY_TYPE)
    )
    lines = [
        f'"""{DRAWN_TITLE}"""',
        "import math",
        "import numpy as np",
        "from checking import ask_all, expect, student",
        f"{name} = student({name!r}, {name})",
        "calls = [",
        *[indent(line, "    ") for line in asked],
        "]",
        f"ask_all(calls, {causes!r}, {causes_by_type!r})",
    ]
    return "\n".join([f"def {DRAWN_CHECK}({name}):", *[indent(line, "    ") for line in lines]])


def add_drawn_checks(chapters: Iterable[Chapter]) -> None:
    """Give each chapter the drawn checks of its questions. What was chosen before from the same sources is
    taken from the course's `dist/drawn`, since choosing takes seconds per question."""
    chapters = list(chapters)
    for chapter in chapters:
        chapter.drawn_checks.update(_read(_place(chapter)))
    missing = [
        (chapter, question.name)
        for chapter in chapters
        for question in chapter.questions.values()
        if isinstance(question, Question) and question.inputs and question.name not in chapter.drawn_checks
    ]
    for (chapter, name), source in zip(missing, _sources(missing), strict=True):
        chapter.drawn_checks[name] = source
    for chapter in dict.fromkeys(chapter for chapter, _ in missing):
        _write(_place(chapter), chapter.drawn_checks)


def _sources(missing: Sequence[tuple[Chapter, str]]) -> Iterator[str]:
    if len(missing) < 2:
        yield from (_source(chapter, name) for chapter, name in missing)
        return
    with ProcessPoolExecutor(os.cpu_count(), mp_context=FORK) as pool:
        keys = [(chapter.root, chapter.name, chapter.variant, name) for chapter, name in missing]
        yield from pool.map(_source_by_name, keys)


def _source(chapter: Chapter, name: str) -> str:
    question = chapter.questions[name]
    assert isinstance(question, Question)
    return source_of_check(name, choose(chapter, question))


_read_here: dict[tuple[Path, str, str], Chapter] = {}


def _source_by_name(key: tuple[Path, str, str, str]) -> str:
    """In another process, which a chapter cannot be sent to."""
    root, name, variant, question = key
    if (root, name, variant) not in _read_here:
        _read_here[root, name, variant] = read_chapter(root, name, variant)
    return _source(_read_here[root, name, variant], question)


def _place(chapter: Chapter) -> Path:
    sources = [chapter.questions_path, chapter.answers_path, chapter.solutions_path]
    digest = hashlib.sha256(_digest_of_the_package().encode())
    for path in sources:
        digest.update(path.read_bytes() if path.is_file() else b"-")
    name = f"{chapter.name}-{chapter.variant}-{digest.hexdigest()[:20]}.json"
    return chapter.root / "dist" / "drawn" / name


@cache
def _digest_of_the_package() -> str:
    """A hash of all that has a say in which calls are chosen, the sources of a chapter aside."""
    files = [PACKAGE / "kit" / "checking.py", PACKAGE / "course" / "domains.py"]
    names = ("drawn_checks", "edits", "gaps", "inputs", "known_answers", "wrappers")
    files += [PACKAGE / "prove" / f"{name}.py" for name in names]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def _read(place: Path) -> dict[str, str]:
    try:
        known = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _write(place: Path, sources: Mapping[str, str]) -> None:
    # Without the file the next build takes longer, and is the same.
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(sources), encoding="utf-8")
