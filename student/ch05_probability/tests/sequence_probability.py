from otter.test_files import test_case

OK_FORMAT = False

name = "sequence_probability"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The product of the conditional probabilities.")
def multiplies_the_factors(sequence_probability):
    """The product of the conditional probabilities."""
    from checking import expect, student
    FACTORS = 'by the chain rule all the factors are multiplied, the first and the last included, and nothing is rounded'
    sequence_probability = student('sequence_probability', sequence_probability)
    expect(sequence_probability, [0.5, 0.2, 0.4]).to_equal(0.04, because=FACTORS)
    expect(sequence_probability, [0.9, 0.8, 0.75, 0.4]).to_equal(0.216, because=FACTORS)

@test_case(points=None, hidden=False, 
    failure_message="A list, a tuple or an array, ints or floats, of any length, left as they were.")
def takes_one_factor_or_many(sequence_probability):
    """A list, a tuple or an array, ints or floats, of any length, left as they were."""
    from checking import expect, student
    import numpy as np
    FACTORS = 'by the chain rule all the factors are multiplied, the first and the last included, and nothing is rounded'
    sequence_probability = student('sequence_probability', sequence_probability)
    expect(sequence_probability, [0.35]).to_equal(0.35, because="a sequence of one token has that token's probability")
    expect(sequence_probability, [0.35, 0.2]).to_equal(0.07, because=FACTORS)
    expect(sequence_probability, (0.35, 0.2)).to_equal(0.07, because='right for a list and not for a tuple')
    expect(sequence_probability, np.array([0.25, 0.5])).to_equal(0.125, because='right for a list and not for an array')
    expect(sequence_probability, [1, 1, 1]).to_equal(1, because='certain tokens make a certain sequence')
