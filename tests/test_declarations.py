"""Sources that do not fit together: one clear message with file and line, exit code 2, and nothing half
written."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from autograder.cli import cli
from autograder.course.chapter import Course, read_chapter
from autograder.course.question import DeclarationError
from autograder.course.source import literal
from autograder.prove.proofs import prove


def problem_of(tiny):
    with pytest.raises(DeclarationError) as caught:
        read_chapter(tiny.root, tiny.name)
    return caught.value


def test_a_sound_chapter_is_read(tiny):
    chapter = read_chapter(tiny.root, tiny.name)
    assert list(chapter.questions) == ["twice", "half"]
    assert chapter.points == 5
    assert "Half of 7." in chapter.text


def test_an_unknown_chapter_is_named_with_those_there_are(tiny):
    with pytest.raises(DeclarationError, match=r"no chapter `ch02_more` .*there are ch01_tiny"):
        Course.at(tiny.root).chapters(["ch02_more"])


def test_questions_that_are_not_python_are_told_by_line(tiny):
    tiny.replace(tiny.questions, "return x * x", "return x *")
    error = problem_of(tiny)
    assert "not Python: invalid syntax" in str(error)
    assert str(error).startswith(f"{tiny.questions}:{error.line}: ")
    assert "return x *" in tiny.questions.read_text().splitlines()[error.line - 1]


def test_questions_that_break_when_run_are_told_by_line(tiny):
    tiny.replace(tiny.questions, "half = WorkedValue", "undefined_name\nhalf = WorkedValue")
    error = problem_of(tiny)
    assert "NameError: name 'undefined_name' is not defined" in str(error)
    assert tiny.questions.read_text().splitlines()[error.line - 1] == "undefined_name"


def test_references_that_are_not_python_are_told_by_line(tiny):
    tiny.replace(tiny.solutions, "return n / 2", "return n /")
    assert str(problem_of(tiny)).startswith(f"{tiny.solutions}:")


def test_a_marker_without_a_question_is_told_by_line(tiny):
    tiny.replace(tiny.markdown, "question: twice", "question: thrice")
    error = problem_of(tiny)
    assert "marker without a question: no `thrice`" in str(error)
    assert str(error).startswith(f"{tiny.markdown}:9:")


def test_a_question_without_a_marker_is_told_by_line(tiny):
    tiny.replace(tiny.markdown, "<!-- question: half -->", "")
    error = problem_of(tiny)
    assert "question without a marker: put `<!-- question: half -->`" in str(error)
    assert tiny.questions.read_text().splitlines()[error.line - 1].startswith("half = WorkedValue")


def test_a_misspelt_marker_is_told_by_line(tiny):
    tiny.replace(tiny.markdown, "<!-- question: half -->", "<!-- question half -->")
    assert "a marker reads `<!-- question: name -->`" in str(problem_of(tiny))


def test_a_marker_that_stands_twice_is_told(tiny):
    tiny.replace(
        tiny.markdown, "<!-- question: half -->", "<!-- question: half -->\n\n<!-- question: half -->"
    )
    assert "the marker of `half` stands twice; the first is in line 13" in str(problem_of(tiny))


def test_a_question_without_a_reference_is_told(tiny):
    tiny.replace(tiny.solutions, "def half(", "def halve(")
    error = problem_of(tiny)
    assert "question `half` has no reference: define `half` in" in str(error)
    assert (
        error.line
        == tiny.questions.read_text()
        .splitlines()
        .index(next(line for line in tiny.questions.read_text().splitlines() if line.startswith("half =")))
        + 1
    )


def test_two_questions_of_one_name_are_told_with_both_lines(tiny):
    tiny.replace(tiny.questions, "half = WorkedValue", "twice = WorkedValue")
    assert "two questions are named `twice`; the other stands in line 5" in str(problem_of(tiny))


def test_a_check_without_a_title_is_told(tiny):
    tiny.replace(tiny.questions, '    """Twice three is six."""\n', "")
    assert "check `doubles` has no docstring" in str(problem_of(tiny))


def test_a_check_of_a_function_that_is_not_there_is_told(tiny):
    tiny.replace(tiny.questions, "def doubles(twice):", "def doubles(thrice):")
    assert "check `doubles` takes `thrice`, which is no function of this chapter" in str(problem_of(tiny))


def test_points_that_are_no_number_of_points_are_told(tiny):
    tiny.replace(tiny.questions, "Question(points=4", "Question(points=-4")
    assert "points=-4" in str(problem_of(tiny))


def test_a_number_that_the_text_asks_for_and_nobody_declares_is_told_by_line(tiny):
    tiny.replace(tiny.markdown, "half.n", "half.m")
    error = problem_of(tiny)
    assert "the text asks for a number that is not declared" in str(error)
    assert error.line == 11


def test_a_reference_that_takes_other_numbers_is_told(tiny):
    tiny.replace(tiny.solutions, "def half(n: float) -> float:", "def half(m: float) -> float:")
    assert "reference `half` takes ['m']; the question's numbers are ['n']" in str(problem_of(tiny))


def test_a_misconception_caught_by_another_questions_check_is_told(tiny):
    tiny.replace(tiny.questions, 'caught_by=doubles, hint="Add', 'caught_by=print, hint="Add')
    assert "misconception `adds_two` names `print`, which is no check of `twice`" in str(problem_of(tiny))


def test_a_check_that_uses_a_reference_is_told(tiny):
    tiny.replace(
        tiny.questions, "from autograder", "from solutions import ch01_tiny as reference\nfrom autograder"
    )
    tiny.replace(tiny.questions, "to_equal(6,", "to_equal(reference.twice(3),")
    with pytest.raises(DeclarationError, match="a check may use math and numpy, and no reference"):
        prove(read_chapter(tiny.root, tiny.name))


def test_a_draw_that_knows_only_the_primers_numbers_is_told(tiny):
    tiny.replace(tiny.questions, "rng.randint(8, 99)", "7")
    with pytest.raises(DeclarationError, match="drew the primer's own numbers 200 times"):
        read_chapter(tiny.root, tiny.name, "autumn")


def test_literals_are_python_that_gives_the_value_back():
    import math

    import numpy as np

    for value in [1, -2.5, True, None, "a'b", [1, (2,), {"k": [0.1]}], (1, 2)]:
        assert eval(literal(value)) == value
    assert eval(literal([math.inf, -math.inf]), {"math": math}) == [math.inf, -math.inf]
    assert np.array_equal(eval(literal(np.eye(2, dtype=bool)), {"np": np}), np.eye(2, dtype=bool))
    with pytest.raises(TypeError, match="no plain data"):
        literal(object())


BREAKS = {
    "no such chapter": (lambda tiny: None, ["ch09_none"]),
    "broken questions": (lambda tiny: tiny.replace(tiny.questions, "return x * x", "return x *"), []),
    "marker without a question": (
        lambda tiny: tiny.replace(tiny.markdown, "question: twice", "question: thrice"),
        [],
    ),
    "question without a reference": (
        lambda tiny: tiny.replace(tiny.solutions, "def half(", "def halve("),
        [],
    ),
    "two questions of one name": (
        lambda tiny: tiny.replace(tiny.questions, "half = WorkedValue", "twice = WorkedValue"),
        [],
    ),
}


@pytest.mark.parametrize("command", ["build", "verify"])
@pytest.mark.parametrize("what", BREAKS)
def test_the_command_line_says_one_thing_exits_with_2_and_writes_nothing(tiny, command, what):
    break_it, arguments = BREAKS[what]
    break_it(tiny)
    before = sorted(tiny.root.rglob("*"))
    run = subprocess.run(
        [sys.executable, "-B", "-m", "autograder", command, *arguments, "--course", str(tiny.root)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 2
    assert run.stdout == ""
    assert len(run.stderr.strip().splitlines()) == 1
    assert run.stderr.startswith("error: ")
    assert "Traceback" not in run.stderr
    assert sorted(tiny.root.rglob("*")) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["grade", "nowhere.ipynb", "--out", "out"], "there is no submission nowhere.ipynb"),
        (["grade", ".", "--out", "out", "--course", "."], "run `make build`"),
        (
            ["grade", ".", "--out", "out", "--autograder", "none.zip"],
            "there is no grader distribution none.zip",
        ),
        (["build", "--variant", "../x"], "a variant's name is made of letters"),
        (["verify", "--course", "."], "it has no folder `assignments`"),
        (["report", "."], "holds no gradebook"),
    ],
)
def test_a_call_that_cannot_be_carried_out_is_one_message_and_exit_code_2(tmp_path, arguments, said):
    run = subprocess.run(
        [sys.executable, "-B", "-m", "autograder", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=tmp_path,
        check=False,
    )
    assert (run.returncode, "Traceback" in run.stderr) == (2, False)
    assert said in run.stderr
    assert not (tmp_path / "student").exists()


def settings_problem(tiny, text):
    (tiny.root / "course.toml").write_text(text)
    with pytest.raises(DeclarationError) as caught:
        Course.at(tiny.root).chapters()
    return str(caught.value)


def test_the_courses_settings_are_read_and_what_is_wrong_with_them_is_said(tiny):
    (tiny.root / "course.toml").write_text('variant = "fall-2026"\n[points]\nch01_tiny = 5\n')
    (chapter,) = Course.at(tiny.root).chapters()
    assert chapter.variant == "fall-2026"
    assert Course.at(tiny.root).chapters(variant="primer")[0].variant == "primer"
    assert "no setting is called `varient`; there are variant" in settings_problem(tiny, 'varient = "x"')
    assert "got `../x`" in settings_problem(tiny, 'variant = "../x"')
    assert "hidden_results = 'never': give one of hidden" in settings_problem(
        tiny, 'hidden_results = "never"'
    )
    assert "hints = 'all': give one of none, hint, idea" in settings_problem(tiny, 'hints = "all"')
    assert "ch01_tiny = -1: give a positive number" in settings_problem(tiny, "[points]\nch01_tiny = -1")
    assert "not TOML" in settings_problem(tiny, "variant =")


def test_a_text_that_lost_its_brackets_is_told_by_line(tiny):
    tiny.questions.write_text(tiny.questions.read_text() + '\n\nCAUSE = "add the number"\n" to itself"\n')
    error = problem_of(tiny)
    assert "this text belongs to nothing" in str(error)
    assert tiny.questions.read_text().splitlines()[error.line - 1] == '" to itself"'


def test_verify_says_what_is_seldom_meant(tiny):
    (tiny.root / "course.toml").write_text("points_per_chapter = 20\n")
    (chapter,) = Course.at(tiny.root).chapters()
    assert "its questions are worth 5 points together, and course.toml gives it 20" in "".join(
        prove(chapter).wanting
    )
    (tiny.root / "course.toml").write_text("[points]\nch01_tiny = 5\n")
    tiny.solutions.write_text(
        tiny.solutions.read_text() + '\n\ndef thrice(x):\n    """Left behind."""\n    return 3 * x\n'
    )
    (chapter,) = Course.at(tiny.root).chapters()
    said = "".join(prove(chapter).wanting)
    assert "reference `thrice` has no question" in said and "points together" not in said


def test_a_check_of_a_worked_value_is_refused_with_file_and_line(tiny):
    text = tiny.questions.read_text() + '\n\n@half.check\ndef is_small(half):\n    """It is small."""\n'
    tiny.questions.write_text(text)
    said = str(problem_of(tiny))
    assert "`is_small` is a check of a worked value" in said
    assert said.startswith(f"{tiny.questions}:")


@pytest.mark.parametrize("points", ["-1", "0", "math.nan", "True", "'4'"])
def test_points_that_are_none_are_told_by_line(tiny, points):
    tiny.replace(
        tiny.questions, "twice = Question(points=4", f"import math\ntwice = Question(points={points}"
    )
    said = str(problem_of(tiny))
    assert "a question is worth a positive, finite number of points" in said
    assert tiny.questions.read_text().splitlines()[int(said.split(":")[1]) - 1].startswith("twice = ")


def test_a_misnamed_chapter_is_named(tiny):
    (tiny.root / "assignments" / "ch6_softmax").mkdir()
    with pytest.raises(DeclarationError, match=r"ch6_softmax is not a chapter's name: call it chNN_slug"):
        Course.at(tiny.root).chapters()


DRAWN = '''"""The tiny chapter's pictures."""

