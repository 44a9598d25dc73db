from otter.test_files import test_case

OK_FORMAT = False

name = "the_wall"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def the_wall_is_right(the_wall):
    from checking import confirm
    confirm('the_wall', the_wall, salt='primer/ch11_capstone/the_wall', rounds=20000, parts=[{'kind': 'exact', 'hashes': ['ab514070638d1dd1e3379fe08a7b5e39']}, {'kind': 'exact', 'hashes': ['e00f972ec01bee071640b76951fd2185']}], because='count rows times columns of every matrix in the table and the two biases; a central difference evaluates the loss on both sides of the point', meaning={'text': 'uSHjOOQAlf/pZOlNmXOSj4NoUVveHZl5fvaI9WP4xt8tjaV5GcqTWaoyPRqdt8NTvt0lv2M9Guv6UKU0BkyZVz1hcTbyv69LmiOqNdu4wtZzn57UUnCShk3usqsXseO2eK1pa4kVyEwb/5n2nkhZBc180uEVZzBehzCLUmK3xG7RlPP5TWNs4gNssL9agKzucRhFsdvwsim1SS2XVnNf7Fvn5s7Tu1YhG2OhMBc36rFEJm/JgvENMKW0Dka8KBJM', 'keys': {'ab514070638d1dd1e3379fe08a7b5e39': 'O3WJj2A65ONbyHM5CSdhSTQXjJGRDFsa'}})
