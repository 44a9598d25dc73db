"""Where submissions lie, and whose they are: exports of platforms, and folders of any kind.

`discover` looks at names, at what the platforms write beside the files, and at nothing else: what a
submission holds is read by `submission.read`. `platforms` has the names that say whose a file or a folder is;
other layouts, as they are written:

    Gradescope        assignment_123_export/submission_metadata.yml, and a folder submission_456 for each
    nbgrader          submitted/STUDENT/ASSIGNMENT/x.ipynb, with timestamp.txt beside it
    Teams             Submitted files/STUDENT/ASSIGNMENT/Version 2/x.ipynb
    GitHub Classroom  ASSIGNMENT-submissions/ASSIGNMENT-LOGIN/x.ipynb
    Google Drive      STUDENT - ASSIGNMENT.ipynb in one folder
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import tarfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from autograder.grade.platforms import (
    ATTACHMENTS,
    BLACKBOARD,
    TIMESTAMP,
    WRITTEN_BY_PLATFORMS,
    Named,
    Who,
    is_platforms,
    named,
    time_of,
    written_time,
)
from autograder.grade.reading.archive import (
    CANNOT_BE_OPENED,
    HANDED_OUT,
    HANDED_OUT_FOLDER,
    TOOLS_FOLDERS,
    passed_over,
    refuse_much,
)
from autograder.grade.reading.kinds import (
    NOTEBOOK,
    PACKED,
    SCRIPT,
    TAR,
    ZIP,
    is_archives_name,
    kind_by_name,
    may_hold_work,
)
from autograder.grade.reading.unreadable import Unreadable

METADATA = "submission_metadata.yml"
SUBMITTED = "submitted"
SUBMITTED_FILES = "submitted files"
MAX_STEM_BYTES = 200
MAX_UNPACKED_BYTES = 4 * 2**30
MAX_FILE_BYTES = 200 * 2**20
MAX_MEMBERS = 50_000
# How much of a notebook is looked at for the name of its assignment: the metadata stand at its end.
PEEKED_BYTES = 2**16

CHAPTER = re.compile(r"(?:^|[^A-Za-z0-9])(ch\d\d)[-_ +][a-z]", re.IGNORECASE)
COPY_OF = re.compile(r"^(?:copy of|copie de|kopie von|copia de)[ _]", re.IGNORECASE)
VERSION = re.compile(r"version (\d+)", re.IGNORECASE)
# What a folder of several students' is called.
CLASS_WORDS = re.compile(
    r"(?:.*[-_ ])?(?:submissions?|handed[-_ ]?in|hand[-_ ]?ins?|exports?|downloads?|uploads?|students)"
    r"|(?:home[-_ ]?work|hw|week|assignment|lab|unit|section|tutorial|class|cohort)s?[-_ ]*[A-Za-z\d]{0,3}",
    re.IGNORECASE,
)
# What students call folders and files of their own.
OWN_WORDS = re.compile(
    r"(?:attempt|version|v|draft|old|new|final|backup|copy|archive|work|scratch|notes|src|code|notebooks?|data"
    r"|images?|files?|tmp|temp|tests?|untitled|output)[-_ ]*\d*",
    re.IGNORECASE,
)
# Words in the names of an instructor's own files.
INSTRUCTORS = re.compile(
    r"(?<![a-z])(?:rubrics?|readme|index|grades|gradebook|roster|instructions|solutions|template|feedback"
    r"|syllabus|license|key|criteria|schedule|announcement)(?![a-z])",
    re.IGNORECASE,
)
TABLE = re.compile(r"\.(csv|tsv|xlsx?|ods|ya?ml|toml|log|ini)$", re.IGNORECASE)
COPY_MARK = re.compile(r"(?:[ _]*\(\d+\)|[-_ ]copy[-_ ]?\d*)+$", re.IGNORECASE)


@dataclass(frozen=True)
class HandedIn:
    """A submission as it was found.

    source: the path that was asked for, below which it lies. students: more than one where a group handed it
    in. late: the platform's own mark. number: the platform's count, larger for later ones. together: what was
    handed in at the same time has the same text here. passed_over: files beside it that hold no answer.
    beside: files in a class's folder that are no student's.
    """

    path: Path
    stem: str
    source: Path
    layout: str = "plain"
    students: tuple[Who, ...] = ()
    handed_in: datetime | None = None
    late: bool = False
    number: int = 0
    platform_id: str = ""
    together: str = ""
    passed_over: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


def find(paths: Sequence[Path], out: Path | None = None) -> list[tuple[Path, str]]:
    """Every submission below the paths, with a stem that no other has.

    out: where results go, which is no submission, wherever it lies.
    """
    return [(item.path, item.stem) for item in discover(paths, out=out)]


def discover(
    paths: Sequence[Path],
    known: Sequence[str] = (),
    unpack_into: Path | None = None,
    out: Path | None = None,
    is_student: Callable[[str], bool] = lambda _name: False,
) -> list[HandedIn]:
    """Every submission below the paths, with whose it is. Stems differ from each other.

    known: names of assignments; a file's name without one of them is its student's. unpack_into: where a
    platform's one zip of all is unpacked; without it, such a zip is one submission. out: where results go,
    which is no submission, wherever it lies. is_student: whether a name is one of the roster's, which tells a
    class of one in a folder from a student's own folder.
    """
    longest_first = tuple(sorted(known, key=len, reverse=True))
    look = _Look(longest_first, unpack_into, out.resolve() if out else None, len(paths) > 1, is_student)
    found: list[HandedIn] = []
    for path in paths:
        found += look.at(path)
    return _with_stems(look.named_by_their_folders(found))


def _with_stems(found: Sequence[HandedIn]) -> list[HandedIn]:
    taken: set[str] = set()
    named = []
    for item in found:
        name, number = cut(item.stem), 1
        stem = name if name.casefold() not in taken else cut(f"{name}-{item.path.parent.name}")
        name = stem
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        named.append(replace(item, stem=name))
    return named


def cut(stem: str) -> str:
    """A stem that a result's file can have: short enough, and text."""
    return os.fsencode(stem)[:MAX_STEM_BYTES].decode("utf-8", "replace")


