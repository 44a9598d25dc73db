from otter.test_files import test_case

OK_FORMAT = False

name = "next_token_loss"
points = 4

@test_case(points=None, hidden=False, 
    failure_message="Example 7 as two positions: the first token comes, then the third.")
def is_the_mean_surprise_of_the_targets(next_token_loss):
    """Example 7 as two positions: the first token comes, then the third."""
    from checking import expect, student
    import math
    MEAN_SURPRISE = 'the mean over all rows t of -ln(P[t][targets[t]]), minus a natural logarithm of the probability as it is'
    next_token_loss = student('next_token_loss', next_token_loss)
    both = [[0.7, 0.2, 0.1], [0.7, 0.2, 0.1]]
    expect(next_token_loss, both, [0, 2]).to_equal((math.log(10 / 7) + math.log(10)) / 2, because=MEAN_SURPRISE)
    expect(next_token_loss, [[0.7, 0.2, 0.1]], [1]).to_equal(math.log(5), because=MEAN_SURPRISE)

@test_case(points=None, hidden=False, 
    failure_message="Lists or arrays of any size, targets as a list, a tuple or an array.")
def takes_rows_and_targets_of_any_kind(next_token_loss):
    """Lists or arrays of any size, targets as a list, a tuple or an array."""
    from checking import expect, student
    import math
    import numpy as np
    ROWS = [[0.5, 0.3, 0.2], [0.1, 0.85, 0.05], [0.02, 0.18, 0.8], [0.4, 0.35, 0.25]]
    MEAN_SURPRISE = 'the mean over all rows t of -ln(P[t][targets[t]]), minus a natural logarithm of the probability as it is'
    next_token_loss = student('next_token_loss', next_token_loss)
    expect(next_token_loss, np.array(ROWS), np.array([2, 0])[[0, 1, 0, 1]]).to_equal((math.log(5) + math.log(10) + math.log(1.25) + math.log(2.5)) / 4, because=MEAN_SURPRISE)
    expect(next_token_loss, [[0, 1], [0.5, 0.5]], (1, 0)).to_equal(math.log(2) / 2, because=MEAN_SURPRISE)
    expect(next_token_loss, [[1.0]], [0]).to_equal(0, because=MEAN_SURPRISE)

@test_case(points=None, hidden=False, 
    failure_message="Not exactly one target per row: ValueError.")
def refuses_rows_without_a_target(next_token_loss):
    """Not exactly one target per row: ValueError."""
    from checking import expect, student
    import math
    import numpy as np
    ROWS = [[0.5, 0.3, 0.2], [0.1, 0.85, 0.05], [0.02, 0.18, 0.8], [0.4, 0.35, 0.25]]
    MEAN_SURPRISE = 'the mean over all rows t of -ln(P[t][targets[t]]), minus a natural logarithm of the probability as it is'
    next_token_loss = student('next_token_loss', next_token_loss)
    expect(next_token_loss, ROWS, [0, 1, 2, 0]).to_equal((math.log(2) - math.log(0.85) - math.log(0.8) - math.log(0.4)) / 4, because=MEAN_SURPRISE)
    expect(next_token_loss, ROWS, [0, 1, 2]).to_be_refused(ValueError)
    expect(next_token_loss, ROWS[:2], [0, 1, 2]).to_be_refused(ValueError)
    stretched = 'numbers of rows and of targets that differ are refused, also if one of them is 1'
    expect(next_token_loss, ROWS, [1]).to_be_refused(ValueError, because=stretched)
    expect(next_token_loss, np.array(ROWS[:1]), np.array([1, 0])).to_be_refused(ValueError, because=stretched)
