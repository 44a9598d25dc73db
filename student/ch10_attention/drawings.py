"""Chapter X's pictures: a running mean as attention, who looks at whom, the whole way from input to output,
and saturation."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from pictures import COLOURS, LINES, picture

Rows = Sequence[Sequence[float]]


def draw_matrix(
    axis: Any,
    matrix: Any,
    title: str,
    hidden: Any = None,
    digits: int = 2,
    darkest: float | None = None,
    fontsize: int = 10,
) -> None:
    """A matrix as a map, darker for larger, each number written into its cell; hidden cells are hatched."""
    numbers = np.asarray(matrix, dtype=float)
    size = np.abs(numbers)
    darkest = (size.max() or 1.0) if darkest is None else darkest
    axis.imshow(size, cmap="Greys", vmin=0, vmax=1.25 * darkest)
    for (i, j), number in np.ndenumerate(numbers):
        if hidden is not None and hidden[i][j]:
            cell = plt.Rectangle(
                (j - 0.5, i - 0.5), 1, 1, fill=False, hatch="////", edgecolor="0.7", linewidth=0
            )
            axis.add_patch(cell)
        else:
            ink = "white" if size[i, j] > 0.75 * darkest else "black"
            axis.text(j, i, f"{number:.{digits}f}", ha="center", va="center", fontsize=fontsize, color=ink)
    axis.set_title(title, fontsize=10)
    axis.set_xticks([])
    axis.set_yticks([])
    axis.spines[:].set(visible=True, color="0.6")


def numbers_in(row: Any) -> str:
    return ", ".join(f"{number:.2f}" for number in np.asarray(row))


@picture
def running_mean(causal_mask: Callable, softmax_rows: Callable, tokens: int = 6) -> str:
    """What softmax makes of scores of 0 under the causal mask: the weights of a running mean."""
    mask = np.asarray(causal_mask(tokens))
    weights = np.asarray(softmax_rows(np.where(mask, 0.0, -np.inf)))
    series = np.array([2.0, 6.0, 1.0, 7.0, 4.0, 10.0, 5.0, 3.0])[np.arange(tokens) % 8]
    means = weights @ series
    _, (left, right) = plt.subplots(1, 2, figsize=(8, 3.6))
    draw_matrix(left, weights, "weights: softmax of masked zeros", hidden=~mask, darkest=1)
    left.set_xlabel("token looked at")
    left.set_ylabel("token that looks")
    places = np.arange(1, tokens + 1)
    right.plot(places, series, color=COLOURS[2], linestyle="", marker="s", label="the numbers")
    right.plot(places, means, color=COLOURS[0], linestyle="-", marker="o", label="weights @ numbers")
    right.set(xlabel="token", xticks=places)
    right.set_ylim(0, 11)
    right.legend(frameon=False)
    return (
        f"Left, the weights that softmax makes of {tokens} rows of zeros under the causal mask; the last "
        f"row reads {numbers_in(weights[-1])}. "
        f"Right, the numbers {numbers_in(series)} and what the weights make of them, their running mean: "
        f"{numbers_in(means)}."
    )


@picture
def who_looks_at_whom(
    project: Callable,
    attention_weights: Callable,
    causal_mask: Callable,
    tokens: Sequence[str],
    X: Rows,
    W_Q: Rows,
    W_K: Rows,
    W_V: Rows,
) -> str:
    """The weights of a sentence, without a mask and with the causal one."""
    Q, K, _ = project(X, W_Q, W_K, W_V)
    mask = np.asarray(causal_mask(len(tokens)))
    everything, so_far = np.asarray(attention_weights(Q, K)), np.asarray(attention_weights(Q, K, mask))
    _, axes = plt.subplots(1, 2, figsize=(8.4, 4.0))
    draw_matrix(axes[0], everything, "without a mask", darkest=1)
    draw_matrix(axes[1], so_far, "with the causal mask (hatched: hidden)", hidden=~mask, darkest=1)
    for axis in axes:
        axis.set_xticks(range(len(tokens)), tokens)
        axis.set_yticks(range(len(tokens)), tokens)
        axis.set_xlabel("key: the token looked at")
        axis.set_ylabel("query: the token that looks")
    rows = "; ".join(f"{token}: {numbers_in(row)}" for token, row in zip(tokens, everything, strict=True))
    masked = "; ".join(f"{token}: {numbers_in(row)}" for token, row in zip(tokens, so_far, strict=True))
    return (
        f"Two maps of attention weights for '{' '.join(tokens)}', one row per query and one column per key. "
        f"Without a mask the rows are {rows}. With the causal mask, which hides the upper triangle, they "
        f"are {masked}."
    )


@picture
def from_input_to_output(
    project: Callable,
    attention_scores: Callable,
    attention_weights: Callable,
    attention: Callable,
    tokens: Sequence[str],
    X: Rows,
    W_Q: Rows,
    W_K: Rows,
    W_V: Rows,
) -> str:
    """Figure 7: every matrix on the way from the input to the output, with its numbers."""
    Q, K, V = project(X, W_Q, W_K, W_V)
    scores, weights, output = attention_scores(Q, K), attention_weights(Q, K), attention(Q, K, V)
    layout = [[".", "X", "."], ["Q", "K", "V"], ["scores", "weights", "output"]]
    figure, axes = plt.subplot_mosaic(layout, figsize=(7.2, 8), width_ratios=[5, 5, 4])
    figure.get_layout_engine().set(w_pad=0.1, h_pad=0.16)

    def show(name: str, formula: str, matrix: Any, digits: int) -> None:
        shape = " × ".join(map(str, np.shape(matrix)))
        draw_matrix(axes[name], matrix, f"{formula}\n({shape})", digits=digits)

    show("X", "X", X, 0)
    show("Q", "Q = X W_Q", Q, 1)
    show("K", "K = X W_K", K, 1)
    show("V", "V = X W_V", V, 0)
    show("scores", "scores = Q Kᵀ / √d_k", scores, 2)
    show("weights", "weights: softmax by row", weights, 2)
    show("output", "output = weights · V", output, 2)
    axes["X"].set_yticks(range(len(tokens)), tokens)
    axes["scores"].set_ylabel("queries")
    for name in ["scores", "weights"]:
        axes[name].set_xlabel("keys")

    def connect(start: str, end: str, leave: tuple[float, float], arrive: tuple[float, float]) -> None:
        ends = {
            "xy": arrive,
            "xycoords": axes[end].transAxes,
            "xytext": leave,
            "textcoords": axes[start].transAxes,
        }
        arrow = {"arrowstyle": "->", "color": COLOURS[0], "shrinkA": 4, "shrinkB": 4}
        axes[end].annotate("", arrowprops=arrow, **ends).set_in_layout(False)

    # An arrow from above ends over the title of what it leads to.
    over = 1.25
    for name, side in [("Q", 0), ("K", 0.5), ("V", 1)]:
        connect("X", name, (side, 0), (0.5, over))
    connect("Q", "scores", (0.5, 0), (0.4, over))
    connect("K", "scores", (0, 0), (0.8, over))
    connect("scores", "weights", (1, 0.5), (0, 0.5))
    connect("weights", "output", (1, 0.5), (0, 0.5))
    connect("V", "output", (0.5, 0), (0.5, over))
    shapes = ", ".join(
        f"{name} {np.shape(matrix)}"
        for name, matrix in [("X", X), ("Q", Q), ("K", K), ("V", V), ("scores", scores)]
    )
    return (
        f"A chain of matrices with their shapes: {shapes}, weights {np.shape(weights)}, output "
        f"{np.shape(output)}. X is projected to Q, K and V; "
        f"Q and K give the scores, the largest of them {np.max(scores):.2f}; softmax turns each row of "
        "scores into weights, the largest "
        f"{np.max(weights):.2f}; the weights times V are the output. The output of '{tokens[1]}' is "
        f"{numbers_in(np.asarray(output)[1])}."
    )


def size_of_jacobian(p: np.ndarray) -> np.ndarray:
    """For each row of p, the root of the sum of squares of p_i (δ_ij − p_j) over i and j."""
    slopes = p[:, :, None] * (np.eye(p.shape[1]) - p[:, None, :])
    size: np.ndarray = np.sqrt((slopes**2).sum(axis=(1, 2)))
    return size


@picture
def spread_and_saturation(attention_scores: Callable, softmax_rows: Callable) -> str:
    """How widely random scores spread as d_k grows, and how much slope softmax then lets through."""
    rng = np.random.default_rng(4)
    widths = [1, 4, 16, 64, 256, 1024]
    names = ["q·k", "q·k / √d_k", "q·k / d_k"]
    spreads: dict[str, list[float]] = {name: [] for name in names}
    slopes: dict[str, list[float]] = {name: [] for name in names}
    for d_k in widths:
        draws = [(rng.standard_normal((16, d_k)), rng.standard_normal((16, d_k))) for _ in range(64)]
        scaled = np.concatenate([np.asarray(attention_scores(queries, keys)) for queries, keys in draws])
        # The student's scores are divided by the root already; the other two kinds are made from them.
        for name, factor in zip(names, [math.sqrt(d_k), 1.0, 1 / math.sqrt(d_k)], strict=True):
            spreads[name].append(float(np.std(scaled * factor)))
            slopes[name].append(float(np.median(size_of_jacobian(np.asarray(softmax_rows(scaled * factor))))))
    _, (left, right) = plt.subplots(1, 2, figsize=(8.4, 3.6))
    for name, colour, line, marker in zip(names, COLOURS, LINES, "os^", strict=False):
        left.loglog(widths, spreads[name], color=colour, linestyle=line, marker=marker, label=name)
        right.loglog(widths, slopes[name], color=colour, linestyle=line, marker=marker, label=name)
    left.set_ylabel("spread of the scores (logarithmic)")
    right.set_ylabel("size of softmax's Jacobian (logarithmic)")
    right.set_ylim(1e-4, 1)
    for axis in (left, right):
        axis.set_xticks(widths, [str(width) for width in widths])
        axis.minorticks_off()
        axis.set_xlabel("d_k (logarithmic)")
    left.legend(frameon=False, title="score")

    def at_each_width(numbers: Sequence[float], digits: int) -> str:
        return ", ".join(f"{number:.{digits}f}" for number in numbers)

    spread_words = "; ".join(f"of {name} {at_each_width(spreads[name], 2)}" for name in names)
    slope_words = "; ".join(f"with {name} {at_each_width(slopes[name], 4)}" for name in names)
    return (
        f"Two charts against d_k = {', '.join(map(str, widths))}, for three kinds of score. Left, the "
        f"spread: {spread_words}. "
        "Right, the size of softmax's Jacobian over 16 keys, for the middle one of 1024 queries: "
        f"{slope_words}."
    )
