"""The pictures of Chapter VII. Each is drawn by your own functions and takes numbers that you can change."""

from collections.abc import Callable, Sequence

import matplotlib.pyplot as plt
import numpy as np
from pictures import COLOURS, HATCHES, LINES, picture

Vector = Sequence[float]
Matrix = Sequence[Vector]


@picture
def surprise_curve(surprise: Callable[[float], float], marked: Vector) -> str:
    """Surprise against probability, on a linear and on a logarithmic scale of probability."""
    grid = np.geomspace(min(marked) / 2, 1, 300)
    curve = [surprise(float(p)) for p in grid]
    marks = [surprise(p) for p in marked]
    _, axes = plt.subplots(1, 2, figsize=(8, 3.4), sharey=True)
    for axis in axes:
        axis.plot(grid, curve, color=COLOURS[0], linestyle=LINES[0])
        axis.plot(marked, marks, "o", color=COLOURS[1], markeredgecolor="white", markersize=8)
        for p, mark in zip(marked, marks, strict=True):
            axis.annotate(
                f"p = {p:g}", (p, mark), xytext=(8, 4), textcoords="offset points", annotation_clip=False
            )
    axes[0].set(xlabel="probability p", ylabel="surprise, in nats", ylim=(-0.2, None))
    axes[1].set(xlabel="probability p, on a logarithmic scale", xscale="log")
    return (
        "Surprise against probability, twice. On a linear scale the curve is flat near 1 and steep near 0; on"
        " a logarithmic scale it is a straight line. Marked: "
        + ", ".join(f"{mark:.2f} nats at p = {p:g}" for p, mark in zip(marked, marks, strict=True))
        + "."
    )


@picture
def best_prediction(cross_entropy: Callable[[Vector, Vector], float], truth: float) -> str:
    """The cross-entropy of two outcomes against the prediction for the first of them, and its floor."""
    happens = [truth, 1 - truth]
    predictions = np.linspace(0.01, 0.99, 197)
    curve = np.array([cross_entropy(happens, [q, 1 - q]) for q in predictions.tolist()])
    # abs: a floor of 0 may come as -0.0, which would print with its sign.
    floor = abs(cross_entropy(happens, happens))
    _, axis = plt.subplots(figsize=(7, 3.8))
    axis.fill_between(
        predictions,
        floor,
        curve,
        facecolor="none",
        edgecolor=COLOURS[3],
        hatch="//",
        linewidth=0,
        label="divergence",
    )
    axis.plot(predictions, curve, color=COLOURS[0], linestyle=LINES[0], label="cross-entropy H(p, q)")
    axis.axhline(floor, color=COLOURS[1], linestyle=LINES[1], label=f"entropy H(p, p) = {floor:.3f}")
    axis.plot(truth, floor, "o", color=COLOURS[1], markeredgecolor="white", markersize=9)
    axis.set(
        xlabel="q, the probability predicted for the first outcome",
        ylabel="nats",
        xlim=(-0.02, 1.02),
        ylim=(-0.1, max(3.0, floor + 0.5)),
        title=f"the first outcome happens with probability {truth:g}",
    )
    axis.legend(frameon=False, loc="upper center")
    lowest = float(predictions[int(np.argmin(curve))])
    return (
        f"Cross-entropy against the predicted probability q of the first of two outcomes, which happens with "
        f"probability {truth:g}. The curve is lowest at q = {lowest:.2f}, where it comes down to the"
        f" entropy, {floor:.3f} nats, a dashed line. The hatched area between the two is the divergence."
    )


@picture
def one_slip(perplexity: Callable[[Vector], float], steady: float, sure: float, slip: float) -> str:
    """Two models on ten tokens: one always gives `steady`, the other `sure` nine times and `slip` once."""
    given = {"steady": [steady] * 10, "sure, with one slip": [sure] * 9 + [slip]}
    _, axes = plt.subplots(1, 2, figsize=(8, 3.4), sharey=True)
    said = []
    for axis, (name, probabilities), colour, hatch in zip(
        axes, given.items(), COLOURS, HATCHES[1:], strict=False
    ):
        losses = (-np.log(probabilities)).tolist()
        options = perplexity(losses)
        axis.bar(np.arange(1, 11), losses, color=colour, hatch=hatch, edgecolor="white")
        axis.set(title=f"{name}: perplexity {options:.3f}", xlabel="token", xticks=np.arange(1, 11))
        said.append(
            f"the model {name} has a perplexity of {options:.3f}; its largest loss is {max(losses):.2f}"
        )
    axes[0].set_ylabel("loss, in nats")
    return "The losses of two models on the same ten tokens, as bars: " + "; ".join(said) + "."


@picture
def sentence(
    surprise: Callable[[float], float],
    next_token_loss: Callable[[Matrix, Sequence[int]], float],
    perplexity: Callable[[Vector], float],
    words: Sequence[str],
    predictions: Matrix,
    next_tokens: Sequence[int],
) -> str:
    """One bar per token that came, with its surprise; the mean as a line, the perplexity as a title."""
    probabilities = [row[token] for row, token in zip(predictions, next_tokens, strict=True)]
    surprises = [surprise(p) for p in probabilities]
    mean, options = next_token_loss(predictions, next_tokens), perplexity(surprises)
    _, axis = plt.subplots(figsize=(7, 3.6))
    positions = np.arange(len(surprises))
    bars = axis.bar(positions, surprises, color=COLOURS[2], hatch=HATCHES[1], edgecolor="white")
    axis.bar_label(bars, fmt="%.2f", padding=2)
    axis.axhline(mean, color=COLOURS[0], linestyle=LINES[1], label=f"mean loss {mean:.2f}")
    axis.set_xticks(
        positions, [f"{word}\np = {p:g}" for word, p in zip(words[1:], probabilities, strict=True)]
    )
    axis.set(
        xlabel="the token that came, and the probability it had been given",
        ylabel="surprise, in nats",
        ylim=(0, 1.2 * max(surprises)),
        title=f"perplexity {options:.2f}, out of a vocabulary of {len(predictions[0])}",
    )
    axis.legend(frameon=False, loc="upper center")
    return (
        "A bar per token, as high as its surprise: "
        + ", ".join(f"{word} {height:.2f}" for word, height in zip(words[1:], surprises, strict=True))
        + f". A dashed line marks the mean loss, {mean:.2f} nats, which is a perplexity of {options:.2f}."
    )
