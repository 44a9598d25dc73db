"""Chapter III: what is asked of matrices, their products and their shapes."""

import math

import numpy as np

from autograder.course.question import Question, WorkedValue, expect
from solutions import ch03_matrices as reference

# In every refusal the sizes that clash are named as strings of digits: `(2, 3)`, `2x3`, `3 columns` and
# NumPy's own messages all hold them.

# Matrix times vector ----------------------------------------------------------------------------------------
FIGURE_4 = [[2, 0], [0, 3], [1, 1]]
EXAMPLE_3 = [[1, 0, 2], [0, 3, 1]]

matvec = Question(points=4, source=["Figure 4", "Example 3", "Notation: W", "Notation: Wv"])


@matvec.check
def works_on_the_primers_matrices(matvec):
    """Figure 4 and Example 3."""
    expect(matvec, FIGURE_4, [4, 2]).to_equal(
        [8.0, 6.0, 6.0], because="take the dot product of each row of W with v, one number a row"
    )
    expect(matvec, EXAMPLE_3, [3, 1, 4]).to_equal(
        [11.0, 7.0], because="take the dot product of each row of W with v, one number a row"
    )


@matvec.check
def takes_lists_tuples_and_arrays(matvec):
    """Lists, tuples or arrays, ints or floats, of any size."""
    expect(matvec, [[3]], [7]).to_equal(
        [21.0], because="one row and one column is a matrix too; the result is a vector of one number"
    )
    expect(matvec, [[1, 2], [3, 5], [0, 4]], (0.5, 0.25)).to_equal(
        [1.0, 2.75, 1.0],
        because="the products of ints and fractions are fractions: convert with dtype=float first",
    )
    expect(matvec, np.array([[0.5, -1.0, 2.0]]), np.array([4.0, 3.0, 1.5])).to_equal(
        [2.0], because="one row gives a vector of one number, not a bare number"
    )


@matvec.check
def refuses_a_vector_that_does_not_fit(matvec):
    """A vector longer than the rows: ValueError, with both shapes in the message."""
    expect(matvec, [[1, 2, 3], [4, 5, 6]], [1, 0, 2]).to_equal([7.0, 16.0])
    expect(matvec, [[1, 2, 3], [4, 5, 6]], [1, 0, 2, 8, 8]).to_be_refused(
        ValueError,
        naming=[3, 5],
        because="compare W's columns with the length of v first, and put both shapes into the message",
    )


TALL = [[1.5, -2.0, 0.25], [0.0, 3.5, -1.0], [-4.0, 0.5, 2.0], [7.0, 1.0, -3.0]]
THROUGH_TALL = [sum(w * x for w, x in zip(row, [2.0, -3.0, 5.0], strict=True)) for row in TALL]


@matvec.hidden
def takes_one_dot_product_a_row(matvec):
    """Square, tall and wide matrices; fractions and negative numbers."""
    expect(matvec, [[1, 2], [-3, 5]], [10, 4]).to_equal(
        [18.0, -10.0],
        because="a square matrix hides a mix-up of rows and columns: the dot products are with the rows",
    )
    expect(matvec, TALL, [2.0, -3.0, 5.0]).to_equal(
        THROUGH_TALL, because="entry i of the result is row i of W with v"
    )
    expect(matvec, [[1, 2, 3, 4, 5]], [1, 10, 100, 1000, 10000]).to_equal(
        [54321.0], because="one row gives a vector of one number"
    )


@matvec.hidden
def picks_out_columns(matvec):
    """A vector with a single 1 in it picks out a column; a vector of zeros gives zeros."""
    expect(matvec, np.array(TALL), np.array([0.0, 1.0, 0.0])).to_equal(
        [-2.0, 3.5, 0.5, 1.0], because="every row contributes its second entry, times 1"
    )
    expect(matvec, np.array(TALL), [0, 0, 0]).to_equal(
        [0.0, 0.0, 0.0, 0.0], because="a row with a vector of zeros gives 0"
    )


@matvec.hidden
def refuses_what_only_seems_to_fit(matvec):
    """A vector of a single number, or as long as W has rows: ValueError."""
    expect(matvec, [[2, 0, 1], [1, 3, 0]], [5, 4, 3]).to_equal([13.0, 17.0])
    expect(matvec, [[2, 0, 1], [1, 3, 0]], [5]).to_be_refused(
        ValueError,
        naming=[3, 1],
        because=(
            "* and einsum stretch a single number along the whole row: compare the sizes before multiplying"
        ),
    )
    expect(matvec, [[2, 0, 1], [1, 3, 0]], [5, 4]).to_be_refused(
        ValueError,
        naming=[3, 2],
        because="v needs one number a column of W; the number of rows does not matter",
    )


def refuse_a_misfit(W, v):
    if W.shape[1:] != v.shape:
        raise ValueError(f"W is {W.shape}, v is {v.shape}")


def floats(*values):
    return [np.array(value, dtype=float) for value in values]


@matvec.misconception(
    caught_by=[works_on_the_primers_matrices, takes_one_dot_product_a_row],
    hint=(
        "This is v times W: the dot products are with the columns of W. Take the rows; W comes first, then v."
    ),
)
def multiplies_from_the_left(W, v):
    W, v = floats(W, v)
    return v @ W


@matvec.misconception(
    caught_by=works_on_the_primers_matrices,
    hint=(
        "Row times vector is the first half of a dot product. Add the products of each row up: one number a"
        " row."
    ),
)
def leaves_the_products_unsummed(W, v):
    W, v = floats(W, v)
    refuse_a_misfit(W, v)
    return W * v


@matvec.misconception(
    caught_by=works_on_the_primers_matrices,
    hint="The sum runs down the columns here. Each row has a sum of its own: axis=1.",
)
def adds_down_the_columns(W, v):
    W, v = floats(W, v)
    refuse_a_misfit(W, v)
    return (W * v).sum(axis=0)


