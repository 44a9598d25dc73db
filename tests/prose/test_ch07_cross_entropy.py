"""Every number that the prose of Chapter VII claims, worked out and found in the text."""

import math

import numpy as np
import pytest

from prose.claims import prose, unclaimed

TEXT = prose("ch07_cross_entropy")


def ln(x):
    return math.log(x)


def surprise(p):
    return -math.log(p) if p < 1 else 0.0


def divergence(p, q):
    return sum(a * ln(a / b) for a, b in zip(p, q, strict=True))


def entropy(p):
    return -sum(a * ln(a) for a in p)


def softmax(z):
    weights = np.exp(np.array(z) - max(z))
    return weights / weights.sum()


def loss_of(z, target):
    return math.log(np.exp(z).sum()) - z[target]


def best_loss_of_probabilities(size):
    """The loss of a perfect prediction over so many tokens, its probabilities taken for logits."""
    return math.log(math.e + size - 1) - 1


FIRST = [1, 0.8, 0.4, 0.2, 0.02]
P, Q = [0.5, 0.5, 0], [0.25, 0.7, 0.05]
WEIGHTED = [-a * ln(b) for a, b in zip(P, Q, strict=True)]
POSITIONS = [surprise(0.7), surprise(0.4)]
ROW = loss_of([2, 1, 0.5], 0)
XS = [0.25, 0.5, 1, 2, 4]
BLIND, FOOLED = ln(50_000), best_loss_of_probabilities(50_000)

CLAIMS = [
    "| probability of the token that came | " + " | ".join(f"{p:g}" for p in FIRST) + " |",
    "| surprise, $-\\ln p$ | 0 | " + " | ".join(f"{surprise(p):.3f}" for p in FIRST[1:]) + " |",
    "Halving the probability, from 0.8 to 0.4 or from 0.4 to 0.2, costs the same each time, another"
    f" $\\ln 2 \\approx {ln(2):.3f}$",
    f"$0.4 \\cdot 0.2 = {0.4 * 0.2:.2f}$, whose surprise is $-\\ln 0.08 = {surprise(0.4 * 0.2):.3f}$: the"
    f" sum of"
    f" {surprise(0.4):.3f} and {surprise(0.2):.3f}, up to rounding",
    f"the two tokens cost {1 - 0.4:g} and {1 - 0.2:g}, which is {2 - 0.4 - 0.2:g}, and the text as a whole"
    f" costs {1 - 0.4 * 0.2:g}",
    f"one nat is {1 / ln(2):.3f} bits",
    f'If "the" comes, the surprise is $-\\ln 0.7 = {surprise(0.7):.3f}$.'
    f' If "an" comes, it is $-\\ln 0.1 = {surprise(0.1):.3f}$',
    f"Is {surprise(0.1):.3f} a lot?",
    f"a surprise of $\\ln 6 = {ln(6):.3f}$ is the throw of a die",
    f"Half the probability adds {ln(2):.2f} to the loss and doubles the perplexity. A tenth of the"
    f" probability"
    f" adds {ln(10):.1f} and multiplies the perplexity by ten",
    f"| happens, $p_i$ | {P[0]} | {P[1]} | {P[2]} | {sum(P):g} |",
    f"| predicted, $q_i$ | {Q[0]} | {Q[1]} | {Q[2]} | {sum(Q):g} |",
    "| surprise, $-\\ln q_i$ | " + " | ".join(f"{surprise(q):.3f}" for q in Q) + " | |",
    f"| weighted, $-p_i \\ln q_i$ | {WEIGHTED[0]:.3f} | {WEIGHTED[1]:.3f} | 0 | {sum(WEIGHTED):.3f} |",
    f"The mean surprise must be $\\ln 2 \\approx {ln(2):.3f}$",
    f"for 0.7 against 0.3 it is {entropy([0.7, 0.3]):.3f}",
    "| $x$ | " + " | ".join(f"{x:g}" for x in XS) + " |",
    "| $\\ln x$ | " + " | ".join(f"{ln(x):.3f}" if x != 1 else "0" for x in XS) + " |",
    "| $x - 1$ | " + " | ".join(f"{x - 1:g}" for x in XS) + " |",
    "With $p = [0.7, 0.3]$ and $q = [0.9, 0.1]$, $D_{\\mathrm{KL}}(p \\,\\|\\, q)$ is"
    f" {divergence([0.7, 0.3], [0.9, 0.1]):.3f} and $D_{{\\mathrm{{KL}}}}(q \\,\\|\\, p)$ is"
    f" {divergence([0.9, 0.1], [0.7, 0.3]):.3f}",
    f"| 1 | [0.7, 0.2, 0.1] | 0 | 0.7 | {POSITIONS[0]:.3f} |",
    f"| 2 | [0.1, 0.5, 0.4] | 2 | 0.4 | {POSITIONS[1]:.3f} |",
    f"| mean | | | | {sum(POSITIONS) / 2:.3f} |",
    f"The mean of the means is {(4 + 1) / 2:g}. The mean over the ten tokens is"
    f" $(2 \\cdot 4 + 8 \\cdot 1) / 10 = {(2 * 4 + 8 * 1) / 10:g}$",
    f"and its loss, by the formula below, is {1000 + ln(1 + math.exp(-1000)):.0f}",
    f"The row $[2, 1, 0.5]$ with target 0 has the loss $\\ln {np.exp([2, 1, 0.5]).sum():.3f} - 2 ="
    f" {ROW:.3f}$; the"
    f" row $[0, 0, 0]$ with target 2 has $\\ln 3 = {ln(3):.3f}$; their mean is {(ROW + ln(3)) / 2:.3f}",
    f"A perfect prediction, and the loss is {best_loss_of_probabilities(3):.3f}",
    f"A blind guess costs $\\ln 50000 = {BLIND:.2f}$, and the most perfect of predictions, taken for logits,"
    f" still"
    f" costs {FOOLED:.2f}",
    f"The losses $[1, 3, 5]$ have the mean 3 and the perplexity $\\exp(3) = {math.exp(3):.1f}$: on average"
    f" as unsure"
    f" as a choice among {math.exp(3):.0f} equally likely tokens. The other order, the mean of $\\exp(1)$,"
    f" $\\exp(3)$"
    f" and $\\exp(5)$, gives {np.exp([1, 3, 5]).mean():.1f}",
    f"50,000 tokens has a loss of {BLIND:.2f} and a perplexity of {math.exp(BLIND):,.0f}",
]

