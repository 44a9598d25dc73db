"""Chapter VI: softmax, temperature, log-softmax and sampling."""

import numpy as np

from solutions.shapes import Matrix, Vector


def softmax(z: Vector) -> np.ndarray:
    """Turn n logits into n probabilities that sum to 1.

    softmax(z)_i = exp(z_i) / sum_j exp(z_j)

    [1, 0, -1] gives [0.665, 0.245, 0.090]. Finite for logits of 10000 and
    -10000; a logit of -inf gets probability 0. Raises ValueError if z is
    empty. (Chapter VI, Example 6)
    """
    z = np.asarray(z, dtype=float)
    if z.size == 0:
        raise ValueError("softmax needs at least one logit; got an empty vector")
    # softmax(z) = softmax(z - c): with the largest logit at 0, no exponential overflows.
    weights = np.exp(z - z.max())
    return weights / weights.sum()


def softmax_rows(Z: Matrix) -> np.ndarray:
    """Apply softmax to each row of an (m, n) matrix of logits.

    softmax_rows(Z)_ij = exp(Z_ij) / sum_k exp(Z_ik)

    [[1, 0], [2, 0]] gives [[0.731, 0.269], [0.881, 0.119]]. As stable as
    softmax in every row; an entry of -inf gets probability 0. (Chapter VI)
    """
    Z = np.asarray(Z, dtype=float)
    # keepdims leaves the row maxima and sums as a column, so that each is spread along its own row.
    weights = np.exp(Z - Z.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def softmax_with_temperature(z: Vector, temperature: float) -> np.ndarray:
    """Divide n logits by a temperature T > 0, then apply softmax.

    q_i = exp(z_i / T) / sum_j exp(z_j / T)

    T = 1 is plain softmax; [1, 0, -1] at T = 2 gives
    [0.506, 0.307, 0.186]. Stable at T = 0.0001; a logit of -inf gets
    probability 0. Raises ValueError, naming T, if T is 0 or below.
    (Chapter VI)
    """
    if not temperature > 0:
        raise ValueError(f"the temperature must be above 0; got {temperature}")
    z = np.asarray(z, dtype=float)
    # Shift before dividing: z / T alone overflows if T is tiny.
    weights = np.exp((z - z.max()) / temperature)
    return weights / weights.sum()


def log_softmax(z: Vector) -> np.ndarray:
    """The natural logarithms of softmax's n probabilities.

    log_softmax(z)_i = z_i - ln(sum_j exp(z_j))

    [1, 0, -1] gives [-0.408, -1.408, -2.408], and [1000, 0] gives
    [0, -1000]: no probability is formed that could underflow. A logit of
    -inf gives -inf. (Chapters IV and VI)
    """
    z = np.asarray(z, dtype=float)
    shifted = z - z.max()
    return shifted - np.log(np.exp(shifted).sum())


def sample(probabilities: Vector, u: float) -> int:
    """Pick one of n tokens by a number u that the caller draws at random.

    sample(p, u) = the first index, counted from 0, at which the cumulative
                   sum of p exceeds u

    [0.5, 0.3, 0.2] at u = 0.6 gives 1. If rounding leaves no such index:
    the last one with any probability. Raises ValueError if u is outside
    [0, 1), a probability is negative, or their sum is off 1 by more than a
    billionth. (Chapter VI)
    """
    p = np.asarray(probabilities, dtype=float)
    if not 0 <= u < 1:
        raise ValueError(f"u must be at least 0 and below 1; got {u}")
    if p.size == 0 or not np.all(p >= 0) or abs(p.sum() - 1) > 1e-9:
        raise ValueError(f"not a distribution: {p.tolist()} sums to {p.sum()}")
    above = np.flatnonzero(np.cumsum(p) > u)
    # Ten times 0.1 sums to the last double below 1: a u equal to it falls to the last token that can occur.
    return int(above[0]) if above.size else int(np.flatnonzero(p)[-1])


def example_6(z: list[float]) -> list[float]:
    """Exponentiate each logit, add the results up, divide each by that sum."""
    return softmax(z).tolist()


def exercise_13(z: list[float]) -> list[float]:
    """The exponentials of equal logits are equal, so each of n tokens gets 1/n."""
    return softmax(z).tolist()


def exercise_14(z: list[float]) -> list[float]:
    """One exponential dwarfs the others; the sum is barely more than the largest of them."""
    return softmax(z).tolist()


def reading_6(z: list[float], T: float, i: int) -> list[float]:
    """q_i is the i-th token's probability, counted from 1; as T falls to 0 the largest logit takes all."""
    return [float(softmax_with_temperature(z, T)[i - 1]), 1.0, 1 / len(z)]
