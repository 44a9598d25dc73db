"""Chapter X: what is asked of attention, from the projections to several heads."""

import math

import numpy as np

from autograder.course.question import Question, WorkedValue, expect
from solutions import ch10_attention as reference

# Attention by the definition, one number at a time: what the expected values below are worked out with. -----


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
    return slow_product(
        [[number for output in outputs for number in output[token]] for token in range(len(X))], W_O
    )


# Wrong and right answers below are built from these two; each takes queries or logits a row.
def rows_of_softmax(Z):
    with np.errstate(all="ignore"):
        Z = np.asarray(Z, dtype=float)
        shares = np.exp(Z - Z.max(axis=1, keepdims=True))
        return shares / shares.sum(axis=1, keepdims=True)


def raw_products(Q, K):
    return np.asarray(Q, dtype=float) @ np.asarray(K, dtype=float).T


# Projections ------------------------------------------------------------------------------------------------
project = Question(points=2, source=["Figure 7", "Notation: Q, K, V"])


@project.check
def projects_every_token(project):
    """Three tokens: two numbers each for Q and K, three for V."""
    expect(
        project, [[1, 2], [0, 1], [3, -1]], [[1, 0], [3, 1]], [[2, -1], [0, 4]], [[1, 2, 0], [5, -3, 1]]
    ).to_equal(
        (
            [[7, 2], [3, 1], [0, -1]],
            [[2, 7], [0, 4], [6, -7]],
            [[11, -4, 2], [5, -3, 1], [-2, 9, -1]],
        ),
        because=(
            "a token is a row of X, so each weight matrix stands on the right: X @ W; return Q, K and V in"
            " this order"
        ),
    )


@project.check
def takes_lists_and_arrays(project):
    """One token or several, as lists, rows that are tuples, or arrays, ints or floats."""
    expect(
        project, np.array([[2, 1]]), [(1, 0), (3, 1)], np.array([[0.5, 2.0], [1.0, -1.0]]), [[4], [5]]
    ).to_equal(
        ([[5, 1]], [[2.0, 3.0]], [[13]]),
        because=(
            "convert each argument with np.asarray(M, dtype=float); any number of rows and columns may come"
        ),
    )
    expect(project, [[3]], [[2]], [[-1]], [[0, 1]]).to_equal(
        ([[6]], [[-3]], [[0, 3]]), because="convert each argument with np.asarray(M, dtype=float)"
    )


@project.hidden
def keeps_fractions_of_whole_tokens(project):
    """Tokens of ints and weights with fractions: nothing is rounded, and each output has a shape of its
    own."""
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
        because="work in floats throughout: an array made for ints drops what stands after the point",
    )


@project.misconception(
    caught_by=projects_every_token,
    hint=(
        "This multiplies with the transpose. Tokens are rows here, so the product is X @ W; W @ x is for a"
        " token written as a column."
    ),
)
def multiplies_by_the_transpose(X, W_Q, W_K, W_V):
    return tuple(np.asarray(X, dtype=float) @ np.asarray(W, dtype=float).T for W in (W_Q, W_K, W_V))


@project.misconception(
    caught_by=[projects_every_token, keeps_fractions_of_whole_tokens],
    hint=(
        "The second matrix returned is K, made with W_K, and the third is V, made with W_V. Yours are"
        " swapped."
    ),
)
def returns_values_before_keys(X, W_Q, W_K, W_V):
    Q, K, V = reference.project(X, W_Q, W_K, W_V)
    return Q, V, K


@project.misconception(
    caught_by=projects_every_token,
    hint=(
        "The keys come out of W_Q here. Q and K have a weight matrix each; with one for both, a token would"
        " look for what it offers itself."
    ),
)
def uses_one_matrix_for_queries_and_keys(X, W_Q, W_K, W_V):
    return reference.project(X, W_Q, W_Q, W_V)


@project.misconception(
    caught_by=keeps_fractions_of_whole_tokens,
    hint=(
        "The results take the int type of X, and lose what stands after the point. Convert X with dtype=float"
        " first."
    ),
)
def keeps_the_type_of_the_tokens(X, W_Q, W_K, W_V):
    X = np.asarray(X)
    return tuple((X @ np.asarray(W, dtype=float)).astype(X.dtype) for W in (W_Q, W_K, W_V))


@project.misconception(
    caught_by=projects_every_token,
    hint="Return three matrices, `return Q, K, V`, not one matrix with all their columns.",
)
def returns_one_wide_matrix(X, W_Q, W_K, W_V):
    return np.concatenate(reference.project(X, W_Q, W_K, W_V), axis=1)


@project.alternative
def projects_with_plain_loops(X, W_Q, W_K, W_V):
    return [slow_product(X, W_Q), slow_product(X, W_K), slow_product(X, W_V)]


@project.alternative
def projects_with_one_product(X, W_Q, W_K, W_V):
    widths = [len(W[0]) for W in (W_Q, W_K)]
    together = np.asarray(X, dtype=float) @ np.hstack([np.asarray(W, dtype=float) for W in (W_Q, W_K, W_V)])
    return tuple(np.split(together, np.cumsum(widths), axis=1))


@project.alternative
def projects_in_single_precision(X, W_Q, W_K, W_V):
    X = np.array(X, dtype=np.float32)
    return (
        X @ np.array(W_Q, dtype=np.float32),
        X @ np.array(W_K, dtype=np.float32),
        X @ np.array(W_V, dtype=np.float32),
    )


# Scores -----------------------------------------------------------------------------------------------------
EXAMPLE_Q = [[1, 0], [0, 1], [1, 1]]
EXAMPLE_K = [[1, 1], [0, 1], [1, 0]]
EXAMPLE_V = [[10, 0], [0, 10], [5, 5]]
ROOT_2 = math.sqrt(2)
EXAMPLE_SCORES = [
    [1 / ROOT_2, 0.0, 1 / ROOT_2],
    [1 / ROOT_2, 1 / ROOT_2, 0.0],
    [ROOT_2, 1 / ROOT_2, 1 / ROOT_2],
]

# Two queries and three keys of four components, whose scores come out in halves.
TWO_QUERIES = [[1, 2, 0, -1], [3, 0, 1, 2]]
THREE_KEYS = [[2, 1, 0, 1], [0, 0, 4, 1], [-2, 1, 1, 0]]
TWO_BY_THREE = [[1.5, -0.5, 0.0], [4.0, 3.0, -2.5]]

attention_scores = Question(points=3, source=["Example 10", "Figure 7", "Notation: d_k"])


