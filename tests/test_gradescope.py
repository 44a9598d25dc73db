"""Gradescope's container: what it is told of each question, when, and what it gets if the grader cannot
run."""

import json
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import replace

import pytest
from click.testing import CliRunner

from autograder.cli import cli
from autograder.grade import gradescope, sandbox_choice
from autograder.grade.gradescope import Handed, as_gradescope, feedback_markdown, read_handed, score_of_part
from autograder.grade.outcome import GRADED, CheckOutcome, QuestionOutcome, Result
from autograder.grade.release import load
from autograder.grade.submission import Submission

NAME = "ch06_softmax"
METADATA = {
    "id": 1,
    "created_at": "2026-11-02T10:00:00.000000-07:00",
    "assignment": {
        "due_date": "2026-11-01T23:00:00.000000-07:00",
        "title": "Softmax",
        "total_points": "20.0",
    },
    "users": [{"email": "jane@example.org", "id": 3, "name": "Jane Doe"}],
    "previous_submissions": [
        {"submission_time": "2026-10-30T10:00:00.000000-07:00", "score": 14.5, "results": {}}
    ],
}


@pytest.fixture(scope="module")
def release(built):
    return load(built / "dist" / "autograder" / f"{NAME}.zip")


@pytest.fixture
def result(release, tmp_path):
    """A result in which each question passes its public checks and fails its hidden ones."""
    outcomes = [
        QuestionOutcome(
            question,
            [
                CheckOutcome(check, not check.hidden, "you called f(SECRET)", "a likely cause", "WrongValue")
                for check in question.checks
            ],
            hint="a hint",
        )
        for question in release.questions
    ]
    return Result(Submission(tmp_path / "x.ipynb", "x"), GRADED, "user", release, outcomes)


def shown_as(result, visibility):
    release = replace(result.release, hidden_results=visibility)
    return as_gradescope(replace(result, release=release), Handed(), 1.5, {})


def test_hidden_checks_are_entries_of_their_own_that_students_see_when_the_release_says(result):
    for visibility in ("hidden", "after_due_date", "after_published"):
        data = shown_as(result, visibility)
        public = [entry for entry in data["tests"] if entry["visibility"] == "visible"]
        hidden = [entry for entry in data["tests"] if entry["visibility"] == visibility]
        assert [entry["name"] for entry in public] == [q.name for q in result.release.questions]
        assert {entry["name"].removesuffix(", hidden checks") for entry in hidden} == {
            q.name for q in result.release.questions if any(check.hidden for check in q.checks)
        }
        assert len(public) + len(hidden) == len(data["tests"])
        assert sum(entry["max_score"] for entry in data["tests"]) == pytest.approx(20)
        assert sum(entry["score"] for entry in data["tests"]) == pytest.approx(result.score)
        # A total would tell what the hidden checks gave; Gradescope adds the entries up itself.
        assert "score" not in data


def test_nothing_that_is_shown_at_once_tells_how_hidden_checks_went(result):
    data = shown_as(result, "hidden")
    for entry in data["tests"]:
        if entry["visibility"] == "visible":
            assert entry["score"] == entry["max_score"]
            assert "hint" not in entry["output"] and "failed" not in entry["output"]
    assert "of the" in data["output"] and f"{result.score:g}" not in data["output"]


def test_results_that_are_all_visible_are_one_entry_per_question_with_a_total(result):
    data = shown_as(result, "visible")
    assert [entry["name"] for entry in data["tests"]] == [q.name for q in result.release.questions]
    assert data["score"] == pytest.approx(result.score)


def test_a_hidden_check_is_told_by_title_and_likely_cause_alone(result):
    for visibility in ("hidden", "visible"):
        text = json.dumps(shown_as(result, visibility)["tests"])
        assert "SECRET" not in text
        assert "likely cause: a likely cause" in text


def test_what_wording_costs_is_taken_once_and_the_parts_add_up_to_the_score(release):
    question = next(q for q in release.questions if any(c.hidden for c in q.checks))
    checks = [CheckOutcome(check, False, kind="MessageIncomplete") for check in question.checks]
    outcome = QuestionOutcome(question, checks)
    assert outcome.score == pytest.approx(question.points * 0.95)
    parts = [score_of_part(outcome, hidden=hidden)[0] for hidden in (False, True)]
    assert sum(parts) == pytest.approx(outcome.score)


def test_a_message_cannot_leave_its_fence(release):
    question = release.questions[0]
    said = "~~~~\n# a heading\n~~~~~~"
    text = feedback_markdown(
        QuestionOutcome(question), [CheckOutcome(replace(question.checks[0], hidden=False), False, said)]
    )
    fences = [line for line in text.splitlines() if set(line) == {"~"}]
    assert len(fences[0]) > max(len(line) for line in said.splitlines() if set(line) == {"~"})
    assert fences[0] == fences[-1]


