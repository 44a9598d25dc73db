"""The references of chapter X against SciPy, high-precision arithmetic and the laws they must obey."""

import math
import re
from pathlib import Path

import mpmath
import numpy as np
import pytest
import scipy.special
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from solutions import ch10_attention as reference

sizes = st.integers(1, 6)
seeds = st.integers(0, 2**32 - 1)
# A few dozen roundings of order-one numbers, far from cancelling.
CLOSE = {"rtol": 1e-11, "atol": 1e-12}


@st.composite
def sequences(draw):
    """Queries, keys, values and a mask of independent sizes; every query sees at least one key."""
    m, n, d_k, d_v = (draw(sizes) for _ in range(4))
    rng = np.random.default_rng(draw(seeds))
    mask = rng.random((m, n)) < 0.6
    mask[np.arange(m), rng.integers(0, n, m)] = True
    return rng.normal(size=(m, d_k)), rng.normal(size=(n, d_k)), rng.normal(size=(n, d_v)), mask


def by_definition(Q, K, V, mask):
    """Attention in 40 digits, one number at a time."""
    with mpmath.workdps(40):
        rows = []
        for query, seen in zip(Q, mask, strict=True):
            shares = [
                (
                    mpmath.e
                    ** (mpmath.fdot(map(mpmath.mpf, query), map(mpmath.mpf, key)) / mpmath.sqrt(len(key)))
                    if may
                    else mpmath.mpf(0)
                )
                for key, may in zip(K, seen, strict=True)
            ]
            rows.append(
                [
                    float(mpmath.fdot(shares, [mpmath.mpf(value[j]) for value in V]) / mpmath.fsum(shares))
                    for j in range(len(V[0]))
                ]
            )
    return np.array(rows)


@given(sequences())
@settings(max_examples=40)
def test_attention_agrees_with_high_precision_arithmetic(sequence):
    Q, K, V, mask = sequence
    np.testing.assert_allclose(reference.attention(Q, K, V, mask), by_definition(Q, K, V, mask), **CLOSE)
    np.testing.assert_allclose(
        reference.attention(Q, K, V), by_definition(Q, K, V, np.ones_like(mask)), **CLOSE
    )


@given(sequences())
def test_weights_are_scipys_softmax_of_the_scaled_dot_products(sequence):
    Q, K, _, mask = sequence
    scores = np.array(
        [[sum(q * k for q, k in zip(query, key, strict=True)) / len(key) ** 0.5 for key in K] for query in Q]
    )
    np.testing.assert_allclose(reference.attention_scores(Q, K), scores, **CLOSE)
    np.testing.assert_allclose(
        reference.attention_weights(Q, K), scipy.special.softmax(scores, axis=1), **CLOSE
    )
    hidden = np.where(mask, scores, -np.inf)
    np.testing.assert_allclose(
        reference.attention_weights(Q, K, mask), scipy.special.softmax(hidden, axis=1), **CLOSE
    )


@given(sequences(), st.floats(-1e3, 1e3))
def test_what_is_hidden_has_no_say(sequence, anything):
    Q, K, V, mask = sequence
    assume(len(K) > 1)
    mask[:, 0] = False
    mask[:, -1] = True
    other_K, other_V = K.copy(), V.copy()
    other_K[0], other_V[0] = anything, -anything
    # A hidden score is replaced and its weight is exactly 0; only the order of summation inside a matrix
    # product may differ.
    np.testing.assert_allclose(
        reference.attention(Q, other_K, other_V, mask), reference.attention(Q, K, V, mask), **CLOSE
    )


@given(sequences(), seeds)
def test_the_order_of_the_keys_does_not_matter(sequence, seed):
    Q, K, V, mask = sequence
    order = np.random.default_rng(seed).permutation(len(K))
    np.testing.assert_allclose(
        reference.attention(Q, K[order], V[order], mask[:, order]),
        reference.attention(Q, K, V, mask),
        **CLOSE,
    )


@given(sequences())
def test_an_output_is_a_mean_of_values(sequence):
    Q, K, V, mask = sequence
    output = reference.attention(Q, K, V, mask)
    # A mean lies between the smallest and the largest; rounding may carry it over the edge by a few last
    # bits.
    assert np.all(output >= V.min(axis=0) - 1e-12)
    assert np.all(output <= V.max(axis=0) + 1e-12)


