"""Answers that are nearly the same across students: a signal for a person to look, never a verdict.

Fingerprints are copydetect's: code as tokens, with every name the same, cut into overlapping pieces of which
some are kept (Schleimer, Wilkerson and Aiken, "Winnowing", 2003). Right answers to short questions are much
alike, and everybody has the released stub. So pieces of the stub count for nothing, and nor does what more
than a few share: what is left of two answers is what is particular about them.
"""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

# Tokens in a piece, and how many pieces in a row keep at least one: about two lines of code are always
# noticed.
PIECE, WINDOW = 25, 8
# Shared by more than this many, or by more than this part of the class, a piece is nobody's own.
FEW, FEW_OF_CLASS = 3, 0.03
# Two answers look alike if this much of what is particular about the smaller is in the other, and it is
# enough to be no accident.
ALIKE, MIN_PIECES = 0.6, 6
MIN_SAME_TEXT = 300


class NoFingerprints(Exception):
    """What makes fingerprints is not installed."""


@dataclass(frozen=True)
class Pair:
    """Two submissions, how much of what is particular about them they share, and whether word for word."""

    one: int
    other: int
    share: float
    word_for_word: bool


def similar_pairs(answers: Mapping[int, str], stub: str = "") -> list[Pair]:
    """Pairs of submissions to one assignment whose answers are alike, the most alike first.

    answers: the code that answers the questions, by submission. Raises `NoFingerprints`.
    """
    pieces = _particular(_fingerprints(answers, stub))
    holders: dict[int, list[int]] = defaultdict(list)
    for number, found in pieces.items():
        for piece in found:
            holders[piece].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        shared.update(combinations(sorted(numbers), 2))
    same = _same_text(answers)
    alike: list[Pair] = []
    for (one, other), count in shared.items():
        smaller = min(len(pieces[one]), len(pieces[other]))
        share = count / smaller
        if (one, other) in same or (count >= MIN_PIECES and share >= ALIKE):
            alike.append(Pair(one, other, share, (one, other) in same))
    seen = {(pair.one, pair.other) for pair in alike}
    alike += [Pair(one, other, 1.0, True) for one, other in sorted(same - seen)]
    return sorted(alike, key=lambda pair: (-pair.word_for_word, -pair.share, pair.one, pair.other))


def _fingerprints(answers: Mapping[int, str], stub: str) -> dict[int, set[int]]:
    try:
        from copydetect import CodeFingerprint
    except ImportError as error:
        raise NoFingerprints(
            "similar answers are not looked for: copydetect is not here (pip install copydetect)"
        ) from error

    def pieces(code: str) -> set[int]:
        if len(code) < PIECE:
            return set()
        made = CodeFingerprint("answer.py", PIECE, WINDOW, language="python", fp=io.StringIO(code))
        return {int(piece) for piece in made.hashes}

    of_stub = pieces(stub)
    return {number: pieces(code) - of_stub for number, code in answers.items()}


def _particular(pieces: Mapping[int, set[int]]) -> dict[int, set[int]]:
    """Of each answer, the pieces that few others have."""
    count = Counter(piece for found in pieces.values() for piece in found)
    few = max(FEW, round(FEW_OF_CLASS * len(pieces)))
    return {number: {piece for piece in found if count[piece] <= few} for number, found in pieces.items()}


def _same_text(answers: Mapping[int, str]) -> set[tuple[int, int]]:
    """Pairs that are the same to the last comment, where that is more than a few of the class."""
    by_text: dict[str, list[int]] = defaultdict(list)
    for number, code in answers.items():
        text = "\n".join(line.rstrip() for line in code.splitlines() if line.strip())
        if len(text) >= MIN_SAME_TEXT:
            by_text[text].append(number)
    few = max(FEW, round(FEW_OF_CLASS * len(answers)))
    return {
        pair for found in by_text.values() if len(found) <= few for pair in combinations(sorted(found), 2)
    }


def remarks(pairs: Sequence[Pair], named: Mapping[int, str]) -> dict[int, list[str]]:
    """What to say of each submission that is like another. named: what to call them."""
    said: dict[int, list[str]] = defaultdict(list)
    for pair in pairs:
        how = "word for word" if pair.word_for_word else f"{pair.share:.0%} of what is its own"
        for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
            said[one].append(f"like {named[other]}: {how}")
    return said
