from otter.test_files import test_case

OK_FORMAT = False

name = "the_wall"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def the_wall_is_right(the_wall):
    from checking import confirm
    confirm('the_wall', the_wall, salt='primer/ch11_capstone/the_wall', rounds=20000, parts=[{'kind': 'exact', 'hashes': ['ab514070638d1dd1e3379fe08a7b5e39']}, {'kind': 'exact', 'hashes': ['e00f972ec01bee071640b76951fd2185']}], because='count rows times columns of every matrix in the table and the two biases; a central difference evaluates the loss on both sides of the point', meaning={'text': '3v{f#ZBhV|qFDhg^nk{MMFVF(4=H9gd#4@i0xX9jpZe_MvTKrYSfd%NBA0{(epGAAf2==ju8(@#iO3D@NsOPqkchWNk`QMt_HH>pyX5pPu*+&pcaz3NOm|r6H5G2nGGm)QMHI5$YP3k(wH$w1Ifg#6=na8HGe&4JL%xVDr;PLKgY(Il!|&mg8-P)W3w>;tphy<ecd#OC6!La!l<WWM|Dwtw;`e~Ged`c+(lw_;f(0biY!b)q=O_', 'keys': {'ab514070638d1dd1e3379fe08a7b5e39': 'ID63EHEiPLSeS5P4kBPp'}})
