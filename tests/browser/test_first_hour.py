"""A student's first hour, in a real browser: from the zip and an empty environment to a graded submission.

JupyterLab runs from the student's own requirements alone, and Chromium is driven by Playwright. The
environment is made once and kept below `.venv-student`. Pictures of what was seen are left in `dist/browser`.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from student_lab import CHROMIUM, FLAGS, PICTURES, jupyterlab, student_environment

playwright = pytest.importorskip("playwright.sync_api")

NAME = "ch01_vectors"
# A busy machine opens a notebook in ten seconds; a cell's check is there in one.
PATIENCE = 180_000

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here"),
]


@pytest.fixture(scope="module")
def folder(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The student's zip, unpacked."""
    place = tmp_path_factory.mktemp("student")
    with zipfile.ZipFile(built / "dist" / "student" / f"{NAME}.zip") as archive:
        archive.extractall(place)
    return place / NAME


@pytest.fixture(scope="module")
def lab(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """JupyterLab on the student's folder; its address."""
    student_environment(folder / "requirements.txt")
    with jupyterlab(folder, tmp_path_factory.mktemp("home")) as address:
        yield address


def away_with(dialog: playwright.Locator) -> None:
    print("JupyterLab said:", dialog.inner_text())
    dialog.locator(".jp-mod-accept").click()


@pytest.fixture
def page(lab: str) -> Iterator[playwright.Page]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(PATIENCE)
        # A word from JupyterLab in between is read and clicked away, as a person would.
        page.add_locator_handler(page.locator(".jp-Dialog"), away_with)
        page.goto(f"{lab}/lab/tree/{NAME}.ipynb?reset")
        page.wait_for_selector(".jp-NotebookPanel .jp-Cell")
        # The kernel is there once its indicator says so.
        page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']")
        PICTURES.mkdir(parents=True, exist_ok=True)
        yield page
        browser.close()


def run_menu(page: playwright.Page, menu: str, item: str) -> None:
    page.get_by_role("menuitem", name=menu, exact=True).first.click()
    page.locator(".lm-Menu-item", has_text=re.compile(f"^{re.escape(item)}")).first.click()


# The kernel is idle between two cells too: only the cells know that all have run.
EXECUTION_COUNTS = """() => [...window.jupyterapp.shell.currentWidget.content.model.cells]
    .filter(cell => cell.type === "code").map(cell => cell.executionCount)"""


def run_all(page: playwright.Page) -> None:
    """Run every cell, and wait for the last. JupyterLab drops what it is asked while a kernel is still
    starting, which it says of itself for a moment only: then it is asked again, as a person would."""
    until = time.monotonic() + PATIENCE / 1000
    counts: list[int | None] = [None]
    while None in counts:
        assert time.monotonic() < until, counts
        if not any(counts):
            run_menu(page, "Run", "Run All Cells")
        page.wait_for_timeout(5_000)
        counts = page.evaluate(EXECUTION_COUNTS)


def cell_with(page: playwright.Page, text: str) -> playwright.Locator:
    """The code cell whose source holds a text, scrolled into view: a long notebook draws what is seen."""
    for _ in range(80):
        found = page.locator(".jp-CodeCell", has_text=text)
        if found.count():
            found.first.scroll_into_view_if_needed()
            return found.first
        page.locator(".jp-WindowedPanel-outer").first.evaluate("panel => panel.scrollBy(0, 500)")
        page.wait_for_timeout(100)
    raise AssertionError(f"no cell holds {text}")


def to_the_top(page: playwright.Page) -> None:
    page.locator(".jp-WindowedPanel-outer").first.evaluate("panel => panel.scrollTo(0, 0)")
    page.wait_for_timeout(300)


def write(page: playwright.Page, cell: playwright.Locator, source: str) -> None:
    """Replace a cell's source and run it."""
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(source)
    page.keyboard.press("Control+Enter")


def run(page: playwright.Page, cell: playwright.Locator) -> None:
    """Run a cell, and wait until what stands under it is this run's."""
    prompt = cell.locator(".jp-InputPrompt")
    before = prompt.inner_text()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    playwright.expect(prompt).to_have_text(
        re.compile(rf"^(?!{re.escape(before)}$)\[\d+\]:$"), timeout=PATIENCE
    )


def test_a_student_sees_a_check_fail_mends_it_sees_it_pass_and_hands_in_what_they_wrote(
    page: playwright.Page, folder: Path, built: Path, tmp_path: Path
) -> None:
    started = time.monotonic()
    run_all(page)
    to_the_top(page)
    page.screenshot(path=PICTURES / "1-opened.png")

    wrong = 'def dimension(v: Vector) -> int:\n    """How many."""\n    return len(v) + 1'
    to_the_top(page)
    write(page, cell_with(page, "def dimension("), wrong)
    check = cell_with(page, 'grader.check("dimension")')
    run(page, check)
    check.locator(".jp-OutputArea", has_text="failed").wait_for()
    said = check.inner_text()
    for part in ("you called", "it gave", "expected", "likely cause"):
        assert part in said, said
    assert "Traceback" not in said
    page.screenshot(path=PICTURES / "2-failed.png")

    to_the_top(page)
    write(page, cell_with(page, "def dimension("), wrong.replace("len(v) + 1", "len(v)"))
    check = cell_with(page, 'grader.check("dimension")')
    run(page, check)
    check.locator(".jp-OutputArea", has_text="public checks passed").wait_for()
    page.screenshot(path=PICTURES / "3-passed.png")

    progress = cell_with(page, "feedback.where_am_i")
    run(page, progress)
    progress.locator("table").wait_for()
    assert "Done: 1 of" in progress.inner_text()
    page.screenshot(path=PICTURES / "4-where.png")

    # Not saved by hand: what was written is on the screen alone.
    hand_in = cell_with(page, "handing_in.hand_in")
    run(page, hand_in)
    hand_in.locator(".jp-OutputArea", has_text="is ready to hand in").wait_for()
    page.screenshot(path=PICTURES / "5-handed-in.png")

    made = folder / f"{NAME}_submission.zip"
    assert made.is_file()
    out = tmp_path / "grades"
    command = [sys.executable, "-B", "-m", "autograder", "grade", made, "--out", out, "--course", built]
    subprocess.run(list(map(str, command)), check=True, capture_output=True, cwd=ROOT, timeout=300)
    (result,) = [json.loads(path.read_text()) for path in (out / "results").iterdir()]
    scores = {entry["name"]: (entry["score"], entry["max_score"]) for entry in result["tests"]}
    assert scores["dimension"][0] == scores["dimension"][1] > 0
    print(f"a first hour took {time.monotonic() - started:.1f} s")


def test_a_notebook_that_was_copied_hands_in_the_copy(page: playwright.Page, lab: str, folder: Path) -> None:
    copy = f"{NAME}-Copy1.ipynb"
    shutil.copyfile(folder / f"{NAME}.ipynb", folder / copy)
    page.goto(f"{lab}/lab/tree/{copy}?reset")
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']")
    run_all(page)
    to_the_top(page)
    write(page, cell_with(page, "def dimension("), "def dimension(v):\n    return len(v)")
    hand_in = cell_with(page, "handing_in.hand_in")
    run(page, hand_in)
    page.screenshot(path=PICTURES / "6-copy.png")
    hand_in.locator(".jp-OutputArea", has_text=re.compile("is ready to hand in|No zip was made")).wait_for()
    assert copy in hand_in.inner_text()
    with zipfile.ZipFile(folder / f"{NAME}_submission.zip") as archive:
        assert archive.namelist() == [copy]
        assert "return len(v)" in archive.read(copy).decode()
    (folder / copy).unlink()
