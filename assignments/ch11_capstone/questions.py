"""Chapter XI: what is asked of the way back through attention, and of what training costs."""

import math

import numpy as np

from autograder.course.domains import ANY_DISTRIBUTION, ANY_REALS, among, matrices, shapes, without
from autograder.course.question import Question, Reading, WorkedValue, expect

# The way back by the definition, one number at a time; the values below are worked out with it. -------------


def slow_weights(Q, K, mask=None):
    rows = []
    for i, query in enumerate(Q):
        scores = [sum(q * k for q, k in zip(query, key, strict=True)) / math.sqrt(len(key)) for key in K]
        shares = [math.exp(s) if mask is None or mask[i][j] else 0.0 for j, s in enumerate(scores)]
        rows.append([share / math.fsum(shares) for share in shares])
    return rows


def slow_backward(dO, Q, K, V, A):
    queries, keys, width, depth = range(len(Q)), range(len(K)), range(len(K[0])), range(len(V[0]))
    dV = [[math.fsum(A[i][j] * dO[i][c] for i in queries) for c in depth] for j in keys]
    dA = [[math.fsum(dO[i][c] * V[j][c] for c in depth) for j in keys] for i in queries]
    # Softmax's Jacobian as Chapter IX has it, p_j (delta_jl - p_l), without taking anything together.
    dS = [
        [
            math.fsum(dA[i][x] * A[i][x] * ((x == j) - A[i][j]) for x in keys) / math.sqrt(len(K[0]))
            for j in keys
        ]
        for i in queries
    ]
    dQ = [[math.fsum(dS[i][j] * K[j][c] for j in keys) for c in width] for i in queries]
    dK = [[math.fsum(dS[i][j] * Q[i][c] for i in queries) for c in width] for j in keys]
    return dQ, dK, dV


PARTS = ("dQ", "dK", "dV")

# By hand ----------------------------------------------------------------------------------------------------

uniform_guess = WorkedValue(
    points=2,
    source="Chapter XI",
    meaning="A model that knows nothing starts here. A loss well above it is a model that is sure and wrong;"
    " the first thing to look at in a training log is whether its first line is near ln V.",
    numbers={"V": 26},
    tolerance=0.001,
    answer_as="[loss, perplexity], the loss to three decimals",
    because="each of V tokens has the probability 1/V; the loss is in nats, so the logarithm is natural",
)


@uniform_guess.draw
def another_vocabulary(rng):
    return {"V": rng.choice([8, 12, 30, 40, 64, 96, 128, 256, 512, 1000])}


the_wall = WorkedValue(
    points=3,
    source="Chapter XI",
    meaning="Each evaluation itself costs more the more parameters there are, so a numerical gradient grows"
    " with their square. Backpropagation costs about as much as three evaluations, whatever their number.",
    numbers={"V": 26, "n": 32, "d": 32, "h": 64},
    tolerance=None,
    answer_as="[parameters, evaluations]",
    because="count rows times columns of every matrix in the table and the two biases; a central difference"
    " evaluates the loss on both sides of the point",
)


@the_wall.draw
def another_size(rng):
    return {
        "V": rng.choice([26, 28, 40, 64, 96]),
        "n": rng.choice([16, 24, 48, 64]),
        "d": rng.choice([16, 32, 64]),
        "h": rng.choice([80, 100, 128, 256]),
    }


scores_slope = WorkedValue(
    points=2,
    source="Chapter XI",
    meaning="The slopes of a row of scores sum to 0: adding the same to all scores changes no weight. A key"
    " whose slope is just the mean is left where it is.",
    numbers={"A": [0.5, 0.3, 0.2], "dA": [2, -1, 1], "d_k": 4},
    tolerance=0.001,
    answer_as="a list of three numbers, to three decimals",
    because="first the weighted mean of the row dA with the weights A; then each slope less that mean, times"
    " its weight, over the root of d_k",
)


@scores_slope.draw
def other_slopes(rng):
    weights = [[0.5, 0.3, 0.2], [0.6, 0.3, 0.1], [0.5, 0.4, 0.1], [0.7, 0.2, 0.1], [0.6, 0.25, 0.15]]
    while True:
        A, dA = rng.sample(rng.choice(weights), 3), rng.sample([-3, -2, -1, 1, 2, 3, 4], 3)
        # A mean near 0 would make the answer without it right as well.
        if abs(sum(weight * slope for weight, slope in zip(A, dA, strict=True))) > 0.3:
            return {"A": A, "dA": dA, "d_k": rng.choice([4, 9, 16])}


