"""What is known of the cells of a submission: how the first that failed did so, and what was refused."""

import json

import pytest
from conftest import ROOT

from autograder.grade.limits import Limits
from autograder.grade.pipeline import grade
from autograder.grade.release import load
from autograder.grade.results import gradescope
from autograder.grade.sandbox_choice import choose_sandbox
from autograder.grade.submission import Cell, Submission
from autograder.grade.zygote import Zygote

NAME = "ch06_softmax"
LIMITS = Limits(cell=4, call=2, submission=60)
VALUE = "exercise_13 = [1 / 3, 1 / 3, 1 / 3]"


@pytest.fixture(scope="module")
def zygote():
    process = Zygote(choose_sandbox("auto"))
    yield process
    process.close()


@pytest.fixture(scope="module")
def release(built):
    return load(built / "dist" / "autograder" / f"{NAME}.zip")


@pytest.fixture
def graded(zygote, release):
    """Grade these cells."""

    def run(*sources, texts=()):
        cells = [Cell(f"cell-{number}", source) for number, source in enumerate(sources)]
        return grade(
            Submission(ROOT / f"{NAME}.ipynb", "s", cells, NAME, texts=list(texts)), release, zygote, LIMITS
        )

    return run


def score(result, name):
    return next(o for o in result.questions if o.question.name == name).score


def test_the_first_cell_that_failed_is_known_with_its_error_and_its_line(graded):
    result = graded("import math\nimport a_package_that_is_not_there\nx = 1", VALUE, "1 / 0")
    failure = result.first_failure
    assert (failure.error, failure.cell_id, failure.number) == ("ModuleNotFoundError", "cell-0", 0)
    assert (failure.line, failure.line_number) == ("import a_package_that_is_not_there", 2)
    assert "a_package_that_is_not_there" in failure.message
    assert failure.said.startswith("it raised ModuleNotFoundError: ")
    written = json.loads(json.dumps(gradescope(result)))["extra_data"]["first_failure"]
    assert written["error"] == "ModuleNotFoundError"
    assert written["line_number"] == 2


def test_a_cell_that_ends_its_process_or_never_ends_is_a_failure_without_an_error(graded):
    result = graded(VALUE, "import os\nos._exit(3)", "1 / 0")
    failure = result.first_failure
    assert (failure.error, failure.number) == ("", 1)
    assert failure.said == "it ended the process with exit code 3"
    failure = graded("while True:\n    pass", VALUE).first_failure
    assert (failure.said, failure.cell_id) == ("it ran longer than 4 s", "cell-0")


def test_a_syntax_error_is_told_with_its_line(graded):
    failure = graded(VALUE, "x = 1\ny = = 2").first_failure
    assert (failure.error, failure.line_number, failure.line) == ("SyntaxError", 2, "y = = 2")


def test_where_every_cell_came_to_its_end_there_is_no_failure(graded):
    assert graded(VALUE).first_failure is None
    stub = "def softmax(z):\n    raise NotImplementedError('softmax: not attempted yet')"
    result = graded(stub, "softmax([1.0])", VALUE)
    assert result.first_failure is None
    assert gradescope(result)["extra_data"]["first_failure"] is None


# Randomness -------------------------------------------------------------------------------------------------

DRAWS = """\
import random
import numpy as np
drawn = [random.random(), np.random.rand(), np.random.default_rng().random(), list({"a", "b", "c", "d"})]
raise ValueError(str(drawn))
"""


def test_random_numbers_that_nobody_seeds_are_the_same_whoever_grades(release):
    said = set()
    for _ in range(2):
        process = Zygote(choose_sandbox("auto"))
        cells = [Cell("0", DRAWS), Cell("1", "x = 1")]
        result = grade(Submission(ROOT / f"{NAME}.ipynb", "s", cells, NAME), release, process, LIMITS)
        said.add(result.first_failure.message)
        process.close()
    assert len(said) == 1
    assert "0." in said.pop()


def test_a_cell_that_fails_in_one_run_and_not_in_another_is_told_to_the_instructor(graded):
    flaky = "import os\nif os.urandom(1)[0] % 2:\n    raise RuntimeError\n"
    wrong = "def softmax(z):\n    return late(z)\n"
    # Its answer may be right straight after its cell, so the notebook is run a second time, and a third.
    found = [graded(*[flaky] * 9, wrong, VALUE, "late = None", "softmax = 3") for _ in range(3)]
    assert any(result.unstable for result in found)
    written = gradescope(max(found, key=lambda result: len(result.unstable)))["extra_data"]["unstable"]
    assert "raised RuntimeError in one run and nothing in another" in " ".join(written) or (
        "raised nothing in one run and RuntimeError in another" in " ".join(written)
    )
    steady = graded("import os\nif True:\n    raise RuntimeError\n", wrong, VALUE, "softmax = 3")
    assert steady.unstable == []
