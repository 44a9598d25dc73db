"""The pictures of Chapter VIII. Each is drawn by your own functions and takes numbers that you can change."""

import math
from collections.abc import Callable, Sequence

import matplotlib.pyplot as plt
import numpy as np
from pictures import COLOURS, LINES, picture

Vector = Sequence[float]
Difference = Callable[[Callable[[float], float], float, float], float]


@picture
def secants(forward_difference: Difference, central_difference: Difference, steps: Vector) -> str:
    """The cube at x = 1, with lines through the two points that each difference uses."""

    def f(x):
        return x**3

    x, across = 1.0, np.linspace(-0.2, 2.2, 120)
    _, panels = plt.subplots(1, 2, figsize=(8.4, 3.8), sharey=True)
    said = []
    for panel, name, difference in zip(
        panels, ["forward", "central"], [forward_difference, central_difference], strict=True
    ):
        panel.plot(
            across, f(across), color=COLOURS[3], alpha=0.5, linewidth=6, linestyle="-", label="f(x) = x³"
        )
        panel.plot(
            across,
            1 + 3 * (across - 1),
            color=COLOURS[3],
            linewidth=1,
            linestyle="-",
            label="tangent, slope 3",
        )
        slopes = [difference(f, x, h) for h in steps]
        for h, slope, colour, line, mark in zip(steps, slopes, COLOURS, LINES[1:], "os^", strict=False):
            start = x - h if name == "central" else x
            label = f"h = {h:g}, slope {slope:.2f}"
            panel.plot(
                across,
                f(start) + slope * (across - start),
                color=colour,
                linestyle=line,
                linewidth=1.8,
                label=label,
            )
            panel.plot([start, x + h], [f(start), f(x + h)], color=colour, linestyle="", marker=mark)
        panel.set(ylim=(-2.5, 9), xlabel="x", title=f"{name} difference at x = 1")
        panel.legend(frameon=False, loc="upper left")
        listed = ", ".join(f"{slope:.2f} for h = {h:g}" for h, slope in zip(steps, slopes, strict=True))
        said.append(f"{name} differences have the slopes {listed}")
    panels[0].set_ylabel("f(x)")
    return (
        "The curve x cubed at x = 1 with lines through two of its points: "
        + "; ".join(said)
        + ". The tangent has slope 3."
    )


@picture
def errors_by_step(forward_difference: Difference, central_difference: Difference, at: float) -> str:
    """How far each difference is from the slope of exp, for steps from 1 down to 1e-15."""
    steps = np.geomspace(1e-15, 1, 46)
    _, axis = plt.subplots(figsize=(7, 4))
    said = []
    styles = zip(
        ["forward", "central"], [forward_difference, central_difference], COLOURS, LINES, "os", strict=False
    )
    for name, difference, colour, line, mark in styles:
        errors = np.array([abs(difference(math.exp, at, h) - math.exp(at)) for h in steps.tolist()])
        axis.loglog(
            steps, errors, color=colour, linestyle=line, marker=mark, markersize=4, label=f"{name} difference"
        )
        best = int(np.argmin(errors))
        said.append(
            f"the {name} difference is off by {errors[-1]:.1g} at h = 1, by {errors[0]:.1g} at h = 1e-15, "
            f"and at best by {errors[best]:.0e}, near h = {steps[best]:.0e}"
        )
    axis.axvline(1e-5, color=COLOURS[3], linewidth=0.8, linestyle="-")
    for text, place in (("h = 0.00001", (0.68, 0.95)), ("rounding", (0.1, 0.42)), ("truncation", (0.8, 0.3))):
        axis.text(*place, text, transform=axis.transAxes)
    axis.set(xlabel="step h", ylabel="error of the slope")
    axis.legend(frameon=False, loc="lower left")
    return (
        f"Error of the slope of exp at {at:g} against the step, on logarithmic axes: " + "; ".join(said) + "."
    )


