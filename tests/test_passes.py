"""The logic of passes, with a session that is no process: which pass runs what, what counts, and what is run
again."""

import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from autograder.grade.outcome import CellOutcome
from autograder.grade.passes import MAX_FAST_PASSES, MAX_ISOLATED_PASSES, Passes
from autograder.grade.reading.cells import Cell
from autograder.grade.release import Release, ReleasedCheck, ReleasedQuestion
from autograder.grade.submission import Submission
from autograder.kit import checking
from autograder.kit.checking import NotDefined, WrongValue


def check_of(name, expected, *, hidden, log):
    def run(value):
        log.append(("hidden" if hidden else "public", name))
        if value is None:
            raise NotDefined(note=f"{name} is not defined")
        if value != expected:
            raise WrongValue(note=f"{name} is {value}")

    source = f"lambda {name}: run({name})"
    return ReleasedCheck(f"{name}_{hidden}", "A title.", hidden, 1.0, eval(source, {"run": run}))


class World:
    """A release of worked values and a submission of cells, each a function of the notebook's names.

    A cell ends the session by raising `Dies`, in a fork too, or `DiesAlone`, which a fork survives; `Endless`
    runs out of time.
    """

    def __init__(self, cells, answers):
        self.log, self.sessions = [], 0
        self.cells = [Cell(cell_id, source) for cell_id, source, _ in cells]
        self.effects = {cell_id: effect for cell_id, _, effect in cells}
        questions = [
            ReleasedQuestion(
                name=name,
                kind="value",
                points=2.0,
                cell=f"{name}-answer",
                wrong_answers=[],
                misconceptions=[],
                reference=None,
                checks=[check_of(name, expected, hidden=hidden, log=self.log) for hidden in (False, True)],
            )
            for name, expected in answers.items()
        ]  # fmt: skip
        self.release = Release("a", "primer", "visible", questions, {}, checking, "")
        self.submission = Submission(Path("a.ipynb"), "a", self.cells)

    @contextmanager
    def open_session(self):
        self.sessions += 1
        self.log.append(("session", self.sessions))
        yield FakeSession(self)

    def run(self, seconds=60):
        passes = Passes(self.submission, self.release, self.open_session, time.monotonic() + seconds)
        passes.run()
        return {q.name: passes.best(q) for q in self.release.questions}


class Dies(Exception):
    """Ends the session, forks and all."""


class DiesAlone(Exception):
    """Ends the process it runs in, and no other."""


class Endless(Exception):
    """Does not end."""


class FakeSession:
    gone = ended = ""
    timed_out = tampered = False
    call_seconds = call_limit = 10.0
    crashed = checking.CallCrashed

    def __init__(self, world):
        self.world, self.names, self.calls_made = world, {}, []

    def _run(self, cell, fork):
        self.world.log.append(("forked" if fork else "cell", cell.cell_id))
        names = dict(self.names)
        try:
            self.world.effects[cell.cell_id](names)
        except DiesAlone:
            if not fork:
                self.gone = "the submission ended its own process"
            return CellOutcome("it ended the process")
        except Dies:
            self.gone = "the submission ended its own process"
            return CellOutcome("it ended the process")
        except Endless:
            self.gone, self.timed_out = "the submission did not answer in time", True
            return CellOutcome("it ran longer than 20 s")
        except ValueError as error:
            self.names = names
            return CellOutcome(f"it raised ValueError: {error}")
        self.names = names
        return CellOutcome()

    def run(self, cells):
        for number, cell in cells:
            yield number, self._run(cell, fork=False)
            if self.gone:
                return

    def run_cell(self, cell, *, fork):
        return self._run(cell, fork)

    @contextmanager
    def question(self):
        self.world.log.append(("question", ""))
        yield

    def lookup(self, names):
        return {name: self.names.get(name) for name in names}

    def ask_ahead(self, calls):
        pass

    def answers_ahead(self, places):
        return iter(())


def sets(**values):
    return lambda names: names.update(values)


def raises(error):
    def effect(_names):
        raise error

    return effect


def answer(name, value):
    return f"{name}-answer", f"{name} = {value!r}", sets(**{name: value})


def scores(outcomes):
    return {name: outcome.score for name, outcome in outcomes.items()}


def test_a_right_notebook_is_run_once_and_public_checks_come_before_hidden_ones():
    world = World([answer("x", 1), answer("y", 2)], {"x": 1, "y": 2})
    assert scores(world.run()) == {"x": 2, "y": 2}
    assert world.sessions == 1
    kinds = [kind for kind, _ in world.log if kind in ("public", "hidden")]
    assert kinds == ["public", "public", "hidden", "hidden"]


def test_an_answer_that_a_later_cell_spoils_counts_as_it_stood_right_after_its_cell():
    world = World([answer("x", 1), ("scratch", "x = 0\nx += 1", sets(x=0))], {"x": 1})
    assert scores(world.run()) == {"x": 2}


