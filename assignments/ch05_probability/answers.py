"""Chapter V: wrong answers as people write them, and right ones of another kind."""

import collections
import itertools
import math

import numpy as np
from questions import (
    bigram_model,
    example_5,
    exercise_11,
    exercise_12,
    is_distribution,
    most_likely_continuation,
    score_sentence,
    sequence_log_probability,
    sequence_probability,
)

from solutions import ch05_probability as reference

# Distributions ----------------------------------------------------------------------------------------------

is_distribution.misconception_by_edit(
    "asks_only_for_the_sum",
    reference.is_distribution,
    {"np.all(p >= 0) and ": ""},
    caught_by="asks_for_no_negative_number",
    hint="A sum of 1 is half of the definition. The other half: no number below 0.",
)
is_distribution.misconception_by_edit(
    "asks_for_at_most_one",
    reference.is_distribution,
    {"abs(p.sum() - 1)": "p.sum() - 1"},
    caught_by="asks_for_a_sum_of_one",
    hint="A sum above 1 is turned down here, and one below 1 is not. The distance from 1 counts in both"
    " directions: take its"
    " absolute value.",
)
is_distribution.misconception_by_edit(
    "refuses_a_zero",
    reference.is_distribution,
    {"p >= 0": "p > 0"},
    caught_by="asks_for_no_negative_number",
    hint="A probability of 0 is allowed: a token that cannot come next. Ask for >= 0, not for > 0.",
)
is_distribution.misconception_by_edit(
    "leaves_isclose_its_relative_tolerance",
    reference.is_distribution,
    {"abs(p.sum() - 1) <= tolerance": "np.isclose(p.sum(), 1, atol=tolerance)"},
    caught_by="forgives_rounding_alone",
    hint="np.isclose has a relative tolerance of 1e-5 beside the absolute one. Set rtol=0, or compare"
    " abs(sum - 1) with the"
    " tolerance yourself.",
)
is_distribution.misconception_by_edit(
    "ignores_the_argument",
    reference.is_distribution,
    {"<= tolerance": "<= 1e-9"},
    caught_by="uses_the_tolerance_it_is_given",
    hint="The tolerance is fixed inside the function. Use the argument `tolerance`, so that a caller can"
    " widen it.",
)
is_distribution.misconception_by_edit(
    "forgives_a_small_negative",
    reference.is_distribution,
    {"p >= 0": "p >= -tolerance"},
    caught_by="uses_the_tolerance_it_is_given",
    hint="The tolerance is for the sum. A number a little below 0 is still below 0.",
)


@is_distribution.misconception(
    caught_by="forgives_rounding_alone",
    hint=(
        "0.7 + 0.2 + 0.1 is 0.9999999999999999 in floating point. Ask whether the sum is within the tolerance"
        " of 1, not whether it equals 1."
    ),
)
def compares_exactly(p, tolerance=1e-9):
    return len(p) > 0 and all(x >= 0 for x in p) and sum(p) == 1


@is_distribution.misconception(
    caught_by="turns_down_nothing_and_nan",
    hint=(
        "nan is neither below 0 nor too far from 1, for it fails every comparison. Return True only if `p >="
        " 0` and `abs(sum - 1) <= tolerance` hold."
    ),
)
def lets_nan_slip_through(p, tolerance=1e-9):
    if len(p) == 0 or any(x < 0 for x in p):
        return False
    return not abs(float(np.sum(p)) - 1) > tolerance


@is_distribution.misconception(
    caught_by="turns_down_nothing_and_nan",
    hint="An empty list gets an error here. The question is a yes or a no, and for no numbers it is False.",
)
def raises_for_an_empty_list(p, tolerance=1e-9):
    if len(p) == 0:
        raise ValueError("p is empty")
    return reference.is_distribution(p, tolerance)


@is_distribution.misconception(
    caught_by="asks_for_a_sum_of_one",
    hint="This raises an error if the answer is no. Return False: the caller asked a question.",
)
def raises_in_place_of_false(p, tolerance=1e-9):
    if not reference.is_distribution(p, tolerance):
        raise ValueError("not a distribution")
    return True


@is_distribution.alternative
def asks_number_by_number(p, tolerance=1e-9):
    if len(p) == 0:
        return False
    total = 0.0
    for x in p:
        if not x >= 0:
            return False
        total += x
    return 1 - tolerance <= total <= 1 + tolerance


