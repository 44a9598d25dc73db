"""Chapter X: wrong answers as people write them, and right ones of other kinds."""

import math

import numpy as np
from questions import (
    attention,
    attention_scores,
    attention_weights,
    causal_mask,
    example_10,
    exercise_21,
    exercise_22,
    exercise_23,
    multi_head_attention,
    project,
    reading_10,
    slow_attention,
    slow_heads,
    slow_product,
    slow_scores,
    slow_weights,
)

from solutions import ch10_attention as reference

# Wrong answers below are built from these; each takes one row per query.


def rows_of_softmax(Z):
    Z = np.asarray(Z, dtype=float)
    shares = np.exp(Z - Z.max(axis=1, keepdims=True))
    return shares / shares.sum(axis=1, keepdims=True)


def raw_products(Q, K):
    return np.asarray(Q, dtype=float) @ np.asarray(K, dtype=float).T


def hidden_by(mask, scores):
    return scores if mask is None else np.where(mask, scores, -np.inf)


def floats(M):
    return np.array(np.asarray(M).tolist(), dtype=float).tolist()


# The causal mask --------------------------------------------------------------------------------------------

TRIANGLE = "np.tri(n, dtype=bool)"

causal_mask.misconception_by_edit(
    "leaves_out_the_diagonal",
    reference.causal_mask,
    {TRIANGLE: "np.tri(n, k=-1, dtype=bool)"},
    caught_by="looks_back_and_at_itself",
    hint="The diagonal is missing: a token may look at itself, or the first token could look nowhere.",
)
causal_mask.misconception_by_edit(
    "looks_ahead",
    reference.causal_mask,
    {TRIANGLE: "np.tri(n, dtype=bool).T"},
    caught_by="looks_back_and_at_itself",
    hint="This is the upper triangle: tokens that look ahead. Row i is the query, and sees columns 0 to i.",
)
causal_mask.misconception_by_edit(
    "marks_what_is_hidden",
    reference.causal_mask,
    {TRIANGLE: "~np.tri(n, dtype=bool)"},
    caught_by="looks_back_and_at_itself",
    hint="This marks what is hidden. Here True is where a token may look.",
)
causal_mask.misconception_by_edit(
    "gives_ones_and_zeros",
    reference.causal_mask,
    {TRIANGLE: "np.tri(n)"},
    caught_by="looks_back_and_at_itself",
    hint="These are ones and zeros. A mask holds Booleans: ask NumPy for dtype=bool.",
)
causal_mask.misconception_by_edit(
    "builds_the_additive_mask",
    reference.causal_mask,
    {TRIANGLE: "np.where(np.tri(n, dtype=bool), 0.0, -np.inf)"},
    caught_by="looks_back_and_at_itself",
    hint="These are numbers to add to the scores, 0 and -inf. The mask asked for holds True and False; the"
    " -inf comes in attention_weights.",
)


causal_mask.misconception_by_edit(
    "cuts_from_a_mask_of_1024",
    reference.causal_mask,
    {TRIANGLE: "np.tri(1024, dtype=bool)[:n, :n]"},
    caught_by="has_any_size",
    hint="The mask is cut out of one of a fixed size, and a text may be longer. Build it for the n that is"
    " asked for.",
)


@causal_mask.alternative
def rows_of_booleans(n):
    return [[j <= i for j in range(n)] for i in range(n)]


@causal_mask.alternative
def by_comparing_positions(n):
    positions = np.arange(n)
    return positions[None, :] <= positions[:, None]


@causal_mask.alternative
def by_inverting_what_is_ahead(n):
    return ~np.triu(np.ones((n, n)), k=1).astype(bool)


# Projections ------------------------------------------------------------------------------------------------

PRODUCT = "tokens @ np.asarray(W, dtype=float)"

project.misconception_by_edit(
    "multiplies_by_the_transpose",
    reference.project,
    {PRODUCT: "tokens @ np.asarray(W, dtype=float).T"},
    caught_by="projects_every_token",
    hint="This multiplies with the transpose. Tokens are rows here, so the product is X @ W; W @ x is for a"
    " token written as a column.",
)
project.misconception_by_edit(
    "returns_values_before_keys",
    reference.project,
    {"return Q, K, V": "return Q, V, K"},
    caught_by=("projects_every_token", "keeps_fractions_of_whole_tokens"),
    hint="The second matrix returned is K, made with W_K, and the third is V, made with W_V. Here they are"
    " swapped.",
)
project.misconception_by_edit(
    "uses_one_matrix_for_queries_and_keys",
    reference.project,
    {"for W in (W_Q, W_K, W_V)": "for W in (W_Q, W_Q, W_V)"},
    caught_by="projects_every_token",
    hint="The keys come out of W_Q here. Q and K have a weight matrix each; with one for both, a token would"
    " look for what it offers itself.",
)


