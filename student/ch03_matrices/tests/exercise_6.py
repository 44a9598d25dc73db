from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_6"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_6_is_right(exercise_6):
    from checking import confirm
    confirm('exercise_6', exercise_6, salt='primer/ch03_matrices/exercise_6', rounds=20000, parts=[{'kind': 'exact', 'hashes': ['7cfcb0fca40af30bf98fbf402fccf16d']}, {'kind': 'exact', 'hashes': ['f88919ac1ecd5d84afc531c5b44ffcd7']}], because='the input has one number per column, the output one number per row; rows are written first', meaning={'text': 'dDzUD3vXRnQU/eiQbOq40UJpF5Ft6LAroSdZP1ZMvLNmbmRZG2eJaoc8350E5SNSnJ5Jk9h1jfSU2GD/erIMASYmQivtJJxQW+QKRuKydPf3ZRN4YyfmECS2FU2yY89nU1aJWYnncYh7ERyyO23LS24OJkFu9Z+5L9uK5KgWW8ICrV0VooPOzu7qLtUPfUj/+Ux18ZEoiGhsmfuhftoRLjvypP0N+TuiTA==', 'keys': {'7cfcb0fca40af30bf98fbf402fccf16d': 'vsMFQ6zi8UmnDRaGPMJp4ErHeBIUrKr4'}})
