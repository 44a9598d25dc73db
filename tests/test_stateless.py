"""Whether a notebook's answers can keep a state. Saying no where they can would cost an answer its points; so
each way to keep one is told, and grading gives the same results without this knowledge."""

import pytest
from conftest import ROOT

from autograder.course.chapter import read_chapter
from autograder.grade import passes
from autograder.grade.limits import Limits
from autograder.grade.pipeline import grade
from autograder.grade.reading.cells import Cell
from autograder.grade.reading.stateless import keeps_no_state, only_calls
from autograder.grade.release import load
from autograder.grade.sandbox_choice import choose_sandbox
from autograder.grade.submission import read
from autograder.grade.zygote import Zygote
from autograder.prove.samples import write_samples

SETUP = "import numpy as np\nfrom pictures import picture\n\nVector = list[float]"
PICTURE = "picture.bars(softmax, 'logits')"
HANDED_OUT = frozenset({SETUP, PICTURE})

WITHOUT = {
    "a function": "def softmax(z: Vector) -> list[float]:\n    e = np.exp(z)\n    return e / e.sum()",
    "its own list": "def softmax(z):\n    out = []\n    for v in z:\n        out.append(v)\n    return out",
    "its argument": "def softmax(z):\n    z[0] = 1.0\n    return z",
    "a helper": "def shifted(z):\n    return z - max(z)\n\ndef softmax(z):\n    return shifted(z)",
    "a closure": "def softmax(z):\n    def f(v):\n        return v + 1\n    return list(map(f, z))",
    "a value that was worked out": "def softmax(z):\n    return z\n\nx = [v for v in softmax([1.0])]",
    "an import of its own": "import math\n\ndef softmax(z):\n    return [math.exp(v) for v in z]",
    "an import inside": "from math import exp\n\ndef softmax(z):\n    return [exp(v) for v in z]",
    "a printed call": "def softmax(z):\n    return z\n\nprint(softmax([1, 2]))",
    "a module that nobody uses": "import sys\n\ndef softmax(z):\n    return z",
    "a dict of its own": "def softmax(z):\n    seen = {}\n    seen[0] = z\n    del seen[0]\n    return z",
}
WITH = {
    "a global": "count = 0\ndef softmax(z):\n    global count\n    count += 1\n    return z",
    "a list beside it": "seen = []\ndef softmax(z):\n    seen.append(z)\n    return z",
    "an entry of a dict": "cache = {}\ndef softmax(z):\n    cache[len(z)] = z\n    return z",
    "a default": "def softmax(z, seen=[]):\n    seen.append(z)\n    return seen[0]",
    "a default by keyword": "def softmax(z, *, seen={}):\n    return seen.setdefault(0, z)",
    "a default that is made": "def softmax(z, seen=list()):\n    return z",
    "a default of a lambda": "def softmax(z):\n    return z\nsoftmax = lambda z, seen=[]: z",
    "an attribute of the function": "def softmax(z):\n    softmax.calls = 1\n    return z",
    "a list that is one": "def softmax(z):\n    softmax.calls.append(1)\n    return z",
    "a cache": "from functools import lru_cache\n@lru_cache\ndef softmax(z):\n    return z",
    "a cache by name": "import functools\ndef slow(z):\n    return z\nsoftmax = functools.cache(slow)",
    "an iterator": "numbers = iter(range(9))\ndef softmax(z):\n    return next(numbers)",
    "a generator": "def softmax(z):\n    return next(g)\ng = (n for n in range(9))",
    "a class": "class M:\n    def __call__(self, z):\n        M.calls = 1\nsoftmax = M()",
    "random numbers": "def softmax(z):\n    return np.random.rand(3)",
    "random numbers by another name": "from numpy import random\ndef softmax(z):\n    return random.rand()",
    "another module's": "import random\ndef softmax(z):\n    return random.random()",
    "how NumPy takes errors": "def softmax(z):\n    np.seterr(all='raise')\n    return z",
    "a function of NumPy's": "def softmax(z):\n    np.exp = abs\n    return z",
    "a function of NumPy's, from a cell": "def softmax(z):\n    return np.exp(z)\nnp.exp = abs",
    "a built-in function": "def softmax(z):\n    __builtins__['sum'] = max\n    return z",
    "a setter": "def softmax(z):\n    setattr(np, 'exp', abs)\n    return z",
    "a look at all names": "def softmax(z):\n    globals()['x'] = z\n    return z",
    "code in a text": "def softmax(z):\n    exec('x = 1', {})\n    return z",
    "a file": "def softmax(z):\n    open('seen', 'a').write('x')\n    return z",
    "an array's file": "def softmax(z):\n    np.save('seen', z)\n    return z",
    "its own name": "def softmax(z):\n    return z\ndef other(z):\n    return softmax(z)\nsoftmax = other",
    "a module of its author's": "import helper\ndef softmax(z):\n    return helper.softmax(z)",
    "a star": "from numpy import *\ndef softmax(z):\n    return exp(z)",
    "a magic": "%matplotlib inline\ndef softmax(z):\n    return z",
    "a loop over a cell": "def softmax(z):\n    return z\nfor n in range(3):\n    softmax([n])",
    "a nonlocal": "def f():\n    n = 0\n    def g(z):\n        nonlocal n\n        n += 1\n    return g",
    "the clock": "import time\ndef softmax(z):\n    return time.time()",
    "the interpreter": "import sys\ndef softmax(z):\n    sys.setrecursionlimit(99)\n    return z",
    "the module itself": "def softmax(z):\n    return change(np)\ndef change(module):\n    module.exp = abs",
    "a base class": "def softmax(z):\n    object.__setattr__(z, 'x', 1)\n    return z",
}


