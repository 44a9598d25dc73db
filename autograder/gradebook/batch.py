"""What `autograder grade` does with a class: grade what is new, keep each result as it comes, and write what
counts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.grade.layouts import HandedIn
from autograder.grade.results import Row, as_json, counted, result_path, write
from autograder.grade.run import GradingJob, Item, grade_all
from autograder.gradebook.grades_file import write_grades
from autograder.gradebook.policy import Policy, parse
from autograder.gradebook.standings import Class, policy_of, standings
from autograder.gradebook.store import Store, path_text

Graded = Callable[[Sequence[Item], GradingJob, int, Callable[[Row], None]], list[Row]]


@dataclass(frozen=True)
class Moved:
    """A submission that was graded before and has another score now, although it is the same."""

    stem: str
    before: float | None
    after: float | None


@dataclass
class Batch:
    """What became of a run. withdrawn: what no longer counts, since it is no longer where it was. edited: the
    copy of a `grades.csv` that somebody had changed. passed_over: files beside an answer, by submission.
    beside: files in a class's folder that are no student's."""

    rows: list[Row]
    book: Class
    withdrawn: list[str] = field(default_factory=list)
    edited: Path | None = None
    moved: list[Moved] = field(default_factory=list)
    passed_over: dict[str, tuple[str, ...]] = field(default_factory=dict)
    beside: list[str] = field(default_factory=list)


def grade_class(
    found: Sequence[HandedIn],
    job: GradingJob,
    jobs: int,
    store: Store,
    done: Callable[[Row], None],
    graded: Graded = grade_all,
) -> Batch:
    """Grade what was found. Each result is kept as soon as it is known; whatever ends the run, the table of
    grades says what is there.

    graded: what grades them; by default, processes of this machine.
    """
    restore_results(store, job.out)
    found = with_known_stems(store, found)
    make_room(store, job.out, found)
    run = store.begin_run("grade", {"count": len(found), "sandbox": job.sandbox})
    before = scores_by_content(store)
    by_stem = {item.stem: item for item in found}
    moved: list[Moved] = []

    def keep(row: Row) -> None:
        item = by_stem[row.stem]
        data = json.loads(result_path(job.out, row.stem).read_bytes())
        store.record(run, item, data, row.packed)
        known = (path_text(item.path), data["extra_data"].get("content", ""))
        if known in before and before[known] != row.score:
            moved.append(Moved(row.stem, before[known], row.score))
        done(row)

    try:
        job = replace(job, elsewhere=_stems_by_origin(store))
        rows = graded([(item.path, item.stem) for item in found], job, jobs, keep)
        withdrawn = store.withdraw_what_is_gone(run)
        store.end_run(run)
    finally:
        book = standings(store)
        edited = write_grades(book, store, job.out)
    passed_over = {item.stem: item.passed_over for item in found if item.passed_over}
    beside = list(dict.fromkeys(name for item in found for name in item.beside))
    return Batch(rows, book, withdrawn, edited, moved, passed_over, beside)


def restore_results(store: Store, out: Path) -> None:
    """Write those result files again that are in the store and were removed."""
    query = """
        SELECT s.stem, r.id FROM results AS r JOIN submissions AS s ON s.id = r.submission
        WHERE r.is_current ORDER BY s.last_run, s.id
    """
    newest = {row["stem"]: row["id"] for row in store.rows(query)}
    for stem, result in newest.items():
        path = result_path(out, stem)
        if not path.exists():
            write(path, as_json(store.result_data(result)))


def with_known_stems(store: Store, found: Sequence[HandedIn]) -> list[HandedIn]:
    """What was graded before keeps the name that its results have, where no two would share one."""
    known = store.stems()
    wanted = [known.get(path_text(item.path), item.stem) for item in found]
    if len({stem.casefold() for stem in wanted}) < len(wanted):
        return list(found)
    return [replace(item, stem=stem) for item, stem in zip(found, wanted, strict=True)]


def make_room(store: Store, out: Path, found: Sequence[HandedIn]) -> None:
    """Give the results of other submissions another name where those that were found now take theirs."""
    holders: dict[str, set[str]] = {}
    taken = {item.stem.casefold() for item in found}
    for path, stem in store.stems().items():
        holders.setdefault(stem, set()).add(path)
        taken.add(stem.casefold())
    for item in found:
        others = holders.get(item.stem, set()) - {path_text(item.path)}
        for other in sorted(others):
            number = 2
            while f"{item.stem}-{number}".casefold() in taken:
                number += 1
            stem = f"{item.stem}-{number}"
            taken.add(stem.casefold())
            store.rename(other, stem)
            mine = path_text(item.path) in holders[item.stem]
            source = result_path(out, item.stem)
            if source.exists() and not mine:
                source.replace(result_path(out, stem))


def scores_by_content(store: Store) -> Mapping[tuple[str, str], float | None]:
    """The current score of each submission that was graded, by its path and content."""
    results = store.current_results()
    return {
        (submission.path, submission.content): results[submission.id].score
        for submission in store.submissions()
        if submission.id in results and results[submission.id].status == "graded"
    }


def _stems_by_origin(store: Store) -> dict[str, str]:
    query = """
        SELECT r.made_from, s.stem FROM results AS r JOIN submissions AS s ON s.id = r.submission
        WHERE r.is_current AND r.made_from <> '' ORDER BY s.last_run, s.id
    """
    return {row["made_from"]: row["stem"] for row in store.rows(query)}


def take_policy(store: Store, path: Path | None, counts: str | None) -> Policy:
    """Keep the policy that is given, which stands until another is. Raises `PolicyProblem` or `OSError`."""
    if path is not None:
        text = path.read_text(encoding="utf-8")
        parse(text, str(path))
        store.keep_setting("policy", text)
        store.keep_setting("policy file", str(path))
    if counts is not None:
        store.keep_setting("counts", counts)
    elif path is not None:
        store.keep_setting("counts", "")
    return policy_of(store)


# As many names as fit on a line or two.
MAX_NAMES = 6


def batch_remarks(batch: Batch) -> list[str]:
    """What an instructor should know of what counts after a run, one sentence each."""
    said = []
    if batch.withdrawn:
        said.append(
            f"{_names(batch.withdrawn)} {_are(batch.withdrawn)} no longer there, and no longer"
            f" count{'s' * (len(batch.withdrawn) == 1)}; the results stay in the gradebook."
        )
    several = [standing for standing in batch.book.standings if standing.superseded]
    if several:
        rule = "latest" if batch.book.policy.counts == "latest" else "best"
        said.append(
            f"{counted(len(several), 'grade')} had more than one submission to choose from; the {rule}"
            f" counts: {_names([standing.submission.stem for standing in several])}."
        )
    if batch.moved:
        moves = [f"{one.stem} {_points(one.before)} -> {_points(one.after)}" for one in batch.moved]
        said.append(
            "The same submission, another grade, since the assignment or the grader changed:"
            f" {_names(moves)}."
        )
    for stem, files in batch.passed_over.items():
        said.append(
            f"{stem}: {_names(files)} {_are(files)} passed over, since beside {_them(files)} is the answer."
        )
    if batch.beside:
        said.append(
            f"{_names(batch.beside)} {_are(batch.beside)} in no student's name, without work: passed over."
        )
    if batch.edited:
        said.append(
            f"grades.csv had been changed by hand. That version is kept as {batch.edited.name}; to make a"
            " change that stays, use `autograder override`."
        )
    return said


def _names(names: Sequence[str]) -> str:
    rest = f" and {len(names) - MAX_NAMES} more" if len(names) > MAX_NAMES else ""
    return ", ".join(names[:MAX_NAMES]) + rest


def _are(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _them(names: Sequence[str]) -> str:
    return "it" if len(names) == 1 else "them"


def _points(value: float | None) -> str:
    return "none" if value is None else f"{value:g}"
