"""Chapter I: what is asked of vectors, their lengths and the distances between them."""

import math

import numpy as np

from autograder.course.domains import ANY_REALS, among, lengths, one_of, vectors, words
from autograder.course.question import Question, Reading, WorkedValue, expect

# In a check, plain floats come before narrow ints and before arrays that could be written over: whoever gets
# the plain ones wrong is told about the mathematics, and never about types.

dimension = Question(
    points=1,
    source="Notation: v, a, b",
    meaning="In NumPy the dimension of a vector is the n in its shape, (n,). Papers write it as v ∈ ℝⁿ.",
)


@dimension.check
def counts_the_components(dimension):
    """[3, 7] has two components, [0.12, -0.85, 0.33, 0.71] has four."""
    expect(dimension, [3, 7]).to_equal(2, because="the dimension is how many numbers the vector holds")
    expect(dimension, [0.12, -0.85, 0.33, 0.71]).to_equal(
        4, because="the dimension is how many numbers the vector holds"
    )


@dimension.check
def counts_in_every_kind_of_vector(dimension):
    """Lists, tuples and arrays, of one component or many."""
    expect(dimension, (5,)).to_equal(1, because="one component is a vector too")
    expect(dimension, np.array([2.5, 0.0, -1.0])).to_equal(
        3, because="a 1-D array of three numbers has dimension 3; its ndim, 1, counts axes"
    )
    expect(dimension, [0.5] * 768).to_equal(768, because="a vector may be of any length")


@dimension.check(points=0.1)
def counts_in_ints(dimension):
    """The dimension is an int."""
    expect(dimension, (2.5, 0.0, -1.0)).to_equal(
        3, typed=True, because="a sum of floats is a float, and no range or index takes one: len gives an int"
    )


@dimension.hidden
def counts_zeros_and_repeats(dimension):
    """Every component counts, whatever its value."""
    because = "count the places, whatever number stands in them"
    expect(dimension, [0, 0, 7, 7, -1]).to_equal(5, because=because)
    expect(dimension, np.zeros(12)).to_equal(12, because=because)
    expect(dimension, np.ones(3000, dtype=np.int8)).to_equal(3000, because=because)


magnitude = Question(
    points=4,
    source=["Example 1", "Notation: ||v||"],
    meaning=(
        "This is Pythagoras applied again and again: each further component stands at right angles to all"
        " those before it, and adds its square."
    ),
)

ROOT_OF_SQUARES = "square each component, add up the squares, and take the square root of the sum"
# Eight components of no pattern, and the root of their summed squares by another road than the reference's.
EMBEDDING = [0.12, -0.85, 0.33, 0.71, -1.4, 0.05, 2.2, -0.64]
EMBEDDING_LENGTH = math.sqrt(math.fsum(x * x for x in EMBEDDING))


@magnitude.check
def takes_the_root_of_summed_squares(magnitude):
    """[5, 12] has length 13, [1, 2, 2] length 3."""
    expect(magnitude, [5, 12]).to_equal(13.0, because=ROOT_OF_SQUARES)
    expect(magnitude, [1, 2, 2]).to_equal(3.0, because=ROOT_OF_SQUARES)


@magnitude.check
def measures_every_kind_of_vector(magnitude):
    """Lists, tuples and arrays, of one component or more."""
    expect(magnitude, (-7,)).to_equal(7.0, because="the square of -7 is 49, and its root is positive")
    expect(magnitude, [0.7, 2.4]).to_equal(2.5, because=ROOT_OF_SQUARES)
    expect(magnitude, np.array([1.5, -2.0, 6.0])).to_equal(6.5, because=ROOT_OF_SQUARES)


@magnitude.check
def measures_ints_of_every_width(magnitude):
    """Ints of 8 bits too: their squares need more room than they have."""
    expect(magnitude, [12.0, 5.0]).to_equal(13.0, because=ROOT_OF_SQUARES)
    widened = "the squares wrap around in 8 bits: make floats first, with np.asarray(v, dtype=float)"
    expect(magnitude, np.array([12, 5], dtype=np.int8)).to_equal(13.0, because=widened)
    expect(magnitude, np.array([60, 80], dtype=np.uint8)).to_equal(100.0, because=widened)


@magnitude.check
def finds_no_length_in_the_zero_vector(magnitude):
    """The zero vector has length 0, and no other vector has."""
    expect(magnitude, [0, -2, 0]).to_equal(2.0, because="one component other than 0 is enough for a length")
    expect(magnitude, [0, 0, 0]).to_equal(0.0, because="the square root of 0 is 0; no special case is needed")


