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
    without,
)
from autograder.course.question import Question, Reading, WorkedValue, expect


def by_the_formula(z):
    """Softmax as printed, for logits of moderate size: an oracle that shares nothing with the reference."""
    weights = [math.exp(x) for x in z]
    total = math.fsum(weights)
    return [weight / total for weight in weights]


# From logits to probabilities -------------------------------------------------------------------------------
# No logits of the public checks are those of a worked value, in any variant: Example 6 draws three out of the
# halves from 0 to 3, Exercise 13 equal ones, Exercise 14 small whole numbers beside two zeros.
LOGITS = [0.3, -1.2, 2.6]
PROBABILITIES = by_the_formula(LOGITS)
SPREAD = [-2, 1, 4, -1]
SPREAD_PROBABILITIES = by_the_formula(SPREAD)
# What is asked of plain logits first, so that a later cause is told only to those who pass that.
FRACTION = "each output is exp of its own logit, divided by the sum of exp over all logits, and not rounded"
# 1 ahead, wherever on the scale.
AHEAD = [1 / (1 + math.exp(-1)), math.exp(-1) / (1 + math.exp(-1))]

softmax = Question(
    points=4,
    source=["Example 6", "Figure 5", "Notation: softmax(z)"],
    meaning="Only differences of logits count: adding a constant to all of them multiplies every"
    " exponential by"
    " the same factor, which the division takes out again. That is why the shift is safe.",
)


@softmax.check
def gives_each_logit_its_fraction(softmax):
    """Each exponential, divided by the sum of them all."""
    expect(softmax, LOGITS).to_equal(PROBABILITIES, because=FRACTION)
    expect(softmax, [7.5]).to_equal([1.0], because="a single option has probability 1: exp(z) / exp(z)")


@softmax.check
def takes_every_kind_of_vector(softmax):
    """A list, a tuple or an array, of ints or of floats, left as it was."""
    expect(softmax, [-2.0, 1.0, 4.0, -1.0]).to_equal(SPREAD_PROBABILITIES, because=FRACTION)
    expect(softmax, (-2.0, 1.0, 4.0, -1.0)).to_equal(
        SPREAD_PROBABILITIES,
        because="right for a list and not for a tuple: np.asarray(z, dtype=float) takes both",
    )
    expect(softmax, SPREAD).to_equal(
        SPREAD_PROBABILITIES,
        because="right for floats and not for ints: np.asarray(z, dtype=float) turns them into floats",
    )
    expect(softmax, np.array(SPREAD)).to_equal(
        SPREAD_PROBABILITIES,
        because="right for a list and not for an array of ints: np.asarray(z, dtype=float) takes both",
    )
    expect(softmax, np.array([0.3, -1.2, 2.6])).to_equal(
        PROBABILITIES, because="right for a list and not for an array: np.asarray(z, dtype=float) takes both"
    )


@softmax.check
def stays_finite_for_large_logits(softmax):
    """Logits of 10000: the same as on paper."""
    expect(softmax, [1.5, 0.5]).to_equal(AHEAD, because=FRACTION)
    expect(softmax, [10000.0, 9999.0]).to_equal(
        AHEAD, because="exp(10000) overflows; subtract the largest logit from all of them first"
    )


@softmax.hidden
def holds_wherever_the_largest_logit_stands(softmax):
    """Logits far apart, with the largest in any place, and far from 0 on either side."""
    expect(softmax, [-0.5, 0.5]).to_equal(AHEAD[::-1], because=FRACTION)
    # Each tells another shift from the right one: by the first, the last, the mean, the median, the smallest,
    # the largest magnitude; and 0 / 0 from a shift that waits until something overflows.
    for z, p in [
        ([0.0, 1000.0], [0.0, 1.0]),
        ([1000.0, 0.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0]),
        ([-1000.0, 0.0], [0.0, 1.0]),
        ([0.0, -1000.0, -1000.0], [1.0, 0.0, 0.0]),
        ([-10000.0, -10001.0], AHEAD),
        ([10000.0, 10000.0, -10000.0], [0.5, 0.5, 0.0]),
        ([-10000.0] * 4, [0.25] * 4),
        # Two exponentials that fit, of a sum that does not; and two that are not 0, of two digits each.
        ([709.5, 708.5], AHEAD),
        ([-743.0, -744.0], AHEAD),
    ]:
        expect(softmax, z).to_equal(
            p, because="with the largest logit at 0, no exponential overflows and one is 1"
        )


@softmax.hidden
def is_exact_for_small_probabilities(softmax):
    """A shift of all logits changes nothing, and small probabilities keep their digits."""
    # The second and third are the text's and the chapter's most familiar: nobody's answer for them is kept.
    for logits in [[0.75, -6.3, 1.1, -9.4, -4.7], [1.0, 0.0, -1.0], [0.0] * 5]:
        expect(softmax, logits).to_equal(by_the_formula(logits), because=FRACTION)
    logits = [0.75, -6.3, 1.1, -9.4, -4.7]
    expect(softmax, [100.75, 93.7, 101.1, 90.6, 95.3]).to_agree_with(
        logits, because="softmax depends only on the differences of the logits"
    )


