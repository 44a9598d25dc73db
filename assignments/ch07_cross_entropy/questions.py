"""Chapter VII: what is asked of surprise, cross-entropy, the training loss and perplexity."""

import math

import numpy as np

from autograder.course.domains import (
    ANY_DISTRIBUTION,
    ANY_LOGITS,
    ANY_PROBABILITIES,
    among,
    empty_vectors,
    lengths,
    many_decimals,
    matrices,
    numbers,
    one_of,
    shapes,
    vectors,
    whole_numbers,
    without,
)
from autograder.course.question import Question, Reading, WorkedValue, expect

# A student may compute in the precision of what was handed over. float32 keeps 24 bits, 6e-8 of a value.
SINGLE = 1e-6

# Likely causes say the whole rule that a call was asked about, so that they are true of whatever went wrong.

# Surprise ---------------------------------------------------------------------------------------------------
surprise = Question(
    points=2,
    source="Example 7",
    meaning=(
        "Surprises of independent events add up, because their probabilities multiply. Up to the choice of a"
        " unit, minus a logarithm is the only smooth price with that property."
    ),
)


MINUS_LN = "minus the natural logarithm of p itself: nothing added to p, no smallest value, no rounding"
CERTAIN = "the surprise of a certainty is -ln(1), which is 0"
IMPOSSIBLE = "the surprise of p = 0 is inf, a value and no error"


@surprise.check
def is_minus_the_natural_logarithm(surprise):
    """Example 7: a probability of 0.7, and one of 0.1."""
    expect(surprise, 0.7).to_equal(math.log(10 / 7), because=MINUS_LN)
    expect(surprise, 0.1).to_equal(math.log(10), because=MINUS_LN)


@surprise.check
def falls_to_nothing_for_a_certainty(surprise):
    """What is certain, p = 1, surprises by 0."""
    expect(surprise, 1).to_equal(0, because=CERTAIN)
    expect(surprise, 1.0).to_equal(0, because=CERTAIN)
    expect(surprise, 0.25).to_equal(2 * math.log(2), because=MINUS_LN)


@surprise.check
def refuses_what_is_no_probability(surprise):
    """Below 0 or above 1: ValueError."""
    expect(surprise, 0.07).to_equal(math.log(100 / 7), because=MINUS_LN)
    expect(surprise, 1.5).to_be_refused(ValueError)
    expect(surprise, -0.2).to_be_refused(ValueError)
    expect(surprise, 30).to_be_refused(ValueError)


@surprise.hidden
def is_infinite_for_the_impossible(surprise):
    """p = 0 gives inf, without a warning."""
    expect(surprise, 0).to_be_quiet().to_equal(math.inf, because=IMPOSSIBLE)
    expect(surprise, 0.0).to_be_quiet().to_equal(math.inf, because=IMPOSSIBLE)
    expect(surprise, 0.05).to_be_quiet().to_equal(math.log(20), because=MINUS_LN)


@surprise.hidden
def follows_the_logarithm_to_either_end(surprise):
    """Probabilities next to 0, and next to 1, keep their own surprise."""
    expect(surprise, 1e-300).to_equal(300 * math.log(10), because=MINUS_LN)
    expect(surprise, 5e-324).to_equal(1074 * math.log(2), because=MINUS_LN)
    expect(surprise, 0.3 * 1e-7).to_equal(
        math.log(10 / 3) + 7 * math.log(10),
        because=MINUS_LN,
    )
    expect(surprise, 1 - 2.0**-16).to_equal(
        -math.log1p(-(2.0**-16)),
        because=MINUS_LN,
    )


@surprise.hidden
def draws_the_line_where_it_is(surprise):
    """The range ends exactly at 0 and at 1."""
    # The logarithm of 1 is 0, and not a little more: no absolute tolerance.
    expect(surprise, 1.0).to_equal(0, because=CERTAIN, atol=0)
    expect(surprise, 1 - 2.0**-53).to_equal(2.0**-53, because=MINUS_LN)
    expect(surprise, 1 - 2.0**-36).to_equal(2.0**-36 + 2.0**-73, because=MINUS_LN)
    expect(surprise, 0.75).to_equal(math.log(4 / 3), because=MINUS_LN)
    above = "what is above 1, by however little, is refused: compare with 1 itself"
    expect(surprise, 1 + 2.0**-52).to_be_refused(ValueError, because=above)
    expect(surprise, 1.000001).to_be_refused(ValueError, because=above)
    below = "what is below 0, by however little, is refused: compare with 0 itself"
    expect(surprise, -1e-12).to_be_refused(ValueError, because=below)
    expect(surprise, -5e-324).to_be_refused(ValueError, because=below)


# Cross-entropy ----------------------------------------------------------------------------------------------
cross_entropy = Question(
    points=4,
    source="Notation: H(p, q)",
    meaning=(
        "H(p, q) is the entropy of p plus the divergence of q from p. Training can only lower the second"
        " part, and it is 0 when the prediction equals what happens."
    ),
)

TRUTH = [0.5, 0.3, 0.2]
PREDICTION = [0.2, 0.7, 0.1]
# The same two, with the logarithms taken apart by hand: -ln(0.2) = ln 5, -ln(0.7) = ln 10 - ln 7.
H_TRUTH_PREDICTION = 0.5 * math.log(5) + 0.3 * (math.log(10) - math.log(7)) + 0.2 * math.log(10)
H_PREDICTION_TRUTH = 0.2 * math.log(2) + 0.7 * (math.log(10) - math.log(3)) + 0.1 * math.log(5)
H_TRUTH_TRUTH = 0.5 * math.log(2) + 0.3 * (math.log(10) - math.log(3)) + 0.2 * math.log(5)
# -0.5 ln 0.25 - 0.5 ln 0.75
H_HALVES = 1.5 * math.log(2) - 0.5 * math.log(1.5)
WEIGHTED = (
    "the sum of -p_i ln(q_i) over the outcomes with p_i > 0, and over no others: p weights, and q stands in"
    " the logarithm as it is"
)


