from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_10"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_10_is_right(exercise_10):
    from checking import confirm
    confirm('exercise_10', exercise_10, salt='primer/ch04_exp_log/exercise_10', rounds=40000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['1bec6dfbe8eae4df92d9511903dc409d', '466f72139349fbb2226cad46c7f507f1', '8a8c8d2d4a61f80ddb51d5131f78874a']}], because='ln undoes exp, term by term; no calculator is needed', meaning={'text': '#&Bp{F4%bonn{%XE78G|^(XS??siKOBEO{uR5f4qyKChA59%`R!`wiP=d+mEuSeA+?LNniZ7d8eVu3Jx_O6GOkbtXc3>-6i#j6c#ucK;l=mTGOM&3}o=xJyb6?p{*#p1EnY9E8IKbb>`&Ez)xh2>a5`MHfl-eLCEA>Hwp`EEH9PuW~fc^~ey@e~`*VPRo^{U`', 'keys': {'1bec6dfbe8eae4df92d9511903dc409d': 'K(rDJaT0f-|DH>p$E!ug', '466f72139349fbb2226cad46c7f507f1': 'Sf{7BfZW!=2X1zn39zbS', '8a8c8d2d4a61f80ddb51d5131f78874a': 'g+k{aFdw6x8*F)jQhYZ+'}})
