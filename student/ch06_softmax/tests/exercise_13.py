from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_13"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_13_is_right(exercise_13):
    from checking import confirm
    confirm('exercise_13', exercise_13, salt='primer/ch06_softmax/exercise_13', rounds=13333, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['d3d80cf47caace6e1ad5bfb8a5217841', 'e7059ac710f8f5af57da5aca78bdc9ac', 'f4c53bf8fbd60c3e5dcc3994257b622a']}, {'kind': 'number', 'width': 0.001, 'hashes': ['0d4f909ccfc40919fc1ef917d6711971', 'a07b7c0b713014b1d0574c43f9f4179a', 'b45716e9f2f1ef03f80d3258da8bad52']}, {'kind': 'number', 'width': 0.001, 'hashes': ['4dfc006215e26017b9dee374ffa47300', '670ac024f762023996131ebc2ab09950', 'ef9d35daa028addecf8e7746b4f7e5e9']}], because='equal logits have equal exponentials; how many tokens share the probability?', meaning={'text': '68k9LxPbvk2f956vhl1A7TwM6jpCIUw8W8lHX2h74JfuP51dmwAwHtMTZnP/nHHSsa+Z/L/z+n7PMstkj5GxYe5M5HUcShdjQS2fV0f314fvp2teUJO0U0ZSJYAhph7NUdaNttYuaC+wDUzgaAw/wwhyc/SR/7VDDbbaqDHgKTbhJc6+DxXC5GPmFj8LQm1bFf/VRa8y5Y4xwZH+koRO3px8GaYhvb8GQaDMDtg8oso=', 'keys': {'e7059ac710f8f5af57da5aca78bdc9ac': 'Iipjn800mJZTxtdJQypDos3BGJhVPXAr', 'f4c53bf8fbd60c3e5dcc3994257b622a': 'UHsil/q/9yW5pyFHC99ZM6cIPsasu9+n', 'd3d80cf47caace6e1ad5bfb8a5217841': '1OaOC5b5VYtobM3/xK1DEjlBrs6GXdzX'}})
