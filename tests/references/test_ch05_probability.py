"""The references of chapter V against exact arithmetic, brute force and the laws they must obey."""

import itertools
import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st

from solutions import ch05_probability as reference

probabilities = st.floats(0, 1, allow_subnormal=False)
texts = st.lists(st.sampled_from("abcd"), min_size=2, max_size=40)
# A few dozen roundings of 1e-16 each stay below this.
CLOSE = 1e-13


@st.composite
def models(draw):
    """A bigram model whose rows are exact fractions of small counts, some tokens without a row."""
    counts = draw(
        st.dictionaries(
            st.sampled_from("abcde"),
            st.dictionaries(st.sampled_from("abcde"), st.integers(1, 5), min_size=1),
            min_size=1,
        )
    )
    return {
        previous: {token: n / sum(row.values()) for token, n in row.items()}
        for previous, row in counts.items()
    }


# Distributions ----------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=60).filter(any))
def test_counts_over_their_sum_are_a_distribution(counts):
    assert reference.is_distribution([n / sum(counts) for n in counts]) is True


@given(st.lists(st.floats(-0.5, 1.5), max_size=6), st.floats(1e-12, 0.5))
def test_is_distribution_agrees_with_exact_arithmetic(p, tolerance):
    off = abs(sum(map(Fraction, p)) - 1)
    # Closer to the edge than this, the rounding of the sum decides.
    if abs(off - Fraction(tolerance)) < Fraction(1, 10**14):
        return
    assert reference.is_distribution(p, tolerance) is (
        len(p) > 0 and min(p) >= 0 and off <= Fraction(tolerance)
    )


def test_the_output_of_a_softmax_over_a_large_vocabulary_is_a_distribution():
    logits = np.random.default_rng(5).normal(0, 4, 50_000)
    assert reference.is_distribution(scipy.special.softmax(logits))


@pytest.mark.parametrize(
    "p",
    [
        [],
        (),
        np.array([]),
        [math.nan],
        [math.nan, 1.0],
        [1.0, math.nan],
        [math.inf],
        [math.inf, -math.inf, 1.0],
        [1.0, -1e-15],
    ],
)
def test_what_is_empty_infinite_negative_or_nan_is_no_distribution(p):
    assert reference.is_distribution(p, 0.5) is False


def test_the_default_tolerance_is_a_billionth():
    assert reference.is_distribution([0.5, 0.5 + 0.9e-9])
    assert not reference.is_distribution([0.5, 0.5 + 1.1e-9])


# Sequences --------------------------------------------------------------------------------------------------


@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=30))
def test_the_probability_of_a_sequence_is_the_exact_product(conditionals):
    exact = math.prod(map(Fraction, conditionals))
    assert reference.sequence_probability(conditionals) == pytest.approx(float(exact), rel=CLOSE, abs=0)


@given(st.lists(probabilities, min_size=1, max_size=30))
def test_the_log_probability_agrees_with_high_precision_arithmetic(conditionals):
    with mpmath.workdps(40):
        exact = float(mpmath.fsum(mpmath.log(p) for p in conditionals)) if all(conditionals) else -math.inf
    # No term changes sign, so nothing cancels; an ln of nearly 1 is as exact as the float it was taken of.
    assert reference.sequence_log_probability(conditionals) == pytest.approx(exact, rel=CLOSE, abs=0)


@given(st.lists(probabilities, min_size=1, max_size=8), st.lists(probabilities, min_size=1, max_size=8))
def test_log_probabilities_of_two_stretches_add_up(first, second):
    total = reference.sequence_log_probability(first) + reference.sequence_log_probability(second)
    assert reference.sequence_log_probability(first + second) == pytest.approx(total, rel=CLOSE)


@pytest.mark.filterwarnings("error")
def test_an_impossible_token_gives_minus_infinity_without_a_warning():
    assert reference.sequence_log_probability([0.5, 0, 0.5]) == -math.inf
    assert reference.sequence_probability([0.5, 0, 0.5]) == 0


def test_a_log_probability_outlives_the_product():
    assert reference.sequence_probability([0.1] * 400) == 0
    assert reference.sequence_log_probability([0.1] * 400) == pytest.approx(-400 * math.log(10), rel=CLOSE)


@pytest.mark.parametrize("wrong", [-1e-12, 1 + 1e-12, 1.5, -math.inf, math.inf, math.nan])
def test_the_log_probability_refuses_and_names_what_is_no_probability(wrong):
    with pytest.raises(ValueError, match=f"from 0 to 1; got .*{str(wrong)[:3]}"):
        reference.sequence_log_probability([0.5, wrong, 0.0])


# The model --------------------------------------------------------------------------------------------------


