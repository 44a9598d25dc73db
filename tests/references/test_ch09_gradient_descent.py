"""The references of chapter IX against SciPy, high-precision arithmetic, nudged losses and the laws they must
obey."""

import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import scipy.optimize
import scipy.special
from hypothesis import given
from hypothesis import strategies as st

from solutions import ch09_gradient_descent as reference

numbers = st.floats(-100, 100)
rates = st.floats(0, 2)
# One product and one difference, each rounded once; a value that cancels to near 0 keeps the rounding of its
# terms, some 1e-14.
CLOSE = {"rtol": 1e-12, "atol": 1e-12}


@given(numbers, numbers, rates)
def test_a_step_is_exact_to_the_last_digits(w, slope, rate):
    exact = float(Fraction(w) - Fraction(rate) * Fraction(slope))
    np.testing.assert_allclose(reference.descent_step(w, slope, rate), exact, **CLOSE)


@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=6), rates)
def test_an_array_steps_as_its_entries_do(entries, rate):
    w, slope = zip(*entries, strict=True)
    one_by_one = [reference.descent_step(a, b, rate) for a, b in entries]
    np.testing.assert_array_equal(reference.descent_step(w, list(slope), rate), one_by_one)


@pytest.mark.parametrize(
    ("w", "gradient"),
    [
        ([1, 2], [1]),
        ([1], [1, 2]),
        (1, [1]),
        ([1, 2], 3),
        ([1, 2], [1, 2, 3]),
        ([[1, 2, 3], [4, 5, 6]], [1, 2, 3]),
        ([[1], [2]], [[1, 2]]),
    ],
)
def test_a_step_refuses_shapes_that_differ_and_names_both(w, gradient):
    with pytest.raises(ValueError, match="shape") as refusal:
        reference.descent_step(w, gradient, 0.1)
    assert str(np.shape(w)) in str(refusal.value)
    assert str(np.shape(gradient)) in str(refusal.value)


@given(numbers, numbers, st.floats(0.1, 5), st.floats(0.01, 0.35), st.integers(0, 30))
def test_descent_on_a_parabola_shrinks_the_distance_by_one_factor(start, lowest, curvature, rate, steps):
    path = reference.gradient_descent(lambda w: curvature * (w - lowest), start, rate, steps)
    exact = [lowest + (1 - rate * curvature) ** k * (start - lowest) for k in range(steps + 1)]
    # Thirty steps, each rounded, on numbers of up to 200: some 1e-12.
    np.testing.assert_allclose(path, exact, rtol=1e-10, atol=1e-10)


def test_descent_ends_where_scipy_finds_the_minimum():
    directions = np.array([[1.0, -2.0, 0.5], [-1.5, 0.3, 1.0], [0.2, 1.1, -0.7], [0.9, 0.8, 0.4]])

    def loss(w):
        return scipy.special.logsumexp(directions @ w) + w @ w / 2

    def slope(w):
        return directions.T @ scipy.special.softmax(directions @ w) + w

    path = reference.gradient_descent(slope, (3, -3, 2), 0.2, 200)
    found = scipy.optimize.minimize(loss, np.zeros(3), jac=slope, method="BFGS", options={"gtol": 1e-10}).x
    assert path.shape == (201, 3)
    # The slope at SciPy's minimum is below 1e-10, and the curvature is at least 1.
    np.testing.assert_allclose(path[-1], found, atol=1e-9)


def test_a_path_has_a_row_for_the_start_and_one_for_each_step():
    assert reference.gradient_descent(lambda w: w, 3, 0.1, 4).shape == (5,)
    assert reference.gradient_descent(lambda w: w, (3, 4, 5), 0.1, 4).shape == (5, 3)
    assert reference.gradient_descent(lambda w: w, [3], 0.1, 0).shape == (1, 1)


def test_neither_descent_moves_the_callers_start():
    start = np.array([1.0, -2.0])
    reference.gradient_descent(lambda w: 2 * w, start, 0.1, 5)
    last = reference.sgd(lambda w, batch: w - batch, start, [[3.0, 4.0]], 0.5)
    untouched = reference.sgd(lambda w, batch: w, start, [], 0.5)
    np.testing.assert_array_equal(start, [1.0, -2.0])
    np.testing.assert_array_equal(last, [2.0, 1.0])
    assert untouched is not start


@given(numbers, st.lists(numbers, max_size=20), st.floats(0, 1))
def test_sgd_with_batches_of_one_is_a_running_average(start, seen, rate):
    weights = [rate * (1 - rate) ** (len(seen) - 1 - i) for i in range(len(seen))]
    exact = (1 - rate) ** len(seen) * start + math.fsum(w * x for w, x in zip(weights, seen, strict=True))
    # Twenty steps, each rounded, on numbers of up to 100.
    np.testing.assert_allclose(
        reference.sgd(lambda w, x: w - x, start, seen, rate), exact, rtol=1e-11, atol=1e-11
    )


