"""JupyterLab as a student has it, for tests that drive it in a real browser."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from conftest import ROOT

ENVIRONMENT = ROOT / ".venv-student"
PICTURES = ROOT / "dist" / "browser"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def student_environment(requirements: Path) -> Path:
    """An environment with the student's requirements and nothing else, made once and kept."""
    wanted = requirements.read_text()
    mark = ENVIRONMENT / "made-from.txt"
    if not mark.is_file() or mark.read_text() != wanted:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)
        pip = [ENVIRONMENT / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", requirements], check=True, timeout=900)
        mark.write_text(wanted)
    return ENVIRONMENT


@contextlib.contextmanager
def jupyterlab(folder: Path, home: Path, **notebook_settings: object) -> Iterator[str]:
    """JupyterLab on a folder, from the student's environment; its address.

    notebook_settings: what a person could choose in JupyterLab's settings for notebooks.
    """
    settings = home / ".jupyter" / "lab" / "user-settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    (settings / "tracker.jupyterlab-settings").write_text(json.dumps(notebook_settings))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [
        ENVIRONMENT / "bin" / "jupyter-lab", "--no-browser", "--allow-root", "--ip=127.0.0.1",
        f"--port={port}", f"--ServerApp.root_dir={folder}", "--IdentityProvider.token=",
        "--ServerApp.password=", "--LabApp.news_url=", "--LabApp.expose_app_in_browser=True",
    ]  # fmt: skip
    surroundings = {
        "HOME": str(home),
        "PATH": f"{ENVIRONMENT / 'bin'}:{os.environ['PATH']}",
        "LANG": "C.UTF-8",
    }
    server = subprocess.Popen(
        list(map(str, command)), env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + 120
        while True:
            try:
                urllib.request.urlopen(f"{address}/api/status", timeout=2).close()
                break
            except OSError:
                assert server.poll() is None and time.monotonic() < until, "JupyterLab did not start"
                time.sleep(0.3)
        yield address
    finally:
        server.terminate()
        server.wait(30)
