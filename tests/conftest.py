"""What the tests share: the course built once, and a tiny course to break."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from filelock import FileLock
from xdist.scheduler import LoadScopeScheduling

from autograder.course.chapter import Course

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = Course.at(ROOT).chapter_names

# Files whose tests share what takes long to make, such as a build of another term's course: all of each file
# in one process, which makes it once.
TOGETHER = {
    "variants",
    "site",
    "capstone",
    "curriculum",
    "gaps",
    "packaging",
    "gradebook_batches",
    "gradebook_cluster",
}


class Scheduling(LoadScopeScheduling):
    """Tests go one by one to whichever process is free, but for those of a file in `TOGETHER`.

    By their files, since xdist's own groups are read off a name that pytest 9 no longer shows.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = Path(nodeid.partition("::")[0])
        return str(file) if file.stem.removeprefix("test_") in TOGETHER else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Scheduling:
    return Scheduling(config, log)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole course, built once for all the processes that run tests: a folder with `student/` and
    `dist/`."""
    base = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        base = base.parent
    place, ready = base / "built", base / "built.ready"
    with FileLock(base / "built.lock"):
        if not ready.exists():
            # By the command: it has the arithmetic that student/ was built with.
            command = [
                sys.executable,
                "-m",
                "autograder",
                "build",
                "--quick",
                "--course",
                ROOT,
                "--out",
                place,
            ]
            subprocess.run(list(map(str, command)), check=True, cwd=ROOT, timeout=900)
            ready.touch()
    return place


class TinyCourse:
    """A course of one chapter with one question, in a folder of its own."""

    name = "ch01_tiny"

    def __init__(self, root: Path) -> None:
        self.root = root
        self.markdown = root / "assignments" / self.name / "chapter.md"
        self.questions = root / "assignments" / self.name / "questions.py"
        self.solutions = root / "solutions" / f"{self.name}.py"
        self.markdown.parent.mkdir(parents=True)
        self.solutions.parent.mkdir()
        (root / "course.toml").write_text(f"[points]\n{self.name} = 5\n")
        for name in ("__init__.py", "shapes.py"):
            shutil.copyfile(ROOT / "solutions" / name, root / "solutions" / name)
        self.markdown.write_text(
            dedent("""\
                # Chapter 1: Tiny

                Twice a number.

                ```python
                import numpy as np
                ```

                <!-- question: twice -->

                Half of << half.n >>.

                <!-- question: half -->
                """)
        )
        self.questions.write_text(
            dedent('''\
                """A tiny chapter."""

                from autograder.course.question import Question, WorkedValue, expect

                twice = Question(points=4, source="Example 0")


                @twice.check
                def doubles(twice):
                    """Twice three is six."""
                    expect(twice, 3).to_equal(6, because="add the number to itself")


                @twice.hidden
                def doubles_negatives(twice):
                    """Negative numbers too."""
                    expect(twice, -2.5).to_equal(-5.0, because="no absolute value")


                @twice.misconception(caught_by=doubles, hint="Twice is times two, not to the power of two.")
                def squares(x):
                    return x * x


                @twice.misconception(caught_by=doubles_negatives, hint="Keep the sign.")
                def doubles_the_size(x):
                    return 2 * abs(x)


                @twice.misconception(caught_by=doubles, hint="Add the number, not two.")
                def adds_two(x):
                    return x + 2


                @twice.misconception(caught_by=doubles, hint="Return the value; do not print it.")
                def forgets_to_return(x):
                    2 * x


                @twice.alternative
                def by_adding(x):
                    return x + x


                @twice.alternative
                def by_summing(x):
                    return sum([x, x])


                @twice.alternative
                def by_shifting_a_float(x):
                    return float(x) / 0.5


                half = WorkedValue(points=1, numbers={"n": 7}, tolerance=0.01, because="divide by two")


                @half.draw
                def another(rng):
                    return {"n": rng.randint(8, 99)}


                @half.misconception(hint="Divide, do not multiply.")
                def doubled(n):
                    return 2.0 * n


                @half.misconception(hint="Half of an odd number has a decimal.")
                def whole(n):
                    return n // 2 if n % 2 else n // 2 - 1
                ''')
        )
        self.solutions.write_text(
            dedent('''\
                """A tiny chapter's references."""


                def twice(x: float) -> float:
                    """Twice a number.

                    twice(x) = x + x; 3 gives 6.
                    """
                    # Why this way: no reason, it is an example.
                    distinctive_intermediate_name = x + x
                    return distinctive_intermediate_name


                def half(n: float) -> float:
                    """Divide by two."""
                    return n / 2
                ''')
        )

    def replace(self, path: Path, old: str, new: str) -> None:
        text = path.read_text()
        assert old in text, old
        path.write_text(text.replace(old, new))


@pytest.fixture
def tiny(tmp_path: Path) -> TinyCourse:
    return TinyCourse(tmp_path / "course")