@softmax.hidden
def gives_minus_infinity_no_probability(softmax):
    """A logit of -inf, as a mask sets it, gets probability 0, even among logits as low as they come."""
    expect(softmax, [1.5, 0.5]).to_equal(AHEAD, because=FRACTION)
    for z, p in [
        ([1.0, -math.inf, 1.0], [0.5, 0.0, 0.5]),
        ([-math.inf, 0.5, -0.5], [0.0, *AHEAD]),
        ([-math.inf, -9999.0, -10000.0], [0.0, *AHEAD]),
        # The others add up to a little less than 1.
        ([1.0, -0.5, 0.25, -math.inf], [*by_the_formula([1.0, -0.5, 0.25]), 0.0]),
    ]:
        # exp(-inf) is 0, and not a little more: no absolute tolerance.
        expect(softmax, z).to_equal(
            p, because="exp(-inf) is 0 already: shift by the largest logit, replace nothing", atol=0
        )


@softmax.hidden
def refuses_an_empty_vector(softmax):
    """No logits: ValueError."""
    expect(softmax, LOGITS).to_equal(PROBABILITIES, because=FRACTION)
    # bool(np.array([0.0])) is False, although the array is not empty.
    expect(softmax, np.array([0.0])).to_equal([1.0], because="one logit is not none: ask for the length of z")
    for nothing in [[], (), np.array([])]:
        expect(softmax, nothing).to_be_refused(
            ValueError,
            because="look at the length of z before anything else, and raise ValueError if it is 0",
        )


@softmax.hidden
def works_in_small_number_types(softmax):
    """Arrays of 8-bit ints and of 32-bit floats, and two thousand logits."""
    expect(softmax, np.array([3.0, 1.0, 2.0])).to_equal(by_the_formula([3, 1, 2]), because=FRACTION)
    for z in [np.array([3, 1, 2], dtype=np.uint8), np.array([100, 98, 99], dtype=np.int8)]:
        expect(softmax, z).to_equal(
            by_the_formula([3, 1, 2]),
            because_type="small ints wrap round when subtracted: np.asarray(z, dtype=float) first",
        )
    expect(softmax, np.array([100, -100], dtype=np.int8)).to_equal(
        [1.0, math.exp(-200)],
        because_type="small ints wrap round when subtracted: np.asarray(z, dtype=float) first",
    )
    expect(softmax, np.array([3.0, 1.0, 2.0], dtype=np.float32)).to_equal(by_the_formula([3, 1, 2]))
    many = [math.sin(i) for i in range(2000)]
    expect(softmax, many).to_equal(by_the_formula(many))


# A distribution per row -------------------------------------------------------------------------------------
ROWS = [[2.0, -1.0, 0.5], [0.25, 0.0, 3.0], [-1.0, 3.0, 1.5]]
DISTRIBUTIONS = [by_the_formula(row) for row in ROWS]
WIDE = [[1, 0, -3, 2], [5, 7, 4, 4]]
WIDE_DISTRIBUTIONS = [by_the_formula(row) for row in WIDE]

PER_ROW = "one sum per row: each exponential is divided by the sum over its own row, and not rounded"

softmax_rows = Question(
    points=3,
    source="Chapter VI",
    meaning="axis=1 runs along a row, and keepdims=True leaves the row sums as a column, so that each row is"
    " divided by its own sum. Along axis=0 the positions would compete with one another for probability.",
)


@softmax_rows.check
def treats_each_row_alone(softmax_rows):
    """Each row is a distribution of its own."""
    expect(softmax_rows, ROWS).to_equal(DISTRIBUTIONS, because=PER_ROW)


@softmax_rows.check
def takes_every_kind_of_matrix(softmax_rows):
    """Any shape and kind: a single column, rows as tuples, an array of ints or floats, left as it was."""
    expect(softmax_rows, [[1.0, 0.0, -3.0, 2.0], [5.0, 7.0, 4.0, 4.0]]).to_equal(
        WIDE_DISTRIBUTIONS, because=PER_ROW
    )
    expect(softmax_rows, [[1.5], [-2.0], [0.0]]).to_equal(
        [[1.0], [1.0], [1.0]], because="in a row of one logit, that logit has probability 1"
    )
    expect(softmax_rows, [(1.0, 0.0, -3.0, 2.0), (5.0, 7.0, 4.0, 4.0)]).to_equal(
        WIDE_DISTRIBUTIONS,
        because="right for rows that are lists and not for tuples: np.asarray(Z, dtype=float) takes both",
    )
    expect(softmax_rows, np.array(WIDE)).to_equal(
        WIDE_DISTRIBUTIONS,
        because="right for a list of rows and not for an array of ints: np.asarray(Z, dtype=float) takes"
        " both",
    )
    expect(softmax_rows, np.array(ROWS)).to_equal(
        DISTRIBUTIONS,
        because="right for a list of rows and not for an array: np.asarray(Z, dtype=float) takes both",
    )


