"""The command line: build, verify, grade, report."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from autograder.course import Course
from autograder.question import DeclarationError

COURSE = click.option("--course", "root", type=click.Path(path_type=Path), default=Path("."), help="The folder the course lives in.")
VARIANT = click.option("--variant", default="primer", help="Whose numbers: `primer`, or any other name for drawn ones.")

console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Builds, proves and grades the assignments of The Mathematics of Large Language Models."""


@cli.command()
@click.argument("chapters", nargs=-1)
@COURSE
@VARIANT
def verify(chapters: tuple[str, ...], root: Path, variant: str) -> None:
    """Prove every check against right and wrong answers."""
    from autograder.proofs import prove

    read = Course.at(root.resolve()).chapters(chapters, variant)
    with Progress(console=errors, transient=True) as progress:
        task = progress.add_task("proving", total=len(read))
        proofs = []
        for chapter in read:
            progress.update(task, description=chapter.name)
            proofs.append(prove(chapter))
            progress.advance(task)
    table = Table("chapter", box=None)
    for heading in ("points", "questions", "public", "hidden", "misconceptions", "alternatives", "impostors", "failures", "seconds"):
        table.add_column(heading, justify="right")
    for proof in proofs:
        counts = (proof.points, proof.questions, proof.public, proof.hidden, proof.misconceptions, proof.alternatives, proof.impostors, len(proof.failures))
        table.add_row(proof.chapter, *map(str, counts), f"{proof.seconds:.1f}")
    console.print(table)
    failures = [said for proof in proofs for said in proof.failures]
    for said in failures:
        console.print(f"FAILED {said}", markup=False)
    if failures:
        sys.exit(1)


def main() -> None:
    """Run the command line; what is wrong with the sources is one message and exit code 2."""
    try:
        cli()
    except DeclarationError as error:
        errors.print(f"error: {error}", markup=False)
        sys.exit(2)


if __name__ == "__main__":
    main()
