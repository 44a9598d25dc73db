"""Chapter VI: what is asked of softmax and its relatives."""

import math

import numpy as np

from autograder.course.domains import (
    ANY_DISTRIBUTION,
    ANY_LOGITS,
    among,
    edges,
    empty_vectors,
    lengths,
    matrices,
    one_of,
    vectors,
)
from autograder.course.question import Question, Reading, WorkedValue, expect
from solutions import ch06_softmax as reference

# Checks -----------------------------------------------------------------------------------------------------
# Example 6 and Figure 5, to all the digits that math.exp gives.
LOGITS = [2.0, 1.0, 0.5]
PROBABILITIES = [math.exp(z) / (math.exp(2.0) + math.exp(1.0) + math.exp(0.5)) for z in LOGITS]

softmax = Question(points=4, source=["Example 6", "Figure 5", "Notation: softmax(z)"])


@softmax.check
def works_on_the_primers_example(softmax):
    """Example 6: the logits [2, 1, 0.5]."""
    expect(softmax, LOGITS).to_equal(
        PROBABILITIES, because="exponentiate each logit, then divide by the sum of the exponentials"
    )


@softmax.check
def takes_lists_of_any_length(softmax):
    """One logit or many, as a list, a tuple or an array, ints or floats."""
    expect(softmax, [7]).to_equal([1.0], because="a single option has probability 1")
    expect(softmax, (0, 0, 0, 0)).to_equal(
        [0.25, 0.25, 0.25, 0.25], because="convert with np.asarray(z, dtype=float) first"
    )
    expect(softmax, np.array([0, 1])).to_equal(
        [1 / (1 + math.e), math.e / (1 + math.e)], because="ints must not be kept as ints"
    )
    expect(softmax, np.array([2.5, 2.5])).to_equal(
        [0.5, 0.5], because="z -= ... changes the caller's array; z = z - ... makes a new one"
    )


@softmax.hidden
def ignores_a_shift(softmax):
    """Adding a constant to every logit changes nothing."""
    logits = [0.3, -1.2, 2.5]
    expect(softmax, logits).to_equal(
        [math.exp(z) / sum(math.exp(x) for x in logits) for z in logits],
        because="divide by the sum of the exponentials",
    )
    expect(softmax, [100.3, 98.8, 102.5]).to_agree_with(
        logits, because="softmax depends on differences of logits alone"
    )


@softmax.hidden
def stays_finite_for_large_logits(softmax):
    """Logits of 10000 and -10000 give finite probabilities."""
    expect(softmax, [10000.0, 10000.0, -10000.0]).to_equal(
        [0.5, 0.5, 0.0], because="subtract the largest logit before exponentiating"
    )
    expect(softmax, [-10000.0, -10001.0]).to_equal(
        [1 / (1 + math.exp(-1)), math.exp(-1) / (1 + math.exp(-1))],
        because="subtract the largest logit, not the largest magnitude",
    )


@softmax.hidden
def gives_minus_infinity_no_probability(softmax):
    """A logit of -inf, as a mask sets it, gets probability 0."""
    expect(softmax, [1.0, -math.inf, 1.0]).to_equal(
        [0.5, 0.0, 0.5], because="exp(-inf) is 0; nothing needs replacing"
    )


@softmax.hidden
def refuses_an_empty_vector(softmax):
    """No logits: ValueError."""
    expect(softmax, [1.0, 1.0]).to_equal([0.5, 0.5], because="divide by the sum of the exponentials")
    expect(softmax, []).to_be_refused(
        ValueError, because="look for an empty vector before anything else, and raise ValueError"
    )


@softmax.misconception(
    caught_by=works_on_the_primers_example,
    hint="Divide by the sum of the exponentials, not by the sum of the logits.",
)
def divides_by_the_sum_of_logits(z):
    z = np.asarray(z, dtype=float)
    if z.size == 0:
        raise ValueError("empty")
    with np.errstate(all="ignore"):
        return np.exp(z) / z.sum()


