from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_8"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_8_is_right(exercise_8):
    from checking import confirm
    confirm('exercise_8', exercise_8, salt='primer/ch04_exp_log/exercise_8', rounds=8000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['047a184b666a83433d6bdd702174b917', '9a7faaf50270c82c7f0416ecac9fbd4c', '9c658d3a1d2ef185d1fd002e6414faea']}, {'kind': 'number', 'width': 0.001, 'hashes': ['3593161d86429d522d03e4c2306d0a2e', '6d6e327c19d7f0dfbeda66104794884b', 'a122e0adc0c8a20958f44ff9bbb281c0']}, {'kind': 'number', 'width': 0.001, 'hashes': ['2f75b38097be0388b52150299258555c', '81170543d2549b33ae5a1b06c9fde950', '9c6ae5e2c7a1844d98083c10c43eb42e']}, {'kind': 'number', 'width': 0.001, 'hashes': ['2f15651ba03506d9355e6c2f52abc529', '3418c9cefe5932e3c44988f4e3eaa42b', 'bd1d75abf0958b4cf896f17418f8a719']}, {'kind': 'number', 'width': 0.001, 'hashes': ['3a1a7cacc11b373996d5f267f6e234cc', 'b992b89d30605ba1b003789413dcebc1', 'cc2714bac06df562e67997aa9a5f975c']}], because='exp(0) is 1, and no exponential is below 0; the last two are exponentials too, not the numbers they were taken of', meaning={'text': 'hshDB<|g#OVjsBx_st|5WJ~{G>kd7Vk&^=|bOB2GH*$i<k67rO{`NX5dH^g^^&_WPD^{Z^A&B__6tt>?Ed=kU8hH57TS6eq9-7$@3&w7&(j?ne2k1J3sHmdbA#o=Qgyz-{`U=h&C?e&$ej)9ZVw24?nQF`tB>;Dg-Ynvj)Y5(TbdX@hf<1J0r0@#N8}brevSlS(s})ShRK06EKmG', 'keys': {'9c658d3a1d2ef185d1fd002e6414faea': 'T>x!l8_=fd`pa&mQf2v5', '047a184b666a83433d6bdd702174b917': '?eW_)n}bjw1ouvj5tWbm', '9a7faaf50270c82c7f0416ecac9fbd4c': 'i#|^9+r%7iC0i6@^u(Yi'}})
