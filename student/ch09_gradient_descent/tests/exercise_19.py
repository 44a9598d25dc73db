from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_19"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_19_is_right(exercise_19):
    from checking import confirm
    confirm('exercise_19', exercise_19, salt='primer/ch09_gradient_descent/exercise_19', rounds=40000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['408259d75dc8d62ed8688bd14f5796cb', '462ecd4b7e2edd0e29704ed028a5b2db', '9c03c735e50d8b9a2f36f24d04ab244b']}], because='mind the sign: a negative gradient is subtracted, too', meaning={'text': 'TGqDBVZFqD4mTpShA9A1n15KY5k3tzA7zplEaVGqmGNNJ9GxzgogRV+V1ParraqpAAK7XfKtXaCKuZzupIpkrfdDvKMsSr0T0tP2sCJmcIri4y9rilWYUnwqLNsPMITh49vwMLcu65mUwvoTKdYHQCJ804TYvat5yi0DRIQBe1UH0+tF2odhxV03oJRLXnlt3dAuY2A=', 'keys': {'462ecd4b7e2edd0e29704ed028a5b2db': 'Bg4VEPaqw7qpJFB+olkH/fUdDw7twDJ9', '9c03c735e50d8b9a2f36f24d04ab244b': 'J6A0iJnNvQ7Mv+djFhNxBPbOZfRztn8D', '408259d75dc8d62ed8688bd14f5796cb': 'KNuxT+n8NKmeyy4yGsvPsGPSMN5ngJFi'}})
