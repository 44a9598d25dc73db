"""Chapter IV: what is asked of products, logarithms and sums of exponentials."""

import bisect
import math
import sys

import numpy as np

from autograder.course.question import Question, Reading, WorkedValue, expect
from solutions import ch04_exp_log as reference

# Checks -----------------------------------------------------------------------------------------------------

exp_of_sum = Question(points=2, source="Notation: exp(x)")


@exp_of_sum.check
def multiplies_exponentials(exp_of_sum):
    """The worked value, and a sum below 0."""
    expect(exp_of_sum, [0.2, 0.5, -0.4]).to_equal(
        math.exp(0.2) * math.exp(0.5) * math.exp(-0.4),
        because="add the numbers up, then take one exponential of the sum",
    )
    expect(exp_of_sum, [-1.5, 0.25]).to_equal(
        math.exp(-1.5) * math.exp(0.25),
        because="a negative sum gives a number between 0 and 1, never below 0",
    )


@exp_of_sum.check
def takes_numbers_of_every_kind(exp_of_sum):
    """One number or many, as a list, a tuple or an array, ints or floats."""
    expect(exp_of_sum, [2]).to_equal(math.exp(2), because="one number: its own exponential")
    expect(exp_of_sum, (0, 0, 0, 0)).to_equal(1.0, because="exp(0) is 1")
    expect(exp_of_sum, np.array([3, -5])).to_equal(math.exp(-2), because="ints must not be kept as ints")


@exp_of_sum.hidden
def needs_one_exponential_alone(exp_of_sum):
    """Numbers whose own exponentials overflow, with a sum of moderate size."""
    expect(exp_of_sum, [700.25, 650.5, -1350.0]).to_equal(
        math.exp(0.75),
        because="exp(700) times exp(650) is more than a float holds: add before exponentiating",
    )
    expect(exp_of_sum, [-2000, 1000, 1003]).to_equal(
        math.exp(3),
        because="exp(1003) overflows and exp(-2000) is 0; their product is nan: add before exponentiating",
    )


@exp_of_sum.misconception(
    caught_by=needs_one_exponential_alone,
    hint=(
        "Multiplying the exponentials overflows before the small ones can bring the product down. Add the"
        " numbers first, then call exp once."
    ),
)
def multiplies_them_one_by_one(xs):
    with np.errstate(all="ignore"):
        return float(np.prod(np.exp(np.asarray(xs, dtype=float))))


@exp_of_sum.misconception(
    caught_by=multiplies_exponentials,
    hint="This adds the exponentials. Their product was asked for: the sum belongs inside the exponential.",
)
def adds_the_exponentials(xs):
    with np.errstate(all="ignore"):
        return float(np.exp(np.asarray(xs, dtype=float)).sum())


@exp_of_sum.misconception(
    caught_by=multiplies_exponentials,
    hint="This is the sum of the numbers. The product of their exponentials is exp of that sum.",
)
def forgets_the_exponential(xs):
    return float(np.sum(xs))


@exp_of_sum.misconception(
    caught_by=multiplies_exponentials,
    hint="exp turns sums into products, not products into products: add the numbers, do not multiply them.",
)
def exponentiates_the_product(xs):
    with np.errstate(all="ignore"):
        return float(np.exp(np.prod(np.asarray(xs, dtype=float))))


@exp_of_sum.misconception(
    caught_by=multiplies_exponentials,
    hint="This is a power of 10. The base is e = 2.718...: use math.exp or np.exp.",
)
def uses_powers_of_ten(xs):
    return float(10.0 ** np.sum(np.asarray(xs, dtype=float)))


@exp_of_sum.misconception(
    caught_by=multiplies_exponentials,
    hint="Do not divide by how many numbers there are: the product takes their sum, not their mean.",
)
def takes_the_mean(xs):
    return math.exp(np.mean(xs))


@exp_of_sum.misconception(
    caught_by=multiplies_exponentials,
    hint="pop takes the numbers out of the caller's own list. Loop over the list instead, or use sum.",
)
def empties_the_callers_list(xs):
    total = 0.0
    while len(xs):
        total += xs.pop()
    return math.exp(total)


@exp_of_sum.alternative
def adds_in_a_loop(xs):
    total = 0
    for x in xs:
        total += x
    return math.exp(total)


@exp_of_sum.alternative
def raises_e_to_the_sum(xs):
    return math.e ** math.fsum(xs)


@exp_of_sum.alternative
def adds_in_single_precision(xs):
    return np.exp(np.sum(np.array(xs, dtype=np.float32)))


@exp_of_sum.alternative
def returns_a_numpy_number(xs):
    return np.exp(np.add.reduce(np.array(xs)))


log_product = Question(points=4, source=["Example 4", "Notation: ln(x)"])

LONG = [0.05 + 0.0009 * i for i in range(900)]
LONG_LOG = math.fsum(math.log(p) for p in LONG)


@log_product.check
def adds_natural_logarithms(log_product):
    """The worked value, and Example 4."""
    expect(log_product, [0.5, 0.2]).to_equal(
        math.log(0.1),
        because="the logarithm of a product is the sum of the natural logarithms, np.log or math.log",
    )
    expect(log_product, [0.8, 0.6, 0.9]).to_equal(
        math.log(0.432),
        because="the logarithm of a product is the sum of the natural logarithms, np.log or math.log",
    )


