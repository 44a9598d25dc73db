"""Hostile submissions: nothing is gained, nothing of anyone's is lost, nothing leaks, and nothing stays
behind."""

from __future__ import annotations

import ast
import contextlib
import fcntl
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from conftest import ROOT
from hostile.attacks import ATTACKS, CANARY, LEFT_BEHIND, Attack, notebook
from nbformat import NotebookNode

from autograder.course.chapter import Chapter, read_chapter
from autograder.grade.diagnosis import Recorder
from autograder.grade.inside.another_user import SPARE_UIDS
from autograder.grade.inside.plain import TOTAL_MEMORY_BYTES
from autograder.grade.limits import Limits
from autograder.grade.outcome import Result
from autograder.grade.pipeline import grade
from autograder.grade.privacy import kept_private
from autograder.grade.release import Release, load
from autograder.grade.results import gradescope
from autograder.grade.sandbox_choice import missing
from autograder.grade.submission import read
from autograder.grade.zygote import Zygote
from autograder.kit.checking import show
from autograder.prove.samples import write_samples

pytestmark = pytest.mark.hostile

NAME = "ch06_softmax"
LIMITS = Limits(cell=4, call=2, submission=60)
# A submission that uses up its whole time, its last session's end, and a busy machine.
MAX_SECONDS = LIMITS.submission + 20
# Reading an answer of 4 MB takes a few times that; an answer that becomes a gigabyte in the grader is an
# attack that worked.
MAX_GROWTH = 400 * 2**20
# What submissions may hold together, and what they get hold of before that is noticed.
MAX_MEMORY = TOTAL_MEMORY_BYTES + 3 * 2**29
FOR_EVERYONE = ("/tmp", "/var/tmp", "/dev/shm", "/run/lock", "/var/crash", "/dev/mqueue")
# What only the command line keeps from other accounts of this machine: the course's own folder.
OF_THE_COURSE = ("hunt_disk", "hunt_course_sources", "hunt_course_history")
NAMED = {attack.name: attack for attack in ATTACKS}


def cases() -> Iterator[Any]:
    """Every attack in namespaces, and those that could end differently as another user as well."""
    for attack in ATTACKS:
        yield pytest.param(attack, "namespaces", id=attack.name)
        if attack.elsewhere:
            yield pytest.param(attack, "user", id=f"{attack.name}-user")


# What surrounds the grader ----------------------------------------------------------------------------------


@dataclass
class Surroundings:
    """A folder with secrets, one for everyone, and sockets that listen: what was planted around the grader,
    and what has reached it."""

    canary: str
    secret: Path
    public: Path
    places: dict[str, str]
    reached: list[str] = field(default_factory=list)

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self.secret.rglob("*")) if path.is_file()}

    def left_behind(self) -> list[str]:
        return [
            str(path)
            for folder in (*FOR_EVERYONE, self.public)
            for path in Path(folder).glob(f"{LEFT_BEHIND}*")
        ]


