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

    def cube(x):
        return x ** 3
    forward_difference = student('forward_difference', forward_difference)
    expect(forward_difference, square, 3.0, 0.1).to_equal(6.1, because='the change of f from x to x + h, divided by h')
    expect(forward_difference, cube, 1.5, 0.5).to_equal(9.25, because='the step goes forward only: f(x + h) minus f(x)')

@test_case(points=None, hidden=False, 
    failure_message="A step of 0 or below: ValueError that names it.")
def refuses_a_step_that_is_not_forward(forward_difference):
    """A step of 0 or below: ValueError that names it."""
    from checking import expect, student

    def square(x):
        return x ** 2
    forward_difference = student('forward_difference', forward_difference)
    expect(forward_difference, square, 3, 1).to_equal(7, because='from 3 to 4 a square rises by 16 - 9, over a step of 1')
    expect(forward_difference, square, 3.0, 0).to_be_refused(ValueError, naming=[0])
    expect(forward_difference, square, 3.0, -0.5).to_be_refused(ValueError, naming=[-0.5])
