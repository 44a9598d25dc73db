"""Chapter I: what is asked of vectors, their lengths and the distances between them."""

import math

import numpy as np

from autograder.course.question import Question, Reading, WorkedValue, expect
from solutions import ch01_vectors as reference

# Checks -----------------------------------------------------------------------------------------------------

dimension = Question(points=1, source="Notation: v, a, b")


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
    expect(dimension, [0.5] * 768).to_equal(768, because="nothing limits how long a vector may be")


@dimension.hidden
def counts_zeros_and_repeats(dimension):
    """Every component counts, a zero and a repeated number too."""
    expect(dimension, [0, 0, 7, 7, -1]).to_equal(5, because="count the places, whatever stands in them")
    expect(dimension, np.zeros(12)).to_equal(12, because="count the places, whatever stands in them")


@dimension.misconception(
    caught_by=counts_in_every_kind_of_vector,
    hint=(
        "ndim counts the axes of an array, 1 for every vector. The dimension of a vector is how many numbers"
        " it holds."
    ),
)
def counts_axes(v):
    return np.ndim(v)


@dimension.misconception(
    caught_by=counts_the_components,
    hint="This is the index of the last component. Indices start at 0, so the count is one more.",
)
def gives_the_last_index(v):
    return len(v) - 1


@dimension.misconception(
    caught_by=counts_zeros_and_repeats,
    hint="A component of 0 is a component. Count the places, not the numbers that differ from 0.",
)
def counts_what_is_not_zero(v):
    return int(np.count_nonzero(v))


@dimension.misconception(
    caught_by=counts_zeros_and_repeats,
    hint="A set keeps one of each number. Two equal components are two components.",
)
def counts_different_numbers(v):
    return len(set(np.asarray(v, dtype=float).tolist()))


@dimension.misconception(
    caught_by=counts_the_components,
    hint="The shape of a vector is a tuple, (n,). The dimension is the n in it.",
)
def gives_the_shape(v):
    return np.shape(v)


@dimension.misconception(
    caught_by=counts_the_components, hint="This adds the components up. The dimension is how many there are."
)
def adds_the_components(v):
    return float(np.sum(v))


@dimension.alternative
def counts_one_by_one(v):
    n = 0
    for _ in v:
        n += 1
    return n


@dimension.alternative
def asks_numpy_for_the_size(v):
    return np.int64(np.size(v))


@dimension.alternative
def takes_it_from_the_shape(v):
    (n,) = np.asarray(v).shape
    return n


magnitude = Question(points=4, source=["Example 1", "Notation: ||v||"])

# Eight components of no pattern, and the root of their summed squares by another road than the reference's.
EMBEDDING = [0.12, -0.85, 0.33, 0.71, -1.4, 0.05, 2.2, -0.64]
EMBEDDING_LENGTH = math.sqrt(math.fsum(x * x for x in EMBEDDING))


@magnitude.check
def takes_the_root_of_summed_squares(magnitude):
    """[5, 12] has length 13, [1, 2, 2] length 3."""
    expect(magnitude, [5, 12]).to_equal(
        13.0, because="square each component, add the squares up, then take the square root of the sum"
    )
    expect(magnitude, [1, 2, 2]).to_equal(
        3.0, because="every component goes into the sum, not the first two alone"
    )


@magnitude.check
def measures_every_kind_of_vector(magnitude):
    """Lists, tuples and arrays, ints and floats, of one component or more; the argument stays as it was."""
    expect(magnitude, (-7,)).to_equal(
        7.0, because="a length is never negative; of one component it is the absolute value"
    )
    expect(magnitude, [2.5, 6.0]).to_equal(
        6.5, because="keep the fractions: make floats of the components with np.asarray(v, dtype=float)"
    )
    expect(magnitude, np.array([2.0, -3.0, 6.0])).to_equal(
        7.0, because="a negative component counts like a positive one: its square is positive"
    )


@magnitude.check
def finds_no_length_in_the_zero_vector(magnitude):
    """The zero vector has length 0, and it alone."""
    expect(magnitude, [0, 0, 0]).to_equal(
        0.0, because="the square root of 0 is 0; nothing needs a special case"
    )
    expect(magnitude, [0, -2, 0]).to_equal(2.0, because="one component other than 0 is enough for a length")


@magnitude.hidden
def measures_in_many_dimensions(magnitude):
    """Eight components, and seven hundred."""
    expect(magnitude, EMBEDDING).to_equal(
        EMBEDDING_LENGTH,
        because="add up all the squares, then take one root; do not divide by how many there are",
    )
    expect(magnitude, [0.5, -0.5] * 350).to_equal(
        math.sqrt(175.0),
        because="add up all the squares, then take one root; do not divide by how many there are",
    )


