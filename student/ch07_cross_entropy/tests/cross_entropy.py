from otter.test_files import test_case

OK_FORMAT = False

name = "cross_entropy"
points = 4

@test_case(points=None, hidden=False, 
    failure_message="Each outcome's surprise under q counts as often as it happens under p.")
def weighs_each_surprise_by_its_probability(cross_entropy):
    """Each outcome's surprise under q counts as often as it happens under p."""
    from checking import expect, student
    import math
    TRUTH = [0.5, 0.3, 0.2]
    PREDICTION = [0.2, 0.7, 0.1]
    H_TRUTH_PREDICTION = 1.3722384579974791
    cross_entropy = student('cross_entropy', cross_entropy)
    expect(cross_entropy, TRUTH, PREDICTION).to_equal(H_TRUTH_PREDICTION, because='weigh -ln(q_i) by p_i and add up: p outside the logarithm, q inside')
    expect(cross_entropy, [0.25, 0.75], [0.5, 0.5]).to_equal(math.log(2), because='with equal q every surprise is ln(2), and so is their mean')

@test_case(points=None, hidden=False, 
    failure_message="With all of p on one token, Example 7; lists, tuples, arrays and ints.")
def is_the_surprise_of_the_right_token(cross_entropy):
    """With all of p on one token, Example 7; lists, tuples, arrays and ints."""
    from checking import expect, student
    import math
    import numpy as np
    cross_entropy = student('cross_entropy', cross_entropy)
    expect(cross_entropy, [1, 0, 0], [0.7, 0.2, 0.1]).to_equal(math.log(10 / 7), because='only the token with p = 1 has a term')
    expect(cross_entropy, np.array([0.0, 0.0, 1.0]), (0.7, 0.2, 0.1)).to_equal(math.log(10), because='convert both with np.asarray(..., dtype=float)')
    expect(cross_entropy, (1,), [1]).to_equal(0, because='a certainty that was predicted surprises by 0')
    expect(cross_entropy, [0, 1.0], [0.0, 1.0]).to_equal(0, because='a term with p = 0 adds 0, even where q = 0: leave it out, and take no logarithm of 0')

@test_case(points=None, hidden=False, 
    failure_message="p and q of different lengths: ValueError.")
def refuses_different_lengths(cross_entropy):
    """p and q of different lengths: ValueError."""
    from checking import expect, student
    import math
    cross_entropy = student('cross_entropy', cross_entropy)
    expect(cross_entropy, [0.5, 0.5], [0.25, 0.75]).to_equal(1.5 * math.log(2) - 0.5 * math.log(1.5), because='weigh -ln(q_i) by p_i and add up')
    expect(cross_entropy, [0.5, 0.5], [0.5, 0.25, 0.25]).to_be_refused(ValueError)
    expect(cross_entropy, [0.5, 0.25, 0.25], [0.5, 0.5]).to_be_refused(ValueError)
    expect(cross_entropy, [0.5, 0.5], [1.0]).to_be_refused(ValueError, because='NumPy stretches a vector of length 1 without a word: compare the lengths yourself')
