"""Chapter VIII: what is asked of difference quotients, gradients, the chain rule and the way downhill."""

import math

import numpy as np

from autograder.course.domains import (
    ANY_LOGITS,
    ANY_REALS,
    Formula,
    among,
    functions_of_a_number,
    functions_of_a_vector,
    lengths,
    numbers,
    one_of,
    vectors,
    without,
)
from autograder.course.question import Question, Reading, WorkedValue, expect

# What the curriculum allows at h = 0.00001: a central difference is off by about h^2 = 1e-10 for its
# truncation and about 1e-11 for its rounding, a forward one by about h = 1e-5.
SLOPE_ERROR = 1e-6
# A student may compute in the precision of what was handed over. float32 keeps 24 bits, 6e-8 of a value.
SINGLE = 1e-6

# Likely causes say the whole rule that a call was asked about, so that they are true of whatever went wrong.

# Functions to take slopes of --------------------------------------------------------------------------------
# Of a number:


def square(x):
    return x**2


def cube(x):
    return x**3


def cube_over_seven(x):
    return x**3 / 7


def quartic(x):
    return x**4 - 3 * x


def growth(x):
    return math.exp(0.3 * x)


def three_times(x):
    return 3 * x


def steep_bowl(x):
    return 1e10 * x**2


def steep_cube(x):
    return 1e20 * x**3


def faint_slope(x):
    return 5e-10 * x


# Of a 1-D array:


def square_times(v):
    return v[0] ** 2 * v[1]


def wave(v):
    return v[0] * math.exp(-v[1]) + math.sin(v[0] * v[2])


def sum_of_cubes(v):
    return np.sum(v**3)


def climbing_cubes(v):
    """Entry after entry weighs more, so that no two slopes agree by accident."""
    return float(np.sum(v**3 * np.arange(1, len(v) + 1)))


def climbing_sixths(v):
    """A sixth of the climbing cubes: its slopes at whole points are no whole numbers."""
    return float(np.sum(v**3 * np.arange(1, len(v) + 1)) / 6)


def cubes_and_products(v):
    """Each entry cubed, and each times the next."""
    return float(np.sum(v**3) + np.sum(v[:-1] * v[1:]))


def slopes_of_every_size(v):
    """A straight slope for each of four entries, from very small to large."""
    return float(np.dot(v, [5e-10, -3e-4, 4000.0, -250.0]))


def steep_cubes(v):
    return float(1e20 * np.sum(v**3))


# The slopes of `wave` at a point, by the rules of calculus.
WAVE_AT = [0.7, -0.3, 1.1]
WAVE_SLOPES = [
    math.exp(0.3) + 1.1 * math.cos(0.7 * 1.1),
    -0.7 * math.exp(0.3),
    0.7 * math.cos(0.7 * 1.1),
]

# Measuring a slope ------------------------------------------------------------------------------------------

forward_difference = Question(
    points=2,
    source="Chapter VIII",
    meaning=(
        "It is off by about h/2 times how fast the slope itself changes: half the step, half the error, until"
        " rounding takes over."
    ),
)
FORWARD = "(f(x + h) - f(x)) / h, with the h that is handed in, for every h above 0"


@forward_difference.check
def measures_from_x_onwards(forward_difference):
    """The rise of a square, and of a cube, over a step forward."""
    expect(forward_difference, square, 3.0, 0.1).to_equal(6.1, because=FORWARD)
    expect(forward_difference, cube, 1.5, 0.5).to_equal(9.25, because=FORWARD)


@forward_difference.check
def refuses_a_step_that_is_not_forward(forward_difference):
    """A step of 0 or below: ValueError, and the message names a step below 0."""
    expect(forward_difference, square, 3, 1).to_equal(7, because=FORWARD)
    expect(forward_difference, square, 3.0, 0).to_be_refused(ValueError)
    expect(forward_difference, square, 3.0, 0.0).to_be_refused(ValueError)
    expect(forward_difference, square, 3.0, -0.375).to_be_refused(ValueError, naming=[-0.375])


@forward_difference.hidden
def keeps_to_the_step_it_is_given(forward_difference):
    """The quotient for that very step, large or small, uphill or downhill."""
    expect(forward_difference, quartic, -1.0, 2).to_equal(-3.0, because=FORWARD)
    expect(forward_difference, quartic, 0.5, 0.25).to_equal(-1.984375, because=FORWARD)
    expect(forward_difference, square, 0.5, 0.25).to_equal(1.25, because=FORWARD)
    expect(forward_difference, square, 3, 2.5).to_equal(8.5, because=FORWARD)
    # Powers of 2, so that nothing is rounded.
    expect(forward_difference, square, 1.0, 2.0**-15).to_equal(2 + 2.0**-15, because=FORWARD)
    expect(forward_difference, square, 1.0, 2.0**-24).to_equal(2 + 2.0**-24, because=FORWARD)
    expect(forward_difference, square, 3, 16).to_equal(22, because=FORWARD)
    expect(forward_difference, cube, 40, 1).to_equal(4921, because=FORWARD)
    expect(forward_difference, steep_bowl, 0.0, 1e-10).to_equal(1.0, because=FORWARD)
    expect(forward_difference, steep_bowl, 0.0, 2.5e-8).to_equal(250.0, because=FORWARD)
    expect(forward_difference, faint_slope, 1.0, 0.5).to_equal(5e-10, because=FORWARD)
    expect(forward_difference, cube_over_seven, 0.0, 0.03125).to_equal(2.0**-10 / 7, because=FORWARD)
    # f(x + h) and f(x) agree in their first six digits here: subtracting them leaves about 1e-16 / 1e-6 =
    # 1e-10 of rounding, and h itself leaves h f''/2 = 1e-7 of truncation.
    expect(forward_difference, growth, 2.0, 1e-6).to_equal(
        0.3 * math.exp(0.6), rtol=0, atol=1e-6, because=FORWARD
    )


