from otter.test_files import test_case

OK_FORMAT = False

name = "log_sum_exp"
points = 4

@test_case(points=None, hidden=False, 
    failure_message="The worked value, and the logarithms of 3, 4 and 5.")
def is_the_log_of_the_sum(log_sum_exp):
    """The worked value, and the logarithms of 3, 4 and 5."""
    from checking import expect, student
    import math
    log_sum_exp = student('log_sum_exp', log_sum_exp)
    expect(log_sum_exp, [-1.2, -0.7]).to_equal(math.log(math.exp(-1.2) + math.exp(-0.7)), because='exponentiate each number, add the exponentials, take the natural logarithm')
    expect(log_sum_exp, [math.log(3), math.log(4), math.log(5)]).to_equal(math.log(12), because='numbers kept as logarithms are added: 3 + 4 + 5 = 12')

@test_case(points=None, hidden=False, 
    failure_message="One number or many, as a list, a tuple or an array, ints or floats.")
def sums_entries_of_every_kind(log_sum_exp):
    """One number or many, as a list, a tuple or an array, ints or floats."""
    from checking import expect, student
    import math
    import numpy as np
    log_sum_exp = student('log_sum_exp', log_sum_exp)
    expect(log_sum_exp, [7]).to_equal(7.0, because='ln(exp(7)) is 7')
    expect(log_sum_exp, (0, 0, 0)).to_equal(math.log(3), because='three times exp(0) = 1 makes 3')
    expect(log_sum_exp, np.array([2, -1])).to_equal(math.log(math.exp(2) + math.exp(-1)), because='ints must not be kept as ints')

@test_case(points=None, hidden=False, 
    failure_message="No numbers at all: ValueError.")
def refuses_an_empty_sum(log_sum_exp):
    """No numbers at all: ValueError."""
    from checking import expect, student
    import math
    log_sum_exp = student('log_sum_exp', log_sum_exp)
    expect(log_sum_exp, [0.5, 0.5]).to_equal(0.5 + math.log(2))
    expect(log_sum_exp, []).to_be_refused(ValueError)
