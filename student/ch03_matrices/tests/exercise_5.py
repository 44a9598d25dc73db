from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_5"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_5_is_right(exercise_5):
    from checking import confirm
    confirm('exercise_5', exercise_5, salt='primer/ch03_matrices/exercise_5', rounds=30000, parts=[{'kind': 'exact', 'hashes': ['3fed7f51ad6a53517db547f2d6a3fee4']}, {'kind': 'exact', 'hashes': ['3169c2c6f45feaa58774395957b528b2']}], because='each row of the matrix meets the whole vector once: multiply matching entries and add')
