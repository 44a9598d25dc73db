from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_16"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_16_is_right(exercise_16):
    from checking import confirm
    confirm('exercise_16', exercise_16, salt='primer/ch07_cross_entropy/exercise_16', rounds=40000, parts=[{'kind': 'number', 'width': 0.01, 'hashes': ['affee85b9c639dee6c103c5cfa61bba5', 'c2bbacb62a2ad47ae2f34508a045ac43', 'c72d234e2004acf0300791f857042dbc']}], because='the loss is a mean already; its exponential is the perplexity', meaning={'text': 'g8FGU3pkkI/qw7ZxeoEsh9OUTlVgwa/Rb4nP42jPOl9o9zBMEtFl/GItcbv9u+tcpEbNlPWmeX8wDBTyHU8Q8N1NfDxzWBWC6jEFdPUR2PgO', 'keys': {'affee85b9c639dee6c103c5cfa61bba5': '36hAufkH7kKmLX1tsCYdHLweIKwWBVRn', 'c2bbacb62a2ad47ae2f34508a045ac43': 'NrpXu9yUHu9gqxkohJ6w/6DNKhChtdjz', 'c72d234e2004acf0300791f857042dbc': 'Zzr5xXxwf5eIdQ2nzIhdCXK8WW51Gck0'}})
