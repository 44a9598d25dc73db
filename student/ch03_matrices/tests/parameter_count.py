from otter.test_files import test_case

OK_FORMAT = False

name = "parameter_count"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="A single weight matrix: rows times columns.")
def counts_one_matrix(parameter_count):
    """A single weight matrix: rows times columns."""
    from checking import expect, student
    parameter_count = student('parameter_count', parameter_count)
    expect(parameter_count, [(3072, 768)]).to_equal(2359296, rtol=0, because='a table of 3072 rows and 768 columns has 3072 times 768 entries')
    expect(parameter_count, [(2, 3), (3, 5)]).to_equal(21, rtol=0, because='multiply within a shape, add over the shapes')

@test_case(points=None, hidden=False, 
    failure_message="A shape of one number is a vector: it counts with as many parameters as it has components.")
def counts_biases_too(parameter_count):
    """A shape of one number is a vector: it counts with as many parameters as it has components."""
    from checking import expect, student
    parameter_count = student('parameter_count', parameter_count)
    expect(parameter_count, [(64, 16), (64,), (16, 64), (16,)]).to_equal(2128, rtol=0, because='a shape (n,) adds n')
    expect(parameter_count, [(7,)]).to_equal(7, rtol=0, because='a shape (n,) adds n')
