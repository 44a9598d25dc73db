"""Every number that the prose of Chapter X claims, worked out and found in the text."""

import math

import numpy as np
import pytest

from prose.claims import prose, unclaimed

TEXT = prose("ch10_attention")


def softmax(scores):
    """By the definition; -inf counts as nothing."""
    weights = [math.exp(score) for score in scores]
    return [weight / math.fsum(weights) for weight in weights]


def listed(numbers, digits=3):
    return "[" + ", ".join(f"{number:.{digits}f}" for number in numbers) + "]"


QUERY, KEYS = [1, 1, 0, 2], [[2, 0, 1, 1], [0, 2, 1, 0], [0, 0, 3, 0]]
VALUES = np.array([[6, 0], [0, 6], [3, 3]])
PRODUCTS = [sum(q * k for q, k in zip(QUERY, key, strict=True)) for key in KEYS]
SCORES = [product / math.sqrt(4) for product in PRODUCTS]
WEIGHTS = softmax(SCORES)
HIDDEN = softmax([2, -math.inf, 0])


def sizes_of_jacobians(d_k, queries=1024, keys=16):
    """The middle size of softmax's Jacobian over random queries, of undivided and of scaled scores."""
    rng = np.random.default_rng(0)
    sizes = {1.0: [], math.sqrt(d_k): []}
    for _ in range(20):
        for divisor, found in sizes.items():
            q, k = rng.standard_normal((queries, d_k)), rng.standard_normal((queries, keys, d_k))
            scores = np.einsum("id,ijd->ij", q, k) / divisor
            p = np.exp(scores - np.logaddexp.reduce(scores, axis=1, keepdims=True))
            # The sum of squares of p_i (delta_ij - p_j), multiplied out.
            squares = (p**2).sum(axis=1)
            found.extend(np.sqrt(np.maximum(squares - 2 * (p**3).sum(axis=1) + squares**2, 0)))
    return [float(np.median(found)) for found in sizes.values()]


CLAIMS = [
    f"| query · key | {' | '.join(map(str, PRODUCTS))} |",
    f"| divided by $\\sqrt{{4}} = 2$ | {' | '.join(f'{score:g}' for score in SCORES)} |",
    f"| softmax | {' | '.join(f'{weight:.3f}' for weight in WEIGHTS)} |",
    f"${WEIGHTS[0]:.3f} \\cdot [6, 0] + {WEIGHTS[1]:.3f} \\cdot [0, 6] + {WEIGHTS[2]:.3f} \\cdot [3, 3] "
    f"= {listed(WEIGHTS @ VALUES, 2)}$",
    f"The scores $[2, 1, 0]$ give ${listed(WEIGHTS)}$; with the middle key hidden they give"
    f" $[{HIDDEN[0]:.3f}, {HIDDEN[1]:g}, {HIDDEN[2]:.3f}]$.",
    f"The weights ${listed(WEIGHTS)}$ on the values $[6, 0]$, $[0, 6]$, $[3, 3]$ give the "
    f"${listed(WEIGHTS @ VALUES, 2)}$",
    f"$[2 \\cdot 1 + 1 \\cdot 3,\\; 2 \\cdot 0 + 1 \\cdot 1] = [{2 * 1 + 1 * 3}, {2 * 0 + 1 * 1}]$",
    f"have the dot products {1 * 3 + 0 + 0 + 1} and {2 * 4}, and with $\\sqrt{{4}} = 2$ the scores "
    f"$[[{4 // 2}, {8 // 2}]]$",
    f"the joined row is $[1, 2]$, and $W_O = [[3, 0], [0, 5]]$ makes it $[{1 * 3}, {2 * 5}]$",
]

# What the text gives: sizes it quotes, settings, years.
SIZES_AND_YEARS = "768 4,096 512 2017 2019 2022 1,024 256"
GIVEN = set(SIZES_AND_YEARS.split())


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_text_says_what_is_worked_out(claim):
    assert claim in TEXT


