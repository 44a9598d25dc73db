"""A memory that is bounded: what was not asked for in a long time is forgotten."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

# Of what checks have found, some fifty submissions that have nothing in common.
MAX_ENTRIES = 10_000

V = TypeVar("V")


class Generations(Generic[V]):
    """Entries by key. One that was not asked for while twice as many as the size came is forgotten."""

    def __init__(self, size: int = MAX_ENTRIES) -> None:
        self._size = size
        self._new: dict[Hashable, V] = {}
        self._old: dict[Hashable, V] = {}

    def get(self, key: Hashable) -> V | None:
        if key not in self._new and key in self._old:
            self[key] = self._old[key]
        return self._new.get(key)

    def __setitem__(self, key: Hashable, value: V) -> None:
        if len(self._new) >= self._size:
            self._old, self._new = self._new, {}
        self._new[key] = value
