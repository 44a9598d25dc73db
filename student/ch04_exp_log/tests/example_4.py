from otter.test_files import test_case

OK_FORMAT = False

name = "example_4"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def example_4_is_right(example_4):
    from checking import confirm
    confirm('example_4', example_4, salt='primer/ch04_exp_log/example_4', rounds=20000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['4b65c5bcc887c5ba1dd4f544ca33e450', 'a09ea54756af342f7fb43f93906399f3', 'f47fd533e4a8d2167a68854ad77e491a']}, {'kind': 'number', 'width': 0.001, 'hashes': ['0467e9e3504e1030361475ee4fd96224', '94537db022753c9def9ef132330a6300', 'c5cf3a074771b358393c0c7b7c1ffbb4']}], because='multiply the three for the first number, add their natural logarithms for the second; exp of the second is the first', meaning={'text': 'RaiPS3Dk2TlJL8YXC2o3n4oF4abGL83QZCCv2ySlsKFs152M/SynOiozwZKZWgZjyMS0cFT8RSvzv9zt6hdIa/8KBWPKwICp4mu9ik4t1E+fLZfqU/kmCEV1Hn061Bkae1wyqVhEqBeJjNAX9Vsb7kvFyKT6IE5+dXafKptD1cKZnMa7JTeSqRUb21zlVg==', 'keys': {'a09ea54756af342f7fb43f93906399f3': 'SBXZ6/BjC7ES7s3KZYDq4nw0wxIu+NAn', '4b65c5bcc887c5ba1dd4f544ca33e450': 'TbR3ZCFgPJ9r6mxLknP8G5MI+9DPcEiM', 'f47fd533e4a8d2167a68854ad77e491a': 'uTyJi7LTqfkL2VeMuMomOU5Bzf3Wsmnl'}})
