"""Chapter X: projections, scores, weights, attention, the causal mask and several heads."""

import math

import numpy as np

from solutions.shapes import Matrix


def project(X: Matrix, W_Q: Matrix, W_K: Matrix, W_V: Matrix) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give every token a query, a key and a value.

    Q = X W_Q        K = X W_K        V = X W_V

    X: an (n, d_model) matrix, a token a row; W_Q and W_K: (d_model, d_k); W_V: (d_model, d_v).
    Returns the three matrices Q and K, each (n, d_k), and V, (n, d_v). X = [[2, 1]] and
    W_Q = [[1, 0], [3, 1]] give Q = [[5, 1]]. (Chapters III and X)
    """
    tokens = np.asarray(X, dtype=float)
    # A token is a row, so each weight matrix stands on the right and every row is projected alike.
    return (
        tokens @ np.asarray(W_Q, dtype=float),
        tokens @ np.asarray(W_K, dtype=float),
        tokens @ np.asarray(W_V, dtype=float),
    )


def attention_scores(Q: Matrix, K: Matrix) -> np.ndarray:
    """Compare every query with every key.

    scores = Q K^T / sqrt(d_k),        scores_ij = (Q_i . K_j) / sqrt(d_k)

    Q: an (m, d_k) matrix, a query a row; K: an (n, d_k) matrix, a key a row. Returns an (m, n) matrix, a
    row a query and a column a key; Q = [[1, 2, 0, 1]] and K = [[3, 0, 5, 1], [0, 4, 1, 0]] give [[2, 4]].
    Raises ValueError that names both lengths where queries and keys differ in d_k. (Chapters II and X)
    """
    Q, K = np.asarray(Q, dtype=float), np.asarray(K, dtype=float)
    # The product refuses a d_k that differs, with a ValueError that names both.
    return Q @ K.T / math.sqrt(K.shape[1])


def attention_weights(Q: Matrix, K: Matrix, mask: Matrix | None = None) -> np.ndarray:
    """Turn each query's scores into a distribution over the keys it may look at.

    weights = softmax(Q K^T / sqrt(d_k)), row by row; a score whose mask is False counts as -inf

    Q: (m, d_k); K: (n, d_k); mask: (m, n) truths, True where the query of that row may look at the key of
    that column, at least one True a row; None hides nothing. Returns (m, n) weights, each row summing to 1;
    scores [2, 1, 0] give [0.665, 0.245, 0.090], and [0.881, 0, 0.119] with the middle key hidden.
    Stable at scores of 1000 and -1000, hidden ones too. (Chapters VI and X)
    """
    scores = attention_scores(Q, K)
    if mask is not None:
        # Before the softmax, so that what a hidden key would have got goes to the others.
        scores = np.where(mask, scores, -np.inf)
    # Each row less its own largest score: the same distribution, and no exponential overflows.
    weights: np.ndarray = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    return weights


def attention(Q: Matrix, K: Matrix, V: Matrix, mask: Matrix | None = None) -> np.ndarray:
    """Scaled dot-product attention: each query's weighted mean of the values.

    Attention(Q, K, V) = softmax(Q K^T / sqrt(d_k)) V

    Q: (m, d_k); K: (n, d_k); V: (n, d_v), a value for each key; mask: (m, n) truths, True where a query
    may look, or None. Returns an (m, d_v) matrix, a row a query; weights [0.665, 0.245, 0.090] and
    V = [[6, 0], [0, 6], [3, 3]] give [[4.26, 1.74]]. (Chapter X, Example 10)
    """
    output: np.ndarray = attention_weights(Q, K, mask) @ np.asarray(V, dtype=float)
    return output


def causal_mask(n: int) -> np.ndarray:
    """Which tokens a token may look at when a model reads from left to right.

    mask_ij = True where j <= i: token i may look at itself and at every token before it

    n: the number of tokens, at least 1. Returns an (n, n) matrix of truths;
    2 gives [[True, False], [True, True]]. (Chapter X)
    """
    return np.tri(n, dtype=bool)


def multi_head_attention(
    X: Matrix,
    heads: list[tuple[Matrix, Matrix, Matrix]],
    W_O: Matrix,
    mask: Matrix | None = None,
) -> np.ndarray:
    """Run several attention heads on the same tokens and mix what they return.

    MultiHead(X) = Concat(head_1, ..., head_h) W_O,        head_i = Attention(X W_Q_i, X W_K_i, X W_V_i)

    X: (n, d_model), a token a row; heads: h triples (W_Q, W_K, W_V) as project takes them;
    W_O: (h d_v, d_model); mask: (n, n) truths for all heads alike, or None. Returns (n, d_model). A single
    token gives itself all the weight: X = [[1, 2]], two heads with W_V = [[1], [0]] and [[0], [1]], and
    W_O = [[3, 0], [0, 5]] give [[3, 10]]. (Chapter X)
    """
    outputs = [attention(*project(X, *head), mask) for head in heads]
    # Side by side: row t holds all that the heads say of token t, head 1 first.
    mixed: np.ndarray = np.concatenate(outputs, axis=1) @ np.asarray(W_O, dtype=float)
    return mixed


def example_10(Q: list[list[int]], K: list[list[int]], V: list[list[int]]) -> list[float]:
    """Dot the first query with each key, divide by √d_k, apply softmax, and add up the values in those
    proportions."""
    first_row: list[float] = attention(Q, K, V)[0].tolist()
    return first_row


def exercise_21(d_model: int, heads: int) -> list[int | tuple[int, int]]:
    """The heads share d_model evenly, so d_k = d_model / h; each W_Q takes d_model to d_k, and there is one a
    head."""
    d_k = d_model // heads
    return [d_k, (d_model, d_k), heads * d_model * d_k]


def exercise_22(order: list[int]) -> str:
    """A dot product adds up d_k terms whose variances add, so its spread grows as √d_k, and √d_k is what
    takes that out again."""
    # Reason 0 of the four in the text is the right one; the order they are printed in is drawn.
    return "abcd"[order.index(0)]


def exercise_23(tokens: int, heads: int) -> int:
    """Each head compares every query with every key: tokens times tokens dot products, times the number of
    heads."""
    return heads * tokens**2
