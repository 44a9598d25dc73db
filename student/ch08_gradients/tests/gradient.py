from otter.test_files import test_case

OK_FORMAT = False

name = "gradient"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="All the partial derivatives, in the order of the inputs.")
def gathers_every_slope(gradient):
    """All the partial derivatives, in the order of the inputs."""
    from checking import expect, student

    def square_times(v):
        return v[0] ** 2 * v[1]
    SLOPE_ERROR = 1e-06
    ONE_EACH = 'one central difference per input, in order, each from the same point and by the h that is handed in'
    gradient = student('gradient', gradient)
    expect(gradient, square_times, [1.0, 2.0]).to_equal([4.0, 1.0], rtol=0, atol=SLOPE_ERROR, because=ONE_EACH)

@test_case(points=None, hidden=False, 
    failure_message="A point of any length, as a list, a tuple or an array.")
def has_one_slope_per_input(gradient):
    """A point of any length, as a list, a tuple or an array."""
    from checking import expect, student
    import numpy as np

    def climbing_cubes(v):
        """Entry after entry weighs more, so that no two slopes agree by accident."""
        return float(np.sum(v ** 3 * np.arange(1, len(v) + 1)))
    SLOPE_ERROR = 1e-06
    ONE_EACH = 'one central difference per input, in order, each from the same point and by the h that is handed in'

    def sum_of_cubes(v):
        return np.sum(v ** 3)
    gradient = student('gradient', gradient)
    expect(gradient, climbing_cubes, (0.5,)).to_equal([0.75], rtol=0, atol=SLOPE_ERROR, because=ONE_EACH)
    expect(gradient, climbing_cubes, np.array([0.3, 1.0, -0.2, 0.4, 0.5])).to_equal([0.27, 6.0, 0.36, 1.92, 3.75], rtol=0, atol=SLOPE_ERROR, because=ONE_EACH)
    expect(gradient, sum_of_cubes, [1.0, -1.0, 0.5]).to_equal([3.0, 3.0, 0.75], rtol=0, atol=SLOPE_ERROR, because=ONE_EACH)
