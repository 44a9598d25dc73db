"""The references of chapter I against SciPy, mpmath, brute force and the laws they must obey."""

import math

import mpmath
import numpy as np
import pytest
import scipy.spatial
from hypothesis import assume, given
from hypothesis import strategies as st

from assignments.ch01_vectors.questions import FIGURE_1
from solutions import ch01_vectors as reference

# Components whose squares neither overflow nor vanish; 0 itself is among them.
components = st.one_of(st.just(0.0), st.floats(1e-100, 1e100), st.floats(-1e100, -1e-100))
vectors = st.lists(components, min_size=1, max_size=12)
# A square, a sum of at most twelve of them and a root: some tens of roundings of 1e-16 each.
CLOSE = 1e-14


def pairs(n_max=12):
    return st.integers(1, n_max).flatmap(
        lambda n: st.tuples(*[st.lists(st.floats(-1e6, 1e6), min_size=n, max_size=n)] * 2)
    )


@given(vectors)
def test_dimension_counts_what_a_loop_counts(v):
    assert (
        reference.dimension(v)
        == reference.dimension(tuple(v))
        == reference.dimension(np.array(v))
        == sum(1 for _ in v)
    )


@given(vectors)
def test_magnitude_agrees_with_high_precision_arithmetic(v):
    with mpmath.workdps(50):
        expected = float(mpmath.sqrt(mpmath.fsum(mpmath.mpf(x) ** 2 for x in v)))
    assert reference.magnitude(v) == pytest.approx(expected, rel=CLOSE, abs=0)


@given(vectors, st.floats(-1e3, 1e3))
def test_magnitude_grows_with_the_factor(v, c):
    # A tiny factor times a tiny component leaves the range in which squares are exact to the last bits.
    assume(c == 0 or abs(c) > 1e-3)
    assert reference.magnitude([c * x for x in v]) == pytest.approx(
        abs(c) * reference.magnitude(v), rel=CLOSE, abs=0
    )


@given(vectors)
def test_direction_has_length_one_and_scales_back_to_the_vector(v):
    assume(any(v))
    unit = reference.direction(v)
    assert math.hypot(*unit) == pytest.approx(1, rel=CLOSE)
    np.testing.assert_allclose(unit * reference.magnitude(v), v, rtol=CLOSE, atol=0)


@given(st.lists(st.one_of(st.just(0.0), st.floats(1e-300, 1e300), st.floats(-1e300, -1e-300)), min_size=1))
def test_direction_agrees_with_high_precision_arithmetic_at_every_size(v):
    assume(any(v))
    with mpmath.workdps(50):
        length = mpmath.sqrt(mpmath.fsum(mpmath.mpf(x) ** 2 for x in v))
        expected = [float(x / length) for x in v]
    # Next to a component of 1, those below 1e-308 are subnormal or 0, in both.
    np.testing.assert_allclose(reference.direction(v), expected, rtol=CLOSE, atol=1e-308)


@pytest.mark.parametrize("v", [[5e-324], [5e-324, 0.0], [1.7e308, 0.0]])
def test_direction_reaches_the_ends_of_the_range(v):
    assert reference.direction(v).tolist() == [1.0, *v[1:]]


@pytest.mark.parametrize("v", [[0], (0.0, 0.0), np.zeros(5), [-0.0, 0.0]])
def test_direction_refuses_the_zero_vector(v):
    with pytest.raises(ValueError, match="zero vector has no direction"):
        reference.direction(v)


@given(pairs())
def test_distance_agrees_with_scipy_both_ways(pair):
    a, b = pair
    # Squares of differences below 1e-150 vanish in both; such points count as one.
    expected = scipy.spatial.distance.euclidean(a, b)
    assert (
        reference.distance(a, b) == reference.distance(b, a) == pytest.approx(expected, rel=CLOSE, abs=1e-150)
    )


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [([1.0, 2.0], [1.0, 2.0, 3.0], "a has 2, b has 3"), ([1.0], [1.0, 2.0, 3.0], "a has 1, b has 3")],
)
def test_distance_names_the_dimensions_it_refuses(a, b, said):
    with pytest.raises(ValueError, match=said):
        reference.distance(a, b)


@given(
    st.dictionaries(
        st.sampled_from("abcdefgh"), st.tuples(st.integers(-3, 3), st.integers(-3, 3)), min_size=2
    )
)
def test_nearest_is_found_by_brute_force(vocabulary):
    # Small whole coordinates make ties common, and squared distances exact.
    for word, here in vocabulary.items():
        ranked = sorted(
            (sum((x - y) ** 2 for x, y in zip(here, there, strict=True)), other)
            for other, there in vocabulary.items()
            if other != word
        )
        assert reference.nearest(word, vocabulary) == ranked[0][1]


def test_nearest_does_not_know_an_absent_word():
    with pytest.raises(KeyError, match="plum"):
        reference.nearest("plum", {"pear": [1.0], "fig": [2.0]})


def test_nearest_refuses_a_vocabulary_of_one():
    with pytest.raises(ValueError, match="no word but 'pear'"):
        reference.nearest("pear", {"pear": [1.0]})


def test_the_references_leave_their_arguments_as_they_were():
    a, b = np.array([3.0, 4.0]), np.array([1.0, 1.0])
    vocabulary = {"a": a, "b": b}
    (
        reference.magnitude(a),
        reference.direction(a),
        reference.distance(a, b),
        reference.nearest("a", vocabulary),
    )
    assert a.tolist() == [3.0, 4.0] and b.tolist() == [1.0, 1.0] and list(vocabulary) == ["a", "b"]


def test_worked_values_are_the_primers():
    assert reference.example_1([3, 4]) == 5


def test_the_neighbours_of_figure_1_are_those_of_a_search_tree():
    words = list(FIGURE_1)
    tree = scipy.spatial.KDTree([FIGURE_1[word] for word in words])
    # The nearest of all is the word itself; the second is its neighbour.
    expected = {word: words[tree.query(FIGURE_1[word], k=2)[1][1]] for word in words}
    assert reference.neighbours(FIGURE_1) == expected


def test_no_word_of_figure_1_has_two_neighbours_almost_equally_near():
    for word, here in FIGURE_1.items():
        first, second = sorted(math.dist(here, there) for other, there in FIGURE_1.items() if other != word)[
            :2
        ]
        # Less than this could not be told by eye on the map.
        assert second - first >= 0.15


def test_the_weight_vector_read_off_the_paper_has_length_g():
    v, g = [2, -1, 4, 2], 10
    parts = [reference.reading_1(v, g, i) for i in (1, 2, 3, 4)]
    assert [part[0] for part in parts] == [4] * 4
    assert [part[1] for part in parts] == v
    assert [part[2] for part in parts] == [5.0] * 4
    np.testing.assert_allclose([part[3] for part in parts], [4, -2, 8, 4], rtol=CLOSE)
