from otter.test_files import test_case

OK_FORMAT = False

name = "dot"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="Figure 2: [2, 5, 1] and [3, 1, 4].")
def works_on_figure_2(dot):
    """Figure 2: [2, 5, 1] and [3, 1, 4]."""
    from checking import expect, student
    dot = student('dot', dot)
    expect(dot, [2, 5, 1], [3, 1, 4]).to_equal(15.0, because='multiply first with first, second with second, third with third, then add the products up')

@test_case(points=None, hidden=False, 
    failure_message="Lists, tuples and arrays in any pairing, of one component or more; the arguments stay as they were.")
def takes_any_two_vectors(dot):
    """Lists, tuples and arrays in any pairing, of one component or more; the arguments stay as they were."""
    from checking import expect, student
    import numpy as np
    dot = student('dot', dot)
    expect(dot, (3,), [-2.5]).to_equal(-7.5, because='one component each is one product')
    expect(dot, np.array([0.5, 4.0]), (6, -1)).to_equal(-1.0, because='a product of components may be negative, and so may the sum')
    expect(dot, np.array([1, 2, 0, 7]), np.array([4, -3, 5, 1])).to_equal(5.0, because='every pair of components counts')

@test_case(points=None, hidden=False, 
    failure_message="Two and three components: ValueError that names both dimensions.")
def refuses_other_dimensions(dot):
    """Two and three components: ValueError that names both dimensions."""
    from checking import expect, student
    dot = student('dot', dot)
    expect(dot, [1.0, 2.0, 5.0], [0.5, 1.0, 2.0]).to_equal(12.5)
    expect(dot, [1.0, 2.0], [1.0, 2.0, 5.0]).to_be_refused(ValueError, naming=[2, 3], because='compare the dimensions first, and put both into the message')
