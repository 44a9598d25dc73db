"""Chapter VII: wrong answers as people write them, and right ones of another kind."""

import math

import numpy as np
from questions import (
    cross_entropy,
    exercise_15,
    exercise_16,
    loss_from_logits,
    loss_table,
    next_token_loss,
    perplexity,
    reading_7,
    surprise,
)

from solutions import ch07_cross_entropy as reference

# Surprise ---------------------------------------------------------------------------------------------------
surprise.misconception_by_edit(
    "forgets_the_minus_sign",
    reference.surprise,
    {"float(0.0 - np.log(float(p)))": "float(np.log(float(p)))"},
    caught_by="is_minus_the_natural_logarithm",
    hint="This is the logarithm itself, which is negative for a probability. Surprise carries a minus sign.",
)
surprise.misconception_by_edit(
    "counts_in_bits",
    reference.surprise,
    {"np.log(float(p))": "np.log2(float(p))"},
    caught_by="is_minus_the_natural_logarithm",
    hint=(
        "This is a logarithm to base 2, surprise in bits. The loss of language models is in nats: np.log or"
        " math.log."
    ),
)
surprise.misconception_by_edit(
    "counts_in_powers_of_ten",
    reference.surprise,
    {"np.log(float(p))": "np.log10(float(p))"},
    caught_by="is_minus_the_natural_logarithm",
    hint="This is a logarithm to base 10. The natural logarithm is np.log or math.log.",
)
surprise.misconception_by_edit(
    "takes_the_probability_of_the_opposite",
    reference.surprise,
    {"0.0 - np.log(float(p))": "1 - p"},
    caught_by="is_minus_the_natural_logarithm",
    hint="1 - p is the probability that it does not happen, and never exceeds 1. Surprise is -ln(p).",
)
surprise.misconception_by_edit(
    "raises_a_zero_to_a_smallest_value",
    reference.surprise,
    {"np.log(float(p))": "np.log(max(float(p), 1e-12))"},
    caught_by=["is_infinite_for_the_impossible", "follows_the_logarithm_to_either_end"],
    hint=(
        "A smallest value hides what matters: a model that gives 0 to what happens is infinitely surprised."
        " Return inf."
    ),
)
surprise.misconception_by_edit(
    "adds_a_little_to_every_probability",
    reference.surprise,
    {"np.log(float(p))": "np.log(float(p) + 1e-10)"},
    caught_by=["is_infinite_for_the_impossible", "follows_the_logarithm_to_either_end"],
    hint=(
        "A little added to p changes every answer and makes the surprise at 0 finite. Treat p = 0 by itself:"
        " inf."
    ),
)


@surprise.misconception(
    caught_by="is_infinite_for_the_impossible",
    hint=(
        "0 is a probability, and math.log refuses it. Return math.inf for p = 0, or use np.log under"
        " np.errstate."
    ),
)
def has_no_answer_for_zero(p):
    if not 0 <= p <= 1:
        raise ValueError(f"p = {p}")
    return -math.log(p)


surprise.misconception_by_edit(
    "takes_any_number",
    reference.surprise,
    {"not 0 <= p <= 1": "False", 'divide="ignore"': 'all="ignore"'},
    caught_by="refuses_what_is_no_probability",
    hint="A probability lies between 0 and 1. Raise ValueError for anything else, before the logarithm.",
)
surprise.misconception_by_edit(
    "refuses_a_certainty",
    reference.surprise,
    {"not 0 <= p <= 1": "not 0 <= p < 1"},
    caught_by="falls_to_nothing_for_a_certainty",
    hint="0 and 1 are probabilities too: the comparison has to let both ends in.",
)
surprise.misconception_by_edit(
    "lets_a_little_more_pass",
    reference.surprise,
    {
        "not 0 <= p <= 1": "not -1e-9 <= p <= 1 + 1e-9",
        "np.log(float(p))": "np.log(min(max(float(p), 0.0), 1.0))",
    },
    caught_by="draws_the_line_where_it_is",
    hint="The range ends at 0 and at 1 exactly. Compare with these two, without a margin.",
)


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
@cross_entropy.misconception(
    caught_by="weights_each_surprise_by_its_probability",
    hint="p and q have changed places: p weights the terms, and q stands inside the logarithm.",
)
def swaps_the_distributions(p, q):
    return reference.cross_entropy(q, p)


