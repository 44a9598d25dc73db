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

@test_case(points=None, hidden=False, 
    failure_message="Logits as a tuple or an array, ints or floats, left as they were.")
def takes_logits_of_every_kind(log_softmax):
    """Logits as a tuple or an array, ints or floats, left as they were."""
    from checking import expect, student
    import math
    import numpy as np
    log_softmax = student('log_softmax', log_softmax)
    expect(log_softmax, (1, 0, -1)).to_equal([z - math.log(math.e + 1 + 1 / math.e) for z in (1, 0, -1)], because='convert with np.asarray(z, dtype=float) first')
    expect(log_softmax, np.array([4, 4, 4, 4])).to_equal([-math.log(4)] * 4, because='ints must not be kept as ints')
    expect(log_softmax, np.array([2.5, 2.5])).to_equal([-math.log(2)] * 2, because="z -= ... changes the caller's array; z = z - ... makes a new one")
