"""Grading: true scores whatever is handed in, and a result for everything."""

import csv
import json
import re
import subprocess
import sys
import zipfile

import nbformat
import pytest
from conftest import ROOT

from autograder.course.chapter import read_chapter
from autograder.grade.layouts import find
from autograder.grade.limits import Limits
from autograder.grade.outcome import feedback
from autograder.grade.pipeline import grade
from autograder.grade.reading.cells import Cell
from autograder.grade.release import NotARelease, load
from autograder.grade.results import gradescope
from autograder.grade.sandbox_choice import choose_sandbox
from autograder.grade.submission import Submission, read
from autograder.grade.zygote import Zygote
from autograder.prove.samples import with_answers, write_samples

NAME = "ch06_softmax"
LIMITS = Limits(cell=4, call=2, submission=60)

SOFTMAX = """\
def softmax(z):
    z = np.asarray(z, dtype=float)
    if z.size == 0:
        raise ValueError('empty')
    weights = np.exp(z - z.max())
    return weights / weights.sum()
"""


@pytest.fixture(scope="module")
def zygote():
    process = Zygote(choose_sandbox("auto"))
    yield process
    process.close()


@pytest.fixture(scope="module")
def chapter():
    return read_chapter(ROOT, NAME)


@pytest.fixture(scope="module")
def release(built):
    return load(built / "dist" / "autograder" / f"{NAME}.zip")


@pytest.fixture(scope="module")
def solved(built):
    return nbformat.read(built / "dist" / "solutions" / f"{NAME}.ipynb", as_version=4)


@pytest.fixture
def graded(zygote, release, solved, chapter, tmp_path):
    """Grade the solved notebook with some answers replaced, and cells put before or after."""

    def run(answers=None, before=(), after=(), change=None):
        notebook = with_answers(solved, answers or {}, chapter)
        new = nbformat.v4.new_code_cell
        notebook.cells = [
            *[new(source) for source in before],
            *notebook.cells,
            *[new(source) for source in after],
        ]
        if change:
            change(notebook)
        path = tmp_path / f"{NAME}_submission.ipynb"
        nbformat.write(notebook, path)
        return grade(read(path, "submission", [NAME]), release, zygote, LIMITS)

    return run


def scores(result):
    return {outcome.question.name: outcome.score for outcome in result.questions}


def outcome(result, name):
    return next(o for o in result.questions if o.question.name == name)


def full(release, **but):
    return {question.name: question.points for question in release.questions} | but


def test_the_solved_notebook_gets_everything(graded, release):
    result = graded()
    assert (result.status, result.score) == ("graded", 20)
    assert scores(result) == full(release)


def test_the_untouched_notebook_gets_nothing_and_reads_not_attempted(zygote, release, built):
    result = grade(read(built / "student" / NAME / f"{NAME}.ipynb", "s", [NAME]), release, zygote, LIMITS)
    assert (result.status, result.score) == ("graded", 0)
    for item in result.questions:
        assert (
            feedback(item) == f"{item.question.name}: not attempted yet (0 of {item.question.points} points)."
        )


def test_every_misconception_is_told_by_name_and_by_its_hint(zygote, release, built, chapter, tmp_path):
    write_samples(chapter, built, tmp_path)
    result = grade(read(tmp_path / f"{NAME}_misconceptions.ipynb", "s", [NAME]), release, zygote, LIMITS)
    for item in result.questions:
        wrong = chapter.questions[item.question.name].misconceptions[0]
        assert item.misconception == wrong.name
        assert f"Hint: {wrong.hint}" in feedback(item)


# Attacks and accidents: each costs what it breaks, and no more.


@pytest.mark.parametrize(
    "attack",
    [
        (
            "import numpy as np\nnp.allclose = lambda *a, **k: True\nnp.testing.assert_allclose = lambda *a,"
            " **k: None\nnp.all = lambda *a, **k: True"
        ),
        (
            "import builtins\nbuiltins.abs = lambda x: 0\nbuiltins.isinstance = lambda *a:"
            " True\nbuiltins.AssertionError = Exception"
        ),
        "import otter\notter.Notebook.check = lambda *a, **k: True",
        "import sys\nsys.modules['checking'] = sys.modules['numpy']",
        (
            "class Everything(float):\n    def __eq__(self, other):\n        return True\n    def"
            " __le__(self, other):\n        return True\n    def __float__(self):\n        return 1.0\n"
        ),
    ],
)
def test_rebinding_what_compares_earns_nothing(zygote, release, attack):
    cells = [
        attack,
        *[
            f"def {q.name}(*a, **k):\n    return 1.0" if q.kind == "function" else f"{q.name} = 1.0"
            for q in release.questions
        ],
    ]
    submission = Submission(ROOT, "s", [Cell(str(i), source) for i, source in enumerate(cells)], NAME)
    assert grade(submission, release, zygote, LIMITS).score == 0


