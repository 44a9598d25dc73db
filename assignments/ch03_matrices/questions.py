"""Chapter III: what is asked of matrices, their products and their shapes."""

import numpy as np

from autograder.course.domains import (
    ANY_REALS,
    among,
    matrices,
    one_of,
    shapes,
    vectors,
    whole_numbers,
    without,
)
from autograder.course.question import Question, WorkedValue, expect

# In a check, plain floats come before narrow ints and before arrays that could be written over: whoever gets
# the plain ones wrong is told about the mathematics, and never about types.

# Matrix times vector ----------------------------------------------------------------------------------------
FIGURE_4 = [[2, 0], [0, 3], [1, 1]]
EXAMPLE_3 = [[1, 0, 2], [0, 3, 1]]

matvec = Question(
    points=4,
    source=["Figure 4", "Example 3", "Notation: W", "Notation: Wv"],
    meaning=(
        "Each row asks one question of the vector, and the output lists the answers. There is a second way to"
        " read it: Wv is a mixture of W's columns, with the numbers of v as the amounts."
    ),
)

ROW_BY_ROW = "take the dot product of each row of W with v, one number per row"


@matvec.check
def works_on_the_primers_matrices(matvec):
    """Figure 4 and Example 3."""
    expect(matvec, FIGURE_4, [4, 2]).to_equal([8.0, 6.0, 6.0], because=ROW_BY_ROW)
    expect(matvec, EXAMPLE_3, [3, 1, 4]).to_equal([11.0, 7.0], because=ROW_BY_ROW)


@matvec.check
def takes_lists_tuples_and_arrays(matvec):
    """Lists, tuples or arrays, ints or floats, of any size; the arguments stay as they were."""
    expect(matvec, [[3]], [7]).to_equal(
        [21.0], because="one row and one column is a matrix too; the result is a vector of one number"
    )
    expect(matvec, [[0.5, -1.0, 2.0]], (4.0, 3.0, 1.5)).to_equal([2.0], because=ROW_BY_ROW)
    expect(matvec, [[1, 2], [3, 5], [0, 4]], (0.5, 0.25)).to_equal([1.0, 2.75, 1.0], because=ROW_BY_ROW)
    expect(matvec, np.array([[1, 2], [3, 5], [0, 4]]), np.array([0.5, 0.25])).to_equal([1.0, 2.75, 1.0])
    expect(matvec, np.array([[0.5, -1.0, 2.0]]), np.array([4.0, 3.0, 1.5])).to_equal([2.0])
    expect(matvec, np.array([[100, 50]], dtype=np.int8), np.array([2, 3], dtype=np.int8)).to_equal(
        [350.0], because_type="350 does not fit into 8 bits, and wraps around: make floats first"
    )


@matvec.check
def refuses_a_vector_that_does_not_fit(matvec):
    """A vector longer than the rows: ValueError."""
    expect(matvec, [[1, 2, 3], [4, 5, 6]], [1, 0, 2]).to_equal([7.0, 16.0], because=ROW_BY_ROW)
    expect(matvec, [[1, 2, 3], [4, 5, 6]], [1, 0, 2, 8, 8]).to_be_refused(
        ValueError,
        because="compare W's columns with the length of v first, and raise ValueError if they differ",
    )


@matvec.check(points=0.2)
def names_both_shapes_of_a_misfit(matvec):
    """The message of the ValueError names both shapes."""
    expect(matvec, [[1, 2, 3], [4, 5, 6]], [0, 1, 2]).to_equal([8.0, 17.0], because=ROW_BY_ROW)
    expect(matvec, [[1, 2, 3], [4, 5, 6]], [1, 0, 2, 8, 8]).to_be_refused(
        ValueError, naming=[3, 5], because="put both shapes into the message of a ValueError"
    )


@matvec.check
def keeps_every_digit_of_the_vector(matvec):
    """Nothing is rounded: small numbers with many decimals."""
    expect(matvec, [[0.5, 2.0], [1.0, 1.0]], [4.0, 0.25]).to_equal([2.5, 4.25], because=ROW_BY_ROW)
    expect(matvec, [[0.0123, 0.1]], [0.087654321, 0.0001]).to_equal(
        [0.0010881481483], because="the sums keep every digit: nothing is rounded, cut off or added"
    )


TALL = [[1.5, -2.0, 0.25], [0.0, 3.5, -1.0], [-4.0, 0.5, 2.0], [7.0, 1.0, -3.0]]
THROUGH_TALL = [sum(w * x for w, x in zip(row, [2.0, -3.0, 5.0], strict=True)) for row in TALL]


@matvec.hidden
def takes_one_dot_product_per_row(matvec):
    """Square, tall and wide matrices; fractions and negative numbers."""
    expect(matvec, [[1, 2], [-3, 5]], [10, 4]).to_equal([18.0, -10.0], because=ROW_BY_ROW)
    expect(matvec, TALL, [2.0, -3.0, 5.0]).to_equal(THROUGH_TALL, because=ROW_BY_ROW)
    expect(matvec, [[1, 2, 3, 4, 5]], [1, 10, 100, 1000, 10000]).to_equal([54321.0], because=ROW_BY_ROW)
    expect(matvec, [[2], [-1], [4]], [3]).to_equal([6.0, -3.0, 12.0], because=ROW_BY_ROW)
    expect(matvec, [[0.5] * 1600, [0.25] * 1600], [1.0] * 1600).to_equal([800.0, 400.0], because=ROW_BY_ROW)
    expect(matvec, [[0, 0], [1, 2], [1, 2], [0, 0]], [3, 4]).to_equal(
        [0.0, 11.0, 11.0, 0.0], because="a row of zeros, or one like another, has its number too"
    )
    expect(matvec, [[2e-6]], [3e-6]).to_equal([6e-12], because="a small number is not 0")
    expect(matvec, [[0.5, 0.25]] * 1600, [1.0, 2.0]).to_equal([1.0] * 1600, because=ROW_BY_ROW)