@forward_difference.hidden
def refuses_no_step_above_zero(forward_difference):
    """However small a step is, it is allowed if it is above 0 and refused if it is below."""
    # From 0 on, a straight line has no rounding at any step.
    expect(forward_difference, three_times, 0.0, 1e-12).to_equal(3.0, because=FORWARD)
    expect(forward_difference, three_times, 0.0, 1e-300).to_equal(3.0, because=FORWARD)
    expect(forward_difference, three_times, 0.0, -0.0625).to_be_refused(ValueError, naming=[-0.0625])
    for h in [-1e-300, -1, -2.5, -1000.0]:
        expect(forward_difference, three_times, 0.0, h).to_be_refused(
            ValueError, because="every h below 0 is refused, however small or large: compare h with 0 itself"
        )


central_difference = Question(
    points=2,
    source="Chapter VIII",
    meaning=(
        "The error of the step forward and that of the step back nearly cancel: half the step, a quarter of"
        " the error. One more call of f buys about five digits."
    ),
)
CENTRAL = "(f(x + h) - f(x - h)) / (2 * h), with the h that is handed in, for every h above 0"


@central_difference.check
def measures_to_both_sides(central_difference):
    """The rise of a cube from a step before x to a step past it."""
    expect(central_difference, cube, 1.0, 0.1).to_equal(3.01, because=CENTRAL)
    expect(central_difference, cube, 1.5, 0.5).to_equal(7.0, because=CENTRAL)


@central_difference.check
def refuses_a_step_that_is_none(central_difference):
    """A step of 0 or below: ValueError, and the message names a step below 0."""
    expect(central_difference, square, 3, 2).to_equal(6, because=CENTRAL)
    expect(central_difference, square, 3.0, 0).to_be_refused(ValueError)
    expect(central_difference, square, 3.0, 0.0).to_be_refused(ValueError)
    expect(central_difference, square, 3.0, -0.375).to_be_refused(ValueError, naming=[-0.375])


@central_difference.hidden
def keeps_to_its_step_on_either_side(central_difference):
    """The quotient for that very step, large or small, uphill or downhill."""
    expect(central_difference, quartic, -1.0, 2).to_equal(-23.0, because=CENTRAL)
    expect(central_difference, quartic, 0.5, 0.25).to_equal(-2.375, because=CENTRAL)
    expect(central_difference, square, 0.5, 0.25).to_equal(1.0, because=CENTRAL)
    expect(central_difference, cube, 3, 2.5).to_equal(33.25, because=CENTRAL)
    # Powers of 2, so that nothing is rounded.
    expect(central_difference, cube, 1.0, 2.0**-7).to_equal(3 + 2.0**-14, because=CENTRAL)
    expect(central_difference, cube, 1, 16).to_equal(259, because=CENTRAL)
    expect(central_difference, cube, 40, 1).to_equal(4801, because=CENTRAL)
    expect(central_difference, steep_cube, 0.0, 1e-10).to_equal(1.0, because=CENTRAL)
    expect(central_difference, steep_cube, 0.0, 2.5e-8).to_equal(62500.0, because=CENTRAL)
    expect(central_difference, faint_slope, 1.0, 0.5).to_equal(5e-10, because=CENTRAL)
    expect(central_difference, cube_over_seven, 0.0, 0.03125).to_equal(2.0**-10 / 7, because=CENTRAL)
    # Truncation is h^2 f'''/6, below 1e-12 here; the subtraction leaves about 1e-16 / 1e-5 = 1e-11 of
    # rounding.
    expect(central_difference, growth, 2.0, 1e-5).to_equal(
        0.3 * math.exp(0.6), rtol=0, atol=1e-9, because=CENTRAL
    )


@central_difference.hidden
def refuses_no_step_that_is_one(central_difference):
    """However small a step is, it is allowed if it is above 0 and refused if it is below."""
    expect(central_difference, three_times, 0.0, 1e-12).to_equal(3.0, because=CENTRAL)
    expect(central_difference, three_times, 0.0, 1e-300).to_equal(3.0, because=CENTRAL)
    expect(central_difference, three_times, 0.0, -0.0625).to_be_refused(ValueError, naming=[-0.0625])
    for h in [-1e-300, -1, -2.5, -1000.0]:
        expect(central_difference, three_times, 0.0, h).to_be_refused(
            ValueError, because="every h below 0 is refused, however small or large: compare h with 0 itself"
        )


# One slope per parameter ------------------------------------------------------------------------------------

partial_derivative = Question(
    points=3,
    source=["Example 8", "Notation: ∂L/∂w"],
    meaning=(
        "Two runs of f measure one slope, whatever f is. That is how each entry of a hand-written backward"
        " pass is tested."
    ),
)
ONE_INPUT = (
    "move input i (counted from 0), and no other, to either side by the h that is handed in, and divide what"
    " f did by 2h"
)
ON_FLOATS = ONE_INPUT + ", on an array of float64, whatever the point is made of"


@partial_derivative.check
def moves_one_input_only(partial_derivative):
    """One slope per input, the other inputs held still."""
    expect(partial_derivative, square_times, [1.0, 2.0], 0).to_equal(
        4.0, rtol=0, atol=SLOPE_ERROR, because=ONE_INPUT
    )
    expect(partial_derivative, square_times, [1.0, 2.0], 1).to_equal(
        1.0, rtol=0, atol=SLOPE_ERROR, because=ONE_INPUT
    )


@partial_derivative.check
def takes_points_of_every_kind(partial_derivative):
    """A point as a list, a tuple or an array, of ints or of floats, with one input or with many."""
    expect(partial_derivative, sum_of_cubes, [1, -1, 2], 0).to_equal(
        3.0, rtol=0, atol=SLOPE_ERROR, because=ON_FLOATS
    )
    expect(partial_derivative, sum_of_cubes, np.array([1, -1]), 1).to_equal(
        3.0, rtol=0, atol=SLOPE_ERROR, because=ON_FLOATS
    )
    expect(partial_derivative, climbing_cubes, (0.5,), 0).to_equal(
        0.75, rtol=0, atol=SLOPE_ERROR, because=ON_FLOATS
    )
    expect(partial_derivative, climbing_cubes, np.array([0.3, 1.0, -0.2, 0.4, 0.5]), 4).to_equal(
        3.75, rtol=0, atol=SLOPE_ERROR, because=ON_FLOATS
    )


