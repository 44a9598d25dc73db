"""Chapter V: what is asked of distributions, sequences and the bigram model."""

import math

import numpy as np

from autograder.course.domains import (
    ANY_DISTRIBUTION,
    ANY_PROBABILITIES,
    among,
    empty_vectors,
    lengths,
    one_of,
    tokens,
    vectors,
    words,
)
from autograder.course.question import Question, WorkedValue, expect

# Distributions ----------------------------------------------------------------------------------------------

is_distribution = Question(
    points=3,
    source="Chapter V",
    meaning="Two rules make a distribution: nothing below 0, and a sum of 1. Only the second needs a"
    " tolerance, since"
    " only a sum is rounded.",
)


@is_distribution.check
def asks_for_a_sum_of_one(is_distribution):
    """The numbers must add up to 1: no more, no less."""
    for p, answer, why in [
        ([0.5, 0.25, 0.125, 0.125], True, "the answer is True: no number is below 0 and the sum is 1"),
        ([0.5, 0.25, 0.25, 0.25], False, "the answer is False: the sum is above 1"),
        ([0.5, 0.25, 0.125], False, "the answer is False: the sum is below 1, some probability is missing"),
    ]:
        expect(is_distribution, p).to_equal(answer, because=why)


@is_distribution.check
def asks_for_no_negative_number(is_distribution):
    """A negative number spoils it whatever the sum; a zero does not."""
    expect(is_distribution, [0.75, -0.25, 0.5]).to_equal(
        False, because="the answer is False: the sum is 1, but one of the numbers is below 0"
    )
    expect(is_distribution, [0.75, 0.0, 0.25]).to_equal(
        True, because="the answer is True: 0 is allowed, a token that cannot come next"
    )


@is_distribution.check
def takes_every_kind_of_vector(is_distribution):
    """A list, a tuple or an array, ints or floats, one number or many, left as they were."""
    expect(is_distribution, [1]).to_equal(True, because="one token that is certain is a distribution too")
    expect(is_distribution, [0, 1, 0]).to_equal(True, because="0 is allowed: a token that cannot come next")
    expect(is_distribution, (0, 1, 0)).to_equal(True, because="right for a list and not for a tuple")
    expect(is_distribution, np.array([0.25, 0.75])).to_equal(
        True, because="right for a list and not for an array"
    )
    expect(is_distribution, np.array([0.3, 0.3])).to_equal(
        False, because="the answer is False: the sum is below 1"
    )
    expect(is_distribution, np.array([2])).to_equal(False, because="the answer is False: the sum is above 1")


@is_distribution.hidden
def forgives_rounding_alone(is_distribution):
    """A sum off by rounding is accepted, one off by more is not."""
    for p in [
        [0.1] * 10,
        [0.7, 0.2, 0.1],
        np.full(50_000, 1 / 50_000),
        [0.5, 0.5 + 0.9e-9],
        [0.5, 0.5 - 0.9e-9],
        [1 + 0.9e-9],
    ]:
        expect(is_distribution, p).to_equal(
            True, because="the sum is 1 but for rounding, within the tolerance of 1e-9"
        )
    for p in [[0.5, 0.500001], [0.5, 0.5 + 1.2e-9], [0.5, 0.5 - 1.2e-9]]:
        expect(is_distribution, p).to_equal(
            False, because="the sum is off by more than the tolerance of 1e-9, to which nothing is added"
        )


@is_distribution.hidden
def uses_the_tolerance_it_is_given(is_distribution):
    """The tolerance argument counts, for the sum and for nothing else."""
    thirds = [0.33, 0.33, 0.33]
    expect(is_distribution, thirds).to_equal(
        False, because="the sum is off by more than 1e-9, which is the tolerance if none is given"
    )
    expect(is_distribution, thirds, 0.02).to_equal(
        True, because="the sum is off by less than the tolerance given"
    )
    expect(is_distribution, [0.34, 0.34, 0.34], 0.03).to_equal(
        True, because="the sum is off by less than the tolerance given, which counts in both directions"
    )
    expect(is_distribution, thirds, tolerance=0.001).to_equal(
        False, because="the sum is off by more than the tolerance given"
    )
    expect(is_distribution, [0.5, 0.5 + 1e-10], 1e-12).to_equal(
        False, because="the sum is off by more than the tolerance given, which may be smaller than 1e-9 too"
    )
    expect(is_distribution, [0.5, 0.5 - 5e-13], 1e-12).to_equal(
        True, because="the sum is off by less than the tolerance given"
    )
    expect(is_distribution, [0.5, 0.5 + 4e-13], 1e-13).to_equal(
        False, because="nothing is rounded before it is added up: the sum is off by more than the tolerance"
    )
    expect(is_distribution, [0.5, 0.5 + 1e-10], tolerance=0).to_equal(
        False, because="a tolerance of 0 is one, too: the sum is off by more than that"
    )
    for p in [[1.0, -0.01], [1.0, -1e-17]]:
        expect(is_distribution, p, 0.05).to_equal(
            False, because="the tolerance is for the sum; a negative number, however small, is never excused"
        )


