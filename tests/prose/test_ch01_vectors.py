"""Every number that the prose of Chapter I claims, worked out and found in the text."""

import itertools
import json
import math
import re

import numpy as np
import pytest
from conftest import ROOT

from autograder.course.chapter import read_chapter
from autograder.kit.checking import CheckFailed, expect, student
from prose.claims import ASSIGNMENTS, prose, unclaimed

TEXT = prose("ch01_vectors")
SOURCE = (ASSIGNMENTS / "ch01_vectors" / "chapter.md").read_text(encoding="utf-8")

FOUR_WORDS = {"king": (0.9, 0.8), "queen": (0.9, 0.2), "boy": (0.1, 0.8), "girl": (0.1, 0.2)}
MIXED = [k - b + g for k, b, g in zip(FOUR_WORDS["king"], FOUR_WORDS["boy"], FOUR_WORDS["girl"], strict=True)]
SQUARES = [x * x for x in (1, -2, 2)]
WRAPPED = np.array([12, 5], dtype=np.int8) * np.array([12, 5], dtype=np.int8)
INT8 = np.iinfo(np.int8)
GAP = (1 - 6, 2 - 14)
EXPONENTS = [math.floor(math.log10(x)) for x in (np.finfo(float).tiny, np.finfo(float).max)]

CLAIMS = [
    *[f"| {word} | {x} | {y} |" for word, (x, y) in FOUR_WORDS.items()],
    f"For $[1, -2, 2]$ the squares are {SQUARES[0]}, {SQUARES[1]} and {SQUARES[2]}, their sum is"
    f" {sum(SQUARES)},"
    f" and the magnitude is {math.isqrt(sum(SQUARES))}.",
    f"An int8 has room for {INT8.min} to {INT8.max}. The {12 * 12} does not fit, and wraps around to"
    f" {WRAPPED[0]}: a negative square",
    f"king - boy + girl is $[0.9 - 0.1 + 0.1,\\ 0.8 - 0.8 + 0.2] = [{MIXED[0]:.1f}, {MIXED[1]:.1f}]$, which"
    " is"
    " queen",
    f"$[6, 8]$ has magnitude {math.hypot(6, 8):.0f}, so its direction is $[{6 / 10}, {8 / 10}]$",
    f"Floating-point numbers reach from about 1e{EXPONENTS[0]} to 1e{EXPONENTS[1]}",
    f"Between $[1, 2]$ and $[6, 14]$ the difference is $[{GAP[0]}, {GAP[1]}]$, or $[{-GAP[0]}, {-GAP[1]}]$",
    f"the distance is $\\sqrt{{{GAP[0] ** 2} + {GAP[1] ** 2}}} = {math.hypot(*GAP):.0f}$",
    f'the word nearest to "cat" is "dog", at distance {math.dist((1, 1), (2, 1)):.0f};'
    f' "car" is almost {math.ceil(math.dist((1, 1), (9, 5)))} away',
    "$[3, 7]$ has dimension 2, and $[0.12, -0.85, 0.33, 0.71]$ has dimension 4.",
]

WORDS = json.loads((ASSIGNMENTS / "ch01_vectors" / "words.json").read_text(encoding="utf-8"))
CLAIMS += [
    f"press the table of counts into {len(WORDS['king'])} numbers per word",
    f"which of the {len(WORDS)} words is nearest",
    f"nearest word in all {len(WORDS['king'])} components",
    f"the other {len(WORDS['king']) - 2} are pressed flat",
]

# What the text gives: facts of models and papers, typical magnitudes from the primer, a library's constant.
GIVEN = "768 50,257 4,096 11.38 0.97 1e-8 200 2013 2016"


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_text_says_what_is_worked_out(claim):
    assert claim in TEXT


def test_no_number_of_the_text_is_left_without_a_claim():
    assert unclaimed(TEXT, CLAIMS, GIVEN.split()) == []


