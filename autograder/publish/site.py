"""The chapters as plain pages to read: unsolved, with the pictures that the solved notebooks draw.

For those who decide whether to take the course, or to adopt it. A page needs nothing from a network, and
holds nothing that students may not have.
"""

from __future__ import annotations

import base64
import html
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import nbformat
from math_core import LatexError, LatexToMathML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

from autograder.course.chapter import Chapter
from autograder.course.question import DeclarationError, WorkedValue
from autograder.publish.leaks import leaks

TEMPLATES = Path(__file__).with_name("site")
IMAGES = {".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"}
DRAWN = re.compile(r'<figure class="drawn".*?<img src="data:image/png;base64,([^"]+)" alt="([^"]*)"', re.S)
# What a notebook has to work in, and a page to read has no use for.
FOR_WORK = ("otter", "where", "progress", "submission", "export")
AS_MATHML = LatexToMathML(fancy_error=False)


@dataclass(frozen=True)
class Page:
    """A chapter's page: its parts as HTML, and its pictures by file name."""

    chapter: Chapter
    title: str
    summary: str
    sections: list[tuple[str, str]]
    body: str
    pictures: dict[str, bytes]

    @property
    def questions(self) -> int:
        return len(self.chapter.questions)

    @property
    def asked(self) -> str:
        return f"{self.questions} questions, {self.chapter.points:g} points"


def write_site(chapters: Sequence[Chapter], built: Path, out: Path) -> list[Page]:
    """Write the site into the folder `out`, from what was built into `built`.

    Raises `DeclarationError`, with nothing written, if a chapter is not built, a formula cannot be shown, or
    a page holds what it must not.
    """
    pages = [chapter_page(chapter, built) for chapter in chapters]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        trim_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )
    with tempfile.TemporaryDirectory(prefix="site-") as scratch:
        site = Path(scratch) / "site"
        for before, page, after in zip([None, *pages], pages, [*pages[1:], None], strict=False):
            folder = site / page.chapter.name
            folder.mkdir(parents=True)
            text = environment.get_template("chapter.html.j2").render(
                page=page, before=before and before.chapter, after=after and after.chapter
            )
            (folder / "index.html").write_text(text, encoding="utf-8")
            for name, data in page.pictures.items():
                (folder / name).write_bytes(data)
        (site / "index.html").write_text(
            environment.get_template("index.html.j2").render(pages=pages), encoding="utf-8"
        )
        shutil.copyfile(TEMPLATES / "style.css", site / "style.css")
        if found := [leak for chapter in chapters for leak in leaks(chapter, site / chapter.name)]:
            raise DeclarationError(
                "no site was written; it would show what is for graders alone:\n"
                + "\n".join(f"  {leak}" for leak in found)
            )
        for chapter in chapters:
            shutil.rmtree(out / chapter.name, ignore_errors=True)
        shutil.copytree(site, out, dirs_exist_ok=True)
    return pages


def chapter_page(chapter: Chapter, built: Path) -> Page:
    """A chapter's page, from its student's notebook and the pictures of its solved one, as built."""
    student = _read(built / "student" / chapter.name / f"{chapter.name}.ipynb")
    solved = _read(built / "dist" / "solutions" / f"{chapter.name}.ipynb")
    drawn = {cell.id: _drawn(cell) for cell in solved.cells if cell.cell_type == "code"}
    pictures = {path.name: path.read_bytes() for path in chapter.data_paths if path.suffix.lower() in IMAGES}
    renderer = Renderer(chapter)
    parts = []
    for cell in student.cells:
        stem = cell.id.removeprefix(f"{chapter.name}-")
        if stem in FOR_WORK or cell.source.startswith("grader."):
            continue
        part = renderer.of(cell)
        if stem.endswith("-points"):
            part = f'<section class="turn">\n{part}'
        elif stem.endswith("-answer"):
            part += "</section>\n"
        parts.append(part)
        if picture := drawn.get(cell.id):
            data, words = picture
            if told := _answered_by(chapter, words):
                parts.append(
                    f'<p class="about">A picture of the answer to <code>{told}</code> stands here.</p>'
                )
                continue
            pictures[f"{stem}.png"] = data
            parts.append(_figure(f"{stem}.png", data, words))
    title, *rest = parts
    heading, _, opening = title.partition("</h1>")
    return Page(
        chapter,
        title=f"{heading}</h1>",
        summary=opening.partition("</p>")[0] + "</p>",
        sections=re.findall(r'<h2 id="([^"]*)">(.*?)<a class="anchor-link"', "".join(rest)),
        body=opening + "\n".join(rest),
        pictures=pictures,
    )


def _read(path: Path) -> NotebookNode:
    if not path.is_file():
        raise DeclarationError(f"{path} is not built yet: run `make build`")
    return nbformat.read(path, as_version=4)


class Renderer(IPythonRenderer):  # type: ignore[misc]
    """Markdown as Jupyter shows it, with each formula as MathML, which browsers show by themselves."""

    def __init__(self, chapter: Chapter) -> None:
        super().__init__(escape=False)
        self.chapter = chapter

    def of(self, cell: NotebookNode) -> str:
        """A cell as HTML."""
        if cell.cell_type == "markdown":
            return str(MarkdownWithMath(renderer=self)(cell.source))
        return str(self.block_code(cell.source, "python"))

    def block_math(self, body: str) -> str:
        return f'<div class="formula" tabindex="0">{self._formula(body, displayed=True)}</div>\n'

    def inline_math(self, body: str) -> str:
        return self._formula(body, displayed=False)

    def latex_environment(self, name: str, body: str) -> str:
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")

    def _formula(self, tex: str, *, displayed: bool) -> str:
        try:
            return AS_MATHML.convert_with_local_state(tex.strip(), displaystyle=displayed)
        except LatexError as error:
            raise DeclarationError(
                f"the site cannot show the formula `{tex.strip()}`: {error}", self.chapter.markdown_path
            ) from error


def _drawn(cell: NotebookNode) -> tuple[bytes, str] | None:
    """The picture a cell draws, and its words."""
    for output in cell.get("outputs", []):
        if found := DRAWN.search(output.get("data", {}).get("text/html", "")):
            return base64.b64decode(found[1]), html.unescape(found[2])
    return None


def _figure(name: str, data: bytes, words: str) -> str:
    """A picture as large as it was drawn: a PNG has its width and height behind its first sixteen bytes."""
    width, height = (int.from_bytes(data[start : start + 4], "big") for start in (16, 20))
    said = html.escape(words)
    image = f'<img src="{name}" alt="{said}" width="{width}" height="{height}">'
    caption = f"<figcaption><details><summary>The picture in words</summary>{said}</details></figcaption>"
    return f'<figure class="drawn">{image}{caption}</figure>\n'


def _answered_by(chapter: Chapter, words: str) -> str:
    """The question whose answer a picture's words tell, pair by pair; empty if there is none."""
    for name, question in chapter.questions.items():
        if isinstance(question, WorkedValue):
            answer: Any = chapter.answer(question)
            if isinstance(answer, dict) and all(
                re.search(rf"\b{re.escape(str(key))}\b[\s:]+(?:to )?{re.escape(str(value))}\b", words)
                for key, value in answer.items()
            ):
                return name
    return ""