@project.misconception(
    caught_by="keeps_fractions_of_whole_tokens",
    hint="The results take the integer type of X, and lose what stands after the point. Convert X with"
    " dtype=float first.",
)
def keeps_the_type_of_the_tokens(X, W_Q, W_K, W_V):
    X = np.asarray(X)
    return tuple((X @ np.asarray(W, dtype=float)).astype(X.dtype) for W in (W_Q, W_K, W_V))


@project.misconception(
    caught_by="projects_integers_of_every_width",
    hint="A product of two arrays of small integers wraps around. Convert X and the weights with dtype=float"
    " first.",
)
def multiplies_in_small_integers(X, W_Q, W_K, W_V):
    return tuple(np.asarray(X) @ np.asarray(W) for W in (W_Q, W_K, W_V))


@project.misconception(
    caught_by="projects_every_token",
    hint="Return three matrices, `return Q, K, V`, not one matrix with all their columns.",
)
def returns_one_wide_matrix(X, W_Q, W_K, W_V):
    return np.concatenate(reference.project(X, W_Q, W_K, W_V), axis=1)


@project.alternative
def projects_with_plain_loops(X, W_Q, W_K, W_V):
    return [slow_product(floats(X), floats(W)) for W in (W_Q, W_K, W_V)]


@project.alternative
def projects_with_one_product(X, W_Q, W_K, W_V):
    widths = [len(W[0]) for W in (W_Q, W_K)]
    together = np.hstack([np.asarray(W, dtype=float) for W in (W_Q, W_K, W_V)])
    return tuple(np.split(np.asarray(X, dtype=float) @ together, np.cumsum(widths), axis=1))


@project.alternative
def projects_in_single_precision(X, W_Q, W_K, W_V):
    X = np.array(X, dtype=np.float32)
    return tuple(X @ np.array(W, dtype=np.float32) for W in (W_Q, W_K, W_V))


# Scores -----------------------------------------------------------------------------------------------------

SCALED = "Q @ K.T / math.sqrt(K.shape[1])"

attention_scores.misconception_by_edit(
    "divides_by_d_k",
    reference.attention_scores,
    {SCALED: "Q @ K.T / K.shape[1]"},
    caught_by="has_one_row_per_query_and_one_column_per_key",
    hint="This divides by d_k. The divisor is its square root: math.sqrt(d_k).",
)
attention_scores.misconception_by_edit(
    "leaves_the_scores_unscaled",
    reference.attention_scores,
    {SCALED: "Q @ K.T"},
    caught_by="has_one_row_per_query_and_one_column_per_key",
    hint="These are the bare dot products. Divide them by the square root of d_k, the number of components"
    " of a key.",
)
attention_scores.misconception_by_edit(
    "puts_the_keys_in_the_rows",
    reference.attention_scores,
    {SCALED: "K @ Q.T / math.sqrt(K.shape[1])"},
    caught_by=("has_one_row_per_query_and_one_column_per_key", "pairs_rows_with_rows"),
    hint="This is K Qᵀ: one row per key. The query belongs in the row: Q on the left, the transposed keys on"
    " the right.",
)
attention_scores.misconception_by_edit(
    "forgets_the_transpose",
    reference.attention_scores,
    {SCALED: "Q @ K / math.sqrt(K.shape[1])"},
    caught_by=("has_one_row_per_query_and_one_column_per_key", "pairs_rows_with_rows"),
    hint="K is not transposed here, so that rows of Q meet columns of K. Where K is square no error tells"
    " you.",
)
attention_scores.misconception_by_edit(
    "scales_by_the_number_of_keys",
    reference.attention_scores,
    {SCALED: "Q @ K.T / math.sqrt(K.shape[0])"},
    caught_by="has_one_row_per_query_and_one_column_per_key",
    hint="This takes the square root of the number of keys, len(K). d_k is the number of components of one"
    " key: K.shape[1].",
)


