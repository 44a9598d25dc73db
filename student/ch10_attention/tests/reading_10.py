from otter.test_files import test_case

OK_FORMAT = False

name = "reading_10"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def reading_10_is_right(reading_10):
    from checking import confirm
    confirm('reading_10', reading_10, salt='primer/ch10_attention/reading_10', rounds=10000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['03fc169bc165f307214913e6b019b80c', 'c9c62dd8d7177a5cd1dd4f42a054f1f1', 'f684cb338e122791b2ba71fae629238f']}, {'kind': 'number', 'width': 0.001, 'hashes': ['280c064f02009c31d63580851b066174', '76450c315cbcdf7d64bca159eb482a3b', 'faebb30359521bd9903aaa4a4a2ab018']}, {'kind': 'number', 'width': 0.001, 'hashes': ['212bf5a71e344b4df209710d5afa938a', '27d27a2ea4ab7c5151e368fb6e16ae10', 'f64060243c45a11a692e4cd9d8833dfa']}, {'kind': 'number', 'width': 0.001, 'hashes': ['91fa05dae9058fd7f074d0cc88e3277b', 'bda3fdca54f5471b46838eeccb023a17', 'f9d4aee2fbfa42121542a551d188b9b0']}], because='P is N by N and O is N by d; equal dot products cancel in the softmax, and the biases are left', meaning={'text': 'tp>@wyMKuC#H-x50nAzKdDA%HjHc$t@Js)~m<an5*LIfDhT0)swCuNA-GE5&>rPjK-{BgQ;7S@02WDJSOFt(yBl#49h%?sx+hgMPlL|1|ftr;3X{0Fp_)<`aFkwUKpie1c`2LH~UZp%Bh>%(?qT68YLsoUH+LUHt<bp8H3$Vk9MrV7{)8&ktS2464s0>I{zuB1>B;u3)(``?oSyg>GyK)%MSKzM-Pw&ov&WxJ', 'keys': {'c9c62dd8d7177a5cd1dd4f42a054f1f1': '7AHrHTAM1RX6=0^2t1!8', '03fc169bc165f307214913e6b019b80c': '`)-vi(jpv1_YWS0Z{d@_', 'f684cb338e122791b2ba71fae629238f': '$27dk`tQ|$iCq9Np%Pym'}})
