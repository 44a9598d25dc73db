"""Every number that the prose of Chapter IX claims, worked out and found in the text."""

import itertools
import math

import numpy as np
import pytest

from prose.claims import prose, unclaimed
from solutions import ch09_gradient_descent as reference

TEXT = prose("ch09_gradient_descent")

# The table of the first steps down (w - 4)^2, in exact decimals as far as they go.


def down_the_parabola():
    w, rows = 1.0, []
    for step in range(3):
        slope = 2 * (w - 4)
        after = w - 0.1 * slope
        rows.append(
            f"| {step} | {w:.4g} | {(w - 4) ** 2:.4g} | {slope:.4g} | {0.1 * slope:.4g} | {after:.4g} |"
        )
        w = after
    return rows


# Adam by its formulas, written out with sums.


def adam_table():
    rows, w, seen = [], 1.0, []
    for t, slope in enumerate([2.0, -1.0], start=1):
        seen.append(slope)
        m = 0.1 * sum(0.9 ** (t - 1 - i) * g for i, g in enumerate(seen))
        v = 0.001 * sum(0.999 ** (t - 1 - i) * g * g for i, g in enumerate(seen))
        m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
        step = 0.1 * m_hat / (math.sqrt(v_hat) + 1e-8)
        w -= step
        rows.append(
            f"| {t} | {slope:g} | {m:.4g} | {v:.4g} | {m_hat:.4g} | {v_hat:.5g} | {step:.3g} | {w:.4g} |"
        )
    return rows


def momentum_sums(slope, mu, steps):
    u, sums = 0.0, []
    for _ in range(steps):
        u = mu * u + slope
        sums.append(u)
    return sums


# The bigram model of the text, from its definition.
SENTENCES = (
    "the night shift starts the pump . the pump warms the pipe . the pipe warms the floor . "
    "the day shift stops the pump . the pipe cools . the floor cools . the night shift starts the pump ."
)
CORPUS = SENTENCES.split()
WORDS = sorted(set(CORPUS))
PAIRS = np.array([[WORDS.index(a), WORDS.index(b)] for a, b in itertools.pairwise(CORPUS)])
UNTRAINED = np.zeros(len(WORDS) ** 2)


def log_table(logits):
    rows = np.reshape(logits, (len(WORDS), len(WORDS)))
    return rows - np.logaddexp.reduce(rows, axis=1, keepdims=True)


def loss(logits, pairs=PAIRS):
    return float(-log_table(logits)[pairs[:, 0], pairs[:, 1]].mean())


def slope(logits, pairs=PAIRS):
    counts = np.zeros((len(WORDS), len(WORDS)))
    np.add.at(counts, (pairs[:, 0], pairs[:, 1]), 1 / len(pairs))
    return (np.exp(log_table(logits)) * counts.sum(axis=1, keepdims=True) - counts).ravel()


def plain(rate, passes=40):
    logits = UNTRAINED
    for _ in range(passes):
        logits = logits - rate * slope(logits)
    return loss(logits)


def batches(peak, final, passes=40):
    rng, logits = np.random.default_rng(9), UNTRAINED
    for epoch in range(passes):
        shuffled, rate = rng.permutation(PAIRS), peak + (final - peak) * epoch / passes
        for at in range(0, len(PAIRS), 8):
            logits = logits - rate * slope(logits, shuffled[at : at + 8])
    return loss(logits)


def adam_losses(rate, passes=40):
    logits, m, v, losses = UNTRAINED, 0 * UNTRAINED, 0 * UNTRAINED, []
    for t in range(1, passes + 1):
        logits, m, v = reference.adam_step(logits, slope(logits), m, v, t, learning_rate=rate)
        losses.append(loss(logits))
    return losses


FLOOR = -sum(
    math.log((pair == PAIRS).all(axis=1).sum() / (PAIRS[:, 0] == pair[0]).sum()) for pair in PAIRS
) / len(PAIRS)
ADAM = adam_losses(1.0)


def astray(beta1, beta2):
    w, m, v = 0.0, 0.0, 0.0
    for t in range(1, 301):
        w, m, v = reference.adam_step(w, [3, -1, -1][(t - 1) % 3], m, v, t, 0.01, beta1, beta2)
    return float(w)


