from otter.test_files import test_case

OK_FORMAT = False

name = "reading_6"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def reading_6_is_right(reading_6):
    from checking import confirm
    confirm('reading_6', reading_6, salt='primer/ch06_softmax/reading_6', rounds=13333, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['4d23560b98b8ac00898a255fced86b91', '7b01a8f1e9d2d7077a6a6e2197940d26', '7bb60b7f48617472d8b48229fa332cac']}, {'kind': 'number', 'width': 0.001, 'hashes': ['0ed2a955046833d2487b678f95ae3ec1', 'd44d1eb9d8c1c646fedb5557f904f823', 'e7d364f0649cba6e2db569194a6ad72e']}, {'kind': 'number', 'width': 0.001, 'hashes': ['170e3aca9af4cf9b6f4f85bcf17c4f25', '6e16e54af362e6e4879387be4a4df3ae', 'ee730c69f589abd643b40589ba53217e']}], because='papers count from 1; as T falls to 0 one token is left, as T grows all tokens become alike', meaning={'text': 'Y+-T8zRO4oxrAmOGi*`88^oW{H8J$>W$@bTSb8tZDx}3uFXN|1q1mM?)0pHOgr#+7*(%lE?h1%#u_}swQyRP2;@12E`rsWdnYJc8y@JLD(=R``ZW)i<J-b=!DPun#bK3kwWnjST4K#cA9ou5r=_Wtp-nmX@QN7jVF>&&AySg{l`iJ=BPIG>C?I2ZK^eoU*xi;UxB7|mKJ)~Y+mgd1AUc`ix|ID46IC=)5d(taXEBh?@MM`HvW^(c(', 'keys': {'7bb60b7f48617472d8b48229fa332cac': 'oHd$_VD*8}gVmvbqO^jS', '4d23560b98b8ac00898a255fced86b91': 'vZm*_leECfK;{!5Os!Rs', '7b01a8f1e9d2d7077a6a6e2197940d26': '=C1HvL;02~74tDNH6}rb'}})
