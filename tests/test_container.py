"""A Gradescope container in a real root: Debian or Ubuntu, `/autograder` as Gradescope lays it out, no
network, 768 MB. Debian 12 by default; `SUITES="bookworm trixie jammy noble"` names others, Gradescope's
own among them.

`setup.sh` and `run_autograder` run as they are, in a chroot with the capabilities that Docker gives. There,
as in Gradescope's containers, no user namespace can be made, so that submissions run as another user.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import pytest
from conftest import ROOT

from autograder.grade import gradescope

NAME = "ch06_softmax"
SUITES = os.environ.get("SUITES", "bookworm").split()
UBUNTU = {"jammy", "noble"}
UBUNTU_MIRROR = "http://archive.ubuntu.com/ubuntu"
# A root is made once and kept here; each run works in a copy.
KEPT = ROOT / ".container"
# Where pip in the root finds the certificates that pip trusts here: a package of Debian's owns their usual
# place.
CERTIFICATES = "root/certificates.pem"
MEMORY = 768 * 2**20
CPUS = 0.5
# What Docker leaves to root in a container.
CAPABILITIES = [
    "chown",
    "dac_override",
    "fowner",
    "fsetid",
    "kill",
    "setgid",
    "setuid",
    "setpcap",
    "net_bind_service",
    "net_raw",
    "sys_chroot",
    "mknod",
    "audit_write",
    "setfcap",
]
VISIBILITIES = {"visible", "hidden", "after_due_date", "after_published"}
METADATA = {
    "id": 1,
    "created_at": "2026-11-02T10:00:00.000000-07:00",
    "assignment": {"due_date": "2026-11-03T23:00:00.000000-07:00", "title": "VI", "total_points": "20.0"},
    "users": [{"email": "jane@example.org", "id": 3, "name": "Jane Doe"}],
    "previous_submissions": [],
}
# A submission's answer carries what it found out: the public check's message shows it.
SPY = """
import os

def tried(path, mode):
    try:
        with open(path, mode) as opened:
            if mode == "r":
                opened.read(1)
            return True
    except (OSError, UnicodeDecodeError):
        return False

def below(folder):
    return [os.path.join(place, name) for place, _, names in os.walk(folder) for name in names]

KNOWN = ["/autograder/source/" + name for name in ("release.json", "run_autograder", "autograder/cli.py")]
SEEN = [path for path in below("/autograder/source") + KNOWN if tried(path, "r")]
OTHERS = [path for path in below("/autograder/submission") + below("/autograder/results") if tried(path, "r")]
FOUND = f"control:{tried('/etc/debian_version', 'r')} read:{len(SEEN)} others:{len(OTHERS)}"
"""
FORGER = """
import json, os, time

FORGED = json.dumps({"score": 20, "tests": [{"name": "forged", "score": 20, "max_score": 20}]})
WRITTEN = []

def forge():
    for path in ("/autograder/results/results.json", "/autograder/results/other.json",
                 "/autograder/run_autograder", "/autograder/source/run_autograder"):
        try:
            with open(path, "w") as opened:
                opened.write(FORGED)
            WRITTEN.append(path)
        except OSError:
            pass

forge()
with open("/tmp/control", "w") as opened:
    opened.write("x")
FOUND = f"control:{os.path.exists('/tmp/control')} written:{len(WRITTEN)}"
if os.fork() == 0:
    # Left behind, to write once the grader has.
    os.setsid()
    for _ in range(100):
        forge()
        time.sleep(0.1)
    os._exit(0)