@given(texts)
def test_each_entry_of_the_model_is_found_by_brute_force(tokens):
    pairs = list(itertools.pairwise(tokens))
    expected = {
        a: {
            b: Fraction(pairs.count((a, b)), sum(first == a for first, _ in pairs))
            for x, b in set(pairs)
            if x == a
        }
        for a, _ in set(pairs)
    }
    model = reference.bigram_model(tokens)
    # The quotient of two small whole numbers is rounded once, as float(Fraction) is.
    assert model == {a: {b: float(p) for b, p in row.items()} for a, row in expected.items()}


@given(texts)
def test_each_row_of_the_model_is_a_distribution(tokens):
    for row in reference.bigram_model(tokens).values():
        assert math.fsum(row.values()) == pytest.approx(1, abs=1e-15 * len(tokens))
        assert min(row.values()) > 0


@given(texts)
def test_every_token_but_the_last_has_a_row(tokens):
    assert set(reference.bigram_model(tokens)) == set(tokens[:-1])


@pytest.mark.parametrize("tokens", [[], ["alone"], ("alone",)])
def test_a_text_without_a_pair_is_refused(tokens):
    with pytest.raises(ValueError, match=f"at least two tokens; got {len(tokens)}"):
        reference.bigram_model(tokens)


@given(texts)
def test_a_text_is_scored_by_its_own_model_as_its_counts_say(tokens):
    pairs = list(itertools.pairwise(tokens))
    likelihood = math.prod(
        Fraction(pairs.count((a, b)), sum(first == a for first, _ in pairs)) for a, b in pairs
    )
    with mpmath.workdps(40):
        exact = float(mpmath.log(mpmath.mpf(likelihood.numerator) / likelihood.denominator))
    assert reference.score_sentence(reference.bigram_model(tokens), tokens) == pytest.approx(
        exact, rel=1e-12, abs=1e-15
    )


@given(models(), st.lists(st.sampled_from("abcdef"), min_size=1, max_size=12), st.data())
def test_a_score_is_the_sum_over_two_stretches_that_share_a_token(model, tokens, data):
    cut = data.draw(st.integers(0, len(tokens) - 1))
    total = reference.score_sentence(model, tokens[: cut + 1]) + reference.score_sentence(model, tokens[cut:])
    assert reference.score_sentence(model, tokens) == pytest.approx(total, rel=CLOSE, abs=CLOSE)


@given(models(), st.sampled_from("abcdef"))
def test_the_probabilities_of_all_texts_of_three_tokens_add_up_to_one(model, start):
    # A text may end early, so the walk stays where no row is.
    walks = [[start]]
    for _ in range(3):
        walks = [[*walk, token] for walk in walks for token in model.get(walk[-1], {None: 1.0})]
    kept = [[token for token in walk if token] for walk in walks]
    assert math.fsum(math.exp(reference.score_sentence(model, walk)) for walk in kept) == pytest.approx(
        1, abs=1e-12
    )


@given(models(), st.sampled_from("abcdef"), st.sampled_from("abcdef"))
def test_a_pair_scores_minus_infinity_exactly_where_it_was_never_seen(model, a, b):
    seen = a in model and b in model[a]
    assert math.isinf(reference.score_sentence(model, [a, b])) is not seen
    assert reference.score_sentence(model, [a]) == 0


@given(models(), st.sampled_from("abcdef"), st.integers(0, 9))
def test_each_greedy_step_is_the_first_of_the_likeliest(model, start, length):
    added = reference.most_likely_continuation(model, start, length)
    assert len(added) <= length
    for previous, token in itertools.pairwise([start, *added]):
        likeliest = [
            other
            for other in sorted(model[previous])
            if model[previous][other] == max(model[previous].values())
        ]
        assert token == likeliest[0]
    if len(added) < length:
        assert [start, *added][-1] not in model


@given(models(), st.sampled_from("abcdef"))
def test_the_greedy_choice_does_not_hang_on_the_order_of_the_rows(model, start):
    turned = {a: dict(reversed(row.items())) for a, row in reversed(model.items())}
    assert reference.most_likely_continuation(turned, start, 6) == reference.most_likely_continuation(
        model, start, 6
    )


# Worked values ----------------------------------------------------------------------------------------------


def test_worked_values_are_the_primers():
    probability, log_probability = reference.example_5([0.05, 0.12, 0.08, 0.70])
    assert round(probability, 6) == 0.000336
    assert f"{log_probability:.2f}" == "-8.00"
    assert reference.exercise_11([0.4, 0.35, 0.2, 0.05], 0.1) == [True, False]
    assert [round(x, 3) for x in reference.exercise_12([0.3, 0.5, 0.9])] == [0.135, -2.002]


def test_the_primers_rounded_terms_of_example_5_lie_within_two_hundredths():
    # The primer prints -8.00 below terms that add up to -8.01; the question takes an answer within 0.02.
    assert abs(-3.00 - 2.12 - 2.53 - 0.36 - reference.example_5([0.05, 0.12, 0.08, 0.70])[1]) < 0.02
