from otter.test_files import test_case

OK_FORMAT = False

name = "attention"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="Two queries, three keys of four components, values of one and of five.")
def has_the_width_of_the_values(attention):
    """Two queries, three keys of four components, values of one and of five."""
    from checking import expect, student
    import numpy as np
    TWO_QUERIES = [[1, 2, 0, -1], [3, 0, 1, 2]]
    THREE_KEYS = [[2, 1, 0, 1], [0, 0, 4, 1], [-2, 1, 1, 0]]
    ONE_NUMBER_EACH = [[4.0], [-2.0], [1.5]]
    TWO_BY_ONE_OUTPUT = [[2.9916290425633707], [2.385378350558393]]
    FIVE_NUMBERS_EACH = [[1, 0, 2, 5, -1], [0, 3, -2, 1, 4], [2, 2, 0, -3, 1]]
    TWO_BY_FIVE_OUTPUT = [[1.0646279795627696, 0.6273741994371307, 1.2730021525005513, 3.2874923867500248, -0.17337850443823277], [0.7324517436051451, 0.8081342462860218, 0.9232196018988318, 3.916632229377083, 0.34542654991631455]]
    attention = student('attention', attention)
    because = 'the weights, one row per query, times V; d_k is the width of K, not of V'
    expect(attention, TWO_QUERIES, THREE_KEYS, ONE_NUMBER_EACH).to_equal(TWO_BY_ONE_OUTPUT, because=because)
    expect(attention, np.array(TWO_QUERIES), np.array(THREE_KEYS), np.array(FIVE_NUMBERS_EACH)).to_equal(TWO_BY_FIVE_OUTPUT, because=because)

@test_case(points=None, hidden=False, 
    failure_message="A hidden key's value does not count.")
def passes_the_mask_on(attention):
    """A hidden key's value does not count."""
    from checking import expect, student
    TWO_QUERIES = [[1, 2, 0, -1], [3, 0, 1, 2]]
    THREE_KEYS = [[2, 1, 0, 1], [0, 0, 4, 1], [-2, 1, 1, 0]]
    FIVE_NUMBERS_EACH = [[1, 0, 2, 5, -1], [0, 3, -2, 1, 4], [2, 2, 0, -3, 1]]
    PARTLY_HIDDEN = [[True, False, True], [False, True, True]]
    PARTLY_HIDDEN_OUTPUT = [[1.1824255238063563, 0.36485104761271264, 1.6351489523872873, 3.5405958095491488, -0.6351489523872873], [0.008140275431792254, 2.995929862284104, -1.991859724568208, 0.9837194491364156, 3.987789586852312]]
    attention = student('attention', attention)
    expect(attention, TWO_QUERIES, THREE_KEYS, FIVE_NUMBERS_EACH, PARTLY_HIDDEN).to_equal(PARTLY_HIDDEN_OUTPUT, because='hand the mask on to the weights')