@picture
def valley(
    gradient: Callable[[Callable[[np.ndarray], float], Vector], Vector],
    steepest_descent: Callable[[Vector], Vector],
    narrow: float,
) -> str:
    """The loss w1^2 + narrow w2^2 from above, with gradients and with directions of steepest descent."""

    def loss(w):
        return w[0] ** 2 + narrow * w[1] ** 2

    turns = np.arange(8) * np.pi / 4
    around = [
        (size * np.cos(turns + turn), size * np.sin(turns + turn))
        for size, turn in [(1.3, 0), (2.6, np.pi / 8)]
    ]
    points = [np.array([x, y / math.sqrt(narrow)]) for xs, ys in around for x, y in zip(xs, ys, strict=True)]
    uphill = [np.asarray(gradient(loss, point), dtype=float) for point in points]
    downhill = [np.asarray(steepest_descent(slopes), dtype=float) for slopes in uphill]
    lengths = np.linalg.norm(uphill, axis=1)
    _, panels = plt.subplots(1, 2, figsize=(8.4, 3.4), sharey=True)
    _arrows(
        panels[0],
        loss,
        points,
        np.array(uphill) * 1.1 / lengths.max(),
        COLOURS[0],
        "gradient, drawn shorter than it is",
    )
    _arrows(panels[1], loss, points, np.array(downhill) * 0.6, COLOURS[1], "steepest descent")
    panels[0].set_ylabel("w₂")
    return (
        f"Two maps of the valley w1 squared + {narrow:g} w2 squared, with its bottom, a cross, at (0, 0). On"
        f" the left {len(points)} gradients point outwards, uphill, at right angles to the contours, with"
        f" magnitudes from {lengths.min():.1f} to {lengths.max():.1f}. On the right arrows of magnitude"
        f" {np.linalg.norm(downhill[0]):.0f} start from the same points and lead inwards, downhill."
    )


def _arrows(panel, loss, points, arrows, colour, title) -> None:
    across, up = np.linspace(-4, 4, 120), np.linspace(-2.8, 2.8, 100)
    heights = loss(np.array(np.meshgrid(across, up)))
    levels = [0.4, 1.69, 3.8, 6.76, 10.6, 15.2]
    panel.contour(
        across, up, heights, levels=levels, colors=COLOURS[3], alpha=0.6, linewidths=1, linestyles="-"
    )
    panel.quiver(
        *np.transpose(points),
        *np.transpose(arrows),
        color=colour,
        angles="xy",
        scale_units="xy",
        scale=1,
        width=0.006,
    )
    panel.plot(*np.transpose(points), color=colour, linestyle="", marker="o", markersize=4)
    panel.plot(0, 0, color=COLOURS[3], linestyle="", marker="x", markersize=8)
    panel.set(aspect="equal", xticks=range(-3, 4), ylim=(-2.8, 2.8), title=title, xlabel="w₁")


@picture
def pushes(
    softmax_cross_entropy_gradient: Callable[[Vector, int], Vector], logits: Vector, target: int
) -> str:
    """One arrow per logit: the push of a training step, which goes against the slope."""
    slopes = np.asarray(softmax_cross_entropy_gradient(logits, target), dtype=float)
    tokens = np.arange(len(logits))
    _, axis = plt.subplots(figsize=(7, 3.6))
    axis.bar(tokens, logits, width=0.5, color=COLOURS[2], edgecolor="white", label="logit")
    for token, logit, slope in zip(tokens.tolist(), logits, slopes.tolist(), strict=True):
        colour = COLOURS[1] if token == target else COLOURS[0]
        beside = token + 0.36
        axis.quiver(
            beside,
            logit,
            0,
            -slope,
            color=colour,
            angles="xy",
            scale_units="xy",
            scale=1,
            width=0.006,
            zorder=3,
        )
        axis.annotate(
            f"{-slope:+.2f}",
            (beside, logit - slope / 2),
            xytext=(7, 0),
            textcoords="offset points",
            va="center",
        )
    names = [f"token {token}" + ("\nthe target" if token == target else "") for token in tokens.tolist()]
    axis.set_xticks(tokens, names)
    axis.axhline(0, color=COLOURS[3], linewidth=0.8, linestyle="-")
    ends = [0.0, *logits, *(np.asarray(logits) - slopes).tolist()]
    axis.set(
        ylabel="logit, and its push", xlim=(-0.6, len(logits) - 0.1), ylim=(min(ends) - 0.4, max(ends) + 0.4)
    )
    return (
        "A bar per token, as high as its logit, and beside it an arrow for the push of one training step"
        f" towards token {target}: "
        + ", ".join(f"token {token} {-slope:+.2f}" for token, slope in enumerate(slopes.tolist()))
        + "."
    )
