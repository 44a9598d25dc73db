from otter.test_files import test_case

OK_FORMAT = False

name = "gradient_descent"
points = 2

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
    expect(gradient_descent, slope_of_a_parabola, 1.0, 0.1, 3).to_equal([1.0, 1.6, 2.08, 2.464], because='three steps make four positions, the start first, each with a slope measured afresh')

@test_case(points=None, hidden=False, 
    failure_message="A start of n numbers gives a matrix with one position per row.")
def walks_in_more_dimensions(gradient_descent):
    """A start of n numbers gives a matrix with one position per row."""
    from checking import expect, student
    import numpy as np

    def slope_of_a_valley(w):
        """Of w_1^2 / 2 + 5 w_2^2."""
        return np.asarray(w, dtype=float) * np.array([1.0, 10.0])

    def slope_of_a_parabola(w):
        """Of (w - 4)^2."""
        return 2 * (np.asarray(w, dtype=float) - 4)
    gradient_descent = student('gradient_descent', gradient_descent)
    expect(gradient_descent, slope_of_a_valley, (2, -1), 0.05, 2).to_equal([[2.0, -1.0], [1.9, -0.5], [1.805, -0.25]], because='each position is one row of the path')
    expect(gradient_descent, slope_of_a_parabola, [3], 0.25, 1).to_equal([[3.0], [3.5]], because='a start of one component is still a vector, and its path a matrix')

@test_case(points=None, hidden=False, 
    failure_message="The start is not moved, and what gradient_fn returns is not written over.")
def leaves_start_and_slopes_as_they_were(gradient_descent):
    """The start is not moved, and what gradient_fn returns is not written over."""
    from checking import expect, student
    import numpy as np

    def slope_of_a_valley(w):
        """Of w_1^2 / 2 + 5 w_2^2."""
        return np.asarray(w, dtype=float) * np.array([1.0, 10.0])
    gradient_descent = student('gradient_descent', gradient_descent)
    expect(gradient_descent, slope_of_a_valley, np.array([8.0, 2.0]), 0.05, 2).to_equal([[8.0, 2.0], [7.6, 1.0], [7.22, 0.5]], because='if all rows are alike, they are one array; w -= ... moves it, w = w - ... makes a new one')
    expect(gradient_descent, lambda w: w, [8.0, -2.0], 0.25, 2).to_equal([[8.0, -2.0], [6.0, -1.5], [4.5, -1.125]], because='this gradient_fn returns the very array it is handed: g *= ... would write into the path')
