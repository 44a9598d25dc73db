"""Other accounts' rights are off for as long as anything grades, and come back, whoever ends first or is
killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from conftest import ROOT

from autograder.grade import privacy
from autograder.grade.privacy import kept_private

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can run submissions as another user")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(privacy, "RECORDS", tmp_path / "records")
    place = tmp_path / "secret"
    place.mkdir(mode=0o755)
    return place


def mode_of(path):
    return path.stat().st_mode & 0o777


def another_grader(folder, records):
    """A process that keeps the folder private until it is told to end."""
    program = dedent(f"""
        import sys
        from pathlib import Path
        from autograder.grade import privacy
        privacy.RECORDS = Path({str(records)!r})
        with privacy.kept_private([Path({str(folder)!r})], "user"):
            print("closed", flush=True)
            sys.stdin.read()
        """)
    pipe = subprocess.PIPE
    grader = subprocess.Popen([sys.executable, "-c", program], stdin=pipe, stdout=pipe, text=True, cwd=ROOT)
    assert grader.stdout.readline() == "closed\n"
    return grader


def test_the_first_of_two_graders_to_end_leaves_closed_what_the_second_still_needs(folder):
    with kept_private([folder], "user"):
        assert mode_of(folder) == 0o700
        second = another_grader(folder, privacy.RECORDS)
    assert mode_of(folder) == 0o700
    second.communicate("")
    assert mode_of(folder) == 0o755


def test_what_a_killed_grader_left_closed_is_opened_by_the_next_whatever_its_sandbox(folder):
    for sandbox in ("user", "namespaces", "none"):
        grader = another_grader(folder, privacy.RECORDS)
        grader.send_signal(signal.SIGKILL)
        grader.wait()
        assert mode_of(folder) == 0o700
        with kept_private([], sandbox):
            assert mode_of(folder) == 0o755


def test_a_grader_that_comes_after_a_killed_one_keeps_the_folder_closed_and_gives_back_its_first_mode(folder):
    grader = another_grader(folder, privacy.RECORDS)
    grader.kill()
    grader.wait()
    with kept_private([folder], "user"):
        assert mode_of(folder) == 0o700
    assert mode_of(folder) == 0o755
    assert not list(Path(privacy.RECORDS).glob("grader-*"))