@cross_entropy.check
def weights_each_surprise_by_its_probability(cross_entropy):
    """Each outcome's surprise under q counts as often as it happens under p."""
    expect(cross_entropy, TRUTH, PREDICTION).to_equal(
        H_TRUTH_PREDICTION,
        because=WEIGHTED,
    )
    expect(cross_entropy, [0.25, 0.75], [0.5, 0.5]).to_equal(math.log(2), because=WEIGHTED)


@cross_entropy.check
def is_the_surprise_of_the_right_token(cross_entropy):
    """With all of p on one token, Example 7; lists, tuples and arrays, of ints and of floats."""
    expect(cross_entropy, [1, 0, 0], [0.7, 0.2, 0.1]).to_equal(math.log(10 / 7), because=WEIGHTED)
    expect(cross_entropy, np.array([0.0, 0.0, 1.0]), (0.7, 0.2, 0.1)).to_equal(math.log(10), because=WEIGHTED)
    expect(cross_entropy, (1,), [1]).to_equal(0, because=WEIGHTED)
    expect(cross_entropy, [0, 1.0], np.array([0.0, 1.0])).to_equal(0, because=WEIGHTED)


@cross_entropy.check
def refuses_different_lengths(cross_entropy):
    """p and q of different lengths: ValueError."""
    expect(cross_entropy, [0.5, 0.5], [0.25, 0.75]).to_equal(H_HALVES, because=WEIGHTED)
    stretched = "lengths that differ are refused, also if one of them is 1"
    expect(cross_entropy, [0.5, 0.5], [0.5, 0.25, 0.25]).to_be_refused(ValueError)
    expect(cross_entropy, [0.5, 0.25, 0.25], [0.5, 0.5]).to_be_refused(ValueError)
    expect(cross_entropy, [0.5, 0.5], [1.0]).to_be_refused(ValueError, because=stretched)
    expect(cross_entropy, np.array([1.0]), np.array([0.5, 0.5])).to_be_refused(ValueError, because=stretched)


@cross_entropy.hidden
def leaves_out_what_cannot_happen(cross_entropy):
    """A term with p = 0 adds 0, even if q = 0 there."""
    expect(cross_entropy, [0.5, 0.0, 0.5], [0.25, 0.0, 0.75]).to_equal(H_HALVES, because=WEIGHTED)
    expect(cross_entropy, [0, 1, 0, 0], [0.0, 0.4, 0.0, 0.6]).to_equal(math.log(2.5), because=WEIGHTED)
    expect(cross_entropy, np.array([0.5, 0.0, 0.5]), np.array([0.25, 0.0, 0.75])).to_equal(
        H_HALVES, because=WEIGHTED
    )
    refused = "lengths that differ are refused, whatever the entries in excess hold"
    expect(cross_entropy, [0.5, 0.5, 0.0], [0.5, 0.5]).to_be_refused(ValueError, because=refused)
    expect(cross_entropy, [0.5, 0.5], [0.5, 0.5, 0.0]).to_be_refused(ValueError, because=refused)
    expect(cross_entropy, [0.5, 0.5], [0.0, 0.5, 0.5]).to_be_refused(ValueError, because=refused)
    expect(cross_entropy, [0.5, 0.25, 0.25], [0.0, 1.0]).to_be_refused(ValueError, because=refused)


@cross_entropy.hidden
def is_infinite_if_q_rules_out_what_happens(cross_entropy):
    """p > 0 with q = 0 gives inf, and only that does."""
    ruled_out = "if q_i is 0 and p_i is not, however small p_i may be, the cross-entropy is inf"
    expect(cross_entropy, [0.9, 0.1], [1.0, 0.0]).to_equal(math.inf, because=ruled_out)
    expect(cross_entropy, [0, 1e-9, 1 - 1e-9], [0, 0, 1]).to_equal(math.inf, because=ruled_out)
    expect(cross_entropy, [1.0, 1e-300], [1.0, 0.0]).to_equal(math.inf, because=ruled_out)
    expect(cross_entropy, [0, 1], (1, 0)).to_equal(math.inf, because=ruled_out)
    expect(cross_entropy, [0.2, 0.8], [1e-200, 1.0]).to_equal(40 * math.log(10), because=WEIGHTED)
    expect(cross_entropy, [1e-8, 1 - 1e-8], [5e-324, 1.0]).to_equal(1074e-8 * math.log(2), because=WEIGHTED)
    expect(cross_entropy, [1 - 1e-14, 1e-14], [1.0, 1e-300]).to_equal(3e-12 * math.log(10), because=WEIGHTED)


@cross_entropy.hidden
def tells_truth_from_prediction(cross_entropy):
    """H(p, q) and H(q, p) differ, and neither is below H(p, p)."""
    expect(cross_entropy, PREDICTION, TRUTH).to_equal(H_PREDICTION_TRUTH, because=WEIGHTED)
    expect(cross_entropy, TRUTH, TRUTH).to_equal(
        H_TRUTH_TRUTH,
        because=WEIGHTED,
    )
    expect(cross_entropy, [0.5, 0.5, 0], [0.25, 0.7, 0.05]).to_equal(
        math.log(2) + 0.5 * (math.log(10) - math.log(7)), because=WEIGHTED
    )
    # The logarithm of 1 is 0, and not a little more: no absolute tolerance.
    expect(cross_entropy, [0.0, 1.0], [0.0, 1.0]).to_equal(0, because=WEIGHTED, atol=0)