def test_hidden_checks_never_run_in_a_session_before_the_public_ones_of_that_place():
    world = World([answer("x", 1), ("scratch", "x = 0\nx += 1", sets(x=0))], {"x": 1})
    world.run()
    by_session = [[]]
    for kind, _ in world.log:
        if kind == "session":
            by_session.append([])
        elif kind in ("public", "hidden"):
            by_session[-1].append(kind)
    isolated = by_session[2:]
    assert isolated and all(len(set(kinds)) == 1 for kinds in isolated if kinds)
    assert [kinds[0] for kinds in isolated if kinds] == ["public", "hidden"]


def test_what_a_student_reads_of_a_cell_is_never_from_a_pass_that_ran_hidden_checks():
    told = []

    def fickle(names):
        told.append(1)
        # Right in the fast pass and the public one; in the hidden pass it speaks of what it may have seen.
        if len(told) > 2:
            raise ValueError("SECRET")
        names["x"] = 0

    world = World([("x-answer", "x = f()", fickle), ("scratch", "x = 0\nx += 1", sets(x=0))], {"x": 1})
    outcome = world.run()["x"]
    assert len(told) > 2
    assert "SECRET" not in outcome.note


def test_a_cell_that_dies_costs_its_own_question_and_no_other():
    world = World(
        [answer("x", 1), ("y-answer", "y = die()", raises(DiesAlone())), answer("z", 3)],
        {"x": 1, "y": 2, "z": 3},
    )
    outcomes = world.run()
    assert scores(outcomes) == {"x": 2, "y": 0, "z": 2}
    assert "did not finish: it ended the process" in outcomes["y"].note
    assert any(kind == "forked" for kind, _ in world.log)


def test_a_cell_that_takes_its_forks_down_is_left_out_of_the_next_pass():
    world = World([("bad", "die()", raises(Dies())), answer("x", 1), answer("y", 2)], {"x": 1, "y": 2})
    assert scores(world.run()) == {"x": 2, "y": 2}
    tried = sum(entry in (("cell", "bad"), ("forked", "bad")) for entry in world.log)
    assert tried <= 3


def test_a_cell_that_ran_out_of_time_is_not_waited_for_again():
    world = World([("slow", "loop()", raises(Endless())), answer("x", 1)], {"x": 1})
    assert scores(world.run()) == {"x": 2}
    assert [entry for entry in world.log if entry[1] == "slow"] == [("cell", "slow")]


def test_a_helper_defined_further_down_counts_at_the_end():
    later = ("helper", "y = 5", sets(x=1))
    world = World([("x-answer", "x = helper()", raises(ValueError("no helper"))), later], {"x": 1})
    assert scores(world.run()) == {"x": 2}


def test_a_wrong_answer_that_nothing_later_touches_is_not_run_again():
    world = World([answer("x", 7), ("other", "unrelated = 1", sets(unrelated=1))], {"x": 1})
    assert scores(world.run()) == {"x": 0}
    assert world.sessions == 1


def test_a_submission_that_always_dies_ends_after_a_bounded_number_of_sessions():
    cells = [(f"bad-{i}", f"die_{i}()", raises(Dies())) for i in range(40)]
    world = World([*cells, answer("x", 1)], {"x": 1})
    outcome = world.run()["x"]
    assert world.sessions <= MAX_FAST_PASSES + 2 * MAX_ISOLATED_PASSES
    assert outcome.score in (0, 2)


def test_no_session_is_opened_once_time_is_up():
    world = World([("slow", "loop()", raises(Endless())), answer("x", 1)], {"x": 1})
    world.run(seconds=-1)
    assert world.sessions == 1


def test_a_session_that_was_tampered_with_is_not_believed():
    world = World([answer("x", 1)], {"x": 1})
    original = FakeSession.lookup

    class Tampering(FakeSession):
        def lookup(self, names):
            self.tampered = world.sessions == 1
            return original(self, names)

    @contextmanager
    def open_session():
        world.sessions += 1
        yield Tampering(world)

    world.open_session = open_session
    assert scores(world.run()) == {"x": 2}
    assert world.sessions > 1


def test_a_question_whose_cell_is_missing_says_so():
    world = World([("other", "z = 1", sets(z=1))], {"x": 1})
    outcome = world.run()["x"]
    assert (outcome.score, outcome.note) == (0, "No cell of the submission defines x.")


@pytest.mark.parametrize("text", ["x = 3", "def x(a):\n    return a"])
def test_an_answer_in_a_cell_that_is_not_code_is_told_apart(text):
    world = World([("other", "z = 1", sets(z=1))], {"x": 1})
    world.submission.texts.append(text)
    assert "is not a code cell" in world.run()["x"].note