@matvec.hidden
def picks_out_columns(matvec):
    """A vector with a single 1 in it picks out a column; a vector of zeros gives zeros."""
    expect(matvec, TALL, [0.0, 1.0, 0.0]).to_equal([-2.0, 3.5, 0.5, 1.0], because=ROW_BY_ROW)
    expect(matvec, TALL, [0, 0, 0]).to_equal([0.0, 0.0, 0.0, 0.0], because=ROW_BY_ROW)


@matvec.hidden
def takes_numbers_of_every_width(matvec):
    """Ints and floats of other widths, and arrays of them, which stay as they were."""
    expect(matvec, [[3.0, 1.0], [0.0, 2.0]], [5.0, -2.0]).to_equal([13.0, -4.0], because=ROW_BY_ROW)
    because = "an int type has no room for a product of this size: make floats first"
    expect(matvec, np.array([[200, 100]], dtype=np.uint8), np.array([2, 3], dtype=np.uint8)).to_equal(
        [700.0], because_type=because
    )
    expect(matvec, [[3_000_000_000, 0], [0, 1]], [4_000_000_000, 1]).to_equal(
        [1.2e19, 1.0], because_type=because
    )
    expect(
        matvec, np.array([[0.5, -1.5]], dtype=np.float32), np.array([4.0, 2.0], dtype=np.float32)
    ).to_equal([-1.0])
    expect(matvec, np.array(TALL), np.array([2.0, -3.0, 5.0])).to_equal(THROUGH_TALL)
    expect(matvec, np.array([[0.5, 1.25]]), np.array([2, 3])).to_equal([4.75])


@matvec.hidden
def refuses_what_only_seems_to_fit(matvec):
    """A vector that can be stretched, or that fits the other side of the matrix: ValueError."""
    expect(matvec, [[2, 0, 1], [1, 3, 0]], [5, 4, 3]).to_equal([13.0, 17.0], because=ROW_BY_ROW)
    because = "the vector needs one number for each column of W: compare the two sizes before multiplying"
    expect(matvec, [[2, 0, 1], [1, 3, 0]], [5]).to_be_refused(ValueError, because=because)
    expect(matvec, np.array([[2, 0, 1], [1, 3, 0]]), np.array([5, 4])).to_be_refused(
        ValueError, because=because
    )
    expect(matvec, [[2], [1]], [5, 4]).to_be_refused(ValueError, because=because)


# Matrix times matrix ----------------------------------------------------------------------------------------
matmul = Question(
    points=4,
    source="Chapter III",
    meaning=(
        "Column j of AB is A times column j of B: a matrix product is many matrix-vector products side by"
        " side. Graphics processors are built to do exactly this, and that is why models are made of it."
    ),
)

ROWS_WITH_COLUMNS = "entry i, j is the dot product of row i of the left with column j of the right"


@matmul.check
def multiplies_rows_with_columns(matmul):
    """The worked example: a (2, 3) matrix times a (3, 2) matrix."""
    expect(matmul, EXAMPLE_3, [[1, 2], [0, 1], [3, 0]]).to_equal(
        [[7.0, 2.0], [3.0, 3.0]], because=ROWS_WITH_COLUMNS
    )


@matmul.check
def takes_matrices_of_any_shape(matmul):
    """Lists or arrays, ints or floats; a single entry, a row, a column. The arguments stay as they were."""
    expect(matmul, [[3]], [[0.5]]).to_equal(
        [[1.5]], because="the product of two matrices is a matrix, also with one row and one column"
    )
    expect(matmul, [[1.0, 2.0, 3.0]], [[4], [5], [6]]).to_equal([[32.0]], because=ROWS_WITH_COLUMNS)
    expect(matmul, [[1], [2], [3]], [[4.0, 0.5]]).to_equal(
        [[4.0, 0.5], [8.0, 1.0], [12.0, 1.5]], because=ROWS_WITH_COLUMNS
    )
    expect(matmul, np.array([[1], [2], [3]]), np.array([[4.0, 0.5]])).to_equal(
        [[4.0, 0.5], [8.0, 1.0], [12.0, 1.5]]
    )
    expect(matmul, np.array([[100, 50]], dtype=np.int8), np.array([[2], [3]], dtype=np.int8)).to_equal(
        [[350.0]], because_type="350 does not fit into 8 bits, and wraps around: make floats first"
    )


@matmul.check
def refuses_matrices_that_do_not_fit(matmul):
    """Columns and rows that differ in number: ValueError."""
    expect(matmul, [[1, 2], [0, 4]], [[5, 6, 7], [1, 0, 2]]).to_equal(
        [[7.0, 6.0, 11.0], [4.0, 0.0, 8.0]], because=ROWS_WITH_COLUMNS
    )
    expect(matmul, np.ones((2, 5)), np.ones((3, 4))).to_be_refused(
        ValueError, because="compare A's columns with B's rows first, and raise ValueError if they differ"
    )


@matmul.check(points=0.2)
def names_both_shapes_of_matrices(matmul):
    """The message of the ValueError names both shapes."""
    expect(matmul, [[1, 2]], [[3], [4]]).to_equal([[11.0]], because=ROWS_WITH_COLUMNS)
    expect(matmul, np.ones((2, 5)), np.ones((3, 4))).to_be_refused(
        ValueError, naming=[5, 3], because="put both shapes into the message of a ValueError"
    )


