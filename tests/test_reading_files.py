"""What a submission's file is, and which of several holds the work: each kind on a small file made here."""

import base64
import bz2
import gzip
import io
import json
import lzma
import os
import subprocess
import sys
import tarfile
import time
import zipfile

import pytest

from autograder.grade.submission import read

NAME = "ch06_softmax"
QUESTIONS = {NAME: ("softmax", "softmax_rows", "example_6"), "ch02_dot_product": ("dot", "angle_degrees")}
SETUP = "import numpy as np"
ANSWERS = ["def softmax(z):\n    return z", "def softmax_rows(Z):\n    return Z", "example_6 = [1.0]"]
STUBS = [
    'def softmax(z):\n    """Doc."""\n    raise NotImplementedError("softmax: not attempted yet")',
    'def softmax_rows(Z):\n    """Doc."""\n    raise NotImplementedError("softmax_rows: not attempted yet")',
    "# A list.\nexample_6 = ...",
]


def code(source, **more):
    return {
        "cell_type": "code",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": source,
    } | more


def notebook(sources=ANSWERS, metadata=None, **more):
    cells = [code(SETUP), *[code(source, id=f"c{n}") for n, source in enumerate(sources)]]
    return {"cells": cells, "metadata": metadata or {}, "nbformat": 4, "nbformat_minor": 5} | more


def written(value):
    return json.dumps(value, indent=1).encode()


@pytest.fixture
def opened(tmp_path):
    """Read bytes, or a folder's files, under a name."""

    def run(data, name=f"{NAME}.ipynb", known=QUESTIONS):
        path = tmp_path / name
        if isinstance(data, dict):
            for inner, content in data.items():
                place = path / inner
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content if isinstance(content, bytes) else content.encode())
        else:
            path.write_bytes(data)
        return read(path, "s", known)

    return run


def zipped(members, compression=zipfile.ZIP_DEFLATED):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", compression, compresslevel=1) as packed:
        for name, content in members.items():
            packed.writestr(zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6)), content, compression)
    return data.getvalue()


def tarred(members, mode="w:gz"):
    data = io.BytesIO()
    level = {"compresslevel": 1} if mode == "w:gz" else {}
    with tarfile.open(fileobj=data, mode=mode, **level) as packed:
        for name, content in members.items():
            item = tarfile.TarInfo(name)
            item.size = len(content)
            packed.addfile(item, io.BytesIO(content))
    return data.getvalue()


def sources(submission):
    assert submission.problem is None, submission.problem
    return [cell.source for cell in submission.cells]


WHOLE = written(notebook())
UNTOUCHED = written(notebook(STUBS))


# A plain sentence for every file that cannot be read
# ----------------------------------------------------------

