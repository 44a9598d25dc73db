"""The command line: build, verify, mutants, grade, report."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from autograder.course.question import DeclarationError
from autograder.course.settings import HINTS

if TYPE_CHECKING:
    from autograder.course.chapter import Chapter
    from autograder.grade.results import Row
    from autograder.grade.run import GradingJob
    from autograder.gradebook.batch import Batch, Graded
    from autograder.gradebook.store import Store


def course_root() -> Path:
    """The course this is called in: the nearest folder upwards with `assignments/`, else the one this package
    stands in, else here."""
    here = Path.cwd()
    package = Path(__file__).resolve().parent.parent
    return next(
        (folder for folder in (here, *here.parents, package) if (folder / "assignments").is_dir()), here
    )


COURSE = click.option(
    "--course",
    "root",
    type=click.Path(path_type=Path),
    default=course_root,
    show_default=False,
    help="The course's folder; by default the one this is called in.",
)
VARIANT = click.option(
    "--variant",
    default=None,
    help="Whose numbers: `primer`, or any other name for drawn ones. By default what course.toml says.",
)

AUTOGRADER = click.option(
    "--autograder",
    type=click.Path(path_type=Path),
    default=None,
    help="The grader distribution for all of them; by default each one's own, from dist/autograder.",
)
JOBS = click.option(
    "--jobs",
    type=click.IntRange(1),
    default=os.cpu_count() or 1,
    show_default=True,
    help="How many are graded at a time.",
)
SANDBOX = click.option(
    "--sandbox",
    type=click.Choice(("auto", "namespaces", "user", "none")),
    default="auto",
    show_default=True,
    help="What student code is shut into.",
)

# A pipe has no width: 120 columns keep a table's words whole in a log.
WIDTH = None if sys.stdout.isatty() else 120
console = Console(highlight=False, width=WIDTH)
# A class's table is for a spreadsheet; on a screen, what went wrong is looked for.
MAX_ROWS = 60
MAX_LOOKS = 10
errors = Console(stderr=True, highlight=False, soft_wrap=True)


class Problem(Exception):
    """A call that cannot be carried out: one message, exit code 2."""


class Interrupted(Exception):
    """A call that its user ended: one message, exit code 130."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Builds, proves and grades the assignments of The Mathematics of Large Language Models."""


@contextmanager
def _progress(total: int | None) -> Iterator[tuple[Progress, Any]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # Drawn when something is done, not by a thread of its own: processes are forked while it stands there.
    quiet = not errors.is_terminal
    with Progress(*columns, console=errors, transient=True, disable=quiet, auto_refresh=False) as progress:
        yield progress, progress.add_task("", total=total)


def _chapters(root: Path, names: tuple[str, ...], variant: str | None) -> list[Chapter]:
    from autograder.course.chapter import Course
    from autograder.course.settings import check_variant

    if variant is not None:
        check_variant(variant)
    return Course.at(root.resolve()).chapters(names, variant)


# Building ---------------------------------------------------------------------------------------------------


@cli.command()
@click.argument("chapters", nargs=-1)
@COURSE
@VARIANT
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Where `student/` and `dist/` go; the course's folder by default.",
)
@click.option(
    "--check", is_flag=True, help="Build aside and compare with what is committed in student/; write nothing."
)
@click.option("--quick", is_flag=True, help="Leave out the drawn checks, which take minutes to choose.")
@click.option(
    "--hints",
    type=click.Choice(HINTS),
    default=None,
    help="What the notebook tells on request: a hint before the due date, the reference's idea after it. By"
    " default what course.toml says.",
)
def build(
    chapters: tuple[str, ...],
    root: Path,
    variant: str | None,
    out: Path | None,
    check: bool,
    quick: bool,
    hints: str | None,
) -> None:
    """Build students' folders and the distributions."""
    from autograder.prove.drawn_checks import add_drawn_checks
    from autograder.publish.distribution import build as build_all
    from autograder.publish.drift import drift

    read = _chapters(root, chapters, variant)
    if hints is not None:
        read = [replace(chapter, hints=hints) for chapter in read]
    with _progress(None) as (progress, task):
        if check:
            found = drift(read, root.resolve(), out or root.resolve(), whole_course=not chapters)
        else:
            if not quick:
                progress.update(task, description="choosing the calls of drawn checks", refresh=True)
                add_drawn_checks(read)
            place = (out or root).resolve()
            try:
                build_all(read, place, lambda said: progress.update(task, description=said, refresh=True))
            except OSError as error:
                what = error.filename2 or error.filename or place
                raise Problem(
                    f"{what} cannot be written: {error.strerror}; student/ and dist/ are as they were, or"
                    " partly new: mend this and build again"
                ) from error
    if check:
        for said in found:
            console.print(said, markup=False, soft_wrap=True)
        if found:
            sys.exit(1)
        console.print(f"student/ is what its sources give: {len(read)} chapters compared.")
        return
    place = out or root
    names = ", ".join(chapter.name for chapter in read)
    console.print(
        f"built {names} (variant {read[0].variant}) into {_short(place / 'student')} and"
        f" {_short(place / 'dist')}",
        soft_wrap=True,
    )