@matmul.check
def keeps_every_digit_of_the_matrix(matmul):
    """Nothing is rounded: small numbers with many decimals."""
    expect(matmul, [[0.5, 2.0]], [[4.0], [0.25]]).to_equal([[2.5]], because=ROWS_WITH_COLUMNS)
    expect(matmul, [[0.0123, 0.1]], [[0.087654321], [0.0001]]).to_equal(
        [[0.0010881481483]], because="the sums keep every digit: nothing is rounded, cut off or added"
    )


WIDE = [[2.0, -1.0, 0.5, 3.0], [-2.5, 4.0, 1.0, 0.0], [1.5, 0.25, -6.0, 2.0]]
TALL_TIMES_WIDE = [
    [sum(a * b for a, b in zip(row, column, strict=True)) for column in zip(*WIDE, strict=True)]
    for row in TALL
]
WIDE_TIMES_TALL = [
    [sum(a * b for a, b in zip(row, column, strict=True)) for column in zip(*TALL, strict=True)]
    for row in WIDE
]


@matmul.hidden
def keeps_the_order(matmul):
    """AB and BA are different products, of different shapes."""
    expect(matmul, TALL, WIDE).to_equal(TALL_TIMES_WIDE, because=ROWS_WITH_COLUMNS)
    expect(matmul, WIDE, TALL).to_equal(WIDE_TIMES_TALL, because=ROWS_WITH_COLUMNS)
    expect(matmul, [[0.5] * 1600], [[0.25]] * 1600).to_equal([[200.0]], because=ROWS_WITH_COLUMNS)


@matmul.hidden
def keeps_the_order_of_square_matrices(matmul):
    """Square matrices, for which no order is an error; the identity changes nothing."""
    expect(matmul, [[1, 2], [3, 4]], [[0, 5], [-1, 7]]).to_equal(
        [[-2.0, 19.0], [-4.0, 43.0]], because=ROWS_WITH_COLUMNS
    )
    expect(matmul, [[0, 5], [-1, 7]], [[1, 2], [3, 4]]).to_equal(
        [[15.0, 20.0], [20.0, 26.0]], because=ROWS_WITH_COLUMNS
    )
    expect(matmul, np.eye(3), WIDE).to_equal(WIDE, because=ROWS_WITH_COLUMNS)
    expect(matmul, [[1, 2], [1, 2]], [[3, 3], [4, 4]]).to_equal(
        [[11.0, 11.0], [11.0, 11.0]], because="equal rows and equal columns count each time"
    )
    expect(matmul, [[2e-6]], [[3e-6]]).to_equal([[6e-12]], because="a small number is not 0")
    expect(matmul, [[0.5]] * 70, [[2.0] * 60]).to_equal([[1.0] * 60] * 70, because=ROWS_WITH_COLUMNS)
    expect(matmul, TALL, np.zeros((3, 2))).to_equal([[0.0, 0.0]] * 4, because=ROWS_WITH_COLUMNS)
    expect(matmul, np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 5.0], [-1.0, 7.0]])).to_equal(
        [[-2.0, 19.0], [-4.0, 43.0]]
    )


@matmul.hidden
def takes_matrices_of_every_type(matmul):
    """Ints and floats of other widths, and arrays of them, which stay as they were."""
    expect(matmul, [[3.0, 1.0]], [[5.0, 0.0], [-2.0, 1.0]]).to_equal([[13.0, 1.0]], because=ROWS_WITH_COLUMNS)
    because = "an int type has no room for a product of this size: make floats first"
    expect(matmul, np.array([[200, 100]], dtype=np.uint8), np.array([[2], [3]], dtype=np.uint8)).to_equal(
        [[700.0]], because_type=because
    )
    expect(matmul, [[3_000_000_000]], [[4_000_000_000]]).to_equal([[1.2e19]], because_type=because)
    expect(
        matmul, np.array([[0.5, -1.5]], dtype=np.float32), np.array([[4.0], [2.0]], dtype=np.float32)
    ).to_equal([[-1.0]])
    expect(matmul, np.array(TALL), np.array(WIDE)).to_equal(TALL_TIMES_WIDE)
    expect(matmul, np.array([[1, 2], [3, 4]]), np.array([[0.5], [0.25]])).to_equal([[1.0], [2.5]])
    expect(matmul, np.array([[0.5, 1.25]]), np.array([[2], [3]])).to_equal([[4.75]])


@matmul.hidden
def refuses_by_the_inner_sizes_alone(matmul):
    """The inner sizes decide, and nothing makes up for them: ValueError."""
    expect(matmul, [[1, 2, 3]], [[2, 0], [0, 2], [1, 1]]).to_equal([[5.0, 7.0]], because=ROWS_WITH_COLUMNS)
    because = "A's columns must be as many as B's rows: compare these two sizes, and no others"
    expect(matmul, np.ones((3, 4)), np.ones((2, 3))).to_be_refused(ValueError, because=because)
    expect(matmul, np.ones((2, 3)), np.ones((2, 3))).to_be_refused(ValueError, because=because)
    expect(matmul, np.ones((2, 3)), np.ones((1, 4))).to_be_refused(ValueError, because=because)
    expect(matmul, [[1], [2]], [[1, 2], [3, 4], [5, 6]]).to_be_refused(ValueError, because=because)


# Shapes and counts ------------------------------------------------------------------------------------------
product_shape = Question(
    points=2,
    source="Chapter III",
    meaning=(
        "Follow shapes like this through a paper's equations, and you can check an architecture before"
        " anything has been trained."
    ),
)

