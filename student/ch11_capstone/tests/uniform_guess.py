from otter.test_files import test_case

OK_FORMAT = False

name = "uniform_guess"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def uniform_guess_is_right(uniform_guess):
    from checking import confirm
    confirm('uniform_guess', uniform_guess, salt='primer/ch11_capstone/uniform_guess', rounds=20000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['1ff6fc2ba51a3546c0a3fc2b9ce13930', '5d8d1e32cd0ba7cf5024bd09673911bb', 'a2e2f39ce0b98532c6401acc320eba63']}, {'kind': 'number', 'width': 0.001, 'hashes': ['199e8cd768330d20a5600b78c80aaa33', '5b3cf8d4a9b8f6c891e84a8f1e2276a5', 'e0ee945acf7c32a50042c7a2fdd458f0']}], because='each of V tokens has the probability 1/V; the loss is in nats, so the logarithm is natural', meaning={'text': 'VXR+9/NSxRnwoE4kQlKVnRRKMfH3gD/LoIVMHeGz8LIDCrpmJ9gTJW+H+ibyLQV7p6ulx6fbrG3UwWPu40mUOmgaSbjy9zdepukYmGJxlRdSAMK1McdYTvN8j4zRQTlK89nmw7JKtO3bPXtzZJHWUdWfWOzDd6/sxcwKjKX7lT/yD2Mx+e0S1dah0Qqb07bV+ebJ1rsXuwtPGjl0WHA3VKFGGn5P6qmAJBjmk7HIQXpxNL6t', 'keys': {'1ff6fc2ba51a3546c0a3fc2b9ce13930': 'yCMc44kcdqR6lN26jsMOOL4wJHIxE3X9', '5d8d1e32cd0ba7cf5024bd09673911bb': 'UUOrTO5P3s1vi2ZYnGZ3eB7E6cozLXHT', 'a2e2f39ce0b98532c6401acc320eba63': 'sIxwpiXVujlSkC7Yz6lzLbT1TSDe/Zrd'}})
