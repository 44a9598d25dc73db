"""Every number that the prose of Chapter II claims, worked out and found in the text."""

import importlib.util
import itertools
import json
import math
import re

import numpy as np
import pytest

from prose.claims import ASSIGNMENTS, prose, unclaimed

TEXT = prose("ch02_dot_product")
SOURCE = (ASSIGNMENTS / "ch02_dot_product" / "chapter.md").read_text(encoding="utf-8")

KING, QUEEN = np.array([3, 7]), np.array([4, 6.5])
MOST = math.hypot(*KING) * math.hypot(*QUEEN)
CAT, DOG = np.array([2, 5, 1]), np.array([3, 4, 2])
COSINE = CAT @ DOG / math.sqrt((CAT @ CAT) * (DOG @ DOG))
# The cosine that rounding makes of 1, and the angle that it makes of a cosine just below 1.
PAST_ONE = math.nextafter(1, 2)
NOT_QUITE_ZERO = math.degrees(math.acos(1 - 2 * math.ulp(0.5)))
EDGES = [0.9, 0.7, 0.4, 0.0]


def cosine_of(degrees):
    return f"{round(math.cos(math.radians(degrees)), 3):g}".replace("-0.", "-0.")


CLAIMS = [
    "| king | 3 | 7 | |",
    "| queen | 4 | 6.5 | |",
    f"| product | {3 * 4} | {7 * 6.5} | {KING @ QUEEN} |",
    f"Is {KING @ QUEEN} a lot?",
    f"$\\lVert \\text{{king}} \\rVert \\approx {math.hypot(*KING):.3f}$ times $\\lVert \\text{{queen}}"
    " \\rVert"
    f" \\approx {math.hypot(*QUEEN):.3f}$ is about {MOST:.2f}",
    f"The score is ${KING @ QUEEN} / {MOST:.2f} \\approx {KING @ QUEEN / MOST:.3f}$ of the maximum",
    '"king" is $[3, 7]$ and "queen" is $[4, 6.5]$, say',
    f"| $a_i b_i$ | {2 * 3} | {5 * 1} | {1 * 4} | {2 * 3 + 5 * 1 + 1 * 4} |",
    "| $\\cos(\\theta)$ | " + " | ".join(cosine_of(d) for d in (0, 45, 60, 90, 120, 180)) + " |",
    "| $\\theta$ | 0° | 45° | 60° | 90° | 120° | 180° |",
    f"The dot product is $6 + 20 + 2 = {CAT @ DOG}$",
    f"$\\sqrt{{4 + 25 + 1}} = \\sqrt{{{CAT @ CAT}}} \\approx {math.hypot(*CAT):.3f}$",
    f"$\\sqrt{{9 + 16 + 4}} = \\sqrt{{{DOG @ DOG}}} \\approx {math.hypot(*DOG):.3f}$",
    f"$28 / ({math.hypot(*CAT):.3f} \\times {math.hypot(*DOG):.3f}) \\approx {COSINE:.3f}$",
    f"the quotient comes out as {PAST_ONE}",
    f"the arccosine of {PAST_ONE}",
    f"half a turn is $\\pi \\approx {math.pi:.4f}$ and not 180",
    f"though you may see {NOT_QUITE_ZERO:.7f} or so",
    "| 0.90 to 1.00 | up to " + f"{math.degrees(math.acos(EDGES[0])):.0f}° |",
    "| 0.70 to 0.90 | up to " + f"{math.degrees(math.acos(EDGES[1])):.0f}° |",
    "| 0.40 to 0.70 | up to " + f"{math.degrees(math.acos(EDGES[2])):.0f}° |",
    "| 0.00 to 0.40 | up to " + f"{math.degrees(math.acos(EDGES[3])):.0f}° |",
    f"one random pair in {180 / math.degrees(math.acos(0.9)):.0f}".replace("7", "seven"),
    f"a standard deviation of $1/\\sqrt{{n}}$, which for $n = 768$ is {1 / math.sqrt(768):.3f}",
]

