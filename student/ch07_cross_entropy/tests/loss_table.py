from otter.test_files import test_case

OK_FORMAT = False

name = "loss_table"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def loss_table_is_right(loss_table):
    from checking import confirm
    confirm('loss_table', loss_table, salt='primer/ch07_cross_entropy/loss_table', rounds=4000, parts=[{'kind': 'number', 'width': 0.01, 'hashes': ['318402146e7758f7748cea9f4f925445', 'daae83b789b6c387771bbcb0dd3b133e', 'f6aaa2084c9c429d20c57765447d09a8']}, {'kind': 'number', 'width': 0.01, 'hashes': ['9557eba2d4ed0267284638a6847f386f', 'b3228ef6b32c3ad3fef17934d06b7851', 'c287caca30d93eefa8bd9342f2cf0ed8']}, {'kind': 'number', 'width': 0.01, 'hashes': ['0f4dfc9b43a78620c7236fe4de2c064d', '7f2d637bfa152f9e537410b5d964bff0', 'bc12f2260e8af2a74740f77a5b5f52b3']}, {'kind': 'number', 'width': 0.01, 'hashes': ['3f4ed0b1753995d19655bf94122be54d', '4e387f2ea130ee1af71d8b0b213bf445', 'ec0f153b154083d4c1fe340e52a5ab60']}, {'kind': 'number', 'width': 0.01, 'hashes': ['4ba4174f5a9cfbaff4f4cdd5aa5501ac', '906791a6991ae955cc512344404bb702', 'f1fefd10dd9c017a2ecc14f2932355dd']}, {'kind': 'number', 'width': 0.01, 'hashes': ['584275b82019f5f415282de4e3c16498', 'c88fc3f7efab741c75d912c2be880385', 'f1530f9f7a067f2e068b5c245481df79']}, {'kind': 'number', 'width': 0.01, 'hashes': ['3aff753ff9f7c3526bdced8be9d3950e', 'b6a916f6dc522e40364a7d58065da807', 'ccd52deb4a1dc8de3cbcff5a445c4545']}, {'kind': 'number', 'width': 0.01, 'hashes': ['08fcd9f57af9d0d0e5187e7fcdf39606', '1a65e2b2767bd5398c4e4f5d2a38e820', '84199b01b035604e3f46da31ddf0d83e']}, {'kind': 'number', 'width': 0.01, 'hashes': ['1df52300fe876096b07b7479dfc1adca', '98e8d7edb790212efce408a553d85853', 'c753a266312aef0322d3f03152120142']}, {'kind': 'number', 'width': 0.01, 'hashes': ['5fdaa95698d1e17427e9bcbbc0d362eb', '7f05b9c913c235e484a0797838439e27', 'fc085aa45dc967c5e8b6a9a9a7a6fa61']}], because='the loss is -ln(p); for a single prediction the perplexity is exp(-ln(p)), which has a shorter form', meaning={'text': '4Up_POg-{zy06sO&MgN6l*mL${bRH`P|VzXG;t4keKZ}ZFm9MrON^0#-a0z{7X$vxR-cikJScAxcU6tCrmI70QtPy%Crai0o3qj;1tJD2>~F+p?m61LYZd${@Hc=xG{<8p@Q-C-pOcs#L2Yy|)T=O(5i+9lg@+6', 'keys': {'daae83b789b6c387771bbcb0dd3b133e': 'M7hC*R({Ud>rukJ^yQjc', '318402146e7758f7748cea9f4f925445': '6DS<%9M6t%6sU@vXFTZY', 'f6aaa2084c9c429d20c57765447d09a8': 'PM0KkmJ$F_$!u&Z+#|2e'}})
