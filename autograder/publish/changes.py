"""What changed for students between a release and the sources as they are now."""

from __future__ import annotations

import ast
import difflib
import io
import json
import re
import subprocess
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from autograder.course.chapter import CHAPTER_NAME, Chapter, Course
from autograder.course.question import DeclarationError
from autograder.publish.distribution import files_of, stage_build

# A detail shows this many lines, and how many more there are.
SHOWN = 24
# Two questions of which this much is the same, but for the name, are one under another name.
ALIKE = 0.85
Files = dict[str, bytes]


@dataclass(frozen=True)
class Change:
    """One difference: in which chapters, what it is, and the lines that show it."""

    where: str
    what: str
    details: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        return f"{self.where}: {self.what}"


def changes(chapters: Sequence[Chapter], root: Path, against: str | None) -> tuple[str, list[Change]]:
    """What the release is called, and every change since then that students would see.

    against: a branch or commit, a folder or a zip; without it, the branch `student`. Raises
    `DeclarationError` if there is no such release, or no chapter is in it.
    """
    what, files = _release(root, against)
    before = {chapter.name: _chapter_files(files, chapter.name) for chapter in chapters}
    if not any(before.values()):
        raise DeclarationError(f"{what} holds no notebook of {', '.join(before)}: it is no release of them")
    with tempfile.TemporaryDirectory(prefix="changes-") as scratch:
        fresh = stage_build(chapters, Path(scratch), solutions=False) / "student"
        after = {name: _files_below(fresh / name) for name in before}
    found: list[Change] = []
    for name, was in before.items():
        if was:
            found += _chapter_changes(_read(name, was, what), _read(name, after[name], "a fresh build"))
        else:
            found.append(Change(name, "the chapter was added."))
    known = Course.at(root).chapter_names
    if set(before) == set(known):
        gone = {PurePosixPath(name).stem for name in files if name.endswith(".ipynb")} - set(known)
        found += [
            Change(name, "the chapter was removed.") for name in sorted(gone) if CHAPTER_NAME.fullmatch(name)
        ]
    return what, _told_once(found, len(known))


def _told_once(found: Sequence[Change], chapters: int) -> list[Change]:
    """What changed alike in several chapters, as a file that all of them have, as one change."""
    alike: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for change in found:
        alike.setdefault((change.what, change.details), []).append(change.where)
    together = f"all {chapters} chapters"
    return [
        Change(together if len(where) == chapters > 1 else ", ".join(where), what, details)
        for (what, details), where in alike.items()
    ]


def _files_below(folder: Path) -> Files:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files_of(folder)}


# A release ------------------------------------------------------------------------------------------------


def _release(root: Path, against: str | None) -> tuple[str, Files]:
    """What it is called, and its files: a branch or commit if git knows it by that name, else a path."""
    # A fresh clone has the branch of where it was cloned from.
    references = ["refs/heads/student", "refs/remotes/origin/student"] if against is None else [against]
    for reference in references:
        archive = ["git", "archive", "--format=tar", "--end-of-options", reference]
        run = subprocess.run(archive, cwd=root, capture_output=True, check=False)
        if run.returncode == 0:
            break
    if run.returncode == 0:
        with tarfile.open(fileobj=io.BytesIO(run.stdout)) as tar:
            members = [member for member in tar.getmembers() if member.isfile()]
            files = {member.name: file.read() for member in members if (file := tar.extractfile(member))}
        return f"the branch or commit `{against or 'student'}`", files
    if against is None:
        raise DeclarationError(
            "there is no branch `student`: `make publish` writes it; --against names another release, such as"
            " HEAD, what was committed last"
        )
    path = Path(against)
    if not path.exists():
        raise DeclarationError(f"`{against}` is no folder, no zip, and no branch or commit of {root}")
    files = _files_below(path) if path.is_dir() else {path.name: path.read_bytes()}
    for name in [name for name in files if name.endswith(".zip")]:
        try:
            with zipfile.ZipFile(io.BytesIO(files.pop(name))) as zipped:
                files |= {f"{name}/{n}": zipped.read(n) for n in zipped.namelist() if not n.endswith("/")}
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            raise DeclarationError(f"{path} cannot be read as a release: {name}: {error}") from error
    return str(path), files


def _chapter_files(files: Files, name: str) -> Files:
    """A chapter's own, wherever its notebook lies; nothing if it is not there."""
    found = [p for p in map(PurePosixPath, files) if p.name == f"{name}.ipynb"]
    places = sorted(found, key=lambda p: (len(p.parts), p))
    if not places:
        return {}
    folder = places[0].parent
    inside = {p.relative_to(folder): p for p in map(PurePosixPath, files) if p.is_relative_to(folder)}
    return {
        str(short): files[str(p)]
        for short, p in inside.items()
        if not any(part.startswith(".") or part == "__pycache__" for part in short.parts)
    }


