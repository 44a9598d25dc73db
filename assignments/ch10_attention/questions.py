"""Chapter X: what is asked of attention, from the causal mask to several heads."""

import math

import numpy as np

from autograder.course.domains import ANY_REALS, among, masks, matrices, one_of, shapes
from autograder.course.question import Question, Reading, WorkedValue, expect
from solutions import ch10_attention as reference

# Attention by the definition, one number at a time; the values below are worked out with it. ----------------


def slow_scores(Q, K):
    return [
        [sum(q * k for q, k in zip(query, key, strict=True)) / math.sqrt(len(key)) for key in K]
        for query in Q
    ]


def slow_softmax(scores, allowed):
    largest = max(s for s, a in zip(scores, allowed, strict=True) if a)
    shares = [math.exp(s - largest) if a else 0.0 for s, a in zip(scores, allowed, strict=True)]
    return [share / math.fsum(shares) for share in shares]


def slow_weights(Q, K, mask=None):
    mask = [[True] * len(K) for _ in Q] if mask is None else mask
    return [slow_softmax(row, allowed) for row, allowed in zip(slow_scores(Q, K), mask, strict=True)]


def slow_product(A, B):
    return [[math.fsum(row[i] * B[i][j] for i in range(len(B))) for j in range(len(B[0]))] for row in A]


def slow_attention(Q, K, V, mask=None):
    return slow_product(slow_weights(Q, K, mask), V)


def slow_heads(X, heads, W_O, mask=None):
    outputs = [slow_attention(*(slow_product(X, W) for W in head), mask) for head in heads]
    joined = [[number for output in outputs for number in output[token]] for token in range(len(X))]
    return slow_product(joined, W_O)


# The causal mask --------------------------------------------------------------------------------------------

# Three tokens read from left to right.
CAUSAL_3 = [[True, False, False], [True, True, False], [True, True, True]]

causal_mask = Question(
    points=1,
    source="Chapter X",
    meaning="This triangle is the whole difference between a model that reads a text, as BERT does, and one"
    " that can write one.",
)


@causal_mask.check
def looks_back_and_at_itself(causal_mask):
    """Three tokens: True up to the diagonal and on it."""
    expect(causal_mask, 3).to_equal(CAUSAL_3, because="row i is True up to column i, and False after it")


@causal_mask.hidden
def has_any_size(causal_mask):
    """An n by n mask for every n, small or large."""
    expect(causal_mask, 1).to_equal([[True]], because="a token may always look at itself")
    for n in (2, 6, 40):
        expect(causal_mask, n).to_equal(
            [[True] * (i + 1) + [False] * (n - 1 - i) for i in range(n)],
            because="row i is True up to column i, for every n",
        )
    # More than a byte counts to, and more than the 1,024 for which some models keep a mask in store.
    expect(causal_mask, 1030).to_equal(
        np.arange(1030)[:, None] >= np.arange(1030), because="row i is True up to column i, for every n"
    )


# Projections ------------------------------------------------------------------------------------------------

project = Question(
    points=2,
    source=["Figure 7", "Notation: Q, K, V"],
    meaning="Three matrix products, and every token has something to ask, something to be found by and"
    " something to say. All that a head learns is in these three matrices.",
)


@project.check
def projects_every_token(project):
    """Three tokens: two numbers each for Q and K, three for V."""
    weights = ([[1, 0], [3, 1]], [[2, -1], [0, 4]], [[1, 2, 0], [5, -3, 1]])
    expect(project, [[1, 2], [0, 1], [3, -1]], *weights).to_equal(
        (
            [[7, 2], [3, 1], [0, -1]],
            [[2, 7], [0, 4], [6, -7]],
            [[11, -4, 2], [5, -3, 1], [-2, 9, -1]],
        ),
        parts=("Q", "K", "V"),
        because="a token is a row of X, so each weight matrix stands on its right: X W",
    )


@project.check
def takes_lists_and_arrays(project):
    """One token or several, as lists, rows that are tuples, or arrays."""
    W_K = np.array([[0.5, 2.0], [1.0, -1.0]])
    expect(project, np.array([[2, 1]]), [(1, 0), (3, 1)], W_K, [[4], [5]]).to_equal(
        ([[5, 1]], [[2.0, 3.0]], [[13]]), parts=("Q", "K", "V")
    )
    expect(project, [[3]], [[2]], [[-1]], [[0, 1]]).to_equal(([[6]], [[-3]], [[0, 3]]), parts=("Q", "K", "V"))


@project.hidden
def keeps_fractions_of_whole_tokens(project):
    """Tokens that are integers and weights with fractions, in shapes that all differ."""
    expect(
        project,
        np.array([[1, 2, -3, 4], [2, 0, 1, -1]]),
        np.array([[0.5, 0.0, 1.0], [0.25, 1.0, 0.0], [0.0, 0.5, 2.0], [0.125, 0.0, -1.0]]),
        np.array([[1.5, 0.0, 0.0], [0.0, 0.75, 1.0], [0.5, 0.0, 0.25], [0.0, 1.0, 0.5]]),
        np.array([[0.1], [0.2], [0.3], [0.4]]),
    ).to_equal(
        (
            [[1.5, 0.5, -9.0], [0.875, 0.5, 5.0]],
            [[0.0, 5.5, 3.25], [3.5, -1.0, -0.25]],
            [[1.2], [0.1]],
        ),
        parts=("Q", "K", "V"),
    )


@project.hidden
def projects_integers_of_every_width(project):
    """Integers of one byte, products that are larger than a byte, and weights of which every digit counts."""
    X = np.array([[100, -120], [7, 11]], dtype=np.int8)
    W_Q, W_K = np.array([[100], [50]], dtype=np.int8), np.array([[200], [3]], dtype=np.uint8)
    expect(project, X, W_Q, W_K, [[0.0001234567891, 0.5], [-0.0000987654321, 0.25]]).to_equal(
        ([[4000], [1250]], [[19640], [1433]], [[0.024197530762, 20.0], [-0.0002222222294, 6.25]]),
        parts=("Q", "K", "V"),
    )
    expect(project, [[-20000, 0.00003]], [[30000], [0]], [[0], [0.00002]], [[0], [-0.00004]]).to_equal(
        ([[-600000000]], [[6e-10]], [[-1.2e-9]]),
        parts=("Q", "K", "V"),
        because="no number is too large, and none small enough to be taken for 0",
    )


# Scores -----------------------------------------------------------------------------------------------------

# Two queries and three keys of four components, whose scores come out in halves.
TWO_QUERIES = [[1, 2, 0, -1], [3, 0, 1, 2]]
THREE_KEYS = [[2, 1, 0, 1], [0, 0, 4, 1], [-2, 1, 1, 0]]
TWO_BY_THREE = [[1.5, -0.5, 0.0], [4.0, 3.0, -2.5]]
# As many queries as keys as components: no shape tells a mix-up.
SQUARE_Q = [[1.0, 0.5, -1.0, 2.0], [0.0, 3.0, 1.0, -0.5], [2.0, -2.0, 0.5, 0.0], [1.5, 1.0, 0.0, -3.0]]
SQUARE_K = [[0.5, 1.0, 2.0, -1.0], [3.0, 0.0, -0.5, 1.0], [-1.0, 2.0, 1.0, 0.5], [0.0, -2.0, 1.5, 2.5]]

