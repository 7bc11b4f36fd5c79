# Words of the Chinese documents. Style of Xinhua; full-width punctuation, “” for quotation marks.

## Shared

press-release = 新闻稿
specimen = 样张，不具官方效力
# $edition: number of the edition.
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

## Press release: parts of the page

release-now = 即时发布
release-embargo = 解禁前请勿刊播
# $until: a date, or a date and time. $zone: “北京时间”, or none.
embargo-detail = 解禁时间：{ $zone ->
        [none] { "" }
       *[some] { $zone }
    }{ DATE($until) }。网上发布和转载亦同。
dateline = { NAME($place) }，{ DATE($date) }——
key-figures = 关键数字
sources-label = 资料来源
contact-label = 媒体联系
contact-separator = ，
about-label = 关于{ $short }项目
end-mark = （完）
more-mark = （转下页）

## Key figures
## The words under a key figure; `.of-city` in a press release that is not about that city.

figure-note = { $period ->
        [none] { "" }
       *[some] { DATE($period) }
    }{ $nature ->
        [forecast] 预测值
       *[observed] 实际数据
    }
figure-committee-countries = 有专家参加评选
    .of-city = 有专家参加评选
figure-digital-enterprises = 具备先进的数字经济能力
    .of-city = 位于{ NAME($city) }，具备先进的数字经济能力
figure-digital-economy-size = 数字经济规模
    .of-city = { NAME($city) }数字经济规模
figure-digital-economy-value-added = 数字经济增加值
    .of-city = { NAME($city) }数字经济增加值
figure-digital-economy-share = 数字经济增加值占地区生产总值比重
    .of-city = { NAME($city) }数字经济增加值占地区生产总值比重
figure-ai-enterprises = 从事人工智能业务
    .of-city = 位于{ NAME($city) }，从事人工智能业务
figure-ai-core-revenue = 人工智能核心产业营收
    .of-city = { NAME($city) }人工智能核心产业营收
figure-digital-manufacturers = 属规模以上制造业，达到数字化转型标准
    .of-city = 属{ NAME($city) }规模以上制造业，达到数字化转型标准
figure-digital-patents-rank = 数字技术专利授权量全球城市排名
    .of-city = { NAME($city) }数字技术专利授权量全球城市排名

## Notes

sources = 数据来自{ $sources }。
# One figure in the list of forecasts.
forecast-item = { $label }{ $period ->
        [none] { "" }
       *[some] （{ DATE($period) }）
    }
# without $count: the words are the same for one item.
sources-forecasts = 发布时为预测值的有：{ $items }。其余均为实际数据。
about = { $programme }项目由{ NAME($organiser) }（{ $acronym }）与多家国际组织于{ DATE($founded) }共同发起，以联合国全球数字合作和可持续发展目标为框架，旨在发现具有世界影响力、在物联网与数字经济创新应用方面实力突出的城市。

## Press release of a city

city-short = { NAME($city) }位列{ batch }试点城市{ ORDINAL($rank) }
# U+2028 breaks the line where the sense does.
city-headline = { NAME($city) }位列{ batch }全球万物智联{ "\u2028" }数字经济试点城市{ ORDINAL($rank) }
city-standfirst = 来自{ MEASURE($countries) }的专家完成{ selection }。{ "\u2028" }试点项目面向全球，遴选物联网与数字经济领域的领先城市。
city-lede = 在{ $programme }{ selection }中，{ NAME($city) }位列{ ORDINAL($rank) }。评选结果于{ DATE($announced) }在{ NAME($place) }发布，正值{ $convention }召开期间。
city-committee = 评选工作由{ MEASURE($countries) }的专家组成的委员会负责。
city-routes = 参评城市既可自主申报，也可由政府或国际组织推荐。
city-enterprises = { NAME($city) }有{ MEASURE($enterprises) }具备先进的数字经济能力。
# $hedge: over, almost, about or exact. $nature: forecast or observed.
city-value-added = { DATE($period) }，全市数字经济增加值{ $nature ->
        [forecast] { $hedge ->
            [over] 预计突破{ MEASURE($value-added, approx: "exact") }
           *[other] 预计{ MEASURE($value-added, style: "is") }
        }
       *[observed] { $hedge ->
            [over] 突破{ MEASURE($value-added, approx: "exact") }
           *[other] { MEASURE($value-added, style: "is") }
        }
    }，{ MEASURE($share, style: "of-gdp") }。
