"""Grades many submissions: each is read, run and checked in one of a few processes, and written as soon as it
is known."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import multiprocessing.util
import os
import signal
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.grade import results
from autograder.grade.inside.linux import die_with_parent
from autograder.grade.limits import Limits
from autograder.grade.outcome import GRADER_ERROR, Result
from autograder.grade.pipeline import grade
from autograder.grade.release import NotARelease, Release, load
from autograder.grade.results import Row
from autograder.grade.submission import Submission, read
from autograder.grade.zygote import Zygote

# Submissions handed to a process ahead of the one it grades: enough that it never waits.
AHEAD = 2


@dataclass(frozen=True)
class Releases:
    """Where the grader distributions are: one for all that is graded, or a folder of them by assignment."""

    single: Path | None
    folder: Path

    @property
    def assignments(self) -> list[str]:
        return sorted(p.stem for p in self.folder.glob("*.zip"))


@dataclass(frozen=True)
class GradingJob:
    """What a run of the grader was asked for. secrets: what no submission may read."""

    out: Path
    releases: Releases
    sandbox: str
    secrets: Sequence[Path] = ()
    again: bool = False
    limits: Limits | None = None


class Grader:
    """Grades in one process: its zygote, and the releases it has loaded."""

    def __init__(self, job: GradingJob) -> None:
        self._job = job
        self._zygote = Zygote(job.sandbox, job.secrets)
        self._loaded: dict[Path, Release] = {}

    def read(self, path: Path, stem: str) -> tuple[Submission, Release | None]:
        """A submission and the release it is to. Raises `NotARelease` where that cannot be used."""
        where = self._job.releases
        single = self._load(where.single) if where.single else None
        submission = read(path, stem, [single.assignment] if single else where.assignments)
        if single or submission.assignment not in where.assignments:
            return submission, single
        return submission, self._load(where.folder / f"{submission.assignment}.zip")

    def grade(self, path: Path, stem: str) -> Result:
        try:
            return self.graded(*self.read(path, stem))
        except NotARelease as error:
            return Result(Submission(path, stem), GRADER_ERROR, self._job.sandbox, None, reason=str(error))

    def graded(self, submission: Submission, release: Release | None) -> Result:
        return grade(submission, release, self._zygote, self._job.limits)

    def grade_into(self, path: Path, stem: str) -> Row:
        """Grade a submission and write its result, unless the result of the very same grading is there
        already."""
        made_from = ""
        try:
            submission, release = self.read(path, stem)
            made_from = digest_of_inputs(submission, release, self._job.sandbox)
            known = None if self._job.again else results.known(self._job.out, stem, made_from)
            if known is not None:
                return known
            result = self.graded(submission, release)
        except NotARelease as error:
            result = Result(Submission(path, stem), GRADER_ERROR, self._job.sandbox, None, reason=str(error))
        return results.write_result(result, self._job.out, made_from)

    def _load(self, path: Path) -> Release:
        if path not in self._loaded:
            self._loaded[path] = load(path)
        return self._loaded[path]

    def close(self) -> None:
        self._zygote.close()


def digest_of_inputs(submission: Submission, release: Release | None, kind: str) -> str:
    """A hash of all that a result depends on: the submission as it was read, the release, the sandbox, and
    the grader itself."""
    cells = [[cell.cell_id, cell.source] for cell in submission.cells]
    read = [
        submission.path.name,
        cells,
        submission.assignment,
        submission.problem,
        submission.texts,
        submission.remark,
    ]
    parts = [read, release.digest if release else None, kind, _own_digest()]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@cache
def _own_digest() -> str:
    package = Path(__file__).resolve().parent.parent
    files = sorted([*package.glob("kit/*.py"), *package.glob("grade/**/*.py")])
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


_grader: Grader | None = None


def _start(job: GradingJob, parent: int) -> None:
    global _grader
    # A grader that is killed takes its processes with it, however it is killed.
    die_with_parent()
    if os.getppid() != parent:
        os._exit(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _grader = Grader(job)
    # A pool's processes end without running `atexit`; this they do run.
    multiprocessing.util.Finalize(None, _grader.close, exitpriority=10)


def _grade_one(path: Path, stem: str) -> Row:
    assert _grader is not None
    return _grader.grade_into(path, stem)


Numbered = tuple[int, tuple[Path, str]]


def grade_all(
    submissions: Sequence[tuple[Path, str]], job: GradingJob, jobs: int, done: Callable[[Row], None]
) -> list[Row]:
    """Grade submissions, as `find` gives them, and return a row for each, in their order."""
    results.clear_scratch(job.out)
    rows: dict[int, Row] = {}

    def finish(item: Numbered, row: Row) -> None:
        rows[item[0]] = row
        done(row)

    waiting = deque(enumerate(submissions))
    while waiting:
        for item in _in_a_pool(waiting, job, jobs, finish):
            # A process of the pool died, and this is what it may have died of: alone, it is known.
            if _in_a_pool(deque([item]), job, 1, finish):
                finish(item, _failed(*item[1], job, "the process that graded it died"))
    ordered = [rows[number] for number in range(len(submissions))]
    results.write_grades(ordered, job.out)
    return ordered


def _in_a_pool(
    waiting: deque[Numbered], job: GradingJob, jobs: int, finish: Callable[[Numbered, Row], None]
) -> list[Numbered]:
    """Grade what waits, until nothing does or a process of the pool dies; returns what was being graded
    then."""
    under_way: dict[Future[Row], Numbered] = {}
    lost: list[Numbered] = []
    context = multiprocessing.get_context("fork")
    workers = max(1, min(jobs, len(waiting)))
    with ProcessPoolExecutor(
        workers, mp_context=context, initializer=_start, initargs=(job, os.getpid())
    ) as pool:
        try:
            while (waiting or under_way) and not lost:
                while waiting and len(under_way) < workers * AHEAD:
                    item = waiting.popleft()
                    under_way[pool.submit(_grade_one, *item[1])] = item
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    item = under_way.pop(future)
                    try:
                        finish(item, future.result())
                    except BrokenProcessPool:
                        lost.append(item)
                    except Exception as error:
                        finish(
                            item,
                            _failed(*item[1], job, f"the grader failed: {type(error).__name__}: {error}"),
                        )
        except BrokenProcessPool:
            lost.append(item)
        except KeyboardInterrupt:
            for process in list(pool._processes.values()):
                process.kill()
            raise
    return [*lost, *under_way.values()]


def _failed(path: Path, stem: str, job: GradingJob, reason: str) -> Row:
    return results.write_result(
        Result(Submission(path, stem), GRADER_ERROR, job.sandbox, None, reason=reason), job.out
    )