@attention_scores.check
def compares_the_tokens_of_example_10(attention_scores):
    """Example 10, steps 1 and 2: three queries, three keys, d_k = 2."""
    expect(attention_scores, EXAMPLE_Q, EXAMPLE_K).to_equal(
        EXAMPLE_SCORES,
        because=(
            "one dot product for each query and key, the query in the row, divided by the square root of d_k"
        ),
    )


@attention_scores.check
def has_a_row_a_query_and_a_column_a_key(attention_scores):
    """Two queries and three keys give two rows of three."""
    expect(attention_scores, TWO_QUERIES, [(2, 1, 0, 1), (0, 0, 4, 1), (-2, 1, 1, 0)]).to_equal(
        TWO_BY_THREE,
        because="rows are queries and columns are keys; d_k is the length of a key, not the number of keys",
    )
    expect(attention_scores, np.array([[1.0, 2.0, 0.0, -1.0]]), np.array(THREE_KEYS, dtype=float)).to_equal(
        [[1.5, -0.5, 0.0]], because="a single query is a matrix of one row"
    )


@attention_scores.check
def refuses_keys_of_another_length(attention_scores):
    """Queries of 3 components and keys of 2: ValueError that names both."""
    expect(attention_scores, [[2, 0, 1, 3]], [[1, 5, 4, 0]]).to_equal(
        [[3.0]], because="2 + 0 + 4 + 0 = 6, over the square root of 4"
    )
    expect(attention_scores, [[1, 2, 3]], [[1, 2], [3, 4]]).to_be_refused(ValueError, naming=[3, 2])


@attention_scores.hidden
def scales_by_the_length_of_a_key(attention_scores):
    """Keys of one, three and nine components are each scaled by their own square root."""
    expect(attention_scores, [[3], [-0.5]], [[4], [1], [-2], [0]]).to_equal(
        [[12.0, 3.0, -6.0, 0.0], [-2.0, -0.5, 1.0, 0.0]], because="at d_k = 1 the score is the product itself"
    )
    expect(attention_scores, [[0.5, -1, 2]], [[3, 1, 1.5], [-1, 0.25, 0]]).to_equal(
        [[3.5 / math.sqrt(3), -0.75 / math.sqrt(3)]],
        because="divide by the square root of the number of components",
    )
    expect(attention_scores, [[1, 2, 3, 4, 5, 6, 7, 8, 9]], [[1, 0, -1, 0, 2, 0, 0, 1, 0]]).to_equal(
        [[16 / 3]], because="divide by the square root of the number of components"
    )


@attention_scores.hidden
def stretches_no_key(attention_scores):
    """Keys of one component, or longer than the queries: ValueError that names both lengths."""
    expect(attention_scores, [[2, 4, 1, 1], [1, 0, 0, 5]], [[1, 1, 3, 0]]).to_equal([[4.5], [0.5]])
    expect(attention_scores, [[1, 2, 3]], [[7], [8]]).to_be_refused(
        ValueError,
        naming=[3, 1],
        because="NumPy stretches a key of one component where it multiplies elementwise",
    )
    expect(attention_scores, [[1, 2], [0, 1]], [[1, 2, 3, 4, 5]]).to_be_refused(
        ValueError,
        naming=[2, 5],
        because=(
            "a query of 2 components and a key of 5 have no dot product: raise ValueError with both lengths"
        ),
    )


@attention_scores.misconception(
    caught_by=compares_the_tokens_of_example_10,
    hint="This divides by d_k. The divisor is its square root: math.sqrt(d_k).",
)
def divides_by_d_k(Q, K):
    return raw_products(Q, K) / len(K[0])


@attention_scores.misconception(
    caught_by=compares_the_tokens_of_example_10,
    hint=(
        "These are the bare dot products. Divide them by the square root of d_k, the number of components of"
        " a key."
    ),
)
def leaves_the_scores_unscaled(Q, K):
    return raw_products(Q, K)


@attention_scores.misconception(
    caught_by=has_a_row_a_query_and_a_column_a_key,
    hint=(
        "This is K Qᵀ: a row a key. The query belongs in the row: Q on the left, the transposed keys on the"
        " right."
    ),
)
def puts_the_keys_in_the_rows(Q, K):
    return raw_products(Q, K).T / math.sqrt(len(K[0]))


@attention_scores.misconception(
    caught_by=has_a_row_a_query_and_a_column_a_key,
    hint=(
        "This takes the square root of the number of keys, len(K). d_k is the number of components of one"
        " key: K.shape[1]."
    ),
)
def scales_by_the_number_of_keys(Q, K):
    return raw_products(Q, K) / math.sqrt(len(K))


@attention_scores.misconception(
    caught_by=compares_the_tokens_of_example_10,
    hint="These are cosines. Attention leaves the lengths in, and divides by the square root of d_k alone.",
)
def takes_the_cosine(Q, K):
    with np.errstate(all="ignore"):
        Q, K = (
            np.asarray(M, dtype=float) / np.linalg.norm(np.asarray(M, dtype=float), axis=1, keepdims=True)
            for M in (Q, K)
        )
    return Q @ K.T


@attention_scores.misconception(
    caught_by=has_a_row_a_query_and_a_column_a_key,
    hint=(
        "`Q /= ...` divides the caller's own array: np.asarray makes no copy of an array of floats. Write `Q"
        " / ...`, which makes a new one."
    ),
)
def scales_the_callers_queries(Q, K):
    Q, K = np.asarray(Q, dtype=float), np.asarray(K, dtype=float)
    Q /= math.sqrt(K.shape[1])
    return Q @ K.T


@attention_scores.misconception(
    caught_by=refuses_keys_of_another_length,
    hint=(
        "zip stops at the shorter of the two, so components of the longer one are dropped in silence. Compare"
        " the lengths first and raise ValueError."
    ),
)
def stops_at_the_shorter(Q, K):
    return [
        [sum(q * k for q, k in zip(query, key, strict=False)) / math.sqrt(len(key)) for key in K]
        for query in Q
    ]


@attention_scores.misconception(
    caught_by=stretches_no_key,
    hint=(
        "An elementwise product stretches a key of one component over the whole query. Use the matrix"
        " product, or compare lengths and raise ValueError."
    ),
)
def stretches_a_key_of_one_component(Q, K):
    Q, K = np.asarray(Q, dtype=float), np.asarray(K, dtype=float)
    return (Q[:, None, :] * K[None, :, :]).sum(axis=2) / math.sqrt(Q.shape[1])


@attention_scores.alternative
def scores_with_plain_loops(Q, K):
    if len(Q[0]) != len(K[0]):
        raise ValueError(f"queries have {len(Q[0])} components and keys {len(K[0])}")
    return slow_scores(Q, K)


