"""A regrade: the list of who moves is exactly right, nothing is overwritten before it is asked for, and what
people gave stays."""

import csv
import io
import json

import pytest
from gradebook_results import CHECKS, Grades, grading_job, hand_in

from autograder.grade.layouts import discover
from autograder.grade.results import result_path
from autograder.gradebook.batch import grade_class
from autograder.gradebook.by_hand import Grade, give
from autograder.gradebook.regrade import MOVES, NothingToRegrade, apply, moves_text, regrade
from autograder.gradebook.standings import standings
from autograder.gradebook.store import Store

# How many checks of the first question each student passes: a mended check gives those with one of them both.
CLASS = {"ana": 0, "bob": 1, "cem": 2, "dia": 1}


def mended(what):
    return {**what, "first": 2 if what.get("first") == 1 else what.get("first")}


@pytest.fixture
def out(tmp_path):
    """A class that was graded, with its originals gone: what was read of them is in the store."""
    out = tmp_path / "out"
    (out / "dist").mkdir(parents=True)
    for number, (name, first) in enumerate(CLASS.items()):
        hand_in(tmp_path / "in", f"ch01_vectors_{name}.ipynb", first=first, second=number % 2)
    found = discover([tmp_path / "in"], ("ch01_vectors",))
    with Store.open(out) as store:
        grade_class(found, grading_job(out), 1, store, lambda row: None, Grades())
    for item in found:
        item.path.unlink()
    return out


def again(out, grader, question="", assignments=("ch01_vectors",)):
    for name in assignments:
        (out / "dist" / f"{name}.zip").touch()
    job = grading_job(out / "regrade")
    job = type(job)(job.out, type(job.releases)(None, out / "dist"), job.sandbox)
    with Store.open(out) as store:
        return regrade(store, job, 1, question, graded=grader)


def lines(found):
    return list(csv.DictReader(io.StringIO(moves_text(found))))


def everything(out):
    """All that a regrade could overwrite."""
    with Store.open(out) as store:
        results = [tuple(row) for row in store.rows("SELECT * FROM results ORDER BY id")]
    files = {path.name: path.read_bytes() for path in (out / "results").iterdir()}
    return results, files, (out / "grades.csv").read_bytes()


def test_the_list_of_who_moves_is_exactly_those_who_do(out):
    before = everything(out)
    found = again(out, Grades("r2", mended))
    assert [(row["student"], row["question"], row["before"], row["after"]) for row in lines(found)] == [
        ("bob", "first", "2.0", "4.0"),
        ("dia", "first", "2.0", "4.0"),
    ]
    assert lines(found)[0]["why"] == "a check passes now: first: holds up."
    assert (lines(found)[0]["grade_before"], lines(found)[0]["grade_after"]) == ("4.0", "6.0")
    assert everything(out) == before


def test_nobody_moves_where_nothing_was_mended(out):
    found = again(out, Grades("r2"))
    assert (found.moves, found.grades, found.graded) == ([], [], 4)


def test_applied_the_new_results_count_and_the_earlier_ones_stay_in_the_store(out):
    found = again(out, Grades("r2", mended))
    with Store.open(out) as store:
        assert apply(store, out, found, {}) is None
        scores = {standing.submission.stem[13:]: standing.score for standing in standings(store).standings}
        assert scores == {"ana": 0, "bob": 6, "cem": 4, "dia": 6}
        assert len(store.rows("SELECT 1 FROM results")) == 8
        assert len(store.rows("SELECT 1 FROM moves")) == 2
        assert store.rows("SELECT kind FROM runs ORDER BY id DESC LIMIT 1")[0]["kind"] == "regrade"
    assert json.loads(result_path(out, "ch01_vectors_bob").read_text())["score"] == 6
    assert "ch01_vectors_bob,ch01_vectors,graded,6.0" in (out / "grades.csv").read_text()
    # A second time, nobody moves.
    assert again(out, Grades("r2", mended)).moves == []


def test_one_question_alone_leaves_the_others_as_they_were(out):
    def all_changed(what):
        return {**mended(what), "second": 1 - what["second"]}

    found = again(out, Grades("r2", all_changed), "first")
    assert {move.question for move in found.moves} == {"first"}
    with Store.open(out) as store:
        apply(store, out, found, {})
        scores = {standing.submission.stem[13:]: standing.score for standing in standings(store).standings}
    assert scores == {"ana": 0, "bob": 6, "cem": 4, "dia": 6}
    assert (
        json.loads(result_path(out, "ch01_vectors_bob").read_text())["output"]
        == "ch01_vectors: 6 of 6 points."
    )


def test_points_given_by_hand_stay_and_the_list_says_that_the_grade_does_not_move(out):
    with Store.open(out) as store:
        give(store, "bob", Grade("ch01_vectors", "first", 3, "half a sign", "N. N."))
    found = again(out, Grades("r2", mended))
    bob = lines(found)[0]
    assert (bob["student"], bob["before"], bob["after"]) == ("bob", "2.0", "4.0")
    assert (bob["grade_before"], bob["grade_after"]) == ("5.0", "5.0")
    assert [move.before.submission.stem for move in found.grades] == ["ch01_vectors_dia"]
    with Store.open(out) as store:
        apply(store, out, found, {})
        assert {s.score for s in standings(store).standings if s.overrides} == {5}


def test_a_check_that_is_new_and_one_that_is_gone_are_the_reason(out, monkeypatch):
    monkeypatch.setitem(CHECKS, "first", ("is_right", "keeps_its_input"))
    found = again(
        out, Grades("r2", lambda what: {**what, "first": 2 if what["first"] == 0 else what["first"]})
    )
    assert [row["student"] for row in lines(found)] == ["ana"]
    assert lines(found)[0]["why"] == (
        "a check passes now: first: is right.; a new check passes: first: keeps its input.; "
        "a check was taken out: first: holds up."
    )


def test_a_submission_that_can_no_longer_be_read_is_told(out):
    found = again(
        out, Grades("r2", lambda what: {**what, "status": "invalid"} if what["first"] == 2 else what)
    )
    assert [(row["student"], row["question"], row["why"]) for row in lines(found)] == [
        ("cem", "", "it was graded, and is invalid now: no notebook")
    ]


@pytest.mark.parametrize(
    ("question", "assignments", "said"),
    [
        ("third", ("ch01_vectors",), "no question `third`; there is first, second"),
        ("", ("ch02_dot_product",), "there is ch01_vectors"),
    ],
)
def test_what_is_not_there_cannot_be_regraded(out, question, assignments, said):
    with pytest.raises(NothingToRegrade) as raised:
        again(out, Grades("r2"), question, assignments)
    assert said in str(raised.value)


def test_the_table_of_moves_cannot_be_a_formula(out):
    found = again(out, Grades("r2", mended))
    people = {
        number: type(person)(person.id, name="=HYPERLINK(1)")
        for number, person in found.before.people.items()
    }
    evil = type(found.before)(people, found.before.standings, found.before.policy)
    text = moves_text(type(found)(found.new, found.moves, found.grades, evil, 0))
    assert "\n=HYPERLINK" not in text
    assert "'=HYPERLINK" in text
    assert MOVES.endswith(".csv")