@cross_entropy.hidden
def takes_distributions_of_every_kind(cross_entropy):
    """Small ints, single precision, long vectors, equal entries, and entries that differ by very little."""
    ints = np.array([0, 1, 0], dtype=np.uint8)
    expect(cross_entropy, ints, np.array([0.25, 0.5, 0.25])).to_equal(math.log(2), because=WEIGHTED)
    single = np.array([0.25, 0.75], dtype=np.float32)
    expect(cross_entropy, [0.5, 0.5], single).to_equal(H_HALVES, because=WEIGHTED, rtol=SINGLE)
    expect(cross_entropy, single, np.array([0.5, 0.5], dtype=np.float32)).to_equal(
        math.log(2), because=WEIGHTED, rtol=SINGLE
    )
    expect(cross_entropy, [0.25, 0.25, 0.5], [0.1, 0.6, 0.3]).to_equal(
        0.25 * math.log(10) + 0.25 * math.log(5 / 3) + 0.5 * math.log(10 / 3), because=WEIGHTED
    )
    # Ten tenths add up to a little less than 1.
    expect(cross_entropy, [0.1] * 10, [0.1] * 10).to_equal(math.log(10), because=WEIGHTED)
    expect(cross_entropy, [1 / 2048] * 2048, [1 / 1024, 1 / 4096] * 1024).to_equal(
        11 * math.log(2), because=WEIGHTED
    )
    expect(cross_entropy, [1, 0], [1 - 2.0**-16, 2.0**-16]).to_equal(
        -math.log1p(-(2.0**-16)), because=WEIGHTED
    )


# The training loss ------------------------------------------------------------------------------------------
next_token_loss = Question(
    points=4,
    source="Example 7",
    meaning=(
        "Each row's one-hot sum has only one term left, so the training loss never looks at what the model"
        " gave to the other tokens. Softmax makes them pay all the same: what the target gains, they lose."
    ),
)

# Four positions over a vocabulary of three; no entry of a row equals another.
ROWS = [[0.5, 0.3, 0.2], [0.1, 0.85, 0.05], [0.02, 0.18, 0.8], [0.4, 0.35, 0.25]]
MEAN_SURPRISE = (
    "the mean over all rows t of -ln(P[t][targets[t]]), minus a natural logarithm of the probability as it is"
)
RULED_OUT = "the surprise of probability 0 is inf, and so is a mean that contains it"


@next_token_loss.check
def is_the_mean_surprise_of_the_targets(next_token_loss):
    """Example 7 as two positions: the first token comes, then the third."""
    both = [[0.7, 0.2, 0.1], [0.7, 0.2, 0.1]]
    expect(next_token_loss, both, [0, 2]).to_equal(
        (math.log(10 / 7) + math.log(10)) / 2,
        because=MEAN_SURPRISE,
    )
    expect(next_token_loss, [[0.7, 0.2, 0.1]], [1]).to_equal(math.log(5), because=MEAN_SURPRISE)


@next_token_loss.check
def takes_rows_and_targets_of_any_kind(next_token_loss):
    """Lists or arrays of any size, targets as a list, a tuple or an array."""
    expect(next_token_loss, np.array(ROWS), np.array([2, 0])[[0, 1, 0, 1]]).to_equal(
        (math.log(5) + math.log(10) + math.log(1.25) + math.log(2.5)) / 4,
        because=MEAN_SURPRISE,
    )
    expect(next_token_loss, [[0, 1], [0.5, 0.5]], (1, 0)).to_equal(math.log(2) / 2, because=MEAN_SURPRISE)
    expect(next_token_loss, [[1.0]], [0]).to_equal(0, because=MEAN_SURPRISE)


@next_token_loss.check
def refuses_rows_without_a_target(next_token_loss):
    """Not exactly one target per row: ValueError."""
    expect(next_token_loss, ROWS, [0, 1, 2, 0]).to_equal(
        (math.log(2) - math.log(0.85) - math.log(0.8) - math.log(0.4)) / 4,
        because=MEAN_SURPRISE,
    )
    expect(next_token_loss, ROWS, [0, 1, 2]).to_be_refused(ValueError)
    expect(next_token_loss, ROWS[:2], [0, 1, 2]).to_be_refused(ValueError)
    stretched = "numbers of rows and of targets that differ are refused, also if one of them is 1"
    expect(next_token_loss, ROWS, [1]).to_be_refused(ValueError, because=stretched)
    expect(next_token_loss, np.array(ROWS[:1]), np.array([1, 0])).to_be_refused(ValueError, because=stretched)


@next_token_loss.hidden
def looks_at_each_rows_own_target(next_token_loss):
    """What the model gives to the other tokens does not matter."""
    expect(next_token_loss, [[0.5, 0.3, 0.2], [0.1, 0.85, 0.05]], [1, 2]).to_equal(
        (math.log(10 / 3) + math.log(20)) / 2, because=MEAN_SURPRISE
    )
    expect(next_token_loss, [[0.6, 0.3, 0.1], [0.95, 0.0, 0.05]], [1, 2]).to_equal(
        (math.log(10 / 3) + math.log(20)) / 2, because=MEAN_SURPRISE
    )
    expect(next_token_loss, [[0.2, 0.3, 0.5], [0.4, 0.4, 0.2], [0.1, 0.2, 0.7]], [1, 1, 2]).to_equal(
        -math.log(0.3 * 0.4 * 0.7) / 3, because=MEAN_SURPRISE
    )
    expect(next_token_loss, [[0.7, 0.2, 0.1], [0.1, 0.5, 0.4]], [0, 2]).to_equal(
        (math.log(10 / 7) + math.log(2.5)) / 2, because=MEAN_SURPRISE
    )
    # Ten tenths add up to a little less than 1.
    expect(next_token_loss, [[0.1] * 10, [0.0] * 9 + [1.0]], [7, 9]).to_equal(
        math.log(10) / 2, because=MEAN_SURPRISE
    )
    # The logarithm of 1 is 0, and not a little more: no absolute tolerance.
    expect(next_token_loss, [[0.0, 1.0], [1.0, 0.0]], [1, 0]).to_equal(0, because=MEAN_SURPRISE, atol=0)


