"""Chapter III: matrices, their products and shapes, and the feed-forward block."""

import math

import numpy as np

from solutions.shapes import Matrix, Vector


def matvec(W: Matrix, v: Vector) -> np.ndarray:
    """Send a vector through a matrix: one dot product per row.

    (Wv)_i = sum_j W_ij v_j

    W: an (m, n) matrix; v: n numbers. Returns m numbers;
    [[2, 0], [0, 3], [1, 1]] and [4, 2] give [8, 6, 6]. Raises ValueError,
    naming both shapes, unless v has one number for each column of W.
    (Chapter III, Figure 4, Example 3)
    """
    W, v = np.asarray(W, dtype=float), np.asarray(v, dtype=float)
    # NumPy refuses these as well, but its message names only the two sizes that clash.
    if W.shape[1:] != v.shape:
        raise ValueError(f"a matrix of shape {W.shape} does not take a vector of shape {v.shape}")
    return W @ v


def matmul(A: Matrix, B: Matrix) -> np.ndarray:
    """Multiply two matrices: each row of A with each column of B.

    (AB)_ij = sum_k A_ik B_kj

    A: an (m, n) matrix; B: an (n, p) matrix. Returns an (m, p) matrix;
    [[1, 0, 2], [0, 3, 1]] and [[1, 2], [0, 1], [3, 0]] give
    [[7, 2], [3, 3]]. Raises ValueError, naming both shapes, unless A has
    as many columns as B has rows. (Chapter III)
    """
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    if A.shape[1:] != B.shape[:1]:
        raise ValueError(f"shapes {A.shape} and {B.shape} do not multiply: the inner sizes differ")
    return A @ B


def product_shape(
    a: tuple[int, ...],
    b: tuple[int, ...],
) -> tuple[int, ...]:
    """Find the shape of a product from the shapes of its factors.

    (m, n) and (n, p) give (m, p); (m, n) and (n,) give (m,)

    a: the shape of a matrix; b: the shape of a matrix or of a vector.
    Returns a tuple of ints; (2, 5) and (5, 3) give (2, 3). Raises
    ValueError, naming both shapes, if a has one size only, as the shape of
    a vector has, or if the inner sizes differ. (Chapter III)
    """
    a, b = tuple(a), tuple(b)
    # Compared as slices, a shape of one size has no second one, and so fits nothing.
    if a[1:] != b[:1]:
        raise ValueError(f"shapes {a} and {b} have no product: the inner sizes must agree")
    return a[:1] + b[1:]


def parameter_count(shapes: list[tuple[int, ...]]) -> int:
    """Count what a model learns, by the shapes of its weights and biases.

    count = sum over all shapes of the product of the sizes in that shape

    shapes: a list of shapes, (m, n) for a matrix and (n,) for a vector.
    Returns an int, exact above 2 ** 53 too, where floats drop digits;
    [(3072, 768)] gives 2359296. (Chapter III)
    """
    return sum(math.prod(shape) for shape in shapes)


def compose(W2: Matrix, W1: Matrix) -> np.ndarray:
    """Find the one matrix that does what W1 and then W2 would do.

    compose(W2, W1) v = W2 (W1 v)   for every vector v

    W1: an (m, n) matrix, done first; W2: a (p, m) matrix, done second.
    Returns a (p, n) matrix; a quarter turn W1 = [[0, -1], [1, 0]] and then
    a stretch W2 = [[2, 0], [0, 1]] give [[0, -2], [1, 0]]. (Chapter III)
    """
    # The matrix that acts first stands next to the vector: on the right.
    return matmul(W2, W1)


def feed_forward(
    x: Vector | Matrix,
    W1: Matrix,
    b1: Vector,
    W2: Matrix,
    b2: Vector,
) -> np.ndarray:
    """Compute a transformer's feed-forward block, with x on the left.

    FFN(x) = max(0, x W1 + b1) W2 + b2

    x: d numbers, or a (t, d) matrix with one row per token; W1: (d, h);
    b1: h numbers; W2: (h, e); b2: e numbers. Returns e numbers, or a
    (t, e) matrix. x = [1, 2], W1 = [[1, -1, 0], [0, 1, -2]], b1 =
    [0, 1, 1], W2 = [[2, 0], [1, -1], [5, 5]] and b2 = [0.5, 1] give
    [4.5, -1]. (Chapter III; Vaswani et al. 2017, equation 2)
    """
    x, W1, W2 = np.asarray(x, dtype=float), np.asarray(W1, dtype=float), np.asarray(W2, dtype=float)
    # A bias is added along the last axis: the same two lines serve one token and
    # a matrix of tokens.
    hidden = np.maximum(0, x @ W1 + np.asarray(b1, dtype=float))
    output: np.ndarray = hidden @ W2 + np.asarray(b2, dtype=float)
    return output


def exercise_5(W: list[list[int]], v: list[int]) -> list[int]:
    """Take each row with the vector: multiply matching entries and add up, one sum per row."""
    return [sum(w * x for w, x in zip(row, v, strict=True)) for row in W]


def exercise_6(m: int, n: int) -> tuple[int, int]:
    """The input has one number per column, the output one number per row."""
    return n, m


def exercise_7(m: int, n: int, p: int) -> tuple[int, int, bool]:
    """AB keeps A's rows and B's columns; BA exists only if B has as many columns as A has rows."""
    return m, p, p == m
