"""Chapter VI: wrong answers as people write them, and right ones of another kind."""

import math

import numpy as np
from questions import (
    example_6,
    exercise_13,
    exercise_14,
    log_softmax,
    reading_6,
    sample,
    softmax,
    softmax_rows,
    softmax_with_temperature,
)

from solutions import ch06_softmax as reference

# From logits to probabilities -------------------------------------------------------------------------------

softmax.misconception_by_edit(
    "exponentiates_without_a_shift",
    reference.softmax,
    {"z - z.max()": "z"},
    caught_by=("stays_finite_for_large_logits", "holds_wherever_the_largest_logit_stands"),
    hint="The exponential of a large logit overflows to infinity. Subtract the largest logit from all of"
    " them first:"
    " the result is the same and no exponential is above 1.",
)
softmax.misconception_by_edit(
    "shifts_by_the_smallest",
    reference.softmax,
    {"z.max()": "z.min()"},
    caught_by=("holds_wherever_the_largest_logit_stands", "gives_minus_infinity_no_probability"),
    hint="Subtract the largest logit, not the smallest: less the smallest, logits far above it overflow,"
    " and a"
    " smallest logit of -inf leaves nothing but nan.",
)
softmax.misconception_by_edit(
    "shifts_by_the_first",
    reference.softmax,
    {"z.max()": "z[0]"},
    caught_by="holds_wherever_the_largest_logit_stands",
    hint="The shift is by the first logit, which is safe only if the first is the largest. Subtract z.max().",
)
softmax.misconception_by_edit(
    "shifts_by_the_mean",
    reference.softmax,
    {"z.max()": "z.mean()"},
    caught_by=("holds_wherever_the_largest_logit_stands", "gives_minus_infinity_no_probability"),
    hint="The shift is by the mean: a logit far above the mean still overflows, and one of -inf makes the"
    " mean -inf."
    " Subtract z.max().",
)
softmax.misconception_by_edit(
    "leaves_out_the_division",
    reference.softmax,
    {"z - z.max()": "z", "return weights / weights.sum()": "return weights"},
    caught_by="gives_each_logit_its_fraction",
    hint="The exponentials must still be divided by their sum.",
)
softmax.misconception_by_edit(
    "divides_by_the_largest_weight",
    reference.softmax,
    {"weights.sum()": "weights.max()"},
    caught_by="gives_each_logit_its_fraction",
    hint="Divided by the largest of them, the exponentials do not sum to 1. Divide by their sum.",
)
softmax.misconception_by_edit(
    "shifts_the_callers_logits",
    reference.softmax,
    {"weights = np.exp(z - z.max())": "z -= z.max()\n    weights = np.exp(z)"},
    caught_by="takes_every_kind_of_vector",
    hint="z -= z.max() works on the caller's own array. Write z = z - z.max(), which makes a new one.",
)
softmax.misconception_by_edit(
    "returns_nothing_for_nothing",
    reference.softmax,
    {'raise ValueError("softmax needs at least one logit; got an empty vector")': "return z"},
    caught_by="refuses_an_empty_vector",
    hint="There is no distribution over no tokens: raise ValueError instead of returning an empty vector.",
)
softmax.misconception_by_edit(
    "keeps_small_ints",
    reference.softmax,
    {"np.asarray(z, dtype=float)": "np.asarray(z)"},
    caught_by="works_in_small_number_types",
    hint="An array of 8-bit ints stays one here, and subtracting wraps round. Convert: np.asarray(z,"
    " dtype=float).",
)
softmax.misconception_by_edit(
    "rounds_the_probabilities",
    reference.softmax,
    {"weights / weights.sum()": "np.round(weights / weights.sum(), 6)"},
    caught_by=("gives_each_logit_its_fraction", "is_exact_for_small_probabilities"),
    hint="The probabilities are rounded. Return them as they are; rounding is for printing.",
)


@softmax.misconception(
    caught_by="holds_wherever_the_largest_logit_stands",
    hint="The shift comes only after something has overflowed or become 0. Before that, exponentials near 0"
    " have lost their digits already. Subtract the largest logit always.",
)
def shifts_once_something_fails(z):
    try:
        weights = [math.exp(x) for x in z]
        return np.array([w / sum(weights) for w in weights])
    except (OverflowError, ZeroDivisionError):
        return reference.softmax(z)


@softmax.misconception(
    caught_by="gives_each_logit_its_fraction",
    hint="Divide by the sum of the exponentials, not by the sum of the logits.",
)
def divides_by_the_sum_of_logits(z):
    z = np.asarray(z, dtype=float)
    return np.exp(z) / z.sum()


