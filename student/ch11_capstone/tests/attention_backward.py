from otter.test_files import test_case

OK_FORMAT = False

name = "attention_backward"
points = 10

@test_case(points=None, hidden=False, 
    failure_message="The third matrix is dV, in the shape of V: what each value was given of the slopes.")
def takes_the_values_way(attention_backward):
    """The third matrix is dV, in the shape of V: what each value was given of the slopes."""
    from checking import expect, student
    PARTS = ('dQ', 'dK', 'dV')
    attention_backward = student('attention_backward', attention_backward)
    expect(attention_backward, [[1.0]], [[2.0]], [[1.0], [0.0]], [[4.0], [0.0]], [[0.75, 0.25]]).to_equal(([[0.75]], [[1.5], [-1.5]], [[0.75], [0.25]]), parts=PARTS, because='dV = A^T dO: every query hands its slopes to the values in proportion to its weights')

@test_case(points=None, hidden=False, 
    failure_message="Two queries and three keys: dQ, dK and dV, as lists or arrays.")
def takes_two_queries_and_three_keys(attention_backward):
    """Two queries and three keys: dQ, dK and dV, as lists or arrays."""
    from checking import expect, student
    import numpy as np
    TWO_SLOPES = [[1.0, -2.0], [0.5, 3.0]]
    TWO_QUERIES = [[1.0, 2.0, 0.0, -1.0], [0.5, 0.0, 1.0, 2.0]]
    THREE_KEYS = [[2.0, 1.0, 0.0, 1.0], [0.0, 0.5, 2.0, 1.0], [-2.0, 1.0, 1.0, 0.0]]
    THREE_VALUES = [[6.0, 0.0], [0.5, 3.0], [-2.0, 1.0]]
    ALL_SEEN = [[0.6914384540362276, 0.15428077298188622, 0.15428077298188622], [0.3482074278837348, 0.5740969929676946, 0.07769557914857059]]
    TWO_BY_THREE = ([[3.32457942811262, 0.3156184789215232, -1.7780002937927248, 0.5155263781066318], [-0.8719120893535854, -0.393197505265809, 1.397570538135824, 0.17521948292741296]], [[0.8411755721475755, 2.2935266718993566, -0.6111755276042055, -2.369114391158089], [-0.23803945257723724, -1.262473915686093, 0.7863950105316184, 2.2040269789062834], [-0.6031361195703382, -1.0310527562132636, -0.17521948292741277, 0.1650874122518063]], [[0.865542167978095, -0.33825462442125076], [0.4413292694657335, 1.413729432939311], [0.1931285625561715, -0.07547480851806068]])
    PARTS = ('dQ', 'dK', 'dV')
    attention_backward = student('attention_backward', attention_backward)
    because = 'follow the four formulas: dA first, then dS row by row, then dQ = dS K and dK = dS^T Q'
    expect(attention_backward, TWO_SLOPES, TWO_QUERIES, THREE_KEYS, THREE_VALUES, ALL_SEEN).to_equal(TWO_BY_THREE, parts=PARTS, because=because)
    expect(attention_backward, np.array(TWO_SLOPES), np.array(TWO_QUERIES), np.array(THREE_KEYS), np.array(THREE_VALUES), np.array(ALL_SEEN)).to_equal(TWO_BY_THREE, parts=PARTS, because=because)

@test_case(points=None, hidden=False, 
    failure_message="A weight that a mask made 0 passes nothing on to its score.")
def sends_nothing_through_a_mask(attention_backward):
    """A weight that a mask made 0 passes nothing on to its score."""
    from checking import expect, student
    TWO_SLOPES = [[1.0, -2.0], [0.5, 3.0]]
    TWO_QUERIES = [[1.0, 2.0, 0.0, -1.0], [0.5, 0.0, 1.0, 2.0]]
    THREE_KEYS = [[2.0, 1.0, 0.0, 1.0], [0.0, 0.5, 2.0, 1.0], [-2.0, 1.0, 1.0, 0.0]]
    THREE_VALUES = [[6.0, 0.0], [0.5, 3.0], [-2.0, 1.0]]
    PARTLY_SEEN = [[0.8175744761936437, 0.0, 0.18242552380635635], [0.0, 0.8807970779778824, 0.11920292202211755]]
    PARTLY = ([[2.982929041406657, 0.0, -0.7457322603516643, 0.7457322603516643], [0.7612034941754222, -0.1903008735438555, 0.38060174708771133, 0.3806017470877112]], [[0.7457322603516643, 1.4914645207033286, 0.0, -0.7457322603516643], [0.1903008735438556, 0.0, 0.3806017470877112, 0.7612034941754224], [-0.9360331338955199, -1.4914645207033286, -0.3806017470877111, -0.015471233823757924]], [[0.8175744761936437, -1.6351489523872873], [0.4403985389889412, 2.6423912339336475], [0.24202698481741514, -0.007242281546360085]])
    PARTS = ('dQ', 'dK', 'dV')
    attention_backward = student('attention_backward', attention_backward)
    expect(attention_backward, TWO_SLOPES, TWO_QUERIES, THREE_KEYS, THREE_VALUES, PARTLY_SEEN).to_equal(PARTLY, parts=PARTS, because='the weights that are handed in count, and a hidden one is 0')

@test_case(points=None, hidden=False, 
    failure_message="Queries and keys of different widths: ValueError.")
def refuses_keys_of_another_width(attention_backward):
    """Queries and keys of different widths: ValueError."""
    from checking import expect, student
    PARTS = ('dQ', 'dK', 'dV')
    attention_backward = student('attention_backward', attention_backward)
    expect(attention_backward, [[1.0]], [[2.0]], [[1.0], [0.0]], [[4.0], [0.0]], [[0.5, 0.5]]).to_equal(([[1.0]], [[2.0], [-2.0]], [[0.5], [0.5]]), parts=PARTS)
    expect(attention_backward, [[1.0]], [[2.0, 1.0, 5.0]], [[1.0], [0.0]], [[4.0], [0.0]], [[0.5, 0.5]]).to_be_refused(ValueError, because='no product of the way back brings Q and K together: compare their widths yourself')

@test_case(points=0.5, hidden=False, 
    failure_message="The message of that ValueError names both widths, or whatever else does not fit.")
def names_both_widths(attention_backward):
    """The message of that ValueError names both widths, or whatever else does not fit."""
    from checking import expect, student
    PARTS = ('dQ', 'dK', 'dV')
    attention_backward = student('attention_backward', attention_backward)
    expect(attention_backward, [[2.0]], [[2.0]], [[1.0], [0.0]], [[4.0], [0.0]], [[0.5, 0.5]]).to_equal(([[2.0]], [[4.0], [-4.0]], [[1.0], [1.0]]), parts=PARTS)
    expect(attention_backward, [[1.0]], [[2.0, 1.0, 5.0]], [[1.0, 0.0, 0.5, 3.0], [0.0, 2.0, 1.0, 1.0]], [[4.0], [0.0]], [[0.5, 0.5]]).to_be_refused(ValueError, naming=[3, 4], because='put the shapes into the message')
    expect(attention_backward, [[1.0]], [[0.5]], [[1.0], [0.0]], [[4.0], [0.0]], [[0.5, 0.25, 0.25]]).to_be_refused(ValueError, naming=[2, 3], because='name the shapes that do not fit, whichever they are')
