"""How long building and grading take, side by side with stock Otter in one run: machines are noisy, so what counts is the ratio.

`make bench` runs it. Everything is measured in fresh processes, on what `make build` left in dist/.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHAPTER = "ch06_softmax"
SUBMISSIONS = 60
STOCK_RUNS = 3


def seconds(*command: object, cwd: Path = ROOT) -> float:
    """The wall time of a command that must succeed."""
    started = time.perf_counter()
    subprocess.run([str(part) for part in command], cwd=cwd, check=True, capture_output=True)
    return time.perf_counter() - started


def main() -> None:
    solved = ROOT / "dist" / "solutions" / f"{CHAPTER}.ipynb"
    release = ROOT / "dist" / "autograder" / f"{CHAPTER}.zip"
    if not solved.is_file():
        sys.exit("there is nothing to measure yet: run `make build` first")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "in").mkdir()
        for number in range(SUBMISSIONS):
            shutil.copyfile(solved, folder / "in" / f"{CHAPTER}_{number:03d}.ipynb")
        importing = seconds(sys.executable, "-c", "import otter.assign")
        building = seconds(BIN / "autograder", "build", "--out", folder / "built")
        checking = seconds(BIN / "autograder", "build", "--check")
        one = seconds(BIN / "autograder", "grade", solved, "--out", folder / "one")
        many = seconds(BIN / "autograder", "grade", folder / "in", "--out", folder / "many")
        stock = min(seconds(BIN / "otter", "run", "-a", release, "-o", folder, solved, cwd=folder) for _ in range(STOCK_RUNS))
    each = many / SUBMISSIONS
    table = Table("what", box=None, pad_edge=False)
    table.add_column("seconds", justify="right")
    table.add_column("ratio", justify="right")
    table.add_column("to")
    for what, took, base, name in (
        ("import otter.assign", importing, None, ""),
        ("build ten chapters, solved notebooks executed", building, importing, "import otter.assign"),
        ("compare student/ with its sources", checking, importing, "import otter.assign"),
        ("stock otter run, one submission", stock, None, ""),
        ("grade one submission, from a cold start", one, stock, "stock otter run"),
        (f"grade one of {SUBMISSIONS} submissions", each, stock, "stock otter run"),
    ):
        table.add_row(what, f"{took:.3f}", f"{took / base:.3f}" if base else "", name)
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
