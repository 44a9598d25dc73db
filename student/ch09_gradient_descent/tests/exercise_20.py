from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_20"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_20_is_right(exercise_20):
    from checking import confirm
    confirm('exercise_20', exercise_20, salt='primer/ch09_gradient_descent/exercise_20', rounds=40000, parts=[{'kind': 'exact', 'hashes': ['977ed3ebf34bbbf3d189428785a7d725']}], because='how many partial derivatives does one parameter have, and how many zeros a billion?', meaning={'text': 'jhlrCIZHMtHVV2J6QkqD/4DlzqMZJIuZY4YBxjh1YlJ84qAfu6InBuIJDJAdJGDt86p6zDiVjdIfELOe9ljqED8mCmXs2jhigQiDTOfISZgm1KqUedcer4fiSQxF4zvDQJj4LtH9EnrRzXM2TTGu6Z4bhX/LBeJc30LDthLHSN/pAcoYl+zc0qlG27k0mIi8koFTeGWNeZ/L', 'keys': {'977ed3ebf34bbbf3d189428785a7d725': 'jvDckMpJnw4mQ1NFuNx3j+3Vqo8NSn4o'}})
