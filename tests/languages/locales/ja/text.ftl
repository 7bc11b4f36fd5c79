# Words of the Japanese documents. Style of 共同通信社『記者ハンドブック』; full-width punctuation, 「」 and 『』 for quotation marks.
# Certificates in the formal style of a 認定証, with 、 and 。 because the lines are horizontal.

## Shared

press-release = 報道発表資料
specimen = 見本であり、公的な効力を持たない
# $edition: number of the edition.
selection = 第{ $edition }回選定

# Between two sentences of a paragraph.
sentence-gap = { "" }

## Press release: parts of the page

release-now = 即時解禁
release-embargo = 解禁日時指定
# $until: a date, or a date and time. $zone: “北京時間”, or none.
embargo-detail = { DATE($until) }{ $zone ->
        [none] { "" }
       *[some] （{ $zone }）
    }解禁。それまでは報道、公開、転載をお控えください。
dateline = 【{ NAME($place) }、{ DATE($date) }】
key-figures = 主な数字
sources-label = 出典
contact-label = 報道関係の問い合わせ先
contact-separator = 、
about-label = { $short }について
end-mark = （了）
more-mark = （次ページに続く）

## Key figures
## The words under a key figure; `.of-city` in a press release that is not about that city.

figure-note = { $period ->
        [none] { "" }
       *[some] { DATE($period) }
    }{ $nature ->
        [forecast] 予測
       *[observed] 実績
    }
figure-committee-countries = 専門家委員の出身国
    .of-city = 専門家委員の出身国
figure-digital-enterprises = 高度なデジタル能力を備えた企業
    .of-city = { NAME($city) }で高度なデジタル能力を備えた企業
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
    .of-city = { NAME($city) }でデジタル変革（DX）の基準を満たした大手製造業者
figure-digital-patents-rank = デジタル技術の特許登録件数の世界都市順位
    .of-city = { NAME($city) }のデジタル技術の特許登録件数の世界都市順位

## Notes

sources = データは{ $sources }による。
# One figure in the list of forecasts.
forecast-item = { $label }{ $period ->
        [none] { "" }
       *[some] （{ DATE($period) }）
    }
sources-forecasts = { $items }は発表時点の予測値で、その他は実績値。
about = 「{ $programme }」は、{ NAME($organiser) }（{ $acronym }）が複数の国際機関と共同で{ DATE($founded) }に創設した事業。国連の世界的なデジタル協力と持続可能な開発目標（SDGs）の枠組みに沿い、デジタル経済の革新と活用に優れ、世界に影響力を持つ都市を選ぶ。

## Press release of a city

city-short = { NAME($city) }、モデル都市の{ selection }で{ ORDINAL($rank) }
# U+2028 breaks the line where the sense does.
city-headline = { NAME($city) }が{ ORDINAL($rank) }{ "\u2028" }第{ $edition }回デジタル経済モデル都市
city-standfirst = { MEASURE($countries) }の専門家が{ selection }を終えた。{ "\u2028" }デジタル経済を先導する都市を世界から選ぶ事業。
city-lede = 「{ $programme }」の{ selection }で、{ NAME($city) }が{ ORDINAL($rank) }となった。結果は{ $convention }の会期中の{ DATE($announced) }、{ NAME($place) }で発表された。
city-committee = 選定は、{ MEASURE($countries) }の専門家でつくる委員会が担った。
city-routes = 都市は自ら応募するか、政府または国際機関の推薦を受けて選考に加わる。
city-enterprises = { NAME($city) }には、高度なデジタル能力を備えた企業が{ MEASURE($enterprises) }ある。
# $hedge: over, almost, about or exact. $nature: forecast or observed.
city-value-added = デジタル経済の付加価値額（{ DATE($period) }）は{ $nature ->
        [forecast] { $hedge ->
            [over] { MEASURE($value-added, approx: "exact") }を上回る見通しで
           *[other] { MEASURE($value-added) }となる見通しで
        }
       *[observed] { $hedge ->
            [over] { MEASURE($value-added, approx: "exact") }を上回り
           *[other] { MEASURE($value-added) }で
        }
    }、域内総生産の{ MEASURE($share) }に当たる。
