"""Results as a continuous integration service shows them: JUnit XML, a Markdown summary, and annotations.

Two readers: staff see everything; students see what public checks say, and of hidden checks nothing, as on
Gradescope until the release shows them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from autograder.grade.outcome import GRADED, number
from autograder.grade.results import harmless

NOT_ATTEMPTED = "not attempted"


@dataclass(frozen=True)
class Check:
    """A check as a result keeps it."""

    title: str
    hidden: bool
    passed: bool
    message: str


@dataclass(frozen=True)
class Question:
    """A question as a result keeps it."""

    name: str
    score: float
    points: float
    attempted: bool
    checks: list[Check] = field(default_factory=list)


@dataclass(frozen=True)
class Graded:
    """A submission's result, as far as a report needs it."""

    stem: str
    assignment: str
    status: str
    score: float | None
    points: float
    reason: str
    questions: list[Question]


class NoResults(Exception):
    """A folder that holds no results of grading."""


def read_results(folder: Path) -> list[Graded]:
    """The results that `grade --out` wrote into a folder, in the order of their names. Raises `NoResults`."""
    paths = sorted((folder / "results").glob("*.json"))
    if not paths:
        raise NoResults(f"{folder} holds no results: give the folder that `autograder grade --out` wrote")
    return [_read(path) for path in paths]


def _read(path: Path) -> Graded:
    try:
        # Whoever wrote it: no character in it that XML cannot hold.
        extra = harmless(json.loads(path.read_bytes())["extra_data"])
        questions = [_question(name, kept) for name, kept in extra["questions"].items()]
        return Graded(
            path.stem,
            extra["assignment"] or "",
            extra["status"],
            extra["score"],
            extra["max_score"],
            extra["reason"],
            questions,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoResults(f"{path} is no result of this grader's: {type(error).__name__}: {error}") from error


def _question(name: str, kept: dict[str, Any]) -> Question:
    checks = [Check(c["title"], c["hidden"], c["passed"], c["message"]) for c in kept["checks"]]
    return Question(name, kept["score"], kept["max_score"], kept["attempted"], checks)


def visible(question: Question, *, students: bool) -> list[Check]:
    """The checks of a question that the reader may know of."""
    return [check for check in question.checks if not (students and check.hidden)]


def junit(results: Sequence[Graded], *, students: bool) -> str:
    """JUnit XML: a suite per submission, a case per question; what could not be graded is an error."""
    root = ElementTree.Element("testsuites")
    for result in results:
        suite = ElementTree.SubElement(root, "testsuite", name=result.stem)
        if result.status != GRADED:
            case = ElementTree.SubElement(suite, "testcase", classname=result.stem, name=result.status)
            ElementTree.SubElement(case, "error", message=result.reason)
        for question in result.questions:
            case = ElementTree.SubElement(suite, "testcase", classname=result.stem, name=question.name)
            failed = [check for check in visible(question, students=students) if not check.passed]
            if failed:
                titles = "; ".join(c.title for c in failed) if question.attempted else NOT_ATTEMPTED
                failure = ElementTree.SubElement(case, "failure", message=titles)
                failure.text = "\n\n".join(c.message for c in failed if students or not c.hidden)
        cases = suite.findall("testcase")
        suite.set("tests", str(len(cases)))
        suite.set("failures", str(sum(case.find("failure") is not None for case in cases)))
        suite.set("errors", str(sum(case.find("error") is not None for case in cases)))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def markdown(results: Sequence[Graded], *, students: bool) -> str:
    """A Markdown summary: a table of all submissions, then what failed in each."""
    lines = [
        "# Grades" if not students else "# Public checks",
        "",
        "| submission | assignment | result |",
        "|---|---|---|",
    ]
    lines += [
        f"| {_cell(r.stem)} | {_cell(r.assignment)} | {_cell(_verdict(r, students=students))} |"
        for r in results
    ]
    for result in results:
        failed = [line for question in result.questions for line in _failures(question, students=students)]
        if failed:
            lines += ["", f"## {_cell(result.stem)}: what failed", "", *failed]
    return "\n".join(lines) + "\n"


def _verdict(result: Graded, *, students: bool) -> str:
    if result.status != GRADED:
        return f"{result.status}: {result.reason}"
    if not students:
        return f"{number(result.score or 0)} of {number(result.points)} points"
    checks = [check for question in result.questions for check in visible(question, students=True)]
    return f"{sum(check.passed for check in checks)} of {len(checks)} public checks passed"


def _failures(question: Question, *, students: bool) -> Iterator[str]:
    """A line for each check that failed; one line for a question that was not attempted."""
    failed = [check for check in visible(question, students=students) if not check.passed]
    if not question.attempted:
        yield f"- `{question.name}`: {NOT_ATTEMPTED}"
        return
    for check in failed:
        yield f"- `{question.name}`: {_cell(check.title)}"


def workflow_commands(results: Sequence[Graded], *, students: bool) -> list[str]:
    """GitHub's workflow commands: a warning per submission that was not graded, a notice per one that lost
    points."""
    lines = []
    for result in results:
        title = _property(result.stem)
        if result.status != GRADED:
            lines.append(f"::warning title={title}::{_data(_verdict(result, students=students))}")
        elif any(True for q in result.questions for _ in _failures(q, students=students)):
            lines.append(f"::notice title={title}::{_data(_verdict(result, students=students))}")
    return lines


def _cell(text: str) -> str:
    """A text as a cell of a Markdown table: one line, and no markup of its author's."""
    line = " ".join(text.split())
    for mark in "\\`*_[]<>|":
        line = line.replace(mark, f"\\{mark}")
    return line


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
