from otter.test_files import test_case

OK_FORMAT = False

name = "adam_step"
points = 4

@test_case(points=None, hidden=False, 
    failure_message="The first step of one weight, from averages of 0.")
def takes_the_first_step(adam_step):
    """The first step of one weight, from averages of 0."""
    from checking import expect, student
    adam_step = student('adam_step', adam_step)
    expect(adam_step, 1.0, 2.0, 0.0, 0.0, 1, learning_rate=0.1).to_equal((1 - 0.1 * 2 / (2 + 1e-08), 0.2, 0.004), parts=('w', 'm', 'v'), because='go through Algorithm 1 line by line: m, v, a corrected copy of each, then the step')

@test_case(points=None, hidden=False, 
    failure_message="The second step, from the averages that the first one left.")
def carries_its_averages_along(adam_step):
    """The second step, from the averages that the first one left."""
    from checking import expect, student
    import math
    adam_step = student('adam_step', adam_step)
    m, v = (0.9 * 0.2 - 0.1, 0.999 * 0.004 + 0.001)
    w = 0.9 - 0.1 * (m / 0.19) / (math.sqrt(v / 0.001999) + 1e-08)
    expect(adam_step, 0.9, -1.0, 0.2, 0.004, 2, learning_rate=0.1).to_equal((w, m, v), parts=('w', 'm', 'v'), because='in the corrections, beta ** t is a power; m and v go back without them')

@test_case(points=None, hidden=False, 
    failure_message="Lists, tuples and arrays, with other settings: three arrays come back.")
def treats_each_entry_alone(adam_step):
    """Lists, tuples and arrays, with other settings: three arrays come back."""
    from checking import expect, student
    import numpy as np
    WEIGHTS = [1, -2, 3]
    NOW = [3, -2, 1]
    M_BEFORE = [0.12, 0.8799999999999999, -0.5299999999999999]
    V_BEFORE = [0.2400000000000002, 0.8118750000000008, 0.4306250000000003]
    W_AFTER = [0.9672928875169533, -2.0119357283434667, 3.012792195768088]
    M_AFTER = [0.696, 0.30400000000000005, -0.22400000000000006]
    V_AFTER = [0.6780000000000005, 0.9712812500000009, 0.4590937500000004]
    adam_step = student('adam_step', adam_step)
    before = (WEIGHTS, tuple(NOW), np.array(M_BEFORE), V_BEFORE, 3)
    expect(adam_step, *before, learning_rate=0.05, beta1=0.8, beta2=0.95, epsilon=1e-06).to_equal((W_AFTER, M_AFTER, V_AFTER), parts=('w', 'm', 'v'), because='every line of the algorithm is entry by entry')
