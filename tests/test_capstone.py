"""The capstone from a student's folders: ten solved notebooks train, and an unanswered one is named."""

import math
import shutil
from functools import partial
from types import SimpleNamespace

import nbformat
import numpy as np
import pytest
from conftest import ROOT
from prose.claims import prose

from autograder.course.chapter import Course
from autograder.publish.master import master_notebook

FOLDER = ROOT / "assignments" / "ch11_capstone"
STUB = '    raise NotImplementedError("{name}: not attempted yet")\n'


@pytest.fixture(scope="module")
def masters():
    """The notebooks that the stages read, each with every question answered."""
    wanted = ("ch03", "ch05", "ch06", "ch07", "ch08", "ch09", "ch10", "ch11")
    course = Course.at(ROOT)
    chapters = course.chapters([name for name in course.chapter_names if name.startswith(wanted)])
    return {chapter.name: master_notebook(chapter) for chapter in chapters}


@pytest.fixture
def glue(tmp_path, monkeypatch):
    """The given module, in a folder with what is given beside it."""
    here = tmp_path / "ch11_capstone"
    shutil.copytree(FOLDER, here, ignore=shutil.ignore_patterns("__pycache__", "questions.py", "answers.py"))
    monkeypatch.chdir(here)
    monkeypatch.syspath_prepend(str(FOLDER))
    import capstone_glue

    return capstone_glue


@pytest.fixture
def handed_out(glue, masters, tmp_path):
    """Write the set of notebooks; the questions named are left unanswered."""

    def write(*unanswered, beside=False):
        for name, notebook in masters.items():
            copy = nbformat.from_dict(notebook)
            for cell in copy.cells:
                question = cell.id.removeprefix(f"{name}-").removesuffix("-answer")
                if question in unanswered and cell.id.endswith("-answer"):
                    head = cell.source.partition("    # BEGIN SOLUTION")[0]
                    cell["source"] = head + STUB.format(name=question)
            folder = tmp_path / ("ch11_capstone" if beside else name)
            folder.mkdir(exist_ok=True)
            nbformat.write(copy, folder / f"{name}.ipynb")

    return write


def test_a_solved_set_learns_to_reverse_words_it_was_not_trained_on(glue, handed_out):
    handed_out()
    functions, missing = glue.yours(glue.REVERSE, {})
    assert missing == []
    run = glue.reverse(functions, steps=30)
    # A uniform guess over eight symbols has ln 8; the recorded run has 0.08 after as many steps.
    assert run["losses"][0] == pytest.approx(math.log(8), abs=0.2)
    assert run["unseen"] < 0.5
    assert run["right"] > 150
    assert run["wrote"][1] == "edbac."


