"""Chapter VIII: difference quotients, partial derivatives, gradients, the chain rule and the way downhill."""

import math
from collections.abc import Callable

import numpy as np

from solutions.shapes import Vector


def forward_difference(f: Callable[[float], float], x: float, h: float) -> float:
    """The slope of f from x to a step of h further on.

    forward_difference(f, x, h) = (f(x + h) - f(x)) / h

    f: a function of one number; x: where; h: the step, h > 0. Returns the quotient for that very h: for
    f(x) = x^2 at x = 3, h = 0.1 gives 6.1. Raises ValueError that names h where h <= 0. (Chapter VIII)
    """
    if not h > 0:
        raise ValueError(f"the step h must be above 0; got {h}")
    return (f(x + h) - f(x)) / h


def central_difference(f: Callable[[float], float], x: float, h: float) -> float:
    """The slope of f between a step of h before x and a step of h past it.

    central_difference(f, x, h) = (f(x + h) - f(x - h)) / (2 h)

    f: a function of one number; x: where; h: the step, h > 0. Returns the quotient for that very h: for
    f(x) = x^3 at x = 1, h = 0.1 gives 3.01. Raises ValueError that names h where h <= 0. (Chapter VIII)
    """
    if not h > 0:
        raise ValueError(f"the step h must be above 0; got {h}")
    # From x - h to x + h the input has moved by 2h: the parentheses keep Python from dividing by 2 and
    # multiplying by h.
    return (f(x + h) - f(x - h)) / (2 * h)


def partial_derivative(f: Callable[[np.ndarray], float], point: Vector, i: int, h: float = 1e-5) -> float:
    """The slope of f in its i-th input, all the others held where they are.

    df/dx_i = (f(.., x_i + h, ..) - f(.., x_i - h, ..)) / (2 h)

    f: a function of a 1-D array of n numbers; point: n numbers, left as they were; i: which input, counted
    from 0; h: the step. Returns one number, with an error under 0.000001 where f is smooth and of order
    one: f(v) = v[0]^2 * v[1] at (1, 2) gives 4 for i = 0 and 1 for i = 1. (Chapter VIII)
    """
    # A float copy: in an array of ints a step of 0.00001 would be cut to nothing, and the caller's point is
    # not ours to move.
    at = np.array(point, dtype=float)
    step = np.zeros_like(at)
    step[i] = h
    return (f(at + step) - f(at - step)) / (2 * h)


def gradient(f: Callable[[np.ndarray], float], point: Vector, h: float = 1e-5) -> np.ndarray:
    """All the partial derivatives of f at a point, in the order of its inputs.

    grad f = [df/dx_1, ..., df/dx_n]

    f: a function of a 1-D array of n numbers; point: n numbers, left as they were; h: the step of each
    central difference. Returns n slopes, each with an error under 0.000001 where f is smooth and of order
    one: f(v) = v[0]^2 * v[1] at (1, 2) gives [4, 1]. (Chapter VIII)
    """
    return np.array([partial_derivative(f, point, i, h) for i in range(len(point))])


def chain_rule(
    outer_slope: Callable[[float], float],
    inner: Callable[[float], float],
    inner_slope: Callable[[float], float],
    x: float,
) -> float:
    """The slope of a function of a function.

    (outer(inner(x)))' = outer'(inner(x)) * inner'(x)

    outer_slope: the derivative of the outer function; inner: the inner function; inner_slope: its
    derivative; x: where. Returns one number: for (3x + 1)^2 at x = 2, with slopes 2u and 3, it is 42.
    (Chapter VIII)
    """
    # The outer slope is read where the outer function stands: at inner(x), not at x.
    return outer_slope(inner(x)) * inner_slope(x)


def softmax_cross_entropy_gradient(logits: Vector, target: int) -> np.ndarray:
    """The slope of the loss of one prediction in each of its logits.

    dL/dz_i = p_i - (1 where i is the target, else 0), with p = softmax(z) and L = -ln p_target

    logits: n numbers; target: the index of the right token, counted from 0. Returns n slopes that sum to
    0, finite for logits of 1000 and -1000 too; [2, 1, 0.5] with target 0 gives [-0.371, 0.231, 0.140].
    (Chapters VI to VIII)
    """
    z = np.asarray(logits, dtype=float)
    # The largest logit at 0, so that no exponential overflows.
    weights = np.exp(z - z.max())
    slopes: np.ndarray = weights / weights.sum()
    slopes[target] -= 1
    return slopes


def steepest_descent(gradient: Vector) -> np.ndarray:
    """The direction in which a function falls fastest, as a unit vector.

    steepest_descent(g) = -g / ||g||

    gradient: n slopes. Returns n numbers of magnitude 1; [3, 4] gives [-0.6, -0.8]. Raises ValueError
    where the gradient is all zeros, and only there: no direction falls. (Chapter VIII)
    """
    g = np.asarray(gradient, dtype=float)
    length = np.linalg.norm(g)
    if length == 0:
        raise ValueError(f"a zero gradient points nowhere; got {g.tolist()}")
    down: np.ndarray = -g / length
    return down


def example_8(b: int, x: int, y: int) -> list[int]:
    """Hold y still and the slope in x is 2x + by; hold x still and the slope in y is bx."""
    return [2 * x + b * y, b * x]


def exercise_17(n: int, x: int) -> int:
    """The power comes down as a factor and falls by one: the slope of x^n is n x^(n - 1)."""
    return int(n * x ** (n - 1))


def exercise_18(a: int, b: int, c: int, x: int, y: int) -> list[int]:
    """The slope in x is 2ax + cy, the slope in y is 2by + cx; moving against both decreases f."""
    return [2 * a * x + c * y, 2 * b * y + c * x]


def reading_8(g: list[int], i: int, rho: float, L: float) -> list[float]:
    """The i-th entry of the gradient, rho times that entry over the magnitude, and L plus rho times the
    magnitude."""
    magnitude = math.hypot(*g)
    # The dot product of rho g / ||g|| with g is rho ||g||^2 / ||g||.
    return [g[i - 1], rho * g[i - 1] / magnitude, L + rho * magnitude]
