"""Chapter VIII: wrong answers as people write them, and right ones of another kind."""

import math

import numpy as np
from questions import (
    central_difference,
    chain_rule,
    example_8,
    exercise_17,
    exercise_18,
    forward_difference,
    gradient,
    partial_derivative,
    reading_8,
    softmax_cross_entropy_gradient,
    steepest_descent,
)

from solutions import ch08_gradients as reference

# Measuring a slope ------------------------------------------------------------------------------------------
forward_difference.misconception_by_edit(
    "steps_to_both_sides",
    reference.forward_difference,
    {"    return (f(x + h) - f(x)) / h": "    return (f(x + h) - f(x - h)) / (2 * h)"},
    caught_by="measures_from_x_onwards",
    hint=(
        "This steps to both sides: the central difference. The forward one starts at x: f(x + h) - f(x), over"
        " h."
    ),
)
forward_difference.misconception_by_edit(
    "steps_backward",
    reference.forward_difference,
    {"    return (f(x + h) - f(x)) / h": "    return (f(x) - f(x - h)) / h"},
    caught_by="measures_from_x_onwards",
    hint="This steps backward, from x - h to x. The forward difference goes from x to x + h.",
)
forward_difference.misconception_by_edit(
    "leaves_the_change_undivided",
    reference.forward_difference,
    {"    return (f(x + h) - f(x)) / h": "    return f(x + h) - f(x)"},
    caught_by="measures_from_x_onwards",
    hint="This is how far f moved. A slope is that change per unit of x: divide it by h.",
)
forward_difference.misconception_by_edit(
    "divides_the_second_value_only",
    reference.forward_difference,
    {"    return (f(x + h) - f(x)) / h": "    return f(x + h) - f(x) / h"},
    caught_by="measures_from_x_onwards",
    hint="Python divides before it subtracts. Put parentheses around f(x + h) - f(x), then divide by h.",
)
forward_difference.misconception_by_edit(
    "subtracts_the_later_value",
    reference.forward_difference,
    {"    return (f(x + h) - f(x)) / h": "    return (f(x) - f(x + h)) / h"},
    caught_by="measures_from_x_onwards",
    hint=(
        "The difference is the wrong way round: if f rises, f(x + h) - f(x) is positive, and so is the slope."
    ),
)
forward_difference.misconception_by_edit(
    "takes_any_step",
    reference.forward_difference,
    {"if not h > 0": "if False"},
    caught_by="refuses_a_step_that_is_not_forward",
    hint=(
        "Check h first: if it is 0 or below, raise ValueError with h in the message. 1 / 0 is another error."
    ),
)
forward_difference.misconception_by_edit(
    "refuses_only_a_step_of_zero",
    reference.forward_difference,
    {"if not h > 0": "if h == 0"},
    caught_by="refuses_a_step_that_is_not_forward",
    hint="A step below 0 is refused too: test for h <= 0, not only for h == 0.",
)
forward_difference.misconception_by_edit(
    "takes_a_small_step_for_none",
    reference.forward_difference,
    {"if not h > 0": "if h < 1e-10"},
    caught_by="refuses_no_step_above_zero",
    hint="A small step is a step. Refuse h if it is 0 or below, and only then.",
)
forward_difference.misconception_by_edit(
    "steps_by_its_own_small_number",
    reference.forward_difference,
    {"    return (f(x + h) - f(x)) / h": "    return (f(x + 1e-6) - f(x)) / 1e-6"},
    caught_by="keeps_to_the_step_it_is_given",
    hint="The step is an argument: use the h that is handed in, not a small one of your own.",
)


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


