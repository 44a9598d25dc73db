from otter.test_files import test_case

OK_FORMAT = False

name = "scores_slope"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def scores_slope_is_right(scores_slope):
    from checking import confirm
    confirm('scores_slope', scores_slope, salt='primer/ch11_capstone/scores_slope', rounds=13333, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['0c1f96db66f97506540518a3d1ed2178', '43527dd29d6f420692988ba18993276f', '5d4df8d5cacf9012896ba72792b3bec1']}, {'kind': 'number', 'width': 0.001, 'hashes': ['4163c2c42ab9f98d13a5f2af1c0eb210', '74a3c81c91bf4b3cf000dcbbe05d477e', 'db0c5992a647452feedd67c63343249a']}, {'kind': 'number', 'width': 0.001, 'hashes': ['ad1cac274a36f8b1f41cee99963f66e3', 'b4b829dc356677ae8524a5875d96248a', 'c826d2b346562e96699975bcb8e5cbdf']}], because='first the weighted mean of the row dA with the weights A; then each slope less that mean, times its weight, over the root of d_k', meaning={'text': 'JUCujXJ/38gSdaLAne0mqFmfYoAfRGUJt0egLpWNl+nnjYLWcTb9nTfnkH3kdS81WYVxg2AWwIatic21mmUrvaS1DiczPrYyAdRZwO4IvjeNIpVzgAec+VGUixo33RM9Gbazt4OarbJDEm+U2ym7rjCc13FV9uvC72WczZ8SfsjGI3bkbALPbWuSeyTkWrJK', 'keys': {'5d4df8d5cacf9012896ba72792b3bec1': 'OxPrHrWvXr4Ye8sLEv27LOM0Ou6SceNh', '43527dd29d6f420692988ba18993276f': 'qOkq23GSpzq4mUnuSKb+uV7HkVGIMOr3', '0c1f96db66f97506540518a3d1ed2178': 'ckuUcbpiWJQoFDXydksB95R7Zc1+MaAa'}})
