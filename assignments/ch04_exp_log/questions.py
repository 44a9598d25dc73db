"""Chapter IV: what is asked of products, logarithms and sums of exponentials."""

import math

import numpy as np

from autograder.course.domains import (
    ANY_LOGITS,
    ANY_PROBABILITIES,
    ANY_REALS,
    among,
    empty_vectors,
    lengths,
    one_of,
    vectors,
    without,
)
from autograder.course.question import Question, Reading, WorkedValue, expect

# Exponentials -----------------------------------------------------------------------------------------------

SUM_INSIDE = "the product of the exponentials is exp of the sum of all the numbers, and not rounded"

exp_of_sum = Question(
    points=2,
    source="Notation: exp(x)",
    meaning="exp(a + b) = exp(a) exp(b): what is added inside is multiplied outside. Added first, large"
    " numbers"
    " of both signs cancel before any exponential can overflow.",
)


@exp_of_sum.check
def multiplies_exponentials(exp_of_sum):
    """One exponential, of the sum of all the numbers."""
    expect(exp_of_sum, [0.2, 0.5, -0.4]).to_equal(
        math.exp(0.2) * math.exp(0.5) * math.exp(-0.4), because=SUM_INSIDE
    )
    expect(exp_of_sum, [-1.5, 0.25]).to_equal(
        math.exp(-1.5) * math.exp(0.25),
        because="a negative sum is right here: exp of it is a number between 0 and 1",
    )


@exp_of_sum.check
def takes_numbers_of_every_kind(exp_of_sum):
    """One number or many, as a list, a tuple or an array, ints or floats, left as they were."""
    expect(exp_of_sum, [0.35]).to_equal(math.exp(0.35), because="for one number, the answer is its own exp")
    expect(exp_of_sum, [3.0, -7.0]).to_equal(math.exp(-4), because=SUM_INSIDE)
    expect(exp_of_sum, (3, -7)).to_equal(
        math.exp(-4), because="right for a list of floats and not for a tuple of ints"
    )
    expect(exp_of_sum, np.array([3, -7])).to_equal(
        math.exp(-4), because="right for a tuple and not for an array of ints"
    )
    expect(exp_of_sum, np.array([0.2, 0.5, -0.4])).to_equal(
        math.exp(0.3), because="right for a list and not for an array of floats"
    )


@exp_of_sum.hidden
def needs_one_exponential_alone(exp_of_sum):
    """Numbers whose own exponentials overflow or vanish, with a sum of moderate size."""
    expect(exp_of_sum, [0.5, -1.25, 1.5]).to_equal(math.exp(0.75), because=SUM_INSIDE)
    for xs, total in [
        ([700.25, 650.5, -1350.0], 0.75),
        ([-2000, 1000, 1003], 3),
        ([-800.0, -400.0, 1200.5], 0.5),
    ]:
        expect(exp_of_sum, xs).to_equal(
            math.exp(total),
            because="add all the numbers before the one exponential: theirs overflow or vanish",
        )


@exp_of_sum.hidden
def returns_what_exp_gives(exp_of_sum):
    """Results far from 1 and close to it: nothing is rounded, cut off or made whole."""
    expect(exp_of_sum, [-1.25, 0.5]).to_equal(math.exp(-0.75), because=SUM_INSIDE)
    for xs in [[8.25, 0.25], [-7.5, 0.125], [-25.5], [2**-19]]:
        expect(exp_of_sum, xs).to_equal(
            math.exp(sum(xs)), because="return the exponential as it comes, however small or large it is"
        )


@exp_of_sum.hidden
def adds_many_numbers(exp_of_sum):
    """One negative number, a sum of 65, two thousand numbers, small ints whose sum needs more bits."""
    expect(exp_of_sum, [-1.75]).to_equal(math.exp(-1.75), because=SUM_INSIDE)
    expect(exp_of_sum, [30.5, 34.75]).to_equal(
        math.exp(65.25), because="a float has room for this exponential: nothing is capped"
    )
    expect(exp_of_sum, [0.25, -0.375, 0.5, -0.3748779296875] * 500).to_equal(
        math.exp(500 * 2**-13), because=SUM_INSIDE
    )
    expect(exp_of_sum, np.array([-100, -90, -80], dtype=np.int8)).to_equal(
        math.exp(-270), because_type="sums of 8-bit ints wrap round: np.asarray(xs, dtype=float) first"
    )
    expect(exp_of_sum, np.array([0.5, -2.25], dtype=np.float32)).to_equal(math.exp(-1.75))


