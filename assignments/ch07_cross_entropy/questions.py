"""Chapter VII: what is asked of surprise, cross-entropy, the training loss and perplexity."""

import math

import numpy as np

from autograder.course.question import Question, Reading, WorkedValue, expect
from solutions import ch07_cross_entropy as reference

# Surprise ---------------------------------------------------------------------------------------------------
surprise = Question(points=2, source="Example 7")


@surprise.check
def is_minus_the_natural_logarithm(surprise):
    """Example 7: probabilities 0.7 and 0.1."""
    expect(surprise, 0.7).to_equal(
        math.log(10 / 7), because="minus the natural logarithm: np.log and math.log are natural"
    )
    expect(surprise, 0.1).to_equal(math.log(10), because="minus the natural logarithm of the probability")


@surprise.check
def falls_to_nothing_for_a_certainty(surprise):
    """What is certain, p = 1, surprises by 0."""
    expect(surprise, 1).to_equal(0, because="ln(1) is 0, and 1 is a probability like any other")
    expect(surprise, 1.0).to_equal(0, because="ln(1) is 0, and 1 is a probability like any other")
    expect(surprise, 0.25).to_equal(2 * math.log(2), because="minus the natural logarithm of the probability")


@surprise.check
def refuses_what_is_no_probability(surprise):
    """Below 0 or above 1: ValueError."""
    expect(surprise, 0.6).to_equal(math.log(5 / 3), because="minus the natural logarithm of the probability")
    expect(surprise, 1.5).to_be_refused(ValueError)
    expect(surprise, -0.2).to_be_refused(ValueError)
    expect(surprise, 30).to_be_refused(ValueError)


@surprise.hidden
def is_infinite_for_the_impossible(surprise):
    """p = 0 gives inf, and no warning."""
    expect(surprise, 0).to_be_quiet().to_equal(
        math.inf,
        because=(
            "a probability of 0 is allowed; its surprise is infinite, neither an error nor a large number"
        ),
    )
    expect(surprise, 0.0).to_be_quiet().to_equal(
        math.inf, because="a probability of 0 is allowed; its surprise is infinite"
    )
    expect(surprise, 0.05).to_equal(math.log(20), because="minus the natural logarithm of the probability")


@surprise.hidden
def follows_the_logarithm_all_the_way_down(surprise):
    """Tiny probabilities keep their exact surprise, and independent surprises add up."""
    expect(surprise, 1e-300).to_equal(
        300 * math.log(10),
        because="nothing may be added to the probability, and it must not be raised to a smallest value",
    )
    expect(surprise, 0.3 * 1e-7).to_equal(
        math.log(10 / 3) + 7 * math.log(10),
        because="the surprise of two independent events is the sum of their surprises",
    )


@surprise.misconception(
    caught_by=is_minus_the_natural_logarithm,
    hint="This is the logarithm itself, which is negative for a probability. Surprise carries a minus sign.",
)
def forgets_the_minus_sign(p):
    if not 0 <= p <= 1:
        raise ValueError(f"p = {p}")
    return math.log(p) if p > 0 else -math.inf


@surprise.misconception(
    caught_by=is_minus_the_natural_logarithm,
    hint=(
        "This is a logarithm to base 2, surprise in bits. The loss of language models is in nats: np.log or"
        " math.log."
    ),
)
def counts_in_bits(p):
    if not 0 <= p <= 1:
        raise ValueError(f"p = {p}")
    return -math.log2(p) if p > 0 else math.inf


@surprise.misconception(
    caught_by=is_minus_the_natural_logarithm,
    hint="This is a logarithm to base 10. The natural logarithm is np.log or math.log.",
)
def counts_in_powers_of_ten(p):
    if not 0 <= p <= 1:
        raise ValueError(f"p = {p}")
    return -math.log10(p) if p > 0 else math.inf


@surprise.misconception(
    caught_by=is_minus_the_natural_logarithm,
    hint=(
        "1 - p is the probability that it does not happen, and never exceeds 1. Surprise is minus the"
        " logarithm of p."
    ),
)
def takes_the_probability_of_the_opposite(p):
    if not 0 <= p <= 1:
        raise ValueError(f"p = {p}")
    return 1 - p


@surprise.misconception(
    caught_by=is_infinite_for_the_impossible,
    hint=(
        "Raising p to a smallest value hides what matters: a model that gives 0 to what happens is infinitely"
        " surprised. Return inf."
    ),
)
def raises_a_zero_to_a_smallest_value(p):
    if not 0 <= p <= 1:
        raise ValueError(f"p = {p}")
    return -math.log(max(p, 1e-12))


@surprise.misconception(
    caught_by=[is_infinite_for_the_impossible, follows_the_logarithm_all_the_way_down],
    hint=(
        "Adding a little to p before the logarithm changes every answer, and makes the surprise at 0 finite."
        " Treat p = 0 by itself: it gives inf."
    ),
)
def adds_a_little_to_every_probability(p):
    if not 0 <= p <= 1:
        raise ValueError(f"p = {p}")
    return -math.log(p + 1e-10)


@surprise.misconception(
    caught_by=is_infinite_for_the_impossible,
    hint=(
        "0 is a probability, and math.log refuses it. Return math.inf for p = 0, or use np.log under"
        " np.errstate(divide='ignore')."
    ),
)
def has_no_answer_for_zero(p):
    if not 0 <= p <= 1:
        raise ValueError(f"p = {p}")
    return -math.log(p)


@surprise.misconception(
    caught_by=refuses_what_is_no_probability,
    hint="A probability lies between 0 and 1. Raise ValueError for anything else, before the logarithm.",
)
def takes_any_number(p):
    with np.errstate(all="ignore"):
        return float(-np.log(p))


@surprise.misconception(
    caught_by=falls_to_nothing_for_a_certainty,
    hint="0 and 1 are probabilities too: the comparison must let both ends in.",
)
def refuses_a_certainty(p):
    if p == 0:
        return math.inf
    if not 0 < p < 1:
        raise ValueError(f"p = {p}")
    return -math.log(p)


@surprise.alternative
def with_a_case_for_zero(p):
    if p < 0 or p > 1:
        raise ValueError(f"{p} is not a probability")
    if p == 0:
        return math.inf
    return -math.log(p)


@surprise.alternative
def as_a_numpy_scalar(p):
    if not (p >= 0 and p <= 1):
        raise ValueError("p must be from 0 to 1")
    return -np.log(np.float64(p)) if p else np.inf


@surprise.alternative
def by_way_of_bits(p):
    if not 0 <= p <= 1:
        raise ValueError(f"got {p}")
    return math.inf if p == 0 else abs(math.log2(p)) * math.log(2)


