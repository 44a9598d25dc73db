from otter.test_files import test_case

OK_FORMAT = False

name = "partial_derivative"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="One slope an input, the other inputs held still.")
def moves_one_input_alone(partial_derivative):
    """One slope an input, the other inputs held still."""
    from checking import expect, student

    def square_times(v):
        return v[0] ** 2 * v[1]
    SLOPE_ERROR = 1e-06
    partial_derivative = student('partial_derivative', partial_derivative)
    expect(partial_derivative, square_times, [1.0, 2.0], 0).to_equal(4.0, rtol=0, atol=SLOPE_ERROR, because='move input i alone, by h to either side')
    expect(partial_derivative, square_times, [1.0, 2.0], 1).to_equal(1.0, rtol=0, atol=SLOPE_ERROR, because='i counts from 0: 1 is the second input')

@test_case(points=None, hidden=False, 
    failure_message="A point as a list, a tuple or an array, of ints or of floats, with one input or with many.")
def takes_points_of_every_kind(partial_derivative):
    """A point as a list, a tuple or an array, of ints or of floats, with one input or with many."""
    from checking import expect, student
    import numpy as np

    def sum_of_cubes(v):
        return np.sum(v ** 3)
    SLOPE_ERROR = 1e-06

    def climbing_cubes(v):
        """Entry after entry weighs more, so that no two slopes agree by accident."""
        return float(np.sum(v ** 3 * np.arange(1, len(v) + 1)))
    partial_derivative = student('partial_derivative', partial_derivative)
    expect(partial_derivative, sum_of_cubes, [1, -1, 2], 0).to_equal(3.0, rtol=0, atol=SLOPE_ERROR, because='hand f an array of floats: np.array(point, dtype=float)')
    expect(partial_derivative, sum_of_cubes, np.array([1, -1]), 1).to_equal(3.0, rtol=0, atol=SLOPE_ERROR, because='an array of ints cuts 1.00001 back to 1: make it an array of floats first')
    expect(partial_derivative, climbing_cubes, (0.5,), 0).to_equal(0.75, rtol=0, atol=SLOPE_ERROR, because='one input is a point too')
    expect(partial_derivative, climbing_cubes, (0.3, 1.0, -0.2, 0.4, 0.5), 4).to_equal(3.75, rtol=0, atol=SLOPE_ERROR, because='i = n - 1 is the last input')
