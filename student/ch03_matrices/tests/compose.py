from otter.test_files import test_case

OK_FORMAT = False

name = "compose"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The worked example: a quarter turn first, then a stretch, and the other way round.")
def turns_then_stretches(compose):
    """The worked example: a quarter turn first, then a stretch, and the other way round."""
    from checking import expect, student
    STRETCH = [[2, 0], [0, 1]]
    QUARTER_TURN = [[0, -1], [1, 0]]
    compose = student('compose', compose)
    expect(compose, STRETCH, QUARTER_TURN).to_equal([[0.0, -2.0], [1.0, 0.0]], because='the second argument is done first, so it stands on the right of the product')
    expect(compose, QUARTER_TURN, STRETCH).to_equal([[0.0, -1.0], [2.0, 0.0]], because='the second argument is done first, so it stands on the right of the product')

@test_case(points=None, hidden=False, 
    failure_message="From 2 numbers to 4, then from 4 to 3: a matrix of shape (3, 2).")
def goes_from_the_first_input_to_the_last_output(compose):
    """From 2 numbers to 4, then from 4 to 3: a matrix of shape (3, 2)."""
    from checking import expect, student
    compose = student('compose', compose)
    widen = [[1, 0], [0, 1], [1, 1], [1, -1]]
    narrow = [[1, 0, 2, 0], [0, 3, 0, 1], [0.5, 0, 0, -1]]
    expect(compose, narrow, widen).to_equal([[3.0, 2.0], [1.0, 2.0], [-0.5, 1.0]], because="W2's rows and W1's columns remain; entry i, j is row i of W2 with column j of W1")
