from otter.test_files import test_case

OK_FORMAT = False

name = "direction"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="[6, 8] points along [0.6, 0.8], [0, -2, 0] along [0, -1, 0].")
def divides_by_the_length(direction):
    """[6, 8] points along [0.6, 0.8], [0, -2, 0] along [0, -1, 0]."""
    from checking import expect, student
    direction = student('direction', direction)
    expect(direction, [6, 8]).to_equal([0.6, 0.8], because="divide every component by the vector's magnitude")
    expect(direction, [0, -2, 0]).to_equal([0.0, -1.0, 0.0], because='the signs stay: a magnitude is positive')

@test_case(points=None, hidden=False, 
    failure_message="The zero vector points nowhere: ValueError.")
def refuses_the_zero_vector(direction):
    """The zero vector points nowhere: ValueError."""
    from checking import expect, student
    import numpy as np
    direction = student('direction', direction)
    expect(direction, [0.0, -0.5]).to_equal([0.0, -1.0], because='only where every component is 0 is there nothing to divide by')
    expect(direction, [0, 0]).to_be_refused(ValueError, because='0 divided by 0 is no direction: check the magnitude first, and raise ValueError')
    expect(direction, np.zeros(3)).to_be_refused(ValueError, because='0 divided by 0 is no direction: check the magnitude first, and raise ValueError')