@matvec.misconception(
    caught_by=[refuses_a_vector_that_does_not_fit, refuses_what_only_seems_to_fit],
    hint=(
        "zip stops at the shorter of the two and says nothing. Compare the lengths first, and raise"
        " ValueError with both shapes in the message."
    ),
)
def lets_zip_cut_the_longer(W, v):
    return [sum(float(w) * float(x) for w, x in zip(row, v, strict=False)) for row in W]


@matvec.misconception(
    caught_by=refuses_what_only_seems_to_fit,
    hint=(
        "A vector of one number is stretched along the row by broadcasting. Compare W's columns with the"
        " length of v before multiplying."
    ),
)
def broadcasts_a_single_number(W, v):
    W, v = floats(W, v)
    return (W * v).sum(axis=1)


@matvec.misconception(
    caught_by=[works_on_the_primers_matrices, refuses_what_only_seems_to_fit],
    hint=(
        "The vector is compared with the number of rows. Each row must be as long as the vector: compare it"
        " with the number of columns, W.shape[1]."
    ),
)
def compares_with_the_rows(W, v):
    W, v = floats(W, v)
    if len(W) != len(v):
        raise ValueError(f"shapes {W.shape} and {v.shape} do not fit")
    return np.array([sum(w * x for w, x in zip(row, v, strict=False)) for row in W])


@matvec.misconception(
    caught_by=refuses_a_vector_that_does_not_fit,
    hint=(
        "The refusal is there, but its message names no sizes. Say both shapes: whoever reads it at night"
        " needs them to find the wrong layer."
    ),
)
def refuses_without_the_shapes(W, v):
    W, v = floats(W, v)
    if W.shape[1:] != v.shape:
        raise ValueError("shape mismatch")
    return W @ v


@matvec.misconception(
    caught_by=refuses_a_vector_that_does_not_fit,
    hint=(
        "assert raises AssertionError, and is gone under python -O. Raise ValueError with both shapes in the"
        " message."
    ),
)
def asserts_that_it_fits(W, v):
    W, v = floats(W, v)
    assert W.shape[1:] == v.shape, f"shapes {W.shape} and {v.shape}"
    return W @ v


@matvec.misconception(
    caught_by=takes_lists_tuples_and_arrays,
    hint=(
        "The result is made with the type of W: where W holds ints, each dot product loses its fraction. Make"
        " it an array of floats."
    ),
)
def keeps_the_type_of_W(W, v):
    W, v = np.array(W), np.array(v)
    refuse_a_misfit(W, v)
    return (W.astype(float) @ v).astype(W.dtype)


@matvec.misconception(
    caught_by=[takes_lists_tuples_and_arrays, picks_out_columns],
    hint=(
        "np.asarray hands an array of floats through without a copy, so *= writes into the caller's own"
        " matrix. Use W * v, which makes a new array."
    ),
)
def multiplies_into_the_argument(W, v):
    W, v = np.asarray(W, dtype=float), np.asarray(v, dtype=float)
    refuse_a_misfit(W, v)
    W *= v
    return W.sum(axis=1)


@matvec.misconception(
    caught_by=works_on_the_primers_matrices,
    hint=(
        "This is an (m, 1) matrix, a column. The product of a matrix and a vector is a vector: m numbers in"
        " one dimension."
    ),
)
def returns_a_column(W, v):
    W, v = floats(W, v)
    refuse_a_misfit(W, v)
    return W @ v[:, None]


@matvec.alternative
def with_plain_loops(W, v):
    product = []
    for row in W:
        if len(row) != len(v):
            raise ValueError(f"the matrix is {len(W)}x{len(row)}, the vector has {len(v)}")
        total = 0.0
        for j in range(len(v)):
            total += row[j] * v[j]
        product.append(total)
    return product


@matvec.alternative
def by_numpys_own_refusal(W, v):
    return np.array(W) @ np.array(v)


@matvec.alternative
def by_dot_in_single_precision(W, v):
    return np.dot(np.array(W, dtype=np.float32), np.array(v, dtype=np.float32))


@matvec.alternative
def as_a_sum_of_columns(W, v):
    # The other way to read the same product: the columns of W, each as often as v says.
    columns = list(zip(*W, strict=True))
    if len(columns) != len(v):
        raise ValueError(f"{len(columns)} columns, {len(v)} components")
    return sum(float(x) * np.array(column, dtype=float) for x, column in zip(v, columns, strict=True))


# Matrix times matrix ----------------------------------------------------------------------------------------
matmul = Question(points=4, source="Chapter III")


@matmul.check
def multiplies_rows_with_columns(matmul):
    """The worked example: a (2, 3) matrix times a (3, 2) matrix."""
    expect(matmul, EXAMPLE_3, [[1, 2], [0, 1], [3, 0]]).to_equal(
        [[7.0, 2.0], [3.0, 3.0]], because="entry i, j is row i of the left with column j of the right"
    )


@matmul.check
def takes_matrices_of_any_shape(matmul):
    """Lists or arrays, ints or floats; a single entry, a row, a column."""
    expect(matmul, [[3]], [[0.5]]).to_equal(
        [[1.5]], because="the product of two matrices is a matrix, of one row and one column too"
    )
    expect(matmul, np.array([[1.0, 2.0, 3.0]]), [[4], [5], [6]]).to_equal(
        [[32.0]], because="a row times a column is a matrix with a single entry"
    )
    expect(matmul, [[1], [2], [3]], np.array([[4.0, 0.5]])).to_equal(
        [[4.0, 0.5], [8.0, 1.0], [12.0, 1.5]],
        because="a column times a row has a row for each row of the left",
    )