central_difference.misconception_by_edit(
    "steps_forward_only",
    reference.central_difference,
    {"return (f(x + h) - f(x - h)) / (2 * h)": "return (f(x + h) - f(x)) / h"},
    caught_by="measures_to_both_sides",
    hint=(
        "This goes forward from x only. The central difference steps to x + h and to x - h, and divides by"
        " 2h."
    ),
)
central_difference.misconception_by_edit(
    "divides_by_one_step",
    reference.central_difference,
    {"(2 * h)": "h"},
    caught_by="measures_to_both_sides",
    hint="From x - h to x + h the input covers a distance of 2h, not of h. Divide by 2h.",
)
central_difference.misconception_by_edit(
    "divides_by_two_and_multiplies",
    reference.central_difference,
    {"(2 * h)": "2 * h"},
    caught_by="measures_to_both_sides",
    hint="In Python / 2 * h divides by 2 and then multiplies by h. Write / (2 * h).",
)
central_difference.misconception_by_edit(
    "goes_half_a_step_each_way",
    reference.central_difference,
    {"return (f(x + h) - f(x - h)) / (2 * h)": "return (f(x + h / 2) - f(x - h / 2)) / h"},
    caught_by="measures_to_both_sides",
    hint=(
        "This goes half a step to either side. Here h is the step on each side, and 2h the distance between."
    ),
)
central_difference.misconception_by_edit(
    "subtracts_the_right_from_the_left",
    reference.central_difference,
    {"return (f(x + h) - f(x - h)) / (2 * h)": "return (f(x - h) - f(x + h)) / (2 * h)"},
    caught_by="measures_to_both_sides",
    hint="The difference is the wrong way round: f(x + h) comes first, f(x - h) is subtracted.",
)
central_difference.misconception_by_edit(
    "takes_any_step_to_both_sides",
    reference.central_difference,
    {"if not h > 0": "if False"},
    caught_by="refuses_a_step_that_is_none",
    hint=(
        "Check h first: if it is 0 or below, raise ValueError with h in the message. The formula takes any"
        " sign."
    ),
)
central_difference.misconception_by_edit(
    "refuses_only_the_step_zero",
    reference.central_difference,
    {"if not h > 0": "if h == 0"},
    caught_by="refuses_a_step_that_is_none",
    hint="A step below 0 is refused too: test for h <= 0, not only for h == 0.",
)
central_difference.misconception_by_edit(
    "takes_a_tiny_step_for_none",
    reference.central_difference,
    {"if not h > 0": "if h < 1e-10"},
    caught_by="refuses_no_step_that_is_one",
    hint="A small step is a step. Refuse h if it is 0 or below, and only then.",
)


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
    start, distance = x - h, 2 * h
    return (f(start + distance) - f(start)) / distance


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


# One slope per parameter ------------------------------------------------------------------------------------
partial_derivative.misconception_by_edit(
    "steps_in_an_array_of_ints",
    reference.partial_derivative,
    {
        "np.array(point, dtype=float)": "np.array(point)",
        "    step = np.zeros_like(at)\n    step[i] = h\n": (
            "    ahead, behind = at.copy(), at.copy()\n    ahead[i] += h\n    behind[i] -= h\n"
        ),
        "f(at + step) - f(at - step)": "f(ahead) - f(behind)",
    },
    caught_by="takes_points_of_every_kind",
    hint=(
        "Copied as it is, an array of ints stays one, and cuts 1.00001 back to 1: np.array(point,"
        " dtype=float)."
    ),
)
partial_derivative.misconception_by_edit(
    "steps_in_the_points_own_type",
    reference.partial_derivative,
    {"np.zeros_like(at)": "np.zeros_like(point)"},
    caught_by="takes_points_of_every_kind",
    hint="np.zeros_like(point) has the type of the point: if that is int, the step in it is cut to 0.",
)
partial_derivative.misconception_by_edit(
    "takes_a_forward_partial",
    reference.partial_derivative,
    {"(f(at + step) - f(at - step)) / (2 * h)": "(f(at + step) - f(at)) / h"},
    caught_by="is_off_by_less_than_a_millionth",
    hint=(
        "This is a forward difference, off by about h. Step to both sides and divide by 2h: off by about h^2."
    ),
)
partial_derivative.misconception_by_edit(
    "moves_every_input",
    reference.partial_derivative,
    {"step[i] = h": "step[:] = h"},
    caught_by="moves_one_input_only",
    hint="This moves every input at once. Move input i, and leave the others where they are.",
)


@partial_derivative.misconception(
    caught_by=["takes_points_of_every_kind", "steps_in_double_precision"],
    hint=(
        "np.asarray hands back the caller's own array if it holds floats already, and the step is taken"
        " there. Copy it."
    ),
)
def steps_on_the_callers_own_array(f, point, i, h=1e-5):
    at = np.asarray(point, dtype=float)
    at[i] += h
    ahead = f(at)
    at[i] -= 2 * h
    return (ahead - f(at)) / (2 * h)