@attention_scores.alternative
def scores_with_einsum(Q, K):
    Q, K = np.array(Q, dtype=float), np.array(K, dtype=float)
    if Q.shape[-1] != K.shape[-1]:
        raise ValueError(f"no dot product of {Q.shape} and {K.shape}: the last numbers differ")
    return np.einsum("id,jd->ij", Q, K) * K.shape[-1] ** -0.5


@attention_scores.alternative
def scales_both_sides_first(Q, K):
    Q, K = np.array(Q, dtype=float), np.array(K, dtype=float)
    return np.inner(Q / Q.shape[1] ** 0.25, K / K.shape[1] ** 0.25)


@attention_scores.alternative
def scores_in_single_precision(Q, K):
    Q, K = np.array(Q, dtype=np.float32), np.array(K, dtype=np.float32)
    return (Q @ K.T) / np.float32(math.sqrt(K.shape[1]))


# Weights ----------------------------------------------------------------------------------------------------
EXAMPLE_WEIGHTS = slow_weights(EXAMPLE_Q, EXAMPLE_K)
TWO_BY_THREE_WEIGHTS = slow_weights(TWO_QUERIES, THREE_KEYS)
PARTLY_HIDDEN = [[True, False, True], [False, True, True]]
PARTLY_HIDDEN_WEIGHTS = slow_weights(TWO_QUERIES, THREE_KEYS, PARTLY_HIDDEN)
SEES_ONE_AND_ALL = [[False, False, True], [True, True, True]]
SEES_ONE_AND_ALL_WEIGHTS = slow_weights(TWO_QUERIES, THREE_KEYS, SEES_ONE_AND_ALL)
TO_THE_LARGER = 1 / (1 + math.exp(-1))
TO_THE_SMALLER = math.exp(-1) / (1 + math.exp(-1))

attention_weights = Question(points=3, source=["Example 10", "Figure 7"])


@attention_weights.check
def weighs_the_tokens_of_example_10(attention_weights):
    """Example 10, step 3: each query's weights sum to 1."""
    expect(attention_weights, EXAMPLE_Q, EXAMPLE_K).to_equal(
        EXAMPLE_WEIGHTS,
        because=(
            "softmax along each row of the scaled scores, one distribution a query; where attention_scores"
            " fails too, mend it first"
        ),
    )


@attention_weights.check
def weighs_three_keys_for_two_queries(attention_weights):
    """Two queries and three keys, as lists or arrays; a mask of None hides nothing."""
    expect(attention_weights, TWO_QUERIES, THREE_KEYS, None).to_equal(
        TWO_BY_THREE_WEIGHTS, because="a row a query, a column a key, each row summing to 1"
    )
    expect(attention_weights, np.array(TWO_QUERIES), np.array(THREE_KEYS)).to_equal(
        TWO_BY_THREE_WEIGHTS, because="mask is None unless it is given"
    )


@attention_weights.check
def hides_what_the_mask_hides(attention_weights):
    """Where the mask is False the weight is 0, and the rest of the row still sums to 1."""
    expect(attention_weights, TWO_QUERIES, THREE_KEYS, PARTLY_HIDDEN).to_equal(
        PARTLY_HIDDEN_WEIGHTS,
        because="a score whose mask is False becomes -inf before the softmax; True is where a query may look",
    )


