from otter.test_files import test_case

OK_FORMAT = False

name = "learning_rate_at"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The peak at step 0, the final rate at the last step.")
def runs_from_peak_to_final(learning_rate_at):
    """The peak at step 0, the final rate at the last step."""
    from checking import expect, student
    learning_rate_at = student('learning_rate_at', learning_rate_at)
    expect(learning_rate_at, 0, 1000, 0.001, 0.0001).to_equal(0.001, because='at step 0 nothing of the way is done: the rate is the peak')
    expect(learning_rate_at, 1000, 1000, 0.001, 0.0001).to_equal(0.0001, because='the last step is total_steps itself, and there the rate is final')

@test_case(points=None, hidden=False, 
    failure_message="A quarter of the way down after a quarter of the steps.")
def falls_evenly_between(learning_rate_at):
    """A quarter of the way down after a quarter of the steps."""
    from checking import expect, student
    learning_rate_at = student('learning_rate_at', learning_rate_at)
    expect(learning_rate_at, 250, 1000, 0.001, 0.0001).to_equal(0.000775, because='go the fraction step / total_steps of the way from peak to final')
    expect(learning_rate_at, 3, 8, 2, 0).to_equal(1.25, because='three eighths of the way from 2 to 0')

@test_case(points=None, hidden=False, 
    failure_message="A step below 0 or above total_steps: ValueError.")
def refuses_steps_outside_the_schedule(learning_rate_at):
    """A step below 0 or above total_steps: ValueError."""
    from checking import expect, student
    learning_rate_at = student('learning_rate_at', learning_rate_at)
    expect(learning_rate_at, 5, 10, 0.4, 0.2).to_equal(0.3)
    expect(learning_rate_at, -1, 10, 0.4, 0.2).to_be_refused(ValueError)
    expect(learning_rate_at, 17, 16, 0.4, 0.2).to_be_refused(ValueError)

@test_case(points=0.1, hidden=False, 
    failure_message="The message of that ValueError names the step.")
def names_the_step(learning_rate_at):
    """The message of that ValueError names the step."""
    from checking import expect, student
    learning_rate_at = student('learning_rate_at', learning_rate_at)
    expect(learning_rate_at, 8, 16, 0.4, 0.2).to_equal(0.3)
    expect(learning_rate_at, -3, 10, 0.4, 0.2).to_be_refused(ValueError, naming=[-3])
    expect(learning_rate_at, 29, 16, 0.4, 0.2).to_be_refused(ValueError, naming=[29])
