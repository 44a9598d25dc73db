from otter.test_files import test_case

OK_FORMAT = False

name = "magnitude"
points = 4

@test_case(points=None, hidden=False, 
    failure_message="[5, 12] has length 13, [1, 2, 2] length 3.")
def takes_the_root_of_summed_squares(magnitude):
    """[5, 12] has length 13, [1, 2, 2] length 3."""
    from checking import expect, student
    magnitude = student('magnitude', magnitude)
    expect(magnitude, [5, 12]).to_equal(13.0, because='square each component, add the squares up, then take the square root of the sum')
    expect(magnitude, [1, 2, 2]).to_equal(3.0, because='every component goes into the sum, not the first two alone')

@test_case(points=None, hidden=False, 
    failure_message="Lists, tuples and arrays, ints and floats, of one component or more; the argument stays as it was.")
def measures_every_kind_of_vector(magnitude):
    """Lists, tuples and arrays, ints and floats, of one component or more; the argument stays as it was."""
    from checking import expect, student
    import numpy as np
    magnitude = student('magnitude', magnitude)
    expect(magnitude, (-7,)).to_equal(7.0, because='a length is never negative; of one component it is the absolute value')
    expect(magnitude, [2.5, 6.0]).to_equal(6.5, because='keep the fractions: make floats of the components with np.asarray(v, dtype=float)')
    expect(magnitude, np.array([2.0, -3.0, 6.0])).to_equal(7.0, because='a negative component counts like a positive one: its square is positive')

@test_case(points=None, hidden=False, 
    failure_message="The zero vector has length 0, and it alone.")
def finds_no_length_in_the_zero_vector(magnitude):
    """The zero vector has length 0, and it alone."""
    from checking import expect, student
    magnitude = student('magnitude', magnitude)
    expect(magnitude, [0, 0, 0]).to_equal(0.0, because='the square root of 0 is 0; nothing needs a special case')
    expect(magnitude, [0, -2, 0]).to_equal(2.0, because='one component other than 0 is enough for a length')
