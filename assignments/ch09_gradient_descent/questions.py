"""Chapter IX: what is asked of gradient descent, its schedules, Adam and backpropagation."""

import functools
import itertools
import math
from fractions import Fraction

import numpy as np

from autograder.course.question import Question, WorkedValue, expect
from solutions import ch09_gradient_descent as reference

# One step ---------------------------------------------------------------------------------------------------

descent_step = Question(points=2, source=["Chapter IX", "Notation: α"])


@descent_step.check
def moves_a_number_downhill(descent_step):
    """A number and its slope give a number."""
    expect(descent_step, 1.0, -6.0, 0.1).to_equal(
        1.6, because="take learning_rate * gradient away from w; minus a negative step adds"
    )
    expect(descent_step, 2, 3, 0.5).to_equal(0.5, because="take learning_rate * gradient away from w")


@descent_step.check
def moves_every_entry_of_an_array(descent_step):
    """Lists, tuples and arrays of one shape, ints or floats, give an array."""
    expect(descent_step, [4, -2, 7], (2, 3, -1), 0.5).to_equal(
        [3.0, -3.5, 7.5], because="make arrays of both with np.asarray(..., dtype=float) first"
    )
    expect(descent_step, np.array([1.0, 2.0]), np.array([-4.0, 0.0]), 0.25).to_equal(
        [2.0, 2.0], because="work on a new array; w -= ... changes the caller's own"
    )
    expect(descent_step, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [[10, 0, -10], [5, 5, 20]], 0.1).to_equal(
        [[0.0, 2.0, 4.0], [3.5, 4.5, 4.0]],
        because="a matrix of weights is stepped entry by entry, like a vector",
    )


@descent_step.check
def refuses_shapes_that_do_not_fit(descent_step):
    """Two weights and three slopes: ValueError that names both."""
    expect(descent_step, [2.0, 3.0], [1.0, 1.0], 1.0).to_equal([1.0, 2.0])
    # These numbers stand in a message that quotes the vectors as well as in one that quotes their shapes.
    expect(descent_step, [2.0, 3.0], [1.0, 2.0, 3.0], 0.1).to_be_refused(ValueError, naming=[2, 3])


@descent_step.hidden
def refuses_what_numpy_would_stretch(descent_step):
    """Shapes that differ are refused also where NumPy would broadcast one to the other."""
    because = (
        "NumPy stretches one shape to fit the other without a word: compare the two shapes yourself, and"
        " raise ValueError"
    )
    expect(descent_step, [7.0], [2.0], 0.5).to_equal([6.0])
    expect(descent_step, [5.0, 6.0], [1.0], 0.1).to_be_refused(ValueError, because=because)
    expect(descent_step, [5.0], [1.0, 2.0], 0.1).to_be_refused(ValueError, because=because)
    expect(descent_step, 3.0, [1.0, 2.0], 0.1).to_be_refused(ValueError, because=because)
    expect(descent_step, [1.0, 2.0], 3.0, 0.1).to_be_refused(ValueError, because=because)
    expect(descent_step, 3.0, [1.0], 0.1).to_be_refused(ValueError, because=because)
    expect(descent_step, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [1.0, 2.0, 3.0], 0.1).to_be_refused(
        ValueError, because=because
    )
    expect(descent_step, [[1.0], [2.0]], [[3.0, 4.0]], 0.1).to_be_refused(ValueError, because=because)


@descent_step.hidden
def steps_in_proportion_to_the_slope(descent_step):
    """A steep slope makes a long step, a slope of 0 none; a learning rate of 0 stays put."""
    expect(descent_step, np.array([0.5, -1.25, 3.0]), np.array([-8.0, 0.0, 1e6]), 1e-3).to_equal(
        [0.508, -1.25, -997.0],
        because="the gradient keeps its length; each entry moves by learning_rate times its own slope",
    )
    expect(descent_step, [1.5, -2.5], [3.0, 4.0], 0).to_equal(
        [1.5, -2.5], because="a learning rate of 0 moves nothing"
    )


def shapes_agree(w, gradient):
    w, gradient = np.array(w, dtype=float), np.array(gradient, dtype=float)
    if w.shape != gradient.shape:
        raise ValueError(f"shapes {w.shape} and {gradient.shape}")
    return w, gradient


@descent_step.misconception(
    caught_by=moves_a_number_downhill,
    hint="This climbs: the gradient points uphill, so the step is taken away from w, not added.",
)
def climbs(w, gradient, learning_rate):
    w, gradient = shapes_agree(w, gradient)
    return w + learning_rate * gradient


@descent_step.misconception(
    caught_by=moves_a_number_downhill,
    hint="The learning rate is not used. It scales the gradient before the gradient is taken away.",
)
def leaves_out_the_learning_rate(w, gradient, learning_rate):
    w, gradient = shapes_agree(w, gradient)
    return w - gradient


@descent_step.misconception(
    caught_by=refuses_what_numpy_would_stretch,
    hint=(
        "NumPy stretches a (1,) gradient over two weights, and a number over anything. Compare the two shapes"
        " and raise ValueError where they differ."
    ),
)
def lets_numpy_stretch(w, gradient, learning_rate):
    return np.array(w, dtype=float) - learning_rate * np.array(gradient, dtype=float)


@descent_step.misconception(
    caught_by=refuses_what_numpy_would_stretch,
    hint=(
        "Equal sizes are not equal shapes: a column of two and a row of two stretch to a (2, 2) matrix."
        " Compare the shapes."
    ),
)
def compares_sizes_alone(w, gradient, learning_rate):
    if np.size(w) != np.size(gradient):
        raise ValueError(f"{np.size(w)} weights and {np.size(gradient)} slopes")
    return np.array(w, dtype=float) - learning_rate * np.array(gradient, dtype=float)


@descent_step.misconception(
    caught_by=moves_every_entry_of_an_array,
    hint="w -= ... changes the array that was handed in. Write w - ... and return the new array.",
)
def changes_the_weights_in_place(w, gradient, learning_rate):
    w, gradient = np.asarray(w, dtype=float), np.asarray(gradient, dtype=float)
    if w.shape != gradient.shape:
        raise ValueError(f"shapes {w.shape} and {gradient.shape}")
    w -= learning_rate * gradient
    return w


@descent_step.misconception(
    caught_by=steps_in_proportion_to_the_slope,
    hint=(
        "The gradient is scaled to length 1 here. Plain descent keeps its length, so that steps shrink where"
        " the slope does."
    ),
)
def steps_by_a_unit_gradient(w, gradient, learning_rate):
    w, gradient = shapes_agree(w, gradient)
    length = np.linalg.norm(gradient)
    return w - learning_rate * (gradient / length if length > 0 else gradient)


@descent_step.alternative
def entry_by_entry(w, gradient, learning_rate):
    if np.shape(w) != np.shape(gradient):
        raise ValueError(f"{w} does not go with {gradient}")
    if np.ndim(w) == 0:
        return float(w) - learning_rate * float(gradient)
    return [entry_by_entry(a, b, learning_rate) for a, b in zip(w, gradient, strict=True)]


@descent_step.alternative
def in_single_precision(w, gradient, learning_rate):
    w, gradient = np.array(w, dtype=np.float32), np.array(gradient, dtype=np.float32)
    if w.shape != gradient.shape:
        raise ValueError(f"shapes {w.shape} and {gradient.shape}")
    return w - np.float32(learning_rate) * gradient


