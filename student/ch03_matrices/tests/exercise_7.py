from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_7"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_7_is_right(exercise_7):
    from checking import confirm
    confirm('exercise_7', exercise_7, salt='primer/ch03_matrices/exercise_7', rounds=13333, parts=[{'kind': 'exact', 'hashes': ['09acda707b8028fbdfd59644ead11dfa']}, {'kind': 'exact', 'hashes': ['dc39f175d6daba2d608254bd98e90a93']}, {'kind': 'truth', 'hashes': ['55a08c51a368a9b45ecb33bfe95466c2']}], because='the outer sizes of the product remain; for BA, write the shapes down in that order and compare the inner sizes')
