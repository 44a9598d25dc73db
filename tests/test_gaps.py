"""Gaps: wrong answers that pass every check are found, right ones that are refused are told, and the drawn
check that closes most gaps gives nothing away."""

import json
import math
import warnings
import zipfile

import numpy as np
import pytest
from conftest import CHAPTERS, ROOT

from autograder.course import otter_tests
from autograder.course.chapter import read_chapter
from autograder.course.otter_tests import DRAWN_CHECK, compiled, graded_cases
from autograder.course.question import Question, points_of_checks
from autograder.kit.checking import CheckFailed, MessageIncomplete, NotAttempted, ask_all, expect, student
from autograder.prove.drawn_checks import add_drawn_checks, source_of_check
from autograder.prove.edits import edits
from autograder.prove.gaps import choose, studies, study
from autograder.prove.inputs import drawn
from autograder.prove.known_answers import right_answers, wrong_answers
from autograder.prove.proofs import stub
from autograder.prove.wrappers import wrappers
from autograder.publish.distribution import build

DOMAIN = """\
from autograder.course.domains import numbers

twice.domain(x=numbers())


@twice.check"""


@pytest.fixture
def declared(tiny):
    """The tiny course, its function with a domain."""
    tiny.replace(tiny.questions, "@twice.check", DOMAIN)
    return tiny


def of(course):
    chapter = read_chapter(course.root, course.name)
    return chapter, chapter.questions["twice"]


# Gaps -------------------------------------------------------------------------------------------------------


def test_what_checks_and_drawn_calls_tell_leaves_no_gap(declared):
    found = study(*of(declared))
    assert found.gaps == []
    assert found.refusals == []
    assert found.wrong == found.killed + found.killed_by_drawn_alone > 50
    assert found.killed_by_drawn_alone > 0
    assert 1 <= len(found.chosen) <= 8


def test_a_wrong_answer_that_passes_every_check_is_a_gap_with_a_call_that_tells_it(declared, monkeypatch):
    monkeypatch.setattr("autograder.prove.gaps.MAX_CHOSEN", 0)
    found = study(*of(declared))
    told = {gap.answer.name: gap.call for gap in found.gaps}
    call = told["the result is rounded to 4 decimals"]
    assert call.startswith("expect(twice, ")
    assert ").to_equal(" in call
    # The call, put into a check as it is printed, is a check that the wrong answer fails.
    names = {"expect": expect, "np": np, "math": math}
    with pytest.raises(CheckFailed):
        eval(call, names | {"twice": student("twice", lambda x: round(2.0 * x, 4))})
    eval(call, names | {"twice": student("twice", lambda x: x + x)})


def test_what_no_drawn_call_tells_is_equivalent_and_no_gap(declared, monkeypatch):
    monkeypatch.setattr("autograder.prove.gaps.MAX_CHOSEN", 0)
    found = study(*of(declared))
    assert found.equivalent > 0
    assert "`x` loses its duplicates" not in {gap.answer.name for gap in found.gaps}


def test_a_right_answer_that_a_check_refuses_is_told(declared):
    declared.replace(declared.questions, "return float(x) / 0.5", "return -2 * abs(x)")
    found = study(*of(declared))
    assert [str(refusal.answer) for refusal in found.refusals] == ["alternative, by_shifting_a_float"]
    assert "doubles" in found.refusals[0].by


def test_a_right_answer_that_a_drawn_call_tells_is_told(declared):
    declared.replace(declared.questions, "return float(x) / 0.5", "return x + x if abs(x) < 1000 else 0")
    found = study(*of(declared))
    assert found.refusals[0].by.startswith("a drawn call: expect(twice, ")


def test_a_domain_that_does_not_fit_is_told_and_the_other_questions_are_studied(declared):
    declared.replace(declared.questions, "twice.domain(x=numbers())", "twice.domain(x=among(None))")
    declared.replace(declared.questions, "import numbers", "import among, numbers")
    (found,) = studies(declared.root, [declared.name])
    assert "disagree at x=None" in found.problem
    assert found.wrong == 0


