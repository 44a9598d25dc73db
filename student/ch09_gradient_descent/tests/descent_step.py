from otter.test_files import test_case

OK_FORMAT = False

name = "descent_step"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="A number and its slope give a number.")
def moves_a_number_downhill(descent_step):
    """A number and its slope give a number."""
    from checking import expect, student
    descent_step = student('descent_step', descent_step)
    expect(descent_step, 1.0, -6.0, 0.1).to_equal(1.6, because='take learning_rate * gradient away from w; minus a negative step adds')
    expect(descent_step, 2, 3, 0.5).to_equal(0.5, because='take learning_rate * gradient away from w')

@test_case(points=None, hidden=False, 
    failure_message="Lists, tuples and arrays of one shape, ints or floats, give an array.")
def moves_every_entry_of_an_array(descent_step):
    """Lists, tuples and arrays of one shape, ints or floats, give an array."""
    from checking import expect, student
    import numpy as np
    descent_step = student('descent_step', descent_step)
    expect(descent_step, [4, -2, 7], (2, 3, -1), 0.5).to_equal([3.0, -3.5, 7.5], because='make arrays of both with np.asarray(..., dtype=float) first')
    expect(descent_step, np.array([1.0, 2.0]), np.array([-4.0, 0.0]), 0.25).to_equal([2.0, 2.0], because="work on a new array; w -= ... changes the caller's own")
    expect(descent_step, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [[10, 0, -10], [5, 5, 20]], 0.1).to_equal([[0.0, 2.0, 4.0], [3.5, 4.5, 4.0]], because='a matrix of weights is stepped entry by entry, like a vector')

@test_case(points=None, hidden=False, 
    failure_message="Two weights and three slopes: ValueError that names both.")
def refuses_shapes_that_do_not_fit(descent_step):
    """Two weights and three slopes: ValueError that names both."""
    from checking import expect, student
    descent_step = student('descent_step', descent_step)
    expect(descent_step, [2.0, 3.0], [1.0, 1.0], 1.0).to_equal([1.0, 2.0])
    expect(descent_step, [2.0, 3.0], [1.0, 2.0, 3.0], 0.1).to_be_refused(ValueError, naming=[2, 3])
