from otter.test_files import test_case

OK_FORMAT = False

name = "scores_slope"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def scores_slope_is_right(scores_slope):
    from checking import confirm
    confirm('scores_slope', scores_slope, salt='primer/ch11_capstone/scores_slope', rounds=13333, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['0c1f96db66f97506540518a3d1ed2178', '43527dd29d6f420692988ba18993276f', '5d4df8d5cacf9012896ba72792b3bec1']}, {'kind': 'number', 'width': 0.001, 'hashes': ['4163c2c42ab9f98d13a5f2af1c0eb210', '74a3c81c91bf4b3cf000dcbbe05d477e', 'db0c5992a647452feedd67c63343249a']}, {'kind': 'number', 'width': 0.001, 'hashes': ['ad1cac274a36f8b1f41cee99963f66e3', 'b4b829dc356677ae8524a5875d96248a', 'c826d2b346562e96699975bcb8e5cbdf']}], because='first the weighted mean of the row dA with the weights A; then each slope less that mean, times its weight, over the root of d_k', meaning={'text': 'B>ql*pokK1-cJ(}su>$iLZi!VHtjj7m%W7q*<|kY`7gu9d_HdqOBr|CX%4;19#;{;Y*O9zT!$2=+pW%e0AzxQZu|)rh+3uJip2u&;j%LPl`)8#-Wl@@?dq+gY|KYABf*eqo_$XXDJ|q~0&3^tu>Oi=T<!NWU!<W@D_&TnALfqQJu{V-q4lyY', 'keys': {'5d4df8d5cacf9012896ba72792b3bec1': 'I}__3wXa^j7<<bL68*a@', '43527dd29d6f420692988ba18993276f': 'sOc)(agwJxxS2`rNT&X|', '0c1f96db66f97506540518a3d1ed2178': 'a!ZtPx?)(AC=@mFc1r>G'}})