@softmax_rows.hidden
def is_stable_in_every_row(softmax_rows):
    """Rows of very different size are each finite, wherever the largest logit stands."""
    expect(softmax_rows, [[1.5, 0.5], [-3.5, -4.5]]).to_equal([AHEAD, AHEAD], because=PER_ROW)
    expect(
        softmax_rows, [[10000.0, 9999.0], [-10000.0, -10001.0], [1.0, -math.inf], [-math.inf, 0.0]]
    ).to_equal(
        [AHEAD, AHEAD, [1.0, 0.0], [0.0, 1.0]],
        because="shift each row by its own largest logit; one shift for the whole matrix cannot suit every"
        " row",
    )
    # Two exponentials that fit, of a sum that does not; and two that are not 0, of two digits each.
    expect(softmax_rows, [[709.5, 708.5], [-743.0, -744.0], [-8.5, 8.5]]).to_equal(
        [AHEAD, AHEAD, by_the_formula([-8.5, 8.5])], because="shift each row by its own largest logit, always"
    )
    # exp(-inf) is 0, and not a little more: no absolute tolerance.
    expect(softmax_rows, [[-math.inf, -9999.0, -10000.0], [1.5, 0.5, -math.inf]]).to_equal(
        [[0.0, *AHEAD], [*AHEAD, 0.0]],
        because="exp(-inf) is 0 already: shift by the largest logit, replace nothing",
        atol=0,
    )
    expect(softmax_rows, [[0.0, 1000.0, 0.0, 0.0], [-1000.0, 0.0, 0.0, 0.0]]).to_equal(
        [[0.0, 1.0, 0.0, 0.0], [0.0, 1 / 3, 1 / 3, 1 / 3]], because="shift each row by its own largest logit"
    )


@softmax_rows.hidden
def holds_for_other_shapes_and_types(softmax_rows):
    """A single row, many rows, many columns, rows alike, small ints and small probabilities."""
    expect(softmax_rows, [[0.75, -6.3, 1.1, -9.4]]).to_equal(
        [by_the_formula([0.75, -6.3, 1.1, -9.4])], because=PER_ROW
    )
    expect(softmax_rows, [[3.0, 1.0], [1.0, 3.0]]).to_equal(
        [by_the_formula(row) for row in ([3, 1], [1, 3])], because=PER_ROW
    )
    expect(softmax_rows, [[1.0, 0.0], [2.0, 0.0]]).to_equal(
        [by_the_formula(row) for row in ([1, 0], [2, 0])], because=PER_ROW
    )
    alike = [[0.5, 0.0, 2.0], [1.0, 1.0, 1.0], [0.5, 0.0, 2.0]]
    expect(softmax_rows, alike).to_equal(
        [by_the_formula(row) for row in alike],
        because="two rows may be alike: a row is known by its place, not by what stands in it",
    )
    expect(softmax_rows, np.array([[3, 1], [1, 3], [200, 202]], dtype=np.uint8)).to_equal(
        [by_the_formula(row) for row in ([3, 1], [1, 3], [0, 2])],
        because_type="small ints wrap round when subtracted: np.asarray(Z, dtype=float) first",
    )
    tall = [[math.sin(i), math.cos(3 * i)] for i in range(1100)]
    expect(softmax_rows, tall).to_equal([by_the_formula(row) for row in tall])
    wide = [[math.sin(i) for i in range(1100)], [math.cos(3 * i) for i in range(1100)]]
    expect(softmax_rows, wide).to_equal([by_the_formula(row) for row in wide])


# Temperature ------------------------------------------------------------------------------------------------
TEMPERED = [0.9, -0.4, 0.1, 1.7]
AT_ONE = by_the_formula(TEMPERED)
AT_FOUR = by_the_formula([z / 4 for z in TEMPERED])
AT_A_FIFTH = by_the_formula([z / 0.2 for z in TEMPERED])

TEMPERING = "each logit is divided by T before softmax is applied, softmax(z / T), and nothing is rounded"

softmax_with_temperature = Question(
    points=4,
    source="Chapter VI",
    meaning="Dividing the logits by T raises each ratio of probabilities to the power 1/T: above 1 the ratios"
    " shrink towards 1, below 1 they grow. The order of the tokens never changes.",
)


@softmax_with_temperature.check
def is_softmax_at_one(softmax_with_temperature):
    """T = 1 is plain softmax."""
    expect(softmax_with_temperature, TEMPERED, 1).to_equal(
        AT_ONE, because="at T = 1 the logits stay as they are, and softmax is applied to them"
    )


