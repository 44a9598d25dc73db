from otter.test_files import test_case

OK_FORMAT = False

name = "surprise"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="Example 7: a probability of 0.7, and one of 0.1.")
def is_minus_the_natural_logarithm(surprise):
    """Example 7: a probability of 0.7, and one of 0.1."""
    from checking import expect, student
    import math
    MINUS_LN = 'minus the natural logarithm of p itself: nothing added to p, no smallest value, no rounding'
    surprise = student('surprise', surprise)
    expect(surprise, 0.7).to_equal(math.log(10 / 7), because=MINUS_LN)
    expect(surprise, 0.1).to_equal(math.log(10), because=MINUS_LN)

@test_case(points=None, hidden=False, 
    failure_message="What is certain, p = 1, surprises by 0.")
def falls_to_nothing_for_a_certainty(surprise):
    """What is certain, p = 1, surprises by 0."""
    from checking import expect, student
    import math
    CERTAIN = 'the surprise of a certainty is -ln(1), which is 0'
    MINUS_LN = 'minus the natural logarithm of p itself: nothing added to p, no smallest value, no rounding'
    surprise = student('surprise', surprise)
    expect(surprise, 1).to_equal(0, because=CERTAIN)
    expect(surprise, 1.0).to_equal(0, because=CERTAIN)
    expect(surprise, 0.25).to_equal(2 * math.log(2), because=MINUS_LN)

@test_case(points=None, hidden=False, 
    failure_message="Below 0 or above 1: ValueError.")
def refuses_what_is_no_probability(surprise):
    """Below 0 or above 1: ValueError."""
    from checking import expect, student
    import math
    MINUS_LN = 'minus the natural logarithm of p itself: nothing added to p, no smallest value, no rounding'
    surprise = student('surprise', surprise)
    expect(surprise, 0.07).to_equal(math.log(100 / 7), because=MINUS_LN)
    expect(surprise, 1.5).to_be_refused(ValueError)
    expect(surprise, -0.2).to_be_refused(ValueError)
    expect(surprise, 30).to_be_refused(ValueError)