@next_token_loss.hidden
def takes_long_texts_and_large_vocabularies(next_token_loss):
    """Thousands of rows, hundreds of columns, single columns, ints of every type, single precision."""
    # More rows than Python keeps one object each of the small ints for: lengths are equal if == says so.
    expect(next_token_loss, [[0.3, 0.7 - t / 500, t / 500] for t in range(300)], [0] * 300).to_equal(
        math.log(10 / 3), because=MEAN_SURPRISE
    )
    # Their product is far below the smallest double, and their number far above what uint8 counts to.
    halves_and_quarters = np.repeat([[0.5, 0.5], [0.25, 0.75]], 1000, axis=0)
    expect(next_token_loss, halves_and_quarters, np.zeros(2000, dtype=np.uint8)).to_equal(
        1.5 * math.log(2), because=MEAN_SURPRISE
    )
    expect(next_token_loss, [[0.5, 0.5], [0.5, 0.5], [0.25, 0.75]], [0, 1, 0]).to_equal(
        4 / 3 * math.log(2), because=MEAN_SURPRISE
    )
    expect(next_token_loss, np.full((2, 400), 1 / 400), np.array([399, 0], dtype=np.int16)).to_equal(
        math.log(400), because=MEAN_SURPRISE
    )
    expect(next_token_loss, [[1.0], [1.0], [1.0]], np.zeros(3, dtype=np.uint8)).to_equal(
        0, because=MEAN_SURPRISE
    )
    expect(next_token_loss, np.array(ROWS[:3]), np.array([1, 0, 2], dtype=np.uint8)).to_equal(
        -(math.log(0.3) + math.log(0.1) + math.log(0.8)) / 3, because=MEAN_SURPRISE
    )
    expect(next_token_loss, np.array(ROWS, dtype=np.float32), (1, 0, 2, 1)).to_equal(
        -(math.log(0.3) + math.log(0.1) + math.log(0.8) + math.log(0.35)) / 4,
        because=MEAN_SURPRISE,
        rtol=SINGLE,
    )
    expect(next_token_loss, np.array([[0, 1], [1, 0]]), [1, 0]).to_equal(0, because=MEAN_SURPRISE)
    expect(next_token_loss, [[1 - 2.0**-16, 2.0**-16]] * 2, [0, 0]).to_equal(
        -math.log1p(-(2.0**-16)), because=MEAN_SURPRISE
    )


@next_token_loss.hidden
def is_infinite_once_a_target_is_ruled_out(next_token_loss):
    """One target of probability 0 makes the whole mean inf, and nothing else does."""
    expect(next_token_loss, [[0.5, 0.5, 0.0], [0.25, 0.25, 0.5]], [2, 0]).to_equal(
        math.inf, because=RULED_OUT
    )
    expect(next_token_loss, [[0.5, 0.5, 0.0], [0.0, 1e-100, 1.0]], [1, 1]).to_equal(
        (math.log(2) + 100 * math.log(10)) / 2, because=MEAN_SURPRISE
    )
    expect(next_token_loss, [[5e-324, 1.0]], [0]).to_equal(1074 * math.log(2), because=MEAN_SURPRISE)


@next_token_loss.hidden
def refuses_a_target_outside_the_vocabulary(next_token_loss):
    """A target that is negative or too large: IndexError, wherever it stands."""
    expect(next_token_loss, ROWS[1:3], [2, 0]).to_equal(
        (math.log(20) + math.log(50)) / 2,
        because=MEAN_SURPRISE,
    )
    large = "targets run from 0 to V - 1, with V the number of columns: IndexError for any other"
    expect(next_token_loss, ROWS[:2], [0, 3]).to_be_refused(IndexError, because=large)
    expect(next_token_loss, ROWS, [3, 1, 2, 0]).to_be_refused(IndexError, because=large)
    negative = "a negative target is refused too; Python and NumPy would count it from the end"
    expect(next_token_loss, ROWS[:2], [-1, 1]).to_be_refused(IndexError, because=negative)
    expect(next_token_loss, np.array(ROWS[:2]), np.array([1, -3])).to_be_refused(IndexError, because=negative)
    first = "what is refused is refused first, also if the loss is inf before the loop gets there"
    for targets, error in [([0, 2], IndexError), ([0, -1], IndexError), ([0], ValueError)]:
        expect(next_token_loss, [[0.0, 1.0], [0.5, 0.5]], targets).to_be_refused(error, because=first)


# The same from logits ---------------------------------------------------------------------------------------
loss_from_logits = Question(
    points=4,
    source="Chapter VII",
    meaning=(
        "Softmax first and the logarithm afterwards loses exactly the rows that matter most, those where the"
        " model is badly wrong. Log-sum-exp keeps them, and its slope stays finite (Chapter VIII)."
    ),
)

LOGITS = [[2.0, 1.0, 0.5], [0.3, -1.2, 2.5], [-0.4, 0.9, 0.1]]
# ln(sum_j exp(Z_tj)) - Z_(t, y_t), written out row by row.
LOSS_AT_2_0_1 = (
    (math.log(math.exp(2.0) + math.exp(1.0) + math.exp(0.5)) - 0.5)
    + (math.log(math.exp(0.3) + math.exp(-1.2) + math.exp(2.5)) - 0.3)
    + (math.log(math.exp(-0.4) + math.exp(0.9) + math.exp(0.1)) - 0.9)
) / 3
LOG_SUM = "the mean over all rows of ln(sum of the row's exponentials) minus the logit of the row's target"
LARGE = LOG_SUM + "; finite at any size if the row's own largest logit is taken off first"
ON_FLOATS = LOG_SUM + ", all of it on floats and not rounded"


@loss_from_logits.check
def is_the_loss_of_the_softmax(loss_from_logits):
    """The mean, over the rows, of ln(sum of exponentials) minus the target's logit."""
    expect(loss_from_logits, LOGITS, [2, 0, 1]).to_equal(LOSS_AT_2_0_1, because=LOG_SUM)
    expect(loss_from_logits, [[0.0, 0.0, 0.0]], [1]).to_equal(math.log(3), because=LOG_SUM)


