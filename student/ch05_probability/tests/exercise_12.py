from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_12"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_12_is_right(exercise_12):
    from checking import confirm
    confirm('exercise_12', exercise_12, salt='primer/ch05_probability/exercise_12', rounds=20000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['43d2dbe0d45b7da965519b9542413646', '6260990d149d86cf7106e753ac34dab7', '995f1ae32e2049d0c3bc73b5050ca50f']}, {'kind': 'number', 'width': 0.002, 'hashes': ['0197d43f88c9dea9f5c0022c41fa6c8a', '337d8b18b02c51bdb7d29f9dbacd0cc9', '3dacd1b65fb17dbeaf64c622789517a4']}], because='multiply the three; add their natural logarithms, each of which is below 0', meaning={'text': 'vHKMb%?pMc1D`TT-rz0rOnJ=)ik(wazq)Tp%1yGB+w8sC{yiCzQLa-}^Gf#gNnf79?s)me|7)sF66$nDNkI8(PdAN0(;5Wp;$)0Vt`Z}edB0O*79<tmMdlKEqy?cA7Una3Rawm^`;2N;DlXLea-P7ep>pV5jz~fTSMWuv%ZC#-&H', 'keys': {'43d2dbe0d45b7da965519b9542413646': 'H?w-wh=<cbs18T$#?*le', '6260990d149d86cf7106e753ac34dab7': 'xb*8hCpe(y(<Ko|(*iCV', '995f1ae32e2049d0c3bc73b5050ca50f': 'wg#oFyvOpb=Yh2ol2n4W'}})
