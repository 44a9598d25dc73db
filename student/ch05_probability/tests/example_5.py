from otter.test_files import test_case

OK_FORMAT = False

name = "example_5"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def example_5_is_right(example_5):
    from checking import confirm
    confirm('example_5', example_5, salt='primer/ch05_probability/example_5', rounds=20000, parts=[{'kind': 'number', 'width': 1e-06, 'hashes': ['53cb164efe8c7139dc1b8f7d58396b35', '6eeb8bba741331419da8aaa165634d5e', '9ad95d123fc9f937448874bc636d8506']}, {'kind': 'number', 'width': 0.02, 'hashes': ['57501f55acaee4ae9fc800ba9bf12e55', '58ffb842b2e267f1688b288714f4a729', '8524229ac570d859c9b44f902245112e']}], because='the probability is a product of the four; the log-probability a sum of four natural logarithms, each below 0', meaning={'text': 'ONF8YUZ36nNXoWz9rpSNfh7uLZwdsFYqcZ5NiTzCfWStNBIqonKT2qAPxuG5JemaO+e+bRCdWyrgL+zKKpKSIv4UgIYtCnUdXutAhxA5/4dd3BJTpo//QjSvrXNJDoTDQFGh05P4BEBx+FnyOxOoxa5Sl5oAuotpy/KP9jEkfFBGSpHBuh2uIb3J0DsJHBZWqNSHS/M9u3XjpyMB8i5kmO0xSmHFlAJePeEfXmealeq9dnP5', 'keys': {'6eeb8bba741331419da8aaa165634d5e': 'x6J9wuFT0b1fLYu4TqaBu380lN8wiEZa', '53cb164efe8c7139dc1b8f7d58396b35': 'fgqQVN1i+mhaJCOB49hBE7uJOmd2fVIO', '9ad95d123fc9f937448874bc636d8506': '0EM9rMJLmmndpZ5fnahhXTj/n1wYgsgo'}})