@is_distribution.alternative
def gives_a_numpy_truth(p, tolerance=1e-9):
    p = np.array(p, dtype=float)
    if p.size == 0 or np.isnan(p).any():
        return np.False_
    return (p.min() >= 0) & np.isclose(p.sum(), 1, rtol=0, atol=tolerance)


@is_distribution.alternative
def sums_without_rounding(p, tolerance=1e-9):
    if any(math.isnan(x) or x < 0 for x in p):
        return False
    return math.isclose(math.fsum(p), 1, rel_tol=0, abs_tol=tolerance)


# Sequences --------------------------------------------------------------------------------------------------

sequence_probability.misconception_by_edit(
    "adds_the_factors",
    reference.sequence_probability,
    {"np.prod": "np.sum"},
    caught_by="multiplies_the_factors",
    hint="The factors are added here. By the chain rule they are multiplied.",
)
sequence_probability.misconception_by_edit(
    "averages_the_factors",
    reference.sequence_probability,
    {"np.prod": "np.mean"},
    caught_by="multiplies_the_factors",
    hint="This is the mean of the factors. The probability that all of the tokens occur in turn is their"
    " product.",
)
sequence_probability.misconception_by_edit(
    "leaves_out_the_first_factor",
    reference.sequence_probability,
    {"dtype=float))": "dtype=float)[1:])"},
    caught_by="multiplies_the_factors",
    hint="The first factor, P(x_1), is left out. The chain rule starts with it.",
)
sequence_probability.misconception_by_edit(
    "rounds_the_product",
    reference.sequence_probability,
    {"float(np.prod(np.asarray(conditionals, dtype=float)))": "round(float(np.prod(conditionals)), 6)"},
    caught_by="keeps_small_probabilities",
    hint="The result is rounded, and a small probability is rounded away. Return it as it is.",
)


@sequence_probability.misconception(
    caught_by="multiplies_the_factors",
    hint=(
        "This is the log-probability, which the next question asks for. Here the product itself is wanted:"
        " exp of that sum, or no logarithm at all."
    ),
)
def returns_the_logarithm(conditionals):
    with np.errstate(divide="ignore"):
        return float(np.log(np.asarray(conditionals, dtype=float)).sum())


@sequence_probability.misconception(
    caught_by="is_zero_where_a_factor_is",
    hint=(
        "A small constant was added before the logarithm. It changes every answer and makes the impossible"
        " possible; multiply the factors as they are."
    ),
)
def adds_an_epsilon(conditionals):
    return float(np.exp(np.log(np.asarray(conditionals, dtype=float) + 1e-9).sum()))


@sequence_probability.misconception(
    caught_by="is_zero_where_a_factor_is",
    hint="math.log(0) is an error. The plain product needs no logarithm and has no trouble with a 0.",
)
def cannot_take_a_zero(conditionals):
    return math.exp(sum(math.log(p) for p in conditionals))


@sequence_probability.alternative
def multiplies_in_a_loop(conditionals):
    product = 1
    for p in conditionals:
        product = product * p
    return product


@sequence_probability.alternative
def multiplies_whole_numbers(conditionals):
    above, below = 1, 1
    for p in conditionals:
        numerator, denominator = float(p).as_integer_ratio()
        above, below = above * numerator, below * denominator
    return above / below


@sequence_probability.alternative
def multiplies_in_single_precision(conditionals):
    return np.prod(np.array(conditionals, dtype=np.float32))


@sequence_probability.alternative
def adds_logarithms_and_goes_back(conditionals):
    if min(conditionals) == 0:
        return 0
    return np.exp(np.sum(np.log(np.asarray(conditionals, dtype=float))))


