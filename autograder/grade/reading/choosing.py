"""Which file of a submission holds the work, and to which assignment it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from autograder.grade.reading.archive import Member, Reading, TooMuch, inside, no_work, opened, plainly
from autograder.grade.reading.cells import CHECK, Cell, Content, attempted, names_in
from autograder.grade.reading.kinds import START_BYTES, Kind, kind_by_name
from autograder.grade.reading.notebook import read_notebook
from autograder.grade.reading.script import read_script
from autograder.grade.reading.text import decoded, pieces
from autograder.grade.reading.unreadable import HAND_IN_THE_NOTEBOOK, Unreadable, text_format

# The questions of each known assignment; empty if they are not known.
Known = Mapping[str, Sequence[str]]
# How many files of a submission are read to find the one with the work, and how many archives within it.
MAX_CANDIDATES = 60
MAX_ARCHIVES = 10
# An assignment's name as it may stand in metadata, though no grader distribution of it is here.
ASSIGNMENT = re.compile(r"ch\d\d_\w+")
# How many files beside the answer are taken along, and how many bytes of them.
MAX_BESIDE = 60
MAX_BESIDE_BYTES = 2 * 2**20
WORD = re.compile(r"\w+")
OTTER = re.compile(r"\botter\.Notebook\(\s*[\"']([^\"']+?)(?:\.ipynb)?[\"']")


@dataclass(frozen=True)
class Candidate:
    """A file that could be the answer: what it holds, or why it cannot be read; the assignment, and how many
    of its questions are answered. beside: the files around it that its code speaks of, by name."""

    member: Member
    content: Content | None
    problem: str = ""
    assignment: str | None = None
    answered: int = 0
    beside: Mapping[str, bytes] = field(default_factory=dict)


def choose(path: Path, known: Known) -> tuple[Candidate, str]:
    """The file of a submission to grade, and one sentence on why it is that one if there are several.

    Notebooks count before scripts, and both before archives in the submission, before texts of other names
    and before Jupyter's own checkpoints: these are looked at if nothing else has an answer.
    """
    with opened(path) as (members, reading):
        found: list[Candidate] = []
        problems: list[str] = []
        listings = [members]
        for files in _in_turn(members, reading, problems, listings):
            alone = len(members) == 1
            found += [_judged(member, path, known) for member in files if alone or _may_answer(member, known)]
            if any(candidate.answered for candidate in found):
                break
        readable = [candidate for candidate in found if candidate.content is not None]
        if not readable:
            raise Unreadable(_nothing_to_read(path, members, found, problems, reading.passed_over))
        # The file called like the others was given out, and is what a student works in: of equals, the newest
        # counts.
        best = max(readable, key=lambda c: _rank(c, known))
        why = _why(best, readable, known)
        around = next(listing for listing in listings if any(member is best.member for member in listing))
        return replace(best, beside=_beside(best, around)), why


def _beside(best: Candidate, members: Sequence[Member]) -> dict[str, bytes]:
    """The files in the answer's own folder, or below it, that its code or another of them speaks of: helpers
    that it imports, data that it reads."""
    assert best.content is not None
    folder = best.member.name.rpartition("/")[0]
    start = f"{folder}/" if folder else ""
    waiting = {
        member.name.removeprefix(start): member
        for member in members
        if member is not best.member
        and member.name.startswith(start)
        and not member.was_handed_out
        and not member.is_checkpoint
        and ".." not in PurePosixPath(member.name).parts
        and not member.name.startswith("/")
    }
    words = {word for cell in best.content.cells for word in WORD.findall(cell.source)}
    found: dict[str, bytes] = {}
    left = MAX_BESIDE_BYTES
    while named := [name for name in waiting if words & set(_stems(name))]:
        for name in named:
            data = _data(waiting.pop(name), left)
            if data is not None and len(found) < MAX_BESIDE:
                found[name] = data
                left -= len(data)
                if name.endswith(".py"):
                    words |= set(WORD.findall(data.decode("utf-8", "replace")))
    return found


def _stems(name: str) -> Iterable[str]:
    """What code may call a file by: its name or its folders', without endings."""
    return (part.partition(".")[0] for part in name.split("/"))


def _data(member: Member, limit: int) -> bytes | None:
    """A file's bytes, if it can be read and has no more than so many."""
    try:
        with plainly(member.base):
            data = member.open().read(limit + 1)
    except TooMuch:
        raise
    except (Unreadable, OSError):
        return None
    return data if len(data) <= limit else None