@softmax.misconception(
    caught_by=stays_finite_for_large_logits,
    hint=(
        "exp(10000) overflows to infinity. Subtract the largest logit from all of them first: the result is"
        " the same and no exponential is above 1."
    ),
)
def exponentiates_without_a_shift(z):
    z = np.asarray(z, dtype=float)
    if z.size == 0:
        raise ValueError("empty")
    with np.errstate(all="ignore"):
        return np.exp(z) / np.exp(z).sum()


@softmax.misconception(
    caught_by=works_on_the_primers_example, hint="The exponentials must still be divided by their sum."
)
def leaves_out_the_division(z):
    z = np.asarray(z, dtype=float)
    if z.size == 0:
        raise ValueError("empty")
    return np.exp(z - z.max())


@softmax.misconception(
    caught_by=works_on_the_primers_example,
    hint=(
        "Softmax exponentiates the logits; dividing the logits themselves by their sum leaves negative ones"
        " negative."
    ),
)
def normalizes_the_logits_themselves(z):
    z = np.asarray(z, dtype=float)
    if z.size == 0:
        raise ValueError("empty")
    with np.errstate(all="ignore"):
        return z / z.sum()


@softmax.misconception(
    caught_by=gives_minus_infinity_no_probability,
    hint=(
        "Subtract the largest logit, not the smallest: minus the smallest overflows where one logit is -inf"
        " or far below."
    ),
)
def shifts_by_the_smallest(z):
    z = np.asarray(z, dtype=float)
    if z.size == 0:
        raise ValueError("empty")
    with np.errstate(all="ignore"):
        weights = np.exp(z - z.min())
        return weights / weights.sum()


@softmax.misconception(
    caught_by=refuses_an_empty_vector,
    hint="An empty vector has no distribution: raise ValueError rather than returning an empty one.",
)
def returns_nothing_for_nothing(z):
    z = np.asarray(z, dtype=float)
    if z.size == 0:
        return z
    weights = np.exp(z - z.max())
    return weights / weights.sum()


@softmax.misconception(
    caught_by=takes_lists_of_any_length,
    hint="z -= z.max() works on the caller's own array. Write z = z - z.max(), which makes a new one.",
)
def shifts_the_callers_logits(z):
    z = np.asarray(z, dtype=float)
    if z.size == 0:
        raise ValueError("empty")
    z -= z.max()
    weights = np.exp(z)
    return weights / weights.sum()


@softmax.alternative
def with_plain_loops(z):
    if len(z) == 0:
        raise ValueError("no logits")
    largest = max(z)
    weights = [math.exp(x - largest) for x in z]
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


softmax_rows = Question(points=3, source="Chapter VI")

ROWS = [[2.0, 1.0, 0.5], [0.0, 0.0, 0.0], [-1.0, 3.0, 1.0]]
DISTRIBUTIONS = [[math.exp(z) / sum(math.exp(x) for x in row) for z in row] for row in ROWS]


@softmax_rows.check
def treats_each_row_alone(softmax_rows):
    """Each row is a distribution of its own."""
    expect(softmax_rows, ROWS).to_equal(
        DISTRIBUTIONS, because="sum along axis=1, one sum a row, and keep it as a column with keepdims=True"
    )


@softmax_rows.check
def keeps_the_shape(softmax_rows):
    """A matrix that is not square keeps its shape."""
    expect(softmax_rows, [[0, 0, 0, 0], [5, 5, 5, 5]]).to_equal(
        [[0.25] * 4, [0.25] * 4], because="one distribution a row, as long as the row"
    )
    expect(softmax_rows, np.zeros((3, 1))).to_equal(
        [[1.0], [1.0], [1.0]], because="a row of one logit has probability 1"
    )
    expect(softmax_rows, np.array([[1.5, 1.5]])).to_equal(
        [[0.5, 0.5]], because="Z -= ... changes the caller's array; Z = Z - ... makes a new one"
    )


