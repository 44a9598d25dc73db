from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_1"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_1_is_right(exercise_1):
    from checking import confirm
    confirm('exercise_1', exercise_1, salt='primer/ch02_dot_product/exercise_1', rounds=40000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['03626644831c7dbe67ce1438765eb3e7', '32544b1f7f41319a06400911a5f87675', 'f39a07c253ae8ef6c0924985a5b81f8f']}], because='square the three components, add up the squares, take the square root of the sum', meaning={'text': 'g4rbzA=WJ@DKIbg7Ex+c##ogA17bq}pgFS%rx_R1w8d+e2}zzEc%5!l|4C?lhRta!QD&Sv1qm1MXknGP+>aF(o2#|wLmrT&cm', 'keys': {'32544b1f7f41319a06400911a5f87675': 'f58Kig68Z;cQO<3wdnQb', '03626644831c7dbe67ce1438765eb3e7': 'mXk)?SrN>-kzlQlhwMrP', 'f39a07c253ae8ef6c0924985a5b81f8f': '2~{kn?S**`9snYZpZeTl'}})