@attention_scores.misconception(
    caught_by="has_one_row_per_query_and_one_column_per_key",
    hint="These are cosines. Attention leaves the lengths in, and divides by the square root of d_k alone.",
)
def takes_the_cosine(Q, K):
    Q, K = (np.asarray(M, dtype=float) for M in (Q, K))
    Q, K = (M / np.linalg.norm(M, axis=1, keepdims=True) for M in (Q, K))
    return Q @ K.T


@attention_scores.misconception(
    caught_by="leaves_queries_and_keys_as_they_were",
    hint="`Q /= ...` divides the caller's own array: np.asarray makes no copy of an array of floats. Write"
    " `Q / ...`, which makes a new one.",
)
def scales_the_callers_queries(Q, K):
    Q, K = np.asarray(Q, dtype=float), np.asarray(K, dtype=float)
    Q /= math.sqrt(K.shape[1])
    return Q @ K.T


@attention_scores.misconception(
    caught_by="compares_integers_of_every_width",
    hint="A product of two arrays of small integers wraps around. Convert both with dtype=float first.",
)
def compares_in_small_integers(Q, K):
    Q, K = np.asarray(Q), np.asarray(K)
    return Q @ K.T / math.sqrt(K.shape[1])


@attention_scores.misconception(
    caught_by="refuses_keys_of_another_length",
    hint="zip stops at the shorter of the two, so components of the longer one are dropped in silence."
    " Compare the lengths first and raise ValueError.",
)
def stops_at_the_shorter(Q, K):
    Q, K = floats(Q), floats(K)
    return [
        [sum(q * k for q, k in zip(query, key, strict=False)) / math.sqrt(len(key)) for key in K]
        for query in Q
    ]


@attention_scores.misconception(
    caught_by="stretches_no_key",
    hint="An elementwise product stretches a key of one component over the whole query. Use the matrix"
    " product, or compare lengths and raise ValueError.",
)
def stretches_a_key_of_one_component(Q, K):
    Q, K = np.asarray(Q, dtype=float), np.asarray(K, dtype=float)
    return (Q[:, None, :] * K[None, :, :]).sum(axis=2) / math.sqrt(Q.shape[1])


@attention_scores.alternative
def scores_with_plain_loops(Q, K):
    Q, K = floats(Q), floats(K)
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

HIDING = "np.where(mask, scores, -np.inf)"

attention_weights.misconception_by_edit(
    "inverts_the_mask",
    reference.attention_weights,
    {HIDING: "np.where(mask, -np.inf, scores)"},
    caught_by="hides_what_the_mask_hides",
    hint="The mask is the wrong way round here: True is where a query may look, False is what is hidden.",
)
attention_weights.misconception_by_edit(
    "multiplies_the_scores_by_the_mask",
    reference.attention_weights,
    {HIDING: "scores * np.asarray(mask)"},
    caught_by="hides_what_the_mask_hides",
    hint="This sets hidden scores to 0, and exp(0) is 1: the key is still looked at. A hidden score has to"
    " be -inf, since exp(-inf) is 0.",
)


@attention_weights.misconception(
    caught_by="hides_what_the_mask_hides",
    hint="The weights are set to 0 after the softmax, so the row no longer sums to 1. Hide the scores before"
    " the softmax, with -inf.",
)
def zeroes_the_weights_afterwards(Q, K, mask=None):
    return reference.attention_weights(Q, K) * (1 if mask is None else np.asarray(mask))


@attention_weights.misconception(
    caught_by="hides_the_largest_score",
    hint="Masking after the softmax and dividing again is 0 / 0 where a hidden score dwarfs the allowed"
    " ones. Set hidden scores to -inf before the softmax.",
)
def divides_again_after_masking(Q, K, mask=None):
    weights = reference.attention_weights(Q, K) * (1 if mask is None else np.asarray(mask))
    return weights / weights.sum(axis=1, keepdims=True)


attention_weights.misconception_by_edit(
    "hides_with_minus_a_hundred",
    reference.attention_weights,
    {HIDING: "np.where(mask, scores, -100.0)"},
    caught_by="hides_the_largest_score",
    hint="A hidden score of -100 is still larger than an allowed one of -1000, and takes its weight. Use"
    " -np.inf, which nothing is below.",
)


