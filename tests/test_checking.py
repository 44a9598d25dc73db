"""What a check accepts, and what it says where it does not: the messages are read by people, and tested as
text."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course.otter_tests import sealed_part
from autograder.kit import feedback
from autograder.kit.checking import (
    ArgumentChanged,
    CheckFailed,
    CodeRaised,
    MessageIncomplete,
    NotAttempted,
    NotDefined,
    NotRefused,
    TookTooLong,
    WrongShape,
    WrongType,
    WrongValue,
    bin_of,
    confirm,
    expect,
    show,
    student,
)


def returning(value, name="f"):
    return student(name, lambda *_args, **_kwargs: value)


def failure(kind, ask):
    with pytest.raises(kind) as caught:
        ask()
    assert type(caught.value) is kind
    return str(caught.value).removesuffix("\n")


def test_a_missing_name_is_told_as_not_defined():
    assert failure(NotDefined, lambda: student("softmax", None)).startswith(
        "softmax is not defined. Run the cell that defines it"
    )


def test_a_stub_is_told_as_not_attempted():
    def softmax(z):
        raise NotImplementedError("softmax: not attempted yet")

    message = failure(NotAttempted, lambda: expect(student("softmax", softmax), [1]).to_equal([1.0]))
    assert (
        message
        == "softmax: not attempted yet. Replace the line that raises NotImplementedError with your own code."
    )


def test_a_stub_is_not_attempted_where_a_refusal_is_asked_for():
    def f(_x):
        raise NotImplementedError("f: not attempted yet")

    failure(NotAttempted, lambda: expect(student("f", f), 1).to_be_refused(ValueError))


def test_a_wrong_value_tells_call_result_expectation_and_cause():
    message = failure(
        WrongValue,
        lambda: expect(returning([0.5, 0.25], "softmax"), [2.0, 1.0]).to_equal(
            [0.5, 0.5], because="divide by the sum"
        ),
    )
    assert message.splitlines() == [
        "you called    softmax([2.0, 1.0])",
        "it gave       [0.5, 0.25] (first difference at index 1)",
        "expected      [0.5, 0.5]",
        "likely cause  divide by the sum",
    ]


def test_a_wrong_shape_tells_both_shapes():
    message = failure(WrongShape, lambda: expect(returning([[1.0, 2.0]]), 1).to_equal([1.0, 2.0]))
    assert "[[1.0, 2.0]], of shape (1, 2)" in message
    assert "expected      a vector of 2 numbers" in message


def test_a_function_that_returns_nothing_is_told_of_its_missing_return():
    assert "a path through the function ends without `return`" in failure(
        WrongType, lambda: expect(returning(None), 1).to_equal(2.0)
    )


def test_an_exception_in_the_students_code_is_told_by_kind_and_message_without_a_traceback():
    def f(v):
        return v / 2

    message = failure(CodeRaised, lambda: expect(student("f", f), [1.0]).to_equal([0.5]))
    assert "TypeError: unsupported operand" in message
    assert "np.asarray(v, dtype=float)" in message
    assert "Traceback" not in message


def test_a_changed_argument_is_told_before_and_after():
    def f(v):
        v.sort()
        return v[0]

    message = failure(ArgumentChanged, lambda: expect(student("f", f), [3.0, 1.0]).to_equal(1.0))
    assert "its argument became [1.0, 3.0]" in message
    assert "expected      the argument left as it was: [3.0, 1.0]" in message


def test_an_endless_call_is_ended():
    def f(_x):
        while True:
            pass

    assert "expected      an answer within 0.2 s" in failure(
        TookTooLong, lambda: expect(student("f", f).within(0.2), 1).to_equal(1)
    )


@pytest.mark.parametrize("result", [5, 5.0, np.float64(5), np.int64(5), np.float32(5), np.array(5.0)])
def test_a_number_of_any_kind_is_a_number(result):
    expect(returning(result), 1).to_equal(5.0)


@pytest.mark.parametrize("result", [True, np.True_, "5", [5.0], None, 5 + 0j, math.nan])
def test_what_is_no_number_is_not_taken_for_one(result):
    with pytest.raises(CheckFailed):
        expect(returning(result), 1).to_equal(5.0)


@pytest.mark.parametrize("result", [True, np.True_, np.array(True)])
def test_a_truth_of_either_kind_is_a_truth(result):
    expect(returning(result), 1).to_equal(True)


@pytest.mark.parametrize("result", [(2, 3), (np.int64(2), np.int32(3)), (Fraction(2), np.array(3))])
def test_a_tuple_of_ints_of_any_kind_is_of_the_type_that_is_asked_for(result):
    expect(returning(result), 1).to_equal((2, 3), typed=True)


@pytest.mark.parametrize("result", [[2, 3], (2.0, 3), (2, np.float32(3)), np.array([2, 3])])
def test_a_list_and_floats_are_of_another_type_where_a_tuple_of_ints_is_asked_for(result):
    expect(returning(result), 1).to_equal((2, 3))
    with pytest.raises(WrongType):
        expect(returning(result), 1).to_equal((2, 3), typed=True)


def test_ints_without_tolerance_are_compared_above_what_floats_hold():
    for right in (2**53 + 1, np.int64(2**53 + 1), Fraction(2**53 + 1), Decimal(2**53 + 1)):
        expect(returning(right), 1).to_equal(2**53 + 1, rtol=0, atol=0)
    for near in (2**53, float(2**53 + 1), np.float64(2**53), np.int64(2**53 + 2), Fraction(2**53)):
        message = failure(
            WrongValue, lambda near=near: expect(returning(near), 1).to_equal(2**53 + 1, rtol=0, atol=0)
        )
        assert "the result differs by 1" in message


def test_a_float_for_an_int_is_told_as_one():
    message = failure(
        WrongType, lambda: expect(returning(3.0), 1).to_equal(3, typed=True, because="len gives an int")
    )
    assert "it gave       3.0, a float" in message
    assert "expected      an int: 3" in message
    assert "likely cause  len gives an int" in message


def test_one_is_not_true():
    assert "expected      True or False" in failure(WrongType, lambda: expect(returning(1), 1).to_equal(True))


@pytest.mark.parametrize(
    "result", [[1, 2], (1.0, 2.0), np.array([1, 2]), [np.float64(1), 2], np.array([1, 2], dtype=np.float32)]
)
def test_a_vector_may_be_a_list_a_tuple_or_an_array(result):
    expect(returning(result), 1).to_equal([1.0, 2.0])


@pytest.mark.parametrize("result", [[[1, 2], [3, 4]], np.array([[1, 2], [3, 4]]), [np.array([1, 2]), (3, 4)]])
def test_a_matrix_may_be_rows_of_any_kind(result):
    expect(returning(result), 1).to_equal([[1.0, 2.0], [3.0, 4.0]])


def test_ragged_rows_are_told_as_such():
    assert "whose rows differ in length" in failure(
        WrongType, lambda: expect(returning([[1, 2], [3]]), 1).to_equal([[1.0, 2.0], [3.0, 4.0]])
    )


def test_single_precision_is_held_to_its_own_precision():
    third = np.array([1 / 3], dtype=np.float32)
    expect(returning(third), 1).to_equal([1 / 3])
    with pytest.raises(WrongValue):
        expect(returning(third.astype(float)), 1).to_equal([1 / 3])
    with pytest.raises(WrongValue):
        expect(returning(np.array([0.3334], dtype=np.float32)), 1).to_equal([1 / 3])


def test_the_tolerance_is_one_part_in_a_billion_with_a_floor():
    expect(returning(1e6 * (1 + 0.9e-9)), 1).to_equal(1e6)
    expect(returning(0.9e-12), 1).to_equal(0.0)
    with pytest.raises(WrongValue):
        expect(returning(1e6 * (1 + 1.1e-9)), 1).to_equal(1e6)
    with pytest.raises(WrongValue):
        expect(returning(1.1e-12), 1).to_equal(0.0)


def test_two_numbers_that_print_alike_are_told_apart():
    assert "the result differs by 1e-06" in failure(
        WrongValue, lambda: expect(returning(1.000001), 1).to_equal(1.0000000)
    )


def test_infinity_is_equal_to_itself_alone():
    expect(returning([math.inf, -math.inf]), 1).to_equal([math.inf, -math.inf])
    with pytest.raises(WrongValue):
        expect(returning(math.nan), 1).to_equal(math.inf)


def test_a_refusal_needs_the_error_and_its_message():
    def f(a, b):
        if len(a) != len(b):
            raise ValueError(f"{len(a)} and {len(b)} dimensions")
        return 0.0

    expect(student("f", f), [1, 2], [1]).to_be_refused(ValueError, naming=[2, 1])
    assert "the message does not name 7" in failure(
        MessageIncomplete, lambda: expect(student("f", f), [1, 2], [1]).to_be_refused(ValueError, naming=[7])
    )
    assert "it gave       0.0, a number" in failure(
        NotRefused, lambda: expect(student("f", f), [1], [1]).to_be_refused(ValueError)
    )


def test_numpys_own_message_names_the_values():
    def f(a, b):
        return np.array(a) - np.array(b)

    expect(student("f", f), [1, 2], [1, 2, 3]).to_be_refused(ValueError, naming=[2, 3])


@pytest.mark.parametrize("said", ["[-3.e-30]", "-3e-30", "got -3.0e-30."])
def test_a_message_may_name_a_number_as_numpy_writes_it(said):
    def f(x):
        raise ValueError(said)

    expect(student("f", f), 1).to_be_refused(ValueError, naming=[-3e-30])


def test_an_error_returned_is_not_an_error_raised():
    assert "a ValueError returned as a value, not raised" in failure(
        NotRefused, lambda: expect(returning(ValueError("no")), 1).to_be_refused(ValueError)
    )


def test_a_law_needs_numbers_on_both_sides():
    with pytest.raises(WrongType):
        expect(returning(None), 1).to_agree_with(2)
    with pytest.raises(WrongType):
        expect(returning([]), 1).to_agree_with(2)


def test_a_warning_is_heard():
    def f(x):
        return np.log(np.float64(x))

    with pytest.raises(WrongValue, match="a warning: divide by zero"):
        expect(student("f", f), 0.0).to_be_quiet()


# Values worked out by hand ----------------------------------------------------------------------------------


def sealed(answer, tolerance):
    return {"salt": "s", "rounds": 1000, "parts": [sealed_part(answer, tolerance, "s/0", 1000)]}


@given(st.floats(-1000, 1000), st.sampled_from([0.001, 0.01, 0.5]), st.floats(-1, 1))
def test_an_answer_within_the_tolerance_passes_wherever_the_bins_lie(answer, tolerance, offset):
    confirm("x", answer + offset * tolerance, **sealed(answer, tolerance))


@given(st.integers(-1000, 1000), st.sampled_from([0.001, 0.01, 0.5]), st.sampled_from([-1, 1]))
def test_an_answer_at_the_very_edge_of_a_bin_is_judged_right(number, tolerance, side):
    answer = number * tolerance * (1 + 1e-6)
    assert bin_of(answer + 1e-9 * tolerance, tolerance) != bin_of(
        answer - 1e-9 * tolerance - tolerance * 1e-7, tolerance
    )
    confirm("x", answer + side * tolerance, **sealed(answer, tolerance))
    confirm("x", answer - side * tolerance, **sealed(answer, tolerance))


@given(st.floats(-1000, 1000), st.sampled_from([0.001, 0.01, 0.5]), st.sampled_from([-1, 1]))
def test_an_answer_two_tolerances_off_fails(answer, tolerance, side):
    with pytest.raises(WrongValue):
        confirm("x", answer + side * 2.001 * tolerance, **sealed(answer, tolerance))


def test_a_sealed_part_holds_hashes_and_no_answer():
    part = sealed_part(7.25, 0.01, "s/0", 1000)
    assert set(part) == {"kind", "width", "hashes"}
    assert len(part["hashes"]) == 3
    assert all(len(h) == 32 for h in part["hashes"])
    assert sealed_part(7.25, 0.01, "other/0", 1000)["hashes"] != part["hashes"]


def test_an_exact_answer_may_be_an_int_or_a_float():
    arguments = sealed(7_000_000_000, None)
    confirm("x", 7e9, **arguments)
    confirm("x", np.int64(7_000_000_000), **arguments)
    with pytest.raises(WrongValue):
        confirm("x", 7_000_000_001, **arguments)


def test_a_placeholder_is_not_attempted():
    assert failure(NotAttempted, lambda: confirm("exercise_1", ..., **sealed(7, None))).startswith(
        "exercise_1: not attempted yet"
    )


def test_a_wrong_answer_is_told_without_the_right_one():
    arguments = sealed(7.25, 0.01) | {"because": "add the squares"}
    assert failure(WrongValue, lambda: confirm("exercise_1", 11.0, **arguments)).splitlines() == [
        "you wrote     exercise_1 = 11.0",
        "expected      a different number (an answer within 0.01 counts)",
        "likely cause  add the squares",
    ]


def test_parts_may_be_nested_as_the_student_likes():
    parts = [
        sealed_part(value, tolerance, f"s/{i}", 1000)
        for i, (value, tolerance) in enumerate([(3, None), (2, None), (False, None), ("b", None)])
    ]
    for answer in ([(3, 2), False, "b"], (3, 2, False, " B "), [np.array([3, 2]), np.False_, "b"]):
        confirm("x", answer, salt="s", rounds=1000, parts=parts)
    with pytest.raises(WrongShape, match="4 values"):
        confirm("x", (3, 2), salt="s", rounds=1000, parts=parts)
    with pytest.raises(WrongType, match="True or False"):
        confirm("x", (3, 2, 0, "b"), salt="s", rounds=1000, parts=parts)


def test_a_dict_is_asked_for_by_its_keys():
    parts = [sealed_part("queen", None, "s/0", 1000), sealed_part("king", None, "s/1", 1000)]
    arguments = {"salt": "s", "rounds": 1000, "parts": parts, "keys": ["king", "queen"]}
    confirm("x", {"queen": "king", "king": "queen"}, **arguments)
    with pytest.raises(WrongValue, match="'queen'"):
        confirm("x", {"king": "queen"}, **arguments)
    with pytest.raises(WrongType, match="a dict"):
        confirm("x", ["queen", "king"], **arguments)


def test_feedback_reads_public_checks_passed_and_never_all_tests_passed():
    rows = [("A title.", True, "")]
    assert feedback.headline(rows) == "public checks passed (1 of 1). Hidden checks run when you submit."


def test_a_tuples_parts_are_told_by_name_and_those_expected_to_be_anything_are_not_looked_at():
    parts = ("loss", "dW1", "dW2")
    halfway = returning((1.5, None, [[1.0, 2.0]]), "backward")
    expect(halfway, 0).to_equal((1.5, ..., ...), parts=parts)
    expect(halfway, 0).to_equal((..., ..., [[1.0, 2.0]]), parts=parts)
    assert failure(WrongType, lambda: expect(halfway, 0).to_equal((..., [[3.0]], ...), parts=parts)) == (
        "you called    backward(0)\nit gave       dW1 = None\nexpected      numbers for dW1"
    )
    assert failure(
        WrongValue, lambda: expect(halfway, 0).to_equal((..., ..., [[1.0, 3.0]]), parts=parts)
    ) == (
        "you called    backward(0)\n"
        "it gave       dW2 = [[1.0, 2.0]] (first difference at index (0, 1))\n"
        "expected      [[1.0, 3.0]]"
    )
    assert failure(
        WrongShape, lambda: expect(returning((1.5,)), 0).to_equal((1.5, ..., ...), parts=parts)
    ) == ("you called    f(0)\nit gave       (1.5,), 1 of them\nexpected      (loss, dW1, dW2), 3 of them")
    assert failure(WrongType, lambda: expect(returning(1.5), 0).to_equal((1.5, ..., ...), parts=parts)) == (
        "you called    f(0)\nit gave       1.5, a number\nexpected      (loss, dW1, dW2)"
    )


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_an_argument_is_never_shown_as_a_rounder_number_than_it_is(x):
    shown = show(x, exact=True)
    digits = shown.partition("e")[0].lstrip("-0.").replace(".", "").rstrip("0")
    assert float(shown) == x or len(digits) == 6
    if not x.is_integer():
        assert not float(shown).is_integer() or "e" in shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.9999999999, "0.9999999999"),
        (-1.0000001, "-1.0000001"),
        (1 / 3, "0.333333"),
        (123456.7, "123456.7"),
        (100000.5, "100000.5"),
        (1e16 + 2, "1.0000000000000002e+16"),
        (np.float32(0.1), "0.1"),
        (np.array([0.1, 0.7], dtype=np.float32), "[0.1, 0.7]"),
        (1 - 0.9999999j, "1.0-0.9999999j"),
        ([0.1, 0.1 + 0.2], "[0.1, 0.30000000000000004]"),
    ],
)
def test_an_argument_is_written_out_where_six_digits_would_be_another_number(value, shown):
    assert show(value, exact=True) == shown


def test_the_call_and_what_a_message_should_name_tell_a_number_from_the_edge_beside_it():
    asked = expect(returning(0), 0.9999999999)
    said = failure(NotRefused, lambda: asked.to_be_refused(naming=[1 + 1e-9]))
    assert "f(0.9999999999)" in said
    assert "1.000000001" in said


# Causes that lie in a type ----------------------------------------------------------------------------------

NARROW = "350 does not fit into 8 bits: make floats first"


def doubled_as_given(x):
    return x * 2


def doubled_and_one_more(x):
    return [2.0 * part + 1 for part in x]


def added_as_if_arrays(x, y):
    return x + y


@pytest.mark.parametrize(
    ("function", "given_to_it", "expected", "told"),
    [
        (doubled_as_given, (np.array([100, 50], dtype=np.uint8),), [200.0, 100.0], None),
        (doubled_as_given, (np.array([200, 50], dtype=np.uint8),), [400.0, 100.0], NARROW),
        (doubled_as_given, ((1.0, 2.0),), [2.0, 4.0], NARROW),
        (doubled_and_one_more, (np.array([200, 50], dtype=np.uint8),), [400.0, 100.0], ""),
        (added_as_if_arrays, ([1, 2], [3, 4]), [4.0, 6.0], NARROW),
        (added_as_if_arrays, ([1, 2], "ab"), [4.0, 6.0], ""),
    ],
)
def test_a_cause_that_lies_in_a_type_is_told_only_if_another_type_is_right(
    function, given_to_it, expected, told
):
    def ask():
        expect(student("f", function), *given_to_it).to_equal(expected, because_type=NARROW)

    if told is None:
        ask()
        return
    with pytest.raises(CheckFailed) as caught:
        ask()
    assert (NARROW in str(caught.value)) == bool(told)


def test_the_causes_of_values_and_of_types_are_told_apart():
    def ask(function):
        expect(student("f", function), np.array([200], dtype=np.uint8)).to_equal(
            [400.0], because="double it", because_type=NARROW
        )

    assert NARROW in failure(WrongValue, lambda: ask(doubled_as_given))
    assert "double it" in failure(WrongValue, lambda: ask(doubled_and_one_more))
