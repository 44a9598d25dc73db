"""Chapter II: what is asked of the dot product and of similarity."""

import math

import numpy as np

from autograder.course.question import Question, Reading, WorkedValue, expect
from solutions import ch02_dot_product as reference

# Checks -----------------------------------------------------------------------------------------------------

dot = Question(points=3, source=["Figure 2", "Notation: a · b"])


@dot.check
def works_on_figure_2(dot):
    """Figure 2: [2, 5, 1] and [3, 1, 4]."""
    expect(dot, [2, 5, 1], [3, 1, 4]).to_equal(
        15.0,
        because="multiply first with first, second with second, third with third, then add the products up",
    )


@dot.check
def takes_any_two_vectors(dot):
    """Lists, tuples and arrays in any pairing, of one component or more; the arguments stay as they were."""
    expect(dot, (3,), [-2.5]).to_equal(-7.5, because="one component each is one product")
    expect(dot, np.array([0.5, 4.0]), (6, -1)).to_equal(
        -1.0, because="a product of components may be negative, and so may the sum"
    )
    expect(dot, np.array([1, 2, 0, 7]), np.array([4, -3, 5, 1])).to_equal(
        5.0, because="every pair of components counts"
    )


@dot.check
def refuses_other_dimensions(dot):
    """Two and three components: ValueError that names both dimensions."""
    expect(dot, [1.0, 2.0, 5.0], [0.5, 1.0, 2.0]).to_equal(12.5)
    expect(dot, [1.0, 2.0], [1.0, 2.0, 5.0]).to_be_refused(
        ValueError, naming=[2, 3], because="compare the dimensions first, and put both into the message"
    )


@dot.hidden
def multiplies_out(dot):
    """Many components; either order; a factor of one vector is a factor of the product."""
    a, b = [0.3, -1.7, 2.2, 0.0, 4.1], [1.9, 0.4, -0.6, 8.0, 0.5]
    expect(dot, a, b).to_equal(
        math.fsum([0.57, -0.68, -1.32, 0.0, 2.05]),
        because="add up the product of every pair; do not divide by how many there are",
    )
    expect(dot, [0.5] * 400, [1.5] * 400).to_equal(
        300.0, because="four hundred components are no other case than five"
    )
    expect(dot, b, a).to_equal(0.62, because="the factors of each product may change places")
    expect(dot, [10 * x for x in a], b).to_equal(
        6.2, because="the lengths of the vectors count here: do not bring them to length 1"
    )


@dot.hidden
def never_stretches_one_component(dot):
    """One component against four: refused, not stretched to fit."""
    expect(dot, [1.5], [-3.0]).to_equal(-4.5)
    stretched = (
        "NumPy's * stretches a vector of one component to any length without a word: compare the dimensions"
        " yourself"
    )
    expect(dot, [3.0], [1.0, 2.0, 4.0, 0.5]).to_be_refused(ValueError, naming=[1, 4], because=stretched)
    expect(dot, [1.0, 2.0, 4.0, 0.5], [3.0]).to_be_refused(ValueError, naming=[4, 1], because=stretched)


def both_arrays(a, b):
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    if len(a) != len(b):
        raise ValueError(f"dimensions {len(a)} and {len(b)}")
    return a, b


@dot.misconception(
    caught_by=works_on_figure_2,
    hint="These are the products, one a component. The dot product is their sum: a single number.",
)
def stops_at_the_products(a, b):
    a, b = both_arrays(a, b)
    return a * b


@dot.misconception(
    caught_by=works_on_figure_2,
    hint=(
        "This multiplies the sum of a by the sum of b. Multiply component by component first, and add"
        " afterwards."
    ),
)
def multiplies_the_sums(a, b):
    a, b = both_arrays(a, b)
    return float(a.sum() * b.sum())


@dot.misconception(
    caught_by=[works_on_figure_2, multiplies_out],
    hint="This is the mean of the products. The dot product is their sum: do not divide by n.",
)
def takes_the_mean_product(a, b):
    a, b = both_arrays(a, b)
    return float(np.mean(a * b))


@dot.misconception(
    caught_by=multiplies_out,
    hint=(
        "This divides by the magnitudes, which makes it cosine similarity. The dot product keeps the lengths."
    ),
)
def divides_by_the_magnitudes(a, b):
    a, b = both_arrays(a, b)
    return float(a @ b / (math.hypot(*a) * math.hypot(*b)))


@dot.misconception(
    caught_by=works_on_figure_2,
    hint="This adds the components of both vectors. The two components of a pair are multiplied.",
)
def adds_in_place_of_multiplying(a, b):
    a, b = both_arrays(a, b)
    return float(np.sum(a + b))


@dot.misconception(
    caught_by=never_stretches_one_component,
    hint=(
        "NumPy refuses two components times three by itself, and takes one times three: it stretches the one."
        " Compare the two dimensions before multiplying."
    ),
)
def lets_numpy_stretch(a, b):
    return float(np.sum(np.asarray(a, dtype=float) * np.asarray(b, dtype=float)))


@dot.misconception(
    caught_by=refuses_other_dimensions,
    hint=(
        "zip stops at the end of the shorter vector and drops the rest. Compare the dimensions first, and"
        " raise ValueError."
    ),
)
def stops_at_the_shorter(a, b):
    return float(sum(x * y for x, y in zip(a, b, strict=False)))


@dot.misconception(
    caught_by=takes_any_two_vectors, hint="int cuts the fractions off: 0.5 becomes 0. Use dtype=float."
)
def cuts_fractions_off(a, b):
    both_arrays(a, b)
    return int(np.sum(np.array(a, dtype=int) * np.array(b, dtype=int)))


@dot.misconception(
    caught_by=takes_any_two_vectors,
    hint="a *= b writes the products over the caller's own array. Give them a name of their own.",
)
def multiplies_in_place(a, b):
    a, b = both_arrays(a, b)
    a *= b
    return float(a.sum())


