from otter.test_files import test_case

OK_FORMAT = False

name = "matmul"
points = 4

@test_case(points=None, hidden=False, 
    failure_message="The worked example: a (2, 3) matrix times a (3, 2) matrix.")
def multiplies_rows_with_columns(matmul):
    """The worked example: a (2, 3) matrix times a (3, 2) matrix."""
    from checking import expect, student
    EXAMPLE_3 = [[1, 0, 2], [0, 3, 1]]
    ROWS_WITH_COLUMNS = 'entry i, j is the dot product of row i of the left with column j of the right'
    matmul = student('matmul', matmul)
    expect(matmul, EXAMPLE_3, [[1, 2], [0, 1], [3, 0]]).to_equal([[7.0, 2.0], [3.0, 3.0]], because=ROWS_WITH_COLUMNS)

@test_case(points=None, hidden=False, 
    failure_message="Lists or arrays, ints or floats; a single entry, a row, a column. The arguments stay as they were.")
def takes_matrices_of_any_shape(matmul):
    """Lists or arrays, ints or floats; a single entry, a row, a column. The arguments stay as they were."""
    from checking import expect, student
    import numpy as np
    ROWS_WITH_COLUMNS = 'entry i, j is the dot product of row i of the left with column j of the right'
    matmul = student('matmul', matmul)
    expect(matmul, [[3]], [[0.5]]).to_equal([[1.5]], because='the product of two matrices is a matrix, also with one row and one column')
    expect(matmul, [[1.0, 2.0, 3.0]], [[4], [5], [6]]).to_equal([[32.0]], because=ROWS_WITH_COLUMNS)
    expect(matmul, [[1], [2], [3]], [[4.0, 0.5]]).to_equal([[4.0, 0.5], [8.0, 1.0], [12.0, 1.5]], because=ROWS_WITH_COLUMNS)
    expect(matmul, np.array([[1], [2], [3]]), np.array([[4.0, 0.5]])).to_equal([[4.0, 0.5], [8.0, 1.0], [12.0, 1.5]])
    expect(matmul, np.array([[100, 50]], dtype=np.int8), np.array([[2], [3]], dtype=np.int8)).to_equal([[350.0]], because_type='350 does not fit into 8 bits, and wraps around: make floats first')

@test_case(points=None, hidden=False, 
    failure_message="Columns and rows that differ in number: ValueError.")
def refuses_matrices_that_do_not_fit(matmul):
    """Columns and rows that differ in number: ValueError."""
    from checking import expect, student
    import numpy as np
    ROWS_WITH_COLUMNS = 'entry i, j is the dot product of row i of the left with column j of the right'
    matmul = student('matmul', matmul)
    expect(matmul, [[1, 2], [0, 4]], [[5, 6, 7], [1, 0, 2]]).to_equal([[7.0, 6.0, 11.0], [4.0, 0.0, 8.0]], because=ROWS_WITH_COLUMNS)
    expect(matmul, np.ones((2, 5)), np.ones((3, 4))).to_be_refused(ValueError, because="compare A's columns with B's rows first, and raise ValueError if they differ")

@test_case(points=0.2, hidden=False, 
    failure_message="The message of the ValueError names both shapes.")
def names_both_shapes_of_matrices(matmul):
    """The message of the ValueError names both shapes."""
    from checking import expect, student
    import numpy as np
    ROWS_WITH_COLUMNS = 'entry i, j is the dot product of row i of the left with column j of the right'
    matmul = student('matmul', matmul)
    expect(matmul, [[1, 2]], [[3], [4]]).to_equal([[11.0]], because=ROWS_WITH_COLUMNS)
    expect(matmul, np.ones((2, 5)), np.ones((3, 4))).to_be_refused(ValueError, naming=[5, 3], because='put both shapes into the message of a ValueError')

@test_case(points=None, hidden=False, 
    failure_message="Nothing is rounded: small numbers with many decimals.")
def keeps_every_digit_of_the_matrix(matmul):
    """Nothing is rounded: small numbers with many decimals."""
    from checking import expect, student
    ROWS_WITH_COLUMNS = 'entry i, j is the dot product of row i of the left with column j of the right'
    matmul = student('matmul', matmul)
    expect(matmul, [[0.5, 2.0]], [[4.0], [0.25]]).to_equal([[2.5]], because=ROWS_WITH_COLUMNS)
    expect(matmul, [[0.0123, 0.1]], [[0.087654321], [0.0001]]).to_equal([[0.0010881481483]], because='the sums keep every digit: nothing is rounded, cut off or added')
