from otter.test_files import test_case

OK_FORMAT = False

name = "example_5"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def example_5_is_right(example_5):
    from checking import confirm
    confirm('example_5', example_5, salt='primer/ch05_probability/example_5', rounds=20000, parts=[{'kind': 'number', 'width': 1e-06, 'hashes': ['53cb164efe8c7139dc1b8f7d58396b35', '6eeb8bba741331419da8aaa165634d5e', '9ad95d123fc9f937448874bc636d8506']}, {'kind': 'number', 'width': 0.02, 'hashes': ['57501f55acaee4ae9fc800ba9bf12e55', '58ffb842b2e267f1688b288714f4a729', '8524229ac570d859c9b44f902245112e']}], because='the probability is a product of the four; the log-probability a sum of four natural logarithms, each below 0', meaning={'text': '+X_rZNd`B-s`Jwn&D11KD+FhM(n|GWeljF3c9TIv;vwR55|FJK=h7*PC$-f|FTB*tRC)<bdkf<+Bp^fzmb^_U(F3;2D~@4eaR}(7Q*uXemJGjJvHIsM^o8$d5hkQ((uq^JP_CSmbD;A3W_l%-Hv!Deup9MW6D(IB?RNSUh7KLO$||c8KEdFA05tJ32xuJ5_SZ$1Mfo{sXORO~M4bDDr?H0bT1i`IqLhkX', 'keys': {'6eeb8bba741331419da8aaa165634d5e': '$D)10;ZxDQUoDHcPNspo', '53cb164efe8c7139dc1b8f7d58396b35': 'ehQFO-D3J^S|lTZ<JdtH', '9ad95d123fc9f937448874bc636d8506': '&_g|}!b_TI-KCyiov2}5'}})