@partial_derivative.hidden
def is_off_by_less_than_a_millionth(partial_derivative):
    """On a smooth function the error stays under 0.000001."""
    for i in range(3):
        expect(partial_derivative, wave, WAVE_AT, i).to_equal(
            WAVE_SLOPES[i],
            rtol=0,
            atol=SLOPE_ERROR,
            because=ONE_INPUT,
        )
    expect(partial_derivative, sum_of_cubes, WAVE_AT, 0).to_equal(
        1.47, rtol=0, atol=SLOPE_ERROR, because=ONE_INPUT
    )


@partial_derivative.hidden
def uses_the_step_it_is_given(partial_derivative):
    """With a step of your own, the exact central quotient for it."""
    # At h = 0.5 nothing is magnified; the central quotient of v^3 is 3 v^2 + h^2, of a product the other
    # factor.
    expect(partial_derivative, cubes_and_products, [1.0, -2.0, 0.5], 1, 0.5).to_equal(
        13.75, because=ONE_INPUT
    )
    expect(partial_derivative, cubes_and_products, [1.0, -2.0, 0.5], 2, h=0.25).to_equal(
        -1.1875, because=ONE_INPUT
    )
    expect(partial_derivative, climbing_sixths, [0.0, 0.25], 0, h=0.5).to_equal(0.25 / 6, because=ONE_INPUT)
    # Powers of 2, so that nothing is rounded.
    expect(partial_derivative, sum_of_cubes, [1.0, -1.0], 1, 2.0**-7).to_equal(
        3 + 2.0**-14, because=ONE_INPUT
    )
    for i, slope in enumerate([5e-10, -3e-4, 4000.0, -250.0]):
        for h in [0.5, 1e-6]:
            expect(partial_derivative, slopes_of_every_size, [0.0] * 4, i, h).to_equal(
                slope, because=ONE_INPUT
            )
    expect(partial_derivative, steep_cubes, [0.0, 0.0], 1, 1e-10).to_equal(1.0, because=ONE_INPUT)


@partial_derivative.hidden
def steps_in_double_precision(partial_derivative):
    """Points of small ints and of single precision, equal and zero components, and very long points."""
    expect(partial_derivative, climbing_sixths, np.array([3, 2], dtype=np.uint8), 0).to_equal(
        4.5, rtol=0, atol=SLOPE_ERROR, because=ON_FLOATS
    )
    expect(partial_derivative, climbing_cubes, np.array([0.5, -1.5], dtype=np.float32), 1).to_equal(
        13.5, rtol=0, atol=SLOPE_ERROR, because=ON_FLOATS
    )
    expect(partial_derivative, climbing_cubes, np.array([0.7, 1.3]), 0).to_equal(
        1.47, rtol=0, atol=SLOPE_ERROR, because=ON_FLOATS
    )
    expect(partial_derivative, climbing_cubes, [0.5, 0.0, 0.5, 0.0], 2).to_equal(
        2.25, rtol=0, atol=SLOPE_ERROR, because=ON_FLOATS
    )
    expect(partial_derivative, sum_of_cubes, [0.0] * 1999 + [0.5], 1999).to_equal(
        0.75, rtol=0, atol=SLOPE_ERROR, because=ON_FLOATS
    )


gradient = Question(
    points=3,
    source=["Example 8", "Notation: ∇L"],
    meaning=(
        "It costs 2n runs of f. Backpropagation gets the same n numbers for about the price of three, which"
        " is why there are models of billions of parameters."
    ),
)
ONE_EACH = (
    "one central difference per input, in order, each from the same point and by the h that is handed in"
)
EACH_ON_FLOATS = ONE_EACH + ", on an array of float64, whatever the point is made of"


@gradient.check
def gathers_every_slope(gradient):
    """All the partial derivatives, in the order of the inputs."""
    expect(gradient, square_times, [1.0, 2.0]).to_equal(
        [4.0, 1.0],
        rtol=0,
        atol=SLOPE_ERROR,
        because=ONE_EACH,
    )


@gradient.check
def has_one_slope_per_input(gradient):
    """A point of any length, as a list, a tuple or an array."""
    expect(gradient, climbing_cubes, (0.5,)).to_equal([0.75], rtol=0, atol=SLOPE_ERROR, because=ONE_EACH)
    expect(gradient, climbing_cubes, np.array([0.3, 1.0, -0.2, 0.4, 0.5])).to_equal(
        [0.27, 6.0, 0.36, 1.92, 3.75],
        rtol=0,
        atol=SLOPE_ERROR,
        because=ONE_EACH,
    )
    expect(gradient, sum_of_cubes, [1.0, -1.0, 0.5]).to_equal(
        [3.0, 3.0, 0.75],
        rtol=0,
        atol=SLOPE_ERROR,
        because=ONE_EACH,
    )


@gradient.hidden
def is_close_on_a_smooth_function(gradient):
    """On a smooth function every slope is off by less than 0.000001."""
    expect(gradient, wave, WAVE_AT).to_equal(
        WAVE_SLOPES,
        rtol=0,
        atol=SLOPE_ERROR,
        because=ONE_EACH,
    )
    expect(gradient, sum_of_cubes, WAVE_AT).to_equal(
        [1.47, 0.27, 3.63], rtol=0, atol=SLOPE_ERROR, because=ONE_EACH
    )


@gradient.hidden
def starts_each_slope_from_the_same_point(gradient):
    """With a step of your own, the exact central quotients for it, each from the same point."""
    # At h = 0.5 nothing is magnified: the central quotient of v^3 is 3 v^2 + h^2, of the products the
    # neighbours' sum.
    expect(gradient, cubes_and_products, [1.0, -2.0, 0.5], 0.5).to_equal(
        [1.25, 13.75, -1.0],
        because=ONE_EACH,
    )
    expect(gradient, cubes_and_products, [0.5, 1.0], h=0.25).to_equal([1.8125, 3.5625], because=ONE_EACH)
    expect(gradient, climbing_sixths, [0.0, 0.25], h=0.5).to_equal([0.25 / 6, 0.4375 / 3], because=ONE_EACH)
    # Powers of 2, so that nothing is rounded.
    expect(gradient, sum_of_cubes, [1.0, -1.0], h=2.0**-7).to_equal([3 + 2.0**-14] * 2, because=ONE_EACH)
    for h in [0.5, 1e-6]:
        expect(gradient, slopes_of_every_size, [0.0] * 4, h).to_equal(
            [5e-10, -3e-4, 4000.0, -250.0], because=ONE_EACH
        )
    expect(gradient, steep_cubes, [0.0, 0.0], h=1e-10).to_equal([1.0, 1.0], because=ONE_EACH)