@softmax_with_temperature.check
def flattens_as_it_rises(softmax_with_temperature):
    """T = 4 flattens and T = 0.2 sharpens; the logits are left as they were."""
    expect(softmax_with_temperature, TEMPERED, 4.0).to_equal(AT_FOUR, because=TEMPERING)
    expect(softmax_with_temperature, TEMPERED, 0.2).to_equal(AT_A_FIFTH, because=TEMPERING)
    expect(softmax_with_temperature, tuple(TEMPERED), 4).to_equal(
        AT_FOUR, because="right for a list and not for a tuple: np.asarray(z, dtype=float) takes both"
    )
    expect(softmax_with_temperature, np.array(TEMPERED), 0.2).to_equal(
        AT_A_FIFTH, because="right for a list and not for an array: np.asarray(z, dtype=float) takes both"
    )


@softmax_with_temperature.check
def refuses_a_temperature_of_zero(softmax_with_temperature):
    """T = 0 and below: ValueError that names T."""
    expect(softmax_with_temperature, [1.5, -1.5], 3).to_equal(AHEAD, because=TEMPERING)
    for temperature in [0, -1.5]:
        expect(softmax_with_temperature, TEMPERED, temperature).to_be_refused(
            ValueError, naming=[temperature]
        )


@softmax_with_temperature.hidden
def is_stable_when_cold(softmax_with_temperature):
    """A temperature close to 0 leaves a single spike without overflow, wherever the largest logit stands."""
    expect(softmax_with_temperature, [1.5, -1.5], 3.0).to_equal(AHEAD, because=TEMPERING)
    for z, temperature, p in [
        ([2.0, 1.0, 2.0], 0.0001, [0.5, 0.0, 0.5]),
        ([-2.0, -1.0], 0.0001, [0.0, 1.0]),
        ([0.0, 0.0001], 0.0001, AHEAD[::-1]),
        ([10000.0, 9996.0], 4.0, AHEAD),
        ([-9996.0, -10000.0], 4, AHEAD),
        ([1000.0, 0.0], 1000, AHEAD),
        ([-5000.0, 5000.0], 10000.0, AHEAD[::-1]),
        # Two exponentials that fit, of a sum that does not; and two that are not 0, of two digits each.
        ([1419.0, 1417.0], 2, AHEAD),
        ([-371.5, -372.0], 0.5, AHEAD),
        ([0.0625, 0.0], 0.0625, AHEAD),
    ]:
        expect(softmax_with_temperature, z, temperature).to_equal(
            p, because="subtract the largest logit before exponentiating, at every temperature"
        )


@softmax_with_temperature.hidden
def works_at_every_temperature_above_zero(softmax_with_temperature):
    """Very cold and very hot, numbers of few bits, many logits, and a temperature just below 0."""
    expect(softmax_with_temperature, [1.5, -1.5], 3.0).to_equal(AHEAD, because=TEMPERING)
    expect(softmax_with_temperature, [1.0, 0.0, -1.0], 2).to_equal(
        by_the_formula([0.5, 0, -0.5]), because=TEMPERING
    )
    # A temperature next to 1 is not 1: the difference is far above what a right answer's rounding leaves.
    beside_one = 1.0 + 2.0**-20
    expect(softmax_with_temperature, [1.5, -1.5], beside_one).to_equal(
        by_the_formula([1.5 / beside_one, -1.5 / beside_one]), because=TEMPERING
    )
    for temperature in [1e-9, 1e-30]:
        expect(softmax_with_temperature, [3.0, 1.0, 2.0], temperature).to_equal(
            [1.0, 0.0, 0.0],
            because="every T above 0 is a temperature, however small, and the shift keeps it finite",
        )
    # exp(-inf) is 0, and not a little more: no absolute tolerance.
    expect(softmax_with_temperature, [-math.inf, -9998.0, -10000.0], 2).to_equal(
        [0.0, *AHEAD],
        because="-inf over T is -inf, and exp(-inf) is 0 already: replace nothing",
        atol=0,
    )
    expect(softmax_with_temperature, [-9999.0, -math.inf, -9999.5], 0.5).to_equal(
        [AHEAD[0], 0.0, AHEAD[1]],
        because="-inf over T is -inf, and exp(-inf) is 0 already: replace nothing",
        atol=0,
    )
    expect(softmax_with_temperature, [3.0, 1.0, 2.0], 1e6).to_equal(by_the_formula([3e-6, 1e-6, 2e-6]))
    expect(softmax_with_temperature, np.array([3, 1, 2], dtype=np.uint8), 2).to_equal(
        by_the_formula([1.5, 0.5, 1.0]),
        because_type="small ints wrap round when subtracted: np.asarray(z, dtype=float) first",
    )
    precise = [0.7512345674, -6.3123456781, 1.1234567893, -9.4567891234]
    expect(softmax_with_temperature, precise, 1.5).to_equal(
        by_the_formula([z / 1.5 for z in precise]), because=TEMPERING
    )
    expect(softmax_with_temperature, np.array([3.0, 1.0, 2.0], dtype=np.float32), 2).to_equal(
        by_the_formula([1.5, 0.5, 1.0])
    )
    expect(softmax_with_temperature, np.array([-4.0, -4.0], dtype=np.float32), 0.0001).to_equal(
        [0.5, 0.5],
        because_type="numbers of few bits lose digits when divided: np.asarray(z, dtype=float) first",
    )
    many = [math.sin(i) for i in range(2000)]
    expect(softmax_with_temperature, many, 0.5).to_equal(by_the_formula([2 * z for z in many]))
    expect(softmax_with_temperature, TEMPERED, -1e-9).to_be_refused(
        ValueError, because="every T of 0 or below is refused, however close to 0"
    )


