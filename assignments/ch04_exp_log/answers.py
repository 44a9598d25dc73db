"""Chapter IV: wrong answers as people write them, and right ones of another kind."""

import bisect
import math
import sys

import numpy as np
from questions import (
    example_4,
    exercise_8,
    exercise_9,
    exercise_10,
    exp_of_sum,
    log_product,
    log_sum_exp,
    product_via_logs,
    reading_4,
    underflow_length,
)

from solutions import ch04_exp_log as reference

# Exponentials -----------------------------------------------------------------------------------------------


@exp_of_sum.misconception(
    caught_by="needs_one_exponential_alone",
    hint="Multiplying the exponentials overflows before the small ones can bring the product down. Add the"
    " numbers"
    " first, then call exp once.",
)
def multiplies_them_one_by_one(xs):
    return float(np.prod(np.exp(np.asarray(xs, dtype=float))))


@exp_of_sum.misconception(
    caught_by="multiplies_exponentials",
    hint="This adds the exponentials. Their product is asked for: the sum belongs inside the exponential.",
)
def adds_the_exponentials(xs):
    return float(np.exp(np.asarray(xs, dtype=float)).sum())


@exp_of_sum.misconception(
    caught_by="multiplies_exponentials",
    hint="This is the sum of the numbers. The product of their exponentials is exp of that sum.",
)
def forgets_the_exponential(xs):
    return float(np.sum(np.asarray(xs, dtype=float)))


exp_of_sum.misconception_by_edit(
    "exponentiates_the_product",
    reference.exp_of_sum,
    {"np.sum(": "np.prod("},
    caught_by="multiplies_exponentials",
    hint="exp turns sums into products, not products into products: add the numbers, do not multiply them.",
)
exp_of_sum.misconception_by_edit(
    "takes_the_mean",
    reference.exp_of_sum,
    {"np.sum(": "np.mean("},
    caught_by="multiplies_exponentials",
    hint="Do not divide by how many numbers there are: the product takes their sum, not their mean.",
)
exp_of_sum.misconception_by_edit(
    "uses_powers_of_ten",
    reference.exp_of_sum,
    {"math.exp(np.sum": "math.pow(10, np.sum"},
    caught_by="multiplies_exponentials",
    hint="This is a power of 10. The base is e = 2.718...: use math.exp or np.exp.",
)


@exp_of_sum.misconception(
    caught_by="multiplies_exponentials",
    hint="pop takes the numbers out of the caller's own list. Loop over the list instead, or use sum.",
)
def empties_the_callers_list(xs):
    total = 0.0
    while len(xs):
        total += xs.pop()
    return math.exp(total)


@exp_of_sum.misconception(
    caught_by="adds_many_numbers",
    hint="The running total takes the type of the array, and 8 bits are too few for it: np.asarray(xs,"
    " dtype=float).",
)
def adds_in_the_arrays_own_type(xs):
    xs = np.asarray(xs)
    return math.exp(xs.sum(dtype=xs.dtype))


@exp_of_sum.alternative
def adds_in_a_loop(xs):
    total = 0.0
    for x in xs:
        total += float(x)
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


# Logarithms -------------------------------------------------------------------------------------------------

