"""Chapter IX: wrong answers as people write them, and right ones of other kinds."""

import functools
import itertools
import math
from fractions import Fraction

import numpy as np
from questions import (
    adam_step,
    backward,
    descent_step,
    example_9,
    exercise_19,
    exercise_20,
    gradient_descent,
    learning_rate_at,
    reading_9,
    sgd,
)

from solutions import ch09_gradient_descent as reference


def as_floats(*parts):
    return [np.array(part, dtype=float) for part in parts]


# One step ---------------------------------------------------------------------------------------------------

STEP = "w - learning_rate * gradient\n"

descent_step.misconception_by_edit(
    "climbs",
    reference.descent_step,
    {f"return {STEP}": "return w + learning_rate * gradient\n"},
    caught_by="moves_a_number_downhill",
    hint="This climbs: the gradient points uphill, so the step is subtracted from w, not added.",
)
descent_step.misconception_by_edit(
    "leaves_out_the_learning_rate",
    reference.descent_step,
    {f"return {STEP}": "return w - gradient\n"},
    caught_by="moves_a_number_downhill",
    hint="The learning rate is not used. It multiplies the gradient before the gradient is subtracted.",
)
descent_step.misconception_by_edit(
    "lets_numpy_stretch",
    reference.descent_step,
    {"if w.shape != gradient.shape:": "if False:"},
    caught_by="refuses_what_numpy_would_stretch",
    hint="NumPy stretches a (1,) gradient over two weights, and a number over anything. Compare the two"
    " shapes, and raise ValueError if they differ.",
)
descent_step.misconception_by_edit(
    "compares_sizes_alone",
    reference.descent_step,
    {"if w.shape != gradient.shape:": "if w.size != gradient.size:"},
    caught_by="refuses_what_numpy_would_stretch",
    hint="Equal sizes are not equal shapes: a column of two and a row of two stretch to a (2, 2) matrix."
    " Compare the shapes.",
)
descent_step.misconception_by_edit(
    "compares_lengths_alone",
    reference.descent_step,
    {"if w.shape != gradient.shape:": "if w.shape[:1] != gradient.shape[:1]:"},
    caught_by="refuses_what_numpy_would_stretch",
    hint="The first number of the shape is not all of it: (2, 1) and (2, 3) have the same length. Compare"
    " the whole shapes.",
)


@descent_step.misconception(
    caught_by=("moves_every_entry_of_an_array", "leaves_weights_and_gradient_as_they_were"),
    hint="w -= ... changes the array that was handed in. Write w - ... and return the new array.",
)
def changes_the_weights_in_place(w, gradient, learning_rate):
    w, gradient = np.asarray(w, dtype=float), np.asarray(gradient, dtype=float)
    if w.shape != gradient.shape:
        raise ValueError(f"shapes {w.shape} and {gradient.shape}")
    w -= learning_rate * gradient
    return w


@descent_step.misconception(
    caught_by=("moves_every_entry_of_an_array", "leaves_weights_and_gradient_as_they_were"),
    hint="gradient *= ... changes the array that was handed in. Multiply without the = sign.",
)
def scales_the_gradient_in_place(w, gradient, learning_rate):
    w, gradient = np.asarray(w, dtype=float), np.asarray(gradient, dtype=float)
    if w.shape != gradient.shape:
        raise ValueError(f"shapes {w.shape} and {gradient.shape}")
    gradient *= learning_rate
    return w - gradient


@descent_step.misconception(
    caught_by="takes_integers_of_every_width",
    hint="-gradient and gradient * learning_rate wrap around in an array of small integers. Convert both"
    " arrays with np.asarray(..., dtype=float) first.",
)
def computes_in_the_gradients_own_integers(w, gradient, learning_rate):
    if np.shape(w) != np.shape(gradient):
        raise ValueError(f"shapes {np.shape(w)} and {np.shape(gradient)}")
    return np.asarray(w, dtype=float) + learning_rate * -np.asarray(gradient)


@descent_step.misconception(
    caught_by="steps_in_proportion_to_the_slope",
    hint="The gradient is scaled to length 1 here. Plain descent keeps its length, so that steps shrink as"
    " the slope does.",
)
def steps_by_a_unit_gradient(w, gradient, learning_rate):
    length = np.linalg.norm(gradient)
    return reference.descent_step(w, np.asarray(gradient, dtype=float) / (length or 1), learning_rate)


@descent_step.alternative
def entry_by_entry(w, gradient, learning_rate):
    if np.shape(w) != np.shape(gradient):
        raise ValueError(f"{w} does not go with {gradient}: {np.shape(w)}, {np.shape(gradient)}")
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
    return np.add(w, np.multiply(-float(learning_rate), gradient))


# The whole path ---------------------------------------------------------------------------------------------


@gradient_descent.misconception(
    caught_by="keeps_the_whole_path",
    hint="The path begins with the start itself: steps + 1 positions in all.",
)
def leaves_out_the_start(gradient_fn, start, learning_rate, steps):
    return reference.gradient_descent(gradient_fn, start, learning_rate, steps)[1:]