attention_scores = Question(
    points=3,
    source=["Example 10", "Figure 7", "Notation: d_k"],
    meaning="One matrix product makes all the comparisons of a sequence with itself. It is also what grows"
    " with the square of its length.",
)


@attention_scores.check
def has_one_row_per_query_and_one_column_per_key(attention_scores):
    """Two queries and three keys give two rows of three."""
    expect(attention_scores, TWO_QUERIES, [(2, 1, 0, 1), (0, 0, 4, 1), (-2, 1, 1, 0)]).to_equal(
        TWO_BY_THREE, because="rows are queries, columns are keys; d_k is the number of components of a key"
    )
    expect(attention_scores, [[3, 0], [1, 1]], [[1, 1], [0, 2]]).to_equal(
        [[3 / math.sqrt(2), 0.0], [math.sqrt(2), math.sqrt(2)]],
        because="one dot product per query and key, divided by the square root of d_k",
    )


@attention_scores.check
def leaves_queries_and_keys_as_they_were(attention_scores):
    """Arrays of floats go in, and are not changed."""
    expect(attention_scores, np.array([[1.0, 2.0, 0.0, -1.0]]), np.array(THREE_KEYS, dtype=float)).to_equal(
        [[1.5, -0.5, 0.0]], because="a single query is a matrix of one row"
    )
    both = np.array([[2.0, 0.0, 1.0, 1.0], [0.0, 4.0, 0.0, 2.0]])
    expect(attention_scores, both, both).to_equal([[3.0, 1.0], [1.0, 10.0]])


@attention_scores.check
def refuses_keys_of_another_length(attention_scores):
    """Queries and keys of different lengths: ValueError."""
    expect(attention_scores, [[2, 0, 1, 3]], [[1, 5, 4, 0]]).to_equal([[3.0]])
    expect(attention_scores, [[1, 2, 3]], [[1, 2], [3, 4]]).to_be_refused(ValueError)


# Wording costs a twentieth of the question, and no more.
@attention_scores.check(points=0.15)
def names_both_lengths(attention_scores):
    """The message of that ValueError names both lengths."""
    expect(attention_scores, [[4, 0]], [[0.5, 3]]).to_equal([[2 / math.sqrt(2)]])
    expect(attention_scores, [[0.5, 0, 1.5]], [[0.5, 1.5]]).to_be_refused(ValueError, naming=[3, 2])


@attention_scores.hidden
def scales_by_the_length_of_a_key(attention_scores):
    """Keys of one, three and nine components, each scaled by their own square root."""
    expect(attention_scores, [[3], [-0.5]], [[4], [1], [-2], [0]]).to_equal(
        [[12.0, 3.0, -6.0, 0.0], [-2.0, -0.5, 1.0, 0.0]], because="at d_k = 1 the score is the product itself"
    )
    expect(attention_scores, [[0.5, -1, 2]], [[3, 1, 1.5], [-1, 0.25, 0]]).to_equal(
        [[3.5 / math.sqrt(3), -0.75 / math.sqrt(3)]],
        because="the divisor is the square root of the number of components",
    )
    expect(attention_scores, [[1, 2, 3, 4, 5, 6, 7, 8, 9]], [[1, 0, -1, 0, 2, 0, 0, 1, 0]]).to_equal(
        [[16 / 3]], because="the divisor is the square root of the number of components"
    )
    expect(attention_scores, [[1, 0.5] * 512], [[2, 4] * 512, [1, 0] * 512]).to_equal(
        [[64.0, 16.0]], because="the divisor is the square root of the number of components, however large"
    )


@attention_scores.hidden
def pairs_rows_with_rows(attention_scores):
    """As many queries as keys as components, where a missing transpose raises no error."""
    expect(attention_scores, SQUARE_Q, SQUARE_K).to_equal(
        slow_scores(SQUARE_Q, SQUARE_K), because="entry (i, j) is row i of Q with row j of K: K is transposed"
    )


@attention_scores.hidden
def compares_integers_of_every_width(attention_scores):
    """Integers of one byte, products that are larger than a byte, and scores of which every digit counts."""
    Q, K = np.array([[100, -100, 7, 1]], dtype=np.int8), np.array([[100, 27, -100, 1]], dtype=np.int8)
    expect(attention_scores, Q, K).to_equal([[3300.5]])
    expect(attention_scores, np.array([[200]], dtype=np.uint8), np.array([[250], [3]])).to_equal(
        [[50000, 600]]
    )
    expect(attention_scores, [[0.0001234567891]], [[1.0], [0.5]]).to_equal(
        [[0.0001234567891, 0.00006172839455]]
    )
    expect(attention_scores, [[0.00001234567891]], [[0.00002], [-0.00001]]).to_equal(
        [[2.469135782e-10, -1.234567891e-10]], because="no score is small enough to be taken for 0"
    )
    expect(attention_scores, [[0.000002]], [[0.00002], [-30000000000]]).to_equal(
        [[4e-11, -60000.0]], because="no score is small enough to be taken for 0, and none too large"
    )
    expect(attention_scores, [[-40000]], [[50000], [0]]).to_equal([[-2000000000.0, 0.0]])


@attention_scores.hidden
def stretches_no_key(attention_scores):
    """Keys of one component, and keys longer than the queries: ValueError."""
    expect(attention_scores, [[2, 4, 1, 1], [1, 0, 0, 5]], [[1, 1, 3, 0]]).to_equal([[4.5], [0.5]])
    expect(attention_scores, [[1, 2, 3]], [[7], [8]]).to_be_refused(
        ValueError, because="NumPy stretches a key of one component where it multiplies elementwise"
    )
    expect(attention_scores, [[1, 2], [0, 1]], [[1, 2, 3, 4, 5]]).to_be_refused(
        ValueError, because="a query and a key of different lengths have no dot product"
    )
    expect(attention_scores, [[1, 2, 3], [0, 1, 5]], [[1, 2], [0, 4], [3, 1]]).to_be_refused(
        ValueError, because="keys are the rows of K: that Q K has a value too does not help"
    )


# Weights ----------------------------------------------------------------------------------------------------

TWO_BY_THREE_WEIGHTS = slow_weights(TWO_QUERIES, THREE_KEYS)
PARTLY_HIDDEN = [[True, False, True], [False, True, True]]
PARTLY_HIDDEN_WEIGHTS = slow_weights(TWO_QUERIES, THREE_KEYS, PARTLY_HIDDEN)
SEES_ONE_AND_ALL = [[False, False, True], [True, True, True]]
SEES_ONE_AND_ALL_WEIGHTS = slow_weights(TWO_QUERIES, THREE_KEYS, SEES_ONE_AND_ALL)
DECIMAL_KEYS = [[-0.7071067811, 0.5772156649], [1.6180339887, 0.6931471805]]
TO_THE_LARGER = 1 / (1 + math.exp(-1))
TO_THE_SMALLER = math.exp(-1) / (1 + math.exp(-1))
# Allowed scores that lie below what is often put in for -inf, such as -1e9. A filler beyond 1e29, which no
# score of float32's usual range comes near, is let pass.
BELOW_ANY_FILLER = (-3e9, -2e21)


