from otter.test_files import test_case

OK_FORMAT = False

name = "the_wall"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def the_wall_is_right(the_wall):
    from checking import confirm
    confirm('the_wall', the_wall, salt='primer/ch11_capstone/the_wall', rounds=20000, parts=[{'kind': 'exact', 'hashes': ['ab514070638d1dd1e3379fe08a7b5e39']}, {'kind': 'exact', 'hashes': ['e00f972ec01bee071640b76951fd2185']}], because='count rows times columns of every matrix in the table and the two biases; a central difference evaluates the loss on both sides of the point', meaning={'text': 'vO@H)M$4uE6InJOnTqD9r@)#@u3@eWxqi}%r7)|>+#?fRdgF<%>S&Z$6lt1Wh89SZ%H(dGWXctdFm;B+(r*6N%1Jj7ofVIC&MVV2m{Ie&*e=o=qMQay?HRm}c$NpBxU|Z<%2|yGO;raoAIUk<VXNJ8Nv?BTqnsj#YIm2_4U4a%Yq7Ke+2wB2^2VcLCR{wNY!$063-nizRz#$X9>Om-9!ke+$jw(@7_{tM&At&DTZ5aQGm9c<', 'keys': {'ab514070638d1dd1e3379fe08a7b5e39': 'J9UYVU^?XETgY=c2`6Dm'}})