def _stem(path: Path) -> str:
    """What results are called by."""
    return path.name if path.is_dir() else path.stem


def _bare(name: str) -> str:
    """A file's name without what says of what kind it is."""
    for ending in (ZIP, TAR, PACKED, SCRIPT, NOTEBOOK):
        name = ending.sub("", name)
    return name


def _is_notebook(name: str) -> bool:
    return NOTEBOOK.search(name) is not None


def _is_script(name: str) -> bool:
    return SCRIPT.search(name) is not None


def _is_text(name: str) -> bool:
    """Whether a file's name is that of a text, and of a chapter."""
    return may_hold_work(name) and chapter_of(name) != ""


def _entries(folder: Path, out: Path | None = None) -> list[Path]:
    """What stands in a folder, without what no student wrote."""
    found = []
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if passed_over((path.name,)) or path.name in HANDED_OUT or path.name == TIMESTAMP:
            continue
        if path.is_dir() and not path.is_symlink() and (path.resolve() == out or _is_no_submission(path)):
            continue
        found.append(path)
    return found


def _is_no_submission(folder: Path) -> bool:
    """Whether a folder holds results, or the checks that were handed out."""
    if (folder / "grades.csv").is_file() and (folder / "results").is_dir():
        return True
    return folder.name == HANDED_OUT_FOLDER and not any(_is_notebook(item.name) for item in folder.iterdir())


def _gradable(names: Sequence[str]) -> list[str]:
    """Of the relative names, those that can hold an answer."""
    kept = []
    for name in names:
        *folders, base = PurePosixPath(name).parts
        if passed_over((*folders, base)) or base in HANDED_OUT or ".ipynb_checkpoints" in folders:
            continue
        loose = _is_script(base) or _is_text(base)
        if _is_notebook(base) or is_archives_name(base) or (loose and HANDED_OUT_FOLDER not in folders):
            kept.append(name)
    return kept


def chapter_of(name: str) -> str:
    """The chapter that a path names last (`ch01`), or an empty text."""
    found = CHAPTER.findall(name)
    return str(found[-1]).lower() if found else ""