OUTER_SIZES = "the rows of the first factor, then the columns of the second, if there are any"


@product_shape.check
def keeps_the_outer_sizes(product_shape):
    """Two matrices: the inner sizes agree, the outer ones remain."""
    expect(product_shape, (2, 5), (5, 3)).to_equal((2, 3), because=OUTER_SIZES)
    expect(product_shape, (6, 1), (1, 7)).to_equal((6, 7), because=OUTER_SIZES)


@product_shape.check(points=0.1)
def gives_a_tuple_of_ints(product_shape):
    """The shape is a tuple of ints."""
    expect(product_shape, (2, 4), (4, 3)).to_equal(
        (2, 3), typed=True, because="NumPy's shapes are tuples of ints, and equal no list: return (m, p)"
    )


@product_shape.check
def takes_a_vector_on_the_right(product_shape):
    """A matrix and a vector: a shape of one size."""
    because = "the product is a vector, and its shape is a tuple of one size, (m,)"
    expect(product_shape, (3072, 768), (768,)).to_equal((3072,), because=because)
    expect(product_shape, (1, 4), (4,)).to_equal((1,), because=because)


@product_shape.check
def refuses_shapes_that_do_not_fit(product_shape):
    """Inner sizes that differ: ValueError."""
    expect(product_shape, (4, 2), (2, 6)).to_equal((4, 6), because=OUTER_SIZES)
    expect(product_shape, (2, 3), (4, 5)).to_be_refused(
        ValueError,
        because="compare the second size of a with the first of b, and raise ValueError if they differ",
    )


@product_shape.check(points=0.1)
def names_both_shapes(product_shape):
    """The message of the ValueError names both shapes."""
    expect(product_shape, (3, 2), (2, 2)).to_equal((3, 2), because=OUTER_SIZES)
    expect(product_shape, (2, 3), (4, 5)).to_be_refused(
        ValueError, naming=[3, 4], because="put both shapes into the message of a ValueError"
    )


@product_shape.hidden
def keeps_sizes_of_every_kind(product_shape):
    """One row and one column; sizes in the hundreds and in the ten thousands."""
    expect(product_shape, (1, 5), (5, 1)).to_equal(
        (1, 1), because="a product with one row and one column is a matrix still, of shape (1, 1)"
    )
    expect(product_shape, (3, 3), (3, 3)).to_equal((3, 3), because=OUTER_SIZES)
    # Two objects of one value, as they come out of two arrays: `is` takes them for different.
    n, same = len(range(300)), len(range(300))
    because = "compare sizes with == and return them as they came"
    expect(product_shape, (7, n), (same, 5)).to_equal((7, 5), because=because)
    expect(product_shape, (50257, 2), (2,)).to_equal((50257,), because=because)


@product_shape.hidden
def refuses_by_inner_sizes(product_shape):
    """The inner sizes decide, for vectors too: ValueError."""
    expect(product_shape, (3, 3), (3, 8)).to_equal((3, 8), because=OUTER_SIZES)
    because = "the second size of a must be the first of b: compare these two, and no others"
    expect(product_shape, (5, 4), (2, 5)).to_be_refused(ValueError, because=because)
    expect(product_shape, (6, 3), (6,)).to_be_refused(ValueError, because=because)
    expect(product_shape, (2, 1), (3, 4)).to_be_refused(ValueError, because=because)
    expect(product_shape, (2, 3), (1, 4)).to_be_refused(ValueError, because=because)
    expect(product_shape, (2, 3), (1,)).to_be_refused(ValueError, because=because)
    expect(product_shape, (2, 12288), (12289, 2)).to_be_refused(ValueError, because=because)


@product_shape.hidden
def refuses_a_vector_on_the_left(product_shape):
    """A first shape of one size: ValueError."""
    expect(product_shape, (1, 4), (4, 2)).to_equal((1, 2), because=OUTER_SIZES)
    because = (
        "the first shape must be that of a matrix, with rows and columns; NumPy's @ is laxer than this rule"
    )
    expect(product_shape, (4,), (4, 2)).to_be_refused(ValueError, because=because)
    expect(product_shape, (7,), (7,)).to_be_refused(ValueError, because=because)


@product_shape.hidden(points=0.1)
def names_both_shapes_of_a_vector_on_the_left(product_shape):
    """The message about a first shape of one size names both shapes, too."""
    expect(product_shape, (7, 6), (6, 5)).to_equal((7, 5), because=OUTER_SIZES)
    expect(product_shape, (6,), (6, 5)).to_be_refused(
        ValueError, naming=[6, 5], because="put both shapes into the message of a ValueError"
    )


parameter_count = Question(
    points=1,
    source="Chapter III",
    meaning=(
        "Apply it to a published table of shapes, and you can recompute any model's size. Four bytes per"
        " parameter in single precision then give its weight in memory."
    ),
)

WITHIN_AND_OVER = "multiply the sizes within a shape, then add over the shapes"


@parameter_count.check
def counts_one_matrix(parameter_count):
    """A single weight matrix: rows times columns."""
    # Counts are whole numbers: no tolerance.
    expect(parameter_count, [(3072, 768)]).to_equal(2359296, rtol=0, atol=0, because=WITHIN_AND_OVER)
    expect(parameter_count, [(2, 3), (3, 5)]).to_equal(21, rtol=0, atol=0, because=WITHIN_AND_OVER)


@parameter_count.check
def counts_biases_too(parameter_count):
    """A shape of one size is a vector's: it has as many parameters as components."""
    expect(parameter_count, [(64, 16), (64,), (16, 64), (16,)]).to_equal(
        2128, rtol=0, atol=0, because=WITHIN_AND_OVER
    )
    expect(parameter_count, [(7,)]).to_equal(7, rtol=0, atol=0, because="a shape (n,) adds n")