gradient_descent.misconception_by_edit(
    "stops_a_step_early",
    reference.gradient_descent,
    {"range(steps)": "range(steps - 1)"},
    caught_by="keeps_the_whole_path",
    hint="One step is missing. The path has steps + 1 positions: the start, and one after each step.",
)
gradient_descent.misconception_by_edit(
    "returns_the_last_position",
    reference.gradient_descent,
    {"np.array(path)": "np.array(path[-1])"},
    caught_by="keeps_the_whole_path",
    hint="This is the last position alone. Keep each one in a list as you go, and make an array of the list.",
)
gradient_descent.misconception_by_edit(
    "keeps_the_first_slope",
    reference.gradient_descent,
    {"gradient_fn(path[-1])": "gradient_fn(path[0])"},
    caught_by="keeps_the_whole_path",
    hint="The slope is that of the start at every step. It changes on the way: ask for it at each position.",
)
gradient_descent.misconception_by_edit(
    "walks_uphill",
    reference.gradient_descent,
    {", learning_rate))": ", -learning_rate))"},
    caught_by="keeps_the_whole_path",
    hint="This walks uphill: subtract the step from the position.",
)


@gradient_descent.misconception(
    caught_by="takes_every_step_on_flat_ground",
    hint="The walk stops where the slope is small. Take all the steps that were asked for: a flat place may"
    " lie high above the minimum.",
)
def stops_where_the_ground_is_flat(gradient_fn, start, learning_rate, steps):
    path = [np.array(start, dtype=float)[()]]
    for _ in range(steps):
        slope = np.asarray(gradient_fn(path[-1]), dtype=float)
        if np.all(np.abs(slope) < 1e-6):
            break
        path.append(path[-1] - learning_rate * slope)
    return np.array(path)


@gradient_descent.misconception(
    caught_by=("keeps_the_whole_path", "leaves_start_and_slopes_as_they_were"),
    hint="Every row is the same array, moved on in place by -=. Make a new one each step, w = w - ..., or"
    " append w.copy().",
)
def appends_one_array_over_and_over(gradient_fn, start, learning_rate, steps):
    w = np.array(start, dtype=float)
    path = [w]
    for _ in range(steps):
        w -= learning_rate * np.asarray(gradient_fn(w), dtype=float)
        path.append(w)
    return np.array(path)


@gradient_descent.misconception(
    caught_by=("walks_in_more_dimensions", "starts_from_integers_of_every_width"),
    hint="The path has the start's own integer type here, which drops fractions. Make it with dtype=float.",
)
def keeps_a_path_of_integers(gradient_fn, start, learning_rate, steps):
    path = np.empty((steps + 1, *np.shape(start)), dtype=np.asarray(start).dtype)
    path[0] = start
    for k in range(steps):
        path[k + 1] = path[k] - learning_rate * np.asarray(gradient_fn(path[k]), dtype=float)
    return path


@gradient_descent.misconception(
    caught_by="leaves_start_and_slopes_as_they_were",
    hint="np.asarray hands back the caller's own array, and -= moves it. Copy the start: np.array(start,"
    " dtype=float).",
)
def moves_the_callers_start(gradient_fn, start, learning_rate, steps):
    w = np.asarray(start, dtype=float)
    path = [w.copy()]
    for _ in range(steps):
        w -= learning_rate * np.asarray(gradient_fn(w), dtype=float)
        path.append(w.copy())
    return np.array(path)


@gradient_descent.misconception(
    caught_by="leaves_start_and_slopes_as_they_were",
    hint="*= writes over the array that gradient_fn returned, which may be its own. Multiply without the ="
    " sign.",
)
def scales_the_slope_in_place(gradient_fn, start, learning_rate, steps):
    path = [np.array(start, dtype=float)]
    for _ in range(steps):
        step = np.asarray(gradient_fn(path[-1]), dtype=float)
        step *= learning_rate
        path.append(path[-1] - step)
    return np.array(path)


@gradient_descent.misconception(
    caught_by="moves_all_numbers_at_once",
    hint="The numbers are moved one after another here, and the slope is measured in between. A step takes"
    " one slope, in all directions at once, from where the last step ended.",
)
def moves_one_number_after_another(gradient_fn, start, learning_rate, steps):
    w = np.array(start, dtype=float)
    path = [w.copy()]
    for _ in range(steps):
        if w.ndim == 0:
            w = w - learning_rate * np.asarray(gradient_fn(w), dtype=float)
        for i in range(w.size if w.ndim else 0):
            w[i] -= learning_rate * gradient_fn(w.copy())[i]
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
        slopes = gradient_fn(np.array(rows[-1]))
        rows.append([x - learning_rate * float(g) for x, g in zip(rows[-1], slopes, strict=True)])
    return rows