city-size = { $nature ->
        [forecast] デジタル経済の規模は{ DATE($period) }に{ MEASURE($size) }と予測されている。
       *[observed] デジタル経済の規模は{ DATE($period) }に{ MEASURE($size) }だった。
    }
city-ai = 人工知能（AI）分野の企業は{ MEASURE($enterprises) }で、中核産業の売上高は{ MEASURE($revenue) }となっている。
city-manufacturers = { DATE($period) }までに、大手製造業者{ MEASURE($manufacturers) }がデジタル変革（DX）の基準を満たした。
city-patents = { NAME($city) }のデジタル技術の特許登録件数は、{ DATE($period) }時点で世界の都市中{ MEASURE($patents) }だった。
city-ambition = { NAME($city) }は{ DATE($year) }に、デジタル経済で世界の指標となる都市を目指すと表明していた。
city-event = 選定結果は、{ $convention }の一環として開かれた{ NAME($conference) }で公表された。

## Press release of the edition

edition-short = モデル都市の{ selection }結果、{ NAME($place) }で発表
edition-headline = 第{ $edition }回デジタル経済モデル都市{ "\u2028" }{ NAME($place) }で発表
edition-standfirst = { DATE($founded) }に始まった国際事業。{ "\u2028" }{ MEASURE($countries) }の専門家が選定し、首位は{ NAME($first) }。
edition-lede = 「{ $programme }」の{ selection }の結果が{ DATE($announced) }、{ NAME($place) }で発表され、{ NAME($first) }が{ ORDINAL($rank) }となった。
edition-event = 選定都市の一覧は、{ $convention }の一環として開かれた{ NAME($conference) }で公表された。
edition-programme = 事業は{ DATE($founded) }、{ NAME($organiser) }が複数の国際機関と共同で始めた。デジタル経済の革新と活用に優れ、世界に影響力を持つ都市を見いだすのが目的。国連の世界的なデジタル協力と持続可能な開発目標（SDGs）の枠組みに沿って進めている。
edition-routes-heading = 応募も推薦も審査は同じ
edition-routes = 選考に加わる経路は二つある。都市が自ら応募する方法と、政府または国際機関が推薦する方法だ。
edition-committee = いずれの場合も、{ MEASURE($countries) }の専門家でつくる委員会が選定する。
edition-first = 首位の{ NAME($city) }には、高度なデジタル能力を備えた企業が{ MEASURE($enterprises) }、人工知能（AI）分野の企業が{ MEASURE($ai) }ある。
edition-first-value-added = 同市のデジタル経済の付加価値額（{ DATE($period) }）は{ $nature ->
        [forecast] { $hedge ->
            [over] { MEASURE($value-added, approx: "exact") }を上回る見通しで
           *[other] { MEASURE($value-added) }となる見通しで
        }
       *[observed] { $hedge ->
            [over] { MEASURE($value-added, approx: "exact") }を上回り
           *[other] { MEASURE($value-added) }で
        }
    }、域内総生産の{ MEASURE($share) }に当たる。
edition-ranking-heading = 選定都市の順位
ranking-rank = 順位
ranking-city = 都市
ranking-country = 国
ranking-route = 応募・推薦の別
ranking-place = { ORDINAL($rank) }
route-application = 応募
route-recommendation = 推薦
route-unpublished = 非公表

## Certificate

certificate = 認定証
certificate-title = 認定証：{ NAME($city, form: "full") }、{ $programme }
certificate-programme = 「{ $programme }」
certificate-intro = 認定都市
certificate-city = { NAME($city, form: "full") }
# An ideographic space separates the two, as on a 表彰状.
certificate-distinction = { selection }{ "\u3000" }第{ ORDINAL($rank) }
certificate-citation = 上記の都市は、{ MEASURE($countries, style: "formal") }の専門家で構成する委員会の審査により、世界的な影響力を有し、デジタル経済の革新及び活用に優れると認められた。
certificate-closing = よって、ここにこれを証する。
certificate-date = { DATE($date) }、{ NAME($place) }において
certificate-serial = 認定番号：{ $serial }
code-alt = 認定証{ $serial }の真正性を確かめる2次元コード
seal-alt = 「{ $short }」の印章
seal-foot = { selection }
