"""Texts that can be read by whoever has the key, and are noise to everybody else.

A sentence that names an answer, or a hint on one wrong answer, stands beside the notebook under a key that
comes out of that very answer. This keeps it from a reader's eye until then; it guards no secret.
"""

from __future__ import annotations

import base64
import hashlib
from itertools import count


def seal_text(text: str, key: str) -> str:
    """The text under a key, as ASCII."""
    return base64.b85encode(_mixed(text.encode(), key)).decode()


def open_text(sealed: str, key: str) -> str:
    """The text that was sealed under the key; noise under another."""
    return _mixed(base64.b85decode(sealed), key).decode("utf-8", "replace")


def digest(text: str) -> str:
    """A short name for a text that does not give it away."""
    return hashlib.sha256(f"name/{text}".encode()).hexdigest()[:16]


def _mixed(data: bytes, key: str) -> bytes:
    """The data, each byte exclusive-or'd with one of a stream that the key gives. Done twice, it is the data
    again."""
    stream = bytearray()
    for block in count():
        if len(stream) >= len(data):
            break
        stream += hashlib.sha256(f"{key}/{block}".encode()).digest()
    return bytes(a ^ b for a, b in zip(data, stream, strict=False))
