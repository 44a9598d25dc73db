from otter.test_files import test_case

OK_FORMAT = False

name = "exercise_4"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def exercise_4_is_right(exercise_4):
    from checking import confirm
    confirm('exercise_4', exercise_4, salt='primer/ch02_dot_product/exercise_4', rounds=40000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['a90929f0bccc18de0564edd3b2ea716e', 'f003d1dafa264201717ce1820296e6f8', 'fb236018f79eda16097e5dae25f7be8c']}], because='divide the dot product by the product of the two magnitudes', meaning={'text': '+0vTqQ8TfFX3usIqMQByZbo+6JNUAi0tZGRF8jX7Ph8phkilqkZm4/7RMZB+bjUnnB9w6W0Y5+Mm8HO6rbl/7iXuInNfLHQKg2JFcXahYUJZq4pD/YFcpbqv+/cxScSnzeGq64Fn0pe4bAeTqwQb9NgZdJza8QRckCU13B82YTshcbrh8bccKjzqBzJOAMRpxG30MFrzLGV/7z3BsitN1pxZMjEHQ8BwW8xiA2tV', 'keys': {'fb236018f79eda16097e5dae25f7be8c': 'qO4JxqWeLgRTqlMrql15goqAbtvMEaON', 'a90929f0bccc18de0564edd3b2ea716e': 'wt1CjrkO8Jes0HoPdc5Ul78oo3qq42Lc', 'f003d1dafa264201717ce1820296e6f8': 'SBVhUnw4uf1MxsIwUe8yBk9YaG65+1++'}})