@parameter_count.check(points=0.1)
def counts_in_ints(parameter_count):
    """The count is an int."""
    expect(parameter_count, [(4, 5), (5,)]).to_equal(
        25, typed=True, rtol=0, atol=0, because="a float drops digits where counts are large: keep to ints"
    )


@parameter_count.hidden
def counts_a_large_model(parameter_count):
    """Exact counts, however large."""
    expect(parameter_count, [(1, 1), (11, 13), (13,), (9, 9)]).to_equal(
        238, rtol=0, atol=0, because=WITHIN_AND_OVER
    )
    because = "count in ints of 64 bits or in Python's own: smaller ints overflow, and float32 drops digits"
    expect(parameter_count, [(12288, 49152), (49152,), (49152, 12288), (12288,)] * 8).to_equal(
        8 * (2 * 12288 * 49152 + 49152 + 12288), rtol=0, atol=0, because=because
    )
    expect(parameter_count, [(16777216,), (1,)]).to_equal(16777217, rtol=0, atol=0, because=because)
    expect(parameter_count, [(3, 2)] * 2000).to_equal(
        12000, rtol=0, atol=0, because="a list of shapes may be long: a call per shape nests too deeply"
    )
    expect(parameter_count, [(2**27, 2**26), (3,)]).to_equal(
        2**53 + 3, rtol=0, atol=0, because="above 2 ** 53 a float drops digits: count in ints throughout"
    )


# Two transformations as one ---------------------------------------------------------------------------------
QUARTER_TURN = [[0, -1], [1, 0]]
STRETCH = [[2, 0], [0, 1]]

compose = Question(
    points=2,
    source="Chapter III",
    meaning=(
        "Because this one matrix exists, layers without a bend between them are one layer. In the other"
        " direction, a large matrix can be stored as a product of two small ones, if its rank allows it."
    ),
)

SECOND_ON_THE_LEFT = "W1 is done first and stands next to the vector: the one matrix is W2 times W1"


@compose.check
def turns_then_stretches(compose):
    """The worked example: a quarter turn first, then a stretch, and the other way round."""
    expect(compose, STRETCH, QUARTER_TURN).to_equal([[0.0, -2.0], [1.0, 0.0]], because=SECOND_ON_THE_LEFT)
    expect(compose, QUARTER_TURN, STRETCH).to_equal([[0.0, -1.0], [2.0, 0.0]], because=SECOND_ON_THE_LEFT)


@compose.check
def goes_from_the_first_input_to_the_last_output(compose):
    """From 2 numbers to 4, then from 4 to 3: a matrix of shape (3, 2)."""
    widen = [[1, 0], [0, 1], [1, 1], [1, -1]]
    narrow = [[1, 0, 2, 0], [0, 3, 0, 1], [0.5, 0, 0, -1]]
    expect(compose, narrow, widen).to_equal([[3.0, 2.0], [1.0, 2.0], [-0.5, 1.0]], because=SECOND_ON_THE_LEFT)


@compose.check
def keeps_every_digit_of_the_product(compose):
    """Nothing is rounded: small numbers with many decimals."""
    expect(compose, [[0.5, 2.0]], [[4.0], [0.25]]).to_equal([[2.5]], because=SECOND_ON_THE_LEFT)
    expect(compose, [[0.0123, 0.1]], [[0.087654321], [0.0001]]).to_equal(
        [[0.0010881481483]], because="the product keeps every digit: nothing is rounded, cut off or added"
    )


@compose.hidden
def keeps_both_orders_apart(compose):
    """Two matrices that fit in either order: each order has a result and a shape of its own."""
    expect(compose, WIDE, TALL).to_equal(WIDE_TIMES_TALL, because=SECOND_ON_THE_LEFT)
    expect(compose, TALL, WIDE).to_equal(TALL_TIMES_WIDE, because=SECOND_ON_THE_LEFT)
    expect(compose, np.array(WIDE), np.array(TALL)).to_equal(WIDE_TIMES_TALL)
    expect(compose, [[-2], [3]], [[4, -5]]).to_equal(
        [[-8.0, 10.0], [12.0, -15.0]], because=SECOND_ON_THE_LEFT
    )
    expect(compose, [[1, 2], [1, 2]], [[3, 3], [4, 4]]).to_equal(
        [[11.0, 11.0], [11.0, 11.0]], because="equal rows and equal columns count each time"
    )
    expect(compose, [[2e-6]], [[3e-6]]).to_equal([[6e-12]], because="a small number is not 0")
    expect(compose, [[0.5]] * 70, [[2.0] * 60]).to_equal([[1.0] * 60] * 70, because=SECOND_ON_THE_LEFT)
    expect(compose, TALL, np.zeros((3, 2))).to_equal([[0.0, 0.0]] * 4, because=SECOND_ON_THE_LEFT)
    expect(compose, [[-2]], [[0.75]]).to_equal([[-1.5]], because=SECOND_ON_THE_LEFT)
    expect(compose, [[0.5] * 1600], [[0.25]] * 1600).to_equal([[200.0]], because=SECOND_ON_THE_LEFT)


@compose.hidden
def composes_three(compose):
    """Three in a row, from the inside out."""
    first = [[1, 2], [0, 1], [4, 0]]
    second = [[1, 0, -1], [2, 3, 0]]
    third = [[0, 2], [5, 1], [1, 1], [0, -3]]
    inner = expect(compose, second, first).to_equal([[-3.0, 2.0], [2.0, 7.0]], because=SECOND_ON_THE_LEFT)
    expect(compose, third, inner).to_equal(
        [[4.0, 14.0], [-13.0, 17.0], [-1.0, 9.0], [-6.0, -21.0]], because=SECOND_ON_THE_LEFT
    )


