"""The capstone's pictures: attention before and after it learned to reverse, and losses as they fall."""

import math
from itertools import pairwise
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from pictures import COLOURS, LINES, picture


@picture
def from_grey_to_a_diagonal(run: dict[str, Any]) -> str:
    """Stage 1: the attention map before and after training, and the loss in between."""
    symbols = list("cabde|edbac")
    figure, axes = plt.subplot_mosaic([["before", "after"], ["loss", "loss"]], figsize=(8.4, 5))
    for when, weights in zip(["before", "after"], run["maps"], strict=True):
        axis = axes[when]
        # Only the rows that write are of interest: the bar, and what follows it.
        axis.imshow(np.array(weights)[5:], cmap="Greys", vmin=0, vmax=1)
        axis.set_xticks(range(11), symbols)
        axis.set_yticks(range(6), [f"{given} → {wanted}" for given, wanted in pairwise("|edbac.")])
        axis.set_xlabel("symbol looked at")
        axis.set_title(f"attention {when} training")
        axis.spines[:].set(visible=True, color="0.6")
    loss = axes["loss"]
    loss.plot(range(len(run["losses"])), run["losses"], color=COLOURS[0])
    loss.axhline(math.log(8), color=COLOURS[3], linestyle=LINES[2])
    loss.text(len(run["losses"]), math.log(8), "ln 8", ha="right", va="bottom")
    loss.set_xlabel("step")
    loss.set_ylabel("loss per symbol")
    figure.suptitle(f"Stage 1, {run['by']}", fontsize=10)
    looked = ", ".join(
        f"{said} at {symbols[int(np.argmax(row))]} with {max(row):.2f}"
        for said, row in zip("edbac.", run["maps"][1][5:], strict=True)
    )
    largest = max(max(row) for row in run["maps"][0][5:])
    return (
        "Two maps of attention, one row per symbol to be written and one column per symbol looked at. "
        f"Before training no weight exceeds {largest:.2f}: all grey. After it, the largest weights are, to "
        f"write {looked}. "
        f"Beside them the loss, which falls from {run['losses'][0]:.3f} to {run['losses'][-1]:.3f}."
    )


@picture
def losses_of_the_rhyme(masked: dict[str, Any], unmasked: dict[str, Any]) -> str:
    """Stage 2: the training loss with the mask and without, beside a uniform guess and a counted bigram."""
    figure, axis = plt.subplots(figsize=(7.5, 3.8))
    for run, label, colour, line in zip(
        [masked, unmasked], ["with the causal mask", "without a mask"], COLOURS, LINES, strict=False
    ):
        steps = np.linspace(0, run["steps"], len(run["losses"]))
        axis.plot(steps, run["losses"], color=colour, linestyle=line, marker="o", label=label)
    for height, label in [(math.log(26), "uniform guess, ln 26"), (masked["bigram"], "counted bigram")]:
        axis.axhline(height, color=COLOURS[3], linestyle=LINES[3])
        axis.text(masked["steps"], height, label, ha="right", va="bottom")
    axis.set_xlabel("step")
    axis.set_ylabel("training loss per character")
    axis.set_ylim(0, 3.6)
    axis.legend(frameon=False)
    figure.suptitle(f"Stage 2, {masked['by']}", fontsize=10)
    return (
        f"Two curves against the step. With the mask the loss falls from {masked['losses'][0]:.3f} to "
        f"{masked['losses'][-1]:.3f}, without it to {unmasked['losses'][-1]:.3f}. A uniform guess would have "
        f"{math.log(26):.3f}, the counted bigram has {masked['bigram']:.3f}."
    )