@descent_step.alternative
def by_numpys_own_names(w, gradient, learning_rate):
    if np.array(w).shape != np.array(gradient).shape:
        raise ValueError("the shapes are " + str(np.shape(w)) + " and " + str(np.shape(gradient)))
    return np.add(w, np.multiply(-learning_rate, gradient))


# The whole path ---------------------------------------------------------------------------------------------

gradient_descent = Question(points=3, source="Chapter IX")


def slope_of_a_parabola(w):
    """Of (w - 4)^2."""
    return 2 * (np.asarray(w, dtype=float) - 4)


def slope_of_a_valley(w):
    """Of w_1^2 / 2 + 5 w_2^2."""
    return np.asarray(w, dtype=float) * np.array([1.0, 10.0])


def slope_of_a_bowl(w):
    """Of the sum of k (w - c)^2 / 2, with another k and c in each of three directions."""
    return np.array([0.5, 3.0, 8.0]) * (np.asarray(w, dtype=float) - np.array([1.0, -2.0, 0.25]))


# A step of 0.2 down a slope k (w - c) leaves 1 - 0.2 k of the distance to c.
BOWL_PATH = [
    [
        c + (1 - 0.2 * k) ** step * (s - c)
        for k, c, s in zip([0.5, 3.0, 8.0], [1.0, -2.0, 0.25], [4.0, 0.5, -1.0], strict=True)
    ]
    for step in range(41)
]
# A step of 1.1 down 2 (w - 4) overshoots: the distance to 4 turns round and grows by a fifth.
OVERSHOT_PATH = [4 + (-1.2) ** step * -0.5 for step in range(21)]


@gradient_descent.check
def keeps_the_whole_path(gradient_descent):
    """The start, then the position after each step."""
    expect(gradient_descent, slope_of_a_parabola, 1.0, 0.1, 3).to_equal(
        [1.0, 1.6, 2.08, 2.464],
        because="three steps make four positions, the start first; ask for the slope anew at each of them",
    )


@gradient_descent.check
def walks_in_more_dimensions(gradient_descent):
    """A start of two numbers gives a matrix with a position a row; ints and tuples count."""
    expect(gradient_descent, slope_of_a_valley, (2, -1), 0.05, 2).to_equal(
        [[2.0, -1.0], [1.9, -0.5], [1.805, -0.25]],
        because="convert the start with np.array(start, dtype=float), and collect one row a position",
    )
    expect(gradient_descent, slope_of_a_parabola, [3], 0.25, 1).to_equal(
        [[3.0], [3.5]], because="a start of one component is a vector still, and the path a matrix"
    )


@gradient_descent.hidden
def stays_with_no_steps(gradient_descent):
    """No steps: the start alone, as one row."""
    expect(gradient_descent, slope_of_a_parabola, 5.5, 0.1, 0).to_equal(
        [5.5], because="the start belongs to the path, so no steps leave one position"
    )
    expect(gradient_descent, slope_of_a_valley, [2.0, -3.0], 0.1, 0).to_equal(
        [[2.0, -3.0]], because="the start belongs to the path, as its first row"
    )


@gradient_descent.hidden
def follows_the_exact_solution(gradient_descent):
    """On a quadratic loss the whole path is known: closing in where the rate is small, running away where it
    is too large."""
    expect(gradient_descent, slope_of_a_bowl, [4.0, 0.5, -1.0], 0.2, 40).to_equal(
        BOWL_PATH, because="each step starts from where the last one ended"
    )
    expect(gradient_descent, slope_of_a_parabola, 3.5, 1.1, 20).to_equal(
        OVERSHOT_PATH, because="a rate that is too large runs away from the minimum; nothing stops it"
    )


@gradient_descent.hidden
def leaves_the_start_as_it_was(gradient_descent):
    """The caller's own array is not moved, and the path's rows are separate copies."""
    expect(gradient_descent, slope_of_a_valley, np.array([8.0, 2.0]), 0.05, 2).to_equal(
        [[8.0, 2.0], [7.6, 1.0], [7.22, 0.5]],
        because=(
            "copy the start first: np.array(start, dtype=float); w -= ... moves every row that is the same"
            " array"
        ),
    )


@gradient_descent.misconception(
    caught_by=keeps_the_whole_path, hint="The path begins with the start itself: steps + 1 positions in all."
)
def leaves_out_the_start(gradient_fn, start, learning_rate, steps):
    return reference.gradient_descent(gradient_fn, start, learning_rate, steps)[1:]


@gradient_descent.misconception(
    caught_by=keeps_the_whole_path,
    hint="One step is missing. The path has steps + 1 positions: the start, and one after each step.",
)
def stops_a_step_early(gradient_fn, start, learning_rate, steps):
    return reference.gradient_descent(gradient_fn, start, learning_rate, max(steps - 1, 0))


@gradient_descent.misconception(
    caught_by=keeps_the_whole_path,
    hint="This is the last position alone. Keep each one in a list as you go, and make an array of the list.",
)
def returns_the_last_position(gradient_fn, start, learning_rate, steps):
    return reference.gradient_descent(gradient_fn, start, learning_rate, steps)[-1]


@gradient_descent.misconception(
    caught_by=keeps_the_whole_path,
    hint="The slope is asked for once, at the start. It changes on the way: ask for it at every position.",
)
def keeps_the_first_slope(gradient_fn, start, learning_rate, steps):
    w = np.array(start, dtype=float)
    slope = np.asarray(gradient_fn(w), dtype=float)
    return np.array([w - k * learning_rate * slope for k in range(steps + 1)])


@gradient_descent.misconception(
    caught_by=keeps_the_whole_path, hint="This walks uphill: take the step away from the position."
)
def walks_uphill(gradient_fn, start, learning_rate, steps):
    return reference.gradient_descent(gradient_fn, start, -learning_rate, steps)


@gradient_descent.misconception(
    caught_by=keeps_the_whole_path,
    hint=(
        "Every row is the same array, moved on in place by -=. Make a new one each step, w = w - ..., or"
        " append w.copy()."
    ),
)
def appends_one_array_over_and_over(gradient_fn, start, learning_rate, steps):
    w = np.array(start, dtype=float)
    path = [w]
    for _ in range(steps):
        w -= learning_rate * np.asarray(gradient_fn(w), dtype=float)
        path.append(w)
    return np.array(path)


@gradient_descent.misconception(
    caught_by=walks_in_more_dimensions,
    hint=(
        "The path has the start's type here, and ints cut off what stands behind the point. Give it"
        " dtype=float."
    ),
)
def keeps_a_path_of_ints(gradient_fn, start, learning_rate, steps):
    path = np.empty((steps + 1, *np.shape(start)), dtype=np.asarray(start).dtype)
    path[0] = start
    for k in range(steps):
        path[k + 1] = path[k] - learning_rate * np.asarray(gradient_fn(path[k]), dtype=float)
    return path


@gradient_descent.misconception(
    caught_by=leaves_the_start_as_it_was,
    hint=(
        "np.asarray hands back the caller's own array, and -= moves it. Copy the start: np.array(start,"
        " dtype=float)."
    ),
)
def moves_the_callers_start(gradient_fn, start, learning_rate, steps):
    w = np.asarray(start, dtype=float)
    path = [w.copy()]
    for _ in range(steps):
        w -= learning_rate * np.asarray(gradient_fn(w), dtype=float)
        path.append(w.copy())
    return np.array(path)


