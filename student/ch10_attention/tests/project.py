from otter.test_files import test_case

OK_FORMAT = False

name = "project"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="Three tokens: two numbers each for Q and K, three for V.")
def projects_every_token(project):
    """Three tokens: two numbers each for Q and K, three for V."""
    from checking import expect, student
    project = student('project', project)
    weights = ([[1, 0], [3, 1]], [[2, -1], [0, 4]], [[1, 2, 0], [5, -3, 1]])
    expect(project, [[1, 2], [0, 1], [3, -1]], *weights).to_equal(([[7, 2], [3, 1], [0, -1]], [[2, 7], [0, 4], [6, -7]], [[11, -4, 2], [5, -3, 1], [-2, 9, -1]]), parts=('Q', 'K', 'V'), because='a token is a row of X, so each weight matrix stands on its right: X W')

@test_case(points=None, hidden=False, 
    failure_message="One token or several, as lists, rows that are tuples, or arrays.")
def takes_lists_and_arrays(project):
    """One token or several, as lists, rows that are tuples, or arrays."""
    from checking import expect, student
    import numpy as np
    project = student('project', project)
    W_K = np.array([[0.5, 2.0], [1.0, -1.0]])
    expect(project, np.array([[2, 1]]), [(1, 0), (3, 1)], W_K, [[4], [5]]).to_equal(([[5, 1]], [[2.0, 3.0]], [[13]]), parts=('Q', 'K', 'V'))
    expect(project, [[3]], [[2]], [[-1]], [[0, 1]]).to_equal(([[6]], [[-3]], [[0, 3]]), parts=('Q', 'K', 'V'))
