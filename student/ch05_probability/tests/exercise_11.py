from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_11"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_11_is_right(exercise_11):
    from checking import confirm
    confirm('exercise_11', exercise_11, salt='primer/ch05_probability/exercise_11', rounds=20000, parts=[{'kind': 'truth', 'hashes': ['5324b1e01317ce4fbecb8a218def65e7']}, {'kind': 'truth', 'hashes': ['c40c39c6db1ec2db458256abb9a4396b']}], because='ask two things of each list: is any number below 0, and is the sum 1?', meaning={'text': 'NE>hX3ro>^Ff@sEqgL-MVle+o1yj;(G8}@U3?R@sC?QKdOR5=q%S3B^IF8aN(*<_sh_L+jn=+p^t}$UoP|G;@{8-w0FQ^dQ^60i1mQA2B{6Vf+)qtE<`NqX~#hzU_0ppm83!#EoWU57?8yo2oXf7Zyiz?fu&7`Sd)RfAe;O3(@*0JfaIY0%wQNWF*l~LXfoB', 'keys': {'5324b1e01317ce4fbecb8a218def65e7': 'tdDG{cKHZxsIDK9eL493'}})