def test_an_object_that_is_equal_to_everything_earns_nothing(graded, release):
    source = (
        "class Any(float):\n    def __eq__(self, other):\n        return True\n    def __sub__(self,"
        " other):\n        return 0.0\ndef softmax(z):\n    return [Any(0)] * len(z)"
    )
    assert scores(graded({"softmax": source})) == full(release, softmax=0)


def test_the_students_process_holds_no_check_and_no_reference(graded):
    source = (
        "import sys, gc, os\nfound = [m for m in sys.modules if m.split('.')[0] in ('autograder',"
        " 'solutions', 'checking', 'assignments')]\ntexts = [o for o in gc.get_objects() if callable(o) and"
        " getattr(o, '__name__', '') in ('ignores_a_shift', 'divides_by_the_sum_of_logits')]\nheld = [name"
        " for name in os.listdir('.')] + [k for k in os.environ if 'GRADE' in k]\nif found or texts or"
        " held:\n    raise RuntimeError(f'{found} {texts} {held}')\n"
    )
    assert "did not come to its end" not in feedback(
        outcome(graded({"example_6": source + "example_6 = [0.629, 0.231, 0.140]"}), "example_6")
    )


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        ("import os; os._exit(3)", "ended the process with exit code 3"),
        ("import os; os.abort()", "was ended by SIGABRT"),
        ("import ctypes; ctypes.string_at(0)", "was ended by SIGSEGV"),
        ("while True: pass", "ran longer than 4 s"),
        ("import sys; sys.exit()", "raised SystemExit"),
        ("hoard = bytearray(64 * 2**30)", "raised MemoryError"),
        ("1 / 0", "raised ZeroDivisionError: division by zero (in the line: 1 / 0)"),
        ("def (", "raised SyntaxError"),
    ],
)
def test_a_cell_that_does_not_come_to_its_end_costs_that_cell_alone(graded, release, ending, said):
    result = graded({"softmax_rows": ending})
    assert result.status == "graded"
    assert scores(result) == full(release, softmax_rows=0)
    assert said in feedback(outcome(result, "softmax_rows"))


@pytest.mark.parametrize(
    "attack",
    [
        "import os, signal\nos.killpg(0, signal.SIGKILL)",
        "import os\nos.closerange(3, 300)",
        (
            "import os\nfor fd in range(3, 40):\n    try:\n        os.write(fd, b'\\0\\0\\0\\5hello' * 10)\n "
            "   except OSError:\n        pass"
        ),
        (
            "import signal\nfor s in range(1, 64):\n    try:\n        signal.signal(s, signal.SIG_IGN)\n   "
            " except (OSError, ValueError):\n        pass\n1 / 0"
        ),
        "import threading, time\nthreading.Thread(target=time.sleep, args=(1000,)).start()\n1 / 0",
    ],
)
def test_a_cell_that_reaches_for_its_surroundings_costs_itself_alone(graded, release, attack):
    result = graded({"softmax_rows": attack})
    assert result.status == "graded"
    assert scores(result) == full(release, softmax_rows=0)


def test_a_function_that_kills_its_surroundings_costs_its_question_alone(graded, release):
    result = graded({"softmax": "import os, signal\ndef softmax(z):\n    os.killpg(0, signal.SIGKILL)"})
    assert scores(result) == full(release, softmax=0)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("import os; os._exit(0)", "ended the process with exit code 0"),
        ("while True: pass", "an answer within"),
        ("return softmax(z)", "RecursionError"),
        ("import sys; sys.exit(1)", "SystemExit"),
        ("return list(range(10**6))", "is more than may be sent"),
        ("return lambda: 0", "a function"),
    ],
)
def test_a_call_that_does_not_come_back_costs_its_question_alone(graded, release, body, said):
    result = graded({"softmax": f"def softmax(z):\n    {body}"})
    assert scores(result) == full(release, softmax=0)
    if "is more" not in said:
        assert said in feedback(outcome(result, "softmax"))


def test_output_without_end_and_questions_to_nobody_do_no_harm(graded, release):
    noisy = SOFTMAX + "\nfor _ in range(20000):\n    print('x' * 1000)"
    assert scores(graded({"softmax": noisy}, after=["answer = input('password? ')"])) == full(release)


