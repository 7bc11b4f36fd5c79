# Words of the Chinese documents. Style of Xinhua; full-width punctuation, “” for quotation marks.

## Shared

press-release = 新闻稿
specimen = 样张，不具官方效力
selection = { $edition ->
        [1] 首届评选
       *[other] { ORDINAL($edition) }届评选
    }
batch = { $edition ->
        [1] 首批
       *[other] { ORDINAL($edition) }批
    }

# Between two sentences of a paragraph.
sentence-gap = { "" }
# The period of a figure at the beginning of a sentence, or nothing.
period-first = { $period ->
        [none] { "" }
       *[some] { DATE($period) }，
    }
by-period-first = { $period ->
        [none] { "" }
       *[some] { DATE($period, style: "by") }，
    }

## Press release: parts of the page

release-now = 即时发布
release-embargo = 解禁前请勿刊播
# $until: a date, or a date and time. $zone: “北京时间”, or none.
embargo-detail = { DATE($until) }{ $zone ->
        [none] { "" }
       *[some] { "\u2028" }（{ $zone }）
    }解禁。{ "\u2028" }网上发布、转载同此。
dateline = { NAME($place) }，{ DATE($published) }——
# without $count: the words are the same for one figure.
key-figures = 关键数字
sources-label = 资料来源
contact-label = 媒体联系
contact-separator = ，
about-label = 关于{ $short }项目
end-mark = （完）
more-mark = （转下页）

## Key figures

figure-note = { $period ->
        [none] { "" }
       *[some] { DATE($period) }
    }{ $nature ->
        [forecast] 预测值
       *[observed] 实际数据
    }

## Notes

sources = 数据来自{ $sources }。
# One figure in the list of forecasts.
forecast-item = { $label }{ $period ->
        [none] { "" }
       *[some] （{ DATE($period) }）
    }
# without $count: the words are the same for one item.
sources-forecasts = 发布时为预测值的有：{ $items }。其余均为实际数据。

## Press release of the edition: the table

ranking-rank = 排名
ranking-city = 城市
ranking-country = 国家
ranking-route = 参评途径
ranking-place = { ORDINAL($rank) }
route-application = 自主申报
route-recommendation = 推荐
route-unpublished = 未公布

## Certificate

certificate = 证书
# without $short: the full name is printed here.
certificate-title = { NAME($city, form: "full") }“{ $programme }”证书
certificate-programme = “{ $programme }”称号
certificate-intro = 兹授予
certificate-city = { NAME($city, form: "full") }
certificate-closing = 特发此证。
certificate-date = { DATE($announced) }于{ NAME($place) }{ $expires ->
        [none] { "" }
       *[some] ，有效期至{ DATE($expires) }
    }
certificate-serial = 编号：{ $serial }
code-alt = 证书{ $serial }的验证二维码：{ $address }
seal-alt = { $short }项目印章
seal-foot = { selection }
