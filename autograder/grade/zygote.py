"""The process that submissions are forked from: started, handed its settings, and told when one begins and
ends."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from autograder.course.packages import MODULES
from autograder.grade.inside.wire import BEGIN, END
from autograder.grade.limits import START_SECONDS, Limits
from autograder.grade.sandbox_choice import INSIDE
from autograder.grade.session import GraderFault, ProcessSession
from autograder.kit import checking as own_checking


class Zygote:
    """A process that has loaded NumPy and IPython, is shut into a sandbox, and forks one child a submission.

    secrets: what no submission may read, wherever it lies. It is told their names where they lie among what
    is shown, and nothing of them.
    """

    def __init__(self, sandbox: str = "none", secrets: Sequence[Path] = ()) -> None:
        self.sandbox = sandbox
        self._secrets = [str(path.resolve()) for path in secrets if path.exists()]
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def start(self) -> None:
        """Start it, unless it is running."""
        if self._process is not None and self._process.poll() is None:
            return
        self._drop()
        shown = [path for path in shown_paths() if os.path.exists(path)]
        secrets = self._secrets
        if self.sandbox == "namespaces":
            secrets = [
                secret
                for secret in secrets
                if any(secret.startswith(f"{os.path.realpath(path)}/") for path in shown)
            ]
        ours, theirs = socket.socketpair()
        settings = {
            "sandbox": self.sandbox,
            "shown": shown,
            "secrets": secrets,
            "packages": packages(),
            "modules": MODULES,
        }
        environment = {
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "HOME": "/",
            "USER": "student",
            # The same order of the same strings in every set, whoever grades.
            "PYTHONHASHSEED": "0",
            "MPLBACKEND": "Agg",
            "IPYTHONDIR": "/",
        }
        if folder := _cache_folder():
            # Matplotlib looks at every font of a machine once, and keeps the list.
            environment["MPLCONFIGDIR"] = folder
        environment |= dict.fromkeys(
            ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "PYTHONDONTWRITEBYTECODE"), "1"
        )
        environment |= {name: os.environ[name] for name in ("OPENBLAS_CORETYPE",) if name in os.environ}
        worker = INSIDE / "__main__.py"
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-s", "-S", "-B", str(worker), str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env=environment,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        theirs.close()
        self._control = ours
        text = json.dumps(settings).encode()
        with contextlib.suppress(OSError):
            ours.sendall(struct.pack(">I", len(text)) + text)
        said = self._hear(START_SECONDS)
        try:
            fault = json.loads(said).get("fault", "") if said else "it ended at once"
        except ValueError:
            fault = "it answered with something that is no answer"
        if fault:
            self._drop()
            raise GraderFault(f"the process that runs submissions does not start: {fault}")

    @contextmanager
    def session(
        self,
        files: Mapping[str, bytes],
        limits: Limits,
        deadline: float,
        checking: Any = own_checking,
        seed: str = "",
    ) -> Iterator[ProcessSession]:
        """A fresh child in a folder of its own that holds `files`; ended, with all it started, afterwards.

        seed: what the random numbers are drawn from that the submission does not seed itself.
        """
        self.start()
        assert self._control is not None
        ours, theirs = socket.socketpair()
        try:
            socket.send_fds(self._control, [BEGIN], [theirs.fileno()])
        except OSError as error:
            ours.close()
            self._drop()
            raise GraderFault("the process that runs submissions is gone") from error
        finally:
            theirs.close()
        session = ProcessSession(ours, limits, deadline, checking)
        try:
            session.begin(files, seed)
            yield session
        finally:
            ours.close()
            self._end(session)

    def _end(self, session: ProcessSession) -> None:
        """End the running submission; nothing of it is left when this returns."""
        try:
            assert self._control is not None
            self._control.sendall(END)
            session.ended = self._hear(START_SECONDS) or ""
        except OSError:
            session.ended = ""
        if not session.ended:
            self._drop()

    def _hear(self, seconds: float) -> str | None:
        """The next line that the zygote says; None if it says nothing in time."""
        assert self._control is not None
        until, line = time.monotonic() + seconds, b""
        try:
            while not line.endswith(b"\n"):
                self._control.settimeout(max(until - time.monotonic(), 1e-3))
                part = self._control.recv(4096)
                if not part:
                    return None
                line += part
        except OSError:
            return None
        return line.decode("utf-8", "replace").rstrip("\n")

    def close(self) -> None:
        self._drop()

    def _drop(self) -> None:
        if self._control is not None:
            # It ends what it runs, cleans up and goes when this closes.
            self._control.close()
            self._control = None
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(10)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None


def _cache_folder() -> str:
    """A folder of this account's to keep a list of fonts in; empty if there is none."""
    place = (
        Path(os.environ.get("XDG_CACHE_HOME") or Path(os.path.expanduser("~")) / ".cache")
        / "llm-mathematics-course"
    )
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError:
        return ""
    return str(place) if os.access(place, os.W_OK) else ""


def shown_paths() -> list[str]:
    """What a submission sees of this machine, read-only: the interpreter, its packages and the libraries they
    need."""
    paths = sysconfig.get_paths()
    devices = [f"/dev/{name}" for name in ("null", "zero", "full", "random", "urandom")]
    folders = [
        "/lib",
        "/lib64",
        "/usr/lib",
        "/usr/lib64",
        "/nix/store",
        f"{sys.base_prefix}/lib",
        paths["stdlib"],
        paths["platstdlib"],
    ]
    return [*folders, *packages(), "/etc/ld.so.cache", *devices]


def packages() -> list[str]:
    """Where the interpreter's installed packages are."""
    return [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
