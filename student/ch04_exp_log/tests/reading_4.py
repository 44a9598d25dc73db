from otter.test_files import test_case

OK_FORMAT = False

name = "reading_4"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def reading_4_is_right(reading_4):
    from checking import confirm
    confirm('reading_4', reading_4, salt='primer/ch04_exp_log/reading_4', rounds=13333, parts=[{'kind': 'exact', 'hashes': ['63119cfc90ccdc61d7cbdd64255c60f1']}, {'kind': 'number', 'width': 0.001, 'hashes': ['728782bf22d3c76767037ec20b5d0cf9', 'f1932e177ac1a338f6c7735b796c098d', 'fc9db40a63ec52c190c57b977eb2822d']}, {'kind': 'number', 'width': 0.001, 'hashes': ['953202d421db32fa7077a12aa89ce9bd', 'd00e5914992eb06f2f3c8f43abdb3df5', 'd8f3a369650baddae9b032487fa559a2']}], because='papers count from 1, and both ends of a sum belong to it; log is the natural logarithm')