# The way back -----------------------------------------------------------------------------------------------

# Two queries and three keys of four components; values of two.
TWO_QUERIES = [[1.0, 2.0, 0.0, -1.0], [0.5, 0.0, 1.0, 2.0]]
THREE_KEYS = [[2.0, 1.0, 0.0, 1.0], [0.0, 0.5, 2.0, 1.0], [-2.0, 1.0, 1.0, 0.0]]
THREE_VALUES = [[6.0, 0.0], [0.5, 3.0], [-2.0, 1.0]]
TWO_SLOPES = [[1.0, -2.0], [0.5, 3.0]]
ALL_SEEN = slow_weights(TWO_QUERIES, THREE_KEYS)
TWO_BY_THREE = slow_backward(TWO_SLOPES, TWO_QUERIES, THREE_KEYS, THREE_VALUES, ALL_SEEN)
PARTLY_SEEN = slow_weights(TWO_QUERIES, THREE_KEYS, [[True, False, True], [False, True, True]])
PARTLY = slow_backward(TWO_SLOPES, TWO_QUERIES, THREE_KEYS, THREE_VALUES, PARTLY_SEEN)

# As many queries as keys as components as values: no shape tells a mix-up.
SQUARE_Q = [[1.0, 0.5, -1.0], [0.0, 2.0, 1.0], [1.5, -2.0, 0.5]]
SQUARE_K = [[0.5, 1.0, 2.0], [2.0, 0.0, -0.5], [-1.0, 1.5, 1.0]]
SQUARE_V = [[3.0, -1.0, 0.5], [0.0, 2.0, 1.0], [1.0, 4.0, -2.0]]
SQUARE_SLOPES = [[0.5, 1.0, -1.0], [2.0, 0.0, 1.5], [-0.5, 1.0, 3.0]]
CAUSAL = slow_weights(SQUARE_Q, SQUARE_K, [[j <= i for j in range(3)] for i in range(3)])
SQUARE = slow_backward(SQUARE_SLOPES, SQUARE_Q, SQUARE_K, SQUARE_V, CAUSAL)

# Three queries of one component, two keys, values of five.
NARROW_Q, NARROW_K = [[1.0], [-0.5], [2.0]], [[0.5], [-1.5]]
WIDE_V = [[1.0, 0.0, 2.0, 5.0, -1.0], [0.0, 3.0, -2.0, 1.0, 4.0]]
WIDE_SLOPES = [[1.0, 0.5, 0.0, -1.0, 2.0], [0.0, 1.0, -1.5, 0.5, 0.0], [2.0, -1.0, 1.0, 0.0, 0.5]]
NARROW_A = slow_weights(NARROW_Q, NARROW_K)
NARROW = slow_backward(WIDE_SLOPES, NARROW_Q, NARROW_K, WIDE_V, NARROW_A)

WHOLE_Q, WHOLE_K = [[100, -100, 7, 1], [0, 3, 90, -2]], [[100, 27, -100, 1], [5, -120, 0, 90]]
WHOLE_V, WHOLE_SLOPES = [[100, -3], [120, 90]], [[110, 2], [-100, 50]]
WHOLE_A = [[0.25, 0.75], [0.5, 0.5]]
WHOLE = slow_backward(WHOLE_SLOPES, WHOLE_Q, WHOLE_K, WHOLE_V, WHOLE_A)

# Numbers of which every digit counts.
FINE_Q, FINE_K = (
    [[0.0123456789, -1.4142135624]],
    [[0.5772156649, 1.6180339887], [-0.6931471806, 0.3010299957]],
)
FINE_V, FINE_SLOPES = [[2.7182818285], [-3.1415926536]], [[1.7320508076]]
FINE_A = [[0.36787944117, 0.63212055883]]
FINE = slow_backward(FINE_SLOPES, FINE_Q, FINE_K, FINE_V, FINE_A)

