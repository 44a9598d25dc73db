from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_3"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_3_is_right(exercise_3):
    from checking import confirm
    confirm('exercise_3', exercise_3, salt='primer/ch02_dot_product/exercise_3', rounds=40000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['015e3b1f62f51758b365bb555146a5e7', '3f222e2bf246933b61331bc314a0813d', '8e678d500c8f0eca1cb632b4b9849e43']}], because='a number from -1 to 1, not an angle: the dot product with all its signs, over both magnitudes')
