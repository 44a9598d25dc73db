"""Student folders and distributions: reproducible, plain Otter underneath, and without what is for graders
alone."""

import ast
import json
import os
import re
import subprocess
import sys
import zipfile

import nbformat
import pytest
from conftest import CHAPTERS, ROOT

from autograder.course.chapter import read_chapter
from autograder.course.question import DeclarationError
from autograder.publish.assign import assign
from autograder.publish.distribution import build, write_zip
from autograder.publish.drift import drift
from autograder.publish.leaks import leaks
from autograder.publish.master import solution_cell


def contents(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def notebook_of(folder, name):
    return nbformat.read(folder / "student" / name / f"{name}.ipynb", as_version=4)


def test_two_builds_in_two_folders_are_the_same_to_the_byte(tiny, tmp_path):
    for place in ("one", "two"):
        subprocess.run(
            [
                sys.executable,
                "-B",
                "-m",
                "autograder",
                "build",
                "--course",
                str(tiny.root),
                "--out",
                str(tmp_path / place),
            ],
            check=True,
            timeout=120,
        )
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert one == two
    assert {name.split("/")[0] for name in one} == {"student", "dist"}
    assert not [
        name for name, data in one.items() if str(tmp_path).encode() in data or str(ROOT).encode() in data
    ]


def test_a_build_does_not_depend_on_how_the_processor_rounds(tmp_path):
    """These two have wrong answers whose messages follow the last digit of a dot product."""
    for kernel in ("Prescott", "Haswell"):
        subprocess.run(
            [
                *(
                    sys.executable,
                    "-m",
                    "autograder",
                    "build",
                    "ch02_dot_product",
                    "ch10_attention",
                    "--quick",
                ),
                *("--course", str(ROOT), "--out", str(tmp_path / kernel)),
            ],
            env=os.environ | {"OPENBLAS_CORETYPE": kernel},
            check=True,
            timeout=240,
        )
    assert contents(tmp_path / "Prescott") == contents(tmp_path / "Haswell")


def test_a_build_gives_what_the_contract_names(built):
    for name in CHAPTERS:
        for path in (
            f"student/{name}/{name}.ipynb",
            f"dist/student/{name}.zip",
            f"dist/autograder/{name}.zip",
            f"dist/solutions/{name}.ipynb",
            f"dist/master/{name}/{name}.ipynb",
        ):
            assert (built / path).is_file(), path


@pytest.mark.parametrize("name", CHAPTERS)
def test_each_function_has_a_stub_of_its_own_that_names_it(built, name):
    chapter = read_chapter(ROOT, name)
    cells = {cell.id: cell for cell in notebook_of(built, name).cells}
    for question in chapter.questions.values():
        cell = cells[f"{name}-{question.name}-answer"]
        assert cell.metadata.tags == ["otter_answer_cell"]
        if question.kind != "function":
            assert cell.source.splitlines()[-1] == f"{question.name} = ..."
            continue
        (node,) = ast.parse(cell.source).body
        reference = ast.parse(solution_cell(chapter, question, set())).body[-1]
        assert node.name == question.name
        assert ast.unparse(node.args) == ast.unparse(reference.args)
        assert ast.get_docstring(node) == ast.get_docstring(reference)
        assert (
            ast.unparse(node.body[1:]) == f"raise NotImplementedError('{question.name}: not attempted yet')"
        )


@pytest.mark.parametrize("name", CHAPTERS)
def test_notebooks_are_valid_and_their_cell_ids_tell_chapter_and_question(built, name):
    notebook = notebook_of(built, name)
    nbformat.validate(notebook)
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    assert all(cell_id.startswith(f"{name}-") for cell_id in ids)
    assert notebook.metadata.otter.assignment_name == name
    assert not [
        cell for cell in notebook.cells if cell.cell_type == "code" and (cell.outputs or cell.execution_count)
    ]


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_solved_notebook_says_that_every_public_check_passed(built, name):
    solved = nbformat.read(built / "dist" / "solutions" / f"{name}.ipynb", as_version=4)
    checks = [cell for cell in solved.cells if cell.source.startswith("grader.check(")]
    assert len(checks) == len(read_chapter(ROOT, name).questions)
    for cell in checks:
        text = cell.outputs[0].data["text/plain"]
        assert "public checks passed" in text or "the value is right" in text, text
    assert "BEGIN SOLUTION" not in nbformat.writes(solved)


@pytest.mark.parametrize("name", CHAPTERS)
def test_nothing_for_graders_alone_reaches_a_students_file(built, name):
    assert leaks(read_chapter(ROOT, name), built / "student" / name) == []
    with zipfile.ZipFile(built / "dist" / "student" / f"{name}.zip") as archive:
        assert sorted(archive.namelist()) == sorted(
            f"{name}/{path}" for path in contents(built / "student" / name)
        )


def test_the_student_distribution_is_small_and_asks_for_little(built):
    for name in CHAPTERS:
        assert (built / "dist" / "student" / f"{name}.zip").stat().st_size < 200_000
        wanted = (built / "student" / name / "requirements.txt").read_text().split()
        assert {re.split("[=<>~]", line)[0] for line in wanted} == {
            "ipywidgets", "jupyterlab", "matplotlib", "numpy", "otter-grader", "pandas", "scipy",
        }  # fmt: skip


@pytest.mark.parametrize(
    ("secret", "what"),
    [
        ("distinctive_intermediate_name = x + x", "the reference of `twice`"),
        ("def doubles_negatives(twice):", "a hidden check of `twice`"),
        ("Negative numbers too.", "the title of a hidden check"),
        ("Twice is times two, not to the power of two.", "the hint of a misconception"),
        ("half = 3.5", "the answer to `half`"),
    ],
)
def test_a_secret_in_the_text_stops_the_build_and_nothing_is_written(tiny, tmp_path, secret, what):
    tiny.replace(tiny.markdown, "import numpy as np\n", f"import numpy as np\n# {secret}\n")
    with pytest.raises(DeclarationError, match="students would get what is for graders alone") as caught:
        build([read_chapter(tiny.root, tiny.name)], tmp_path / "out")
    assert what in str(caught.value)
    assert contents(tmp_path / "out") == {}


def test_a_solved_notebook_that_does_not_run_stops_the_build(tiny, tmp_path):
    tiny.replace(tiny.markdown, "import numpy as np\n", "import numpy as np\nnp.no_such_function()\n")
    with pytest.raises(
        DeclarationError,
        match=r"chapter.md:6: the solved notebook.s cell ch01_tiny-code-001 raises AttributeError",
    ):
        build([read_chapter(tiny.root, tiny.name)], tmp_path / "out")
    assert contents(tmp_path / "out") == {}


def test_one_word_changed_in_a_text_is_drift_and_names_the_file(tiny):
    build([read_chapter(tiny.root, tiny.name)], tiny.root)
    assert drift([read_chapter(tiny.root, tiny.name)], tiny.root, tiny.root, whole_course=True) == []
    tiny.replace(tiny.markdown, "Twice a number.", "Twice the number.")
    (said,) = drift([read_chapter(tiny.root, tiny.name)], tiny.root, tiny.root, whole_course=True)
    assert "look at assignments/ch01_tiny/chapter.md" in said
    assert "-Twice a number." in said and "+Twice the number." in said


@pytest.mark.parametrize(
    ("source", "old", "new", "named"),
    [
        (
            "questions",
            'because="add the number to itself"',
            'because="double it"',
            "assignments/ch01_tiny/questions.py",
        ),
        ("questions", "points=4", "points=3", "assignments/ch01_tiny/questions.py"),
        ("solutions", "Twice a number.", "Two times a number.", "solutions/ch01_tiny.py"),
        (
            "markdown",
            "<!-- question: half -->",
            "More words.\n\n<!-- question: half -->",
            "assignments/ch01_tiny/chapter.md",
        ),
    ],
)
def test_drift_names_the_source_that_changed(tiny, source, old, new, named):
    build([read_chapter(tiny.root, tiny.name)], tiny.root)
    tiny.replace(getattr(tiny, source), old, new)
    found = drift([read_chapter(tiny.root, tiny.name)], tiny.root, tiny.root, whole_course=True)
    assert found
    assert any(named in said for said in found)


def test_a_student_folder_that_no_chapter_gives_is_drift(tiny):
    build([read_chapter(tiny.root, tiny.name)], tiny.root)
    (tiny.root / "student" / "ch02_gone").mkdir()
    (tiny.root / "student" / tiny.name / "notes.txt").write_text("x")
    (tiny.root / "student" / tiny.name / "requirements.txt").unlink()
    found = drift([read_chapter(tiny.root, tiny.name)], tiny.root, tiny.root, whole_course=True)
    assert len(found) == 3


def test_a_zip_depends_on_names_and_contents_alone(tmp_path):
    write_zip(tmp_path / "a.zip", {"b.txt": b"2", "a.sh": b"1"})
    write_zip(tmp_path / "b.zip", {"a.sh": b"1", "b.txt": b"2"})
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.getinfo("a.sh").external_attr >> 16 == 0o100755


def test_a_private_helper_of_a_reference_goes_into_the_solution_and_not_to_students(tiny, tmp_path):
    tiny.replace(
        tiny.solutions,
        "def twice(",
        "_FACTOR = 2\n\n\ndef _scaled_secretly(x: float) -> float:\n    return _FACTOR * x\n\n\ndef twice(",
    )
    tiny.replace(
        tiny.solutions,
        "distinctive_intermediate_name = x + x",
        "distinctive_intermediate_name = _scaled_secretly(x)",
    )
    item = assign(read_chapter(tiny.root, tiny.name), tmp_path / "work")
    assert "_scaled_secretly" in nbformat.writes(item.solved)
    assert "_scaled_secretly" not in nbformat.writes(item.student)
    build([read_chapter(tiny.root, tiny.name)], tmp_path / "out")


def test_another_variant_prints_other_numbers(tiny, tmp_path):
    chapter = read_chapter(tiny.root, tiny.name, "autumn")
    number = chapter.numbers["half"]["n"]
    build([chapter], tmp_path)
    text = (tmp_path / "student" / tiny.name / f"{tiny.name}.ipynb").read_text()
    assert number != 7
    assert f"Half of {number}." in text
    manifest = json.loads(
        zipfile.ZipFile(tmp_path / "dist" / "autograder" / f"{tiny.name}.zip").read("manifest.json")
    )
    assert manifest["variant"] == "autumn"


def test_the_committed_student_folder_is_what_its_sources_give(built):
    fresh, committed = contents(built / "student"), contents(ROOT / "student")
    ours = {name for name in committed if not {".ipynb_checkpoints", "__pycache__"} & set(name.split("/"))}
    assert ours == set(fresh)
    assert [name for name in fresh if fresh[name] != committed[name]] == []


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_points_beside_a_question_add_up(chapter):
    notebook = nbformat.read(ROOT / "student" / chapter / f"{chapter}.ipynb", as_version=4)
    split = r"([\d.]+) points?, ([\d.]+) for the checks below and ([\d.]+) for hidden ones\."
    said = [found for cell in notebook.cells for found in re.findall(split, cell.source)]
    assert said
    for whole, public, hidden in said:
        assert float(public) + float(hidden) == pytest.approx(float(whole), abs=1e-9)
