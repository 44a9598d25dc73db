from otter.test_files import test_case

OK_FORMAT = False

name = "multi_head_attention"
points = 4

@test_case(points=None, hidden=False, 
    failure_message="One head: its attention, then W_O.")
def is_one_head_and_a_mix(multi_head_attention):
    """One head: its attention, then W_O."""
    from checking import expect, student
    ONE_HEAD_X = [[1, 0], [0, 1], [1, 1]]
    ONE_HEAD = [([[1, 0], [1, 2]], [[0, 1], [1, -1]], [[2, 0], [1, 3]])]
    ONE_HEAD_W_O = [[1, 2], [0, -1]]
    ONE_HEAD_OUTPUT = [[2.0, 1.5933274439212846], [2.231375619722955, 3.3227065935809286], [2.3374248223228093, 3.012274466968429]]
    multi_head_attention = student('multi_head_attention', multi_head_attention)
    expect(multi_head_attention, ONE_HEAD_X, ONE_HEAD, ONE_HEAD_W_O).to_equal(ONE_HEAD_OUTPUT, because='project the tokens, attend, and multiply the output by W_O')

@test_case(points=None, hidden=False, 
    failure_message="Five tokens and two heads: the outputs side by side, then W_O.")
def puts_two_heads_side_by_side(multi_head_attention):
    """Five tokens and two heads: the outputs side by side, then W_O."""
    from checking import expect, student
    import numpy as np
    FIVE_TOKENS = [[1.0, 0.5, -1.0, 0.0], [0.0, 1.0, 0.5, -0.5], [-1.0, 0.0, 1.0, 0.5], [0.5, -0.5, 0.0, 1.0], [1.0, 1.0, -0.5, 0.5]]
    TWO_HEADS = [([[1.0, 0.0, 0.5], [0.0, 1.0, -0.5], [0.5, 0.0, 1.0], [-1.0, 0.5, 0.0]], [[0.0, 1.0, 0.5], [1.0, 0.0, 0.0], [-0.5, 0.5, 1.0], [0.0, -1.0, 0.5]], [[1.0, 2.0], [0.0, 1.0], [3.0, 0.0], [1.0, -1.0]]), ([[0.5, -1.0, 0.0], [1.0, 0.5, 0.0], [0.0, 0.5, -1.0], [0.5, 0.0, 1.0]], [[1.0, 0.0, -0.5], [0.5, 1.0, 0.0], [0.0, -1.0, 0.5], [1.0, 0.5, 0.0]], [[0.0, 1.0], [2.0, 0.0], [-1.0, 1.0], [0.0, 4.0]])]
    MIX_FOUR = [[1.0, 0.0, 0.5, 2.0], [0.0, 1.0, -1.0, 0.0], [3.0, 0.5, 0.0, 1.0], [0.0, -2.0, 1.0, 0.5]]
    TWO_HEADS_OUTPUT = [[-0.27566093565459404, -2.6674286054895697, 0.4970487182638069, 0.8216807839782818], [5.43220778808334, -0.8053934816596402, 0.0952823231988394, 2.714971719998837], [6.498021747252673, -1.767378142566106, 1.9675897133510065, 4.750685887609564], [0.9998777487768525, -3.3106619670661193, 2.121793622471998, 2.906595954526874], [1.5600755607763748, -2.7981413080659667, 0.6908935572123901, 1.593888801749249]]
    multi_head_attention = student('multi_head_attention', multi_head_attention)
    expect(multi_head_attention, np.array(FIVE_TOKENS), TWO_HEADS, MIX_FOUR).to_equal(TWO_HEADS_OUTPUT, because="a token's row holds first all that head 1 says, then all that head 2 says")
