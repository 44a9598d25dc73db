"""Chapter VII: surprise, cross-entropy, the training loss and perplexity."""

import math

import numpy as np

from solutions.shapes import Matrix, Vector


def surprise(p: float) -> float:
    """How surprising an outcome of probability p is when it happens, in nats.

    surprise(p) = -ln(p)

    p: a number from 0 to 1. Returns a number from 0 (at p = 1) to inf (at p = 0, without a warning);
    0.7 gives 0.357. Raises ValueError where p is outside [0, 1]. (Chapter VII, Example 7)
    """
    if not 0 <= p <= 1:
        raise ValueError(f"a probability lies between 0 and 1; got {p}")
    # ln(0) = -inf is the value that is meant, so NumPy's warning about it would only mislead.
    with np.errstate(divide="ignore"):
        return float(-np.log(p))


def cross_entropy(p: Vector, q: Vector) -> float:
    """The surprise of a model that predicts q, averaged over what happens with probabilities p.

    H(p, q) = -sum_i p_i ln(q_i)

    p: the true distribution; q: the predicted one; n probabilities each. Returns one number, 0 or more;
    p = [0.5, 0.5, 0] and q = [0.25, 0.7, 0.05] give 0.871. A term with p_i = 0 adds 0, even where q_i = 0;
    p_i > 0 with q_i = 0 gives inf. Raises ValueError where p and q differ in length. (Chapter VII)
    """
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    if p.shape != q.shape:
        raise ValueError(f"p and q must be of one length; got {p.size} and {q.size} probabilities")
    # 0 * ln(0) is nan in floating point: what cannot happen is left out before any logarithm is taken.
    happens = p > 0
    with np.errstate(divide="ignore"):
        return float(-np.sum(p[happens] * np.log(q[happens])))


def next_token_loss(probabilities: Matrix, targets: Vector) -> float:
    """The training loss: the mean surprise at the tokens that came next.

    loss = -(1/T) sum_t ln(P_(t, y_t))

    probabilities: a (T, V) matrix, row t the predicted distribution over V tokens at position t.
    targets: T token numbers y_t, each from 0 to V - 1.
    Returns one number; [[0.7, 0.2, 0.1], [0.1, 0.5, 0.4]] with targets [0, 2] gives 0.636. A target of
    probability 0 gives inf. Raises ValueError where there is not one target a row, IndexError where a
    target is negative or not below V. (Chapter VII, Example 7)
    """
    P, y = np.asarray(probabilities, dtype=float), np.asarray(targets, dtype=int)
    if len(P) != len(y):
        raise ValueError(f"each row needs one target; got {len(P)} rows and {len(y)} targets")
    # NumPy refuses a target that is too large by itself, and takes a negative one to count from the end.
    if np.any(y < 0):
        raise IndexError(f"a target is a token number of 0 or more; got {y.min()}")
    with np.errstate(divide="ignore"):
        return float(-np.log(P[np.arange(len(y)), y]).mean())


def loss_from_logits(logits: Matrix, targets: Vector) -> float:
    """The training loss straight from the logits, without a probability that could underflow.

    loss = (1/T) sum_t (ln(sum_j exp(Z_tj)) - Z_(t, y_t))

    logits: a (T, V) matrix Z, one row a position.
    targets: T token numbers y_t, each from 0 to V - 1.
    Returns one number, finite for logits of 1000 and -1000; [[2, 1, 0.5], [0, 0, 0]] with targets [0, 2]
    gives 0.781. Raises ValueError where there is not one target a row, IndexError where a target is
    negative or not below V. (Chapters VI and VII)
    """
    Z, y = np.asarray(logits, dtype=float), np.asarray(targets, dtype=int)
    if len(Z) != len(y):
        raise ValueError(f"each row needs one target; got {len(Z)} rows and {len(y)} targets")
    if np.any(y < 0):
        raise IndexError(f"a target is a token number of 0 or more; got {y.min()}")
    # The loss depends on differences of logits alone: with each row's largest at 0, no exponential overflows.
    Z = Z - Z.max(axis=1, keepdims=True)
    log_totals = np.log(np.exp(Z).sum(axis=1))
    return float((log_totals - Z[np.arange(len(y)), y]).mean())


def perplexity(losses: Vector) -> float:
    """Among how many equally likely tokens a model would be just as unsure.

    perplexity = exp((1/T) sum_t loss_t)

    losses: T surprises in nats. Returns one number, 1 or more; [1, 3, 5] gives exp(3) = 20.086.
    Raises ValueError where losses is empty. (Chapter VII)
    """
    losses = np.asarray(losses, dtype=float)
    if not losses.size:
        raise ValueError("perplexity needs at least one loss; got an empty vector")
    return float(np.exp(losses.mean()))


def loss_table(probabilities: list[float]) -> list[list[float]]:
    """Each loss is minus the logarithm of the probability, each perplexity exp(-ln(p)) = 1/p."""
    return [[surprise(p), perplexity([surprise(p)])] for p in probabilities]


def exercise_15(p: float) -> list[float]:
    """The loss is -ln(p), and exp undoes the logarithm: the perplexity of one prediction is 1/p."""
    return [surprise(p), perplexity([surprise(p)])]


def exercise_16(loss: float) -> float:
    """The loss is a mean already; its exponential is the perplexity, to be compared with the size of the
    vocabulary."""
    return perplexity([loss])


def reading_7(p: list[float], t: int) -> list[float]:
    """L is the mean of -ln(p) over all T tokens, the tokens before position t are t - 1, and the
    log-likelihood is the plain sum of ln(p)."""
    log_likelihood = math.fsum(math.log(x) for x in p)
    return [-log_likelihood / len(p), t - 1, log_likelihood]
