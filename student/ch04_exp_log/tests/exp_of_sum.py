from otter.test_files import test_case

OK_FORMAT = False

name = "exp_of_sum"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="One exponential, of the sum of all the numbers.")
def multiplies_exponentials(exp_of_sum):
    """One exponential, of the sum of all the numbers."""
    from checking import expect, student
    import math
    SUM_INSIDE = 'the product of the exponentials is exp of the sum of all the numbers, and not rounded'
    exp_of_sum = student('exp_of_sum', exp_of_sum)
    expect(exp_of_sum, [0.2, 0.5, -0.4]).to_equal(math.exp(0.2) * math.exp(0.5) * math.exp(-0.4), because=SUM_INSIDE)
    expect(exp_of_sum, [-1.5, 0.25]).to_equal(math.exp(-1.5) * math.exp(0.25), because='a negative sum is right here: exp of it is a number between 0 and 1')

@test_case(points=None, hidden=False, 
    failure_message="One number or many, as a list, a tuple or an array, ints or floats, left as they were.")
def takes_numbers_of_every_kind(exp_of_sum):
    """One number or many, as a list, a tuple or an array, ints or floats, left as they were."""
    from checking import expect, student
    import math
    import numpy as np
    SUM_INSIDE = 'the product of the exponentials is exp of the sum of all the numbers, and not rounded'
    exp_of_sum = student('exp_of_sum', exp_of_sum)
    expect(exp_of_sum, [0.35]).to_equal(math.exp(0.35), because='for one number, the answer is its own exp')
    expect(exp_of_sum, [3.0, -7.0]).to_equal(math.exp(-4), because=SUM_INSIDE)
    expect(exp_of_sum, (3, -7)).to_equal(math.exp(-4), because='right for a list of floats and not for a tuple of ints')
    expect(exp_of_sum, np.array([3, -7])).to_equal(math.exp(-4), because='right for a tuple and not for an array of ints')
    expect(exp_of_sum, np.array([0.2, 0.5, -0.4])).to_equal(math.exp(0.3), because='right for a list and not for an array of floats')