@gradient.hidden
def takes_ints_and_leaves_them(gradient):
    """Points of ints and of single precision, with equal and zero components, few or many."""
    expect(gradient, climbing_sixths, np.array([1, -1])).to_equal(
        [0.5, 1.0], rtol=0, atol=SLOPE_ERROR, because=EACH_ON_FLOATS
    )
    expect(gradient, climbing_sixths, [1, 0, -1]).to_equal(
        [0.5, 0.0, 1.5], rtol=0, atol=SLOPE_ERROR, because=EACH_ON_FLOATS
    )
    expect(gradient, climbing_sixths, np.array([3, 0, 5], dtype=np.uint8)).to_equal(
        [4.5, 0.0, 37.5], rtol=0, atol=SLOPE_ERROR, because=EACH_ON_FLOATS
    )
    expect(gradient, climbing_cubes, np.array([0.5, -1.5], dtype=np.float32)).to_equal(
        [0.75, 13.5], rtol=0, atol=SLOPE_ERROR, because=EACH_ON_FLOATS
    )
    expect(gradient, climbing_cubes, np.array([0.7, 0.1])).to_equal(
        [1.47, 0.06], rtol=0, atol=SLOPE_ERROR, because=EACH_ON_FLOATS
    )
    expect(gradient, climbing_cubes, [0.5, 0.0, 0.5, 0.0]).to_equal(
        [0.75, 0.0, 2.25, 0.0], rtol=0, atol=SLOPE_ERROR, because=EACH_ON_FLOATS
    )
    expect(gradient, sum_of_cubes, [0.5] * 20 + [0.0] * 15 + [0.25] * 5).to_equal(
        [0.75] * 20 + [0.0] * 15 + [0.1875] * 5, rtol=0, atol=SLOPE_ERROR, because=EACH_ON_FLOATS
    )


# The chain rule ---------------------------------------------------------------------------------------------

chain_rule = Question(
    points=2,
    source="Chapter VIII",
    meaning=(
        "Each function is asked for its own slope only, at the number that it was fed. Backpropagation is"
        " this product, taken link by link from the loss back to the weights."
    ),
)
TWO_FACTORS = "outer_slope at inner(x), times inner_slope at x, both as they are handed in, and no rounding"


def twice(u):
    return 2 * u


def faint_twice(u):
    return 2e-6 * u


def three_x_and_one(x):
    return 3 * x + 1


def always_three(x):
    return 3


def cube_slope(u):
    return 3 * u**2


def sine(x):
    return math.sin(x)


def cosine(x):
    return math.cos(x)


def exponential(x):
    return math.exp(x)


def one_over(u):
    return 1 / u


def square_and_a_half(x):
    return x**2 + 0.5


def cube_minus_x(x):
    return x**3 - x


def cube_minus_x_slope(x):
    return 3 * x**2 - 1


def ripple(x):
    return math.sin(300 * x)


def ripple_slope(x):
    return 300 * math.cos(300 * x)


@chain_rule.check
def multiplies_the_two_slopes(chain_rule):
    """The square of 3x + 1: outer slope times inner slope."""
    expect(chain_rule, twice, three_x_and_one, always_three, 2).to_equal(42, because=TWO_FACTORS)
    expect(chain_rule, twice, three_x_and_one, always_three, -1.5).to_equal(-21.0, because=TWO_FACTORS)


@chain_rule.check
def reads_the_outer_slope_at_the_inner_value(chain_rule):
    """The cube of x^3 - x, whose inner value is far from x."""
    expect(chain_rule, cube_slope, cube_minus_x, cube_minus_x_slope, 2.0).to_equal(
        1188.0, because=TWO_FACTORS
    )


@chain_rule.hidden
def tells_the_two_functions_apart(chain_rule):
    """The sine of an exponential is not the exponential of a sine."""
    expect(chain_rule, cosine, exponential, exponential, 0.4).to_equal(
        math.cos(math.exp(0.4)) * math.exp(0.4), because=TWO_FACTORS
    )
    expect(chain_rule, exponential, sine, cosine, 0.4).to_equal(
        math.exp(math.sin(0.4)) * math.cos(0.4), because=TWO_FACTORS
    )
    expect(chain_rule, exponential, sine, cosine, math.pi / 2 - 2.0**-17).to_equal(
        math.exp(math.cos(2.0**-17)) * math.sin(2.0**-17), because=TWO_FACTORS
    )


@chain_rule.hidden
def asks_for_the_slopes_it_was_given(chain_rule):
    """An inner function that ripples fast, and an outer slope that has no value at x itself."""
    expect(chain_rule, exponential, square_and_a_half, twice, 1).to_equal(
        2 * math.exp(1.5), because=TWO_FACTORS
    )
    expect(chain_rule, cube_slope, cube_minus_x, cube_minus_x_slope, -2).to_equal(1188, because=TWO_FACTORS)
    expect(chain_rule, twice, ripple, ripple_slope, 0.3).to_equal(
        600 * math.sin(90) * math.cos(90), because=TWO_FACTORS
    )
    expect(chain_rule, one_over, square_and_a_half, twice, 0.0).to_equal(0.0, because=TWO_FACTORS)
    expect(chain_rule, one_over, square_and_a_half, twice, -2.0).to_equal(-4 / 4.5, because=TWO_FACTORS)
    expect(chain_rule, one_over, square_and_a_half, twice, 0.75).to_equal(1.5 / 1.0625, because=TWO_FACTORS)
    expect(chain_rule, faint_twice, square_and_a_half, twice, 2.0**-16).to_equal(
        2e-6 * (2.0**-32 + 0.5) * 2.0**-15, because=TWO_FACTORS
    )


# The slope of the loss with respect to the logits -----------------------------------------------------------