@loss_from_logits.check
def takes_logits_of_any_kind(loss_from_logits):
    """Lists and arrays, ints and floats, a matrix that is not square, a vocabulary of one."""
    expect(loss_from_logits, np.array([[0, 1], [3, 0], [0, 0]]), (1, 0, 1)).to_equal(
        (math.log(1 + math.exp(-1)) + math.log(1 + math.exp(-3)) + math.log(2)) / 3, because=LOG_SUM
    )
    expect(loss_from_logits, np.array(LOGITS), np.array([2, 0, 1])).to_equal(LOSS_AT_2_0_1, because=LOG_SUM)
    expect(loss_from_logits, [[7], [-3]], np.array([0, 0])).to_equal(0, because=LOG_SUM)


@loss_from_logits.check
def refuses_logits_without_a_target(loss_from_logits):
    """Not exactly one target per row: ValueError."""
    expect(loss_from_logits, [[0.0, 1.0], [0.0, 2.0]], [0, 0]).to_equal(
        (math.log(1 + math.e) + math.log(1 + math.e**2)) / 2, because=LOG_SUM
    )
    expect(loss_from_logits, LOGITS, [0, 1]).to_be_refused(ValueError)
    expect(loss_from_logits, LOGITS[:2], [0, 1, 2]).to_be_refused(ValueError)
    stretched = "numbers of rows and of targets that differ are refused, also if one of them is 1"
    expect(loss_from_logits, LOGITS, [1]).to_be_refused(ValueError, because=stretched)
    expect(loss_from_logits, np.array(LOGITS[:1]), np.array([1, 0])).to_be_refused(
        ValueError, because=stretched
    )


@loss_from_logits.hidden
def stays_finite_for_large_logits(loss_from_logits):
    """Large logits of either sign, in one matrix, give the exact and finite loss."""
    expect(loss_from_logits, [[1000.0, 0.0, 0.0], [-1000.0, -1000.0, -1003.0]], [0, 2]).to_equal(
        (3 + math.log(2 + math.exp(-3))) / 2, because=LARGE
    )
    expect(loss_from_logits, [[1000.0, 0.0], [0.0, -1000.0], [1000.0, -1000.0]], [1, 1, 1]).to_equal(
        4000 / 3, because=LARGE
    )
    expect(loss_from_logits, [[1000.0, 1000.0, 0.0]], [2]).to_equal(1000 + math.log(2), because=LARGE)


@loss_from_logits.hidden
def stays_finite_wherever_the_largest_stands(loss_from_logits):
    """The largest logit first, last or in the middle, above 0 or below it."""
    expect(loss_from_logits, [[0.0, 720.0]], [0]).to_equal(720.0, because=LARGE)
    expect(loss_from_logits, [[0.0, 1000.0]], [0]).to_equal(1000.0, because=LARGE)
    expect(loss_from_logits, [[-1000.0, 0.0]], [1]).to_equal(0.0, because=LARGE)
    expect(loss_from_logits, [[0.0, 1000.0, 0.0, 0.0]], [1]).to_equal(0.0, because=LARGE)
    expect(loss_from_logits, [[-1000.0, 20000.0, 0.0], [0.0, 0.0, 0.0]], [0, 1]).to_equal(
        (21000 + math.log(3)) / 2, because=LARGE
    )
    # Two exponentials that fit, of a sum that does not; and two that are not 0, of two digits each.
    expect(loss_from_logits, [[709.5, 708.5], [-743.0, -744.0]], [1, 0]).to_equal(
        math.log1p(math.exp(-1)) + 0.5, because=LARGE
    )
    expect(loss_from_logits, [[-20000.0, -20001.0]], [1]).to_equal(
        math.log1p(math.exp(-1)) + 1, because=LARGE
    )
    expect(loss_from_logits, [[1000.0, 999.0, -1000.0]], [0]).to_equal(
        math.log1p(math.exp(-1)), because=LARGE
    )


@loss_from_logits.hidden
def ignores_a_constant_added_to_a_row(loss_from_logits):
    """A constant added to every logit of a row changes nothing, in few rows or in thousands."""
    shifted = [[102.0, 101.0, 100.5], [-39.7, -41.2, -37.5], [-0.4, 0.9, 0.1]]
    expect(loss_from_logits, shifted, [2, 0, 1]).to_equal(LOSS_AT_2_0_1, because=LOG_SUM)
    expect(loss_from_logits, [[2.0, 1.0, 0.5], [0.0, 0.0, 0.0]], [0, 2]).to_equal(
        (math.log(math.e**2 + math.e + math.e**0.5) - 2 + math.log(3)) / 2, because=LOG_SUM
    )
    # More rows than Python keeps one object each of the small ints for, and than a function may recur.
    many = [[z + c for z in row] for c in range(700) for row in LOGITS]
    expect(loss_from_logits, many, [2, 0, 1] * 700).to_equal(LOSS_AT_2_0_1, because=LOG_SUM)


