"""A question that a person grades: declared like any other, handed in with the rest, and waiting in the
gradebook until its points are given."""

import json
from textwrap import dedent

import nbformat
import pytest
from click.testing import CliRunner

from autograder.cli import cli
from autograder.course.chapter import Course, read_chapter
from autograder.course.question import DeclarationError, HandGraded
from autograder.grade.gradescope import Handed, as_gradescope
from autograder.grade.run import Grader, GradingJob, Releases
from autograder.prove.proofs import prove
from autograder.publish.distribution import build

EXAMPLE = "Because adding a number to itself keeps its sign, as 3 + 3 shows."


@pytest.fixture
def course(tiny):
    """The small course with a paragraph and a drawing in it."""
    (tiny.root / "course.toml").write_text("[points]\nch01_tiny = 8\n")
    tiny.replace(tiny.questions, "import Question, WorkedValue", "import HandGraded, Question, WorkedValue")
    tiny.questions.write_text(
        tiny.questions.read_text()
        + dedent(f'''

            why = HandGraded(
                points=2,
                rubric={{"names the sign": 1.5, "gives an example": 0.5}},
                example="""{EXAMPLE}""",
            )
            sketch = HandGraded(
                points=1, rubric={{"is drawn": 1}}, answer_as="code", example="print('drawn')"
            )
            ''')
    )
    tiny.markdown.write_text(
        tiny.markdown.read_text()
        + "\nWhy does twice keep the sign?\n\n<!-- question: why -->\n\nDraw it.\n\n<!-- question: sketch"
        " -->\n"
    )
    return tiny


@pytest.fixture
def built(course, tmp_path):
    build(Course.at(course.root).chapters(), tmp_path / "out")
    return tmp_path / "out"


def test_the_student_gets_a_cell_to_answer_in_the_rubric_and_no_example(course, built):
    folder = built / "student" / course.name
    notebook = nbformat.read(folder / f"{course.name}.ipynb", as_version=4)
    cells = {cell.id: cell for cell in notebook.cells}
    why, sketch = cells[f"{course.name}-why-answer"], cells[f"{course.name}-sketch-answer"]
    assert (why.cell_type, sketch.cell_type) == ("markdown", "code")
    heading = cells[f"{course.name}-why-points"].source
    assert "2 points, given by a person" in heading and "- 1.5: names the sign" in heading
    everything = "".join(p.read_text() for p in folder.rglob("*") if p.suffix in (".ipynb", ".py", ".json"))
    assert EXAMPLE not in everything and "print('drawn')" not in everything
    assert json.loads((folder / "questions.json").read_text())["by_hand"] == {"why": 2, "sketch": 1}
    solved = nbformat.read(built / "dist" / "solutions" / f"{course.name}.ipynb", as_version=4)
    assert EXAMPLE in "".join(cell.source for cell in solved.cells)


def test_each_cell_keeps_its_id_from_build_to_build(course, built, tmp_path):
    build(Course.at(course.root).chapters(), tmp_path / "again")
    place = f"student/{course.name}/{course.name}.ipynb"
    assert (built / place).read_bytes() == (tmp_path / "again" / place).read_bytes()


def test_it_needs_no_reference_and_verify_is_content(course):
    proof = prove(read_chapter(course.root, course.name))
    assert (proof.failures, proof.wanting, proof.points) == ([], [], 8)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"rubric": {"a": 1}}, "worth 1 points together, and the question 2"),
        ({"rubric": {}}, "worth 0 points"),
        ({"rubric": {"a": 2}, "answer_as": "film"}, "give 'text' or 'code'"),
        ({"rubric": {"a": 2}, "example": " "}, "example is empty"),
    ],
)
def test_a_rubric_that_does_not_add_up_is_told(given, said):
    with pytest.raises(DeclarationError, match=said):
        HandGraded(points=2, **{"example": "x", **given})


def test_a_check_of_it_is_refused():
    with pytest.raises(DeclarationError, match="a person grades"):
        HandGraded(points=1, rubric={"a": 1}, example="x").check(lambda why: None)


def test_its_points_wait_until_they_are_given_by_the_rubrics_lines_and_stay(course, built, tmp_path):
    handed = tmp_path / "in"
    handed.mkdir()
    solved = built / "dist" / "solutions" / f"{course.name}.ipynb"
    (handed / "jane.ipynb").write_bytes(solved.read_bytes())
    out = tmp_path / "grades"

    def run(*arguments):
        result = CliRunner().invoke(cli, [*map(str, arguments)], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    distribution = built / "dist" / "autograder" / f"{course.name}.zip"
    grade = ("grade", handed, "--out", out, "--autograder", distribution, "--sandbox", "none")
    run(*grade)
    assert "waiting" in run("override", out)
    assert ",5" in (out / "grades.csv").read_text()
    give = ("override", out, "jane", "--assignment", course.name, "--by", "Kim")
    said = run(*give, "--question", "why", "--item", "names the sign", "--reason", "read")
    assert "1.5" in said
    wrong = CliRunner().invoke(cli, [*map(str, give), "--question", "why", "--item", "x", "--reason", "r"])
    assert "the rubric has no item `x`; it has `names the sign`" in str(wrong.exception)
    none = CliRunner().invoke(cli, [*map(str, give), "--question", "y", "--item", "x", "--reason", "r"])
    assert "no submission here was asked such a question with a rubric" in str(none.exception)
    run(*give, "--question", "sketch", "--points", 1, "--reason", "drawn")
    run(*grade, "--again")
    text = (out / "grades.csv").read_text()
    assert "7.5" in text and "waiting" not in text


def test_gradescope_says_who_gives_its_points(course, built, tmp_path):
    distribution = built / "dist" / "autograder" / f"{course.name}.zip"
    job = GradingJob(tmp_path / "r", Releases(distribution, built), "none")
    grader = Grader(job)
    try:
        solved = built / "dist" / "solutions" / f"{course.name}.ipynb"
        result = grader.grade(solved, "jane")
    finally:
        grader.close()
    data = as_gradescope(result, Handed(), 0.1, {})
    (why,) = [test for test in data["tests"] if test["name"] == "why"]
    assert (why["score"], why["max_score"]) == (0, 2)
    assert why["output"] == "A person grades this; its 2 points are added when they are given."
    assert "A person gives 3 more." in data["output"]
