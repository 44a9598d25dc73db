"""Otter Assign, in process: a master notebook in, a student's and an autograder's folder out, the same every
time."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.course.chapter import Chapter
from autograder.course.source import in_ascii
from autograder.kit import FILES
from autograder.publish.master import KERNEL, master_notebook

PACKAGE = Path(__file__).resolve().parent.parent
ANSWER_TAG = "otter_answer_cell"
# What Otter puts around a question graded by hand, for a PDF that this course does not make.
MANUAL_MARK = re.compile(r"<!-- (BEGIN|END) QUESTION -->")
# In place of Otter's own words, which shout.
SUBMISSION = """\
## Submission

The cell below saves the notebook and makes a zip beside it: that is the file to hand in. Hidden checks run
on it. You may hand in again; each zip takes the place of the one before.

To see that nothing depends on a cell you have since changed, choose *Restart Kernel and Run All Cells*
first."""
PROGRESS = """\
## Where you are

Run this whenever you like: it runs every public check and shows what is done and what is left."""
PROGRESS_CODE = "import feedback\n\nfeedback.where_am_i(grader)"
EXPORT_CODE = "import handing_in\n\nhanding_in.hand_in(grader)"
TOGETHER = (
    "Keep the folder together: the files that came with\nthis notebook are not beside it. Open the"
    " notebook\nin the folder that you unpacked."
)


@dataclass(frozen=True)
class Assigned:
    """What Otter Assign made of a chapter."""

    chapter: Chapter
    master: Path
    student: NotebookNode
    solved: NotebookNode
    student_tests: dict[str, str]
    all_tests: dict[str, str]
    otter_config: str
    environment: str
    run_otter: str


def assign(chapter: Chapter, folder: Path) -> Assigned:
    """Write the chapter's master into `folder` and run Otter Assign on it."""
    from otter.assign import main as otter_assign

    master = folder / "master" / f"{chapter.name}.ipynb"
    master.parent.mkdir(parents=True)
    nbformat.write(master_notebook(chapter), master)
    for path in files_beside(chapter):
        shutil.copyfile(path, master.parent / path.name)
    result = folder / "assigned"
    with contextlib.redirect_stdout(io.StringIO()):
        otter_assign(str(master), str(result), no_pdfs=True, no_run_tests=True)
    generated = _unzipped(next((result / "autograder").glob("*.zip")))
    return Assigned(
        chapter=chapter,
        master=master,
        student=_settled(nbformat.read(result / "student" / master.name, as_version=4), chapter),
        solved=_settled(
            _without_marks(nbformat.read(result / "autograder" / master.name, as_version=4)), chapter
        ),
        student_tests={
            p.name: in_ascii(p.read_text(encoding="utf-8").rstrip() + "\n", p.name)
            for p in sorted((result / "student" / "tests").glob("*.py"))
        },
        all_tests={
            Path(name).name: in_ascii(text.rstrip() + "\n", Path(name).name)
            for name, text in sorted(generated.items())
            if name.startswith("tests/")
        },
        otter_config=generated["otter_config.json"],
        environment=generated["environment.yml"],
        run_otter=generated["run_otter.py"],
    )


def files_beside(chapter: Chapter) -> list[Path]:
    """What stands beside the notebook: the kit, and the chapter's own drawings, data and images."""
    return [*(PACKAGE / "kit" / name for name in FILES), *chapter.data_paths]


def _unzipped(path: Path) -> dict[str, str]:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        # What stands beside a chapter's sources is in there too, and may be no text.
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def _settled(notebook: NotebookNode, chapter: Chapter) -> NotebookNode:
    """The notebook with nothing left to chance: Otter draws the ids of the cells it adds."""
    used: set[str] = set()
    notebook.cells = [cell for cell in notebook.cells if not MANUAL_MARK.fullmatch(cell.source.strip())]
    for cell in notebook.cells:
        check = re.fullmatch(r'grader\.check\("(\w+)"\)', cell.source)
        if check:
            stem = f"{chapter.name}-{check[1]}-check"
        elif cell.source.startswith("# Initialize Otter"):
            stem, cell["source"] = f"{chapter.name}-otter", _otter_cell(chapter)
        elif "grader.export(" in cell.source and cell.cell_type == "code":
            stem, cell["source"] = f"{chapter.name}-export", EXPORT_CODE
        elif cell.source.startswith("## Submission"):
            numbers = "the primer's own" if chapter.variant == "primer" else f"those of `{chapter.variant}`"
            stem = f"{chapter.name}-submission"
            cell["source"] = f"{SUBMISSION}\n\nThe numbers of this notebook's exercises are {numbers}."
        elif not cell.source.strip():
            stem = f"{chapter.name}-end"
        else:
            stem = cell.id
        while stem in used:
            stem += "-again"
        used.add(stem)
        cell["id"] = stem
    notebook.cells = [cell for cell in notebook.cells if cell.source.strip()]
    if len(notebook.cells) > 1 and notebook.cells[1].cell_type == "markdown":
        # The reader meets the title first, and Otter's cell after it.
        notebook.cells[:2] = notebook.cells[1::-1]
    place = next(
        (i for i, cell in enumerate(notebook.cells) if cell.id == f"{chapter.name}-submission"), None
    )
    if place is not None:
        notebook.cells[place:place] = [
            nbformat.v4.new_markdown_cell(PROGRESS, id=f"{chapter.name}-where"),
            nbformat.v4.new_code_cell(PROGRESS_CODE, id=f"{chapter.name}-progress"),
        ]
    otter = notebook.metadata.get("otter", {})
    notebook["metadata"] = nbformat.from_dict(
        {**KERNEL, "course": {"chapter": chapter.name, "variant": chapter.variant}, "otter": otter}
    )
    return notebook


def _otter_cell(chapter: Chapter) -> str:
    """What sets Otter up, and says in one sentence if the notebook was taken out of its folder."""
    return (
        "# The checks below need this: run it first.\nfrom pathlib import Path\n\n"
        f'import otter\n\nif not Path("checking.py").is_file():\n    print("""{TOGETHER}""")\n\ngrader ='
        f' otter.Notebook("{chapter.name}.ipynb")'
    )


def _without_marks(notebook: NotebookNode) -> NotebookNode:
    """The solved notebook as a reader wants it: Otter's marks for solutions and prompts taken out."""
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if "otter_assign_solution_cell" in tags:
            source = re.sub(
                r'\n    """ # BEGIN PROMPT\n.*?\n    """ # END PROMPT', "", cell.source, flags=re.DOTALL
            )
            source = re.sub(r"^ *# (BEGIN|END) SOLUTION.*\n?", "", source, flags=re.MULTILINE)
            cell["source"] = source.replace("  # SOLUTION", "").rstrip()
            cell.metadata["tags"] = [
                ANSWER_TAG if tag == "otter_assign_solution_cell" else tag for tag in tags
            ]
    return notebook
