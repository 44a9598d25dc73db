"""Grading a class again, with mended checks: who moves, by how much, at which question and why, before
anything is overwritten."""

from __future__ import annotations

import copy
import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.grade.release import load
from autograder.grade.results import Row, as_json, result_path, table_cell, write
from autograder.grade.run import GradingJob, Item, PackedSubmission, Releases, grade_all
from autograder.gradebook.grades_file import write_grades
from autograder.gradebook.standings import Class, Standing, standings
from autograder.gradebook.store import Store, StoredResult, Submission

FOLDER = "regrade"
MOVES = "moves.csv"

GradeAll = Callable[[Sequence[Item], GradingJob, int, Callable[[Row], None]], list[Row]]


class NothingToRegrade(Exception):
    """Nothing of what is there is to an assignment, or a question, that was asked for."""


@dataclass(frozen=True)
class Move:
    """A question of a submission that gets other points. question: empty if the submission as a whole was
    readable before and is not now, or the other way around."""

    submission: Submission
    question: str
    before: float | None
    after: float | None
    why: str


@dataclass(frozen=True)
class GradeMove:
    """A grade as it counts, with points by hand and what being late takes off, before and after."""

    before: Standing
    after: Standing


@dataclass(frozen=True)
class Regrade:
    """What grading again brings. new: results by submission. moves: by question. grades: those that count and
    change. people: everybody's names."""

    new: Mapping[int, Mapping[str, Any]]
    moves: Sequence[Move]
    grades: Sequence[GradeMove]
    before: Class
    left_out: int

    @property
    def graded(self) -> int:
        return len(self.new)


def regrade(
    store: Store,
    job: GradingJob,
    jobs: int,
    question: str = "",
    done: Callable[[Row], None] = lambda _row: None,
    graded: GradeAll = grade_all,
) -> Regrade:
    """Grade again all that counts or could count, beside what is there: `job.out` is a folder of its own.

    question: this one alone is taken from the new results. Raises `NothingToRegrade`.
    """
    current = store.current_results()
    wanted = _assignments(job.releases)
    there = [one for one in store.submissions() if one.id in current and not one.withdrawn]
    chosen = [one for one in there if one.assignment in wanted]
    if not chosen:
        found = ", ".join(sorted({one.assignment for one in there if one.assignment})) or "nothing"
        raise NothingToRegrade(
            f"nothing there is to {', '.join(sorted(wanted)) or 'any assignment that has a distribution'};"
            f" there is {found}"
        )
    items = {one.id: item for one in chosen if (item := _item(store, one, current[one.id])) is not None}
    graded(list(items.values()), job, jobs, done)
    new: dict[int, Mapping[str, Any]] = {}
    moves: list[Move] = []
    for submission in chosen:
        if submission.id not in items:
            continue
        old = store.result_data(current[submission.id].id)
        data = json.loads(result_path(job.out, str(submission.id)).read_bytes())
        if question:
            data = _with_one_question_of(old, data, question)
        new[submission.id] = data
        moves += _moves(submission, old, data)
    if question and not any(question in data["extra_data"]["questions"] for data in new.values()):
        names = sorted({name for data in new.values() for name in data["extra_data"]["questions"]})
        raise NothingToRegrade(f"there is no question `{question}`; there is {', '.join(names)}")
    before = standings(store)
    return Regrade(new, moves, _grade_moves(store, before, new), before, len(chosen) - len(items))


def _assignments(releases: Releases) -> set[str]:
    return {load(releases.single).assignment} if releases.single else set(releases.assignments)


def _item(store: Store, submission: Submission, result: StoredResult) -> Item | None:
    """What to grade: what was read of a submission, or its file again where it could not be read before."""
    path = Path(submission.path)
    if result.status == "invalid" and path.exists():
        return path, str(submission.id)
    reading = store.reading(submission.content)
    return PackedSubmission(path.name, str(submission.id), reading) if reading else None


def _with_one_question_of(old: Mapping[str, Any], new: Mapping[str, Any], question: str) -> dict[str, Any]:
    """The old result with one question of the new one."""
    merged = copy.deepcopy(dict(old))
    before, after = merged["extra_data"], new["extra_data"]
    if question not in before["questions"] or question not in after["questions"]:
        return merged
    before["questions"][question] = after["questions"][question]
    entries = {entry["name"]: entry for entry in new["tests"]}
    merged["tests"] = [entries[question] if entry["name"] == question else entry for entry in merged["tests"]]
    scores = [entry["score"] or 0 for entry in before["questions"].values()]
    before["score"] = merged["score"] = round(sum(scores), 5)
    before["max_score"] = sum(entry["max_score"] for entry in before["questions"].values())
    # Where it is asked again what this was made from, it is known: the other questions were left on purpose.
    for name in ("made_from", "release", "grader", "variant"):
        before[name] = after.get(name, "")
    merged["output"] = f"{before['assignment']}: {before['score']:g} of {before['max_score']:g} points."
    return merged


