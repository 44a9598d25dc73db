"""Whose a submission is: what Gradescope, Canvas, Moodle and nbgrader write, and folders as people keep
them."""

import io
import json
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder.grade.layouts import discover, find
from autograder.grade.platforms import Who

KNOWN = ("ch01_vectors", "ch02_dot_product")
NOTEBOOK = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


def put(folder: Path, *names: str, text: str = NOTEBOOK) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def table(found, folder: Path):
    """What was found: the path below the folder, and whose it is."""
    names = {who: who.name or who.label or who.sid or who.email for item in found for who in item.students}
    return [
        (item.path.relative_to(folder).as_posix(), " & ".join(names[who] for who in item.students))
        for item in found
    ]


def zipped(folder: Path, path: Path, separator: str = "/") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for item in sorted(folder.rglob("*")):
            if item.is_file():
                name = item.relative_to(folder).as_posix().replace("/", separator)
                archive.writestr(zipfile.ZipInfo(name, (2026, 10, 5, 12, 0, 0)), item.read_bytes())
    return path


GRADESCOPE = """\
submission_101:
  :submitters:
  - :name: Jane Doe
    :sid: '3031'
    :email: jane@example.edu
  :created_at: 2026-10-05 21:25:07.180000000 Z
  :score: 0.0
  :status: processed
  :results: {}
  :history: []
submission_102:
  :submitters:
  - :name: Bob Roe
    :sid: 3032
    :email: bob@example.edu
  - :name: Cem Öz
    :sid:
    :email: cem@example.edu
  :created_at: '2026-10-06T07:00:00-07:00'
"""


def gradescope(folder: Path) -> Path:
    export = folder / "assignment_77_export"
    put(export, "submission_101/ch01_vectors.ipynb", "submission_102/ch01_vectors.ipynb")
    put(export, "submission_103/ch01_vectors.ipynb")
    put(export, "submission_metadata.yml", text=GRADESCOPE)
    return export


@pytest.mark.parametrize("above", [False, True])
def test_a_gradescope_export_says_who_handed_in_and_when(tmp_path, above):
    export = gradescope(tmp_path)
    first, second, third = discover([tmp_path if above else export], KNOWN)
    assert first.students == (Who("Jane Doe", "jane@example.edu", "3031"),)
    assert first.handed_in == datetime(2026, 10, 5, 21, 25, 7, 180000, tzinfo=UTC)
    assert [who.name for who in second.students] == ["Bob Roe", "Cem Öz"]
    assert second.students[1].sid == ""
    assert second.handed_in == datetime(2026, 10, 6, 14, 0, tzinfo=UTC)
    # Not in the metadata: it is graded all the same, and nobody is made up.
    assert (third.stem, third.students) == ("submission_103", ())
    assert {item.layout for item in (first, second, third)} == {"gradescope"}


def test_a_gradescope_export_whose_metadata_cannot_be_read_is_graded_without_names(tmp_path):
    export = gradescope(tmp_path)
    (export / "submission_metadata.yml").write_text("submission_101: [unclosed")
    assert [(item.stem, item.students) for item in discover([export])] == [
        ("submission_101", ()),
        ("submission_102", ()),
        ("submission_103", ()),
    ]


CANVAS_FILES = (
    "doejane_LATE_12345_67890_ch01_vectors-2.ipynb",
    "roebob_12346_67891_ch01_vectors.ipynb",
    "roebob_12346_67892_diary.txt",
    "anon_a1B2c_67893_ch01_vectors.ipynb",
    "öztürkcem_12347_67894_ch01_vectors.zip",
)


def test_canvas_download_names_give_name_user_mark_and_attachment(tmp_path):
    put(tmp_path, *CANVAS_FILES)
    found = {item.path.name: item for item in discover([tmp_path], KNOWN)}
    jane = found["doejane_LATE_12345_67890_ch01_vectors-2.ipynb"]
    assert jane.students == (Who("doejane", canvas_id="12345"),)
    assert (jane.late, jane.number, jane.layout) == (True, 67890, "canvas")
    bob = found["roebob_12346_67891_ch01_vectors.ipynb"]
    assert (bob.late, bob.passed_over) == (False, ("roebob_12346_67892_diary.txt",))
    assert found["anon_a1B2c_67893_ch01_vectors.ipynb"].students == (Who(label="anon_a1B2c"),)
    assert found["öztürkcem_12347_67894_ch01_vectors.zip"].students[0].name == "öztürkcem"
    assert len(found) == 4


