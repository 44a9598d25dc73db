from otter.test_files import test_case

OK_FORMAT = False

name = "most_similar"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="The most similar word first, and the word itself left out.")
def ranks_by_direction(most_similar):
    """The most similar word first, and the word itself left out."""
    from checking import expect, student
    BY_COSINE = 'rank the other words by cosine similarity, the largest first'
    most_similar = student('most_similar', most_similar)
    animals = {'car': [1, 7], 'cat': [2, 1], 'lynx': [6, 2], 'dog': [3, 3]}
    expect(most_similar, 'cat', animals, 3).to_equal(['lynx', 'dog', 'car'], because=BY_COSINE)
    expect(most_similar, 'cat', animals, 1).to_equal(['lynx'], because='the answer is a list of k words, also if k is 1')

@test_case(points=None, hidden=False, 
    failure_message="Fewer than k other words: all of them.")
def gives_all_if_k_is_larger(most_similar):
    """Fewer than k other words: all of them."""
    from checking import expect, student
    BY_COSINE = 'rank the other words by cosine similarity, the largest first'
    most_similar = student('most_similar', most_similar)
    pair = {'left': (1.0, 0.0), 'middle': (1.0, 2.0), 'right': (1.0, 5.0)}
    expect(most_similar, 'left', pair, 2).to_equal(['middle', 'right'], because=BY_COSINE)
    expect(most_similar, 'right', pair, 10).to_equal(['middle', 'left'], because='all the other words come back, the most similar first')

@test_case(points=None, hidden=False, 
    failure_message="k below 1: ValueError. A word that is not in the vocabulary: KeyError.")
def refuses_what_it_cannot_rank(most_similar):
    """k below 1: ValueError. A word that is not in the vocabulary: KeyError."""
    from checking import expect, student
    BY_COSINE = 'rank the other words by cosine similarity, the largest first'
    most_similar = student('most_similar', most_similar)
    pair = {'left': [1.0, 0.0], 'right': [1.0, 5.0]}
    expect(most_similar, 'left', pair, 1).to_equal(['right'], because=BY_COSINE)
    because = 'a ranking has 1 place or more: check k first, and raise ValueError'
    expect(most_similar, 'left', pair, 0).to_be_refused(ValueError, because=because)
    expect(most_similar, 'left', pair, -2).to_be_refused(ValueError, because=because)
    expect(most_similar, 'up', pair, 1).to_be_refused(KeyError, because='a dict raises KeyError by itself if it is asked for an absent word')

@test_case(points=0.15, hidden=False, 
    failure_message="The message of the ValueError names k.")
def names_k(most_similar):
    """The message of the ValueError names k."""
    from checking import expect, student
    BY_COSINE = 'rank the other words by cosine similarity, the largest first'
    most_similar = student('most_similar', most_similar)
    pair = {'left': [1.0, 0.0], 'right': [1.0, 5.0]}
    expect(most_similar, 'right', pair, 1).to_equal(['left'], because=BY_COSINE)
    expect(most_similar, 'left', pair, -2).to_be_refused(ValueError, naming=[-2], because='put k into the message of a ValueError')