@magnitude.hidden
def stretches_with_the_vector(magnitude):
    """Three times the vector is three times as long, whatever the signs."""
    expect(magnitude, [3.0, 4.0]).to_equal(5.0, because="square, sum, root")
    expect(magnitude, [-3.0 * x for x in EMBEDDING]).to_equal(
        3 * EMBEDDING_LENGTH,
        because="the root undoes the squares: leave it out and the length grows nine times, not three",
    )


@magnitude.misconception(
    caught_by=takes_the_root_of_summed_squares,
    hint="This is the sum of the squares. The magnitude is its square root.",
)
def leaves_out_the_root(v):
    return float(np.sum(np.asarray(v, dtype=float) ** 2))


@magnitude.misconception(
    caught_by=takes_the_root_of_summed_squares,
    hint=(
        "This adds the absolute values up: the L1 norm, the way along the streets. The magnitude is the"
        " straight line: square, sum, root."
    ),
)
def adds_absolute_values(v):
    return float(np.sum(np.abs(np.asarray(v, dtype=float))))


@magnitude.misconception(
    caught_by=[takes_the_root_of_summed_squares, measures_in_many_dimensions],
    hint=(
        "This takes the mean of the squares, as RMSNorm does. A magnitude takes their sum: do not divide"
        " by n."
    ),
)
def takes_the_mean_square(v):
    return float(np.sqrt(np.mean(np.asarray(v, dtype=float) ** 2)))


@magnitude.misconception(
    caught_by=takes_the_root_of_summed_squares,
    hint="This is the largest component alone. All of them add to the length.",
)
def takes_the_largest_component(v):
    return float(np.max(np.abs(np.asarray(v, dtype=float))))


@magnitude.misconception(
    caught_by=measures_every_kind_of_vector,
    hint="int cuts the fractions off: 2.5 becomes 2. Use dtype=float.",
)
def cuts_fractions_off(v):
    return float(np.sqrt(np.sum(np.array(v, dtype=int) ** 2)))


@magnitude.misconception(
    caught_by=measures_every_kind_of_vector,
    hint=(
        "The squares are written over the caller's own array: np.asarray makes no copy of an array of floats."
        " Write v**2, which makes a new one, in place of v **= 2."
    ),
)
def squares_in_place(v):
    v = np.asarray(v, dtype=float)
    v **= 2
    return float(np.sqrt(np.sum(v)))


@magnitude.misconception(
    caught_by=measures_in_many_dimensions,
    hint="This is Pythagoras in the plane, with two components. Add the square of every component there is.",
)
def stays_in_the_plane(v):
    return math.sqrt(v[0] ** 2 + v[1] ** 2)


@magnitude.alternative
def with_a_running_total(v):
    total = 0.0
    for component in v:
        total += component * component
    return math.sqrt(total)


@magnitude.alternative
def by_hypot(v):
    return math.hypot(*v)


@magnitude.alternative
def by_numpys_norm(v):
    return np.linalg.norm(v)


@magnitude.alternative
def length_in_single_precision(v):
    v = np.array(v, dtype=np.float32)
    return np.sqrt(np.sum(v * v))


direction = Question(points=3, source="Chapter I")


@direction.check
def divides_by_the_length(direction):
    """[6, 8] points along [0.6, 0.8], [0, -2, 0] along [0, -1, 0]."""
    expect(direction, [6, 8]).to_equal([0.6, 0.8], because="divide every component by the vector's magnitude")
    expect(direction, [0, -2, 0]).to_equal(
        [0.0, -1.0, 0.0], because="the signs stay: a magnitude is positive"
    )


@direction.check
def refuses_the_zero_vector(direction):
    """The zero vector points nowhere: ValueError."""
    expect(direction, [0.0, -0.5]).to_equal(
        [0.0, -1.0], because="only where every component is 0 is there nothing to divide by"
    )
    expect(direction, [0, 0]).to_be_refused(
        ValueError, because="0 divided by 0 is no direction: check the magnitude first, and raise ValueError"
    )
    expect(direction, np.zeros(3)).to_be_refused(
        ValueError, because="0 divided by 0 is no direction: check the magnitude first, and raise ValueError"
    )


