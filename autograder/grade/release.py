"""A released assignment as a grader has it: a grader distribution, zipped or unpacked, and nothing else."""

from __future__ import annotations

import builtins
import hashlib
import importlib.util
import json
import sys
import tempfile
import types
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.question import Question


class NotARelease(Exception):
    """A file that is no grader distribution of this project's."""


@dataclass(frozen=True)
class ReleasedCheck:
    name: str
    title: str
    hidden: bool
    function: Callable[..., None]

    @property
    def parameters(self) -> tuple[str, ...]:
        code = self.function.__code__
        return code.co_varnames[: code.co_argcount]


@dataclass(frozen=True)
class ReleasedQuestion:
    name: str
    kind: str
    points: float
    cell: str
    checks: list[ReleasedCheck]
    wrong_answers: list[dict[str, Any]]
    declared: Question | None
    reference: Callable[..., Any] | None


@dataclass(frozen=True)
class Release:
    """An assignment's manifest, its checks, and what diagnoses wrong answers."""

    assignment: str
    variant: str
    questions: list[ReleasedQuestion]
    student_files: dict[str, bytes]
    checking: types.ModuleType
    digest: str
    # The calls that public and hidden checks make of right answers; the grader fills it in.
    foreseen: dict[bool, Any] = field(default_factory=dict)

    @property
    def points(self) -> float:
        return sum(question.points for question in self.questions)


def load(path: Path) -> Release:
    """Load a grader distribution; raises `NotARelease` with what is wrong with it."""
    files = _files(path)
    if "manifest.json" not in files:
        raise NotARelease(f"{path} is no grader distribution of this course: it has no manifest.json")
    try:
        manifest = json.loads(files["manifest.json"])
        checking = _module("checking", files["files/checking.py"], str(path))
        declared, references = _trusted(files)
        questions = [_question(entry, files, checking, declared, references, path) for entry in manifest["questions"]]
        student_files = {name.removeprefix("files/"): data for name, data in files.items() if name.startswith("files/") and name.count("/") == 1}
        digest = hashlib.sha256(b"".join(hashlib.sha256(name.encode() + b"\0" + files[name]).digest() for name in sorted(files))).hexdigest()
        return Release(manifest["assignment"], manifest["variant"], questions, student_files, checking, digest)
    except NotARelease:
        raise
    except Exception as error:
        raise NotARelease(f"{path} cannot be used as a grader distribution: {type(error).__name__}: {error}") from error


def _files(path: Path) -> dict[str, bytes]:
    if path.is_dir():
        wanted = [path / "manifest.json", *(path / "files").glob("*"), *(path / "tests").glob("*.py"), *(path / "trusted").rglob("*.py")]
        return {p.relative_to(path).as_posix(): p.read_bytes() for p in wanted if p.is_file()}
    try:
        with zipfile.ZipFile(path) as archive:
            return {
                name: archive.read(name)
                for name in archive.namelist()
                if name.startswith(("manifest.json", "files/", "tests/", "trusted/")) and not name.endswith("/")
            }
    except FileNotFoundError:
        raise NotARelease(f"there is no grader distribution {path}: build it first with `make build`") from None
    except (OSError, zipfile.BadZipFile) as error:
        raise NotARelease(f"{path} is no zip that can be opened: {error}") from error


def _module(name: str, source: bytes, origin: str) -> types.ModuleType:
    """A module of the distribution's own: two distributions of different builds do not share one."""
    module = types.ModuleType(name)
    module.__file__ = f"{origin}/files/{name}.py"
    # Dataclasses look their module up by name.
    before = sys.modules.get(name)
    sys.modules[name] = module
    try:
        exec(compile(source, module.__file__, "exec"), module.__dict__)
    finally:
        if before is None:
            del sys.modules[name]
        else:
            sys.modules[name] = before
    return module


def _question(
    entry: Mapping[str, Any],
    files: Mapping[str, bytes],
    checking: types.ModuleType,
    declared: Mapping[str, Question],
    references: Mapping[str, Callable[..., Any]],
    path: Path,
) -> ReleasedQuestion:
    name = entry["name"]
    functions = _otter_test(files[f"tests/{name}.py"].decode(), checking, f"{path}/tests/{name}.py")
    checks = [ReleasedCheck(check["name"], check["title"], check["hidden"], functions[check["name"]]) for check in entry["checks"]]
    return ReleasedQuestion(
        name, entry["kind"], entry["points"], entry["cell"], checks, entry.get("wrong_answers", []), declared.get(name), references.get(name)
    )


def _otter_test(source: str, checking: types.ModuleType, filename: str) -> dict[str, Callable[..., None]]:
    """The functions of an Otter test file.

    Its `otter.test_files.test_case` and its `checking` are handed in: importing Otter takes seconds, and a check belongs with the `checking` it was
    released with.
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


def _trusted(files: Mapping[str, bytes]) -> tuple[dict[str, Question], dict[str, Callable[..., Any]]]:
    """The declared questions, for their misconceptions, and the references, to tell a fault of a check's from one of an answer's."""
    with tempfile.TemporaryDirectory(prefix="trusted-") as scratch:
        for name, data in files.items():
            if name.startswith("trusted/"):
                place = Path(scratch) / name.removeprefix("trusted/")
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
        saved = {key: sys.modules.pop(key) for key in list(sys.modules) if key.partition(".")[0] == "solutions"}
        sys.path.insert(0, scratch)
        importlib.invalidate_caches()
        try:
            spec = importlib.util.spec_from_file_location("released_questions", Path(scratch) / "questions.py")
            assert spec is not None and spec.loader is not None
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            questions = {name: value for name, value in vars(module).items() if isinstance(value, Question)}
            (chapter,) = (Path(n).stem for n in files if n.startswith("trusted/solutions/ch"))
            solutions = importlib.import_module(f"solutions.{chapter}")
            references: dict[str, Callable[..., Any]] = {name: value for name, value in vars(solutions).items() if isinstance(value, types.FunctionType)}
        finally:
            sys.path.remove(scratch)
            for key in [k for k in sys.modules if k.partition(".")[0] == "solutions"]:
                del sys.modules[key]
            sys.modules.update(saved)
    return questions, references