@attention_weights.misconception(
    caught_by="weighs_three_keys_for_two_queries",
    hint="This normalizes down the columns, over queries. A query's weights stand in its row: axis=1.",
)
def normalizes_down_the_columns(Q, K, mask=None):
    return rows_of_softmax(hidden_by(mask, reference.attention_scores(Q, K)).T).T


attention_weights.misconception_by_edit(
    "hides_with_minus_a_billion",
    reference.attention_weights,
    {HIDING: "np.where(mask, scores, -1e9)"},
    caught_by="hides_the_largest_score",
    hint="A hidden score of -1e9, as some libraries have it, is still larger than an allowed one of -3e9, and"
    " takes its weight. Use -np.inf, which nothing is below.",
)
attention_weights.misconception_by_edit(
    "hides_with_minus_ten_thousand",
    reference.attention_weights,
    {HIDING: "np.where(mask, scores, -10000.0)"},
    caught_by="hides_the_largest_score",
    hint="A hidden score of -10000 is still larger than an allowed one of -20000, and takes its weight. Use"
    " -np.inf, which nothing is below.",
)


@attention_weights.misconception(
    caught_by="is_stable_at_large_scores",
    hint="The largest score is subtracted only if some score is large. Rows far below zero need it just as"
    " much: without it every exponential vanishes, and the row is 0 / 0.",
)
def shifts_only_large_scores(Q, K, mask=None):
    scores = hidden_by(mask, reference.attention_scores(Q, K))
    if scores.max() > 700:
        return rows_of_softmax(scores)
    shares = np.exp(scores)
    return shares / shares.sum(axis=1, keepdims=True)


@attention_weights.misconception(
    caught_by="keeps_the_smallest_weights",
    hint="Small weights are set to 0 here. Only what the mask hides gets exactly 0.",
)
def drops_small_weights(Q, K, mask=None):
    weights = reference.attention_weights(Q, K, mask)
    return np.where(weights < 1e-6, 0.0, weights)


@attention_weights.misconception(
    caught_by="keeps_the_smallest_weights",
    hint="The dot products wrap around: 2 times 64 is more than an int8 holds. Convert Q and K with"
    " dtype=float before multiplying.",
)
def weighs_in_small_integers(Q, K, mask=None):
    Q, K = np.asarray(Q), np.asarray(K)
    return rows_of_softmax(hidden_by(mask, Q @ K.T / math.sqrt(K.shape[1])))


attention_weights.misconception_by_edit(
    "exponentiates_large_scores",
    reference.attention_weights,
    {"scores - scores.max(axis=1, keepdims=True)": "scores"},
    caught_by="is_stable_at_large_scores",
    hint="exp(1000) overflows. Subtract the largest score of each row first, as softmax_rows in this"
    " notebook does in effect.",
)
attention_weights.misconception_by_edit(
    "shifts_by_one_maximum",
    reference.attention_weights,
    {"scores.max(axis=1, keepdims=True)": "scores.max()"},
    caught_by="is_stable_at_large_scores",
    hint="One maximum for the whole matrix leaves a row far below it all zeros, and 0 / 0. Subtract each"
    " row's own maximum: axis=1, keepdims=True.",
)
attention_weights.misconception_by_edit(
    "weighs_without_the_mask",
    reference.attention_weights,
    {HIDING: "scores"},
    caught_by="hides_what_the_mask_hides",
    hint="The mask is not used: where it is False, the score has to become -inf before the softmax.",
)


@attention_weights.misconception(
    caught_by="shares_equal_scores_equally",
    hint="Queries look at earlier keys alone here, even without a mask. What is hidden is up to the mask"
    " that is handed in.",
)
def weighs_causally_always(Q, K, mask=None):
    scores = reference.attention_scores(Q, K)
    causal = np.tri(*scores.shape, dtype=bool)
    return rows_of_softmax(hidden_by(causal if mask is None else mask, scores))


@attention_weights.misconception(
    caught_by="weighs_three_keys_for_two_queries",
    hint="The softmax is of the bare dot products here. Divide them by the square root of d_k first.",
)
def weighs_unscaled_scores(Q, K, mask=None):
    return rows_of_softmax(hidden_by(mask, raw_products(Q, K)))


@attention_weights.misconception(
    caught_by="weighs_many_keys_of_any_length",
    hint="A token always looks at itself here, whatever the mask says. The causal mask lets it; another need"
    " not.",
)
def always_looks_at_itself(Q, K, mask=None):
    scores = reference.attention_scores(Q, K)
    if mask is not None and len(Q) == len(K):
        mask = np.asarray(mask) | np.eye(len(Q), dtype=bool)
    return rows_of_softmax(hidden_by(mask, scores))


