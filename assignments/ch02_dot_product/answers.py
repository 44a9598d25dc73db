"""Chapter II: wrong answers as people write them, and right ones of another kind."""

import math

import numpy as np
from questions import (
    angle_degrees,
    as_if_zero_were_one,
    cosine_similarity,
    dot,
    exercise_1,
    exercise_2,
    exercise_3,
    exercise_4,
    most_similar,
    paired_backwards,
    product_of_the_sums,
    reading_2,
    similarity_label,
    sum_of_all_components,
)

from solutions import ch02_dot_product as reference

# dot --------------------------------------------------------------------------------------------------------


def both_arrays(a, b):
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    if len(a) != len(b):
        raise ValueError(f"dimensions {len(a)} and {len(b)}")
    return a, b


dot.misconception_by_edit(
    "stops_at_the_products",
    reference.dot,
    {"float(np.sum(a * b))": "a * b"},
    caught_by="works_on_figure_2",
    hint="These are the products, one per component. The dot product is their sum: a single number.",
)
dot.misconception_by_edit(
    "multiplies_the_sums",
    reference.dot,
    {"np.sum(a * b)": "np.sum(a) * np.sum(b)"},
    caught_by="works_on_figure_2",
    hint="This multiplies the sum of a by the sum of b. Multiply component by component first, then add.",
)
dot.misconception_by_edit(
    "takes_the_mean_product",
    reference.dot,
    {"np.sum(a * b)": "np.mean(a * b)"},
    caught_by=("works_on_figure_2", "multiplies_out"),
    hint="This is the mean of the products. The dot product is their sum: do not divide by n.",
)
dot.misconception_by_edit(
    "adds_in_place_of_multiplying",
    reference.dot,
    {"np.sum(a * b)": "np.sum(a + b)"},
    caught_by="works_on_figure_2",
    hint="This adds the components of both vectors. The two components of a pair are multiplied.",
)
dot.misconception_by_edit(
    "cuts_fractions_off",
    reference.dot,
    {
        "np.asarray(a, dtype=float)": "np.asarray(a).astype(int)",
        "np.asarray(b, dtype=float)": "np.asarray(b).astype(int)",
    },
    caught_by="takes_any_two_vectors",
    hint="int cuts off the fractions: 0.5 becomes 0. Use dtype=float.",
)
dot.misconception_by_edit(
    "multiplies_ints_as_they_come",
    reference.dot,
    {
        "np.asarray(a, dtype=float)": "np.asarray(a)",
        "np.asarray(b, dtype=float)": "np.asarray(b)",
    },
    caught_by="takes_any_two_vectors",
    hint="Products wrap around in narrow int types. Make floats first: np.asarray(a, dtype=float).",
)
dot.misconception_by_edit(
    "rounds_the_product",
    reference.dot,
    {"float(np.sum(a * b))": "round(float(np.sum(a * b)), 6)"},
    caught_by="keeps_every_digit_of_the_product",
    hint="The result is rounded. Return the number as it was computed.",
)
dot.misconception_by_edit(
    "lets_numpy_stretch",
    reference.dot,
    {"if len(a) != len(b)": "if len(a) != len(b) and 1 not in (len(a), len(b))"},
    caught_by="never_stretches_one_component",
    hint=(
        "NumPy refuses two components times three by itself and accepts one times three: it stretches the"
        " one. Compare the two dimensions before multiplying."
    ),
)


@dot.misconception(
    caught_by="multiplies_out",
    hint=(
        "This divides by the magnitudes, which makes it cosine similarity. The dot product keeps the lengths."
    ),
)
def divides_by_the_magnitudes(a, b):
    a, b = both_arrays(a, b)
    return float(a @ b / (math.hypot(*a) * math.hypot(*b)))


@dot.misconception(
    caught_by="refuses_other_dimensions",
    hint=(
        "zip stops at the end of the shorter vector and drops the rest. Compare the dimensions before you"
        " pair."
    ),
)
def stops_at_the_shorter(a, b):
    return sum(float(x) * float(y) for x, y in zip(a, b, strict=False))


