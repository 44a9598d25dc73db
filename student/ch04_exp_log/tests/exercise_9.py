from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_9"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_9_is_right(exercise_9):
    from checking import confirm
    confirm('exercise_9', exercise_9, salt='primer/ch04_exp_log/exercise_9', rounds=40000, parts=[{'kind': 'number', 'width': 0.01, 'hashes': ['03dfee7f369f03cb80846196ec67a3a3', '0be908cc419be29e6cfcc68c2b9d9deb', '61674baaaee2bddf6ce72ea594dacc83']}], because='which function undoes ln? Apply it to both sides', meaning={'text': '{LXVJ7B73+Ul3rN@w9!E1yF)r17ux)9?zLyxQ<FlnMJ_z0@JR*7`HL{Y!V{tExz?q#_<Wg?`&*NS|(r=cGJ<|DNCRXAtOyt!8A-j^$!H~@!%?WV7~({fOHRB', 'keys': {'0be908cc419be29e6cfcc68c2b9d9deb': '!ETgeY2VfyM}9u!7!Or&', '61674baaaee2bddf6ce72ea594dacc83': 'fjz?+Aebc4w#iqMGnK9>', '03dfee7f369f03cb80846196ec67a3a3': 'e-)g(qdR>*6dkjOi8Hp5'}})
