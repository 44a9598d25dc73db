"""Chapter IX: what is asked of gradient descent, its schedules, Adam and backpropagation."""

import math

import numpy as np

from autograder.course.domains import (
    ANY_POSITIVE,
    ANY_REALS,
    Formula,
    among,
    lengths,
    matrices,
    numbers,
    one_of,
    shapes,
    slopes,
    vectors,
    without,
)
from autograder.course.question import Question, Reading, WorkedValue, expect

# One step ---------------------------------------------------------------------------------------------------

descent_step = Question(
    points=2,
    source=["Chapter IX", "Notation: α"],
    meaning="Nothing here depends on how many weights there are: the step of a model with billions of them"
    " is this same subtraction.",
)

STRETCHES = (
    "NumPy stretches one of these shapes to fit the other and says nothing: compare the two shapes yourself,"
    " and raise ValueError if they differ"
)


@descent_step.check
def moves_a_number_downhill(descent_step):
    """A number and its slope give a number."""
    expect(descent_step, 1.0, -6.0, 0.1).to_equal(
        1.6, because="w_new = w - learning_rate * gradient; subtracting a negative step adds"
    )
    expect(descent_step, 2, 3, 0.5).to_equal(0.5, because="w_new = w - learning_rate * gradient")


@descent_step.check
def moves_every_entry_of_an_array(descent_step):
    """Lists, tuples and arrays of one shape give an array of that shape."""
    expect(descent_step, [4, -2, 7], (2, 3, -1), 0.5).to_equal(
        [3.0, -3.5, 7.5], because="each entry moves by learning_rate times its own slope"
    )
    expect(descent_step, np.array([1.0, 2.0]), np.array([-4.0, 0.0]), 0.25).to_equal(
        [2.0, 2.0], because="each entry moves by learning_rate times its own slope"
    )
    weights, slopes = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [[10, 0, -10], [5, 5, 20]]
    expect(descent_step, weights, slopes, 0.1).to_equal(
        [[0.0, 2.0, 4.0], [3.5, 4.5, 4.0]], because="a matrix is stepped entry by entry, as a vector is"
    )


@descent_step.check
def refuses_shapes_that_differ(descent_step):
    """Two weights and three slopes: ValueError."""
    expect(descent_step, [2.0, 3.0], [1.0, 1.0], 1.0).to_equal([1.0, 2.0])
    expect(descent_step, [2.0, 3.0], [1.0, 2.0, 3.0], 0.1).to_be_refused(ValueError)


# Wording costs a twentieth of the question, and no more.
@descent_step.check(points=0.1)
def names_both_shapes(descent_step):
    """The message of that ValueError names both shapes."""
    expect(descent_step, [0.5, 0.25], [1.5, 0.5], 0.5).to_equal([-0.25, 0.0])
    expect(descent_step, [0.5, 0.25], [1.5, 0.5, 4.5], 0.1).to_be_refused(ValueError, naming=[2, 3])


@descent_step.hidden
def refuses_what_numpy_would_stretch(descent_step):
    """Shapes that differ are refused even if NumPy would stretch one to fit the other."""
    expect(descent_step, [7.0], [2.0], 0.5).to_equal([6.0])
    expect(descent_step, [5.0, 6.0], [1.0], 0.1).to_be_refused(ValueError, because=STRETCHES)
    expect(descent_step, [5.0], [1.0, 2.0], 0.1).to_be_refused(ValueError, because=STRETCHES)
    expect(descent_step, 3.0, [1.0, 2.0], 0.1).to_be_refused(ValueError, because=STRETCHES)
    expect(descent_step, [1.0, 2.0], 3.0, 0.1).to_be_refused(ValueError, because=STRETCHES)
    expect(descent_step, 3.0, [1.0], 0.1).to_be_refused(ValueError, because=STRETCHES)
    weights = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
    expect(descent_step, weights, [1.0, 2.0, 3.0], 0.1).to_be_refused(ValueError, because=STRETCHES)
    expect(descent_step, [[1.0], [2.0]], [[3.0, 4.0]], 0.1).to_be_refused(ValueError, because=STRETCHES)
    expect(descent_step, [[1.0, 2.0]] * 2, [[3.0], [4.0]], 0.1).to_be_refused(ValueError, because=STRETCHES)
    expect(descent_step, [-2.75] * 4, 107.0, 0).to_be_refused(ValueError, because=STRETCHES)
    expect(descent_step, -785923.5, (-3.125,), 0.01).to_be_refused(ValueError, because=STRETCHES)


@descent_step.hidden
def steps_in_proportion_to_the_slope(descent_step):
    """A steep slope makes a long step and a slope of 0 none, to the last digits."""
    expect(descent_step, np.array([0.5, -1.25, 3.0]), np.array([-8.0, 0.0, 1e6]), 1e-3).to_equal(
        [0.508, -1.25, -997.0], because="the gradient keeps its length: it is neither normalised nor clipped"
    )
    expect(descent_step, [1.5, -2.5], [3.0, 4.0], 0).to_equal([1.5, -2.5])
    expect(descent_step, [-8], [-4], 2).to_equal([0.0])
    expect(descent_step, -118.0, 0.2914503941, 0.1).to_equal(-118.02914503941)
    expect(descent_step, -5.5, -1.375, 3e-05).to_equal(-5.49995875)
    expect(descent_step, [0.0001234567891, -0.0000098765432], [0.0031415926, 2e-7], 0.025).to_equal(
        [0.0000449169741, -0.0000098815432], because="nothing is rounded on the way"
    )
    expect(descent_step, [0.0, 2.0], [-3e-9, 5e-10], 40).to_equal(
        [1.2e-7, 1.99999998], because="no slope is too small to count, and no learning rate is too large"
    )
    expect(descent_step, 0.0, 4e-10, 1).to_equal(-4e-10, because="no step is too small to be taken")


@descent_step.hidden
def takes_integers_of_every_width(descent_step):
    """Integers of one byte and of eight, signed and unsigned."""
    expect(
        descent_step, np.array([100, 7], dtype=np.uint8), np.array([200, 255], dtype=np.uint8), 1
    ).to_equal([-100.0, -248.0])
    expect(
        descent_step, np.array([-120, 7], dtype=np.int8), np.array([100, -128], dtype=np.int8), 2
    ).to_equal([-320.0, 263.0])
    expect(descent_step, np.array([[5, 8]]), np.array([[3, -1]]), 0.25).to_equal([[4.25, 8.25]])


@descent_step.hidden
def leaves_weights_and_gradient_as_they_were(descent_step):
    """Neither the weights nor the gradient is changed, whatever holds them."""
    expect(descent_step, np.array([[8.0, 2.0]]), np.array([[4.0, 1.0]]), 0.5).to_equal([[6.0, 1.5]])
    expect(descent_step, [8.0, 2.0], [4.0, 1.0], 0.5).to_equal([6.0, 1.5])
    expect(descent_step, [[8.0], [2.0]], [[4.0], [1.0]], 0.5).to_equal([[6.0], [1.5]])


@descent_step.hidden
def steps_long_vectors_and_equal_rows(descent_step):
    """Two thousand weights, and matrices whose rows are alike."""
    expect(descent_step, (-1.75, 4.5, 0.25, -6.0) * 500, (3.5, -2.5, 1.0, 0.5) * 500, 0.5).to_equal(
        [-3.5, 5.75, -0.25, -6.25] * 500
    )
    rows, slopes_there = [[0.5, 0.5], [0.5, 0.5], [7.0, 7.0]], [[8, 5], [-3, 5], [8, 5]]
    expect(descent_step, rows, slopes_there, 0.5).to_equal([[-3.5, -2.0], [2.0, -2.0], [3.0, 4.5]])
    expect(descent_step, slopes_there, rows, 2).to_equal([[7.0, 4.0], [-4.0, 4.0], [-6.0, -9.0]])
    stacked = np.arange(24.0).reshape(2, 3, 4)
    expect(descent_step, stacked, 2 * stacked - 1, 0.25).to_equal(
        stacked / 2 + 0.25, because="an array of any number of dimensions is stepped entry by entry"
    )


# The whole path ---------------------------------------------------------------------------------------------

gradient_descent = Question(
    points=2,
    source="Chapter IX",
    meaning="With the path in hand you can plot the loss along it, which is the first thing to look at when"
    " a training run goes wrong.",
)


def slope_of_a_parabola(w):
    """Of (w - 4)^2."""
    return 2 * (np.asarray(w, dtype=float) - 4)


def slope_of_a_valley(w):
    """Of w_1^2 / 2 + 5 w_2^2."""
    return np.asarray(w, dtype=float) * np.array([1.0, 10.0])


def slope_of_a_bowl(w):
    """Of the sum of k (w - c)^2 / 2, with another k and c in each of three directions."""
    return np.array([0.5, 3.0, 8.0]) * (np.asarray(w, dtype=float) - np.array([1.0, -2.0, 0.25]))


