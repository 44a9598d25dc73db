from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_11"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_11_is_right(exercise_11):
    from checking import confirm
    confirm('exercise_11', exercise_11, salt='primer/ch05_probability/exercise_11', rounds=30000, parts=[{'kind': 'truth', 'hashes': ['da89d2d35244f4197ad1e231e2b09a5f']}, {'kind': 'truth', 'hashes': ['752f3ae2d3f45b7bb36bac7c85e2cb6a']}], because='ask two things of each list: is any number below 0, and is the sum 1?')
