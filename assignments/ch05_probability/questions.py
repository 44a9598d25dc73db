"""Chapter V: what is asked of distributions, sequences and the bigram model."""

import collections
import itertools
import math

import numpy as np

from autograder.course.question import Question, WorkedValue, expect
from solutions import ch05_probability as reference

# Distributions ----------------------------------------------------------------------------------------------

is_distribution = Question(points=3, source="Chapter V")


@is_distribution.check
def asks_for_a_sum_of_one(is_distribution):
    """The numbers must add up to 1: no more, no less."""
    expect(is_distribution, [0.5, 0.25, 0.125, 0.125]).to_equal(
        True, because="every number is 0 or more and the sum is 1"
    )
    expect(is_distribution, [0.5, 0.25, 0.25, 0.25]).to_equal(False, because="the sum is above 1")
    expect(is_distribution, [0.5, 0.25, 0.125]).to_equal(
        False, because="the sum is below 1: some probability is missing"
    )


@is_distribution.check
def asks_for_no_negative_number(is_distribution):
    """A negative number spoils it whatever the sum; a zero does not."""
    expect(is_distribution, [0.75, -0.25, 0.5]).to_equal(
        False, because="the sum is 1, but one of the numbers is below 0"
    )
    expect(is_distribution, [0.75, 0.0, 0.25]).to_equal(
        True, because="0 is allowed: a token that cannot come next"
    )


@is_distribution.check
def takes_every_kind_of_vector(is_distribution):
    """A list, a tuple or an array, ints or floats, one number or many."""
    expect(is_distribution, [1]).to_equal(True, because="one token that is certain is a distribution too")
    expect(is_distribution, (0, 1, 0)).to_equal(True, because="convert with np.asarray(p, dtype=float) first")
    expect(is_distribution, np.array([0.3, 0.3])).to_equal(False)
    expect(is_distribution, np.array([2])).to_equal(False)


@is_distribution.hidden
def forgives_rounding_alone(is_distribution):
    """A sum off by rounding is accepted, one off by a millionth is not."""
    expect(is_distribution, [0.1] * 10).to_equal(
        True, because="0.1 has no exact binary form; compare with a tolerance, not with =="
    )
    expect(is_distribution, [0.7, 0.2, 0.1]).to_equal(
        True, because="decimal fractions are rounded; compare with a tolerance, not with =="
    )
    expect(is_distribution, np.full(50_000, 1 / 50_000)).to_equal(
        True, because="fifty thousand roundings still stay far below 1e-9"
    )
    expect(is_distribution, [0.5, 0.500001]).to_equal(
        False, because="1e-9 is the tolerance; np.isclose adds a relative one of 1e-5 of its own"
    )


@is_distribution.hidden
def uses_the_tolerance_it_is_given(is_distribution):
    """The tolerance argument counts, for the sum and for nothing else."""
    thirds = [0.33, 0.33, 0.33]
    expect(is_distribution, thirds, 0.02).to_equal(True, because="the sum is 0.01 off, and 0.02 was allowed")
    expect(is_distribution, thirds, tolerance=0.001).to_equal(
        False, because="the sum is 0.01 off, and 0.001 was allowed"
    )
    expect(is_distribution, thirds).to_equal(False, because="without an argument the tolerance is 1e-9")
    expect(is_distribution, [1.0, -0.01], 0.05).to_equal(
        False, because="the tolerance is for the sum; a negative number is never excused"
    )


@is_distribution.hidden
def turns_down_nothing_and_nan(is_distribution):
    """An empty list and a list that holds nan: False, without an error."""
    expect(is_distribution, []).to_equal(False, because="no numbers sum to 0, not to 1")
    expect(is_distribution, [0.5, math.nan, 0.5]).to_equal(
        False, because="every comparison with nan is False: ask what must hold, not what must not"
    )
    expect(is_distribution, [0.375, 0.625]).to_equal(True)


@is_distribution.misconception(
    caught_by=forgives_rounding_alone,
    hint=(
        "0.7 + 0.2 + 0.1 is 0.9999999999999999 in floating point. Ask whether the sum is within the tolerance"
        " of 1, not whether it equals 1."
    ),
)
def compares_exactly(p, tolerance=1e-9):
    return len(p) > 0 and all(x >= 0 for x in p) and sum(p) == 1


@is_distribution.misconception(
    caught_by=asks_for_no_negative_number,
    hint="A sum of 1 is half of the definition. The other half: no number below 0.",
)
def asks_only_for_the_sum(p, tolerance=1e-9):
    p = np.asarray(p, dtype=float)
    return bool(p.size > 0 and abs(p.sum() - 1) <= tolerance)


@is_distribution.misconception(
    caught_by=asks_for_a_sum_of_one,
    hint=(
        "A sum above 1 is refused here, and one below 1 is not. The distance from 1 counts in both"
        " directions: take its absolute value."
    ),
)
def asks_for_at_most_one(p, tolerance=1e-9):
    p = np.asarray(p, dtype=float)
    return bool(p.size > 0 and np.all(p >= 0) and p.sum() - 1 <= tolerance)