@softmax_rows.hidden
def is_stable_in_every_row(softmax_rows):
    """Rows of very different size are each finite."""
    expect(softmax_rows, [[10000.0, 10000.0], [-10000.0, -10000.0], [1.0, -math.inf]]).to_equal(
        [[0.5, 0.5], [0.5, 0.5], [1.0, 0.0]],
        because=(
            "subtract each row's own largest logit; one maximum for the whole matrix leaves a small row all"
            " zeros"
        ),
    )


@softmax_rows.misconception(
    caught_by=treats_each_row_alone, hint="axis=0 sums down the columns. A distribution a row needs axis=1."
)
def sums_down_the_columns(Z):
    Z = np.asarray(Z, dtype=float)
    with np.errstate(all="ignore"):
        weights = np.exp(Z - Z.max(axis=0, keepdims=True))
        return weights / weights.sum(axis=0, keepdims=True)


@softmax_rows.misconception(
    caught_by=treats_each_row_alone,
    hint=(
        "This makes one distribution of the whole matrix. Each row needs a sum of its own: axis=1,"
        " keepdims=True."
    ),
)
def sums_the_whole_matrix(Z):
    Z = np.asarray(Z, dtype=float)
    with np.errstate(all="ignore"):
        weights = np.exp(Z - Z.max())
        return weights / weights.sum()


@softmax_rows.misconception(
    caught_by=is_stable_in_every_row,
    hint=(
        "Subtract each row's own maximum. With one maximum for the whole matrix, a row far below it"
        " underflows to 0 / 0."
    ),
)
def shifts_by_the_matrix_maximum(Z):
    Z = np.asarray(Z, dtype=float)
    with np.errstate(all="ignore"):
        weights = np.exp(Z - Z.max())
        return weights / weights.sum(axis=1, keepdims=True)


@softmax_rows.misconception(
    caught_by=is_stable_in_every_row,
    hint="The exponentials overflow for large logits. Subtract each row's largest logit first.",
)
def exponentiates_rows_without_a_shift(Z):
    Z = np.asarray(Z, dtype=float)
    with np.errstate(all="ignore"):
        return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)


@softmax_rows.misconception(
    caught_by=keeps_the_shape,
    hint="Z -= ... works on the caller's own array. Write Z = Z - ..., which makes a new one.",
)
def shifts_the_callers_matrix(Z):
    Z = np.asarray(Z, dtype=float)
    Z -= Z.max(axis=1, keepdims=True)
    weights = np.exp(Z)
    return weights / weights.sum(axis=1, keepdims=True)


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


softmax_with_temperature = Question(points=4, source="Chapter VI")


@softmax_with_temperature.check
def is_softmax_at_one(softmax_with_temperature):
    """T = 1 is plain softmax."""
    expect(softmax_with_temperature, LOGITS, 1).to_equal(
        PROBABILITIES, because="divide the logits by T, then apply softmax"
    )


@softmax_with_temperature.check
def flattens_as_it_rises(softmax_with_temperature):
    """T = 2 flattens and T = 0.5 sharpens."""
    halved = [math.exp(z / 2) / sum(math.exp(x / 2) for x in LOGITS) for z in LOGITS]
    doubled = [math.exp(z * 2) / sum(math.exp(x * 2) for x in LOGITS) for z in LOGITS]
    expect(softmax_with_temperature, LOGITS, 2.0).to_equal(
        halved, because="divide the logits by T; do not multiply by it, and do not divide the probabilities"
    )
    expect(softmax_with_temperature, LOGITS, 0.5).to_equal(
        doubled, because="divide every logit by T before exponentiating"
    )


@softmax_with_temperature.check
def refuses_a_temperature_of_zero(softmax_with_temperature):
    """T = 0 and below: ValueError that names T."""
    expect(softmax_with_temperature, [0.0, 0.0], 3).to_equal([0.5, 0.5])
    expect(softmax_with_temperature, LOGITS, 0).to_be_refused(ValueError, naming=[0])
    expect(softmax_with_temperature, LOGITS, -1.5).to_be_refused(ValueError, naming=[-1.5])


