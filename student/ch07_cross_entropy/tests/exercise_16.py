from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_16"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_16_is_right(exercise_16):
    from checking import confirm
    confirm('exercise_16', exercise_16, salt='primer/ch07_cross_entropy/exercise_16', rounds=60000, parts=[{'kind': 'number', 'width': 0.01, 'hashes': ['1d7f8aad7b0be7cf1c71d73beeeb4069', 'cb82bfe382389ae6cbf6f8b368a50793', 'd36995355f6cbc3e233aa333da68d8a3']}], because='the loss is a mean already; its exponential is the perplexity')
