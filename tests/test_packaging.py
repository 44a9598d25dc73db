"""What `pip install .` gives: every file of the package, and every package that it imports."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# Stand beside the notebook or in the course, and are imported under their own names there.
OF_THE_COURSE = {
    "autograder",
    "checking",
    "feedback",
    "pictures",
    "sealing",
    "handing_in",
    "newer_python",
    "drawings",
}
OF_THE_COURSE |= {"questions", "answers", "solutions"}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", name, maxsplit=1)[0]).lower()


def declared(*extras: str) -> set[str]:
    wanted = list(PROJECT["dependencies"])
    for extra in extras:
        wanted += PROJECT["optional-dependencies"][extra]
    return {normal(name) for name in wanted}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0]
        elif isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)


def test_every_package_that_is_imported_is_declared_and_not_for_developers_alone() -> None:
    known = declared("similarity", "parquet", "cluster")
    distributions = packages_distributions()
    missing = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in (ROOT / "autograder").rglob("*.py")
        for name in imported(path)
        if name not in sys.stdlib_module_names
        and name not in OF_THE_COURSE
        and not {normal(found) for found in distributions.get(name, [name])} & known
    }
    assert missing == set()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that `pip install .` makes of the files that git knows."""
    place = tmp_path_factory.mktemp("wheel")
    for name in ["pyproject.toml", *package_files()]:
        copy = place / "source" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((ROOT / name).read_bytes())
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--disable-pip-version-check", "-q", "--no-deps", "--no-index",
         "--no-build-isolation", "--wheel-dir", place, place / "source"],
        check=True, timeout=120,
    )  # fmt: skip
    return next(place.glob("*.whl"))


def package_files() -> list[str]:
    return subprocess.run(
        ["git", "ls-files", "autograder"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()


def test_the_wheel_holds_every_file_of_the_package_and_its_types(wheel: Path) -> None:
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert held == set(package_files())
    assert "autograder/py.typed" in held


def test_what_the_wheel_holds_builds_and_grades_a_course_that_stands_elsewhere(
    wheel: Path, tmp_path: Path
) -> None:
    installed, course, name = tmp_path / "installed", tmp_path / "course", "ch01_vectors"
    zipfile.ZipFile(wheel).extractall(installed)
    for folder in ("assignments", "solutions"):
        shutil.copytree(ROOT / folder, course / folder, ignore=shutil.ignore_patterns("__pycache__"))

    def run(*call: str) -> str:
        done = subprocess.run(
            [sys.executable, "-B", "-m", "autograder", *call], cwd=course, capture_output=True, text=True,
            env=os.environ | {"PYTHONPATH": str(installed)}, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run("build", name, "--quick")
    with zipfile.ZipFile(course / "dist" / "autograder" / f"{name}.zip") as distribution:
        graders = {entry for entry in distribution.namelist() if entry.startswith("autograder/")}
    assert {"setup.sh", "run_autograder"} <= set(distribution.namelist())
    assert graders <= set(package_files())
    run("samples", name, "--out", "handed_in")
    assert "20 / 20" in run("grade", "handed_in", "--out", "grades")
    run("report", "grades")
    assert (course / "grades" / "report.html").is_file()