@dot.misconception(
    caught_by="takes_any_two_vectors",
    hint="a *= b writes the products over the caller's own array. Give them a name of their own.",
)
def multiplies_in_place(a, b):
    a, b = both_arrays(a, b)
    a *= b
    return float(a.sum())


@dot.misconception(
    caught_by="names_both_dimensions",
    hint=(
        "The refusal is right but does not say why. Put both dimensions into the message:"
        ' f"a has {len(a)}, b has {len(b)}".'
    ),
)
def refuses_without_saying_why(a, b):
    if len(a) != len(b):
        raise ValueError("the dimensions differ")
    return reference.dot(a, b)


@dot.alternative
def pair_by_pair(a, b):
    if len(a) != len(b):
        raise ValueError(f"{len(a)} components against {len(b)}")
    total = 0.0
    for i in range(len(a)):
        total += float(a[i]) * float(b[i])
    return total


@dot.alternative
def as_a_matrix_product(a, b):
    # NumPy's own refusal names both sizes.
    return np.asarray(a, dtype=float) @ np.asarray(b, dtype=float)


@dot.alternative
def dot_in_single_precision(a, b):
    a, b = np.array(a, dtype=np.float32), np.array(b, dtype=np.float32)
    if a.shape != b.shape:
        raise ValueError(f"shapes {a.shape} and {b.shape}")
    return np.sum(a * b)


# cosine_similarity ------------------------------------------------------------------------------------------


def refuse_zero(a, b):
    a, b = both_arrays(a, b)
    if not np.any(a) or not np.any(b):
        raise ValueError("the zero vector")
    return a, b, math.hypot(*a), math.hypot(*b)


@cosine_similarity.misconception(
    caught_by="works_on_example_2", hint="This is the dot product. Divide it by both magnitudes."
)
def leaves_out_the_division(a, b):
    a, b, _, _ = refuse_zero(a, b)
    return float(a @ b)


@cosine_similarity.misconception(
    caught_by="works_on_example_2",
    hint="This divides by the magnitude of a alone. The magnitude of b belongs to the denominator as well.",
)
def divides_by_one_magnitude(a, b):
    a, b, length, _ = refuse_zero(a, b)
    return float(a @ b / length)


@cosine_similarity.misconception(
    caught_by="works_on_example_2",
    hint="This divides by the magnitudes squared. Each sum of squares needs its square root.",
)
def divides_by_the_squares(a, b):
    a, b, _, _ = refuse_zero(a, b)
    return float(a @ b / ((a @ a) * (b @ b)))


@cosine_similarity.misconception(
    caught_by="works_on_example_2", hint="The two magnitudes are added here. Multiply them."
)
def adds_the_magnitudes(a, b):
    a, b, length, other = refuse_zero(a, b)
    return float(a @ b / (length + other))


@cosine_similarity.misconception(
    caught_by="works_on_example_2",
    hint=(
        "In Python a / b * c divides by b alone and multiplies by c. Put both magnitudes into brackets: a /"
        " (b * c)."
    ),
)
def forgets_the_brackets(a, b):
    a, b, length, other = refuse_zero(a, b)
    return float(a @ b / length * other)


@cosine_similarity.misconception(
    caught_by="stays_within_its_bounds",
    hint=(
        "For parallel vectors rounding can give 1.0000000000000002. Clip the quotient to the range from -1 to"
        " 1."
    ),
)
def does_not_clip(a, b):
    a, b, _, _ = refuse_zero(a, b)
    return float(np.dot(a, b) / (np.linalg.norm(a) * np.linalg.norm(b)))