def _holds_students_folders(folder: Path) -> bool:
    """Whether a folder that stands alone is a wrapper around a class's folders, and not a student's own."""
    entries = _entries(folder) if folder.is_dir() and not folder.is_symlink() else []
    return len(entries) > 1 and all(path.is_dir() and not chapter_of(path.name) for path in entries)


@dataclass
class _Look:
    known: tuple[str, ...]
    unpack_into: Path | None
    out: Path | None
    several: bool
    is_student: Callable[[str], bool]
    unpacked: Counter[str] = field(default_factory=Counter)
    # What archives hold that were looked into, and where those lie that were unpacked.
    listed: dict[Path, list[str]] = field(default_factory=dict)
    opened: dict[Path, Path | None] = field(default_factory=dict)

    # Folders ------------------------------------------------------------------------------------------------

    def at(self, path: Path) -> list[HandedIn]:
        """What was handed in at a path that was asked for."""
        if path.is_dir() and not path.is_symlink():
            found = self._in_folder(path, path)
            return self._one_students(path, found)
        if self._holds_several(path) and (folder := self._unpack(path)) is not None:
            return [replace(item, source=path) for item in self._in_folder(folder, path)]
        # Files of one call lie in one folder more often than not: it is the folder that is graded again next
        # week.
        return self._of_one([path], named(path, self.known), path.parent)

    def _one_students(self, folder: Path, found: list[HandedIn]) -> list[HandedIn]:
        """Several chapters, each once and under its bare name, are one student's folder; so is one folder
        among several."""
        bare = [
            item
            for item in found
            if not item.students and item.layout == "plain" and item.path.parent == folder
        ]
        chapters = [chapter_of(item.path.name) for item in bare]
        whole = len(bare) == len(found) > 1 and all(chapters) and len(set(chapters)) == len(chapters)
        if whole or self.several:
            who = (Who(label=_words(folder.resolve().name)),)
            return [replace(item, students=who) if item in bare else item for item in found]
        return found

    def _in_folder(self, folder: Path, source: Path) -> list[HandedIn]:
        """What a class handed in, or what stands in the folder above."""
        if (folder / METADATA).is_file():
            return self._gradescope(folder, source)
        if folder.name == SUBMITTED or _is_nbgrader(folder / SUBMITTED):
            return self._nbgrader(folder if folder.name == SUBMITTED else folder / SUBMITTED, source)
        if (submitted := _of_teams(folder)) is not None:
            return self._teams(submitted, source)
        entries = _entries(folder, self.out)
        if len(entries) == 1 and _holds_students_folders(entries[0]):
            return self._in_folder(entries[0], source)
        by_attempt: dict[Any, list[Path]] = defaultdict(list)
        names = self._told_apart(entries)
        beside = tuple(path.name for path in entries if path not in names and self._is_nobodys(path))
        found: list[HandedIn] = []
        for path in entries:
            if path in names:
                by_attempt[names[path].attempt].append(path)
            elif path.name not in beside:
                found += self._entry(path, source, alone=len(entries) == 1 + len(beside))
        for paths in by_attempt.values():
            found += self._of_one(paths, names[paths[0]], source)
        found.sort(key=lambda item: item.path.as_posix())
        if found and beside:
            found[0] = replace(found[0], beside=(*beside, *found[0].beside))
        return found

    def _entry(self, path: Path, source: Path, *, alone: bool) -> list[HandedIn]:
        """What an entry of a class's folder holds: what others handed in, or one student."""
        if path.is_dir() and not path.is_symlink():
            if self._is_container(path):
                return self._in_folder(path, source)
            return self._of_a_student(path, self._label(path), source)
        if self._holds_several(path) and (unpacked := self._unpack(path)) is not None:
            inner = _inner(unpacked)
            if alone or any(self._is_container(folder) for folder in (unpacked, inner)):
                return self._in_folder(unpacked, source)
            if self._holds_several_chapters(path):
                return self._of_a_student(unpacked, self._label(path), source, name=_stem(path))
        return [self._file(path, source)]

    def _told_apart(self, entries: Sequence[Path]) -> dict[Path, Named]:
        """The entries that a platform named. Two students of one name are told apart by the platform's number
        or login."""
        names = {path: name for path in entries if (name := named(path, self.known)) is not None}
        numbers: dict[tuple[str, str], set[str]] = defaultdict(set)
        for name in names.values():
            numbers[name.layout, name.who.name].add(name.id)
        return {
            path: replace(name, who=replace(name.who, name=f"{name.who.name} ({name.id})"))
            if name.who.name and not name.who.canvas_id and len(numbers[name.layout, name.who.name]) > 1
            else name
            for path, name in names.items()
        }

    def _is_nobodys(self, path: Path) -> bool:
        """Whether a file in a class's folder is the instructor's or the platform's, and holds no work."""
        if path.is_dir() or kind_by_name(path.name) is not None:
            return False
        if WRITTEN_BY_PLATFORMS.fullmatch(path.name) or TABLE.search(path.name):
            return True
        if INSTRUCTORS.search(path.stem):
            return True
        # A chapter's own text or PDF, in nobody's name.
        return chapter_of(path.name) != "" and not self._label(path)[0].label and not _is_text(path.name)

    def _is_container(self, folder: Path) -> bool:
        """Whether a folder holds the submissions of several students."""
        label = self._label(folder)[0].label
        if CLASS_WORDS.fullmatch(label) or self._is_class(folder):
            return True
        if chapter_of(folder.name):
            return not label and not self._is_one_chapter_of_one(folder)
        # A folder that is only wrapped around another is what that is.
        inner = self._wrapped(folder)
        return inner is not None and not chapter_of(inner.name) and self._is_container(inner)

    def _wrapped(self, folder: Path) -> Path | None:
        """The one folder in a folder that holds nothing else of anybody's."""
        others = [path for path in _entries(folder) if not self._is_nobodys(path)]
        return others[0] if len(others) == 1 and others[0].is_dir() and not others[0].is_symlink() else None

    def _is_class(self, folder: Path) -> bool:
        """Whether what a folder holds, whatever its name, can only be several students'."""
        if (folder / METADATA).is_file() or folder.name == SUBMITTED or _is_nbgrader(folder / SUBMITTED):
            return True
        entries = _entries(folder)
        if _of_teams(folder) is not None or any(is_platforms(path.name) for path in entries):
            return True
        folders = [path for path in entries if path.is_dir() and not path.is_symlink()]
        if any((path / METADATA).is_file() for path in folders):
            return True
        if self._holds_students(folder, folders) or self._holds_students_files(folder, entries):
            return True
        if self._names_student(*entries) and not self._names_student(folder):
            return True
        # A folder per chapter or per week, or an archive of one, in which a class handed in; or the only one.
        inner = [path for path in entries if chapter_of(path.name) or CLASS_WORDS.fullmatch(_bare(path.name))]
        wrapped = self._wrapped(folder)
        return any(self._is_class_below(path) for path in {*inner, *([wrapped] if wrapped else [])})

    def _is_class_below(self, path: Path) -> bool:
        if path.is_dir():
            return not path.is_symlink() and self._is_class(path)
        unpacked = self._unpack(path) if self._holds_several(path) else None
        return unpacked is not None and self._is_class(unpacked)

    def _names_student(self, *paths: Path) -> bool:
        """Whether one of these is called as somebody on the roster is."""
        return any(self.is_student(self._label(path)[0].label) for path in paths)

    def _holds_students(self, folder: Path, folders: Sequence[Path]) -> bool:
        """Whether the folders in a folder are students': several hold work on the same chapter, and none is
        called by what it holds."""
        own = [path for path in folders if chapter_of(path.name) or OWN_WORDS.fullmatch(path.name)]
        if own or len(folders) < 2:
            return False
        chapters: Counter[str] = Counter()
        for path in folders:
            files = _best(_gradable(_below(path)))
            chapters.update({chapter_of(file) or _peek(path / file) for file in files})
        return max(chapters.values(), default=0) > 1

    def _holds_students_files(self, folder: Path, entries: Sequence[Path]) -> bool:
        """Whether the notebooks or archives in a folder are each in somebody's name, and not in that of the
        folder."""
        files = [
            path
            for path in entries
            if path.is_file() and (_is_notebook(path.name) or is_archives_name(path.name))
        ]
        labels = [self._label(path)[0].label.casefold() for path in files]
        chapters = [chapter_of(path.name) or self._peek(path) for path in files]
        own = set(re.findall(r"\w+", _words(folder.name).casefold()))
        return (
            len(files) > 1
            and all(chapters)
            and all(labels)
            and len(set(labels)) == len(labels)
            and not any(OWN_WORDS.fullmatch(label) for label in labels)
            and not any(own & set(re.findall(r"\w+", label)) for label in labels)
        )

    def _is_one_chapter_of_one(self, folder: Path) -> bool:
        """Whether a folder named after a chapter is what one student was given, and not what a class handed
        in."""
        notebooks = [name for name in _gradable(_below(folder)) if not is_archives_name(name)]
        bare = [name for name in notebooks if not self._label(folder / name)[0].label]
        return len(notebooks) <= 1 if bare or not notebooks else False

    # Students -----------------------------------------------------------------------------------------------

    def _of_a_student(
        self, folder: Path, students: tuple[Who, ...], source: Path, *, name: str = "", **more: Any
    ) -> list[HandedIn]:
        """What one student's folder holds: one submission, or one for each chapter and for each copy."""
        name = name or folder.name
        files = _gradable(_below(folder))
        by_chapter: dict[str, list[str]] = defaultdict(list)
        for file in files:
            by_chapter[chapter_of(file) or _peek(folder / file)].append(file)
        unnamed = by_chapter.pop("", [])
        if len(by_chapter) <= 1:
            return [HandedIn(folder, name, source, students=students, **more)]
        split = []
        for found in by_chapter.values():
            for file in _best(found):
                path = folder / file
                number = more.get("number", 0) or _copy_number(path)
                item = HandedIn(
                    path, f"{name}-{_stem(path)}", source, students=students, together=str(folder)
                )
                split.append(replace(item, **{**more, "number": number}))
        split[0] = replace(split[0], passed_over=tuple(unnamed))
        return split

    def _of_one(self, paths: list[Path], name: Named | None, source: Path) -> list[HandedIn]:
        """What one student handed in at one time on a platform that puts all into one folder: files that
        begin with a name, or folders of that name."""
        if name is None:
            return [self._file(path, source) for path in paths]
        files = [path.name for path in paths if path.is_file()]
        work = set(_best(_gradable(files)))
        chosen = [path for path in paths if path.name in work or (path.is_dir() and _gradable(_below(path)))]
        chosen = chosen or paths[:1]
        found: list[HandedIn] = []
        for path in chosen:
            place = path / ATTACHMENTS if (path / ATTACHMENTS).is_dir() else path
            if place.is_dir():
                found += self._of_a_student(place, (name.who,), source, name=path.name, **name.more)
                continue
            more = {**name.more, "number": (named(path, self.known) or name).number}
            if self._holds_several_chapters(path) and (folder := self._unpack(path)) is not None:
                found += self._of_a_student(folder, (name.who,), source, name=_stem(path), **more)
            else:
                found.append(HandedIn(path, _stem(path), source, students=(name.who,), **more))
        together = str(paths[0]) if len(found) > 1 else ""
        found = [replace(item, together=item.together or together) for item in found]
        rest = tuple(path.name for path in paths if path not in chosen and not _is_receipt(path))
        found[0] = replace(found[0], passed_over=(*found[0].passed_over, *rest))
        return found

    def _file(self, path: Path, source: Path) -> HandedIn:
        """A file that is one submission, and what its name says."""
        label = self._label(path)
        number = _copy_number(path)
        return HandedIn(path, _stem(path), source, students=label if label[0].label else (), number=number)

    def _label(self, path: Path) -> tuple[Who, ...]:
        """Whose a file or a folder is by its name: what is left of it without the assignment's."""
        stem = path.name if path.is_dir() else _bare(path.name)
        slug = re.fullmatch(r"(.+)-submissions", path.parent.name)
        if slug and stem.startswith(f"{slug[1]}-"):
            return (Who(label=stem[len(slug[1]) + 1 :]),)
        stem = COPY_OF.sub("", stem)
        for name in self.known:
            inside = re.escape(name).replace("_", "[-_ +]+")
            if match := re.search(rf"(?<![^\W_]){inside}(?![^\W_])", stem, re.IGNORECASE):
                stem = f"{stem[: match.start()]}_{stem[match.end() :]}"
                break
            if stem.startswith(name):
                stem = stem[len(name) :]
                break
        else:
            if re.fullmatch(r"ch\d\d_[a-z_]+", COPY_MARK.sub("", stem)):
                stem = ""
        rest = _words(stem)
        # What a browser or Jupyter adds to a second copy of the same name is nobody's name.
        return (Who(label="" if re.fullmatch(COPY_MARK.pattern, f" {rest}", re.IGNORECASE) else rest),)

    def named_by_their_folders(self, found: list[HandedIn]) -> list[HandedIn]:
        """Files of one name in several folders, as a shell expands `in/*/ch01_vectors.ipynb`, are named by
        those folders."""
        bare = [item for item in found if not item.students and item.path.is_file()]
        if len({item.path.resolve().parent for item in bare}) < 2:
            return found
        # The folders' own parent is what is graded again next week.
        return [
            replace(
                item,
                students=(Who(label=_words(item.path.resolve().parent.name)),),
                source=item.source.parent,
            )
            if item in bare
            else item
            for item in found
        ]

    # Platforms ----------------------------------------------------------------------------------------------

    def _gradescope(self, folder: Path, source: Path) -> list[HandedIn]:
        metadata = _gradescope_metadata(folder / METADATA)
        found: list[HandedIn] = []
        for path in _entries(folder):
            entry = metadata.get(path.name)
            if entry is None and not path.is_dir():
                continue
            students = tuple(_submitter(item) for item in _list(entry, "submitters"))
            number = re.search(r"(\d+)$", path.stem)
            more: dict[str, Any] = {
                "layout": "gradescope",
                "handed_in": time_of(_value(entry, "created_at")),
                "number": int(number[1]) if number else 0,
                "platform_id": path.name,
            }
            if path.is_dir():
                found += self._of_a_student(path, students, source, **more)
            else:
                found.append(HandedIn(path, _stem(path), source, students=students, **more))
        return found

    def _nbgrader(self, submitted: Path, source: Path) -> list[HandedIn]:
        found: list[HandedIn] = []
        for student in _entries(submitted):
            for assignment in _entries(student) if student.is_dir() else []:
                if not assignment.is_dir():
                    continue
                when = written_time(assignment / TIMESTAMP)
                who = (Who(sid=student.name),)
                name = f"{student.name}-{assignment.name}"
                found += self._of_a_student(
                    assignment, who, source, name=name, layout="nbgrader", handed_in=when
                )
        return found

    def _teams(self, submitted: Path, source: Path) -> list[HandedIn]:
        found: list[HandedIn] = []
        for student in filter(Path.is_dir, _entries(submitted)):
            who = (Who(name=_words(student.name)),)
            for assignment in filter(Path.is_dir, _entries(student)):
                versions = [path for path in _entries(assignment) if VERSION.fullmatch(path.name)]
                for path in versions or [assignment]:
                    match = VERSION.fullmatch(path.name)
                    name = f"{student.name}-{assignment.name}" + (f"-{path.name}" if match else "")
                    more = {"layout": "teams", "number": int(match[1]) if match else 0}
                    found += self._of_a_student(path, who, source, name=name, **more)
        return found

    # Archives -----------------------------------------------------------------------------------------------

    def _peek(self, path: Path) -> str:
        """The chapter that a file holds whose name does not say it."""
        inside = (chapter_of(name) for name in _best(_gradable(self._members(path))))
        return _peek(path) or next(filter(None, inside), "")

    def _members(self, path: Path) -> list[str]:
        if not is_archives_name(path.name) or path.is_symlink() or self.unpack_into is None:
            return []
        if path not in self.listed:
            try:
                self.listed[path] = [name for name, _ in _archive_members(path)]
            except (*CANNOT_BE_OPENED, OSError, Unreadable):
                # What cannot be opened is read as a submission, which says why.
                self.listed[path] = []
        return self.listed[path]

    def _holds_several(self, path: Path) -> bool:
        members = self._members(path)
        files = _gradable(members)
        return (
            _is_platforms(members)
            or sum(map(_is_notebook, files)) > 1
            or sum(map(is_archives_name, files)) > 1
            or len({PurePosixPath(name).parts[:-1] for name in files if not _is_handed_out(name)}) > 1
            or any(self._names_student(*map(Path, PurePosixPath(name).parts)) for name in files)
        )

    def _holds_several_chapters(self, path: Path) -> bool:
        files = [name for name in _gradable(self._members(path)) if _is_notebook(name)]
        return len({chapter_of(name) for name in files} - {""}) > 1

    def _unpack(self, path: Path) -> Path | None:
        """Unpack an archive; None if that cannot be done, and it is then read as a submission, which says
        why."""
        if path not in self.opened:
            self.opened[path] = self._unpacked(path)
        return self.opened[path]

    def _unpacked(self, path: Path) -> Path | None:
        assert self.unpack_into is not None
        name = cut(_bare(path.name))
        self.unpacked[name] += 1
        folder = self.unpack_into / (name if self.unpacked[name] == 1 else f"{name}-{self.unpacked[name]}")
        shutil.rmtree(folder, ignore_errors=True)
        try:
            _extract(path, folder)
        except (*CANNOT_BE_OPENED, Unreadable):
            shutil.rmtree(folder, ignore_errors=True)
            return None
        return folder