@loss_from_logits.hidden
def takes_logits_of_every_type(loss_from_logits):
    """Ints of every type, single precision, a single column, over a thousand columns, a loss near 0."""
    expect(loss_from_logits, np.array([[0, 1, 3], [4, 0, 2]], dtype=np.uint8), [1, 2]).to_equal(
        (math.log(1 + math.e + math.e**3) - 1 + math.log(math.e**4 + 1 + math.e**2) - 2) / 2,
        because=ON_FLOATS,
    )
    expect(loss_from_logits, np.array([[100, -100], [-100, 100]], dtype=np.int8), [1, 1]).to_equal(
        100.0, because=ON_FLOATS
    )
    expect(
        loss_from_logits, np.array(LOGITS, dtype=np.float32), np.array([2, 0, 1], dtype=np.uint8)
    ).to_equal(LOSS_AT_2_0_1, because=ON_FLOATS, rtol=SINGLE)
    expect(loss_from_logits, np.zeros((3, 1200)), [1199, 0, 7]).to_equal(math.log(1200), because=ON_FLOATS)
    # More logits than uint8 counts to, and rows that only their targets tell apart.
    alike = np.repeat([[0.0, 2.0], [0.0, 2.0], [1.0, 1.0]], 100, axis=0)
    expect(loss_from_logits, alike, np.repeat([0, 1, 1], 100).astype(np.uint8)).to_equal(
        (2 * math.log(1 + math.e**2) - 2 + math.log(2)) / 3, because=ON_FLOATS
    )
    expect(loss_from_logits, [[1.5]], [0]).to_equal(0, because=ON_FLOATS)
    expect(loss_from_logits, [[0.0, -11.0], [11.0, 0.0]], [0, 0]).to_equal(
        math.log1p(math.exp(-11)), because=ON_FLOATS
    )
    expect(loss_from_logits, [[-24.0, 0.0]], [1]).to_equal(math.log1p(math.exp(-24)), because=ON_FLOATS)


@loss_from_logits.hidden
def refuses_a_target_that_has_no_logit(loss_from_logits):
    """A target that is negative or too large: IndexError, wherever it stands."""
    expect(loss_from_logits, [[1.0, 0.0, 1.0], [0.0, 0.0, 0.0]], [0, 2]).to_equal(
        (math.log(2 + math.exp(-1)) + math.log(3)) / 2, because=LOG_SUM
    )
    large = "targets run from 0 to V - 1, with V the number of columns: IndexError for any other"
    expect(loss_from_logits, LOGITS, [0, 3, 1]).to_be_refused(IndexError, because=large)
    expect(loss_from_logits, [[1.0, 0.0]] * 4, [2, 0, 1, 0]).to_be_refused(IndexError, because=large)
    negative = "a negative target is refused too; Python and NumPy would count it from the end"
    expect(loss_from_logits, LOGITS, [0, 1, -1]).to_be_refused(IndexError, because=negative)
    expect(loss_from_logits, np.array(LOGITS), np.array([-3, 1, 1])).to_be_refused(
        IndexError, because=negative
    )


# Perplexity -------------------------------------------------------------------------------------------------
perplexity = Question(
    points=2,
    source="Chapter VII",
    meaning=(
        "A loss of ln(V) is a perplexity of V, the blind guess. Because the mean is taken before the"
        " exponential, one bad token multiplies the perplexity by a factor instead of swamping it."
    ),
)
MEAN_FIRST = "average all the losses first, then exponentiate the mean: exp, and no rounding"


@perplexity.check
def is_the_exponential_of_the_mean(perplexity):
    """Losses of ln 2 and ln 8 average to ln 4."""
    expect(perplexity, [math.log(2), math.log(8)]).to_equal(4, because=MEAN_FIRST)
    expect(perplexity, [0.0]).to_equal(1, because=MEAN_FIRST)


@perplexity.check
def takes_losses_of_any_kind(perplexity):
    """A list, a tuple or an array, of ints or of floats; one loss or many."""
    expect(perplexity, (1, 3, 5)).to_equal(math.e**3, because=MEAN_FIRST)
    expect(perplexity, np.array([0.75, 0.25, 1.25])).to_equal(math.e**0.75, because=MEAN_FIRST)
    expect(perplexity, [0.7]).to_equal(math.e**0.7, because=MEAN_FIRST)


@perplexity.check
def refuses_to_average_nothing(perplexity):
    """No losses: ValueError."""
    expect(perplexity, [math.log(3)]).to_equal(3, because=MEAN_FIRST)
    expect(perplexity, []).to_be_refused(ValueError)
    expect(perplexity, np.array([])).to_be_refused(ValueError)


@perplexity.hidden
def is_the_number_of_equally_likely_tokens(perplexity):
    """A uniform guess has the size of the vocabulary as its perplexity, however many tokens are scored."""
    expect(perplexity, [math.log(50)] * 7).to_equal(50, because=MEAN_FIRST)
    expect(perplexity, [math.log(50)] * 3).to_equal(50, because=MEAN_FIRST)
    expect(perplexity, [0.0] * 1250 + [2.0] * 1250).to_equal(math.e, because=MEAN_FIRST)


@perplexity.hidden
def is_a_geometric_mean(perplexity):
    """Uneven losses: the root of the product of 1/p."""
    expect(perplexity, [-math.log(0.9), -math.log(0.02), -math.log(0.3)]).to_equal(
        (1 / (0.9 * 0.02 * 0.3)) ** (1 / 3), because=MEAN_FIRST
    )
    expect(perplexity, [3, 1, 1, 1]).to_equal(math.e**1.5, because=MEAN_FIRST)
    expect(perplexity, np.array([2, 0, 7, 0], dtype=np.uint8)).to_equal(math.e**2.25, because=MEAN_FIRST)
    # Their sum, 300, is beyond what an unsigned integer of 8 bits holds.
    expect(perplexity, np.array([200, 100, 0, 0], dtype=np.uint8)).to_equal(
        math.e**75,
        because_type="convert the losses to floats before adding them up: an integer of 8 bits wraps",
    )
    expect(perplexity, np.array([0.5, 0.25, 2.25], dtype=np.float32)).to_equal(
        math.e, because=MEAN_FIRST, rtol=SINGLE
    )


@perplexity.hidden
def keeps_very_small_and_very_large_losses(perplexity):
    """Losses next to 0, losses in the hundreds, and an infinite one."""
    expect(perplexity, [3e-7, 1e-7]).to_equal(1 + 2e-7 + 2e-14, because=MEAN_FIRST)
    expect(perplexity, [200.0, 40.0, 60.0]).to_equal(math.e**100, because=MEAN_FIRST)
    expect(perplexity, [0.25, math.inf, 1.0]).to_equal(
        math.inf, because="a token that was called impossible came: no number of tokens is as bad as that"
    )
    # exp of minus the sum is 0 in double precision.
    expect(perplexity, np.full(30, 50.0)).to_equal(math.e**50, because=MEAN_FIRST)