softmax_cross_entropy_gradient = Question(
    points=2,
    source="Chapter VIII",
    meaning=(
        "The slopes sum to 0: training moves probability from one token to the others and makes none. The"
        " push on the target is as hard as all the others together, and fades as p approaches 1."
    ),
)

LOGITS = [2.0, 1.0, 0.5]
PROBABILITIES = [math.exp(z) / (math.exp(2.0) + math.exp(1.0) + math.exp(0.5)) for z in LOGITS]
P_MINUS_Y = "softmax of the logits, with 1 subtracted at the target, counted from 0, and nowhere else"
P_MINUS_Y_ON_FLOATS = P_MINUS_Y + ", all of it on floats and not rounded"
LARGE = P_MINUS_Y + "; finite at any size if the largest logit is taken off first"


def loss_at(logits, target):
    """The loss of one prediction: ln of the sum of the exponentials, less the target's logit."""
    return math.log(sum(math.exp(z) for z in logits)) - logits[target]


@softmax_cross_entropy_gradient.check
def is_p_minus_one_at_the_target(softmax_cross_entropy_gradient):
    """The logits [2, 1, 0.5], once with target 0 and once with target 2."""
    expect(softmax_cross_entropy_gradient, LOGITS, 0).to_equal(
        [PROBABILITIES[0] - 1, PROBABILITIES[1], PROBABILITIES[2]], because=P_MINUS_Y
    )
    expect(softmax_cross_entropy_gradient, LOGITS, 2).to_equal(
        [PROBABILITIES[0], PROBABILITIES[1], PROBABILITIES[2] - 1], because=P_MINUS_Y
    )


@softmax_cross_entropy_gradient.check
def takes_logits_of_every_kind(softmax_cross_entropy_gradient):
    """Logits as a list, a tuple or an array, one or many, ints or floats, left as they were."""
    expect(softmax_cross_entropy_gradient, (0, 0, 0, 0), 1).to_equal(
        [0.25, -0.75, 0.25, 0.25],
        because=P_MINUS_Y,
    )
    expect(softmax_cross_entropy_gradient, [5], 0).to_equal([0.0], because=P_MINUS_Y)
    expect(softmax_cross_entropy_gradient, np.array([1, 1]), 0).to_equal([-0.5, 0.5], because=P_MINUS_Y)
    expect(softmax_cross_entropy_gradient, np.array([3.5, 3.5]), 1).to_equal([0.5, -0.5], because=P_MINUS_Y)


@softmax_cross_entropy_gradient.hidden
def stays_finite_for_large_logits(softmax_cross_entropy_gradient):
    """Large logits give finite slopes, also if the target has no probability left."""
    expect(softmax_cross_entropy_gradient, [1000.0, -1000.0, 1000.0], 1).to_equal(
        [0.5, -1.0, 0.5], because=LARGE
    )
    expect(softmax_cross_entropy_gradient, [-1000.0, -1001.0], 0).to_equal(
        [-1 / (1 + math.e), 1 / (1 + math.e)], because=LARGE
    )
    expect(softmax_cross_entropy_gradient, np.array([1000.0, 999.0]), 0).to_equal(
        [-1 / (1 + math.e), 1 / (1 + math.e)], because=LARGE
    )


@softmax_cross_entropy_gradient.hidden
def stays_finite_wherever_the_largest_stands(softmax_cross_entropy_gradient):
    """The largest logit first, last or in the middle, above 0 or below it."""
    expect(softmax_cross_entropy_gradient, [0.0, 1000.0], 0).to_equal([-1.0, 1.0], because=LARGE)
    # Two exponentials that fit, of a sum that does not; and two that are not 0, of two digits each.
    for logits in [[709.5, 708.5], [-743.0, -744.0], [-20000.0, -20001.0]]:
        expect(softmax_cross_entropy_gradient, logits, 0).to_equal(
            [-1 / (1 + math.e), 1 / (1 + math.e)], because=LARGE
        )
    expect(softmax_cross_entropy_gradient, [-1000.0, 0.0], 0).to_equal([-1.0, 1.0], because=LARGE)
    expect(softmax_cross_entropy_gradient, [0.0, 1000.0, 0.0, 0.0], 1).to_equal([0.0] * 4, because=LARGE)
    expect(softmax_cross_entropy_gradient, [-1000.0, 20000.0, 0.0], 2).to_equal(
        [0.0, 1.0, -1.0], because=LARGE
    )


@softmax_cross_entropy_gradient.hidden
def is_the_slope_of_the_loss(softmax_cross_entropy_gradient):
    """Each entry is what a small change of that logit does to the loss."""
    logits, target, h = [0.4, -1.3, 2.2, 0.9], 3, 1e-5
    slopes = []
    for i in range(4):
        ahead = [z + (h if j == i else 0) for j, z in enumerate(logits)]
        behind = [z - (h if j == i else 0) for j, z in enumerate(logits)]
        slopes.append((loss_at(ahead, target) - loss_at(behind, target)) / (2 * h))
    # A central difference at this h is off by about h^2 = 1e-10, and by about 1e-11 for its rounding.
    expect(softmax_cross_entropy_gradient, logits, target).to_equal(
        slopes,
        rtol=0,
        atol=1e-8,
        because=P_MINUS_Y,
    )


@softmax_cross_entropy_gradient.hidden
def takes_logits_of_every_type(softmax_cross_entropy_gradient):
    """Ints of every type, single precision, thousands of logits, and slopes close to 0."""
    odds = math.exp(3) + math.exp(1) + 1
    expect(softmax_cross_entropy_gradient, np.array([1, 0, 3], dtype=np.uint8), 1).to_equal(
        [math.e / odds, 1 / odds - 1, math.exp(3) / odds],
        because=P_MINUS_Y_ON_FLOATS,
    )
    expect(softmax_cross_entropy_gradient, np.array([-100, 100], dtype=np.int8), 0).to_equal(
        [-1.0, 1.0], because=P_MINUS_Y_ON_FLOATS
    )
    expect(softmax_cross_entropy_gradient, np.array(LOGITS, dtype=np.float32), 1).to_equal(
        [PROBABILITIES[0], PROBABILITIES[1] - 1, PROBABILITIES[2]], because=P_MINUS_Y_ON_FLOATS, rtol=SINGLE
    )
    expect(softmax_cross_entropy_gradient, [1.5] * 2000, 1234).to_equal(
        [1 / 2000] * 1234 + [1 / 2000 - 1] + [1 / 2000] * 765, because=P_MINUS_Y_ON_FLOATS
    )
    expect(softmax_cross_entropy_gradient, [11.0, 0.0], 0).to_equal(
        [-1 / (1 + math.exp(11)), 1 / (1 + math.exp(11))], because=P_MINUS_Y_ON_FLOATS
    )
    expect(softmax_cross_entropy_gradient, [0.0, 24.0], 1).to_equal(
        [1 / (1 + math.exp(24)), -1 / (1 + math.exp(24))], because=P_MINUS_Y_ON_FLOATS
    )


