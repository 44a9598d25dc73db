from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_2"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_2_is_right(exercise_2):
    from checking import confirm
    confirm('exercise_2', exercise_2, salt='primer/ch02_dot_product/exercise_2', rounds=40000, parts=[{'kind': 'exact', 'hashes': ['7af0960400628ee736e9acd13ceab799']}], because='multiply component by component, then add up the three products; a component of 0 makes its product 0', meaning={'text': 'vyTCMna<cwIFPyupnyptUe?zI@pFX)>a2=rEy%Giq;U&5tf2SbghwZUP)>;Ag>=LJS-@*rHBRa>Ae@&V?`J&vTt+Ca{)Pjj(IUP', 'keys': {'7af0960400628ee736e9acd13ceab799': 'X6dz-s>3{eqR7j?e0;#x'}})
