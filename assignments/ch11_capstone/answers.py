"""Chapter XI: wrong answers as people write them, and right ones of other kinds."""

import math

import numpy as np
from questions import attention_backward, reading_11, scores_slope, slow_backward, the_wall, uniform_guess

from solutions import ch11_capstone as reference

# The way back -----------------------------------------------------------------------------------------------

FITTED = "(dA - (dA * A).sum(axis=1, keepdims=True))"

attention_backward.misconception_by_edit(
    "leaves_out_the_row_sum",
    reference.attention_backward,
    {FITTED: "dA"},
    caught_by="takes_two_queries_and_three_keys",
    hint="A * dA alone treats the weights of a row as if each could grow by itself. They sum to 1: subtract"
    " the row's weighted mean of dA first.",
)
attention_backward.misconception_by_edit(
    "leaves_out_the_weights",
    reference.attention_backward,
    {"dS = A * ": "dS = "},
    caught_by="takes_two_queries_and_three_keys",
    hint="The difference dA - rowsum(dA * A) still has to be multiplied by the weights, element by element.",
)
attention_backward.misconception_by_edit(
    "sums_down_the_columns",
    reference.attention_backward,
    {"axis=1": "axis=0"},
    caught_by="takes_two_queries_and_three_keys",
    hint="The sum goes down the columns, over queries. Each softmax is a row: axis=1, keepdims=True.",
)
attention_backward.misconception_by_edit(
    "takes_the_plain_mean",
    reference.attention_backward,
    {"(dA * A).sum(": "dA.mean("},
    caught_by="takes_two_queries_and_three_keys",
    hint="What is subtracted is the mean of dA weighted by A, the row sum of dA * A, not the plain mean.",
)
attention_backward.misconception_by_edit(
    "leaves_out_the_scale",
    reference.attention_backward,
    {" / math.sqrt(d_k)": ""},
    caught_by="takes_two_queries_and_three_keys",
    hint="The scores were Q Kᵀ over the square root of d_k, so the slopes are divided by it too.",
)
attention_backward.misconception_by_edit(
    "divides_the_slopes_by_d_k",
    reference.attention_backward,
    {"math.sqrt(d_k)": "d_k"},
    caught_by="takes_two_queries_and_three_keys",
    hint="This divides by d_k; the forward pass divided by its square root, and so does the way back.",
)
attention_backward.misconception_by_edit(
    "scales_by_the_width_of_the_values",
    reference.attention_backward,
    {"math.sqrt(d_k)": "math.sqrt(d_v)"},
    caught_by="takes_two_queries_and_three_keys",
    hint="The scale is the root of the width of the keys, K.shape[1], not of the width of the values.",
)
attention_backward.misconception_by_edit(
    "scales_by_how_many_keys_there_are",
    reference.attention_backward,
    {"math.sqrt(d_k)": "math.sqrt(n)"},
    caught_by="takes_two_queries_and_three_keys",
    hint="The scale is the root of the number of components of a key, K.shape[1], not of the number of keys.",
)
attention_backward.misconception_by_edit(
    "returns_keys_before_queries",
    reference.attention_backward,
    {"return dS @ K, dS.T @ Q, dV": "return dS.T @ Q, dS @ K, dV"},
    caught_by=("takes_two_queries_and_three_keys", "tells_rows_from_columns"),
    hint="dQ and dK are swapped: the order is dQ, dK, dV.",
)
attention_backward.misconception_by_edit(
    "returns_values_first",
    reference.attention_backward,
    {"return dS @ K, dS.T @ Q, dV": "return dV, dS @ K, dS.T @ Q"},
    caught_by=("takes_two_queries_and_three_keys", "tells_rows_from_columns"),
    hint="dV comes first here: the order is dQ, dK, dV.",
)
attention_backward.misconception_by_edit(
    "forgets_to_transpose_the_weights",
    reference.attention_backward,
    {"dV = A.T @ dO": "dV = A @ dO"},
    caught_by=("takes_two_queries_and_three_keys", "tells_rows_from_columns"),
    hint="dV is Aᵀ dO: value j collects the slopes of all queries i, down column j of A.",
)
attention_backward.misconception_by_edit(
    "forgets_to_transpose_the_values",
    reference.attention_backward,
    {"dA = dO @ V.T": "dA = dO @ V"},
    caught_by=("takes_two_queries_and_three_keys", "tells_rows_from_columns"),
    hint="dA is dO Vᵀ: the slope of weight (i, j) is row i of dO with row j of V.",
)
attention_backward.misconception_by_edit(
    "forgets_to_transpose_the_slopes",
    reference.attention_backward,
    {"dS.T @ Q": "dS @ Q"},
    caught_by=("takes_two_queries_and_three_keys", "tells_rows_from_columns"),
    hint="dK is dSᵀ Q: key j collects from all queries, down column j of dS.",
)
attention_backward.misconception_by_edit(
    "multiplies_the_slopes_by_their_own_side",
    reference.attention_backward,
    {"return dS @ K, dS.T @ Q, dV": "return dS @ Q, dS.T @ K, dV"},
    caught_by=("takes_two_queries_and_three_keys", "tells_rows_from_columns"),
    hint="In the dot product Q·K the slope for Q is K, and the slope for K is Q: dQ = dS K, dK = dSᵀ Q.",
)


