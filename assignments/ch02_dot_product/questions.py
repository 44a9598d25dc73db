"""Chapter II: what is asked of the dot product and of similarity."""

import math

import numpy as np

from autograder.course.domains import among, edges, lengths, one_of, vectors, words
from autograder.course.question import Question, Reading, WorkedValue, expect

# In a check, plain floats come before narrow ints and before arrays that could be written over: whoever gets
# the plain ones wrong is told about the mathematics, and never about types.

dot = Question(
    points=3,
    source=["Figure 2", "Notation: a · b"],
    meaning=(
        "Almost all the arithmetic of a language model is this operation: a matrix product is a table of dot"
        " products. NumPy writes it as a @ b."
    ),
)

PAIR_UP = "multiply first with first, second with second, and so on, then add up the products"


@dot.check
def works_on_figure_2(dot):
    """Figure 2: [2, 5, 1] and [3, 1, 4]."""
    expect(dot, [2, 5, 1], [3, 1, 4]).to_equal(15.0, because=PAIR_UP)


@dot.check
def takes_any_two_vectors(dot):
    """Lists, tuples and arrays in any pairing, of one component or more; the arguments stay as they were."""
    expect(dot, (3,), [-2.5]).to_equal(-7.5, because=PAIR_UP)
    expect(dot, [1, 2, 0, 7], (4, -3, 5, 1)).to_equal(5.0, because=PAIR_UP)
    expect(dot, np.array([0.5, 4.0]), np.array([6.0, -1.0])).to_equal(-1.0)
    expect(dot, np.array([1, 2, 0, 7]), np.array([4, -3, 5, 1])).to_equal(5.0)
    expect(dot, np.array([100, 50], dtype=np.int8), np.array([2, 3], dtype=np.int8)).to_equal(
        350.0, because_type="350 does not fit into 8 bits, and wraps around: make floats first"
    )


@dot.check
def refuses_other_dimensions(dot):
    """Two components and three: ValueError."""
    expect(dot, [1.0, 2.0, 5.0], [0.5, 1.0, 2.0]).to_equal(12.5, because=PAIR_UP)
    expect(dot, [1.0, 2.0], [1.0, 2.0, 5.0]).to_be_refused(
        ValueError, because="compare the two dimensions first, and raise ValueError if they differ"
    )


@dot.check(points=0.15)
def names_both_dimensions(dot):
    """The message of the ValueError names both dimensions."""
    expect(dot, [1.0, 2.0], [3.0, 5.0]).to_equal(13.0, because=PAIR_UP)
    expect(dot, [1.0, 2.0], [1.0, 2.0, 5.0]).to_be_refused(
        ValueError, naming=[2, 3], because="put both dimensions into the message of a ValueError"
    )


@dot.check
def keeps_every_digit_of_the_product(dot):
    """Nothing is rounded: [0.0123, 0.1] and [0.087654321, 0.0001]."""
    expect(dot, [0.5, 2.0], [4.0, 0.25]).to_equal(2.5, because=PAIR_UP)
    expect(dot, [0.0123, 0.1], [0.087654321, 0.0001]).to_equal(
        0.0010881481483, because="the sum keeps every digit: nothing is rounded, cut off or added"
    )
    expect(dot, [0.00003, 0.0], [0.00002, 7.0]).to_equal(
        6e-10, because="a small product is not 0: nothing is rounded, cut off or added"
    )


@dot.hidden
def multiplies_out(dot):
    """Many components, either order, vectors of any length."""
    a, b = [0.3, -1.7, 2.2, 0.0, 4.1], [1.9, 0.4, -0.6, 8.0, 0.5]
    expect(dot, a, b).to_equal(math.fsum([0.57, -0.68, -1.32, 0.0, 2.05]), because=PAIR_UP)
    expect(dot, b, a).to_equal(0.62, because=PAIR_UP)
    expect(dot, [0.5] * 1600, [1.5] * 1600).to_equal(1200.0, because=PAIR_UP)
    expect(dot, [10 * x for x in a], b).to_equal(6.2, because=PAIR_UP)
    expect(dot, [2, 2, 2], [3, 3, 3]).to_equal(18.0, because=PAIR_UP)


@dot.hidden
def takes_numbers_of_every_width(dot):
    """Ints and floats of other widths, and arrays of them, which stay as they were."""
    expect(dot, [3.0, 5.0], [-2.0, 4.0]).to_equal(14.0, because=PAIR_UP)
    because = "an int type has no room for a product of this size: make floats first"
    expect(dot, np.array([200, 100], dtype=np.uint8), np.array([2, 3], dtype=np.uint8)).to_equal(
        700.0, because_type=because
    )
    expect(dot, [3_000_000_000, 0], [4_000_000_000, 1]).to_equal(1.2e19, because_type=because)
    expect(dot, np.array([0.5, -1.5], dtype=np.float32), np.array([4.0, 2.0], dtype=np.float32)).to_equal(
        -1.0
    )
    expect(dot, (2, 3), np.array([0.25, 0.5])).to_equal(2.0)