@direction.hidden
def has_length_one(direction):
    """Whatever the vector, its direction has length 1; the argument stays as it was."""
    expect(direction, np.array(EMBEDDING)).to_equal(
        [x / EMBEDDING_LENGTH for x in EMBEDDING],
        because="divide by the root of the summed squares, and into a new array",
    )
    expect(direction, (-7,)).to_equal([-1.0], because="with one component there are two directions, 1 and -1")
    expect(direction, np.array([2, 3, 6])).to_equal(
        [2 / 7, 3 / 7, 6 / 7], because="whole-number components do not make the direction whole"
    )


@direction.hidden
def forgets_how_long_the_vector_was(direction):
    """A vector, its double and a tiny part of it all point the same way; its opposite points back."""
    expect(direction, [1e-9, 0.0]).to_equal(
        [1.0, 0.0],
        because="divide by the magnitude itself; a small number added below the line shortens short vectors",
    )
    expect(direction, [3.0, -3.0]).to_equal(
        [math.sqrt(0.5), -math.sqrt(0.5)], because="components that sum to 0 are no zero vector"
    )
    expect(direction, [2 * x for x in EMBEDDING]).to_agree_with(
        EMBEDDING, because="twice the vector has twice the magnitude: the factor cancels"
    )


@direction.misconception(
    caught_by=divides_by_the_length,
    hint=(
        "This divides by the sum of the components, which makes them sum to 1. Divide by the magnitude, which"
        " makes the length 1."
    ),
)
def divides_by_the_sum(v):
    v = np.asarray(v, dtype=float)
    if not np.any(v):
        raise ValueError("the zero vector")
    with np.errstate(all="ignore"):
        return v / v.sum()


@direction.misconception(
    caught_by=divides_by_the_length,
    hint=(
        "This divides by the largest component. Divide by the magnitude: only then is the result's length 1."
    ),
)
def divides_by_the_largest_component(v):
    v = np.asarray(v, dtype=float)
    if not np.any(v):
        raise ValueError("the zero vector")
    return v / np.abs(v).max()


@direction.misconception(
    caught_by=divides_by_the_length,
    hint="This divides by the magnitude squared. Take the square root of the sum first.",
)
def divides_by_the_squared_length(v):
    v = np.asarray(v, dtype=float)
    if not np.any(v):
        raise ValueError("the zero vector")
    return v / np.sum(v**2)


@direction.misconception(
    caught_by=refuses_the_zero_vector,
    hint=(
        "For the zero vector this is 0 / 0, a vector of nan that spreads through all that follows. Raise"
        " ValueError instead."
    ),
)
def divides_zero_by_zero(v):
    v = np.asarray(v, dtype=float)
    with np.errstate(all="ignore"):
        return v / np.sqrt(np.sum(v**2))


@direction.misconception(
    caught_by=refuses_the_zero_vector,
    hint=(
        "The zero vector is handed back as if it were a direction. Its length is 0, not 1: raise ValueError."
    ),
)
def hands_the_zero_vector_back(v):
    v = np.asarray(v, dtype=float)
    length = np.sqrt(np.sum(v**2))
    return v / length if length else v


@direction.misconception(
    caught_by=forgets_how_long_the_vector_was,
    hint=(
        "The small constant below the line, as libraries add it against a division by 0, "
        "bends the result for short vectors. Divide by the magnitude alone, and refuse the zero vector."
    ),
)
def adds_a_small_constant(v):
    v = np.asarray(v, dtype=float)
    if not np.any(v):
        raise ValueError("the zero vector")
    return v / (np.sqrt(np.sum(v**2)) + 1e-8)


@direction.misconception(
    caught_by=has_length_one,
    hint=(
        "The division is written over the caller's own array: v /= length works in place, "
        "and np.asarray makes no copy of an array of floats. Return v / length."
    ),
)
def divides_in_place(v):
    v = np.asarray(v, dtype=float)
    if not np.any(v):
        raise ValueError("the zero vector")
    v /= np.sqrt(np.sum(v**2))
    return v


@direction.misconception(
    caught_by=forgets_how_long_the_vector_was,
    hint="[3, -3] sums to 0 and is no zero vector. Ask whether the magnitude is 0.",
)
def refuses_where_the_sum_is_zero(v):
    v = np.asarray(v, dtype=float)
    if v.sum() == 0:
        raise ValueError("the zero vector")
    return v / np.sqrt(np.sum(v**2))


@direction.alternative
def component_by_component(v):
    length = math.sqrt(sum(x * x for x in v))
    if length == 0:
        raise ValueError(f"{list(v)} is the zero vector")
    return tuple(x / length for x in v)


