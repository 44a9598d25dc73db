"""Every number that the prose of Chapter VI claims, worked out and found in the text."""

import math
import re
import sys

import mpmath
import numpy as np
import pytest

from prose.claims import prose, unclaimed

TEXT = prose("ch06_softmax")


def softmax(z, temperature=1.0):
    """By high-precision arithmetic, from the definition."""
    with mpmath.workdps(40):
        weights = [mpmath.e ** (mpmath.mpf(x) / mpmath.mpf(temperature)) for x in z]
        return [float(weight / mpmath.fsum(weights)) for weight in weights]


def listed(numbers, decimals=3):
    return "[" + ", ".join(f"{number:.{decimals}f}" for number in numbers) + "]"


EXPONENTIALS = [math.exp(z) for z in (1, 0, -1)]
TEA = softmax([1, 0, -1])
LARGE = [1002, 1001, 1000]
with mpmath.workdps(1000):
    EXTREME = [1 / (1 + mpmath.exp(-1000)), mpmath.exp(-1000) / (1 + mpmath.exp(-1000))]
SUMS = np.cumsum([0.5, 0.3, 0.2])
ROWS = [softmax([1, 0]), softmax([2, 0])]


def gain(lead):
    """A winner's probability at this lead, and after the lead has grown by a tenth."""
    return softmax([lead, 0])[0], softmax([lead + 0.1, 0])[0]


def first_lead(holds):
    return next(lead for lead in range(1, 1000) if holds(math.exp(-lead)))


LAST_LOSER = first_lead(lambda weight: weight == 0.0) - 1

# SimCLR's best case: one positive at cosine 1, the other 2N - 2 pictures at cosine -1.
BATCH = 4096
OTHERS = 2 * BATCH - 2


def best_case(temperature):
    return 1 / (1 + OTHERS * math.exp(-2 / temperature))


CLAIMS = [
    f"$e \\approx {math.e:.3f}$",
    f"| $\\exp(z_i)$ | {EXPONENTIALS[0]:.3f} | {EXPONENTIALS[1]:g} | {EXPONENTIALS[2]:.3f} |"
    f" {sum(EXPONENTIALS):.3f} |",
    f"| divided by the sum | {TEA[0]:.3f} | {TEA[1]:.3f} | {TEA[2]:.3f} | {sum(TEA):.3f} |",
    f"a factor of $e^2 \\approx {math.exp(2):.1f}$",
    f"about ${sys.float_info.max / 1e308:.1f} \\times 10^{{308}}$, which is"
    f" $\\exp({math.log(sys.float_info.max):.2f})$",
    f"From a lead of about {first_lead(lambda weight: 1 / (1 + weight) == 1.0)} the winner is exactly 1",
    f"because $1 + \\exp(-{first_lead(lambda weight: 1 + weight == 1.0)})$ rounds to 1",
    f"until a lead of about {first_lead(lambda weight: weight == 0.0) - 1}, where"
    f" $\\exp(-{first_lead(lambda weight: weight == 0.0) - 1})$ is the last",
    *[
        f"| {lead} | {gain(lead)[0]:.6g} | {gain(lead)[1]:.6f} |"
        f" {gain(lead)[1] - gain(lead)[0]:.{decimals}f} |"
        for lead, decimals in ((0, 3), (2, 3), (5, 4), (10, 6))
    ],
    f"$[[1, 0], [2, 0]]$ becomes $[{listed(ROWS[0])}, {listed(ROWS[1])}]$",
    f"| 0.5 | $[2, 0, -2]$ | ${listed(softmax([1, 0, -1], 0.5))}$ |",
    f"| 1 | $[1, 0, -1]$ | ${listed(TEA)}$ |",
    f"| 2 | $[0.5, 0, -0.5]$ | ${listed(softmax([1, 0, -1], 2))}$ |",
    f"tea to coffee is {math.e:.3f} to 1 at $T = 1$ and only {math.exp(1 / 2):.3f} to 1 at $T = 2$",
    f"2 divided by 0.0001 is {2 / 0.0001:,.0f}",
    f"the sum is {sum(EXPONENTIALS):.3f} and its logarithm {math.log(sum(EXPONENTIALS)):.3f}, which gives"
    f" ${listed(np.log(TEA))}$",
    f"$[1002, 1001, 1000]$ becomes $[{', '.join(str(z - max(LARGE)) for z in LARGE)}]$",
    f"$[1000, 0]$ becomes $[{', '.join(str(round(float(mpmath.log(p)))) for p in EXTREME)}]$",
    f"At $u = 0.6$ the first cumulative sum above $u$ is {SUMS[SUMS > 0.6][0]:.1f}: token"
    f" {np.argmax(SUMS > 0.6)}.",
    f"At $u = 0.5$ it is {SUMS[SUMS > 0.5][0]:.1f} too",
    f"| cumulative sum | {' | '.join(f'{total:.1f}' for total in SUMS)} |",
    f"Ten times 0.1 adds up to {sum([0.1] * 10)!r}, the last double before 1",
    f"at $\\tau = 1$ the best match outweighs the worst by a factor of {math.exp(1) / math.exp(-1):.1f}",
    f"The paper trains with $N = {BATCH}$. One perfect match, at cosine 1, against {OTHERS} pictures",
    f"would get a probability of {best_case(1):.4f}, and could never do better",
]

# What the text gives: inputs of its examples, sizes it quotes, years, and dates.
GIVEN = "0.7 0.1 0.5 0.3 0.2 0.8 0.6 1.0 0.05 0.9 0.0 0.0001 100 700 1000 10000 10,000 2015 2020 2024"


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_text_says_what_is_worked_out(claim):
    assert claim in TEXT


def test_no_number_of_the_text_is_left_without_a_claim():
    assert unclaimed(TEXT, [*CLAIMS, "it gets more than 0.999"], GIVEN.split()) == []


def test_the_last_double_before_one_is_what_ten_tenths_add_up_to():
    assert sum([0.1] * 10) == math.nextafter(1.0, 0.0)
    # No u below 1 lies above that sum, so only u equal to it finds no cumulative sum beyond it.
    assert float(np.cumsum([0.1] * 10)[-1]) == math.nextafter(1.0, 0.0)


def test_the_winner_reaches_one_long_before_the_loser_reaches_zero():
    assert re.search("In between, two probabilities add up to 1 and one of them \\*is\\* 1", TEXT)
    assert 1 / (1 + math.exp(-100)) == 1.0
    assert math.exp(-100) / (1 + math.exp(-100)) > 0


def test_at_a_tenth_the_best_case_gets_more_than_the_text_says():
    (bound,) = re.findall(
        r"At \$\\tau = 0\.1\$, the best of the values that the paper tries, it gets more than (\S+)\.", TEXT
    )
    assert float(bound) < best_case(0.1) < 1


def test_the_nucleus_of_the_text_cuts_off_token_3():
    assert "At $p = 0.9$ token 3 is cut off." in TEXT
    kept = np.cumsum([0.5, 0.3, 0.15])
    assert kept[1] < 0.9 <= kept[2]


def test_the_shift_of_700_works_and_that_of_710_overflows():
    assert math.isfinite(math.exp(701))
    with pytest.raises(OverflowError):
        math.exp(711)
