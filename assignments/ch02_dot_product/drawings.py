"""The pictures of Chapter II. Each is drawn by your own functions and takes numbers that you can change."""

import math
from collections.abc import Callable, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from pictures import COLOURS, HATCHES, picture

Vector = Sequence[float]
Vocabulary = dict[str, Vector]
Measure = Callable[[Vector, Vector], float]


@picture
def third_side(dot: Measure, a: Vector, b: Vector) -> str:
    """The triangle of the proof: two arrows, the side between their tips, and the perpendicular onto a."""
    difference = [a[0] - b[0], a[1] - b[1]]
    squares = {"a": dot(a, a), "b": dot(b, b), "a - b": dot(difference, difference)}
    product = dot(a, b)
    share = product / squares["a"]
    foot = [share * a[0], share * a[1]]
    _, axis = plt.subplots(figsize=(6.4, 3.6))
    _arrow(axis, a, COLOURS[0])
    _arrow(axis, b, COLOURS[1])
    axis.plot([a[0], b[0]], [a[1], b[1]], color=COLOURS[2], linestyle="-", linewidth=2)
    axis.plot([b[0], foot[0]], [b[1], foot[1]], color=COLOURS[3], linestyle=":", linewidth=2)
    _note(axis, "a", a, (10, 4))
    _note(axis, "b", b, (-4, 10))
    _note(axis, "a − b", [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], (22, 8))
    _note(axis, "foot", foot, (4, -14))
    by_components = squares["a"] + squares["b"] - 2 * product
    sides = f"{squares['a']:.4g} + {squares['b']:.4g} − 2 · {product:.4g} = {by_components:.4g}"
    axis.set_title(f"‖a‖² + ‖b‖² − 2 a·b = {sides};  ‖a − b‖² = {squares['a - b']:.4g}", fontsize=10)
    _frame(axis, [[0, 0], a, b, foot])
    return (
        f"A triangle of two arrows from the origin, a to {_point(a)} and b to {_point(b)}, and the side"
        " between their tips. A dotted "
        f"perpendicular leads from the tip of b to its foot on the line of a, at {_point(foot)}. The squared"
        " lengths of a and b add up to "
        f"{squares['a'] + squares['b']:.4g}; less twice the dot product, {product:.4g}, that is"
        f" {by_components:.4g}. "
        f"The squared length of the third side is {squares['a - b']:.4g}."
    )


@picture
def two_angles(angle_degrees: Measure, cosine_similarity: Measure, a: Vector, b: Vector, c: Vector) -> str:
    """The angle between a and b, and the angle between a and c."""
    _, axes = plt.subplots(1, 2, figsize=(8.4, 3.1), sharex=True, sharey=True)
    said = []
    for axis, name, other, colour in zip(axes, "bc", [b, c], COLOURS[1:3], strict=True):
        angle, similarity = angle_degrees(a, other), cosine_similarity(a, other)
        for label, arrow, shade in [("a", a, COLOURS[0]), (name, other, colour)]:
            _arrow(axis, arrow, shade)
            _note(axis, label, arrow, (9, 5))
        # From a towards the other, whichever way round that is.
        start = math.atan2(a[1], a[0])
        turn = 1 if a[0] * other[1] - a[1] * other[0] >= 0 else -1
        arc = np.linspace(start, start + turn * math.radians(angle), 50)
        axis.plot(0.9 * np.cos(arc), 0.9 * np.sin(arc), color=COLOURS[3], linewidth=1.2, linestyle="-")
        axis.set_title(f"a and {name}: {angle:.1f}°, cosine similarity {similarity:.3f}")
        said.append(
            f"between a, of length {math.hypot(*a):.1f}, and {name}, of length {math.hypot(*other):.1f}, "
            f"the angle is {angle:.1f} degrees and the similarity {similarity:.3f}"
        )
    for axis in axes:
        _frame(axis, [[0, 0], a, b, c])
    axes[1].set_ylabel("")
    return "Two drawings of a pair of arrows from the origin: " + "; ".join(said) + "."


@picture
def two_rankings(dot: Measure, cosine_similarity: Measure, shrink_c: float = 1.0) -> str:
    """Three fixed vectors ranked against a query, by dot product and by cosine similarity."""
    query = [3.0, 1.0]
    documents = {"b": [1.2, 0.5], "c": [2.0 * shrink_c, 4.0 * shrink_c], "d": [0.0, 4.5]}
    _, axes = plt.subplots(1, 3, figsize=(8.4, 3.4), width_ratios=[1, 1.1, 1.1])
    shades = dict(zip(documents, COLOURS[1:], strict=True))
    _arrow(axes[0], query, COLOURS[0])
    _note(axes[0], "query", query, (2, -12))
    for name, vector in documents.items():
        _arrow(axes[0], vector, shades[name])
        _note(axes[0], name, vector, (9, 3))
    _frame(axes[0], [[0, 0], query, *documents.values()])
    rankings = {}
    for axis, title, measure in [
        (axes[1], "dot product", dot),
        (axes[2], "cosine similarity", cosine_similarity),
    ]:
        scores = {name: measure(query, vector) for name, vector in documents.items()}
        ranking = sorted(scores, key=lambda name: -scores[name])
        hatches = dict(zip(documents, HATCHES[1:], strict=True))
        for row, name in enumerate(ranking):
            axis.barh(
                row, scores[name], color=shades[name], hatch=hatches[name], edgecolor="white", height=0.6
            )
            axis.text(max(scores[name], 0), row, f" {scores[name]:.3g}", va="center")
        axis.set_yticks(range(3), ranking)
        axis.invert_yaxis()
        axis.margins(x=0.25)
        axis.set(title=f"ranked by {title}", xlabel=title)
        rankings[title] = ", ".join(f"{name} {scores[name]:.3g}" for name in ranking)
    return (
        "A query and three vectors b, c and d, as arrows and in two rankings. By dot product: "
        f"{rankings['dot product']}. By cosine similarity: {rankings['cosine similarity']}."
    )


