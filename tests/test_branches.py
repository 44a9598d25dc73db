"""What is published: branches that hold what they should and nothing else, the same for the same build."""

import hashlib
import shutil
import subprocess

import pytest

from autograder.course.chapter import Course
from autograder.course.question import DeclarationError
from autograder.publish.branches import publish, write_release
from autograder.publish.distribution import build


def git(root, *arguments):
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    return subprocess.run(
        ["git", *identity, *arguments], cwd=root, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def course(tiny):
    """A tiny course in a repository of its own, built."""
    git(tiny.root.parent, "init", "-q", "-b", "main", str(tiny.root))
    git(tiny.root, "add", "-A")
    git(tiny.root, "commit", "-qm", "A course")
    build(Course.at(tiny.root).chapters(), tiny.root)
    return tiny


def published(tiny):
    return {one.branch: one for one in publish(Course.at(tiny.root).chapters(), tiny.root)}


def files_on(root, branch):
    return set(git(root, "ls-tree", "-r", "--name-only", branch).splitlines())


def test_each_branch_holds_what_it_is_for(course):
    published(course)
    assert files_on(course.root, "student") == {"README.md"} | {
        f"ch01_tiny/{path.relative_to(course.root / 'student' / 'ch01_tiny')}"
        for path in (course.root / "student" / "ch01_tiny").rglob("*")
        if path.is_file()
    }
    assert files_on(course.root, "solutions") == {
        "README.md", "notebooks/ch01_tiny.ipynb", "solutions/__init__.py", "solutions/shapes.py",
        "solutions/ch01_tiny.py",
    }  # fmt: skip
    assert "distinctive_intermediate_name" in git(course.root, "show", "solutions:solutions/ch01_tiny.py")
    student = "".join(
        git(course.root, "show", f"student:{name}") for name in files_on(course.root, "student")
    )
    assert "distinctive_intermediate_name" not in student


def test_publishing_again_changes_nothing_and_touches_no_checkout(course):
    first = published(course)
    before = git(course.root, "status", "--porcelain")
    again = published(course)
    assert {name: one.commit for name, one in first.items()} == {
        name: one.commit for name, one in again.items()
    }
    assert not any(one.changed for one in again.values())
    assert git(course.root, "status", "--porcelain") == before
    assert git(course.root, "symbolic-ref", "--short", "HEAD") == "main"


def test_the_same_build_gives_the_same_commits_in_another_clone(course, tmp_path):
    first = published(course)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "-b", "main", str(course.root), str(clone))
    for name in ("student", "dist"):
        shutil.copytree(course.root / name, clone / name)
    second = {one.branch: one for one in publish(Course.at(clone).chapters(), clone)}
    assert {name: one.commit for name, one in first.items()} == {
        name: one.commit for name, one in second.items()
    }


def test_a_leak_in_what_was_built_keeps_everything_from_being_published(course):
    place = course.root / "student" / "ch01_tiny" / "notes.py"
    place.write_text(
        "def f(x):\n    distinctive_intermediate_name = x + x\n    return distinctive_intermediate_name\n"
    )
    with pytest.raises(DeclarationError, match="nothing was published"):
        published(course)
    assert git(course.root, "branch", "--list", "student", "solutions") == ""


def test_the_release_folder_holds_zips_and_the_checksums_they_have(course):
    place = write_release(Course.at(course.root).chapters(), course.root)
    lines = [line.split("  ") for line in (place / "SHA256SUMS").read_text().splitlines()]
    assert {name for _, name in lines} == {"student/ch01_tiny.zip", "autograder/ch01_tiny.zip"}
    for digest, name in lines:
        assert hashlib.sha256((place / name).read_bytes()).hexdigest() == digest