@dot.hidden
def never_stretches_one_component(dot):
    """A vector is not stretched to fit another: ValueError."""
    expect(dot, [1.5], [-3.0]).to_equal(-4.5, because=PAIR_UP)
    because = "NumPy's * stretches a vector of one component to any length: compare the dimensions yourself"
    expect(dot, [3.0], [1.0, 2.0, 4.0, 0.5]).to_be_refused(ValueError, because=because)
    expect(dot, np.array([1.0, 2.0, 4.0, 0.5]), np.array([3.0])).to_be_refused(ValueError, because=because)


cosine_similarity = Question(
    points=4,
    source=["Example 2", "Notation: cos(θ)"],
    meaning=(
        "Dividing by both lengths leaves the cosine of the angle alone, so a word seen a million times and a"
        " word seen ten times can be compared."
    ),
)

OVER_BOTH = "divide the dot product by the product of both magnitudes, each with its square root"


@cosine_similarity.check
def works_on_example_2(cosine_similarity):
    """Example 2: [2, 5, 1] and [3, 4, 2]."""
    expect(cosine_similarity, [2, 5, 1], [3, 4, 2]).to_equal(28 / math.sqrt(30 * 29), because=OVER_BOTH)


@cosine_similarity.check
def runs_from_minus_one_to_one(cosine_similarity):
    """The same direction, a right angle, opposite directions; lists, tuples and arrays."""
    expect(cosine_similarity, (0, 2), [0.0, 0.25]).to_equal(1.0, because=OVER_BOTH)
    expect(cosine_similarity, np.array([4.0, 0.0, 1.0]), (0, 3, 0)).to_equal(0.0, because=OVER_BOTH)
    expect(cosine_similarity, [3], np.array([-0.5])).to_equal(
        -1.0, because="opposite directions have similarity -1: the sign stays"
    )


@cosine_similarity.check
def refuses_the_zero_vector(cosine_similarity):
    """The zero vector on either side: ValueError."""
    expect(cosine_similarity, [1.0, 0.0], [3.0, 4.0]).to_equal(0.6, because=OVER_BOTH)
    because = "the zero vector has no direction: if either magnitude is 0, raise ValueError"
    expect(cosine_similarity, [0, 0], [3, 4]).to_be_refused(ValueError, because=because)
    expect(cosine_similarity, [3.0, 4.0], np.zeros(2)).to_be_refused(ValueError, because=because)


@cosine_similarity.check
def keeps_every_digit_of_the_cosine(cosine_similarity):
    """Nothing is rounded: [3, 7000] and [1, 0]."""
    expect(cosine_similarity, [3, 4], [0, 1]).to_equal(0.8, because=OVER_BOTH)
    expect(cosine_similarity, [3, 7000], [1, 0]).to_equal(
        3 / math.sqrt(49000009),
        because="the quotient keeps every digit: nothing is rounded, cut off or added",
    )
    nearly = "nearly parallel is not parallel, and nearly perpendicular not perpendicular: round nothing"
    expect(cosine_similarity, [1000, 1], [1000, 0]).to_equal(1000 / math.sqrt(1000001), because=nearly)
    expect(cosine_similarity, [3, 1e9], [1, 0]).to_equal(3e-9, because=nearly)
    expect(cosine_similarity, [3e-11, 4e-11], [0.0, 5e-12]).to_equal(
        0.8, because="short vectors have a direction too: only a vector whose components are all 0 has none"
    )


@cosine_similarity.hidden
def forgets_the_lengths(cosine_similarity):
    """Stretching either vector changes nothing, and turning one of them round changes the sign."""
    a, b = [0.4, -1.1, 2.3, 0.9], [1.6, 0.2, 0.5, -2.0]
    lengths = math.sqrt(math.fsum(x * x for x in a)) * math.sqrt(math.fsum(x * x for x in b))
    c = math.fsum([0.64, -0.22, 1.15, -1.8]) / lengths
    expect(cosine_similarity, a, b).to_equal(c, because=OVER_BOTH)
    expect(cosine_similarity, [500 * x for x in a], [0.01 * x for x in b]).to_equal(c, because=OVER_BOTH)
    expect(cosine_similarity, [1e-5 * x for x in a], [-1e-5 * x for x in b]).to_equal(
        -c,
        because=(
            "the magnitudes alone are the divisor: whatever is added to it bends the result for short vectors"
        ),
    )
    expect(cosine_similarity, [10000.0, 1.0], [2.0, 0.0]).to_equal(
        10000 / math.sqrt(100000001),
        because="nearly parallel is not parallel: nothing but what exceeds 1 by rounding is cut",
    )
    expect(cosine_similarity, [1.0] * 1600, [1.0] * 800 + [0.0] * 800).to_equal(
        math.sqrt(0.5), because=OVER_BOTH
    )


