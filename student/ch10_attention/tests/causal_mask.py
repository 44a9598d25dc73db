from otter.test_files import test_case

OK_FORMAT = False

name = "causal_mask"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="Three tokens: True up to the diagonal and on it.")
def looks_back_and_at_itself(causal_mask):
    """Three tokens: True up to the diagonal and on it."""
    from checking import expect, student
    CAUSAL_3 = [[True, False, False], [True, True, False], [True, True, True]]
    causal_mask = student('causal_mask', causal_mask)
    expect(causal_mask, 3).to_equal(CAUSAL_3, because='row i is True up to column i, and False after it')
