from otter.test_files import test_case

OK_FORMAT = False

name = "reading_1"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def reading_1_is_right(reading_1):
    from checking import confirm
    confirm('reading_1', reading_1, salt='primer/ch01_vectors/reading_1', rounds=10000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['51d4d8f47f7b598f46221ad55ba03eee', '9b7b7362ed445421b4c9e7730dd13762', 'ef38e4d5811942a45bc191e656d5f35d']}, {'kind': 'number', 'width': 0.001, 'hashes': ['8135bf6ad2f8cd4c3e2a348b8d8b426e', 'dbaaa54b1cf70d2e2a326a02caaf68b9', 'f9cea0a0efcd3ddec6817ad6abbb0d4f']}, {'kind': 'number', 'width': 0.001, 'hashes': ['c935ea30266cc6b4417ce5f84b55f26d', 'df6b6297bbd8949da94c243bfc61ad5a', 'ed9db4489a634dc97f9280b75fc530ce']}, {'kind': 'number', 'width': 0.001, 'hashes': ['1bd8842bfc7de44499774909f3340896', '9f64b4d16543ae4b092008e8bc0bb33e', 'f743ebb7300f8962efe384bdc7a3966c']}], because='papers count components from 1; the double bars are the root of the summed squares; g stretches the direction of v', meaning={'text': 'Vggi;hQ*FZC5*@^Qu#)rZA1Ot>z%QKY<Fg1k9M|`pB`ol9~*0H%M<*BMxDt7uc=URiE;jUXgiT9MP~n$=iH+k1DovSz;xJ{nS%!h<1OSioe13<QfF2KU0Yz48wOO%l2<RJhJqCA1Q){fQ$s=7oOFSkK%g?m3(ZfXwOU@zz6kxNdzzaB', 'keys': {'ef38e4d5811942a45bc191e656d5f35d': 'V9fG0{D-&xj|0(Blg8-H', '51d4d8f47f7b598f46221ad55ba03eee': 'C?tC6Z;34zd7*K(p`-P=', '9b7b7362ed445421b4c9e7730dd13762': 'v^>sjOIuw~DEH7P;>Xfz'}})