@cosine_similarity.hidden
def stays_within_its_bounds(cosine_similarity):
    """The result never leaves the range from -1 to 1, however the arithmetic rounds."""
    expect(cosine_similarity, [1.0, 2.0], [3.0, 1.0]).to_equal(math.sqrt(0.5), because=OVER_BOTH)
    because = "rounding can carry the quotient just past 1 or -1: clip it to the range from -1 to 1"
    for k in range(1, 25):
        v = [0.1 * k, 0.3 * k + 0.1, -0.7]
        expect(cosine_similarity, v, v).to_be_between(-1, 1, because=because)
        expect(cosine_similarity, v, [-3 * x for x in v]).to_be_between(-1, 1, because=because)
        expect(cosine_similarity, v, v).to_equal(1.0, because=OVER_BOTH)


@cosine_similarity.hidden
def takes_arrays_of_every_type(cosine_similarity):
    """Arrays of ints and of floats, which stay as they were."""
    expect(cosine_similarity, [120.0, 50.0], [0.0, 100.0]).to_equal(5 / 13, because=OVER_BOTH)
    because = "an int type has no room for products of this size: make floats first"
    expect(cosine_similarity, np.array([120, 50], dtype=np.int8), np.array([0, 100], dtype=np.int8)).to_equal(
        5 / 13, because_type=because
    )
    expect(
        cosine_similarity, np.array([120, 50], dtype=np.uint8), np.array([0, 200], dtype=np.uint8)
    ).to_equal(5 / 13, because_type=because)
    expect(cosine_similarity, np.array([3.0, 4.0]), np.array([0.0, 2.0])).to_equal(0.8)
    expect(
        cosine_similarity, np.array([3.0, 4.0], dtype=np.float32), np.array([0.0, 2.0], dtype=np.float32)
    ).to_equal(0.8)


angle_degrees = Question(
    points=2,
    source="Figure 3",
    meaning=(
        "An angle is easier to picture than its cosine, but it costs accuracy: near 0° and 180° the arccosine"
        " turns an error in the sixteenth decimal into one in the sixth. That is one reason why programs"
        " compare cosines."
    ),
)

# arccos is steep at 1: if rounding leaves 1 - 1e-16, the angle is already 1e-6 degrees.
NEARLY = 1e-5
ARCCOS = "take the arccosine of the cosine similarity, and turn radians into degrees"


@angle_degrees.check
def measures_in_degrees(angle_degrees):
    """A half and a whole right angle."""
    expect(angle_degrees, [1, 0], [1, 1]).to_equal(45.0, because=ARCCOS)
    expect(angle_degrees, (2, 0, 0), np.array([0.0, 0.5, 7.0])).to_equal(90.0, because=ARCCOS)


@angle_degrees.check
def finds_no_angle_between_a_vector_and_itself(angle_degrees):
    """A vector and itself are 0 degrees apart, a vector and its opposite 180; never nan."""
    because = (
        "parallel vectors are 0 or 180 degrees apart; if rounding carries the quotient past 1 or -1, it has"
        " no arccosine: clip it first"
    )
    for v in [[3.0, 1.0], [0.1, 0.4, -0.7], [0.4, 1.3, -0.7], [5], [1.7, 5.2, -0.7]]:
        expect(angle_degrees, v, v).to_equal(0.0, atol=NEARLY, because=because)
        expect(angle_degrees, v, [-3 * x for x in v]).to_equal(180.0, atol=NEARLY, because=because)


@angle_degrees.check
def keeps_every_digit_of_the_angle(angle_degrees):
    """Nothing is rounded: [10, 1] and [1, 0]."""
    expect(angle_degrees, [0, 3], [2, 0]).to_equal(90.0, because=ARCCOS)
    expect(angle_degrees, [10, 1], [1, 0]).to_equal(
        math.degrees(math.atan2(1, 10)),
        because="the angle keeps every digit: nothing is rounded, cut off or added",
    )
    expect(angle_degrees, [3.0, 4.0], [3.00002, 4.0]).to_equal(
        math.degrees(math.atan2(8e-5, 25.00006)),
        atol=NEARLY,
        because="vectors that nearly agree are still an angle apart: only equal directions have 0",
    )