@attention_weights.alternative
def weighs_with_plain_loops(Q, K, mask=None):
    return slow_weights(floats(Q), floats(K), mask)


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


attention.misconception_by_edit(
    "multiplies_by_the_transposed_weights",
    reference.attention,
    {"attention_weights(Q, K, mask) @": "attention_weights(Q, K, mask).T @"},
    caught_by=("has_the_width_of_the_values", "traces_example_10"),
    hint="The weights are transposed here. A query's weights stand in its row, and that row multiplies V:"
    " weights @ V.",
)


@attention.misconception(
    caught_by="has_the_width_of_the_values",
    hint="The scores are not divided by the square root of d_k.",
)
def attends_unscaled(Q, K, V, mask=None):
    return rows_of_softmax(hidden_by(mask, raw_products(Q, K))) @ np.asarray(V, dtype=float)


@attention.misconception(
    caught_by="has_the_width_of_the_values",
    hint="The scores multiply V without a softmax. They have to become weights that sum to 1 in each row"
    " first.",
)
def leaves_out_the_softmax(Q, K, V, mask=None):
    scores = reference.attention_scores(Q, K)
    return (scores if mask is None else np.where(mask, scores, 0.0)) @ np.asarray(V, dtype=float)


attention.misconception_by_edit(
    "adds_up_the_keys",
    reference.attention,
    {"@ np.asarray(V, dtype=float)": "@ np.asarray(K, dtype=float)"},
    caught_by=("has_the_width_of_the_values", "traces_example_10"),
    hint="The weights multiply K here. Keys serve the comparison alone; the values, V, are what is added up.",
)


@attention.misconception(
    caught_by="traces_example_10",
    hint="A token may look at itself too: its own key and value stay in. Hide only what the mask hides.",
)
def leaves_out_the_token_itself(Q, K, V, mask=None):
    others = ~np.eye(len(Q), len(K), dtype=bool)
    seen = others if mask is None else others & np.asarray(mask)
    scores = np.where(seen, reference.attention_scores(Q, K), -np.inf)
    return rows_of_softmax(scores) @ np.asarray(V, dtype=float)


@attention.misconception(
    caught_by=("traces_example_10", "looks_ahead_only_without_a_mask"),
    hint="Queries look at earlier keys alone here, even without a mask. What is hidden is up to the mask"
    " that is handed in.",
)
def attends_causally_always(Q, K, V, mask=None):
    return reference.attention(Q, K, V, np.tri(len(Q), len(K), dtype=bool) if mask is None else mask)


@attention.misconception(
    caught_by="has_the_width_of_the_values",
    hint="This takes the width of V for d_k. d_k is the number of components that queries and keys share:"
    " K.shape[1].",
)
def scales_by_the_width_of_the_values(Q, K, V, mask=None):
    V = np.asarray(V, dtype=float)
    return rows_of_softmax(hidden_by(mask, raw_products(Q, K) / math.sqrt(V.shape[1]))) @ V


attention.misconception_by_edit(
    "attends_without_the_mask",
    reference.attention,
    {"attention_weights(Q, K, mask) @": "attention_weights(Q, K) @"},
    caught_by="passes_the_mask_on",
    hint="The mask is not handed on: every query sees every key. Pass it to the weights.",
)


@attention.misconception(
    caught_by="passes_the_mask_on", hint="The mask is the wrong way round: False is what is hidden."
)
def attends_to_what_is_hidden(Q, K, V, mask=None):
    return reference.attention(Q, K, V, None if mask is None else ~np.asarray(mask))


@attention.misconception(
    caught_by="passes_the_mask_on",
    hint="Hidden values are set to 0 after the softmax, and their weight is lost. Hide the scores before it,"
    " so that the row sums to 1.",
)
def drops_hidden_values_afterwards(Q, K, V, mask=None):
    weights = reference.attention_weights(Q, K) * (1 if mask is None else np.asarray(mask))
    return weights @ np.asarray(V, dtype=float)


