from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_16"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_16_is_right(exercise_16):
    from checking import confirm
    confirm('exercise_16', exercise_16, salt='primer/ch07_cross_entropy/exercise_16', rounds=40000, parts=[{'kind': 'number', 'width': 0.01, 'hashes': ['affee85b9c639dee6c103c5cfa61bba5', 'c2bbacb62a2ad47ae2f34508a045ac43', 'c72d234e2004acf0300791f857042dbc']}], because='the loss is a mean already; its exponential is the perplexity', meaning={'text': 'm`kCT|1&ISW(yz9X8*a#4r8g9=m-y};!E>%Y^}f>aUZy8?<<&Fy@MwAg$4*9gn>b@a>f*vd7uM7IA7q!=@^h~IQ=TbIXs1aOLPD%g#', 'keys': {'affee85b9c639dee6c103c5cfa61bba5': '->5*j`3LSorY(JKuqGWG', 'c2bbacb62a2ad47ae2f34508a045ac43': 'Ho8~4+>{>gV5=D@gr2bf', 'c72d234e2004acf0300791f857042dbc': 'XFB=Cd~ko4h;<F8%!pkH'}})