partial_derivative.misconception_by_edit(
    "counts_inputs_from_one",
    reference.partial_derivative,
    {"step[i] = h": "step[i - 1] = h"},
    caught_by="moves_one_input_only",
    hint="Papers count inputs from 1; here i is a Python index and counts from 0. Use i as it is.",
)
partial_derivative.misconception_by_edit(
    "keeps_to_the_usual_step",
    reference.partial_derivative,
    {"    at = np": "    h = 1e-5\n    at = np"},
    caught_by="uses_the_step_it_is_given",
    hint="The step is an argument with a default: use the h that is handed in, not a fixed 0.00001.",
)
partial_derivative.misconception_by_edit(
    "divides_a_partial_by_one_step",
    reference.partial_derivative,
    {"f(at - step)) / (2 * h)": "f(at - step)) / h"},
    caught_by="moves_one_input_only",
    hint="From a step before to a step past, the input covers a distance of 2h. Divide by 2h, not by h.",
)
partial_derivative.misconception_by_edit(
    "multiplies_a_partial_by_the_step",
    reference.partial_derivative,
    {"f(at - step)) / (2 * h)": "f(at - step)) / 2 * h"},
    caught_by="moves_one_input_only",
    hint="In Python / 2 * h divides by 2 and then multiplies by h. Write / (2 * h).",
)
partial_derivative.misconception_by_edit(
    "keeps_single_precision",
    reference.partial_derivative,
    {"np.array(point, dtype=float)": "np.array(point) * np.ones(len(point), dtype=np.float32)"},
    caught_by="steps_in_double_precision",
    hint=(
        "In float32 a step of 0.00001 drowns in rounding. Step on a float64 copy: np.array(point,"
        " dtype=float)."
    ),
)


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


@gradient.misconception(
    caught_by="is_close_on_a_smooth_function",
    hint="These are forward differences, each off by about h. Step to both sides and divide by 2h.",
)
def gathers_forward_differences(f, point, h=1e-5):
    at = np.array(point, dtype=float)
    return np.array([(f(at + step) - f(at)) / h for step in h * np.eye(len(at))])