def _is_receipt(path: Path) -> bool:
    """Whether a file is what Blackboard writes beside what was handed in."""
    match = BLACKBOARD.fullmatch(path.name)
    return match is not None and not match["file"]


def _is_handed_out(name: str) -> bool:
    return HANDED_OUT_FOLDER in PurePosixPath(name).parts


def _inner(folder: Path) -> Path:
    """The folder that a folder is only wrapped around."""
    while len(entries := _entries(folder)) == 1 and entries[0].is_dir() and not entries[0].is_symlink():
        folder = entries[0]
    return folder


def _of_teams(folder: Path) -> Path | None:
    """Where Teams keeps what a class handed in; beside it are drafts."""
    if folder.name.casefold() == SUBMITTED_FILES:
        return folder
    found = [path for path in _entries(folder) if path.name.casefold() == SUBMITTED_FILES and path.is_dir()]
    return found[0] if found else None


def _is_platforms(members: Sequence[str]) -> bool:
    """Whether these are the members of a platform's own zip."""
    for name in members:
        parts = PurePosixPath(name).parts
        if METADATA in parts[:4] or SUBMITTED in parts[:2] or any(map(is_platforms, parts[:3])):
            return True
        if any(part.casefold() == SUBMITTED_FILES for part in parts[:2]):
            return True
    return False