@magnitude.check
def keeps_every_digit_of_the_length(magnitude):
    """Nothing is rounded: [0.001, 0.002] has the root of 0.000005."""
    expect(magnitude, [5.0, 12.0]).to_equal(13.0, because=ROOT_OF_SQUARES)
    expect(magnitude, [0.001, 0.002]).to_equal(
        math.sqrt(0.000005), because="the root keeps every digit: nothing is rounded, cut off or added"
    )


@magnitude.hidden
def measures_in_many_dimensions(magnitude):
    """Several components, and a great many."""
    expect(magnitude, EMBEDDING).to_equal(EMBEDDING_LENGTH, because=ROOT_OF_SQUARES)
    expect(magnitude, [0.5, -0.5] * 350).to_equal(math.sqrt(175.0), because=ROOT_OF_SQUARES)
    expect(magnitude, [0.25] * 1600).to_equal(10.0, because=ROOT_OF_SQUARES)
    expect(magnitude, [3, 3, 3, 3]).to_equal(6.0, because=ROOT_OF_SQUARES)


@magnitude.hidden
def stretches_with_the_vector(magnitude):
    """Stretching a vector stretches its length by the same factor."""
    expect(magnitude, [3.0, 4.0]).to_equal(5.0, because=ROOT_OF_SQUARES)
    expect(magnitude, [-3.0 * x for x in EMBEDDING]).to_equal(3 * EMBEDDING_LENGTH, because=ROOT_OF_SQUARES)


@magnitude.hidden
def takes_ints_whose_squares_are_large(magnitude):
    """Ints of other widths, and arrays of them, which stay as they were."""
    expect(magnitude, [8.0, 15.0]).to_equal(17.0, because=ROOT_OF_SQUARES)
    because = "an int type has no room for squares of this size: make floats first"
    expect(magnitude, np.array([8, 15])).to_equal(17.0, because_type=because)
    expect(magnitude, np.array([-300, 400], dtype=np.int16)).to_equal(500.0, because_type=because)
    expect(magnitude, np.array([60000, 80000], dtype=np.int32)).to_equal(100000.0, because_type=because)
    expect(magnitude, [30_000_000_000, 40_000_000_000]).to_equal(5e10, because_type=because)
    expect(magnitude, np.array([1.5, 2.0], dtype=np.float32)).to_equal(2.5)


direction = Question(
    points=3,
    source="Chapter I",
    meaning=(
        "A unit vector holds the direction and nothing else, so two of them can be compared fairly. Papers"
        " that normalize embeddings do this to every row of the table."
    ),
)

OVER_THE_LENGTH = "divide every component by the magnitude of the vector"


@direction.check
def divides_by_the_length(direction):
    """[6, 8] points along [0.6, 0.8], [0, -2, 0] along [0, -1, 0]."""
    expect(direction, [6, 8]).to_equal([0.6, 0.8], because=OVER_THE_LENGTH)
    expect(direction, [0, -2, 0]).to_equal([0.0, -1.0, 0.0], because=OVER_THE_LENGTH)


@direction.check
def refuses_the_zero_vector(direction):
    """The zero vector points nowhere: ValueError."""
    expect(direction, [0.0, -0.5]).to_equal([0.0, -1.0], because=OVER_THE_LENGTH)
    because = "0 divided by 0 is no direction: if every component is 0, raise ValueError"
    expect(direction, [0, 0]).to_be_refused(ValueError, because=because)
    expect(direction, np.zeros(3)).to_be_refused(ValueError, because=because)


@direction.check
def works_where_squares_underflow(direction):
    """[3e-200, -4e-200] has a direction, though the squares of its components are 0 to a computer."""
    expect(direction, [3.0, -4.0]).to_equal([0.6, -0.8], because=OVER_THE_LENGTH)
    expect(direction, [3e-200, -4e-200]).to_equal(
        [0.6, -0.8],
        because=(
            "the squares underflow to 0: divide by the largest absolute value before taking the magnitude"
        ),
    )


@direction.check
def keeps_every_digit_of_the_direction(direction):
    """Nothing is rounded: the direction of [3, 7000]."""
    expect(direction, [-5, 12]).to_equal([-5 / 13, 12 / 13], because=OVER_THE_LENGTH)
    expect(direction, [3, 7000]).to_equal(
        [3 / math.sqrt(49000009), 7000 / math.sqrt(49000009)],
        because="the components keep every digit: nothing is rounded, cut off or added",
    )


