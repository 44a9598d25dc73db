from otter.test_files import test_case

OK_FORMAT = False

name = "sgd"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="Two batches, two steps; the last position comes back.")
def takes_one_step_a_batch(sgd):
    """Two batches, two steps; the last position comes back."""
    from checking import expect, student
    import numpy as np

    def pull_to_the_mean(w, batch):
        """The slope of the mean of (w - b)^2 / 2 over a batch."""
        return np.asarray(w, dtype=float) - np.mean(np.asarray(batch, dtype=float), axis=0)
    sgd = student('sgd', sgd)
    expect(sgd, pull_to_the_mean, 0.0, [[2.0, 4.0], [6.0]], 0.5).to_equal(3.75, because='call batch_gradient(w, batch) with the newest w, once for each batch')
    expect(sgd, pull_to_the_mean, 1, [[3, 5, 10]], 0.1).to_equal(1.5, because='one batch makes one step, however many numbers it holds')

@test_case(points=None, hidden=False, 
    failure_message="A start of two numbers ends as two numbers; ints, tuples and batches of several rows count.")
def moves_a_vector(sgd):
    """A start of two numbers ends as two numbers; ints, tuples and batches of several rows count."""
    from checking import expect, student
    import numpy as np

    def pull_to_the_mean(w, batch):
        """The slope of the mean of (w - b)^2 / 2 over a batch."""
        return np.asarray(w, dtype=float) - np.mean(np.asarray(batch, dtype=float), axis=0)
    sgd = student('sgd', sgd)
    expect(sgd, pull_to_the_mean, (1, -2), [[[3, 0], [5, 2]], [[0, 1]]], 0.5).to_equal([1.25, 0.25], because='a batch goes to batch_gradient whole, for one step; the start is stepped as an array: np.array(start, dtype=float)')
