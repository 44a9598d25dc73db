"""Grades of work as tools save it and people hand it in: what was right is right, and what was done is
said."""

import json
import os
import subprocess
import sys

import jupytext
import nbformat
import pytest
from nbconvert import PythonExporter

from autograder.grade.given import with_given_cells
from autograder.grade.limits import Limits
from autograder.grade.outcome import feedback
from autograder.grade.pipeline import grade
from autograder.grade.reading.cells import Cell
from autograder.grade.release import load
from autograder.grade.results import gradescope
from autograder.grade.sandbox_choice import choose_sandbox
from autograder.grade.submission import read
from autograder.grade.zygote import Zygote

NAME = "ch06_softmax"
LIMITS = Limits(cell=4, call=2, submission=60)


@pytest.fixture(scope="module")
def zygote():
    process = Zygote(choose_sandbox("auto"))
    yield process
    process.close()


@pytest.fixture(scope="module")
def release(built):
    return load(built / "dist" / "autograder" / f"{NAME}.zip")


@pytest.fixture(scope="module")
def solved(built):
    return (built / "dist" / "solutions" / f"{NAME}.ipynb").read_text(encoding="utf-8")


@pytest.fixture
def graded(zygote, release, tmp_path):
    """Grade a text or a notebook under a name."""

    def run(content, name=f"{NAME}.ipynb"):
        text = content if isinstance(content, str) else json.dumps(content)
        (tmp_path / name).write_text(text, encoding="utf-8")
        known = {release.assignment: [question.name for question in release.questions]}
        return grade(read(tmp_path / name, "s", known), release, zygote, LIMITS)

    return run