def test_a_solved_set_learns_the_rhyme_and_passes_the_bigram(glue, handed_out):
    handed_out()
    functions, missing = glue.yours(glue.WRITE, {})
    assert missing == []
    run = glue.rhyme(functions, steps=150)
    assert run["losses"][0] == pytest.approx(math.log(26), abs=0.1)
    assert run["losses"][-1] < 1.15 < run["bigram"]
    assert set(run["after"]) <= set((FOLDER / "rhyme.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize("masked", [True, False])
def test_the_slopes_of_the_rhymes_model_are_those_of_its_loss(glue, handed_out, masked):
    handed_out()
    functions, _ = glue.yours(glue.WRITE, {})
    rng = np.random.default_rng(7)
    theta = rng.normal(size=10_976) * 0.3
    ids, targets = rng.integers(0, 26, (2, 32))

    def loss(theta):
        return functions.loss_from_logits(glue.Model(functions, theta, 26, masked).logits(ids), targets)

    slopes = glue.Model(functions, theta, 26, masked).slopes(ids, targets)
    # Some of every part of the vector, which is laid out part by part.
    for i in [*range(0, 10_976, 331), 10_975]:
        step = np.zeros_like(theta)
        step[i] = 1e-5
        central = (loss(theta + step) - loss(theta - step)) / 2e-5
        assert slopes[i] == pytest.approx(central, rel=1e-5, abs=1e-8)


def test_the_comparison_with_the_numerical_gradient_is_of_the_students_own_function(glue, handed_out, capsys):
    handed_out()
    glue.compare_with_numerical_gradient({})
    assert "waits" not in capsys.readouterr().out
    functions, _ = glue.yours(glue.CHECK, {"attention_backward": lambda dO, Q, K, V, A: (Q, K, V)})
    assert max(glue.compare(functions)["differences"]) > 0.1


def test_a_missing_divisor_does_not_slow_training_and_a_missing_mean_stops_it(glue, handed_out):
    """What the text says of two wrong ways back; the comparison finds both."""
    handed_out()
    right = vars(glue.yours(glue.WRITE, {})[0]) | vars(glue.yours(glue.CHECK, {})[0])

    def without_the_divisor(dO, Q, K, V, A):
        dQ, dK, dV = right["attention_backward"](dO, Q, K, V, A)
        return dQ * math.sqrt(K.shape[1]), dK * math.sqrt(K.shape[1]), dV

    def without_the_mean(dO, Q, K, V, A):
        dS = A * (dO @ V.T) / math.sqrt(K.shape[1])
        return dS @ K, dS.T @ Q, A.T @ dO

    last, off = {}, {}
    for backward in (right["attention_backward"], without_the_divisor, without_the_mean):
        functions = SimpleNamespace(**right | {"attention_backward": backward})
        run = glue.rhyme(functions)
        last[backward.__name__] = run["losses"][-1]
        off[backward.__name__] = max(glue.compare(functions)["differences"])
    text = prose("ch11_capstone")
    assert "the loss falls as far as before" in text
    assert last["without_the_divisor"] == pytest.approx(last["attention_backward"], abs=0.02)
    assert "the loss never gets far below the bigram's" in text
    assert last["without_the_mean"] > 0.7 * run["bigram"]
    assert "The comparison notices at once" in text
    assert off["attention_backward"] < 1e-8 < 0.1 < min(off["without_the_divisor"], off["without_the_mean"])


def test_the_wall_is_timed_with_the_students_own_functions(glue, handed_out, capsys):
    glue.time_the_wall({})
    waiting = capsys.readouterr().out
    for chapter, names in glue.FORWARD.items():
        assert all(f"- `{name}` of chapter {chapter}: no notebook" in waiting for name in names)
    assert "(recorded),\nits numerical gradient" in waiting
    handed_out()
    functions, missing = glue.yours(glue.FORWARD, {})
    assert missing == []
    # The text says that a loss takes less than a millisecond; a busy machine may take several.
    assert 1e-5 < glue.wall(functions)["seconds"] < 1e-2


def test_an_unanswered_attention_is_named_and_the_recorded_values_are_shown(glue, handed_out, capsys):
    handed_out("attention")
    run = glue.learn_to_reverse({})
    said = capsys.readouterr().out
    assert said.startswith("This stage waits for\n- `attention` of chapter 10: not answered yet\nUntil then,")
    assert run["by"] == "recorded"
    assert "edbac." in said


def test_every_function_that_no_notebook_has_is_named(glue, capsys):
    glue.learn_a_rhyme({})
    said = capsys.readouterr().out
    for chapter, names in glue.WRITE.items():
        for name in names:
            assert f"- `{name}` of chapter {chapter}: no notebook with it was found" in said


def test_a_pasted_function_counts_and_notebooks_may_lie_in_the_same_folder(glue, handed_out):
    handed_out("attention", beside=True)
    assert glue.yours(glue.REVERSE, {})[1] == ["`attention` of chapter 10: not answered yet"]
    functions, missing = glue.yours(glue.REVERSE, {"attention": max})
    assert missing == []
    assert functions.attention is max


def test_a_function_that_raises_stops_the_stage_and_not_the_notebook(glue, handed_out, capsys):
    handed_out()

    def attention(Q, K, V, mask=None):
        raise TypeError("no such thing")

    run = glue.learn_to_reverse({"attention": attention})
    assert "stopped by one of your functions: TypeError: no such thing" in capsys.readouterr().out
    assert run["by"] == "recorded"


def test_a_file_that_is_no_notebook_stops_nothing(glue, tmp_path, capsys):
    (tmp_path / "ch11_capstone" / "ch10_attention.ipynb").write_text("{", encoding="utf-8")
    assert glue.learn_to_reverse({})["by"] == "recorded"
    assert "Until then" in capsys.readouterr().out


def test_the_same_seeds_give_the_same_run(glue, handed_out):
    handed_out()
    functions, _ = glue.yours(glue.WRITE, {})
    run = partial(glue.rhyme, functions, steps=10)
    assert run() == run()