SENTENCES = {
    "empty": (b"", "is empty. Open the notebook in Jupyter, save it"),
    "blank": (b" \n\n ", "is empty"),
    "null bytes": (b"\0" * 4096, "holds nothing but null bytes"),
    "a zip that was cut off": (zipped({"a": WHOLE})[:99], "begins like a zip, and cannot be unpacked"),
    "a Word document": (zipped({"word/document.xml": "<x/>"}), "is a Word document, and no notebook"),
    "an Excel workbook": (zipped({"xl/workbook.xml": "<x/>"}), "is an Excel workbook, and no notebook"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "is a PDF, and no notebook. Hand in the notebook itself"),
    "RTF": (b"{\\rtf1\\ansi {}}", "is a text saved as RTF, and no notebook"),
    "a web page": (b"<!DOCTYPE html>\n<html><body>softmax</body></html>", "is a web page, and no notebook"),
    "an XML page": (b'<?xml version="1.0"?>\n<html/>', "is a web page"),
    "a login page": (
        b'<!doctype html><html><form><input type="password"></form></html>',
        "is a web page that asks for a login, saved in the notebook's place. Log in, download",
    ),
    "a Git LFS pointer": (
        b"version https://git-lfs.github.com/spec/v1\noid sha256:0f\nsize 12345\n",
        "is a Git LFS pointer, which stands for the notebook and does not hold it. Run `git lfs pull`",
    ),
    "rubbish behind gzip's mark": (b"\x1f\x8b\x08rubbish", "begins like a file packed by gzip"),
    "a 7z archive": (b"7z\xbc\xaf\x27\x1c\0\4", "is a 7z archive, and no notebook"),
    "an AppleDouble file": (
        b"\0\5\x16\7\0\2\0\0Mac OS X",
        "is an AppleDouble file, in which macOS keeps its notes",
    ),
    "an alias": (
        b"book\0\0\0\0mark\0\0\0\0",
        "is an alias of macOS, which only points at a file, and no notebook",
    ),
    "a shortcut": (b"L\0\0\0\1\x14\2\0" + bytes(99), "is a shortcut of Windows, which only points at a file"),
    "a tar that was cut off": (
        tarred({"a": WHOLE}, "w:")[:700],
        "begins like a tar archive, and cannot be unpacked",
    ),
    "a photograph": (b"\0\0\0\x18ftypheic", "is a picture or a film (HEIC, MP4 or MOV), and no notebook"),
    "a comma after the last cell": (
        b'{\n "cells": [\n  {"cell_type": "code", "source": "1"},\n ],\n "metadata": {}\n}\n',
        "there is a comma too many in line 3, after the last item of a list. Take it out",
    ),
    "a comma at the very end": (WHOLE.rstrip()[:-1] + b",\n}", "there is a comma too many in line"),
    "cut off in a string": (WHOLE[: WHOLE.index(b"softmax") + 3], "it is cut off in line"),
    "cut off after a brace": (WHOLE.rstrip()[:-1], "it is cut off in line"),
    "a link": (b"https://colab.research.google.com/drive/1\n", "it is a link, and not what it leads to"),
    "a server's answer": (
        b'{"message": "Not Found", "status": "404"}',
        "it is the answer of a server that did",
    ),
    "an e-mail": (b"From: a@b.c\nSubject: softmax\n\nHello", "it is an e-mail, or a page saved as one"),
    "a diff": (b"diff --git a/x b/x\n--- a/x\n+++ b/x\n", "it is a list of changes (a diff)"),
    "what git-crypt locked": (b"\0GITCRYPT\0\1\2\3", "is a file that git-crypt has locked"),
    "bytes of no known kind": (bytes(range(1, 32)) * 9, "it is not JSON, and no text. Hand in the notebook"),
    "merge marks": (
        WHOLE.replace(b' "cells": [', b'<<<<<<< HEAD\n "cells": [\n=======\n "cells": [\n>>>>>>> b', 1),
        "the marks of a merge that was not finished (<<<<<<< in line 2)",
    ),
    "another JSON": (b'{"a": 1}', "it is JSON, but it has no list of cells. Hand in the notebook"),
}


@pytest.mark.parametrize("kind", SENTENCES)
def test_what_is_no_notebook_is_told_in_one_sentence_that_says_what_to_do(opened, kind):
    data, said = SENTENCES[kind]
    problem = opened(data).problem
    assert problem
    assert said in problem
    assert "\n" not in problem
    assert "Error" not in problem and "codec" not in problem


def test_every_sentence_names_the_file_or_says_it_is_none(opened):
    for data, _ in SENTENCES.values():
        problem = opened(data).problem or ""
        assert problem.startswith((f"{NAME}.ipynb ", "the file is no notebook: ")), problem


def test_an_archive_that_nothing_can_open_says_what_to_hand_in_instead(opened):
    for name in ("work.7z", "work.rar", "work.tar.zst"):
        assert (
            "archive, which the grader cannot open. Hand in the notebook itself" in opened(b"x", name).problem
        )
    assert (
        "is a RAR archive, which the grader cannot open" in opened(b"Rar!\x1a\x07\x01\0", "work.zip").problem
    )


def test_a_zip_with_a_password_says_so(opened):
    data = bytearray(zipped({f"{NAME}.ipynb": WHOLE}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + at] |= 1
    assert opened(bytes(data), "a.zip").problem == (
        "a.zip is locked with a password. Make a zip without one, or hand in the notebook itself"
    )


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "a.tgz", "a.tar"])
def test_an_archive_of_rubbish_says_so_and_what_to_do(opened, name):
    for data in (b"\x1f\x8brubbish", b"PK\x03\x04rubbish", b"", gzip.compress(b"no tar")):
        problem = opened(data, name).problem
        assert "that can be opened" in problem or "holds no notebook" in problem
        assert "0x" not in problem and "<" not in problem


# Encodings
# ----------------------------------------------------------------------------------------------------

