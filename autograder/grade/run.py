"""Grades many submissions: each reads, runs and is checked in one of a few processes, and is written as soon as it is known."""

from __future__ import annotations

import multiprocessing
import multiprocessing.util
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.grade import results
from autograder.grade.grading import GRADER_ERROR, Result, grade
from autograder.grade.process import Limits, Zygote
from autograder.grade.release import NotARelease, Release, load
from autograder.grade.submission import Submission, read


@dataclass(frozen=True)
class Releases:
    """Where the grader distributions are: one for all that is graded, or a folder of them by assignment."""

    single: Path | None
    folder: Path

    @property
    def assignments(self) -> list[str]:
        return sorted(p.stem for p in self.folder.glob("*.zip"))


class Grader:
    """Grades in one process: its zygote, and the releases it has loaded."""

    def __init__(self, releases: Releases, sandbox: str, limits: Limits | None = None) -> None:
        self._where, self._sandbox, self._limits = releases, sandbox, limits
        self._zygote = Zygote()
        self._loaded: dict[Path, Release] = {}

    def grade(self, path: Path, stem: str) -> Result:
        try:
            single = self._load(self._where.single) if self._where.single else None
            submission = read(path, stem, [single.assignment] if single else self._where.assignments)
            return grade(submission, single or self._release(submission.assignment), self._zygote, self._sandbox, self._limits)
        except NotARelease as error:
            return Result(Submission(path, stem), GRADER_ERROR, self._sandbox, None, reason=str(error))

    def _release(self, assignment: str | None) -> Release | None:
        return self._load(self._where.folder / f"{assignment}.zip") if assignment in self._where.assignments else None

    def _load(self, path: Path) -> Release:
        if path not in self._loaded:
            self._loaded[path] = load(path)
        return self._loaded[path]

    def close(self) -> None:
        self._zygote.close()


_grader: Grader | None = None


def _start(releases: Releases, sandbox: str) -> None:
    global _grader
    _grader = Grader(releases, sandbox)
    # A pool's processes end without running `atexit`; this they do run.
    multiprocessing.util.Finalize(None, _grader.close, exitpriority=10)


def _grade_and_write(path: Path, stem: str, out: Path) -> Result:
    assert _grader is not None
    result = _grader.grade(path, stem)
    results.write_result(result, out)
    return _portable(result)


def _elsewhere(*_names: Any) -> None:
    """Stands for a check's function in a process that does not run it."""


def _portable(result: Result) -> Result:
    """The result without what cannot leave the process: the checks' functions and the loaded modules."""
    from dataclasses import replace

    if result.release is None:
        return result
    bare = [
        replace(question, checks=[replace(c, function=_elsewhere) for c in question.checks], declared=None, reference=None)
        for question in result.release.questions
    ]
    by_name = {question.name: question for question in bare}
    for outcome in result.questions:
        outcome.question = by_name[outcome.question.name]
        for check in outcome.checks:
            check.check = replace(check.check, function=_elsewhere)
    release = replace(result.release, questions=bare, student_files={}, checking=None)  # type: ignore[arg-type]
    return replace(result, release=release)


def grade_all(submissions: Sequence[tuple[Path, str]], out: Path, releases: Releases, sandbox: str, jobs: int, done: Callable[[Result], None]) -> list[Result]:
    """Grade submissions, as `find` gives them, into `out`, and return the results in their order."""
    finished: dict[str, Result] = {}
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(max(1, min(jobs, len(submissions))), mp_context=context, initializer=_start, initargs=(releases, sandbox)) as pool:
        futures = {pool.submit(_grade_and_write, path, stem, out): (path, stem) for path, stem in submissions}
        for future in as_completed(futures):
            path, stem = futures[future]
            try:
                result = future.result()
            except Exception as error:
                result = Result(Submission(path, stem), GRADER_ERROR, sandbox, None, reason=f"the grading process failed: {type(error).__name__}: {error}")
                results.write_result(result, out)
            finished[stem] = result
            done(result)
    ordered = [finished[stem] for _, stem in submissions]
    results.write_grades(ordered, out)
    return ordered
