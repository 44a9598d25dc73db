"""The wall between the grader and a student's code is a folder, and what is inside it runs on other systems
too."""

import ast
import shutil
from textwrap import dedent

import pytest
from conftest import ROOT

from autograder.grade import zygote as zygote_module
from autograder.grade.limits import Limits
from autograder.grade.pipeline import grade
from autograder.grade.release import load
from autograder.grade.submission import read
from autograder.grade.zygote import Zygote

INSIDE = ROOT / "autograder" / "grade" / "inside"
NAME = "ch06_softmax"
# The order in which data walks: a package imports from itself and from those before it.
LAYERS = {
    "kit": set(),
    "course": {"kit"},
    "grade": {"kit", "course"},
    "gradebook": {"kit", "grade"},
    "prove": {"kit", "course", "grade"},
    "publish": {"kit", "course", "grade"},
}


def imports_of(path):
    """(level, module) of every import in a file, wherever it stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield node.level, node.module or ""
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield 0, alias.name


def test_nothing_inside_imports_what_is_outside():
    outside = [
        f"{path.name}: {'.' * level}{module}"
        for path in INSIDE.rglob("*.py")
        for level, module in imports_of(path)
        if level > 1 or module.partition(".")[0] == "autograder"
    ]
    assert outside == []


@pytest.mark.parametrize("layer", LAYERS)
def test_data_walks_one_way(layer):
    sideways = [
        f"{path.relative_to(ROOT)}: {module}"
        for path in (ROOT / "autograder" / layer).rglob("*.py")
        for _, module in imports_of(path)
        if module.startswith("autograder.")
        and module.split(".")[1] in LAYERS
        and module.split(".")[1] not in LAYERS[layer] | {layer}
    ]
    assert sideways == []


def test_no_module_looks_into_another_for_a_private_name():
    private = [
        f"{path.relative_to(ROOT)}: {alias.name}"
        for path in (ROOT / "autograder").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name.startswith("_")
    ]
    assert private == []


def test_without_what_only_linux_has_trusted_work_is_graded_all_the_same(built, tmp_path, monkeypatch):
    inside = tmp_path / "inside"
    shutil.copytree(INSIDE, inside)
    start = inside / "__main__.py"
    absent = dedent("""
        import ctypes, os, resource, socket
        for name in ("pidfd_open", "setresuid", "setresgid"):
            delattr(os, name)
        for name in ("RLIMIT_MSGQUEUE", "RLIMIT_NPROC"):
            delattr(resource, name)
        del socket.SOCK_SEQPACKET

        class WithoutPrctl(ctypes.CDLL):
            def __getattr__(self, name):
                if name == "prctl":
                    raise AttributeError(name)
                return super().__getattr__(name)

        ctypes.CDLL = WithoutPrctl
        """)
    marker = "from __future__ import annotations\n"
    start.write_text(start.read_text().replace(marker, marker + absent, 1))
    linux = inside / "linux.py"
    linux.write_text(linux.read_text().replace('LINUX = sys.platform == "linux"', "LINUX = False"))
    monkeypatch.setattr(zygote_module, "INSIDE", inside)
    release = load(built / "dist" / "autograder" / f"{NAME}.zip")
    zygote = Zygote("none")
    try:
        limits = Limits(cell=10, call=5, submission=120)
        solved = read(built / "dist" / "solutions" / f"{NAME}.ipynb", "s", [NAME])
        assert grade(solved, release, zygote, limits).score == 20
    finally:
        zygote.close()