# Log-probabilities ------------------------------------------------------------------------------------------
LOG = "each output is its own logit, minus ln of the sum of exp over all logits, and not rounded"
LOG_AHEAD = [-math.log1p(math.exp(-1)), -1 - math.log1p(math.exp(-1))]

log_softmax = Question(
    points=3,
    source="Chapter VI",
    meaning="What is subtracted is the log-sum-exp of the logits, one number for all of them; so the"
    " differences"
    " between logits survive unchanged as differences between log-probabilities.",
)


@log_softmax.check
def is_the_log_of_softmax(log_softmax):
    """The natural logarithm of each probability."""
    expect(log_softmax, LOGITS).to_equal([math.log(p) for p in PROBABILITIES], because=LOG)
    expect(log_softmax, [3.5]).to_equal([0.0], because="a single option has probability 1, and ln 1 is 0")


@log_softmax.check
def takes_logits_of_every_kind(log_softmax):
    """A list, a tuple or an array, of ints or of floats, left as it was."""
    logs = [math.log(p) for p in SPREAD_PROBABILITIES]
    expect(log_softmax, [-2.0, 1.0, 4.0, -1.0]).to_equal(logs, because=LOG)
    expect(log_softmax, (-2, 1, 4, -1)).to_equal(
        logs,
        because="right for a list of floats and not for a tuple of ints: np.asarray(z, dtype=float) takes"
        " both",
    )
    expect(log_softmax, np.array(SPREAD)).to_equal(
        logs, because="right for a tuple and not for an array of ints: np.asarray(z, dtype=float) takes both"
    )
    expect(log_softmax, np.array([-2.0, 1.0, 4.0, -1.0])).to_equal(
        logs, because="right for a list and not for an array: np.asarray(z, dtype=float) takes both"
    )


@log_softmax.check
def keeps_far_off_logits_finite(log_softmax):
    """[1000, 0] gives [0, -1000], where softmax itself gives 1 and 0."""
    expect(log_softmax, [1.5, 0.5]).to_equal(LOG_AHEAD, because=LOG)
    expect(log_softmax, [1000.0, 0.0]).to_equal(
        [0.0, -1000.0],
        because="exp(1000) overflows, and a softmax that has become 0 has lost the -1000: shift by the"
        " largest"
        " logit, and subtract ln of the sum",
    )


@log_softmax.hidden
def keeps_what_softmax_underflows(log_softmax):
    """Far-off logits keep their distance, wherever the largest logit stands."""
    expect(log_softmax, [-0.5, 0.5]).to_equal(LOG_AHEAD[::-1], because=LOG)
    for z, logs in [
        ([0.0, 1000.0], [-1000.0, 0.0]),
        ([-1000.0, -1000.0], [-math.log(2), -math.log(2)]),
        ([1000.0, 1000.0, 0.0], [-math.log(2), -math.log(2), -1000 - math.log(2)]),
        ([0.0, -1000.0, -1000.0], [0.0, -1000.0, -1000.0]),
        ([1000.0, 0.0, 0.0, 0.0], [0.0, -1000.0, -1000.0, -1000.0]),
        # Here softmax is not 0 yet: it is one of the last floats above 0, of two or three digits.
        ([741.5, 0.0], [0.0, -741.5]),
        ([-10000.0, -10001.0], LOG_AHEAD),
        # Two exponentials that fit, of a sum that does not; and two that are not 0, of two digits each.
        ([709.5, 708.5], LOG_AHEAD),
        ([-743.0, -744.0], LOG_AHEAD),
        ([-9999.0, -math.inf, -10000.0], [LOG_AHEAD[0], -math.inf, LOG_AHEAD[1]]),
    ]:
        expect(log_softmax, z).to_equal(
            logs,
            because="shift by the largest logit, then subtract ln of the sum; no logarithm of a probability",
        )