@is_distribution.hidden
def adds_up_without_wrapping(is_distribution):
    """Arrays of small ints, whose sum has no room in 8 bits."""
    expect(is_distribution, [128.0, 129.0]).to_equal(False, because="the answer is False: the sum is 257")
    expect(is_distribution, np.array([0, 1, 0], dtype=np.uint8)).to_equal(True)
    expect(is_distribution, np.array([128, 129], dtype=np.uint8)).to_equal(
        False, because_type="sums of 8-bit ints wrap round, 257 to 1: np.asarray(p, dtype=float) first"
    )


@is_distribution.hidden
def turns_down_nothing_and_nan(is_distribution):
    """An empty list and a list that holds nan: False, without an error."""
    expect(is_distribution, [0.375, 0.625]).to_equal(True)
    for nothing in [[], (), np.array([])]:
        expect(is_distribution, nothing).to_equal(
            False, because="the answer is False: no numbers sum to 0, not to 1"
        )
    for p in [[0.5, math.nan, 0.5], [math.nan], [1.0, math.nan]]:
        expect(is_distribution, p).to_equal(
            False, because="every comparison with nan is False: ask what must hold, not what must not"
        )


is_distribution.domain(p=vectors(of=ANY_DISTRIBUTION, float32="exact"))
is_distribution.domain(p=empty_vectors())


@is_distribution.domain
def numbers_that_miss_a_rule(draw):
    p = [float(x) for x in draw(vectors(draw(lengths(2, 8)), ANY_DISTRIBUTION, float32="exact"))]
    step = draw(
        one_of(
            {
                "a sum a little off": among(2e-9, -2e-9, 1e-6, -1e-5),
                "a sum far off": among(0.25, -0.25, 1.0),
                "a sum within the tolerance": among(5e-10, -5e-10, 1e-11),
            }
        )
    )
    place = p.index(max(p))
    p[place] += step
    return {"p": p}


@is_distribution.domain
def a_negative_number(draw):
    below = draw(among(0.25, 1e-3, 1e-10, 1e-15))
    p = [float(x) for x in draw(vectors(draw(lengths(1, 8)), ANY_DISTRIBUTION, float32="exact"))]
    p[p.index(max(p))] += below
    p.insert(draw.rng.randrange(len(p) + 1), -below)
    return {"p": p}


@is_distribution.domain
def a_number_that_is_not_one(draw):
    p = [float(x) for x in draw(vectors(draw(lengths(1, 8)), ANY_DISTRIBUTION, float32="exact"))]
    p.insert(draw.rng.randrange(len(p) + 1), math.nan)
    return {"p": p}


@is_distribution.domain
def a_tolerance_of_its_own(draw):
    tolerance = draw(among(0.05, 1e-3, 1e-6, 1e-12))
    p = [float(x) for x in draw(vectors(draw(lengths(2, 5)), {"sixteenths": ANY_DISTRIBUTION["sixteenths"]}))]
    p[p.index(max(p))] += tolerance * draw(among(0.5, -0.5, 2, -2))
    return {"p": p, "tolerance": tolerance}


# Sequences --------------------------------------------------------------------------------------------------

FACTORS = (
    "by the chain rule all the factors are multiplied, the first and the last included, and nothing is"
    " rounded"
)

sequence_probability = Question(
    points=2,
    source="Chapter V",
    meaning="By the chain rule the factors are multiplied, first token included. Each factor is a conditional"
    " probability, so nothing is assumed to be independent of anything.",
)

# Twenty factors of no pattern; their product is some 1e-15, worked out in whole numbers.
PERCENTS = [7, 31, 12, 45, 9, 22, 3, 61, 18, 27, 5, 83, 14, 38, 11, 52, 29, 8, 66, 17]
SMALL_PRODUCT = math.prod(PERCENTS) / 100 ** len(PERCENTS)


@sequence_probability.check
def multiplies_the_factors(sequence_probability):
    """The product of the conditional probabilities."""
    expect(sequence_probability, [0.5, 0.2, 0.4]).to_equal(0.04, because=FACTORS)
    expect(sequence_probability, [0.9, 0.8, 0.75, 0.4]).to_equal(0.216, because=FACTORS)


