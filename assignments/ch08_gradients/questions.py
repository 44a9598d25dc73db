"""Chapter VIII: what is asked of difference quotients, gradients, the chain rule and the way downhill."""

import math

import numpy as np

from autograder.course.question import Question, Reading, WorkedValue, expect
from solutions import ch08_gradients as reference

# Functions to take slopes of --------------------------------------------------------------------------------
# Of a number:


def square(x):
    return x**2


def cube(x):
    return x**3


def quartic(x):
    return x**4 - 3 * x


def growth(x):
    return math.exp(0.3 * x)


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


def cubes_and_products(v):
    """Each entry cubed, and each times the next."""
    return float(np.sum(v**3) + np.sum(v[:-1] * v[1:]))


# The slopes of `wave` at a point, by the rules of calculus.
WAVE_AT = [0.7, -0.3, 1.1]
WAVE_SLOPES = [
    math.exp(0.3) + 1.1 * math.cos(0.7 * 1.1),
    -0.7 * math.exp(0.3),
    0.7 * math.cos(0.7 * 1.1),
]

# What the curriculum allows at h = 0.00001: a central difference is off by about h^2 = 1e-10 for its
# truncation and about 1e-11 for its rounding, a forward one by about h = 1e-5.
SLOPE_ERROR = 1e-6

# Checks -----------------------------------------------------------------------------------------------------

forward_difference = Question(points=2, source="Chapter VIII")


@forward_difference.check
def measures_from_x_onwards(forward_difference):
    """The rise of a square, and of a cube, over a step forward."""
    expect(forward_difference, square, 3.0, 0.1).to_equal(
        6.1, because="the change of f from x to x + h, divided by h"
    )
    expect(forward_difference, cube, 1.5, 0.5).to_equal(
        9.25, because="the step goes forward only: f(x + h) minus f(x)"
    )


@forward_difference.check
def refuses_a_step_that_is_not_forward(forward_difference):
    """A step of 0 or below: ValueError that names it."""
    expect(forward_difference, square, 3, 1).to_equal(
        7, because="from 3 to 4 a square rises by 16 - 9, over a step of 1"
    )
    expect(forward_difference, square, 3.0, 0).to_be_refused(ValueError, naming=[0])
    expect(forward_difference, square, 3.0, -0.5).to_be_refused(ValueError, naming=[-0.5])


@forward_difference.hidden
def keeps_to_the_step_it_is_given(forward_difference):
    """The quotient for that very step, large or small, uphill or downhill."""
    expect(forward_difference, quartic, -1.0, 2).to_equal(
        -3.0, because="use the h that is handed in, and divide the whole difference by it"
    )
    expect(forward_difference, quartic, 0.5, 0.25).to_equal(
        -1.984375, because="use the h that is handed in, and divide the whole difference by it"
    )
    # f(x + h) and f(x) agree in their first six digits here: subtracting them leaves about 1e-16 / 1e-6 =
    # 1e-10 of rounding, and h itself leaves h f''/2 = 1e-7 of truncation.
    expect(forward_difference, growth, 2.0, 1e-6).to_equal(
        0.3 * math.exp(0.6), rtol=0, atol=1e-6, because="a small step comes close to the slope"
    )


@forward_difference.misconception(
    caught_by=measures_from_x_onwards,
    hint=(
        "This steps to both sides, which is the central difference. The forward one starts at x: f(x + h) -"
        " f(x), over h."
    ),
)
def steps_to_both_sides(f, x, h):
    if not h > 0:
        raise ValueError(f"h = {h}")
    return (f(x + h) - f(x - h)) / (2 * h)


@forward_difference.misconception(
    caught_by=measures_from_x_onwards,
    hint="This steps backward, from x - h to x. The forward difference goes from x to x + h.",
)
def steps_backward(f, x, h):
    if not h > 0:
        raise ValueError(f"h = {h}")
    return (f(x) - f(x - h)) / h


@forward_difference.misconception(
    caught_by=measures_from_x_onwards,
    hint="This is how far f moved. A slope is that change per unit of x: divide it by h.",
)
def leaves_the_change_undivided(f, x, h):
    if not h > 0:
        raise ValueError(f"h = {h}")
    return f(x + h) - f(x)


@forward_difference.misconception(
    caught_by=measures_from_x_onwards,
    hint="Python divides before it subtracts. Put parentheses around f(x + h) - f(x), then divide by h.",
)
def divides_the_second_value_alone(f, x, h):
    if not h > 0:
        raise ValueError(f"h = {h}")
    return f(x + h) - f(x) / h


@forward_difference.misconception(
    caught_by=measures_from_x_onwards,
    hint=(
        "The difference is the wrong way round: where f rises, f(x + h) - f(x) is positive, and so is the"
        " slope."
    ),
)
def subtracts_the_later_value(f, x, h):
    if not h > 0:
        raise ValueError(f"h = {h}")
    return (f(x) - f(x + h)) / h


@forward_difference.misconception(
    caught_by=refuses_a_step_that_is_not_forward,
    hint=(
        "Check h first: where it is 0 or below, raise ValueError with h in the message. A division by 0 is"
        " another error."
    ),
)
def takes_any_step(f, x, h):
    return (f(x + h) - f(x)) / h


@forward_difference.misconception(
    caught_by=refuses_a_step_that_is_not_forward,
    hint="A step below 0 is refused too: test for h <= 0, not for h == 0 alone.",
)
def refuses_only_a_step_of_zero(f, x, h):
    if h == 0:
        raise ValueError(f"h = {h}")
    return (f(x + h) - f(x)) / h


@forward_difference.misconception(
    caught_by=keeps_to_the_step_it_is_given,
    hint="The step is an argument: use the h that is handed in, not a small one of your own.",
)
def steps_by_its_own_small_number(f, x, h):
    if not h > 0:
        raise ValueError(f"h = {h}")
    return (f(x + 1e-6) - f(x)) / 1e-6


@forward_difference.alternative
def divides_term_by_term(f, x, h):
    if h <= 0:
        raise ValueError("step not positive: " + str(h))
    return f(x + h) / h - f(x) / h


@forward_difference.alternative
def rise_over_run(f, x, h):
    if h <= 0:
        raise ValueError(f"the step must be positive, not {h}")
    end = x + h
    rise = f(end) - f(x)
    # The run that floating point took, which is not quite h.
    return rise / (end - x)


@forward_difference.alternative
def by_numpys_diff(f, x, h):
    if h <= 0:
        raise ValueError(f"bad h: {h}")
    return np.diff([f(x), f(x + h)])[0] / h


