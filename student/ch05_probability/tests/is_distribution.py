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
    for p, answer, why in [([0.5, 0.25, 0.125, 0.125], True, 'the answer is True: no number is below 0 and the sum is 1'), ([0.5, 0.25, 0.25, 0.25], False, 'the answer is False: the sum is above 1'), ([0.5, 0.25, 0.125], False, 'the answer is False: the sum is below 1, some probability is missing')]:
        expect(is_distribution, p).to_equal(answer, because=why)

@test_case(points=None, hidden=False, 
    failure_message="A negative number spoils it whatever the sum; a zero does not.")
def asks_for_no_negative_number(is_distribution):
    """A negative number spoils it whatever the sum; a zero does not."""
    from checking import expect, student
    is_distribution = student('is_distribution', is_distribution)
    expect(is_distribution, [0.75, -0.25, 0.5]).to_equal(False, because='the answer is False: the sum is 1, but one of the numbers is below 0')
    expect(is_distribution, [0.75, 0.0, 0.25]).to_equal(True, because='the answer is True: 0 is allowed, a token that cannot come next')

@test_case(points=None, hidden=False, 
    failure_message="A list, a tuple or an array, ints or floats, one number or many, left as they were.")
def takes_every_kind_of_vector(is_distribution):
    """A list, a tuple or an array, ints or floats, one number or many, left as they were."""
    from checking import expect, student
    import numpy as np
    is_distribution = student('is_distribution', is_distribution)
    expect(is_distribution, [1]).to_equal(True, because='one token that is certain is a distribution too')
    expect(is_distribution, [0, 1, 0]).to_equal(True, because='0 is allowed: a token that cannot come next')
    expect(is_distribution, (0, 1, 0)).to_equal(True, because='right for a list and not for a tuple')
    expect(is_distribution, np.array([0.25, 0.75])).to_equal(True, because='right for a list and not for an array')
    expect(is_distribution, np.array([0.3, 0.3])).to_equal(False, because='the answer is False: the sum is below 1')
    expect(is_distribution, np.array([2])).to_equal(False, because='the answer is False: the sum is above 1')