@sequence_probability.check
def takes_one_factor_or_many(sequence_probability):
    """A list, a tuple or an array, ints or floats, of any length, left as they were."""
    expect(sequence_probability, [0.35]).to_equal(
        0.35, because="a sequence of one token has that token's probability"
    )
    expect(sequence_probability, [0.35, 0.2]).to_equal(0.07, because=FACTORS)
    expect(sequence_probability, (0.35, 0.2)).to_equal(0.07, because="right for a list and not for a tuple")
    expect(sequence_probability, np.array([0.25, 0.5])).to_equal(
        0.125, because="right for a list and not for an array"
    )
    expect(sequence_probability, [1, 1, 1]).to_equal(1, because="certain tokens make a certain sequence")


@sequence_probability.hidden
def is_zero_where_a_factor_is(sequence_probability):
    """A token that cannot occur makes the sequence impossible: exactly 0."""
    expect(sequence_probability, [0.6, 0.7]).to_equal(0.42, because=FACTORS)
    for factors in [[0.9, 0, 0.8], [0.0], np.array([0.0, 1.0]), np.array([1, 0, 1])]:
        expect(sequence_probability, factors).to_equal(
            0.0,
            atol=0.0,
            because="a product with a factor of 0 is exactly 0; nothing is added to keep it away",
        )


@sequence_probability.hidden
def keeps_small_probabilities(sequence_probability):
    """A tiny probability is still right in its first nine digits."""
    # No floor under the error: the answers themselves are far below the usual one of 1e-12.
    expect(sequence_probability, [0.6, 0.7, 0.5]).to_equal(0.21, because=FACTORS)
    small = "small is not zero: return the product as it is, with nothing rounded, added or cut off"
    expect(sequence_probability, [n / 100 for n in PERCENTS]).to_equal(SMALL_PRODUCT, atol=0.0, because=small)
    expect(sequence_probability, [1e-9, 0.5]).to_equal(5e-10, atol=0.0, because=small)
    expect(sequence_probability, [0.5] * 1000).to_equal(2.0**-1000, atol=0.0, because=small)


sequence_probability.domain(conditionals=vectors(of=ANY_PROBABILITIES))
sequence_probability.domain(
    conditionals=vectors(
        of={"an impossible one among them": ANY_PROBABILITIES["an impossible one among them"]}
    ),
    atol=0.0,
    because="a factor of 0 makes the product exactly 0",
)
sequence_probability.domain(
    conditionals=vectors(
        5, of={"small factors": lambda rng, n: [rng.randint(1, 99) / 10000 for _ in range(n)]}
    ),
    atol=0.0,
    because="a product of five small factors is far from the smallest float, and below the usual floor of"
    " 1e-12",
)

LOGARITHMS = "take the natural logarithm of each factor, that of math.log, and add them up, unrounded"

sequence_log_probability = Question(
    points=3,
    source="Chapter V",
    meaning="This is log_product of Chapter IV under the name that papers give it. Its negative, divided by"
    " the number of"
    " tokens, is the loss of Chapter VII.",
)


@sequence_log_probability.check
def adds_the_logarithms(sequence_log_probability):
    """The sum of the natural logarithms."""
    expect(sequence_log_probability, [0.5, 0.2, 0.4]).to_equal(math.log(0.04), because=LOGARITHMS)
    expect(sequence_log_probability, [0.75]).to_equal(
        math.log(0.75), because="for one factor, the answer is its own logarithm, which is below 0"
    )
    expect(sequence_log_probability, [0.75, 0.2]).to_equal(math.log(0.15), because=LOGARITHMS)
    expect(sequence_log_probability, (0.75, 0.2)).to_equal(
        math.log(0.15), because="right for a list and not for a tuple"
    )
    expect(sequence_log_probability, [1, 1]).to_equal(
        0.0, because="ln 1 is 0, and certain tokens cost nothing"
    )
    expect(sequence_log_probability, np.array([0.75, 0.2])).to_equal(
        math.log(0.15), because="right for a list and not for an array"
    )


@sequence_log_probability.check
def refuses_what_is_no_probability(sequence_log_probability):
    """A factor below 0 or above 1: ValueError that names it."""
    expect(sequence_log_probability, [0.8, 0.5]).to_equal(math.log(0.4), because=LOGARITHMS)
    expect(sequence_log_probability, [0.8, 1.0]).to_equal(
        math.log(0.8), because="1 is a probability, and not refused"
    )
    expect(sequence_log_probability, [-0.3, 0.5]).to_be_refused(ValueError, naming=[-0.3])
    expect(sequence_log_probability, [0.5, 1.25, 0.35]).to_be_refused(ValueError, naming=[1.25])


