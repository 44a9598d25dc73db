"""Every way a submission can be broken: its honest grade, or one plain sentence why there is none."""

import io
import json
import os
import stat
import zipfile

import nbformat
import pytest
from conftest import ROOT

from autograder.course.chapter import read_chapter
from autograder.grade.layouts import find
from autograder.grade.limits import Limits
from autograder.grade.outcome import feedback
from autograder.grade.pipeline import grade
from autograder.grade.reading.cells import Cell, answering_cell, only_adds
from autograder.grade.release import load
from autograder.grade.results import gradescope, table_cell
from autograder.grade.sandbox_choice import choose_sandbox
from autograder.grade.submission import MAX_SOURCE, read
from autograder.grade.zygote import Zygote
from autograder.prove.samples import with_answers

NAME = "ch06_softmax"
KNOWN = [NAME, "ch02_dot_product"]
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
    return (built / "dist" / "solutions" / f"{NAME}.ipynb").read_bytes()


@pytest.fixture
def graded(zygote, release, tmp_path):
    """Grade a file's bytes under a name."""

    def run(data, name=f"{NAME}.ipynb"):
        path = tmp_path / name
        path.write_bytes(data)
        return grade(read(path, "s", KNOWN), release, zygote, LIMITS)

    return run


def changed(solved, change):
    notebook = json.loads(solved)
    change(notebook)
    return json.dumps(notebook).encode()


def zipped(**members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def as_version_3(notebook):
    cells = [
        {**c, "input": c.pop("source")} if c["cell_type"] == "code" else c for c in notebook.pop("cells")
    ]
    notebook |= {"nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": cells}]}


WHOLE = {
    "a byte-order mark": lambda s: b"\xef\xbb\xbf" + s,
    "UTF-16": lambda s: s.decode().encode("utf-16"),
    "Windows line ends": lambda s: s.replace(b"\n", b"\r\n"),
    "nbformat 3": lambda s: changed(s, as_version_3),
    "no kernelspec": lambda s: changed(s, lambda n: n["metadata"].pop("kernelspec", None)),
    "metadata of another shape": lambda s: changed(s, lambda n: n.update(metadata=[1])),
    "no metadata": lambda s: changed(s, lambda n: n.pop("metadata")),
    "no ids": lambda s: changed(s, lambda n: [c.pop("id") for c in n["cells"]]),
    "cells that are no cells": lambda s: changed(
        s, lambda n: n["cells"].extend([None, 3, {"cell_type": "code"}, {"cell_type": "code", "source": 7}])
    ),
    "sources as one string": lambda s: changed(
        s, lambda n: [c.update(source="".join(c["source"])) for c in n["cells"]]
    ),
    "every cell twice": lambda s: changed(
        s, lambda n: n.update(cells=[c for c in n["cells"] for _ in range(2)])
    ),
    "prose deleted": lambda s: changed(
        s, lambda n: n.update(cells=[c for c in n["cells"] if c["cell_type"] == "code"])
    ),
    "a cell of magics and shell lines": lambda s: changed(
        s,
        lambda n: n["cells"].insert(
            1,
            {
                "cell_type": "code",
                "source": "%load_ext autoreload\n!ls -la\nfiles = !ls\n?print\n%%bash\nexit 1",
            },
        ),
    ),
    "answers that are timed": lambda s: changed(
        s,
        lambda n: [
            c.update(source=["%%time\n", *c["source"]]) for c in n["cells"] if c["id"].endswith("-answer")
        ],
    ),
}


@pytest.mark.parametrize("how", WHOLE)
def test_what_can_be_read_gets_its_honest_grade(graded, solved, how):
    result = graded(WHOLE[how](solved))
    assert (result.status, result.score) == ("graded", 20), result.reason


def test_a_notebook_of_another_language_is_graded_as_python_and_says_so(graded, solved):
    result = graded(
        changed(
            solved,
            lambda n: n["metadata"].update(kernelspec={"name": "ir", "language": "R", "display_name": "R"}),
        )
    )
    assert result.score == 20
    assert (
        "The notebook says that it is written in R; it was graded as Python." in gradescope(result)["output"]
    )


