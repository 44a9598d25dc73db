from otter.test_files import test_case

OK_FORMAT = False

name = "product_shape"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="Two matrices: the inner sizes agree, the outer ones remain.")
def keeps_the_outer_sizes(product_shape):
    """Two matrices: the inner sizes agree, the outer ones remain."""
    from checking import expect, student
    OUTER_SIZES = 'the rows of the first factor, then the columns of the second, if there are any'
    product_shape = student('product_shape', product_shape)
    expect(product_shape, (2, 5), (5, 3)).to_equal((2, 3), because=OUTER_SIZES)
    expect(product_shape, (6, 1), (1, 7)).to_equal((6, 7), because=OUTER_SIZES)

@test_case(points=0.1, hidden=False, 
    failure_message="The shape is a tuple of ints.")
def gives_a_tuple_of_ints(product_shape):
    """The shape is a tuple of ints."""
    from checking import expect, student
    product_shape = student('product_shape', product_shape)
    expect(product_shape, (2, 4), (4, 3)).to_equal((2, 3), typed=True, because="NumPy's shapes are tuples of ints, and equal no list: return (m, p)")

@test_case(points=None, hidden=False, 
    failure_message="A matrix and a vector: a shape of one size.")
def takes_a_vector_on_the_right(product_shape):
    """A matrix and a vector: a shape of one size."""
    from checking import expect, student
    product_shape = student('product_shape', product_shape)
    because = 'the product is a vector, and its shape is a tuple of one size, (m,)'
    expect(product_shape, (3072, 768), (768,)).to_equal((3072,), because=because)
    expect(product_shape, (1, 4), (4,)).to_equal((1,), because=because)

@test_case(points=None, hidden=False, 
    failure_message="Inner sizes that differ: ValueError.")
def refuses_shapes_that_do_not_fit(product_shape):
    """Inner sizes that differ: ValueError."""
    from checking import expect, student
    OUTER_SIZES = 'the rows of the first factor, then the columns of the second, if there are any'
    product_shape = student('product_shape', product_shape)
    expect(product_shape, (4, 2), (2, 6)).to_equal((4, 6), because=OUTER_SIZES)
    expect(product_shape, (2, 3), (4, 5)).to_be_refused(ValueError, because='compare the second size of a with the first of b, and raise ValueError if they differ')

@test_case(points=0.1, hidden=False, 
    failure_message="The message of the ValueError names both shapes.")
def names_both_shapes(product_shape):
    """The message of the ValueError names both shapes."""
    from checking import expect, student
    OUTER_SIZES = 'the rows of the first factor, then the columns of the second, if there are any'
    product_shape = student('product_shape', product_shape)
    expect(product_shape, (3, 2), (2, 2)).to_equal((3, 2), because=OUTER_SIZES)
    expect(product_shape, (2, 3), (4, 5)).to_be_refused(ValueError, naming=[3, 4], because='put both shapes into the message of a ValueError')
