from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_19"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_19_is_right(exercise_19):
    from checking import confirm
    confirm('exercise_19', exercise_19, salt='primer/ch09_gradient_descent/exercise_19', rounds=40000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['408259d75dc8d62ed8688bd14f5796cb', '462ecd4b7e2edd0e29704ed028a5b2db', '9c03c735e50d8b9a2f36f24d04ab244b']}], because='mind the sign: a negative gradient is subtracted, too', meaning={'text': '{P$SfikU3RSw`3<#yquaICLStrL7?0fQc#l4CYgFzL%yo-W9vd4~~U7&Vm9LFo1$F=Ui|eejL|SKz-L@vGh_eJ9IM!jE`C}iLRSnP!zuTx+`_x5;e8-ngWkZL#m#)T#L_W%a}O{!Hnz9<%Hb=+$sb9#5N*m(K_K<26lYHn42ZMx8?eY#`&K$Oj1wk-v', 'keys': {'462ecd4b7e2edd0e29704ed028a5b2db': '1`ZVv_Nv3WsU%Q-qFD$1', '9c03c735e50d8b9a2f36f24d04ab244b': 'C!jQlna#Zp%)jSj787v<', '408259d75dc8d62ed8688bd14f5796cb': 'DBH15>HIXQp35#W8q3eH'}})
