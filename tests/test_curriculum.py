"""The course holds what its primer holds: every exercise, example, figure, table and row of the notation
reference has a home."""

import inspect
import re
from collections import defaultdict

import pytest
from conftest import CHAPTERS, ROOT

from autograder.course.chapter import read_chapter
from autograder.course.question import WorkedValue
from autograder.course.settings import read_settings
from autograder.prove.proofs import VARIANTS_PROVED, prove, prove_values
from autograder.publish.master import COVERS

NOTATION = {
    "v, a, b": 1,
    "||v||": 1,
    "a · b": 2,
    "cos(θ)": 2,
    "W": 3,
    "Wv": 3,
    "exp(x)": 4,
    "ln(x)": 4,
    "P(A | B)": 5,
    "softmax(z)": 6,
    "H(p, q)": 7,
    "∂L/∂w": 8,
    "∇L": 8,
    "α": 9,
    "Q, K, V": 10,
    "d_k": 10,
}
"""The rows of the primer's notation reference, and the chapter that introduces each."""

EXAMPLES = {number: number for number in range(1, 11)}
EXERCISES = {
    number: chapter
    for chapter, last in ((2, range(1, 5)), (3, range(5, 8)), (4, range(8, 11)), (5, range(11, 13)))
    for number in last
} | {
    number: chapter
    for chapter, last in (
        (6, range(13, 15)),
        (7, range(15, 17)),
        (8, range(17, 19)),
        (9, range(19, 21)),
        (10, range(21, 24)),
    )
    for number in last
}
FIGURES = {1: 1, 2: 2, 3: 2, 4: 3, 5: 6, 6: 9, 7: 10}

WANTED = (
    {f"Notation: {symbol}": chapter for symbol, chapter in NOTATION.items()}
    | {f"Example {number}": chapter for number, chapter in EXAMPLES.items()}
    | {f"Exercise {number}": chapter for number, chapter in EXERCISES.items()}
    | {f"Figure {number}": chapter for number, chapter in FIGURES.items()}
    | {"Reference: cosine similarity": 2, "Reference: loss and perplexity": 7}
)

# Signatures and points as the curriculum has them; graders outside this repository call these.
FUNCTIONS = """
ch01_vectors: dimension(v) 1; magnitude(v) 4; direction(v) 3; distance(a, b) 3; nearest(word, vocabulary) 4
ch02_dot_product: dot(a, b) 3; cosine_similarity(a, b) 4; angle_degrees(a, b) 2; similarity_label(c) 2
ch02_dot_product: most_similar(word, vocabulary, k) 3
ch03_matrices: matvec(W, v) 4; matmul(A, B) 4; product_shape(a, b) 2; parameter_count(shapes) 1
ch03_matrices: compose(W2, W1) 2; feed_forward(x, W1, b1, W2, b2) 3
ch04_exp_log: exp_of_sum(xs) 2; log_product(probabilities) 4; product_via_logs(probabilities) 2
ch04_exp_log: underflow_length(p) 3; log_sum_exp(xs) 4
ch05_probability: is_distribution(p, tolerance=1e-09) 3; sequence_probability(conditionals) 2
ch05_probability: sequence_log_probability(conditionals) 3; bigram_model(tokens) 4
ch05_probability: score_sentence(model, tokens) 3; most_likely_continuation(model, start, length) 2
ch06_softmax: softmax(z) 4; softmax_rows(Z) 3; softmax_with_temperature(z, temperature) 4; log_softmax(z) 3
ch06_softmax: sample(probabilities, u) 2
ch07_cross_entropy: surprise(p) 2; cross_entropy(p, q) 4; next_token_loss(probabilities, targets) 4
ch07_cross_entropy: loss_from_logits(logits, targets) 4; perplexity(losses) 2
ch08_gradients: forward_difference(f, x, h) 2; central_difference(f, x, h) 2
ch08_gradients: partial_derivative(f, point, i, h=1e-05) 3; gradient(f, point, h=1e-05) 3
ch08_gradients: chain_rule(outer_slope, inner, inner_slope, x) 2
ch08_gradients: softmax_cross_entropy_gradient(logits, target) 2; steepest_descent(gradient) 1
ch09_gradient_descent: descent_step(w, gradient, learning_rate) 2
ch09_gradient_descent: gradient_descent(gradient_fn, start, learning_rate, steps) 2
ch09_gradient_descent: sgd(batch_gradient, start, batches, learning_rate) 2
ch09_gradient_descent: learning_rate_at(step, total_steps, peak, final) 2
ch09_gradient_descent: adam_step(w, gradient, m, v, t, learning_rate=0.001, beta1=0.9, beta2=0.999, \
epsilon=1e-08) 4
ch09_gradient_descent: backward(x, target, W1, W2) 4
ch10_attention: project(X, W_Q, W_K, W_V) 2; attention_scores(Q, K) 3; attention_weights(Q, K, mask=None) 3
ch10_attention: attention(Q, K, V, mask=None) 2
ch10_attention: causal_mask(n) 1; multi_head_attention(X, heads, W_O, mask=None) 4
"""