"""


def _lacking() -> str:
    if sys.platform != "linux" or os.geteuid() != 0:
        return "only root on Linux can make a root file system"
    tools = [tool for tool in ("debootstrap", "unshare", "chroot") if shutil.which(tool) is None]
    return f"not installed: {', '.join(tools)} (apt-get install debootstrap)" if tools else ""


pytestmark = [
    pytest.mark.container,
    pytest.mark.skipif(bool(_lacking()), reason=f"no container can be made: {_lacking()}"),
]


@dataclass
class Limits:
    """A control group with Gradescope's smallest container's memory and processor, if one can be made."""

    folders: list[Path] = field(default_factory=list)
    peak_file: Path | None = None

    @classmethod
    def made(cls) -> Limits:
        base, name = Path("/sys/fs/cgroup"), f"course-container-{os.getpid()}"
        memory, processor = base / "memory" / name, base / "cpu" / name
        try:
            memory.mkdir()
            (memory / "memory.limit_in_bytes").write_text(str(MEMORY))
            processor.mkdir()
            (processor / "cpu.cfs_quota_us").write_text(str(int(CPUS * 100_000)))
        except OSError as error:
            print(f"no limits of memory and processor here: {error}")
            for folder in (memory, processor):
                if folder.is_dir():
                    folder.rmdir()
            return cls()
        return cls([memory, processor], memory / "memory.max_usage_in_bytes")

    def join(self) -> str:
        return "".join(f"echo $$ > {folder}/cgroup.procs; " for folder in self.folders)

    def peak(self) -> float:
        """The most memory used since this was asked last, in MB, with what is cached of files."""
        if self.peak_file is None:
            return 0.0
        used = int(self.peak_file.read_text()) / 2**20
        self.peak_file.write_text("0")
        return used

    def remove(self) -> None:
        for folder in self.folders:
            folder.rmdir()


@dataclass
class Container:
    """A root with `/autograder` in it, and what runs there."""

    root: Path
    limits: Limits
    set_up_seconds: float = 0.0

    def run(self, command: str, *, online: bool = False) -> subprocess.CompletedProcess[str]:
        """Run a command in the root: in its own mount and process namespaces, without a network unless
        `online`, and with Docker's capabilities."""
        kept = ",".join(["-all", *(f"+{name}" for name in CAPABILITIES)])
        environment = {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": "/root",
        }
        if online:
            # However pip and TLS are set up on this machine.
            environment |= {k: v for k, v in os.environ.items() if k.startswith("PIP_")}
            if (self.root / CERTIFICATES).is_file():
                environment["PIP_CERT"] = f"/{CERTIFICATES}"
        inside = f"setpriv --bounding-set={kept} --inh-caps=-all bash -c '{command}'"
        script = (
            f"{'' if online else self.limits.join()}"
            f"exec unshare --mount --pid --fork --ipc {'' if online else '--net '}bash -c"
            f' "mount -t proc proc {self.root}/proc && exec chroot {self.root} {inside}"'
        )
        return subprocess.run(
            ["bash", "-c", script], env=environment, capture_output=True, text=True, timeout=600, check=False
        )

    def grade(self, label: str, content: bytes) -> dict[str, Any]:
        """The result of a submission, as Gradescope would read it."""
        base = self.root / "autograder"
        for folder in (base / "submission", base / "results"):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        (base / "submission" / f"{NAME}.ipynb").write_bytes(content)
        self.limits.peak()
        started = time.monotonic()
        done = self.run("/autograder/run_autograder")
        seconds = time.monotonic() - started
        print(f"{label}: {seconds:.1f} s, at most {self.limits.peak():.0f} MB")
        assert done.returncode == 0, done.stdout + done.stderr
        data: dict[str, Any] = json.loads((base / "results" / "results.json").read_text())
        assert sorted(path.name for path in (base / "results").iterdir()) == ["results.json"]
        self.said = done.stdout
        as_specified(data)
        return data


def as_specified(data: dict[str, Any]) -> None:
    """Gradescope's specification of results.json, as far as a grader of this kind uses it."""
    assert isinstance(data["tests"], list) and data["tests"]
    for entry in data["tests"]:
        assert isinstance(entry["name"], str) and isinstance(entry["output"], str)
        assert 0 <= entry["score"] <= entry["max_score"]
        assert entry["visibility"] in VISIBILITIES
        assert entry.get("status", "passed") in {"passed", "failed"}
        assert entry.get("output_format", "text") in {"text", "html", "simple_format", "md", "ansi"}
    assert isinstance(data.get("score", 0), int | float)
    assert isinstance(data.get("execution_time", 0), int | float)
    assert data.get("stdout_visibility", "hidden") in VISIBILITIES
    assert sum(entry["max_score"] for entry in data["tests"]) == pytest.approx(20)


def total(data: dict[str, Any]) -> float:
    return sum(entry["score"] for entry in data["tests"])


def folder_mb(path: Path) -> float:
    done = subprocess.run(["du", "-sxm", path], capture_output=True, text=True, check=True)
    return float(done.stdout.split()[0])


@pytest.fixture(scope="module", params=SUITES)
def minimal(request: pytest.FixtureRequest) -> Path:
    """A minimal system, made once."""
    suite = str(request.param)
    place = KEPT / suite
    if not place.is_dir():
        KEPT.mkdir(exist_ok=True)
        unfinished = KEPT / f"{suite}.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        command = ["debootstrap", "--variant=minbase", suite, str(unfinished)]
        if suite in UBUNTU:
            # Debian's debootstrap may be older than the suite; all of Ubuntu's are made by one script.
            command[2:2] = ["--components=main,universe"]
            command += [UBUNTU_MIRROR, "/usr/share/debootstrap/scripts/gutsy"]
        subprocess.run(command, check=True, capture_output=True)
        if suite in UBUNTU:
            # As in Ubuntu's own images. 22.04 has its Python 3.11 among the updates.
            pockets = (suite, f"{suite}-updates", f"{suite}-security")
            lines = (f"deb {UBUNTU_MIRROR} {pocket} main universe\n" for pocket in pockets)
            (unfinished / "etc" / "apt" / "sources.list").write_text("".join(lines))
        unfinished.rename(place)
    return place


