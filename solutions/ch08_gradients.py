"""Chapter VIII: difference quotients, partial derivatives, gradients, the chain rule and the way downhill."""

import math
from collections.abc import Callable

import numpy as np

from solutions.shapes import Vector


def forward_difference(
    f: Callable[[float], float],
    x: float,
    h: float,
) -> float:
    """The slope of f between x and a point one step further on.

    forward_difference(f, x, h) = (f(x + h) - f(x)) / h

    f: a function of one number; x: a number; h: the step, above 0. Returns
    the quotient for that very h: for f(x) = x^2 at x = 3, a step of 0.1
    gives 6.1. Raises ValueError, with h in its message, if h is 0 or
    below. (Chapter VIII)
    """
    if not h > 0:
        raise ValueError(f"the step h must be above 0; got {h}")
    return (f(x + h) - f(x)) / h


def central_difference(
    f: Callable[[float], float],
    x: float,
    h: float,
) -> float:
    """The slope of f from one step before x to one step past it.

    central_difference(f, x, h) = (f(x + h) - f(x - h)) / (2 h)

    f: a function of one number; x: a number; h: the step, above 0. Returns
    the quotient for that very h: for f(x) = x^3 at x = 1, a step of 0.1
    gives 3.01. Raises ValueError, with h in its message, if h is 0 or
    below. (Chapter VIII)
    """
    if not h > 0:
        raise ValueError(f"the step h must be above 0; got {h}")
    # Without the parentheses Python would divide by 2 and multiply by h.
    return (f(x + h) - f(x - h)) / (2 * h)


def partial_derivative(
    f: Callable[[np.ndarray], float],
    point: Vector,
    i: int,
    h: float = 1e-5,
) -> float:
    """The slope of f with respect to its i-th input, the others held.

    df/dx_i = (f(.., x_i + h, ..) - f(.., x_i - h, ..)) / (2 h)

    f: a function of a 1-D array of n floats. point: n numbers, ints
    included, left as they were. i: which input, counted from 0; h: the
    step to either side. Returns one number, the quotient for that very h.
    With the default its error is below 0.000001 if f is smooth and of
    order one: f(v) = v[0]^2 * v[1] at (1, 2) gives 4 for i = 0 and 1 for i
    = 1. (Chapter VIII)
    """
    # A copy, since the caller's point is not ours to move; of float64, since
    # an int has no room for the step and a float32 hardly any.
    at = np.array(point, dtype=float)
    step = np.zeros_like(at)
    step[i] = h
    return (f(at + step) - f(at - step)) / (2 * h)


def gradient(
    f: Callable[[np.ndarray], float],
    point: Vector,
    h: float = 1e-5,
) -> np.ndarray:
    """All partial derivatives of f at a point, in the order of its inputs.

    grad f = [df/dx_1, ..., df/dx_n]

    f: a function of a 1-D array of n floats. point: n numbers, ints
    included, left as they were. h: the step of each central difference.
    Returns n slopes, the quotients for that very h. With the default the
    error of each is below 0.000001 if f is smooth and of order one: f(v) =
    v[0]^2 * v[1] at (1, 2) gives [4, 1]. (Chapter VIII)
    """
    return np.array([partial_derivative(f, point, i, h) for i in range(len(point))], dtype=float)


def chain_rule(
    outer_slope: Callable[[float], float],
    inner: Callable[[float], float],
    inner_slope: Callable[[float], float],
    x: float,
) -> float:
    """The slope at x of a function of a function.

    (outer(inner(x)))' = outer'(inner(x)) * inner'(x)

    outer_slope: the derivative of the outer function. inner: the inner
    function; inner_slope: its derivative. x: a number. Returns one number:
    for (3x + 1)^2 at x = 2, with the slopes 2u and 3, it is 42.
    (Chapter VIII)
    """
    # The outer function is fed inner(x), so its slope is read there.
    return outer_slope(inner(x)) * inner_slope(x)


def softmax_cross_entropy_gradient(
    logits: Vector,
    target: int,
) -> np.ndarray:
    """The slopes of the loss of one prediction with respect to its logits.

    dL/dz_i = p_i - (1 if i is the target, else 0)
    with p = softmax(z) and L = -ln(p_target)

    logits: n finite numbers, left as they were. target: the index of the
    right token, counted from 0. Returns n slopes that sum to 0, finite
    however large the logits are: [-0.371, 0.231, 0.140] for [2, 1, 0.5]
    with target 0. (Chapters VI to VIII)
    """
    z = np.asarray(logits, dtype=float)
    # With the largest logit at 0, no exponential overflows.
    weights = np.exp(z - z.max())
    slopes: np.ndarray = weights / weights.sum()
    slopes[target] -= 1
    return slopes


def steepest_descent(gradient: Vector) -> np.ndarray:
    """The direction in which a function falls fastest, as a unit vector.

    steepest_descent(g) = -g / ||g||

    gradient: n slopes of any size, left as they were. Returns n numbers of
    magnitude 1: [-0.6, -0.8] for [3, 4], and for [3e-170, 4e-170]. Raises
    ValueError if every slope is 0, and only then. (Chapter VIII)
    """
    g = np.asarray(gradient, dtype=float)
    largest = np.abs(g).max()
    if largest == 0:
        raise ValueError(f"a zero gradient points nowhere; got {g.tolist()}")
    # The squares in a magnitude under- and overflow long before the slopes do.
    g = g / largest
    # Taken from 0.0, since minus a slope of 0 would be -0.0.
    down: np.ndarray = 0.0 - g / np.linalg.norm(g)
    return down


def example_8(b: int, x: int, y: int) -> list[int]:
    """Hold y still and the slope is 2x + by; hold x still and it is bx."""
    return [2 * x + b * y, b * x]


def exercise_17(n: int, x: int) -> int:
    """The exponent comes down as a factor, and the power falls by one: the slope of x^n is n x^(n - 1)."""
    return int(n * x ** (n - 1))


def exercise_18(a: int, b: int, c: int, x: int, y: int) -> list[int]:
    """The slopes are 2ax + cy with respect to x and 2by + cx with respect to y; against both f decreases."""
    return [2 * a * x + c * y, 2 * b * y + c * x]


def reading_8(g: list[int], i: int, rho: float, L: float) -> list[float]:
    """The i-th entry of the gradient; rho times that entry over the magnitude; L plus rho times the
    magnitude."""
    magnitude = math.hypot(*g)
    # The dot product of rho g / ||g|| with g is rho ||g||^2 / ||g||.
    return [g[i - 1], rho * g[i - 1] / magnitude, L + rho * magnitude]
