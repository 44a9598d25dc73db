from otter.test_files import test_case

OK_FORMAT = False

name = "partial_derivative"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="One slope per input, the other inputs held still.")
def moves_one_input_only(partial_derivative):
    """One slope per input, the other inputs held still."""
    from checking import expect, student

    def square_times(v):
        return v[0] ** 2 * v[1]
    SLOPE_ERROR = 1e-06
    ONE_INPUT = 'move input i (counted from 0), and no other, to either side by the h that is handed in, and divide what f did by 2h'
    partial_derivative = student('partial_derivative', partial_derivative)
    expect(partial_derivative, square_times, [1.0, 2.0], 0).to_equal(4.0, rtol=0, atol=SLOPE_ERROR, because=ONE_INPUT)
    expect(partial_derivative, square_times, [1.0, 2.0], 1).to_equal(1.0, rtol=0, atol=SLOPE_ERROR, because=ONE_INPUT)

@test_case(points=None, hidden=False, 
    failure_message="A point as a list, a tuple or an array, of ints or of floats, with one input or with many.")
def takes_points_of_every_kind(partial_derivative):
    """A point as a list, a tuple or an array, of ints or of floats, with one input or with many."""
    from checking import expect, student
    import numpy as np

    def sum_of_cubes(v):
        return np.sum(v ** 3)
    SLOPE_ERROR = 1e-06
    ON_FLOATS = 'move input i (counted from 0), and no other, to either side by the h that is handed in, and divide what f did by 2h, on an array of float64, whatever the point is made of'

    def climbing_cubes(v):
        """Entry after entry weighs more, so that no two slopes agree by accident."""
        return float(np.sum(v ** 3 * np.arange(1, len(v) + 1)))
    partial_derivative = student('partial_derivative', partial_derivative)
    expect(partial_derivative, sum_of_cubes, [1, -1, 2], 0).to_equal(3.0, rtol=0, atol=SLOPE_ERROR, because=ON_FLOATS)
    expect(partial_derivative, sum_of_cubes, np.array([1, -1]), 1).to_equal(3.0, rtol=0, atol=SLOPE_ERROR, because=ON_FLOATS)
    expect(partial_derivative, climbing_cubes, (0.5,), 0).to_equal(0.75, rtol=0, atol=SLOPE_ERROR, because=ON_FLOATS)
    expect(partial_derivative, climbing_cubes, np.array([0.3, 1.0, -0.2, 0.4, 0.5]), 4).to_equal(3.75, rtol=0, atol=SLOPE_ERROR, because=ON_FLOATS)
