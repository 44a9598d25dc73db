"""Chapter XI: the way back through attention, and the numbers that a training run is judged by."""

import math

import numpy as np

from solutions.shapes import Matrix


def attention_backward(
    dO: Matrix, Q: Matrix, K: Matrix, V: Matrix, A: Matrix
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The way back through attention, from the output to Q, K and V.

    dV = A^T dO        dA = dO V^T
    dS_ij = A_ij (dA_ij - sum_k dA_ik A_ik) / sqrt(d_k)
    dQ = dS K          dK = dS^T Q

    dO: the slopes of the loss with respect to the output O = A V,
    (m, d_v), one row per query. Q: (m, d_k). K: (n, d_k). V: (n, d_v).
    A: (m, n), the weights, which are softmax(Q K^T / sqrt(d_k)) row by
    row; a weight that a mask hides is 0. Returns dQ, dK and dV, in this
    order, each in the shape of its matrix. For dO = [[1]], Q = [[2]],
    K = [[1], [0]], V = [[4], [0]] and A = [[0.75, 0.25]] they are
    [[0.75]], [[1.5], [-1.5]] and [[0.75], [0.25]]. Raises ValueError, with
    the shapes in its message, if they do not fit. (Chapters VIII to XI)
    """
    dO, Q, K, V, A = (np.asarray(M, dtype=float) for M in (dO, Q, K, V, A))
    m, n, d_k, d_v = len(Q), len(K), K.shape[1], V.shape[1]
    shapes = [M.shape for M in (dO, Q, K, V, A)]
    # No product below would notice keys that are wider than the queries, or weights stretched over a row.
    if shapes != [(m, d_v), (m, d_k), (n, d_k), (n, d_v), (m, n)]:
        raise ValueError("shapes do not fit: dO {}, Q {}, K {}, V {}, A {}".format(*shapes))
    dV = A.T @ dO
    dA = dO @ V.T
    # The softmax of Chapter X: each row's slopes less their weighted mean, times the weights.
    dS = A * (dA - (dA * A).sum(axis=1, keepdims=True)) / math.sqrt(d_k)
    return dS @ K, dS.T @ Q, dV


def uniform_guess(V: int) -> list[float]:
    """Each of V tokens has the probability 1/V, whose loss is ln V; the perplexity undoes the logarithm."""
    return [math.log(V), V]


def the_wall(V: int, n: int, d: int, h: int) -> list[int]:
    """Add up rows times columns of each matrix, and the two biases. A central difference evaluates the loss
    twice for each parameter."""
    embeddings = V * d + n * d
    attention = 4 * d * d
    feed_forward = d * h + h + h * d + d
    parameters = embeddings + attention + feed_forward + d * V
    return [parameters, 2 * parameters]


def scores_slope(A: list[float], dA: list[float], d_k: int) -> list[float]:
    """Take the weighted mean of the slopes, subtract it from each, multiply by the weight, divide by
    √d_k."""
    mean = sum(weight * slope for weight, slope in zip(A, dA, strict=True))
    return [weight * (slope - mean) / math.sqrt(d_k) for weight, slope in zip(A, dA, strict=True)]


def reading_11(p: list[float], k: int, i: int) -> list[float]:
    """The objective is a sum of logarithms; the loss of Chapter VII is minus their mean. The condition begins
    k tokens before token i."""
    objective = sum(math.log(probability) for probability in p)
    return [objective, -objective / len(p), i - k]
