from otter.test_files import test_case

OK_FORMAT = False

name = "angle_degrees"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="A half and a whole right angle.")
def measures_in_degrees(angle_degrees):
    """A half and a whole right angle."""
    from checking import expect, student
    import numpy as np
    ARCCOS = 'take the arccosine of the cosine similarity, and turn radians into degrees'
    angle_degrees = student('angle_degrees', angle_degrees)
    expect(angle_degrees, [1, 0], [1, 1]).to_equal(45.0, because=ARCCOS)
    expect(angle_degrees, (2, 0, 0), np.array([0.0, 0.5, 7.0])).to_equal(90.0, because=ARCCOS)

@test_case(points=None, hidden=False, 
    failure_message="A vector and itself are 0 degrees apart, a vector and its opposite 180; never nan.")
def finds_no_angle_between_a_vector_and_itself(angle_degrees):
    """A vector and itself are 0 degrees apart, a vector and its opposite 180; never nan."""
    from checking import expect, student
    NEARLY = 1e-05
    angle_degrees = student('angle_degrees', angle_degrees)
    because = 'parallel vectors are 0 or 180 degrees apart; if rounding carries the quotient past 1 or -1, it has no arccosine: clip it first'
    for v in [[3.0, 1.0], [0.1, 0.4, -0.7], [0.4, 1.3, -0.7], [5], [1.7, 5.2, -0.7]]:
        expect(angle_degrees, v, v).to_equal(0.0, atol=NEARLY, because=because)
        expect(angle_degrees, v, [-3 * x for x in v]).to_equal(180.0, atol=NEARLY, because=because)

@test_case(points=None, hidden=False, 
    failure_message="Nothing is rounded: [10, 1] and [1, 0].")
def keeps_every_digit_of_the_angle(angle_degrees):
    """Nothing is rounded: [10, 1] and [1, 0]."""
    from checking import expect, student
    import math
    ARCCOS = 'take the arccosine of the cosine similarity, and turn radians into degrees'
    NEARLY = 1e-05
    angle_degrees = student('angle_degrees', angle_degrees)
    expect(angle_degrees, [0, 3], [2, 0]).to_equal(90.0, because=ARCCOS)
    expect(angle_degrees, [10, 1], [1, 0]).to_equal(math.degrees(math.atan2(1, 10)), because='the angle keeps every digit: nothing is rounded, cut off or added')
    expect(angle_degrees, [3.0, 4.0], [3.00002, 4.0]).to_equal(math.degrees(math.atan2(8e-05, 25.00006)), atol=NEARLY, because='vectors that nearly agree are still an angle apart: only equal directions have 0')