@compose.hidden
def composes_matrices_of_every_type(compose):
    """Ints and floats of other widths, and arrays of them, which stay as they were."""
    expect(compose, [[3.0, 1.0]], [[5.0], [-2.0]]).to_equal([[13.0]], because=SECOND_ON_THE_LEFT)
    because = "an int type has no room for a product of this size: make floats first"
    expect(compose, np.array([[100, 50]], dtype=np.int8), np.array([[2], [3]], dtype=np.int8)).to_equal(
        [[350.0]], because_type=because
    )
    expect(compose, np.array([[1, 2], [3, 4]]), np.array([[0.5], [0.25]])).to_equal([[1.0], [2.5]])
    expect(compose, np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 5.0], [-1.0, 7.0]])).to_equal(
        [[-2.0, 19.0], [-4.0, 43.0]]
    )
    expect(
        compose, np.array([[0.5, -1.5]], dtype=np.float32), np.array([[4.0], [2.0]], dtype=np.float32)
    ).to_equal([[-1.0]])


# The feed-forward block -------------------------------------------------------------------------------------
feed_forward = Question(
    points=3,
    source="Chapter III",
    meaning=(
        "Each token goes through this block alone; tokens meet one another only in attention. The cut at zero"
        " is what keeps the two matrices from being one."
    ),
)

INSIDE_OUT = "x times W1, plus b1, negative numbers to 0, times W2, plus b2"


@feed_forward.check
def works_on_one_token(feed_forward):
    """The worked example: one token, as a vector."""
    expect(
        feed_forward, [1, 2], [[1, -1, 0], [0, 1, -2]], [0, 1, 1], [[2, 0], [1, -1], [5, 5]], [0.5, 1]
    ).to_equal([4.5, -1.0], because=INSIDE_OUT)


@feed_forward.check
def works_on_one_row_per_token(feed_forward):
    """Three tokens, one per row: each goes through the block on its own."""
    expect(
        feed_forward,
        [[1, 2], [0, 0], [-3, 1]],
        [[1, -1, 0], [0, 1, -2]],
        [0, 1, 1],
        [[2, 0], [1, -1], [5, 5]],
        [0.5, 1],
    ).to_equal(
        [[4.5, -1.0], [6.5, 5.0], [5.5, -4.0]],
        because="each row of x gives a row of hidden numbers, and every row gets the same biases",
    )


@feed_forward.check
def leaves_its_arguments_and_every_digit(feed_forward):
    """Five arrays of floats, which stay as they were; nothing is rounded."""
    expect(feed_forward, [2.0], [[0.5, -1.0]], [0.25, 1.0], [[4.0], [3.0]], [-1.5]).to_equal(
        [3.5], because=INSIDE_OUT
    )
    block = [np.array(part) for part in ([[0.5, -1.0]], [0.25, 1.0], [[4.0], [3.0]], [-1.5])]
    expect(feed_forward, np.array([2.0]), *block).to_equal([3.5])
    expect(feed_forward, [0.0123], [[0.087654321]], [0.0001], [[0.5]], [0.0]).to_equal(
        [0.00058907407415], because="the numbers keep every digit: nothing is rounded, cut off or added"
    )


@feed_forward.hidden
def cuts_off_after_the_first_bias(feed_forward):
    """The cut at zero comes after b1 and before W2; the output may be negative."""
    expect(feed_forward, [2.0], [[1.5, -1.5]], [-4.0, 4.0], [[3.0], [-7.0]], [0.25]).to_equal(
        [-6.75], because=INSIDE_OUT
    )
    expect(feed_forward, (1.0, -1.0), [[1.0], [3.0]], [-5.0], [[2.0, 4.0, 8.0]], [-1.0, 0.0, 2.5]).to_equal(
        [-1.0, 0.0, 2.5], because=INSIDE_OUT
    )


@feed_forward.hidden
def keeps_to_the_row_convention(feed_forward):
    """Square matrices, for which x W and W x both exist and differ."""
    expect(
        feed_forward,
        [3.0, 1.0],
        [[1.0, 2.0], [4.0, -1.0]],
        [0.5, 0.0],
        [[0.5, 2.0], [-1.0, 1.25]],
        [1.0, -2.0],
    ).to_equal([-0.25, 19.25], because="x stands on the left: its numbers meet the columns of W1")
    square = ([3.0, 1.0], [[1.0, 2.0], [4.0, -1.0]], [0.5, 0.0], [[0.5, 2.0], [-1.0, 1.25]], [1.0, -2.0])
    expect(feed_forward, *[np.array(part) for part in square]).to_equal([-0.25, 19.25])


@feed_forward.hidden
def adds_biases_to_every_token(feed_forward):
    """As many tokens as hidden numbers, a single token as a matrix, a single hidden number."""
    because = "b1 has one number per hidden column and b2 one per output column; every token gets the same"
    tokens = [[1.0, 0.0, 2.0, 1.0], [0.5, -1.0, 0.0, 3.0]]
    block = (
        [[1.0, 0.0], [0.0, 2.0], [1.0, 1.0], [-1.0, 0.5]],
        [10.0, 1.0],
        [[1.0, 2.0], [3.0, -1.0]],
        [0.0, 100.0],
    )
    expect(feed_forward, tokens, *block).to_equal([[22.5, 120.5], [9.0, 114.5]], because=because)
    expect(feed_forward, np.array(tokens), *block).to_equal([[22.5, 120.5], [9.0, 114.5]])
    expect(feed_forward, [[2.0, 1.0]], [[1.0], [1.0]], [0.0], [[1.0, -1.0]], [0.0, 0.0]).to_equal(
        [[3.0, -3.0]], because="a matrix of one token gives a matrix of one row"
    )


