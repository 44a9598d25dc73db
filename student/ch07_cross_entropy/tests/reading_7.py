from otter.test_files import test_case

OK_FORMAT = False

name = "reading_7"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def reading_7_is_right(reading_7):
    from checking import confirm
    confirm('reading_7', reading_7, salt='primer/ch07_cross_entropy/reading_7', rounds=20000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['568b53312eb7896e4edeed5fb0d1dc76', '973173fd36d32b5add55bd80721d942d', 'f56f9e30fde3602c74468753d2018956']}, {'kind': 'exact', 'hashes': ['f0fad8ee4ea9b337fdfc0f77cee0949f']}, {'kind': 'number', 'width': 0.001, 'hashes': ['a2cc4856473bdbad7b41e7b4710241c5', 'abb1f02e8ceab8e08bae81595e5fe0ed', 'e9e5a94af89b45bd6f8adecf8746a325']}], because='L is a mean and carries a minus sign; the log-likelihood is a plain sum; x_{<t} stops before t, and papers count from 1')