@log_softmax.hidden
def is_exact_for_other_logits(log_softmax):
    """Small ints, many logits, unrounded."""
    for logits in [[-6.3, 0.75, -4.7, -9.4], [1.0, 0.0, -1.0], [0.5] * 5]:
        expect(log_softmax, logits).to_equal([math.log(p) for p in by_the_formula(logits)], because=LOG)
    expect(log_softmax, [3.0, 1.0, 2.0]).to_equal(
        [math.log(p) for p in by_the_formula([3, 1, 2])], because=LOG
    )
    expect(log_softmax, np.array([3, 1, 2], dtype=np.uint8)).to_equal(
        [math.log(p) for p in by_the_formula([3, 1, 2])],
        because_type="small ints wrap round when subtracted: np.asarray(z, dtype=float) first",
    )
    many = [math.sin(i) for i in range(2000)]
    expect(log_softmax, many).to_equal([math.log(p) for p in by_the_formula(many)])


# Sampling ---------------------------------------------------------------------------------------------------
STRETCH = "add the probabilities up from the left; the first sum above u marks the token"

sample = Question(
    points=2,
    source="Chapter VI",
    meaning="A token's stretch of the line is as long as its probability, and u is equally likely to land"
    " anywhere; so over many draws each token comes up about as often as its probability says.",
)


@sample.check
def picks_by_cumulative_probability(sample):
    """u falls into a token's own stretch of the line from 0 to 1."""
    for u, token in [(0.0, 0), (0.49, 0), (0.6, 1), (0.95, 2)]:
        expect(sample, [0.5, 0.3, 0.2], u).to_equal(token, because=STRETCH)
    expect(sample, (0.5, 0.3, 0.2), 0).to_equal(
        0, because="right for a list and a float; the probabilities may be a tuple, and u may be the int 0"
    )
    expect(sample, np.array([0.5, 0.3, 0.2]), 0.6).to_equal(
        1, because="right for a list and not for an array"
    )


@sample.check
def refuses_what_is_no_draw(sample):
    """u outside [0, 1), a negative probability, or a sum that is not 1: ValueError."""
    expect(sample, [0.25, 0.75], 0.1).to_equal(0, because=STRETCH)
    for u in [1.0, -0.1]:
        expect(sample, [0.5, 0.5], u).to_be_refused(
            ValueError, because="u must satisfy 0 <= u < 1, or ValueError is raised"
        )
    for p in [[0.5, 0.6], [1.5, -0.5]]:
        expect(sample, p, 0.3).to_be_refused(
            ValueError,
            because="no probability may be negative and their sum must be 1, or ValueError is raised",
        )


@sample.hidden
def goes_on_at_an_exact_edge(sample):
    """If u equals a cumulative sum, the next token with any probability is meant."""
    for u, token in [(0.1, 0), (0.4, 1), (0.9, 2)]:
        expect(sample, [0.25, 0.5, 0.25], u).to_equal(token, because=STRETCH)
    for p, u, token in [
        ([0.5, 0.5], 0.5, 1),
        ([0.5, 0.5], math.nextafter(0.5, 0.0), 0),
        ([0.0, 0.25, 0.0, 0.75], 0.0, 1),
        ([0.0, 0.25, 0.0, 0.75], 0.25, 3),
        ([0.25, 0.25, 0.25, 0.25], math.nextafter(0.75, 0.0), 2),
        ([0, 1], 0.3, 1),
        # Sums of many decimals, and a u a little to either side.
        ([0.12345678912345, 0.87654321087655], 0.12345678912335, 0),
        ([0.12345678912345, 0.87654321087655], 0.12345678912355, 1),
        ([1e-15, 1 - 1e-15], 0.0, 0),
    ]:
        expect(sample, p, u).to_equal(
            token, because="the cumulative sum must exceed u, not reach it, and by any amount"
        )


@sample.hidden
def falls_to_the_last_possible_token(sample):
    """If rounding leaves every sum at or below u, the last token with any probability is meant."""
    almost_one = math.nextafter(1.0, 0.0)
    for u, token in [(0.1, 0), (0.4, 1), (0.9, 2)]:
        expect(sample, [0.25, 0.5, 0.25], u).to_equal(token, because=STRETCH)
    expect(sample, [1.0], almost_one).to_equal(0, because="the only token there is has probability 1")
    for p, u, token in [
        ([0.1] * 10, almost_one, 9),
        ([0.1] * 10 + [0.0], almost_one, 9),
        (np.array([0.5, 0.4999999995, 0.0, 0.0]), 0.9999999999, 1),
        ([0.5, 0.4999999995, 1e-13, 0.0], 0.9999999999, 2),
    ]:
        expect(sample, p, u).to_equal(
            token, because="no sum exceeds u, so the answer is the last token whose probability is above 0"
        )
    expect(sample, [0.5, 0.5], 0.5).to_equal(1, because="the cumulative sum must exceed u, not reach it")
    expect(sample, [0.5, 0.4999999995], 0.5).to_equal(
        1, because="take the probabilities as they are: a sum within a billionth of 1 needs no rescaling"
    )


