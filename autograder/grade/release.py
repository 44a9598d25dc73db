"""A released assignment as a grader has it: a grader distribution, zipped or unpacked, and nothing else."""

from __future__ import annotations

import builtins
import hashlib
import importlib
import json
import re
import sys
import tempfile
import types
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.course.question import Answerable, Misconception
from autograder.kit import FILES

# In a submission's code: what may find the files of the kit beside the notebook.
LOOKS_AT_FILES = re.compile(
    r"(?:import|from)\s+checking\b|\b(?:ls|listdir|glob|iterdir|scandir|walk|cat)\b|\bopen\("
)


class NotARelease(Exception):
    """A file that is no grader distribution of this project's."""


@dataclass(frozen=True)
class ReleasedCheck:
    """A check of a released assignment, and the points it is worth."""

    name: str
    title: str
    hidden: bool
    points: float
    function: Callable[..., None]

    @property
    def parameters(self) -> tuple[str, ...]:
        code = self.function.__code__
        return code.co_varnames[: code.co_argcount]


@dataclass(frozen=True)
class ReleasedQuestion:
    """A question of a released assignment. cell: the id of its answer cell. misconceptions: what diagnoses a
    wrong function."""

    name: str
    kind: str
    points: float
    cell: str
    checks: list[ReleasedCheck]
    wrong_answers: list[dict[str, Any]]
    misconceptions: list[Misconception]
    reference: Callable[..., Any] | None
    # What a person judges an answer by, and the points of each line; empty if checks grade it.
    rubric: dict[str, float] = field(default_factory=dict)

    @property
    def by_hand(self) -> bool:
        return bool(self.rubric)


@dataclass(frozen=True)
class GivenCell:
    """Code that students are given. cell: its id. before: the question whose answer it stands before, if
    any."""

    cell: str
    source: str
    before: str | None


@dataclass(frozen=True, eq=False)
class Release:
    """An assignment's manifest, its checks, and what diagnoses wrong answers. given: the code that students
    are given, in its order."""

    assignment: str
    variant: str
    hidden_results: str
    questions: list[ReleasedQuestion]
    student_files: dict[str, bytes]
    checking: types.ModuleType
    digest: str
    given: tuple[GivenCell, ...] = ()

    @property
    def points(self) -> float:
        return sum(question.points for question in self.questions)

    @cached_property
    def handed_out(self) -> frozenset[str]:
        """The sources of the cells that students are given."""
        return frozenset(given.source.strip() for given in self.given)

    @property
    def checked(self) -> list[ReleasedQuestion]:
        """The questions that checks grade; a person grades the others."""
        return [question for question in self.questions if not question.by_hand]

    def files_for(self, sources: Iterable[str]) -> dict[str, bytes]:
        """What a submission finds beside its notebook: the chapter's data; and the kit as well, as students
        have it, if the code may look for it."""
        kit = (*FILES, "drawings.py", "questions.json")
        whole = any(LOOKS_AT_FILES.search(source) for source in sources)
        return {name: data for name, data in self.student_files.items() if whole or name not in kit}


def load(path: Path) -> Release:
    """Load a grader distribution; raises `NotARelease` with what is wrong with it."""
    files = _files(path)
    if "manifest.json" not in files:
        raise NotARelease(f"{path} is no grader distribution of this course: it has no manifest.json")
    try:
        manifest = json.loads(files["manifest.json"])
        checking = _kit(files, str(path))
        declared, references = _trusted(files)
        questions = [
            _question(entry, files, checking, declared, references, path) for entry in manifest["questions"]
        ]
        student_files = {
            name.removeprefix("files/"): data
            for name, data in files.items()
            if name.startswith("files/") and name.count("/") == 1
        }
        digest = hashlib.sha256(
            b"".join(hashlib.sha256(name.encode() + b"\0" + files[name]).digest() for name in sorted(files))
        ).hexdigest()
        return Release(
            manifest["assignment"],
            manifest["variant"],
            manifest["hidden_results"],
            questions,
            student_files,
            checking,
            digest,
            tuple(_given(manifest)),
        )
    except NotARelease:
        raise
    except Exception as error:
        raise NotARelease(
            f"{path} cannot be used as a grader distribution: {type(error).__name__}: {error}"
        ) from error


def _given(manifest: Mapping[str, Any]) -> Iterator[GivenCell]:
    names = {entry["cell"]: entry["name"] for entry in manifest["questions"]}
    for entry in manifest.get("given", []):
        yield GivenCell(entry["cell"], entry["source"], names.get(entry.get("before")))


class Catalogue(Mapping[str, tuple[str, ...]]):
    """The assignments that a folder has grader distributions of, and their questions' names, read when they
    are asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._assignments = sorted(path.stem for path in folder.glob("*.zip"))
        self._questions: dict[str, tuple[str, ...]] = {}

    def __getitem__(self, assignment: str) -> tuple[str, ...]:
        if assignment not in self._assignments:
            raise KeyError(assignment)
        if assignment not in self._questions:
            self._questions[assignment] = _question_names(self._folder / f"{assignment}.zip")
        return self._questions[assignment]

    def __iter__(self) -> Iterator[str]:
        return iter(self._assignments)

    def __len__(self) -> int:
        return len(self._assignments)


def _question_names(path: Path) -> tuple[str, ...]:
    """The names of a distribution's questions; none if it cannot be read, which using it will tell."""
    try:
        with zipfile.ZipFile(path) as archive:
            return tuple(entry["name"] for entry in json.loads(archive.read("manifest.json"))["questions"])
    except (OSError, zipfile.BadZipFile, ValueError, KeyError, TypeError):
        return ()


