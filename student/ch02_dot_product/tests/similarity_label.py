from otter.test_files import test_case

OK_FORMAT = False

name = "similarity_label"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The table's five bands.")
def names_every_band(similarity_label):
    """The table's five bands."""
    from checking import expect, student
    similarity_label = student('similarity_label', similarity_label)
    for c, label in [(0.95, 'near-identical'), (0.75, 'strongly related'), (0.55, 'some relationship'), (0.2, 'weak or no relation'), (-0.3, 'opposing')]:
        expect(similarity_label, c).to_equal(label, because='compare with the lower edges from the top band down; the labels are written as in the table')

@test_case(points=None, hidden=False, 
    failure_message="Above 1 and below -1: ValueError that names the number.")
def refuses_what_is_no_cosine(similarity_label):
    """Above 1 and below -1: ValueError that names the number."""
    from checking import expect, student
    similarity_label = student('similarity_label', similarity_label)
    expect(similarity_label, 1).to_equal('near-identical', because='1 itself is a cosine similarity')
    expect(similarity_label, -1.0).to_equal('opposing', because='-1 itself is a cosine similarity')
    expect(similarity_label, 1.5).to_be_refused(ValueError, naming=[1.5], because='no cosine is above 1: check the range first, and put the number into the message')
    expect(similarity_label, -1.25).to_be_refused(ValueError, naming=[-1.25], because='no cosine is below -1: check the range first, and put the number into the message')
