from otter.test_files import test_case

OK_FORMAT = False

name = "example_10"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def example_10_is_right(example_10):
    from checking import confirm
    confirm('example_10', example_10, salt='primer/ch10_attention/example_10', rounds=20000, parts=[{'kind': 'number', 'width': 0.1, 'hashes': ['0dfe71be05ec49977257499bf340b3ed', '6480238ca6efe37ff2559de43c56ec0f', 'daffcb3f2a8ca0123e388238dc1bedc9']}, {'kind': 'number', 'width': 0.1, 'hashes': ['1655d2ce81caac24dcf6e384e748d33d', '849ded2d5a93fc82d787a446f631514c', 'ab26d46a37f3111221bcf9fbc95ed8b6']}], because='query 1 with each key, each product over the square root of d_k, softmax, then the rows of V in those proportions; round only at the end', meaning={'text': 'SKbFNP4YT(Pjt{aIDn-cHK>>A18C^8y=JeRI0FAlCR@^4sT7+C0OD~a)?B?`RZf;cnLhTC+A<qekIIbRwGuNRBtnne*EgBS8JL}ZS(h_sS0r2*9$rcX64@}jSGm-u5jqO|<adE#<Vr|e)HAq}oI6qmcS`xd`W~D-mpLT1Lz5NsN@}owl%Bm9Hg-QTUFX1wPb@TUU2-pGiqPeK', 'keys': {'6480238ca6efe37ff2559de43c56ec0f': 'Z!o#lDL5_88)7NVjmY9D', '0dfe71be05ec49977257499bf340b3ed': 'dxj%ur{w)ZCsgi)I3=RL', 'daffcb3f2a8ca0123e388238dc1bedc9': 'JaFz40ib<QveeUQ=uUgY'}})