@surprise.alternative
def in_single_precision_above_its_range(p):
    # float32 has no number as small as 1e-300; what lies below its range is left in double precision.
    if not 0 <= p <= 1:
        raise ValueError(f"got {p}")
    if p == 0:
        return np.float32(np.inf)
    return -np.log(np.float32(p)) if p > 1e-30 else -math.log(p)


# Cross-entropy ----------------------------------------------------------------------------------------------
cross_entropy = Question(points=4, source="Notation: H(p, q)")

TRUTH = [0.5, 0.3, 0.2]
PREDICTION = [0.2, 0.7, 0.1]
# The same two, with the logarithms taken apart by hand: -ln(0.2) = ln 5, -ln(0.7) = ln 10 - ln 7, -ln(0.1) =
# ln 10.
H_TRUTH_PREDICTION = 0.5 * math.log(5) + 0.3 * (math.log(10) - math.log(7)) + 0.2 * math.log(10)
H_PREDICTION_TRUTH = 0.2 * math.log(2) + 0.7 * (math.log(10) - math.log(3)) + 0.1 * math.log(5)
H_TRUTH_TRUTH = 0.5 * math.log(2) + 0.3 * (math.log(10) - math.log(3)) + 0.2 * math.log(5)


@cross_entropy.check
def weighs_each_surprise_by_its_probability(cross_entropy):
    """Each outcome's surprise under q counts as often as it happens under p."""
    expect(cross_entropy, TRUTH, PREDICTION).to_equal(
        H_TRUTH_PREDICTION, because="weigh -ln(q_i) by p_i and add up: p outside the logarithm, q inside"
    )
    expect(cross_entropy, [0.25, 0.75], [0.5, 0.5]).to_equal(
        math.log(2), because="with equal q every surprise is ln(2), and so is their mean"
    )


@cross_entropy.check
def is_the_surprise_of_the_right_token(cross_entropy):
    """With all of p on one token, Example 7; lists, tuples, arrays and ints."""
    expect(cross_entropy, [1, 0, 0], [0.7, 0.2, 0.1]).to_equal(
        math.log(10 / 7), because="only the token with p = 1 has a term"
    )
    expect(cross_entropy, np.array([0.0, 0.0, 1.0]), (0.7, 0.2, 0.1)).to_equal(
        math.log(10), because="convert both with np.asarray(..., dtype=float)"
    )
    expect(cross_entropy, (1,), [1]).to_equal(0, because="a certainty that was predicted surprises by 0")
    expect(cross_entropy, [0, 1.0], [0.0, 1.0]).to_equal(
        0, because="a term with p = 0 adds 0, even where q = 0: leave it out, and take no logarithm of 0"
    )


@cross_entropy.check
def refuses_different_lengths(cross_entropy):
    """p and q of different lengths: ValueError."""
    expect(cross_entropy, [0.5, 0.5], [0.25, 0.75]).to_equal(
        1.5 * math.log(2) - 0.5 * math.log(1.5), because="weigh -ln(q_i) by p_i and add up"
    )
    expect(cross_entropy, [0.5, 0.5], [0.5, 0.25, 0.25]).to_be_refused(ValueError)
    expect(cross_entropy, [0.5, 0.25, 0.25], [0.5, 0.5]).to_be_refused(ValueError)
    expect(cross_entropy, [0.5, 0.5], [1.0]).to_be_refused(
        ValueError,
        because="NumPy stretches a vector of length 1 without a word: compare the lengths yourself",
    )


@cross_entropy.hidden
def leaves_out_what_cannot_happen(cross_entropy):
    """A term with p = 0 adds 0, even where q = 0."""
    expect(cross_entropy, [0.5, 0.0, 0.5], [0.25, 0.0, 0.75]).to_equal(
        1.5 * math.log(2) - 0.5 * math.log(1.5),
        because="0 * ln(0) is nan in floating point; leave the terms with p = 0 out of the sum",
    )
    expect(cross_entropy, [0, 1, 0, 0], [0.0, 0.4, 0.0, 0.6]).to_equal(
        math.log(2.5), because="leave the terms with p = 0 out of the sum"
    )


@cross_entropy.hidden
def is_infinite_where_q_rules_out_what_happens(cross_entropy):
    """p > 0 with q = 0 gives inf."""
    expect(cross_entropy, [0.9, 0.1], [1.0, 0.0]).to_equal(
        math.inf,
        because=(
            "what q calls impossible does happen, so the surprise is infinite: neither nan nor a large number"
        ),
    )
    expect(cross_entropy, [0, 0.001, 0.999], [0, 0, 1]).to_equal(
        math.inf, because="leave out the terms with p = 0, not the terms with q = 0"
    )
    expect(cross_entropy, [0.2, 0.8], [1e-200, 1.0]).to_equal(
        40 * math.log(10), because="a tiny probability is not 0, and must not be raised to a smallest value"
    )


@cross_entropy.hidden
def tells_truth_from_prediction(cross_entropy):
    """H(p, q) and H(q, p) differ, and neither is below H(p, p)."""
    expect(cross_entropy, PREDICTION, TRUTH).to_equal(
        H_PREDICTION_TRUTH, because="the first argument weighs, the second stands inside the logarithm"
    )
    expect(cross_entropy, TRUTH, TRUTH).to_equal(
        H_TRUTH_TRUTH,
        because="a perfect prediction still costs the entropy of p; it is 0 only where p is certain",
    )


@cross_entropy.misconception(
    caught_by=weighs_each_surprise_by_its_probability,
    hint="p and q have changed places: p weighs the terms, and q stands inside the logarithm.",
)
def swaps_the_distributions(p, q):
    return reference.cross_entropy(q, p)


@cross_entropy.misconception(
    caught_by=weighs_each_surprise_by_its_probability,
    hint="The terms are added up, not averaged: the p_i are the weights of a mean already.",
)
def averages_the_terms(p, q):
    return reference.cross_entropy(p, q) / len(p)


@cross_entropy.misconception(
    caught_by=weighs_each_surprise_by_its_probability,
    hint="The minus sign in front of the sum is missing: every ln(q_i) is negative.",
)
def leaves_the_sum_negative(p, q):
    return -reference.cross_entropy(p, q)


@cross_entropy.misconception(
    caught_by=weighs_each_surprise_by_its_probability,
    hint="This is a logarithm to base 2. Cross-entropy is in nats here: np.log or math.log.",
)
def sums_in_bits(p, q):
    return reference.cross_entropy(p, q) / math.log(2)


