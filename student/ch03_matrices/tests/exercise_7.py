from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_7"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_7_is_right(exercise_7):
    from checking import confirm
    confirm('exercise_7', exercise_7, salt='primer/ch03_matrices/exercise_7', rounds=13333, parts=[{'kind': 'exact', 'hashes': ['09acda707b8028fbdfd59644ead11dfa']}, {'kind': 'exact', 'hashes': ['dc39f175d6daba2d608254bd98e90a93']}, {'kind': 'truth', 'hashes': ['55a08c51a368a9b45ecb33bfe95466c2']}], because='the outer sizes of the product remain; for BA, write down the shapes in that order and compare the inner sizes', meaning={'text': 'z1JA/xKP39oW/ZPDhWjd70/w/v+Zib/OviqPFYVwUpCl+nh3egSAn7ij6DEkkb06dsan5d65+YPq/GAZog3V31TWjcirv9Tm2G99SyssdObxGrviwINBA/xF3NvP8oJNXKDSfl40vv2O+ay/rLOmvnDZsHvy1loyt4KPKeucNjtBi8nIPuolrQo13kNIBUxAo24PW4FPeXlKnzP3r4Z4KCc/56aFIuVBnJf320M=', 'keys': {'09acda707b8028fbdfd59644ead11dfa': 'jIt1CCFs8ef6EClarHhrTtj/P0jaZHy6'}})
