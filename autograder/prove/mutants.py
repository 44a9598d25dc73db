"""Automatic mutants: whether the checks notice when a reference is changed a little.

Every operator of cosmic-ray is applied wherever it can be to each reference function, and the question's
checks, public and hidden, are run on each mutant. One that passes them all shows what the checks do not ask
for, or it is equivalent to the reference; then the chapter's `equivalents.toml` says why::

    [[sample]]
    operator = "NumberReplacer"
    before = "if p.size == 0 or abs(p.sum() - 1) > 1e-09:"
    after = "if p.size == -1 or abs(p.sum() - 1) > 1e-09:"
    reason = "an empty p sums to 0, which is refused as well"

A line is as `ast.unparse` prints it, so an entry outlives a change of layout, of comments and of line
numbers.
"""

from __future__ import annotations

import ast
import inspect
import itertools
import multiprocessing
import os
import random
import resource
import signal
import time
import tomllib
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Literal

from cosmic_ray.ast import Visitor, ast_nodes, get_ast
from cosmic_ray.exceptions import CosmicRayTestingException
from cosmic_ray.plugins import get_operator, operator_names

from autograder.course.chapter import Chapter, read_chapter
from autograder.course.otter_tests import TestCase, run_cases, test_cases
from autograder.course.question import DeclarationError, Question
from autograder.course.source import outside_names, source_of
from autograder.kit.checking import TookTooLong
from autograder.prove.proofs import describe

# Of the processor's time, which a busy machine does not use up. A reference passes all its checks in a tenth
# of this.
SECONDS_PER_MUTANT = 0.5
# A mutant may ask for an array of any size; it gets a MemoryError.
BYTES_PER_MUTANT = 4 * 2**30

EQUIVALENTS = "equivalents.toml"
Fate = Literal["killed", "killed by time", "survived"]
FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Mutant:
    """A reference with one change: the operator that made it, the changed line before and after, and the
    whole source."""

    question: str
    operator: str
    before: str
    after: str
    source: str = field(repr=False)

    @property
    def key(self) -> tuple[str, str, str, str]:
        return self.question, self.operator, self.before, self.after


@dataclass(frozen=True)
class Equivalent:
    """An entry of the list of equivalents: a mutant that no check can tell from the reference, and why."""

    question: str
    operator: str
    before: str
    after: str
    reason: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        return self.question, self.operator, self.before, self.after


@dataclass
class MutationReport:
    """What became of a chapter's mutants: made = killed + killed by time + equivalent + surviving."""

    chapter: str
    made: int = 0
    killed: int = 0
    killed_by_time: int = 0
    equivalent: int = 0
    surviving: list[Mutant] = field(default_factory=list)
    stale: list[Equivalent] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def failures(self) -> list[str]:
        """What has to be mended, a line each."""

        def verdict_on(change: Mutant | Equivalent) -> str:
            return f"{self.chapter}/{change.question}, {change.operator}: {change.before}  ->  {change.after}"

        survived = [f"SURVIVED {verdict_on(mutant)}" for mutant in self.surviving]
        return survived + [
            f"STALE {verdict_on(entry)} (no such mutant survives: take it out of {EQUIVALENTS})"
            for entry in self.stale
        ]


def reports(root: Path, names: Sequence[str]) -> Iterator[MutationReport]:
    """The reports of several chapters, in their order, worked out in as many processes as there are
    processors."""
    with ProcessPoolExecutor(os.cpu_count(), mp_context=FORK) as pool:
        yield from pool.map(partial(_report_of, root), names)


def _report_of(root: Path, name: str) -> MutationReport:
    return survivors(read_chapter(root, name))


def survivors(chapter: Chapter) -> MutationReport:
    """Run a chapter's checks on every mutant of its functions, and hold what survives against the list of
    equivalents."""
    started = time.perf_counter()
    report = MutationReport(chapter.name)
    fates: Counter[Fate] = Counter()
    alive: list[Mutant] = []
    for question in chapter.questions.values():
        if not isinstance(question, Question):
            continue
        mutants = mutants_of(chapter, question)
        found = fates_of(chapter, question, mutants)
        fates.update(found)
        alive += [mutant for mutant, fate in zip(mutants, found, strict=True) if fate == "survived"]
    report.made, report.killed, report.killed_by_time = (
        fates.total(),
        fates["killed"],
        fates["killed by time"],
    )
    report.surviving, report.stale = _compared(alive, equivalents_of(chapter))
    report.equivalent = len(alive) - len(report.surviving)
    report.seconds = time.perf_counter() - started
    return report