@direction.alternative
def scaled_before_it_is_measured(v):
    # Dividing by the largest component first keeps the squares from overflowing.
    v = np.array(v, dtype=float)
    largest = np.max(np.abs(v))
    if largest == 0:
        raise ValueError("no direction: all components are 0")
    v = v / largest
    return v * (1 / np.linalg.norm(v))


@direction.alternative
def direction_in_single_precision(v):
    v = np.array(v, dtype=np.float32)
    if not v.any():
        raise ValueError("zero vector")
    return v / np.linalg.norm(v)


distance = Question(points=3, source="Chapter I")

HERE = [0.7, -1.2, 3.1, 0.0]
THERE = [-2.1, 0.4, 2.6, 1.5]
APART = math.sqrt(2.8**2 + 1.6**2 + 0.5**2 + 1.5**2)


@distance.check
def measures_the_difference(distance):
    """[1, 2] and [6, 14] are 13 apart."""
    expect(distance, [1, 2], [6, 14]).to_equal(
        13.0, because="subtract component from component, then take the magnitude of what is left"
    )
    expect(distance, [1, 0, 2], [3, 3, 8]).to_equal(
        7.0, because="every component goes into the sum of squares"
    )


@distance.check
def takes_two_vectors_of_any_kind(distance):
    """Lists, tuples and arrays in any pairing; the arguments stay as they were."""
    expect(distance, (2,), [9.5]).to_equal(
        7.5, because="lists and tuples do not subtract: make arrays of them with np.asarray(a, dtype=float)"
    )
    expect(distance, np.array([1.5, 2.0]), (4.5, -2.0)).to_equal(
        5.0, because="subtract component from component"
    )
    expect(distance, np.array([8, 1]), np.array([2, 9])).to_equal(
        10.0, because="a negative difference counts like a positive one"
    )


@distance.check
def refuses_other_dimensions(distance):
    """Two and three components: ValueError that names both dimensions."""
    expect(distance, [1.0, 1.0, 0.0], [1.0, 5.0, 3.0]).to_equal(5.0)
    expect(distance, [1.0, 2.0], [1.0, 2.0, 5.0]).to_be_refused(
        ValueError,
        naming=[2, 3],
        because="compare the dimensions first, and put both into the message of the ValueError",
    )


@distance.hidden
def is_the_same_both_ways(distance):
    """From a to b is as far as from b to a; from a to itself is 0."""
    expect(distance, HERE, THERE).to_equal(APART, because="the difference's sign is lost in the square")
    expect(distance, THERE, HERE).to_equal(APART, because="the difference's sign is lost in the square")
    expect(distance, [1.5] * 400, [2.0] * 400).to_equal(
        10.0, because="four hundred components are no other case than four"
    )
    expect(distance, HERE, HERE).to_equal(0.0, because="a vector less itself is the zero vector")


@distance.hidden
def never_stretches_one_component(distance):
    """One component against four: refused, not stretched to fit."""
    expect(distance, [3.0], [-1.5]).to_equal(4.5)
    expect(distance, [3.0], HERE).to_be_refused(
        ValueError,
        naming=[1, 4],
        because=(
            "NumPy stretches a vector of one component to any length without a word: compare the dimensions"
            " yourself"
        ),
    )
    expect(distance, THERE, [3.0]).to_be_refused(
        ValueError,
        naming=[4, 1],
        because=(
            "NumPy stretches a vector of one component to any length without a word: compare the dimensions"
            " yourself"
        ),
    )


def both_arrays(a, b):
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    if len(a) != len(b):
        raise ValueError(f"dimensions {len(a)} and {len(b)}")
    return a, b


@distance.misconception(
    caught_by=measures_the_difference,
    hint=(
        "This subtracts the lengths. Two vectors of equal length can point anywhere: subtract the vectors"
        " first, and measure what is left."
    ),
)
def subtracts_the_lengths(a, b):
    a, b = both_arrays(a, b)
    return abs(reference.magnitude(a) - reference.magnitude(b))


@distance.misconception(
    caught_by=measures_the_difference,
    hint=(
        "This adds up the steps along each axis, the L1 distance. Square the differences, sum, and take the"
        " root."
    ),
)
def walks_along_the_axes(a, b):
    a, b = both_arrays(a, b)
    return float(np.sum(np.abs(a - b)))


@distance.misconception(
    caught_by=measures_the_difference, hint="This is the distance squared. The square root is missing."
)
def squares_the_distance(a, b):
    a, b = both_arrays(a, b)
    return float(np.sum((a - b) ** 2))


@distance.misconception(
    caught_by=measures_the_difference,
    hint="This measures a + b. How far apart two points are is the length of a - b.",
)
def measures_the_sum(a, b):
    a, b = both_arrays(a, b)
    return reference.magnitude(a + b)


