"""Chapter V: distributions, conditional probability and the chain rule for sequences."""

import math

import numpy as np

from solutions.shapes import Vector

Bigrams = dict[str, dict[str, float]]
"""A bigram model: model[previous][next] is P(next | previous). The notebook's first cell defines the same."""


def is_distribution(p: Vector, tolerance: float = 1e-9) -> bool:
    """Whether n numbers are a probability distribution.

    p_i >= 0 for every i, and p_1 + p_2 + ... + p_n = 1

    True for [0.6, 0.3, 0.1], False for [0.6, 0.3, 0.2]. tolerance: how far
    from 1 the sum may lie; it excuses no negative number. An empty p and
    one that holds nan give False, without an error. (Chapter V)
    """
    p = np.asarray(p, dtype=float)
    # Every comparison with nan is False: "all at least 0" turns it down, "none below 0" would let it in.
    return bool(p.size > 0 and np.all(p >= 0) and abs(p.sum() - 1) <= tolerance)


def sequence_probability(conditionals: Vector) -> float:
    """The probability of a sequence of n tokens, by the chain rule.

    P(x_1, ..., x_n) = P(x_1) P(x_2 | x_1) ... P(x_n | x_1, ..., x_(n-1))

    conditionals: the n factors on the right, in order. [0.5, 0.2, 0.4]
    gives 0.04. (Chapter V)
    """
    return float(np.prod(np.asarray(conditionals, dtype=float)))


def sequence_log_probability(conditionals: Vector) -> float:
    """The natural logarithm of a sequence's probability, at any length.

    ln P(x_1, ..., x_n) = ln P(x_1) + ln P(x_2 | x_1) + ...
                           + ln P(x_n | x_1, ..., x_(n-1))

    [0.5, 0.2, 0.4] gives -3.219. A factor of 0 gives -inf, without a
    warning. Raises ValueError, naming the value, if one is below 0 or
    above 1, whatever the others are. (Chapter V)
    """
    p = np.asarray(conditionals, dtype=float)
    outside = p[~((p >= 0) & (p <= 1))]
    if outside.size:
        raise ValueError(f"a probability lies from 0 to 1; got {outside.tolist()}")
    # ln(0) = -inf is the answer here: a token that cannot occur makes the sequence impossible.
    with np.errstate(divide="ignore"):
        return float(np.log(p).sum())


def bigram_model(tokens: list[str]) -> Bigrams:
    """A language model that looks back one token, counted from a text.

    P(next | previous) = count(previous, next) / count(previous, anything)

    tokens: a list or tuple of strings. Returns one row per token that
    another one follows: a dict from each token seen right after it to its
    probability.

    ["red", "blue", "red", "red"] gives
    {"red": {"blue": 0.5, "red": 0.5}, "blue": {"red": 1.0}}.

    Raises ValueError for fewer than two tokens. (Chapter V)
    """
    if len(tokens) < 2:
        raise ValueError(f"a pair takes at least two tokens; got {len(tokens)}: {list(tokens)}")
    counts: dict[str, dict[str, int]] = {}
    for i in range(len(tokens) - 1):
        row = counts.setdefault(tokens[i], {})
        row[tokens[i + 1]] = row.get(tokens[i + 1], 0) + 1
    # A row's total is its number of pairs. The last token of the text occurs once more than it is followed.
    return {
        previous: {token: count / sum(row.values()) for token, count in row.items()}
        for previous, row in counts.items()
    }


def score_sentence(model: Bigrams, tokens: list[str]) -> float:
    """The log-probability of a sentence under a bigram model.

    ln P(x_2, ..., x_n | x_1) = ln P(x_2 | x_1) + ln P(x_3 | x_2) + ...
                                 + ln P(x_n | x_(n-1))

    The first token is taken as given. The sentence red blue red scores
    -0.693 with {"red": {"blue": 0.5, "red": 0.5}, "blue": {"red": 1.0}}. A
    pair the model has never seen gives -inf, whether the entry or the
    whole row is missing. One token gives 0. (Chapter V)
    """
    score = 0.0
    for i in range(len(tokens) - 1):
        p = model.get(tokens[i], {}).get(tokens[i + 1], 0.0)
        score += math.log(p) if p > 0 else -math.inf
    return score


def most_likely_continuation(
    model: Bigrams,
    start: str,
    length: int,
) -> list[str]:
    """Continue a text greedily: add the likeliest next token, and go on.

    x_(t+1) = the token w for which P(w | x_t) is largest

    Returns the added tokens, `length` of them, without start. The model
    {"red": {"blue": 0.7, "red": 0.3}, "blue": {"red": 1.0}} gives
    ["blue", "red", "blue"] from "red" with length 3. A tie goes to the
    alphabetically first token, in Python's order of strings, capitals
    first; a token without a row ends the text early. (Chapter V)
    """
    continuation: list[str] = []
    current = start
    while len(continuation) < length and current in model:
        row = model[current]
        # The second key settles a tie; without it, the order in which the row was filled would.
        current = min(row, key=lambda token: (-row[token], token))
        continuation.append(current)
    return continuation


def example_5(conditionals: list[float]) -> list[float]:
    """Multiply the conditional probabilities; add up their natural logarithms."""
    return [sequence_probability(conditionals), sequence_log_probability(conditionals)]


def exercise_11(p: list[float], last: float) -> list[bool]:
    """Every number is 0 or more in both lists; only one of the two lists adds up to 1."""
    return [is_distribution(p), is_distribution([*p[:-1], last])]


def exercise_12(conditionals: list[float]) -> list[float]:
    """The probability is the product of the three, and the log-probability the sum of their natural
    logarithms."""
    return [sequence_probability(conditionals), sequence_log_probability(conditionals)]
