from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_6"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_6_is_right(exercise_6):
    from checking import confirm
    confirm('exercise_6', exercise_6, salt='primer/ch03_matrices/exercise_6', rounds=20000, parts=[{'kind': 'exact', 'hashes': ['7cfcb0fca40af30bf98fbf402fccf16d']}, {'kind': 'exact', 'hashes': ['f88919ac1ecd5d84afc531c5b44ffcd7']}], because='the input has one number a column, the output one number a row; rows are written first')