ACCENTED = ["# Résumé für œuvre\n" + ANSWERS[0], *ANSWERS[1:]]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("suffix", ["ipynb", "py"])
def test_any_unicode_encoding_is_read_with_and_without_its_mark(opened, encoding, suffix):
    text = json.dumps(notebook(ACCENTED), ensure_ascii=False) if suffix == "ipynb" else "\n".join(ACCENTED)
    submission = opened(text.encode(encoding), f"{NAME}.{suffix}")
    assert "Résumé für œuvre" in sources(submission)[suffix == "ipynb"]
    assert not submission.remark


def test_windows_1252_is_read_and_said(opened):
    for name, text in (
        ("x.ipynb", json.dumps(notebook(ACCENTED), ensure_ascii=False)),
        ("x.py", ACCENTED[0]),
    ):
        submission = opened(text.encode("cp1252"), name)
        assert any("Résumé für œuvre" in source for source in sources(submission))
        assert submission.remark == "The file is not in UTF-8; it was read as Windows-1252."


def test_a_script_is_read_as_its_own_coding_line_says(opened):
    text = "# -*- coding: koi8-r -*-\nname = 'Привет'\n"
    assert "Привет" in sources(opened(text.encode("koi8-r"), "x.py"))[0]


def test_half_a_character_does_not_keep_a_cell_from_being_compiled(opened):
    (_, cell) = sources(opened(json.dumps(notebook(["# \ud800\nx = 1"])).encode()))
    compile(cell, "cell", "exec")


# Notebooks of every version and shape
# ---------------------------------------------------------------------------


def test_cells_whose_type_is_missing_or_strange_are_told_by_what_they_have(opened):
    cells = [
        {"source": "a = 1", "outputs": []},
        {"cell_type": "Code", "source": "b = 1"},
        {"cell_type": 7, "source": "c = 1", "execution_count": 3},
        {"cell_type": "markdown", "source": "text"},
        {"cell_type": None, "source": "more text"},
        {"cell_type": "code", "source": ["d = 1\n", None, "e = 2"]},
        {"cell_type": "code", "source": None},
        [],
        "x",
    ]
    submission = opened(written({"cells": cells}))
    assert sources(submission) == ["a = 1", "b = 1", "c = 1", "d = 1\ne = 2"]
    assert submission.texts == ["text", "more text"]


def test_a_notebook_of_version_3_is_read(opened):
    cells = [{"cell_type": "code", "language": "python", "input": [line], "outputs": []} for line in ANSWERS]
    data = {
        "worksheets": [{"cells": cells[:1]}, {"cells": cells[1:]}],
        "nbformat": 3,
        "metadata": {"name": ""},
    }
    assert sources(opened(written(data))) == ANSWERS


@pytest.mark.parametrize(
    "name", ["x.ipynb.txt", "x.ipynb.json", "X.IPYNB", "x.ipynb (1)", "x.ipynb.download"]
)
def test_what_a_browser_put_behind_a_name_does_not_keep_a_notebook_from_being_read(opened, name):
    assert len(sources(opened(WHOLE, name))) == 4
    assert len(sources(opened(zipped({name: WHOLE}), "a.zip"))) == 4


