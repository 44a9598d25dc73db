from otter.test_files import test_case

OK_FORMAT = False

name = "forward_difference"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The rise of a square, and of a cube, over a step forward.")
def measures_from_x_onwards(forward_difference):
    """The rise of a square, and of a cube, over a step forward."""
    from checking import expect, student

    def square(x):
        return x ** 2
    FORWARD = '(f(x + h) - f(x)) / h, with the h that is handed in, for every h above 0'

    def cube(x):
        return x ** 3
    forward_difference = student('forward_difference', forward_difference)
    expect(forward_difference, square, 3.0, 0.1).to_equal(6.1, because=FORWARD)
    expect(forward_difference, cube, 1.5, 0.5).to_equal(9.25, because=FORWARD)

@test_case(points=None, hidden=False, 
    failure_message="A step of 0 or below: ValueError, and the message names a step below 0.")
def refuses_a_step_that_is_not_forward(forward_difference):
    """A step of 0 or below: ValueError, and the message names a step below 0."""
    from checking import expect, student

    def square(x):
        return x ** 2
    FORWARD = '(f(x + h) - f(x)) / h, with the h that is handed in, for every h above 0'
    forward_difference = student('forward_difference', forward_difference)
    expect(forward_difference, square, 3, 1).to_equal(7, because=FORWARD)
    expect(forward_difference, square, 3.0, 0).to_be_refused(ValueError)
    expect(forward_difference, square, 3.0, 0.0).to_be_refused(ValueError)
    expect(forward_difference, square, 3.0, -0.375).to_be_refused(ValueError, naming=[-0.375])