def _in_turn(
    members: Sequence[Member], reading: Reading, problems: list[str], listings: list[list[Member]]
) -> Iterable[list[Member]]:
    """The files to look at, in groups: the later ones only if the earlier hold no answer. listings: what
    the archives hold that were looked into."""
    here = [member for member in members if not member.is_checkpoint]
    yield _first([member for member in here if member.is_notebook])
    yield _first([member for member in here if member.is_script])
    for archive in [member for member in here if member.is_archive][:MAX_ARCHIVES]:
        yield from _in_archive(archive, reading, problems, listings, depth=1)
    yield _first([member for member in here if member.is_text])
    yield _first([member for member in members if member.is_notebook and member.is_checkpoint])


def _in_archive(
    archive: Member, reading: Reading, problems: list[str], listings: list[list[Member]], depth: int
) -> Iterable[list[Member]]:
    try:
        members = inside(archive, reading, depth)
    except TooMuch:
        raise
    except Unreadable as error:
        problems.append(str(error))
        return
    listings.append(members)
    yield _first([member for member in members if member.is_notebook and not member.is_checkpoint])
    yield _first([member for member in members if member.is_script])
    for inner in [member for member in members if member.is_archive][:MAX_ARCHIVES]:
        yield from _in_archive(inner, reading, problems, listings, depth + 1)
    yield _first([member for member in members if member.is_text])


def _first(members: list[Member]) -> list[Member]:
    # The least deep are the likeliest, if there are more than can be looked at.
    return sorted(members, key=lambda member: (member.name.count("/"), member.name))[:MAX_CANDIDATES]


def _may_answer(member: Member, known: Known) -> bool:
    """Whether a file is worth reading: of a text of any name, whether it names a question."""
    if not member.is_text or not any(known.values()):
        return True
    names = "|".join({re.escape(name) for questions in known.values() for name in questions})
    try:
        with plainly(member.base):
            text, _ = decoded(b"".join(pieces(member.open())))
    except TooMuch:
        raise
    except (Unreadable, OSError):
        return True
    return re.search(rf"\b({names})\b", text) is not None


def _judged(member: Member, path: Path, known: Known) -> Candidate:
    read = read_notebook if member.is_notebook else read_script
    try:
        with plainly(member.base):
            content = read(member.open(), member.base)
    except TooMuch:
        raise
    except Unreadable as error:
        return Candidate(member, None, str(error), assignment_by_name(member, path, known))
    except OSError as error:
        said = f"{member.base} cannot be read: {error.strerror or error}"
        return Candidate(member, None, said, assignment_by_name(member, path, known))
    assignment = identify(content, member, path, known)
    questions = list(known.get(assignment or "", ())) or sorted(_checked(content.cells))
    answered = len(attempted(content.cells, questions))
    if member.is_text and not answered:
        return Candidate(member, None, no_work(member.base, _kind_of_text(member)), assignment)
    return Candidate(member, content, "", assignment, answered)


def _kind_of_text(member: Member) -> str:
    with plainly(member.base):
        text, _ = decoded(next(pieces(member.open()))[:START_BYTES])
    return text_format(text) or ""


def _rank(candidate: Candidate, known: Known) -> tuple[bool, int, bool, bool, float, int]:
    elsewhere = candidate.assignment is not None and candidate.assignment not in known
    return (
        not elsewhere,
        candidate.answered,
        candidate.assignment is not None,
        candidate.member.is_notebook,
        candidate.member.changed,
        -len(candidate.member.name),
    )


def _why(best: Candidate, readable: list[Candidate], known: Known) -> str:
    """Which of several files was graded, and why; nothing if they all hold the same."""
    assert best.content is not None
    others = [
        c
        for c in readable
        if c is not best and c.content is not None and c.content.cells != best.content.cells
    ]
    if not others:
        return ""
    what = "notebooks" if all(c.member.is_notebook for c in readable) else "files"
    shown = [f"{_name(c, readable)} {c.answered or 'none'}" for c in others[:3]]
    if len(others) > 3:
        shown.append(f"and {len(others) - 3} more no more than that")
    said = f"The submission holds {len(others) + 1} {what}: {_name(best, readable)} was graded"
    elsewhere = [c for c in others if c.assignment not in (None, best.assignment)]
    if elsewhere:
        other = " and ".join(sorted({str(c.assignment) for c in elsewhere}))
        shown_names = ", ".join(_name(c, readable) for c in elsewhere[:3])
        return f"{said}, as work on {best.assignment}; hand in the work on {other} ({shown_names}) by itself."
    counts = f"it answers {best.answered or 'no'} question{'s' * (best.answered != 1)}, {', '.join(shown)}"
    equal = any(c.answered == best.answered for c in others)
    newest = "; of equals, the one that was changed last counts" if equal else ""
    return f"{said}, since {counts}{newest}."


