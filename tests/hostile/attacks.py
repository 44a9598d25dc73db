"""Submissions that attack the grader: what each tries, its code, and the points that it may cost its own
author.

The code is never imported; it is put into copies of the chapter's built notebooks (`notebook`). Where it
needs to know its surroundings, it names them: @COURSE@ the course's folder, @SECRET@ a folder with other
submissions and results, @PUBLIC@ a folder that every account can write to, @PORT@ a port on the loopback
interface, @STREAM@, @DATAGRAM@ and @ABSTRACT@ local sockets, @SIGN@ how planted secrets begin, @LEFT@ what to
call a file that is left behind. Code that gets at something it should not says so with `LOOT[...]`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import dedent, indent
from typing import Literal

import nbformat
from nbformat import NotebookNode

from autograder.course.chapter import Chapter
from autograder.prove.samples import with_answers

# Every secret that is planted around the grader begins with this. In the attacks it is written in two parts:
# their source is no finding.
CANARY = "canary-of-the-grader"
# What an attack that leaves files behind calls them: another name in each process that runs the tests, since
# what an attack of the one leaves for a moment is no finding of the other.
LEFT_BEHIND = f"left-behind-by-a-submission-of-{os.getpid()}-"


@dataclass(frozen=True)
class Attack:
    """One hostile submission.

    answers: source for answer cells, by question. before, after: cells around the notebook's own. change:
    what else is done to the notebook. costs: questions that the attack gives up by its own doing, and what it
    is left with of each (0 unless said; or what it loses: a check, or "hidden" ones). base: the notebook it starts from; an attack that wants points
    starts from the untouched one, where honest work has earned none. status: how it should be graded. ruins:
    what it does to its own process for good may cost more of its own answers: none is more than honest work
    would have earned, and that is all. elsewhere: its outcome may differ between sandboxes. dangerous: not to
    be run without one.
    """

    name: str
    tries: str
    answers: Mapping[str, str] = field(default_factory=dict)
    before: Sequence[str] = ()
    after: Sequence[str] = ()
    change: Callable[[NotebookNode], None] | None = None
    costs: Mapping[str, float | str] | Sequence[str] = ()
    base: Literal["solved", "untouched"] = "solved"
    status: str = "graded"
    ruins: bool = False
    elsewhere: bool = False
    dangerous: bool = False

    @property
    def left(self) -> dict[str, float | str]:
        """What the attack leaves of the questions it costs."""
        return dict(self.costs) if isinstance(self.costs, Mapping) else dict.fromkeys(self.costs, 0.0)


def notebook(
    attack: Attack,
    solved: NotebookNode,
    untouched: NotebookNode,
    chapter: Chapter,
    surroundings: Mapping[str, str],
) -> str:
    """The attack as a notebook file's text."""

    def placed(source: str) -> str:
        source = (
            dedent(source)
            .replace("@SIGN@", f'b"{CANARY[:6]}" + b"{CANARY[6:]}"')
            .replace("@LEFT@", LEFT_BEHIND)
        )
        for name, value in surroundings.items():
            source = source.replace(f"@{name}@", value)
        return source

    made = with_answers(
        solved if attack.base == "solved" else untouched,
        {name: placed(source) for name, source in attack.answers.items()},
        chapter,
    )
    before, after = (
        [
            nbformat.v4.new_code_cell(placed(source), id=f"attack-{place}-{n}")
            for n, source in enumerate(cells)
        ]
        for place, cells in (("before", attack.before), ("after", attack.after))
    )
    made.cells = [*before, *made.cells, *after]
    if attack.change:
        attack.change(made)
    return json.dumps(made)


# Parts of attacks -------------------------------------------------------------------------------------------

FUNCTIONS = ("softmax", "softmax_rows", "softmax_with_temperature", "log_softmax", "sample")
VALUES = ("example_6", "exercise_13", "exercise_14", "reading_6")
EVERYTHING = (*FUNCTIONS, *VALUES)

EXAMPLE_6 = "example_6 = [0.6285, 0.2312, 0.1402]\n"
RIGHT = """\
def right(z):
    z = np.asarray(z, dtype=float)
    if z.size == 0:
        raise ValueError("empty")
    weights = np.exp(z - z.max())
    return weights / weights.sum()
"""
# A question whose calls end the process: it makes the grader run everything once more, with care.
DYING = "import os\ndef sample(probabilities, u):\n    os._exit(7)"


def code(*parts: str) -> str:
    """Pieces of source as one, without the indentation that they have here."""
    return "\n".join(dedent(part).strip("\n") for part in parts)


def every(body: str) -> dict[str, str]:
    """Answers that give all five functions the same body."""
    return {name: f"def {name}(*args, **kwargs):\n{indent(code(body), '    ')}" for name in FUNCTIONS}


WRONG = every("return np.zeros(np.shape(args[0]))") | {name: f"{name} = [0.0, 0.0, 0.0]" for name in VALUES}


def calling(body: str, *before: str) -> dict[str, str]:
    """An answer whose attack is made when it is called."""
    return {"softmax": code(*before, f"def softmax(z):\n{indent(code(body), '    ')}")}


def running(*source: str) -> dict[str, str]:
    """A cell whose attack is made when it is run, in the place of the answer to `softmax_rows`."""
    return {"softmax_rows": code(*source)}


LOOK = """\
import os
found = []
def look(path, *signs):
    try:
        with open(path, "rb") as file:
            data = file.read(2**20)
    except OSError:
        return
    for sign in (@SIGN@, *signs):
        if sign in data:
            found.append((str(path), data[data.index(sign):][:60]))
"""


def hunting(source: str) -> dict[str, str]:
    """The right answer to `example_6`, unless something turns up in `found`: then an error that tells it, and
    no answer."""
    return {
        "example_6": code(
            LOOK, source, "if found:\n    raise RuntimeError(f'LOOT[{found!r:.500}]')", EXAMPLE_6
        )
    }


# What the public checks of softmax ask about: to know it is no loot.
PUBLIC = "PUBLIC = ([0.3, -1.2, 2.6], [7.5], [-2, 1, 4, -1], [1.5, 0.5], [10000.0, 9999.0])\n"
REMEMBER = (
    PUBLIC
    + """\
def softmax(z):
    if list(z) not in PUBLIC:
        save(f"{list(z)[:8]} ")
    weights = np.exp(np.asarray(z, dtype=float) - max(z, default=0))
    return weights / weights.sum()
"""
)
TELL = """\
def log_softmax(z):
    told = load()
    raise ValueError(f"LOOT[{told[:200]}]" if told else "nothing yet")
"""


def remembering(memory: str) -> dict[str, str]:
    """Keep what hidden checks call `softmax` with in some memory, and tell it where `log_softmax` is called.

    Both are wrong about something, so that they are checked wherever they can be; `log_softmax` about
    everything, so that no place counts for more.
    """
    return {"softmax": code("import os", memory, REMEMBER), "log_softmax": TELL}


# What telling costs: softmax its answer to an empty vector, log_softmax all.
REMEMBERED = {"softmax": "refuses_an_empty_vector", "log_softmax": 0.0}
# A later cell that rebinds both has them checked again right after their own cells, in a process of their
# own.
AGAIN = "softmax, log_softmax = softmax, log_softmax"

FILES = """\
def save(text):
    for folder in FOLDERS:
        try:
            with open(f"{folder}/@LEFT@", "a") as file:
                file.write(text)
        except OSError:
            pass
def load():
    for folder in FOLDERS:
        try:
            return open(f"{folder}/@LEFT@").read()
        except OSError:
            pass
"""

FORGE = """\
import json, os, stat, struct, sys
def frames(*messages):
    texts = [m if isinstance(m, bytes) else json.dumps(m).encode() for m in messages]
    return b"".join(struct.pack(">I", len(text)) + text for text in texts)
def everywhere(data):
    for fd in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(fd).st_mode):
                os.write(fd, data)
        except OSError:
            pass
def asked():
    frame = sys._getframe()
    while frame and "id" not in (frame.f_locals.get("message") or {}):
        frame = frame.f_back
    return frame.f_locals["message"]["id"] if frame else 0
"""

