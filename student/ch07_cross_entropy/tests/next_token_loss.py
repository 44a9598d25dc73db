from otter.test_files import test_case

OK_FORMAT = False

name = "next_token_loss"
points = 4

@test_case(points=None, hidden=False, 
    failure_message="Example 7 as two positions: the first token is right, then the third.")
def is_the_mean_surprise_of_the_targets(next_token_loss):
    """Example 7 as two positions: the first token is right, then the third."""
    from checking import expect, student
    import math
    next_token_loss = student('next_token_loss', next_token_loss)
    both = [[0.7, 0.2, 0.1], [0.7, 0.2, 0.1]]
    expect(next_token_loss, both, [0, 2]).to_equal((math.log(10 / 7) + math.log(10)) / 2, because="one surprise a row, at that row's target; then their mean")
    expect(next_token_loss, [[0.7, 0.2, 0.1]], [1]).to_equal(math.log(5), because='one row has one surprise; targets count from 0')

@test_case(points=None, hidden=False, 
    failure_message="Lists or arrays of any size, targets as a tuple or an array.")
def takes_rows_and_targets_of_any_kind(next_token_loss):
    """Lists or arrays of any size, targets as a tuple or an array."""
    from checking import expect, student
    import math
    import numpy as np
    ROWS = [[0.5, 0.3, 0.2], [0.1, 0.85, 0.05], [0.02, 0.18, 0.8], [0.4, 0.35, 0.25]]
    next_token_loss = student('next_token_loss', next_token_loss)
    expect(next_token_loss, np.array(ROWS), np.array([2, 0])[[0, 1, 0, 1]]).to_equal((math.log(5) + math.log(10) + math.log(1.25) + math.log(2.5)) / 4, because='pick one entry a row: row t, column targets[t]')
    expect(next_token_loss, [[0, 1], [0.5, 0.5]], (1, 0)).to_equal(math.log(2) / 2, because='a row of ints is a row of probabilities too')
    expect(next_token_loss, [[1.0]], [0]).to_equal(0, because='a vocabulary of one token is certain')

@test_case(points=None, hidden=False, 
    failure_message="Not one target a row: ValueError.")
def refuses_rows_without_a_target(next_token_loss):
    """Not one target a row: ValueError."""
    from checking import expect, student
    import math
    ROWS = [[0.5, 0.3, 0.2], [0.1, 0.85, 0.05], [0.02, 0.18, 0.8], [0.4, 0.35, 0.25]]
    next_token_loss = student('next_token_loss', next_token_loss)
    expect(next_token_loss, ROWS, [0, 1, 2, 0]).to_equal((math.log(2) - math.log(0.85) - math.log(0.8) - math.log(0.4)) / 4, because='one surprise a row, then their mean')
    expect(next_token_loss, ROWS, [0, 1, 2]).to_be_refused(ValueError)
    expect(next_token_loss, ROWS[:2], [0, 1, 2]).to_be_refused(ValueError)
    expect(next_token_loss, ROWS, [1]).to_be_refused(ValueError, because='NumPy stretches a vector of length 1 without a word: compare the lengths yourself')