@dot.alternative
def pair_by_pair(a, b):
    if len(a) != len(b):
        raise ValueError(f"{len(a)} components against {len(b)}")
    total = 0
    for i in range(len(a)):
        total += a[i] * b[i]
    return total


@dot.alternative
def as_a_matrix_product(a, b):
    # NumPy's own refusal names both sizes.
    return np.asarray(a) @ np.asarray(b)


@dot.alternative
def dot_in_single_precision(a, b):
    a, b = np.array(a, dtype=np.float32), np.array(b, dtype=np.float32)
    if a.shape != b.shape:
        raise ValueError(f"shapes {a.shape} and {b.shape}")
    return np.sum(a * b)


cosine_similarity = Question(points=4, source=["Example 2", "Notation: cos(θ)"])


@cosine_similarity.check
def works_on_example_2(cosine_similarity):
    """Example 2: [2, 5, 1] and [3, 4, 2]."""
    expect(cosine_similarity, [2, 5, 1], [3, 4, 2]).to_equal(
        28 / math.sqrt(30 * 29), because="divide the dot product by both magnitudes, each with its root"
    )


@cosine_similarity.check
def runs_from_minus_one_to_one(cosine_similarity):
    """Same way, at right angles, opposite; lists, tuples and arrays."""
    expect(cosine_similarity, (0, 2), [0.0, 0.25]).to_equal(
        1.0, because="vectors of different length that point the same way have similarity 1"
    )
    expect(cosine_similarity, np.array([4.0, 0.0, 1.0]), (0, 3, 0)).to_equal(
        0.0, because="a dot product of 0 gives 0, whatever the lengths"
    )
    expect(cosine_similarity, [3], np.array([-0.5])).to_equal(
        -1.0, because="opposite vectors have similarity -1: the sign stays"
    )


@cosine_similarity.check
def refuses_the_zero_vector(cosine_similarity):
    """The zero vector on either side: ValueError."""
    expect(cosine_similarity, [1.0, 0.0], [3.0, 4.0]).to_equal(0.6)
    expect(cosine_similarity, [0, 0], [3, 4]).to_be_refused(
        ValueError, because="the zero vector has no direction: check both magnitudes, and raise ValueError"
    )
    expect(cosine_similarity, [3.0, 4.0], [0.0, 0.0]).to_be_refused(
        ValueError, because="the zero vector has no direction: check both magnitudes, and raise ValueError"
    )


@cosine_similarity.hidden
def forgets_the_lengths(cosine_similarity):
    """Stretching either vector changes nothing; turning one of them round changes the sign."""
    a, b = [0.4, -1.1, 2.3, 0.9], [1.6, 0.2, 0.5, -2.0]
    lengths = math.sqrt(math.fsum(x * x for x in a)) * math.sqrt(math.fsum(x * x for x in b))
    c = math.fsum([0.64, -0.22, 1.15, -1.8]) / lengths
    expect(cosine_similarity, a, b).to_equal(c, because="the dot product over both magnitudes")
    expect(cosine_similarity, [500 * x for x in a], [0.01 * x for x in b]).to_equal(
        c, because="both magnitudes stand below the line, so that both lengths cancel"
    )
    expect(cosine_similarity, [1e-5 * x for x in a], [-1e-5 * x for x in b]).to_equal(
        -c,
        because=(
            "divide by the magnitudes alone: a small number added below the line bends the result for short"
            " vectors"
        ),
    )


@cosine_similarity.hidden
def stays_within_its_bounds(cosine_similarity):
    """Parallel vectors never give more than 1, nor opposite ones less than -1, however the arithmetic
    rounds."""
    expect(cosine_similarity, [1.0, 2.0], [3.0, 1.0]).to_equal(math.sqrt(0.5))
    for k in range(1, 25):
        v = [0.1 * k, 0.3 * k + 0.1, -0.7]
        expect(cosine_similarity, v, v).to_be_between(
            -1, 1, because="rounding can carry the quotient just past 1: clip it to the range from -1 to 1"
        )
        expect(cosine_similarity, v, [-3 * x for x in v]).to_be_between(
            -1, 1, because="rounding can carry the quotient just past -1: clip it"
        )
        expect(cosine_similarity, v, v).to_equal(1.0, because="a vector and itself have similarity 1")


def refuse_zero(a, b):
    a, b = both_arrays(a, b)
    if not np.any(a) or not np.any(b):
        raise ValueError("the zero vector")
    return a, b, math.hypot(*a), math.hypot(*b)


@cosine_similarity.misconception(
    caught_by=works_on_example_2, hint="This is the dot product. Divide it by both magnitudes."
)
def leaves_out_the_division(a, b):
    a, b, _, _ = refuse_zero(a, b)
    return float(a @ b)


@cosine_similarity.misconception(
    caught_by=works_on_example_2,
    hint="This divides by the magnitude of a alone. The magnitude of b stands below the line as well.",
)
def divides_by_one_magnitude(a, b):
    a, b, length, _ = refuse_zero(a, b)
    return float(a @ b / length)


@cosine_similarity.misconception(
    caught_by=works_on_example_2,
    hint="This divides by the magnitudes squared. Each sum of squares needs its square root.",
)
def divides_by_the_squares(a, b):
    a, b, _, _ = refuse_zero(a, b)
    return float(a @ b / ((a @ a) * (b @ b)))


@cosine_similarity.misconception(
    caught_by=works_on_example_2, hint="The two magnitudes are multiplied, not added."
)
def adds_the_magnitudes(a, b):
    a, b, length, other = refuse_zero(a, b)
    return float(a @ b / (length + other))


@cosine_similarity.misconception(
    caught_by=works_on_example_2,
    hint=(
        "In Python a / b * c divides by b alone and multiplies by c. Put both magnitudes into brackets: a /"
        " (b * c)."
    ),
)
def forgets_the_brackets(a, b):
    a, b, length, other = refuse_zero(a, b)
    return float(a @ b / length * other)