@direction.hidden
def has_length_one(direction):
    """Whatever the vector, its direction has length 1."""
    expect(direction, EMBEDDING).to_equal([x / EMBEDDING_LENGTH for x in EMBEDDING], because=OVER_THE_LENGTH)
    expect(direction, (-7,)).to_equal([-1.0], because="of one component there are two directions, 1 and -1")
    expect(direction, [0.5, -0.5] * 800).to_equal([0.025, -0.025] * 800, because=OVER_THE_LENGTH)
    expect(direction, [2.0, 2.0, 2.0, 2.0]).to_equal([0.5, 0.5, 0.5, 0.5], because=OVER_THE_LENGTH)


@direction.hidden
def takes_arrays_of_every_type(direction):
    """Arrays of ints and of floats, which stay as they were."""
    expect(direction, [2.0, 3.0, 6.0]).to_equal([2 / 7, 3 / 7, 6 / 7], because=OVER_THE_LENGTH)
    floats = "make floats of the components first: a direction is seldom whole"
    expect(direction, np.array([2, 3, 6])).to_equal([2 / 7, 3 / 7, 6 / 7], because=floats)
    expect(direction, np.array([-128, 0, 0], dtype=np.int8)).to_equal([-1.0, 0.0, 0.0], because=floats)
    expect(direction, np.array([120, 90], dtype=np.uint8)).to_equal([0.8, 0.6], because=floats)
    expect(direction, np.array(EMBEDDING)).to_equal([x / EMBEDDING_LENGTH for x in EMBEDDING])
    expect(direction, np.array([3.0, -4.0], dtype=np.float32)).to_equal([0.6, -0.8])


@direction.hidden
def forgets_how_long_the_vector_was(direction):
    """A vector, its double and a small part of it all point the same way."""
    expect(direction, [3.0, -3.0]).to_equal([math.sqrt(0.5), -math.sqrt(0.5)], because=OVER_THE_LENGTH)
    expect(direction, [1e-9, 0.0]).to_equal(
        [1.0, 0.0],
        because="the magnitude alone is the divisor: whatever is added to it shortens short vectors",
    )
    expect(direction, [2 * x for x in EMBEDDING]).to_agree_with(EMBEDDING, because=OVER_THE_LENGTH)


@direction.hidden
def works_at_every_size(direction):
    """Components of any size: only a vector whose components are all 0 is refused."""
    expect(direction, [0.0, 5.0]).to_equal([0.0, 1.0], because=OVER_THE_LENGTH)
    because = "divide by the largest absolute value first, so that no square leaves the range of floats"
    expect(direction, [1e200, 0.0]).to_equal([1.0, 0.0], because=because)
    expect(direction, np.array([-3e200, 4e200, 12e200])).to_equal([-3 / 13, 4 / 13, 12 / 13], because=because)
    expect(direction, [0.0, -1e-200]).to_equal([0.0, -1.0], because=because)
    expect(direction, [3e-305, -4e-305]).to_equal([0.6, -0.8], because=because)
    expect(direction, (0.0, -0.0, 0.0)).to_be_refused(
        ValueError, because="a vector with nothing but zeros in it has no direction"
    )


distance = Question(
    points=3,
    source="Chapter I",
    meaning=(
        "The distance from a to b is the distance from b to a, since the squares forget the sign. Papers"
        " write ‖a − b‖₂."
    ),
)

OF_THE_DIFFERENCE = "subtract component from component, then take the magnitude of the difference"
HERE = [0.7, -1.2, 3.1, 0.0]
THERE = [-2.1, 0.4, 2.6, 1.5]
APART = math.sqrt(math.fsum([2.8**2, 1.6**2, 0.5**2, 1.5**2]))


@distance.check
def measures_the_difference(distance):
    """[1, 2] and [6, 14] are 13 apart, [1, 0, 2] and [3, 3, 8] are 7 apart."""
    expect(distance, [1, 2], [6, 14]).to_equal(13.0, because=OF_THE_DIFFERENCE)
    expect(distance, [1, 0, 2], [3, 3, 8]).to_equal(7.0, because=OF_THE_DIFFERENCE)


