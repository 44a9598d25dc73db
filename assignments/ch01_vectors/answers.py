"""Chapter I: wrong answers as people write them, and right ones of another kind."""

import math

import numpy as np
from questions import (
    dimension,
    direction,
    distance,
    distances_from,
    example_1,
    magnitude,
    nearest,
    nearest_from_left_to_right,
    nearest_in_length,
    neighbours,
    reading_1,
)

from solutions import ch01_vectors as reference

# dimension --------------------------------------------------------------------------------------------------


@dimension.misconception(
    caught_by="counts_in_every_kind_of_vector",
    hint=(
        "ndim counts the axes of an array, and every vector has 1. The dimension is how many numbers it"
        " holds."
    ),
)
def counts_axes(v):
    return np.ndim(v)


dimension.misconception_by_edit(
    "gives_the_last_index",
    reference.dimension,
    {"return len(v)": "return len(v) - 1"},
    caught_by="counts_the_components",
    hint="This is the index of the last component. Indices start at 0, so the count is one more.",
)


@dimension.misconception(
    caught_by="counts_zeros_and_repeats",
    hint="A component of 0 is a component too. Count the places, not the numbers that differ from 0.",
)
def counts_what_is_not_zero(v):
    return int(np.count_nonzero(v))


@dimension.misconception(
    caught_by="counts_zeros_and_repeats",
    hint="A set keeps one of each number. Two equal components are two components.",
)
def counts_different_numbers(v):
    return len(set(np.asarray(v, dtype=float).tolist()))


@dimension.misconception(
    caught_by="counts_the_components",
    hint="The shape of a vector is a tuple, (n,). The dimension is the n in it.",
)
def gives_the_shape(v):
    return np.shape(v)


@dimension.misconception(
    caught_by="counts_the_components",
    hint="This adds up the components. The dimension is how many there are.",
)
def adds_the_components(v):
    return float(np.sum(v))


@dimension.misconception(
    caught_by="counts_in_ints",
    hint="The dimension is right and comes as a float. A count is an int: len(v).",
)
def counts_with_a_sum_of_ones(v):
    return np.sum(np.ones_like(v, dtype=float))


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


# magnitude --------------------------------------------------------------------------------------------------

magnitude.misconception_by_edit(
    "leaves_out_the_root",
    reference.magnitude,
    {"np.sqrt(np.sum(v**2))": "np.sum(v**2)"},
    caught_by="takes_the_root_of_summed_squares",
    hint="This is the sum of the squares. The magnitude is its square root.",
)
magnitude.misconception_by_edit(
    "adds_absolute_values",
    reference.magnitude,
    {"np.sqrt(np.sum(v**2))": "np.sum(np.abs(v))"},
    caught_by="takes_the_root_of_summed_squares",
    hint=(
        "This adds up the absolute values, which is the L1 norm: the walk along the streets. The magnitude is"
        " the straight line: square, add up, take the root."
    ),
)
magnitude.misconception_by_edit(
    "takes_the_mean_square",
    reference.magnitude,
    {"np.sum(v**2)": "np.mean(v**2)"},
    caught_by=("takes_the_root_of_summed_squares", "measures_in_many_dimensions"),
    hint="This takes the mean of the squares. A magnitude takes their sum: do not divide by n.",
)
magnitude.misconception_by_edit(
    "takes_the_largest_component",
    reference.magnitude,
    {"np.sqrt(np.sum(v**2))": "np.max(np.abs(v))"},
    caught_by="takes_the_root_of_summed_squares",
    hint="This is the largest component alone. Every component adds to the length.",
)
magnitude.misconception_by_edit(
    "cuts_fractions_off",
    reference.magnitude,
    {"dtype=float": "dtype=int"},
    caught_by="measures_every_kind_of_vector",
    hint="dtype=int cuts off the fractions: 2.4 becomes 2. Use dtype=float.",
)
magnitude.misconception_by_edit(
    "squares_ints_as_they_come",
    reference.magnitude,
    {"np.asarray(v, dtype=float)": "np.asarray(v)"},
    caught_by="measures_ints_of_every_width",
    hint="The squares wrap around in a narrow int type. Make floats first: np.asarray(v, dtype=float).",
)
magnitude.misconception_by_edit(
    "rounds_the_result",
    reference.magnitude,
    {"float(np.sqrt(np.sum(v**2)))": "round(float(np.sqrt(np.sum(v**2))), 6)"},
    caught_by="keeps_every_digit_of_the_length",
    hint="The result is rounded. Return the number as it was computed.",
)