cosine_similarity.misconception_by_edit(
    "clips_at_zero",
    reference.cosine_similarity,
    {"np.sum(a * b), -1.0, 1.0": "np.sum(a * b), 0.0, 1.0"},
    caught_by="runs_from_minus_one_to_one",
    hint="This clips at 0, and negative similarities are lost. The range goes from -1 to 1.",
)
cosine_similarity.misconception_by_edit(
    "drops_the_sign",
    reference.cosine_similarity,
    {"np.sum(a * b), -1.0, 1.0": "abs(np.sum(a * b)), -1.0, 1.0"},
    caught_by="runs_from_minus_one_to_one",
    hint="The absolute value makes opposite vectors look alike. The sign belongs to the answer.",
)
cosine_similarity.misconception_by_edit(
    "gives_the_cosine_distance",
    reference.cosine_similarity,
    {"return float(": "return 1 - float("},
    caught_by="works_on_example_2",
    hint="This is the cosine distance, 1 minus the similarity. Return the similarity itself.",
)
cosine_similarity.misconception_by_edit(
    "rounds_the_cosine",
    reference.cosine_similarity,
    {"np.sum(a * b), -1.0, 1.0": "np.round(np.sum(a * b), 3), -1.0, 1.0"},
    caught_by=("works_on_example_2", "keeps_every_digit_of_the_cosine"),
    hint="The result is rounded. Return the quotient as it was computed.",
)
cosine_similarity.misconception_by_edit(
    "calls_the_zero_vector_unrelated",
    reference.cosine_similarity,
    {
        'raise ValueError(f"the zero vector has no direction to compare; got {list(a)} and {list(b)}")': (
            "return 0.0"
        )
    },
    caught_by="refuses_the_zero_vector",
    hint="A similarity of 0 is a right angle, and the zero vector has no direction at all: raise ValueError.",
)


@cosine_similarity.misconception(
    caught_by="refuses_the_zero_vector",
    hint="0 / 0 is nan, and it spreads. The zero vector has no direction to compare: raise ValueError.",
)
def divides_zero_by_zero(a, b):
    a, b = both_arrays(a, b)
    return float(np.clip(np.float64(a @ b) / (np.linalg.norm(a) * np.linalg.norm(b)), -1, 1))


@cosine_similarity.misconception(
    caught_by="forgets_the_lengths",
    hint=(
        "A small constant is added to the divisor, and bends the result for short vectors. Divide by the"
        " magnitudes alone, and refuse the zero vector."
    ),
)
def adds_a_small_constant(a, b):
    a, b, length, other = refuse_zero(a, b)
    return float(np.clip(a @ b / (length * other + 1e-8), -1, 1))


@cosine_similarity.alternative
def with_running_totals(a, b):
    product = a_squares = b_squares = 0.0
    for x, y in zip(a, b, strict=True):
        x, y = float(x), float(y)
        product += x * y
        a_squares += x * x
        b_squares += y * y
    if a_squares == 0 or b_squares == 0:
        raise ValueError("a zero vector has no direction")
    return min(1.0, max(-1.0, product / math.sqrt(a_squares) / math.sqrt(b_squares)))


@cosine_similarity.alternative
def of_the_quotient(a, b):
    a, b = np.array(a, dtype=float), np.array(b, dtype=float)
    if np.linalg.norm(a) == 0 or np.linalg.norm(b) == 0:
        raise ValueError("zero vector")
    return np.clip(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)), -1, 1)


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
    return max(-1.0, 1 - float(np.sum(gap * gap)) / 2)


# angle_degrees ----------------------------------------------------------------------------------------------

angle_degrees.misconception_by_edit(
    "stays_in_radians",
    reference.angle_degrees,
    {"math.degrees(math.acos(cosine_similarity(a, b)))": "math.acos(cosine_similarity(a, b))"},
    caught_by="measures_in_degrees",
    hint="This is the angle in radians. Multiply by 180 / pi, or use math.degrees.",
)
angle_degrees.misconception_by_edit(
    "gives_the_cosine",
    reference.angle_degrees,
    {"math.degrees(math.acos(cosine_similarity(a, b)))": "cosine_similarity(a, b)"},
    caught_by="measures_in_degrees",
    hint="This is the cosine itself. The angle is its arccosine.",
)
angle_degrees.misconception_by_edit(
    "takes_arcsin",
    reference.angle_degrees,
    {"math.acos": "math.asin"},
    caught_by="finds_no_angle_between_a_vector_and_itself",
    hint="arcsin undoes the sine. The quotient is a cosine: take arccos.",
)
angle_degrees.misconception_by_edit(
    "folds_at_the_right_angle",
    reference.angle_degrees,
    {"math.acos(cosine_similarity(a, b))": "math.acos(abs(cosine_similarity(a, b)))"},
    caught_by="agrees_with_angles_set_beforehand",
    hint=(
        "This folds angles over 90 degrees back, as for two lines. Arrows can point away from each other:"
        " keep the sign of the dot product."
    ),
)
angle_degrees.misconception_by_edit(
    "treats_the_cosine_as_linear",
    reference.angle_degrees,
    {"math.degrees(math.acos(cosine_similarity(a, b)))": "90.0 * (1 - cosine_similarity(a, b))"},
    caught_by="agrees_with_angles_set_beforehand",
    hint=(
        "This takes the angle to fall in step with the cosine, from 0 degrees at 1 to 180 at -1. In between"
        " it does not: arccos is needed."
    ),
)
angle_degrees.misconception_by_edit(
    "rounds_the_angle",
    reference.angle_degrees,
    {
        "math.degrees(math.acos(cosine_similarity(a, b)))": (
            "round(math.degrees(math.acos(cosine_similarity(a, b))), 4)"
        )
    },
    caught_by="keeps_every_digit_of_the_angle",
    hint="The angle is rounded. Return it as it was computed.",
)


