from otter.test_files import test_case

OK_FORMAT = False

name = "attention_scores"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="Two queries and three keys give two rows of three.")
def has_one_row_per_query_and_one_column_per_key(attention_scores):
    """Two queries and three keys give two rows of three."""
    from checking import expect, student
    import math
    TWO_QUERIES = [[1, 2, 0, -1], [3, 0, 1, 2]]
    TWO_BY_THREE = [[1.5, -0.5, 0.0], [4.0, 3.0, -2.5]]
    attention_scores = student('attention_scores', attention_scores)
    expect(attention_scores, TWO_QUERIES, [(2, 1, 0, 1), (0, 0, 4, 1), (-2, 1, 1, 0)]).to_equal(TWO_BY_THREE, because='rows are queries, columns are keys; d_k is the number of components of a key')
    expect(attention_scores, [[3, 0], [1, 1]], [[1, 1], [0, 2]]).to_equal([[3 / math.sqrt(2), 0.0], [math.sqrt(2), math.sqrt(2)]], because='one dot product per query and key, divided by the square root of d_k')

@test_case(points=None, hidden=False, 
    failure_message="Arrays of floats go in, and are not changed.")
def leaves_queries_and_keys_as_they_were(attention_scores):
    """Arrays of floats go in, and are not changed."""
    from checking import expect, student
    import numpy as np
    THREE_KEYS = [[2, 1, 0, 1], [0, 0, 4, 1], [-2, 1, 1, 0]]
    attention_scores = student('attention_scores', attention_scores)
    expect(attention_scores, np.array([[1.0, 2.0, 0.0, -1.0]]), np.array(THREE_KEYS, dtype=float)).to_equal([[1.5, -0.5, 0.0]], because='a single query is a matrix of one row')
    both = np.array([[2.0, 0.0, 1.0, 1.0], [0.0, 4.0, 0.0, 2.0]])
    expect(attention_scores, both, both).to_equal([[3.0, 1.0], [1.0, 10.0]])

@test_case(points=None, hidden=False, 
    failure_message="Queries and keys of different lengths: ValueError.")
def refuses_keys_of_another_length(attention_scores):
    """Queries and keys of different lengths: ValueError."""
    from checking import expect, student
    attention_scores = student('attention_scores', attention_scores)
    expect(attention_scores, [[2, 0, 1, 3]], [[1, 5, 4, 0]]).to_equal([[3.0]])
    expect(attention_scores, [[1, 2, 3]], [[1, 2], [3, 4]]).to_be_refused(ValueError)

@test_case(points=0.15, hidden=False, 
    failure_message="The message of that ValueError names both lengths.")
def names_both_lengths(attention_scores):
    """The message of that ValueError names both lengths."""
    from checking import expect, student
    import math
    attention_scores = student('attention_scores', attention_scores)
    expect(attention_scores, [[4, 0]], [[0.5, 3]]).to_equal([[2 / math.sqrt(2)]])
    expect(attention_scores, [[0.5, 0, 1.5]], [[0.5, 1.5]]).to_be_refused(ValueError, naming=[3, 2])
