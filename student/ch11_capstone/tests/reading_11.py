from otter.test_files import test_case

OK_FORMAT = False

name = "reading_11"
points = 3

@test_case(points=None, hidden=False, 
    failure_message="The value is right.")
def reading_11_is_right(reading_11):
    from checking import confirm
    confirm('reading_11', reading_11, salt='primer/ch11_capstone/reading_11', rounds=13333, parts=[{'kind': 'number', 'width': 0.001, 'hashes': ['07248251ee3a3c8341e6b25b77ca051f', '4031253cc378c5dfdd1797e563b9d428', '49875e3718edbea75e208505b4c8a903']}, {'kind': 'number', 'width': 0.001, 'hashes': ['0724bb9fcd534c7a56acc883d709618c', '1cd8521459e554603b499b0c0a76f162', '7288e8e2978ad14158d91588a3565421']}, {'kind': 'exact', 'hashes': ['5faafb8d8fcfacfc55f5144b91797d48']}], because="the objective adds up natural logarithms and has no minus sign; the loss of Chapter VII is a mean with one; count the condition's subscripts in the formula", meaning={'text': 'pzy6U??KFMs+_h`hGaz}581&scN?CKSx#+Qd{u&HL5772E?eX7`OHj(xS4QsAk-CI?U-JeR{rJ=k@}e`fACC5T1xx}fyR+nPc`+P|2aS>_4In&S-vsT`~s(@!V52$B!96r30Q#!0Ozw_Yij-<hhLw_Sun8f;NOztjlh;?szgc4EsC_Vt~WW{Wdp^pHVuEaglyXp=vbPU84@vi0lj9F2SW{d63saWKFWO*jPo_jKkS!Dcg1ZVs>f780s{W<', 'keys': {'4031253cc378c5dfdd1797e563b9d428': '2eGXgf!FuZ`%9|(?z+g;', '07248251ee3a3c8341e6b25b77ca051f': '38n{BZ3W+HStjWr8^=~K', '49875e3718edbea75e208505b4c8a903': '8fq0wyL>~Nc2+CE<m|XG'}})