def test_a_later_rebinding_does_not_touch_an_answer(graded, release):
    assert scores(graded(after=["softmax = None\nsample = 3\ndel softmax_rows"])) == full(release)


def test_a_helper_defined_further_down_counts(graded, release):
    answer = "def softmax(z):\n    return late_helper(z)"
    assert scores(
        graded({"softmax": answer}, after=[SOFTMAX.replace("def softmax", "def late_helper")])
    ) == full(release)


def test_an_answer_written_in_a_new_cell_counts(graded, release):
    stub = "def softmax(z):\n    raise NotImplementedError('softmax: not attempted yet')"
    assert scores(graded({"softmax": stub}, after=[SOFTMAX])) == full(release)


def test_cells_may_be_moved_doubled_and_lose_their_ids(graded, release):
    def shuffle(notebook):
        setup, *rest = [
            cell for cell in notebook.cells if cell.cell_type == "code" and "import otter" not in cell.source
        ]
        notebook.cells = [setup, *reversed(rest), *rest[:3]]
        for cell in notebook.cells:
            cell.pop("id", None)
        notebook.nbformat_minor = 4
        notebook.metadata = {}

    result = graded(change=shuffle)
    assert scores(result) == full(release)


def test_a_deleted_answer_is_told(graded, release):
    def delete(notebook):
        notebook.cells = [cell for cell in notebook.cells if cell.get("id") != f"{NAME}-sample-answer"]

    result = graded(change=delete)
    assert scores(result) == full(release, sample=0)
    assert "No cell of the submission defines sample." in feedback(outcome(result, "sample"))


def test_a_changed_argument_is_noticed_across_the_process_boundary(graded):
    source = (
        "def softmax(z):\n    if isinstance(z, np.ndarray) and z.dtype == float or isinstance(z, list):\n    "
        "    z[0] = 0.0\n    return [1.0]"
    )
    assert "its argument became [0.0, " in feedback(outcome(graded({"softmax": source}), "softmax"))


def test_magics_and_shell_lines_are_passed_over(graded, release):
    assert scores(graded(before=["%matplotlib inline\n!pip install nothing-at-all\n%%time\n1 + 1"])) == full(
        release
    )


def test_a_cell_may_await_as_in_a_notebook(graded, release):
    waiting = "import asyncio\nawait asyncio.sleep(0)\nexample_6 = [0.629, 0.231, 0.140]"
    assert scores(graded({"example_6": waiting})) == full(release)


def test_what_every_submission_needs_is_loaded_before_it_is_forked():
    code = (
        "import sys\nfrom autograder.grade.inside import forking\n"
        "forking.preload()\nprint(*sorted(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True, cwd=ROOT
    )
    needed = {
        "IPython.core.interactiveshell",
        "IPython.core.logger",
        "IPython.display",
        "matplotlib.pyplot",
        "matplotlib_inline.backend_inline",
        "numpy.random",
    }
    assert needed <= set(run.stdout.split())


def test_hidden_checks_tell_title_and_cause_and_not_their_inputs(graded):
    text = feedback(
        outcome(
            graded(
                {
                    "softmax": (
                        "def softmax(z):\n    z = np.array(z, float)\n    return np.exp(z) / np.exp(z).sum()"
                    )
                }
            ),
            "softmax",
        )
    )
    assert re.search(r"FAILED  [^\n]*\(hidden\)\n +likely cause  [^\n]*largest logit", text), text
    for part in re.split(r"\n(?=  (?:FAILED|passed))", text):
        if "(hidden)" in part.splitlines()[0]:
            assert "called" not in part and "expected" not in part, part


def test_the_grader_calls_back_for_functions_that_it_hands_over(zygote, built):
    release = load(built / "dist" / "autograder" / "ch08_gradients.zip")
    cells = [
        (
            "def forward_difference(f, x, h):\n    if h <= 0:\n        raise ValueError(f'h = {h}')\n   "
            " return (f(x + h) - f(x)) / h"
        ),
        (
            "def central_difference(f, x, h):\n    if h <= 0:\n        raise ValueError(f'h = {h}')\n   "
            " return (f([x]) - f('x')) / h"
        ),
    ]
    submission = Submission(
        ROOT, "s", [Cell(str(i), source) for i, source in enumerate(cells)], "ch08_gradients"
    )
    result = grade(submission, release, zygote, LIMITS)
    assert outcome(result, "forward_difference").complete
    assert outcome(result, "central_difference").score == 0


