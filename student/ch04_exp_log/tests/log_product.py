from otter.test_files import test_case

OK_FORMAT = False

name = "log_product"
points = 4

@test_case(points=None, hidden=False, 
    failure_message="The worked value, and Example 4.")
def adds_natural_logarithms(log_product):
    """The worked value, and Example 4."""
    from checking import expect, student
    import math
    log_product = student('log_product', log_product)
    expect(log_product, [0.5, 0.2]).to_equal(math.log(0.1), because='the logarithm of a product is the sum of the natural logarithms, np.log or math.log')
    expect(log_product, [0.8, 0.6, 0.9]).to_equal(math.log(0.432), because='the logarithm of a product is the sum of the natural logarithms, np.log or math.log')

@test_case(points=None, hidden=False, 
    failure_message="One probability or many, as a list, a tuple or an array, ints or floats.")
def takes_probabilities_of_every_kind(log_product):
    """One probability or many, as a list, a tuple or an array, ints or floats."""
    from checking import expect, student
    import math
    import numpy as np
    log_product = student('log_product', log_product)
    expect(log_product, [0.37]).to_equal(math.log(0.37), because='one probability: its own logarithm')
    expect(log_product, (1, 1, 1)).to_equal(0.0, because='ln(1) is 0, and certainties add nothing')
    expect(log_product, np.array([1.0, 0.04, 0.6])).to_equal(math.log(0.024), because='convert with np.asarray(probabilities, dtype=float) first')

@test_case(points=None, hidden=False, 
    failure_message="A number below 0 or above 1: ValueError that names it.")
def refuses_what_is_no_probability(log_product):
    """A number below 0 or above 1: ValueError that names it."""
    from checking import expect, student
    import math
    log_product = student('log_product', log_product)
    expect(log_product, [1.0, 0.25]).to_equal(math.log(0.25), because='1 is a probability, and not to be refused')
    expect(log_product, [0.5, 1.2]).to_be_refused(ValueError, naming=[1.2])
    expect(log_product, [-0.25, 0.5, 0.75]).to_be_refused(ValueError, naming=[-0.25])