def moderate(rng, n):
    """Large whole numbers of both signs that add up to a few eighths."""
    large = [rng.choice([-1, 1]) * rng.randint(700, 1500) for _ in range(n - 1)]
    return [*large, rng.randint(-16, 16) / 8 - sum(large)]


@exp_of_sum.domain
def a_sum_of_moderate_size(draw):
    # Results in float32 end at exp(88).
    small = without(
        ANY_REALS, "large numbers", "large whole numbers", "whole numbers from 0 to 255", "whole numbers"
    )
    kinds = small | {
        "whole numbers": lambda rng, n: [rng.choice([-1, 1]) * rng.randint(1, 9) for _ in range(n)],
        "large numbers that cancel": moderate,
        "large negative whole numbers": lambda rng, n: [-rng.randint(90, 127) for _ in range(n)],
    }
    return {"xs": draw(vectors(draw(lengths(1, 5)), kinds))}


# Logarithms -------------------------------------------------------------------------------------------------

LOG_SUM = (
    "the logarithm of a product is the sum of the natural logarithms, those of math.log, and not rounded"
)

log_product = Question(
    points=4,
    source=["Example 4", "Notation: ln(x)"],
    meaning="The logarithm of a product is the sum of the logarithms, and a sum has no trouble with nine"
    " hundred"
    " terms when the product has long become 0. This is what papers call log space.",
)

LONG = [0.05 + 0.0009 * i for i in range(900)]
LONG_LOG = math.fsum(math.log(p) for p in LONG)


@log_product.check
def adds_natural_logarithms(log_product):
    """The sum of the natural logarithms."""
    expect(log_product, [0.5, 0.2]).to_equal(math.log(0.1), because=LOG_SUM)
    expect(log_product, [0.85, 0.12, 0.95, 0.33]).to_equal(
        math.log(0.85) + math.log(0.12) + math.log(0.95) + math.log(0.33), because=LOG_SUM
    )


@log_product.check
def takes_probabilities_of_every_kind(log_product):
    """One probability or many, as a list, a tuple or an array, ints or floats, left as they were."""
    expect(log_product, [0.37]).to_equal(
        math.log(0.37), because="for one probability, the answer is its own natural logarithm"
    )
    expect(log_product, [1.0, 0.04, 0.6]).to_equal(math.log(0.024), because=LOG_SUM)
    expect(log_product, (1.0, 0.04, 0.6)).to_equal(
        math.log(0.024), because="right for a list and not for a tuple"
    )
    expect(log_product, [1, 1, 1]).to_equal(0.0, because="ln(1) is 0, and so is a sum of zeros")
    expect(log_product, np.array([1.0, 0.04, 0.6])).to_equal(
        math.log(0.024), because="right for a tuple and not for an array"
    )


@log_product.check
def refuses_what_is_no_probability(log_product):
    """A number below 0 or above 1: ValueError that names it."""
    expect(log_product, [0.5, 0.25]).to_equal(math.log(0.125), because=LOG_SUM)
    expect(log_product, [1.0, 0.25]).to_equal(math.log(0.25), because="1 is a probability, and not refused")
    expect(log_product, [0.5, 1.2, 0.3]).to_be_refused(ValueError, naming=[1.2])
    expect(log_product, [-0.25, 0.5, 0.75]).to_be_refused(ValueError, naming=[-0.25])


@log_product.hidden
def gives_minus_infinity_quietly(log_product):
    """A probability of 0 gives -inf, without a warning."""
    expect(log_product, [0.5, 0.125]).to_be_quiet().to_equal(math.log(0.0625), because=LOG_SUM)
    for p in [[0.3, 0.0, 0.7], [0], (0.0, 1), np.array([1, 0]), np.array([0.0, 0.5])]:
        expect(log_product, p).to_be_quiet(
            because="the value is right, and a warning comes with it: see to the 0 before its logarithm, or"
            " silence the warning with np.errstate"
        ).to_equal(
            -math.inf, because="ln(0) counts as -inf, and so does a sum with it in it; no error, no floor"
        )


