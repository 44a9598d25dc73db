"""A whole class through the command line: killed, out of disk, regraded with a mended check, from five
layouts, and held against the truth it was made from."""

import csv
import io
import json
import os
import random
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import psutil
import pytest
from conftest import ROOT

from autograder.course.chapter import Course
from autograder.gradebook.standings import standings
from autograder.gradebook.statistics import statistics_of
from autograder.gradebook.store import Store
from autograder.prove.synthetic_class import RIGHT, UNTOUCHED, write_class

NAME = "ch06_softmax"
# Whose answers call `softmax`, as the chapter has it.
DEPENDENT = {"softmax_rows", "softmax_with_temperature", "log_softmax"}


@pytest.fixture(scope="module")
def class_of_12(built, tmp_path_factory):
    """Twelve students of one chapter, and the truth about them."""
    place = tmp_path_factory.mktemp("class")
    chapter = Course.at(ROOT).chapters((NAME,))
    truth = write_class(chapter, built, place / "in", 12, "the gradebook's tests")
    return place / "in", truth


def autograder(*arguments, **more):
    call = [sys.executable, "-m", "autograder", *map(str, arguments)]
    return subprocess.run(call, capture_output=True, text=True, timeout=500, check=False, cwd=ROOT, **more)


def grades(out):
    rows = csv.DictReader(io.StringIO((out / "grades.csv").read_text(encoding="utf-8")))
    return {(row["student"] or row["submission"], row["assignment"]): row for row in rows}


def plain(out):
    """What an undisturbed run must give, and nothing of when it was done."""
    return {
        key: {name: value for name, value in row.items() if name != "remarks"}
        for key, row in grades(out).items()
    }


@pytest.fixture(scope="module")
def graded(built, class_of_12, tmp_path_factory):
    out = tmp_path_factory.mktemp("graded") / "out"
    run = autograder("grade", class_of_12[0], "--out", out, "--course", built, "--jobs", 2)
    assert run.returncode == 0, run.stderr
    return out


def test_what_is_counted_is_what_the_class_was_made_from(class_of_12, graded):
    _, truth = class_of_12
    with Store.open(graded) as store:
        book = standings(store)
        (one,) = statistics_of(book, store)
    assert (one.submissions, sum(one.bins)) == (12, 12)
    named = {(held.question, held.name): len(held.students) for held in one.misconceptions}
    for question in one.questions:
        made = truth.count(NAME, question.name)
        # A right answer that calls another question's is right only where that one is.
        assert question.right <= made[RIGHT], question.name
        assert question.right == made[RIGHT] or question.name in DEPENDENT, question.name
        assert question.not_attempted == made[UNTOUCHED], question.name
        for name, count in made.items():
            # What several misconceptions explain alike is named for none of them, and never for another.
            assert named.get((question.name, name), 0) <= count, (question.name, name)
    held = sum(
        sum(count for kind, count in truth.count(NAME, q.name).items() if "_" in kind) for q in one.questions
    )
    assert sum(named.values()) >= 0.7 * held


