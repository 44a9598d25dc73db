from otter.test_files import test_case

OK_FORMAT = False

name = "central_difference"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The rise of a cube from a step before x to a step past it.")
def measures_to_both_sides(central_difference):
    """The rise of a cube from a step before x to a step past it."""
    from checking import expect, student

    def cube(x):
        return x ** 3
    CENTRAL = '(f(x + h) - f(x - h)) / (2 * h), with the h that is handed in, for every h above 0'
    central_difference = student('central_difference', central_difference)
    expect(central_difference, cube, 1.0, 0.1).to_equal(3.01, because=CENTRAL)
    expect(central_difference, cube, 1.5, 0.5).to_equal(7.0, because=CENTRAL)

@test_case(points=None, hidden=False, 
    failure_message="A step of 0 or below: ValueError, and the message names a step below 0.")
def refuses_a_step_that_is_none(central_difference):
    """A step of 0 or below: ValueError, and the message names a step below 0."""
    from checking import expect, student

    def square(x):
        return x ** 2
    CENTRAL = '(f(x + h) - f(x - h)) / (2 * h), with the h that is handed in, for every h above 0'
    central_difference = student('central_difference', central_difference)
    expect(central_difference, square, 3, 2).to_equal(6, because=CENTRAL)
    expect(central_difference, square, 3.0, 0).to_be_refused(ValueError)
    expect(central_difference, square, 3.0, 0.0).to_be_refused(ValueError)
    expect(central_difference, square, 3.0, -0.375).to_be_refused(ValueError, naming=[-0.375])
