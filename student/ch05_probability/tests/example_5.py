from otter.test_files import test_case

OK_FORMAT = False

name = "example_5"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def example_5_is_right(example_5):
    from checking import confirm
    confirm('example_5', example_5, salt='primer/ch05_probability/example_5', rounds=30000, parts=[{'kind': 'number', 'width': 1e-06, 'hashes': ['31a624fd0f1fe37a994fce8d98674fd9', '4338a881531d2aa2606830444b15349e', '954f537c8d68e74549b39fc749824a68']}, {'kind': 'number', 'width': 0.02, 'hashes': ['121e22c4d83a0efa575907adbf1c9ea4', '4f637767539ae2b5ab1b8a844359eeb9', 'a8b425beb36f0865b4605550adb88f83']}], because='the probability is a product of the four; the log-probability a sum of four natural logarithms, each below 0')