@cli.command()
@COURSE
def publish(root: Path) -> None:
    """Bring the branches `student` and `solutions`, and dist/release, up to what was built."""
    from autograder.publish.branches import publish as publish_all

    for one in publish_all(_chapters(root, (), None), root.resolve()):
        state = "now at" if one.changed else "unchanged at"
        console.print(f"branch {one.branch}: {one.files} files, {state} {one.commit[:12]}", soft_wrap=True)
    console.print(f"zips and checksums: {_short(root / 'dist' / 'release')}", soft_wrap=True)


@cli.command()
@COURSE
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="The folder for it; dist/site by default.",
)
def site(root: Path, out: Path | None) -> None:
    """Write the chapters as plain pages to read, from what was built."""
    from autograder.grade.results import counted
    from autograder.publish.site import write_site

    place = out or root / "dist" / "site"
    pages = write_site(_chapters(root, (), None), root.resolve(), place.resolve())
    console.print(f"{counted(len(pages), 'chapter')}: open {_short(place / 'index.html')}", soft_wrap=True)


@cli.command()
@click.argument("chapters", nargs=-1)
@COURSE
@VARIANT
@click.option(
    "--against",
    metavar="PATH_OR_REF",
    help="The release: a branch or commit, a folder or a zip. By default the branch `student`.",
)
def diff(chapters: tuple[str, ...], root: Path, variant: str | None, against: str | None) -> None:
    """Say what changed for students since the last release."""
    from autograder.publish.changes import changes

    release, found = changes(_chapters(root, chapters, variant), root.resolve(), against)
    for change in found:
        console.print(change.sentence, markup=False, soft_wrap=True)
    if not found:
        console.print(f"nothing changed for students since {release}", markup=False, soft_wrap=True)
    for change in found:
        if change.details:
            told = "\n    ".join([change.sentence, *change.details])
            console.print(f"\n{told}", markup=False, soft_wrap=True)


@cli.command("new-question")
@click.argument("chapter")
@click.argument("name")
@COURSE
def new_question(chapter: str, name: str, root: Path) -> None:
    """Write the skeleton of a question NAME into CHAPTER's sources, to be filled in."""
    from autograder.course.new_question import POINTS, add_question

    for path in add_question(root.resolve(), chapter, name):
        console.print(f"wrote {_short(path)}", markup=False, soft_wrap=True)
    console.print(
        f"`{name}` is worth {POINTS} points, and {chapter} that many more. It can be built and proved as it"
        " stands; write your own wherever it says TODO. `make verify` lists what is left.",
        markup=False,
        soft_wrap=True,
    )