@attention.misconception(
    caught_by="is_finite_at_large_scores",
    hint="exp(1000) overflows. Subtract the largest score of each row before exponentiating.",
)
def attends_without_a_shift(Q, K, V, mask=None):
    weights = np.exp(hidden_by(mask, reference.attention_scores(Q, K)))
    return (weights / weights.sum(axis=1, keepdims=True)) @ np.asarray(V, dtype=float)


@attention.alternative
def attends_with_plain_loops(Q, K, V, mask=None):
    return slow_attention(floats(Q), floats(K), floats(V), mask)


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


# Several heads ----------------------------------------------------------------------------------------------

JOINED = "np.concatenate(outputs, axis=1) @ np.asarray(W_O, dtype=float)"
EACH_HEAD = "attention(*project(X, *head), mask) for head in heads"

multi_head_attention.misconception_by_edit(
    "leaves_out_w_o",
    reference.multi_head_attention,
    {JOINED: "np.concatenate(outputs, axis=1)"},
    caught_by="puts_two_heads_side_by_side",
    hint="The joined outputs still have to be multiplied by W_O, which mixes what the heads say.",
)
multi_head_attention.misconception_by_edit(
    "adds_the_residual",
    reference.multi_head_attention,
    {JOINED: "np.asarray(X, dtype=float) + np.concatenate(outputs, axis=1) @ np.asarray(W_O, dtype=float)"},
    caught_by=("is_one_head_and_a_mix", "puts_two_heads_side_by_side"),
    hint="X is added to the output here. That residual belongs to the layer around attention, not to"
    " multi_head_attention itself.",
)
multi_head_attention.misconception_by_edit(
    "multiplies_by_w_o_transposed",
    reference.multi_head_attention,
    {JOINED: "np.concatenate(outputs, axis=1) @ np.asarray(W_O, dtype=float).T"},
    caught_by=("puts_two_heads_side_by_side", "takes_heads_of_any_width"),
    hint="W_O is transposed here. The joined rows stand on its left: Concat(...) @ W_O.",
)
multi_head_attention.misconception_by_edit(
    "reshapes_instead_of_joining",
    reference.multi_head_attention,
    {JOINED: "np.array(outputs).reshape(len(X), -1) @ np.asarray(W_O, dtype=float)"},
    caught_by="puts_two_heads_side_by_side",
    hint="reshape fills the rows in the order of memory, so that numbers of different tokens share a row."
    " Join the outputs with np.concatenate(..., axis=1).",
)
multi_head_attention.misconception_by_edit(
    "interleaves_the_heads",
    reference.multi_head_attention,
    {JOINED: "np.stack(outputs, axis=2).reshape(len(X), -1) @ np.asarray(W_O, dtype=float)"},
    caught_by="puts_two_heads_side_by_side",
    hint="The heads are interleaved here, one number of each in turn. A row holds all of head 1, then all of"
    " head 2: np.concatenate(..., axis=1).",
)
multi_head_attention.misconception_by_edit(
    "adds_the_heads_up",
    reference.multi_head_attention,
    {JOINED: "sum(outputs) @ np.asarray(W_O, dtype=float)"},
    caught_by="puts_two_heads_side_by_side",
    hint="The heads are added up here, and lose what tells them apart. They stand side by side: h outputs of"
    " width d_v make a row of h d_v.",
)
multi_head_attention.misconception_by_edit(
    "runs_heads_without_the_mask",
    reference.multi_head_attention,
    {EACH_HEAD: "attention(*project(X, *head)) for head in heads"},
    caught_by="masks_every_head",
    hint="The mask is not handed on to the heads.",
)
multi_head_attention.misconception_by_edit(
    "runs_heads_causally_always",
    reference.multi_head_attention,
    {EACH_HEAD: "attention(*project(X, *head), np.tri(len(X), dtype=bool)) for head in heads"},
    caught_by=("puts_two_heads_side_by_side", "masks_every_head"),
    hint="The causal mask is used here whatever mask is handed in. With a mask of None every token looks at"
    " every other.",
)
multi_head_attention.misconception_by_edit(
    "masks_the_first_head_alone",
    reference.multi_head_attention,
    {EACH_HEAD: "attention(*project(X, *head), None if i else mask) for i, head in enumerate(heads)"},
    caught_by="masks_every_head",
    hint="Only the first head gets the mask. It holds for all of them: one head that looks ahead is enough"
    " to give the answer away.",
)
multi_head_attention.misconception_by_edit(
    "repeats_the_first_head",
    reference.multi_head_attention,
    {"*head), mask)": "*heads[0]), mask)"},
    caught_by="puts_two_heads_side_by_side",
    hint="Every output here comes from the first head. Each head has three weight matrices of its own.",
)