@cross_entropy.misconception(
    caught_by=weighs_each_surprise_by_its_probability,
    hint="Every surprise counts alike here. Multiply each -ln(q_i) by p_i before adding up.",
)
def leaves_out_the_weights(p, q):
    if len(p) != len(q):
        raise ValueError("lengths")
    with np.errstate(divide="ignore"):
        return float(-np.log(np.asarray(q, dtype=float)).sum())


@cross_entropy.misconception(
    caught_by=weighs_each_surprise_by_its_probability,
    hint="This is the entropy of q: p is not used. The weight in front of each logarithm is p_i.",
)
def weighs_the_prediction_by_itself(p, q):
    if len(p) != len(q):
        raise ValueError("lengths")
    return reference.cross_entropy(q, q)


@cross_entropy.misconception(
    caught_by=leaves_out_what_cannot_happen,
    hint=(
        "0 times ln(0) is 0 times minus infinity, which floating point calls nan. Leave the terms with p = 0"
        " out of the sum."
    ),
)
def multiplies_nothing_by_infinity(p, q):
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    if len(p) != len(q):
        raise ValueError("lengths")
    with np.errstate(all="ignore"):
        return float(-(p * np.log(q)).sum())


@cross_entropy.misconception(
    caught_by=is_infinite_where_q_rules_out_what_happens,
    hint=(
        "A little added inside the logarithm makes an infinite loss finite and shifts every other. Leave out"
        " the terms with p = 0 instead."
    ),
)
def adds_a_little_inside_the_logarithm(p, q):
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    if len(p) != len(q):
        raise ValueError("lengths")
    return float(-(p * np.log(q + 1e-12)).sum())


@cross_entropy.misconception(
    caught_by=is_infinite_where_q_rules_out_what_happens,
    hint=(
        "This leaves out the terms with q = 0. The ones to leave out have p = 0; p > 0 with q = 0 is"
        " infinite."
    ),
)
def leaves_out_what_q_rules_out(p, q):
    if len(p) != len(q):
        raise ValueError("lengths")
    return -math.fsum(a * math.log(b) for a, b in zip(p, q, strict=True) if b > 0)


@cross_entropy.misconception(
    caught_by=refuses_different_lengths,
    hint=(
        "zip stops at the end of the shorter list without a word. Compare the lengths first, and raise"
        " ValueError."
    ),
)
def stops_at_the_shorter(p, q):
    n = min(len(p), len(q))
    return reference.cross_entropy(p[:n], q[:n])


@cross_entropy.misconception(
    caught_by=refuses_different_lengths,
    hint=(
        "NumPy refuses most lengths that differ, and stretches a vector of length 1. Compare the lengths"
        " yourself, and raise ValueError."
    ),
)
def lets_numpy_stretch(p, q):
    return reference.cross_entropy(
        *np.broadcast_arrays(np.asarray(p, dtype=float), np.asarray(q, dtype=float))
    )


@cross_entropy.alternative
def pair_by_pair(p, q):
    if len(p) != len(q):
        raise ValueError(f"lengths {len(p)} and {len(q)}")
    total = 0.0
    for true, predicted in zip(p, q, strict=True):
        if true == 0:
            continue
        if predicted == 0:
            return math.inf
        total -= true * math.log(predicted)
    return total


@cross_entropy.alternative
def terms_by_np_where(p, q):
    p, q = np.array(p, dtype=float), np.array(q, dtype=float)
    if p.shape != q.shape:
        raise ValueError(f"shapes {p.shape} and {q.shape} differ")
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(p == 0, 0.0, -p * np.log(q)).sum()


@cross_entropy.alternative
def as_a_dot_product_of_the_possible(p, q):
    pairs = list(zip(p, q, strict=True))
    possible = [(a, b) for a, b in pairs if a]
    return (
        math.inf if any(b == 0 for _, b in possible) else math.fsum(a * math.log(1 / b) for a, b in possible)
    )


@cross_entropy.alternative
def entropy_and_divergence(p, q):
    # H(p, q) is the entropy of p plus the Kullback-Leibler divergence from q to p.
    if len(p) != len(q):
        raise ValueError("p and q differ in length")
    kept = [(a, b) for a, b in zip(p, q, strict=True) if a > 0]
    entropy = sum(-a * math.log(a) for a, _ in kept)
    return entropy + sum(a * (math.log(a) - math.log(b)) if b > 0 else math.inf for a, b in kept)


# The training loss ------------------------------------------------------------------------------------------
next_token_loss = Question(points=4, source="Example 7")

# Four positions over a vocabulary of three; no entry of a row equals another.
ROWS = [[0.5, 0.3, 0.2], [0.1, 0.85, 0.05], [0.02, 0.18, 0.8], [0.4, 0.35, 0.25]]


@next_token_loss.check
def is_the_mean_surprise_of_the_targets(next_token_loss):
    """Example 7 as two positions: the first token is right, then the third."""
    both = [[0.7, 0.2, 0.1], [0.7, 0.2, 0.1]]
    expect(next_token_loss, both, [0, 2]).to_equal(
        (math.log(10 / 7) + math.log(10)) / 2,
        because="one surprise a row, at that row's target; then their mean",
    )
    expect(next_token_loss, [[0.7, 0.2, 0.1]], [1]).to_equal(
        math.log(5), because="one row has one surprise; targets count from 0"
    )


@next_token_loss.check
def takes_rows_and_targets_of_any_kind(next_token_loss):
    """Lists or arrays of any size, targets as a tuple or an array."""
    expect(next_token_loss, np.array(ROWS), np.array([2, 0])[[0, 1, 0, 1]]).to_equal(
        (math.log(5) + math.log(10) + math.log(1.25) + math.log(2.5)) / 4,
        because="pick one entry a row: row t, column targets[t]",
    )
    expect(next_token_loss, [[0, 1], [0.5, 0.5]], (1, 0)).to_equal(
        math.log(2) / 2, because="a row of ints is a row of probabilities too"
    )
    expect(next_token_loss, [[1.0]], [0]).to_equal(0, because="a vocabulary of one token is certain")


@next_token_loss.check
def refuses_rows_without_a_target(next_token_loss):
    """Not one target a row: ValueError."""
    expect(next_token_loss, ROWS, [0, 1, 2, 0]).to_equal(
        (math.log(2) - math.log(0.85) - math.log(0.8) - math.log(0.4)) / 4,
        because="one surprise a row, then their mean",
    )
    expect(next_token_loss, ROWS, [0, 1, 2]).to_be_refused(ValueError)
    expect(next_token_loss, ROWS[:2], [0, 1, 2]).to_be_refused(ValueError)
    expect(next_token_loss, ROWS, [1]).to_be_refused(
        ValueError,
        because="NumPy stretches a vector of length 1 without a word: compare the lengths yourself",
    )