log_product.misconception_by_edit(
    "takes_the_log_of_the_product",
    reference.log_product,
    {"np.log(p).sum()": "np.log(p.prod())"},
    caught_by="goes_on_where_the_product_is_zero",
    hint="This multiplies before it takes the logarithm, and a long product underflows to 0. Take each"
    " logarithm first,"
    " then add them up.",
)
log_product.misconception_by_edit(
    "uses_base_ten",
    reference.log_product,
    {"np.log(p)": "np.log10(p)"},
    caught_by="adds_natural_logarithms",
    hint="This is the logarithm to base 10. Papers mean the natural logarithm, to base e: np.log or"
    " math.log.",
)
log_product.misconception_by_edit(
    "uses_base_two",
    reference.log_product,
    {"np.log(p)": "np.log2(p)"},
    caught_by="adds_natural_logarithms",
    hint="This is the logarithm to base 2, which counts bits. Papers mean the natural logarithm: np.log or"
    " math.log.",
)
log_product.misconception_by_edit(
    "averages_the_logarithms",
    reference.log_product,
    {"np.log(p).sum()": "np.log(p).sum() / max(p.size, 1)"},
    caught_by="adds_natural_logarithms",
    hint="This is the mean of the logarithms. The logarithm of a product is their sum.",
)
log_product.misconception_by_edit(
    "turns_the_sign_round",
    reference.log_product,
    {"np.log(p).sum()": "-np.log(p).sum()"},
    caught_by="adds_natural_logarithms",
    hint="The sign is turned round. The logarithm of a number below 1 is negative; minus the logarithm is"
    " the surprise"
    " of Chapter VII.",
)
log_product.misconception_by_edit(
    "lets_numpy_warn",
    reference.log_product,
    {'divide="ignore"': 'divide="warn"'},
    caught_by="gives_minus_infinity_quietly",
    hint="The value is right, and NumPy warns of a division by zero on the way. Take the logarithm inside"
    " `with np.errstate(divide='ignore'):`.",
)
log_product.misconception_by_edit(
    "adds_a_small_constant",
    reference.log_product,
    {"np.log(p)": "np.log(p + 1e-12)"},
    caught_by="gives_minus_infinity_quietly",
    hint="Adding a small constant before the logarithm makes an impossible sequence possible. ln(0) counts"
    " as -inf.",
)
log_product.misconception_by_edit(
    "puts_a_floor_under_it",
    reference.log_product,
    {"np.log(p)": "np.log(np.maximum(p, 1e-12))"},
    caught_by=("gives_minus_infinity_quietly", "goes_on_where_the_product_is_zero"),
    hint="Probabilities below a floor are raised to it here, which changes the answer. Take each as it is.",
)
log_product.misconception_by_edit(
    "takes_any_number",
    reference.log_product,
    {"if outside.size:": "if outside.size < 0:"},
    caught_by="refuses_what_is_no_probability",
    hint="Numbers outside 0 to 1 get an answer here. Check them first, and raise ValueError with a message"
    " that names"
    " the value that is wrong.",
)
log_product.misconception_by_edit(
    "forgives_a_little",
    reference.log_product,
    {"(p >= 0) & (p <= 1)": "(p >= -1e-9) & (p <= 1 + 1e-9)"},
    caught_by="looks_at_every_number_first",
    hint="A number a little above 1 or below 0 is let through. The bounds are exact: 0 <= p <= 1.",
)
log_product.misconception_by_edit(
    "refuses_an_empty_sequence",
    reference.log_product,
    {"if outside.size:": "if outside.size or not p.size:"},
    caught_by="gives_zero_for_the_empty_product",
    hint="An empty list is no error here: a sum of no logarithms is 0, because a product of no factors is 1.",
)


@log_product.misconception(
    caught_by="gives_minus_infinity_quietly",
    hint="math.log(0) raises an error. A probability of 0 is allowed, and the answer is then -math.inf:"
    " treat it before"
    " the logarithm.",
)
def leaves_zero_to_math_log(probabilities):
    if any(not 0 <= p <= 1 for p in probabilities):
        raise ValueError(f"not probabilities: {list(probabilities)}")
    return sum(math.log(p) for p in probabilities)


@log_product.misconception(
    caught_by="looks_at_every_number_first",
    hint="The function answers at the first 0 and never sees the rest. Look at every number before"
    " answering.",
)
def answers_at_the_first_zero(probabilities):
    total = 0.0
    for p in probabilities:
        if p == 0:
            return -math.inf
        if not 0 < p <= 1:
            raise ValueError(f"{p} is no probability")
        total += math.log(p)
    return total


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
        raise ValueError(f"outside [0, 1]: {p.tolist()}")
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


# There and back ---------------------------------------------------------------------------------------------


@product_via_logs.misconception(
    caught_by="gives_the_product_back",
    hint="This is the logarithm of the product. exp turns it back into the product itself.",
)
def stays_in_logarithms(probabilities):
    return reference.log_product(probabilities)