def test_sgd_with_the_whole_of_the_data_in_each_batch_is_gradient_descent():
    data = np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 0.5]])
    path = reference.gradient_descent(lambda w: w - data.mean(axis=0), [5.0, 5.0], 0.3, 7)
    last = reference.sgd(lambda w, batch: w - batch.mean(axis=0), [5.0, 5.0], [data] * 7, 0.3)
    np.testing.assert_array_equal(last, path[-1])


@given(st.integers(1, 10_000), st.data(), st.floats(0, 1), st.floats(0, 1))
def test_the_schedule_agrees_with_exact_fractions(total, data, peak, final):
    step = data.draw(st.integers(0, total))
    exact = Fraction(peak) + Fraction(step, total) * (Fraction(final) - Fraction(peak))
    np.testing.assert_allclose(reference.learning_rate_at(step, total, peak, final), float(exact), **CLOSE)
    assert reference.learning_rate_at(0, total, peak, final) == peak
    assert reference.learning_rate_at(total, total, peak, final) == final


@pytest.mark.parametrize("step", [-1, 11, math.nan])
def test_the_schedule_refuses_a_step_outside_it_and_names_it(step):
    with pytest.raises(ValueError, match=rf"0 to 10; got step {step}"):
        reference.learning_rate_at(step, 10, 0.1, 0.01)


@given(
    st.lists(st.floats(-1000, 1000), min_size=1, max_size=8),
    st.floats(0.0, 0.99),
    # Below a half, v forgets a large slope while m still carries it, and a step may be a billion long.
    st.floats(0.5, 0.999),
    st.floats(1e-4, 1.0),
    st.sampled_from([1e-8, 1e-3, 1.0]),
)
def test_adam_agrees_with_its_averages_written_out_in_high_precision(gradients, beta1, beta2, rate, epsilon):
    w, m, v = 1.0, 0.0, 0.0
    for t, gradient in enumerate(gradients, start=1):
        w, m, v = reference.adam_step(w, gradient, m, v, t, rate, beta1, beta2, epsilon)
    with mpmath.workdps(40):
        b1, b2 = mpmath.mpf(beta1), mpmath.mpf(beta2)
        exact = mpmath.mpf(1)
        for t in range(1, len(gradients) + 1):
            seen = gradients[:t]
            mean = (1 - b1) * mpmath.fsum(b1 ** (t - 1 - i) * g for i, g in enumerate(seen)) / (1 - b1**t)
            square = (
                (1 - b2)
                * mpmath.fsum(b2 ** (t - 1 - i) * mpmath.mpf(g) ** 2 for i, g in enumerate(seen))
                / (1 - b2**t)
            )
            exact -= rate * mean / (mpmath.sqrt(square) + epsilon)
    # 1 - 0.999 keeps 13 digits of its 16, and where slopes cancel in m the rounding is that of the largest of
    # them.
    np.testing.assert_allclose(float(w), float(exact), rtol=1e-9, atol=1e-9)
    assert v >= 0
    assert abs(m) <= 1000


@given(st.floats(1e-3, 1e6), st.sampled_from([-1, 1]), st.floats(1e-4, 1))
def test_adams_first_step_is_the_learning_rate_whatever_the_slope(size, sign, rate):
    w, _, _ = reference.adam_step(0.0, sign * size, 0.0, 0.0, 1, rate)
    # epsilon takes up to 1e-8 / 1e-3 of the step away.
    np.testing.assert_allclose(w, -sign * rate, rtol=1.1e-5)


def test_adam_treats_the_entries_of_an_array_as_numbers():
    w, g, m, v = [[1, -2], [3, 0]], [[0.5, 0], [-4, 2]], [[0.1, 0.2], [0, -1]], [[0.3, 0.4], [2, 1]]
    moved = reference.adam_step(w, g, m, v, 3, 0.1)
    for i in range(2):
        for j in range(2):
            alone = reference.adam_step(w[i][j], g[i][j], m[i][j], v[i][j], 3, 0.1)
            np.testing.assert_array_equal([part[i, j] for part in moved], alone)


def test_adam_finds_the_bottom_of_a_narrow_valley():
    w, m, v = np.array([-4.0, 1.0]), np.zeros(2), np.zeros(2)
    for t in range(1, 1001):
        w, m, v = reference.adam_step(w, np.array([1.0, 100.0]) * w, m, v, t, 0.1)
    # A thousand steps of 0.1 overshoot and settle; a hundredth of a step is settled.
    np.testing.assert_allclose(w, [0, 0], atol=1e-3)


def networks():
    """Random two-layer networks with an input and a target: (x, target, W1, W2)."""
    sizes = st.tuples(st.integers(1, 4), st.integers(1, 4), st.integers(1, 5), st.integers(0, 2**32 - 1))

    def build(drawn):
        n, k, m, seed = drawn
        rng = np.random.default_rng(seed)
        return rng.normal(size=n), int(rng.integers(m)), rng.normal(size=(k, n)), rng.normal(size=(m, k))

    return sizes.map(build)


