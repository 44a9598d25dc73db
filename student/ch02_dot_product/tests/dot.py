from otter.test_files import test_case

OK_FORMAT = False

name = "dot"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="Figure 2: [2, 5, 1] and [3, 1, 4].")
def works_on_figure_2(dot):
    """Figure 2: [2, 5, 1] and [3, 1, 4]."""
    from checking import expect, student
    PAIR_UP = 'multiply first with first, second with second, and so on, then add up the products'
    dot = student('dot', dot)
    expect(dot, [2, 5, 1], [3, 1, 4]).to_equal(15.0, because=PAIR_UP)

@test_case(points=None, hidden=False, 
    failure_message="Lists, tuples and arrays in any pairing, of one component or more; the arguments stay as they were.")
def takes_any_two_vectors(dot):
    """Lists, tuples and arrays in any pairing, of one component or more; the arguments stay as they were."""
    from checking import expect, student
    import numpy as np
    PAIR_UP = 'multiply first with first, second with second, and so on, then add up the products'
    dot = student('dot', dot)
    expect(dot, (3,), [-2.5]).to_equal(-7.5, because=PAIR_UP)
    expect(dot, [1, 2, 0, 7], (4, -3, 5, 1)).to_equal(5.0, because=PAIR_UP)
    expect(dot, np.array([0.5, 4.0]), np.array([6.0, -1.0])).to_equal(-1.0)
    expect(dot, np.array([1, 2, 0, 7]), np.array([4, -3, 5, 1])).to_equal(5.0)
    expect(dot, np.array([100, 50], dtype=np.int8), np.array([2, 3], dtype=np.int8)).to_equal(350.0, because_type='350 does not fit into 8 bits, and wraps around: make floats first')

@test_case(points=None, hidden=False, 
    failure_message="Two components and three: ValueError.")
def refuses_other_dimensions(dot):
    """Two components and three: ValueError."""
    from checking import expect, student
    PAIR_UP = 'multiply first with first, second with second, and so on, then add up the products'
    dot = student('dot', dot)
    expect(dot, [1.0, 2.0, 5.0], [0.5, 1.0, 2.0]).to_equal(12.5, because=PAIR_UP)
    expect(dot, [1.0, 2.0], [1.0, 2.0, 5.0]).to_be_refused(ValueError, because='compare the two dimensions first, and raise ValueError if they differ')

@test_case(points=0.15, hidden=False, 
    failure_message="The message of the ValueError names both dimensions.")
def names_both_dimensions(dot):
    """The message of the ValueError names both dimensions."""
    from checking import expect, student
    PAIR_UP = 'multiply first with first, second with second, and so on, then add up the products'
    dot = student('dot', dot)
    expect(dot, [1.0, 2.0], [3.0, 5.0]).to_equal(13.0, because=PAIR_UP)
    expect(dot, [1.0, 2.0], [1.0, 2.0, 5.0]).to_be_refused(ValueError, naming=[2, 3], because='put both dimensions into the message of a ValueError')

@test_case(points=None, hidden=False, 
    failure_message="Nothing is rounded: [0.0123, 0.1] and [0.087654321, 0.0001].")
def keeps_every_digit_of_the_product(dot):
    """Nothing is rounded: [0.0123, 0.1] and [0.087654321, 0.0001]."""
    from checking import expect, student
    PAIR_UP = 'multiply first with first, second with second, and so on, then add up the products'
    dot = student('dot', dot)
    expect(dot, [0.5, 2.0], [4.0, 0.25]).to_equal(2.5, because=PAIR_UP)
    expect(dot, [0.0123, 0.1], [0.087654321, 0.0001]).to_equal(0.0010881481483, because='the sum keeps every digit: nothing is rounded, cut off or added')
    expect(dot, [3e-05, 0.0], [2e-05, 7.0]).to_equal(6e-10, because='a small product is not 0: nothing is rounded, cut off or added')
