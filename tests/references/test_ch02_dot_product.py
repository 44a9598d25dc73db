"""The references of chapter II against SciPy, mpmath, brute force and the laws they must obey."""

import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import scipy.spatial.distance
from hypothesis import given
from hypothesis import strategies as st

from solutions import ch02_dot_product as reference

# Components whose products neither overflow nor vanish; 0 itself is among them.
components = st.one_of(st.just(0.0), st.floats(1e-3, 1e3), st.floats(-1e3, -1e-3))
pairs = st.integers(1, 10).flatmap(lambda n: st.tuples(*[st.lists(components, min_size=n, max_size=n)] * 2))
nonzero_pairs = pairs.filter(lambda pair: any(pair[0]) and any(pair[1]))
# Some tens of roundings of 1e-16 each, of numbers no larger than the product of the lengths.
CLOSE = 1e-14


def exact_cosine(a, b):
    with mpmath.workdps(60):
        product = mpmath.fsum(mpmath.mpf(x) * mpmath.mpf(y) for x, y in zip(a, b, strict=True))
        lengths = mpmath.sqrt(
            mpmath.fsum(mpmath.mpf(x) ** 2 for x in a) * mpmath.fsum(mpmath.mpf(y) ** 2 for y in b)
        )
        return product / lengths


@given(pairs)
def test_dot_agrees_with_an_exact_sum(pair):
    a, b = pair
    # fsum rounds once; the products before it once each. Cancellation magnifies this against the result, not
    # against the lengths.
    assert reference.dot(a, b) == pytest.approx(
        math.fsum(x * y for x, y in zip(a, b, strict=True)),
        rel=0,
        abs=CLOSE * math.hypot(*a) * math.hypot(*b),
    )


@given(pairs, st.integers(-8, 8))
def test_dot_is_symmetric_and_linear(pair, power):
    a, b = pair
    factor = 2.0**power  # a power of two, which multiplies without rounding
    assert reference.dot(a, b) == reference.dot(b, a)
    assert reference.dot([factor * x for x in a], b) == factor * reference.dot(a, b)


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [([1.0, 2.0], [1.0, 2.0, 3.0], "a has 2, b has 3"), ([1.0], [1.0, 2.0, 3.0, 4.0], "a has 1, b has 4")],
)
def test_dot_names_the_dimensions_it_refuses(a, b, said):
    with pytest.raises(ValueError, match=said):
        reference.dot(a, b)


@given(nonzero_pairs)
def test_cosine_similarity_agrees_with_scipy_and_with_high_precision_arithmetic(pair):
    a, b = pair
    assert reference.cosine_similarity(a, b) == pytest.approx(float(exact_cosine(a, b)), rel=0, abs=CLOSE)
    assert reference.cosine_similarity(a, b) == pytest.approx(
        1 - scipy.spatial.distance.cosine(a, b), rel=0, abs=CLOSE
    )


@given(nonzero_pairs, st.floats(1e-3, 1e3))
def test_cosine_similarity_stays_within_its_bounds_and_forgets_lengths(pair, factor):
    a, b = pair
    assert -1 <= reference.cosine_similarity(a, b) <= 1
    assert reference.cosine_similarity([factor * x for x in a], b) == pytest.approx(
        reference.cosine_similarity(a, b), rel=0, abs=CLOSE
    )
    for parallel, expected in [(factor, 1), (-factor, -1)]:
        c = reference.cosine_similarity(a, [parallel * x for x in a])
        assert -1 <= c <= 1
        assert c == pytest.approx(expected, rel=0, abs=CLOSE)


@pytest.mark.parametrize(("a", "b"), [([0, 0], [1, 2]), ([1.0, 2.0], (0.0, 0.0)), (np.zeros(3), np.zeros(3))])
def test_cosine_similarity_refuses_the_zero_vector(a, b):
    with pytest.raises(ValueError, match="zero vector has no direction"):
        reference.cosine_similarity(a, b)


@given(nonzero_pairs)
def test_the_angle_agrees_with_high_precision_arithmetic(pair):
    a, b = pair
    with mpmath.workdps(60):
        # 60 digits carry the quotient past 1 as well, in the 60th.
        expected = float(mpmath.degrees(mpmath.acos(max(-1, min(1, exact_cosine(a, b))))))
    # arccos turns an error of 1e-16 at 1 into sqrt(2e-16) radians, just under 1e-6 degrees; several such
    # errors make a few times that.
    assert reference.angle_degrees(a, b) == pytest.approx(expected, rel=0, abs=5e-6)


@given(nonzero_pairs)
def test_a_vector_and_itself_are_no_angle_apart_and_its_opposite_half_a_turn(pair):
    a, _ = pair
    # The curriculum's own bound, for the same reason.
    assert reference.angle_degrees(a, a) == pytest.approx(0, abs=1e-5)
    assert reference.angle_degrees(a, [-x for x in a]) == pytest.approx(180, rel=0, abs=1e-5)


