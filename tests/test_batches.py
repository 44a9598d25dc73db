"""Many submissions at a time: what a grader that is killed leaves, what the next run takes over, and which
sandbox it all runs in."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import psutil
import pytest
from conftest import ROOT

from autograder.grade import sandbox_choice
from autograder.grade.pipeline import grade
from autograder.grade.privacy import kept_private
from autograder.grade.release import load
from autograder.grade.sandbox_choice import NoSandbox, choose_sandbox, missing
from autograder.grade.submission import read
from autograder.grade.zygote import Zygote

NAME = "ch06_softmax"


def command(built, folder, out, *more):
    return [
        sys.executable,
        "-m",
        "autograder",
        "grade",
        str(folder),
        "--out",
        str(out),
        "--course",
        str(built),
        "--jobs",
        "2",
        *more,
    ]


def hand_in(built, folder, count):
    folder.mkdir()
    for number in range(count):
        shutil.copyfile(built / "dist" / "solutions" / f"{NAME}.ipynb", folder / f"{NAME}_{number:02d}.ipynb")
    return folder


def without_end(folder, numbers):
    """Put an endless cell into some of what was handed in, so that a grader is still at work when it is to be
    stopped, however fast it is."""
    for number in numbers:
        path = folder / f"{NAME}_{number:02d}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        notebook.cells.append(nbformat.v4.new_code_cell("while True:\n    pass"))
        nbformat.write(notebook, path)


def test_a_grader_that_is_killed_leaves_no_process_and_no_half_result_and_the_next_run_does_the_rest(
    built, tmp_path
):
    folder, out = hand_in(built, tmp_path / "in", 40), tmp_path / "out"
    without_end(folder, (38, 39))
    grader = subprocess.Popen(
        command(built, folder, out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
    )
    watched = psutil.Process(grader.pid)
    while len(list(out.glob("results/*.json"))) < 5:
        # Without a rest: what is to be hit is the middle of the work.
        assert grader.poll() is None
    family = watched.children(recursive=True)
    grader.kill()
    grader.wait()
    _, alive = psutil.wait_procs(family, timeout=10)
    assert family
    assert not alive
    before = {path.name: path.read_bytes() for path in out.glob("results/*.json")}
    assert 5 <= len(before) < 40
    assert {json.loads(content)["score"] for content in before.values()} == {20}
    for number in (38, 39):
        shutil.copyfile(folder / f"{NAME}_00.ipynb", folder / f"{NAME}_{number}.ipynb")
    run = subprocess.run(
        command(built, folder, out), capture_output=True, text=True, timeout=300, check=False, cwd=ROOT
    )
    assert run.returncode == 0, run.stderr
    assert f"40 submissions, {len(before)} of them graded before" in " ".join(run.stdout.split())
    after = {path.name: path.read_bytes() for path in (out / "results").iterdir()}
    assert sorted(after) == [f"{NAME}_{number:02d}.json" for number in range(40)]
    assert {name: after[name] for name in before} == before


def test_a_submission_that_has_changed_is_graded_again_and_one_that_has_not_is_not(built, tmp_path):
    folder, out = hand_in(built, tmp_path / "in", 2), tmp_path / "out"

    def graded(*more):
        run = subprocess.run(
            command(built, folder, out, *more),
            capture_output=True,
            text=True,
            timeout=300,
            check=True,
            cwd=ROOT,
        )
        scores = {
            path.stem[-2:]: json.loads(path.read_text())["score"] for path in (out / "results").iterdir()
        }
        return scores, "of them graded before" in run.stdout

    assert graded() == ({"00": 20, "01": 20}, False)
    shutil.copyfile(built / "student" / NAME / f"{NAME}.ipynb", folder / f"{NAME}_01.ipynb")
    (out / "results" / f"{NAME}_00.json").write_bytes((out / "results" / f"{NAME}_00.json").read_bytes())
    assert graded() == ({"00": 20, "01": 0}, True)
    assert graded("--again") == ({"00": 20, "01": 0}, False)
    (out / "results" / f"{NAME}_00.json").write_text('{"score": 1')
    assert graded() == ({"00": 20, "01": 0}, True)


def test_a_process_of_the_grader_that_dies_costs_nobody_a_result(built, tmp_path, monkeypatch):
    from autograder.grade import run

    folder, out = hand_in(built, tmp_path / "in", 4), tmp_path / "out"
    whole = run.Grader.grade_into

    def dies_on_one(self, path, stem):
        if stem.endswith("_02"):
            os._exit(1)
        return whole(self, path, stem)

    monkeypatch.setattr(run.Grader, "grade_into", dies_on_one)
    call = run.GradingJob(out, run.Releases(None, built / "dist" / "autograder"), choose_sandbox("auto"))
    rows = run.grade_all([(path, path.stem) for path in sorted(folder.iterdir())], call, 2, lambda _row: None)
    assert [(row.status, row.score) for row in rows] == [
        ("graded", 20),
        ("graded", 20),
        ("grader_error", None),
        ("graded", 20),
    ]
    assert "the process that graded it died" in rows[2].remarks


def test_a_missing_sandbox_is_told_and_auto_refuses(monkeypatch):
    monkeypatch.setattr(sandbox_choice, "missing", lambda kind: "not today")
    for wanted in ("auto", "namespaces", "user"):
        with pytest.raises(NoSandbox, match="not today"):
            choose_sandbox(wanted)
    assert choose_sandbox("none") == "none"


def test_every_result_says_which_sandbox_it_stood_in(built, tmp_path):
    for kind in ("namespaces", "user", "none"):
        if not missing(kind):
            folder = tmp_path / kind
            run = subprocess.run(
                command(built, built / "student" / NAME / f"{NAME}.ipynb", folder, "--sandbox", kind),
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
                cwd=ROOT,
            )
            assert run.returncode == 0, run.stderr
            assert (
                json.loads((folder / "results" / f"{NAME}.json").read_text())["extra_data"]["sandbox"] == kind
            )


def test_a_secret_that_another_user_could_read_keeps_that_sandbox_from_starting(built):
    if reason := missing("user"):
        pytest.skip(reason)
    place = Path("/var/tmp") / f"readable-{os.getpid()}"
    place.mkdir(mode=0o755)
    release = load(built / "dist" / "autograder" / f"{NAME}.zip")
    submission = read(built / "dist" / "solutions" / f"{NAME}.ipynb", "s", [NAME])
    zygote = Zygote("user", [place])
    try:
        result = grade(submission, release, zygote)
        assert (result.status, "can be read by every account" in result.reason) == ("grader_error", True)
        with kept_private([place], "user"):
            assert grade(submission, release, zygote).score == 20
        assert place.stat().st_mode & 0o777 == 0o755
    finally:
        zygote.close()
        place.rmdir()


def test_a_folder_of_every_account_is_no_place_for_submissions_where_they_run_as_another_user():
    with (
        pytest.raises(NoSandbox, match="is a folder for every account"),
        kept_private([Path("/tmp")], "user"),
    ):
        pass


def test_a_gradescope_container_without_namespaces_runs_the_submission_as_another_user(
    built, tmp_path, monkeypatch
):
    import zipfile

    import nbformat
    from click.testing import CliRunner

    from autograder.cli import cli

    if reason := missing("user"):
        pytest.skip(reason)
    monkeypatch.setattr(
        sandbox_choice, "missing", lambda kind: "no namespaces here" if kind == "namespaces" else ""
    )
    base = tmp_path / "autograder"
    for folder in ("source", "submission", "results"):
        (base / folder).mkdir(parents=True)
    with zipfile.ZipFile(built / "dist" / "autograder" / f"{NAME}.zip") as archive:
        archive.extractall(base / "source")
    notebook = nbformat.read(built / "dist" / "solutions" / f"{NAME}.ipynb", as_version=4)
    hunt = (
        f"import os, getpass\nfound = []\nfor place in ({str(base)!r}, {str(base / 'source')!r},"
        f" {str(base / 'source' / 'tests' / 'softmax.py')!r}, {str(base / 'results')!r}):\n    try:\n       "
        " found.append(os.listdir(place) if os.path.isdir(place) else open(place).read())\n    except"
        " OSError:\n        pass\nimport statistics, xml.dom, numpy.polynomial\nif found or os.getuid() =="
        " 0:\n    raise RuntimeError(f'LOOT {os.getuid()} {found}')\nexample_6 = [0.629, 0.231, 0.140]"
    )
    for cell in notebook.cells:
        if cell.id == f"{NAME}-example_6-answer":
            cell.source = hunt
    nbformat.write(notebook, base / "submission" / "work.ipynb")
    # The folders above are pytest's own, and closed to others; a container's are not.
    run = CliRunner().invoke(
        cli, ["gradescope", str(base), "--autograder", str(base / "source")], catch_exceptions=False
    )
    assert run.exit_code == 0
    data = json.loads((base / "results" / "results.json").read_text())
    assert (data["extra_data"]["sandbox"], data["extra_data"]["score"]) == ("user", 20), [
        entry["output"] for entry in data["tests"] if entry["status"] != "passed"
    ]


def test_a_secret_among_the_interpreters_own_files_is_covered(built):
    import sysconfig

    from autograder.grade.reading.cells import Cell
    from autograder.grade.submission import Submission

    if reason := missing("namespaces"):
        pytest.skip(reason)
    library = Path(sysconfig.get_paths()["stdlib"])
    folder, file = library / "wsgiref", library / "antigravity.py"
    look = (
        f"import os\nfound = []\nfor place in ({str(folder)!r}, {str(file)!r},"
        f" {str(library / 'this.py')!r}):\n    try:\n        found += os.listdir(place) if"
        " os.path.isdir(place) else open(place).read()[:20].split()\n    except OSError:\n       "
        " pass\nexample_6 = found"
    )
    release = load(built / "dist" / "autograder" / f"{NAME}.zip")
    for secrets, seen in (([], "wsgiref"), ([folder, file], "")):
        zygote = Zygote("namespaces", secrets)
        result = grade(
            Submission(ROOT, "s", [Cell("0", f"{look}\nraise ValueError(found)")], NAME), release, zygote
        )
        zygote.close()
        note = next(outcome.note for outcome in result.questions if outcome.question.name == "example_6")
        assert 's = \\"\\"\\"Gur' in note or "Gur" in note, note
        assert ("handlers.py" in note) == bool(seen), note
        assert ("import" in note.replace("did not", "")) == bool(seen), note


def test_an_interrupted_grader_says_so_and_leaves_no_process(built, tmp_path):
    import signal

    folder, out = hand_in(built, tmp_path / "in", 20), tmp_path / "out"
    without_end(folder, (18, 19))
    grader = subprocess.Popen(
        command(built, folder, out), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT
    )
    while len(list(out.glob("results/*.json"))) < 5:
        assert grader.poll() is None
    family = psutil.Process(grader.pid).children(recursive=True)
    grader.send_signal(signal.SIGINT)
    said, _ = grader.communicate(timeout=30)
    _, alive = psutil.wait_procs(family, timeout=10)
    assert not alive
    assert grader.returncode == 130, said
    assert "interrupted: the results so far are in" in " ".join(said.split())
    assert "Traceback" not in said, said


def test_an_interrupt_that_python_drops_stops_the_grader_all_the_same(built, tmp_path, monkeypatch):
    import signal

    from autograder.grade import run

    class Finalized:
        def __del__(self):
            signal.raise_signal(signal.SIGINT)

    seen = []
    monkeypatch.setattr(sys, "unraisablehook", lambda dropped: seen.append(dropped.exc_type))
    monkeypatch.setattr(run, "AHEAD", 1)
    folder, out = hand_in(built, tmp_path / "in", 12), tmp_path / "out"
    graded = []

    def done(row):
        graded.append(row)
        Finalized()

    job = run.GradingJob(out, run.Releases(None, built / "dist" / "autograder"), choose_sandbox("auto"))
    with pytest.raises(KeyboardInterrupt):
        run.grade_all([(path, path.stem) for path in sorted(folder.iterdir())], job, 2, done)
    assert KeyboardInterrupt in seen
    assert len(graded) <= 2
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_machine_that_hides_part_of_proc_gives_namespaces_all_the_same():
    if reason := missing("namespaces"):
        pytest.skip(reason)
    if os.geteuid() != 0 or not shutil.which("unshare"):
        pytest.skip("only root can hide a part of /proc")
    trial = ROOT / "autograder" / "grade" / "inside" / "__main__.py"
    # A container's way: a file system of nothing over a folder of /proc, so that the kernel mounts no new
    # one.
    hide = f"mount -t tmpfs none /proc/fs && exec {sys.executable} -I -S -B {trial} try namespaces"
    run = subprocess.run(
        ["unshare", "--mount", "sh", "-c", hide], capture_output=True, text=True, timeout=60, check=False
    )
    assert (run.returncode, run.stdout.strip()) == (0, '""'), run.stderr
