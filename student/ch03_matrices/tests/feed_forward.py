from otter.test_files import test_case

OK_FORMAT = False

name = "feed_forward"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="The worked example: one token, as a vector.")
def works_on_one_token(feed_forward):
    """The worked example: one token, as a vector."""
    from checking import expect, student
    INSIDE_OUT = 'x times W1, plus b1, negative numbers to 0, times W2, plus b2'
    feed_forward = student('feed_forward', feed_forward)
    expect(feed_forward, [1, 2], [[1, -1, 0], [0, 1, -2]], [0, 1, 1], [[2, 0], [1, -1], [5, 5]], [0.5, 1]).to_equal([4.5, -1.0], because=INSIDE_OUT)

@test_case(points=None, hidden=False, 
    failure_message="Three tokens, one per row: each goes through the block on its own.")
def works_on_one_row_per_token(feed_forward):
    """Three tokens, one per row: each goes through the block on its own."""
    from checking import expect, student
    feed_forward = student('feed_forward', feed_forward)
    expect(feed_forward, [[1, 2], [0, 0], [-3, 1]], [[1, -1, 0], [0, 1, -2]], [0, 1, 1], [[2, 0], [1, -1], [5, 5]], [0.5, 1]).to_equal([[4.5, -1.0], [6.5, 5.0], [5.5, -4.0]], because='each row of x gives a row of hidden numbers, and every row gets the same biases')

@test_case(points=None, hidden=False, 
    failure_message="Five arrays of floats, which stay as they were; nothing is rounded.")
def leaves_its_arguments_and_every_digit(feed_forward):
    """Five arrays of floats, which stay as they were; nothing is rounded."""
    from checking import expect, student
    import numpy as np
    INSIDE_OUT = 'x times W1, plus b1, negative numbers to 0, times W2, plus b2'
    feed_forward = student('feed_forward', feed_forward)
    expect(feed_forward, [2.0], [[0.5, -1.0]], [0.25, 1.0], [[4.0], [3.0]], [-1.5]).to_equal([3.5], because=INSIDE_OUT)
    block = [np.array(part) for part in ([[0.5, -1.0]], [0.25, 1.0], [[4.0], [3.0]], [-1.5])]
    expect(feed_forward, np.array([2.0]), *block).to_equal([3.5])
    expect(feed_forward, [0.0123], [[0.087654321]], [0.0001], [[0.5]], [0.0]).to_equal([0.00058907407415], because='the numbers keep every digit: nothing is rounded, cut off or added')
