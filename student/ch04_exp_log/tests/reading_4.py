from otter.test_files import test_case

OK_FORMAT = False

name = "reading_4"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def reading_4_is_right(reading_4):
    from checking import confirm
    confirm('reading_4', reading_4, salt='primer/ch04_exp_log/reading_4', rounds=13333, parts=[{'kind': 'exact', 'hashes': ['63119cfc90ccdc61d7cbdd64255c60f1']}, {'kind': 'number', 'width': 0.001, 'hashes': ['6e193908f447441597f7147fee3aee27', 'c4a73448c738bf35c5b774895242f3fd', 'e669596cffa98247511c2b65bf7ec3ac']}, {'kind': 'number', 'width': 0.001, 'hashes': ['8af2d3e92d5bf25caf53e80568e6bbb5', 'b454e62bdb71c1eed131036bde5bdd70', 'c225bb9a930b32c11e2d3ca10b737986']}], because='papers count from 1, and both ends of a sum belong to it; log is the natural logarithm', meaning={'text': 'I$(2kdTvhZUCYDoDE{j}o>y;kosWw43dI-#Asj=B{)?xEBv@VLTZB<HXTXRD_+(uu&7Zw`p5bS&{R(h@@-jVGP(RfGFUiZ%HniecYf9+TiJi)HwEem$0_x}-Hd*V0Vq6+3g#eqAgP;-71B4fn_gh0&&Az~<)c$`Sx1kO`bbel?5$(A|`b4pS)_%pm', 'keys': {'63119cfc90ccdc61d7cbdd64255c60f1': 'Ku8#^L$~Nuv?cysgx%JQ'}})
