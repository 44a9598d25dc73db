"""The pictures of Chapter I. Each is drawn by your own functions and takes numbers that you can change."""

import math
from collections.abc import Callable, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from pictures import COLOURS, LINES, picture

Vector = Sequence[float]
Vocabulary = dict[str, Vector]

CLUSTERS = {
    "royalty and people": ["king", "queen", "prince", "throne", "crown"],
    "vehicles and objects": ["car", "truck", "wheel", "engine", "road"],
    "between the two": ["bridge"],
}
MARKERS = ["o", "s", "D", "^"]
# A word stays readable where an arrow passes behind it.
HALO = [withStroke(linewidth=2.5, foreground="white")]


@picture
def right_triangle(magnitude: Callable[[Vector], float], v: Vector) -> str:
    """A vector as the long side of a right-angled triangle whose short sides are its two components."""
    across, up = v
    length = magnitude(v)
    _, axis = plt.subplots(figsize=(5.6, 3.4))
    _arrow(axis, [0, 0], v, COLOURS[0], "-")
    axis.plot([0, across], [0, 0], color=COLOURS[1], linestyle=LINES[1], linewidth=2)
    axis.plot([across, across], [0, up], color=COLOURS[3], linestyle=LINES[3], linewidth=2.4)
    away = -1 if up >= 0 else 1
    _note(axis, f"{across:g}", [across / 2, 0], (0, 12 * away))
    _note(axis, f"{up:g}", [across, up / 2], (14 if across >= 0 else -14, 0))
    _note(axis, f"length {length:.4g}", [across / 2, up / 2], (-26 if across >= 0 else 26, -14 * away))
    _frame(axis, [[0, 0], [across, 0], v], 0.25)
    return (
        f"A right-angled triangle. Its short sides are {across:g} along component 1 and {up:g} along"
        " component 2; "
        f"its long side is the arrow from the origin to ({across:g}, {up:g}), of length {length:.4g}."
    )


@picture
def head_to_tail(magnitude: Callable[[Vector], float], a: Vector, b: Vector) -> str:
    """Two vectors added: walk along a, and from its tip along b."""
    total = [a[0] + b[0], a[1] + b[1]]
    lengths = {"a": magnitude(a), "b": magnitude(b), "a + b": magnitude(total)}
    _, axis = plt.subplots(figsize=(5.6, 3.8))
    stretches = [
        ("a", [0, 0], a, COLOURS[0]),
        ("b", a, total, COLOURS[1]),
        ("a + b", [0, 0], total, COLOURS[3]),
    ]
    for (name, start, end, colour), line in zip(stretches, ["-", "-", "--"], strict=True):
        _arrow(axis, start, end, colour, line)
        middle = [(start[0] + end[0]) / 2, (start[1] + end[1]) / 2]
        _note(
            axis,
            f"{name}: {lengths[name]:.3g}",
            middle,
            _beside(start, end, turn=1 if name == "a + b" else -1),
        )
    _frame(axis, [[0, 0], a, total], 0.3)
    return (
        f"An arrow a from the origin to {_point(a)}, of length {lengths['a']:.3g}; from its tip an arrow b,"
        f" of length {lengths['b']:.3g}, "
        f"to {_point(total)}; and the direct arrow a + b from the origin to that point, of length"
        f" {lengths['a + b']:.3g}."
    )


@picture
def directions_on_the_circle(direction: Callable[[Vector], Vector]) -> str:
    """Four arrows, and for each a marker where its direction lies."""
    arrows = {"a": [1.0, 1.6], "b": [1.75, 2.8], "c": [2.6, 0.9], "d": [-0.5, 0.4]}
    _, axis = plt.subplots(figsize=(5.6, 5.2))
    around = np.linspace(0, 2 * np.pi, 200)
    axis.plot(np.cos(around), np.sin(around), color=COLOURS[3], linewidth=0.9, linestyle=":")
    said = []
    # The first arrow and its marker are broader, so that a second one on top of them leaves them in sight.
    styles = zip(COLOURS, MARKERS, [16, 8, 9, 10], [3, 1.2, 1.2, 1.2], strict=True)
    for (name, arrow), (colour, marker, size, width) in zip(arrows.items(), styles, strict=True):
        unit = direction(arrow)
        _arrow(axis, [0, 0], arrow, colour, "-", width)
        _note(axis, name, arrow, (8, 6))
        mark = {"marker": marker, "markersize": size, "markeredgecolor": "white", "linestyle": "none"}
        axis.plot(unit[0], unit[1], color=colour, zorder=4, label=f"direction of {name}", **mark)
        said.append(f"{name} is {_point(arrow)} and its direction ({unit[0]:.2f}, {unit[1]:.2f})")
    axis.set(xlim=(-1.3, 3.0), ylim=(-1.2, 3.2), xlabel="component 1", ylabel="component 2", aspect="equal")
    axis.legend(frameon=False, loc="lower right")
    return (
        "Four arrows from the origin, each with a marker at its direction; a circle of radius 1. "
        + "; ".join(said)
        + "."
    )