@sequence_log_probability.hidden
def gives_minus_infinity_quietly(sequence_log_probability):
    """A factor of 0 gives -inf, and no warning."""
    expect(sequence_log_probability, [0.6, 0.15]).to_be_quiet().to_equal(math.log(0.09), because=LOGARITHMS)
    for factors in [[0.5, 0.0, 0.25], [0], (1, 0.0), np.array([0.0, 0.5]), np.array([1, 0])]:
        expect(sequence_log_probability, factors).to_be_quiet(
            because="the value is right, and a warning comes with it: see to the 0 before its logarithm, or"
            " silence the warning with np.errstate"
        ).to_equal(-math.inf, because="ln 0 counts as -inf, and -inf plus anything finite stays -inf")


@sequence_log_probability.hidden
def outlives_the_product(sequence_log_probability):
    """Many tokens, or very improbable ones, whose product is too small for the machine."""
    expect(sequence_log_probability, [0.35, 0.9]).to_equal(math.log(0.35) + math.log(0.9), because=LOGARITHMS)
    expect(sequence_log_probability, [1e-30, 0.5]).to_equal(
        -30 * math.log(10) + math.log(0.5),
        because="every probability above 0 has a logarithm of its own, however small: no floor, nothing"
        " added",
    )
    factors = [0.05, 0.4, 0.1, 0.3, 0.02] * 200
    total = 200 * (math.log(0.05) + math.log(0.4) + math.log(0.1) + math.log(0.3) + math.log(0.02))
    for given, answer in [
        (factors, total),
        ([0.5] * 3000, 3000 * math.log(0.5)),
        ([1e-30] * 170, -5100 * math.log(10)),
        # A product of a digit or two: not 0 yet, and its logarithm is off by then.
        ([1e-32, 3e-33] * 5, -325 * math.log(10) + 5 * math.log(3)),
    ]:
        expect(sequence_log_probability, given).to_equal(
            answer, because="take the logarithm of each factor, then add: the product of them all underflows"
        )


@sequence_log_probability.hidden
def keeps_every_digit_near_one(sequence_log_probability):
    """Factors of 1 and near 1, whose logarithms are small."""
    expect(sequence_log_probability, [0.7, 1.0, 0.9]).to_equal(
        math.log(0.7) + math.log(0.9), because="a factor of 1 adds 0, and the factors after it count too"
    )
    for p in [0.999, 1 - 2.0**-37]:
        expect(sequence_log_probability, [p]).to_equal(
            math.log(p), because="the sum is returned as it is: not rounded, nothing added, no small one cut"
        )


@sequence_log_probability.hidden
def looks_at_every_factor_first(sequence_log_probability):
    """What is no probability is refused wherever it stands, by whatever amount, and beside a 0 too."""
    expect(sequence_log_probability, [0.35, 0.9]).to_equal(math.log(0.35) + math.log(0.9), because=LOGARITHMS)
    expect(sequence_log_probability, [0.0, 1.5]).to_be_refused(
        ValueError,
        naming=[1.5],
        because="look at every factor before answering, and name the one that is wrong",
    )
    for factors, wrong in [
        ([-0.5, -0.5], -0.5),
        ([0, 0.5, -0.5], -0.5),
        ((0.5, math.nextafter(1.0, 2.0)), math.nextafter(1.0, 2.0)),
        (np.array([0.5, -1e-30]), -1e-30),
        ([0.5, -math.nextafter(0.0, 1.0)], -math.nextafter(0.0, 1.0)),
        ([2], 2),
    ]:
        expect(sequence_log_probability, factors).to_be_refused(
            ValueError,
            naming=[wrong],
            because="ask of every factor whether it lies from 0 to 1, exactly, before answering",
        )


sequence_log_probability.domain(conditionals=vectors(of=ANY_PROBABILITIES))


def outside(p):
    """The numbers of a list that are no probabilities."""
    return [float(x) for x in p if not 0 <= x <= 1]


@sequence_log_probability.refuses(ValueError, naming=lambda conditionals: outside(conditionals))
def a_factor_that_is_no_probability(draw):
    wrong = {
        "a factor above 1": among(1.5, 2, 1.0000001, 40),
        "a factor below 0": among(-0.5, -1, -1e-9, -3e-30),
        "just above 1": math.nextafter(1.0, 2.0),
    }
    factors = [float(x) for x in draw(vectors(draw(lengths(1, 5)), ANY_PROBABILITIES))]
    factors.insert(draw.rng.randrange(len(factors) + 1), float(draw(one_of(wrong))))
    return {"conditionals": factors}


# A model from counts ----------------------------------------------------------------------------------------

