"""Every number that the prose of Chapter VIII claims, worked out and found in the text."""

import math

import numpy as np
import pytest

from prose.claims import prose, unclaimed

TEXT = prose("ch08_gradients")


def forward(f, x, h):
    return (f(x + h) - f(x)) / h


def central(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def square(x):
    return x**2


def cube(x):
    return x**3


def digits(x, places):
    """A number with its trailing zeros left off, as a table of steps shows it."""
    return f"{x:.{places}f}".rstrip("0").rstrip(".")


def softmax(z):
    weights = np.exp(np.array(z) - max(z))
    return weights / weights.sum()


def degrees(v):
    return math.degrees(math.atan2(v[1], v[0]))


def vector(values):
    return "[" + ", ".join(f"{x:.3f}" for x in values) + "]"


def relu(x):
    return max(0.0, x)


BOTH = softmax([2, 1, 0.5])
SLOPES = BOTH - [1, 0, 0]
CUBES = (1.1**3, 0.9**3)
TANH = [math.tanh(x) for x in range(4)]
STEP = np.float32(1e-5)

CLAIMS = [
    *[
        f"| {h:g} | {digits(square(3 + h), 8)} | {digits(square(3 + h) - 9, 8)} |"
        f" {digits(forward(square, 3, h), 6)} |"
        for h in (1, 0.1, 0.01, 0.001)
    ],
    f"the slope at 2 is ${1 / 2}$",
    f"For $f(x) = x^2$ at $x = 3$, a step of 0.1 gives {digits(forward(square, 3, 0.1), 6)}",
    "For $f(x) = x^3$ at $x = 1$ with $h = 0.1$"
    f" it is $({CUBES[0]:.3f} - {CUBES[1]:.3f}) / 0.2 = {central(cube, 1, 0.1):.2f}$. The forward difference"
    f" with the"
    f" same step is $({CUBES[0]:.3f} - 1) / 0.1 = {forward(cube, 1, 0.1):.2f}$",
    f"The derivative of $\\exp$ at 1 is $e = {math.e:.5f}\\ldots$",
    f"One says {forward(relu, 0, 0.1):g}, the other {central(relu, 0, 0.1):g}, and neither is wrong",
    "With the gradient $[4, 1]$ and $d = [0.01, 0.02]$ the estimate is"
    f" $0.04 + 0.02 = {4 * 0.01 + 1 * 0.02:.2f}$. The true change, $1.01^2 \\cdot 2.02 - 2$, is"
    f" ${1.01**2 * 2.02 - 2:.4f}$",
    f"For the gradient $[3, 4]$, of magnitude {math.hypot(3, 4):g}, it is $[{-3 / 5}, {-4 / 5}]$",
    f"$[3, 4]$ becomes $[{3 / math.hypot(3, 4)}, {4 / math.hypot(3, 4)}]$, and $[0.3, 0.4]$ stays $[0.3,"
    f" 0.4]$",
    "Then $[0.5, 8]$ becomes $[0.5, 1]$, and an arrow that stood at"
    f" {degrees([0.5, 8]):.0f}° to the first axis now stands at {degrees([0.5, 1]):.0f}°",
    f"with $h = 0.001$ it is $(7.003^2 - 49) / 0.001 = {forward(lambda x: (3 * x + 1) ** 2, 2, 0.001):.3f}$",
    f"| $\\tanh(x)$ | 0 | {TANH[1]:.3f} | {TANH[2]:.3f} | {TANH[3]:.3f} |",
    f"| slope, $1 - \\tanh(x)^2$ | 1 | {1 - TANH[1] ** 2:.2f} | {1 - TANH[2] ** 2:.3f} |"
    f" {1 - TANH[3] ** 2:.4f} |",
    f"For the logits $[2, 1, 0.5]$, whose probabilities are ${vector(BOTH)}$, and target 0, the slopes are"
    f" ${vector(SLOPES)}$",
    f"a factor of 1.1 per link makes $1.1^{{100}} \\approx {1.1**100:,.0f}$, one of 0.9 per link makes"
    f" $0.9^{{100}} \\approx {0.9**100:.5f}$".replace("13,781", "13{,}781"),
]

# What the text gives: a clipping threshold, an int that has no room for it, exponents of slopes, and years.
GIVEN = ["1.0", "0.0", "1.75", "170", "200", "2012", "2013", "2021"]


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_text_says_what_is_worked_out(claim):
    assert claim in TEXT


def test_no_number_of_the_text_is_left_without_a_claim():
    assert unclaimed(TEXT, CLAIMS, GIVEN) == []


def test_the_smallest_step_leaves_no_slope_and_float32_two_digits():
    assert "The last one is 0" in TEXT
    assert forward(math.exp, 1, 1e-16) == 0
    assert "Two. A float32 holds about 7 digits" in TEXT
    measured = float((np.exp(1 + STEP) - np.exp(1 - STEP)) / (2 * STEP))
    assert f"{measured:.2g}" == f"{math.e:.2g}"
    assert f"{measured:.3g}" != f"{math.e:.3g}"


def test_the_central_difference_does_best_near_the_default():
    assert "The central difference does best near $h = 10^{-5}$" in TEXT
    steps = np.geomspace(1e-15, 1, 46).tolist()
    errors = [abs(central(math.exp, 1, h) - math.e) for h in steps]
    assert 1e-6 < steps[int(np.argmin(errors))] < 1e-4


def test_a_saturated_tanh_moves_a_hundredth_as_far():
    assert "At 3 a nudge of the input moves the output a hundredth as far" in TEXT
    assert 1 - TANH[3] ** 2 == pytest.approx(0.01, rel=0.02)


def test_the_two_forms_of_tanh_and_of_its_slope_agree():
    for x in (-1.3, 0.4, 2.0):
        u = 1 + math.exp(-2 * x)
        assert math.tanh(x) == pytest.approx(2 / u - 1)
        assert 1 - math.tanh(x) ** 2 == pytest.approx(4 * math.exp(-2 * x) / u**2)
        assert 1 - math.tanh(x) ** 2 == pytest.approx(central(math.tanh, x, 1e-5), abs=1e-8)


def test_squares_of_very_small_and_very_large_slopes_are_out_of_range():
    assert "is too small for a floating-point number and $(10^{200})^2$ too large" in TEXT
    assert 3e-170 * 3e-170 == 0
    assert math.inf == 1e200 * 1e200


def test_an_array_of_ints_cuts_a_fraction_off_and_is_not_copied():
    point = np.array([1, 2])
    nudged = np.asarray(point)
    nudged[0] = nudged[0] + 0.75
    nudged[1] = nudged[1] + 1
    assert "has no room for 1.75, and NumPy cuts it back to 1" in TEXT
    assert point.tolist() == [1, 3]