product_via_logs.misconception_by_edit(
    "mixes_two_bases",
    reference.product_via_logs,
    {"log_product(probabilities)": "log_product(probabilities) / math.log(10)"},
    caught_by="gives_the_product_back",
    hint="Logarithms to base 10 are undone by powers of 10, not by exp. Use np.log or math.log with exp.",
)
product_via_logs.misconception_by_edit(
    "gives_the_geometric_mean",
    reference.product_via_logs,
    {"log_product(probabilities)": "log_product(probabilities) / len(probabilities)"},
    caught_by="gives_the_product_back",
    hint="Dividing by the number of factors gives their geometric mean. Leave the sum of the logarithms as"
    " it is.",
)
product_via_logs.misconception_by_edit(
    "gives_the_reciprocal",
    reference.product_via_logs,
    {"math.exp(log_product(probabilities))": "float(np.exp(-log_product(probabilities)))"},
    caught_by="gives_the_product_back",
    hint="A sign is turned round: exp(-s) is 1 / exp(s). The sum of the logarithms is negative, and must"
    " stay so.",
)
product_via_logs.misconception_by_edit(
    "adds_a_hair",
    reference.product_via_logs,
    {"math.exp(log_product(probabilities))": "math.exp(log_product(probabilities)) + 1e-12"},
    caught_by=("multiplies_many_factors", "is_zero_where_a_factor_is"),
    hint="A small constant is added to the product. It drowns small products, and an impossible one is"
    " exactly 0.",
)


@product_via_logs.misconception(
    caught_by="gives_the_product_back",
    hint="exp of each logarithm gives each probability back, and this adds them. Add the logarithms first,"
    " and call exp"
    " once.",
)
def exponentiates_too_early(probabilities):
    return float(np.sum(np.asarray(probabilities, dtype=float)))


@product_via_logs.misconception(
    caught_by="is_zero_where_a_factor_is",
    hint="math.log(0) raises an error. A product with a factor of 0 is 0: let ln(0) be -inf, for exp(-inf)"
    " is 0.",
)
def stumbles_over_zero(probabilities):
    return math.exp(sum(math.log(p) for p in probabilities))


