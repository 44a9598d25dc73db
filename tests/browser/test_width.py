"""Every chapter's solved notebook in JupyterLab, in a window 700 pixels wide: no formula, table, picture or
output that runs over its cell."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from conftest import CHAPTERS
from student_lab import CHROMIUM, FLAGS, PICTURES, jupyterlab, student_environment

playwright = pytest.importorskip("playwright.sync_api")

WIDTH = 700
# Code has a test of its own, which counts its columns: here is what is shown, and not what is typed.
SHOWN = ".jp-MarkdownOutput, .jp-OutputArea-output, .jp-RenderedHTMLCommon, mjx-container, table, img, pre"
# By how many pixels anything shown is wider than what holds it, or reaches out of its cell. Up to two are the
# borders of a table.
RUNNING_OVER = """shown => {
    const over = [];
    for (const cell of document.querySelectorAll(".jp-Notebook .jp-Cell")) {
        const edge = cell.getBoundingClientRect().right;
        for (const part of cell.querySelectorAll(shown)) {
            const box = part.getBoundingClientRect();
            const inside = part.clientWidth ? part.scrollWidth - part.clientWidth : 0;
            const pixels = box.width ? Math.round(Math.max(inside, box.right - edge)) : 0;
            if (pixels > 2) over.push([part.tagName, pixels, (part.innerText ?? "").slice(0, 80)]);
        }
    }
    return over;
}"""
# MathJax leaves a formula's source as text, between its dollar signs, until it has set it.
ALL_SET = """() => [...document.querySelectorAll(".jp-MarkdownOutput :is(p, li, td)")]
    .every(text => !/\\$\\S[^$`]*\\$/.test(text.innerText))"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here"),
]


@pytest.fixture(scope="module")
def solved(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The solved notebooks of all chapters, executed."""
    place = tmp_path_factory.mktemp("solved")
    for name in CHAPTERS:
        shutil.copy(built / "dist" / "solutions" / f"{name}.ipynb", place)
    return place


@pytest.fixture(scope="module")
def lab(solved: Path, built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """JupyterLab on the solved notebooks, each drawn whole and not only what of it is in sight."""
    student_environment(built / "student" / CHAPTERS[0] / "requirements.txt")
    with jupyterlab(solved, tmp_path_factory.mktemp("home"), windowingMode="none") as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def running_over(browser, lab: str, name: str) -> list[tuple[str, int, str]]:
    """What runs over in a notebook: what it is, by how many pixels, and its first words."""
    page = browser.new_page(viewport={"width": WIDTH, "height": 1200})
    page.set_default_timeout(120_000)
    page.goto(f"{lab}/doc/tree/{name}.ipynb?reset")
    page.wait_for_selector(".jp-Notebook mjx-container")
    page.wait_for_function(ALL_SET)
    over = page.evaluate(RUNNING_OVER, SHOWN)
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"narrow-{name}.png")
    page.close()
    return [tuple(found) for found in over]


@pytest.mark.parametrize("name", CHAPTERS)
def test_nothing_shown_runs_out_of_a_narrow_window(browser, lab: str, name: str) -> None:
    assert running_over(browser, lab, name) == []


def test_what_runs_over_is_found(browser, lab: str, solved: Path) -> None:
    sums, numbers = " + ".join(f"x_{{{i}}}" for i in range(60)), "|".join(map(str, range(60)))
    cells = [
        nbformat.v4.new_markdown_cell(f"A sum: $${sums}$$"),
        nbformat.v4.new_markdown_cell(numbers + "\n" + "|".join(["---"] * 60)),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), solved / "wide.ipynb")
    assert {tag for tag, _, _ in running_over(browser, lab, "wide")} >= {"MJX-CONTAINER", "TABLE"}
