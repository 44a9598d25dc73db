"""Chapter VII: surprise, cross-entropy, the training loss and perplexity."""

import math

import numpy as np

from solutions.shapes import Matrix, Vector


def surprise(p: float) -> float:
    """The surprise, in nats, when something of probability p happens.

    surprise(p) = -ln(p)

    p: a number from 0 to 1, both included. Returns 0 for p = 1, 0.357 for
    p = 0.7, and inf for p = 0, without a warning. Raises ValueError if p
    is below 0 or above 1. (Chapter VII, Example 7)
    """
    if not 0 <= p <= 1:
        raise ValueError(f"a probability lies between 0 and 1; got {p}")
    # ln(0) = -inf is the value that is meant, so NumPy's warning about it would only mislead.
    with np.errstate(divide="ignore"):
        # Taken from 0.0, since minus ln(1) would be -0.0; of a float, since NumPy takes the logarithm of a
        # small int in half precision.
        return float(0.0 - np.log(float(p)))


def cross_entropy(p: Vector, q: Vector) -> float:
    """The mean surprise, in nats, if q is predicted and p happens.

    H(p, q) = -sum_i p_i ln(q_i)

    p: the true distribution; q: the predicted one; n probabilities each.
    Returns one number, 0.871 for [0.5, 0.5, 0] and [0.25, 0.7, 0.05]. A
    term with p_i = 0 adds 0, even if q_i = 0; p_i > 0 with q_i = 0 gives
    inf. Raises ValueError if p and q differ in length. (Chapter VII)
    """
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    if p.shape != q.shape:
        raise ValueError(f"p and q must have the same length; got {p.size} and {q.size} probabilities")
    # 0 * ln(0) is nan in floating point: what cannot happen is left out before any logarithm is taken.
    happens = p > 0
    with np.errstate(divide="ignore"):
        return float(0.0 - np.sum(p[happens] * np.log(q[happens])))


def next_token_loss(probabilities: Matrix, targets: Vector) -> float:
    """The training loss: the mean surprise at the tokens that came next.

    loss = -(1/T) sum_t ln(P_(t, y_t))

    probabilities: a (T, V) matrix; row t is the predicted distribution
    over V tokens at position t. targets: T token numbers y_t, each from 0
    to V - 1. Returns one number, in nats: 0.636 for the rows
    [0.7, 0.2, 0.1] and [0.1, 0.5, 0.4] with targets [0, 2]. A target of
    probability 0 makes it inf. Raises ValueError if there is not exactly
    one target per row, IndexError if a target is negative or V or more.
    (Chapter VII, Example 7)
    """
    P, y = np.asarray(probabilities, dtype=float), np.asarray(targets, dtype=int)
    if len(P) != len(y):
        raise ValueError(f"each row needs one target; got {len(P)} rows and {len(y)} targets")
    # NumPy itself refuses a target that is too large, but takes a negative one to count from the end.
    if np.any(y < 0):
        raise IndexError(f"a target is a token number of 0 or more; got {y.min()}")
    with np.errstate(divide="ignore"):
        return float(0.0 - np.log(P[np.arange(len(y)), y]).mean())


def loss_from_logits(logits: Matrix, targets: Vector) -> float:
    """The training loss straight from the logits, without probabilities.

    loss = (1/T) sum_t (ln(sum_j exp(Z_tj)) - Z_(t, y_t))

    logits: a (T, V) matrix Z of finite numbers, one row per position.
    targets: T token numbers y_t, each from 0 to V - 1. Returns one number,
    in nats, finite however large the logits are: 0.781 for
    [[2, 1, 0.5], [0, 0, 0]] with targets [0, 2], and 1000 for [[1000, 0]]
    with targets [1]. Raises ValueError if there is not exactly one target
    per row, IndexError if a target is negative or V or more.
    (Chapters VI and VII)
    """
    Z, y = np.asarray(logits, dtype=float), np.asarray(targets, dtype=int)
    if len(Z) != len(y):
        raise ValueError(f"each row needs one target; got {len(Z)} rows and {len(y)} targets")
    if np.any(y < 0):
        raise IndexError(f"a target is a token number of 0 or more; got {y.min()}")
    # Only differences of logits matter: with each row's largest at 0, no exponential overflows.
    Z = Z - Z.max(axis=1, keepdims=True)
    log_totals = np.log(np.exp(Z).sum(axis=1))
    return float((log_totals - Z[np.arange(len(y)), y]).mean())


def perplexity(losses: Vector) -> float:
    """The number of equally likely tokens that leave one just as unsure.

    perplexity = exp((1/T) sum_t loss_t)

    losses: T surprises in nats; an infinite one makes the result inf.
    Returns one number, exp(3) = 20.086 for [1, 3, 5]. Raises ValueError if
    there are no losses. (Chapter VII)
    """
    losses = np.asarray(losses, dtype=float)
    if not losses.size:
        raise ValueError("perplexity needs at least one loss; got an empty vector")
    return float(np.exp(losses.mean()))


def loss_table(probabilities: list[float]) -> list[list[float]]:
    """Each loss is -ln(p), and exp undoes the logarithm: each perplexity is exp(-ln(p)) = 1/p."""
    return [[surprise(p), perplexity([surprise(p)])] for p in probabilities]


def exercise_15(p: float) -> list[float]:
    """The loss is -ln(p), and exp undoes the logarithm: the perplexity of one prediction is 1/p."""
    return [surprise(p), perplexity([surprise(p)])]


def exercise_16(loss: float) -> float:
    """The loss is a mean already, so its exponential is the perplexity."""
    return perplexity([loss])


def reading_7(p: list[float], t: int) -> list[float]:
    """L is the mean of -ln(p) over all T tokens, t - 1 tokens stand before position t, and the log-likelihood
    is the plain sum of ln(p)."""
    log_likelihood = math.fsum(math.log(x) for x in p)
    return [-log_likelihood / len(p), t - 1, log_likelihood]
