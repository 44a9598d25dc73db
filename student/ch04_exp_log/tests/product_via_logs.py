from otter.test_files import test_case

OK_FORMAT = False

name = "product_via_logs"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The worked value, and Example 4.")
def gives_the_product_back(product_via_logs):
    """The worked value, and Example 4."""
    from checking import expect, student
    product_via_logs = student('product_via_logs', product_via_logs)
    expect(product_via_logs, [0.5, 0.2, 0.3]).to_equal(0.5 * 0.2 * 0.3, because='add the natural logarithms, then undo the logarithm with exp')
    expect(product_via_logs, [0.8, 0.6, 0.9]).to_equal(0.8 * 0.6 * 0.9, because='add the natural logarithms, then undo the logarithm with exp')

@test_case(points=None, hidden=False, 
    failure_message="One probability or many, as a list, a tuple or an array, ints or floats.")
def multiplies_factors_of_every_kind(product_via_logs):
    """One probability or many, as a list, a tuple or an array, ints or floats."""
    from checking import expect, student
    import numpy as np
    product_via_logs = student('product_via_logs', product_via_logs)
    expect(product_via_logs, [0.29]).to_equal(0.29, because='exp(ln(p)) is p again')
    expect(product_via_logs, (1, 1)).to_equal(1.0, because='exp(0) is 1')
    expect(product_via_logs, np.array([0.5, 1.0, 0.35])).to_equal(0.175, because='add the natural logarithms, then undo the logarithm with exp')