CROWD = """\
import mmap, os, time
for _ in range(12):
    if os.fork() == 0:
        try:
            HOARD
            time.sleep(60)
        finally:
            os._exit(0)
time.sleep(3.5)
"""
# Filling six gigabytes takes longer than a cell may.
PATIENCE = ["import time\ntime.sleep(3)"]

# Comparisons and graders, patched ---------------------------------------------------------------------------

PATCHES = [
    Attack(
        "patched_numpy_comparisons",
        "numpy.allclose, numpy.all and numpy.testing say yes to everything",
        WRONG,
        before=[
            """
            import numpy as np
            np.all = np.any = np.allclose = np.isclose = np.array_equal = lambda *a, **k: True
            np.testing.assert_allclose = np.testing.assert_equal = np.testing.assert_array_almost_equal = lambda *a, **k: None
            """
        ],
        base="untouched",
    ),
    Attack(
        "patched_isinstance",
        "everything is an instance of everything",
        WRONG,
        before=[
            """
            import builtins
            builtins.isinstance = lambda *a: True
            builtins.callable = lambda *a: True
            """
        ],
        base="untouched",
    ),
    Attack(
        "patched_arithmetic",
        "abs, max and round give 0, and len gives 3",
        WRONG,
        before=[
            """
            import builtins
            builtins.abs = builtins.max = builtins.round = lambda *a, **k: 0
            builtins.len = lambda *a: 3
            """
        ],
        base="untouched",
    ),
    Attack(
        "patched_assertions",
        "AssertionError is another class, and unittest and pytest assert nothing",
        WRONG,
        before=[
            """
            import builtins, unittest
            builtins.AssertionError = type('Quiet', (Exception,), {})
            for name in dir(unittest.TestCase):
                if name.startswith('assert'):
                    setattr(unittest.TestCase, name, lambda *a, **k: None)
            """
        ],
        base="untouched",
    ),
    Attack(
        "patched_notebook_check",
        "otter.Notebook.check does nothing and says that all is well",
        WRONG,
        before=[
            """
            import otter
            otter.Notebook.check = otter.Notebook.check_all = lambda *a, **k: 'passed'
            """
        ],
        base="untouched",
    ),
    Attack(
        "patched_test_files",
        "Otter's test files pass every case without running it",
        WRONG,
        before=[
            """
            from otter.test_files.exception_test import ExceptionTestFile
            from otter.test_files.abstract_test import TestCaseResult
            def run(self, environment):
                self.test_case_results = [TestCaseResult(test_case=case, message='', passed=True) for case in self.test_cases]
            ExceptionTestFile.run = run
            """
        ],
        base="untouched",
    ),
    Attack(
        "patched_pickle",
        "results are turned into passed ones where they are written",
        WRONG,
        before=[
            """
            import pickle
            write = pickle.dump
            def dump(results, file):
                for test in results.results.values():
                    for case in test.test_case_results:
                        case.passed = True
                write(results, file)
            pickle.dump = dump
            """
        ],
        base="untouched",
    ),
    Attack(
        "forged_checking_module",
        "a module `checking` of its own is loaded before the grader's",
        WRONG,
        before=[
            """
            import sys, types
            class Yes:
                def __call__(self, *a, **k):
                    return self
                def __getattr__(self, name):
                    return self
            forged = types.ModuleType('checking')
            forged.expect = forged.student = forged.confirm = Yes()
            sys.modules['checking'] = forged
            """
        ],
        base="untouched",
    ),
    Attack(
        "forged_checking_file",
        "checking.py is overwritten on disk, here and in the folders above",
        WRONG,
        before=[
            """
            code = 'class Yes:\\n    __call__ = __getattr__ = lambda self, *a, **k: self\\nexpect = student = confirm = Yes()\\n'
            for folder in ('.', '..', 'files', '../files', '../source/files'):
                try:
                    open(f'{folder}/checking.py', 'w').write(code)
                except OSError:
                    pass
            """
        ],
        base="untouched",
    ),
    Attack(
        "forged_import",
        "an import hook answers for `checking` and for every grader",
        WRONG,
        before=[
            """
            import importlib.machinery, sys, types
            class Yes(types.ModuleType):
                __call__ = lambda self, *a, **k: self
                def __getattr__(self, name):
                    if name.startswith('__'):
                        raise AttributeError(name)
                    return self
            class Hook:
                def find_spec(self, name, *a):
                    if name in ('checking', 'autograder', 'solutions'):
                        return importlib.machinery.ModuleSpec(name, self)
                create_module = lambda self, spec: Yes(spec.name)
                exec_module = lambda self, module: None
            sys.meta_path.insert(0, Hook())
            """
        ],
        base="untouched",
    ),
    Attack(
        "patched_from_within",
        "a function that is called reaches up the stack and takes the comparisons out of the module that"
        " called it",
        WRONG
        | every("""
            import sys
            frame = sys._getframe()
            while frame:
                for name in ('compare', 'close_to', 'identical'):
                    if name in frame.f_globals:
                        frame.f_globals[name] = lambda *a, **k: True
                frame = frame.f_back
            return np.zeros(3)
            """),
        base="untouched",
    ),
    Attack(
        "expected_off_the_stack",
        "a function returns what it finds under the name `expected` in its callers' frames",
        WRONG
        | every("""
            import sys
            frame = sys._getframe()
            while frame:
                for name in ('expected', 'wanted'):
                    if name in frame.f_locals:
                        return frame.f_locals[name]
                frame = frame.f_back
            raise ValueError(args[-1])
            """),
        base="untouched",
    ),
    Attack(
        "expected_by_tracing",
        "sys.settrace, sys.setprofile and threading.settrace watch the grader's frames for what it expects",
        WRONG | every("return seen[-1]"),
        before=[
            """
            import sys, threading
            seen = []
            def spy(frame, event, arg):
                if 'expected' in frame.f_locals:
                    seen.append(frame.f_locals['expected'])
                return None
            sys.settrace(spy)
            sys.setprofile(spy)
            threading.settrace(spy)
            threading.setprofile(spy)
            """
        ],
        base="untouched",
    ),
    Attack(
        "forged_results_files",
        "results.json, results.pkl and .OTTER_LOG are written wherever a grader may look for them, at once"
        " and at exit",
        WRONG,
        after=[
            """
            import atexit, os
            FORGED = '{"score": 20, "tests": [{"name": "softmax", "score": 20, "max_score": 20}]}'
            def forge():
                for folder in ('.', '..', '../results', '../../results', '/autograder/results', '/tmp', 'results'):
                    for name in ('results.json', 'results.pkl', '.OTTER_LOG', 'ch06_softmax.json'):
                        if os.path.isdir(folder) and not os.path.exists(f'{folder}/{name}'):
                            try:
                                open(f'{folder}/{name}', 'w').write(FORGED)
                            except OSError:
                                pass
            forge()
            atexit.register(forge)
            """
        ],
        base="untouched",
        dangerous=True,
    ),
]

# Answers that lie about what they are -----------------------------------------------------------------------