VALUES = """
ch01_vectors: example_1 1, neighbours 2, reading_1 2
ch02_dot_product: exercise_1 1, exercise_2 1, exercise_3 1, exercise_4 1, reading_2 2
ch03_matrices: exercise_5 1, exercise_6 1, exercise_7 2
ch04_exp_log: example_4 1, exercise_8 1, exercise_9 1, exercise_10 1, reading_4 1
ch05_probability: example_5 1, exercise_11 1, exercise_12 1
ch06_softmax: example_6 1, exercise_13 1, exercise_14 1, reading_6 1
ch07_cross_entropy: loss_table 1, exercise_15 1, exercise_16 1, reading_7 1
ch08_gradients: example_8 1, exercise_17 1, exercise_18 2, reading_8 1
ch09_gradient_descent: example_9 1, exercise_19 1, exercise_20 1, reading_9 1
ch10_attention: example_10 1, exercise_21 1, exercise_22 1, exercise_23 1, reading_10 1
"""


def rows(text, separator):
    for line in text.strip().splitlines():
        name, _, entries = line.partition(": ")
        for entry in entries.split(separator):
            yield name, entry.strip()


@pytest.fixture(scope="module")
def homes():
    """Where each thing of the primer is covered: chapter numbers by tag."""
    found = defaultdict(set)
    for name in CHAPTERS:
        chapter = read_chapter(ROOT, name)
        tags = [tag for question in chapter.questions.values() for tag in question.source]
        for comment in COVERS.finditer(chapter.text):
            tags += [tag.strip() for tag in comment["tags"].split(";")]
        for tag in tags:
            found[tag].add(int(name[2:4]))
    return found


def test_none_of_the_ten_chapters_is_missing():
    assert {name for name, _ in rows(FUNCTIONS, ";")} <= set(CHAPTERS)


@pytest.mark.parametrize("thing", WANTED)
def test_each_thing_of_the_primer_has_a_home_in_its_chapter(homes, thing):
    assert WANTED[thing] in homes[thing]


def test_the_map_counts_what_the_primer_has():
    assert (len(EXAMPLES), len(EXERCISES), len(FIGURES), len(NOTATION)) == (10, 23, 7, 16)


def test_a_home_names_nothing_that_the_primer_does_not_have(homes):
    numbered = [tag for tag in homes if re.match(r"(Example|Exercise|Figure|Notation|Reference)\b", tag)]
    assert set(numbered) == set(WANTED)


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_is_worth_what_the_course_says(name):
    assert read_chapter(ROOT, name).points == read_settings(ROOT).points_of(name)


@pytest.mark.parametrize(("name", "entry"), list(rows(FUNCTIONS, ";")))
def test_functions_have_the_curriculums_signature_and_points(name, entry):
    chapter = read_chapter(ROOT, name)
    function, points = re.fullmatch(r"(.+) (\d+)", entry).groups()
    question = chapter.questions[function.partition("(")[0]]
    signature = inspect.signature(chapter.references[question.name])
    bare = [p.replace(annotation=inspect.Parameter.empty) for p in signature.parameters.values()]
    assert f"{question.name}{inspect.Signature(bare)}" == function
    assert question.points == int(points)


@pytest.mark.parametrize(("name", "entry"), list(rows(VALUES, ",")))
def test_worked_values_have_the_curriculums_points(name, entry):
    question, points = entry.split()
    found = read_chapter(ROOT, name).questions[question]
    assert isinstance(found, WorkedValue)
    assert found.points == int(points)


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_question_of_a_chapter_is_proved(name):
    proof = prove(read_chapter(ROOT, name))
    # A question that is not of the curriculum may want for misconceptions; one that is may not.
    contract = [f"{name}/{entry.partition('(')[0].split()[0]}:" for _, entry in rows(FUNCTIONS, ";")]
    assert proof.failures == []
    assert [said for said in proof.wanting if said.startswith(tuple(contract))] == []
    assert min(proof.public, proof.hidden, proof.misconceptions, proof.alternatives, proof.impostors) > 0


@pytest.mark.parametrize("name", CHAPTERS)
def test_ten_variants_differ_and_are_proved(name):
    drawn = defaultdict(set)
    terms = [f"term-{number}" for number in range(10 - len(VARIANTS_PROVED))]
    for variant in [*VARIANTS_PROVED, *terms]:
        chapter = read_chapter(ROOT, name, variant)
        # The others were proved with the chapter, above.
        assert variant in VARIANTS_PROVED or prove_values(chapter) == []
        for question, numbers in chapter.numbers.items():
            if numbers:
                drawn[question].add(repr(numbers))
    primer = read_chapter(ROOT, name)
    for question, seen in drawn.items():
        assert repr(primer.numbers[question]) not in seen
        assert len(seen) >= 3, f"{question} draws {len(seen)} different sets of numbers in ten terms"