@pytest.fixture(scope="module")
def around() -> Iterator[Surroundings]:
    canary = f"{CANARY}-{secrets.token_hex(8)}"
    secret, public = (Path(tempfile.mkdtemp(prefix=prefix)) for prefix in ("grading-", "public-"))
    public.chmod(0o777)
    for name in ("submissions/other.ipynb", "results/other.json", "grades.csv"):
        (secret / name).parent.mkdir(exist_ok=True)
        (secret / name).write_text(json.dumps({"secret": canary}))
    os.environ["GRADER_CANARY"] = canary
    line = socket.create_server(("127.0.0.1", 0))
    port, abstract = line.getsockname()[1], f"hostile-{secrets.token_hex(8)}"
    places = {
        "COURSE": ROOT,
        "SECRET": secret,
        "PUBLIC": public,
        "PORT": port,
        "STREAM": public / "stream",
        "DATAGRAM": public / "datagram",
        "ABSTRACT": abstract,
    }
    found = Surroundings(canary, secret, public, {name: str(place) for name, place in places.items()})
    listeners = [line]
    for family, kind, place in (
        (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", port)),
        (socket.AF_UNIX, socket.SOCK_STREAM, places["STREAM"]),
        (socket.AF_UNIX, socket.SOCK_DGRAM, places["DATAGRAM"]),
        (socket.AF_UNIX, socket.SOCK_DGRAM, f"\0{abstract}"),
    ):
        listeners.append(socket.socket(family, kind))
        listeners[-1].bind(str(place) if family == socket.AF_UNIX else place)
        if kind == socket.SOCK_STREAM:
            listeners[-1].listen()
    for path in public.iterdir():
        path.chmod(0o777)
    for listener in listeners:
        threading.Thread(target=_listen, args=(listener, found.reached), daemon=True).start()
    with contextlib.ExitStack() as stack:
        if os.geteuid() == 0:
            # As the command line does it, and from here on: another process that runs these tests grades as
            # another user, too.
            secret.chmod(0o755)
            stack.enter_context(kept_private([secret], "user"))
        yield found
    del os.environ["GRADER_CANARY"]
    for listener in listeners:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
    shutil.rmtree(secret)
    shutil.rmtree(public)


def _listen(listener: socket.socket, reached: list[str]) -> None:
    with contextlib.suppress(OSError):
        while True:
            if listener.type == socket.SOCK_STREAM:
                listener.accept()[0].close()
            elif not listener.recv(100):
                return
            reached.append(str(listener.getsockname()))


@pytest.fixture(scope="module")
def one_at_a_time(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., contextlib.ExitStack]:
    """Hold what only one test at a time may have, whichever process runs it. Locks, and no xdist groups: this
    pytest passes over those."""
    base = tmp_path_factory.getbasetemp()
    place = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base

    def hold(*names: str) -> contextlib.ExitStack:
        stack = contextlib.ExitStack()
        for name in names:
            file = stack.enter_context((place / f"hostile-{name}.lock").open("w"))
            fcntl.flock(file, fcntl.LOCK_EX)
        return stack

    return hold


@pytest.fixture(scope="module")
def chapter() -> Chapter:
    return read_chapter(ROOT, NAME)


@pytest.fixture(scope="module")
def package(built: Path) -> Path:
    return built / "dist" / "autograder" / f"{NAME}.zip"


@pytest.fixture(scope="module")
def release(package: Path) -> Release:
    return load(package)


@pytest.fixture(scope="module")
def solved(built: Path) -> NotebookNode:
    return nbformat.read(built / "dist" / "solutions" / f"{NAME}.ipynb", as_version=4)


@pytest.fixture(scope="module")
def untouched(built: Path) -> NotebookNode:
    return nbformat.read(built / "student" / NAME / f"{NAME}.ipynb", as_version=4)


@pytest.fixture(scope="module")
def write(
    solved: NotebookNode, untouched: NotebookNode, chapter: Chapter, around: Surroundings
) -> Callable[[Attack, Path], Path]:
    """Write an attack as a submission."""

    def written(attack: Attack, path: Path) -> Path:
        path.write_text(notebook(attack, solved, untouched, chapter, around.places), encoding="utf-8")
        return path

    return written


@pytest.fixture(scope="module")
def zygote_of(around: Surroundings, package: Path) -> Iterator[Callable[[str], Zygote]]:
    """One grading process a sandbox, for all of this file."""
    with contextlib.ExitStack() as stack:
        zygotes: dict[str, Zygote] = {}

        def get(kind: str) -> Zygote:
            if missing(kind):
                pytest.skip(f"no sandbox `{kind}` here: {missing(kind)}")
            if kind not in zygotes:
                zygotes[kind] = Zygote(kind, [around.secret, package])
                stack.callback(zygotes[kind].close)
            return zygotes[kind]

        yield get


# What must not be told --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Needles:
    """Texts of the release that no result may hold: lines of code, and data, which are compared without their
    spaces."""

    lines: frozenset[str]
    data: frozenset[str]
    misconceptions: frozenset[str]

    def found_in(self, text: str, submission: str) -> list[str]:
        """Those that a text holds, but for what the submission itself says."""
        bare, known = _bare(text), _bare(submission)
        lines = [line for line in self.lines if line in text and line not in submission]
        return lines + [data for data in self.data if data in bare and data not in known]


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def needles(release: Release, package: Path, untouched: NotebookNode) -> Needles:
    """Every line of hidden checks, references and misconceptions, and every input and answer of hidden
    checks, that students are not given anyway."""
    with zipfile.ZipFile(package) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".py")}
    tests = [ast.parse(text) for name, text in files.items() if name.startswith("tests/")]
    public, hidden = (
        ["\n".join(_lines(check)) for test in tests for check in _checks(test) if _is_hidden(check) == kind]
        for kind in (False, True)
    )
    given = "\n".join(cell.source for cell in untouched.cells) + "\n".join(
        [*public, files["files/checking.py"]]
    )
    told = [
        text
        for question in release.questions
        for check in question.checks
        for text in (check.title, *_causes(check.function))
    ]
    known = "\n".join([given, *told, *_shown(release, hidden=False)])
    secret = [line for text in hidden for line in text.splitlines()]
    for name in (f"trusted/solutions/{NAME}.py", "trusted/questions.py"):
        secret += [
            line
            for node in ast.walk(ast.parse(files[name]))
            if isinstance(node, ast.FunctionDef)
            for line in _lines(node)
        ]
    lines = {line for line in secret if len(line) > 25 and line not in known}
    data = {_bare(text).strip("[]()") for text in _shown(release, hidden=True)}
    wrong = {m.name for question in release.questions for m in question.misconceptions}
    return Needles(
        frozenset(lines),
        frozenset(text for text in data if len(text) >= 8 and text not in _bare(known)),
        frozenset(wrong),
    )


