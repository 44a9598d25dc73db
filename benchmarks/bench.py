"""How fast grading and building are, side by side in one run: machines are noisy, so what counts is the
ratio.

`make bench` runs it, on what `make build` left in dist/. Everything runs in fresh processes. What is compared
by the core is held to one core.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbgrader_course
import psutil
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
NBGRADER = ROOT / ".venv-nbgrader" / "bin" / "python"
CHAPTER = "ch06_softmax"
# A class: of ten, six are done, two half-way, one has not begun, and one has a misconception about every
# question.
CLASS = ("solved",) * 6 + ("half",) * 2 + ("untouched", "misconceptions")
THIS, FLOOR, STOCK, NBGRADER_RUN = 300, 300, len(set(CLASS)), 10
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


def hand_in(folder: Path, samples: Path, count: int) -> list[Path]:
    """So many submissions, of the class's mixture."""
    folder.mkdir(parents=True)
    paths = [folder / f"{CHAPTER}_{number:04d}.ipynb" for number in range(count)]
    for number, path in enumerate(paths):
        shutil.copyfile(samples / f"{CHAPTER}_{CLASS[number % len(CLASS)]}.ipynb", path)
    return paths


def by_the_core(scratch: Path, samples: Path) -> Iterator[tuple[str, int, Run]]:
    """What each grader takes for the class, held to one core: a name, how many submissions, and the run."""
    papers = hand_in(scratch / "floor", samples, FLOOR)
    quiet = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    yield (
        "the floor: a bare fork, its cells, no checks",
        FLOOR,
        run(sys.executable, ROOT / "benchmarks" / "floor.py", *papers, cores=1, environment=quiet),
    )
    hand_in(scratch / "this", samples, THIS)
    yield (
        "this grader, sandboxed",
        THIS,
        run(BIN / "autograder", "grade", scratch / "this", "--out", scratch / "out", "--jobs", 1, cores=1),
    )
    yield (
        "nbgrader autograde",
        NBGRADER_RUN,
        _nbgrader(scratch / "nbgrader", hand_in(scratch / "papers", samples, NBGRADER_RUN)),
    )
    seconds, most = 0.0, 0.0
    release = ROOT / "dist" / "autograder" / f"{CHAPTER}.zip"
    for kind in dict.fromkeys(CLASS):
        done = run(
            BIN / "otter",
            "run",
            "-a",
            release,
            "-o",
            scratch,
            samples / f"{CHAPTER}_{kind}.ipynb",
            cores=1,
            cwd=scratch,
        )
        seconds, most = seconds + done.seconds * CLASS.count(kind), max(most, done.megabytes)
    # Otter starts anew for each submission, so one of each kind tells what all of them take.
    yield "stock otter run", len(CLASS), Run(seconds, most)


def _nbgrader(course: Path, papers: Sequence[Path]) -> Run:
    nbgrader_course.make_course(course, CHAPTER, {path.stem: path for path in papers}, ROOT)
    run(*nbgrader_course.generate_command(course, CHAPTER, NBGRADER))
    done = run(*nbgrader_course.autograde_command(course, CHAPTER, NBGRADER), cores=1)
    graded = nbgrader_course.scores(course)
    if len(graded) != len(papers) or max(graded.values()) != 20:
        sys.exit(f"nbgrader did not grade what it was given: {graded}")
    return done


def grading(scratch: Path, samples: Path) -> Table:
    table = Table("a class's submissions, on one core", box=None, pad_edge=False)
    for heading in (
        "graded",
        "seconds each",
        "a second",
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
    for heading in ("seconds", "a second", "peak MB"):
        table.add_column(heading, justify="right")
    for count in SCALES:
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
            table.add_row(
                str(count),
                str(jobs),
                f"{done.seconds:.2f}",
                f"{count / done.seconds:.1f}",
                f"{done.megabytes:.0f}",
            )
    return table


def building(scratch: Path, samples: Path) -> Table:
    importing = run(sys.executable, "-c", "import otter.assign")
    built = run(BIN / "autograder", "build", "--out", scratch / "built")
    checked = run(BIN / "autograder", "build", "--check")
    one = samples / f"{CHAPTER}_solved.ipynb"
    stock = run(
        BIN / "otter",
        "run",
        "-a",
        ROOT / "dist" / "autograder" / f"{CHAPTER}.zip",
        "-o",
        scratch,
        one,
        cwd=scratch,
    )
    ours = run(BIN / "autograder", "grade", one, "--out", scratch / "one")
    table = Table("once, from a cold start", box=None, pad_edge=False)
    table.add_column("seconds", justify="right")
    table.add_column("ratio", justify="right")
    table.add_column("to")
    for what, took, base, name in (
        ("import otter.assign", importing, None, ""),
        ("build ten chapters, solved notebooks executed", built, importing, "import otter.assign"),
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
        run(BIN / "autograder", "samples", CHAPTER, "--out", samples)
        for number, table in enumerate((grading, scaling, building)):
            (Path(place) / str(number)).mkdir()
            console.print(table(Path(place) / str(number), samples))
            console.print()


if __name__ == "__main__":
    main()
