from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_4"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_4_is_right(exercise_4):
    from checking import confirm
    confirm('exercise_4', exercise_4, salt='primer/ch02_dot_product/exercise_4', rounds=40000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['a90929f0bccc18de0564edd3b2ea716e', 'f003d1dafa264201717ce1820296e6f8', 'fb236018f79eda16097e5dae25f7be8c']}], because='the dot product, over the product of the two magnitudes')