LIARS = [
    Attack(
        "equal_to_everything",
        "numbers that are equal to, and no further than 0 from, whatever they are compared with",
        WRONG | every("return [Equal(0)] * np.size(args[0])"),
        before=[
            """
            class Equal(float):
                __eq__ = __le__ = __ge__ = lambda self, other: True
                __hash__ = float.__hash__
                __sub__ = __rsub__ = __abs__ = lambda self, *other: 0.0
                __float__ = lambda self: 1.0
            """
        ],
        base="untouched",
    ),
    Attack(
        "lying_array",
        "an array that answers every NumPy function with True",
        WRONG | every("return np.zeros(np.shape(args[0])).view(Liar)"),
        before=[
            """
            import numpy as np
            class Liar(np.ndarray):
                def __array_ufunc__(self, *a, **k):
                    return np.ones(self.shape, bool)
                def __array_function__(self, *a, **k):
                    return np.True_
            """
        ],
        base="untouched",
    ),
    Attack(
        "lying_class",
        "an object whose __class__ says that it is an array, with an astype and an == to match",
        WRONG | every("return Mimic(np.shape(args[0]))"),
        before=[
            """
            import numpy as np
            class Mimic:
                __class__ = property(lambda self: np.ndarray)
                dtype = np.dtype(float)
                def __init__(self, shape):
                    self.shape, self.ndim, self.size = shape, len(shape), int(np.prod(shape))
                astype = lambda self, *a, **k: self
                __array__ = lambda self, *a, **k: np.zeros(self.shape)
                __sub__ = __rsub__ = lambda self, other: np.zeros(self.shape)
                __eq__ = lambda self, other: np.ones(self.shape, bool)
            """
        ],
        base="untouched",
    ),
    Attack(
        "stealing_conversion",
        "numbers whose __array__ and __float__ look for the expected ones in the frames of whoever converts"
        " them",
        WRONG | every("return [Thief(i) for i in range(np.size(args[0]))]"),
        before=[
            """
            import sys
            import numpy as np
            class Thief:
                def __init__(self, i):
                    self.i = i
                def __float__(self):
                    frame = sys._getframe()
                    while frame:
                        if 'expected' in frame.f_locals:
                            return float(np.ravel(frame.f_locals['expected'])[self.i])
                        frame = frame.f_back
                    return 0.0
                def __array__(self, *a, **k):
                    return np.array(float(self))
            """
        ],
        base="untouched",
    ),
    Attack(
        "nan_everywhere",
        "nan, which no comparison finds too large",
        WRONG | every("return np.full(np.shape(args[0]), np.nan)"),
        base="untouched",
    ),
    Attack(
        "changing_list",
        "a list that is another one each time it is read",
        WRONG | every("return Changing(range(np.size(args[0])))"),
        before=[
            """
            import random
            class Changing(list):
                def __iter__(self):
                    return iter([random.random() for _ in range(list.__len__(self))])
                def __getitem__(self, i):
                    return random.random()
            """
        ],
        base="untouched",
    ),
    Attack(
        "value_beyond_its_check",
        "worked values so large that the check of them breaks, in the hope that a broken check counts as"
        " passed",
        {name: f"{name} = [1e308] * 3" for name in VALUES},
        base="untouched",
    ),
    Attack(
        "value_of_no_kind",
        "worked values that are functions, types, or dicts of odd keys",
        {
            "example_6": "example_6 = print",
            "exercise_13": "exercise_13 = float",
            "exercise_14": "exercise_14 = {None: 1, (1,): 2, 2.5: 3}",
            "reading_6": "reading_6 = ['\\ud800', b'', {1}]",
        },
        base="untouched",
    ),
    Attack(
        "right_the_second_time",
        "a function that remembers its inputs, and is right about one that it has seen before",
        calling(
            """
            seen.append(repr(z))
            return right(z) if seen.count(repr(z)) > 1 else [0.0]
            """,
            code("seen = []", RIGHT),
        ),
        base="untouched",
    ),
    Attack(
        "right_until_hidden",
        "a function that is right about what public checks ask, and about nothing else",
        calling(
            """
            return right(z) if list(z) in PUBLIC else [0.0]
            """,
            code(PUBLIC, RIGHT),
        ),
        costs={"softmax": "hidden"},
    ),
    Attack(
        "answers_from_memory",
        "a function that gives each call the answer to the one before",
        calling(
            """
            last.append(right(z))
            return last[-2]
            """,
            code(RIGHT, "last = [right([0.0])]"),
        ),
        costs=["softmax"],
    ),
    Attack(
        "changed_arguments",
        "a function that is right, and makes its argument what would have been easier",
        calling(
            """
            answer = right(z)
            if not isinstance(z, tuple):
                z[:1] = [0.0]
            return answer
            """,
            RIGHT,
        ),
        costs=["softmax"],
    ),
    Attack(
        "exchanged_arguments",
        "a function that fills the grader's arguments with strings, nan and what nests without end",
        calling("""
            if isinstance(z, list):
                z[:] = ['x', float('nan'), [[[[0]]]], {1: z[:1]}]
            raise ValueError('0 -1.5')
            """),
        costs=["softmax"],
    ),
    Attack(
        "callable_object",
        "an object with __call__ that is right, and whose every attribute raises",
        {
            "softmax": code(
                RIGHT,
                """
            class Softmax:
                def __call__(self, z):
                    return right(z)
                def __getattr__(self, name):
                    raise SystemExit
            softmax = Softmax()
            """,
            )
        },
        costs=[],
    ),
    Attack(
        "class_for_a_function",
        "a class whose instances are the right answer, with a __len__ and a __repr__ that lie",
        {
            "softmax": code(
                RIGHT,
                """
            class softmax(list):
                def __init__(self, z):
                    super().__init__(right(z))
                __len__ = lambda self: 0
                __repr__ = lambda self: 1 / 0
            """,
            )
        },
        costs=[],
    ),
    Attack(
        "deadly_finalizer",
        "a result whose __del__ ends the process",
        calling(
            "return Last()",
            """
            import os
            class Last:
                def __del__(self):
                    os._exit(0)
            """,
        ),
        costs=["softmax"],
    ),
    Attack(
        "module_attributes",
        "__getattr__ and __dir__ of the notebook's own module, which answer for every name",
        before=[
            """
            import sys
            def __getattr__(name):
                return lambda *a: [1.0]
            def __dir__():
                raise SystemExit
            sys.modules[__name__].__spec__ = 3
            """
        ],
        costs=[],
    ),
]

# Hunting for what is secret ---------------------------------------------------------------------------------