def slope_of_a_saddle(w):
    """Of w_1^2 / 2 + w_1 w_2 + w_2^2 / 4, whose slope along one axis depends on both numbers."""
    u, v = (float(one) for one in w)
    return np.array([u + v, u + v / 2])


# A step of 0.2 down a slope k (w - c) leaves 1 - 0.2 k of the distance to c.
DIRECTIONS = [(0.5, 1.0, 4.0), (3.0, -2.0, 0.5), (8.0, 0.25, -1.0)]
BOWL_PATH = [[c + (1 - 0.2 * k) ** step * (s - c) for k, c, s in DIRECTIONS] for step in range(41)]
# A step of 1.1 down 2 (w - 4) overshoots: the distance to 4 turns round and grows by a fifth.
OVERSHOT_PATH = [4 + (-1.2) ** step * -0.5 for step in range(21)]
# A step of 0.001 down 2 (w - 4) leaves 0.998 of the distance.
LONG_PATH = [4 + 0.998**step for step in range(1101)]


@gradient_descent.check
def keeps_the_whole_path(gradient_descent):
    """The start, then the position after each step."""
    expect(gradient_descent, slope_of_a_parabola, 1.0, 0.1, 3).to_equal(
        [1.0, 1.6, 2.08, 2.464],
        because="three steps make four positions, the start first, each with a slope measured afresh",
    )


@gradient_descent.check
def walks_in_more_dimensions(gradient_descent):
    """A start of n numbers gives a matrix with one position per row."""
    expect(gradient_descent, slope_of_a_valley, (2, -1), 0.05, 2).to_equal(
        [[2.0, -1.0], [1.9, -0.5], [1.805, -0.25]], because="each position is one row of the path"
    )
    expect(gradient_descent, slope_of_a_parabola, [3], 0.25, 1).to_equal(
        [[3.0], [3.5]], because="a start of one component is still a vector, and its path a matrix"
    )


@gradient_descent.check
def leaves_start_and_slopes_as_they_were(gradient_descent):
    """The start is not moved, and what gradient_fn returns is not written over."""
    expect(gradient_descent, slope_of_a_valley, np.array([8.0, 2.0]), 0.05, 2).to_equal(
        [[8.0, 2.0], [7.6, 1.0], [7.22, 0.5]],
        because="if all rows are alike, they are one array; w -= ... moves it, w = w - ... makes a new one",
    )
    expect(gradient_descent, lambda w: w, [8.0, -2.0], 0.25, 2).to_equal(
        [[8.0, -2.0], [6.0, -1.5], [4.5, -1.125]],
        because="this gradient_fn returns the very array it is handed: g *= ... would write into the path",
    )


@gradient_descent.hidden
def stays_with_no_steps(gradient_descent):
    """Without steps the path is the start alone."""
    expect(gradient_descent, slope_of_a_parabola, 5.5, 0.1, 0).to_equal([5.5])
    expect(gradient_descent, slope_of_a_valley, [2.0, -3.0], 0.1, 0).to_equal([[2.0, -3.0]])
    start = np.array([-0.7261008424, 1.6395256714])
    expect(gradient_descent, slope_of_a_valley, start, 0.1, 0).to_equal([[-0.7261008424, 1.6395256714]])


@gradient_descent.hidden
def follows_the_exact_solution(gradient_descent):
    """On a quadratic loss the whole path is known, converging or not."""
    expect(gradient_descent, slope_of_a_bowl, [4.0, 0.5, -1.0], 0.2, 40).to_equal(
        BOWL_PATH, because="each step starts where the last one ended"
    )
    expect(gradient_descent, slope_of_a_parabola, 3.5, 1.1, 20).to_equal(
        OVERSHOT_PATH, because="a rate that is too large runs away from the minimum, and nothing stops it"
    )
    expect(gradient_descent, slope_of_a_parabola, 5, 5, 9).to_equal(
        [4 + (-9) ** step for step in range(10)],
        because="a rate that is too large runs away from the minimum, and nothing stops it",
    )
    expect(gradient_descent, lambda at: np.asarray(at, dtype=float) - 3, 5, 0.5, 2).to_equal(
        [5, 4, 3.5], because="the path depends on the gradient_fn, the rate and the steps that are handed in"
    )


@gradient_descent.hidden
def moves_all_numbers_at_once(gradient_descent):
    """A slope in each direction that depends on the position in all of them."""
    expect(gradient_descent, slope_of_a_saddle, [1.0, 2.0], 0.5, 3).to_equal(
        [[1.0, 2.0], [-0.5, 1.0], [-0.75, 1.0], [-0.875, 1.125]],
        because="one call of gradient_fn gives the slope in all directions; all numbers move by it together",
    )


@gradient_descent.hidden
def takes_every_step_on_flat_ground(gradient_descent):
    """All steps are taken, however small the slope, and nothing is rounded."""
    expect(gradient_descent, lambda w: 1e-8 * np.asarray(w, dtype=float), [3.0, -0.7], 2e7, 3).to_equal(
        [[3.0, -0.7], [2.4, -0.56], [1.92, -0.448], [1.536, -0.3584]],
        because="nothing in the rule stops early",
    )
    expect(gradient_descent, lambda w: np.float64(0.0), 0.0000123456789, 0.5, 2).to_equal(
        [0.0000123456789] * 3, because="a step of 0 is still a step, with a position of its own"
    )


@gradient_descent.hidden
def walks_a_thousand_steps(gradient_descent):
    """More than a thousand steps."""
    expect(gradient_descent, slope_of_a_parabola, 5.0, 0.001, 1100).to_equal(LONG_PATH)


@gradient_descent.hidden
def starts_from_integers_of_every_width(gradient_descent):
    """A start of integers, in a list or in an array of any width, and steps that are no integers."""
    for start in (np.array([120, -2], dtype=np.int8), np.array([120, -2]), [120, -2]):
        expect(gradient_descent, slope_of_a_valley, start, 0.125, 2).to_equal(
            [[120.0, -2.0], [105.0, 0.5], [91.875, -0.125]],
            because_type="an array of integers drops the fractions that are written into it",
        )
    expect(gradient_descent, slope_of_a_parabola, 7, 0.25, 2).to_equal([7.0, 5.5, 4.75])
    expect(gradient_descent, slope_of_a_parabola, 2.0, 0.25, 2).to_equal([2.0, 3.0, 3.5])
    single = np.array([5.0, 2.0], dtype=np.float32)
    expect(gradient_descent, slope_of_a_valley, single, 0.125, 1).to_equal([[5.0, 2.0], [4.375, -0.5]])


# Mini-batches -----------------------------------------------------------------------------------------------

sgd = Question(
    points=2,
    source="Chapter IX",
    meaning="The loop never sees the exact gradient. It gets there all the same, because the errors of the"
    " batches average to zero.",
)


def pull_to_the_mean(w, batch):
    """The slope of the mean of (w - b)^2 / 2 over a batch."""
    return np.asarray(w, dtype=float) - np.mean(np.asarray(batch, dtype=float), axis=0)


def slope_of_a_fit(w, batch):
    """The slope of the mean of (x · w - y)^2 / 2 over a batch of rows [x_1, x_2, y]."""
    rows = np.asarray(batch, dtype=float)
    x, y = rows[:, :2], rows[:, 2]
    return x.T @ (x @ np.asarray(w, dtype=float) - y) / len(rows)


def fit_in_loops(w, batches, rate):
    """The same descent in plain Python, for the values that are expected of it."""
    for batch in batches:
        errors = [a * w[0] + b * w[1] - y for a, b, y in batch]
        slope = [sum(e * row[i] for e, row in zip(errors, batch, strict=True)) / len(batch) for i in (0, 1)]
        w = [w[0] - rate * slope[0], w[1] - rate * slope[1]]
    return w


BATCHES_OF_ROWS = [
    [[1.0, 2.0, 3.0], [0.5, -1.0, 2.0], [2.0, 0.0, -1.0]],
    [[1.5, 1.0, 0.5]],
    [[-1.0, 0.5, 2.5], [0.0, 3.0, 1.0]],
]
FITTED = fit_in_loops([0.25, -0.5], BATCHES_OF_ROWS, 0.3)


@sgd.check
def takes_one_step_per_batch(sgd):
    """Two batches, two steps; the last position comes back."""
    expect(sgd, pull_to_the_mean, 0.0, [[2.0, 4.0], [6.0]], 0.5).to_equal(
        3.75, because="call batch_gradient(w, batch) once per batch, each time with the newest w"
    )
    expect(sgd, pull_to_the_mean, 1, [[3, 5, 10]], 0.1).to_equal(
        1.5, because="one batch makes one step, however many numbers it holds"
    )


@sgd.check
def moves_a_vector(sgd):
    """A start of two numbers ends as two numbers, with batches of several rows."""
    expect(sgd, pull_to_the_mean, (1, -2), [[[3, 0], [5, 2]], [[0, 1]]], 0.5).to_equal(
        [1.25, 0.25], because="a batch goes to batch_gradient whole, for one step"
    )


