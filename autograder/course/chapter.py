"""A chapter's sources: its text, its questions and its references, read together and checked against each
other."""

from __future__ import annotations

import ast
import importlib
import inspect
import math
import re
import sys
import textwrap
import traceback
import types
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2

from autograder.course.domains import in_call_order
from autograder.course.question import (
    Answerable,
    Check,
    DeclarationError,
    HandGraded,
    Question,
    WorkedValue,
    must_fit_an_ask,
    numbers_for,
)
from autograder.course.settings import CourseSettings, read_settings
from autograder.kit.checking import Expectation

MARKER = re.compile(r"^<!--\s*question:\s*(?P<name>\w+)\s*-->[ \t]*$", re.MULTILINE)
CHAPTER_NAME = re.compile(r"ch\d\d_[a-z0-9_]+")
QUESTION_KINDS = ("Question", "WorkedValue", "Reading", "HandGraded")


@dataclass(frozen=True)
class Course:
    """The folder a course lives in."""

    root: Path

    @classmethod
    def at(cls, root: Path) -> Course:
        if not (root / "assignments").is_dir():
            raise DeclarationError(f"{root} is no course: it has no folder `assignments`")
        return cls(root)

    @cached_property
    def settings(self) -> CourseSettings:
        return read_settings(self.root)

    @property
    def chapter_names(self) -> list[str]:
        folders = [
            p
            for p in (self.root / "assignments").iterdir()
            if p.is_dir() and not p.name.startswith((".", "_"))
        ]
        if not folders:
            raise DeclarationError(
                f"{self.root / 'assignments'} holds no chapter: make a folder in it, as ch01_vectors"
            )
        for folder in folders:
            if not CHAPTER_NAME.fullmatch(folder.name):
                raise DeclarationError(
                    f"{folder} is not a chapter's name: call it chNN_slug, as ch06_softmax (two digits, small"
                    " letters), or move it"
                )
        return sorted(folder.name for folder in folders)

    def chapters(self, names: Sequence[str] = (), variant: str | None = None) -> list[Chapter]:
        """The chapters of those names, or all of them, read and checked; the variant is the course's unless
        one is given."""
        known = self.chapter_names
        for name in names:
            if name not in known:
                raise DeclarationError(
                    f"no chapter `{name}` in {self.root / 'assignments'}; there are"
                    f" {', '.join(known) or 'none'}"
                )
        if strangers := sorted(set(self.settings.points) - set(known)):
            raise DeclarationError(
                f"[points] names `{strangers[0]}`, which is no chapter; there are {', '.join(known)}",
                self.root / "course.toml",
            )
        variant = variant or self.settings.variant
        read = [read_chapter(self.root, name, variant) for name in names or known]
        return [replace(chapter, hints=self.settings.hints) for chapter in read]


@dataclass(frozen=True, eq=False)
class Chapter:
    """One chapter, for one variant of its numbers."""

    name: str
    root: Path
    variant: str
    questions: dict[str, Answerable]
    references: dict[str, Callable[..., Any]]
    reference_module: types.ModuleType
    numbers: dict[str, dict[str, Any]]
    text: str
    # What the notebook tells on request; one of `settings.HINTS`.
    hints: str = "none"
    # The source of each question's drawn check, once there is one: a build fills it in.
    drawn_checks: dict[str, str] = field(default_factory=dict)

    @property
    def points(self) -> float:
        return sum(question.points for question in self.questions.values())

    @cached_property
    def title(self) -> str:
        heading = re.search(r"^# (.+)$", self.text, re.MULTILINE)
        return heading.group(1).strip() if heading else self.name

    @property
    def markdown_path(self) -> Path:
        return self.root / "assignments" / self.name / "chapter.md"

    @property
    def questions_path(self) -> Path:
        return self.root / "assignments" / self.name / "questions.py"

    @property
    def answers_path(self) -> Path:
        return self.root / "assignments" / self.name / "answers.py"

    @property
    def data_paths(self) -> list[Path]:
        """What else the chapter gives students, beside the notebook: its drawings, data and images."""
        sources = {
            self.markdown_path.name,
            self.questions_path.name,
            self.answers_path.name,
            "equivalents.toml",
        }
        return sorted(
            path
            for path in self.markdown_path.parent.iterdir()
            if path.is_file() and path.name not in sources and not path.name.startswith(".")
        )

    @property
    def solutions_path(self) -> Path:
        return self.root / "solutions" / f"{self.name}.py"

    def answer(self, question: WorkedValue) -> Any:
        """The answer to a worked value, from its reference and the variant's numbers."""
        return self.references[question.name](**self.numbers[question.name])