attention_weights = Question(
    points=3,
    source=["Example 10", "Figure 7"],
    meaning="Each row is a distribution (Chapter V): non-negative, with sum 1. That is all that tells"
    " attention from any other matrix product.",
)


@attention_weights.check
def weighs_three_keys_for_two_queries(attention_weights):
    """Two queries and three keys, as lists or arrays; a mask of None hides nothing."""
    because = "softmax along each row of the scaled scores: one distribution per query"
    expect(attention_weights, TWO_QUERIES, THREE_KEYS, None).to_equal(TWO_BY_THREE_WEIGHTS, because=because)
    expect(attention_weights, np.array(TWO_QUERIES), np.array(THREE_KEYS)).to_equal(
        TWO_BY_THREE_WEIGHTS, because=because
    )


@attention_weights.check
def hides_what_the_mask_hides(attention_weights):
    """A weight is 0 where the mask is False, and the rest of the row still sums to 1."""
    because = "a score whose mask is False becomes -inf before the softmax"
    expect(attention_weights, TWO_QUERIES, THREE_KEYS, PARTLY_HIDDEN).to_equal(
        PARTLY_HIDDEN_WEIGHTS, because=because
    )
    expect(
        attention_weights, np.array(TWO_QUERIES, dtype=float), np.array(THREE_KEYS), np.array(PARTLY_HIDDEN)
    ).to_equal(PARTLY_HIDDEN_WEIGHTS, because=because)


@attention_weights.hidden
def gives_everything_to_the_only_key_in_sight(attention_weights):
    """A query that may look at one key alone, beside one that may look at all."""
    Q, K = np.array(TWO_QUERIES, dtype=float), np.array(THREE_KEYS, dtype=float)
    expect(attention_weights, Q, K, mask=np.array(SEES_ONE_AND_ALL)).to_equal(
        SEES_ONE_AND_ALL_WEIGHTS, because="each row of the mask belongs to one query"
    )
    expect(attention_weights, [[0.5], [2.0]], [[3.0]]).to_equal(
        [[1.0], [1.0]], because="a single key gets all the weight of every query"
    )


@attention_weights.hidden
def shares_equal_scores_equally(attention_weights):
    """Scores of 0 under a mask make a plain average, and as many queries as keys are not taken for causal."""
    zeros = [[0.0, 0.0], [0.0, 0.0], [0.0, 0.0]]
    expect(attention_weights, zeros, zeros, CAUSAL_3).to_equal(
        [[1.0, 0.0, 0.0], [0.5, 0.5, 0.0], [1 / 3, 1 / 3, 1 / 3]]
    )
    expect(attention_weights, zeros, zeros).to_equal(
        [[1 / 3] * 3] * 3, because="without a mask every query looks at every key, the later ones included"
    )


@attention_weights.hidden
def is_stable_at_large_scores(attention_weights):
    """Scores of 1000 and -1000 give finite weights, in every row."""
    expect(attention_weights, [[1], [-1], [0]], [[1000], [999], [-1000]]).to_equal(
        [[TO_THE_LARGER, TO_THE_SMALLER, 0.0], [0.0, 0.0, 1.0], [1 / 3, 1 / 3, 1 / 3]],
        because="subtract each row's largest score before exponentiating",
    )
    expect(
        attention_weights, [[-1.0, 0.0, 0.0, 0.0], [1.0, 1.0, 0.0, 0.0]], [[2000, 1, 5, 0], [2002, -1, 5, 0]]
    ).to_equal(
        [[TO_THE_LARGER, TO_THE_SMALLER], [0.5, 0.5]],
        because="subtract each row's own largest score, not one maximum for the whole matrix",
    )
    expect(attention_weights, [[1]], [[-1001], [-1000]]).to_equal(
        [[TO_THE_SMALLER, TO_THE_LARGER]],
        because="subtract the largest score if it is far below zero too: else every exponential vanishes",
    )


@attention_weights.hidden
def keeps_the_smallest_weights(attention_weights):
    """Weights of a thousandth and of a billionth, and scores of integers of one byte."""
    steps = [0.0, -7.5, -14.25, -20.0]
    expect(attention_weights, [[1]], [[step] for step in steps]).to_equal(
        [slow_softmax(steps, [True] * 4)], because="no weight is small enough to be taken for 0"
    )
    expect(attention_weights, np.array([[2]], dtype=np.int8), np.array([[64], [63]], dtype=np.int8)).to_equal(
        [[1 / (1 + math.exp(-2)), math.exp(-2) / (1 + math.exp(-2))]],
        because_type="products of small integers wrap around: convert with dtype=float first",
    )


@attention_weights.hidden
def hides_the_largest_score(attention_weights):
    """A hidden score that is the largest of its row by far."""
    mask = [[False, True, True], [True, True, False]]
    expect(attention_weights, [[1], [-1]], [[1000], [-1000], [-1001]], mask).to_equal(
        [[0.0, TO_THE_LARGER, TO_THE_SMALLER], [0.0, 1.0, 0.0]],
        because="hide with -inf before the softmax: what is hidden may have the largest score of its row",
    )
    because = "hide with -inf, which no allowed score is below, and not with some large negative number"
    expect(attention_weights, [[1]], [[-20000], [0], [-20001]], [(True, False, True)]).to_equal(
        [[TO_THE_LARGER, 0.0, TO_THE_SMALLER]], because=because
    )
    for low in BELOW_ANY_FILLER:
        expect(attention_weights, [[1]], [[low], [-low], [2 * low]], [[True, False, True]]).to_equal(
            [[1.0, 0.0, 0.0]], because=because
        )


@attention_weights.hidden
def weighs_many_keys_of_any_length(attention_weights):
    """A dozen keys and more, keys of hundreds of components, and tokens that may not look at themselves."""
    keys = [[(7 * j % 20) / 8] for j in range(20)]
    one, some = [[j == 13 for j in range(20)]], [[j % 3 == 1 for j in range(20)]]
    because = "every key counts that the mask does not hide, however many there are"
    for mask in (None, one, some):
        expect(attention_weights, [[1.5]], keys, mask).to_equal(
            slow_weights([[1.5]], keys, mask), because=because
        )
    expect(attention_weights, [[1, 0.5] * 512], [[0.125, 0.25] * 512, [0.125, 0] * 512]).to_equal(
        [slow_softmax([4.0, 2.0], [True, True])],
        because="the divisor is the square root of d_k, however large that is",
    )
    others = [[False, True, True], [True, False, False], [True, True, False]]
    expect(attention_weights, keys[:3], keys[1:4], np.array(others)).to_equal(
        slow_weights(keys[:3], keys[1:4], others), because="the mask may hide a token from itself"
    )


@attention_weights.hidden
def pairs_queries_with_keys(attention_weights):
    """As many queries as keys as components, in numbers of many decimals."""
    Q, K = [[0.3141592653, -1.2345678901], [0.9876543211, 0.1234567891]], np.array(DECIMAL_KEYS)
    expect(attention_weights, Q, K).to_equal(
        slow_weights(Q, DECIMAL_KEYS),
        because="entry (i, j) is row i of Q with row j of K, in all its decimals",
    )


