"""Student folders and distributions from what Otter Assign made, the same to the byte wherever they are
built."""

from __future__ import annotations

import hashlib
import importlib.resources
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
import matplotlib
import nbformat
import numpy
from nbformat import NotebookNode

from autograder.course.chapter import Chapter
from autograder.course.otter_tests import graded_cases, wrong_answers
from autograder.course.packages import requirements
from autograder.course.question import DeclarationError, HandGraded, WorkedValue
from autograder.course.settings import read_settings
from autograder.grade.gradescope import PROVISIONAL
from autograder.grade.outcome import GRADER_ERROR
from autograder.publish.assign import EXPORT_CODE, PACKAGE, PROGRESS_CODE, Assigned, assign, files_beside
from autograder.publish.execute import ExecutionError, execute_all
from autograder.publish.leaks import leaks
from autograder.publish.lessons import lessons

# Zips cannot date before 1980. Stored, not deflated: compressors differ from one zlib to the next.
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
# What the grader needs of this package, and no more: it knows nothing of building.
GRADER_MODULES = (
    "__init__.py",
    "__main__.py",
    "cli.py",
    "kit",
    "course/__init__.py",
    "course/domains.py",
    "course/packages.py",
    "course/question.py",
    "course/settings.py",
    "grade",
    "gradebook",
)


def build(
    chapters: Sequence[Chapter], out: Path, progress: Callable[[str], None] = lambda _said: None
) -> None:
    """Build the chapters into `out/student` and `out/dist`. Nothing is touched there until everything is
    built."""
    with tempfile.TemporaryDirectory(prefix=".build-", dir=_existing(out)) as scratch:
        stage = Path(scratch)
        stage_build(chapters, stage, progress, kept=out / "dist" / "solutions")
        for place in ("student", "dist/student", "dist/autograder", "dist/solutions", "dist/master"):
            for item in sorted((stage / "out" / place).iterdir()):
                _replace(item, out / place / item.name)
        for item in sorted((out / "dist" / "autograder").glob("*.zip")):
            variant = next((chapter.variant for chapter in chapters if chapter.name == item.stem), None)
            if variant is not None:
                # What was handed out with these numbers can be graded after the course has been given others.
                kept = out / "dist" / "autograder" / "variants" / variant / item.name
                kept.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(item, kept)


