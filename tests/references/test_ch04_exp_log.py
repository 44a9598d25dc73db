"""The references of chapter IV against SciPy, mpmath and the laws they must obey."""

import math
import warnings

import mpmath
import numpy as np
import pytest
import scipy.special
from hypothesis import assume, given
from hypothesis import strategies as st

from solutions import ch04_exp_log as reference

probabilities = st.lists(st.floats(1e-300, 1), max_size=40)
entries = st.lists(st.floats(-1000, 1000) | st.just(-math.inf), min_size=1, max_size=12)
# Each logarithm, sum and exponential is rounded to 1e-16 of its size; 1e-12 is some thousand roundings.
CLOSE = 1e-12


@given(st.lists(st.floats(-60, 60), min_size=1, max_size=10))
def test_exp_of_sum_is_the_product_in_high_precision_arithmetic(xs):
    with mpmath.workdps(60):
        expected = float(mpmath.fprod(mpmath.exp(x) for x in xs))
    # The sum, of up to ten times 60, is off by up to 1e-13 and more, and exp turns that into a relative
    # error.
    assert reference.exp_of_sum(xs) == pytest.approx(expected, rel=1e-11)


@given(st.floats(-600, 600), st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=6))
def test_exp_of_sum_lets_large_numbers_cancel(x, large):
    # Rounding of the large ones leaves up to 1e-9 in the exponent.
    assert reference.exp_of_sum([*large, x, *(-number for number in large)]) == pytest.approx(
        math.exp(x), rel=1e-8
    )


@given(probabilities)
def test_log_product_is_the_log_of_the_exact_product(p):
    with mpmath.workdps(60):
        expected = float(mpmath.log(mpmath.fprod(p)))
    # A probability a hair below 1 has a logarithm of some 1e-16, to which a relative tolerance alone would
    # hold the sum.
    assert reference.log_product(p) == pytest.approx(expected, rel=CLOSE, abs=1e-14)


@given(probabilities, probabilities)
def test_log_product_of_two_texts_in_a_row_is_the_sum(first, second):
    both = reference.log_product(first + second)
    assert both == pytest.approx(
        reference.log_product(first) + reference.log_product(second), rel=CLOSE, abs=1e-14
    )


@given(probabilities)
def test_a_zero_makes_the_log_product_minus_infinity_without_a_warning(p):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert reference.log_product([*p, 0]) == -math.inf


def test_the_empty_product_has_logarithm_zero():
    assert reference.log_product([]) == 0
    assert reference.log_product(()) == 0


@pytest.mark.parametrize("wrong", [-0.25, 1.2, -1e-300, math.nextafter(1, 2), math.inf, math.nan])
def test_log_product_refuses_what_is_no_probability_and_names_it(wrong):
    with pytest.raises(ValueError, match="between 0 and 1") as refused:
        reference.log_product([0.5, wrong, 0.0])
    assert str(wrong) in str(refused.value)
    assert "0.5" not in str(refused.value)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_product_via_logs_is_the_product(p):
    # exp passes on the rounding of the sum, 1e-16 of up to 745; below 2.2e-308 a float has fewer digits, down
    # to none.
    assert reference.product_via_logs(p) == pytest.approx(math.prod(p), rel=CLOSE, abs=1e-300)


def exact_length(p: float) -> tuple[int, float]:
    """The least n with p ** n at or below 2 ** -1075, in 60 digits, and how far from the edge the real
    solution lies."""
    with mpmath.workdps(60):
        solution = 1075 * mpmath.log(2) / -mpmath.log(mpmath.mpf(p))
        return int(mpmath.ceil(solution)), abs(float(solution - mpmath.nint(solution)))


@given(st.floats(1e-300, 0.9999999))
def test_underflow_length_is_that_of_high_precision_arithmetic(p):
    length, from_the_edge = exact_length(p)
    # pow is right to a unit in the last place, which moves the edge by 1e-16 / (1 - p), 1e-9 at the most
    # here.
    assume(from_the_edge > 1e-6)
    assert reference.underflow_length(p) == length


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_underflow_length_is_the_first_power_that_is_zero(p):
    n = reference.underflow_length(p)
    assert p**n == 0.0
    assert p ** (n - 1) > 0.0


def test_underflow_length_of_known_numbers():
    assert reference.underflow_length(0.5) == 1075
    assert reference.underflow_length(0.25) == 538
    assert reference.underflow_length(1e-300) == 2
    assert reference.underflow_length(5e-324) == 2
    assert reference.underflow_length(0.999999) == 745132847 == exact_length(0.999999)[0]
    assert isinstance(reference.underflow_length(np.float64(0.9)), int)


@pytest.mark.parametrize("p", [0, 1, -0.25, 1.5, math.nan])
def test_underflow_length_refuses_what_never_underflows(p):
    with pytest.raises(ValueError, match=f"got {p}"):
        reference.underflow_length(p)


@given(entries)
def test_log_sum_exp_agrees_with_scipy_without_a_warning(xs):
    with np.errstate(all="ignore"):
        expected = scipy.special.logsumexp(xs)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = reference.log_sum_exp(xs)
    # Where the largest entry and the logarithm cancel, what is left of the sum is rounded relative to them.
    assert found == pytest.approx(expected, rel=CLOSE, abs=1e-13)


@given(entries, st.floats(-500, 500))
def test_log_sum_exp_shifts_along_with_its_entries(xs, c):
    # x + c is rounded before the function sees it, by up to 1e-13 where it is 1500.
    assert reference.log_sum_exp(np.add(xs, c)) == pytest.approx(
        reference.log_sum_exp(xs) + c, rel=CLOSE, abs=1e-11
    )


@given(st.lists(st.floats(-1000, 1000), min_size=1, max_size=12))
def test_log_sum_exp_lies_between_the_largest_entry_and_ln_n_above_it(xs):
    # One rounding of a number of size 1000 at either end.
    assert max(xs) <= reference.log_sum_exp(xs) <= max(xs) + math.log(len(xs)) + 1e-12


def test_log_sum_exp_of_nothing_but_zeros_kept_as_logarithms_is_minus_infinity():
    assert reference.log_sum_exp([-math.inf, -math.inf]) == -math.inf


def test_log_sum_exp_refuses_an_empty_vector():
    with pytest.raises(ValueError, match="empty"):
        reference.log_sum_exp([])


def test_worked_values_are_the_primers():
    assert [round(x, 3) for x in reference.example_4([0.8, 0.6, 0.9])] == [0.432, -0.839]
    assert [round(x, 3) for x in reference.exercise_8([0, 1, -1])] == [1, 2.718, 0.368, 2.718, 0.368]
    assert round(reference.exercise_9(3), 2) == 20.09
    assert reference.exercise_10(5, 3) == 8


def test_the_sum_that_is_read_starts_after_the_prompt():
    terms, log, product = reference.reading_4([0.9, 0.4, 0.5, 0.8, 0.25], 2)
    assert terms == 3
    assert product == pytest.approx(0.1, rel=CLOSE)
    assert log == pytest.approx(-math.log(10), rel=CLOSE)


def test_the_values_printed_in_docstrings_and_text_hold():
    assert round(reference.exp_of_sum([0.2, 0.5, -0.4]), 3) == 1.350
    assert round(reference.exp_of_sum([800, -799.5]), 3) == 1.649
    assert round(reference.log_product([0.5, 0.2]), 3) == -2.303
    assert round(reference.product_via_logs([0.5, 0.2, 0.3]), 12) == 0.03
    assert round(reference.log_sum_exp([-1.2, -0.7]), 3) == -0.226