@cross_entropy.misconception(
    caught_by="weights_each_surprise_by_its_probability",
    hint="The terms are added up, not averaged: the p_i are the weights of a mean already.",
)
def averages_the_terms(p, q):
    return reference.cross_entropy(p, q) / len(p)


@cross_entropy.misconception(
    caught_by="weights_each_surprise_by_its_probability",
    hint="The minus sign in front of the sum is missing: every ln(q_i) is negative.",
)
def leaves_the_sum_negative(p, q):
    return -reference.cross_entropy(p, q)


@cross_entropy.misconception(
    caught_by="weights_each_surprise_by_its_probability",
    hint="This is a logarithm to base 2. Cross-entropy is in nats here: np.log or math.log.",
)
def sums_in_bits(p, q):
    return reference.cross_entropy(p, q) / math.log(2)


cross_entropy.misconception_by_edit(
    "leaves_out_the_weights",
    reference.cross_entropy,
    {"p[happens] * np.log(q[happens])": "np.log(q)"},
    caught_by="weights_each_surprise_by_its_probability",
    hint="Every surprise counts alike here. Multiply each -ln(q_i) by p_i before adding up.",
)
cross_entropy.misconception_by_edit(
    "weights_the_prediction_by_itself",
    reference.cross_entropy,
    {"happens = p > 0": "happens = q > 0", "p[happens] * np": "q[happens] * np"},
    caught_by="weights_each_surprise_by_its_probability",
    hint="This is the entropy of q: p is not used. The weight in front of each logarithm is p_i.",
)


@cross_entropy.misconception(
    caught_by="weights_each_surprise_by_its_probability",
    hint="This is the divergence. Cross-entropy has no p inside the logarithm: -sum p_i ln(q_i).",
)
def takes_the_divergence(p, q):
    return reference.cross_entropy(p, q) - reference.cross_entropy(p, p)


cross_entropy.misconception_by_edit(
    "multiplies_nothing_by_infinity",
    reference.cross_entropy,
    {"p[happens] * np.log(q[happens])": "p * np.log(q)", 'divide="ignore"': 'all="ignore"'},
    caught_by="leaves_out_what_cannot_happen",
    hint="0 times ln(0) is nan in floating point. Leave the terms with p = 0 out of the sum.",
)
cross_entropy.misconception_by_edit(
    "adds_a_little_inside_the_logarithm",
    reference.cross_entropy,
    {"np.log(q[happens])": "np.log(q[happens] + 1e-12)"},
    caught_by="is_infinite_if_q_rules_out_what_happens",
    hint=(
        "A little added inside the logarithm makes an infinite loss finite. Leave out the terms with p = 0"
        " instead."
    ),
)
cross_entropy.misconception_by_edit(
    "leaves_out_what_q_rules_out",
    reference.cross_entropy,
    {"happens = p > 0": "happens = q > 0"},
    caught_by="is_infinite_if_q_rules_out_what_happens",
    hint=(
        "This leaves out the terms with q = 0. The ones to leave out have p = 0; p > 0 with q = 0 is"
        " infinite."
    ),
)
cross_entropy.misconception_by_edit(
    "takes_a_small_p_for_zero",
    reference.cross_entropy,
    {"happens = p > 0": "happens = p > 1e-6"},
    caught_by="is_infinite_if_q_rules_out_what_happens",
    hint="A small p is not 0: leave out the terms with p = 0, and no others.",
)


@cross_entropy.misconception(
    caught_by="refuses_different_lengths",
    hint=(
        "zip stops at the end of the shorter vector without a word. Compare the lengths first, and raise"
        " ValueError."
    ),
)
def stops_at_the_shorter(p, q):
    n = min(len(p), len(q))
    return reference.cross_entropy(p[:n], q[:n])


@cross_entropy.misconception(
    caught_by="refuses_different_lengths",
    hint="NumPy refuses most lengths that differ, but stretches a length of 1. Compare the lengths yourself.",
)
def lets_numpy_stretch(p, q):
    return reference.cross_entropy(
        *np.broadcast_arrays(np.asarray(p, dtype=float), np.asarray(q, dtype=float))
    )