def test_an_answer_that_does_not_end_is_killed_and_the_next_is_judged(declared):
    declared.replace(
        declared.questions, "    return x * x", "    while x > 2:\n        pass\n    return x * x"
    )
    found = study(*of(declared))
    assert found.gaps == []


def test_the_checks_that_no_wrong_answer_needs_are_named_on_demand(declared):
    declared.replace(
        declared.questions,
        "@twice.hidden",
        '@twice.check\ndef doubles_again(twice):\n    """Twice three, once more."""\n'
        "    expect(twice, 3).to_equal(6)\n\n\n@twice.hidden",
    )
    needless = study(*of(declared), thorough=True).needless
    assert {"doubles", "doubles_again"} <= set(needless)


def test_a_build_chooses_what_a_study_finds(declared):
    chapter, question = of(declared)
    calls = drawn(chapter, question, chapter.variant, 360)
    chosen = [call.source("f") for call in choose(chapter, question)]
    assert chosen == [calls[i].source("f") for i in study(chapter, question).chosen]


# Known wrong answers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "edited"),
    [
        ("def f(z):\n    z = np.asarray(z, dtype=float)\n    z = z - z.max()\n    return z", "z -= z.max()"),
        ("def f(z):\n    return np.exp(z - z.max())", "return np.exp(z - z[0])"),
        ("def f(z):\n    return np.exp(z - z.max())", "return np.exp(z - np.median(z))"),
        ("def f(z):\n    return np.exp(z - z.max())", "np.where(np.abs(z.max()) > 700, z.max(), 0)"),
        ("def f(p):\n    return np.log(p).sum()", "np.log(p + 1e-12)"),
        ("def f(v):\n    return np.asarray(v, dtype=float)", "return np.asarray(v)"),
        ("def f(c):\n    return c >= 0.9", "return (c >= 0.9) | np.isclose(c, 0.9)"),
        ("def f(u):\n    return 0 <= u < 1", "return 0 <= u <= 1"),
        ("def f(u):\n    return 0 <= u < 1", "return u < 1"),
        (
            "def f(x):\n    if x < 0:\n        raise ValueError(f'{x}')\n    return x",
            "raise TypeError(f'{x}')",
        ),
        ("def f(A, B):\n    return A @ B", "return (A.T @ B)"),
        ("def f(xs):\n    return [x for x in xs]", "dict.fromkeys(xs)"),
        ("def f(a, b):\n    return a / b", "return a / (b + 1e-09)"),
        ("def f(xs):\n    t = 0\n    for x in xs:\n        t = t + x\n    return t", "break"),
    ],
)
def test_edits_are_what_people_write(source, edited):
    squeezed = {"".join(edit.source.split()) for edit in edits(source)}
    wanted = "".join(edited.split())
    assert any(wanted in text or wanted.replace("(", "").replace(")", "") in text for text in squeezed)


def test_every_edit_is_python_and_another_program():
    source = "def f(z):\n    z = np.asarray(z, dtype=float)\n    return np.exp(z - z.max())"
    found = [edit.source for edit in edits(source)]
    assert len(found) == len(set(found)) > 30
    assert source not in found
    for text in found:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<edit>", "exec")


def softmax_calls():
    chapter = read_chapter(ROOT, "ch06_softmax")
    question = chapter.questions["softmax"]
    return chapter, question, drawn(chapter, question, "primer", 90)


def test_a_wrapper_that_could_do_nothing_is_left_out():
    made = wrappers(["z"], softmax_calls()[2])
    assert "`z` is sorted" in made
    assert "`z` is lower-cased" not in made
    assert "fails where `z` is a dict of one" not in made
    assert "`z` is written over: an array of floats" in made
    assert "`z` is written over: a mask" not in made


@pytest.mark.parametrize(
    ("name", "args", "gives"),
    [
        ("`z` is sorted", ([3.0, 1.0],), [1.0, 3.0]),
        ("`z` is clipped to ±700", ([1000.0, 1.0],), [700.0, 1.0]),
        ("the result is rounded to 2 decimals", ([0.123, 1.0],), [0.12, 1.0]),
        ("the result is reversed", ([1.0, 2.0],), [2.0, 1.0]),
        ("the result takes the dtype of `z`", (np.array([3, 1]),), [3, 1]),
    ],
)
def test_a_wrapper_does_what_it_says(name, args, gives):
    calls = softmax_calls()[2]
    made = {**wrappers(["z"], calls)}
    # Its clip is written to one decimal or none, whatever the limit.
    result = made[name](lambda z: np.asarray(z, dtype=float))(*args)
    assert np.array_equal(np.asarray(result, dtype=float), gives)


