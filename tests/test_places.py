"""Wherever the checkout lies, below /tmp, /home or /root, with spaces and accents: each sandbox finds NumPy's
lazy parts."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT

from autograder.grade.sandbox_choice import missing

NAME = "ch06_softmax"
# What NumPy loads when it is asked for, not before; chapters use the first.
LAZY = "import numpy.fft, numpy.polynomial, numpy.random\nnumpy.random.default_rng(0).random()\n"


@pytest.fixture(params=["/tmp", "/home", "/root"])
def checkout(request: pytest.FixtureRequest) -> Iterator[Path]:
    """The package and its environment, linked into another place."""
    if not os.access(request.param, os.W_OK):
        pytest.skip(f"{request.param} cannot be written to")
    place = Path(request.param) / f"a coursé {os.getpid()}"
    place.mkdir()
    try:
        environment = place / ".venv"
        made = subprocess.run(["cp", "-al", sys.prefix, environment], capture_output=True, check=False)
        if made.returncode:
            shutil.rmtree(environment, ignore_errors=True)
            subprocess.run(["cp", "-a", sys.prefix, environment], check=True)
        for part in ("autograder", "solutions"):
            shutil.copytree(ROOT / part, place / part)
        yield place
    finally:
        shutil.rmtree(place)


@pytest.mark.slow
def test_a_checkout_grades_wherever_it_lies(checkout: Path, built: Path) -> None:
    solved = nbformat.read(built / "dist" / "solutions" / f"{NAME}.ipynb", as_version=4)
    for cell in solved.cells:
        if cell.id == f"{NAME}-softmax-answer":
            cell.source = LAZY + cell.source
    (checkout / "handed in").mkdir()
    nbformat.write(solved, checkout / "handed in" / f"{NAME}.ipynb")
    release = checkout / f"{NAME}.zip"
    shutil.copyfile(built / "dist" / "autograder" / release.name, release)
    tried = []
    for sandbox in ("namespaces", "user", "none"):
        if sandbox != "none" and missing(sandbox):
            continue
        out = checkout / f"grades {sandbox}"
        command = [
            checkout / ".venv" / "bin" / "python", "-B", "-m", "autograder", "grade", checkout / "handed in",
            "--out", out, "--autograder", release, "--sandbox", sandbox, "--jobs", "1",
        ]  # fmt: skip
        environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
        run = subprocess.run(
            list(map(str, command)),
            cwd=checkout,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert run.returncode == 0, run.stderr
        (result,) = [json.loads(path.read_text()) for path in (out / "results").glob("*.json")]
        lost = [entry["output"] for entry in result["tests"] if entry["score"] < entry["max_score"]]
        assert (result["score"], result["extra_data"]["sandbox"]) == (20, sandbox), lost
        tried.append(sandbox)
    assert "none" in tried
