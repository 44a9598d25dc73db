"""The pictures of Chapter III. Each is drawn by your own functions and takes numbers that you can change."""

from collections.abc import Callable, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from pictures import COLOURS, HATCHES, LINES, picture

Vector = Sequence[float]
Matrix = Sequence[Sequence[float]]

LETTER_F = [
    [0, 0],
    [0, 3],
    [2, 3],
    [2, 2.4],
    [0.6, 2.4],
    [0.6, 1.8],
    [1.5, 1.8],
    [1.5, 1.2],
    [0.6, 1.2],
    [0.6, 0],
]


@picture
def grid_under(matvec: Callable[[Matrix, Vector], Vector], W: Matrix) -> str:
    """A square grid before and after a (2, 2) matrix, with the two unit arrows."""
    ticks = range(-2, 3)
    lines = [([t, -2], [t, 2]) for t in ticks] + [([-2, t], [2, t]) for t in ticks]
    square = [[0, 0], [1, 0], [1, 1], [0, 1]]
    _, axes = plt.subplots(1, 2, figsize=(8.4, 3.8), sharex=True, sharey=True)
    ends = []
    for axis, title, move in [(axes[0], "before: v", list), (axes[1], "after: Wv", lambda v: matvec(W, v))]:
        for start, end in lines:
            (x0, y0), (x1, y1) = move(start), move(end)
            axis.plot([x0, x1], [y0, y1], color=COLOURS[3], linestyle="-", linewidth=0.7)
        corners = np.transpose([move(corner) for corner in square])
        axis.fill(
            *corners, facecolor=COLOURS[2], alpha=0.45, hatch=HATCHES[1], edgecolor=COLOURS[3], linewidth=0
        )
        for unit, colour, line in [([1, 0], COLOURS[0], LINES[0]), ([0, 1], COLOURS[1], LINES[1])]:
            x, y = move(unit)
            _arrow(axis, (x, y), colour, line)
            ends.append(f"[{x:g}, {y:g}]")
        # Above the drawing and not in it, where the text stays readable over any grid.
        title = f"{title}\nsolid to {ends[-2]}, dashed to {ends[-1]}"
        axis.set(title=title, xlabel="component 1", aspect="equal")
    axes[0].set_ylabel("component 2")
    return (
        f"The plane twice. On the left a square grid, with the arrows {ends[0]} and {ends[1]} along the"
        " sides of a shaded unit square. "
        f"On the right the same after the matrix {[list(row) for row in W]}: straight and parallel lines"
        " again, at other angles and distances. "
        f"The arrows now end at {ends[2]} and {ends[3]}, the two columns of the matrix."
    )


@picture
def two_orders(
    compose: Callable[[Matrix, Matrix], Matrix],
    matvec: Callable[[Matrix, Vector], Vector],
    turn: Matrix,
    stretch: Matrix,
) -> str:
    """A letter F under two matrices, in both orders."""
    cases = [
        ("the letter", [[1, 0], [0, 1]]),
        ("turn, then stretch", compose(stretch, turn)),
        ("stretch, then turn", compose(turn, stretch)),
    ]
    _, axes = plt.subplots(1, 3, figsize=(8.4, 2.5), sharex=True, sharey=True)
    said = []
    for axis, (title, matrix), colour, hatch in zip(axes, cases, COLOURS, HATCHES, strict=False):
        corners = np.array([matvec(matrix, corner) for corner in LETTER_F], dtype=float)
        axis.axhline(0, color=COLOURS[3], linestyle="-", linewidth=0.6, zorder=0)
        axis.axvline(0, color=COLOURS[3], linestyle="-", linewidth=0.6, zorder=0)
        axis.fill(*corners.T, facecolor=colour, hatch=hatch, edgecolor="white")
        axis.plot(0, 0, "o", color=COLOURS[3], markersize=5)
        axis.set(title=title, xlabel="component 1", aspect="equal")
        wide, high = np.ptp(corners, axis=0)
        said.append(
            f"{title}, {wide:g} wide and {high:g} high, the top of its stem at [{corners[1, 0]:g},"
            f" {corners[1, 1]:g}]"
        )
    axes[0].set_ylabel("component 2")
    return (
        "Three drawings of a letter F with the foot of its stem at the origin: " + "; ".join(said) + ". "
        "The stretch draws out whatever lies along component 1 at the time."
    )