@attention_backward.misconception(
    caught_by="sends_nothing_through_a_mask",
    hint="The weights are worked out again from Q and K here, without the mask. Use the A that is handed in.",
)
def works_the_weights_out_again(dO, Q, K, V, A):
    scores = np.array(Q, dtype=float) @ np.array(K, dtype=float).T / math.sqrt(len(K[0]))
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    return reference.attention_backward(dO, Q, K, V, shares / shares.sum(axis=1, keepdims=True))


@attention_backward.misconception(
    caught_by="leaves_its_arguments_as_they_were",
    hint="`dO *= ...`, `A *= ...` and the like write into the caller's own array: np.asarray makes no copy of"
    " an array of floats. Build a new one.",
)
def writes_into_the_weights(dO, Q, K, V, A):
    dQ, dK, dV = reference.attention_backward(dO, Q, K, V, A)
    A = np.asarray(A, dtype=float)
    A *= np.asarray(dO, dtype=float) @ np.asarray(V, dtype=float).T
    return dQ, dK, dV


@attention_backward.misconception(
    caught_by="multiplies_integers_of_one_byte",
    hint="A product of two arrays of small integers wraps around. Convert all five with dtype=float first.",
)
def goes_back_in_small_integers(dO, Q, K, V, A):
    reference.attention_backward(dO, Q, K, V, A)
    dO, Q, K, V, A = (np.asarray(M) for M in (dO, Q, K, V, A))
    dA = dO @ V.T
    dS = A * (dA - (dA * A).sum(axis=1, keepdims=True)) / math.sqrt(K.shape[1])
    return dS @ K, dS.T @ Q, A.T @ dO


@attention_backward.misconception(
    caught_by="scales_keys_of_any_width",
    hint="Slopes below a millionth are set to 0 here. Late in training they are all as small as that: leave"
    " them as they are.",
)
def takes_small_slopes_for_0(dO, Q, K, V, A):
    return tuple(np.where(abs(d) < 1e-6, 0.0, d) for d in reference.attention_backward(dO, Q, K, V, A))


@attention_backward.misconception(
    caught_by="refuses_keys_of_another_width",
    hint="Nothing compares the widths of Q and K here, and no product on the way back does it for you.",
)
def trusts_the_products(dO, Q, K, V, A):
    dO, Q, K, V, A = (np.asarray(M, dtype=float) for M in (dO, Q, K, V, A))
    dA = dO @ V.T
    dS = A * (dA - (dA * A).sum(axis=1, keepdims=True)) / math.sqrt(K.shape[1])
    return dS @ K, dS.T @ Q, A.T @ dO


@attention_backward.misconception(
    caught_by="refuses_what_numpy_would_stretch",
    hint="The widths of Q and K are compared, and the other sizes are not: A * dA stretches a single column"
    " over all keys. Compare all five shapes.",
)
def compares_the_widths_alone(dO, Q, K, V, A):
    if len(Q[0]) != len(K[0]):
        raise ValueError(f"Q is {np.shape(Q)} and K is {np.shape(K)}: their widths differ")
    return trusts_the_products(dO, Q, K, V, A)


