"""The pictures of Chapter V, drawn by the student's own functions."""

import math
from collections.abc import Callable, Sequence

import matplotlib.pyplot as plt
import numpy as np
from pictures import COLOURS, HATCHES, picture


def spoken(token: str) -> str:
    """A token as the picture's words say it."""
    return token.replace(".", "full stop")


@picture
def rows_of_the_model(bigram_model: Callable, corpus: Sequence[str]) -> str:
    """P(next | previous) as a heat map, one row per previous token."""
    model = bigram_model(list(corpus))
    tokens = sorted(set(corpus))
    grid = np.array([[model.get(before, {}).get(after, 0.0) for after in tokens] for before in tokens])
    figure, axis = plt.subplots(figsize=(7.5, 5.6))
    shades = axis.imshow(grid, cmap="Blues", vmin=0, vmax=1)
    for i, j in np.argwhere(grid > 0):
        ink = "white" if grid[i, j] > 0.55 else "black"
        axis.text(j, i, f"{grid[i, j]:.2f}", ha="center", va="center", fontsize=9, color=ink)
    axis.set_xticks(range(len(tokens)), tokens, rotation=45, ha="right")
    axis.set_yticks(range(len(tokens)), tokens)
    axis.set_xticks(np.arange(len(tokens) + 1) - 0.5, minor=True)
    axis.set_yticks(np.arange(len(tokens) + 1) - 0.5, minor=True)
    axis.grid(which="minor", color="0.85", linewidth=0.6)
    axis.tick_params(which="minor", length=0)
    axis.set(xlabel="next token", ylabel="previous token")
    figure.colorbar(shades, label="P(next | previous)")
    certain = [spoken(before) for before, row in zip(tokens, grid, strict=True) if row.max() > 1 - 1e-9]
    choices = [
        f"after {spoken(before)!r}, "
        + ", ".join(f"{spoken(after)} {p:.2f}" for after, p in zip(tokens, row, strict=True) if p > 0)
        for before, row in zip(tokens, grid, strict=True)
        if 0 < row.max() <= 1 - 1e-9
    ]
    return (
        f"Heat map of the bigram model, {len(tokens)} rows of previous tokens by {len(tokens)} columns of"
        f" next tokens, "
        f"with {np.count_nonzero(grid)} of {grid.size} cells above 0. Rows with a choice:"
        f" {'; '.join(choices)}. "
        f"With a single certain successor: {', '.join(certain)}."
    )


@picture
def a_score_adds_up(
    bigram_model: Callable, score_sentence: Callable, corpus: Sequence[str], sentences: Sequence[str]
) -> str:
    """The log-probability of each sentence so far, token by token."""
    model = bigram_model(list(corpus))
    scored = []
    for sentence in sentences:
        tokens = sentence.split()
        scored.append((tokens, [score_sentence(model, tokens[: n + 1]) for n in range(len(tokens))]))
    lowest = min(score for _, scores in scored for score in scores if math.isfinite(score))
    _, panels = plt.subplots(1, len(scored), figsize=(2.8 * len(scored), 3.4), sharey=True, squeeze=False)
    words = []
    for number, (panel, (tokens, scores)) in enumerate(zip(panels[0], scored, strict=True)):
        colour, marker = COLOURS[number % len(COLOURS)], "osD^"[number % 4]
        finite = [score for score in scores if math.isfinite(score)]
        panel.plot(range(len(finite)), finite, color=colour, linestyle="-", marker=marker)
        for place, score in enumerate(finite):
            # On a level stretch the number stands once.
            if place and score == finite[place - 1]:
                continue
            label = f"{score:.2f}".replace("-", "−")
            panel.annotate(label, (place, score), textcoords="offset points", xytext=(2, 7), fontsize=9.5)
        ending = f"ends at {scores[-1]:.2f}"
        if len(finite) < len(scores):
            arrow = {"arrowstyle": "->", "linestyle": "--", "color": colour}
            panel.annotate("", (len(finite), lowest - 0.9), (len(finite) - 1, finite[-1]), arrowprops=arrow)
            panel.text(len(finite) + 0.1, (lowest + finite[-1]) / 2, "−∞ from\nhere on")
            ending = (
                f"falls to minus infinity at the pair {tokens[len(finite) - 1]!r}, {tokens[len(finite)]!r}"
            )
        panel.set_xticks(range(len(tokens)), tokens, rotation=45, ha="right")
        panel.set(xlim=(-0.4, len(tokens) - 0.4), ylim=(lowest - 1, 0.6), xlabel="token")
        words.append(
            f"'{' '.join(tokens)}' runs through {', '.join(f'{score:.2f}' for score in finite)} and {ending}"
        )
    panels[0, 0].set_ylabel("log-probability so far")
    runs = "; ".join(words)
    return f"{len(words)} lines of the log-probability so far, token by token, each starting at 0: {runs}."


@picture
def greedy_steps(
    bigram_model: Callable, most_likely_continuation: Callable, corpus: Sequence[str], start: str, length: int
) -> str:
    """The row at each step of greedy decoding, and the token taken from it."""
    model = bigram_model(list(corpus))
    added = most_likely_continuation(model, start, length)
    columns = min(2, len(added)) or 1
    rows = math.ceil(len(added) / columns) or 1
    _, panels = plt.subplots(rows, columns, figsize=(3.6 * columns, 2.5 * rows), sharey=True, squeeze=False)
    words = []
    for panel, previous, chosen in zip(panels.flat, [start, *added], added, strict=False):
        row = dict(sorted(model[previous].items()))
        for token, p in row.items():
            taken = token == chosen
            style = (
                {"color": COLOURS[0]}
                if taken
                else {"color": COLOURS[3], "hatch": HATCHES[1], "edgecolor": "white"}
            )
            bar = panel.bar([token], [p], width=0.6, **style)
            panel.bar_label(bar, [f"{p:.2f}\ntaken" if taken else f"{p:.2f}"])
        panel.set_title(f"after “{previous}”", fontsize=11)
        panel.set(xlabel="next token", xlim=(-0.8, max(len(row), 3) - 0.2), ylim=(0, 1.4))
        panel.set_yticks([0, 0.25, 0.5, 0.75, 1])
        choice = ", ".join(f"{spoken(token)} {p:.2f}" for token, p in row.items())
        words.append(f"after {spoken(previous)!r} the choice is {choice}, and {spoken(chosen)!r} is taken")
    for panel in panels.flat[len(added) :]:
        panel.set_axis_off()
    for first in panels[:, 0]:
        first.set_ylabel("P(next | previous)")
    return f"Bar charts of the rows that greedy decoding passes through from {start!r}: {'; '.join(words)}."