COUNTING = (
    "count the pairs (token, next token), none of them beginning with the last; divide each count by the"
    " number of pairs with the same first token; a pair that does not occur has no entry"
)
COLOURS = ["red", "blue", "red", "red", "green", "red", "red"]
COLOUR_ROWS = {"red": {"blue": 0.25, "red": 0.5, "green": 0.25}, "blue": {"red": 1.0}, "green": {"red": 1.0}}

bigram_model = Question(
    points=4,
    source="Notation: P(A | B)",
    meaning="Each row is the table of builds again: of all pairs that begin with this token, the fraction"
    " that goes on"
    " with that one. A model of this kind is nothing but its text, counted.",
)

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
        {"red": {"blue": 0.5, "red": 0.5}, "blue": {"red": 1.0}}, because=COUNTING
    )
    text = ["sun", "and", "rain", "and", "sun", "and", "wind", "and", "rain"]
    rows = {
        "sun": {"and": 1.0},
        "rain": {"and": 1.0},
        "wind": {"and": 1.0},
        "and": {"rain": 0.5, "sun": 0.25, "wind": 0.25},
    }
    expect(bigram_model, text).to_equal(rows, because=COUNTING)
    expect(bigram_model, tuple(text)).to_equal(rows, because="right for a list of tokens and not for a tuple")


@bigram_model.check
def refuses_a_text_without_a_pair(bigram_model):
    """Fewer than two tokens: ValueError. Two are enough."""
    expect(bigram_model, ["go", "on"]).to_equal({"go": {"on": 1.0}}, because=COUNTING)
    expect(bigram_model, ["go"]).to_be_refused(ValueError)
    expect(bigram_model, []).to_be_refused(ValueError)


@bigram_model.hidden
def gives_the_last_token_no_row(bigram_model):
    """A token that nothing follows has no row, and a row holds what was seen and no more."""
    expect(bigram_model, COLOURS).to_equal(COLOUR_ROWS, because=COUNTING)
    expect(bigram_model, ["we", "met", "at", "noon"]).to_equal(
        {"we": {"met": 1.0}, "met": {"at": 1.0}, "at": {"noon": 1.0}},
        because="the last token starts no pair, and the text does not wrap round to its beginning",
    )


@bigram_model.hidden
def divides_by_the_pairs_of_the_row(bigram_model):
    """If the last token has occurred before, its row still sums to 1."""
    expect(bigram_model, COLOURS).to_equal(COLOUR_ROWS, because=COUNTING)
    expect(bigram_model, ["up", "down", "up", "left", "up", "left", "up"]).to_equal(
        {"up": {"down": 1 / 3, "left": 2 / 3}, "down": {"up": 1.0}, "left": {"up": 1.0}},
        because="divide by the number of pairs that begin with the token; at the end of the text it begins"
        " none",
    )
    expect(bigram_model, ["ha", "ha", "ha"]).to_equal(
        {"ha": {"ha": 1.0}}, because="a token may follow itself, and each such pair counts"
    )


@bigram_model.hidden
def takes_tokens_as_they_are(bigram_model):
    """Upper case, punctuation and numerals are tokens like any others."""
    expect(bigram_model, COLOURS).to_equal(COLOUR_ROWS, because=COUNTING)
    expect(bigram_model, ["The", "cat", ".", "the", "cat", ",", "10", "cat", "."]).to_equal(
        {
            "The": {"cat": 1.0},
            "cat": {".": 2 / 3, ",": 1 / 3},
            ".": {"the": 1.0},
            "the": {"cat": 1.0},
            ",": {"10": 1.0},
            "10": {"cat": 1.0},
        },
        because="two tokens are the same only if their strings are: nothing is left out, merged or put in"
        " lower case",
    )
    expect(bigram_model, ["in", "New York", "in", "York", "in", "York.", " in"]).to_equal(
        {
            "in": {"New York": 1 / 3, "York": 1 / 3, "York.": 1 / 3},
            "New York": {"in": 1.0},
            "York": {"in": 1.0},
            "York.": {" in": 1.0},
        },
        because="a token may hold a space or end in a full stop: nothing is split, joined or stripped",
    )


@bigram_model.hidden
def holds_on_a_longer_text(bigram_model):
    """Longer texts, every row against an independent count."""
    expect(bigram_model, LETTERS).to_equal(LETTER_ROWS, because=COUNTING)
    expect(bigram_model, ["go"] * 1300 + ["stop"]).to_equal(
        {"go": {"go": 1299 / 1300, "stop": 1 / 1300}}, because=COUNTING
    )


@bigram_model.domain
def a_text_of_two_tokens_or_more(draw):
    return {"tokens": draw(tokens(draw(lengths(2))))}