@cosine_similarity.misconception(
    caught_by=stays_within_its_bounds,
    hint=(
        "For parallel vectors rounding can give 1.0000000000000002. Clip the quotient to the range from -1 to"
        " 1 before returning it."
    ),
)
def does_not_clip(a, b):
    a, b, _, _ = refuse_zero(a, b)
    return float(np.dot(a, b) / (np.linalg.norm(a) * np.linalg.norm(b)))


@cosine_similarity.misconception(
    caught_by=runs_from_minus_one_to_one,
    hint="This clips at 0, and negative similarities are lost. The range goes from -1 to 1.",
)
def clips_at_zero(a, b):
    refuse_zero(a, b)
    return max(0.0, reference.cosine_similarity(a, b))


@cosine_similarity.misconception(
    caught_by=runs_from_minus_one_to_one,
    hint="The absolute value makes opposite vectors look alike. The sign belongs to the answer.",
)
def drops_the_sign(a, b):
    refuse_zero(a, b)
    return abs(reference.cosine_similarity(a, b))


@cosine_similarity.misconception(
    caught_by=works_on_example_2,
    hint="This is the cosine distance, 1 minus the similarity. Return the similarity itself.",
)
def gives_the_cosine_distance(a, b):
    refuse_zero(a, b)
    return 1 - reference.cosine_similarity(a, b)


@cosine_similarity.misconception(
    caught_by=refuses_the_zero_vector,
    hint=(
        "0 / 0 is nan, and it spreads. The zero vector has no direction to compare: raise ValueError for it,"
        " on either side."
    ),
)
def divides_zero_by_zero(a, b):
    a, b = both_arrays(a, b)
    with np.errstate(all="ignore"):
        return float(np.clip(np.float64(a @ b) / (np.linalg.norm(a) * np.linalg.norm(b)), -1, 1))


@cosine_similarity.misconception(
    caught_by=refuses_the_zero_vector,
    hint=(
        "A similarity of 0 says that two directions are at right angles. The zero vector has no direction:"
        " raise ValueError."
    ),
)
def calls_the_zero_vector_unrelated(a, b):
    a, b = both_arrays(a, b)
    if not np.any(a) or not np.any(b):
        return 0.0
    return reference.cosine_similarity(a, b)


@cosine_similarity.misconception(
    caught_by=forgets_the_lengths,
    hint=(
        "The small constant below the line bends the result for short vectors. Divide by the magnitudes"
        " alone, and refuse the zero vector."
    ),
)
def adds_a_small_constant(a, b):
    a, b, length, other = refuse_zero(a, b)
    return float(np.clip(a @ b / (length * other + 1e-8), -1, 1))


@cosine_similarity.alternative
def with_running_totals(a, b):
    product = a_squares = b_squares = 0.0
    for x, y in zip(a, b, strict=True):
        product += x * y
        a_squares += x * x
        b_squares += y * y
    if a_squares == 0 or b_squares == 0:
        raise ValueError("a zero vector has no direction")
    return min(1.0, max(-1.0, product / math.sqrt(a_squares) / math.sqrt(b_squares)))


@cosine_similarity.alternative
def of_unit_vectors(a, b):
    a, b = np.array(a, dtype=float), np.array(b, dtype=float)
    if np.linalg.norm(a) == 0 or np.linalg.norm(b) == 0:
        raise ValueError("zero vector")
    return np.clip((a / np.linalg.norm(a)) @ (b / np.linalg.norm(b)), -1, 1)


@cosine_similarity.alternative
def cosine_in_single_precision(a, b):
    a, b = np.array(a, dtype=np.float32), np.array(b, dtype=np.float32)
    if not a.any() or not b.any():
        raise ValueError("zero vector")
    return np.clip(np.dot(a, b) / (np.linalg.norm(a) * np.linalg.norm(b)), np.float32(-1), np.float32(1))


@cosine_similarity.alternative
def by_the_law_of_cosines(a, b):
    # ||u - v||^2 = 2 - 2 cos(theta) for unit vectors.
    a, b, length, other = refuse_zero(a, b)
    gap = a / length - b / other
    return 1 - float(np.sum(gap * gap)) / 2 if np.sum(gap * gap) < 4 else -1.0


angle_degrees = Question(points=2, source="Figure 3")

# arccos is steep at 1: where rounding leaves 1 - 1e-16, the angle is already 1e-6 degrees.
NEARLY = 1e-5


@angle_degrees.check
def measures_in_degrees(angle_degrees):
    """A half and a whole right angle."""
    expect(angle_degrees, [1, 0], [1, 1]).to_equal(
        45.0, because="take arccos of the cosine similarity, and turn radians into degrees"
    )
    expect(angle_degrees, (2, 0, 0), np.array([0.0, 0.5, 7.0])).to_equal(
        90.0, because="similarity 0 is a right angle, whatever the lengths"
    )


@angle_degrees.check
def finds_no_angle_between_a_vector_and_itself(angle_degrees):
    """A vector and itself are 0 degrees apart, a vector and its opposite 180; never nan."""
    for v in [[3.0, 1.0], [0.1, 0.4, -0.7], [0.4, 1.3, -0.7], [5], [1.7, 5.2, -0.7]]:
        expect(angle_degrees, v, v).to_equal(
            0.0,
            atol=NEARLY,
            because="where rounding carries the quotient past 1, arccos gives nan: clip it to [-1, 1] first",
        )
        expect(angle_degrees, v, [-3 * x for x in v]).to_equal(
            180.0,
            atol=NEARLY,
            because=(
                "opposite vectors are 180 degrees apart; where rounding carries the quotient past -1, arccos"
                " gives nan: clip it first"
            ),
        )


@angle_degrees.hidden
def agrees_with_angles_set_beforehand(angle_degrees):
    """Two directions set 17, 60 and 137 degrees apart, at unequal lengths, in either order."""
    for start, between in [(10, 60), (200, 17), (-35, 137)]:
        a = [3.2 * math.cos(math.radians(start)), 3.2 * math.sin(math.radians(start))]
        b = [0.7 * math.cos(math.radians(start + between)), 0.7 * math.sin(math.radians(start + between))]
        expect(angle_degrees, a, b).to_equal(
            float(between),
            because="an angle between vectors runs from 0 to 180 and does not depend on the lengths",
        )
        expect(angle_degrees, b, a).to_equal(
            float(between), because="from b to a is the same angle as from a to b, with no sign"
        )


