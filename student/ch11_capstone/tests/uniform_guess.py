from otter.test_files import test_case

OK_FORMAT = False

name = "uniform_guess"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def uniform_guess_is_right(uniform_guess):
    from checking import confirm
    confirm('uniform_guess', uniform_guess, salt='primer/ch11_capstone/uniform_guess', rounds=20000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['1ff6fc2ba51a3546c0a3fc2b9ce13930', '5d8d1e32cd0ba7cf5024bd09673911bb', 'a2e2f39ce0b98532c6401acc320eba63']}, {'kind': 'number', 'width': 0.001, 'hashes': ['199e8cd768330d20a5600b78c80aaa33', '5b3cf8d4a9b8f6c891e84a8f1e2276a5', 'e0ee945acf7c32a50042c7a2fdd458f0']}], because='each of V tokens has the probability 1/V; the loss is in nats, so the logarithm is natural', meaning={'text': 'WAuKwtJLUL5DJ)Q_^D4<xg+YG{4E(U_ZFW44eAd2>q-BcMBik~(J9yVUfn%t^yMrRz~T5_fb*2Xu>6_q?w4^E#LQ})SnmK8pW%Rtn`6k2X_69N$!J&BxN(ATtWZV>pr;wKmN<Ee?dG3Yqfk)v9--j1;ffvM`5rfan|_lAohW*ef+xVB6oT#XO!}~x`_?8SQHJ}%loZI^n+{4;Wg!cTO8qMQ!QbZ-rvixX', 'keys': {'1ff6fc2ba51a3546c0a3fc2b9ce13930': '$Rix%i5zyMdX(L|j>8T(', '5d8d1e32cd0ba7cf5024bd09673911bb': 'QA4Xt?oZy$Z;NJFoMv};', 'a2e2f39ce0b98532c6401acc320eba63': 'u#9k~CDpn)Qjjj#&#7}Q'}})
