from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_11"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_11_is_right(exercise_11):
    from checking import confirm
    confirm('exercise_11', exercise_11, salt='primer/ch05_probability/exercise_11', rounds=20000, parts=[{'kind': 'truth', 'hashes': ['5324b1e01317ce4fbecb8a218def65e7']}, {'kind': 'truth', 'hashes': ['c40c39c6db1ec2db458256abb9a4396b']}], because='ask two things of each list: is any number below 0, and is the sum 1?', meaning={'text': 'B5+cYb9cs7P7Fjnqcl17lpP06rE62z/K77KIhhGgrG106b+OekFaUPTnyVX2gU0ifH8FRZIXI1UaMonNP9lJwTlJcY49IXRPLojGh6OIvBcBkfqBNXrk7XXechV+oY6+f9g+Aqv8x7HbNQCG5aAAcHO7Ka3UtgfeifXJAhK79ivVWqUuufxiWDevyOso71+RoEpC9c8TM9oU', 'keys': {'5324b1e01317ce4fbecb8a218def65e7': 'rI9sqHb5CG2orh+SfTn4/V9Q40G/VPm4'}})