def _checks(test: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in test.body if isinstance(node, ast.FunctionDef)]


def _is_hidden(check: ast.FunctionDef) -> bool:
    (case,) = check.decorator_list
    return isinstance(case, ast.Call) and any(
        word.arg == "hidden" and getattr(word.value, "value", None) is True for word in case.keywords
    )


def _lines(function: ast.FunctionDef) -> list[str]:
    """The lines of a function's body, without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return [line.strip() for statement in body for line in ast.unparse(statement).splitlines()]


def _causes(check: Callable[..., None]) -> list[str]:
    """A check's texts, its likely causes among them: these may be told."""
    return [text for text in check.__code__.co_consts if isinstance(text, str)]


def _shown(release: Release, *, hidden: bool) -> list[str]:
    """All that checks hand to a function and get from a right one, as messages and as Python show it."""
    texts = []
    for question in release.questions:
        if question.kind != "function":
            continue
        names = question.reference.__globals__ if question.reference else {}
        for check in question.checks:
            if check.hidden == hidden:
                recorders = [Recorder(names[name]) for name in check.parameters]
                check.function(*recorders)
                for call in [call for recorder in recorders for call in recorder.calls]:
                    for value in [*call.args, *call.kwargs.values(), call.value]:
                        plain = value.tolist() if isinstance(value, np.ndarray) else value
                        texts += [show(value), repr(plain), ", ".join(map(repr, call.args))]
    return texts


def told(result: Result) -> dict[str, Any]:
    """A result without what the gradebook alone holds: the messages of hidden checks."""
    data = json.loads(json.dumps(gradescope(result)))
    for question in data["extra_data"]["questions"].values():
        for check in question["checks"]:
            if check["hidden"]:
                del check["message"]
    return data


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a result, keys among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from (key, *texts_in(item))
    elif isinstance(value, list):
        for item in value:
            yield from texts_in(item)


# What must not stay -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Process:
    pid: int
    parent: int
    uid: int
    command: bytes


def processes() -> dict[int, Process]:
    """Every process of this machine that can be seen."""
    seen = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                # What follows the program's name, which may hold anything: the state, then the parent.
                parent = int((entry / "stat").read_text(errors="replace").rpartition(")")[2].split()[1])
                seen[int(entry.name)] = Process(
                    int(entry.name), parent, entry.stat().st_uid, (entry / "cmdline").read_bytes()
                )
    return seen


def left_over(zygote: int, before: Mapping[int, Process]) -> list[Process]:
    """Processes that were not there before and that a submission of this zygote's started.

    They are below the zygote; or they got away from it, and then they are nobody's child, and still run the
    zygote's command or as an account for submissions. A zygote's own clean-up may take a moment, so what is
    found is looked at twice.
    """
    for wait in (0.0, 0.1, 0.5):
        time.sleep(wait)
        now = processes()
        new = [
            process
            for pid, process in now.items()
            if pid not in before and (_is_below(pid, zygote, now) or _got_away(process, now))
        ]
        if not new:
            return []
    return new


