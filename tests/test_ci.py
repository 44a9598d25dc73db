"""Continuous integration: JUnit XML, a summary and annotations, for staff and for students."""

import json
import subprocess
import sys
from xml.etree import ElementTree

import pytest
import yaml
from conftest import ROOT

from autograder.gradebook import ci


@pytest.fixture
def results(tmp_path):
    """Three results: one that lost a public and a hidden check, one that could not be read, one that is
    whole."""

    def check(title, hidden, passed, message=""):
        return {
            "title": title,
            "hidden": hidden,
            "passed": passed,
            "message": message,
            "name": "x",
            "kind": "",
        }

    def result(status, score, questions, reason=""):
        extra = {
            "assignment": "ch06_softmax",
            "status": status,
            "score": score,
            "max_score": 20,
            "reason": reason,
            "questions": questions,
        }
        return {"extra_data": extra}

    lost = {
        "softmax": {
            "score": 1.0,
            "max_score": 4,
            "attempted": True,
            "checks": [
                check("A public | title.", False, False, "you called softmax([1])\x1b"),
                check("A hidden title.", True, False, "you called softmax([SECRET])"),
            ],
        },
        "sample": {
            "score": 0.0,
            "max_score": 2,
            "attempted": False,
            "checks": [
                check("One title.", False, False, "not attempted yet"),
                check("Another title.", False, False, "not attempted yet"),
            ],
        },
    }
    passed = check("A public | title.", False, True)
    whole = {"softmax": {"score": 4.0, "max_score": 4, "attempted": True, "checks": [passed]}}
    place = tmp_path / "out" / "results"
    place.mkdir(parents=True)
    for stem, data in {
        "jane": result("graded", 17.0, lost),
        "lost: file, %": result("invalid", 0, {}, "the file is no notebook"),
        "omar": result("graded", 20.0, whole),
    }.items():
        (place / f"{stem}.json").write_text(json.dumps(data))
    return tmp_path / "out"


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-B", "-m", "autograder", "ci-report", *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_junit_counts_what_failed_and_what_could_not_be_graded(results, tmp_path):
    assert run(results, "--junit", tmp_path / "junit.xml").returncode == 0
    suites = {s.get("name"): s for s in ElementTree.parse(tmp_path / "junit.xml").getroot()}
    assert {name: (s.get("tests"), s.get("failures"), s.get("errors")) for name, s in suites.items()} == {
        "jane": ("2", "2", "0"),
        "lost: file, %": ("1", "0", "1"),
        "omar": ("1", "0", "0"),
    }


def test_students_read_nothing_of_hidden_checks_and_nobody_reads_hidden_inputs(results):
    read = ci.read_results(results)
    for students in (True, False):
        texts = ci.markdown(read, students=students) + "".join(ci.workflow_commands(read, students=students))
        texts += ci.junit(read, students=students) if students else ""
        assert "SECRET" not in texts
        assert ("hidden title" in texts) is not students
        assert ("17 of 20" in texts) is not students
    assert "SECRET" not in ci.junit(read, students=False)


def test_the_summary_is_appended_and_a_table_survives_what_is_in_its_cells(results, tmp_path):
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    assert run(results, "--markdown", summary).returncode == 0
    text = summary.read_text()
    assert text.startswith("before\n")
    assert r"A public \| title." in text


def test_what_was_not_attempted_is_one_line_and_not_one_per_check(results):
    read = ci.read_results(results)
    for students in (True, False):
        text = ci.markdown(read, students=students)
        assert "\n## jane: what failed\n" in text
        assert text.count("`sample`") == text.count("- `sample`: not attempted\n") == 1
    assert 'message="not attempted"' in ci.junit(read, students=False)


def test_annotations_are_one_line_each_in_the_services_own_escapes(results):
    said = run(results, "--annotations").stdout.splitlines()
    assert said == [
        "::notice title=jane::17 of 20 points",
        "::warning title=lost%3A file%2C %25::invalid: the file is no notebook",
    ]


def test_a_folder_without_results_is_one_message_and_exit_code_2(tmp_path):
    done = run(tmp_path)
    assert (done.returncode, done.stderr.startswith("error: ")) == (2, True)


@pytest.mark.parametrize("path", sorted((ROOT / ".github" / "workflows").glob("*.yml")), ids=lambda p: p.name)
def test_a_workflow_parses_and_gives_what_is_handed_in_no_rights(path):
    workflow = yaml.safe_load(path.read_text())
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        for step in job["steps"]:
            # A pull request's text in a shell line is code of its author's.
            assert "github.event.pull_request.title" not in str(step.get("run", ""))
            if "checkout" in step.get("uses", "") and "pull_request_target" in path.read_text():
                assert step["with"]["persist-credentials"] is False
