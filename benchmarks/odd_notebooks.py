"""Odd but right notebooks in a real kernel, in this grader and in stock Otter, side by side.

`make odd` takes a few cases of every kind from the tests' differential table; `make odd CASES=all` takes all
of them, which is an hour's work for stock Otter. A grader agrees with the kernel if a question whose public
checks pass there passes here too, and no other does. Everything runs on what `make build` left in dist/.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import psutil
from rich.console import Console
from rich.progress import track
from rich.table import Table

from autograder.grade.limits import Limits
from autograder.grade.pipeline import grade
from autograder.grade.release import Release, load
from autograder.grade.sandbox_choice import choose_sandbox
from autograder.grade.submission import read
from autograder.grade.zygote import Zygote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from differential.cases import Case, all_cases  # noqa: E402
from differential.disagreements import reason_for  # noqa: E402
from differential.kernels import Kernels  # noqa: E402

OTTER = Path(sys.executable).parent / "otter"
PER_KIND = 3
LIMITS = Limits(cell=15, call=5, submission=60)
STOCK_SECONDS = 120
AT_A_TIME = 2
GRADERS = ("this grader", "stock Otter")


def main() -> None:
    cases = all_cases() if os.environ.get("CASES") == "all" else chosen()
    chapters = {case.chapter for case in cases}
    packages = {chapter: ROOT / "dist" / "autograder" / f"{chapter}.zip" for chapter in chapters}
    if missing := [path.name for path in packages.values() if not path.is_file()]:
        sys.exit(f"{', '.join(missing)} is not built yet: run `make build` first")
    releases = {chapter: load(package) for chapter, package in packages.items()}
    with tempfile.TemporaryDirectory() as scratch:
        paths = [hand_in(Path(scratch) / str(number), case) for number, case in enumerate(cases)]
        kernels = in_kernels(cases)
        ours = with_this_grader(cases, paths, releases)
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            stock = list(
                track(
                    pool.map(with_stock_otter, cases, paths, (packages[case.chapter] for case in cases)),
                    "stock Otter",
                    len(cases),
                )
            )
    report(cases, kernels, dict(zip(GRADERS, (ours, stock), strict=True)))


def chosen() -> list[Case]:
    """Some of every kind, spread over it."""
    by_kind: dict[str, list[Case]] = defaultdict(list)
    for case in all_cases():
        by_kind[case.kind].append(case)
    return [
        cases[place]
        for cases in by_kind.values()
        for place in sorted({number * len(cases) // PER_KIND for number in range(PER_KIND)})
    ]


def cells_of(case: Case) -> list[str]:
    """The case's cells, after those that the chapter's notebook begins with: Otter's, and the imports."""
    notebook = nbformat.read(ROOT / "student" / case.chapter / f"{case.chapter}.ipynb", as_version=4)
    ids = (f"{case.chapter}-otter", f"{case.chapter}-code-001")
    return case.cells([cell.source for cell in notebook.cells if cell.id in ids])


def hand_in(folder: Path, case: Case) -> Path:
    """The case as a notebook in a folder of its own."""
    folder.mkdir()
    student = nbformat.read(ROOT / "student" / case.chapter / f"{case.chapter}.ipynb", as_version=4)
    student.cells = [nbformat.v4.new_code_cell(source) for source in cells_of(case)]
    path = folder / f"{case.chapter}.ipynb"
    # A lone half of a character cannot be saved; a front end saves the mark of an unreadable one.
    path.write_text(nbformat.writes(student), encoding="utf-8", errors="replace")
    return path


def in_kernels(cases: Sequence[Case]) -> list[set[str]]:
    """The questions whose public checks pass in a kernel beside the student's folder."""
    kernels = Kernels()
    try:
        return [
            kernels.run(cells_of(case), case.questions, ROOT / "student" / case.chapter).passed
            for case in track(cases, "kernel")
        ]
    finally:
        kernels.close()


def with_this_grader(
    cases: Sequence[Case], paths: Sequence[Path], releases: dict[str, Release]
) -> list[set[str]]:
    zygote = Zygote(choose_sandbox("auto"))
    found = []
    try:
        for case, path in track(list(zip(cases, paths, strict=True)), "this grader"):
            result = grade(read(path, path.stem, [case.chapter]), releases[case.chapter], zygote, LIMITS)
            found.append(
                {
                    outcome.question.name
                    for outcome in result.questions
                    if outcome.question.name in case.questions
                    and all(check.passed for check in outcome.checks if not check.check.hidden)
                }
            )
    finally:
        zygote.close()
    return found


def with_stock_otter(case: Case, path: Path, package: Path) -> set[str]:
    """The questions with points from `otter run`; its processes are ended if they take too long."""
    command = [str(part) for part in (OTTER, "run", "-a", package, "-o", path.parent, path)]
    with subprocess.Popen(
        command, cwd=path.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            process.wait(STOCK_SECONDS)
        except subprocess.TimeoutExpired:
            # The notebook's kernel is in a session of its own, and may not notice that nobody waits for it.
            for child in [*psutil.Process(process.pid).children(recursive=True), process]:
                child.kill()
    try:
        tests = json.loads((path.parent / "results.json").read_text())["tests"]
    except (OSError, ValueError, KeyError):
        return set()
    # Answers of the table are right: what its hidden checks say of them, they say of the notebook's oddity.
    return {
        name
        for name in case.questions
        for test in tests
        if test["name"].split(" ")[0] == name and test.get("max_score") and test["score"] == test["max_score"]
    }


def report(cases: Sequence[Case], kernels: Sequence[set[str]], graders: dict[str, list[set[str]]]) -> None:
    console = Console(width=150)
    table = Table("kind", box=None, pad_edge=False)
    for heading in ("cases", *GRADERS):
        table.add_column(heading, justify="right")
    kinds = list(dict.fromkeys(case.kind for case in cases))
    agreed = {
        name: [here == there for here, there in zip(found, kernels, strict=True)]
        for name, found in graders.items()
    }
    for kind in kinds:
        of_it = [number for number, case in enumerate(cases) if case.kind == kind]
        counts = (sum(agreed[name][number] for number in of_it) for name in GRADERS)
        table.add_row(kind, str(len(of_it)), *map(str, counts))
    table.add_row("all", str(len(cases)), *(str(sum(agreed[name])) for name in GRADERS))
    console.print("How many cases are judged as a real kernel judges them:\n")
    console.print(table)
    for name in GRADERS:
        console.print(f"\n{name} disagrees:")
        for number, case in enumerate(cases):
            if not agreed[name][number]:
                less, more = kernels[number] - graders[name][number], graders[name][number] - kernels[number]
                what = [f"loses {', '.join(sorted(less))}"] * bool(less)
                what += [f"passes {', '.join(sorted(more))}"] * bool(more)
                reason = f" ({reason_for(case)})" if name == GRADERS[0] and reason_for(case) else ""
                console.print(f"  {case.label}: {'; '.join(what)}{reason}", markup=False)


if __name__ == "__main__":
    main()