# Attention --------------------------------------------------------------------------------------------------

EXAMPLE_Q = [[1, 0], [0, 1], [1, 1]]
EXAMPLE_K = [[1, 1], [0, 1], [1, 0]]
EXAMPLE_V = [[10, 0], [0, 10], [5, 5]]
EXAMPLE_OUTPUT = slow_attention(EXAMPLE_Q, EXAMPLE_K, EXAMPLE_V)
ONE_NUMBER_EACH = [[4.0], [-2.0], [1.5]]
FIVE_NUMBERS_EACH = [[1, 0, 2, 5, -1], [0, 3, -2, 1, 4], [2, 2, 0, -3, 1]]
TWO_BY_ONE_OUTPUT = slow_attention(TWO_QUERIES, THREE_KEYS, ONE_NUMBER_EACH)
TWO_BY_FIVE_OUTPUT = slow_attention(TWO_QUERIES, THREE_KEYS, FIVE_NUMBERS_EACH)
PARTLY_HIDDEN_OUTPUT = slow_attention(TWO_QUERIES, THREE_KEYS, FIVE_NUMBERS_EACH, PARTLY_HIDDEN)

LEFT_TO_RIGHT_Q = [[0.5, -1.0], [2.0, 1.0], [-1.5, 0.5]]
LEFT_TO_RIGHT_K = [[1.0, 0.5], [-1.0, 2.0], [0.5, 3.0]]
LEFT_TO_RIGHT_V = [[2.0, -1.0, 0.0], [1.0, 4.0, -2.0], [3.0, 0.5, 7.0]]
LEFT_TO_RIGHT_OUTPUT = slow_attention(LEFT_TO_RIGHT_Q, LEFT_TO_RIGHT_K, LEFT_TO_RIGHT_V, CAUSAL_3)
LOOKING_ROUND_OUTPUT = slow_attention(LEFT_TO_RIGHT_Q, LEFT_TO_RIGHT_K, LEFT_TO_RIGHT_V)

attention = Question(
    points=2,
    source=["Example 10", "Figure 7"],
    meaning="This is equation 1 of the paper, whole. Every output is a weighted mean of values, so it never"
    " leaves the range that the values span.",
)


@attention.check
def has_the_width_of_the_values(attention):
    """Two queries, three keys of four components, values of one and of five."""
    because = "the weights, one row per query, times V; d_k is the width of K, not of V"
    expect(attention, TWO_QUERIES, THREE_KEYS, ONE_NUMBER_EACH).to_equal(TWO_BY_ONE_OUTPUT, because=because)
    expect(attention, np.array(TWO_QUERIES), np.array(THREE_KEYS), np.array(FIVE_NUMBERS_EACH)).to_equal(
        TWO_BY_FIVE_OUTPUT, because=because
    )


@attention.check
def passes_the_mask_on(attention):
    """A hidden key's value does not count."""
    expect(attention, TWO_QUERIES, THREE_KEYS, FIVE_NUMBERS_EACH, PARTLY_HIDDEN).to_equal(
        PARTLY_HIDDEN_OUTPUT, because="hand the mask on to the weights"
    )


@attention.hidden
def traces_example_10(attention):
    """Three tokens that look at each other, as in Example 10."""
    expect(attention, EXAMPLE_Q, EXAMPLE_K, EXAMPLE_V).to_equal(
        EXAMPLE_OUTPUT, because="each row of weights mixes the rows of V"
    )


@attention.hidden
def looks_ahead_only_without_a_mask(attention):
    """Three tokens, with the causal mask and without it."""
    expect(attention, LEFT_TO_RIGHT_Q, LEFT_TO_RIGHT_K, LEFT_TO_RIGHT_V, CAUSAL_3).to_equal(
        LEFT_TO_RIGHT_OUTPUT, because="the mask is applied before the softmax, one row per query"
    )
    expect(attention, LEFT_TO_RIGHT_Q, LEFT_TO_RIGHT_K, LEFT_TO_RIGHT_V).to_equal(
        LOOKING_ROUND_OUTPUT, because="without a mask every query looks at every key, the later ones included"
    )
    expect(attention, LEFT_TO_RIGHT_Q[:2], LEFT_TO_RIGHT_K, LEFT_TO_RIGHT_V, CAUSAL_3[:2]).to_agree_with(
        LEFT_TO_RIGHT_Q[:2],
        [*LEFT_TO_RIGHT_K[:2], [900.0, -40.0]],
        [*LEFT_TO_RIGHT_V[:2], [-55.0, 1e6, 3.0]],
        CAUSAL_3[:2],
        because="what a mask hides has no say in the output",
    )


@attention.hidden
def knows_no_order_of_keys(attention):
    """Keys in another order, each with its own value, give the same output; equal values give that value."""
    expect(attention, [[1, 2, 0, -1]], THREE_KEYS, [[6, -3], [6, -3], [6, -3]]).to_equal(
        [[6.0, -3.0]], because="the weights of a row sum to 1, so a mean of equal values is that value"
    )
    order = (2, 0, 1)
    expect(
        attention, TWO_QUERIES, [THREE_KEYS[i] for i in order], [FIVE_NUMBERS_EACH[i] for i in order]
    ).to_agree_with(
        TWO_QUERIES,
        THREE_KEYS,
        FIVE_NUMBERS_EACH,
        because="a value goes with its key, wherever the two stand",
    )


@attention.hidden
def is_finite_at_large_scores(attention):
    """Scores of 1000 and -1000, hidden and not, with values that are integers of one byte."""
    mask = np.array([[False, True, True], [True, True, False]])
    values = np.array([[8, 1], [2, 0], [4, -6]], dtype=np.int8)
    expect(attention, [[1], [-1]], [[1000], [-1000], [-1001]], values, mask).to_equal(
        [[2 * TO_THE_LARGER + 4 * TO_THE_SMALLER, -6 * TO_THE_SMALLER], [2.0, 0.0]],
        because="hide with -inf and subtract each row's largest score, both before exponentiating",
    )
    expect(attention, [[0], [1], [1]], [[20000], [-20000], [20000]], [[1], [2], [6]]).to_equal(
        [[3.0], [3.5], [3.5]], because="subtract each row's largest score, however large it is"
    )
    expect(attention, [[1]], [[1000], [-1000], [999]], [[3000, 0], [7, 5], [-4000, 1]], mask=None).to_equal(
        [[3000 * TO_THE_LARGER - 4000 * TO_THE_SMALLER, TO_THE_SMALLER]],
        because="subtract each row's largest score, and cut nothing off: not the scores, not the values",
    )
    because = "hide with -inf, which no allowed score is below, and not with some large negative number"
    values, mask = [[1.0], [50.0], [2.0]], [[True, False, True]]
    expect(attention, [[1]], [[-20000], [0], [-20001]], values, mask=mask).to_equal(
        [[TO_THE_LARGER + 2 * TO_THE_SMALLER]], because=because
    )
    for low in BELOW_ANY_FILLER:
        expect(attention, [[1]], [[low], [0], [2 * low]], values, mask=mask).to_equal(
            [[1.0]], because=because
        )


