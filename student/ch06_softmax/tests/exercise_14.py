from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_14"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_14_is_right(exercise_14):
    from checking import confirm
    confirm('exercise_14', exercise_14, salt='primer/ch06_softmax/exercise_14', rounds=20000, parts=[{'kind': 'number', 'width': 1e-05, 'hashes': ['931560d578235a934c0bd0ee67c10786', 'ae913f40884a019948f33c97010f42bb', 'e8933c925bfd768748597d7d1b7b3815']}, {'kind': 'number', 'width': 1e-05, 'hashes': ['077ac0c8e97b65a4f2d0ed88efd1e3cf', '0869b9db7319eb3fe80f5b5b98138a02', '3c9e4ce82091682a1041fdeb42046450']}, {'kind': 'number', 'width': 1e-05, 'hashes': ['4a9d15d6bf4ba4f5ef4eeed8a7dfb0da', '56d9cfb820ccb5369d4334024fcb40c9', 'fc7e2467407986b1b68c75098bbf0673']}], because='exp(0) is 1, not 0, and the largest exponential is e to the largest logit')