@gradient_descent.alternative
def into_an_array_made_beforehand(gradient_fn, start, learning_rate, steps):
    path = np.zeros((steps + 1, *np.shape(start)))
    path[0] = start
    for k in range(1, steps + 1):
        path[k] = path[k - 1] - learning_rate * np.asarray(gradient_fn(path[k - 1]))
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
        return w - learning_rate * np.asarray(gradient_fn(w))

    return np.array(list(itertools.accumulate(range(steps), one_step, initial=np.array(start, dtype=float))))


# Mini-batches -----------------------------------------------------------------------------------------------


@sgd.misconception(
    caught_by="takes_one_step_per_batch",
    hint="All the slopes are taken at the start. Each batch's slope belongs at the position that the batch"
    " before it led to.",
)
def takes_every_slope_at_the_start(batch_gradient, start, batches, learning_rate):
    w = np.array(start, dtype=float)
    return w - learning_rate * sum(np.asarray(batch_gradient(w, batch), dtype=float) for batch in batches)


@sgd.misconception(
    caught_by="takes_one_step_per_batch",
    hint="This averages the batches and steps once. Stochastic descent steps after every batch.",
)
def steps_once_for_all(batch_gradient, start, batches, learning_rate):
    w = np.array(start, dtype=float)
    if len(batches) == 0:
        return w
    slopes = [np.asarray(batch_gradient(w, batch), dtype=float) for batch in batches]
    return w - learning_rate * sum(slopes) / len(slopes)


sgd.misconception_by_edit(
    "starts_over_at_each_batch",
    reference.sgd,
    {"w = descent_step(w, ": "w = descent_step(np.array(start, dtype=float)[()], "},
    caught_by="goes_through_the_batches_in_order",
    hint="Each step starts from the start here, so that only the last one counts. Start where the step"
    " before ended.",
)


@sgd.misconception(
    caught_by="takes_one_step_per_batch", hint="This is the whole path. Return its last position alone."
)
def returns_the_path_of_batches(batch_gradient, start, batches, learning_rate):
    path = [np.array(start, dtype=float)]
    for batch in batches:
        path.append(path[-1] - learning_rate * np.asarray(batch_gradient(path[-1], batch), dtype=float))
    return np.array(path)


sgd.misconception_by_edit(
    "goes_backwards",
    reference.sgd,
    {"for batch in batches:": "for batch in list(batches)[::-1]:"},
    caught_by="goes_through_the_batches_in_order",
    hint="The batches are taken from the last to the first. Go through them as they come.",
)


@sgd.misconception(
    caught_by="goes_through_the_batches_in_order",
    hint="A batch that comes a second time is left out. Every entry of batches makes a step.",
)
def leaves_out_repeated_batches(batch_gradient, start, batches, learning_rate):
    different = {str(batch): batch for batch in batches}
    return reference.sgd(batch_gradient, start, list(different.values()), learning_rate)


@sgd.misconception(
    caught_by="goes_through_the_batches_in_order",
    hint="The loop stops at the first batch whose slope is small. The next batch may have another slope.",
)
def stops_at_a_slope_of_zero(batch_gradient, start, batches, learning_rate):
    w = np.array(start, dtype=float)
    for batch in batches:
        slope = np.asarray(batch_gradient(w, batch), dtype=float)
        if np.all(np.abs(slope) < 1e-6):
            break
        w = w - learning_rate * slope
    return w


sgd.misconception_by_edit(
    "steps_at_every_entry",
    reference.sgd,
    {"for batch in batches:": "for batch in [[entry] for whole in batches for entry in whole]:"},
    caught_by="moves_a_vector",
    hint="A step is taken after every entry of a batch. The whole batch goes to batch_gradient at once, for"
    " one step.",
)
sgd.misconception_by_edit(
    "climbs_batch_by_batch",
    reference.sgd,
    {"batch_gradient(w, batch), learning_rate": "batch_gradient(w, batch), -learning_rate"},
    caught_by="takes_one_step_per_batch",
    hint="This walks uphill: subtract the step from w.",
)


@sgd.misconception(
    caught_by="leaves_start_and_batch_slopes_as_they_were",
    hint="np.asarray hands back the caller's own array, and -= moves it. Copy the start: np.array(start,"
    " dtype=float).",
)
def drags_the_callers_start_along(batch_gradient, start, batches, learning_rate):
    w = np.asarray(start, dtype=float)
    for batch in batches:
        w -= learning_rate * np.asarray(batch_gradient(w, batch), dtype=float)
    return w


@sgd.misconception(
    caught_by="leaves_start_and_batch_slopes_as_they_were",
    hint="*= writes over the array that batch_gradient returned, which may be its own. Multiply without the"
    " = sign.",
)
def scales_a_batch_slope_in_place(batch_gradient, start, batches, learning_rate):
    w = np.array(start, dtype=float)
    for batch in batches:
        step = np.asarray(batch_gradient(w, batch), dtype=float)
        step *= learning_rate
        w = w - step
    return w