@distance.misconception(
    caught_by=never_stretches_one_component,
    hint=(
        "NumPy refuses [1, 2] - [1, 2, 5] by itself, and takes [3] - [1, 2, 5]: "
        "it stretches the one component to three. Compare the two dimensions before subtracting."
    ),
)
def lets_numpy_stretch(a, b):
    return float(np.linalg.norm(np.asarray(a, dtype=float) - np.asarray(b, dtype=float)))


@distance.misconception(
    caught_by=refuses_other_dimensions,
    hint=(
        "zip stops at the end of the shorter vector and drops the rest. Compare the dimensions first, and"
        " raise ValueError where they differ."
    ),
)
def stops_at_the_shorter(a, b):
    return math.sqrt(sum((x - y) ** 2 for x, y in zip(a, b, strict=False)))


@distance.misconception(
    caught_by=takes_two_vectors_of_any_kind,
    hint="a -= b writes the difference over the caller's own array. Give the difference a name of its own.",
)
def subtracts_in_place(a, b):
    a, b = both_arrays(a, b)
    a -= b
    return reference.magnitude(a)


@distance.misconception(
    caught_by=refuses_other_dimensions,
    hint=(
        'The refusal is right and does not say why. Put both dimensions into the message: f"a has {len(a)}, b'
        ' has {len(b)}".'
    ),
)
def refuses_without_saying_why(a, b):
    if len(a) != len(b):
        raise ValueError("bad input")
    return reference.distance(a, b)


@distance.alternative
def pair_by_pair(a, b):
    if len(a) != len(b):
        raise ValueError(f"{len(a)} components against {len(b)}")
    total = 0
    for x, y in zip(a, b, strict=True):
        total += (x - y) ** 2
    return total**0.5


@distance.alternative
def by_the_standard_library(a, b):
    if len(a) != len(b):
        raise ValueError(f"dimension {len(a)} is not dimension {len(b)}")
    return math.dist(a, b)


@distance.alternative
def distance_in_single_precision(a, b):
    a, b = np.array(a, dtype=np.float32), np.array(b, dtype=np.float32)
    if a.shape != b.shape:
        raise ValueError(f"shapes {a.shape} and {b.shape} differ")
    return np.linalg.norm(a - b)


nearest = Question(points=4, source=["Chapter I", "Figure 1"])

# "axis" is nearest by steps along the axes, "along" by direction, "near" by distance.
COMPASS = {
    "start": [2.0, 1.0],
    "axis": [4.2, 1.0],
    "along": [4.0, 2.0],
    "near": [3.4, 2.4],
    "far": [-6.0, 8.0],
}


@nearest.check
def finds_the_closest_other_word(nearest):
    """The smallest distance wins, and a word is not its own neighbour."""
    animals = {"cat": [1, 1], "dog": [2, 1], "car": [9, 5], "bus": [8, 7]}
    expect(nearest, "cat", animals).to_equal(
        "dog", because="a word's distance to itself is 0: leave it out, and take the smallest of the others"
    )
    expect(nearest, "car", animals).to_equal(
        "bus", because="take the smallest distance among all the other words"
    )


@nearest.check
def refuses_a_word_it_does_not_know(nearest):
    """A word that is not in the vocabulary: KeyError."""
    pair = {"left": [0.0, 0.0, 1.0], "right": [4.0, 0.0, 1.0]}
    expect(nearest, "left", pair).to_equal(
        "right", because="of two words, each is nearest to the other: the word itself does not count"
    )
    expect(nearest, "middle", pair).to_be_refused(
        KeyError, because="a dict raises KeyError by itself where it is asked for an absent word"
    )


@nearest.check
def gives_a_tie_to_the_first_in_the_alphabet(nearest):
    """Of equally close words, the alphabetically first, in whatever order the vocabulary holds them."""
    around = {
        "pear": [5.0, 0.0],
        "origin": [0.0, 0.0],
        "fig": [3.0, 4.0],
        "apple": [4.0, 4.0],
        "kiwi": [0.0, -5.0],
    }
    expect(nearest, "origin", around).to_equal(
        "fig",
        because="three words are at distance 5; of these the alphabet decides, not the order in the dict",
    )
    backwards = dict(reversed(list(around.items())))
    expect(nearest, "origin", backwards).to_equal(
        "fig",
        because="three words are at distance 5; of these the alphabet decides, not the order in the dict",
    )
    expect(nearest, "kiwi", around).to_equal("origin", because="the alphabet decides between equals alone")


