"""The pictures of Chapter VI, drawn by the student's own functions."""

from collections.abc import Callable, Sequence

import matplotlib.pyplot as plt
import numpy as np
from pictures import COLOURS, HATCHES, LINES, picture

TOKENS = ["tea", "coffee", "gravel"]


@picture
def before_and_after(softmax: Callable, logits: Sequence[float]) -> str:
    """Logits, their probabilities, and the probabilities again where equal distances are equal ratios."""
    probabilities = np.asarray(softmax(list(logits)), dtype=float)
    places = np.arange(len(logits))
    _, (left, middle, right) = plt.subplots(1, 3, figsize=(8.4, 3.2))
    left.plot(places, logits, "o", color=COLOURS[1])
    left.set(ylabel="logit", title="logits")
    bars = middle.bar(places, probabilities, color=COLOURS[0])
    middle.bar_label(bars, fmt="%.2f", padding=2)
    middle.set(ylabel="probability", title="probabilities", ylim=(0, 1.1))
    right.semilogy(places, probabilities, "o", color=COLOURS[0])
    right.set(ylabel="probability (logarithmic)", title="the same, as ratios")
    right.minorticks_off()
    for panel in (left, middle, right):
        panel.set_xticks(places, [f"token {place}" for place in places], rotation=30)
    # One unit of the logit is as high as one factor of e, so that both patterns of dots have the same shape.
    low, high = min(logits) - 0.6, max(logits) + 0.6
    top = probabilities.max() * np.exp(0.6)
    left.set_ylim(low, high)
    right.set_ylim(top * np.exp(low - high), top)
    for axis, levels, form in ((left, logits, "{:g}"), (right, probabilities, "{:.2f}")):
        for place, level in zip(places, levels, strict=True):
            label = form.format(level).replace("-", "−")
            axis.annotate(label, (place, level), xytext=(6, 4), textcoords="offset points")
        for level in levels:
            axis.axhline(level, color=COLOURS[3], linestyle=":", linewidth=0.8, zorder=0)
    pairs = "; ".join(f"logit {z:g} becomes {p:.2f}" for z, p in zip(logits, probabilities, strict=True))
    return (
        f"Three panels of the same {len(logits)} tokens. Left, the logits as dots; in the middle, the"
        f" probabilities as bars; "
        f"right, the probabilities as dots on a logarithmic axis, in the same pattern as the logits. {pairs}."
    )


@picture
def three_temperatures(softmax_with_temperature: Callable, temperatures: Sequence[float]) -> str:
    """The logits 1, 0 and -1 at each temperature."""
    _, axes = plt.subplots(
        1, len(temperatures), figsize=(2.8 * len(temperatures), 2.8), sharey=True, squeeze=False
    )
    words = []
    for number, (axis, temperature) in enumerate(zip(axes[0], temperatures, strict=True)):
        probabilities = np.asarray(softmax_with_temperature([1.0, 0.0, -1.0], temperature), dtype=float)
        style = number % len(COLOURS)
        bars = axis.bar(TOKENS, probabilities, color=COLOURS[style], hatch=HATCHES[style], edgecolor="white")
        axis.bar_label(bars, fmt="%.2f", padding=2)
        axis.set(title=f"T = {temperature:g}", xlabel="token", ylim=(0, 1.1))
        words.append(f"at T = {temperature:g}, " + ", ".join(f"{p:.2f}" for p in probabilities))
    axes[0, 0].set_ylabel("probability")
    return (
        "Bar charts of the probabilities of tea, coffee and gravel, whose logits are 1, 0 and −1: "
        + "; ".join(words)
        + "."
    )


@picture
def from_greedy_to_uniform(softmax_with_temperature: Callable, logits: Sequence[float]) -> str:
    """One curve per token, over temperatures from 0.05 to 50."""
    temperatures = np.geomspace(0.05, 50, 120)
    curves = np.array(
        [softmax_with_temperature(list(logits), float(temperature)) for temperature in temperatures]
    )
    _, axis = plt.subplots(figsize=(7, 3.4))
    for number, (logit, curve) in enumerate(zip(logits, curves.T, strict=True)):
        style = number % len(COLOURS)
        axis.semilogx(
            temperatures, curve, color=COLOURS[style], linestyle=LINES[style], label=f"logit {logit:g}"
        )
    axis.axhline(1 / len(logits), color=COLOURS[3], linewidth=0.8, linestyle=":")
    axis.set(xlabel="temperature T (logarithmic)", ylabel="probability", ylim=(-0.03, 1.05))
    axis.legend(frameon=False)
    low, high = (", ".join(f"{p:.2f}" for p in curves[end]) for end in (0, -1))
    return (
        f"{len(logits)} curves of probability against temperature, one per logit"
        f" ({', '.join(f'{z:g}' for z in logits)}). "
        f"At T = 0.05 they start at {low}; at T = 50 they have come together at {high}."
    )


@picture
def many_draws(sample: Callable, probabilities: Sequence[float], draws: int) -> str:
    """How often each token came up in so many draws, beside the probability it had."""
    tokens = [sample(list(probabilities), float(u)) for u in np.random.default_rng(3).random(draws)]
    shares = np.bincount(tokens, minlength=len(probabilities)) / draws
    _, axis = plt.subplots(figsize=(7, 3.2))
    places = np.arange(len(probabilities))
    wanted = axis.bar(places - 0.2, probabilities, width=0.36, color=COLOURS[0], label="probability")
    found = axis.bar(
        places + 0.2,
        shares,
        width=0.36,
        color=COLOURS[2],
        hatch=HATCHES[1],
        edgecolor="white",
        label=f"fraction of {draws} draws",
    )
    for bars in (wanted, found):
        axis.bar_label(bars, fmt="%.2f", padding=2)
    axis.set_xticks(places, [f"token {place}" for place in places])
    axis.set(xlabel="token", ylabel="probability, or fraction", ylim=(0, 1.2 * max(*probabilities, *shares)))
    axis.legend(frameon=False)
    pairs = "; ".join(
        f"token {i}: probability {p:.2f}, fraction {s:.2f}"
        for i, (p, s) in enumerate(zip(probabilities, shares, strict=True))
    )
    return f"A bar chart of tokens: the probability of each beside its fraction of {draws} draws. {pairs}."