@matmul.check
def refuses_matrices_that_do_not_fit(matmul):
    """Columns and rows that differ in number: ValueError, with both shapes in the message."""
    expect(matmul, [[1, 2], [0, 4]], [[5, 6, 7], [1, 0, 2]]).to_equal([[7.0, 6.0, 11.0], [4.0, 0.0, 8.0]])
    expect(matmul, np.ones((2, 5)), np.ones((3, 4))).to_be_refused(
        ValueError,
        naming=[5, 3],
        because="compare A's columns with B's rows first, and put both shapes into the message",
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
    expect(matmul, TALL, WIDE).to_equal(
        TALL_TIMES_WIDE, because="a (4, 3) matrix times a (3, 4) matrix is (4, 4)"
    )
    expect(matmul, np.array(WIDE), np.array(TALL)).to_equal(
        WIDE_TIMES_TALL, because="a (3, 4) matrix times a (4, 3) matrix is (3, 3)"
    )


@matmul.hidden
def keeps_the_order_of_square_matrices(matmul):
    """Square matrices, where a wrong order gives no error; the identity changes nothing."""
    expect(matmul, [[1, 2], [3, 4]], [[0, 5], [-1, 7]]).to_equal(
        [[-2.0, 19.0], [-4.0, 43.0]], because="rows of the first, columns of the second"
    )
    expect(matmul, [[0, 5], [-1, 7]], [[1, 2], [3, 4]]).to_equal(
        [[15.0, 20.0], [20.0, 26.0]], because="rows of the first, columns of the second"
    )
    expect(matmul, np.eye(3), WIDE).to_equal(
        WIDE, because="the matrix with ones on the diagonal and zeros elsewhere leaves the other as it is"
    )


@matmul.hidden
def refuses_by_the_inner_sizes_alone(matmul):
    """Inner sizes decide: neither equal shapes, nor fitting outer sizes, nor a size of 1 makes up for
    them."""
    expect(matmul, [[1, 2, 3]], [[2, 0], [0, 2], [1, 1]]).to_equal([[5.0, 7.0]])
    expect(matmul, np.ones((3, 4)), np.ones((2, 3))).to_be_refused(
        ValueError, naming=[4, 2], because="the outer sizes agree here and the inner ones do not"
    )
    expect(matmul, np.ones((2, 3)), np.ones((2, 3))).to_be_refused(
        ValueError,
        naming=[3, 2],
        because="equal shapes are what * wants; a product needs A's columns to match B's rows",
    )
    expect(matmul, np.ones((2, 3)), np.ones((1, 4))).to_be_refused(
        ValueError, naming=[3, 1], because="a single row must not be stretched to fit"
    )


def refuse_misfitting_matrices(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError(f"{A.shape} times {B.shape}")


@matmul.misconception(
    caught_by=[multiplies_rows_with_columns, keeps_the_order_of_square_matrices],
    hint="The factors are the wrong way round: this is BA. A's rows meet B's columns.",
)
def multiplies_the_other_way_round(A, B):
    A, B = floats(A, B)
    return B @ A


@matmul.misconception(
    caught_by=[multiplies_rows_with_columns, keeps_the_order_of_square_matrices],
    hint=(
        "This multiplies entry by entry, as * does for arrays. A matrix product takes a whole row and a whole"
        " column for each entry."
    ),
)
def multiplies_entry_by_entry(A, B):
    A, B = floats(A, B)
    return A * B


@matmul.misconception(
    caught_by=[multiplies_rows_with_columns, keeps_the_order_of_square_matrices],
    hint=(
        "These are dot products of rows with rows. The right factor contributes its columns: zip(*B), or"
        " column j as B[:, j]."
    ),
)
def takes_rows_of_both(A, B):
    A, B = floats(A, B)
    return A @ B.T


@matmul.misconception(
    caught_by=multiplies_rows_with_columns,
    hint=(
        "The entries are right and rows and columns are exchanged: entry i, j belongs to row i of A and"
        " column j of B."
    ),
)
def turns_the_result_on_its_side(A, B):
    A, B = floats(A, B)
    refuse_misfitting_matrices(A, B)
    return (A @ B).T


@matmul.misconception(
    caught_by=multiplies_rows_with_columns,
    hint=(
        "[[0] * p] * m makes one row and m names for it, so every row ends up as the last. Make each row"
        " anew: [[0] * p for _ in range(m)]."
    ),
)
def shares_one_row(A, B):
    refuse_misfitting_matrices(*floats(A, B))
    product = [[0.0] * len(B[0])] * len(A)
    for i in range(len(A)):
        for j in range(len(B[0])):
            product[i][j] = float(sum(A[i][k] * B[k][j] for k in range(len(B))))
    return product


@matmul.misconception(
    caught_by=[refuses_matrices_that_do_not_fit, refuses_by_the_inner_sizes_alone],
    hint=(
        "zip stops at the shorter of the two and says nothing. Compare A's columns with B's rows first, and"
        " raise ValueError with both shapes."
    ),
)
def lets_zip_cut_a_row(A, B):
    return [
        [float(sum(a * b for a, b in zip(row, column, strict=False))) for column in zip(*B, strict=True)]
        for row in A
    ]


@matmul.misconception(
    caught_by=refuses_by_the_inner_sizes_alone,
    hint=(
        "A single row is stretched to fit, by broadcasting, where it should be refused. Compare A's columns"
        " with B's rows before multiplying."
    ),
)
def broadcasts_a_single_row(A, B):
    A, B = floats(A, B)
    return (A[:, :, None] * B[None, :, :]).sum(axis=1)


@matmul.misconception(
    caught_by=[takes_matrices_of_any_shape, refuses_by_the_inner_sizes_alone],
    hint=(
        "The outer sizes, A's rows and B's columns, may be anything. What must agree are the inner ones:"
        " A.shape[1] and B.shape[0]."
    ),
)
def compares_the_outer_sizes(A, B):
    A, B = floats(A, B)
    if A.shape[0] != B.shape[1]:
        raise ValueError(f"shapes {A.shape} and {B.shape}")
    return np.array([[sum(a * b for a, b in zip(row, column, strict=False)) for column in B.T] for row in A])


@matmul.alternative
def with_three_loops(A, B):
    m, n, p = len(A), len(A[0]), len(B[0])
    if n != len(B):
        raise ValueError(f"{m}x{n} and {len(B)}x{p} do not multiply")
    product = [[0.0] * p for _ in range(m)]
    for i in range(m):
        for j in range(p):
            for k in range(n):
                product[i][j] += A[i][k] * B[k][j]
    return product


@matmul.alternative
def column_by_column(A, B):
    A = np.asarray(A, dtype=float)
    return np.stack([A @ column for column in np.asarray(B, dtype=float).T], axis=1)


@matmul.alternative
def as_a_sum_of_outer_products(A, B):
    A, B = np.array(A, dtype=float), np.array(B, dtype=float)
    if len(A.T) != len(B):
        raise ValueError(f"cannot multiply {A.shape} by {B.shape}")
    return sum(np.outer(column, row) for column, row in zip(A.T, B, strict=True))


@matmul.alternative
def multiplied_in_single_precision(A, B):
    return np.matmul(np.array(A, dtype=np.float32), np.array(B, dtype=np.float32))


# Shapes and counts ------------------------------------------------------------------------------------------
product_shape = Question(points=2, source="Chapter III")


@product_shape.check
def keeps_the_outer_sizes(product_shape):
    """Two matrices: the inner sizes agree, the outer ones remain."""
    expect(product_shape, (2, 5), (5, 3)).to_equal(
        (2, 3), because="the rows of the first, then the columns of the second"
    )
    expect(product_shape, (6, 1), (1, 7)).to_equal(
        (6, 7), because="an inner size of 1 is a size like any other"
    )


@product_shape.check
def takes_a_vector_on_the_right(product_shape):
    """A matrix and a vector: a shape of one number."""
    expect(product_shape, (3072, 768), (768,)).to_equal(
        (3072,), because="a vector's shape has one number: return the tuple (m,)"
    )
    expect(product_shape, (1, 4), (4,)).to_equal(
        (1,), because="one row gives a vector of one number, of shape (1,)"
    )


@product_shape.check
def refuses_shapes_that_do_not_fit(product_shape):
    """Inner sizes that differ: ValueError, with both shapes in the message."""
    expect(product_shape, (4, 2), (2, 6)).to_equal((4, 6))
    expect(product_shape, (2, 3), (4, 5)).to_be_refused(
        ValueError,
        naming=[3, 4],
        because="compare the second size of a with the first of b, and put both shapes into the message",
    )


@product_shape.hidden
def refuses_by_inner_sizes(product_shape):
    """Outer sizes that agree, sizes of 1, a vector as long as the rows: ValueError."""
    expect(product_shape, (3, 3), (3, 8)).to_equal((3, 8))
    expect(product_shape, (5, 4), (2, 5)).to_be_refused(
        ValueError, naming=[4, 2], because="the outer sizes agree here and the inner ones do not"
    )
    expect(product_shape, (6, 3), (6,)).to_be_refused(
        ValueError, naming=[3, 6], because="a vector must be as long as the matrix has columns"
    )
    expect(product_shape, (2, 1), (3, 4)).to_be_refused(
        ValueError, naming=[1, 3], because="a size of 1 is not stretched to fit"
    )
    expect(product_shape, (2, 3), (1, 4)).to_be_refused(
        ValueError, naming=[3, 1], because="a size of 1 is not stretched to fit"
    )


@product_shape.hidden
def refuses_a_vector_on_the_left(product_shape):
    """A first shape of one number: ValueError."""
    expect(product_shape, (1, 4), (4, 2)).to_equal((1, 2))
    expect(product_shape, (4,), (4, 2)).to_be_refused(
        ValueError,
        naming=[4],
        because="the first shape must have rows and columns; NumPy's @ is laxer than this rule",
    )
    expect(product_shape, (7,), (7,)).to_be_refused(
        ValueError,
        naming=[7],
        because="two vectors have a dot product, which is no matrix product by this rule",
    )


@product_shape.misconception(
    caught_by=keeps_the_outer_sizes,
    hint="The sizes are the wrong way round: rows of the first factor, then columns of the second.",
)
def exchanges_rows_and_columns(a, b):
    shape = reference.product_shape(a, b)
    return tuple(reversed(shape))


@product_shape.misconception(
    caught_by=[refuses_shapes_that_do_not_fit, refuses_by_inner_sizes],
    hint=(
        "The outer sizes are right, but nothing compares the inner ones. Where they differ, raise ValueError"
        " with both shapes."
    ),
)
def compares_nothing(a, b):
    return (a[0], *b[1:])


@product_shape.misconception(
    caught_by=refuses_a_vector_on_the_left,
    hint=(
        "NumPy's @ takes a vector on the left; this rule does not. A first shape of one number is refused"
        " with ValueError."
    ),
)
def follows_numpy(a, b):
    if a[-1] != b[0]:
        raise ValueError(f"{a} and {b}")
    return (*a[:-1], *b[1:])


@product_shape.misconception(
    caught_by=takes_a_vector_on_the_right,
    hint=(
        "A matrix times a vector is a vector, of shape (m,). The (m, 1) of the books is a column, which NumPy"
        " keeps apart from a vector."
    ),
)
def makes_a_vector_a_column(a, b):
    shape = reference.product_shape(a, b)
    return shape if len(shape) == 2 else (shape[0], 1)


@product_shape.misconception(
    caught_by=[keeps_the_outer_sizes, refuses_by_inner_sizes],
    hint=(
        "The outer sizes may differ. What must agree are the inner ones: the second size of a and the first"
        " of b."
    ),
)
def compares_outer_sizes(a, b):
    if len(a) != 2 or a[0] != b[-1]:
        raise ValueError(f"{a} and {b}")
    return (a[0], *b[1:])


@product_shape.misconception(
    caught_by=refuses_by_inner_sizes,
    hint=(
        "Sizes of 1 are stretched in entry-by-entry arithmetic, never in a matrix product. Refuse them where"
        " they do not match."
    ),
)
def stretches_sizes_of_one(a, b):
    if len(a) != 2 or (a[1] != b[0] and 1 not in (a[1], b[0])):
        raise ValueError(f"{a} and {b}")
    return (a[0], *b[1:])


@product_shape.misconception(
    caught_by=takes_a_vector_on_the_right,
    hint="The result must be a tuple, for a vector too: (m,), with the comma, and not the number m.",
)
def returns_a_bare_number(a, b):
    shape = reference.product_shape(a, b)
    return shape if len(shape) == 2 else shape[0]


@product_shape.alternative
def case_by_case(a, b):
    match tuple(a), tuple(b):
        case (m, n), (k, p) if n == k:
            return (m, p)
        case (m, n), (k,) if n == k:
            return (m,)
    raise ValueError(f"no product of {a} and {b}")


@product_shape.alternative
def by_multiplying_zeros(a, b):
    left, right = np.zeros(a), np.zeros(b)
    if left.ndim == 1:
        raise ValueError(f"the first shape {a} must have two sizes")
    return (left @ right).shape


@product_shape.alternative
def as_numpy_integers(a, b):
    if len(a) != 2:
        raise ValueError("not a matrix: " + "x".join(map(str, a)))
    if a[1] != b[0]:
        raise ValueError("x".join(map(str, a)) + " times " + "x".join(map(str, b)))
    return tuple(np.array([a[0], *b[1:]]))


parameter_count = Question(points=1, source="Chapter III")


@parameter_count.check
def counts_one_matrix(parameter_count):
    """A single weight matrix: rows times columns."""
    # Counts are whole numbers below 2 ** 53, exact in double precision too: no tolerance.
    expect(parameter_count, [(3072, 768)]).to_equal(
        2359296, rtol=0, because="a table of 3072 rows and 768 columns has 3072 times 768 entries"
    )
    expect(parameter_count, [(2, 3), (3, 5)]).to_equal(
        21, rtol=0, because="multiply within a shape, add over the shapes"
    )


@parameter_count.check
def counts_biases_too(parameter_count):
    """A shape of one number is a vector: it counts with as many parameters as it has components."""
    expect(parameter_count, [(64, 16), (64,), (16, 64), (16,)]).to_equal(
        2128, rtol=0, because="a shape (n,) adds n"
    )
    expect(parameter_count, [(7,)]).to_equal(7, rtol=0, because="a shape (n,) adds n")


@parameter_count.hidden
def counts_a_large_model(parameter_count):
    """More parameters than a 32-bit integer can count."""
    expect(parameter_count, [(12288, 49152), (49152,), (49152, 12288), (12288,)] * 8).to_equal(
        8 * (2 * 12288 * 49152 + 49152 + 12288),
        rtol=0,
        because="add in Python's own ints, which do not overflow",
    )
    expect(parameter_count, [(1, 1), (11, 13), (13,)]).to_equal(
        157, rtol=0, because="multiply within a shape, add over the shapes"
    )


@parameter_count.misconception(
    caught_by=counts_one_matrix,
    hint="Rows and columns are added here. A table of m rows and n columns has m times n entries.",
)
def adds_rows_and_columns(shapes):
    return sum(sum(shape) for shape in shapes)


@parameter_count.misconception(
    caught_by=counts_one_matrix,
    hint="All sizes of all shapes are multiplied together. Multiply within a shape, then add the shapes up.",
)
def multiplies_everything(shapes):
    return math.prod(math.prod(shape) for shape in shapes)


@parameter_count.misconception(
    caught_by=counts_biases_too,
    hint="The biases are left out. A vector of shape (n,) has n parameters, and they are learned as well.",
)
def counts_matrices_alone(shapes):
    return sum(shape[0] * shape[1] for shape in shapes if len(shape) == 2)


@parameter_count.misconception(
    caught_by=counts_one_matrix,
    hint=(
        "Only the first shape is counted: the return stands inside the loop. Add up over all shapes, then"
        " return."
    ),
)
def returns_inside_the_loop(shapes):
    for shape in shapes:
        return math.prod(shape)
    return 0


@parameter_count.misconception(
    caught_by=counts_a_large_model,
    hint=(
        "A 32-bit integer ends near two thousand million and goes on from the negative end. Use Python's"
        " ints, or dtype=np.int64."
    ),
)
def overflows_32_bits(shapes):
    with np.errstate(all="ignore"):
        return sum((np.prod(shape, dtype=np.int32) for shape in shapes), start=np.int32(0))


@parameter_count.misconception(
    caught_by=counts_one_matrix,
    hint="These are the counts of the single shapes. One number is asked for: their sum.",
)
def counts_each_shape(shapes):
    return [math.prod(shape) for shape in shapes]


@parameter_count.alternative
def with_nested_loops(shapes):
    total = 0
    for shape in shapes:
        count = 1
        for size in shape:
            count *= size
        total += count
    return total


@parameter_count.alternative
def by_numpy_product(shapes):
    return np.sum([np.prod(shape, dtype=np.int64) for shape in shapes])


@parameter_count.alternative
def by_array_sizes(shapes):
    # A view on a single zero: the size of an array without its memory.
    return sum(np.broadcast_to(0.0, shape).size for shape in shapes)


# Two transformations as one ---------------------------------------------------------------------------------
QUARTER_TURN = [[0, -1], [1, 0]]
STRETCH = [[2, 0], [0, 1]]

compose = Question(points=2, source="Chapter III")


@compose.check
def turns_then_stretches(compose):
    """The worked example: a quarter turn first, then a stretch, and the other way round."""
    expect(compose, STRETCH, QUARTER_TURN).to_equal(
        [[0.0, -2.0], [1.0, 0.0]],
        because="the second argument is done first, so it stands on the right of the product",
    )
    expect(compose, QUARTER_TURN, STRETCH).to_equal(
        [[0.0, -1.0], [2.0, 0.0]],
        because="the second argument is done first, so it stands on the right of the product",
    )


@compose.check
def goes_from_the_first_input_to_the_last_output(compose):
    """From 2 numbers to 4, then from 4 to 3: a matrix of shape (3, 2)."""
    widen = [[1, 0], [0, 1], [1, 1], [1, -1]]
    narrow = [[1, 0, 2, 0], [0, 3, 0, 1], [0.5, 0, 0, -1]]
    expect(compose, narrow, widen).to_equal(
        [[3.0, 2.0], [1.0, 2.0], [-0.5, 1.0]],
        because="W2's rows and W1's columns remain; entry i, j is row i of W2 with column j of W1",
    )


@compose.hidden
def keeps_both_orders_apart(compose):
    """Two matrices that fit in either order: each order has a result and a shape of its own."""
    expect(compose, np.array(WIDE), np.array(TALL)).to_equal(
        WIDE_TIMES_TALL, because="W2 on the left, W1 on the right"
    )
    expect(compose, TALL, WIDE).to_equal(TALL_TIMES_WIDE, because="W2 on the left, W1 on the right")


@compose.hidden
def composes_three(compose):
    """Three in a row, from the inside out."""
    first = [[1, 2], [0, 1], [4, 0]]
    second = [[1, 0, -1], [2, 3, 0]]
    third = [[0, 2], [5, 1], [1, 1], [0, -3]]
    inner = expect(compose, second, first).to_equal(
        [[-3.0, 2.0], [2.0, 7.0]], because="W2 on the left, W1 on the right"
    )
    expect(compose, third, inner).to_equal(
        [[4.0, 14.0], [-13.0, 17.0], [-1.0, 9.0], [-6.0, -21.0]],
        because="the result of one composition is a matrix like any other",
    )


@compose.misconception(
    caught_by=[turns_then_stretches, goes_from_the_first_input_to_the_last_output],
    hint=(
        "This is W1 W2, which does W2 first. The matrix that touches the vector first stands on its side: W2"
        " (W1 v)."
    ),
)
def reads_from_left_to_right(W2, W1):
    W2, W1 = floats(W2, W1)
    return W1 @ W2


@compose.misconception(
    caught_by=turns_then_stretches,
    hint="Entries are multiplied with entries here. One step after the other is the matrix product.",
)
def multiplies_single_entries(W2, W1):
    W2, W1 = floats(W2, W1)
    return W2 * W1


@compose.misconception(
    caught_by=turns_then_stretches,
    hint="Adding the matrices gives W2 v + W1 v, both steps side by side. One after the other is a product.",
)
def adds_the_two(W2, W1):
    W2, W1 = floats(W2, W1)
    return W2 + W1


@compose.misconception(
    caught_by=[turns_then_stretches, composes_three],
    hint="Rows and columns of the result are exchanged. Row i of W2 with column j of W1 is entry i, j.",
)
def transposes_the_result(W2, W1):
    W2, W1 = floats(W2, W1)
    return (W2 @ W1).T


@compose.misconception(
    caught_by=composes_three,
    hint=(
        "The negative entries are gone: there is no max(0, ...) between the two steps here. That comes with"
        " feed_forward."
    ),
)
def cuts_off_below_zero(W2, W1):
    W2, W1 = floats(W2, W1)
    return W2 @ np.maximum(0, W1)


@compose.alternative
def composed_with_loops(W2, W1):
    return [
        [sum(W2[i][k] * W1[k][j] for k in range(len(W1))) for j in range(len(W1[0]))] for i in range(len(W2))
    ]


@compose.alternative
def by_following_the_unit_vectors(W2, W1):
    W2, W1 = floats(W2, W1)
    columns = [W2 @ (W1 @ unit) for unit in np.eye(W1.shape[1])]
    return np.array(columns).T


@compose.alternative
def by_transposing_both(W2, W1):
    return (np.array(W1).T @ np.array(W2).T).T


@compose.alternative
def composed_in_single_precision(W2, W1):
    return np.einsum("ik,kj->ij", np.array(W2, dtype=np.float32), np.array(W1, dtype=np.float32))


# The feed-forward block -------------------------------------------------------------------------------------
feed_forward = Question(points=3, source="Chapter III")


@feed_forward.check
def works_on_one_token(feed_forward):
    """The worked example: one token, as a vector."""
    expect(
        feed_forward, [1, 2], [[1, -1, 0], [0, 1, -2]], [0, 1, 1], [[2, 0], [1, -1], [5, 5]], [0.5, 1]
    ).to_equal([4.5, -1.0], because="x times W1, plus b1, negatives to 0, times W2, plus b2")


@feed_forward.check
def works_on_a_token_a_row(feed_forward):
    """Three tokens, one a row: each goes through the block on its own."""
    expect(
        feed_forward,
        [[1, 2], [0, 0], [-3, 1]],
        [[1, -1, 0], [0, 1, -2]],
        [0, 1, 1],
        [[2, 0], [1, -1], [5, 5]],
        [0.5, 1],
    ).to_equal(
        [[4.5, -1.0], [6.5, 5.0], [5.5, -4.0]],
        because=(
            "with a token a row, x times W1 has a row of hidden numbers for each token, and the biases are"
            " added to every row"
        ),
    )


@feed_forward.hidden
def cuts_off_after_the_first_bias(feed_forward):
    """The cut at zero comes after b1 and before W2; the output may be negative."""
    expect(feed_forward, [2.0], [[1.5, -1.5]], [-4.0, 4.0], [[3.0], [-7.0]], [0.25]).to_equal(
        [-6.75], because="add b1 before max(0, ...), and cut nothing off after W2"
    )
    expect(feed_forward, (1.0, -1.0), [[1.0], [3.0]], [-5.0], [[2.0, 4.0, 8.0]], [-1.0, 0.0, 2.5]).to_equal(
        [-1.0, 0.0, 2.5], because="where every hidden number is below 0, b2 is all that is left"
    )


@feed_forward.hidden
def keeps_to_the_row_convention(feed_forward):
    """Square matrices, where x W and W x are both defined and differ."""
    expect(
        feed_forward,
        np.array([3.0, 1.0]),
        [[1.0, 2.0], [4.0, -1.0]],
        [0.5, 0.0],
        [[0.5, 2.0], [-1.0, 1.25]],
        [1.0, -2.0],
    ).to_equal([-0.25, 19.25], because="x stands on the left of W1: its numbers meet the columns of W1")


@feed_forward.hidden
def adds_biases_to_every_token(feed_forward):
    """As many tokens as hidden numbers: the biases go along each row, never down the tokens."""
    tokens = np.array([[1.0, 0.0, 2.0, 1.0], [0.5, -1.0, 0.0, 3.0]])
    expect(
        feed_forward,
        tokens,
        [[1.0, 0.0], [0.0, 2.0], [1.0, 1.0], [-1.0, 0.5]],
        [10.0, 1.0],
        [[1.0, 2.0], [3.0, -1.0]],
        [0.0, 100.0],
    ).to_equal(
        [[22.5, 120.5], [9.0, 114.5]],
        because=(
            "b1 has a number for each hidden column and b2 for each output column; every token gets the same"
        ),
    )
    expect(feed_forward, [[2.0, 1.0]], [[1.0], [1.0]], [0.0], [[1.0, -1.0]], [0.0, 0.0]).to_equal(
        [[3.0, -3.0]], because="a matrix of a single token gives a matrix of a single row"
    )


@feed_forward.misconception(
    caught_by=works_on_one_token,
    hint=(
        "Nothing is cut off at zero. Without max(0, ...) between them the two matrices are one: put"
        " np.maximum(0, ...) around the first step."
    ),
)
def leaves_out_the_cut(x, W1, b1, W2, b2):
    x, W1, b1, W2, b2 = floats(x, W1, b1, W2, b2)
    return (x @ W1 + b1) @ W2 + b2


@feed_forward.misconception(
    caught_by=[works_on_one_token, cuts_off_after_the_first_bias],
    hint=(
        "The output is cut off at zero as well. max(0, ...) stands around the first step alone; outputs may"
        " be negative."
    ),
)
def cuts_off_the_output_too(x, W1, b1, W2, b2):
    return np.maximum(0, reference.feed_forward(x, W1, b1, W2, b2))


@feed_forward.misconception(
    caught_by=cuts_off_after_the_first_bias,
    hint="The bias b1 is added after the cut. It belongs inside: max(0, x W1 + b1).",
)
def adds_the_bias_after_the_cut(x, W1, b1, W2, b2):
    x, W1, b1, W2, b2 = floats(x, W1, b1, W2, b2)
    return (np.maximum(0, x @ W1) + b1) @ W2 + b2


@feed_forward.misconception(
    caught_by=works_on_one_token,
    hint="The biases are left out: add b1 before the cut at zero and b2 at the end.",
)
def leaves_out_the_biases(x, W1, b1, W2, b2):
    x, W1, W2 = floats(x, W1, W2)
    return np.maximum(0, x @ W1) @ W2


@feed_forward.misconception(
    caught_by=[keeps_to_the_row_convention, works_on_one_token],
    hint=(
        "This is W x, the column convention. In this formula x is a row and stands on the left: its numbers"
        " meet the columns of W1."
    ),
)
def multiplies_from_the_right(x, W1, b1, W2, b2):
    x, W1, b1, W2, b2 = floats(x, W1, b1, W2, b2)
    return W2 @ np.maximum(0, W1 @ x + b1) + b2


@feed_forward.misconception(
    caught_by=cuts_off_after_the_first_bias,
    hint="max(0, h) makes negatives 0; this makes them positive, as abs does.",
)
def takes_absolute_values(x, W1, b1, W2, b2):
    x, W1, b1, W2, b2 = floats(x, W1, b1, W2, b2)
    return np.abs(x @ W1 + b1) @ W2 + b2


@feed_forward.misconception(
    caught_by=[works_on_one_token, works_on_a_token_a_row],
    hint=(
        "Python's max compares two whole arrays and fails on more than one number. np.maximum(0, h) takes the"
        " larger of the two for each number alone."
    ),
)
def takes_pythons_max(x, W1, b1, W2, b2):
    x, W1, b1, W2, b2 = floats(x, W1, b1, W2, b2)
    return max(0, x @ W1 + b1) @ W2 + b2


@feed_forward.misconception(
    caught_by=[works_on_a_token_a_row, adds_biases_to_every_token],
    hint=(
        "The biases are added down the tokens, one number a token. They belong along each row, one number a"
        " column: x W1 + b1 does that by itself."
    ),
)
def adds_biases_down_the_tokens(x, W1, b1, W2, b2):
    x, W1, b1, W2, b2 = floats(x, W1, b1, W2, b2)
    if x.ndim == 1:
        return np.maximum(0, x @ W1 + b1) @ W2 + b2
    return np.maximum(0, x @ W1 + b1[:, None]) @ W2 + b2[:, None]


@feed_forward.alternative
def token_by_token(x, W1, b1, W2, b2):
    if np.ndim(x) == 2:
        return [token_by_token(token, W1, b1, W2, b2) for token in x]
    hidden = [max(0.0, b + sum(a * row[j] for a, row in zip(x, W1, strict=True))) for j, b in enumerate(b1)]
    return [b + sum(h * row[k] for h, row in zip(hidden, W2, strict=True)) for k, b in enumerate(b2)]


@feed_forward.alternative
def by_columns_and_transposes(x, W1, b1, W2, b2):
    x, W1, b1, W2, b2 = floats(x, W1, b1, W2, b2)
    columns = np.atleast_2d(x).T
    hidden = W1.T @ columns + b1[:, None]
    out = (W2.T @ np.where(hidden > 0, hidden, 0) + b2[:, None]).T
    return out[0] if x.ndim == 1 else out


@feed_forward.alternative
def forward_in_single_precision(x, W1, b1, W2, b2):
    x, W1, b1, W2, b2 = (np.array(part, dtype=np.float32) for part in (x, W1, b1, W2, b2))
    hidden = np.dot(x, W1) + b1
    hidden[hidden < 0] = 0
    return np.dot(hidden, W2) + b2


# Worked by hand ---------------------------------------------------------------------------------------------

exercise_5 = WorkedValue(
    points=1,
    source="Exercise 5",
    numbers={"W": [[2, 1], [0, 3]], "v": [4, 2]},
    answer_as="a list of two whole numbers",
    because="each row of the matrix meets the whole vector once: multiply matching entries and add",
)


@exercise_5.draw
def another_matrix_and_vector(rng):
    while True:
        a, b, c, d = rng.sample(range(1, 8), 4)
        p, q = rng.sample(range(2, 7), 2)
        # Where b p = c q, two of the usual slips give the same numbers.
        if b * p != c * q:
            return {"W": [[a, b], [c, d]], "v": [p, q]}


@exercise_5.misconception(
    hint="The vector met the columns. The dot products are with the rows of the matrix."
)
def with_the_columns(W, v):
    return [W[0][0] * v[0] + W[1][0] * v[1], W[0][1] * v[0] + W[1][1] * v[1]]


@exercise_5.misconception(
    hint=(
        "The whole first row was multiplied by the first number and the whole second row by the second. Each"
        " row meets the whole vector, entry by entry."
    )
)
def scales_the_rows(W, v):
    return [sum(row) * x for row, x in zip(W, v, strict=True)]


@exercise_5.misconception(
    hint=(
        "The entries of the vector are the wrong way round: the first entry of a row meets the first of the"
        " vector."
    )
)
def crosses_the_entries(W, v):
    return [row[0] * v[1] + row[1] * v[0] for row in W]


@exercise_5.misconception(hint="These are the single products. Add those of a row up: one number a row.")
def single_products(W, v):
    return [[w * x for w, x in zip(row, v, strict=True)] for row in W]


@exercise_5.alternative
def product_as_an_array(W, v):
    return np.array(W) @ np.array(v)


@exercise_5.alternative
def product_as_a_column(W, v):
    return [[float(x)] for x in np.array(W) @ np.array(v)]


exercise_6 = WorkedValue(
    points=1,
    source="Exercise 6",
    numbers={"m": 512, "n": 768},
    answer_as="two whole numbers: the size of the input vector, then the size of the output",
    because="the input has one number a column, the output one number a row; rows are written first",
)


@exercise_6.draw
def other_sizes(rng):
    m, n = rng.sample([128, 256, 384, 640, 1024, 1280, 1600, 2048], 2)
    return {"m": m, "n": n}


@exercise_6.misconception(
    hint="The two are exchanged. A shape gives rows first; the input must match the columns."
)
def exchanges_input_and_output(m, n):
    return (m, n)


@exercise_6.misconception(
    hint="The output is not as long as the input: it has one number for each row of the matrix."
)
def keeps_the_size(m, n):
    return (n, n)


@exercise_6.misconception(
    hint="This is the number of entries of the matrix. The question is how long the two vectors are."
)
def counts_the_entries(m, n):
    return (n, m * n)


@exercise_6.alternative
def sizes_as_a_list(m, n):
    return [n, m]


@exercise_6.alternative
def sizes_as_shapes(m, n):
    return ((n,), (m,))


exercise_7 = WorkedValue(
    points=2,
    source="Exercise 7",
    numbers={"m": 3, "n": 4, "p": 2},
    answer_as="the rows of AB, the columns of AB, and True or False: is BA defined",
    because=(
        "the outer sizes of the product remain; for BA, write the shapes down in that order and compare the"
        " inner sizes"
    ),
)


@exercise_7.draw
def other_shapes(rng):
    m, n, p = rng.sample(range(2, 10), 3)
    # In some terms BA is defined, so that last term's answer is no guide.
    return {"m": m, "n": n, "p": rng.choice([p, p, m])}


@exercise_7.misconception(
    hint="These are the inner sizes, which must agree and then are gone. The outer ones remain."
)
def keeps_the_inner_sizes(m, n, p):
    return (n, n, p == m)


@exercise_7.misconception(
    hint="The shape of AB is right. For BA, B comes first: compare B's columns with A's rows."
)
def answers_for_the_wrong_order(m, n, p):
    return (m, p, p != m)


@exercise_7.misconception(hint="This is the shape of A. The product has A's rows and B's columns.")
def keeps_the_shape_of_A(m, n, p):
    return (m, n, p == m)


@exercise_7.alternative
def shape_in_a_tuple_of_its_own(m, n, p):
    return ((m, p), p == m)


@exercise_7.alternative
def by_trying_it(m, n, p):
    try:
        np.zeros((n, p)) @ np.zeros((m, n))
        defined = True
    except ValueError:
        defined = False
    return [*(np.zeros((m, n)) @ np.zeros((n, p))).shape, np.bool_(defined)]