@nearest.hidden
def goes_by_straight_line_distance(nearest):
    """Not by steps along the axes, not by angle, not by length."""
    expect(nearest, "start", COMPASS).to_equal(
        "near", because="compare lengths of differences: square, sum, root"
    )
    expect(nearest, "axis", {word: tuple(point) for word, point in COMPASS.items()}).to_equal(
        "along", because="compare lengths of differences: square, sum, root"
    )
    expect(nearest, "far", {word: np.array(point) for word, point in COMPASS.items()}).to_equal(
        "start", because="the vocabulary stays as it was, and vectors may be arrays"
    )


@nearest.hidden
def finds_a_word_with_the_same_vector(nearest):
    """Two words may share a vector: they are each other's nearest."""
    synonyms = {"big": [2.0, 2.0, 0.5], "large": [2.0, 2.0, 0.5], "huge": [2.0, 2.0, 0.6]}
    expect(nearest, "big", synonyms).to_equal(
        "large", because="leave the word out by its name, not by its distance of 0"
    )
    # A string put together here is equal to the key and is another object: `is not` would take it for another
    # word.
    expect(nearest, "".join(["b", "ig"]), synonyms).to_equal(
        "large", because="compare words with != and ==, not with `is`"
    )
    expect(nearest, "huge", synonyms).to_equal(
        "big", because="of equally close words the alphabetically first"
    )


@nearest.hidden
def refuses_a_vocabulary_of_one(nearest):
    """No other word: ValueError."""
    expect(nearest, "b", {"b": [1.0], "a": [2.0]}).to_equal("a")
    expect(nearest, "alone", {"alone": [1.0, 2.0]}).to_be_refused(
        ValueError, because="with no other word there is nothing to return: raise ValueError"
    )


def others_of(word, vocabulary):
    here = vocabulary[word]
    others = sorted(other for other in vocabulary if other != word)
    if not others:
        raise ValueError("no other word")
    return here, others


@nearest.misconception(
    caught_by=finds_the_closest_other_word,
    hint="A word is at distance 0 from itself, so it always wins. Leave it out of the search.",
)
def finds_the_word_itself(word, vocabulary):
    here, _ = others_of(word, vocabulary)
    return min(
        sorted(vocabulary), key=lambda other: (reference.distance(here, vocabulary[other]), other != word)
    )


@nearest.misconception(
    caught_by=finds_the_closest_other_word,
    hint="This finds the farthest word. The nearest has the smallest distance: min, not max.",
)
def finds_the_farthest(word, vocabulary):
    here, others = others_of(word, vocabulary)
    return max(others, key=lambda other: reference.distance(here, vocabulary[other]))


@nearest.misconception(
    caught_by=gives_a_tie_to_the_first_in_the_alphabet,
    hint=(
        "Of equally close words this takes the one that the dict holds first. Go through the words in"
        " alphabetical order."
    ),
)
def gives_a_tie_to_the_first_in_the_dict(word, vocabulary):
    here, _ = others_of(word, vocabulary)
    return min(
        (other for other in vocabulary if other != word),
        key=lambda other: reference.distance(here, vocabulary[other]),
    )


@nearest.misconception(
    caught_by=gives_a_tie_to_the_first_in_the_alphabet,
    hint=(
        "Of equally close words this takes the last: <= replaces the best so far by its equal. Compare"
        " with <."
    ),
)
def gives_a_tie_to_the_last(word, vocabulary):
    here, others = others_of(word, vocabulary)
    return min(reversed(others), key=lambda other: reference.distance(here, vocabulary[other]))


@nearest.misconception(
    caught_by=finds_a_word_with_the_same_vector,
    hint=(
        "Leaving out whatever is at distance 0 loses another word with the same vector. Leave the word out by"
        " its name: other != word."
    ),
)
def leaves_out_what_is_at_zero(word, vocabulary):
    here, others = others_of(word, vocabulary)
    return min(
        (other for other in others if reference.distance(here, vocabulary[other]) > 0),
        key=lambda other: reference.distance(here, vocabulary[other]),
    )


@nearest.misconception(
    caught_by=goes_by_straight_line_distance,
    hint=(
        "This adds up the steps along each axis. The distance here is the straight line: square the"
        " differences, sum, root."
    ),
)
def goes_by_steps(word, vocabulary):
    here, others = others_of(word, vocabulary)
    return min(
        others, key=lambda other: float(np.sum(np.abs(np.subtract(here, vocabulary[other], dtype=float))))
    )


