# Words of the Japanese documents. Style of 共同通信社『記者ハンドブック』; full-width punctuation, 「」 and 『』 for quotation marks.
# Certificates in the formal style of a 認定証, with 、 and 。 because the lines are horizontal.

## Shared

press-release = 報道発表資料
specimen = 見本であり、公的な効力を持たない
selection = 第{ $edition }回選定

# Between two sentences of a paragraph.
sentence-gap = { "" }
# The period of a figure after what it describes, or nothing: “付加価値額（2031年）は”.
in-period = { $period ->
        [none] { "" }
       *[some] （{ DATE($period) }）
    }

## Press release: parts of the page

release-now = 即時解禁
release-embargo = 解禁日時指定
# $until: a date, or a date and time. $zone: “北京時間”, or none.
embargo-detail = { DATE($until) }{ $zone ->
        [none] { "" }
       *[some] （{ $zone }）
    }解禁。それまでは報道、公開、転載をお控えください。
dateline = 【{ NAME($place) }、{ DATE($published) }】
# without $count: the words are the same for one figure.
key-figures = 主な数字
sources-label = 出典
contact-label = 報道関係の問い合わせ先
contact-separator = 、
about-label = { $short }について
end-mark = （了）
more-mark = （次ページに続く）

## Key figures

figure-note = { $period ->
        [none] { "" }
       *[some] { DATE($period) }
    }{ $nature ->
        [forecast] 予測
       *[observed] 実績
    }

## Notes

sources = データは{ $sources }による。
# One figure in the list of forecasts.
forecast-item = { $label }{ $period ->
        [none] { "" }
       *[some] （{ DATE($period) }）
    }
sources-forecasts = { $items }は発表時点の予測値で、その他は実績値。

## Press release of the edition: the table

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
# without $short: the full name is printed.
certificate-title = 認定証：{ NAME($city, form: "full") }、{ $programme }
certificate-programme = 「{ $programme }」
certificate-intro = 認定都市
certificate-city = { NAME($city, form: "full") }
certificate-closing = よって、ここにこれを証する。
certificate-date = { DATE($announced) }、{ NAME($place) }において{ $expires ->
        [none] { "" }
       *[some] （{ DATE($expires) }まで有効）
    }
certificate-serial = 認定番号：{ $serial }
code-alt = 認定証{ $serial }の真正性を確かめる2次元コード：{ $address }
seal-alt = 「{ $short }」の印章
seal-foot = { selection }
