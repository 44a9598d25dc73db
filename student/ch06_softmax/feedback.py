"""How Otter's result looks in the notebook, what a right answer means, and how far the student is.

By title, in words, and without colour alone. This file stands beside the notebook, with `questions.json`,
which names the chapter's questions; and in the grader, without it. It needs nothing but Python.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING or __package__:
    from autograder.kit.sealing import digest, open_text
else:
    from sealing import digest, open_text

NOT_ATTEMPTED = "not attempted yet"
NOT_DEFINED = "is not defined."
VALUE_IS_RIGHT = "The value is right."

# A line of a message that begins with a label, as `you called    softmax([0, 1])`, and the label's width.
LABELLED, LABEL_WIDTH = re.compile(r"[a-z ]{12}  \S"), 14
WRAPPED = "white-space:pre-wrap; word-break:normal; overflow-wrap:anywhere"

_dressed = False


@dataclass
class State:
    """What checks have shown so far: how many passed of each question, and what its right answer means."""

    passed: dict[str, tuple[int, int]] = field(default_factory=dict)
    attempted: set[str] = field(default_factory=set)
    meanings: dict[str, str] = field(default_factory=dict)


state = State()


def show_in_words() -> None:
    """In a notebook, show Otter's results by title, in words and without colour alone. Uses IPython's own
    formatters; elsewhere, nothing."""
    global _dressed
    if _dressed or "IPython" not in sys.modules or "otter" not in sys.modules:
        return
    _dressed = True
    shell = sys.modules["IPython"].get_ipython()
    otter_tests = sys.modules.get("otter.test_files")
    if shell is None or otter_tests is None:
        return
    formatters = shell.display_formatter.formatters
    formatters["text/html"].for_type(otter_tests.TestFile, feedback_html)
    formatters["text/plain"].for_type(
        otter_tests.TestFile, lambda result, printer, _cycle: printer.text(feedback_text(result))
    )


@cache
def chapter() -> dict[str, Any]:
    """What `questions.json` says of the chapter; empty if it does not stand here."""
    try:
        found = json.loads(Path(__file__).with_name("questions.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def questions() -> dict[str, dict[str, Any]]:
    """The chapter's questions by name, in their order: points, public_points, meaning, hints."""
    return {question["name"]: question for question in chapter().get("questions", [])}


# A result ---------------------------------------------------------------------------------------------------


def outcomes(result: Any) -> list[tuple[str, bool, str]]:
    """(title, passed, message) of every case of an Otter result, which is remembered."""
    rows = []
    for case in result.test_case_results:
        test = case.test_case
        title = test.failure_message or test.name
        message = (
            ""
            if case.passed
            else re.sub(r"\A.*?\n\w+: (?=\S|\n)", "", str(case.message), count=1, flags=re.DOTALL)
        )
        rows.append((title, bool(case.passed), message.strip("\n")))
    state.passed[result.name] = (sum(ok for _, ok, _ in rows), len(rows))
    if not _all_say(rows, NOT_ATTEMPTED) and not _all_say(rows, NOT_DEFINED):
        state.attempted.add(result.name)
    return rows


def _all_say(rows: list[tuple[str, bool, str]], words: str) -> bool:
    return (
        bool(rows)
        and all(words in message for _, ok, message in rows if not ok)
        and not any(ok for _, ok, _ in rows)
    )


def headline(rows: list[tuple[str, bool, str]]) -> str:
    passed = sum(ok for _, ok, _ in rows)
    if passed == len(rows) and [title for title, _, _ in rows] == [VALUE_IS_RIGHT]:
        return VALUE_IS_RIGHT.lower()
    if passed == len(rows):
        return f"public checks passed ({passed} of {len(rows)}). Hidden checks run when you submit."
    if _all_say(rows, NOT_ATTEMPTED):
        return f"{NOT_ATTEMPTED}."
    if _all_say(rows, NOT_DEFINED):
        return "not defined. Run the cell that defines it."
    return f"{passed} of {len(rows)} public checks passed."


def meaning_of(name: str, rows: list[tuple[str, bool, str]]) -> str:
    """What a right answer is followed by; empty as long as a check fails."""
    if not all(ok for _, ok, _ in rows):
        return ""
    if name in state.meanings:
        return state.meanings[name]
    sealed = questions().get(name, {}).get("meaning", "")
    return open_text(sealed, name) if sealed else ""


def hint_of(name: str, message: str) -> str:
    """The hint on the one known wrong answer that gives this very message; empty if there is none."""
    hints = questions().get(name, {}).get("hints", {"keys": {}})
    sealed = hints["keys"].get(digest(message))
    if not sealed:
        return ""
    key = open_text(sealed, message)
    return open_text(hints["texts"][digest(key)], key)


def _parts(result: Any) -> tuple[str, list[tuple[str, bool, str]], str, str]:
    """The headline, the rows worth showing, the hint and the meaning of a result."""
    rows = outcomes(result)
    summary = headline(rows)
    meaning = meaning_of(result.name, rows)
    hint = next(filter(None, (hint_of(result.name, message) for _, ok, message in rows if not ok)), "")
    told = summary.startswith((NOT_ATTEMPTED, "not defined")) or summary == VALUE_IS_RIGHT.lower()
    return summary, [] if told else rows, hint, meaning


