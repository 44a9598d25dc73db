"""Which sandbox this machine gives."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
from pathlib import Path

from autograder.grade.limits import START_SECONDS

INSIDE = Path(__file__).with_name("inside")


class NoSandbox(Exception):
    """A sandbox that was asked for and is not to be had: why, and what can be done."""


@functools.cache
def missing(kind: str) -> str:
    """What this machine lacks for a sandbox of that kind; empty if it lacks nothing. Tried out, not looked
    up."""
    trial = str(INSIDE / "__main__.py")
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-B", trial, "try", kind],
            capture_output=True,
            text=True,
            timeout=START_SECONDS,
            check=False,
            env={"PATH": os.defpath},
        )
    except subprocess.TimeoutExpired:
        return f"its trial did not end within {START_SECONDS:g} s"
    try:
        return str(json.loads(done.stdout))
    except ValueError:
        return f"its trial ended with {done.returncode}: {done.stderr.strip()[-200:]}"


def choose_sandbox(wanted: str) -> str:
    """The kind of sandbox to use: for `auto` the best that this machine gives. Raises `NoSandbox` if that
    would be none at all."""
    if wanted == "none":
        return wanted
    reasons = {}
    for kind in ("namespaces", "user") if wanted == "auto" else (wanted,):
        reasons[kind] = missing(kind)
        if not reasons[kind]:
            return kind
    lacks = "; ".join(f"{kind}: {reason}" for kind, reason in reasons.items())
    raise NoSandbox(
        f"student code cannot be shut in on this machine ({lacks}). Grade on Linux 5.12 or later with user"
        " namespaces, or as root, or, if you trust every submission, with --sandbox none"
    )