sequence_log_probability.misconception_by_edit(
    "takes_the_log_of_the_product",
    reference.sequence_log_probability,
    {"np.log(p).sum()": "np.log(p.prod())"},
    caught_by="outlives_the_product",
    hint="The product of a thousand probabilities underflows to 0 before the logarithm sees it. Take the"
    " logarithm of each"
    " factor, then add.",
)
sequence_log_probability.misconception_by_edit(
    "uses_base_ten",
    reference.sequence_log_probability,
    {"np.log(p)": "np.log10(p)"},
    caught_by="adds_the_logarithms",
    hint="This is a logarithm to base 10. Log-probabilities in this field are natural logarithms: math.log"
    " or np.log.",
)
sequence_log_probability.misconception_by_edit(
    "uses_base_two",
    reference.sequence_log_probability,
    {"np.log(p)": "np.log2(p)"},
    caught_by="adds_the_logarithms",
    hint="This is a logarithm to base 2. Log-probabilities in this field are natural logarithms: math.log"
    " or np.log.",
)
sequence_log_probability.misconception_by_edit(
    "gives_the_loss",
    reference.sequence_log_probability,
    {"np.log(p).sum()": "-np.log(p).sum()"},
    caught_by="adds_the_logarithms",
    hint="The sign is turned round. A log-probability is 0 or less; its negative is the loss of Chapter VII.",
)
sequence_log_probability.misconception_by_edit(
    "averages_the_logarithms",
    reference.sequence_log_probability,
    {"np.log(p).sum()": "np.log(p).mean()"},
    caught_by="adds_the_logarithms",
    hint="This is the mean of the logarithms. The chain rule gives their sum.",
)
sequence_log_probability.misconception_by_edit(
    "warns_about_a_zero",
    reference.sequence_log_probability,
    {'divide="ignore"': 'divide="warn"'},
    caught_by="gives_minus_infinity_quietly",
    hint="np.log(0) is -inf as it should be, with a RuntimeWarning on the way. Silence that one with"
    " np.errstate, or treat the"
    " 0 yourself.",
)
sequence_log_probability.misconception_by_edit(
    "puts_a_floor_under_zero",
    reference.sequence_log_probability,
    {"np.log(p)": "np.log(np.maximum(p, 1e-12))"},
    caught_by=("gives_minus_infinity_quietly", "outlives_the_product"),
    hint="A small constant stands in for 0, so an impossible sequence gets a finite score. It should be"
    " -inf.",
)
sequence_log_probability.misconception_by_edit(
    "refuses_nothing",
    reference.sequence_log_probability,
    {"if outside.size:": "if outside.size < 0:"},
    caught_by=("refuses_what_is_no_probability", "looks_at_every_factor_first"),
    hint="Nothing is refused here. A factor below 0 or above 1 is a mistake further up: raise ValueError"
    " and name it.",
)
sequence_log_probability.misconception_by_edit(
    "refuses_only_a_wrong_product",
    reference.sequence_log_probability,
    {"outside = p[~((p >= 0) & (p <= 1))]": "outside = p[:1] if not 0 <= p.prod() <= 1 else p[:0]"},
    caught_by="looks_at_every_factor_first",
    hint="Only the product is looked at here, and two wrong factors can make a right one. Look at each"
    " factor.",
)


@sequence_log_probability.misconception(
    caught_by="gives_minus_infinity_quietly",
    hint="math.log(0) is an error. The logarithm of an impossible token is -inf: return -math.inf.",
)
def fails_at_a_zero(conditionals):
    if any(p < 0 or p > 1 for p in conditionals):
        raise ValueError(f"outside [0, 1]: {list(conditionals)}")
    return sum(math.log(p) for p in conditionals)


@sequence_log_probability.misconception(
    caught_by="looks_at_every_factor_first",
    hint=(
        "The function answers at the first 0 and never sees the rest. Look at every factor before answering."
    ),
)
def answers_at_the_first_zero(conditionals):
    total = 0.0
    for p in conditionals:
        if p == 0:
            return -math.inf
        if not 0 < p <= 1:
            raise ValueError(f"{p} is no probability")
        total += math.log(p)
    return total


@sequence_log_probability.alternative
def adds_in_a_loop(conditionals):
    for p in conditionals:
        if p < 0 or p > 1:
            raise ValueError(f"{p} is not between 0 and 1")
    total = 0
    for p in conditionals:
        total += math.log(p) if p else float("-inf")
    return total


@sequence_log_probability.alternative
def adds_in_single_precision(conditionals):
    if min(conditionals) < 0 or max(conditionals) > 1:
        raise ValueError(f"from 0 to 1, not from {min(conditionals)} to {max(conditionals)}")
    with np.errstate(divide="ignore"):
        return np.log(np.array(conditionals, dtype=np.float32)).sum()


