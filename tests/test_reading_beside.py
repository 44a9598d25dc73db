"""Files of a student's own beside the notebook: helpers that it imports, data that it reads."""

import io
import json
from dataclasses import replace

import pytest
from test_reading_files import QUESTIONS, tarred, written, zipped

from autograder.grade.limits import Limits
from autograder.grade.packed import content_digest
from autograder.grade.pipeline import grade
from autograder.grade.reading.choosing import MAX_BESIDE, MAX_BESIDE_BYTES
from autograder.grade.release import load
from autograder.grade.sandbox_choice import choose_sandbox
from autograder.grade.submission import read
from autograder.grade.zygote import Zygote

NAME = "ch06_softmax"
NOTEBOOK = f"{NAME}.ipynb"
SOFTMAX = """import numpy as np
def softmax(z):
    powers = np.exp(np.asarray(z, dtype=float) - np.max(z))
    return powers / powers.sum()
"""
AS_NOTEBOOK = json.dumps(
    {
        "cells": [
            {"cell_type": "markdown", "metadata": {}, "source": "Helpers"},
            {
                "cell_type": "code",
                "metadata": {},
                "outputs": [],
                "execution_count": None,
                "source": ["%pwd\n", SOFTMAX],
            },
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
)
# The answer cell's text, and what lies beside the notebook.
KINDS = {
    "a module": ("from helpers import softmax", {"helpers.py": SOFTMAX}),
    "a module under another name": (
        "import helpers as h\ndef softmax(z):\n    return h.softmax(z)",
        {"helpers.py": SOFTMAX},
    ),
    "a star": ("from helpers import *", {"helpers.py": SOFTMAX}),
    "a module that needs another": (
        "from helpers import softmax",
        {"helpers.py": "from inner import softmax", "inner.py": SOFTMAX},
    ),
    "a package": (
        "from mine.work import softmax",
        {
            "mine/__init__.py": "",
            "mine/work.py": "from .deep.down import softmax",
            "mine/deep/down.py": SOFTMAX,
        },
    ),
    "a folder on the path": (
        "import sys\nsys.path.insert(0, 'src')\nfrom helpers import softmax",
        {"src/helpers.py": SOFTMAX},
    ),
    "by name at run time": (
        "import importlib\nsoftmax = importlib.import_module('helpers').softmax",
        {"helpers.py": SOFTMAX},
    ),
    "a script that is run": ("%run helpers.py", {"helpers.py": SOFTMAX}),
    "a notebook that is run": ("%run helpers.ipynb", {"helpers.ipynb": AS_NOTEBOOK}),
    "a file of IPython that is run": ("%run helpers.ipy", {"helpers.ipy": "%pwd\n" + SOFTMAX}),
    "a script that is run into the notebook's own names": ("%run -i helpers.py", {"helpers.py": SOFTMAX}),
    "a script that is executed": ("exec(open('helpers.txt').read())", {"helpers.txt": SOFTMAX}),
    "data": (
        "import json\nwith open('data/settings.json') as file:\n    shift = json.load(file)['shift']\n"
        "def softmax(z):\n    powers = np.exp(np.asarray(z, dtype=float) - shift * np.max(z))\n"
        "    return powers / powers.sum()",
        {"data/settings.json": '{"shift": 1.0}'},
    ),
    "an array": (
        "one = float(np.load('one.npy')[0])\ndef softmax(z):\n"
        "    powers = np.exp(np.asarray(z, dtype=float) - one * np.max(z))\n    return powers / powers.sum()",
        {"one.npy": None},
    ),
}


@pytest.fixture(scope="module")
def zygote():
    process = Zygote(choose_sandbox("auto"))
    yield process
    process.close()


@pytest.fixture(scope="module")
def release(built):
    return load(built / "dist" / "autograder" / f"{NAME}.zip")


@pytest.fixture(scope="module")
def student(built):
    return (built / "student" / NAME / NOTEBOOK).read_text(encoding="utf-8")


def with_answer(text, source):
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        if cell.get("id") == f"{NAME}-softmax-answer":
            cell["source"] = source
    return written(notebook)


def as_bytes(files):
    import numpy as np

    array = io.BytesIO()
    np.save(array, np.array([1.0]))
    return {
        name: array.getvalue() if content is None else content.encode() for name, content in files.items()
    }


def softmax_of(result):
    return next(outcome for outcome in result.questions if outcome.question.name == "softmax")


@pytest.mark.parametrize("kind", KINDS)
def test_what_lies_beside_a_notebook_is_there_when_it_runs(student, release, zygote, tmp_path, kind):
    source, files = KINDS[kind]
    folder = tmp_path / "handed in"
    for name, content in {NOTEBOOK: with_answer(student, source), **as_bytes(files)}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    known = {NAME: [question.name for question in release.questions]}
    result = grade(read(folder, "s", known), release, zygote, Limits(cell=4, call=2, submission=60))
    assert softmax_of(result).score == softmax_of(result).question.points, softmax_of(result)
    alone = grade(read(folder / NOTEBOOK, "s", known), release, zygote, Limits(cell=4, call=2, submission=60))
    assert softmax_of(alone).score == 0


WORK = written(
    {
        "cells": [
            {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": source}
            for source in ("from helpers import softmax", "def softmax_rows(Z):\n    return Z")
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
)


def in_folder(path, files):
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
    return path


def in_file(path, data):
    path.write_bytes(data)
    return path


HOLDERS = {
    "a folder": lambda path, files: in_folder(path / "in", files),
    "a folder in a folder": lambda path, files: in_folder(path / "in" / "work", files).parent,
    "a zip": lambda path, files: in_file(path / "in.zip", zipped(files)),
    "a zip with a folder": lambda path, files: in_file(
        path / "in.zip", zipped({f"work/{name}": content for name, content in files.items()})
    ),
    "a zip in a zip": lambda path, files: in_file(path / "in.zip", zipped({"inner.zip": zipped(files)})),
    "a zip in a folder": lambda path, files: in_folder(path / "in", {"work.zip": zipped(files)}),
    "a zip by Windows": lambda path, files: in_file(
        path / "in.zip", zipped({f"work\\{name}": content for name, content in files.items()})
    ),
    "a tar": lambda path, files: in_file(path / "in.tar.gz", tarred(files)),
}


@pytest.mark.parametrize("holder", HOLDERS)
def test_it_is_found_in_whatever_holds_the_notebook(tmp_path, holder):
    path = HOLDERS[holder](tmp_path, {NOTEBOOK: WORK, "helpers.py": SOFTMAX.encode(), "other.py": b"x = 1"})
    submission = read(path, "s", QUESTIONS)
    assert submission.problem is None
    assert list(submission.files) == ["helpers.py"]


def test_what_was_handed_out_and_what_no_code_speaks_of_is_left(tmp_path):
    files = {
        NOTEBOOK: WORK,
        "helpers.py": b"import checking, pictures, tests",
        "checking.py": b"raise SystemExit",
        "pictures.py": b"raise SystemExit",
        "tests/softmax.py": b"test = {}",
        "notes.pdf": b"%PDF-1.7",
        ".ipynb_checkpoints/helpers.py": b"",
        "__pycache__/helpers.cpython-311.pyc": b"",
    }
    assert list(read(in_folder(tmp_path / "in", files), "s", QUESTIONS).files) == ["helpers.py"]


def test_no_name_leads_out_of_the_folder(tmp_path):
    files = {
        NOTEBOOK: WORK,
        "../helpers.py": b"1",
        "/helpers.py": b"2",
        "a/../helpers.py": b"3",
        "C:/helpers.py": b"4",
    }
    submission = read(in_file(tmp_path / "in.zip", zipped(files)), "s", QUESTIONS)
    for name in submission.files:
        assert ".." not in name.split("/")
        assert not name.startswith("/")


def test_another_students_helpers_are_not_taken(tmp_path):
    files = {f"jane/{NOTEBOOK}": WORK, "john/helpers.py": b"", "helpers.py": b""}
    assert read(in_folder(tmp_path / "in", files), "s", QUESTIONS).files == {}
    # One file of a folder is alone: its neighbours are other students'.
    folder = in_folder(tmp_path / "flat", {NOTEBOOK: WORK, "helpers.py": b""})
    assert read(folder / NOTEBOOK, "s", QUESTIONS).files == {}


def test_how_much_is_taken_along_has_an_end(tmp_path):
    many = {f"helpers/f{number}.py": b"" for number in range(MAX_BESIDE + 40)}
    submission = read(in_folder(tmp_path / "many", {NOTEBOOK: WORK, **many}), "s", QUESTIONS)
    assert len(submission.files) == MAX_BESIDE
    large = {"helpers.csv": b"1," * MAX_BESIDE_BYTES, "helpers.py": b"x = 1"}
    submission = read(in_folder(tmp_path / "large", {NOTEBOOK: WORK, **large}), "s", QUESTIONS)
    assert list(submission.files) == ["helpers.py"]


def test_a_file_where_a_folder_should_be_costs_only_itself(student, release, zygote, tmp_path):
    work = with_answer(student, "from helpers.a import softmax")
    files = {"helpers": b"no folder", NOTEBOOK: work, "helpers/a.py": SOFTMAX.encode()}
    path = in_file(tmp_path / "in.zip", zipped(files))
    known = {NAME: [question.name for question in release.questions]}
    result = grade(read(path, "s", known), release, zygote, Limits(cell=4, call=2, submission=60))
    assert result.status == "graded"


def test_a_change_of_a_helper_is_a_change_of_the_work_and_without_one_nothing_changes(tmp_path):
    digests = []
    for helper in (SOFTMAX, SOFTMAX + "\n"):
        files = {NOTEBOOK: WORK, "helpers.py": helper.encode()}
        digests.append(content_digest(read(in_folder(tmp_path / str(len(digests)), files), "s", QUESTIONS)))
    assert digests[0] != digests[1]
    bare = read(in_file(tmp_path / NOTEBOOK, WORK), "s", QUESTIONS)
    in_zip = read(in_file(tmp_path / "in.zip", zipped({NOTEBOOK: WORK})), "s", QUESTIONS)
    assert content_digest(bare) == content_digest(in_zip)


def test_what_was_handed_out_is_graded_as_it_was_handed_out(student, release, zygote, tmp_path):
    # Data that a given cell reads, changed by hand or by accident.
    release = replace(release, student_files={**release.student_files, "data.json": b'"given"'})
    look = f"import pathlib\nassert 'mine' not in pathlib.Path('data.json').read_text()\n{SOFTMAX}"
    files = {NOTEBOOK: with_answer(student, look), "data.json": b'"mine"', "checking.py": b"mine = 1"}
    known = {NAME: [question.name for question in release.questions]}
    submission = read(in_folder(tmp_path / "in", files), "s", known)
    assert list(submission.files) == ["data.json"]
    result = grade(submission, release, zygote, Limits(cell=4, call=2, submission=60))
    assert softmax_of(result).score == softmax_of(result).question.points
