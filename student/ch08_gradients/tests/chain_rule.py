from otter.test_files import test_case

OK_FORMAT = False

name = "chain_rule"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The square of 3x + 1: outer slope times inner slope.")
def multiplies_the_two_slopes(chain_rule):
    """The square of 3x + 1: outer slope times inner slope."""
    from checking import expect, student

    def twice(u):
        return 2 * u

    def three_x_and_one(x):
        return 3 * x + 1

    def always_three(x):
        return 3
    TWO_FACTORS = 'outer_slope at inner(x), times inner_slope at x, both as they are handed in, and no rounding'
    chain_rule = student('chain_rule', chain_rule)
    expect(chain_rule, twice, three_x_and_one, always_three, 2).to_equal(42, because=TWO_FACTORS)
    expect(chain_rule, twice, three_x_and_one, always_three, -1.5).to_equal(-21.0, because=TWO_FACTORS)

@test_case(points=None, hidden=False, 
    failure_message="The cube of x^3 - x, whose inner value is far from x.")
def reads_the_outer_slope_at_the_inner_value(chain_rule):
    """The cube of x^3 - x, whose inner value is far from x."""
    from checking import expect, student

    def cube_slope(u):
        return 3 * u ** 2

    def cube_minus_x(x):
        return x ** 3 - x

    def cube_minus_x_slope(x):
        return 3 * x ** 2 - 1
    TWO_FACTORS = 'outer_slope at inner(x), times inner_slope at x, both as they are handed in, and no rounding'
    chain_rule = student('chain_rule', chain_rule)
    expect(chain_rule, cube_slope, cube_minus_x, cube_minus_x_slope, 2.0).to_equal(1188.0, because=TWO_FACTORS)