@feed_forward.hidden
def uses_each_number_as_it_came(feed_forward):
    """Zeros, equal rows, large results and many decimals: nothing is dropped, cut off or rounded."""
    tokens = [[0.0, 2.0], [0.0, 2.0]]
    W1, b1 = [[0.0, 1.0, 0.0], [0.0, 0.5, 1.5]], [0.25, 0.0, -1.0]
    W2, b2 = [[2.0, 2.0], [2.0, 2.0], [1.0, -1.0]], (3, -4)
    expect(feed_forward, tokens, W1, b1, W2, b2).to_equal([[7.5, -3.5], [7.5, -3.5]], because=INSIDE_OUT)
    mixed = ([[1.0, -9.0], [-5.0, 2.0]], [[1.0, 0.0], [0.0, 1.0]], [0.0, 0.0], [[2.0], [3.0]], [0.5])
    expect(feed_forward, *mixed).to_equal(
        [[2.5], [6.5]], because="each number is cut off on its own, whatever the others of its row are"
    )
    expect(feed_forward, [0.0, 0.0], [[2.0], [5.0]], [3.0], [[4.0, -1.0]], [0.5, 0.25]).to_equal(
        [12.5, -2.75], because="an input of zeros leaves b1, which goes on through W2"
    )
    expect(
        feed_forward, [2e3, -1e-7], [[7, 0], [0, -3]], [0.0, 0.0], [[0.5, 0], [0, 800.0]], [0, 0]
    ).to_equal([7000.0, 0.00024], because="positive hidden numbers stay as they are, however large or small")
    expect(feed_forward, [2e-6], [[3e-6]], [0.0], [[1.0]], [0.0]).to_equal(
        [6e-12], because="a small number is not 0"
    )
    expect(feed_forward, [[1.0, 2.0]] * 70, [[3.0], [0.5]], [-1.0], [[2.0, 1.0]], [0.5, -4.0]).to_equal(
        [[6.5, -1.0]] * 70, because="every token goes through the block, and all get the same biases"
    )
    expect(feed_forward, [3.0, 0.0], [[100, 200], [1, 2]], [0.5, -700.0], [[20000.0], [1.0]], [7]).to_equal(
        [6010007.0], because=INSIDE_OUT
    )
    unsigned = np.array([[100, 200], [1, 2]], dtype=np.uint8)
    expect(feed_forward, [3.0, 0.0], unsigned, [0.5, -700.0], [[20000.0], [1.0]], [7]).to_equal([6010007.0])
    decimals = ([0.1234567894], [[0.9876543216]], [-0.1200000004], [[0.5]], [0.0000000004])
    expect(feed_forward, *decimals).to_equal(
        [0.5 * (0.1234567894 * 0.9876543216 - 0.1200000004) + 0.0000000004], because=INSIDE_OUT
    )


@feed_forward.hidden
def takes_blocks_of_every_type(feed_forward):
    """Ints and floats of other widths, and arrays of them, which stay as they were."""
    expect(feed_forward, [2.0], [[0.5]], [0.25], [[3.0]], [0.5]).to_equal([4.25], because=INSIDE_OUT)
    floats = "make floats of every argument first: whole numbers in, fractions out"
    expect(
        feed_forward, np.array([2]), np.array([[3]]), np.array([0.25]), np.array([[2]]), np.array([0.5])
    ).to_equal([13.0], because=floats)
    narrow = [
        np.array(part, dtype=np.int8) for part in ([2, 1], [[100, 1], [50, 1]], [3, 1], [[1], [2]], [0])
    ]
    expect(feed_forward, *narrow).to_equal([261.0], because=floats)
    single = [
        np.array(part, dtype=np.float32) for part in ([1.5], [[2.0, -1.0]], [0.5, 1.0], [[2.0], [4.0]], [1])
    ]
    expect(feed_forward, *single).to_equal([8.0])


# Domains ----------------------------------------------------------------------------------------------------

# Arrays of float32 hold numbers that they represent exactly, and the sums below are of few products, so that
# they add up exactly in float32 too.
SMALL = without(ANY_REALS, "large numbers", "small numbers")
ENTRIES = ANY_REALS | {
    # Products of these are well above the tolerance's floor, and below what many take for 0.
    "tiny numbers": lambda rng, n: [
        rng.choice([-1, 1]) * round(rng.uniform(4e-6, 9e-6), 16) for _ in range(n)
    ],
    "rows of zeros among them": lambda rng, n: [0] * n if rng.random() < 0.5 else whole_numbers(rng, n),
}


@matvec.domain
def a_matrix_and_a_vector(draw):
    m, n = draw(shapes())
    return {
        "W": draw(matrices(m, n, ENTRIES, float32="exact")),
        "v": draw(vectors(n, ENTRIES, float32="exact")),
    }


@matvec.domain
def a_matrix_with_long_rows(draw):
    m = draw(among(1, 2))
    return {
        "W": draw(matrices(m, 40, SMALL, float32="exact")),
        "v": draw(vectors(40, SMALL, float32="exact")),
    }


@matvec.refuses(ValueError)
def a_vector_of_another_size(draw):
    m, n, size = draw.rng.choice(
        [(2, 3, 1), (2, 3, 2), (3, 2, 3), (2, 2, 3), (2, 1, 2), (1, 4, 1), (3, 4, 5)]
    )
    return {"W": draw(matrices(m, n)), "v": draw(vectors(size))}


