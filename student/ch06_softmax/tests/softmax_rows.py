from otter.test_files import test_case

OK_FORMAT = False

name = "softmax_rows"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="Each row is a distribution of its own.")
def treats_each_row_alone(softmax_rows):
    """Each row is a distribution of its own."""
    from checking import expect, student
    ROWS = [[2.0, 1.0, 0.5], [0.0, 0.0, 0.0], [-1.0, 3.0, 1.0]]
    DISTRIBUTIONS = [[0.6285317192117625, 0.23122389762214907, 0.1402443831660885], [0.3333333333333333, 0.3333333333333333, 0.3333333333333333], [0.015876239976466765, 0.8668133321973349, 0.11731042782619835]]
    softmax_rows = student('softmax_rows', softmax_rows)
    expect(softmax_rows, ROWS).to_equal(DISTRIBUTIONS, because='sum along axis=1, one sum a row, and keep it as a column with keepdims=True')

@test_case(points=None, hidden=False, 
    failure_message="A matrix that is not square keeps its shape.")
def keeps_the_shape(softmax_rows):
    """A matrix that is not square keeps its shape."""
    from checking import expect, student
    import numpy as np
    softmax_rows = student('softmax_rows', softmax_rows)
    expect(softmax_rows, [[0, 0, 0, 0], [5, 5, 5, 5]]).to_equal([[0.25] * 4, [0.25] * 4], because='one distribution a row, as long as the row')
    expect(softmax_rows, np.zeros((3, 1))).to_equal([[1.0], [1.0], [1.0]], because='a row of one logit has probability 1')
    expect(softmax_rows, np.array([[1.5, 1.5]])).to_equal([[0.5, 0.5]], because="Z -= ... changes the caller's array; Z = Z - ... makes a new one")
