"""Odd cells: what people leave in notebooks, by kind.

A case is a small notebook of Chapter VI or VIII: the given cells, a few answers, and something odd. Where the
odd thing stands is its placement: `before` the answers in a cell of its own, `first` in the notebook, in the
`same` cell as the answer and above it, `inside` the function, or `after` all answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from textwrap import dedent, indent

SOFTMAX = '''\
def softmax(z):
    """Turn n logits into n probabilities."""
    z = np.asarray(z, dtype=float)
    if z.size == 0:
        raise ValueError("softmax needs at least one logit; got an empty vector")
    weights = np.exp(z - z.max())
    return weights / weights.sum()
'''
SAMPLE = """\
def sample(probabilities, u):
    p = np.asarray(probabilities, dtype=float)
    if not 0 <= u < 1:
        raise ValueError(f"u must be at least 0 and below 1; got {u}")
    if p.size == 0 or not np.all(p >= 0) or abs(p.sum() - 1) > 1e-9:
        raise ValueError(f"not a distribution: {p.tolist()} sums to {p.sum()}")
    above = np.flatnonzero(np.cumsum(p) > u)
    return int(above[0]) if above.size else int(np.flatnonzero(p)[-1])
"""
EXERCISE = "exercise_13 = [1 / 3, 1 / 3, 1 / 3]\n"
DIFFERENCE = """\
def forward_difference(f, x, h):
    if not h > 0:
        raise ValueError(f"the step h must be above 0; got {h}")
    return (f(x + h) - f(x)) / h
"""
CENTRAL = """\
def central_difference(f, x, h):
    if not h > 0:
        raise ValueError(f"the step h must be above 0; got {h}")
    return (f(x + h) - f(x - h)) / (2 * h)
"""
ANSWERS = {
    "ch06_softmax": {"softmax": SOFTMAX, "sample": SAMPLE, "exercise_13": EXERCISE},
    "ch08_gradients": {"forward_difference": DIFFERENCE, "central_difference": CENTRAL},
}


@dataclass(frozen=True)
class Case:
    """One odd notebook: its kind and name, its chapter, and what its cells are made of. order: the cells, where
    they are not put together from the rest."""

    kind: str
    name: str
    chapter: str = "ch06_softmax"
    answers: dict[str, str] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.kind}: {self.name}"

    @property
    def questions(self) -> list[str]:
        return list(ANSWERS[self.chapter])

    def cells(self, given: list[str]) -> list[str]:
        """The notebook's cells, after those that the chapter gives."""
        cells = [*self.first, *given, *self.before]
        for question, answer in ({**ANSWERS[self.chapter], **self.answers}).items():
            cells += [answer, f'grader.check("{question}")']
        return [*cells, *self.after]


def before(kind: str, *sources: str, answers: dict[str, str] | None = None) -> Iterator[Case]:
    """A case for each source, in a cell of its own before the answers."""
    for source in sources:
        yield Case(kind, _named(source), answers=answers or {}, before=(source,))


def everywhere(kind: str, *sources: str) -> Iterator[Case]:
    """Cases for each source at every placement of a whole cell."""
    for source in sources:
        yield Case(kind, f"{_named(source)} before", before=(source,))
        yield Case(kind, f"{_named(source)} first", first=(source,))
        yield Case(kind, f"{_named(source)} after", after=(source,))
        yield Case(kind, f"{_named(source)} same", answers={"softmax": f"{source}\n{SOFTMAX}"})


def inside(kind: str, *sources: str) -> Iterator[Case]:
    """Cases with each source as the function's first lines."""
    for source in sources:
        yield Case(kind, f"{_named(source)} inside", answers={"softmax": with_lines(source)})


def softmaxes(kind: str, *sources: str) -> Iterator[Case]:
    for source in sources:
        yield Case(kind, _named(source), answers={"softmax": dedent(source)})


def values(kind: str, *sources: str) -> Iterator[Case]:
    for source in sources:
        yield Case(kind, _named(source), answers={"exercise_13": source})


def returning(kind: str, *expressions: str) -> Iterator[Case]:
    """A right softmax whose result `p`, an array of floats, is returned as each of these."""
    for expression in expressions:
        source = SOFTMAX.replace(
            "return weights / weights.sum()", f"p = weights / weights.sum()\n    return {expression}"
        )
        yield Case(kind, f"softmax returns {expression}", answers={"softmax": source})


def sampling(kind: str, *expressions: str) -> Iterator[Case]:
    """A right sample whose result `i`, an int, is returned as each of these."""
    for expression in expressions:
        source = (
            SAMPLE.replace("return int(above[0]) if", "i = int(above[0]) if") + f"    return {expression}\n"
        )
        yield Case(kind, f"sample returns {expression}", answers={"sample": source})


def calling(kind: str, *expressions: str) -> Iterator[Case]:
    """A forward difference that calls the function it is handed, at `x` and `x + h`, in each of these ways."""
    for expression in expressions:
        source = DIFFERENCE.replace(
            "return (f(x + h) - f(x)) / h", f"call = {expression}\n    return (call(x + h) - call(x)) / h"
        )
        yield Case(kind, expression, "ch08_gradients", answers={"forward_difference": source})


def with_lines(source: str) -> str:
    head, _, rest = SOFTMAX.partition('"""\n')
    return f'{head}"""\n{indent(source, "    ")}\n{rest}'


def _named(source: str) -> str:
    line = next((line for line in source.strip().splitlines() if line.strip()), "")
    return " ".join(source.split())[:60] or repr(line)


def all_cases() -> list[Case]:
    """Every case; no two have the same label."""
    found: dict[str, Case] = {}
    for case in _cases():
        label, number = case.label, 1
        while label in found:
            number += 1
            label = f"{case.label} ({number})"
        found[label] = Case(
            case.kind,
            label.removeprefix(f"{case.kind}: "),
            case.chapter,
            case.answers,
            case.before,
            case.first,
            case.after,
        )
    return list(found.values())