@picture
def random_directions(cosine_similarity: Measure, dimensions: Sequence[int], pairs: int = 600) -> str:
    """How similar two directions drawn at random are, in spaces of several dimensions."""
    rng = np.random.default_rng(0)
    _, axes = plt.subplots(1, len(dimensions), figsize=(8.4, 2.8), sharex=True, squeeze=False)
    said = []
    for axis, n, colour in zip(
        axes[0], dimensions, [COLOURS[i % 4] for i in range(len(dimensions))], strict=True
    ):
        found = [cosine_similarity(a, b) for a, b in rng.normal(size=(pairs, 2, n))]
        axis.hist(found, bins=np.linspace(-1, 1, 41), color=colour)
        axis.axvline(0.4, color=COLOURS[3], linestyle=":", linewidth=1.2)
        axis.set(title=f"{n} dimensions", xlabel="cosine similarity", xlim=(-1, 1))
        over = sum(c > 0.4 for c in found) / pairs
        said.append(
            f"in {n} dimensions a standard deviation of {np.std(found):.3f}, and {over:.0%} above 0.4"
        )
    axes[0][0].set_ylabel(f"pairs, of {pairs}")
    return (
        "Histograms of the cosine similarity of random pairs, with a dotted line at 0.4: "
        + "; ".join(said)
        + "."
    )


@picture
def most_like(
    word: str,
    vocabulary: Vocabulary,
    most_similar: Callable[[str, Vocabulary, int], Sequence[str]],
    cosine_similarity: Measure,
    similarity_label: Callable[[float], str],
    k: int = 7,
) -> str:
    """The k most similar words by falling similarity, with label and distance."""
    ranked = list(most_similar(word, vocabulary, k))
    similarities = [cosine_similarity(vocabulary[word], vocabulary[other]) for other in ranked]
    labels = [similarity_label(c) for c in similarities]
    distances = [math.dist(vocabulary[word], vocabulary[other]) for other in ranked]
    _, axis = plt.subplots(figsize=(8.5, 3.8))
    axis.barh(range(len(ranked)), similarities, color=COLOURS[0], height=0.6)
    axis.axvline(0, color=COLOURS[3], linewidth=0.8)
    for edge in (0.4, 0.7, 0.9):
        axis.axvline(edge, color=COLOURS[3], linewidth=0.8, linestyle=":")
    for row, (c, label, d) in enumerate(zip(similarities, labels, distances, strict=True)):
        axis.text(1.06, row, f"{c:.3f}  {label}  (distance {d:.1f})".replace("-0", "−0"), va="center")
    axis.set_yticks(range(len(ranked)), ranked)
    axis.invert_yaxis()
    low = min(-0.1, *similarities) - 0.1
    axis.set(xlim=(low, 2.05), xticks=[0, 0.4, 0.7, 0.9], xlabel=f"cosine similarity with {word}")
    rows = zip(ranked, similarities, labels, distances, strict=True)
    said = [f"{other} {c:.3f}, {label}, at distance {d:.1f}" for other, c, label, d in rows]
    return (
        f"Bars of the cosine similarity of {len(ranked)} words with {word}, from the largest down: "
        + "; ".join(said)
        + "."
    )


def _arrow(axis: Axes, end: Vector, colour: str) -> None:
    style = {"arrowstyle": "->", "color": colour, "linewidth": 2, "shrinkA": 0, "shrinkB": 0}
    axis.annotate("", xy=end, xytext=(0, 0), arrowprops=style)


def _note(axis: Axes, text: str, at: Vector, offset: tuple[float, float]) -> None:
    place = {"textcoords": "offset points", "ha": "center", "va": "center"}
    axis.annotate(text, xy=at, xytext=offset, fontsize=11, **place)


def _frame(axis: Axes, corners: Sequence[Vector]) -> None:
    across, up = np.transpose(corners)
    room = 0.15 * max(np.ptp(across), np.ptp(up), 1e-9)
    axis.set_xlim(across.min() - room, across.max() + room)
    axis.set_ylim(up.min() - room, up.max() + room)
    axis.set(xlabel="component 1", ylabel="component 2", aspect="equal")


def _point(v: Vector) -> str:
    return f"({v[0]:.3g}, {v[1]:.3g})"