@angle_degrees.hidden
def agrees_with_angles_set_beforehand(angle_degrees):
    """Directions set a known angle apart, small or large, at unequal lengths, in either order."""
    because = (
        "the angle between two vectors is the arccosine of their cosine similarity in degrees: it runs from 0"
        " to 180, has no sign, and does not depend on the lengths"
    )
    for start, between in [(10, 60), (200, 17), (-35, 137), (80, 0.5)]:
        a = [3.2 * math.cos(math.radians(start)), 3.2 * math.sin(math.radians(start))]
        b = [0.7 * math.cos(math.radians(start + between)), 0.7 * math.sin(math.radians(start + between))]
        expect(angle_degrees, a, b).to_equal(float(between), because=because)
        expect(angle_degrees, b, a).to_equal(float(between), because=because)
    # Of all usual formulas of the cosine this pair's goes past 1; and a constant that keeps a division from
    # failing, such as 1e-8, is no small part of it.
    short, longer = [4e-06, -5e-06], [5 * 4e-06, 5 * -5e-06]
    expect(angle_degrees, short, longer).to_equal(0.0, atol=NEARLY, because=because)
    expect(angle_degrees, short, [-x for x in longer]).to_equal(180.0, atol=NEARLY, because=because)
    expect(angle_degrees, np.array([120.0, 0.0]), np.array([60.0, -60.0])).to_equal(45.0)
    expect(angle_degrees, np.array([120, 0], dtype=np.int8), np.array([60, -60], dtype=np.int8)).to_equal(
        45.0
    )


similarity_label = Question(
    points=2,
    source="Reference: cosine similarity",
    meaning=(
        "The bands are a convention of this primer. What counts as similar in your model, only a look at its"
        " own pairs can tell."
    ),
)

FROM_THE_TOP = "compare c with the lower edges, from the top band down, and spell the label as the table does"


@similarity_label.check
def names_every_band(similarity_label):
    """The table's five bands."""
    bands = [
        (0.95, "near-identical"),
        (0.75, "strongly related"),
        (0.55, "some relationship"),
        (0.2, "weak or no relation"),
        (-0.3, "opposing"),
    ]
    for c, label in bands:
        expect(similarity_label, c).to_equal(label, because=FROM_THE_TOP)


@similarity_label.check
def refuses_what_is_not_a_cosine(similarity_label):
    """Above 1 and below -1: ValueError. 1 and -1 themselves have labels."""
    expect(similarity_label, 1).to_equal("near-identical", because="1 itself is a cosine")
    expect(similarity_label, -1.0).to_equal("opposing", because="-1 itself is a cosine")
    because = "no cosine is above 1 or below -1: check the range first, and raise ValueError"
    expect(similarity_label, 1.5).to_be_refused(ValueError, because=because)
    expect(similarity_label, -1.25).to_be_refused(ValueError, because=because)


@similarity_label.check(points=0.1)
def names_the_number(similarity_label):
    """The message of the ValueError names the number."""
    expect(similarity_label, 0.5).to_equal("some relationship", because=FROM_THE_TOP)
    because = "put the number into the message of a ValueError"
    expect(similarity_label, 1.5).to_be_refused(ValueError, naming=[1.5], because=because)
    expect(similarity_label, -1.25).to_be_refused(ValueError, naming=[-1.25], because=because)


@similarity_label.hidden
def gives_each_band_its_lower_edge(similarity_label):
    """On an edge the upper band; anywhere below it, however close, the lower one."""
    because = "each band includes its lower edge and nothing below it: compare with >=, and round nothing"
    for edge, label, beneath in [
        (0.9, "near-identical", "strongly related"),
        (0.7, "strongly related", "some relationship"),
        (0.4, "some relationship", "weak or no relation"),
        (0.0, "weak or no relation", "opposing"),
    ]:
        expect(similarity_label, edge).to_equal(label, because=because)
        expect(similarity_label, edge - 0.001).to_equal(beneath, because=because)
        expect(similarity_label, math.nextafter(edge, -1)).to_equal(beneath, because=because)
        expect(similarity_label, math.nextafter(edge, 1)).to_equal(label, because=because)
    expect(similarity_label, 0).to_equal(
        "weak or no relation", because="an int is a number too, and 0 is not below 0"
    )
    expect(similarity_label, np.float64(0.7)).to_equal("strongly related", because=because)


@similarity_label.hidden
def refuses_anything_outside(similarity_label):
    """Just outside the range is outside; just inside is inside."""
    because = "compare with 1 and -1 exactly: no number above 1 or below -1 is a cosine, however close it is"
    expect(similarity_label, math.nextafter(1, 0)).to_equal("near-identical", because=because)
    expect(similarity_label, math.nextafter(-1, 0)).to_equal("opposing", because=because)
    expect(similarity_label, math.nextafter(1, 2)).to_be_refused(ValueError, because=because)
    expect(similarity_label, math.nextafter(-1, -2)).to_be_refused(ValueError, because=because)
    expect(similarity_label, -40).to_be_refused(ValueError, because=because)


most_similar = Question(
    points=3,
    source="Chapter II",
    meaning=(
        "Replace the cosine by the dot product, the dict by a few million stored vectors and the loop by an"
        " index, and this is the retrieval step of retrieval-augmented generation."
    ),
)

