# Words of this programme, in Japanese. Another programme replaces this file; locales/en/programme.ftl lists the variables.

about = 「{ $programme }」は、{ NAME($organiser) }（{ $acronym }）が複数の国際機関と共同で{ DATE($founded) }に創設した事業。国連の世界的なデジタル協力と持続可能な開発目標（SDGs）の枠組みに沿い、デジタル経済の革新と活用に優れ、世界に影響力を持つ都市を選ぶ。

## The words under a key figure; `.of-city` in a press release that is not about that city

figure-committee-countries = 専門家委員の出身国
figure-digital-enterprises = 高度なデジタル能力を備えた企業
    .of-city = 高度なデジタル能力を備えた{ NAME($city, form: "of") }企業
figure-digital-economy-size = デジタル経済の規模
    .of-city = { NAME($city) }のデジタル経済の規模
figure-digital-economy-value-added = デジタル経済の付加価値額
    .of-city = { NAME($city) }のデジタル経済の付加価値額
figure-digital-economy-share = 域内総生産に占めるデジタル経済の割合
    .of-city = { NAME($city) }の域内総生産に占めるデジタル経済の割合
figure-ai-enterprises = 人工知能（AI）企業
    .of-city = { NAME($city) }のAI企業
figure-ai-core-revenue = AI中核産業の売上高
    .of-city = { NAME($city) }のAI中核産業の売上高
figure-digital-manufacturers = デジタル変革（DX）の基準を満たした大手製造業者
    .of-city = デジタル変革（DX）の基準を満たした{ NAME($city, form: "of") }大手製造業者
figure-digital-patents-rank = デジタル技術の特許登録件数の世界都市順位
    .of-city = { NAME($city) }のデジタル技術の特許登録件数の世界都市順位

## Press release of a city

city-short = { $rank ->
        [none] { NAME($city) }、第{ $edition }回モデル都市に選定
       *[some] { NAME($city) }、モデル都市の{ selection }で{ ORDINAL($rank) }
    }
# U+2028 breaks the line where the sense does.
city-headline = { $rank ->
        [none] { NAME($city) }を選定{ "\u2028" }第{ $edition }回デジタル経済モデル都市
       *[some] { NAME($city) }が{ ORDINAL($rank) }{ "\u2028" }第{ $edition }回デジタル経済モデル都市
    }
# without $edition: the headline names it.
city-standfirst = { $digital-enterprises ->
        [none] デジタル経済を先導する都市を{ "\u2028" }世界から選ぶ事業。
       *[some] 高度なデジタル能力を備えた企業は{ MEASURE($digital-enterprises) }。{ "\u2028" }デジタル経済を先導する都市を世界から選ぶ事業で{ $rank ->
            [1] 首位に
            [none] 選定
           *[other] { ORDINAL($rank) }に
        }。
    }
city-lede = 「{ $programme }」の{ selection }で、{ NAME($city) }が{ $rank ->
        [none] 選ばれた
       *[some] { ORDINAL($rank) }となった
    }。結果は{ $convention ->
        [none] { "" }
       *[some] { $convention }の会期中の
    }{ DATE($announced) }、{ NAME($place) }で発表された。

## Press release of the edition

edition-short = モデル都市の{ selection }結果、{ NAME($place) }で発表
edition-headline = 第{ $edition }回デジタル経済モデル都市{ "\u2028" }{ NAME($place) }で発表
# without $edition: the headline names it.
edition-standfirst = { DATE($founded) }に始まった国際事業。{ "\u2028" }{ $rank ->
        [none] デジタル経済を先導する都市を世界から選ぶ
       *[some] 世界から選ばれた都市の首位は{ NAME($first) }
    }。
edition-lede = 「{ $programme }」の{ selection }の結果が{ DATE($announced) }、{ NAME($place) }で発表され、{ $rank ->
        [none] { $city-count }都市が選ばれた
       *[some] { NAME($first) }が{ ORDINAL($rank) }となった
    }。
heading-routes = 応募も推薦も審査は同じ
heading-ranking = { $rank ->
        [none] 選定都市
       *[some] 選定都市の順位
    }

## Sentences of the story (reports/story.yaml)