@cli.command()
@click.argument("chapters", nargs=-1)
@COURSE
@VARIANT
def verify(chapters: tuple[str, ...], root: Path, variant: str | None) -> None:
    """Prove every check against right and wrong answers."""
    from autograder.prove.proofs import prove
    from autograder.publish.distribution import check_solved

    read = _chapters(root, chapters, variant)
    proofs = []
    with _progress(len(read)) as (progress, task):
        for chapter in read:
            progress.update(task, description=f"proving {chapter.name}", refresh=True)
            proofs.append(prove(chapter))
            progress.advance(task)
        progress.update(task, description="running the solved notebooks", refresh=True)
        check_solved(read, root / "dist" / "solutions")
    headings = (
        "points",
        "questions",
        "public",
        "hidden",
        "misconceptions",
        "alternatives",
        "impostors",
        "failures",
        "seconds",
    )
    rows = [
        [
            p.points,
            p.questions,
            p.public,
            p.hidden,
            p.misconceptions,
            p.alternatives,
            p.impostors,
            len(p.failures),
            p.seconds,
        ]
        for p in proofs
    ]
    console.print(_by_chapter([p.chapter for p in proofs], headings, rows))
    failures = [said for proof in proofs for said in proof.failures]
    for said in failures:
        console.print(f"FAILED {said}", markup=False, soft_wrap=True)
    for said in [said for proof in proofs for said in proof.wanting]:
        console.print(f"wanting {said}", markup=False, soft_wrap=True)
    if failures:
        sys.exit(1)


def _by_chapter(chapters: list[str], headings: tuple[str, ...], rows: list[list[float]]) -> Table:
    """A table of numbers with a row per chapter, and their sums if there are several."""
    table = Table("chapter", box=None, pad_edge=False, show_footer=len(rows) > 1)
    table.columns[0].footer = "together"
    for heading, column in zip(headings, zip(*rows, strict=True), strict=True):
        table.add_column(heading, justify="right", footer=f"{sum(column):.4g}")
    for chapter, row in zip(chapters, rows, strict=True):
        table.add_row(chapter, *[f"{value:.4g}" for value in row])
    return table


@cli.command()
@click.argument("chapters", nargs=-1)
@COURSE
def mutants(chapters: tuple[str, ...], root: Path) -> None:
    """Prove that the checks notice any small change to a reference."""
    from autograder.prove.mutants import reports

    names = [chapter.name for chapter in _chapters(root, chapters, "primer")]
    found = []
    with _progress(len(names)) as (progress, task):
        progress.update(task, description="mutating", refresh=True)
        for report in reports(root.resolve(), names):
            found.append(report)
            progress.update(task, advance=1, description=f"mutated {report.chapter}", refresh=True)
    headings = ("made", "killed", "by time", "equivalent", "surviving", "stale", "seconds")
    rows = [
        [r.made, r.killed, r.killed_by_time, r.equivalent, len(r.surviving), len(r.stale), r.seconds]
        for r in found
    ]
    console.print(_by_chapter(names, headings, rows))
    failures = [said for report in found for said in report.failures]
    for said in failures:
        console.print(said, markup=False, soft_wrap=True)
    if failures:
        sys.exit(1)


