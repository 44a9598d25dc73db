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
    np.testing.assert_allclose(reference.softmax_rows(rows), scipy.special.softmax(np.array(rows), axis=1), rtol=CLOSE, atol=1e-300)


@given(logits, st.floats(1e-4, 1e4))
def test_temperature_agrees_with_high_precision_arithmetic(z, temperature):
    with mpmath.workdps(40):
        weights = [mpmath.e ** (mpmath.mpf(x) / mpmath.mpf(temperature)) for x in z]
        expected = [float(w / mpmath.fsum(weights)) for w in weights]
    # (z - max) / T is rounded relative to its size, up to 1.4e7 here at the cold end, where exp of it is 0 anyway.
    np.testing.assert_allclose(reference.softmax_with_temperature(z, temperature), expected, rtol=1e-9, atol=1e-12)


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


def test_worked_values_are_the_primers():
    assert [round(p, 3) for p in reference.example_6([2.0, 1.0, 0.5])] == [0.629, 0.231, 0.14]
    assert [round(p, 3) for p in reference.exercise_13([0, 0, 0])] == [0.333, 0.333, 0.333]
    assert [round(p, 5) for p in reference.exercise_14([10, 0, 0])] == [0.99991, 0.00005, 0.00005]
