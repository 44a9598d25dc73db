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
    SECOND_ON_THE_LEFT = 'W1 is done first and stands next to the vector: the one matrix is W2 times W1'
    compose = student('compose', compose)
    expect(compose, STRETCH, QUARTER_TURN).to_equal([[0.0, -2.0], [1.0, 0.0]], because=SECOND_ON_THE_LEFT)
    expect(compose, QUARTER_TURN, STRETCH).to_equal([[0.0, -1.0], [2.0, 0.0]], because=SECOND_ON_THE_LEFT)

@test_case(points=None, hidden=False, 
    failure_message="From 2 numbers to 4, then from 4 to 3: a matrix of shape (3, 2).")
def goes_from_the_first_input_to_the_last_output(compose):
    """From 2 numbers to 4, then from 4 to 3: a matrix of shape (3, 2)."""
    from checking import expect, student
    SECOND_ON_THE_LEFT = 'W1 is done first and stands next to the vector: the one matrix is W2 times W1'
    compose = student('compose', compose)
    widen = [[1, 0], [0, 1], [1, 1], [1, -1]]
    narrow = [[1, 0, 2, 0], [0, 3, 0, 1], [0.5, 0, 0, -1]]
    expect(compose, narrow, widen).to_equal([[3.0, 2.0], [1.0, 2.0], [-0.5, 1.0]], because=SECOND_ON_THE_LEFT)

@test_case(points=None, hidden=False, 
    failure_message="Nothing is rounded: small numbers with many decimals.")
def keeps_every_digit_of_the_product(compose):
    """Nothing is rounded: small numbers with many decimals."""
    from checking import expect, student
    SECOND_ON_THE_LEFT = 'W1 is done first and stands next to the vector: the one matrix is W2 times W1'
    compose = student('compose', compose)
    expect(compose, [[0.5, 2.0]], [[4.0], [0.25]]).to_equal([[2.5]], because=SECOND_ON_THE_LEFT)
    expect(compose, [[0.0123, 0.1]], [[0.087654321], [0.0001]]).to_equal([[0.0010881481483]], because='the product keeps every digit: nothing is rounded, cut off or added')