@angle_degrees.misconception(
    caught_by=measures_in_degrees,
    hint="This is the angle in radians. Multiply by 180 / pi, or use math.degrees.",
)
def stays_in_radians(a, b):
    return math.radians(reference.angle_degrees(a, b))


@angle_degrees.misconception(
    caught_by=finds_no_angle_between_a_vector_and_itself,
    hint="arccos of 1.0000000000000002 is nan. Clip the quotient to the range from -1 to 1 before arccos.",
)
def takes_arccos_unclipped(a, b):
    a, b = both_arrays(a, b)
    with np.errstate(all="ignore"):
        return float(np.degrees(np.arccos(np.dot(a, b) / (np.linalg.norm(a) * np.linalg.norm(b)))))


@angle_degrees.misconception(
    caught_by=measures_in_degrees, hint="This is the cosine itself. The angle is arccos of it."
)
def gives_the_cosine(a, b):
    return reference.cosine_similarity(a, b)


@angle_degrees.misconception(
    caught_by=finds_no_angle_between_a_vector_and_itself,
    hint="arcsin undoes the sine. The quotient is a cosine: arccos.",
)
def takes_arcsin(a, b):
    return math.degrees(math.asin(reference.cosine_similarity(a, b)))


@angle_degrees.misconception(
    caught_by=agrees_with_angles_set_beforehand,
    hint=(
        "This folds angles over 90 degrees back, as for two lines. Arrows can point away from each other:"
        " keep the sign of the dot product."
    ),
)
def folds_at_the_right_angle(a, b):
    return math.degrees(math.acos(abs(reference.cosine_similarity(a, b))))


@angle_degrees.misconception(
    caught_by=agrees_with_angles_set_beforehand,
    hint=(
        "This takes the angle to fall in step with the cosine, from 0 degrees at 1 to 180 at -1. Between"
        " those it does not: arccos is needed."
    ),
)
def treats_the_cosine_as_linear(a, b):
    return 90.0 * (1 - reference.cosine_similarity(a, b))


@angle_degrees.alternative
def by_two_lengths(a, b):
    # Kahan's formula, accurate at 0 and 180 degrees too.
    a, b = np.array(a, dtype=float), np.array(b, dtype=float)
    a, b = a / np.linalg.norm(a), b / np.linalg.norm(b)
    return math.degrees(2 * math.atan2(np.linalg.norm(a - b), np.linalg.norm(a + b)))


@angle_degrees.alternative
def with_numpy_alone(a, b):
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    return np.rad2deg(np.arccos(np.clip(a @ b / np.sqrt((a @ a) * (b @ b)), -1, 1)))


@angle_degrees.alternative
def by_sine_and_cosine(a, b):
    # Lagrange's identity gives the sine: ||a||^2 ||b||^2 - (a · b)^2, as a sum of squares that cannot go
    # negative.
    product = sum(x * y for x, y in zip(a, b, strict=True))
    n = len(a)
    crossed = sum((a[i] * b[j] - a[j] * b[i]) ** 2 for i in range(n) for j in range(i + 1, n))
    return math.atan2(math.sqrt(crossed), product) * 180 / math.pi


similarity_label = Question(points=2, source="Reference: cosine similarity")


@similarity_label.check
def names_every_band(similarity_label):
    """The table's five bands."""
    for c, label in [
        (0.95, "near-identical"),
        (0.75, "strongly related"),
        (0.55, "some relationship"),
        (0.2, "weak or no relation"),
        (-0.3, "opposing"),
    ]:
        expect(similarity_label, c).to_equal(
            label,
            because=(
                "compare with the lower edges from the top band down; the labels are written as in the table"
            ),
        )


@similarity_label.check
def refuses_what_is_no_cosine(similarity_label):
    """Above 1 and below -1: ValueError that names the number."""
    expect(similarity_label, 1).to_equal("near-identical", because="1 itself is a cosine similarity")
    expect(similarity_label, -1.0).to_equal("opposing", because="-1 itself is a cosine similarity")
    expect(similarity_label, 1.5).to_be_refused(
        ValueError,
        naming=[1.5],
        because="no cosine is above 1: check the range first, and put the number into the message",
    )
    expect(similarity_label, -1.25).to_be_refused(
        ValueError,
        naming=[-1.25],
        because="no cosine is below -1: check the range first, and put the number into the message",
    )


@similarity_label.hidden
def gives_each_band_its_lower_edge(similarity_label):
    """On an edge the upper band; just under it the lower one."""
    for edge, label, beneath in [
        (0.9, "near-identical", "strongly related"),
        (0.7, "strongly related", "some relationship"),
        (0.4, "some relationship", "weak or no relation"),
        (0.0, "weak or no relation", "opposing"),
    ]:
        expect(similarity_label, edge).to_equal(
            label, because="each band holds its lower edge: compare with >="
        )
        expect(similarity_label, edge - 0.001).to_equal(
            beneath, because="no rounding: a number just under an edge is in the band beneath"
        )
    expect(similarity_label, 0).to_equal(
        "weak or no relation", because="an int is a number too, and 0 is not below 0"
    )


def label_by(c, compare):
    if c < -1 or c > 1:
        raise ValueError(f"{c} is no cosine")
    for edge, label in [
        (0.9, "near-identical"),
        (0.7, "strongly related"),
        (0.4, "some relationship"),
        (0.0, "weak or no relation"),
    ]:
        if compare(c, edge):
            return label
    return "opposing"


@similarity_label.misconception(
    caught_by=gives_each_band_its_lower_edge,
    hint="With > an edge falls into the band beneath. Each band holds its lower edge: use >=.",
)
def leaves_the_edges_out(c):
    return label_by(c, lambda x, edge: x > edge)


