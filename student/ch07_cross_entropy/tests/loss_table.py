from otter.test_files import test_case

OK_FORMAT = False

name = "loss_table"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def loss_table_is_right(loss_table):
    from checking import confirm
    confirm('loss_table', loss_table, salt='primer/ch07_cross_entropy/loss_table', rounds=6000, parts=[{'kind': 'number', 'width': 0.01, 'hashes': ['0a032a523414d83bb9bc73a78f1c86a0', '2f966058abac2224c6ba55f8eba8ee6c', '418ee95543ad9a30b6bade88ed3f9a13']}, {'kind': 'number', 'width': 0.01, 'hashes': ['587477d09f49933411386739ecd3e58b', 'ed0d6bfab8bb9b7845ab950015e8b3bf', 'ed88e9b927e9bbe927d66c9f96c33d91']}, {'kind': 'number', 'width': 0.01, 'hashes': ['0d19772ba5f05e1f81eea1a64a014012', '7352c0861eb98a2b07d8e342d82a3fb9', '7f3a91ba659f5e6fe8d07bb7d460237a']}, {'kind': 'number', 'width': 0.01, 'hashes': ['0275ccaafbd5982e031c411f8d22dc67', '3c556e62507c27ccd30b1a6061334c16', '752ca93d90f7d79c027d6f265c74939e']}, {'kind': 'number', 'width': 0.01, 'hashes': ['11066fdc1a9536de2499b122f8ab2ca7', '912d0c7fa9700e22e870b76f31d4d8e7', 'aafe15297e1315ecd7e6158c3320d30d']}, {'kind': 'number', 'width': 0.01, 'hashes': ['099df6b8a41db2700365aa5efc437c74', '9801c00f58ff7d26dd3cc28fbdbfb08b', 'ff09d390f641bde405e69b625839800d']}, {'kind': 'number', 'width': 0.01, 'hashes': ['0e3a2a336d9d51dfcb39860bf71a1a8d', '5291393248f1aacd55734d8f242ceca5', '7602917eb5cdf2bc5484627ea5ae3403']}, {'kind': 'number', 'width': 0.01, 'hashes': ['348ddf0971a51682bcdc4774f6c4d5ed', '535e07eb32476bdb51ddc2f0b7d2d46f', 'c8032cdec27a2a24925c4cc9ebbfba9e']}, {'kind': 'number', 'width': 0.01, 'hashes': ['10f41d25ad5b3b7ed7cc3d1a7059afb0', '4ec102c811f7dd21b7b542cad7e112d2', 'e26eb488cfa33d3371a3c7d56c3903f4']}, {'kind': 'number', 'width': 0.01, 'hashes': ['102d6290a6eaee71fe6aafaf68f27ce6', '138ebddcf0ec63b196723f1bd85ba624', 'd78ce9bc5418826958a883d1cb62ac15']}], because='the loss is -ln(p); for a single prediction the perplexity is exp(-ln(p)), which has a shorter form')
