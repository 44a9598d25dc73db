from otter.test_files import test_case

OK_FORMAT = False

name = "reading_8"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def reading_8_is_right(reading_8):
    from checking import confirm
    confirm('reading_8', reading_8, salt='primer/ch08_gradients/reading_8', rounds=13333, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['1584906de8b3f9a38b6315a033600719', '6a22334d326f8c55c7c3eba005cc8f31', 'ba781612413e8d538c8c09872a9916f3']}, {'kind': 'number', 'width': 0.001, 'hashes': ['603c535615dad3bcf51d72e015f40efe', '9cb1f31c375c051935319fbd4b67d591', 'f4bcdc17de156b261ff3ffb0381ae782']}, {'kind': 'number', 'width': 0.001, 'hashes': ['36820c4eba2edd5ea818e72fbd0c3812', '47366cb56c427db888690d173c621e7c', 'a0271cbac3f22a359d24cd0c179e9adb']}], because='papers count from 1; the nudge is the gradient over its own magnitude, times rho; the last term is the dot product of nudge and gradient', meaning={'text': '4CnhyM43yW4d3dk8Gd3KJ7H4zZjOlqp9f4aVmdWRYpyEWSep8ZzILYJVZFy2i1gSkI2KKfncXr/pP7KfBsw0whzhwdPWTO0VAvoRcKcuTi+Yzc7ZKHrvusxjRM2G/K4oAmNbTB1yge5Sm+cCqNSWzSonoE0nyFTfII9Op4tsWwfbk20GFLO+odjtgXk=', 'keys': {'1584906de8b3f9a38b6315a033600719': 'H4puRWdt+Vl13b1pmQNN8gvAIBTcBD+j', 'ba781612413e8d538c8c09872a9916f3': '751UChSBgYSCGW92K9OtFAFWuXgkZik0', '6a22334d326f8c55c7c3eba005cc8f31': 'KW8YywCQCZ+EXfFxS8Y9fIbIoxidrNJ4'}})
