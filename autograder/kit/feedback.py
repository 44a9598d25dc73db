"""How Otter's result looks in the notebook: by title, in words, and without colour alone.

This file stands beside the notebook and in the grader. It needs nothing but Python.
"""

from __future__ import annotations

import re
import sys
from typing import Any

NOT_ATTEMPTED = "not attempted yet"
VALUE_IS_RIGHT = "The value is right."

_dressed = False


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


def outcomes(result: Any) -> list[tuple[str, bool, str]]:
    """(title, passed, message) of every case of an Otter result."""
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
    return rows


def headline(rows: list[tuple[str, bool, str]]) -> str:
    passed = sum(ok for _, ok, _ in rows)
    if passed == len(rows) and [title for title, _, _ in rows] == [VALUE_IS_RIGHT]:
        return VALUE_IS_RIGHT.lower()
    if passed == len(rows):
        return f"public checks passed ({passed} of {len(rows)}). Hidden checks run when you submit."
    if all(NOT_ATTEMPTED in message for _, ok, message in rows if not ok) and passed == 0:
        return f"{NOT_ATTEMPTED}."
    return f"{passed} of {len(rows)} public checks passed."


def feedback_text(result: Any) -> str:
    """The feedback as plain text: a headline, then a line a check, with what failed beneath it."""
    rows = outcomes(result)
    lines = [f"{result.name}: {headline(rows)}"]
    if lines[0].endswith((NOT_ATTEMPTED + ".", VALUE_IS_RIGHT.lower())):
        return lines[0]
    for title, ok, message in rows:
        lines.append(f"  {'passed' if ok else 'FAILED'}  {title}")
        lines.extend(f"          {line}" for line in message.splitlines())
    return "\n".join(lines)


def feedback_html(result: Any) -> str:
    """The same feedback as HTML: readable in grey, every state in words."""
    from html import escape

    rows = outcomes(result)
    summary = headline(rows)
    head = f"<p><strong><code>{escape(result.name)}</code></strong>: {escape(summary)}</p>"
    if summary in (f"{NOT_ATTEMPTED}.", VALUE_IS_RIGHT.lower()):
        return head
    items = []
    for title, ok, message in rows:
        detail = (
            "<pre style='margin:0.2em 0 0.6em 0; white-space:pre-wrap; word-break:normal;"
            f" overflow-wrap:anywhere'>{escape(message)}</pre>"
            if message
            else ""
        )
        mark = "&#10003; passed" if ok else "<strong>&#10007; failed</strong>"
        items.append(f"<li style='list-style:none'>{mark} &ensp;{escape(title)}{detail}</li>")
    return f"{head}<ul style='padding-left:0.5em'>{''.join(items)}</ul>"