@attention.hidden
def mixes_many_values(attention):
    """A dozen keys and more, keys of hundreds of components, and tokens that may not look at themselves."""
    keys, values = [[(7 * j % 20) / 8] for j in range(20)], [[j, -2.5 * (j % 4)] for j in range(20)]
    one, some = [[j == 13 for j in range(20)]], [[j % 3 == 1 for j in range(20)]]
    because = "every key counts that the mask does not hide, however many there are"
    for mask in (None, one, some):
        expect(attention, [[1.5]], keys, values, mask).to_equal(
            slow_attention([[1.5]], keys, values, mask), because=because
        )
    expect(attention, [[1, 0.5] * 512], [[0.125, 0.25] * 512, [0.125, 0] * 512], [[8], [-4]]).to_equal(
        slow_product([slow_softmax([4.0, 2.0], [True, True])], [[8], [-4]]),
        because="the divisor is the square root of d_k, however large that is",
    )
    others = [[False, True, True], [True, False, False], [True, True, False]]
    expect(attention, keys[:3], keys[1:4], values[1:4], np.array(others)).to_equal(
        slow_attention(keys[:3], keys[1:4], values[1:4], others),
        because="the mask may hide a token from itself",
    )


@attention.hidden
def gives_the_least_weight_its_due(attention):
    """Weights of a thousandth and of a billionth, and keys that are integers of one byte."""
    steps = [0.0, -7.5, -14.25, -20.0]
    expect(attention, [[1]], [[step] for step in steps], [[1], [0], [0.5], [1000]]).to_equal(
        slow_attention([[1]], [[step] for step in steps], [[1], [0], [0.5], [1000]]),
        because="no weight is small enough to be taken for 0",
    )
    Q, K = [[4e-7, 1.0], [1.0, 1.0]], np.array([[1, 2], [1, 0]], dtype=np.uint8)
    expect(attention, Q, K, [[6], [0]]).to_equal(slow_attention(Q, K.tolist(), [[6], [0]]))
    Q, K = np.array([[2]], dtype=np.int8), np.array([[64], [63]], dtype=np.int8)
    expect(attention, Q, K, np.array([[0], [100]], dtype=np.uint8)).to_equal(
        [[100 * math.exp(-2) / (1 + math.exp(-2))]],
        because_type="products of small integers wrap around: convert with dtype=float first",
    )


# Several heads ----------------------------------------------------------------------------------------------

ONE_HEAD = [([[1, 0], [1, 2]], [[0, 1], [1, -1]], [[2, 0], [1, 3]])]
ONE_HEAD_X = [[1, 0], [0, 1], [1, 1]]
ONE_HEAD_W_O = [[1, 2], [0, -1]]
ONE_HEAD_OUTPUT = slow_heads(ONE_HEAD_X, ONE_HEAD, ONE_HEAD_W_O)

# Five tokens with d_model = 4, and two heads with d_k = 3 and d_v = 2.
FIVE_TOKENS = [
    [1.0, 0.5, -1.0, 0.0],
    [0.0, 1.0, 0.5, -0.5],
    [-1.0, 0.0, 1.0, 0.5],
    [0.5, -0.5, 0.0, 1.0],
    [1.0, 1.0, -0.5, 0.5],
]
TWO_HEADS = [
    (
        [[1.0, 0.0, 0.5], [0.0, 1.0, -0.5], [0.5, 0.0, 1.0], [-1.0, 0.5, 0.0]],
        [[0.0, 1.0, 0.5], [1.0, 0.0, 0.0], [-0.5, 0.5, 1.0], [0.0, -1.0, 0.5]],
        [[1.0, 2.0], [0.0, 1.0], [3.0, 0.0], [1.0, -1.0]],
    ),
    (
        [[0.5, -1.0, 0.0], [1.0, 0.5, 0.0], [0.0, 0.5, -1.0], [0.5, 0.0, 1.0]],
        [[1.0, 0.0, -0.5], [0.5, 1.0, 0.0], [0.0, -1.0, 0.5], [1.0, 0.5, 0.0]],
        [[0.0, 1.0], [2.0, 0.0], [-1.0, 1.0], [0.0, 4.0]],
    ),
]
MIX_FOUR = [[1.0, 0.0, 0.5, 2.0], [0.0, 1.0, -1.0, 0.0], [3.0, 0.5, 0.0, 1.0], [0.0, -2.0, 1.0, 0.5]]
TWO_HEADS_OUTPUT = slow_heads(FIVE_TOKENS, TWO_HEADS, MIX_FOUR)
CAUSAL_5 = [[j <= i for j in range(5)] for i in range(5)]
TWO_HEADS_CAUSAL_OUTPUT = slow_heads(FIVE_TOKENS, TWO_HEADS, MIX_FOUR, CAUSAL_5)

# Three heads with d_k = 2 and d_v = 1, in integers.
TWO_TOKENS = [[1, 2, 0], [0, -1, 1]]
THREE_HEADS = [
    ([[1, 0], [0, 1], [1, 1]], [[0, 1], [1, 0], [0, 1]], [[1], [0], [2]]),
    ([[0, 1], [1, 0], [1, 0]], [[1, 0], [0, 1], [1, 0]], [[0], [3], [1]]),
    ([[1, 1], [0, 1], [0, 0]], [[0, 0], [1, 1], [1, 0]], [[5], [1], [-1]]),
]
MIX_THREE = [[1, 0, 2], [0, 1, -1], [2, 1, 0]]
THREE_HEADS_OUTPUT = slow_heads(TWO_TOKENS, THREE_HEADS, MIX_THREE)

# A head as wide as the model, twice: it could be fed its own output.
WIDE_AS_THE_MODEL = ([[1, 0], [0, -1]], [[0, 1], [1, 1]], [[1, 2], [-1, 0]])
SAME_TWICE_MIX = [[1, 0], [0, 2], [-1, 1], [3, 0]]
SAME_TWICE_OUTPUT = slow_heads(ONE_HEAD_X, [WIDE_AS_THE_MODEL] * 2, SAME_TWICE_MIX)

# Two heads with d_v = 2 on tokens of three numbers: h d_v = 4 is not d_model, and W_O is (4, 3).
WIDE_HEADS = [
    ([[1, 0], [0, 1], [1, 1]], [[0, 1], [1, 0], [0, 1]], [[1, 0], [0, 2], [2, -1]]),
    ([[0, 1], [1, 0], [1, 0]], [[1, 0], [0, 1], [1, 0]], [[0, 1], [3, 1], [1, 0]]),
]
WIDE_MIX = [[1, 0, 2], [0, 1, -1], [2, 1, 0], [-1, 0, 1]]
WIDE_OUTPUT = slow_heads(TWO_TOKENS, WIDE_HEADS, WIDE_MIX)
NARROW_OUTPUT = slow_heads(TWO_TOKENS, THREE_HEADS[:2], MIX_THREE[:2])

multi_head_attention = Question(
    points=4,
    source="Chapter X",
    meaning="With this and the feed-forward layer of Chapter III you have every product that a transformer"
    " layer computes. The rest of a model is embeddings, positions, norms and repetition.",
)