@sequence_log_probability.alternative
def multiplies_with_an_exponent_of_its_own(conditionals):
    # Mantissa and power of two apart, as a float holds them, with an exponent that cannot run out.
    if not all(0 <= p <= 1 for p in conditionals):
        raise ValueError(f"not all from 0 to 1: {[float(p) for p in conditionals]}")
    mantissa, exponent = 1.0, 0
    for p in conditionals:
        mantissa, carried = math.frexp(mantissa * p)
        exponent += carried
    return math.log(mantissa) + exponent * math.log(2) if mantissa else -math.inf


# A model from counts ----------------------------------------------------------------------------------------


def pair_counts(tokens):
    if len(tokens) < 2:
        raise ValueError(f"{len(tokens)} tokens")
    counts = {}
    for i in range(len(tokens) - 1):
        row = counts.setdefault(tokens[i], {})
        row[tokens[i + 1]] = row.get(tokens[i + 1], 0) + 1
    return counts


bigram_model.misconception_by_edit(
    "leaves_counts_as_they_are",
    reference.bigram_model,
    {"count / sum(row.values())": "count"},
    caught_by="counts_what_follows",
    hint="These are counts. Divide each row by its sum to make it a distribution.",
)
bigram_model.misconception_by_edit(
    "returns_an_empty_model",
    reference.bigram_model,
    {'raise ValueError(f"a pair takes at least two tokens; got {len(tokens)}: {list(tokens)}")': "return {}"},
    caught_by="refuses_a_text_without_a_pair",
    hint="A text without a pair gives an empty model here. Raise ValueError: nothing can be learned from it.",
)


@bigram_model.misconception(
    caught_by="takes_tokens_as_they_are",
    hint="The tokens are put in lower case first. The model of a text takes its tokens as they are.",
)
def puts_everything_in_lower_case(tokens):
    return reference.bigram_model([token.lower() for token in tokens])


@bigram_model.misconception(
    caught_by="takes_tokens_as_they_are",
    hint="Punctuation is left out. A full stop is a token, and what follows it is a pair.",
)
def leaves_out_punctuation(tokens):
    words = [token for token in tokens if token.isalnum()]
    return reference.bigram_model(words if len(words) > 1 else tokens)


@bigram_model.misconception(
    caught_by="takes_tokens_as_they_are",
    hint="The text is joined and split again, which takes a token that holds a space apart.",
)
def joins_and_splits(tokens):
    return reference.bigram_model(" ".join(tokens).split() if len(tokens) > 1 else tokens)


@bigram_model.misconception(
    caught_by="divides_by_the_pairs_of_the_row",
    hint=(
        "The row is divided by how often its token occurs. The last token of a text occurs once more than it"
        " is followed: divide by the row's own sum."
    ),
)
def divides_by_the_occurrences(tokens):
    return {
        a: {b: n / list(tokens).count(a) for b, n in row.items()} for a, row in pair_counts(tokens).items()
    }


@bigram_model.misconception(
    caught_by="counts_what_follows",
    hint=(
        "Divided by all pairs of the text, this is P(previous and next). For P(next | previous), divide by"
        " the pairs that begin with previous."
    ),
)
def gives_joint_probabilities(tokens):
    return {a: {b: n / (len(tokens) - 1) for b, n in row.items()} for a, row in pair_counts(tokens).items()}


@bigram_model.misconception(
    caught_by="counts_what_follows",
    hint=(
        "The pairs are read backwards: this is P(previous | next). The row belongs to the token that comes"
        " first."
    ),
)
def reads_backwards(tokens):
    return reference.bigram_model(list(tokens)[::-1])


@bigram_model.misconception(
    caught_by="gives_the_last_token_no_row",
    hint="The last token got an empty row. A token that nothing follows has none.",
)
def gives_the_last_token_an_empty_row(tokens):
    model = reference.bigram_model(tokens)
    model.setdefault(tokens[-1], {})
    return model


@bigram_model.misconception(
    caught_by="gives_the_last_token_no_row",
    hint="The last token was paired with the first. Pairs end with the text: n tokens make n - 1 of them.",
)
def wraps_round(tokens):
    if len(tokens) < 2:
        raise ValueError("too few")
    return reference.bigram_model([*tokens, tokens[0]])