@log_product.hidden
def looks_at_every_number_first(log_product):
    """What is no probability is refused wherever it stands, by whatever amount, and beside a 0 too."""
    expect(log_product, [0.35, 0.9]).to_equal(math.log(0.35) + math.log(0.9), because=LOG_SUM)
    for p in [
        [0.0, 1.5],
        [0, 0.5, -0.5],
        (0.5, math.nextafter(1.0, 2.0)),
        np.array([0.5, -1e-30]),
        [0.5, -math.nextafter(0.0, 1.0)],
        [-0.5, -0.5],
        [2],
    ]:
        expect(log_product, p).to_be_refused(
            ValueError,
            because="ask of every number whether it lies from 0 to 1, exactly, before answering anything",
        )


@log_product.hidden
def keeps_every_digit_near_one(log_product):
    """Probabilities near 1, whose logarithms are small."""
    expect(log_product, [0.7, 0.9]).to_equal(math.log(0.7) + math.log(0.9), because=LOG_SUM)
    for p in [0.999, 1 - 2.0**-37]:
        expect(log_product, [p]).to_equal(
            math.log(p), because="the sum is returned as it is: not rounded, nothing added, no small one cut"
        )


@log_product.hidden
def gives_zero_for_the_empty_product(log_product):
    """No probabilities: the empty product is 1, and its logarithm 0."""
    expect(log_product, [0.65]).to_equal(math.log(0.65), because=LOG_SUM)
    for nothing in [[], (), np.array([])]:
        expect(log_product, nothing).to_equal(0.0, because="a sum of no terms is 0, and so is ln(1)")


@log_product.hidden
def goes_on_where_the_product_is_zero(log_product):
    """Many probabilities, or very small ones, whose product is too small for any float."""
    expect(log_product, [0.35, 0.9]).to_equal(math.log(0.35) + math.log(0.9), because=LOG_SUM)
    expect(log_product, [1e-30, 0.5]).to_equal(
        -30 * math.log(10) + math.log(0.5),
        because="every probability above 0 has a logarithm of its own, however small: no floor, nothing"
        " added",
    )
    # 900 logarithms are each rounded in both sums, which are some -900: 1e-9 of that leaves room.
    expect(log_product, LONG).to_equal(
        LONG_LOG, because="take each logarithm, then add: multiplied first, the product underflows to 0"
    )
    for p, log in [
        ([1e-30, 0.5, 1e-35] * 8, -520 * math.log(10) + 8 * math.log(0.5)),
        ([1e-30] * 170, -5100 * math.log(10)),
        ([0.5] * 2000, 2000 * math.log(0.5)),
        # A product of a digit or two: not 0 yet, and its logarithm is off by then.
        ([1e-32, 3e-33] * 5, -325 * math.log(10) + 5 * math.log(3)),
    ]:
        expect(log_product, p).to_equal(
            log, because="take each logarithm, then add: multiplied first, the product underflows"
        )


log_product.domain(probabilities=vectors(of=ANY_PROBABILITIES))
log_product.domain(probabilities=empty_vectors())


def outside(p):
    """The numbers of a list that are no probabilities."""
    return [float(x) for x in p if not 0 <= x <= 1]


@log_product.refuses(ValueError, naming=lambda probabilities: outside(probabilities))
def a_number_that_is_no_probability(draw):
    wrong = {
        "a number above 1": among(1.5, 2, 1.0000001, 40),
        "a number below 0": among(-0.5, -1, -1e-9, -3e-30),
        "just above 1": math.nextafter(1.0, 2.0),
    }
    rest = list(draw(vectors(draw(lengths(1, 5)), ANY_PROBABILITIES)))
    rest.insert(draw.rng.randrange(len(rest) + 1), draw(one_of(wrong)))
    return {"probabilities": [float(x) for x in rest]}


# There and back ---------------------------------------------------------------------------------------------

THERE_AND_BACK = "add the natural logarithms of all the factors, then take exp of the sum, unrounded"