@similarity_label.misconception(
    caught_by=gives_each_band_its_lower_edge,
    hint="This rounds first, so 0.899 is called near-identical. Compare the number as it is.",
)
def rounds_before_comparing(c):
    if c < -1 or c > 1:
        raise ValueError(f"{c} is no cosine")
    return label_by(round(c, 2), lambda x, edge: x >= edge)


@similarity_label.misconception(
    caught_by=names_every_band,
    hint="The absolute value hides opposing vectors. Below 0 the label is opposing, however far below.",
)
def labels_the_absolute_value(c):
    if c < -1 or c > 1:
        raise ValueError(f"{c} is no cosine")
    return label_by(abs(c), lambda x, edge: x >= edge)


@similarity_label.misconception(
    caught_by=names_every_band,
    hint="The bands are tried from the bottom up, and 0.95 is also at least 0. Begin with the highest edge.",
)
def tries_the_lowest_edge_first(c):
    if c < -1 or c > 1:
        raise ValueError(f"{c} is no cosine")
    return "weak or no relation" if c >= 0 else "opposing"


@similarity_label.misconception(
    caught_by=refuses_what_is_no_cosine,
    hint=(
        "1.5 is no cosine similarity, and a label hides the mistake further up. Check that c lies from -1"
        " to 1."
    ),
)
def labels_any_number(c):
    for edge, label in [
        (0.9, "near-identical"),
        (0.7, "strongly related"),
        (0.4, "some relationship"),
        (0.0, "weak or no relation"),
    ]:
        if c >= edge:
            return label
    return "opposing"


@similarity_label.misconception(
    caught_by=names_every_band,
    hint=(
        "The labels are right and their capitals are not: write them as the docstring does, in small letters."
    ),
)
def capitalizes_the_labels(c):
    return label_by(c, lambda x, edge: x >= edge).capitalize()


@similarity_label.misconception(
    caught_by=refuses_what_is_no_cosine,
    hint="The ends belong to the range: 1 and -1 are cosines. Refuse only what lies beyond them.",
)
def refuses_the_ends_too(c):
    if not -1 < c < 1:
        raise ValueError(f"{c} is no cosine")
    return label_by(c, lambda x, edge: x >= edge)


@similarity_label.alternative
def with_a_chain_of_ifs(c):
    if abs(c) > 1:
        raise ValueError(f"{c} lies outside the range of a cosine")
    if c < 0:
        return "opposing"
    if c < 0.4:
        return "weak or no relation"
    if c < 0.7:
        return "some relationship"
    if c < 0.9:
        return "strongly related"
    return "near-identical"


@similarity_label.alternative
def by_counting_edges(c):
    if not (-1.0 <= c <= 1.0):
        raise ValueError(str(c))
    labels = ["opposing", "weak or no relation", "some relationship", "strongly related", "near-identical"]
    return labels[sum(c >= edge for edge in (0, 0.4, 0.7, 0.9))]


@similarity_label.alternative
def by_searchsorted(c):
    if np.abs(c) > 1:
        raise ValueError(f"not a cosine: {c}")
    labels = np.array(
        ["opposing", "weak or no relation", "some relationship", "strongly related", "near-identical"]
    )
    return labels[np.searchsorted([0, 0.4, 0.7, 0.9], c, side="right")]


most_similar = Question(points=3, source="Chapter II")

# Dot products, distances and directions rank these differently. Cosines to "start": ahead 0.99, wide 0.89,
# across 0, back -0.99.
FAN = {
    "wide": [5.0, 15.0],
    "back": [-1.0, -1.4],
    "start": [1.0, 1.0],
    "across": [0.4, -0.4],
    "ahead": [0.3, 0.4],
}
# Multiples of one vector: their cosines are equal, and come out unequal in the last bit, in another order
# than the alphabet's.
PARALLEL = {
    word: [factor * x for x in [1.1, 1.3, 0.5]]
    for word, factor in [("yew", 9), ("elm", 0.3), ("oak", 11), ("ash", 1), ("fir", 0.7)]
}


@most_similar.check
def ranks_by_direction(most_similar):
    """The most similar word first, and the word itself left out."""
    animals = {"car": [1, 7], "cat": [2, 1], "lynx": [6, 2], "dog": [3, 3]}
    expect(most_similar, "cat", animals, 3).to_equal(
        ["lynx", "dog", "car"], because="rank the other words by cosine similarity, the largest first"
    )
    expect(most_similar, "cat", animals, 1).to_equal(
        ["lynx"], because="the answer is a list of words, with one word in it where k is 1"
    )


@most_similar.check
def gives_all_where_k_is_larger(most_similar):
    """Fewer than k other words: all of them."""
    pair = {"left": (1.0, 0.0), "middle": (1.0, 2.0), "right": (1.0, 5.0)}
    expect(most_similar, "right", pair, 10).to_equal(
        ["middle", "left"], because="all the other words come back, and still the most similar first"
    )
    expect(most_similar, "left", pair, 2).to_equal(
        ["middle", "right"], because="k words, no more and no fewer, as long as there are so many"
    )


@most_similar.check
def refuses_what_it_cannot_rank(most_similar):
    """k below 1: ValueError. A word that is not in the vocabulary: KeyError."""
    pair = {"left": [1.0, 0.0], "right": [1.0, 5.0]}
    expect(most_similar, "left", pair, 1).to_equal(["right"])
    expect(most_similar, "left", pair, 0).to_be_refused(
        ValueError, naming=[0], because="no ranking has 0 places: check k first, and put it into the message"
    )
    expect(most_similar, "left", pair, -2).to_be_refused(
        ValueError,
        naming=[-2],
        because="no ranking has fewer than 1 place: check k first, and put it into the message",
    )
    expect(most_similar, "up", pair, 1).to_be_refused(
        KeyError, because="a dict raises KeyError by itself where it is asked for an absent word"
    )