def _moves(submission: Submission, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Move]:
    before, after = old["extra_data"], new["extra_data"]
    if before["status"] != after["status"]:
        reason = f": {after['reason']}" if after["reason"] else ""
        why = f"it was {before['status']}, and is {after['status']} now{reason}"
        return [Move(submission, "", before["score"], after["score"], why)]
    found = []
    names = list(dict.fromkeys([*before["questions"], *after["questions"]]))
    for name in names:
        one, other = before["questions"].get(name), after["questions"].get(name)
        was, is_now = (entry["score"] if entry else None for entry in (one, other))
        if was != is_now:
            found.append(Move(submission, name, was, is_now, _why(one, other, before, after)))
    return found


def _why(
    one: Mapping[str, Any] | None,
    other: Mapping[str, Any] | None,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> str:
    if one is None:
        return "the question is new"
    if other is None:
        return "the question was taken out"
    said = []
    if one["max_score"] != other["max_score"]:
        said.append(f"it is worth {other['max_score']:g} instead of {one['max_score']:g}")
    old, new = ({check["name"]: check for check in entry["checks"]} for entry in (one, other))
    for name, check in new.items():
        state = "passes" if check["passed"] else "fails"
        if name not in old:
            said.append(f"a new check {state}: {check['title']}")
        elif old[name]["passed"] != check["passed"]:
            said.append(f"a check {state} now: {check['title']}")
        elif old[name]["kind"] != check["kind"]:
            said.append(f"a check fails in another way now: {check['title']}")
    said += [f"a check was taken out: {check['title']}" for name, check in old.items() if name not in new]
    if said:
        if before.get("release") == after.get("release") and before.get("grader") == after.get("grader"):
            said.append("assignment and grader are the same: this submission's results differ between runs")
        return "; ".join(said)
    return "its checks are weighted differently"


def _grade_moves(store: Store, before: Class, new: Mapping[int, Mapping[str, Any]]) -> list[GradeMove]:
    """How the grades that count would change: tried on the store, and taken back."""
    with store.trial():
        for submission, data in new.items():
            store.add_result(_any_run(store), submission, data)
        after = standings(store)
    known = {(one.student, one.assignment): one for one in before.standings}
    found = []
    for standing in after.standings:
        earlier = known.get((standing.student, standing.assignment))
        if earlier and (earlier.score, earlier.status) != (standing.score, standing.status):
            found.append(GradeMove(earlier, standing))
    return found


def _any_run(store: Store) -> int:
    return int(store.rows("SELECT max(id) FROM runs")[0][0])


def apply(store: Store, out: Path, found: Regrade, arguments: Mapping[str, Any]) -> Path | None:
    """Make the new results the ones that count. Those before stay in the store. Returns what `write_grades`
    does."""
    newest = {stem: path for path, stem in store.stems().items()}
    by_id = {one.id: one for one in store.submissions()}
    latest = {one.path: one.id for one in by_id.values()}
    with store.writing() as db:
        run = store.begin_run("regrade", arguments)
        for submission, data in found.new.items():
            store.add_result(run, submission, data)
        db.executemany(
            "INSERT INTO moves VALUES (?, ?, ?, ?, ?, ?)",
            [(run, one.submission.id, one.question, one.before, one.after, one.why) for one in found.moves],
        )
        store.end_run(run)
    for submission, data in found.new.items():
        one = by_id[submission]
        if newest.get(one.stem) == one.path and latest[one.path] == submission:
            write(result_path(out, one.stem), as_json(dict(data)))
    return write_grades(standings(store), store, out)


def moves_text(found: Regrade) -> str:
    """Who moves, as CSV: a line per question, with the grade that counts before and after."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(
        [
            "student",
            "submission",
            "assignment",
            "question",
            "before",
            "after",
            "grade_before",
            "grade_after",
            "why",
        ]
    )
    for row in move_rows(found):
        table.writerow(["" if value is None else value for value in row])
    return text.getvalue()


def move_rows(found: Regrade) -> list[list[Any]]:
    """The lines of `moves_text`, without its heading: texts are harmless in a table."""
    people = found.before.people
    grades = {(move.before.student, move.before.assignment): move for move in found.grades}
    counting = {standing.submission.id: standing for standing in found.before.standings}
    rows = []
    for move in found.moves:
        one = move.submission
        for student in one.students:
            grade = grades.get((student, one.assignment))
            standing = counting.get(one.id)
            score = standing.score if standing and not grade else None
            before = grade.before.score if grade else score
            after = grade.after.score if grade else score
            named = "" if people[student].place else people[student].shown
            texts = [table_cell(named), table_cell(one.stem), one.assignment, move.question]
            rows.append([*texts, move.before, move.after, before, after, table_cell(move.why)])
    return rows