@attention_weights.hidden
def takes_a_mask_as_an_array(attention_weights):
    """A boolean array as the mask; a query that may look at one key gives it all the weight."""
    expect(
        attention_weights,
        np.array(TWO_QUERIES, dtype=float),
        np.array(THREE_KEYS, dtype=float),
        mask=np.array(SEES_ONE_AND_ALL),
    ).to_equal(
        SEES_ONE_AND_ALL_WEIGHTS,
        because="each row of the mask is for one query; a row of True changes nothing",
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


@attention_weights.hidden
def hides_the_largest_score(attention_weights):
    """A hidden score of 1000 beside allowed ones of -1000."""
    expect(
        attention_weights, [[1], [-1]], [[1000], [-1000], [-1001]], [[False, True, True], [True, True, False]]
    ).to_equal(
        [[0.0, TO_THE_LARGER, TO_THE_SMALLER], [0.0, 1.0, 0.0]],
        because="hide with -inf before the softmax: what is hidden may have the largest score of its row",
    )


@attention_weights.misconception(
    caught_by=hides_what_the_mask_hides,
    hint="The mask is the wrong way round here: True is where a query may look, False is what is hidden.",
)
def inverts_the_mask(Q, K, mask=None):
    return rows_of_softmax(
        reference.attention_scores(Q, K)
        if mask is None
        else np.where(mask, -np.inf, reference.attention_scores(Q, K))
    )


@attention_weights.misconception(
    caught_by=hides_what_the_mask_hides,
    hint=(
        "This sets hidden scores to 0, and exp(0) is 1: the key is still looked at. A hidden score has to be"
        " -inf, since exp(-inf) is 0."
    ),
)
def multiplies_the_scores_by_the_mask(Q, K, mask=None):
    return rows_of_softmax(reference.attention_scores(Q, K) * (1 if mask is None else np.asarray(mask)))


@attention_weights.misconception(
    caught_by=hides_what_the_mask_hides,
    hint=(
        "The weights are set to 0 after the softmax, so the row no longer sums to 1. Hide the scores before"
        " the softmax, with -inf."
    ),
)
def zeroes_the_weights_afterwards(Q, K, mask=None):
    return reference.attention_weights(Q, K) * (1 if mask is None else np.asarray(mask))


@attention_weights.misconception(
    caught_by=hides_the_largest_score,
    hint=(
        "Masking after the softmax and dividing again is 0 / 0 where a hidden score dwarfs the allowed ones."
        " Set hidden scores to -inf before the softmax."
    ),
)
def divides_again_after_masking(Q, K, mask=None):
    weights = reference.attention_weights(Q, K) * (1 if mask is None else np.asarray(mask))
    with np.errstate(all="ignore"):
        return weights / weights.sum(axis=1, keepdims=True)


@attention_weights.misconception(
    caught_by=hides_the_largest_score,
    hint=(
        "A hidden score of -100 is still larger than an allowed one of -1000, and takes its weight. Use"
        " -np.inf, which nothing is below."
    ),
)
def hides_with_minus_a_hundred(Q, K, mask=None):
    scores = reference.attention_scores(Q, K)
    return rows_of_softmax(scores if mask is None else np.where(mask, scores, -100.0))


@attention_weights.misconception(
    caught_by=weighs_the_tokens_of_example_10,
    hint="This normalizes down the columns, over queries. A query's weights stand in its row: axis=1.",
)
def normalizes_down_the_columns(Q, K, mask=None):
    scores = reference.attention_scores(Q, K)
    scores = scores if mask is None else np.where(mask, scores, -np.inf)
    with np.errstate(all="ignore"):
        return rows_of_softmax(scores.T).T


@attention_weights.misconception(
    caught_by=is_stable_at_large_scores,
    hint=(
        "exp(1000) overflows. Subtract the largest score of each row first, as row_softmax in this notebook"
        " does in effect."
    ),
)
def exponentiates_large_scores(Q, K, mask=None):
    scores = reference.attention_scores(Q, K)
    with np.errstate(all="ignore"):
        weights = np.exp(scores if mask is None else np.where(mask, scores, -np.inf))
        return weights / weights.sum(axis=1, keepdims=True)


@attention_weights.misconception(
    caught_by=is_stable_at_large_scores,
    hint=(
        "One maximum for the whole matrix leaves a row far below it all zeros, and 0 / 0. Subtract each row's"
        " own maximum: axis=1, keepdims=True."
    ),
)
def shifts_by_one_maximum(Q, K, mask=None):
    scores = reference.attention_scores(Q, K)
    scores = scores if mask is None else np.where(mask, scores, -np.inf)
    with np.errstate(all="ignore"):
        weights = np.exp(scores - scores.max())
        return weights / weights.sum(axis=1, keepdims=True)


@attention_weights.misconception(
    caught_by=hides_what_the_mask_hides,
    hint="The mask is not used: where it is False, the score has to become -inf before the softmax.",
)
def weighs_without_the_mask(Q, K, mask=None):
    return reference.attention_weights(Q, K)


@attention_weights.misconception(
    caught_by=weighs_the_tokens_of_example_10,
    hint="The softmax is of the bare dot products here. Divide them by the square root of d_k first.",
)
def weighs_unscaled_scores(Q, K, mask=None):
    scores = raw_products(Q, K)
    return rows_of_softmax(scores if mask is None else np.where(mask, scores, -np.inf))


@attention_weights.alternative
def weighs_with_plain_loops(Q, K, mask=None):
    return slow_weights(Q, K, mask)


@attention_weights.alternative
def weighs_with_a_large_negative_number(Q, K, mask=None):
    scores = np.inner(np.array(Q, dtype=float), np.array(K, dtype=float)) / np.sqrt(len(K[0]))
    if mask is not None:
        scores = scores + np.where(np.asarray(mask), 0.0, -1e30)
    return np.exp(scores - np.logaddexp.reduce(scores, axis=1, keepdims=True))


@attention_weights.alternative
def weighs_only_the_keys_in_sight(Q, K, mask=None):
    Q, K = np.array(Q, dtype=float), np.array(K, dtype=float)
    weights = np.zeros((len(Q), len(K)))
    for i, query in enumerate(Q):
        seen = np.arange(len(K)) if mask is None else np.flatnonzero(np.asarray(mask)[i])
        scores = K[seen] @ query / len(query) ** 0.5
        shares = np.exp(scores - scores.max())
        weights[i, seen] = shares / shares.sum()
    return weights.tolist()


@attention_weights.alternative
def weighs_in_single_precision(Q, K, mask=None):
    scores = (
        np.array(Q, dtype=np.float32) @ np.array(K, dtype=np.float32).T / np.float32(math.sqrt(len(K[0])))
    )
    if mask is not None:
        scores = np.where(mask, scores, np.float32(-np.inf))
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


# Attention --------------------------------------------------------------------------------------------------
EXAMPLE_OUTPUT = slow_attention(EXAMPLE_Q, EXAMPLE_K, EXAMPLE_V)
ONE_NUMBER_EACH = [[4.0], [-2.0], [1.5]]
FIVE_NUMBERS_EACH = [[1, 0, 2, 5, -1], [0, 3, -2, 1, 4], [2, 2, 0, -3, 1]]
TWO_BY_ONE_OUTPUT = slow_attention(TWO_QUERIES, THREE_KEYS, ONE_NUMBER_EACH)
TWO_BY_FIVE_OUTPUT = slow_attention(TWO_QUERIES, THREE_KEYS, FIVE_NUMBERS_EACH)
PARTLY_HIDDEN_OUTPUT = slow_attention(TWO_QUERIES, THREE_KEYS, FIVE_NUMBERS_EACH, PARTLY_HIDDEN)

# Three tokens read from left to right.
CAUSAL_3 = [[True, False, False], [True, True, False], [True, True, True]]
LEFT_TO_RIGHT_Q = [[0.5, -1.0], [2.0, 1.0], [-1.5, 0.5]]
LEFT_TO_RIGHT_K = [[1.0, 0.5], [-1.0, 2.0], [0.5, 3.0]]
LEFT_TO_RIGHT_V = [[2.0, -1.0, 0.0], [1.0, 4.0, -2.0], [3.0, 0.5, 7.0]]
LEFT_TO_RIGHT_OUTPUT = slow_attention(LEFT_TO_RIGHT_Q, LEFT_TO_RIGHT_K, LEFT_TO_RIGHT_V, CAUSAL_3)

attention = Question(points=3, source=["Example 10", "Figure 7"])


@attention.check
def traces_example_10(attention):
    """Example 10, step 4: all three rows of the output."""
    expect(attention, EXAMPLE_Q, EXAMPLE_K, EXAMPLE_V).to_equal(
        EXAMPLE_OUTPUT,
        because="the weights, a row a query, times V; where attention_weights fails too, mend it first",
    )


@attention.check
def has_the_width_of_the_values(attention):
    """Two queries, three keys of four components, values of one and of five."""
    expect(attention, TWO_QUERIES, THREE_KEYS, ONE_NUMBER_EACH).to_equal(
        TWO_BY_ONE_OUTPUT,
        because="the output has a row a query and the columns of V; d_k is the width of K, not of V",
    )
    expect(attention, np.array(TWO_QUERIES), np.array(THREE_KEYS), np.array(FIVE_NUMBERS_EACH)).to_equal(
        TWO_BY_FIVE_OUTPUT,
        because="the output has a row a query and the columns of V; d_k is the width of K, not of V",
    )


@attention.check
def passes_the_mask_on(attention):
    """A hidden key's value does not count."""
    expect(attention, TWO_QUERIES, THREE_KEYS, FIVE_NUMBERS_EACH, PARTLY_HIDDEN).to_equal(
        PARTLY_HIDDEN_OUTPUT, because="hand the mask on to the weights; True is where a query may look"
    )


@attention.hidden
def does_not_look_ahead(attention):
    """Under the causal mask, other values for the last token leave the earlier rows as they were."""
    expect(attention, LEFT_TO_RIGHT_Q, LEFT_TO_RIGHT_K, LEFT_TO_RIGHT_V, CAUSAL_3).to_equal(
        LEFT_TO_RIGHT_OUTPUT, because="the mask is applied before the softmax, a row a query"
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
    """Keys and values in another order, each with its own: the same output. Values all alike: that value."""
    expect(attention, [[1, 2, 0, -1]], THREE_KEYS, [[6, -3], [6, -3], [6, -3]]).to_equal(
        [[6.0, -3.0]], because="the weights of a row sum to 1, so a mean of equal values is that value"
    )
    expect(
        attention, TWO_QUERIES, [THREE_KEYS[i] for i in (2, 0, 1)], [FIVE_NUMBERS_EACH[i] for i in (2, 0, 1)]
    ).to_agree_with(
        TWO_QUERIES,
        THREE_KEYS,
        FIVE_NUMBERS_EACH,
        because="a value goes with its key, wherever the two stand",
    )


@attention.hidden
def is_finite_at_large_scores(attention):
    """Scores of 1000 and -1000, hidden and not."""
    expect(
        attention,
        [[1], [-1]],
        [[1000], [-1000], [-1001]],
        [[8, 1], [2, 0], [4, -6]],
        np.array([[False, True, True], [True, True, False]]),
    ).to_equal(
        [[2 * TO_THE_LARGER + 4 * TO_THE_SMALLER, -6 * TO_THE_SMALLER], [2.0, 0.0]],
        because="hide with -inf and subtract each row's largest score, both before exponentiating",
    )


@attention.misconception(
    caught_by=traces_example_10,
    hint=(
        "The weights are transposed here. A query's weights stand in its row, and that row multiplies V:"
        " weights @ V."
    ),
)
def multiplies_by_the_transposed_weights(Q, K, V, mask=None):
    return reference.attention_weights(Q, K, mask).T @ np.asarray(V, dtype=float)


@attention.misconception(
    caught_by=traces_example_10, hint="The scores are not divided by the square root of d_k."
)
def attends_unscaled(Q, K, V, mask=None):
    scores = raw_products(Q, K)
    return rows_of_softmax(scores if mask is None else np.where(mask, scores, -np.inf)) @ np.asarray(
        V, dtype=float
    )


@attention.misconception(
    caught_by=traces_example_10,
    hint=(
        "The scores multiply V without a softmax. They have to become weights that sum to 1 in each row"
        " first."
    ),
)
def leaves_out_the_softmax(Q, K, V, mask=None):
    scores = reference.attention_scores(Q, K)
    return (scores if mask is None else np.where(mask, scores, 0.0)) @ np.asarray(V, dtype=float)


@attention.misconception(
    caught_by=traces_example_10,
    hint=(
        "The weights multiply K here. Keys are for the comparison alone; what is added up are the values, V."
    ),
)
def adds_up_the_keys(Q, K, V, mask=None):
    return reference.attention_weights(Q, K, mask) @ np.asarray(K, dtype=float)


@attention.misconception(
    caught_by=traces_example_10,
    hint="A token may look at itself too: its own key and value stay in. Hide only what the mask hides.",
)
def leaves_out_the_token_itself(Q, K, V, mask=None):
    others = ~np.eye(len(Q), len(K), dtype=bool)
    seen = others if mask is None else others & np.asarray(mask)
    return rows_of_softmax(np.where(seen, reference.attention_scores(Q, K), -np.inf)) @ np.asarray(
        V, dtype=float
    )


@attention.misconception(
    caught_by=has_the_width_of_the_values,
    hint=(
        "This takes the width of V for d_k. d_k is the number of components that queries and keys share:"
        " K.shape[1]."
    ),
)
def scales_by_the_width_of_the_values(Q, K, V, mask=None):
    V = np.asarray(V, dtype=float)
    scores = raw_products(Q, K) / math.sqrt(V.shape[1])
    return rows_of_softmax(scores if mask is None else np.where(mask, scores, -np.inf)) @ V


@attention.misconception(
    caught_by=passes_the_mask_on,
    hint="The mask is not handed on: every query sees every key. Pass it to the weights.",
)
def attends_without_the_mask(Q, K, V, mask=None):
    return reference.attention(Q, K, V)


@attention.misconception(
    caught_by=passes_the_mask_on, hint="The mask is the wrong way round: False is what is hidden."
)
def attends_to_what_is_hidden(Q, K, V, mask=None):
    if mask is None:
        return reference.attention(Q, K, V)
    return rows_of_softmax(np.where(mask, -np.inf, reference.attention_scores(Q, K))) @ np.asarray(
        V, dtype=float
    )


@attention.misconception(
    caught_by=passes_the_mask_on,
    hint=(
        "Hidden values are set to 0 after the softmax, and their weight is lost. Hide the scores before it,"
        " so that the row sums to 1."
    ),
)
def drops_hidden_values_afterwards(Q, K, V, mask=None):
    return (reference.attention_weights(Q, K) * (1 if mask is None else np.asarray(mask))) @ np.asarray(
        V, dtype=float
    )


@attention.misconception(
    caught_by=is_finite_at_large_scores,
    hint="exp(1000) overflows. Subtract the largest score of each row before exponentiating.",
)
def attends_without_a_shift(Q, K, V, mask=None):
    scores = reference.attention_scores(Q, K)
    with np.errstate(all="ignore"):
        weights = np.exp(scores if mask is None else np.where(mask, scores, -np.inf))
        return (weights / weights.sum(axis=1, keepdims=True)) @ np.asarray(V, dtype=float)


@attention.alternative
def attends_with_plain_loops(Q, K, V, mask=None):
    return slow_attention(Q, K, V, mask)


@attention.alternative
def attends_one_key_at_a_time(Q, K, V, mask=None):
    # A running maximum, a running total: the keys go by once, as the fast kernels of today do it.
    Q, K, V = (np.array(M, dtype=float) for M in (Q, K, V))
    mask = np.ones((len(Q), len(K)), dtype=bool) if mask is None else np.asarray(mask)
    output = []
    for query, seen in zip(Q, mask, strict=True):
        largest, total, mixed = -math.inf, 0.0, np.zeros(V.shape[1])
        for key, value in zip(K[seen], V[seen], strict=True):
            score = float(query @ key) / math.sqrt(len(key))
            higher = max(largest, score)
            keep, new = math.exp(largest - higher), math.exp(score - higher)
            largest, total, mixed = higher, total * keep + new, mixed * keep + new * value
        output.append(mixed / total)
    return output


@attention.alternative
def attends_in_single_precision(Q, K, V, mask=None):
    return weighs_in_single_precision(Q, K, mask) @ np.array(V, dtype=np.float32)


# The causal mask --------------------------------------------------------------------------------------------
causal_mask = Question(points=1, source="Chapter X")


@causal_mask.check
def looks_back_and_at_itself(causal_mask):
    """Three tokens: a lower triangle of True, the diagonal included."""
    expect(causal_mask, 3).to_equal(
        CAUSAL_3, because="row i is True up to and including column i, and holds truths, not numbers"
    )


@causal_mask.hidden
def has_any_size(causal_mask):
    """One token, two tokens, six tokens."""
    expect(causal_mask, 1).to_equal([[True]], because="a token may always look at itself")
    expect(causal_mask, 2).to_equal(
        [[True, False], [True, True]], because="row i is True up to and including column i"
    )
    expect(causal_mask, 6).to_equal(
        [[True] * (i + 1) + [False] * (5 - i) for i in range(6)],
        because="an n by n matrix for every n, not for 3 alone",
    )


@causal_mask.misconception(
    caught_by=looks_back_and_at_itself,
    hint="The diagonal is missing: a token may look at itself, or the first token could look nowhere.",
)
def leaves_out_the_diagonal(n):
    return np.tri(n, k=-1, dtype=bool)


@causal_mask.misconception(
    caught_by=looks_back_and_at_itself,
    hint="This is the upper triangle: tokens that look ahead. Row i is the query, and sees columns 0 to i.",
)
def looks_ahead(n):
    return np.triu(np.ones((n, n), dtype=bool))


@causal_mask.misconception(
    caught_by=looks_back_and_at_itself, hint="This marks what is hidden. Here True is where a token may look."
)
def marks_what_is_hidden(n):
    return ~np.tri(n, dtype=bool)


@causal_mask.misconception(
    caught_by=looks_back_and_at_itself,
    hint="These are ones and zeros. A mask holds truths: ask NumPy for dtype=bool.",
)
def counts_instead_of_truths(n):
    return np.tri(n)


@causal_mask.misconception(
    caught_by=looks_back_and_at_itself,
    hint=(
        "These are numbers to add to the scores, 0 and -inf. The mask asked for holds True and False; the"
        " -inf comes in attention_weights."
    ),
)
def builds_the_additive_mask(n):
    return np.where(np.tri(n, dtype=bool), 0.0, -np.inf)


@causal_mask.alternative
def rows_of_truths(n):
    return [[j <= i for j in range(n)] for i in range(n)]


@causal_mask.alternative
def by_comparing_positions(n):
    positions = np.arange(n)
    return positions[None, :] <= positions[:, None]


@causal_mask.alternative
def by_inverting_what_is_ahead(n):
    return ~np.triu(np.ones((n, n)), k=1).astype(bool)


# Several heads ----------------------------------------------------------------------------------------------
ONE_HEAD = [([[1, 0], [1, 2]], [[0, 1], [1, -1]], [[2, 0], [1, 3]])]
ONE_HEAD_X = [[1, 0], [0, 1], [1, 1]]
ONE_HEAD_W_O = [[1, 2], [0, -1]]
ONE_HEAD_OUTPUT = slow_heads(ONE_HEAD_X, ONE_HEAD, ONE_HEAD_W_O)

# Five tokens with d_model = 4, and two heads with d_k = 3 and d_v = 2: no two of the sizes agree by accident.
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

# Three heads with d_k = 2 and d_v = 1, in ints.
TWO_TOKENS = [[1, 2, 0], [0, -1, 1]]
THREE_HEADS = [
    ([[1, 0], [0, 1], [1, 1]], [[0, 1], [1, 0], [0, 1]], [[1], [0], [2]]),
    ([[0, 1], [1, 0], [1, 0]], [[1, 0], [0, 1], [1, 0]], [[0], [3], [1]]),
    ([[1, 1], [0, 1], [0, 0]], [[0, 0], [1, 1], [1, 0]], [[5], [1], [-1]]),
]
MIX_THREE = [[1, 0, 2], [0, 1, -1], [2, 1, 0]]
THREE_HEADS_OUTPUT = slow_heads(TWO_TOKENS, THREE_HEADS, MIX_THREE)

multi_head_attention = Question(points=4, source="Chapter X")


@multi_head_attention.check
def is_one_head_and_a_mix(multi_head_attention):
    """One head: its attention, then W_O."""
    expect(multi_head_attention, ONE_HEAD_X, ONE_HEAD, ONE_HEAD_W_O).to_equal(
        ONE_HEAD_OUTPUT,
        because=(
            "project the tokens, attend, and multiply the output by W_O; where attention fails too, mend it"
            " first"
        ),
    )


@multi_head_attention.check
def puts_two_heads_side_by_side(multi_head_attention):
    """Five tokens and two heads: the outputs side by side, then W_O."""
    expect(multi_head_attention, np.array(FIVE_TOKENS), TWO_HEADS, MIX_FOUR).to_equal(
        TWO_HEADS_OUTPUT,
        because=(
            "join the heads' outputs along the columns (axis=1), so that a token's row holds first all of"
            " head 1, then all of head 2"
        ),
    )


@multi_head_attention.hidden
def masks_every_head(multi_head_attention):
    """The mask holds for every head."""
    expect(multi_head_attention, FIVE_TOKENS, TWO_HEADS, np.array(MIX_FOUR), np.array(CAUSAL_5)).to_equal(
        TWO_HEADS_CAUSAL_OUTPUT, because="hand the mask to each head's attention"
    )
    expect(multi_head_attention, FIVE_TOKENS, TWO_HEADS, MIX_FOUR, CAUSAL_5).to_equal(
        TWO_HEADS_CAUSAL_OUTPUT, because="hand the mask to each head's attention"
    )


@multi_head_attention.hidden
def takes_any_number_of_heads(multi_head_attention):
    """Three heads of lists and ints, and a single token."""
    expect(multi_head_attention, TWO_TOKENS, THREE_HEADS, MIX_THREE).to_equal(
        THREE_HEADS_OUTPUT,
        because="loop over the heads, however many there are, and join all of their outputs",
    )
    expect(
        multi_head_attention,
        [[1, 2]],
        [([[4], [1]], [[0], [2]], [[1], [0]]), ([[1], [1]], [[3], [0]], [[0], [1]])],
        [[3, 0], [0, 5]],
    ).to_equal([[3, 10]], because="a single token gives itself all the weight")


@multi_head_attention.hidden
def swaps_heads_with_their_rows(multi_head_attention):
    """Heads in another order, with the rows of W_O moved along, give the same output; without, another."""
    expect(
        multi_head_attention,
        TWO_TOKENS,
        [THREE_HEADS[i] for i in (2, 0, 1)],
        [MIX_THREE[i] for i in (2, 0, 1)],
    ).to_equal(
        THREE_HEADS_OUTPUT,
        because="the rows of W_O belong to the heads in the order in which they are listed",
    )
    expect(multi_head_attention, FIVE_TOKENS, TWO_HEADS[::-1], MIX_FOUR[2:] + MIX_FOUR[:2]).to_agree_with(
        FIVE_TOKENS,
        TWO_HEADS,
        MIX_FOUR,
        because="the rows of W_O belong to the heads in the order in which they are listed",
    )


@multi_head_attention.misconception(
    caught_by=puts_two_heads_side_by_side,
    hint="The joined outputs still have to be multiplied by W_O, which mixes what the heads say.",
)
def leaves_out_w_o(X, heads, W_O, mask=None):
    return np.concatenate([reference.attention(*reference.project(X, *head), mask) for head in heads], axis=1)


@multi_head_attention.misconception(
    caught_by=puts_two_heads_side_by_side,
    hint=(
        "reshape fills the rows in the order of memory, so that numbers of different tokens share a row. Join"
        " the outputs with np.concatenate(..., axis=1)."
    ),
)
def reshapes_instead_of_joining(X, heads, W_O, mask=None):
    outputs = np.array([reference.attention(*reference.project(X, *head), mask) for head in heads])
    return outputs.reshape(outputs.shape[1], -1) @ np.asarray(W_O, dtype=float)


@multi_head_attention.misconception(
    caught_by=puts_two_heads_side_by_side,
    hint=(
        "The heads are interleaved here, one number of each in turn. A row holds all of head 1, then all of"
        " head 2: np.concatenate(..., axis=1)."
    ),
)
def interleaves_the_heads(X, heads, W_O, mask=None):
    outputs = np.stack([reference.attention(*reference.project(X, *head), mask) for head in heads], axis=2)
    return outputs.reshape(len(outputs), -1) @ np.asarray(W_O, dtype=float)


@multi_head_attention.misconception(
    caught_by=puts_two_heads_side_by_side,
    hint=(
        "The heads are added up here, and lose what tells them apart. They stand side by side: h outputs of"
        " width d_v make a row of h d_v."
    ),
)
def adds_the_heads_up(X, heads, W_O, mask=None):
    return sum(reference.attention(*reference.project(X, *head), mask) for head in heads) @ np.asarray(
        W_O, dtype=float
    )


@multi_head_attention.misconception(
    caught_by=masks_every_head, hint="The mask is not handed on to the heads."
)
def runs_heads_without_the_mask(X, heads, W_O, mask=None):
    return reference.multi_head_attention(X, heads, W_O)


@multi_head_attention.misconception(
    caught_by=masks_every_head,
    hint=(
        "Only the first head gets the mask. It holds for all of them: one head that looks ahead is enough to"
        " give the answer away."
    ),
)
def masks_the_first_head_alone(X, heads, W_O, mask=None):
    outputs = [
        reference.attention(*reference.project(X, *head), None if i else mask) for i, head in enumerate(heads)
    ]
    return np.concatenate(outputs, axis=1) @ np.asarray(W_O, dtype=float)


@multi_head_attention.misconception(
    caught_by=puts_two_heads_side_by_side,
    hint="Every output here comes from the first head. Each head has three weight matrices of its own.",
)
def repeats_the_first_head(X, heads, W_O, mask=None):
    return reference.multi_head_attention(X, [heads[0]] * len(heads), W_O, mask)


@multi_head_attention.misconception(
    caught_by=puts_two_heads_side_by_side,
    hint=(
        "The scores are scaled by the width of the tokens, d_model. Each head scales by its own d_k, the"
        " width of its keys."
    ),
)
def scales_by_d_model(X, heads, W_O, mask=None):
    outputs = []
    for head in heads:
        Q, K, V = reference.project(X, *head)
        outputs.append(reference.attention(Q * math.sqrt(K.shape[1] / len(X[0])), K, V, mask))
    return np.concatenate(outputs, axis=1) @ np.asarray(W_O, dtype=float)


@multi_head_attention.misconception(
    caught_by=[puts_two_heads_side_by_side, swaps_heads_with_their_rows],
    hint=(
        "The heads are joined from last to first. Head 1 stands on the left, and meets the first rows of W_O."
    ),
)
def joins_from_the_last(X, heads, W_O, mask=None):
    return reference.multi_head_attention(X, heads[::-1], W_O, mask)


@multi_head_attention.alternative
def heads_with_plain_loops(X, heads, W_O, mask=None):
    return slow_heads(X, heads, W_O, mask)


@multi_head_attention.alternative
def heads_as_one_tensor(X, heads, W_O, mask=None):
    X = np.array(X, dtype=float)
    W_Q, W_K, W_V = (np.array([head[part] for head in heads], dtype=float) for part in range(3))
    Q, K, V = X @ W_Q, X @ W_K, X @ W_V
    scores = np.einsum("hid,hjd->hij", Q, K) / math.sqrt(Q.shape[2])
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    weights = np.exp(scores - scores.max(axis=2, keepdims=True))
    weights /= weights.sum(axis=2, keepdims=True)
    return (weights @ V).transpose(1, 0, 2).reshape(len(X), -1) @ np.array(W_O, dtype=float)


@multi_head_attention.alternative
def heads_added_through_their_rows_of_w_o(X, heads, W_O, mask=None):
    # Concat(head_1, ..., head_h) W_O is the sum of the heads, each times its own block of rows.
    W_O = np.array(W_O, dtype=float)
    d_v = len(W_O) // len(heads)
    return sum(
        np.array(slow_attention(*(slow_product(X, W) for W in head), mask)) @ W_O[i * d_v : (i + 1) * d_v]
        for i, head in enumerate(heads)
    )


@multi_head_attention.alternative
def heads_in_single_precision(X, heads, W_O, mask=None):
    X = np.array(X, dtype=np.float32)
    outputs = [
        attends_in_single_precision(*(X @ np.array(W, dtype=np.float32) for W in head), mask)
        for head in heads
    ]
    return np.hstack(outputs) @ np.array(W_O, dtype=np.float32)


# By hand ----------------------------------------------------------------------------------------------------
example_10 = WorkedValue(
    points=1,
    source="Example 10",
    numbers={"Q": EXAMPLE_Q, "K": EXAMPLE_K, "V": EXAMPLE_V},
    # The primer rounds the weights to 0.40, 0.20, 0.40 and prints [6.0, 4.0]; exactly it is [6.017, 3.983].
    tolerance=0.1,
    answer_as="a list of two numbers, to one decimal",
    because=(
        "query 1 against each key, each product over the square root of d_k, softmax, then the rows of V in"
        " those proportions; round at the end alone"
    ),
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


@example_10.misconception(hint="The scores were not divided by the square root of d_k before the softmax.")
def example_without_scaling(Q, K, V):
    return (rows_of_softmax(raw_products(Q, K)) @ np.array(V, dtype=float))[0].tolist()


@example_10.misconception(hint="The scores were divided by d_k. The divisor is its square root.")
def example_divided_by_d_k(Q, K, V):
    return (rows_of_softmax(raw_products(Q, K) / len(K[0])) @ np.array(V, dtype=float))[0].tolist()


@example_10.misconception(hint="The scaled scores multiplied V without a softmax: weights have to sum to 1.")
def example_without_softmax(Q, K, V):
    return (reference.attention_scores(Q, K) @ np.array(V, dtype=float))[0].tolist()


@example_10.misconception(hint="Token 1 may look at itself too: its own value is one of the three.")
def example_of_the_others_alone(Q, K, V):
    return reference.attention(Q[:1], K[1:], V[1:])[0].tolist()


@example_10.alternative
def example_to_one_decimal(Q, K, V):
    return tuple(round(x, 1) for x in reference.example_10(Q, K, V))


@example_10.alternative
def example_with_rounded_weights(Q, K, V):
    # As on paper, with the weights to three decimals.
    weights = [round(w, 3) for w in reference.attention_weights(Q, K)[0].tolist()]
    return [sum(w * value[j] for w, value in zip(weights, V, strict=True)) for j in range(2)]


@example_10.alternative
def example_as_an_array(Q, K, V):
    return reference.attention(Q, K, V)[:1]


exercise_21 = WorkedValue(
    points=1,
    source=["Exercise 21", "Notation: d_k"],
    numbers={"d_model": 768, "heads": 12},
    tolerance=None,
    answer_as="[d_k, (rows, columns), count]",
    because=(
        "the heads share d_model evenly; tokens are rows, so W_Q takes d_model numbers on its left to d_k on"
        " its right; count W_Q alone, over all heads"
    ),
)


@exercise_21.draw
def another_model(rng):
    d_model, heads = rng.choice(
        [
            (512, 8),
            (1024, 16),
            (1280, 20),
            (1600, 25),
            (2048, 16),
            (2560, 20),
            (4096, 32),
            (5120, 40),
            (384, 6),
            (960, 12),
            (1152, 16),
            (640, 8),
        ]
    )
    return {"d_model": d_model, "heads": heads}


@exercise_21.misconception(
    hint="The shape is the other way round: in X W_Q the rows of W_Q meet the d_model columns of X."
)
def shape_the_other_way_round(d_model, heads):
    return [d_model // heads, (d_model // heads, d_model), d_model * d_model]


@exercise_21.misconception(hint="This counts one head. The question is of all of them.")
def counts_one_head(d_model, heads):
    return [d_model // heads, (d_model, d_model // heads), d_model * (d_model // heads)]


@exercise_21.misconception(hint="This counts W_Q, W_K and W_V. The question is of the Q projections alone.")
def counts_all_three_projections(d_model, heads):
    return [d_model // heads, (d_model, d_model // heads), 3 * d_model * d_model]


@exercise_21.misconception(
    hint="Each head is given the whole of d_model here. The heads divide it among themselves."
)
def gives_each_head_everything(d_model, heads):
    return [d_model, (d_model, d_model), heads * d_model * d_model]


@exercise_21.alternative
def four_numbers_in_a_row(d_model, heads):
    return (d_model / heads, d_model, d_model / heads, d_model**2)


@exercise_21.alternative
def nested_lists(d_model, heads):
    return [[d_model // heads], [[d_model, d_model // heads], heads * (d_model * (d_model // heads))]]


exercise_22 = WorkedValue(
    points=1,
    source="Exercise 22",
    numbers={"order": [2, 0, 3, 1]},
    tolerance=None,
    answer_as="one letter in quotes",
    because=(
        "look at the table once more: what happens to the spread, and what to the mean, when d_k grows"
        " fourfold?"
    ),
)


@exercise_22.draw
def another_order(rng):
    return {"order": rng.sample(range(4), 4)}


@exercise_22.misconception(
    hint=(
        "In the table the spread does not grow as fast as d_k: from 16 to 64, four times the components, see"
        " what it is multiplied by."
    )
)
def says_it_grows_with_d_k(order):
    return "abcd"[order.index(1)]


@exercise_22.misconception(
    hint="The mean of the products is near 0 at every d_k, before any division. It is the spread that grows."
)
def says_the_mean_grows(order):
    return "abcd"[order.index(2)]


@exercise_22.misconception(
    hint=(
        "A cosine divides by both lengths, and those differ from vector to vector. The divisor here is one"
        " number for all, and scores above 1 are common."
    )
)
def says_it_makes_cosines(order):
    return "abcd"[order.index(3)]


@exercise_22.alternative
def letter_in_capitals(order):
    return reference.exercise_22(order).upper()


@exercise_22.alternative
def letter_in_a_list(order):
    return [reference.exercise_22(order)]


exercise_23 = WorkedValue(
    points=1,
    source="Exercise 23",
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


@exercise_23.misconception(hint="This is one head. Each head computes scores of its own.")
def scores_of_one_head(tokens, heads):
    return tokens**2


@exercise_23.misconception(hint="This counts one dot product a token. Each query meets every key.")
def one_score_a_token(tokens, heads):
    return tokens * heads


@exercise_23.misconception(hint="A token is compared with itself too: the diagonal of the scores counts.")
def scores_of_the_others(tokens, heads):
    return heads * tokens * (tokens - 1)


@exercise_23.misconception(
    hint=(
        "Query i with key j and query j with key i are two dot products: queries and keys are different"
        " vectors."
    )
)
def scores_of_unordered_pairs(tokens, heads):
    return heads * tokens * (tokens - 1) // 2


@exercise_23.alternative
def scores_as_a_float(tokens, heads):
    return float(heads * tokens * tokens)


@exercise_23.alternative
def scores_from_numpy(tokens, heads):
    return np.int64(heads) * tokens**2
