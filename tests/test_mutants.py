"""Every small change to a reference fails a check, or the list of equivalents says why none can tell; and the
machinery that finds out."""

import subprocess
import sys

import pytest
from conftest import CHAPTERS, ROOT

from autograder.course.chapter import read_chapter
from autograder.course.question import DeclarationError
from autograder.prove.mutants import bare_source, mutants_of, reports, survivors

LINE = "distinctive_intermediate_name = x + x"
TIMES = ("ReplaceBinaryOperator_Add_Mul", LINE, "distinctive_intermediate_name = x * x")
POWER = ("ReplaceBinaryOperator_Add_Pow", LINE, "distinctive_intermediate_name = x ** x")


@pytest.mark.parametrize("name", CHAPTERS)
def test_no_mutant_of_a_chapter_survives_but_those_listed_as_equivalent(name):
    report = survivors(read_chapter(ROOT, name))
    assert report.failures == []
    assert report.made == report.killed + report.killed_by_time + report.equivalent > 0


# The machinery, on a course of one function -----------------------------------------------------------------


def report_of(course):
    return survivors(read_chapter(course.root, course.name))


def mutants_in(course):
    chapter = read_chapter(course.root, course.name)
    return mutants_of(chapter, chapter.questions["twice"])


def changes(mutants):
    return {(mutant.operator, mutant.before, mutant.after) for mutant in mutants}


def rewrite(course, body):
    """Another body for the reference of `twice`."""
    course.replace(course.solutions, f"    {LINE}\n    return distinctive_intermediate_name", body)


def list_equivalents(course, *entries):
    text = [
        f'[[twice]]\noperator = "{op}"\nbefore = "{before}"\nafter = "{after}"\nreason = "two is asked for'
        ' alone"\n'
        for op, before, after in entries
    ]
    course.questions.with_name("equivalents.toml").write_text("\n".join(text))


@pytest.fixture
def lenient(tiny):
    """A course whose checks ask for twice two alone, which is two times two and two to the power of two as
    well."""
    tiny.replace(tiny.questions, "expect(twice, 3).to_equal(6,", "expect(twice, 2).to_equal(4,")
    tiny.replace(tiny.questions, "expect(twice, -2.5).to_equal(-5.0,", "expect(twice, 2.0).to_equal(4.0,")
    return tiny


def test_a_mutant_that_a_check_fails_is_killed(tiny):
    assert TIMES in changes(mutants_in(tiny))
    report = report_of(tiny)
    assert report.made == report.killed > 10
    assert report.failures == []


def test_a_hidden_check_kills_as_a_public_one_does(lenient):
    lenient.replace(
        lenient.questions, "expect(twice, 2.0).to_equal(4.0,", "expect(twice, -2.5).to_equal(-5.0,"
    )
    assert report_of(lenient).failures == []


def test_a_mutant_that_no_check_fails_is_told_by_its_line_before_and_after(lenient):
    report = report_of(lenient)
    assert changes(report.surviving) == {TIMES, POWER}
    assert report.failures == [
        (
            f"SURVIVED ch01_tiny/twice, ReplaceBinaryOperator_Add_Mul: {LINE}  -> "
            " distinctive_intermediate_name = x * x"
        ),
        (
            f"SURVIVED ch01_tiny/twice, ReplaceBinaryOperator_Add_Pow: {LINE}  -> "
            " distinctive_intermediate_name = x ** x"
        ),
    ]


def test_an_entry_of_the_list_silences_its_mutant_alone(lenient):
    list_equivalents(lenient, TIMES)
    report = report_of(lenient)
    assert report.equivalent == 1
    assert changes(report.surviving) == {POWER}
    list_equivalents(lenient, TIMES, POWER)
    report = report_of(lenient)
    assert (report.equivalent, report.failures) == (2, [])
    assert report.made == report.killed + 2


def test_an_entry_holds_when_lines_and_comments_move(lenient):
    list_equivalents(lenient, TIMES, POWER)
    rewrite(
        lenient,
        f"    # Said otherwise.\n\n    {LINE.replace('x + x', '(x   +   x)')}  # so\n    return"
        " distinctive_intermediate_name",
    )
    assert report_of(lenient).failures == []


def test_an_entry_that_no_surviving_mutant_matches_is_stale(tiny):
    list_equivalents(tiny, TIMES)
    report = report_of(tiny)
    assert [entry.operator for entry in report.stale] == ["ReplaceBinaryOperator_Add_Mul"]
    assert report.failures == [
        f"STALE ch01_tiny/twice, ReplaceBinaryOperator_Add_Mul: {LINE}  ->  distinctive_intermediate_name = x"
        " * x (no such mutant survives: take it out of equivalents.toml)"
    ]


