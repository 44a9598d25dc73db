from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_20"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_20_is_right(exercise_20):
    from checking import confirm
    confirm('exercise_20', exercise_20, salt='primer/ch09_gradient_descent/exercise_20', rounds=40000, parts=[{'kind': 'exact', 'hashes': ['977ed3ebf34bbbf3d189428785a7d725']}], because='how many partial derivatives does one parameter have, and how many zeros a billion?', meaning={'text': 'aZ8Vc6X^DJ7uH+G$J*~p9fqkjYxAv)JzTMS+aD1egyXfty;EF>iX~C>B&095jvUIb0ePJFjDC|*7~(QGjI4(yq9)(ifPiPRw8ayBc)bQ=6h>1i3Ac3PCk0=$(V5P?hfW9tXuZHnEYM7nI<>_fG)=xn)`b<%D(`Ixiz&UE__&V;BW5fG6O^7by<p-S!Eeuhng', 'keys': {'977ed3ebf34bbbf3d189428785a7d725': 'j_}-&%1NINCPPz2xZHP-'}})