HUNTS = [
    Attack(
        "hunt_frames",
        "every frame up the stack is searched for checks and expected values",
        hunting("""
            import sys
            frame = sys._getframe()
            while frame:
                found += {'expected', 'expect', 'release', 'reference', 'misconceptions', 'checks'} & {*frame.f_locals, *frame.f_globals}
                frame = frame.f_back
            """),
    ),
    Attack(
        "hunt_memory",
        "gc.get_objects is searched for functions that check and for modules of the grader",
        hunting("""
            import gc, types
            for thing in [*gc.get_objects(), *gc.get_referrers(types.FunctionType)]:
                if type(thing) is types.FunctionType and 'to_' + 'equal' in thing.__code__.co_names:
                    found.append(thing.__name__)
                if type(thing) is types.ModuleType and thing.__name__.partition('.')[0] in ('autograder', 'solutions', 'checking', 'assignments'):
                    found.append(thing.__name__)
            """),
    ),
    Attack(
        "hunt_modules",
        "the grader, the solutions and the questions are imported, and inspected",
        hunting("""
            import importlib, inspect, sys
            for name in ('autograder.grade.release', 'solutions.ch06_softmax', 'assignments.ch06_softmax.questions', 'questions', 'tests.softmax'):
                try:
                    found.append(inspect.getsource(importlib.import_module(name))[:100])
                except (ImportError, OSError, TypeError):
                    pass
            """),
    ),
    Attack(
        "hunt_environment",
        "os.environ and the C library's environment are searched",
        hunting("""
            import ctypes
            getenv = ctypes.CDLL(None).getenv
            getenv.restype = ctypes.c_char_p
            found += [v for v in os.environ.values() if @SIGN@ in v.encode()] + [v for v in [getenv(b'GRADER_CANARY')] if v]
            """),
        elsewhere=True,
    ),
    Attack(
        "hunt_own_process",
        "/proc/self: environ, cmdline, maps, mountinfo, fd, cwd, root and mem",
        hunting("""
            for name in ('environ', 'cmdline', 'maps', 'mountinfo', 'status', 'cwd/../other.json', 'root/autograder/results/results.json'):
                look(f'/proc/self/{name}')
            try:
                for name in os.listdir('/proc/self/fd'):
                    where = os.readlink(f'/proc/self/fd/{name}')
                    if where.startswith('/') and not where.startswith('/dev/'):
                        look(where)
            except OSError:
                pass
            """),
        elsewhere=True,
    ),
    Attack(
        "hunt_other_processes",
        "/proc of every process: environ, cmdline, open files, working folders and memory",
        hunting("""
            for pid in os.listdir('/proc') if os.path.isdir('/proc') else []:
                try:
                    if not pid.isdigit() or os.stat(f'/proc/{pid}').st_uid == os.getuid():
                        continue
                except OSError:
                    continue
                look(f'/proc/{pid}/environ')
                look(f'/proc/{pid}/cmdline')
                for name in ('fd', 'cwd', 'root/autograder', 'map_files'):
                    try:
                        found.append((pid, name, os.listdir(f'/proc/{pid}/{name}')))
                    except OSError:
                        pass
                try:
                    open(f'/proc/{pid}/mem', 'rb').close()
                    found.append((pid, 'mem'))
                except OSError:
                    pass
            """),
        elsewhere=True,
    ),
    Attack(
        "hunt_disk",
        "the disk is walked for notebooks, zips, results and questions.py",
        hunting("""
            import time
            until = time.monotonic() + 2.5
            for top in ('@COURSE@', '@SECRET@', '/autograder') if os.path.isdir('/proc/self') else ('/',):
                for folder, _, names in os.walk(top):
                    for name in names:
                        if name == 'questions.py' or name.startswith('results') or name.endswith(('.ipynb', '.zip', '.json')):
                            look(f'{folder}/{name}', b'@softmax' + b'.hidden', b'trusted/' + b'questions.py')
                    if time.monotonic() > until:
                        break
            """),
    ),
    Attack(
        "hunt_upwards",
        "../ and its like are searched for notebooks and results",
        hunting("""
            for depth in range(1, 9):
                for folder, _, names in os.walk('../' * depth):
                    if folder.count('/') > depth + 2:
                        break
                    for name in names[:200]:
                        if name.endswith(('.ipynb', '.json', '.zip')):
                            look(f'{folder}/{name}')
            """),
        elsewhere=True,
    ),
    Attack(
        "hunt_open_handles",
        "every open descriptor is read, and every open folder is climbed out of",
        hunting("""
            import stat
            for fd in range(3, 256):
                try:
                    mode = os.fstat(fd).st_mode
                except OSError:
                    continue
                if stat.S_ISREG(mode):
                    look(f'/dev/fd/{fd}')
                    found += [fd]
                for depth in range(1, 12) if stat.S_ISDIR(mode) else ():
                    try:
                        names = os.listdir(os.open('../' * depth, os.O_RDONLY, dir_fd=fd))
                    except OSError:
                        continue
                    found += {'assignments', 'solutions', 'questions.py', '.ssh', 'etc'} & {*names} if names else []
            """),
    ),
    Attack(
        "hunt_settings",
        "the sandbox's own settings are taken off the stack, and the paths that they name as secret are"
        " opened",
        hunting("""
            import sys
            frame = sys._getframe()
            while frame:
                for path in (frame.f_globals.get('settings') or {}).get('secrets', []):
                    look(path, b'PK')
                    try:
                        found += os.listdir(path)
                    except OSError:
                        pass
                frame = frame.f_back
            """),
        elsewhere=True,
    ),
    Attack(
        "hunt_neighbours",
        "other submissions and their results are read, by their paths",
        hunting("""
            for name in ('submissions/other.ipynb', 'results/other.json', 'grades.csv'):
                look(f'@SECRET@/{name}')
            try:
                found += os.listdir('@SECRET@')
            except OSError:
                pass
            """),
        elsewhere=True,
    ),
    Attack(
        "forged_neighbours",
        "results are written into the grader's own folder, over others' and beside them",
        hunting("""
            for name in ('results/other.json', 'results/ch06_softmax.json', 'grades.csv', 'submissions/other.ipynb'):
                try:
                    open(f'@SECRET@/{name}', 'w').write('forged')
                    found.append(name)
                except OSError:
                    pass
            """),
        elsewhere=True,
        dangerous=True,
    ),
    Attack(
        "hunt_course_sources",
        "the course's own questions, solutions and distributions are read, by their paths",
        hunting("""
            look('@COURSE@/assignments/ch06_softmax/questions.py', b'.hidden')
            look('@COURSE@/solutions/ch06_softmax.py', b'def softmax')
            look('@COURSE@/dist/autograder/ch06_softmax.zip', b'PK')
            look('@COURSE@/dist/solutions/ch06_softmax.ipynb', b'softmax')
            """),
    ),
    Attack(
        "hunt_course_history",
        "the course's questions are taken out of its Git history",
        hunting("""
            import subprocess
            try:
                show = ['git', '-c', 'safe.directory=*', '-C', '@COURSE@', 'show', 'HEAD:assignments/ch06_softmax/questions.py']
                said = subprocess.run(show, capture_output=True, timeout=3).stdout
                found += [said[:100]] if said else []
            except (OSError, subprocess.SubprocessError):
                pass
            """),
    ),
]

# Remembering hidden checks, and telling of them in public ones ----------------------------------------------

MEMORIES = [
    Attack(
        "remember_in_a_global",
        "what hidden checks asked one function is kept in a global, and told in the error of another's public"
        " check",
        remembering("""
            memory = []
            save = memory.append
            load = lambda: ''.join(memory)
            """),
        costs=REMEMBERED,
    ),
    Attack(
        "remember_in_files",
        "what hidden checks asked is kept in files, in every folder that takes one, for the second time the"
        " notebook is run",
        remembering(
            code(
                "FOLDERS = ('.', '@PUBLIC@', '/tmp', '/var/tmp', '/dev/shm', '/run/lock', '/dev/mqueue',"
                " '/var/crash')",
                FILES,
            )
        ),
        after=[AGAIN],
        costs=REMEMBERED,
        elsewhere=True,
        dangerous=True,
    ),
    Attack(
        "remember_in_shared_memory",
        "what hidden checks asked is kept in memory that all forks share",
        remembering("""
            import mmap
            memory = mmap.mmap(-1, 4096)
            save = lambda text: memory.write(text.encode())
            load = lambda: memory[:].rstrip(b'\\0').decode()
            """)
        | {"sample": DYING},
        after=[AGAIN],
        costs=REMEMBERED | {"sample": 0.0},
    ),
    Attack(
        "remember_in_a_process",
        "what hidden checks asked is kept by a process in a session of its own",
        remembering("""
            import select
            keep, kept = os.pipe(), os.pipe()
            if os.fork() == 0:
                os.setsid()
                text = os.read(keep[0], 1000)
                while True:
                    os.write(kept[1], text)
            save = lambda text: os.write(keep[1], text.encode())
            load = lambda: os.read(kept[0], 1000).decode() if select.select([kept[0]], [], [], 0.1)[0] else ''
            """)
        | {"sample": DYING},
        after=[AGAIN],
        costs=REMEMBERED | {"sample": 0.0},
        dangerous=True,
    ),
    Attack(
        "remember_in_a_segment",
        "what hidden checks asked is kept in a System V segment, which outlives every process",
        remembering("""
            import ctypes
            libc = ctypes.CDLL(None)
            libc.shmat.restype = ctypes.c_void_p
            segment, own = libc.shmget(0x5EED, 4096, 0o1666), ctypes.create_string_buffer(4096)
            place = libc.shmat(segment, None, 0) if segment >= 0 else ctypes.addressof(own)
            load = lambda: ctypes.string_at(place).decode()
            save = lambda text: ctypes.memmove(place, (load() + text)[:4000].encode() + b'\\0', min(len(load() + text), 4000) + 1)
            """),
        after=[AGAIN],
        costs=REMEMBERED,
        elsewhere=True,
        dangerous=True,
    ),
    Attack(
        "told_by_a_value",
        "what hidden checks asked is given as the value of another function, as text",
        remembering("""
            memory = []
            save = memory.append
            load = lambda: ''.join(memory)
            """)
        | {"log_softmax": TELL.replace("raise ValueError", "return str"), "sample": DYING},
        after=[AGAIN],
        costs=REMEMBERED | {"sample": 0.0},
    ),
]

