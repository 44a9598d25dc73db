from otter.test_files import test_case

OK_FORMAT = False

name = "example_1"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def example_1_is_right(example_1):
    from checking import confirm
    confirm('example_1', example_1, salt='primer/ch01_vectors/example_1', rounds=40000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['b0e58d23d108ac3d8b8624130a92a855', 'bd0f30c738c37e2a90bbc28a4610eb5d', 'e4b96fcc3ef247cb8ee8521320157d1c']}], because='square both components, add up the squares, take the square root of the sum', meaning={'text': 'M86fPehduCTSvhx5+WnxzvAVlnpWhv4iFsIACdueOS45K2hDGopET6hkjYJ4Glw41nTnXJLIzi61+X/g/i2uqbhmRC1YmybfImDMYqUxdXpYUSv0L7ED0J3jNzGOdaO7L4oji2ILdia8jSp/aVlBmi6Zeyy+zvUD9zFo6NFZ0B1Scy/gDJjp1o37C+JIzRj+UQ8=', 'keys': {'b0e58d23d108ac3d8b8624130a92a855': 'goVTxTZrxhsSO+WV7nV0j9InEK0+bZFQ', 'bd0f30c738c37e2a90bbc28a4610eb5d': 'IukKI90RHBheSSnnJJYwQvuKezreOcaA', 'e4b96fcc3ef247cb8ee8521320157d1c': 'wnu22/xbNcS42Me7n+pP67IE0rZMjE/Y'}})
