from otter.test_files import test_case

OK_FORMAT = False

name = "reading_2"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def reading_2_is_right(reading_2):
    from checking import confirm
    confirm('reading_2', reading_2, salt='primer/ch02_dot_product/reading_2', rounds=40000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['464b1a8224f9c9926e8bc6a3932e0572', '9ac5578fd60751aed0af2e113e0b854d', 'd6568e10b48f53fde840cf5f13bcc62d']}], because='the dot product is both magnitudes times the cosine of the angle; math.cos takes radians', meaning={'text': 'a+1B/vGxEiUTnc2L6xcKSAvcyWxij+dZk1NvJljmgqWJE1m2ryt+NSEDaHhLUS1EnmgQEC6qBtS4+KaItqqG9Q4ur8lbKSLD6rmjhY2RPFIm3FFYwThGUrLTgsoULInBN0l4u/ntkaGueZk2toGQChsZ5f+fYfzGOho4oFae150jd/xHb/ZUSKyTSLi5Sje/EvDtlqIIF2S2GCtJ3ksoB6/AKqJhbHS1RzH7Ew==', 'keys': {'d6568e10b48f53fde840cf5f13bcc62d': 'cc3np+uNrsrBIyj8lqBKGO+7qLFPhVeU', '464b1a8224f9c9926e8bc6a3932e0572': 'fpzpflxRBiJLxz2GSdqzJGoeQ7B5F+w7', '9ac5578fd60751aed0af2e113e0b854d': 'xvvzKdtaWxRS+Pm6qJegpaUSKczOutMq'}})