@next_token_loss.hidden
def looks_at_each_rows_own_target(next_token_loss):
    """What the model gives to the other tokens does not matter."""
    expect(next_token_loss, [[0.5, 0.3, 0.2], [0.1, 0.85, 0.05]], [1, 2]).to_equal(
        (math.log(10 / 3) + math.log(20)) / 2, because="row t, column targets[t]"
    )
    expect(next_token_loss, [[0.6, 0.3, 0.1], [0.95, 0.0, 0.05]], [1, 2]).to_equal(
        (math.log(10 / 3) + math.log(20)) / 2,
        because="the loss depends on the probabilities of the targets alone, be they the largest or not",
    )
    # More rows than Python keeps one object each of the small ints for: lengths are compared with !=, not
    # with `is not`.
    expect(next_token_loss, [[0.3, 0.7 - t / 500, t / 500] for t in range(300)], [0] * 300).to_equal(
        math.log(10 / 3),
        because=(
            "three hundred equal surprises have that surprise as their mean; lengths are equal where =="
            " says so"
        ),
    )


@next_token_loss.hidden
def is_infinite_once_a_target_is_ruled_out(next_token_loss):
    """One target of probability 0 makes the whole mean inf."""
    expect(next_token_loss, [[0.5, 0.5, 0.0], [0.25, 0.25, 0.5]], [2, 0]).to_equal(
        math.inf, because="the surprise of probability 0 is inf, and so is a mean that holds it"
    )
    expect(next_token_loss, [[0.5, 0.5, 0.0], [0.0, 1e-100, 1.0]], [1, 1]).to_equal(
        (math.log(2) + 100 * math.log(10)) / 2,
        because="nothing may be added to a probability, and a 0 that is no target does no harm",
    )


@next_token_loss.hidden
def refuses_a_target_outside_the_vocabulary(next_token_loss):
    """A target that is negative or too large: IndexError."""
    expect(next_token_loss, ROWS[1:3], [2, 0]).to_equal(
        (math.log(20) + math.log(50)) / 2,
        because="the last token of the vocabulary is a target like any other",
    )
    expect(next_token_loss, ROWS[:2], [0, 3]).to_be_refused(
        IndexError, because="over three tokens the largest target is 2; raise IndexError above it"
    )
    expect(next_token_loss, ROWS[:2], [-1, 1]).to_be_refused(
        IndexError,
        because="Python and NumPy take -1 to mean the last entry: look for negative targets yourself",
    )


@next_token_loss.misconception(
    caught_by=is_the_mean_surprise_of_the_targets,
    hint="This is the sum of the surprises. The loss is their mean: divide by the number of rows.",
)
def adds_up_the_surprises(probabilities, targets):
    return reference.next_token_loss(probabilities, targets) * len(targets)


@next_token_loss.misconception(
    caught_by=is_the_mean_surprise_of_the_targets,
    hint=(
        "This is the logarithm of a mean. Take each row's logarithm first, and the mean of those afterwards."
    ),
)
def takes_the_logarithm_of_the_mean(probabilities, targets):
    P, y = np.asarray(probabilities, dtype=float), list(targets)
    if len(P) != len(y):
        raise ValueError("lengths")
    if any(t < 0 for t in y):
        raise IndexError("negative")
    return float(-np.log(np.mean([P[i, t] for i, t in enumerate(y)])))


@next_token_loss.misconception(
    caught_by=[is_the_mean_surprise_of_the_targets, looks_at_each_rows_own_target],
    hint=(
        "This is the surprise at the token the model likes best. Look at the token that came: row t, column"
        " targets[t]."
    ),
)
def looks_at_the_likeliest_token(probabilities, targets):
    reference.next_token_loss(probabilities, targets)
    P = np.asarray(probabilities, dtype=float)
    return float(-np.log(P.max(axis=1)).mean())


@next_token_loss.misconception(
    caught_by=is_the_mean_surprise_of_the_targets,
    hint="Targets count from 0 here, as Python does: do not take 1 away.",
)
def counts_targets_from_one(probabilities, targets):
    P = np.asarray(probabilities, dtype=float)
    if len(P) != len(targets):
        raise ValueError("lengths")
    if min(targets) < 0:
        raise IndexError("negative")
    with np.errstate(divide="ignore"):
        return float(np.mean([-np.log(P[i, t - 1]) for i, t in enumerate(targets)]))


@next_token_loss.misconception(
    caught_by=[is_the_mean_surprise_of_the_targets, takes_rows_and_targets_of_any_kind],
    hint="Row and column have changed places. The row is the position t, the column the token targets[t].",
)
def swaps_row_and_column(probabilities, targets):
    P = np.asarray(probabilities, dtype=float)
    if len(P) != len(targets):
        raise ValueError("lengths")
    if min(targets) < 0:
        raise IndexError("negative")
    with np.errstate(divide="ignore"):
        return float(np.mean([-np.log(P[t, i]) for i, t in enumerate(targets)]))


@next_token_loss.misconception(
    caught_by=is_the_mean_surprise_of_the_targets,
    hint="This is a logarithm to base 2. The loss is in nats: np.log or math.log.",
)
def averages_bits(probabilities, targets):
    return reference.next_token_loss(probabilities, targets) / math.log(2)


@next_token_loss.misconception(
    caught_by=refuses_a_target_outside_the_vocabulary,
    hint=(
        "A target of -1 reads the last token's probability, since Python counts it from the end. Look for"
        " negative targets first, and raise IndexError."
    ),
)
def counts_a_negative_target_from_the_end(probabilities, targets):
    P = np.asarray(probabilities, dtype=float)
    if len(P) != len(targets):
        raise ValueError("lengths")
    with np.errstate(divide="ignore"):
        return float(-np.log(P[np.arange(len(P)), np.asarray(targets)]).mean())


@next_token_loss.misconception(
    caught_by=refuses_rows_without_a_target,
    hint=(
        "zip stops at the end of the shorter without a word. Compare the lengths first, and raise ValueError."
    ),
)
def scores_as_far_as_both_go(probabilities, targets):
    n = min(len(probabilities), len(targets))
    return reference.next_token_loss(probabilities[:n], targets[:n])


@next_token_loss.misconception(
    caught_by=refuses_rows_without_a_target,
    hint=(
        "NumPy raises an IndexError for lengths that differ, and uses a single target for every row. Compare"
        " the lengths yourself, and raise ValueError."
    ),
)
def leaves_the_lengths_to_numpy(probabilities, targets):
    P, y = np.asarray(probabilities, dtype=float), np.asarray(targets)
    if np.any(y < 0):
        raise IndexError("negative")
    with np.errstate(divide="ignore"):
        return float(-np.log(P[np.arange(len(P)), y]).mean())


