"""The references of chapter VIII against exact fractions, mpmath, SciPy, brute force and the laws they must
obey."""

import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import scipy.optimize
import scipy.special
from hypothesis import given, settings
from hypothesis import strategies as st

from solutions import ch08_gradients as reference

# Eighths and steps that are powers of two: sums, differences and small powers of them are exact in double
# precision.
eighths = st.integers(-40, 40).map(lambda n: n / 8)
steps = st.sampled_from([0.125, 0.25, 0.5, 1.0, 2.0])
polynomials = st.lists(st.integers(-5, 5), min_size=1, max_size=5)
slopes = st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=9).filter(lambda g: max(map(abs, g)) > 1e-3)
# The curriculum's bound for h = 0.00001 on smooth functions of order one.
SLOPE_ERROR = 1e-6


def polynomial(coefficients):
    return lambda x: sum(c * x**k for k, c in enumerate(coefficients))


@given(polynomials, eighths, steps)
def test_forward_difference_is_the_exact_quotient(coefficients, x, h):
    f = polynomial(coefficients)
    exact = (f(Fraction(x) + Fraction(h)) - f(Fraction(x))) / Fraction(h)
    assert reference.forward_difference(f, x, h) == pytest.approx(float(exact), rel=1e-12, abs=1e-12)


@given(polynomials, eighths, steps)
def test_central_difference_is_the_exact_quotient(coefficients, x, h):
    f = polynomial(coefficients)
    exact = (f(Fraction(x) + Fraction(h)) - f(Fraction(x) - Fraction(h))) / (2 * Fraction(h))
    assert reference.central_difference(f, x, h) == pytest.approx(float(exact), rel=1e-12, abs=1e-12)


@given(st.floats(-2, 2))
def test_central_differences_close_in_on_the_slope_that_mpmath_finds(x):
    # Truncation of about h^2 = 1e-10 times the third derivative, at most 9 here, and 1e-10 of rounding.
    assert reference.central_difference(lambda at: np.exp(at) * np.sin(at), x, 1e-5) == pytest.approx(
        float(mpmath.diff(lambda at: mpmath.exp(at) * mpmath.sin(at), x)), abs=5e-9
    )


@pytest.mark.parametrize("difference", [reference.forward_difference, reference.central_difference])
@pytest.mark.parametrize("h", [0, 0.0, -0.5, -1e-300])
def test_a_step_that_is_not_above_zero_is_refused_by_name(difference, h):
    with pytest.raises(ValueError, match=f"above 0; got {h}"):
        difference(lambda x: x, 1.0, h)


@given(
    st.integers(1, 5).flatmap(
        lambda n: st.tuples(
            st.lists(st.lists(st.floats(-1, 1), min_size=n, max_size=n), min_size=n, max_size=n),
            st.lists(st.floats(-2, 2), min_size=n, max_size=n),
        )
    )
)
def test_the_gradient_of_a_quadratic_form_is_its_matrix_plus_its_transpose(drawn):
    matrix, point = np.array(drawn[0]), np.array(drawn[1])
    # Exact but for rounding: a central difference has no truncation on a quadratic form. Values reach 100:
    # 100 * 1e-16 / 1e-5 = 1e-9.
    np.testing.assert_allclose(
        reference.gradient(lambda v: v @ matrix @ v, point), (matrix + matrix.T) @ point, atol=2e-8
    )


@settings(max_examples=40)
@given(st.lists(st.floats(-1.5, 1.5), min_size=2, max_size=6))
def test_the_gradient_agrees_with_analytic_slopes_and_with_scipy(point):
    # SciPy's Rosenbrock function reaches some thousands here: rounding is magnified to 4000 * 1e-16 / 1e-5 =
    # 4e-8, times a few.
    np.testing.assert_allclose(
        reference.gradient(scipy.optimize.rosen, point), scipy.optimize.rosen_der(np.array(point)), atol=1e-5
    )
    smooth = lambda v: float(np.sin(v).sum() + np.prod(np.cos(v)))
    own = [
        np.cos(x) - np.sin(x) * np.prod([np.cos(y) for j, y in enumerate(point) if j != i])
        for i, x in enumerate(point)
    ]
    np.testing.assert_allclose(reference.gradient(smooth, point), own, rtol=0, atol=SLOPE_ERROR)
    np.testing.assert_allclose(
        reference.gradient(smooth, point),
        scipy.optimize.approx_fprime(np.array(point), smooth),
        atol=SLOPE_ERROR,
    )