@attention_backward.misconception(
    caught_by="names_both_widths",
    hint="The message says that something does not fit, and not what: put the shapes into it.",
)
def refuses_without_saying_what(dO, Q, K, V, A):
    try:
        return reference.attention_backward(dO, Q, K, V, A)
    except ValueError:
        raise ValueError("the shapes do not fit") from None


def fits(dO, Q, K, V, A):
    (m, width), (n, depth) = np.shape(Q), np.shape(V)
    if (np.shape(dO), np.shape(K), np.shape(A)) != ((m, depth), (n, width), (m, n)):
        raise ValueError(
            f"dO {np.shape(dO)}, Q {np.shape(Q)}, K {np.shape(K)}, V {np.shape(V)}, A {np.shape(A)}"
        )


@attention_backward.alternative
def back_with_plain_loops(dO, Q, K, V, A):
    fits(dO, Q, K, V, A)
    return [
        np.array(M) for M in slow_backward(*(np.array(M, dtype=float).tolist() for M in (dO, Q, K, V, A)))
    ]


@attention_backward.alternative
def back_with_einsum(dO, Q, K, V, A):
    fits(dO, Q, K, V, A)
    dO, Q, K, V, A = (np.array(M, dtype=float) for M in (dO, Q, K, V, A))
    dA = np.einsum("ic,jc->ij", dO, V)
    dS = np.einsum("ij,ij->ij", A, dA) - A * np.einsum("ij,ij->i", A, dA)[:, None]
    dS = dS * K.shape[-1] ** -0.5
    return np.einsum("ij,jc->ic", dS, K), np.einsum("ij,ic->jc", dS, Q), np.einsum("ij,ic->jc", A, dO)


@attention_backward.alternative
def back_with_a_jacobian_per_row(dO, Q, K, V, A):
    fits(dO, Q, K, V, A)
    dO, Q, K, V, A = (np.array(M, dtype=float) for M in (dO, Q, K, V, A))
    dQ, dK, dV = np.zeros_like(Q), np.zeros_like(K), np.zeros_like(V)
    for i, a in enumerate(A):
        row = (np.diag(a) - np.outer(a, a)) @ (V @ dO[i]) / math.sqrt(K.shape[1])
        dQ[i] = row @ K
        dK += np.outer(row, Q[i])
        dV += np.outer(a, dO[i])
    return dQ, dK, dV


@attention_backward.alternative
def back_by_way_of_the_output(dO, Q, K, V, A):
    # The row sum of dA * A is the row sum of dO * O, since O = A V: FlashAttention's way.
    fits(dO, Q, K, V, A)
    dO, Q, K, V, A = (np.array(M, dtype=float) for M in (dO, Q, K, V, A))
    D = np.einsum("ic,ic->i", dO, A @ V).reshape(-1, 1)
    slopes = (dO @ V.T - D) * A
    return slopes @ (K / math.sqrt(K.shape[1])), slopes.T @ (Q / math.sqrt(K.shape[1])), A.T @ dO


# By hand ----------------------------------------------------------------------------------------------------


@uniform_guess.misconception(
    hint="This is in bits. The losses of this course are in nats: the natural logarithm."
)
def guesses_in_bits(V):
    return [math.log2(V), V]


@uniform_guess.misconception(hint="A loss is minus a logarithm of a probability below 1, so it is positive.")
def forgets_the_minus_sign(V):
    return [-math.log(V), V]


@uniform_guess.misconception(hint="The perplexity is the exponential of the loss, not one over it.")
def gives_the_probability(V):
    return [math.log(V), 1 / V]


@uniform_guess.alternative
def guesses_by_minus_the_logarithm(V):
    return (-math.log(1 / V), round(math.exp(math.log(V)), 6))


@the_wall.misconception(hint="A central difference looks on both sides: two evaluations per parameter.")
def looks_on_one_side(V, n, d, h):
    parameters = reference.the_wall(V, n, d, h)[0]
    return [parameters, parameters]