@next_token_loss.misconception(
    caught_by=is_infinite_once_a_target_is_ruled_out,
    hint=(
        "Raising the probabilities to a smallest value makes an infinite loss finite. Take the logarithm of"
        " what the model gave."
    ),
)
def raises_small_probabilities(probabilities, targets):
    reference.next_token_loss(probabilities, targets)
    return reference.next_token_loss(np.maximum(np.asarray(probabilities, dtype=float), 1e-12), targets)


@next_token_loss.alternative
def one_row_at_a_time(probabilities, targets):
    if len(probabilities) != len(targets):
        raise ValueError(f"{len(probabilities)} rows and {len(targets)} targets")
    surprises = []
    for row, target in zip(probabilities, targets, strict=True):
        if target < 0 or target >= len(row):
            raise IndexError(f"target {target} of {len(row)}")
        surprises.append(math.inf if row[target] == 0 else -math.log(row[target]))
    return sum(surprises) / len(surprises)


@next_token_loss.alternative
def against_one_hot_rows(probabilities, targets):
    P = np.array(probabilities, dtype=float)
    T, V = P.shape
    if len(targets) != T:
        raise ValueError("one target a row")
    if not all(0 <= t < V for t in targets):
        raise IndexError("target outside the vocabulary")
    one_hot = np.eye(V)[np.array(targets)]
    with np.errstate(divide="ignore"):
        return np.mean(-np.log((P * one_hot).sum(axis=1)))


@next_token_loss.alternative
def picked_in_single_precision(probabilities, targets):
    # float32 has no number as small as 1e-100: the picked probabilities go back to double precision for the
    # logarithm.
    P = np.asarray(probabilities, dtype=float)
    if P.shape[0] != len(targets):
        raise ValueError("one target a row")
    if min(targets) < 0 or max(targets) >= P.shape[1]:
        raise IndexError("target outside the vocabulary")
    picked = np.take_along_axis(P, np.asarray(targets)[:, None], axis=1)
    with np.errstate(divide="ignore"):
        return np.float32(-np.log(picked).mean())


# The same from logits ---------------------------------------------------------------------------------------
loss_from_logits = Question(points=4, source="Chapter VII")

LOGITS = [[2.0, 1.0, 0.5], [0.3, -1.2, 2.5], [-0.4, 0.9, 0.1]]
# ln(sum_j exp(Z_tj)) - Z_(t, y_t), written out row by row.
LOSS_AT_2_0_1 = (
    (math.log(math.exp(2.0) + math.exp(1.0) + math.exp(0.5)) - 0.5)
    + (math.log(math.exp(0.3) + math.exp(-1.2) + math.exp(2.5)) - 0.3)
    + (math.log(math.exp(-0.4) + math.exp(0.9) + math.exp(0.1)) - 0.9)
) / 3


@loss_from_logits.check
def is_the_loss_of_the_softmax(loss_from_logits):
    """The mean, over the rows, of ln(sum of exponentials) minus the target's logit."""
    expect(loss_from_logits, LOGITS, [2, 0, 1]).to_equal(
        LOSS_AT_2_0_1,
        because=(
            "a row's loss is the log of its summed exponentials, minus the logit of its target; then the mean"
        ),
    )
    expect(loss_from_logits, [[0.0, 0.0, 0.0]], [1]).to_equal(
        math.log(3), because="three equal logits are three equal probabilities"
    )


@loss_from_logits.check
def takes_logits_of_any_kind(loss_from_logits):
    """Ints, arrays, a matrix that is not square, a vocabulary of one."""
    expect(loss_from_logits, np.array([[0, 1], [3, 0], [0, 0]]), (1, 0, 1)).to_equal(
        (math.log(1 + math.exp(-1)) + math.log(1 + math.exp(-3)) + math.log(2)) / 3,
        because="sum the exponentials along each row (axis=1), not down the columns",
    )
    expect(loss_from_logits, [[7], [-3]], np.array([0, 0])).to_equal(
        0, because="the only token there is has probability 1"
    )


@loss_from_logits.check
def refuses_logits_without_a_target(loss_from_logits):
    """Not one target a row: ValueError."""
    expect(loss_from_logits, [[0.0, 1.0], [0.0, 2.0]], [0, 0]).to_equal(
        (math.log(1 + math.e) + math.log(1 + math.e**2)) / 2, because="one loss a row, then their mean"
    )
    expect(loss_from_logits, LOGITS, [0, 1]).to_be_refused(ValueError)
    expect(loss_from_logits, LOGITS[:2], [0, 1, 2]).to_be_refused(ValueError)
    expect(loss_from_logits, LOGITS, [1]).to_be_refused(
        ValueError,
        because="NumPy stretches a vector of length 1 without a word: compare the lengths yourself",
    )


@loss_from_logits.hidden
def stays_finite_for_large_logits(loss_from_logits):
    """Logits of 1000 and -1000 in the same matrix give the exact, finite loss."""
    expect(loss_from_logits, [[1000.0, 0.0, 0.0], [-1000.0, -1000.0, -1003.0]], [0, 2]).to_equal(
        (3 + math.log(2 + math.exp(-3))) / 2,
        because="subtract each row's own largest logit before exponentiating",
    )
    expect(loss_from_logits, [[1000.0, 0.0], [0.0, -1000.0], [1000.0, -1000.0]], [1, 1, 1]).to_equal(
        4000 / 3,
        because=(
            "do not take the logarithm of a probability: it underflows to 0 here; stay with logarithms"
            " throughout"
        ),
    )


@loss_from_logits.hidden
def ignores_a_constant_added_to_a_row(loss_from_logits):
    """A constant added to every logit of a row changes nothing."""
    shifted = [[102.0, 101.0, 100.5], [-39.7, -41.2, -37.5], [-0.4, 0.9, 0.1]]
    expect(loss_from_logits, shifted, [2, 0, 1]).to_equal(
        LOSS_AT_2_0_1, because="the loss depends on differences of logits within a row alone"
    )
    # More rows than Python keeps one object each of the small ints for, as in next_token_loss.
    expect(
        loss_from_logits, [[z + c for z in row] for c in range(100) for row in LOGITS], [2, 0, 1] * 100
    ).to_equal(
        LOSS_AT_2_0_1, because="each row has a constant of its own here; lengths are equal where == says so"
    )


