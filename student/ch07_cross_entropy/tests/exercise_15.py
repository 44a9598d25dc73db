from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_15"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_15_is_right(exercise_15):
    from checking import confirm
    confirm('exercise_15', exercise_15, salt='primer/ch07_cross_entropy/exercise_15', rounds=30000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['2dec043d614022422e4ba62e3a0dbc40', '4697cf84660c6622dea388d56503350d', '93c6596afef4838b6e022b3282cbf638']}, {'kind': 'number', 'width': 0.01, 'hashes': ['0aaf6788f158358461cac507f2455bf5', '235deb450796e88b1eb34ab04b5be980', '5338440e28f93afb96177641a996ab86']}], because='minus the natural logarithm of the probability, then the exponential of that')