@sgd.check
def leaves_start_and_batch_slopes_as_they_were(sgd):
    """The start is not moved, and what batch_gradient returns is not written over."""
    batches = [[[0.0, 0.0]], [[2.0, 2.0]]]
    expect(sgd, pull_to_the_mean, np.array([4.0, -4.0]), batches, 0.5).to_equal([2.0, 0.0])
    expect(sgd, lambda w, batch: w, [8.0, -2.0], [[1], [2], [3]], 0.5).to_equal(
        [1.0, -0.25],
        because="this batch_gradient returns the very array it is handed: g *= ... would write into w",
    )


@sgd.hidden
def goes_through_the_batches_in_order(sgd):
    """The batches are used as they come, and none is left out."""
    expect(sgd, pull_to_the_mean, 0.0, [[8.0], [0.0], [2.0]], 0.5).to_equal(
        2.0, because="go through the batches from first to last, each from where the one before ended"
    )
    expect(sgd, pull_to_the_mean, 0.0, [[2.0], [0.0], [8.0]], 0.5).to_equal(
        4.25, because="go through the batches from first to last, each from where the one before ended"
    )
    expect(sgd, pull_to_the_mean, 0.0, ((8.0, 8.0), (8.0, 8.0), (4.0,)), 0.5).to_equal(
        5.0, because="a batch that comes twice makes two steps"
    )
    expect(sgd, pull_to_the_mean, 3.0, [[2.0, 4.0], [9.0]], 0.5).to_equal(
        6.0, because="a batch whose slope is 0 moves nothing, and the next one still counts"
    )


@sgd.hidden
def fits_rows_batch_by_batch(sgd):
    """Batches of different sizes, one step each."""
    expect(sgd, slope_of_a_fit, [0.25, -0.5], BATCHES_OF_ROWS, 0.3).to_equal(
        FITTED, because="a batch makes one step whatever its size, with a slope measured afresh"
    )


@sgd.hidden
def hands_each_batch_on_as_it_is(sgd):
    """Batches that are pairs of inputs and targets, with slopes of hundreds, and more than a thousand of
    them."""

    def slope_of_a_line(w, batch):
        inputs, targets = np.asarray(batch[0], dtype=float), np.asarray(batch[1], dtype=float)
        return np.mean(inputs * (inputs * w - targets))

    pairs = [([30, 10], [1, 2]), ((20, 40), (5, 5))]
    first = 3 - 0.001 * (30 * 89 + 10 * 28) / 2
    expect(sgd, slope_of_a_line, 3.0, pairs, 0.001).to_equal(
        first - 0.001 * (20 * (20 * first - 5) + 40 * (40 * first - 5)) / 2,
        because="a batch goes to batch_gradient whole and in its own order, and a slope is never clipped",
    )
    expect(sgd, lambda w, batch: 0 * w + batch[0], 0.0, [[1.0], [0.5], [-2.0]] * 400, 0.5).to_equal(
        100.0, because="every batch makes a step, however many there are"
    )


@sgd.hidden
def stays_without_batches(sgd):
    """Without batches the start's values come back."""
    expect(sgd, pull_to_the_mean, [4.0, -4.0], [], 0.5).to_equal([4.0, -4.0])
    expect(sgd, pull_to_the_mean, 2.5, [], 0.5).to_equal(2.5)
    expect(sgd, pull_to_the_mean, [-4.0, -4.0, -4.0], [], 0).to_equal([-4.0, -4.0, -4.0])
    expect(sgd, pull_to_the_mean, -0.00011886053072, [[0.0], [2.5]], 0).to_equal(-0.00011886053072)


@sgd.hidden
def moves_integers_by_fractions(sgd):
    """A start of integers of any width, batches as arrays, small slopes and many digits."""
    for start in (np.array([100, -3], dtype=np.int8), np.array([100, -3]), [100, -3]):
        expect(sgd, pull_to_the_mean, start, np.array([[[2, 3], [1, 0]]]), 0.25).to_equal(
            [75.375, -1.875], because_type="an array of integers drops the fractions that are written into it"
        )
    expect(sgd, lambda w, batch: 1e-9 * w, 0.0001234567, [[1], [1]], 5e8).to_equal(0.000030864175)
    expect(sgd, pull_to_the_mean, [-0.00065558553964, 1.2345678912], [[[-2.03143676, 0.5]]], 0.25).to_equal(
        [-0.50835087915473, 1.0509259184], because="nothing is rounded on the way"
    )


# The schedule -----------------------------------------------------------------------------------------------

learning_rate_at = Question(
    points=2,
    source="Chapter IX",
    meaning="The same line with its ends exchanged is a warm-up; the two joined are the schedule of many"
    " training sections.",
)


@learning_rate_at.check
def runs_from_peak_to_final(learning_rate_at):
    """The peak at step 0, the final rate at the last step."""
    expect(learning_rate_at, 0, 1000, 0.001, 0.0001).to_equal(
        0.001, because="at step 0 nothing of the way is done: the rate is the peak"
    )
    expect(learning_rate_at, 1000, 1000, 0.001, 0.0001).to_equal(
        0.0001, because="the last step is total_steps itself, and there the rate is final"
    )


@learning_rate_at.check
def falls_evenly_between(learning_rate_at):
    """A quarter of the way down after a quarter of the steps."""
    expect(learning_rate_at, 250, 1000, 0.001, 0.0001).to_equal(
        0.000775, because="go the fraction step / total_steps of the way from peak to final"
    )
    expect(learning_rate_at, 3, 8, 2, 0).to_equal(1.25, because="three eighths of the way from 2 to 0")


@learning_rate_at.check
def refuses_steps_outside_the_schedule(learning_rate_at):
    """A step below 0 or above total_steps: ValueError."""
    expect(learning_rate_at, 5, 10, 0.4, 0.2).to_equal(0.3)
    expect(learning_rate_at, -1, 10, 0.4, 0.2).to_be_refused(ValueError)
    expect(learning_rate_at, 17, 16, 0.4, 0.2).to_be_refused(ValueError)


# Wording costs a twentieth of the question, and no more.
@learning_rate_at.check(points=0.1)
def names_the_step(learning_rate_at):
    """The message of that ValueError names the step."""
    expect(learning_rate_at, 8, 16, 0.4, 0.2).to_equal(0.3)
    expect(learning_rate_at, -3, 10, 0.4, 0.2).to_be_refused(ValueError, naming=[-3])
    expect(learning_rate_at, 29, 16, 0.4, 0.2).to_be_refused(ValueError, naming=[29])


@learning_rate_at.hidden
def warms_up_as_well(learning_rate_at):
    """If final is above peak the rate rises; if they are equal it stays."""
    expect(learning_rate_at, 30, 40, 0.0, 0.006).to_equal(
        0.0045, because="the same line serves both ways; nothing depends on which end is higher"
    )
    expect(learning_rate_at, 7, 12, 0.02, 0.02).to_equal(0.02)
    expect(learning_rate_at, 1, 1000, 0.25, 0.75).to_equal(
        0.2505, because="the line begins at step 0: the first steps are on it as well"
    )
    expect(learning_rate_at, 999, 1000, 0.25, 0.75).to_equal(0.7495)


@learning_rate_at.hidden
def counts_both_ends_of_a_short_schedule(learning_rate_at):
    """A schedule of a single step has both its ends, and nothing beyond them."""
    expect(learning_rate_at, 0, 1, 0.5, 0.125).to_equal(0.5)
    expect(learning_rate_at, 1, 1, 0.5, 0.125).to_equal(
        0.125, because="total_steps itself is inside the schedule"
    )
    expect(learning_rate_at, 2, 1, 0.5, 0.125).to_be_refused(
        ValueError, because="whatever is above total_steps is outside the schedule"
    )
    expect(learning_rate_at, 1_000_001, 1_000_000, 3e-6, 1).to_be_refused(
        ValueError, because="whatever is above total_steps is outside the schedule"
    )


@learning_rate_at.hidden
def keeps_small_rates_exact(learning_rate_at):
    """Rates near 1e-5 and schedules of a million steps, to the last digits."""
    expect(learning_rate_at, 123_457, 1_000_000, 0.0000314159, 0.0000027182).to_equal(
        2.78729680511e-05, because="nothing is rounded on the way", rtol=1e-9, atol=0
    )
    expect(learning_rate_at, 999_999, 1_000_000, 6e-5, 0).to_equal(6e-11, rtol=1e-6, atol=0)
    expect(learning_rate_at, 2, 3, 30, 60.0).to_equal(50.0)


# Adam -------------------------------------------------------------------------------------------------------

adam_step = Question(
    points=4,
    source="Chapter IX",
    meaning="You have put into code an algorithm that the primer leaves out, from nothing but the paper's"
    " own lines. Every optimiser's paper has such a box.",
)


def weighted_sum(values, beta):
    """A running average from 0, written out: the newest value counts 1 - beta, each older one beta times the
    one after it."""
    return (1 - beta) * sum(beta ** (len(values) - 1 - i) * value for i, value in enumerate(values))