# The channel between the two sides --------------------------------------------------------------------------

CHANNEL = [
    Attack(
        "junk_in_every_descriptor",
        "a cell writes junk into every open descriptor",
        running("""
            import os
            for fd in range(3, 64):
                try:
                    os.write(fd, b'\\0\\0\\0\\5hello' * 20)
                except OSError:
                    pass
            """),
        costs=["softmax_rows"],
    ),
    Attack(
        "forged_answers_from_a_cell",
        "a cell writes the rest of the notebook's answers itself, in valid messages with numbers ahead",
        running(
            code(
                FORGE,
                "everywhere(frames(*[{'id': n, 'said': {}, 'found': {}, 'value': 1.0} for n in (*[1] * 30,"
                " *range(2, 60))]))",
            )
        ),
        costs=["softmax_rows"],
    ),
    Attack(
        "forged_points_from_a_cell",
        "a cell writes messages that say that every question is right and graded",
        running(
            code(
                FORGE,
                """
            everywhere(frames(*[{'id': n, 'score': 20, 'passed': True, 'status': 'graded', 'found': {'softmax': {'value': True}}}
                                 for n in range(50)]))
            """,
            )
        ),
        base="untouched",
    ),
    Attack(
        "forged_answers_from_a_call",
        "a call writes answers to all the calls that are to come",
        calling(
            """
            everywhere(frames(*[{'id': asked() + n, 'value': 0.0} for n in range(1, 90)]))
            return [0.0]
            """,
            FORGE,
        ),
        costs=["softmax"],
    ),
    Attack(
        "messages_of_every_shape",
        "a call writes messages that are no objects, nest too deeply, hold numbers without end, or say that"
        " they have 4 GB",
        calling(
            "everywhere(frames(3, [], None, {'id': True}, {'id': [1]}, {'id': {}}, b'[' * 10**6, b'9' * 5000,"
            " b'\\xff', b'NaN', b'') + b'\\xff' * 8)",
            FORGE,
        ),
        costs=["softmax"],
    ),
    Attack(
        "errors_of_every_shape",
        "a call writes an error, warnings and changed arguments of the wrong kinds",
        calling(
            "everywhere(frames({'id': asked(), 'raised': {'type': [1], 'bases': {'a': 1}, 'message': {},"
            " 'line': 3}, 'warnings': {}, 'after': {'l': 3}}))",
            FORGE,
        ),
        costs=["softmax"],
    ),
    Attack(
        "arrays_of_impossible_shape",
        "the encoder is replaced by one that sends arrays of negative, missing and boundless shapes",
        {
            "softmax": (
                """
            import wire
            honest = wire.encode
            SHAPES = [[-1, -1], [2**70, 0], [True, 0], [0] * 40, {}, None, '00', [1.5]]
            def softmax(z):
                def forged(*a, **k):
                    wire.encode = honest
                    SHAPES.append(SHAPES.pop(0))
                    return {'a': ['float64', SHAPES[0], '']}
                wire.encode = forged
            """
            ),
            "example_6": (
                """
            class Odd:
                pass
            example_6 = Odd()
            kept = wire.encode
            wire.encode = lambda value, *a: {'a': ['float64', [2**70, 0], '']} if type(value) is Odd else kept(value, *a)
            honest = wire.encode
            """
            ),
        },
        costs=["softmax", "example_6"],
    ),
    Attack(
        "early_hoard",
        "a call answers all calls to come with messages that are a hundred times larger in memory",
        calling(
            """
            big = '[[],' + '[],' * 1_390_000 + '[]]'
            everywhere(b''.join(frames(('{"id": %d, "value": %s}' % (asked() + n, big)).encode()) for n in range(1, 40)))
            """,
            FORGE,
        ),
        costs=["softmax"],
        dangerous=True,
    ),
    Attack(
        "endless_callbacks",
        "a call asks the grader to call a function that it never handed over, again and again",
        calling(
            """
            for _ in range(200_000):
                everywhere(frames({'id': asked(), 'callback': -1, 'args': {'l': []}}))
            """,
            FORGE,
        ),
        costs=["softmax"],
    ),
    Attack(
        "closed_descriptors_in_a_cell",
        "a cell closes every descriptor",
        running("""
            import os
            os.closerange(0, 300)
            """),
        costs=["softmax_rows"],
    ),
    Attack(
        "closed_descriptors_in_a_call",
        "a call closes every descriptor",
        calling("""
            import os
            os.closerange(0, 300)
            """),
        costs=["softmax"],
    ),
    Attack(
        "exchanged_descriptors",
        "a cell puts /dev/zero in the place of every descriptor",
        running("""
            import os
            zero = os.open('/dev/zero', os.O_RDWR)
            for fd in range(64):
                if fd != zero:
                    os.dup2(zero, fd)
            """),
        costs=["softmax_rows"],
    ),
    Attack(
        "stolen_messages",
        "a process that stays reads the grader's messages in the notebook's place",
        running(
            code(
                FORGE,
                """
            if os.fork() == 0:
                os.setsid()
                while True:
                    for fd in range(3, 16):
                        try:
                            if stat.S_ISSOCK(os.fstat(fd).st_mode):
                                os.read(fd, 4)
                        except OSError:
                            pass
            """,
            )
        ),
        ruins=True,
        costs=["softmax_rows"],
        dangerous=True,
    ),
    Attack(
        "twice_the_notebook",
        "a cell forks, and both processes go on as the notebook",
        running("""
            import os
            os.fork()
            """),
        costs=["softmax_rows"],
        dangerous=True,
    ),
]

# Sabotage of the process that runs the notebook, where the grader must go on --------------------------------

SABOTAGE = [
    Attack(
        "patched_encoding",
        "json and struct are replaced in the notebook's process",
        running("""
            import json, struct
            json.dumps = lambda *a, **k: 'nonsense'
            struct.pack = lambda *a: b''
            """),
        costs=["softmax_rows"],
    ),
    Attack(
        "patched_encoding_later",
        "json is replaced by one that goes wrong a few messages later",
        running("""
            import json
            honest, uses = json.dumps, []
            def dumps(*a, **k):
                uses.append(1)
                return honest(*a, **k) if len(uses) < 4 else 1 / 0
            json.dumps = dumps
            """),
        ruins=True,
        costs=["softmax_rows"],
    ),
    Attack(
        "patched_forking",
        "os.fork and os.pipe are replaced, and a later call makes the grader need them",
        running("""
            import os
            os.fork = os.pipe = lambda: 1 / 0
            """)
        | {"sample": DYING},
        costs=["softmax_rows", "sample"],
    ),
    Attack(
        "fork_hooks",
        "whatever is forked ends at once, and a later call makes the grader fork",
        running("""
            import os
            os.register_at_fork(after_in_child=lambda: os._exit(0))
            """)
        | {"sample": DYING},
        costs=["softmax_rows", "sample"],
    ),
    Attack(
        "lowered_limits",
        "all limits are lowered to nothing, and a later call makes the grader need more",
        running("""
            import resource
            for limit in (resource.RLIMIT_NPROC, resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE):
                resource.setrlimit(limit, (0, 0))
            """)
        | {"sample": DYING},
        costs=["softmax_rows", "sample"],
    ),
    Attack(
        "deadly_profiler",
        "a profiler ends the process whenever another cell is begun",
        running("""
            import os, sys
            def hook(frame, event, arg):
                if frame.f_code.co_name == 'run_cell' and event == 'call':
                    os._exit(0)
            sys.setprofile(hook)
            """),
        costs=["softmax_rows"],
    ),
    Attack(
        "time_bomb",
        "a thread ends the process a moment after its cell has ended",
        running("""
            import os, threading
            threading.Timer(0.004, os._exit, [0]).start()
            """),
        ruins=True,
        costs=["softmax_rows"],
    ),
    Attack(
        "recurring_alarm",
        "a timer raises an error every millisecond, wherever the process then is",
        running("""
            import signal
            signal.signal(signal.SIGALRM, lambda *a: 1 / 0)
            signal.setitimer(signal.ITIMER_REAL, 0.003, 0.001)
            """),
        costs=["softmax_rows"],
    ),
    Attack(
        "exhausted_descriptors",
        "a cell keeps every descriptor there is, and a later call makes the grader need some",
        running("""
            import os
            hoard = []
            while True:
                hoard.append(os.open(os.devnull, os.O_RDONLY))
            """)
        | {"sample": DYING},
        costs=["softmax_rows", "sample"],
    ),
]