# Rows that occur twice, in every matrix.
TWICE_Q, TWICE_K = [[1, 2], [1, 2], [3, -1]], [[200, 7], [200, 7], [0, 90]]
TWICE_V, TWICE_SLOPES = [[4, 0], [1, 5], [1, 5]], [[2, 1], [-1, 3], [-1, 3]]
TWICE_A = [[0.5, 0.25, 0.25], [0.5, 0.25, 0.25], [0.125, 0.375, 0.5]]
TWICE = slow_backward(TWICE_SLOPES, TWICE_Q, TWICE_K, TWICE_V, TWICE_A)
MIXED = slow_backward(TWICE_SLOPES, SQUARE_Q, SQUARE_K, TWICE_V, TWICE_A)
EQUAL_RESULTS = slow_backward([[2], [2]], [[1], [1]], [[3], [-1]], [[4], [1]], [[0.5, 0.5], [0.5, 0.5]])

attention_backward = Question(
    points=10,
    source="Chapter XI",
    meaning="Five products and a row sum, the same for every attention layer ever trained. FlashAttention's"
    " backward pass is these lines, done block by block so that A never has to be stored.",
)


@attention_backward.check
def takes_the_values_way(attention_backward):
    """The third matrix is dV, in the shape of V: what each value was given of the slopes."""
    expect(attention_backward, [[1.0]], [[2.0]], [[1.0], [0.0]], [[4.0], [0.0]], [[0.75, 0.25]]).to_equal(
        ([[0.75]], [[1.5], [-1.5]], [[0.75], [0.25]]),
        parts=PARTS,
        because="dV = A^T dO: every query hands its slopes to the values in proportion to its weights",
    )


@attention_backward.check
def takes_two_queries_and_three_keys(attention_backward):
    """Two queries and three keys: dQ, dK and dV, as lists or arrays."""
    because = "follow the four formulas: dA first, then dS row by row, then dQ = dS K and dK = dS^T Q"
    expect(attention_backward, TWO_SLOPES, TWO_QUERIES, THREE_KEYS, THREE_VALUES, ALL_SEEN).to_equal(
        TWO_BY_THREE, parts=PARTS, because=because
    )
    expect(
        attention_backward,
        np.array(TWO_SLOPES),
        np.array(TWO_QUERIES),
        np.array(THREE_KEYS),
        np.array(THREE_VALUES),
        np.array(ALL_SEEN),
    ).to_equal(TWO_BY_THREE, parts=PARTS, because=because)


@attention_backward.check
def sends_nothing_through_a_mask(attention_backward):
    """A weight that a mask made 0 passes nothing on to its score."""
    expect(attention_backward, TWO_SLOPES, TWO_QUERIES, THREE_KEYS, THREE_VALUES, PARTLY_SEEN).to_equal(
        PARTLY, parts=PARTS, because="the weights that are handed in count, and a hidden one is 0"
    )


@attention_backward.check
def refuses_keys_of_another_width(attention_backward):
    """Queries and keys of different widths: ValueError."""
    expect(attention_backward, [[1.0]], [[2.0]], [[1.0], [0.0]], [[4.0], [0.0]], [[0.5, 0.5]]).to_equal(
        ([[1.0]], [[2.0], [-2.0]], [[0.5], [0.5]]), parts=PARTS
    )
    expect(
        attention_backward, [[1.0]], [[2.0, 1.0, 5.0]], [[1.0], [0.0]], [[4.0], [0.0]], [[0.5, 0.5]]
    ).to_be_refused(
        ValueError,
        because="no product of the way back brings Q and K together: compare their widths yourself",
    )


# Wording costs a twentieth of the question, and no more.
@attention_backward.check(points=0.5)
def names_both_widths(attention_backward):
    """The message of that ValueError names both widths, or whatever else does not fit."""
    expect(attention_backward, [[2.0]], [[2.0]], [[1.0], [0.0]], [[4.0], [0.0]], [[0.5, 0.5]]).to_equal(
        ([[2.0]], [[4.0], [-4.0]], [[1.0], [1.0]]), parts=PARTS
    )
    expect(
        attention_backward,
        [[1.0]],
        [[2.0, 1.0, 5.0]],
        [[1.0, 0.0, 0.5, 3.0], [0.0, 2.0, 1.0, 1.0]],
        [[4.0], [0.0]],
        [[0.5, 0.5]],
    ).to_be_refused(ValueError, naming=[3, 4], because="put the shapes into the message")
    expect(
        attention_backward, [[1.0]], [[0.5]], [[1.0], [0.0]], [[4.0], [0.0]], [[0.5, 0.25, 0.25]]
    ).to_be_refused(ValueError, naming=[2, 3], because="name the shapes that do not fit, whichever they are")