def test_moodle_folders_and_moodle_files_give_the_whole_name(tmp_path):
    folder = "assignsubmission_file_"
    put(
        tmp_path,
        f"Jane Doe_1234567_{folder}/ch01_vectors.ipynb",
        f"Bob van der Roe_1234568_{folder}/work.ipynb",
    )
    put(tmp_path, f"Cem Öz_1234569_{folder}ch01_vectors.ipynb")
    found = discover([tmp_path], KNOWN)
    assert [(item.students[0].name, item.platform_id) for item in found] == [
        ("Bob van der Roe", "1234568"),
        ("Cem Öz", "1234569"),
        ("Jane Doe", "1234567"),
    ]


def test_two_participants_of_one_name_are_two_students(tmp_path):
    put(tmp_path, *(f"Jane Doe_{number}_assignsubmission_file_/ch01_vectors.ipynb" for number in (11, 12)))
    assert [item.students[0].name for item in discover([tmp_path])] == ["Jane Doe (11)", "Jane Doe (12)"]


@pytest.mark.parametrize("given", ["course", "course/submitted"])
def test_nbgraders_layout_gives_the_student_and_the_time(tmp_path, given):
    submitted = tmp_path / "course" / "submitted"
    put(submitted, "jdoe/ch01_vectors/ch01_vectors.ipynb", "jdoe/ch02_dot_product/ch02_dot_product.ipynb")
    put(submitted, "broe/ch01_vectors/ch01_vectors.ipynb")
    stamp = "2026-10-05 15:58:23.948203 America/Los_Angeles"
    (submitted / "jdoe/ch01_vectors/timestamp.txt").write_text(stamp)
    put(tmp_path / "course", "source/ch01_vectors/ch01_vectors.ipynb")
    found = discover([tmp_path / given], KNOWN)
    assert [(item.stem, item.students[0].sid) for item in found] == [
        ("broe-ch01_vectors", "broe"),
        ("jdoe-ch01_vectors", "jdoe"),
        ("jdoe-ch02_dot_product", "jdoe"),
    ]
    assert found[1].handed_in == datetime(2026, 10, 5, 22, 58, 23, 948203, tzinfo=UTC)


def test_a_plain_folder_is_named_by_what_is_left_of_its_files_names(tmp_path):
    put(
        tmp_path,
        "ch01_vectors_jane_doe.ipynb",
        "ch01_vectors.ipynb",
        "bob.py",
        "ch02_dot_product-Copy1.ipynb",
    )
    assert table(discover([tmp_path], KNOWN), tmp_path) == [
        ("bob.py", "bob"),
        ("ch01_vectors.ipynb", ""),
        ("ch01_vectors_jane_doe.ipynb", "jane doe"),
        ("ch02_dot_product-Copy1.ipynb", ""),
    ]


def test_one_students_chapters_in_the_folder_itself_are_that_students(tmp_path):
    put(tmp_path / "Jane Doe", "ch01_vectors.ipynb", "ch02_dot_product.ipynb")
    assert [item.students[0].label for item in discover([tmp_path / "Jane Doe"], KNOWN)] == [
        "Jane Doe",
        "Jane Doe",
    ]


def test_a_students_folder_with_two_chapters_is_two_submissions(tmp_path):
    put(tmp_path, "Jane Doe/ch01_vectors.ipynb", "Jane Doe/ch02_dot_product.ipynb", "Jane Doe/scratch.ipynb")
    put(
        tmp_path,
        "Bob/ch01_vectors.ipynb",
        "Bob/tests/x.py",
        "Bob/.ipynb_checkpoints/ch01_vectors-checkpoint.ipynb",
    )
    found = discover([tmp_path], KNOWN)
    assert table(found, tmp_path) == [
        ("Bob", "Bob"),
        ("Jane Doe/ch01_vectors.ipynb", "Jane Doe"),
        ("Jane Doe/ch02_dot_product.ipynb", "Jane Doe"),
    ]
    assert [item.passed_over for item in found] == [(), ("scratch.ipynb",), ()]


