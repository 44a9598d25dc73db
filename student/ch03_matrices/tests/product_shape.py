from otter.test_files import test_case

OK_FORMAT = False

name = "product_shape"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="Two matrices: the inner sizes agree, the outer ones remain.")
def keeps_the_outer_sizes(product_shape):
    """Two matrices: the inner sizes agree, the outer ones remain."""
    from checking import expect, student
    product_shape = student('product_shape', product_shape)
    expect(product_shape, (2, 5), (5, 3)).to_equal((2, 3), because='the rows of the first, then the columns of the second')
    expect(product_shape, (6, 1), (1, 7)).to_equal((6, 7), because='an inner size of 1 is a size like any other')

@test_case(points=None, hidden=False, 
    failure_message="A matrix and a vector: a shape of one number.")
def takes_a_vector_on_the_right(product_shape):
    """A matrix and a vector: a shape of one number."""
    from checking import expect, student
    product_shape = student('product_shape', product_shape)
    expect(product_shape, (3072, 768), (768,)).to_equal((3072,), because="a vector's shape has one number: return the tuple (m,)")
    expect(product_shape, (1, 4), (4,)).to_equal((1,), because='one row gives a vector of one number, of shape (1,)')

@test_case(points=None, hidden=False, 
    failure_message="Inner sizes that differ: ValueError, with both shapes in the message.")
def refuses_shapes_that_do_not_fit(product_shape):
    """Inner sizes that differ: ValueError, with both shapes in the message."""
    from checking import expect, student
    product_shape = student('product_shape', product_shape)
    expect(product_shape, (4, 2), (2, 6)).to_equal((4, 6))
    expect(product_shape, (2, 3), (4, 5)).to_be_refused(ValueError, naming=[3, 4], because='compare the second size of a with the first of b, and put both shapes into the message')
