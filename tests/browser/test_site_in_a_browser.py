"""The site in a real browser: no page is wider than its window, and none asks a network for anything."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import CHAPTERS, ROOT

from autograder.course.chapter import Course
from autograder.publish.site import write_site

playwright = pytest.importorskip("playwright.sync_api")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PICTURES = ROOT / "dist" / "browser"
WINDOWS = {"wide": (1400, "light"), "narrow": (700, "light"), "phone": (390, "light"), "dark": (1100, "dark")}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here"),
]


@pytest.fixture(scope="module")
def site(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site")
    write_site(Course.at(ROOT).chapters(), built, out)
    return out


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.mark.parametrize("window", WINDOWS)
def test_every_page_fits_its_window_and_is_whole_without_a_network(browser, site, window) -> None:
    width, scheme = WINDOWS[window]
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name in ("index", *CHAPTERS):
        page.goto((site / ("" if name == "index" else name) / "index.html").as_uri())
        over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(over) == 0, name
        broken = "[...document.images].filter(image => !image.naturalWidth).length"
        assert page.evaluate(broken) == 0, name
        if name in ("index", "ch10_attention"):
            page.screenshot(path=PICTURES / f"site-{name}-{window}.png", full_page=True)
    page.close()
    assert [address for address in asked if not address.startswith("file:")] == []