def test_copies_in_a_students_folder_are_one_submission_to_choose_from(tmp_path):
    put(tmp_path, "jane/ch01_vectors.ipynb", "jane/ch01_vectors (1).ipynb", "bob/ch01_vectors.ipynb")
    assert table(discover([tmp_path], KNOWN), tmp_path) == [("bob", "bob"), ("jane", "jane")]


def test_copies_beside_another_chapter_are_told_as_handed_in_together(tmp_path):
    put(tmp_path, "jane/ch01_vectors.ipynb", "jane/ch01_vectors (1).ipynb", "jane/ch01_vectors-Copy2.ipynb")
    put(tmp_path, "jane/ch02_dot_product.ipynb", "bob/ch01_vectors.ipynb")
    found = [item for item in discover([tmp_path], KNOWN) if item.students[0].label == "jane"]
    assert {item.path.name: item.number for item in found} == {
        "ch01_vectors.ipynb": 0,
        "ch01_vectors (1).ipynb": 2,
        "ch01_vectors-Copy2.ipynb": 3,
        "ch02_dot_product.ipynb": 0,
    }
    assert len({item.together for item in found}) == 1
    assert len({item.stem for item in found}) == 4


def test_a_notebook_under_another_name_is_known_by_its_metadata(tmp_path):
    metadata = {"otter": {"assignment_name": "ch02_dot_product"}}
    put(tmp_path, "jane/work.ipynb", text=json.dumps({"cells": [], "metadata": metadata}))
    put(tmp_path, "jane/ch01_vectors.ipynb", "bob/ch01_vectors.ipynb")
    assert table(discover([tmp_path], KNOWN), tmp_path) == [
        ("bob", "bob"),
        ("jane/ch01_vectors.ipynb", "jane"),
        ("jane/work.ipynb", "jane"),
    ]


def test_a_folder_per_chapter_holds_a_class(tmp_path):
    put(tmp_path, "ch01_vectors/jane.ipynb", "ch01_vectors/bob.ipynb", "ch02_dot_product/jane.ipynb")
    put(tmp_path, "ch02_dot_product/cem/ch02_dot_product.ipynb")
    assert table(discover([tmp_path], KNOWN), tmp_path) == [
        ("ch01_vectors/bob.ipynb", "bob"),
        ("ch01_vectors/jane.ipynb", "jane"),
        ("ch02_dot_product/cem", "cem"),
        ("ch02_dot_product/jane.ipynb", "jane"),
    ]


def test_a_students_course_folder_is_a_submission_per_chapter(tmp_path):
    for chapter in KNOWN:
        put(
            tmp_path,
            f"jane/{chapter}/{chapter}.ipynb",
            f"jane/{chapter}/checking.py",
            f"jane/{chapter}/tests/q.py",
        )
    put(tmp_path, "bob/ch01_vectors/ch01_vectors.ipynb")
    assert table(discover([tmp_path], KNOWN), tmp_path) == [
        ("bob", "bob"),
        ("jane/ch01_vectors/ch01_vectors.ipynb", "jane"),
        ("jane/ch02_dot_product/ch02_dot_product.ipynb", "jane"),
    ]


def test_files_that_a_shell_found_in_many_folders_are_named_by_those(tmp_path):
    put(tmp_path, "jane/ch01_vectors.ipynb", "bob/ch01_vectors.ipynb")
    paths = [tmp_path / "bob/ch01_vectors.ipynb", tmp_path / "jane/ch01_vectors.ipynb"]
    found = discover(paths, KNOWN)
    assert [item.students[0].label for item in found] == ["bob", "jane"]
    assert [item.stem for item in found] == ["ch01_vectors", "ch01_vectors-jane"]
    assert [item.students for item in discover(paths[:1], KNOWN)] == [()]


@pytest.mark.parametrize("alone", [True, False])
def test_a_platforms_one_zip_of_all_is_a_class(tmp_path, alone):
    content = tmp_path / "content"
    put(content, *CANVAS_FILES[:2])
    (tmp_path / "in").mkdir()
    archive = zipped(content, tmp_path / "in" / "submissions.zip")
    put(tmp_path, "in/notes.txt")
    found = discover([archive if alone else tmp_path / "in"], KNOWN, tmp_path / "unpacked")
    assert [item.students[0].canvas_id for item in found if item.students[0].canvas_id] == ["12345", "12346"]
    assert {item.source for item in found} == {archive if alone else tmp_path / "in"}