@attention_backward.hidden
def tells_rows_from_columns(attention_backward):
    """All sizes equal, under the causal mask, where a missing transpose raises no error."""
    expect(attention_backward, SQUARE_SLOPES, SQUARE_Q, SQUARE_K, SQUARE_V, CAUSAL).to_equal(
        SQUARE, parts=PARTS, because="A is transposed in dV, V in dA, dS in dK, and nothing else"
    )


@attention_backward.hidden
def takes_keys_of_one_component(attention_backward):
    """More queries than keys, keys of one component and values of five."""
    expect(attention_backward, WIDE_SLOPES, NARROW_Q, NARROW_K, WIDE_V, NARROW_A).to_equal(
        NARROW, parts=PARTS, because="d_k is the width of the keys: not of the values, not their number"
    )


@attention_backward.hidden
def leaves_a_single_key_alone(attention_backward):
    """A single key has the weight 1 whatever its score, so no slope reaches queries and keys."""
    expect(
        attention_backward, [[3.0, 1.0], [-2.0, 4.0]], [[1.0], [5.0]], [[2.0]], [[7.0, -1.0]], [[1.0], [1.0]]
    ).to_equal(([[0.0], [0.0]], [[0.0]], [[1.0, 5.0]]), parts=PARTS)


@attention_backward.hidden
def leaves_its_arguments_as_they_were(attention_backward):
    """Arrays of floats go in twice, and none of them is changed."""
    arrays = [np.array(M) for M in (TWO_SLOPES, TWO_QUERIES, THREE_KEYS, THREE_VALUES, PARTLY_SEEN)]
    expect(attention_backward, *arrays).to_equal(PARTLY, parts=PARTS)


@attention_backward.hidden
def multiplies_integers_of_one_byte(attention_backward):
    """Integers of one byte, whose products are larger than a byte."""
    whole = [np.array(M, dtype=np.int8) for M in (WHOLE_SLOPES, WHOLE_Q, WHOLE_K, WHOLE_V)]
    expect(attention_backward, *whole, np.array(WHOLE_A)).to_equal(WHOLE, parts=PARTS)


@attention_backward.hidden
def keeps_every_digit(attention_backward):
    """Numbers with ten decimals, as lists and as arrays."""
    given = (FINE_SLOPES, FINE_Q, FINE_K, FINE_V, FINE_A)
    expect(attention_backward, *given).to_equal(FINE, parts=PARTS)
    expect(attention_backward, *[np.array(M) for M in given]).to_equal(FINE, parts=PARTS)


@attention_backward.hidden
def goes_back_through_many_tokens(attention_backward):
    """A dozen queries, twenty keys and values of nine numbers, and slopes in the millions."""
    Q, K = [[i % 5 / 4, 0.5] for i in range(12)], [[(7 * j % 20) / 8, -j % 3] for j in range(20)]
    V = [[(i * c) % 7 - 3 for c in range(1, 10)] for i in range(20)]
    dO = [[(i + 2 * c) % 5 - 1.5 for c in range(9)] for i in range(12)]
    A = slow_weights(Q, K)
    expect(attention_backward, dO, Q, K, V, A).to_equal(
        slow_backward(dO, Q, K, V, A), parts=PARTS, because="every query, key and value has slopes of its own"
    )
    expect(attention_backward, [[4000000]], [[5]], [[-3], [1000]], [[2], [-6]], [[0.5, 0.5]]).to_equal(
        ([[-8024000000.0]], [[40000000.0], [-40000000.0]], [[2000000.0], [2000000.0]]),
        parts=PARTS,
        because="no slope is too large: nothing is clipped",
    )