@distance.check
def takes_two_vectors_of_any_kind(distance):
    """Lists, tuples and arrays in any pairing; the arguments stay as they were."""
    expect(distance, (2,), [9.5]).to_equal(7.5, because=OF_THE_DIFFERENCE)
    expect(distance, [8.0, 1.0], (2.0, 9.0)).to_equal(10.0, because=OF_THE_DIFFERENCE)
    expect(distance, np.array([1.5, 2.0]), np.array([4.5, -2.0])).to_equal(5.0)
    expect(distance, np.array([8, 1]), np.array([2, 9])).to_equal(10.0)
    expect(distance, np.array([8, 1], dtype=np.uint8), np.array([2, 9], dtype=np.uint8)).to_equal(
        10.0, because_type="unsigned ints have no negative numbers, and 1 - 9 wraps around: make floats first"
    )


@distance.check
def refuses_other_dimensions(distance):
    """Two components and three: ValueError."""
    expect(distance, [1.0, 1.0, 0.0], [1.0, 5.0, 3.0]).to_equal(5.0, because=OF_THE_DIFFERENCE)
    expect(distance, [1.0, 2.0], [1.0, 2.0, 5.0]).to_be_refused(
        ValueError, because="compare the two dimensions first, and raise ValueError if they differ"
    )


@distance.check(points=0.15)
def names_both_dimensions(distance):
    """The message of the ValueError names both dimensions."""
    expect(distance, [0.0, 3.0], [4.0, 0.0]).to_equal(5.0, because=OF_THE_DIFFERENCE)
    expect(distance, [1.0, 2.0], [1.0, 2.0, 5.0]).to_be_refused(
        ValueError, naming=[2, 3], because="put both dimensions into the message of a ValueError"
    )


@distance.check
def keeps_every_digit_of_the_distance(distance):
    """Nothing is rounded: from [0.001, 0] to [0, 0.002]."""
    expect(distance, [3.0, 0.0], [0.0, 4.0]).to_equal(5.0, because=OF_THE_DIFFERENCE)
    expect(distance, [0.001, 0.0], [0.0, 0.002]).to_equal(
        math.sqrt(0.000005), because="the root keeps every digit: nothing is rounded, cut off or added"
    )
    # Numbers that even float32 subtracts exactly, and the sum of whose squares is too long even for 64 bits.
    expect(distance, [3_000_000.0, 4_000_000.0], [3_000_003.0, 4_000_004.0]).to_equal(
        5.0, because="however close two points lie, the distance is 0 only if they are the same"
    )
    expect(distance, [8_000_001.0, 0.03125], [8_000_001.0, 0.0625]).to_equal(
        0.03125,
        because="however far from the origin two points lie, subtract them before anything is squared",
    )


@distance.hidden
def is_the_same_both_ways(distance):
    """From a to b is as far as from b to a; from a to itself is 0."""
    expect(distance, HERE, THERE).to_equal(APART, because=OF_THE_DIFFERENCE)
    expect(distance, THERE, HERE).to_equal(APART, because=OF_THE_DIFFERENCE)
    expect(distance, [1.5] * 1600, [2.0] * 1600).to_equal(20.0, because=OF_THE_DIFFERENCE)
    expect(distance, HERE, HERE).to_equal(
        0.0, because="a vector minus itself is the zero vector, of length 0"
    )


@distance.hidden
def takes_narrow_ints(distance):
    """Arrays of narrow ints and of narrow floats."""
    expect(distance, [100.0, 0.0], [-100.0, 0.0]).to_equal(200.0, because=OF_THE_DIFFERENCE)
    because = "a difference or a square may not fit into a narrow int type: make floats first"
    expect(distance, np.array([100, 0], dtype=np.int8), np.array([-100, 0], dtype=np.int8)).to_equal(
        200.0, because_type=because
    )
    expect(distance, np.array([60000, 0], dtype=np.int32), [0, 80000]).to_equal(
        100000.0, because_type=because
    )
    expect(distance, np.array([3.5, 0.5], dtype=np.float32), np.array([0.5, 4.5], dtype=np.float32)).to_equal(
        5.0
    )


@distance.hidden
def never_stretches_one_component(distance):
    """A vector is not stretched to fit another: ValueError."""
    expect(distance, [3.0], [-1.5]).to_equal(4.5, because=OF_THE_DIFFERENCE)
    because = "NumPy stretches a vector of one component to any length: compare the dimensions yourself"
    expect(distance, [3.0], HERE).to_be_refused(ValueError, because=because)
    expect(distance, np.array(THERE), np.array([3.0])).to_be_refused(ValueError, because=because)


nearest = Question(
    points=4,
    source=["Chapter I", "Figure 1"],
    meaning=(
        "This loop over the whole vocabulary is exact nearest-neighbour search. Vector databases answer the"
        " same question approximately, because over a billion vectors the loop is too slow."
    ),
)