@settings(max_examples=40)
@given(st.lists(eighths, min_size=1, max_size=5), steps)
def test_a_partial_derivative_is_the_exact_quotient_for_its_step(point, h):
    f = lambda v: float(np.sum(v**3))
    for i, x in enumerate(point):
        # On v^3 the central quotient is 3 v^2 + h^2, whatever the other inputs are; sums of cubes of eighths
        # are exact.
        assert reference.partial_derivative(f, point, i, h) == pytest.approx(3 * x**2 + h**2, rel=1e-12)


@pytest.mark.parametrize("point", [[1, 2, 3], (1, 2, 3), np.array([1, 2, 3]), np.array([0.7, 0.1, -0.2])])
def test_a_point_is_stepped_from_as_floats_and_left_as_it_was(point):
    before = np.array(point)
    found = reference.gradient(lambda v: float(np.sum(v**2)), point)
    np.testing.assert_allclose(found, 2.0 * before, atol=SLOPE_ERROR)
    assert np.array_equal(point, before)
    assert np.array(point).dtype == before.dtype


@given(st.floats(-1.5, 1.5))
def test_the_chain_rule_agrees_with_the_slope_of_the_composite(x):
    found = reference.chain_rule(
        lambda u: 1 / u, lambda at: np.exp(at) + at**2, lambda at: np.exp(at) + 2 * at, x
    )
    assert found == pytest.approx(
        float(mpmath.diff(lambda at: mpmath.log(mpmath.exp(at) + at**2), x)), rel=1e-9, abs=1e-12
    )


@given(st.lists(st.floats(-30, 30), min_size=1, max_size=8), st.data())
def test_the_loss_gradient_agrees_with_central_differences_of_scipys_loss(logits, data):
    target = data.draw(st.integers(0, len(logits) - 1))
    found = reference.softmax_cross_entropy_gradient(logits, target)
    loss = lambda z: -scipy.special.log_softmax(z)[target]
    measured = [
        (loss(np.array(logits) + step) - loss(np.array(logits) - step)) / 2e-5
        for step in 1e-5 * np.eye(len(logits))
    ]
    # A loss of up to 60 is rounded by 1e-14; over a step of 1e-5 that is 1e-9.
    np.testing.assert_allclose(found, measured, rtol=0, atol=1e-8)
    assert abs(found.sum()) < 1e-12


@given(st.lists(st.floats(-1000, 1000), min_size=1, max_size=8))
def test_the_loss_gradient_agrees_with_high_precision_arithmetic_at_any_size(logits):
    with mpmath.workdps(40):
        weights = [mpmath.exp(z) for z in logits]
        expected = [float(w / mpmath.fsum(weights)) for w in weights]
    expected[-1] -= 1
    np.testing.assert_allclose(
        reference.softmax_cross_entropy_gradient(logits, len(logits) - 1), expected, rtol=0, atol=1e-12
    )


def test_the_loss_gradient_leaves_its_logits():
    logits = np.array([3.5, 1.0])
    reference.softmax_cross_entropy_gradient(logits, 0)
    assert logits.tolist() == [3.5, 1.0]


@settings(max_examples=40)
@given(slopes, st.integers(0, 2**32 - 1))
def test_no_random_direction_falls_faster_than_steepest_descent(gradient, seed):
    down = reference.steepest_descent(gradient)
    assert np.linalg.norm(down) == pytest.approx(1, rel=1e-12)
    others = np.random.default_rng(seed).normal(size=(200, len(gradient)))
    others /= np.linalg.norm(others, axis=1, keepdims=True)
    assert np.all(others @ gradient >= down @ gradient - 1e-9)


@given(slopes, st.integers(-900, 900))
def test_steepest_descent_does_not_depend_on_the_size_of_the_gradient(gradient, exponent):
    # Multiplying by a power of two is exact, but for slopes that become denormal: next to the largest of a
    # unit vector they are nothing.
    scaled = [math.ldexp(g, exponent) for g in gradient]
    with np.errstate(all="raise", under="ignore"):
        found = reference.steepest_descent(scaled)
    np.testing.assert_allclose(found, reference.steepest_descent(gradient), rtol=1e-12, atol=1e-30)


