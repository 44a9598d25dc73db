"""Domains: what is drawn from a declaration, and that every right answer agrees on it."""

import itertools
import math
import warnings

import numpy as np
import pytest
from conftest import CHAPTERS, ROOT

from autograder.course import domains
from autograder.course.chapter import read_chapter
from autograder.course.domains import (
    ANY_DISTRIBUTION,
    ANY_LOGITS,
    ANY_REALS,
    LONG,
    Draw,
    Formula,
    among,
    edges,
    empty_vectors,
    functions_of_a_number,
    functions_of_a_vector,
    lengths,
    masks,
    matrices,
    numbers,
    one_of,
    shapes,
    slopes,
    tokens,
    vectors,
    without,
    words,
)
from autograder.course.question import DeclarationError, Question
from autograder.prove.inputs import copied, drawn, untouched, written
from autograder.prove.known_answers import SINGLE, in_float32, right_answers


def several(strategy, count=400, seed="a seed"):
    """Values of a strategy, each with the kinds it was drawn as."""
    draw = Draw(seed)
    found = []
    for _ in range(count):
        draw.begin()
        found.append((draw(strategy), tuple(draw.kinds)))
    return found


def kinds(found):
    return {kind for _, of in found for kind in of}


def test_the_same_seed_draws_the_same_and_another_seed_draws_otherwise():
    strategy = vectors(3)
    shown = [repr(several(strategy, 50, seed)) for seed in ("a", "a", "b")]
    assert shown[0] == shown[1] != shown[2]


@pytest.mark.parametrize("of", [ANY_REALS, ANY_LOGITS, domains.ANY_POSITIVE, domains.ANY_PROBABILITIES])
def test_every_kind_of_number_and_every_container_is_drawn(of):
    found = kinds(several(vectors(of=of)))
    assert found >= set(of)
    assert found >= {"a list", "a tuple", "an array of floats", "an array of float32", "an array of ints"}
    assert found >= {"one component", "two components", "a few components", "some 2,000 components"}


def test_an_array_of_ints_holds_its_numbers():
    for value, of in several(vectors(of=ANY_LOGITS), 2000):
        if isinstance(value, np.ndarray) and value.dtype.kind in "iu":
            content = next(kind for kind in of if kind in ANY_LOGITS)
            assert "whole" in content or "zero" in content or content == "equal components", of


def test_a_number_of_many_decimals_is_another_when_it_is_rounded():
    for value, of in several(vectors(5)):
        if "many decimals" in of and "an array of float32" not in of:
            assert not np.allclose(np.round(value, 6), value, rtol=1e-9, atol=1e-12)


def test_the_largest_logit_often_stands_elsewhere_than_first():
    several_logits = [value for value, _ in several(vectors(4, ANY_LOGITS))]
    elsewhere = sum(int(np.argmax(value)) > 0 for value in several_logits)
    assert elsewhere > len(several_logits) / 2


def test_no_row_of_logits_is_all_minus_infinity():
    for mixed in (False, True):
        for value, _ in several(matrices(of=ANY_LOGITS, mixed=mixed)):
            assert np.isfinite(np.asarray(value, dtype=float)).any(axis=1).all()


def test_a_distribution_sums_to_one_and_stays_one_in_float32():
    for value, _ in several(vectors(of=ANY_DISTRIBUTION, float32="exact")):
        p = np.asarray(value, dtype=float)
        assert (p >= 0).all()
        assert abs(math.fsum(p) - 1) < 1e-12


def test_float32_can_be_left_out():
    found = kinds(several(vectors(3, float32="never")))
    assert "an array of float32" not in found
    assert "an array of floats" in found


def test_a_long_vector_is_longer_than_python_nests_calls_and_is_written_down_shortly():
    longest = [value for value, of in several(vectors()) if "some 2,000 components" in of]
    assert longest
    for value in longest:
        assert len(value) == LONG > 1024
        assert len(written(value)) < 400
        assert np.array_equal(eval(written(value), {"np": np, "math": math}), value)


def test_a_vector_is_as_long_as_it_was_asked_to_be():
    for n in (1, 2, 7, LONG, LONG + 1):
        assert {len(value) for value, _ in several(vectors(n), 20)} == {n}


def test_shapes_are_of_every_kind_and_square_ones_can_be_left_out():
    found = several(shapes())
    assert {m > n for (m, n), _ in found} == {True, False}
    assert any(m == n > 1 for (m, n), _ in found)
    assert not any(m == n > 1 for (m, n), _ in several(shapes(square=False)))


def test_lengths_keep_within_their_limits():
    assert {n for n, _ in several(lengths(2, 5))} == {2, 3, 4, 5}


def test_edges_are_drawn_with_the_next_float_on_either_side():
    values = {value for value, _ in several(edges(0.9))}
    assert values == {math.nextafter(0.9, 0), 0.9, math.nextafter(0.9, 1)}


def test_choices_are_drawn_all_and_named():
    found = several(one_of({"a small one": among(1, 2), "a large one": 100}))
    assert {value for value, _ in found} == {1, 2, 100}
    assert kinds(found) == {"a small one", "a large one"}
    assert all((value == 100) == ("a large one" in of) for value, of in found)


def test_numbers_come_as_ints_and_as_floats():
    found = {type(value) for value, _ in several(numbers())}
    assert found == {int, float}


def test_empty_vectors_are_lists_tuples_and_arrays():
    assert {type(value) for value, _ in several(empty_vectors())} == {list, tuple, np.ndarray}


def test_a_mask_leaves_every_query_a_key():
    for value, _ in several(masks(3, 4)):
        rows = np.asarray(value)
        assert rows.dtype == bool
        assert rows.shape == (3, 4)
        assert rows.any(axis=1).all()