def code(source):
    return {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": source}


def answer(notebook, name):
    return next(c for c in notebook["cells"] if c.get("id") == f"{NAME}-{name}-answer")


def setup_cell(notebook):
    return next(
        c for c in notebook["cells"] if c["cell_type"] == "code" and "import numpy" in "".join(c["source"])
    )


# What tools write
# ---------------------------------------------------------------------------------------------

# Names that people use again further down, for something else.
SCRATCH = "softmax = None\nfor sample in range(3):\n    pass\nexample_6 = exercise_13 = 0\ndel softmax_rows"


def as_colab(notebook):
    """As Colab writes a notebook of version 4.4 or older: ids of its own in the metadata, none of the
    cells'."""
    for number, cell in enumerate(notebook["cells"]):
        cell.pop("id")
        cell["metadata"] = {"id": f"Xy{number:010d}", "colab": {"base_uri": "https://localhost:8080/"}}
    notebook["metadata"] = {
        "colab": {"provenance": []},
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
    }
    notebook |= {"nbformat": 4, "nbformat_minor": 0}


def as_colab_that_kept_the_ids(notebook):
    """As a notebook with ids comes out of a tool that moves them into the metadata."""
    for cell in notebook["cells"]:
        cell["metadata"] = {"id": cell.pop("id")}
    notebook["metadata"] = {}


def as_kaggle(notebook):
    for number, cell in enumerate(notebook["cells"]):
        cell.pop("id")
        cell["metadata"] = {"_uuid": f"{number:040x}", "_cell_guid": f"{number:032x}", "trusted": True}
    notebook["metadata"] = {"kaggle": {"dataSources": []}, "language_info": {"name": "python"}}
    notebook["cells"].insert(
        0, code("# This Python 3 environment comes with many helpful libraries\nimport os\n")
    )


def as_deepnote(notebook):
    for number, cell in enumerate(notebook["cells"]):
        cell.pop("id")
        kind = cell["cell_type"]
        cell["metadata"] = {"cell_id": f"{number:032x}", "deepnote_cell_type": kind, "source_hash": "0f"}
        cell["block_group"] = "c1"
    notebook["metadata"] = {"deepnote": {}, "deepnote_notebook_id": "7"}
    notebook["cells"].append({"cell_type": "markdown", "source": "Created in Deepnote", "metadata": {}})


def as_vs_code(notebook):
    """As versions of 2021 wrote it: no ids, sources without their metadata, a kernel of its own name."""
    for cell in notebook["cells"]:
        cell.pop("id")
        cell["metadata"] = {}
    notebook["metadata"] = {
        "interpreter": {"hash": "1f"},
        "language_info": {"name": "python"},
        "orig_nbformat": 4,
    }
    notebook["nbformat_minor"] = 2


TOOLS = {
    "Colab": (as_colab, f"Copy_of_{NAME}.ipynb"),
    "ids moved into the metadata": (as_colab_that_kept_the_ids, "Untitled0.ipynb"),
    "Kaggle": (as_kaggle, "notebook5e1b2a7c90.ipynb"),
    "Deepnote": (as_deepnote, "Softmax homework.ipynb"),
    "VS Code": (as_vs_code, "solution.ipynb"),
}


@pytest.mark.parametrize("tool", TOOLS)
def test_work_that_a_tool_has_saved_anew_keeps_its_points(graded, solved, tool):
    save, name = TOOLS[tool]
    notebook = json.loads(solved)
    save(notebook)
    notebook["cells"].append(code(SCRATCH))
    result = graded(notebook, name)
    assert (result.submission.assignment, result.status, result.score) == (NAME, "graded", 20)


SCRIPTS = {
    "nbconvert": lambda n: PythonExporter().from_notebook_node(n)[0],
    "percent": lambda n: jupytext.writes(n, fmt="py:percent"),
    "light": lambda n: jupytext.writes(n, fmt="py:light"),
    "hydrogen": lambda n: jupytext.writes(n, fmt="py:hydrogen"),
    "no marker": lambda n: jupytext.writes(n, fmt="py:nomarker"),
    "plain": lambda n: "\n\n".join(c.source for c in n.cells if c.cell_type == "code"),
}


@pytest.mark.parametrize("tool", SCRIPTS)
def test_a_script_loses_what_a_syntax_error_stands_in_and_no_more(graded, solved, tool):
    notebook = nbformat.reads(solved, as_version=4)
    for cell in notebook.cells:
        if cell.id == f"{NAME}-log_softmax-answer":
            cell["source"] = cell.source.replace("return", "retrun (")
    notebook.cells.append(nbformat.v4.new_code_cell("'''\u2028\x85\x0c'''\nleft = 'one\u2028two'"))
    result = graded(SCRIPTS[tool](notebook), f"{NAME}.py")
    assert {o.question.name for o in result.questions if not o.complete} == {"log_softmax"}
    assert "did not finish: it raised SyntaxError" in feedback(
        next(o for o in result.questions if o.question.name == "log_softmax")
    )


def test_a_script_of_the_answers_alone_has_its_setup_from_the_release(graded, solved):
    notebook = json.loads(solved)
    answers = ["".join(c["source"]) for c in notebook["cells"] if c["id"].endswith("-answer")]
    result = graded("\n\n".join(answers), "my answers.py")
    assert result.score == 20
    assert result.remarks
    assert all("is missing; the released one was run in its place." in remark for remark in result.remarks)


# Given cells
# --------------------------------------------------------------------------------------------------


def test_a_given_cell_that_is_missing_is_stood_in_for_and_it_is_said(graded, solved):
    notebook = json.loads(solved)
    begins = next(line for line in "".join(setup_cell(notebook)["source"]).splitlines() if line)
    notebook["cells"].remove(setup_cell(notebook))
    result = graded(notebook)
    assert result.score == 20
    said = f"The given cell that begins `{begins}` is missing; the released one was run in its place."
    assert result.remarks == [said]
    assert said in gradescope(result)["output"]
    assert gradescope(result)["extra_data"]["remarks"] == [said]


@pytest.mark.parametrize(
    "line", ["import torch", "from google.colab import drive", "n = input()", "open('data.csv')"]
)
def test_a_given_cell_that_was_changed_and_fails_takes_no_answer_with_it(graded, solved, line):
    notebook = json.loads(solved)
    cell = setup_cell(notebook)
    cell["source"] = [f"{line}\n", *cell["source"]]
    result = graded(notebook)
    assert result.score == 20
    (said,) = result.remarks
    assert "The given cell that begins `import math` was changed and raised " in said
    assert f"(in the line: {line}); the released one was run before it." in said


def test_what_was_added_to_a_given_cell_counts(graded, solved):
    notebook = json.loads(solved)
    cell = setup_cell(notebook)
    cell["source"] = [line for line in cell["source"] if "import math" not in line]
    cell["source"].append("\ndef largest(z):\n    return np.max(z)\n")
    own = answer(notebook, "softmax")
    own["source"] = "".join(own["source"]).replace("z.max()", "largest(z)")
    assert "largest(z)" in own["source"]
    result = graded(notebook)
    assert result.score == 20
    assert result.remarks == [
        "The given cell that begins `import math` was changed; the released one was run before it."
    ]


def test_comments_layout_and_order_of_a_given_cell_are_nobodys_business(graded, solved, release):
    notebook = json.loads(solved)
    cell = setup_cell(notebook)
    lines = "".join(cell["source"]).replace('"', "'").splitlines()
    cell["source"] = "# my imports\n\n" + "\n\n".join(lines).replace(" = ", "  =  ")
    cell.pop("id")
    assert graded(notebook).remarks == []


def test_a_cell_is_put_in_before_what_follows_it(release):
    from dataclasses import replace

    from autograder.grade.release import GivenCell
    from autograder.grade.submission import Submission

    first, second = release.questions[0].name, release.questions[1].name
    given = (
        GivenCell("g0", "import math", first),
        GivenCell("g1", "data = [1, 2]", second),
        GivenCell("g2", "picture_of(data)", second),
        GivenCell("g3", "more = 3", None),
    )
    cells = [Cell("a", f"def {first}(z): pass"), Cell("b", f"def {second}(Z): pass"), Cell("c", "print(1)")]
    made = replace(release, given=given)
    prepared, stand_ins = with_given_cells(Submission(release.digest, "s", cells), made)  # type: ignore[arg-type]
    assert [cell.source for cell in prepared.cells] == [
        "import math",
        cells[0].source,
        "data = [1, 2]",
        cells[1].source,
        cells[2].source,
        "more = 3",
    ]
    assert [prepared.cells[item.cell].source for item in stand_ins] == [
        "import math",
        "data = [1, 2]",
        "more = 3",
    ]


# The first cell that failed
# -----------------------------------------------------------------------------------


def test_the_first_cell_that_failed_stands_in_the_headline_if_points_were_lost(graded, solved):
    notebook = json.loads(solved)
    notebook["cells"].insert(3, code("helper = 1\nimport torch\nscale = torch.tensor(1.0)"))
    own = answer(notebook, "softmax")
    own["source"] = "".join(own["source"]).replace("z.max()", "z.max() * scale")
    result = graded(notebook)
    assert result.score < 20
    report = gradescope(result)
    assert (
        f"The first cell that failed is code cell {result.first_failure.number + 1}, which begins `helper = "
        "1`: "
        "ModuleNotFoundError: No module named 'torch'"
    ) in report["output"]
    assert "in line 2, `import torch`." in report["output"]
    assert report["extra_data"]["first_failure"]["line"] == "import torch"


def test_cells_that_ask_otter_or_stand_in_are_no_failures(graded, solved):
    notebook = json.loads(solved)
    notebook["cells"] = [c for c in notebook["cells"] if "otter.Notebook(" not in "".join(c["source"])]
    notebook["cells"].insert(0, code("x = 1 / 0"))
    notebook["cells"].insert(0, code('grader.check("softmax")'))
    result = graded(notebook)
    assert (result.first_failure.begins, result.first_failure.number) == ("x = 1 / 0", 1)
    assert result.remarks == []


def test_syntax_of_a_newer_python_says_so(graded, solved):
    if sys.version_info >= (3, 12):
        pytest.skip("this Python takes it")
    notebook = json.loads(solved)
    own = answer(notebook, "sample")
    own["source"] = "type Vector = list[float]\n" + "".join(own["source"])
    text = feedback(next(o for o in graded(notebook).questions if o.question.name == "sample"))
    assert "it holds a `type` statement, which Python 3.12 brought; the grader runs Python 3.11" in text


DEBUGGERS = ["breakpoint()", "import pdb; pdb.set_trace()"]


@pytest.mark.parametrize("call", [*DEBUGGERS, "from IPython.core.debugger import set_trace; set_trace()"])
def test_a_debugger_that_was_left_in_is_named_and_costs_nothing(graded, solved, call):
    notebook = json.loads(solved)
    own = answer(notebook, "softmax")
    own["source"] = "".join(own["source"]).replace("    return", f"    {call}\n    return")
    notebook["cells"].insert(2, code(call))
    result = graded(notebook)
    assert result.score == 20
    said = f"The code still holds {call.split()[-1]}: nobody is there to debug with"
    assert said in gradescope(result)["output"]
    assert "still holds" not in gradescope(graded(json.loads(solved)))["output"]


# The command
# --------------------------------------------------------------------------------------------------


def run_command(built, *arguments, **environment):
    command = [
        sys.executable,
        "-B",
        "-m",
        "autograder",
        "grade",
        *map(str, arguments),
        "--course",
        str(built),
    ]
    return subprocess.run(
        command, capture_output=True, timeout=300, check=False, env={**os.environ, **environment}
    )


def test_every_file_gets_one_result_and_the_last_line_counts_them(built, solved, tmp_path):
    folder = tmp_path / "in"
    (folder / "out").mkdir(parents=True)
    for name, content in (("__jane__.ipynb", solved), ("empty.ipynb", ""), ("Łukasz 李雷.ipynb", solved)):
        (folder / name).write_text(content, encoding="utf-8")
    for again in ("", "again"):
        run = run_command(built, folder, "--out", folder / "out", PYTHONIOENCODING="cp1252")
        assert run.returncode == 0, (again, run.stderr)
        assert b"3 submissions, 1 invalid" in run.stdout
        assert b"Traceback" not in run.stderr
        assert len(list((folder / "out" / "results").iterdir())) == 3


def test_a_fault_of_the_graders_is_counted_and_ends_with_1(built, solved, tmp_path):
    import shutil
    import zipfile

    source = built / "dist" / "autograder" / f"{NAME}.zip"
    course = tmp_path / "course"
    (course / "dist" / "autograder").mkdir(parents=True)
    shutil.copyfile(source, course / "dist" / "autograder" / source.name)
    with zipfile.ZipFile(source) as archive:
        manifest = archive.read("manifest.json")
    with zipfile.ZipFile(course / "dist" / "autograder" / source.name, "w") as archive:
        archive.writestr("manifest.json", manifest)
    (tmp_path / f"{NAME}.ipynb").write_text(solved, encoding="utf-8")
    (tmp_path / "empty.ipynb").write_text("", encoding="utf-8")
    run = run_command(course, tmp_path / f"{NAME}.ipynb", tmp_path / "empty.ipynb", "--out", tmp_path / "out")
    assert run.returncode == 1, run.stdout
    assert b"2 submissions, 1 invalid, 1 with a fault of the grader's" in run.stdout


def test_a_reason_that_ends_in_a_full_stop_gets_no_second(graded):
    assert gradescope(graded(""))["output"].endswith("hand it in again.")
    assert ".." not in gradescope(graded("x", "essay.docx"))["output"]