@pytest.mark.parametrize("size", [1.0, 1e3, 1e6, 1e150])
def test_weights_are_finite_and_sum_to_one_at_any_score(size):
    weights = reference.attention_weights([[size], [-size], [0.0]], [[1.0], [0.999], [-1.0]])
    assert np.all(np.isfinite(weights))
    # Three quotients, each rounded once, and two additions.
    np.testing.assert_allclose(weights.sum(axis=1), 1, rtol=1e-15)


def test_weights_are_stable_where_a_hidden_score_dwarfs_the_others():
    weights = reference.attention_weights([[1.0]], [[1000.0], [-1000.0], [-1001.0]], [[False, True, True]])
    np.testing.assert_allclose(weights, [[0, 1 / (1 + math.exp(-1)), 1 / (1 + math.e)]], **CLOSE)


@pytest.mark.parametrize("keys", [[[1.0]], [[1.0, 2.0]], [[1.0, 2.0, 3.0, 4.0]]])
def test_scores_refuse_keys_of_another_length_and_name_both(keys):
    with pytest.raises(ValueError, match=rf"{len(keys[0])}.*3|3.*{len(keys[0])}"):
        reference.attention_scores([[1.0, 2.0, 3.0]], keys)


@given(st.integers(1, 30))
def test_the_causal_mask_is_true_up_to_the_diagonal(n):
    mask = reference.causal_mask(n)
    assert mask.dtype == bool
    assert mask.tolist() == [[j <= i for j in range(n)] for i in range(n)]


@given(sizes, sizes, sizes, sizes, seeds)
def test_projections_are_sums_over_the_model_dimension(n, d_model, d_k, d_v, seed):
    rng = np.random.default_rng(seed)
    X, weights = (
        rng.normal(size=(n, d_model)),
        [rng.normal(size=(d_model, width)) for width in (d_k, d_k, d_v)],
    )
    for projected, W in zip(reference.project(X, *weights), weights, strict=True):
        expected = [
            [math.fsum(X[i, r] * W[r, c] for r in range(d_model)) for c in range(W.shape[1])]
            for i in range(n)
        ]
        np.testing.assert_allclose(projected, expected, **CLOSE)


@given(st.integers(1, 4), sizes, sizes, sizes, sizes, seeds)
@settings(max_examples=40)
def test_several_heads_are_each_heads_output_through_its_own_rows_of_w_o(h, n, d_model, d_k, d_v, seed):
    rng = np.random.default_rng(seed)
    X, W_O = rng.normal(size=(n, d_model)), rng.normal(size=(h * d_v, d_model))
    heads = [tuple(rng.normal(size=(d_model, width)) for width in (d_k, d_k, d_v)) for _ in range(h)]
    mask = np.tri(n, dtype=bool)
    for seen in (None, mask):
        expected = np.zeros((n, d_model))
        for i, (W_Q, W_K, W_V) in enumerate(heads):
            scores = np.einsum("ia,ak,bk,jb->ij", X, W_Q, W_K, X) / d_k**0.5
            weights = scipy.special.softmax(
                scores if seen is None else np.where(seen, scores, -np.inf), axis=1
            )
            expected += weights @ X @ W_V @ W_O[i * d_v : (i + 1) * d_v]
        # Scores reach some tens here, and exp magnifies their rounding by as much; sums over heads may
        # cancel.
        np.testing.assert_allclose(
            reference.multi_head_attention(X, heads, W_O, seen), expected, rtol=1e-9, atol=1e-10
        )


@given(st.integers(2, 6), seeds)
def test_under_the_causal_mask_a_token_does_not_depend_on_later_ones(n, seed):
    rng = np.random.default_rng(seed)
    X, W_O = rng.normal(size=(n, 4)), rng.normal(size=(6, 4))
    heads = [tuple(rng.normal(size=(4, 3)) for _ in range(3)) for _ in range(2)]
    later = X.copy()
    later[-1] = rng.normal(size=4)
    mask = reference.causal_mask(n)
    before, after = (reference.multi_head_attention(tokens, heads, W_O, mask) for tokens in (X, later))
    np.testing.assert_allclose(after[:-1], before[:-1], **CLOSE)
    assert not np.allclose(after[-1], before[-1])