# Processes and signals --------------------------------------------------------------------------------------

PROCESSES = [
    Attack(
        "daemon",
        "a process in a session of its own sleeps on when grading is over",
        running("""
            import os, time
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    time.sleep(600)
                os._exit(0)
            """),
        costs=["softmax_rows"],
        elsewhere=True,
        dangerous=True,
    ),
    Attack(
        "hardened_daemon",
        "a process that ignores every signal, dies with no parent and holds no descriptor outlives grading",
        running("""
            import ctypes, os, signal, time
            if os.fork() == 0:
                os.setsid()
                libc = ctypes.CDLL(None)
                libc.prctl(1, 0)
                libc.prctl(36, 1)
                libc.prctl(4, 0)
                os.closerange(0, 300)
                for number in range(1, 65):
                    try:
                        signal.signal(number, signal.SIG_IGN)
                    except (OSError, ValueError):
                        pass
                if os.fork() == 0:
                    time.sleep(600)
                os._exit(0)
            """),
        costs=["softmax_rows"],
        elsewhere=True,
        dangerous=True,
    ),
    Attack(
        "daemon_of_a_call",
        "a call leaves a process behind, and a thread",
        calling(
            """
            import os, threading, time
            if os.fork() == 0:
                os.setsid()
                time.sleep(600)
                os._exit(0)
            threading.Thread(target=time.sleep, args=(600,)).start()
            return right(z)
            """,
            RIGHT,
        ),
        costs=[],
        elsewhere=True,
        dangerous=True,
    ),
    Attack(
        "other_programs",
        "programs of the machine are started, and left running",
        running("""
            import subprocess, sys
            for command in ([sys.executable, '-c', 'import time; time.sleep(600)'], ['sleep', '600'], ['/bin/sh', '-c', 'sleep 600 & sleep 600']):
                try:
                    subprocess.Popen(command, start_new_session=True)
                except OSError:
                    pass
            """),
        costs=["softmax_rows"],
        elsewhere=True,
        dangerous=True,
    ),
    Attack(
        "thread_that_stays",
        "a thread that is no daemon keeps the process from ending",
        running("""
            import threading, time
            threading.Thread(target=time.sleep, args=(600,)).start()
            """),
        costs=["softmax_rows"],
    ),
    Attack(
        "killed_parent",
        "a cell kills its parent, and the first process there is",
        running("""
            import os
            for pid in (os.getppid() or 1, 1):
                try:
                    os.kill(pid, 9)
                except OSError:
                    pass
            """),
        costs=["softmax_rows"],
        elsewhere=True,
        dangerous=True,
    ),
    Attack(
        "killed_group",
        "a call kills its process group",
        calling("""
            import os
            os.killpg(0, 9)
            """),
        costs=["softmax"],
        elsewhere=True,
        dangerous=True,
    ),
    Attack(
        "killed_everything",
        "a cell kills every process that it may",
        running("""
            import os
            os.kill(-1, 9)
            """),
        costs=["softmax_rows"],
        elsewhere=True,
        dangerous=True,
    ),
    Attack(
        "killed_everything_in_a_call",
        "a call kills every process that it may",
        calling("""
            import os
            os.kill(-1, 9)
            """),
        costs=["softmax"],
        elsewhere=True,
        dangerous=True,
    ),
    Attack(
        "stopped_parent",
        "a cell stops its parent, its group and every process that it may, and then itself",
        running("""
            import os, signal
            for pid in (os.getppid() or 1, -1, 0):
                try:
                    os.kill(pid, signal.SIGSTOP)
                except OSError:
                    pass
            """),
        costs=["softmax_rows"],
        elsewhere=True,
        dangerous=True,
    ),
    Attack(
        "killing_spree",
        "a process waits for the end of grading, and then kills whatever comes to end it",
        running("""
            import ctypes, os, select, stat, time
            kill = ctypes.CDLL(None).kill
            if os.fork() == 0:
                os.setsid()
                line = select.poll()
                for fd in range(3, 16):
                    try:
                        if stat.S_ISSOCK(os.fstat(fd).st_mode):
                            line.register(fd, 0)
                    except OSError:
                        pass
                line.poll(60_000)
                until = time.monotonic() + 10
                while time.monotonic() < until:
                    for _ in range(1000):
                        kill(-1, 9)
                os._exit(0)
            """),
        costs=["softmax_rows"],
        elsewhere=True,
        dangerous=True,
    ),
    Attack(
        "fork_bomb",
        "a cell forks for ever",
        running("""
            import os
            while True:
                try:
                    os.fork()
                except OSError:
                    pass
            """),
        costs=["softmax_rows"],
        elsewhere=True,
        dangerous=True,
    ),
    Attack(
        "fork_bomb_in_a_call",
        "a call forks for ever",
        calling("""
            import os
            while True:
                try:
                    os.fork()
                except OSError:
                    pass
            """),
        costs=["softmax"],
        elsewhere=True,
        dangerous=True,
    ),
    Attack(
        "full_process_table",
        "a cell leaves as many sleeping processes as it may, and a later call makes the grader fork",
        running("""
            import os, time
            while True:
                try:
                    if os.fork() == 0:
                        time.sleep(600)
                except OSError:
                    break
            """)
        | {"sample": DYING},
        ruins=True,
        costs=["softmax_rows", "sample"],
        elsewhere=True,
        dangerous=True,
    ),
]

# Memory, disk and output ------------------------------------------------------------------------------------

GREED = [
    Attack(
        "memory_of_one",
        "one process takes all the memory it gets",
        running("""
            hoard = []
            while True:
                hoard.append(b'x' * (64 << 20))
            """),
        costs=["softmax_rows"],
        dangerous=True,
    ),
    Attack(
        "memory_of_many",
        "a dozen processes take 700 MB each",
        running(CROWD.replace("HOARD", "hoard = b'x' * (700 << 20)")),
        ruins=True,
        costs=["softmax_rows"],
        elsewhere=True,
        dangerous=True,
    ),
    Attack(
        "shared_memory_of_many",
        "a dozen processes take 700 MB each, of shared memory, which is nobody's",
        running(
            CROWD.replace(
                "HOARD", "hoard = mmap.mmap(-1, 700 << 20); [hoard.write(b'x' * 2**20) for _ in range(700)]"
            )
        ),
        after=PATIENCE,
        ruins=True,
        costs=["softmax_rows"],
        elsewhere=True,
        dangerous=True,
    ),
    Attack(
        "memory_files_of_many",
        "a dozen processes take 700 MB each, in files that exist in memory alone and are not mapped",
        running(
            CROWD.replace(
                "HOARD", "[os.write(os.memfd_create(str(n)), b'x' * (60 << 20)) for n in range(12)]"
            )
        ),
        after=PATIENCE,
        costs=["softmax_rows"],
        dangerous=True,
    ),
    Attack(
        "full_disk",
        "a cell writes 300 MB of files, and a hundred thousand empty ones",
        hunting("""
            written = 0
            try:
                for n in range(10):
                    with open(f'big-{n}', 'wb') as file:
                        for _ in range(30):
                            written += file.write(b'x' * 2**20)
            except OSError:
                pass
            count = 0
            try:
                for count in range(100_000):
                    open(f'small-{count}', 'w').close()
            except OSError:
                pass
            found += [(written, count)] if written > 2**27 or count > 50_000 else []
            """),
        dangerous=True,
    ),
    Attack(
        "endless_output",
        "a cell prints for ever, and writes to the terminal's and the grader's streams",
        running("""
            import os
            while True:
                print('x' * 10_000)
                os.write(1, b'x' * 10_000)
                os.write(2, b'x' * 10_000)
            """),
        costs=["softmax_rows"],
        dangerous=True,
    ),
    Attack(
        "files_left_behind",
        "files are left in every folder that takes them",
        hunting("""
            for folder in ('@PUBLIC@', '/tmp', '/var/tmp', '/dev/shm', '/run/lock', '/var/crash', '/dev/mqueue'):
                try:
                    os.makedirs(f'{folder}/@LEFT@', exist_ok=True)
                    open(f'{folder}/@LEFT@-file', 'w').close()
                except OSError:
                    pass
            """),
        elsewhere=True,
        dangerous=True,
    ),
    Attack(
        "segments_left_behind",
        "System V shared memory, semaphores and message queues are left for the next submission",
        hunting("""
            import ctypes
            libc = ctypes.CDLL(None)
            libc.shmget(0x5EED1, 4096, 0o1666)
            libc.semget(0x5EED1, 1, 0o1666)
            libc.msgget(0x5EED1, 0o1666)
            """),
        elsewhere=True,
        dangerous=True,
    ),
]

