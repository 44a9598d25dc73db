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
    angle_degrees = student('angle_degrees', angle_degrees)
    expect(angle_degrees, [1, 0], [1, 1]).to_equal(45.0, because='take arccos of the cosine similarity, and turn radians into degrees')
    expect(angle_degrees, (2, 0, 0), np.array([0.0, 0.5, 7.0])).to_equal(90.0, because='similarity 0 is a right angle, whatever the lengths')

@test_case(points=None, hidden=False, 
    failure_message="A vector and itself are 0 degrees apart, a vector and its opposite 180; never nan.")
def finds_no_angle_between_a_vector_and_itself(angle_degrees):
    """A vector and itself are 0 degrees apart, a vector and its opposite 180; never nan."""
    from checking import expect, student
    NEARLY = 1e-05
    angle_degrees = student('angle_degrees', angle_degrees)
    for v in [[3.0, 1.0], [0.1, 0.4, -0.7], [0.4, 1.3, -0.7], [5], [1.7, 5.2, -0.7]]:
        expect(angle_degrees, v, v).to_equal(0.0, atol=NEARLY, because='where rounding carries the quotient past 1, arccos gives nan: clip it to [-1, 1] first')
        expect(angle_degrees, v, [-3 * x for x in v]).to_equal(180.0, atol=NEARLY, because='opposite vectors are 180 degrees apart; where rounding carries the quotient past -1, arccos gives nan: clip it first')