@cli.command()
@click.argument("chapters", nargs=-1)
@COURSE
@VARIANT
@click.option("--checks", is_flag=True, help="List the checks that no known wrong answer needs, too.")
def gaps(chapters: tuple[str, ...], root: Path, variant: str | None, checks: bool) -> None:
    """Find wrong answers that pass every check, and right ones that a check refuses."""
    from autograder.prove.gaps import Study, studies, without_a_domain

    read = _chapters(root, chapters, variant)
    names = [chapter.name for chapter in read]
    found: dict[str, list[Study]] = {name: [] for name in names}
    with _progress(None) as (progress, task):
        progress.update(task, description="studying")
        for study in studies(root.resolve(), names, read[0].variant, thorough=checks):
            found[study.chapter].append(study)
            progress.update(task, advance=1, description=f"studied {study.chapter}/{study.question}")
    headings = (
        "functions",
        "wrong",
        "by checks",
        "by drawn alone",
        "gaps",
        "refused",
        "equivalent",
        "seconds",
    )
    rows = [
        [
            len(of),
            sum(s.wrong for s in of),
            sum(s.killed for s in of),
            sum(s.killed_by_drawn_alone for s in of),
            sum(len(s.gaps) for s in of),
            sum(len(s.refusals) for s in of),
            sum(s.equivalent for s in of),
            sum(s.seconds for s in of),
        ]
        for of in found.values()
    ]
    console.print(_by_chapter(names, headings, rows))

    def say(text: str) -> None:
        console.print(text, markup=False, soft_wrap=True)

    for study in (study for of in found.values() for study in of):
        where = f"{study.chapter}/{study.question}"
        if study.problem:
            say(f"FAILED {where}: {study.problem}")
        for gap in study.gaps:
            say(f"GAP {where}: {gap.answer}\n    {gap.call}")
        for refusal in study.refusals:
            say(f"REFUSED {where}: {refusal.answer}, by {refusal.by}")
        for check in study.needless if checks else []:
            say(f"needless {where}: every known wrong answer that fails `{check}` fails another check")
    for chapter in read:
        for name in without_a_domain(chapter):
            say(f"wanting {chapter.name}/{name}: a domain; declare one in questions.py")
    if any(study.gaps or study.refusals or study.problem for of in found.values() for study in of):
        sys.exit(1)


@cli.command()
@click.argument("chapters", nargs=-1)
@COURSE
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="dist/messages.md by default.")
def messages(chapters: tuple[str, ...], root: Path, out: Path | None) -> None:
    """Write what the author of each known wrong answer reads to one page."""
    from autograder.course.chapter import Course
    from autograder.grade.messages import messages_page
    from autograder.grade.release import NotARelease, load
    from autograder.grade.results import write

    # What was built says all: the sources need not be read.
    names = chapters or tuple(Course.at(root).chapter_names)
    try:
        releases = [load(root / "dist" / "autograder" / f"{name}.zip") for name in names]
    except NotARelease as error:
        raise Problem(str(error)) from error
    with _progress(len(names)) as (progress, task):
        page = messages_page(
            releases, lambda name: progress.update(task, advance=1, description=name, refresh=True)
        )
    target = out or root / "dist" / "messages.md"
    write(target, page)
    console.print(f"wrote {_short(target)}", markup=False, soft_wrap=True)


@cli.command()
@click.argument("chapters", nargs=-1)
@COURSE
@VARIANT
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="The folder to write them into.",
)
def samples(chapters: tuple[str, ...], root: Path, variant: str | None, out: Path) -> None:
    """Write sample submissions from what was built."""
    from autograder.prove.samples import write_samples

    for chapter in _chapters(root, chapters, variant):
        if not (root / "dist" / "solutions" / f"{chapter.name}.ipynb").is_file():
            raise Problem(f"{chapter.name} is not built yet: run `make build`")
        write_samples(chapter, root, out)


@cli.command("synthetic-class")
@click.argument("chapters", nargs=-1)
@COURSE
@VARIANT
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="The folder for it."
)
@click.option("--students", type=click.IntRange(1, 999), default=30, show_default=True, help="How many.")
@click.option("--seed", default="0", help="Another seed, another class.")
def synthetic_class(
    chapters: tuple[str, ...], root: Path, variant: str, out: Path, students: int, seed: str
) -> None:
    """Write the submissions of a made-up class, whose truth is known: to try a gradebook and a report
    with."""
    from autograder.grade.results import counted
    from autograder.prove.synthetic_class import write_class

    read = _chapters(root, chapters, variant)
    missing = [c.name for c in read if not (root / "dist" / "solutions" / f"{c.name}.ipynb").is_file()]
    if missing:
        raise Problem(f"{', '.join(missing)}: not built yet; run `make build`")
    write_class(read, root, out, students, seed)
    console.print(
        f"{counted(students, 'student')} in {_short(out)}; the roster and the truth stand beside it",
        soft_wrap=True,
    )


