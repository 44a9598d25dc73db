"""What goes wrong in a chapter's sources on a Monday: each mistake is one message with a file, and only
a sound chapter is read without one."""

import random
import re
import subprocess
import sys

import pytest

from autograder.course.chapter import Course, read_chapter
from autograder.course.question import DeclarationError

# A mistake: the file, what stands there, what stands there instead, and what is said.
MISTAKES = [
    ("questions", "tolerance=0.01", "tolerance='0.01'", "give a positive number"),
    ("questions", "tolerance=0.01", "tolerance=-0.01", "give a positive number"),
    ("questions", "tolerance=0.01", "tolerance=float('nan')", "give a positive number"),
    ("questions", 'numbers={"n": 7}', "numbers='n'", "give a table of names and values"),
    ("questions", 'numbers={"n": 7}', "numbers=[7]", "give a table of names and values"),
    ("questions", 'source="Example 0"', "source=3", "give a text, or a list of texts"),
    ("questions", 'because="divide by two"', "because=2", "give a text"),
    ("questions", "caught_by=doubles,", "caught_by=3,", "give a check's name"),
    ("questions", "@twice.check", "@twice.check(points='1')", "give a number of points"),
    ("questions", "return {", "return 3, {", "it must return a table of names"),
    ("questions", "half = Worked", "import sys; sys.exit(3)\nhalf = Worked", "SystemExit: 3"),
    ("questions", "half = Worked", "twice.domain(y=3)\nhalf = Worked", "does not fit its reference"),
    ("questions", "half = Worked", "<<<<<<< HEAD\nhalf = Worked", "a merge is left half done"),
    ("questions", "half = Worked", "# \0\nhalf = Worked", "a NUL character"),
    ("solutions", "return n / 2", "return n / 0", "raises ZeroDivisionError"),
    ("solutions", "return n / 2", "return None", "returns None; it must return the answer"),
    ("solutions", "return n / 2", "return float('nan')", "returns nan; it must return the answer"),
    ("solutions", "def half(", "def twice(x):\n    return x\n\n\ndef half(", "`twice` is defined twice"),
    ("markdown", "<< half.n >>", "<< half.n / 0 >>", "works out a number that has none"),
    ("markdown", "<< half.n >>", "<< half.n + 'a' >>", "works out a number that has none"),
    ("markdown", "np\n```", "np\n", "the block is not ended"),
    ("markdown", "<!-- question: half -->", "- <!-- question: half -->", "alone on its line"),
    ("markdown", "<!-- question: half -->", "<!-- QUESTION: half -->", "alone on its line"),
    ("markdown", "Half of", ">>>>>>> theirs\nHalf of", "a merge is left half done"),
]


@pytest.mark.parametrize(("where", "old", "new", "said"), MISTAKES)
def test_a_mistake_is_one_message_with_its_file(tiny, where, old, new, said):
    tiny.replace(getattr(tiny, where), old, new)
    with pytest.raises(DeclarationError) as caught:
        read_chapter(tiny.root, tiny.name, "autumn" if "return 3" in new else "primer")
    assert said in str(caught.value)
    assert re.match(r"\S+/(chapter\.md|questions\.py|ch01_tiny\.py):\d+: ", str(caught.value))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"[points]\nch01_tny = 5\n", "[points] names `ch01_tny`, which is no chapter"),
        (b"[points]\nch01_tiny = inf\n", "give a positive number of points"),
        (b"# gr\xfcn\n", "not UTF-8"),
        (b"variant = fall\n", "course.toml:1: not TOML"),
    ],
)
def test_a_mistake_in_the_settings_is_one_message_with_their_file(tiny, text, said):
    (tiny.root / "course.toml").write_bytes(text)
    with pytest.raises(DeclarationError) as caught:
        Course.at(tiny.root).chapters()
    assert said in str(caught.value)
    assert "course.toml" in str(caught.value)


def test_settings_with_a_byte_order_mark_are_read(tiny):
    (tiny.root / "course.toml").write_bytes("\ufeff[points]\nch01_tiny = 5\n".encode())
    assert [chapter.name for chapter in Course.at(tiny.root).chapters()] == ["ch01_tiny"]


def test_a_course_without_a_chapter_says_so(tiny):
    tiny.markdown.parent.rename(tiny.root / "elsewhere")
    with pytest.raises(DeclarationError, match="holds no chapter"):
        Course.at(tiny.root).chapters()


def test_references_that_are_no_package_say_so(tiny):
    (tiny.root / "solutions" / "__init__.py").unlink()
    with pytest.raises(DeclarationError, match="it may be empty"):
        read_chapter(tiny.root, tiny.name)