def feedback_text(result: Any) -> str:
    """The feedback as plain text: a headline, then a line per check, with what failed beneath it."""
    summary, rows, hint, meaning = _parts(result)
    lines = [f"{result.name}: {summary}"]
    for title, ok, message in rows:
        lines.append(f"  {'passed' if ok else 'FAILED'}  {title}")
        lines.extend(f"          {line}" for line in message.splitlines())
    if hint:
        lines.append(f"  hint    {hint}")
    return "\n".join([*lines, *([meaning] if meaning else [])])


def feedback_html(result: Any) -> str:
    """The same feedback as HTML: readable in grey, every state in words."""
    summary, rows, hint, meaning = _parts(result)
    html = f"<p><strong><code>{escape(result.name)}</code></strong>: {escape(summary)}</p>"
    items = []
    for title, ok, message in rows:
        lines = "".join(map(_line_html, message.split("\n")))
        detail = f"<pre style='margin:0.2em 0 0.6em 0; {WRAPPED}'>{lines}</pre>" if message else ""
        mark = "&#10003; passed" if ok else "<strong>&#10007; failed</strong>"
        items.append(f"<li style='list-style:none'>{mark} &ensp;{escape(title)}{detail}</li>")
    html += f"<ul style='padding-left:0.5em'>{''.join(items)}</ul>" if items else ""
    html += f"<p><strong>Hint:</strong> {escape(hint)}</p>" if hint else ""
    return html + (f"<p>{escape(meaning)}</p>" if meaning else "")


def _line_html(line: str) -> str:
    """A line of a message. One with a label that is too long goes on below what stands behind the label."""
    behind = f"padding-left:{LABEL_WIDTH}ch; text-indent:-{LABEL_WIDTH}ch" if LABELLED.match(line) else ""
    return f"<span style='display:block; {behind}'>{escape(line)}\n</span>"


# How far the student is -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """A question as far as its public checks tell."""

    name: str
    points: float
    public_points: float
    passed: int
    checks: int
    attempted: bool

    @property
    def words(self) -> str:
        if not self.attempted:
            return NOT_ATTEMPTED
        if self.passed == self.checks:
            return "public checks passed"
        return f"{self.passed} of {self.checks} public checks passed"

    @property
    def done(self) -> bool:
        return self.attempted and self.passed == self.checks


def standings(grader: Any, names: dict[str, Any]) -> list[Standing]:
    """Run every question's public checks on the notebook's names, and say how each stands."""
    found = []
    for name, question in questions().items():
        rows = outcomes(grader.check(name, names))
        passed = sum(ok for _, ok, _ in rows)
        attempted = name in state.attempted and not _all_say(rows, NOT_ATTEMPTED)
        found.append(
            Standing(name, question["points"], question["public_points"], passed, len(rows), attempted)
        )
    return found


def progress_text(found: list[Standing]) -> str:
    """One line: how much is done, and what is left."""
    done = [standing for standing in found if standing.done]
    earned = sum(s.public_points * s.passed / s.checks for s in found if s.checks)
    left = [standing.name for standing in found if not standing.done]
    public = sum(standing.public_points for standing in found)
    total = sum(standing.points for standing in found)
    said = (
        f"Done: {len(done)} of {len(found)} questions, {_points(earned)} of the {_points(public)} points that"
        f" public checks give. Hidden checks give the other {_points(total - public)} when you submit."
    )
    by_hand = [f"{name} ({_points(points)})" for name, points in chapter().get("by_hand", {}).items()]
    said += f" A person grades {', '.join(by_hand)}." if by_hand else ""
    return said + (f" Left: {', '.join(left)}." if left else "")


def _points(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


class Progress:
    """An overview that a notebook shows as a table, and a terminal as text."""

    def __init__(self, found: list[Standing]) -> None:
        self.found = found

    def __repr__(self) -> str:
        rows = [f"  {standing.name:<32} {standing.words}" for standing in self.found]
        return "\n".join([progress_text(self.found), *rows])

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td style='text-align:left'><code>{escape(s.name)}</code></td>"
            f"<td style='text-align:left'>{'&#10003; ' if s.done else ''}{escape(s.words)}</td>"
            f"<td style='text-align:right'>{_points(s.points)}</td></tr>"
            for s in self.found
        )
        head = (
            "<tr><th style='text-align:left'>question</th><th style='text-align:left'>so"
            " far</th><th>points</th></tr>"
        )
        return f"<p>{escape(progress_text(self.found))}</p><table>{head}{rows}</table>"


def where_am_i(grader: Any, names: dict[str, Any] | None = None) -> Progress:
    """How far this notebook is: run every question's public checks, and show what is done and what is
    left. The names are those of the cell that calls, if none are given: Otter, left alone, would take this
    module's."""
    return Progress(standings(grader, sys._getframe(1).f_globals if names is None else names))
