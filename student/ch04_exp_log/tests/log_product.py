from otter.test_files import test_case

OK_FORMAT = False

name = "log_product"
points = 4

@test_case(points=None, hidden=False, 
    failure_message="The sum of the natural logarithms.")
def adds_natural_logarithms(log_product):
    """The sum of the natural logarithms."""
    from checking import expect, student
    import math
    LOG_SUM = 'the logarithm of a product is the sum of the natural logarithms, those of math.log, and not rounded'
    log_product = student('log_product', log_product)
    expect(log_product, [0.5, 0.2]).to_equal(math.log(0.1), because=LOG_SUM)
    expect(log_product, [0.85, 0.12, 0.95, 0.33]).to_equal(math.log(0.85) + math.log(0.12) + math.log(0.95) + math.log(0.33), because=LOG_SUM)

@test_case(points=None, hidden=False, 
    failure_message="One probability or many, as a list, a tuple or an array, ints or floats, left as they were.")
def takes_probabilities_of_every_kind(log_product):
    """One probability or many, as a list, a tuple or an array, ints or floats, left as they were."""
    from checking import expect, student
    import math
    import numpy as np
    LOG_SUM = 'the logarithm of a product is the sum of the natural logarithms, those of math.log, and not rounded'
    log_product = student('log_product', log_product)
    expect(log_product, [0.37]).to_equal(math.log(0.37), because='for one probability, the answer is its own natural logarithm')
    expect(log_product, [1.0, 0.04, 0.6]).to_equal(math.log(0.024), because=LOG_SUM)
    expect(log_product, (1.0, 0.04, 0.6)).to_equal(math.log(0.024), because='right for a list and not for a tuple')
    expect(log_product, [1, 1, 1]).to_equal(0.0, because='ln(1) is 0, and so is a sum of zeros')
    expect(log_product, np.array([1.0, 0.04, 0.6])).to_equal(math.log(0.024), because='right for a tuple and not for an array')

@test_case(points=None, hidden=False, 
    failure_message="A number below 0 or above 1: ValueError that names it.")
def refuses_what_is_no_probability(log_product):
    """A number below 0 or above 1: ValueError that names it."""
    from checking import expect, student
    import math
    LOG_SUM = 'the logarithm of a product is the sum of the natural logarithms, those of math.log, and not rounded'
    log_product = student('log_product', log_product)
    expect(log_product, [0.5, 0.25]).to_equal(math.log(0.125), because=LOG_SUM)
    expect(log_product, [1.0, 0.25]).to_equal(math.log(0.25), because='1 is a probability, and not refused')
    expect(log_product, [0.5, 1.2, 0.3]).to_be_refused(ValueError, naming=[1.2])
    expect(log_product, [-0.25, 0.5, 0.75]).to_be_refused(ValueError, naming=[-0.25])
