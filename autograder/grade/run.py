"""Grades many submissions: each is read, run and checked in one of a few processes, and written as soon as it
is known."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import multiprocessing.util
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import FrameType

from autograder.grade import results
from autograder.grade.inside.linux import die_with_parent, take_whole_turns
from autograder.grade.limits import Limits
from autograder.grade.outcome import GRADER_ERROR, Result
from autograder.grade.packed import content_digest, pack, unpack
from autograder.grade.pipeline import grade
from autograder.grade.reading.choosing import Known
from autograder.grade.release import Catalogue, NotARelease, Release, load
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
    # Stems of results that are there, by what they were made from: the same content is graded once.
    elsewhere: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PackedSubmission:
    """A submission that was read before, and is graded again without its file."""

    name: str
    stem: str
    packed: bytes


class Reader:
    """Reads submissions, and finds the releases they are to."""

    def __init__(self, releases: Releases) -> None:
        self._releases = releases
        self._loaded: dict[Path, Release] = {}
        self._catalogue = Catalogue(releases.folder)

    def read(self, path: Path, stem: str) -> tuple[Submission, Release | None]:
        """A submission and the release it is to. Raises `NotARelease` if that cannot be used."""
        where = self._releases
        single = self._load(where.single) if where.single else None
        if single:
            known: Known = {single.assignment: [question.name for question in single.questions]}
        else:
            known = self._catalogue
        submission = read(path, stem, known)
        return submission, self.release_for(submission)

    def release_for(self, submission: Submission) -> Release | None:
        """The release a submission is to; None if that is not known."""
        where = self._releases
        if where.single:
            return self._load(where.single)
        if submission.assignment not in self._catalogue:
            return None
        release = self._load(where.folder / f"{submission.assignment}.zip")
        own = where.folder / "variants" / str(submission.variant) / f"{submission.assignment}.zip"
        if submission.variant not in (None, release.variant) and own.is_file():
            # Given out with other numbers: graded with those.
            return self._load(own)
        return release

    def assignment_of(self, path: Path) -> str:
        return self._load(path).assignment

    def _load(self, path: Path) -> Release:
        if path not in self._loaded:
            self._loaded[path] = load(path)
        return self._loaded[path]


class Grader(Reader):
    """Grades in one process: its zygote, and the releases it has loaded."""

    def __init__(self, job: GradingJob) -> None:
        super().__init__(job.releases)
        self._job = job
        self._zygote = Zygote(job.sandbox, job.secrets)

    def grade(self, path: Path, stem: str) -> Result:
        try:
            return self.graded(*self.read(path, stem))
        except NotARelease as error:
            return Result(Submission(path, stem), GRADER_ERROR, self._job.sandbox, None, reason=str(error))

    def graded(self, submission: Submission, release: Release | None) -> Result:
        return grade(submission, release, self._zygote, self._job.limits)

    def grade_into(self, path: Path, stem: str) -> Row:
        """Read and grade a submission and write its result, unless the result of the very same grading is
        there already."""
        try:
            submission, release = self.read(path, stem)
            return self._grade_into(submission, release)
        except NotARelease as error:
            return self._not_a_release(path, stem, error)

    def grade_again_into(self, item: PackedSubmission) -> Row:
        """The same for a submission that was read before."""
        submission = unpack(item.packed, item.name, item.stem)
        try:
            return self._grade_into(submission, self.release_for(submission))
        except NotARelease as error:
            return self._not_a_release(submission.path, item.stem, error)

    def _grade_into(self, submission: Submission, release: Release | None) -> Row:
        job = self._job
        made_from = digest_of_inputs(submission, release, job.sandbox)
        row = None
        if not job.again:
            row = results.known_or_taken_over(job.out, submission, made_from, job.elsewhere)
        if row is None:
            origin = {
                "content": content_digest(submission),
                "release": release.digest if release else "",
                "grader": own_digest(),
            }
            row = results.write_result(self.graded(submission, release), job.out, made_from, **origin)
        return replace(row, packed=pack(submission))

    def _not_a_release(self, path: Path, stem: str, error: NotARelease) -> Row:
        result = Result(Submission(path, stem), GRADER_ERROR, self._job.sandbox, None, reason=str(error))
        return results.write_result(result, self._job.out)

    def close(self) -> None:
        self._zygote.close()


def digest_of_inputs(submission: Submission, release: Release | None, kind: str) -> str:
    """A hash of all that a result depends on: the submission as it was read, the release, the sandbox, and
    the grader itself."""
    parts = [content_digest(submission), release.digest if release else None, kind, own_digest()]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@cache
def own_digest() -> str:
    """A hash of the grader's own code: which grader a result is of."""
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
    take_whole_turns()
    _grader = Grader(job)
    # A pool's processes end without running `atexit`; this they do run.
    multiprocessing.util.Finalize(None, _grader.close, exitpriority=10)


