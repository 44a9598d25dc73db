from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_18"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_18_is_right(exercise_18):
    from checking import confirm
    confirm('exercise_18', exercise_18, salt='primer/ch08_gradients/exercise_18', rounds=20000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['09f878e8c3b9536db1e4c4c9c8a2bc9d', '766ea508d82fd44225f4d6d93bc32cec', '9578baac0e64438e8cdfbfe3cb5c34e6']}, {'kind': 'number', 'width': 0.001, 'hashes': ['2d7d94f4e08b6faeacf4da381eb8d56a', '6bd3e6695218829260b949fd672545e3', 'd04d17f505d50cf3299fc33dc75d6f3c']}], because='two partial derivatives, x first; the term in xy counts in both of them', meaning={'text': 'mUHK0B56lJMD0mljlGL5GXh4J6uViydZJ+v82R8XweVKK93tB3gWLyI/1OsU4BCdzUyPjXVmYNovU/gQls/u1yS9qKysAwDaODwfdlUVQ+BoT7gDVuii4U79ctBQrIzLTqRC5rUZOiQlmeu3RCSvAKmtGooW5XSIrQvE2an+gHxawAM=', 'keys': {'09f878e8c3b9536db1e4c4c9c8a2bc9d': '/oJo77uiUaoXPHrTQiDC6utMknVYDsPe', '9578baac0e64438e8cdfbfe3cb5c34e6': 'bCv+NZS/JtY9Hv0cJFhvwj9bFB0CtvK7', '766ea508d82fd44225f4d6d93bc32cec': 'JuY7pnMN8FTU1Vwvnx+GSkq6t55hRue/'}})