def _is_nbgrader(submitted: Path) -> bool:
    return submitted.is_dir() and any(path.is_dir() for path in submitted.iterdir())


def _words(name: str) -> str:
    return " ".join(re.sub(r"[_]+", " ", name).split()).strip(" -.")


def _copy_number(path: Path) -> int:
    """What a browser or Jupyter counts copies with: 0 for the first."""
    mark = COPY_MARK.search(_bare(path.name))
    digits = re.findall(r"\d+", mark[0]) if mark else []
    return int(digits[-1]) + 1 if digits else int(bool(mark))


def _below(folder: Path) -> list[str]:
    """The files below a folder, by relative name; folders that tools make are not entered."""
    found: list[str] = []
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in TOOLS_FOLDERS)
        here = Path(place).relative_to(folder)
        found += [(here / name).as_posix() for name in sorted(files)]
        if len(found) > MAX_MEMBERS:
            break
    return found


def _best(files: Sequence[str]) -> list[str]:
    """Of files that could hold one answer, the notebooks; without any, the scripts; without those, the
    archives, and last the texts."""
    for kind in (_is_notebook, _is_script, is_archives_name, _is_text):
        found = [name for name in files if kind(name)]
        if found:
            return found
    return []


def _peek(path: Path) -> str:
    """The chapter that a notebook's metadata name, if its file's name does not."""
    if not _is_notebook(path.name):
        return ""
    try:
        with path.open("rb") as file:
            start = file.read(PEEKED_BYTES)
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - PEEKED_BYTES))
            end = file.read(PEEKED_BYTES)
    except OSError:
        return ""
    match = re.search(rb'"assignment_name":\s*"(ch\d\d)_\w+"', start + end)
    return match[1].decode() if match else ""