@matmul.domain
def two_matrices(draw):
    m, n = draw(shapes())
    p = draw(one_of({"one column": 1, "several columns": among(2, 3, 5), "a square result": m}))
    return {
        "A": draw(matrices(m, n, ENTRIES, float32="exact")),
        "B": draw(matrices(n, p, ENTRIES, float32="exact")),
    }


MISFITS = [
    ((2, 3), (2, 3)),
    ((3, 4), (2, 3)),
    ((2, 3), (1, 4)),
    ((2, 1), (3, 1)),
    ((2, 2), (3, 2)),
    ((1, 3), (1, 3)),
]


@matmul.refuses(ValueError)
def matrices_that_do_not_fit(draw):
    a, b = draw.rng.choice(MISFITS)
    return {"A": draw(matrices(*a)), "B": draw(matrices(*b))}


@product_shape.domain
def shapes_that_fit(draw):
    m, n = draw(among(1, 2, 3, 7, 40, 300)), draw(among(1, 2, 3, 5, 64))
    of_a_matrix = draw(one_of({"a matrix on the right": True, "a vector on the right": False}))
    return {"a": (m, n), "b": (n, draw(among(1, 2, 4, n, m, 50))) if of_a_matrix else (n,)}


@product_shape.refuses(ValueError)
def shapes_of_misfits(draw):
    a, b = draw.rng.choice([*MISFITS, ((2, 3), (2,)), ((2, 3), (1,)), ((6, 3), (6,)), ((2, 1), (3,))])
    return {"a": a, "b": b}


@product_shape.refuses(ValueError)
def a_vector_on_the_left(draw):
    return {"a": (n := draw(among(1, 2, 3, 5)),), "b": draw(among((n, 2), (n, n), (n,), (1, n)))}


@parameter_count.domain
def shapes_to_count(draw):
    of_a_layer = among((2, 3), (5, 5), (1, 1), (7, 1), (1, 9), (64, 16))
    kinds = {
        "a weight": of_a_layer,
        "a bias": among((3,), (1,), (16,)),
        "a large weight": among((50257, 12288), (2**27, 2**26 + 1)),
    }
    return {"shapes": [draw(one_of(kinds)) for _ in range(draw(among(1, 2, 3, 8, 40)))]}


@compose.domain
def two_steps(draw):
    p, m = draw(shapes())
    n = draw(one_of({"one column": 1, "several columns": among(2, 3, 5), "a square result": p}))
    return {
        "W2": draw(matrices(p, m, ENTRIES, float32="exact")),
        "W1": draw(matrices(m, n, ENTRIES, float32="exact")),
    }


@feed_forward.domain
def a_block_and_its_input(draw):
    d, h = draw(shapes())
    e = draw(among(1, 2, d))
    tokens = {"one token": 0, "a matrix of one token": 1, "several tokens": among(2, 3), "h tokens": h}
    t = draw(one_of(tokens))
    return {
        "x": draw(matrices(t, d, SMALL, float32="exact")) if t else draw(vectors(d, SMALL, float32="exact")),
        "W1": draw(matrices(d, h, SMALL, float32="exact")),
        "b1": draw(vectors(h, SMALL, float32="exact")),
        "W2": draw(matrices(h, e, SMALL, float32="exact")),
        "b2": draw(vectors(e, SMALL, float32="exact")),
    }


# Worked by hand ---------------------------------------------------------------------------------------------

exercise_5 = WorkedValue(
    points=1,
    source="Exercise 5",
    numbers={"W": [[2, 1], [0, 3]], "v": [4, 2]},
    answer_as="a list of two whole numbers",
    because="each row of the matrix meets the whole vector once: multiply matching entries and add up",
    meaning="Two rows, two questions: each number of the output belongs to one row, and to no other.",
)


@exercise_5.draw
def another_matrix_and_vector(rng):
    while True:
        a, b, c, d = rng.sample(range(1, 8), 4)
        p, q = rng.sample(range(2, 7), 2)
        # If b p = c q, two of the usual slips give the same numbers.
        if b * p != c * q:
            return {"W": [[a, b], [c, d]], "v": [p, q]}


exercise_6 = WorkedValue(
    points=1,
    source="Exercise 6",
    numbers={"m": 512, "n": 768},
    answer_as="two whole numbers: the size of the input vector, then the size of the output",
    because="the input has one number per column, the output one number per row; rows are written first",
    meaning=(
        "Columns in, rows out. If there are fewer rows than columns this is a compression, and something"
        " about the input is lost; if there are more, the output has room to spare."
    ),
)


@exercise_6.draw
def other_sizes(rng):
    m, n = rng.sample([128, 256, 384, 640, 1024, 1280, 1600, 2048], 2)
    return {"m": m, "n": n}


exercise_7 = WorkedValue(
    points=2,
    source="Exercise 7",
    numbers={"m": 3, "n": 4, "p": 2},
    answer_as="the rows of AB, the columns of AB, and True or False: is BA defined",
    because=(
        "the outer sizes of the product remain; for BA, write down the shapes in that order and compare the"
        " inner sizes"
    ),
    meaning=(
        "Whether AB exists says nothing about BA: its inner sizes are the outer sizes of AB. Matrix"
        " multiplication is not commutative, and sometimes not even defined both ways round."
    ),
)


@exercise_7.draw
def other_shapes(rng):
    m, n, p = rng.sample(range(2, 10), 3)
    # In some terms BA is defined, so that last term's answer is no guide.
    return {"m": m, "n": n, "p": rng.choice([p, p, m])}