@magnitude.misconception(
    caught_by="measures_every_kind_of_vector",
    hint=(
        "The squares are written over the caller's own array: np.asarray makes no copy of an array of floats."
        " Write v**2, which makes a new array, and not v **= 2."
    ),
)
def squares_in_place(v):
    v = np.asarray(v, dtype=float)
    v **= 2
    return float(np.sqrt(np.sum(v)))


@magnitude.misconception(
    caught_by="measures_in_many_dimensions",
    hint="This is Pythagoras in the plane, with two components. Add the square of every component there is.",
)
def stays_in_the_plane(v):
    return math.sqrt(v[0] ** 2 + v[1] ** 2)


@magnitude.alternative
def with_a_running_total(v):
    total = 0.0
    for component in v:
        total += float(component) * float(component)
    return math.sqrt(total)


@magnitude.alternative
def by_hypot(v):
    return math.hypot(*v)


@magnitude.alternative
def by_numpys_norm(v):
    return np.linalg.norm(np.asarray(v, dtype=float))


@magnitude.alternative
def length_in_single_precision(v):
    v = np.array(v, dtype=np.float32)
    return np.sqrt(np.sum(v * v))


# direction --------------------------------------------------------------------------------------------------

direction.misconception_by_edit(
    "divides_by_the_sum",
    reference.direction,
    {"scaled / magnitude(scaled)": "scaled / (scaled.sum() or 1.0)"},
    caught_by="divides_by_the_length",
    hint=(
        "This divides by the sum of the components, which makes them sum to 1. Divide by the magnitude, which"
        " makes the length 1."
    ),
)
direction.misconception_by_edit(
    "divides_by_the_largest_component",
    reference.direction,
    {"scaled / magnitude(scaled)": "scaled"},
    caught_by="divides_by_the_length",
    hint="This divides by the largest component alone. Divide by the magnitude: only then is the length 1.",
)
direction.misconception_by_edit(
    "divides_by_the_squared_length",
    reference.direction,
    {"scaled / magnitude(scaled)": "v / magnitude(v) ** 2"},
    caught_by="divides_by_the_length",
    hint="This divides by the magnitude squared. Take the square root of the sum first.",
)
direction.misconception_by_edit(
    "hands_the_zero_vector_back",
    reference.direction,
    {'raise ValueError(f"the zero vector has no direction; got {v.tolist()}")': "return v"},
    caught_by="refuses_the_zero_vector",
    hint=(
        "The zero vector is handed back as if it were a direction. Its length is 0, not 1: raise ValueError."
    ),
)
direction.misconception_by_edit(
    "rounds_the_direction",
    reference.direction,
    {"return scaled / magnitude(scaled)": "return np.round(scaled / magnitude(scaled), 6)"},
    caught_by="keeps_every_digit_of_the_direction",
    hint="The components are rounded. Return them as they were computed.",
)


@direction.misconception(
    caught_by="refuses_the_zero_vector",
    hint=(
        "For the zero vector this is 0 / 0, a vector of nan that spreads through all that follows. Raise"
        " ValueError."
    ),
)
def divides_zero_by_zero(v):
    v = np.asarray(v, dtype=float)
    return v / np.linalg.norm(v)


@direction.misconception(
    caught_by=("works_where_squares_underflow", "works_at_every_size"),
    hint=(
        "The squares of very small components underflow to 0, and those of very large ones overflow. Divide"
        " by the largest absolute value first, and take the magnitude afterwards."
    ),
)
def squares_what_it_is_given(v):
    v = np.asarray(v, dtype=float)
    length = np.sqrt(np.sum(v**2))
    if length == 0:
        raise ValueError("the zero vector")
    return v / length


@direction.misconception(
    caught_by=("works_where_squares_underflow", "forgets_how_long_the_vector_was"),
    hint=(
        "A small constant is added to the divisor, as libraries do against a division by 0. It bends the"
        " result for short vectors. Divide by the magnitude alone, and refuse the zero vector."
    ),
)
def adds_a_small_constant(v):
    v = np.asarray(v, dtype=float)
    if not np.any(v):
        raise ValueError("the zero vector")
    return v / (np.sqrt(np.sum(v**2)) + 1e-8)


