from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_18"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_18_is_right(exercise_18):
    from checking import confirm
    confirm('exercise_18', exercise_18, salt='primer/ch08_gradients/exercise_18', rounds=20000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['09f878e8c3b9536db1e4c4c9c8a2bc9d', '766ea508d82fd44225f4d6d93bc32cec', '9578baac0e64438e8cdfbfe3cb5c34e6']}, {'kind': 'number', 'width': 0.001, 'hashes': ['2d7d94f4e08b6faeacf4da381eb8d56a', '6bd3e6695218829260b949fd672545e3', 'd04d17f505d50cf3299fc33dc75d6f3c']}], because='two partial derivatives, x first; the term in xy counts in both of them', meaning={'text': 'QSwj)%Ior=4w!K9ISeu+YuGvEUHWbA+Kcf~M8{rL?Ccwh0UNZO<&#BJHi}UIU~%h-DyXQ;DV5=SrzvPbYu)y$)$*8QWcJ}O`2VgP)=~0ve&!MlZ_!FhG~H3%F!c#2JCfN6>LWj@*#upi0p8idKnKj;N-ln;T^wekG&jH', 'keys': {'09f878e8c3b9536db1e4c4c9c8a2bc9d': '{(@-lyP{F57d(2?LLkEG', '9578baac0e64438e8cdfbfe3cb5c34e6': 'Y%BgXl)om{Js$lWBv^04', '766ea508d82fd44225f4d6d93bc32cec': 'CgwY)a}DrR)YV)spC5)w'}})
