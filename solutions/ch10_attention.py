"""Chapter X: projections, scores, weights, attention, the causal mask and several heads."""

import math

import numpy as np

from solutions.shapes import Matrix


def causal_mask(n: int) -> np.ndarray:
    """Who may look at whom when a model reads from left to right.

    mask_ij = True if j <= i

    n: the number of tokens, 1 or more. Returns an (n, n) array of
    Booleans; 2 gives [[True, False], [True, True]]. (Chapter X)
    """
    return np.tri(n, dtype=bool)


def project(
    X: Matrix,
    W_Q: Matrix,
    W_K: Matrix,
    W_V: Matrix,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give every token a query, a key and a value.

    Q = X W_Q        K = X W_K        V = X W_V

    X: an (n, d_model) matrix, one token per row. W_Q, W_K: (d_model, d_k).
    W_V: (d_model, d_v). Returns Q and K, each (n, d_k), and V, (n, d_v),
    in this order. X = [[2, 1]] and W_Q = [[1, 0], [3, 1]] give Q =
    [[5, 1]]. (Chapters III and X)
    """
    tokens = np.asarray(X, dtype=float)
    # A token is a row, so each weight matrix stands on the right and every row is projected alike.
    Q, K, V = (tokens @ np.asarray(W, dtype=float) for W in (W_Q, W_K, W_V))
    return Q, K, V


def attention_scores(Q: Matrix, K: Matrix) -> np.ndarray:
    """Compare every query with every key.

    scores = Q K^T / sqrt(d_k),        scores_ij = (Q_i . K_j) / sqrt(d_k)

    Q: an (m, d_k) matrix, one query per row. K: an (n, d_k) matrix, one
    key per row. Returns an (m, n) matrix; Q = [[1, 2, 0, 1]] and K =
    [[3, 0, 5, 1], [0, 4, 1, 0]] give [[2, 4]]. Raises ValueError, with
    both lengths in the message, if queries and keys differ in length.
    (Chapters II and X)
    """
    Q, K = np.asarray(Q, dtype=float), np.asarray(K, dtype=float)
    # The matrix product refuses lengths that differ, with a ValueError that names both.
    return Q @ K.T / math.sqrt(K.shape[1])


def attention_weights(
    Q: Matrix,
    K: Matrix,
    mask: Matrix | None = None,
) -> np.ndarray:
    """Turn each query's scores into a distribution over the keys.

    weights = softmax(Q K^T / sqrt(d_k)), row by row

    Q: (m, d_k). K: (n, d_k). mask: (m, n) Booleans, as rows or as an
    array, True if the query of that row may look at the key of that
    column, with at least one True per row; None hides nothing. A hidden
    score counts as -inf, however low the others are. Returns (m, n)
    weights; scores [2, 1, 0] give [0.665, 0.245, 0.090], and
    [0.881, 0, 0.119] with the middle key hidden. Stable at scores of 1000
    and -1000, hidden ones included. (Chapters VI and X)
    """
    scores = attention_scores(Q, K)
    if mask is not None:
        # Before the softmax, so that what a hidden key would have got goes to the others.
        scores = np.where(mask, scores, -np.inf)
    # Each row less its own largest score: the same distribution, and no exponential overflows.
    weights: np.ndarray = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    return weights


def attention(
    Q: Matrix,
    K: Matrix,
    V: Matrix,
    mask: Matrix | None = None,
) -> np.ndarray:
    """Scaled dot-product attention: one weighted mean of values per query.

    Attention(Q, K, V) = softmax(Q K^T / sqrt(d_k)) V

    Q: (m, d_k). K: (n, d_k). V: (n, d_v), one value per key. mask: as in
    attention_weights. Returns an (m, d_v) matrix; weights [0.665, 0.245,
    0.090] and V = [[6, 0], [0, 6], [3, 3]] give [[4.26, 1.74]]. Stable
    where attention_weights is. (Chapter X, Example 10)
    """
    output: np.ndarray = attention_weights(Q, K, mask) @ np.asarray(V, dtype=float)
    return output


def multi_head_attention(
    X: Matrix,
    heads: list[tuple[Matrix, Matrix, Matrix]],
    W_O: Matrix,
    mask: Matrix | None = None,
) -> np.ndarray:
    """Run several attention heads on the same tokens; mix their results.

    MultiHead(X) = Concat(head_1, ..., head_h) W_O
    head_i = Attention(X W_Q_i, X W_K_i, X W_V_i)

    X: (n, d_model), one token per row. heads: h triples (W_Q, W_K, W_V),
    as project takes them. W_O: (h d_v, d_model); h d_v need not be
    d_model. mask: (n, n) Booleans, the same for every head, or None.
    Returns (n, d_model). A single token gives itself all the weight: X =
    [[1, 2]], two heads with W_V = [[1], [0]] and [[0], [1]], and W_O =
    [[3, 0], [0, 5]] give [[3, 10]]. Stable at scores of 1000 and -1000, as
    attention_weights is. (Chapter X)
    """
    outputs = [attention(*project(X, *head), mask) for head in heads]
    # Side by side: row t holds all that the heads say of token t, head 1 first.
    mixed: np.ndarray = np.concatenate(outputs, axis=1) @ np.asarray(W_O, dtype=float)
    return mixed


def example_10(Q: list[list[int]], K: list[list[int]], V: list[list[int]]) -> list[float]:
    """Multiply the first query with each key, divide by √d_k, apply softmax,
    and add up the values in those proportions."""
    first_row: list[float] = attention(Q, K, V)[0].tolist()
    return first_row


def exercise_21(d_model: int, heads: int) -> list[int | tuple[int, int]]:
    """The heads share d_model evenly, so d_k = d_model / h. Each W_Q takes
    d_model numbers to d_k, and there is one per head."""
    d_k = d_model // heads
    return [d_k, (d_model, d_k), heads * d_model * d_k]


def exercise_22(order: list[int]) -> str:
    """A dot product adds up d_k terms whose variances add, so its spread grows
    as √d_k, and dividing by √d_k takes that out again."""
    # Reason 0 of the four in the text is the right one; the order they are printed in is drawn.
    return "abcd"[order.index(0)]


def exercise_23(tokens: int, heads: int) -> int:
    """Each head compares every query with every key: tokens times tokens dot
    products, times the number of heads."""
    return heads * tokens**2


def reading_10(N: int, d: int, i: int, m: float) -> list[float]:
    """P holds N weights per token and O holds d numbers per token. Equal dot
    products cancel in the softmax, and what is left are the biases, m * -(i
    - 1), ..., m * -1, 0."""
    shares = np.exp(m * np.arange(1 - i, 1))
    weights: list[float] = (shares / shares.sum()).tolist()
    return [N / d, *weights]
