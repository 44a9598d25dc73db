"""The student's side: runs cells and calls functions. It holds no check, no expected value and no reference,
and never did.

Started as a file of its own, isolated from the environment: `__main__.py DESCRIPTOR` is the zygote, which
talks over the socket of that number; `__main__.py try KIND` tries a sandbox out and prints what this machine
lacks for it.

A submission is first run as if nothing of it could die: its cells, and the calls of its functions, run
in that one process. If something did die, it is run again in isolation: each cell in a fork of the state
before it, which goes on if the cell does not, and the calls of each question in forks of the state right
after its cell.
"""

from __future__ import annotations

import importlib.util
import json
import socket
import struct
import sys
from pathlib import Path


def _become_a_package() -> None:
    """Make this folder the package `inside`, and no folder of the grader's one to import from."""
    folder = Path(__file__).parent
    spec = importlib.util.spec_from_file_location(
        "inside", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None and spec.loader is not None
    sys.modules["inside"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules["inside"])


def main(argument: str, kind: str = "") -> None:
    """Be the zygote, or try a sandbox out."""
    if argument == "try":
        confinement = importlib.import_module("inside.confinement")
        confinement.try_out(kind)
        return
    # Over the control socket, and not as arguments, which every account can read: the sandbox, and where the
    # packages are.
    control = socket.socket(fileno=int(argument))
    with control.makefile("rb") as sent:
        (length,) = struct.unpack(">I", sent.read(4))
        settings = json.loads(sent.read(length))
    sys.path += settings["packages"]
    importlib.import_module("inside.forking").serve(control, settings)


if __name__ == "__main__":
    _become_a_package()
    main(*[sys.argv.pop(1) for _ in sys.argv[1:]])