@forward_difference.alternative
def quotient_in_single_precision(f, x, h):
    if h <= 0:
        raise ValueError(f"bad h: {h}")
    return np.float32((f(x + h) - f(x)) / h)


central_difference = Question(points=2, source="Chapter VIII")


@central_difference.check
def measures_to_both_sides(central_difference):
    """The rise of a cube from a step before x to a step past it."""
    expect(central_difference, cube, 1.0, 0.1).to_equal(
        3.01, because="f at x + h minus f at x - h, over the whole way between them"
    )
    expect(central_difference, cube, 1.5, 0.5).to_equal(
        7.0, because="from x - h to x + h is a way of 2h: divide by (2 * h), parentheses included"
    )


@central_difference.check
def refuses_a_step_that_is_none(central_difference):
    """A step of 0 or below: ValueError that names it."""
    expect(central_difference, square, 3, 2).to_equal(
        6, because="from 1 to 5 a square rises by 25 - 1, over a way of 4"
    )
    expect(central_difference, square, 3.0, 0).to_be_refused(ValueError, naming=[0])
    expect(central_difference, square, 3.0, -0.5).to_be_refused(ValueError, naming=[-0.5])


@central_difference.hidden
def keeps_to_its_step_on_either_side(central_difference):
    """The quotient for that very step, large or small, uphill or downhill."""
    expect(central_difference, quartic, -1.0, 2).to_equal(
        -23.0, because="use the h that is handed in on either side of x"
    )
    expect(central_difference, quartic, 0.5, 0.25).to_equal(
        -2.375, because="use the h that is handed in on either side of x"
    )
    # Truncation is h^2 f'''/6, below 1e-12 here; the subtraction leaves about 1e-16 / 1e-5 = 1e-11 of
    # rounding.
    expect(central_difference, growth, 2.0, 1e-5).to_equal(
        0.3 * math.exp(0.6), rtol=0, atol=1e-9, because="both sides together cancel the error of a single one"
    )


@central_difference.misconception(
    caught_by=measures_to_both_sides,
    hint=(
        "This goes forward from x only. The central difference steps to x + h and to x - h, and divides"
        " by 2h."
    ),
)
def steps_forward_only(f, x, h):
    if not h > 0:
        raise ValueError(f"h = {h}")
    return (f(x + h) - f(x)) / h


@central_difference.misconception(
    caught_by=measures_to_both_sides,
    hint="From x - h to x + h the input moves by 2h, not by h. Divide by 2h.",
)
def divides_by_one_step(f, x, h):
    if not h > 0:
        raise ValueError(f"h = {h}")
    return (f(x + h) - f(x - h)) / h


@central_difference.misconception(
    caught_by=measures_to_both_sides,
    hint="In Python / 2 * h divides by 2 and then multiplies by h. Write / (2 * h).",
)
def divides_by_two_and_multiplies(f, x, h):
    if not h > 0:
        raise ValueError(f"h = {h}")
    return (f(x + h) - f(x - h)) / 2 * h


@central_difference.misconception(
    caught_by=measures_to_both_sides,
    hint="This goes half a step to either side. Here h is the step on each side, and 2h the way between.",
)
def goes_half_a_step_each_way(f, x, h):
    if not h > 0:
        raise ValueError(f"h = {h}")
    return (f(x + h / 2) - f(x - h / 2)) / h


@central_difference.misconception(
    caught_by=measures_to_both_sides,
    hint="The difference is the wrong way round: f(x + h) comes first, f(x - h) is subtracted.",
)
def subtracts_the_right_from_the_left(f, x, h):
    if not h > 0:
        raise ValueError(f"h = {h}")
    return (f(x - h) - f(x + h)) / (2 * h)