@nearest.misconception(
    caught_by=goes_by_straight_line_distance,
    hint=(
        "This compares directions, which is the next chapter's question. Here the smallest distance between"
        " the two points decides."
    ),
)
def goes_by_direction(word, vocabulary):
    here, others = others_of(word, vocabulary)

    def unit(v):
        length = reference.magnitude(v)
        return np.asarray(v, dtype=float) / (length or 1.0)

    return min(others, key=lambda other: reference.distance(unit(here), unit(vocabulary[other])))


@nearest.misconception(
    caught_by=goes_by_straight_line_distance,
    hint=(
        "This compares how long the vectors are. Subtract the vectors first: the length of the difference is"
        " the distance."
    ),
)
def goes_by_length(word, vocabulary):
    here, others = others_of(word, vocabulary)
    return min(
        others, key=lambda other: abs(reference.magnitude(here) - reference.magnitude(vocabulary[other]))
    )


@nearest.misconception(
    caught_by=finds_the_closest_other_word,
    hint="This returns the smallest distance. What is asked for is the word that has it.",
)
def returns_the_distance(word, vocabulary):
    here, others = others_of(word, vocabulary)
    return min(reference.distance(here, vocabulary[other]) for other in others)


@nearest.misconception(
    caught_by=[finds_the_closest_other_word, refuses_a_vocabulary_of_one],
    hint=(
        "pop takes the word out of the caller's own dict. Skip the word in the search, or work on"
        " dict(vocabulary)."
    ),
)
def pops_the_word(word, vocabulary):
    here = vocabulary.pop(word)
    if not vocabulary:
        raise ValueError("no other word")
    return min(sorted(vocabulary), key=lambda other: reference.distance(here, vocabulary[other]))


@nearest.misconception(
    caught_by=refuses_a_vocabulary_of_one,
    hint="With no other word this returns None, and the caller finds out much later. Raise ValueError.",
)
def returns_none_when_alone(word, vocabulary):
    if len(vocabulary) == 1:
        return None
    return reference.nearest(word, vocabulary)


@nearest.misconception(
    caught_by=refuses_a_word_it_does_not_know,
    hint=(
        "An absent word is a KeyError, which vocabulary[word] raises by itself; get, or a ValueError of your"
        " own, hides it."
    ),
)
def raises_value_error_for_an_absent_word(word, vocabulary):
    if word not in vocabulary:
        raise ValueError(f"{word} is not in the vocabulary")
    return reference.nearest(word, vocabulary)


@nearest.alternative
def with_a_loop_over_the_words(word, vocabulary):
    here = vocabulary[word]
    best_word, best_distance = None, math.inf
    for other in sorted(vocabulary):
        if other == word:
            continue
        d = math.dist(here, vocabulary[other])
        if d < best_distance:
            best_word, best_distance = other, d
    if best_word is None:
        raise ValueError("no other word in the vocabulary")
    return best_word


@nearest.alternative
def by_sorting_pairs(word, vocabulary):
    if word not in vocabulary:
        raise KeyError(word)
    pairs = [
        (sum((x - y) ** 2 for x, y in zip(vocabulary[word], vector, strict=True)), other)
        for other, vector in vocabulary.items()
        if other != word
    ]
    if not pairs:
        raise ValueError(f"{word} is alone")
    return sorted(pairs)[0][1]


@nearest.alternative
def by_one_array_of_differences(word, vocabulary):
    words = sorted(vocabulary)
    here = words.index(word) if word in vocabulary else vocabulary[word]
    if len(words) < 2:
        raise ValueError("a vocabulary of one")
    points = np.array([vocabulary[w] for w in words], dtype=float)
    distances = np.linalg.norm(points - points[here], axis=1)
    distances[here] = np.inf
    return np.str_(words[int(np.argmin(distances))])


# Worked by hand ---------------------------------------------------------------------------------------------

example_1 = WorkedValue(
    points=1,
    source="Example 1",
    numbers={"v": [3, 4]},
    tolerance=0.001,
    answer_as="a number",
    because="square both components, add the squares up, take the square root of the sum",
)


@example_1.draw
def another_right_triangle(rng):
    legs = rng.choice(
        [[8, 15], [16, 30], [7, 24], [9, 12], [20, 21], [9, 40], [10, 24], [12, 16], [12, 35], [15, 20]]
    )
    return {"v": rng.sample(legs, 2)}


@example_1.misconception(
    hint=(
        "This is the sum of the components: the way along two sides. The magnitude is the straight line:"
        " square, sum, root."
    )
)
def sum_of_the_components(v):
    return sum(v)


@example_1.misconception(hint="This is the sum of the squares. Take its square root.")
def sum_of_the_squares(v):
    return sum(x * x for x in v)