@gradient_descent.alternative
def path_with_plain_lists(gradient_fn, start, learning_rate, steps):
    if np.ndim(start) == 0:
        numbers = [float(start)]
        for _ in range(steps):
            numbers.append(numbers[-1] - learning_rate * float(gradient_fn(numbers[-1])))
        return numbers
    rows = [[float(x) for x in start]]
    for _ in range(steps):
        rows.append(
            [
                x - learning_rate * float(g)
                for x, g in zip(rows[-1], gradient_fn(np.array(rows[-1])), strict=True)
            ]
        )
    return rows


@gradient_descent.alternative
def into_an_array_made_beforehand(gradient_fn, start, learning_rate, steps):
    path = np.zeros((steps + 1, *np.shape(start)))
    path[0] = start
    for k in range(1, steps + 1):
        path[k] = path[k - 1] - learning_rate * gradient_fn(path[k - 1])
    return path


@gradient_descent.alternative
def path_in_single_precision(gradient_fn, start, learning_rate, steps):
    w = np.array(start, dtype=np.float32)
    path = [w]
    for _ in range(steps):
        w = (w - learning_rate * np.asarray(gradient_fn(w))).astype(np.float32)
        path.append(w)
    return np.stack(path)


@gradient_descent.alternative
def by_accumulating(gradient_fn, start, learning_rate, steps):
    def one_step(w, _):
        return w - learning_rate * gradient_fn(w)

    return np.array(list(itertools.accumulate(range(steps), one_step, initial=np.array(start, dtype=float))))


# Mini-batches -----------------------------------------------------------------------------------------------

sgd = Question(points=2, source="Chapter IX")


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
def takes_one_step_a_batch(sgd):
    """Two batches, two steps; the last position comes back."""
    expect(sgd, pull_to_the_mean, 0.0, [[2.0, 4.0], [6.0]], 0.5).to_equal(
        3.75, because="call batch_gradient(w, batch) with the newest w, once for each batch"
    )
    expect(sgd, pull_to_the_mean, 1, [[3, 5, 10]], 0.1).to_equal(
        1.5, because="one batch makes one step, however many numbers it holds"
    )


@sgd.check
def moves_a_vector(sgd):
    """A start of two numbers ends as two numbers; ints, tuples and batches of several rows count."""
    expect(sgd, pull_to_the_mean, (1, -2), [[[3, 0], [5, 2]], [[0, 1]]], 0.5).to_equal(
        [1.25, 0.25],
        because=(
            "a batch goes to batch_gradient whole, for one step; the start is stepped as an array:"
            " np.array(start, dtype=float)"
        ),
    )


@sgd.hidden
def goes_through_the_batches_in_order(sgd):
    """The batches are taken as they come: the last one pulls hardest."""
    expect(sgd, pull_to_the_mean, 0.0, [[8.0], [0.0], [2.0]], 0.5).to_equal(
        2.0, because="go through the batches from first to last, each from where the one before ended"
    )
    expect(sgd, pull_to_the_mean, 0.0, [[2.0], [0.0], [8.0]], 0.5).to_equal(
        4.25, because="go through the batches from first to last"
    )


@sgd.hidden
def fits_rows_batch_by_batch(sgd):
    """Batches of three rows, one and two, each a step of its own."""
    expect(sgd, slope_of_a_fit, [0.25, -0.5], BATCHES_OF_ROWS, 0.3).to_equal(
        FITTED, because="a batch makes one step whatever its size; the slope is taken anew for each"
    )


@sgd.hidden
def returns_without_moving_the_start(sgd):
    """The caller's own array stays as it was; with no batch at all the start's values come back."""
    expect(sgd, pull_to_the_mean, np.array([4.0, -4.0]), [[[0.0, 0.0]], [[2.0, 2.0]]], 0.5).to_equal(
        [2.0, 0.0], because="copy the start: np.array(start, dtype=float)"
    )
    expect(sgd, pull_to_the_mean, [4.0, -4.0], [], 0.5).to_equal([4.0, -4.0], because="no batch, no step")


@sgd.misconception(
    caught_by=takes_one_step_a_batch,
    hint=(
        "All the slopes are taken at the start. Each batch's slope belongs at the position that the batch"
        " before it led to."
    ),
)
def takes_every_slope_at_the_start(batch_gradient, start, batches, learning_rate):
    w = np.array(start, dtype=float)
    return w - learning_rate * sum(np.asarray(batch_gradient(w, batch), dtype=float) for batch in batches)


@sgd.misconception(
    caught_by=takes_one_step_a_batch,
    hint="This averages the batches and steps once. Stochastic descent steps after every batch.",
)
def steps_once_for_all(batch_gradient, start, batches, learning_rate):
    w = np.array(start, dtype=float)
    if len(batches) == 0:
        return w
    return w - learning_rate * sum(
        np.asarray(batch_gradient(w, batch), dtype=float) for batch in batches
    ) / len(batches)


@sgd.misconception(
    caught_by=goes_through_the_batches_in_order,
    hint=(
        "Only one batch leaves a trace here: each step must start from where the last one ended, not from the"
        " start."
    ),
)
def starts_over_at_each_batch(batch_gradient, start, batches, learning_rate):
    w = np.array(start, dtype=float)
    for batch in batches:
        w = np.array(start, dtype=float) - learning_rate * np.asarray(
            batch_gradient(start, batch), dtype=float
        )
    return w


@sgd.misconception(
    caught_by=takes_one_step_a_batch,
    hint="This is the whole path. Here the last position alone is asked for.",
)
def returns_the_path_of_batches(batch_gradient, start, batches, learning_rate):
    path = [np.array(start, dtype=float)]
    for batch in batches:
        path.append(path[-1] - learning_rate * np.asarray(batch_gradient(path[-1], batch), dtype=float))
    return np.array(path)


@sgd.misconception(
    caught_by=goes_through_the_batches_in_order,
    hint="The batches are taken from the last to the first. Go through them as they come.",
)
def goes_backwards(batch_gradient, start, batches, learning_rate):
    return reference.sgd(batch_gradient, start, list(batches)[::-1], learning_rate)


@sgd.misconception(
    caught_by=moves_a_vector,
    hint=(
        "A step is taken after every entry of a batch. The whole batch goes to batch_gradient at once, for"
        " one step."
    ),
)
def steps_at_every_entry(batch_gradient, start, batches, learning_rate):
    return reference.sgd(
        batch_gradient, start, [[entry] for batch in batches for entry in batch], learning_rate
    )


@sgd.misconception(caught_by=takes_one_step_a_batch, hint="This walks uphill: take the step away from w.")
def climbs_batch_by_batch(batch_gradient, start, batches, learning_rate):
    return reference.sgd(batch_gradient, start, batches, -learning_rate)


@sgd.misconception(
    caught_by=returns_without_moving_the_start,
    hint=(
        "np.asarray hands back the caller's own array, and -= moves it. Copy the start: np.array(start,"
        " dtype=float)."
    ),
)
def drags_the_callers_start_along(batch_gradient, start, batches, learning_rate):
    w = np.asarray(start, dtype=float)
    for batch in batches:
        w -= learning_rate * np.asarray(batch_gradient(w, batch), dtype=float)
    return w


