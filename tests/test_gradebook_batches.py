"""A whole class through the command line: killed, out of disk, regraded with a mended check, from five
layouts, and held against the truth it was made from."""

import csv
import io
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import closing
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


def grading(folder, out, built, *more):
    """A batch in a process of its own."""
    call = [sys.executable, "-m", "autograder", "grade", folder, "--out", out, "--course", built, *more]
    return subprocess.Popen(
        list(map(str, call)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )


def whole_results(out):
    """How many results there are; each must be whole."""
    return len([json.loads(path.read_bytes()) for path in out.glob("results/*.json")])


def kept_scores(out):
    """What the store holds, by submission."""
    with Store.open(out) as store:
        assert store.rows("PRAGMA integrity_check")[0][0] == "ok"
        return {standing.submission.stem: standing.score for standing in standings(store).standings}


def test_killed_at_ten_random_moments_and_resumed_a_class_has_the_same_grades(
    built, class_of_12, graded, tmp_path
):
    folder, out = class_of_12[0], tmp_path / "out"
    seed = int(os.environ.get("AUTOGRADER_SEED") or random.SystemRandom().randrange(10**6))
    rng, told = random.Random(seed), f"AUTOGRADER_SEED={seed} chooses these moments"
    expected = kept_scores(graded)
    assert len(expected) == 12
    done = kept = 0
    for moment in range(10):
        grader = grading(folder, out, built, "--resume", "--jobs", rng.choice((1, 2)))
        if moment % 2:
            # After the first new result: so it goes on from kill to kill, and comes to its end.
            while whole_results(out) <= min(done, 11) and grader.poll() is None:
                time.sleep(0.01)
            time.sleep(rng.random() * 0.4)
        else:
            # Anywhere, from the first import on.
            time.sleep(rng.random() * 3)
        family = psutil.Process(grader.pid).children(recursive=True) if grader.poll() is None else []
        grader.kill()
        grader.communicate()
        _, alive = psutil.wait_procs(family, timeout=10)
        assert not alive, told
        # What was graded before is still there, and all that is there is right.
        assert whole_results(out) >= done, told
        done = whole_results(out)
        if (out / "gradebook.sqlite").exists():
            there = kept_scores(out)
            assert len(there) >= kept and there.items() <= expected.items(), told
            kept = len(there)
    grader = grading(folder, out, built, "--resume")
    _, said = grader.communicate(timeout=500)
    assert grader.returncode == 0, (said, told)
    assert plain(out) == plain(graded), told
    assert kept_scores(out) == expected, told
    with Store.open(out) as store:
        assert len(store.rows("SELECT 1 FROM results WHERE is_current")) == 12, told


@pytest.mark.parametrize("size", ["40k", "180k", "400k"])
def test_on_a_full_disk_the_error_is_one_sentence_and_nothing_that_was_graded_is_lost(
    built, class_of_12, graded, tmp_path, size
):
    """Before there is a store, with the first result, and halfway."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root can make a small disk")
    out = tmp_path / "out"
    out.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", out], check=False)
    if mounted.returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        run = autograder("grade", class_of_12[0], "--out", out, "--course", built)
        assert run.returncode == 2, run.stdout
        assert "Traceback" not in run.stderr
        assert len(run.stderr.strip().splitlines()) == 1, run.stderr
        assert "No space left on device" in run.stderr or "the disk is full" in run.stderr
        assert "the same call again does the rest" in run.stderr
        done = whole_results(out)
        subprocess.run(["mount", "-o", "remount,size=50m", out], check=True)
        run = autograder("grade", class_of_12[0], "--out", out, "--course", built, "--resume")
        assert run.returncode == 0, run.stderr
        assert not done or f"{done} of them graded before" in " ".join(run.stdout.split())
        assert plain(out) == plain(graded)
        assert kept_scores(out) == kept_scores(graded)
    finally:
        subprocess.run(["umount", out], check=True)


def test_a_store_that_is_locked_halfway_is_one_sentence_and_nothing_that_was_graded_is_lost(
    built, class_of_12, graded, tmp_path
):
    out = tmp_path / "out"
    grader = grading(class_of_12[0], out, built)
    while whole_results(out) < 2 and grader.poll() is None:
        time.sleep(0.01)
    with closing(sqlite3.connect(out / "gradebook.sqlite", isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        _, said = grader.communicate(timeout=500)
    assert grader.returncode == 2, said
    assert said.count("\n") == 1
    assert "gradebook.sqlite is in use by another program for more than 20 s" in said
    assert "nothing that was graded is lost, and the same call again does the rest" in said
    done = whole_results(out)
    assert 2 <= done < 12
    run = autograder("grade", class_of_12[0], "--out", out, "--course", built, "--resume")
    assert run.returncode == 0, run.stderr
    assert f"{done} of them graded before" in " ".join(run.stdout.split())
    assert plain(out) == plain(graded)
    assert kept_scores(out) == kept_scores(graded)


def test_a_second_batch_into_the_same_folder_is_refused_and_the_first_is_whole(
    built, class_of_12, graded, tmp_path
):
    """Each would take what the other found for gone."""
    out = tmp_path / "out"
    first = grading(class_of_12[0], out, built)
    while whole_results(out) < 1 and first.poll() is None:
        time.sleep(0.01)
    first.send_signal(signal.SIGSTOP)
    try:
        second = autograder("grade", class_of_12[0], "--out", out, "--course", built)
        regrading = autograder("regrade", out, "--course", built)
    finally:
        first.send_signal(signal.SIGCONT)
    for run in (second, regrading):
        assert run.returncode == 2, run.stdout
        assert run.stderr.startswith("error: another `autograder grade` or `regrade` is writing to")
        assert run.stderr.count("\n") == 1
    _, said = first.communicate(timeout=500)
    assert first.returncode == 0, said
    assert plain(out) == plain(graded)


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