def _cases() -> Iterator[Case]:
    yield Case("ordinary", "the answers alone")
    yield Case("ordinary", "callbacks alone", "ch08_gradients")

    # IPython ------------------------------------------------------------------------------------------------
    yield from everywhere(
        "magics",
        "%matplotlib inline",
        "%time total = sum(range(10))",
        "!pip install nothing-at-all",
        "%pip --version",
        "%config InlineBackend.figure_format = 'retina'",
    )
    yield from before(
        "magics",
        "%load_ext autoreload\n%autoreload 2",
        "%%time\nanswer = 1",
        "%timeit -n1 -r1 1 + 1",
        "%%timeit -n1 -r1\n1 + 1",
        "%who\n%whos",
        "%lsmagic",
        "%history",
        "%precision 3",
        "%xmode Plain",
        "%pdb off",
        "%prun sum(range(10))",
        "%%prun\nsum(range(10))",
        "%env",
        "%cd .",
        "%alias greet echo hello",
        "%automagic off",
        "%store",
        "%nosuchmagic",
        "%%nosuchcellmagic\n1 + 1",
        "%load_ext line_profiler",
        "%run nothing.py",
        "%matplotlib notebook",
        "%matplotlib qt",
        "%pylab inline",
        "%debug",
        "%tb",
        "np.exp?",
        "?",
        "np.exp??",
        "%pinfo np.exp",
        "%pycat nothing.py",
        "%%html\n<b>hello</b>",
        "%%javascript\nalert(1)",
        "%%latex\n$x$",
        "%%markdown\n# hello",
        "%%svg\n<svg></svg>",
        "%%bash\nls",
        "%%sh\necho hello",
        "%%script bash\necho hello",
        "%%python3\nprint(1)",
        "%%capture\nprint('hidden')",
        "%%capture --no-stderr out\nprint('hidden')",
        "!ls",
        "!!ls",
        "%sx ls",
        "%system echo hello",
        "!echo {np.pi} $HOME",
        "%dhist",
        "%reset_selective -f ^Vector$",
        "%xdel math",
        "%recall 1",
        "%macro again 1",
        "%colors",
        "%conda --version",
        "%autosave 60",
        "%notebook nothing.ipynb",
        "%%file greeting.py\nhello = 1",
        "%logstart",
        "%quickref",
        "%psource softmax",
        "pwd",
        "ls",
        "whos",
        "cd .",
        "%%writefile notes.txt\nnothing",
        "%load notes.txt",
        "%gui",
        "%subshell",
        "%mkdir made",
        "%%time\n%matplotlib inline",
        "%time %pwd",
        "a = 1; %time a",
        "for _ in range(2):\n    %time _ = 1",
        "if True:\n    !ls",
        "%timeit -n1 -r1 -q np.exp(1)",
        "%unload_ext autoreload",
        "%%debug\n1 + 1",
        "# a comment first\n%%time\n1 + 1",
        "%config",
        "%rehashx",
        "%killbgscripts",
        "%bookmark -l",
        "%env LIMIT=5",
        "%set_env LIMIT=5",
        "%edit",
        "%save kept.py 1",
        "%rerun 1",
        "%less notes.txt",
        "%code_wrap",
    )
    yield from values(
        "what magics give",
        "here = %pwd\nexercise_13 = [1 / 3] * 3 if isinstance(here, str) else None",
        "files = !ls\nexercise_13 = [1 / 3] * 3 if files and files[0] else None",
        "files = !ls\nexercise_13 = [1 / 3] * 3 if 'checking.py' in files else None",
        "words = !echo one third\nexercise_13 = [1 / 3] * 3 if words[0].split() == ['one', 'third'] else None",
        "words = !echo one third\nexercise_13 = [1 / 3] * len(words.s.split() + [1])",
        "lines = %sx echo a\nexercise_13 = [1 / 3] * 3 * len(lines)",
        "%env THIRD=0.33333333\nimport os\nexercise_13 = [float(os.environ['THIRD'])] * 3",
        "%env THIRD=0.33333333\nthird = %env THIRD\nexercise_13 = [float(third)] * 3",
        "home = %env HOME\nexercise_13 = [1 / 3] * 3 * bool(home)",
        "took = %timeit -n1 -r1 -o 1 + 1\nexercise_13 = [1 / 3 + 0 * took.best] * 3",
        "%time exercise_13 = [1 / 3, 1 / 3, 1 / 3]",
        "%%time\nexercise_13 = [1 / 3, 1 / 3, 1 / 3]",
        "%%capture cap\nprint(1 / 3)\nexercise_13 = [1 / 3, 1 / 3, 1 / 3]",
        "%%capture\nexercise_13 = [1 / 3, 1 / 3, 1 / 3]",
        "%%prun\nexercise_13 = [1 / 3, 1 / 3, 1 / 3]",
        "%%timeit -n1 -r1\nexercise_13 = [1 / 3, 1 / 3, 1 / 3]",
        "%prun exercise_13 = [1 / 3, 1 / 3, 1 / 3]",
        "%%bash\nexercise_13=1",
        "%%python3\nexercise_13 = [1 / 3, 1 / 3, 1 / 3]",
        "%%writefile exercise_13.py\nexercise_13 = [1 / 3, 1 / 3, 1 / 3]",
        "from math import pi\n%precision 2\nexercise_13 = [1 / 3, 1 / 3, 1 / 3]",
        "path = !pwd\nexercise_13 = [1 / 3] * 3 if path[0].startswith('/') else None",
        "who = !whoami\nexercise_13 = [1 / 3] * 3 if who else None",
        "exercise_13 = [1 / 3, 1 / 3, 1 / 3];",
        "exercise_13 = [1 / 3, 1 / 3, 1 / 3]; exercise_13;",
    )
    yield Case(
        "what magics give",
        "%%capture cap, and its text later",
        before=("%%capture cap\nprint(1 / 3)",),
        answers={"exercise_13": "exercise_13 = [float(cap.stdout)] * 3"},
    )
    yield Case(
        "what magics give",
        "%%writefile, then an import",
        before=("%%writefile thirds.py\nTHIRDS = [1 / 3] * 3",),
        answers={"exercise_13": "from thirds import THIRDS\nexercise_13 = THIRDS"},
    )
    yield Case(
        "what magics give",
        "%%writefile, then %run",
        before=("%%writefile thirds.py\nexercise_13 = [1 / 3] * 3",),
        answers={"exercise_13": "%run thirds.py"},
    )
    yield Case(
        "what magics give",
        "%%writefile -a, then open",
        before=("%%writefile t.txt\n0.33333333", "%%writefile -a t.txt\n0.33333333"),
        answers={"exercise_13": "exercise_13 = [float(n) for n in open('t.txt')] + [1 / 3]"},
    )
    yield Case(
        "what magics give",
        "!cat of a file that was written",
        before=("%%writefile t.txt\n0.33333333",),
        answers={"exercise_13": "text = !cat t.txt\nexercise_13 = [float(text[0])] * 3"},
    )
    yield Case(
        "what magics give",
        "!mkdir, then a file in it",
        before=("!mkdir -p kept",),
        answers={"exercise_13": "open('kept/a.txt', 'w').write('1')\nexercise_13 = [1 / 3] * 3"},
    )
    yield Case(
        "what magics give",
        "%cd into a folder that was made",
        before=("import os\nos.makedirs('kept', exist_ok=True)", "%cd kept"),
        answers={
            "exercise_13": "import os\nexercise_13 = [1 / 3] * 3 if os.getcwd().endswith('kept') else None"
        },
    )
    yield Case("what magics give", "%macro of the set-up, run again", before=("%macro again 2", "again"))
    yield Case("what magics give", "%reset -f before the answers", before=("%reset -f",))
    yield Case("what magics give", "%reset -f after the answers", after=("%reset -f",))
    yield Case(
        "what magics give",
        "%reset -f, then the imports again",
        before=(
            "%reset -f\nimport numpy as np\nimport otter\ngrader = otter.Notebook('ch06_softmax.ipynb')",
        ),
    )

    yield from values(
        "history",
        "exercise_13 = _ if isinstance(_, list) else [1 / 3] * 3",
        "exercise_13 = [1 / 3] * len(In[:3])",
        "exercise_13 = [1 / 3] * 3 if isinstance(Out, dict) else None",
        "exercise_13 = [1 / 3] * 3 if _ih is In and _oh is Out else None",
        "exercise_13 = [1 / 3] * 3 if 'exercise_13' in In[-1] else None",
        "exercise_13 = [1 / 3] * 3 if 'grader' in _i else None",
        "exercise_13 = [1 / 3] * 3 if _i1.startswith('# ') else None",
        "exercise_13 = [1 / 3] * 3 if len(_dh) == 1 else None",
        "exercise_13 = [1 / 3] * 3 if __name__ == '__main__' else None",
        "exercise_13 = [1 / 3] * 3 if __doc__ else None",
        "exercise_13 = [1 / 3] * 3 if __file__ else None",
        "exercise_13 = [1 / 3] * 3 if callable(exit) and callable(quit) else None",
        "exercise_13 = [1 / 3] * 3 if get_ipython().execution_count > 3 else None",
    )
    for cells, answer in (
        (("[1 / 3] * 3",), "exercise_13 = _"),
        (("[1 / 3] * 3", "None"), "exercise_13 = _"),
        (("[1 / 3] * 3", "5"), "exercise_13 = __"),
        (("[1 / 3] * 3", "5", "6"), "exercise_13 = ___"),
        (("x = 1\n[1 / 3] * 3",), "exercise_13 = Out[max(Out)]"),
        (("[1 / 3] * 3;",), "exercise_13 = _"),
        (("_ = 5", "[1 / 3] * 3"), "exercise_13 = _"),
        (("1 / 3",), "exercise_13 = [_, _, _]"),
        (("1 / 3",), "exercise_13 = [_3] * 3"),
        (("for _ in range(3): pass", "[1 / 3] * 3"), "exercise_13 = _"),
        (("print([1 / 3] * 3)",), "exercise_13 = _"),
        (("if True:\n    [1 / 3] * 3",), "exercise_13 = _"),
        (("(lambda: [1 / 3] * 3)()",), "exercise_13 = _"),
        (("thirds = [1 / 3] * 3\nthirds",), "exercise_13 = list(Out.values())[-1]"),
    ):
        yield Case(
            "history",
            f"{' | '.join(cells)} | {answer}".replace("\n", " "),
            before=cells,
            answers={"exercise_13": answer},
        )

    yield from before(
        "the shell",
        "from IPython import get_ipython",
        "from IPython import get_ipython\nshell = get_ipython()\nshell.run_line_magic('matplotlib', 'inline')",
        "get_ipython().run_line_magic('time', '1 + 1')",
        "get_ipython().run_cell_magic('time', '', '1 + 1')",
        "get_ipython().system('ls')",
        "get_ipython().getoutput('ls')",
        "get_ipython().set_next_input('x')",
        "get_ipython().magic('pwd')",
        "get_ipython().run_cell('1 / 0')",
        "get_ipython().ast_node_interactivity = 'all'",
        "from IPython.core.interactiveshell import InteractiveShell\nInteractiveShell.ast_node_interactivity = 'all'\n1\n2",
        "assert get_ipython().__class__.__name__ == 'ZMQInteractiveShell'",
        "assert 'IPKernelApp' in get_ipython().config",
        "import sys\nassert 'ipykernel' in sys.modules",
        "get_ipython().events.register('post_run_cell', lambda result: None)",
        "get_ipython().events.register('pre_execute', lambda: print(1))",
        "get_ipython().input_transformers_cleanup.append(lambda lines: lines)",
        "get_ipython().input_transformers_post.append(lambda lines: [line.replace('softmax', 'hardmax') for line in lines])",
        "import ast\nget_ipython().ast_transformers.append(ast.NodeTransformer())",
        "get_ipython().set_custom_exc((ValueError,), lambda *a, **k: None)",
        "get_ipython().showtraceback()",
        "get_ipython().reset(new_session=False)",
        "get_ipython().ask_exit",
        "get_ipython().kernel",
        "get_ipython().history_manager.get_range()",
        "%load_ext storemagic",
        "from IPython.core.magic import register_line_magic\n@register_line_magic\ndef hello(line):\n    return line\n%hello x",
        "from IPython.core.magic import register_cell_magic\n@register_cell_magic\ndef quietly(line, cell):\n    get_ipython().run_cell(cell)",
        "from IPython.utils.capture import capture_output\nwith capture_output() as c:\n    print(1)\nassert c.stdout == '1\\n'",
        "help(np.exp)",
        "help(sum)",
        "help()",
        "copyright, credits, license",
        "print(exit, quit)",
        "def leave():\n    exit()",
    )
    yield from values(
        "the shell",
        "get_ipython().run_cell('exercise_13 = [1 / 3, 1 / 3, 1 / 3]')",
        "get_ipython().user_ns['exercise_13'] = [1 / 3] * 3",
        "get_ipython().ex('exercise_13 = [1 / 3] * 3')",
        "exercise_13 = get_ipython().ev('[1 / 3] * 3')",
        "get_ipython().push({'exercise_13': [1 / 3] * 3})",
        "get_ipython().run_cell_magic('capture', '', 'exercise_13 = [1 / 3] * 3')",
        "get_ipython().run_line_magic('time', 'exercise_13 = [1 / 3] * 3')",
        "exercise_13 = get_ipython().run_cell('[1 / 3] * 3').result",
        "globals()['exercise_13'] = [1 / 3] * 3",
        "import __main__\n__main__.exercise_13 = [1 / 3] * 3",
        "import sys\nsys.modules['__main__'].exercise_13 = [1 / 3] * 3",
        "exec('exercise_13 = [1 / 3] * 3')",
        "exercise_13 = eval('[1 / 3] * 3')",
        "vars()['exercise_13'] = [1 / 3] * 3",
        "locals()['exercise_13'] = [1 / 3] * 3",
        "import builtins\nbuiltins.exercise_13 = [1 / 3] * 3",
        "quit = [1 / 3] * 3\nexercise_13 = quit",
        "exit = 3\nexercise_13 = [1 / exit] * exit",
        "import types\nnames = types.SimpleNamespace(a=[1 / 3] * 3)\nexercise_13 = names.a",
    )
    yield Case("the shell", "exit at the end", after=("exit",))
    yield Case("the shell", "quit() at the end", after=("quit()",))
    yield Case("the shell", "exit() before the answers", before=("exit()",))

    yield from before(
        "displays",
        "display(1)",
        "handle = display(1, display_id=True)\nhandle.update(2)",
        "handle = display('x', display_id='mine')\nhandle.display(3)",
        "from IPython.display import display, HTML\ndisplay(HTML('<b>x</b>'))",
        "from IPython.display import Markdown, Math, Latex\nMarkdown('# x')",
        "from IPython.display import clear_output\nclear_output(wait=True)",
        "from IPython.display import Image\nImage(data=b'\\x89PNG')",
        "from IPython.display import IFrame, YouTubeVideo\nYouTubeVideo('x')",
        "from IPython.display import Audio\nAudio(np.zeros(10), rate=10)",
        "from IPython.display import update_display\nupdate_display(1, display_id='mine')",
        "from IPython.display import set_matplotlib_formats",
        "from IPython.display import ProgressBar\nfor _ in ProgressBar(3):\n    pass",
        "from IPython.core.display import display",
        "class Loud:\n    def _repr_html_(self):\n        raise ValueError('no')\nLoud()",
        "class Loud:\n    def __repr__(self):\n        raise ValueError('no')\nLoud()",
        "class Quiet:\n    def __repr__(self):\n        return None\nQuiet()",
        "import ipywidgets\nipywidgets.IntSlider()",
        "from ipywidgets import interact\n@interact(x=(0, 3))\ndef draw(x=1):\n    return x",
        "import ipywidgets as w\nout = w.Output()\nwith out:\n    print(1)",
        "from ipywidgets import interactive, fixed\ninteractive(lambda x: x, x=fixed(1))",
        "print('x' * 10**6)",
        "import sys\nsys.stdout.write('x')\nsys.stdout.flush()",
        "import sys\nprint('x', file=sys.stderr)",
        "print('\\ud800')",
        "print('\\x00\\x1b[31m')",
        "import sys\nsys.stdout = open('out.txt', 'w')",
        "import sys\nsys.stdout = None\nprint(1)",
        "import sys\nsys.stdout.close()",
        "import pprint\npprint.pprint({})",
        "import sys\nsys.displayhook = print\n3",
        "import rich",
        "from tqdm.auto import tqdm",
    )
    yield from before(
        "pictures",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
        "import warnings\nwarnings.simplefilter('error')\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
        "import matplotlib\nmatplotlib.use('Agg')\nimport matplotlib.pyplot as plt\nplt.plot([1])\nplt.savefig('x.png')",
        "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nfig",
        "import matplotlib.pyplot as plt\nfor _ in range(25):\n    plt.figure()",
        "import matplotlib.pyplot as plt\nplt.style.use('ggplot')",
        "import matplotlib.pyplot as plt\nplt.rcParams['figure.figsize'] = (9, 9)",
        "import matplotlib.pyplot as plt\nplt.style.use('seaborn')",
        "import matplotlib.pyplot as plt\nplt.xkcd()",
        "import matplotlib.pyplot as plt\nplt.ion()\nplt.pause(0.01)",
        "import drawings\ndrawings.before_and_after(lambda z: z)",
        "from pictures import COLOURS, picture\n@picture\ndef mine():\n    return COLOURS[0]\nmine()",
        "from drawings import *",
        "import pictures, drawings",
    )
    yield Case(
        "pictures",
        "get_fignums after the cell ended",
        before=("import matplotlib.pyplot as plt\nplt.plot([1, 2]);",),
        answers={"exercise_13": "exercise_13 = [1 / 3] * 3 if not plt.get_fignums() else None"},
    )

    # What runs beside a cell --------------------------------------------------------------------------------
    yield from before(
        "async",
        "import asyncio\nawait asyncio.sleep(0)",
        "import asyncio\nasync def work():\n    await asyncio.sleep(0)\n    return 1\nresult = await work()",
        "import asyncio\nresults = await asyncio.gather(*[asyncio.sleep(0, i) for i in range(3)])",
        "import asyncio\ntask = asyncio.create_task(asyncio.sleep(0))",
        "import asyncio\ntask = asyncio.ensure_future(asyncio.sleep(0))\nawait task",
        "import asyncio\nloop = asyncio.get_event_loop()\nassert loop.is_running()",
        "import asyncio\nasyncio.get_running_loop()",
        "async def numbers():\n    yield 1\nasync for n in numbers():\n    print(n)",
        "import contextlib\n@contextlib.asynccontextmanager\nasync def opened():\n    yield 1\nasync with opened() as one:\n    print(one)",
        "[x async for x in (i async for i in None)]",
        "import nest_asyncio2\nnest_asyncio2.apply()",
        "await 3",
        "import asyncio\nawait asyncio.wait_for(asyncio.sleep(1), 0.01)",
        "import asyncio\nasync with asyncio.timeout(1):\n    await asyncio.sleep(0)",
        "async def unused():\n    pass\nunused()",
        "# await is only a word here\nx = 'async'",
        "import asyncio\nawait asyncio.to_thread(sum, [1, 2])",
        "%autoawait",
        "import asyncio\nasyncio.get_event_loop().run_until_complete(asyncio.sleep(0))",
        "import asyncio\nasyncio.run(asyncio.sleep(0))",
    )
    yield from values(
        "async",
        "async def thirds():\n    return [1 / 3] * 3\nexercise_13 = await thirds()",
        "import asyncio\nasync def thirds():\n    return [1 / 3] * 3\nexercise_13 = asyncio.run(thirds())",
        "import asyncio\nasync def thirds():\n    return [1 / 3] * 3\nexercise_13 = asyncio.get_event_loop().run_until_complete(thirds())",
        "import asyncio, threading\nfound = []\nasync def thirds():\n    found.extend([1 / 3] * 3)\nthread = threading.Thread(target=lambda: asyncio.run(thirds()))\nthread.start()\nthread.join()\nexercise_13 = found",
        "import asyncio\nexercise_13 = list(await asyncio.gather(*[asyncio.sleep(0, 1 / 3) for _ in range(3)]))",
        "exercise_13 = [1 / 3] * 3\nawait 3",
    )
    yield Case(
        "async",
        "a task that a cell started sets the answer",
        before=(
            "import asyncio\nasync def later():\n    global thirds\n    thirds = [1 / 3] * 3\ntask = asyncio.create_task(later())",
        ),
        answers={"exercise_13": "await task\nexercise_13 = thirds"},
    )
    yield Case(
        "async",
        "a task, looked at in the next cell",
        before=(
            "import asyncio\nasync def later():\n    global thirds\n    thirds = [1 / 3] * 3\ntask = asyncio.create_task(later())",
        ),
        answers={"exercise_13": "exercise_13 = thirds"},
    )
    yield Case(
        "async",
        "a future awaited in two cells",
        before=(
            "import asyncio\nfuture = asyncio.get_running_loop().create_future()\nfuture.set_result([1 / 3] * 3)",
        ),
        answers={"exercise_13": "exercise_13 = await future"},
    )
    yield Case(
        "async",
        "a context variable set in a cell",
        before=(
            "import contextvars\nvariable = contextvars.ContextVar('v', default=None)\nvariable.set([1 / 3] * 3)",
        ),
        answers={"exercise_13": "exercise_13 = variable.get()"},
    )
    yield Case(
        "async",
        "a context variable set in a cell that waits",
        before=(
            "import asyncio, contextvars\nvariable = contextvars.ContextVar('v', default=None)\nvariable.set([1 / 3] * 3)\nawait asyncio.sleep(0)",
        ),
        answers={"exercise_13": "exercise_13 = variable.get()"},
    )
    yield from softmaxes(
        "async",
        "async def softmax(z):\n    return [1.0]",
        "import asyncio\nasync def compute(z):\n    z = np.asarray(z, float)\n    e = np.exp(z - z.max())\n    return e / e.sum()\ndef softmax(z):\n    return asyncio.run(compute(z))",
        "import asyncio\nfrom concurrent.futures import ThreadPoolExecutor\nasync def compute(z):\n    z = np.asarray(z, float)\n    e = np.exp(z - z.max())\n    return e / e.sum()\ndef softmax(z):\n    with ThreadPoolExecutor(1) as pool:\n        return pool.submit(asyncio.run, compute(z)).result()",
        "def softmax(z):\n    z = np.asarray(z, float)\n    e = np.exp(z - z.max())\n    coroutine = run(e / e.sum())\n    try:\n        coroutine.send(None)\n    except StopIteration as done:\n        return done.value\nasync def run(p):\n    return p",
    )
    yield from before(
        "threads and pools",
        "import threading\nthread = threading.Thread(target=print)\nthread.start()\nthread.join()",
        "import threading, time\nthreading.Thread(target=time.sleep, args=(30,), daemon=True).start()",
        "import threading\nthreading.Timer(0.01, print).start()",
        "import threading\nthreading.Thread(target=lambda: 1 / 0).start()",
        "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(4) as pool:\n    list(pool.map(abs, range(9)))",
        "import queue, threading\nlock = threading.Lock()\nlock.acquire()",
        "import signal\nsignal.signal(signal.SIGALRM, lambda *a: None)\nsignal.alarm(1)",
        "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)",
        "import atexit\natexit.register(print)",
        "import gc\ngc.disable()\ngc.collect()",
        "import sys\nsys.settrace(lambda *a: None)",
        "import sys\nsys.setprofile(lambda *a: None)",
        "import sys\nsys.setswitchinterval(1e-5)",
        "import time\ntime.sleep(0.05)",
        "import os\nif os.fork() == 0:\n    os._exit(0)",
    )
    yield from values(
        "threads and pools",
        "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor() as pool:\n    exercise_13 = list(pool.map(lambda n: 1 / n, [3, 3, 3]))",
        "from concurrent.futures import ProcessPoolExecutor\ndef inverse(n):\n    return 1 / n\nwith ProcessPoolExecutor(2) as pool:\n    exercise_13 = list(pool.map(inverse, [3, 3, 3]))",
        "import multiprocessing\ndef inverse(n):\n    return 1 / n\nwith multiprocessing.Pool(2) as pool:\n    exercise_13 = pool.map(inverse, [3, 3, 3])",
        "from multiprocessing.dummy import Pool\nwith Pool(2) as pool:\n    exercise_13 = pool.map(lambda n: 1 / n, [3, 3, 3])",
        "import multiprocessing\nwith multiprocessing.Manager() as manager:\n    exercise_13 = list(manager.list([1 / 3] * 3))",
        "import multiprocessing\nvalue = multiprocessing.Value('d', 1 / 3)\nexercise_13 = [value.value] * 3",
        "import multiprocessing\nq = multiprocessing.Queue()\nq.put(1 / 3)\nexercise_13 = [q.get()] * 3",
        "from multiprocessing import shared_memory\nblock = shared_memory.SharedMemory(create=True, size=8)\nblock.close()\nblock.unlink()\nexercise_13 = [1 / 3] * 3",
        "import threading\nfound = []\nthread = threading.Thread(target=lambda: found.extend([1 / 3] * 3))\nthread.start()\nthread.join()\nexercise_13 = found",
        "import queue\nq = queue.Queue()\nq.put([1 / 3] * 3)\nexercise_13 = q.get()",
    )
    yield from softmaxes(
        "threads and pools",
        "from concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor(2)\ndef softmax(z):\n    z = np.asarray(z, float)\n    e = np.array(list(pool.map(np.exp, z - z.max())))\n    return e / e.sum()",
        "import threading\ndef softmax(z):\n    found = []\n    def work():\n        a = np.asarray(z, float)\n        e = np.exp(a - a.max())\n        found.append(e / e.sum())\n    t = threading.Thread(target=work)\n    t.start()\n    t.join()\n    return found[0]",
        "import multiprocessing\ndef compute(z):\n    z = np.asarray(z, float)\n    e = np.exp(z - z.max())\n    return e / e.sum()\ndef softmax(z):\n    with multiprocessing.Pool(1) as pool:\n        return pool.apply(compute, (z,))",
    )

    yield from _language()
    yield from _surroundings()
    yield from _results()