# Metadata ---------------------------------------------------------------------------------------------------


def _gradescope_metadata(path: Path) -> dict[str, Any]:
    """What Gradescope writes of its submissions, by folder; nothing if it cannot be read."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data = yaml.load(path.read_bytes(), Loader=loader)
    except (yaml.YAMLError, OSError, ValueError):
        return {}
    return (
        {str(key): value for key, value in data.items() if isinstance(value, dict)}
        if isinstance(data, dict)
        else {}
    )


def _value(entry: Any, key: str) -> Any:
    """Gradescope's keys are Ruby's symbols: with a colon in front."""
    return entry.get(f":{key}", entry.get(key)) if isinstance(entry, dict) else None


def _list(entry: Any, key: str) -> list[Any]:
    value = _value(entry, key)
    return value if isinstance(value, list) else []


def _submitter(item: Any) -> Who:
    texts = {key: " ".join(str(_value(item, key) or "").split()) for key in ("name", "email", "sid")}
    return Who(**texts)


# Unpacking --------------------------------------------------------------------------------------------------


def _archive_members(path: Path) -> list[tuple[str, Any]]:
    """An archive's files by the name they get, without links and without names that lead elsewhere."""
    if path.name.lower().endswith(".zip"):
        with zipfile.ZipFile(path) as archive:
            items: list[tuple[str, Any]] = [
                (item.filename, item)
                for item in archive.infolist()
                if not item.is_dir() and not stat.S_ISLNK(item.external_attr >> 16)
            ]
    else:
        refuse_much(path, MAX_UNPACKED_BYTES)
        with tarfile.open(path) as bundle:
            items = [(member.name, member) for member in bundle.getmembers() if member.isfile()]
    if len(items) > MAX_MEMBERS:
        raise ValueError(f"{path.name} holds more than {MAX_MEMBERS} files")
    kept = []
    for name, item in items:
        # Zips made on Windows may have backslashes between folders.
        parts = PurePosixPath(name.replace("\\", "/")).parts
        if parts and parts[0] != "/" and ".." not in parts and ":" not in parts[0]:
            kept.append((PurePosixPath(*parts).as_posix(), item))
    return kept