@is_distribution.misconception(
    caught_by=asks_for_no_negative_number,
    hint="A probability of 0 is allowed: a token that cannot come next. Ask for >= 0, not for > 0.",
)
def refuses_a_zero(p, tolerance=1e-9):
    p = np.asarray(p, dtype=float)
    return bool(p.size > 0 and np.all(p > 0) and abs(p.sum() - 1) <= tolerance)


@is_distribution.misconception(
    caught_by=forgives_rounding_alone,
    hint=(
        "np.isclose has a relative tolerance of 1e-5 beside the absolute one. Set rtol=0, or compare abs(sum"
        " - 1) with the tolerance yourself."
    ),
)
def leaves_isclose_its_relative_tolerance(p, tolerance=1e-9):
    p = np.asarray(p, dtype=float)
    return bool(p.size > 0 and np.all(p >= 0) and np.isclose(p.sum(), 1, atol=tolerance))


@is_distribution.misconception(
    caught_by=uses_the_tolerance_it_is_given,
    hint=(
        "The tolerance is fixed inside the function. Use the argument `tolerance`, so that a caller can"
        " widen it."
    ),
)
def ignores_the_argument(p, tolerance=1e-9):
    p = np.asarray(p, dtype=float)
    return bool(p.size > 0 and np.all(p >= 0) and abs(p.sum() - 1) <= 1e-9)


@is_distribution.misconception(
    caught_by=uses_the_tolerance_it_is_given,
    hint="The tolerance is for the sum. A number a little below 0 is still below 0.",
)
def forgives_a_small_negative(p, tolerance=1e-9):
    p = np.asarray(p, dtype=float)
    return bool(p.size > 0 and np.all(p >= -tolerance) and abs(p.sum() - 1) <= tolerance)


@is_distribution.misconception(
    caught_by=turns_down_nothing_and_nan,
    hint=(
        "nan is neither below 0 nor too far from 1, for it fails every comparison. Return True only where `p"
        " >= 0` and `abs(sum - 1) <= tolerance` hold."
    ),
)
def lets_nan_slip_through(p, tolerance=1e-9):
    if len(p) == 0 or any(x < 0 for x in p):
        return False
    return not abs(float(np.sum(p)) - 1) > tolerance


@is_distribution.misconception(
    caught_by=turns_down_nothing_and_nan,
    hint="An empty list gets an error here. The question is a yes or a no, and for no numbers it is False.",
)
def raises_for_an_empty_list(p, tolerance=1e-9):
    if len(p) == 0:
        raise ValueError("p is empty")
    return reference.is_distribution(p, tolerance)


