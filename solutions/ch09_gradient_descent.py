"""Chapter IX: gradient descent, mini-batches, schedules, Adam and backpropagation."""

from collections.abc import Callable, Sequence

import numpy as np

from solutions.shapes import Matrix, Vector


def descent_step(w: float | Vector, gradient: float | Vector, learning_rate: float) -> float | np.ndarray:
    """Move a weight, or an array of them, one step downhill.

    w_new = w - learning_rate * gradient

    w and gradient: two numbers, or two arrays of one shape; learning_rate: a number, alpha. A number
    gives a number, lists and arrays give an array; w = 1 with gradient -6 at learning rate 0.1 gives 1.6.
    Raises ValueError that names both shapes where they differ, also where NumPy would stretch one to fit
    the other. (Chapter IX)
    """
    w, gradient = np.asarray(w, dtype=float), np.asarray(gradient, dtype=float)
    # A gradient of shape (1,) would be added to every one of two weights, and nothing would say so.
    if w.shape != gradient.shape:
        raise ValueError(
            f"one slope a weight is needed; w has shape {w.shape}, the gradient {gradient.shape}"
        )
    return w - learning_rate * gradient


def gradient_descent(
    gradient_fn: Callable,
    start: float | Vector,
    learning_rate: float,
    steps: int,
) -> np.ndarray:
    """Walk downhill and keep every position on the way.

    w_(k+1) = w_k - learning_rate * gradient_fn(w_k),  with w_0 = start

    gradient_fn: takes a position and gives the slope there, of the same shape; start: a number or n
    numbers, left as it is; steps: how many, 0 or more. Returns steps + 1 positions, the start first: an
    array of numbers, or a (steps + 1, n) matrix. With slope 2 (w - 4), from 1 at learning rate 0.1, three
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
    """Stochastic gradient descent: one step a mini-batch, in the order they come.

    w <- w - learning_rate * batch_gradient(w, batch),  for each batch in turn

    batch_gradient: takes a position and a batch and gives the slope of that batch's loss, shaped like the
    position; start: a number or n numbers, left as it is. Returns the last position, which is the start
    where there are no batches. With slope w - mean(batch), from 0 at learning rate 0.5, the batches
    [2, 4] and [6] give 3.75. (Chapter IX)
    """
    w: float | np.ndarray = np.array(start, dtype=float)[()]
    for batch in batches:
        w = descent_step(w, batch_gradient(w, batch), learning_rate)
    return w


def learning_rate_at(step: int, total_steps: int, peak: float, final: float) -> float:
    """The learning rate of a linear schedule.

    rate(step) = peak + (step / total_steps) * (final - peak)

    step: from 0 to total_steps, both included; total_steps: above 0; peak and final: the rates at the two
    ends. Step 250 of 1000 from 0.001 to 0.0001 gives 0.000775. Raises ValueError that names the step where
    it is below 0 or above total_steps. (Chapter IX)
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
    """One step of Adam: the inside of the loop in Algorithm 1 of Kingma and Ba (2015).

    theta_t = theta_(t-1) - alpha * m_hat_t / (sqrt(v_hat_t) + epsilon)

    w: theta_(t-1); gradient: g_t, which is given; m and v: m_(t-1) and v_(t-1), 0 before the first step.
    Four numbers, or four arrays of one shape, each entry on its own. t: the number of this step, from 1;
    learning_rate: alpha. Returns (w, m, v): theta_t, m_t and v_t. w = 1, gradient 2, m = v = 0 at t = 1
    with learning rate 0.1 gives (0.9, 0.2, 0.004), to eight decimals. (Chapter IX)
    """
    w, gradient, m, v = (np.asarray(part, dtype=float) for part in (w, gradient, m, v))
    m = beta1 * m + (1 - beta1) * gradient
    v = beta2 * v + (1 - beta2) * gradient**2
    # The averages start at 0 and are too small at first: after t steps their weights add up to 1 - beta^t,
    # not to 1.
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v


def backward(x: Vector, target: int, W1: Matrix, W2: Matrix) -> tuple[float, np.ndarray, np.ndarray]:
    """The loss of a two-layer network, and its slope for every weight, from back to front.

    h = tanh(W1 x)    z = W2 h    loss = -ln softmax(z)_target

    x: n numbers; target: the index of the right token, from 0; W1: a (k, n) matrix; W2: an (m, k) matrix.
    Returns (loss, dW1, dW2), where dW1 has the shape of W1 and holds the slope of the loss for each of its
    entries, and dW2 likewise. Finite for z in the thousands. backward([2], 1, [[0.25]], [[1], [-1]])
    gives (1.258, [[2.252]], [[0.331], [-0.331]]). (Chapter IX)
    """
    x, W1, W2 = (np.asarray(part, dtype=float) for part in (x, W1, W2))
    h = np.tanh(W1 @ x)
    z = W2 @ h
    # Logarithms first: a probability that underflows to 0 has lost its loss.
    shifted = z - z.max()
    log_p = shifted - np.log(np.exp(shifted).sum())
    dz = np.exp(log_p)
    dz[target] -= 1
    # Every h_j reaches the loss through all of z, so its slopes add up; and the slope of tanh at a is 1 -
    # tanh(a)^2.
    da = (W2.T @ dz) * (1 - h**2)
    return -float(log_p[target]), np.outer(da, x), np.outer(dz, h)


def example_9(w: float, gradient: float, learning_rate: float) -> float:
    """The step is the learning rate times the gradient; take it away from the weight."""
    return float(descent_step(w, gradient, learning_rate))


def exercise_19(w: float, gradient: float, learning_rate: float) -> float:
    """Taking away a negative step adds: where the loss falls as w grows, the update makes w larger."""
    return float(descent_step(w, gradient, learning_rate))


def exercise_20(billions: int) -> int:
    """One partial derivative a parameter: the gradient is as long as the list of parameters, and a billion is
    10 to the 9th."""
    return billions * 10**9