@softmax_with_temperature.hidden
def is_stable_when_cold(softmax_with_temperature):
    """T = 0.0001 is a single spike, without overflow; large logits too."""
    expect(softmax_with_temperature, [2.0, 1.0, 2.0], 0.0001).to_equal(
        [0.5, 0.0, 0.5], because="subtract the largest logit before exponentiating"
    )
    expect(softmax_with_temperature, [10000.0, 10000.0 - 3.0], 3.0).to_equal(
        [1 / (1 + math.exp(-1)), math.exp(-1) / (1 + math.exp(-1))],
        because="subtract the largest logit before exponentiating",
    )


@softmax_with_temperature.misconception(
    caught_by=flattens_as_it_rises,
    hint="Divide the logits by T. Multiplying turns the slider round: high T would sharpen.",
)
def multiplies_by_the_temperature(z, temperature):
    if temperature <= 0:
        raise ValueError(f"temperature {temperature}")
    return reference.softmax(np.asarray(z, dtype=float) * temperature)


@softmax_with_temperature.misconception(
    caught_by=flattens_as_it_rises,
    hint="The temperature belongs inside the exponential: softmax(z / T), not softmax(z) / T.",
)
def divides_the_probabilities(z, temperature):
    if temperature <= 0:
        raise ValueError(f"temperature {temperature}")
    return reference.softmax(z) / temperature


@softmax_with_temperature.misconception(
    caught_by=refuses_a_temperature_of_zero,
    hint="A temperature of 0 or below has no distribution: raise ValueError that names it.",
)
def divides_by_any_temperature(z, temperature):
    z = np.asarray(z, dtype=float)
    with np.errstate(all="ignore"):
        weights = np.exp((z - z.max()) / temperature)
        return weights / weights.sum()


@softmax_with_temperature.misconception(
    caught_by=is_stable_when_cold,
    hint=(
        "At T = 0.0001 a logit of 2 becomes 20000, and its exponential infinite. Subtract the largest logit"
        " first."
    ),
)
def overflows_when_cold(z, temperature):
    if temperature <= 0:
        raise ValueError(f"temperature {temperature}")
    with np.errstate(all="ignore"):
        weights = np.exp(np.asarray(z, dtype=float) / temperature)
        return weights / weights.sum()


@softmax_with_temperature.misconception(
    caught_by=flattens_as_it_rises,
    hint="The temperature is not used: divide each logit by it before the exponential.",
)
def ignores_the_temperature(z, temperature):
    if temperature <= 0:
        raise ValueError(f"temperature {temperature}")
    return reference.softmax(z)


@softmax_with_temperature.alternative
def loops_over_tempered_logits(z, temperature):
    if not temperature > 0:
        raise ValueError(f"T must be positive, got {temperature}")
    return with_plain_loops([x / temperature for x in z])


@softmax_with_temperature.alternative
def raises_to_a_power(z, temperature):
    # exp(z / T) = exp(z) ** (1 / T), taken after the shift so that the base is at most 1.
    if temperature <= 0:
        raise ValueError(f"bad temperature: {temperature!r}")
    z = np.asarray(z, dtype=float)
    weights = np.exp(z - np.max(z)) ** (1 / temperature)
    return list(weights / weights.sum())


@softmax_with_temperature.alternative
def tempered_in_single_precision(z, temperature):
    if temperature <= 0:
        raise ValueError(f"temperature {temperature} is not positive")
    return in_single_precision((np.array(z) - np.max(z)) / temperature)


log_softmax = Question(points=3, source="Chapter VI")


@log_softmax.check
def is_the_log_of_softmax(log_softmax):
    """The logarithm of each probability."""
    expect(log_softmax, LOGITS).to_equal(
        [math.log(p) for p in PROBABILITIES],
        because="subtract ln of the summed exponentials from every logit",
    )
    expect(log_softmax, [3]).to_equal([0.0], because="a single option has log-probability 0")