# Grading ----------------------------------------------------------------------------------------------------


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Where the results go.")
@AUTOGRADER
@JOBS
@SANDBOX
@click.option(
    "--resume/--again",
    default=True,
    help="Leave what was graded and has not changed since (the default), or grade it again.",
)
@click.option(
    "--roster",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A class list (CSV): of Gradescope, Canvas, Moodle or nbgrader, or with names or numbers.",
)
@click.option(
    "--policy",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Deadlines, grace and what being late costs (TOML); it stands until another is given.",
)
@click.option("--cluster", help="Grade on the Dask cluster at this address, such as tcp://HOST:8786.")
@click.option(
    "--counts", type=click.Choice(("latest", "best")), help="Which of a student's submissions counts."
)
@COURSE
def grade(
    paths: tuple[Path, ...],
    out: Path,
    autograder: Path | None,
    jobs: int,
    sandbox: str,
    resume: bool,
    roster: Path | None,
    policy: Path | None,
    counts: str | None,
    cluster: str | None,
    root: Path,
) -> None:
    """Grade notebooks, scripts, zips, or folders of them."""
    from autograder.grade.layouts import discover
    from autograder.grade.outcome import GRADER_ERROR
    from autograder.grade.results import table_cell
    from autograder.grade.run import grade_all
    from autograder.gradebook.batch import grade_class, take_policy
    from autograder.gradebook.people import on_roster, read_roster

    for path in paths:
        if not path.exists():
            raise Problem(f"there is no submission {path}")
    _folder_for_results(out)
    with (
        _gradebook(out, create=True, batch=True) as store,
        _grading(root, out, autograder, sandbox, paths, again=not resume) as job,
    ):
        if roster is not None:
            store.take_roster(read_roster(roster))
        is_student = on_roster(store.students().values())
        found = discover(paths, job.releases.assignments, out / "unpacked", out, is_student)
        if not found:
            raise Problem(f"{', '.join(map(str, paths))}: no submission is in there")
        take_policy(store, policy, counts)
        graded = _on_cluster(cluster) if cluster else grade_all
        with _progress(len(found)) as (progress, task):
            batch = grade_class(
                found,
                job,
                jobs,
                store,
                lambda row: progress.update(task, advance=1, description=table_cell(row.stem)),
                graded,
            )
    _show_batch(batch, out)
    if job.sandbox == "none":
        console.print("Student code ran in processes of its own, without a sandbox (--sandbox none).")
    kept = sum(row.kept for row in batch.rows)
    before = f", {kept} of them graded before and left as they were (--again grades all)" if kept else ""
    console.print(f"{_counted(batch.rows)}{before}, results in {_short(out)}", soft_wrap=True)
    if any(row.status == GRADER_ERROR for row in batch.rows):
        # Such a submission has no result to go by: a script that goes on with the grades has to know.
        sys.exit(1)


def _on_cluster(address: str) -> Graded:
    from autograder.grade.cluster import NoCluster, grade_on_cluster

    try:
        return grade_on_cluster(address)
    except NoCluster as error:
        raise Problem(str(error)) from error


def _counted(rows: Sequence[Row]) -> str:
    """How many submissions there were, and how many of them have no grade."""
    from autograder.grade.outcome import GRADER_ERROR, INVALID

    invalid = sum(row.status == INVALID for row in rows)
    failed = sum(row.status == GRADER_ERROR for row in rows)
    parts = [f"{len(rows)} submission{'s' * (len(rows) != 1)}"]
    parts += [f"{invalid} invalid"] if invalid else []
    parts += [f"{failed} with a fault of the grader's"] if failed else []
    return ", ".join(parts)


