"""Chapter IX's pictures: walks downhill, jittering batches, the losses of a model that trains, and a backward
pass beside nudges."""

from collections.abc import Callable, Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from pictures import COLOURS, LINES, picture

MARKERS = "os^D"


@picture
def walks_down_a_parabola(gradient_descent: Callable, rates: Sequence[float], steps: int = 10) -> str:
    """Figure 6: the same loss and the same start at several learning rates."""
    landscape = np.linspace(-2, 10, 200)
    rows = -(-len(rates) // 2)
    figure, axes = plt.subplots(rows, 2, figsize=(7.5, 2.8 * rows), sharex=True, sharey=True, squeeze=False)
    words = []
    for axis, rate in zip(axes.flat, rates, strict=False):
        path = np.asarray(gradient_descent(lambda w: 2 * (w - 4), 1.0, rate, steps))
        losses = (path - 4) ** 2
        axis.plot(landscape, (landscape - 4) ** 2, color="0.75", linestyle="-")
        axis.plot(path, losses, color=COLOURS[0], linestyle="-", marker="o", markersize=4, linewidth=1)
        axis.plot(
            path[:1], losses[:1], color=COLOURS[1], linestyle="", marker="s", markersize=8, label="start"
        )
        axis.plot([4], [0], color="black", linestyle="", marker="x", markersize=8, label="minimum")
        axis.set_title(f"α = {rate:g}: ends at w = {path[-1]:.3g}".replace("-", "−"), fontsize=10)
        words.append(f"with α = {rate:g} the weight ends at {path[-1]:.4g}, with a loss of {losses[-1]:.3g}")
    for axis in axes.flat[len(rates) :]:
        axis.set_axis_off()
    axes[0, 0].set_xlim(-2.5, 10.5)
    axes[0, 0].set_ylim(-1.5, 37)
    figure.supxlabel("weight w", fontsize=10)
    figure.supylabel("loss (w − 4)²", fontsize=10)
    axes[0, 0].legend(frameon=False, loc="upper center")
    return (
        f"Walks of {steps} steps down the parabola (w − 4)² from w = 1, where the loss is 9: "
        f"{'; '.join(words)}. The minimum is at w = 4."
    )


@picture
def jitter_of_batches(sgd: Callable, sizes: Sequence[int], learning_rate: float) -> str:
    """One pass over 256 numbers around 4, in batches of several sizes."""
    data = 4 + 2 * np.random.default_rng(5).standard_normal(256)
    _, axis = plt.subplots(figsize=(7, 3.4))
    axis.axhline(data.mean(), color="black", linestyle=":", linewidth=1.2, label="mean of all 256")
    words = []
    for size, colour, line, marker in zip(sizes, COLOURS, LINES, MARKERS, strict=False):
        walk = [0.0]
        for at in range(0, len(data), size):
            walk.append(
                float(
                    sgd(lambda w, batch: w - np.mean(batch), walk[-1], [data[at : at + size]], learning_rate)
                )
            )
        seen = np.minimum(np.arange(len(walk)) * size, len(data))
        axis.plot(
            seen,
            walk,
            color=colour,
            linestyle=line,
            marker=marker,
            markevery=max(1, len(walk) // 16),
            markersize=4,
            linewidth=1.2,
            label=f"batches of {size}",
        )
        late = np.asarray(walk[len(walk) // 2 :])
        words.append(
            f"batches of {size} make {len(walk) - 1} steps and end at {walk[-1]:.2f}, "
            f"between {late.min():.2f} and {late.max():.2f} in the second half"
        )
    axis.set_xlabel("numbers seen")
    axis.set_ylabel("weight w")
    axis.legend(frameon=False, loc="lower right")
    return (
        f"The weight during one pass over 256 numbers with the mean {data.mean():.2f}, from 0, at α = "
        f"{learning_rate:g}: {'; '.join(words)}."
    )


@picture
def loss_curves(mean_loss: Callable, runs: Mapping[str, Callable], lowest: float) -> str:
    """The loss of several runs after each pass, and what is left of it above the lowest possible one.

    runs: for each name a function that trains and returns the weights after each pass.
    """
    _, (left, right) = plt.subplots(1, 2, figsize=(8.4, 3.6))
    words = []
    for (name, train), colour, line, marker in zip(runs.items(), COLOURS, LINES, MARKERS, strict=False):
        losses = np.array([mean_loss(weights) for weights in train()])
        style = {
            "color": colour,
            "linestyle": line,
            "marker": marker,
            "markevery": 5,
            "markersize": 5,
            "label": name,
        }
        left.plot(losses, **style)
        right.semilogy(losses - lowest, **style)
        words.append(
            f"{name}: from {losses[0]:.3f} to {losses[len(losses) // 4]:.3f} after a quarter of the "
            f"passes and {losses[-1]:.3f} at the end"
        )
    left.axhline(lowest, color="black", linestyle=":", linewidth=1.2, label=f"lowest possible, {lowest:g}")
    left.set_ylim(0.5, 2.6)
    left.set_ylabel("mean loss (from 0.5)")
    left.legend(frameon=False)
    right.set_ylabel("above the lowest (logarithmic)")
    for axis in (left, right):
        axis.set_xlabel("passes over the corpus")
    return (
        f"Mean loss against passes over the corpus, and beside it the same less {lowest:g}, the lowest "
        f"possible: {'; '.join(words)}."
    )


@picture
def along_a_valley(
    gradient_descent: Callable, adam_step: Callable, turned: float = 0, steps: int = 60
) -> str:
    """Plain descent, momentum and Adam in a valley a hundred times as curved across as along.

    turned: by how many degrees the valley is turned away from the axis of weight 1.
    """
    angle = np.radians(turned)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    curvature = turn @ np.diag([1.0, 100.0]) @ turn.T
    start = turn @ np.array([-4.0, 1.0])

    def slope(w: np.ndarray) -> np.ndarray:
        return curvature @ np.asarray(w)

    momentum, u = [start], np.zeros(2)
    for _ in range(steps):
        u = 0.8 * u + slope(momentum[-1])
        momentum.append(momentum[-1] - 0.018 * u)
    adam, m, v = [start], np.zeros(2), np.zeros(2)
    for t in range(1, steps + 1):
        moved, m, v = adam_step(adam[-1], slope(adam[-1]), m, v, t, learning_rate=0.5)
        adam.append(np.asarray(moved))
    walks = {
        "plain descent, α = 0.018": np.asarray(gradient_descent(slope, start, 0.018, steps)),
        "momentum, α = 0.018, μ = 0.8": np.array(momentum),
        "Adam, α = 0.5": np.array(adam),
    }

    figure, (left, right) = plt.subplots(1, 2, figsize=(8.4, 4), width_ratios=[3, 2])
    reach = 4.8 if turned else 1.6
    across, up = np.meshgrid(np.linspace(-5, 2.5, 151), np.linspace(-reach, reach, 151))
    heights = (curvature[0, 0] * across**2 + 2 * curvature[0, 1] * across * up + curvature[1, 1] * up**2) / 2
    left.contour(
        across, up, heights, levels=[0.5, 2, 8, 20, 40, 70], colors="0.8", linewidths=0.8, linestyles="-"
    )
    words = []
    for (name, walk), colour, line, marker in zip(walks.items(), COLOURS, LINES, MARKERS, strict=False):
        losses = np.einsum("ki,ij,kj->k", walk, curvature, walk) / 2
        left.plot(
            walk[:, 0], walk[:, 1], color=colour, linestyle=line, marker=marker, markersize=3, linewidth=1
        )
        right.semilogy(
            losses, color=colour, linestyle=line, marker=marker, markevery=5, markersize=4, label=name
        )
        words.append(
            f"{name}: {losses[0]:.3g}, then {losses[steps // 2]:.2g} after {steps // 2} steps and "
            f"{losses[-1]:.2g} after {steps}"
        )
    left.plot([0], [0], color="black", linestyle="", marker="x", markersize=9)
    left.set_xlim(-5, 2.5)
    left.set_ylim(-reach, reach)
    left.set_xlabel("weight 1")
    left.set_ylabel("weight 2")
    right.set_xlabel("step")
    right.set_ylabel("loss (logarithmic)")
    figure.legend(*right.get_legend_handles_labels(), frameon=False, loc="outside upper center", ncols=3)
    return (
        f"Three walks towards the bottom of a narrow valley, turned by {turned:g} degrees, and beside them "
        f"their losses. {'; '.join(words)}."
    )


@picture
def adam_led_astray(
    adam_step: Callable,
    slopes: Sequence[float],
    settings: Sequence[tuple[float, float]],
    learning_rate: float = 0.01,
    steps: int = 300,
) -> str:
    """One weight whose slopes repeat in a cycle: Adam at several (beta1, beta2), beside plain descent."""
    _, axis = plt.subplots(figsize=(7, 3.4))
    seen = [slopes[t % len(slopes)] for t in range(steps)]
    plain = np.concatenate([[0.0], -learning_rate * np.cumsum(seen)])
    axis.plot(plain, color="0.5", linestyle=":", label="plain descent")
    words = [f"plain descent ends at {plain[-1]:.2f}"]
    for (beta1, beta2), colour, line in zip(settings, COLOURS, LINES, strict=False):
        walk, m, v = [0.0], 0.0, 0.0
        for t, slope in enumerate(seen, start=1):
            w, m, v = adam_step(walk[-1], slope, m, v, t, learning_rate, beta1, beta2)
            walk.append(float(w))
        name = f"Adam, β1 = {beta1:g}, β2 = {beta2:g}"
        axis.plot(walk, color=colour, linestyle=line, label=name)
        words.append(f"{name} ends at {walk[-1]:.2f}")
    axis.axhline(0, color="0.8", linewidth=0.8, linestyle="-", zorder=0)
    axis.set_xlabel("step")
    axis.set_ylabel("weight w")
    axis.legend(frameon=False)
    cycle = ", ".join(f"{slope:g}" for slope in slopes)
    return (
        f"A weight that starts at 0 and whose slopes repeat {cycle}, over {steps} steps at α = "
        f"{learning_rate:g}: {'; '.join(words)}."
    )


@picture
def learned_table(next_token_table: Callable, vocabulary: Sequence[str], train: Callable) -> str:
    """The distribution over the next token that a trained model has learned, one row per token before."""
    learned = np.asarray(next_token_table(train()))
    figure, axis = plt.subplots(figsize=(6, 4.8))
    shown = axis.imshow(learned, vmin=0, vmax=1, cmap="Greys")
    axis.set_xticks(range(len(vocabulary)), vocabulary, rotation=60, ha="right")
    axis.set_yticks(range(len(vocabulary)), vocabulary)
    for row, column in np.argwhere(learned > 0.05):
        chance = learned[row, column]
        ink = "white" if chance > 0.5 else "black"
        axis.text(column, row, f"{chance:.2f}", ha="center", va="center", fontsize=8, color=ink)
    axis.set_xlabel("next token")
    axis.set_ylabel("token before")
    figure.colorbar(shown, ax=axis, label="probability learned")
    the = learned[vocabulary.index("the")]
    likely = ", ".join(f"{vocabulary[i]} {the[i]:.2f}" for i in np.argsort(-the)[:3])
    return (
        "The table of next-token probabilities after training, as a map of greys, one row per token before. "
        f"After 'the' the likeliest are {likely}."
    )


@picture
def backward_against_nudges(backward: Callable, nudge: float = 1e-5) -> str:
    """How far each slope of a small random network is from the one that nudging its weight gives."""
    rng = np.random.default_rng(7)
    x, target = rng.normal(size=3), 2
    layers = [rng.normal(size=(4, 3)), rng.normal(size=(5, 4))]
    _loss, *slopes = backward(x, target, *layers)
    _, axis = plt.subplots(figsize=(7, 3.4))
    words, first = [], 1
    for which, (name, layer) in enumerate(zip(["W1", "W2"], layers, strict=True)):
        nudged = np.zeros(layer.shape)
        for at in np.ndindex(layer.shape):
            losses = []
            for side in (nudge, -nudge):
                moved = [np.array(one) for one in layers]
                moved[which][at] += side
                losses.append(backward(x, target, *moved)[0])
            nudged[at] = (losses[0] - losses[1]) / (2 * nudge)
        found = np.asarray(slopes[which], dtype=float)
        gaps = np.abs(found - nudged).ravel()
        places = np.arange(first, first + gaps.size)
        first += gaps.size
        style = {"color": COLOURS[which], "linestyle": "", "marker": MARKERS[which], "markersize": 5}
        # A difference of exactly 0 has no place on a logarithmic axis; 1e-16 is the last bit of a number near
        # 1.
        axis.semilogy(places, np.maximum(gaps, 1e-16), label=f"d{name}: difference", **style)
        axis.semilogy(
            places,
            np.abs(nudged).ravel(),
            label=f"d{name}: size of the slope",
            markerfacecolor="none",
            alpha=0.6,
            **style,
        )
        words.append(
            f"for {name} the {gaps.size} slopes are up to {np.abs(nudged).max():.2g} in size and off by "
            f"{gaps.max():.1g} at most"
        )
    axis.set_ylim(1e-17, 1e2)
    axis.set_xlabel("weight, one after another")
    axis.set_ylabel("size (logarithmic)")
    axis.legend(frameon=False, ncols=2, loc="lower center", fontsize=9)
    return f"Slopes from backward against slopes by nudging, for a random network: {'; '.join(words)}."
