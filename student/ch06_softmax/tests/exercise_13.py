from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_13"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_13_is_right(exercise_13):
    from checking import confirm
    confirm('exercise_13', exercise_13, salt='primer/ch06_softmax/exercise_13', rounds=13333, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['d3d80cf47caace6e1ad5bfb8a5217841', 'e7059ac710f8f5af57da5aca78bdc9ac', 'f4c53bf8fbd60c3e5dcc3994257b622a']}, {'kind': 'number', 'width': 0.001, 'hashes': ['0d4f909ccfc40919fc1ef917d6711971', 'a07b7c0b713014b1d0574c43f9f4179a', 'b45716e9f2f1ef03f80d3258da8bad52']}, {'kind': 'number', 'width': 0.001, 'hashes': ['4dfc006215e26017b9dee374ffa47300', '670ac024f762023996131ebc2ab09950', 'ef9d35daa028addecf8e7746b4f7e5e9']}], because='equal logits have equal exponentials; how many tokens share the probability?', meaning={'text': '-OBgjZ=x;r`jEwwW<q1aLq7yKYx=_|8o796QP%(yjvY>@87Tu%weZT*Ww?~=!;yz+E>0&_?6`ot^utSI&CoY&6hG1BVxEklWH0la%IX|R*yp&_D!c)HO5SqD1-8=dyx2I*{iGI~9K9Jxd9dbhwiMB4aE&iO*&mTs56aR>C(p5WR%4T?bJb1~5n52w6(V`o5h8a(_qCTEX+&2vZ*OSz+CfaavEnz@', 'keys': {'e7059ac710f8f5af57da5aca78bdc9ac': 'A}V8_%`}*nQ^waxLn=d}', 'f4c53bf8fbd60c3e5dcc3994257b622a': 'P<tYm`oH%jxu+pV3*T8Y', 'd3d80cf47caace6e1ad5bfb8a5217841': ')aH&0mibkSXl%{@#H~XT'}})