# The way downhill -------------------------------------------------------------------------------------------

steepest_descent = Question(
    points=1,
    source="Chapter VIII",
    meaning=(
        "Of all steps of one length this one lowers the loss most, as long as the step is short. How long a"
        " step may be is the learning rate's business, in Chapter IX."
    ),
)
DOWN = "turn every sign, then divide by the magnitude, the root of the summed squares"
DOWN_ON_FLOATS = DOWN + ", all of it on floats and not rounded"
DOWN_AT_ANY_SIZE = DOWN + "; the squares under- or overflow unless the largest entry is divided out first"


@steepest_descent.check
def points_against_the_gradient(steepest_descent):
    """A gradient of [3, 4]: the opposite direction, at length 1."""
    expect(steepest_descent, [3, 4]).to_equal([-0.6, -0.8], because=DOWN)


@steepest_descent.check
def refuses_a_zero_gradient(steepest_descent):
    """A gradient of zeros: ValueError."""
    expect(steepest_descent, (0.0, -5.0)).to_equal([0.0, 1.0], because=DOWN)
    expect(steepest_descent, [0.0, 0.0]).to_be_refused(ValueError)
    expect(steepest_descent, [0, 0, 0]).to_be_refused(ValueError)


@steepest_descent.hidden
def has_length_one_whatever_the_gradients_type(steepest_descent):
    """Gradients of any length, of ints and of floats; none of them is changed."""
    expect(steepest_descent, np.array([-2.0, 3.0, 6.0])).to_equal(
        [2 / 7, -3 / 7, -6 / 7], because=DOWN_ON_FLOATS
    )
    expect(steepest_descent, np.array([8, -4, 1])).to_equal([-8 / 9, 4 / 9, -1 / 9], because=DOWN_ON_FLOATS)
    expect(steepest_descent, np.array([4, 3], dtype=np.uint8)).to_equal([-0.8, -0.6], because=DOWN_ON_FLOATS)
    expect(steepest_descent, np.array([-128, 0], dtype=np.int8)).to_equal([1.0, 0.0], because=DOWN_ON_FLOATS)
    expect(steepest_descent, np.array([0.5, -0.5], dtype=np.float32)).to_equal(
        [-(0.5**0.5), 0.5**0.5], because=DOWN_ON_FLOATS, rtol=SINGLE
    )
    expect(steepest_descent, [-0.25]).to_equal([1.0], because=DOWN_ON_FLOATS)
    expect(steepest_descent, [0.0, 0.0, 0.0, 7.5]).to_equal([0.0, 0.0, 0.0, -1.0], because=DOWN_ON_FLOATS)
    expect(steepest_descent, [1e-7, -1e-10, 1.0]).to_equal(
        [-1e-7, 1e-10, -1.0], because=DOWN_ON_FLOATS + ", and no slope taken for 0"
    )
    expect(steepest_descent, [1.0] * 2500).to_equal([-0.02] * 2500, because=DOWN_ON_FLOATS)


@steepest_descent.hidden
def has_length_one_whatever_the_gradients_size(steepest_descent):
    """Very small and very large gradients have a direction too; zeros of either sign have none."""
    expect(steepest_descent, np.array([-2e-9, 3e-9, 6e-9])).to_equal(
        [2 / 7, -3 / 7, -6 / 7],
        because=DOWN_AT_ANY_SIZE,
    )
    expect(steepest_descent, [3e-170, 4e-170]).to_equal([-0.6, -0.8], because=DOWN_AT_ANY_SIZE)
    # Their squares are no zeros, and have a digit each.
    expect(steepest_descent, [3e-162, 4e-162]).to_equal([-0.6, -0.8], because=DOWN_AT_ANY_SIZE)
    expect(steepest_descent, [1e200, 0.0]).to_equal([-1.0, 0.0], because=DOWN_AT_ANY_SIZE)
    expect(steepest_descent, [-3e250, 4e250]).to_equal([0.6, -0.8], because=DOWN_AT_ANY_SIZE)
    expect(steepest_descent, np.array([1e-300, -1e-150])).to_equal([0.0, 1.0], because=DOWN_AT_ANY_SIZE)
    # The largest in size stands first or last, and is negative.
    expect(steepest_descent, [-4e200, 3.0]).to_equal([1.0, 0.0], because=DOWN_AT_ANY_SIZE)
    expect(steepest_descent, [3.0, 0.0, -4e200]).to_equal([0.0, 0.0, 1.0], because=DOWN_AT_ANY_SIZE)
    # One over a number as small as this is infinite.
    expect(steepest_descent, [3e-310, 4e-310]).to_equal([-0.6, -0.8], because=DOWN_AT_ANY_SIZE)
    expect(steepest_descent, [0.0, -0.0]).to_be_refused(
        ValueError, because="a gradient of zeros has no direction, whatever the signs of the zeros"
    )


# Worked by hand ---------------------------------------------------------------------------------------------

example_8 = WorkedValue(
    points=1,
    source=["Example 8", "Notation: ∂L/∂w"],
    numbers={"b": 3, "x": 2, "y": 1},
    # The answers are whole; a student who takes them from a small step is a millionth off.
    tolerance=0.001,
    answer_as="a list of two numbers: the slope with respect to x, then to y",
    because="for the slope with respect to x treat y as a constant, and the other way round",
    meaning=(
        "The input with the larger slope has more influence, at this point and for small changes: a training"
        " step moves it further. Elsewhere it can be the other one."
    ),
)


