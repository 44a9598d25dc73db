from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_23"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_23_is_right(exercise_23):
    from checking import confirm
    confirm('exercise_23', exercise_23, salt='primer/ch10_attention/exercise_23', rounds=40000, parts=[{'kind': 'exact', 'hashes': ['f538f6c00ccbfce0a2e1963e19c51462']}], because='each head has a score for every pair of a query and a key', meaning={'text': '2ET;zDwi1HC3hJ|ABPihY~WOPr9TPlO4fBd>4lxCP(OTD=1u!<mHsDygm-*R%m(C!;T3<;4a(9Ew|nTe|8_Oy<}L|gal`y-<Y7jQIcC(~=VQ2&_AIJ;wzPA)LEohe6473B$BV{`BBB8cd-lbr+|b3CjUx', 'keys': {'f538f6c00ccbfce0a2e1963e19c51462': 'VL6Uv^VMaiMLh7(@f>}W'}})