@pytest.mark.parametrize(
    "make", [gradescope, lambda folder: put(folder / "x", "a/ch01_vectors.ipynb", "b/w.ipynb")]
)
def test_a_zip_of_folders_is_a_class(tmp_path, make):
    folder = make(tmp_path / "content")
    archive = zipped(folder.parent, tmp_path / "all.zip", "\\")
    found = discover([archive], KNOWN, tmp_path / "unpacked")
    assert len(found) == len(list(folder.iterdir())) - (folder / "submission_metadata.yml").exists()
    assert all(item.path.exists() for item in found)


def test_a_students_zip_of_two_chapters_is_two_submissions_and_of_one_is_left_to_be_read(tmp_path):
    put(tmp_path / "two", "ch01_vectors/ch01_vectors.ipynb", "ch02_dot_product/ch02_dot_product.ipynb")
    put(tmp_path / "one", "ch01_vectors.ipynb", "tests/q.py", "checking.py")
    (tmp_path / "in").mkdir()
    zipped(tmp_path / "two", tmp_path / "in" / "jane.zip")
    zipped(tmp_path / "one", tmp_path / "in" / "bob.zip")
    found = discover([tmp_path / "in"], KNOWN, tmp_path / "unpacked")
    assert sorted((item.students[0].label, item.path.name) for item in found) == [
        ("bob", "bob.zip"),
        ("jane", "ch01_vectors.ipynb"),
        ("jane", "ch02_dot_product.ipynb"),
    ]


def test_a_tar_is_unpacked_and_nothing_of_it_lands_elsewhere(tmp_path):
    put(tmp_path / "x", "jane.ipynb", "bob.ipynb")
    archive = tmp_path / "all.tar.gz"
    with tarfile.open(archive, "w:gz") as bundle:
        bundle.add(tmp_path / "x" / "jane.ipynb", "jane.ipynb")
        bundle.add(tmp_path / "x" / "bob.ipynb", "../../bob.ipynb")
        bundle.add(tmp_path / "x" / "bob.ipynb", "cem.ipynb")
    found = discover([archive], KNOWN, tmp_path / "deep" / "unpacked")
    assert [item.students[0].label for item in found] == ["cem", "jane"]
    assert not list(tmp_path.glob("bob.ipynb")) + list((tmp_path / "deep").glob("bob.ipynb"))


def test_a_zip_that_cannot_be_opened_is_a_submission_that_says_so(tmp_path):
    put(tmp_path, "jane.zip", text="no zip")
    assert [item.path.name for item in discover([tmp_path], KNOWN, tmp_path / "unpacked")] == ["jane.zip"]


def test_results_and_what_was_handed_out_are_no_submissions(tmp_path):
    put(
        tmp_path,
        "jane.ipynb",
        "grades/grades.csv",
        "grades/results/jane.json",
        "__pycache__/x.py",
        "checking.py",
    )
    put(tmp_path, "fresh/note.ipynb")
    assert [stem for _, stem in find([tmp_path], tmp_path / "fresh")] == ["jane"]


def test_a_chapter_that_a_student_saved_as_text_is_a_submission_beside_the_others(tmp_path):
    put(
        tmp_path, "jane/ch01_vectors.ipynb", "jane/ch06_softmax.txt", "jane/notes.txt", "john/ch01_vectors.md"
    )
    found = discover([tmp_path], KNOWN)
    assert sorted(item.path.name for item in found) == ["ch01_vectors.ipynb", "ch06_softmax.txt", "john"]


