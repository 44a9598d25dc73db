from otter.test_files import test_case

OK_FORMAT = False

name = "perplexity"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="Losses of ln 2 and ln 8 average to ln 4.")
def is_the_exponential_of_the_mean(perplexity):
    """Losses of ln 2 and ln 8 average to ln 4."""
    from checking import expect, student
    import math
    MEAN_FIRST = 'average all the losses first, then exponentiate the mean: exp, and no rounding'
    perplexity = student('perplexity', perplexity)
    expect(perplexity, [math.log(2), math.log(8)]).to_equal(4, because=MEAN_FIRST)
    expect(perplexity, [0.0]).to_equal(1, because=MEAN_FIRST)

@test_case(points=None, hidden=False, 
    failure_message="A list, a tuple or an array, of ints or of floats; one loss or many.")
def takes_losses_of_any_kind(perplexity):
    """A list, a tuple or an array, of ints or of floats; one loss or many."""
    from checking import expect, student
    import math
    import numpy as np
    MEAN_FIRST = 'average all the losses first, then exponentiate the mean: exp, and no rounding'
    perplexity = student('perplexity', perplexity)
    expect(perplexity, (1, 3, 5)).to_equal(math.e ** 3, because=MEAN_FIRST)
    expect(perplexity, np.array([0.75, 0.25, 1.25])).to_equal(math.e ** 0.75, because=MEAN_FIRST)
    expect(perplexity, [0.7]).to_equal(math.e ** 0.7, because=MEAN_FIRST)

@test_case(points=None, hidden=False, 
    failure_message="No losses: ValueError.")
def refuses_to_average_nothing(perplexity):
    """No losses: ValueError."""
    from checking import expect, student
    import math
    import numpy as np
    MEAN_FIRST = 'average all the losses first, then exponentiate the mean: exp, and no rounding'
    perplexity = student('perplexity', perplexity)
    expect(perplexity, [math.log(3)]).to_equal(3, because=MEAN_FIRST)
    expect(perplexity, []).to_be_refused(ValueError)
    expect(perplexity, np.array([])).to_be_refused(ValueError)
