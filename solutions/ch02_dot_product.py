"""Chapter II: the dot product, cosine similarity and what is built on them."""

import math

import numpy as np

from solutions.shapes import Vector


def dot(a: Vector, b: Vector) -> float:
    """Multiply two vectors component by component and add the products up.

    a · b = a_1 b_1 + a_2 b_2 + ... + a_n b_n

    a, b: n components each. Returns one number; [2, 5, 1] · [3, 1, 4] = 6 + 5 + 4 = 15.
    Raises ValueError where the dimensions differ, and names both. (Chapter II, Figure 2)
    """
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    # NumPy's * would stretch a vector of one component to any length, so the refusal cannot be left to it.
    if len(a) != len(b):
        raise ValueError(f"no dot product between dimensions: a has {len(a)}, b has {len(b)}")
    return float(np.sum(a * b))


def cosine_similarity(a: Vector, b: Vector) -> float:
    """How much two vectors point the same way, whatever their lengths.

    cos(theta) = (a · b) / (||a|| ||b||)

    a, b: n components each, neither of them the zero vector. Returns one number, never below -1 nor
    above 1, however the arithmetic rounds; [2, 5, 1] and [3, 4, 2] give 0.949.
    Raises ValueError where a or b is the zero vector. (Chapter II, Example 2)
    """
    lengths = math.sqrt(dot(a, a)) * math.sqrt(dot(b, b))
    if not lengths:
        raise ValueError(f"the zero vector has no direction to compare; got {list(a)} and {list(b)}")
    # For parallel vectors the quotient may come out as 1.0000000000000002, which arccos answers with nan.
    return float(np.clip(dot(a, b) / lengths, -1.0, 1.0))


def angle_degrees(a: Vector, b: Vector) -> float:
    """The angle between two vectors, in degrees.

    theta = arccos((a · b) / (||a|| ||b||)), times 180 / pi

    a, b: n components each, neither of them the zero vector. Returns a number from 0 to 180, never
    nan; [1, 0] and [1, 1] are 45 degrees apart. A vector and itself are 0 apart, to within 0.00001.
    (Chapter II, Figure 3)
    """
    return math.degrees(math.acos(cosine_similarity(a, b)))


def similarity_label(c: float) -> str:
    """What a cosine similarity is called, by the primer's table.

    from 0.90 to 1: "near-identical"
    from 0.70: "strongly related"
    from 0.40: "some relationship"
    from 0: "weak or no relation"
    below 0: "opposing"

    c: a cosine similarity. Returns one of the five labels; each band holds its lower edge, so 0.7
    gives "strongly related".
    Raises ValueError, naming c, where c is below -1 or above 1. (Chapter II, the table of cosine similarity)
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


def most_similar(word: str, vocabulary: dict[str, Vector], k: int) -> list[str]:
    """The k other words whose vectors point most nearly the same way, the most similar first.

    ranked by falling cos(v_word, v_other)

    vocabulary: a dict from each word to its vector, all of one dimension, none zero; k: how many
    words, 1 or more. Returns a list of k words, or of all the others where there are fewer; "cat"
    in {"cat": [2, 1], "lynx": [6, 2], "car": [1, 7]} with k = 1 gives ["lynx"]. Words whose
    similarities differ by no more than 1e-12 come in alphabetical order.
    Raises ValueError, naming k, where k is below 1, KeyError where the word is not in the
    vocabulary. (Chapter II)
    """
    if k < 1:
        raise ValueError(f"k must be at least 1; got {k}")
    here = vocabulary[word]
    similarity = {
        other: cosine_similarity(here, vector)
        for other, vector in sorted(vocabulary.items())
        if other != word
    }
    ranked: list[str] = []
    for _ in range(min(k, len(similarity))):
        best = max(similarity.values())
        # Parallel vectors have one cosine, and rounding tells them apart in the last bit: that must not
        # decide.
        chosen = next(
            other for other, c in similarity.items() if math.isclose(c, best, rel_tol=0, abs_tol=1e-12)
        )
        ranked.append(chosen)
        del similarity[chosen]
    return ranked


def exercise_1(v: list[float]) -> float:
    """Square each component, add the squares up, take the square root of the sum."""
    return math.sqrt(dot(v, v))


def exercise_2(a: list[float], b: list[float]) -> float:
    """Multiply the first components, the second and the third, and add the three products up."""
    return dot(a, b)


def exercise_3(a: list[float], b: list[float]) -> float:
    """The dot product, over the product of the two magnitudes; a dot product of 0 needs no division."""
    return cosine_similarity(a, b)


def exercise_4(a: list[float], b: list[float]) -> float:
    """The dot product, over the two magnitudes; both magnitudes are alike, since b has the components of a
    the other way round."""
    return cosine_similarity(a, b)


def reading_2(length_u: float, length_v: float, theta: float) -> float:
    """The geometric form: multiply the two magnitudes by the cosine of the angle."""
    return length_u * length_v * math.cos(math.radians(theta))