def read_chapter(root: Path, name: str, variant: str = "primer") -> Chapter:
    """Read a chapter's three sources; raises `DeclarationError` with file and line if they do not fit
    together."""
    folder = root / "assignments" / name
    markdown, questions_path, solutions_path = (
        folder / "chapter.md",
        folder / "questions.py",
        root / "solutions" / f"{name}.py",
    )
    for path, what in [(markdown, "text"), (questions_path, "questions"), (solutions_path, "references")]:
        if not path.is_file():
            raise DeclarationError(f"{name} has no {what}: {path} is missing", path)
    package = root / "solutions" / "__init__.py"
    if not package.is_file():
        raise DeclarationError("is missing: it makes the references a package; it may be empty", package)
    for path in (markdown, questions_path, folder / "answers.py", folder / "drawings.py", solutions_path):
        if path.is_file():
            _plain_text(path)
    for path in (questions_path, folder / "answers.py"):
        if path.is_file():
            _no_loose_text(path)
    lines = _declaration_lines(questions_path)
    _defined_once(solutions_path)
    with _importable_solutions(root):
        solutions = _run(solutions_path, f"solutions.{name}")
        module = _run(questions_path, "questions")
        if (folder / "answers.py").is_file():
            _run(folder / "answers.py", "answers")
    questions = _named_questions(module, questions_path, lines)
    references = _references(questions, solutions, solutions_path)
    template = _text_of(markdown)
    _markers_fit(template, markdown, questions)
    _details_end(template, markdown)
    _pictures_are_beside(template, markdown)
    _fences_end(template, markdown)
    for question in questions.values():
        _well_declared(question, questions)
        _domain_fits(question, references)
    try:
        numbers = numbers_for(variant, name, questions.values(), references)
    except DeclarationError:
        raise
    except Exception as error:
        raise DeclarationError(
            f"the numbers of variant `{variant}` cannot be drawn: {type(error).__name__}: {error}",
            questions_path,
            _line_in(error, questions_path),
        ) from error
    _answers_are_plain(questions, references, numbers)
    text = _fill_in(template, markdown, numbers)
    ordered = {m["name"]: questions[m["name"]] for m in MARKER.finditer(template)}
    return Chapter(name, root, variant, ordered, references, solutions, numbers, text)


