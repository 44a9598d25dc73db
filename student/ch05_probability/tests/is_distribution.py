from otter.test_files import test_case

OK_FORMAT = False

name = "is_distribution"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="The numbers must add up to 1: no more, no less.")
def asks_for_a_sum_of_one(is_distribution):
    """The numbers must add up to 1: no more, no less."""
    from checking import expect, student
    is_distribution = student('is_distribution', is_distribution)
    expect(is_distribution, [0.5, 0.25, 0.125, 0.125]).to_equal(True, because='every number is 0 or more and the sum is 1')
    expect(is_distribution, [0.5, 0.25, 0.25, 0.25]).to_equal(False, because='the sum is above 1')
    expect(is_distribution, [0.5, 0.25, 0.125]).to_equal(False, because='the sum is below 1: some probability is missing')

@test_case(points=None, hidden=False, 
    failure_message="A negative number spoils it whatever the sum; a zero does not.")
def asks_for_no_negative_number(is_distribution):
    """A negative number spoils it whatever the sum; a zero does not."""
    from checking import expect, student
    is_distribution = student('is_distribution', is_distribution)
    expect(is_distribution, [0.75, -0.25, 0.5]).to_equal(False, because='the sum is 1, but one of the numbers is below 0')
    expect(is_distribution, [0.75, 0.0, 0.25]).to_equal(True, because='0 is allowed: a token that cannot come next')

@test_case(points=None, hidden=False, 
    failure_message="A list, a tuple or an array, ints or floats, one number or many.")
def takes_every_kind_of_vector(is_distribution):
    """A list, a tuple or an array, ints or floats, one number or many."""
    from checking import expect, student
    import numpy as np
    is_distribution = student('is_distribution', is_distribution)
    expect(is_distribution, [1]).to_equal(True, because='one token that is certain is a distribution too')
    expect(is_distribution, (0, 1, 0)).to_equal(True, because='convert with np.asarray(p, dtype=float) first')
    expect(is_distribution, np.array([0.3, 0.3])).to_equal(False)
    expect(is_distribution, np.array([2])).to_equal(False)