@log_product.check
def takes_probabilities_of_every_kind(log_product):
    """One probability or many, as a list, a tuple or an array, ints or floats."""
    expect(log_product, [0.37]).to_equal(math.log(0.37), because="one probability: its own logarithm")
    expect(log_product, (1, 1, 1)).to_equal(0.0, because="ln(1) is 0, and certainties add nothing")
    expect(log_product, np.array([1.0, 0.04, 0.6])).to_equal(
        math.log(0.024), because="convert with np.asarray(probabilities, dtype=float) first"
    )


@log_product.check
def refuses_what_is_no_probability(log_product):
    """A number below 0 or above 1: ValueError that names it."""
    expect(log_product, [1.0, 0.25]).to_equal(
        math.log(0.25), because="1 is a probability, and not to be refused"
    )
    expect(log_product, [0.5, 1.2]).to_be_refused(ValueError, naming=[1.2])
    expect(log_product, [-0.25, 0.5, 0.75]).to_be_refused(ValueError, naming=[-0.25])


@log_product.hidden
def gives_minus_infinity_quietly(log_product):
    """A probability of 0 gives -inf, without a warning."""
    expect(log_product, [0.5, 0.125]).to_be_quiet().to_equal(math.log(0.0625))
    expect(log_product, [0.3, 0.0, 0.7]).to_be_quiet(
        because="ln(0) is wanted here: see to it that NumPy does not warn of it"
    ).to_equal(
        -math.inf,
        because=(
            "one impossible token makes the whole sequence impossible: the answer is -inf, neither an error"
            " nor a large negative number"
        ),
    )
    expect(log_product, [0]).to_be_quiet(
        because="ln(0) is wanted here: see to it that NumPy does not warn of it"
    ).to_equal(-math.inf, because="ln(0) is -inf")


@log_product.hidden
def gives_zero_for_the_empty_product(log_product):
    """No probabilities: the empty product is 1, and its logarithm 0."""
    expect(log_product, [0.65]).to_equal(math.log(0.65))
    expect(log_product, []).to_equal(0.0, because="a sum of no terms is 0, and so is ln(1)")


@log_product.hidden
def goes_on_where_the_product_is_zero(log_product):
    """Nine hundred probabilities, whose product is too small for a float."""
    # 900 logarithms of both implementations are each rounded; what they sum to is some -900, and 1e-9 of it
    # leaves room.
    expect(log_product, LONG).to_equal(
        LONG_LOG, because="do not multiply first: that product underflows to 0. Take each logarithm, then add"
    )
    expect(log_product, [1e-200, 1e-300, 0.5]).to_equal(
        -500 * math.log(10) + math.log(0.5), because="do not multiply first: that product underflows to 0"
    )


@log_product.misconception(
    caught_by=goes_on_where_the_product_is_zero,
    hint=(
        "This multiplies before it takes the logarithm, and a long product underflows to 0. Take each"
        " logarithm first, then add them up."
    ),
)
def takes_the_log_of_the_product(probabilities):
    p = np.asarray(probabilities, dtype=float)
    if np.any(p < 0) or np.any(p > 1):
        raise ValueError(f"not probabilities: {p.tolist()}")
    with np.errstate(all="ignore"):
        return float(np.log(np.prod(p)))


@log_product.misconception(
    caught_by=adds_natural_logarithms,
    hint=(
        "This is the logarithm to base 10. Papers mean the natural logarithm, to base e: np.log or math.log."
    ),
)
def uses_base_ten(probabilities):
    return reference.log_product(probabilities) / math.log(10)


@log_product.misconception(
    caught_by=adds_natural_logarithms,
    hint=(
        "This is the logarithm to base 2, which counts bits. Papers mean the natural logarithm: np.log or"
        " math.log."
    ),
)
def uses_base_two(probabilities):
    return reference.log_product(probabilities) / math.log(2)


@log_product.misconception(
    caught_by=adds_natural_logarithms,
    hint="This is the mean of the logarithms. The logarithm of a product is their sum.",
)
def averages_the_logarithms(probabilities):
    return reference.log_product(probabilities) / max(len(probabilities), 1)


@log_product.misconception(
    caught_by=adds_natural_logarithms,
    hint=(
        "The sign is turned round. The logarithm of a number below 1 is negative; minus the logarithm is the"
        " surprise of Chapter VII."
    ),
)
def turns_the_sign_round(probabilities):
    return -reference.log_product(probabilities)


@log_product.misconception(
    caught_by=gives_minus_infinity_quietly,
    hint=(
        "The value is right, and NumPy warns of a division by zero on the way. Take the logarithm inside"
        " `with np.errstate(divide='ignore'):`."
    ),
)
def lets_numpy_warn(probabilities):
    p = np.asarray(probabilities, dtype=float)
    if np.any(p < 0) or np.any(p > 1):
        raise ValueError(f"not probabilities: {p.tolist()}")
    return float(np.sum(np.log(p)))


