"""What `pip install .` gives: every file of the package, and every package that it imports."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# Stand beside the notebook or in the course, and are imported under their own names there.
OF_THE_COURSE = {"autograder", "checking", "feedback", "pictures", "sealing", "handing_in", "drawings"}
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


def test_the_wheel_holds_every_file_of_the_package_and_its_types(tmp_path: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "autograder"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    for name in ["pyproject.toml", *listed]:
        place = tmp_path / "source" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes((ROOT / name).read_bytes())
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--disable-pip-version-check", "-q", "--no-deps", "--no-index",
         "--no-build-isolation", "--wheel-dir", tmp_path, tmp_path / "source"],
        check=True, timeout=120,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert held == set(listed)
    assert "autograder/py.typed" in held