def loss_by_scipy(x, target, W1, W2):
    return -scipy.special.log_softmax(W2 @ np.tanh(W1 @ x))[target]


@given(networks())
def test_the_loss_agrees_with_scipy(network):
    np.testing.assert_allclose(reference.backward(*network)[0], loss_by_scipy(*network), **CLOSE)


@given(networks())
def test_the_slopes_agree_with_nudges_of_scipys_loss(network):
    x, target, W1, W2 = network
    n, k, m = len(x), len(W1), len(W2)

    def loss_at(weights):
        return loss_by_scipy(x, target, weights[: k * n].reshape(k, n), weights[k * n :].reshape(m, k))

    weights = np.concatenate([W1.ravel(), W2.ravel()])
    nudges = 1e-5 * np.eye(len(weights))
    nudged = [(loss_at(weights + nudge) - loss_at(weights - nudge)) / 2e-5 for nudge in nudges]
    _, dW1, dW2 = reference.backward(x, target, W1, W2)
    assert dW1.shape == (k, n)
    assert dW2.shape == (m, k)
    # Central differences: 1e-10 times a third derivative is cut off, 1e-11 is rounded off.
    np.testing.assert_allclose(np.concatenate([dW1.ravel(), dW2.ravel()]), nudged, rtol=1e-6, atol=1e-7)


@given(networks())
def test_the_slopes_of_the_second_layer_sum_to_zero_over_the_tokens(network):
    # p sums to 1 and so does the one-hot target; a few roundings of numbers below 1 remain.
    np.testing.assert_allclose(reference.backward(*network)[2].sum(axis=0), 0, atol=1e-14)


@given(networks())
def test_a_small_step_against_the_slopes_lowers_the_loss(network):
    x, target, W1, W2 = network
    loss, dW1, dW2 = reference.backward(x, target, W1, W2)
    lower, _, _ = reference.backward(
        x, target, reference.descent_step(W1, dW1, 1e-4), reference.descent_step(W2, dW2, 1e-4)
    )
    # Where all slopes are nearly 0 the loss stays, to a few roundings of a number below 100.
    assert lower <= loss + 1e-13


def test_large_logits_give_a_finite_loss_and_finite_slopes():
    loss, dW1, dW2 = reference.backward([1.0], 0, [[1.0]], [[-1e6], [1e6]])
    h = math.tanh(1)
    assert loss == pytest.approx(2e6 * h, rel=1e-12)
    np.testing.assert_allclose(dW2, [[-h], [h]], rtol=1e-12)
    np.testing.assert_allclose(dW1, [[2e6 * (1 - h * h)]], rtol=1e-12)


def test_worked_values_are_the_primers():
    assert reference.example_9(3.0, 4.0, 0.1) == pytest.approx(2.6, abs=1e-12)
    assert reference.exercise_19(5.0, -2.0, 0.05) == pytest.approx(5.1, abs=1e-12)
    assert reference.exercise_20(7) == 7_000_000_000


def test_the_values_that_the_docstrings_and_the_chapter_state_are_right():
    assert reference.descent_step(1, -6, 0.1) == pytest.approx(1.6)
    np.testing.assert_allclose(
        reference.gradient_descent(lambda w: 2 * (w - 4), 1, 0.1, 3), [1, 1.6, 2.08, 2.464]
    )
    assert reference.sgd(lambda w, batch: w - np.mean(batch), 0, [[2, 4], [6]], 0.5) == pytest.approx(3.75)
    assert reference.learning_rate_at(250, 1000, 0.001, 0.0001) == pytest.approx(0.000775)
    w, m, v = reference.adam_step(1, 2, 0, 0, 1, learning_rate=0.1)
    assert [round(float(part), 8) for part in (w, m, v)] == [0.9, 0.2, 0.004]
    w, m, v = reference.adam_step(w, -1, m, v, 2, learning_rate=0.1)
    assert [round(float(w), 4), round(float(m), 4), round(float(v), 6)] == [0.8734, 0.08, 0.004996]
    loss, dW1, dW2 = reference.backward([2], 1, [[0.25]], [[1], [-1]])
    assert [round(float(part), 4) for part in (loss, dW1[0, 0], dW2[0, 0], dW2[1, 0])] == [
        1.2584,
        2.2521,
        0.3308,
        -0.3308,
    ]
    assert [round(float(part), 3) for part in (loss, dW1[0, 0], dW2[0, 0], dW2[1, 0])] == [
        1.258,
        2.252,
        0.331,
        -0.331,
    ]
    assert round(reference.backward([2], 1, [[0.26]], [[1], [-1]])[0], 4) == 1.2809