bigram_model.refuses(
    ValueError, tokens=one_of({"no tokens": among([], ()), "one token": among(["the"], (".",))})
)


# Scoring ----------------------------------------------------------------------------------------------------

PAIR_BY_PAIR = (
    "add the natural logarithms of model[previous][next], one per pair of neighbours; the first token is"
    " given"
)

score_sentence = Question(
    points=3,
    source="Chapter V",
    meaning="One factor per pair, looked up and added as logarithms: the chain rule with a context window"
    " of a single"
    " token. One impossible pair is enough to make the whole sentence impossible.",
)

# "stop" has no row. The rows are not symmetric, so that reading a pair backwards shows.
SIGNALS = {"go": {"go": 0.25, "slow": 0.625, "stop": 0.125}, "slow": {"go": 0.3, "stop": 0.7}}


@score_sentence.check
def adds_up_the_pairs(score_sentence):
    """One logarithm per pair, added up."""
    expect(
        score_sentence, {"red": {"blue": 0.5, "red": 0.5}, "blue": {"red": 1.0}}, ["red", "blue", "red"]
    ).to_equal(math.log(0.5), because=PAIR_BY_PAIR)
    total = math.log(0.25) + math.log(0.625) + math.log(0.7)
    expect(score_sentence, SIGNALS, ["go", "go", "slow", "stop"]).to_equal(total, because=PAIR_BY_PAIR)
    expect(score_sentence, SIGNALS, ("go", "go", "slow", "stop")).to_equal(
        total, because="right for a list of tokens and not for a tuple"
    )


@score_sentence.check
def gives_minus_infinity_for_an_unseen_pair(score_sentence):
    """A pair that the model has never seen: -inf."""
    expect(score_sentence, SIGNALS, ["slow", "go"]).to_equal(math.log(0.3), because=PAIR_BY_PAIR)
    expect(score_sentence, SIGNALS, ["go", "slow", "slow"]).to_equal(
        -math.inf,
        because="slow is never followed by slow here: its probability is 0, and ln 0 counts as -inf",
    )


@score_sentence.hidden
def gives_minus_infinity_without_a_row(score_sentence):
    """What follows a token without a row is unseen too: -inf, not an error, and the model stays as it was."""
    expect(score_sentence, SIGNALS, ["go", "slow", "go"]).to_equal(
        math.log(0.625) + math.log(0.3), because=PAIR_BY_PAIR
    )
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
def takes_tokens_and_probabilities_as_they_are(score_sentence):
    """Tokens that differ in case alone, and a pair that is nearly certain."""
    model = {
        "The": {"cat": 0.25, "Cat": 0.75},
        "the": {"cat": 0.999, "Cat": 0.001},
        "cat": {"The": 0.4, "the": 0.6},
    }
    expect(score_sentence, model, ["the", "cat", "The", "cat"]).to_equal(
        math.log(0.999) + math.log(0.4) + math.log(0.25), because=PAIR_BY_PAIR
    )
    for p in [0.999, 1 - 2.0**-37]:
        expect(score_sentence, {"a": {"b": p, "c": 1 - p}}, ["a", "b"]).to_equal(
            math.log(p), because="the sum is returned as it is: not rounded, nothing added, no small one cut"
        )


@score_sentence.hidden
def gives_zero_for_one_token(score_sentence):
    """A sentence of one token has no pair, and scores 0, known or not."""
    expect(score_sentence, SIGNALS, ["go", "slow"]).to_equal(math.log(0.625), because=PAIR_BY_PAIR)
    for token in ["slow", "stop", "wait"]:
        expect(score_sentence, SIGNALS, [token]).to_equal(
            0, because="the first token is given and nothing follows it: the sum has no terms, and is 0"
        )


@score_sentence.hidden
def stays_finite_on_a_long_sentence(score_sentence):
    """Thousands of tokens, and very improbable pairs, whose probability is too small for any float."""
    expect(score_sentence, SIGNALS, ["go", "slow", "go"]).to_equal(
        math.log(0.625) + math.log(0.3), because=PAIR_BY_PAIR
    )
    steady = {"go": {"go": 0.001, "slow": 0.999}, "slow": {"go": 0.25}}
    expect(score_sentence, steady, ["go", "slow", *["go"] * 2000]).to_equal(
        math.log(0.999) + math.log(0.25) + 1999 * math.log(0.001),
        because="add logarithms pair by pair; the product of all the factors has become 0",
    )
    rare = {"a": {"b": 1e-32, "a": 1.0}, "b": {"a": 3e-33, "b": 1}}
    expect(score_sentence, rare, ["a", "a", "b", *["b", "a", "b"] * 4, "a"]).to_equal(
        -325 * math.log(10) + 5 * math.log(3),
        because="improbable is not impossible: every probability above 0 has a logarithm of its own",
    )


