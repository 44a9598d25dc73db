from otter.test_files import test_case

OK_FORMAT = False

name = "nearest"
points = 4

@test_case(points=None, hidden=False, 
    failure_message="The smallest distance wins, and a word is not its own neighbour.")
def finds_the_closest_other_word(nearest):
    """The smallest distance wins, and a word is not its own neighbour."""
    from checking import expect, student
    SMALLEST = 'measure the distance to every other word, and keep the word with the smallest'
    nearest = student('nearest', nearest)
    animals = {'cat': [1, 1], 'dog': [2, 1], 'car': [9, 5], 'bus': [8, 7]}
    expect(nearest, 'cat', animals).to_equal('dog', because=SMALLEST)
    expect(nearest, 'car', animals).to_equal('bus', because=SMALLEST)

@test_case(points=None, hidden=False, 
    failure_message="A word that is not in the vocabulary: KeyError.")
def refuses_a_word_it_does_not_know(nearest):
    """A word that is not in the vocabulary: KeyError."""
    from checking import expect, student
    SMALLEST = 'measure the distance to every other word, and keep the word with the smallest'
    nearest = student('nearest', nearest)
    pair = {'left': [0.0, 0.0, 1.0], 'right': [4.0, 0.0, 1.0]}
    expect(nearest, 'left', pair).to_equal('right', because=SMALLEST)
    because = 'a dict raises KeyError by itself if it is asked for an absent word'
    expect(nearest, 'middle', pair).to_be_refused(KeyError, because=because)
    expect(nearest, 'middle', {'left': [0.0, 0.0, 1.0]}).to_be_refused(KeyError, because='the word is looked up first: it is absent, however many other words there are')

@test_case(points=None, hidden=False, 
    failure_message="Of equally close words the alphabetically first, in whatever order the vocabulary holds them.")
def gives_a_tie_to_the_first_in_the_alphabet(nearest):
    """Of equally close words the alphabetically first, in whatever order the vocabulary holds them."""
    from checking import expect, student
    SMALLEST = 'measure the distance to every other word, and keep the word with the smallest'
    nearest = student('nearest', nearest)
    around = {'pear': [5.0, 0.0], 'origin': [0.0, 0.0], 'fig': [3.0, 4.0], 'apple': [4.0, 4.0], 'kiwi': [0.0, -5.0]}
    expect(nearest, 'kiwi', around).to_equal('origin', because=SMALLEST)
    because = 'three words are at distance 5; among these the alphabet decides, not the order in the dict'
    expect(nearest, 'origin', around).to_equal('fig', because=because)
    expect(nearest, 'origin', dict(reversed(list(around.items())))).to_equal('fig', because=because)