# By hand ----------------------------------------------------------------------------------------------------
loss_table = WorkedValue(
    points=1,
    source="Reference: loss and perplexity",
    numbers={"probabilities": [0.95, 0.50, 0.10, 0.01, 0.001]},
    tolerance=(0.01, 0.01) * 5,
    answer_as="five pairs (loss, perplexity), to two decimals, in that order",
    because=(
        "the loss is -ln(p); for a single prediction the perplexity is exp(-ln(p)), which has a shorter form"
    ),
    meaning=(
        "exp undoes ln, so the perplexity of a single prediction is 1/p: the number of options, had they all"
        " been as likely as this one."
    ),
)


@loss_table.draw
def five_other_probabilities(rng):
    # None of these stands in the chapter's text, its pictures or a public check.
    return {
        "probabilities": [
            rng.choice([0.92, 0.94, 0.96, 0.98, 0.99]),
            rng.choice([0.45, 0.55, 0.6, 0.625, 0.64]),
            rng.choice([0.12, 0.125, 0.15, 0.16, 0.24]),
            rng.choice([0.016, 0.024, 0.025, 0.03, 0.04]),
            rng.choice([0.0002, 0.0005, 0.0025, 0.004, 0.005]),
        ]
    }


exercise_15 = WorkedValue(
    points=1,
    source="Exercise 15",
    numbers={"p": 0.3},
    tolerance=(0.001, 0.01),
    answer_as="two numbers: the loss, to three decimals, and the perplexity, to two",
    because="minus the natural logarithm of the probability, then the exponential of that",
    meaning=(
        "The model was about as unsure as someone who chooses among that many equally likely tokens, though"
        " it may have had thousands to choose from."
    ),
)


@exercise_15.draw
def another_probability(rng):
    # None of these stands in the chapter's text, its pictures or a public check.
    return {"p": rng.choice([0.12, 0.15, 0.18, 0.22, 0.28, 0.35, 0.45, 0.55, 0.6, 0.65, 0.75, 0.85])}


exercise_16 = WorkedValue(
    points=1,
    source="Exercise 16",
    numbers={"loss": 2.0},
    tolerance=0.01,
    answer_as="a number, to two decimals",
    because="the loss is a mean already; its exponential is the perplexity",
    meaning="Each nat that training takes off the loss divides the perplexity by e, about 2.7.",
)


@exercise_16.draw
def another_mean_loss(rng):
    return {"loss": rng.choice([1.4, 1.5, 1.6, 1.8, 2.2, 2.4, 2.5, 2.6, 2.8, 3.1, 3.2, 3.4, 3.5])}


reading_7 = Reading(
    points=1,
    source="Notation: H(p, q)",
    numbers={"p": [0.5, 0.25, 0.8, 0.1], "t": 3},
    tolerance=(0.001, None, 0.001),
    answer_as="three numbers: L(θ), how many tokens x_<t holds, the log-likelihood",
    because="L is a mean and carries a minus sign; the log-likelihood is a plain sum; x_<t stops before t",
    meaning=(
        "One number twice: the log-likelihood is -T times the loss. A paper that maximizes the one and a"
        " paper that minimizes the other train the same model."
    ),
)


@reading_7.draw
def other_token_probabilities(rng):
    p = rng.choice(
        [
            [0.4, 0.5, 0.05, 0.8],
            [0.9, 0.2, 0.5, 0.25],
            [0.6, 0.1, 0.75, 0.3, 0.8],
            [0.2, 0.7, 0.35, 0.05, 0.9],
            [0.3, 0.6, 0.15],
            [0.8, 0.02, 0.45, 0.5],
        ]
    )
    return {"p": p, "t": rng.randint(2, len(p))}


# Domains ----------------------------------------------------------------------------------------------------

surprise.domain(
    p=one_of(
        {
            "a probability": numbers(ANY_PROBABILITIES),
            "a certainty": among(1, 1.0),
            "an impossible outcome": among(0, 0.0),
            "a probability next to 0": among(5e-324, 1e-300, 3e-100),
            "a probability next to 1": among(1 - 2.0**-53, 1 - 2.0**-36, 1 - 2.0**-20, 0.99998765),
        }
    )
)
surprise.refuses(
    ValueError,
    p=one_of(
        {
            "above 1": among(1.5, 2, 30, math.inf),
            "just above 1": among(1 + 2.0**-52, 1 + 1e-12, 1.000001),
            "below 0": among(-0.5, -1, -20),
            "just below 0": among(-5e-324, -1e-12, -1e-6),
        }
    ),
)


@cross_entropy.domain
def two_distributions(draw):
    n = draw(lengths())
    return {
        "p": draw(vectors(n, of=ANY_DISTRIBUTION, float32="exact")),
        "q": draw(vectors(n, of=ANY_DISTRIBUTION, float32="exact")),
    }


@cross_entropy.domain
def a_prediction_that_is_the_truth(draw):
    p = draw(vectors(of=ANY_DISTRIBUTION, float32="exact"))
    return {"p": p, "q": np.array(p, dtype=float)}


@cross_entropy.domain
def an_outcome_all_but_impossible(draw):
    """One that q rules out, however unlikely p says it is."""
    tiny = draw(among(1e-300, 1e-13, 1e-10))
    p, q = [1 - tiny, tiny, 0.0], draw(among([1.0, 0.0, 0.0], [0.5, 0.0, 0.5]))
    order = draw.rng.sample(range(3), 3)
    return {"p": [p[i] for i in order], "q": [q[i] for i in order]}


