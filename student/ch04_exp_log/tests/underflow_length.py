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
    for p, length in [(0.5, 1075), (0.1, 324)]:
        expect(underflow_length.within(1), p).to_equal(length, rtol=0, atol=0, because='the answer is the smallest n for which Python finds p ** n == 0.0')

@test_case(points=0.15, hidden=False, 
    failure_message="The length is an int.")
def gives_an_int(underflow_length):
    """The length is an int."""
    from checking import expect, student
    underflow_length = student('underflow_length', underflow_length)
    expect(underflow_length.within(1), 0.2).to_equal(463, typed=True, rtol=0, atol=0, because='a length is a whole number: return an int, and no float')

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
    for p, length in [(0.9, 7073), (0.999999, 745132847)]:
        expect(underflow_length.within(1), p).to_equal(length, rtol=0, atol=0, because='the answer is the smallest n for which Python finds p ** n == 0.0')
