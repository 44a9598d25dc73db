from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_13"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_13_is_right(exercise_13):
    from checking import confirm
    confirm('exercise_13', exercise_13, salt='primer/ch06_softmax/exercise_13', rounds=20000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['0ebb69cfea75fd8eb3db70c9558c940c', '2928fd4098d149ddcba75925820f1e60', '5a02dc29978e825cfbbcfc4418e479d7']}, {'kind': 'number', 'width': 0.001, 'hashes': ['627caabd1ec4ff685b4911fbebe2f347', 'a0e2b4c8c9dc6092212fdc832892ed2f', 'e07a0ec41cbc554d6b24117f2259fb92']}, {'kind': 'number', 'width': 0.001, 'hashes': ['2882ca475d45a98f275089b0ed899cf4', '2ce26f88af910d2da977bdb456e34f6c', 'b2511b0a6e4e0294ee8af46fc1373c14']}], because='equal logits have equal exponentials; how many share the probability?')