@softmax.misconception(
    caught_by="gives_each_logit_its_fraction",
    hint="Softmax exponentiates the logits first; the logits over their own sum leave negative ones"
    " negative.",
)
def normalizes_the_logits_themselves(z):
    z = np.asarray(z, dtype=float)
    return z / z.sum()


@softmax.alternative
def with_plain_loops(z):
    if len(z) == 0:
        raise ValueError("no logits")
    largest = max(float(x) for x in z)
    weights = [math.exp(float(x) - largest) for x in z]
    total = math.fsum(weights)
    return [w / total for w in weights]


@softmax.alternative
def in_single_precision(z):
    z = np.array(z, dtype=np.float32)
    weights = np.exp(z - np.max(z))
    return weights / np.sum(weights)


@softmax.alternative
def by_way_of_logarithms(z):
    z = np.asarray(z, dtype=float)
    if not len(z):
        raise ValueError("no logits")
    return np.exp(z - np.logaddexp.reduce(z))


# A distribution per row -------------------------------------------------------------------------------------


@softmax_rows.misconception(
    caught_by=("treats_each_row_alone", "takes_every_kind_of_matrix"),
    hint="axis=0 sums down the columns. One distribution per row needs axis=1.",
)
def sums_down_the_columns(Z):
    Z = np.asarray(Z, dtype=float)
    weights = np.exp(Z - Z.max(axis=0, keepdims=True))
    return weights / weights.sum(axis=0, keepdims=True)


@softmax_rows.misconception(
    caught_by="treats_each_row_alone",
    hint="This makes one distribution of the whole matrix. Each row needs a sum of its own: axis=1,"
    " keepdims=True.",
)
def sums_the_whole_matrix(Z):
    Z = np.asarray(Z, dtype=float)
    weights = np.exp(Z - Z.max())
    return weights / weights.sum()


softmax_rows.misconception_by_edit(
    "shifts_by_the_matrix_maximum",
    reference.softmax_rows,
    {"Z.max(axis=1, keepdims=True)": "Z.max()"},
    caught_by="is_stable_in_every_row",
    hint="Subtract each row's own maximum. With one maximum for the whole matrix, a row far below it"
    " underflows to"
    " 0 / 0.",
)
softmax_rows.misconception_by_edit(
    "exponentiates_rows_without_a_shift",
    reference.softmax_rows,
    {"Z - Z.max(axis=1, keepdims=True)": "Z"},
    caught_by="is_stable_in_every_row",
    hint="The exponentials of large logits overflow. Subtract each row's largest logit first.",
)
softmax_rows.misconception_by_edit(
    "shifts_by_the_first_column",
    reference.softmax_rows,
    {"Z.max(axis=1, keepdims=True)": "Z[:, :1]"},
    caught_by="is_stable_in_every_row",
    hint="Each row is shifted by its first logit, which is safe only if that is the largest. Use the row's"
    " maximum.",
)
softmax_rows.misconception_by_edit(
    "shifts_the_callers_matrix",
    reference.softmax_rows,
    {
        "weights = np.exp(Z - Z.max(axis=1, keepdims=True))": "Z -= Z.max(axis=1, keepdims=True)\n   "
        " weights = np.exp(Z)"
    },
    caught_by="takes_every_kind_of_matrix",
    hint="Z -= ... works on the caller's own array. Write Z = Z - ..., which makes a new one.",
)
softmax_rows.misconception_by_edit(
    "keeps_small_ints_in_rows",
    reference.softmax_rows,
    {"np.asarray(Z, dtype=float)": "np.asarray(Z)"},
    caught_by="holds_for_other_shapes_and_types",
    hint="An array of 8-bit ints stays one here, and subtracting wraps round. Convert: np.asarray(Z,"
    " dtype=float).",
)


@softmax_rows.alternative
def row_by_row(Z):
    return [with_plain_loops(list(row)) for row in Z]


@softmax_rows.alternative
def by_transposing(Z):
    columns = np.array(Z, dtype=float).T
    weights = np.exp(columns - columns.max(axis=0))
    return (weights / weights.sum(axis=0)).T