# The network of the text, by the definition of each slope and no shortcut.
H = math.tanh(0.5)
P0 = 1 / (1 + math.exp(-2 * H))
DH = P0 * 1 + (P0 - 0) * 1
DA = DH / math.cosh(0.5) ** 2
DW1 = DA * 2
BILLION_7 = 7e9
SURE = np.exp([20.0, 0.0, 0.0]) / np.exp([20.0, 0.0, 0.0]).sum()
JACOBIAN = np.diag(SURE) - np.outer(SURE, SURE)

CLAIMS = [
    *down_the_parabola(),
    f"| 0.02 | {1 - 2 * 0.02:g} |",
    f"| 0.3 | {1 - 2 * 0.3:g} |",
    f"| 0.8 | {1 - 2 * 0.8:.1f} | ? |",
    f"| 1.03 | {1 - 2 * 1.03:.2f} |",
    f"because {abs(1 - 2 * 0.8):.1f} is below 1",
    f"$0 + {0.5 * 3} = {0 - 0.5 * (0 - 3)}$",
    f"${1.5} - 6 = {1.5 - 6}$",
    f"${1.5} + {0.5 * 4.5} = {1.5 - 0.5 * (1.5 - 6)}$",
    f"Clipped at 1.0, $[3, 4]$ becomes $[{3 / 5:g}, {4 / 5:g}]$",
    f"$0.001 - 0.25 \\cdot {0.001 - 0.0001:g} = {0.001 + 250 / 1000 * (0.0001 - 0.001):.6f}$",
    f"The first loss is $\\ln {len(WORDS)} = {loss(UNTRAINED):.3f}$",
    f"that of the counted one, {FLOOR:.3f}.",
    f"At $\\alpha = 3$ plain descent ends at {plain(3):.3f}.",
    f"(The best of these ends at {min(plain(rate) for rate in (10, 20, 30, 60)):.3f}.)",
    f"$u$ is 1, then {momentum_sums(1, 0.9, 2)[-1]:g}, then {momentum_sums(1, 0.9, 3)[-1]:g}, and tends "
    "to $1/(1 - 0.9) = 10$",
    *adam_table(),
    f"With $\\beta_2 = 0.1$ Adam walks uphill, to {astray(0.0, 0.1):.2f};",
    f"Plain descent ends at {plain(20):.3f}, mini-batches at {batches(20, 2):.3f}, Adam at {ADAM[-1]:.3f}",
    f"The gap would have been {plain(3) - ADAM[-1]:.3f}, and {plain(3) - plain(20):.3f} of that, nine tenths",
    f"{4 * 4} bytes per parameter at 4 bytes per number. A model with 7 billion parameters needs "
    f"{BILLION_7 * 16 / 1e9:.0f} GB",
    f"takes {2 * BILLION_7 / 1e9:.0f} billion forward passes",
    f"the first step would take {2 * BILLION_7 / (365.25 * 24 * 3600):.0f} years",
    f"$a = {0.25 * 2}$, $h = {H:.4f}$, $z = [{H:.4f}, {-H:.4f}]$, $p = [{P0:.4f}, {1 - P0:.4f}]$",
    f"$L = -\\ln {1 - P0:.4f} = {-math.log(1 - P0):.4f}$",
    f"In the example, $[{P0:.4f}, {-P0:.4f}]$.",
    f"| $m$ | $[{P0:.4f}, {-P0:.4f}]$ |",
    f"| $m \\times k$ | $[[{P0 * H:.4f}], [{-P0 * H:.4f}]]$ |",
    f"| $k$ | $[{DH:.4f}]$ |",
    f"| $k$ | $[{DA:.4f}]$ |",
    f"| $k \\times n$ | $[[{DW1:.4f}]]$ |",
    f"At $p = [0.5, 0.5]$ the entries are {0.5 * (1 - 0.5):g} and {0.5 * (0 - 0.5):g}.",
    f"the largest of them is ${JACOBIAN.max() * 1e9:.0f} \\cdot 10^{{-9}}$",
]

# What the text gives: settings of its examples and of papers it quotes, years, and the papers' names.
SETTINGS = (
    "0.9 0.95 2,000 1.0 0.1 0.02 0.3 0.8 1.03 0.0001 0.01 0.2 0.5 0.001 0.999 0.25 0.676 0.018"
    " 0.0 2.0 100 256 1412.6980 2015 2017 2018 2019 1000 250"
)
GIVEN = set(SETTINGS.split())


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_text_says_what_is_worked_out(claim):
    assert claim in TEXT