@cross_entropy.misconception(
    caught_by="leaves_out_what_cannot_happen",
    hint="This writes into the caller's own arrays. Copy them first: np.array(q, dtype=float).",
)
def writes_ones_into_the_prediction(p, q):
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    if p.shape != q.shape:
        raise ValueError("lengths")
    q[p == 0] = 1
    with np.errstate(divide="ignore"):
        return float(-(p * np.log(q)).sum())


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
    # -ln(b) and not ln(1 / b), which overflows for the smallest numbers.
    return math.inf if any(b == 0 for _, b in possible) else -math.fsum(a * math.log(b) for a, b in possible)


@cross_entropy.alternative
def entropy_and_divergence(p, q):
    if len(p) != len(q):
        raise ValueError("p and q differ in length")
    kept = [(a, b) for a, b in zip(p, q, strict=True) if a > 0]
    entropy = sum(-a * math.log(a) for a, _ in kept)
    return entropy + sum(a * (math.log(a) - math.log(b)) if b > 0 else math.inf for a, b in kept)


@cross_entropy.alternative
def in_the_precision_it_is_given(p, q):
    p, q = np.asarray(p), np.asarray(q)
    if p.shape != q.shape:
        raise ValueError(f"{p.shape} and {q.shape}")
    q = q[p > 0]
    return float("inf") if (q == 0).any() else float(-np.dot(p[p > 0], np.log(q)))


# The training loss ------------------------------------------------------------------------------------------
@next_token_loss.misconception(
    caught_by="is_the_mean_surprise_of_the_targets",
    hint="This is the sum of the surprises. The loss is their mean: divide by the number of rows.",
)
def adds_up_the_surprises(probabilities, targets):
    return reference.next_token_loss(probabilities, targets) * len(targets)


next_token_loss.misconception_by_edit(
    "takes_the_logarithm_of_the_mean",
    reference.next_token_loss,
    {"np.log(P[np.arange(len(y)), y]).mean()": "np.log(P[np.arange(len(y)), y].mean())"},
    caught_by="is_the_mean_surprise_of_the_targets",
    hint=(
        "This is the logarithm of a mean. Take each row's logarithm first, and the mean of those afterwards."
    ),
)


@next_token_loss.misconception(
    caught_by=["is_the_mean_surprise_of_the_targets", "looks_at_each_rows_own_target"],
    hint=(
        "This is the surprise at the token the model likes best. Look at the one that came: row t, column"
        " targets[t]."
    ),
)
def looks_at_the_likeliest_token(probabilities, targets):
    reference.next_token_loss(probabilities, targets)
    P = np.asarray(probabilities, dtype=float)
    return float(-np.log(P.max(axis=1)).mean())


next_token_loss.misconception_by_edit(
    "counts_targets_from_one",
    reference.next_token_loss,
    {"P[np.arange(len(y)), y]": "P[np.arange(len(y)), y - 1]"},
    caught_by="is_the_mean_surprise_of_the_targets",
    hint="Targets count from 0 here, as Python does: do not take 1 away.",
)
next_token_loss.misconception_by_edit(
    "swaps_row_and_column",
    reference.next_token_loss,
    {"P[np.arange(len(y)), y]": "P[y, np.arange(len(y))]"},
    caught_by=["is_the_mean_surprise_of_the_targets", "takes_rows_and_targets_of_any_kind"],
    hint="Row and column have changed places. The row is the position t, the column the token targets[t].",
)


@next_token_loss.misconception(
    caught_by="is_the_mean_surprise_of_the_targets",
    hint="This is a logarithm to base 2. The loss is in nats: np.log or math.log.",
)
def averages_bits(probabilities, targets):
    return reference.next_token_loss(probabilities, targets) / math.log(2)


next_token_loss.misconception_by_edit(
    "counts_a_negative_target_from_the_end",
    reference.next_token_loss,
    {"np.any(y < 0)": "False"},
    caught_by="refuses_a_target_outside_the_vocabulary",
    hint=(
        "A target of -1 reads the last token's probability. Look for negative targets first, and raise"
        " IndexError."
    ),
)


@next_token_loss.misconception(
    caught_by="refuses_rows_without_a_target",
    hint=(
        "zip stops at the end of the shorter one without a word. Compare the lengths first, and raise"
        " ValueError."
    ),
)
def scores_as_far_as_both_go(probabilities, targets):
    n = min(len(probabilities), len(targets))
    return reference.next_token_loss(probabilities[:n], targets[:n])


