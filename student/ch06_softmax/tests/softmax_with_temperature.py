from otter.test_files import test_case

OK_FORMAT = False

name = "softmax_with_temperature"
points = 4

@test_case(points=None, hidden=False, 
    failure_message="T = 1 is plain softmax.")
def is_softmax_at_one(softmax_with_temperature):
    """T = 1 is plain softmax."""
    from checking import expect, student
    TEMPERED = [0.9, -0.4, 0.1, 1.7]
    AT_ONE = [0.25333119850379004, 0.06904080575969326, 0.1138290450022822, 0.5637989507342345]
    softmax_with_temperature = student('softmax_with_temperature', softmax_with_temperature)
    expect(softmax_with_temperature, TEMPERED, 1).to_equal(AT_ONE, because='at T = 1 the logits stay as they are, and softmax is applied to them')

@test_case(points=None, hidden=False, 
    failure_message="T = 4 flattens and T = 0.2 sharpens; the logits are left as they were.")
def flattens_as_it_rises(softmax_with_temperature):
    """T = 4 flattens and T = 0.2 sharpens; the logits are left as they were."""
    from checking import expect, student
    import numpy as np
    TEMPERED = [0.9, -0.4, 0.1, 1.7]
    AT_FOUR = [0.26576936798470485, 0.19202563812911483, 0.21759355479517667, 0.3246114390910036]
    TEMPERING = 'each logit is divided by T before softmax is applied, softmax(z / T), and nothing is rounded'
    AT_A_FIFTH = [0.017979800700744387, 2.7031537055424735e-05, 0.00032931153692624396, 0.981663856225274]
    softmax_with_temperature = student('softmax_with_temperature', softmax_with_temperature)
    expect(softmax_with_temperature, TEMPERED, 4.0).to_equal(AT_FOUR, because=TEMPERING)
    expect(softmax_with_temperature, TEMPERED, 0.2).to_equal(AT_A_FIFTH, because=TEMPERING)
    expect(softmax_with_temperature, tuple(TEMPERED), 4).to_equal(AT_FOUR, because='right for a list and not for a tuple: np.asarray(z, dtype=float) takes both')
    expect(softmax_with_temperature, np.array(TEMPERED), 0.2).to_equal(AT_A_FIFTH, because='right for a list and not for an array: np.asarray(z, dtype=float) takes both')

@test_case(points=None, hidden=False, 
    failure_message="T = 0 and below: ValueError that names T.")
def refuses_a_temperature_of_zero(softmax_with_temperature):
    """T = 0 and below: ValueError that names T."""
    from checking import expect, student
    AHEAD = [0.7310585786300049, 0.2689414213699951]
    TEMPERING = 'each logit is divided by T before softmax is applied, softmax(z / T), and nothing is rounded'
    TEMPERED = [0.9, -0.4, 0.1, 1.7]
    softmax_with_temperature = student('softmax_with_temperature', softmax_with_temperature)
    expect(softmax_with_temperature, [1.5, -1.5], 3).to_equal(AHEAD, because=TEMPERING)
    for temperature in [0, -1.5]:
        expect(softmax_with_temperature, TEMPERED, temperature).to_be_refused(ValueError, naming=[temperature])
