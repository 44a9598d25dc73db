from otter.test_files import test_case

OK_FORMAT = False

name = "cosine_similarity"
points = 4

@test_case(points=None, hidden=False, 
    failure_message="Example 2: [2, 5, 1] and [3, 4, 2].")
def works_on_example_2(cosine_similarity):
    """Example 2: [2, 5, 1] and [3, 4, 2]."""
    from checking import expect, student
    import math
    cosine_similarity = student('cosine_similarity', cosine_similarity)
    expect(cosine_similarity, [2, 5, 1], [3, 4, 2]).to_equal(28 / math.sqrt(30 * 29), because='divide the dot product by both magnitudes, each with its root')

@test_case(points=None, hidden=False, 
    failure_message="Same way, at right angles, opposite; lists, tuples and arrays.")
def runs_from_minus_one_to_one(cosine_similarity):
    """Same way, at right angles, opposite; lists, tuples and arrays."""
    from checking import expect, student
    import numpy as np
    cosine_similarity = student('cosine_similarity', cosine_similarity)
    expect(cosine_similarity, (0, 2), [0.0, 0.25]).to_equal(1.0, because='vectors of different length that point the same way have similarity 1')
    expect(cosine_similarity, np.array([4.0, 0.0, 1.0]), (0, 3, 0)).to_equal(0.0, because='a dot product of 0 gives 0, whatever the lengths')
    expect(cosine_similarity, [3], np.array([-0.5])).to_equal(-1.0, because='opposite vectors have similarity -1: the sign stays')

@test_case(points=None, hidden=False, 
    failure_message="The zero vector on either side: ValueError.")
def refuses_the_zero_vector(cosine_similarity):
    """The zero vector on either side: ValueError."""
    from checking import expect, student
    cosine_similarity = student('cosine_similarity', cosine_similarity)
    expect(cosine_similarity, [1.0, 0.0], [3.0, 4.0]).to_equal(0.6)
    expect(cosine_similarity, [0, 0], [3, 4]).to_be_refused(ValueError, because='the zero vector has no direction: check both magnitudes, and raise ValueError')
    expect(cosine_similarity, [3.0, 4.0], [0.0, 0.0]).to_be_refused(ValueError, because='the zero vector has no direction: check both magnitudes, and raise ValueError')
