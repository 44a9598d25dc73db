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
    ROW_BY_ROW = 'take the dot product of each row of W with v, one number per row'
    EXAMPLE_3 = [[1, 0, 2], [0, 3, 1]]
    matvec = student('matvec', matvec)
    expect(matvec, FIGURE_4, [4, 2]).to_equal([8.0, 6.0, 6.0], because=ROW_BY_ROW)
    expect(matvec, EXAMPLE_3, [3, 1, 4]).to_equal([11.0, 7.0], because=ROW_BY_ROW)

@test_case(points=None, hidden=False, 
    failure_message="Lists, tuples or arrays, ints or floats, of any size; the arguments stay as they were.")
def takes_lists_tuples_and_arrays(matvec):
    """Lists, tuples or arrays, ints or floats, of any size; the arguments stay as they were."""
    from checking import expect, student
    import numpy as np
    ROW_BY_ROW = 'take the dot product of each row of W with v, one number per row'
    matvec = student('matvec', matvec)
    expect(matvec, [[3]], [7]).to_equal([21.0], because='one row and one column is a matrix too; the result is a vector of one number')
    expect(matvec, [[0.5, -1.0, 2.0]], (4.0, 3.0, 1.5)).to_equal([2.0], because=ROW_BY_ROW)
    expect(matvec, [[1, 2], [3, 5], [0, 4]], (0.5, 0.25)).to_equal([1.0, 2.75, 1.0], because=ROW_BY_ROW)
    expect(matvec, np.array([[1, 2], [3, 5], [0, 4]]), np.array([0.5, 0.25])).to_equal([1.0, 2.75, 1.0])
    expect(matvec, np.array([[0.5, -1.0, 2.0]]), np.array([4.0, 3.0, 1.5])).to_equal([2.0])
    expect(matvec, np.array([[100, 50]], dtype=np.int8), np.array([2, 3], dtype=np.int8)).to_equal([350.0], because_type='350 does not fit into 8 bits, and wraps around: make floats first')

@test_case(points=None, hidden=False, 
    failure_message="A vector longer than the rows: ValueError.")
def refuses_a_vector_that_does_not_fit(matvec):
    """A vector longer than the rows: ValueError."""
    from checking import expect, student
    ROW_BY_ROW = 'take the dot product of each row of W with v, one number per row'
    matvec = student('matvec', matvec)
    expect(matvec, [[1, 2, 3], [4, 5, 6]], [1, 0, 2]).to_equal([7.0, 16.0], because=ROW_BY_ROW)
    expect(matvec, [[1, 2, 3], [4, 5, 6]], [1, 0, 2, 8, 8]).to_be_refused(ValueError, because="compare W's columns with the length of v first, and raise ValueError if they differ")

@test_case(points=0.2, hidden=False, 
    failure_message="The message of the ValueError names both shapes.")
def names_both_shapes_of_a_misfit(matvec):
    """The message of the ValueError names both shapes."""
    from checking import expect, student
    ROW_BY_ROW = 'take the dot product of each row of W with v, one number per row'
    matvec = student('matvec', matvec)
    expect(matvec, [[1, 2, 3], [4, 5, 6]], [0, 1, 2]).to_equal([8.0, 17.0], because=ROW_BY_ROW)
    expect(matvec, [[1, 2, 3], [4, 5, 6]], [1, 0, 2, 8, 8]).to_be_refused(ValueError, naming=[3, 5], because='put both shapes into the message of a ValueError')

@test_case(points=None, hidden=False, 
    failure_message="Nothing is rounded: small numbers with many decimals.")
def keeps_every_digit_of_the_vector(matvec):
    """Nothing is rounded: small numbers with many decimals."""
    from checking import expect, student
    ROW_BY_ROW = 'take the dot product of each row of W with v, one number per row'
    matvec = student('matvec', matvec)
    expect(matvec, [[0.5, 2.0], [1.0, 1.0]], [4.0, 0.25]).to_equal([2.5, 4.25], because=ROW_BY_ROW)
    expect(matvec, [[0.0123, 0.1]], [0.087654321, 0.0001]).to_equal([0.0010881481483], because='the sums keep every digit: nothing is rounded, cut off or added')