@loss_from_logits.hidden
def refuses_a_target_that_has_no_logit(loss_from_logits):
    """A target that is negative or too large: IndexError."""
    expect(loss_from_logits, [[1.0, 0.0, 1.0], [0.0, 0.0, 0.0]], [0, 2]).to_equal(
        (math.log(2 + math.exp(-1)) + math.log(3)) / 2, because="one loss a row, then their mean"
    )
    expect(loss_from_logits, LOGITS, [0, 3, 1]).to_be_refused(
        IndexError, because="over three logits the largest target is 2; raise IndexError above it"
    )
    expect(loss_from_logits, LOGITS, [0, 1, -1]).to_be_refused(
        IndexError,
        because="Python and NumPy take -1 to mean the last entry: look for negative targets yourself",
    )


@loss_from_logits.misconception(
    caught_by=is_the_loss_of_the_softmax,
    hint=(
        "This takes the logits for probabilities. They become probabilities by softmax; its logarithm is the"
        " formula above the question."
    ),
)
def takes_logits_for_probabilities(logits, targets):
    reference.loss_from_logits(logits, targets)
    with np.errstate(all="ignore"):
        return reference.next_token_loss(logits, targets)


@loss_from_logits.misconception(
    caught_by=stays_finite_for_large_logits,
    hint="exp(1000) overflows to infinity. Subtract each row's largest logit first: the loss stays the same.",
)
def exponentiates_the_logits_as_they_are(logits, targets):
    reference.loss_from_logits(logits, targets)
    Z, y = np.asarray(logits, dtype=float), np.asarray(targets)
    with np.errstate(all="ignore"):
        return float((np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y]).mean())


@loss_from_logits.misconception(
    caught_by=stays_finite_for_large_logits,
    hint=(
        "A stable softmax still underflows to 0 for a logit 1000 below the largest, and ln(0) is infinite."
        " Subtract logarithms instead."
    ),
)
def takes_the_logarithm_of_a_softmax(logits, targets):
    reference.loss_from_logits(logits, targets)
    Z = np.asarray(logits, dtype=float)
    weights = np.exp(Z - Z.max(axis=1, keepdims=True))
    return reference.next_token_loss(weights / weights.sum(axis=1, keepdims=True), targets)


@loss_from_logits.misconception(
    caught_by=stays_finite_for_large_logits,
    hint=(
        "One maximum for the whole matrix leaves a row far below it with a sum of exponentials of 0. Subtract"
        " each row's own: axis=1, keepdims=True."
    ),
)
def shifts_every_row_alike(logits, targets):
    reference.loss_from_logits(logits, targets)
    Z, y = np.asarray(logits, dtype=float), np.asarray(targets)
    Z = Z - Z.max()
    with np.errstate(all="ignore"):
        return float((np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y]).mean())


@loss_from_logits.misconception(
    caught_by=[is_the_loss_of_the_softmax, takes_logits_of_any_kind],
    hint="axis=0 sums down the columns, over positions. Each row is a distribution of its own: axis=1.",
)
def sums_over_the_positions(logits, targets):
    reference.loss_from_logits(logits, targets)
    Z, y = np.asarray(logits, dtype=float), np.asarray(targets)
    shifted = Z - Z.max(axis=0)
    return float((np.log(np.exp(shifted).sum(axis=0))[y] - shifted[np.arange(len(y)), y]).mean())


@loss_from_logits.misconception(
    caught_by=[is_the_loss_of_the_softmax, ignores_a_constant_added_to_a_row],
    hint=(
        "The largest logit was subtracted inside the logarithm alone. Take it from the target's logit too, or"
        " add it back to the logarithm."
    ),
)
def forgets_to_add_the_shift_back(logits, targets):
    reference.loss_from_logits(logits, targets)
    Z, y = np.asarray(logits, dtype=float), np.asarray(targets)
    log_totals = np.log(np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1))
    return float((log_totals - Z[np.arange(len(y)), y]).mean())


@loss_from_logits.misconception(
    caught_by=is_the_loss_of_the_softmax,
    hint="This is the sum over the rows. The loss is their mean: divide by the number of rows.",
)
def adds_up_the_rows(logits, targets):
    return reference.loss_from_logits(logits, targets) * len(targets)


@loss_from_logits.misconception(
    caught_by=refuses_a_target_that_has_no_logit,
    hint=(
        "A target of -1 reads the last logit, since Python counts it from the end. Look for negative targets"
        " first, and raise IndexError."
    ),
)
def reads_a_negative_target_from_the_end(logits, targets):
    width = len(logits[0])
    return reference.loss_from_logits(logits, [t + width if t < 0 else t for t in targets])


@loss_from_logits.misconception(
    caught_by=refuses_logits_without_a_target,
    hint=(
        "zip stops at the end of the shorter without a word. Compare the lengths first, and raise ValueError."
    ),
)
def reads_as_far_as_both_go(logits, targets):
    n = min(len(logits), len(targets))
    return reference.loss_from_logits(logits[:n], targets[:n])


@loss_from_logits.alternative
def one_row_of_logits_at_a_time(logits, targets):
    if len(logits) != len(targets):
        raise ValueError("one target a row")
    total = 0.0
    for row, target in zip(logits, targets, strict=True):
        if not 0 <= target < len(row):
            raise IndexError(f"target {target}")
        largest = max(row)
        total += largest + math.log(sum(math.exp(z - largest) for z in row)) - row[target]
    return total / len(targets)


@loss_from_logits.alternative
def by_logaddexp_along_rows(logits, targets):
    Z = np.array(logits, dtype=float)
    if Z.shape[0] != np.size(targets):
        raise ValueError("one target a row")
    if np.min(targets) < 0 or np.max(targets) >= Z.shape[1]:
        raise IndexError("target outside the vocabulary")
    log_probabilities = Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)
    return -np.mean(np.take_along_axis(log_probabilities, np.array(targets)[:, None], axis=1))


@loss_from_logits.alternative
def relative_to_the_targets_logit(logits, targets):
    # ln(sum_j exp(z_j)) - z_t = ln(sum_j exp(z_j - z_t)), accumulated pair by pair so that nothing overflows.
    if len(logits) != len(targets):
        raise ValueError("one target a row")
    losses = []
    for row, target in zip(logits, targets, strict=True):
        if target < 0 or target >= len(row):
            raise IndexError("target outside the vocabulary")
        loss = -math.inf
        for z in row:
            loss = np.logaddexp(loss, float(z) - float(row[target]))
        losses.append(loss)
    return np.float64(sum(losses) / len(losses))


@loss_from_logits.alternative
def logits_in_single_precision(logits, targets):
    Z = np.array(logits, dtype=np.float32)
    if len(Z) != len(targets):
        raise ValueError("one target a row")
    if any(t < 0 or t >= Z.shape[1] for t in targets):
        raise IndexError("target outside the vocabulary")
    Z = Z - Z.max(axis=1, keepdims=True)
    return (np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(Z)), np.array(targets)]).mean()