@log_product.misconception(
    caught_by=gives_minus_infinity_quietly,
    hint=(
        "math.log(0) raises an error. A probability of 0 is allowed, and the answer is then -math.inf: treat"
        " it before the logarithm."
    ),
)
def leaves_zero_to_math_log(probabilities):
    if any(not 0 <= p <= 1 for p in probabilities):
        raise ValueError(f"not probabilities: {list(probabilities)}")
    return sum(math.log(p) for p in probabilities)


@log_product.misconception(
    caught_by=gives_minus_infinity_quietly,
    hint=(
        "Adding a small constant before the logarithm turns an impossible sequence into a possible one. ln(0)"
        " is to be -inf."
    ),
)
def adds_a_small_constant(probabilities):
    p = np.asarray(probabilities, dtype=float)
    if np.any(p < 0) or np.any(p > 1):
        raise ValueError(f"not probabilities: {p.tolist()}")
    return float(np.sum(np.log(p + 1e-12)))


@log_product.misconception(
    caught_by=refuses_what_is_no_probability,
    hint=(
        "Numbers outside 0 to 1 get an answer here. Check them first, and raise ValueError with a message"
        " that names the value that is wrong."
    ),
)
def takes_any_number(probabilities):
    with np.errstate(all="ignore"):
        return float(np.sum(np.log(np.asarray(probabilities, dtype=float))))


@log_product.misconception(
    caught_by=gives_zero_for_the_empty_product,
    hint="An empty list is no error here: a sum of no logarithms is 0, because a product of no factors is 1.",
)
def refuses_an_empty_sequence(probabilities):
    if len(probabilities) == 0:
        raise ValueError("no probabilities")
    return reference.log_product(probabilities)


@log_product.alternative
def logs_in_a_loop(probabilities):
    total = 0.0
    for p in probabilities:
        if p < 0 or p > 1:
            raise ValueError(f"{p} is not a probability")
        total += math.log(p) if p > 0 else -math.inf
    return total


@log_product.alternative
def logs_in_single_precision(probabilities):
    p = np.array(probabilities, dtype=float)
    if not np.all((p >= 0) & (p <= 1)):
        raise ValueError(f"outside [0, 1]: {p}")
    with np.errstate(divide="ignore"):
        return np.sum(np.log(p).astype(np.float32))


@log_product.alternative
def by_way_of_base_two(probabilities):
    wrong = [p for p in probabilities if not 0 <= p <= 1]
    if wrong:
        raise ValueError(f"probabilities must be from 0 to 1, not {wrong[0]}")
    if 0 in list(probabilities):
        return -math.inf
    return math.fsum(math.log2(p) for p in probabilities) * math.log(2)


@log_product.alternative
def logs_where_they_exist(probabilities):
    p = np.array(probabilities, dtype=float)
    if p.size and (p.min() < 0 or p.max() > 1):
        raise ValueError(f"got {p.min()} to {p.max()}, outside 0 to 1")
    logs = np.full(p.shape, -np.inf)
    np.log(p, out=logs, where=p > 0)
    return logs.sum()


product_via_logs = Question(points=2, source="Example 4")


@product_via_logs.check
def gives_the_product_back(product_via_logs):
    """The worked value, and Example 4."""
    expect(product_via_logs, [0.5, 0.2, 0.3]).to_equal(
        0.5 * 0.2 * 0.3, because="add the natural logarithms, then undo the logarithm with exp"
    )
    expect(product_via_logs, [0.8, 0.6, 0.9]).to_equal(
        0.8 * 0.6 * 0.9, because="add the natural logarithms, then undo the logarithm with exp"
    )


@product_via_logs.check
def multiplies_factors_of_every_kind(product_via_logs):
    """One probability or many, as a list, a tuple or an array, ints or floats."""
    expect(product_via_logs, [0.29]).to_equal(0.29, because="exp(ln(p)) is p again")
    expect(product_via_logs, (1, 1)).to_equal(1.0, because="exp(0) is 1")
    expect(product_via_logs, np.array([0.5, 1.0, 0.35])).to_equal(
        0.175, because="add the natural logarithms, then undo the logarithm with exp"
    )


@product_via_logs.hidden
def multiplies_many_factors(product_via_logs):
    """Twelve unequal probabilities, and one of 0 among others."""
    factors = [0.91, 0.4, 0.77, 0.08, 0.66, 0.52, 0.97, 0.31, 0.6, 0.85, 0.23, 0.7]
    expect(product_via_logs, factors).to_equal(
        math.prod(factors), because="every factor counts: add all the logarithms, then call exp once"
    )
    expect(product_via_logs, [0.4, 0.0, 0.9]).to_equal(0.0, because="ln(0) is -inf, and exp(-inf) is 0")


@product_via_logs.misconception(
    caught_by=gives_the_product_back,
    hint="This is the logarithm of the product. exp turns it back into the product itself.",
)
def stays_in_logarithms(probabilities):
    return reference.log_product(probabilities)


@product_via_logs.misconception(
    caught_by=gives_the_product_back,
    hint="Logarithms to base 10 are undone by powers of 10, not by exp. Use np.log or math.log with exp.",
)
def mixes_two_bases(probabilities):
    return math.exp(reference.log_product(probabilities) / math.log(10))


@product_via_logs.misconception(
    caught_by=gives_the_product_back,
    hint=(
        "Dividing by the number of factors gives their geometric mean. Leave the sum of the logarithms as"
        " it is."
    ),
)
def gives_the_geometric_mean(probabilities):
    return math.exp(reference.log_product(probabilities) / len(probabilities))