@multi_head_attention.misconception(
    caught_by="puts_two_heads_side_by_side",
    hint="The scores are scaled by the width of the tokens, d_model. Each head scales by its own d_k, the"
    " width of its keys.",
)
def scales_by_d_model(X, heads, W_O, mask=None):
    outputs = []
    for head in heads:
        Q, K, V = reference.project(X, *head)
        outputs.append(reference.attention(Q * math.sqrt(K.shape[1] / len(X[0])), K, V, mask))
    return np.concatenate(outputs, axis=1) @ np.asarray(W_O, dtype=float)


@multi_head_attention.misconception(
    caught_by="takes_heads_of_any_width",
    hint="d_k is worked out as d_model / h here. That is a custom, not a law: take the width of the keys.",
)
def scales_by_d_model_over_heads(X, heads, W_O, mask=None):
    outputs = []
    for head in heads:
        Q, K, V = reference.project(X, *head)
        assumed = len(X[0]) / len(heads)
        outputs.append(reference.attention(Q * math.sqrt(K.shape[1] / assumed), K, V, mask))
    return np.concatenate(outputs, axis=1) @ np.asarray(W_O, dtype=float)


multi_head_attention.misconception_by_edit(
    "joins_from_the_last",
    reference.multi_head_attention,
    {"for head in heads": "for head in heads[::-1]"},
    caught_by=("puts_two_heads_side_by_side", "swaps_heads_with_their_rows"),
    hint="The heads are joined from last to first. Head 1 stands on the left, and meets the first rows of"
    " W_O.",
)


@multi_head_attention.misconception(
    caught_by="takes_heads_of_any_width",
    hint="Each head's output is fed to the next one here. Heads stand side by side: all of them read the"
    " tokens X.",
)
def feeds_each_head_to_the_next(X, heads, W_O, mask=None):
    tokens, outputs = np.asarray(X, dtype=float), []
    for head in heads:
        outputs.append(reference.attention(*reference.project(tokens, *head), mask))
        if outputs[-1].shape == tokens.shape:
            tokens = outputs[-1]
    return np.concatenate(outputs, axis=1) @ np.asarray(W_O, dtype=float)


@multi_head_attention.misconception(
    caught_by="is_stable_in_every_head",
    hint="exp(1000) overflows. Each head needs the stable softmax of attention_weights, which subtracts a"
    " row's largest score first.",
)
def runs_heads_without_a_shift(X, heads, W_O, mask=None):
    outputs = []
    for head in heads:
        Q, K, V = reference.project(X, *head)
        shares = np.exp(hidden_by(mask, reference.attention_scores(Q, K)))
        outputs.append(shares / shares.sum(axis=1, keepdims=True) @ V)
    return np.concatenate(outputs, axis=1) @ np.asarray(W_O, dtype=float)


@multi_head_attention.misconception(
    caught_by="takes_integers_of_every_width",
    hint="Tokens and matrices of small integers are multiplied as they are, and wrap around. Convert them"
    " with dtype=float first.",
)
def projects_in_small_integers(X, heads, W_O, mask=None):
    X = np.asarray(X)
    outputs = [reference.attention(*(X @ np.asarray(W) for W in head), mask) for head in heads]
    return np.concatenate(outputs, axis=1) @ np.asarray(W_O, dtype=float)


@multi_head_attention.alternative
def heads_with_plain_loops(X, heads, W_O, mask=None):
    return slow_heads(floats(X), [[floats(W) for W in head] for head in heads], floats(W_O), mask)


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
    outputs = [slow_attention(*(slow_product(floats(X), floats(W)) for W in head), mask) for head in heads]
    return sum(np.array(output) @ W_O[i * d_v : (i + 1) * d_v] for i, output in enumerate(outputs))


@multi_head_attention.alternative
def heads_in_single_precision(X, heads, W_O, mask=None):
    X = np.array(X, dtype=np.float32)
    projected = [[X @ np.array(W, dtype=np.float32) for W in head] for head in heads]
    outputs = [attends_in_single_precision(*head, mask) for head in projected]
    return np.hstack(outputs) @ np.array(W_O, dtype=np.float32)