def test_an_entry_given_twice_stands_for_two_mutants_and_is_stale_where_there_is_one(lenient):
    list_equivalents(lenient, TIMES, TIMES, POWER)
    report = report_of(lenient)
    assert report.surviving == []
    assert len(report.stale) == 1


def test_a_line_that_stands_twice_takes_two_entries(lenient):
    rewrite(lenient, "    if x > 0:\n        y = x + x\n    else:\n        y = x + x\n    return y")
    lenient.replace(lenient.questions, "expect(twice, 2.0).to_equal(4.0,", "expect(twice, 0).to_equal(0,")
    once = ("ReplaceBinaryOperator_Add_Mul", "y = x + x", "y = x * x")
    alive = [(m.operator, m.before, m.after) for m in report_of(lenient).surviving]
    assert alive.count(once) == 2
    list_equivalents(lenient, once)
    assert [(m.operator, m.before, m.after) for m in report_of(lenient).surviving].count(once) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[twice]\n", "not a list of equivalents"),
        (
            '[[twice]]\noperator = "NumberReplacer"\nbefore = "a"\nafter = "b"\n',
            "holds `operator`, `before`, `after` and `reason`",
        ),
        (
            '[[twice]]\noperator = "NumberReplacer"\nbefore = "a"\nafter = "b"\nreason = " "\n',
            "holds `operator`, `before`, `after` and `reason`",
        ),
        ("twice = 3\n", "not a list of equivalents"),
        ('[twice]\nreason = "because"\n', "not a list of equivalents"),
    ],
)
def test_a_list_that_cannot_be_read_or_gives_no_reason_is_refused_by_file(tiny, text, said):
    path = tiny.questions.with_name("equivalents.toml")
    path.write_text(text)
    with pytest.raises(DeclarationError, match=r"equivalents\.toml:1: ") as caught:
        report_of(tiny)
    assert said in str(caught.value)


@pytest.fixture
def hurried(monkeypatch):
    """A tenth of a second a mutant: no test waits longer than it must."""
    monkeypatch.setattr("autograder.prove.mutants.SECONDS_PER_MUTANT", 0.1)


def test_an_endless_mutant_is_killed_by_time_and_the_others_are_judged_after_it(tiny, hurried):
    rewrite(
        tiny,
        "    total, left = 0.0, 2\n    while left > 0:\n        total, left = total + x, left - 1\n    return"
        " total",
    )
    report = report_of(tiny)
    assert (
        "NumberReplacer",
        "total, left = (total + x, left - 1)",
        "total, left = (total + x, left - 0)",
    ) in changes(mutants_in(tiny))
    assert report.killed_by_time > 0
    assert report.made == report.killed + report.killed_by_time + len(report.surviving)
    assert report.killed > report.killed_by_time


def test_a_mutant_that_never_gives_the_interpreter_a_turn_is_killed_by_time(tiny, hurried):
    # One power of whole numbers, of more digits than there is time for: no signal handler of Python's would
    # run before its end.
    rewrite(tiny, "    if x > 10:\n        return 7 ** 7 ** 12 % 2\n    return x + x")
    report = report_of(tiny)
    assert report.killed_by_time > 0
    assert ("ReplaceComparisonOperator_Gt_Lt", "if x > 10:", "if x < 10:") not in changes(report.surviving)


def test_a_mutant_that_ends_its_process_is_killed_and_the_others_are_judged_after_it(tiny):
    rewrite(tiny, "    import os\n\n    if x == 10:\n        os._exit(0)\n    return x + x")
    report = report_of(tiny)
    alive = changes(report.surviving)
    assert ("AddNot", "if x == 10:", "if not x == 10:") not in alive
    assert ("NumberReplacer", "if x == 10:", "if x == 11:") in alive
    assert report.made == report.killed + len(report.surviving)


def test_a_mutant_that_asks_for_too_much_memory_is_killed(tiny):
    rewrite(tiny, "    room = [0] * (10**9 if x == 10 else 1)\n    return x + x + room[0]")
    assert "x != 10" not in str(changes(report_of(tiny).surviving))


def test_what_a_mutant_prints_or_warns_of_is_not_seen(tiny, capfd):
    rewrite(tiny, "    import warnings\n\n    warnings.warn(str(x))\n    print(x)\n    return x + x")
    tiny.replace(
        tiny.solutions, "def twice", "import warnings\n\nwarnings.simplefilter('ignore')\n\n\ndef twice"
    )
    chapter = read_chapter(tiny.root, tiny.name)
    said_by_the_reference = "3\n-2.5\n"
    survivors(chapter)
    out, err = capfd.readouterr()
    assert (out, err) == (said_by_the_reference, "")