@given(st.floats(-1, 1))
def test_the_label_is_that_of_the_band_the_number_falls_in(c):
    bands = {
        "near-identical": (0.9, 1.1),
        "strongly related": (0.7, 0.9),
        "some relationship": (0.4, 0.7),
        "weak or no relation": (0.0, 0.4),
        "opposing": (-1.1, 0.0),
    }
    low, high = bands[reference.similarity_label(c)]
    assert low <= c < high


@pytest.mark.parametrize(
    ("edge", "label"),
    [
        (1, "near-identical"),
        (0.9, "near-identical"),
        (0.7, "strongly related"),
        (0.4, "some relationship"),
        (0, "weak or no relation"),
    ],
)
def test_each_band_holds_its_lower_edge(edge, label):
    assert reference.similarity_label(edge) == label


@pytest.mark.parametrize("c", [1.0000001, -1.0000001, 7, math.inf, math.nan])
def test_what_is_no_cosine_has_no_label(c):
    with pytest.raises(ValueError, match="from -1 to 1"):
        reference.similarity_label(c)


@given(
    st.dictionaries(
        st.sampled_from("abcdefghij"),
        st.tuples(st.integers(-3, 3), st.integers(-3, 3)).filter(any),
        min_size=2,
    ),
    st.integers(1, 12),
)
def test_the_most_similar_are_found_by_exact_comparison(vocabulary, k):
    # cos is compared by its sign and square, which are fractions of whole numbers: ties are exact here, and
    # two that differ do so by far more than 1e-12.
    def exact(here, there):
        product = sum(x * y for x, y in zip(here, there, strict=True))
        squares = sum(x * x for x in here) * sum(y * y for y in there)
        return Fraction(product * abs(product), squares)

    for word, here in vocabulary.items():
        expected = sorted(
            (other for other in vocabulary if other != word),
            key=lambda other: (-exact(here, vocabulary[other]), other),
        )
        assert reference.most_similar(word, vocabulary, k) == expected[:k]


@given(
    st.permutations(["ash", "elm", "fir", "oak", "yew"]),
    st.lists(st.floats(0.01, 100), min_size=5, max_size=5),
)
def test_rounding_does_not_decide_between_parallel_words(words, factors):
    vocabulary = {
        word: [factor * x for x in (1.1, 1.3, 0.5)] for word, factor in zip(words, factors, strict=True)
    }
    vocabulary["here"] = [0.7, 0.2, 1.8]
    assert reference.most_similar("here", vocabulary, 5) == ["ash", "elm", "fir", "oak", "yew"]


@pytest.mark.parametrize("k", [0, -1])
def test_a_ranking_of_no_places_is_refused(k):
    with pytest.raises(ValueError, match=f"at least 1; got {k}"):
        reference.most_similar("a", {"a": [1.0], "b": [2.0]}, k)


def test_an_absent_word_is_a_key_error():
    with pytest.raises(KeyError, match="plum"):
        reference.most_similar("plum", {"pear": [1.0], "fig": [2.0]}, 1)


def test_the_references_leave_their_arguments_as_they_were():
    a, b = np.array([3.0, 4.0]), np.array([1.0, 1.0])
    vocabulary = {"a": a, "b": b}
    (
        reference.dot(a, b),
        reference.cosine_similarity(a, b),
        reference.angle_degrees(a, b),
        reference.most_similar("a", vocabulary, 1),
    )
    assert a.tolist() == [3.0, 4.0] and b.tolist() == [1.0, 1.0] and list(vocabulary) == ["a", "b"]


def test_figure_2_and_example_2_are_the_primers():
    assert reference.dot([2, 5, 1], [3, 1, 4]) == 15
    assert reference.dot([2, 5, 1], [3, 4, 2]) == 28
    assert round(reference.cosine_similarity([2, 5, 1], [3, 4, 2]), 3) == 0.949


def test_worked_values_are_the_primers():
    assert reference.exercise_1([6, 2, 3]) == 7
    assert reference.exercise_2([1, 3, 5], [2, 0, 4]) == 22
    assert reference.exercise_3([1, 2], [2, -1]) == 0
    assert reference.exercise_4([3, 4], [4, 3]) == pytest.approx(0.96, rel=CLOSE)


@given(nonzero_pairs)
def test_the_geometric_form_gives_the_dot_product_back(pair):
    a, b = pair
    lengths = math.hypot(*a), math.hypot(*b)
    theta = math.degrees(angle_by_two_lengths(a, b))
    # The angle carries an error of some 1e-15 of a radian, and the cosine is at most as wrong as that.
    assert reference.reading_2(*lengths, theta) == pytest.approx(
        reference.dot(a, b), rel=0, abs=1e-13 * lengths[0] * lengths[1]
    )


def angle_by_two_lengths(a, b):
    """The angle in radians by Kahan's formula, which does not go through the cosine."""
    u, v = np.array(a) / np.linalg.norm(a), np.array(b) / np.linalg.norm(b)
    return 2 * math.atan2(np.linalg.norm(u - v), np.linalg.norm(u + v))


def test_the_geometric_form_at_the_primers_angles():
    assert reference.reading_2(4, 5, 60) == pytest.approx(10, rel=CLOSE)
    assert reference.reading_2(4, 5, 90) == pytest.approx(0, abs=1e-14)
    assert reference.reading_2(4, 5, 180) == -20
