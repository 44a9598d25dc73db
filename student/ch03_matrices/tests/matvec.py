from otter.test_files import test_case

OK_FORMAT = False

name = "matvec"
points = 4

@test_case(points=None, hidden=False, 
    failure_message="Figure 4 and Example 3.")
def works_on_the_primers_matrices(matvec):
    """Figure 4 and Example 3."""
    from checking import expect, student
    FIGURE_4 = [[2, 0], [0, 3], [1, 1]]
    EXAMPLE_3 = [[1, 0, 2], [0, 3, 1]]
    matvec = student('matvec', matvec)
    expect(matvec, FIGURE_4, [4, 2]).to_equal([8.0, 6.0, 6.0], because='take the dot product of each row of W with v, one number a row')
    expect(matvec, EXAMPLE_3, [3, 1, 4]).to_equal([11.0, 7.0], because='take the dot product of each row of W with v, one number a row')

@test_case(points=None, hidden=False, 
    failure_message="Lists, tuples or arrays, ints or floats, of any size.")
def takes_lists_tuples_and_arrays(matvec):
    """Lists, tuples or arrays, ints or floats, of any size."""
    from checking import expect, student
    import numpy as np
    matvec = student('matvec', matvec)
    expect(matvec, [[3]], [7]).to_equal([21.0], because='one row and one column is a matrix too; the result is a vector of one number')
    expect(matvec, [[1, 2], [3, 5], [0, 4]], (0.5, 0.25)).to_equal([1.0, 2.75, 1.0], because='the products of ints and fractions are fractions: convert with dtype=float first')
    expect(matvec, np.array([[0.5, -1.0, 2.0]]), np.array([4.0, 3.0, 1.5])).to_equal([2.0], because='one row gives a vector of one number, not a bare number')

@test_case(points=None, hidden=False, 
    failure_message="A vector longer than the rows: ValueError, with both shapes in the message.")
def refuses_a_vector_that_does_not_fit(matvec):
    """A vector longer than the rows: ValueError, with both shapes in the message."""
    from checking import expect, student
    matvec = student('matvec', matvec)
    expect(matvec, [[1, 2, 3], [4, 5, 6]], [1, 0, 2]).to_equal([7.0, 16.0])
    expect(matvec, [[1, 2, 3], [4, 5, 6]], [1, 0, 2, 8, 8]).to_be_refused(ValueError, naming=[3, 5], because="compare W's columns with the length of v first, and put both shapes into the message")