product_via_logs = Question(
    points=2,
    source="Example 4",
    meaning="exp undoes ln, so the detour through logarithms ends at the product itself. Practice leaves"
    " out the"
    " last step: for a long text the product would be 0, and its logarithm is all that is needed.",
)


@product_via_logs.check
def gives_the_product_back(product_via_logs):
    """The product itself, from the sum of the logarithms."""
    expect(product_via_logs, [0.5, 0.2, 0.3]).to_equal(0.5 * 0.2 * 0.3, because=THERE_AND_BACK)
    expect(product_via_logs, [0.85, 0.12, 0.95, 0.33]).to_equal(
        0.85 * 0.12 * 0.95 * 0.33, because=THERE_AND_BACK
    )


@product_via_logs.check
def multiplies_factors_of_every_kind(product_via_logs):
    """One probability or many, as a list, a tuple or an array, ints or floats, left as they were."""
    expect(product_via_logs, [0.29]).to_equal(0.29, because="for one factor, exp(ln(p)) is p again")
    expect(product_via_logs, [0.5, 1.0, 0.35]).to_equal(0.175, because=THERE_AND_BACK)
    expect(product_via_logs, (0.5, 1.0, 0.35)).to_equal(0.175, because="right for a list and not for a tuple")
    expect(product_via_logs, [1, 1]).to_equal(1.0, because="ln(1) is 0, and exp(0) is 1")
    expect(product_via_logs, np.array([0.5, 1.0, 0.35])).to_equal(
        0.175, because="right for a tuple and not for an array"
    )


@product_via_logs.hidden
def multiplies_many_factors(product_via_logs):
    """Many factors, and a product that is small without being 0."""
    factors = [0.91, 0.4, 0.77, 0.08, 0.66, 0.52, 0.97, 0.31, 0.6, 0.85, 0.23, 0.7]
    expect(product_via_logs, factors).to_equal(math.prod(factors), because=THERE_AND_BACK)
    expect(product_via_logs, [0.5, 0.5, 0.5]).to_equal(0.125, because=THERE_AND_BACK)
    expect(product_via_logs, [1.0] * 2000 + [0.5]).to_equal(0.5, because=THERE_AND_BACK)
    # No floor under the error: the answers themselves are far below the usual one of 1e-12.
    for p, product in [
        ([3e-5, 0.02, 7e-8, 0.6, 4e-6], 1.008e-19),
        ([4e-10, 0.5], 2e-10),
        ([2e-20, 5e-15], 1e-34),
    ]:
        expect(product_via_logs, p).to_equal(
            product,
            atol=0.0,
            because="small is not zero: return exp of the sum as it is, with nothing added or rounded",
        )


@product_via_logs.hidden
def is_zero_where_a_factor_is(product_via_logs):
    """A factor of 0 makes the product exactly 0."""
    expect(product_via_logs, [0.6, 0.7]).to_equal(0.42, because=THERE_AND_BACK)
    for p in [[0.4, 0.0, 0.9], [0], np.array([0.0, 1.0])]:
        expect(product_via_logs, p).to_equal(
            0.0,
            atol=0.0,
            because="ln(0) counts as -inf, and exp(-inf) is exactly 0; nothing is added to keep it away",
        )


product_via_logs.domain(probabilities=vectors(of=ANY_PROBABILITIES))
product_via_logs.domain(
    probabilities=vectors(
        of={"an impossible one among them": ANY_PROBABILITIES["an impossible one among them"]}
    ),
    atol=0.0,
    because="a factor of 0 makes the product exactly 0",
)


# Where a product ends ---------------------------------------------------------------------------------------

underflow_length = Question(
    points=3,
    source="Chapter IV",
    meaning="A float has room for about 1075 halvings below 1. At the probabilities of ordinary text a"
    " product is gone"
    " within a page or two, and with it every difference between an unlikely text and an impossible one.",
)

# The exact lengths, from 60-digit arithmetic: the least n with n * ln(p) <= -1075 * ln(2), half of the
# smallest float above 0. Next to the edge p ** n is 2e-7 or more of itself away from it (0.5 and 0.25 stand
# on or beside a power of two, where pow is exact), so that no last bit of a platform's pow decides; three
# stand 3e-14 to 1e-13 away, which is a hundred last bits of a pow and too little for rounded logarithms.
# Lengths are compared exactly: one more or less is another answer.


