from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_15"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_15_is_right(exercise_15):
    from checking import confirm
    confirm('exercise_15', exercise_15, salt='primer/ch07_cross_entropy/exercise_15', rounds=20000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['0c6862b6646d23f981773635cedd6f83', 'a3fb19ce2afd85e9e6168ac8967c2735', 'f6b113c6f78367c71ee4a95b25da9362']}, {'kind': 'number', 'width': 0.01, 'hashes': ['9b824e2a1dfd63bc99c078201cacf96b', 'bfd659548f84705e0af1141d18faee04', 'fc9ae3b663b1f3e21d56f2e802483c06']}], because='minus the natural logarithm of the probability, then the exponential of that', meaning={'text': '64T_*XSM_<Yb6h_=zT(0j+uVVW=QofY*l7YxC3bChkx~tv@<DkD9H$~cTtL=t27l>6Iu@*qIxGp+7B#c!vrkNhs*1kclfgtL)>jXd3JXdNHy>0XgCWC09cp+ppe|@o$uWQHigXZT|X8j&ZdrXJ3&TkOrL_Xkav2PyrpSYcHhnR8oJ+H', 'keys': {'a3fb19ce2afd85e9e6168ac8967c2735': 'h@yW1)BCq4&b0YS_)~$a', '0c6862b6646d23f981773635cedd6f83': ';QXk1Ak7NMj>UtyW3&|b', 'f6b113c6f78367c71ee4a95b25da9362': 'R5!^)6gM;c65H1roZO3F'}})
