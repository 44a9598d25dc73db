"""What a test can hold of a notebook's readability: headings in order, words beside pictures, colours that
survive grey, a calm tone."""

import itertools
import re

import matplotlib.colors
import nbformat
import numpy as np
import pytest
from conftest import CHAPTERS

from autograder.kit import pictures


@pytest.fixture(params=CHAPTERS)
def student(built, request):
    return nbformat.read(built / "student" / request.param / f"{request.param}.ipynb", as_version=4)


@pytest.fixture(params=CHAPTERS)
def solved(built, request):
    return nbformat.read(built / "dist" / "solutions" / f"{request.param}.ipynb", as_version=4)


def prose(notebook):
    return [
        (cell.id, re.sub(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$", " ", cell.source, flags=re.DOTALL))
        for cell in notebook.cells
        if cell.cell_type == "markdown"
    ]


def test_headings_come_in_order_under_one_title(student):
    levels = [
        len(match)
        for cell in student.cells
        if cell.cell_type == "markdown"
        for match in re.findall(
            r"^(#+) ", re.sub(r"```.*?```", "", cell.source, flags=re.DOTALL), re.MULTILINE
        )
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_a_reader_meets_the_title_first(student):
    assert student.cells[0].cell_type == "markdown"
    assert student.cells[0].source.startswith("# Chapter ")


def test_the_tone_is_calm(student):
    for cell_id, text in prose(student):
        assert "!" not in text.replace("!=", "").replace("![", ""), (cell_id, text)
        for word in (
            "simply",
            "obviously",
            "of course",
            "clearly",
            "trivially",
            "as you know",
            "congratulations",
            "great job",
            "well done",
        ):
            assert not re.search(rf"\b{word}\b", text, re.IGNORECASE), (cell_id, word)
        assert not re.search("[\U0001f300-\U0001faff]", text), cell_id


def test_every_picture_has_axes_and_words(solved):
    shown = [
        output.data["text/html"]
        for cell in solved.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "image/png;base64" in str(output.get("data", ""))
    ]
    assert shown
    assert len(shown) == sum(
        len(re.findall(r"^ *(?:@picture|drawings\.\w+\()", cell.source, re.MULTILINE))
        for cell in solved.cells
    )
    for html in shown:
        (alternative,) = re.findall(r'alt="([^"]*)"', html)
        assert len(alternative.split()) >= 8
        assert "nan" not in alternative.split()


def test_images_in_the_text_have_a_text_alternative(student):
    for _, text in prose(student):
        assert not re.search(r"!\[\s*\]\(", text)
        assert all("alt=" in tag for tag in re.findall(r"<img[^>]*>", text))


def test_tables_have_a_header_row(student):
    for cell in student.cells:
        if cell.cell_type == "markdown":
            for table in re.findall(r"(?:^\|.*\n?)+", cell.source, re.MULTILINE):
                assert re.match(r"\|[^\n]*\S[^\n]*\|\n\|(\s*:?-+:?\s*\|)+", table), (cell.id, table)


def seen_as(colour, kind):
    """An RGB colour as a dichromat sees it (Viénot, Brettel and Mollon, 1999)."""
    linear = np.where(
        np.array(colour) <= 0.04045, np.array(colour) / 12.92, ((np.array(colour) + 0.055) / 1.055) ** 2.4
    )
    matrices = {
        "protan": [[0.11238, 0.88762, 0.0], [0.11238, 0.88762, 0.0], [0.00401, -0.00401, 1.0]],
        "deutan": [[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]],
        "grey": [[0.2126, 0.7152, 0.0722]] * 3,
    }
    return np.clip(np.array(matrices[kind]) @ linear, 0, 1) ** (1 / 2.2)


@pytest.mark.parametrize("kind", ["protan", "deutan", "grey"])
def test_neighbouring_colours_stay_apart_in_grey_and_for_colour_blind_eyes(kind):
    first = [seen_as(matplotlib.colors.to_rgb(colour), kind) for colour in pictures.COLOURS[:3]]
    for i, a in enumerate(first):
        for b in first[i + 1 :]:
            # A just noticeable difference is about 0.02 of this range; neighbours in a plot want several.
            assert np.abs(a - b).max() > 0.1


def test_nothing_is_told_by_colour_alone_where_the_palette_offers_more():
    assert len(set(pictures.LINES)) == len(set(pictures.HATCHES)) == len(pictures.COLOURS) == 4
