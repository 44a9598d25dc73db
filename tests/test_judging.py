"""What a check makes of results of every kind, and the one likely cause that it names for each."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from autograder.kit import checking
from autograder.kit.checking import CheckFailed, confirm, expect, student


def said_of(value, expected, because="the mathematics", **asked):
    """What a function that returns the value is told; empty if it passes."""
    function = student("f", lambda *_args: value)
    try:
        expect(function, 1.5).to_equal(expected, because=because, **asked)
    except CheckFailed as failed:
        return str(failed)
    return ""


@pytest.mark.parametrize(
    "number",
    [2, 2.0, np.float64(2), np.float32(2), np.float16(2), np.longdouble(2), np.int8(2), np.uint64(2),
     np.array(2.0), np.array(2), Fraction(4, 2), Decimal("2.0"), np.array(Fraction(2))],
    ids=lambda number: f"{type(number).__name__} {number!r}",
)  # fmt: skip
def test_a_right_number_of_any_kind_passes(number):
    assert said_of(number, 2.0) == ""


@pytest.mark.parametrize(
    "vector",
    [[1, 2], (1.0, 2.0), np.array([1, 2], dtype=np.int8), np.array([1, 2], dtype=np.float32),
     np.array([1, 2], dtype=np.longdouble), [Fraction(1), Fraction(2)], [Decimal(1), 2.0],
     np.array([Fraction(1), Fraction(2)]), [np.array(1.0), np.float32(2)]],
    ids=lambda vector: f"{type(vector).__name__} {vector!r}",
)  # fmt: skip
def test_a_right_vector_of_any_kind_passes(vector):
    assert said_of(vector, [1.0, 2.0]) == ""


@pytest.mark.parametrize("words", [["a", "b"], ("a", "b"), np.array(["a", "b"])], ids=repr)
def test_right_words_in_any_sequence_pass(words):
    assert said_of(words, ["a", "b"]) == ""


CAUSES = {
    "nothing": (None, 2.0, "ends without `return`"),
    "a text": ("2.0", 2.0, "a text was returned"),
    "a complex number": (2 + 1j, 2.0, "root or a power of a negative number is complex"),
    "an array of one number": (np.array([2.0]), 2.0, "float(x[0])"),
    "a generator": ((x for x in [1]), [1.0], "list(...) writes them out"),
    "a function": (math.sqrt, 2.0, "call it"),
    "an error as a value": (ValueError("no"), 2.0, "use `raise`"),
    "the transpose": (np.zeros((2, 3)), np.ones((3, 2)), "shape of the transpose"),
    "an axis too many": (np.ones((2, 1)), [1.0, 1.0], "axis of length 1 is left over"),
    "an axis too few": (np.ones(2), [[1.0], [1.0]], "axis of length 1 is missing"),
    "nan out of ordinary numbers": (math.nan, 2.0, "nan comes out of 0/0"),
}


@pytest.mark.parametrize("case", CAUSES)
def test_what_went_wrong_chooses_the_cause_and_the_mathematics_is_for_wrong_values_alone(case):
    value, expected, cause = CAUSES[case]
    said = said_of(value, expected)
    assert cause in said
    assert "the mathematics" not in said


def test_a_wrong_value_gets_the_cause_its_check_names():
    assert "likely cause  the mathematics" in said_of(3.0, 2.0)
    assert "likely cause  the mathematics" in said_of([1.0, 3.0], [1.0, 2.0])


def test_nan_where_the_input_is_extreme_keeps_the_cause_of_the_check():
    function = student("f", lambda _x: math.nan)
    with pytest.raises(CheckFailed, match="subtract the largest"):
        expect(function, [1000.0, 0.0]).to_equal(1.0, because="subtract the largest logit")


def test_an_error_without_a_usual_cause_falls_back_on_the_cause_of_the_check():
    def f(_x):
        raise KeyError("x")

    with pytest.raises(CheckFailed, match="likely cause  the mathematics"):
        expect(student("f", f), 1.5).to_equal(1.0, because="the mathematics")


@pytest.mark.parametrize(
    ("argument", "change", "cause"),
    [
        (np.array([1.0, 2.0]), lambda x: x.__isub__(1), "np.array(x, dtype=float) does"),
        ([1.0, 2.0], lambda x: x.append(1), "list(x) makes a copy"),
        ({"a": 1}, lambda x: x.update(b=2), "dict(d) makes a copy"),
    ],
)
def test_advice_on_a_changed_argument_goes_by_what_was_changed(argument, change, cause):
    def f(x):
        change(x)
        return 1.0

    with pytest.raises(CheckFailed) as caught:
        expect(student("f", f), argument).to_equal(1.0)
    assert cause in str(caught.value)


def test_values_that_print_alike_are_told_apart():
    said = said_of([0.1 + 0.2, 1.0], [0.3, 1.0], rtol=0, atol=0)
    assert "off by 5.6e-17" in said
    assert "differs by 5.6e-17" in said_of(0.1 + 0.2, 0.3, rtol=0, atol=0)


def test_float32_does_not_loosen_what_is_asked_for_exactly():
    assert said_of(np.float32(2359297), 2359296, rtol=0, atol=0) != ""


def test_a_function_that_calls_an_unwritten_one_is_not_called_unattempted():
    def direction(_v):
        raise NotImplementedError("magnitude: not attempted yet")

    with pytest.raises(checking.NeedsAnother) as caught:
        expect(student("direction", direction), [3, 4]).to_equal([0.6, 0.8])
    assert "direction calls magnitude, which is not written yet" in str(caught.value)


def test_the_time_limit_goes_through_an_except_that_catches_every_exception():
    def f(_x):
        while True:
            try:
                while True:
                    pass
            except Exception:
                pass

    with pytest.raises(checking.TookTooLong):
        expect(student("f", f).within(0.3), 1).to_equal(1)


def test_limits_of_time_nest():
    rang = []
    with pytest.raises(checking.CallTimedOut), checking.alarm(0.4):
        try:
            with checking.alarm(0.1):
                while True:
                    pass
        except checking.CallTimedOut:
            rang.append("inner")
        while True:
            pass
    assert rang == ["inner"]


def test_a_function_that_never_ends_is_waited_for_once(monkeypatch):
    import time

    monkeypatch.setattr(checking, "SECONDS_AFTER_A_TIMEOUT", 0.05)

    def f(_x):
        while True:
            pass

    function = student("f", f).within(0.4)
    took = []
    for _ in range(2):
        started = time.monotonic()
        with pytest.raises(checking.TookTooLong):
            function(1)
        took.append(time.monotonic() - started)
    assert took[0] >= 0.4 > took[1]


def test_a_function_that_asks_at_the_keyboard_or_ends_the_program_is_told_so():
    def asks(_x):
        return input("a number, please")

    def ends(_x):
        raise SystemExit

    with pytest.raises(CheckFailed, match="take what you need as arguments"):
        expect(student("asks", asks), 1).to_equal(1)
    with pytest.raises(CheckFailed, match="use `return` to leave a function"):
        expect(student("ends", ends), 1).to_equal(1)


def test_a_worked_value_that_is_filled_in_by_half_says_what_is_left():
    parts = [{"kind": "exact", "hashes": []}] * 3
    with pytest.raises(checking.HalfFilled, match="parts 2, 3 of 3 still to be written"):
        confirm("x", [4, ..., ...], salt="s", rounds=1, parts=parts)
    with pytest.raises(checking.NotAttempted):
        confirm("x", [..., ..., ...], salt="s", rounds=1, parts=parts)


def test_no_name_of_the_grader_or_of_python_s_insides_is_shown():
    def inner():
        return None

    assert checking.show(inner) == "inner"
    assert checking.show(lambda x: x) == "a function"

    class Opaque:
        type_name = "Series"

    assert "a Series" in said_of(Opaque(), 2.0)
    assert checking._a("array") == "an array"
