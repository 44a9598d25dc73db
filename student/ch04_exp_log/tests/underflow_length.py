from otter.test_files import test_case

OK_FORMAT = False

name = "underflow_length"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="p = 0.5, and p = 0.1.")
def finds_the_length_for_a_half(underflow_length):
    """p = 0.5, and p = 0.1."""
    from checking import expect, student
    underflow_length = student('underflow_length', underflow_length)
    expect(underflow_length.within(1), 0.5).to_equal(1075, rtol=0, atol=0, because='the first n for which p ** n == 0.0 holds: one step past the last number above 0')
    expect(underflow_length.within(1), 0.1).to_equal(324, rtol=0, atol=0, because='the first n for which p ** n == 0.0 holds: one step past the last number above 0')

@test_case(points=None, hidden=False, 
    failure_message="p of 0, of 1, below or above: ValueError that names it.")
def refuses_what_never_underflows(underflow_length):
    """p of 0, of 1, below or above: ValueError that names it."""
    from checking import expect, student
    underflow_length = student('underflow_length', underflow_length)
    expect(underflow_length.within(1), 0.25).to_equal(538, rtol=0, atol=0)
    for p in [0, 1, 1.5, -0.25]:
        expect(underflow_length.within(1), p).to_be_refused(ValueError, naming=[p])

@test_case(points=None, hidden=False, 
    failure_message="p = 0.9, and p = 0.999999, each within a second.")
def answers_within_a_second(underflow_length):
    """p = 0.9, and p = 0.999999, each within a second."""
    from checking import expect, student
    underflow_length = student('underflow_length', underflow_length)
    expect(underflow_length.within(1), 0.9).to_equal(7073, rtol=0, atol=0, because='ask p ** n itself; a running product of 0.9 stops falling a hair above 0')
    expect(underflow_length.within(1), 0.999999).to_equal(745132847, rtol=0, atol=0, because='counting up takes minutes: jump close with logarithms, or halve an interval, and let p ** n == 0.0 decide')