@product_via_logs.misconception(
    caught_by="is_zero_where_a_factor_is",
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


# Where a product ends ---------------------------------------------------------------------------------------


@underflow_length.misconception(
    caught_by="answers_within_a_second",
    hint="Counting n up one by one takes 745 million steps at p = 0.999999. p ** n only falls: bracket the"
    " edge and halve"
    " the bracket.",
)
def counts_up_one_by_one(p):
    if not 0 < p < 1:
        raise ValueError(f"p = {p}")
    n = 1
    while p**n != 0.0:
        n += 1
    return n


@underflow_length.misconception(
    caught_by="answers_within_a_second",
    hint="A running product of numbers above 0.5 never gets to 0: it comes to rest a hair above, where"
    " rounding lifts it"
    " back. Ask p ** n, which is rounded once.",
)
def multiplies_until_zero(p):
    if not 0 < p < 1:
        raise ValueError(f"p = {p}")
    n, product = 1, p
    while product != 0.0:
        product *= p
        n += 1
    return n


underflow_length.misconception_by_edit(
    "stops_one_short",
    reference.underflow_length,
    {"return zero": "return above"},
    caught_by="finds_the_length_for_a_half",
    hint="This is the last n whose power is still above 0. The smallest n that gives 0.0 is one more.",
)


@underflow_length.misconception(
    caught_by="finds_the_length_for_a_half",
    hint="sys.float_info.min, 2.2e-308, is the smallest number of full precision. Smaller ones follow, down"
    " to 5e-324,"
    " before 0.0.",
)
def stops_at_the_smallest_normal_number(p):
    if not 0 < p < 1:
        raise ValueError(f"p = {p}")
    return math.ceil(math.log(sys.float_info.min) / math.log(p))


@underflow_length.misconception(
    caught_by="finds_the_length_for_a_half",
    hint="ln(5e-324) / ln(p) is an estimate, and it falls short: down to half of 5e-324 a number rounds up."
    " Check p ** n"
    " from there.",
)
def trusts_the_estimate(p):
    if not 0 < p < 1:
        raise ValueError(f"p = {p}")
    return math.ceil(math.log(5e-324) / math.log(p))


@underflow_length.misconception(
    caught_by="asks_the_power_itself",
    hint="The formula with logarithms is right nearly everywhere. Both logarithms are rounded: let p ** n =="
    " 0.0 settle the last step.",
)
def trusts_the_logarithms(p):
    if not 0 < p < 1:
        raise ValueError(f"p = {p}")
    return max(2, math.ceil(1075 * math.log(2) / -math.log(p)))


@underflow_length.misconception(
    caught_by="gives_an_int",
    hint="The length is right and comes as a float. It is a whole number: return an int.",
)
def gives_a_float(p):
    return float(reference.underflow_length(p))


@underflow_length.misconception(
    caught_by="finds_the_length_for_a_half",
    hint="These are the lengths for 32-bit floats. Python's own floats have 64 bits.",
)
def counts_in_single_precision(p):
    if not 0 < p < 1:
        raise ValueError(f"p = {p}")
    return math.floor(150 * math.log(2) / -math.log(p)) + (p != 0.5)


@underflow_length.misconception(
    caught_by="answers_within_a_second",
    hint="The length is right until it is put into 32 bits, which hold seven digits. Return a Python int.",
)
def answers_in_single_precision(p):
    return np.float32(reference.underflow_length(p))


@underflow_length.misconception(
    caught_by="refuses_what_never_underflows",
    hint="p = 1 never underflows and p = 0 is 0 from the start. Check that 0 < p < 1 first, and raise"
    " ValueError that"
    " names p.",
)
def refuses_nothing(p):
    if not 0 < p < 1:
        return 1 if abs(p) < 1 else math.inf
    return reference.underflow_length(p)


@underflow_length.misconception(
    caught_by="refuses_what_never_underflows",
    hint="p = 1 itself must be refused as well: its powers stay 1 for ever.",
)
def lets_one_through(p):
    if not 0 < p <= 1:
        raise ValueError(f"p = {p}")
    return math.inf if p == 1 else reference.underflow_length(p)


@underflow_length.misconception(
    caught_by="refuses_by_a_hair",
    hint="Very small p are refused here. Every p above 0 has a length, if only 2.",
)
def refuses_the_very_small(p):
    if not 1e-12 < p < 1:
        raise ValueError(f"p = {p}")
    return reference.underflow_length(p)


@underflow_length.alternative
def estimates_then_walks(p):
    if not 0 < p < 1:
        raise ValueError(f"p must be between 0 and 1, got {p}")
    n = math.ceil(-1075 * math.log(2) / math.log(p))
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


# Adding what is kept as logarithms --------------------------------------------------------------------------


@log_sum_exp.misconception(
    caught_by="stays_finite_at_a_thousand",
    hint="exp(1000) is inf and exp(-1000) is 0. Subtract the largest entry from all of them first, and add"
    " it again"
    " outside the logarithm.",
)
def exponentiates_at_once(xs):
    if len(xs) == 0:
        raise ValueError("empty")
    return float(np.log(np.exp(np.asarray(xs, dtype=float)).sum()))


log_sum_exp.misconception_by_edit(
    "keeps_the_shift",
    reference.log_sum_exp,
    {"float(largest + np.log": "float(np.log"},
    caught_by="is_the_log_of_the_sum",
    hint="The shift must be added back: ln(sum of exp(x - c)) is c too small.",
)
log_sum_exp.misconception_by_edit(
    "takes_the_largest",
    reference.log_sum_exp,
    {"float(largest + np.log(np.exp(xs - largest).sum()))": "float(largest)"},
    caught_by="is_the_log_of_the_sum",
    hint="This is the largest entry. The others add to the sum as well, if only a little.",
)
log_sum_exp.misconception_by_edit(
    "shifts_by_the_smallest_entry",
    reference.log_sum_exp,
    {"xs.max()": "xs.min()"},
    caught_by=("holds_wherever_the_largest_entry_stands", "gives_minus_infinity_no_weight"),
    hint="Shift by the largest entry, not by the smallest: the largest minus the smallest still overflows,"
    " and -inf cannot"
    " be subtracted.",
)
log_sum_exp.misconception_by_edit(
    "shifts_by_the_first_entry",
    reference.log_sum_exp,
    {"xs.max()": "xs[0]"},
    caught_by="holds_wherever_the_largest_entry_stands",
    hint="The shift is by the first entry, which is safe only if the first is the largest. Use xs.max().",
)
log_sum_exp.misconception_by_edit(
    "shifts_by_the_mean",
    reference.log_sum_exp,
    {"xs.max()": "xs.mean()"},
    caught_by="holds_wherever_the_largest_entry_stands",
    hint="Shift by the largest entry, not by the mean: entries far above the mean still overflow, and an"
    " entry of -inf"
    " makes the mean -inf.",
)
log_sum_exp.misconception_by_edit(
    "forgets_that_all_may_be_zeros",
    reference.log_sum_exp,
    {"if np.isinf(largest):": "if largest is None:"},
    caught_by="is_minus_infinity_for_nothing_but_zeros",
    hint="If every entry is -inf, the shift is -inf minus -inf, which is nan. Return -inf before shifting.",
)
log_sum_exp.misconception_by_edit(
    "takes_the_log_of_the_mean",
    reference.log_sum_exp,
    {"np.exp(xs - largest).sum()": "np.exp(xs - largest).mean()"},
    caught_by="is_the_log_of_the_sum",
    hint="This is the log of the mean of the exponentials. Do not divide by how many there are.",
)
log_sum_exp.misconception_by_edit(
    "ends_in_base_ten",
    reference.log_sum_exp,
    {"np.log(": "np.log10("},
    caught_by="is_the_log_of_the_sum",
    hint="This is a logarithm to base 10. ln is the natural logarithm, which undoes exp: np.log.",
)
log_sum_exp.misconception_by_edit(
    "answers_for_nothing",
    reference.log_sum_exp,
    {'raise ValueError("log_sum_exp needs at least one number; got an empty vector")': "return -math.inf"},
    caught_by="refuses_an_empty_sum",
    hint="An empty list must be refused: raise ValueError instead of returning a number.",
)


@log_sum_exp.misconception(
    caught_by="is_the_log_of_the_sum",
    hint="This adds the entries, which multiplies what they are logarithms of. A sum needs exp first and ln"
    " afterwards.",
)
def adds_the_logarithms(xs):
    if len(xs) == 0:
        raise ValueError("empty")
    return float(np.sum(np.asarray(xs, dtype=float)))


@log_sum_exp.misconception(
    caught_by=("gives_minus_infinity_no_weight", "is_minus_infinity_for_nothing_but_zeros"),
    hint="An entry of -inf stands for 0. Replaced by 0 it counts as exp(0) = 1; leave it as it is, for"
    " exp(-inf) is 0.",
)
def replaces_infinity_by_zero(xs):
    return reference.log_sum_exp([x if math.isfinite(x) else 0.0 for x in xs])


@log_sum_exp.alternative
def with_a_loop_over_exponentials(xs):
    if len(xs) == 0:
        raise ValueError("nothing to add up")
    largest = float(max(xs))
    if largest == -math.inf:
        return largest
    return largest + math.log(math.fsum(math.exp(float(x) - largest) for x in xs))


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
    for x in map(float, xs):
        high, low = max(total, x), min(total, x)
        if high > -math.inf:
            total = high + math.log1p(math.exp(low - high))
    return total


@log_sum_exp.alternative
def adds_exponentials_in_single_precision(xs):
    x = np.array(xs, dtype=np.float32)
    if np.all(np.isneginf(x)) and x.size:
        return np.float32(-math.inf)
    return np.max(x) + np.log(np.sum(np.exp(x - np.max(x))))


# Worked by hand ---------------------------------------------------------------------------------------------


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
def from_rounded_logarithms(probabilities):
    # As the primer prints it: each logarithm to four decimals, then the sum.
    total = sum(round(math.log(p), 4) for p in probabilities)
    return np.array([round(math.exp(total), 3), total])


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