def test_words_differ_and_some_differ_in_case_alone():
    for value, _ in several(words(4)):
        assert len(set(value)) == 4
    everything = {word for value, _ in several(words(4)) for word in value}
    assert {"The", "the"} <= everything


def test_texts_repeat_tokens_and_some_tokens_follow_themselves():
    found = [value for value, _ in several(tokens(5))]
    assert {type(value) for value in found} == {list, tuple}
    assert any(a == b for value in found for a, b in itertools.pairwise(value))


def test_functions_are_smooth_and_carry_their_source():
    for strategy, at in [(functions_of_a_number(), 0.5), (functions_of_a_vector(2), np.array([0.5, -1]))]:
        for function, _ in several(strategy, 40):
            assert isinstance(function, Formula)
            assert math.isfinite(function(at))
            assert eval(function.source, {"np": np, "math": math})(at) == function(at)
    for function, _ in several(slopes(2), 20):
        assert function(np.array([1.0, 2.0])).shape == (2,)
    for function, _ in several(slopes(), 20):
        assert math.isfinite(function(1.0))


def test_a_kind_that_is_not_there_cannot_be_left_out():
    with pytest.raises(ValueError, match=r"no kind 'large nubmers'; there are 'whole numbers'"):
        without(ANY_REALS, "large nubmers")
    assert "large numbers" not in without(ANY_REALS, "large numbers")


# Declared by a question -------------------------------------------------------------------------------------


def declared():
    question = Question(points=1)
    question.domain(v=vectors())

    @question.refuses(ValueError, naming="k")
    def a_number_below_one(draw):
        return {"v": draw(vectors(2)), "k": draw(among(0, -1))}

    @question.refuses(ValueError, naming=lambda v, k: [len(v), k])
    def too_many(draw):
        return {"v": [1, 2], "k": 3}

    return question


def test_a_question_declares_what_is_valid_and_what_is_refused_with_which_values():
    examples = list(declared().inputs.examples("seed", 80))
    refused = [example for example in examples if example.error]
    assert len(refused) == 20
    assert {example.error for example in refused} == {ValueError}
    assert {example.names for example in refused} == {(0,), (-1,), (2, 3)}
    assert {"a number below one", "too many"} <= {kind for example in refused for kind in example.kinds}


def test_a_domain_that_draws_what_the_reference_does_not_take_is_told_when_it_is_read(tiny):
    tiny.replace(
        tiny.questions,
        "@twice.check",
        "from autograder.course.domains import among\n\ntwice.domain(y=among(1))\n\n\n@twice.check",
    )
    with pytest.raises(DeclarationError, match="draws `y`, which it does not take; it takes x") as told:
        read_chapter(tiny.root, tiny.name)
    assert "twice" in str(told.value)


def test_a_domain_that_returns_no_arguments_by_name_is_told(tiny):
    tiny.replace(
        tiny.questions,
        '@twice.misconception(caught_by=doubles, hint="Twice',
        """@twice.domain
def a_number(draw):
    return 3


@twice.misconception(caught_by=doubles, hint="Twice""",
    )
    with pytest.raises(
        DeclarationError, match="returns its arguments by name, as a dict; `a number` returned 3"
    ):
        read_chapter(tiny.root, tiny.name)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("twice.domain(x=among(float('nan')))", "draws what has no answer"),
        ("twice.domain(x=among(None))", "disagree at x=None: TypeError"),
        ("twice.refuses(ValueError, x=among(1))", "disagree at x=1: NotRefused"),
    ],
)
def test_a_domain_that_the_reference_does_not_agree_with_is_told(tiny, line, said):
    tiny.replace(
        tiny.questions,
        "@twice.check",
        f"from autograder.course.domains import among\n\n{line}\n\n\n@twice.check",
    )
    chapter = read_chapter(tiny.root, tiny.name)
    with pytest.raises(DeclarationError) as told:
        drawn(chapter, chapter.questions["twice"], "seed", 4)
    assert said in str(told.value)
    assert "twice" in str(told.value)


# Copies -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        [1.0, 2.0],
        [[1, 2], [3, 4]],
        {"a": [1.0], "b": np.array([2.0])},
        np.array([1.0]),
        ([1], [2]),
        {"a": {"b": 1}},
    ],
)
def test_a_copy_is_untouched_until_it_is_written_to(value):
    mine = copied(value)
    assert untouched(mine, value)
    inner = mine
    while isinstance(inner, (dict, list, tuple)) and not isinstance(next(iter(_items(inner))), (int, float)):
        inner = next(iter(_items(inner)))
    if isinstance(inner, dict):
        inner["b"] = 7
    else:
        inner[0] = 7
    assert not untouched(mine, value)


def _items(value):
    return value.values() if isinstance(value, dict) else value


# The course's own -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_right_answer_agrees_on_two_thousand_drawn_calls(name):
    """What a drawn check asks is drawn from the same domain, so it refuses no right answer."""
    chapter = read_chapter(ROOT, name)
    for question in chapter.questions.values():
        if not isinstance(question, Question) or not question.inputs:
            continue
        calls = [call for call in drawn(chapter, question, "two thousand", 2000) if not call.long]
        for answer in right_answers(chapter, question):
            function = answer.make()
            # Whether float32 is fine enough is asked of each call that is chosen, when it is chosen.
            if (answer.kind == "form" and answer.name == SINGLE) or in_float32(function, calls):
                continue
            with warnings.catch_warnings(), np.errstate(all="ignore"):
                warnings.simplefilter("ignore")
                told = next((call for call in calls if call.tells(function, question.name)), None)
            assert told is None, f"{question.name}: {answer} at {told.source(question.name)}"