def test_no_number_of_the_text_is_left_without_a_claim():
    assert unclaimed(TEXT, CLAIMS, GIVEN) == []


def test_a_tenth_of_the_distance_is_left_after_ten_steps():
    assert "after ten steps a tenth of it remains" in TEXT
    assert abs(0.8**10 - 0.1) < 0.01


def test_batches_of_two_are_each_off_by_one_and_their_errors_average_to_zero():
    assert "Every estimate is off by 1, and the errors average to zero." in TEXT
    data = np.array([2.0, 4.0, 9.0, 1.0, 6.0, 0.0, 3.0, 7.0])
    errors = data.mean() - data.reshape(4, 2).mean(axis=1)
    assert data.mean() == 4
    assert np.abs(errors).tolist() == [1, 1, 1, 1]
    assert errors.sum() == 0


def test_twenty_is_the_best_of_the_rates_that_the_text_offers():
    losses = {rate: plain(rate) for rate in (3, 10, 20, 30, 60)}
    assert min(losses, key=losses.get) == 20
    assert losses[30] < losses[3] < losses[60]


def test_adam_is_below_the_best_of_plain_descent_after_four_passes():
    assert "after four passes it is already below what plain descent reaches in forty" in TEXT
    assert ADAM[3] < plain(20) < ADAM[2]


def test_nine_tenths_of_the_gap_would_be_tuning():
    assert (plain(3) - plain(20)) / (plain(3) - ADAM[-1]) == pytest.approx(0.9, abs=0.02)


def test_adam_walks_downhill_with_the_usual_settings_and_turns_between():
    assert (
        "with the usual settings it walks down. Between them there is a $\\beta_2$ at which it turns." in TEXT
    )
    assert astray(0.9, 0.999) < 0
    assert astray(0.0, 0.1) > 0 > astray(0.0, 0.9)


def final_loss(step, turned):
    angle = math.radians(turned)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    curvature, w = turn @ np.diag([1.0, 100.0]) @ turn.T, turn @ [-4.0, 1.0]
    state = {"m": np.zeros(2), "v": np.zeros(2)}
    for t in range(1, 61):
        w = step(w, curvature @ w, state, t)
    return float(w @ curvature @ w / 2)


def by_descent(w, gradient, state, t):
    return w - 0.018 * gradient


def by_momentum(w, gradient, state, t):
    state["m"] = 0.8 * state["m"] + gradient
    return w - 0.018 * state["m"]


def by_adam(w, gradient, state, t):
    w, state["m"], state["v"] = reference.adam_step(w, gradient, state["m"], state["v"], t, learning_rate=0.5)
    return w


def test_in_the_valley_momentum_beats_adam_and_adam_beats_plain_descent():
    assert "Both newcomers beat plain descent by far, and here plain old momentum beats Adam." in TEXT
    assert 10 * final_loss(by_momentum, 0) < final_loss(by_adam, 0) < final_loss(by_descent, 0) / 10


def test_turning_the_valley_changes_the_walk_of_adam_alone():
    assert final_loss(by_descent, 45) == pytest.approx(final_loss(by_descent, 0), rel=1e-6)
    assert final_loss(by_momentum, 45) == pytest.approx(final_loss(by_momentum, 0), rel=1e-6)
    assert final_loss(by_adam, 45) > 10 * final_loss(by_adam, 0)


def test_zero_weights_have_zero_slopes():
    assert "`backward([1.0, 2.0], 0, [[0.0, 0.0]], [[0.0], [0.0]])`" in TEXT
    loss, dW1, dW2 = reference.backward([1.0, 2.0], 0, [[0.0, 0.0]], [[0.0], [0.0]])
    assert loss == pytest.approx(math.log(2))
    assert not dW1.any()
    assert not dW2.any()


def test_the_slope_of_softmax_and_cross_entropy_does_not_vanish_where_softmax_is_wrong():
    assert "for the logits $[20, 0, 0]$ and target 1 it is $[1, -1, 0]$, to eight digits" in TEXT
    np.testing.assert_allclose(SURE - [0, 1, 0], [1, -1, 0], atol=5e-9)
