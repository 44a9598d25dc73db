"""A grader that is spoken to over pipes: one JSON object per line in, one per line out.

It is what a worker on another machine starts beside itself. There a submission is graded as it is here: in
the main thread of a process of its own, in the same sandbox, from nothing but what was read of it.
"""

from __future__ import annotations

import base64
import json
import os
import sys
import tempfile
from pathlib import Path

from autograder.grade.inside.linux import die_with_parent
from autograder.grade.privacy import kept_private
from autograder.grade.results import result_path
from autograder.grade.run import Grader, GradingJob, PackedSubmission, Releases, own_digest
from autograder.grade.sandbox_choice import NoSandbox, choose_sandbox


def serve(distributions: Path, sandbox: str) -> None:
    """Answer requests until there are no more. The first line out says whether it can."""
    die_with_parent()
    # What a submission's processes print is never an answer.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def say(what: object) -> None:
        answers.write(json.dumps(what) + "\n")
        answers.flush()

    try:
        kind = choose_sandbox(sandbox)
    except NoSandbox as error:
        say({"problem": str(error)})
        return
    with tempfile.TemporaryDirectory(prefix="grading-") as scratch:
        out = Path(scratch)
        secrets = [distributions, out]
        with kept_private(secrets, kind):
            grader = Grader(GradingJob(out, Releases(None, distributions), kind, secrets, again=True))
            say({"grader": own_digest(), "sandbox": kind})
            try:
                for line in sys.stdin:
                    say(_answer(grader, out, json.loads(line)))
            finally:
                grader.close()


def _answer(grader: Grader, out: Path, request: dict[str, str]) -> dict[str, object]:
    packed = base64.b64decode(request["packed"])
    grader.grade_again_into(PackedSubmission(request["name"], "submission", packed))
    path = result_path(out, "submission")
    data = json.loads(path.read_bytes())
    path.unlink()
    return {"result": data}


if __name__ == "__main__":
    serve(Path(sys.argv[1]), sys.argv[2])
