from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_3"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_3_is_right(exercise_3):
    from checking import confirm
    confirm('exercise_3', exercise_3, salt='primer/ch02_dot_product/exercise_3', rounds=40000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['015e3b1f62f51758b365bb555146a5e7', '3f222e2bf246933b61331bc314a0813d', '8e678d500c8f0eca1cb632b4b9849e43']}], because='a number from -1 to 1, not an angle: the dot product with all its signs, divided by both magnitudes', meaning={'text': 'T9WGNxhdutgwvZeoqIO8x4EwzAKLIZJKvY2IxZ7UFV9qAXSN9pf/fKltuSdElse7SeBQHmB3Hk+T5lpGqba2K4iW7M08bqJrCJBdDngFVgMlhF2EwKgCqrlLvqy61EMb6NxvrM45qf3McKT8JOG8MRVfHMqIqbwXdXHBocw9vlBS48kF1u+OutOY7BpZ7IBlTplIGJmu/LpR/9yTgpcEKb9n++RJHuZs4VBELqpFflRFKwE1eu6VcHn8p2xR3Tm/6jdTgZOl1fAB', 'keys': {'8e678d500c8f0eca1cb632b4b9849e43': 'vEIvwMW4gajfc5vZ0+rdvUbBk/Qnt11G', '3f222e2bf246933b61331bc314a0813d': '8zEmPAfrG5QadVK8PcvnCuFRz7VDcDpo', '015e3b1f62f51758b365bb555146a5e7': 'oncqIpXWqlEOhOE3oJY4yaendrA4Wa2V'}})
