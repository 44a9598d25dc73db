"""The page of what wrong answers are told."""

import re

import pytest
from click.testing import CliRunner

from autograder.cli import Problem, cli
from autograder.course.chapter import Course
from autograder.publish.distribution import build


@pytest.fixture
def page_of(tiny):
    """The page of the tiny course, built as it stands."""

    def write():
        build(Course.at(tiny.root).chapters(), tiny.root)
        run = CliRunner().invoke(cli, ["messages", "--course", str(tiny.root)])
        assert run.exit_code == 0, run.output
        return (tiny.root / "dist" / "messages.md").read_text(encoding="utf-8")

    return write


def message_to(page, name):
    return re.search(rf"^\*\*{name}\*\*\n\n~~~~\n(.*?)\n~~~~$", page, re.MULTILINE | re.DOTALL)[1]


def test_each_wrong_answer_has_its_message_with_its_hint_as_the_grader_says_it(page_of):
    page = page_of()
    assert message_to(page, "squares").splitlines()[:7] == [
        "twice: 0 of 2 checks passed (0 of 4 points).",
        "Hint: Twice is times two, not to the power of two.",
        "  FAILED  Twice three is six.",
        "          you called    twice(3)",
        "          it gave       9",
        "          expected      6",
        "          likely cause  add the number to itself",
    ]
    assert "1 of 2 checks passed (2 of 4 points)" in message_to(page, "doubles_the_size")
    assert message_to(page, "doubled").startswith("half: 0 of 1 checks passed (0 of 1 points).\nHint: Divide")


def test_what_nothing_tells_apart_is_said(tiny, page_of):
    """Another wrong answer that gives the same: no hint can be given to either."""
    more = '\n\n@twice.misconception(caught_by=doubles, hint="Add.")\ndef to_the_power(x):\n    return x**2\n'
    tiny.questions.write_text(tiny.questions.read_text() + more)
    page = page_of()
    for name in ("squares", "to_the_power"):
        assert message_to(page, name).endswith("cannot be told from this one by what is asked.")


def test_the_cause_of_a_wrong_type_is_not_told_of_a_wrong_value(tiny, page_of):
    tiny.replace(tiny.questions, 'to_equal(6, because="add', 'to_equal(6, typed=True, because="an int: add')
    more = (
        '\n\n@twice.misconception(caught_by=doubles, hint="An int.")\ndef as_float(x):\n    return 2.0 * x\n'
    )
    tiny.questions.write_text(tiny.questions.read_text() + more)
    tiny.replace(tiny.questions, "@twice.alternative\ndef by_shifting_a_float", "def by_shifting_a_float")
    page = page_of()
    assert "likely cause  an int: add" in message_to(page, "as_float")
    assert "likely cause  an int: add" not in message_to(page, "squares")


@pytest.mark.parametrize("names", [[], ["ch07_nowhere"]])
def test_what_is_not_built_is_told_in_a_sentence(tiny, names):
    run = CliRunner().invoke(cli, ["messages", *names, "--course", str(tiny.root)])
    assert "there is no grader distribution" in str(run.exception)
    assert isinstance(run.exception, Problem)