# Perplexity -------------------------------------------------------------------------------------------------
perplexity = Question(points=2, source="Chapter VII")


@perplexity.check
def is_the_exponential_of_the_mean(perplexity):
    """Losses of ln 2 and ln 8 average to ln 4."""
    expect(perplexity, [math.log(2), math.log(8)]).to_equal(
        4, because="average the losses first, then exponentiate the mean"
    )
    expect(perplexity, [0.0]).to_equal(
        1, because="a model that is never surprised wavers between one token and none"
    )


@perplexity.check
def takes_losses_of_any_kind(perplexity):
    """A tuple, an array or ints; one loss or many."""
    expect(perplexity, (1, 3, 5)).to_equal(math.e**3, because="the mean of 1, 3 and 5 is 3")
    expect(perplexity, np.array([2.5])).to_equal(math.sqrt(math.e**5), because="one loss is its own mean")


@perplexity.check
def refuses_to_average_nothing(perplexity):
    """No losses: ValueError."""
    expect(perplexity, [math.log(3)]).to_equal(3, because="exp undoes the logarithm")
    expect(perplexity, []).to_be_refused(ValueError)


@perplexity.hidden
def is_the_number_of_equally_likely_tokens(perplexity):
    """A uniform guess over 50 tokens has perplexity 50, however many tokens are scored."""
    expect(perplexity, [math.log(50)] * 7).to_equal(50, because="exp of the mean loss, natural both ways")
    expect(perplexity, [math.log(50)] * 3).to_equal(
        50, because="the length of the text must not matter: divide by the number of losses"
    )


@perplexity.hidden
def is_a_geometric_mean(perplexity):
    """Probabilities 0.9, 0.02 and 0.3: the cube root of the product of 1/p."""
    expect(perplexity, [-math.log(0.9), -math.log(0.02), -math.log(0.3)]).to_equal(
        (1 / (0.9 * 0.02 * 0.3)) ** (1 / 3), because="the mean is taken of the losses, before the exponential"
    )


@perplexity.misconception(
    caught_by=is_the_exponential_of_the_mean,
    hint=(
        "This averages the exponentials. Take the mean of the losses first, and the exponential of that mean."
    ),
)
def averages_the_exponentials(losses):
    if len(losses) == 0:
        raise ValueError("empty")
    return float(np.mean(np.exp(np.asarray(losses, dtype=float))))


@perplexity.misconception(
    caught_by=is_the_exponential_of_the_mean,
    hint=(
        "This exponentiates the sum. Divide by the number of losses first, or a long text looks worse than a"
        " short one."
    ),
)
def exponentiates_the_sum(losses):
    if len(losses) == 0:
        raise ValueError("empty")
    return math.exp(sum(losses))


@perplexity.misconception(
    caught_by=is_the_exponential_of_the_mean,
    hint="2 to the mean fits losses in bits. These are in nats, so the base is e: np.exp or math.exp.",
)
def raises_two_to_the_mean(losses):
    if len(losses) == 0:
        raise ValueError("empty")
    return 2.0 ** (sum(losses) / len(losses))


@perplexity.misconception(
    caught_by=is_the_exponential_of_the_mean, hint="This is the mean loss. Perplexity is its exponential."
)
def stops_at_the_mean(losses):
    if len(losses) == 0:
        raise ValueError("empty")
    return sum(losses) / len(losses)


@perplexity.misconception(
    caught_by=is_the_exponential_of_the_mean,
    hint="The losses carry their minus sign already. Another one turns the perplexity into the probability.",
)
def changes_the_sign_again(losses):
    if len(losses) == 0:
        raise ValueError("empty")
    return math.exp(-sum(losses) / len(losses))


@perplexity.misconception(
    caught_by=refuses_to_average_nothing,
    hint="An empty list has no mean: raise ValueError rather than returning a number for it.",
)
def calls_nothing_certain(losses):
    return reference.perplexity(losses) if len(losses) else 1.0


@perplexity.misconception(
    caught_by=refuses_to_average_nothing,
    hint=(
        "The mean of nothing is 0 / 0, which Python calls a ZeroDivisionError. Look for an empty list first,"
        " and raise ValueError."
    ),
)
def divides_by_no_losses(losses):
    return math.exp(sum(losses) / len(losses))


@perplexity.alternative
def sum_over_length(losses):
    if len(losses) == 0:
        raise ValueError("no losses")
    return math.exp(math.fsum(losses) / len(losses))


@perplexity.alternative
def product_of_roots(losses):
    # exp(mean) is the product of exp(loss / n).
    n = len(losses)
    if n < 1:
        raise ValueError("no losses")
    result = 1.0
    for loss in losses:
        result *= math.e ** (loss / n)
    return result


@perplexity.alternative
def perplexity_in_single_precision(losses):
    losses = np.array(losses, dtype=np.float32)
    if losses.shape == (0,):
        raise ValueError("no losses")
    return np.exp(np.mean(losses))


@perplexity.alternative
def as_numpy_gives_it(losses):
    if not len(losses):
        raise ValueError("no losses")
    return np.exp(np.average(losses))


# By hand ----------------------------------------------------------------------------------------------------
loss_table = WorkedValue(
    points=1,
    source="Reference: loss and perplexity",
    numbers={"probabilities": [0.95, 0.50, 0.10, 0.01, 0.001]},
    tolerance=(0.01, 0.01) * 5,
    answer_as=(
        "a list of five pairs (loss, perplexity), all to two decimals, in the order of the probabilities"
    ),
    because=(
        "the loss is -ln(p); for a single prediction the perplexity is exp(-ln(p)), which has a shorter form"
    ),
)


@loss_table.draw
def five_other_probabilities(rng):
    return {
        "probabilities": [
            rng.choice([0.9, 0.92, 0.96, 0.98, 0.99]),
            rng.choice([0.45, 0.55, 0.6, 0.625, 0.64]),
            rng.choice([0.12, 0.125, 0.15, 0.16, 0.24]),
            rng.choice([0.016, 0.025, 0.03, 0.04, 0.05]),
            rng.choice([0.0002, 0.0005, 0.002, 0.004, 0.005]),
        ]
    }


@loss_table.misconception(
    hint="These losses are logarithms to base 2. The natural logarithm is np.log or math.log."
)
def table_in_bits(probabilities):
    return [(-math.log2(p), 1 / p) for p in probabilities]


@loss_table.misconception(
    hint="These losses are logarithms to base 10. The natural logarithm is np.log or math.log."
)
def table_in_powers_of_ten(probabilities):
    return [(-math.log10(p), 1 / p) for p in probabilities]