@multi_head_attention.check
def is_one_head_and_a_mix(multi_head_attention):
    """One head: its attention, then W_O."""
    expect(multi_head_attention, ONE_HEAD_X, ONE_HEAD, ONE_HEAD_W_O).to_equal(
        ONE_HEAD_OUTPUT, because="project the tokens, attend, and multiply the output by W_O"
    )


@multi_head_attention.check
def puts_two_heads_side_by_side(multi_head_attention):
    """Five tokens and two heads: the outputs side by side, then W_O."""
    expect(multi_head_attention, np.array(FIVE_TOKENS), TWO_HEADS, MIX_FOUR).to_equal(
        TWO_HEADS_OUTPUT, because="a token's row holds first all that head 1 says, then all that head 2 says"
    )


@multi_head_attention.hidden
def masks_every_head(multi_head_attention):
    """The mask holds for every head, and only if there is one."""
    expect(multi_head_attention, FIVE_TOKENS, TWO_HEADS, np.array(MIX_FOUR), np.array(CAUSAL_5)).to_equal(
        TWO_HEADS_CAUSAL_OUTPUT, because="hand the mask to each head's attention"
    )
    expect(multi_head_attention, FIVE_TOKENS, TWO_HEADS, MIX_FOUR, CAUSAL_5).to_equal(
        TWO_HEADS_CAUSAL_OUTPUT, because="hand the mask to each head's attention"
    )
    expect(multi_head_attention, FIVE_TOKENS, TWO_HEADS, MIX_FOUR, None).to_equal(
        TWO_HEADS_OUTPUT, because="with a mask of None every token looks at every other"
    )


@multi_head_attention.hidden
def takes_any_number_of_heads(multi_head_attention):
    """Three heads in integers, two heads that are lists, and a single token."""
    expect(multi_head_attention, TWO_TOKENS, THREE_HEADS, MIX_THREE).to_equal(
        THREE_HEADS_OUTPUT, because="loop over the heads, however many there are"
    )
    heads = [[[[4], [1]], [[0], [2]], [[1], [0]]], [[[1], [1]], [[3], [0]], [[0], [1]]]]
    expect(multi_head_attention, [[1, 2]], heads, [[3, 0], [0, 5]]).to_equal(
        [[3, 10]], because="a single token gives itself all the weight"
    )
    heads, rows = THREE_HEADS * 4, [[i % 5, 1, -i] for i in range(12)]
    expect(multi_head_attention, TWO_TOKENS, heads, rows).to_equal(
        slow_heads(TWO_TOKENS, heads, rows), because="loop over the heads, however many there are"
    )


@multi_head_attention.hidden
def takes_heads_of_any_width(multi_head_attention):
    """Heads that are wider or narrower together than the model, so that W_O is not square."""
    because = "W_O has h d_v rows, which need not be d_model"
    expect(multi_head_attention, TWO_TOKENS, WIDE_HEADS, WIDE_MIX).to_equal(WIDE_OUTPUT, because=because)
    expect(multi_head_attention, TWO_TOKENS, THREE_HEADS[:2], MIX_THREE[:2]).to_equal(
        NARROW_OUTPUT, because=because
    )
    expect(multi_head_attention, ONE_HEAD_X, [WIDE_AS_THE_MODEL] * 2, SAME_TWICE_MIX, mask=None).to_equal(
        SAME_TWICE_OUTPUT, because="every head reads the tokens themselves, whatever the others say"
    )


@multi_head_attention.hidden
def is_stable_in_every_head(multi_head_attention):
    """Scores of 1000 and -1000, and further apart, with a mask and without."""
    X, W_O = [[1, 1], [-1, 2], [1, 3]], [[1, 0], [0, 1]]
    heads = [([[1], [0]], [[1000], [-1]], [[1], [2]]), ([[0], [0]], [[1], [0]], [[0], [3]])]
    expect(multi_head_attention, X, heads, W_O).to_equal(
        slow_heads(X, heads, W_O), because="each head's attention subtracts its rows' largest scores first"
    )
    mask = [[False, True, False], [True, False, False], [True, True, True]]
    expect(multi_head_attention, X, heads, W_O, mask=mask).to_equal(
        slow_heads(X, heads, W_O, mask), because="a hidden score is -inf, however large it was"
    )
    below = [([[1]], [[-20000]], [[1]]), ([[1]], [[-14.25]], [[1000]])]
    expect(multi_head_attention, [[0.0], [1.0]], below[1:], [[1]]).to_equal(
        slow_heads([[0.0], [1.0]], below[1:], [[1]]), because="no weight is small enough to be taken for 0"
    )
    expect(multi_head_attention, [[1], [2]], below, [[1], [0.5]]).to_equal(
        slow_heads([[1], [2]], below, [[1], [0.5]]), because="a row far below zero is shifted as any other"
    )
    mask = [[False, True], [True, True]]
    expect(multi_head_attention, [[1], [2]], below, [[1], [0.5]], mask=mask).to_equal(
        slow_heads([[1], [2]], below, [[1], [0.5]], mask),
        because="a hidden score is -inf: nothing is below",
    )
    for low in BELOW_ANY_FILLER:
        head = ([[1]], [[low]], [[1]])
        expect(multi_head_attention, [[1], [2]], [head], [[3]], mask=mask).to_equal(
            [[6.0], [3.0]], because="a hidden score is -inf: nothing is below"
        )


@multi_head_attention.hidden
def takes_integers_of_every_width(multi_head_attention):
    """Tokens and matrices that are integers of one byte, with products that are larger."""
    X = np.array([[100, 27], [-50, 90]], dtype=np.int8)
    head = ([[0], [0]], [[1], [0]], np.array([[2], [1]], dtype=np.int8))
    expect(multi_head_attention, X, [head], np.array([[3, 200]], dtype=np.uint8)).to_equal(
        [[325.5, 21700.0]] * 2,
        because_type="products of small integers wrap around: convert with dtype=float",
    )


@multi_head_attention.hidden
def swaps_heads_with_their_rows(multi_head_attention):
    """Heads in another order, with the rows of W_O moved along, give the same output."""
    because = "the rows of W_O belong to the heads in the order in which they are listed"
    heads, rows = [THREE_HEADS[i] for i in (2, 0, 1)], [MIX_THREE[i] for i in (2, 0, 1)]
    expect(multi_head_attention, TWO_TOKENS, heads, rows).to_equal(THREE_HEADS_OUTPUT, because=because)
    expect(multi_head_attention, FIVE_TOKENS, TWO_HEADS[::-1], MIX_FOUR[2:] + MIX_FOUR[:2]).to_agree_with(
        FIVE_TOKENS, TWO_HEADS, MIX_FOUR, because=because
    )


