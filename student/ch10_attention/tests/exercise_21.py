from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_21"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_21_is_right(exercise_21):
    from checking import confirm
    confirm('exercise_21', exercise_21, salt='primer/ch10_attention/exercise_21', rounds=10000, parts=[{'kind': 'exact', 'hashes': ['55a864f402a94ce8843790950cfe74a3']}, {'kind': 'exact', 'hashes': ['fe8b93af01e2824b11e4b720d78f72ea']}, {'kind': 'exact', 'hashes': ['804ad725fce9ee972ba87339c2c985ee']}, {'kind': 'exact', 'hashes': ['aa13c85b478bcae2013001335d2cfc40']}], because='the heads share d_model evenly; tokens are rows, so W_Q takes d_model numbers on its left to d_k on its right; count W_Q alone, over all heads', meaning={'text': 'hYkfVpTT2UxBVGz+K4LPtuXXJtuVV6q3hMKq844PxlZfjSLKyJ6IGQnBz7JedjZYEpDVS4WRsIPKIqDO9mNv1zMFuqQw2xMSGeHFo/fbin4ESLOXCCPP6KOqR0zjJ/Dku6/R3goAv8U4qqLBPkTKbBSmc7YcojbWN2uwHcbFvcS33eHPREkIF2FpJ18=', 'keys': {'55a864f402a94ce8843790950cfe74a3': 'A2PPHXGe00NU58dqnyRtYOLtflMFiP98'}})