def test_a_wrapper_writes_over_the_callers_own_argument():
    z = np.array([3.0, 1.0])
    wrappers(["z"], softmax_calls()[2])["`z` is written over: an array of floats"](np.exp)(z)
    assert z.tolist() != [3.0, 1.0]


def test_the_known_wrong_answers_are_of_every_kind():
    chapter, question, calls = softmax_calls()
    kinds = {answer.kind for answer in wrong_answers(chapter, question, calls)}
    assert {"misconception", "edit of the reference", "wrapper"} <= kinds
    assert any(kind.startswith("edit of `") for kind in kinds)


# The drawn check --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def softmax_check():
    """The drawn check of softmax, as a function, and its calls."""
    chapter = read_chapter(ROOT, "ch06_softmax")
    question = chapter.questions["softmax"]
    calls = choose(chapter, question)
    chapter.drawn_checks["softmax"] = source_of_check("softmax", calls)
    case = graded_cases(chapter, question)[-1]
    assert case.name == DRAWN_CHECK
    return chapter, question, compiled(case), calls


def outcome(check, function):
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            check(function)
        except CheckFailed as failed:
            return failed
    return None


def test_the_drawn_check_passes_the_reference_and_every_alternative(softmax_check):
    chapter, question, check, _ = softmax_check
    assert outcome(check, chapter.references["softmax"]) is None
    for right in right_answers(chapter, question):
        assert outcome(check, right.make()) is None, right


def test_the_drawn_check_calls_the_stub_not_attempted(softmax_check):
    assert isinstance(outcome(softmax_check[2], stub("softmax")), NotAttempted)


def test_the_drawn_check_tells_a_fault_by_kind_and_gives_no_input_away(softmax_check):
    chapter, _, check, calls = softmax_check
    reference = chapter.references["softmax"]

    def writes_over(z):
        result = reference(z)
        if isinstance(z, np.ndarray) and z.dtype == float:
            z -= z.max() + 1
        return result

    failed = outcome(check, writes_over)
    kinds, _, cause = failed.because.partition(": ")
    assert kinds.startswith("it fails for ")
    assert "an array of floats" in kinds
    assert "own array" in cause
    inputs = [float(x) for call in calls for x in np.ravel(call.args[0])[:40]]
    numbers = {repr(x) for x in inputs if abs(x) not in (0, 1, math.inf)}
    for wrong in (writes_over, lambda z: np.round(reference(z), 6), lambda z: reference(sorted(z))):
        said = outcome(check, wrong).because
        assert "fails for" in said
        assert not [number for number in numbers if number in said]


def test_the_drawn_check_is_worth_a_tenth_and_the_other_checks_share_the_rest(softmax_check):
    chapter, question, _, _ = softmax_check
    shares = points_of_checks(question, beside_drawn=True)
    cases = graded_cases(chapter, question)
    assert cases[-1].points == pytest.approx(question.points / 10)
    assert cases[-1].hidden
    assert sum(shares.values()) == pytest.approx(question.points * 0.9)
    assert sum(points_of_checks(question).values()) == pytest.approx(question.points)
    assert sum(case.points for case in cases) == pytest.approx(question.points)
    assert len(otter_tests.test_cases(chapter, question)) == len(cases) - 1


def test_a_build_keeps_what_it_chose_until_a_source_changes(declared, monkeypatch):
    chapter, _ = of(declared)
    add_drawn_checks([chapter])
    assert "def further_calls(twice):" in chapter.drawn_checks["twice"]
    monkeypatch.setattr("autograder.prove.drawn_checks.choose", lambda *_: pytest.fail("chosen again"))
    again, _ = of(declared)
    add_drawn_checks([again])
    assert again.drawn_checks == chapter.drawn_checks
    monkeypatch.undo()
    declared.replace(declared.solutions, "3 gives 6", "4 gives 8")
    other = read_chapter(declared.root, declared.name)
    monkeypatch.setattr("autograder.prove.drawn_checks.choose", lambda *_: [])
    add_drawn_checks([other])
    assert other.drawn_checks != chapter.drawn_checks


