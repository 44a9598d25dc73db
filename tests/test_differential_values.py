"""Values on their way between the two sides: a check sees of one what it would see in a notebook."""

import base64
import decimal
import fractions
import json
import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from conftest import ROOT

from autograder.grade.inside import wire
from autograder.grade.limits import Limits
from autograder.grade.pipeline import grade
from autograder.grade.proxy import call_back
from autograder.grade.release import load
from autograder.grade.sandbox_choice import choose_sandbox
from autograder.grade.session import ProcessSession
from autograder.grade.submission import Cell, Submission
from autograder.grade.zygote import Zygote
from autograder.kit.checking import _kind, identical, show

THERE_AND_BACK = [
    1,
    1.5,
    float("inf"),
    True,
    None,
    "text",
    ...,
    1 + 2j,
    Fraction(1, 3),
    Decimal("0.1"),
    np.longdouble(1) / 3,
    np.float32(1.5),
    np.float16(1.5),
    np.complex64(1j),
    np.array([1, 2], dtype=np.longdouble),
    np.array([1j, 2]),
    np.array(3.0),
    np.zeros((0, 3)),
    np.array(["a", "bcd"]),
    np.array("x"),
    np.array([Fraction(1, 3), Decimal(2)]),
    np.array(Fraction(1, 2)),
    [1, (2.0, {"a": [Fraction(1)]})],
    # Long lists of floats or of Booleans cross as bytes, and so do lists of rows; what is mixed does not.
    [0.0, -0.0, 5e-324, math.inf, -math.inf, math.nan, 1e308, 0.1],
    [[float(row + column) for column in range(3)] for row in range(7)],
    [[float(row)] for row in range(6)],
    [True, False, True, True, False, False],
    [[column <= row for column in range(7)] for row in range(7)],
    [*([True] * 6), 1],
    [*([[True]] * 6), [False, True]],
    [[] for _ in range(6)],
    [*([1.0] * 6), 1],
    [*([1.0] * 6), True],
    [*([[1.0, 2.0]] * 6), [1.0]],
    [*([[1.0, 2.0]] * 6), [1.0, 2]],
    [*([[1.0, 2.0]] * 6), (1.0, 2.0)],
    ([1.0] * 8, {"a": [[1.0] * 8] * 8}),
]
NAMED = [{1}, frozenset(), range(3), (x for x in []), object(), np, b"x", slice(1), np.datetime64(1, "s")]
FUNCTIONS = [print, len, lambda: 0, dict, np.exp]
ERRORS = [ValueError("x"), ExceptionGroup("x", [ValueError()]), UnicodeError()]


def crossed(value):
    return wire.decode(json.loads(json.dumps(wire.encode(value))))


@pytest.mark.parametrize("value", THERE_AND_BACK, ids=repr)
def test_plain_data_cross_as_what_they_are(value):
    back = crossed(value)
    assert type(back) is type(value)
    if not (isinstance(value, np.ndarray) and value.dtype.kind == "O"):
        assert identical(back, value)
    assert (show(back), _kind(back)) == (show(value), _kind(value))


@pytest.mark.parametrize("value", [*NAMED, *FUNCTIONS, *ERRORS], ids=lambda value: type(value).__name__)
def test_what_is_no_plain_data_is_told_as_in_a_notebook(value):
    assert (show(crossed(value)), _kind(crossed(value))) == (show(value), _kind(value))
    assert callable(crossed(value)) == callable(value)


