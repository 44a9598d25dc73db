"""Chapter IX: gradient descent, mini-batches, schedules, Adam and backpropagation."""

from collections.abc import Callable, Sequence

import numpy as np

from solutions.shapes import Matrix, Vector


def descent_step(
    w: float | Vector,
    gradient: float | Vector,
    learning_rate: float,
) -> float | np.ndarray:
    """Move one weight, or an array of weights, one step downhill.

    w_new = w - learning_rate * gradient

    w, gradient: two numbers, or two arrays of the same shape. Returns the
    new weights, in that shape; w = 1 with gradient -6 at learning rate 0.1
    gives 1.6. Raises ValueError, with both shapes in the message, if the
    shapes differ. (Chapter IX)
    """
    w, gradient = np.asarray(w, dtype=float), np.asarray(gradient, dtype=float)
    # A gradient of shape (1,) would be added to every one of two weights, and nothing would say so.
    if w.shape != gradient.shape:
        raise ValueError(f"one slope per weight: w has shape {w.shape}, the gradient {gradient.shape}")
    return w - learning_rate * gradient


def gradient_descent(
    gradient_fn: Callable,
    start: float | Vector,
    learning_rate: float,
    steps: int,
) -> np.ndarray:
    """Walk downhill and keep every position on the way.

    w_(k+1) = w_k - learning_rate * gradient_fn(w_k),  with w_0 = start

    gradient_fn: takes a position and returns the slope there, a number or
    an array like the position. start: a number or n numbers. steps: 0 or
    more; all of them are taken, however flat the ground. Returns steps + 1
    positions, the start first: a vector for a number, a (steps + 1, n)
    matrix for n. With slope 2 (w - 4), from 1 at learning rate 0.1, three
    steps give [1, 1.6, 2.08, 2.464]. (Chapter IX, Figure 6)
    """
    # [()] makes a plain number of an array without dimensions, and leaves other arrays alone.
    path: list[float | np.ndarray] = [np.array(start, dtype=float)[()]]
    for _ in range(steps):
        path.append(descent_step(path[-1], gradient_fn(path[-1]), learning_rate))
    return np.array(path)


def sgd(
    batch_gradient: Callable,
    start: float | Vector,
    batches: Sequence,
    learning_rate: float,
) -> float | np.ndarray:
    """Stochastic gradient descent: one step per mini-batch, in order.

    w <- w - learning_rate * batch_gradient(w, batch), batch by batch

    batch_gradient: takes a position and a whole batch, and returns the
    slope of that batch's loss, a number or an array like the position.
    start: a number or n numbers. Returns the last position; without
    batches that is the start. With slope w - mean(batch), from 0 at
    learning rate 0.5, the batches [2, 4] and [6] give 3.75. (Chapter IX)
    """
    w: float | np.ndarray = np.array(start, dtype=float)[()]
    for batch in batches:
        w = descent_step(w, batch_gradient(w, batch), learning_rate)
    return w


def learning_rate_at(
    step: int,
    total_steps: int,
    peak: float,
    final: float,
) -> float:
    """The learning rate of a linear schedule from peak to final.

    rate(step) = peak + (step / total_steps) * (final - peak)

    step: from 0 to total_steps, both included. total_steps: 1 or more.
    Step 250 of 1000, from 0.001 to 0.0001, gives 0.000775. Raises
    ValueError, with the step in the message, if it is below 0 or above
    total_steps. (Chapter IX)
    """
    if not 0 <= step <= total_steps:
        raise ValueError(f"the schedule runs from step 0 to {total_steps}; got step {step}")
    done = step / total_steps
    # Weighted like this, both ends come out exact; peak + (final - peak) may miss final by a rounding.
    return (1 - done) * peak + done * final


def adam_step(
    w: float | Vector,
    gradient: float | Vector,
    m: float | Vector,
    v: float | Vector,
    t: int,
    learning_rate: float = 0.001,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> tuple[float | np.ndarray, float | np.ndarray, float | np.ndarray]:
    """One step of Adam: a round of Algorithm 1 of Kingma and Ba (2015).

    theta_t = theta_(t-1) - alpha * m_hat_t / (sqrt(v_hat_t) + epsilon)

    w: theta_(t-1). gradient: g_t. m, v: m_(t-1) and v_(t-1). All four are
    numbers, or arrays of the same shape. t: the number of this step, from
    1. learning_rate: alpha. Returns theta_t, m_t and v_t, in this order.
    From w = 1 with gradient 2 and m = v = 0, step 1 at learning rate 0.1
    gives (0.9, 0.2, 0.004), to eight decimals. (Chapter IX)
    """
    w, gradient, m, v = (np.asarray(part, dtype=float) for part in (w, gradient, m, v))
    m = beta1 * m + (1 - beta1) * gradient
    v = beta2 * v + (1 - beta2) * gradient**2
    # Both averages start at 0: after t steps the factors in them add up to 1 - beta^t, and not yet to 1.
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v


def backward(
    x: Vector,
    target: int,
    W1: Matrix,
    W2: Matrix,
) -> tuple[float, np.ndarray, np.ndarray]:
    """A two-layer network's loss, and its slope for every weight.

    h = tanh(W1 x)    z = W2 h    loss = -ln softmax(z)_target

    x: n numbers. target: the index of the right token, from 0. W1: a
    (k, n) matrix. W2: an (m, k) matrix. Returns (loss, dW1, dW2): dW1
    holds one slope per entry of W1, in its shape, and dW2 likewise. Finite
    for z in the thousands. backward([2], 1, [[0.25]], [[1], [-1]]) gives
    (1.258, [[2.252]], [[0.331], [-0.331]]). (Chapter IX)
    """
    x, W1, W2 = (np.asarray(given, dtype=float) for given in (x, W1, W2))
    # Stage 1, forward. Logarithms first: a probability that underflows to 0 has lost its loss.
    h = np.tanh(W1 @ x)
    z = W2 @ h
    shifted = z - z.max()
    log_p = shifted - np.log(np.exp(shifted).sum())
    # Stage 2, back to W2.
    dz = np.exp(log_p)
    dz[target] -= 1
    dW2 = np.outer(dz, h)
    # Stage 3, through tanh to W1: h_j reaches the loss by way of every logit, so those slopes add up.
    dh = W2.T @ dz
    da = dh * (1 - h**2)
    return -float(log_p[target]), np.outer(da, x), dW2


def example_9(w: float, gradient: float, learning_rate: float) -> float:
    """The step is the learning rate times the gradient, and it is subtracted
    from the weight."""
    return float(descent_step(w, gradient, learning_rate))


def exercise_19(w: float, gradient: float, learning_rate: float) -> float:
    """Subtracting a negative step adds: if the loss falls as w grows, the
    update makes w larger."""
    return float(descent_step(w, gradient, learning_rate))


def exercise_20(billions: int) -> int:
    """There is one partial derivative per parameter, so the gradient is as
    long as the list of parameters."""
    return billions * 10**9


def reading_9(
    warmup: int, early: int, late: int, eta: float, decay: float, weight: float
) -> tuple[int, float, float, float]:
    """The two terms meet at step w. Before it the rate is s / w of its peak,
    after it sqrt(w / s). A weight whose slopes are 0 feels its decay alone:
    it is multiplied by 1 - eta * lambda."""
    return warmup, early / warmup, (warmup / late) ** 0.5, weight * (1 - eta * decay)
