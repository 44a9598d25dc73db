from otter.test_files import test_case

OK_FORMAT = False

name = "softmax"
points = 4

@test_case(points=None, hidden=False, 
    failure_message="Each exponential, divided by the sum of them all.")
def gives_each_logit_its_fraction(softmax):
    """Each exponential, divided by the sum of them all."""
    from checking import expect, student
    LOGITS = [0.3, -1.2, 2.6]
    PROBABILITIES = [0.08930714309643224, 0.019927117141505666, 0.8907657397620621]
    FRACTION = 'each output is exp of its own logit, divided by the sum of exp over all logits, and not rounded'
    softmax = student('softmax', softmax)
    expect(softmax, LOGITS).to_equal(PROBABILITIES, because=FRACTION)
    expect(softmax, [7.5]).to_equal([1.0], because='a single option has probability 1: exp(z) / exp(z)')

@test_case(points=None, hidden=False, 
    failure_message="A list, a tuple or an array, of ints or of floats, left as it was.")
def takes_every_kind_of_vector(softmax):
    """A list, a tuple or an array, of ints or of floats, left as it was."""
    from checking import expect, student
    import numpy as np
    SPREAD_PROBABILITIES = [0.0023406452862919295, 0.047013117321901714, 0.9442837038432107, 0.006362533548595672]
    FRACTION = 'each output is exp of its own logit, divided by the sum of exp over all logits, and not rounded'
    SPREAD = [-2, 1, 4, -1]
    PROBABILITIES = [0.08930714309643224, 0.019927117141505666, 0.8907657397620621]
    softmax = student('softmax', softmax)
    expect(softmax, [-2.0, 1.0, 4.0, -1.0]).to_equal(SPREAD_PROBABILITIES, because=FRACTION)
    expect(softmax, (-2.0, 1.0, 4.0, -1.0)).to_equal(SPREAD_PROBABILITIES, because='right for a list and not for a tuple: np.asarray(z, dtype=float) takes both')
    expect(softmax, SPREAD).to_equal(SPREAD_PROBABILITIES, because='right for floats and not for ints: np.asarray(z, dtype=float) turns them into floats')
    expect(softmax, np.array(SPREAD)).to_equal(SPREAD_PROBABILITIES, because='right for a list and not for an array of ints: np.asarray(z, dtype=float) takes both')
    expect(softmax, np.array([0.3, -1.2, 2.6])).to_equal(PROBABILITIES, because='right for a list and not for an array: np.asarray(z, dtype=float) takes both')

@test_case(points=None, hidden=False, 
    failure_message="Logits of 10000: the same as on paper.")
def stays_finite_for_large_logits(softmax):
    """Logits of 10000: the same as on paper."""
    from checking import expect, student
    AHEAD = [0.7310585786300049, 0.2689414213699951]
    FRACTION = 'each output is exp of its own logit, divided by the sum of exp over all logits, and not rounded'
    softmax = student('softmax', softmax)
    expect(softmax, [1.5, 0.5]).to_equal(AHEAD, because=FRACTION)
    expect(softmax, [10000.0, 9999.0]).to_equal(AHEAD, because='exp(10000) overflows; subtract the largest logit from all of them first')