@sgd.misconception(
    caught_by="hands_each_batch_on_as_it_is",
    hint="The function calls itself once per batch, and Python gives up after a thousand calls inside one"
    " another. Go through the batches in a loop.",
)
def calls_itself_for_the_rest(batch_gradient, start, batches, learning_rate):
    w = np.array(start, dtype=float)
    if len(batches) == 0:
        return w
    w = w - learning_rate * np.asarray(batch_gradient(w, batches[0]))
    return calls_itself_for_the_rest(batch_gradient, w, batches[1:], learning_rate)


@sgd.misconception(
    caught_by="hands_each_batch_on_as_it_is",
    hint="The slope is clipped here. Plain stochastic gradient descent takes it as it is, however steep.",
)
def clips_a_steep_slope(batch_gradient, start, batches, learning_rate):
    w = np.array(start, dtype=float)
    for batch in batches:
        w = w - learning_rate * np.clip(batch_gradient(w, batch), -100, 100)
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
        slopes = batch_gradient(np.array(numbers), batch)
        numbers = [x - learning_rate * float(g) for x, g in zip(numbers, slopes, strict=True)]
    return numbers


@sgd.alternative
def by_reducing(batch_gradient, start, batches, learning_rate):
    def one_step(w, batch):
        return w - learning_rate * np.asarray(batch_gradient(w, batch))

    return functools.reduce(one_step, batches, np.array(start, dtype=float))


@sgd.alternative
def batches_in_single_precision(batch_gradient, start, batches, learning_rate):
    w = np.array(start, dtype=np.float32)
    for k in range(len(batches)):
        w = np.subtract(w, learning_rate * np.asarray(batch_gradient(w, batches[k]))).astype(np.float32)
    return w


# The schedule -----------------------------------------------------------------------------------------------

LINE = "(1 - done) * peak + done * final\n"
INSIDE = "if not 0 <= step <= total_steps:"


@learning_rate_at.misconception(
    caught_by="falls_evenly_between",
    hint="This falls by a constant factor, an exponential decay. A linear schedule falls by a constant"
    " amount.",
)
def decays_by_a_factor(step, total_steps, peak, final):
    if not 0 <= step <= total_steps:
        raise ValueError(f"step {step}")
    if peak <= 0 or final <= 0:
        return 0.0
    return peak * (final / peak) ** (step / total_steps)


learning_rate_at.misconception_by_edit(
    "divides_by_one_less",
    reference.learning_rate_at,
    {"done = step / total_steps": "done = step / max(total_steps - 1, 1)"},
    caught_by="runs_from_peak_to_final",
    hint="This reaches final one step too soon: the schedule has total_steps steps after step 0.",
)
learning_rate_at.misconception_by_edit(
    "runs_from_final_to_peak",
    reference.learning_rate_at,
    {LINE: "(1 - done) * final + done * peak\n"},
    caught_by="runs_from_peak_to_final",
    hint="The two ends are the other way round: the schedule starts at peak and ends at final.",
)
learning_rate_at.misconception_by_edit(
    "goes_on_past_the_ends",
    reference.learning_rate_at,
    {INSIDE: "if False:"},
    caught_by="refuses_steps_outside_the_schedule",
    hint="The line goes on past its ends here. A step below 0 or above total_steps must raise ValueError.",
)
learning_rate_at.misconception_by_edit(
    "stays_flat_past_the_ends",
    reference.learning_rate_at,
    {INSIDE: "if False:", "done = step / total_steps": "done = min(max(step / total_steps, 0), 1)"},
    caught_by="refuses_steps_outside_the_schedule",
    hint="The rate stays at its last value outside the schedule. Such a step is a mistake of the caller's:"
    " raise ValueError.",
)
learning_rate_at.misconception_by_edit(
    "refuses_the_last_step",
    reference.learning_rate_at,
    {INSIDE: "if not 0 <= step < total_steps:"},
    caught_by="runs_from_peak_to_final",
    hint="total_steps itself is inside the schedule: the rate there is final. Refuse only what is above it.",
)
learning_rate_at.misconception_by_edit(
    "divides_without_a_remainder",
    reference.learning_rate_at,
    {"done = step / total_steps": "done = step // total_steps"},
    caught_by="falls_evenly_between",
    hint="// cuts the fraction off to a whole number, so that nothing moves until the last step. Use /.",
)
learning_rate_at.misconception_by_edit(
    "falls_to_zero",
    reference.learning_rate_at,
    {LINE: "(1 - done) * peak\n"},
    caught_by="runs_from_peak_to_final",
    hint="This falls towards 0, whatever final is: the distance to cover is final - peak, not -peak.",
)
learning_rate_at.misconception_by_edit(
    "rounds_the_rate",
    reference.learning_rate_at,
    {LINE: "round((1 - done) * peak + done * final, 6)\n"},
    caught_by="keeps_small_rates_exact",
    hint="The rate is rounded, and late rates are small. Return it as it is.",
)


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
def from_the_far_end(step, total_steps, peak, final):
    if step not in range(total_steps + 1):
        raise ValueError(f"step {step} is outside")
    return final + (peak - final) * (total_steps - step) / total_steps