import matplotlib.pyplot as plt
from pictures import picture


@picture
def draw_doubles(function):
    """A line of doubles."""
    plt.figure()
    plt.plot([1, 2], [function(1), function(2)])
    return "a line from 2 to 4"
'''


def ends_with_a_picture(tiny, cell):
    """The tiny chapter, with a cell at its end that draws."""
    tiny.markdown.write_text(f"{tiny.markdown.read_text()}\n```python\n{cell}\n```\n")
    (tiny.markdown.parent / "drawings.py").write_text(DRAWN)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("from drawings import draw_doubles\n\ndraw_doubles(double)", "name 'double' is not defined"),
        ("from drawings import draw_twice\n\ndraw_twice(twice)", "cannot import name 'draw_twice'"),
        ("from drawings import draw_doubles\n\ndraw_doubles(lambda x: 1 / 0)", "no picture"),
    ],
)
def test_verify_runs_the_solved_notebook_and_names_the_line_of_a_given_cell_that_fails(tiny, cell, said):
    """A function that was renamed in the sources and not in a picture's cell."""
    ends_with_a_picture(tiny, "from drawings import draw_doubles\n\ndraw_doubles(twice)")
    command = ["verify", "--course", str(tiny.root)]
    run = CliRunner().invoke(cli, command)
    assert run.exit_code == 0, run.output
    tiny.replace(tiny.markdown, "from drawings import draw_doubles\n\ndraw_doubles(twice)", cell)
    run = CliRunner().invoke(cli, command)
    assert isinstance(run.exception, DeclarationError), run.output
    assert said in str(run.exception)
    first = tiny.markdown.read_text().splitlines().index(cell.partition("\n")[0]) + 1
    assert (run.exception.path, run.exception.line) == (tiny.markdown, first)