@direction.misconception(
    caught_by="takes_arrays_of_every_type",
    hint=(
        "The division is written over the caller's own array: v /= length works in place, and np.asarray"
        " makes no copy of an array of floats. Return v / length."
    ),
)
def divides_in_place(v):
    v = np.asarray(v, dtype=float)
    length = math.hypot(*v)
    if length == 0:
        raise ValueError("the zero vector")
    v /= length
    return v


@direction.misconception(
    caught_by="forgets_how_long_the_vector_was",
    hint="[3, -3] sums to 0 and is not the zero vector. Ask whether every component is 0.",
)
def refuses_if_the_sum_is_zero(v):
    v = np.asarray(v, dtype=float)
    if v.sum() == 0:
        raise ValueError("the zero vector")
    return v / math.hypot(*v)


@direction.alternative
def component_by_component(v):
    length = math.hypot(*v)
    if length == 0:
        raise ValueError(f"{list(v)} is the zero vector")
    return tuple(float(x) / length for x in v)


@direction.alternative
def scaled_by_a_power_of_two(v):
    # A power of two divides without rounding.
    v = np.array(v, dtype=float)
    if not v.any():
        raise ValueError("no direction: all components are 0")
    v = np.ldexp(v, -math.frexp(np.abs(v).max())[1])
    return v * (1 / np.linalg.norm(v))


@direction.alternative
def direction_as_single_precision(v):
    if not any(v):
        raise ValueError("zero vector")
    largest = max(abs(float(x)) for x in v)
    v = np.array([float(x) / largest for x in v], dtype=np.float32)
    return v / np.linalg.norm(v)


# distance ---------------------------------------------------------------------------------------------------


def both_arrays(a, b):
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    if len(a) != len(b):
        raise ValueError(f"dimensions {len(a)} and {len(b)}")
    return a, b


distance.misconception_by_edit(
    "subtracts_the_lengths",
    reference.distance,
    {"magnitude(a - b)": "abs(magnitude(a) - magnitude(b))"},
    caught_by="measures_the_difference",
    hint=(
        "This subtracts the lengths. Vectors of equal length can point anywhere: subtract the vectors first,"
        " and measure the difference."
    ),
)
distance.misconception_by_edit(
    "walks_along_the_axes",
    reference.distance,
    {"magnitude(a - b)": "float(np.sum(np.abs(a - b)))"},
    caught_by="measures_the_difference",
    hint=(
        "This adds up the steps along each axis, the L1 distance. Square the differences, add up, take the"
        " root."
    ),
)
distance.misconception_by_edit(
    "squares_the_distance",
    reference.distance,
    {"magnitude(a - b)": "magnitude(a - b) ** 2"},
    caught_by="measures_the_difference",
    hint="This is the distance squared. The square root is missing.",
)
distance.misconception_by_edit(
    "measures_the_sum",
    reference.distance,
    {"magnitude(a - b)": "magnitude(a + b)"},
    caught_by="measures_the_difference",
    hint="This measures a + b. How far apart two points are is the length of a - b.",
)
distance.misconception_by_edit(
    "rounds_the_distance",
    reference.distance,
    {"return magnitude(a - b)": "return round(magnitude(a - b), 6)"},
    caught_by="keeps_every_digit_of_the_distance",
    hint="The result is rounded. Return the number as it was computed.",
)
distance.misconception_by_edit(
    "lets_numpy_stretch",
    reference.distance,
    {"if len(a) != len(b)": "if len(a) != len(b) and 1 not in (len(a), len(b))"},
    caught_by="never_stretches_one_component",
    hint=(
        "NumPy refuses [1, 2] - [1, 2, 5] by itself and accepts [3] - [1, 2, 5]: it stretches the one"
        " component to three. Compare the two dimensions before subtracting."
    ),
)
distance.misconception_by_edit(
    "subtracts_ints_as_they_come",
    reference.distance,
    {"np.asarray(a, dtype=float)": "np.asarray(a)", "np.asarray(b, dtype=float)": "np.asarray(b)"},
    caught_by="takes_two_vectors_of_any_kind",
    hint="Differences wrap around in narrow int types. Make floats first: np.asarray(a, dtype=float).",
)


