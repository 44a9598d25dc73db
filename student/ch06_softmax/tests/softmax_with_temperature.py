from otter.test_files import test_case

OK_FORMAT = False

name = "softmax_with_temperature"
points = 4

@test_case(points=None, hidden=False, 
    failure_message="T = 1 is plain softmax.")
def is_softmax_at_one(softmax_with_temperature):
    """T = 1 is plain softmax."""
    from checking import expect, student
    LOGITS = [2.0, 1.0, 0.5]
    PROBABILITIES = [0.6285317192117625, 0.23122389762214907, 0.1402443831660885]
    softmax_with_temperature = student('softmax_with_temperature', softmax_with_temperature)
    expect(softmax_with_temperature, LOGITS, 1).to_equal(PROBABILITIES, because='divide the logits by T, then apply softmax')

@test_case(points=None, hidden=False, 
    failure_message="T = 2 flattens and T = 0.5 sharpens.")
def flattens_as_it_rises(softmax_with_temperature):
    """T = 2 flattens and T = 0.5 sharpens."""
    from checking import expect, student
    import math
    LOGITS = [2.0, 1.0, 0.5]
    softmax_with_temperature = student('softmax_with_temperature', softmax_with_temperature)
    halved = [math.exp(z / 2) / sum((math.exp(x / 2) for x in LOGITS)) for z in LOGITS]
    doubled = [math.exp(z * 2) / sum((math.exp(x * 2) for x in LOGITS)) for z in LOGITS]
    expect(softmax_with_temperature, LOGITS, 2.0).to_equal(halved, because='divide the logits by T; do not multiply by it, and do not divide the probabilities')
    expect(softmax_with_temperature, LOGITS, 0.5).to_equal(doubled, because='divide every logit by T before exponentiating')

@test_case(points=None, hidden=False, 
    failure_message="T = 0 and below: ValueError that names T.")
def refuses_a_temperature_of_zero(softmax_with_temperature):
    """T = 0 and below: ValueError that names T."""
    from checking import expect, student
    LOGITS = [2.0, 1.0, 0.5]
    softmax_with_temperature = student('softmax_with_temperature', softmax_with_temperature)
    expect(softmax_with_temperature, [0.0, 0.0], 3).to_equal([0.5, 0.5])
    expect(softmax_with_temperature, LOGITS, 0).to_be_refused(ValueError, naming=[0])
    expect(softmax_with_temperature, LOGITS, -1.5).to_be_refused(ValueError, naming=[-1.5])