# Mutants ----------------------------------------------------------------------------------------------------


def mutants_of(chapter: Chapter, question: Question) -> list[Mutant]:
    """The mutants of a question's reference and of the helpers it uses, each different from the reference and
    from the others."""
    source = bare_source(chapter.references[question.name])
    tree = get_ast(source)
    seen, mutants = {source}, []
    for name, operator in _operators(_local_names(source)):
        for occurrence in range(sum(_places(operator, node) for node in ast_nodes(tree))):
            mutated = _tidy(_mutated(source, operator, occurrence))
            if mutated not in seen:
                seen.add(mutated)
                mutants.append(Mutant(question.name, name, *_changed_line(source, mutated), mutated))
    return mutants


def bare_source(function: Callable[..., Any]) -> str:
    """The source of a function and of its helpers (module-level functions whose name begins with `_`),
    without docstrings, annotations and comments."""
    parts: dict[str, str] = {}

    def take(part: Callable[..., Any]) -> None:
        source = source_of(part)
        parts[part.__name__] = source
        for name in outside_names(source):
            helper = part.__globals__.get(name)
            if name.startswith("_") and name not in parts and inspect.isfunction(helper):
                take(helper)

    take(function)
    return ast.unparse(_Bare().visit(ast.parse("\n".join(parts.values()))))


class _Bare(ast.NodeTransformer):
    """Takes out what has no say in what a function does."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.returns = None
        if ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
        self.generic_visit(node)
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        self.generic_visit(node)
        return ast.copy_location(ast.Assign([node.target], node.value) if node.value else ast.Pass(), node)


def _local_names(source: str) -> list[str]:
    """The parameters and variables of the functions in a source, in alphabetical order."""
    nodes = list(ast.walk(ast.parse(source)))
    stored = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return sorted(stored | {node.arg for node in nodes if isinstance(node, ast.arg)})


def _operators(variables: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Every operator of cosmic-ray by name; one that takes variables, once for each choice of them."""
    for path in operator_names():
        kind = get_operator(path)
        arguments = [argument.name for argument in kind.arguments()]
        for chosen in itertools.product(variables, repeat=len(arguments)):
            yield path.rpartition("/")[2], kind(**dict(zip(arguments, chosen, strict=True)))


def _places(operator: Any, node: Any) -> int:
    """In how many ways an operator can change a node."""
    try:
        return sum(1 for _ in operator.mutation_positions(node))
    except AttributeError:
        # VariableReplacer asks for the children of whatever is assigned; a single name or number has none.
        return 0


class _Change(Visitor):  # type: ignore[misc]
    """Applies an operator at one of the places where it can be applied, counted through the whole tree."""

    def __init__(self, operator: Any, occurrence: int) -> None:
        self._operator, self._left = operator, occurrence

    def visit(self, node: Any) -> Any:
        places = range(_places(self._operator, node)) if self._left >= 0 else range(0)
        if self._left in places:
            node = self._operator.mutate(node, self._left)
        self._left -= len(places)
        return node


def _mutated(source: str, operator: Any, occurrence: int) -> str:
    state = random.getstate()
    # VariableReplacer and VariableInserter draw a number or an operator: the same one in every run, or no
    # entry of the list would hold.
    random.seed(0)
    try:
        return _Change(operator, occurrence).walk(get_ast(source)).get_code()
    finally:
        random.setstate(state)


