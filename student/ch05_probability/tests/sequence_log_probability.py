from otter.test_files import test_case

OK_FORMAT = False

name = "sequence_log_probability"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="The sum of the natural logarithms.")
def adds_the_logarithms(sequence_log_probability):
    """The sum of the natural logarithms."""
    from checking import expect, student
    import math
    import numpy as np
    LOGARITHMS = 'take the natural logarithm of each factor, that of math.log, and add them up, unrounded'
    sequence_log_probability = student('sequence_log_probability', sequence_log_probability)
    expect(sequence_log_probability, [0.5, 0.2, 0.4]).to_equal(math.log(0.04), because=LOGARITHMS)
    expect(sequence_log_probability, [0.75]).to_equal(math.log(0.75), because='for one factor, the answer is its own logarithm, which is below 0')
    expect(sequence_log_probability, [0.75, 0.2]).to_equal(math.log(0.15), because=LOGARITHMS)
    expect(sequence_log_probability, (0.75, 0.2)).to_equal(math.log(0.15), because='right for a list and not for a tuple')
    expect(sequence_log_probability, [1, 1]).to_equal(0.0, because='ln 1 is 0, and certain tokens cost nothing')
    expect(sequence_log_probability, np.array([0.75, 0.2])).to_equal(math.log(0.15), because='right for a list and not for an array')

@test_case(points=None, hidden=False, 
    failure_message="A factor below 0 or above 1: ValueError that names it.")
def refuses_what_is_no_probability(sequence_log_probability):
    """A factor below 0 or above 1: ValueError that names it."""
    from checking import expect, student
    import math
    LOGARITHMS = 'take the natural logarithm of each factor, that of math.log, and add them up, unrounded'
    sequence_log_probability = student('sequence_log_probability', sequence_log_probability)
    expect(sequence_log_probability, [0.8, 0.5]).to_equal(math.log(0.4), because=LOGARITHMS)
    expect(sequence_log_probability, [0.8, 1.0]).to_equal(math.log(0.8), because='1 is a probability, and not refused')
    expect(sequence_log_probability, [-0.3, 0.5]).to_be_refused(ValueError, naming=[-0.3])
    expect(sequence_log_probability, [0.5, 1.25, 0.35]).to_be_refused(ValueError, naming=[1.25])