@bigram_model.misconception(
    caught_by="counts_what_follows",
    hint=(
        "Each kind of pair is counted once, however often it occurs. Repetitions are what the probabilities"
        " are made of."
    ),
)
def counts_each_pair_once(tokens):
    return {a: {b: 1 / len(row) for b in row} for a, row in pair_counts(tokens).items()}


@bigram_model.misconception(
    caught_by="counts_what_follows",
    hint="Each new pair overwrites the row, so only the last successor is left. Add 1 to its count instead.",
)
def keeps_the_last_successor(tokens):
    if len(tokens) < 2:
        raise ValueError("too few")
    return {tokens[i]: {tokens[i + 1]: 1.0} for i in range(len(tokens) - 1)}


@bigram_model.misconception(
    caught_by="gives_the_last_token_no_row",
    hint=(
        "The rows have entries of 0 for tokens that never followed. A row holds the tokens that did, and no"
        " others."
    ),
)
def fills_up_with_zeros(tokens):
    return {a: {b: row.get(b, 0.0) for b in tokens} for a, row in reference.bigram_model(tokens).items()}


@bigram_model.misconception(
    caught_by="counts_what_follows",
    hint="1 was added to every count. That is a way of smoothing; here the counts are wanted as they are.",
)
def smooths_by_adding_one(tokens):
    words = sorted(set(tokens))
    return {
        a: {b: (row.get(b, 0) + 1) / (sum(row.values()) + len(words)) for b in words}
        for a, row in pair_counts(tokens).items()
    }


@bigram_model.alternative
def with_counters(tokens):
    if len(tokens) < 2:
        raise ValueError("a bigram needs two tokens")
    pairs = collections.Counter(itertools.pairwise(tokens))
    starts = collections.Counter(tokens[:-1])
    model = {}
    for (a, b), n in pairs.items():
        model.setdefault(a, {})[b] = n / starts[a]
    return model


@bigram_model.alternative
def with_default_dicts(tokens):
    if len(tokens) <= 1:
        raise ValueError(f"got {len(tokens)} tokens")
    model = collections.defaultdict(lambda: collections.defaultdict(float))
    starts = list(tokens)[:-1]
    for a, b in zip(starts, tokens[1:], strict=True):
        model[a][b] += 1 / starts.count(a)
    return model


@bigram_model.alternative
def with_a_matrix_of_counts(tokens):
    if len(tokens) < 2:
        raise ValueError("no pair")
    words, places = np.unique(tokens, return_inverse=True)
    counts = np.zeros((len(words), len(words)))
    np.add.at(counts, (places[:-1], places[1:]), 1)
    return {
        str(a): {str(words[j]): row[j] / row.sum() for j in np.flatnonzero(row)}
        for a, row in zip(words, counts, strict=True)
        if row.any()
    }


# Scoring ----------------------------------------------------------------------------------------------------

score_sentence.misconception_by_edit(
    "fails_at_a_missing_row",
    reference.score_sentence,
    {"model.get(tokens[i], {})": "model[tokens[i]]"},
    caught_by="gives_minus_infinity_without_a_row",
    hint="A missing entry is caught, a missing row is not: model[previous] is a KeyError. Look the row up"
    " with a default too.",
)
score_sentence.misconception_by_edit(
    "writes_into_the_model",
    reference.score_sentence,
    {"model.get(tokens[i], {})": "model.setdefault(tokens[i], {})"},
    caught_by="gives_minus_infinity_without_a_row",
    hint="setdefault writes an empty row into the caller's model. Use get, which only looks.",
)
score_sentence.misconception_by_edit(
    "puts_a_floor_under_unseen_pairs",
    reference.score_sentence,
    {"0.0)": "1e-10)"},
    caught_by="gives_minus_infinity_for_an_unseen_pair",
    hint="A small constant stands in for an unseen pair. That is a kind of smoothing; here the score is"
    " -inf.",
)
score_sentence.misconception_by_edit(
    "averages_over_the_pairs",
    reference.score_sentence,
    {"return score": "return score / max(1, len(tokens) - 1)"},
    caught_by="adds_up_the_pairs",
    hint="The score is divided by the number of pairs. That compares sentences of unlike length; here the"
    " sum is wanted.",
)
score_sentence.misconception_by_edit(
    "scores_in_bits",
    reference.score_sentence,
    {"math.log(p)": "math.log2(p)"},
    caught_by="adds_up_the_pairs",
    hint="These are logarithms to base 2. Use the natural logarithm: math.log with one argument.",
)