def pictures(megabytes):
    picture = {"data": {"image/png": "A/+\n" * (megabytes * 2**20 // 5)}, "output_type": "display_data"}
    cells = [code(SETUP, outputs=[{"text": ['a }] \\" [{ b']}]), code(ANSWERS[0], outputs=[picture])]
    return {
        "cells": cells,
        "metadata": {"widgets": {"state": {"x": ["y"]}}, "otter": {"assignment_name": NAME}},
    }


def test_saved_pictures_are_no_reason_to_refuse_and_take_no_memory(opened, tmp_path):
    (tmp_path / "large.ipynb").write_bytes(written(pictures(90)))
    program = (
        "import resource, sys, time\nfrom pathlib import Path\nfrom autograder.grade.submission import read\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\nstart = time.perf_counter()\n"
        "s = read(Path(sys.argv[1]), 's', [])\n"
        "print(len(s.cells), s.assignment, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "large.ipynb")]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    cells, assignment, kilobytes = run.stdout.split()
    assert (cells, assignment) == ("2", NAME)
    # Pieces of 1 MB, each held a few times over while it is looked through.
    assert int(kilobytes) < 20_000


def test_a_notebook_larger_than_may_be_is_told(opened, monkeypatch):
    too_much_text = {"cells": [{"cell_type": "markdown", "source": "x" * (26 * 2**20)}]}
    assert "has more than 25 MB without its outputs" in opened(written(too_much_text)).problem
    monkeypatch.setattr("autograder.grade.reading.notebook.MAX_FILE_BYTES", 3 * 2**20)
    assert "has more than 3 MB. Clear the notebook's outputs" in opened(written(pictures(5))).problem


def test_leaving_outputs_out_changes_nothing_else():
    from autograder.grade.reading.outputs import without_outputs

    tricky = {
        "cells": [
            {
                "source": '"outputs": [1, "\\\\"]',
                "outputs": [{"text": 'x"]}\\', "data": [[], {}]}],
                "é": "\u2028",
            },
            {"source": ["outputs", "\\"], "outputs": [], "attachments": {"a.png": {"image/png": "]}"}}},
            {"outputs": "no list", "source": "{["},
        ],
        "outputs": {"a": '"'},
    }
    expected = json.loads(json.dumps(tricky))
    expected["cells"][0]["outputs"], expected["cells"][1]["attachments"], expected["outputs"] = [], {}, {}
    for indent in (None, 1):
        data = json.dumps(tricky, indent=indent, ensure_ascii=False).encode()
        for size in (1, 2, 3, 7, 64, 10_000):
            left = without_outputs((data[at : at + size] for at in range(0, len(data), size)), 10**6)
            assert json.loads(left) == expected
            assert left.count(b"\n") == data.count(b"\n")
        assert without_outputs([data], 10) is None


# Archives
# -----------------------------------------------------------------------------------------------------

TOOLS = [".venv", "venv", ".git", "node_modules", "__pycache__", "__MACOSX", ".ipynb_checkpoints", ".idea"]


@pytest.mark.parametrize("pack", [zipped, tarred, dict])
def test_what_tools_leave_around_a_notebook_is_passed_over_before_it_is_counted(opened, pack):
    rubbish = {f"work/{folder}/f{n}.py": b"x = 1" for folder in TOOLS for n in range(300)}
    rubbish |= {"work/__MACOSX/._x.ipynb": b"\0\5\x16\7", "work/.DS_Store": b"x"}
    name = {zipped: "a.zip", tarred: "a.tar.gz", dict: "a"}[pack]
    assert len(sources(opened(pack({**rubbish, f"work/{NAME}.ipynb": WHOLE}), name))) == 4


@pytest.mark.parametrize("pack", [zipped, tarred, dict])
def test_more_files_than_may_be_are_told_and_not_dropped(opened, pack):
    files = {f"data/{n}.csv": b"1" for n in range(2_100)}
    name = {zipped: "a.zip", tarred: "a.tar.gz", dict: "a"}[pack]
    problem = opened(pack({**files, f"z/{NAME}.ipynb": WHOLE}), name).problem
    assert problem.startswith("it holds more than 2000 files. Hand in the notebook itself")


def test_a_zip_of_windows_with_backslashes_is_read(opened):
    data = zipped(
        {
            "work\\tests\\softmax.py": "x",
            f"work\\__pycache__\\{NAME}.ipynb": "{}",
            f"work\\{NAME}.ipynb": WHOLE,
        }
    )
    # The writer turns them round; the reader meets them as they were.
    data = data.replace(b"work/", b"work\\")
    assert len(sources(opened(data, "a.zip"))) == 4


@pytest.mark.parametrize("outer", [zipped, tarred])
@pytest.mark.parametrize(("inner", "name"), [(zipped, "export.zip"), (tarred, "export.tar.gz")])
def test_an_archive_in_an_archive_is_read(opened, outer, inner, name):
    data = outer({f"sub/{name}": inner({f"x/{NAME}.ipynb": WHOLE})})
    assert len(sources(opened(data, "a.zip" if outer is zipped else "a.tgz"))) == 4


def test_a_folder_with_an_export_beside_the_untouched_notebook_is_graded_by_the_export(opened):
    submission = opened(
        {f"{NAME}.ipynb": UNTOUCHED, f"{NAME}_2026.zip": zipped({f"{NAME}.ipynb": WHOLE})}, "jane"
    )
    assert ANSWERS[0] in sources(submission)
    assert "it answers 3 questions" in submission.remark


def test_archives_in_archives_without_end_are_bounded(opened):
    data = zipped({f"{NAME}.ipynb": WHOLE})
    for _ in range(5):
        data = zipped({"a.zip": data})
    assert "lies in archives in archives" in opened(data, "a.zip").problem


@pytest.mark.parametrize(
    "name", ["__jane__.ipynb", "_.ipynb", ".ipynb", "-rf.ipynb", "..ipynb", "tests/x.ipynb"]
)
def test_no_notebook_is_dropped_for_its_name(opened, name):
    assert len(sources(opened(zipped({name: WHOLE}), "a.zip"))) == 4
    assert len(sources(opened({name: WHOLE}, "folder"))) == 4


def test_what_else_was_handed_in_is_named_if_nothing_can_be_graded(opened):
    problem = opened({"essay.docx": b"x", "b.pdf": b"%PDF"}, "jane").problem
    assert problem == (
        "it holds no notebook (.ipynb) and no script (.py); what is there: b.pdf, essay.docx. "
        "Hand in the notebook itself (.ipynb), as Jupyter saves it"
    )


def test_a_small_archive_of_much_is_bounded(opened, monkeypatch):
    blank = b" " * (27 * 2**20)
    assert "has more than 25 MB without its outputs" in opened(zipped({"a.ipynb": blank}), "a.zip").problem
    monkeypatch.setattr("autograder.grade.reading.archive.MAX_READ_BYTES", 8 * 2**20)
    monkeypatch.setattr("autograder.grade.reading.archive.MAX_UNPACKED_BYTES", 8 * 2**20)
    many = {f"{n}.ipynb": b" " * 2**20 for n in range(9)}
    for name, data in (("b.zip", zipped(many)), ("b.tgz", tarred(many)), ("c.tgz", tarred({"x.bin": blank}))):
        assert "it unpacks to more than 8 MB. Hand in the notebook itself" in opened(data, name).problem


def test_a_small_archive_of_much_is_over_soon(opened):
    start = time.monotonic()
    bomb = tarred({"x.bin": b"\0" * (520 * 2**20)})
    assert "it unpacks to more than 512 MB" in opened(bomb, "c.tgz").problem
    assert time.monotonic() - start < 60


def test_an_index_of_millions_of_entries_is_not_read(opened):
    data = bytearray(zipped({f"{NAME}.ipynb": WHOLE}))
    at = data.rfind(b"PK\x05\x06")
    data[at + 12 : at + 16] = (200 * 2**20).to_bytes(4, "little")
    assert "it holds more than 2000 files" in opened(bytes(data), "a.zip").problem


# Several files
# ------------------------------------------------------------------------------------------------

OTHERS = [
    f"{NAME}-Copy1.ipynb",
    f"{NAME} (1).ipynb",
    f"Copy_of_{NAME}.ipynb",
    f".ipynb_checkpoints/{NAME}-checkpoint.ipynb",
    "homework final.ipynb",
    f"old/{NAME}.ipynb",
    f"{NAME}.py",
]


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("pack", [zipped, dict])
def test_of_several_files_the_one_with_the_answers_is_graded_and_it_is_said(opened, other, pack):
    work = "\n\n".join(ANSWERS).encode() if other.endswith(".py") else WHOLE
    submission = opened(pack({f"{NAME}.ipynb": UNTOUCHED, other: work}), "a.zip" if pack is zipped else "a")
    assert any("return z" in source for source in sources(submission))
    assert submission.assignment == NAME
    assert other.rpartition("/")[2] in submission.remark
    assert "it answers 3 questions" in submission.remark
    assert (
        submission.remark.count(".") - submission.remark.count(".ipynb") - submission.remark.count(".py") <= 2
    )


def test_which_of_several_was_graded_and_why_is_one_sentence(opened):
    submission = opened({f"{NAME}.ipynb": UNTOUCHED, f"{NAME}-Copy1.ipynb": WHOLE}, "jane")
    assert submission.remark == (
        f"The submission holds 2 notebooks: {NAME}-Copy1.ipynb was graded, since it answers 3 questions, "
        f"{NAME}.ipynb none."
    )


def test_the_same_twice_needs_no_word(opened):
    assert not opened({f"{NAME}.ipynb": WHOLE, f"{NAME} (1).ipynb": WHOLE}, "jane").remark


def test_of_equals_the_newest_is_graded(opened, tmp_path):
    other = written(notebook([*ANSWERS, "newer = 1"]))
    folder = {"a.ipynb": WHOLE, "b.ipynb": other}
    opened(folder, "jane")
    for newest in folder:
        for name in folder:
            os.utime(tmp_path / "jane" / name, (1e9 + (name == newest), 1e9 + (name == newest)))
        submission = read(tmp_path / "jane", "s", QUESTIONS)
        assert ("newer = 1" in sources(submission)) == (newest == "b.ipynb")
        assert f"{newest} was graded" in submission.remark
        assert "of equals, the one that was changed last counts" in submission.remark


def test_a_notebook_that_cannot_be_read_does_not_keep_the_other_from_being_graded(opened):
    assert len(sources(opened({f"{NAME}.ipynb": b"", "mine.ipynb": WHOLE}, "jane"))) == 4


def test_work_on_another_assignment_in_the_same_submission_is_named(opened):
    other = written(
        notebook(["def dot(a, b):\n    return 1"], {"otter": {"assignment_name": "ch02_dot_product"}})
    )
    submission = opened({f"{NAME}.ipynb": WHOLE, "ch02_dot_product.ipynb": other}, "jane")
    assert submission.assignment == NAME
    assert submission.remark.endswith(
        "hand in the work on ch02_dot_product (ch02_dot_product.ipynb) by itself."
    )


def test_a_helper_beside_the_notebook_is_no_answer(opened):
    assert len(sources(opened({f"{NAME}.ipynb": WHOLE, "helpers.py": b"def f(): pass"}, "jane"))) == 4


# The assignment
# -----------------------------------------------------------------------------------------------

NAMES = [
    f"{NAME}.ipynb",
    f"Copy_of_{NAME}.ipynb",
    f"Copy of {NAME}.ipynb",
    f"Copy%20of%20{NAME}.ipynb",
    f"{NAME} - Copy.ipynb",
    f"{NAME}-Copy1.ipynb",
    f"{NAME} (1).ipynb",
    f"doejane_LATE_12345_67890_{NAME}-2.ipynb",
    f"Jane Doe_1234567_assignsubmission_file_{NAME}.ipynb",
    "CH06 Softmax.ipynb",
    "ch06-softmax.ipynb",
    "__notebook__ch06_softmax.ipynb",
]


@pytest.mark.parametrize("name", NAMES)
def test_the_assignment_is_known_by_the_names_that_tools_and_platforms_make(opened, name):
    bare = written({"cells": [code("x = 1")]})
    assert opened(bare, name).assignment == NAME
    assert (
        opened({f"{NAME}/hand in/x.ipynb": bare}, "Jane Doe_1234567_assignsubmission_file_").assignment
        == NAME
    )


@pytest.mark.parametrize("name", ["notebook5e1b2a.ipynb", "Untitled3.ipynb", "homework.ipynb"])
def test_the_assignment_is_known_by_what_stands_in_it_if_no_name_tells(opened, name):
    assert opened(WHOLE, name).assignment == NAME
    assert opened(
        written({"cells": [code('grader = otter.Notebook("ch02_dot_product.ipynb")')]}), name
    ).assignment == ("ch02_dot_product")
    assert opened(
        written({"cells": [code('grader.check("dot")\ngrader.check("angle_degrees")')]}), name
    ).assignment == ("ch02_dot_product")
    assert opened("\n\n".join(ANSWERS).encode(), "main.py").assignment == NAME


def test_one_name_in_common_does_not_make_an_assignment(opened):
    assert opened(written({"cells": [code("def dot(a, b):\n    return 1")]}), "x.ipynb").assignment is None


def test_metadata_tells_before_a_name_does(opened):
    data = written(notebook(metadata={"otter": {"assignment_name": "ch02_dot_product"}}))
    assert opened(data, f"{NAME}.ipynb").assignment == "ch02_dot_product"
    data = written(notebook(metadata={"course": {"chapter": "ch02_dot_product"}}))
    assert opened(data, "x.ipynb").assignment == "ch02_dot_product"


# Names and cells that hide the work
# -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    (
        f"{NAME}.ipynb~",
        f"{NAME}.ipynb.bak",
        f"{NAME}.ipynb.tmp",
        f"{NAME}.ipynb - Copy",
        f"{NAME}.ipynb_",
        f"{NAME}.ipynb ",
        f"{NAME}.ipynb?download=1",
        f"{NAME}.json",
        f"{NAME}.txt",
        NAME,
    ),
)
def test_a_notebook_is_read_under_the_names_that_saving_and_sending_make(opened, name):
    assert sources(opened(WHOLE, name))[1:] == ANSWERS


def test_a_text_that_is_no_notebook_is_not_taken_for_one(opened):
    assert "is no notebook" in opened(b'{"a": 1, "cells": []}', f"{NAME}.json").problem
    assert "is no notebook" in opened(b"notes on softmax", f"{NAME}.txt").problem


def test_a_notebook_renamed_to_a_script_is_read_as_a_notebook_and_it_is_said(opened):
    submission = opened(WHOLE, f"{NAME}.py")
    assert sources(submission)[1:] == ANSWERS
    assert submission.remark == f"{NAME}.py is a notebook under a script's name, and was read as one."


def test_null_bytes_behind_a_whole_notebook_cost_nothing(opened):
    assert sources(opened(WHOLE + bytes(512)))[1:] == ANSWERS


@pytest.mark.parametrize("kind", ("markdown", "raw", "heading"))
def test_an_answer_in_a_cell_of_text_is_named_with_what_to_do(opened, kind):
    work = notebook()
    work["cells"][1]["cell_type"] = kind
    submission = opened(written(work))
    assert len(submission.cells) == 3
    assert submission.remark == (
        "A cell that is text (Markdown or Raw) and not code defines softmax: such a cell is not run. "
        "Change its type to Code and hand the notebook in again."
    )


def test_a_formula_in_a_text_beside_an_answer_needs_no_word(opened):
    work = notebook()
    work["cells"].append({"cell_type": "markdown", "metadata": {}, "source": "example_6 = [1.0]"})
    assert opened(written(work)).remark == ""


# Files that are something else than they are called
# -------------------------------------------------------------------

SCRIPTED = "\n\n".join([SETUP, *ANSWERS]).encode()
UNDER_OTHER_NAMES = {
    "a zip under a notebook's name": (f"{NAME}.ipynb", zipped({"x.ipynb": WHOLE})),
    "a zip in a zip, under a notebook's name": (f"{NAME}.ipynb", zipped({"x": zipped({"x.ipynb": WHOLE})})),
    "a tar under a zip's name": ("work.zip", tarred({"x.ipynb": WHOLE}, "w:")),
    "a notebook under a zip's name": (f"{NAME}.ipynb.zip", WHOLE),
    "a notebook under no known name": (f"{NAME}.ipnyb", WHOLE),
    "a notebook as text in a zip": ("work.zip", zipped({"x.txt": WHOLE})),
    "a notebook as JSON in a tar": ("work.tar", tarred({"x.json": WHOLE}, "w:")),
    "a notebook in UTF-16 as text in a zip": ("work.zip", zipped({"x.txt": WHOLE.decode().encode("utf-16")})),
    "a script as text": (f"{NAME}.txt", SCRIPTED),
    "a script as text in a zip": ("work.zip", zipped({"x.txt": SCRIPTED})),
    "a notebook packed by gzip": (f"{NAME}.ipynb.gz", gzip.compress(WHOLE)),
    "a notebook packed by bzip2": (f"{NAME}.ipynb.bz2", bz2.compress(WHOLE)),
    "a notebook packed by xz": (f"{NAME}.ipynb.xz", lzma.compress(WHOLE)),
    "a notebook packed by gzip, in a zip": ("work.zip", zipped({"x.ipynb.gz": gzip.compress(WHOLE)})),
    "a tar packed by bzip2": ("work.tar.bz2", tarred({"x.ipynb": WHOLE}, "w:bz2")),
    "a tar packed by xz": ("work.txz", tarred({"x.ipynb": WHOLE}, "w:xz")),
    "a tar packed by xz, in a folder": ("jane", {"work.tar.xz": tarred({"x.ipynb": WHOLE}, "w:xz")}),
}


@pytest.mark.parametrize("kind", UNDER_OTHER_NAMES)
def test_a_file_is_what_it_begins_with(opened, kind):
    name, data = UNDER_OTHER_NAMES[kind]
    assert [source.strip() for source in sources(opened(data, name))] == [SETUP, *ANSWERS]


def test_a_script_under_a_notebooks_name_is_read_and_it_is_said(opened):
    submission = opened(SCRIPTED)
    assert [source.strip() for source in sources(submission)] == [SETUP, *ANSWERS]
    assert submission.remark == f"{NAME}.ipynb is a script under a notebook's name, and was read as one."


def test_what_stands_behind_a_whole_notebook_is_left_out_and_it_is_said(opened):
    submission = opened(WHOLE + b"\n]}\n")
    assert sources(submission)[1:] == ANSWERS
    assert submission.remark == "Behind the notebook's end there is more (']}'), which was left out."


def test_the_json_that_a_server_answers_with_is_looked_through_for_the_notebook(opened):
    githubs = {"name": "x.ipynb", "content": base64.encodebytes(WHOLE).decode(), "encoding": "base64"}
    gists = {"files": {"x.ipynb": {"filename": "x.ipynb", "content": WHOLE.decode()}}}
    for answer in (githubs, gists, {"type": "notebook", "content": notebook()}, [notebook()], WHOLE.decode()):
        for name in (f"{NAME}.ipynb", f"{NAME}.json"):
            assert sources(opened(written(answer), name))[1:] == ANSWERS
    assert "is no notebook" in opened(written({"message": "Not Found", "status": "404"})).problem


def test_cells_of_the_first_notebooks_are_read(opened):
    first = [{"cell_type": "code", "code": source} for source in ANSWERS]
    second = [{"cell_type": "code", "input": source.split("\n")} for source in ANSWERS]
    vs_code = [{"kind": 2, "language": "python", "value": source} for source in ANSWERS]
    text = {"kind": 1, "language": "markdown", "value": "softmax"}
    assert sources(opened(written({"cells": first}))) == ANSWERS
    assert sources(opened(written({"worksheets": [{"cells": second}]}))) == ANSWERS
    assert sources(opened(written({"cells": [text, *vs_code]}))) == ANSWERS


def test_a_text_that_answers_nothing_is_no_answer_and_no_second_file(opened):
    data = {f"{NAME}.ipynb": WHOLE, "notes.txt": b"softmax is a function", "data.json": b'{"metadata": 1}'}
    assert opened(data, "jane").remark == ""
    problem = opened({"notes.txt": b"softmax is a function"}, "john").problem
    assert "and no script (.py); what is there: notes.txt. Hand in the notebook itself" in problem


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_one_packed_file_of_much_is_bounded(opened, monkeypatch, pack):
    blank = pack(b" " * (27 * 2**20))
    assert "has more than 25 MB" in opened(blank, "a.ipynb.gz").problem
    monkeypatch.setattr("autograder.grade.reading.archive.MAX_READ_BYTES", 8 * 2**20)
    assert "it unpacks to more than 8 MB. Hand in the notebook itself" in opened(blank, "a.ipynb.gz").problem


def test_an_xz_file_takes_no_more_memory_than_xz_asks_for(opened, monkeypatch):
    monkeypatch.setattr("autograder.grade.reading.archive.MAX_XZ_MEMORY", 2**20)
    for name, data in (("a.ipynb.xz", lzma.compress(WHOLE)), ("a.txz", tarred({"x.ipynb": WHOLE}, "w:xz"))):
        assert "that can be opened: Memory usage limit exceeded" in opened(data, name).problem


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_file_that_was_cut_off_says_so(opened, pack):
    whole = pack(os.urandom(9_000))
    for name in ("a.ipynb.gz", "a.ipynb", "a.tar.gz"):
        problem = opened(whole[:6_000], name).problem
        assert "It may have been cut off" in problem or "may have been cut off on its way" in problem
        assert "Error" not in problem


def test_a_zip_of_nothing_but_a_systems_own_files_names_them(opened):
    companion = zipped({f"__MACOSX/._{NAME}.ipynb": b"\0\5\x16\7"})
    said = f"what is there is a system's or a tool's own: ._{NAME}.ipynb. Hand in the notebook itself"
    assert said in opened(companion, "work.zip").problem
    assert (
        "no script (.py): it is empty. Hand in the notebook itself" in opened(zipped({}), "none.zip").problem
    )


def test_what_stands_before_a_whole_notebook_is_left_out_and_it_is_said(opened):
    submission = opened(b"HTTP/1.1 200 OK\n\n" + WHOLE)
    assert sources(submission)[1:] == ANSWERS
    assert submission.remark == (
        "Before the notebook's start there is more ('HTTP/1.1 200 OK'), which was left out."
    )


def test_a_line_that_ends_inside_a_string_of_the_json_is_a_lines_end(opened):
    assert sources(opened(WHOLE.replace(b"(z):\\n", b"(z):\n")))[1:] == ANSWERS


def test_a_notebook_that_stands_there_in_base64_is_read(opened):
    assert sources(opened(base64.encodebytes(WHOLE)))[1:] == ANSWERS
