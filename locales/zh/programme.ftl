# Words of this programme, in Chinese. Another programme replaces this file; locales/en/programme.ftl lists the variables.

about = { $programme }项目由{ NAME($organiser) }（{ $acronym }）与多家国际组织于{ DATE($founded) }共同发起，以联合国全球数字合作和可持续发展目标为框架，旨在发现具有世界影响力、在物联网与数字经济创新应用方面实力突出的城市。

## The words under a key figure; `.of-city` in a press release that is not about that city

figure-committee-countries = 有专家参加评选
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

## Press release of a city

city-short = { $rank ->
        [none] { NAME($city) }入选{ batch }试点城市
        [1] { NAME($city) }居{ batch }试点城市榜首
       *[other] { NAME($city) }位列{ batch }试点城市{ ORDINAL($rank) }
    }
# U+2028 breaks the line where the sense does.
city-headline = { $rank ->
        [none] { NAME($city) }入选{ batch }全球万物智联{ "\u2028" }数字经济试点城市
        [1] { NAME($city) }居{ batch }全球万物智联{ "\u2028" }数字经济试点城市榜首
       *[other] { NAME($city) }位列{ batch }全球万物智联{ "\u2028" }数字经济试点城市{ ORDINAL($rank) }
    }
# without $edition, $rank: the headline names them.
city-standfirst = { $digital-enterprises ->
        [none] 试点项目面向全球，遴选物联网与数字经济领域的领先城市。
       *[some] 该市{ MEASURE($digital-enterprises) }具备先进的数字经济能力。{ "\u2028" }试点项目面向全球，遴选物联网与数字经济领域的领先城市。
    }
city-lede = { $rank ->
        [none] { NAME($city) }入选{ batch }{ $programme }。
       *[some] 在{ $programme }{ selection }中，{ NAME($city) }位列{ ORDINAL($rank) }。
    }评选结果于{ DATE($announced) }在{ NAME($place) }发布{ $convention ->
        [none] { "" }
       *[some] ，正值{ $convention }召开期间
    }。

## Press release of the edition

edition-short = { batch }试点城市在{ NAME($place) }揭晓
edition-headline = { batch }全球万物智联{ "\u2028" }数字经济试点城市在{ NAME($place) }揭晓
# without $edition: the headline names it.
edition-standfirst = { $rank ->
        [none] 项目于{ DATE($founded) }发起，面向全球遴选城市。
       *[some] 项目于{ DATE($founded) }发起，面向全球遴选城市，{ "\u2028" }{ NAME($first) }名列榜首。
    }
edition-lede = { batch }{ $programme }名单于{ DATE($announced) }在{ NAME($place) }揭晓，{ $rank ->
        [none] 共有{ $city-count }座城市入选
       *[some] { NAME($first) }位列{ ORDINAL($rank) }
    }。
heading-routes = 两种途径，统一评审
heading-ranking = { $rank ->
        [none] 入选城市
       *[some] 入选城市排名
    }

## Sentences of the story (reports/story.yaml)

sentence-committee-countries = 评选工作由{ MEASURE($figure) }的专家组成的委员会负责。
sentence-routes = 城市既可自主申报参评，也可由政府或国际组织推荐。
if-forecast = { $nature ->
        [forecast] 预计
       *[observed] { "" }
    }
sentence-digital-enterprises = { period-first }{ NAME($city) }{ if-forecast }有{ MEASURE($figure) }具备先进的数字经济能力。
    .with-ai-enterprises = { period-first }{ NAME($city) }{ if-forecast }有{ MEASURE($figure) }具备先进的数字经济能力，在人工智能领域{ $nature ->
        [forecast] 将聚集
       *[observed] 聚集了
    }{ MEASURE($other) }。
value-added = { period-first }该市数字经济增加值{ $nature ->
        [forecast] { $hedge ->
            [over] 预计突破{ MEASURE($figure, approx: "exact") }
           *[other] 预计{ MEASURE($figure, style: "is") }
        }
       *[observed] { $hedge ->
            [over] 突破{ MEASURE($figure, approx: "exact") }
           *[other] { MEASURE($figure, style: "is") }
        }
    }
sentence-digital-economy-value-added = { value-added }。
    .with-digital-economy-share = { value-added }，{ MEASURE($other, style: "of-gdp") }。
sentence-digital-economy-share = { period-first }该市数字经济增加值{ $nature ->
        [forecast] 预计{ MEASURE($figure, style: "of-gdp") }
       *[observed] { MEASURE($figure, style: "of-gdp") }
    }。
sentence-digital-economy-size = { period-first }数字经济规模{ $nature ->
        [forecast] 预计{ MEASURE($figure, style: "is") }
       *[observed] { MEASURE($figure, style: "is") }
    }。
sentence-ai-enterprises = { period-first }在人工智能领域，全市{ if-forecast }有{ MEASURE($figure) }。
    .with-ai-core-revenue = { period-first }在人工智能领域，全市{ if-forecast }有{ MEASURE($figure) }，核心产业营收{ MEASURE($other, style: "is") }。
sentence-ai-core-revenue = { period-first }人工智能核心产业营收{ $nature ->
        [forecast] 预计{ MEASURE($figure, style: "is") }
       *[observed] { MEASURE($figure, style: "is") }
    }。
sentence-digital-manufacturers = { by-period-first }全市规模以上制造业{ if-forecast }有{ MEASURE($figure) }达到数字化转型标准。
    .with-digital-patents-rank = { by-period-first }全市规模以上制造业{ if-forecast }有{ MEASURE($figure) }达到数字化转型标准，数字技术专利授权量{ if-forecast }居全球城市{ MEASURE($other, style: "place") }。
sentence-digital-patents-rank = { by-period-first }{ NAME($city) }数字技术专利授权量{ if-forecast }居全球城市{ MEASURE($figure, style: "place") }。
sentence-benchmark-ambition = 早在{ DATE($benchmark-ambition) }，{ NAME($city) }就提出建设全球数字经济标杆城市。
sentence-conference = { $scope ->
        [city] 评选结果在{ NAME($conference) }上发布{ $convention ->
            [none] { "" }
           *[some] 。该会议是{ $convention }的组成部分
        }
       *[edition] 名单在{ NAME($conference) }上公布{ $convention ->
            [none] { "" }
           *[some] 。该会议是{ $convention }的组成部分
        }
    }。

## Certificate

certificate-distinction = { selection } { $rank ->
        [none] 入选城市
       *[some] 名列{ ORDINAL($rank) }
    }
certificate-citation = 经{ MEASURE($committee-countries) }的专家组成的委员会评定，该市具有世界影响力，在物联网和数字经济领域创新能力突出、应用成效显著。
