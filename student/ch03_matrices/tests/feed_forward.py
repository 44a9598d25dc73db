from otter.test_files import test_case

OK_FORMAT = False

name = "feed_forward"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="The worked example: one token, as a vector.")
def works_on_one_token(feed_forward):
    """The worked example: one token, as a vector."""
    from checking import expect, student
    feed_forward = student('feed_forward', feed_forward)
    expect(feed_forward, [1, 2], [[1, -1, 0], [0, 1, -2]], [0, 1, 1], [[2, 0], [1, -1], [5, 5]], [0.5, 1]).to_equal([4.5, -1.0], because='x times W1, plus b1, negatives to 0, times W2, plus b2')

@test_case(points=None, hidden=False, 
    failure_message="Three tokens, one a row: each goes through the block on its own.")
def works_on_a_token_a_row(feed_forward):
    """Three tokens, one a row: each goes through the block on its own."""
    from checking import expect, student
    feed_forward = student('feed_forward', feed_forward)
    expect(feed_forward, [[1, 2], [0, 0], [-3, 1]], [[1, -1, 0], [0, 1, -2]], [0, 1, 1], [[2, 0], [1, -1], [5, 5]], [0.5, 1]).to_equal([[4.5, -1.0], [6.5, 5.0], [5.5, -4.0]], because='with a token a row, x times W1 has a row of hidden numbers for each token, and the biases are added to every row')
