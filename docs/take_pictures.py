"""The README's pictures, taken of the built course in a real browser: `make pictures`.

JupyterLab runs from the student's own requirements alone, as in `tests/browser`. The notebook is Chapter VI
as students get it; the report is of a made-up class.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

from student_lab import CHROMIUM, FLAGS, jupyterlab, student_environment  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
NAME = "ch06_softmax"
SIZE: ViewportSize = {"width": 900, "height": 1400}
# Few enough for a small file, and enough for a smooth edge of a letter.
COLOURS = 48
PATIENCE = 120_000

# A misconception that the course knows by name: the notebook gives its hint.
WRONG = """def softmax(z: Vector) -> np.ndarray:
    z = np.asarray(z, dtype=float)
    return np.exp(z) / z.sum()"""
RIGHT = """def softmax(z: Vector) -> np.ndarray:
    z = np.asarray(z, dtype=float)
    if z.size == 0:
        raise ValueError("there are no logits")
    weights = np.exp(z - z.max())
    return weights / weights.sum()"""


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        of_the_notebook(browser, Path(place))
        of_the_report(browser, Path(place))
        browser.close()
    for picture in sorted(PICTURES.glob("*.png")):
        print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size // 1024} kB")


def of_the_notebook(browser: Browser, place: Path) -> None:
    """A question as it is asked, its check failed, and passed with the picture that the answer draws."""
    folder = shutil.copytree(ROOT / "student" / NAME, place / NAME)
    student_environment(folder / "requirements.txt")
    with jupyterlab(folder, place / "home", windowingMode="none") as address:
        page = browser.new_page(viewport=SIZE)
        page.set_default_timeout(PATIENCE)
        page.goto(f"{address}/doc/tree/{NAME}.ipynb?reset")
        page.wait_for_selector(".jp-Notebook mjx-container")
        page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']")
        for text in ("import otter", "import drawings"):
            run(page, cell_with(page, text))

        answer, check = cell_with(page, "def softmax(z"), cell_with(page, 'grader.check("softmax")')
        heading = page.locator(".jp-MarkdownCell", has_text=re.compile(r"Your turn: softmax\W")).first
        take(page, "question", first=heading, last=check)

        write(page, answer, WRONG)
        run(page, check)
        take(page, "failed", first=answer, last=check)

        write(page, answer, RIGHT)
        run(page, check)
        drawing = cell_with(page, "drawings.before_and_after")
        run(page, drawing)
        drawing.locator("img").wait_for()
        take(page, "passed", first=check, last=drawing)
        page.close()


def of_the_report(browser: Browser, place: Path) -> None:
    """The top of the report on a made-up class."""
    out = place / "grades"
    made = ("synthetic-class", "--out", place / "class", "--students", "60", NAME)
    graded = ("grade", place / "class", "--out", out)
    for arguments in (made, graded, ("report", out)):
        command = [sys.executable, "-m", "autograder", *map(str, arguments)]
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    page = browser.new_page(viewport=SIZE)
    page.goto((out / "report.html").as_uri())
    save(page, "report", clip={"x": 0, "y": 0, "width": SIZE["width"], "height": 640})
    page.close()


def cell_with(page: Page, text: str) -> Locator:
    return page.locator(".jp-CodeCell", has_text=text).first


def write(page: Page, cell: Locator, source: str) -> None:
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(source)
    run(page, cell)


def run(page: Page, cell: Locator) -> None:
    """Run a cell, and wait until it has another number than before."""
    prompt = cell.locator(".jp-InputPrompt")
    before = prompt.inner_text()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    page.wait_for_function(
        "([prompt, before]) => /^\\[\\d+\\]:$/.test(prompt.innerText) && prompt.innerText !== before",
        arg=[prompt.element_handle(), before],
    )


def take(page: Page, name: str, *, first: Locator, last: Locator) -> None:
    """A picture of a notebook from one cell to another, none of them chosen."""
    page.evaluate("window.jupyterapp.shell.currentWidget.content.activeCellIndex = 0")
    first.evaluate("cell => cell.scrollIntoView({block: 'start'})")
    page.wait_for_timeout(500)
    top, bottom = first.bounding_box(), last.bounding_box()
    assert top and bottom
    height = bottom["y"] + bottom["height"] - top["y"]
    save(page, name, clip={"x": top["x"], "y": top["y"], "width": top["width"], "height": height})


def save(page: Page, name: str, **how: Any) -> None:
    whole = Image.open(io.BytesIO(page.screenshot(**how))).convert("RGB")
    few = whole.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
