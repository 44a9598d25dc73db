"""Chapter I: vectors, their length and direction, and the distance between two of them."""

import numpy as np

from solutions.shapes import Vector


def dimension(v: Vector) -> int:
    """Count the components of a vector.

    dimension(v) = n, where v = [v_1, ..., v_n]

    v: n components. Returns n, an int; [0.12, -0.85, 0.33, 0.71] gives 4. (Chapter I)
    """
    return len(v)


def magnitude(v: Vector) -> float:
    """The length of a vector.

    ||v|| = sqrt(v_1^2 + v_2^2 + ... + v_n^2)

    v: n components. Returns one number, 0 or above; [1, 2, 2] gives 3, and the zero vector gives 0.
    (Chapter I, Example 1)
    """
    # Squares of whole-number components would be kept as whole numbers, which wrap around in NumPy's narrow
    # types.
    v = np.asarray(v, dtype=float)
    return float(np.sqrt(np.sum(v**2)))


def direction(v: Vector) -> np.ndarray:
    """The vector of length 1 that points where v points.

    direction(v) = v / ||v||

    v: n components, not all of them 0. Returns n components whose magnitude is 1; [6, 8] gives
    [0.6, 0.8].
    Raises ValueError where v is the zero vector, which points nowhere. (Chapter I)
    """
    v = np.asarray(v, dtype=float)
    length = magnitude(v)
    # Without this NumPy divides 0 by 0, warns, and hands on a vector of nan.
    if not length:
        raise ValueError(f"the zero vector has no direction; got {v.tolist()}")
    return v / length


def distance(a: Vector, b: Vector) -> float:
    """How far apart two points are: the length of their difference.

    distance(a, b) = ||a - b||

    a, b: n components each. Returns one number, 0 or above; [1, 2] and [6, 14] are 13 apart.
    Raises ValueError where the dimensions differ, and names both. (Chapter I)
    """
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    # NumPy would stretch a vector of one component to any length, so the refusal cannot be left to it.
    if len(a) != len(b):
        raise ValueError(f"no distance between dimensions: a has {len(a)}, b has {len(b)}")
    return magnitude(a - b)


def nearest(word: str, vocabulary: dict[str, Vector]) -> str:
    """The other word whose vector is closest.

    nearest(w, vocabulary) = the w' other than w with the smallest ||v_w - v_w'||

    vocabulary: a dict from each word to its vector, all of one dimension. Returns a word; for "cat"
    in {"cat": [1, 1], "dog": [2, 1], "car": [9, 5]} it is "dog". Where several are equally close,
    the alphabetically first.
    Raises KeyError where the word is not in the vocabulary, ValueError where the vocabulary holds
    no other. (Chapter I, Figure 1)
    """
    here = vocabulary[word]
    # By name, not by distance 0: another word may have the very same vector.
    others = sorted(other for other in vocabulary if other != word)
    if not others:
        raise ValueError(f"the vocabulary holds no word but {word!r}")
    # Of equally small values min keeps the first it meets, and these come in alphabetical order.
    return min(others, key=lambda other: distance(here, vocabulary[other]))


def example_1(v: list[float]) -> float:
    """Square each component, add the squares up, take the square root of the sum."""
    return magnitude(v)


def neighbours(embedding: dict[str, Vector]) -> dict[str, str]:
    """Measure the distance from each word to the ten others, and keep the smallest."""
    return {word: nearest(word, embedding) for word in embedding}


def reading_1(v: list[float], g: float, i: int) -> list[float]:
    """n counts the components; v_i is counted from 1; ||v|| is the root of the summed squares; w_i is g v_i /
    ||v||."""
    return [dimension(v), v[i - 1], magnitude(v), g * float(direction(v)[i - 1])]
