from otter.test_files import test_case

OK_FORMAT = False

name = "example_6"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def example_6_is_right(example_6):
    from checking import confirm
    confirm('example_6', example_6, salt='primer/ch06_softmax/example_6', rounds=13333, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['0435c2cc65713620450b2577bf83db97', '183c86ff2d7462ca52cf6461aa323e17', '7b08b3c3c82b69571a0cc884a4991a84']}, {'kind': 'number', 'width': 0.001, 'hashes': ['165117f91f95c664ea15f153a7155da0', '2caf1fc0f28ff4b00e78d826b9320a50', 'f4770e15e8bb6ab84533653d3da581b1']}, {'kind': 'number', 'width': 0.001, 'hashes': ['72cbe823442a269ef9c8bb9dca9e2719', '99e7b7e7b452a61e860b3154c9e00a65', 'e750cb686d49553c7b808d9750197f68']}], because='exponentiate each logit, add the three up, divide each by the sum', meaning={'text': 'CO^zcUo~tw{=b5w((=s3PB6!gimOw37i$?(5FAR28tDvIDGp*RjiOF!(a0Z3CJ09PaOVa-I#I&?)^Jigj@}Vp0<Op$ssJHoQGCVgX{d@%GdR6QH4slfBDJW806VyZy=-iGcbnZJmL$TjX*#WTe^8<|(c!3z;eKhNIcr`^Ez~l~sls~=>HrhA0Kkg', 'keys': {'0435c2cc65713620450b2577bf83db97': 'Z|PA%;z}9bD{sZrkus<m', '7b08b3c3c82b69571a0cc884a4991a84': 'NB#GVfr<S8EyH*VJ>Gp!', '183c86ff2d7462ca52cf6461aa323e17': ')FKd^+LBrOq|m}uO!q-v'}})
