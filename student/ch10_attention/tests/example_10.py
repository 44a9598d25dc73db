from otter.test_files import test_case

OK_FORMAT = False

name = "example_10"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def example_10_is_right(example_10):
    from checking import confirm
    confirm('example_10', example_10, salt='primer/ch10_attention/example_10', rounds=20000, parts=[{'kind': 'number', 'width': 0.1, 'hashes': ['0dfe71be05ec49977257499bf340b3ed', '6480238ca6efe37ff2559de43c56ec0f', 'daffcb3f2a8ca0123e388238dc1bedc9']}, {'kind': 'number', 'width': 0.1, 'hashes': ['1655d2ce81caac24dcf6e384e748d33d', '849ded2d5a93fc82d787a446f631514c', 'ab26d46a37f3111221bcf9fbc95ed8b6']}], because='query 1 with each key, each product over the square root of d_k, softmax, then the rows of V in those proportions; round only at the end', meaning={'text': 'VAvK62mbID1NWGWf4RQAuqKVbaosyWbFmRGkLfLyAIJH0+rTgctAPiNyvfv8eUXmYDye6NEdG3Olbr2Al/zEGybOikY1OzUB2BYqmYxmeFkfUr1qRw1JQDWr3LXhws30EUjo1NVU+ULZ7TdyxAdptNx9c5J+cr2CCsj+U/KLjiDF5+2HAzkhn2jH5+FgJ+y/B7bTkbX6gZ79Rz1ZueX5h3pHmp0=', 'keys': {'6480238ca6efe37ff2559de43c56ec0f': 'bzC51Sk4Lc4bYinNjcjiKfYiuaomaKEr', '0dfe71be05ec49977257499bf340b3ed': 'e4YjaKfk/UMnVO6EOCWiv7JpfjqSt0o7', 'daffcb3f2a8ca0123e388238dc1bedc9': 'PHDuEwGgfVCy1NNp6E57xHinEnxKLQrz'}})