@score_sentence.misconception(
    caught_by="adds_up_the_pairs",
    hint="This is the probability. Its natural logarithm is wanted: add ln of each factor.",
)
def gives_the_product(model, tokens):
    product = 1.0
    for i in range(len(tokens) - 1):
        product *= model.get(tokens[i], {}).get(tokens[i + 1], 0.0)
    return product


@score_sentence.misconception(
    caught_by="stays_finite_on_a_long_sentence",
    hint=(
        "The product of many probabilities underflows to 0 before the logarithm sees it. Add the logarithms"
        " instead."
    ),
)
def takes_the_log_at_the_end(model, tokens):
    product = gives_the_product(model, tokens)
    return math.log(product) if product > 0 else -math.inf


@score_sentence.misconception(
    caught_by="adds_up_the_pairs",
    hint="The pairs are looked up backwards. The row belongs to the previous token: model[previous][next].",
)
def looks_up_backwards(model, tokens):
    return reference.score_sentence(model, list(tokens)[::-1])


@score_sentence.misconception(
    caught_by="gives_minus_infinity_for_an_unseen_pair",
    hint=(
        "An unseen pair is passed over here, which scores it as certain. Its probability is 0, so the"
        " sentence scores -inf."
    ),
)
def passes_over_unseen_pairs(model, tokens):
    pairs = itertools.pairwise(tokens)
    return sum(math.log(model[a][b]) for a, b in pairs if b in model.get(a, {}))


@score_sentence.misconception(
    caught_by="gives_minus_infinity_for_an_unseen_pair",
    hint=(
        "model[previous][next] is a KeyError if the pair is missing. Treat a missing entry as probability 0."
    ),
)
def fails_at_an_unseen_pair(model, tokens):
    return sum(math.log(model[a][b]) for a, b in itertools.pairwise(tokens))


@score_sentence.misconception(
    caught_by="gives_zero_for_one_token",
    hint="One token has no pair: the sum is empty, and an empty sum is 0.",
)
def scores_one_token_as_impossible(model, tokens):
    return -math.inf if len(tokens) < 2 else reference.score_sentence(model, tokens)


@score_sentence.alternative
def scores_in_a_loop(model, tokens):
    total = 0
    for i in range(1, len(tokens)):
        if tokens[i - 1] not in model or tokens[i] not in model[tokens[i - 1]]:
            return -math.inf
        total += math.log(model[tokens[i - 1]][tokens[i]])
    return total


@score_sentence.alternative
def scores_with_numpy(model, tokens):
    factors = np.array([model.get(a, {}).get(b, 0.0) for a, b in itertools.pairwise(tokens)])
    with np.errstate(divide="ignore"):
        return np.log(factors).sum()


@score_sentence.alternative
def scores_in_single_precision(model, tokens):
    factors = [model.get(a, {}).get(b, 0.0) for a, b in itertools.pairwise(tokens)]
    with np.errstate(divide="ignore"):
        return np.sum(np.log(np.array(factors, dtype=np.float32)), dtype=np.float32)


@score_sentence.alternative
def scores_and_catches_the_error(model, tokens):
    logarithms = []
    for previous, following in itertools.pairwise(tokens):
        try:
            logarithms.append(math.log(model[previous][following]))
        except KeyError:
            return float("-inf")
    return math.fsum(logarithms)


# Continuing -------------------------------------------------------------------------------------------------

