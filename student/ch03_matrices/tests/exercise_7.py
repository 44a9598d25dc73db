from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_7"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_7_is_right(exercise_7):
    from checking import confirm
    confirm('exercise_7', exercise_7, salt='primer/ch03_matrices/exercise_7', rounds=20000, parts=[{'kind': 'exact', 'hashes': ['7817d7a229a462e81e0fa2c2aa4487be']}, {'kind': 'exact', 'hashes': ['d8adfe5ae1298b4c05031810e97ad229']}, {'kind': 'truth', 'hashes': ['e81de8fa8b6e1bc8fa8a8c30781de9b0']}], because='the outer sizes of the product remain; for BA, write the shapes down in that order and compare the inner sizes')