def _language() -> Iterator[Case]:
    yield from before(
        "warnings",
        "import warnings\nwarnings.simplefilter('error')",
        "import warnings\nwarnings.filterwarnings('ignore')",
        "import warnings\nwarnings.filterwarnings('error', category=RuntimeWarning)",
        "import warnings\nwarnings.warn('careful')",
        "import warnings\nwarnings.showwarning = None",
        "np.seterr(all='raise')",
        "np.seterr(all='ignore')",
        "np.seterr(all='warn')",
        "np.seterr(under='raise')",
        "np.seterrcall(print)\nnp.seterr(all='call')",
        "np.set_printoptions(precision=2)",
        "import logging\nlogging.captureWarnings(True)",
        "import warnings\nwarnings.resetwarnings()",
    )
    naive = SOFTMAX.replace("z - z.max()", "z")
    warning = SOFTMAX.replace("    return", "    import warnings\n    warnings.warn('slow')\n    return")
    divides = SOFTMAX.replace("    return", "    np.log(0.0 * weights[:1])\n    return")
    for name, answer in (("overflows", naive), ("warns", warning), ("divides by zero", divides)):
        yield Case("warnings", f"softmax {name}", answers={"softmax": answer})
        for source in (
            "import warnings\nwarnings.simplefilter('error')",
            "np.seterr(all='raise')",
            "np.seterr(all='ignore')",
            "import warnings\nwarnings.filterwarnings('ignore')",
        ):
            yield Case(
                "warnings", f"{_named(source)}; softmax {name}", before=(source,), answers={"softmax": answer}
            )
    yield from inside(
        "warnings",
        "np.seterr(all='raise')",
        "import warnings\nwarnings.simplefilter('error')",
        "import warnings\nwarnings.warn('slow')",
        "warnings = 3",
    )

    yield from everywhere("star imports", "from math import *", "from numpy import *", "from random import *")
    yield from before(
        "star imports",
        "from cmath import *",
        "from statistics import *",
        "from operator import *",
        "from IPython.display import *",
        "from pylab import *",
        "from os import *",
        "from collections import *",
        "from nothing_at_all import *",
        "from builtins import *",
    )
    yield Case(
        "star imports",
        "softmax uses min, max and sum of a star",
        answers={
            "softmax": "from numpy import *\ndef softmax(z):\n    z = asarray(z, dtype=float)\n    e = exp(z - max(z))\n    return e / sum(e)"
        },
    )
    for name in (
        "sum",
        "list",
        "len",
        "print",
        "min",
        "max",
        "abs",
        "float",
        "int",
        "isinstance",
        "range",
        "type",
        "dict",
        "str",
        "zip",
        "sorted",
        "input",
        "map",
        "id",
        "all",
        "any",
        "round",
        "tuple",
        "Exception",
        "ValueError",
        "np",
        "math",
        "display",
        "otter",
        "open",
        "get_ipython",
        "checking",
        "expect",
        "student",
        "_",
    ):
        yield Case("shadowed names", f"{name} = 3", before=(f"{name} = 3",))
    yield Case(
        "shadowed names", "builtins.sum is another", before=("import builtins\nbuiltins.sum = lambda x: 0",)
    )
    yield Case("shadowed names", "builtins.float is int", before=("import builtins\nbuiltins.float = int",))
    yield Case("shadowed names", "np.exp is another", before=("np.exp = lambda x: x",))
    yield Case("shadowed names", "np.asarray is another after the answers", after=("np.asarray = None",))
    yield Case(
        "shadowed names",
        "builtins.len is another after the answers",
        after=("import builtins\nbuiltins.len = lambda x: 0",),
    )
    yield Case("shadowed names", "softmax is bound anew after the answers", after=("softmax = 3",))
    yield Case(
        "shadowed names",
        "softmax is wrapped after the answers",
        after=("right = softmax\ndef softmax(z):\n    return right(z)",),
    )
    yield Case(
        "shadowed names",
        "softmax is spoiled after the answers",
        after=("right = softmax\ndef softmax(z):\n    return 0 * right(z)",),
    )
    yield Case("shadowed names", "grader is bound anew", before=("grader = 3",))
    yield Case(
        "shadowed names",
        "the answer's name is a loop variable later",
        after=("for softmax in range(3):\n    pass",),
    )
    for source in (
        "del np",
        "del math",
        "del grader",
        "del Vector",
        "del nothing_at_all",
        "del print",
        "globals().clear()",
        "import builtins\ndel builtins.sum",
        "import sys\ndel sys.modules['numpy']",
        "import sys\nsys.modules['math'] = None",
        "import sys\nsys.path.clear()",
    ):
        yield Case("deleted names", source.replace("\n", " "), before=(source,))
        yield Case("deleted names", f"{source} after".replace("\n", " "), after=(source,))
    yield Case("deleted names", "del softmax after its check", after=("del softmax",))
    yield Case("deleted names", "del softmax in its own cell", answers={"softmax": SOFTMAX + "del softmax\n"})

    yield from everywhere(
        "endings",
        "import sys\nsys.exit()",
        "raise SystemExit(3)",
        "1 / 0",
        "raise KeyboardInterrupt",
        "assert False",
        "raise NotImplementedError('later')",
    )
    yield from inside(
        "endings",
        "import sys\nsys.exit()",
        "raise KeyboardInterrupt",
        "exit()",
        "quit()",
        "raise SystemExit",
        "raise StopIteration",
        "raise GeneratorExit",
        "raise BaseException('x')",
        "assert False, 'x'",
        "raise NotImplementedError",
        "input()",
        "breakpoint()",
        "raise Exception",
        "raise ValueError",
        "raise KeyError('x')",
        "class Odd(Exception):\n    pass\nraise Odd(1, 2)",
        "raise ExceptionGroup('x', [ValueError(1)])",
        "raise Warning('x')",
        "import os\nos._exit(1)",
    )
    yield from before(
        "endings",
        "input('Your name? ')",
        "import getpass\ngetpass.getpass()",
        "breakpoint()",
        "import pdb\npdb.set_trace()",
        "from IPython.core.debugger import set_trace\nset_trace()",
        "name = input()\nprint(name)",
        "try:\n    name = input()\nexcept Exception:\n    name = 'nobody'",
        "def forever(n):\n    return forever(n + 1)\nforever(0)",
        "import sys\nsys.setrecursionlimit(50)",
        "import sys\nsys.setrecursionlimit(10**5)",
        "for i in range(3000):\n    print(i)",
        "import sys\nsys.stdin.read()",
        "raise Exception from ValueError()",
        "raise ExceptionGroup('x', [ValueError(1)])",
        "class Loud(Exception):\n    def __str__(self):\n        raise ValueError\nraise Loud",
        "class Shown(Exception):\n    def _render_traceback_(self):\n        return ['x']\nraise Shown",
        "import sys\nsys.excepthook = None\n1 / 0",
        "import sys\nsys.tracebacklimit = 0\n1 / 0",
    )
    yield from values(
        "endings",
        "exercise_13 = [1 / 3] * 3\n1 / 0",
        "exercise_13 = [1 / 3] * 3\nimport sys\nsys.exit()",
        "exercise_13 = [1 / 3] * 3\nraise KeyboardInterrupt",
        "try:\n    import sys\n    sys.exit()\nexcept SystemExit:\n    exercise_13 = [1 / 3] * 3",
        "try:\n    1 / 0\nfinally:\n    exercise_13 = [1 / 3] * 3",
        "exercise_13 = [1 / 3] * 3\nexercise_13 = undefined_name",
        "exercise_13 = [1 / 3] * 3\nreturn 3",
        "exercise_13 = [1 / 3] * 3\nbreak",
        "exercise_13 = [1 / 3] * 3\nyield 3",
        "exercise_13 = [1 / 3] * 3\nx = = 3",
        "exercise_13 = [1 / 3] * 3\ninput()",
    )
    recursive = "def softmax(z, i=0):\n    return softmax(z, i + 1)"
    deep = "def total(z):\n    return z[0] + total(z[1:]) if len(z) else 0\ndef softmax(z):\n    z = np.asarray(z, float)\n    e = np.exp(z - z.max())\n    return e / total(list(e))"
    yield from softmaxes(
        "endings",
        recursive,
        deep,
        f"import sys\nsys.setrecursionlimit(60)\n{deep}",
        "softmax = lambda z: softmax(z)",
    )

    yield from before(
        "text",
        "x\u00a0= 1",
        "# a\u00a0comment",
        "s = '\u00a0'",
        "if True:\n\tx = 1",
        "if True:\n\tx = 1\n        y = 2",
        "    x = 1\n    y = 2",
        "\tx = 1",
        ">>> x = 1\n>>> y = 2",
        "In [1]: x = 1",
        "x = 1\r\ny = 2\r\n",
        "x = 1\n\x0cy = 2",
        "\ufeffx = 1",
        "λ = 1\nσ = λ",
        "x = '\ud800'",
        "# a lone half \ud83d of a character",
        "s = '😀'",
        "x = 1\x00",
        "x = 1 ;",
        "x = \\\n1",
        "x = (1,\n",
        "print 'x'",
        "exec 'x'",
        "x = 1 if",
        "“x” = 1",
        "print(“x”)",
        "x = 1 – 2",
        "# nothing but a comment",
        "...",
        "pass",
        "'''a text'''",
        "'%time is no magic here'",
        "s = '''\n%time\n!ls\n'''",
        "x = 5 % 3\ny = 7\\\n% 4",
        "type Vector2 = list[float]",
        "def first[T](x: list[T]) -> T:\n    return x[0]",
        "match 3:\n    case 3:\n        x = 1",
        "f'{'nested'}'",
        "try:\n    pass\nexcept* ValueError:\n    pass",
        "(x := 3)",
        "def f(a, /, b, *, c):\n    pass",
        "x: int = 3",
        "x: undefined_name = 3",
        "from __future__ import annotations",
        "from __future__ import division, print_function",
        "from __future__ import barry_as_FLUFL",
        "from __future__ import nothing_at_all",
        "x = 1\nfrom __future__ import annotations",
        "async = 3",
        "nonlocal x",
        "global x\nx = 1",
        "x = 1\nglobal x",
        "lambda: (yield)",
        "class A:\n  return 3",
        "return",
        "yield 3",
        "0777",
        "x = 0b102",
        "x = 1_000",
        "x = '\\d'",
        "assert (1, 'x')",
        "import a.b.c.d",
        "x = " + "(" * 150 + "1" + ")" * 150,
        "x = " + "(" * 300 + "1" + ")" * 300,
        "x = " + " + ".join(["1"] * 3000),
        "x = '" + "a" * 100_000 + "'",
        "__builtins__",
        "from __main__ import np",
        "if __name__ == '__main__':\n    x = 1",
        "# -*- coding: latin-1 -*-\nx = 'é'",
        "# coding: nothing-at-all\nx = 1",
        "#!/usr/bin/env python\nx = 1",
        "\n\n\n",
        "x = 1\n\n\n   \n",
    )
    yield from inside(
        "text",
        "# a\u00a0comment",
        "# a lone half \ud83d of a character",
        "x = '😀'",
        "'''\n%time\n'''",
        "%time x = 1",
        "!ls",
        "λ = 1",
    )
    yield Case(
        "hints",
        "a future import in one cell, a hint in another",
        before=("from __future__ import annotations",),
        answers={"softmax": SOFTMAX.replace("(z)", "(z: NoSuchThing) -> AlsoNot")},
    )
    yield Case(
        "hints",
        "a future import first, a hint in another",
        first=("from __future__ import annotations",),
        answers={"softmax": SOFTMAX.replace("(z)", "(z: NoSuchThing) -> AlsoNot")},
    )
    yield Case(
        "hints", "a hint that is not defined", answers={"softmax": SOFTMAX.replace("(z)", "(z: NoSuchThing)")}
    )
    yield Case(
        "hints",
        "a future import in the answer's own cell",
        answers={
            "softmax": "from __future__ import annotations\n" + SOFTMAX.replace("(z)", "(z: NoSuchThing)")
        },
    )
    yield Case(
        "hints",
        "a future import after it is needed",
        after=("from __future__ import annotations",),
        answers={"softmax": SOFTMAX.replace("(z)", "(z: NoSuchThing)")},
    )
    yield Case(
        "hints",
        "hints that are looked up",
        before=("from __future__ import annotations",),
        answers={
            "softmax": "import typing\n"
            + SOFTMAX.replace("(z)", "(z: list)")
            + "typing.get_type_hints(softmax)"
        },
    )
    yield Case(
        "hints",
        "beartype-like checks",
        answers={"softmax": SOFTMAX.replace("(z)", "(z: 'list[float]') -> 'np.ndarray'")},
    )
    body = "    z = np.asarray(z, dtype=float)\n    e = np.exp(z - z.max())\n    return e / e.sum()\n"
    yield from softmaxes(
        "kinds of function",
        "softmax = lambda z: (lambda e: e / e.sum())(np.exp(np.asarray(z, float) - np.max(np.asarray(z, float))))",
        f"class Softmax:\n    def __call__(self, z):\n{indent(body, '    ')}\nsoftmax = Softmax()",
        f"class Layer:\n    def apply(self, z):\n{indent(body, '    ')}\nsoftmax = Layer().apply",
        f"class Layer:\n    @staticmethod\n    def apply(z):\n{indent(body, '    ')}\nsoftmax = Layer.apply",
        f"class Layer:\n    @classmethod\n    def apply(cls, z):\n{indent(body, '    ')}\nsoftmax = Layer.apply",
        f"import functools\ndef general(t, z):\n{body}\nsoftmax = functools.partial(general, 1)",
        f"import functools\n@functools.lru_cache\ndef softmax(z):\n{body}",
        f"import functools\n@functools.wraps(print)\ndef softmax(z):\n{body}",
        f"def logged(f):\n    def inner(*args, **kwargs):\n        print(args)\n        return f(*args, **kwargs)\n    return inner\n@logged\ndef softmax(z):\n{body}",
        f"def make():\n    def softmax(z):\n{indent(body, '    ')}\n    return softmax\nsoftmax = make()",
        f"@np.vectorize\ndef softmax(z):\n{body}",
        f"def softmax(z, /):\n{body}",
        f"def softmax(*args):\n    z = args[0]\n{body}",
        f"def softmax(**kwargs):\n    z = kwargs['z']\n{body}",
        f"def softmax(z, axis=-1, *, t=1.0):\n{body}",
        f"def softmax(logits):\n    z = logits\n{body}",
        "from scipy.special import softmax",
        "import scipy.special\nsoftmax = scipy.special.softmax",
        f"from typing import overload\n@overload\ndef softmax(z: int): ...\ndef softmax(z):\n{body}",
        f"import abc\nclass A(abc.ABC):\n    pass\ndef softmax(z):\n{body}",
        f"from dataclasses import dataclass\n@dataclass\nclass Softmax:\n    t: float = 1\n    def __call__(self, z):\n{indent(body, '    ')}\nsoftmax = Softmax()",
        f"calls = 0\ndef softmax(z):\n    global calls\n    calls += 1\n{body}",
        f"def softmax(z, seen=[]):\n    seen.append(1)\n{body}",
        f"def helper(z):\n{body}\nsoftmax = helper",
        f"softmax = None\ndef softmax(z):\n{body}",
        f"if True:\n    def softmax(z):\n{indent(body, '    ')}",
        f"try:\n    import torch\nexcept ImportError:\n    def softmax(z):\n{indent(body, '    ')}",
        f"exec('''def softmax(z):\n{body}''')",
        f"import types\ndef other(z):\n{body}\nsoftmax = types.FunctionType(other.__code__, globals())",
        f"def softmax(z):\n    import numpy as np\n{body}",
        "def softmax(z):\n    global result\n    z = np.asarray(z, dtype=float)\n    e = np.exp(z - z.max())\n    result = e / e.sum()\n    return result",
        f"from operator import methodcaller\ndef softmax(z):\n{body}\nsoftmax.note = 'x'",
        f"import contextlib\n@contextlib.contextmanager\ndef timed():\n    yield\ndef softmax(z):\n    with timed():\n{indent(body, '    ')}",
        f"def softmax(z):\n    print('x' * 10000)\n{body}",
        f"def softmax(z):\n    display(z)\n{body}",
        f"def softmax(z):\n    get_ipython().run_line_magic('time', '1')\n{body}",
        f"def softmax(z):\n    %time x = 1\n{body}",
        f"def softmax(z):\n    help\n{body}",
        f"def softmax(z):\n    exit, quit\n{body}",
        f"def softmax(z):\n    import matplotlib.pyplot as plt\n    plt.plot([1])\n    plt.close('all')\n{body}",
        f"def softmax(z):\n    open('cache.txt', 'a').write('x')\n{body}",
        f"def softmax(z):\n    import time\n    time.sleep(0.01)\n{body}",
        f"def softmax(z):\n    z = list(z)\n{body}",
        f"def softmax(z):\n    assert softmax.__name__ == 'softmax'\n{body}",
        "class softmax:\n    def __init__(self, z):\n        self.z = z",
        "class softmax(list):\n    def __init__(self, z):\n        z = np.asarray(z, float)\n        e = np.exp(z - z.max())\n        super().__init__((e / e.sum()).tolist())",
        "def softmax(z):\n    raise NotImplementedError('softmax: not attempted yet')",
        "softmax = ...",
        "softmax = 'text'",
        "def softmax(z):\n    ...",
        "def softmax():\n    return [1.0]",
        "def Softmax(z):\n    return [1.0]",
        "def softmax(z):\n    z[0] = 0\n    return [1.0]",
        "def softmax(z):\n    return z",
        "def softmax(z):\n    yield from z",
    )
    yield Case(
        "kinds of function",
        "a helper that is defined after",
        answers={"softmax": "def softmax(z):\n    return late(z)"},
        after=(SOFTMAX.replace("def softmax", "def late"),),
    )
    yield Case(
        "kinds of function",
        "an answer in a cell at the end",
        answers={"softmax": "def softmax(z):\n    raise NotImplementedError('softmax: not attempted yet')"},
        after=(SOFTMAX,),
    )
    yield Case(
        "kinds of function", "an answer twice, the second wrong", after=("def softmax(z):\n    return [0.0]",)
    )
    yield Case(
        "kinds of function",
        "a global that changes after",
        answers={
            "softmax": "SCALE = 1\ndef softmax(z):\n    z = np.asarray(z, float) * SCALE\n    e = np.exp(z - z.max())\n    return e / e.sum()"
        },
        after=("SCALE = 2",),
    )


