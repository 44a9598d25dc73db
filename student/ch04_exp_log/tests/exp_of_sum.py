from otter.test_files import test_case

OK_FORMAT = False

name = "exp_of_sum"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The worked value, and a sum below 0.")
def multiplies_exponentials(exp_of_sum):
    """The worked value, and a sum below 0."""
    from checking import expect, student
    import math
    exp_of_sum = student('exp_of_sum', exp_of_sum)
    expect(exp_of_sum, [0.2, 0.5, -0.4]).to_equal(math.exp(0.2) * math.exp(0.5) * math.exp(-0.4), because='add the numbers up, then take one exponential of the sum')
    expect(exp_of_sum, [-1.5, 0.25]).to_equal(math.exp(-1.5) * math.exp(0.25), because='a negative sum gives a number between 0 and 1, never below 0')

@test_case(points=None, hidden=False, 
    failure_message="One number or many, as a list, a tuple or an array, ints or floats.")
def takes_numbers_of_every_kind(exp_of_sum):
    """One number or many, as a list, a tuple or an array, ints or floats."""
    from checking import expect, student
    import math
    import numpy as np
    exp_of_sum = student('exp_of_sum', exp_of_sum)
    expect(exp_of_sum, [2]).to_equal(math.exp(2), because='one number: its own exponential')
    expect(exp_of_sum, (0, 0, 0, 0)).to_equal(1.0, because='exp(0) is 1')
    expect(exp_of_sum, np.array([3, -5])).to_equal(math.exp(-2), because='ints must not be kept as ints')