# What is handed in ------------------------------------------------------------------------------------------


def submitted(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        (f"{NAME}.ipynb", b"", "is empty"),
        (f"{NAME}.ipynb", b"Dear grader", "it begins with 'Dear grader'"),
        (f"{NAME}.ipynb", b"[1, 2]", "JSON, and not an object with cells"),
        (f"{NAME}.ipynb", b'{"cells": 3}', "it has no list of cells"),
        (f"{NAME}.ipynb", b'{"cells": []}', "the submission holds no code"),
        (f"{NAME}.ipynb", b"[" * 100_000, "it is not JSON"),
        (f"{NAME}.ipynb", b"\xff\xfe\x00", "it is not JSON"),
        (f"{NAME}.zip", b"PK nothing", "no zip that can be opened"),
        (f"{NAME}.py", b"\xff\xfe", "is empty"),
        (f"{NAME}.docx", b"x", "is no notebook (.ipynb), no script (.py) and no zip of one"),
    ],
)
def test_what_cannot_be_read_is_invalid_with_every_question_at_0(zygote, release, tmp_path, name, data, said):
    result = grade(read(submitted(tmp_path, name, data), "s", [NAME]), release, zygote, LIMITS)
    report = gradescope(result)
    assert report["extra_data"]["status"] == "invalid"
    assert said in report["output"]
    assert [(entry["score"], entry["max_score"]) for entry in report["tests"]] == [
        (0, q.points) for q in release.questions
    ]


def test_another_chapters_notebook_is_invalid(zygote, release, built):
    result = grade(
        read(built / "student" / "ch02_dot_product" / "ch02_dot_product.ipynb", "s", [NAME]),
        release,
        zygote,
        LIMITS,
    )
    assert (result.status, "this is a submission to ch02_dot_product" in result.reason) == ("invalid", True)


def test_a_zip_a_folder_and_a_script_are_graded_as_the_notebook_is(zygote, release, solved, built, tmp_path):
    source = built / "dist" / "solutions" / f"{NAME}.ipynb"
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.write(source, f"work/{NAME}.ipynb")
        archive.writestr("__zip_filename__", "export.zip")
        archive.writestr("__MACOSX/work/._x.ipynb", "junk")
        archive.writestr(".ipynb_checkpoints/x.ipynb", "{}")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "mine.ipynb").write_bytes(source.read_bytes())
    (tmp_path / "folder" / "submission_metadata.yml").write_text("x")
    cells = [cell.source for cell in solved.cells if cell.cell_type == "code"]
    submitted(tmp_path, f"{NAME}_plain.py", "\n\n".join(cells))
    submitted(tmp_path, f"{NAME}_cells.py", "\n".join(f"# %%\n{cell}" for cell in cells))
    for name in ("export.zip", "folder", f"{NAME}_plain.py", f"{NAME}_cells.py"):
        result = grade(read(tmp_path / name, "s", [NAME]), release, zygote, LIMITS)
        assert (name, result.status, result.score) == (name, "graded", 20)


def test_a_zip_with_two_answers_is_invalid(zygote, release, tmp_path):
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.ipynb", "{}")
        archive.writestr("b.ipynb", "{}")
    result = grade(read(tmp_path / "two.zip", "s", [NAME]), release, zygote, LIMITS)
    assert "it holds 2 files that could be the answer (a.ipynb, b.ipynb)" in result.reason