@the_wall.misconception(hint="The two biases of the feed-forward layer, h and d numbers, are parameters too.")
def leaves_out_the_biases(V, n, d, h):
    parameters = reference.the_wall(V, n, d, h)[0] - h - d
    return [parameters, 2 * parameters]


@the_wall.misconception(
    hint="A matrix is missing: count P, one row of d numbers for each of n places, and W_O, d by d."
)
def leaves_out_the_positions(V, n, d, h):
    parameters = reference.the_wall(V, n, d, h)[0] - n * d
    return [parameters, 2 * parameters]


@the_wall.misconception(
    hint="W_Q, W_K and W_V hold d times d numbers each for all heads together, however many heads share them."
)
def counts_the_projections_once_per_head(V, n, d, h):
    parameters = reference.the_wall(V, n, d, h)[0] + 3 * d * d
    return [parameters, 2 * parameters]


@the_wall.alternative
def counts_shape_by_shape(V, n, d, h):
    shapes = [(V, d), (n, d), (d, d), (d, d), (d, d), (d, d), (d, h), (h,), (h, d), (d,), (d, V)]
    return (sum(map(math.prod, shapes)), 2 * sum(map(math.prod, shapes)))


@scores_slope.misconception(hint="The weighted mean of the row has to be subtracted from each slope first.")
def slope_without_the_mean(A, dA, d_k):
    return [a * s / math.sqrt(d_k) for a, s in zip(A, dA, strict=True)]


@scores_slope.misconception(hint="The slopes are not divided by the square root of d_k.")
def slope_without_the_scale(A, dA, d_k):
    return [s * math.sqrt(d_k) for s in reference.scores_slope(A, dA, d_k)]


@scores_slope.misconception(hint="This divides by d_k; the scores were divided by its square root.")
def slope_over_d_k(A, dA, d_k):
    return [s / math.sqrt(d_k) for s in reference.scores_slope(A, dA, d_k)]


@scores_slope.misconception(hint="The difference still has to be multiplied by the weight.")
def slope_without_the_weight(A, dA, d_k):
    return [s / a for s, a in zip(reference.scores_slope(A, dA, d_k), A, strict=True)]


@scores_slope.alternative
def slope_by_the_jacobian(A, dA, d_k):
    a = np.array(A)
    return (np.diag(a) - np.outer(a, a)) @ np.array(dA) / math.sqrt(d_k)


@scores_slope.alternative
def slope_to_three_decimals(A, dA, d_k):
    return [round(s, 3) for s in reference.scores_slope(A, dA, d_k)]


# Reading ----------------------------------------------------------------------------------------------------


@reading_11.misconception(
    hint="The formula has no minus sign: a sum of logarithms of probabilities is negative."
)
def reads_a_minus_sign(p, k, i):
    objective, loss, first = reference.reading_11(p, k, i)
    return [-objective, loss, first]


@reading_11.misconception(hint="The loss of Chapter VII is the mean per token; this is the sum.")
def takes_the_sum_for_the_loss(p, k, i):
    objective, _, first = reference.reading_11(p, k, i)
    return [objective, -objective, first]


@reading_11.misconception(hint="The logarithm of this paper, as of most, is the natural one.")
def reads_in_bits(p, k, i):
    objective, loss, first = reference.reading_11(p, k, i)
    return [objective / math.log(2), loss / math.log(2), first]


@reading_11.misconception(hint="The condition runs from u with subscript i - k to u with subscript i - 1.")
def counts_the_token_itself(p, k, i):
    objective, loss, first = reference.reading_11(p, k, i)
    return [objective, loss, first + 1]


@reading_11.misconception(hint="A sum over tokens, not a sum of probabilities: take each logarithm first.")
def adds_the_probabilities(p, k, i):
    return [math.log(sum(p)), -math.log(sum(p) / len(p)), i - k]


@reading_11.alternative
def by_the_product(p, k, i):
    return (round(math.log(math.prod(p)), 3), round(-math.log(math.prod(p) ** (1 / len(p))), 3), i - k)
