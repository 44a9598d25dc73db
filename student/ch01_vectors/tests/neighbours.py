from otter.test_files import test_case

OK_FORMAT = False

name = "neighbours"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def neighbours_is_right(neighbours):
    from checking import confirm
    confirm('neighbours', neighbours, salt='primer/ch01_vectors/neighbours', rounds=3636, parts=[{'kind': 'word', 'hashes': ['d28e82b9761c7ca557007e52e7f4091f']}, {'kind': 'word', 'hashes': ['42b2ff224ec3cb5484405a5cd8cde62a']}, {'kind': 'word', 'hashes': ['752673d5c2a4285d9eaede101076f5ab']}, {'kind': 'word', 'hashes': ['ebf052a9585d1163581102e6fef3f262']}, {'kind': 'word', 'hashes': ['46f10ec197b85cfce04ba84deacec62c']}, {'kind': 'word', 'hashes': ['51ca78982ec4f88c7b4b65980007dc4b']}, {'kind': 'word', 'hashes': ['1efeb02a3b9b118d50eb94a7c82934c6']}, {'kind': 'word', 'hashes': ['b79a72c2801d1d0ab7f4722f1e1797d5']}, {'kind': 'word', 'hashes': ['0d274194714dfc750d526ce192f41b18']}, {'kind': 'word', 'hashes': ['30a9404fc36aea8a10699aee2e0031c7']}, {'kind': 'word', 'hashes': ['df4a183224e2486ab40116f2cc6bad2b']}], keys=['king', 'queen', 'prince', 'throne', 'crown', 'car', 'truck', 'wheel', 'engine', 'road', 'bridge'], because='measure straight-line distances to the ten other words; a word is not its own neighbour', meaning={'text': 'X+i1Cmf)_`G_VjB>e6WGYev!GXG|NwR%e=F6maSn2u8CMCiAnlA^bAL?>zF0HqAML@f{hj=s+u!GHu|9BJ~e!X}8pYxWkMC0OC9M37<rw)Z00L(;-tl`!Z2<(mbf}a2h{$4UvwLcfWc(CkwvqgqjLm=wlaZP$}x*00JQe)-h5iC{L$R&IkX_Yo`Obu(z#3(8LQf9nb-e^{=si-?aM|qq<`l%Ry7ETNOif4<%0', 'keys': {'d28e82b9761c7ca557007e52e7f4091f': 'yMzcaQ;f=GbqGs$p(pl<'}})