most_likely_continuation.misconception_by_edit(
    "keeps_the_start",
    reference.most_likely_continuation,
    {"return continuation": "return [start, *continuation]"},
    caught_by="takes_the_likeliest_each_time",
    hint="`start` stands at the head of the result. Only what follows it is wanted.",
)
most_likely_continuation.misconception_by_edit(
    "takes_the_first_entered",
    reference.most_likely_continuation,
    {"key=lambda token: (-row[token], token)": "key=lambda token: -row[token]"},
    caught_by="settles_a_tie_by_the_alphabet",
    hint="Of equals, this takes the one that was entered first. Break the tie by the token itself: the"
    " alphabetically first.",
)
most_likely_continuation.misconception_by_edit(
    "takes_the_least_likely",
    reference.most_likely_continuation,
    {"(-row[token], token)": "(row[token], token)"},
    caught_by="takes_the_likeliest_each_time",
    hint="This is the least likely token at each step: the order is the wrong way round.",
)
most_likely_continuation.misconception_by_edit(
    "fails_without_a_row",
    reference.most_likely_continuation,
    {" and current in model:": ":"},
    caught_by="stops_where_no_row_is",
    hint="A token without a row is a KeyError here. Stop there and return what there is.",
)
most_likely_continuation.misconception_by_edit(
    "stops_at_a_token_that_follows_itself",
    reference.most_likely_continuation,
    {
        "continuation.append(current)": "if continuation[-1:] == [current]:\n            break\n       "
        " continuation.append(current)"
    },
    caught_by="is_greedy_and_goes_round",
    hint="The text ends here if a token follows itself. Greedy decoding goes on: only a missing row ends it"
    " early.",
)
most_likely_continuation.misconception_by_edit(
    "takes_close_for_equal",
    reference.most_likely_continuation,
    {"(-row[token], token)": "(-round(row[token], 9), token)"},
    caught_by="tells_close_probabilities_apart",
    hint="Probabilities that are close are taken for equal here. A tie is a tie only if the two are equal.",
)


@most_likely_continuation.misconception(
    caught_by="goes_on_from_any_token",
    hint="The text ends at a full stop here. It ends where a token has no row, and a full stop may have one.",
)
def ends_at_a_full_stop(model, start, length):
    added = reference.most_likely_continuation(model, start, length)
    return added[: added.index(".") + 1] if "." in added else added


@most_likely_continuation.misconception(
    caught_by="orders_ties_as_python_does",
    hint="The tie is settled without regard to case. Python's own order of strings puts capitals first.",
)
def settles_ties_without_case(model, start, length):
    added, current = [], start
    while len(added) < length and current in model:
        row = model[current]
        current = min(row, key=lambda token: (-row[token], token.lower()))
        added.append(current)
    return added


@most_likely_continuation.misconception(
    caught_by="takes_the_likeliest_each_time",
    hint="One token too few: length counts the tokens added, and start is not among them.",
)
def adds_one_too_few(model, start, length):
    return reference.most_likely_continuation(model, start, length - 1)


@most_likely_continuation.misconception(
    caught_by="settles_a_tie_by_the_alphabet",
    hint=(
        "The largest (probability, token) pair is the alphabetically last among equals. The first is wanted."
    ),
)
def takes_the_last_of_the_alphabet(model, start, length):
    added = []
    while len(added) < length and start in model:
        start = max((p, token) for token, p in model[start].items())[1]
        added.append(start)
    return added


@most_likely_continuation.misconception(
    caught_by="stops_where_no_row_is",
    hint="The rest is filled up. If the text ends early, the list is shorter.",
)
def fills_up_the_rest(model, start, length):
    added = reference.most_likely_continuation(model, start, length)
    return added + [""] * (length - len(added))


@most_likely_continuation.misconception(
    caught_by="takes_the_likeliest_each_time",
    hint="Every step is taken from start's row. After a step, go on from the token added last.",
)
def never_moves_on(model, start, length):
    return reference.most_likely_continuation(model, start, 1) * length


@most_likely_continuation.misconception(
    caught_by="is_greedy_and_goes_round",
    hint=(
        "Tokens that have come already are left out. Greedy decoding takes the likeliest token, come what"
        " may, and may go round in a loop."
    ),
)
def avoids_repetition(model, start, length):
    added, seen = [], {start}
    while len(added) < length and start in model:
        row = {token: p for token, p in model[start].items() if token not in seen}
        if not row:
            break
        start = min(row, key=lambda token: (-row[token], token))
        seen.add(start)
        added.append(start)
    return added


