from otter.test_files import test_case

OK_FORMAT = False

name = "example_9"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def example_9_is_right(example_9):
    from checking import confirm
    confirm('example_9', example_9, salt='primer/ch09_gradient_descent/example_9', rounds=40000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['9890995546f03bbedba78d2a8f8af09e', 'f5b788fd9056aceabddc8e8c6ecbf71f', 'fca446132ad2edf23c589b37d8cfc0fa']}], because='multiply the gradient by the learning rate, and subtract the product from the weight', meaning={'text': 'l^w6qQ5SX~bXmmpQVWj&G?U6EjM23#{wwY^gN4&o60M-{L7!TGIOOUxes=?Y0aHWR=W;RLi{d6OM(lnO7^$1|EKRB;4<AA;YYDX%OW(wWyWtdR', 'keys': {'f5b788fd9056aceabddc8e8c6ecbf71f': 'YdcVP3MM(e*qH~?m)XiS', 'fca446132ad2edf23c589b37d8cfc0fa': 'UZp2?XTW@0cq;wp8Vhxo', '9890995546f03bbedba78d2a8f8af09e': 'zPT!19d=`=Jhk@3JX=5T'}})
