from otter.test_files import test_case

OK_FORMAT = False

name = "direction"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="[6, 8] points along [0.6, 0.8], [0, -2, 0] along [0, -1, 0].")
def divides_by_the_length(direction):
    """[6, 8] points along [0.6, 0.8], [0, -2, 0] along [0, -1, 0]."""
    from checking import expect, student
    OVER_THE_LENGTH = 'divide every component by the magnitude of the vector'
    direction = student('direction', direction)
    expect(direction, [6, 8]).to_equal([0.6, 0.8], because=OVER_THE_LENGTH)
    expect(direction, [0, -2, 0]).to_equal([0.0, -1.0, 0.0], because=OVER_THE_LENGTH)

@test_case(points=None, hidden=False, 
    failure_message="The zero vector points nowhere: ValueError.")
def refuses_the_zero_vector(direction):
    """The zero vector points nowhere: ValueError."""
    from checking import expect, student
    import numpy as np
    OVER_THE_LENGTH = 'divide every component by the magnitude of the vector'
    direction = student('direction', direction)
    expect(direction, [0.0, -0.5]).to_equal([0.0, -1.0], because=OVER_THE_LENGTH)
    because = '0 divided by 0 is no direction: if every component is 0, raise ValueError'
    expect(direction, [0, 0]).to_be_refused(ValueError, because=because)
    expect(direction, np.zeros(3)).to_be_refused(ValueError, because=because)

@test_case(points=None, hidden=False, 
    failure_message="[3e-200, -4e-200] has a direction, though the squares of its components are 0 to a computer.")
def works_where_squares_underflow(direction):
    """[3e-200, -4e-200] has a direction, though the squares of its components are 0 to a computer."""
    from checking import expect, student
    OVER_THE_LENGTH = 'divide every component by the magnitude of the vector'
    direction = student('direction', direction)
    expect(direction, [3.0, -4.0]).to_equal([0.6, -0.8], because=OVER_THE_LENGTH)
    expect(direction, [3e-200, -4e-200]).to_equal([0.6, -0.8], because='the squares underflow to 0: divide by the largest absolute value before taking the magnitude')

@test_case(points=None, hidden=False, 
    failure_message="Nothing is rounded: the direction of [3, 7000].")
def keeps_every_digit_of_the_direction(direction):
    """Nothing is rounded: the direction of [3, 7000]."""
    from checking import expect, student
    import math
    OVER_THE_LENGTH = 'divide every component by the magnitude of the vector'
    direction = student('direction', direction)
    expect(direction, [-5, 12]).to_equal([-5 / 13, 12 / 13], because=OVER_THE_LENGTH)
    expect(direction, [3, 7000]).to_equal([3 / math.sqrt(49000009), 7000 / math.sqrt(49000009)], because='the components keep every digit: nothing is rounded, cut off or added')