@product_via_logs.misconception(
    caught_by=gives_the_product_back,
    hint=(
        "exp of each logarithm gives each probability back, and this adds them. Add the logarithms first, and"
        " call exp once."
    ),
)
def exponentiates_too_early(probabilities):
    return float(np.sum(np.asarray(probabilities, dtype=float)))


@product_via_logs.misconception(
    caught_by=gives_the_product_back,
    hint=(
        "A sign is turned round: exp(-s) is 1 / exp(s). The sum of the logarithms is negative, and is to"
        " stay so."
    ),
)
def gives_the_reciprocal(probabilities):
    with np.errstate(all="ignore"):
        return float(np.exp(-reference.log_product(probabilities)))


@product_via_logs.misconception(
    caught_by=multiplies_many_factors,
    hint=(
        "math.log(0) raises an error. A product with a factor of 0 is 0: let ln(0) be -inf, for exp(-inf)"
        " is 0."
    ),
)
def stumbles_over_zero(probabilities):
    return math.exp(sum(math.log(p) for p in probabilities))


@product_via_logs.misconception(
    caught_by=multiplies_many_factors,
    hint="A factor of 0 has been left out of the sum. It makes the whole product 0.",
)
def skips_zero_factors(probabilities):
    return reference.product_via_logs([p for p in probabilities if p > 0])


@product_via_logs.alternative
def loops_over_logs(probabilities):
    total = 0.0
    for p in probabilities:
        if p == 0:
            return 0
        total += math.log(p)
    return math.exp(total)


@product_via_logs.alternative
def undoes_base_two(probabilities):
    with np.errstate(divide="ignore"):
        return np.exp2(np.log2(np.array(probabilities, dtype=float)).sum())


@product_via_logs.alternative
def multiplies_in_single_precision(probabilities):
    with np.errstate(divide="ignore"):
        return np.exp(np.sum(np.log(np.array(probabilities, dtype=np.float32))))


underflow_length = Question(points=3, source="Chapter IV")

# The exact lengths, from 60-digit arithmetic: the least n with n * ln(p) <= -1075 * ln(2), half of the
# smallest float above 0. Next to the edge p ** n is 2e-7 or more of itself away from it (0.5 and 0.25 stand
# on or beside a power of two, where pow is exact), so that no last bit of a platform's pow decides.


@underflow_length.check
def finds_the_length_for_a_half(underflow_length):
    """p = 0.5, and p = 0.1."""
    expect(underflow_length.within(1), 0.5).to_equal(
        1075,
        rtol=0,
        atol=0,
        because="the first n for which p ** n == 0.0 holds: one step past the last number above 0",
    )
    expect(underflow_length.within(1), 0.1).to_equal(
        324,
        rtol=0,
        atol=0,
        because="the first n for which p ** n == 0.0 holds: one step past the last number above 0",
    )


@underflow_length.check
def refuses_what_never_underflows(underflow_length):
    """p of 0, of 1, below or above: ValueError that names it."""
    expect(underflow_length.within(1), 0.25).to_equal(538, rtol=0, atol=0)
    for p in [0, 1, 1.5, -0.25]:
        expect(underflow_length.within(1), p).to_be_refused(ValueError, naming=[p])


@underflow_length.check
def answers_within_a_second(underflow_length):
    """p = 0.9, and p = 0.999999, each within a second."""
    expect(underflow_length.within(1), 0.9).to_equal(
        7073,
        rtol=0,
        atol=0,
        because="ask p ** n itself; a running product of 0.9 stops falling a hair above 0",
    )
    expect(underflow_length.within(1), 0.999999).to_equal(
        745132847,
        rtol=0,
        atol=0,
        because=(
            "counting up takes minutes: jump close with logarithms, or halve an interval, and let p ** n =="
            " 0.0 decide"
        ),
    )


@underflow_length.hidden
def is_exact_for_small_and_large_p(underflow_length):
    """The exact length, for p near 0, in between and near 1."""
    for p, length in [(1e-300, 2), (0.0123, 170), (0.433, 891), (0.999, 744761)]:
        expect(underflow_length.within(1), p).to_equal(
            length,
            rtol=0,
            atol=0,
            because=(
                "numbers go down to 5e-324, and half of that still rounds up to it: let p ** n == 0.0 settle"
                " the last steps, up or down"
            ),
        )


@underflow_length.misconception(
    caught_by=answers_within_a_second,
    hint=(
        "Counting n up one by one takes 745 million steps at p = 0.999999. p ** n only falls: bracket the"
        " edge and halve the bracket."
    ),
)
def counts_up_one_by_one(p):
    if not 0 < p < 1:
        raise ValueError(f"p = {p}")
    n = 1
    while p**n != 0.0:
        n += 1
    return n


@underflow_length.misconception(
    caught_by=answers_within_a_second,
    hint=(
        "A running product of numbers above 0.5 never gets to 0: 5e-324 times 0.9 rounds back to 5e-324. Ask"
        " p ** n, which is rounded once."
    ),
)
def multiplies_until_zero(p):
    if not 0 < p < 1:
        raise ValueError(f"p = {p}")
    n, product = 1, p
    while product != 0.0:
        product *= p
        n += 1
    return n