@central_difference.misconception(
    caught_by=refuses_a_step_that_is_none,
    hint=(
        "Check h first: where it is 0 or below, raise ValueError with h in the message. The formula itself"
        " does not notice a negative h."
    ),
)
def takes_any_step_to_both_sides(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


@central_difference.misconception(
    caught_by=refuses_a_step_that_is_none,
    hint="A step below 0 is refused too: test for h <= 0, not for h == 0 alone.",
)
def refuses_only_the_step_zero(f, x, h):
    if h == 0:
        raise ValueError(f"h = {h}")
    return (f(x + h) - f(x - h)) / (2 * h)


@central_difference.alternative
def mean_of_forward_and_backward(f, x, h):
    if h <= 0:
        raise ValueError(f"a step must be above 0, got {h}")
    here = f(x)
    return ((f(x + h) - here) / h + (here - f(x - h)) / h) / 2


@central_difference.alternative
def forward_over_twice_the_step(f, x, h):
    if h <= 0:
        raise ValueError(f"a step must be above 0, got {h}")
    start, way = x - h, 2 * h
    return (f(start + way) - f(start)) / way


@central_difference.alternative
def by_numpys_gradient(f, x, h):
    if h <= 0:
        raise ValueError(f"a step must be above 0, got {h}")
    return np.gradient(np.array([f(x - h), f(x), f(x + h)], dtype=float), h)[1]


@central_difference.alternative
def central_in_single_precision(f, x, h):
    if h <= 0:
        raise ValueError(f"a step must be above 0, got {h}")
    return np.float32((f(x + h) - f(x - h)) / (h + h))


partial_derivative = Question(points=3, source=["Example 8", "Notation: ∂L/∂w"])


@partial_derivative.check
def moves_one_input_alone(partial_derivative):
    """One slope an input, the other inputs held still."""
    expect(partial_derivative, square_times, [1.0, 2.0], 0).to_equal(
        4.0, rtol=0, atol=SLOPE_ERROR, because="move input i alone, by h to either side"
    )
    expect(partial_derivative, square_times, [1.0, 2.0], 1).to_equal(
        1.0, rtol=0, atol=SLOPE_ERROR, because="i counts from 0: 1 is the second input"
    )


@partial_derivative.check
def takes_points_of_every_kind(partial_derivative):
    """A point as a list, a tuple or an array, of ints or of floats, with one input or with many."""
    expect(partial_derivative, sum_of_cubes, [1, -1, 2], 0).to_equal(
        3.0, rtol=0, atol=SLOPE_ERROR, because="hand f an array of floats: np.array(point, dtype=float)"
    )
    expect(partial_derivative, sum_of_cubes, np.array([1, -1]), 1).to_equal(
        3.0,
        rtol=0,
        atol=SLOPE_ERROR,
        because="an array of ints cuts 1.00001 back to 1: make it an array of floats first",
    )
    expect(partial_derivative, climbing_cubes, (0.5,), 0).to_equal(
        0.75, rtol=0, atol=SLOPE_ERROR, because="one input is a point too"
    )
    expect(partial_derivative, climbing_cubes, (0.3, 1.0, -0.2, 0.4, 0.5), 4).to_equal(
        3.75, rtol=0, atol=SLOPE_ERROR, because="i = n - 1 is the last input"
    )


@partial_derivative.hidden
def is_off_by_less_than_a_millionth(partial_derivative):
    """On a smooth function the error stays under 0.000001."""
    for i in range(3):
        expect(partial_derivative, wave, WAVE_AT, i).to_equal(
            WAVE_SLOPES[i],
            rtol=0,
            atol=SLOPE_ERROR,
            because="a forward difference is off by about h, a central one by about h squared",
        )


@partial_derivative.hidden
def uses_the_step_it_is_given(partial_derivative):
    """With a step of your own, the exact central quotient for it."""
    # At h = 0.5 nothing is magnified; the central quotient of v^3 is 3 v^2 + h^2, of a product the other
    # factor.
    expect(partial_derivative, cubes_and_products, [1.0, -2.0, 0.5], 1, 0.5).to_equal(
        13.75, because="h is an argument: step by it to either side, and divide by 2h"
    )
    expect(partial_derivative, cubes_and_products, [1.0, -2.0, 0.5], 2, h=0.25).to_equal(
        -1.1875, because="h is an argument: step by it to either side, and divide by 2h"
    )


@partial_derivative.hidden
def leaves_the_point_where_it_was(partial_derivative):
    """The point that was handed in is as it was, list or array."""
    expect(partial_derivative, climbing_cubes, np.array([0.7, 1.3]), 0).to_equal(
        1.47, rtol=0, atol=SLOPE_ERROR, because="np.asarray makes no copy of an array; np.array does"
    )
    expect(partial_derivative, square_times, [3, 1], 0).to_equal(
        6.0, rtol=0, atol=SLOPE_ERROR, because="step on a copy: np.array(point, dtype=float)"
    )


@partial_derivative.misconception(
    caught_by=takes_points_of_every_kind,
    hint=(
        "Copied as it is, an array of ints stays one, and cuts 1.00001 back to 1. Ask for floats:"
        " np.array(point, dtype=float)."
    ),
)
def steps_in_an_array_of_ints(f, point, i, h=1e-5):
    ahead, behind = np.array(point), np.array(point)
    ahead[i] += h
    behind[i] -= h
    return (f(ahead) - f(behind)) / (2 * h)


@partial_derivative.misconception(
    caught_by=is_off_by_less_than_a_millionth,
    hint=(
        "This is a forward difference, which is off by about h. Step to both sides and divide by 2h: the"
        " error falls to about h squared."
    ),
)
def takes_a_forward_partial(f, point, i, h=1e-5):
    at = np.array(point, dtype=float)
    moved = at.copy()
    moved[i] += h
    return (f(moved) - f(at)) / h


@partial_derivative.misconception(
    caught_by=moves_one_input_alone,
    hint="point + h moves every input at once. Move input i alone, and leave the others where they are.",
)
def moves_every_input(f, point, i, h=1e-5):
    at = np.array(point, dtype=float)
    return (f(at + h) - f(at - h)) / (2 * h)


@partial_derivative.misconception(
    caught_by=leaves_the_point_where_it_was,
    hint=(
        "np.asarray hands back the caller's own array where it already holds floats, and the step is taken"
        " there. Copy it with np.array."
    ),
)
def steps_on_the_callers_own_array(f, point, i, h=1e-5):
    at = np.asarray(point, dtype=float)
    at[i] += h
    ahead = f(at)
    at[i] -= 2 * h
    return (ahead - f(at)) / (2 * h)


@partial_derivative.misconception(
    caught_by=moves_one_input_alone,
    hint="Papers count inputs from 1; here i is a Python index and counts from 0. Use i as it is.",
)
def counts_inputs_from_one(f, point, i, h=1e-5):
    return reference.partial_derivative(f, point, i - 1, h)


@partial_derivative.misconception(
    caught_by=uses_the_step_it_is_given,
    hint="The step is an argument with a default: use the h that is handed in, not a fixed 0.00001.",
)
def keeps_to_the_usual_step(f, point, i, h=1e-5):
    return reference.partial_derivative(f, point, i)


@partial_derivative.misconception(
    caught_by=moves_one_input_alone,
    hint="From h before to h past, the input moves by 2h. Divide by 2h, not by h.",
)
def divides_a_partial_by_one_step(f, point, i, h=1e-5):
    return 2 * reference.partial_derivative(f, point, i, h)


@partial_derivative.misconception(
    caught_by=moves_one_input_alone,
    hint="In Python / 2 * h divides by 2 and then multiplies by h. Write / (2 * h).",
)
def multiplies_a_partial_by_the_step(f, point, i, h=1e-5):
    return reference.partial_derivative(f, point, i, h) * h**2


@partial_derivative.alternative
def with_two_lists(f, point, i, h=1e-5):
    ahead = [float(x) + (h if j == i else 0.0) for j, x in enumerate(point)]
    behind = [float(x) - (h if j == i else 0.0) for j, x in enumerate(point)]
    return float(f(np.array(ahead)) - f(np.array(behind))) / (2 * h)


@partial_derivative.alternative
def along_a_row_of_the_identity(f, point, i, h=1e-5):
    at = np.array(point, dtype=float)
    axis = np.eye(len(at))[i]
    return np.float64(f(at + h * axis) - f(at - h * axis)) / 2 / h


@partial_derivative.alternative
def steps_there_and_back(f, point, i, h=1e-5):
    at = np.array(point).astype(float)
    here = at[i]
    at[i] = here + h
    ahead = f(at)
    at[i] = here - h
    return (ahead - f(at)) / (2.0 * h)


@partial_derivative.alternative
def partial_in_single_precision(f, point, i, h=1e-5):
    # Only the result is rounded: in float32 throughout, a step of 0.00001 would drown in rounding.
    return np.float32(with_two_lists(f, point, i, h))


gradient = Question(points=3, source=["Example 8", "Notation: ∇L"])


@gradient.check
def gathers_every_slope(gradient):
    """All the partial derivatives, in the order of the inputs."""
    expect(gradient, square_times, [1.0, 2.0]).to_equal(
        [4.0, 1.0],
        rtol=0,
        atol=SLOPE_ERROR,
        because="one central difference an input, each from the same point",
    )


@gradient.check
def has_one_slope_an_input(gradient):
    """A point of any length, as a list, a tuple or an array."""
    expect(gradient, climbing_cubes, (0.5,)).to_equal(
        [0.75], rtol=0, atol=SLOPE_ERROR, because="one input gives a vector of one slope"
    )
    expect(gradient, climbing_cubes, np.array([0.3, 1.0, -0.2, 0.4, 0.5])).to_equal(
        [0.27, 6.0, 0.36, 1.92, 3.75],
        rtol=0,
        atol=SLOPE_ERROR,
        because="as many slopes as the point has inputs",
    )
    expect(gradient, sum_of_cubes, [1.0, -1.0, 0.5]).to_equal(
        [3.0, 3.0, 0.75],
        rtol=0,
        atol=SLOPE_ERROR,
        because="hand f an array of floats: np.array(point, dtype=float)",
    )


@gradient.hidden
def is_close_on_a_smooth_function(gradient):
    """On a smooth function every slope is off by less than 0.000001."""
    expect(gradient, wave, WAVE_AT).to_equal(
        WAVE_SLOPES,
        rtol=0,
        atol=SLOPE_ERROR,
        because="a forward difference is off by about h, a central one by about h squared",
    )


@gradient.hidden
def starts_each_slope_from_the_same_point(gradient):
    """With a step of your own, the exact central quotients for it, each from the same point."""
    # At h = 0.5 nothing is magnified: the central quotient of v^3 is 3 v^2 + h^2, and of the products the
    # neighbours' sum.
    expect(gradient, cubes_and_products, [1.0, -2.0, 0.5], 0.5).to_equal(
        [1.25, 13.75, -1.0],
        because=(
            "take each step from the point itself: what was moved for one input must be back before the next"
        ),
    )
    expect(gradient, cubes_and_products, [0.5, 1.0], h=0.25).to_equal(
        [1.8125, 3.5625], because="h is an argument: step by it to either side, and divide by 2h"
    )


@gradient.hidden
def takes_ints_and_leaves_them(gradient):
    """A point of ints is stepped from as floats, and is as it was afterwards."""
    expect(gradient, climbing_cubes, np.array([1, -1])).to_equal(
        [3.0, 6.0],
        rtol=0,
        atol=SLOPE_ERROR,
        because="an array of ints cuts 1.00001 back to 1: make it an array of floats first",
    )
    expect(gradient, climbing_cubes, [1, 0, -1]).to_equal(
        [3.0, 0.0, 9.0], rtol=0, atol=SLOPE_ERROR, because="step on a copy: np.array(point, dtype=float)"
    )
    expect(gradient, climbing_cubes, np.array([0.7, 0.1])).to_equal(
        [1.47, 0.06], rtol=0, atol=SLOPE_ERROR, because="np.asarray makes no copy of an array; np.array does"
    )


@gradient.misconception(
    caught_by=is_close_on_a_smooth_function,
    hint="These are forward differences, each off by about h. Step to both sides and divide by 2h.",
)
def gathers_forward_differences(f, point, h=1e-5):
    return np.array([takes_a_forward_partial(f, point, i, h) for i in range(len(point))])


@gradient.misconception(
    caught_by=starts_each_slope_from_the_same_point,
    hint=(
        "Each input must be put back before the next is moved: work on a fresh copy of the point for every"
        " input."
    ),
)
def leaves_inputs_moved(f, point, h=1e-5):
    at = np.array(point, dtype=float)
    slopes = []
    for i in range(len(at)):
        at[i] += h
        ahead = f(at)
        at[i] -= 2 * h
        slopes.append((ahead - f(at)) / (2 * h))
    return np.array(slopes)


@gradient.misconception(
    caught_by=takes_ints_and_leaves_them,
    hint=(
        "An array of ints has no room for a step of 0.00001: 1.00001 is cut to 1, and 0.99999 to 0. Ask for"
        " floats: np.array(point, dtype=float)."
    ),
)
def steps_in_ints(f, point, h=1e-5):
    return np.array([steps_in_an_array_of_ints(f, point, i, h) for i in range(len(point))])


@gradient.misconception(
    caught_by=takes_ints_and_leaves_them,
    hint=(
        "np.asarray hands back the caller's own array where it already holds floats, and the steps are taken"
        " there. Copy it with np.array."
    ),
)
def steps_on_the_callers_own_point(f, point, h=1e-5):
    at = np.asarray(point, dtype=float)
    slopes = []
    for i in range(len(at)):
        at[i] += h
        ahead = f(at)
        at[i] -= 2 * h
        slopes.append((ahead - f(at)) / (2 * h))
        # Back but for rounding: the last bit of the caller's number can be another now.
        at[i] += h
    return np.array(slopes)


@gradient.misconception(
    caught_by=gathers_every_slope,
    hint=(
        "point + h moves every input at once, and gives one number for all of them. Move one input at a time."
    ),
)
def moves_all_inputs_at_once(f, point, h=1e-5):
    return np.full(len(point), moves_every_input(f, point, 0, h))


@gradient.misconception(
    caught_by=gathers_every_slope,
    hint=(
        "This is the negative gradient, which points downhill. The gradient itself points uphill: no minus"
        " sign."
    ),
)
def points_downhill(f, point, h=1e-5):
    return -reference.gradient(f, point, h)


@gradient.misconception(
    caught_by=has_one_slope_an_input,
    hint=(
        "A gradient has as many entries as the point has inputs, not always two: go through"
        " range(len(point))."
    ),
)
def stops_after_two_inputs(f, point, h=1e-5):
    return reference.gradient(f, point, h)[:2]


@gradient.misconception(
    caught_by=gathers_every_slope,
    hint="From h before to h past, the input moves by 2h. Divide by 2h, not by h.",
)
def divides_slopes_by_one_step(f, point, h=1e-5):
    return 2 * reference.gradient(f, point, h)


@gradient.misconception(
    caught_by=starts_each_slope_from_the_same_point,
    hint="The step is an argument with a default: hand the h you are given on to every difference.",
)
def forgets_to_hand_on_the_step(f, point, h=1e-5):
    return reference.gradient(f, point)


@gradient.alternative
def a_list_of_slopes(f, point, h=1e-5):
    return [with_two_lists(f, point, i, h) for i in range(len(point))]


@gradient.alternative
def along_the_rows_of_the_identity(f, point, h=1e-5):
    at = np.array(point, dtype=float)
    return np.array([(f(at + step) - f(at - step)) / (2 * h) for step in h * np.eye(at.size)])


@gradient.alternative
def fills_an_array_there_and_back(f, point, h=1e-5):
    at = np.array(point, dtype=float)
    slopes = np.empty(len(at))
    for i, here in enumerate(at.copy()):
        at[i] = here + h
        ahead = f(at)
        at[i] = here - h
        slopes[i] = (ahead - f(at)) / (2 * h)
        at[i] = here
    return slopes


@gradient.alternative
def slopes_in_single_precision(f, point, h=1e-5):
    return along_the_rows_of_the_identity(f, point, h).astype(np.float32)


chain_rule = Question(points=2, source="Chapter VIII")


def twice(u):
    return 2 * u


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


@chain_rule.check
def multiplies_the_two_slopes(chain_rule):
    """The square of 3x + 1: outer slope times inner slope."""
    expect(chain_rule, twice, three_x_and_one, always_three, 2).to_equal(
        42, because="the outer slope at inner(x), times the inner slope at x"
    )
    expect(chain_rule, twice, three_x_and_one, always_three, -1.5).to_equal(
        -21.0, because="the outer slope at inner(x), times the inner slope at x"
    )


@chain_rule.check
def reads_the_outer_slope_at_the_inner_value(chain_rule):
    """The cube of x^3 - x, where inner(x) is far from x."""
    expect(chain_rule, cube_slope, cube_minus_x, cube_minus_x_slope, 2.0).to_equal(
        1188.0, because="the outer function never sees x, it sees inner(x): read its slope there"
    )


@chain_rule.hidden
def tells_the_two_functions_apart(chain_rule):
    """The sine of an exponential is not the exponential of a sine."""
    expect(chain_rule, cosine, exponential, exponential, 0.4).to_equal(
        math.cos(math.exp(0.4)) * math.exp(0.4),
        because="outer slope at inner(x), inner slope at x, one multiplied by the other",
    )
    expect(chain_rule, exponential, sine, cosine, 0.4).to_equal(
        math.exp(math.sin(0.4)) * math.cos(0.4),
        because="outer slope at inner(x), inner slope at x, one multiplied by the other",
    )


@chain_rule.hidden
def works_where_the_outer_slope_at_x_has_no_value(chain_rule):
    """The logarithm of x^2 + 0.5, at 0 and on either side of it."""
    expect(chain_rule, one_over, square_and_a_half, twice, 0.0).to_equal(
        0.0,
        because=(
            "the slope 1/u is needed at u = inner(x); at x = 0 itself it does not exist, and is not asked for"
        ),
    )
    expect(chain_rule, one_over, square_and_a_half, twice, -2.0).to_equal(
        -4 / 4.5, because="the outer slope at inner(x), times the inner slope at x"
    )
    expect(chain_rule, one_over, square_and_a_half, twice, 0.75).to_equal(
        1.5 / 1.0625, because="the outer slope at inner(x), times the inner slope at x"
    )


@chain_rule.misconception(
    caught_by=reads_the_outer_slope_at_the_inner_value,
    hint=(
        "The outer slope is taken at x here. The outer function is fed inner(x), so read its slope there:"
        " outer_slope(inner(x))."
    ),
)
def reads_both_slopes_at_x(outer_slope, inner, inner_slope, x):
    return outer_slope(x) * inner_slope(x)


@chain_rule.misconception(
    caught_by=multiplies_the_two_slopes,
    hint=(
        "Slopes one after the other multiply: a factor of 14 after a factor of 3 is a factor of 42, not"
        " of 17."
    ),
)
def adds_the_slopes(outer_slope, inner, inner_slope, x):
    return outer_slope(inner(x)) + inner_slope(x)


@chain_rule.misconception(
    caught_by=multiplies_the_two_slopes,
    hint=(
        "This is the outer slope alone. How fast inner(x) itself moves is missing: multiply by"
        " inner_slope(x)."
    ),
)
def forgets_the_inner_slope(outer_slope, inner, inner_slope, x):
    return outer_slope(inner(x))


@chain_rule.misconception(
    caught_by=multiplies_the_two_slopes,
    hint=(
        "One slope is fed into the other here. Read each slope where it belongs, outer at inner(x) and inner"
        " at x, and multiply the two numbers."
    ),
)
def nests_the_slopes(outer_slope, inner, inner_slope, x):
    return outer_slope(inner_slope(x))


@chain_rule.misconception(
    caught_by=reads_the_outer_slope_at_the_inner_value,
    hint="The inner slope belongs at x: inner is fed x. Only the outer slope is read at inner(x).",
)
def reads_both_slopes_at_the_inner_value(outer_slope, inner, inner_slope, x):
    return outer_slope(inner(x)) * inner_slope(inner(x))


@chain_rule.misconception(
    caught_by=multiplies_the_two_slopes,
    hint="This multiplies by the inner value, not by the inner slope: the last factor is inner_slope(x).",
)
def multiplies_by_the_inner_value(outer_slope, inner, inner_slope, x):
    return outer_slope(inner(x)) * inner(x)


@chain_rule.alternative
def step_by_step(outer_slope, inner, inner_slope, x):
    u = inner(x)
    outer_factor = outer_slope(u)
    inner_factor = inner_slope(x)
    return float(inner_factor * outer_factor)


@chain_rule.alternative
def product_of_a_list(outer_slope, inner, inner_slope, x):
    return math.prod([slope(at) for slope, at in [(outer_slope, inner(x)), (inner_slope, x)]])


@chain_rule.alternative
def as_numpy_scalars(outer_slope, inner, inner_slope, x):
    return np.multiply(np.float64(outer_slope(inner(x))), np.float64(inner_slope(x)))


@chain_rule.alternative
def chained_in_single_precision(outer_slope, inner, inner_slope, x):
    return np.float32(outer_slope(inner(x))) * np.float32(inner_slope(x))


softmax_cross_entropy_gradient = Question(points=2, source="Chapter VIII")

LOGITS = [2.0, 1.0, 0.5]
PROBABILITIES = [math.exp(z) / (math.exp(2.0) + math.exp(1.0) + math.exp(0.5)) for z in LOGITS]


def loss_at(logits, target):
    """The loss of one prediction: ln of the sum of the exponentials, less the target's logit."""
    return math.log(sum(math.exp(z) for z in logits)) - logits[target]


@softmax_cross_entropy_gradient.check
def is_p_minus_one_at_the_target(softmax_cross_entropy_gradient):
    """The logits [2, 1, 0.5], once with target 0 and once with target 2."""
    expect(softmax_cross_entropy_gradient, LOGITS, 0).to_equal(
        [PROBABILITIES[0] - 1, PROBABILITIES[1], PROBABILITIES[2]],
        because="softmax of the logits, with 1 subtracted at the target and nowhere else",
    )
    expect(softmax_cross_entropy_gradient, LOGITS, 2).to_equal(
        [PROBABILITIES[0], PROBABILITIES[1], PROBABILITIES[2] - 1],
        because="softmax of the logits, with 1 subtracted at the target and nowhere else",
    )


@softmax_cross_entropy_gradient.check
def takes_logits_of_every_kind(softmax_cross_entropy_gradient):
    """Logits as a list, a tuple or an array, one or many, ints or floats, left as they were."""
    expect(softmax_cross_entropy_gradient, (0, 0, 0, 0), 1).to_equal(
        [0.25, -0.75, 0.25, 0.25],
        because="1 is subtracted in one place, the target's, and targets count from 0",
    )
    expect(softmax_cross_entropy_gradient, [5], 0).to_equal(
        [0.0], because="a single option has probability 1: nothing is left to improve"
    )
    expect(softmax_cross_entropy_gradient, np.array([1, 1]), 0).to_equal(
        [-0.5, 0.5],
        because="an array of ints keeps no fractions: convert with np.asarray(logits, dtype=float)",
    )
    expect(softmax_cross_entropy_gradient, np.array([3.5, 3.5]), 1).to_equal(
        [0.5, -0.5], because="z -= ... changes the caller's array; z = z - ... makes a new one"
    )


@softmax_cross_entropy_gradient.hidden
def stays_finite_where_logits_are_large(softmax_cross_entropy_gradient):
    """Logits of 1000 and -1000 give finite slopes, also where the target has no probability left."""
    expect(softmax_cross_entropy_gradient, [1000.0, -1000.0, 1000.0], 1).to_equal(
        [0.5, -1.0, 0.5], because="subtract the largest logit before exponentiating"
    )
    expect(softmax_cross_entropy_gradient, [-1000.0, -1001.0], 0).to_equal(
        [-1 / (1 + math.e), 1 / (1 + math.e)], because="subtract the largest logit, not the largest magnitude"
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
        because="the loss falls as the target's logit rises, and rises with every other",
    )


@softmax_cross_entropy_gradient.misconception(
    caught_by=is_p_minus_one_at_the_target,
    hint=(
        "The signs are turned round. The slope is p minus the one-hot target: negative at the target, where"
        " raising the logit lowers the loss."
    ),
)
def target_minus_p(logits, target):
    return -reference.softmax_cross_entropy_gradient(logits, target)


@softmax_cross_entropy_gradient.misconception(
    caught_by=is_p_minus_one_at_the_target,
    hint="These are the probabilities. Subtract 1 at the target's place.",
)
def subtracts_no_target(logits, target):
    slopes = reference.softmax_cross_entropy_gradient(logits, target)
    slopes[target] += 1
    return slopes


@softmax_cross_entropy_gradient.misconception(
    caught_by=is_p_minus_one_at_the_target,
    hint=(
        "1 is subtracted from every entry here. The one-hot target is 1 in one place: subtract it there"
        " alone."
    ),
)
def subtracts_one_everywhere(logits, target):
    return subtracts_no_target(logits, target) - 1


@softmax_cross_entropy_gradient.misconception(
    caught_by=stays_finite_where_logits_are_large,
    hint=(
        "exp(1000) overflows to infinity. Subtract the largest logit from all of them first: the"
        " probabilities stay the same."
    ),
)
def overflows_on_large_logits(logits, target):
    z = np.asarray(logits, dtype=float)
    with np.errstate(all="ignore"):
        slopes = np.exp(z) / np.exp(z).sum()
    slopes[target] -= 1
    return slopes


@softmax_cross_entropy_gradient.misconception(
    caught_by=takes_logits_of_every_kind,
    hint="z -= z.max() works on the caller's own array. Write z = z - z.max(), which makes a new one.",
)
def shifts_the_callers_logits(logits, target):
    z = np.asarray(logits, dtype=float)
    z -= z.max()
    slopes = np.exp(z) / np.exp(z).sum()
    slopes[target] -= 1
    return slopes


@softmax_cross_entropy_gradient.misconception(
    caught_by=is_p_minus_one_at_the_target,
    hint="Targets count from 0, as Python's indices do: use target as it is.",
)
def counts_targets_from_one(logits, target):
    slopes = subtracts_no_target(logits, target)
    slopes[target - 1] -= 1
    return slopes


@softmax_cross_entropy_gradient.misconception(
    caught_by=is_p_minus_one_at_the_target,
    hint=(
        "This is the slope in the probability, -1 / p. Go one link further, through softmax to the logits: p"
        " minus the one-hot target."
    ),
)
def stops_at_the_probability(logits, target):
    p = subtracts_no_target(logits, target)
    slopes = np.zeros(len(p))
    with np.errstate(all="ignore"):
        slopes[target] = -1 / p[target]
    return slopes


@softmax_cross_entropy_gradient.misconception(
    caught_by=is_p_minus_one_at_the_target,
    hint=(
        "The target is subtracted from the logits here. Turn them into probabilities first: softmax, then"
        " minus 1 at the target."
    ),
)
def subtracts_from_the_logits(logits, target):
    slopes = np.array(logits, dtype=float)
    slopes[target] -= 1
    return slopes


@softmax_cross_entropy_gradient.alternative
def slopes_by_plain_loops(logits, target):
    largest = max(logits)
    weights = [math.exp(z - largest) for z in logits]
    total = sum(weights)
    return [w / total - (1.0 if i == target else 0.0) for i, w in enumerate(weights)]


@softmax_cross_entropy_gradient.alternative
def by_a_one_hot_row(logits, target):
    z = np.array(logits, dtype=float)
    return np.exp(z - np.logaddexp.reduce(z)) - np.eye(len(z))[target]


@softmax_cross_entropy_gradient.alternative
def loss_slopes_in_single_precision(logits, target):
    z = np.array(logits, dtype=np.float32)
    weights = np.exp(z - z.max())
    return weights / weights.sum() - (np.arange(len(z)) == target).astype(np.float32)


steepest_descent = Question(points=1, source="Chapter VIII")


@steepest_descent.check
def points_against_the_gradient(steepest_descent):
    """A gradient of [3, 4]: the opposite way, at length 1."""
    expect(steepest_descent, [3, 4]).to_equal(
        [-0.6, -0.8], because="turn every sign, then divide by the magnitude"
    )


@steepest_descent.check
def refuses_a_zero_gradient(steepest_descent):
    """A gradient of zeros: ValueError."""
    expect(steepest_descent, (0.0, -5.0)).to_equal(
        [0.0, 1.0], because="turn every sign, then divide by the magnitude"
    )
    expect(steepest_descent, [0.0, 0.0]).to_be_refused(ValueError)
    expect(steepest_descent, [0, 0, 0]).to_be_refused(ValueError)


@steepest_descent.hidden
def has_length_one_however_small_the_gradient(steepest_descent):
    """Gradients of any length and any size, ints included; none of them is changed."""
    expect(steepest_descent, np.array([-2e-9, 3e-9, 6e-9])).to_equal(
        [2 / 7, -3 / 7, -6 / 7],
        because="a small gradient has a direction all the same; only a zero one has none",
    )
    expect(steepest_descent, np.array([8, -4, 1])).to_equal(
        [-8 / 9, 4 / 9, -1 / 9],
        because="an array of ints keeps no fractions: convert with np.asarray(gradient, dtype=float)",
    )
    expect(steepest_descent, [-0.25]).to_equal(
        [1.0], because="with one input there are two ways, and one of them falls"
    )


@steepest_descent.misconception(
    caught_by=points_against_the_gradient,
    hint="The gradient points uphill. Turn every sign: the way down is its opposite.",
)
def climbs(gradient):
    return -reference.steepest_descent(gradient)


@steepest_descent.misconception(
    caught_by=points_against_the_gradient,
    hint=(
        "This is the opposite of the gradient at full length. Divide by its magnitude: a direction has"
        " length 1."
    ),
)
def keeps_the_length(gradient):
    g = np.asarray(gradient, dtype=float)
    if not g.any():
        raise ValueError("a zero gradient")
    return -g


@steepest_descent.misconception(
    caught_by=points_against_the_gradient,
    hint="The magnitude is the square root of the sum of the squares, not the sum of the absolute values.",
)
def divides_by_the_sum_of_sizes(gradient):
    g = np.asarray(gradient, dtype=float)
    if not g.any():
        raise ValueError("a zero gradient")
    return -g / np.abs(g).sum()


@steepest_descent.misconception(
    caught_by=points_against_the_gradient,
    hint="The square root is missing: divide by the square root of the sum of the squares.",
)
def divides_by_the_square_of_the_magnitude(gradient):
    g = np.asarray(gradient, dtype=float)
    if not g.any():
        raise ValueError("a zero gradient")
    return -g / (g @ g)


@steepest_descent.misconception(
    caught_by=points_against_the_gradient,
    hint=(
        "These are the signs alone. How much each input counts is lost; divide the gradient by its magnitude"
        " instead."
    ),
)
def keeps_the_signs_alone(gradient):
    g = np.asarray(gradient, dtype=float)
    if not g.any():
        raise ValueError("a zero gradient")
    return -np.sign(g)


@steepest_descent.misconception(
    caught_by=[refuses_a_zero_gradient, has_length_one_however_small_the_gradient],
    hint=(
        "A small number added to the magnitude hides the zero gradient and shortens small ones. Add nothing,"
        " and raise ValueError where the magnitude is 0."
    ),
)
def adds_a_small_number(gradient):
    g = np.asarray(gradient, dtype=float)
    return -g / (np.linalg.norm(g) + 1e-8)


@steepest_descent.misconception(
    caught_by=refuses_a_zero_gradient,
    hint=(
        "0 / 0 gives nan and a warning, not an error. Check the magnitude first and raise ValueError where it"
        " is 0."
    ),
)
def divides_zero_by_zero(gradient):
    g = np.asarray(gradient, dtype=float)
    with np.errstate(all="ignore"):
        return -g / np.linalg.norm(g)


@steepest_descent.misconception(
    caught_by=has_length_one_however_small_the_gradient,
    hint="A small gradient is not a zero one: compare the magnitude with 0 itself, not with a small number.",
)
def takes_small_for_zero(gradient):
    if np.linalg.norm(gradient) < 1e-6:
        raise ValueError("a zero gradient")
    return reference.steepest_descent(gradient)


@steepest_descent.alternative
def downhill_by_plain_loops(gradient):
    magnitude = math.sqrt(sum(float(g) ** 2 for g in gradient))
    if magnitude == 0:
        raise ValueError("every slope is 0")
    return [-g / magnitude for g in gradient]


@steepest_descent.alternative
def downhill_by_hypot(gradient):
    magnitude = math.hypot(*gradient)
    if not magnitude:
        raise ValueError("no direction falls: the gradient is zero")
    return tuple(float(g) / -magnitude for g in gradient)


@steepest_descent.alternative
def downhill_in_single_precision(gradient):
    if not np.any(gradient):
        raise ValueError("zero gradient")
    g = np.array(gradient, dtype=np.float32)
    # Scaled by its largest entry first: the squares of small float32 numbers vanish.
    g = g / np.abs(g).max()
    return -g / np.sqrt(np.sum(g * g))


# Worked by hand ---------------------------------------------------------------------------------------------


def all_differ(answers):
    """Whether no two of a question's answers, right and wrong, are the same."""
    return len({tuple(a) if isinstance(a, list) else a for a in answers}) == len(answers)


example_8 = WorkedValue(
    points=1,
    source=["Example 8", "Notation: ∂L/∂w"],
    numbers={"b": 3, "x": 2, "y": 1},
    # The answers are whole; a student who takes them from a small step is a millionth off.
    tolerance=0.001,
    answer_as="a list of two numbers: the partial derivative in x, then the one in y",
    because="for the slope in x treat y as a constant, for the slope in y treat x as one",
)


@example_8.draw
def another_mixed_function(rng):
    while True:
        drawn = {"b": rng.randint(2, 7), "x": rng.randint(1, 5), "y": rng.randint(1, 5)}
        wrong = [swaps_the_two_slopes, leaves_the_square_unhalved, keeps_x_moving, puts_y_for_x]
        if all_differ([reference.example_8(**drawn), *(answer(**drawn) for answer in wrong)]):
            return drawn


@example_8.misconception(hint="The two are the other way round: the slope in x comes first.")
def swaps_the_two_slopes(b, x, y):
    return [b * x, 2 * x + b * y]


@example_8.misconception(hint="The slope of x squared is 2x, not x.")
def leaves_the_square_unhalved(b, x, y):
    return [x + b * y, b * x]


@example_8.misconception(
    hint="For the slope in y, x is held still: the term x squared is a constant then, and its slope is 0."
)
def keeps_x_moving(b, x, y):
    return [2 * x + b * y, 2 * x + b * x]


@example_8.misconception(
    hint="The slope of a product such as xy in y is the other factor, x, with the number in front of it."
)
def puts_y_for_x(b, x, y):
    return [2 * x + b * y, b * y]


@example_8.alternative
def partials_by_central_differences(b, x, y):
    return reference.gradient(lambda v: v[0] ** 2 + b * v[0] * v[1], [x, y])


@example_8.alternative
def partials_as_floats(b, x, y):
    return (float(2 * x + b * y), float(b * x))


exercise_17 = WorkedValue(
    points=1,
    source="Exercise 17",
    numbers={"n": 3, "x": 2},
    # The answer is whole; a student who takes it from a small step is a millionth off.
    tolerance=0.001,
    answer_as="a number: the slope at that point",
    because="the power rule: the exponent comes down as a factor, and the power falls by one",
)


@exercise_17.draw
def another_power(rng):
    while True:
        drawn = {"n": rng.randint(3, 6), "x": rng.choice([-4, -3, -2, 2, 3, 4, 5])}
        wrong = [forgets_the_factor, keeps_the_exponent, gives_the_value_itself]
        if all_differ([reference.exercise_17(**drawn), *(answer(**drawn) for answer in wrong)]):
            return drawn


@exercise_17.misconception(hint="The exponent comes down as a factor: multiply by it.")
def forgets_the_factor(n, x):
    return x ** (n - 1)


@exercise_17.misconception(hint="The power falls by one as its exponent comes down.")
def keeps_the_exponent(n, x):
    return n * x**n


@exercise_17.misconception(hint="This is the value of f at the point. Asked for is its slope there.")
def gives_the_value_itself(n, x):
    return x**n


@exercise_17.alternative
def slope_as_a_float(n, x):
    return float(n) * math.pow(x, n - 1)


@exercise_17.alternative
def slope_by_a_small_step(n, x):
    return np.float64(reference.central_difference(lambda at: at**n, x, 1e-5))


exercise_18 = WorkedValue(
    points=2,
    source=["Exercise 18", "Notation: ∇L"],
    numbers={"a": 2, "b": -1, "c": 1, "x": 1, "y": 3},
    # The answers are whole; a student who takes them from a small step is a millionth off.
    tolerance=0.001,
    answer_as="a list of two numbers: the gradient at that point",
    because="two partial derivatives, x first; the term in xy counts in both of them",
)


@exercise_18.draw
def another_quadratic_form(rng):
    while True:
        drawn = {
            "a": rng.randint(2, 5),
            "b": rng.choice([-4, -3, -2, -1]),
            "c": rng.choice([-3, -2, -1, 1, 2, 3]),
            "x": rng.randint(1, 4),
            "y": rng.randint(1, 4),
        }
        wrong = [
            swaps_the_entries,
            drops_the_mixed_term,
            mixes_the_wrong_partner,
            gives_the_way_down,
            halves_the_squares,
        ]
        if all_differ([reference.exercise_18(**drawn), *(answer(**drawn) for answer in wrong)]):
            return drawn


@exercise_18.misconception(hint="The two are the other way round: the slope in x comes first.")
def swaps_the_entries(a, b, c, x, y):
    return [2 * b * y + c * x, 2 * a * x + c * y]


@exercise_18.misconception(
    hint=(
        "The mixed term is missing. With y held still, the slope of xy in x is y; with x held still, its"
        " slope in y is x."
    )
)
def drops_the_mixed_term(a, b, c, x, y):
    return [2 * a * x, 2 * b * y]


@exercise_18.misconception(
    hint=(
        "The slope of xy in x is y, the factor that is held still, and its slope in y is x. Here they are"
        " exchanged."
    )
)
def mixes_the_wrong_partner(a, b, c, x, y):
    return [2 * a * x + c * x, 2 * b * y + c * y]


@exercise_18.misconception(
    hint="This is the way down, the negative gradient. Asked for is the gradient itself."
)
def gives_the_way_down(a, b, c, x, y):
    return [-(2 * a * x + c * y), -(2 * b * y + c * x)]


@exercise_18.misconception(
    hint="The slope of a square such as x squared is 2x: the factor 2 is missing in both entries."
)
def halves_the_squares(a, b, c, x, y):
    return [a * x + c * y, b * y + c * x]


@exercise_18.alternative
def by_a_symmetric_matrix(a, b, c, x, y):
    # The gradient of v^T A v is 2 A v where A is symmetric.
    return 2 * np.array([[a, c / 2], [c / 2, b]]) @ [x, y]


@exercise_18.alternative
def measured_by_small_steps(a, b, c, x, y):
    return reference.gradient(lambda v: a * v[0] ** 2 + b * v[1] ** 2 + c * v[0] * v[1], [x, y]).tolist()


reading_8 = Reading(
    points=1,
    source=["Notation: ∂L/∂w", "Notation: ∇L"],
    numbers={"g": [2, -6, 3], "i": 2, "rho": 0.07, "L": 1.5},
    tolerance=0.001,
    answer_as=(
        "three numbers, to three decimals: the partial derivative, the nudge's component, the estimated loss"
    ),
    because=(
        "papers count from 1; the nudge is the gradient over its own magnitude, times rho; the last term is a"
        " dot product of nudge and gradient"
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


@reading_8.misconception(hint="Papers count from 1: the first entry of the gradient is Python's g[0].")
def reads_indices_from_zero(g, i, rho, L):
    return reference.reading_8(g, i % len(g) + 1, rho, L)


@reading_8.misconception(
    hint="The nudge has length rho: divide the gradient by its own magnitude before multiplying by rho."
)
def leaves_the_gradient_at_full_length(g, i, rho, L):
    return [g[i - 1], rho * g[i - 1], L + rho * sum(x * x for x in g)]


@reading_8.misconception(
    hint=(
        "This goes downhill. The nudge in this equation goes uphill, along the gradient: there is no minus"
        " sign, and the loss rises."
    )
)
def nudges_downhill(g, i, rho, L):
    slope, nudge, estimate = reference.reading_8(g, i, rho, L)
    return [slope, -nudge, 2 * L - estimate]


@reading_8.misconception(
    hint="The last term is the dot product over all the components, not the product of one of them alone."
)
def multiplies_one_component(g, i, rho, L):
    slope, nudge, _ = reference.reading_8(g, i, rho, L)
    return [slope, nudge, L + nudge * slope]


@reading_8.alternative
def nudged_with_numpy(g, i, rho, L):
    nudge = rho * np.array(g) / np.linalg.norm(g)
    return np.array([g[i - 1], nudge[i - 1], L + nudge @ g])


@reading_8.alternative
def to_three_decimals(g, i, rho, L):
    return tuple(round(float(part), 3) for part in reference.reading_8(g, i, rho, L))