def drawn_rows(draw, names):
    """A model with rows of sixteenths over these names, the last of them without a row."""
    return {
        name: dict(
            zip(
                following := draw.rng.sample(names, draw.rng.randint(1, len(names))),
                draw(
                    vectors(len(following), {"sixteenths": ANY_DISTRIBUTION["sixteenths"]}, float32="exact")
                ),
                strict=True,
            )
        )
        for name in names[:-1]
    }


def a_plain_model(draw, names):
    """The same with Python's own floats, as a dict of dicts holds them."""
    rows = drawn_rows(draw, names)
    return {name: {token: float(p) for token, p in row.items()} for name, row in rows.items()}


@score_sentence.domain
def a_sentence_of_known_tokens(draw):
    names = draw(words(4))
    model = a_plain_model(draw, names)
    sentence = [draw.rng.choice(names)]
    for _ in range(draw(lengths()) - 1):
        row = model.get(sentence[-1])
        if row is None:
            break
        sentence.append(draw.rng.choice(list(row)))
    return {"model": model, "tokens": draw.rng.choice([list, tuple])(sentence)}


@score_sentence.domain
def a_sentence_of_any_tokens(draw):
    names = draw(words(5))
    model = a_plain_model(draw, names[:4])
    return {"model": model, "tokens": [draw.rng.choice(names) for _ in range(draw(lengths(1, 5)))]}


# Continuing -------------------------------------------------------------------------------------------------

STEP_BY_STEP = "look up the row of the current token, take its likeliest entry, go on from there"
AS_MANY = (
    "length counts the tokens added, fewer only if a token without a row is reached; start is not one of them"
)

most_likely_continuation = Question(
    points=2,
    source="Chapter V",
    meaning="Greedy decoding never reconsiders: the likeliest next token now may lead to a less likely"
    " text. And with"
    " nothing left to chance, a token that comes again brings everything after it again.",
)

# The likeliest first step, out, leads to the less likely path of two: 0.6 x 0.5 against 0.4 x 1. No row for
# "far".
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
    ).to_equal(["blue", "red", "blue"], because=STEP_BY_STEP, because_shape=AS_MANY)
    expect(most_likely_continuation, WALK, "home", 1).to_equal(
        ["out"], because=STEP_BY_STEP, because_shape=AS_MANY
    )


@most_likely_continuation.check
def settles_a_tie_by_the_alphabet(most_likely_continuation):
    """A tie goes to the alphabetically first token, wherever it stands in the row."""
    expect(most_likely_continuation, WALK, "home", 2).to_equal(
        ["out", "near"], because=STEP_BY_STEP, because_shape=AS_MANY
    )
    market = {
        "buy": {"plums": 0.3, "pears": 0.3, "beans": 0.1, "quinces": 0.3},
        "pears": {"and": 0.5, "now": 0.5},
        "plums": {"now": 1.0},
    }
    expect(most_likely_continuation, market, "buy", 2).to_equal(
        ["pears", "and"],
        because="among tokens of equal probability take the alphabetically first",
        because_shape=AS_MANY,
    )


@most_likely_continuation.hidden
def orders_ties_as_python_does(most_likely_continuation):
    """Tokens of different lengths and of both cases: the smaller string wins, as Python compares them."""
    because = "min of the tokens that tie: neither the shorter one, nor one without regard to case"
    fruit = {"buy": {"fig": 0.5, "apple": 0.5}, "apple": {"kiwi": 0.25, "Plum": 0.375, "date": 0.375}}
    expect(most_likely_continuation, fruit, "buy", 1).to_equal(
        ["apple"], because=because, because_shape=AS_MANY
    )
    expect(most_likely_continuation, fruit, "buy", 2).to_equal(
        ["apple", "Plum"], because=because, because_shape=AS_MANY
    )


@most_likely_continuation.hidden
def goes_on_from_any_token(most_likely_continuation):
    """A full stop with a row of its own is a token like any other, and so is one in upper case."""
    because = "only a token without a row ends the text; strings are looked up as they are"
    model = {"the": {"sea": 1.0}, "The": {"end": 1.0}, "end": {".": 1.0}, ".": {"The": 1.0}}
    expect(most_likely_continuation, model, "the", 1).to_equal(
        ["sea"], because=because, because_shape=AS_MANY
    )
    expect(most_likely_continuation, model, "The", 5).to_equal(
        ["end", ".", "The", "end", "."], because=because, because_shape=AS_MANY
    )


