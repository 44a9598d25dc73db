"""What was built, published: branches `student` and `solutions` of this repository, and a folder of zips with
checksums.

A branch's tree is made of built files alone, so the same build gives the same tree, and its commit carries
the date of the sources' commit. A tree that has not changed makes no commit.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2

from autograder.course.chapter import Chapter
from autograder.course.question import DeclarationError
from autograder.publish.distribution import copy_tree, files_of
from autograder.publish.leaks import leaks

TEMPLATES = Path(__file__).with_name("branches")
SUMS = "SHA256SUMS"


@dataclass(frozen=True)
class Published:
    """A branch as it is now: its commit, how many files it holds, and whether this call changed it."""

    branch: str
    commit: str
    files: int
    changed: bool


def publish(chapters: Sequence[Chapter], root: Path) -> list[Published]:
    """Bring the branches `student` and `solutions` and the folder `dist/release` up to what was built.

    Raises `DeclarationError` if something is not built, or if a student's file holds what it must not.
    """
    with tempfile.TemporaryDirectory(prefix="publish-") as scratch:
        trees = {
            "student": _student_tree(chapters, root, Path(scratch) / "student"),
            "solutions": _solutions_tree(chapters, root, Path(scratch) / "solutions"),
        }
        published = [_commit(root, branch, tree) for branch, tree in trees.items()]
    write_release(chapters, root)
    return published


def _student_tree(chapters: Sequence[Chapter], root: Path, tree: Path) -> Path:
    for chapter in chapters:
        built = root / "student" / chapter.name
        copy_tree(_there(built), tree / chapter.name)
        if found := leaks(chapter, tree / chapter.name):
            raise DeclarationError(
                "nothing was published; students would get what is for graders alone:\n"
                + "\n".join(f"  {leak}" for leak in found)
            )
    _write_readme("student.md.j2", chapters, tree)
    return tree


def _solutions_tree(chapters: Sequence[Chapter], root: Path, tree: Path) -> Path:
    for chapter in chapters:
        place = tree / "notebooks" / f"{chapter.name}.ipynb"
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_there(root / "dist" / "solutions" / place.name), place)
    (tree / "solutions").mkdir(parents=True)
    for path in sorted((root / "solutions").glob("*.py")):
        shutil.copyfile(path, tree / "solutions" / path.name)
    _write_readme("solutions.md.j2", chapters, tree)
    return tree


def _there(path: Path) -> Path:
    if not path.exists():
        raise DeclarationError(f"{path} is not built yet: run `make build`")
    return path


def _write_readme(template: str, chapters: Sequence[Chapter], tree: Path) -> None:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )
    text = environment.get_template(template).render(chapters=chapters)
    (tree / "README.md").write_text(text, encoding="utf-8")


def _commit(root: Path, branch: str, tree: Path) -> Published:
    """Make the tree the branch's, by git's own means and without touching what is checked out."""
    if not (root / ".git").exists():
        raise DeclarationError(f"{root} is no git repository: branches are published in one")
    if _git(root, "symbolic-ref", "-q", "--short", "HEAD", fails=True) == branch:
        raise DeclarationError(f"the branch `{branch}` is checked out; switch to the sources' branch first")
    with tempfile.TemporaryDirectory(prefix="index-") as scratch:
        aside = {"GIT_INDEX_FILE": f"{scratch}/index", "GIT_WORK_TREE": str(tree)}
        _git(root, "add", "--all", "--force", ".", cwd=tree, environment=aside)
        name = _git(root, "write-tree", environment=aside)
    reference = f"refs/heads/{branch}"
    parent = _git(root, "rev-parse", "-q", "--verify", reference, fails=True)
    count = len(files_of(tree))
    if parent and _git(root, "rev-parse", f"{parent}^{{tree}}") == name:
        return Published(branch, parent, count, changed=False)
    message = f"Built from {_git(root, 'log', '-1', '--format=%h %s')}"
    ancestry = ["-p", parent] if parent else []
    commit = _git(root, "commit-tree", name, *ancestry, "-m", message, environment=_as_the_sources(root))
    _git(root, "update-ref", reference, commit)
    return Published(branch, commit, count, changed=True)


def _as_the_sources(root: Path) -> dict[str, str]:
    """Author, committer and date of the sources' commit, so that nothing of this machine or moment is in the
    branch's."""
    name, email, date = _git(root, "log", "-1", "--format=%an%n%ae%n%aI").splitlines()
    fields = {"NAME": name, "EMAIL": email, "DATE": date}
    return {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in fields.items()}


def _git(
    root: Path,
    *arguments: str,
    cwd: Path | None = None,
    fails: bool = False,
    environment: Mapping[str, str] | None = None,
) -> str:
    """What git says. fails: an exit code of its own is an answer too, an empty one."""
    command = ["git", f"--git-dir={_git_dir(root)}", *arguments]
    surroundings = os.environ | dict(environment or {})
    run = subprocess.run(
        command, cwd=cwd or root, env=surroundings, capture_output=True, text=True, check=False
    )
    if run.returncode and not fails:
        raise DeclarationError(f"git {arguments[0]} failed: {run.stderr.strip() or run.stdout.strip()}")
    return run.stdout.strip() if not run.returncode else ""


def _git_dir(root: Path) -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--absolute-git-dir"], cwd=root, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or str(root / ".git")


def write_release(chapters: Sequence[Chapter], root: Path) -> Path:
    """`dist/release`: the zips of students and graders, and their checksums as `sha256sum --check` reads
    them."""
    place = root / "dist" / "release"
    shutil.rmtree(place, ignore_errors=True)
    sums: dict[str, str] = {}
    for kind in ("student", "autograder"):
        (place / kind).mkdir(parents=True)
        for chapter in chapters:
            name = f"{kind}/{chapter.name}.zip"
            shutil.copyfile(_there(root / "dist" / name), place / name)
            sums[name] = hashlib.sha256((place / name).read_bytes()).hexdigest()
    (place / SUMS).write_text(_sum_lines(sums), encoding="utf-8")
    return place


def _sum_lines(sums: Mapping[str, str]) -> str:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
