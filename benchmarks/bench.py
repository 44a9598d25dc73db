"""How fast grading and building are, side by side in one run: machines are noisy, so what counts is the
ratio.

`make bench` runs it, on what `make build` left in dist/. Everything runs in fresh processes. What is compared
by the core is held to one core.
"""

from __future__ import annotations

import itertools
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbgrader_course
import psutil
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
NBGRADER = ROOT / ".venv-nbgrader" / "bin" / "python"
# What a single submission is of, if one is measured alone.
CHAPTER = "ch06_softmax"
# A class, in each chapter: of ten, six are done, two half-way, one has not begun, and one has a misconception
# about every question.
CLASS = ("solved",) * 6 + ("half",) * 2 + ("untouched", "misconceptions")
# How often the whole class, in all chapters, is graded here and by the floor.
TIMES = 3
SCALES = (10, 100, 1000)
WATCH_SECONDS = 0.1


@dataclass(frozen=True)
class Run:
    """A command's wall time, and the most memory that it and all its processes held at a time."""

    seconds: float
    megabytes: float


def run(
    *command: object, cores: int | None = None, environment: dict[str, str] | None = None, cwd: Path = ROOT
) -> Run:
    """Run a command that must succeed, on so many cores."""
    hold = (lambda: os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])) if cores else None
    started = time.perf_counter()
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        env=os.environ | (environment or {}),
        preexec_fn=hold,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        peak = [0.0]
        watch = threading.Thread(target=_watch, args=(process, peak), daemon=True)
        watch.start()
        said, _ = process.communicate()
    seconds = time.perf_counter() - started
    watch.join()
    if process.returncode:
        sys.exit(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{said[-2000:]}")
    return Run(seconds, peak[0])


def _watch(process: subprocess.Popen[str], peak: list[float]) -> None:
    """Add up what the processes hold, what they share counted once, until the first of them ends."""
    try:
        first = psutil.Process(process.pid)
        while process.poll() is None:
            held = 0
            for one in [first, *first.children(recursive=True)]:
                try:
                    held += one.memory_full_info().pss
                except psutil.Error:
                    continue
            peak[0] = max(peak[0], held / 2**20)
            time.sleep(WATCH_SECONDS)
    except psutil.Error:
        return


def chapters() -> list[str]:
    return sorted(path.stem for path in (ROOT / "dist" / "solutions").glob("ch*.ipynb"))


def hand_in(folder: Path, samples: Path, count: int) -> list[Path]:
    """So many submissions, of the class's mixture in all chapters, shuffled."""
    folder.mkdir(parents=True)
    mixture = [(chapter, kind) for chapter in chapters() for kind in CLASS]
    random.Random("a class").shuffle(mixture)
    paths = []
    for number, (chapter, kind) in zip(range(count), itertools.cycle(mixture), strict=False):
        paths.append(folder / f"{chapter}_{number:04d}.ipynb")
        shutil.copyfile(samples / f"{chapter}_{kind}.ipynb", paths[-1])
    return paths


def by_the_core(scratch: Path, samples: Path) -> Iterator[tuple[str, int, Run]]:
    """What each grader takes for the class, held to one core: a name, how many submissions, and the run."""
    count = TIMES * len(CLASS) * len(chapters())
    papers = hand_in(scratch / "floor", samples, count)
    quiet = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    yield (
        "the floor: a bare fork, its cells, no checks",
        count,
        run(sys.executable, ROOT / "benchmarks" / "floor.py", *papers, cores=1, environment=quiet),
    )
    hand_in(scratch / "this", samples, count)
    yield (
        "this grader, sandboxed",
        count,
        run(BIN / "autograder", "grade", scratch / "this", "--out", scratch / "out", "--jobs", 1, cores=1),
    )
    seconds, most, count = 0.0, 0.0, 0
    for chapter in chapters():
        papers = {f"{chapter}_{n}": samples / f"{chapter}_{kind}.ipynb" for n, kind in enumerate(CLASS)}
        done = _nbgrader(scratch / f"nbgrader-{chapter}", chapter, papers)
        seconds, most, count = seconds + done.seconds, max(most, done.megabytes), count + len(papers)
    yield "nbgrader autograde", count, Run(seconds, most)
    seconds, most, count = 0.0, 0.0, 0
    # Otter starts afresh for each submission, so one of each kind tells what all of them take.
    for chapter, kind in itertools.product(chapters(), dict.fromkeys(CLASS)):
        done = _otter(scratch, chapter, samples / f"{chapter}_{kind}.ipynb", cores=1)
        weight = CLASS.count(kind)
        seconds, most, count = seconds + weight * done.seconds, max(most, done.megabytes), count + weight
    yield "stock otter run", count, Run(seconds, most)


def _otter(scratch: Path, chapter: str, submission: Path, cores: int | None = None) -> Run:
    release = ROOT / "dist" / "autograder" / f"{chapter}.zip"
    return run(BIN / "otter", "run", "-a", release, "-o", scratch, submission, cores=cores, cwd=scratch)


def _nbgrader(course: Path, chapter: str, papers: Mapping[str, Path]) -> Run:
    nbgrader_course.make_course(course, chapter, papers, ROOT)
    run(*nbgrader_course.generate_command(course, chapter, NBGRADER))
    done = run(*nbgrader_course.autograde_command(course, chapter, NBGRADER), cores=1)
    graded = nbgrader_course.scores(course)
    if len(graded) != len(papers) or max(graded.values()) != 20:
        sys.exit(f"nbgrader did not grade what it was given: {graded}")
    return done


def grading(scratch: Path, samples: Path) -> Table:
    table = Table("a class's submissions, on one core", box=None, pad_edge=False)
    for heading in (
        "graded",
        "seconds each",
        "per second",
        "to the floor",
        "this grader is faster by",
        "peak MB",
    ):
        table.add_column(heading, justify="right")
    rows = list(by_the_core(scratch, samples))
    each = [done.seconds / count for _, count, done in rows]
    floor, this = each[0], each[1]
    for (name, count, done), took in zip(rows, each, strict=True):
        faster = f"{took / this:.1f}" if took > this else ""
        table.add_row(
            name,
            str(count),
            f"{took:.4f}",
            f"{1 / took:.2f}",
            f"{took / floor:.2f}",
            faster,
            f"{done.megabytes:.0f}",
        )
    return table


def scaling(scratch: Path, samples: Path) -> Table:
    table = Table("submissions", "jobs", box=None, pad_edge=False)
    for heading in ("seconds", "per second", "to one job", "peak MB"):
        table.add_column(heading, justify="right")
    for count in SCALES:
        alone = 0.0
        hand_in(scratch / f"scale-{count}", samples, count)
        for jobs in (1, 2):
            done = run(
                BIN / "autograder",
                "grade",
                scratch / f"scale-{count}",
                "--out",
                scratch / f"graded-{count}-{jobs}",
                "--jobs",
                jobs,
            )
            alone = alone or done.seconds
            table.add_row(
                str(count),
                str(jobs),
                f"{done.seconds:.2f}",
                f"{count / done.seconds:.1f}",
                f"{done.seconds / alone:.2f}",
                f"{done.megabytes:.0f}",
            )
    return table


def building(scratch: Path, samples: Path) -> Table:
    importing = run(sys.executable, "-c", "import otter.assign")
    built = run(BIN / "autograder", "build", "--out", scratch / "built")
    checked = run(BIN / "autograder", "build", "--check")
    one = samples / f"{CHAPTER}_solved.ipynb"
    stock = _otter(scratch, CHAPTER, one)
    ours = run(BIN / "autograder", "grade", one, "--out", scratch / "one")
    table = Table("once, from a cold start", box=None, pad_edge=False)
    table.add_column("seconds", justify="right")
    table.add_column("ratio", justify="right")
    table.add_column("to")
    for what, took, base, name in (
        ("import otter.assign", importing, None, ""),
        ("build all chapters, solved notebooks executed", built, importing, "import otter.assign"),
        ("compare student/ with its sources", checked, importing, "import otter.assign"),
        ("stock otter run, one submission", stock, None, ""),
        ("this grader, one submission", ours, stock, "stock otter run"),
    ):
        table.add_row(what, f"{took.seconds:.3f}", f"{took.seconds / base.seconds:.3f}" if base else "", name)
    return table


def main() -> None:
    if not (ROOT / "dist" / "solutions" / f"{CHAPTER}.ipynb").is_file():
        sys.exit("there is nothing to measure yet: run `make build` first")
    console = Console(width=130)
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        samples = Path(place) / "samples"
        run(BIN / "autograder", "samples", *chapters(), "--out", samples)
        for number, table in enumerate((grading, scaling, building)):
            (Path(place) / str(number)).mkdir()
            console.print(table(Path(place) / str(number), samples))
            console.print()


if __name__ == "__main__":
    main()
