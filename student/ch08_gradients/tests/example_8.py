from otter.test_files import test_case

OK_FORMAT = False

name = "example_8"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def example_8_is_right(example_8):
    from checking import confirm
    confirm('example_8', example_8, salt='primer/ch08_gradients/example_8', rounds=20000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['1a5c265b6fc671950ce2cc28cd96331d', '42e41e296048e6999a4b5f293a42f458', '5da163f8d535170285b393ee4f5fd215']}, {'kind': 'number', 'width': 0.001, 'hashes': ['76eda590743c3e748c298dc6444718c2', '7b9a6db40f891dd1ee5a0c30f0174165', 'eb7072676214cd8626bc259830b4ff76']}], because='for the slope with respect to x treat y as a constant, and the other way round', meaning={'text': 'n9R&ExvhOK{M^>s#JWD-9sFIy)YFI<s4!4|5$V*&afirUs$Xc>p(+j~JxBWs)i4?b%OBd--B#(v$c`;#aP1sJe`}TXsb@e@YFR!aBv0bwnWl0{`L1C96qAg<dCwfKqZr)2XUkj?MAoJqZnh1Oli=V3^7h|udCeD`kww=zLiN)UaG&cS6MFuQFD@)1bjK?)?N@q7DF', 'keys': {'5da163f8d535170285b393ee4f5fd215': 'Bq<yB?)>uxN$!|kFJq6`', '1a5c265b6fc671950ce2cc28cd96331d': '$zD{P_n1C_)BX8)rT*6V', '42e41e296048e6999a4b5f293a42f458': 'sZKm2decQIcZ%$;im9_&'}})