@log_softmax.check
def takes_logits_of_every_kind(log_softmax):
    """Logits as a tuple or an array, ints or floats, left as they were."""
    expect(log_softmax, (1, 0, -1)).to_equal(
        [z - math.log(math.e + 1 + 1 / math.e) for z in (1, 0, -1)],
        because="convert with np.asarray(z, dtype=float) first",
    )
    expect(log_softmax, np.array([4, 4, 4, 4])).to_equal(
        [-math.log(4)] * 4, because="ints must not be kept as ints"
    )
    expect(log_softmax, np.array([2.5, 2.5])).to_equal(
        [-math.log(2)] * 2, because="z -= ... changes the caller's array; z = z - ... makes a new one"
    )


@log_softmax.hidden
def keeps_what_softmax_underflows(log_softmax):
    """[1000, 0] gives [0, -1000], where softmax itself gives 1 and 0."""
    expect(log_softmax, [1000.0, 0.0]).to_equal(
        [0.0, -1000.0],
        because=(
            "do not take the log of softmax: its 0 has lost the -1000; subtract the log of the sum instead"
        ),
    )
    expect(log_softmax, [-1000.0, -1000.0]).to_equal(
        [-math.log(2), -math.log(2)], because="subtract the largest logit before exponentiating"
    )


@log_softmax.misconception(
    caught_by=keeps_what_softmax_underflows,
    hint=(
        "The log of a softmax that has underflowed is -inf. Shift the logits, then subtract the log of the"
        " sum of their exponentials."
    ),
)
def takes_the_log_of_softmax(z):
    with np.errstate(all="ignore"):
        return np.log(reference.softmax(z))


@log_softmax.misconception(
    caught_by=keeps_what_softmax_underflows,
    hint="exp(1000) is infinite. Subtract the largest logit before the exponentials.",
)
def overflows_in_the_sum(z):
    z = np.asarray(z, dtype=float)
    with np.errstate(all="ignore"):
        return z - np.log(np.exp(z).sum())


@log_softmax.misconception(
    caught_by=is_the_log_of_softmax,
    hint="This is a logarithm to base 2. Log-probabilities in this field are natural logarithms: np.log.",
)
def uses_base_two(z):
    return reference.log_softmax(z) / np.log(2)


@log_softmax.misconception(
    caught_by=is_the_log_of_softmax,
    hint=(
        "The shift must be the same on both sides: subtract the maximum from the logits as well as inside the"
        " logarithm."
    ),
)
def shifts_only_inside_the_logarithm(z):
    z = np.asarray(z, dtype=float)
    return z - np.log(np.exp(z - z.max()).sum())


@log_softmax.misconception(
    caught_by=takes_logits_of_every_kind,
    hint="z -= z.max() works on the caller's own array. Write z = z - z.max(), which makes a new one.",
)
def shifts_the_callers_log_logits(z):
    z = np.asarray(z, dtype=float)
    z -= z.max()
    return z - np.log(np.exp(z).sum())


@log_softmax.alternative
def with_a_loop(z):
    largest = max(z)
    log_total = largest + math.log(sum(math.exp(x - largest) for x in z))
    return [x - log_total for x in z]


@log_softmax.alternative
def by_logaddexp(z):
    z = np.array(z, dtype=float)
    return z - np.logaddexp.reduce(z)


@log_softmax.alternative
def logs_in_single_precision(z):
    z = np.array(z, dtype=np.float32)
    z = z - z.max()
    return z - np.log(np.sum(np.exp(z)))


sample = Question(points=2, source="Chapter VI")


@sample.check
def picks_by_cumulative_probability(sample):
    """u falls into a token's own stretch of the line from 0 to 1."""
    for u, token in [(0.0, 0), (0.49, 0), (0.6, 1), (0.95, 2)]:
        expect(sample, [0.5, 0.3, 0.2], u).to_equal(
            token, because="add the probabilities up from the left; the first sum above u is the token"
        )


