from otter.test_files import test_case

OK_FORMAT = False

name = "gradient_descent"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="The start, then the position after each step.")
def keeps_the_whole_path(gradient_descent):
    """The start, then the position after each step."""
    from checking import expect, student
    import numpy as np

    def slope_of_a_parabola(w):
        """Of (w - 4)^2."""
        return 2 * (np.asarray(w, dtype=float) - 4)
    gradient_descent = student('gradient_descent', gradient_descent)
    expect(gradient_descent, slope_of_a_parabola, 1.0, 0.1, 3).to_equal([1.0, 1.6, 2.08, 2.464], because='three steps make four positions, the start first; ask for the slope anew at each of them')

@test_case(points=None, hidden=False, 
    failure_message="A start of two numbers gives a matrix with a position a row; ints and tuples count.")
def walks_in_more_dimensions(gradient_descent):
    """A start of two numbers gives a matrix with a position a row; ints and tuples count."""
    from checking import expect, student
    import numpy as np

    def slope_of_a_valley(w):
        """Of w_1^2 / 2 + 5 w_2^2."""
        return np.asarray(w, dtype=float) * np.array([1.0, 10.0])

    def slope_of_a_parabola(w):
        """Of (w - 4)^2."""
        return 2 * (np.asarray(w, dtype=float) - 4)
    gradient_descent = student('gradient_descent', gradient_descent)
    expect(gradient_descent, slope_of_a_valley, (2, -1), 0.05, 2).to_equal([[2.0, -1.0], [1.9, -0.5], [1.805, -0.25]], because='convert the start with np.array(start, dtype=float), and collect one row a position')
    expect(gradient_descent, slope_of_a_parabola, [3], 0.25, 1).to_equal([[3.0], [3.5]], because='a start of one component is a vector still, and the path a matrix')
