from otter.test_files import test_case

OK_FORMAT = False

name = "reading_2"
points = 2

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def reading_2_is_right(reading_2):
    from checking import confirm
    confirm('reading_2', reading_2, salt='primer/ch02_dot_product/reading_2', rounds=40000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['464b1a8224f9c9926e8bc6a3932e0572', '9ac5578fd60751aed0af2e113e0b854d', 'd6568e10b48f53fde840cf5f13bcc62d']}], because='the dot product is both magnitudes times the cosine of the angle; math.cos takes radians', meaning={'text': 'eJdtJ1$>3XGgt!XyA>@&a2_-YJGK>2JmNBCSw{8F|FH&J!$VkVcOtf$;ujX{1BZI9e0=xEH=}34m*?zt%3Vn<2J)+L;fEfJ9(XpbYZ#=-a#*A2V3Bx>J25s^l0Ovld+u}xU+BkrRmXJLXXL%V6iuCqc7bPI4dbCNb&aW8cz>Kn)kgI_dhgs#c5%z|RrzWfd$U`+I^TdAf}mnSzfmx46O^T5', 'keys': {'d6568e10b48f53fde840cf5f13bcc62d': 'an0wa>y56;!6PXAmY_-)', '464b1a8224f9c9926e8bc6a3932e0572': 'ew^ukTu}xhOUFHiN!qg{', '9ac5578fd60751aed0af2e113e0b854d': '#{2Ur+ge)`Quz70sF$Fn'}})
