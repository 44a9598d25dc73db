from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_7"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_7_is_right(exercise_7):
    from checking import confirm
    confirm('exercise_7', exercise_7, salt='primer/ch03_matrices/exercise_7', rounds=13333, parts=[{'kind': 'exact', 'hashes': ['09acda707b8028fbdfd59644ead11dfa']}, {'kind': 'exact', 'hashes': ['dc39f175d6daba2d608254bd98e90a93']}, {'kind': 'truth', 'hashes': ['55a08c51a368a9b45ecb33bfe95466c2']}], because='the outer sizes of the product remain; for BA, write down the shapes in that order and compare the inner sizes', meaning={'text': '$a4TLn7p6BxBoSrLC&pAVM1UTA1jAii>K*7-kWcLlWp6}aJY$!=cYrOyOupxk5@_Qpfqi1#_mu+{8&*Jj@Vkq+`pl)bCmp9kz({gja?u`AUGYT8VpvZaOhS7Gv}GLvJRubN0KTXP5X+$YQR@y-{FCo1c_L?YX06ihFSjl6eRS~%rPh42c4DTL-2>#W=SGWoxKVafcM&NNy#fbOs-Uz7UZA81p', 'keys': {'09acda707b8028fbdfd59644ead11dfa': 'jEi*$A#CyI`Vc8vtaxiq'}})
