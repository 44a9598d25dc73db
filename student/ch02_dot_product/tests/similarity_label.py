from otter.test_files import test_case

OK_FORMAT = False

name = "similarity_label"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The table's five bands.")
def names_every_band(similarity_label):
    """The table's five bands."""
    from checking import expect, student
    FROM_THE_TOP = 'compare c with the lower edges, from the top band down, and spell the label as the table does'
    similarity_label = student('similarity_label', similarity_label)
    bands = [(0.95, 'near-identical'), (0.75, 'strongly related'), (0.55, 'some relationship'), (0.2, 'weak or no relation'), (-0.3, 'opposing')]
    for c, label in bands:
        expect(similarity_label, c).to_equal(label, because=FROM_THE_TOP)

@test_case(points=None, hidden=False, 
    failure_message="Above 1 and below -1: ValueError. 1 and -1 themselves have labels.")
def refuses_what_is_not_a_cosine(similarity_label):
    """Above 1 and below -1: ValueError. 1 and -1 themselves have labels."""
    from checking import expect, student
    similarity_label = student('similarity_label', similarity_label)
    expect(similarity_label, 1).to_equal('near-identical', because='1 itself is a cosine')
    expect(similarity_label, -1.0).to_equal('opposing', because='-1 itself is a cosine')
    because = 'no cosine is above 1 or below -1: check the range first, and raise ValueError'
    expect(similarity_label, 1.5).to_be_refused(ValueError, because=because)
    expect(similarity_label, -1.25).to_be_refused(ValueError, because=because)

@test_case(points=0.1, hidden=False, 
    failure_message="The message of the ValueError names the number.")
def names_the_number(similarity_label):
    """The message of the ValueError names the number."""
    from checking import expect, student
    FROM_THE_TOP = 'compare c with the lower edges, from the top band down, and spell the label as the table does'
    similarity_label = student('similarity_label', similarity_label)
    expect(similarity_label, 0.5).to_equal('some relationship', because=FROM_THE_TOP)
    because = 'put the number into the message of a ValueError'
    expect(similarity_label, 1.5).to_be_refused(ValueError, naming=[1.5], because=because)
    expect(similarity_label, -1.25).to_be_refused(ValueError, naming=[-1.25], because=because)