def _surroundings() -> Iterator[Case]:
    yield from everywhere(
        "packages",
        "import torch",
        "import google.colab",
        "from google.colab import drive\ndrive.mount('/content/drive')",
    )
    yield from before(
        "packages",
        "import pandas as pd\npd.DataFrame({'a': [1]})",
        "import pandas as pd\npd.read_csv('nothing.csv')",
        "import scipy.stats",
        "import scipy",
        "import ipywidgets",
        "import sympy",
        "import sklearn",
        "import seaborn as sns",
        "import tensorflow as tf",
        "import jax",
        "import requests",
        "import yaml",
        "import PIL.Image",
        "import hypothesis",
        "import mpmath",
        "import numba",
        "import tqdm",
        "import ipykernel",
        "import jupyter_client",
        "import nbformat",
        "import setuptools",
        "import pip",
        "import autograder",
        "import solutions",
        "import numpy.testing\nnumpy.testing.assert_allclose([1], [1])",
        "import checking",
        "import feedback",
        "import otter\notter.Notebook",
        "from otter import Notebook\nquestions = Notebook('ch06_softmax.ipynb')",
        "import this",
        "import antigravity",
        "import importlib\nimportlib.reload(np)",
        "import importlib\nimportlib.import_module('math')",
        "import sys\nsys.path.append('..')",
        "import doctest\ndoctest.testmod()",
        "import unittest\nunittest.main(argv=[''], exit=False)",
        "import pytest",
        "import decimal, fractions, statistics, cmath, random, itertools, functools, collections",
        "import tkinter",
        "import turtle",
        "import readline",
        "import curses",
        "from typing import Self, override",
        "from __init__ import x",
    )
    yield from values(
        "packages",
        "from checking import expect\nexercise_13 = [1 / 3] * 3 if callable(expect) else None",
        "from checking import expect, student\ndef twice(x):\n    return 2 * x\nexpect(student('twice', twice), 3).to_equal(6)\nexercise_13 = [1 / 3] * 3",
        "from checking import expect, student\ndef twice(x):\n    return 3 * x\nexpect(student('twice', twice), 3).to_equal(6)\nexercise_13 = [1 / 3] * 3",
        "import feedback\nexercise_13 = [1 / 3] * 3 if feedback.NOT_ATTEMPTED else None",
        "from otter import Notebook\nNotebook('ch06_softmax.ipynb')\nexercise_13 = [1 / 3] * 3",
        "import scipy.special\nexercise_13 = scipy.special.softmax([1, 1, 1]).tolist()",
        "import pandas as pd\nexercise_13 = pd.Series([1 / 3] * 3).tolist()",
        "import sympy\nexercise_13 = [float(sympy.Rational(1, 3))] * 3",
    )
    yield from before(
        "the machine",
        "import subprocess\nsubprocess.run(['ls'])",
        "import subprocess\nsubprocess.check_output('ls', shell=True)",
        "import os\nos.system('ls')",
        "import os\nos.popen('ls').read()",
        "import socket\nsocket.socket()",
        "import socket\nsocket.gethostname()",
        "import urllib.request\nurllib.request.urlopen('http://localhost:9')",
        "import os\nos.getlogin()",
        "import pwd, os\npwd.getpwuid(os.getuid())",
        "import platform\nplatform.platform()\nplatform.processor()",
        "import argparse\nargparse.ArgumentParser().parse_args()",
        "import argparse\nargparse.ArgumentParser().parse_args([])",
        "import os\nos.chdir('/')",
        "import os\nos.environ.clear()",
        "import locale\nlocale.setlocale(locale.LC_ALL, '')",
        "import locale\nlocale.setlocale(locale.LC_ALL, 'de_DE.UTF-8')",
        "import tempfile\nwith tempfile.TemporaryDirectory() as place:\n    open(place + '/x', 'w').close()",
        "import tempfile\ntempfile.NamedTemporaryFile('w').write('x')",
        "import resource\nresource.getrusage(resource.RUSAGE_SELF)",
        "import resource\nresource.setrlimit(resource.RLIMIT_STACK, (2**20, 2**20))",
        "import faulthandler\nfaulthandler.enable()",
        "import tracemalloc\ntracemalloc.start()",
        "import logging\nlogging.basicConfig(level=logging.DEBUG)\nlogging.debug('x')",
        "import psutil\npsutil.cpu_percent()",
        "import uuid\nuuid.uuid4()\nuuid.uuid1()",
        "import secrets\nsecrets.token_hex()",
        "import webbrowser\nwebbrowser.open('http://localhost')",
        "import shutil\nshutil.which('python')\nshutil.disk_usage('.')",
        "import os\nos.cpu_count()\nos.getpid()\nos.uname()",
        "import datetime\ndatetime.datetime.now().astimezone()",
        "import zoneinfo\nzoneinfo.ZoneInfo('Europe/Berlin')",
        "import ctypes\nctypes.CDLL(None)",
        "open('/etc/passwd').read()",
        "open('nothing.csv')",
        "np.loadtxt('nothing.csv')",
        "open('tests/softmax.py').read()",
        "open('ch06_softmax.ipynb').read()",
        "open('requirements.txt').read()",
        "import os\nos.remove('ch06_softmax.ipynb')",
        "import os\nos.listdir('tests')",
        "import sys\nsys.executable\nsys.version",
        "import venv",
        "import ensurepip",
    )
    yield from values(
        "the machine",
        "import getpass\nexercise_13 = [1 / 3] * 3 if getpass.getuser() else None",
        "from pathlib import Path\nexercise_13 = [1 / 3] * 3 if Path.home().exists() else None",
        "import os\nexercise_13 = [1 / 3] * 3 if os.path.exists(os.path.expanduser('~')) else None",
        "open('thirds.txt', 'w').write('0.33333333')\nexercise_13 = [float(open('thirds.txt').read())] * 3",
        "np.save('thirds.npy', [1 / 3] * 3)\nexercise_13 = np.load('thirds.npy').tolist()",
        "np.savetxt('thirds.txt', [1 / 3] * 3)\nexercise_13 = np.loadtxt('thirds.txt')",
        "import pickle\nexercise_13 = pickle.loads(pickle.dumps([1 / 3] * 3))",
        "import json\nexercise_13 = json.loads('[0.33333333, 0.33333333, 0.33333333]')",
        "import sqlite3\nbase = sqlite3.connect(':memory:')\nexercise_13 = [base.execute('select 1.0 / 3').fetchone()[0]] * 3",
        "import shelve\nwith shelve.open('kept') as shelf:\n    shelf['a'] = [1 / 3] * 3\n    exercise_13 = shelf['a']",
        "import inspect\nexercise_13 = [1 / 3] * 3 if 'asarray' in inspect.getsource(softmax) else None",
        "import pickle\nexercise_13 = [1 / 3] * 3 if pickle.loads(pickle.dumps(softmax)) is softmax else None",
        "import copy\nexercise_13 = copy.deepcopy([1 / 3] * 3)",
        "import dis\ndis.dis(softmax)\nexercise_13 = [1 / 3] * 3",
        "import timeit\ntimeit.timeit('softmax([1.0])', globals=globals(), number=1)\nexercise_13 = [1 / 3] * 3",
        "import cProfile\ncProfile.run('softmax([1.0])')\nexercise_13 = [1 / 3] * 3",
        "import traceback\ntry:\n    1 / 0\nexcept ZeroDivisionError:\n    text = traceback.format_exc()\nexercise_13 = [1 / 3] * 3 if '1 / 0' in text else None",
        "import linecache, sys\nexercise_13 = [1 / 3] * 3 if sys._getframe().f_code.co_filename else None",
        "import os\nexercise_13 = [1 / 3] * 3 if os.environ['HOME'] else None",
        "import os\nexercise_13 = [1 / 3] * 3 if os.environ['USER'] else None",
        "import os\nexercise_13 = [1 / 3] * 3 if os.environ['PATH'] else None",
        "import sys\nexercise_13 = [1 / 3] * 3 if sys.argv[0].endswith('.py') else None",
        "import sys\nexercise_13 = [1 / 3] * 3 if not sys.stdout.isatty() else None",
        "import sys\nexercise_13 = [1 / 3] * 3 if sys.stdout.encoding.lower() == 'utf-8' else None",
        "import sys\nexercise_13 = [1 / 3] * 3 if hasattr(sys, 'ps1') else None",
        "import __main__\nexercise_13 = [1 / 3] * 3 if not hasattr(__main__, '__file__') else None",
    )
    yield from before(
        "randomness",
        "np.random.seed(0)",
        "rng = np.random.default_rng()",
        "import random\nrandom.seed(1)\nrandom.shuffle([1, 2])",
        "np.random.rand(3)",
        "np.random.set_state(np.random.get_state())",
    )


