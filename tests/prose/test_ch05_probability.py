"""Every number that the prose of Chapter V claims, worked out and found in the text."""

import itertools
import math
from collections import Counter

import pytest

from prose.claims import prose, unclaimed

TEXT = prose("ch05_probability")

BUILDS = {
    ("database", "failed"): 12,
    ("database", "passed"): 28,
    ("other", "failed"): 8,
    ("other", "passed"): 152,
}
TOUCHED = 12 + 28
FAILED = 12 + 8
ALL = sum(BUILDS.values())

FACTORS = [0.5, 0.2, 0.4]
LOGS = [math.log(p) for p in FACTORS]

COLOURS = ["red", "blue", "red", "red"]
PAIRS = Counter(itertools.pairwise(COLOURS))

# GPT-3's way of scoring: after the question, and after "Answer: " alone.
AFTER_QUESTION = {"A": -4, "B": -9}
ALONE = {"A": -2, "B": -13}
DIFFERENCES = {answer: AFTER_QUESTION[answer] - ALONE[answer] for answer in "AB"}

SMALLEST_EXPONENT = math.floor(math.log10(math.nextafter(0.0, 1.0)))

CORPUS = (
    "the boat leaves the harbour . the tide lifts the boat . the boat leaves at night . "
    "the tide turns at night . the harbour sleeps . the boat finds the harbour ."
)

CLAIMS = [
    f"Here are {ALL} builds",
    f"| touched the database | 12 | 28 | {TOUCHED} |",
    f"| did not touch it | 8 | 152 | {8 + 152} |",
    f"| all | {FAILED} | {28 + 152} | {ALL} |",
    f"{FAILED} in {ALL} failed: the probability of a failure is {FAILED / ALL:.2f}",
    f"12 in {TOUCHED} failed: *given* that a change touches the database, the probability of a failure is"
    f" {12 / TOUCHED:.2f}",
    f"$P(\\text{{failed and database}}) = 12/{ALL} = {12 / ALL:.2f}$",
    f"$P(\\text{{database}}) = {TOUCHED}/{ALL} = {TOUCHED / ALL:.2f}$",
    f"${12 / ALL:.2f} / {TOUCHED / ALL:.2f} = {(12 / ALL) / (TOUCHED / ALL):.2f}$, as counted",
    f"12 in {FAILED}, which is {12 / FAILED:.2f}",
    f"$0.5 \\times 0.2 \\times 0.4 = {math.prod(FACTORS):.2f}$",
    f"Four hundred factors of 0.1 make $10^{{{round(400 * math.log10(0.1))}}}$",
    f"the smallest positive double is about $5 \\times 10^{{{SMALLEST_EXPONENT}}}$",
    f"it is ${LOGS[0]:.3f} - {-LOGS[1]:.3f} - {-LOGS[2]:.3f} = {sum(LOGS):.3f}$, "
    f"and $\\exp({sum(LOGS):.3f})$ leads back to {math.exp(-3.219):.2f}",
    f"The three rounded terms add up to ${sum(round(x, 3) for x in LOGS):.3f}$",
    f"scores $\\ln 0.5 + \\ln 1 = {math.log(PAIRS['red', 'blue'] / 2) + math.log(1):.3f}$",
    f"ends at $0.6 \\times 0.5 = {0.6 * 0.5:.1f}$",
    f"would have had $0.4 \\times 1 = {0.4 * 1:.1f}$",
    f"The difference is $-4 - (-2) = {DIFFERENCES['A']}$ for A and $-9 - (-13) = {DIFFERENCES['B']}$ for B",
]

# What the text gives: inputs of its examples, sizes, tolerances and years.
GIVEN = "0.02 0.1 0.2 0.25 0.3 0.4 0.5 0.6 0.7 0.75 1.0 1.5 50,000 2019 2020"


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_text_says_what_is_worked_out(claim):
    assert claim in TEXT


def test_no_number_of_the_text_is_left_without_a_claim():
    assert unclaimed(TEXT, CLAIMS, GIVEN.split()) == []


def test_the_examples_of_distributions_are_what_the_text_says():
    assert (
        "$[0.6, 0.3, 0.1]$ is a distribution and $[0.6, 0.3, 0.2]$ is not. Nor is $[0.75, -0.25, 0.5]$"
        in TEXT
    )
    assert math.fsum([0.6, 0.3, 0.1]) == pytest.approx(1, abs=1e-15)
    assert math.fsum([0.6, 0.3, 0.2]) > 1.05
    assert math.fsum([0.75, -0.25, 0.5]) == 1


def test_the_order_of_a_sum_decides_whether_it_is_one():
    assert 0.7 + 0.2 + 0.1 != 1
    assert 0.1 + 0.2 + 0.7 == 1


def test_nan_behaves_as_the_text_says():
    nan = math.inf - math.inf
    assert not (nan < 0 or nan >= 0 or nan == nan)
    assert nan != nan
    with pytest.raises(ZeroDivisionError):
        0 / 0  # noqa: B018


def test_one_chance_in_five_thousand_beats_thirty_tokens():
    assert "thirty tokens at 0.75 each come to less than one chance in five thousand" in TEXT
    assert 1 / 5000 > 0.75**30


def test_the_counts_of_the_colours_are_the_tables():
    assert PAIRS == {("red", "blue"): 1, ("blue", "red"): 1, ("red", "red"): 1}
    assert "| red | 1 | 1 | 2 |" in TEXT
    assert "| blue | 0 | 1 | 1 |" in TEXT


def test_greedy_comes_back_to_the_within_eight_tokens_and_goes_round():
    corpus = CORPUS.split()
    pairs = Counter(itertools.pairwise(corpus))
    written = ["the"]
    for _ in range(16):
        written.append(
            min(
                (token for first, token in pairs if first == written[-1]),
                key=lambda t: (-pairs[written[-1], t], t),
            )
        )
    assert "the" in written[1:9]
    assert "the" not in written[1:5]
    assert written[6:12] == written[0:6]