def adam_weight(w, gradients, rate, beta1, beta2, epsilon):
    """Where one weight stands after these gradients, from the written-out averages."""
    for t in range(1, len(gradients) + 1):
        mean = weighted_sum(gradients[:t], beta1) / (1 - beta1**t)
        square = weighted_sum([g * g for g in gradients[:t]], beta2) / (1 - beta2**t)
        w = w - rate * mean / (math.sqrt(square) + epsilon)
    return w


# Per entry: the gradients so far, and the weight now.
PAST = [[2.0, -1.0], [0.5, 4.0], [-3.0, -0.25]]
NOW = [3, -2, 1]
WEIGHTS = [1, -2, 3]
BETA1, BETA2 = 0.8, 0.95
M_BEFORE = [weighted_sum(past, BETA1) for past in PAST]
V_BEFORE = [weighted_sum([g * g for g in past], BETA2) for past in PAST]
M_AFTER = [weighted_sum([*past, now], BETA1) for past, now in zip(PAST, NOW, strict=True)]
V_AFTER = [weighted_sum([g * g for g in [*past, now]], BETA2) for past, now in zip(PAST, NOW, strict=True)]
W_AFTER = [
    w - 0.05 * (m / (1 - BETA1**3)) / (math.sqrt(v / (1 - BETA2**3)) + 1e-6)
    for w, m, v in zip(WEIGHTS, M_AFTER, V_AFTER, strict=True)
]

# Five gradients for each of the six entries of a (2, 3) matrix.
LONG_RUN = [
    [[0.5, -2.0, 1.0], [3.0, 0.1, -0.7]],
    [[0.4, 1.0, 1.0], [-3.0, 0.2, -0.6]],
    [[0.1, -1.5, 1.0], [2.0, 0.0, 5.0]],
    [[-0.3, 2.5, 1.0], [-1.0, 0.3, 0.2]],
    [[-0.6, 0.0, 1.0], [0.5, -0.1, -0.4]],
]
RUN_START = [[1.0, -1.0, 0.5], [2.0, 0.0, -3.0]]


def run_until(t):
    """(w, m, v) of that matrix after t steps."""

    def each(value):
        return [[value(i, j, [g[i][j] for g in LONG_RUN[:t]]) for j in range(3)] for i in range(2)]

    return (
        each(lambda i, j, seen: adam_weight(RUN_START[i][j], seen, 0.02, 0.9, 0.98, 1e-9)),
        each(lambda i, j, seen: weighted_sum(seen, 0.9)),
        each(lambda i, j, seen: weighted_sum([g * g for g in seen], 0.98)),
    )


AFTER_EACH = [run_until(t) for t in range(1, 6)]


@adam_step.check
def takes_the_first_step(adam_step):
    """The first step of one weight, from averages of 0."""
    expect(adam_step, 1.0, 2.0, 0.0, 0.0, 1, learning_rate=0.1).to_equal(
        (1 - 0.1 * 2 / (2 + 1e-8), 0.2, 0.004),
        parts=("w", "m", "v"),
        because="go through Algorithm 1 line by line: m, v, a corrected copy of each, then the step",
    )


@adam_step.check
def carries_its_averages_along(adam_step):
    """The second step, from the averages that the first one left."""
    m, v = 0.9 * 0.2 - 0.1, 0.999 * 0.004 + 0.001
    w = 0.9 - 0.1 * (m / 0.19) / (math.sqrt(v / 0.001999) + 1e-8)
    expect(adam_step, 0.9, -1.0, 0.2, 0.004, 2, learning_rate=0.1).to_equal(
        (w, m, v),
        parts=("w", "m", "v"),
        because="in the corrections, beta ** t is a power; m and v go back without them",
    )


@adam_step.check
def treats_each_entry_alone(adam_step):
    """Lists, tuples and arrays, with other settings: three arrays come back."""
    before = (WEIGHTS, tuple(NOW), np.array(M_BEFORE), V_BEFORE, 3)
    expect(adam_step, *before, learning_rate=0.05, beta1=0.8, beta2=0.95, epsilon=1e-6).to_equal(
        (W_AFTER, M_AFTER, V_AFTER),
        parts=("w", "m", "v"),
        because="every line of the algorithm is entry by entry",
    )


@adam_step.hidden
def adds_epsilon_last(adam_step):
    """A large epsilon shows where it stands."""
    m, v = 0.9 * 0.03 + 0.1 * 0.01, 0.999 * 0.0004 + 0.001 * 0.0001
    w = 2.0 - 0.001 * (m / (1 - 0.9**4)) / (math.sqrt(v / (1 - 0.999**4)) + 0.5)
    expect(adam_step, 2.0, 0.01, 0.03, 0.0004, 4, epsilon=0.5).to_equal(
        (w, m, v), parts=("w", "m", "v"), because="take the root of the corrected v first, then add epsilon"
    )
    # Averages that forget fast: most of the weight is on the new gradient.
    m, v = 0.25 * 0.3 + 0.75 * -2.0, 0.375 * 0.08 + 0.625 * 4.0
    w = -1.0 - 0.05 * (m / (1 - 0.25**3)) / (math.sqrt(v / (1 - 0.375**3)) + 0.125)
    expect(adam_step, -1.0, -2.0, 0.3, 0.08, 3, 0.05, 0.25, 0.375, 0.125).to_equal(
        (w, m, v),
        parts=("w", "m", "v"),
        because="beta1 is the fraction of the old m that is kept, beta2 that of the old v",
    )


@adam_step.hidden
def steps_by_the_learning_rate_at_first(adam_step):
    """The first step is about the learning rate, however steep the slope; a slope of 0 makes none."""
    for slope in [1e-3, -4.0, 1e6, 0.0]:
        expect(adam_step, 10.0, slope, 0.0, 0.0, 1, learning_rate=0.01).to_equal(
            (10 - 0.01 * slope / (abs(slope) + 1e-8), 0.1 * slope, 0.001 * slope**2),
            parts=("w", "m", "v"),
            because="with both corrections the first step is learning_rate * g / (|g| + epsilon)",
        )
    expect(adam_step, 0.0, -3.0, 0.0, 0.0, 1).to_equal(
        (0.001 * 3 / (3 + 1e-8), -0.3, 0.009),
        parts=("w", "m", "v"),
        because="the settings that are not given are those of the stub",
    )


@adam_step.hidden
def agrees_with_the_written_out_averages(adam_step):
    """Five steps of a matrix of weights, each from what the last returned."""
    w, m, v = np.array(RUN_START), np.zeros((2, 3)), np.zeros((2, 3))
    for t in range(1, 6):
        w, m, v = expect(adam_step, w, LONG_RUN[t - 1], m, v, t, 0.02, 0.9, 0.98, 1e-9).to_equal(
            AFTER_EACH[t - 1],
            parts=("w", "m", "v"),
            because="what is returned depends on the arguments alone, and t is the one that is handed in",
        )


@adam_step.hidden
def goes_on_after_a_slope_of_zero(adam_step):
    """A weight whose slope has become 0 still moves by its average, and late corrections are nearly 1."""
    m, v = 0.9 * 0.4, 0.999 * 0.09
    w = 1.5 - 0.002 * (m / (1 - 0.9**7)) / (math.sqrt(v / (1 - 0.999**7)) + 1e-8)
    expect(adam_step, 1.5, 0.0, 0.4, 0.09, 7, learning_rate=0.002).to_equal((w, m, v), parts=("w", "m", "v"))
    m, v = 0.9 * -0.2 + 0.1 * 0.3, 0.999 * 0.05 + 0.001 * 0.09
    w = 0.25 - 0.001 * m / (math.sqrt(v) + 1e-8)
    expect(adam_step, 0.25, 0.3, -0.2, 0.05, 50_000).to_equal((w, m, v), parts=("w", "m", "v"))
    m, v = 0.9 * -0.2 + 0.1 * 0.3, 0.999 * 0.05 + 0.001 * 0.09
    for t in (150, 1200):
        w = 0.25 - 0.001 * (m / (1 - 0.9**t)) / (math.sqrt(v / (1 - 0.999**t)) + 1e-8)
        expect(adam_step, 0.25, 0.3, -0.2, 0.05, t).to_equal(
            (w, m, v), parts=("w", "m", "v"), because="both corrections are made at every step, late or early"
        )
    # With v = 0 the divisor is epsilon alone, and every digit of m shows in w.
    m = 0.8 * -0.00016132003054
    w = 0.625 - 0.001 * (m / (1 - 0.8**100)) / 1e-8
    expect(adam_step, 0.625, 0, -0.00016132003054, 0.0, 100, beta1=0.8, beta2=0.95).to_equal(
        (w, m, 0.0), parts=("w", "m", "v")
    )


