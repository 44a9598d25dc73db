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
    perplexity = student('perplexity', perplexity)
    expect(perplexity, [math.log(2), math.log(8)]).to_equal(4, because='average the losses first, then exponentiate the mean')
    expect(perplexity, [0.0]).to_equal(1, because='a model that is never surprised wavers between one token and none')

@test_case(points=None, hidden=False, 
    failure_message="A tuple, an array or ints; one loss or many.")
def takes_losses_of_any_kind(perplexity):
    """A tuple, an array or ints; one loss or many."""
    from checking import expect, student
    import math
    import numpy as np
    perplexity = student('perplexity', perplexity)
    expect(perplexity, (1, 3, 5)).to_equal(math.e ** 3, because='the mean of 1, 3 and 5 is 3')
    expect(perplexity, np.array([2.5])).to_equal(math.sqrt(math.e ** 5), because='one loss is its own mean')

@test_case(points=None, hidden=False, 
    failure_message="No losses: ValueError.")
def refuses_to_average_nothing(perplexity):
    """No losses: ValueError."""
    from checking import expect, student
    import math
    perplexity = student('perplexity', perplexity)
    expect(perplexity, [math.log(3)]).to_equal(3, because='exp undoes the logarithm')
    expect(perplexity, []).to_be_refused(ValueError)
