from otter.test_files import test_case

OK_FORMAT = False

name = "softmax"
points = 4

@test_case(points=None, hidden=False, 
    failure_message="Example 6: the logits [2, 1, 0.5].")
def works_on_the_primers_example(softmax):
    """Example 6: the logits [2, 1, 0.5]."""
    from checking import expect, student
    LOGITS = [2.0, 1.0, 0.5]
    PROBABILITIES = [0.6285317192117625, 0.23122389762214907, 0.1402443831660885]
    softmax = student('softmax', softmax)
    expect(softmax, LOGITS).to_equal(PROBABILITIES, because='exponentiate each logit, then divide by the sum of the exponentials')

@test_case(points=None, hidden=False, 
    failure_message="One logit or many, as a list, a tuple or an array, ints or floats.")
def takes_lists_of_any_length(softmax):
    """One logit or many, as a list, a tuple or an array, ints or floats."""
    from checking import expect, student
    import math
    import numpy as np
    softmax = student('softmax', softmax)
    expect(softmax, [7]).to_equal([1.0], because='a single option has probability 1')
    expect(softmax, (0, 0, 0, 0)).to_equal([0.25, 0.25, 0.25, 0.25], because='convert with np.asarray(z, dtype=float) first')
    expect(softmax, np.array([0, 1])).to_equal([1 / (1 + math.e), math.e / (1 + math.e)], because='ints must not be kept as ints')
    expect(softmax, np.array([2.5, 2.5])).to_equal([0.5, 0.5], because="z -= ... changes the caller's array; z = z - ... makes a new one")
