from otter.test_files import test_case

OK_FORMAT = False

name = "bigram_model"
points = 4

@test_case(points=None, hidden=False, 
    failure_message="Each row: how often each token follows, over how often any does.")
def counts_what_follows(bigram_model):
    """Each row: how often each token follows, over how often any does."""
    from checking import expect, student
    bigram_model = student('bigram_model', bigram_model)
    expect(bigram_model, ['red', 'blue', 'red', 'red']).to_equal({'red': {'blue': 0.5, 'red': 0.5}, 'blue': {'red': 1.0}}, because='count the pairs (token, next token), then divide each row by its own number of pairs')
    expect(bigram_model, ('sun', 'and', 'rain', 'and', 'sun', 'and', 'wind', 'and', 'rain')).to_equal({'sun': {'and': 1.0}, 'rain': {'and': 1.0}, 'wind': {'and': 1.0}, 'and': {'rain': 0.5, 'sun': 0.25, 'wind': 0.25}}, because='a pair seen twice counts twice')

@test_case(points=None, hidden=False, 
    failure_message="Fewer than two tokens: ValueError. Two are enough.")
def refuses_a_text_without_a_pair(bigram_model):
    """Fewer than two tokens: ValueError. Two are enough."""
    from checking import expect, student
    bigram_model = student('bigram_model', bigram_model)
    expect(bigram_model, ['go', 'on']).to_equal({'go': {'on': 1.0}}, because='one pair, one row')
    expect(bigram_model, ['go']).to_be_refused(ValueError)
    expect(bigram_model, []).to_be_refused(ValueError)
