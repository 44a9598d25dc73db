"""A chapter's sources as editors save them and people write them: read, or refused with file and line."""

import json

import nbformat
import pytest

from autograder.course.chapter import Course, read_chapter
from autograder.course.question import DeclarationError
from autograder.course.source import in_ascii
from autograder.publish.distribution import build
from autograder.publish.master import master_notebook


def edit(path, old, new, encoding="utf-8"):
    data = path.read_bytes()
    assert old.encode() in data
    path.write_bytes(data.replace(old.encode(), new.encode(encoding)))


@pytest.mark.parametrize("source", ["markdown", "questions", "solutions"])
def test_a_source_that_is_not_utf_8_is_refused_with_its_line(tiny, source):
    path = getattr(tiny, source)
    old = {
        "markdown": "Twice a number.",
        "questions": "Negative numbers too.",
        "solutions": "Divide by two.",
    }[source]
    line = path.read_text().partition(old)[0].count("\n") + 1
    edit(path, old, "Für alle.", "latin-1")
    with pytest.raises(DeclarationError) as caught:
        read_chapter(tiny.root, tiny.name)
    said = str(caught.value)
    assert said == f"{path}:{line}: not UTF-8 (byte 0xfc): save the file in the encoding UTF-8"


def test_a_coding_line_does_not_make_another_encoding_readable_to_students_machines(tiny):
    tiny.questions.write_bytes(b"# coding: latin-1\n# f\xfcr alle\n" + tiny.questions.read_bytes())
    with pytest.raises(DeclarationError, match=r"questions\.py:2: not UTF-8"):
        read_chapter(tiny.root, tiny.name)


def test_a_byte_order_mark_is_no_part_of_any_source(tiny):
    for path in (tiny.markdown, tiny.questions, tiny.solutions):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    chapter = read_chapter(tiny.root, tiny.name)
    assert chapter.title == "Chapter 1: Tiny"
    assert chapter.text.startswith("# Chapter 1")
    # What is wrong in such a file is told with its line all the same.
    assert chapter.questions["twice"].declared_at[1] == 5


def test_line_ends_of_windows_are_line_ends(tiny):
    tiny.markdown.write_bytes(tiny.markdown.read_bytes().replace(b"\n", b"\r\n"))
    assert list(read_chapter(tiny.root, tiny.name).questions) == ["twice", "half"]


@pytest.mark.parametrize("points", ["float('nan')", "float('inf')", "-1", "0", "True"])
def test_points_that_are_none_are_refused_with_their_line(tiny, points):
    edit(tiny.questions, "points=4", f"points={points}")
    with pytest.raises(DeclarationError, match=r"questions\.py:5: points="):
        read_chapter(tiny.root, tiny.name)


DETAILS = """\
Before.

<details><summary>How it goes</summary>

Some text.

```python
x = 1

y = 2
```

<details>
```python
z = 3
```
</details>

More text.
</details>

<details><summary>Short</summary>One line.</details>

After.
"""


def test_fenced_code_inside_details_is_shown_and_not_torn_apart(tiny):
    edit(tiny.markdown, "Twice a number.", DETAILS)
    cells = master_notebook(read_chapter(tiny.root, tiny.name)).cells
    assert not any(
        "x = 1" in cell.source or "z = 3" in cell.source for cell in cells if cell.cell_type == "code"
    )
    (whole,) = [cell.source for cell in cells if "x = 1" in cell.source]
    assert whole.startswith("<details><summary>How it goes")
    assert whole.endswith("More text.\n</details>")
    assert "region" not in whole
    assert "```python\nx = 1\n\ny = 2\n```" in whole
    assert any(cell.source == "import numpy as np" for cell in cells if cell.cell_type == "code")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("Text\n\n<details>\n\nmore", 5, "`<details>` is not ended"),
        ("Text\n\n</details>\n", 5, "`</details>` ends nothing"),
        ("<details>\n\n<!-- question: twice -->\n\n</details>", 5, "a question stands inside `<details>`"),
        ("![A map](map.png)", 3, "the text shows `map.png`, which is no file beside it"),
        ('Text\n<img src="images/map.png" width="3">', 4, "the text shows `images/map.png`"),
    ],
)
def test_text_that_students_would_not_get_whole_is_refused_with_its_line(tiny, text, line, said):
    if "question" in text:
        edit(tiny.markdown, "<!-- question: twice -->\n", "")
    edit(tiny.markdown, "Twice a number.", text)
    with pytest.raises(DeclarationError) as caught:
        read_chapter(tiny.root, tiny.name)
    assert f"chapter.md:{line}: {said}" in str(caught.value)


