from otter.test_files import test_case

OK_FORMAT = False

name = "reading_9"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def reading_9_is_right(reading_9):
    from checking import confirm
    confirm('reading_9', reading_9, salt='primer/ch09_gradient_descent/reading_9', rounds=10000, parts=[{'kind': 'exact', 'hashes': ['f21be4ba81c4bce31a1b92a6453cad52']}, {'kind': 'number', 'width': 0.001, 'hashes': ['4b339464b21be246a9dcf3c6020718a3', '880a1ee2a54555bf8b17ada845fd4063', 'c3803401f31aa599f5a0e3de36fa4f15']}, {'kind': 'number', 'width': 0.001, 'hashes': ['322ceeac79e10910ca243787643748ec', '6b1ad52d3ee47fdc866949136a07c747', '836765681ad9bc094b38d1dfd0028872']}, {'kind': 'number', 'width': 0.001, 'hashes': ['2a9f39698dd964513843d0f678baeae6', '3cd23d0bec79fd4ec5296c2642edff9b', '3da1f23ac9f2a86ca65efa8c147209cb']}], because="set the two terms equal to find the peak; a fraction is the rate at that step over the rate at the peak; without slopes the fraction in AdamW's bracket is 0", meaning={'text': 'MV;*wG_)E#r(dTytCV&jgAhyPdOtWgJd&)qOuf=fSf1g(xJY>oLn&X2#+~~Vu%|&`x}fh_8$Vp=)I;^}x>sddWfShEt=q=Lhm?3^6_S6WP8f~S>fS$Vh0mf)bVuFivXxJFURbHx0@<VtmH+G(@uH^E=gcZX(Lyi`gaCMHE$V5U=afr?6NL#fN;p`7IXRX_>N;@MKT<bu+P9QR{VVpze)(Ezobp)>E||`e&9F!uP-~SOuiNg3eR|pP$_lY0p8f1X7`X~9I#nv=a<1BIkRuLOfoSw^YeuJ+z*O~D4k#He+ORw;!Gryjf+UKZcD4<X+m~JQg|rnuZtVs75ldsu>5hj1w7|0>HRxqOrSg#(j>!', 'keys': {'f21be4ba81c4bce31a1b92a6453cad52': '0E63>(t<FM@-gdNQW<#u'}})
