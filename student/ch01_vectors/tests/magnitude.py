from otter.test_files import test_case

OK_FORMAT = False

name = "magnitude"
points = 4

@test_case(points=None, hidden=False, 
    failure_message="[5, 12] has length 13, [1, 2, 2] length 3.")
def takes_the_root_of_summed_squares(magnitude):
    """[5, 12] has length 13, [1, 2, 2] length 3."""
    from checking import expect, student
    ROOT_OF_SQUARES = 'square each component, add up the squares, and take the square root of the sum'
    magnitude = student('magnitude', magnitude)
    expect(magnitude, [5, 12]).to_equal(13.0, because=ROOT_OF_SQUARES)
    expect(magnitude, [1, 2, 2]).to_equal(3.0, because=ROOT_OF_SQUARES)

@test_case(points=None, hidden=False, 
    failure_message="Lists, tuples and arrays, of one component or more.")
def measures_every_kind_of_vector(magnitude):
    """Lists, tuples and arrays, of one component or more."""
    from checking import expect, student
    import numpy as np
    ROOT_OF_SQUARES = 'square each component, add up the squares, and take the square root of the sum'
    magnitude = student('magnitude', magnitude)
    expect(magnitude, (-7,)).to_equal(7.0, because='the square of -7 is 49, and its root is positive')
    expect(magnitude, [0.7, 2.4]).to_equal(2.5, because=ROOT_OF_SQUARES)
    expect(magnitude, np.array([1.5, -2.0, 6.0])).to_equal(6.5, because=ROOT_OF_SQUARES)

@test_case(points=None, hidden=False, 
    failure_message="Ints of 8 bits too: their squares need more room than they have.")
def measures_ints_of_every_width(magnitude):
    """Ints of 8 bits too: their squares need more room than they have."""
    from checking import expect, student
    import numpy as np
    ROOT_OF_SQUARES = 'square each component, add up the squares, and take the square root of the sum'
    magnitude = student('magnitude', magnitude)
    expect(magnitude, [12.0, 5.0]).to_equal(13.0, because=ROOT_OF_SQUARES)
    widened = 'the squares wrap around in 8 bits: make floats first, with np.asarray(v, dtype=float)'
    expect(magnitude, np.array([12, 5], dtype=np.int8)).to_equal(13.0, because=widened)
    expect(magnitude, np.array([60, 80], dtype=np.uint8)).to_equal(100.0, because=widened)

@test_case(points=None, hidden=False, 
    failure_message="The zero vector has length 0, and no other vector has.")
def finds_no_length_in_the_zero_vector(magnitude):
    """The zero vector has length 0, and no other vector has."""
    from checking import expect, student
    magnitude = student('magnitude', magnitude)
    expect(magnitude, [0, -2, 0]).to_equal(2.0, because='one component other than 0 is enough for a length')
    expect(magnitude, [0, 0, 0]).to_equal(0.0, because='the square root of 0 is 0; no special case is needed')

@test_case(points=None, hidden=False, 
    failure_message="Nothing is rounded: [0.001, 0.002] has the root of 0.000005.")
def keeps_every_digit_of_the_length(magnitude):
    """Nothing is rounded: [0.001, 0.002] has the root of 0.000005."""
    from checking import expect, student
    import math
    ROOT_OF_SQUARES = 'square each component, add up the squares, and take the square root of the sum'
    magnitude = student('magnitude', magnitude)
    expect(magnitude, [5.0, 12.0]).to_equal(13.0, because=ROOT_OF_SQUARES)
    expect(magnitude, [0.001, 0.002]).to_equal(math.sqrt(5e-06), because='the root keeps every digit: nothing is rounded, cut off or added')
