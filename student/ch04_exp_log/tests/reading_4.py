from otter.test_files import test_case

OK_FORMAT = False

name = "reading_4"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def reading_4_is_right(reading_4):
    from checking import confirm
    confirm('reading_4', reading_4, salt='primer/ch04_exp_log/reading_4', rounds=13333, parts=[{'kind': 'exact', 'hashes': ['63119cfc90ccdc61d7cbdd64255c60f1']}, {'kind': 'number', 'width': 0.001, 'hashes': ['6e193908f447441597f7147fee3aee27', 'c4a73448c738bf35c5b774895242f3fd', 'e669596cffa98247511c2b65bf7ec3ac']}, {'kind': 'number', 'width': 0.001, 'hashes': ['8af2d3e92d5bf25caf53e80568e6bbb5', 'b454e62bdb71c1eed131036bde5bdd70', 'c225bb9a930b32c11e2d3ca10b737986']}], because='papers count from 1, and both ends of a sum belong to it; log is the natural logarithm', meaning={'text': 'gPbfPPCLmxJfJEZzR58TkqXj+jDfd/9IS+qTIE4TeJqUUCkIPpV9F5Ja6T6FDtsJD2JA+KXE/Z3c0XpMWC58PlVjHK1cGkX0LusiO9UA3+FIe3N1giw56NbtVqQ4kQYVc+6I4kaDXpXvxcc8SD6OYRF9zV4mT2rgqYieIiiIDnCD4jiX3CmwbGFkvw5EHWdEgh0ObA==', 'keys': {'63119cfc90ccdc61d7cbdd64255c60f1': 'QEgYrUO36FS0Jf5dhN3Wi1gVEpdpyeoJ'}})