@loss_table.misconception(hint="In each pair the loss comes first, and the perplexity second.")
def table_with_the_columns_swapped(probabilities):
    return [(1 / p, -math.log(p)) for p in probabilities]


@loss_table.misconception(
    hint=(
        "The perplexity is exp of the loss, not of minus the loss: exp(ln(p)) is the probability you started"
        " from."
    )
)
def table_of_probabilities(probabilities):
    return [(-math.log(p), p) for p in probabilities]


@loss_table.misconception(
    hint=(
        "The losses were rounded before the exponential, which magnifies the rounding. Take exp of the"
        " unrounded loss, or 1/p at once."
    )
)
def table_from_rounded_losses(probabilities):
    return [(round(-math.log(p), 2), math.exp(round(-math.log(p), 2))) for p in probabilities]


@loss_table.alternative
def table_as_the_primer_rounds_it(probabilities):
    return [[round(-math.log(p), 2), round(1 / p, 2)] for p in probabilities]


@loss_table.alternative
def table_as_an_array(probabilities):
    return np.array([(-math.log(p), 1 / p) for p in probabilities])


@loss_table.alternative
def table_of_tuples(probabilities):
    return tuple((-np.log(p), np.exp(-np.log(p))) for p in probabilities)


exercise_15 = WorkedValue(
    points=1,
    source="Exercise 15",
    numbers={"p": 0.3},
    tolerance=(0.001, 0.01),
    answer_as="two numbers: the loss, to three decimals, and the perplexity, to two",
    because="minus the natural logarithm of the probability, then the exponential of that",
)


@exercise_15.draw
def another_probability(rng):
    return {"p": rng.choice([0.12, 0.15, 0.18, 0.22, 0.28, 0.35, 0.45, 0.55, 0.6, 0.65, 0.75, 0.85])}


@exercise_15.misconception(
    hint="This is the surprise at any other token. The loss looks at the probability of the token that came."
)
def surprise_at_the_opposite(p):
    return [-math.log(1 - p), 1 / (1 - p)]


@exercise_15.misconception(
    hint="The minus sign is missing: this loss is negative, and its exponential the probability itself."
)
def loss_below_zero(p):
    return [math.log(p), p]


@exercise_15.misconception(
    hint="The loss is right, and the perplexity is 2 to that power. The loss is in nats, so the base is e."
)
def perplexity_to_base_two(p):
    return [-math.log(p), 2 ** -math.log(p)]


@exercise_15.misconception(
    hint="This loss is a logarithm to base 2. The natural logarithm is np.log or math.log."
)
def loss_in_bits(p):
    return [-math.log2(p), 1 / p]


@exercise_15.misconception(hint="The two are the other way round: the loss comes first.")
def perplexity_before_loss(p):
    return [1 / p, -math.log(p)]


@exercise_15.alternative
def loss_and_perplexity_rounded(p):
    return (round(-math.log(p), 3), round(1 / p, 2))


@exercise_15.alternative
def perplexity_from_the_rounded_loss(p):
    # exp magnifies half a thousandth of the loss by 1/p, which is below one unit of the second decimal here.
    loss = round(-math.log(p), 3)
    return np.array([loss, math.exp(loss)])


exercise_16 = WorkedValue(
    points=1,
    source="Exercise 16",
    numbers={"loss": 2.0},
    tolerance=0.01,
    answer_as="a number, to two decimals",
    because="the loss is a mean already; its exponential is the perplexity",
)


@exercise_16.draw
def another_mean_loss(rng):
    return {"loss": rng.choice([1.4, 1.5, 1.6, 1.8, 2.2, 2.4, 2.5, 2.6, 2.8, 3.1, 3.2, 3.4, 3.5])}


@exercise_16.misconception(hint="2 to the loss fits a loss in bits. This one is in nats: exp.")
def two_to_the_loss(loss):
    return 2**loss


@exercise_16.misconception(
    hint=(
        "This is exp of minus the loss: the probability, in the geometric mean, of the tokens that came."
        " Perplexity is one over it."
    )
)
def probability_for_perplexity(loss):
    return math.exp(-loss)


@exercise_16.misconception(hint="10 to the loss fits logarithms to base 10. This loss is in nats: exp.")
def ten_to_the_loss(loss):
    return 10**loss


@exercise_16.alternative
def perplexity_to_two_decimals(loss):
    return round(math.exp(loss), 2)


@exercise_16.alternative
def perplexity_as_a_numpy_number(loss):
    return np.exp(np.float64(loss))


reading_7 = Reading(
    points=1,
    source="Notation: H(p, q)",
    numbers={"p": [0.5, 0.25, 0.8, 0.1], "t": 3},
    tolerance=(0.001, None, 0.001),
    answer_as=(
        "three numbers: L(θ) to three decimals, how many tokens are in x_<t, the log-likelihood to three"
    ),
    because=(
        "L is a mean and carries a minus sign; the log-likelihood is a plain sum; x_<t stops before t, and"
        " papers count from 1"
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


@reading_7.misconception(hint="1/T makes L a mean: divide the sum of the surprises by the number of tokens.")
def reads_no_mean(p, t):
    total = sum(math.log(x) for x in p)
    return [-total, t - 1, total]


@reading_7.misconception(
    hint="x_<t holds the tokens strictly before position t: t itself is the one to be predicted."
)
def counts_the_token_itself(p, t):
    total = sum(math.log(x) for x in p)
    return [-total / len(p), t, total]


@reading_7.misconception(hint="log in these papers is the natural logarithm, not the one to base 10.")
def reads_log_as_base_ten(p, t):
    total = sum(math.log10(x) for x in p)
    return [-total / len(p), t - 1, total]


@reading_7.misconception(
    hint="The log-likelihood has no minus sign in front: it is a sum of negative numbers, and so is negative."
)
def drops_the_sign_of_the_likelihood(p, t):
    total = sum(math.log(x) for x in p)
    return [-total / len(p), t - 1, -total]


@reading_7.misconception(
    hint=(
        "The loss is the mean of -ln(p), not the mean of the probabilities: the logarithm comes before the"
        " sum."
    )
)
def takes_ln_of_the_mean(p, t):
    return [-math.log(sum(p) / len(p)), t - 1, sum(math.log(x) for x in p)]


@reading_7.alternative
def objective_by_the_product(p, t):
    likelihood = math.prod(p)
    return (round(-math.log(likelihood) / len(p), 3), t - 1, round(math.log(likelihood), 3))


@reading_7.alternative
def objective_as_an_array(p, t):
    return np.array([-np.log(p).mean(), t - 1, np.log(p).sum()])
