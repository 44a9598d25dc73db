"""`autograder diff`: what it says of each kind of change, and that it says nothing where nothing changed."""

import shutil
import subprocess

import pytest
from click.testing import CliRunner

from autograder.cli import cli
from autograder.course.chapter import Course
from autograder.course.question import DeclarationError
from autograder.publish.branches import publish
from autograder.publish.changes import changes
from autograder.publish.distribution import build, stage_build


@pytest.fixture
def released(tiny, tmp_path):
    """A tiny course, and a release of it as a folder."""
    stage_build(Course.at(tiny.root).chapters(), tmp_path / "stage", solutions=False)
    shutil.copytree(tmp_path / "stage" / "out" / "student", tmp_path / "release")
    return tiny, str(tmp_path / "release")


def changes_of(tiny, against):
    return changes(Course.at(tiny.root).chapters(), tiny.root, against)[1]


def said_of(tiny, against):
    return [change.sentence for change in changes_of(tiny, against)]


def said_after(released, *edits):
    tiny, release = released
    for path, old, new in edits:
        tiny.replace(getattr(tiny, path), old, new)
    return said_of(tiny, release)


TWICE, HALF = "ch01_tiny: the text above `twice` changed", "ch01_tiny: the text above `half` changed"


@pytest.mark.parametrize(
    "edits, sentences",
    [
        ([], []),
        ([("markdown", "Twice a number.", "Two times a number.")],
         [f"{TWICE} (-1 +1 lines)."]),
        ([("markdown", "Half of", "One half of")], [f"{HALF} (-1 +1 lines)."]),
        ([("questions", "points=4", "points=3")],
         ["ch01_tiny: `twice` is worth 3 points, and was worth 4 points."]),
        ([("questions", "@twice.check\n", "@twice.check(points=1)\n")],
         ["ch01_tiny: the public checks of `twice` are worth 1 point, and were worth 2 points.",
          "ch01_tiny: the check “Twice three is six” of `twice` changed (-1 +1 lines)."]),
        ([("questions", "twice, 3).to_equal(6", "twice, 4).to_equal(8")],
         ["ch01_tiny: the check “Twice three is six” of `twice` changed (-1 +1 lines).",
          "ch01_tiny: the hints on wrong answers to `twice` changed."]),
        ([("questions", '@twice.hidden\n', '@twice.check\ndef doubles_one(twice):\n    """One."""\n'
           '    expect(twice, 1).to_equal(2)\n\n\n@twice.hidden\n')],
         ["ch01_tiny: the public checks of `twice` are worth 2.67 points, and were worth 2 points.",
          "ch01_tiny: `twice` has a new check, “One”.",
          "ch01_tiny: the hints on wrong answers to `twice` changed."]),
        ([("solutions", "x + x; 3 gives 6", "2 x; 3 gives 6")],
         ["ch01_tiny: the stub of `twice` changed (-1 +1 lines)."]),
        ([("solutions", "return n / 2", "return n / 2 + 1")],
         ["ch01_tiny: the answer to `half` changed, or what is said of it."]),
    ],
)  # fmt: skip
def test_each_kind_of_change_is_one_sentence(released, edits, sentences):
    assert said_after(released, *edits) == sentences


def test_another_number_of_a_worked_value_is_told_as_another_answer(tiny, tmp_path):
    meaning = "half = WorkedValue(meaning='Two halves of a number are the number again.', "
    tiny.replace(tiny.questions, "half = WorkedValue(", meaning)
    stage_build(Course.at(tiny.root).chapters(), tmp_path / "stage", solutions=False)
    tiny.replace(tiny.questions, 'numbers={"n": 7}', 'numbers={"n": 9}')
    assert said_of(tiny, str(tmp_path / "stage" / "out" / "student")) == [
        f"{HALF} (-1 +1 lines).",
        "ch01_tiny: the answer to `half` changed, or what is said of it.",
        "ch01_tiny: the hints on wrong answers to `half` changed.",
    ]


def test_a_question_under_another_name_is_told_from_one_taken_out_and_one_put_in(released):
    tiny, release = released
    for path in (tiny.markdown, tiny.questions, tiny.solutions):
        path.write_text(path.read_text().replace("twice", "doubled_number").replace("half", "halved_number"))
    assert said_of(tiny, release) == [
        "ch01_tiny: question `twice` is called `doubled_number` now.",
        "ch01_tiny: question `half` is called `halved_number` now.",
    ]


