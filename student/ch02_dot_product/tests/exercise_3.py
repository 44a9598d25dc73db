from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_3"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_3_is_right(exercise_3):
    from checking import confirm
    confirm('exercise_3', exercise_3, salt='primer/ch02_dot_product/exercise_3', rounds=40000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['015e3b1f62f51758b365bb555146a5e7', '3f222e2bf246933b61331bc314a0813d', '8e678d500c8f0eca1cb632b4b9849e43']}], because='a number from -1 to 1, not an angle: the dot product with all its signs, divided by both magnitudes', meaning={'text': '$n4>!V^GiTco#WhG3V#HGhZG7mR<K?U!;$Zj6HYm4%;-=k~NP;Y5iN*kKgcl``-MNT{ZJ?o$w*QU{kURMLLYQiBE#$qA)5csq!oN`b@&TWS<#5WvqisW=BealbbxSD1DHZWw*~2?l0!$3Z`RL^+O^?0g4qbgw<w>tiuVdG(#9Z&$H9p27GcEjc&pb+?hT!+p5;$|3<M5b0Yx?0sKP?lT<xVwSORr`k*t;d}cd|h3=^2WRq;ZcEFVID8TS)sQ', 'keys': {'8e678d500c8f0eca1cb632b4b9849e43': 'yh1O)#khf}-*cPU)9T&5', '3f222e2bf246933b61331bc314a0813d': '^D!no2kRS@8g){<J<I0`', '015e3b1f62f51758b365bb555146a5e7': 'qIW7HmDZ|J4us)1pq4nv'}})