@example_1.misconception(
    hint="This is the root of the summed components. Square each component before adding."
)
def root_of_the_sum(v):
    return math.sqrt(sum(v))


@example_1.alternative
def rounded_to_a_whole_number(v):
    return round(math.hypot(*v))


@example_1.alternative
def as_a_numpy_number(v):
    return np.float64(np.linalg.norm(v))


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
)


def distances_from(word, embedding):
    return sorted(
        (math.dist(point, embedding[word]), other) for other, point in embedding.items() if other != word
    )


@neighbours.draw
def moved_words(rng):
    """Each word moved by up to 0.7 each way, until the map reads well: two clusters, no two words on top of
    each other, no near tie."""
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


@neighbours.misconception(hint="Each word is at distance 0 from itself. The nearest other word is asked for.")
def each_word_itself(embedding):
    return {word: word for word in embedding}


@neighbours.misconception(hint="These are the farthest words. The nearest has the smallest distance.")
def the_farthest_words(embedding):
    return {word: distances_from(word, embedding)[-1][1] for word in embedding}


@neighbours.misconception(
    hint=(
        "These are nearest along the horizontal axis alone. The difference has two components, and both"
        " count."
    )
)
def nearest_from_left_to_right(embedding):
    return {
        word: min(
            (abs(x - embedding[word][0]), other) for other, (x, _) in embedding.items() if other != word
        )[1]
        for word in embedding
    }


@neighbours.misconception(
    hint="These are nearest by the length of the vectors. The length of the difference is what counts."
)
def nearest_in_length(embedding):
    return {
        word: min(
            (abs(math.hypot(*point) - math.hypot(*embedding[word])), other)
            for other, point in embedding.items()
            if other != word
        )[1]
        for word in embedding
    }


@neighbours.alternative
def in_another_order(embedding):
    return {word: distances_from(word, embedding)[0][1] for word in sorted(embedding)}


@neighbours.alternative
def in_capital_letters(embedding):
    return {word: distances_from(word, embedding)[0][1].title() for word in embedding}


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
)


@reading_1.draw
def another_weight_vector(rng):
    while True:
        v = rng.sample(
            *rng.choice(
                [
                    ([1, 2, 4, 10], 4),
                    ([2, 4, 5, 6], 4),
                    ([1, 4, 8], 3),
                    ([2, 3, 6], 3),
                    ([2, 6, 9], 3),
                    ([1, 1, 3, 5], 4),
                    ([1, 1, 1, 2, 3], 5),
                    ([3, 4, 12], 3),
                ]
            )
        )
        v = [x * rng.choice([1, 1, -1]) for x in v]
        i = rng.randint(1, len(v) - 1)
        if len({abs(x) for x in v[i - 1 : i + 1]}) == 2 and v[i - 1] != len(v):
            return {"v": v, "g": round(math.hypot(*v)) * rng.choice([2, 3, 4]), "i": i}


@reading_1.misconception(
    hint="Papers count from 1: v_1 is Python's v[0]. Both components are one place too far."
)
def counts_components_from_zero(v, g, i):
    norm = math.hypot(*v)
    return [len(v), v[i], norm, g * v[i] / norm]


@reading_1.misconception(
    hint="The double bars are the root of the summed squares. The root is missing, in the norm and so in w."
)
def reads_the_bars_without_a_root(v, g, i):
    squares = sum(x * x for x in v)
    return [len(v), v[i - 1], squares, g * v[i - 1] / squares]


@reading_1.misconception(
    hint=(
        "The double bars with no subscript, or with a 2, are the root of the summed squares. The sum of the"
        " absolute values is written with a subscript 1."
    )
)
def reads_the_bars_as_a_sum(v, g, i):
    total = sum(abs(x) for x in v)
    return [len(v), v[i - 1], total, g * v[i - 1] / total]


@reading_1.misconception(
    hint="This is the component of the direction of v. The factor g, w's length, is missing."
)
def leaves_out_g(v, g, i):
    norm = math.hypot(*v)
    return [len(v), v[i - 1], norm, v[i - 1] / norm]


@reading_1.alternative
def as_a_tuple_of_floats(v, g, i):
    norm = float(np.linalg.norm(v))
    return (float(len(v)), float(v[i - 1]), norm, round(g / norm * v[i - 1], 3))


@reading_1.alternative
def as_one_array(v, g, i):
    w = g * np.array(v) / np.linalg.norm(v)
    return np.array([len(v), v[i - 1], np.linalg.norm(v), w[i - 1]])
