from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_14"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_14_is_right(exercise_14):
    from checking import confirm
    confirm('exercise_14', exercise_14, salt='primer/ch06_softmax/exercise_14', rounds=13333, parts=[{'kind': 'number', 'width': 1e-05, 'hashes': ['09e5fcc4c3ef81637bb8242fd5c0e42e', '0f21116107efe0ae4d245c256922e54f', 'cf85ff54fcbe9ac8cf7fb9a8a83db021']}, {'kind': 'number', 'width': 1e-05, 'hashes': ['26186f8b9244f0519f7b6fa2dab85541', '946837a5c9d1b61289e86016681248e9', 'e81e4c0406620bfde5fa512d792f09d8']}, {'kind': 'number', 'width': 1e-05, 'hashes': ['239942f8fdc5c548be135d3df20d7098', '4eab6227cdc78f327457f1399cffd890', '5c47af4438bc82826e05e0a552892bef']}], because='exp(0) is 1, not 0, and the largest exponential is e to the largest logit', meaning={'text': 'sBHTmW74Azp8qYe3S2NwyaSXhEh6zNKNqGFqFzTqTnvVo8pixTm6UKFHJIr+lNORJ9RK7T632zmGIXKHuqyRiTy8ZFzLX5W1dV1zy81axi9GrRFF6afmMxEu/h2MR7S63Cjhjbt0Tv8XJancAVEbsAPdkyW6quPRsfFhqqCXyqfiN7uwdIwr9QVAVRITKIf0Kga5AQhIWXeYBTIclHZByYkhNP8bMRPgkn3lAiq6rC5UbcjipXZFwacp6NelxRqjiXSUiKOQFg==', 'keys': {'09e5fcc4c3ef81637bb8242fd5c0e42e': 'agKckBZVwiK3N6ZOzs2Yd2ImdfoLwI7/', 'cf85ff54fcbe9ac8cf7fb9a8a83db021': 'NPf4MGCHGdrQGuUXMdlUHngD04fxKGTa', '0f21116107efe0ae4d245c256922e54f': 'LR0op2UB3XbkF5f2QnMf9iU4oRiRSCr4'}})