@is_distribution.misconception(
    caught_by=asks_for_a_sum_of_one,
    hint="This raises an error where the answer is no. Return False: the caller asked a question.",
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

sequence_probability = Question(points=2, source="Chapter V")

# Twenty factors of no pattern; their product is some 1e-15, worked out in whole numbers.
PERCENTS = [7, 31, 12, 45, 9, 22, 3, 61, 18, 27, 5, 83, 14, 38, 11, 52, 29, 8, 66, 17]
SMALL_PRODUCT = math.prod(PERCENTS) / 100 ** len(PERCENTS)


@sequence_probability.check
def multiplies_the_factors(sequence_probability):
    """The product of the conditional probabilities."""
    expect(sequence_probability, [0.5, 0.2, 0.4]).to_equal(
        0.04, because="by the chain rule the factors are multiplied"
    )
    expect(sequence_probability, [0.9, 0.8, 0.75, 0.5]).to_equal(
        0.27, because="multiply all of the factors, the first and the last included"
    )


@sequence_probability.check
def takes_one_factor_or_many(sequence_probability):
    """A list, a tuple or an array, ints or floats, of any length."""
    expect(sequence_probability, (0.35,)).to_equal(
        0.35, because="a sequence of one token has that token's probability"
    )
    expect(sequence_probability, np.array([0.25, 0.5])).to_equal(0.125)
    expect(sequence_probability, [1, 1, 1]).to_equal(1, because="certain tokens make a certain sequence")


@sequence_probability.hidden
def is_zero_where_a_factor_is(sequence_probability):
    """A token that cannot occur makes the sequence impossible: exactly 0."""
    expect(sequence_probability, [0.6, 0.7]).to_equal(0.42)
    expect(sequence_probability, [0.9, 0, 0.8]).to_equal(
        0.0, because="a product with a factor of 0 is 0; nothing is added to keep it away from there"
    )


@sequence_probability.hidden
def keeps_small_probabilities(sequence_probability):
    """Twenty factors give a tiny number that is still right in its first nine digits."""
    # No floor under the error: the answer itself is far below the usual one of 1e-12.
    expect(sequence_probability, [n / 100 for n in PERCENTS]).to_equal(
        SMALL_PRODUCT, atol=0.0, because="do not round: small is not zero"
    )


@sequence_probability.misconception(
    caught_by=multiplies_the_factors,
    hint="The factors are added here. By the chain rule they are multiplied.",
)
def adds_the_factors(conditionals):
    return float(np.sum(conditionals))


@sequence_probability.misconception(
    caught_by=multiplies_the_factors,
    hint=(
        "This is the mean of the factors. The probability that all of the tokens occur in turn is their"
        " product."
    ),
)
def averages_the_factors(conditionals):
    return float(np.mean(conditionals))


@sequence_probability.misconception(
    caught_by=multiplies_the_factors,
    hint=(
        "This is the log-probability, which the next question asks for. Here the product itself is wanted:"
        " exp of that sum, or no logarithm at all."
    ),
)
def returns_the_logarithm(conditionals):
    with np.errstate(divide="ignore"):
        return float(np.log(np.asarray(conditionals, dtype=float)).sum())


@sequence_probability.misconception(
    caught_by=multiplies_the_factors,
    hint="The first factor, P(x_1), is left out. The chain rule starts with it.",
)
def leaves_out_the_first_factor(conditionals):
    return float(np.prod(np.asarray(conditionals, dtype=float)[1:]))


@sequence_probability.misconception(
    caught_by=is_zero_where_a_factor_is,
    hint=(
        "A small constant was added before the logarithm. It changes every answer and makes the impossible"
        " possible; multiply the factors as they are."
    ),
)
def adds_an_epsilon(conditionals):
    return float(np.exp(np.log(np.asarray(conditionals, dtype=float) + 1e-9).sum()))


@sequence_probability.misconception(
    caught_by=is_zero_where_a_factor_is,
    hint="math.log(0) is an error. The plain product needs no logarithm and has no trouble with a 0.",
)
def cannot_take_a_zero(conditionals):
    return math.exp(sum(math.log(p) for p in conditionals))


@sequence_probability.misconception(
    caught_by=keeps_small_probabilities,
    hint="The result is rounded, and a small probability is rounded away. Return it as it is.",
)
def rounds_the_product(conditionals):
    return round(float(np.prod(conditionals)), 6)


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


sequence_log_probability = Question(points=3, source="Chapter V")


@sequence_log_probability.check
def adds_the_logarithms(sequence_log_probability):
    """The sum of the natural logarithms."""
    expect(sequence_log_probability, [0.5, 0.2, 0.4]).to_equal(
        math.log(0.04), because="take ln of each factor and add: math.log or np.log, to base e"
    )
    expect(sequence_log_probability, (0.75,)).to_equal(
        math.log(0.75), because="one factor: its own logarithm, which is below 0"
    )
    expect(sequence_log_probability, np.array([1, 1])).to_equal(
        0.0, because="ln 1 is 0: certain tokens cost nothing"
    )


@sequence_log_probability.check
def refuses_what_is_no_probability(sequence_log_probability):
    """A factor below 0 or above 1: ValueError."""
    expect(sequence_log_probability, [0.8, 1.0]).to_equal(math.log(0.8))
    expect(sequence_log_probability, [0.5, 1.25]).to_be_refused(ValueError, naming=[1.25])
    expect(sequence_log_probability, [-0.3, 0.5]).to_be_refused(ValueError, naming=[-0.3])


@sequence_log_probability.hidden
def gives_minus_infinity_quietly(sequence_log_probability):
    """A factor of 0 gives -inf, and no warning."""
    expect(sequence_log_probability, [0.6, 0.15]).to_equal(math.log(0.09))
    expect(sequence_log_probability, [0.5, 0.0, 0.25]).to_be_quiet().to_equal(
        -math.inf, because="ln 0 is -inf, and -inf plus anything finite stays -inf"
    )
    expect(sequence_log_probability, [0]).to_be_quiet().to_equal(
        -math.inf, because="a lone 0, an int at that, gives -inf too"
    )


@sequence_log_probability.hidden
def outlives_the_product(sequence_log_probability):
    """A thousand tokens, whose product is too small for the machine, have a finite log-probability."""
    factors = [0.05, 0.4, 0.1, 0.3, 0.02] * 200
    total = 200 * (math.log(0.05) + math.log(0.4) + math.log(0.1) + math.log(0.3) + math.log(0.02))
    expect(sequence_log_probability, factors).to_equal(
        total, because="take the logarithm of each factor; the product of them all has become 0"
    )


@sequence_log_probability.hidden
def looks_at_every_factor_first(sequence_log_probability):
    """An impossible token does not excuse what comes after it, and a product inside [0, 1] does not excuse
    its factors."""
    expect(sequence_log_probability, [0.35, 0.9]).to_equal(math.log(0.35) + math.log(0.9))
    expect(sequence_log_probability, [0.0, 1.5]).to_be_refused(
        ValueError, naming=[1.5], because="look at every factor before answering"
    )
    expect(sequence_log_probability, [-0.5, -0.5]).to_be_refused(
        ValueError, naming=[-0.5], because="the product is 0.25, but neither factor is a probability"
    )


@sequence_log_probability.misconception(
    caught_by=outlives_the_product,
    hint=(
        "The product of a thousand probabilities underflows to 0 before the logarithm sees it. Take the"
        " logarithm of each factor, then add."
    ),
)
def takes_the_log_of_the_product(conditionals):
    p = np.asarray(conditionals, dtype=float)
    if np.any(p < 0) or np.any(p > 1):
        raise ValueError(f"outside [0, 1]: {p.tolist()}")
    product = float(np.prod(p))
    return math.log(product) if product > 0 else -math.inf


@sequence_log_probability.misconception(
    caught_by=adds_the_logarithms,
    hint=(
        "This is a logarithm to base 10. Log-probabilities in this field are natural logarithms: math.log or"
        " np.log."
    ),
)
def uses_base_ten(conditionals):
    return reference.sequence_log_probability(conditionals) / math.log(10)


@sequence_log_probability.misconception(
    caught_by=adds_the_logarithms,
    hint=(
        "This is a logarithm to base 2. Log-probabilities in this field are natural logarithms: math.log or"
        " np.log."
    ),
)
def uses_base_two(conditionals):
    return reference.sequence_log_probability(conditionals) / math.log(2)


@sequence_log_probability.misconception(
    caught_by=adds_the_logarithms,
    hint="The sign is turned round. A log-probability is 0 or less; its negative is the loss of chapter VII.",
)
def gives_the_loss(conditionals):
    return -reference.sequence_log_probability(conditionals)


@sequence_log_probability.misconception(
    caught_by=adds_the_logarithms, hint="This is the mean of the logarithms. The chain rule gives their sum."
)
def averages_the_logarithms(conditionals):
    return reference.sequence_log_probability(conditionals) / len(conditionals)


@sequence_log_probability.misconception(
    caught_by=gives_minus_infinity_quietly,
    hint=(
        "np.log(0) is -inf as it should be, with a RuntimeWarning on the way. Silence that one with"
        " np.errstate, or treat the 0 yourself."
    ),
)
def warns_about_a_zero(conditionals):
    p = np.asarray(conditionals, dtype=float)
    if np.any(p < 0) or np.any(p > 1):
        raise ValueError(f"outside [0, 1]: {p.tolist()}")
    with np.errstate(divide="warn"):
        return float(np.log(p).sum())


@sequence_log_probability.misconception(
    caught_by=gives_minus_infinity_quietly,
    hint="math.log(0) is an error. The logarithm of an impossible token is -inf: return -math.inf.",
)
def fails_at_a_zero(conditionals):
    if any(p < 0 or p > 1 for p in conditionals):
        raise ValueError(f"outside [0, 1]: {list(conditionals)}")
    return sum(math.log(p) for p in conditionals)


@sequence_log_probability.misconception(
    caught_by=gives_minus_infinity_quietly,
    hint=(
        "A small constant stands in for 0, so an impossible sequence gets a finite score. It should be -inf."
    ),
)
def puts_a_floor_under_zero(conditionals):
    if any(p < 0 or p > 1 for p in conditionals):
        raise ValueError(f"outside [0, 1]: {list(conditionals)}")
    return sum(math.log(max(p, 1e-12)) for p in conditionals)


@sequence_log_probability.misconception(
    caught_by=[refuses_what_is_no_probability, looks_at_every_factor_first],
    hint=(
        "Nothing is refused here. A factor below 0 or above 1 is a mistake upstream: raise ValueError and"
        " name it."
    ),
)
def refuses_nothing(conditionals):
    with np.errstate(all="ignore"):
        return float(np.log(np.asarray(conditionals, dtype=float)).sum())


@sequence_log_probability.misconception(
    caught_by=looks_at_every_factor_first,
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
    p = np.array(conditionals, dtype=np.float32)
    if p.min() < 0 or p.max() > 1:
        raise ValueError(f"probabilities run from 0 to 1; these run from {p.min()} to {p.max()}")
    with np.errstate(divide="ignore"):
        return np.log(p).sum()


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

bigram_model = Question(points=4, source="Notation: P(A | B)")

# Ninety letters of no simple pattern. The last of them occurs elsewhere too, so its row has one pair fewer
# than the text has of it.
LETTERS = ["abcd"[(i * i + i // 4 + i // 7) % 4] for i in range(90)]
LETTER_PAIRS = [LETTERS[i] + LETTERS[i + 1] for i in range(len(LETTERS) - 1)]
LETTER_ROWS = {
    a: {
        b: LETTER_PAIRS.count(a + b) / sum(pair[0] == a for pair in LETTER_PAIRS)
        for b in "abcd"
        if a + b in LETTER_PAIRS
    }
    for a in "abcd"
    if any(pair[0] == a for pair in LETTER_PAIRS)
}


@bigram_model.check
def counts_what_follows(bigram_model):
    """Each row: how often each token follows, over how often any does."""
    expect(bigram_model, ["red", "blue", "red", "red"]).to_equal(
        {"red": {"blue": 0.5, "red": 0.5}, "blue": {"red": 1.0}},
        because="count the pairs (token, next token), then divide each row by its own number of pairs",
    )
    expect(bigram_model, ("sun", "and", "rain", "and", "sun", "and", "wind", "and", "rain")).to_equal(
        {
            "sun": {"and": 1.0},
            "rain": {"and": 1.0},
            "wind": {"and": 1.0},
            "and": {"rain": 0.5, "sun": 0.25, "wind": 0.25},
        },
        because="a pair seen twice counts twice",
    )


@bigram_model.check
def refuses_a_text_without_a_pair(bigram_model):
    """Fewer than two tokens: ValueError. Two are enough."""
    expect(bigram_model, ["go", "on"]).to_equal({"go": {"on": 1.0}}, because="one pair, one row")
    expect(bigram_model, ["go"]).to_be_refused(ValueError)
    expect(bigram_model, []).to_be_refused(ValueError)


@bigram_model.hidden
def gives_the_last_token_no_row(bigram_model):
    """A token that nothing follows has no row, and a row holds what was seen and no more."""
    expect(bigram_model, ["we", "met", "at", "noon"]).to_equal(
        {"we": {"met": 1.0}, "met": {"at": 1.0}, "at": {"noon": 1.0}},
        because="the last token starts no pair, and the text does not wrap round to its beginning",
    )


@bigram_model.hidden
def divides_by_the_pairs_of_the_row(bigram_model):
    """Where the last token has occurred before, its row still sums to 1."""
    expect(bigram_model, ["up", "down", "up", "left", "up", "left", "up"]).to_equal(
        {"up": {"down": 1 / 3, "left": 2 / 3}, "down": {"up": 1.0}, "left": {"up": 1.0}},
        because=(
            "divide by the number of pairs that begin with the token; at the end of the text it begins none"
        ),
    )
    expect(bigram_model, ["ha", "ha", "ha"]).to_equal(
        {"ha": {"ha": 1.0}}, because="two pairs, both of them the same"
    )


@bigram_model.hidden
def holds_on_a_longer_text(bigram_model):
    """Ninety tokens, every row against an independent count."""
    expect(bigram_model, LETTERS).to_equal(
        LETTER_ROWS, because="one row a token, each divided by its own total"
    )


def pair_counts(tokens):
    if len(tokens) < 2:
        raise ValueError(f"{len(tokens)} tokens")
    counts = {}
    for i in range(len(tokens) - 1):
        row = counts.setdefault(tokens[i], {})
        row[tokens[i + 1]] = row.get(tokens[i + 1], 0) + 1
    return counts


@bigram_model.misconception(
    caught_by=counts_what_follows,
    hint="These are counts. Divide each row by its sum to make it a distribution.",
)
def leaves_counts_as_they_are(tokens):
    return pair_counts(tokens)


@bigram_model.misconception(
    caught_by=divides_by_the_pairs_of_the_row,
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
    caught_by=counts_what_follows,
    hint=(
        "Divided by all pairs of the text, this is P(previous and next). For P(next | previous), divide by"
        " the pairs that begin with previous."
    ),
)
def gives_joint_probabilities(tokens):
    return {a: {b: n / (len(tokens) - 1) for b, n in row.items()} for a, row in pair_counts(tokens).items()}


@bigram_model.misconception(
    caught_by=counts_what_follows,
    hint=(
        "The pairs are read backwards: this is P(previous | next). The row belongs to the token that comes"
        " first."
    ),
)
def reads_backwards(tokens):
    return reference.bigram_model(list(tokens)[::-1])


@bigram_model.misconception(
    caught_by=gives_the_last_token_no_row,
    hint="The last token got an empty row. A token that nothing follows has none.",
)
def gives_the_last_token_an_empty_row(tokens):
    model = reference.bigram_model(tokens)
    model.setdefault(tokens[-1], {})
    return model


@bigram_model.misconception(
    caught_by=gives_the_last_token_no_row,
    hint="The last token was paired with the first. Pairs end with the text: n tokens make n - 1 of them.",
)
def wraps_round(tokens):
    if len(tokens) < 2:
        raise ValueError("too few")
    return reference.bigram_model([*tokens, tokens[0]])


@bigram_model.misconception(
    caught_by=counts_what_follows,
    hint=(
        "Each kind of pair is counted once, however often it occurs. Repetitions are what the probabilities"
        " are made of."
    ),
)
def counts_each_pair_once(tokens):
    return {a: {b: 1 / len(row) for b in row} for a, row in pair_counts(tokens).items()}


@bigram_model.misconception(
    caught_by=counts_what_follows,
    hint="Each new pair overwrites the row, so only the last successor is left. Add 1 to its count instead.",
)
def keeps_the_last_successor(tokens):
    if len(tokens) < 2:
        raise ValueError("too few")
    return {tokens[i]: {tokens[i + 1]: 1.0} for i in range(len(tokens) - 1)}


@bigram_model.misconception(
    caught_by=gives_the_last_token_no_row,
    hint=(
        "The rows have entries of 0 for tokens that never followed. A row holds the tokens that did, and no"
        " others."
    ),
)
def fills_up_with_zeros(tokens):
    return {a: {b: row.get(b, 0.0) for b in tokens} for a, row in reference.bigram_model(tokens).items()}


@bigram_model.misconception(
    caught_by=counts_what_follows,
    hint="1 was added to every count. That is a way of smoothing; here the counts are wanted as they are.",
)
def smooths_by_adding_one(tokens):
    words = sorted(set(tokens))
    return {
        a: {b: (row.get(b, 0) + 1) / (sum(row.values()) + len(words)) for b in words}
        for a, row in pair_counts(tokens).items()
    }


@bigram_model.misconception(
    caught_by=refuses_a_text_without_a_pair,
    hint="A text without a pair gives an empty model here. Raise ValueError: nothing can be learned from it.",
)
def returns_an_empty_model(tokens):
    return reference.bigram_model(tokens) if len(tokens) >= 2 else {}


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

score_sentence = Question(points=3, source="Chapter V")

# "stop" has no row. The rows are not symmetric, so that reading a pair backwards shows.
SIGNALS = {"go": {"go": 0.25, "slow": 0.625, "stop": 0.125}, "slow": {"go": 0.3, "stop": 0.7}}


@score_sentence.check
def adds_up_the_pairs(score_sentence):
    """One logarithm a pair, added up."""
    expect(
        score_sentence, {"red": {"blue": 0.5, "red": 0.5}, "blue": {"red": 1.0}}, ["red", "blue", "red"]
    ).to_equal(
        math.log(0.5),
        because="look up P(next | previous) as model[previous][next] and add the natural logarithms",
    )
    expect(score_sentence, SIGNALS, ("go", "go", "slow", "stop")).to_equal(
        math.log(0.25) + math.log(0.625) + math.log(0.7),
        because="four tokens make three pairs; the first token is given and has no factor of its own",
    )


@score_sentence.check
def gives_minus_infinity_for_an_unseen_pair(score_sentence):
    """A pair that the model has never seen: -inf."""
    expect(score_sentence, SIGNALS, ["slow", "go"]).to_equal(math.log(0.3))
    expect(score_sentence, SIGNALS, ["go", "slow", "slow"]).to_equal(
        -math.inf, because="slow is never followed by slow here: its probability is 0, and ln 0 is -inf"
    )


@score_sentence.hidden
def gives_minus_infinity_without_a_row(score_sentence):
    """A token without a row makes what follows it unseen too: -inf, not an error, and the model stays as it
    was."""
    expect(score_sentence, SIGNALS, ["go", "stop"]).to_equal(
        math.log(0.125), because="a token without a row may still come last"
    )
    expect(score_sentence, SIGNALS, ["go", "stop", "go", "slow"]).to_equal(
        -math.inf, because="look the row up with a default, so that a missing one counts as empty"
    )
    expect(score_sentence, SIGNALS, ["wait", "go"]).to_equal(
        -math.inf, because="a token the model does not know has no row either"
    )


@score_sentence.hidden
def gives_zero_for_one_token(score_sentence):
    """A sentence of one token has no pair, and scores 0, known or not."""
    expect(score_sentence, SIGNALS, ["slow"]).to_equal(
        0, because="the first token is given, so its factor is 1 and the logarithm of that is 0"
    )
    expect(score_sentence, SIGNALS, ["stop"]).to_equal(
        0, because="without a pair there is nothing to look up"
    )
    expect(score_sentence, SIGNALS, ["go", "slow"]).to_equal(math.log(0.625))


@score_sentence.hidden
def stays_finite_on_a_long_sentence(score_sentence):
    """Nine hundred tokens, whose probability is too small for the machine, have a finite score."""
    expect(score_sentence, SIGNALS, ["go", "slow", "go"] + ["go"] * 897).to_equal(
        math.log(0.625) + math.log(0.3) + 897 * math.log(0.25),
        because="add logarithms pair by pair; the product of them all has become 0",
    )


@score_sentence.misconception(
    caught_by=adds_up_the_pairs,
    hint="This is the probability. Its natural logarithm is wanted: add ln of each factor.",
)
def gives_the_product(model, tokens):
    product = 1.0
    for i in range(len(tokens) - 1):
        product *= model.get(tokens[i], {}).get(tokens[i + 1], 0.0)
    return product


@score_sentence.misconception(
    caught_by=stays_finite_on_a_long_sentence,
    hint=(
        "The product of many probabilities underflows to 0 before the logarithm sees it. Add the logarithms"
        " instead."
    ),
)
def takes_the_log_at_the_end(model, tokens):
    product = gives_the_product(model, tokens)
    return math.log(product) if product > 0 else -math.inf


@score_sentence.misconception(
    caught_by=adds_up_the_pairs,
    hint="The pairs are looked up backwards. The row belongs to the previous token: model[previous][next].",
)
def looks_up_backwards(model, tokens):
    return reference.score_sentence(model, list(tokens)[::-1])


@score_sentence.misconception(
    caught_by=gives_minus_infinity_for_an_unseen_pair,
    hint=(
        "An unseen pair is passed over here, which scores it as certain. Its probability is 0, so the"
        " sentence scores -inf."
    ),
)
def passes_over_unseen_pairs(model, tokens):
    pairs = itertools.pairwise(tokens)
    return sum(math.log(model[a][b]) for a, b in pairs if b in model.get(a, {}))


@score_sentence.misconception(
    caught_by=gives_minus_infinity_for_an_unseen_pair,
    hint=(
        "model[previous][next] is a KeyError where the pair is missing. Treat a missing entry as"
        " probability 0."
    ),
)
def fails_at_an_unseen_pair(model, tokens):
    return sum(math.log(model[a][b]) for a, b in itertools.pairwise(tokens))


@score_sentence.misconception(
    caught_by=gives_minus_infinity_without_a_row,
    hint=(
        "A missing entry is caught, a missing row is not: model[previous] is a KeyError. Look the row up with"
        " a default too."
    ),
)
def fails_at_a_missing_row(model, tokens):
    score = 0.0
    for i in range(len(tokens) - 1):
        p = model[tokens[i]].get(tokens[i + 1], 0)
        score += math.log(p) if p else -math.inf
    return score


@score_sentence.misconception(
    caught_by=gives_minus_infinity_without_a_row,
    hint="setdefault writes an empty row into the caller's model. Use get, which only looks.",
)
def writes_into_the_model(model, tokens):
    score = 0.0
    for i in range(len(tokens) - 1):
        p = model.setdefault(tokens[i], {}).get(tokens[i + 1], 0)
        score += math.log(p) if p else -math.inf
    return score


@score_sentence.misconception(
    caught_by=gives_minus_infinity_for_an_unseen_pair,
    hint=(
        "A small constant stands in for an unseen pair. That is a kind of smoothing; here the score is -inf."
    ),
)
def puts_a_floor_under_unseen_pairs(model, tokens):
    return sum(math.log(model.get(a, {}).get(b, 1e-10)) for a, b in itertools.pairwise(tokens))


@score_sentence.misconception(
    caught_by=adds_up_the_pairs,
    hint=(
        "The score is divided by the number of pairs. That compares sentences of unlike length; here the sum"
        " is wanted."
    ),
)
def averages_over_the_pairs(model, tokens):
    return reference.score_sentence(model, tokens) / max(1, len(tokens) - 1)


@score_sentence.misconception(
    caught_by=adds_up_the_pairs,
    hint="These are logarithms to base 2. Use the natural logarithm: math.log with one argument.",
)
def scores_in_bits(model, tokens):
    return reference.score_sentence(model, tokens) / math.log(2)


@score_sentence.misconception(
    caught_by=gives_zero_for_one_token, hint="One token has no pair: the sum is empty, and an empty sum is 0."
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

most_likely_continuation = Question(points=2, source="Chapter V")

# The likeliest first step, out, leads to the less likely path of two: 0.6 x 0.5 against 0.4 x 1. "far" has no
# row.
WALK = {
    "home": {"in": 0.4, "out": 0.6},
    "out": {"far": 0.3, "near": 0.5, "out": 0.2},
    "in": {"far": 1.0},
    "near": {"home": 0.8, "far": 0.2},
}


@most_likely_continuation.check
def takes_the_likeliest_each_time(most_likely_continuation):
    """At each step the token with the largest probability; the start is left out."""
    expect(
        most_likely_continuation, {"red": {"blue": 0.7, "red": 0.3}, "blue": {"red": 1.0}}, "red", 3
    ).to_equal(
        ["blue", "red", "blue"],
        because="look up the row of the current token, take its likeliest entry, go on from there",
    )
    expect(most_likely_continuation, WALK, "home", 1).to_equal(
        ["out"], because="length counts the tokens added; start is not one of them"
    )


@most_likely_continuation.check
def settles_a_tie_by_the_alphabet(most_likely_continuation):
    """A tie goes to the alphabetically first token, wherever it stands in the row."""
    market = {
        "buy": {"plums": 0.3, "pears": 0.3, "beans": 0.1, "quinces": 0.3},
        "pears": {"and": 0.5, "now": 0.5},
        "plums": {"now": 1.0},
    }
    expect(most_likely_continuation, market, "buy", 2).to_equal(
        ["pears", "and"], because="among tokens of equal probability take the alphabetically first"
    )


@most_likely_continuation.hidden
def stops_where_no_row_is(most_likely_continuation):
    """Fewer tokens than asked for where one without a row is reached, none where the start has no row."""
    expect(most_likely_continuation, WALK, "in", 5).to_equal(
        ["far"], because="far has no row: the text ends there"
    )
    expect(most_likely_continuation, WALK, "far", 3).to_equal([], because="nothing is known to follow far")
    expect(most_likely_continuation, WALK, "nowhere", 2).to_equal(
        [], because="a token the model does not know has no row either"
    )


@most_likely_continuation.hidden
def is_greedy_and_goes_round(most_likely_continuation):
    """The likeliest step now, even where it leads to a less likely text, and round again where the steps form
    a loop."""
    expect(most_likely_continuation, WALK, "home", 2).to_equal(
        ["out", "near"], because="greedy: no looking ahead"
    )
    expect(most_likely_continuation, WALK, "home", 7).to_equal(
        ["out", "near", "home", "out", "near", "home", "out"],
        because="a token may come again: greedy decoding runs in circles",
    )
    expect(most_likely_continuation, WALK, "out", 0).to_equal([], because="length 0 adds nothing")
    # Longer than the small ints that Python keeps one object each of: a length is compared as a number, not
    # with `is`.
    expect(most_likely_continuation, WALK, "home", 300).to_equal(
        ["out", "near", "home"] * 100, because="stop where as many tokens are added as length says"
    )


@most_likely_continuation.misconception(
    caught_by=takes_the_likeliest_each_time,
    hint="`start` stands at the head of the result. Only what follows it is wanted.",
)
def keeps_the_start(model, start, length):
    return [start, *reference.most_likely_continuation(model, start, length)]


@most_likely_continuation.misconception(
    caught_by=takes_the_likeliest_each_time,
    hint="One token too few: length counts the tokens added, and start is not among them.",
)
def adds_one_too_few(model, start, length):
    return reference.most_likely_continuation(model, start, length - 1)


@most_likely_continuation.misconception(
    caught_by=settles_a_tie_by_the_alphabet,
    hint=(
        "max takes the first of equals in the order of the dict. Break the tie by the token itself: the"
        " alphabetically first."
    ),
)
def takes_the_first_entered(model, start, length):
    added = []
    while len(added) < length and start in model:
        start = max(model[start], key=model[start].get)
        added.append(start)
    return added


@most_likely_continuation.misconception(
    caught_by=settles_a_tie_by_the_alphabet,
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
    caught_by=stops_where_no_row_is,
    hint="A token without a row is a KeyError here. Stop there and return what there is.",
)
def fails_without_a_row(model, start, length):
    added = []
    for _ in range(length):
        start = min(model[start], key=lambda token: (-model[start][token], token))
        added.append(start)
    return added


@most_likely_continuation.misconception(
    caught_by=stops_where_no_row_is,
    hint="The rest is filled up. Where the text ends early, the list is shorter.",
)
def fills_up_the_rest(model, start, length):
    added = reference.most_likely_continuation(model, start, length)
    return added + [""] * (length - len(added))


@most_likely_continuation.misconception(
    caught_by=takes_the_likeliest_each_time,
    hint="This is the least likely token at each step: the order is the wrong way round.",
)
def takes_the_least_likely(model, start, length):
    added = []
    while len(added) < length and start in model:
        start = min((p, token) for token, p in model[start].items())[1]
        added.append(start)
    return added


@most_likely_continuation.misconception(
    caught_by=takes_the_likeliest_each_time,
    hint="Every step is taken from start's row. After a step, go on from the token added last.",
)
def never_moves_on(model, start, length):
    return reference.most_likely_continuation(model, start, 1) * length


@most_likely_continuation.misconception(
    caught_by=is_greedy_and_goes_round,
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
    caught_by=is_greedy_and_goes_round,
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
def by_calling_itself(model, start, length):
    if length <= 0 or start not in model:
        return []
    best = max(model[start].values())
    first = min(token for token, p in model[start].items() if p == best)
    return [first, *by_calling_itself(model, first, length - 1)]


@most_likely_continuation.alternative
def by_argmax_of_sorted_tokens(model, start, length):
    words, current = (), start
    while len(words) < length and current in model:
        tokens = sorted(model[current])
        current = tokens[int(np.argmax([model[current][token] for token in tokens]))]
        words += (current,)
    return words


# Worked by hand ---------------------------------------------------------------------------------------------

example_5 = WorkedValue(
    points=1,
    source="Example 5",
    numbers={"conditionals": [0.05, 0.12, 0.08, 0.70]},
    # Four logarithms rounded to two decimals each may be off by 0.005 each: 0.02 together. The primer's own
    # terms add up to -8.01 for -7.998.
    tolerance=(0.000001, 0.02),
    answer_as="two numbers: the probability to six decimals, and the log-probability to two",
    because=(
        "the probability is a product of the four; the log-probability a sum of four natural logarithms, each"
        " below 0"
    ),
)


@example_5.draw
def another_sentence(rng):
    return {
        "conditionals": [
            rng.choice([0.04, 0.05, 0.1, 0.2]),
            rng.choice([0.1, 0.15, 0.2, 0.3]),
            rng.choice([0.05, 0.1, 0.25, 0.4]),
            rng.choice([0.5, 0.6, 0.8, 0.9]),
        ]
    }


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


@example_5.alternative
def rounds_at_the_end(conditionals):
    return [round(math.prod(conditionals), 6), round(math.log(math.prod(conditionals)), 2)]


@example_5.alternative
def both_in_an_array(conditionals):
    return np.array([np.prod(conditionals), np.log(conditionals).sum()])


exercise_11 = WorkedValue(
    points=1,
    source="Exercise 11",
    numbers={"p": [0.4, 0.35, 0.2, 0.05], "last": 0.1},
    answer_as="True or False twice: for the list as it is, and for the list with its last value replaced",
    because="ask two things of each list: is any number below 0, and is the sum 1?",
)


@exercise_11.draw
def another_list(rng):
    first = rng.choice(
        [
            [0.45, 0.25, 0.2],
            [0.3, 0.3, 0.25],
            [0.5, 0.2, 0.15],
            [0.35, 0.3, 0.1],
            [0.6, 0.15, 0.05],
            [0.25, 0.25, 0.35],
        ]
    )
    missing = round(1 - sum(first), 2)
    return {"p": [*first, round(missing + rng.choice([-0.05, 0.05, 0.1]), 2)], "last": missing}


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


@exercise_11.alternative
def truths_in_a_tuple(p, last):
    return (abs(sum(p) - 1) < 0.001, abs(sum(p[:-1]) + last - 1) < 0.001)


@exercise_11.alternative
def truths_in_an_array(p, last):
    return np.array([round(sum(p), 6) == 1, round(sum(p[:-1]) + last, 6) == 1])


exercise_12 = WorkedValue(
    points=1,
    source="Exercise 12",
    numbers={"conditionals": [0.3, 0.5, 0.9]},
    # Three logarithms rounded to three decimals each may be off by 0.0005 each: 0.0015 together.
    tolerance=(0.001, 0.002),
    answer_as="two numbers to three decimals: the probability and the log-probability",
    because="multiply the three; add their natural logarithms, each of which is below 0",
)


@exercise_12.draw
def another_three_tokens(rng):
    return {
        "conditionals": [
            rng.choice([0.2, 0.4, 0.6]),
            rng.choice([0.3, 0.5, 0.7]),
            rng.choice([0.7, 0.8, 0.9]),
        ]
    }


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


@exercise_12.alternative
def three_in_an_array(conditionals):
    return np.array([np.prod(conditionals), np.log(conditionals).sum()])