@most_similar.hidden
def ignores_lengths_and_distances(most_similar):
    """A long vector that points the same way comes before a near one that does not."""
    expect(most_similar, "start", FAN, 4).to_equal(
        ["ahead", "wide", "across", "back"],
        because="rank by cosine similarity, not by distance and not by the dot product",
    )
    expect(most_similar, "back", {word: np.array(v) for word, v in FAN.items()}, 2).to_equal(
        ["across", "wide"],
        because="negative similarities rank below 0, not by their size; the vocabulary stays as it was",
    )


@most_similar.hidden
def puts_parallel_words_in_alphabetical_order(most_similar):
    """Multiples of one vector are equally similar, whatever the last bit says."""
    trees = {**PARALLEL, "here": [0.7, 0.2, 1.8], "zinnia": [0.8, 0.3, 1.7]}
    expect(most_similar, "here", trees, 4).to_equal(
        ["zinnia", "ash", "elm", "fir"],
        because=(
            "similarities that differ by rounding alone are equal: compare them to within 1e-12, then by the"
            " alphabet"
        ),
    )
    backwards = dict(reversed(list(trees.items())))
    expect(most_similar, "here", backwards, 6).to_equal(
        ["zinnia", "ash", "elm", "fir", "oak", "yew"],
        because=(
            "similarities that differ by rounding alone are equal: compare them to within 1e-12, then by the"
            " alphabet"
        ),
    )


@most_similar.hidden
def tells_close_words_apart(most_similar):
    """A difference above 1e-12 is no tie, however small it looks."""
    close = {"b": [1.0, 0.00001], "a": [1.0, 0.005], "origin": [1.0, 0.0], "c": [1.0, -0.004]}
    # A string put together here is equal to the key and is another object: `is not` would take it for another
    # word.
    expect(most_similar, "".join(["ori", "gin"]), close, 3).to_equal(
        ["b", "c", "a"], because="only rounding makes a tie: 1e-12, not a few decimals"
    )
    closer = {"a": [0.001, 1.0], "b": [0.001 + 2e-12, 1.0], "up": [1.0, 0.0], "c": [0.001 - 3e-12, 1.0]}
    expect(most_similar, "up", closer, 3).to_equal(
        ["b", "a", "c"], because="a difference of 2e-12 is more than the 1e-12 that counts as a tie"
    )


def ranking(word, vocabulary, k, score):
    here = vocabulary[word]
    if k < 1:
        raise ValueError(f"k = {k}")
    scored = [
        (-round(score(here, vector), 12), other) for other, vector in vocabulary.items() if other != word
    ]
    return [other for _, other in sorted(scored)]


@most_similar.misconception(
    caught_by=ranks_by_direction, hint="The word itself has similarity 1 and stands first. Leave it out."
)
def counts_the_word_itself(word, vocabulary, k):
    return [word, *ranking(word, vocabulary, k, reference.cosine_similarity)][:k]


@most_similar.misconception(
    caught_by=ranks_by_direction,
    hint="The order is turned round: sorting puts the least similar first. Sort by falling similarity.",
)
def puts_the_least_similar_first(word, vocabulary, k):
    return ranking(word, vocabulary, k, lambda a, b: -reference.cosine_similarity(a, b))[:k]


@most_similar.misconception(
    caught_by=ignores_lengths_and_distances,
    hint=(
        "This ranks by the dot product, which favours long vectors. Divide by the lengths: rank by cosine"
        " similarity."
    ),
)
def ranks_by_the_dot_product(word, vocabulary, k):
    return ranking(word, vocabulary, k, reference.dot)[:k]


@most_similar.misconception(
    caught_by=ignores_lengths_and_distances,
    hint="This ranks by distance. Here the angle decides, and a vector far away may point the same way.",
)
def ranks_by_distance(word, vocabulary, k):
    return ranking(word, vocabulary, k, lambda a, b: -math.dist(a, b))[:k]


@most_similar.misconception(
    caught_by=ignores_lengths_and_distances,
    hint=(
        "This ranks by the absolute value, so opposite words come first. A negative similarity is the lowest"
        " of all."
    ),
)
def ranks_by_absolute_value(word, vocabulary, k):
    return ranking(word, vocabulary, k, lambda a, b: abs(reference.cosine_similarity(a, b)))[:k]


@most_similar.misconception(
    caught_by=puts_parallel_words_in_alphabetical_order,
    hint=(
        "Parallel vectors have the same cosine, and rounding makes the last bit differ. Comparing exactly"
        " lets that bit decide: round to 12 decimals first."
    ),
)
def lets_the_last_bit_decide(word, vocabulary, k):
    here = vocabulary[word]
    if k < 1:
        raise ValueError(f"k = {k}")
    return sorted(
        (other for other in vocabulary if other != word),
        key=lambda other: (-reference.cosine_similarity(here, vocabulary[other]), other),
    )[:k]


@most_similar.misconception(
    caught_by=puts_parallel_words_in_alphabetical_order,
    hint=(
        "Of equally similar words this keeps the dict's order. The alphabet decides: sort by the pair of"
        " similarity and word."
    ),
)
def keeps_the_order_of_the_dict(word, vocabulary, k):
    here = vocabulary[word]
    if k < 1:
        raise ValueError(f"k = {k}")
    return sorted(
        (other for other in vocabulary if other != word),
        key=lambda other: -round(reference.cosine_similarity(here, vocabulary[other]), 12),
    )[:k]


@most_similar.misconception(
    caught_by=tells_close_words_apart,
    hint=(
        "Rounding to three decimals makes ties of words that differ. Only rounding errors are ties: 12"
        " decimals."
    ),
)
def rounds_to_three_decimals(word, vocabulary, k):
    return ranking(word, vocabulary, k, lambda a, b: round(reference.cosine_similarity(a, b), 3))[:k]


@most_similar.misconception(
    caught_by=refuses_what_it_cannot_rank,
    hint="A slice takes any k: [:0] is empty, and [:-2] cuts from the end. Check first that k is 1 or more.",
)
def slices_by_any_k(word, vocabulary, k):
    return ranking(word, vocabulary, 1, reference.cosine_similarity)[:k]


