"""What is judged once and what runs over there: neither changes a grade."""

import math
import random

import nbformat
import numpy as np
import pytest
from conftest import ROOT

from autograder.course.chapter import read_chapter
from autograder.course.question import Question
from autograder.grade.generations import Generations
from autograder.grade.inside import state
from autograder.grade.pipeline import grade
from autograder.grade.portable import portable
from autograder.grade.release import load
from autograder.grade.results import gradescope
from autograder.grade.sandbox_choice import choose_sandbox
from autograder.grade.seen import seen_answers
from autograder.grade.submission import read
from autograder.grade.zygote import Zygote
from autograder.prove.samples import implementation, with_answers


@pytest.fixture(scope="module")
def zygote():
    process = Zygote(choose_sandbox("auto"))
    yield process
    process.close()


@pytest.mark.parametrize(
    "name", ["ch02_dot_product", "ch06_softmax", "ch08_gradients", "ch09_gradient_descent"]
)
def test_a_class_is_graded_the_same_with_and_without_a_memory(name, built, zygote, tmp_path):
    chapter = read_chapter(ROOT, name)
    release = load(built / "dist" / "autograder" / f"{name}.zip")
    solved = nbformat.read(built / "dist" / "solutions" / f"{name}.ipynb", as_version=4)
    rng = random.Random(name)
    paths = []
    for number in range(6):
        # Students who agree on most answers, each wrong in some; every other one hands in a copy.
        answers = {
            question.name: implementation(
                chapter, question.name, rng.choice(question.misconceptions[:4]).function
            )
            for question in chapter.questions.values()
            if isinstance(question, Question) and question.misconceptions and rng.random() < 0.4
        }
        paths.append(tmp_path / f"{name}_{number}.ipynb")
        nbformat.write(with_answers(solved, answers if number % 2 else {}, chapter), paths[-1])

    def result(path):
        return gradescope(grade(read(path, path.stem, [name]), release, zygote))

    seen_answers.cache_clear()
    remembered = [result(path) for path in [*paths, *paths]]
    for path, with_memory in zip([*paths, *paths], remembered, strict=True):
        seen_answers.cache_clear()
        assert result(path) == with_memory


def test_the_same_answers_are_judged_once(built, zygote, monkeypatch):
    name = "ch06_softmax"
    release = load(built / "dist" / "autograder" / f"{name}.zip")
    solved = built / "dist" / "solutions" / f"{name}.ipynb"
    judged = []
    original = seen_answers(release)._keep

    def keep(*arguments):
        judged.append(arguments)
        return original(*arguments)

    monkeypatch.setattr(seen_answers(release), "_keep", keep)
    first = gradescope(grade(read(solved, "a", [name]), release, zygote))
    once = len(judged)
    second = gradescope(grade(read(solved, "a", [name]), release, zygote))
    assert first == second and once > 10 and len(judged) == once


def test_a_memory_holds_what_is_asked_for_and_forgets_the_rest():
    rng, size = random.Random(1), 10
    memory, latest = Generations(size), {}
    for step in range(2_000):
        key = rng.randrange(60)
        if rng.random() < 0.5:
            memory[key] = latest[key] = step
        assert memory.get(key) in (None, latest.get(key))
        memory["kept"] = "kept" if step == 0 else memory.get("kept")
        assert memory.get("kept") == "kept"
        assert len(memory._new) + len(memory._old) <= 2 * size


# Functions that are handed over whole ---------------------------------------------------------------------

HALF = 0.5
CALLS = []


def doubles(x):
    return 2 * x


def norm(x):
    import math as own

    return own.hypot(*x)


def counts(x, seen=[]):  # noqa: B006
    return len(seen) + x


def notes(x):
    CALLS.append(x)
    return x


def writes(x):
    x[0] = 0
    return x


def sums(x):
    return sum([part * 2 for part in x]) + math.sin(np.cos(x[0]))


def closes_over(c):
    return lambda x: c * x


def imports_inside():
    import numpy as np

    return lambda x: np.asarray(x, dtype=float).sum() + float(max(x))


@pytest.mark.parametrize("function", [doubles, sums, lambda x: x**2 - 1, imports_inside()])
def test_a_function_that_is_its_code_crosses_whole_and_gives_the_same(function):
    name, code = portable(function)
    crossed = state.made_of(name, code)
    x = np.array([0.25, -3.0, 1.5])
    assert np.array_equal(crossed(x), function(x)) and crossed.__name__ == function.__name__
    assert portable(function) == [name, code]


@pytest.mark.parametrize(
    "function",
    [
        norm, counts, notes, writes, closes_over(2.0), lambda x: HALF * x, lambda x: np.random.rand() * x,
        lambda x: print(x), lambda x: (yield x), lambda x: CALLS, lambda x: doubles(x), math.sin, np.sum,
        float, lambda x, y=[]: y, lambda x: [CALLS for _ in x], lambda x: eval(x),
    ],
)  # fmt: skip
def test_a_function_that_knows_or_does_more_is_asked_call_by_call(function):
    assert portable(function) is None


def test_a_function_counts_as_its_code_only_with_the_real_numpy():
    pretender = eval("lambda x: np.sum(x)", {"np": "not NumPy"})
    assert portable(pretender) is None
