# The words of this programme in Chinese: change them to yours. All other words come from the program.
#
# Every message receives the facts as variables: $programme, $short, $founded, $organiser, $acronym, $edition,
# $announced, $published, $place, $convention, $conference, $routes; in documents of a city $city, $country, $rank, $route and
# $serial; in the press release of the edition $first, $rank (of the first) and $city-count; in all of them each figure,
# milestone and project fact (reports/facts.yaml) under its name. A fact that the data lacks selects the variant [none].

about = { $programme }项目由{ NAME($organiser) }（{ $acronym }）于{ DATE($founded) }发起。

## The words under a key figure; `.of-city` in the press release of the edition

figure-committee-countries = 有专家参加评选
figure-residents = 城市人口
    .of-city = { NAME($city) }人口
figure-projects = 提交评选的项目
    .of-city = { NAME($city) }提交评选的项目
figure-budget = 项目预算
    .of-city = { NAME($city) }项目预算
figure-own-share = 预算中的本市承担比例
    .of-city = 预算中的{ NAME($city) }承担比例

## Press release of a city

city-short = { $short }：{ NAME($city) }
city-headline = { $short }：{ "\u2028" }{ NAME($city) }{ $rank ->
        [none] 入选
       *[some] 位列{ ORDINAL($rank) }
    }
city-standfirst = { selection }结果公布。
city-lede = 在{ $programme }{ selection }中，{ NAME($city) }{ $rank ->
        [none] 入选
       *[some] 位列{ ORDINAL($rank) }
    }。评选结果于{ DATE($announced) }在{ NAME($place) }公布{ $convention ->
        [none] { "" }
       *[some] ，正值{ $convention }召开期间
    }。

## Press release of the edition

edition-short = { $short }：评选结果
edition-headline = { $short }：{ "\u2028" }{ selection }结果揭晓
edition-standfirst = 评选结果在{ NAME($place) }公布。
edition-lede = { $programme }{ selection }结果于{ DATE($announced) }在{ NAME($place) }公布，共有{ $city-count }座城市入选{ $rank ->
        [none] { "" }
       *[some] ，{ NAME($first) }位列{ ORDINAL($rank) }
    }。
heading-routes = 参评途径
heading-ranking = { $rank ->
        [none] 入选城市
       *[some] 入选城市排名
    }

## Sentences of the story
## `sentence-FACT` is printed if the data has the fact. For a figure: $figure, and its $nature (forecast or observed), $hedge
## and $period. `.with-OTHER` is one sentence for the figure and the next, $other, if both have the same period, nature and
## source. The order of the sentences is in reports/story.yaml: `gen-report init . --eject reports/story.yaml` copies it.

sentence-committee-countries = 评选工作由{ MEASURE($figure) }的专家组成的委员会负责。
sentence-routes = 城市既可自主申报参评，也可由政府或国际组织推荐。
sentence-conference = 评选结果在{ NAME($conference) }上发布。
sentence-residents = { period-first }{ NAME($city) }有{ MEASURE($figure) }。
sentence-projects = 该市向委员会提交了{ MEASURE($figure) }。
sentence-budget = { period-first }这些项目的预算{ $nature ->
        [forecast] 预计{ MEASURE($figure, style: "is") }
       *[observed] { MEASURE($figure, style: "is") }
    }。
sentence-own-share = { period-first }该市{ $nature ->
        [forecast] 预计承担预算的{ MEASURE($figure) }
       *[observed] 承担了预算的{ MEASURE($figure) }
    }。

## Certificate

certificate-distinction = { selection } { $rank ->
        [none] 入选城市
       *[some] 名列{ ORDINAL($rank) }
    }
certificate-citation = 由{ NAME($organiser) }评定。
