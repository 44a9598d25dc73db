"""What hostile submissions get out of this grader and out of stock Otter, side by side.

`python benchmarks/hostile.py` grades every attack of the tests with both, on what `make build` left in dist/,
and prints a table. Stock Otter runs a submission in the account that calls it: attacks that could hurt a
machine are not run with it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil
from rich.console import Console
from rich.table import Table

from autograder.course.chapter import read_chapter
from autograder.grade.limits import Limits
from autograder.grade.pipeline import grade
from autograder.grade.release import load
from autograder.grade.sandbox_choice import choose_sandbox
from autograder.grade.submission import read
from autograder.grade.zygote import Zygote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from hostile.attacks import ATTACKS, Attack, notebook  # noqa: E402

OTTER = Path(sys.executable).parent / "otter"
CHAPTER = "ch06_softmax"
LIMITS = Limits(cell=4, call=2, submission=60)
STOCK_SECONDS = 60
AT_A_TIME = 2


@dataclass(frozen=True)
class Outcome:
    """What a grader made of an attack: points, or None where there was no result. told: hidden checks'
    inputs, or what else was hunted, are in it."""

    points: float | None
    told: bool = False


def main() -> None:
    package = ROOT / "dist" / "autograder" / f"{CHAPTER}.zip"
    if not package.is_file():
        sys.exit("there is nothing to attack yet: run `make build` first")
    with tempfile.TemporaryDirectory() as scratch:
        paths = hand_in(Path(scratch))
        ours = with_this_grader(package, paths)
        calm = [(attack, path) for attack, path in zip(ATTACKS, paths, strict=True) if not attack.dangerous]
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            stock = dict(
                zip(
                    [attack.name for attack, _ in calm],
                    pool.map(lambda pair: with_stock_otter(package, pair[1]), calm),
                    strict=True,
                )
            )
    report(ours, stock)


def hand_in(folder: Path) -> list[Path]:
    """Every attack as a notebook in a folder of its own."""
    chapter = read_chapter(ROOT, CHAPTER)
    solved = nbformat.read(ROOT / "dist" / "solutions" / f"{CHAPTER}.ipynb", as_version=4)
    untouched = nbformat.read(ROOT / "student" / CHAPTER / f"{CHAPTER}.ipynb", as_version=4)
    nowhere = {
        name: str(folder / "nowhere") for name in ("SECRET", "PUBLIC", "STREAM", "DATAGRAM", "ABSTRACT")
    }
    paths = []
    for attack in ATTACKS:
        paths.append(folder / attack.name / f"{CHAPTER}.ipynb")
        paths[-1].parent.mkdir()
        # Port 9 discards what it is sent, where anything listens there at all.
        text = notebook(attack, solved, untouched, chapter, {"COURSE": str(ROOT), "PORT": "9", **nowhere})
        paths[-1].write_text(text, encoding="utf-8")
    return paths


def with_this_grader(package: Path, paths: Sequence[Path]) -> list[Outcome]:
    release, zygote = load(package), Zygote(choose_sandbox("auto"), [package])
    try:
        results = [grade(read(path, path.parent.name, [CHAPTER]), release, zygote, LIMITS) for path in paths]
    finally:
        zygote.close()
    return [Outcome(result.score if result.status != "grader_error" else None) for result in results]


def with_stock_otter(package: Path, path: Path) -> Outcome:
    """Points under `otter run`; its processes are ended where they take too long."""
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
        text = (path.parent / "results.json").read_text()
        return Outcome(
            sum(float(test.get("score", 0)) for test in json.loads(text)["tests"]), "LOOT[" in text
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Outcome(None)


def honest(attack: Attack) -> float:
    """What the attack is worth without its tricks: what was answered, less what it gave up."""
    if attack.base == "untouched" or attack.status == "invalid":
        return 0.0
    points = {
        question.name: question.points
        for question in load(ROOT / "dist" / "autograder" / f"{CHAPTER}.zip").questions
    }
    return sum((points | attack.left).values())


def report(ours: Sequence[Outcome], stock: dict[str, Outcome]) -> None:
    table = Table("attack", "what it tries", box=None, pad_edge=False)
    for heading in ("stock Otter", "here", "honest"):
        table.add_column(heading, justify="right", no_wrap=True)
    worth = {attack.name: honest(attack) for attack in ATTACKS}
    for attack, outcome in zip(ATTACKS, ours, strict=True):
        theirs = _shown(stock[attack.name]) if attack.name in stock else "not run"
        table.add_row(attack.name, attack.tries, theirs, _shown(outcome), f"{worth[attack.name]:g}")
    console = Console(width=160)
    console.print(table)
    here = {attack.name: outcome for attack, outcome in zip(ATTACKS, ours, strict=True)}
    console.print(
        f"\nPoints are of 20. {len(ATTACKS)} attacks here, {len(stock)} of them under stock Otter; the others"
        " could hurt a machine."
    )
    for name, outcomes in (("stock Otter", stock), ("this grader", here)):
        console.print(f"{name}: {_summary(outcomes, worth)}")


def _shown(outcome: Outcome) -> str:
    if outcome.points is None:
        return "no result"
    return f"{outcome.points:.4g}{', told' if outcome.told else ''}"


def _summary(outcomes: dict[str, Outcome], worth: dict[str, float]) -> str:
    """How many attacks got more than they are worth, how many less, how many were told what is hidden, and
    how many left no result."""
    scored = [
        (outcome.points, worth[name]) for name, outcome in outcomes.items() if outcome.points is not None
    ]
    more, less = (sum(sign * (points - honest) > 0.001 for points, honest in scored) for sign in (1, -1))
    told, none = sum(outcome.told for outcome in outcomes.values()), len(outcomes) - len(scored)
    return (
        f"{more} got more than they are worth, {less} less; {told} were told what is hidden; {none} left no"
        " result"
    )


if __name__ == "__main__":
    main()
