from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_9"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_9_is_right(exercise_9):
    from checking import confirm
    confirm('exercise_9', exercise_9, salt='primer/ch04_exp_log/exercise_9', rounds=40000, parts=[{'kind': 'number', 'width': 0.01, 'hashes': ['03dfee7f369f03cb80846196ec67a3a3', '0be908cc419be29e6cfcc68c2b9d9deb', '61674baaaee2bddf6ce72ea594dacc83']}], because='which function undoes ln? Apply it to both sides', meaning={'text': 'U3lHZEQetK1nzWSlbQKdmfQ435snyJLX4M6WuOhDDeY6iyh7BKVfc44xm90iiLUSe4avRh5yYVaBYN3MN7t3Fhx2SsTEQX7Zbh5wglwl9eb0rwCzgv8zDOKqeo/O+v/W', 'keys': {'0be908cc419be29e6cfcc68c2b9d9deb': 'wW6UY2nf1hxHfj7kGA9VcD1DL7kmL1zq', '61674baaaee2bddf6ce72ea594dacc83': 'gT3DGSCYJNG2yVeTM5WuKRwlgjt2jo0R', '03dfee7f369f03cb80846196ec67a3a3': 'fxWcvKM7fT4UHbOIiTO2kVZrtC4h8Yer'}})
