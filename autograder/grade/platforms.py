"""What the name of a file or a folder says if a platform gave it: who handed in, when, and which attempt.

Canvas       doejane_LATE_12345_67890_ch01_vectors-2.ipynb: name, mark, user, attachment, own name
Moodle       Jane Doe_1234567_assignsubmission_file_, a folder, or the start of a file's name
Blackboard   Homework 1_jdoe_attempt_2026-10-05-21-25-07_ch01_vectors.ipynb, and the same name without a
             file's as .txt, which says `Name: Jane Doe (jdoe)`
Brightspace  12345-678 - Jane Doe - Oct 5, 2026 925 PM, a folder, or the start of a file's name
Sakai        Doe, Jane(jdoe), a folder with `Submission attachment(s)` and timestamp.txt in it
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ATTACHMENTS = "Submission attachment(s)"
TIMESTAMP = "timestamp.txt"
# What platforms write beside the work: tables of grades, and lists of what is there.
WRITTEN_BY_PLATFORMS = re.compile(
    r"index\.html?|(grades|gradebook)\.(csv|xlsx?)|(comments|timestamp)\.txt|feedbackText\.html",
    re.IGNORECASE,
)

CANVAS = re.compile(
    r"(?P<name>[^\W_]+(?:_[^\W_]+)*?)_(?:(?P<late>LATE)_)?(?P<user>\d+)"
    r"(?:_(?P<attachment>\d+)_(?P<file>.+)|_(?:text|link)\.html)",
    re.IGNORECASE,
)
CANVAS_ANONYMOUS = re.compile(
    r"(?:(?P<late>LATE)_)?(?P<name>anon_(?P<user>[A-Za-z0-9]+))_(?P<attachment>\d+)_(?P<file>.+)"
)
MOODLE = re.compile(r"(?P<name>.+?)_(?P<participant>\d+)_assignsubmission_(?:file|onlinetext)_?(?P<file>.*)")
BLACKBOARD = re.compile(
    r"(?P<head>.+)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|\.txt|)", re.IGNORECASE
)
BLACKBOARD_NAME = re.compile(r"^Name:\s*(?P<name>.*?)\s*\((?P<user>[^()\s]+)\)\s*$", re.MULTILINE)
BRIGHTSPACE = re.compile(
    r"(?P<user>\d+)(?:-\d+)? - (?P<name>.+?) - (?P<day>\w+\.? \d{1,2}|\d{1,2} \w+\.?),? (?P<year>\d{4}),?"
    r" (?P<hour>\d{1,2})[:._]?(?P<minute>\d\d) ?(?P<half>[AP]M)?(?: - (?P<file>.+))?",
    re.IGNORECASE,
)
SAKAI = re.compile(
    r"(?P<last>[^,()]*), ?(?P<first>[^()]*[^()\s])\((?P<user>[^()\s]+)\)"
    r"(?:_Submission attachment\(s\)_(?P<file>.+)|_submissionText\.html|)"
)


@dataclass(frozen=True)
class Who:
    """What a layout says of a student; an empty text if it says nothing.

    label: a name of a folder or of a file, which may be the student's name, login or number.
    """

    name: str = ""
    email: str = ""
    sid: str = ""
    canvas_id: str = ""
    label: str = ""

    @property
    def is_certain(self) -> bool:
        """Whether a platform says who this is, and not just the name of a file or a folder."""
        return bool(self.name or self.email or self.sid or self.canvas_id)


@dataclass(frozen=True)
class Named:
    """What a platform's name says. id: the platform's number or login of the student; number: its count,
    larger for what was handed in later."""

    layout: str
    who: Who
    id: str
    handed_in: datetime | None = None
    late: bool = False
    number: int = 0

    @property
    def attempt(self) -> tuple[str, str, datetime | None]:
        """What was handed in at one time by one student has the same."""
        return self.layout, self.id, self.handed_in

    @property
    def more(self) -> dict[str, Any]:
        """What a submission of this name is, besides whose."""
        names = ("layout", "handed_in", "late", "number")
        return {"platform_id": self.id, **{name: getattr(self, name) for name in names}}


def named(path: Path, known: Sequence[str] = ()) -> Named | None:
    """What a name says, if it is one that a platform gave. known: names of assignments."""
    return next((found for read in READERS if (found := read(path, known)) is not None), None)


def is_platforms(name: str) -> bool:
    return named(Path(name)) is not None


def _canvas(path: Path, _known: Sequence[str]) -> Named | None:
    if match := CANVAS_ANONYMOUS.fullmatch(path.name):
        who = Who(label=match["name"])
    elif match := CANVAS.fullmatch(path.name):
        # Canvas writes names in lower case: `HW_Doe_2026_10_final.ipynb` is a name of somebody's own.
        if "_" in match["name"] and (match["name"] != match["name"].lower() or len(match["user"]) < 2):
            return None
        if re.match(r"ch\d\d", match["name"]):
            return None
        who = Who(name=match["name"], canvas_id=match["user"])
    else:
        return None
    attachment = match["attachment"] or "0"
    return Named("canvas", who, match["user"], late=bool(match["late"]), number=int(attachment))


def _moodle(path: Path, _known: Sequence[str]) -> Named | None:
    match = MOODLE.fullmatch(path.name)
    return Named("moodle", Who(name=" ".join(match["name"].split())), match["participant"]) if match else None


def _blackboard(path: Path, known: Sequence[str]) -> Named | None:
    match = BLACKBOARD.fullmatch(path.name)
    if not match:
        return None
    when = datetime.strptime(match["time"], "%Y-%m-%d-%H-%M-%S").replace(tzinfo=UTC)
    name, user = _blackboard_name(path, match["head"])
    if not user:
        assignment = next((one for one in known if match["head"].startswith(f"{one}_")), "")
        user = match["head"][len(assignment) + 1 :] if assignment else match["head"].rpartition("_")[2]
    return Named("blackboard", Who(name=name, sid=user), user, when, number=int(when.timestamp()))


def _blackboard_name(path: Path, head: str) -> tuple[str, str]:
    """A student's name and login, as the text beside an attempt has them."""
    start = path.name[: path.name.casefold().index("_attempt_") + len("_attempt_2026-10-05-21-25-07")]
    try:
        with (path.parent / f"{start}.txt").open(encoding="utf-8", errors="replace") as file:
            match = BLACKBOARD_NAME.search(file.read(2_000))
    except OSError:
        return "", ""
    if match and head.casefold().endswith(f"_{match['user']}".casefold()):
        return " ".join(match["name"].split()), match["user"]
    return "", ""