def _files(path: Path) -> dict[str, bytes]:
    if path.is_dir():
        wanted = [
            path / "manifest.json",
            *(path / "files").glob("*"),
            *(path / "tests").glob("*.py"),
            *(path / "trusted").rglob("*.py"),
        ]
        return {p.relative_to(path).as_posix(): p.read_bytes() for p in wanted if p.is_file()}
    try:
        with zipfile.ZipFile(path) as archive:
            return {
                name: archive.read(name)
                for name in archive.namelist()
                if name.startswith(("manifest.json", "files/", "tests/", "trusted/"))
                and not name.endswith("/")
            }
    except FileNotFoundError:
        raise NotARelease(
            f"there is no grader distribution {path}: build it first with `make build`"
        ) from None
    except (OSError, zipfile.BadZipFile) as error:
        raise NotARelease(f"{path} is no zip that can be opened: {error}") from error


def _kit(files: Mapping[str, bytes], origin: str) -> types.ModuleType:
    """The `checking` that the distribution was released with, and what that imports of the files beside
    it."""
    with _set_aside("checking", "feedback", "sealing"):
        for name in ("sealing", "feedback"):
            _module(name, files[f"files/{name}.py"], origin)
        return _module("checking", files["files/checking.py"], origin)


@contextmanager
def _set_aside(*names: str) -> Iterator[None]:
    """Within this, modules of these names are imported afresh; afterwards those from before are back."""
    before = {key: sys.modules.pop(key) for key in list(sys.modules) if key.partition(".")[0] in names}
    try:
        yield
    finally:
        for key in [key for key in sys.modules if key.partition(".")[0] in names]:
            del sys.modules[key]
        sys.modules.update(before)


def _module(name: str, source: bytes, origin: str) -> types.ModuleType:
    """A module of the distribution's own: two distributions of different builds do not share one."""
    module = types.ModuleType(name)
    module.__file__ = f"{origin}/files/{name}.py"
    # Dataclasses look their module up by name.
    sys.modules[name] = module
    exec(compile(source, module.__file__, "exec"), module.__dict__)
    return module


def _question(
    entry: Mapping[str, Any],
    files: Mapping[str, bytes],
    checking: types.ModuleType,
    declared: Mapping[str, Answerable],
    references: Mapping[str, Callable[..., Any]],
    path: Path,
) -> ReleasedQuestion:
    name = entry["name"]
    test = f"tests/{name}.py"
    functions = _otter_test(files[test].decode(), checking, f"{path}/{test}") if entry["checks"] else {}
    checks = [
        ReleasedCheck(
            check["name"], check["title"], check["hidden"], check["points"], functions[check["name"]]
        )
        for check in entry["checks"]
    ]
    return ReleasedQuestion(
        name=name,
        kind=entry["kind"],
        points=entry["points"],
        cell=entry["cell"],
        checks=checks,
        wrong_answers=entry.get("wrong_answers", []),
        misconceptions=declared[name].misconceptions if name in declared else [],
        reference=references.get(name),
        rubric=entry.get("rubric", {}),
    )


def _otter_test(source: str, checking: types.ModuleType, filename: str) -> dict[str, Callable[..., None]]:
    """The functions of an Otter test file.

    Its `otter.test_files.test_case` and its `checking` are handed in: importing Otter takes seconds, and a
    check belongs with the `checking` it was released with.
    """
    functions: dict[str, Callable[..., None]] = {}

    def test_case(**_configuration: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
        def keep(function: Callable[..., None]) -> Callable[..., None]:
            functions[function.__name__] = function
            return function

        return keep

    otter_test_files = types.ModuleType("otter.test_files")
    otter_test_files.test_case = test_case  # type: ignore[attr-defined]
    given = {"otter.test_files": otter_test_files, "checking": checking}

    def import_(name: str, *args: Any, **kwargs: Any) -> Any:
        return given[name] if name in given else builtins.__import__(name, *args, **kwargs)

    space = {"__builtins__": {**vars(builtins), "__import__": import_}, "__name__": "test"}
    exec(compile(source, filename, "exec"), space)
    return functions


def _trusted(files: Mapping[str, bytes]) -> tuple[dict[str, Answerable], dict[str, Callable[..., Any]]]:
    """The declared questions, for their misconceptions, and the references, to tell a fault of a check's from
    one of an answer's."""
    with tempfile.TemporaryDirectory(prefix="trusted-") as scratch:
        for name, data in files.items():
            if name.startswith("trusted/"):
                place = Path(scratch) / name.removeprefix("trusted/")
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
        with _set_aside("solutions", "questions", "answers"):
            sys.path.insert(0, scratch)
            importlib.invalidate_caches()
            try:
                module = importlib.import_module("questions")
                if "trusted/answers.py" in files:
                    importlib.import_module("answers")
                (chapter,) = (Path(n).stem for n in files if n.startswith("trusted/solutions/ch"))
                solutions = importlib.import_module(f"solutions.{chapter}")
            finally:
                sys.path.remove(scratch)
    questions = {name: value for name, value in vars(module).items() if isinstance(value, Answerable)}
    references: dict[str, Callable[..., Any]] = {
        name: value for name, value in vars(solutions).items() if isinstance(value, types.FunctionType)
    }
    return questions, references