@example_8.draw
def another_mixed_function(rng):
    while True:
        b, x, y = rng.randint(2, 7), rng.randint(1, 5), rng.randint(1, 5)
        # The right answer, and wrong ones that people give: swapped, x for 2x, x^2 not held still, y for x.
        answers = [
            (2 * x + b * y, b * x),
            (b * x, 2 * x + b * y),
            (x + b * y, b * x),
            (2 * x + b * y, 2 * x + b * x),
            (2 * x + b * y, b * y),
        ]
        if len(set(answers)) == len(answers):
            return {"b": b, "x": x, "y": y}


exercise_17 = WorkedValue(
    points=1,
    source="Exercise 17",
    numbers={"n": 3, "x": 2},
    # The answer is whole; a student who takes it from a small step is a millionth off.
    tolerance=0.001,
    answer_as="a number: the slope at that point",
    because="the power rule: the exponent comes down as a factor, and the power falls by one",
    meaning="A slope is a rate: near this point a nudge of the input moves f about that many times as far.",
)


@exercise_17.draw
def another_power(rng):
    while True:
        n, x = rng.randint(3, 6), rng.choice([-4, -3, -2, 2, 3, 4, 5])
        answers = [n * x ** (n - 1), x ** (n - 1), n * x**n, x**n]
        if len(set(answers)) == len(answers):
            return {"n": n, "x": x}


exercise_18 = WorkedValue(
    points=2,
    source=["Exercise 18", "Notation: ∇L"],
    numbers={"a": 2, "b": -1, "c": 1, "x": 1, "y": 3},
    # The answers are whole; a student who takes them from a small step is a millionth off.
    tolerance=0.001,
    answer_as="a list of two numbers: the gradient at that point",
    because="two partial derivatives, x first; the term in xy counts in both of them",
    meaning=(
        "To decrease f, move against the gradient: a negative slope means that this input has to grow, a"
        " positive one that it has to shrink."
    ),
)


@exercise_18.draw
def another_quadratic_form(rng):
    while True:
        a, b, c = rng.randint(2, 5), rng.choice([-4, -3, -2, -1]), rng.choice([-3, -2, -1, 1, 2, 3])
        x, y = rng.randint(1, 4), rng.randint(1, 4)
        # The right answer, and wrong ones that people give: swapped, without the mixed term, with the wrong
        # partner in it, downhill, and with squares that lack their factor 2.
        answers = [
            (2 * a * x + c * y, 2 * b * y + c * x),
            (2 * b * y + c * x, 2 * a * x + c * y),
            (2 * a * x, 2 * b * y),
            (2 * a * x + c * x, 2 * b * y + c * y),
            (-2 * a * x - c * y, -2 * b * y - c * x),
            (a * x + c * y, b * y + c * x),
        ]
        if len(set(answers)) == len(answers):
            return {"a": a, "b": b, "c": c, "x": x, "y": y}


reading_8 = Reading(
    points=1,
    source=["Notation: ∂L/∂w", "Notation: ∇L"],
    numbers={"g": [2, -6, 3], "i": 2, "rho": 0.07, "L": 1.5},
    tolerance=0.001,
    answer_as="the slope, the nudge's component, the estimated loss: three decimals",
    because=(
        "papers count from 1; the nudge is the gradient over its own magnitude, times rho; the last term is"
        " the dot product of nudge and gradient"
    ),
    meaning=(
        "Along its own direction the gradient adds rho times its magnitude to the loss, so the paper's nudge"
        " measures how steep the neighbourhood is."
    ),
)


@reading_8.draw
def another_gradient(rng):
    # Whole magnitudes, 7, 9, 11 and 13, and no two entries of the same size.
    g = rng.choice([[2, 3, 6], [1, 4, 8], [2, 6, 9], [3, 4, 12]])
    g = [size * rng.choice([-1, 1]) for size in rng.sample(g, 3)]
    return {
        "g": g,
        "i": rng.choice([2, 3]),
        "rho": rng.choice([0.1, 0.2, 0.5]),
        "L": rng.choice([1.25, 1.75, 2.0, 2.5, 3.0]),
    }


# Domains ----------------------------------------------------------------------------------------------------

# Near 0, where the functions drawn have values of order one.
NEAR = {
    "whole numbers": lambda rng, n: [rng.randint(-2, 2) for _ in range(n)],
    "whole numbers from 0 to 2": lambda rng, n: [rng.randint(0, 2) for _ in range(n)],
    "many decimals": lambda rng, n: [round(rng.uniform(-2, 2), 10) for _ in range(n)],
    "halves and quarters": lambda rng, n: [rng.randint(-8, 8) / 4 for _ in range(n)],
    "zeros": lambda rng, n: [0.0] * n,
    "equal components": lambda rng, n: [rng.choice([0.75, -1.5, 1])] * n,
    "a repeated component": lambda rng, n: [(0.5, -1.25)[i % 2] for i in range(n)],
}
STEPS = one_of(
    {
        "a whole step": among(1, 2),
        "a step above 1": among(1.5, 2.5),
        "a step of some tenths": among(0.5, 0.25, 0.3, 0.1),
        "a small step": among(0.01, 0.001),
    }
)
SMALL_STEPS = among(1e-5, 1e-6, 1e-4)
NO_STEPS = one_of(
    {
        "a step of 0": among(0, 0.0),
        "a step below 0": among(-1, -0.375, -0.001),
        "a step far below 0": among(-2.5, -40, -1000.0),
        "just below 0": among(-1e-300, -5e-324),
    }
)
MEASURED = {
    "rtol": 0,
    "atol": SLOPE_ERROR,
    "because": "small steps measure a slope, and are about that far off",
}


def a_number_of_the_step(f, x, h):
    """What the message of a refusal names: a step below 0. "0" stands in many a message by accident."""
    return [h] if h < -1e-300 else []