@sample.hidden
def refuses_by_a_hair(sample):
    """What is just outside the rules is refused, and what is just inside is not."""
    expect(sample, [0.25, 0.75], 0.5).to_equal(1, because=STRETCH)
    for u in [1.5, math.nextafter(0.0, -1.0), -2]:
        expect(sample, [0.5, 0.5], u).to_be_refused(
            ValueError, because="u must satisfy 0 <= u < 1, or ValueError is raised"
        )
    for p in [
        [],
        [0.5, 0.49],
        [0.5, 0.500000002],
        [1.25, 0.75],
        [1.0, 5e-10, -5e-10],
        [0.5, 0.5, -1e-300],
        [0.5, -0.25, 0.75],
    ]:
        expect(sample, p, 0.3).to_be_refused(
            ValueError,
            because="no probability may be below 0, however slightly, and the sum must be within a"
            " billionth of 1",
        )


@sample.hidden
def finds_its_way_among_many(sample):
    """Two thousand tokens."""
    many = [1 / 2048] * 2048
    for token in [0, 1000, 2047]:
        expect(sample, many, (token + 0.5) / 2048).to_equal(token, because=STRETCH)
    expect(sample, many, 0.25).to_equal(
        512, typed=True, because="an index is an int: a float takes nothing out of a list"
    )


# Domains ----------------------------------------------------------------------------------------------------


