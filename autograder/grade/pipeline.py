"""From a submission to a result: what happens to each, in order. Every submission gets a result."""

from __future__ import annotations

import base64
import time
import traceback

from autograder.grade.given import with_given_cells
from autograder.grade.limits import Limits
from autograder.grade.outcome import GRADED, GRADER_ERROR, INVALID, QuestionOutcome, Result
from autograder.grade.passes import run_passes
from autograder.grade.release import Release
from autograder.grade.session import GraderFault
from autograder.grade.submission import Submission
from autograder.grade.zygote import Zygote


def grade(
    submission: Submission, release: Release | None, zygote: Zygote, limits: Limits | None = None
) -> Result:
    """Grade one submission. Never raises: a fault of the grader's own is a result too."""
    problem = find_problem(submission, release)
    if problem or release is None:
        return Result(submission, INVALID, zygote.sandbox, release, reason=problem)
    limits = limits or Limits()
    deadline = time.monotonic() + limits.submission
    try:
        prepared, stand_ins = with_given_cells(submission, release)
        own = {
            name: base64.b64decode(data)
            for name, data in submission.files.items()
            if name not in release.student_files
        }
        files = {**own, **release.files_for(cell.source for cell in prepared.cells)}
        passes = run_passes(
            prepared,
            release,
            lambda: zygote.session(files, limits, deadline, release.checking, release.assignment),
            deadline,
        )
        questions = [
            QuestionOutcome(question) if question.by_hand else passes.best(question)
            for question in release.questions
        ]
    except GraderFault as error:
        return Result(submission, GRADER_ERROR, zygote.sandbox, release, reason=str(error))
    except Exception as error:
        reason = f"the grader failed: {type(error).__name__}"
        return Result(
            submission, GRADER_ERROR, zygote.sandbox, release, reason=reason, detail=traceback.format_exc()
        )
    broken = any(check.fault for outcome in questions for check in outcome.checks)
    status = GRADER_ERROR if broken else GRADED
    unfinished = {number: outcome.said for number, outcome in passes.unfinished().items()}
    return Result(
        submission,
        status,
        zygote.sandbox,
        release,
        questions,
        remarks=[stand_in.sentence(unfinished) for stand_in in stand_ins],
        first_failure=passes.first_failure(),
        unstable=passes.unstable(),
    )


def find_problem(submission: Submission, release: Release | None) -> str:
    """Why a submission cannot be graded; empty if it can."""
    if submission.problem:
        return submission.problem
    if release is None:
        return (
            "it is not known which assignment this is: hand in the notebook under the name it was given out"
            " with"
        )
    if submission.assignment not in (None, release.assignment):
        return f"this is a submission to {submission.assignment}, and this assignment is {release.assignment}"
    if submission.variant not in (None, release.variant):
        return (
            f"this notebook has the numbers of variant `{submission.variant}`, and the grader has those of"
            f" `{release.variant}`: hand in this term's notebook, or, as an instructor, build that"
            " variant too"
        )
    if not submission.cells:
        return (
            "the submission holds no code: hand in the notebook that you worked in, with the answers in cells"
            " of type Code"
        )
    return ""