@underflow_length.misconception(
    caught_by=finds_the_length_for_a_half,
    hint="This is the last n whose power is still above 0. The smallest n that gives 0.0 is one more.",
)
def stops_one_short(p):
    return reference.underflow_length(p) - 1


@underflow_length.misconception(
    caught_by=finds_the_length_for_a_half,
    hint=(
        "sys.float_info.min, 2.2e-308, is the smallest number of full precision. Smaller ones follow, down to"
        " 5e-324, before 0.0."
    ),
)
def stops_at_the_smallest_normal_number(p):
    if not 0 < p < 1:
        raise ValueError(f"p = {p}")
    return math.ceil(math.log(sys.float_info.min) / math.log(p))


@underflow_length.misconception(
    caught_by=finds_the_length_for_a_half,
    hint=(
        "ln(5e-324) / ln(p) is an estimate, and it falls short: down to half of 5e-324 a number rounds up."
        " Check p ** n from there."
    ),
)
def trusts_the_estimate(p):
    if not 0 < p < 1:
        raise ValueError(f"p = {p}")
    return math.ceil(math.log(5e-324) / math.log(p))


@underflow_length.misconception(
    caught_by=finds_the_length_for_a_half,
    hint="These are the lengths for 32-bit floats. Python's own floats have 64 bits.",
)
def counts_in_single_precision(p):
    if not 0 < p < 1:
        raise ValueError(f"p = {p}")
    return math.floor(150 * math.log(2) / -math.log(p)) + (p != 0.5)


@underflow_length.misconception(
    caught_by=refuses_what_never_underflows,
    hint=(
        "p = 1 never underflows and p = 0 is 0 from the start. Check that 0 < p < 1 first, and raise"
        " ValueError that names p."
    ),
)
def refuses_nothing(p):
    if not 0 < p < 1:
        return 1 if abs(p) < 1 else math.inf
    return reference.underflow_length(p)


@underflow_length.misconception(
    caught_by=refuses_what_never_underflows,
    hint="p = 1 itself must be refused as well: its powers stay 1 for ever.",
)
def lets_one_through(p):
    if not 0 < p <= 1:
        raise ValueError(f"p = {p}")
    return math.inf if p == 1 else reference.underflow_length(p)


@underflow_length.alternative
def estimates_then_walks(p):
    if not 0 < p < 1:
        raise ValueError(f"p must be between 0 and 1, got {p}")
    n = math.ceil(math.log(5e-324) / math.log(p))
    while p**n != 0.0:
        n += 1
    while p ** (n - 1) == 0.0:
        n -= 1
    return n


@underflow_length.alternative
def bisects_a_range(p):
    if p <= 0 or p >= 1:
        raise ValueError(f"p = {p!r} is not inside (0, 1)")
    return bisect.bisect_left(range(2**62), True, key=lambda n: p**n == 0.0)


@underflow_length.alternative
def builds_the_length_bit_by_bit(p):
    if not 0.0 < p < 1.0:
        raise ValueError(f"{p} is no probability strictly between 0 and 1")
    n = 0
    for bit in reversed(range(60)):
        if p ** (n + 2**bit) > 0:
            n += 2**bit
    return n + 1


@underflow_length.alternative
def walks_with_numpy_numbers(p):
    if not 0 < p < 1:
        raise ValueError(f"got {p}")
    n = np.int64(np.ceil(-1075 / np.log2(p))) - 2
    while n < 1 or np.float64(p) ** np.float64(n) > 0:
        n += 1
    return n


log_sum_exp = Question(points=4, source="Chapter IV")


@log_sum_exp.check
def is_the_log_of_the_sum(log_sum_exp):
    """The worked value, and the logarithms of 3, 4 and 5."""
    expect(log_sum_exp, [-1.2, -0.7]).to_equal(
        math.log(math.exp(-1.2) + math.exp(-0.7)),
        because="exponentiate each number, add the exponentials, take the natural logarithm",
    )
    expect(log_sum_exp, [math.log(3), math.log(4), math.log(5)]).to_equal(
        math.log(12), because="numbers kept as logarithms are added: 3 + 4 + 5 = 12"
    )


@log_sum_exp.check
def sums_entries_of_every_kind(log_sum_exp):
    """One number or many, as a list, a tuple or an array, ints or floats."""
    expect(log_sum_exp, [7]).to_equal(7.0, because="ln(exp(7)) is 7")
    expect(log_sum_exp, (0, 0, 0)).to_equal(math.log(3), because="three times exp(0) = 1 makes 3")
    expect(log_sum_exp, np.array([2, -1])).to_equal(
        math.log(math.exp(2) + math.exp(-1)), because="ints must not be kept as ints"
    )


@log_sum_exp.check
def refuses_an_empty_sum(log_sum_exp):
    """No numbers at all: ValueError."""
    expect(log_sum_exp, [0.5, 0.5]).to_equal(0.5 + math.log(2))
    expect(log_sum_exp, []).to_be_refused(ValueError)


