from otter.test_files import test_case

OK_FORMAT = False

name = "log_softmax"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="The natural logarithm of each probability.")
def is_the_log_of_softmax(log_softmax):
    """The natural logarithm of each probability."""
    from checking import expect, student
    import math
    LOGITS = [0.3, -1.2, 2.6]
    PROBABILITIES = [0.08930714309643224, 0.019927117141505666, 0.8907657397620621]
    LOG = 'each output is its own logit, minus ln of the sum of exp over all logits, and not rounded'
    log_softmax = student('log_softmax', log_softmax)
    expect(log_softmax, LOGITS).to_equal([math.log(p) for p in PROBABILITIES], because=LOG)
    expect(log_softmax, [3.5]).to_equal([0.0], because='a single option has probability 1, and ln 1 is 0')

@test_case(points=None, hidden=False, 
    failure_message="A list, a tuple or an array, of ints or of floats, left as it was.")
def takes_logits_of_every_kind(log_softmax):
    """A list, a tuple or an array, of ints or of floats, left as it was."""
    from checking import expect, student
    import math
    import numpy as np
    SPREAD_PROBABILITIES = [0.0023406452862919295, 0.047013117321901714, 0.9442837038432107, 0.006362533548595672]
    LOG = 'each output is its own logit, minus ln of the sum of exp over all logits, and not rounded'
    SPREAD = [-2, 1, 4, -1]
    log_softmax = student('log_softmax', log_softmax)
    logs = [math.log(p) for p in SPREAD_PROBABILITIES]
    expect(log_softmax, [-2.0, 1.0, 4.0, -1.0]).to_equal(logs, because=LOG)
    expect(log_softmax, (-2, 1, 4, -1)).to_equal(logs, because='right for a list of floats and not for a tuple of ints: np.asarray(z, dtype=float) takes both')
    expect(log_softmax, np.array(SPREAD)).to_equal(logs, because='right for a tuple and not for an array of ints: np.asarray(z, dtype=float) takes both')
    expect(log_softmax, np.array([-2.0, 1.0, 4.0, -1.0])).to_equal(logs, because='right for a list and not for an array: np.asarray(z, dtype=float) takes both')

@test_case(points=None, hidden=False, 
    failure_message="[1000, 0] gives [0, -1000], where softmax itself gives 1 and 0.")
def keeps_far_off_logits_finite(log_softmax):
    """[1000, 0] gives [0, -1000], where softmax itself gives 1 and 0."""
    from checking import expect, student
    LOG_AHEAD = [-0.31326168751822286, -1.3132616875182228]
    LOG = 'each output is its own logit, minus ln of the sum of exp over all logits, and not rounded'
    log_softmax = student('log_softmax', log_softmax)
    expect(log_softmax, [1.5, 0.5]).to_equal(LOG_AHEAD, because=LOG)
    expect(log_softmax, [1000.0, 0.0]).to_equal([0.0, -1000.0], because='exp(1000) overflows, and a softmax that has become 0 has lost the -1000: shift by the largest logit, and subtract ln of the sum')