@learning_rate_at.alternative
def a_rate_in_single_precision(step, total_steps, peak, final):
    if not 0 <= step <= total_steps:
        raise ValueError(f"step {step}")
    done = np.float32(step / total_steps)
    return np.float32(peak) * np.float32(1 - step / total_steps) + np.float32(final) * done


# Adam -------------------------------------------------------------------------------------------------------

M_HAT, V_HAT = "m_hat = m / (1 - beta1**t)", "v_hat = v / (1 - beta2**t)"
UPDATE = "w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v\n"

adam_step.misconception_by_edit(
    "corrects_nothing",
    reference.adam_step,
    {M_HAT: "m_hat = m", V_HAT: "v_hat = v"},
    caught_by="takes_the_first_step",
    hint="The corrections are missing. The averages start at 0 and are too small at first: divide m by 1 -"
    " beta1 ** t and v by 1 - beta2 ** t.",
)
adam_step.misconception_by_edit(
    "corrects_m_alone",
    reference.adam_step,
    {V_HAT: "v_hat = v"},
    caught_by="takes_the_first_step",
    hint="Only m is corrected. v starts at 0 as well: divide it by 1 - beta2 ** t.",
)
adam_step.misconception_by_edit(
    "puts_epsilon_under_the_root",
    reference.adam_step,
    {UPDATE: "w - learning_rate * m_hat / np.sqrt(v_hat + epsilon), m, v\n"},
    caught_by="adds_epsilon_last",
    hint="Epsilon stands under the root here. Algorithm 1 takes the root of the corrected v first and adds"
    " epsilon to that.",
)
adam_step.misconception_by_edit(
    "leaves_out_epsilon",
    reference.adam_step,
    {UPDATE: "w - learning_rate * np.divide(m_hat, np.sqrt(v_hat), out=0 * m, where=v_hat > 0), m, v\n"},
    caught_by="adds_epsilon_last",
    hint="Epsilon is not added to the root. It belongs to the step, and some papers set it as large as 1.",
)
adam_step.misconception_by_edit(
    "folds_the_corrections_into_the_rate",
    reference.adam_step,
    {
        M_HAT: "learning_rate = learning_rate * np.sqrt(1 - beta2**t) / (1 - beta1**t)",
        V_HAT: "m_hat, v_hat = m, v",
    },
    caught_by=("takes_the_first_step", "adds_epsilon_last"),
    hint="With both corrections folded into the learning rate, epsilon is added to the uncorrected root."
    " Correct v first, then take the root, then add epsilon.",
)
adam_step.misconception_by_edit(
    "counts_t_from_zero",
    reference.adam_step,
    {M_HAT: "m_hat = m / (1 - beta1 ** (t + 1))", V_HAT: "v_hat = v / (1 - beta2 ** (t + 1))"},
    caught_by="takes_the_first_step",
    hint="t counts from 1 already: use it as the exponent as it is, without adding 1.",
)
adam_step.misconception_by_edit(
    "corrects_as_if_t_were_one",
    reference.adam_step,
    {M_HAT: "m_hat = m / (1 - beta1)", V_HAT: "v_hat = v / (1 - beta2)"},
    caught_by="carries_its_averages_along",
    hint="The t in the correction is an exponent: 1 - beta ** t, not 1 - beta alone.",
)
adam_step.misconception_by_edit(
    "multiplies_where_a_power_is_meant",
    reference.adam_step,
    {M_HAT: "m_hat = m / (1 - beta1 / t)", V_HAT: "v_hat = v / (1 - beta2 / t)"},
    caught_by="carries_its_averages_along",
    hint="The t in the correction is an exponent: beta ** t is beta times itself t times.",
)
adam_step.misconception_by_edit(
    "forgets_to_square",
    reference.adam_step,
    {"gradient**2": "gradient"},
    caught_by="takes_the_first_step",
    hint="v averages the squares of the gradient, entry by entry; here it averages the gradient.",
)
adam_step.misconception_by_edit(
    "divides_by_the_square",
    reference.adam_step,
    {"np.sqrt(v_hat)": "v_hat"},
    caught_by="takes_the_first_step",
    hint="The square root is missing: the step is divided by the root of the corrected v, plus epsilon.",
)