def minus_infinity_and_far_below(rng, n):
    """Logits as low as they come, each still above a -inf among them."""
    values = [rng.randint(-10000, -9996) + 0.0 for _ in range(n)]
    for place in rng.sample(range(n), n // 2):
        values[place] = -math.inf
    return values


# -inf has probability 0, and not a little more: no absolute tolerance. No float underflows beside it, so that
# the relative tolerance holds for the rest.
MASKED = {
    "-inf among them": ANY_LOGITS["-inf among them"],
    "-inf beside logits far below zero": minus_infinity_and_far_below,
}

softmax.domain(z=vectors(of=ANY_LOGITS))
softmax.domain(z=vectors(of=MASKED), atol=0.0)
softmax.refuses(ValueError, z=empty_vectors())

softmax_rows.domain(Z=matrices(of=ANY_LOGITS))
softmax_rows.domain(Z=matrices(of=ANY_LOGITS, mixed=True))
softmax_rows.domain(Z=matrices(of=MASKED, mixed=True), atol=0.0)


@softmax_rows.domain
def rows_alike(draw):
    rows = draw(matrices(2, draw(lengths(1, 4)), of=without(ANY_LOGITS, "-inf among them"), mixed=True))
    again = [rows[0], rows[1], rows[0]]
    return {"Z": np.array(again) if isinstance(rows, np.ndarray) else [list(row) for row in again]}


TEMPERATURES = {
    "a temperature of 1": 1,
    "a whole temperature": among(2, 3, 5),
    "a low temperature": among(0.5, 0.25, 0.0625),
    "a high temperature": among(2.5, 10.0, 1000),
}
# Divided by a temperature just above 0, a logit of thousands is so large that its last bit is seen.
MODERATE = {label: ANY_LOGITS[label] for label in ("many decimals", "equal components", "-inf among them")}
softmax_with_temperature.domain(z=vectors(of=ANY_LOGITS), temperature=one_of(TEMPERATURES))
softmax_with_temperature.domain(
    z=vectors(of=MODERATE), temperature=one_of({"a temperature just above 0": among(0.0001, 0.0003)})
)


@softmax_with_temperature.domain
def a_temperature_all_but_0(draw):
    # No ties: the logarithm of their number is lost beside logits so large, if softmax goes that way.
    different = {"different whole numbers": lambda rng, n: rng.sample(range(-9, 10), n)}
    z = draw(vectors(draw(lengths(1, 5)), of=different))
    return {"z": z, "temperature": draw(among(1e-30, 1e-13))}


softmax_with_temperature.domain(z=vectors(of=MASKED), temperature=one_of(TEMPERATURES), atol=0.0)
FAR_APART = {"one far above the others": ANY_LOGITS["one far above the others"]}
softmax_with_temperature.domain(
    z=vectors(of=FAR_APART), temperature=one_of({"a temperature as large as a logit": among(1000, 5000.0)})
)
softmax_with_temperature.refuses(
    ValueError, naming="temperature", z=vectors(), temperature=among(0, 0.0, -1, -0.5, -1e-9)
)

log_softmax.domain(z=vectors(of=ANY_LOGITS))
log_softmax.domain(z=vectors(of=MASKED))


@sample.domain
def a_draw_between_two_sums(draw):
    u = {
        "u at 0": among(0, 0.0),
        "u just below 1": math.nextafter(1.0, 0.0),
        "u in between": among(0.3141, 0.5507, 0.8203, 0.9712),
    }
    return {"probabilities": draw(vectors(of=ANY_DISTRIBUTION, float32="exact")), "u": draw(one_of(u))}


@sample.domain
def a_draw_at_a_sum(draw):
    of_sixteenths = {
        label: ANY_DISTRIBUTION[label] for label in ("sixteenths", "impossible outcomes among them")
    }
    p = draw(vectors(draw(lengths(2, 5)), of_sixteenths, float32="never"))
    edge = draw.rng.choice([s for s in np.cumsum(np.asarray(p, dtype=float)).tolist() if 0 < s < 1] or [0.5])
    return {"probabilities": p, "u": draw(edges(edge))}


@sample.domain
def a_draw_close_to_a_sum(draw):
    p = draw(
        vectors(draw(lengths(2, 5)), {"many decimals": ANY_DISTRIBUTION["many decimals"]}, float32="never")
    )
    sums = np.cumsum(np.asarray(p, dtype=float)).tolist()
    # However the sums are rounded, they stay on this side of u.
    return {"probabilities": p, "u": draw.rng.choice(sums[:-1]) + draw.rng.choice([-1, 1]) * 1e-14}


@sample.refuses(ValueError)
def no_number_to_draw_with(draw):
    return {
        "probabilities": draw(vectors(of=ANY_DISTRIBUTION, float32="exact")),
        "u": draw(among(1, 1.0, 1.5, -0.1, -1, -1e-12)),
    }


@sample.refuses(ValueError)
def no_distribution(draw):
    wrong = {
        "a negative probability": among(
            [0.5, -0.25, 0.75], (1.5, -0.5), np.array([-0.125, 1.125]), [0.5, 0.5, -1e-14]
        ),
        "a sum above 1": among([0.5, 0.75], (0.5, 0.5 + 1.5e-9), np.array([1, 1])),
        "a sum below 1": among([0.5, 0.25], (0.5, 0.5 - 1.5e-9), np.array([0.25, 0.25]), [0.5]),
        "no probabilities": empty_vectors(),
    }
    return {"probabilities": draw(one_of(wrong)), "u": draw(among(0, 0.25, 0.5, 0.75))}


# Worked by hand ---------------------------------------------------------------------------------------------

example_6 = WorkedValue(
    points=1,
    source="Example 6",
    meaning="The first logit leads the second by a little, and its probability is larger by a factor of exp"
    " of"
    " that lead: softmax turns differences into ratios.",
    numbers={"z": [2.0, 1.0, 0.5]},
    tolerance=0.001,
    answer_as="a list of three probabilities, to three decimals",
    because="exponentiate each logit, add the three up, divide each by the sum",
)


@example_6.draw
def other_logits(rng):
    while True:
        z = sorted(rng.sample([0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0], 3), reverse=True)
        # Steps of equal size are those of the text's own examples.
        if z[0] - z[1] != z[1] - z[2]:
            return {"z": z}


exercise_13 = WorkedValue(
    points=1,
    source="Exercise 13",
    meaning="Equal logits have equal exponentials, so all tokens share alike: this is the uniform"
    " distribution,"
    " of a model with no preference. Note that a logit of 0 is no probability of 0.",
    numbers={"z": [0, 0, 0]},
    tolerance=0.001,
    answer_as="a list of probabilities, one per logit",
    because="equal logits have equal exponentials; how many tokens share the probability?",
)


@exercise_13.draw
def other_equal_logits(rng):
    return {"z": [rng.randint(-3, 5)] * rng.choice([2, 4, 5, 8])}


exercise_14 = WorkedValue(
    points=1,
    source="Exercise 14",
    meaning="One exponential dwarfs the others, and nearly all of the probability gathers on its token."
    " This is what a"
    " confident prediction looks like; yet the other two keep a little, as they always do on paper.",
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


reading_6 = Reading(
    points=1,
    source="Notation: softmax(z)",
    meaning="Between the limits lies every amount of decisiveness: towards T = 0 the largest logit takes"
    " all, which"
    " is greedy decoding, and with growing T all tokens tend to equal parts, whatever their logits.",
    numbers={"z": [5, 1, 2], "T": 4, "i": 3},
    tolerance=0.001,
    answer_as="three numbers: q_i, then the limits of the largest logit's probability as T falls to 0 and"
    " as T grows",
    because="papers count from 1; as T falls to 0 one token is left, as T grows all tokens become alike",
)


@reading_6.draw
def other_tempered_logits(rng):
    return {
        "z": rng.choice([[4, 2, 1], [3, 2, 0], [5, 1, 0, 2], [2, 1, 0, 3]]),
        "T": rng.choice([2, 4, 5]),
        "i": rng.choice([2, 3]),
    }