@angle_degrees.misconception(
    caught_by="finds_no_angle_between_a_vector_and_itself",
    hint="arccos of 1.0000000000000002 is nan. Clip the quotient to the range from -1 to 1 before arccos.",
)
def takes_arccos_unclipped(a, b):
    a, b = both_arrays(a, b)
    return float(np.degrees(np.arccos(np.dot(a, b) / (np.linalg.norm(a) * np.linalg.norm(b)))))


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
    # Lagrange's identity gives the sine: ||a||^2 ||b||^2 - (a · b)^2, as a sum of squares.
    a, b = np.array(a, dtype=float), np.array(b, dtype=float)
    crossed = np.outer(a, b) - np.outer(b, a)
    return math.atan2(math.sqrt(np.sum(crossed**2) / 2), a @ b) * 180 / math.pi


# similarity_label -------------------------------------------------------------------------------------------

similarity_label.misconception_by_edit(
    "leaves_the_edges_out",
    reference.similarity_label,
    {"c >= lower_edge": "c > lower_edge"},
    caught_by="gives_each_band_its_lower_edge",
    hint="With > an edge falls into the band beneath. Each band includes its lower edge: use >=.",
)
similarity_label.misconception_by_edit(
    "rounds_before_comparing",
    reference.similarity_label,
    {"c >= lower_edge": "round(c, 2) >= lower_edge"},
    caught_by="gives_each_band_its_lower_edge",
    hint="This rounds first, so 0.899 is called near-identical. Compare the number as it is.",
)
similarity_label.misconception_by_edit(
    "takes_nearly_for_equal",
    reference.similarity_label,
    {"c >= lower_edge": "c >= lower_edge - 1e-9"},
    caught_by="gives_each_band_its_lower_edge",
    hint="A little is subtracted from the edges. Compare with the edges themselves.",
)
similarity_label.misconception_by_edit(
    "labels_the_absolute_value",
    reference.similarity_label,
    {"c >= lower_edge": "abs(c) >= lower_edge"},
    caught_by="names_every_band",
    hint="The absolute value hides opposing vectors. Below 0 the label is opposing, however far below.",
)
similarity_label.misconception_by_edit(
    "tries_the_lowest_edge_first",
    reference.similarity_label,
    {"in bands if": "in reversed(bands) if"},
    caught_by="names_every_band",
    hint="The bands are tried from the bottom up, and 0.95 is also at least 0. Begin with the highest edge.",
)
similarity_label.misconception_by_edit(
    "labels_any_number",
    reference.similarity_label,
    {"if not -1 <= c <= 1": "if False"},
    caught_by="refuses_what_is_not_a_cosine",
    hint="1.5 is not a cosine, and a label hides the mistake further up. Check that c lies from -1 to 1.",
)
similarity_label.misconception_by_edit(
    "refuses_the_ends_too",
    reference.similarity_label,
    {"if not -1 <= c <= 1": "if not -1 < c < 1"},
    caught_by="refuses_what_is_not_a_cosine",
    hint="The ends belong to the range: 1 and -1 are cosines. Refuse only what lies beyond them.",
)
similarity_label.misconception_by_edit(
    "allows_a_little_more",
    reference.similarity_label,
    {"if not -1 <= c <= 1": "if not -1 - 1e-9 <= c <= 1 + 1e-9"},
    caught_by="refuses_anything_outside",
    hint="The range is widened by a little. The text refuses everything above 1 and below -1.",
)
similarity_label.misconception_by_edit(
    "refuses_without_the_number",
    reference.similarity_label,
    {"; got {c}": ""},
    caught_by="names_the_number",
    hint="The refusal is right but does not name the number. Put c into the message.",
)