def test_each_variant_has_calls_of_its_own(declared):
    chosen = []
    for variant in ("primer", "spring"):
        chapter = read_chapter(declared.root, declared.name, variant)
        chosen.append([call.source("f") for call in choose(chapter, chapter.questions["twice"])])
    assert chosen[0] != chosen[1]


# What several asked together say ----------------------------------------------------------------------------


def asked(*outcomes):
    """Calls of these kinds, each with the failure it ends in, or None."""

    def ask(failure):
        def asking():
            if failure is not None:
                raise failure

        return asking

    return [(kinds, ask(failure)) for kinds, failure in outcomes]


def failure(kind=CheckFailed, **said):
    return kind(called="f(0.125)", returned="0.25", expected="0.5", **said)


def told(*outcomes, causes=None, causes_by_type=None):
    with pytest.raises(CheckFailed) as raised:
        ask_all(asked(*outcomes), causes or {}, causes_by_type or {})
    return raised.value


def test_the_kind_that_all_failures_share_and_no_success_has_is_named_with_its_cause():
    said = told(
        (("a tuple", "a tie"), failure()),
        (("a tuple", "one component"), failure()),
        (("a list", "a tie"), None),
        causes={"a tuple": "convert first", "a tie": "never this"},
    )
    assert said.because == "it fails for a tuple: convert first"


def test_the_cause_of_a_type_is_told_only_if_another_type_is_right():
    for right, cause in ((True, ": convert first"), (False, "")):
        wrong = failure()
        wrong.only_by_type = lambda right=right: right
        said = told((("a tuple",), wrong), causes_by_type={"a tuple": "convert first"})
        assert said.because == f"it fails for a tuple{cause}"


def test_where_no_kind_stands_alone_no_cause_is_guessed():
    said = told(
        (("a tuple", "a tie"), failure()),
        (("a tuple",), None),
        (("a tie",), None),
        causes={"a tuple": "never this"},
    )
    assert said.because == "it fails for a tuple together with a tie"


def test_a_message_that_lacks_a_value_is_told_only_if_nothing_else_fails():
    wording = failure(MessageIncomplete, because="the message does not name 0.125")
    assert type(told((("a refusal",), wording))) is MessageIncomplete
    assert "0.125" not in told((("a refusal",), wording)).because
    assert type(told((("a refusal",), wording), (("a tie",), failure()))) is CheckFailed


def test_the_stub_is_not_attempted_whatever_the_kinds():
    with pytest.raises(NotAttempted):
        ask_all(asked((("a tie",), NotAttempted(note="not yet"))), {}, {})


def test_nothing_is_said_where_nothing_fails():
    assert ask_all(asked((("a tie",), None)), {}, {}) is None


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_question_leaves_points_for_its_drawn_check(name):
    for question in read_chapter(ROOT, name).questions.values():
        if isinstance(question, Question):
            shares = points_of_checks(question, beside_drawn=True)
            assert sum(shares.values()) == pytest.approx(question.points * 0.9)


def test_a_built_distribution_holds_the_drawn_check_and_the_students_folder_does_not(declared, tmp_path):
    chapter, question = of(declared)
    add_drawn_checks([chapter])
    build([chapter], tmp_path)
    with zipfile.ZipFile(tmp_path / "dist" / "autograder" / f"{declared.name}.zip") as archive:
        test = archive.read("tests/twice.py").decode()
        manifest = json.loads(archive.read("manifest.json"))
    assert "def further_calls(twice):" in test
    assert manifest["questions"][0]["checks"][-1]["name"] == DRAWN_CHECK
    for path in (tmp_path / "student").rglob("*"):
        assert path.is_dir() or DRAWN_CHECK not in path.read_text(encoding="utf-8")
    points = [check["points"] for check in manifest["questions"][0]["checks"]]
    assert sum(points) == pytest.approx(question.points)
