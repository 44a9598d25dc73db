from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_17"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_17_is_right(exercise_17):
    from checking import confirm
    confirm('exercise_17', exercise_17, salt='primer/ch08_gradients/exercise_17', rounds=40000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['7e1c56563a6e3f31629d0f41d9383f84', 'c2d3302c5f381c5db9915f6f50833ba0', 'ca98214a68ceda5d8901d02327cd16b8']}], because='the power rule: the exponent comes down as a factor, and the power falls by one', meaning={'text': 'Eb#gd_mwNjq|WpB+e4_@+gdIyD|!by>+L=uyw7VqB!pV7;WL@EOIAm$N&=sB4~vCIzp*kgu0CVsp#u$Kqnk+Eqo{{jYojs7;7f^lI$w8n7+bG!dg$TaJp', 'keys': {'7e1c56563a6e3f31629d0f41d9383f84': 'ZKHtG_7wTE+-MA|q>S^$', 'c2d3302c5f381c5db9915f6f50833ba0': '?wN>ih`d$#FO&~S-6Ddg', 'ca98214a68ceda5d8901d02327cd16b8': 'O`)=y21rG7lv$zv7_^}<'}})