@picture
def distances_from(word: str, vocabulary: Vocabulary, distance: Callable[[Vector, Vector], float]) -> str:
    """The map of words, with a line from one word to each of the others and its length."""
    here = vocabulary[word]
    measured = {other: distance(here, point) for other, point in vocabulary.items() if other != word}
    _, axis = plt.subplots(figsize=(7.4, 5.0))
    _plot_words(axis, vocabulary)
    axis.margins(0.2, 0.14)
    for other, d in measured.items():
        there = vocabulary[other]
        axis.plot(
            [here[0], there[0]], [here[1], there[1]], color=COLOURS[3], linewidth=0.8, linestyle="-", zorder=0
        )
        _note(axis, f"{other} {d:.2f}", there, _beyond(here, there), size=9.5)
    _note(axis, word, here, (0, -16), weight="bold")
    axis.legend(frameon=False, loc="upper right")
    listed = ", ".join(f"{other} {d:.2f}" for other, d in sorted(measured.items()))
    return (
        f"A map of {len(vocabulary)} words. Lines lead from {word} to the others, and their lengths are:"
        f" {listed}."
    )


@picture
def map_of_words(nearest: Callable[[str, Vocabulary], str], vocabulary: Vocabulary) -> str:
    """The map of words, with an arrow from each word to its nearest."""
    closest = {word: nearest(word, vocabulary) for word in sorted(vocabulary)}
    _, axis = plt.subplots(figsize=(7.4, 5.0))
    _plot_words(axis, vocabulary)
    bent = {"arrowstyle": "->", "color": COLOURS[3], "linewidth": 1.2, "shrinkA": 7, "shrinkB": 7}
    for word, point in vocabulary.items():
        arrow = {**bent, "connectionstyle": "arc3,rad=0.2"}
        axis.annotate("", xy=vocabulary[closest[word]], xytext=point, arrowprops=arrow)
        _note(axis, word, point, _free_side(word, vocabulary, closest))
    axis.legend(frameon=False, loc="upper right")
    listed = ", ".join(f"{word} to {other}" for word, other in closest.items())
    return (
        f"A map of {len(vocabulary)} words, royalty and people in one group, vehicles in another. Arrows"
        f" lead from {listed}."
    )


@picture
def flat_map(nearest: Callable[[str, Vocabulary], str], vocabulary: Vocabulary) -> str:
    """Words of many components pressed onto the page, with arrows to the nearest in all components."""
    closest = {word: nearest(word, vocabulary) for word in sorted(vocabulary)}
    points = np.array([vocabulary[word] for word in vocabulary], dtype=float)
    centred = points - points.mean(axis=0)
    # The two directions in which the words spread most.
    page = centred @ np.linalg.svd(centred)[2][:2].T
    place = dict(zip(vocabulary, page.tolist(), strict=True))
    _, axis = plt.subplots(figsize=(8.2, 7.4))
    for word, other in closest.items():
        arrow = {"arrowstyle": "->", "color": COLOURS[2], "linewidth": 0.9, "shrinkA": 2, "shrinkB": 2}
        axis.annotate("", xy=place[other], xytext=place[word], arrowprops=arrow)
    axis.plot(*page.T, marker="o", markersize=3, color=COLOURS[0], linestyle="none")
    for word, (x, y) in _without_overlap(place).items():
        axis.text(x, y, word, ha="center", va="center", fontsize=9.5, path_effects=HALO)
    axis.update_datalim(page)
    axis.autoscale_view()
    axis.margins(0.08)
    axis.set(xlabel="the direction of the widest spread", ylabel="the next")
    listed = ", ".join(f"{word} to {other}" for word, other in closest.items())
    return (
        f"{len(vocabulary)} words on a flat map, pressed from {points.shape[1]} components to two. Arrows"
        f" lead from {listed}."
    )