# Dot products, distances and directions rank these differently. Cosines to "start": ahead 0.99, wide 0.89,
# across 0, back -0.99.
FAN = {
    "wide": [5.0, 15.0],
    "back": [-1.0, -1.4],
    "start": [1.0, 1.0],
    "across": [0.4, -0.4],
    "ahead": [0.3, 0.4],
}
# Multiples of one vector: their cosines are equal, and come out unequal in the last digit, in another order
# than the alphabet's.
PARALLEL = {
    word: [factor * x for x in [1.1, 1.3, 0.5]]
    for word, factor in [("yew", 9), ("elm", 0.3), ("oak", 11), ("ash", 1), ("fir", 0.7)]
}
BY_COSINE = "rank the other words by cosine similarity, the largest first"


@most_similar.check
def ranks_by_direction(most_similar):
    """The most similar word first, and the word itself left out."""
    animals = {"car": [1, 7], "cat": [2, 1], "lynx": [6, 2], "dog": [3, 3]}
    expect(most_similar, "cat", animals, 3).to_equal(["lynx", "dog", "car"], because=BY_COSINE)
    expect(most_similar, "cat", animals, 1).to_equal(
        ["lynx"], because="the answer is a list of k words, also if k is 1"
    )


@most_similar.check
def gives_all_if_k_is_larger(most_similar):
    """Fewer than k other words: all of them."""
    pair = {"left": (1.0, 0.0), "middle": (1.0, 2.0), "right": (1.0, 5.0)}
    expect(most_similar, "left", pair, 2).to_equal(["middle", "right"], because=BY_COSINE)
    expect(most_similar, "right", pair, 10).to_equal(
        ["middle", "left"], because="all the other words come back, the most similar first"
    )


@most_similar.check
def refuses_what_it_cannot_rank(most_similar):
    """k below 1: ValueError. A word that is not in the vocabulary: KeyError."""
    pair = {"left": [1.0, 0.0], "right": [1.0, 5.0]}
    expect(most_similar, "left", pair, 1).to_equal(["right"], because=BY_COSINE)
    because = "a ranking has 1 place or more: check k first, and raise ValueError"
    expect(most_similar, "left", pair, 0).to_be_refused(ValueError, because=because)
    expect(most_similar, "left", pair, -2).to_be_refused(ValueError, because=because)
    expect(most_similar, "up", pair, 1).to_be_refused(
        KeyError, because="a dict raises KeyError by itself if it is asked for an absent word"
    )


@most_similar.check(points=0.15)
def names_k(most_similar):
    """The message of the ValueError names k."""
    pair = {"left": [1.0, 0.0], "right": [1.0, 5.0]}
    expect(most_similar, "right", pair, 1).to_equal(["left"], because=BY_COSINE)
    expect(most_similar, "left", pair, -2).to_be_refused(
        ValueError, naming=[-2], because="put k into the message of a ValueError"
    )


@most_similar.hidden
def ignores_lengths_and_distances(most_similar):
    """Directions alone decide, at whatever length and distance."""
    because = "the ranking is by cosine similarity with its sign, not by the dot product and not by distance"
    expect(most_similar, "start", FAN, 4).to_equal(["ahead", "wide", "across", "back"], because=because)
    expect(most_similar, "back", FAN, 2).to_equal(["across", "wide"], because=because)
    below_one = {"here": [0.4, 0.9], "a": [1.0, 0.1], "b": [0.3, 1.0]}
    expect(most_similar, "here", below_one, 2).to_equal(["b", "a"], because=BY_COSINE)
    arrays = {word: np.array(v) for word, v in FAN.items()}
    expect(most_similar, "back", arrays, 2).to_equal(["across", "wide"])
    narrow = {
        word: np.array(v, dtype=np.int8) for word, v in {"a": [100, 90], "b": [90, 100], "c": [0, 1]}.items()
    }
    expect(most_similar, "a", narrow, 2).to_equal(["b", "c"])


