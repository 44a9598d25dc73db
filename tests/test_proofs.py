"""The proofs find what they are there to find: each breaks a sound chapter in one way and reads what is said
of it."""

import subprocess
import sys

import numpy as np
import pytest

from autograder.course.chapter import read_chapter
from autograder.course.question import Misconception
from autograder.grade.diagnosis import Recorder, diagnose, diagnose_value
from autograder.prove.proofs import prove


def proof_of(tiny):
    return prove(read_chapter(tiny.root, tiny.name))


def failure_of(tiny):
    failures = proof_of(tiny).failures
    assert failures
    return "\n".join(failures)


def test_a_sound_chapter_is_proved(tiny):
    proof = proof_of(tiny)
    assert (proof.failures, proof.wanting) == ([], [])
    assert (proof.questions, proof.public, proof.hidden, proof.misconceptions, proof.alternatives) == (
        2,
        2,
        1,
        6,
        3,
    )


def test_a_reference_that_fails_its_own_check_is_told(tiny):
    tiny.replace(tiny.solutions, "x + x", "x + x + 1")
    assert "ch01_tiny/twice: the reference fails `doubles`: WrongValue: you called    twice(3)" in failure_of(
        tiny
    )


def test_a_misconception_that_passes_the_check_it_names_is_told(tiny):
    tiny.replace(tiny.questions, "return x * x", "return x + x")
    assert "misconception `squares` passes `doubles`, the check it names; it fails nothing" in failure_of(
        tiny
    )


def test_a_misconception_that_names_the_wrong_check_is_told_with_the_right_one(tiny):
    tiny.replace(tiny.questions, "caught_by=doubles_negatives", "caught_by=doubles")
    assert (
        "misconception `doubles_the_size` passes `doubles`, the check it names; it fails `doubles_negatives`"
        in failure_of(tiny)
    )


def test_two_misconceptions_that_cannot_be_told_apart_are_told(tiny):
    tiny.replace(tiny.questions, "return x * x", "return x + 2")
    assert "misconception `squares` is not told from the others by the checks' inputs" in failure_of(tiny)


def test_an_alternative_that_is_refused_is_told(tiny):
    tiny.replace(tiny.questions, "return float(x) / 0.5", "return str(2 * x)")
    assert "alternative `by_shifting_a_float` is refused by `doubles`: WrongType" in failure_of(tiny)


def test_a_check_that_a_constant_passes_is_told(tiny):
    tiny.replace(tiny.questions, "expect(twice, 3).to_equal(6,", "expect(twice, 0.5).to_equal(1,")
    assert (
        "check `doubles` is passed by a function that returns 1.0: give it a right answer to ask for as well"
        in failure_of(tiny)
    )


def test_a_check_that_breaks_on_a_strange_answer_is_told(tiny):
    tiny.replace(
        tiny.questions,
        "    expect(twice, -2.5)",
        "    assert twice(-2.5) + 5.0 == 0\n    expect(twice, -2.5)",
    )
    assert "check `doubles_negatives` breaks on a function that returns None: TypeError" in failure_of(tiny)


def test_a_wrong_answer_that_is_right_is_told(tiny):
    tiny.replace(tiny.questions, "return 2.0 * n", "return n / 2")
    assert "ch01_tiny/half: misconception `doubled` gives the right answer, 3.5" in failure_of(tiny)


def test_numbers_that_are_not_drawn_are_told(tiny):
    tiny.replace(tiny.questions, "@half.draw\n", "")
    assert "its numbers are not drawn: add a function under @draw" in failure_of(tiny)


def test_what_a_question_still_wants_is_told_and_is_no_failure(tiny):
    tiny.replace(tiny.questions, "@twice.alternative\ndef by_adding", "def by_adding")
    proof = proof_of(tiny)
    assert proof.failures == []
    assert proof.wanting == ["ch01_tiny/twice: 2 of the 3 alternatives that make a check worth trusting"]


def test_the_command_exits_with_1_where_a_proof_fails_and_0_where_none_does(tiny):
    command = [sys.executable, "-B", "-m", "autograder", "verify", "--course", str(tiny.root)]
    assert subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0
    tiny.replace(tiny.questions, "return x * x", "return x + x")
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 1
    assert "FAILED ch01_tiny/twice: misconception `squares` passes" in run.stdout


# Diagnosis --------------------------------------------------------------------------------------------------


def refuses(x):
    raise ValueError("no")


MISCONCEPTIONS = [
    Misconception(lambda x: np.sum(x), (), "sums"),
    Misconception(lambda x: np.max(x), (), "takes the largest"),
    Misconception(refuses, (), "refuses"),
]


def named(function, *inputs):
    recorder = Recorder(function)
    for given in inputs:
        try:
            recorder(given)
        except Exception as error:
            assert recorder.calls[-1].error == type(error).__name__
    found = diagnose(MISCONCEPTIONS, recorder.calls)
    return found.hint if found else None


def test_the_one_misconception_that_gives_the_same_outputs_is_named():
    assert named(lambda x: float(sum(x)), [1, 2], [3, 4]) == "sums"
    assert named(lambda x: sorted(x)[-1], [1, 2], [3, 4]) == "takes the largest"
    assert named(refuses, [1, 2]) == "refuses"


def test_where_two_misconceptions_explain_the_outputs_none_is_named():
    assert named(lambda x: 2, [2]) is None


def test_where_none_explains_every_output_none_is_named():
    assert named(lambda x: x[0], [1, 2], [3, 4]) is None
    assert named(lambda x: sum(x) if len(x) < 3 else 0, [1, 2], [1, 2, 3]) is None


def test_an_unwritten_function_is_not_diagnosed():
    def stub(x):
        raise NotImplementedError("twice: not attempted yet")

    assert named(stub, [1, 2]) is None


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ([0.571, 0.286], "over the sum"),
        ((0.5714, 0.2857), "over the sum"),
        ([7.389, 2.718], "exponentials"),
        ([1, 1], None),
        (None, None),
    ],
)
def test_a_wrong_value_is_told_within_its_tolerance(value, name):
    known = [
        {"name": "over the sum", "value": [4 / 7, 2 / 7], "within": [0.001, 0.001]},
        {"name": "exponentials", "value": [7.389056, 2.718282], "within": [0.001, 0.001]},
    ]
    found = diagnose_value(known, value)
    assert (found["name"] if found else None) == name


def test_a_wrong_dict_is_told_whatever_the_order_of_its_keys():
    known = [{"name": "swapped", "value": {"a": "b", "c": "d"}, "within": [None, None]}]
    assert diagnose_value(known, {"c": "d", "a": "b"})["name"] == "swapped"
    assert diagnose_value(known, {"c": "b", "a": "d"}) is None
