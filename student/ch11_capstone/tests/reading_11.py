from otter.test_files import test_case

OK_FORMAT = False

name = "reading_11"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def reading_11_is_right(reading_11):
    from checking import confirm
    confirm('reading_11', reading_11, salt='primer/ch11_capstone/reading_11', rounds=13333, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['07248251ee3a3c8341e6b25b77ca051f', '4031253cc378c5dfdd1797e563b9d428', '49875e3718edbea75e208505b4c8a903']}, {'kind': 'number', 'width': 0.001, 'hashes': ['0724bb9fcd534c7a56acc883d709618c', '1cd8521459e554603b499b0c0a76f162', '7288e8e2978ad14158d91588a3565421']}, {'kind': 'exact', 'hashes': ['5faafb8d8fcfacfc55f5144b91797d48']}], because="the objective adds up natural logarithms and has no minus sign; the loss of Chapter VII is a mean with one; count the condition's subscripts in the formula", meaning={'text': 'jo1Lv+sRcwPgotdc/OCf0CTPx4tnFKQpOU/CdMdBhXRpvA1FACPVEMTKyPgLBMuTaBk5kfBRDR1JPbEz+arR80GCZZEOr9zNwC35TuK5QHYxR44Du78nMczOEyIUsAYSdbYpXi1xq6PVeWrtuuqt77QRpA6/NfVSwuUojZ3laJAd3vwuNTLbk9hXG/noNL4NreW+rOQGMc4sPkXKExdnOwPzMeiTsSMY8hU3uaDsig5ceezjHPPi5p085h4MZPPM2Boo4t9itQM=', 'keys': {'4031253cc378c5dfdd1797e563b9d428': 'B7GtGYHX99H7S6r77rrI1ZDi4gamYkPi', '07248251ee3a3c8341e6b25b77ca051f': 'CaYHVG0F32lZJukhG8dWMJznV2CBxQ6D', '49875e3718edbea75e208505b4c8a903': 'GmoVS7t8Q5t2VivA5Oy4MKYSymgEy2vF'}})