city-size = { $nature ->
        [forecast] { DATE($period) }，数字经济规模预计{ MEASURE($size, style: "is") }。
       *[observed] { DATE($period) }，数字经济规模{ MEASURE($size, style: "is") }。
    }
city-ai = 在人工智能领域，全市有{ MEASURE($enterprises) }，核心产业营收{ MEASURE($revenue, style: "is") }。
city-manufacturers = { DATE($period, style: "by") }，全市规模以上制造业有{ MEASURE($manufacturers) }达到数字化转型标准。
city-patents = { DATE($period, style: "by") }，{ NAME($city) }数字技术专利授权量居全球城市{ MEASURE($patents, style: "place") }。
city-ambition = 早在{ DATE($year) }，{ NAME($city) }就提出建设全球数字经济标杆城市。
city-event = 发布评选结果的{ NAME($conference) }，是{ $convention }的组成部分。

## Press release of the edition

edition-short = { batch }试点城市在{ NAME($place) }揭晓
edition-headline = { batch }全球万物智联{ "\u2028" }数字经济试点城市在{ NAME($place) }揭晓
# without $edition: the headline names it.
edition-standfirst = 项目于{ DATE($founded) }发起，{ "\u2028" }评选由{ MEASURE($countries) }的专家完成，{ NAME($first) }名列榜首。
edition-lede = { batch }{ $programme }名单于{ DATE($announced) }在{ NAME($place) }揭晓，{ NAME($first) }位列{ ORDINAL($rank) }。
edition-event = 名单在{ NAME($conference) }上公布。该会议是{ $convention }的组成部分。
edition-programme = 试点城市项目由{ NAME($organiser) }与多家国际组织于{ DATE($founded) }共同发起，旨在发现具有世界影响力、在物联网与数字经济创新应用方面实力突出的城市。项目以联合国全球数字合作和可持续发展目标为框架。
edition-routes-heading = 两种途径，统一评审
edition-routes = 城市既可自主申报参评，也可由政府或国际组织推荐。
edition-committee = 无论通过哪种途径参评，均由{ MEASURE($countries) }的专家组成的委员会评定。
edition-first = 居于榜首的{ NAME($city) }有{ MEASURE($enterprises) }具备先进的数字经济能力，在人工智能领域聚集了{ MEASURE($ai) }。
edition-first-value-added = { DATE($period) }，该市数字经济增加值{ $nature ->
        [forecast] { $hedge ->
            [over] 预计突破{ MEASURE($value-added, approx: "exact") }
           *[other] 预计{ MEASURE($value-added, style: "is") }
        }
       *[observed] { $hedge ->
            [over] 突破{ MEASURE($value-added, approx: "exact") }
           *[other] { MEASURE($value-added, style: "is") }
        }
    }，{ MEASURE($share, style: "of-gdp") }。
edition-ranking-heading = 入选城市排名
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
certificate-distinction = { selection } · 名列{ ORDINAL($rank) }
certificate-citation = 经{ MEASURE($countries) }的专家组成的委员会评定，该市具有世界影响力，在物联网和数字经济领域创新能力突出、应用成效显著。
certificate-closing = 特发此证。
certificate-date = { DATE($date) }于{ NAME($place) }
certificate-serial = 编号：{ $serial }
code-alt = 证书{ $serial }的验证二维码
seal-alt = { $short }项目印章
seal-foot = { selection }