# Values and errors that are hard to read --------------------------------------------------------------------

DATA = [
    Attack(
        "million_numbers",
        "a result of a million numbers",
        calling("return list(range(10**6))"),
        costs=["softmax"],
    ),
    Attack("large_array", "a result of 80 MB", calling("return np.zeros((1000, 10_000))"), costs=["softmax"]),
    Attack(
        "long_string", "a result that is a string of 100 MB", calling("return 'x' * 10**8"), costs=["softmax"]
    ),
    Attack(
        "rows_of_nothing",
        "an array of ten million rows without a column: no bytes to send, and a gigabyte as lists",
        calling("return np.empty((10**7, 0))"),
        costs=["softmax"],
    ),
    Attack(
        "value_of_rows_of_nothing",
        "a worked value of ten million rows without a column",
        {
            "example_6": (
                """
            import numpy as np
            example_6 = [np.empty((10**7, 0))] * 3
            """
            )
        },
        costs=["example_6"],
    ),
    Attack(
        "boundless_rows_of_nothing",
        "an array of 2**59 rows without a column",
        calling("return np.empty((2**59, 0))"),
        costs=["softmax"],
    ),
    Attack(
        "deep_nesting",
        "a list that is nested a hundred thousand deep",
        calling("""
            deep = []
            for _ in range(100_000):
                deep = [deep]
            return deep
            """),
        costs=["softmax"],
    ),
    Attack(
        "list_in_itself",
        "a list and a dict that hold themselves",
        calling("""
            a = []
            a += [a, {'a': a}]
            return a
            """),
        costs=["softmax"],
    ),
    Attack(
        "branching_list",
        "a list of lists, each twice in the next: two to the thirty-first numbers when it is read",
        calling("""
            a = [1.0]
            for _ in range(31):
                a = [a, a]
            return a
            """),
        costs=["softmax"],
    ),
    Attack(
        "endless_list",
        "a list whose iterator never ends",
        calling(
            "return Endless([1])",
            """
            import itertools
            class Endless(list):
                __iter__ = lambda self: itertools.repeat(1.0)
            """,
        ),
        costs=["softmax"],
    ),
    Attack(
        "colliding_keys",
        "a dict of thousands of ints with one hash",
        calling("return dict.fromkeys((n * (2**61 - 1) for n in range(4000)), 1.0)"),
        costs=["softmax"],
    ),
    Attack(
        "giant_ints",
        "ints of thousands of digits, as values, as keys and as shapes",
        calling("return [10**900, -(10**900), {10**890: 10**899}, 10**5000][len(z) % 4]"),
        costs=["softmax"],
    ),
    Attack(
        "extreme_numbers",
        "the largest floats, infinities, nan, -0.0, subnormals, complex numbers, halves and long doubles",
        calling(
            "return [[1.7e308] * len(z), [float('inf')] * len(z), [1j], np.float16(7), np.longdouble(1),"
            " [5e-324]][len(z) % 6]"
        ),
        costs=["softmax"],
    ),
]

TEXTS = [
    Attack(
        "hostile_error",
        "an error whose __str__, __repr__ and __reduce__ raise",
        calling(
            "raise Hostile",
            """
            class Hostile(Exception):
                __str__ = __repr__ = __reduce__ = lambda self: 1 / 0
            """,
        ),
        costs=["softmax"],
    ),
    Attack(
        "hostile_error_type",
        "an error whose class has a __name__ that exits",
        calling(
            "raise Hostile",
            """
            class Meta(type):
                @property
                def __name__(self):
                    raise SystemExit
            class Hostile(Exception, metaclass=Meta):
                pass
            """,
        ),
        costs=["softmax"],
    ),
    Attack(
        "hostile_error_in_a_cell",
        "a cell raises an error whose class has a __name__ that is a list of lists, and a __str__ that never"
        " ends",
        running("""
            class Meta(type):
                __name__ = property(lambda self: [[1]] * 9)
            class Hostile(BaseException, metaclass=Meta):
                def __str__(self):
                    while True:
                        pass
            raise Hostile
            """),
        costs=["softmax_rows"],
    ),
    Attack(
        "escapes_and_markup",
        "an error, a value and a class name with terminal escapes, HTML, turned text and NULs",
        calling(
            "raise KIND(TEXT)",
            """
            TEXT = '\\x1b[2J\\x1b]0;x\\x07<script>alert(1)</script><img src=x onerror=y>\\u202etxet\\u2066\\0\\x9b31m\\r\\ud800'
            KIND = type('<b>' + TEXT, (ValueError,), {})
            """,
        )
        | {
            "example_6": "example_6 = [TEXT, TEXT, TEXT]",
            "sample": (
                """
            def sample(p, u):
                return TEXT
            """
            ),
        },
        costs=["softmax", "example_6", "sample"],
    ),
    Attack(
        "error_of_the_graders_names",
        "errors that are called like the grader's own",
        calling(
            """
            calls.append(1)
            raise KINDS[len(calls) % 4](z)
            """,
            """
            calls = []
            KINDS = [type(name, (AssertionError,), {}) for name in ('CheckFailed', 'CallTimedOut', 'GraderFault', 'WireError')]
            """,
        ),
        costs=["softmax"],
    ),
    Attack(
        "keyboard_interrupt",
        "a call raises KeyboardInterrupt",
        calling("raise KeyboardInterrupt"),
        costs=["softmax"],
    ),
    Attack(
        "system_exit",
        "a call raises SystemExit, and a cell does",
        calling("raise SystemExit(0)")
        | running("""
            exit()
            raise SystemExit
            """),
        costs=["softmax", "softmax_rows"],
    ),
    Attack(
        "generator_exit",
        "a call raises GeneratorExit or StopIteration",
        calling("raise GeneratorExit if len(z) > 2 else StopIteration"),
        costs=["softmax"],
    ),
    Attack(
        "base_exception",
        "a call raises a BaseException of its own",
        calling(
            "raise Own(z)",
            """
            class Own(BaseException):
                pass
            """,
        ),
        costs=["softmax"],
    ),
    Attack(
        "hostile_warnings",
        "a call warns a hundred thousand times, last with a warning whose __str__ exits",
        calling(
            """
            for n in range(100_000):
                warnings.warn(str(n))
            warnings.warn(Loud())
            return [0.0]
            """,
            """
            import warnings
            class Loud(UserWarning):
                def __str__(self):
                    raise SystemExit
            """,
        ),
        costs=["softmax"],
    ),
]

# Not coming back --------------------------------------------------------------------------------------------