@pytest.mark.parametrize(
    "data",
    [
        {"q": [1, 0]},
        {"q": [1.5, 2]},
        {"q": [1, 2**4000]},
        {"m": "1E+99999"},
        {"m": "sNaN"},
        {"m": 3},
        {"c": [1]},
        {"c": ["1", 2]},
        {"i": 7},
        {"f": 0},
        {"U": [[2], ["a", 3]]},
        {"U": [[3], ["a"]]},
        {"U": [[40_000], ["a" * 1000] + [""] * 39_999]},
        {"O": [[1] * 17, [1]]},
        {"O": [[-1], []]},
        {"a": ["float64", [2**40], ""]},
        {"p": ["d", 2, "AAAA"]},
        {"p": ["d", 1, "AAAAAAAA8D8=", 3]},
        {"p": ["d", 2, "AAAAAAAA8D8="]},
        {"p": ["d", 1, 0, ""]},
        {"p": ["d", 0, ""]},
        {"p": ["d", True, "AAAAAAAA8D8="]},
        {"p": ["d", 1, 1, 1, "AAAAAAAA8D8="]},
        {"p": "x"},
        {"p": ["d", 1, "AAAA AAAA8D8="]},
        {"p": ["q", 1, "AAAAAAAA8D8="]},
        {"p": ["?", 2, "AA=="]},
        {"p": [[], 1, "AA=="]},
        {"p": ["?", 60_000, 1, base64.b64encode(bytes(60_000)).decode()]},
        {"x": 1, "o": 2},
    ],
    ids=repr,
)
def test_what_is_no_value_is_refused(data):
    with pytest.raises(wire.WireError):
        wire.decode(data)


@pytest.mark.parametrize(
    "value",
    [[[column <= row for column in range(1030)] for row in range(1030)], [[0.5] * 500] * 500],
    ids=len,
)
def test_a_matrix_of_lists_crosses_whatever_its_size(value):
    assert crossed(value) == value


def test_a_list_of_more_than_a_message_may_hold_is_refused():
    with pytest.raises(wire.WireError, match="a list of 2400000 bytes"):
        wire.encode([0.5] * 300_000)


def test_an_int_of_very_many_digits_stays_larger_than_every_float():
    assert crossed(10**5000) > 1e308
    assert crossed(-(10**5000)) < -1e308


class Odd(fractions.Fraction):
    """A number that lies about its parts."""

    @property
    def numerator(self):
        return "three"


@pytest.mark.parametrize("value", [Odd(1, 3), type("Named", (), {"__name__": 3})(), decimal.Decimal("sNaN")])
def test_a_value_that_cannot_be_read_is_none_that_breaks_the_channel(value):
    try:
        json.dumps(wire.encode(value))
    except (wire.WireError, ValueError, TypeError):
        return


def test_a_callback_takes_every_kind_of_number_by_place_and_by_name():
    functions = [lambda x: x * x]
    for value in (3, 2.5, 1j, Fraction(1, 3), Decimal("0.5"), np.longdouble(2), np.array([1.0, 2.0])):
        for sent in ({"args": [value], "kwargs": {}}, {"args": [], "kwargs": {"x": value}}):
            request = {"callback": 0} | {name: wire.encode(part) for name, part in sent.items()}
            answer = wire.decode(call_back(functions, request)["value"])
            assert identical(answer, value * value)
    wrong = {"callback": 0, "args": wire.encode([]), "kwargs": wire.encode({"y": 1})}
    assert call_back(functions, wrong)["raised"]["type"] == "TypeError"


def test_arithmetic_of_a_callback_is_bounded():
    functions = [lambda x: x**40]
    for huge in (10**900, Fraction(10**900 + 1, 3), Decimal("1E+5000")):
        request = {"callback": 0, "args": wire.encode([huge]), "kwargs": wire.encode({})}
        answer = call_back(functions, request)
        assert "raised" in answer or float(wire.decode(answer["value"])) == float("inf")


def test_a_function_that_is_handed_over_and_left_alone_is_no_changed_argument(built, monkeypatch):
    """Then a call with a callback answers with nothing but its result."""
    replies = []
    original = ProcessSession.call

    def call(self, *arguments):
        replies.append(original(self, *arguments))
        return replies[-1]

    monkeypatch.setattr(ProcessSession, "call", call)
    release = load(built / "dist" / "autograder" / "ch08_gradients.zip")
    source = (
        "def forward_difference(f, x, h):\n    if not h > 0:\n        raise ValueError(f'{h}')\n"
        "    return (f(x=x + h) - f(x)) / h"
    )
    zygote = Zygote(choose_sandbox("auto"))
    try:
        submission = Submission(ROOT / "ch08_gradients.ipynb", "s", [Cell("0", source)], "ch08_gradients")
        result = grade(submission, release, zygote, Limits(cell=10, call=5, submission=60))
    finally:
        zygote.close()
    question = next(o for o in result.questions if o.question.name == "forward_difference")
    assert any(check.passed for check in question.checks)
    assert replies
    assert not any("after" in reply for reply in replies)