@pytest.mark.parametrize("kind", ["gz", "bz2", "xz"])
def test_a_packed_file_of_much_is_not_unpacked_to_look_whose_it_is(tmp_path, monkeypatch, kind):
    monkeypatch.setattr("autograder.grade.layouts.MAX_UNPACKED_BYTES", 2**20)
    folder = tmp_path / "in"
    folder.mkdir()
    with tarfile.open(folder / f"jane.tar.{kind}", f"w:{kind}") as packed:
        for name in ("ch01_vectors.ipynb", "ch02_dot_product.ipynb"):
            item = tarfile.TarInfo(name)
            item.size = 2**20
            packed.addfile(item, io.BytesIO(bytes(item.size)))
    found = discover([folder], KNOWN, tmp_path / "unpacked")
    assert [item.path.name for item in found] == [f"jane.tar.{kind}"]


# Other platforms --------------------------------------------------------------------------------------------


def test_blackboards_names_give_login_attempt_and_the_receipt_the_name(tmp_path):
    first = "Chapter 1_jane_doe_attempt_2026-10-05-21-25-07"
    second = "Chapter 1_jane_doe_attempt_2026-10-06-08-00-00"
    put(tmp_path, f"{first}_ch01_vectors.ipynb", f"{second}_ch01_vectors.ipynb")
    for attempt in (first, second):
        put(tmp_path, f"{attempt}.txt", text="Name: Jane Doe (jane_doe)\nAssignment: Chapter 1\n")
    put(tmp_path, "Chapter 1_broe_attempt_2026-10-05-20-00-00_ch01_vectors.ipynb")
    put(tmp_path, "Chapter 1_coz_attempt_2026-10-05-20-00-00.txt", text="Name: Cem \u00d6z (coz)\n")
    found = discover([tmp_path], KNOWN)
    assert [(item.students, item.handed_in.day, item.passed_over) for item in found] == [
        ((Who(sid="broe"),), 5, ()),
        ((Who("Cem \u00d6z", sid="coz"),), 5, ()),
        ((Who("Jane Doe", sid="jane_doe"),), 5, ()),
        ((Who("Jane Doe", sid="jane_doe"),), 6, ()),
    ]


@pytest.mark.parametrize("folders", [True, False])
def test_brightspaces_names_give_name_and_time(tmp_path, folders):
    for name in (
        "11-678 - Jane Doe - Oct 5, 2026 925 PM",
        "11-678 - Jane Doe - Oct 12, 2026 1005 AM",
        "12-678 - Bob Roe-Smith - 5 October 2026 2125",
    ):
        put(tmp_path, f"{name}{'/' if folders else ' - '}ch01_vectors.ipynb")
    put(tmp_path, "index.html", text="<html>")
    found = discover([tmp_path], KNOWN)
    assert sorted((item.students[0].name, item.handed_in) for item in found) == [
        ("Bob Roe-Smith", datetime(2026, 10, 5, 21, 25, tzinfo=UTC)),
        ("Jane Doe", datetime(2026, 10, 5, 21, 25, tzinfo=UTC)),
        ("Jane Doe", datetime(2026, 10, 12, 10, 5, tzinfo=UTC)),
    ]
    assert [item.beside for item in found] == [("index.html",), (), ()]


@pytest.mark.parametrize("stamp", ["20261005212507180", "2026-10-05T21:25:07.180Z"])
def test_sakais_folders_give_name_login_and_time(tmp_path, stamp):
    jane = "Chapter 1/Doe, Jane Ann(jdoe)"
    put(tmp_path, f"{jane}/Submission attachment(s)/ch01_vectors.ipynb")
    put(tmp_path, f"{jane}/Feedback Attachment(s)/ch01_vectors.ipynb")
    put(tmp_path, f"{jane}/timestamp.txt", text=stamp)
    put(tmp_path, "Chapter 1/Roe, Bob(broe)/Submission attachment(s)/ch01_vectors.ipynb")
    put(tmp_path, "Chapter 1/grades.csv", text="Chapter 1,Points\n")
    jane, bob = discover([tmp_path], KNOWN)
    assert (jane.students, bob.students) == (
        (Who("Jane Ann Doe", sid="jdoe"),),
        (Who("Bob Roe", sid="broe"),),
    )
    assert jane.handed_in == datetime(2026, 10, 5, 21, 25, 7, 180000, tzinfo=UTC)
    assert jane.path.name == "Submission attachment(s)"


