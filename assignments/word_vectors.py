"""Make the word vectors of Chapters I and II from a text: no model, only counting and one factored matrix.

    bible -f -l 1000 gen1:1-rev22:21 | python assignments/word_vectors.py

The text is the King James Bible, which is in the public domain; Debian's package `bible-kjv` prints it, one
verse per line. Two words are counted as neighbours if they stand at most WINDOW words apart in a verse. What
is kept of a pair is by how much it is more frequent than chance would have it (positive pointwise mutual
information), and of that table the DIMENSIONS largest singular directions. Levy and Goldberg (2014) show that
word2vec, trained, comes close to such a table.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np

WINDOW = 8
DIMENSIONS = 24
MIN_COUNT = 40
# Rare words make chance look small; raising their counts to this power makes it larger again.
SMOOTHING = 0.75

WORDS = [
    *("king", "queen", "prince", "throne", "esther", "solomon", "david", "saul"),
    *("father", "mother", "son", "daughter", "brother", "sister", "wife", "husband"),
    *("bread", "wine", "water", "corn", "oil", "honey"),
    *("gold", "silver", "brass", "iron"),
    *("sheep", "oxen", "horses", "chariots", "sword", "spear", "shield", "bow"),
    *("river", "sea", "mountain", "hill", "wilderness", "tree", "vine", "fig"),
    *("sun", "moon", "stars", "day", "night", "morning", "evening"),
]
"""The slice that the notebooks ship."""


def word_vectors(verses: Iterable[str]) -> dict[str, list[float]]:
    """The vectors of WORDS, to two decimals."""
    texts = [re.findall(r"[a-z]+", verse.partition(" ")[2].lower()) for verse in verses]
    counts = Counter(word for text in texts for word in text)
    vocabulary = [word for word, count in counts.most_common() if count >= MIN_COUNT]
    left, sizes, _ = np.linalg.svd(_more_than_chance(_neighbours(texts, vocabulary)))
    # A singular vector may come out with either sign; a positive sum settles which.
    signs = np.sign(left[:, :DIMENSIONS].sum(axis=0))
    vectors = left[:, :DIMENSIONS] * signs * np.sqrt(sizes[:DIMENSIONS])
    place = {word: i for i, word in enumerate(vocabulary)}
    return {word: [round(float(x), 2) for x in vectors[place[word]]] for word in WORDS}


def _neighbours(texts: list[list[str]], vocabulary: list[str]) -> np.ndarray:
    """How often each two words of the vocabulary stand near each other."""
    place = {word: i for i, word in enumerate(vocabulary)}
    table = np.zeros((len(vocabulary), len(vocabulary)))
    for text in texts:
        known = [place[word] for word in text if word in place]
        for i, word in enumerate(known):
            for other in known[i + 1 : i + 1 + WINDOW]:
                table[word, other] += 1
                table[other, word] += 1
    return table


def _more_than_chance(table: np.ndarray) -> np.ndarray:
    """max(0, ln(P(a, b) / (P(a) P(b)))), with the smoothed P(b)."""
    word, context = table.sum(axis=1), table.sum(axis=0) ** SMOOTHING
    chance = np.outer(word / word.sum(), context / context.sum())
    with np.errstate(divide="ignore"):
        return np.maximum(np.log(table / table.sum() / chance), 0)


def main() -> None:
    vectors = word_vectors(sys.stdin)
    lines = [f'  "{word}": {json.dumps(vector)}' for word, vector in vectors.items()]
    for chapter in ("ch01_vectors", "ch02_dot_product"):
        path = Path(__file__).parent / chapter / "words.json"
        path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