@similarity_label.misconception(
    caught_by="names_every_band",
    hint=(
        "The labels are right and their capitals are not: write them as the docstring does, in small letters."
    ),
)
def capitalizes_the_labels(c):
    return reference.similarity_label(c).capitalize()


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


LABELS = ["opposing", "weak or no relation", "some relationship", "strongly related", "near-identical"]


@similarity_label.alternative
def by_counting_edges(c):
    if not (-1.0 <= c <= 1.0):
        raise ValueError(str(c))
    return LABELS[sum(c >= edge for edge in (0, 0.4, 0.7, 0.9))]


@similarity_label.alternative
def by_searchsorted(c):
    if np.abs(c) > 1:
        raise ValueError(f"not a cosine: {c}")
    return np.array(LABELS)[np.searchsorted([0, 0.4, 0.7, 0.9], c, side="right")]


# most_similar -----------------------------------------------------------------------------------------------


def ranking(word, vocabulary, k, score):
    """The other words by falling score; scores that differ by no more than 1e-12 are equal."""
    here = vocabulary[word]
    if k < 1:
        raise ValueError(f"k = {k}")
    scores = {other: score(here, vocabulary[other]) for other in sorted(vocabulary) if other != word}
    ranked = []
    while scores:
        best = max(scores.values())
        ranked.append(next(other for other, c in scores.items() if c >= best - 1e-12))
        del scores[ranked[-1]]
    return ranked


@most_similar.misconception(
    caught_by="ranks_by_direction",
    hint="The word itself has similarity 1 and stands first. Leave it out.",
)
def counts_the_word_itself(word, vocabulary, k):
    return [word, *ranking(word, vocabulary, k, reference.cosine_similarity)][:k]


@most_similar.misconception(
    caught_by="ranks_by_direction",
    hint="The order is turned round: sorting puts the least similar first. Sort by falling similarity.",
)
def puts_the_least_similar_first(word, vocabulary, k):
    return ranking(word, vocabulary, k, lambda a, b: -reference.cosine_similarity(a, b))[:k]


@most_similar.misconception(
    caught_by="ignores_lengths_and_distances",
    hint=(
        "This ranks by the dot product, which favours long vectors. Divide by the lengths: rank by cosine"
        " similarity."
    ),
)
def ranks_by_the_dot_product(word, vocabulary, k):
    return ranking(word, vocabulary, k, reference.dot)[:k]


@most_similar.misconception(
    caught_by="ignores_lengths_and_distances",
    hint="This ranks by distance. Here the angle decides, and a vector far away may point the same way.",
)
def ranks_by_distance(word, vocabulary, k):
    return ranking(word, vocabulary, k, lambda a, b: -math.dist(a, b))[:k]


@most_similar.misconception(
    caught_by="ignores_lengths_and_distances",
    hint=(
        "This ranks by the absolute value, so opposite words come first. A negative similarity ranks lowest."
    ),
)
def ranks_by_absolute_value(word, vocabulary, k):
    return ranking(word, vocabulary, k, lambda a, b: abs(reference.cosine_similarity(a, b)))[:k]


@most_similar.misconception(
    caught_by="puts_parallel_words_in_alphabetical_order",
    hint=(
        "Parallel vectors have the same cosine, and rounding makes the last digits differ. Count similarities"
        " that differ by no more than 1e-12 as equal: math.isclose(c, best, rel_tol=0, abs_tol=1e-12)."
    ),
)
def lets_the_last_digit_decide(word, vocabulary, k):
    here = vocabulary[word]
    if k < 1:
        raise ValueError(f"k = {k}")
    others = [other for other in vocabulary if other != word]
    return sorted(others, key=lambda other: (-reference.cosine_similarity(here, vocabulary[other]), other))[
        :k
    ]