def test_questions_added_and_removed(released):
    tiny, release = released
    kept = tiny.questions.read_text().partition("half = WorkedValue")[0]
    added = """triple = Question(points=2)


@triple.check
def trebles(triple):
    'Thrice two is six.'
    expect(triple, 2).to_equal(6)
"""
    tiny.questions.write_text(kept + added)
    tiny.replace(tiny.solutions, "def half", "def triple")
    tiny.replace(
        tiny.markdown, "Half of << half.n >>.\n\n<!-- question: half -->", "<!-- question: triple -->"
    )
    assert said_of(tiny, release) == [
        "ch01_tiny: question `half` was removed; it was worth 1 point.",
        "ch01_tiny: question `triple` was added, worth 2 points.",
        "ch01_tiny: the text below the last question changed (-2 +0 lines).",
    ]


def test_a_change_of_a_hidden_check_is_not_told(released):
    assert said_after(released, ("questions", "expect(twice, -2.5)", "expect(twice, -2.50)")) == []


def test_questions_in_another_order_and_files_beside_the_notebook(released):
    tiny, release = released
    text = (
        tiny.markdown.read_text()
        .replace("question: twice", "question: x")
        .replace("question: half", "question: twice")
    )
    tiny.markdown.write_text(text.replace("question: x", "question: half"))
    tiny.markdown.with_name("numbers.txt").write_text("1\n")
    said = said_of(tiny, release)
    assert "ch01_tiny: the questions stand in another order." in said
    assert "ch01_tiny: the file numbers.txt was added." in said


def test_a_changed_sentence_is_shown_alone(released):
    tiny, release = released
    tiny.replace(tiny.markdown, "Twice a number.", "First. Twice a number. Last.")
    change = changes_of(tiny, release)[0]
    assert [line for line in change.details if line[0] in "+-"] == ["+First.", "+Last."]


def test_the_last_release_is_the_branch_that_publish_writes(tiny):
    def git(*arguments):
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *arguments], cwd=tiny.root, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "A course")
    with pytest.raises(DeclarationError, match="there is no branch `student`: `make publish` writes it"):
        said_of(tiny, None)
    build(Course.at(tiny.root).chapters(), tiny.root)
    publish(Course.at(tiny.root).chapters(), tiny.root)
    assert said_of(tiny, None) == said_of(tiny, "student") == []
    # As in a fresh clone, which has it as a remote's.
    git("update-ref", "refs/remotes/origin/student", "student")
    git("branch", "-D", "student")
    assert said_of(tiny, None) == []
    git("branch", "student", "refs/remotes/origin/student")
    assert said_of(tiny, str(tiny.root / "dist" / "student" / "ch01_tiny.zip")) == []
    assert said_of(tiny, str(tiny.root / "dist" / "release")) == []
    tiny.replace(tiny.questions, "points=4", "points=3")
    assert len(said_of(tiny, None)) == 1


def test_the_command_says_sentences_first_and_details_after_them(released):
    tiny, release = released
    tiny.replace(tiny.markdown, "Twice a number.", "Two times a number.")
    call = ["diff", "--course", str(tiny.root), "--against", release]
    told = CliRunner().invoke(cli, call, catch_exceptions=False)
    sentence = f"{TWICE} (-1 +1 lines)."
    assert told.exit_code == 0
    assert told.output.splitlines()[:3] == [sentence, "", sentence]
    assert "    +Two times a number." in told.output.splitlines()


def test_what_is_no_release_is_said_in_a_sentence(released, tmp_path):
    tiny, release = released
    (tmp_path / "empty").mkdir()
    (tmp_path / "no.zip").write_text("no zip")
    for against, sentence in [
        (str(tmp_path / "empty"), "holds no notebook of ch01_tiny"),
        (str(tmp_path / "no.zip"), "cannot be read as a release"),
        ("--output=x", "is no folder, no zip, and no branch or commit"),
        ("nowhere", "is no folder, no zip, and no branch or commit"),
    ]:
        with pytest.raises(DeclarationError, match=sentence):
            said_of(tiny, against)
    (tmp_path / "release" / "ch01_tiny" / "ch01_tiny.ipynb").write_text("{")
    with pytest.raises(DeclarationError, match="cannot be read as this course builds it"):
        said_of(tiny, release)
