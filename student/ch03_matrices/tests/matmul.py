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
    matmul = student('matmul', matmul)
    expect(matmul, EXAMPLE_3, [[1, 2], [0, 1], [3, 0]]).to_equal([[7.0, 2.0], [3.0, 3.0]], because='entry i, j is row i of the left with column j of the right')

@test_case(points=None, hidden=False, 
    failure_message="Lists or arrays, ints or floats; a single entry, a row, a column.")
def takes_matrices_of_any_shape(matmul):
    """Lists or arrays, ints or floats; a single entry, a row, a column."""
    from checking import expect, student
    import numpy as np
    matmul = student('matmul', matmul)
    expect(matmul, [[3]], [[0.5]]).to_equal([[1.5]], because='the product of two matrices is a matrix, of one row and one column too')
    expect(matmul, np.array([[1.0, 2.0, 3.0]]), [[4], [5], [6]]).to_equal([[32.0]], because='a row times a column is a matrix with a single entry')
    expect(matmul, [[1], [2], [3]], np.array([[4.0, 0.5]])).to_equal([[4.0, 0.5], [8.0, 1.0], [12.0, 1.5]], because='a column times a row has a row for each row of the left')

@test_case(points=None, hidden=False, 
    failure_message="Columns and rows that differ in number: ValueError, with both shapes in the message.")
def refuses_matrices_that_do_not_fit(matmul):
    """Columns and rows that differ in number: ValueError, with both shapes in the message."""
    from checking import expect, student
    import numpy as np
    matmul = student('matmul', matmul)
    expect(matmul, [[1, 2], [0, 4]], [[5, 6, 7], [1, 0, 2]]).to_equal([[7.0, 6.0, 11.0], [4.0, 0.0, 8.0]])
    expect(matmul, np.ones((2, 5)), np.ones((3, 4))).to_be_refused(ValueError, naming=[5, 3], because="compare A's columns with B's rows first, and put both shapes into the message")
