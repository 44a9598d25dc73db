from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_12"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_12_is_right(exercise_12):
    from checking import confirm
    confirm('exercise_12', exercise_12, salt='primer/ch05_probability/exercise_12', rounds=30000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['11ee1c94410f38e45de5c618a7c0c714', 'a3f49bda9571adb6323fccb81919a45a', 'e596a74c89dfbb1648d76213893bc13c']}, {'kind': 'number', 'width': 0.002, 'hashes': ['16d935add37dbfc6e0879d16cb247c4e', '71b62ec7d2133046871ad7a25417267d', 'dc1d2a69154dc69dbd2ccf76d018ae4d']}], because='multiply the three; add their natural logarithms, each of which is below 0')
