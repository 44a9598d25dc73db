from otter.test_files import test_case

OK_FORMAT = False

name = "distance"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="[1, 2] and [6, 14] are 13 apart, [1, 0, 2] and [3, 3, 8] are 7 apart.")
def measures_the_difference(distance):
    """[1, 2] and [6, 14] are 13 apart, [1, 0, 2] and [3, 3, 8] are 7 apart."""
    from checking import expect, student
    OF_THE_DIFFERENCE = 'subtract component from component, then take the magnitude of the difference'
    distance = student('distance', distance)
    expect(distance, [1, 2], [6, 14]).to_equal(13.0, because=OF_THE_DIFFERENCE)
    expect(distance, [1, 0, 2], [3, 3, 8]).to_equal(7.0, because=OF_THE_DIFFERENCE)

@test_case(points=None, hidden=False, 
    failure_message="Lists, tuples and arrays in any pairing; the arguments stay as they were.")
def takes_two_vectors_of_any_kind(distance):
    """Lists, tuples and arrays in any pairing; the arguments stay as they were."""
    from checking import expect, student
    import numpy as np
    OF_THE_DIFFERENCE = 'subtract component from component, then take the magnitude of the difference'
    distance = student('distance', distance)
    expect(distance, (2,), [9.5]).to_equal(7.5, because=OF_THE_DIFFERENCE)
    expect(distance, [8.0, 1.0], (2.0, 9.0)).to_equal(10.0, because=OF_THE_DIFFERENCE)
    expect(distance, np.array([1.5, 2.0]), np.array([4.5, -2.0])).to_equal(5.0)
    expect(distance, np.array([8, 1]), np.array([2, 9])).to_equal(10.0)
    expect(distance, np.array([8, 1], dtype=np.uint8), np.array([2, 9], dtype=np.uint8)).to_equal(10.0, because_type='unsigned ints have no negative numbers, and 1 - 9 wraps around: make floats first')

@test_case(points=None, hidden=False, 
    failure_message="Two components and three: ValueError.")
def refuses_other_dimensions(distance):
    """Two components and three: ValueError."""
    from checking import expect, student
    OF_THE_DIFFERENCE = 'subtract component from component, then take the magnitude of the difference'
    distance = student('distance', distance)
    expect(distance, [1.0, 1.0, 0.0], [1.0, 5.0, 3.0]).to_equal(5.0, because=OF_THE_DIFFERENCE)
    expect(distance, [1.0, 2.0], [1.0, 2.0, 5.0]).to_be_refused(ValueError, because='compare the two dimensions first, and raise ValueError if they differ')

@test_case(points=0.15, hidden=False, 
    failure_message="The message of the ValueError names both dimensions.")
def names_both_dimensions(distance):
    """The message of the ValueError names both dimensions."""
    from checking import expect, student
    OF_THE_DIFFERENCE = 'subtract component from component, then take the magnitude of the difference'
    distance = student('distance', distance)
    expect(distance, [0.0, 3.0], [4.0, 0.0]).to_equal(5.0, because=OF_THE_DIFFERENCE)
    expect(distance, [1.0, 2.0], [1.0, 2.0, 5.0]).to_be_refused(ValueError, naming=[2, 3], because='put both dimensions into the message of a ValueError')

@test_case(points=None, hidden=False, 
    failure_message="Nothing is rounded: from [0.001, 0] to [0, 0.002].")
def keeps_every_digit_of_the_distance(distance):
    """Nothing is rounded: from [0.001, 0] to [0, 0.002]."""
    from checking import expect, student
    import math
    OF_THE_DIFFERENCE = 'subtract component from component, then take the magnitude of the difference'
    distance = student('distance', distance)
    expect(distance, [3.0, 0.0], [0.0, 4.0]).to_equal(5.0, because=OF_THE_DIFFERENCE)
    expect(distance, [0.001, 0.0], [0.0, 0.002]).to_equal(math.sqrt(5e-06), because='the root keeps every digit: nothing is rounded, cut off or added')
    expect(distance, [3000000.0, 4000000.0], [3000003.0, 4000004.0]).to_equal(5.0, because='however close two points lie, the distance is 0 only if they are the same')
    expect(distance, [8000001.0, 0.03125], [8000001.0, 0.0625]).to_equal(0.03125, because='however far from the origin two points lie, subtract them before anything is squared')
