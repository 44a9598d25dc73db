from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_17"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_17_is_right(exercise_17):
    from checking import confirm
    confirm('exercise_17', exercise_17, salt='primer/ch08_gradients/exercise_17', rounds=60000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['242df7a71b28cd4253a49ba8292f958b', '528f3e64c17e303904276b21733c70df', 'ced42479b12a705bf5d11a0cacb52a4c']}], because='the power rule: the exponent comes down as a factor, and the power falls by one')
