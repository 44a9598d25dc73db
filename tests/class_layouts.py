"""Classes as platforms and people hand them over, made at random: who handed in what, under which name, and
in which wrapping. What each student must have in the end is known."""

from __future__ import annotations

import json
import random
import re
import shutil
import tarfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

CHAPTERS = dict.fromkeys(("ch01_vectors", "ch02_dot_product", "ch03_matrices"), ("first", "second"))
FIRST = (
    "Jane",
    "Bob",
    "Seán",
    "Zoë",
    "Cem",
    "Mary Ann",
    "Jean-Luc",
    "小明",
    "Ольга",
    "محمد",
    "Søren",
    "Dean",
    "James",
    "Li",
)
LAST = (
    "Doe",
    "Roe",
    "O'Brien",
    "Ångström",
    "Öz",
    "van der Berg",
    "Smith-Jones",
    "王",
    "Иванова",
    "علي",
    "James",
    "Dean",
    "Wu",
)
BEGAN = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Student:
    """A student as every place knows them."""

    first: str
    last: str
    number: int

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def sid(self) -> str:
        return str(30_000 + self.number)

    @property
    def login(self) -> str:
        return f"user{chr(97 + self.number // 26)}{chr(97 + self.number % 26)}"

    @property
    def email(self) -> str:
        return f"{self.login}@example.edu"

    @property
    def on_canvas(self) -> str:
        """Their name as Canvas writes it in the names of files."""
        return re.sub(r"\W", "", f"{self.last}{self.first}").lower()

    @property
    def on_moodle(self) -> str:
        """Their name without what Moodle thinks a file system may mistake."""
        return re.sub(r"[&<>\"`|':\\/]", "", self.name)

    @property
    def called(self) -> set[str]:
        """All that they are called anywhere."""
        return {self.name, self.on_canvas, self.on_moodle, *self.in_folders}

    @property
    def in_folders(self) -> Sequence[str]:
        """What people call a student's folder or file by, besides the name."""
        listed = f"{self.last}, {self.first}"
        return listed, self.login, self.sid, self.email, f"{self.name} {self.sid}", f"{self.sid} {listed}"

    @property
    def canvas_id(self) -> str:
        return str(12_000 + self.number)