@softmax_rows.alternative
def rows_in_single_precision(Z):
    Z = np.array(Z, dtype=np.float32)
    weights = np.exp(Z - Z.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


# Temperature ------------------------------------------------------------------------------------------------

softmax_with_temperature.misconception_by_edit(
    "multiplies_by_the_temperature",
    reference.softmax_with_temperature,
    {"/ temperature": "* temperature"},
    caught_by="flattens_as_it_rises",
    hint="Divide the logits by T. Multiplying turns the slider round: a high T would sharpen.",
)
softmax_with_temperature.misconception_by_edit(
    "divides_the_probabilities",
    reference.softmax_with_temperature,
    {"/ temperature": "", "weights / weights.sum()": "weights / weights.sum() / temperature"},
    caught_by="flattens_as_it_rises",
    hint="The temperature belongs inside the exponential: softmax(z / T), not softmax(z) / T.",
)
softmax_with_temperature.misconception_by_edit(
    "ignores_the_temperature",
    reference.softmax_with_temperature,
    {"/ temperature": ""},
    caught_by="flattens_as_it_rises",
    hint="The temperature is not used: divide each logit by it before the exponential.",
)
softmax_with_temperature.misconception_by_edit(
    "divides_by_any_temperature",
    reference.softmax_with_temperature,
    {"if not temperature > 0:": "if temperature is None:"},
    caught_by="refuses_a_temperature_of_zero",
    hint="A temperature of 0 or below gives no distribution: raise ValueError with a message that names it.",
)
softmax_with_temperature.misconception_by_edit(
    "lets_zero_through",
    reference.softmax_with_temperature,
    {"if not temperature > 0:": "if temperature < 0:"},
    caught_by="refuses_a_temperature_of_zero",
    hint="A temperature of 0 itself must be refused too: dividing by it gives no distribution.",
)
softmax_with_temperature.misconception_by_edit(
    "refuses_the_very_cold",
    reference.softmax_with_temperature,
    {"temperature > 0": "temperature > 1e-6"},
    caught_by="works_at_every_temperature_above_zero",
    hint="Every temperature above 0 is allowed, however small. Compare with 0 itself.",
)
softmax_with_temperature.misconception_by_edit(
    "overflows_when_cold",
    reference.softmax_with_temperature,
    {"(z - z.max()) / temperature": "z / temperature"},
    caught_by="is_stable_when_cold",
    hint="At a temperature close to 0 the divided logits are huge, and their exponentials infinite."
    " Subtract the"
    " largest logit first.",
)
softmax_with_temperature.misconception_by_edit(
    "raises_the_exponentials_to_a_power",
    reference.softmax_with_temperature,
    {"np.exp((z - z.max()) / temperature)": "np.exp(z - z.max()) ** (1 / temperature)"},
    caught_by="is_stable_when_cold",
    hint="exp(z) to the power 1/T is exp(z / T) on paper, but an exponential that has become 0 stays 0."
    " Divide the logits by T first.",
)


@softmax_with_temperature.alternative
def loops_over_tempered_logits(z, temperature):
    if not temperature > 0:
        raise ValueError(f"T must be positive, got {temperature}")
    return with_plain_loops([float(x) / temperature for x in z])


@softmax_with_temperature.alternative
def tempered_by_way_of_logarithms(z, temperature):
    if temperature <= 0:
        raise ValueError(f"bad temperature: {temperature!r}")
    z = np.asarray(z, dtype=float) / temperature
    return list(np.exp(z - np.logaddexp.reduce(z)))


@softmax_with_temperature.alternative
def tempered_in_single_precision(z, temperature):
    if temperature <= 0:
        raise ValueError(f"temperature {temperature} is not positive")
    z = np.array(z, dtype=np.float32)
    weights = np.exp((z - np.max(z)) / np.float32(temperature))
    return weights / np.sum(weights)


# Log-probabilities ------------------------------------------------------------------------------------------


@log_softmax.misconception(
    caught_by=("keeps_far_off_logits_finite", "keeps_what_softmax_underflows"),
    hint="The log of a softmax that has underflowed is -inf. Shift the logits, then subtract the log of the"
    " sum of their"
    " exponentials.",
)
def takes_the_log_of_softmax(z):
    return np.log(reference.softmax(z))


@log_softmax.misconception(
    caught_by=("keeps_far_off_logits_finite", "keeps_what_softmax_underflows"),
    hint="A probability of 0 is replaced by a tiny one here, and its logarithm says nothing about the"
    " logit. Subtract"
    " the log of the sum from the logit itself.",
)
def puts_a_floor_under_the_probabilities(z):
    return np.log(np.maximum(reference.softmax(z), 1e-300))


@log_softmax.misconception(
    caught_by="keeps_far_off_logits_finite",
    hint="The exponential of a large logit is infinite. Subtract the largest logit before the exponentials.",
)
def overflows_in_the_sum(z):
    z = np.asarray(z, dtype=float)
    return z - np.log(np.exp(z).sum())


@log_softmax.misconception(
    caught_by="keeps_what_softmax_underflows",
    hint="The shift comes only after something has overflowed or become 0. Before that, exponentials near 0"
    " have lost their digits already. Subtract the largest logit always.",
)
def shifts_log_logits_once_something_fails(z):
    try:
        return np.array(z, dtype=float) - math.log(sum(math.exp(x) for x in z))
    except (OverflowError, ValueError):
        return reference.log_softmax(z)


@log_softmax.misconception(
    caught_by="is_the_log_of_softmax",
    hint="This is a logarithm to base 2. Log-probabilities in this field are natural logarithms: np.log.",
)
def uses_base_two(z):
    return reference.log_softmax(z) / np.log(2)


log_softmax.misconception_by_edit(
    "shifts_only_inside_the_logarithm",
    reference.log_softmax,
    {"return shifted -": "return z -"},
    caught_by="is_the_log_of_softmax",
    hint="The shift must be the same on both sides: subtract the maximum from the logits as well as inside"
    " the logarithm.",
)
log_softmax.misconception_by_edit(
    "shifts_the_callers_log_logits",
    reference.log_softmax,
    {"shifted = z - z.max()": "z -= z.max()\n    shifted = z"},
    caught_by="takes_logits_of_every_kind",
    hint="z -= z.max() works on the caller's own array. Write z = z - z.max(), which makes a new one.",
)
log_softmax.misconception_by_edit(
    "shifts_log_logits_by_the_first",
    reference.log_softmax,
    {"z.max()": "z[0]"},
    caught_by="keeps_what_softmax_underflows",
    hint="The shift is by the first logit, which is safe only if the first is the largest. Subtract z.max().",
)
log_softmax.misconception_by_edit(
    "gives_the_negative",
    reference.log_softmax,
    {"return shifted - np.log(np.exp(shifted).sum())": "return np.log(np.exp(shifted).sum()) - shifted"},
    caught_by="is_the_log_of_softmax",
    hint="The sign is turned round. A log-probability is 0 or below; its negative is the loss of Chapter"
    " VII.",
)


@log_softmax.alternative
def with_a_loop(z):
    largest = max(float(x) for x in z)
    log_total = largest + math.log(sum(math.exp(float(x) - largest) for x in z))
    return [float(x) - log_total for x in z]


@log_softmax.alternative
def by_logaddexp(z):
    z = np.array(z, dtype=float)
    return z - np.logaddexp.reduce(z)


@log_softmax.alternative
def logs_in_single_precision(z):
    z = np.array(z, dtype=np.float32)
    z = z - z.max()
    return z - np.log(np.sum(np.exp(z)))


# Sampling ---------------------------------------------------------------------------------------------------

sample.misconception_by_edit(
    "stops_when_the_sum_reaches_u",
    reference.sample,
    {"np.cumsum(p) > u": "np.cumsum(p) >= u"},
    caught_by="goes_on_at_an_exact_edge",
    hint="The sum must exceed u. With >=, u = 0 picks a token of probability 0.",
)
sample.misconception_by_edit(
    "compares_single_probabilities",
    reference.sample,
    {"np.cumsum(p) > u": "p > u"},
    caught_by="picks_by_cumulative_probability",
    hint="This compares u with each probability on its own. Add the probabilities up as you go.",
)
sample.misconception_by_edit(
    "rescales_the_probabilities",
    reference.sample,
    {"np.cumsum(p) > u": "np.cumsum(p / p.sum()) > u"},
    caught_by="falls_to_the_last_possible_token",
    hint="The probabilities are divided by their sum, which moves the edges between tokens. Take them as"
    " they are.",
)
sample.misconception_by_edit(
    "falls_to_the_last_token_of_all",
    reference.sample,
    {"int(np.flatnonzero(p)[-1])": "len(p) - 1"},
    caught_by="falls_to_the_last_possible_token",
    hint="If no sum exceeds u, this takes the last token even if its probability is 0. Take the last with"
    " any.",
)
sample.misconception_by_edit(
    "takes_argmax_of_no_true_value",
    reference.sample,
    {"int(np.flatnonzero(p)[-1])": "0"},
    caught_by="falls_to_the_last_possible_token",
    hint="Rounded sums may end a little below 1. If no sum exceeds u, take the last token with any"
    " probability.",
)
sample.misconception_by_edit(
    "looks_at_u_alone",
    reference.sample,
    {"if p.size == 0 or not np.all(p >= 0) or abs(p.sum() - 1) > 1e-9:": "if p.size == 0:"},
    caught_by="refuses_what_is_no_draw",
    hint="The probabilities are not looked at: none may be negative and they must sum to 1; raise"
    " ValueError otherwise.",
)
sample.misconception_by_edit(
    "looks_at_the_probabilities_alone",
    reference.sample,
    {"if not 0 <= u < 1:": "if u is None:"},
    caught_by="refuses_what_is_no_draw",
    hint="u is not looked at: check first that 0 <= u < 1, and raise ValueError otherwise.",
)
sample.misconception_by_edit(
    "forgives_a_small_negative",
    reference.sample,
    {"p >= 0": "p >= -1e-9"},
    caught_by="refuses_by_a_hair",
    hint="The billionth is for the sum. A probability a little below 0 is still below 0, and refused.",
)


@sample.misconception(
    caught_by="picks_by_cumulative_probability",
    hint="This is the most likely token whatever u is: greedy decoding, not sampling.",
)
def takes_the_most_likely(probabilities, u):
    p = np.asarray(probabilities, dtype=float)
    if not 0 <= u < 1 or np.any(p < 0) or abs(p.sum() - 1) > 1e-9:
        raise ValueError("no draw")
    return int(np.argmax(p))


@sample.alternative
def counts_down(probabilities, u):
    if not 0 <= u < 1:
        raise ValueError(f"u = {u}")
    if len(probabilities) == 0 or min(probabilities) < 0 or abs(sum(probabilities) - 1) > 1e-9:
        raise ValueError("not a distribution")
    total, last = 0.0, 0
    for i, p in enumerate(probabilities):
        total += p
        if total > u:
            return i
        if p > 0:
            last = i
    return last


@sample.alternative
def by_binary_search(probabilities, u):
    p = np.array(probabilities, dtype=float)
    if u < 0 or u >= 1 or (p < 0).any() or not np.isclose(p.sum(), 1, rtol=0, atol=1e-9):
        raise ValueError("not a draw")
    return min(np.searchsorted(np.cumsum(p), u, side="right"), np.nonzero(p)[0][-1])


@sample.alternative
def counts_the_sums_passed(probabilities, u):
    p = np.asarray(probabilities, dtype=float)
    if not (0.0 <= u < 1.0) or not p.size or p.min() < 0 or abs(p.sum() - 1) > 1e-9:
        raise ValueError("not a draw")
    passed = np.count_nonzero(p.cumsum() <= u)
    while passed == len(p) or p[passed] == 0:
        passed -= 1
    return np.int64(passed)


# Worked by hand ---------------------------------------------------------------------------------------------


@example_6.misconception(hint="These are the logits over their sum. Exponentiate them first.")
def logits_over_their_sum(z):
    return [x / sum(z) for x in z]


@example_6.misconception(hint="These are the exponentials. Divide each by their sum.")
def exponentials_alone(z):
    return [math.exp(x) for x in z]


@example_6.misconception(hint="These are powers of 2. The base is e = 2.718...")
def powers_of_two(z):
    return [2**x / sum(2**y for y in z) for x in z]


@exercise_13.misconception(hint="These are the exponentials. Divide each by their sum.")
def exponentials_of_equal_logits(z):
    return [math.exp(x) for x in z]


@exercise_13.misconception(hint="A tie has no winner: equal logits share the probability alike.")
def all_to_the_first(z):
    return [1.0] + [0.0] * (len(z) - 1)


@exercise_13.misconception(hint="A logit of 0 still gets probability: exp(0) = 1, not 0.")
def no_probability_at_all(z):
    return [0.0] * len(z)


@exercise_14.misconception(hint="These are the exponentials. Divide each by their sum.")
def exponentials_of_the_logits(z):
    return [math.exp(x) for x in z]


@exercise_14.misconception(hint="These are powers of 2. The base is e = 2.718...")
def dominant_power_of_two(z):
    return [2**x / sum(2**y for y in z) for x in z]


@exercise_14.misconception(
    hint="Nearly all is not all: exp(0) = 1, so the other tokens keep a little. Give five decimals."
)
def all_to_the_largest(z):
    return [float(x == max(z)) for x in z]


@reading_6.misconception(hint="T divides the logits inside the exponential.")
def reads_no_temperature(z, T, i):
    return [float(reference.softmax(z)[i - 1]), 1.0, 1 / len(z)]


@reading_6.misconception(
    hint="The two limits are the other way round: a low temperature sharpens, a high one flattens."
)
def swaps_the_limits(z, T, i):
    return [float(reference.softmax_with_temperature(z, T)[i - 1]), 1 / len(z), 1.0]


@reading_6.misconception(hint="Papers count from 1: q_1 is the first entry, Python's q[0].")
def counts_from_zero(z, T, i):
    return [float(reference.softmax_with_temperature(z, T)[i % len(z)]), 1.0, 1 / len(z)]
