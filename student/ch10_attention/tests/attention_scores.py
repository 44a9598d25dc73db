from otter.test_files import test_case

OK_FORMAT = False

name = "attention_scores"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="Example 10, steps 1 and 2: three queries, three keys, d_k = 2.")
def compares_the_tokens_of_example_10(attention_scores):
    """Example 10, steps 1 and 2: three queries, three keys, d_k = 2."""
    from checking import expect, student
    EXAMPLE_Q = [[1, 0], [0, 1], [1, 1]]
    EXAMPLE_K = [[1, 1], [0, 1], [1, 0]]
    EXAMPLE_SCORES = [[0.7071067811865475, 0.0, 0.7071067811865475], [0.7071067811865475, 0.7071067811865475, 0.0], [1.4142135623730951, 0.7071067811865475, 0.7071067811865475]]
    attention_scores = student('attention_scores', attention_scores)
    expect(attention_scores, EXAMPLE_Q, EXAMPLE_K).to_equal(EXAMPLE_SCORES, because='one dot product for each query and key, the query in the row, divided by the square root of d_k')

@test_case(points=None, hidden=False, 
    failure_message="Two queries and three keys give two rows of three.")
def has_a_row_a_query_and_a_column_a_key(attention_scores):
    """Two queries and three keys give two rows of three."""
    from checking import expect, student
    import numpy as np
    TWO_QUERIES = [[1, 2, 0, -1], [3, 0, 1, 2]]
    TWO_BY_THREE = [[1.5, -0.5, 0.0], [4.0, 3.0, -2.5]]
    THREE_KEYS = [[2, 1, 0, 1], [0, 0, 4, 1], [-2, 1, 1, 0]]
    attention_scores = student('attention_scores', attention_scores)
    expect(attention_scores, TWO_QUERIES, [(2, 1, 0, 1), (0, 0, 4, 1), (-2, 1, 1, 0)]).to_equal(TWO_BY_THREE, because='rows are queries and columns are keys; d_k is the length of a key, not the number of keys')
    expect(attention_scores, np.array([[1.0, 2.0, 0.0, -1.0]]), np.array(THREE_KEYS, dtype=float)).to_equal([[1.5, -0.5, 0.0]], because='a single query is a matrix of one row')

@test_case(points=None, hidden=False, 
    failure_message="Queries of 3 components and keys of 2: ValueError that names both.")
def refuses_keys_of_another_length(attention_scores):
    """Queries of 3 components and keys of 2: ValueError that names both."""
    from checking import expect, student
    attention_scores = student('attention_scores', attention_scores)
    expect(attention_scores, [[2, 0, 1, 3]], [[1, 5, 4, 0]]).to_equal([[3.0]], because='2 + 0 + 4 + 0 = 6, over the square root of 4')
    expect(attention_scores, [[1, 2, 3]], [[1, 2], [3, 4]]).to_be_refused(ValueError, naming=[3, 2])
