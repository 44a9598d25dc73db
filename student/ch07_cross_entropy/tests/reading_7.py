from otter.test_files import test_case

OK_FORMAT = False

name = "reading_7"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def reading_7_is_right(reading_7):
    from checking import confirm
    confirm('reading_7', reading_7, salt='primer/ch07_cross_entropy/reading_7', rounds=13333, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['7fb34ca7dfe98b9451cfc7638a33ec2d', 'ba1a7396d52ebc243a2b3bdd691eccf3', 'cd1af2ea7b4062d0be6b6be79f9552af']}, {'kind': 'exact', 'hashes': ['7040acbf9f62279019b2dbfe673ba175']}, {'kind': 'number', 'width': 0.001, 'hashes': ['2f783d3aaec84848c05ac18b0d959da9', 'abfc44ea55b82994f96b113945dc6d16', 'e667faf09419ef84e066700eb52cb6de']}], because='L is a mean and carries a minus sign; the log-likelihood is a plain sum; x_<t stops before t', meaning={'text': 'jFccLTCgdgfR+UuvhOJIOsUZvu8guXh/nTFUHWCpR91oMxa5wX6rv8H6INmw80VMS17NafquMq798AVvqrxcpVEnX/tAsB1fqawF5Vb0OJCP8zIwdgmmCJSgOVV86V9fj3XgGbRP0mdh7lMHXGUV41U7+oLFUAF554cBCVbYkZZSLmEQ7rchg21RMFD0fmbaiRGaSA==', 'keys': {'cd1af2ea7b4062d0be6b6be79f9552af': 'C5506kGk8miKwCYU3B0zx4oTez1qLCcc', 'ba1a7396d52ebc243a2b3bdd691eccf3': 'seP1rOHep+ZpQSGoIMOIaXLxzRwFGiJH', '7fb34ca7dfe98b9451cfc7638a33ec2d': 'v6uZqY7jLQMdCT2F60ePMEDz8zYxiwa0'}})