@most_similar.hidden
def puts_parallel_words_in_alphabetical_order(most_similar):
    """Multiples of one vector are equally similar, and come in alphabetical order."""
    because = (
        "similarities that differ by no more than 1e-12 are equal, and equals come in alphabetical order"
    )
    trees = {**PARALLEL, "here": [0.7, 0.2, 1.8], "zinnia": [0.8, 0.3, 1.7]}
    expect(most_similar, "here", trees, 1).to_equal(["zinnia"], because=BY_COSINE)
    expect(most_similar, "here", trees, 4).to_equal(["zinnia", "ash", "elm", "fir"], because=because)
    backwards = dict(reversed(list(trees.items())))
    expect(most_similar, "here", backwards, 6).to_equal(
        ["zinnia", "ash", "elm", "fir", "oak", "yew"], because=because
    )
    # The cosines are 1 and 1 - 7e-13: no tie for whoever rounds to 12 decimals, and one by the text.
    nearly = {"b": [2.0, 0.0], "here": [1.0, 0.0], "a": [1.0, 0.0000012], "z": [1.0, 1.0]}
    expect(most_similar, "here", nearly, 3).to_equal(["a", "b", "z"], because=because)
    cities = {"bern": [2.0, 4.0], "Riga": [1.0, 2.0], "Pisa": [1.0, 0.0], "Oslo": [3.0, 6.0]}
    expect(most_similar, "Riga", cities, 3).to_equal(
        ["Oslo", "bern", "Pisa"], because="equals come in Python's order of strings, with regard to case"
    )
    same = {"big": [2.0, 1.0], "able": [2.0, 1.0], "low": [-1.0, 1.0], "old": [1.0, 3.0]}
    expect(most_similar, "big", same, 2).to_equal(
        ["able", "old"], because="leave the word itself out by name"
    )


@most_similar.hidden
def tells_close_words_apart(most_similar):
    """A difference of more than 1e-12 is not a tie, however small it looks."""
    because = "only similarities that differ by no more than 1e-12 are equal: a few decimals are not enough"
    close = {"b": [1.0, 0.00001], "a": [1.0, 0.005], "origin": [1.0, 0.0], "c": [1.0, -0.004]}
    # A string put together here equals the key and is another object, which `is not` would take for another
    # word.
    expect(most_similar, "".join(["ori", "gin"]), close, 3).to_equal(["b", "c", "a"], because=because)
    closer = {"a": [0.001, 1.0], "b": [0.001 + 4e-12, 1.0], "up": [1.0, 0.0], "c": [0.001 - 5e-12, 1.0]}
    expect(most_similar, "up", closer, 3).to_equal(["b", "a", "c"], because=because)
    # 1.8e-12 apart: 1e-12 for whoever rounds to 12 decimals before comparing.
    rounded = {"a": [0.6e-12, 1.0], "up": [1.0, 0.0], "z": [2.4e-12, 1.0]}
    expect(most_similar, "up", rounded, 2).to_equal(["z", "a"], because=because)


@most_similar.hidden
def looks_afresh_at_every_call(most_similar):
    """Each call has its own vocabulary, and words are spelt as its keys are."""
    before = {"Oslo": [0.0, 1.0], "Rome": [0.5, 3.0], "Lima": [9.0, 1.0]}
    after = {"Oslo": [1.0, 0.0], "Rome": [0.5, 3.0], "Lima": [9.0, 1.0]}
    expect(most_similar, "Oslo", before, 2).to_equal(["Rome", "Lima"], because=BY_COSINE)
    expect(most_similar, "Oslo", after, 2).to_equal(["Lima", "Rome"], because=BY_COSINE)
    months = {"may": [1.0, 0.0], "May": [1.0, 0.5], "june": [0.0, 1.0]}
    expect(most_similar, "may", months, 2).to_equal(
        ["May", "june"], because="names that differ in case alone are two names"
    )


# Domains ----------------------------------------------------------------------------------------------------

# Arrays of float32 hold numbers that they represent exactly, so that products of them add up exactly too.
# Roots do not: where a root is taken, such arrays are asked for by hand.


@dot.domain
def two_vectors_of_one_dimension(draw):
    n = draw(lengths())
    return {"a": draw(vectors(n, float32="exact")), "b": draw(vectors(n, float32="exact"))}


@dot.domain
def small_vectors(draw):
    n = draw(lengths(1, 16))
    draw.kind("two vectors", {"a small product": 1})
    a, b = ([draw.rng.choice([-3, 2, 5, 7]) * 1e-5 for _ in range(n)] for _ in range(2))
    return {"a": a, "b": b}


@dot.domain
def a_vector_and_itself(draw):
    v = draw(vectors(float32="exact"))
    return {"a": list(v), "b": v}


@dot.refuses(ValueError)
def vectors_of_two_dimensions(draw):
    m, n = draw.rng.choice([(1, 2), (2, 1), (1, 5), (4, 1), (2, 3), (5, 3), (3, 4)])
    return {"a": draw(vectors(m)), "b": draw(vectors(n))}


@cosine_similarity.domain
def two_directions(draw):
    n = draw(lengths())
    return {"a": draw(vectors(n, float32="never")), "b": draw(vectors(n, float32="never"))}


@cosine_similarity.domain
def directions_nearly_alike(draw):
    kinds = {
        "nearly parallel": among([1000, 1], [10000, 1]),
        "nearly perpendicular": [1e-9, 1],
        "nearly opposite": among([-1000, 1], [-10000, 1]),
    }
    x, y = draw(one_of(kinds))
    size = draw.rng.choice([1, 3, 0.5])
    return {
        "a": [size * x, size * y * draw.rng.choice([-2, 1, 3])],
        "b": [draw.rng.choice([1, 4, 0.25]), 0.0],
    }