def _brightspace(path: Path, _known: Sequence[str]) -> Named | None:
    match = BRIGHTSPACE.fullmatch(path.name)
    if not match:
        return None
    day, half = match["day"].replace(".", ""), match["half"] or ""
    text = f"{day} {match['year']} {match['hour']} {match['minute']} {half}"
    when = None
    for form in ("%b %d", "%B %d", "%d %b", "%d %B"):
        for hour in ("%I %M %p", "%H %M "):
            try:
                when = datetime.strptime(text, f"{form} %Y {hour}").replace(tzinfo=UTC)
            except ValueError:
                continue
    return Named("brightspace", Who(name=" ".join(match["name"].split())), match["user"], when)


def _sakai(path: Path, _known: Sequence[str]) -> Named | None:
    match = SAKAI.fullmatch(path.name)
    if not match:
        return None
    name = " ".join(f"{match['first']} {match['last']}".split())
    when = written_time(path / TIMESTAMP)
    return Named("sakai", Who(name=name, sid=match["user"]), match["user"], when)


READERS: tuple[Callable[[Path, Sequence[str]], Named | None], ...] = (
    _moodle,
    _blackboard,
    _brightspace,
    _sakai,
    _canvas,
)


def written_time(path: Path) -> datetime | None:
    """The time in a platform's timestamp.txt; None if there is none."""
    try:
        return time_of(path.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return None


def time_of(value: Any) -> datetime | None:
    """A time as platforms write it; one without a zone is UTC's."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if not isinstance(value, str):
        return None
    text = value.strip()
    zone: Any = UTC
    if match := re.fullmatch(r"(.+?)\s+([A-Z][A-Za-z_/+-]+\d*)", text):
        text = match[1]
        try:
            zone = ZoneInfo(match[2]) if match[2] != "Z" else UTC
        except (ValueError, OSError, KeyError):
            return None
    # Sakai writes digits alone, down to thousandths of a second.
    if match := re.fullmatch(r"(\d{8})(\d{6})(\d{0,3})", text):
        text = f"{match[1]}T{match[2]}.{match[3] or 0}"
    # Nine digits of a second are Ruby's; Python reads six.
    text = re.sub(r"(\.\d{6})\d+", r"\1", text)
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=zone)
