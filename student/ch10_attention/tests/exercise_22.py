from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_22"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_22_is_right(exercise_22):
    from checking import confirm
    confirm('exercise_22', exercise_22, salt='primer/ch10_attention/exercise_22', rounds=40000, parts=[{'kind': 'word', 'hashes': ['bd9e69261d6ffc2d8270bd8509090413']}], because='look at the table once more: what happens to the spread, and what to the mean, when d_k grows fourfold?', meaning={'text': '7T/uW1VoYRkhWwqjjdm1efREKb51zZVayHuLEpFvwByFJB2HKnbdIdmMLbOXisZHJf3S3P4Dq0jGfIi0S9fViW9ORA5B/2U9xG8HhN6ikS+fpdofLM2aZvm8/QkwtogX1Zmn71HwtiqBm6WGUs1o1ELN70YqebbU8rDFVtr7jYI=', 'keys': {'bd9e69261d6ffc2d8270bd8509090413': 'fcCPsyZTGTh7bYN3GueJgeKa2safDdvc'}})
