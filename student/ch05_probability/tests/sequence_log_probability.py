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
    sequence_log_probability = student('sequence_log_probability', sequence_log_probability)
    expect(sequence_log_probability, [0.5, 0.2, 0.4]).to_equal(math.log(0.04), because='take ln of each factor and add: math.log or np.log, to base e')
    expect(sequence_log_probability, (0.75,)).to_equal(math.log(0.75), because='one factor: its own logarithm, which is below 0')
    expect(sequence_log_probability, np.array([1, 1])).to_equal(0.0, because='ln 1 is 0: certain tokens cost nothing')

@test_case(points=None, hidden=False, 
    failure_message="A factor below 0 or above 1: ValueError.")
def refuses_what_is_no_probability(sequence_log_probability):
    """A factor below 0 or above 1: ValueError."""
    from checking import expect, student
    import math
    sequence_log_probability = student('sequence_log_probability', sequence_log_probability)
    expect(sequence_log_probability, [0.8, 1.0]).to_equal(math.log(0.8))
    expect(sequence_log_probability, [0.5, 1.25]).to_be_refused(ValueError, naming=[1.25])
    expect(sequence_log_probability, [-0.3, 0.5]).to_be_refused(ValueError, naming=[-0.3])
