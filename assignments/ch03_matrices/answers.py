"""Chapter III: wrong answers as people write them, and right ones of another kind."""

import math

import numpy as np
from questions import (
    compose,
    exercise_5,
    exercise_6,
    exercise_7,
    feed_forward,
    matmul,
    matvec,
    parameter_count,
    product_shape,
)

from solutions import ch03_matrices as reference


def floats(*values):
    return [np.array(value, dtype=float) for value in values]


# matvec -----------------------------------------------------------------------------------------------------


def refuse_a_misfit(W, v):
    if W.shape[1:] != v.shape:
        raise ValueError(f"W is {W.shape}, v is {v.shape}")


@matvec.misconception(
    caught_by=("works_on_the_primers_matrices", "takes_one_dot_product_per_row"),
    hint=(
        "This is v times W: the dot products are with the columns of W. Take the rows; W comes first, then v."
    ),
)
def multiplies_from_the_left(W, v):
    W, v = floats(W, v)
    return v @ W


matvec.misconception_by_edit(
    "leaves_the_products_unsummed",
    reference.matvec,
    {"W @ v": "W * v"},
    caught_by="works_on_the_primers_matrices",
    hint=(
        "Row times vector is the first half of a dot product. Add up the products of each row: one number per"
        " row."
    ),
)
matvec.misconception_by_edit(
    "adds_down_the_columns",
    reference.matvec,
    {"W @ v": "(W * v).sum(axis=0)"},
    caught_by="works_on_the_primers_matrices",
    hint="The sum runs down the columns here. Each row has a sum of its own: axis=1.",
)
matvec.misconception_by_edit(
    "returns_a_column",
    reference.matvec,
    {"W @ v": "W @ v[:, None]"},
    caught_by="works_on_the_primers_matrices",
    hint=(
        "This is an (m, 1) matrix, a column. The product of a matrix and a vector is a vector: m numbers, one"
        " axis."
    ),
)
matvec.misconception_by_edit(
    "rounds_the_vector",
    reference.matvec,
    {"return W @ v": "return np.round(W @ v, 6)"},
    caught_by="keeps_every_digit_of_the_vector",
    hint="The result is rounded. Return the numbers as they were computed.",
)
matvec.misconception_by_edit(
    "multiplies_ints_as_they_come",
    reference.matvec,
    {"np.asarray(W, dtype=float), np.asarray(v, dtype=float)": "np.asarray(W), np.asarray(v)"},
    caught_by="takes_lists_tuples_and_arrays",
    hint="Products wrap around in narrow int types. Make floats first: np.asarray(W, dtype=float).",
)


@matvec.misconception(
    caught_by=("refuses_a_vector_that_does_not_fit", "refuses_what_only_seems_to_fit"),
    hint="zip stops at the shorter of the two and says nothing. Compare the sizes before you pair.",
)
def lets_zip_cut_the_longer(W, v):
    return [sum(float(w) * float(x) for w, x in zip(row, v, strict=False)) for row in W]


@matvec.misconception(
    caught_by="refuses_what_only_seems_to_fit",
    hint=(
        "A vector of one number is stretched along the row by broadcasting. Compare W's columns with the"
        " length of v before multiplying."
    ),
)
def broadcasts_a_single_number(W, v):
    W, v = floats(W, v)
    return (W * v).sum(axis=1)


@matvec.misconception(
    caught_by=("works_on_the_primers_matrices", "refuses_what_only_seems_to_fit"),
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
    caught_by="names_both_shapes_of_a_misfit",
    hint="The refusal is right but names no sizes. Say both shapes: they are what leads to the wrong layer.",
)
def refuses_without_the_shapes(W, v):
    W, v = floats(W, v)
    if W.shape[1:] != v.shape:
        raise ValueError("shape mismatch")
    return W @ v


@matvec.misconception(
    caught_by="refuses_a_vector_that_does_not_fit",
    hint="assert raises AssertionError, and does nothing under python -O. Raise ValueError with both shapes.",
)
def asserts_that_it_fits(W, v):
    W, v = floats(W, v)
    assert W.shape[1:] == v.shape, f"shapes {W.shape} and {v.shape}"
    return W @ v