@adam_step.misconception(
    caught_by="takes_the_first_step",
    hint="The corrected averages serve this one step. What is returned, and carried to the next step, is m"
    " and v before the correction.",
)
def carries_the_corrected_averages(
    w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    w, m, v = reference.adam_step(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon)
    return w, m / (1 - beta1**t), v / (1 - beta2**t)


adam_step.misconception_by_edit(
    "lets_the_newest_dominate",
    reference.adam_step,
    {
        "m = beta1 * m + (1 - beta1) * gradient\n": "m = (1 - beta1) * m + beta1 * gradient\n",
        "v = beta2 * v + (1 - beta2) * gradient**2": "v = (1 - beta2) * v + beta2 * gradient**2",
    },
    caught_by="takes_the_first_step",
    hint="The two factors are swapped: beta keeps most of the old average, and 1 - beta lets a little of the"
    " new slope in.",
)


@adam_step.misconception(
    caught_by="takes_the_first_step",
    hint="beta1 belongs to m, the average of the slopes, and beta2 to v, the average of their squares. Here"
    " they have changed places.",
)
def swaps_the_betas(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    return reference.adam_step(w, gradient, m, v, t, learning_rate, beta2, beta1, epsilon)


adam_step.misconception_by_edit(
    "returns_the_weights_alone",
    reference.adam_step,
    {UPDATE: "w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)\n"},
    caught_by="takes_the_first_step",
    hint="The new weights alone are not enough: the caller needs m and v for the next step. Return w, m, v.",
)
adam_step.misconception_by_edit(
    "steps_along_the_newest_slope",
    reference.adam_step,
    {UPDATE: "w - learning_rate * gradient / (np.sqrt(v_hat) + epsilon), m, v\n"},
    caught_by=("carries_its_averages_along", "goes_on_after_a_slope_of_zero"),
    hint="The step goes along this step's slope alone, as RMSProp does. In Adam it goes along the corrected"
    " average of the slopes.",
)
adam_step.misconception_by_edit(
    "looks_ahead",
    reference.adam_step,
    {
        M_HAT: "m_hat = (beta1 * m + (1 - beta1) * gradient) / (1 - beta1**t)",
    },
    caught_by="takes_the_first_step",
    hint="The newest slope is counted twice, as in Nesterov's variant of Adam. In Algorithm 1 the step"
    " follows m itself, corrected.",
)


@adam_step.misconception(
    caught_by=("agrees_with_the_written_out_averages", "starts_afresh_at_every_call"),
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


@adam_step.misconception(
    caught_by="squares_integers_of_every_width",
    hint="The square of a small integer type wraps around: 100 ** 2 does not fit into a byte. Convert the"
    " gradient with np.asarray(..., dtype=float) first.",
)
def squares_in_the_gradients_own_integers(
    w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    w, m, v = as_floats(w, m, v)
    g = np.asarray(gradient)
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * (g * g)
    return w - learning_rate * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon), m, v


adam_step.misconception_by_edit(
    "stops_correcting_after_a_hundred_steps",
    reference.adam_step,
    {
        M_HAT: "m_hat = m / (1 - beta1**t) if t < 100 else m",
        V_HAT: "v_hat = v / (1 - beta2**t) if t < 100 else v",
    },
    caught_by="goes_on_after_a_slope_of_zero",
    hint="The corrections are left out at late steps. After 100 steps v is still a tenth of what it should"
    " be: beta2 ** t falls slowly, and every step divides by 1 - beta2 ** t.",
)


@adam_step.misconception(
    caught_by="takes_settings_of_0",
    hint="`beta2 or 0.999` takes the default for a setting of 0. The defaults in the signature are enough.",
)
def takes_the_default_for_0(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    return reference.adam_step(
        w, gradient, m, v, t, learning_rate or 0.001, beta1 or 0.9, beta2 or 0.999, epsilon or 1e-8
    )


@adam_step.alternative
def adam_with_plain_loops(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    if np.ndim(w) > 0:
        settings = (t, learning_rate, beta1, beta2, epsilon)
        rows = [adam_with_plain_loops(*entry, *settings) for entry in zip(w, gradient, m, v, strict=True)]
        return [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]
    m = beta1 * float(m) + (1 - beta1) * float(gradient)
    v = beta2 * float(v) + (1 - beta2) * float(gradient) * float(gradient)
    step = learning_rate * (m / (1 - beta1**t)) / (math.sqrt(v / (1 - beta2**t)) + epsilon)
    return float(w) - step, m, v


@adam_step.alternative
def adam_in_single_precision(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w, g, m, v = (np.array(part, dtype=np.float32) for part in (w, gradient, m, v))
    m = m + np.float32(1 - beta1) * (g - m)
    v = v + np.float32(1 - beta2) * (g * g - v)
    root = np.sqrt(v / np.float32(1 - beta2**t)) + np.float32(epsilon)
    return w - np.float32(learning_rate) * (m / np.float32(1 - beta1**t)) / root, m, v


@adam_step.alternative
def adam_with_epsilon_rescaled(
    w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    # The corrections may go into the learning rate if epsilon is made smaller by the same root.
    w, g, m, v = as_floats(w, gradient, m, v)
    m += (1 - beta1) * (g - m)
    v += (1 - beta2) * (np.square(g) - v)
    root = math.sqrt(1 - beta2**t)
    return w - learning_rate * root / (1 - beta1**t) * m / (np.sqrt(v) + epsilon * root), m, v


# Backpropagation --------------------------------------------------------------------------------------------

backward.misconception_by_edit(
    "skips_the_slope_of_tanh",
    reference.backward,
    {"da = dh * (1 - h**2)": "da = dh"},
    caught_by="stage_3_back_to_w1",
    hint="The way back passes through tanh as well: multiply by its slope, 1 - h ** 2, before reaching W1.",
)
backward.misconception_by_edit(
    "takes_tanh_twice",
    reference.backward,
    {"(1 - h**2)": "(1 - np.tanh(h) ** 2)"},
    caught_by="stage_3_back_to_w1",
    hint="h is tanh(a) already, so the slope of tanh is 1 - h ** 2; here tanh is applied to h a second time.",
)
backward.misconception_by_edit(
    "forgets_to_square_h",
    reference.backward,
    {"(1 - h**2)": "(1 - h)"},
    caught_by="stage_3_back_to_w1",
    hint="The slope of tanh is 1 minus the square of h.",
)
backward.misconception_by_edit(
    "transposes_the_outer_products",
    reference.backward,
    {"np.outer(da, x), dW2\n": "np.outer(x, da), np.outer(h, dz)\n"},
    caught_by=("stage_2_back_to_w2", "stage_3_back_to_w1"),
    hint="Both results are transposed. Row i of dW2 belongs to output i: the slopes from behind run down the"
    " rows, the inputs along the columns.",
)
backward.misconception_by_edit(
    "leaves_out_the_minus_one",
    reference.backward,
    {"    dz[target] -= 1\n": ""},
    caught_by=("stage_2_back_to_w2", "stage_3_back_to_w1"),
    hint="The slope of the loss with respect to z is p minus 1 at the target. Without the minus 1 no logit"
    " is ever pushed up.",
)
backward.misconception_by_edit(
    "gives_every_slope_the_wrong_sign",
    reference.backward,
    {"dz[target] -= 1\n": "dz = -dz\n    dz[target] += 1\n"},
    caught_by=("stage_2_back_to_w2", "stage_3_back_to_w1"),
    hint="Every slope has the wrong sign: with respect to z it is p minus the one-hot target, not the other"
    " way round.",
)
backward.misconception_by_edit(
    "updates_w2_before_going_back",
    reference.backward,
    {"dh = W2.T @ dz": "dh = (W2 - dW2).T @ dz"},
    caught_by="stage_3_back_to_w1",
    hint="The slope of W2 is subtracted from W2 before the way back uses it. All slopes belong to the"
    " weights as they were; the step comes afterwards.",
)
backward.misconception_by_edit(
    "exponentiates_large_logits",
    reference.backward,
    {"shifted = z - z.max()": "shifted = z"},
    caught_by="stays_finite_for_large_z",
    hint="exp of a large logit is infinite. Subtract the largest logit from all of them before the"
    " exponentials.",
)
backward.misconception_by_edit(
    "takes_the_log_of_an_underflow",
    reference.backward,
    {"-float(log_p[target])": "-float(np.log(np.exp(log_p[target])))"},
    caught_by="stays_finite_for_large_z",
    hint="The target's probability has become 0, and its logarithm is infinite. Write the loss as the"
    " logarithm of the summed exponentials minus the target's logit.",
)
backward.misconception_by_edit(
    "leaves_out_tanh",
    reference.backward,
    {"h = np.tanh(W1 @ x)": "h = W1 @ x", "da = dh * (1 - h**2)": "da = dh"},
    caught_by="stage_1_the_loss",
    hint="The hidden layer is tanh of W1 x. Without tanh, two layers are one.",
)
backward.misconception_by_edit(
    "goes_back_through_W2_itself",
    reference.backward,
    {"dh = W2.T @ dz": "dh = W2 @ dz"},
    caught_by=("stage_3_back_to_w1", "goes_back_through_the_transpose"),
    hint="Going forward W2 maps h to z; going back its transpose maps slopes at z to slopes at h. A square"
    " W2 hides the mix-up, any other shape raises an error.",
)
backward.misconception_by_edit(
    "returns_the_slopes_as_found",
    reference.backward,
    {"np.outer(da, x), dW2\n": "dW2, np.outer(da, x)\n"},
    caught_by=("stage_2_back_to_w2", "stage_3_back_to_w1"),
    hint="The order is loss, dW1, dW2: the slopes come back in the order of the weights, though they are"
    " found from the back.",
)
backward.misconception_by_edit(
    "measures_the_loss_in_bits",
    reference.backward,
    {"-float(log_p[target])": "-float(log_p[target]) / np.log(2)"},
    caught_by="stage_1_the_loss",
    hint="The loss is a natural logarithm. This one is to base 2.",
)


@backward.alternative
def backwards_in_plain_loops(x, target, W1, W2):
    x, W1, W2 = (np.asarray(part, dtype=float).tolist() for part in (x, W1, W2))
    h = [math.tanh(sum(w * a for w, a in zip(row, x, strict=True))) for row in W1]
    z = [sum(w * a for w, a in zip(row, h, strict=True)) for row in W2]
    top = max(z)
    log_total = top + math.log(sum(math.exp(one - top) for one in z))
    dz = [math.exp(one - log_total) - (i == target) for i, one in enumerate(z)]
    da = [(1 - h[j] ** 2) * sum(dz[i] * W2[i][j] for i in range(len(z))) for j in range(len(h))]
    dW1, dW2 = [[slope * a for a in x] for slope in da], [[slope * a for a in h] for slope in dz]
    return log_total - z[target], dW1, dW2


@backward.alternative
def backwards_in_single_precision(x, target, W1, W2):
    x, W1, W2 = (np.array(part, dtype=np.float32) for part in (x, W1, W2))
    h = np.tanh(W1 @ x)
    z = W2 @ h
    z = z - z.max()
    p = np.exp(z) / np.exp(z).sum()
    dz = p - np.eye(len(z), dtype=np.float32)[target]
    da = (W2.T @ dz) * (1 - h * h)
    return np.log(np.exp(z).sum()) - z[target], da[:, None] * x[None, :], dz[:, None] * h[None, :]


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
    x, W1, W2 = as_floats(x, W1, W2)
    h = np.tanh(W1 @ x)
    z = W2 @ h
    log_p = z - np.logaddexp.reduce(z)
    at_z = np.exp(log_p) - (np.arange(len(z)) == target)
    at_a = at_z @ W2 @ np.diag(1 / np.cosh(W1 @ x) ** 2)
    return float(-log_p[target]), np.einsum("i,j->ij", at_a, x), np.einsum("i,j->ij", at_z, h)


# Worked by hand ---------------------------------------------------------------------------------------------


@example_9.misconception(hint="The step is added here. The gradient points uphill: subtract the step.")
def adds_the_step(w, gradient, learning_rate):
    return w + learning_rate * gradient


@example_9.misconception(hint="The learning rate is not used: it multiplies the gradient first.")
def takes_the_whole_gradient_away(w, gradient, learning_rate):
    return w - gradient


@example_9.misconception(hint="This is the step. The new weight is the old one minus the step.")
def gives_the_step_alone(w, gradient, learning_rate):
    return learning_rate * gradient


@exercise_19.misconception(
    hint="Subtracting a negative number adds. The loss falls as w grows here, so w should grow."
)
def loses_the_minus_sign(w, gradient, learning_rate):
    return w + learning_rate * gradient


@exercise_19.misconception(hint="The learning rate is not used: it multiplies the gradient first.")
def steps_by_the_whole_gradient(w, gradient, learning_rate):
    return w - gradient


@exercise_19.misconception(hint="This is the change. The new weight is the old one plus that change.")
def gives_the_change_alone(w, gradient, learning_rate):
    return -learning_rate * gradient


@exercise_20.misconception(
    hint="The loss is one number, its gradient is not: there is one partial derivative per parameter."
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
    hint="Nudging needs two losses per parameter. The gradient itself has one number per parameter."
)
def counts_two_nudges_per_parameter(billions):
    return 2 * billions * 10**9


# Reading ----------------------------------------------------------------------------------------------------


@reading_9.misconception(
    hint="The smaller of the two terms counts. Before the peak that is s * w^(-3/2), a straight line."
)
def takes_the_root_on_the_way_up(warmup, early, late, eta, decay, weight):
    return warmup, math.sqrt(early / warmup), math.sqrt(warmup / late), weight * (1 - eta * decay)


@reading_9.misconception(
    hint="After the peak the rate falls as s^(-1/2): with four times the steps it halves."
)
def falls_in_a_straight_line(warmup, early, late, eta, decay, weight):
    return warmup, early / warmup, warmup / late, weight * (1 - eta * decay)


@reading_9.misconception(hint="The bracket is multiplied by eta_t, the decay included.")
def leaves_eta_out_of_the_decay(warmup, early, late, eta, decay, weight):
    return warmup, early / warmup, math.sqrt(warmup / late), weight * (1 - decay)


@reading_9.misconception(
    hint="Without slopes the fraction is 0, and the decay is still there: the weight shrinks."
)
def leaves_the_weight_alone(warmup, early, late, eta, decay, weight):
    return warmup, early / warmup, math.sqrt(warmup / late), weight


@reading_9.alternative
def from_the_printed_equation(warmup, early, late, eta, decay, weight):
    def rate(s):
        return min(s**-0.5, s * warmup**-1.5)

    peak = max(range(1, 3 * warmup), key=rate)
    shares = [round(rate(s) / rate(peak), 3) for s in (early, late)]
    return [peak, *shares, weight - eta * (0 + decay * weight)]


@reading_9.alternative
def as_an_array(warmup, early, late, eta, decay, weight):
    return np.array([warmup, early / warmup, (warmup / late) ** 0.5, weight - eta * decay * weight])
