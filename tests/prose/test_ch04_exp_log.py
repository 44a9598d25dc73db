"""Every number that the prose of Chapter IV claims, worked out and found in the text."""

import math
import sys

import mpmath
import numpy as np
import pytest

from prose.claims import prose, unclaimed

TEXT = prose("ch04_exp_log")

LN = {p: math.log(p) for p in (0.5, 0.2)}
LOG_SUM = LN[0.5] + LN[0.2]
SMALLEST = math.ldexp(1.0, -1074)
ALTERNATIVES = [math.exp(-1.2), math.exp(-0.7)]


def where_a_product_rests(factor):
    product = 1.0
    while product * factor != product:
        product *= factor
    return product


def first_zero(p):
    n = 1
    while p**n != 0.0:
        n += 1
    return n


def scientific(x):
    mantissa, exponent = f"{x:.1e}".split("e")
    return f"{mantissa} \\times 10^{{{int(exponent)}}}"


CLAIMS = [
    f"| probability $p$ | 0.5 | 0.2 | 0.5 × 0.2 = {0.5 * 0.2:.1f} |",
    f"| its logarithm $\\ln(p)$ | {LN[0.5]:.2f} | {LN[0.2]:.2f} | {LN[0.5]:.2f} + ({LN[0.2]:.2f}) ="
    f" {LOG_SUM:.2f} |",
    f"| the exponential of that | {math.exp(LN[0.5]):.1f} | {math.exp(LN[0.2]):.1f} "
    f"| exp({LOG_SUM:.2f}) = {math.exp(-2.30):.1f} |",
    f"The logarithms of a thousand factors of 0.5 add up to {1000 * LN[0.5]:.0f}",
    f"the number $e \\approx {math.e:.3f}$ raised to the power",
    f"| $\\exp(x)$ | {math.exp(-10):.7f} | {math.exp(-0.1):.3f} | {math.exp(0):.0f} "
    f"| {math.exp(0.1):.3f} | {math.exp(10):.0f} |",
    f"end near ${scientific(sys.float_info.max)}$; $\\exp(710)$ is past that",
    f"For $[800, -799.5]$ the left side comes to `inf` times 0, which NumPy calls `nan`, *not a number*. "
    f"The right side is $\\exp({800 - 799.5}) = {math.exp(0.5):.3f}$",
    f"$[0.5, 0.2]$ gives ${LOG_SUM:.3f}$",
    f"$x$ must become {math.e:.3f} times as large",
    f"$[0.5, 0.2, 0.3]$ gives $\\exp({LOG_SUM + math.log(0.3):.3f}) = {0.5 * 0.2 * 0.3:.2f}$",
    f"It is $2^{{{round(math.log2(SMALLEST))}}}$, which Python prints as `{SMALLEST!r}`",
    f"Below ${scientific(sys.float_info.min)}$, which Python calls `sys.float_info.min`",
    f"The last of them, `{SMALLEST!r}`, has a single binary digit left",
    f"On paper both are about $10^{{{int(10_000 * math.log10(0.9) - 0.5)}}}$",
    f"It comes to rest at `{where_a_product_rests(0.9)!r}`, which is five times the smallest number",
    f"For $p = 0.5$ the answer is {first_zero(0.5)}, because $2^{{-{first_zero(0.5)}}}$ is exactly half",
    f"$[-1.2, -0.7]$ stands for the probabilities {ALTERNATIVES[0]:.3f} and {ALTERNATIVES[1]:.3f}. "
    f"They add up to {sum(ALTERNATIVES):.3f}, and $\\ln({sum(ALTERNATIVES):.3f}) ="
    f" {math.log(sum(ALTERNATIVES)):.3f}$",
]

# What the text gives: inputs of its examples, the range of its random text, and years.
GIVEN = "0.0 0.05 0.1 0.3 0.5 0.9 0.95 0.99 0.999999 1.5 800 800.0 801.0 1400 1989 2018 2022"


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_text_says_what_is_worked_out(claim):
    assert claim in TEXT


def test_no_number_of_the_text_is_left_without_a_claim():
    assert unclaimed(TEXT, CLAIMS, GIVEN.split()) == []


def test_a_thousand_halves_start_with_three_hundred_zeros():
    assert "starts with three hundred zeros after the decimal point" in TEXT
    # 10 ** -n has n - 1 zeros between the point and its first digit; the text rounds to a hundred.
    assert round(math.floor(-1000 * math.log10(0.5)), -2) == 300


def test_the_loop_rests_at_five_of_the_smallest_numbers_and_the_power_at_zero():
    assert where_a_product_rests(0.9) == 5 * SMALLEST
    assert math.nextafter(0.0, 1.0) == SMALLEST
    assert 0.9**10_000 == 0.0


def test_exp_710_is_past_the_largest_double():
    assert math.isfinite(math.exp(709))
    with pytest.raises(OverflowError):
        math.exp(710)


def test_half_of_the_smallest_number_is_a_tie_that_rounds_to_zero():
    assert SMALLEST / 2 == 0.0
    assert SMALLEST * 0.51 == SMALLEST


def test_the_two_failures_of_the_obvious_loop_are_of_two_kinds():
    assert math.exp(-800) == 0.0
    with pytest.raises(ValueError, match=r"domain|positive"):
        math.log(math.exp(-800) + math.exp(-801))
    with pytest.raises(OverflowError):
        math.exp(800)


def test_the_blocks_of_a_row_combine_as_the_last_line_says():
    first, second = np.array([1000.0, 998.0]), np.array([1003.0, -5.0])
    m = max(first.max(), second.max())
    total = sum(math.exp(x.max() - m) * np.exp(x - x.max()).sum() for x in (first, second))
    with mpmath.workdps(700):
        expected = mpmath.log(mpmath.fsum(mpmath.exp(x) for x in [*first, *second]))
    assert m + math.log(total) == pytest.approx(float(expected), rel=1e-15)