@most_similar.misconception(
    caught_by="puts_parallel_words_in_alphabetical_order",
    hint="Of equally similar words this keeps the dict's order. The alphabet decides between equals.",
)
def keeps_the_order_of_the_dict(word, vocabulary, k):
    here = vocabulary[word]
    if k < 1:
        raise ValueError(f"k = {k}")
    others = [other for other in vocabulary if other != word]
    return sorted(others, key=lambda other: -round(reference.cosine_similarity(here, vocabulary[other]), 12))[
        :k
    ]


@most_similar.misconception(
    caught_by="tells_close_words_apart",
    hint=(
        "Rounding to three decimals makes ties of words that differ. Only a difference up to 1e-12 is a tie."
    ),
)
def rounds_to_three_decimals(word, vocabulary, k):
    return ranking(word, vocabulary, k, lambda a, b: round(reference.cosine_similarity(a, b), 3))[:k]


@most_similar.misconception(
    caught_by="refuses_what_it_cannot_rank",
    hint="A slice takes any k: [:0] is empty, and [:-2] cuts from the end. Check first that k is 1 or more.",
)
def slices_by_any_k(word, vocabulary, k):
    return ranking(word, vocabulary, 1, reference.cosine_similarity)[:k]


@most_similar.misconception(
    caught_by="gives_all_if_k_is_larger",
    hint="If there are fewer than k other words, return all of them; that is not an error.",
)
def refuses_a_large_k(word, vocabulary, k):
    if k >= len(vocabulary):
        raise ValueError(f"k = {k}")
    return ranking(word, vocabulary, k, reference.cosine_similarity)[:k]


@most_similar.misconception(
    caught_by="ranks_by_direction", hint="This returns pairs of word and similarity. Return the words alone."
)
def returns_pairs(word, vocabulary, k):
    words = ranking(word, vocabulary, k, reference.cosine_similarity)[:k]
    return [(other, reference.cosine_similarity(vocabulary[word], vocabulary[other])) for other in words]


@most_similar.misconception(
    caught_by="ranks_by_direction",
    hint="pop takes the word out of the caller's own dict. Skip the word in the search instead.",
)
def pops_the_word(word, vocabulary, k):
    here = vocabulary.pop(word)
    return ranking(word, {word: here, **vocabulary}, k, reference.cosine_similarity)[:k]


@most_similar.misconception(
    caught_by="refuses_what_it_cannot_rank",
    hint=(
        "An absent word is a KeyError, which vocabulary[word] raises by itself. An empty list hides the"
        " mistake."
    ),
)
def finds_nothing_for_an_absent_word(word, vocabulary, k):
    if word not in vocabulary:
        return []
    return ranking(word, vocabulary, k, reference.cosine_similarity)[:k]


most_similar.misconception_by_edit(
    "refuses_without_k",
    reference.most_similar,
    {"k must be at least 1; got {k}": "too few"},
    caught_by="names_k",
    hint="The refusal is right but does not name k. Put it into the message.",
)


@most_similar.misconception(
    caught_by="puts_parallel_words_in_alphabetical_order",
    hint="Ties are settled without regard to case. Python's own order of strings puts capitals first.",
)
def settles_ties_without_case(word, vocabulary, k):
    spelt = {other.lower(): other for other in vocabulary}
    lower = {other.lower(): v for other, v in vocabulary.items()}
    if word not in vocabulary:
        raise KeyError(word)
    return [spelt[other] for other in reference.most_similar(word.lower(), lower, k)]


@most_similar.alternative
def by_comparing_in_pairs(word, vocabulary, k):
    if k < 1:
        raise ValueError(f"k must be 1 or more, not {k}")
    here = np.array(vocabulary[word], dtype=float)
    ranked = []
    # Insertion in alphabetical order: a word goes before the first that it beats by more than rounding.
    for other in sorted(set(vocabulary) - {word}):
        there = np.array(vocabulary[other], dtype=float)
        cosine = float(here @ there / np.linalg.norm(here) / np.linalg.norm(there))
        place = next((i for i, (known, _) in enumerate(ranked) if cosine > known + 1e-12), len(ranked))
        ranked.insert(place, (cosine, other))
    return [other for _, other in ranked][:k]


