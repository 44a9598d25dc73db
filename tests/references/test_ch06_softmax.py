"""The references of chapter VI against SciPy, mpmath and the laws they must obey."""

import math

import mpmath
import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st

from solutions import ch06_softmax as reference

logits = st.lists(st.floats(-700, 700), min_size=1, max_size=12)
# SciPy and the reference both round at every step; 1e-12 relative is some thousand roundings.
CLOSE = 1e-12


@given(logits)
def test_softmax_agrees_with_scipy(z):
    np.testing.assert_allclose(reference.softmax(z), scipy.special.softmax(z), rtol=CLOSE, atol=1e-300)


@given(logits, st.floats(-1e3, 1e3))
def test_softmax_ignores_a_shift(z, c):
    # z + c is rounded before softmax sees it, by up to 1e-13 where |c| is 1000; exp passes that on.
    np.testing.assert_allclose(reference.softmax(np.add(z, c)), reference.softmax(z), rtol=1e-9, atol=1e-12)


@given(st.lists(logits.map(lambda row: (row * 4)[:4]), min_size=1, max_size=5))
def test_each_row_is_its_own_distribution(rows):
    np.testing.assert_allclose(
        reference.softmax_rows(rows), scipy.special.softmax(np.array(rows), axis=1), rtol=CLOSE, atol=1e-300
    )


@given(logits, st.floats(1e-4, 1e4))
def test_temperature_agrees_with_high_precision_arithmetic(z, temperature):
    with mpmath.workdps(40):
        weights = [mpmath.e ** (mpmath.mpf(x) / mpmath.mpf(temperature)) for x in z]
        expected = [float(w / mpmath.fsum(weights)) for w in weights]
    # (z - max) / T is rounded relative to its size, up to 1.4e7 here at the cold end, where exp of it is 0
    # anyway.
    np.testing.assert_allclose(
        reference.softmax_with_temperature(z, temperature), expected, rtol=1e-9, atol=1e-12
    )


@given(logits)
def test_log_softmax_agrees_with_scipy(z):
    np.testing.assert_allclose(reference.log_softmax(z), scipy.special.log_softmax(z), rtol=CLOSE, atol=CLOSE)


@given(st.lists(st.integers(0, 20), min_size=1, max_size=8).filter(any), st.floats(0, 1, exclude_max=True))
def test_sample_is_found_by_brute_force(counts, u):
    p = np.array(counts) / sum(counts)
    sums = [float(np.cumsum(p)[i]) for i in range(len(p))]
    above = [i for i, total in enumerate(sums) if total > u]
    expected = above[0] if above else max(i for i, x in enumerate(p) if x > 0)
    assert reference.sample(p, u) == expected
    assert p[reference.sample(p, u)] > 0


@pytest.mark.parametrize("u", [-1e-9, 1.0, math.nan])
def test_sample_refuses_a_number_outside_the_unit_interval(u):
    with pytest.raises(ValueError, match="u must be"):
        reference.sample([0.5, 0.5], u)


@pytest.mark.parametrize("p", [[], [0.5, 0.6], [1.25, 0.75], [1.5, -0.5], [0.5, math.nan]])
def test_sample_refuses_what_is_no_distribution(p):
    with pytest.raises(ValueError, match="not a distribution"):
        reference.sample(p, 0.25)


def test_softmax_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one logit"):
        reference.softmax([])


@pytest.mark.parametrize("temperature", [0, -1.5, math.nan])
def test_a_temperature_that_is_not_above_zero_is_refused_by_its_value(temperature):
    with pytest.raises(ValueError, match=str(temperature)):
        reference.softmax_with_temperature([1.0, 2.0], temperature)


@given(logits, st.integers(0, 11))
def test_a_logit_of_minus_infinity_is_as_good_as_absent(z, place):
    place = min(place, len(z))
    without = reference.softmax(z)
    hidden = reference.softmax([*z[:place], -math.inf, *z[place:]])
    assert hidden[place] == 0
    np.testing.assert_allclose(np.delete(hidden, place), without, rtol=CLOSE)


def test_no_argument_is_changed():
    z, Z, p = np.array([3.0, 1.0, 2.0]), np.array([[3.0, 1.0], [0.5, 2.5]]), np.array([0.25, 0.75])
    (
        reference.softmax(z),
        reference.log_softmax(z),
        reference.softmax_with_temperature(z, 0.5),
        reference.softmax_rows(Z),
        reference.sample(p, 0.5),
    )
    assert (z.tolist(), Z.tolist(), p.tolist()) == ([3.0, 1.0, 2.0], [[3.0, 1.0], [0.5, 2.5]], [0.25, 0.75])


def test_the_worked_values_of_the_docstrings():
    np.testing.assert_array_equal(reference.softmax([1, 0, -1]).round(3), [0.665, 0.245, 0.09])
    np.testing.assert_array_equal(
        reference.softmax_rows([[0, 0], [2, 0]]).round(3), [[0.5, 0.5], [0.881, 0.119]]
    )
    np.testing.assert_array_equal(
        reference.softmax_with_temperature([1, 0, -1], 2).round(3), [0.506, 0.307, 0.186]
    )
    np.testing.assert_array_equal(
        reference.softmax_with_temperature([1, 0, -1], 0.5).round(3), [0.867, 0.117, 0.016]
    )
    np.testing.assert_array_equal(reference.log_softmax([1, 0, -1]).round(3), [-0.408, -1.408, -2.408])
    np.testing.assert_array_equal(reference.log_softmax([1000, 0]), [0, -1000])
    assert reference.sample([0.5, 0.3, 0.2], 0.6) == 1


@given(st.lists(st.integers(-5, 5), min_size=2, max_size=5), st.integers(1, 5), st.data())
def test_the_reading_is_the_equation_by_brute_force(z, T, data):
    i = data.draw(st.integers(1, len(z)))
    expected = math.exp(z[i - 1] / T) / sum(math.exp(x / T) for x in z)
    assert reference.reading_6(z, T, i) == pytest.approx([expected, 1, 1 / len(z)], rel=CLOSE)


def test_worked_values_are_the_primers():
    assert [round(p, 3) for p in reference.example_6([2.0, 1.0, 0.5])] == [0.629, 0.231, 0.14]
    assert [round(p, 3) for p in reference.exercise_13([0, 0, 0])] == [0.333, 0.333, 0.333]
    assert [round(p, 5) for p in reference.exercise_14([10, 0, 0])] == [0.99991, 0.00005, 0.00005]
