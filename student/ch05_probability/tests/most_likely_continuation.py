from otter.test_files import test_case

OK_FORMAT = False

name = "most_likely_continuation"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="At each step the token with the largest probability; the start is left out.")
def takes_the_likeliest_each_time(most_likely_continuation):
    """At each step the token with the largest probability; the start is left out."""
    from checking import expect, student
    STEP_BY_STEP = 'look up the row of the current token, take its likeliest entry, go on from there'
    AS_MANY = 'length counts the tokens added, fewer only if a token without a row is reached; start is not one of them'
    WALK = {'home': {'in': 0.4, 'out': 0.6}, 'out': {'far': 0.3, 'near': 0.5, 'out': 0.2}, 'in': {'far': 1.0}, 'near': {'home': 0.8, 'far': 0.2}}
    most_likely_continuation = student('most_likely_continuation', most_likely_continuation)
    expect(most_likely_continuation, {'red': {'blue': 0.7, 'red': 0.3}, 'blue': {'red': 1.0}}, 'red', 3).to_equal(['blue', 'red', 'blue'], because=STEP_BY_STEP, because_shape=AS_MANY)
    expect(most_likely_continuation, WALK, 'home', 1).to_equal(['out'], because=STEP_BY_STEP, because_shape=AS_MANY)

@test_case(points=None, hidden=False, 
    failure_message="A tie goes to the alphabetically first token, wherever it stands in the row.")
def settles_a_tie_by_the_alphabet(most_likely_continuation):
    """A tie goes to the alphabetically first token, wherever it stands in the row."""
    from checking import expect, student
    WALK = {'home': {'in': 0.4, 'out': 0.6}, 'out': {'far': 0.3, 'near': 0.5, 'out': 0.2}, 'in': {'far': 1.0}, 'near': {'home': 0.8, 'far': 0.2}}
    STEP_BY_STEP = 'look up the row of the current token, take its likeliest entry, go on from there'
    AS_MANY = 'length counts the tokens added, fewer only if a token without a row is reached; start is not one of them'
    most_likely_continuation = student('most_likely_continuation', most_likely_continuation)
    expect(most_likely_continuation, WALK, 'home', 2).to_equal(['out', 'near'], because=STEP_BY_STEP, because_shape=AS_MANY)
    market = {'buy': {'plums': 0.3, 'pears': 0.3, 'beans': 0.1, 'quinces': 0.3}, 'pears': {'and': 0.5, 'now': 0.5}, 'plums': {'now': 1.0}}
    expect(most_likely_continuation, market, 'buy', 2).to_equal(['pears', 'and'], because='among tokens of equal probability take the alphabetically first', because_shape=AS_MANY)