WORDS = json.loads((ASSIGNMENTS / "ch02_dot_product" / "words.json").read_text(encoding="utf-8"))
UNITS = [np.array(v) / math.hypot(*v) for v in WORDS.values()]
PAIRS = np.array([a @ b for a, b in itertools.combinations(UNITS, 2)])
CLAIMS += [
    f"the {len(WORDS)} words of Chapter I",
    f"Of all pairs of its words, {100 * np.mean(PAIRS > 0.7):.0f} in 100 lie above 0.7",
    f"but {100 * np.mean(PAIRS < 0):.0f} in 100 are negative",
]

# What the text gives: the table's bands, thresholds to talk about, counts of its own loops, years and sizes.
GIVEN = "0.5 0.55 0.7 0.4 0.95 1.00 0.00 0.00001 1,000 1000 768 2019 2020"


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_text_says_what_is_worked_out(claim):
    assert claim in TEXT


def test_no_number_of_the_text_is_left_without_a_claim():
    assert unclaimed(TEXT, CLAIMS, GIVEN.split()) == []


def test_about_a_quarter_of_all_vectors_are_more_than_similar_to_themselves():
    assert "About a quarter." in TEXT
    rng = np.random.default_rng(0)
    above = 0
    for _ in range(1000):
        v = rng.normal(size=3)
        above += v @ v / (np.linalg.norm(v) * np.linalg.norm(v)) > 1
    # Which of them it is hangs on the machine's rounding; the share hardly does.
    assert 150 < above < 350


def test_parallel_trees_differ_in_the_last_digit():
    query, ash = [0.7, 0.2, 1.8], [1.1, 1.3, 0.5]
    found = []
    for factor in (1, 11):
        tree = [factor * x for x in ash]
        product = sum(q * x for q, x in zip(query, tree, strict=True))
        found.append(product / (math.hypot(*query) * math.hypot(*tree)))
    assert found[0] != found[1]
    assert repr(found[0])[:-1] == repr(found[1])[:-1]


def test_random_directions_scatter_as_the_text_says():
    rng = np.random.default_rng(0)
    for n in (2, 16, 768):
        a, b = rng.normal(size=(2, 4000, n))
        cosines = np.sum(a * b, axis=1) / (np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1))
        # The standard deviation of 4,000 draws is uncertain by about 1 in 90; 5 in 100 is far outside.
        assert np.std(cosines) == pytest.approx(1 / math.sqrt(n), rel=0.05)


def vocabulary():
    (block,) = re.findall(r"^TOY = (\{.*?^\})", SOURCE, re.DOTALL | re.MULTILINE)
    return eval(block)


def test_emperor_is_the_most_similar_word_to_king_and_the_farthest():
    toy = {word: np.array(v) for word, v in vocabulary().items()}
    king = toy.pop("king")
    cosine = {w: v @ king / (np.linalg.norm(v) * np.linalg.norm(king)) for w, v in toy.items()}
    assert max(cosine, key=cosine.get) == "emperor"
    assert max(toy, key=lambda w: math.dist(toy[w], king)) == "emperor"


def test_the_short_vector_is_last_by_dot_product_and_first_by_cosine():
    drawing = (ASSIGNMENTS / "ch02_dot_product" / "drawings.py").read_text(encoding="utf-8")
    query = np.array([3.0, 1.0])
    assert "query = [3.0, 1.0]" in drawing
    vectors = {"b": [1.2, 0.5], "c": [2.0, 4.0], "d": [0.0, 4.5]}
    assert 'documents = {"b": [1.2, 0.5], "c": [2.0 * shrink_c, 4.0 * shrink_c], "d": [0.0, 4.5]}' in drawing
    by_dot = sorted(vectors, key=lambda w: -(query @ vectors[w]))
    by_cosine = sorted(vectors, key=lambda w: -(query @ vectors[w]) / math.hypot(*vectors[w]))
    assert (by_dot[-1], by_cosine[0]) == ("b", "b")


def test_the_table_and_the_labels_have_the_same_edges():
    spec = importlib.util.find_spec("solutions.ch02_dot_product")
    reference = (spec.loader.get_source("solutions.ch02_dot_product") or "").split("bands = [")[1]
    assert [float(edge) for edge in re.findall(r"\((\d\.\d+), ", reference)] == EDGES