@log_sum_exp.hidden
def stays_finite_at_a_thousand(log_sum_exp):
    """Entries of 1000 and of -1000 give finite results."""
    expect(log_sum_exp, [1000.0, 0.0, 999.0]).to_equal(
        1000 + math.log(1 + math.exp(-1)),
        because="exp(1000) overflows: take the largest entry out of the sum first",
    )
    expect(log_sum_exp, [-1000.0, -1002.0]).to_equal(
        -1000 + math.log(1 + math.exp(-2)),
        because="exp(-1000) underflows to 0: take the largest entry out of the sum first",
    )
    expect(log_sum_exp, [-1000, 3, 1000]).to_equal(
        1000.0, because="shift by the largest entry, which leaves every exponential at 1 or below"
    )


@log_sum_exp.hidden
def shifts_along_with_its_entries(log_sum_exp):
    """Adding a constant to every entry adds it to the result."""
    entries = [0.4, -2.3, 1.1, 0.9]
    total = math.log(sum(math.exp(x) for x in entries))
    for constant in [100.0, -640.0]:
        expect(log_sum_exp, [x + constant for x in entries]).to_equal(
            total + constant,
            because="what is subtracted from the entries must be added back outside the logarithm",
        )


@log_sum_exp.hidden
def gives_minus_infinity_no_weight(log_sum_exp):
    """An entry of -inf, the logarithm of 0, counts as nothing."""
    rest = math.log(math.exp(0.5) + math.exp(-1.25))
    expect(log_sum_exp, [0.5, -math.inf, -1.25]).to_equal(
        rest, because="exp(-inf) is 0 and adds nothing; nothing needs replacing"
    )
    expect(log_sum_exp, [-math.inf, -1000.0]).to_equal(
        -1000.0, because="shift by the largest entry; -inf minus a number is -inf, and its exponential 0"
    )


@log_sum_exp.misconception(
    caught_by=stays_finite_at_a_thousand,
    hint=(
        "exp(1000) is inf and exp(-1000) is 0. Subtract the largest entry from all of them first, and add it"
        " again outside the logarithm."
    ),
)
def exponentiates_at_once(xs):
    if len(xs) == 0:
        raise ValueError("empty")
    with np.errstate(all="ignore"):
        return float(np.log(np.exp(np.asarray(xs, dtype=float)).sum()))


@log_sum_exp.misconception(
    caught_by=is_the_log_of_the_sum,
    hint="The shift must be added back: ln(sum of exp(x - c)) is c too small.",
)
def keeps_the_shift(xs):
    return reference.log_sum_exp(xs) - float(np.max(xs))


@log_sum_exp.misconception(
    caught_by=is_the_log_of_the_sum,
    hint="This is the largest entry. The others add to the sum as well, if only a little.",
)
def takes_the_largest(xs):
    if len(xs) == 0:
        raise ValueError("empty")
    return float(np.max(xs))


@log_sum_exp.misconception(
    caught_by=[stays_finite_at_a_thousand, gives_minus_infinity_no_weight],
    hint=(
        "Shift by the largest entry, not by the smallest: the largest minus the smallest still overflows, and"
        " -inf cannot be subtracted."
    ),
)
def shifts_by_the_smallest_entry(xs):
    x = np.asarray(xs, dtype=float)
    if x.size == 0:
        raise ValueError("empty")
    with np.errstate(all="ignore"):
        return float(x.min() + np.log(np.exp(x - x.min()).sum()))


@log_sum_exp.misconception(
    caught_by=stays_finite_at_a_thousand,
    hint=(
        "Shift by the largest entry, not by the mean: entries far above the mean still overflow, and an entry"
        " of -inf makes the mean -inf."
    ),
)
def shifts_by_the_mean(xs):
    x = np.asarray(xs, dtype=float)
    if x.size == 0:
        raise ValueError("empty")
    with np.errstate(all="ignore"):
        return float(x.mean() + np.log(np.exp(x - x.mean()).sum()))


@log_sum_exp.misconception(
    caught_by=is_the_log_of_the_sum,
    hint=(
        "This adds the entries, which multiplies what they are logarithms of. A sum needs exp first and ln"
        " afterwards."
    ),
)
def adds_the_logarithms(xs):
    if len(xs) == 0:
        raise ValueError("empty")
    return float(np.sum(np.asarray(xs, dtype=float)))


@log_sum_exp.misconception(
    caught_by=is_the_log_of_the_sum,
    hint="This is the log of the mean of the exponentials. Do not divide by how many there are.",
)
def takes_the_log_of_the_mean(xs):
    return reference.log_sum_exp(xs) - math.log(len(xs))


@log_sum_exp.misconception(
    caught_by=is_the_log_of_the_sum,
    hint="This is a logarithm to base 10. ln is the natural logarithm, which undoes exp: np.log.",
)
def ends_in_base_ten(xs):
    x = np.asarray(xs, dtype=float)
    if x.size == 0:
        raise ValueError("empty")
    return float(x.max() + np.log10(np.exp(x - x.max()).sum()))


@log_sum_exp.misconception(
    caught_by=refuses_an_empty_sum,
    hint="An empty list is to be refused: raise ValueError rather than returning a number.",
)
def answers_for_nothing(xs):
    return -math.inf if len(xs) == 0 else reference.log_sum_exp(xs)


