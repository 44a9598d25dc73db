from otter.test_files import test_case

OK_FORMAT = False

name = "product_via_logs"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The product itself, from the sum of the logarithms.")
def gives_the_product_back(product_via_logs):
    """The product itself, from the sum of the logarithms."""
    from checking import expect, student
    THERE_AND_BACK = 'add the natural logarithms of all the factors, then take exp of the sum, unrounded'
    product_via_logs = student('product_via_logs', product_via_logs)
    expect(product_via_logs, [0.5, 0.2, 0.3]).to_equal(0.5 * 0.2 * 0.3, because=THERE_AND_BACK)
    expect(product_via_logs, [0.85, 0.12, 0.95, 0.33]).to_equal(0.85 * 0.12 * 0.95 * 0.33, because=THERE_AND_BACK)

@test_case(points=None, hidden=False, 
    failure_message="One probability or many, as a list, a tuple or an array, ints or floats, left as they were.")
def multiplies_factors_of_every_kind(product_via_logs):
    """One probability or many, as a list, a tuple or an array, ints or floats, left as they were."""
    from checking import expect, student
    import numpy as np
    THERE_AND_BACK = 'add the natural logarithms of all the factors, then take exp of the sum, unrounded'
    product_via_logs = student('product_via_logs', product_via_logs)
    expect(product_via_logs, [0.29]).to_equal(0.29, because='for one factor, exp(ln(p)) is p again')
    expect(product_via_logs, [0.5, 1.0, 0.35]).to_equal(0.175, because=THERE_AND_BACK)
    expect(product_via_logs, (0.5, 1.0, 0.35)).to_equal(0.175, because='right for a list and not for a tuple')
    expect(product_via_logs, [1, 1]).to_equal(1.0, because='ln(1) is 0, and exp(0) is 1')
    expect(product_via_logs, np.array([0.5, 1.0, 0.35])).to_equal(0.175, because='right for a tuple and not for an array')