def _is_below(pid: int, ancestor: int, now: Mapping[int, Process]) -> bool:
    while pid in now:
        pid = now[pid].parent
        if pid == ancestor:
            return True
    return False


def _got_away(process: Process, now: Mapping[int, Process]) -> bool:
    orphan = process.parent == 1 or process.parent not in now
    return orphan and (process.uid in SPARE_UIDS or b"inside/__main__.py" in process.command)


def segments() -> set[tuple[str, str]]:
    """System V memory, semaphores and queues: their kinds and numbers."""
    kinds = {"m": "shm", "s": "sem", "q": "msg"}
    return {
        (flag, line.split()[1])
        for flag, kind in kinds.items()
        for line in Path(f"/proc/sysvipc/{kind}").read_text().splitlines()[1:]
    }


class Watch:
    """How long something took, how much the grader's own memory grew, and how much its submissions held
    together, which only `greedy` ones need to know."""

    def __init__(self, zygote: int, *, greedy: bool) -> None:
        self._zygote, self._greedy = zygote, greedy

    def __enter__(self) -> Watch:
        Path("/proc/self/clear_refs").write_text("5")
        self._before = _memory("/proc/self/status", "VmRSS")
        self._held = self._most = _held_below(self._zygote)
        self._over, self._thread = threading.Event(), threading.Thread(target=self._look)
        if self._greedy:
            self._thread.start()
        self._started = time.monotonic()
        return self

    def __exit__(self, *_error: object) -> None:
        self.seconds = time.monotonic() - self._started
        self._over.set()
        if self._greedy:
            self._thread.join()
        self.growth, self.taken = (
            _memory("/proc/self/status", "VmHWM") - self._before,
            self._most - self._held,
        )

    def complaints(self) -> list[str]:
        found = [f"it took {self.seconds:.0f} s"] if self.seconds > MAX_SECONDS else []
        if self.growth > MAX_GROWTH:
            found.append(f"the grader's own memory grew by {self.growth / 2**20:.0f} MB")
        if self.taken > MAX_MEMORY:
            found.append(f"it held {self.taken / 2**30:.1f} GB of memory")
        return found

    def _look(self) -> None:
        while not self._over.wait(0.1):
            self._most = max(self._most, _held_below(self._zygote))


def _held_below(zygote: int) -> int:
    """What a zygote's processes hold alone, and all that is held as shared memory, whether or not a process
    is seen to hold it."""
    held, now = _memory("/proc/meminfo", "Shmem"), processes()
    for pid in now:
        if _is_below(pid, zygote, now):
            with contextlib.suppress(OSError, StopIteration):
                held += _memory(f"/proc/{pid}/smaps_rollup", "Pss_Anon")
    return held


def _memory(path: str, name: str) -> int:
    line = next(line for line in Path(path).read_text().splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) * 1024


# The attacks ------------------------------------------------------------------------------------------------


def test_there_are_many_attacks_and_each_is_told_apart():
    assert len(ATTACKS) >= 48
    assert (
        len({attack.name for attack in ATTACKS}) == len({attack.tries for attack in ATTACKS}) == len(ATTACKS)
    )
    for attack in ATTACKS:
        assert re.fullmatch(r"[a-z0-9_]+", attack.name)
        assert 10 < len(attack.tries) < 160 and not attack.tries.endswith(".")


def test_there_is_something_to_leak(needles, around):
    """The needles are in the release's secrets, so that their absence from results says something."""
    assert len(needles.lines) > 30
    assert len(needles.data) > 20
    assert needles.found_in("expect(softmax, [100.75, 93.7, 101.1, 90.6, 95.3])", "") != []
    assert needles.found_in("weights = np.exp(Z - Z.max(axis=1, keepdims=True))", "") != []
    assert around.canary in around.files()["other.json"].decode()


