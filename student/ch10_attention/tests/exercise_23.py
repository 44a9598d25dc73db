from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_23"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_23_is_right(exercise_23):
    from checking import confirm
    confirm('exercise_23', exercise_23, salt='primer/ch10_attention/exercise_23', rounds=40000, parts=[{'kind': 'exact', 'hashes': ['f538f6c00ccbfce0a2e1963e19c51462']}], because='each head has a score for every pair of a query and a key', meaning={'text': 'MMGUJZ0FPQQut5/CQVdV+uLJp4fEWTZ09T8ohzykcsiO9HtAbd68Yuvny1a3EP5LopNo07p7UW2GiYWGXhtufajc1r6SVT4LuCNDOlL1j+Vu+6LYdJAGhvf6Nl1BJzTMX2Ulp/7+8o6ta6QYy4RSSltRgAfVC1v0yEw=', 'keys': {'f538f6c00ccbfce0a2e1963e19c51462': 'YTmOZfPVZadFPPDQ8Rx9lKJN8MENs2AS'}})
