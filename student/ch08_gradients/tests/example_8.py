from otter.test_files import test_case

OK_FORMAT = False

name = "example_8"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def example_8_is_right(example_8):
    from checking import confirm
    confirm('example_8', example_8, salt='primer/ch08_gradients/example_8', rounds=20000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['1a5c265b6fc671950ce2cc28cd96331d', '42e41e296048e6999a4b5f293a42f458', '5da163f8d535170285b393ee4f5fd215']}, {'kind': 'number', 'width': 0.001, 'hashes': ['76eda590743c3e748c298dc6444718c2', '7b9a6db40f891dd1ee5a0c30f0174165', 'eb7072676214cd8626bc259830b4ff76']}], because='for the slope with respect to x treat y as a constant, and the other way round', meaning={'text': 'NB50m2Yy6TzNfEmZ/SbQpq4XISmLxm1hFSiIrbIxCtIpf0j0s8hjVd1AZ4dMffCjNVvUXJuPNoB3lRl+HBbRRMCqzxlh34K7uGZYWleURzu56BMrh6mGwRFwvi82cgjmnls+bEurr0bxoIqQ//vAJTwxPVZDVv+1fdZEcAiSg2flsd+NBgAFNCuvDpVq/kXUEhYcNaI8WG0DsuhQnw==', 'keys': {'5da163f8d535170285b393ee4f5fd215': 'JCkb9+788wZJ7phdL2OP2H482CM8RAgu', '1a5c265b6fc671950ce2cc28cd96331d': 'yV5UnPeYPoDT/fl4pf7W+CAw4Be1YB13', '42e41e296048e6999a4b5f293a42f458': 'qU48I3rTRSl3iuyuiqmzWretQiy582+r'}})