# A chapter of a release -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A question as students have it. checks: the title and the source of each public one, by name."""

    points: float
    public_points: float
    heading: str
    stub: str
    checks: Mapping[str, tuple[str, str]]
    hints: object
    meaning: object

    def under(self, old: str, new: str) -> Asked:
        """The same, had it been called `new`."""

        def called(text: str) -> str:
            return re.sub(rf"\b{re.escape(old)}(?=\b|_is_right\b)", new, text)

        checks = {called(n): (called(title), called(source)) for n, (title, source) in self.checks.items()}
        return replace(self, heading=called(self.heading), stub=called(self.stub), checks=checks)

    def words(self) -> list[str]:
        """What two questions are compared by."""
        texts = [self.stub, *(f"{title} {_unsealed(source)}" for title, source in self.checks.values())]
        return re.findall(r"\w+|[^\w\s]", " ".join(texts))


def _unsealed(source: str) -> str:
    """A check without the hashes and sealed texts in it, which depend on the question's name too."""
    # What base64 and Python's base85 are written with.
    return re.sub(r"'[\w!#$%&()*+/;<=>?@^`{|}~-]{16,}'", "'...'", source)


@dataclass(frozen=True)
class Notebook:
    """A chapter's questions in their order; its text, each line with how many questions stand above it; and
    what lies beside the notebook."""

    chapter: str
    questions: dict[str, Asked]
    text: list[tuple[int, str]]
    files: Files


def _read(chapter: str, files: Files, of: str) -> Notebook:
    try:
        cells = json.loads(files[f"{chapter}.ipynb"])["cells"]
        sources = {cell["id"]: "".join(cell["source"]) for cell in cells}
        prose = {cell["id"] for cell in cells if cell["cell_type"] == "markdown"}
        lessons = json.loads(files.get("questions.json", b"{}"))
        about = {lesson["name"]: lesson for lesson in lessons.get("questions", [])}
        questions: dict[str, Asked] = {}
        text: list[tuple[int, str]] = []
        for cell, source in sources.items():
            found = re.fullmatch(rf"{chapter}-(\w+)-(points|answer|check)", cell)
            if found and found[2] == "points":
                name = found[1]
                lesson = about.get(name, {"points": lessons.get("by_hand", {}).get(name, 0)})
                questions[name] = Asked(
                    points=lesson["points"],
                    public_points=lesson.get("public_points", lesson["points"]),
                    heading=source,
                    stub=sources.get(f"{chapter}-{name}-answer", ""),
                    checks=_checks(files.get(f"tests/{name}.py", b"")),
                    hints=lesson.get("hints"),
                    meaning=lesson.get("meaning"),
                )
            elif not found:
                # A paragraph is one line of its source; a sentence is what changes.
                split = re.sub(r"(?<=[.?!:]) +", "\n", source) if cell in prose else source
                text += [(len(questions), line) for line in [*split.splitlines(), ""]]
    except (ValueError, KeyError, TypeError, AttributeError, SyntaxError) as error:
        raise DeclarationError(
            f"{chapter} in {of} cannot be read as this course builds it: {type(error).__name__}: {error}"
        ) from error
    known = {f"{chapter}.ipynb", "questions.json", *(f"tests/{name}.py" for name in questions)}
    return Notebook(chapter, questions, text, {n: content for n, content in files.items() if n not in known})


def _checks(test_file: bytes) -> dict[str, tuple[str, str]]:
    """Of a file of Otter's: the title and the source of each check."""
    return {
        node.name: (_title(node), ast.unparse(node))
        for node in ast.parse(test_file).body
        if isinstance(node, ast.FunctionDef)
    }


def _title(check: ast.FunctionDef) -> str:
    return (ast.get_docstring(check) or check.name).rstrip(".")


# Compared ---------------------------------------------------------------------------------------------------