# What the text gives: inputs of its examples, sizes of vocabularies, a shape, and years.
GIVEN = ["0.4", "0.7", "0.2", "0.1", "0.5", "0.002", "1.0", "0.0", "1000", "50,000", "2018", "2022", "2024"]


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_text_says_what_is_worked_out(claim):
    assert claim in TEXT


def test_no_number_of_the_text_is_left_without_a_claim():
    assert unclaimed(TEXT, CLAIMS, GIVEN) == []


def test_an_seems_more_than_six_times_as_surprising_as_the():
    assert "more than six times the bill" in TEXT
    assert 6 < surprise(0.1) / surprise(0.7) < 7


def test_a_perfect_prediction_taken_for_logits_saves_one_nat():
    assert "comes down by one nat and stays there" in TEXT
    assert pytest.approx(1, abs=1e-3) == BLIND - FOOLED
    # Blind guesses are the same however often softmax is taken.
    assert softmax([1 / 9] * 9) == pytest.approx([1 / 9] * 9)


def test_the_second_probability_of_the_cell_underflows():
    assert "has become 0. The loss is infinite" in TEXT
    assert softmax([1000.0, 0.0])[1] == 0


def test_one_slip_outweighs_nine_better_predictions():
    assert "Nine better predictions, and one slip outweighs them all" in TEXT
    assert 0.7**9 * 0.002 < 0.4**10 < 0.7**10


def test_the_logarithm_lies_below_its_tangent():
    assert "is below it everywhere else" in TEXT
    assert all(ln(x) < x - 1 for x in XS if x != 1)


def test_the_nan_swallows_the_sum():
    with np.errstate(all="ignore"):
        assert np.isnan(-np.dot([0.5, 0.5, 0.0], np.log([0.5, 0.5, 0.0])))