@pytest.mark.parametrize(("attack", "kind"), list(cases()))
def test_an_attack_gains_loses_and_leaks_nothing(
    attack, kind, zygote_of, release, needles, around, write, one_at_a_time, built, tmp_path
):
    zygote = zygote_of(kind)
    greedy = "memory" in attack.name
    # What one leaves behind as another user, or takes of the machine's memory, is not to be found with the
    # next.
    with one_at_a_time(*["user"] * (kind == "user"), *["memory"] * greedy):
        free = _memory("/proc/meminfo", "MemAvailable")
        if greedy and free < 14 * 2**30:
            pytest.skip(f"the attack needs 14 GB that may be taken, and there are {free / 2**30:.0f}")
        path = write(attack, tmp_path / f"{NAME}_hostile.ipynb")
        zygote.start()
        first = zygote._process.pid
        before, files, ipc = processes(), around.files(), segments()
        around.reached.clear()
        problems = []
        try:
            with Watch(first, greedy=greedy) as watch:
                result = grade(read(path, "hostile", [NAME]), release, zygote, LIMITS)
            problems += watch.complaints()
            problems += wrong_scores(attack, result, release)
            problems += leaks(result, path.read_text(), needles, around)
            if around.reached:
                problems.append(f"it reached {around.reached}")
            if around.files() != files:
                problems.append("it changed what is in the grader's folder")
            if around.left_behind():
                problems.append(f"it left behind {around.left_behind()}")
            if segments() - ipc:
                problems.append(f"it left System V segments behind: {segments() - ipc}")
            if zygote._process is None or zygote._process.pid != first:
                problems.append("the grading process did not survive it")
            if left := left_over(first, before):
                problems.append(f"it left processes behind: {left}")
            ordinary = grade(
                read(built / "dist" / "solutions" / f"{NAME}.ipynb", "ordinary", [NAME]),
                release,
                zygote,
                LIMITS,
            )
            if (ordinary.status, ordinary.score) != ("graded", 20):
                problems.append(
                    f"the next submission was {ordinary.status} with {ordinary.score} points:"
                    f" {ordinary.reason}"
                )
        finally:
            clean_up(first, before, ipc, around)
    assert not problems, "\n".join(problems)


def _is_a_spare_users(path: str) -> bool:
    try:
        return os.lstat(path).st_uid in SPARE_UIDS
    except OSError:
        # It is gone already.
        return True


def wrong_scores(attack: Attack, result: Result, release: Release) -> list[str]:
    """What the attack gained, and what it lost beyond its own doing."""
    if result.status != attack.status:
        return [f"it was {result.status}: {result.reason} {result.detail}"]
    found = {entry["name"]: entry["score"] for entry in gradescope(result)["tests"]}
    full = {
        question.name: 0.0 if attack.base == "untouched" else question.points
        for question in release.questions
    }
    expected = full | attack.left
    assert found.keys() == expected.keys()
    worth = {
        question.name: {check.name: check for check in question.checks} for question in release.questions
    }
    for name, score in expected.items():
        if isinstance(score, str):
            # What it loses: its hidden checks, or the one of that name.
            lost = [
                c.points for c in worth[name].values() if (c.hidden if score == "hidden" else c.name == score)
            ]
            assert lost, score
            expected[name] = sum(check.points for check in worth[name].values()) - sum(lost)
    outcomes = {outcome.question.name: outcome for outcome in result.questions}
    problems = []
    for name, score in expected.items():
        if not (attack.ruins and found[name] <= full[name]) and found[name] != pytest.approx(score):
            checks = (
                [
                    f"{check.check.name}: {check.message}"
                    for check in outcomes[name].checks
                    if not check.passed
                ]
                if name in outcomes
                else []
            )
            told = f"{outcomes[name].note} {' | '.join(checks)[:600]}" if name in outcomes else ""
            problems.append(f"{name} has {found[name]:g} points, not {score:g}: {told}")
    return problems


def leaks(result: Result, submission: str, needles: Needles, around: Surroundings) -> list[str]:
    """What the result tells that it must not, or in a way that it must not."""
    data = told(result)
    texts = list(texts_in(data))
    everything = "\n".join(texts)
    problems = [f"it leaked {needle}" for needle in needles.found_in(everything, submission)]
    if around.canary in everything + json.dumps(gradescope(result)):
        problems.append("it leaked what was planted around the grader")
    if loot := re.search(r"LOOT\[(?!\{).*", everything):
        problems.append(f"it got hold of {loot[0][:300]}")
    shown = [text for entry in data["tests"] for text in texts_in(entry)] + [data["output"]]
    problems += [
        f"it was told a misconception by name: {name}"
        for name in needles.misconceptions
        if any(name in text for text in shown)
    ]
    if any(
        re.search(
            "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]|<(script|img|b)", text
        )
        for text in texts
    ):
        problems.append("a text in the result holds control characters or markup")
    return problems