def _chapter_changes(was: Notebook, now: Notebook) -> Iterator[Change]:
    """The chapter's changes: its questions as a whole, then each from top to bottom, then its files."""
    chapter = was.chapter
    new_name = _renamed(was, now)
    # The questions that both have, in the release's order: what each is called now, and what it was called.
    both = {new_name.get(n, n): n for n in was.questions if new_name.get(n, n) in now.questions}
    for name, asked in was.questions.items():
        if name not in both.values():
            yield Change(chapter, f"question `{name}` was removed; it was worth {_points(asked.points)}.")
    for name, asked in now.questions.items():
        if name not in both:
            yield Change(chapter, f"question `{name}` was added, worth {_points(asked.points)}.")
    for new, old in both.items():
        if new != old:
            yield Change(chapter, f"question `{old}` is called `{new}` now.")
    if [name for name in now.questions if name in both] != list(both):
        yield Change(chapter, "the questions stand in another order.")
    for new in [*(name for name in now.questions if name in both), ""]:
        old = both.get(new, "")
        place = f"above `{new}`" if new else "below the last question"
        lines = _text_above(was, old, set(both.values())), _text_above(now, new, set(both))
        yield from _compared(chapter, f"the text {place} changed", *lines)
        if new:
            before = was.questions[old].under(old, new)
            yield from _question_changes(chapter, new, before, now.questions[new], renamed=new != old)
    for name in sorted(was.files | now.files):
        if name not in now.files:
            yield Change(chapter, f"the file {name} was removed.")
        elif name not in was.files:
            yield Change(chapter, f"the file {name} was added.")
        else:
            texts = [files[name].decode("utf-8", "replace").splitlines() for files in (was.files, now.files)]
            yield from _compared(chapter, f"the file {name} changed", *texts)


def _renamed(was: Notebook, now: Notebook) -> dict[str, str]:
    """New names of questions by their old ones: of what is gone and what is new, pairs that are alike."""
    gone = {name: asked for name, asked in was.questions.items() if name not in now.questions}
    fresh = {name: asked for name, asked in now.questions.items() if name not in was.questions}
    pairs: dict[str, str] = {}
    for old, asked in gone.items():
        for new, other in fresh.items():
            same = difflib.SequenceMatcher(None, asked.under(old, new).words(), other.words(), autojunk=False)
            if new not in pairs.values() and same.ratio() >= ALIKE:
                pairs[old] = new
                break
    return pairs


def _text_above(notebook: Notebook, name: str, shared: set[str]) -> list[str]:
    """The text between a question and the one before it that both have; of "", what follows the last."""
    names = list(notebook.questions)
    return [
        line
        for above, line in notebook.text
        if next((below for below in names[above:] if below in shared), "") == name
    ]


def _question_changes(chapter: str, name: str, was: Asked, now: Asked, *, renamed: bool) -> Iterator[Change]:
    if was.points != now.points:
        worth = f"{_points(now.points)}, and was worth {_points(was.points)}"
        yield Change(chapter, f"`{name}` is worth {worth}.")
    elif was.public_points != now.public_points:
        worth = f"{_points(now.public_points)}, and were worth {_points(was.public_points)}"
        yield Change(chapter, f"the public checks of `{name}` are worth {worth}.")
    elif was.heading != now.heading:
        yield from _compared(chapter, f"the heading of `{name}` changed", *_lines(was.heading, now.heading))
    yield from _compared(chapter, f"the stub of `{name}` changed", *_lines(was.stub, now.stub))
    for check in dict.fromkeys([*was.checks, *now.checks]):
        if check not in now.checks:
            yield Change(chapter, f"`{name}` lost the check “{was.checks[check][0]}”.")
        elif check not in was.checks:
            yield Change(chapter, f"`{name}` has a new check, “{now.checks[check][0]}”.")
        else:
            said = f"the check “{now.checks[check][0]}” of `{name}` changed"
            before, after = (_unsealed(asked.checks[check][1]) for asked in (was, now))
            yield from _compared(chapter, said, *_lines(before, after))
            if before == after and not renamed and was.checks[check] != now.checks[check]:
                yield Change(chapter, f"the answer to `{name}` changed, or what is said of it.")
    # Both are sealed under texts that may name the question.
    if not renamed and was.hints != now.hints:
        yield Change(chapter, f"the hints on wrong answers to `{name}` changed.")
    if not renamed and was.meaning != now.meaning:
        yield Change(chapter, f"what is said of a right answer to `{name}` changed.")


def _lines(*texts: str) -> list[list[str]]:
    return [text.split("\n") for text in texts]


def _compared(chapter: str, what: str, was: Sequence[str], now: Sequence[str]) -> Iterator[Change]:
    """A change of a text, with the lines that differ, if there is one."""
    lines = list(difflib.unified_diff(was, now, "released", "now", lineterm="", n=1))[2:]
    if lines:
        gone, new = (sum(line.startswith(sign) for line in lines) for sign in "-+")
        more = [f"... and {len(lines) - SHOWN} lines more"] if len(lines) > SHOWN else []
        yield Change(chapter, f"{what} (-{gone} +{new} lines).", (*lines[:SHOWN], *more))


def _points(points: float) -> str:
    return f"{round(points, 2):g} point{'s' * (points != 1)}"
