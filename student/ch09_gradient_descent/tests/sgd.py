from otter.test_files import test_case

OK_FORMAT = False

name = "sgd"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="Two batches, two steps; the last position comes back.")
def takes_one_step_per_batch(sgd):
    """Two batches, two steps; the last position comes back."""
    from checking import expect, student
    import numpy as np

    def pull_to_the_mean(w, batch):
        """The slope of the mean of (w - b)^2 / 2 over a batch."""
        return np.asarray(w, dtype=float) - np.mean(np.asarray(batch, dtype=float), axis=0)
    sgd = student('sgd', sgd)
    expect(sgd, pull_to_the_mean, 0.0, [[2.0, 4.0], [6.0]], 0.5).to_equal(3.75, because='call batch_gradient(w, batch) once per batch, each time with the newest w')
    expect(sgd, pull_to_the_mean, 1, [[3, 5, 10]], 0.1).to_equal(1.5, because='one batch makes one step, however many numbers it holds')

@test_case(points=None, hidden=False, 
    failure_message="A start of two numbers ends as two numbers, with batches of several rows.")
def moves_a_vector(sgd):
    """A start of two numbers ends as two numbers, with batches of several rows."""
    from checking import expect, student
    import numpy as np

    def pull_to_the_mean(w, batch):
        """The slope of the mean of (w - b)^2 / 2 over a batch."""
        return np.asarray(w, dtype=float) - np.mean(np.asarray(batch, dtype=float), axis=0)
    sgd = student('sgd', sgd)
    expect(sgd, pull_to_the_mean, (1, -2), [[[3, 0], [5, 2]], [[0, 1]]], 0.5).to_equal([1.25, 0.25], because='a batch goes to batch_gradient whole, for one step')

@test_case(points=None, hidden=False, 
    failure_message="The start is not moved, and what batch_gradient returns is not written over.")
def leaves_start_and_batch_slopes_as_they_were(sgd):
    """The start is not moved, and what batch_gradient returns is not written over."""
    from checking import expect, student
    import numpy as np

    def pull_to_the_mean(w, batch):
        """The slope of the mean of (w - b)^2 / 2 over a batch."""
        return np.asarray(w, dtype=float) - np.mean(np.asarray(batch, dtype=float), axis=0)
    sgd = student('sgd', sgd)
    batches = [[[0.0, 0.0]], [[2.0, 2.0]]]
    expect(sgd, pull_to_the_mean, np.array([4.0, -4.0]), batches, 0.5).to_equal([2.0, 0.0])
    expect(sgd, lambda w, batch: w, [8.0, -2.0], [[1], [2], [3]], 0.5).to_equal([1.0, -0.25], because='this batch_gradient returns the very array it is handed: g *= ... would write into w')
