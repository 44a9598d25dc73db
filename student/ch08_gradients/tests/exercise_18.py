from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_18"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_18_is_right(exercise_18):
    from checking import confirm
    confirm('exercise_18', exercise_18, salt='primer/ch08_gradients/exercise_18', rounds=30000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['10de709e59db9d4e6db80e3348b7e47b', '2edd0994b5eff13e22c7e4bafefd93ea', '54039fad5a486e694df0fd55874cf0c4']}, {'kind': 'number', 'width': 0.001, 'hashes': ['25434abb428854da5113aa7a4410bee2', '610460db722375eac658e1162c9bee99', '8f8edad320887ecec84a3d6fc8eb675a']}], because='two partial derivatives, x first; the term in xy counts in both of them')