@multi_head_attention.hidden
def keeps_every_decimal(multi_head_attention):
    """Tokens and matrices of many decimals, tiny ones among them, and queries with the same mask."""
    X = [[-0.000062332538, 0.8333333337], [0.000070927542, -0.1234567891]]
    head = (
        [[0.6939977031], [0.6623836981]],
        [[0.3512345678], [-0.4369648077]],
        [[0.9111370812], [-0.0000123]],
    )
    W_O, mask = [[1.0, 2e-9]], [[True, False], [True, False]]
    because = "nothing is rounded on the way, no small number is taken for 0, and all is kept in float64"
    expect(multi_head_attention, X, [head], W_O).to_equal(slow_heads(X, [head], W_O), because=because)
    expect(multi_head_attention, X, [head], W_O, mask=mask).to_equal(
        slow_heads(X, [head], W_O, mask), because=because
    )
    W_O = [[0.5, 1e-5 / 3]]
    expect(multi_head_attention, [[1e-4 / 3, 1.0]], [head], W_O).to_equal(
        slow_heads([[1e-4 / 3, 1.0]], [head], W_O), because=because
    )
    above = ([[1]], [[20000]], [[1.5]])
    expect(multi_head_attention, [[1], [1], [-1]], [above], [[2]]).to_equal(
        [[3.0], [3.0], [-3.0]], because="subtract each row's largest score, however large it is"
    )


@multi_head_attention.hidden
def leaves_tokens_and_matrices_as_they_were(multi_head_attention):
    """Arrays of floats go in, and none of them is changed."""
    X, heads = (
        np.array(TWO_TOKENS, dtype=float),
        [tuple(np.array(W, dtype=float) for W in h) for h in WIDE_HEADS],
    )
    expect(multi_head_attention, X, heads, np.array(WIDE_MIX, dtype=float)).to_equal(WIDE_OUTPUT)


# Domains ----------------------------------------------------------------------------------------------------

# Within a few, so that no exponential magnifies a rounding.
MODERATE = {
    "whole numbers": lambda rng, n: [rng.randint(-2, 2) for _ in range(n)],
    "whole numbers from 0 to 2": lambda rng, n: [rng.randint(0, 2) for _ in range(n)],
    "many decimals": lambda rng, n: [round(rng.uniform(-1, 1), 10) for _ in range(n)],
    "halves and quarters": lambda rng, n: [rng.randint(-8, 8) / 4 for _ in range(n)],
    "equal components": lambda rng, n: [rng.choice([0.5, -1.25, 1])] * n,
    "zeros": lambda rng, n: [0] * n,
    "small numbers": lambda rng, n: [round(rng.uniform(-9e-4, 9e-4), 14) for _ in range(n)],
    "tiny numbers": lambda rng, n: [
        rng.choice([-1, 1]) * round(rng.uniform(1e-5, 9e-5), 15) for _ in range(n)
    ],
}
# Whole numbers may be larger where nothing is exponentiated: their sums of products are exact.
WITH_LARGE = MODERATE | {
    label: ANY_REALS[label] for label in ("large whole numbers", "whole numbers from 0 to 255")
}
VALUES = WITH_LARGE | {"thousands": lambda rng, n: [rng.randint(1500, 9000) for _ in range(n)]}
SIZES = among(1, 2, 3, 4, 5)

causal_mask.domain(n=one_of({"one token": 1, "a few tokens": among(2, 3, 4, 5), "many tokens": among(9, 17)}))


@project.domain
def tokens_and_three_matrices(draw):
    n, d_model = draw(shapes())
    d_k, d_v = draw(among(1, 2, 3, d_model)), draw(among(1, 2, 4, d_model))
    return {
        "X": draw(matrices(n, d_model, WITH_LARGE)),
        "W_Q": draw(matrices(d_model, d_k, WITH_LARGE)),
        "W_K": draw(matrices(d_model, d_k, WITH_LARGE)),
        "W_V": draw(matrices(d_model, d_v, WITH_LARGE)),
    }


@attention_scores.domain
def queries_and_keys(draw):
    m, d_k = draw(shapes())
    n = draw(among(1, 2, 3, m, d_k))
    return {"Q": draw(matrices(m, d_k, WITH_LARGE)), "K": draw(matrices(n, d_k, WITH_LARGE))}


@attention_scores.refuses(ValueError)
def queries_and_keys_of_two_lengths(draw):
    m, d_k = draw(shapes())
    more = d_k + draw(among(1, 2))
    lengths = {"longer keys": [d_k, more], "longer queries": [more, d_k]}
    if d_k > 1:
        lengths |= {"keys of one component": [d_k, 1], "queries of one component": [1, d_k]}
    of_queries, of_keys = draw(one_of(lengths))
    return {
        "Q": draw(matrices(m, of_queries, MODERATE)),
        "K": draw(matrices(draw(SIZES), of_keys, MODERATE)),
    }


def perhaps_masked(draw, m, n):
    """A mask by name, None by name, or nothing."""
    given = draw.kind("mask", {"with a mask": 2.0, "no mask": 1.0, "a mask of None": 0.5})
    if given == "with a mask":
        return {"mask": draw(masks(m, n))}
    return {"mask": None} if given == "a mask of None" else {}


def queries_keys_of(draw):
    m, d_k = draw(shapes())
    n = draw(among(1, 2, 3, 4, m))
    return m, n, {"Q": draw(matrices(m, d_k, MODERATE)), "K": draw(matrices(n, d_k, MODERATE))}


# Scores of d_k = 1 are the products themselves: large ones, exactly.
LARGE_KEYS = {
    "far above zero": lambda rng, n: [rng.choice([1000, 999, 998]) for _ in range(n)],
    "far below zero": lambda rng, n: [rng.choice([-1000, -999, -998]) for _ in range(n)],
    "far apart": lambda rng, n: [rng.choice([-1000.0, 0.0, 1.5, 1000.0]) for _ in range(n)],
    "beyond ten thousand": lambda rng, n: [rng.choice([-20000, -20001, 0, 20000]) for _ in range(n)],
    "a little apart": lambda rng, n: [rng.choice([0.0, -7.5, -14.25, -20.0]) for _ in range(n)],
    "larger than a byte with their queries": lambda rng, n: [rng.randint(60, 68) for _ in range(n)],
}
# Queries of one number, which scale the keys, turn them round or ignore them.
SCALES = {
    "queries of 1": lambda rng, n: [1] * n,
    "queries of -1, 0 and 1": lambda rng, n: [rng.choice([1, -1, 0]) for _ in range(n)],
    "queries of 2": lambda rng, n: [2] * n,
}


def large_scores_of(draw):
    m, n = draw(among(1, 2, 3)), draw(among(2, 3, 4))
    return m, n, {"Q": draw(matrices(m, 1, SCALES)), "K": draw(matrices(n, 1, LARGE_KEYS))}


@attention_weights.domain
def scores_of_some_size(draw):
    m, n, given = queries_keys_of(draw)
    return {**given, **perhaps_masked(draw, m, n)}


@attention_weights.domain
def scores_of_a_thousand(draw):
    m, n, given = large_scores_of(draw)
    return {**given, **perhaps_masked(draw, m, n)}


@attention.domain
def values_by_scores_of_some_size(draw):
    m, n, given = queries_keys_of(draw)
    return {**given, "V": draw(matrices(n, draw(SIZES), VALUES)), **perhaps_masked(draw, m, n)}


@attention.domain
def values_by_scores_of_a_thousand(draw):
    m, n, given = large_scores_of(draw)
    return {**given, "V": draw(matrices(n, draw(SIZES), MODERATE)), **perhaps_masked(draw, m, n)}