# "axis" is nearest by steps along the axes, "along" by direction, "near" by distance.
COMPASS = {
    "start": [2.0, 1.0],
    "axis": [4.2, 1.0],
    "along": [4.0, 2.0],
    "near": [3.4, 2.4],
    "far": [-6.0, 8.0],
}
SMALLEST = "measure the distance to every other word, and keep the word with the smallest"


@nearest.check
def finds_the_closest_other_word(nearest):
    """The smallest distance wins, and a word is not its own neighbour."""
    animals = {"cat": [1, 1], "dog": [2, 1], "car": [9, 5], "bus": [8, 7]}
    expect(nearest, "cat", animals).to_equal("dog", because=SMALLEST)
    expect(nearest, "car", animals).to_equal("bus", because=SMALLEST)


@nearest.check
def refuses_a_word_it_does_not_know(nearest):
    """A word that is not in the vocabulary: KeyError."""
    pair = {"left": [0.0, 0.0, 1.0], "right": [4.0, 0.0, 1.0]}
    expect(nearest, "left", pair).to_equal("right", because=SMALLEST)
    because = "a dict raises KeyError by itself if it is asked for an absent word"
    expect(nearest, "middle", pair).to_be_refused(KeyError, because=because)
    expect(nearest, "middle", {"left": [0.0, 0.0, 1.0]}).to_be_refused(
        KeyError, because="the word is looked up first: it is absent, however many other words there are"
    )


@nearest.check
def gives_a_tie_to_the_first_in_the_alphabet(nearest):
    """Of equally close words the alphabetically first, in whatever order the vocabulary holds them."""
    around = {
        "pear": [5.0, 0.0],
        "origin": [0.0, 0.0],
        "fig": [3.0, 4.0],
        "apple": [4.0, 4.0],
        "kiwi": [0.0, -5.0],
    }
    expect(nearest, "kiwi", around).to_equal("origin", because=SMALLEST)
    because = "three words are at distance 5; among these the alphabet decides, not the order in the dict"
    expect(nearest, "origin", around).to_equal("fig", because=because)
    expect(nearest, "origin", dict(reversed(list(around.items())))).to_equal("fig", because=because)


@nearest.hidden
def goes_by_straight_line_distance(nearest):
    """The measure is the straight-line distance between two words."""
    because = "the distance is the length of the difference: square, add up, take the root"
    expect(nearest, "start", COMPASS).to_equal("near", because=because)
    tuples = {word: tuple(point) for word, point in COMPASS.items()}
    expect(nearest, "axis", tuples).to_equal("along", because=because)
    expect(nearest, "far", COMPASS).to_equal("start", because=because)
    fractions = {"here": [0.9, 0.0], "low": [0.0, 0.0], "high": [1.0, 0.0]}
    expect(nearest, "here", fractions).to_equal("high", because=because)
    arrays = {word: np.array(point) for word, point in COMPASS.items()}
    expect(nearest, "far", arrays).to_equal("start")
    # Only the order of the distances counts: they may all be large, or all small.
    expect(nearest, "here", {"here": [0.0], "b": [4e12], "a": [-5e12]}).to_equal("b", because=SMALLEST)
    expect(nearest, "here", {"here": [0.0], "b": [4e-12], "a": [-5e-12]}).to_equal("b", because=SMALLEST)
    many = {chr(ord("a") + i): [30.0 - i, 1.0] for i in range(15)}
    expect(nearest, "here", {"here": [0.0, 1.0], **many}).to_equal("o", because=SMALLEST)
    narrow = {"a": np.array([100, 0], dtype=np.int8), "b": np.array([-100, 0], dtype=np.int8), "c": [0, 0]}
    expect(nearest, "a", narrow).to_equal("c")
    narrower = {word: np.array([x, 0], dtype=np.int8) for word, x in {"a": 100, "b": 84, "c": 89}.items()}
    expect(nearest, "a", narrower).to_equal("c")