def _folder_for_results(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise Problem(f"--out {out} is a file; give a folder")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(f"--out {out} cannot be written: {error.strerror}") from error


@contextmanager
def _grading(
    root: Path,
    out: Path,
    autograder: Path | None,
    sandbox: str,
    paths: Sequence[Path],
    *,
    again: bool = False,
) -> Iterator[GradingJob]:
    """What grading into a folder needs: distributions, a sandbox, and what no submission may read."""
    from autograder.grade.privacy import kept_private
    from autograder.grade.release import NotARelease, load
    from autograder.grade.run import GradingJob, Releases
    from autograder.grade.sandbox_choice import NoSandbox, choose_sandbox

    distributions = root / "dist" / "autograder"
    try:
        if autograder is not None:
            load(autograder)
        elif not distributions.is_dir():
            raise Problem(
                f"there are no grader distributions in {distributions}: run `make build`, or give one with"
                " --autograder"
            )
        kind = choose_sandbox(sandbox)
        secrets = [autograder or distributions, *paths, out]
        if (root / "assignments").is_dir():
            secrets += [
                root / name for name in ("assignments", "autograder", "dist", "solutions", "tests", ".git")
            ]
        with kept_private(secrets, kind):
            yield GradingJob(out, Releases(autograder, distributions), kind, secrets, again)
    except (NoSandbox, NotARelease) as error:
        raise Problem(str(error)) from error
    except KeyboardInterrupt:
        raise Interrupted(
            f"interrupted: the results so far are in {out}; the same call again does the rest"
        ) from None


@contextmanager
def _gradebook(out: Path, *, create: bool = False, batch: bool = False) -> Iterator[Store]:
    """The store of a folder of results, for one batch at a time; what is wrong with it, or with what is asked
    of it, is one message."""
    from autograder.gradebook.by_hand import OverrideProblem
    from autograder.gradebook.people import RosterProblem
    from autograder.gradebook.policy import PolicyProblem
    from autograder.gradebook.regrade import NothingToRegrade
    from autograder.gradebook.store import Store, StoreProblem, only_batch

    try:
        with Store.open(out, create=create) as store, only_batch(out) if batch else nullcontext():
            yield store
    except (StoreProblem, RosterProblem, PolicyProblem, OverrideProblem, NothingToRegrade) as error:
        raise Problem(str(error)) from error
    except OSError as error:
        where = error.filename or out
        raise Problem(
            f"{where}: {error.strerror or error}. Nothing that was graded is lost; mend that, and the same"
            " call again does the rest"
        ) from error


def _show_batch(batch: Batch, out: Path) -> None:
    """What a run graded, and what an instructor should know of what counts."""
    from autograder.gradebook.batch import batch_remarks
    from autograder.gradebook.table import grade_table, students_by_stem

    rows = batch.rows
    shown = rows if len(rows) <= MAX_ROWS else [row for row in rows if row.status != "graded"][:MAX_ROWS]
    if shown:
        console.print(grade_table(shown, students_by_stem(batch.book)))
    if len(shown) < len(rows):
        console.print(
            f"{len(rows) - len(shown)} more are in {_short(out / 'grades.csv')}; `autograder report"
            f" {_short(out)}` tells what the class got right."
        )
    for said in batch_remarks(batch):
        console.print(said, markup=False, soft_wrap=True)


@cli.command()
@click.argument("base", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--autograder", type=click.Path(path_type=Path, exists=True), required=True)
def gradescope(base: Path, autograder: Path) -> None:
    """Grade the one submission of a Gradescope container: BASE/submission to BASE/results/results.json."""
    from autograder.grade.gradescope import grade_container

    console.print(grade_container(base, autograder), markup=False, soft_wrap=True)


@cli.command("ci-report")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--junit", type=click.Path(path_type=Path, dir_okay=False), help="Write JUnit XML here.")
@click.option(
    "--markdown", type=click.Path(path_type=Path, dir_okay=False), help="Append a Markdown summary here."
)
@click.option("--annotations", is_flag=True, help="Print GitHub's annotations.")
@click.option("--for-students", is_flag=True, help="Say nothing of hidden checks.")
def ci_report(
    folder: Path, junit: Path | None, markdown: Path | None, annotations: bool, for_students: bool
) -> None:
    """Show results in a continuous integration service: a folder that `grade --out` wrote."""
    from autograder.gradebook import ci

    try:
        results = ci.read_results(folder)
    except ci.NoResults as error:
        raise Problem(str(error)) from error
    summary = ci.markdown(results, students=for_students)
    try:
        if junit:
            junit.parent.mkdir(parents=True, exist_ok=True)
            junit.write_text(ci.junit(results, students=for_students), encoding="utf-8")
        if markdown:
            with markdown.open("a", encoding="utf-8") as file:
                file.write(summary)
    except OSError as error:
        raise Problem(f"{error.filename} cannot be written: {error.strerror}") from error
    if annotations:
        for line in ci.workflow_commands(results, students=for_students):
            click.echo(line)
    if not (junit or markdown or annotations):
        click.echo(summary, nl=False)


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--similarity/--no-similarity", default=True, help="Look for answers that are nearly the same.")
@COURSE
def report(folder: Path, similarity: bool, root: Path) -> None:
    """Show what a graded class got right and what it misunderstood: a folder that `grade --out` wrote."""
    from autograder.grade.results import write
    from autograder.gradebook import report as reporting
    from autograder.gradebook.table import class_tables, look_table

    with _gradebook(folder) as store:
        found = reporting.report_on(store, reporting.released_stubs(root), similarity=similarity)
        write(folder / reporting.NAME, found.page)
        write(folder / reporting.LOOKS, reporting.looks_text(found))
    for table in class_tables(found.statistics):
        console.print(table)
        console.print()
    if found.looks:
        console.print(look_table(found.book, found.looks, MAX_LOOKS))
    if found.note:
        console.print(found.note, markup=False, soft_wrap=True)
    console.print(f"the whole report is {_short(folder / reporting.NAME)}", soft_wrap=True)


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("formats", nargs=-1, required=True)
@click.option("--to", type=click.Path(path_type=Path), help="Where the files go; FOLDER/exports by default.")
def export(folder: Path, formats: tuple[str, ...], to: Path | None) -> None:
    """Write what counts as other programs take it: canvas, moodle, gradescope, nbgrader, tidy, parquet,
    feedback, or all of them."""
    from datetime import UTC, datetime

    from autograder.grade.results import counted
    from autograder.gradebook import exports
    from autograder.gradebook.standings import standings

    for name in formats:
        if name not in (*exports.FORMATS, "all"):
            raise Problem(f"there is no format `{name}`; there is {', '.join(exports.FORMATS)}, and all")
    place = to or folder / "exports"
    _folder_for_results(place)
    with _gradebook(folder) as store:
        what = exports.Export(standings(store), store, datetime.now(UTC))
        left_out: list[str] = []
        try:
            if "all" in formats:
                written, left_out = exports.export_everything(place, what)
            else:
                written = exports.export_to(place, what, formats)
        except exports.ExportProblem as error:
            raise Problem(str(error)) from error
    for said in left_out:
        console.print(said, markup=False, soft_wrap=True)
    console.print(f"{counted(len(written), 'file')} in {_short(place)}", soft_wrap=True)


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--question", default="", help="This question alone; by default, all.")
@click.option("--apply", "applied", is_flag=True, help="Make the new results count; without it, only tell.")
@AUTOGRADER
@JOBS
@SANDBOX
@COURSE
def regrade(
    folder: Path,
    question: str,
    applied: bool,
    autograder: Path | None,
    jobs: int,
    sandbox: str,
    root: Path,
) -> None:
    """Grade what is in FOLDER again, with the distributions as they are now, and tell whose grade moves."""
    from autograder.grade.results import counted, write
    from autograder.gradebook import regrade as grading_again
    from autograder.gradebook.table import moves_table

    beside = folder / grading_again.FOLDER
    _folder_for_results(beside)
    with (
        _gradebook(folder, batch=True) as store,
        _grading(root, beside, autograder, sandbox, [folder]) as job,
    ):
        found = grading_again.regrade(store, job, jobs, question)
        write(beside / grading_again.MOVES, grading_again.moves_text(found))
        if found.moves:
            console.print(moves_table(found, MAX_ROWS))
        moved = f"{counted(len(found.grades), 'grade')} of {counted(found.graded, 'submission')}"
        state = "moved" if applied else "would move; nothing is changed yet (--apply makes it count)"
        if applied:
            arguments = {"question": question, "autograder": str(autograder or "")}
            edited = grading_again.apply(store, folder, found, arguments)
            if edited:
                console.print(f"grades.csv had been changed by hand; that version is kept as {edited.name}")
    if found.left_out:
        console.print(f"{counted(found.left_out, 'submission')} could not be graded again: not kept as read")
    listed = f"; who and why: {_short(beside / grading_again.MOVES)}" if found.moves else ""
    console.print(f"{moved} {state}{listed}", soft_wrap=True)


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("who", required=False)
@click.option("--assignment", default="", help="Which assignment, such as ch06_softmax.")
@click.option("--question", default="", help="Which question; without it, the assignment as a whole.")
@click.option("--points", type=float, help="The points that count instead of what was graded.")
@click.option(
    "--item", "items", multiple=True, help="A line of the question's rubric that is met; repeat it."
)
@click.option("--reason", default="", help="Why; it is kept, and shown beside the grade.")
@click.option("--by", default="", help="Who gives them.")
@click.option("--take-back", type=int, help="The number of an override that no longer counts.")
def override(
    folder: Path,
    who: str | None,
    assignment: str,
    question: str,
    points: float | None,
    items: tuple[str, ...],
    reason: str,
    by: str,
    take_back: int | None,
) -> None:
    """Give WHO points by hand, which stay through every regrade; without WHO, list what was given."""
    from autograder.gradebook import by_hand
    from autograder.gradebook.grades_file import write_grades
    from autograder.gradebook.standings import standings
    from autograder.gradebook.table import override_table

    with _gradebook(folder) as store:
        if take_back is not None:
            by_hand.take_back(store, take_back, reason, by)
        elif who is not None:
            if items and points is None:
                rubric = by_hand.rubric_of(store, assignment, question)
                points = by_hand.points_of_items(rubric, items)
            if points is None:
                raise Problem("give --points, how many count instead of what was graded, or --item")
            given = by_hand.Grade(assignment, question, points, reason, by, "; ".join(items))
            by_hand.give(store, who, given)
        book = standings(store)
        if who is not None or take_back is not None:
            write_grades(book, store, folder)
        console.print(override_table(book, store))


def _short(path: Path) -> str:
    """A path as seen from here, if it is below here."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def main() -> None:
    """Run the command line: what is wrong with the sources or the call is one message and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A console that has no place for a student's name shows it escaped.
            stream.reconfigure(errors="backslashreplace")
    if sys.argv[1:2] in (["build"], ["diff"]):
        # Here alone: a grader distribution has this file, and knows nothing of building.
        from autograder.publish.arithmetic import use_common_arithmetic

        use_common_arithmetic()
    try:
        cli()
    except (DeclarationError, Problem) as error:
        errors.print(f"error: {error}", markup=False)
        sys.exit(2)
    except Interrupted as error:
        errors.print(str(error), markup=False)
        sys.exit(130)


if __name__ == "__main__":
    main()