next_token_loss.misconception_by_edit(
    "leaves_the_lengths_to_numpy",
    reference.next_token_loss,
    {"len(P) != len(y)": "False", "P[np.arange(len(y)), y]": "P[np.arange(len(P)), y]"},
    caught_by="refuses_rows_without_a_target",
    hint=(
        "NumPy uses a single target for every row, and raises an IndexError otherwise. Compare the lengths"
        " yourself."
    ),
)
next_token_loss.misconception_by_edit(
    "raises_small_probabilities",
    reference.next_token_loss,
    {"np.log(P[np.arange(len(y)), y])": "np.log(np.maximum(P[np.arange(len(y)), y], 1e-12))"},
    caught_by="is_infinite_once_a_target_is_ruled_out",
    hint="A smallest probability makes an infinite loss finite. Take the logarithm of what the model gave.",
)
next_token_loss.misconception_by_edit(
    "multiplies_before_the_logarithm",
    reference.next_token_loss,
    {"np.log(P[np.arange(len(y)), y]).mean()": "np.log(np.prod(P[np.arange(len(y)), y])) / len(y)"},
    caught_by="takes_long_texts_and_large_vocabularies",
    hint="The product of many probabilities underflows to 0. Take each logarithm first, and average those.",
)


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
        raise ValueError("one target per row")
    if not all(0 <= t < V for t in targets):
        raise IndexError("target outside the vocabulary")
    one_hot = np.eye(V)[np.array(targets)]
    with np.errstate(divide="ignore"):
        return np.mean(-np.log((P * one_hot).sum(axis=1)))


@next_token_loss.alternative
def picked_in_single_precision(probabilities, targets):
    # float32 has no number as small as 1e-100: the picked probabilities go back to double for the logarithm.
    P = np.asarray(probabilities, dtype=float)
    if P.shape[0] != len(targets):
        raise ValueError("one target per row")
    if min(targets) < 0 or max(targets) >= P.shape[1]:
        raise IndexError("target outside the vocabulary")
    picked = np.take_along_axis(P, np.asarray(targets, dtype=int)[:, None], axis=1)
    with np.errstate(divide="ignore"):
        return np.float32(-np.log(picked).mean())


# The same from logits ---------------------------------------------------------------------------------------
@loss_from_logits.misconception(
    caught_by="is_the_loss_of_the_softmax",
    hint=(
        "This takes the logits for probabilities. Softmax makes them that; its logarithm is the formula"
        " above."
    ),
)
def takes_logits_for_probabilities(logits, targets):
    reference.loss_from_logits(logits, targets)
    return reference.next_token_loss(logits, targets)


@loss_from_logits.misconception(
    caught_by="is_the_loss_of_the_softmax",
    hint="Softmax is taken twice here. The logits go into the formula as they are, less each row's largest.",
)
def takes_the_softmax_twice(logits, targets):
    reference.loss_from_logits(logits, targets)
    Z = np.asarray(logits, dtype=float)
    weights = np.exp(Z - Z.max(axis=1, keepdims=True))
    return reference.loss_from_logits(weights / weights.sum(axis=1, keepdims=True), targets)


loss_from_logits.misconception_by_edit(
    "exponentiates_the_logits_as_they_are",
    reference.loss_from_logits,
    {"Z = Z - Z.max(axis=1, keepdims=True)": "pass"},
    caught_by="stays_finite_for_large_logits",
    hint="exp(1000) overflows to infinity. Subtract each row's largest logit first: the loss stays the same.",
)


@loss_from_logits.misconception(
    caught_by="stays_finite_for_large_logits",
    hint=(
        "A stable softmax still underflows to 0 far below the largest logit, and ln(0) is infinite. Subtract"
        " logarithms."
    ),
)
def takes_the_logarithm_of_a_softmax(logits, targets):
    reference.loss_from_logits(logits, targets)
    Z = np.asarray(logits, dtype=float)
    weights = np.exp(Z - Z.max(axis=1, keepdims=True))
    return reference.next_token_loss(weights / weights.sum(axis=1, keepdims=True), targets)


