"""Forks real kernels: a process that has imported what a notebook imports, and makes each fork a kernel.

Started as a file. Reads lines of JSON, each with the folder and the connection file of a kernel to start,
and answers each with the kernel's process ID.
"""

import contextlib
import importlib
import json
import os
import signal
import sys

# What a kernel imports on its way up, and what every notebook of the course imports first.
IMPORTED = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.debugger",
    "tornado.platform.asyncio",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "encodings.latin_1",
    "sqlite3",
    "numpy",
    "matplotlib.pyplot",
    "otter",
)


def become_a_kernel(folder: str, connection_file: str) -> None:
    """What `python -m ipykernel_launcher -f FILE` does, in a process that has its imports behind it."""
    from ipykernel.kernelapp import IPKernelApp

    quiet = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(quiet, descriptor)
    os.chdir(folder)
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    # The launcher takes the folder that it stands in out of the path, and puts the notebook's in.
    sys.path[:] = ["", *(path for path in sys.path if path not in ("", os.path.dirname(__file__)))]
    sys.argv = ["ipykernel_launcher.py", "-f", connection_file]
    IPKernelApp.launch_instance()


def serve() -> None:
    os.environ.setdefault("USER", "student")
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    for module in IMPORTED:
        with contextlib.suppress(ImportError):
            importlib.import_module(module)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        pid = os.fork()
        if pid == 0:
            try:
                become_a_kernel(asked["folder"], asked["connection_file"])
            finally:
                os._exit(0)
        print(pid, flush=True)


if __name__ == "__main__":
    serve()
