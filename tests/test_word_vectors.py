"""The word vectors that two chapters ship: the same in both, and what the script makes of a text."""

import json
import subprocess

import numpy as np
import pytest
from conftest import ROOT

from assignments import word_vectors

SHIPPED = ROOT / "assignments" / "ch01_vectors" / "words.json"


def test_both_chapters_ship_the_same_words():
    other = ROOT / "assignments" / "ch02_dot_product" / "words.json"
    assert SHIPPED.read_bytes() == other.read_bytes()
    vectors = json.loads(SHIPPED.read_text(encoding="utf-8"))
    assert list(vectors) == word_vectors.WORDS
    assert {len(vector) for vector in vectors.values()} == {word_vectors.DIMENSIONS}


def test_words_that_keep_the_same_company_end_up_alike(monkeypatch):
    monkeypatch.setattr(word_vectors, "WORDS", ["bread", "wine", "sword", "spear"])
    monkeypatch.setattr(word_vectors, "MIN_COUNT", 1)
    monkeypatch.setattr(word_vectors, "DIMENSIONS", 3)
    verses = [
        f"Gen1:{i} {verse}"
        for i, verse in enumerate(
            [
                "eat the bread at the table",
                "eat the wine at the table",
                "the sword of war",
                "the spear of war",
            ]
            * 5
        )
    ]
    vectors = {word: np.array(v) for word, v in word_vectors.word_vectors(verses).items()}

    def apart(a, b):
        return float(np.linalg.norm(vectors[a] - vectors[b]))

    assert apart("bread", "wine") < apart("bread", "sword")
    assert apart("sword", "spear") < apart("wine", "spear")


def test_what_is_shipped_is_what_the_script_makes_of_the_text():
    try:
        text = subprocess.run(
            ["bible", "-f", "-l", "1000", "gen1:1-rev22:21"], capture_output=True, text=True, check=True
        ).stdout
    except (FileNotFoundError, subprocess.CalledProcessError):
        pytest.skip(
            "the text comes from the program `bible` of Debian's package bible-kjv, which is not here"
        )
    made = word_vectors.word_vectors(text.splitlines())
    shipped = json.loads(SHIPPED.read_text(encoding="utf-8"))
    for word, vector in shipped.items():
        # Another machine's linear algebra may round the other way in the last of the two decimals kept.
        np.testing.assert_allclose(made[word], vector, atol=0.0101)