@cross_entropy.refuses(ValueError)
def distributions_of_two_lengths(draw):
    n = draw(lengths(high=40))
    more = n + draw(among(1, 2))
    sizes = draw(
        one_of({"q is longer": among((n, more), (1, more)), "p is longer": among((more, n), (more, 1))})
    )
    return {
        "p": draw(vectors(sizes[0], of=ANY_DISTRIBUTION, float32="exact")),
        "q": draw(vectors(sizes[1], of=ANY_DISTRIBUTION, float32="exact")),
    }


def token_numbers(draw, count, columns):
    """So many targets among so many columns, in whatever holds ints."""
    kinds = {
        "targets of any kind": [draw.rng.randrange(columns) for _ in range(count)],
        "the same target throughout": [draw.rng.randrange(columns)] * count,
        "the last column as the target": [columns - 1] * count,
        "the first column as the target": [0] * count,
    }
    return kinds[draw.kind("targets", dict.fromkeys(kinds, 1.0))]


def as_targets(draw, values):
    types = {"targets as int64": "int64", "targets as int32": "int32", "targets as int8": "int8"}
    if min(values, default=0) >= 0:
        types["targets as uint8"] = "uint8"
    kinds = {"targets as a list": 2.0, "targets as a tuple": 1.0, **dict.fromkeys(types, 0.7)}
    held = draw.kind("targets as", kinds)
    if held in types:
        return np.array(values, dtype=types[held])
    return tuple(values) if held == "targets as a tuple" else list(values)


def predictions(draw, m, n):
    return draw(matrices(m, n, of=ANY_DISTRIBUTION, float32="exact", mixed=True))


FINITE_LOGITS = without(ANY_LOGITS, "-inf among them")


def finite_logits(draw, m, n):
    return draw(matrices(m, n, of=FINITE_LOGITS, mixed=draw.rng.random() < 0.5))


@next_token_loss.domain
def predictions_and_targets(draw):
    m, n = draw(shapes())
    return {"probabilities": predictions(draw, m, n), "targets": as_targets(draw, token_numbers(draw, m, n))}


@loss_from_logits.domain
def logits_and_targets(draw):
    m, n = draw(shapes())
    return {"logits": finite_logits(draw, m, n), "targets": as_targets(draw, token_numbers(draw, m, n))}


@next_token_loss.domain
def predictions_alike(draw):
    n = draw(lengths(2, 5))
    row, other = (draw(vectors(n, of=ANY_DISTRIBUTION, float32="never")) for _ in range(2))
    rows = [list(map(float, it)) for it in (row, other, row)]
    return {"probabilities": rows, "targets": as_targets(draw, [*draw.rng.sample(range(n), 2), 0])}


@loss_from_logits.domain
def rows_alike(draw):
    n = draw(lengths(2, 5))
    row, other = (draw(vectors(n, of=FINITE_LOGITS, float32="never")) for _ in range(2))
    rows = [list(map(float, it)) for it in (row, other, row)]
    return {"logits": rows, "targets": as_targets(draw, [*draw.rng.sample(range(n), 2), 0])}


def another_count(draw, m):
    """A number of targets that is not the number of rows."""
    return draw.rng.choice([count for count in (0, 1, m - 1, m + 1, m + 2) if count not in (-1, m)])


def with_a_wrong_target(draw, targets, columns):
    wrong = {
        "a target one too large": [columns],
        "a target far too large": [columns + 3, 100],
        "a target just below 0": [-1],
        "a target far below 0": [-columns, -columns - 1],
    }
    label = draw.kind("wrong targets", dict.fromkeys(wrong, 1.0))
    targets[draw.rng.randrange(len(targets))] = draw.rng.choice(wrong[label])
    return targets


@next_token_loss.refuses(ValueError)
def predictions_and_another_number_of_targets(draw):
    m, n = draw(shapes())
    targets = as_targets(draw, token_numbers(draw, another_count(draw, m), n))
    return {"probabilities": predictions(draw, m, n), "targets": targets}


@next_token_loss.refuses(IndexError)
def predictions_and_a_target_outside_the_vocabulary(draw):
    m, n = draw(shapes())
    targets = with_a_wrong_target(draw, token_numbers(draw, m, n), n)
    return {"probabilities": predictions(draw, m, n), "targets": as_targets(draw, targets)}


@loss_from_logits.refuses(ValueError)
def logits_and_another_number_of_targets(draw):
    m, n = draw(shapes())
    targets = as_targets(draw, token_numbers(draw, another_count(draw, m), n))
    return {"logits": finite_logits(draw, m, n), "targets": targets}


@loss_from_logits.refuses(IndexError)
def logits_and_a_target_that_has_none(draw):
    m, n = draw(shapes())
    targets = with_a_wrong_target(draw, token_numbers(draw, m, n), n)
    return {"logits": finite_logits(draw, m, n), "targets": as_targets(draw, targets)}


LOSSES = {
    # Few and small, so that sums of them fit into any type of int.
    "whole numbers": lambda rng, n: [abs(x) if n <= 8 else abs(x) + 0.5 for x in whole_numbers(rng, n)],
    "many decimals": lambda rng, n: [abs(x) for x in many_decimals(rng, n)],
    "no loss at all": lambda rng, n: [0] * n,
    "equal losses": lambda rng, n: [rng.choice([0.75, 2, 3.5])] * n,
    "one large loss": lambda rng, n: [
        rng.choice([50.0, 120.5]),
        *(rng.randint(0, 8) / 8 for _ in range(n - 1)),
    ],
    "losses in the hundreds": lambda rng, n: [rng.randint(90, 120) + 0.5 for _ in range(n)],
    "an infinite loss": lambda rng, n: [*(rng.randint(0, 8) / 8 for _ in range(n - 1)), math.inf],
    "losses next to 0": lambda rng, n: [round(rng.uniform(1e-8, 9e-7), 16) for _ in range(n)],
}


@perplexity.domain
def losses(draw):
    return {"losses": draw(vectors(of=LOSSES))}


perplexity.refuses(ValueError, losses=empty_vectors())
