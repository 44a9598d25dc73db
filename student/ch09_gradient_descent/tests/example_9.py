from otter.test_files import test_case

OK_FORMAT = False

name = "example_9"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def example_9_is_right(example_9):
    from checking import confirm
    confirm('example_9', example_9, salt='primer/ch09_gradient_descent/example_9', rounds=40000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['9890995546f03bbedba78d2a8f8af09e', 'f5b788fd9056aceabddc8e8c6ecbf71f', 'fca446132ad2edf23c589b37d8cfc0fa']}], because='multiply the gradient by the learning rate, and subtract the product from the weight', meaning={'text': 'G+ub017Eozl8mklxOfeqdDy/Pid0rzWuXQ0MibXG6Q32ir45GG1riBc54yx3dDhnDyg3rwjEW1K7rnV+9j42KxnyOE/Hsg9Z2pPic4tOnMdQ4qT2aDV8bg==', 'keys': {'f5b788fd9056aceabddc8e8c6ecbf71f': 'aztQdwomOb7YmQfSl9nKNYZCEAIW8IXH', 'fca446132ad2edf23c589b37d8cfc0fa': 'XqUndmfAfFt4Kv3nGgt1lyksgZyvujsk', '9890995546f03bbedba78d2a8f8af09e': 'vrkqXh12Y6g8tfbEPFs/8N4Uy7Gno9Ky'}})
