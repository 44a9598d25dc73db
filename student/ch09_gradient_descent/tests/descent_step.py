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
    expect(descent_step, 1.0, -6.0, 0.1).to_equal(1.6, because='w_new = w - learning_rate * gradient; subtracting a negative step adds')
    expect(descent_step, 2, 3, 0.5).to_equal(0.5, because='w_new = w - learning_rate * gradient')

@test_case(points=None, hidden=False, 
    failure_message="Lists, tuples and arrays of one shape give an array of that shape.")
def moves_every_entry_of_an_array(descent_step):
    """Lists, tuples and arrays of one shape give an array of that shape."""
    from checking import expect, student
    import numpy as np
    descent_step = student('descent_step', descent_step)
    expect(descent_step, [4, -2, 7], (2, 3, -1), 0.5).to_equal([3.0, -3.5, 7.5], because='each entry moves by learning_rate times its own slope')
    expect(descent_step, np.array([1.0, 2.0]), np.array([-4.0, 0.0]), 0.25).to_equal([2.0, 2.0], because='each entry moves by learning_rate times its own slope')
    weights, slopes = ([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [[10, 0, -10], [5, 5, 20]])
    expect(descent_step, weights, slopes, 0.1).to_equal([[0.0, 2.0, 4.0], [3.5, 4.5, 4.0]], because='a matrix is stepped entry by entry, as a vector is')

@test_case(points=None, hidden=False, 
    failure_message="Two weights and three slopes: ValueError.")
def refuses_shapes_that_differ(descent_step):
    """Two weights and three slopes: ValueError."""
    from checking import expect, student
    descent_step = student('descent_step', descent_step)
    expect(descent_step, [2.0, 3.0], [1.0, 1.0], 1.0).to_equal([1.0, 2.0])
    expect(descent_step, [2.0, 3.0], [1.0, 2.0, 3.0], 0.1).to_be_refused(ValueError)

@test_case(points=0.1, hidden=False, 
    failure_message="The message of that ValueError names both shapes.")
def names_both_shapes(descent_step):
    """The message of that ValueError names both shapes."""
    from checking import expect, student
    descent_step = student('descent_step', descent_step)
    expect(descent_step, [0.5, 0.25], [1.5, 0.5], 0.5).to_equal([-0.25, 0.0])
    expect(descent_step, [0.5, 0.25], [1.5, 0.5, 4.5], 0.1).to_be_refused(ValueError, naming=[2, 3])
