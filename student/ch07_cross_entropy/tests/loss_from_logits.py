from otter.test_files import test_case

OK_FORMAT = False

name = "loss_from_logits"
points = 4

@test_case(points=None, hidden=False, 
    failure_message="The mean, over the rows, of ln(sum of exponentials) minus the target's logit.")
def is_the_loss_of_the_softmax(loss_from_logits):
    """The mean, over the rows, of ln(sum of exponentials) minus the target's logit."""
    from checking import expect, student
    import math
    LOGITS = [[2.0, 1.0, 0.5], [0.3, -1.2, 2.5], [-0.4, 0.9, 0.1]]
    LOSS_AT_2_0_1 = 1.6116236361748202
    loss_from_logits = student('loss_from_logits', loss_from_logits)
    expect(loss_from_logits, LOGITS, [2, 0, 1]).to_equal(LOSS_AT_2_0_1, because="a row's loss is the log of its summed exponentials, minus the logit of its target; then the mean")
    expect(loss_from_logits, [[0.0, 0.0, 0.0]], [1]).to_equal(math.log(3), because='three equal logits are three equal probabilities')

@test_case(points=None, hidden=False, 
    failure_message="Ints, arrays, a matrix that is not square, a vocabulary of one.")
def takes_logits_of_any_kind(loss_from_logits):
    """Ints, arrays, a matrix that is not square, a vocabulary of one."""
    from checking import expect, student
    import math
    import numpy as np
    loss_from_logits = student('loss_from_logits', loss_from_logits)
    expect(loss_from_logits, np.array([[0, 1], [3, 0], [0, 0]]), (1, 0, 1)).to_equal((math.log(1 + math.exp(-1)) + math.log(1 + math.exp(-3)) + math.log(2)) / 3, because='sum the exponentials along each row (axis=1), not down the columns')
    expect(loss_from_logits, [[7], [-3]], np.array([0, 0])).to_equal(0, because='the only token there is has probability 1')

@test_case(points=None, hidden=False, 
    failure_message="Not one target a row: ValueError.")
def refuses_logits_without_a_target(loss_from_logits):
    """Not one target a row: ValueError."""
    from checking import expect, student
    import math
    LOGITS = [[2.0, 1.0, 0.5], [0.3, -1.2, 2.5], [-0.4, 0.9, 0.1]]
    loss_from_logits = student('loss_from_logits', loss_from_logits)
    expect(loss_from_logits, [[0.0, 1.0], [0.0, 2.0]], [0, 0]).to_equal((math.log(1 + math.e) + math.log(1 + math.e ** 2)) / 2, because='one loss a row, then their mean')
    expect(loss_from_logits, LOGITS, [0, 1]).to_be_refused(ValueError)
    expect(loss_from_logits, LOGITS[:2], [0, 1, 2]).to_be_refused(ValueError)
    expect(loss_from_logits, LOGITS, [1]).to_be_refused(ValueError, because='NumPy stretches a vector of length 1 without a word: compare the lengths yourself')