def _text_of(path: Path) -> str:
    """A source's text, which is UTF-8: what students get of it is read by programs that expect nothing
    else."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{data[error.start]:02x}"
        raise DeclarationError(
            f"not UTF-8 ({found}): save the file in the encoding UTF-8", path, line
        ) from error
    return text.replace("\r\n", "\n")


def _plain_text(path: Path) -> None:
    """What no source holds: a merge that was left half done, control characters, Python that is none."""
    text = _text_of(path)
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith(("<<<<<<< ", ">>>>>>> ")):
            raise DeclarationError("a merge is left half done here: choose one of its sides", path, number)
        if "\0" in line:
            raise DeclarationError("a NUL character stands here: take it out", path, number)
    if path.suffix == ".py":
        try:
            ast.parse(text)
        except SyntaxError as error:
            raise DeclarationError(f"not Python: {error.msg}", path, error.lineno) from error


def _no_loose_text(path: Path) -> None:
    """A text on a line of its own does nothing: it is the end of the one above it, which has lost its
    brackets."""
    tree = ast.parse(_text_of(path))
    documented = (ast.Module, ast.FunctionDef, ast.ClassDef)
    docstrings = {id(node.body[0]) for node in ast.walk(tree) if isinstance(node, documented) and node.body}
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and id(node) not in docstrings:
            value = getattr(node.value, "value", None)
            if isinstance(value, str) or isinstance(node.value, ast.JoinedStr):
                raise DeclarationError(
                    "this text belongs to nothing: if it goes on from the line above, put both into brackets",
                    path,
                    node.lineno,
                )


def _defined_once(path: Path) -> None:
    """The second function of a name would take the place of the first without a word."""
    seen: dict[str, int] = {}
    for node in ast.parse(_text_of(path)).body:
        if isinstance(node, ast.FunctionDef):
            if node.name in seen:
                raise DeclarationError(
                    f"`{node.name}` is defined twice; the first is in line {seen[node.name]}",
                    path,
                    node.lineno,
                )
            seen[node.name] = node.lineno


def _fences_end(text: str, path: Path) -> None:
    opened: tuple[int, str] | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        found = re.match(r"(`{3,}|~{3,})(.*)", line)
        if not found:
            continue
        if opened is None:
            opened = number, found[1]
        elif found[1].startswith(opened[1]) and not found[2].strip():
            opened = None
    if opened:
        raise DeclarationError(f"the block is not ended: put `{opened[1]}` on a line", path, opened[0])


def _domain_fits(question: Answerable, references: dict[str, Callable[..., Any]]) -> None:
    """What a domain draws are arguments that the reference has."""
    if not isinstance(question, Question):
        return
    reference = references[question.name]
    takes = inspect.signature(reference)
    try:
        for example in question.inputs.one_of_each(question.name):
            by_place, by_name = in_call_order(reference, example.arguments)
            takes.bind(*by_place, **by_name)
    except Exception as error:
        raise DeclarationError(
            f"the domain of `{question.name}` does not fit its reference, which takes {takes}:"
            f" {type(error).__name__}: {error}",
            *question.declared_at,
        ) from error


def _answers_are_plain(
    questions: dict[str, Answerable],
    references: dict[str, Callable[..., Any]],
    numbers: dict[str, dict[str, Any]],
) -> None:
    """Every worked value has an answer: a reference that raises, or returns nothing, is told here."""
    for name, question in questions.items():
        if not isinstance(question, WorkedValue):
            continue
        code = references[name].__code__
        given = f"reference `{name}`, given {numbers[name]},"
        try:
            answer = references[name](**numbers[name])
        except Exception as error:
            line = _line_in(error, Path(code.co_filename))
            raise DeclarationError(
                f"{given} raises {type(error).__name__}: {error}", code.co_filename, line
            ) from error
        if answer is None or (isinstance(answer, float) and math.isnan(answer)):
            raise DeclarationError(
                f"{given} returns {answer}; it must return the answer",
                code.co_filename,
                code.co_firstlineno,
            )


@contextmanager
def _importable_solutions(root: Path) -> Iterator[None]:
    """`import solutions` finds this root's package, `questions` this chapter's file, and neither what was
    read before."""
    names = ("solutions", "questions", "answers")
    saved = {key: sys.modules.pop(key) for key in list(sys.modules) if key.partition(".")[0] in names}
    sys.path.insert(0, str(root))
    try:
        yield
    finally:
        sys.path.remove(str(root))
        for key in [k for k in sys.modules if k.partition(".")[0] in names]:
            del sys.modules[key]
        sys.modules.update(saved)


def _run(path: Path, name: str) -> types.ModuleType:
    module = types.ModuleType(name)
    module.__file__ = str(path)
    sys.modules[name] = module
    if name.startswith("solutions."):
        package = importlib.import_module("solutions")
        setattr(package, name.partition(".")[2], module)
    try:
        # Not by way of Python's cache of compiled files, which cannot tell two edits within one second apart.
        exec(compile(path.read_bytes(), str(path), "exec"), module.__dict__)
    except DeclarationError as error:
        raise (
            error if error.path is not None else DeclarationError(error.message, path, _line_in(error, path))
        ) from error
    except SyntaxError as error:
        raise DeclarationError(f"not Python: {error.msg}", error.filename or path, error.lineno) from error
    except (Exception, SystemExit) as error:
        raise DeclarationError(f"{type(error).__name__}: {error}", path, _line_in(error, path)) from error
    return module


def _line_in(error: BaseException, path: Path) -> int:
    lines = [
        frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)
    ]
    return lines[-1] or 1 if lines else 1


def _declaration_lines(path: Path) -> dict[str, int]:
    """The line each question of a file is declared in; read before the file is run, since the second of a
    name would hide the first."""
    try:
        body = ast.parse(path.read_bytes()).body
    except (SyntaxError, ValueError):
        return {}
    seen: dict[str, int] = {}
    for node in body:
        if not isinstance(node, ast.Assign):
            continue
        target = node.targets[0]
        if (
            isinstance(target, ast.Name)
            and isinstance(node.value, ast.Call)
            and getattr(node.value.func, "id", "") in QUESTION_KINDS
        ):
            if target.id in seen:
                raise DeclarationError(
                    f"two questions are named `{target.id}`; the other stands in line {seen[target.id]}",
                    path,
                    node.lineno,
                )
            seen[target.id] = node.lineno
    return seen


def _named_questions(module: types.ModuleType, path: Path, lines: dict[str, int]) -> dict[str, Answerable]:
    questions = {name: value for name, value in vars(module).items() if isinstance(value, Answerable)}
    for name, question in questions.items():
        question.name = name
        question.declared_at = (str(path), lines.get(name, 1))
    if not questions:
        raise DeclarationError("no question is declared here", path)
    return questions


def _references(
    questions: dict[str, Answerable], solutions: types.ModuleType, path: Path
) -> dict[str, Callable[..., Any]]:
    references: dict[str, Callable[..., Any]] = {}
    for name, question in questions.items():
        if isinstance(question, HandGraded):
            continue
        reference = getattr(solutions, name, None)
        if not inspect.isfunction(reference):
            raise DeclarationError(
                f"question `{name}` has no reference: define `{name}` in {path}", *question.declared_at
            )
        if not inspect.getdoc(reference):
            raise DeclarationError(
                f"reference `{name}` has no docstring", path, reference.__code__.co_firstlineno
            )
        if isinstance(question, WorkedValue) and set(inspect.signature(reference).parameters) != set(
            question.numbers
        ):
            raise DeclarationError(
                f"reference `{name}` takes {sorted(inspect.signature(reference).parameters)}; the question's"
                f" numbers are {sorted(question.numbers)}",
                path,
                reference.__code__.co_firstlineno,
            )
        references[name] = reference
    return references


def _markers_fit(text: str, path: Path, questions: dict[str, Answerable]) -> None:
    first_at: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        match = MARKER.match(line)
        if not match:
            if re.search(r"<!--\s*questions?\b", line, re.IGNORECASE):
                raise DeclarationError(
                    f"a marker reads `<!-- question: name -->`, alone on its line; this is `{line.strip()}`",
                    path,
                    number,
                )
            continue
        name = match["name"]
        if name not in questions:
            raise DeclarationError(
                f"marker without a question: no `{name}` in {path.with_name('questions.py')}", path, number
            )
        if name in first_at:
            raise DeclarationError(
                f"the marker of `{name}` stands twice; the first is in line {first_at[name]}", path, number
            )
        first_at[name] = number
    for name, question in questions.items():
        if name not in first_at:
            raise DeclarationError(
                f"question without a marker: put `<!-- question: {name} -->` into {path}",
                *question.declared_at,
            )


DETAILS = re.compile(r"^[ ]{0,3}<(?P<end>/?)details\b", re.MULTILINE | re.IGNORECASE)
# A picture as Markdown or as HTML writes it; its place, if that is neither an address nor an attachment.
PICTURE = re.compile(
    r"!\[[^\]\n]*\]\(\s*<?([^)\s>]+)|<img\b[^>]*\bsrc\s*=\s*[\"']?([^\"'>\s]+)", re.IGNORECASE
)


def _details_end(text: str, path: Path) -> None:
    """A `<details>` is one piece of text, from its own line to the line that ends it, with no question in
    it."""
    opened: list[int] = []
    question: int | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        found = DETAILS.match(line)
        if found and found["end"]:
            if not opened:
                raise DeclarationError("`</details>` ends nothing", path, number)
            opened.pop()
        elif found and not re.search("</details>", line, re.IGNORECASE):
            opened.append(number)
        elif opened and MARKER.match(line):
            question = question or number
        if question and not opened:
            raise DeclarationError(
                "a question stands inside `<details>`; put its marker before or after", path, question
            )
    if opened:
        raise DeclarationError(
            "`<details>` is not ended: put `</details>` on a line of its own", path, opened[-1]
        )


def _pictures_are_beside(text: str, path: Path) -> None:
    """The pictures that the text shows are files beside it, which students get beside the notebook."""
    fenced = False
    for number, line in enumerate(text.split("\n"), start=1):
        fenced ^= line.lstrip().startswith("```")
        if fenced:
            continue
        for found in PICTURE.finditer(line):
            place = (found[1] or found[2]).partition("?")[0]
            if re.match(r"[a-z][a-z0-9+.-]*:|//|#", place, re.IGNORECASE):
                continue
            if "/" in place.removeprefix("./") or not path.with_name(place.removeprefix("./")).is_file():
                raise DeclarationError(
                    f"the text shows `{place}`, which is no file beside it; students get what stands in"
                    f" {path.parent.name}/ itself",
                    path,
                    number,
                )


def _well_declared(question: Answerable, questions: dict[str, Answerable]) -> None:
    if not isinstance(question, Question):
        return
    if not question.public:
        raise DeclarationError(f"question `{question.name}` has no public check", *question.declared_at)
    for check in question.checks:
        for parameter in inspect.signature(check.function).parameters:
            if not isinstance(questions.get(parameter), Question):
                raise DeclarationError(
                    f"check `{check.name}` takes `{parameter}`, which is no function of this chapter",
                    check.function.__code__.co_filename,
                    check.function.__code__.co_firstlineno,
                )
        _asks_fit(check)
    known = {check.name for check in question.checks}
    for wrong in question.misconceptions:
        for catcher in wrong.caught_by:
            if catcher not in known:
                raise DeclarationError(
                    f"misconception `{wrong.name}` names `{catcher}`, which is no check of `{question.name}`",
                    wrong.function.__code__.co_filename,
                    wrong.function.__code__.co_firstlineno,
                )


def _asks_fit(check: Check) -> None:
    """What is written out in a check's calls of `to_equal` and the like is what these take."""
    lines, first = inspect.getsourcelines(check.function)
    for node in ast.walk(ast.parse(textwrap.dedent("".join(lines)))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if not node.func.attr.startswith("to_") or not hasattr(Expectation, node.func.attr):
            continue
        for keyword in node.keywords:
            try:
                must_fit_an_ask({keyword.arg or "": ast.literal_eval(keyword.value)})
            except ValueError:
                # It is worked out, and not written out.
                continue
            except DeclarationError as error:
                line = first + keyword.value.lineno - 1
                raise DeclarationError(
                    f"check `{check.name}`: {error.message}", check.function.__code__.co_filename, line
                ) from None


def _fill_in(template: str, path: Path, numbers: dict[str, dict[str, Any]]) -> str:
    """The chapter's text with its numbers: `<< exercise_1.v >>`."""
    environment = jinja2.Environment(
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    try:
        return environment.from_string(template).render(
            {name: dict(values) for name, values in numbers.items()}
        )
    except jinja2.TemplateSyntaxError as error:
        raise DeclarationError(
            f"the text's numbers do not parse: {error.message}", path, error.lineno
        ) from error
    except Exception as error:
        line = next(
            (
                f.lineno
                for f in reversed(traceback.extract_tb(error.__traceback__))
                if f.filename == "<template>"
            ),
            1,
        )
        undeclared = isinstance(error, jinja2.UndefinedError)
        what = "asks for a number that is not declared" if undeclared else "works out a number that has none"
        raise DeclarationError(f"the text {what}: {error}", path, line) from error
