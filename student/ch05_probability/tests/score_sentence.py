from otter.test_files import test_case

OK_FORMAT = False

name = "score_sentence"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="One logarithm per pair, added up.")
def adds_up_the_pairs(score_sentence):
    """One logarithm per pair, added up."""
    from checking import expect, student
    import math
    PAIR_BY_PAIR = 'add the natural logarithms of model[previous][next], one per pair of neighbours; the first token is given'
    SIGNALS = {'go': {'go': 0.25, 'slow': 0.625, 'stop': 0.125}, 'slow': {'go': 0.3, 'stop': 0.7}}
    score_sentence = student('score_sentence', score_sentence)
    expect(score_sentence, {'red': {'blue': 0.5, 'red': 0.5}, 'blue': {'red': 1.0}}, ['red', 'blue', 'red']).to_equal(math.log(0.5), because=PAIR_BY_PAIR)
    total = math.log(0.25) + math.log(0.625) + math.log(0.7)
    expect(score_sentence, SIGNALS, ['go', 'go', 'slow', 'stop']).to_equal(total, because=PAIR_BY_PAIR)
    expect(score_sentence, SIGNALS, ('go', 'go', 'slow', 'stop')).to_equal(total, because='right for a list of tokens and not for a tuple')

@test_case(points=None, hidden=False, 
    failure_message="A pair that the model has never seen: -inf.")
def gives_minus_infinity_for_an_unseen_pair(score_sentence):
    """A pair that the model has never seen: -inf."""
    from checking import expect, student
    import math
    SIGNALS = {'go': {'go': 0.25, 'slow': 0.625, 'stop': 0.125}, 'slow': {'go': 0.3, 'stop': 0.7}}
    PAIR_BY_PAIR = 'add the natural logarithms of model[previous][next], one per pair of neighbours; the first token is given'
    score_sentence = student('score_sentence', score_sentence)
    expect(score_sentence, SIGNALS, ['slow', 'go']).to_equal(math.log(0.3), because=PAIR_BY_PAIR)
    expect(score_sentence, SIGNALS, ['go', 'slow', 'slow']).to_equal(-math.inf, because='slow is never followed by slow here: its probability is 0, and ln 0 counts as -inf')
