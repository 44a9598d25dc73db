"""The references of chapter XI against central differences, a published shortcut and counting."""

import math

import numpy as np
import pytest
import scipy.special
from hypothesis import given, settings
from hypothesis import strategies as st

from solutions import ch11_capstone as reference

sizes = st.integers(1, 5)


@st.composite
def layers(draw):
    """Queries, keys, values, a mask and slopes of the output, of independent sizes."""
    m, n, d_k, d_v = (draw(sizes) for _ in range(4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    mask = rng.random((m, n)) < 0.6
    mask[np.arange(m), rng.integers(0, n, m)] = True
    shapes = [(m, d_k), (n, d_k), (n, d_v), (m, d_v)]
    Q, K, V, dO = (rng.normal(size=shape) for shape in shapes)
    return Q, K, V, dO, mask


def weights(Q, K, mask):
    return scipy.special.softmax(np.where(mask, Q @ K.T / math.sqrt(K.shape[1]), -np.inf), axis=1)


@given(layers())
@settings(max_examples=40, deadline=None)
def test_the_way_back_agrees_with_central_differences(layer):
    Q, K, V, dO, mask = layer
    found = reference.attention_backward(dO, Q, K, V, weights(Q, K, mask))
    for place, slopes in enumerate(found):
        matrices = [Q, K, V]
        for index in np.ndindex(slopes.shape):
            losses = []
            for step in (1e-5, -1e-5):
                moved = [M.copy() for M in matrices]
                moved[place][index] += step
                losses.append((dO * (weights(moved[0], moved[1], mask) @ moved[2])).sum())
            # Central differences at this step are good to some 1e-9 for numbers of order one.
            assert slopes[index] == pytest.approx((losses[0] - losses[1]) / 2e-5, abs=1e-7)


@given(layers())
@settings(deadline=None)
def test_the_row_sum_may_be_taken_from_the_output_as_flash_attention_does(layer):
    Q, K, V, dO, mask = layer
    A = weights(Q, K, mask)
    D = (dO * (A @ V)).sum(axis=1, keepdims=True)
    dS = A * (dO @ V.T - D) / math.sqrt(K.shape[1])
    dQ, dK, dV = reference.attention_backward(dO, Q, K, V, A)
    np.testing.assert_allclose(dQ, dS @ K, rtol=1e-9, atol=1e-11)
    np.testing.assert_allclose(dK, dS.T @ Q, rtol=1e-9, atol=1e-11)
    np.testing.assert_allclose(dV, A.T @ dO, rtol=1e-12, atol=1e-14)


@given(layers())
@settings(deadline=None)
def test_no_slope_reaches_a_key_that_nobody_may_see(layer):
    Q, K, V, dO, mask = layer
    if mask.shape[1] > 1:
        mask = mask.copy()
        mask[:, 0], mask[:, 1] = False, True
        _, dK, dV = reference.attention_backward(dO, Q, K, V, weights(Q, K, mask))
        assert not dK[0].any()
        assert not dV[0].any()


FITTING = {"dO": (3, 2), "Q": (3, 4), "K": (5, 4), "V": (5, 2), "A": (3, 5)}


@pytest.mark.parametrize("name", FITTING)
@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize("size", [1, 7])
def test_a_matrix_that_does_not_fit_is_refused_and_named(name, axis, size):
    shape = list(FITTING[name])
    shape[axis] = size
    matrices = {key: np.ones(value) for key, value in FITTING.items()} | {name: np.ones(shape)}
    with pytest.raises(ValueError, match=rf"{name} \({shape[0]}, {shape[1]}\)"):
        reference.attention_backward(**matrices)


def test_the_docstrings_example_holds():
    dQ, dK, dV = reference.attention_backward([[1]], [[2]], [[1], [0]], [[4], [0]], [[0.75, 0.25]])
    assert (dQ.tolist(), dK.tolist(), dV.tolist()) == ([[0.75]], [[1.5], [-1.5]], [[0.75], [0.25]])


def test_the_worked_values_are_right():
    assert reference.uniform_guess(26) == [pytest.approx(3.258097, abs=1e-6), 26]
    assert reference.the_wall(26, 32, 32, 64) == [10_976, 21_952]
    assert reference.the_wall(2, 3, 4, 5)[0] == 141
    assert reference.scores_slope([0.5, 0.3, 0.2], [2, -1, 1], 4) == pytest.approx([0.275, -0.285, 0.01])
    # ln(0.5 * 0.25 * 0.8 * 0.1) = ln 0.01
    objective, loss, first = reference.reading_11([0.5, 0.25, 0.8, 0.1], 4, 9)
    assert (objective, loss, first) == (
        pytest.approx(-4.605170, abs=1e-6),
        pytest.approx(1.151293, abs=1e-6),
        5,
    )
