"""The references of chapter III against exact rational arithmetic, SciPy and the laws they must obey."""

from fractions import Fraction

import numpy as np
import pytest
import scipy.linalg
from hypothesis import given
from hypothesis import strategies as st

from solutions import ch03_matrices as reference

sizes = st.integers(1, 5)
# Quarters up to 64: sums of a few dozen products of them are exact in double precision, so no tolerance is
# needed.
quarters = st.integers(-256, 256).map(lambda n: n / 4)


def matrices(m, n):
    return st.lists(st.lists(quarters, min_size=n, max_size=n), min_size=m, max_size=m)


def exact_product(A, B):
    """The definition in rational arithmetic, entry by entry."""
    return [
        [float(sum(Fraction(A[i][k]) * Fraction(B[k][j]) for k in range(len(B)))) for j in range(len(B[0]))]
        for i in range(len(A))
    ]


def flipped(A):
    return [list(column) for column in zip(*A, strict=True)]


def with_bias(rows, bias):
    return [[x + b for x, b in zip(row, bias, strict=True)] for row in rows]


@st.composite
def fitting(draw):
    m, n, p = draw(sizes), draw(sizes), draw(sizes)
    return draw(matrices(m, n)), draw(matrices(n, p))


@st.composite
def blocks(draw):
    """t tokens of d numbers, and a block with h hidden numbers and e outputs."""
    t, d, h, e = draw(sizes), draw(sizes), draw(sizes), draw(sizes)
    return (
        draw(matrices(t, d)),
        draw(matrices(d, h)),
        draw(matrices(1, h))[0],
        draw(matrices(h, e)),
        draw(matrices(1, e))[0],
    )


@given(fitting())
def test_matvec_agrees_with_exact_arithmetic(pair):
    A, B = pair
    v = [row[0] for row in B]
    result = reference.matvec(A, v)
    assert result.shape == (len(A),)
    assert result.tolist() == [row[0] for row in exact_product(A, [[x] for x in v])]


@given(fitting())
def test_matmul_agrees_with_exact_arithmetic(pair):
    assert reference.matmul(*pair).tolist() == exact_product(*pair)


@given(fitting())
def test_transposing_a_product_exchanges_its_factors(pair):
    A, B = pair
    assert reference.matmul(A, B).T.tolist() == reference.matmul(flipped(B), flipped(A)).tolist()


def test_matmul_agrees_with_blas_on_fractions_that_are_not_exact():
    rng = np.random.default_rng(3)
    A, B = rng.normal(size=(7, 40)), rng.normal(size=(40, 5))
    # Forty products of order one, added up in any order, differ by a few dozen roundings of 1e-16.
    np.testing.assert_allclose(reference.matmul(A, B), scipy.linalg.blas.dgemm(1.0, A, B), rtol=0, atol=1e-13)


@given(fitting(), st.data())
def test_a_composed_matrix_does_both_steps(pair, data):
    W2, W1 = pair
    v = data.draw(matrices(1, len(W1[0])))[0]
    step_by_step = exact_product(W2, exact_product(W1, [[x] for x in v]))
    at_once = exact_product(reference.compose(W2, W1).tolist(), [[x] for x in v])
    assert at_once == step_by_step


@pytest.mark.parametrize("v", [[1, 2], [1, 2, 3, 4], [5], [[1], [2], [3]]])
def test_matvec_refuses_a_misfit_and_names_both_shapes(v):
    with pytest.raises(ValueError) as refusal:
        reference.matvec([[1, 2, 3], [4, 5, 6]], v)
    assert "(2, 3)" in str(refusal.value)
    assert str(np.shape(v)) in str(refusal.value)


@pytest.mark.parametrize(("a", "b"), [((2, 3), (2, 3)), ((3, 4), (2, 3)), ((2, 3), (1, 4)), ((2, 1), (3, 1))])
def test_matmul_refuses_a_misfit_and_names_both_shapes(a, b):
    with pytest.raises(ValueError) as refusal:
        reference.matmul(np.ones(a), np.ones(b))
    assert str(a) in str(refusal.value)
    assert str(b) in str(refusal.value)


