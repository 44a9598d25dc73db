from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_22"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_22_is_right(exercise_22):
    from checking import confirm
    confirm('exercise_22', exercise_22, salt='primer/ch10_attention/exercise_22', rounds=40000, parts=[{'kind': 'word', 'hashes': ['bd9e69261d6ffc2d8270bd8509090413']}], because='look at the table once more: what happens to the spread, and what to the mean, when d_k grows fourfold?', meaning={'text': '-IC`Gn2g*{O^yQBg31VF+oV(7#CZL^RCP|bxazp8v`gD85nAPMTL7)~3<g}m6jAF@|4C(~S5mTiGz6@d<OG-z83OU2l{ZGZ-A*;J#jj>TcMqqWphk{(air)aw*qT|@flF!l%F!QzyT5%+tKjqjPzMr6asJ{HWA<-', 'keys': {'bd9e69261d6ffc2d8270bd8509090413': 'eZY^iCQ}(Wdu@Yv8s~|D'}})
