from otter.test_files import test_case

OK_FORMAT = False

name = "reading_7"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def reading_7_is_right(reading_7):
    from checking import confirm
    confirm('reading_7', reading_7, salt='primer/ch07_cross_entropy/reading_7', rounds=13333, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['7fb34ca7dfe98b9451cfc7638a33ec2d', 'ba1a7396d52ebc243a2b3bdd691eccf3', 'cd1af2ea7b4062d0be6b6be79f9552af']}, {'kind': 'exact', 'hashes': ['7040acbf9f62279019b2dbfe673ba175']}, {'kind': 'number', 'width': 0.001, 'hashes': ['2f783d3aaec84848c05ac18b0d959da9', 'abfc44ea55b82994f96b113945dc6d16', 'e667faf09419ef84e066700eb52cb6de']}], because='L is a mean and carries a minus sign; the log-likelihood is a plain sum; x_<t stops before t', meaning={'text': '{znMmiCEdB-c(c3S7hn6okk-qAh~4-zGlOG*?xQr>9RT`qmg=0TR5@4*deqi9=`CH9ekWR;R0v+Yt0`+Raz1#8ahJe0h=XuI8Oup9{-wG*xK(lXHvLpyX`}@2ny)!hiqPDkx1=n1D->F+i6H37yF9!r6YgM3$h{sc<4Clx`*oFiF$?TG!u`JNCt9$', 'keys': {'cd1af2ea7b4062d0be6b6be79f9552af': '3!Zf9L8S6%iohlm+#NH=', 'ba1a7396d52ebc243a2b3bdd691eccf3': 'vE%iu;ohg_X+a^VAj61h', '7fb34ca7dfe98b9451cfc7638a33ec2d': 'zpI(4j^ix@9SJ>!>qn0;'}})
