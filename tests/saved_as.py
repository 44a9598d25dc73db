"""What tools and people do to a solved notebook between the last cell and the grader: to its cells, to the
file it is saved in, and to the file on its way. None of it changes an answer."""

from __future__ import annotations

import ast
import base64
import bz2
import copy
import gzip
import io
import json
import lzma
import random
import re
import tarfile
import textwrap
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import jupytext
import nbformat
from nbconvert import MarkdownExporter, PythonExporter

from autograder.grade.reading.cells import names_in

Notebook = dict[str, Any]
Change = Callable[[Notebook, random.Random], None]
Save = Callable[[Notebook, random.Random], bytes]


class File(NamedTuple):
    """A file, or a folder's files: by name, where its content is a dictionary."""

    name: str
    content: bytes | dict[str, bytes]

    def put_into(self, folder: Path) -> Path:
        """Write the file, and return where it lies."""
        for name, content in _files(self).items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        return folder / self.name


def code(source: str, **more: Any) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": source,
    } | more


def text(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def source_of(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


# The cells --------------------------------------------------------------------------------------------------


def without_ids(notebook: Notebook, rng: random.Random) -> None:
    for cell in notebook["cells"]:
        cell.pop("id", None)
    notebook["nbformat_minor"] = rng.randint(0, 4)


def with_new_ids(notebook: Notebook, rng: random.Random) -> None:
    for cell in notebook["cells"]:
        cell["id"] = uuid.UUID(int=rng.getrandbits(128)).hex[:8]
    notebook["nbformat_minor"] = 5


def without_metadata(notebook: Notebook, rng: random.Random) -> None:
    notebook["metadata"] = {}
    for cell in notebook["cells"]:
        cell["metadata"] = {}


def by_colab(notebook: Notebook, rng: random.Random) -> None:
    for cell in notebook["cells"]:
        cell.pop("id", None)
        cell["metadata"] = {"id": f"{rng.getrandbits(60):012x}", "colab": {"base_uri": "https://localhost/"}}
    notebook["metadata"] = {"colab": {"provenance": []}, "kernelspec": {"name": "python3"}}
    notebook["nbformat_minor"] = 0


def by_colab_with_ids_kept(notebook: Notebook, rng: random.Random) -> None:
    for cell in notebook["cells"]:
        cell["metadata"] = {"id": cell.pop("id", "x")}
    notebook["metadata"] = {"colab": {}}
    notebook["nbformat_minor"] = 0


def by_kaggle(notebook: Notebook, rng: random.Random) -> None:
    for cell in notebook["cells"]:
        cell.pop("id", None)
        cell["metadata"] = {"_uuid": f"{rng.getrandbits(160):040x}", "trusted": True}
    notebook["metadata"] = {"kaggle": {"dataSources": []}, "language_info": {"name": "python"}}
    notebook["cells"].insert(0, code("# This Python 3 environment comes with many libraries\nimport os\n"))


def by_deepnote(notebook: Notebook, rng: random.Random) -> None:
    for cell in notebook["cells"]:
        cell.pop("id", None)
        cell["metadata"] = {
            "cell_id": f"{rng.getrandbits(128):032x}",
            "deepnote_cell_type": cell["cell_type"],
        }
        cell["block_group"] = "c1"
    notebook["metadata"] = {"deepnote": {}, "deepnote_notebook_id": "7"}
    notebook["cells"].append(text("<a href='https://deepnote.com'>Created in Deepnote</a>"))


def by_vs_code(notebook: Notebook, rng: random.Random) -> None:
    for cell in notebook["cells"]:
        cell.pop("id", None)
        cell["metadata"] = {"vscode": {"languageId": "python"}}
    notebook["metadata"] = {"interpreter": {"hash": "1f"}, "orig_nbformat": 4}
    notebook["nbformat_minor"] = 2


def run(notebook: Notebook, rng: random.Random) -> None:
    """Outputs of every kind stand behind the cells."""
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] == "code":
            cell["execution_count"] = number
            cell["outputs"] = [
                {"output_type": "stream", "name": "stdout", "text": ['"outputs": [\n', "}]\\"]},
                {
                    "output_type": "display_data",
                    "metadata": {},
                    "data": {"image/png": "iVBORw0KGgo=" * 50, "text/plain": ["<Figure>"]},
                },
            ]


def _swap_free(first: dict[str, Any], second: dict[str, Any]) -> bool:
    """Whether two cells in a row may be run the other way round."""
    if first["cell_type"] != "code" or second["cell_type"] != "code":
        return True
    one, two = names_in(source_of(first)), names_in(source_of(second))
    if "grader" in one.bound | two.bound or "handing_in" in one.bound | two.bound:
        return False
    return not (one.bound & (two.bound | two.mentioned) or two.bound & one.mentioned)


def in_another_order(notebook: Notebook, rng: random.Random) -> None:
    cells = notebook["cells"]
    for _ in range(4 * len(cells)):
        at = rng.randrange(max(1, len(cells) - 1))
        if at + 1 < len(cells) and _swap_free(cells[at], cells[at + 1]):
            cells[at : at + 2] = [cells[at + 1], cells[at]]


def with_cells_merged(notebook: Notebook, rng: random.Random) -> None:
    """Two code cells in a row, text between them left out, become one."""
    cells = notebook["cells"]
    numbers = [n for n, cell in enumerate(cells) if cell["cell_type"] == "code"]
    if len(numbers) < 2:
        return
    at = rng.randrange(len(numbers) - 1)
    first, second = numbers[at], numbers[at + 1]
    cells[first]["source"] = source_of(cells[first]) + "\n\n" + source_of(cells[second])
    del cells[second]


def with_a_cell_split(notebook: Notebook, rng: random.Random) -> None:
    """A cell of several statements becomes two."""
    cells = notebook["cells"]
    for number in rng.sample(range(len(cells)), len(cells)):
        if cells[number]["cell_type"] != "code":
            continue
        lines = source_of(cells[number]).split("\n")
        try:
            body = ast.parse("\n".join(lines)).body
        except SyntaxError:
            continue
        if len(body) > 1:
            at = rng.choice(body[1:]).lineno - 1
            cells[number]["source"] = "\n".join(lines[:at])
            cells.insert(number + 1, code("\n".join(lines[at:])))
            return


def with_scratch_below(notebook: Notebook, rng: random.Random) -> None:
    """The name of a function is used again further down, for something else."""
    sources = [source_of(cell) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    checks = re.findall(r'^grader\.check\("(\w+)"', "\n".join(sources), re.MULTILINE)
    names = [name for name in checks if any(name in names_in(source).defined for source in sources)]
    if names:
        name = rng.choice(names)
        notebook["cells"].append(code(f"{name} = None\nfor {name} in range(3):\n    pass"))


def with_the_old_try_kept(notebook: Notebook, rng: random.Random) -> None:
    """The stub still stands above the answer, in a cell of its own."""
    for number, cell in enumerate(notebook["cells"]):
        source = source_of(cell)
        if cell["cell_type"] == "code" and source.startswith("def ") and rng.random() < 0.3:
            name = source.split("(")[0].removeprefix("def ")
            head = source.partition(":\n")[0]
            stub = f'{head}:\n    raise NotImplementedError("{name}: not attempted yet")'
            notebook["cells"].insert(number, code(stub))
            return


def with_cells_of_their_own(notebook: Notebook, rng: random.Random) -> None:
    for extra in (
        code("%matplotlib inline"),
        code("import os\nos.getcwd()"),
        code(""),
        text("My notes: `def f(x):`"),
    ):
        notebook["cells"].insert(rng.randrange(len(notebook["cells"]) + 1), copy.deepcopy(extra))


def without_text(notebook: Notebook, rng: random.Random) -> None:
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def without_checks(notebook: Notebook, rng: random.Random) -> None:
    for cell in notebook["cells"]:
        lines = source_of(cell).splitlines(keepends=True)
        cell["source"] = "".join(line for line in lines if not line.startswith("grader.check("))


def without_a_given_cell(notebook: Notebook, rng: random.Random) -> None:
    given = [n for n, cell in enumerate(notebook["cells"]) if "import numpy" in source_of(cell)]
    if given and len(notebook["cells"]) > 1:
        del notebook["cells"][given[0]]


def formatted(notebook: Notebook, rng: random.Random) -> None:
    """Single quotes, and a blank line at the end of each cell, as some formatters leave them."""
    for cell in notebook["cells"]:
        source = source_of(cell)
        if cell["cell_type"] == "code" and "'" not in source and '"""' not in source:
            cell["source"] = source.replace('"', "'") + "\n\n"


def with_lines_as_a_list(notebook: Notebook, rng: random.Random) -> None:
    for cell in notebook["cells"]:
        cell["source"] = source_of(cell).splitlines(keepends=True)


def with_lines_of_windows(notebook: Notebook, rng: random.Random) -> None:
    for cell in notebook["cells"]:
        cell["source"] = source_of(cell).replace("\r\n", "\n").replace("\n", "\r\n")


def merged_with_itself(notebook: Notebook, rng: random.Random) -> None:
    """Both sides of a merge are kept: every cell stands there twice."""
    both = []
    for cell in notebook["cells"]:
        both += [cell, copy.deepcopy(cell)]
    notebook["cells"] = both


def with_everything_in_one_cell(notebook: Notebook, rng: random.Random) -> None:
    sources = [source_of(cell) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    notebook["cells"] = [code("\n\n".join(sources))]


def with_prompts(notebook: Notebook, rng: random.Random) -> None:
    """A function was pasted with the prompts of the shell it was tried in."""
    first, more = rng.choice([(">>> ", "... "), ("In [3]: ", "   ...: ")])
    cells = [cell for cell in notebook["cells"] if source_of(cell).startswith("def ")]
    for cell in cells[: rng.randint(1, 2)]:
        lines = source_of(cell).replace("\r\n", "\n").split("\n")
        cell["source"] = "\n".join([first + lines[0], *(more + line for line in lines[1:])])


def with_magics(notebook: Notebook, rng: random.Random) -> None:
    for cell in notebook["cells"]:
        if source_of(cell).startswith("def ") and rng.random() < 0.5:
            cell["source"] = rng.choice(["%%time\n", "%%capture\n", "# %%\n"]) + source_of(cell)


def with_cells_that_fail(notebook: Notebook, rng: random.Random) -> None:
    for extra in ("1 / 0", "import torch", "drwaings.picture()", "print(np.arange(3)[5])"):
        notebook["cells"].insert(rng.randrange(len(notebook["cells"]) + 1), code(extra))


def with_lines_without_ends(notebook: Notebook, rng: random.Random) -> None:
    """As versions 1 and 2 had them."""
    for cell in notebook["cells"]:
        cell["source"] = source_of(cell).splitlines()


def with_untidy_cells(notebook: Notebook, rng: random.Random) -> None:
    """What schemas forbid and files have."""
    for cell in notebook["cells"]:
        if rng.random() < 0.3:
            cell["metadata"] = None
        if cell["cell_type"] == "code" and rng.random() < 0.3:
            cell["cell_type"] = "Code"
            cell["outputs"] = None
    notebook["cells"].insert(0, None)
    notebook["cells"].append({})
    notebook["nbformat"] = "4"


CHANGES: list[Change] = [
    with_everything_in_one_cell,
    without_ids,
    with_new_ids,
    without_metadata,
    by_colab,
    by_colab_with_ids_kept,
    by_kaggle,
    by_deepnote,
    by_vs_code,
    run,
    in_another_order,
    with_cells_merged,
    with_a_cell_split,
    with_the_old_try_kept,
    with_cells_of_their_own,
    without_text,
    without_checks,
    without_a_given_cell,
    formatted,
    with_lines_as_a_list,
    with_lines_of_windows,
    merged_with_itself,
]

# Changes after which cells can neither be merged nor divided.
LATE_CHANGES: list[Change] = [with_prompts, with_magics, with_cells_that_fail, with_scratch_below]
# Changes that leave what no library reads any more: none comes after them, and JSON alone holds them.
LAST_CHANGES: list[Change] = [with_lines_without_ends, with_untidy_cells]

# The file ---------------------------------------------------------------------------------------------------


def _plain(notebook: Notebook) -> Any:
    """The notebook as nbformat and Jupytext take it."""
    cells = []
    for cell in notebook["cells"]:
        source = source_of(cell).replace("\r\n", "\n")
        make = nbformat.v4.new_code_cell if cell["cell_type"] == "code" else nbformat.v4.new_markdown_cell
        cells.append(make(source, metadata=cell["metadata"]))
    return nbformat.v4.new_notebook(
        cells=cells,
        metadata={"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}},
    )


def as_json(**how: Any) -> Save:
    return lambda notebook, rng: json.dumps(notebook, **how).encode()


def in_encoding(encoding: str) -> Save:
    return lambda notebook, rng: json.dumps(notebook, indent=1, ensure_ascii=False).encode(encoding)


def with_crlf(notebook: Notebook, rng: random.Random) -> bytes:
    return json.dumps(notebook, indent=1).encode().replace(b"\n", b"\r\n")


def as_nbformat_3(notebook: Notebook, rng: random.Random) -> bytes:
    cells = []
    for cell in notebook["cells"]:
        old = {key: value for key, value in cell.items() if key not in ("source", "execution_count", "id")}
        if cell["cell_type"] == "code":
            old |= {"input": cell["source"], "language": "python", "prompt_number": 1, "outputs": []}
        else:
            old |= {"source": cell["source"]}
        cells.append(old)
    half = rng.randrange(len(cells))
    sheets = [{"cells": cells[:half]}, {"cells": cells[half:]}]
    return json.dumps(
        {"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": sheets}
    ).encode()


def as_nbformat_1(notebook: Notebook, rng: random.Random) -> bytes:
    cells = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cells.append({"cell_type": "code", "code": source_of(cell), "prompt_number": 1})
        else:
            cells.append({"cell_type": "text", "text": source_of(cell)})
    return json.dumps({"cells": cells}).encode()


def as_vs_codes_first(notebook: Notebook, rng: random.Random) -> bytes:
    cells = [
        {"kind": 2, "language": "python", "value": source_of(cell), "outputs": []}
        if cell["cell_type"] == "code"
        else {"kind": 1, "language": "markdown", "value": source_of(cell)}
        for cell in notebook["cells"]
    ]
    return json.dumps({"cells": cells}).encode()


def as_githubs_answer(notebook: Notebook, rng: random.Random) -> bytes:
    content = base64.encodebytes(json.dumps(notebook).encode()).decode()
    answer = {"name": "x.ipynb", "path": "x.ipynb", "sha": "0f", "size": 3, "type": "file"}
    return json.dumps(answer | {"content": content, "encoding": "base64"}).encode()


def as_jupyters_answer(notebook: Notebook, rng: random.Random) -> bytes:
    answer = {"name": "x.ipynb", "path": "x.ipynb", "type": "notebook", "format": "json", "content": notebook}
    return json.dumps(answer).encode()


def with_something_behind(notebook: Notebook, rng: random.Random) -> bytes:
    return json.dumps(notebook, indent=1).encode() + rng.choice(
        [b"}", b"\n}\n", b"\n ]\n}\n", b"\0\0", b"\n\n"]
    )


def by_jupytext(form: str) -> Save:
    return lambda notebook, rng: jupytext.writes(_plain(notebook), fmt=form).encode()


def by_nbconvert(notebook: Notebook, rng: random.Random) -> bytes:
    return PythonExporter().from_notebook_node(_plain(notebook))[0].encode()


def as_plain_code(notebook: Notebook, rng: random.Random) -> bytes:
    sources = [source_of(cell) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return "\n\n".join(sources).replace("\r\n", "\n").encode()


def by_nbconvert_as_markdown(notebook: Notebook, rng: random.Random) -> bytes:
    return MarkdownExporter().from_notebook_node(_plain(notebook))[0].encode()


def by_colab_as_a_script(notebook: Notebook, rng: random.Random) -> bytes:
    parts = [
        '# -*- coding: utf-8 -*-\n"""Untitled3.ipynb\n\nAutomatically generated by Colab.\n\n'
        'Original file is located at\n    https://colab.research.google.com/drive/1\n"""'
    ]
    for cell in notebook["cells"]:
        source = source_of(cell).replace("\r\n", "\n")
        if cell["cell_type"] == "code":
            said = "# Commented out IPython magic to ensure Python compatibility.\n# %"
            parts.append(re.sub(r"^%", said, source, flags=re.MULTILINE))
        else:
            # As Colab does: nothing that would end the string stays in it.
            parts.append('"""' + source.replace("\\", "\\\\").replace('"', "'") + '"""')
    return "\n\n".join(parts).encode()


def with_marks(code_mark: str, text_mark: str) -> Save:
    """A script with a line above each cell."""

    def save(notebook: Notebook, rng: random.Random) -> bytes:
        parts = []
        for cell in notebook["cells"]:
            source = source_of(cell).replace("\r\n", "\n")
            if cell["cell_type"] == "code":
                parts.append(f"{code_mark}\n{source}\n")
            else:
                parts.append(f"{text_mark}\n" + "".join(f"# {line}\n" for line in source.split("\n")))
        return "\n".join(parts).encode()

    return save


def fenced_by(opening: str, closing: str = "```") -> Save:
    """As notes apps and chats write code."""

    def save(notebook: Notebook, rng: random.Random) -> bytes:
        parts = []
        for cell in notebook["cells"]:
            source = source_of(cell).replace("\r\n", "\n")
            parts.append(f"{opening}\n{source}\n{closing}" if cell["cell_type"] == "code" else source)
        return "\n\n".join(parts).encode()

    return save


def by_marimo(notebook: Notebook, rng: random.Random) -> bytes:
    parts = ['import marimo\n\n__generated_with = "0.13.0"\napp = marimo.App()\n']
    for cell in notebook["cells"]:
        source = source_of(cell).replace("\r\n", "\n").strip("\n")
        if cell["cell_type"] != "code":
            source = f'mo.md(r"""\n{source}\n""")'
        if not source.strip() or all(line.startswith("#") for line in source.splitlines()):
            continue
        names = names_in(source)
        try:
            ast.parse(source)
        except SyntaxError:
            parts.append(f'app._unparsable_cell(\n    {source!r},\n    name="_"\n)\n')
            continue
        takes, gives = sorted(names.mentioned - names.bound), sorted(names.bound)
        gone = f"    return {', '.join(gives)}{',' * (len(gives) == 1)}" if gives else "    return"
        parts.append(f"@app.cell\ndef _({', '.join(takes)}):\n{textwrap.indent(source, '    ')}\n{gone}\n")
    return ("\n\n".join([*parts, 'if __name__ == "__main__":\n    app.run()'])).encode()


def as_a_transcript(notebook: Notebook, rng: random.Random) -> bytes:
    """What stands in a Python shell after all cells were typed into it."""
    shown = ["Python 3.12.1 (main, Jan  1 2026) [GCC 13.2.0] on linux", 'Type "help" for more information.']
    for cell in notebook["cells"]:
        source = source_of(cell).replace("\r\n", "\n")
        if cell["cell_type"] != "code":
            continue
        try:
            body = ast.parse(source).body
        except SyntaxError:
            continue
        lines = source.split("\n")
        for statement in body:
            first = min([statement.lineno, *(d.lineno for d in getattr(statement, "decorator_list", []))])
            own = lines[first - 1 : statement.end_lineno]
            shown += [f">>> {own[0]}", *(f"... {line}".rstrip() for line in own[1:])]
            shown += ["... "] if isinstance(statement, (ast.FunctionDef, ast.For, ast.If, ast.With)) else []
            shown += ["array([0.5, 0.5])"] if isinstance(statement, ast.Expr) else []
    return "\n".join([*shown, ">>> "]).encode()


SAVES: list[tuple[str, Save]] = [
    ("ipynb", as_json()),
    ("ipynb", as_json(indent=1)),
    ("ipynb", as_json(indent="\t", sort_keys=True)),
    ("ipynb", in_encoding("utf-8-sig")),
    ("ipynb", in_encoding("utf-16")),
    ("ipynb", in_encoding("utf-16-le")),
    ("ipynb", in_encoding("utf-32-be")),
    ("ipynb", with_crlf),
    ("ipynb", as_nbformat_3),
    ("ipynb", as_nbformat_1),
    ("ipynb", as_vs_codes_first),
    ("ipynb", with_something_behind),
    ("json", as_githubs_answer),
    ("ipynb", as_githubs_answer),
    ("json", as_jupyters_answer),
    ("py", by_nbconvert),
    ("py", by_jupytext("py:light")),
    ("py", by_jupytext("py:percent")),
    ("py", by_jupytext("py:hydrogen")),
    ("py", by_jupytext("py:nomarker")),
    ("md", by_jupytext("md")),
    ("Rmd", by_jupytext("Rmd")),
    ("qmd", by_jupytext("Rmd")),
    ("md", by_jupytext("md:myst")),
    ("py", as_plain_code),
    ("py", by_jupytext("py:sphinx")),
    ("md", by_nbconvert_as_markdown),
    ("py", by_colab_as_a_script),
    ("py", with_marks("# %%", "# %% [markdown]")),
    ("py", with_marks("#%%", "#%% md")),
    ("py", with_marks("# COMMAND ----------", "# COMMAND ----------\n\n# MAGIC %md")),
    ("py", with_marks("# <codecell>", "# <markdowncell>")),
    ("md", fenced_by("```Python")),
    ("md", fenced_by("~~~ python", "~~~")),
    ("qmd", fenced_by("```{python}\n#| echo: false")),
    ("Rmd", fenced_by("```{python x, echo=FALSE}")),
    ("md", fenced_by("::: {.cell .code}\n``` python", "```\n:::")),
    ("md", fenced_by("```")),
    ("md", fenced_by("```python {.marimo}")),
    ("md", fenced_by("````py")),
    ("py", by_marimo),
    ("py", as_a_transcript),
    ("txt", as_a_transcript),
    ("txt", as_plain_code),
]

# Those in which a magic or a prompt is an error.
OF_PYTHON_ALONE = (as_plain_code, as_a_transcript, by_marimo)
# Those that write each cell anew.
IN_WORDS_OF_ITS_OWN = (as_nbformat_3, as_nbformat_1, as_vs_codes_first)

# The way ----------------------------------------------------------------------------------------------------


def _files(file: File) -> dict[str, bytes]:
    return (
        {f"{file.name}/{k}": v for k, v in file.content.items()}
        if isinstance(file.content, dict)
        else {file.name: file.content}
    )


def zipped(file: File, rng: random.Random) -> File:
    data = io.BytesIO()
    with zipfile.ZipFile(
        data, "w", rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
    ) as packed:
        for name, content in _files(file).items():
            packed.writestr(name, content)
    return File(f"{file.name.partition('.')[0]}.zip", data.getvalue())


def tarred(file: File, rng: random.Random) -> File:
    kind = rng.choice(["", "gz", "bz2", "xz"])
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=f"w:{kind}") as packed:  # type: ignore[call-overload]
        for name, content in _files(file).items():
            item = tarfile.TarInfo(name)
            item.size = len(content)
            packed.addfile(item, io.BytesIO(content))
    ends = {"": [".tar"], "gz": [".tar.gz", ".tgz"], "bz2": [".tar.bz2", ".tbz2"], "xz": [".tar.xz", ".txz"]}
    return File(file.name.partition(".")[0] + rng.choice(ends[kind]), data.getvalue())


def compressed(file: File, rng: random.Random) -> File:
    if isinstance(file.content, dict):
        return file
    ending, pack = rng.choice([("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)])
    return File(f"{file.name}.{ending}", pack(file.content))


def in_a_folder(file: File, rng: random.Random) -> File:
    return File(rng.choice(["jane", "Homework 6", "submission_12"]), _files(file))


def with_apples_companion(file: File, rng: random.Random) -> File:
    double = b"\0\5\x16\7\0\2\0\0Mac OS X        " + bytes(60)
    names = _files(file)
    beside = {"/".join([*name.split("/")[:-1], "._" + name.split("/")[-1]]): double for name in names}
    return File("from a Mac", {**beside, **{f"__MACOSX/{k}": v for k, v in beside.items()}, **names})


def renamed(file: File, rng: random.Random) -> File:
    stem, dot, ending = file.name.partition(".")
    new = rng.choice(
        [f"Copy_of_{stem}", f"{stem} (1)", f"{stem}-Copy1", "Untitled3", "hw", "HOMEWORK 6 final", "__x__"]
    )
    return File(new + dot + ending, file.content)


def with_another_ending(file: File, rng: random.Random) -> File:
    if isinstance(file.content, dict):
        return file
    if file.name.endswith((".zip", ".gz", ".bz2", ".xz", ".tar", ".tgz", ".tbz2", ".txz")):
        return file
    return File(
        f"{file.name}.txt" if rng.random() < 0.7 else file.name.rpartition(".")[0] + ".txt", file.content
    )


def under_a_wrong_ending(file: File, rng: random.Random) -> File:
    if isinstance(file.content, dict):
        return file
    ending = rng.choice(
        ["ipynb", "py", "zip.ipynb", "ipynb.zip", "dat", "html", "ipynb.part", "ipnyb", "tar.gz"]
    )
    return File(file.name.partition(".")[0] + "." + ending, file.content)


def beside_the_untouched(file: File, rng: random.Random) -> File:
    """The notebook that was given out lies beside it."""
    stub = {"cells": [code("def softmax(z):\n    raise NotImplementedError")], "metadata": {}, "nbformat": 4}
    return File("handed in", {"untouched.ipynb": json.dumps(stub).encode(), **_files(file)})


def zipped_by_windows(file: File, rng: random.Random) -> File:
    """With backslashes between folders, something in front, and a comment behind."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for name, content in _files(file).items():
            packed.writestr("a/b/" + name, content)
        packed.comment = b"made by something"
    return File(f"{file.name.partition('.')[0]}.zip", data.getvalue().replace(b"a/b/", b"a\\b\\"))


def in_capitals(file: File, rng: random.Random) -> File:
    stem, dot, ending = file.name.partition(".")
    return File(stem + dot + ending.upper(), file.content)


def beside_data(file: File, rng: random.Random) -> File:
    return File(
        "work",
        {
            **_files(file),
            "data.json": b'{"a": [1, 2]}',
            "notes.txt": b"softmax = exp",
            "README.md": b"# Hello\n\n```\npip install x\n```\n",
        },
    )


SENDS: list[Callable[[File, random.Random], File]] = [
    zipped,
    zipped_by_windows,
    under_a_wrong_ending,
    beside_the_untouched,
    tarred,
    compressed,
    in_a_folder,
    with_apples_companion,
    renamed,
    with_another_ending,
    in_capitals,
    beside_data,
]


class Chain(NamedTuple):
    """What was done, by name, and the file that came of it."""

    steps: list[str]
    file: File


def chain(solved: str, name: str, rng: random.Random) -> Chain:
    """A solved notebook after a few changes drawn at random."""
    notebook = json.loads(solved)
    steps = []
    for change in rng.sample(CHANGES, rng.randint(0, 4)):
        change(notebook, rng)
        steps.append(change.__name__)
    number = rng.randrange(len(SAVES))
    for change in rng.sample(LATE_CHANGES, rng.choice([0, 0, 1, 2])):
        if SAVES[number][1] in OF_PYTHON_ALONE and change in (with_prompts, with_magics):
            continue
        change(notebook, rng)
        steps.append(change.__name__)
    if SAVES[number][0] == "ipynb" and SAVES[number][1] not in IN_WORDS_OF_ITS_OWN and rng.random() < 0.2:
        change = rng.choice(LAST_CHANGES)
        change(notebook, rng)
        steps.append(change.__name__)
    ending, save = SAVES[number]
    steps.append(f"{ending} {number} {save.__qualname__}")
    file = File(f"{name}.{ending}", save(notebook, rng))
    for send in rng.sample(SENDS, rng.randint(0, 3)):
        file = send(file, rng)
        steps.append(f"{send.__name__}: {file.name}")
    return Chain(steps, file)
