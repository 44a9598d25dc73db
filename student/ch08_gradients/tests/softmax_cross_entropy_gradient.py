from otter.test_files import test_case

OK_FORMAT = False

name = "softmax_cross_entropy_gradient"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The logits [2, 1, 0.5], once with target 0 and once with target 2.")
def is_p_minus_one_at_the_target(softmax_cross_entropy_gradient):
    """The logits [2, 1, 0.5], once with target 0 and once with target 2."""
    from checking import expect, student
    LOGITS = [2.0, 1.0, 0.5]
    PROBABILITIES = [0.6285317192117625, 0.23122389762214907, 0.1402443831660885]
    P_MINUS_Y = 'softmax of the logits, with 1 subtracted at the target, counted from 0, and nowhere else'
    softmax_cross_entropy_gradient = student('softmax_cross_entropy_gradient', softmax_cross_entropy_gradient)
    expect(softmax_cross_entropy_gradient, LOGITS, 0).to_equal([PROBABILITIES[0] - 1, PROBABILITIES[1], PROBABILITIES[2]], because=P_MINUS_Y)
    expect(softmax_cross_entropy_gradient, LOGITS, 2).to_equal([PROBABILITIES[0], PROBABILITIES[1], PROBABILITIES[2] - 1], because=P_MINUS_Y)

@test_case(points=None, hidden=False, 
    failure_message="Logits as a list, a tuple or an array, one or many, ints or floats, left as they were.")
def takes_logits_of_every_kind(softmax_cross_entropy_gradient):
    """Logits as a list, a tuple or an array, one or many, ints or floats, left as they were."""
    from checking import expect, student
    import numpy as np
    P_MINUS_Y = 'softmax of the logits, with 1 subtracted at the target, counted from 0, and nowhere else'
    softmax_cross_entropy_gradient = student('softmax_cross_entropy_gradient', softmax_cross_entropy_gradient)
    expect(softmax_cross_entropy_gradient, (0, 0, 0, 0), 1).to_equal([0.25, -0.75, 0.25, 0.25], because=P_MINUS_Y)
    expect(softmax_cross_entropy_gradient, [5], 0).to_equal([0.0], because=P_MINUS_Y)
    expect(softmax_cross_entropy_gradient, np.array([1, 1]), 0).to_equal([-0.5, 0.5], because=P_MINUS_Y)
    expect(softmax_cross_entropy_gradient, np.array([3.5, 3.5]), 1).to_equal([0.5, -0.5], because=P_MINUS_Y)