@most_likely_continuation.hidden
def stops_where_no_row_is(most_likely_continuation):
    """Fewer tokens than asked for if one without a row is reached, none if the start has no row."""
    for start, added in [("in", ["far"]), ("far", []), ("nowhere", [])]:
        expect(most_likely_continuation, WALK, start, 5).to_equal(
            added,
            because="a token without a row, known or not, ends the text: return what there is",
            because_shape=AS_MANY,
        )


@most_likely_continuation.hidden
def is_greedy_and_goes_round(most_likely_continuation):
    """The likeliest step now, even if the text gets less likely, and round again if the steps form a loop."""
    expect(most_likely_continuation, WALK, "home", 2).to_equal(
        ["out", "near"],
        because="at each step the likeliest entry of the row is taken, without looking ahead",
        because_shape=AS_MANY,
    )
    expect(most_likely_continuation, WALK, "home", 7).to_equal(
        ["out", "near", "home", "out", "near", "home", "out"],
        because="a token may come again: greedy decoding runs in circles",
        because_shape=AS_MANY,
    )
    expect(most_likely_continuation, {"ha": {"ho": 0.25, "ha": 0.75}, "ho": {"ha": 1.0}}, "ha", 4).to_equal(
        ["ha"] * 4, because="a token may follow itself, and go on doing so", because_shape=AS_MANY
    )
    expect(most_likely_continuation, WALK, "out", 0).to_equal(
        [], because="length 0 adds nothing", because_shape=AS_MANY
    )
    # Longer than the small ints that Python keeps one object each of, and than a function may call itself.
    expect(most_likely_continuation, WALK, "home", 3000).to_equal(
        ["out", "near", "home"] * 1000,
        because="go on in a loop until as many tokens are added as length says",
        because_shape=AS_MANY,
    )


@most_likely_continuation.hidden
def tells_close_probabilities_apart(most_likely_continuation):
    """The likelier of two tokens is taken however close they are, and likely needs no minimum."""
    expect(most_likely_continuation, WALK, "home", 2).to_equal(
        ["out", "near"], because=STEP_BY_STEP, because_shape=AS_MANY
    )
    close = math.nextafter(0.5, 1.0)
    expect(most_likely_continuation, {"a": {"b": 0.5, "c": close}, "c": {"b": 1.0}}, "a", 1).to_equal(
        ["c"], because="a tie is a tie only if the two probabilities are equal", because_shape=AS_MANY
    )
    expect(
        most_likely_continuation, {"a": {"c": 0.25 + 1e-12, "b": 0.25, "d": 0.5 - 1e-12}}, "a", 1
    ).to_equal(["d"])
    flat = {f"token {i}": 1 / 500 for i in range(100, 600)}
    expect(most_likely_continuation, {"a": flat}, "a", 1).to_equal(
        ["token 100"],
        because="the likeliest token is taken even if none is likely, and the alphabet settles the tie",
        because_shape=AS_MANY,
    )


@most_likely_continuation.domain
def a_walk_through_a_model(draw):
    # Lower case only: whether Zebra comes before ant depends on who sorts.
    names = draw.rng.sample(["ant", "bee", "cat", "dog", "eel", "fox", "gnu"], 5)
    model = a_plain_model(draw, names)
    length = draw(
        one_of({"no tokens": 0, "one token": 1, "a few tokens": among(2, 3, 7), "many tokens": 1500})
    )
    return {"model": model, "start": draw.rng.choice([*names, names[0], "yak"]), "length": length}


# Worked by hand ---------------------------------------------------------------------------------------------

example_5 = WorkedValue(
    points=1,
    source="Example 5",
    meaning="The probability is small because this is one sentence among all that could have been written."
    " Its logarithm"
    " is a number of ordinary size, and stays one for sentences of any length.",
    numbers={"conditionals": [0.05, 0.12, 0.08, 0.70]},
    # Four logarithms rounded to two decimals each may be off by 0.005 each: 0.02 together. The primer's own
    # terms add up to -8.01 for -7.998.
    tolerance=(0.000001, 0.02),
    answer_as="two numbers: the probability to six decimals, and the log-probability to two",
    because="the probability is a product of the four; the log-probability a sum of four natural logarithms,"
    " each below 0",
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


exercise_11 = WorkedValue(
    points=1,
    source="Exercise 11",
    meaning="Nothing is below 0 in either list, so the sum decides: it must be exactly 1, since one of the"
    " four tokens"
    " will come next and the list covers all of them.",
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


exercise_12 = WorkedValue(
    points=1,
    source="Exercise 12",
    meaning="The product and the sum of logarithms say the same: exp of the second is the first. Only the"
    " second survives"
    " a text of a thousand tokens.",
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