@most_similar.misconception(
    caught_by=gives_all_where_k_is_larger,
    hint="Where there are fewer than k other words, give all of them; that is no error.",
)
def refuses_a_large_k(word, vocabulary, k):
    if k >= len(vocabulary):
        raise ValueError(f"k = {k}")
    return ranking(word, vocabulary, k, reference.cosine_similarity)[:k]


@most_similar.misconception(
    caught_by=ranks_by_direction, hint="This returns pairs of word and similarity. Return the words alone."
)
def returns_pairs(word, vocabulary, k):
    words = ranking(word, vocabulary, k, reference.cosine_similarity)[:k]
    return [(other, reference.cosine_similarity(vocabulary[word], vocabulary[other])) for other in words]


@most_similar.misconception(
    caught_by=ranks_by_direction,
    hint="pop takes the word out of the caller's own dict. Skip it in the search instead.",
)
def pops_the_word(word, vocabulary, k):
    here = vocabulary.pop(word)
    return ranking(word, {word: here, **vocabulary}, k, reference.cosine_similarity)[:k]


@most_similar.misconception(
    caught_by=refuses_what_it_cannot_rank,
    hint=(
        "An absent word is a KeyError, which vocabulary[word] raises by itself. An empty list hides the"
        " mistake."
    ),
)
def finds_nothing_for_an_absent_word(word, vocabulary, k):
    if word not in vocabulary:
        return []
    return ranking(word, vocabulary, k, reference.cosine_similarity)[:k]


@most_similar.alternative
def by_a_rounded_key(word, vocabulary, k):
    if k < 1:
        raise ValueError(f"k must be 1 or more, not {k}")
    here = np.array(vocabulary[word], dtype=float)

    def place(other):
        there = np.array(vocabulary[other], dtype=float)
        return -round(float(here @ there / np.linalg.norm(here) / np.linalg.norm(there)), 12), other

    return sorted(set(vocabulary) - {word}, key=place)[:k]


@most_similar.alternative
def by_one_matrix_product(word, vocabulary, k):
    if k < 1:
        raise ValueError(f"k = {k}")
    words = sorted(vocabulary)
    units = np.array([np.asarray(vocabulary[w], dtype=float) / np.linalg.norm(vocabulary[w]) for w in words])
    similarities = units @ units[words.index(word)] if word in vocabulary else vocabulary[word]
    # A stable sort keeps the alphabetical order among equals.
    order = np.argsort(-np.round(similarities, 12), kind="stable")
    return [words[i] for i in order if words[i] != word][:k]


@most_similar.alternative
def by_repeated_search(word, vocabulary, k):
    if k <= 0:
        raise ValueError(f"k = {k} is below 1")
    here, left, found = vocabulary[word], sorted(w for w in vocabulary if w != word), []
    while left and len(found) < k:
        best, best_cosine = None, -math.inf
        for other in left:
            cosine = with_running_totals(here, vocabulary[other])
            if cosine > best_cosine + 1e-12:
                best, best_cosine = other, cosine
        left.remove(best)
        found.append(best)
    return tuple(found)


# Worked by hand ---------------------------------------------------------------------------------------------

exercise_1 = WorkedValue(
    points=1,
    source="Exercise 1",
    numbers={"v": [6, 2, 3]},
    tolerance=0.001,
    answer_as="a number",
    because="square the three components, add the squares up, take the square root of the sum",
)


@exercise_1.draw
def another_whole_magnitude(rng):
    v = rng.choice(
        [
            [1, 4, 8],
            [2, 6, 9],
            [4, 4, 7],
            [6, 6, 7],
            [8, 9, 12],
            [2, 10, 11],
            [3, 4, 12],
            [4, 6, 12],
            [2, 5, 14],
            [1, 12, 12],
            [6, 10, 15],
        ]
    )
    return {"v": rng.sample(v, 3)}


@exercise_1.misconception(
    hint="This is the sum of the components. Square them first, and take the root of the sum."
)
def sum_of_the_components(v):
    return sum(v)


@exercise_1.misconception(
    hint="This is the sum of the squares, the vector's dot product with itself. The square root is missing."
)
def sum_of_the_squares(v):
    return sum(x * x for x in v)


@exercise_1.misconception(hint="This leaves the third component out. All of them go into the sum.")
def first_two_components(v):
    return math.hypot(v[0], v[1])


@exercise_1.alternative
def as_a_whole_number(v):
    return round(math.hypot(*v))


@exercise_1.alternative
def as_numpys_norm(v):
    return np.linalg.norm(v)


exercise_2 = WorkedValue(
    points=1,
    source="Exercise 2",
    numbers={"a": [1, 3, 5], "b": [2, 0, 4]},
    answer_as="a whole number",
    because=(
        "multiply component by component, then add the three products; a component of 0 makes its product 0"
    ),
)


@exercise_2.draw
def another_pair_with_a_zero(rng):
    while True:
        a, b = rng.sample(range(1, 8), 3), rng.sample(range(1, 8), 3)
        b[rng.randrange(3)] = 0
        results = [
            wrong(a, b)
            for wrong in (as_if_zero_were_one, product_of_the_sums, sum_of_all_components, paired_backwards)
        ]
        if len({*results, reference.dot(a, b)}) == 5:
            return {"a": a, "b": b}


@exercise_2.misconception(
    hint="A product with 0 is 0. Here the pair with the 0 was counted as the other number alone."
)
def as_if_zero_were_one(a, b):
    return sum(x * (y or 1) for x, y in zip(a, b, strict=True))


@exercise_2.misconception(
    hint=(
        "This multiplies the sum of a by the sum of b. Multiply component by component first, and add"
        " afterwards."
    )
)
def product_of_the_sums(a, b):
    return sum(a) * sum(b)


@exercise_2.misconception(
    hint="This adds all the components up. The two components of a pair are multiplied."
)
def sum_of_all_components(a, b):
    return sum(a) + sum(b)


