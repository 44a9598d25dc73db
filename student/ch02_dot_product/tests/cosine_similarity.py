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
    OVER_BOTH = 'divide the dot product by the product of both magnitudes, each with its square root'
    cosine_similarity = student('cosine_similarity', cosine_similarity)
    expect(cosine_similarity, [2, 5, 1], [3, 4, 2]).to_equal(28 / math.sqrt(30 * 29), because=OVER_BOTH)

@test_case(points=None, hidden=False, 
    failure_message="The same direction, a right angle, opposite directions; lists, tuples and arrays.")
def runs_from_minus_one_to_one(cosine_similarity):
    """The same direction, a right angle, opposite directions; lists, tuples and arrays."""
    from checking import expect, student
    import numpy as np
    OVER_BOTH = 'divide the dot product by the product of both magnitudes, each with its square root'
    cosine_similarity = student('cosine_similarity', cosine_similarity)
    expect(cosine_similarity, (0, 2), [0.0, 0.25]).to_equal(1.0, because=OVER_BOTH)
    expect(cosine_similarity, np.array([4.0, 0.0, 1.0]), (0, 3, 0)).to_equal(0.0, because=OVER_BOTH)
    expect(cosine_similarity, [3], np.array([-0.5])).to_equal(-1.0, because='opposite directions have similarity -1: the sign stays')

@test_case(points=None, hidden=False, 
    failure_message="The zero vector on either side: ValueError.")
def refuses_the_zero_vector(cosine_similarity):
    """The zero vector on either side: ValueError."""
    from checking import expect, student
    import numpy as np
    OVER_BOTH = 'divide the dot product by the product of both magnitudes, each with its square root'
    cosine_similarity = student('cosine_similarity', cosine_similarity)
    expect(cosine_similarity, [1.0, 0.0], [3.0, 4.0]).to_equal(0.6, because=OVER_BOTH)
    because = 'the zero vector has no direction: if either magnitude is 0, raise ValueError'
    expect(cosine_similarity, [0, 0], [3, 4]).to_be_refused(ValueError, because=because)
    expect(cosine_similarity, [3.0, 4.0], np.zeros(2)).to_be_refused(ValueError, because=because)

@test_case(points=None, hidden=False, 
    failure_message="Nothing is rounded: [3, 7000] and [1, 0].")
def keeps_every_digit_of_the_cosine(cosine_similarity):
    """Nothing is rounded: [3, 7000] and [1, 0]."""
    from checking import expect, student
    import math
    OVER_BOTH = 'divide the dot product by the product of both magnitudes, each with its square root'
    cosine_similarity = student('cosine_similarity', cosine_similarity)
    expect(cosine_similarity, [3, 4], [0, 1]).to_equal(0.8, because=OVER_BOTH)
    expect(cosine_similarity, [3, 7000], [1, 0]).to_equal(3 / math.sqrt(49000009), because='the quotient keeps every digit: nothing is rounded, cut off or added')
    nearly = 'nearly parallel is not parallel, and nearly perpendicular not perpendicular: round nothing'
    expect(cosine_similarity, [1000, 1], [1000, 0]).to_equal(1000 / math.sqrt(1000001), because=nearly)
    expect(cosine_similarity, [3, 1000000000.0], [1, 0]).to_equal(3e-09, because=nearly)
    expect(cosine_similarity, [3e-11, 4e-11], [0.0, 5e-12]).to_equal(0.8, because='short vectors have a direction too: only a vector whose components are all 0 has none')
