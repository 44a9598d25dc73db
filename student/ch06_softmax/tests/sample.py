from otter.test_files import test_case

OK_FORMAT = False

name = "sample"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="u falls into a token's own stretch of the line from 0 to 1.")
def picks_by_cumulative_probability(sample):
    """u falls into a token's own stretch of the line from 0 to 1."""
    from checking import expect, student
    sample = student('sample', sample)
    for u, token in [(0.0, 0), (0.49, 0), (0.6, 1), (0.95, 2)]:
        expect(sample, [0.5, 0.3, 0.2], u).to_equal(token, because='add the probabilities up from the left; the first sum above u is the token')