@nearest.hidden
def finds_a_word_with_the_same_vector(nearest):
    """Two words may share a vector, and are then each other's nearest."""
    synonyms = {"big": [2.0, 2.0, 0.5], "large": [2.0, 2.0, 0.5], "huge": [2.0, 2.0, 0.6]}
    because = "leave the word itself out by its name: compare names with !="
    expect(nearest, "big", synonyms).to_equal("large", because=because)
    # A string put together here equals the key and is another object, which `is not` would take for another
    # word.
    expect(nearest, "".join(["b", "ig"]), synonyms).to_equal("large", because=because)
    alphabetical = "of equally close words, the alphabetically first"
    expect(nearest, "huge", synonyms).to_equal("big", because=alphabetical)
    expect(nearest, "large", synonyms).to_equal("big", because=because)
    inside = {"cat": [1.0], "catch": [2.0], "at": [4.0]}
    expect(nearest, "cat", inside).to_equal("catch", because=because)
    expect(nearest, "may", {"may": [1.0], "May": [1.5], "june": [4.0]}).to_equal(
        "May", because="names that differ in case alone are two names"
    )
    corners = {
        "centre": [0.5, 0.5],
        "ne": [1.5, 1.5],
        "nw": [-0.5, 1.5],
        "se": [1.5, -0.5],
        "es": [1.5, -0.5],
    }
    expect(nearest, "centre", corners).to_equal("es", because=alphabetical)


@nearest.hidden
def tells_close_distances_apart(nearest):
    """The smaller distance wins by however little, and capitals come first in a tie."""
    nearly = {"a": [1.00000002, 0.0], "here": [0.0, 0.0], "b": [1.00000001, 0.0], "c": [0.0, -1.00000003]}
    expect(nearest, "here", nearly).to_equal(
        "b", because="no two distances are equal here: nothing is rounded, and float32 has too few digits"
    )
    # Half precision and a cap would move the word itself, and then "b" is nearer.
    far = {"here": [5001.0, 0.0], "b": [4999.4, 0.0], "a": [5002.4, 0.0], "c": [0.0, 0.0]}
    expect(nearest, "here", far).to_equal("a", because="each vector counts as it is, however large")
    places = {
        "bern": [3.0, 4.0],
        "Riga": [0.0, 0.0],
        "Oslo": [-3.0, 4.0],
        "Pisa": [5.0, 0.0],
        "x": [9.0, 9.0],
    }
    expect(nearest, "Riga", places).to_equal(
        "Oslo", because="of equally close words the first as Python compares strings, with regard to case"
    )


@nearest.hidden
def looks_afresh_at_every_call(nearest):
    """Each call has its own vocabulary, and words are spelt as its keys are."""
    before = {"Oslo": [0.0, 1.0], "Rome": [0.0, 3.0], "Lima": [9.0, 0.0]}
    after = {"Oslo": [8.0, 1.0], "Rome": [0.0, 3.0], "Lima": [9.0, 0.0]}
    expect(nearest, "Oslo", before).to_equal("Rome", because=SMALLEST)
    expect(nearest, "Oslo", after).to_equal("Lima", because=SMALLEST)


@nearest.hidden
def refuses_a_vocabulary_of_one(nearest):
    """No other word: ValueError."""
    expect(nearest, "b", {"b": [1.0], "a": [2.0]}).to_equal("a", because=SMALLEST)
    expect(nearest, "alone", {"alone": [1.0, 2.0]}).to_be_refused(
        ValueError, because="with no other word there is nothing to return: raise ValueError"
    )


# Domains ----------------------------------------------------------------------------------------------------

# Roots are seldom exact, and what is computed from float32 in float32 and handed on as a float has float32's
# error: such arrays are asked for by hand, with numbers whose roots come out even.
dimension.domain(v=vectors())
magnitude.domain(v=vectors(of=ANY_REALS | {"nothing but zeros": lambda rng, n: [0] * n}, float32="never"))

AT_THE_ENDS = {
    "close to the smallest float": lambda rng, n: [rng.choice([-3, 4, 5, -12]) * 1e-305 for _ in range(n)],
    "so small that squares vanish": lambda rng, n: [rng.choice([-3, 4, 5, -12]) * 1e-200 for _ in range(n)],
    "so large that squares overflow": lambda rng, n: [rng.choice([-3, 4, 5, -12]) * 1e200 for _ in range(n)],
    "small components beside a large one": lambda rng, n: [rng.choice([-2e-170, 3e170]) for _ in range(n)],
}
direction.domain(v=vectors(of=ANY_REALS | AT_THE_ENDS, float32="never"))
direction.refuses(
    ValueError, v=vectors(of={"nothing but zeros": lambda rng, n: [rng.choice([0, 0.0, -0.0])] * n})
)


@distance.domain
def two_points(draw):
    n = draw(lengths())
    return {"a": draw(vectors(n, float32="never")), "b": draw(vectors(n, float32="never"))}


