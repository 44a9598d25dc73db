from otter.test_files import test_case

OK_FORMAT = False

name = "backward"
points = 4

@test_case(points=None, hidden=False, 
    failure_message="One input, one hidden unit, two tokens: the worked case.")
def works_the_chapters_example(backward):
    """One input, one hidden unit, two tokens: the worked case."""
    from checking import expect, student
    WORKED = (1.2584433876122911, [[2.2520845953421653]], [[0.33083156307911626], [-0.33083156307911626]])
    backward = student('backward', backward)
    expect(backward, [2.0], 1, [[0.25]], [[1.0], [-1.0]]).to_equal(WORKED, because='forward: a, h, z, p; then back: p minus 1 at the target, times what each weight was multiplied by, and 1 - h ** 2 for tanh')

@test_case(points=None, hidden=False, 
    failure_message="Three inputs, two hidden units, four tokens, in whole numbers: dW1 is (2, 3) and dW2 is (4, 2).")
def keeps_the_shapes_of_the_weights(backward):
    """Three inputs, two hidden units, four tokens, in whole numbers: dW1 is (2, 3) and dW2 is (4, 2)."""
    from checking import expect, student
    WHOLE = (2.28952026949896, [[0.650955611059328, 0.0, -1.301911222118656], [0.572592800813195, 0.0, -1.14518560162639]], [[0.0, 0.16525466305646602], [0.0, 0.3539238767154366], [0.0, 0.16525466305646602], [0.0, -0.6844332028283687]])
    backward = student('backward', backward)
    expect(backward, (1, 0, -2), 3, [[0, 1, 0], [1, 0, 0]], [[1, 0], [0, 1], [2, 0], [0, -1]]).to_equal(WHOLE, because='a slope for every weight: dW1 has the shape of W1, dW2 that of W2; both are outer products')
