from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_17"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_17_is_right(exercise_17):
    from checking import confirm
    confirm('exercise_17', exercise_17, salt='primer/ch08_gradients/exercise_17', rounds=40000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['7e1c56563a6e3f31629d0f41d9383f84', 'c2d3302c5f381c5db9915f6f50833ba0', 'ca98214a68ceda5d8901d02327cd16b8']}], because='the power rule: the exponent comes down as a factor, and the power falls by one', meaning={'text': 'DXKnD3HjS7d1+/h92TQ1F+pNriKqp6XsMa31QSr+UOEMwtt26D+gDPYpkIyHru3fC6ALvtaa1s4F3PQ3vSfo6dEWcv/pilwKXWnHOr0zsB4N30oPEjT1SXAPobaY', 'keys': {'7e1c56563a6e3f31629d0f41d9383f84': 'baOA0/YU+bPcaAyrpIzzxRp42ASMFd8K', 'c2d3302c5f381c5db9915f6f50833ba0': '7pmIcIi8VfkvlA9J3SKCpxlzWeU2dLST', 'ca98214a68ceda5d8901d02327cd16b8': 'TaGymgZIRXOUWaH+GLShMDrTq9FXuuu5'}})
