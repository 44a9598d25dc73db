"""The pictures of Chapter IV, drawn by the student's own functions."""

from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
from pictures import COLOURS, LINES, picture


@picture
def mirror_images(exp_of_sum: Callable, log_product: Callable) -> str:
    """exp and ln on one grid, each the other's image across the diagonal."""

    def exponential(x: float) -> float:
        return exp_of_sum([float(x)])

    def logarithm(x: float) -> float:
        return log_product([float(x)]) if x <= 1 else -log_product([float(1 / x)])

    left_to_right, above_zero = np.linspace(-3, 1.2, 120), np.geomspace(0.05, 3.3, 120)
    _, axis = plt.subplots(figsize=(5, 5))
    axis.axhline(0, color=COLOURS[3], linewidth=0.5, linestyle="-", zorder=0)
    axis.axvline(0, color=COLOURS[3], linewidth=0.5, linestyle="-", zorder=0)
    axis.axline((0, 0), slope=1, color=COLOURS[3], linestyle=":", linewidth=1)
    axis.text(-2.2, -1.95, "the diagonal y = x", rotation=45, ha="center", va="center")
    for style, xs, curve, name in (
        (0, left_to_right, exponential, "exp(x)"),
        (1, above_zero, logarithm, "ln(x)"),
    ):
        axis.plot(xs, [curve(x) for x in xs], color=COLOURS[style], linestyle=LINES[style], label=name)
    for x in (-1.5, 0.0, 0.8):
        y = exponential(x)
        axis.plot(
            [x, y],
            [y, logarithm(y)],
            color=COLOURS[3],
            marker="o",
            markersize=5,
            linewidth=0.8,
            linestyle="-",
        )
    axis.set(xlim=(-3.2, 3.4), ylim=(-3.2, 3.4), xlabel="x", ylabel="y", aspect="equal")
    axis.legend(frameon=False, loc="upper left")
    rising = ", ".join(f"{exponential(x):.2f} at x = {x:g}" for x in (-3, 0, 0.8))
    slow = ", ".join(f"{logarithm(x):.2f} at x = {x:g}" for x in (0.05, 1, 3.3))
    return (
        f"Two curves on one grid. exp(x) is positive everywhere: {rising}. ln(x) exists only for x above 0:"
        f" {slow}. "
        "Three grey lines each join a point of exp to the point of ln with the two coordinates swapped, "
        "and cross the diagonal at a right angle."
    )


@picture
def product_and_log_sum(product_via_logs: Callable, log_product: Callable, tokens: int) -> str:
    """The product of the first n probabilities, and the sum of their logarithms, as n grows."""
    probabilities = np.random.default_rng(4).uniform(0.05, 0.95, tokens)
    lengths = np.unique(np.linspace(1, tokens, 140).astype(int))
    products = np.array([product_via_logs(probabilities[:n]) for n in lengths])
    log_sums = np.array([log_product(probabilities[:n]) for n in lengths])
    alive = products > 0
    last, end = int(lengths[alive][-1]), int(lengths[-1])
    _, (top, bottom) = plt.subplots(2, 1, figsize=(7, 5), sharex=True)
    top.semilogy(lengths[alive], products[alive], color=COLOURS[0], linestyle=LINES[0])
    top.plot(last, products[alive][-1], "o", color=COLOURS[0], clip_on=False)
    top.set_yticks([1, 1e-100, 1e-200, 1e-300])
    top.minorticks_off()
    top.set_ylabel("product (logarithmic)")
    bottom.plot(lengths, log_sums, color=COLOURS[1], linestyle=LINES[1])
    bottom.set(xlabel="number of tokens n", ylabel="sum of logarithms")
    fate = "never reaches 0 here"
    if last < end:
        fate = "is exactly 0 at every greater length drawn"
        top.text((last + end) / 2, 1e-150, "the product is\nexactly 0.0", ha="center", va="center")
        bottom.text((last + end) / 2, log_sums[-1] / 3, "the sum goes on", ha="center", va="center")
        for axis in (top, bottom):
            axis.axvline(last, color=COLOURS[3], linestyle=":", linewidth=1)
    return (
        f"Two panels over the length of a text. Above, the product falls to {products[alive][-1]:.0e} at"
        f" {last} tokens "
        f"and {fate}. Below, the sum of logarithms falls almost in a straight line: "
        f"{log_sums[lengths == last][0]:.0f} at {last} tokens, {log_sums[-1]:.0f} at {end}."
    )


@picture
def how_long_a_product_lasts(underflow_length: Callable, page: int) -> str:
    """How many factors p it takes until their product is 0, beside the tokens of a page."""
    chances = np.round(np.arange(0.02, 0.991, 0.01), 2)
    lengths = [underflow_length(float(p)) for p in chances]
    _, axis = plt.subplots(figsize=(7, 3.6))
    axis.axvspan(0.1, 0.3, facecolor=COLOURS[3], alpha=0.2, linewidth=0, zorder=0)
    axis.text(0.2, 2e4, "English prose", ha="center")
    axis.semilogy(chances, lengths, color=COLOURS[0], linestyle=LINES[0])
    axis.axhline(page, color=COLOURS[1], linestyle=LINES[1])
    axis.annotate(
        f"a page of {page} tokens",
        (0.98, page),
        xytext=(0, -4),
        textcoords="offset points",
        ha="right",
        va="top",
    )
    axis.set(xlim=(0, 1), xlabel="probability p of each token", ylabel="tokens until p ** n is 0.0")
    longest = max((p for p, n in zip(chances, lengths, strict=True) if n <= page), default=0.0)
    return (
        f"A rising curve of the number of tokens at which the product becomes 0: {lengths[0]} at p ="
        f" {chances[0]:.2f}, "
        f"{underflow_length(0.5)} at p = 0.50, {lengths[-1]} at p = {chances[-1]:.2f}. A level line marks a"
        f" page of {page} "
        f"tokens: up to p = {longest:.2f} the product is 0 before the page is full. "
        "A shaded band marks English prose, from p = 0.1 to p = 0.3."
    )
