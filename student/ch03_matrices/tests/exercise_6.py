from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_6"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_6_is_right(exercise_6):
    from checking import confirm
    confirm('exercise_6', exercise_6, salt='primer/ch03_matrices/exercise_6', rounds=20000, parts=[{'kind': 'exact', 'hashes': ['7cfcb0fca40af30bf98fbf402fccf16d']}, {'kind': 'exact', 'hashes': ['f88919ac1ecd5d84afc531c5b44ffcd7']}], because='the input has one number per column, the output one number per row; rows are written first', meaning={'text': 'Ju){0iT_q01-kMUY~r&=aNuPa=?fG9*p03CyIbihL_bw!=Ga*n?{JR2uD1IqOJ>)hcKID7IiLvmU0Wh*791W<bZM>i?5@yRgC`gcj>*BnLfZaqA{)`OD-uf^M<i4<%&1T>@b$Yi`A0Q!&r#q#LwB;agm%(9G2V~rixCZ5X32HjY!eYm0A0B~IZUpEhWojk(VO!d3k@NI1j~#p0Ibk)sQ', 'keys': {'7cfcb0fca40af30bf98fbf402fccf16d': 'zQYAWtm5%WrwtZ{Ji=+<'}})