@matvec.misconception(
    caught_by="takes_lists_tuples_and_arrays",
    hint=(
        "The result is made with the type of W: if W holds ints, each dot product loses its fraction. Make it"
        " an array of floats."
    ),
)
def keeps_the_type_of_W(W, v):
    W, v = np.array(W), np.array(v)
    refuse_a_misfit(W, v)
    return (W.astype(float) @ v).astype(W.dtype)


@matvec.misconception(
    caught_by=("takes_lists_tuples_and_arrays", "takes_numbers_of_every_width"),
    hint=(
        "np.asarray makes no copy of an array of floats, so *= writes into the caller's own matrix. Use W *"
        " v, which makes a new array."
    ),
)
def multiplies_into_the_argument(W, v):
    W, v = np.asarray(W, dtype=float), np.asarray(v, dtype=float)
    refuse_a_misfit(W, v)
    W *= v
    return W.sum(axis=1)


@matvec.alternative
def with_plain_loops(W, v):
    product = []
    for row in W:
        if len(row) != len(v):
            raise ValueError(f"the matrix is {len(W)}x{len(row)}, the vector has {len(v)}")
        total = 0.0
        for j in range(len(v)):
            total += float(row[j]) * float(v[j])
        product.append(total)
    return product


@matvec.alternative
def by_numpys_own_refusal(W, v):
    return np.array(W, dtype=float) @ np.array(v, dtype=float)


@matvec.alternative
def by_dot_in_single_precision(W, v):
    return np.dot(np.array(W, dtype=np.float32), np.array(v, dtype=np.float32))


@matvec.alternative
def as_a_mixture_of_columns(W, v):
    columns = list(zip(*W, strict=True))
    if len(columns) != len(v):
        raise ValueError(f"{len(columns)} columns, {len(v)} components")
    return sum(float(x) * np.array(column, dtype=float) for x, column in zip(v, columns, strict=True))


# matmul -----------------------------------------------------------------------------------------------------