@pytest.fixture(scope="module")
def container(minimal: Path, built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Container]:
    """The root with the distribution unpacked and `setup.sh` run."""
    root = tmp_path_factory.mktemp("container") / "root"
    subprocess.run(["cp", "-a", minimal, root], check=True)
    shutil.copyfile("/etc/resolv.conf", root / "etc" / "resolv.conf")
    certificates = Path(os.environ.get("PIP_CERT", ""))
    if certificates.is_file():
        shutil.copyfile(certificates, root / CERTIFICATES)
    base = root / "autograder"
    (base / "source").mkdir(parents=True)
    with zipfile.ZipFile(built / "dist" / "autograder" / f"{NAME}.zip") as archive:
        archive.extractall(base / "source")
    shutil.copyfile(base / "source" / "run_autograder", base / "run_autograder")
    (base / "run_autograder").chmod(0o755)
    (base / "submission_metadata.json").write_text(json.dumps(METADATA))
    made = Container(root, Limits.made())
    try:
        before, started = folder_mb(root), time.monotonic()
        done = made.run("bash /autograder/source/setup.sh", online=True)
        made.set_up_seconds = time.monotonic() - started
        print(
            f"{minimal.name}: set-up {made.set_up_seconds:.1f} s; the system {before:.0f} MB, with the grader"
            f" {folder_mb(root):.0f} MB"
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        yield made
    finally:
        made.limits.remove()
        shutil.rmtree(root, ignore_errors=True)


def attacking(built: Path, source: str) -> bytes:
    """The untouched notebook with code before all else, and a `softmax` that tells what the code found."""
    made = nbformat.read(built / "student" / NAME / f"{NAME}.ipynb", 4)
    for cell in made.cells:
        if cell.cell_type == "code" and "def softmax(" in cell.source:
            cell.source = "def softmax(z):\n    return FOUND"
    made.cells.insert(0, nbformat.v4.new_code_cell(source, id="attack"))
    return nbformat.writes(made).encode()


def test_a_solved_submission_gets_every_point_and_its_hidden_checks_stay_hidden(
    container: Container, built: Path
) -> None:
    data = container.grade("solved", (built / "dist" / "solutions" / f"{NAME}.ipynb").read_bytes())
    assert total(data) == pytest.approx(20), container.said
    assert {entry["visibility"] for entry in data["tests"]} == {"visible", "hidden"}
    assert all("hidden" in e["name"] for e in data["tests"] if e["visibility"] == "hidden")
    # A total would tell how the hidden checks went.
    assert "score" not in data and data["stdout_visibility"] == "hidden"
    assert "sandbox    user" in container.said and "Jane Doe" in container.said


def test_an_untouched_submission_gets_no_point(container: Container, built: Path) -> None:
    data = container.grade("untouched", (built / "student" / NAME / f"{NAME}.ipynb").read_bytes())
    assert total(data) == 0
    assert data["extra_data"]["status"] == "graded"


def test_a_broken_notebook_is_told_apart(container: Container, built: Path) -> None:
    whole = (built / "student" / NAME / f"{NAME}.ipynb").read_bytes()
    data = container.grade("broken", whole[: len(whole) // 2])
    assert (total(data), data["extra_data"]["status"]) == (0, "invalid")
    assert data["output"]


def test_a_submission_reads_neither_the_grader_nor_what_others_handed_in(
    container: Container, built: Path
) -> None:
    data = container.grade("spy", attacking(built, SPY))
    assert "control:True read:0 others:0" in json.dumps(data["tests"]), container.said
    assert total(data) == 0


def test_a_submission_writes_no_result_of_its_own(container: Container, built: Path) -> None:
    program = container.root / "autograder" / "run_autograder"
    before = program.read_bytes()
    data = container.grade("forger", attacking(built, FORGER))
    assert "control:True written:0" in json.dumps(data["tests"]), container.said
    assert total(data) == 0
    assert program.read_bytes() == before
    assert not (container.root / "tmp" / "control").exists()


def test_a_python_that_does_not_start_leaves_a_provisional_result(container: Container, built: Path) -> None:
    python = container.root / "autograder" / "source" / ".venv" / "bin" / "python"
    aside = python.with_name("python.aside")
    python.rename(aside)
    shutil.copyfile(container.root / "bin" / "false", python)
    python.chmod(0o755)
    try:
        data = container.grade("no Python", (built / "student" / NAME / f"{NAME}.ipynb").read_bytes())
    finally:
        python.unlink()
        aside.rename(python)
    assert (data["extra_data"]["status"], data["output"]) == ("grader_error", gradescope.PROVISIONAL)
    assert (data["score"], total(data)) == (20, 20)
    assert "THE GRADER FAILED" in container.said