@adam_step.hidden
def takes_settings_of_0(adam_step):
    """A setting of 0 is a setting, and so is a learning rate above 1."""
    because = "a setting that is given counts, also if it is 0: `beta2 or 0.999` would take the default"
    m, v = 0.9 * 0.5 + 0.1 * 2.0, 0.999 * 0.25 + 0.001 * 4.0
    settled = (m / (1 - 0.9**2)) / math.sqrt(v / (1 - 0.999**2))
    expect(adam_step, 1.5, 2.0, 0.5, 0.25, 2, learning_rate=0).to_equal(
        (1.5, m, v), parts=("w", "m", "v"), because=because
    )
    expect(adam_step, 1.5, 2.0, 0.5, 0.25, 2, epsilon=0, learning_rate=4).to_equal(
        (1.5 - 4 * settled, m, v), parts=("w", "m", "v"), because=because
    )
    expect(adam_step, 1.5, 2.0, 0.5, 0.25, 2, beta2=0.0, beta1=0).to_equal(
        (1.5 - 0.001 * 2.0 / (2.0 + 1e-8), 2.0, 4.0), parts=("w", "m", "v"), because=because
    )


@adam_step.hidden
def starts_afresh_at_every_call(adam_step):
    """Two runs taken in turn do not mix, and no argument is changed."""
    for g in (2.0, -1.0):
        expect(adam_step, [3.0], [g], [0.0], [0.0], 1, learning_rate=0.5).to_equal(
            ([3.0 - 0.5 * g / (abs(g) + 1e-8)], [0.1 * g], [0.001 * g * g]),
            parts=("w", "m", "v"),
            because="the averages are those that are handed in; nothing is kept from call to call",
        )
    arrays = [np.array([value, 2 * value]) for value in (0.75, -0.5, 0.125, 0.25)]
    m = [0.9 * 0.125 - 0.1 * 0.5, 0.9 * 0.25 - 0.1]
    v = [0.999 * 0.25 + 0.001 * 0.25, 0.999 * 0.5 + 0.001]
    w = [
        x - 0.001 * (a / (1 - 0.9**2)) / (math.sqrt(b / (1 - 0.999**2)) + 1e-8)
        for x, a, b in zip([0.75, 1.5], m, v, strict=True)
    ]
    expect(adam_step, *arrays, 2).to_equal((w, m, v), parts=("w", "m", "v"))


@adam_step.hidden
def squares_integers_of_every_width(adam_step):
    """Gradients that are integers of one byte, and slopes so small that every digit counts."""
    g = np.array([100, -128], dtype=np.int8)
    zeros = np.zeros(2, dtype=np.int8)
    expect(adam_step, np.array([1, 2], dtype=np.uint8), g, zeros, zeros, 1, learning_rate=0.5).to_equal(
        ([0.5 + 0.5e-10, 2.5 - 0.5e-8 / 128], [10.0, -12.8], [10.0, 16.384]), parts=("w", "m", "v")
    )
    slope = 0.000123456789
    expect(adam_step, 0.0001, slope, 0.0, 0.0, 1, learning_rate=0.00001).to_equal(
        (0.0001 - 0.00001 * slope / (slope + 1e-8), 0.1 * slope, 0.001 * slope**2),
        parts=("w", "m", "v"),
        rtol=1e-9,
        atol=1e-18,
        because="nothing is rounded on the way",
    )


# Backpropagation --------------------------------------------------------------------------------------------

backward = Question(
    points=4,
    source="Chapter IX",
    meaning="What you wrote is what loss.backward() does, one layer at a time and for any network: the"
    " line for the slope at the output, then the same two lines per layer.",
)


def loss_of_two_layers(x, target, W1, W2):
    """The forward pass in plain Python: ln of the summed exponentials, minus the target's logit."""
    h = [math.tanh(sum(a * b for a, b in zip(row, x, strict=True))) for row in W1]
    z = [sum(a * b for a, b in zip(row, h, strict=True)) for row in W2]
    top = max(z)
    return top + math.log(sum(math.exp(one - top) for one in z)) - z[target]


def slopes_by_nudging(x, target, W1, W2, nudge=1e-5):
    """(loss, dW1, dW2) by central differences: each weight nudged up and down, and the losses compared."""
    found = []
    for which in (0, 1):
        slopes = []
        for i in range(len((W1, W2)[which])):
            row = []
            for j in range(len((W1, W2)[which][0])):
                losses = []
                for sign in (1, -1):
                    layers = [[list(r) for r in W] for W in (W1, W2)]
                    layers[which][i][j] += sign * nudge
                    losses.append(loss_of_two_layers(x, target, *layers))
                row.append((losses[0] - losses[1]) / (2 * nudge))
            slopes.append(row)
        found.append(slopes)
    return loss_of_two_layers(x, target, W1, W2), found[0], found[1]


# The chapter's worked case: one input, one hidden unit, two tokens. P0 is the probability of the wrong one.
H = math.tanh(0.5)
P0 = 1 / (1 + math.exp(-2 * H))
WORKED = (-math.log(1 - P0), [[4 * P0 * (1 - H * H)]], [[P0 * H], [-P0 * H]])

# Whole numbers, and no two sizes alike. The hidden layer is [0, tanh(1)], the logits are [0, t, 2 * 0, -t]
# and the target is token 3.
T = math.tanh(1)
TOTAL = 2 + math.exp(T) + math.exp(-T)
DZ = [1 / TOTAL, math.exp(T) / TOTAL, 1 / TOTAL, math.exp(-T) / TOTAL - 1]
DA = [DZ[0] + 2 * DZ[2], (DZ[1] - DZ[3]) * (1 - T * T)]
WHOLE = (
    math.log(TOTAL) + T,
    [[DA[0], 0.0, -2 * DA[0]], [DA[1], 0.0, -2 * DA[1]]],
    [[0.0, d * T] for d in DZ],
)
WHOLE_W1, WHOLE_W2 = [[0, 1, 0], [1, 0, 0]], [[1, 0], [0, 1], [2, 0], [0, -1]]

# Two layers with no symmetry in them. Loss and slopes by differentiating the forward pass in fifty-digit
# arithmetic (mpmath).
X = [0.8, -1.5, 0.6]
W1_GIVEN = [[0.4, -0.3, 0.9], [-0.7, 0.2, 0.5]]
W2_GIVEN = [[1.1, -0.4], [0.3, 0.8], [-0.9, 0.6], [0.2, -1.3]]
LOSS = 2.980726843755575
DW1 = [
    [0.3005380552520497, -0.5635088535975932, 0.2254035414390373],
    [-0.6554845240708415, 1.2290334826328277, -0.4916133930531311],
]
DW2 = [
    [0.41063013632379425, -0.24134765309751907],
    [0.11179866816096894, -0.06570961016558655],
    [-0.8204083115068338, 0.48219456646927844],
    [0.2979795070220706, -0.17513730320617285],
]
# More hidden units than inputs or tokens, and a square second layer, where a transpose left out raises no
# error.
WIDE_W1 = [[0.3, -0.6], [1.2, 0.4], [-0.5, 0.9], [0.1, 0.7], [-1.1, -0.2]]
WIDE_W2 = [[0.5, -0.2, 0.8, 0.1, -0.9], [-0.3, 0.6, 0.4, -1.2, 0.2], [0.7, 0.3, -0.5, 0.9, 1.4]]
SQUARE_W1 = [[0.9, -0.4, 0.2], [0.3, 0.8, -0.6]]
SQUARE_W2 = [[0.6, -1.1], [0.9, 0.5]]


@backward.check
def stage_1_the_loss(backward):
    """Stage 1: the loss."""
    parts = ("loss", "dW1", "dW2")
    expect(backward, [2.0], 1, [[0.25]], [[1.0], [-1.0]]).to_equal(
        (WORKED[0], ..., ...), parts=parts, because="the loss is the surprise at the target: -ln p_target"
    )
    expect(backward, (1, 0, -2), 3, WHOLE_W1, WHOLE_W2).to_equal(
        (WHOLE[0], ..., ...), parts=parts, because="the loss is the surprise at the target: -ln p_target"
    )


@backward.check
def stage_2_back_to_w2(backward):
    """Stage 2: dW2."""
    parts = ("loss", "dW1", "dW2")
    because = "dW2 is the outer product of p - onehot(target) with h, in the shape of W2"
    expect(backward, [2.0], 1, [[0.25]], [[1.0], [-1.0]]).to_equal(
        (..., ..., WORKED[2]), parts=parts, because=because
    )
    expect(backward, (1, 0, -2), 3, WHOLE_W1, WHOLE_W2).to_equal(
        (..., ..., WHOLE[2]), parts=parts, because=because
    )


@backward.check
def stage_3_back_to_w1(backward):
    """Stage 3: dW1."""
    parts = ("loss", "dW1", "dW2")
    because = "back through W2 and through tanh, then the outer product with x, in the shape of W1"
    expect(backward, [2.0], 1, [[0.25]], [[1.0], [-1.0]]).to_equal(
        (..., WORKED[1], ...), parts=parts, because=because
    )
    expect(backward, (1, 0, -2), 3, WHOLE_W1, WHOLE_W2).to_equal(
        (..., WHOLE[1], ...), parts=parts, because=because
    )