def test_arguments_stay_as_they_are():
    Q, K, V, mask = np.ones((2, 3)), np.ones((2, 3)), np.ones((2, 2)), np.tri(2, dtype=bool)
    copies = [M.copy() for M in (Q, K, V, mask)]
    reference.attention(Q, K, V, mask)
    for M, copy in zip((Q, K, V, mask), copies, strict=True):
        np.testing.assert_array_equal(M, copy)


def test_example_10_is_the_primers_step_by_step():
    Q, K, V = [[1, 0], [0, 1], [1, 1]], [[1, 1], [0, 1], [1, 0]], [[10, 0], [0, 10], [5, 5]]
    assert reference.attention_scores(Q, K).round(2).tolist() == [
        [0.71, 0.0, 0.71],
        [0.71, 0.71, 0.0],
        [1.41, 0.71, 0.71],
    ]
    # The primer's weights, to the two decimals it prints; row 3 is 0.503, 0.248, 0.248.
    np.testing.assert_allclose(
        reference.attention_weights(Q, K),
        [[0.40, 0.20, 0.40], [0.40, 0.40, 0.20], [0.50, 0.25, 0.25]],
        atol=0.005,
    )
    # Rounded weights carry the primer to [6.0, 4.0]; unrounded it is [6.017, 3.983].
    assert [round(x, 1) for x in reference.example_10(Q, K, V)] == [6.0, 4.0]


def test_the_exercises_answers_are_the_primers():
    assert reference.exercise_21(768, 12) == [64, (768, 64), 589824]
    assert reference.exercise_23(100, 8) == 80000


def test_the_docstrings_worked_values_hold():
    assert reference.project([[2, 1]], [[1, 0], [3, 1]], [[1], [1]], [[1], [1]])[0].tolist() == [[5, 1]]
    assert reference.attention_scores([[1, 2, 0, 1]], [[3, 0, 5, 1], [0, 4, 1, 0]]).tolist() == [[2, 4]]
    Q, K = [[1, 1, 0, 2]], [[2, 0, 1, 1], [0, 2, 1, 0], [0, 0, 3, 0]]
    assert reference.attention_scores(Q, K).tolist() == [[2, 1, 0]]
    assert reference.attention_weights(Q, K).round(3).tolist() == [[0.665, 0.245, 0.09]]
    assert reference.attention_weights(Q, K, [[True, False, True]]).round(3).tolist() == [[0.881, 0.0, 0.119]]
    assert reference.attention(Q, K, [[6, 0], [0, 6], [3, 3]]).round(2).tolist() == [[4.26, 1.74]]
    heads = [([[4], [1]], [[0], [2]], [[1], [0]]), ([[1], [1]], [[3], [0]], [[0], [1]])]
    assert reference.multi_head_attention([[1, 2]], heads, [[3, 0], [0, 5]]).tolist() == [[3, 10]]


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 0, 1, 2], [2, 3, 0, 1], [1, 2, 3, 0]])
def test_the_reason_for_the_square_root_is_where_the_order_puts_it(order):
    assert reference.exercise_22(order) == "abcd"[order.index(0)]
    # Reason 0 in the text is the right one: the spread grows as the square root, and dividing by that leaves
    # it near 1.
    text = (
        Path(__file__)
        .parents[2]
        .joinpath("assignments/ch10_attention/chapter.md")
        .read_text(encoding="utf-8")
    )
    first_reason = re.search(r'set reasons = \[\s*"([^"]+)"', text)
    assert first_reason is not None
    assert r"grows as $\\sqrt{d_k}$" in first_reason[1] and "spread near 1" in first_reason[1]


@pytest.mark.parametrize("d_k", [4, 64, 1024])
def test_the_spread_of_random_dot_products_grows_as_the_square_root(d_k):
    rng = np.random.default_rng(22)
    products = np.sum(rng.normal(size=(4000, d_k)) * rng.normal(size=(4000, d_k)), axis=1)
    # The standard deviation of 4000 draws is known to about 1 in 90; heavy tails at small d_k double that.
    assert products.std() / math.sqrt(d_k) == pytest.approx(1, abs=0.06)
    assert abs(products.mean()) < 5 * math.sqrt(d_k / 4000)
