from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_14"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_14_is_right(exercise_14):
    from checking import confirm
    confirm('exercise_14', exercise_14, salt='primer/ch06_softmax/exercise_14', rounds=13333, parts=[{'kind': 'number', 'width': 1e-05, 'hashes': ['09e5fcc4c3ef81637bb8242fd5c0e42e', '0f21116107efe0ae4d245c256922e54f', 'cf85ff54fcbe9ac8cf7fb9a8a83db021']}, {'kind': 'number', 'width': 1e-05, 'hashes': ['26186f8b9244f0519f7b6fa2dab85541', '946837a5c9d1b61289e86016681248e9', 'e81e4c0406620bfde5fa512d792f09d8']}, {'kind': 'number', 'width': 1e-05, 'hashes': ['239942f8fdc5c548be135d3df20d7098', '4eab6227cdc78f327457f1399cffd890', '5c47af4438bc82826e05e0a552892bef']}], because='exp(0) is 1, not 0, and the largest exponential is e to the largest logit', meaning={'text': 'L10Fr<ZDBjQ)sz&HV|CbY}c>VLC+kuBT&#fP>zwRPkT3{C(Z^I^4>mq`9KyNL3nnwsyj_9Fe(P!@eB<)*vHMwEU6ZCs6$|E(4sRwv0cF2W6~Etw598aiwtv{ouCvGCrj4alLbmKadjYtj2>pH?3I?}IGzB@e`;Hk|0NlHzoMUA#geuo9FSvC^`@8xsV{j?B>h1{%~=oT8$O_5&cLSv8nllyUlZ6`{1Ogd%-Bd1$vg{C3LbUb6>+FGQSM~', 'keys': {'09e5fcc4c3ef81637bb8242fd5c0e42e': 'Y66^)7FEI`w>PFv&dr#2', 'cf85ff54fcbe9ac8cf7fb9a8a83db021': 'H23&0V22sn&>H0zG1*ie', '0f21116107efe0ae4d245c256922e54f': 'EgdMQWdYrG<QJFrLUSMX'}})
