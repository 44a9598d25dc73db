"""The references of chapter VII against SciPy, mpmath and the laws they must obey."""

import math
import warnings

import mpmath
import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st

from solutions import ch07_cross_entropy as reference

# SciPy, mpmath and the references round at every step; 1e-12 relative is some thousand roundings.
CLOSE = 1e-12

probabilities = st.floats(0, 1)
weights = st.lists(st.integers(0, 50), min_size=1, max_size=8).filter(any)
logit_rows = st.integers(1, 6).flatmap(
    lambda width: st.lists(
        st.lists(st.floats(-1000, 1000), min_size=width, max_size=width), min_size=1, max_size=5
    )
)


def distribution(counts):
    return [count / sum(counts) for count in counts]


def close(expected):
    # Beside the relative tolerance a floor: near a loss of 0 the rounding of the terms is what is left.
    return pytest.approx(expected, rel=CLOSE, abs=CLOSE)


@given(probabilities)
def test_surprise_agrees_with_high_precision_arithmetic(p):
    expected = math.inf if p == 0 else float(-mpmath.log(mpmath.mpf(p)))
    assert reference.surprise(p) == close(expected)


@given(st.floats(1e-100, 1), st.floats(1e-100, 1))
def test_surprises_of_independent_events_add_up(p, q):
    assert reference.surprise(p * q) == close(reference.surprise(p) + reference.surprise(q))


@pytest.mark.parametrize("p", [0, 0.0, 1, 1.0, 5e-324])
def test_no_probability_is_met_with_a_warning(p):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert reference.surprise(p) >= 0
        assert reference.cross_entropy([1.0], [p]) == reference.surprise(p)
        assert reference.next_token_loss([[p]], [0]) == reference.surprise(p)


@pytest.mark.parametrize("p", [-1e-9, 1.0000001, -0.5, 1.5, 2, -1, math.inf, math.nan])
def test_what_is_no_probability_is_refused_by_name(p):
    with pytest.raises(ValueError, match=str(p)):
        reference.surprise(p)


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=8).filter(
        lambda pairs: any(a for a, _ in pairs) and any(b for _, b in pairs)
    )
)
def test_cross_entropy_is_entropy_plus_divergence(pairs):
    p, q = (np.array(distribution(counts)) for counts in zip(*pairs, strict=True))
    expected = float(scipy.special.entr(p).sum() + scipy.special.rel_entr(p, q).sum())
    assert reference.cross_entropy(p, q) == close(expected)


@given(
    st.integers(1, 8).flatmap(
        lambda n: st.tuples(*[st.lists(st.integers(1, 50), min_size=n, max_size=n)] * 2)
    )
)
def test_no_prediction_beats_the_truth(counts):
    p, q = map(distribution, counts)
    # Where q is p up to rounding the two sides differ by roundings alone.
    assert reference.cross_entropy(p, q) >= reference.cross_entropy(p, p) - CLOSE


@given(weights)
def test_a_one_hot_truth_leaves_the_surprise_of_its_token(counts):
    q = distribution(counts)
    for i, one_hot in enumerate(np.eye(len(q))):
        assert reference.cross_entropy(one_hot, q) == reference.surprise(q[i])


def test_what_cannot_happen_adds_nothing_and_what_is_ruled_out_is_infinite():
    assert reference.cross_entropy([0.5, 0.5, 0], [0.5, 0.5, 0]) == close(math.log(2))
    assert reference.cross_entropy([0.5, 0.5], [1, 0]) == math.inf


@pytest.mark.parametrize(("p", "q"), [([1], [0.5, 0.5]), ([0.5, 0.5], [1]), ([0.5, 0.5, 0], [0.5, 0.5])])
def test_distributions_of_different_lengths_are_refused_with_both_lengths(p, q):
    with pytest.raises(ValueError, match=f"{len(p)} and {len(q)}"):
        reference.cross_entropy(p, q)


@given(logit_rows, st.randoms(use_true_random=False))
def test_the_loss_from_logits_agrees_with_scipy(rows, random):
    targets = [random.randrange(len(rows[0])) for _ in rows]
    expected = float(
        np.mean([-scipy.special.log_softmax(row)[target] for row, target in zip(rows, targets, strict=True)])
    )
    assert reference.loss_from_logits(rows, targets) == close(expected)


@given(logit_rows, st.randoms(use_true_random=False))
def test_the_loss_from_logits_agrees_with_high_precision_arithmetic(rows, random):
    targets = [random.randrange(len(rows[0])) for _ in rows]
    with mpmath.workdps(50):
        losses = [
            mpmath.log(mpmath.fsum(mpmath.exp(mpmath.mpf(z)) for z in row)) - mpmath.mpf(row[target])
            for row, target in zip(rows, targets, strict=True)
        ]
        expected = float(mpmath.fsum(losses) / len(losses))
    assert reference.loss_from_logits(rows, targets) == close(expected)


@given(
    st.lists(st.lists(st.floats(-10, 10), min_size=3, max_size=3), min_size=1, max_size=5),
    st.randoms(use_true_random=False),
)
def test_the_loss_from_probabilities_and_from_logits_agree(rows, random):
    targets = [random.randrange(3) for _ in rows]
    assert reference.next_token_loss(scipy.special.softmax(rows, axis=1), targets) == close(
        reference.loss_from_logits(rows, targets)
    )