@cosine_similarity.domain
def short_vectors(draw):
    n = draw(lengths(1, 16))
    draw.kind("two vectors", {"short vectors": 1})
    a, b = ([draw.rng.choice([-3, 2, 5, 7]) * 1e-11 for _ in range(n)] for _ in range(2))
    return {"a": a, "b": b}


@cosine_similarity.domain
def a_direction_and_a_multiple_of_it(draw):
    v = draw(vectors(float32="never"))
    factor = draw(
        one_of({"the same direction": among(1, 3, 0.7), "the opposite direction": among(-1, -3, -0.7)})
    )
    return {"a": v, "b": [factor * float(x) for x in v]}


NOTHING_BUT_ZEROS = {"nothing but zeros": lambda rng, n: [rng.choice([0, 0.0])] * n}


@cosine_similarity.refuses(ValueError)
def a_zero_vector(draw):
    n = draw(among(1, 2, 3, 5))
    pair = [draw(vectors(n, NOTHING_BUT_ZEROS)), draw(vectors(n))]
    draw.rng.shuffle(pair)
    return dict(zip("ab", pair, strict=True))


@angle_degrees.domain
def directions_well_apart(draw):
    """Not near 0 or 180 degrees, where arccos magnifies the last digit."""
    n = draw(lengths(2, 16))
    while True:
        a, b = draw(vectors(n, float32="never")), draw(vectors(n, float32="never"))
        lengths_of_both = math.hypot(*a) * math.hypot(*b)
        if abs(sum(float(x) * float(y) for x, y in zip(a, b, strict=True))) < 0.99 * lengths_of_both:
            return {"a": a, "b": b}


@angle_degrees.domain(atol=NEARLY, because="near 0 and 180 degrees arccos magnifies the last digit")
def parallel_directions(draw):
    v = draw(vectors(float32="never"))
    factor = draw(
        one_of({"the same direction": among(1, 3, 0.7), "the opposite direction": among(-1, -3, -0.7)})
    )
    return {"a": v, "b": [factor * float(x) for x in v]}


WITHIN = {
    "a number inside a band": among(0.97, 0.93, 0.8512, 0.7104, 0.6988, 0.55, 0.3999, 0.25, 0.0049),
    "a negative number": among(-0.5, -0.04, -0.9, -0.7, -1e-3, -1e-12),
    "an edge, or next to one": edges(0.9, 0.7, 0.4, 0.0),
    "an end of the range": among(1, -1, 1.0, -1.0, math.nextafter(1, 0), math.nextafter(-1, 0)),
    "zero": among(0, 0.0, -0.0),
}
similarity_label.domain(c=one_of(WITHIN))
OUTSIDE = {
    "just outside the range": among(math.nextafter(1, 2), math.nextafter(-1, -2), 1 + 1e-9, -1 - 1e-12),
    "far outside the range": among(1.5, -1.25, 2, -3, 40.0),
}
similarity_label.refuses(ValueError, c=one_of(OUTSIDE))

# Words for which every notion of the alphabet agrees.
PLAIN_WORDS = ["ant", "bee", "cat", "dog", "elk", "fox", "gnu", "hen"]


@most_similar.domain
def words_in_many_directions(draw):
    n = draw(among(2, 3, 5))
    chosen = draw(words(draw(among(2, 3, 5))))
    vocabulary = {w: draw(vectors(n, float32="never")) for w in chosen}
    k = draw(one_of({"one place": 1, "a few places": among(2, 3), "more places than words": among(5, 50)}))
    return {"word": draw.rng.choice(chosen), "vocabulary": vocabulary, "k": k}


@most_similar.domain
def parallel_words(draw):
    chosen = draw.rng.sample(PLAIN_WORDS, 6)
    base, other = [1.1, 1.3, 0.5], [0.7, -0.2, 1.8]
    points = [[factor * x for x in base] for factor in draw.rng.sample([9, 0.3, 11, 1, 0.7, 3, 5], 4)]
    points += [other, [-x for x in base]]
    vocabulary = dict(zip(chosen, points, strict=True))
    return {"word": chosen[4], "vocabulary": vocabulary, "k": draw(among(1, 2, 4, 5, 9))}


@most_similar.refuses(ValueError)
def too_few_places(draw):
    chosen = draw(words(3))
    vocabulary = {w: draw(vectors(2)) for w in chosen}
    return {"word": chosen[0], "vocabulary": vocabulary, "k": draw(among(0, -1, -2, -7))}