@underflow_length.check
def finds_the_length_for_a_half(underflow_length):
    """p = 0.5, and p = 0.1."""
    for p, length in [(0.5, 1075), (0.1, 324)]:
        expect(underflow_length.within(1), p).to_equal(
            length,
            rtol=0,
            atol=0,
            because="the answer is the smallest n for which Python finds p ** n == 0.0",
        )


@underflow_length.check(points=0.15)
def gives_an_int(underflow_length):
    """The length is an int."""
    expect(underflow_length.within(1), 0.2).to_equal(
        463, typed=True, rtol=0, atol=0, because="a length is a whole number: return an int, and no float"
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
    for p, length in [(0.9, 7073), (0.999999, 745132847)]:
        expect(underflow_length.within(1), p).to_equal(
            length,
            rtol=0,
            atol=0,
            because="the answer is the smallest n for which Python finds p ** n == 0.0",
        )


@underflow_length.hidden
def is_exact_for_small_and_large_p(underflow_length):
    """The exact length, for p near 0, in between and near 1."""
    for p, length in [
        (1e-300, 2),
        (1e-161, 3),
        (0.0123, 170),
        (0.433, 891),
        (0.999, 744761),
        (0.99999, 74512950),
    ]:
        expect(underflow_length.within(1), p).to_equal(
            length,
            rtol=0,
            atol=0,
            because="numbers go down to 5e-324, and what is above half of that rounds up to it: p ** n =="
            " 0.0 decides",
        )


@underflow_length.hidden
def asks_the_power_itself(underflow_length):
    """Where rounded logarithms point at a neighbour of the length, and a length beyond two billion."""
    expect(underflow_length.within(1), 0.35).to_equal(710, rtol=0, atol=0)
    for p, length in [(0.3490821318757752, 709), (0.9920597942325942, 93471), (0.5848189297170356, 1389)]:
        expect(underflow_length.within(1), p).to_equal(
            length,
            rtol=0,
            atol=0,
            because="rounded logarithms may be off by one here: ask p ** n == 0.0 of n and its neighbours",
        )
    # Only 0.999999 was promised within a second.
    expect(underflow_length.within(4), 0.9999997).to_equal(
        2483777025, rtol=0, atol=0, because="lengths go beyond two billion: no fixed end, no 32-bit int"
    )


@underflow_length.hidden
def refuses_by_a_hair(underflow_length):
    """Just above 1 and just below 0 are refused, and just above 0 is not."""
    expect(underflow_length.within(1), math.nextafter(0.0, 1.0)).to_equal(2, rtol=0, atol=0)
    for p in [math.nextafter(1.0, 2.0), -math.nextafter(0.0, 1.0), 2]:
        expect(underflow_length.within(1), p).to_be_refused(
            ValueError, because="only a p with 0 < p < 1, exactly, has a length; any other raises ValueError"
        )


def well_between(p):
    """Whether p ** n is well away from the edge for every whole n, so that no last bit of a pow decides."""
    solution = 1075 * math.log(2) / -math.log(p)
    return abs(solution - round(solution)) > 1e-4


@underflow_length.domain(rtol=0, atol=0, because="a length is a whole number, and one more is another one")
def a_probability_below_1(draw):
    ranges = {
        "close to 0": (1e-9, 1e-3),
        "in the lower half": (0.01, 0.5),
        "in the upper half": (0.5, 0.99),
        "close to 1": (0.999, 0.9999),
        "very close to 1": (0.99999, 0.999999),
    }
    label = draw.kind("probabilities", dict.fromkeys([*ranges, "extremely small"], 1.0))
    if label == "extremely small":
        return {"p": draw(among(1e-300, 3e-200, 1e-161, 2e-120, 5e-324))}
    while not well_between(p := round(draw.rng.uniform(*ranges[label]), 10)):
        pass
    return {"p": p}


underflow_length.refuses(
    ValueError,
    naming="p",
    p=among(0, 0.0, 1, 1.0, 1.5, 2, -0.25, -1, 1.0000001, math.nextafter(1.0, 2.0), -1e-300),
)


# Adding what is kept as logarithms --------------------------------------------------------------------------

LOG_OF_SUM = (
    "exponentiate each number, add the exponentials, take the natural logarithm of the sum, unrounded"
)

log_sum_exp = Question(
    points=4,
    source="Chapter IV",
    meaning="The shift by the largest entry leaves the result as it is, by exp(a + b) = exp(a) exp(b), and"
    " keeps every"
    " exponential at 1 or below. Softmax, in Chapter VI, is made safe by the same shift.",
)


@log_sum_exp.check
def is_the_log_of_the_sum(log_sum_exp):
    """The natural logarithm of the sum of the exponentials."""
    expect(log_sum_exp, [-1.2, -0.7]).to_equal(math.log(math.exp(-1.2) + math.exp(-0.7)), because=LOG_OF_SUM)
    expect(log_sum_exp, [math.log(3), math.log(4), math.log(5)]).to_equal(
        math.log(12),
        because="these stand for 3, 4 and 5, which add up to 12; its natural logarithm is the answer",
    )


@log_sum_exp.check
def sums_entries_of_every_kind(log_sum_exp):
    """One number or many, as a list, a tuple or an array, ints or floats, left as they were."""
    total = math.log(math.exp(2) + math.exp(-1) + math.exp(1))
    expect(log_sum_exp, [7.5]).to_equal(7.5, because="for one number x, the answer is ln(exp(x)), which is x")
    expect(log_sum_exp, [2.0, -1.0, 1.0]).to_equal(total, because=LOG_OF_SUM)
    expect(log_sum_exp, (2, -1, 1)).to_equal(
        total, because="right for a list of floats and not for a tuple of ints"
    )
    expect(log_sum_exp, np.array([2, -1, 1])).to_equal(
        total,
        because="right for a tuple and not for an array of ints: np.asarray(xs, dtype=float) takes both",
    )
    expect(log_sum_exp, np.array([2.0, -1.0, 1.0])).to_equal(
        total, because="right for a list and not for an array"
    )


@log_sum_exp.check
def stays_finite_at_a_thousand(log_sum_exp):
    """Entries of 1000 and of -1000 give finite results."""
    expect(log_sum_exp, [1.5, 0.5]).to_equal(1.5 + math.log(1 + math.exp(-1)), because=LOG_OF_SUM)
    expect(log_sum_exp, [1000.0, 999.0]).to_equal(
        1000 + math.log(1 + math.exp(-1)),
        because="exp(1000) overflows: take the largest entry out of the sum first",
    )
    expect(log_sum_exp, [-1000.0, -1002.0]).to_equal(
        -1000 + math.log(1 + math.exp(-2)),
        because="exp(-1000) is 0: take the largest entry out of the sum first",
    )


@log_sum_exp.check
def refuses_an_empty_sum(log_sum_exp):
    """No numbers at all: ValueError."""
    expect(log_sum_exp, [0.5, 0.5]).to_equal(0.5 + math.log(2), because=LOG_OF_SUM)
    for nothing in [[], np.array([])]:
        expect(log_sum_exp, nothing).to_be_refused(ValueError)


@log_sum_exp.hidden
def holds_wherever_the_largest_entry_stands(log_sum_exp):
    """Entries far apart, with the largest in any place."""
    expect(log_sum_exp, [1.5, 0.5]).to_equal(1.5 + math.log(1 + math.exp(-1)), because=LOG_OF_SUM)
    # Each tells another shift from the right one: by the first, the last, the mean, the median, the smallest,
    # the largest magnitude; and a shift that waits until something overflows.
    for xs, total in [
        ([0.0, 1000.0], 1000.0),
        ([1000.0, 0.0, 0.0, 0.0], 1000.0),
        ([-1000, 3, 1000], 1000.0),
        ([-1000.0, 0.0, 0.0], math.log(2)),
        ([0.0, -1000.0, -1000.0, 0.0, -1000.0], math.log(2)),
        ([1000.0, 0.0, 999.0], 1000 + math.log(1 + math.exp(-1))),
        ([-745.0, -746.0], -745 + math.log(1 + math.exp(-1))),
        # Out of the range of long double, too.
        ([20000.0, 19999.0], 20000 + math.log(1 + math.exp(-1))),
        ([-20001.0, -20000.0], -20000 + math.log(1 + math.exp(-1))),
    ]:
        expect(log_sum_exp, xs).to_equal(
            total,
            because="shift by the largest entry, and by nothing else: it leaves every exponential at"
            " 1 or below",
        )


@log_sum_exp.hidden
def shifts_along_with_its_entries(log_sum_exp):
    """Adding a constant to every entry adds it to the result, and results near 0 keep their digits."""
    expect(log_sum_exp, [1.5, 0.5]).to_equal(1.5 + math.log(1 + math.exp(-1)), because=LOG_OF_SUM)
    entries = [0.4, -2.3, 1.1, 0.9]
    total = math.log(sum(math.exp(x) for x in entries))
    for constant in [100.0, -640.0]:
        expect(log_sum_exp, [x + constant for x in entries]).to_equal(
            total + constant,
            because="what is subtracted from the entries must be added back outside the logarithm",
        )
    expect(log_sum_exp, [math.log(0.6), math.log(0.3917)]).to_equal(math.log(0.9917), because=LOG_OF_SUM)
    expect(log_sum_exp, [1.0, 1.0005]).to_equal(1 + math.log(1 + math.exp(0.0005)), because=LOG_OF_SUM)
    expect(log_sum_exp, [-22.0, 0.0, -25.0]).to_equal(
        math.log1p(math.exp(-22) + math.exp(-25)), because="small terms count too: none is left out"
    )
    expect(log_sum_exp, [0.0, -26.0]).to_equal(math.log1p(math.exp(-26)), because="a small result is not 0")


@log_sum_exp.hidden
def gives_minus_infinity_no_weight(log_sum_exp):
    """An entry of -inf, the logarithm of 0, counts as nothing."""
    expect(log_sum_exp, [1.5, 0.5]).to_equal(1.5 + math.log(1 + math.exp(-1)), because=LOG_OF_SUM)
    rest = math.log(math.exp(0.5) + math.exp(-1.25))
    for xs, total in [
        ([0.5, -math.inf, -1.25], rest),
        ([-math.inf, 0.5, -1.25], rest),
        ([-math.inf, -1000.0], -1000.0),
    ]:
        expect(log_sum_exp, xs).to_equal(
            total, because="exp(-inf) is 0 already: shift by the largest, replace nothing"
        )


@log_sum_exp.hidden
def is_minus_infinity_for_nothing_but_zeros(log_sum_exp):
    """If all entries are -inf, they add up to 0, whose logarithm is -inf."""
    expect(log_sum_exp, [1.5, 0.5]).to_equal(1.5 + math.log(1 + math.exp(-1)), because=LOG_OF_SUM)
    expect(log_sum_exp, [0.5, -math.inf]).to_equal(0.5, because="exp(-inf) is 0, and adds nothing")
    for xs in [[-math.inf, -math.inf], [-math.inf], np.array([-math.inf] * 3)]:
        expect(log_sum_exp, xs).to_equal(
            -math.inf,
            because="the shift is -inf minus -inf here, which is nan: if the largest is -inf, so"
            " is the result",
        )


@log_sum_exp.hidden
def sums_small_types_and_many_entries(log_sum_exp):
    """Arrays of 8-bit ints and of 32-bit floats, and two thousand entries."""
    expect(log_sum_exp, [3.0, 1.0, 2.0]).to_equal(
        math.log(math.exp(3) + math.exp(1) + math.exp(2)), because=LOG_OF_SUM
    )
    for xs in [np.array([3, 1, 2], dtype=np.uint8), np.array([3.0, 1.0, 2.0], dtype=np.float32)]:
        expect(log_sum_exp, xs).to_equal(
            math.log(math.exp(3) + math.exp(1) + math.exp(2)),
            because_type="small ints wrap round when subtracted: np.asarray(xs, dtype=float) first",
        )
    expect(log_sum_exp, np.array([-100, 100], dtype=np.int8)).to_equal(
        100.0, because_type="small ints wrap round when subtracted: np.asarray(xs, dtype=float) first"
    )
    expect(log_sum_exp, [1.5] * 2000).to_equal(1.5 + math.log(2000))


ANY_LOGS = ANY_LOGITS | {
    "-inf and nothing else": lambda rng, n: [-math.inf] * n,
    "small terms beside a large one": lambda rng, n: [
        0.0,
        *(-rng.randint(160, 208) / 8 for _ in range(n - 1)),
    ],
    "nearly equal": lambda rng, n: [1 + rng.randint(0, 8) / 8192 for _ in range(n)],
}

log_sum_exp.domain(xs=vectors(of=ANY_LOGS))
log_sum_exp.refuses(ValueError, xs=empty_vectors())


# Worked by hand ---------------------------------------------------------------------------------------------
# Draws keep away from what the text and the public checks print: exp(0.5), exp(0.3), exp(-4).

example_4 = WorkedValue(
    points=1,
    source="Example 4",
    meaning="The sum of the three logarithms is the logarithm of the product; for three tokens both are"
    " easy to hold, for"
    " a thousand only the logarithm is.",
    numbers={"probabilities": [0.8, 0.6, 0.9]},
    tolerance=0.001,
    answer_as="two numbers: the joint probability and its natural logarithm, to three decimals",
    because="multiply the three for the first number, add their natural logarithms for the second; exp of"
    " the second"
    " is the first",
)


@example_4.draw
def other_token_probabilities(rng):
    return {"probabilities": rng.sample([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3], 3)}


exercise_8 = WorkedValue(
    points=1,
    source="Exercise 8",
    meaning="exp rises everywhere, so it keeps the order of its inputs, and it is positive everywhere, so"
    " even the"
    " negative one has a positive exponential. Softmax relies on both.",
    numbers={"x": [0, 1, -1]},
    tolerance=0.001,
    answer_as="five numbers to three decimals: the three exponentials in order, the largest, the smallest",
    because="exp(0) is 1, and no exponential is below 0; the last two are exponentials too, not the numbers"
    " they were"
    " taken of",
)


@exercise_8.draw
def other_exponents(rng):
    x = [0, rng.choice([0.8, 1, 1.5, 2, 2.5]), -rng.choice([0.5, 1, 1.5, 2, 3])]
    rng.shuffle(x)
    return {"x": x}


exercise_9 = WorkedValue(
    points=1,
    source="Exercise 9",
    meaning="exp undoes ln, as ln undoes exp: an equation in the logarithm of x is solved by one"
    " exponential.",
    numbers={"y": 3},
    tolerance=0.01,
    answer_as="a number, to two decimals",
    because="which function undoes ln? Apply it to both sides",
)


@exercise_9.draw
def another_logarithm(rng):
    return {"y": rng.choice([0.8, 1.5, 2, 2.5, 3.5, 4, 4.5, 5, 6])}


exercise_10 = WorkedValue(
    points=1,
    source="Exercise 10",
    meaning="Each ln takes its exp away again. Or by the law: the sum of the two logarithms is the"
    " logarithm of the"
    " product exp(a) exp(b) = exp(a + b), which is a + b.",
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


reading_4 = Reading(
    points=1,
    source="Notation: ln(x)",
    meaning="This is how a benchmark scores an answer: the prompt's tokens are given and cost nothing, and"
    " each token of"
    " the answer adds its own log-probability.",
    numbers={"p": [0.9, 0.4, 0.5, 0.8, 0.35], "m": 2},
    tolerance=(None, 0.001, 0.001),
    answer_as="three numbers: how many terms the sum has, its value, and the value of the product, both to"
    " three"
    " decimals",
    because="papers count from 1, and both ends of a sum belong to it; log is the natural logarithm",
)


@reading_4.draw
def another_continuation(rng):
    while True:
        length, m = rng.choice([5, 6]), rng.choice([2, 3])
        p = rng.sample([0.9, 0.8, 0.75, 0.7, 0.6, 0.5, 0.4, 0.3, 0.25], length)
        # The text prints the logarithms of 0.1, 0.2 and 0.03.
        if round(math.prod(p[m:]), 6) not in (0.1, 0.2, 0.03):
            return {"p": p, "m": m}
