from otter.test_files import test_case

OK_FORMAT = False

name = "distance"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="[1, 2] and [6, 14] are 13 apart.")
def measures_the_difference(distance):
    """[1, 2] and [6, 14] are 13 apart."""
    from checking import expect, student
    distance = student('distance', distance)
    expect(distance, [1, 2], [6, 14]).to_equal(13.0, because='subtract component from component, then take the magnitude of what is left')
    expect(distance, [1, 0, 2], [3, 3, 8]).to_equal(7.0, because='every component goes into the sum of squares')

@test_case(points=None, hidden=False, 
    failure_message="Lists, tuples and arrays in any pairing; the arguments stay as they were.")
def takes_two_vectors_of_any_kind(distance):
    """Lists, tuples and arrays in any pairing; the arguments stay as they were."""
    from checking import expect, student
    import numpy as np
    distance = student('distance', distance)
    expect(distance, (2,), [9.5]).to_equal(7.5, because='lists and tuples do not subtract: make arrays of them with np.asarray(a, dtype=float)')
    expect(distance, np.array([1.5, 2.0]), (4.5, -2.0)).to_equal(5.0, because='subtract component from component')
    expect(distance, np.array([8, 1]), np.array([2, 9])).to_equal(10.0, because='a negative difference counts like a positive one')

@test_case(points=None, hidden=False, 
    failure_message="Two and three components: ValueError that names both dimensions.")
def refuses_other_dimensions(distance):
    """Two and three components: ValueError that names both dimensions."""
    from checking import expect, student
    distance = student('distance', distance)
    expect(distance, [1.0, 1.0, 0.0], [1.0, 5.0, 3.0]).to_equal(5.0)
    expect(distance, [1.0, 2.0], [1.0, 2.0, 5.0]).to_be_refused(ValueError, naming=[2, 3], because='compare the dimensions first, and put both into the message of the ValueError')
