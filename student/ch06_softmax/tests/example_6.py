from otter.test_files import test_case

OK_FORMAT = False

name = "example_6"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def example_6_is_right(example_6):
    from checking import confirm
    confirm('example_6', example_6, salt='primer/ch06_softmax/example_6', rounds=20000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['68af94b55ced4577108f8fff75d8af95', 'b820390f9818eae894d715ee3b2b519d', 'c6308ebc122168e2fc783dd38b640093']}, {'kind': 'number', 'width': 0.001, 'hashes': ['32f602ff8abc843e90d6e3228926ada1', '7039bb167eca7b22a07a20dec622e896', 'e8c46414500afa6bfd1bb279239f9ff0']}, {'kind': 'number', 'width': 0.001, 'hashes': ['04744bb5e2465d4800ffc4a0772d88fe', '46269bf39f943d03d277045378e13916', 'd652e00d101e11779cc7fb9c1e003e49']}], because='exponentiate each logit, add the three up, divide each by the sum')