def refuse_misfitting_matrices(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError(f"{A.shape} times {B.shape}")


@matmul.misconception(
    caught_by=("multiplies_rows_with_columns", "keeps_the_order_of_square_matrices"),
    hint="The factors are the wrong way round: this is BA. A's rows meet B's columns.",
)
def multiplies_the_other_way_round(A, B):
    A, B = floats(A, B)
    return B @ A


@matmul.misconception(
    caught_by=("multiplies_rows_with_columns", "keeps_the_order_of_square_matrices"),
    hint=(
        "This multiplies entry by entry, as * does for arrays. A matrix product takes a whole row and a whole"
        " column for each entry."
    ),
)
def multiplies_entry_by_entry(A, B):
    A, B = floats(A, B)
    return A * B


@matmul.misconception(
    caught_by=("multiplies_rows_with_columns", "keeps_the_order_of_square_matrices"),
    hint=(
        "These are dot products of rows with rows. The right factor contributes its columns: zip(*B), or"
        " column j as B[:, j]."
    ),
)
def takes_rows_of_both(A, B):
    A, B = floats(A, B)
    return A @ B.T


matmul.misconception_by_edit(
    "turns_the_result_on_its_side",
    reference.matmul,
    {"return A @ B": "return (A @ B).T"},
    caught_by="multiplies_rows_with_columns",
    hint=(
        "The entries are right, and rows and columns are exchanged: entry i, j belongs to row i of A and"
        " column j of B."
    ),
)
matmul.misconception_by_edit(
    "rounds_the_matrix",
    reference.matmul,
    {"return A @ B": "return np.round(A @ B, 6)"},
    caught_by="keeps_every_digit_of_the_matrix",
    hint="The result is rounded. Return the numbers as they were computed.",
)
matmul.misconception_by_edit(
    "multiplies_ints_as_they_come",
    reference.matmul,
    {"np.asarray(A, dtype=float), np.asarray(B, dtype=float)": "np.asarray(A), np.asarray(B)"},
    caught_by="takes_matrices_of_any_shape",
    hint="Products wrap around in narrow int types. Make floats first: np.asarray(A, dtype=float).",
)


@matmul.misconception(
    caught_by="multiplies_rows_with_columns",
    hint=(
        "[[0] * p] * m makes one row and m names for it, so every row ends up as the last. Make a new"
        " list for each row: [[0] * p for _ in range(m)]."
    ),
)
def shares_one_row(A, B):
    refuse_misfitting_matrices(*floats(A, B))
    product = [[0.0] * len(B[0])] * len(A)
    for i in range(len(A)):
        for j in range(len(B[0])):
            product[i][j] = sum(float(A[i][k]) * float(B[k][j]) for k in range(len(B)))
    return product


@matmul.misconception(
    caught_by=("refuses_matrices_that_do_not_fit", "refuses_by_the_inner_sizes_alone"),
    hint=(
        "zip stops at the shorter of the two and says nothing. Compare A's columns with B's rows before you"
        " pair."
    ),
)
def lets_zip_cut_a_row(A, B):
    columns = list(zip(*B, strict=True))
    return [[sum(float(a) * float(b) for a, b in zip(row, c, strict=False)) for c in columns] for row in A]


@matmul.misconception(
    caught_by="refuses_by_the_inner_sizes_alone",
    hint=(
        "A single row is stretched to fit, by broadcasting, and should be refused. Compare A's columns with"
        " B's rows before multiplying."
    ),
)
def broadcasts_a_single_row(A, B):
    A, B = floats(A, B)
    return (A[:, :, None] * B[None, :, :]).sum(axis=1)


@matmul.misconception(
    caught_by=("takes_matrices_of_any_shape", "refuses_by_the_inner_sizes_alone"),
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


@matmul.misconception(
    caught_by="names_both_shapes_of_matrices",
    hint="The refusal is right but names no sizes. Put both shapes into the message.",
)
def refuses_without_naming_them(A, B):
    A, B = floats(A, B)
    if A.shape[1] != B.shape[0]:
        raise ValueError("these matrices do not multiply")
    return A @ B


@matmul.alternative
def with_three_loops(A, B):
    m, n, p = len(A), len(A[0]), len(B[0])
    if n != len(B):
        raise ValueError(f"{m}x{n} and {len(B)}x{p} do not multiply")
    product = [[0.0] * p for _ in range(m)]
    for i in range(m):
        for j in range(p):
            for k in range(n):
                product[i][j] += float(A[i][k]) * float(B[k][j])
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


# product_shape ----------------------------------------------------------------------------------------------

product_shape.misconception_by_edit(
    "exchanges_rows_and_columns",
    reference.product_shape,
    {"return a[:1] + b[1:]": "return b[1:] + a[:1]"},
    caught_by="keeps_the_outer_sizes",
    hint="The sizes are the wrong way round: rows of the first factor, then columns of the second.",
)
product_shape.misconception_by_edit(
    "makes_a_vector_a_column",
    reference.product_shape,
    {"return a[:1] + b[1:]": "return a[:1] + (b[1:] or (1,))"},
    caught_by="takes_a_vector_on_the_right",
    hint=(
        "A matrix times a vector is a vector, of shape (m,). The (m, 1) of books is a column, which NumPy"
        " keeps apart from a vector."
    ),
)
product_shape.misconception_by_edit(
    "returns_a_bare_number",
    reference.product_shape,
    {"return a[:1] + b[1:]": "return a[:1] + b[1:] if b[1:] else a[0]"},
    caught_by="takes_a_vector_on_the_right",
    hint="The result must be a tuple, for a vector too: (m,), with the comma, and not the number m.",
)
product_shape.misconception_by_edit(
    "refuses_without_the_shapes",
    reference.product_shape,
    {"shapes {a} and {b} have no product": "no product"},
    caught_by="names_both_shapes",
    hint="The refusal is right but names no shapes. Put both into the message.",
)


@product_shape.misconception(
    caught_by=("refuses_shapes_that_do_not_fit", "refuses_by_inner_sizes"),
    hint="The outer sizes are right, but nothing compares the inner ones. If they differ, raise ValueError.",
)
def compares_nothing(a, b):
    return (a[0], *b[1:])


@product_shape.misconception(
    caught_by="refuses_a_vector_on_the_left",
    hint="NumPy's @ takes a vector on the left; this rule does not. A first shape of one size is refused.",
)
def follows_numpy(a, b):
    if a[-1] != b[0]:
        raise ValueError(f"{a} and {b}")
    return (*a[:-1], *b[1:])


@product_shape.misconception(
    caught_by=("keeps_the_outer_sizes", "refuses_by_inner_sizes"),
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
    caught_by="refuses_by_inner_sizes",
    hint=(
        "Sizes of 1 are stretched in entry-by-entry arithmetic, never in a matrix product. Refuse what"
        " differs."
    ),
)
def stretches_sizes_of_one(a, b):
    if len(a) != 2 or (a[1] != b[0] and 1 not in (a[1], b[0])):
        raise ValueError(f"{a} and {b}")
    return (a[0], *b[1:])


product_shape.misconception_by_edit(
    "returns_a_list",
    reference.product_shape,
    {"return a[:1] + b[1:]": "return list(a[:1] + b[1:])"},
    caught_by="gives_a_tuple_of_ints",
    hint="A shape is a tuple, and no list is equal to one: (2, 3) == [2, 3] is False.",
)


@product_shape.misconception(
    caught_by="keeps_sizes_of_every_kind",
    hint="`is` asks whether two ints are one object, which large ones that are equal need not be. Use !=.",
)
def compares_by_identity(a, b):
    if len(a) != 2 or a[1] is not b[0]:
        raise ValueError(f"{a} and {b} do not fit")
    return (a[0], *b[1:])


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
        raise ValueError(f"the first shape, {a} beside {b}, must have two sizes")
    return (left @ right).shape


@product_shape.alternative
def as_numpy_integers(a, b):
    if len(a) != 2 or a[1] != b[0]:
        raise ValueError("x".join(map(str, a)) + " times " + "x".join(map(str, b)))
    return tuple(np.array([a[0], *b[1:]]))


# parameter_count --------------------------------------------------------------------------------------------

parameter_count.misconception_by_edit(
    "adds_rows_and_columns",
    reference.parameter_count,
    {"math.prod(shape)": "sum(shape)"},
    caught_by="counts_one_matrix",
    hint="Rows and columns are added here. A table of m rows and n columns has m times n entries.",
)
parameter_count.misconception_by_edit(
    "multiplies_everything",
    reference.parameter_count,
    {"return sum(": "return math.prod("},
    caught_by="counts_one_matrix",
    hint="All sizes of all shapes are multiplied together. Multiply within a shape, then add up the shapes.",
)
parameter_count.misconception_by_edit(
    "counts_matrices_alone",
    reference.parameter_count,
    {"for shape in shapes)": "for shape in shapes if len(shape) == 2)"},
    caught_by="counts_biases_too",
    hint="The biases are left out. A vector of shape (n,) has n parameters, and they are learned as well.",
)
parameter_count.misconception_by_edit(
    "counts_in_floats",
    reference.parameter_count,
    {"math.prod(shape)": "np.prod(shape, dtype=float)"},
    caught_by="counts_in_ints",
    hint="The count is a float, which drops digits above 2 ** 53. Multiply and add ints.",
)
parameter_count.misconception_by_edit(
    "counts_each_shape",
    reference.parameter_count,
    {"return sum(math.prod(shape) for shape in shapes)": "return [math.prod(shape) for shape in shapes]"},
    caught_by="counts_one_matrix",
    hint="These are the counts of the single shapes. One number is asked for: their sum.",
)


@parameter_count.misconception(
    caught_by="counts_one_matrix",
    hint=(
        "Only the first shape is counted: the return stands inside the loop. Add up all shapes, then return."
    ),
)
def returns_inside_the_loop(shapes):
    for shape in shapes:
        return math.prod(shape)
    return 0


@parameter_count.misconception(
    caught_by="counts_a_large_model",
    hint=(
        "A 32-bit int ends near two billion and goes on from the negative end. Use Python's ints, or"
        " np.int64."
    ),
)
def overflows_32_bits(shapes):
    return sum((np.prod(shape, dtype=np.int32) for shape in shapes), start=np.int32(0))


@parameter_count.misconception(
    caught_by="counts_a_large_model",
    hint="float32 keeps about seven digits, too few for a count. Use Python's ints, or np.int64.",
)
def counts_in_single_precision(shapes):
    return np.float32(sum(math.prod(shape) for shape in shapes))


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


# compose ----------------------------------------------------------------------------------------------------

compose.misconception_by_edit(
    "reads_from_left_to_right",
    reference.compose,
    {"matmul(W2, W1)": "matmul(W1, W2)"},
    caught_by=("turns_then_stretches", "goes_from_the_first_input_to_the_last_output"),
    hint=(
        "This is W1 W2, which does W2 first. The matrix that acts first stands next to the vector: W2 (W1 v)."
    ),
)
compose.misconception_by_edit(
    "transposes_the_result",
    reference.compose,
    {"matmul(W2, W1)": "matmul(W2, W1).T"},
    caught_by=("turns_then_stretches", "composes_three"),
    hint="Rows and columns of the result are exchanged. Row i of W2 with column j of W1 is entry i, j.",
)
compose.misconception_by_edit(
    "rounds_the_composition",
    reference.compose,
    {"return matmul(W2, W1)": "return np.round(matmul(W2, W1), 6)"},
    caught_by="keeps_every_digit_of_the_product",
    hint="The result is rounded. Return the numbers as they were computed.",
)


@compose.misconception(
    caught_by="turns_then_stretches",
    hint="Entries are multiplied with entries here. One step after the other is the matrix product.",
)
def multiplies_single_entries(W2, W1):
    W2, W1 = floats(W2, W1)
    return W2 * W1


@compose.misconception(
    caught_by="turns_then_stretches",
    hint="Adding the matrices gives W2 v + W1 v, both steps side by side. One after the other is a product.",
)
def adds_the_two(W2, W1):
    W2, W1 = floats(W2, W1)
    return W2 + W1


@compose.misconception(
    caught_by="composes_three",
    hint="The negative entries are gone: there is no max(0, ...) between the two steps here.",
)
def cuts_off_below_zero(W2, W1):
    W2, W1 = floats(W2, W1)
    return W2 @ np.maximum(0, W1)


@compose.misconception(
    caught_by="composes_matrices_of_every_type",
    hint="Products wrap around in narrow int types. Make floats first: np.asarray(W1, dtype=float).",
)
def composes_ints_as_they_come(W2, W1):
    return np.asarray(W2) @ np.asarray(W1)


@compose.alternative
def composed_with_loops(W2, W1):
    m, n = len(W1), len(W1[0])
    return [[sum(float(row[k]) * float(W1[k][j]) for k in range(m)) for j in range(n)] for row in W2]


@compose.alternative
def by_following_the_unit_vectors(W2, W1):
    W2, W1 = floats(W2, W1)
    columns = [W2 @ (W1 @ unit) for unit in np.eye(W1.shape[1])]
    return np.array(columns).T


@compose.alternative
def by_transposing_both(W2, W1):
    W2, W1 = floats(W2, W1)
    return (W1.T @ W2.T).T


@compose.alternative
def composed_in_single_precision(W2, W1):
    return np.einsum("ik,kj->ij", np.array(W2, dtype=np.float32), np.array(W1, dtype=np.float32))


# feed_forward -----------------------------------------------------------------------------------------------

feed_forward.misconception_by_edit(
    "leaves_out_the_cut",
    reference.feed_forward,
    {"np.maximum(0, x @ W1 + np.asarray(b1, dtype=float))": "x @ W1 + np.asarray(b1, dtype=float)"},
    caught_by="works_on_one_token",
    hint=(
        "Nothing is cut off at zero. Without max(0, ...) between them the two matrices are one: put"
        " np.maximum(0, ...) around the first step."
    ),
)
feed_forward.misconception_by_edit(
    "cuts_off_the_output_too",
    reference.feed_forward,
    {"hidden @ W2 + np.asarray(b2, dtype=float)": "np.maximum(0, hidden @ W2 + np.asarray(b2, dtype=float))"},
    caught_by=("works_on_one_token", "cuts_off_after_the_first_bias"),
    hint="The output is cut off at zero as well. max(0, ...) stands around the first step alone.",
)
feed_forward.misconception_by_edit(
    "adds_the_bias_after_the_cut",
    reference.feed_forward,
    {
        "np.maximum(0, x @ W1 + np.asarray(b1, dtype=float))": (
            "np.maximum(0, x @ W1) + np.asarray(b1, dtype=float)"
        )
    },
    caught_by="cuts_off_after_the_first_bias",
    hint="The bias b1 is added after the cut. It belongs inside: max(0, x W1 + b1).",
)
feed_forward.misconception_by_edit(
    "leaves_out_the_biases",
    reference.feed_forward,
    {
        "x @ W1 + np.asarray(b1, dtype=float)": "x @ W1",
        "hidden @ W2 + np.asarray(b2, dtype=float)": "hidden @ W2",
    },
    caught_by="works_on_one_token",
    hint="The biases are left out: add b1 before the cut at zero and b2 at the end.",
)
feed_forward.misconception_by_edit(
    "takes_absolute_values",
    reference.feed_forward,
    {"np.maximum(0, x @ W1 + np.asarray(b1, dtype=float))": "np.abs(x @ W1 + np.asarray(b1, dtype=float))"},
    caught_by="cuts_off_after_the_first_bias",
    hint="max(0, h) makes negative numbers 0; this makes them positive, as abs does.",
)
feed_forward.misconception_by_edit(
    "takes_pythons_max",
    reference.feed_forward,
    {"np.maximum(0, x @ W1 + np.asarray(b1, dtype=float))": "max(0, x @ W1 + np.asarray(b1, dtype=float))"},
    caught_by=("works_on_one_token", "works_on_one_row_per_token"),
    hint=(
        "Python's max compares two whole arrays and fails on more than one number. np.maximum(0, h) takes the"
        " larger of the two for each number alone."
    ),
)
feed_forward.misconception_by_edit(
    "rounds_the_output",
    reference.feed_forward,
    {"return output": "return np.round(output, 6)"},
    caught_by="leaves_its_arguments_and_every_digit",
    hint="The result is rounded. Return the numbers as they were computed.",
)


@feed_forward.misconception(
    caught_by="uses_each_number_as_it_came",
    hint="A token of zeros still has hidden numbers: max(0, b1). They go on through W2.",
)
def passes_over_a_token_of_zeros(x, W1, b1, W2, b2):
    x, W1, b1, W2, b2 = floats(x, W1, b1, W2, b2)
    if not np.any(x):
        return np.zeros((*x.shape[:-1], W2.shape[1])) + b2
    return np.maximum(0, x @ W1 + b1) @ W2 + b2


@feed_forward.misconception(
    caught_by=("keeps_to_the_row_convention", "works_on_one_token"),
    hint=(
        "This is W x, the column convention. In this formula x is a row and stands on the left: its numbers"
        " meet the columns of W1."
    ),
)
def multiplies_from_the_right(x, W1, b1, W2, b2):
    x, W1, b1, W2, b2 = floats(x, W1, b1, W2, b2)
    return W2 @ np.maximum(0, W1 @ x + b1) + b2


@feed_forward.misconception(
    caught_by=("works_on_one_row_per_token", "adds_biases_to_every_token"),
    hint=(
        "The biases are added down the tokens, one number per token. They belong along each row, one number"
        " per column: x W1 + b1 does that by itself."
    ),
)
def adds_biases_down_the_tokens(x, W1, b1, W2, b2):
    x, W1, b1, W2, b2 = floats(x, W1, b1, W2, b2)
    if x.ndim == 1:
        return np.maximum(0, x @ W1 + b1) @ W2 + b2
    return np.maximum(0, x @ W1 + b1[:, None]) @ W2 + b2[:, None]


@feed_forward.misconception(
    caught_by="leaves_its_arguments_and_every_digit",
    hint=(
        "b1 += ... writes the hidden numbers over the caller's own bias. Write b1 + ..., which makes a new"
        " array."
    ),
)
def adds_into_the_bias(x, W1, b1, W2, b2):
    x, W1, b1, W2, b2 = (np.asarray(part, dtype=float) for part in (x, W1, b1, W2, b2))
    if x.ndim == 1:
        b1 += x @ W1
        return np.maximum(0, b1) @ W2 + b2
    return np.maximum(0, x @ W1 + b1) @ W2 + b2


@feed_forward.alternative
def token_by_token(x, W1, b1, W2, b2):
    if np.ndim(x) == 2:
        return [token_by_token(token, W1, b1, W2, b2) for token in x]
    x, W1, b1, W2, b2 = (np.asarray(part, dtype=float).tolist() for part in (x, W1, b1, W2, b2))
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
    hint="The entries of the vector are the wrong way round: the first entry of a row meets the first of v."
)
def crosses_the_entries(W, v):
    return [row[0] * v[1] + row[1] * v[0] for row in W]


@exercise_5.misconception(hint="These are the single products. Add up those of a row: one number per row.")
def single_products(W, v):
    return [[w * x for w, x in zip(row, v, strict=True)] for row in W]


@exercise_5.alternative
def as_a_mixture_of_the_columns(W, v):
    return v[0] * np.array([row[0] for row in W]) + v[1] * np.array([row[1] for row in W])


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
def sizes_as_shapes(m, n):
    return ((n,), (m,))


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