@most_similar.alternative
def by_one_matrix_product(word, vocabulary, k):
    if k < 1:
        raise ValueError(f"k = {k}")
    words = sorted(vocabulary)
    units = np.array([np.asarray(vocabulary[w], dtype=float) / np.linalg.norm(vocabulary[w]) for w in words])
    similarities = units @ units[words.index(word)] if word in vocabulary else vocabulary[word]
    left = [i for i, w in enumerate(words) if w != word]
    found = []
    while left and len(found) < k:
        best = max(similarities[i] for i in left)
        i = next(i for i in left if math.isclose(similarities[i], best, rel_tol=0, abs_tol=1e-12))
        found.append(words[i])
        left.remove(i)
    return np.array(found)


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


@exercise_1.misconception(hint="This leaves out the third component. All of them go into the sum.")
def first_two_components(v):
    return math.hypot(v[0], v[1])


@exercise_1.alternative
def pythagoras_twice(v):
    return math.hypot(math.hypot(v[0], v[1]), v[2])


exercise_2.misconception(
    hint="A product with 0 is 0. Here the pair with the 0 was counted as the other number alone."
)(as_if_zero_were_one)
exercise_2.misconception(
    hint="This multiplies the sum of a by the sum of b. Multiply component by component first, then add."
)(product_of_the_sums)
exercise_2.misconception(
    hint="This adds up all the components. The two components of a pair are multiplied."
)(sum_of_all_components)
exercise_2.misconception(
    hint="The pairs run against each other: first with last. Multiply first with first, and last with last."
)(paired_backwards)


@exercise_2.alternative
def as_a_row_times_a_column(a, b):
    return np.array(a) @ np.array(b)


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
    hint="-1 would mean that the vectors point in opposite directions. Work out the dot product."
)
def called_opposite(a, b):
    return -1


@exercise_3.alternative
def by_two_unit_vectors(a, b):
    return np.dot(np.array(a) / np.linalg.norm(a), np.array(b) / np.linalg.norm(b))


@exercise_4.misconception(hint="This is the dot product. Divide it by both magnitudes.")
def the_dot_product_alone(a, b):
    return reference.dot(a, b)


@exercise_4.misconception(
    hint="This divides by one magnitude. Two belong to the denominator, one per vector."
)
def over_one_magnitude(a, b):
    return reference.dot(a, b) / math.hypot(*a)


@exercise_4.misconception(hint="This divides by the sum of the magnitudes. They are multiplied.")
def over_the_sum_of_magnitudes(a, b):
    return reference.dot(a, b) / (math.hypot(*a) + math.hypot(*b))


@exercise_4.misconception(
    hint=(
        "The vectors hold the same numbers in another order, and point another way: the similarity is below"
        " 1."
    )
)
def called_identical(a, b):
    return 1.0


@exercise_4.alternative
def over_the_summed_squares(a, b):
    # Both magnitudes are the same root of the same sum.
    return np.float64(2 * a[0] * a[1] / (a[0] ** 2 + a[1] ** 2))


@reading_2.misconception(
    hint="This took the degrees for radians. math.cos takes radians: write math.cos(math.radians(theta))."
)
def degrees_as_radians(length_u, length_v, theta):
    return length_u * length_v * math.cos(theta)


@reading_2.misconception(
    hint=(
        "This is the product of the magnitudes, which is right for an angle of 0 only. Multiply by the"
        " cosine."
    )
)
def without_the_cosine(length_u, length_v, theta):
    return length_u * length_v


@reading_2.misconception(
    hint="This multiplies by the sine. The dot product takes the cosine, which is 1 for the same direction."
)
def with_the_sine(length_u, length_v, theta):
    return length_u * length_v * math.sin(math.radians(theta))


@reading_2.misconception(
    hint="This is the cosine of the angle, sim(u, v). The dot product has the two magnitudes as factors."
)
def the_cosine_alone(length_u, length_v, theta):
    return math.cos(math.radians(theta))


@reading_2.alternative
def of_two_vectors_at_that_angle(length_u, length_v, theta):
    u = np.array([length_u, 0.0])
    v = length_v * np.array([math.cos(math.radians(theta)), math.sin(math.radians(theta))])
    return u @ v
