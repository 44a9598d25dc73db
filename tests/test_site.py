"""The site to read: every chapter, its pictures and formulas, nothing from a network, and no answer."""

import re
import shutil
from html.parser import HTMLParser

import nbformat
import pytest
from conftest import CHAPTERS, ROOT

from autograder.course.chapter import Course, read_chapter
from autograder.course.question import DeclarationError
from autograder.course.source import source_of
from autograder.publish.leaks import leaks
from autograder.publish.site import Renderer, chapter_page, write_site


@pytest.fixture(scope="module")
def chapters():
    return Course.at(ROOT).chapters()


@pytest.fixture(scope="module")
def site(chapters, built, tmp_path_factory):
    out = tmp_path_factory.mktemp("site")
    write_site(chapters, built, out)
    return out


class Places(HTMLParser):
    """Where a page's links and pictures lead, and what may be linked to."""

    def __init__(self, text):
        super().__init__()
        self.leads, self.anchors = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.leads += [given[name] for name in ("href", "src") if name in given]
        self.anchors.add(given.get("id"))


def pages_of(site):
    return {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}


def test_there_is_a_page_for_each_chapter_and_an_index_that_leads_to_it(site, chapters):
    index = (site / "index.html").read_text(encoding="utf-8")
    for chapter in chapters:
        assert f'<a href="{chapter.name}/index.html">{chapter.title}</a>' in index
        assert f"{len(chapter.questions)} questions, {chapter.points:g} points." in index
        assert "<h1" in (site / chapter.name / "index.html").read_text(encoding="utf-8")


def test_whatever_a_page_leads_to_is_there(site):
    for path, text in pages_of(site).items():
        places = Places(text)
        for lead in places.leads:
            if lead.startswith("#"):
                assert lead[1:] in places.anchors, (path, lead)
            elif not lead.startswith("https://"):
                assert (path.parent / lead).is_file(), (path, lead)


def test_nothing_on_a_page_comes_from_a_network(site):
    for path, text in pages_of(site).items():
        loaded = re.findall(r"<(?:script|iframe|object|img|link|style)\b[^>]*>", text)
        assert [tag for tag in loaded if "//" in tag or tag.startswith("<script")] == [], path
    assert "//" not in (site / "style.css").read_text() and "@import" not in (site / "style.css").read_text()


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_page_asks_every_question_and_answers_none(site, name):
    chapter = read_chapter(ROOT, name)
    text = (site / name / "index.html").read_text(encoding="utf-8")
    for question in chapter.questions:
        assert f"Your turn: <code>{question}</code>" in text
    assert text.count('<section class="turn">') == text.count("</section>") == len(chapter.questions)
    assert not re.search(r"<pre>(<span></span>)?(<span[^>]*>)?grader", text)
    assert "handing_in" not in text
    assert leaks(chapter, site / name) == []


def test_the_scan_sees_through_a_pages_tags(site, tmp_path):
    chapter = read_chapter(ROOT, "ch06_softmax")
    question = chapter.questions["softmax"]
    hidden = next(check for check in question.checks if check.hidden)
    code = Renderer(chapter).block_code
    secrets = {
        "the reference of `softmax`": code(source_of(chapter.references["softmax"]), "python"),
        "a hidden check of `softmax`": code(source_of(hidden.function), "python"),
        "the title of a hidden check of `softmax`": f'<img alt="{hidden.title}">',
        "the hint of a misconception of `softmax`": f"<!-- {question.misconceptions[0].hint} -->",
        "the answer to `exercise_13`": "<code>exercise_13 <b>=</b> [0.3333, 0.3333, 0.3333]</code>",
    }
    for what, secret in secrets.items():
        folder = tmp_path / "page"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        page = (site / chapter.name / "index.html").read_text(encoding="utf-8")
        (folder / "index.html").write_text(page.replace("</main>", f"{secret}</main>"), encoding="utf-8")
        assert what in {leak.what for leak in leaks(chapter, folder)}


def test_a_leak_is_told_and_nothing_is_written(built, tmp_path):
    chapter = read_chapter(ROOT, "ch06_softmax")
    copy = tmp_path / "built"
    notebook = copy / "student" / chapter.name / f"{chapter.name}.ipynb"
    for place in (notebook.parent, copy / "dist" / "solutions"):
        shutil.copytree(built / place.relative_to(copy), place)
    leaky = nbformat.read(notebook, as_version=4)
    leaky.cells[-1:] = [nbformat.v4.new_code_cell(source_of(chapter.references["softmax"]), id="leak")]
    nbformat.write(leaky, notebook)
    with pytest.raises(DeclarationError, match="no site was written"):
        write_site([chapter], copy, tmp_path / "site")
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("name", CHAPTERS)
def test_pictures_are_those_of_the_solved_notebook(built, site, name):
    solved = nbformat.read(built / "dist" / "solutions" / f"{name}.ipynb", as_version=4)
    drawn = [c.id for c in solved.cells if '<figure class="drawn"' in str(c.get("outputs", ""))]
    page = chapter_page(read_chapter(ROOT, name), built)
    held_back = page.body.count("A picture of the answer to")
    assert len(page.pictures) == len(drawn) - held_back > 0
    assert {f"{name}-{picture.removesuffix('.png')}" for picture in page.pictures} <= set(drawn)
    for picture, data in page.pictures.items():
        assert data.startswith(b"\x89PNG") and (site / name / picture).read_bytes() == data
        assert re.search(rf'<img src="{picture}" alt="[^"]{{40,}}" width="\d+" height="\d+">', page.body)


def test_a_picture_that_tells_an_answer_is_held_back(built):
    page = chapter_page(read_chapter(ROOT, "ch01_vectors"), built)
    assert page.body.count("A picture of the answer to <code>neighbours</code> stands here.") == 1
    assert "queen to king" not in page.body


@pytest.mark.parametrize("name", CHAPTERS)
def test_formulas_are_mathml_and_no_tex_is_left(site, name):
    text = (site / name / "index.html").read_text(encoding="utf-8")
    assert "<math>" in text
    prose = re.sub(r"<pre.*?</pre>|<code.*?</code>", "", text, flags=re.DOTALL)
    assert "$" not in prose
    assert "\\" not in prose


def test_a_formula_that_cannot_be_shown_is_told():
    chapter = read_chapter(ROOT, "ch01_vectors")
    with pytest.raises(DeclarationError, match=r"chapter\.md.*cannot show the formula `\\nonsense`"):
        Renderer(chapter).inline_math(r"\nonsense")


def test_what_is_not_built_is_told(tmp_path):
    with pytest.raises(DeclarationError, match="is not built yet: run `make build`"):
        write_site([read_chapter(ROOT, "ch01_vectors")], tmp_path, tmp_path / "site")
