from otter.test_files import test_case

OK_FORMAT = False

name = "reading_8"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def reading_8_is_right(reading_8):
    from checking import confirm
    confirm('reading_8', reading_8, salt='primer/ch08_gradients/reading_8', rounds=20000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['48cb28faab5787fc00c1e89e77f4d015', '4990c00f7cc3870c31b28bf777315399', 'b9de49a1d50795a9f4b19f06dc9c42df']}, {'kind': 'number', 'width': 0.001, 'hashes': ['859a856346419f9b3bc1af7543ad6ebf', '9cd2061040757e02c45cafb51c79be5f', 'f982820274de695e5039681959cbbbc3']}, {'kind': 'number', 'width': 0.001, 'hashes': ['4547ede3d8ba1e9d13323bd87af3efee', 'd638531dad185d55542e954a0c8dbdab', 'e0946e439e5f66ccde4764cc069c9bf5']}], because='papers count from 1; the nudge is the gradient over its own magnitude, times rho; the last term is a dot product of nudge and gradient')
