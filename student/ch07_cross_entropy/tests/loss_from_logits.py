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
    LOG_SUM = "the mean over all rows of ln(sum of the row's exponentials) minus the logit of the row's target"
    loss_from_logits = student('loss_from_logits', loss_from_logits)
    expect(loss_from_logits, LOGITS, [2, 0, 1]).to_equal(LOSS_AT_2_0_1, because=LOG_SUM)
    expect(loss_from_logits, [[0.0, 0.0, 0.0]], [1]).to_equal(math.log(3), because=LOG_SUM)

@test_case(points=None, hidden=False, 
    failure_message="Lists and arrays, ints and floats, a matrix that is not square, a vocabulary of one.")
def takes_logits_of_any_kind(loss_from_logits):
    """Lists and arrays, ints and floats, a matrix that is not square, a vocabulary of one."""
    from checking import expect, student
    import math
    import numpy as np
    LOG_SUM = "the mean over all rows of ln(sum of the row's exponentials) minus the logit of the row's target"
    LOGITS = [[2.0, 1.0, 0.5], [0.3, -1.2, 2.5], [-0.4, 0.9, 0.1]]
    LOSS_AT_2_0_1 = 1.6116236361748202
    loss_from_logits = student('loss_from_logits', loss_from_logits)
    expect(loss_from_logits, np.array([[0, 1], [3, 0], [0, 0]]), (1, 0, 1)).to_equal((math.log(1 + math.exp(-1)) + math.log(1 + math.exp(-3)) + math.log(2)) / 3, because=LOG_SUM)
    expect(loss_from_logits, np.array(LOGITS), np.array([2, 0, 1])).to_equal(LOSS_AT_2_0_1, because=LOG_SUM)
    expect(loss_from_logits, [[7], [-3]], np.array([0, 0])).to_equal(0, because=LOG_SUM)

@test_case(points=None, hidden=False, 
    failure_message="Not exactly one target per row: ValueError.")
def refuses_logits_without_a_target(loss_from_logits):
    """Not exactly one target per row: ValueError."""
    from checking import expect, student
    import math
    import numpy as np
    LOG_SUM = "the mean over all rows of ln(sum of the row's exponentials) minus the logit of the row's target"
    LOGITS = [[2.0, 1.0, 0.5], [0.3, -1.2, 2.5], [-0.4, 0.9, 0.1]]
    loss_from_logits = student('loss_from_logits', loss_from_logits)
    expect(loss_from_logits, [[0.0, 1.0], [0.0, 2.0]], [0, 0]).to_equal((math.log(1 + math.e) + math.log(1 + math.e ** 2)) / 2, because=LOG_SUM)
    expect(loss_from_logits, LOGITS, [0, 1]).to_be_refused(ValueError)
    expect(loss_from_logits, LOGITS[:2], [0, 1, 2]).to_be_refused(ValueError)
    stretched = 'numbers of rows and of targets that differ are refused, also if one of them is 1'
    expect(loss_from_logits, LOGITS, [1]).to_be_refused(ValueError, because=stretched)
    expect(loss_from_logits, np.array(LOGITS[:1]), np.array([1, 0])).to_be_refused(ValueError, because=stretched)