def test_pictures_beside_the_text_go_to_students_and_addresses_stay(tiny, tmp_path):
    text = "![A map](map.png) ![](./map.png) ![b](attachment:b.png) <img src='data:x'>\n\n![](https://x.org/a/b.png)"
    edit(tiny.markdown, "Twice a number.", text)
    (tiny.markdown.parent / "map.png").write_bytes(b"picture")
    build(Course.at(tiny.root).chapters(), tmp_path / "out")
    assert (tmp_path / "out" / "student" / tiny.name / "map.png").read_bytes() == b"picture"


def test_a_matplotlib_magic_is_given_to_students_and_stops_no_build(tiny, tmp_path):
    edit(tiny.markdown, "import numpy as np", "%matplotlib inline\nimport numpy as np")
    build(Course.at(tiny.root).chapters(), tmp_path / "out")
    notebook = nbformat.read(tmp_path / "out" / "student" / tiny.name / f"{tiny.name}.ipynb", as_version=4)
    assert any(cell.source == "%matplotlib inline\nimport numpy as np" for cell in notebook.cells)


# A student's machine may read a test file in any encoding
# ------------------------------------------------------


def test_a_check_with_other_characters_is_written_in_ascii_and_says_the_same(tiny, tmp_path):
    edit(tiny.questions, "Twice three is six.", "Twice 3 ≠ 2³: “six”, 🙂.")
    edit(tiny.questions, "add the number to itself", "σ × 2\\u2028 für x ∈ ℝ")
    edit(
        tiny.questions,
        "    expect(twice, 3)",
        "    # Größe\n    name = 'ü'\n    assert f'{name}ö' == 'üö'\n    expect(twice, 3)",
    )
    build(Course.at(tiny.root).chapters(), tmp_path / "out")
    path = tmp_path / "out" / "student" / tiny.name / "tests" / "twice.py"
    text = path.read_bytes().decode("ascii")
    from autograder.grade.release import load

    release = load(tmp_path / "out" / "dist" / "autograder" / f"{tiny.name}.zip")
    check = release.questions[0].checks[0]
    assert check.title == "Twice 3 ≠ 2³: “six”, 🙂."
    with pytest.raises(release.checking.CheckFailed) as failed:
        check.function(lambda x: 5)
    assert failed.value.because == "σ × 2\u2028 für x ∈ ℝ"
    assert "\\u2260" in text


@pytest.mark.parametrize(
    "source",
    [
        "x = 'ü' + \"“\" + '''a\n\u2028é''' + r'\\ø' + u'ß'\n",
        "def f():\n    # Größe → 🙂\n    return 'a'  # ü\n",
        "x = f'ü{1 + 1}é'\n",
        "x = 'ü'; y = 'é'; z = ['ö',\n 'ä']\n",
        "x = '\\n ü \\\\ é'\n",
    ],
)
def test_python_in_ascii_is_the_same_python(source):
    changed = in_ascii(source, "x.py")
    assert changed.isascii()
    before, after = {}, {}
    exec(source, before)
    exec(changed, after)
    assert {k: v for k, v in before.items() if isinstance(v, (str, list))} == {
        k: v for k, v in after.items() if isinstance(v, (str, list))
    }
    assert in_ascii("x = 1\n", "x.py") == "x = 1\n"


@pytest.mark.parametrize("source", ["σ = 1\n", "x = f'{σ}'\n", "x = f\"{'ü'}\"\n", "x = rf'ü{1}'\n"])
def test_what_has_no_escape_is_refused_by_name(source):
    with pytest.raises(DeclarationError, match=r"tests/softmax\.py has to be ASCII, since Otter reads it in"):
        in_ascii(source, "softmax.py")


def test_given_cells_stand_in_the_manifest_with_what_they_stand_before(tiny, tmp_path):
    import zipfile

    tiny.markdown.write_text(tiny.markdown.read_text() + "\n```python\nlast = 1\n```\n")
    build(Course.at(tiny.root).chapters(), tmp_path / "out")
    with zipfile.ZipFile(tmp_path / "out" / "dist" / "autograder" / f"{tiny.name}.zip") as archive:
        given = json.loads(archive.read("manifest.json"))["given"]
    assert [(cell["source"].splitlines()[-1], cell.get("before")) for cell in given] == [
        (f'grader = otter.Notebook("{tiny.name}.ipynb")', f"{tiny.name}-twice-answer"),
        ("import numpy as np", f"{tiny.name}-twice-answer"),
        ("last = 1", None),
    ]
