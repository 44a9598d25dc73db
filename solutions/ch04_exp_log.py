"""Chapter IV: products as sums of logarithms, underflow, and the log of a sum of exponentials."""

import math

import numpy as np

from solutions.shapes import Vector


def exp_of_sum(xs: Vector) -> float:
    """Multiply the exponentials of n numbers by a single exponential.

    exp(x_1) · exp(x_2) · ... · exp(x_n) = exp(x_1 + x_2 + ... + x_n)

    [0.2, 0.5, -0.4] gives 1.350. Numbers whose own exponentials overflow
    are fine as long as their sum is of moderate size: [800, -799.5] gives
    1.649. (Chapter IV)
    """
    # Add first: exp(800) alone is inf, and inf times the 0 that exp(-799.5) rounds to is nan.
    return math.exp(np.sum(np.asarray(xs, dtype=float)))


def log_product(probabilities: Vector) -> float:
    """The natural logarithm of a product of n probabilities, as a sum.

    log_product(p) = ln(p_1) + ln(p_2) + ... + ln(p_n)

    [0.5, 0.2] gives -2.303. A probability of 0 gives -inf, without a
    warning; no probabilities at all give 0. Raises ValueError, naming the
    value, if one is below 0 or above 1, whatever the others are.
    (Chapter IV)
    """
    p = np.asarray(probabilities, dtype=float)
    # Asked as "not inside", so that nan is refused too; before any answer, so that a 0 excuses nothing.
    outside = p[~((p >= 0) & (p <= 1))]
    if outside.size:
        raise ValueError(f"a probability lies between 0 and 1; got {outside.tolist()}")
    # ln(0) = -inf is the answer here, and nothing to warn of.
    with np.errstate(divide="ignore"):
        return float(np.log(p).sum())


def product_via_logs(probabilities: Vector) -> float:
    """Multiply n probabilities by adding their logarithms.

    p_1 · p_2 · ... · p_n = exp(ln(p_1) + ln(p_2) + ... + ln(p_n))

    [0.5, 0.2, 0.3] gives 0.03; a probability of 0 among them gives exactly
    0. (Chapter IV)
    """
    return math.exp(log_product(probabilities))


def underflow_length(p: float) -> int:
    """How many factors p until the machine's product is exactly 0.

    underflow_length(p) = the smallest whole n for which p ** n == 0.0

    p ** n is Python's power of 64-bit floats. Returns an int; 0.5 gives
    1075, and p = 0.999999 is answered within a second. Raises ValueError,
    naming p, if p is not strictly between 0 and 1. (Chapter IV)
    """
    if not 0 < p < 1:
        raise ValueError(f"p must lie strictly between 0 and 1; got {p}")
    p = float(p)
    # p ** n falls as n grows, so the zeros begin at one edge: `above` stays short of it, `zero` does not.
    above, zero = 1, 2
    while p**zero != 0.0:
        above, zero = zero, 2 * zero
    while zero - above > 1:
        middle = (above + zero) // 2
        if p**middle == 0.0:
            zero = middle
        else:
            above = middle
    return zero


def log_sum_exp(xs: Vector) -> float:
    """Add up n numbers that are kept as logarithms.

    log_sum_exp(x) = ln(exp(x_1) + exp(x_2) + ... + exp(x_n))

    [-1.2, -0.7] gives -0.226. Finite for entries of 1000 and of -1000. An
    entry of -inf, the logarithm of 0, adds nothing; if all are -inf, so is
    the result. Raises ValueError if xs is empty. (Chapter IV)
    """
    xs = np.asarray(xs, dtype=float)
    if xs.size == 0:
        raise ValueError("log_sum_exp needs at least one number; got an empty vector")
    largest = xs.max()
    # All entries are -inf and the sum is 0: the shift below would be -inf minus -inf, which is nan.
    if np.isinf(largest):
        return float(largest)
    # ln(sum exp(x)) = c + ln(sum exp(x - c)); with c the largest entry, no exponential is above 1.
    return float(largest + np.log(np.exp(xs - largest).sum()))


def example_4(probabilities: list[float]) -> list[float]:
    """Multiply the probabilities; add up their logarithms; exp of the second number gives back the first."""
    return [product_via_logs(probabilities), log_product(probabilities)]


def exercise_8(x: list[float]) -> list[float]:
    """exp rises, so the largest number has the largest exponential, and the smallest the smallest."""
    values = [math.exp(number) for number in x]
    return [*values, max(values), min(values)]


def exercise_9(y: float) -> float:
    """exp undoes ln: from ln(x) = y follows x = exp(y)."""
    return math.exp(y)


def exercise_10(a: int, b: int) -> int:
    """ln undoes exp, so each term is its own exponent, and the exponents are added."""
    return a + b


def reading_4(p: list[float], m: int) -> list[float]:
    """t runs from m + 1 to T, both included: T - m terms, their sum the log of as many factors' product."""
    scored = p[m:]
    return [len(scored), log_product(scored), product_via_logs(scored)]