@given(sizes, sizes, st.lists(sizes, min_size=1, max_size=2))
def test_product_shape_is_the_shape_numpy_gives_and_refuses_what_numpy_refuses(m, n, b):
    try:
        expected = (np.zeros((m, n)) @ np.zeros(b)).shape
    except ValueError:
        with pytest.raises(ValueError) as refusal:
            reference.product_shape((m, n), tuple(b))
        assert str((m, n)) in str(refusal.value)
        assert str(tuple(b)) in str(refusal.value)
    else:
        assert reference.product_shape((m, n), tuple(b)) == expected


@pytest.mark.parametrize("b", [(4, 2), (4,)])
def test_product_shape_refuses_a_first_shape_of_one_number(b):
    with pytest.raises(ValueError, match=r"\(4,\)"):
        reference.product_shape((4,), b)


@given(st.lists(st.lists(sizes, min_size=1, max_size=2).map(tuple), min_size=1, max_size=5))
def test_parameter_count_is_the_number_of_entries_of_the_arrays(shapes):
    assert reference.parameter_count(shapes) == sum(len(np.zeros(shape).ravel()) for shape in shapes)


def test_parameter_count_of_the_primers_matrix():
    assert reference.parameter_count([(3072, 768)]) == 2359296


@given(blocks())
def test_feed_forward_agrees_with_exact_arithmetic(block):
    x, W1, b1, W2, b2 = block
    hidden = [[max(0.0, h) for h in row] for row in with_bias(exact_product(x, W1), b1)]
    assert reference.feed_forward(*block).tolist() == with_bias(exact_product(hidden, W2), b2)


@given(blocks())
def test_feed_forward_treats_each_token_alone(block):
    x, *weights = block
    one_by_one = [reference.feed_forward(token, *weights).tolist() for token in x]
    assert reference.feed_forward(x, *weights).tolist() == one_by_one


def test_nothing_changes_its_arguments():
    W, v, b = np.array([[1.0, -2.0], [3.0, 4.0]]), np.array([5.0, 6.0]), np.array([-1.0, 2.0])
    kept = W.copy(), v.copy(), b.copy()
    reference.matvec(W, v)
    reference.matmul(W, W)
    reference.compose(W, W)
    reference.feed_forward(v, W, b, W, b)
    for now, before in zip((W, v, b), kept, strict=True):
        np.testing.assert_array_equal(now, before)


def test_the_docstrings_worked_values_are_right():
    assert reference.matmul([[1, 0, 2], [0, 3, 1]], [[1, 2], [0, 1], [3, 0]]).tolist() == [[7, 2], [3, 3]]
    assert reference.product_shape((2, 5), (5, 3)) == (2, 3)
    assert reference.compose([[2, 0], [0, 1]], [[0, -1], [1, 0]]).tolist() == [[0, -2], [1, 0]]
    assert reference.feed_forward(
        [1, 2], [[1, -1, 0], [0, 1, -2]], [0, 1, 1], [[2, 0], [1, -1], [5, 5]], [0.5, 1]
    ).tolist() == [4.5, -1]


def test_figure_4_and_example_3_are_the_primers():
    assert reference.matvec([[2, 0], [0, 3], [1, 1]], [4, 2]).tolist() == [8, 6, 6]
    assert reference.matvec([[1, 0, 2], [0, 3, 1]], [3, 1, 4]).tolist() == [11, 7]


def test_worked_values_are_the_primers():
    assert reference.exercise_5([[2, 1], [0, 3]], [4, 2]) == [10, 6]
    assert reference.exercise_6(512, 768) == (768, 512)
    assert reference.exercise_7(3, 4, 2) == (3, 2, False)


def test_a_square_product_is_defined_both_ways_round():
    assert reference.exercise_7(5, 2, 5) == (5, 5, True)