loss_from_logits.misconception_by_edit(
    "shifts_every_row_alike",
    reference.loss_from_logits,
    {"Z.max(axis=1, keepdims=True)": "Z.max()"},
    caught_by="stays_finite_for_large_logits",
    hint=(
        "One maximum for the whole matrix leaves a row far below it with a sum of 0. Subtract each row's own:"
        " axis=1."
    ),
)
loss_from_logits.misconception_by_edit(
    "shifts_by_the_row_mean",
    reference.loss_from_logits,
    {"Z.max(axis=1, keepdims=True)": "Z.mean(axis=1, keepdims=True)"},
    caught_by="stays_finite_wherever_the_largest_stands",
    hint="Less the row's mean, a logit can still be far above 0 and overflow. Subtract the row's largest.",
)
loss_from_logits.misconception_by_edit(
    "shifts_by_the_first_of_the_row",
    reference.loss_from_logits,
    {"Z.max(axis=1, keepdims=True)": "Z[:, :1]"},
    caught_by="stays_finite_wherever_the_largest_stands",
    hint=(
        "The first logit of a row need not be its largest. Subtract the largest, or one far above it"
        " overflows."
    ),
)
loss_from_logits.misconception_by_edit(
    "shifts_by_the_largest_magnitude",
    reference.loss_from_logits,
    {"Z.max(axis=1, keepdims=True)": "np.abs(Z).max(axis=1, keepdims=True)"},
    caught_by="stays_finite_for_large_logits",
    hint=(
        "In a row of large negative logits the largest magnitude is far above every logit. Subtract the"
        " largest logit."
    ),
)
loss_from_logits.misconception_by_edit(
    "shifts_by_the_targets_logit",
    reference.loss_from_logits,
    {"Z.max(axis=1, keepdims=True)": "Z[np.arange(len(y)), y][:, None]", "- Z[np.arange(len(y)), y])": ")"},
    caught_by="stays_finite_wherever_the_largest_stands",
    hint="Less the target's logit, a larger one can still overflow. Subtract the largest of the row.",
)
loss_from_logits.misconception_by_edit(
    "clips_the_logits",
    reference.loss_from_logits,
    {"Z = Z - Z.max(axis=1, keepdims=True)": "Z = np.clip(Z, -700, 700)"},
    caught_by=["stays_finite_for_large_logits", "stays_finite_wherever_the_largest_stands"],
    hint="Clipping changes the logits, and with them the loss. Subtract each row's largest instead.",
)


@loss_from_logits.misconception(
    caught_by=["is_the_loss_of_the_softmax", "takes_logits_of_any_kind"],
    hint="axis=0 sums down the columns, over positions. Each row is a distribution of its own: axis=1.",
)
def sums_over_the_positions(logits, targets):
    reference.loss_from_logits(logits, targets)
    Z, y = np.asarray(logits, dtype=float), np.asarray(targets)
    shifted = Z - Z.max(axis=0)
    return float((np.log(np.exp(shifted).sum(axis=0))[y] - shifted[np.arange(len(y)), y]).mean())


@loss_from_logits.misconception(
    caught_by=["is_the_loss_of_the_softmax", "ignores_a_constant_added_to_a_row"],
    hint=(
        "The largest logit was subtracted inside the logarithm only. Subtract it from the target's logit too."
    ),
)
def forgets_to_add_the_shift_back(logits, targets):
    reference.loss_from_logits(logits, targets)
    Z, y = np.asarray(logits, dtype=float), np.asarray(targets)
    log_totals = np.log(np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1))
    return float((log_totals - Z[np.arange(len(y)), y]).mean())


@loss_from_logits.misconception(
    caught_by="is_the_loss_of_the_softmax",
    hint="This is the sum over the rows. The loss is their mean: divide by the number of rows.",
)
def adds_up_the_rows(logits, targets):
    return reference.loss_from_logits(logits, targets) * len(targets)