def takes_a_function_a_place_and_a_step(difference):
    """What both differences take and refuse."""
    place = {"f": functions_of_a_number(), "x": numbers(NEAR)}
    # A quotient of values of order one over a step of 0.001 magnifies their rounding to some 1e-12.
    magnified = {"rtol": 1e-9, "atol": 1e-11, "because": "rounding is magnified by a small step"}
    difference.domain(**magnified, **place, h=STEPS)
    difference.domain(**MEASURED, **place, h=SMALL_STEPS)
    # From 0 on, a straight line has no rounding at any step.
    lines = among(Formula("lambda x: 3 * x"), Formula("lambda x: -0.5 * x"))
    difference.domain(f=lines, x=among(0, 0.0), h=among(1e-12, 1e-200))
    # Nor has a steep curve there, and a faint slope has next to none.
    steep = {"a steep curve": among(Formula("lambda x: 1e10 * x**2 + 1e20 * x**3"))}
    difference.domain(f=one_of(steep), x=among(0, 0.0), h=among(1e-10, 2e-10))
    faint = {"a faint slope": among(Formula("lambda x: 5e-10 * x"), Formula("lambda x: -3e-7 * x"))}
    difference.domain(f=one_of(faint), x=among(0, 1, -0.5), h=STEPS)
    difference.refuses(ValueError, naming=a_number_of_the_step, **place, h=NO_STEPS)


takes_a_function_a_place_and_a_step(forward_difference)
takes_a_function_a_place_and_a_step(central_difference)


@partial_derivative.domain(**MEASURED)
def a_point_and_one_of_its_inputs(draw):
    n = draw(lengths(high=5))
    return {
        "f": draw(functions_of_a_vector(n)),
        "point": draw(vectors(n, of=NEAR)),
        "i": draw.rng.randrange(n),
    }


@partial_derivative.domain(rtol=1e-9, atol=1e-11, because="rounding is magnified by a small step")
def a_point_one_of_its_inputs_and_a_step(draw):
    n = draw(lengths(high=5))
    return {
        "f": draw(functions_of_a_vector(n)),
        "point": draw(vectors(n, of=NEAR)),
        "i": draw.rng.randrange(n),
        "h": draw(STEPS),
    }


@gradient.domain(**MEASURED)
def a_point(draw):
    n = draw(lengths(high=5))
    return {"f": draw(functions_of_a_vector(n)), "point": draw(vectors(n, of=NEAR))}


@gradient.domain(rtol=1e-9, atol=1e-11, because="rounding is magnified by a small step")
def a_point_and_a_step(draw):
    n = draw(lengths(high=5))
    return {"f": draw(functions_of_a_vector(n)), "point": draw(vectors(n, of=NEAR)), "h": draw(STEPS)}


def faint_and_large(draw, n):
    """A straight slope per input, from very small to large."""
    draw.note("slopes of every size")
    w = [draw.rng.choice([5e-10, -3e-4, 4000.0, -250.0]) for _ in range(n)]
    return Formula(f"lambda v: float(np.dot({w}, v))")


# At a point of zeros nothing is added to a slope's own product, and nothing rounded.


@partial_derivative.domain
def slopes_of_every_size_and_one_input(draw):
    n = draw(lengths(high=5))
    return {
        "f": faint_and_large(draw, n),
        "point": draw(vectors(n, of={"zeros": NEAR["zeros"]})),
        "i": draw.rng.randrange(n),
        "h": draw(among(0.5, 1, 1e-6)),
    }


@gradient.domain
def slopes_of_every_size_at_once(draw):
    n = draw(lengths(high=5))
    return {
        "f": faint_and_large(draw, n),
        "point": draw(vectors(n, of={"zeros": NEAR["zeros"]})),
        "h": draw(among(0.5, 1, 1e-6)),
    }


INNER = {
    "a polynomial inside": ("lambda x: 0.5 * x**3 - 2 * x + 1", "lambda x: 1.5 * x**2 - 2"),
    "a square inside": ("lambda x: x**2 + 0.5", "lambda x: 2 * x"),
    "a sine inside": ("lambda x: math.sin(1.5 * x)", "lambda x: 1.5 * math.cos(1.5 * x)"),
    "a fast sine inside": ("lambda x: math.sin(300 * x)", "lambda x: 300 * math.cos(300 * x)"),
    "an exponential inside": ("lambda x: math.exp(-0.5 * x)", "lambda x: -0.5 * math.exp(-0.5 * x)"),
    "a straight line inside": ("lambda x: 3 * x - 1", "lambda x: 3"),
}


@chain_rule.domain
def two_links(draw):
    inner, inner_slope = INNER[draw.kind("inner", dict.fromkeys(INNER, 1.0))]
    return {
        "outer_slope": draw(functions_of_a_number()),
        "inner": Formula(inner),
        "inner_slope": Formula(inner_slope),
        "x": draw(numbers(NEAR)),
    }


@softmax_cross_entropy_gradient.domain
def logits_and_a_target(draw):
    n = draw(lengths())
    target = draw.kind("targets", {"any target": 2.0, "the first target": 0.5, "the last target": 0.5})
    return {
        "logits": draw(vectors(n, of=without(ANY_LOGITS, "-inf among them"))),
        "target": {"the first target": 0, "the last target": n - 1}.get(target, draw.rng.randrange(n)),
    }


def _multiples_of(size):
    return lambda rng, n: [size * rng.choice([-4.0, -3.0, 1.0, 5.0]) for _ in range(n)]


steepest_descent.domain(gradient=vectors(of=ANY_REALS))
steepest_descent.domain(
    gradient=vectors(
        of={
            "so small that squares vanish": _multiples_of(2.0**-700),
            "so small that squares have few digits": _multiples_of(2.0**-537),
            "so large that squares overflow": _multiples_of(2.0**900),
            "small slopes": _multiples_of(1e-9),
            "slopes of very different size": lambda rng, n: [10.0 ** -(100 * (i % 2)) for i in range(n)],
            "slopes a million times smaller": lambda rng, n: [(-1.0, 3e-7, -2e-9)[i % 3] for i in range(n)],
            "one slope of 200 digits": lambda rng, n: [
                -4e200 if i == n - 1 - n // 3 else rng.choice([3.0, -2.5, 1e-9]) for i in range(n)
            ],
            "as small as numbers come": _multiples_of(2.0**-1030),
        },
        float32="never",
    )
)
steepest_descent.refuses(
    ValueError,
    gradient=vectors(
        of={"zeros": lambda rng, n: [0] * n, "zeros of both signs": lambda rng, n: [0.0, -0.0][:n] * n}
    ),
)