@picture
def low_rank_update(parameter_count: Callable[[Sequence[tuple[int, ...]]], int], size: int, rank: int) -> str:
    """A square matrix and the two factors of a low-rank update, to scale, with what each way has to learn."""
    whole, factors = parameter_count([(size, size)]), parameter_count([(size, rank), (rank, size)])
    _, axis = plt.subplots(figsize=(8.4, 3.6))
    gap = 0.25 * size
    blocks = [
        (0, 0, size, size, f"a full update\n({size} × {size})"),
        (size + gap, 0, rank, size, f"B\n({size} × {rank})"),
        (size + 2 * gap + rank, size - rank, size, rank, f"A\n({rank} × {size})"),
    ]
    for (x, y, wide, high, name), colour, hatch in zip(blocks, COLOURS, HATCHES, strict=False):
        axis.add_patch(plt.Rectangle((x, y), wide, high, facecolor=colour, edgecolor=colour, hatch=hatch))
        axis.text(x + wide / 2, y - 0.06 * size, name, ha="center", va="top")
    axis.set_title(f"to learn: {whole:,} parameters, or {factors:,}, which is {factors / whole:.2%}")
    axis.set(xlim=(-0.1 * size, 2 * size + 2 * gap + rank + 0.1 * size), ylim=(-0.35 * size, 1.05 * size))
    axis.set(aspect="equal", xlabel="columns", ylabel="rows", xticks=[], yticks=[])
    return (
        f"Three rectangles to scale: a square of {size} by {size}; beside it B, {size} rows by {rank}"
        f" columns, and A, {rank} rows by {size} "
        f"columns. The square has {whole:,} parameters, B and A together {factors:,}, which is"
        f" {factors / whole:.2%}."
    )


@picture
def bends(feed_forward: Callable[..., Vector], W1: Matrix, b1: Vector, W2: Matrix, b2: Vector) -> str:
    """A block with one number in and one out, and the piece that each hidden number contributes."""
    into, out_of = np.asarray(W1, dtype=float), np.asarray(W2, dtype=float)
    shift = np.asarray(b1, dtype=float)
    x = np.linspace(-3, 3, 241)
    tokens = x[:, None]  # 241 tokens of one number each
    _, axis = plt.subplots(figsize=(7.5, 3.8))
    for k in range(len(shift)):
        piece = np.asarray(feed_forward(tokens, into[:, [k]], shift[[k]], out_of[[k]], [0.0]))
        style = {"color": COLOURS[1 + k % 3], "linestyle": LINES[1 + k % 3]}
        axis.plot(x, piece[:, 0], label=f"hidden number {k + 1}", **style)
    whole = np.asarray(feed_forward(tokens, into, shift, out_of, b2))[:, 0]
    axis.plot(
        x, whole, color=COLOURS[0], linestyle="-", linewidth=2.6, label="the block: their sum, plus $b_2$"
    )
    # x times w, plus b, crosses zero at -b / w; a weight of 0 makes no bend.
    turns = sorted(float(-b / w) for w, b in zip(into[0], shift, strict=True) if w and abs(b / w) < 3)
    places = [-3.0, *turns, 3.0]
    heights = [float(np.asarray(feed_forward([place], into, shift, out_of, b2))[0]) for place in places]
    axis.plot(turns, heights[1:-1], "o", color=COLOURS[0], markersize=7)
    axis.set(xlabel="input x", ylabel="output FFN(x)")
    axis.legend(frameon=False, loc="best")
    passes = ", ".join(f"{height:g} at x = {place:g}" for place, height in zip(places, heights, strict=True))
    return (
        f"A line of straight pieces, the output of the block against its input. It passes through {passes},"
        " and can turn at "
        f"{', '.join(f'x = {turn:g}' for turn in turns)}. Broken lines show what each hidden number"
        " contributes."
    )


def _arrow(axis: Axes, end: tuple[float, float], colour: str, line: str) -> None:
    style = {
        "arrowstyle": "-|>",
        "color": colour,
        "linewidth": 2.2,
        "linestyle": line,
        "shrinkA": 0,
        "shrinkB": 0,
    }
    axis.annotate("", xy=end, xytext=(0, 0), arrowprops=style)
