"""What counts, and what being late costs: an instructor's rules, as data in a TOML file.

counts = "latest"                 # or "best": which of a student's submissions to an assignment counts
timezone = "Europe/Berlin"        # of the times below that name none; UTC without it

[deadlines]
ch01_vectors = 2026-10-05T23:59:00

[extensions."jane@example.edu"]   # by e-mail address, number, login or name
ch01_vectors = 2026-10-08T23:59:00

[late]
grace = "15 minutes"              # this much later is still in time
per_day = 0.1                     # off for each day that was begun; `per_hour` likewise
of = "score"                      # of what was earned, or "max_score": of what could be
at_most = 0.5                     # never more than this
closes = "7 days"                 # nothing counts after it
marked = 0.1                      # off if a platform says "late" and not by how much

[columns.canvas]                  # what an assignment is called over there
ch01_vectors = "Chapter 1 (4567)"
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from autograder.gradebook.people import Person, name_keys

LATEST, BEST = "latest", "best"
UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}


class PolicyProblem(Exception):
    """A policy that cannot be used: which line of it, its value, and what would be right."""


@dataclass(frozen=True)
class Lateness:
    """How late a submission is, and what that takes off. known: whether it is known by how much."""

    by: timedelta
    known: bool
    fraction: float
    said: str


@dataclass(frozen=True)
class Policy:
    """The rules of a class. Everything has a default: the latest counts, and nothing is late."""

    counts: str = LATEST
    deadlines: Mapping[str, datetime] = field(default_factory=dict)
    extensions: Mapping[str, Mapping[str, datetime]] = field(default_factory=dict)
    grace: timedelta = timedelta()
    per_day: float = 0.0
    per_hour: float = 0.0
    of: str = "score"
    at_most: float = 1.0
    closes: timedelta | None = None
    marked: float = 0.0
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def deadline(self, assignment: str, person: Person) -> datetime | None:
        """A student's deadline: their own where they have an extension."""
        keys = {person.email.casefold(), person.sid.casefold(), person.label.casefold()} - {""}
        names = name_keys(person.name)
        for who, dates in self.extensions.items():
            if assignment in dates and (who.casefold() in keys or names & name_keys(who)):
                return dates[assignment]
        return self.deadlines.get(assignment)

    def lateness(
        self, assignment: str, person: Person, handed_in: datetime | None, *, marked_late: bool
    ) -> Lateness | None:
        """How late a submission is; None if it is in time or if nothing says otherwise."""
        deadline = self.deadline(assignment, person)
        if handed_in is None or deadline is None:
            if not marked_late:
                return None
            return Lateness(
                timedelta(), False, min(self.marked, self.at_most), "late, as the platform marked it"
            )
        by = handed_in - deadline
        if by <= self.grace:
            return None
        said = f"{spelled(by)} late"
        if self.closes is not None and by > self.closes:
            return Lateness(by, True, 1.0, f"{said}, after the assignment was closed")
        days, hours = math.ceil(by / timedelta(days=1)), math.ceil(by / timedelta(hours=1))
        return Lateness(by, True, min(days * self.per_day + hours * self.per_hour, self.at_most), said)


def spelled(by: timedelta) -> str:
    """A stretch of time in its largest unit: `3 days`."""
    seconds = by.total_seconds()
    for unit in ("day", "hour", "minute"):
        if seconds >= UNITS[unit]:
            count = math.floor(seconds / UNITS[unit])
            return f"{count} {unit}{'s' * (count > 1)}"
    return "less than a minute"


def parse(text: str, origin: str = "the policy") -> Policy:
    """Read a policy. Raises `PolicyProblem`."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyProblem(f"{origin} is not TOML: {error}") from error
    read = _Reader(data, origin)
    late = _Reader(read.table("late"), f"{origin}, [late]")
    zone = read.zone()
    policy = Policy(
        counts=read.one_of("counts", (LATEST, BEST), LATEST),
        deadlines={
            name: read.time(f"deadlines.{name}", value, zone)
            for name, value in read.table("deadlines").items()
        },
        extensions={
            who: {
                name: read.time(f"extensions.{who}.{name}", value, zone)
                for name, value in _dates(who, dates).items()
            }
            for who, dates in read.table("extensions").items()
        },
        grace=late.stretch("grace") or timedelta(),
        per_day=late.fraction("per_day", 0.0),
        per_hour=late.fraction("per_hour", 0.0),
        of=late.one_of("of", ("score", "max_score"), "score"),
        at_most=late.fraction("at_most", 1.0),
        closes=late.stretch("closes"),
        marked=late.fraction("marked", 0.0),
        columns={
            where: {name: str(title) for name, title in _dates(where, titles).items()}
            for where, titles in read.table("columns").items()
        },
    )
    read.refuse_others({"counts", "timezone", "deadlines", "extensions", "late", "columns"})
    late.refuse_others({"grace", "per_day", "per_hour", "of", "at_most", "closes", "marked"})
    return policy


def _dates(who: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise PolicyProblem(
            f"`{who}` is {value!r}; give it as a table: `ch01_vectors = ...` below its heading"
        )
    return value


@dataclass(frozen=True)
class _Reader:
    data: Mapping[str, Any]
    origin: str

    def table(self, name: str) -> Mapping[str, Any]:
        value = self.data.get(name, {})
        if not isinstance(value, dict):
            raise PolicyProblem(f"{self.origin}: `{name}` is {value!r}; it is a table: write `[{name}]`")
        return value

    def one_of(self, name: str, choices: tuple[str, ...], default: str) -> str:
        value = self.data.get(name, default)
        if value not in choices:
            raise PolicyProblem(
                f"{self.origin}: `{name}` is {value!r}; it is one of {', '.join(map(repr, choices))}"
            )
        return str(value)

    def fraction(self, name: str, default: float) -> float:
        value = self.data.get(name, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
            raise PolicyProblem(
                f"{self.origin}: `{name}` is {value!r}; it is a number from 0 to 1 (0.1 is a tenth)"
            )
        return float(value)

    def stretch(self, name: str) -> timedelta | None:
        value = self.data.get(name)
        if value is None:
            return None
        match = re.fullmatch(r"(\d+(?:\.\d+)?) (second|minute|hour|day|week)s?", str(value))
        if not match:
            raise PolicyProblem(f'{self.origin}: `{name}` is {value!r}; write it as "15 minutes" or "7 days"')
        return timedelta(seconds=float(match[1]) * UNITS[match[2]])

    def zone(self) -> tzinfo:
        name = self.data.get("timezone", "UTC")
        try:
            return ZoneInfo(name)
        except (ValueError, OSError, KeyError, TypeError):
            raise PolicyProblem(
                f'{self.origin}: `timezone` is {name!r}, and none here has that name; one is "Europe/Berlin"'
            ) from None

    def time(self, name: str, value: Any, zone: tzinfo) -> datetime:
        if isinstance(value, datetime):
            return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)
        if isinstance(value, date):
            # A day alone is over at its end.
            return datetime(value.year, value.month, value.day, 23, 59, 59, tzinfo=zone).astimezone(UTC)
        raise PolicyProblem(
            f"{self.origin}: `{name}` is {value!r}; write a time as 2026-10-05T23:59:00, without quotes"
        )

    def refuse_others(self, known: set[str]) -> None:
        for name in self.data:
            if name not in known:
                raise PolicyProblem(
                    f"{self.origin} has a line `{name}`, which means nothing; it can have"
                    f" {', '.join(sorted(known))}"
                )