@distance.misconception(
    caught_by="refuses_other_dimensions",
    hint=(
        "zip stops at the end of the shorter vector and drops the rest. Compare the dimensions before you"
        " pair."
    ),
)
def stops_at_the_shorter(a, b):
    return math.sqrt(sum((float(x) - float(y)) ** 2 for x, y in zip(a, b, strict=False)))


@distance.misconception(
    caught_by="takes_two_vectors_of_any_kind",
    hint="a -= b writes the difference over the caller's own array. Give the difference a name of its own.",
)
def subtracts_in_place(a, b):
    a, b = both_arrays(a, b)
    a -= b
    return reference.magnitude(a)


@distance.misconception(
    caught_by="names_both_dimensions",
    hint=(
        "The refusal is right but does not say why. Put both dimensions into the message:"
        ' f"a has {len(a)}, b has {len(b)}".'
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
    total = 0.0
    for x, y in zip(a, b, strict=True):
        total += (float(x) - float(y)) ** 2
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


# nearest ----------------------------------------------------------------------------------------------------


def others_of(word, vocabulary):
    here = vocabulary[word]
    others = sorted(other for other in vocabulary if other != word)
    if not others:
        raise ValueError("no other word")
    return here, others


@nearest.misconception(
    caught_by="finds_the_closest_other_word",
    hint="A word is at distance 0 from itself, so it always wins. Leave it out of the search.",
)
def finds_the_word_itself(word, vocabulary):
    here, _ = others_of(word, vocabulary)
    return min(
        sorted(vocabulary), key=lambda other: (reference.distance(here, vocabulary[other]), other != word)
    )


nearest.misconception_by_edit(
    "finds_the_farthest",
    reference.nearest,
    {"return min(others": "return max(others"},
    caught_by="finds_the_closest_other_word",
    hint="This finds the farthest word. The nearest has the smallest distance: min, not max.",
)
nearest.misconception_by_edit(
    "gives_a_tie_to_the_first_in_the_dict",
    reference.nearest,
    {"sorted(other for other in vocabulary if other != word)": "[w for w in vocabulary if w != word]"},
    caught_by="gives_a_tie_to_the_first_in_the_alphabet",
    hint=(
        "Of equally close words this takes the one that the dict holds first. Go through the words in"
        " alphabetical order."
    ),
)
nearest.misconception_by_edit(
    "gives_a_tie_to_the_last",
    reference.nearest,
    {"return min(others": "return min(reversed(others)"},
    caught_by="gives_a_tie_to_the_first_in_the_alphabet",
    hint=(
        "Of equally close words this takes the last: <= replaces the best so far by its equal. Compare with"
        " <."
    ),
)


@nearest.misconception(
    caught_by="finds_a_word_with_the_same_vector",
    hint=(
        "Leaving out whatever is at distance 0 loses another word with the same vector. Leave out the word"
        " itself, by its name: other != word."
    ),
)
def leaves_out_what_is_at_zero(word, vocabulary):
    here, others = others_of(word, vocabulary)
    apart = {other: reference.distance(here, vocabulary[other]) for other in others}
    return min((other for other in others if apart[other] > 0), key=lambda other: apart[other])


@nearest.misconception(
    caught_by="goes_by_straight_line_distance",
    hint=(
        "This adds up the steps along each axis. The distance here is the straight line: square the"
        " differences, add up, take the root."
    ),
)
def goes_by_steps(word, vocabulary):
    here, others = others_of(word, vocabulary)
    return min(
        others, key=lambda other: float(np.sum(np.abs(np.subtract(here, vocabulary[other], dtype=float))))
    )


@nearest.misconception(
    caught_by="goes_by_straight_line_distance",
    hint=(
        "This compares directions, which is the next chapter's question. Here the distance between points"
        " decides."
    ),
)
def goes_by_direction(word, vocabulary):
    here, others = others_of(word, vocabulary)

    def unit(v):
        length = reference.magnitude(v)
        return np.asarray(v, dtype=float) / (length or 1.0)

    return min(others, key=lambda other: reference.distance(unit(here), unit(vocabulary[other])))


@nearest.misconception(
    caught_by="goes_by_straight_line_distance",
    hint=(
        "This compares how long the vectors are. Subtract the vectors first: the length of the difference is"
        " the distance."
    ),
)
def goes_by_length(word, vocabulary):
    here, others = others_of(word, vocabulary)
    length = reference.magnitude(here)
    return min(others, key=lambda other: abs(length - reference.magnitude(vocabulary[other])))


nearest.misconception_by_edit(
    "returns_the_distance",
    reference.nearest,
    {
        "return min(others, key=lambda other: distance(here, vocabulary[other]))": (
            "return min(distance(here, vocabulary[other]) for other in others)"
        )
    },
    caught_by="finds_the_closest_other_word",
    hint="This returns the smallest distance. What is asked for is the word that has it.",
)


@nearest.misconception(
    caught_by=("finds_the_closest_other_word", "refuses_a_vocabulary_of_one"),
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
    caught_by="refuses_a_vocabulary_of_one",
    hint="With no other word this returns None, and the caller finds out much later. Raise ValueError.",
)
def returns_none_when_alone(word, vocabulary):
    if len(vocabulary) == 1:
        return None
    return reference.nearest(word, vocabulary)


@nearest.misconception(
    caught_by="refuses_a_word_it_does_not_know",
    hint=(
        "An absent word is a KeyError, which vocabulary[word] raises by itself; a ValueError of your own"
        " takes its place."
    ),
)
def raises_value_error_for_an_absent_word(word, vocabulary):
    if word not in vocabulary:
        raise ValueError(f"{word} is not in the vocabulary")
    return reference.nearest(word, vocabulary)


@nearest.misconception(
    caught_by="looks_afresh_at_every_call",
    hint="The words are lower-cased before they are compared. Use them as the dict spells them.",
)
def lowers_the_case(word, vocabulary):
    return reference.nearest(word, vocabulary).lower()


@nearest.misconception(
    caught_by="tells_close_distances_apart",
    hint="The tie is settled without regard to case. Python's own order of strings puts capitals first.",
)
def settles_ties_without_case(word, vocabulary):
    here, others = others_of(word, vocabulary)
    return min(others, key=lambda other: (reference.distance(here, vocabulary[other]), other.lower()))


@nearest.misconception(
    caught_by="tells_close_distances_apart",
    hint="The distances are taken in float32, which holds seven digits: words that are nearly as close tie.",
)
def measures_in_single_precision(word, vocabulary):
    here, others = others_of(word, vocabulary)
    here = np.array(here, dtype=np.float32)
    return min(others, key=lambda other: np.linalg.norm(here - np.array(vocabulary[other], dtype=np.float32)))


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
    here = np.array(vocabulary[word], dtype=float)
    pairs = [
        (float(np.sum((here - vector) ** 2)), other) for other, vector in vocabulary.items() if other != word
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


@example_1.misconception(
    hint=(
        "This is the sum of the components: the way along two sides. The magnitude is the straight line:"
        " square, add up, take the root."
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
def by_subtracting_from_a_larger_square(v):
    # (a + b)^2 - 2ab is a^2 + b^2.
    return math.sqrt(sum(v) ** 2 - 2 * v[0] * v[1])


@neighbours.misconception(hint="Each word is at distance 0 from itself. The nearest other word is asked for.")
def each_word_itself(embedding):
    return {word: word for word in embedding}


@neighbours.misconception(hint="These are the farthest words. The nearest has the smallest distance.")
def the_farthest_words(embedding):
    return {word: distances_from(word, embedding)[-1][1] for word in embedding}


neighbours.misconception(
    hint="These are nearest along the horizontal axis alone. The difference has two components: both count."
)(nearest_from_left_to_right)
neighbours.misconception(
    hint="These are nearest by the length of the vectors. What counts is the length of the difference."
)(nearest_in_length)


@neighbours.alternative
def in_another_order(embedding):
    return {word: distances_from(word, embedding)[0][1] for word in sorted(embedding)}


@neighbours.alternative
def in_capital_letters(embedding):
    return {word: distances_from(word, embedding)[0][1].title() for word in embedding}


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
    hint="The last number is the component of v's direction. The factor g, the length of w, is missing."
)
def leaves_out_g(v, g, i):
    norm = math.hypot(*v)
    return [len(v), v[i - 1], norm, v[i - 1] / norm]


@reading_1.alternative
def scaled_before_the_division(v, g, i):
    norm = float(np.linalg.norm(v))
    return (float(len(v)), float(v[i - 1]), norm, round(g / norm * v[i - 1], 3))
