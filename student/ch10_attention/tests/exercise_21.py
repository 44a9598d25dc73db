from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_21"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_21_is_right(exercise_21):
    from checking import confirm
    confirm('exercise_21', exercise_21, salt='primer/ch10_attention/exercise_21', rounds=10000, parts=[{'kind': 'exact', 'hashes': ['55a864f402a94ce8843790950cfe74a3']}, {'kind': 'exact', 'hashes': ['fe8b93af01e2824b11e4b720d78f72ea']}, {'kind': 'exact', 'hashes': ['804ad725fce9ee972ba87339c2c985ee']}, {'kind': 'exact', 'hashes': ['aa13c85b478bcae2013001335d2cfc40']}], because='the heads share d_model evenly; tokens are rows, so W_Q takes d_model numbers on its left to d_k on its right; count W_Q alone, over all heads', meaning={'text': 'e=ej?wvQdM#1IK}T7}=y5-}@9Z8U)TpCy2JS-}4h<u9OIBw>PkN<{3HNJiPYP14Y!sW%sr>&mN!!Ps6wRw+crh?5PMB~)<LMUYiK?M8WE@YN}pRjPBO@Y08<gM%1*SC#cq+~!-xTpB>p1r3J2SeL8Ui!ZOxieT#G)S(W3nNu+kk*46<', 'keys': {'55a864f402a94ce8843790950cfe74a3': '17pt}ah}sdROiQPpCoNy'}})
