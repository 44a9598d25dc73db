from otter.test_files import test_case

OK_FORMAT = False

name = "bigram_model"
points = 4

@test_case(points=None, hidden=False, 
    failure_message="Each row: how often each token follows, over how often any does.")
def counts_what_follows(bigram_model):
    """Each row: how often each token follows, over how often any does."""
    from checking import expect, student
    COUNTING = 'count the pairs (token, next token), none of them beginning with the last; divide each count by the number of pairs with the same first token; a pair that does not occur has no entry'
    bigram_model = student('bigram_model', bigram_model)
    expect(bigram_model, ['red', 'blue', 'red', 'red']).to_equal({'red': {'blue': 0.5, 'red': 0.5}, 'blue': {'red': 1.0}}, because=COUNTING)
    text = ['sun', 'and', 'rain', 'and', 'sun', 'and', 'wind', 'and', 'rain']
    rows = {'sun': {'and': 1.0}, 'rain': {'and': 1.0}, 'wind': {'and': 1.0}, 'and': {'rain': 0.5, 'sun': 0.25, 'wind': 0.25}}
    expect(bigram_model, text).to_equal(rows, because=COUNTING)
    expect(bigram_model, tuple(text)).to_equal(rows, because='right for a list of tokens and not for a tuple')

@test_case(points=None, hidden=False, 
    failure_message="Fewer than two tokens: ValueError. Two are enough.")
def refuses_a_text_without_a_pair(bigram_model):
    """Fewer than two tokens: ValueError. Two are enough."""
    from checking import expect, student
    COUNTING = 'count the pairs (token, next token), none of them beginning with the last; divide each count by the number of pairs with the same first token; a pair that does not occur has no entry'
    bigram_model = student('bigram_model', bigram_model)
    expect(bigram_model, ['go', 'on']).to_equal({'go': {'on': 1.0}}, because=COUNTING)
    expect(bigram_model, ['go']).to_be_refused(ValueError)
    expect(bigram_model, []).to_be_refused(ValueError)