def _grade_one(item: Item) -> Row:
    assert _grader is not None
    return _grader.grade_again_into(item) if isinstance(item, PackedSubmission) else _grader.grade_into(*item)


Item = tuple[Path, str] | PackedSubmission
Numbered = tuple[int, Item]


def grade_all(
    submissions: Sequence[Item], job: GradingJob, jobs: int, done: Callable[[Row], None]
) -> list[Row]:
    """Grade submissions, as `find` gives them, and return a row for each, in their order.

    done: told of each as soon as it is graded; it alone gets what was read.
    """
    results.clear_scratch(job.out)
    rows: dict[int, Row] = {}

    def finish(item: Numbered, row: Row) -> None:
        done(row)
        rows[item[0]] = replace(row, packed=b"")

    waiting = deque(enumerate(submissions))
    while waiting:
        for item in _in_a_pool(waiting, job, jobs, finish):
            # A process of the pool died, and this is what it may have died of: alone, it is known.
            if _in_a_pool(deque([item]), job, 1, finish):
                finish(item, _failed(item[1], job, "the process that graded it died"))
    return [rows[number] for number in range(len(submissions))]


def _in_a_pool(
    waiting: deque[Numbered], job: GradingJob, jobs: int, finish: Callable[[Numbered, Row], None]
) -> list[Numbered]:
    """Grade what waits, until nothing does or a process of the pool dies; returns what was being graded
    then."""
    under_way: dict[Future[Row], Numbered] = {}
    lost: list[Numbered] = []
    context = multiprocessing.get_context("fork")
    workers = max(1, min(jobs, len(waiting)))
    with (
        _interrupts() as interrupted,
        ProcessPoolExecutor(
            workers, mp_context=context, initializer=_start, initargs=(job, os.getpid())
        ) as pool,
    ):
        try:
            while (waiting or under_way) and not lost:
                if interrupted.is_set():
                    raise KeyboardInterrupt
                while waiting and len(under_way) < workers * AHEAD:
                    item = waiting.popleft()
                    under_way[pool.submit(_grade_one, item[1])] = item
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    item = under_way.pop(future)
                    try:
                        row = future.result()
                    except BrokenProcessPool:
                        lost.append(item)
                        continue
                    except results.CannotWrite:
                        raise
                    except Exception as error:
                        row = _failed(item[1], job, f"the grader failed: {type(error).__name__}: {error}")
                    finish(item, row)
        except BrokenProcessPool:
            lost.append(item)
        except (KeyboardInterrupt, results.CannotWrite):
            # What they are grading need not come to its end: nobody is going to read it.
            for process in multiprocessing.active_children():
                process.kill()
            raise
    return [*lost, *under_way.values()]


@contextmanager
def _interrupts() -> Iterator[threading.Event]:
    """Remember that somebody interrupted, beside raising `KeyboardInterrupt`: Python drops an exception that
    is raised while it finalizes an object, and a grader that goes on after Ctrl-C does not listen."""
    interrupted = threading.Event()

    def interrupt(signum: int, frame: FrameType | None) -> None:
        interrupted.set()
        raise KeyboardInterrupt

    listens = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if not listens or threading.current_thread() is not threading.main_thread():
        yield interrupted
        return
    signal.signal(signal.SIGINT, interrupt)
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _failed(item: Item, job: GradingJob, reason: str) -> Row:
    path, stem = (Path(item.name), item.stem) if isinstance(item, PackedSubmission) else item
    return results.write_result(
        Result(Submission(path, stem), GRADER_ERROR, job.sandbox, None, reason=reason), job.out
    )