def notebook(answer):
    return [
        Cell("setup", SETUP),
        Cell("answer", answer),
        Cell("p", PICTURE),
        Cell("o", "grader.check('softmax')"),
    ]


@pytest.mark.parametrize("answer", WITHOUT.values(), ids=list(WITHOUT))
def test_an_answer_that_keeps_no_state_need_not_be_asked_twice(answer):
    assert keeps_no_state(notebook(answer), HANDED_OUT)
    assert only_calls(notebook(answer), 1, HANDED_OUT)


@pytest.mark.parametrize("answer", WITH.values(), ids=list(WITH))
def test_an_answer_that_may_keep_a_state_is_told(answer):
    assert not keeps_no_state(notebook(answer), HANDED_OUT)


@pytest.mark.parametrize(
    "later",
    ["softmax = None", "np = None", "def shifted(z):\n    return z", "sum = max", "for np in []: pass"],
)
def test_a_later_cell_that_binds_what_an_answer_needs_is_told(later):
    answer = "def shifted(z):\n    return z\n\ndef softmax(z):\n    return sum(np.exp(shifted(z)))"
    cells = [*notebook(answer), Cell("later", later)]
    assert not only_calls(cells, 1, HANDED_OUT | {later})
    assert not only_calls(cells, 1, HANDED_OUT)


@pytest.mark.parametrize(
    ("later", "is_told"),
    [
        ("import numpy as np", False),
        ("import math as np", True),
        ("from math import exp as np", True),
        ("import numpy as np\nnp = None", True),
        ("import numpy as np\n\nfor np in []:\n    pass", True),
    ],
)
def test_an_import_that_is_made_again_changes_nothing(later, is_told):
    cells = [*notebook("def softmax(z):\n    return np.exp(z)"), Cell("later", later)]
    assert only_calls(cells, 1, HANDED_OUT | {later}) != is_told


def test_a_given_cell_that_was_changed_is_its_authors_own():
    changed = Cell("p", PICTURE + "\nnp.exp = abs")
    assert not keeps_no_state([*notebook("def softmax(z):\n    return z"), changed], HANDED_OUT)


@pytest.fixture(scope="module")
def zygote():
    process = Zygote(choose_sandbox("auto"))
    yield process
    process.close()


@pytest.mark.parametrize("name", ["ch02_dot_product", "ch06_softmax", "ch09_gradient_descent"])
def test_results_are_the_same_without_this_knowledge(built, zygote, monkeypatch, tmp_path, name):
    release = load(built / "dist" / "autograder" / f"{name}.zip")
    limits = Limits(cell=20, call=5, submission=120)
    asked = []
    for path in write_samples(read_chapter(ROOT, name), built, tmp_path):
        if path.stem.endswith(("_half", "_untouched", "_misconceptions")):
            submission = read(path, "s", {})
            knowing = grade(submission, release, zygote, limits)
            with monkeypatch.context() as patched:
                patched.setattr(passes, "only_calls", lambda *_: asked.append(1))
                without = grade(submission, release, zygote, limits)
            for one, other in zip(knowing.questions, without.questions, strict=True):
                assert (one.score, one.misconception, one.note) == (
                    other.score,
                    other.misconception,
                    other.note,
                )
                assert [(c.passed, c.message) for c in one.checks] == [
                    (c.passed, c.message) for c in other.checks
                ]
    assert asked