def test_killed_at_ten_moments_and_resumed_a_class_has_the_same_grades(built, class_of_12, graded, tmp_path):
    folder, out = class_of_12[0], tmp_path / "out"
    call = [
        sys.executable,
        "-m",
        "autograder",
        "grade",
        str(folder),
        "--out",
        str(out),
        "--course",
        str(built),
    ]
    rng = random.Random(10)
    kept = 0
    for _ in range(10):
        grader = subprocess.Popen(
            [*call, "--resume"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
        )
        # Up to the first new result, and then somewhere between it and the next few.
        while len(list(out.glob("results/*.json"))) <= min(kept, 11) and grader.poll() is None:
            time.sleep(0.01)
        time.sleep(rng.random() * 0.4)
        family = psutil.Process(grader.pid).children(recursive=True) if grader.poll() is None else []
        grader.kill()
        grader.wait()
        psutil.wait_procs(family, timeout=10)
        now = len(list(out.glob("results/*.json")))
        assert now >= kept
        kept = now
    run = autograder(*call[3:], "--resume")
    assert run.returncode == 0, run.stderr
    assert plain(out) == plain(graded)
    with Store.open(out) as store:
        assert store.rows("PRAGMA integrity_check")[0][0] == "ok"
        assert len(store.rows("SELECT 1 FROM results WHERE is_current")) == 12


def test_on_a_full_disk_the_error_is_one_sentence_and_nothing_that_was_graded_is_lost(
    built, class_of_12, graded, tmp_path
):
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root can make a small disk")
    out = tmp_path / "out"
    out.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", out], check=False)
    if mounted.returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        run = autograder("grade", class_of_12[0], "--out", out, "--course", built)
        assert run.returncode == 2, run.stdout
        assert "Traceback" not in run.stderr
        assert len(run.stderr.strip().splitlines()) == 1, run.stderr
        assert "No space left on device" in run.stderr or "the disk is full" in run.stderr
        whole = [path for path in out.glob("results/*.json") if json.loads(path.read_bytes())]
        subprocess.run(["mount", "-o", "remount,size=50m", out], check=True)
        run = autograder("grade", class_of_12[0], "--out", out, "--course", built)
        assert run.returncode == 0, run.stderr
        assert f"{len(whole)} of them graded before" in " ".join(run.stdout.split())
        assert plain(out) == plain(graded)
    finally:
        subprocess.run(["umount", out], check=True)


def test_a_place_that_cannot_be_written_to_is_one_sentence(built, class_of_12, tmp_path):
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root can mount a folder that nobody can write to")
    out = tmp_path / "out"
    out.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", out], check=False).returncode:
        pytest.skip("no folder that nobody can write to can be mounted here")
    try:
        run = autograder("grade", class_of_12[0], "--out", out, "--course", built)
    finally:
        subprocess.run(["umount", out], check=True)
    assert run.returncode == 2, run.stdout
    assert "Traceback" not in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1, run.stderr
    assert "read-only" in run.stderr.lower() or "readonly" in run.stderr.lower()


def test_a_locked_store_is_one_sentence(built, class_of_12, graded, tmp_path, monkeypatch):
    import sqlite3

    from click.testing import CliRunner

    from autograder.cli import cli

    monkeypatch.setattr("autograder.gradebook.store.LOCK_SECONDS", 0.2)
    out = tmp_path / "out"
    shutil.copytree(graded, out)
    holder = sqlite3.connect(out / "gradebook.sqlite", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    call = ["grade", str(class_of_12[0]), "--out", str(out), "--course", str(built)]
    run = CliRunner().invoke(cli, call)
    holder.close()
    assert "is in use by another program" in str(run.exception)
    assert CliRunner().invoke(cli, call).exit_code == 0


def broken(distribution: Path, target: Path) -> Path:
    """The distribution with a hidden check of softmax that refuses what is right."""
    with zipfile.ZipFile(distribution) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    source = files["tests/softmax.py"].decode()
    head, _, tail = source.partition("def is_exact_for_small_probabilities(softmax):")
    assert tail
    first, _, rest = tail.partition("softmax = student('softmax', softmax)\n")
    wrong = (
        f"{first}softmax = student('softmax', softmax)\n    expect(softmax, [0.0]).to_equal([2.0])\n{rest}"
    )
    files["tests/softmax.py"] = f"{head}def is_exact_for_small_probabilities(softmax):{wrong}".encode()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target


def test_a_mended_check_moves_exactly_those_whom_it_wronged(built, class_of_12, graded, tmp_path):
    out, mended = tmp_path / "out", built / "dist" / "autograder" / f"{NAME}.zip"
    with_fault = broken(mended, tmp_path / "broken.zip")
    run = autograder("grade", class_of_12[0], "--out", out, "--autograder", with_fault, "--jobs", 2)
    assert run.returncode == 0, run.stderr
    before = {path.name: path.read_bytes() for path in (out / "results").iterdir()}
    wronged = {key[0] for key, row in plain(graded).items() if row["softmax"] != plain(out)[key]["softmax"]}
    assert 0 < len(wronged) < 12
    run = autograder("regrade", out, "--autograder", mended, "--jobs", 2)
    assert run.returncode == 0, run.stderr
    moves = list(csv.DictReader((out / "regrade" / "moves.csv").open()))
    assert {row["student"] for row in moves} == wronged
    assert {row["question"] for row in moves} == {"softmax"}
    assert all("a check passes now" in row["why"] for row in moves)
    assert {path.name: path.read_bytes() for path in (out / "results").iterdir()} == before
    run = autograder("regrade", out, "--autograder", mended, "--apply")
    assert run.returncode == 0, run.stderr
    assert f"{len(wronged)} grades of 12 submissions moved" in " ".join(run.stdout.split())
    assert plain(out) == plain(graded)


def five_layouts(place: Path, answers: tuple[str, str]) -> list[Path]:
    """Twelve students on each of five platforms, and where each platform put them. The answers are handed in
    by turns."""
    names = [f"Student {letter}" for letter in "ABCDEFGHIJKL"]
    lines = []
    for number, name in enumerate(names):
        lines.append(f"submission_{number}:\n  :submitters:\n  - :name: G {name}\n    :sid: 'g{number}'\n")
        for path in (
            f"gradescope/assignment_7_export/submission_{number}/{NAME}.ipynb",
            f"canvas/{name[-1].lower()}student_{100 + number}_{200 + number}_{NAME}-1.ipynb",
            f"moodle/M {name}_{300 + number}_assignsubmission_file_/work.ipynb",
            f"nbgrader/submitted/n{number}/{NAME}/{NAME}.ipynb",
            f"plain/P {name}/{NAME} (1).ipynb",
        ):
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_text(answers[number % 2], encoding="utf-8")
    (place / "gradescope/assignment_7_export/submission_metadata.yml").write_text("".join(lines))
    return [place / name for name in ("gradescope", "canvas", "moodle", "nbgrader", "plain")]


def test_a_class_of_60_from_five_layouts_is_one_table_with_everybodys_name_and_grade(built, tmp_path):
    answers = (
        (built / "dist" / "solutions" / f"{NAME}.ipynb").read_text(encoding="utf-8"),
        (built / "student" / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8"),
    )
    folders = five_layouts(tmp_path / "in", answers)
    out = tmp_path / "out"
    run = autograder("grade", *folders, "--out", out, "--course", built, "--jobs", 2)
    assert run.returncode == 0, run.stderr
    letters = "ABCDEFGHIJKL"
    expected = {
        student: 20.0 if number % 2 == 0 else 0.0
        for number, letter in enumerate(letters)
        for student in (
            f"G Student {letter}",
            f"{letter.lower()}student",
            f"M Student {letter}",
            f"n{number}",
            f"P Student {letter}",
        )
    }
    assert len(expected) == 60
    table = grades(out)
    assert {student: float(row["score"]) for (student, _), row in table.items()} == expected
    assert {row["status"] for row in table.values()} == {"graded"}