@given(st.lists(st.tuples(probabilities, probabilities, st.integers(0, 1)), min_size=1, max_size=6))
def test_the_loss_is_the_mean_surprise_of_the_targets(triples):
    expected = sum(reference.surprise((a, b)[target]) for a, b, target in triples) / len(triples)
    assert reference.next_token_loss(
        [[a, b] for a, b, _ in triples], [target for _, _, target in triples]
    ) == close(expected)


def test_a_target_of_no_probability_makes_the_loss_infinite():
    assert reference.next_token_loss([[0.5, 0.5, 0.0], [0.2, 0.3, 0.5]], [2, 0]) == math.inf
    assert reference.loss_from_logits([[0.0, -math.inf], [0.0, 0.0]], [1, 0]) == math.inf


@pytest.mark.parametrize("loss", [reference.next_token_loss, reference.loss_from_logits])
def test_both_losses_refuse_the_same_targets(loss):
    rows = [[0.5, 0.3, 0.2], [0.1, 0.1, 0.8]]
    for targets in ([0], [0, 1, 2]):
        with pytest.raises(ValueError, match=f"2 rows and {len(targets)} targets"):
            loss(rows, targets)
    for wrong in (-1, -3, 3):
        with pytest.raises(IndexError, match=str(wrong)):
            loss(rows, [0, wrong])


@given(st.lists(st.floats(1e-6, 1), min_size=1, max_size=10))
def test_perplexity_is_the_geometric_mean_of_the_inverse_probabilities(ps):
    with mpmath.workdps(40):
        expected = float(mpmath.root(mpmath.fprod(1 / mpmath.mpf(p) for p in ps), len(ps)))
    assert reference.perplexity([-math.log(p) for p in ps]) == close(expected)


@given(st.integers(1, 60_000), st.integers(1, 20))
def test_a_uniform_guess_has_the_perplexity_of_its_vocabulary(size, length):
    assert reference.perplexity([math.log(size)] * length) == close(size)


def test_the_perplexity_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one loss"):
        reference.perplexity([])


def test_a_certainty_costs_nothing_and_not_minus_nothing():
    assert str(reference.surprise(1)) == "0.0"
    assert str(reference.cross_entropy([1, 0], [1, 0])) == "0.0"
    assert str(reference.next_token_loss([[1, 0]], [0])) == "0.0"
    assert str(reference.loss_from_logits([[5.0]], [0])) == "0.0"


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int32, np.float32])
def test_narrow_types_are_taken_as_the_numbers_they_hold(kind):
    logits = np.array([[0, 3, 100], [100, 0, 1]], dtype=kind)
    assert reference.loss_from_logits(logits, [1, 2]) == reference.loss_from_logits(logits.tolist(), [1, 2])
    assert reference.perplexity(logits[1]) == reference.perplexity(logits[1].tolist())
    one_hot = np.array([0, 1, 0], dtype=kind)
    assert reference.cross_entropy(one_hot, [0.25, 0.5, 0.25]) == reference.surprise(0.5)
    assert reference.surprise(kind(1)) == 0


def test_no_argument_is_changed():
    p, q, targets = np.array([0.5, 0.5, 0.0]), np.array([0.2, 0.8, 0.0]), np.array([1, 0])
    rows = np.array([[3.0, 1.0], [0.5, 1.0]])
    before = [array.copy() for array in (p, q, targets, rows)]
    reference.cross_entropy(p, q)
    reference.loss_from_logits(rows, targets)
    reference.next_token_loss(rows / 10, targets)
    reference.perplexity(p)
    for array, kept in zip((p, q, targets, rows), before, strict=True):
        np.testing.assert_array_equal(array, kept)


def test_example_7_is_the_primers():
    assert round(reference.surprise(0.7), 3) == 0.357
    assert round(reference.surprise(0.1), 3) == 2.303
    assert round(reference.cross_entropy([1, 0, 0], [0.7, 0.2, 0.1]), 3) == 0.357
    assert round(reference.next_token_loss([[0.7, 0.2, 0.1]], [2]), 3) == 2.303


def test_worked_values_are_the_primers():
    table = reference.loss_table([0.95, 0.50, 0.10, 0.01, 0.001])
    assert [round(loss, 2) for loss, _ in table] == [0.05, 0.69, 2.30, 4.61, 6.91]
    # The primer prints these to two or three digits, the last two as whole numbers.
    assert [round(options, 2) for _, options in table] == [1.05, 2.00, 10.0, 100, 1000]
    loss, options = reference.exercise_15(0.3)
    assert (round(loss, 3), round(options, 2)) == (1.204, 3.33)
    assert round(reference.exercise_16(2.0), 2) == 7.39


def test_the_reading_is_the_objective_by_brute_force():
    # Powers of 2 whose product is 2 ** -6: one logarithm of it, taken by hand.
    loss, before, log_likelihood = reference.reading_7([0.5, 0.25, 0.125], 3)
    assert loss == close(2 * math.log(2))
    assert before == len(["x_1", "x_2"])
    assert log_likelihood == close(-6 * math.log(2))