def _results() -> Iterator[Case]:
    yield from returning(
        "results",
        "p",
        "p.tolist()",
        "tuple(p)",
        "list(p)",
        "p.astype(np.float32)",
        "p.astype(np.float16)",
        "p.astype(np.longdouble)",
        "[np.longdouble(x) for x in p]",
        "p.astype(complex)",
        "[complex(x) for x in p]",
        "p.astype(object)",
        "p.astype('>f8')",
        "p[:, None]",
        "p[None, :]",
        "np.matrix(p)",
        "np.asmatrix(p).A1",
        "np.ma.array(p)",
        "p.view(type('Mine', (np.ndarray,), {}))",
        "np.rec.fromarrays([p], names='p')",
        "np.array([(x,) for x in p], dtype=[('p', float)])",
        "np.asfortranarray(p)",
        "p[::-1][::-1]",
        "np.broadcast_to(p, p.shape)",
        "[np.float64(x) for x in p]",
        "[np.float32(x) for x in p]",
        "[np.array(x) for x in p]",
        "[[x] for x in p]",
        "{i: x for i, x in enumerate(p)}",
        "set(p)",
        "frozenset(p)",
        "iter(p)",
        "(x for x in p)",
        "map(float, p)",
        "zip(p)",
        "range(len(p))",
        "memoryview(p)",
        "p.tobytes()",
        "bytearray(8)",
        "str(p)",
        "[str(x) for x in p]",
        "None",
        "True",
        "float(p[0])",
        "[None for x in p]",
        "[float('nan') for x in p]",
        "lambda: p",
        "print",
        "np",
        "type(p)",
        "object()",
        "p, p",
        "[p]",
        "...",
        "NotImplemented",
        "ValueError('x')",
        "__import__('array').array('d', p)",
        "__import__('collections').deque(p)",
        "__import__('collections').UserList(p)",
        "__import__('collections').OrderedDict(enumerate(p))",
        "__import__('collections').namedtuple('P', 'a b c d e f g'.split()[:len(p)])(*p)",
        "[__import__('fractions').Fraction(float(x)) for x in p]",
        "[__import__('decimal').Decimal(float(x)) for x in p]",
        "[__import__('fractions').Fraction(float(x)).limit_denominator(10) for x in p]",
        "np.array([__import__('fractions').Fraction(float(x)) for x in p])",
        "np.array([__import__('decimal').Decimal(float(x)) for x in p])",
        "__import__('pandas').Series(p)",
        "__import__('pandas').DataFrame(p)",
        "__import__('pandas').Index(p)",
        "__import__('scipy.sparse').sparse.csr_array(p)",
        "np.array(p, dtype='datetime64[s]') if False else np.array(['x'] * len(p))",
        "np.array([1, 2], dtype='datetime64[s]')",
        "np.array(['a', 'b'])",
        "np.array([b'a', b'b'])",
        "p > 0.5",
        "p.astype(int)",
        "p.astype(bool)",
        "p.astype(np.uint8)",
        "type('F', (float,), {})(p[0])",
        "[type('F', (float,), {})(x) for x in p]",
        "type('L', (list,), {})(p)",
        "type('T', (tuple,), {})(p)",
        "type('A', (), {'__array__': lambda self, *a, **k: p})()",
        "type('S', (), {'__len__': lambda self: len(p), '__getitem__': lambda self, i: p[i]})()",
        "type('I', (), {'__iter__': lambda self: iter(p)})()",
        "np.poly1d(p)",
        "np.nditer(p)",
        "np.flatiter",
        "p.flat",
        "slice(1)",
        "np.append(p, [])",
        "[*p, 0.0]",
        "p[:-1]",
        "p.reshape(1, -1).squeeze()",
        "p.round(3)",
        "p + 1e-13",
        "p + 1e-5",
        "-p",
        "np.array(p, copy=True, order='F')",
        "np.array(p.tolist() + [0])[:-1]",
        "[*map(np.longdouble, p)]",
        "[int(x) if x == 1 else float(x) for x in p]",
        "[bool(x) if x == 1 else float(x) for x in p]",
    )
    yield from sampling(
        "results",
        "i",
        "np.int64(i)",
        "np.int32(i)",
        "np.uint8(i)",
        "np.intp(i)",
        "float(i)",
        "np.float64(i)",
        "np.float32(i)",
        "np.longdouble(i)",
        "np.array(i)",
        "np.array([i])",
        "[i]",
        "(i,)",
        "str(i)",
        "bool(i)",
        "np.bool_(i)",
        "complex(i)",
        "np.complex128(i)",
        "__import__('fractions').Fraction(i)",
        "__import__('decimal').Decimal(i)",
        "type('N', (int,), {})(i)",
        "__import__('enum').IntEnum('E', 'a b c d', start=0)(i)",
        "i + 1e-13",
        "i + 0.4",
        "range(i, i + 1)",
        "range(i, i + 1)[0]",
        "iter([i])",
        "next(iter([i]))",
        "{i}",
        "-i",
        "None",
        "lambda: i",
        "np.ma.array(i)",
        "np.str_(i)",
        "np.datetime64(i, 's')",
        "np.timedelta64(i, 's')",
        "__import__('pandas').Series([i])",
        "type('X', (), {'__index__': lambda self: i, '__int__': lambda self: i, '__float__': lambda self: float(i)})()",
    )
    third = "1 / 3"
    yield from values(
        "worked values",
        f"exercise_13 = ({third}, {third}, {third})",
        f"exercise_13 = np.array([{third}] * 3)",
        f"exercise_13 = np.array([{third}] * 3, dtype=np.float32)",
        f"exercise_13 = np.array([{third}] * 3, dtype=np.longdouble)",
        f"exercise_13 = np.array([{third}] * 3, dtype=object)",
        f"exercise_13 = np.array([{third}] * 3, dtype=complex)",
        f"exercise_13 = np.matrix([{third}] * 3)",
        f"exercise_13 = np.ma.array([{third}] * 3)",
        f"exercise_13 = np.array([{third}] * 3)[:, None]",
        "from fractions import Fraction\nexercise_13 = [Fraction(1, 3)] * 3",
        "from decimal import Decimal\nexercise_13 = [Decimal(1) / 3] * 3",
        "exercise_13 = [np.longdouble(1) / 3] * 3",
        "exercise_13 = [np.float32(1) / 3] * 3",
        "exercise_13 = [np.float16(1) / 3] * 3",
        f"exercise_13 = [complex({third})] * 3",
        f"exercise_13 = iter([{third}] * 3)",
        f"exercise_13 = ({third} for _ in range(3))",
        f"exercise_13 = map(float, [{third}] * 3)",
        f"exercise_13 = {{{third}}}",
        f"exercise_13 = {{0: {third}, 1: {third}, 2: {third}}}",
        f"exercise_13 = [[{third}, {third}, {third}]]",
        f"exercise_13 = [[{third}], [{third}], [{third}]]",
        f"exercise_13 = '{third}, {third}, {third}'",
        "exercise_13 = ['1/3', '1/3', '1/3']",
        "exercise_13 = [0.333, 0.333, 0.333]",
        "exercise_13 = [0.3333, 0.3333, 0.3333]",
        "exercise_13 = [0.3, 0.3, 0.3]",
        "exercise_13 = [33.3, 33.3, 33.3]",
        f"exercise_13 = {third}",
        "exercise_13 = None",
        "exercise_13 = ...",
        "exercise_13 = [..., ..., ...]",
        "exercise_13 = []",
        "exercise_13 = [float('nan')] * 3",
        "exercise_13 = [float('inf')] * 3",
        "exercise_13 = [True, True, True]",
        "exercise_13 = lambda: [1 / 3] * 3",
        "import array\nexercise_13 = array.array('d', [1 / 3] * 3)",
        "from collections import deque\nexercise_13 = deque([1 / 3] * 3)",
        "import pandas as pd\nexercise_13 = pd.Series([1 / 3] * 3)",
        "import pandas as pd\nexercise_13 = pd.DataFrame([1 / 3] * 3)",
        "exercise_13 = range(3)",
        "exercise_13 = softmax([1, 1, 1])",
        "exercise_13 = softmax",
        "exercise_13: list[float] = [1 / 3] * 3",
        "exercise_13, other = [1 / 3] * 3, 5",
        "a = b = exercise_13 = [1 / 3] * 3",
        "exercise_13 = [1 / 3]\nexercise_13 += [1 / 3] * 2",
        "for exercise_13 in [[1 / 3] * 3]:\n    pass",
        "with open('x', 'w') as f:\n    exercise_13 = [1 / 3] * 3",
        "(exercise_13 := [1 / 3] * 3)",
        "def work():\n    global exercise_13\n    exercise_13 = [1 / 3] * 3\nwork()",
        "class exercise_13(list):\n    pass",
        "import sympy as exercise_13",
        "Exercise_13 = [1 / 3] * 3",
        "exercise_13 == [1 / 3] * 3",
    )
    yield from calling(
        "callbacks",
        "f",
        "lambda t: f(x=t)",
        "lambda t: f(np.longdouble(t))",
        "lambda t: f(__import__('fractions').Fraction(t))",
        "lambda t: f(__import__('decimal').Decimal(t))",
        "lambda t: f(np.float32(t))",
        "lambda t: f(np.float64(t))",
        "lambda t: f(complex(t)).real",
        "lambda t: f(np.array(t))",
        "lambda t: f(np.array([t]))[0]",
        "lambda t: f([t])",
        "lambda t: f(str(t))",
        "lambda t: f(t, t)",
        "lambda t: f()",
        "lambda t: f(y=t)",
        "lambda t: f(*[t])",
        "lambda t: f(**{'x': t})",
        "lambda t: f.__call__(t)",
        "lambda t: list(map(f, [t]))[0]",
        "lambda t: float(np.vectorize(f)(t))",
        "lambda t: np.vectorize(f)([t])[0]",
        "lambda t: float(np.frompyfunc(f, 1, 1)(t))",
        "lambda t: __import__('functools').partial(f, t)()",
        "lambda t: (f(t), [f(t) for _ in range(200)])[0]",
        "lambda t: (f.__name__, f(t))[1]",
        "lambda t: (f.__doc__, f(t))[1]",
        "lambda t: (callable(f), f(t))[1]",
        "lambda t: (repr(f), f(t))[1]",
        "lambda t: (__import__('inspect').signature(f), f(t))[1]",
        "lambda t: (f.__code__.co_argcount, f(t))[1]",
        "lambda t: (hash(f), f == f, f(t))[2]",
        "lambda t: __import__('concurrent.futures').futures.ThreadPoolExecutor(1).submit(f, t).result()",
        "lambda t: f(np.ma.array(t))",
        "lambda t: f(np.matrix([[t]]))[0, 0] if False else f(t)",
        "lambda t: f(type('F', (float,), {})(t))",
        "lambda t: f(type('I', (float,), {'__repr__': lambda s: 'x'})(t))",
        "lambda t: f(__import__('sympy').Rational(1, 3))",
        "lambda t: f(None)",
        "lambda t: f(f)",
        "lambda t: f({'a': t})",
        "lambda t: f(np.float16(t))",
        "lambda t: f(int(t)) + 0 * f(t)",
        "lambda t: __import__('copy').copy(f)(t)",
        "lambda t: __import__('copy').deepcopy(f)(t)",
        "lambda t: (lambda g: g(t))(f)",
        "lambda t: (lambda *a, **k: f(*a, **k))(t)",
        "__import__('functools').lru_cache(f)",
        "__import__('functools').wraps(f)(lambda t: f(t))",
        "lambda t: f(range(3)) if False else f(t)",
        "lambda t: f(True) + f(t) - f(1)",
        "lambda t: f(2 ** 70) * 0 + f(t)",
        "lambda t: f(1e300) * 0 + f(t)",
        "lambda t: f(10 ** 400) * 0 + f(t)",
    )
    yield Case(
        "callbacks",
        "keeps what it was handed, and calls it in a later call",
        "ch08_gradients",
        answers={
            "forward_difference": "kept = []\n"
            + DIFFERENCE.replace("    return", "    kept.append(f)\n    return")
        },
    )
    yield Case(
        "callbacks",
        "returns the function",
        "ch08_gradients",
        answers={"forward_difference": "def forward_difference(f, x, h):\n    return f"},
    )
    yield Case(
        "callbacks",
        "calls the function of an earlier call",
        "ch08_gradients",
        answers={
            "forward_difference": "kept = []\ndef forward_difference(f, x, h):\n    if not h > 0:\n        raise ValueError(f'{h}')\n    kept.append(f)\n    return (kept[0](x + h) - kept[0](x)) / h"
        },
    )
    yield Case(
        "callbacks",
        "catches the function's error",
        "ch08_gradients",
        answers={
            "forward_difference": DIFFERENCE.replace(
                "    return", "    try:\n        f('x')\n    except TypeError:\n        pass\n    return"
            )
        },
    )
    yield Case(
        "callbacks",
        "asks at many points",
        "ch08_gradients",
        answers={
            "forward_difference": DIFFERENCE.replace(
                "    return", "    [f(x + i * h) for i in range(2000)]\n    return"
            )
        },
    )
    yield Case(
        "callbacks",
        "central by forward",
        "ch08_gradients",
        answers={
            "central_difference": "def central_difference(f, x, h):\n    if not h > 0:\n        raise ValueError(f'{h}')\n    return (forward_difference(f, x, h) + forward_difference(lambda t: -f(-t), -x, h)) / 2"
        },
    )