# By hand ----------------------------------------------------------------------------------------------------


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
def example_with_rounded_weights(Q, K, V):
    # As on paper, with the weights to three decimals.
    weights = [round(w, 3) for w in reference.attention_weights(Q, K)[0].tolist()]
    return [sum(w * value[j] for w, value in zip(weights, V, strict=True)) for j in range(2)]


@example_10.alternative
def example_as_a_matrix_of_one_row(Q, K, V):
    return reference.attention(Q, K, V)[:1]


@exercise_21.misconception(
    hint="The shape is the other way round: in X W_Q the rows of W_Q meet the d_model columns of X."
)
def shape_the_other_way_round(d_model, heads):
    return [d_model // heads, (d_model // heads, d_model), d_model * d_model]


@exercise_21.misconception(hint="This counts one head. The question is about all of them.")
def counts_one_head(d_model, heads):
    return [d_model // heads, (d_model, d_model // heads), d_model * (d_model // heads)]


@exercise_21.misconception(
    hint="This counts W_Q, W_K and W_V. The question is about the Q projections alone."
)
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


@exercise_22.misconception(
    hint="In the table the spread does not grow as fast as d_k: from 16 to 64, four times the components,"
    " see what it is multiplied by."
)
def says_it_grows_with_d_k(order):
    return "abcd"[order.index(1)]


@exercise_22.misconception(
    hint="The mean of the products is near 0 at every d_k, before any division. It is the spread that grows."
)
def says_the_mean_grows(order):
    return "abcd"[order.index(2)]


@exercise_22.misconception(
    hint="A cosine divides by both lengths, and those differ from vector to vector. The divisor here is one"
    " number for all, and scores above 1 are common."
)
def says_it_makes_cosines(order):
    return "abcd"[order.index(3)]


@exercise_22.alternative
def letter_in_capitals(order):
    return reference.exercise_22(order).upper()


@exercise_22.alternative
def letter_in_a_list(order):
    return [reference.exercise_22(order)]


@exercise_23.misconception(hint="This is one head. Each head computes scores of its own.")
def scores_of_one_head(tokens, heads):
    return tokens**2


@exercise_23.misconception(hint="This counts one dot product per token. Each query meets every key.")
def one_score_per_token(tokens, heads):
    return tokens * heads


@exercise_23.misconception(hint="A token is compared with itself too: the diagonal of the scores counts.")
def scores_of_the_others(tokens, heads):
    return heads * tokens * (tokens - 1)


@exercise_23.misconception(
    hint="Query i with key j and query j with key i are two dot products: queries and keys are different"
    " vectors."
)
def scores_of_unordered_pairs(tokens, heads):
    return heads * tokens * (tokens - 1) // 2


# Reading ----------------------------------------------------------------------------------------------------


def weights_from(biases):
    shares = [math.exp(bias) for bias in biases]
    return [share / sum(shares) for share in shares]


@reading_10.misconception(
    hint="The list of biases ends in 0, at the query's own key. The key furthest back has the largest bias"
    " below 0, and the smallest weight."
)
def looks_far_back(N, d, i, m):
    return [N / d, *weights_from([-m * step for step in range(i)])]


@reading_10.misconception(hint="The weights are the softmax of the biases, not the biases over their sum.")
def leaves_out_softmax(N, d, i, m):
    biases = [m * -step for step in range(i - 1, -1, -1)]
    return [N / d, *[bias / sum(biases) for bias in biases]]


@reading_10.misconception(hint="The bias is m times the distance; here m is not used.")
def leaves_out_the_slope(N, d, i, m):
    return [N / d, *weights_from([-step for step in range(i - 1, -1, -1)])]


@reading_10.misconception(hint="P has N columns and O has d: divide N by d, not the other way round.")
def turns_the_ratio_round(N, d, i, m):
    return [d / N, *reference.reading_10(N, d, i, m)[1:]]


@reading_10.alternative
def one_fraction_after_the_other(N, d, i, m):
    ratio = math.exp(-m)
    last = (1 - ratio) / (1 - ratio**i)
    return (N // d, *[round(last * ratio**step, 3) for step in range(i - 1, -1, -1)])


@reading_10.alternative
def from_the_whole_equation(N, d, i, m):
    scores = np.full(i, 0.7) + m * np.arange(-(i - 1), 1)
    return [N * N / (N * d), (np.exp(scores) / np.exp(scores).sum()).tolist()]
