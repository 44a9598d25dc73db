"""Every notebook in a real Jupyter kernel: the solved one without a warning, the students' own without an
error outside its stubs."""

import ast
import re
import shutil

import nbformat
import pytest
from conftest import CHAPTERS, ROOT
from nbclient import NotebookClient

from autograder.course.chapter import read_chapter
from autograder.publish.master import COLUMNS

# In pixels: what JupyterLab leaves for a picture in a window 700 wide, and the smallest type still read with
# ease.
PICTURE_WIDTH, SMALLEST_TYPE = 590, 9
# Put before a notebook: for each picture that is drawn, a text in its smallest type, and the size of that
# type in a narrow window.
MEASURING = f"""
def measure_type(save):
    from matplotlib.text import Text

    def measured(figure, *args, dpi, **named):
        save(figure, *args, dpi=dpi, **named)
        shown = min(1, {PICTURE_WIDTH} / (dpi * figure.get_size_inches()[0]))
        texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
        smallest = min(texts, key=Text.get_fontsize)
        measured.found.append((float(smallest.get_fontsize() * dpi / 72 * shown), smallest.get_text()))

    measured.found = []
    return measured


import matplotlib.figure

matplotlib.figure.Figure.savefig = measure_type(matplotlib.figure.Figure.savefig)
"""


def executed(notebook, folder):
    client = NotebookClient(
        notebook,
        timeout=180,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    )
    return client.execute()


def outputs(notebook):
    return [(cell, output) for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def shown_by(notebook, call):
    """What the cell that makes a call shows, as text."""
    (said,) = [output.data["text/plain"] for cell, output in outputs(notebook) if call in cell.source]
    return said


@pytest.fixture
def folder(built, tmp_path, request):
    name = request.node.callspec.params["name"]
    place = tmp_path / name
    shutil.copytree(built / "student" / name, place)
    return place


@pytest.mark.parametrize("name", CHAPTERS)
def test_no_line_of_code_runs_out_of_a_narrow_window(built, name):
    notebook = nbformat.read(built / "student" / name / f"{name}.ipynb", as_version=4)
    long = [
        (cell.id, line)
        for cell in notebook.cells
        if cell.cell_type == "code"
        for line in cell.source.split("\n")
        # The stub's one line is as long as the question's name makes it.
        if len(line) > COLUMNS and not line.endswith(': not attempted yet")')
    ]
    assert long == []


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_solved_notebook_runs_from_top_to_bottom_without_a_warning(built, folder, name):
    solved = nbformat.read(built / "dist" / "solutions" / f"{name}.ipynb", as_version=4)
    solved.cells.insert(0, nbformat.v4.new_code_cell(MEASURING))
    solved.cells.append(nbformat.v4.new_code_cell("matplotlib.figure.Figure.savefig.found"))
    nbformat.write(solved, folder / f"{name}.ipynb")
    notebook = executed(solved, folder)
    errors = [
        (cell.id, output.ename, output.evalue)
        for cell, output in outputs(notebook)
        if output.output_type == "error"
    ]
    heard = [
        (cell.id, output.text)
        for cell, output in outputs(notebook)
        if output.output_type == "stream" and output.name == "stderr"
    ]
    waiting = [
        cell.id for cell, output in outputs(notebook) if "No picture yet" in str(output.get("data", ""))
    ]
    assert (errors, heard, waiting) == ([], [], [])
    said = [
        output.data["text/plain"]
        for cell, output in outputs(notebook)
        if cell.source.startswith("grader.check(")
    ]
    assert len(said) == len(read_chapter(ROOT, name).questions)
    assert all("public checks passed" in text or "the value is right" in text for text in said)
    assert len(list(folder.glob(f"{name}_*.zip"))) == 1
    for overview in ("feedback.where_am_i", "handing_in.hand_in"):
        assert re.search(f"Done: {len(said)} of {len(said)} questions", shown_by(notebook, overview))
    assert "It ran from top to bottom without an error." in shown_by(notebook, "handing_in.hand_in")
    types = ast.literal_eval(notebook.cells[-1].outputs[0].data["text/plain"])
    assert types and [found for found in types if found[0] < SMALLEST_TYPE] == []


@pytest.mark.parametrize("name", CHAPTERS)
def test_an_untouched_notebook_runs_without_an_error_outside_its_stubs(folder, name):
    notebook = executed(nbformat.read(folder / f"{name}.ipynb", as_version=4), folder)
    errors = [
        (cell.id, output.ename, output.evalue)
        for cell, output in outputs(notebook)
        if output.output_type == "error"
    ]
    heard = [
        (cell.id, output.text)
        for cell, output in outputs(notebook)
        if output.output_type == "stream" and output.name == "stderr"
    ]
    assert (errors, heard) == ([], [])
    said = [
        output.data["text/plain"]
        for cell, output in outputs(notebook)
        if cell.source.startswith("grader.check(")
    ]
    assert [text.partition(": ")[2] for text in said] == ["not attempted yet."] * len(
        read_chapter(ROOT, name).questions
    )
    assert f"Done: 0 of {len(said)} questions" in shown_by(notebook, "feedback.where_am_i")
    assert "no question is answered" in shown_by(notebook, "handing_in.hand_in")
    pictures = [
        cell
        for cell in notebook.cells
        if re.search(r"^ *(?:@picture|drawings\.\w+\()", cell.source, re.MULTILINE)
    ]
    assert pictures
    shown = {cell.id: cell.outputs[0].data["text/html"] for cell in pictures}
    # The capstone's pictures show a recorded run until the student's own ten notebooks lie beside it.
    wanted = "<figure" if name == "ch11_capstone" else "No picture yet"
    assert [cell for cell, html in shown.items() if wanted not in html and "No picture yet" not in html] == []