@sgd.alternative
def batches_with_plain_lists(batch_gradient, start, batches, learning_rate):
    if np.ndim(start) == 0:
        number = float(start)
        for batch in batches:
            number -= learning_rate * float(batch_gradient(number, batch))
        return number
    numbers = [float(x) for x in start]
    for batch in batches:
        numbers = [
            x - learning_rate * float(g)
            for x, g in zip(numbers, batch_gradient(np.array(numbers), batch), strict=True)
        ]
    return numbers


@sgd.alternative
def by_reducing(batch_gradient, start, batches, learning_rate):
    return functools.reduce(
        lambda w, batch: w - learning_rate * batch_gradient(w, batch), batches, np.array(start, dtype=float)
    )


@sgd.alternative
def batches_in_single_precision(batch_gradient, start, batches, learning_rate):
    w = np.array(start, dtype=np.float32)
    for k in range(len(batches)):
        w = np.subtract(w, learning_rate * np.asarray(batch_gradient(w, batches[k]))).astype(np.float32)
    return w


# The schedule -----------------------------------------------------------------------------------------------

learning_rate_at = Question(points=2, source="Chapter IX")


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
    """A quarter of the way down after a quarter of the steps; ints count."""
    expect(learning_rate_at, 250, 1000, 0.001, 0.0001).to_equal(
        0.000775, because="go the fraction step / total_steps of the way from peak to final"
    )
    expect(learning_rate_at, 3, 8, 2, 0).to_equal(
        1.25, because="a straight line, and / for the fraction: // cuts it off"
    )


@learning_rate_at.check
def refuses_steps_outside_the_schedule(learning_rate_at):
    """A step below 0 or above total_steps: ValueError that names it."""
    expect(learning_rate_at, 5, 10, 0.4, 0.2).to_equal(0.3)
    expect(learning_rate_at, -1, 10, 0.4, 0.2).to_be_refused(ValueError, naming=[-1])
    expect(learning_rate_at, 17, 16, 0.4, 0.2).to_be_refused(ValueError, naming=[17])


@learning_rate_at.hidden
def warms_up_as_well(learning_rate_at):
    """Where final is above peak the rate rises; where they are equal it stays."""
    expect(learning_rate_at, 30, 40, 0.0, 0.006).to_equal(
        0.0045, because="the same line serves both ways; nothing depends on which end is higher"
    )
    expect(learning_rate_at, 7, 12, 0.02, 0.02).to_equal(
        0.02, because="between two equal rates there is only that rate"
    )


@learning_rate_at.hidden
def counts_both_ends_of_a_short_schedule(learning_rate_at):
    """One step in all: step 0 is the peak, step 1 the final rate, and step 2 is refused."""
    expect(learning_rate_at, 0, 1, 0.5, 0.125).to_equal(
        0.5, because="divide by total_steps, not by total_steps - 1"
    )
    expect(learning_rate_at, 1, 1, 0.5, 0.125).to_equal(
        0.125, because="step = total_steps is inside the schedule"
    )
    expect(learning_rate_at, 2, 1, 0.5, 0.125).to_be_refused(
        ValueError, because="what is above total_steps is outside the schedule, however little"
    )


@learning_rate_at.misconception(
    caught_by=falls_evenly_between,
    hint=(
        "This falls by a constant factor, an exponential decay. A linear schedule falls by a constant amount."
    ),
)
def decays_by_a_factor(step, total_steps, peak, final):
    if not 0 <= step <= total_steps:
        raise ValueError(f"step {step}")
    if peak <= 0 or final <= 0:
        return 0.0
    return peak * (final / peak) ** (step / total_steps)


@learning_rate_at.misconception(
    caught_by=runs_from_peak_to_final,
    hint="This reaches final one step too soon: the schedule has total_steps steps after step 0.",
)
def divides_by_one_less(step, total_steps, peak, final):
    if not 0 <= step <= total_steps:
        raise ValueError(f"step {step}")
    return peak + (final - peak) * step / max(total_steps - 1, 1)


@learning_rate_at.misconception(
    caught_by=runs_from_peak_to_final,
    hint="The two ends are the other way round: the schedule starts at peak and ends at final.",
)
def runs_from_final_to_peak(step, total_steps, peak, final):
    return reference.learning_rate_at(step, total_steps, final, peak)


@learning_rate_at.misconception(
    caught_by=refuses_steps_outside_the_schedule,
    hint="The line goes on past its ends here. A step below 0 or above total_steps must raise ValueError.",
)
def goes_on_past_the_ends(step, total_steps, peak, final):
    return peak + (final - peak) * step / total_steps


@learning_rate_at.misconception(
    caught_by=refuses_steps_outside_the_schedule,
    hint=(
        "The rate stays at its last value outside the schedule. Such a step is a mistake of the caller's:"
        " raise ValueError."
    ),
)
def stays_flat_past_the_ends(step, total_steps, peak, final):
    return peak + (final - peak) * min(max(step / total_steps, 0), 1)


@learning_rate_at.misconception(
    caught_by=runs_from_peak_to_final,
    hint="total_steps itself is inside the schedule: the rate there is final. Refuse only what is above it.",
)
def refuses_the_last_step(step, total_steps, peak, final):
    if not 0 <= step < total_steps:
        raise ValueError(f"step {step}")
    return peak + (final - peak) * step / total_steps


@learning_rate_at.misconception(
    caught_by=falls_evenly_between,
    hint="// cuts the fraction off to a whole number, so that nothing moves until the last step. Use /.",
)
def divides_without_a_rest(step, total_steps, peak, final):
    if not 0 <= step <= total_steps:
        raise ValueError(f"step {step}")
    return peak + (final - peak) * (step // total_steps)


@learning_rate_at.misconception(
    caught_by=runs_from_peak_to_final,
    hint="This falls towards 0, whatever final is: the way to go is final - peak, not -peak.",
)
def falls_to_zero(step, total_steps, peak, final):
    if not 0 <= step <= total_steps:
        raise ValueError(f"step {step}")
    return peak * (1 - step / total_steps)


@learning_rate_at.alternative
def by_interpolation(step, total_steps, peak, final):
    if step < 0 or step > total_steps:
        raise ValueError(f"no step {step} in a schedule of {total_steps}")
    return np.interp(step, [0, total_steps], [peak, final])


@learning_rate_at.alternative
def by_exact_fractions(step, total_steps, peak, final):
    if not 0 <= step <= total_steps:
        raise ValueError(f"{step} is not within 0..{total_steps}")
    return float(Fraction(peak) + Fraction(step, total_steps) * (Fraction(final) - Fraction(peak)))


@learning_rate_at.alternative
def one_step_after_another(step, total_steps, peak, final):
    if step not in range(total_steps + 1):
        raise ValueError(f"step {step} is outside")
    rate = peak
    for _ in range(step):
        rate += (final - peak) / total_steps
    return rate


@learning_rate_at.alternative
def a_rate_in_single_precision(step, total_steps, peak, final):
    if not 0 <= step <= total_steps:
        raise ValueError(f"step {step}")
    return np.float32(peak) + np.float32(final - peak) * np.float32(step / total_steps)


# Adam -------------------------------------------------------------------------------------------------------

adam_step = Question(points=4, source="Chapter IX")


def weighted_sum(values, beta):
    """A running average from 0, written out: the newest value weighs 1 - beta, and each older one beta times
    the one after it."""
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
]
LONG_RUN = [*LONG_RUN, [[-0.3, 2.5, 1.0], [-1.0, 0.3, 0.2]], [[-0.6, 0.0, 1.0], [0.5, -0.1, -0.4]]]
RUN_START = [[1.0, -1.0, 0.5], [2.0, 0.0, -3.0]]
RUN_END = [
    [adam_weight(RUN_START[i][j], [g[i][j] for g in LONG_RUN], 0.02, 0.9, 0.98, 1e-9) for j in range(3)]
    for i in range(2)
]
RUN_M = [[weighted_sum([g[i][j] for g in LONG_RUN], 0.9) for j in range(3)] for i in range(2)]
RUN_V = [[weighted_sum([g[i][j] ** 2 for g in LONG_RUN], 0.98) for j in range(3)] for i in range(2)]


