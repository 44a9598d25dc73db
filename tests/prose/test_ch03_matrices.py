"""Every number that the prose of Chapter III claims, worked out and found in the text."""

import re

import numpy as np
import pytest

from prose.claims import prose, unclaimed

TEXT = prose("ch03_matrices")

RATES, JOB = [[4, 1], [2, 5], [0, 7], [3, 3]], [3, 2]
FIGURE_4 = np.array([[2, 0], [0, 3], [1, 1]]) @ [4, 2]
EXAMPLE_3 = np.array([[1, 0, 2], [0, 3, 1]])
PRODUCT = EXAMPLE_3 @ [[1, 2], [0, 1], [3, 0]]
FALLS = np.array([[1, 2], [0.5, 1]])
TURN, STRETCH = np.array([[0, -1], [1, 0]]), np.array([[2, 0], [0, 1]])
BLOCK = 2 * 768 * 3072 + 3072 + 768
LAYERS = 12
# The smallest GPT-2: tokens, positions, per layer two norms, attention and the block, and a last norm.
GPT_2 = 50257 * 768 + 1024 * 768 + LAYERS * (4 * 768 + 4 * 768 * 768 + 4 * 768 + BLOCK) + 2 * 768
FULL, LOW_RANK = 768 * 768, 768 * 8 + 8 * 768
X, W1, B1 = np.array([1, 2]), np.array([[1, -1, 0], [0, 1, -2]]), np.array([0, 1, 1])
W2, B2 = np.array([[2, 0], [1, -1], [5, 5]]), np.array([0.5, 1])
STEPS = [X @ W1, X @ W1 + B1, np.maximum(0, X @ W1 + B1)]
STEPS += [STEPS[2] @ W2, STEPS[2] @ W2 + B2]


def listed(numbers):
    return ", ".join(f"{x:g}" for x in numbers)


def rows(matrix):
    return "[" + ", ".join("[" + ", ".join(str(x) for x in row) + "]" for row in matrix.tolist()) + "]"


CLAIMS = [
    *[
        f"| centre {i} | {a} | {b} | {a} · 3 + {b} · 2 = {a * JOB[0] + b * JOB[1]} |"
        for i, (a, b) in enumerate(RATES, 1)
    ],
    f"so $W_{{32}} = {RATES[2][1]}$",
    "\\begin{bmatrix} " + " \\\\ ".join(str(x) for x in FIGURE_4) + " \\end{bmatrix}$$",
    f"Row 1 with $v$ is $3 + 0 + 8 = {(EXAMPLE_3 @ [3, 1, 4])[0]}$, row 2 with $v$ is"
    f" $0 + 3 + 4 = {(EXAMPLE_3 @ [3, 1, 4])[1]}$, so $Wv = {(EXAMPLE_3 @ [3, 1, 4]).tolist()}$",
    "\\begin{bmatrix} "
    + " \\\\ ".join(" & ".join(str(x) for x in row) for row in PRODUCT)
    + " \\end{bmatrix}$$",
    f"what will be left of the square if `W` is `{rows(FALLS).replace('1.0', '1').replace('2.0', '2')}`?",
    f"The matrix that widens 768 numbers to 3072 in a small transformer has shape $(3072 \\times 768)$:"
    f" {3072 * 768:,} parameters",
    f"Turn, then stretch, is ${rows(STRETCH @ TURN)}$",
    f"At rank 8 it is {LOW_RANK:,} parameters instead of {FULL:,}, one in forty-eight",
    f"| $x W_1$ | {listed(STEPS[0])} |",
    f"| $+\\, b_1$ | {listed(STEPS[1])} |",
    f"| $\\max(0, \\cdot)$ | {listed(STEPS[2])} |",
    f"| times $W_2$ | {listed(STEPS[3])} |",
    f"| $+\\, b_2$ | {listed(STEPS[4])} |",
    "$2 \\cdot 768 \\cdot 3072 + 3072 + 768 = " + f"{BLOCK:,}".replace(",", "{,}") + "$ parameters per block",
    f"{BLOCK * LAYERS / 1e6:.1f} million in its {LAYERS} layers: of the model's {GPT_2 / 1e6:.0f} million",
]

# What the text gives: sizes of models, the worked block's own numbers, years.
GIVEN = "512 768 1,024 2048 3072 0.5 175 2017 2021"


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_text_says_what_is_worked_out(claim):
    assert claim in TEXT


def test_no_number_of_the_text_is_left_without_a_claim():
    assert unclaimed(TEXT, CLAIMS, GIVEN.split()) == []


def test_what_the_falling_plane_loses_is_what_the_text_names():
    assert "Every vector along $[2, -1]$ is sent to the origin" in TEXT
    assert (FALLS @ [2, -1]).tolist() == [0, 0]
    assert np.linalg.matrix_rank(FALLS) == 1
    assert "The second column is twice the first" in TEXT
    assert (FALLS[:, 1] == 2 * FALLS[:, 0]).all()


def test_one_in_forty_eight_is_left_and_nothing_is_saved_from_half_the_size_on():
    assert FULL / LOW_RANK == 48
    assert FULL == 768 * 384 + 384 * 768


def test_almost_half_of_the_smallest_gpt_2_is_feed_forward():
    assert "almost half" in TEXT
    assert 0.45 < BLOCK * LAYERS / GPT_2 < 0.5


def test_a_matrix_swaps_columns_from_the_right_and_rows_from_the_left():
    A, S = np.array([[1, 2], [3, 4]]), np.array([[0, 1], [1, 0]])
    assert (A @ S).tolist() == A[:, ::-1].tolist()
    assert (S @ A).tolist() == A[::-1].tolist()
    assert (A * S).tolist() not in ((A @ S).tolist(), (S @ A).tolist())


def test_a_vector_on_the_left_counts_as_a_row():
    assert (np.zeros(4) @ np.zeros((4, 2))).shape == (2,)


def test_each_shape_of_the_three_cases_is_what_numpy_gives():
    pattern = r"`(\([\d, ]+\))` and `(\([\d, ]+\))` give `(\([\d, ]+\))`"
    cases = [tuple(map(eval, case)) for case in re.findall(pattern, TEXT)]
    assert len(cases) == 2
    for a, b, product in cases:
        assert (np.zeros(a) @ np.zeros(b)).shape == product
