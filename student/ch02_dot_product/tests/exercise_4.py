from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_4"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_4_is_right(exercise_4):
    from checking import confirm
    confirm('exercise_4', exercise_4, salt='primer/ch02_dot_product/exercise_4', rounds=40000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['a90929f0bccc18de0564edd3b2ea716e', 'f003d1dafa264201717ce1820296e6f8', 'fb236018f79eda16097e5dae25f7be8c']}], because='divide the dot product by the product of the two magnitudes', meaning={'text': 'yk8J-V}5e4Jsjc7w&%na8sdx1n7`sHtyDx(MJf5EWM~kOfOk7-v%TCV*->4OQdDtCRgg>#E_PhyxiR-Z>`J399i*Z8=vueF;xlHLNMiZwl={<|wU!3keC_2g^?qRgSi!o*Na-Q3>v*}gu#6uWeT##`dxS(GL3g;oR!(1QVRyamP^HFA383XIY4e<u?$Nv+hAn8?$VHKB40`Aj<~i4Bpnu7iHP`', 'keys': {'fb236018f79eda16097e5dae25f7be8c': 'sO|~IrJgPXQ>s%ds$F@4', 'a90929f0bccc18de0564edd3b2ea716e': '!relSxeoA`tk8N7b<R|m', 'f003d1dafa264201717ce1820296e6f8': 'NEKmHd^oxNOvb`6QSUMa'}})
