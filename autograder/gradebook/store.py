"""A class's results in one SQLite file, `gradebook.sqlite`: what was handed in, by whom, and what became of
it.

Results are added as they are graded and never taken out: a regrade adds newer ones, and those that counted
before stay beside them. One process writes at a time; others can read meanwhile.

Journal: WAL. Measured with a transaction for each result (1,000 of 9 kB): 0.4 ms each with WAL, 1.7 to 6.6 ms
with a rollback journal. A result that a power cut takes out of the last of the WAL is still in `results/`,
and comes back from there. File systems that cannot do WAL (some network ones) get a rollback journal.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.resources
import json
import os
import sqlite3
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Self

from autograder.grade.layouts import HandedIn
from autograder.grade.platforms import Who
from autograder.gradebook.people import Person, keys_of, place_among

NAME = "gradebook.sqlite"
FORMAT = 1
LOCK_SECONDS = 20.0
# What a batch holds while it writes to a folder, and how long the next waits for one that was just killed.
LOCK = ".grading.lock"
WAIT_SECONDS = 5.0

SCHEMA = importlib.resources.files("autograder.gradebook").joinpath("schema.sql")


class StoreProblem(Exception):
    """The store cannot be used: what is wrong, and what to do, in one message."""


@dataclass(frozen=True)
class Submission:
    """A submission as the store has it: one content at one place."""

    id: int
    source: str
    path: str
    stem: str
    layout: str
    platform_id: str
    assignment: str
    content: str
    handed_in: datetime | None
    modified: float | None
    marked_late: bool
    number: int
    together: str
    certain: bool
    first_run: int
    last_run: int
    withdrawn: bool
    students: tuple[int, ...] = ()


@dataclass(frozen=True)
class QuestionResult:
    """How one question went. score: None while it waits for the points a person gives."""

    name: str
    score: float | None
    max_score: float
    attempted: bool
    stopped: bool
    complete: bool
    misconception: str = ""
    hint: str = ""
    note: str = ""


@dataclass(frozen=True)
class StoredResult:
    """A result as the store has it, with its questions by name. unstable: what differed between two runs of
    the same notebook, a sentence per line."""

    id: int
    submission: int
    distribution: str | None
    sandbox: str
    status: str
    score: float | None
    max_score: float
    reason: str
    unstable: str
    questions: Mapping[str, QuestionResult]


def path_text(path: Path) -> str:
    """A path as the store has it: absolute, and text, whatever bytes a file system allows in a name."""
    return os.fsencode(path.absolute()).decode("utf-8", "backslashreplace")


def text_of(name: str) -> str:
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _with_names_as_text(who: Who) -> Who:
    """The same student with names that are text."""
    return Who(*(text_of(getattr(who, field.name)) for field in fields(Who)))


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class Store:
    """The gradebook of one folder of results. `Store.open` makes it where there is none."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._db = connection
        self.path = path

    @classmethod
    def open(cls, folder: Path, *, create: bool = True) -> Self:
        """Open the store of a folder of results. Raises `StoreProblem` with what is wrong and what to do."""
        path = folder / NAME
        if not create and not path.is_file():
            raise StoreProblem(
                f"{folder} holds no gradebook: give the folder that `autograder grade --out` wrote"
            )
        with _sqlite_errors_explained(path):
            connection = sqlite3.connect(path, timeout=LOCK_SECONDS, isolation_level=None)
            connection.row_factory = sqlite3.Row
            try:
                _prepare(connection, path)
            except BaseException:
                connection.close()
                raise
        return cls(connection, path)

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all that is written in it is kept, or none."""
        with _sqlite_errors_explained(self.path):
            if self._db.in_transaction:
                yield self._db
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def trial(self) -> Iterator[None]:
        """What is written within is seen within, and gone after."""
        with _sqlite_errors_explained(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                self._db.execute("ROLLBACK")

    def rows(self, query: str, parameters: tuple[Any, ...] = ()) -> list[sqlite3.Row]:
        """The rows of a query, for what reads the store."""
        with _sqlite_errors_explained(self.path):
            return self._db.execute(query, parameters).fetchall()

    # Settings -----------------------------------------------------------------------------------------------

    def setting(self, key: str) -> str:
        """A text that was kept under a key; an empty one where there is none."""
        found = self.rows("SELECT value FROM meta WHERE key = ?", (key,))
        return str(found[0]["value"]) if found else ""

    def keep_setting(self, key: str, value: str) -> None:
        with self.writing() as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # Runs ---------------------------------------------------------------------------------------------------

    def begin_run(self, kind: str, arguments: Mapping[str, Any]) -> int:
        with self.writing() as db:
            values = (kind, now(), json.dumps(arguments))
            return int(
                db.execute("INSERT INTO runs (kind, began, arguments) VALUES (?, ?, ?)", values).lastrowid
                or 0
            )

    def end_run(self, run: int) -> None:
        with self.writing() as db:
            db.execute("UPDATE runs SET ended = ? WHERE id = ?", (now(), run))

    # What is handed in --------------------------------------------------------------------------------------

    def stems(self) -> dict[str, str]:
        """The newest stem of every path that was graded."""
        found = self.rows("SELECT path, stem FROM submissions ORDER BY last_run, id")
        return {row["path"]: row["stem"] for row in found}

    def rename(self, path: str, stem: str) -> None:
        """Give what was handed in at a path another name for its results."""
        with self.writing() as db:
            db.execute("UPDATE submissions SET stem = ? WHERE path = ?", (stem, path))

    def record(self, run: int, item: HandedIn, data: Mapping[str, Any], reading: bytes = b"") -> None:
        """Add a submission and its result, as `results/<stem>.json` has it. What is there already stays as it
        is."""
        with self.writing() as db:
            extra = data["extra_data"]
            submission = self._submission(db, run, item, extra)
            if reading:
                self._keep_reading(db, extra.get("content", ""), reading)
            same = db.execute(
                "SELECT 1 FROM results WHERE submission = ? AND is_current AND made_from = ? AND status = ?",
                (submission, extra["made_from"], extra["status"]),
            ).fetchone()
            if not same or not extra["made_from"] or extra["status"] == "grader_error":
                self.add_result(run, submission, data)

    def _submission(self, db: sqlite3.Connection, run: int, item: HandedIn, extra: Mapping[str, Any]) -> int:
        path, content = path_text(item.path), str(extra.get("content", ""))
        students = [self._student(db, _with_names_as_text(who)) for who in item.students] or [
            self._unknown(db, item.stem, path)
        ]
        certain = bool(item.students) and all(who.is_certain for who in item.students)
        try:
            modified = item.path.stat().st_mtime
        except OSError:
            modified = None
        values: dict[str, Any] = {
            "source": path_text(item.source),
            "stem": item.stem,
            "layout": item.layout,
            "platform_id": text_of(item.platform_id),
            "assignment": extra["assignment"] or "",
            "handed_in": item.handed_in.astimezone(UTC).isoformat() if item.handed_in else None,
            "modified": modified,
            "marked_late": item.late,
            "number": item.number,
            "together": text_of(item.together),
            "certain": certain,
            "last_run": run,
            "withdrawn_run": None,
        }
        known = db.execute(
            "SELECT id FROM submissions WHERE path = ? AND content = ?", (path, content)
        ).fetchone()
        if known:
            columns = ", ".join(f"{name} = ?" for name in values)
            db.execute(f"UPDATE submissions SET {columns} WHERE id = ?", (*values.values(), known["id"]))
            number = int(known["id"])
        else:
            values |= {"path": path, "content": content, "first_run": run}
            number = _insert(db, "submissions", values)
        db.execute("DELETE FROM submission_students WHERE submission = ?", (number,))
        db.executemany(
            "INSERT OR IGNORE INTO submission_students VALUES (?, ?)",
            [(number, student) for student in students],
        )
        return number

    def add_result(self, run: int, submission: int, data: Mapping[str, Any]) -> int:
        """Add a result, which from now on is the submission's current one."""
        extra = data["extra_data"]
        with self.writing() as db:
            distribution = self._distribution(db, data)
            db.execute("UPDATE results SET is_current = 0 WHERE submission = ? AND is_current", (submission,))
            values = {
                "submission": submission,
                "distribution": distribution,
                "grader": extra.get("grader", ""),
                "sandbox": extra["sandbox"],
                "status": extra["status"],
                "score": extra["score"],
                "max_score": extra["max_score"],
                "reason": extra["reason"] or "",
                "made_from": extra["made_from"],
                "run": run,
                "graded_at": now(),
                "is_current": 1,
                "data": zlib.compress(json.dumps(data).encode()),
                "unstable": "\n".join(extra.get("unstable", [])),
            }
            result = _insert(db, "results", values)
            self._details(db, result, distribution, extra["questions"])
            return result

    def _details(
        self, db: sqlite3.Connection, result: int, distribution: str | None, questions: Mapping[str, Any]
    ) -> None:
        checks = {
            (row["question"], row["name"]): row["id"]
            for row in db.execute(
                "SELECT id, question, name FROM checks WHERE distribution = ?", (distribution,)
            )
        }
        question_rows, check_rows = [], []
        for name, entry in questions.items():
            complete = bool(entry["checks"]) and all(check["passed"] for check in entry["checks"])
            question_rows.append(
                (
                    result,
                    name,
                    entry["score"],
                    entry["max_score"],
                    entry["attempted"],
                    entry["stopped"],
                    complete,
                    entry["misconception"],
                    entry.get("hint", ""),
                    entry["note"],
                )
            )
            check_rows += [
                (result, checks[name, check["name"]], check["passed"], check["kind"])
                for check in entry["checks"]
            ]
        db.executemany(f"INSERT INTO question_results VALUES ({', '.join('?' * 10)})", question_rows)
        db.executemany("INSERT INTO check_results VALUES (?, ?, ?, ?)", check_rows)

    def _distribution(self, db: sqlite3.Connection, data: Mapping[str, Any]) -> str | None:
        """The distribution a result was made with; its questions and checks are added with its first whole
        result."""
        extra = data["extra_data"]
        assignment = extra["assignment"]
        if not assignment:
            return None
        digest = str(extra.get("release") or f"{assignment} {extra['variant']}")
        points = sum(entry["max_score"] for entry in data.get("tests", []))
        values = (digest, assignment, extra["variant"] or "", points)
        db.execute("INSERT OR IGNORE INTO distributions VALUES (?, ?, ?, ?)", values)
        for position, (name, entry) in enumerate(extra["questions"].items()):
            rubric = json.dumps(entry["rubric"]) if entry.get("rubric") else ""
            row = (digest, name, position, entry["max_score"], entry.get("kind", ""), rubric)
            db.execute("INSERT OR IGNORE INTO questions VALUES (?, ?, ?, ?, ?, ?)", row)
            for check in entry["checks"]:
                fields = (digest, name, check["name"], check["title"], check["hidden"])
                db.execute(
                    "INSERT OR IGNORE INTO checks (distribution, question, name, title, hidden)"
                    " VALUES (?, ?, ?, ?, ?)",
                    fields,
                )
        return digest

    def withdraw_what_is_gone(self, run: int) -> list[str]:
        """Take out of the count what earlier runs found in the places of this one, and this one did not.

        Only where nobody but a file's or a folder's name says whose it was, and only for assignments that are
        still in that place: a student whom a platform names keeps a grade until another submission takes
        over. Returns stems.
        """
        gone = """
            withdrawn_run IS NULL AND NOT certain AND last_run < :run
            AND EXISTS (
                SELECT 1 FROM submissions AS now
                WHERE now.last_run = :run AND now.source = submissions.source
                AND now.assignment = submissions.assignment)
            AND NOT EXISTS (
                SELECT 1 FROM submissions AS now WHERE now.last_run = :run AND now.path = submissions.path)
        """
        with self.writing() as db:
            found = db.execute(
                f"SELECT id, stem FROM submissions WHERE {gone} ORDER BY stem", {"run": run}
            ).fetchall()
            db.executemany(
                "UPDATE submissions SET withdrawn_run = ? WHERE id = ?", [(run, row["id"]) for row in found]
            )
        return [row["stem"] for row in found]

    def submissions(self) -> list[Submission]:
        owners: dict[int, list[int]] = {}
        for row in self.rows("SELECT submission, student FROM submission_students ORDER BY student"):
            owners.setdefault(row["submission"], []).append(row["student"])
        found = []
        for row in self.rows("SELECT * FROM submissions ORDER BY id"):
            values = dict(row)
            values["withdrawn"] = values.pop("withdrawn_run") is not None
            values["handed_in"] = datetime.fromisoformat(row["handed_in"]) if row["handed_in"] else None
            for name in ("marked_late", "certain"):
                values[name] = bool(values[name])
            found.append(Submission(**values, students=tuple(owners.get(row["id"], ()))))
        return found

    def current_results(self) -> dict[int, StoredResult]:
        """The current result of every submission, by the submission's number."""
        questions: dict[int, dict[str, QuestionResult]] = {}
        query = """
            SELECT q.* FROM question_results AS q JOIN results AS r ON r.id = q.result
            LEFT JOIN questions AS d ON d.distribution = r.distribution AND d.name = q.question
            WHERE r.is_current ORDER BY q.result, d.position
        """
        for row in self.rows(query):
            questions.setdefault(row["result"], {})[row["question"]] = QuestionResult(
                row["question"],
                row["score"],
                row["max_score"],
                bool(row["attempted"]),
                bool(row["stopped"]),
                bool(row["complete"]),
                row["misconception"],
                row["hint"],
                row["note"],
            )
        found = {}
        columns = "id, submission, distribution, sandbox, status, score, max_score, reason, unstable"
        for row in self.rows(f"SELECT {columns} FROM results WHERE is_current"):
            found[row["submission"]] = StoredResult(**dict(row), questions=questions.get(row["id"], {}))
        return found

    def result_data(self, result: int) -> dict[str, Any]:
        """A result as it was written to `results/`."""
        (row,) = self.rows("SELECT data FROM results WHERE id = ?", (result,))
        return dict(json.loads(zlib.decompress(row["data"])))

    def known_result(self, made_from: str) -> dict[str, Any] | None:
        """The newest result that was made from just this, whatever it was handed in as."""
        query = (
            "SELECT id FROM results WHERE made_from = ? AND status <> 'grader_error' ORDER BY id DESC LIMIT 1"
        )
        found = self.rows(query, (made_from,)) if made_from else []
        return self.result_data(found[0]["id"]) if found else None

    def _keep_reading(self, db: sqlite3.Connection, content: str, packed: bytes) -> None:
        if db.execute("SELECT 1 FROM contents WHERE hash = ?", (content,)).fetchone():
            return
        whole = json.loads(zlib.decompress(packed))
        whole["cells"] = [self._keep_cell(db, cell) for cell in whole["cells"]]
        reading = zlib.compress(json.dumps(whole).encode())
        db.execute("INSERT INTO contents VALUES (?, ?)", (content, reading))

    def _keep_cell(self, db: sqlite3.Connection, cell: Any) -> int:
        data = json.dumps(cell).encode()
        digest = hashlib.sha256(data).digest()
        found = db.execute("SELECT id FROM cells WHERE hash = ?", (digest,)).fetchone()
        return found["id"] if found else _insert(db, "cells", {"hash": digest, "cell": zlib.compress(data)})

    def reading(self, content: str) -> bytes | None:
        """A submission as it was read, packed as `record` got it."""
        found = self.rows("SELECT reading FROM contents WHERE hash = ?", (content,))
        if not found:
            return None
        whole = json.loads(zlib.decompress(found[0]["reading"]))
        marks = ", ".join("?" * len(whole["cells"]))
        cells = self.rows(f"SELECT id, cell FROM cells WHERE id IN ({marks})", tuple(whole["cells"]))
        by_number = {row["id"]: json.loads(zlib.decompress(row["cell"])) for row in cells}
        whole["cells"] = [by_number[number] for number in whole["cells"]]
        return zlib.compress(json.dumps(whole).encode())

    # Students -----------------------------------------------------------------------------------------------

    def students(self, numbers: Sequence[int] | None = None) -> dict[int, Person]:
        """Students by number: these, or all."""
        found = {}
        chosen = "" if numbers is None else f"WHERE id IN ({', '.join(map(str, numbers))})"
        for row in self.rows(f"SELECT * FROM students {chosen} ORDER BY id"):
            fields = dict(row)
            fields["roster"] = json.loads(fields["roster"])
            fields["on_roster"] = bool(fields["on_roster"])
            found[row["id"]] = Person(**fields)
        return found

    def _student(self, db: sqlite3.Connection, who: Who) -> int:
        candidates = self._sharing_a_key(db, who)
        place = place_among(candidates, who)
        if place is not None:
            return self._fill_in(db, candidates[place], who)
        return self._new_student(db, who)

    def _sharing_a_key(self, db: sqlite3.Connection, who: Who) -> list[Person]:
        numbers: set[int] = set()
        for kind, value in keys_of(who):
            rows = db.execute("SELECT student FROM student_keys WHERE kind = ? AND value = ?", (kind, value))
            numbers |= {row["student"] for row in rows}
        people = self.students(sorted(numbers))
        return [people[number] for number in sorted(numbers)]

    def _fill_in(self, db: sqlite3.Connection, person: Person, who: Who) -> int:
        """Keep what is newly known of a student."""
        names = ("email", "sid", "canvas_id", "label", *([] if person.on_roster else ["name"]))
        new = {name: getattr(who, name) for name in names if getattr(who, name) and not getattr(person, name)}
        if new:
            columns = ", ".join(f"{name} = ?" for name in new)
            db.execute(f"UPDATE students SET {columns} WHERE id = ?", (*new.values(), person.id))
        self._keep_keys(db, person.id, who)
        return person.id

    def _keep_keys(self, db: sqlite3.Connection, student: int, who: Who) -> None:
        rows = [(student, kind, value) for kind, value in keys_of(who)]
        db.executemany("INSERT OR IGNORE INTO student_keys VALUES (?, ?, ?)", rows)

    def _unknown(self, db: sqlite3.Connection, stem: str, path: str) -> int:
        """A student of whom no more is known than where a submission lies."""
        found = db.execute("SELECT id FROM students WHERE place = ?", (path,)).fetchone()
        return int(found["id"]) if found else _insert(db, "students", {"label": stem, "place": path})

    def take_roster(self, entries: Sequence[tuple[Who, Mapping[str, str]]]) -> None:
        """Keep a roster: every student on it is known from now on, and who was known by less is one of
        them."""
        with self.writing() as db:
            db.execute("UPDATE students SET on_roster = 0, roster = '{}'")
            for who, columns in entries:
                candidates = self._sharing_a_key(db, who)
                place = place_among(candidates, who)
                student = (
                    self._new_student(db, who) if place is None else self._fill_in(db, candidates[place], who)
                )
                values = (who.name, json.dumps(dict(columns)), student)
                db.execute("UPDATE students SET on_roster = 1, name = ?, roster = ? WHERE id = ?", values)
            for person in self.students().values():
                if not person.on_roster and not person.place:
                    self._merge_into_roster(db, person)

    def _merge_into_roster(self, db: sqlite3.Connection, person: Person) -> None:
        who = Who(person.name, person.email, person.sid, person.canvas_id, person.label)
        listed = [other for other in self._sharing_a_key(db, who) if other.on_roster]
        place = place_among(listed, who)
        if place is not None:
            self._fill_in(db, listed[place], who)
            self._merge(db, person.id, listed[place].id)

    def _new_student(self, db: sqlite3.Connection, who: Who) -> int:
        student = _insert(db, "students", {field.name: getattr(who, field.name) for field in fields(Who)})
        self._keep_keys(db, student, who)
        return student

    def _merge(self, db: sqlite3.Connection, other: int, into: int) -> None:
        for table, column in (
            ("submission_students", "student"),
            ("overrides", "student"),
            ("student_keys", "student"),
        ):
            db.execute(f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {column} = ?", (into, other))
        db.execute("DELETE FROM students WHERE id = ?", (other,))


def _insert(db: sqlite3.Connection, table: str, values: Mapping[str, Any]) -> int:
    marks = ", ".join("?" * len(values))
    cursor = db.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))
    return int(cursor.lastrowid or 0)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables where there are none, and refuse a store of a newer format."""
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    connection.execute("PRAGMA journal_mode = WAL")
    # With WAL, this loses nothing to a killed process, and the last results alone to a power cut.
    connection.execute("PRAGMA synchronous = NORMAL")
    if not tables:
        connection.execute("BEGIN IMMEDIATE")
        # Another process may have been first.
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            for statement in SCHEMA.read_text(encoding="utf-8").split(";\n"):
                connection.execute(statement)
            connection.execute("INSERT INTO meta VALUES ('format', ?)", (str(FORMAT),))
        connection.execute("COMMIT")
    found = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
    if found is None or int(found[0]) > FORMAT:
        raise StoreProblem(
            f"{path} was written by a newer version of this program (format"
            f" {found[0] if found else 'unknown'}; this one knows {FORMAT}): use that version"
        )
    if tables:
        _add_missing_columns(connection)


def _add_missing_columns(connection: sqlite3.Connection) -> None:
    """Bring a store of an earlier version up to date: each column that came later has a default."""
    with closing(sqlite3.connect(":memory:")) as new:
        new.executescript(SCHEMA.read_text(encoding="utf-8"))
        for (table,) in new.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
            there = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
            for _, name, kind, _, default, _ in new.execute(f"PRAGMA table_info({table})"):
                if name not in there:
                    connection.execute(
                        f"ALTER TABLE {table} ADD COLUMN {name} {kind} NOT NULL DEFAULT {default}"
                    )


@contextmanager
def only_batch(folder: Path) -> Iterator[None]:
    """Hold a folder of results for one batch: two at a time would each take what the other found for gone.

    Raises `StoreProblem` if another batch holds it; the end of a process, however it comes, lets go of it.
    """
    with (folder / LOCK).open("a") as file:
        until = time.monotonic() + WAIT_SECONDS
        while not _locked(file):
            if time.monotonic() > until:
                raise StoreProblem(
                    f"another `autograder grade` or `regrade` is writing to {folder}: wait until it has"
                    " ended; this one changed nothing"
                )
            time.sleep(0.1)
        yield


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        # A file system without locks: there, nobody can be told from here.
        return True
    return True


@contextmanager
def _sqlite_errors_explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into what an instructor can act on."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreProblem(_explained(path, error)) from error


def _explained(path: Path, error: sqlite3.Error) -> str:
    said = str(error)
    again = "nothing that was graded is lost, and the same call again does the rest"
    if "locked" in said or "busy" in said:
        return f"{path} is in use by another program for more than {LOCK_SECONDS:g} s. End it; {again}"
    if "full" in said:
        return f"{path} cannot grow: the disk is full. Free some room; {again}"
    if "readonly" in said or not os.access(path.parent, os.W_OK):
        return f"{path} cannot be written: the file or its folder is read-only. Change that; {again}"
    if "not a database" in said or "malformed" in said:
        return (
            f"{path} is damaged or no gradebook ({said}). Move it away and grade again: results/"
            " still holds the results"
        )
    if "unable to open" in said:
        return f"{path} cannot be opened ({said})"
    return f"{path} cannot be used: {said}; {again}"