@most_similar.refuses(KeyError)
def a_word_that_is_not_there(draw):
    absent, *chosen = draw(words(4))
    return {"word": absent, "vocabulary": {w: draw(vectors(2)) for w in chosen}, "k": draw(among(1, 2, 5))}


# Worked by hand ---------------------------------------------------------------------------------------------

exercise_1 = WorkedValue(
    points=1,
    source="Exercise 1",
    numbers={"v": [6, 2, 3]},
    tolerance=0.001,
    answer_as="a number",
    because="square the three components, add up the squares, take the square root of the sum",
    meaning="With a third component the sum has one more square, and nothing else changes.",
)


@exercise_1.draw
def another_whole_magnitude(rng):
    whole = [
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
    return {"v": rng.sample(rng.choice(whole), 3)}


exercise_2 = WorkedValue(
    points=1,
    source="Exercise 2",
    numbers={"a": [1, 3, 5], "b": [2, 0, 4]},
    answer_as="a whole number",
    because=(
        "multiply component by component, then add up the three products; a component of 0 makes its product"
        " 0"
    ),
    meaning="The component of 0 has no vote: whatever stands opposite it counts for nothing.",
)


def as_if_zero_were_one(a, b):
    return sum(x * (y or 1) for x, y in zip(a, b, strict=True))


def product_of_the_sums(a, b):
    return sum(a) * sum(b)


def sum_of_all_components(a, b):
    return sum(a) + sum(b)


def paired_backwards(a, b):
    return sum(x * y for x, y in zip(a, reversed(b), strict=True))


@exercise_2.draw
def another_pair_with_a_zero(rng):
    slips = (as_if_zero_were_one, product_of_the_sums, sum_of_all_components, paired_backwards)
    while True:
        a, b = rng.sample(range(1, 8), 3), rng.sample(range(1, 8), 3)
        b[rng.randrange(3)] = 0
        right = sum(x * y for x, y in zip(a, b, strict=True))
        if len({right, *(slip(a, b) for slip in slips)}) == 5:
            return {"a": a, "b": b}


exercise_3 = WorkedValue(
    points=1,
    source="Exercise 3",
    numbers={"a": [1, 2], "b": [2, -1]},
    tolerance=0.001,
    answer_as="a number",
    because=(
        "a number from -1 to 1, not an angle: the dot product with all its signs, divided by both magnitudes"
    ),
    meaning=(
        "The sign says on which side of a right angle the two lie. 0 is the right angle itself, whatever the"
        " lengths: the model treats two such words as unrelated. Above 0 they lean the same way, below 0"
        " apart."
    ),
)


@exercise_3.draw
def vectors_at_a_known_angle(rng):
    """Vectors 60 or 120 degrees apart: the primer's are at 90, whose answer every variant would share."""
    pairs = [
        ([2, 1, 1], [1, 2, -1]),
        ([1, 2, 1], [2, 1, -1]),
        ([3, 1, 2], [1, -2, 3]),
        ([3, 2, -1], [1, 3, 2]),
        ([1, -1, 2], [2, 1, 1]),
        ([3, -2, 1], [1, -3, -2]),
    ]
    a, b = rng.choice(pairs)
    order, sign = rng.sample(range(3), 3), rng.choice([1, -1])
    a, b = [a[i] for i in order], [sign * b[i] for i in order]
    return {"a": a, "b": b} if rng.random() < 0.5 else {"a": b, "b": a}


exercise_4 = WorkedValue(
    points=1,
    source="Exercise 4",
    numbers={"a": [3, 4], "b": [4, 3]},
    tolerance=0.001,
    answer_as="a number, to three decimals",
    because="divide the dot product by the product of the two magnitudes",
    meaning=(
        "The swap mirrors the vector in the diagonal. The closer its two numbers are to each other, the less"
        " it turns; [1, 1] would not turn at all, and [0, 1] by a whole right angle."
    ),
)


@exercise_4.draw
def another_swapped_pair(rng):
    a = rng.choice([[5, 12], [8, 15], [7, 24], [12, 35], [9, 40], [10, 24], [16, 30]])
    rng.shuffle(a)
    return {"a": a, "b": a[::-1]}


reading_2 = Reading(
    points=2,
    source=["Notation: a · b", "Notation: cos(θ)"],
    numbers={"length_u": 4, "length_v": 5, "theta": 60},
    tolerance=0.001,
    answer_as="a number",
    because="the dot product is both magnitudes times the cosine of the angle; math.cos takes radians",
    meaning=(
        "The lengths set the most that the dot product can be, and the angle says how much of it is left: all"
        " of it at 0°, half at 60°, nothing at 90°, and minus a half at 120°."
    ),
)


@reading_2.draw
def other_magnitudes(rng):
    length_u, length_v = rng.sample([4, 6, 8, 10, 12, 14], 2)
    return {"length_u": length_u, "length_v": length_v, "theta": rng.choice([60, 120])}