def build(tiny):
    return subprocess.run(
        [sys.executable, "-B", "-m", "autograder", "build", "--quick", "--course", str(tiny.root)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_file_where_a_folder_belongs_is_told(tiny):
    (tiny.root / "student").write_text("x")
    run = build(tiny)
    assert (run.returncode, "Traceback" in run.stderr) == (2, False)
    assert "student cannot be written" in run.stderr.replace("\n", " ")


def test_a_file_of_no_text_beside_a_chapter_is_none_of_the_builds_business(tiny):
    (tiny.markdown.parent / "notes~").write_bytes(b"\xff\xfe")
    run = build(tiny)
    assert run.returncode == 0, run.stderr


# What a declaration takes, and in its place a value of every other kind: it is told when the chapter is read.
# The second law: nothing that is declared waits for a wrong answer to be found wrong itself.
OTHERS = ["None", "[]", "{}", "3.5", "-1", "''", "b'x'", "lambda: 0", "float('nan')", "object()", "True"]
# Of what a check works out when it runs, nothing can be said before.
WORKED_OUT = ("lambda: 0", "object()", "float('nan')")
CHECKED = "@twice.check\n"
DOMAIN = "from autograder.course.domains import numbers\n\ntwice.domain(x=numbers(), {})\n\n\n@twice.check\n"
# The place, what takes a value there, and which of the others are right.
DECLARED = [
    ('hint="Keep the sign."', "hint={}", []),
    ('hint="Divide, do not multiply."', "hint={}", []),
    ('because="add the number to itself"', "because={}", ["None"]),
    ('because="no absolute value"', "because={}", ["None"]),
    ("to_equal(6,", "to_equal(6, because_shape={},", ["None"]),
    ("to_equal(6,", "to_equal(6, rtol={},", ["3.5"]),
    ("to_equal(6,", "to_equal(6, atol={},", ["3.5"]),
    ("to_equal(6,", "to_equal(6, typed={},", ["True"]),
    ("to_equal(6,", "to_equal(6, parts={},", ["[]"]),
    ("@twice.alternative\ndef by_adding", "twice.alternative({})\n\n\ndef by_adding", ["lambda: 0"]),
    ("@half.draw\n", "half.draw({})\n\n\n", ["lambda: 0"]),
    (CHECKED, "twice.refuses({}, x=3)\n\n\n@twice.check\n", []),
    (CHECKED, DOMAIN.replace("{}", "rtol={}"), ["3.5"]),
    (CHECKED, DOMAIN.replace("{}", "because={}"), ["None"]),
    ("tolerance=0.01", "tolerance={}", ["None", "3.5"]),
    ("points=4,", "points={},", ["3.5"]),
    ("points=4,", "points=4, meaning={},", ["''"]),
    ("points=4,", "points=4, source={},", ["[]", "''"]),
    ("caught_by=doubles,", "caught_by={},", ["[]"]),
]


@pytest.mark.parametrize(("old", "new", "right"), DECLARED)
def test_a_value_of_another_kind_is_told_when_the_chapter_is_read(tiny, old, new, right):
    whole, in_a_check = tiny.questions.read_text(), old.startswith(("to_", "because"))
    for value in OTHERS:
        if value in right or (in_a_check and value in WORKED_OUT):
            continue
        tiny.questions.write_text(whole.replace(old, new.replace("{}", value), 1))
        with pytest.raises(DeclarationError) as caught:
            read_chapter(tiny.root, tiny.name)
        assert re.match(r"\S+/questions\.py:\d+: ", str(caught.value)), value


# The law: whatever is done to a source, reading it gives a chapter or a message, and no other error.
VALUES = ["None", "[]", "{}", "-1", "0", "'x'", "3.5", "lambda: 0", "float('nan')", "(1, 2)", "b'x'"]
TOKEN = re.compile(r"[A-Za-z_]\w*|\d+(?:\.\d+)?|\S")


def damage(text, rng):
    """The text with one to three small things done to it."""
    for _ in range(rng.randint(1, 3)):
        lines = text.split("\n")
        line = rng.randrange(len(lines))
        token = rng.choice(list(TOKEN.finditer(text)))
        kind = rng.randrange(6)
        if kind == 0:
            del lines[line]
            text = "\n".join(lines)
        elif kind == 1:
            lines.insert(line, rng.choice(lines))
            text = "\n".join(lines)
        elif kind == 2:
            text = text[: token.start()] + text[token.end() :]
        elif kind == 3:
            text = text[: token.start()] + rng.choice(VALUES) + text[token.end() :]
        elif kind == 4:
            other = rng.choice(list(TOKEN.finditer(text)))
            text = text[: token.start()] + other[0] + text[token.end() :]
        else:
            lines[line] = "    " + lines[line] if rng.random() < 0.5 else lines[line].strip()
            text = "\n".join(lines)
    return text


@pytest.mark.parametrize("seed", range(240))
def test_whatever_is_done_to_a_source_is_read_or_told(tiny, seed):
    rng = random.Random(seed)
    path = (tiny.markdown, tiny.questions, tiny.solutions)[seed % 3]
    path.write_text(damage(path.read_text(), rng))
    for variant in ("primer", "autumn"):
        try:
            read_chapter(tiny.root, tiny.name, variant)
        except DeclarationError as error:
            assert str(error).strip()
