from otter.test_files import test_case

OK_FORMAT = False

name = "reading_8"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def reading_8_is_right(reading_8):
    from checking import confirm
    confirm('reading_8', reading_8, salt='primer/ch08_gradients/reading_8', rounds=13333, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['1584906de8b3f9a38b6315a033600719', '6a22334d326f8c55c7c3eba005cc8f31', 'ba781612413e8d538c8c09872a9916f3']}, {'kind': 'number', 'width': 0.001, 'hashes': ['603c535615dad3bcf51d72e015f40efe', '9cb1f31c375c051935319fbd4b67d591', 'f4bcdc17de156b261ff3ffb0381ae782']}, {'kind': 'number', 'width': 0.001, 'hashes': ['36820c4eba2edd5ea818e72fbd0c3812', '47366cb56c427db888690d173c621e7c', 'a0271cbac3f22a359d24cd0c179e9adb']}], because='papers count from 1; the nudge is the gradient over its own magnitude, times rho; the last term is the dot product of nudge and gradient', meaning={'text': 'D}Be(JY0=u7o&ecI>5H#VY-#ZGug7EuC5@0`S~V0!-zX>1cSMOVQurL-mI!+Xjqt@dvTJP=7)hFllOqbvt`6e!b<uz)<))>$K7)z)u?rP-QqG_@UN-g676cDFk8>w@~J`yV4ubMgf5=DIp?PX)K00`w)L8sQbtejRh@{J%6{m74imod', 'keys': {'1584906de8b3f9a38b6315a033600719': 'ABt{8XKndeb=|#bnFCGo', 'ba781612413e8d538c8c09872a9916f3': '@10Z%6oG++f*EgiE7PqM', '6a22334d326f8c55c7c3eba005cc8f31': 'DQ_6d0FVivgkAA*OU6BX'}})
