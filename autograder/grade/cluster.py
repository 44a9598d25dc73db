"""Grades a batch on an existing Dask cluster: the same grader and the same sandbox on every worker.

Submissions are read here and sent as what was read of them; results come back as JSON and are written here,
as soon as each is known. Beside each of a worker's threads stands a grader of its own (`remote`), so that
nothing of a submission runs in the worker itself. A worker that dies costs a retry on another.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import io
import json
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.grade import results
from autograder.grade.outcome import GRADER_ERROR, Result
from autograder.grade.packed import content_digest, pack, unpack
from autograder.grade.release import NotARelease
from autograder.grade.results import Row
from autograder.grade.run import GradingJob, Item, PackedSubmission, Reader, digest_of_inputs, own_digest
from autograder.grade.submission import Submission

# How many workers may die of one submission before it is held to be the reason.
RETRIES = 3
CONNECT_SECONDS = 20


class NoCluster(Exception):
    """A cluster that cannot be used: what is wrong, and what would be right."""


@dataclass(frozen=True)
class Setup:
    """What a worker needs to grade: the distributions, zipped, and the sandbox."""

    distributions: bytes
    sandbox: str
    grader: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.distributions + self.sandbox.encode()).hexdigest()


def grade_on_cluster(
    address: str,
) -> Callable[[Sequence[Item], GradingJob, int, Callable[[Row], None]], list[Row]]:
    """What grades a batch on the cluster at an address, called as `run.grade_all` is. Raises `NoCluster`."""
    client = _connected(address)

    def graded(items: Sequence[Item], job: GradingJob, _jobs: int, done: Callable[[Row], None]) -> list[Row]:
        with contextlib.closing(client):
            return _Batch(client, job, done).grade(items)

    return graded


def _connected(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise NoCluster("--cluster needs Dask, which is not here (pip install distributed)") from error
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise NoCluster(
            f"there is no Dask scheduler at {address} ({type(error).__name__}); an address is tcp://HOST:8786"
        ) from error
    if not client.scheduler_info()["workers"]:
        client.close()
        raise NoCluster(
            f"the Dask cluster at {address} has no workers; start one with `dask worker {address}`"
        )
    return client


class _Batch:
    def __init__(self, client: Any, job: GradingJob, done: Callable[[Row], None]) -> None:
        self._client, self._job, self._done = client, job, done
        self._reader = Reader(job.releases)
        self._rows: dict[int, Row] = {}

    def grade(self, items: Sequence[Item]) -> list[Row]:
        from distributed import as_completed

        results.clear_scratch(self._job.out)
        self._check_workers()
        setup = self._client.scatter(self._setup(), broadcast=True, hash=False)
        waiting: dict[Any, tuple[int, Submission, str, str]] = {}
        for number, item in enumerate(items):
            task = self._prepared(number, item)
            if task is not None:
                submission, made_from, release = task
                request = {
                    "name": submission.path.name,
                    "packed": base64.b64encode(pack(submission)).decode(),
                }
                future = self._client.submit(_grade, setup, request, pure=False, retries=RETRIES)
                waiting[future] = number, submission, made_from, release
        for future in as_completed(list(waiting), loop=self._client.loop):
            number, submission, made_from, release = waiting.pop(future)
            self._finish(number, self._received(future, submission, made_from), submission)
        return [self._rows[number] for number in range(len(items))]

    def _check_workers(self) -> None:
        """Refuse workers whose grader is another one: their grades would not be these."""
        other = [where for where, digest in self._client.run(own_digest).items() if digest != own_digest()]
        if other:
            raise NoCluster(
                f"{', '.join(sorted(other))}: another version of this program; install this one on every"
                " worker"
            )

    def _setup(self) -> Setup:
        data = io.BytesIO()
        where = self._job.releases
        files = [where.single] if where.single else sorted(where.folder.rglob("*.zip"))
        with zipfile.ZipFile(data, "w") as archive:
            for path in files:
                name = path.name if where.single else path.relative_to(where.folder).as_posix()
                name = f"{self._reader.assignment_of(path)}.zip" if where.single else name
                archive.writestr(zipfile.ZipInfo(name), path.read_bytes())
        return Setup(data.getvalue(), self._job.sandbox, own_digest())

    def _prepared(self, number: int, item: Item) -> tuple[Submission, str, str] | None:
        """What to send; None if the result is there already, or if there is nothing to grade with."""
        job = self._job
        try:
            if isinstance(item, PackedSubmission):
                submission = unpack(item.packed, item.name, item.stem)
                release = self._reader.release_for(submission)
            else:
                submission, release = self._reader.read(*item)
        except NotARelease as error:
            path, stem = (Path(item.name), item.stem) if isinstance(item, PackedSubmission) else item
            result = Result(Submission(path, stem), GRADER_ERROR, job.sandbox, None, reason=str(error))
            self._finish(number, results.write_result(result, job.out), None)
            return None
        made_from = digest_of_inputs(submission, release, job.sandbox)
        row = None
        if not job.again:
            row = results.known_or_taken_over(job.out, submission, made_from, job.elsewhere)
        if row is not None:
            self._finish(number, row, submission)
            return None
        return submission, made_from, release.digest if release else ""

    def _received(self, future: Any, submission: Submission, made_from: str) -> Row:
        try:
            data = json.loads(future.result())["result"]
        except Exception as error:
            # Dask's own errors (a worker that was killed too often) and those of the far side alike.
            reason = f"the cluster could not grade it: {type(error).__name__}: {error}"
            result = Result(submission, GRADER_ERROR, self._job.sandbox, None, reason=reason[:500])
            return results.write_result(result, self._job.out, made_from, content=content_digest(submission))
        return results.write_received(data, self._job.out, submission.stem, made_from)

    def _finish(self, number: int, row: Row, submission: Submission | None) -> None:
        self._done(replace(row, packed=pack(submission)) if submission else row)
        self._rows[number] = row


# On the worker ----------------------------------------------------------------------------------------------

_beside = threading.local()


def _grade(setup: Setup, request: dict[str, str]) -> str:
    """Runs on a worker: ask the grader that stands beside this thread, and start it if there is none."""
    grader = getattr(_beside, "grader", None)
    if grader is None or grader.digest != setup.digest or grader.process.poll() is not None:
        grader = _beside.grader = _Beside(setup)
    return grader.ask(request)


class _Beside:
    """A grader in a process of its own, with the distributions it grades by."""

    def __init__(self, setup: Setup) -> None:
        self.digest = setup.digest
        self._folder = tempfile.TemporaryDirectory(prefix="distributions-")
        with zipfile.ZipFile(io.BytesIO(setup.distributions)) as archive:
            archive.extractall(self._folder.name)
        call = [sys.executable, "-m", "autograder.grade.remote", self._folder.name, setup.sandbox]
        self.process = subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        ready = json.loads(self._line())
        if "problem" in ready:
            raise RuntimeError(ready["problem"])
        if ready["sandbox"] != setup.sandbox or ready["grader"] != setup.grader:
            raise RuntimeError("the grader beside this worker is another one, or in another sandbox")

    def ask(self, request: dict[str, str]) -> str:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return self._line()

    def _line(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the grader beside this worker ended ({self.process.wait()})")
        return line