def test_steepest_descent_has_no_negative_zero():
    assert str(reference.steepest_descent([1e200, 0]).tolist()) == "[-1.0, 0.0]"


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int32, np.float32])
def test_narrow_types_are_taken_as_the_numbers_they_hold(kind):
    values = np.array([3, 0, 100], dtype=kind)
    floats = values.astype(float)
    np.testing.assert_array_equal(reference.steepest_descent(values), reference.steepest_descent(floats))
    np.testing.assert_array_equal(
        reference.softmax_cross_entropy_gradient(values, 1),
        reference.softmax_cross_entropy_gradient(floats, 1),
    )
    third = lambda v: float(np.sum(v**2) / 3)
    np.testing.assert_array_equal(reference.gradient(third, values), reference.gradient(third, floats))
    np.testing.assert_allclose(reference.gradient(third, values.tolist()), floats * 2 / 3, atol=SLOPE_ERROR)


@pytest.mark.parametrize("zeros", [[0.0], [0, 0, 0], np.zeros(4), (0.0, -0.0)])
def test_a_zero_gradient_has_no_direction(zeros):
    with pytest.raises(ValueError, match="points nowhere"):
        reference.steepest_descent(zeros)


def test_worked_values_in_docstrings_hold():
    assert reference.forward_difference(lambda x: x**2, 3, 0.1) == pytest.approx(6.1)
    assert reference.central_difference(lambda x: x**3, 1, 0.1) == pytest.approx(3.01)
    np.testing.assert_allclose(
        reference.gradient(lambda v: v[0] ** 2 * v[1], (1, 2)), [4, 1], atol=SLOPE_ERROR
    )
    assert reference.chain_rule(lambda u: 2 * u, lambda x: 3 * x + 1, lambda x: 3, 2) == 42
    assert reference.softmax_cross_entropy_gradient([2, 1, 0.5], 0).round(3).tolist() == [-0.371, 0.231, 0.14]
    assert reference.steepest_descent([3, 4]).tolist() == [-0.6, -0.8]


def test_worked_values_are_the_primers():
    assert reference.example_8(3, 2, 1) == [7, 6]
    assert reference.exercise_17(3, 2) == 12
    assert reference.exercise_18(2, -1, 1, 1, 3) == [7, -5]


@pytest.mark.parametrize(("b", "x", "y"), [(3, 2, 1), (5, 1, 4), (2, 3, 5)])
def test_example_8_agrees_with_mpmath(b, x, y):
    f = lambda x, y: x**2 + b * x * y
    assert [float(mpmath.diff(f, (x, y), order)) for order in [(1, 0), (0, 1)]] == pytest.approx(
        reference.example_8(b, x, y)
    )


@pytest.mark.parametrize(("n", "x"), [(3, 2), (4, -3), (6, 5)])
def test_exercise_17_agrees_with_mpmath(n, x):
    assert float(mpmath.diff(lambda at: at**n, x)) == pytest.approx(reference.exercise_17(n, x))


@pytest.mark.parametrize(("a", "b", "c", "x", "y"), [(2, -1, 1, 1, 3), (5, -3, -2, 4, 2)])
def test_exercise_18_agrees_with_mpmath(a, b, c, x, y):
    f = lambda x, y: a * x**2 + b * y**2 + c * x * y
    assert [float(mpmath.diff(f, (x, y), order)) for order in [(1, 0), (0, 1)]] == pytest.approx(
        reference.exercise_18(a, b, c, x, y)
    )


def test_reading_8_is_the_worst_nudge_of_its_length_and_the_loss_it_leads_to():
    slope, nudge, estimate = reference.reading_8([2, -6, 3], 2, 0.07, 1.5)
    assert (slope, nudge, estimate) == pytest.approx((-6, -0.06, 1.99))
    on_a_ball = np.random.default_rng(8).normal(size=(5000, 3))
    on_a_ball *= 0.07 / np.linalg.norm(on_a_ball, axis=1, keepdims=True)
    highest = (1.5 + on_a_ball @ [2, -6, 3]).max()
    # 5000 random nudges come near the worst one, and none beats it.
    assert estimate - 0.005 < highest <= estimate + 1e-12
