# The words of this programme in Chinese. All other words come from the program.

about = { $programme }项目由{ NAME($organiser) }（{ $acronym }）于{ DATE($founded) }发起，旨在表彰让图书惠及全体市民的城市。

## The words under a key figure; `.of-city` in the press release of the edition

figure-committee-countries = 有专家担任评委
figure-candidates = 参加评选
figure-libraries = 设在该市
    .of-city = 设在{ NAME($city) }
figure-loans = 全市图书馆借阅量
    .of-city = { NAME($city) }图书馆借阅量
figure-cardholders = 居民持有借书证的比例
    .of-city = { NAME($city) }居民持有借书证的比例
figure-acquisitions = 图书采购支出
    .of-city = { NAME($city) }图书采购支出

## Press release of a city

city-short = { $short }：{ NAME($city) }
city-headline = { NAME($city) }{ $rank ->
        [none] 入选{ $short }
       *[some] 位列{ $short }评选{ ORDINAL($rank) }
    }
city-standfirst = { selection }旨在表彰让图书惠及全体市民的城市。
city-lede = 在{ $programme }{ selection }中，{ NAME($city) }{ $rank ->
        [none] 入选
       *[some] 位列{ ORDINAL($rank) }
    }。评选结果于{ DATE($announced) }在{ NAME($place) }{ $conference ->
        [none] { "" }
       *[some] 举行的{ NAME($conference) }上
    }公布。

## Press release of the edition

edition-short = { $short }：评选结果
edition-headline = { $rank ->
        [none] { $short }{ selection }结果揭晓
       *[some] { NAME($first) }居{ $short }{ selection }榜首
    }
edition-standfirst = 该项目旨在表彰让图书惠及全体市民的城市。
edition-lede = { $programme }{ selection }结果于{ DATE($announced) }在{ NAME($place) }{ $conference ->
        [none] { "" }
       *[some] 举行的{ NAME($conference) }上
    }公布，共有{ $city-count }座城市入选{ $rank ->
        [none] { "" }
       *[some] ，{ NAME($first) }位列{ ORDINAL($rank) }
    }。
heading-routes = 参评途径
heading-ranking = { $rank ->
        [none] 入选城市
       *[some] 入选城市排名
    }
heading-library = 值得一访的图书馆

## Sentences of the story (reports/story.yaml)

sentence-candidates = 共有{ MEASURE($figure) }参加评选。
    .with-committee-countries = 评审委员会由{ MEASURE($other) }的专家组成，共评审了{ MEASURE($figure) }。
sentence-committee-countries = 评审委员会由{ MEASURE($figure) }的专家组成。
sentence-routes = 城市既可自主申报参评，也可由政府或国际组织推荐。
has-libraries = { period-first }{ NAME($city) }{ $nature ->
        [forecast] 预计有
       *[observed] 有
    }{ MEASURE($figure) }
sentence-libraries = { has-libraries }。
    .with-loans = { has-libraries }，借阅量{ MEASURE($other, style: "is") }。
sentence-loans = { period-first }该市图书馆借阅量{ $nature ->
        [forecast] 预计{ MEASURE($figure, style: "is") }
       *[observed] { MEASURE($figure, style: "is") }
    }。
sentence-cardholders = { period-first }{ $nature ->
        [forecast] 预计有
       *[observed] 有
    }{ MEASURE($figure) }的居民持有借书证。
sentence-acquisitions = { period-first }该市{ $nature ->
        [forecast] 预计投入
       *[observed] 投入
    }{ MEASURE($figure) }采购图书。
sentence-central-library = 评审委员会特别肯定了{ $scope ->
        [edition] { NAME($city) }的
       *[city] { "" }
    }{ NAME($central-library) }。
sentence-opening = 其新阅览室定于{ DATE($opening) }启用。
sentence-partners = 该市开展馆际互借，合作城市为{ LIST($partners) }。
sentence-reading-list = 评审委员会的推荐书目见{ $reading-list }。

## Certificate

certificate-distinction = { selection } { $rank ->
        [none] 入选城市
       *[some] 名列{ ORDINAL($rank) }
    }
certificate-citation = 经{ NAME($organiser) }评审委员会评定，该市使图书惠及全体市民。