@sample.hidden
def goes_on_at_an_exact_edge(sample):
    """Where u equals a cumulative sum, the next token is meant; a token of probability 0 is never picked."""
    expect(sample, [0.5, 0.5], 0.5).to_equal(1, because="the cumulative sum must exceed u, not reach it")
    expect(sample, [0.0, 0.25, 0.0, 0.75], 0.0).to_equal(1, because="a sum of 0 does not exceed u = 0")
    expect(sample, [0.0, 0.25, 0.0, 0.75], 0.25).to_equal(3, because="the cumulative sum must exceed u")


@sample.hidden
def falls_to_the_last_possible_token(sample):
    """Where rounding leaves every sum at or below u, the last index with any probability."""
    almost_one = math.nextafter(1.0, 0.0)
    expect(sample, [0.1] * 10 + [0.0], almost_one).to_equal(
        9, because="ten times 0.1 sums to just under 1; fall back to the last token with any probability"
    )
    expect(sample, [0.25, 0.75], 0.5).to_equal(
        1, because="add the probabilities up from the left; the first sum above u is the token"
    )
    expect(sample, [1.0], 0.7).to_equal(0, because="the only token there is has probability 1")


@sample.hidden
def refuses_what_is_no_draw(sample):
    """u outside [0, 1), or probabilities that are no distribution: ValueError."""
    expect(sample, [0.25, 0.75], 0.25).to_equal(1, because="the cumulative sum must exceed u")
    for u in [1.0, 1.5, -0.1]:
        expect(sample, [0.5, 0.5], u).to_be_refused(
            ValueError, because="look at u first: 0 <= u < 1, or raise ValueError"
        )
    for p in [[0.5, 0.6], [1.25, 0.75], [1.5, -0.5]]:
        expect(sample, p, 0.3).to_be_refused(
            ValueError,
            because="look at the probabilities first: none negative, and a sum of 1, or raise ValueError",
        )


@sample.misconception(
    caught_by=goes_on_at_an_exact_edge,
    hint="The sum must exceed u. With >=, u = 0 picks a token of probability 0.",
)
def stops_when_the_sum_reaches_u(probabilities, u):
    p = np.asarray(probabilities, dtype=float)
    if not 0 <= u < 1 or np.any(p < 0) or abs(p.sum() - 1) > 1e-9:
        raise ValueError("no draw")
    above = np.flatnonzero(np.cumsum(p) >= u)
    return int(above[0]) if above.size else int(np.flatnonzero(p)[-1])


@sample.misconception(
    caught_by=picks_by_cumulative_probability,
    hint="This compares u with each probability on its own. Add the probabilities up as you go.",
)
def compares_single_probabilities(probabilities, u):
    p = np.asarray(probabilities, dtype=float)
    if not 0 <= u < 1 or np.any(p < 0) or abs(p.sum() - 1) > 1e-9:
        raise ValueError("no draw")
    above = np.flatnonzero(p > u)
    return int(above[0]) if above.size else int(np.flatnonzero(p)[-1])


@sample.misconception(
    caught_by=picks_by_cumulative_probability,
    hint="This is the most likely token whatever u is: greedy decoding, not sampling.",
)
def takes_the_most_likely(probabilities, u):
    p = np.asarray(probabilities, dtype=float)
    if not 0 <= u < 1 or np.any(p < 0) or abs(p.sum() - 1) > 1e-9:
        raise ValueError("no draw")
    return int(np.argmax(p))


@sample.misconception(
    caught_by=falls_to_the_last_possible_token,
    hint=(
        "Ten times 0.1 adds up to a little less than 1. Where no sum exceeds u, take the last token with any"
        " probability."
    ),
)
def takes_argmax_of_no_true_value(probabilities, u):
    p = np.asarray(probabilities, dtype=float)
    if not 0 <= u < 1 or np.any(p < 0) or abs(p.sum() - 1) > 1e-9:
        raise ValueError("no draw")
    return int(np.argmax(np.cumsum(p) > u))