def test_the_sum_of_three_words_is_queen():
    assert pytest.approx(FOUR_WORDS["queen"]) == MIXED


def shares(a, b):
    return any(x == y for x, y in zip(FOUR_WORDS[a], FOUR_WORDS[b], strict=True))


def test_no_line_keeps_the_four_words_apart_as_the_table_does():
    """The argument of the text, for every order of the four words."""
    for order in itertools.permutations(FOUR_WORDS):
        if shares(order[0], order[3]):
            continue
        # Opposites at the ends: the inner two are opposites as well, and closer than two words that share.
        assert not shares(order[1], order[2])
        assert shares(order[0], order[2])


def test_the_plain_squares_leave_the_range_that_the_remedy_keeps_to():
    assert 1e-200 * 1e-200 == 0.0
    assert math.inf == 1e200 * 1e200
    v = np.array([1e-200, 0.0])
    assert math.sqrt(float(np.sum(v**2))) == 0.0
    assert (v / np.abs(v).max()).tolist() == [1.0, 0.0]


def test_numpy_stretches_one_component_and_refuses_two():
    assert (np.array([1, 2, 4]) - np.array([3])).shape == (3,)
    with pytest.raises(ValueError, match="broadcast"):
        np.array([1, 2, 4]) - np.array([3, 3])


def test_the_shortest_of_five_words_hangs_on_their_order():
    assert min(["pear", "fig", "banana", "nut", "date"], key=len) == "fig"
    assert min(["pear", "nut", "banana", "fig", "date"], key=len) == "nut"


@pytest.mark.parametrize("variant", ["primer", "spring", "autumn"])
def test_an_odd_number_of_words_leaves_an_arrow_unanswered(variant):
    chapter = read_chapter(ROOT, "ch01_vectors", variant)
    closest = chapter.answer(chapter.questions["neighbours"])
    assert any(closest[other] != word for word, other in closest.items())


def test_the_first_question_quotes_the_check_as_it_speaks():
    with pytest.raises(CheckFailed) as failed:
        expect(student("dimension", lambda _: 0), [3, 7]).to_equal(
            2, because="the dimension is how many numbers the vector holds"
        )
    (quoted,) = re.findall(r"```text\n(.*?)```", SOURCE, re.DOTALL)
    assert [line.strip() for line in quoted.splitlines() if line.strip()] == str(failed.value).split("\n")[:4]
    chapter = read_chapter(ROOT, "ch01_vectors")
    first = chapter.questions["dimension"].checks[0].function
    with pytest.raises(CheckFailed) as failed:
        first(student("dimension", lambda _: 0))
    assert str(failed.value).split("\n")[:4] == [line.strip() for line in quoted.splitlines() if line.strip()]


def test_the_nearest_of_the_words_nobody_chose_are_those_the_text_names():
    found = {
        word: min((math.dist(WORDS[word], WORDS[other]), other) for other in WORDS if other != word)[1]
        for word in ("bread", "queen")
    }
    assert found == {"bread": "wine", "queen": "esther"}
    assert (
        min((math.dist(WORDS["sun"], WORDS[other]), other) for other in WORDS if other != "sun")[1] == "moon"
    )


def test_the_page_has_another_nearest_word_for_as_many_as_the_text_says():
    points = np.array(list(WORDS.values()))
    centred = points - points.mean(axis=0)
    page = centred @ np.linalg.svd(centred)[2][:2].T

    def nearest_of(places):
        apart = np.linalg.norm(places[:, None] - places[None], axis=2)
        return (apart + np.diag([np.inf] * len(places))).argmin(axis=1)

    on_the_page, in_all = nearest_of(page), nearest_of(points)
    assert (
        f"for {(on_the_page != in_all).sum()} of the {len(WORDS)} words, the nearest word on the page" in TEXT
    )
    names = list(WORDS)
    assert names[on_the_page[names.index("wine")]] == "stars"