def test_a_zip_that_is_larger_inside_than_it_says_is_bounded(zygote, release, tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.ipynb", b" " * (41 * 2**20))
    assert grade(read(tmp_path / "bomb.zip", "s", [NAME]), release, zygote, LIMITS).status == "invalid"


def test_stems_that_collide_are_told_apart(tmp_path):
    for name in ("a/x.ipynb", "b/x.ipynb", "b/X.py", "b/x-2.zip"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    stems = [stem for _, stem in find([tmp_path / "a", tmp_path / "b"])]
    assert len({stem.casefold() for stem in stems}) == 4
    assert all("x" in stem.casefold() for stem in stems)


# Faults of the grader's own ---------------------------------------------------------------------------------


def broken(release, name, function):
    from dataclasses import replace

    questions = [
        replace(q, checks=[replace(c, function=function) for c in q.checks]) if q.name == name else q
        for q in release.questions
    ]
    return replace(release, questions=questions)


def test_a_broken_check_costs_nothing_and_is_told_apart(zygote, release, built):
    def breaks(softmax):
        raise RuntimeError("a typo of ours")

    submission = read(built / "dist" / "solutions" / f"{NAME}.ipynb", "s", [NAME])
    result = grade(submission, broken(release, "softmax", breaks), zygote, LIMITS)
    assert (result.status, result.score) == ("grader_error", 20)
    assert "This check is broken and counts as passed: RuntimeError." in feedback(outcome(result, "softmax"))


def test_an_answer_that_breaks_a_check_which_the_reference_passes_earns_nothing(zygote, release, built):
    def breaks_on_strings(softmax):
        assert softmax([1.0]) + 1 is not None

    submission = Submission(ROOT, "s", [Cell("0", "def softmax(z):\n    return 'text'")], NAME)
    result = grade(submission, broken(release, "softmax", breaks_on_strings), zygote, LIMITS)
    assert (result.status, result.score) == ("graded", 0)


def test_a_zygote_that_does_not_start_is_a_grader_error_without_a_score(release, built, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    process = Zygote(choose_sandbox("auto"))
    report = gradescope(
        grade(read(built / "dist" / "solutions" / f"{NAME}.ipynb", "s", [NAME]), release, process, LIMITS)
    )
    process.close()
    assert report["extra_data"]["status"] == "grader_error"
    assert "score" not in report
    assert "costs you nothing" in report["output"]


def test_what_is_no_grader_distribution_is_told(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a", "b")
    with pytest.raises(NotARelease, match=r"it has no manifest\.json"):
        load(tmp_path / "x.zip")


# The command ------------------------------------------------------------------------------------------------


def test_the_command_writes_a_result_for_each_and_a_table_of_grades(built, chapter, tmp_path):
    write_samples(chapter, built, tmp_path / "in")
    command = [
        sys.executable,
        "-B",
        "-m",
        "autograder",
        "grade",
        str(tmp_path / "in"),
        "--out",
        str(tmp_path / "out"),
        "--course",
        str(built),
    ]
    run = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert run.returncode == 0, run.stderr
    results = {p.stem: json.loads(p.read_text()) for p in (tmp_path / "out" / "results").iterdir()}
    status = {stem: (data["extra_data"]["status"], data["score"]) for stem, data in results.items()}
    assert status[f"{NAME}_solved"] == ("graded", 20)
    assert status[f"{NAME}_untouched"] == ("graded", 0)
    assert status[f"{NAME}_essay"] == ("invalid", 0)
    assert status[f"{NAME}_crashing"] == ("graded", 19)
    assert 0 < status[f"{NAME}_half"][1] < 20
    assert 0 < status[f"{NAME}_misconceptions"][1] < 10
    for data in results.values():
        assert data["extra_data"]["sandbox"] == choose_sandbox("auto")
        for entry in data["tests"]:
            assert {"name", "score", "max_score", "status", "output", "visibility"} <= set(entry)
            assert 0 <= entry["score"] <= entry["max_score"]
    rows = list(csv.DictReader((tmp_path / "out" / "grades.csv").open()))
    assert {row["submission"]: float(row["score"]) for row in rows} == {
        stem: score for stem, (_, score) in status.items()
    }
    report = subprocess.run(
        [sys.executable, "-m", "autograder", "report", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert report.returncode == 0
    assert f"{NAME}: 5 of 6 submissions graded" in report.stdout
    named = read_chapter(ROOT, NAME).questions["softmax"].misconceptions[0].name.replace("_", " ")
    assert named in " ".join(report.stdout.split())


def test_a_gradescope_container_grades_its_one_submission(built, tmp_path):
    base = tmp_path / "autograder"
    for folder in ("source", "submission", "results"):
        (base / folder).mkdir(parents=True)
    with zipfile.ZipFile(built / "dist" / "autograder" / f"{NAME}.zip") as archive:
        archive.extractall(base / "source")
    (base / "submission" / "my work.ipynb").write_bytes(
        (built / "dist" / "solutions" / f"{NAME}.ipynb").read_bytes()
    )
    (base / "submission_metadata.json").write_text("{}")
    environment = {"PYTHON": sys.executable, "PATH": "/usr/bin:/bin"}
    run = subprocess.run(
        ["bash", str(base / "source" / "run_autograder")],
        env=environment,
        cwd="/",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    data = json.loads((base / "results" / "results.json").read_text())
    assert sum(entry["score"] for entry in data["tests"]) == pytest.approx(20)
    assert len([entry for entry in data["tests"] if entry["visibility"] == "visible"]) == 9
