"""The packages of the course: what a notebook may import, the same for students, for a grader on this machine
and for one in a Gradescope image.

`python -m autograder.course.packages student` prints what a student installs, `... grader` what a grader
does: the requirements that `make lock` pins.
"""

from __future__ import annotations

import re
import sys

# What a student's code is promised, beside Python's own library.
PROMISED = ("ipywidgets", "matplotlib", "numpy", "pandas", "scipy")
# What a student opens and checks the notebook with.
NOTEBOOK_TOOLS = ("jupyterlab", "otter-grader")
# How far a student's versions may be from those that the course is tested with, on any Python from 3.11.
VERSIONS = {
    "ipywidgets": ">=8,<9",
    "jupyterlab": ">=4,<5",
    "matplotlib": ">=3.8,<4",
    "numpy": ">=2,<3",
    "otter-grader": "==7.0.0",
    "pandas": ">=2.2,<4",
    "scipy": ">=1.13,<2",
}
# What the grader itself needs.
GRADER_TOOLS = ("click", "ipython", "rich")
# Under what names the promised packages, IPython and what they depend on are imported. A submission is shown
# these alone: what else is installed beside a grader is not what a student has.
MODULES = (
    "IPython",
    "PIL",
    "asttokens",
    "comm",
    "contourpy",
    "cycler",
    "dateutil",
    "executing",
    "fontTools",
    "ipython_pygments_lexers",
    "ipywidgets",
    "jedi",
    "jupyterlab_widgets",
    "kiwisolver",
    "matplotlib",
    "matplotlib_inline",
    "mpl_toolkits",
    "numpy",
    "packaging",
    "pandas",
    "parso",
    "pexpect",
    "prompt_toolkit",
    "psutil",
    "ptyprocess",
    "pure_eval",
    "pygments",
    "pylab",
    "pyparsing",
    "scipy",
    "stack_data",
    "traitlets",
    "typing_extensions",
    "tzdata",
    "wcwidth",
    "widgetsnbextension",
)
MISSING = re.compile(r"No module named '(\w+)(?:\.[\w.]+)?'")


def requirements(whose: str) -> list[str]:
    """What a `student` or a `grader` installs, in order; a grader's versions stand in its lock."""
    if whose == "grader":
        return sorted((*PROMISED, *GRADER_TOOLS))
    return [f"{name}{VERSIONS[name]}" for name in sorted((*PROMISED, *NOTEBOOK_TOOLS))]


def explain_missing(message: str) -> str:
    """The message of a `ModuleNotFoundError`, with what may be imported if that was something else."""
    found = MISSING.fullmatch(message)
    if not found or found[1] in (*PROMISED, *sys.stdlib_module_names):
        return message
    return (
        f"{message}: {found[1]} is not among the packages of this course ({', '.join(PROMISED)}); if it is a"
        " file of yours, hand it in beside the notebook, in one folder or zip"
    )


if __name__ == "__main__":
    print("\n".join(requirements(sys.argv[1])))