def _existing(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _replace(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        shutil.rmtree(target)
    elif target.exists():
        target.unlink()
    shutil.move(source, target)


def stage_build(
    chapters: Sequence[Chapter],
    stage: Path,
    progress: Callable[[str], None] = lambda _said: None,
    *,
    kept: Path | None = None,
    solutions: bool = True,
) -> Path:
    """Build into `stage/out`; returns that folder. kept: the solved notebooks of an earlier build."""
    out = stage / "out"
    assigned = {}
    for chapter in chapters:
        progress(f"assigning {chapter.name}")
        assigned[chapter.name] = assign(chapter, stage / "work" / chapter.name)
        _write_student(assigned[chapter.name], out / "student" / chapter.name)
    found = [leak for chapter in chapters for leak in leaks(chapter, out / "student" / chapter.name)]
    if found:
        raise DeclarationError(
            "students would get what is for graders alone:\n" + "\n".join(f"  {leak}" for leak in found)
        )
    for name, item in assigned.items():
        progress(f"packing {name}")
        folder = out / "student" / name
        write_zip(
            out / "dist" / "student" / f"{name}.zip",
            {f"{name}/{p.relative_to(folder)}": p.read_bytes() for p in files_of(folder)},
        )
        write_zip(out / "dist" / "autograder" / f"{name}.zip", _grader_files(item))
        copy_tree(item.master.parent, out / "dist" / "master" / name)
    if solutions:
        _write_solutions(assigned, out, kept, progress)
    return out


def files_of(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts)


def copy_tree(source: Path, target: Path) -> None:
    """Copy a folder's files, without Python's caches, as they are."""
    for path in files_of(source):
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(path.read_bytes())


def write_zip(path: Path, files: Mapping[str, bytes]) -> None:
    """A zip that depends on its files' names and contents alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.create_system = 3
            runnable = name.endswith(".sh") or name == "run_autograder"
            entry.external_attr = (0o100755 if runnable else 0o100644) << 16
            archive.writestr(entry, files[name])


def _write_student(item: Assigned, folder: Path) -> None:
    (folder / "tests").mkdir(parents=True)
    # No indentation, which a student would download; JupyterLab brings its own when it saves.
    notebook = json.dumps(json.loads(nbformat.writes(item.student)), indent=0, ensure_ascii=False)
    (folder / f"{item.chapter.name}.ipynb").write_text(notebook + "\n", encoding="utf-8")
    for name, text in item.student_tests.items():
        (folder / "tests" / name).write_text(text, encoding="utf-8")
    for path in files_beside(item.chapter):
        shutil.copyfile(path, folder / path.name)
    (folder / "questions.json").write_text(lessons(item.chapter), encoding="utf-8")
    readme = _templates(PACKAGE / "publish").get_template("student_readme.md.j2").render(chapter=item.chapter)
    (folder / "README.md").write_text(readme, encoding="utf-8")
    (folder / "requirements.txt").write_text("\n".join(requirements("student")) + "\n", encoding="utf-8")


def _grader_files(item: Assigned) -> dict[str, bytes]:
    """A Gradescope autograder: this grader, and beside it everything stock `otter run` looks for."""
    chapter = item.chapter
    texts: dict[str, str] = {f"tests/{name}": text for name, text in item.all_tests.items()}
    texts |= {
        "otter_config.json": item.otter_config + "\n",
        "environment.yml": item.environment,
        "run_otter.py": item.run_otter,
    }
    texts["manifest.json"] = json.dumps(manifest(chapter, item.student), indent=1, ensure_ascii=False) + "\n"
    texts["trusted/questions.py"] = chapter.questions_path.read_text(encoding="utf-8")
    if chapter.answers_path.is_file():
        texts["trusted/answers.py"] = chapter.answers_path.read_text(encoding="utf-8")
    for path in (
        chapter.solutions_path,
        chapter.root / "solutions" / "__init__.py",
        chapter.root / "solutions" / "shapes.py",
    ):
        texts[f"trusted/solutions/{path.name}"] = path.read_text(encoding="utf-8")
    templates = _templates(PACKAGE / "publish" / "gradescope")
    for name in ("setup.sh", "run_autograder"):
        texts[name] = templates.get_template(f"{name}.j2").render(
            chapter=chapter.name, fallback=_fallback(chapter)
        )
    files = {name: text.encode("utf-8") for name, text in texts.items()}
    files |= {f"files/{path.name}": path.read_bytes() for path in files_beside(chapter)}
    for module in GRADER_MODULES:
        for path in files_of(PACKAGE / module) if (PACKAGE / module).is_dir() else [PACKAGE / module]:
            files[f"autograder/{path.relative_to(PACKAGE)}"] = path.read_bytes()
    files["requirements.lock"] = (
        importlib.resources.files("autograder.publish").joinpath("gradescope/requirements.lock").read_bytes()
    )
    return files


def _templates(folder: Path) -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), keep_trailing_newline=True, undefined=jinja2.StrictUndefined
    )


def _fallback(chapter: Chapter) -> str:
    """The result that stands in where the grader cannot run at all: in the student's favour, and said to be
    provisional."""
    tests = [
        {
            "name": q.name,
            "score": q.points,
            "max_score": q.points,
            "output": PROVISIONAL,
            "visibility": "visible",
        }
        for q in chapter.questions.values()
    ]
    result = {
        "score": chapter.points,
        "output": PROVISIONAL,
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
        "extra_data": {
            "status": GRADER_ERROR,
            "assignment": chapter.name,
            "reason": "the grader wrote no result",
        },
    }
    return json.dumps(result, indent=1)


def manifest(chapter: Chapter, student: NotebookNode) -> dict[str, Any]:
    """What a grader must know of a released assignment: its questions, their points and checks, the wrong
    answers it can name, and the cells that students are given."""
    questions = []
    for question in chapter.questions.values():
        entry: dict[str, Any] = {
            "name": question.name,
            "kind": question.kind,
            "points": question.points,
            "cell": f"{chapter.name}-{question.name}-answer",
            "checks": [
                {
                    "name": case.name,
                    "title": case.title,
                    "hidden": case.hidden,
                    "points": round(case.points, 9),
                }
                for case in graded_cases(chapter, question)
            ],
        }
        if isinstance(question, WorkedValue):
            entry["wrong_answers"] = _json_ready(wrong_answers(chapter, question))
        if isinstance(question, HandGraded):
            entry["rubric"] = question.rubric
        questions.append(entry)
    return {
        "format": 1,
        "assignment": chapter.name,
        "title": chapter.title,
        "variant": chapter.variant,
        "hidden_results": read_settings(chapter.root).hidden_results,
        "points": chapter.points,
        "questions": questions,
        "given": given_cells(student, [entry["cell"] for entry in questions]),
    }


def given_cells(student: NotebookNode, answers: Sequence[str]) -> list[dict[str, Any]]:
    """The code that students are given, in its order, each cell with the answer cell that it stands before.

    What asks Otter about an answer, and what makes the zip to hand in, is nothing that an answer needs.
    """
    given: list[dict[str, Any]] = []
    for cell in student.cells:
        if cell.id in answers:
            for earlier in given:
                earlier.setdefault("before", cell.id)
        elif (
            cell.cell_type == "code"
            and not cell.source.startswith("grader.")
            and cell.source not in (PROGRESS_CODE, EXPORT_CODE)
        ):
            given.append({"cell": cell.id, "source": cell.source})
    return given


def _json_ready(value: Any) -> Any:
    """The same data as JSON can hold it."""
    import numpy as np

    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, dict):
        return {key: _json_ready(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_json_ready(item) for item in value]
    return value


def _write_solutions(
    assigned: Mapping[str, Assigned], out: Path, kept: Path | None, progress: Callable[[str], None]
) -> None:
    """The solved notebooks, executed. One whose cells and files are those of an earlier build is taken from
    there: running it is most of a build."""
    folders = {name: out / "student" / name for name in assigned}
    made_from = {name: _hash_of_sources(item.solved, folders[name]) for name, item in assigned.items()}
    executed = {
        name: notebook
        for name, mark in made_from.items()
        if (notebook := _kept(kept, name, mark)) is not None
    }
    missing = {name: item.solved for name, item in assigned.items() if name not in executed}
    try:
        executed |= (
            execute_all(missing, folders, lambda name: progress(f"executed {name}")) if missing else {}
        )
    except ExecutionError as error:
        raise _located(error, assigned) from error
    for name, notebook in executed.items():
        path = out / "dist" / "solutions" / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        notebook.metadata["course"]["made_from"] = made_from[name]
        nbformat.write(notebook, path)


def _located(error: ExecutionError, assigned: Mapping[str, Assigned]) -> DeclarationError:
    """What went wrong in a solved notebook, with the line of the chapter's text that its cell comes from."""
    for item in assigned.values():
        for cell in item.solved.cells:
            if cell.id == error.cell_id:
                source, text = item.chapter.markdown_path, item.chapter.text
                first = cell.source.strip().partition("\n")[0]
                line = next((n for n, said in enumerate(text.splitlines(), 1) if said.strip() == first), None)
                return DeclarationError(f"the solved notebook's {error}", source, line)
    return DeclarationError(f"a solved notebook does not run: {error}")


def check_solved(chapters: Sequence[Chapter], kept: Path | None) -> None:
    """Run every given cell of the solved notebooks, but of those that an earlier build ran just so.

    Raises `DeclarationError` with file and line if one raises, warns or draws no picture.
    """
    with tempfile.TemporaryDirectory(prefix="solved-") as scratch:
        stage_build(chapters, Path(scratch), kept=kept)


def _hash_of_sources(solved: NotebookNode, folder: Path) -> str:
    """A hash of all that a solved notebook's outputs depend on."""
    parts = [
        nbformat.writes(solved).encode(),
        (PACKAGE / "publish" / "execute.py").read_bytes(),
        matplotlib.__version__.encode(),
        numpy.__version__.encode(),
    ]
    parts += [path.read_bytes() for path in files_of(folder)]
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def _kept(kept: Path | None, name: str, mark: str) -> NotebookNode | None:
    path = kept / f"{name}.ipynb" if kept else None
    if path is None or not path.is_file():
        return None
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception:
        # Whatever stands there is not of a build of ours.
        return None
    return notebook if notebook.metadata.get("course", {}).get("made_from") == mark else None