@adam_step.check
def takes_the_first_step(adam_step):
    """t = 1, from averages of 0: (w, m, v) for one weight."""
    expect(adam_step, 1.0, 2.0, 0.0, 0.0, 1, learning_rate=0.1).to_equal(
        (1 - 0.1 * 2 / (2 + 1e-8), 0.2, 0.004),
        because=(
            "line by line: m, v, both corrected by 1 - beta ** t, then the step, with epsilon outside the"
            " root"
        ),
    )


@adam_step.check
def carries_its_averages_along(adam_step):
    """t = 2, from the averages that the first step left."""
    m, v = 0.9 * 0.2 - 0.1, 0.999 * 0.004 + 0.001
    w = 0.9 - 0.1 * (m / 0.19) / (math.sqrt(v / 0.001999) + 1e-8)
    expect(adam_step, 0.9, -1.0, 0.2, 0.004, 2, learning_rate=0.1).to_equal(
        (w, m, v),
        because="beta ** t is a power, and t = 2 here; return m and v as they are before the correction",
    )


@adam_step.check
def treats_each_entry_alone(adam_step):
    """Lists, tuples and arrays, ints or floats, with other settings: three arrays come back."""
    expect(
        adam_step,
        WEIGHTS,
        tuple(NOW),
        np.array(M_BEFORE),
        V_BEFORE,
        3,
        learning_rate=0.05,
        beta1=0.8,
        beta2=0.95,
        epsilon=1e-6,
    ).to_equal(
        (W_AFTER, M_AFTER, V_AFTER),
        because="make arrays of w, gradient, m and v first; every operation is then entry by entry",
    )


@adam_step.hidden
def adds_epsilon_last(adam_step):
    """A large epsilon shows where it stands: outside the root, beside the corrected average."""
    m, v = 0.9 * 0.03 + 0.1 * 0.01, 0.999 * 0.0004 + 0.001 * 0.0001
    w = 2.0 - 0.001 * (m / (1 - 0.9**4)) / (math.sqrt(v / (1 - 0.999**4)) + 0.5)
    expect(adam_step, 2.0, 0.01, 0.03, 0.0004, 4, epsilon=0.5).to_equal(
        (w, m, v), because="take the root of the corrected v first, then add epsilon"
    )
    # Averages that forget fast: most of the weight is on the new gradient.
    m, v = 0.25 * 0.3 + 0.75 * -2.0, 0.375 * 0.08 + 0.625 * 4.0
    w = -1.0 - 0.05 * (m / (1 - 0.25**3)) / (math.sqrt(v / (1 - 0.375**3)) + 0.125)
    expect(adam_step, -1.0, -2.0, 0.3, 0.08, 3, 0.05, 0.25, 0.375, 0.125).to_equal(
        (w, m, v),
        because="beta1 weighs the old m and 1 - beta1 the new gradient; beta2 likewise, with the square",
    )


@adam_step.hidden
def steps_by_the_learning_rate_at_first(adam_step):
    """The first step is about the learning rate, for a slope of 0.001 as for one of a million; a slope of 0
    makes none."""
    for slope in [1e-3, -4.0, 1e6, 0.0]:
        expect(adam_step, 10.0, slope, 0.0, 0.0, 1, learning_rate=0.01).to_equal(
            (10 - 0.01 * slope / (abs(slope) + 1e-8), 0.1 * slope, 0.001 * slope**2),
            because="with both corrections the first step is learning_rate * g / (|g| + epsilon)",
        )
    expect(adam_step, 0.0, -3.0, 0.0, 0.0, 1).to_equal(
        (0.001 * 3 / (3 + 1e-8), -0.3, 0.009),
        because="the defaults are those of the stub: 0.001, 0.9, 0.999 and 1e-8",
    )


@adam_step.hidden
def agrees_with_the_written_out_averages(adam_step):
    """Five steps of a matrix of weights, each from what the last returned, end where the averages written out
    as sums say."""
    w, m, v = np.array(RUN_START), np.zeros((2, 3)), np.zeros((2, 3))
    for t in range(1, 5):
        w, m, v = expect(adam_step, w, LONG_RUN[t - 1], m, v, t, 0.02, 0.9, 0.98, 1e-9).to_equal(
            (
                [
                    [
                        adam_weight(RUN_START[i][j], [g[i][j] for g in LONG_RUN[:t]], 0.02, 0.9, 0.98, 1e-9)
                        for j in range(3)
                    ]
                    for i in range(2)
                ],
                [[weighted_sum([g[i][j] for g in LONG_RUN[:t]], 0.9) for j in range(3)] for i in range(2)],
                [
                    [weighted_sum([g[i][j] ** 2 for g in LONG_RUN[:t]], 0.98) for j in range(3)]
                    for i in range(2)
                ],
            ),
            because="work on new arrays, and correct with the t that is handed in",
        )
    expect(adam_step, w, LONG_RUN[4], m, v, 5, 0.02, 0.9, 0.98, 1e-9).to_equal(
        (RUN_END, RUN_M, RUN_V), because="work on new arrays, and correct with the t that is handed in"
    )


def as_floats(*parts):
    return [np.array(part, dtype=float) for part in parts]