def _tidy(source: str) -> str:
    """The source as `ast.unparse` prints it; as it is if it is no Python."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.unparse(ast.parse(source))
        except SyntaxError:
            return source


def _changed_line(source: str, mutated: str) -> tuple[str, str]:
    lines = zip(source.splitlines(), mutated.splitlines(), strict=False)
    return next(((old.strip(), new.strip()) for old, new in lines if old != new), ("", ""))


# What becomes of them ---------------------------------------------------------------------------------------


def fates_of(chapter: Chapter, question: Question, mutants: Sequence[Mutant]) -> list[Fate]:
    """What the question's checks make of each mutant.

    They are judged one after another in a child process. A mutant that runs too long, or crashes, takes the
    child with it, and a new one goes on.
    """
    cases = _cheapest_first(chapter, question)
    fates: list[Fate] = []
    while len(fates) < len(mutants):
        receiver, sender = FORK.Pipe(duplex=False)
        child = FORK.Process(target=_judge, args=(sender, chapter, question, cases, mutants[len(fates) :]))
        child.start()
        sender.close()
        try:
            while len(fates) < len(mutants):
                fates.append(receiver.recv())
        except EOFError:
            child.join()
            fates.append("killed by time" if child.exitcode == -signal.SIGPROF else "killed")
        finally:
            receiver.close()
            child.join()
    return fates


def _judge(
    sender: Any, chapter: Chapter, question: Question, cases: Sequence[TestCase], mutants: Sequence[Mutant]
) -> None:
    """In the child: send the fate of one mutant after another. The kernel ends the child if one is over
    its time."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (BYTES_PER_MUTANT, resource.getrlimit(resource.RLIMIT_AS)[1]))
    warnings.simplefilter("ignore")
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        for mutant in mutants:
            signal.setitimer(signal.ITIMER_PROF, SECONDS_PER_MUTANT)
            fate = _fate_of(chapter, question, cases, mutant)
            signal.setitimer(signal.ITIMER_PROF, 0)
            sender.send(fate)


def _fate_of(chapter: Chapter, question: Question, cases: Sequence[TestCase], mutant: Mutant) -> Fate:
    space = {**vars(chapter.reference_module), CosmicRayTestingException.__name__: CosmicRayTestingException}
    try:
        exec(compile(mutant.source, f"<mutant of {question.name}>", "exec"), space)
    except Exception:
        return "killed"
    environment = {**chapter.references, question.name: space[question.name]}
    for case in cases:
        outcome = run_cases([case], environment)[case.name]
        if outcome is not None:
            return "killed by time" if isinstance(outcome, TookTooLong) else "killed"
    return "survived"


def _cheapest_first(chapter: Chapter, question: Question) -> list[TestCase]:
    """The question's checks, the quickest first. Raises `DeclarationError` if the reference fails one:
    then no mutant's death would mean a thing."""
    seconds = {}
    cases = test_cases(chapter, question)
    for case in cases:
        started = time.perf_counter()
        outcome = run_cases([case], chapter.references)[case.name]
        seconds[case.name] = time.perf_counter() - started
        if outcome is not None:
            raise DeclarationError(
                f"the reference of `{question.name}` fails `{case.name}`: {describe(outcome)}",
                *question.declared_at,
            )
    return sorted(cases, key=lambda case: seconds[case.name])


# The list of equivalents ------------------------------------------------------------------------------------


def equivalents_of(chapter: Chapter) -> list[Equivalent]:
    """The chapter's list of equivalents; an empty one if it has none."""
    path = chapter.questions_path.with_name(EQUIVALENTS)
    if not path.is_file():
        return []
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
        return [
            _equivalent(question, entry) for question, of_question in entries.items() for entry in of_question
        ]
    except (tomllib.TOMLDecodeError, TypeError, ValueError) as error:
        raise DeclarationError(f"not a list of equivalents: {error}", path) from error


def _equivalent(question: str, entry: dict[str, str]) -> Equivalent:
    if set(entry) != {"operator", "before", "after", "reason"} or not all(
        isinstance(text, str) and text.strip() for text in entry.values()
    ):
        raise ValueError(
            f"an entry of [[{question}]] holds `operator`, `before`, `after` and `reason`; this one holds"
            f" {entry}"
        )
    return Equivalent(question, **entry)


def _compared(alive: Sequence[Mutant], listed: Sequence[Equivalent]) -> tuple[list[Mutant], list[Equivalent]]:
    """The mutants that no entry stands for, and the entries that stand for none. An entry stands for one
    mutant, so a line that occurs twice has two."""
    entries = Counter(entry.key for entry in listed)
    surviving = []
    for mutant in alive:
        if entries[mutant.key]:
            entries[mutant.key] -= 1
        else:
            surviving.append(mutant)
    stale = []
    for entry in listed:
        if entries[entry.key]:
            entries[entry.key] -= 1
            stale.append(entry)
    return surviving, stale
