from otter.test_files import test_case

OK_FORMAT = False

name = "softmax_rows"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="Each row is a distribution of its own.")
def treats_each_row_alone(softmax_rows):
    """Each row is a distribution of its own."""
    from checking import expect, student
    ROWS = [[2.0, -1.0, 0.5], [0.25, 0.0, 3.0], [-1.0, 3.0, 1.5]]
    DISTRIBUTIONS = [[0.7855970345892759, 0.039112573270687456, 0.1752903921400367], [0.057400560510693165, 0.0447036014744654, 0.8978958380148415], [0.01475347445932747, 0.8055124120405227, 0.1797341135001498]]
    PER_ROW = 'one sum per row: each exponential is divided by the sum over its own row, and not rounded'
    softmax_rows = student('softmax_rows', softmax_rows)
    expect(softmax_rows, ROWS).to_equal(DISTRIBUTIONS, because=PER_ROW)

@test_case(points=None, hidden=False, 
    failure_message="Any shape and kind: a single column, rows as tuples, an array of ints or floats, left as it was.")
def takes_every_kind_of_matrix(softmax_rows):
    """Any shape and kind: a single column, rows as tuples, an array of ints or floats, left as it was."""
    from checking import expect, student
    import numpy as np
    WIDE_DISTRIBUTIONS = [[0.24363640539051576, 0.08962882466408191, 0.004462356421281936, 0.6622724135241204], [0.10959126317106233, 0.809775991523652, 0.04031637265264287, 0.04031637265264287]]
    PER_ROW = 'one sum per row: each exponential is divided by the sum over its own row, and not rounded'
    WIDE = [[1, 0, -3, 2], [5, 7, 4, 4]]
    ROWS = [[2.0, -1.0, 0.5], [0.25, 0.0, 3.0], [-1.0, 3.0, 1.5]]
    DISTRIBUTIONS = [[0.7855970345892759, 0.039112573270687456, 0.1752903921400367], [0.057400560510693165, 0.0447036014744654, 0.8978958380148415], [0.01475347445932747, 0.8055124120405227, 0.1797341135001498]]
    softmax_rows = student('softmax_rows', softmax_rows)
    expect(softmax_rows, [[1.0, 0.0, -3.0, 2.0], [5.0, 7.0, 4.0, 4.0]]).to_equal(WIDE_DISTRIBUTIONS, because=PER_ROW)
    expect(softmax_rows, [[1.5], [-2.0], [0.0]]).to_equal([[1.0], [1.0], [1.0]], because='in a row of one logit, that logit has probability 1')
    expect(softmax_rows, [(1.0, 0.0, -3.0, 2.0), (5.0, 7.0, 4.0, 4.0)]).to_equal(WIDE_DISTRIBUTIONS, because='right for rows that are lists and not for tuples: np.asarray(Z, dtype=float) takes both')
    expect(softmax_rows, np.array(WIDE)).to_equal(WIDE_DISTRIBUTIONS, because='right for a list of rows and not for an array of ints: np.asarray(Z, dtype=float) takes both')
    expect(softmax_rows, np.array(ROWS)).to_equal(DISTRIBUTIONS, because='right for a list of rows and not for an array: np.asarray(Z, dtype=float) takes both')