def clean_up(
    zygote: int, before: Mapping[int, Process], ipc: set[tuple[str, str]], around: Surroundings
) -> None:
    """Take away what an attack that worked has left, so that the next test stands on its own."""
    for process in left_over(zygote, before):
        if process.uid in SPARE_UIDS or _got_away(process, processes()):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)
    for path in around.left_behind():
        shutil.rmtree(path) if os.path.isdir(path) else os.unlink(path)
    for flag, number in segments() - ipc:
        subprocess.run(["ipcrm", f"-{flag}", number], capture_output=True, check=False)


# The command line -------------------------------------------------------------------------------------------


def run_command(folder: Path, out: Path, *options: object) -> dict[str, bytes]:
    """Grade a folder by the command, and return its results."""
    command = [sys.executable, "-B", "-m", "autograder", "grade", folder, "--out", out, *options]
    run = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, timeout=280, check=False, cwd=ROOT
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return {path.stem: path.read_bytes() for path in (out / "results").iterdir()}


BESIDE = (
    "forged_neighbours",
    "hardened_daemon",
    "killed_everything",
    "closed_descriptors_in_a_cell",
    "junk_in_every_descriptor",
    "changed_arguments",
    "escapes_and_markup",
    "segfault_in_a_call",
    "million_numbers",
    "another_assignment",
)


def test_ordinary_submissions_are_graded_as_they_are_without_hostile_ones_beside_them(
    built, chapter, write, around, tmp_path
):
    for folder in ("alone", "mixed", "samples"):
        (tmp_path / folder).mkdir()
    write_samples(chapter, built, tmp_path / "samples")
    kinds = ("solved", "half", "misconceptions", "untouched", "solved")
    for number in range(10):
        for folder in ("alone", "mixed"):
            shutil.copyfile(
                tmp_path / "samples" / f"{NAME}_{kinds[number % 5]}.ipynb",
                tmp_path / folder / f"{NAME}_{number}_ordinary.ipynb",
            )
        write(NAMED[BESIDE[number]], tmp_path / "mixed" / f"{NAME}_{number}_hostile.ipynb")
    alone, mixed = (
        run_command(tmp_path / folder, tmp_path / f"{folder}-out", "--course", built, "--jobs", 2)
        for folder in ("alone", "mixed")
    )
    assert len(alone) == 10
    assert {stem: data for stem, data in mixed.items() if "ordinary" in stem} == alone
    hostile = {stem: json.loads(data) for stem, data in mixed.items() if "hostile" in stem}
    assert len(hostile) == 10
    assert {data["extra_data"]["status"] for data in hostile.values()} <= {"graded", "invalid"}
    assert around.canary not in json.dumps(hostile)


@pytest.mark.parametrize("kind", ["namespaces", "user"])
def test_the_command_keeps_the_course_from_what_it_grades(
    kind, write, package, release, one_at_a_time, tmp_path
):
    """Its questions, its solutions and what was built of them, also where a submission sees the machine's
    files."""
    if missing(kind):
        pytest.skip(f"no sandbox `{kind}` here: {missing(kind)}")
    (tmp_path / "in").mkdir()
    for name in OF_THE_COURSE:
        write(NAMED[name], tmp_path / "in" / f"{NAME}_{name}.ipynb")
    with one_at_a_time("user"):
        results = run_command(
            tmp_path / "in",
            tmp_path / "out",
            "--course",
            ROOT,
            "--autograder",
            package,
            "--sandbox",
            kind,
            "--jobs",
            1,
        )
    assert len(results) == len(OF_THE_COURSE)
    for stem, text in results.items():
        data = json.loads(text)
        notes = {question["note"] for question in data["extra_data"]["questions"].values()}
        assert (stem, notes, data["score"]) == (stem, {""}, release.points)