@attention_backward.hidden
def scales_keys_of_any_width(attention_backward):
    """Keys of nine components and of a thousand, and slopes that are very small."""
    Q, K, V = [[1, 0.5] * 512], [[2, 4] * 512, [1, 0] * 512], [[4.0], [0.0]]
    expect(attention_backward, [[1.0]], Q, K, V, [[0.75, 0.25]]).to_equal(
        (
            [[0.0234375, 0.09375] * 512],
            [[0.0234375, 0.01171875] * 512, [-0.0234375, -0.01171875] * 512],
            [[0.75], [0.25]],
        ),
        parts=PARTS,
        because="the divisor is the square root of d_k, however large that is",
    )
    nine = [[1, 0, 2, 0, 3, 0, 0, 1, 0], [0, 1, 0, -1, 0, 2, 0, 0, 4]]
    expect(attention_backward, [[3e-7], [-4e-10]], nine, nine, V, [[0.75, 0.25], [0.5, 0.5]]).to_equal(
        slow_backward([[3e-7], [-4e-10]], nine, nine, V, [[0.75, 0.25], [0.5, 0.5]]),
        parts=PARTS,
        because="no slope is small enough to be taken for 0",
    )
    # A weight of 2^-30 beside one of 1, which leave a slope of 100 times 2^-30.
    expect(attention_backward, [[25.0]], [[1.0]], [[100.0], [50.0]], V, [[1.0, 2**-30]]).to_equal(
        ([[-5000 * 2**-30]], [[0.0], [-100 * 2**-30]], [[25.0], [25 * 2**-30]]),
        parts=PARTS,
        because="no weight is small enough to be taken for 0",
    )


@attention_backward.hidden
def takes_equal_rows_and_mixed_types(attention_backward):
    """Rows that occur twice, each a query, key or value of its own, and matrices of different types."""
    expect(attention_backward, TWICE_SLOPES, TWICE_Q, TWICE_K, TWICE_V, TWICE_A).to_equal(
        TWICE, parts=PARTS, because="two queries that are alike still have slopes of their own"
    )
    expect(
        attention_backward,
        np.array(TWICE_SLOPES, dtype=np.int16),
        np.array(TWICE_Q, dtype=float),
        np.array(TWICE_K, dtype=np.uint8),
        np.array(TWICE_V, dtype=np.int8),
        np.array(TWICE_A),
    ).to_equal(TWICE, parts=PARTS)
    expect(
        attention_backward,
        np.array(TWICE_SLOPES, dtype=np.int64),
        np.array(SQUARE_Q),
        np.array(SQUARE_K),
        np.array(TWICE_V, dtype=np.int64),
        np.array(TWICE_A),
    ).to_equal(MIXED, parts=PARTS)
    dO, Q = np.array([[222, 1]], dtype=np.uint8), np.array([[156, 3]], dtype=np.uint8)
    K, V = (
        [[3.2626999477, 0.0003792529], [-1.6872829866, 0.7]],
        [[1.3300300922, 0.00051530936], [-0.21, 2.5]],
    )
    expect(attention_backward, dO, Q, K, np.array(V), [[0.375, 0.625]]).to_equal(
        slow_backward(dO.tolist(), Q.tolist(), K, V, [[0.375, 0.625]]), parts=PARTS
    )
    expect(
        attention_backward, [[2], [2]], [[1], [1]], [[3], [-1]], [[4], [1]], [[0.5, 0.5], [0.5, 0.5]]
    ).to_equal(EQUAL_RESULTS, parts=PARTS)


@attention_backward.hidden
def refuses_what_numpy_would_stretch(attention_backward):
    """One column of weights for two keys, slopes for one query too few, a value too many: ValueError."""
    because = "dO is (m, d_v), Q (m, d_k), K (n, d_k), V (n, d_v) and A (m, n): compare all five shapes"
    expect(attention_backward, [[1.0]], [[2.0]], [[1.0], [0.0]], [[4.0], [0.0]], [[0.25, 0.75]]).to_equal(
        ([[0.75]], [[1.5], [-1.5]], [[0.25], [0.75]]), parts=PARTS
    )
    for misfit in (
        ([[1.0]], [[2.0]], [[1.0], [0.0]], [[4.0], [0.0]], [[1.0]]),
        ([[1.0]], [[2.0]], [[1.0], [0.0]], [[4.0]], [[0.5, 0.5]]),
        ([[1.0]], [[2.0], [1.0]], [[1.0], [0.0]], [[4.0], [0.0]], [[0.5, 0.5], [0.5, 0.5]]),
        ([[1.0, 2.0]], [[2.0]], [[1.0], [0.0]], [[4.0], [0.0]], [[0.5, 0.5]]),
        ([[1.0]], [[2.0]], [[1.0, 3.0], [0.0, 1.0]], [[4.0], [0.0]], [[0.5, 0.5]]),
    ):
        expect(attention_backward, *misfit).to_be_refused(ValueError, because=because)


