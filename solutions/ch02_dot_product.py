"""Chapter II: the dot product, cosine similarity and what is built on them."""

import math

import numpy as np

from solutions.shapes import Vector


def dot(a: Vector, b: Vector) -> float:
    """Multiply two vectors component by component and add up the products.

    a · b = a_1 b_1 + a_2 b_2 + ... + a_n b_n

    Returns one number; [2, 5, 1] · [3, 1, 4] = 6 + 5 + 4 = 15. Raises
    ValueError, naming both dimensions, if a and b differ in dimension.
    (Chapter II, Figure 2)
    """
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    # NumPy's * would stretch a vector of one component to any length, so the refusal cannot be left to it.
    if len(a) != len(b):
        raise ValueError(f"no dot product between dimensions: a has {len(a)}, b has {len(b)}")
    return float(np.sum(a * b))


def cosine_similarity(a: Vector, b: Vector) -> float:
    """Measure how far two vectors of any lengths point the same way.

    cos(theta) = (a · b) / (||a|| ||b||)

    a, b: vectors of one dimension. Returns one number from -1 to 1 and
    never outside, however the arithmetic rounds; [2, 5, 1] and [3, 4, 2]
    give 0.949. Raises ValueError if a or b is the zero vector.
    (Chapter II, Example 2)
    """
    # hypot squares nothing that is out of range, so only a true zero vector has length 0.
    lengths = math.hypot(*a), math.hypot(*b)
    if not all(lengths):
        raise ValueError(f"the zero vector has no direction to compare; got {list(a)} and {list(b)}")
    a, b = np.asarray(a, dtype=float) / lengths[0], np.asarray(b, dtype=float) / lengths[1]
    # For parallel vectors the sum may come out as 1.0000000000000002, which no angle has as its cosine.
    return float(np.clip(np.sum(a * b), -1.0, 1.0))


def angle_degrees(a: Vector, b: Vector) -> float:
    """Find the angle between two vectors, in degrees.

    theta = arccos((a · b) / (||a|| ||b||)), times 180 / pi

    a, b: vectors of one dimension, neither of them zero. Returns a number
    from 0 to 180, never nan; [1, 0] and [1, 1] are 45 degrees apart. A
    vector and itself are 0 degrees apart, to within 0.00001.
    (Chapter II, Figure 3)
    """
    return math.degrees(math.acos(cosine_similarity(a, b)))


def similarity_label(c: float) -> str:
    """Name a cosine similarity by the primer's table.

    from 0.90 to 1: "near-identical"
    from 0.70: "strongly related"
    from 0.40: "some relationship"
    from 0: "weak or no relation"
    below 0: "opposing"

    c: a number from -1 to 1. Returns one of the five labels. Each band
    includes its lower edge, so 0.7 gives "strongly related"; c is compared
    as it is, without rounding.
    Raises ValueError, naming c, if c is below -1 or above 1. (Chapter II,
    the table of cosine similarity)
    """
    if not -1 <= c <= 1:
        raise ValueError(f"a cosine similarity lies from -1 to 1; got {c}")
    bands = [
        (0.90, "near-identical"),
        (0.70, "strongly related"),
        (0.40, "some relationship"),
        (0.0, "weak or no relation"),
    ]
    return next((label for lower_edge, label in bands if c >= lower_edge), "opposing")


def most_similar(
    word: str,
    vocabulary: dict[str, Vector],
    k: int,
) -> list[str]:
    """Rank the k words most similar to a word by direction, best first.

    falling cos(theta) between the word's vector and each other word's

    vocabulary: a dict from words to vectors, all of one dimension and none
    of them zero; k: how many words, 1 or more. Returns a list of k words,
    or of all the others if there are fewer; "cat" in {"cat": [2, 1],
    "lynx": [6, 2], "car": [1, 7]} with k = 1 gives ["lynx"]. Words whose
    similarities differ by no more than 1e-12 are equally similar, and come
    in alphabetical order, that of Python's strings, capitals first. Raises
    ValueError, naming k, if k is below 1, and KeyError if the word is not
    in the vocabulary. (Chapter II)
    """
    if k < 1:
        raise ValueError(f"k must be at least 1; got {k}")
    here = vocabulary[word]
    others = sorted(other for other in vocabulary if other != word)
    similarity = {other: cosine_similarity(here, vocabulary[other]) for other in others}
    ranked: list[str] = []
    for _ in range(min(k, len(others))):
        best = max(similarity.values())
        # Parallel vectors have one cosine, and rounding sets their last digits apart: that must not decide.
        ties = (other for other, c in similarity.items() if math.isclose(c, best, rel_tol=0, abs_tol=1e-12))
        ranked.append(next(ties))
        del similarity[ranked[-1]]
    return ranked


def exercise_1(v: list[float]) -> float:
    """Square each component, add up the squares, take the square root of the sum."""
    return math.sqrt(dot(v, v))


def exercise_2(a: list[float], b: list[float]) -> float:
    """Multiply first with first, second with second, third with third, and add up the three products."""
    return dot(a, b)


def exercise_3(a: list[float], b: list[float]) -> float:
    """Divide the dot product by both magnitudes; if the dot product is 0, no division is needed."""
    return cosine_similarity(a, b)


def exercise_4(a: list[float], b: list[float]) -> float:
    """Divide the dot product by both magnitudes, which are equal: b has a's components in another order."""
    return cosine_similarity(a, b)


def reading_2(length_u: float, length_v: float, theta: float) -> float:
    """Multiply the two magnitudes by the cosine of the angle."""
    return length_u * length_v * math.cos(math.radians(theta))
