from otter.test_files import test_case

OK_FORMAT = False

name = "reading_6"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def reading_6_is_right(reading_6):
    from checking import confirm
    confirm('reading_6', reading_6, salt='primer/ch06_softmax/reading_6', rounds=20000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['3e8aa27241c942a57220ed2eb4b3b6e9', 'ae0d0cc99924940555937262bf4a7235', 'c468bf51c3f4a77c1a6275855d55f5e5']}, {'kind': 'number', 'width': 0.001, 'hashes': ['469ec5756112d96d9e840c6a9a8ea2bd', 'afa69472934bc01ba781e028fac3443f', 'dea690ea5e2f610a9e7bd63d3e6df04b']}, {'kind': 'number', 'width': 0.001, 'hashes': ['1a70981160a8d6d808bfadef610c9c07', '9ad66c71b1a76699aa70b592a4dd7cc9', 'dfc4bf67b2e1f0bf057276e8d57c37ef']}], because='papers count from 1; as T falls all the probability goes to one token, as T grows all tokens share it alike')
