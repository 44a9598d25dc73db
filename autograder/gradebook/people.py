"""Who is who: one student under the names that platforms, folders and a roster know them by."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.grade.layouts import COPY_MARK
from autograder.grade.platforms import Who

# What people add to the names of their files, and is no part of theirs.
LAST_WORDS = re.compile(
    r"(?:[-_ ]+(?:final|submission|submitted|resubmission|draft|latest|v\d+|version ?\d*))+$", re.IGNORECASE
)


class RosterProblem(Exception):
    """A roster that cannot be used: what is wrong with it."""


@dataclass(frozen=True)
class Person:
    """A student as the store has them. place: where the submission lies of whom nothing else is known."""

    id: int
    name: str = ""
    email: str = ""
    sid: str = ""
    canvas_id: str = ""
    label: str = ""
    place: str = ""
    on_roster: bool = False
    roster: Mapping[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """What to call them."""
        return self.name or self.label or self.email or self.sid

    @property
    def identifier(self) -> str:
        """The shortest text that says who it is to a machine."""
        return self.sid or self.email or self.canvas_id or self.shown

    @property
    def first_and_last(self) -> tuple[str, str]:
        """First and last name: as the roster has them, else split before the last word."""
        first, last = (_column(self.roster, names) for names in (COLUMNS["first"], COLUMNS["last"]))
        if first or last:
            return first, last
        if "," in self.shown:
            last, _, first = self.shown.partition(",")
            return first.strip(), last.strip()
        first, _, last = self.shown.rpartition(" ")
        return (first, last) if first else (last, "")


def normal(text: str) -> list[str]:
    """A name's words without case and accents."""
    plain = unicodedata.normalize("NFKD", text)
    return re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c)).casefold())


def name_keys(text: str) -> set[str]:
    """What two ways to write one name have in common: its words in any order, or run together from any of
    them on.

    With digits in it, it is a number more than a name: `group 1 2` is not `group 12`.
    """
    words = normal(text)
    if not words or any(character.isdigit() for word in words for character in word):
        return {" ".join(words)} - {""}
    return {" ".join(sorted(words))} | {"".join(words[start:] + words[:start]) for start in range(len(words))}


def keys_of(who: Who) -> set[tuple[str, str]]:
    """What a student may be found by."""
    keys = {("canvas", who.canvas_id)}
    unmarked = COPY_MARK.sub("", who.label)
    keys |= {("email", who.email.casefold()), ("sid", who.sid.casefold())}
    # A folder may be named by a login: the part of an e-mail address before the sign.
    texts = (
        who.name,
        who.label,
        who.email.partition("@")[0],
        who.sid,
        unmarked,
        LAST_WORDS.sub("", unmarked),
    )
    for text in texts:
        keys |= {("name", key) for key in name_keys(text)}
    keys |= {("email", _plain(unmarked)), *(("sid", word) for word in _numbers_in(unmarked))}
    return {(kind, value) for kind, value in keys if value}


def place_among(people: Sequence[Person], who: Who) -> int | None:
    """Which of these a student is; None if nobody, or if more than one could be.

    An e-mail address, a number or a Canvas ID decides. A name decides if one person alone has it, and nothing
    else says that they are two.
    """
    for kind in ("email", "sid", "canvas_id"):
        value = getattr(who, kind).casefold()
        same = [
            number
            for number, person in enumerate(people)
            if value and getattr(person, kind).casefold() == value
        ]
        if len(same) == 1:
            return same[0]
    # What one place knows as a number, another may know as a login.
    login = who.sid.casefold()
    same = [n for n, person in enumerate(people) if login and login in _logins_of(person)]
    if len(same) == 1 and not _differ(people[same[0]], replace(who, sid="")):
        return same[0]
    same = [n for n, person in enumerate(people) if _is_told_by(person, COPY_MARK.sub("", who.label))]
    if len(same) == 1 and not _differ(people[same[0]], who):
        return same[0]
    exact = _named_alike(people, who, who.name or who.label)
    if who.label and not who.is_certain and not exact:
        # `jane (1)` is a second copy of Jane's where the roster knows a Jane, and somebody else where nothing
        # does.
        without_mark = LAST_WORDS.sub("", COPY_MARK.sub("", who.label))
        exact = [n for n in _named_alike(people, who, without_mark) if people[n].on_roster]
    return exact[0] if len(exact) == 1 else None


def _is_told_by(person: Person, label: str) -> bool:
    """Whether a folder's or a file's name is an address of this student's, or holds their number beside no
    other's name."""
    if not person.on_roster or not label:
        return False
    if person.email and _plain(person.email) == _plain(label):
        return True
    words, number = set(normal(label)), person.sid.casefold()
    return number in _numbers_in(label) and (words == {number} or bool(words & set(normal(person.name))))


def _plain(address: str) -> str:
    """An address as the name of a file or a folder has it, in which `_` separates words."""
    return address.replace("_", " ").casefold()


def _numbers_in(label: str) -> set[str]:
    """What may be a student's number in the name of a folder or a file."""
    return {word for word in normal(label) if len(word) > 3 and any(map(str.isdigit, word))}


def _logins_of(person: Person) -> set[str]:
    logins = {person.email.partition("@")[0].casefold()}
    return (logins | {person.label.casefold()} if person.on_roster else logins) - {""}


def _named_alike(people: Sequence[Person], who: Who, text: str) -> list[int]:
    return [n for n, person in enumerate(people) if _is_named(person, who, text) and not _differ(person, who)]