def test_teams_folders_give_name_and_version(tmp_path):
    for state in ("Submitted files", "Working files"):
        put(tmp_path / "Student Work" / state, "Jane Doe/Chapter 1/Version 1/ch01_vectors.ipynb")
        put(tmp_path / "Student Work" / state, "Jane Doe/Chapter 1/Version 2/ch01_vectors.ipynb")
        put(tmp_path / "Student Work" / state, "Bob Roe/Chapter 1/ch01_vectors.ipynb")
    found = discover([tmp_path], KNOWN)
    assert [(item.students[0].name, item.number) for item in found] == [
        ("Bob Roe", 0),
        ("Jane Doe", 1),
        ("Jane Doe", 2),
    ]
    assert not any("Working files" in item.path.parts for item in found)


@pytest.mark.parametrize("slug", ["ch01_vectors", "ch01-vectors", "homework-1"])
def test_github_classrooms_clones_are_named_by_login(tmp_path, slug):
    for login in ("jdoe", "b-roe", "jdoe-2"):
        clone = f"{slug}-submissions/{slug}-{login}"
        put(tmp_path, f"{clone}/ch01_vectors.ipynb", f"{clone}/.git/config", f"{clone}/README.md")
    found = discover([tmp_path], KNOWN)
    assert [item.students[0].label for item in found] == ["b-roe", "jdoe", "jdoe-2"]


def test_files_of_a_shared_drive_are_named_before_or_after_the_assignment(tmp_path):
    put(tmp_path, "Jane Doe - ch01_vectors.ipynb", "Copy of ch01 vectors - Bob Roe.ipynb")
    assert sorted(item.students[0].label for item in discover([tmp_path], KNOWN)) == ["Bob Roe", "Jane Doe"]


def test_a_canvas_name_may_hold_an_underscore_and_a_text_entry_is_a_submission(tmp_path):
    put(tmp_path, "doe_smithjane_12345_67890_ch01_vectors.ipynb", "roebob_12346_text.html")
    put(tmp_path, "ch01_vectors_2026_10_jane.ipynb")
    found = {item.path.name[:3]: item for item in discover([tmp_path], KNOWN)}
    assert found["doe"].students == (Who("doe_smithjane", canvas_id="12345"),)
    assert found["roe"].students == (Who("roebob", canvas_id="12346"),)
    assert found["ch0"].students == (Who(label="2026 10 jane"),)


# Wrappings and noise ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("above", ["handed in", "Algebra 2026", "a/b/c"])
@pytest.mark.parametrize("noise", [(), ("rubric.pdf", "grades.csv", "README.md")])
@pytest.mark.parametrize("form", ["{}/ch01_vectors.ipynb", "ch01_vectors_{}.ipynb"])
def test_a_class_in_a_folder_with_other_things_is_a_class(tmp_path, above, noise, form):
    put(tmp_path / above, *(form.format(name) for name in ("jane", "bob", "o'brien")))
    put(tmp_path, *noise, text="x")
    put(tmp_path / above, *noise, text="x")
    found = discover([tmp_path], KNOWN)
    assert sorted(item.students[0].label for item in found) == ["bob", "jane", "o'brien"]
    assert sorted(name for item in found for name in item.beside) == sorted(noise * 2)


@pytest.mark.parametrize(
    "names",
    [
        ("jane/ch01_vectors_final.ipynb", "jane/ch01_vectors_draft.ipynb"),
        ("jane/old/ch01_vectors.ipynb", "jane/new/ch01_vectors.ipynb"),
        ("jane/ch01_vectors_jane.ipynb", "jane/ch01_vectors_jane2.ipynb"),
    ],
)
def test_a_students_own_versions_are_no_class(tmp_path, names):
    put(tmp_path, *names, "bob/ch01_vectors.ipynb")
    assert [item.students[0].label for item in discover([tmp_path], KNOWN)] == ["bob", "jane"]


def test_an_archive_per_chapter_holds_a_class(tmp_path):
    for chapter in KNOWN:
        put(tmp_path / chapter, "jane.ipynb", "bob.ipynb")
        (tmp_path / "in").mkdir(exist_ok=True)
        zipped(tmp_path / chapter, tmp_path / "in" / f"{chapter}.zip")
    found = discover([tmp_path / "in"], KNOWN, tmp_path / "unpacked")
    assert [item.students[0].label for item in found] == ["bob", "jane"] * 2