@sample.misconception(
    caught_by=refuses_what_is_no_draw,
    hint=(
        "Check first that 0 <= u < 1, that no probability is negative and that they sum to 1; raise"
        " ValueError otherwise."
    ),
)
def checks_nothing(probabilities, u):
    p = np.asarray(probabilities, dtype=float)
    above = np.flatnonzero(np.cumsum(p) > u)
    return int(above[0]) if above.size else int(np.flatnonzero(p)[-1])


@sample.alternative
def counts_down(probabilities, u):
    if not 0 <= u < 1:
        raise ValueError(f"u = {u}")
    if min(probabilities) < 0 or abs(sum(probabilities) - 1) > 1e-9:
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
    if not (0.0 <= u < 1.0) or p.min() < 0 or abs(p.sum() - 1) > 1e-9:
        raise ValueError("not a draw")
    passed = np.count_nonzero(p.cumsum() <= u)
    while passed == len(p) or p[passed] == 0:
        passed -= 1
    return np.int64(passed)


# Domains ----------------------------------------------------------------------------------------------------

softmax.domain(z=vectors(of=ANY_LOGITS))
softmax.refuses(ValueError, z=empty_vectors())

softmax_rows.domain(Z=matrices(of=ANY_LOGITS))
softmax_rows.domain(Z=matrices(of=ANY_LOGITS, mixed=True))

TEMPERATURES = {
    "a temperature of 1": 1,
    "a whole temperature": among(2, 3, 5),
    "a low temperature": among(0.5, 0.25, 0.0625),
    "a high temperature": among(2.5, 10.0, 1000),
    "a temperature just above 0": among(0.0001, 1e-6, 1e-9),
}
softmax_with_temperature.domain(z=vectors(of=ANY_LOGITS), temperature=one_of(TEMPERATURES))
softmax_with_temperature.refuses(
    ValueError, naming="temperature", z=vectors(), temperature=among(0, 0.0, -1, -0.5, -1e-9)
)

log_softmax.domain(z=vectors(of=ANY_LOGITS))


@sample.domain
def a_draw_between_two_sums(draw):
    u = {
        "u at 0": among(0, 0.0),
        "u just below 1": math.nextafter(1.0, 0.0),
        "u in between": among(0.3141, 0.5507, 0.8203, 0.9712),
    }
    return {"probabilities": draw(vectors(of=ANY_DISTRIBUTION, keep=True)), "u": draw(one_of(u))}


@sample.domain
def a_draw_at_a_sum(draw):
    of_sixteenths = {
        label: ANY_DISTRIBUTION[label] for label in ("sixteenths", "impossible outcomes among them")
    }
    p = draw(vectors(draw(lengths(2, 5)), of_sixteenths, keep=True))
    edge = draw.rng.choice([s for s in np.cumsum(np.asarray(p, dtype=float)).tolist() if 0 < s < 1] or [0.5])
    return {"probabilities": p, "u": draw(edges(edge))}


@sample.refuses(ValueError)
def no_number_to_draw_with(draw):
    return {
        "probabilities": draw(vectors(of=ANY_DISTRIBUTION, keep=True)),
        "u": draw(among(1, 1.0, 1.5, -0.1, -1, -1e-12)),
    }


@sample.refuses(ValueError)
def no_distribution(draw):
    wrong = {
        "a negative probability": among([0.5, -0.25, 0.75], (1.5, -0.5), np.array([-0.125, 1.125])),
        "a sum above 1": among([0.5, 0.75], (0.5, 0.5 + 2e-9), np.array([1, 1])),
        "a sum below 1": among([0.5, 0.25], (0.5, 0.5 - 2e-9), np.array([0.25, 0.25]), [0.5]),
        "no probabilities": empty_vectors(),
    }
    return {"probabilities": draw(one_of(wrong)), "u": draw(among(0, 0.25, 0.5, 0.75))}


# Worked by hand ---------------------------------------------------------------------------------------------