@gradient.misconception(
    caught_by="starts_each_slope_from_the_same_point",
    hint=(
        "Each input must be put back before the next is moved: take a fresh copy of the point for every"
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
    caught_by="takes_ints_and_leaves_them",
    hint=(
        "An array of ints has no room for a step of 0.00001, and cuts it off. Ask for floats: np.array(point,"
        " dtype=float)."
    ),
)
def steps_in_ints(f, point, h=1e-5):
    slopes = []
    for i in range(len(point)):
        ahead, behind = np.array(point), np.array(point)
        ahead[i] += h
        behind[i] -= h
        slopes.append((f(ahead) - f(behind)) / (2 * h))
    return np.array(slopes)


@gradient.misconception(
    caught_by="takes_ints_and_leaves_them",
    hint=(
        "np.zeros_like(point) has the type of the point: if that is int, the slopes in it are cut to whole"
        " numbers."
    ),
)
def gathers_slopes_in_the_points_own_type(f, point, h=1e-5):
    slopes = np.zeros_like(point)
    for i, slope in enumerate(reference.gradient(f, point, h)):
        slopes[i] = slope
    return slopes


@gradient.misconception(
    caught_by=["has_one_slope_per_input", "takes_ints_and_leaves_them"],
    hint=(
        "np.asarray hands back the caller's own array if it holds floats already, and the steps are taken"
        " there. Copy it."
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
    caught_by="gathers_every_slope",
    hint="This moves every input at once, and gives one number for all of them. Move one input at a time.",
)
def moves_all_inputs_at_once(f, point, h=1e-5):
    at = np.array(point, dtype=float)
    return np.full(len(at), (f(at + h) - f(at - h)) / (2 * h))


@gradient.misconception(
    caught_by="gathers_every_slope",
    hint=(
        "This is the negative gradient, which points downhill. The gradient itself points uphill: no minus"
        " sign."
    ),
)
def points_downhill(f, point, h=1e-5):
    return -reference.gradient(f, point, h)


@gradient.misconception(
    caught_by="has_one_slope_per_input",
    hint=(
        "A gradient has as many entries as the point has inputs, not always two: go through"
        " range(len(point))."
    ),
)
def stops_after_two_inputs(f, point, h=1e-5):
    return reference.gradient(f, point, h)[:2]


@gradient.misconception(
    caught_by="gathers_every_slope",
    hint="From a step before to a step past, the input covers a distance of 2h. Divide by 2h, not by h.",
)
def divides_slopes_by_one_step(f, point, h=1e-5):
    return 2 * reference.gradient(f, point, h)


gradient.misconception_by_edit(
    "forgets_to_hand_on_the_step",
    reference.gradient,
    {"(f, point, i, h)": "(f, point, i)"},
    caught_by="starts_each_slope_from_the_same_point",
    hint="The step is an argument with a default: hand the h you are given on to every difference.",
)


@gradient.misconception(
    caught_by="takes_ints_and_leaves_them",
    hint=(
        "point.index(x) finds the first component equal to x, not the one at hand. Go through"
        " range(len(point))."
    ),
)
def looks_its_inputs_up_by_value(f, point, h=1e-5):
    values = [float(x) for x in point]
    return np.array([reference.partial_derivative(f, values, values.index(x), h) for x in values])


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


# The chain rule ---------------------------------------------------------------------------------------------
chain_rule.misconception_by_edit(
    "reads_both_slopes_at_x",
    reference.chain_rule,
    {"return outer_slope(inner(x))": "return outer_slope(x)"},
    caught_by="reads_the_outer_slope_at_the_inner_value",
    hint="The outer slope is taken at x here. The outer function is fed inner(x): outer_slope(inner(x)).",
)
chain_rule.misconception_by_edit(
    "adds_the_slopes",
    reference.chain_rule,
    {"return outer_slope(inner(x)) *": "return outer_slope(inner(x)) +"},
    caught_by="multiplies_the_two_slopes",
    hint=(
        "Slopes one after the other multiply: a factor of 14 after a factor of 3 is a factor of 42, not of"
        " 17."
    ),
)
chain_rule.misconception_by_edit(
    "forgets_the_inner_slope",
    reference.chain_rule,
    {" * inner_slope(x)": ""},
    caught_by="multiplies_the_two_slopes",
    hint="This is the outer slope by itself. How fast inner(x) moves is missing: multiply by inner_slope(x).",
)
chain_rule.misconception_by_edit(
    "nests_the_slopes",
    reference.chain_rule,
    {"return outer_slope(inner(x)) * inner_slope(x)": "return outer_slope(inner_slope(x))"},
    caught_by="multiplies_the_two_slopes",
    hint=(
        "One slope is fed into the other here. Read the outer one at inner(x), the inner one at x, and"
        " multiply."
    ),
)
chain_rule.misconception_by_edit(
    "reads_both_slopes_at_the_inner_value",
    reference.chain_rule,
    {" * inner_slope(x)": " * inner_slope(inner(x))"},
    caught_by="reads_the_outer_slope_at_the_inner_value",
    hint="The inner slope belongs at x: inner is fed x. Only the outer slope is read at inner(x).",
)
chain_rule.misconception_by_edit(
    "multiplies_by_the_inner_value",
    reference.chain_rule,
    {" * inner_slope(x)": " * inner(x)"},
    caught_by="multiplies_the_two_slopes",
    hint="This multiplies by the inner value, not by the inner slope: the last factor is inner_slope(x).",
)
chain_rule.misconception_by_edit(
    "measures_the_inner_slope_itself",
    reference.chain_rule,
    {" * inner_slope(x)": " * (inner(x + 1e-5) - inner(x - 1e-5)) / 2e-5"},
    caught_by="asks_for_the_slopes_it_was_given",
    hint="The inner slope is measured by small steps here, which is only nearly right. Call inner_slope(x).",
)


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


# The slope of the loss with respect to the logits -----------------------------------------------------------
@softmax_cross_entropy_gradient.misconception(
    caught_by="is_p_minus_one_at_the_target",
    hint="The signs are turned round. The slope is p minus the one-hot target: negative at the target.",
)
def target_minus_p(logits, target):
    return -reference.softmax_cross_entropy_gradient(logits, target)


softmax_cross_entropy_gradient.misconception_by_edit(
    "subtracts_no_target",
    reference.softmax_cross_entropy_gradient,
    {"    slopes[target] -= 1\n": ""},
    caught_by="is_p_minus_one_at_the_target",
    hint="These are the probabilities. Subtract 1 in the target's place.",
)
softmax_cross_entropy_gradient.misconception_by_edit(
    "subtracts_one_everywhere",
    reference.softmax_cross_entropy_gradient,
    {"slopes[target] -= 1": "slopes -= 1"},
    caught_by="is_p_minus_one_at_the_target",
    hint=(
        "1 is subtracted from every entry here. The one-hot target is 1 in one place: subtract it only there."
    ),
)
softmax_cross_entropy_gradient.misconception_by_edit(
    "overflows_on_large_logits",
    reference.softmax_cross_entropy_gradient,
    {"np.exp(z - z.max())": "np.exp(z)"},
    caught_by="stays_finite_for_large_logits",
    hint=(
        "exp(1000) overflows to infinity. Subtract the largest logit first: the probabilities stay the same."
    ),
)
softmax_cross_entropy_gradient.misconception_by_edit(
    "shifts_by_the_first_logit",
    reference.softmax_cross_entropy_gradient,
    {"z.max()": "z[0]"},
    caught_by="stays_finite_wherever_the_largest_stands",
    hint=(
        "The first logit need not be the largest. Subtract the largest, or one far above the first overflows."
    ),
)
softmax_cross_entropy_gradient.misconception_by_edit(
    "shifts_by_the_mean_logit",
    reference.softmax_cross_entropy_gradient,
    {"z.max()": "z.mean()"},
    caught_by="stays_finite_wherever_the_largest_stands",
    hint="Less the mean, a logit can still be far above 0 and overflow. Subtract the largest.",
)
softmax_cross_entropy_gradient.misconception_by_edit(
    "shifts_by_the_largest_magnitude",
    reference.softmax_cross_entropy_gradient,
    {"z.max()": "np.abs(z).max()"},
    caught_by="stays_finite_for_large_logits",
    hint=(
        "If all logits are far below 0, the largest magnitude is far above every one. Subtract the largest"
        " logit."
    ),
)
softmax_cross_entropy_gradient.misconception_by_edit(
    "clips_large_logits",
    reference.softmax_cross_entropy_gradient,
    {"np.exp(z - z.max())": "np.exp(np.clip(z, -700, 700))"},
    caught_by="stays_finite_for_large_logits",
    hint="Clipping changes the logits, and with them the probabilities. Subtract the largest logit instead.",
)
softmax_cross_entropy_gradient.misconception_by_edit(
    "shifts_the_callers_logits",
    reference.softmax_cross_entropy_gradient,
    {"np.exp(z - z.max())": "np.exp(np.subtract(z, z.max(), out=z))"},
    caught_by="takes_logits_of_every_kind",
    hint="z -= z.max() works on the caller's own array, since np.asarray copies no array of floats.",
)
softmax_cross_entropy_gradient.misconception_by_edit(
    "keeps_the_type_of_the_logits",
    reference.softmax_cross_entropy_gradient,
    {"np.asarray(logits, dtype=float)": "np.asarray(logits)"},
    caught_by="takes_logits_of_every_type",
    hint=(
        "Unsigned and small ints wrap around in a subtraction. Make floats first: np.asarray(logits,"
        " dtype=float)."
    ),
)
softmax_cross_entropy_gradient.misconception_by_edit(
    "counts_targets_from_one",
    reference.softmax_cross_entropy_gradient,
    {"slopes[target] -= 1": "slopes[target - 1] -= 1"},
    caught_by="is_p_minus_one_at_the_target",
    hint="Targets count from 0, as Python's indices do: use target as it is.",
)


@softmax_cross_entropy_gradient.misconception(
    caught_by="is_p_minus_one_at_the_target",
    hint=(
        "This is the slope with respect to the probability, -1 / p. Go one link further, to the logits: p"
        " minus one-hot."
    ),
)
def stops_at_the_probability(logits, target):
    slopes = reference.softmax_cross_entropy_gradient(logits, target)
    p = slopes[target] + 1
    slopes[:] = 0
    slopes[target] = -1 / p
    return slopes


softmax_cross_entropy_gradient.misconception_by_edit(
    "subtracts_from_the_logits",
    reference.softmax_cross_entropy_gradient,
    {"weights / weights.sum()": "z.copy()"},
    caught_by="is_p_minus_one_at_the_target",
    hint="The target is subtracted from the logits here. Softmax first, then minus 1 at the target.",
)


@softmax_cross_entropy_gradient.alternative
def slopes_by_plain_loops(logits, target):
    logits = [float(z) for z in logits]
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


# The way downhill -------------------------------------------------------------------------------------------
steepest_descent.misconception_by_edit(
    "climbs",
    reference.steepest_descent,
    {"0.0 - g / np": "g / np"},
    caught_by="points_against_the_gradient",
    hint="The gradient points uphill. Turn every sign: the way down is the opposite one.",
)
steepest_descent.misconception_by_edit(
    "keeps_the_length",
    reference.steepest_descent,
    {"    g = g / largest\n": "", "0.0 - g / np.linalg.norm(g)": "0.0 - g"},
    caught_by="points_against_the_gradient",
    hint=(
        "This is the opposite of the gradient at full length. Divide by its magnitude: a direction has length"
        " 1."
    ),
)
steepest_descent.misconception_by_edit(
    "divides_by_the_sum_of_sizes",
    reference.steepest_descent,
    {"np.linalg.norm(g)": "np.abs(g).sum()"},
    caught_by="points_against_the_gradient",
    hint="The magnitude is the square root of the sum of the squares, not the sum of the absolute values.",
)
steepest_descent.misconception_by_edit(
    "divides_by_the_square_of_the_magnitude",
    reference.steepest_descent,
    {"    g = g / largest\n": "", "np.linalg.norm(g)": "(g @ g)"},
    caught_by="points_against_the_gradient",
    hint="The square root is missing: divide by the square root of the sum of the squares.",
)
steepest_descent.misconception_by_edit(
    "keeps_the_signs_only",
    reference.steepest_descent,
    {"0.0 - g / np.linalg.norm(g)": "0.0 - np.sign(g)"},
    caught_by="points_against_the_gradient",
    hint=(
        "These are the signs only. How much each input counts is lost; divide the gradient by its magnitude."
    ),
)
steepest_descent.misconception_by_edit(
    "adds_a_small_number",
    reference.steepest_descent,
    {
        "if largest == 0": "if False",
        "    g = g / largest\n": "",
        "np.linalg.norm(g)": "(np.linalg.norm(g) + 1e-8)",
    },
    caught_by=["refuses_a_zero_gradient", "has_length_one_whatever_the_gradients_size"],
    hint="A small number added to the magnitude hides a zero gradient and shortens small ones. Add nothing.",
)
steepest_descent.misconception_by_edit(
    "divides_zero_by_zero",
    reference.steepest_descent,
    {"if largest == 0": "if False", "    g = g / largest\n": "    g = g / (largest or np.nan)\n"},
    caught_by="refuses_a_zero_gradient",
    hint="0 / 0 gives nan and a warning, not an error. Look for a zero gradient first, and raise ValueError.",
)
steepest_descent.misconception_by_edit(
    "takes_small_for_zero",
    reference.steepest_descent,
    {"if largest == 0": "if largest < 1e-6"},
    caught_by="has_length_one_whatever_the_gradients_size",
    hint="A small gradient is not a zero one: compare with 0 itself, not with a small number.",
)
steepest_descent.misconception_by_edit(
    "squares_the_gradient_as_it_is",
    reference.steepest_descent,
    {"largest = np.abs(g).max()": "largest = np.linalg.norm(g)", "    g = g / largest\n": ""},
    caught_by="has_length_one_whatever_the_gradients_size",
    hint=(
        "The squares of very small slopes are 0, those of very large ones inf. Divide by the largest slope"
        " first."
    ),
)
steepest_descent.misconception_by_edit(
    "turns_the_signs_of_ints",
    reference.steepest_descent,
    {"np.asarray(gradient, dtype=float)": "-np.asarray(gradient)", "0.0 - g / np": "g / np"},
    caught_by="has_length_one_whatever_the_gradients_type",
    hint="Unsigned ints have no negative numbers: -g wraps around. Make floats first, then turn the signs.",
)


@steepest_descent.alternative
def downhill_by_plain_loops(gradient):
    slopes = [float(g) for g in gradient]
    largest = max(abs(g) for g in slopes)
    if largest == 0:
        raise ValueError("every slope is 0")
    slopes = [g / largest for g in slopes]
    magnitude = math.sqrt(sum(g**2 for g in slopes))
    return [-g / magnitude for g in slopes]


@steepest_descent.alternative
def downhill_by_hypot(gradient):
    # hypot scales its arguments by itself.
    magnitude = math.hypot(*gradient)
    if not magnitude:
        raise ValueError("no direction falls: the gradient is zero")
    return tuple(float(g) / -magnitude for g in gradient)


@steepest_descent.alternative
def downhill_in_single_precision(gradient):
    if not np.any(gradient):
        raise ValueError("zero gradient")
    g = np.array(gradient, dtype=float)
    # Scaled by its largest entry first: float32 holds nothing as small as 1e-170.
    g = (g / np.abs(g).max()).astype(np.float32)
    return -g / np.sqrt(np.sum(g * g))


# Worked by hand ---------------------------------------------------------------------------------------------
@example_8.misconception(hint="The two are the other way round: the slope with respect to x comes first.")
def swaps_the_two_slopes(b, x, y):
    return [b * x, 2 * x + b * y]


@example_8.misconception(hint="The slope of x squared is 2x, not x.")
def leaves_the_square_unhalved(b, x, y):
    return [x + b * y, b * x]


@example_8.misconception(
    hint="For the slope with respect to y, x is held still: x squared is a constant then, and its slope is 0."
)
def keeps_x_moving(b, x, y):
    return [2 * x + b * y, 2 * x + b * x]


@example_8.misconception(
    hint="The slope of xy with respect to y is the other factor, x, with the number in front of it."
)
def puts_y_for_x(b, x, y):
    return [2 * x + b * y, b * y]


@example_8.alternative
def partials_by_central_differences(b, x, y):
    return reference.gradient(lambda v: v[0] ** 2 + b * v[0] * v[1], [x, y])


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
def slope_by_a_small_step(n, x):
    return np.float64(reference.central_difference(lambda at: at**n, x, 1e-5))


@exercise_18.misconception(hint="The two are the other way round: the slope with respect to x comes first.")
def swaps_the_entries(a, b, c, x, y):
    return [2 * b * y + c * x, 2 * a * x + c * y]


@exercise_18.misconception(
    hint="The mixed term is missing. With y held still the slope of xy is y; with x held still it is x."
)
def drops_the_mixed_term(a, b, c, x, y):
    return [2 * a * x, 2 * b * y]


@exercise_18.misconception(
    hint=(
        "With y held still the slope of xy is y, the factor that is held; with x held still it is x. These"
        " are exchanged."
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
    # The gradient of v^T A v is 2 A v if A is symmetric.
    return 2 * np.array([[a, c / 2], [c / 2, b]]) @ [x, y]


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
        "This goes downhill. The nudge in this equation has no minus sign: it goes uphill, and the loss"
        " rises."
    )
)
def nudges_downhill(g, i, rho, L):
    slope, nudge, estimate = reference.reading_8(g, i, rho, L)
    return [slope, -nudge, 2 * L - estimate]


@reading_8.misconception(
    hint="The last term is the dot product over all the components, not the product of a single one."
)
def multiplies_one_component(g, i, rho, L):
    slope, nudge, _ = reference.reading_8(g, i, rho, L)
    return [slope, nudge, L + nudge * slope]


@reading_8.alternative
def nudged_with_numpy(g, i, rho, L):
    nudge = rho * np.array(g) / np.linalg.norm(g)
    return np.array([g[i - 1], nudge[i - 1], L + nudge @ g])