ENDINGS = [
    Attack(
        "exit_in_a_call",
        "a call ends the process with success",
        calling("""
            import os
            os._exit(0)
            """),
        costs=["softmax"],
    ),
    Attack(
        "abort_in_a_cell",
        "a cell aborts",
        running("""
            import os
            os.abort()
            """),
        costs=["softmax_rows"],
    ),
    Attack(
        "segfault_in_a_cell",
        "a cell reads address 0",
        running("""
            import ctypes
            ctypes.string_at(0)
            """),
        costs=["softmax_rows"],
    ),
    Attack(
        "segfault_in_a_call",
        "a call writes to address 0",
        calling("""
            import ctypes
            ctypes.memset(0, 1, 1)
            """),
        costs=["softmax"],
    ),
    Attack(
        "loop_in_a_cell",
        "a cell never ends",
        running("""
            while True:
                pass
            """),
        costs=["softmax_rows"],
        dangerous=True,
    ),
    Attack(
        "loop_in_a_call",
        "a call never ends",
        calling("""
            while True:
                pass
            """),
        costs=["softmax"],
    ),
    Attack(
        "sleep_in_a_call",
        "a call sleeps for ten minutes",
        calling("""
            import time
            time.sleep(600)
            """),
        costs=["softmax"],
    ),
    Attack(
        "hang_in_c",
        "a call hangs outside Python, and holds the interpreter",
        calling("""
            import ctypes
            ctypes.PyDLL(None).sleep(600)
            """),
        costs=["softmax"],
        dangerous=True,
    ),
    Attack(
        "hang_in_a_pattern",
        "a cell matches a pattern that takes for ever, where no signal is heard",
        running("""
            import re
            re.match('(a+)+$', 'a' * 60 + 'b')
            """),
        costs=["softmax_rows"],
        dangerous=True,
    ),
    Attack(
        "deaf_loop",
        "a call ignores and blocks every signal, and loops",
        calling("""
            import signal
            for number in range(1, 65):
                try:
                    signal.signal(number, signal.SIG_IGN)
                except (OSError, ValueError):
                    pass
            signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
            while True:
                pass
            """),
        costs=["softmax"],
    ),
    Attack(
        "raised_limits",
        "a cell raises its limits, and those of its parent",
        hunting("""
            import resource
            for limit in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
                for pid in (0, os.getppid(), 1):
                    try:
                        resource.prlimit(pid, limit, (2**40, 2**40))
                        found.append((pid, limit))
                    except (OSError, ValueError):
                        pass
            """),
        elsewhere=True,
        dangerous=True,
    ),
    Attack(
        "recursion_without_a_limit",
        "a call takes the limit off recursion, and recurses until the stack is gone",
        calling("""
            import sys
            sys.setrecursionlimit(10**9)
            return softmax(z)
            """),
        costs=["softmax"],
    ),
]

# The kernel and the network ---------------------------------------------------------------------------------

KERNEL = [
    Attack(
        "traced_parent",
        "other processes are attached to by ptrace, and their memory is read",
        hunting("""
            import ctypes
            libc = ctypes.CDLL(None)
            buffer = ctypes.create_string_buffer(16)
            class Part(ctypes.Structure):
                _fields_ = [('base', ctypes.c_void_p), ('len', ctypes.c_size_t)]
            mine, theirs = Part(ctypes.addressof(buffer), 16), Part(0x400000, 16)
            for pid in {os.getppid(), os.getppid() - 1, 1} - {os.getpid(), 0}:
                found += [(pid, 'ptrace')] if libc.ptrace(16, pid, None, None) == 0 else []
                found += [(pid, 'read')] if libc.process_vm_readv(pid, ctypes.byref(mine), 1, ctypes.byref(theirs), 1, 0) > 0 else []
            """),
        elsewhere=True,
        dangerous=True,
    ),
    Attack(
        "new_namespaces",
        "unshare, setns, mount, chroot and pivot_root, and another user ID",
        hunting("""
            import ctypes
            libc = ctypes.CDLL(None)
            calls = [('unshare', 0x10000000), ('unshare', 0x10020000), ('mount', b'none', b'/tmp', b'tmpfs', 0, None), ('chroot', b'/tmp'),
                     ('umount2', b'/tmp', 2), ('setuid', 0), ('setresuid', 0, 0, 0), ('setgid', 0), ('sethostname', b'x', 1), ('acct', None)]
            found += [call for call in calls if getattr(libc, call[0])(*call[1:]) == 0]
            try:
                found += [name for name in os.listdir('/proc/1/ns') if libc.setns(os.open(f'/proc/1/ns/{name}', os.O_RDONLY), 0) == 0]
            except OSError:
                pass
            """),
        elsewhere=True,
        dangerous=True,
    ),
    Attack(
        "loopback",
        "a connection and a datagram to a port on this machine",
        hunting("""
            import socket
            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                try:
                    line = socket.socket(socket.AF_INET, kind)
                    line.settimeout(1)
                    line.connect(('127.0.0.1', @PORT@))
                    line.send(b'reached')
                    found.append(str(kind))
                except OSError:
                    pass
            """),
        elsewhere=True,
        dangerous=True,
    ),
    Attack(
        "name_lookup",
        "names are looked up, and the machine's addresses are asked for",
        hunting("""
            import socket
            for name in ('example.org', 'localhost'):
                try:
                    line = socket.create_connection((name, 53), timeout=1)
                    found.append(name)
                except OSError:
                    pass
            """),
        elsewhere=True,
        dangerous=True,
    ),
    Attack(
        "local_socket",
        "a connection to a socket in the file system",
        hunting("""
            import socket
            try:
                line = socket.socket(socket.AF_UNIX)
                line.connect('@STREAM@')
                line.send(b'reached')
                found.append('stream')
            except OSError:
                pass
            """),
        elsewhere=True,
        dangerous=True,
    ),
    Attack(
        "redirected_pair",
        "one end of a pair of sockets, which may be had, is sent on to a socket in the file system and to an"
        " abstract one",
        hunting("""
            import socket
            for place in ('@DATAGRAM@', '\\0@ABSTRACT@'):
                try:
                    line, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
                    line.connect(place)
                    line.send(b'reached')
                    found.append(place)
                except OSError:
                    pass
                try:
                    line, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
                    line.sendto(b'reached', place)
                    found.append(place)
                except OSError:
                    pass
            """),
        elsewhere=True,
        dangerous=True,
    ),
]

# The notebook file itself -----------------------------------------------------------------------------------


def _stretch_an_id(made: NotebookNode) -> None:
    made.cells[-1]["id"] = "x" * 5_000_000


def _claim_another_assignment(made: NotebookNode) -> None:
    made.metadata["otter"] = {"assignment_name": "ch02_dot_product"}


def _spoil_everything_else(made: NotebookNode) -> None:
    made.metadata["kernelspec"] = [[]]
    made.metadata["language_info"] = {"name": "<script>\x1b[2J"}
    made.cells += [
        None,
        3,
        [],
        {},
        {"cell_type": "code", "source": {}},
        {"cell_type": [], "source": ["x", 3]},
        {"cell_type": "code", "id": [], "source": "1"},
    ]


FILE = [
    Attack(
        "wide_characters",
        "a cell of 400 000 characters that are ten times as long in transit",
        after=["'" + "\U0001f600" * 400_000 + "'"],
    ),
    Attack(
        "long_cell_id", "a cell whose id has five million characters", after=["1 + 1"], change=_stretch_an_id
    ),
    Attack("many_cells", "fifteen hundred more cells", after=["1 + 1"] * 1500),
    Attack(
        "deep_source",
        "a cell of one expression that nests ninety thousand deep",
        after=["x = " + "-" * 90_000 + "1", "x = " + "[" * 150 + "]" * 150],
    ),
    Attack(
        "odd_cells", "cells and metadata that are no cells and no metadata", change=_spoil_everything_else
    ),
    Attack(
        "another_assignment",
        "the notebook says that it answers another assignment",
        change=_claim_another_assignment,
        costs=EVERYTHING,
        status="invalid",
    ),
]

ATTACKS: list[Attack] = [
    *PATCHES,
    *LIARS,
    *HUNTS,
    *MEMORIES,
    *CHANNEL,
    *SABOTAGE,
    *PROCESSES,
    *GREED,
    *DATA,
    *TEXTS,
    *ENDINGS,
    *KERNEL,
    *FILE,
]