@distance.domain
def two_points_close_together(draw):
    """Far from the origin, as numbers that float32 holds exactly."""
    far = [float(draw.rng.randint(2_000_000, 8_000_000)) for _ in range(draw(lengths(1, 16)))]
    draw.kind("two points", {"close together and far from the origin": 1})
    steps = draw.rng.sample([0.03125, -0.0625, 0.09375, 0.125], 2)
    return {"a": [*far, steps[0]], "b": [*far, steps[1]]}


@distance.domain
def a_point_and_itself(draw):
    point = draw(vectors(float32="never"))
    return {"a": list(point), "b": point}


@distance.refuses(ValueError)
def points_of_two_dimensions(draw):
    m, n = draw.rng.choice([(1, 2), (2, 1), (1, 5), (4, 1), (2, 3), (5, 3), (3, 4)])
    return {"a": draw(vectors(m)), "b": draw(vectors(n))}


# Words for which every notion of the alphabet agrees.
PLAIN_WORDS = ["ant", "bee", "cat", "dog", "elk", "fox", "gnu", "hen"]


@nearest.domain
def words_apart(draw):
    n = draw(among(1, 2, 3, 5))
    chosen = draw(words(draw(among(2, 3, 5))))
    return {
        "word": draw.rng.choice(chosen),
        "vocabulary": {w: draw(vectors(n, float32="never")) for w in chosen},
    }


@nearest.domain
def words_equally_close(draw):
    chosen = draw.rng.sample(PLAIN_WORDS, 5)
    here = [draw.rng.randint(-9, 9) for _ in range(3)]
    steps = [
        [3, 4, 0],
        [0, -3, 4],
        [-4, 0, 3],
        draw(one_of({"a tie of three": [6, 0, 8], "a tie of four": [0, 5, 0]})),
    ]
    draw.rng.shuffle(steps)
    points = [here, *[[x + step for x, step in zip(here, by, strict=True)] for by in steps]]
    kind = draw(among(list, tuple, np.array))
    vocabulary = dict(zip(chosen, map(kind, points), strict=True))
    return {"word": chosen[0], "vocabulary": dict(draw.rng.sample(list(vocabulary.items()), 5))}


@nearest.domain
def words_at_large_or_small_distances(draw):
    chosen = draw.rng.sample(PLAIN_WORDS, 5)
    size = draw(one_of({"tiny distances": among(1e-12, 1e-14), "huge distances": among(1e12, 1e15)}))
    steps = draw.rng.sample(range(2, 9), 4)
    points = [[0.0, 0.0], *[[0.0, draw.rng.choice([-1, 1]) * size * step] for step in steps]]
    return {"word": chosen[0], "vocabulary": dict(zip(chosen, points, strict=True))}


@nearest.domain
def many_words(draw):
    n = draw(one_of({"a vocabulary of more than a dozen words": among(14, 20, 26)}))
    steps = draw.rng.sample(range(1, 90), n)
    vocabulary = {chr(ord("a") + i): [float(step), 1.0] for i, step in enumerate(steps)}
    return {"word": "here", "vocabulary": {"here": [0.0, 1.0], **vocabulary}}


@nearest.domain
def words_of_one_vector(draw):
    chosen = draw.rng.sample(PLAIN_WORDS, 4)
    shared = draw(vectors(2, float32="never"))
    points = [list(shared), tuple(shared), np.array(shared), [50.5, -60.0]]
    draw.rng.shuffle(points)
    return {"word": draw.rng.choice(chosen), "vocabulary": dict(zip(chosen, points, strict=True))}


@nearest.refuses(KeyError)
def a_word_that_is_not_there(draw):
    absent, *chosen = draw(words(draw(one_of({"one other word": 2, "several other words": 4}))))
    return {"word": absent, "vocabulary": {w: draw(vectors(2)) for w in chosen}}


@nearest.refuses(ValueError)
def no_other_word(draw):
    (word,) = draw(words(1))
    return {"word": word, "vocabulary": {word: draw(vectors(2))}}


# Worked by hand ---------------------------------------------------------------------------------------------

example_1 = WorkedValue(
    points=1,
    source="Example 1",
    numbers={"v": [3, 4]},
    tolerance=0.001,
    answer_as="a number",
    because="square both components, add up the squares, take the square root of the sum",
    meaning=(
        "The two components are the short sides of a right-angled triangle, and the vector is the long one."
        " That all three are whole is a rare convenience."
    ),
)


