from otter.test_files import test_case

OK_FORMAT = False

name = "log_sum_exp"
points = 4

@test_case(points=None, hidden=False, 
    failure_message="The natural logarithm of the sum of the exponentials.")
def is_the_log_of_the_sum(log_sum_exp):
    """The natural logarithm of the sum of the exponentials."""
    from checking import expect, student
    import math
    LOG_OF_SUM = 'exponentiate each number, add the exponentials, take the natural logarithm of the sum, unrounded'
    log_sum_exp = student('log_sum_exp', log_sum_exp)
    expect(log_sum_exp, [-1.2, -0.7]).to_equal(math.log(math.exp(-1.2) + math.exp(-0.7)), because=LOG_OF_SUM)
    expect(log_sum_exp, [math.log(3), math.log(4), math.log(5)]).to_equal(math.log(12), because='these stand for 3, 4 and 5, which add up to 12; its natural logarithm is the answer')

@test_case(points=None, hidden=False, 
    failure_message="One number or many, as a list, a tuple or an array, ints or floats, left as they were.")
def sums_entries_of_every_kind(log_sum_exp):
    """One number or many, as a list, a tuple or an array, ints or floats, left as they were."""
    from checking import expect, student
    import math
    import numpy as np
    LOG_OF_SUM = 'exponentiate each number, add the exponentials, take the natural logarithm of the sum, unrounded'
    log_sum_exp = student('log_sum_exp', log_sum_exp)
    total = math.log(math.exp(2) + math.exp(-1) + math.exp(1))
    expect(log_sum_exp, [7.5]).to_equal(7.5, because='for one number x, the answer is ln(exp(x)), which is x')
    expect(log_sum_exp, [2.0, -1.0, 1.0]).to_equal(total, because=LOG_OF_SUM)
    expect(log_sum_exp, (2, -1, 1)).to_equal(total, because='right for a list of floats and not for a tuple of ints')
    expect(log_sum_exp, np.array([2, -1, 1])).to_equal(total, because='right for a tuple and not for an array of ints: np.asarray(xs, dtype=float) takes both')
    expect(log_sum_exp, np.array([2.0, -1.0, 1.0])).to_equal(total, because='right for a list and not for an array')

@test_case(points=None, hidden=False, 
    failure_message="Entries of 1000 and of -1000 give finite results.")
def stays_finite_at_a_thousand(log_sum_exp):
    """Entries of 1000 and of -1000 give finite results."""
    from checking import expect, student
    import math
    LOG_OF_SUM = 'exponentiate each number, add the exponentials, take the natural logarithm of the sum, unrounded'
    log_sum_exp = student('log_sum_exp', log_sum_exp)
    expect(log_sum_exp, [1.5, 0.5]).to_equal(1.5 + math.log(1 + math.exp(-1)), because=LOG_OF_SUM)
    expect(log_sum_exp, [1000.0, 999.0]).to_equal(1000 + math.log(1 + math.exp(-1)), because='exp(1000) overflows: take the largest entry out of the sum first')
    expect(log_sum_exp, [-1000.0, -1002.0]).to_equal(-1000 + math.log(1 + math.exp(-2)), because='exp(-1000) is 0: take the largest entry out of the sum first')

@test_case(points=None, hidden=False, 
    failure_message="No numbers at all: ValueError.")
def refuses_an_empty_sum(log_sum_exp):
    """No numbers at all: ValueError."""
    from checking import expect, student
    import math
    import numpy as np
    LOG_OF_SUM = 'exponentiate each number, add the exponentials, take the natural logarithm of the sum, unrounded'
    log_sum_exp = student('log_sum_exp', log_sum_exp)
    expect(log_sum_exp, [0.5, 0.5]).to_equal(0.5 + math.log(2), because=LOG_OF_SUM)
    for nothing in [[], np.array([])]:
        expect(log_sum_exp, nothing).to_be_refused(ValueError)
