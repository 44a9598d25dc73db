"""What holds for the whole course: `course.toml`, in the course's folder."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from autograder.course.question import DeclarationError

FILE = "course.toml"
HIDDEN_RESULTS = ("hidden", "after_due_date", "after_published", "visible")
HINTS = ("none", "hint", "idea")
VARIANT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True)
class CourseSettings:
    """The settings of a course, each with what holds if the file does not say.

    variant: whose numbers; `primer`, or a name for drawn ones. points_per_chapter: what a chapter is worth,
    unless `points` gives it another sum.
    hidden_results: when Gradescope shows students how hidden checks went; one of `HIDDEN_RESULTS`.
    hints: what the notebook tells on request; one of `HINTS`.
    """

    variant: str = "primer"
    points_per_chapter: float = 20
    hidden_results: str = "hidden"
    hints: str = "none"
    points: Mapping[str, float] = field(default_factory=dict)

    def points_of(self, chapter: str) -> float:
        """What a chapter is to be worth."""
        return self.points.get(chapter, self.points_per_chapter)


def read_settings(root: Path) -> CourseSettings:
    """The settings of the course in a folder. Raises `DeclarationError` with what is wrong and what would be
    right."""
    path = root / FILE
    if not path.exists():
        return CourseSettings()
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        line = path.read_bytes().count(b"\n", 0, error.start) + 1
        raise DeclarationError("not UTF-8: save the file in the encoding UTF-8", path, line) from error
    except tomllib.TOMLDecodeError as error:
        told = re.search(r"at line (\d+)", str(error))
        raise DeclarationError(f"not TOML: {error}", path, int(told[1]) if told else 1) from error
    except OSError as error:
        raise DeclarationError(f"cannot be read: {error.strerror}", path) from error
    known = {field.name: field.type for field in fields(CourseSettings)}
    for name, value in given.items():
        if name not in known:
            raise DeclarationError(f"no setting is called `{name}`; there are {', '.join(known)}", path)
        sums = {name: value} if name == "points_per_chapter" else value if name == "points" else {}
        if not isinstance(sums, dict):
            raise DeclarationError(f"points = {value!r}: give a table of chapters and their points", path)
        for whose, points in sums.items():
            if isinstance(points, bool) or not isinstance(points, (int, float)) or not 0 < points < math.inf:
                raise DeclarationError(f"{whose} = {points!r}: give a positive number of points", path)
        choices = {"hidden_results": HIDDEN_RESULTS, "hints": HINTS}.get(name)
        if choices and value not in choices:
            raise DeclarationError(f"{name} = {value!r}: give one of {', '.join(choices)}", path)
    settings = CourseSettings(**given)
    check_variant(settings.variant, path)
    return settings


def check_variant(name: object, path: Path | None = None) -> None:
    """Raise `DeclarationError` unless the name can be a variant's."""
    if not isinstance(name, str) or not VARIANT_NAME.fullmatch(name):
        raise DeclarationError(
            f"a variant's name is made of letters, digits, `-`, `_` and `.`; got `{name}`", path
        )
