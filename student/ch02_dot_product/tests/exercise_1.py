from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_1"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_1_is_right(exercise_1):
    from checking import confirm
    confirm('exercise_1', exercise_1, salt='primer/ch02_dot_product/exercise_1', rounds=40000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['03626644831c7dbe67ce1438765eb3e7', '32544b1f7f41319a06400911a5f87675', 'f39a07c253ae8ef6c0924985a5b81f8f']}], because='square the three components, add up the squares, take the square root of the sum', meaning={'text': 'iTxlyek8SjCqAtXO64aGytYX1kVeHZzkkQWsC94gDTGOw3nmFHI8pYji33y14twNM3oatsyoBv6zi+oEr8896zo3dZjqpsHOEW2ABfs=', 'keys': {'32544b1f7f41319a06400911a5f87675': 'f8EDkoLm7Ed3MhPwtej15XkFE8g/NzjR', '03626644831c7dbe67ce1438765eb3e7': 'lpNG21kRzLqRYK2Ph+xKBXt0rVS3GYty', 'f39a07c253ae8ef6c0924985a5b81f8f': 'CVUspu2FeQ4eACKNn/rcYv9T4OX0PETS'}})
