from otter.test_files import test_case

OK_FORMAT = False

name = "example_8"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def example_8_is_right(example_8):
    from checking import confirm
    confirm('example_8', example_8, salt='primer/ch08_gradients/example_8', rounds=30000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['99b3a9446a6d3d130e38719d40e7915a', 'ad99ac7d2506a8799f2abe3ac1e4436f', 'dfc842439e168ff7f76c4218df2fdb94']}, {'kind': 'number', 'width': 0.001, 'hashes': ['9d865beeb26d00f470ce04e36efa91ea', 'aced2f62f55058b7d60b0496d19318f1', 'd8182bbdf13b1ed09cd69c190fe92255']}], because='for the slope in x treat y as a constant, for the slope in y treat x as one')