def test_a_helper_of_a_reference_is_mutated_with_it(tiny):
    rewrite(tiny, "    return _sum(x, x)")
    tiny.replace(
        tiny.solutions, "def twice", "def _sum(a: float, b: float) -> float:\n    return a + b\n\n\ndef twice"
    )
    assert ("ReplaceBinaryOperator_Add_Sub", "return a + b", "return a - b") in changes(mutants_in(tiny))
    assert report_of(tiny).failures == []


def test_docstrings_annotations_and_comments_are_left_alone(tiny):
    rewrite(tiny, "    y: 'int | float' = 1 + 1  # 2 + 2\n    return x * y")
    tiny.replace(
        tiny.solutions, "def twice(x: float) -> float:", "def twice(x: int | float) -> 'int | float':"
    )
    chapter = read_chapter(tiny.root, tiny.name)
    assert bare_source(chapter.references["twice"]) == "def twice(x):\n    y = 1 + 1\n    return x * y"
    assert {mutant.before for mutant in mutants_in(tiny)} == {"y = 1 + 1", "return x * y"}


def test_a_default_value_is_mutated(tiny):
    tiny.replace(tiny.solutions, "def twice(x: float)", "def twice(x: float, factor: float = 2)")
    rewrite(tiny, "    return factor * x")
    assert ("NumberReplacer", "def twice(x, factor=2):", "def twice(x, factor=3):") in changes(
        mutants_in(tiny)
    )


def test_the_mutants_are_the_same_in_every_run_and_differ_from_each_other_and_from_the_reference(tiny):
    rewrite(tiny, "    y = 1\n    y = x * y + x * 2 - x\n    return y if y != 0 else 0.0")
    mutants = mutants_in(tiny)
    assert mutants == mutants_in(tiny)
    sources = [mutant.source for mutant in mutants]
    assert len(set(sources)) == len(sources)
    assert bare_source(read_chapter(tiny.root, tiny.name).references["twice"]) not in sources
    # The operators that draw a constant or an operator by chance are among them.
    assert {"VariableReplacer", "VariableInserter", "NumberReplacer", "AddNot"} <= {
        mutant.operator for mutant in mutants
    }


def test_the_mutants_leave_the_chapter_as_it_was(tiny):
    chapter = read_chapter(tiny.root, tiny.name)
    before = dict(vars(chapter.reference_module))
    survivors(chapter)
    assert vars(chapter.reference_module) == before
    assert chapter.references["twice"](3) == 6


def test_a_reference_that_fails_its_own_check_is_told_rather_than_mutated(tiny):
    rewrite(tiny, "    return x + x + 1")
    with pytest.raises(DeclarationError, match="the reference of `twice` fails `doubles`: WrongValue"):
        report_of(tiny)


def test_chapters_are_reported_in_the_order_they_are_asked_for(tiny):
    assert [report.chapter for report in reports(tiny.root, [tiny.name, tiny.name])] == [tiny.name, tiny.name]


def autograder(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "autograder", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_command_prints_the_counts_and_ends_well_where_nothing_survives(tiny):
    ran = autograder("mutants", "--course", tiny.root)
    assert ran.returncode == 0, ran.stderr
    headings, row = (line.split() for line in ran.stdout.splitlines())
    assert headings == [
        "chapter",
        "made",
        "killed",
        "by",
        "time",
        "equivalent",
        "surviving",
        "stale",
        "seconds",
    ]
    assert row[0] == "ch01_tiny"
    assert row[1] == row[2] and row[3:7] == ["0", "0", "0", "0"]


def test_the_command_ends_with_1_and_names_survivors_and_stale_entries(lenient):
    list_equivalents(lenient, POWER, ("AddNot", "if x:", "if not x:"))
    ran = autograder("mutants", "ch01_tiny", "--course", lenient.root)
    assert ran.returncode == 1
    assert ran.stdout.splitlines()[-2:] == [
        (
            f"SURVIVED ch01_tiny/twice, ReplaceBinaryOperator_Add_Mul: {LINE}  -> "
            " distinctive_intermediate_name = x * x"
        ),
        (
            "STALE ch01_tiny/twice, AddNot: if x:  ->  if not x: (no such mutant survives: take it out of"
            " equivalents.toml)"
        ),
    ]