def _without_overlap(place: dict[str, list[float]]) -> dict[str, tuple[float, float]]:
    """Where each word is written: as close to its point as the words that are there already allow."""
    wide, high = np.ptp(list(place.values()), axis=0) / [100, 38]
    written: dict[str, tuple[float, float]] = {}

    def free(word: str, x: float, y: float) -> bool:
        return all(
            abs(x - u) >= wide * (len(word) + len(other)) or abs(y - v) >= high
            for other, (u, v) in written.items()
        )

    for word, (x, y) in place.items():
        sideways = wide * (len(word) + 2)
        spots = [
            (x + dx * sideways, y + dy * high)
            for far in (0.75, 1.5, 2.25, 3.0)
            for dx, dy in [(0, far), (0, -far), (1, far - 0.75), (-1, far - 0.75), (1, 0.75 - far)]
        ]
        written[word] = next((spot for spot in spots if free(word, *spot)), spots[0])
    return written


def _plot_words(axis: Axes, vocabulary: Vocabulary) -> None:
    for (cluster, members), colour, marker in zip(CLUSTERS.items(), COLOURS, MARKERS, strict=False):
        points = [vocabulary[word] for word in members if word in vocabulary]
        style = {"marker": marker, "markersize": 8, "linestyle": "none"}
        axis.plot([x for x, _ in points], [y for _, y in points], color=colour, label=cluster, **style)
    axis.set(xlabel="component 1", ylabel="component 2", aspect="equal")
    axis.margins(0.14)


def _free_side(word: str, vocabulary: Vocabulary, closest: dict[str, str]) -> tuple[float, float]:
    """Where a word's name is out of the way of the arrows that end or begin at it."""
    point = vocabulary[word]
    linked = [
        vocabulary[other]
        for other in vocabulary
        if other != word and (other == closest[word] or closest[other] == word)
    ]
    away = [np.subtract(point, other) / (math.dist(point, other) or 1.0) for other in linked]
    free = np.sum(away, axis=0) if away else np.array([0.0, 1.0])
    side = free / max(np.abs(free).max(), 0.01)
    return 28 * side[0], 15 * side[1]


def _arrow(axis: Axes, start: Vector, end: Vector, colour: str, line: str, width: float = 2.0) -> None:
    style = {
        "arrowstyle": "->",
        "color": colour,
        "linestyle": line,
        "linewidth": width,
        "shrinkA": 0,
        "shrinkB": 0,
    }
    axis.annotate("", xy=end, xytext=start, arrowprops=style)


def _note(
    axis: Axes,
    text: str,
    at: Vector,
    offset: tuple[float, float],
    *,
    size: float = 11,
    weight: str = "normal",
) -> None:
    place = {"textcoords": "offset points", "ha": "center", "va": "center"}
    axis.annotate(text, xy=at, xytext=offset, fontsize=size, fontweight=weight, path_effects=HALO, **place)


def _beside(start: Vector, end: Vector, *, turn: int) -> tuple[float, float]:
    """A step of some points to the left (turn 1) or to the right (turn -1) of an arrow."""
    along = np.subtract(end, start)
    length = float(np.hypot(*along)) or 1.0
    return -36 * turn * along[1] / length, 16 * turn * along[0] / length


def _beyond(here: Vector, there: Vector) -> tuple[float, float]:
    """A step of some points onwards, in the direction from one point to another."""
    onwards = np.subtract(there, here)
    length = float(np.hypot(*onwards)) or 1.0
    return 42 * onwards[0] / length, 16 * onwards[1] / length


def _frame(axis: Axes, corners: list[Vector], margin: float) -> None:
    across, up = np.transpose(corners)
    room = margin * max(np.ptp(across), np.ptp(up), 1e-9)
    axis.set_xlim(across.min() - room, across.max() + room)
    axis.set_ylim(up.min() - room, up.max() + room)
    axis.set(xlabel="component 1", ylabel="component 2", aspect="equal")


def _point(v: Vector) -> str:
    return f"({v[0]:g}, {v[1]:g})"
