"""A batch on a Dask cluster of two workers on this machine: the same grades, also where a worker dies
halfway."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT
from test_gradebook_batches import NAME, autograder, plain

from autograder.course.chapter import Course
from autograder.prove.synthetic_class import write_class

pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def class_of_8(built, tmp_path_factory):
    place = tmp_path_factory.mktemp("class") / "in"
    write_class(Course.at(ROOT).chapters((NAME,)), built, place, 8, "a cluster")
    return place


@pytest.fixture(scope="module")
def graded_here(built, class_of_8, tmp_path_factory):
    out = tmp_path_factory.mktemp("here") / "out"
    run = autograder("grade", class_of_8, "--out", out, "--course", built)
    assert run.returncode == 0, run.stderr
    return out


@pytest.fixture
def cluster(tmp_path):
    """A scheduler's address, and the processes of its two workers."""
    dask = Path(sys.executable).with_name("dask")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    address_file = tmp_path / "scheduler.json"
    local = ["--host", "127.0.0.1", "--no-dashboard"]
    scheduler = subprocess.Popen(
        [dask, "scheduler", "--port", "0", *local, "--scheduler-file", address_file], **quiet
    )
    deadline = time.monotonic() + 120
    while not address_file.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    one = [dask, "worker", "--scheduler-file", address_file, "--nthreads", "1", "--no-nanny", *local]
    workers = [subprocess.Popen([*one, "--name", str(number)], **quiet) for number in range(2)]
    import json

    from distributed import Client

    address = json.loads(address_file.read_text())["address"]
    try:
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=120)
        yield address, workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


def test_a_cluster_gives_the_same_grades_also_where_a_worker_dies_halfway(
    built, class_of_8, graded_here, cluster, tmp_path
):
    address, workers = cluster
    out = tmp_path / "out"
    call = [sys.executable, "-m", "autograder", "grade", class_of_8, "--out", out, "--course", built]
    grader = subprocess.Popen([*call, "--cluster", address], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    while len(list(out.glob("results/*.json"))) < 2 and grader.poll() is None:
        time.sleep(0.02)
    assert grader.poll() is None
    workers[0].kill()
    said, _ = grader.communicate(timeout=500)
    assert grader.returncode == 0, said
    assert plain(out) == plain(graded_here)
    # What is graded here afterwards is known already: the same grader, sandbox and distributions.
    run = autograder("grade", class_of_8, "--out", out, "--course", built)
    assert "8 of them graded before" in " ".join(run.stdout.split())


def test_no_cluster_at_an_address_is_one_sentence(built, class_of_8, tmp_path, monkeypatch):
    monkeypatch.setattr("autograder.grade.cluster.CONNECT_SECONDS", 1)
    from click.testing import CliRunner

    from autograder.cli import cli

    call = ["grade", str(class_of_8), "--out", str(tmp_path / "out"), "--course", str(built)]
    run = CliRunner().invoke(cli, [*call, "--cluster", "tcp://127.0.0.1:9"])
    assert "there is no Dask scheduler at tcp://127.0.0.1:9" in str(run.exception)
    monkeypatch.setitem(sys.modules, "distributed", None)
    run = CliRunner().invoke(cli, [*call, "--cluster", "tcp://127.0.0.1:9"])
    assert "--cluster needs Dask" in str(run.exception)