@adam_step.misconception(
    caught_by=takes_the_first_step,
    hint=(
        "The corrections are missing. The averages start at 0 and are too small at first: divide m by 1 -"
        " beta1 ** t and v by 1 - beta2 ** t."
    ),
)
def corrects_nothing(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w, g, m, v = as_floats(w, gradient, m, v)
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
    return w - learning_rate * m / (np.sqrt(v) + epsilon), m, v


@adam_step.misconception(
    caught_by=adds_epsilon_last,
    hint=(
        "Epsilon stands inside the root here. Algorithm 1 takes the root of the corrected v first and adds"
        " epsilon to that."
    ),
)
def puts_epsilon_under_the_root(
    w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    w, g, m, v = as_floats(w, gradient, m, v)
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
    return w - learning_rate * (m / (1 - beta1**t)) / np.sqrt(v / (1 - beta2**t) + epsilon), m, v


@adam_step.misconception(
    caught_by=[takes_the_first_step, adds_epsilon_last],
    hint=(
        "Folding both corrections into the learning rate adds epsilon to the uncorrected root. Correct v"
        " first, then take the root, then add epsilon."
    ),
)
def folds_the_corrections_into_the_rate(
    w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    w, g, m, v = as_floats(w, gradient, m, v)
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
    return w - learning_rate * math.sqrt(1 - beta2**t) / (1 - beta1**t) * m / (np.sqrt(v) + epsilon), m, v


@adam_step.misconception(
    caught_by=takes_the_first_step,
    hint="t counts from 1 already: use it as the exponent as it is, without adding 1.",
)
def counts_t_from_zero(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    return reference.adam_step(w, gradient, m, v, t + 1, learning_rate, beta1, beta2, epsilon)


@adam_step.misconception(
    caught_by=carries_its_averages_along,
    hint="The t in the correction is an exponent: 1 - beta ** t, not 1 - beta * t, and not 1 - beta alone.",
)
def corrects_as_if_t_were_one(
    w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    return reference.adam_step(w, gradient, m, v, 1, learning_rate, beta1, beta2, epsilon)


@adam_step.misconception(
    caught_by=takes_the_first_step,
    hint="v averages the squares of the gradient, each entry times itself; here it averages the gradient.",
)
def forgets_to_square(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w, g, m, v = as_floats(w, gradient, m, v)
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g
    with np.errstate(all="ignore"):
        return w - learning_rate * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon), m, v


@adam_step.misconception(
    caught_by=takes_the_first_step,
    hint="The square root is missing: the step is divided by the root of the corrected v, plus epsilon.",
)
def divides_by_the_square(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w, g, m, v = as_floats(w, gradient, m, v)
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
    return w - learning_rate * (m / (1 - beta1**t)) / (v / (1 - beta2**t) + epsilon), m, v


@adam_step.misconception(
    caught_by=takes_the_first_step,
    hint=(
        "The corrected averages serve this one step. What is returned, and carried to the next step, is m and"
        " v before the correction."
    ),
)
def carries_the_corrected_averages(
    w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    w, m, v = reference.adam_step(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon)
    return w, m / (1 - beta1**t), v / (1 - beta2**t)


@adam_step.misconception(
    caught_by=takes_the_first_step,
    hint=(
        "The two weights are swapped: beta keeps most of the old average, and 1 - beta lets a little of the"
        " new slope in."
    ),
)
def lets_the_newest_dominate(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w, g, m, v = as_floats(w, gradient, m, v)
    m, v = (1 - beta1) * m + beta1 * g, (1 - beta2) * v + beta2 * g**2
    return w - learning_rate * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon), m, v


@adam_step.misconception(
    caught_by=takes_the_first_step,
    hint=(
        "beta1 belongs to m, the average of the slopes, and beta2 to v, the average of their squares. Here"
        " they have changed places."
    ),
)
def swaps_the_betas(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    return reference.adam_step(w, gradient, m, v, t, learning_rate, beta2, beta1, epsilon)


@adam_step.misconception(
    caught_by=takes_the_first_step,
    hint="The new weights alone are not enough: the caller needs m and v for the next step. Return w, m, v.",
)
def returns_the_weights_alone(
    w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    return reference.adam_step(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon)[0]


@adam_step.misconception(
    caught_by=treats_each_entry_alone,
    hint="m *= ... changes the caller's own array. Make new ones: m = beta1 * m + ...",
)
def updates_the_averages_in_place(
    w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    w, g = as_floats(w, gradient)
    m, v = np.asarray(m, dtype=float), np.asarray(v, dtype=float)
    m *= beta1
    m += (1 - beta1) * g
    v *= beta2
    v += (1 - beta2) * g**2
    return w - learning_rate * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon), m, v


@adam_step.alternative
def adam_with_plain_loops(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    if np.ndim(w) > 0:
        rows = [
            adam_with_plain_loops(*entry, t, learning_rate, beta1, beta2, epsilon)
            for entry in zip(w, gradient, m, v, strict=True)
        ]
        return [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]
    m = beta1 * float(m) + (1 - beta1) * float(gradient)
    v = beta2 * float(v) + (1 - beta2) * float(gradient) * float(gradient)
    return float(w) - learning_rate * (m / (1 - beta1**t)) / (math.sqrt(v / (1 - beta2**t)) + epsilon), m, v


@adam_step.alternative
def adam_in_single_precision(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w, g, m, v = (np.array(part, dtype=np.float32) for part in (w, gradient, m, v))
    m = m + np.float32(1 - beta1) * (g - m)
    v = v + np.float32(1 - beta2) * (g * g - v)
    step = (
        np.float32(learning_rate)
        * (m / np.float32(1 - beta1**t))
        / (np.sqrt(v / np.float32(1 - beta2**t)) + np.float32(epsilon))
    )
    return w - step, m, v


@adam_step.alternative
def adam_with_epsilon_rescaled(
    w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    # The corrections may go into the learning rate where epsilon is made smaller by the same root.
    w, g, m, v = as_floats(w, gradient, m, v)
    m += (1 - beta1) * (g - m)
    v += (1 - beta2) * (np.square(g) - v)
    root = math.sqrt(1 - beta2**t)
    return w - learning_rate * root / (1 - beta1**t) * m / (np.sqrt(v) + epsilon * root), m, v


# Backpropagation --------------------------------------------------------------------------------------------

backward = Question(points=4, source="Chapter IX")


def loss_of_two_layers(x, target, W1, W2):
    """The forward pass in plain Python: ln of the summed exponentials, minus the target's logit."""
    h = [math.tanh(sum(a * b for a, b in zip(row, x, strict=True))) for row in W1]
    z = [sum(a * b for a, b in zip(row, h, strict=True)) for row in W2]
    top = max(z)
    return top + math.log(sum(math.exp(one - top) for one in z)) - z[target]


def slopes_by_nudging(x, target, W1, W2, nudge=1e-5):
    """(loss, dW1, dW2) by central differences: each weight nudged up and down, and the two losses
    compared."""
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


# The chapter's worked case: one input, one hidden unit, two tokens. q is the probability of the wrong token.
H = math.tanh(0.5)
Q = 1 / (1 + math.exp(-2 * H))
WORKED = (-math.log(1 - Q), [[4 * Q * (1 - H * H)]], [[Q * H], [-Q * H]])

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
def works_the_chapters_example(backward):
    """One input, one hidden unit, two tokens: the worked case."""
    expect(backward, [2.0], 1, [[0.25]], [[1.0], [-1.0]]).to_equal(
        WORKED,
        because=(
            "forward: a, h, z, p; then back: p minus 1 at the target, times what each weight was multiplied"
            " by, and 1 - h ** 2 for tanh"
        ),
    )


@backward.check
def keeps_the_shapes_of_the_weights(backward):
    """Three inputs, two hidden units, four tokens, in whole numbers: dW1 is (2, 3) and dW2 is (4, 2)."""
    expect(backward, (1, 0, -2), 3, [[0, 1, 0], [1, 0, 0]], [[1, 0], [0, 1], [2, 0], [0, -1]]).to_equal(
        WHOLE,
        because="a slope for every weight: dW1 has the shape of W1, dW2 that of W2; both are outer products",
    )


@backward.hidden
def agrees_with_fifty_digit_arithmetic(backward):
    """Loss and slopes of two layers with no symmetry in them."""
    expect(backward, np.array(X), 2, np.array(W1_GIVEN), np.array(W2_GIVEN)).to_equal(
        (LOSS, DW1, DW2),
        because=(
            "compare with nudging: (loss(w + h) - loss(w - h)) / 2h for one weight at a time shows which"
            " slopes are off"
        ),
    )


@backward.hidden
def agrees_with_nudging_every_weight(backward):
    """For each target, the slopes are what nudging the weights one at a time gives."""
    because = (
        "the slope at z is p minus 1 at the target, whichever token that is; each line of the way back is"
        " built from one above it"
    )
    # A nudge of 1e-5 cuts off about 1e-10 of slopes near 1 and rounds off about 1e-11: 1e-8 leaves room for
    # both.
    for target in range(4):
        nudged = slopes_by_nudging(X, target, W1_GIVEN, W2_GIVEN)
        expect(backward, X, target, W1_GIVEN, W2_GIVEN).to_equal(
            nudged, rtol=1e-6, atol=1e-8, because=because
        )
    for target in range(3):
        nudged = slopes_by_nudging([1.4, -0.6], target, WIDE_W1, WIDE_W2)
        expect(backward, [1.4, -0.6], target, WIDE_W1, WIDE_W2).to_equal(
            nudged, rtol=1e-6, atol=1e-8, because=because
        )


@backward.hidden
def goes_back_through_the_transpose(backward):
    """A square second layer, where the wrong way round raises no error."""
    expected = slopes_by_nudging([0.5, 1.0, -2.0], 0, SQUARE_W1, SQUARE_W2)
    # As above: the nudge cuts off and rounds off less than 1e-8.
    expect(backward, [0.5, 1.0, -2.0], 0, SQUARE_W1, SQUARE_W2).to_equal(
        expected,
        rtol=1e-6,
        atol=1e-8,
        because=(
            "h_j reaches the loss through column j of W2: going back, the slopes are multiplied by the"
            " transpose"
        ),
    )


@backward.hidden
def stays_finite_for_large_z(backward):
    """Logits of thousands: a finite loss and finite slopes, and none where the prediction is right."""
    slope = 20000 * (1 - H * H) * 0.5
    expect(backward, [0.5], 1, [[1.0]], [[10000.0], [-10000.0], [0.0]]).to_equal(
        (20000 * H, [[slope]], [[H], [-H], [0.0]]),
        because=(
            "subtract the largest logit, and take the logarithm of the sum, not of a probability that has"
            " become 0"
        ),
    )
    # A logit of thousands is rounded by up to 1e-12, and W2 magnifies what that does to p: what should cancel
    # to 0 may be off by 1e-8.
    expect(backward, [0.5], 0, [[1.0]], [[10000.0], [-10000.0], [0.0]]).to_equal(
        (0.0, [[0.0]], [[0.0], [0.0], [0.0]]),
        atol=1e-8,
        because="where all the probability is on the target, the loss and every slope are 0",
    )
    expect(backward, [0.5], 1, [[1.0]], [[-3000.0], [-3000.0]]).to_equal(
        (math.log(2), [[0.0]], [[H / 2], [-H / 2]]),
        atol=1e-8,
        because="subtract the largest logit from all of them first, also where all are far below 0",
    )


def forward_pass(x, W1, W2):
    x, W1, W2 = as_floats(x, W1, W2)
    h = np.tanh(W1 @ x)
    z = W2 @ h
    log_p = z - z.max() - np.log(np.exp(z - z.max()).sum())
    return x, W1, W2, h, z, log_p


def slope_at_z(log_p, target):
    dz = np.exp(log_p)
    dz[target] -= 1
    return dz


@backward.misconception(
    caught_by=works_the_chapters_example,
    hint="The way back passes through tanh as well: multiply by its slope, 1 - h ** 2, before reaching W1.",
)
def skips_the_slope_of_tanh(x, target, W1, W2):
    x, W1, W2, h, _z, log_p = forward_pass(x, W1, W2)
    dz = slope_at_z(log_p, target)
    return -log_p[target], np.outer(W2.T @ dz, x), np.outer(dz, h)


@backward.misconception(
    caught_by=works_the_chapters_example,
    hint="h is tanh(a) already, so the slope of tanh is 1 - h ** 2; here tanh is applied to h a second time.",
)
def takes_tanh_twice(x, target, W1, W2):
    x, W1, W2, h, _z, log_p = forward_pass(x, W1, W2)
    dz = slope_at_z(log_p, target)
    return -log_p[target], np.outer((W2.T @ dz) * (1 - np.tanh(h) ** 2), x), np.outer(dz, h)


@backward.misconception(
    caught_by=keeps_the_shapes_of_the_weights,
    hint=(
        "Both results are transposed. Row i of dW2 belongs to output i: the slopes from behind run down the"
        " rows, the inputs along the columns."
    ),
)
def turns_the_outer_products(x, target, W1, W2):
    loss, dW1, dW2 = reference.backward(x, target, W1, W2)
    return loss, dW1.T, dW2.T


@backward.misconception(
    caught_by=works_the_chapters_example,
    hint=(
        "The slope of the loss at z is p minus 1 at the target. Without the minus 1 no logit is ever"
        " pushed up."
    ),
)
def leaves_out_the_minus_one(x, target, W1, W2):
    x, W1, W2, h, _z, log_p = forward_pass(x, W1, W2)
    dz = np.exp(log_p)
    return -log_p[target], np.outer((W2.T @ dz) * (1 - h**2), x), np.outer(dz, h)


@backward.misconception(
    caught_by=works_the_chapters_example,
    hint="Every slope has the wrong sign: at z it is p minus the target's 1, not the 1 minus p.",
)
def turns_every_sign(x, target, W1, W2):
    loss, dW1, dW2 = reference.backward(x, target, W1, W2)
    return loss, -dW1, -dW2


@backward.misconception(
    caught_by=stays_finite_for_large_z,
    hint=(
        "exp of a large logit is infinite. Subtract the largest logit from all of them before the"
        " exponentials."
    ),
)
def exponentiates_large_logits(x, target, W1, W2):
    x, W1, W2, h, z, _log_p = forward_pass(x, W1, W2)
    with np.errstate(all="ignore"):
        p = np.exp(z) / np.exp(z).sum()
        dz = p.copy()
        dz[target] -= 1
        return -np.log(p[target]), np.outer((W2.T @ dz) * (1 - h**2), x), np.outer(dz, h)


@backward.misconception(
    caught_by=stays_finite_for_large_z,
    hint=(
        "The target's probability has underflowed to 0, and its logarithm is infinite. Write the loss as the"
        " log of the summed exponentials minus the logit."
    ),
)
def takes_the_log_of_an_underflow(x, target, W1, W2):
    loss, dW1, dW2 = reference.backward(x, target, W1, W2)
    with np.errstate(all="ignore"):
        return -np.log(np.exp(np.float64(-loss))), dW1, dW2


@backward.misconception(
    caught_by=works_the_chapters_example,
    hint="The hidden layer is tanh of W1 x. Without tanh, two layers are one.",
)
def leaves_out_tanh(x, target, W1, W2):
    x, W1, W2 = as_floats(x, W1, W2)
    h = W1 @ x
    z = W2 @ h
    log_p = z - z.max() - np.log(np.exp(z - z.max()).sum())
    dz = slope_at_z(log_p, target)
    return -log_p[target], np.outer(W2.T @ dz, x), np.outer(dz, h)


@backward.misconception(
    caught_by=goes_back_through_the_transpose,
    hint=(
        "Going forward W2 maps h to z; going back its transpose maps slopes at z to slopes at h. A square W2"
        " hides the mix-up, another shape raises."
    ),
)
def goes_back_through_W2_itself(x, target, W1, W2):
    x, W1, W2, h, _z, log_p = forward_pass(x, W1, W2)
    dz = slope_at_z(log_p, target)
    return -log_p[target], np.outer((W2 @ dz) * (1 - h**2), x), np.outer(dz, h)


@backward.misconception(
    caught_by=works_the_chapters_example,
    hint=(
        "The order is loss, dW1, dW2: the slopes come back in the order of the weights, though they are found"
        " from the back."
    ),
)
def returns_the_slopes_as_found(x, target, W1, W2):
    loss, dW1, dW2 = reference.backward(x, target, W1, W2)
    return loss, dW2, dW1


@backward.misconception(
    caught_by=works_the_chapters_example, hint="The loss is a natural logarithm. This one is to base 2."
)
def measures_the_loss_in_bits(x, target, W1, W2):
    loss, dW1, dW2 = reference.backward(x, target, W1, W2)
    return loss / math.log(2), dW1, dW2


@backward.alternative
def backwards_in_plain_loops(x, target, W1, W2):
    h = [math.tanh(sum(w * a for w, a in zip(row, x, strict=True))) for row in W1]
    z = [sum(w * a for w, a in zip(row, h, strict=True)) for row in W2]
    top = max(z)
    log_total = top + math.log(sum(math.exp(one - top) for one in z))
    dz = [math.exp(one - log_total) - (i == target) for i, one in enumerate(z)]
    da = [(1 - h[j] ** 2) * sum(dz[i] * W2[i][j] for i in range(len(z))) for j in range(len(h))]
    return (
        log_total - z[target],
        [[slope * a for a in x] for slope in da],
        [[slope * a for a in h] for slope in dz],
    )


@backward.alternative
def backwards_in_single_precision(x, target, W1, W2):
    x, W1, W2 = (np.array(part, dtype=np.float32) for part in (x, W1, W2))
    h = np.tanh(W1 @ x)
    z = W2 @ h
    z = z - z.max()
    p = np.exp(z) / np.exp(z).sum()
    dz = p - np.eye(len(z), dtype=np.float32)[target]
    return (
        np.log(np.exp(z).sum()) - z[target],
        ((W2.T @ dz) * (1 - h * h))[:, None] * x[None, :],
        dz[:, None] * h[None, :],
    )


@backward.alternative
def by_steps_into_the_complex_plane(x, target, W1, W2):
    # The imaginary part of f(w + ih) is h times the slope, and h may be so small that nothing is cut off.
    x, W1, W2 = as_floats(x, W1, W2)

    def loss(first, second):
        z = second @ np.tanh(first @ x)
        shifted = z - z.real.max()
        return np.log(np.exp(shifted).sum()) - shifted[target]

    def slopes(which):
        found = np.empty((W1, W2)[which].shape)
        for at in np.ndindex(found.shape):
            layers = [W1.astype(complex), W2.astype(complex)]
            layers[which][at] += 1e-30j
            found[at] = loss(*layers).imag / 1e-30
        return found

    return loss(W1, W2).real, slopes(0), slopes(1)


@backward.alternative
def by_multiplying_jacobians(x, target, W1, W2):
    x, W1, W2, h, z, log_p = forward_pass(x, W1, W2)
    at_z = np.exp(log_p) - (np.arange(len(z)) == target)
    at_a = at_z @ W2 @ np.diag(1 / np.cosh(W1 @ x) ** 2)
    return float(-log_p[target]), np.einsum("i,j->ij", at_a, x), np.einsum("i,j->ij", at_z, h)


# Worked by hand ---------------------------------------------------------------------------------------------

example_9 = WorkedValue(
    points=1,
    source="Example 9",
    numbers={"w": 3.0, "gradient": 4.0, "learning_rate": 0.1},
    tolerance=0.001,
    answer_as="a number: the new weight, to three decimals where it needs them",
    because="multiply the gradient by the learning rate, and take the product away from the weight",
)


@example_9.draw
def another_step_down(rng):
    return {
        "w": rng.choice([2.0, 2.5, 3.5, 4.0, 6.0, 7.0]),
        "gradient": rng.choice([2.0, 3.0, 4.0, 5.0]),
        "learning_rate": rng.choice([0.1, 0.05, 0.02]),
    }


@example_9.misconception(hint="The step is added here. The gradient points uphill: take the step away.")
def adds_the_step(w, gradient, learning_rate):
    return w + learning_rate * gradient


@example_9.misconception(hint="The learning rate is not used: it scales the gradient first.")
def takes_the_whole_gradient_away(w, gradient, learning_rate):
    return w - gradient


@example_9.misconception(hint="This is the step. The new weight is the old one minus the step.")
def gives_the_step_alone(w, gradient, learning_rate):
    return learning_rate * gradient


@example_9.alternative
def stepped_and_rounded(w, gradient, learning_rate):
    return round(w - learning_rate * gradient, 3)


@example_9.alternative
def stepped_as_an_array(w, gradient, learning_rate):
    return np.array([w - learning_rate * gradient])


exercise_19 = WorkedValue(
    points=1,
    source="Exercise 19",
    numbers={"w": 5.0, "gradient": -2.0, "learning_rate": 0.05},
    tolerance=0.001,
    answer_as="a number: the new weight, to three decimals where it needs them",
    because="mind the sign: a negative gradient is taken away, too",
)


@exercise_19.draw
def another_step_up(rng):
    return {
        "w": rng.choice([2.0, 3.0, 4.0, 6.0, 7.0]),
        "gradient": rng.choice([-1.0, -3.0, -4.0, -6.0]),
        "learning_rate": rng.choice([0.05, 0.02, 0.1]),
    }


@exercise_19.misconception(
    hint="Taking away a negative number adds. The loss falls as w grows here, so w should grow."
)
def loses_the_minus_sign(w, gradient, learning_rate):
    return w + learning_rate * gradient


@exercise_19.misconception(hint="The learning rate is not used: it scales the gradient first.")
def steps_by_the_whole_gradient(w, gradient, learning_rate):
    return w - gradient


@exercise_19.misconception(hint="This is the change. The new weight is the old one plus that change.")
def gives_the_change_alone(w, gradient, learning_rate):
    return -learning_rate * gradient


@exercise_19.alternative
def risen_and_rounded(w, gradient, learning_rate):
    return round(w + learning_rate * abs(gradient), 2)


@exercise_19.alternative
def risen_in_numpy(w, gradient, learning_rate):
    return np.float64(w) - np.float64(learning_rate) * gradient


exercise_20 = WorkedValue(
    points=1,
    source="Exercise 20",
    numbers={"billions": 7},
    answer_as="a whole number, written out in full: 3 million is 3_000_000 or 3 * 10**6",
    because="how many partial derivatives does one parameter have, and how many zeros a billion",
)


@exercise_20.draw
def another_model_size(rng):
    return {"billions": rng.choice([2, 3, 8, 9, 13, 14, 27, 32, 34, 65, 70, 72, 123, 175, 405])}


@exercise_20.misconception(
    hint="The loss is one number, its gradient is not: there is one partial derivative for every parameter."
)
def counts_one_slope(billions):
    return 1


@exercise_20.misconception(hint="This counts in billions. Write the number out in full.")
def counts_in_billions(billions):
    return billions


@exercise_20.misconception(hint="This is millions. A billion is a thousand million: nine zeros.")
def takes_a_billion_for_a_million(billions):
    return billions * 10**6


@exercise_20.misconception(
    hint="Twice as many numbers are what Adam keeps beside the weights. The gradient has one a parameter."
)
def counts_adams_averages(billions):
    return 2 * billions * 10**9


@exercise_20.alternative
def counted_as_a_float(billions):
    return billions * 1e9


@exercise_20.alternative
def counted_in_numpy(billions):
    return np.int64(billions) * 10**9