@log_sum_exp.misconception(
    caught_by=gives_minus_infinity_no_weight,
    hint=(
        "An entry of -inf stands for 0. Replaced by 0 it counts as exp(0) = 1; leave it as it is, for"
        " exp(-inf) is 0."
    ),
)
def replaces_infinity_by_zero(xs):
    return reference.log_sum_exp([x if math.isfinite(x) else 0.0 for x in xs])


@log_sum_exp.alternative
def with_a_loop_over_exponentials(xs):
    if len(xs) == 0:
        raise ValueError("nothing to add up")
    largest = max(xs)
    return largest + math.log(math.fsum(math.exp(x - largest) for x in xs))


@log_sum_exp.alternative
def two_at_a_time(xs):
    if not len(xs):
        raise ValueError("nothing to add up")
    return np.logaddexp.reduce(np.array(xs, dtype=float))


@log_sum_exp.alternative
def a_running_total_in_logs(xs):
    if len(xs) == 0:
        raise ValueError("nothing to add up")
    total = -math.inf
    for x in xs:
        high, low = max(total, x), min(total, x)
        if high > -math.inf:
            total = high + math.log1p(math.exp(low - high))
    return total


@log_sum_exp.alternative
def adds_exponentials_in_single_precision(xs):
    x = np.array(xs, dtype=np.float32)
    return np.max(x) + np.log(np.sum(np.exp(x - np.max(x))))


# Worked by hand ---------------------------------------------------------------------------------------------

example_4 = WorkedValue(
    points=1,
    source="Example 4",
    numbers={"probabilities": [0.8, 0.6, 0.9]},
    tolerance=0.001,
    answer_as="two numbers: the joint probability and its natural logarithm, to three decimals",
    because=(
        "multiply the three for the first number, add their natural logarithms for the second; exp of the"
        " second is the first"
    ),
)


@example_4.draw
def other_token_probabilities(rng):
    return {"probabilities": rng.sample([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3], 3)}


@example_4.misconception(hint="The logarithm is to base 10. The natural one is math.log.")
def logarithm_to_base_ten(probabilities):
    return [math.prod(probabilities), math.log10(math.prod(probabilities))]


@example_4.misconception(hint="The logarithm of a number below 1 is negative.")
def logarithm_without_its_sign(probabilities):
    return [math.prod(probabilities), -math.log(math.prod(probabilities))]


@example_4.misconception(
    hint=(
        "A joint probability is a product. The probabilities themselves are not added, only their logarithms"
        " are."
    )
)
def adds_the_probabilities(probabilities):
    return [sum(probabilities), math.log(sum(probabilities))]


@example_4.misconception(
    hint="The two numbers are the other way round: the joint probability first, then its logarithm."
)
def logarithm_first(probabilities):
    return [math.log(math.prod(probabilities)), math.prod(probabilities)]


@example_4.alternative
def both_to_three_decimals(probabilities):
    return (round(math.prod(probabilities), 3), round(math.log(math.prod(probabilities)), 3))


@example_4.alternative
def from_rounded_logarithms(probabilities):
    # As the primer prints it: each logarithm to four decimals, then the sum.
    total = sum(round(math.log(p), 4) for p in probabilities)
    return np.array([round(math.exp(total), 3), total])


exercise_8 = WorkedValue(
    points=1,
    source="Exercise 8",
    numbers={"x": [0, 1, -1]},
    tolerance=0.001,
    answer_as="five numbers to three decimals: the three exponentials in order, the largest, the smallest",
    because=(
        "exp(0) is 1, and no exponential is below 0; the last two are exponentials too, not the numbers they"
        " were taken of"
    ),
)


@exercise_8.draw
def other_exponents(rng):
    x = [0, rng.choice([0.5, 1, 1.5, 2, 2.5]), -rng.choice([0.5, 1, 1.5, 2, 3])]
    rng.shuffle(x)
    return {"x": x}


@exercise_8.misconception(
    hint="exp of a negative number is positive: exp(-x) = 1 / exp(x). No exponential is below 0."
)
def negative_exponents_give_negatives(x):
    values = [math.copysign(math.exp(abs(number)), number) if number else 1.0 for number in x]
    return [*values, max(values), min(values)]


@exercise_8.misconception(hint="exp(0) is 1: a product of no factors e at all.")
def nothing_to_the_power_of_nothing(x):
    values = [math.exp(number) if number else 0.0 for number in x]
    return [*values, max(values), min(values)]


@exercise_8.misconception(
    hint="The last two numbers are the other way round: the largest first, then the smallest."
)
def smallest_before_largest(x):
    values = [math.exp(number) for number in x]
    return [*values, min(values), max(values)]


@exercise_8.misconception(
    hint=(
        "The last two are to be the largest and the smallest exponential, not the numbers they were taken of."
    )
)
def compares_the_exponents(x):
    return [*[math.exp(number) for number in x], max(x), min(x)]


@exercise_8.misconception(hint="These are powers of 10. The base is e = 2.718...")
def powers_of_ten(x):
    values = [10.0**number for number in x]
    return [*values, max(values), min(values)]


@exercise_8.alternative
def exponentials_rounded(x):
    values = [round(math.exp(number), 3) for number in x]
    return (values, max(values), min(values))


@exercise_8.alternative
def exponentials_as_an_array(x):
    values = np.exp(np.array(x, dtype=float))
    return np.concatenate([values, [values.max(), values.min()]])