@example_1.draw
def another_right_triangle(rng):
    legs = rng.choice(
        [[8, 15], [16, 30], [7, 24], [9, 12], [20, 21], [9, 40], [10, 24], [12, 16], [12, 35], [15, 20]]
    )
    return {"v": rng.sample(legs, 2)}


ROYALTY = ["king", "queen", "prince", "throne", "crown"]
FIGURE_1 = {
    "king": [1.1, 4.6],
    "queen": [1.7, 5.1],
    "prince": [0.3, 3.8],
    "throne": [2.4, 3.9],
    "crown": [2.0, 3.1],
    "car": [6.4, 1.6],
    "truck": [7.3, 2.0],
    "wheel": [6.3, 0.9],
    "engine": [7.4, 1.3],
    "road": [5.0, 1.7],
    "bridge": [4.0, 2.4],
}

neighbours = WorkedValue(
    points=2,
    source="Figure 1",
    numbers={"embedding": FIGURE_1},
    answer_as="a dict from each of the eleven words to its nearest, both as strings",
    because="measure straight-line distances to the ten other words; a word is not its own neighbour",
    meaning=(
        "You have just done by eye what a search over embeddings does by arithmetic. Words of one group find"
        " their neighbours within it; the word between the groups could have gone either way."
    ),
)


def distances_from(word, embedding):
    return sorted(
        (math.dist(point, embedding[word]), other) for other, point in embedding.items() if other != word
    )


def nearest_from_left_to_right(embedding):
    return {
        word: min((abs(x - here), other) for other, (x, _) in embedding.items() if other != word)[1]
        for word, (here, _) in embedding.items()
    }


def nearest_in_length(embedding):
    lengths = {word: math.hypot(*point) for word, point in embedding.items()}
    return {
        word: min((abs(length - lengths[word]), other) for other, length in lengths.items() if other != word)[
            1
        ]
        for word in embedding
    }


@neighbours.draw
def moved_words(rng):
    """Each word moved by up to 0.7 each way, until the map reads well: two clusters, no two words on top of
    each other, no near tie, and no usual slip that gives the right answer."""
    while True:
        moved = {
            word: [round(x + rng.uniform(-0.7, 0.7), 1), round(y + rng.uniform(-0.7, 0.7), 1)]
            for word, (x, y) in FIGURE_1.items()
        }
        ranked = {word: distances_from(word, moved) for word in moved}
        apart = all(ranked[word][0][0] >= 0.6 for word in moved)
        # 0.15 can be seen on the map, and no rounding of a distance to one decimal turns it round.
        clear = all(ranked[word][1][0] - ranked[word][0][0] >= 0.15 for word in moved)
        clustered = all(
            (ranked[word][0][1] in ROYALTY) == (word in ROYALTY) for word in moved if word != "bridge"
        )
        positive = all(x > 0 and y > 0 for x, y in moved.values())
        right = {word: ranked[word][0][1] for word in moved}
        telling = right not in (nearest_from_left_to_right(moved), nearest_in_length(moved))
        if apart and clear and clustered and positive and telling:
            return {"embedding": moved}


reading_1 = Reading(
    points=2,
    source=["Notation: v, a, b", "Notation: ||v||"],
    numbers={"v": [2, -1, 4, 2], "g": 10, "i": 3},
    tolerance=0.001,
    answer_as="a list of four numbers: n, the component of v, the norm of v, and the component of w",
    because=(
        "papers count components from 1; the double bars are the root of the summed squares; g stretches the"
        " direction of v"
    ),
    meaning=(
        "Length and direction now stand apart: whatever training does to v, the length of w is g, and"
        " whatever it does to g, w points where v points."
    ),
)


@reading_1.draw
def another_weight_vector(rng):
    vectors = [
        ([1, 2, 4, 10], 4),
        ([2, 4, 5, 6], 4),
        ([1, 4, 8], 3),
        ([2, 3, 6], 3),
        ([2, 6, 9], 3),
        ([1, 1, 3, 5], 4),
        ([1, 1, 1, 2, 3], 5),
        ([3, 4, 12], 3),
    ]
    while True:
        v = [x * rng.choice([1, 1, -1]) for x in rng.sample(*rng.choice(vectors))]
        i = rng.randint(1, len(v) - 1)
        # Counting from 0 must give another component, and the component must not be mistaken for n.
        if len({abs(x) for x in v[i - 1 : i + 1]}) == 2 and v[i - 1] != len(v):
            return {"v": v, "g": round(math.hypot(*v)) * rng.choice([2, 3, 4]), "i": i}