@exercise_2.misconception(
    hint=(
        "The pairs run against each other: first with last. Multiply first with first, second with second,"
        " third with third."
    )
)
def paired_backwards(a, b):
    return sum(x * y for x, y in zip(a, reversed(b), strict=True))


@exercise_2.alternative
def as_a_float(a, b):
    return float(sum(x * y for x, y in zip(a, b, strict=True)))


@exercise_2.alternative
def as_a_numpy_int(a, b):
    return np.array(a) @ np.array(b)


exercise_3 = WorkedValue(
    points=1,
    source="Exercise 3",
    numbers={"a": [1, 2], "b": [2, -1]},
    tolerance=0.001,
    answer_as="a number",
    because="a number from -1 to 1, not an angle: the dot product with all its signs, over both magnitudes",
)


@exercise_3.draw
def vectors_at_a_known_angle(rng):
    """Vectors 60 or 120 degrees apart: the primer's are at 90, whose answer every variant would share."""
    a, b = rng.choice(
        [
            ([2, 1, 1], [1, 2, -1]),
            ([1, 2, 1], [2, 1, -1]),
            ([3, 1, 2], [1, -2, 3]),
            ([3, 2, -1], [1, 3, 2]),
            ([1, -1, 2], [2, 1, 1]),
            ([3, -2, 1], [1, -3, -2]),
        ]
    )
    order, sign = rng.sample(range(3), 3), rng.choice([1, -1])
    a, b = [a[i] for i in order], [sign * b[i] for i in order]
    return {"a": a, "b": b} if rng.random() < 0.5 else {"a": b, "b": a}


@exercise_3.misconception(
    hint="This is the angle in degrees. The cosine similarity is the cosine of it, a number from -1 to 1."
)
def the_angle_itself(a, b):
    return reference.angle_degrees(a, b)


@exercise_3.misconception(
    hint="The minus signs were lost. A positive component times a negative one is negative."
)
def without_the_signs(a, b):
    return reference.cosine_similarity([abs(x) for x in a], [abs(x) for x in b])


@exercise_3.misconception(
    hint="-1 would mean that the vectors point in opposite directions. Work the dot product out."
)
def called_opposite(a, b):
    return -1


@exercise_3.alternative
def cosine_to_three_decimals(a, b):
    return round(reference.cosine_similarity(a, b), 3)


@exercise_3.alternative
def as_a_numpy_float(a, b):
    return np.dot(a, b) / np.float64(np.linalg.norm(a) * np.linalg.norm(b))


exercise_4 = WorkedValue(
    points=1,
    source="Exercise 4",
    numbers={"a": [3, 4], "b": [4, 3]},
    tolerance=0.001,
    answer_as="a number, to three decimals",
    because="the dot product, over the product of the two magnitudes",
)


@exercise_4.draw
def another_swapped_pair(rng):
    a = rng.choice([[5, 12], [8, 15], [7, 24], [12, 35], [9, 40], [10, 24], [16, 30]])
    rng.shuffle(a)
    return {"a": a, "b": a[::-1]}


@exercise_4.misconception(hint="This is the dot product. Divide it by both magnitudes.")
def the_dot_product_alone(a, b):
    return reference.dot(a, b)


@exercise_4.misconception(hint="This divides by one magnitude. There are two below the line, one a vector.")
def over_one_magnitude(a, b):
    return reference.dot(a, b) / math.hypot(*a)


@exercise_4.misconception(hint="This divides by the sum of the magnitudes. They are multiplied.")
def over_the_sum_of_magnitudes(a, b):
    return reference.dot(a, b) / (math.hypot(*a) + math.hypot(*b))


@exercise_4.misconception(
    hint=(
        "The vectors hold the same numbers in another order, and point another way: the similarity is"
        " below 1."
    )
)
def called_identical(a, b):
    return 1.0


@exercise_4.alternative
def to_three_decimals(a, b):
    return round(reference.cosine_similarity(a, b), 3)


@exercise_4.alternative
def over_the_summed_squares(a, b):
    # Both magnitudes are the same root of the same sum.
    return np.float64(2 * a[0] * a[1] / (a[0] ** 2 + a[1] ** 2))


reading_2 = Reading(
    points=2,
    source=["Notation: a · b", "Notation: cos(θ)"],
    numbers={"length_u": 4, "length_v": 5, "theta": 60},
    tolerance=0.001,
    answer_as="a number",
    because="the dot product is both magnitudes times the cosine of the angle; math.cos takes radians",
)


@reading_2.draw
def other_magnitudes(rng):
    length_u, length_v = rng.sample([4, 6, 8, 10, 12, 14], 2)
    return {"length_u": length_u, "length_v": length_v, "theta": rng.choice([60, 120])}


@reading_2.misconception(
    hint="This took the degrees for radians. math.cos takes radians: write math.cos(math.radians(theta))."
)
def degrees_as_radians(length_u, length_v, theta):
    return length_u * length_v * math.cos(theta)


@reading_2.misconception(
    hint="This is the product of the magnitudes, which holds for an angle of 0 only. Multiply by the cosine."
)
def without_the_cosine(length_u, length_v, theta):
    return length_u * length_v


@reading_2.misconception(
    hint=(
        "This multiplies by the sine. The dot product takes the cosine, which is 1 where the vectors point"
        " the same way."
    )
)
def with_the_sine(length_u, length_v, theta):
    return length_u * length_v * math.sin(math.radians(theta))


@reading_2.misconception(
    hint="This is the cosine of the angle, sim(u, v). The dot product has the two magnitudes as factors."
)
def the_cosine_alone(length_u, length_v, theta):
    return math.cos(math.radians(theta))


@reading_2.alternative
def to_a_whole_number(length_u, length_v, theta):
    return round(length_u * length_v * math.cos(math.radians(theta)))


@reading_2.alternative
def of_two_vectors_at_that_angle(length_u, length_v, theta):
    u = np.array([length_u, 0.0])
    v = length_v * np.array([math.cos(math.radians(theta)), math.sin(math.radians(theta))])
    return u @ v