loss_from_logits.misconception_by_edit(
    "reads_a_negative_target_from_the_end",
    reference.loss_from_logits,
    {"np.any(y < 0)": "False"},
    caught_by="refuses_a_target_that_has_no_logit",
    hint="A target of -1 reads the last logit. Look for negative targets first, and raise IndexError.",
)
loss_from_logits.misconception_by_edit(
    "shifts_the_callers_logits",
    reference.loss_from_logits,
    {"Z = Z - Z.max(axis=1, keepdims=True)": "Z -= Z.max(axis=1, keepdims=True)"},
    caught_by="takes_logits_of_any_kind",
    hint=(
        "Z -= ... works on the caller's own array, since np.asarray copies no array of floats. Write Z = Z -"
        " ..."
    ),
)
loss_from_logits.misconception_by_edit(
    "keeps_the_type_of_the_logits",
    reference.loss_from_logits,
    {"np.asarray(logits, dtype=float)": "np.asarray(logits)"},
    caught_by="takes_logits_of_every_type",
    hint=(
        "Unsigned and small ints wrap around in a subtraction. Make floats first: np.asarray(logits,"
        " dtype=float)."
    ),
)


@loss_from_logits.misconception(
    caught_by="refuses_logits_without_a_target",
    hint=(
        "zip stops at the end of the shorter one without a word. Compare the lengths first, and raise"
        " ValueError."
    ),
)
def reads_as_far_as_both_go(logits, targets):
    n = min(len(logits), len(targets))
    return reference.loss_from_logits(logits[:n], targets[:n])


@loss_from_logits.alternative
def one_row_of_logits_at_a_time(logits, targets):
    if len(logits) != len(targets):
        raise ValueError("one target per row")
    total = 0.0
    for row, target in zip(logits, targets, strict=True):
        if not 0 <= target < len(row):
            raise IndexError(f"target {target}")
        row = [float(z) for z in row]
        largest = max(row)
        total += largest + math.log(sum(math.exp(z - largest) for z in row)) - row[target]
    return total / len(targets)


@loss_from_logits.alternative
def by_logaddexp_along_rows(logits, targets):
    Z = np.array(logits, dtype=float)
    if Z.shape[0] != np.size(targets):
        raise ValueError("one target per row")
    if np.min(targets) < 0 or np.max(targets) >= Z.shape[1]:
        raise IndexError("target outside the vocabulary")
    log_probabilities = Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)
    return -np.mean(np.take_along_axis(log_probabilities, np.array(targets, dtype=int)[:, None], axis=1))


@loss_from_logits.alternative
def relative_to_the_targets_logit(logits, targets):
    # ln(sum_j exp(z_j)) - z_t = ln(sum_j exp(z_j - z_t)), accumulated pair by pair so that nothing overflows.
    if len(logits) != len(targets):
        raise ValueError("one target per row")
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
        raise ValueError("one target per row")
    if any(t < 0 or t >= Z.shape[1] for t in targets):
        raise IndexError("target outside the vocabulary")
    Z = Z - Z.max(axis=1, keepdims=True)
    return (np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(Z)), np.array(targets)]).mean()


# Perplexity -------------------------------------------------------------------------------------------------
perplexity.misconception_by_edit(
    "averages_the_exponentials",
    reference.perplexity,
    {"np.exp(losses.mean())": "np.exp(losses).mean()"},
    caught_by="is_the_exponential_of_the_mean",
    hint=(
        "This averages the exponentials. Take the mean of the losses first, and the exponential of that mean."
    ),
)
perplexity.misconception_by_edit(
    "exponentiates_the_sum",
    reference.perplexity,
    {"losses.mean()": "losses.sum()", "float(np": "float(np"},
    caught_by="is_the_exponential_of_the_mean",
    hint=(
        "This exponentiates the sum, and a long text looks worse than a short one. Divide by their number"
        " first."
    ),
)
perplexity.misconception_by_edit(
    "raises_two_to_the_mean",
    reference.perplexity,
    {"np.exp(losses.mean())": "2.0 ** losses.mean()"},
    caught_by="is_the_exponential_of_the_mean",
    hint="2 to the mean fits losses in bits. These are in nats, so the base is e: np.exp or math.exp.",
)
perplexity.misconception_by_edit(
    "stops_at_the_mean",
    reference.perplexity,
    {"np.exp(losses.mean())": "losses.mean()"},
    caught_by="is_the_exponential_of_the_mean",
    hint="This is the mean loss. Perplexity is its exponential.",
)
perplexity.misconception_by_edit(
    "changes_the_sign_again",
    reference.perplexity,
    {"np.exp(losses.mean())": "np.exp(-losses.mean())"},
    caught_by="is_the_exponential_of_the_mean",
    hint="The losses carry their minus sign already. Another one turns the perplexity into a probability.",
)
perplexity.misconception_by_edit(
    "takes_the_median",
    reference.perplexity,
    {"losses.mean()": "np.median(losses)"},
    caught_by="is_a_geometric_mean",
    hint="This exponentiates the median. Perplexity takes the mean of the losses.",
)