@backward.hidden
def agrees_with_fifty_digit_arithmetic(backward):
    """Loss and slopes of two layers with no symmetry in them, and no argument changed."""
    expect(backward, np.array(X), 2, np.array(W1_GIVEN), np.array(W2_GIVEN)).to_equal(
        (LOSS, DW1, DW2),
        parts=("loss", "dW1", "dW2"),
        because="nudge one weight at a time to see which slopes are off",
    )


@backward.hidden
def agrees_with_nudging_every_weight(backward):
    """For each target, the slopes are what nudging the weights one at a time gives."""
    parts = ("loss", "dW1", "dW2")
    because = "the 1 is subtracted at the target, whichever token that is"
    # A nudge of 1e-5 cuts off about 1e-10 of slopes near 1 and rounds off about 1e-11: 1e-8 leaves room for
    # both.
    for target in range(4):
        nudged = slopes_by_nudging(X, target, W1_GIVEN, W2_GIVEN)
        expect(backward, X, target, W1_GIVEN, W2_GIVEN).to_equal(
            nudged, parts=parts, rtol=1e-6, atol=1e-8, because=because
        )
    for target in range(3):
        nudged = slopes_by_nudging([1.4, -0.6], target, WIDE_W1, WIDE_W2)
        expect(backward, [1.4, -0.6], target, WIDE_W1, WIDE_W2).to_equal(
            nudged, parts=parts, rtol=1e-6, atol=1e-8, because=because
        )


@backward.hidden
def goes_back_through_the_transpose(backward):
    """A square second layer, where the wrong way round raises no error."""
    # As above: the nudge cuts off and rounds off less than 1e-8.
    expect(backward, [0.5, 1.0, -2.0], 0, SQUARE_W1, SQUARE_W2).to_equal(
        slopes_by_nudging([0.5, 1.0, -2.0], 0, SQUARE_W1, SQUARE_W2),
        parts=("loss", "dW1", "dW2"),
        rtol=1e-6,
        atol=1e-8,
        because="h_j reaches the loss through column j of W2: going back, multiply by the transpose",
    )


@backward.hidden
def stays_finite_for_large_z(backward):
    """Logits of thousands, positive and negative: a finite loss and finite slopes."""
    parts = ("loss", "dW1", "dW2")
    slope = 20000 * (1 - H * H) * 0.5
    expect(backward, [0.5], 1, [[1.0]], [[10000.0], [-10000.0], [0.0]]).to_equal(
        (20000 * H, [[slope]], [[H], [-H], [0.0]]),
        parts=parts,
        because="take the logarithm of the sum of exponentials, not of a probability that has become 0",
    )
    # A logit of thousands is rounded by up to 1e-12, and W2 magnifies what that does to p: what should cancel
    # to 0 may be off by 1e-8.
    expect(backward, [0.5], 0, [[1.0]], [[10000.0], [-10000.0], [0.0]]).to_equal(
        (0.0, [[0.0]], [[0.0], [0.0], [0.0]]),
        parts=parts,
        atol=1e-8,
        because="if all the probability is on the target, the loss and every slope are 0",
    )
    expect(backward, [0.5], 1, [[1.0]], [[-9000.0], [-1500.0]]).to_equal(
        (0.0, [[0.0]], [[0.0], [0.0]]), parts=parts, atol=1e-8, because="subtract the largest logit always"
    )
    expect(backward, [1.0], 0, [[0.5]], [[-20000.0], [12000.0]]).to_equal(
        (32000 * H, [[32000 * (1 - H * H)]], [[-H], [H]]),
        parts=parts,
        because="a loss or a slope may be as large as it likes: nothing is clipped",
    )
    expect(backward, [0.5], 1, [[1.0]], [[-3000.0], [-3000.0]]).to_equal(
        (math.log(2), [[0.0]], [[H / 2], [-H / 2]]),
        parts=parts,
        atol=1e-8,
        because="subtract the largest logit from all of them first, also if all are far below 0",
    )


@backward.hidden
def keeps_the_slopes_of_a_network_that_is_sure(backward):
    """Hidden units near 1 and probabilities near 0: a loss and slopes that are small, but not 0."""
    parts = ("loss", "dW1", "dW2")
    because = "no loss and no slope is small enough to be taken for 0"
    # 1 - tanh(12)^2 is 1.5e-10; as 1 / cosh(12)^2 it is exact, from tanh it is rounded at 1e-16.
    for a in (3.0, 8.0, 12.0):
        h, rest = math.tanh(a), 1 / math.cosh(a) ** 2
        p = 1 / (1 + math.exp(-2 * h))
        expect(backward, [1.0], 1, [[a]], [[1.0], [-1.0]]).to_equal(
            (2 * h + math.log1p(math.exp(-2 * h)), [[2 * p * rest]], [[p * h], [-p * h]]),
            parts=parts,
            because=because,
        )
    # tanh of a thousand is 1; exponentials of a thousand overflow. The other token's probability:
    other = 1 / (1 + math.exp(1.5))
    expect(backward, [1.0], 0, [[1000.0], [-1000.0]], [[1.0, 0.5], [0.0, 1.0]]).to_equal(
        (
            math.log1p(math.exp(-1.5)),
            [[0.0], [0.0]],
            [[-other, other], [other, -other]],
        ),
        parts=parts,
        because="take tanh from NumPy: the exponentials of its definition overflow",
    )
    p = 1 / (1 + math.exp(2 * math.tanh(0.0009)))
    small = math.tanh(0.0009)
    expect(backward, [1.0], 0, [[0.0009]], [[1.0], [-1.0]]).to_equal(
        (-math.log(1 - p), [[-2 * p * (1 - small * small)]], [[-p * small], [p * small]]),
        parts=parts,
        because="tanh(a) is not a, however small a is",
    )
    for height in (8.0, 11.0, 14.0):
        p = 1 / (1 + math.exp(2 * height * T))
        expect(backward, [1.0], 0, [[1.0]], [[height], [-height]]).to_equal(
            (math.log1p(math.exp(-2 * height * T)), [[-2 * height * p * (1 - T * T)]], [[-p * T], [p * T]]),
            parts=parts,
            because=because,
        )


@backward.hidden
def takes_any_sizes_and_integers(backward):
    """A single token, a single weight, integers of one byte, and slopes so small that every digit counts."""
    parts = ("loss", "dW1", "dW2")
    expect(backward, [1.0, 2.0], 0, [[0.5, 0.25]], [[3.0]]).to_equal(
        (0.0, [[0.0, 0.0]], [[0.0]]), parts=parts, because="a single token has probability 1"
    )
    x, W1, W2 = (
        np.array([1, 0, -2], dtype=np.int8),
        np.array(WHOLE_W1, dtype=np.uint8),
        np.array(WHOLE_W2, dtype=np.int8),
    )
    expect(backward, x, 3, W1, W2).to_equal(WHOLE, parts=parts)
    # All of them of one byte, where NumPy's tanh would work in half precision.
    x, W1 = np.array([0, 0, 1], dtype=np.int8), np.array([[1, 1, 1]], dtype=np.uint8)
    for W2 in (np.array([[2], [3]], dtype=np.uint8), np.array([[2], [3]], dtype=np.float32)):
        p = 1 / (1 + math.exp(-T))
        expect(backward, x, 0, W1, W2).to_equal(
            (-math.log1p(-p), [[0.0, 0.0, p * (1 - T * T)]], [[-p * T], [p * T]]), parts=parts
        )
    expect(backward, [0.5], 1, [[0.0]], [[1.0], [-0.25], [1.0]]).to_equal(
        (math.log(3), [[5 / 12]], [[0.0], [0.0], [0.0]]), parts=parts, because="tanh(0) is 0, and its slope 1"
    )
    expect(backward, [1, -1], 0, [[1, 0], [1, 1]], [[0.0, 0.0], [0.0, 0.0]]).to_equal(
        (math.log(2), [[0.0, 0.0], [0.0, 0.0]], [[-T / 2, 0.0], [T / 2, 0.0]]), parts=parts
    )
    # Two inputs, two hidden units and two rows alike: each counts.
    p = 1 / (1 + math.exp(2 * T))
    expect(backward, [1, 1], 0, [[0.5, 0.5], [0.5, 0.5]], [[1, 1], [0, 0]]).to_equal(
        (
            math.log1p(math.exp(-2 * T)),
            [[-p * (1 - T * T)] * 2] * 2,
            [[-p * T] * 2, [p * T] * 2],
        ),
        parts=parts,
    )
    p = 1 / (1 + math.exp(T))
    expect(backward, np.array([1], dtype=np.uint8), 0, [[-1]], np.array([[-1.0], [0.0]])).to_equal(
        (math.log1p(math.exp(-T)), [[p * (1 - T * T)]], [[p * T], [-p * T]]), parts=parts
    )
    levels = [[(i - 5) / 4] for i in range(12)]
    total = math.fsum(math.exp(level * T) for (level,) in levels)
    dz = [math.exp(level * T) / total - (i == 10) for i, (level,) in enumerate(levels)]
    back = math.fsum(d * level for d, (level,) in zip(dz, levels, strict=True))
    expect(backward, [1.0], 10, [[1.0]], levels).to_equal(
        (math.log(total) - 1.25 * T, [[back * (1 - T * T)]], [[d * T] for d in dz]),
        parts=parts,
        because="the target may be any token, of however many",
    )
    # softmax([7, -7]) leaves 8.3e-7 to the wrong token.
    p = 1 / (1 + math.exp(14 * T))
    expect(backward, [1.0], 0, [[1.0]], [[7.0], [-7.0]]).to_equal(
        (math.log1p(math.exp(-14 * T)), [[-14 * p * (1 - T * T)]], [[-p * T], [p * T]]),
        parts=parts,
        # 1 - p is rounded at 1e-16, and the slopes are some 1e-5 of it.
        rtol=1e-9,
        atol=1e-14,
        because="nothing is rounded on the way",
    )