INVALID = {
    "cut off": (lambda s: s[: len(s) // 2], "it is cut off in line"),
    "merge marks": (
        lambda s: s.replace(b' "cells": [', b' <<<<<<< HEAD\n "cells": [\n=======\n', 1).replace(
            b" <<<", b"<<<"
        ),
        "the marks of a merge that was not finished (<<<",
    ),
    "a bad comma": (lambda s: s.replace(b"[", b"[,", 1), "it is not JSON from line"),
    "no cells with code": (
        lambda s: changed(s, lambda n: n.update(cells=[])),
        "the submission holds no code",
    ),
    "too many cells": (
        lambda s: changed(s, lambda n: n["cells"].extend([{"cell_type": "code", "source": "1"}] * 2000)),
        "at most 2000 can be graded",
    ),
    "too much code": (
        lambda s: changed(
            s, lambda n: n["cells"].append({"cell_type": "code", "source": "x = 1\n" * (MAX_SOURCE // 6 + 1)})
        ),
        "MB of code; at most 3 can be graded",
    ),
    "another assignment": (
        lambda s: s.replace(b'"assignment_name": "ch06_softmax"', b'"assignment_name": "ch02_dot_product"'),
        "this is a submission to ch02_dot_product, and this assignment is ch06_softmax",
    ),
    "a picture": (lambda s: b"\x89PNG\r\n\x1a\n", "is a picture (PNG), and no notebook"),
}


@pytest.mark.parametrize("how", INVALID)
def test_what_cannot_be_graded_is_told_in_one_sentence(graded, solved, how):
    break_it, said = INVALID[how]
    broken = break_it(solved)
    assert broken != solved
    result = graded(broken)
    assert result.status == "invalid"
    assert said in result.reason
    assert "\n" not in result.reason
    report = gradescope(result)
    assert [entry["score"] for entry in report["tests"]] == [0] * 9


def test_a_notebook_renamed_is_known_by_its_metadata_and_one_without_by_its_name(graded, solved):
    assert graded(solved, "my homework (final) 2.ipynb").score == 20
    bare = changed(solved, lambda n: n.update(metadata={}))
    assert graded(bare, f"{NAME} - Copy.ipynb").score == 20
    odd = changed(solved, lambda n: n.update(metadata={"otter": {"assignment_name": "something else"}}))
    assert graded(odd, f"{NAME}.ipynb").score == 20


def test_an_answer_turned_into_markdown_says_how_to_turn_it_back(graded, solved):
    def to_markdown(notebook):
        for c in notebook["cells"]:
            if c["id"] == f"{NAME}-sample-answer":
                c["cell_type"] = "markdown"

    result = graded(changed(solved, to_markdown))
    assert result.score == 18
    outcome = next(o for o in result.questions if o.question.name == "sample")
    assert "The cell that defines sample is not a code cell: make it one again" in feedback(outcome)


def test_a_function_split_over_two_cells_costs_that_function(graded, solved):
    def split(notebook):
        at = next(i for i, c in enumerate(notebook["cells"]) if c["id"] == f"{NAME}-log_softmax-answer")
        source = "".join(notebook["cells"][at]["source"]).splitlines(keepends=True)
        notebook["cells"][at]["source"] = source[:-2]
        notebook["cells"].insert(at + 1, {"cell_type": "code", "source": source[-2:], "id": "split"})

    result = graded(changed(solved, split))
    assert (result.status, result.score) == ("graded", 17)


def test_a_cell_that_asks_for_input_is_told_that_nobody_answers(graded, built):
    chapter = read_chapter(ROOT, NAME)
    notebook = with_answers(
        nbformat.read(built / "dist" / "solutions" / f"{NAME}.ipynb", as_version=4),
        {"sample": "n = input('how many? ')"},
        chapter,
    )
    result = graded(nbformat.writes(notebook).encode())
    assert result.score == 18
    assert "EOFError: nobody answers input() while a submission is graded" in feedback(
        next(o for o in result.questions if o.question.name == "sample")
    )


def test_a_zip_is_read_and_never_unpacked(graded, solved, tmp_path):
    assert (
        graded(
            zipped(
                **{f"work/{NAME}.ipynb": solved, "work/numpy.py": "raise SystemExit", "work/checking.py": "x"}
            ),
            "a.zip",
        ).score
        == 20
    )
    hostile = zipped(**{"../../outside.ipynb": solved, "/etc/cron.d/x.ipynb": "{}"})
    assert graded(hostile, "b.zip").status in ("graded", "invalid")
    assert not (tmp_path.parent.parent / "outside.ipynb").exists()


def test_a_link_in_a_zip_or_a_folder_is_not_followed(graded, solved, built, tmp_path, zygote, release):
    link = zipfile.ZipInfo(f"{NAME}.ipynb")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(link, str(built / "dist" / "solutions" / f"{NAME}.ipynb"))
    assert graded(data.getvalue(), "link.zip").status == "invalid"
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("link.ipynb", "sub"):
        (folder / name).symlink_to(built / "dist" / "solutions" / (f"{NAME}.ipynb" if name != "sub" else ""))
    for path, stem in find([folder]):
        result = grade(read(path, stem, KNOWN), release, zygote, LIMITS)
        assert (result.status, "is a symbolic link" in result.reason) == ("invalid", True)


def test_a_pipe_a_device_and_a_folder_without_answers_are_told(tmp_path, zygote, release):
    os.mkfifo(tmp_path / f"{NAME}.ipynb")
    (tmp_path / f"{NAME}_empty").mkdir()
    for path, stem in find([tmp_path]):
        result = grade(read(path, stem, KNOWN), release, zygote, LIMITS)
        assert result.status == "invalid", path
        assert "is no file" in result.reason or "holds no notebook" in result.reason


def test_zips_that_are_locked_or_damaged_or_of_a_method_nobody_knows_are_told(graded, solved):
    whole = zipped(**{f"{NAME}.ipynb": solved})
    locked = bytearray(whole)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.find(mark) + at] |= 1
    damaged = bytearray(whole)
    damaged[len(whole) // 2] ^= 0xFF
    cut_off = whole[: len(whole) // 2]
    broken = "is no zip that can be opened"
    for data, said in (
        (bytes(locked), "is locked with a password"),
        (bytes(damaged), broken),
        (cut_off, broken),
    ):
        result = graded(data, "a.zip")
        assert result.status == "invalid"
        assert said in result.reason


def test_odd_file_names_get_results_under_names_that_hold_them(tmp_path, built):
    from click.testing import CliRunner

    from autograder.cli import cli

    names = [
        "=cmd|' calc'!A0.ipynb",
        "new\nline.ipynb",
        "-rf.ipynb",
        f"{'long' * 60}.ipynb",
        "bytes\udcff.ipynb",
        "[red]x[bold].ipynb",
    ]
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for name in names:
        (folder / name).write_bytes(b"{}")
    call = ["grade", str(folder), "--out", str(out), "--course", str(built)]
    run = CliRunner().invoke(cli, call, catch_exceptions=False)
    assert run.exit_code == 0, run.output
    assert f"{len(names)} submissions" in run.output
    assert len(list((out / "results").iterdir())) == len(names)
    table = (out / "grades.csv").read_text(encoding="utf-8")
    assert len(table.splitlines()) == len(names) + 1
    assert "'=cmd" in table
    assert "'-rf" in table


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "\x00=1"])
def test_a_cell_of_the_table_is_never_a_formula(name):
    assert not table_cell(name).startswith(("=", "+", "-", "@", "\t", "\r"))


def cells(*sources):
    return [Cell(str(number), source) for number, source in enumerate(sources)]


@pytest.mark.parametrize(
    ("later", "plain"),
    [
        ("def other(x):\n    return x", True),
        ("grader.check('f')", True),
        ("@picture\ndef draw():\n    f(1)", True),
        ("value = [1.0, -2, {'a': (3,)}]", True),
        ("import statistics", True),
        ("f = None", False),
        ("helper = 3", False),
        ("HELD.append(1)", False),
        ("print(f(1))", False),
        ("np.exp = None", False),
        ("abs = max", False),
        ("def abs(x):\n    return x", False),
        ("@wrap\ndef other():\n    pass", False),
        ("def other(x=HELD.pop()):\n    pass", False),
        ("%matplotlib inline", False),
        ("class C:\n    pass", False),
        ("from math import *", False),
    ],
)
def test_a_later_cell_that_could_spoil_an_answer_is_told_from_one_that_only_adds(later, plain):
    assert (
        only_adds(
            cells("HELD = []\ndef helper(x):\n    return x", "def f(x):\n    return helper(x)", later), 1
        )
        == plain
    )


def test_a_question_is_answered_by_its_own_cell_or_by_the_last_that_binds_its_name():
    there = cells("def f(): pass", "g = 1", "with open('x') as y:\n    def f(): pass", "print(f)")
    assert answering_cell(there, "f", "0") == 0
    assert answering_cell(there, "f", "1") == 2
    assert answering_cell(there, "y", "none") == 2
    assert answering_cell(there, "h", "3") == 3
    assert answering_cell(there, "h", "none") is None
    assert answering_cell(cells("def f(:\n  pass\nf = 2"), "f", "none") == 0


def test_code_that_takes_the_parser_down_is_only_looked_at(graded):
    deep = [
        Cell("0", "x = " + "-" * 50_000 + "1"),
        Cell("1", "f" + ".a" * 60_000),
        Cell("2", "f = " + "(" * 5000),
    ]
    assert answering_cell(deep, "f", "none") == 2