def _is_named(person: Person, who: Who, text: str) -> bool:
    weak = not (
        person.name or person.email or person.sid or person.canvas_id or person.on_roster or person.place
    )
    if weak and not who.is_certain:
        # Names of files and folders that nobody vouches for are one only if they are the same.
        return bool(text) and normal(text) == normal(person.label)
    return bool(name_keys(text) & _names_of(person))


def _names_of(person: Person) -> set[str]:
    # Of somebody known by a place alone, the label is the place's name and nobody's.
    texts = [] if person.place else [person.name, person.label, person.email.partition("@")[0], person.sid]
    return set().union(*(name_keys(text) for text in texts)) if texts else set()


def on_roster(people: Iterable[Person]) -> Callable[[str], bool]:
    """What tells whether a folder's or a file's name is that of somebody on the roster."""
    listed = [person for person in people if person.on_roster]
    names = set().union(*map(_names_of, listed))
    addresses = {_plain(person.email) for person in listed} - {""}
    by_number = {person.sid.casefold(): person for person in listed}

    def is_student(name: str) -> bool:
        without_mark = COPY_MARK.sub("", name)
        keys = name_keys(name) | name_keys(without_mark) | name_keys(LAST_WORDS.sub("", without_mark))
        numbered = (by_number[number] for number in _numbers_in(without_mark) if number in by_number)
        return (
            bool(names & keys)
            or _plain(without_mark) in addresses
            or any(_is_told_by(person, without_mark) for person in numbered)
        )

    return is_student


def _differ(person: Person, who: Who) -> bool:
    """Whether something says that these are two people."""
    pairs = [
        (getattr(person, kind).casefold(), getattr(who, kind).casefold())
        for kind in ("email", "sid", "canvas_id")
    ]
    # A number and a login may be one student's; two logins are not.
    if person.sid.isdigit() and who.sid and not who.sid.isdigit():
        pairs[1] = (person.label.casefold() if person.on_roster else "", who.sid.casefold())
    elif who.sid.isdigit() and not person.sid.isdigit():
        pairs[1] = ("", "")
    return any(one and other and one != other for one, other in pairs)


# Rosters ----------------------------------------------------------------------------------------------------

# What the platforms call these columns, in lower case, with the more telling name first.
COLUMNS = {
    "name": ("full name", "student", "name", "student name", "display name"),
    "first": ("first name", "first_name", "firstname", "given name"),
    "last": ("last name", "last_name", "surname", "lastname", "family name"),
    "email": ("email", "email address", "e-mail", "sis login id"),
    "sid": (
        "sid",
        "student id",
        "student_id",
        "sis user id",
        "id number",
        "student number",
        "matriculation number",
    ),
    "canvas_id": (),
    "label": ("login", "username", "user name", "login id"),
}


def read_roster(path: Path) -> list[tuple[Who, Mapping[str, str]]]:
    """A class list as Gradescope, Canvas, Moodle or nbgrader export it, or any CSV with a name, an e-mail or
    a number.

    Raises `RosterProblem` with what is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RosterProblem(f"the roster {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RosterProblem(
            f"the roster {path} is not UTF-8 text (byte {error.start}): save it as CSV in UTF-8"
        ) from error
    heading = text.partition("\n")[0]
    # The heading tells what stands between the cells, and nothing of how quotes are written in those below.
    delimiter = max(",;\t", key=heading.count)
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))
    entries: list[tuple[Who, Mapping[str, str]]] = [
        (who, row) for row in map(_clean, rows) if (who := _who(row)) != Who() and not _is_points_row(row)
    ]
    if not entries:
        found = ", ".join(rows[0]) if rows else "nothing"
        raise RosterProblem(
            f"the roster {path} names nobody: it needs a heading and a column such as `name`, `email` or"
            f" `sid`; its columns are {found}"
        )
    return entries


def _clean(row: Mapping[str | None, str | list[str] | None]) -> dict[str, str]:
    return {name.strip(): value.strip() for name, value in row.items() if name and isinstance(value, str)}


def _is_points_row(row: Mapping[str, str]) -> bool:
    """Canvas's second line holds what each assignment is worth."""
    return any("points possible" in value.casefold() for value in row.values())


def _column(row: Mapping[str, str], names: Sequence[str]) -> str:
    lower = {name.casefold(): value for name, value in row.items()}
    return next((lower[name] for name in names if lower.get(name)), "")


def _who(row: Mapping[str, str]) -> Who:
    found = {kind: _column(row, names) for kind, names in COLUMNS.items()}
    lower = {name.casefold(): value for name, value in row.items()}
    # `ID` is a Canvas user's beside Canvas's own columns, nbgrader's login beside its, and elsewhere a
    # number.
    if "sis user id" in lower or "sis login id" in lower:
        found["canvas_id"] = lower.get("id", "")
    elif not found["sid"]:
        found["sid"] = lower.get("id", "")
    name = found["name"]
    if "," in name:
        last, _, first = name.partition(",")
        name = f"{first.strip()} {last.strip()}".strip()
    # What has a column of its own may hold a comma, as `Doe, Jr.` does.
    name = name or f"{found['first']} {found['last']}".strip()
    email = found["email"] if "@" in found["email"] else ""
    label = found["label"] or ("" if email else found["email"])
    return Who(name, email, found["sid"], found["canvas_id"], label)
