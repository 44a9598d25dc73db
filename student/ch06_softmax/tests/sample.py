from otter.test_files import test_case

OK_FORMAT = False

name = "sample"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="u falls into a token's own stretch of the line from 0 to 1.")
def picks_by_cumulative_probability(sample):
    """u falls into a token's own stretch of the line from 0 to 1."""
    from checking import expect, student
    import numpy as np
    STRETCH = 'add the probabilities up from the left; the first sum above u marks the token'
    sample = student('sample', sample)
    for u, token in [(0.0, 0), (0.49, 0), (0.6, 1), (0.95, 2)]:
        expect(sample, [0.5, 0.3, 0.2], u).to_equal(token, because=STRETCH)
    expect(sample, (0.5, 0.3, 0.2), 0).to_equal(0, because='right for a list and a float; the probabilities may be a tuple, and u may be the int 0')
    expect(sample, np.array([0.5, 0.3, 0.2]), 0.6).to_equal(1, because='right for a list and not for an array')

@test_case(points=None, hidden=False, 
    failure_message="u outside [0, 1), a negative probability, or a sum that is not 1: ValueError.")
def refuses_what_is_no_draw(sample):
    """u outside [0, 1), a negative probability, or a sum that is not 1: ValueError."""
    from checking import expect, student
    STRETCH = 'add the probabilities up from the left; the first sum above u marks the token'
    sample = student('sample', sample)
    expect(sample, [0.25, 0.75], 0.1).to_equal(0, because=STRETCH)
    for u in [1.0, -0.1]:
        expect(sample, [0.5, 0.5], u).to_be_refused(ValueError, because='u must satisfy 0 <= u < 1, or ValueError is raised')
    for p in [[0.5, 0.6], [1.5, -0.5]]:
        expect(sample, p, 0.3).to_be_refused(ValueError, because='no probability may be negative and their sum must be 1, or ValueError is raised')