def _name(candidate: Candidate, among: Sequence[Candidate]) -> str:
    """A file's name, with its folder if another is called the same."""
    same = [c for c in among if c.member.base == candidate.member.base]
    return candidate.member.base if len(same) == 1 else candidate.member.name


def _nothing_to_read(
    path: Path,
    members: Sequence[Member],
    found: list[Candidate],
    problems: list[str],
    passed_over: Sequence[str],
) -> str:
    if path.is_file() and len(members) == 1 and not members[0].is_archive and members[0].name == path.name:
        return found[0].problem if found else no_work(path.name)
    # A text or some JSON that turned out to be no answer is none that its author meant to be one.
    meant = [c for c in found if kind_by_name(c.member.name) in (Kind.NOTEBOOK, Kind.SCRIPT)]
    if len(meant) == 1:
        return meant[0].problem
    if meant:
        names = ", ".join(sorted(candidate.member.name for candidate in meant)[:4])
        many = f"it holds {len(meant)} files that could be the answer ({names})"
        return f"{many}, and none can be read: {meant[0].problem}"
    if problems:
        return problems[0]
    there = "; what is there: " + ", ".join(sorted(member.base for member in members)[:3])
    if not members and passed_over:
        there = f"; what is there is a system's or a tool's own: {', '.join(passed_over)}"
    elif not members:
        there = ": it is empty"
    return f"it holds no notebook (.ipynb) and no script (.py){there}. {HAND_IN_THE_NOTEBOOK}"


# The assignment ---------------------------------------------------------------------------------------------


def identify(content: Content, member: Member, path: Path, known: Known) -> str | None:
    """The assignment that a file is to: as its metadata or its first cell says; else its name; else the
    questions in it."""
    declared = _declared(content)
    if declared:
        for name in (declared, _normal(declared)):
            if name in known:
                return name
        if ASSIGNMENT.fullmatch(declared):
            return declared
    initialized = next((found[1] for cell in content.cells if (found := OTTER.search(cell.source))), "")
    if initialized not in known and ASSIGNMENT.fullmatch(initialized):
        return initialized
    return (
        assignment_in(initialized, known)
        or assignment_by_name(member, path, known)
        or _by_questions(content.cells, known)
    )


def _declared(content: Content) -> str | None:
    for key, part_name in (("otter", "assignment_name"), ("course", "chapter")):
        part = content.metadata.get(key)
        name = part.get(part_name) if isinstance(part, dict) else None
        if isinstance(name, str) and name:
            return name[:100]
    return None


def assignment_by_name(member: Member, path: Path, known: Known) -> str | None:
    """The assignment that a file's name holds, else a folder's around it, else the whole submission's."""
    parts = [*reversed(PurePosixPath(member.name).parts), path.name]
    return next((found for part in parts if (found := assignment_in(part, known))), None)


def assignment_in(name: str, known: Iterable[str]) -> str | None:
    """The assignment whose name a text holds, anywhere in it, the longest if several fit.

    `Copy_of_ch06_softmax`, `doe_LATE_12345_67890_ch06_softmax-2` and `ch06 softmax (1)` are all ch06_softmax.
    """
    text = _normal(name)
    fitting = [a for a in known if re.search(rf"(?<![a-z0-9]){re.escape(a.lower())}(?![a-z0-9])", text)]
    return max(fitting, key=len, default=None)


def _normal(name: str) -> str:
    return re.sub(r"[\s\-+%]+(20)?", "_", name).lower()


def _by_questions(cells: Sequence[Cell], known: Known) -> str | None:
    """The assignment whose questions these cells define or check; None if they are few, or those of two."""
    there = {name for cell in cells for name in names_in(cell.source).bound}
    checked = _checked(cells)
    counts = {
        assignment: (len(checked & set(names)), len((there | checked) & set(names)))
        for assignment, names in known.items()
        if names
    }
    ranked = sorted(counts.items(), key=lambda item: item[1], reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    best, (by_check, in_all) = ranked[0]
    few = in_all < 2 or 3 * in_all < len(known[best])
    return None if few and by_check < 2 else best


def _checked(cells: Sequence[Cell]) -> set[str]:
    return {name for cell in cells for name in CHECK.findall(cell.source)}