@perplexity.misconception(
    caught_by="refuses_to_average_nothing",
    hint="An empty list has no mean: raise ValueError instead of returning a number for it.",
)
def calls_nothing_certain(losses):
    return reference.perplexity(losses) if len(losses) else 1.0


@perplexity.misconception(
    caught_by="refuses_to_average_nothing",
    hint=(
        "The mean of nothing is 0 / 0, a ZeroDivisionError in Python. Look for an empty list first:"
        " ValueError."
    ),
)
def divides_by_no_losses(losses):
    return math.exp(sum(float(loss) for loss in losses) / len(losses))


perplexity.misconception_by_edit(
    "divides_the_callers_losses",
    reference.perplexity,
    {"    return float(np.exp(losses.mean()))": "    losses /= losses.size\n    return np.exp(losses.sum())"},
    caught_by="takes_losses_of_any_kind",
    hint="losses /= ... works on the caller's own array, since np.asarray copies no array of floats.",
)


@perplexity.misconception(
    caught_by=["is_the_number_of_equally_likely_tokens", "keeps_very_small_and_very_large_losses"],
    hint="The product of many probabilities underflows to 0. Average the losses, and exponentiate once.",
)
def takes_the_root_of_the_product(losses):
    if not len(losses):
        raise ValueError("empty")
    product = float(np.prod(np.exp(-np.asarray(losses, dtype=float))))
    return product ** (-1 / len(losses)) if product else math.inf


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
    # What single precision cannot hold is left in double.
    mean = np.mean(losses)
    return np.exp(mean) if mean < 88 else math.exp(np.mean(losses, dtype=float))


@perplexity.alternative
def as_numpy_gives_it(losses):
    if not len(losses):
        raise ValueError("no losses")
    return np.exp(np.average(losses))


# By hand ----------------------------------------------------------------------------------------------------
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
        "The losses were rounded first, and the exponential magnifies that. Round at the end, or take 1/p at"
        " once."
    )
)
def table_from_rounded_losses(probabilities):
    return [(round(-math.log(p), 2), math.exp(round(-math.log(p), 2))) for p in probabilities]


@exercise_15.misconception(
    hint="This is the surprise at any other token. The loss looks at the probability of the token that came."
)
def surprise_at_the_opposite(p):
    return [-math.log(1 - p), 1 / (1 - p)]


@exercise_15.misconception(
    hint="The minus sign is missing: this loss is negative, and its exponential is the probability itself."
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
def perplexity_from_the_rounded_loss(p):
    # exp magnifies half a thousandth of the loss by 1/p, which is below one unit of the second decimal here.
    loss = round(-math.log(p), 3)
    return np.array([loss, math.exp(loss)])


@exercise_16.misconception(hint="2 to the loss fits a loss in bits. This one is in nats: exp.")
def two_to_the_loss(loss):
    return 2**loss


@exercise_16.misconception(
    hint="This is exp of minus the loss, the geometric mean of the probabilities. Perplexity is one over it."
)
def probability_for_perplexity(loss):
    return math.exp(-loss)


@exercise_16.misconception(hint="10 to the loss fits logarithms to base 10. This loss is in nats: exp.")
def ten_to_the_loss(loss):
    return 10**loss


@reading_7.misconception(hint="1/T makes L a mean: divide the sum of the surprises by the number of tokens.")
def reads_no_mean(p, t):
    total = sum(math.log(x) for x in p)
    return [-total, t - 1, total]


@reading_7.misconception(
    hint=(
        "x_<t holds the tokens strictly before position t, counted from 1: t itself is the one to be"
        " predicted."
    )
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
    hint="The loss is the mean of -ln(p), not -ln of the mean: the logarithm comes first."
)
def takes_ln_of_the_mean(p, t):
    return [-math.log(sum(p) / len(p)), t - 1, sum(math.log(x) for x in p)]


@reading_7.alternative
def objective_by_the_product(p, t):
    likelihood = math.prod(p)
    return (round(-math.log(likelihood) / len(p), 3), t - 1, round(math.log(likelihood), 3))
