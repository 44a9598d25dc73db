from otter.test_files import test_case

OK_FORMAT = False

name = "dimension"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="[3, 7] has two components, [0.12, -0.85, 0.33, 0.71] has four.")
def counts_the_components(dimension):
    """[3, 7] has two components, [0.12, -0.85, 0.33, 0.71] has four."""
    from checking import expect, student
    dimension = student('dimension', dimension)
    expect(dimension, [3, 7]).to_equal(2, because='the dimension is how many numbers the vector holds')
    expect(dimension, [0.12, -0.85, 0.33, 0.71]).to_equal(4, because='the dimension is how many numbers the vector holds')

@test_case(points=None, hidden=False, 
    failure_message="Lists, tuples and arrays, of one component or many.")
def counts_in_every_kind_of_vector(dimension):
    """Lists, tuples and arrays, of one component or many."""
    from checking import expect, student
    import numpy as np
    dimension = student('dimension', dimension)
    expect(dimension, (5,)).to_equal(1, because='one component is a vector too')
    expect(dimension, np.array([2.5, 0.0, -1.0])).to_equal(3, because='a 1-D array of three numbers has dimension 3; its ndim, 1, counts axes')
    expect(dimension, [0.5] * 768).to_equal(768, because='a vector may be of any length')

@test_case(points=0.1, hidden=False, 
    failure_message="The dimension is an int.")
def counts_in_ints(dimension):
    """The dimension is an int."""
    from checking import expect, student
    dimension = student('dimension', dimension)
    expect(dimension, (2.5, 0.0, -1.0)).to_equal(3, typed=True, because='a sum of floats is a float, and no range or index takes one: len gives an int')
