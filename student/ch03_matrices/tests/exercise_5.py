from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_5"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_5_is_right(exercise_5):
    from checking import confirm
    confirm('exercise_5', exercise_5, salt='primer/ch03_matrices/exercise_5', rounds=20000, parts=[{'kind': 'exact', 'hashes': ['19bf3c0ad179ef934cc4d179bc8ca76e']}, {'kind': 'exact', 'hashes': ['afb78028921f44e0aa65a2dd3f20d6ae']}], because='each row of the matrix meets the whole vector once: multiply matching entries and add up', meaning={'text': 'o&#vq+ea!slcM<HurLS0o<lH(E7A@u>g3E;Uq`BR=CTH4lkr{t&`gaLGs6gI@tA^Sl^271ca<;xc1NY^%sJIK*Wx$9IUF=I>b(xtt7=8|YIo5', 'keys': {'19bf3c0ad179ef934cc4d179bc8ca76e': '8oq8rT;_B%T3R8^4p2s4'}})
