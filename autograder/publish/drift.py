"""Whether what is committed in `student/` is what the sources give, and if not, which source to look at."""

from __future__ import annotations

import difflib
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from autograder.course.chapter import Chapter
from autograder.kit import FILES
from autograder.publish.distribution import files_of, stage_build


def drift(chapters: Sequence[Chapter], root: Path, out: Path, *, whole_course: bool) -> list[str]:
    """Every difference between `out/student` and a fresh build of it, with the source file it comes from."""
    with tempfile.TemporaryDirectory(prefix="drift-") as scratch:
        fresh = stage_build(chapters, Path(scratch), solutions=False) / "student"
        found = [
            said
            for chapter in chapters
            for said in _chapter_drift(chapter, fresh / chapter.name, out / "student" / chapter.name, root)
        ]
    if whole_course and (out / "student").is_dir():
        known = {chapter.name for chapter in chapters}
        found += [
            f"student/{p.name}: no chapter of assignments/ gives it"
            for p in sorted((out / "student").iterdir())
            if p.name not in known
        ]
    return found


def _chapter_drift(chapter: Chapter, fresh: Path, committed: Path, root: Path) -> list[str]:
    wanted = {p.relative_to(fresh).as_posix(): p for p in files_of(fresh)}
    there = (
        {p.relative_to(committed).as_posix(): p for p in files_of(committed)} if committed.is_dir() else {}
    )
    there = {
        name: p for name, p in there.items() if not name.startswith(".") and ".ipynb_checkpoints" not in name
    }
    found = []
    for name in sorted(wanted | there):
        where = f"student/{chapter.name}/{name}"
        if name not in there:
            found.append(
                f"{where} is missing; `make build` writes it (source: {_source(chapter, name, root)})"
            )
        elif name not in wanted:
            found.append(f"{where} is not of this build; no source gives it")
        elif wanted[name].read_bytes() != there[name].read_bytes():
            found += _differences(chapter, name, wanted[name], there[name], root)
    return found


def _source(chapter: Chapter, name: str, root: Path) -> str:
    if name.startswith("tests/"):
        return str(chapter.questions_path.relative_to(root))
    if name in FILES:
        return f"autograder/kit/{name}"
    if any(path.name == name for path in chapter.data_paths):
        return f"assignments/{chapter.name}/{name}"
    if name == "questions.json":
        return f"assignments/{chapter.name}/answers.py"
    if name == "README.md":
        return "autograder/publish/student_readme.md.j2"
    if name == "requirements.txt":
        return "autograder/publish/distribution.py"
    return str(chapter.markdown_path.relative_to(root))


def _differences(chapter: Chapter, name: str, fresh: Path, committed: Path, root: Path) -> list[str]:
    where = f"student/{chapter.name}/{name}"
    if not name.endswith(".ipynb"):
        return [
            _describe(
                where,
                _source(chapter, name, root),
                committed.read_text(encoding="utf-8"),
                fresh.read_text(encoding="utf-8"),
            )
        ]
    try:
        old, new = _cells(committed), _cells(fresh)
    except (ValueError, KeyError, TypeError) as error:
        return [f"{where} is no notebook any more ({type(error).__name__}); `make build` writes it again"]
    found = []
    for cell in dict.fromkeys([*new, *old]):
        if old.get(cell) != new.get(cell):
            found.append(
                _describe(
                    f"{where}, cell {cell}",
                    _source_of_cell(chapter, cell, root),
                    old.get(cell, ""),
                    new.get(cell, ""),
                )
            )
    if not found:
        source = (
            "autograder/publish/assign.py"
            if list(old) == list(new)
            else str(chapter.markdown_path.relative_to(root))
        )
        found.append(f"{where} differs in its metadata or in the order of its cells (source: {source})")
    return found


def _cells(path: Path) -> dict[str, str]:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}


def _source_of_cell(chapter: Chapter, cell: str, root: Path) -> str:
    """Stubs come from the references, points and worked values' stubs from the questions, everything else
    from the text."""
    for question in chapter.questions.values():
        if cell == f"{chapter.name}-{question.name}-answer" and question.kind == "function":
            return str(chapter.solutions_path.relative_to(root))
        if cell.startswith(f"{chapter.name}-{question.name}-"):
            return str(chapter.questions_path.relative_to(root))
    return str(chapter.markdown_path.relative_to(root))


def _describe(where: str, source: str, old: str, new: str) -> str:
    lines = list(
        difflib.unified_diff(
            old.splitlines(), new.splitlines(), "committed", "from its source", lineterm="", n=1
        )
    )[:14]
    return "\n".join([f"{where} differs; look at {source}", *[f"    {line}" for line in lines]])
