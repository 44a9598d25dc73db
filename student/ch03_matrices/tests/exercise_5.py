from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_5"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_5_is_right(exercise_5):
    from checking import confirm
    confirm('exercise_5', exercise_5, salt='primer/ch03_matrices/exercise_5', rounds=20000, parts=[{'kind': 'exact', 'hashes': ['19bf3c0ad179ef934cc4d179bc8ca76e']}, {'kind': 'exact', 'hashes': ['afb78028921f44e0aa65a2dd3f20d6ae']}], because='each row of the matrix meets the whole vector once: multiply matching entries and add up', meaning={'text': 'kqTTr/XzMQ+hPdGRB7g6HbK6x2Rdxlk7opEQOAYBgguxEfa8axyg9kFayYdmxGLrGD13bL/RhC6KYzmV1j8B0pPnsbAbKcNjTxu03J/0YLO3DlcHAr3a', 'keys': {'19bf3c0ad179ef934cc4d179bc8ca76e': 'Gr5uQ1zmdDRaWiHNDlBGXwx90q89ssGs'}})
