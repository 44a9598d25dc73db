from otter.test_files import test_case

OK_FORMAT = False

name = "example_4"
points = 1

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def example_4_is_right(example_4):
    from checking import confirm
    confirm('example_4', example_4, salt='primer/ch04_exp_log/example_4', rounds=20000, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['4b65c5bcc887c5ba1dd4f544ca33e450', 'a09ea54756af342f7fb43f93906399f3', 'f47fd533e4a8d2167a68854ad77e491a']}, {'kind': 'number', 'width': 0.001, 'hashes': ['0467e9e3504e1030361475ee4fd96224', '94537db022753c9def9ef132330a6300', 'c5cf3a074771b358393c0c7b7c1ffbb4']}], because='multiply the three for the first number, add their natural logarithms for the second; exp of the second is the first', meaning={'text': 'awK`5po}Fpi)4-2hnSMosu%{ho5(;zmzkInv*BV;LYGfh7IFV9GW&grY0)9ACx;h;`D29gOFp>0J6?2F#d8NTR*IwQt1o=1I~e?J-eMZ1s`7D+R$DgLX>x{5No2|aC<Jq%yZ|1#C0ep=f{6rDdrEuuuIkidC4b+Om}#|NYK>F5sRjhLJ>&', 'keys': {'a09ea54756af342f7fb43f93906399f3': 'NEO-Z@M8<H67J2)Wq|79', '4b65c5bcc887c5ba1dd4f544ca33e450': 'O|*ApAz(b8YwB!El5_kU', 'f47fd533e4a8d2167a68854ad77e491a': 'xjc!BveT*g3)xqUxXLCu'}})
