from otter.test_files import test_case

OK_FORMAT = False

name = "parameter_count"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="A single weight matrix: rows times columns.")
def counts_one_matrix(parameter_count):
    """A single weight matrix: rows times columns."""
    from checking import expect, student
    WITHIN_AND_OVER = 'multiply the sizes within a shape, then add over the shapes'
    parameter_count = student('parameter_count', parameter_count)
    expect(parameter_count, [(3072, 768)]).to_equal(2359296, rtol=0, atol=0, because=WITHIN_AND_OVER)
    expect(parameter_count, [(2, 3), (3, 5)]).to_equal(21, rtol=0, atol=0, because=WITHIN_AND_OVER)

@test_case(points=None, hidden=False, 
    failure_message="A shape of one size is a vector's: it has as many parameters as components.")
def counts_biases_too(parameter_count):
    """A shape of one size is a vector's: it has as many parameters as components."""
    from checking import expect, student
    WITHIN_AND_OVER = 'multiply the sizes within a shape, then add over the shapes'
    parameter_count = student('parameter_count', parameter_count)
    expect(parameter_count, [(64, 16), (64,), (16, 64), (16,)]).to_equal(2128, rtol=0, atol=0, because=WITHIN_AND_OVER)
    expect(parameter_count, [(7,)]).to_equal(7, rtol=0, atol=0, because='a shape (n,) adds n')

@test_case(points=0.1, hidden=False, 
    failure_message="The count is an int.")
def counts_in_ints(parameter_count):
    """The count is an int."""
    from checking import expect, student
    parameter_count = student('parameter_count', parameter_count)
    expect(parameter_count, [(4, 5), (5,)]).to_equal(25, typed=True, rtol=0, atol=0, because='a float drops digits where counts are large: keep to ints')
