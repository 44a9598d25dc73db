from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_6"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_6_is_right(exercise_6):
    from checking import confirm
    confirm('exercise_6', exercise_6, salt='primer/ch03_matrices/exercise_6', rounds=30000, parts=[{'kind': 'exact', 'hashes': ['eaeb6266d8d92d1d9a842769d640af45']}, {'kind': 'exact', 'hashes': ['e2480c227554536ab0ba00f335ea5208']}], because='the input has one number a column, the output one number a row; rows are written first')