# Domains ----------------------------------------------------------------------------------------------------

RATES = one_of(
    {
        "a small rate": among(0.001, 0.0123456789, 3e-5),
        "a rate below 1": among(0.1, 0.25, 0.5),
        "a whole rate": among(1, 2),
        "a large rate": among(16, 40.0),
        "a rate of 0": among(0, 0.0),
    }
)
WEIGHTS_OF_ANY_KIND = without(ANY_REALS, "large numbers")


@descent_step.domain
def one_weight(draw):
    weight, slope = draw(numbers(WEIGHTS_OF_ANY_KIND)), draw(numbers(WEIGHTS_OF_ANY_KIND))
    return {"w": weight, "gradient": slope, "learning_rate": draw(RATES)}


@descent_step.domain
def a_vector_of_weights(draw):
    n = draw(lengths())
    weights, slopes_there = draw(vectors(n, WEIGHTS_OF_ANY_KIND)), draw(vectors(n, WEIGHTS_OF_ANY_KIND))
    return {"w": weights, "gradient": slopes_there, "learning_rate": draw(RATES)}


@descent_step.domain
def a_matrix_of_weights(draw):
    m, n = draw(shapes())
    weights, slopes_there = (
        draw(matrices(m, n, WEIGHTS_OF_ANY_KIND)),
        draw(matrices(m, n, WEIGHTS_OF_ANY_KIND)),
    )
    return {"w": weights, "gradient": slopes_there, "learning_rate": draw(RATES)}


@descent_step.refuses(ValueError)
def two_lengths(draw):
    n = draw(lengths(high=5))
    pair = [draw(vectors(n)), draw(vectors(n + draw(among(1, 2))))]
    draw.rng.shuffle(pair)
    return {"w": pair[0], "gradient": pair[1], "learning_rate": draw(RATES)}


@descent_step.refuses(ValueError)
def shapes_that_numpy_would_stretch(draw):
    m, n = draw(shapes(square=False))
    # One weight is no stretch of one slope, so all of these differ.
    kinds = {
        "a number and a vector": lambda draw: [draw(numbers()), draw(vectors(n))],
        "a single component and several": lambda draw: [draw(vectors(1)), draw(vectors(m + 1))],
        "a matrix and one row of it": lambda draw: [draw(matrices(m, n)), draw(vectors(n))],
        "a matrix and one column of it": lambda draw: [draw(matrices(m, n + 1)), draw(matrices(m, 1))],
        "a row and a column": lambda draw: [draw(matrices(1, m + 1)), draw(matrices(m + 1, 1))],
    }
    pair = draw(one_of(kinds))
    draw.rng.shuffle(pair)
    return {"w": pair[0], "gradient": pair[1], "learning_rate": draw(RATES)}


WALKING_RATES = one_of(
    {"a rate below 1": among(0.1, 0.25, 0.5, 0.0123456789), "a whole rate": 1, "a rate of 0": among(0, 0.0)}
)
STEPS = one_of({"no steps": 0, "one step": 1, "a few steps": among(2, 3, 4), "a dozen steps": among(9, 13)})
# Steady slopes, among them some that are nearly 0 and some that are 0: no reason to stop.
STEADY = one_of(
    {
        "a steady slope": among(*(Formula(f"lambda w: 0 * w + {slope}") for slope in (0.5, -1.25, 3.0))),
        "a slope that is nearly 0": among(
            *(Formula(f"lambda w: 0 * w + {slope}") for slope in (1e-9, -3e-7))
        ),
        "a slope of 0": Formula("lambda w: 0 * w"),
        "a slope that is 0 at the start alone": Formula("lambda w: w - w + np.cos(w) ** 2"),
    }
)


@gradient_descent.domain
def from_one_number(draw):
    start, slope = draw(numbers(WEIGHTS_OF_ANY_KIND)), draw(one_of({"a bowl": slopes(), "a plane": STEADY}))
    return {"gradient_fn": slope, "start": start, "learning_rate": draw(WALKING_RATES), "steps": draw(STEPS)}


@gradient_descent.domain
def from_several_numbers(draw):
    n = draw(lengths(high=5))
    start = draw(vectors(n, WEIGHTS_OF_ANY_KIND))
    # The slope of (the sum of w)^2 / 4: each number's depends on all of them.
    valley = Formula("lambda w: 0 * np.asarray(w) + np.sum(w) / 2")
    slope = draw(one_of({"a bowl": slopes(n), "a valley that runs aslant": valley}))
    return {"gradient_fn": slope, "start": start, "learning_rate": draw(WALKING_RATES), "steps": draw(STEPS)}


def batches_of(draw, entry):
    """None to five batches of one to three entries each; often one of them twice."""
    count = {"no batch": 0, "one batch": 1}.get(
        draw.kind("batches", {"no batch": 0.5, "one batch": 1, "several batches": 3})
    )
    count = draw.rng.randint(2, 5) if count is None else count
    batches = [[entry() for _ in range(draw.rng.randint(1, 3))] for _ in range(count)]
    if (
        count > 1
        and draw.kind("repeats", {"a batch that comes twice": 1, "different batches": 1})
        == "a batch that comes twice"
    ):
        batches[-1] = batches[0]
    form = draw.kind(
        "batches as", {"a list of batches": 1, "a tuple of batches": 1, "batches that are arrays": 1}
    )
    if form == "batches that are arrays":
        return [np.array(batch) for batch in batches]
    return tuple(batches) if form == "a tuple of batches" else batches


@sgd.domain
def batches_of_numbers(draw):
    steep = round(draw.rng.uniform(0.5, 2), 2)
    batches = batches_of(
        draw, lambda: draw.rng.choice([draw.rng.randint(-9, 9), round(draw.rng.uniform(-5, 5), 10)])
    )
    return {
        "batch_gradient": Formula(f"lambda w, batch: {steep} * (w - np.mean(batch))"),
        "start": draw(numbers(WEIGHTS_OF_ANY_KIND)),
        "batches": batches,
        "learning_rate": draw(WALKING_RATES),
    }


@sgd.domain
def batches_of_rows(draw):
    n = draw(lengths(high=4))
    batches = batches_of(draw, lambda: [round(draw.rng.uniform(-5, 5), 10) for _ in range(n)])
    return {
        "batch_gradient": Formula("lambda w, batch: np.asarray(w) - np.mean(batch, axis=0)"),
        "start": draw(vectors(n, WEIGHTS_OF_ANY_KIND)),
        "batches": batches,
        "learning_rate": draw(WALKING_RATES),
    }


@sgd.domain
def batches_whose_slope_is_small_or_none(draw):
    batches = [[draw.rng.choice([0.0, 1e-8, 2.5, -1.0])] for _ in range(draw.rng.randint(2, 5))]
    return {
        "batch_gradient": Formula("lambda w, batch: 0 * w + batch[0]"),
        "start": draw(numbers(WEIGHTS_OF_ANY_KIND)),
        "batches": batches,
        "learning_rate": draw(WALKING_RATES),
    }


SCHEDULES = one_of(
    {
        "a single step": 1,
        "a few steps": among(2, 3, 7),
        "some hundred steps": among(100, 250, 999),
        "a million steps": 1_000_000,
    }
)
LEVELS = one_of(
    {
        "a rate of many decimals": among(0.0012345678, 0.0314159265, 0.00027182818),
        "a small rate": among(1e-5, 6e-5, 3.14159e-6),
        "a rate of 0": among(0, 0.0),
        "a whole rate": among(1, 2, 3.0),
    }
)


@learning_rate_at.domain
def a_step_of_a_schedule(draw):
    total = draw(SCHEDULES)
    place = draw.kind(
        "steps", {"the first step": 1, "the last step": 1, "the last but one": 1, "a step between": 2}
    )
    step = {"the first step": 0, "the last step": total, "the last but one": total - 1}.get(place)
    peak, final = draw(LEVELS), draw(LEVELS)
    if draw.rng.random() < 0.1:
        draw.note("two equal rates")
        final = peak
    return {
        "step": draw.rng.randint(0, total) if step is None else step,
        "total_steps": total,
        "peak": peak,
        "final": final,
    }