# In the press release of the edition, each sentence names its city.
of-the-city = { $scope ->
        [edition] { NAME($city, form: "of") }
       *[city] 同市の
    }
# The same where the city is understood in its own press release.
of-named-city = { $scope ->
        [edition] { NAME($city, form: "of") }
       *[city] { "" }
    }
# The end of a sentence: of a forecast, of a figure without a period, of a past period.
predicate = { $nature ->
        [forecast] と予測されている
       *[observed] { $period ->
            [none] となっている
           *[some] だった
        }
    }

sentence-committee-countries = 選定は、{ MEASURE($figure) }の専門家でつくる委員会が担った。
sentence-routes = 都市は自ら応募するか、政府または国際機関の推薦により審査を受ける。
digital-enterprises = 高度なデジタル能力を備えた{ NAME($city, form: "of") }企業{ in-period }は{ MEASURE($figure) }
sentence-digital-enterprises = { digital-enterprises }{ predicate }。
    .with-ai-enterprises = { digital-enterprises }、人工知能（AI）分野の企業は{ MEASURE($other) }{ predicate }。
value-added = { of-the-city }デジタル経済の付加価値額{ in-period }は
sentence-digital-economy-value-added = { value-added }{ $hedge ->
        [over] { MEASURE($figure, approx: "exact") }を{ $nature ->
            [forecast] 上回ると予測されている
           *[observed] { $period ->
                [none] 上回っている
               *[some] 上回った
            }
        }
       *[other] { MEASURE($figure) }{ predicate }
    }。
    .with-digital-economy-share = { value-added }{ $hedge ->
        [over] { MEASURE($figure, approx: "exact") }を{ $nature ->
            [forecast] 上回ると予測され
           *[observed] 上回り
        }
       *[other] { MEASURE($figure) }{ $nature ->
            [forecast] と予測され
           *[observed] で
        }
    }、域内総生産の{ MEASURE($other) }に当たる{ $nature ->
        [forecast] 見通しだ
       *[observed] { "" }
    }。
sentence-digital-economy-share = { of-named-city }域内総生産に占めるデジタル経済の割合{ in-period }は{ MEASURE($figure) }{ predicate }。
sentence-digital-economy-size = { of-named-city }デジタル経済の規模{ in-period }は{ MEASURE($figure) }{ predicate }。
ai-enterprises = { of-the-city }人工知能（AI）分野の企業{ in-period }は{ MEASURE($figure) }
sentence-ai-enterprises = { ai-enterprises }{ predicate }。
    .with-ai-core-revenue = { ai-enterprises }、中核産業の売上高は{ MEASURE($other) }{ predicate }。
sentence-ai-core-revenue = { of-named-city }AI中核産業の売上高{ in-period }は{ MEASURE($figure) }{ predicate }。
sentence-digital-manufacturers = デジタル変革（DX）の基準を満たす{ of-the-city }大手製造業者{ in-period }は{ MEASURE($figure) }{ predicate }。
    .with-digital-patents-rank = デジタル変革（DX）の基準を満たす{ of-the-city }大手製造業者{ in-period }は{ MEASURE($figure) }、デジタル技術の特許登録件数は世界の都市中{ MEASURE($other) }{ predicate }。
sentence-digital-patents-rank = { of-the-city }デジタル技術の特許登録件数{ in-period }は世界の都市中{ MEASURE($figure) }{ predicate }。
sentence-benchmark-ambition = { NAME($city) }は{ DATE($benchmark-ambition) }に、デジタル経済で世界の指標となる都市を目指すと表明していた。
sentence-conference = { $scope ->
        [city] 選定結果は、
       *[edition] 選定都市の一覧は、
    }{ $convention ->
        [none] { "" }
       *[some] { $convention }の一環として開かれた
    }{ NAME($conference) }で公表された。

## Certificate

# An ideographic space separates the two, as on a 表彰状.
certificate-distinction = { selection }{ "\u3000" }{ $rank ->
        [none] 選定都市
       *[some] 第{ ORDINAL($rank) }
    }
certificate-citation = 上記の都市は、{ $committee-countries ->
        [none] 専門家
       *[some] { MEASURE($committee-countries, style: "formal") }の専門家
    }で構成する委員会の審査により、世界的な影響力を有し、デジタル経済の革新及び活用に優れると認められた。