@multi_head_attention.domain
def tokens_and_their_heads(draw):
    n, d_model = draw(shapes())
    h = {"one head": 1, "two heads": 2, "three heads": 3}[
        draw.kind("heads", {"one head": 1.0, "two heads": 2.0, "three heads": 1.0})
    ]
    d_k, d_v = draw(among(1, 2, 3)), draw(among(1, 2, 3, d_model))
    heads = [
        (
            draw(matrices(d_model, d_k, MODERATE)),
            draw(matrices(d_model, d_k, MODERATE)),
            draw(matrices(d_model, d_v, MODERATE)),
        )
        for _ in range(h)
    ]
    if h > 1 and draw.kind("heads alike", {"different heads": 4.0, "the same head twice": 1.0}) != (
        "different heads"
    ):
        heads[-1] = heads[0]
    return {
        "X": draw(matrices(n, d_model, MODERATE)),
        "heads": heads,
        "W_O": draw(matrices(h * d_v, d_model, MODERATE)),
        **perhaps_masked(draw, n, n),
    }


UNITS = {"whole numbers from -1 to 1": lambda rng, n: [rng.randint(-1, 1) for _ in range(n)]}
BYTES = {"large whole numbers": ANY_REALS["large whole numbers"]}


@multi_head_attention.domain
def tokens_and_heads_of_large_scores(draw):
    n, d_model = draw(among(2, 3)), draw(among(1, 2, 3))
    h, d_v = draw(among(1, 2)), draw(among(1, 2))
    # Whole numbers, and keys of one component: the scores are exact, however large.
    heads = [
        (
            draw(matrices(d_model, 1, UNITS)),
            draw(matrices(d_model, 1, LARGE_KEYS)),
            draw(matrices(d_model, d_v, MODERATE)),
        )
        for _ in range(h)
    ]
    W_O = draw(matrices(h * d_v, d_model, MODERATE))
    return {"X": draw(matrices(n, d_model, UNITS)), "heads": heads, "W_O": W_O, **perhaps_masked(draw, n, n)}


@multi_head_attention.domain
def large_tokens_and_heads_that_average(draw):
    n, d_model = draw(shapes())
    d_v = draw(among(1, 2))
    # Queries of zeros weigh every key alike, so that no exponential magnifies a large number.
    nothing = [[0]] * d_model
    head = (nothing, draw(matrices(d_model, 1, MODERATE)), draw(matrices(d_model, d_v, BYTES)))
    return {
        "X": draw(matrices(n, d_model, BYTES)),
        "heads": [head],
        "W_O": draw(matrices(d_v, d_model, BYTES)),
        **perhaps_masked(draw, n, n),
    }


# By hand ----------------------------------------------------------------------------------------------------

example_10 = WorkedValue(
    points=1,
    source="Example 10",
    meaning="The output is a blend: no single value comes back, but most of what does comes from the keys"
    " that match best. From here on matrices do this for all queries at once.",
    numbers={"Q": EXAMPLE_Q, "K": EXAMPLE_K, "V": EXAMPLE_V},
    # The primer rounds the weights to 0.40, 0.20, 0.40 and prints [6.0, 4.0]; exactly it is [6.017, 3.983].
    tolerance=0.1,
    answer_as="a list of two numbers, to one decimal",
    because="query 1 with each key, each product over the square root of d_k, softmax, then the rows of V in"
    " those proportions; round only at the end",
)


@example_10.draw
def other_tokens(rng):
    while True:
        pairs = [[1, 0], [0, 1], [1, 1], [2, 0], [0, 2], [2, 1], [1, 2], [3, 0], [0, 3]]
        V = [[10, 0], [0, 10], [5, 5], [20, 0], [0, 20], [10, 20], [20, 10]]
        drawn = {"Q": rng.sample(pairs, 3), "K": rng.sample(pairs[:5], 3), "V": rng.sample(V, 3)}
        answers = [reference.example_10(**drawn)] + [
            wrong.function(**drawn) for wrong in example_10.misconceptions
        ]
        # Wrong turns have to end well away from the answer and from each other, at one decimal.
        if all(
            max(abs(x - y) for x, y in zip(a, b, strict=True)) > 0.3
            for i, a in enumerate(answers)
            for b in answers[:i]
        ):
            return drawn


exercise_21 = WorkedValue(
    points=1,
    source=["Exercise 21", "Notation: d_k"],
    meaning="All the heads' W_Q side by side are one square matrix, d_model by d_model. Sharing the width"
    " among more heads therefore costs no parameters.",
    numbers={"d_model": 768, "heads": 12},
    tolerance=None,
    answer_as="[d_k, (rows, columns), count]",
    because="the heads share d_model evenly; tokens are rows, so W_Q takes d_model numbers on its left to"
    " d_k on its right; count W_Q alone, over all heads",
)


@exercise_21.draw
def another_model(rng):
    sizes = [(512, 8), (1024, 16), (1280, 20), (1600, 25), (2048, 16), (2560, 20), (4096, 32), (5120, 40)]
    d_model, heads = rng.choice([*sizes, (384, 6), (960, 12), (1152, 16), (640, 8)])
    return {"d_model": d_model, "heads": heads}


exercise_22 = WorkedValue(
    points=1,
    source="Exercise 22",
    meaning="Variances add, so the variance of the product is d_k and its spread the root of that. The"
    " argument follows, line by line, below.",
    numbers={"order": [2, 0, 3, 1]},
    tolerance=None,
    answer_as="one letter in quotes",
    because="look at the table once more: what happens to the spread, and what to the mean, when d_k grows"
    " fourfold?",
)


@exercise_22.draw
def another_order(rng):
    return {"order": rng.sample(range(4), 4)}


exercise_23 = WorkedValue(
    points=1,
    source="Exercise 23",
    meaning="Twice the tokens make four times the products, for every head and every layer. No other part of"
    " the model grows like that.",
    numbers={"tokens": 100, "heads": 8},
    tolerance=None,
    answer_as="a whole number",
    because="each head has a score for every pair of a query and a key",
)


@exercise_23.draw
def another_sequence(rng):
    return {
        "tokens": rng.choice([50, 60, 80, 120, 200, 300, 500, 1000, 2000]),
        "heads": rng.choice([4, 6, 8, 10, 12, 16]),
    }


# Reading ----------------------------------------------------------------------------------------------------

reading_10 = Reading(
    points=1,
    source="Chapter X",
    meaning="The longer the text, the more P outgrows O, which is why not storing P pays. And a bias that"
    " falls by m per step back makes each weight a fixed fraction, exp(-m), of the one after it.",
    numbers={"N": 2048, "d": 64, "i": 3, "m": 0.5},
    tolerance=0.001,
    answer_as="one number, then i weights: for i = 2, [ratio, weight of key 1, weight of key 2]",
    because="P is N by N and O is N by d; equal dot products cancel in the softmax, and the biases are left",
)


@reading_10.draw
def another_bias(rng):
    return {
        "N": rng.choice([1024, 4096, 8192, 16384]),
        "d": rng.choice([32, 64, 128]),
        "i": rng.choice([2, 3, 4]),
        "m": rng.choice([0.125, 0.25, 0.5]),
    }
