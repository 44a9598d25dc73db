"""The packages of the course: one list for students, for a grader here and for one in a Gradescope image."""

import importlib.metadata
import re
import tomllib
from pathlib import PurePosixPath

import pytest
from conftest import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from autograder.course.packages import GRADER_TOOLS, MODULES, PROMISED, explain_missing, requirements
from autograder.grade.limits import Limits
from autograder.grade.pipeline import grade
from autograder.grade.release import load
from autograder.grade.sandbox_choice import choose_sandbox
from autograder.grade.submission import Cell, Submission
from autograder.grade.zygote import Zygote

NAME = "ch06_softmax"


def locked(path):
    return {canonicalize_name(name) for name in re.findall(r"^([\w.-]+)==", path.read_text(), re.MULTILINE)}


def test_what_is_promised_is_in_every_place_where_a_notebook_runs(built):
    promised = {canonicalize_name(name) for name in PROMISED}
    student = (built / "student" / NAME / "requirements.txt").read_text().split()
    assert student == requirements("student")
    assert promised <= locked(ROOT / "autograder" / "publish" / "gradescope" / "requirements.lock")
    assert promised <= locked(ROOT / "requirements.lock")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert promised <= {Requirement(line).name for line in project["dependencies"]}


def test_a_student_gets_versions_that_the_course_is_tested_with():
    """Every package with a bound, and each version of the locks within it."""
    wanted = {one.name: one for one in map(Requirement, requirements("student"))}
    for one in wanted.values():
        assert any(part.operator in ("<", "==") for part in one.specifier), one
    for place in ("requirements.lock", "autograder/publish/gradescope/requirements.lock"):
        for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / place).read_text(), re.MULTILINE):
            if name in wanted:
                assert wanted[name].specifier.contains(version), (place, name, version)


def test_gradescopes_lock_asks_for_no_more_of_a_python_than_its_x_and_y():
    """Ubuntu 22.04's Python is 3.11.0rc1, which its pip finds neither below nor above a full version 3.12."""
    lock = (ROOT / "autograder" / "publish" / "gradescope" / "requirements.lock").read_text()
    assert "python_version" in lock and "python_full_version" not in lock


def test_what_may_be_imported_is_what_the_promised_packages_bring_along():
    waiting, found = [*PROMISED, "ipython"], set()
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in found:
            continue
        try:
            needs = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue
        found.add(name)
        needed = [Requirement(line) for line in needs]
        waiting += [r.name for r in needed if r.marker is None or r.marker.evaluate({"extra": ""})]
    assert set(_modules(found)) <= set(MODULES)
    assert set(MODULES) - set(_modules(found)) <= {"typing_extensions", "tzdata"}


def _modules(names):
    """Under what names a package's files are imported."""
    for name in names:
        for file in importlib.metadata.files(name) or []:
            parts, suffix = PurePosixPath(file).parts, PurePosixPath(file).suffix
            if parts[0] != ".." and suffix in (".py", ".so") and not parts[0].endswith((".data", ".libs")):
                yield parts[0].partition(".")[0]


def test_a_package_that_is_missing_is_named_with_those_that_are_there():
    assert explain_missing("No module named 'torch.nn'") == (
        "No module named 'torch.nn': torch is not among the packages of this course"
        " (ipywidgets, matplotlib, numpy, pandas, scipy); if it is a file of yours, hand it in beside the"
        " notebook, in one folder or zip"
    )
    for other in ("No module named 'numpy.nothing'", "No module named 'msvcrt'", "no words", "x" * 2000):
        assert explain_missing(other) == other


@pytest.fixture(scope="module")
def zygote():
    process = Zygote(choose_sandbox("auto"))
    yield process
    process.close()


@pytest.fixture
def first_failure(zygote, built):
    release = load(built / "dist" / "autograder" / f"{NAME}.zip")

    def run(source):
        cells = [Cell("0", source)]
        limits = Limits(cell=20, call=2, submission=60)
        result = grade(Submission(ROOT / f"{NAME}.ipynb", "s", cells, NAME), release, zygote, limits)
        return result.first_failure

    return run


def test_a_submission_imports_what_is_promised_and_its_own_files(first_failure):
    assert first_failure("\n".join(f"import {name}" for name in PROMISED)) is None
    own = "open('helper.py', 'w').write('x = 1')\nimport helper\nimport os\nos.makedirs('kept')\nimport kept"
    assert first_failure(own) is None


@pytest.mark.parametrize("name", ["torch", "hypothesis", "nbformat", "autograder", *GRADER_TOOLS])
def test_what_is_not_promised_is_not_there_whatever_is_installed(first_failure, name):
    failure = first_failure(f"import {name}")
    if name == "ipython":
        assert first_failure("import IPython") is None
        return
    assert failure.error == "ModuleNotFoundError"
    assert f"{name} is not among the packages of this course (ipywidgets, matplotlib," in failure.said
