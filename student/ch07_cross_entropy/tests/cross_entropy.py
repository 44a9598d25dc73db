from otter.test_files import test_case

OK_FORMAT = False

name = "cross_entropy"
points = 4

@test_case(points=None, hidden=False, 
    failure_message="Each outcome's surprise under q counts as often as it happens under p.")
def weights_each_surprise_by_its_probability(cross_entropy):
    """Each outcome's surprise under q counts as often as it happens under p."""
    from checking import expect, student
    import math
    TRUTH = [0.5, 0.3, 0.2]
    PREDICTION = [0.2, 0.7, 0.1]
    H_TRUTH_PREDICTION = 1.3722384579974791
    WEIGHTED = 'the sum of -p_i ln(q_i) over the outcomes with p_i > 0, and over no others: p weights, and q stands in the logarithm as it is'
    cross_entropy = student('cross_entropy', cross_entropy)
    expect(cross_entropy, TRUTH, PREDICTION).to_equal(H_TRUTH_PREDICTION, because=WEIGHTED)
    expect(cross_entropy, [0.25, 0.75], [0.5, 0.5]).to_equal(math.log(2), because=WEIGHTED)

@test_case(points=None, hidden=False, 
    failure_message="With all of p on one token, Example 7; lists, tuples and arrays, of ints and of floats.")
def is_the_surprise_of_the_right_token(cross_entropy):
    """With all of p on one token, Example 7; lists, tuples and arrays, of ints and of floats."""
    from checking import expect, student
    import math
    import numpy as np
    WEIGHTED = 'the sum of -p_i ln(q_i) over the outcomes with p_i > 0, and over no others: p weights, and q stands in the logarithm as it is'
    cross_entropy = student('cross_entropy', cross_entropy)
    expect(cross_entropy, [1, 0, 0], [0.7, 0.2, 0.1]).to_equal(math.log(10 / 7), because=WEIGHTED)
    expect(cross_entropy, np.array([0.0, 0.0, 1.0]), (0.7, 0.2, 0.1)).to_equal(math.log(10), because=WEIGHTED)
    expect(cross_entropy, (1,), [1]).to_equal(0, because=WEIGHTED)
    expect(cross_entropy, [0, 1.0], np.array([0.0, 1.0])).to_equal(0, because=WEIGHTED)

@test_case(points=None, hidden=False, 
    failure_message="p and q of different lengths: ValueError.")
def refuses_different_lengths(cross_entropy):
    """p and q of different lengths: ValueError."""
    from checking import expect, student
    import numpy as np
    H_HALVES = 0.8369882167858357
    WEIGHTED = 'the sum of -p_i ln(q_i) over the outcomes with p_i > 0, and over no others: p weights, and q stands in the logarithm as it is'
    cross_entropy = student('cross_entropy', cross_entropy)
    expect(cross_entropy, [0.5, 0.5], [0.25, 0.75]).to_equal(H_HALVES, because=WEIGHTED)
    stretched = 'lengths that differ are refused, also if one of them is 1'
    expect(cross_entropy, [0.5, 0.5], [0.5, 0.25, 0.25]).to_be_refused(ValueError)
    expect(cross_entropy, [0.5, 0.25, 0.25], [0.5, 0.5]).to_be_refused(ValueError)
    expect(cross_entropy, [0.5, 0.5], [1.0]).to_be_refused(ValueError, because=stretched)
    expect(cross_entropy, np.array([1.0]), np.array([0.5, 0.5])).to_be_refused(ValueError, because=stretched)