@dataclass(frozen=True)
class Work:
    """A notebook that a student handed in. first, second: how many checks of each question it passes, None if
    it is as it was handed out."""

    student: Student
    chapter: str
    first: int | None
    second: int | None
    when: datetime
    says_its_chapter: bool = True

    @property
    def score(self) -> float:
        return 2.0 * (self.first or 0) + 2.0 * (self.second or 0)

    @property
    def text(self) -> str:
        given = {"first": self.first, "second": self.second}
        lines = [f"{name} = {'...' if count is None else count}" for name, count in given.items()]
        metadata = {"otter": {"assignment_name": self.chapter}} if self.says_its_chapter else {}
        cell = {
            "cell_type": "code",
            "source": "\n".join(lines),
            "metadata": {},
            "outputs": [],
            "execution_count": None,
        }
        return json.dumps({"cells": [cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


@dataclass
class Collection:
    """What one platform or person handed over.

    said: how it was made, for whoever reads a failure. shared: grades of who handed in together with another.
    """

    rng: random.Random
    folder: Path
    said: list[str] = field(default_factory=list)
    shared: dict[tuple[str, str], float] = field(default_factory=dict)

    def put(self, name: str, text: str) -> None:
        path = self.folder / name
        assert not path.exists(), path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


# Platforms --------------------------------------------------------------------------------------------------


def gradescope(to: Collection, works: Sequence[Work]) -> None:
    """Only what a student activated is exported: the latest; some hand in together."""
    waiting, groups = latest(works), []
    while waiting:
        size = to.rng.choice((1, 1, 1, 2, 3))
        first, *others = waiting[:size]
        del waiting[:size]
        groups.append(([first], [first.student, *(work.student for work in others)]))
        to.shared |= {(work.student.name, work.chapter): first.score for work in others}
    _gradescope(to, groups)


def _gradescope(to: Collection, submissions: Sequence[tuple[Sequence[Work], Sequence[Student]]]) -> None:
    export, lines = f"assignment_{to.rng.randrange(10**6)}_export", []
    for works, students in submissions:
        folder = f"submission_{to.rng.randrange(10**8, 10**9)}"
        lines += [f"{folder}:", "  :submitters:"]
        for student in students:
            lines += [
                f"  - :name: {json.dumps(student.name, ensure_ascii=False)}",
                f"    :sid: '{student.sid}'",
                f"    :email: {student.email}",
            ]
        lines.append(f"  :created_at: {works[0].when:%Y-%m-%d %H:%M:%S}.180000000 Z")
        for work in works:
            name = own_name(to.rng, work) if len(works) == 1 else f"{work.chapter}.ipynb"
            to.put(f"{export}/{folder}/{name}", work.text)
    to.put(f"{export}/submission_metadata.yml", "\n".join(lines))


def canvas(to: Collection, works: Sequence[Work]) -> None:
    """Of each student the latest; a name without what is no letter or digit, in lower case."""
    attachment = 50_000
    for work in sorted(latest(works), key=lambda work: work.when):
        attachment += to.rng.randrange(1, 50)
        student = work.student
        late = "LATE_" if to.rng.random() < 0.2 else ""
        again = to.rng.choice(("", "-1", "-2"))
        file = own_name(to.rng, work).replace(".ipynb", f"{again}.ipynb")
        to.put(f"{student.on_canvas}_{late}{student.canvas_id}_{attachment}_{file}", work.text)


def moodle(to: Collection, works: Sequence[Work]) -> None:
    """A folder for each, or the start of a file's name."""
    folders = to.rng.random() < 0.6
    for number, work in enumerate(latest(works)):
        start = f"{work.student.on_moodle}_{1_234_567 + number}_assignsubmission_file"
        to.put(f"{start}_{'/' if folders else ''}{own_name(to.rng, work)}", work.text)


def blackboard(to: Collection, works: Sequence[Work]) -> None:
    """Every attempt, and beside it what Blackboard says of it."""
    for work in works:
        start = f"Chapter {work.chapter[2:4]}_{work.student.login}_attempt_{work.when:%Y-%m-%d-%H-%M-%S}"
        to.put(f"{start}_{own_name(to.rng, work)}", work.text)
        to.put(f"{start}.txt", f"Name: {work.student.name} ({work.student.login})\nAssignment: x\n")


def brightspace(to: Collection, works: Sequence[Work]) -> None:
    folders = to.rng.random() < 0.6
    for work in works:
        when = f"{work.when:%b} {work.when.day}, {work.when:%Y} {work.when.hour % 12 or 12}{work.when:%M %p}"
        start = f"{work.student.number + 400}-678 - {work.student.name} - {when}"
        to.put(f"{start}{'/' if folders else ' - '}{own_name(to.rng, work)}", work.text)
    to.put("index.html", "<html></html>")


def sakai(to: Collection, works: Sequence[Work]) -> None:
    for work in latest(works):
        student = work.student
        folder = f"Homework/{student.last}, {student.first}({student.login})"
        to.put(f"{folder}/Submission attachment(s)/{own_name(to.rng, work)}", work.text)
        to.put(f"{folder}/timestamp.txt", f"{work.when:%Y%m%d%H%M%S}180")
    to.put("Homework/grades.csv", "Homework,Points\n")


def teams(to: Collection, works: Sequence[Work]) -> None:
    counts: dict[Student, int] = {}
    for work in sorted(works, key=lambda work: work.when):
        counts[work.student] = counts.get(work.student, 0) + 1
        place = f"{work.student.name}/Chapter {work.chapter[2:4]}/Version {counts[work.student]}"
        to.put(f"Submitted files/{place}/{own_name(to.rng, work)}", work.text)
        to.put(f"Working files/{place}/{own_name(to.rng, work)}", work.text)


def nbgrader(to: Collection, works: Sequence[Work]) -> None:
    who = to.rng.choice(("login", "sid"))
    for work in latest(works):
        place = f"submitted/{getattr(work.student, who)}/{work.chapter}"
        to.put(f"{place}/{work.chapter}.ipynb", work.text)
        to.put(f"{place}/timestamp.txt", f"{work.when:%Y-%m-%d %H:%M:%S}.94 UTC")


# What people do ---------------------------------------------------------------------------------------------


def folders_of_students(to: Collection, works: Sequence[Work]) -> None:
    """A folder in each student's name, with the notebook and what was handed out with it."""
    for work in latest(works):
        place = in_a_name(to.rng, work.student)
        to.put(f"{place}/{own_name(to.rng, work)}", work.text)
        _handed_out(to, place)


def folders_with_copies(to: Collection, works: Sequence[Work]) -> None:
    """Beside the answer a second copy of what was handed out, or of the answer itself."""
    for work in latest(works):
        place = in_a_name(to.rng, work.student)
        untouched = Work(work.student, work.chapter, None, None, work.when)
        copy = to.rng.choice((" (1)", "-Copy1", " - Copy", " (2)"))
        names = [f"{work.chapter}.ipynb", f"{work.chapter}{copy}.ipynb"]
        to.rng.shuffle(names)
        to.put(f"{place}/{names[0]}", work.text)
        to.put(f"{place}/{names[1]}", to.rng.choice((untouched, work)).text)


def files_in_names(to: Collection, works: Sequence[Work]) -> None:
    """A folder of files, each with the student's name beside the chapter's."""
    form = to.rng.choice(
        ("{chapter}_{who}", "{who}_{chapter}", "{who} - {chapter}", "{chapter} {who}", "{who}")
    )
    for work in latest(works):
        who = in_a_name(to.rng, work.student)
        # A name alone is enough only if the notebook itself says which chapter it is.
        form = form if work.says_its_chapter or form != "{who}" else "{who} {chapter}"
        if "_" in form and to.rng.random() < 0.5:
            who = who.replace(" ", "_")
        to.put(f"{form.format(chapter=work.chapter, who=who)}.ipynb", work.text)


def archives_in_names(to: Collection, works: Sequence[Work]) -> None:
    """What a student's last cell made: a zip each."""
    for work in latest(works):
        path = to.folder / f"{in_a_name(to.rng, work.student)}.zip"
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(f"{work.chapter}.ipynb", work.text)
            archive.writestr("checking.py", "")
            archive.writestr("tests/first.py", "")


ONE_CHAPTER: Sequence[Callable[[Collection, Sequence[Work]], None]] = (
    gradescope,
    canvas,
    moodle,
    blackboard,
    brightspace,
    sakai,
    teams,
    nbgrader,
    folders_of_students,
    folders_with_copies,
    files_in_names,
    archives_in_names,
)


def several_chapters_a_folder(to: Collection, works: Sequence[Work]) -> None:
    """Each student's folder holds all of their chapters, side by side or in folders of their own."""
    nested, copies = to.rng.random() < 0.4, to.rng.random() < 0.4
    for student, own in by_student(latest(works)).items():
        place = in_a_name(to.rng, student)
        for work in own:
            inner = f"{work.chapter}/" if nested else ""
            to.put(f"{place}/{inner}{work.chapter}.ipynb", work.text)
            if copies and to.rng.random() < 0.5:
                untouched = Work(student, work.chapter, None, None, work.when)
                to.put(f"{place}/{inner}{work.chapter} (1).ipynb", untouched.text)
        _handed_out(to, place)


def several_chapters_on_moodle(to: Collection, works: Sequence[Work]) -> None:
    for number, (student, own) in enumerate(by_student(latest(works)).items()):
        for work in own:
            to.put(
                f"{student.on_moodle}_{2_234_567 + number}_assignsubmission_file_/{work.chapter}.ipynb",
                work.text,
            )


def several_chapters_on_canvas(to: Collection, works: Sequence[Work]) -> None:
    attachment = 70_000
    for student, own in by_student(latest(works)).items():
        for work in own:
            attachment += 1
            to.put(f"{student.on_canvas}_{student.canvas_id}_{attachment}_{work.chapter}.ipynb", work.text)


def several_chapters_on_gradescope(to: Collection, works: Sequence[Work]) -> None:
    _gradescope(to, [(own, [student]) for student, own in by_student(latest(works)).items()])


def a_folder_per_chapter(to: Collection, works: Sequence[Work]) -> None:
    """For each chapter a folder, which any of the above may have filled."""
    forms = (lambda name: name, lambda name: f"{name}-submissions", lambda name: f"Homework {int(name[2:4])}")
    form = to.rng.choice(forms)
    for chapter in dict.fromkeys(work.chapter for work in works):
        inner = Collection(to.rng, to.folder / form(chapter), to.said, to.shared)
        fill = to.rng.choice(ONE_CHAPTER)
        to.said.append(f"{form(chapter)}: {fill.__name__}")
        fill(inner, [work for work in works if work.chapter == chapter])
        if to.rng.random() < 0.2:
            to.said[-1] += ", zipped"
            wrapped_in_a_zip(inner.folder, inner.folder.with_name(f"{inner.folder.name}.zip"))
            shutil.rmtree(inner.folder)


SEVERAL_CHAPTERS: Sequence[Callable[[Collection, Sequence[Work]], None]] = (
    several_chapters_a_folder,
    several_chapters_on_moodle,
    several_chapters_on_canvas,
    several_chapters_on_gradescope,
    a_folder_per_chapter,
    a_folder_per_chapter,
    a_folder_per_chapter,
    nbgrader,
)


def _handed_out(to: Collection, place: str) -> None:
    if to.rng.random() < 0.5:
        for name in ("checking.py", "tests/first.py", ".ipynb_checkpoints/ch01_vectors-checkpoint.ipynb"):
            if not (to.folder / place / name).exists():
                to.put(f"{place}/{name}", "")


def in_a_name(rng: random.Random, student: Student) -> str:
    """What people call a student's folder or file."""
    return rng.choice((student.name, *student.in_folders))


def own_name(rng: random.Random, work: Work) -> str:
    """What students call their notebook; one that says its chapter may be called anything."""
    names = [f"{work.chapter}.ipynb", f"{work.chapter} (1).ipynb", f"{work.chapter}-Copy1.ipynb"]
    if work.says_its_chapter:
        names += ["work.ipynb", "Untitled.ipynb", f"{work.chapter}_final.ipynb", "homework 1.ipynb"]
    return rng.choice(names)


def latest(works: Sequence[Work]) -> list[Work]:
    """Of each student and chapter the last."""
    found = {(work.student, work.chapter): work for work in sorted(works, key=lambda work: work.when)}
    return list(found.values())


def by_student(works: Sequence[Work]) -> dict[Student, list[Work]]:
    found: dict[Student, list[Work]] = {}
    for work in works:
        found.setdefault(work.student, []).append(work)
    return found


# Wrappings --------------------------------------------------------------------------------------------------


def wrapped(to: Collection) -> Path:
    """The collection as it is handed over: as it is, in folders, zipped, or zipped in a folder."""
    rng, folder = to.rng, to.folder
    how = rng.choice(
        ("bare", "bare", "above", "far above", "zip", "zip with its folder", "zip in a folder", "tar")
    )
    to.said.append(how)
    if rng.random() < 0.3:
        for name in rng.sample(("rubric.pdf", "README.md", "Thumbs.db", ".DS_Store", "roster.csv"), 2):
            to.said.append(name)
            to.put(name, "x")
    if how in ("above", "far above"):
        above = folder.parent / f"above-{folder.name}"
        inner = above / rng.choice(("handed in", "Algebra 2026", "a")) / ("b" if how == "far above" else "")
        inner.parent.mkdir(parents=True)
        folder.rename(inner)
        return above
    if how == "zip":
        return wrapped_in_a_zip(folder, folder.with_name(f"{folder.name}.zip"))
    if how == "zip with its folder":
        return wrapped_in_a_zip(folder, folder.with_name(f"{folder.name}.zip"), f"{folder.name}/")
    if how == "zip in a folder":
        above = folder.parent / f"above-{folder.name}"
        above.mkdir()
        wrapped_in_a_zip(folder, above / "submissions.zip")
        return above
    if how == "tar":
        path = folder.with_name(f"{folder.name}.tar.gz")
        with tarfile.open(path, "w:gz") as bundle:
            bundle.add(folder, folder.name)
        return path
    return folder


def wrapped_in_a_zip(folder: Path, path: Path, start: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for item in sorted(folder.rglob("*")):
            if item.is_file():
                archive.write(item, start + item.relative_to(folder).as_posix())
    return path


# Classes ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MadeClass:
    """A class in one or more collections. grades: what each student must have, by name and chapter."""

    students: Sequence[Student]
    paths: Sequence[Path]
    grades: dict[tuple[str, str], float]
    said: Sequence[str]

    @property
    def roster(self) -> str:
        lines = ["First Name,Last Name,SID,Email,ID,SIS Login ID"]
        lines += [f"{s.first},{s.last},{s.sid},{s.email},{s.canvas_id},{s.login}" for s in self.students]
        return "\n".join(lines) + "\n"


def made_class(seed: int, place: Path, *, everybody: bool = False) -> MadeClass:
    """A class that a seed makes. everybody: of every student there is something to each chapter."""
    rng = random.Random(seed)
    names = rng.sample([(first, last) for first in FIRST for last in LAST], rng.randrange(2, 7))
    students = [Student(first, last, number) for number, (first, last) in enumerate(names)]
    works = _handed_in(rng, students, (1, 1, 2) if everybody else (0, 1, 1, 1, 2))
    said: list[str] = []
    paths = []
    shared: dict[tuple[str, str], float] = {}
    chapters = list(CHAPTERS)
    rng.shuffle(chapters)
    while chapters:
        taken = [chapters.pop() for _ in range(min(len(chapters), rng.choice((1, 1, 2, 3))))]
        to = Collection(rng, place / f"collection-{len(paths)}", said, shared)
        fill = rng.choice(ONE_CHAPTER if len(taken) == 1 else SEVERAL_CHAPTERS)
        said.append(f"{', '.join(taken)}: {fill.__name__}")
        handed_over = [work for work in works if work.chapter in taken]
        if handed_over:
            to.folder.mkdir(parents=True)
            fill(to, handed_over)
            paths.append(wrapped(to))
    grades = {(work.student.name, work.chapter): work.score for work in latest(works)} | shared
    return MadeClass(students, paths, grades, said)


def _handed_in(rng: random.Random, students: Sequence[Student], attempts: Sequence[int]) -> list[Work]:
    works = []
    for student in students:
        for chapter in CHAPTERS:
            for attempt in range(rng.choice(attempts)):
                first, second = rng.choice((0, 1, 2)), rng.choice((0, 1))
                when = BEGAN + timedelta(days=attempt, seconds=rng.randrange(80_000))
                works.append(Work(student, chapter, first, second, when, rng.random() < 0.8))
    return works or [Work(students[0], next(iter(CHAPTERS)), 1, 1, BEGAN)]
