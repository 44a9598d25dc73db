from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_10"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_10_is_right(exercise_10):
    from checking import confirm
    confirm('exercise_10', exercise_10, salt='primer/ch04_exp_log/exercise_10', rounds=40000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['1bec6dfbe8eae4df92d9511903dc409d', '466f72139349fbb2226cad46c7f507f1', '8a8c8d2d4a61f80ddb51d5131f78874a']}], because='ln undoes exp, term by term; no calculator is needed', meaning={'text': '0YZt9bp4t8xg3roJd09eL7tsKjPV5U07R3wVgb0Okrb71b/63hBE5kKshTaJsOWMZc4lnwSxTKnKIOFd6wpWvvy0fQWxT8QvxW2MxgClnaLBBPFEpKCFu3vgC7yb1FEAHZgOrYct1XYnn9jCp8LH39gddFZUoWQArDZuMFQXpZCO7zy7uHgt56/d7wnMwMK8Ktjg9dO99q3PVg==', 'keys': {'1bec6dfbe8eae4df92d9511903dc409d': 'QLQSDHESd6H/nkuex6tFxhz3qXh0SYq3', '466f72139349fbb2226cad46c7f507f1': 'WKenuIDc1sAHbnaaCbCqYqajEHz0j2se', '8a8c8d2d4a61f80ddb51d5131f78874a': 'hULnHzAfo50bbHmBUnw3QOBF8DfBjnpt'}})