exercise_9 = WorkedValue(
    points=1,
    source="Exercise 9",
    numbers={"y": 3},
    tolerance=0.01,
    answer_as="a number, to two decimals",
    because="which function undoes ln? Apply it to both sides",
)


@exercise_9.draw
def another_logarithm(rng):
    return {"y": rng.choice([0.5, 1.5, 2, 2.5, 3.5, 4, 4.5, 5, 6])}


@exercise_9.misconception(
    hint="This is ln of the number. The number is ln(x) already: undo the logarithm, with exp."
)
def takes_the_logarithm_again(y):
    return math.log(y)


@exercise_9.misconception(hint="This is a power of 10. ln has base e: its inverse is exp.")
def undoes_base_ten(y):
    return 10.0**y


@exercise_9.misconception(hint="This is e times the number. e is to be raised to it.")
def multiplies_by_e(y):
    return math.e * y


@exercise_9.misconception(hint="This is a power of 2. ln has base e: its inverse is exp.")
def undoes_base_two_instead(y):
    return 2.0**y


@exercise_9.alternative
def undone_and_rounded(y):
    return round(math.exp(y), 2)


@exercise_9.alternative
def undone_by_numpy(y):
    return np.exp(y)


exercise_10 = WorkedValue(
    points=1,
    source="Exercise 10",
    numbers={"a": 5, "b": 3},
    # A whole number, and room for those who let the machine work it out term by term.
    tolerance=0.001,
    answer_as="a number",
    because="ln undoes exp, term by term; no calculator is needed",
)


@exercise_10.draw
def other_terms(rng):
    b = rng.choice([-3, -2, 2, 4, 6, 7])
    return {"a": rng.choice([a for a in range(3, 13) if a > abs(b)]), "b": b}


@exercise_10.misconception(hint="The exponents are added, not multiplied: ln(exp(a)) + ln(exp(b)) = a + b.")
def multiplies_the_exponents(a, b):
    return a * b


@exercise_10.misconception(
    hint="This is the exponential of the answer. ln undoes exp, and none is left over."
)
def leaves_an_exponential(a, b):
    return math.exp(a + b)


@exercise_10.misconception(
    hint="This adds the exponentials inside one logarithm. A sum of logarithms is the logarithm of a product."
)
def adds_inside_the_logarithm(a, b):
    return math.log(math.exp(a) + math.exp(b))


@exercise_10.misconception(hint="One logarithm too many: ln(exp(a)) is a itself, not ln(a).")
def takes_one_logarithm_more(a, b):
    return math.log(a + b)


@exercise_10.alternative
def term_by_term(a, b):
    return np.log(np.exp(a)) + np.log(np.exp(b))


@exercise_10.alternative
def as_a_float(a, b):
    return float(a + b)


reading_4 = Reading(
    points=1,
    source="Notation: ln(x)",
    numbers={"p": [0.9, 0.4, 0.5, 0.8, 0.25], "m": 2},
    tolerance=(None, 0.001, 0.001),
    answer_as=(
        "three numbers: how many terms the sum has, its value, and the value of the product, both to three"
        " decimals"
    ),
    because="papers count from 1, and both ends of a sum belong to it; log is the natural logarithm",
)


@reading_4.draw
def another_continuation(rng):
    length = rng.choice([5, 6])
    return {"p": rng.sample([0.9, 0.8, 0.75, 0.7, 0.6, 0.5, 0.4, 0.3, 0.25], length), "m": rng.choice([2, 3])}


def terms_from_to(p, first, last):
    """The three answers for a sum from t = first to t = last, counted from 1."""
    product = math.prod(p[first - 1 : last])
    return [last - first + 1, math.log(product), product]


@reading_4.misconception(
    hint=(
        "The sum starts at m + 1: the m-th token still belongs to the prompt. Counted from 1, p_(m+1) is"
        " Python's p[m]."
    )
)
def starts_one_too_early(p, m):
    return terms_from_to(p, m, len(p))


@reading_4.misconception(hint="The upper limit T belongs to the sum, unlike the end of Python's range.")
def leaves_out_the_last(p, m):
    return terms_from_to(p, m + 1, len(p) - 1)


@reading_4.misconception(hint="The lower limit is m + 1: the tokens of the prompt are given, and not scored.")
def scores_the_prompt_too(p, m):
    return terms_from_to(p, 1, len(p))


@reading_4.misconception(
    hint="log without a base is the natural logarithm in these papers: math.log, not math.log10."
)
def reads_log_as_base_ten(p, m):
    terms, log, product = terms_from_to(p, m + 1, len(p))
    return [terms, log / math.log(10), product]


@reading_4.misconception(
    hint=(
        "The log of a probability is negative; minus the sum is the loss of Chapter VII, which this equation"
        " is not."
    )
)
def reads_a_loss(p, m):
    terms, log, product = terms_from_to(p, m + 1, len(p))
    return [terms, -log, product]


@reading_4.alternative
def rounded_to_three(p, m):
    log = sum(math.log(x) for x in p[m:])
    return (len(p) - m, round(log, 3), round(math.exp(log), 3))


@reading_4.alternative
def summed_by_numpy(p, m):
    return np.array([len(p) - m, np.log(p[m:]).sum(), np.prod(p[m:])])
