from otter.test_files import test_case

OK_FORMAT = False

name = "steepest_descent"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="A gradient of [3, 4]: the opposite direction, at length 1.")
def points_against_the_gradient(steepest_descent):
    """A gradient of [3, 4]: the opposite direction, at length 1."""
    from checking import expect, student
    DOWN = 'turn every sign, then divide by the magnitude, the root of the summed squares'
    steepest_descent = student('steepest_descent', steepest_descent)
    expect(steepest_descent, [3, 4]).to_equal([-0.6, -0.8], because=DOWN)

@test_case(points=None, hidden=False, 
    failure_message="A gradient of zeros: ValueError.")
def refuses_a_zero_gradient(steepest_descent):
    """A gradient of zeros: ValueError."""
    from checking import expect, student
    DOWN = 'turn every sign, then divide by the magnitude, the root of the summed squares'
    steepest_descent = student('steepest_descent', steepest_descent)
    expect(steepest_descent, (0.0, -5.0)).to_equal([0.0, 1.0], because=DOWN)
    expect(steepest_descent, [0.0, 0.0]).to_be_refused(ValueError)
    expect(steepest_descent, [0, 0, 0]).to_be_refused(ValueError)