example_6 = WorkedValue(
    points=1,
    source="Example 6",
    numbers={"z": [2.0, 1.0, 0.5]},
    tolerance=0.001,
    answer_as="a list of three probabilities, to three decimals",
    because="exponentiate each logit, add the three up, divide each by the sum",
)


@example_6.draw
def other_logits(rng):
    return {"z": sorted(rng.sample([0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0], 3), reverse=True)}


@example_6.misconception(hint="These are the logits over their sum. Exponentiate them first.")
def logits_over_their_sum(z):
    return [x / sum(z) for x in z]


@example_6.misconception(hint="These are the exponentials. Divide each by their sum.")
def exponentials_alone(z):
    return [math.exp(x) for x in z]


@example_6.misconception(hint="These are powers of 2. The base is e = 2.718...")
def powers_of_two(z):
    return [2**x / sum(2**y for y in z) for x in z]


@example_6.alternative
def rounded_to_three_decimals(z):
    return [round(p, 3) for p in reference.softmax(z).tolist()]


@example_6.alternative
def as_an_array(z):
    return reference.softmax(z)


exercise_13 = WorkedValue(
    points=1,
    source="Exercise 13",
    numbers={"z": [0, 0, 0]},
    tolerance=0.001,
    answer_as="a list of probabilities, one a logit",
    because="equal logits have equal exponentials; how many share the probability?",
)


@exercise_13.draw
def other_equal_logits(rng):
    return {"z": [rng.randint(-3, 5)] * rng.choice([2, 4, 5, 8])}


@exercise_13.misconception(hint="These are the exponentials. Divide each by their sum.")
def exponentials_of_equal_logits(z):
    return [math.exp(x) for x in z]


@exercise_13.misconception(hint="A tie has no winner: equal logits share the probability alike.")
def all_to_the_first(z):
    return [1.0] + [0.0] * (len(z) - 1)


@exercise_13.misconception(hint="A logit of 0 still gets probability: exp(0) = 1, not 0.")
def no_probability_at_all(z):
    return [0.0] * len(z)


@exercise_13.alternative
def thirds_rounded(z):
    return tuple(round(1 / len(z), 3) for _ in z)


@exercise_13.alternative
def thirds_as_an_array(z):
    return np.full(len(z), 1 / len(z))


exercise_14 = WorkedValue(
    points=1,
    source="Exercise 14",
    numbers={"z": [10, 0, 0]},
    tolerance=0.00001,
    answer_as="a list of three probabilities, to five decimals",
    because="exp(0) is 1, not 0, and the largest exponential is e to the largest logit",
)


@exercise_14.draw
def another_dominant_logit(rng):
    z = [0, 0, 0]
    z[rng.randrange(3)] = rng.choice([6, 7, 8])
    return {"z": z}


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


@exercise_14.alternative
def to_five_decimals(z):
    return [round(p, 5) for p in reference.softmax(z).tolist()]


@exercise_14.alternative
def dominant_as_an_array(z):
    return reference.softmax(z)


reading_6 = Reading(
    points=1,
    source="Notation: softmax(z)",
    numbers={"z": [5, 1, 2], "T": 4, "i": 3},
    tolerance=0.001,
    answer_as=(
        "three numbers: q_i, then the limits of the largest logit's probability as T falls to 0 and as T"
        " grows"
    ),
    because=(
        "papers count from 1; as T falls all the probability goes to one token, as T grows all tokens share"
        " it alike"
    ),
)


@reading_6.draw
def other_tempered_logits(rng):
    return {
        "z": rng.choice([[4, 2, 1], [3, 2, 0], [5, 1, 0, 2], [2, 1, 0, 3]]),
        "T": rng.choice([2, 4, 5]),
        "i": rng.choice([2, 3]),
    }


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


@reading_6.alternative
def limits_as_ints(z, T, i):
    return (round(float(reference.softmax_with_temperature(z, T)[i - 1]), 3), 1, round(1 / len(z), 3))


@reading_6.alternative
def limits_as_an_array(z, T, i):
    return np.array([reference.softmax_with_temperature(z, T)[i - 1], 1, 1 / len(z)])