@learning_rate_at.refuses(ValueError)
def a_step_outside_the_schedule(draw):
    total = draw(SCHEDULES)
    outside = {
        "just below 0": -1,
        "just above the last step": total + 1,
        "far outside": among(-total - 5, 3 * total + 2),
    }
    return {"step": draw(one_of(outside)), "total_steps": total, "peak": draw(LEVELS), "final": draw(LEVELS)}


ROUNDS = one_of(
    {
        "the first step": 1,
        "an early step": among(2, 3, 5),
        "a late step": among(100, 150, 1200),
        "a very late step": among(5000, 100_000),
    }
)
# No larger than a few, so that what cancels in the averages keeps its digits.
SLOPES = {
    label: ANY_REALS[label]
    for label in (
        "whole numbers",
        "many decimals",
        "halves and quarters",
        "a zero among them",
        "equal components",
    )
} | {
    "zeros": lambda rng, n: [0] * n,
    "small numbers": lambda rng, n: [round(rng.uniform(-9e-4, 9e-4), 14) for _ in range(n)],
}
SQUARES = {
    label: ANY_POSITIVE[label]
    for label in ("whole numbers", "many decimals", "halves and quarters", "small numbers")
} | {"zeros": lambda rng, n: [0] * n}
OTHER_SETTINGS = one_of(
    {
        "the paper's settings": among({}),
        "another learning rate": among({"learning_rate": 0.1}, {"learning_rate": 0.01}),
        "other betas": among({"beta1": 0.5, "beta2": 0.75}, {"beta1": 0.8, "beta2": 0.95}, {"beta1": 0.0}),
        "another epsilon": among({"epsilon": 0.1}, {"epsilon": 0.001, "learning_rate": 0.5}),
    }
)


@adam_step.domain
def one_weight_of_adam(draw):
    parts = {name: draw(numbers(SLOPES)) for name in ("w", "gradient", "m")}
    return {**parts, "v": draw(numbers(SQUARES)), "t": draw(ROUNDS), **draw(OTHER_SETTINGS)}


@adam_step.domain
def a_vector_of_weights_of_adam(draw):
    n = draw(lengths())
    parts = {name: draw(vectors(n, SLOPES)) for name in ("w", "gradient", "m")}
    return {**parts, "v": draw(vectors(n, SQUARES)), "t": draw(ROUNDS), **draw(OTHER_SETTINGS)}


@adam_step.domain
def a_matrix_of_weights_of_adam(draw):
    m, n = draw(shapes())
    parts = {name: draw(matrices(m, n, SLOPES)) for name in ("w", "gradient", "m")}
    return {**parts, "v": draw(matrices(m, n, SQUARES)), "t": draw(ROUNDS), **draw(OTHER_SETTINGS)}


@adam_step.domain
def a_first_step_of_any_slope(draw):
    n = draw(lengths(high=5))
    nothing = among([0.0] * n, (0,) * n, np.zeros(n))
    settings = draw(OTHER_SETTINGS)
    gradient = draw(vectors(n))
    return {
        "w": draw(vectors(n)),
        "gradient": gradient,
        "m": draw(nothing),
        "v": draw(nothing),
        "t": 1,
        **settings,
    }


# Within 1, so that tanh keeps a slope.
LAYERS = {
    "whole numbers": lambda rng, n: [rng.choice([-1, 1]) for _ in range(n)],
    "whole numbers from 0 to 1": lambda rng, n: [rng.randint(0, 1) for _ in range(n)],
    "many decimals": lambda rng, n: [round(rng.uniform(-1, 1), 10) for _ in range(n)],
    "halves and quarters": lambda rng, n: [rng.randint(-4, 4) / 4 for _ in range(n)],
    "equal components": lambda rng, n: [rng.choice([0.5, -0.25, 1])] * n,
}


def a_target_among(draw, m):
    place = draw.kind("targets", {"any target": 2.0, "the first target": 0.5, "the last target": 0.5})
    return {"the first target": 0, "the last target": m - 1}.get(place, draw.rng.randrange(m))


@backward.domain
def a_small_network(draw):
    k, n = draw(shapes())
    m = draw(among(1, 2, 3, 4, k))
    return {
        "x": draw(vectors(n, LAYERS)),
        "target": a_target_among(draw, m),
        "W1": draw(matrices(k, n, LAYERS)),
        "W2": draw(matrices(m, k, LAYERS)),
    }


@backward.domain(rtol=1e-9, atol=1e-7, because="a rounding of logits in the thousands is magnified by W2")
def a_network_that_is_sure(draw):
    m = draw(among(2, 3, 4))
    levels = draw.rng.sample([-9000.0, -4000.0, -1500.0, 0.0, 2500.0, 6000.0], m)
    return {
        "x": [draw.rng.choice([0.25, 0.5, 1.0])],
        "target": a_target_among(draw, m),
        "W1": [[draw.rng.choice([0.5, -1.0, 1.0])]],
        "W2": [[level] for level in levels],
    }


@backward.domain
def a_network_with_hidden_units_near_1(draw):
    x = draw.rng.choice([1.0, -1.0])
    return {
        "x": [x],
        "target": draw(among(0, 1)),
        "W1": [[draw.rng.choice([6.0, 8.0, 10.0, 12.0])]],
        "W2": draw(one_of({"two levels": among([[1.0], [-1.0]], [[0.5], [2.0]], [[9.0], [-2.0]])})),
    }


# Worked by hand ---------------------------------------------------------------------------------------------

example_9 = WorkedValue(
    points=1,
    source="Example 9",
    meaning="The weight moved against the slope, so the loss went down, if the step was small enough.",
    numbers={"w": 3.0, "gradient": 4.0, "learning_rate": 0.1},
    tolerance=0.001,
    answer_as="a number: the new weight, to three decimals if it needs them",
    because="multiply the gradient by the learning rate, and subtract the product from the weight",
)


@example_9.draw
def another_step_down(rng):
    return {
        "w": rng.choice([2.0, 2.5, 3.5, 4.0, 6.0, 7.0]),
        "gradient": rng.choice([2.0, 3.0, 4.0, 5.0]),
        "learning_rate": rng.choice([0.1, 0.05, 0.02]),
    }


exercise_19 = WorkedValue(
    points=1,
    source="Exercise 19",
    meaning="A negative slope says that the loss falls as w grows, and the minus sign in the rule makes w"
    " grow. The rule never needs to be told which way is down.",
    numbers={"w": 5.0, "gradient": -2.0, "learning_rate": 0.05},
    tolerance=0.001,
    answer_as="a number: the new weight, to three decimals if it needs them",
    because="mind the sign: a negative gradient is subtracted, too",
)


@exercise_19.draw
def another_step_up(rng):
    return {
        "w": rng.choice([2.0, 3.0, 4.0, 6.0, 7.0]),
        "gradient": rng.choice([-1.0, -3.0, -4.0, -6.0]),
        "learning_rate": rng.choice([0.05, 0.02, 0.1]),
    }


exercise_20 = WorkedValue(
    points=1,
    source="Exercise 20",
    meaning="One slope per parameter, all of them computed in every step of training. This is why the memory"
    " for training is counted in multiples of the model's size.",
    numbers={"billions": 7},
    answer_as="a whole number, written out in full: 3 million is 3_000_000 or 3 * 10**6",
    because="how many partial derivatives does one parameter have, and how many zeros a billion?",
)


@exercise_20.draw
def another_model_size(rng):
    return {"billions": rng.choice([2, 3, 8, 9, 13, 14, 27, 32, 34, 65, 70, 72, 123, 175, 405])}


# Reading ----------------------------------------------------------------------------------------------------

reading_9 = Reading(
    points=1,
    source="Chapter IX",
    meaning="The warm-up climbs in proportion to s, and the way down takes its time: at four times the steps"
    " the rate has only halved. A weight without slopes shrinks by its decay alone. With the decay added to"
    " the gradient instead, Adam would divide it by its own size, and lambda would not matter.",
    numbers={"warmup": 4000, "early": 1000, "late": 16000, "eta": 0.5, "decay": 0.1, "weight": 2.0},
    tolerance=(None, 0.001, 0.001, 0.001),
    answer_as="four numbers: the step of the peak, the two fractions of the peak rate, the new weight",
    because="set the two terms equal to find the peak; a fraction is the rate at that step over the rate at"
    " the peak; without slopes the fraction in AdamW's bracket is 0",
)


@reading_9.draw
def another_schedule(rng):
    warmup = rng.choice([1000, 2000, 4000, 8000, 10000])
    return {
        "warmup": warmup,
        "early": warmup // rng.choice([2, 5, 10]),
        "late": warmup * rng.choice([4, 16, 25, 100]),
        "eta": rng.choice([0.5, 0.25]),
        "decay": rng.choice([0.1, 0.2, 0.04]),
        "weight": rng.choice([2.0, 3.0, 5.0]),
    }
