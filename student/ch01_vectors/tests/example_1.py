from otter.test_files import test_case

OK_FORMAT = False

name = "example_1"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def example_1_is_right(example_1):
    from checking import confirm
    confirm('example_1', example_1, salt='primer/ch01_vectors/example_1', rounds=40000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['b0e58d23d108ac3d8b8624130a92a855', 'bd0f30c738c37e2a90bbc28a4610eb5d', 'e4b96fcc3ef247cb8ee8521320157d1c']}], because='square both components, add up the squares, take the square root of the sum', meaning={'text': 'AoR3$dXay_Xp?$Q2kruO+;4TH&m`7R%~H+GyI*&7=bp4EUbrB2FOayFOo22tq~XXp@=8EN8j(FU>MgWdYr0>17rGE+kdc!x<Q}j{R`+J01%9fg&Q2iTzfdwp41}UaLP;DNOk=yqCHq$9V>CaGH^iOQs*L&g3)hiE4K4f@OOFM9z^ZtCGS%2z2*3', 'keys': {'b0e58d23d108ac3d8b8624130a92a855': 'f`wDXHfzQk5<BIU?sasJ', 'bd0f30c738c37e2a90bbc28a4610eb5d': 'BIybv-4PrZUP&qEB$hBj', 'e4b96fcc3ef247cb8ee8521320157d1c': '!h5#c{984|xY)<LpXyKR'}})
