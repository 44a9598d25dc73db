"""What stands in for the modules beside a notebook: Otter's questions and the pictures are for a reader."""

from __future__ import annotations

import sys
import types
from typing import Any

STOOD_IN_FOR = ("otter", "pictures", "drawings", "feedback", "handing_in")


class Silent:
    """Accepts every use and does nothing."""

    def __call__(self, *_args: Any, **_kwargs: Any) -> Any:
        return self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self


class SilentModule(types.ModuleType):
    """A module of which every name accepts every use and does nothing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Silent()


def stand_in() -> None:
    """Put the stand-ins where an import finds them."""
    modules = {name: SilentModule(name) for name in STOOD_IN_FOR}
    vars(modules["pictures"]).update({name: ["-"] * 4 for name in ("COLOURS", "LINES", "HATCHES")})
    sys.modules.update(modules)
