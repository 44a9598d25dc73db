from otter.test_files import test_case

OK_FORMAT = False

name = "log_softmax"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="The logarithm of each probability.")
def is_the_log_of_softmax(log_softmax):
    """The logarithm of each probability."""
    from checking import expect, student
    import math
    LOGITS = [2.0, 1.0, 0.5]
    PROBABILITIES = [0.6285317192117625, 0.23122389762214907, 0.1402443831660885]
    log_softmax = student('log_softmax', log_softmax)
    expect(log_softmax, LOGITS).to_equal([math.log(p) for p in PROBABILITIES], because='subtract ln of the summed exponentials from every logit')
    expect(log_softmax, [3]).to_equal([0.0], because='a single option has log-probability 0')