def test_the_undivided_scores_let_hardly_any_slope_through():
    raw, scaled = sizes_of_jacobians(256)
    claim = "At $d_k = 256$ the undivided scores leave a Jacobian of size 0.007, the scaled ones 0.304"
    assert claim in TEXT
    # The middle of 20,480 random sizes; that of the picture's 1,024 wavers by some 0.001.
    assert raw == pytest.approx(0.007, abs=0.0015)
    assert scaled == pytest.approx(0.304, abs=0.002)
    assert f"{claim}: a factor of more than forty" in TEXT
    assert scaled / raw > 40


def test_no_number_of_the_text_is_left_without_a_claim():
    measured = "leave a Jacobian of size 0.007, the scaled ones 0.304"
    assert unclaimed(TEXT, [*CLAIMS, measured], GIVEN) == []


def test_masked_zeros_through_softmax_are_a_running_mean():
    assert "It is the running mean, exactly." in TEXT
    X = np.array([[4.0, 0.0], [0.0, 2.0], [2.0, 4.0]])
    for i in range(3):
        weights = softmax([0.0] * (i + 1) + [-math.inf] * (2 - i))
        np.testing.assert_allclose(weights @ X, X[: i + 1].mean(axis=0), rtol=1e-15)


def test_the_variance_of_a_dot_product_is_its_number_of_terms():
    assert r"is $\mathbb{E}[q_i^2 k_i^2] = \mathbb{E}[q_i^2]\,\mathbb{E}[k_i^2] = 1 \cdot 1 = 1$" in TEXT
    rng = np.random.default_rng(10)
    q, k = rng.standard_normal((2, 200_000, 4))
    # The variance of a product of normals has a standard error of sqrt(8 / 200,000) = 0.006 per term.
    assert ((q * k) ** 2).mean() == pytest.approx(1, abs=0.02)
    assert (q * k).sum(axis=1).var() == pytest.approx(4, abs=0.1)


def sentence_weights(X, seen=None):
    W_Q = np.array([[1.2, 0], [0, 2], [2, 0], [0, 0]])
    W_K = np.array([[0, 0], [1.5, 0], [0, 2], [0.5, 0]])
    scores = X @ W_Q @ (X @ W_K).T / math.sqrt(2)
    return [softmax(row[: (len(row) if seen is None else i + 1)]) for i, row in enumerate(scores)]


SENTENCE = np.array([[1, 0, 0, 0], [0, 1, 0, 1], [0, 0, 1, 0], [1, 0, 0, 0], [0, 1, 0, -1]])


def test_the_two_rows_of_the_agree_and_cat_falls_back_to_the_average():
    assert 'The two rows of "the" agree.' in TEXT
    assert "Its two scores are equal, so it falls back to the plain average." in TEXT
    rows = sentence_weights(SENTENCE)
    assert rows[0] == rows[3]
    assert sum(row == rows[0] for row in rows) == 2
    assert sentence_weights(SENTENCE, seen="so far")[1] == [0.5, 0.5]


def test_chased_looks_at_the_one_that_chases():
    swapped = SENTENCE.copy()
    swapped[1, 3], swapped[4, 3] = -1, 1
    assert np.argmax(sentence_weights(SENTENCE)[2]) == 1
    assert np.argmax(sentence_weights(swapped)[2]) == 4


def test_two_queries_that_look_elsewhere_get_the_same_output():
    assert "One query divides its attention between the first two tokens and ignores the third" in TEXT
    np.testing.assert_array_equal(np.array([0.5, 0.5, 0.0]) @ VALUES, np.array([0.0, 0.0, 1.0]) @ VALUES)


def test_rotated_queries_and_keys_know_their_distance_alone():
    assert "have a dot product that depends on $i - j$ alone" in TEXT
    rotated = {i: np.array([math.cos(0.5 * i), math.sin(0.5 * i)]) for i in (0, 2, 5, 7)}
    assert rotated[2] @ rotated[0] == pytest.approx(rotated[7] @ rotated[5])
