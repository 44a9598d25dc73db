from otter.test_files import test_case

OK_FORMAT = False

name = "backward"
points = 4

@test_case(points=None, hidden=False, 
    failure_message="Stage 1: the loss.")
def stage_1_the_loss(backward):
    """Stage 1: the loss."""
    from checking import expect, student
    WORKED = (1.2584433876122911, [[2.2520845953421653]], [[0.33083156307911626], [-0.33083156307911626]])
    WHOLE_W1 = [[0, 1, 0], [1, 0, 0]]
    WHOLE_W2 = [[1, 0], [0, 1], [2, 0], [0, -1]]
    WHOLE = (2.28952026949896, [[0.650955611059328, 0.0, -1.301911222118656], [0.572592800813195, 0.0, -1.14518560162639]], [[0.0, 0.16525466305646602], [0.0, 0.3539238767154366], [0.0, 0.16525466305646602], [0.0, -0.6844332028283687]])
    backward = student('backward', backward)
    parts = ('loss', 'dW1', 'dW2')
    expect(backward, [2.0], 1, [[0.25]], [[1.0], [-1.0]]).to_equal((WORKED[0], ..., ...), parts=parts, because='the loss is the surprise at the target: -ln p_target')
    expect(backward, (1, 0, -2), 3, WHOLE_W1, WHOLE_W2).to_equal((WHOLE[0], ..., ...), parts=parts, because='the loss is the surprise at the target: -ln p_target')

@test_case(points=None, hidden=False, 
    failure_message="Stage 2: dW2.")
def stage_2_back_to_w2(backward):
    """Stage 2: dW2."""
    from checking import expect, student
    WORKED = (1.2584433876122911, [[2.2520845953421653]], [[0.33083156307911626], [-0.33083156307911626]])
    WHOLE_W1 = [[0, 1, 0], [1, 0, 0]]
    WHOLE_W2 = [[1, 0], [0, 1], [2, 0], [0, -1]]
    WHOLE = (2.28952026949896, [[0.650955611059328, 0.0, -1.301911222118656], [0.572592800813195, 0.0, -1.14518560162639]], [[0.0, 0.16525466305646602], [0.0, 0.3539238767154366], [0.0, 0.16525466305646602], [0.0, -0.6844332028283687]])
    backward = student('backward', backward)
    parts = ('loss', 'dW1', 'dW2')
    because = 'dW2 is the outer product of p - onehot(target) with h, in the shape of W2'
    expect(backward, [2.0], 1, [[0.25]], [[1.0], [-1.0]]).to_equal((..., ..., WORKED[2]), parts=parts, because=because)
    expect(backward, (1, 0, -2), 3, WHOLE_W1, WHOLE_W2).to_equal((..., ..., WHOLE[2]), parts=parts, because=because)

@test_case(points=None, hidden=False, 
    failure_message="Stage 3: dW1.")
def stage_3_back_to_w1(backward):
    """Stage 3: dW1."""
    from checking import expect, student
    WORKED = (1.2584433876122911, [[2.2520845953421653]], [[0.33083156307911626], [-0.33083156307911626]])
    WHOLE_W1 = [[0, 1, 0], [1, 0, 0]]
    WHOLE_W2 = [[1, 0], [0, 1], [2, 0], [0, -1]]
    WHOLE = (2.28952026949896, [[0.650955611059328, 0.0, -1.301911222118656], [0.572592800813195, 0.0, -1.14518560162639]], [[0.0, 0.16525466305646602], [0.0, 0.3539238767154366], [0.0, 0.16525466305646602], [0.0, -0.6844332028283687]])
    backward = student('backward', backward)
    parts = ('loss', 'dW1', 'dW2')
    because = 'back through W2 and through tanh, then the outer product with x, in the shape of W1'
    expect(backward, [2.0], 1, [[0.25]], [[1.0], [-1.0]]).to_equal((..., WORKED[1], ...), parts=parts, because=because)
    expect(backward, (1, 0, -2), 3, WHOLE_W1, WHOLE_W2).to_equal((..., WHOLE[1], ...), parts=parts, because=because)
