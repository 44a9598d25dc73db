from otter.test_files import test_case

OK_FORMAT = False

name = "attention_weights"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="Two queries and three keys, as lists or arrays; a mask of None hides nothing.")
def weighs_three_keys_for_two_queries(attention_weights):
    """Two queries and three keys, as lists or arrays; a mask of None hides nothing."""
    from checking import expect, student
    import numpy as np
    TWO_QUERIES = [[1, 2, 0, -1], [3, 0, 1, 2]]
    THREE_KEYS = [[2, 1, 0, 1], [0, 0, 4, 1], [-2, 1, 1, 0]]
    TWO_BY_THREE_WEIGHTS = [[0.7361247243125939, 0.09962364806231833, 0.16425162762508783], [0.7302559527645622, 0.26864615181514634, 0.0010978954202914217]]
    attention_weights = student('attention_weights', attention_weights)
    because = 'softmax along each row of the scaled scores: one distribution per query'
    expect(attention_weights, TWO_QUERIES, THREE_KEYS, None).to_equal(TWO_BY_THREE_WEIGHTS, because=because)
    expect(attention_weights, np.array(TWO_QUERIES), np.array(THREE_KEYS)).to_equal(TWO_BY_THREE_WEIGHTS, because=because)

@test_case(points=None, hidden=False, 
    failure_message="A weight is 0 where the mask is False, and the rest of the row still sums to 1.")
def hides_what_the_mask_hides(attention_weights):
    """A weight is 0 where the mask is False, and the rest of the row still sums to 1."""
    from checking import expect, student
    import numpy as np
    TWO_QUERIES = [[1, 2, 0, -1], [3, 0, 1, 2]]
    THREE_KEYS = [[2, 1, 0, 1], [0, 0, 4, 1], [-2, 1, 1, 0]]
    PARTLY_HIDDEN = [[True, False, True], [False, True, True]]
    PARTLY_HIDDEN_WEIGHTS = [[0.8175744761936437, 0.0, 0.18242552380635632], [0.0, 0.995929862284104, 0.004070137715896127]]
    attention_weights = student('attention_weights', attention_weights)
    because = 'a score whose mask is False becomes -inf before the softmax'
    expect(attention_weights, TWO_QUERIES, THREE_KEYS, PARTLY_HIDDEN).to_equal(PARTLY_HIDDEN_WEIGHTS, because=because)
    expect(attention_weights, np.array(TWO_QUERIES, dtype=float), np.array(THREE_KEYS), np.array(PARTLY_HIDDEN)).to_equal(PARTLY_HIDDEN_WEIGHTS, because=because)