def _extract(path: Path, folder: Path) -> None:
    left = MAX_UNPACKED_BYTES
    for name, data, modified in _contents(path):
        left -= len(data)
        if left < 0:
            raise ValueError(f"{path.name} holds more than {MAX_UNPACKED_BYTES // 2**30} GB")
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        if modified is not None:
            os.utime(place, (modified, modified))


def _contents(path: Path) -> Iterator[tuple[str, bytes, float | None]]:
    """The wanted files of an archive. A size in an archive's index is its author's word: what is read is
    bounded."""
    members = [
        (name, item)
        for name, item in _archive_members(path)
        if not passed_over(PurePosixPath(name).parts) or PurePosixPath(name).name == METADATA
    ]
    if path.name.lower().endswith(".zip"):
        with zipfile.ZipFile(path) as archive:
            for name, item in members:
                with archive.open(item) as file:
                    yield name, _bounded(file, name), _zip_time(item)
    else:
        with tarfile.open(path) as bundle:
            for name, item in members:
                content = bundle.extractfile(item)
                if content is not None:
                    yield name, _bounded(content, name), float(item.mtime)


def _bounded(file: IO[bytes], name: str) -> bytes:
    data = file.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise ValueError(f"{name} has more than {MAX_FILE_BYTES // 2**20} MB")
    return data


def _zip_time(item: zipfile.ZipInfo) -> float | None:
    try:
        return datetime(*item.date_time, tzinfo=UTC).timestamp()
    except ValueError:
        return None
