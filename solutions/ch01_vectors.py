"""Chapter I: vectors, their length and direction, and the distance between two of them."""

import numpy as np

from solutions.shapes import Vector


def dimension(v: Vector) -> int:
    """Count the components of a vector.

    dimension([v_1, v_2, ..., v_n]) = n

    Returns an int; [0.12, -0.85, 0.33, 0.71] gives 4. (Chapter I)
    """
    return len(v)


def magnitude(v: Vector) -> float:
    """Measure the length of a vector.

    ||v|| = sqrt(v_1^2 + v_2^2 + ... + v_n^2)

    v: one component or more, ints of any width or floats. Returns one
    number, 0 or above; [1, -2, 2] gives 3, and the zero vector gives 0.
    (Chapter I, Example 1)
    """
    # Squares of ints would stay ints, and NumPy's narrow types have no room for them.
    v = np.asarray(v, dtype=float)
    return float(np.sqrt(np.sum(v**2)))


def direction(v: Vector) -> np.ndarray:
    """Scale a vector to length 1.

    direction(v) = v / ||v||

    v: components of any size, even if their squares are too small or too
    large for a float. Returns an array of as many components, with
    magnitude 1; [6, 8] gives [0.6, 0.8], and [1e-200, 0] gives [1, 0].
    Raises ValueError if every component is 0. (Chapter I)
    """
    v = np.asarray(v, dtype=float)
    largest = np.max(np.abs(v))
    # Without this NumPy divides 0 by 0, warns, and hands on a vector of nan.
    if not largest:
        raise ValueError(f"the zero vector has no direction; got {v.tolist()}")
    # With the largest component at 1, no square leaves the range of floats.
    scaled = v / largest
    return scaled / magnitude(scaled)


def distance(a: Vector, b: Vector) -> float:
    """Measure how far apart two points are.

    distance(a, b) = ||a - b||

    Returns one number, 0 or above; [1, 2] and [6, 14] are 13 apart. Raises
    ValueError, naming both dimensions, if a and b differ in dimension.
    (Chapter I)
    """
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    # NumPy would stretch a vector of one component to any length, so the refusal cannot be left to it.
    if len(a) != len(b):
        raise ValueError(f"no distance between dimensions: a has {len(a)}, b has {len(b)}")
    return magnitude(a - b)


def nearest(word: str, vocabulary: dict[str, Vector]) -> str:
    """Find the other word whose vector is closest.

    nearest(w, vocabulary) = the w' != w with the smallest ||v_w - v_w'||

    vocabulary: a dict from words to vectors, all of one dimension. Returns
    a word; for "cat" in {"cat": [1, 1], "dog": [2, 1], "car": [9, 5]} it
    is "dog". Of several words that are equally close it is the
    alphabetically first, in Python's order of strings, capitals first.
    Raises KeyError if the word is not in the vocabulary, and ValueError if
    there is no other word. (Chapter I, Figure 1)
    """
    here = vocabulary[word]
    # By name, not by distance 0: another word may have the very same vector.
    others = sorted(other for other in vocabulary if other != word)
    if not others:
        raise ValueError(f"the vocabulary holds no word but {word!r}")
    # Of equally small values min keeps the first it meets, and these come in alphabetical order.
    return min(others, key=lambda other: distance(here, vocabulary[other]))


def example_1(v: list[float]) -> float:
    """Square each component, add up the squares, take the square root of the sum."""
    return magnitude(v)


def neighbours(embedding: dict[str, Vector]) -> dict[str, str]:
    """Measure the distance from each word to the ten others, and keep the smallest."""
    return {word: nearest(word, embedding) for word in embedding}


def reading_1(v: list[float], g: float, i: int) -> list[float]:
    """Count the components for n; take v_i counting from 1; ||v|| is the root of
    the summed squares, and w_i is g v_i / ||v||.
    """
    return [dimension(v), v[i - 1], magnitude(v), g * float(direction(v)[i - 1])]