def test_names_lateness_and_earlier_scores_are_read_from_the_metadata(tmp_path):
    path = tmp_path / "submission_metadata.json"
    path.write_text(json.dumps(METADATA))
    assert read_handed(path) == Handed(["Jane Doe <jane@example.org>"], True, [14.5])
    for broken in ("", "[]", "{}", '{"users": 3}', '{"created_at": 1, "assignment": {"due_date": 2}}'):
        path.write_text(broken)
        assert isinstance(read_handed(path), Handed)
    assert read_handed(tmp_path / "none.json") == Handed()


@pytest.fixture
def container(built, tmp_path):
    """`/autograder` as Gradescope lays it out, with the distribution unpacked in `source`."""
    base = tmp_path / "autograder"
    for folder in ("source", "submission", "results"):
        (base / folder).mkdir(parents=True)
    with zipfile.ZipFile(built / "dist" / "autograder" / f"{NAME}.zip") as archive:
        archive.extractall(base / "source")
    shutil.copyfile(built / "dist" / "solutions" / f"{NAME}.ipynb", base / "submission" / "my work (2).ipynb")
    (base / "submission_metadata.json").write_text(json.dumps(METADATA))
    return base


def written(base):
    return json.loads((base / "results" / "results.json").read_text())


def test_the_instructors_box_says_what_was_run_how_long_and_with_which_build(container):
    source = container / "source"
    run = CliRunner().invoke(
        cli, ["gradescope", str(container), "--autograder", str(source)], catch_exceptions=False
    )
    assert run.exit_code == 0
    for part in (
        "graded",
        "20 of 20",
        "build ",
        "variant primer",
        "sandbox",
        " s\n",
        "Jane Doe",
        "late",
        "attempt    2",
    ):
        assert part in run.output, (part, run.output)
    data = written(container)
    assert data["extra_data"]["students"] == ["Jane Doe <jane@example.org>"]
    assert (data["stdout_visibility"], data["execution_time"] > 0) == ("hidden", True)
    assert sum(entry["score"] for entry in data["tests"]) == pytest.approx(20)


def test_where_no_submission_can_be_shut_in_the_points_are_provisional_and_full(container, monkeypatch):
    monkeypatch.setattr(sandbox_choice, "missing", lambda _kind: "nothing works")
    run = CliRunner().invoke(
        cli, ["gradescope", str(container), "--autograder", str(container / "source")], catch_exceptions=False
    )
    data = written(container)
    assert data["extra_data"]["status"] == "grader_error"
    assert "nothing works" in run.output
    assert (data["score"], sum(entry["score"] for entry in data["tests"])) == (20, 20)
    assert "provisional" in data["output"]


@pytest.fixture
def python_of_the_container(tmp_path):
    """A Python that has the packages of this one, and no way back to the checkout that is installed here."""
    place = tmp_path / "python"
    packages = sysconfig.get_path("purelib")
    place.write_text(f'#!/bin/sh\nPYTHONPATH="{packages}" exec "{sys.executable}" -S "$@"\n')
    place.chmod(0o755)
    return place


def test_the_distribution_alone_grades_as_gradescope_calls_it(container, python_of_the_container):
    run = subprocess.run(
        ["bash", str(container / "source" / "run_autograder")],
        env={"PATH": "/usr/bin:/bin", "PYTHON": str(python_of_the_container)},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    data = written(container)
    assert data["extra_data"]["status"] == "graded", run.stdout + run.stderr
    assert sum(entry["score"] for entry in data["tests"]) == pytest.approx(20)


def test_nothing_that_a_module_of_the_distribution_imports_is_left_out(container, python_of_the_container):
    source = container / "source"
    modules = [
        ".".join(path.relative_to(source).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted((source / "autograder").rglob("*.py"))
        if path.name != "__main__.py"
    ]
    assert "autograder.cli" in modules and len(modules) > 50
    program = "import importlib, sys\nfor name in sys.argv[1:]:\n    importlib.import_module(name)\n"
    run = subprocess.run(
        [python_of_the_container, "-c", program, *modules],
        cwd=source, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("fault", ["no Python", "a Python that ends at once", "a broken grader"])
def test_a_grader_that_cannot_run_at_all_leaves_a_result_that_gradescope_takes(container, fault, tmp_path):
    environment = {"PATH": "/usr/bin:/bin", "PYTHON": shutil.which("python3") or ""}
    if fault == "no Python":
        environment["PYTHON"] = "/nowhere/python3"
    elif fault == "a Python that ends at once":
        environment["PYTHON"] = "/bin/false"
    else:
        (container / "source" / "autograder" / "cli.py").write_text("def main(:\n")
    run = subprocess.run(
        ["bash", str(container / "source" / "run_autograder")],
        env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert run.returncode == 0
    assert "THE GRADER FAILED" in run.stdout
    data = written(container)
    assert (data["score"], sum(entry["score"] for entry in data["tests"])) == (20, 20)
    assert (data["extra_data"]["status"], "provisional" in data["output"]) == ("grader_error", True)
    assert data["output"] == gradescope.PROVISIONAL