# Products of five matrices: numbers in the hundreds of thousands would leave nothing but rounding if slopes
# cancel, and numbers far below 1 nothing above it.
ORDINARY = without(ANY_REALS, "large numbers", "small numbers")
FEW = {label: ANY_REALS[label] for label in ("whole numbers", "many decimals", "halves and quarters")}
TINY = {"tiny numbers": lambda rng, n: [round(rng.uniform(-9e-7, 9e-7), 17) for _ in range(n)]}


@attention_backward.domain(
    atol=1e-6, because="if all slopes of a row are equal, rounding of their products is all that is left"
)
def slopes_and_their_matrices(draw):
    (m, n), d_k, d_v = draw(shapes()), draw(among(1, 2, 3, 5)), draw(among(1, 2, 3, 4))
    return {
        "dO": draw(matrices(m, d_v, of=ORDINARY)),
        "Q": draw(matrices(m, d_k, of=ORDINARY)),
        "K": draw(matrices(n, d_k, of=ORDINARY)),
        "V": draw(matrices(n, d_v, of=ORDINARY)),
        "A": draw(matrices(m, n, of=ANY_DISTRIBUTION, mixed=True)),
    }


@attention_backward.domain
def slopes_that_are_very_small(draw):
    (m, n), d_k, d_v = draw(shapes()), draw(among(1, 2, 3)), draw(among(1, 2, 3))
    return {
        "dO": draw(matrices(m, d_v, of=TINY)),
        "Q": draw(matrices(m, d_k, of=FEW)),
        "K": draw(matrices(n, d_k, of=FEW)),
        "V": draw(matrices(n, d_v, of=FEW)),
        "A": draw(matrices(m, n, of=ANY_DISTRIBUTION, mixed=True)),
    }


@attention_backward.refuses(ValueError, naming=lambda dO, Q, K, V, A: [len(Q[0]), len(K[0])])
def keys_of_another_width(draw):
    (m, n), d_k, d_v = draw(shapes()), draw(among(1, 2, 3)), draw(among(1, 2, 3))
    return {
        "dO": draw(matrices(m, d_v, of=ORDINARY)),
        "Q": draw(matrices(m, d_k, of=ORDINARY)),
        "K": draw(matrices(n, d_k + draw(among(1, 2)), of=ORDINARY)),
        "V": draw(matrices(n, d_v, of=ORDINARY)),
        "A": draw(matrices(m, n, of=ANY_DISTRIBUTION, mixed=True)),
    }


@attention_backward.refuses(ValueError)
def one_column_of_weights(draw):
    (m, n), d_k, d_v = draw(shapes()), draw(among(1, 2, 3)), draw(among(1, 2, 3))
    return {
        "dO": draw(matrices(m, d_v, of=ORDINARY)),
        "Q": draw(matrices(m, d_k, of=ORDINARY)),
        "K": draw(matrices(n + 1, d_k, of=ORDINARY)),
        "V": draw(matrices(n + 1, d_v, of=ORDINARY)),
        "A": draw(matrices(m, 1, of=ANY_DISTRIBUTION, mixed=True)),
    }


# Reading ----------------------------------------------------------------------------------------------------

reading_11 = Reading(
    points=3,
    source="Chapter XI",
    meaning="Maximizing a sum of logarithms and minimizing the mean cross-entropy are the same training. The"
    " sum depends on how long the text is; the mean can be compared between texts, which is why logs print"
    " it.",
    numbers={"p": [0.5, 0.25, 0.8, 0.1], "k": 4, "i": 9},
    tolerance=(0.001, 0.001, None),
    answer_as="[objective, loss per token, subscript], the first two to three decimals",
    because="the objective adds up natural logarithms and has no minus sign; the loss of Chapter VII is a"
    " mean with one; count the condition's subscripts in the formula",
)


@reading_11.draw
def another_text(rng):
    return {
        "p": rng.sample([0.5, 0.25, 0.8, 0.1, 0.2, 0.4, 0.05, 0.9], 4),
        "k": rng.choice([3, 4, 5, 6]),
        "i": rng.choice([10, 11, 12, 15, 20]),
    }