@most_likely_continuation.misconception(
    caught_by="is_greedy_and_goes_round",
    hint=(
        "This finds the likeliest whole text, by looking ahead. Greedy decoding takes the likeliest next"
        " token and does not look back."
    ),
)
def searches_every_path(model, start, length):
    paths = [(1.0, [])]
    for _ in range(length):
        longer = [
            (p * q, [*path, token])
            for p, path in paths
            for token, q in model.get(path[-1] if path else start, {}).items()
        ]
        if not longer:
            break
        # The best path to each token is enough: what follows depends on that token alone.
        best = {}
        for p, path in sorted(longer, key=lambda found: (-found[0], found[1])):
            best.setdefault(path[-1], (p, path))
        paths = list(best.values())
    return min(paths, key=lambda found: (-found[0], found[1]))[1]


@most_likely_continuation.alternative
def by_sorting_the_row(model, start, length):
    words = []
    for _ in range(length):
        row = model.get(start)
        if row is None:
            break
        start = sorted(row.items(), key=lambda entry: (-entry[1], entry[0]))[0][0]
        words.append(start)
    return words


@most_likely_continuation.alternative
def by_comparing_one_by_one(model, start, length):
    words = []
    while len(words) < length and start in model:
        best, likeliest = -1.0, ""
        for token, p in model[start].items():
            if p > best or (p == best and token < likeliest):
                best, likeliest = p, token
        words.append(likeliest)
        start = likeliest
    return words


@most_likely_continuation.alternative
def by_argmax_of_sorted_tokens(model, start, length):
    words, current = (), start
    while len(words) < length and current in model:
        tokens = sorted(model[current])
        current = tokens[int(np.argmax([model[current][token] for token in tokens]))]
        words += (current,)
    return words


# Worked by hand ---------------------------------------------------------------------------------------------


@example_5.misconception(
    hint="The four are added here. By the chain rule they are multiplied, and their logarithms added."
)
def adds_the_four(conditionals):
    return [sum(conditionals), math.log(sum(conditionals))]


@example_5.misconception(
    hint="The logarithm of a number below 1 is negative, and so is the sum of four such."
)
def loses_the_sign(conditionals):
    return [math.prod(conditionals), -math.log(math.prod(conditionals))]


@example_5.misconception(
    hint="The logarithm is to base 10. ln is the natural one: math.log, or the key marked ln."
)
def takes_base_ten(conditionals):
    return [math.prod(conditionals), math.log10(math.prod(conditionals))]


@example_5.misconception(
    hint="The first token has a factor too: the probability that the sentence begins with it."
)
def takes_the_first_as_given(conditionals):
    return [math.prod(conditionals[1:]), math.log(math.prod(conditionals[1:]))]


@example_5.alternative
def adds_rounded_terms(conditionals):
    return (round(math.prod(conditionals), 6), sum(round(math.log(p), 2) for p in conditionals))


@exercise_11.misconception(hint="No number is below 0, which is half of it. The sum must be 1 as well.")
def looks_only_for_negatives(p, last):
    return [min(p) >= 0, last >= 0]


@exercise_11.misconception(
    hint="The numbers of a distribution need not be equal. They need to be 0 or more, and to add up to 1."
)
def takes_it_to_mean_uniform(p, last):
    return [len(set(p)) == 1, len({*p[:-1], last}) == 1]


@exercise_11.misconception(
    hint=(
        "The two answers are the wrong way round: first the list as it is, then the one with its last value"
        " replaced."
    )
)
def answers_in_the_other_order(p, last):
    return reference.exercise_11(p, last)[::-1]


@exercise_12.misconception(
    hint="The three are added here. The sequence needs all of its tokens in turn: multiply."
)
def adds_the_three(conditionals):
    return [sum(conditionals), math.log(sum(conditionals))]


@exercise_12.misconception(hint="The logarithm of a number below 1 is negative.")
def loses_the_sign_of_three(conditionals):
    return [math.prod(conditionals), -math.log(math.prod(conditionals))]


@exercise_12.misconception(hint="The logarithm is to base 10. ln is the natural one, to base e = 2.718...")
def takes_base_ten_of_three(conditionals):
    return [math.prod(conditionals), math.log10(math.prod(conditionals))]


@exercise_12.misconception(
    hint="This is the logarithm to base 2. ln is the natural one, to base e = 2.718..."
)
def takes_base_two_of_three(conditionals):
    return [math.prod(conditionals), math.log2(math.prod(conditionals))]


@exercise_12.alternative
def adds_three_rounded_terms(conditionals):
    return [round(math.prod(conditionals), 3), sum(round(math.log(p), 3) for p in conditionals)]
