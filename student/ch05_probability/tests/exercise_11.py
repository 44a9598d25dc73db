from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_11"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_11_is_right(exercise_11):
    from checking import confirm
    confirm('exercise_11', exercise_11, salt='primer/ch05_probability/exercise_11', rounds=20000, parts=[{'kind': 'truth', 'hashes': ['5324b1e01317ce4fbecb8a218def65e7']}, {'kind': 'truth', 'hashes': ['c40c39c6db1ec2db458256abb9a4396b']}], because='ask two things of each list: is any number below 0, and is the sum 1?')
