"""Every number that the prose of Chapter XI claims, worked out and found in the text."""

import itertools
import json
import math

import numpy as np
import pytest

from prose.claims import ASSIGNMENTS, prose, unclaimed

TEXT = prose("ch11_capstone")
FOLDER = ASSIGNMENTS / "ch11_capstone"
RHYME = (FOLDER / "rhyme.txt").read_text(encoding="utf-8")
RECORDED = json.loads((FOLDER / "recorded.json").read_text(encoding="utf-8"))


def parts_of_the_model(V, n, d, h):
    """Embeddings, positions, the three projections, the mix, the two halves of the feed-forward layer, U."""
    return [V * d, n * d, 3 * d * d, d * d, d * h + h, h * d + d, d * V]


SMALL = parts_of_the_model(2, 3, 4, 5)
LARGE = sum(parts_of_the_model(26, 32, 32, 64))
REVERSING = [19 * 4, 19 * 4, 19 * 8]
DS = [0.5 * (3 - 2) / 2, 0.5 * (1 - 2) / 2]

CLAIMS = [
    f"a loss of $\\ln 2 = {math.log(2):.3f}$ per token and a perplexity of $\\exp({math.log(2):.3f}) = 2$",
    f"makes ${' + '.join(map(str, SMALL))} = {sum(SMALL)}$ numbers",
    f"That makes ${' + '.join(map(str, REVERSING))} = {sum(REVERSING)}$ numbers",
    f"your numerical `gradient` finds all {sum(REVERSING)} slopes",
    f"each of them evaluates the loss {2 * sum(REVERSING)} times",
    f"it was trained on {RECORDED['reverse']['seen']} of {6**5:,} possible ones",
    f"$[0.5 \\cdot 1, 0.5 \\cdot (-1)] / 2 = [{DS[0]:g}, {DS[1]:g}]$",
    "With $A = [0.5, 0.5]$, $dA = [3, 1]$ and $d_k = 4$ the mean is 2",
    "the weights $[0.75, 0.25]$ has, for $dO = [[1]]$, the slopes $dA = [4, 0]$",
    f"$dS = [0.75 \\cdot 1, 0.25 \\cdot (-3)] = [{0.75 * 1:g}, {0.25 * -3:g}]$",
    f"$dQ = [[{0.75 * 1:g}]]$, $dK = [[{0.75 * 2:g}], [{-0.75 * 2:g}]]$, $dV = [[{0.75:g}], [{0.25:g}]]$",
    f"with its {LARGE:,} parameters",
    f"A numerical gradient would evaluate the loss {2 * LARGE:,} times",
    f"{len(RHYME):,} characters, of which {len(set(RHYME))} differ",
    f"near the $\\ln 26 = {math.log(26):.3f}$ of a guess",
    f"A model of {LARGE:,} numbers that reads {len(RHYME):,} characters",
    "a learning rate of 0.02",
    f"Training will look at {600 * 6:,} windows",
]

# A year.
GIVEN = {"2018"}


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_text_says_what_is_worked_out(claim):
    assert claim in TEXT


def test_no_number_of_the_text_is_left_without_a_claim():
    assert unclaimed(TEXT, CLAIMS, GIVEN) == []


def test_the_weighted_means_are_those_of_the_text():
    assert 0.5 * 3 + 0.5 * 1 == 2
    assert "Their weighted mean is 3" in TEXT
    assert 0.75 * 4 + 0.25 * 0 == 3


def test_the_rhyme_is_as_the_text_describes_it():
    assert "nine verses" in TEXT
    assert len(RHYME.split("\n\n")) == 9
    after_horn = {RHYME[i:][:5] for i in range(len(RHYME)) if RHYME[:i].endswith("crumpled horn\n")}
    assert len(after_horn) == 1
    after_that = {RHYME[i:].split()[0] for i in range(len(RHYME)) if RHYME[:i].endswith("that ")}
    assert len(after_that) > 5


def test_what_was_recorded_is_what_the_text_says_of_it():
    reverse, masked, unmasked = (RECORDED[key] for key in ("reverse", "rhyme", "rhyme without a mask"))
    assert len(reverse["losses"]) == 40
    assert "Forty steps" in TEXT
    assert reverse["right"] == reverse["of"]
    # Before training, all symbols in sight count about alike; after it, the diagonal has nearly everything.
    before, after = (np.array(weights) for weights in reverse["maps"])
    for row in range(5, 11):
        np.testing.assert_allclose(before[row, : row + 1], 1 / (row + 1), atol=0.03)
    assert min(after[5 + i, 4 - i] for i in range(5)) > 0.9
    assert masked["steps"] == unmasked["steps"] == 600
    assert "Six hundred steps" in TEXT
    assert "ends far below it" in TEXT
    assert masked["losses"][-1] < masked["bigram"] / 5
    assert "falls *lower*" in TEXT
    assert unmasked["losses"][-1] < masked["losses"][-1]


def test_the_recorded_bigram_loss_is_counted_from_the_rhyme():
    pairs = list(itertools.pairwise(RHYME))
    counts = {a: [y for x, y in pairs if x == a] for a in set(RHYME)}
    loss = -sum(math.log(counts[a].count(b) / len(counts[a])) for a, b in pairs) / len(pairs)
    assert RECORDED["rhyme"]["bigram"] == pytest.approx(loss, abs=5e-4)


def test_the_smallest_gpt_2_is_as_much_larger_as_the_text_says():
    V, n, d, layers = 50_257, 1_024, 768, 12
    block = 4 * d * d + 4 * d + 2 * 4 * d * d + 5 * d + 4 * d
    assert "some eleven thousand times as many parameters" in TEXT
    assert 11_000 < (V * d + n * d + layers * block + 2 * d) / LARGE < 11_500
