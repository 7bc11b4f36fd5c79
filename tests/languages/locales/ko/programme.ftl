# Words of this programme, in Korean. Another programme replaces this file; locales/en/programme.ftl lists the variables.

about = ‘{ $programme }’ 사업은 { DATE($founded) } { NAME($organiser) }({ $acronym }) 주도로 여러 국제기구가 함께 시작했다. 유엔의 글로벌 디지털 협력과 지속가능발전목표(SDGs)의 틀 안에서, 디지털 경제의 혁신과 응용에 뛰어나고 세계적 영향력을 지닌 도시를 찾는다.

## The words under a key figure; `.of-city` in a press release that is not about that city

figure-committee-countries = 전문가 위원회 참여국
figure-digital-enterprises = 선진 디지털 역량을 갖춘 기업
    .of-city = 선진 디지털 역량을 갖춘 { NAME($city) } 기업
figure-digital-economy-size = 디지털 경제 규모
    .of-city = { NAME($city) } 디지털 경제 규모
figure-digital-economy-value-added = 디지털 경제 부가가치
    .of-city = { NAME($city) } 디지털 경제 부가가치
figure-digital-economy-share = 지역내총생산(GRDP) 대비 디지털 경제 비중
    .of-city = { NAME($city) } 지역내총생산(GRDP) 대비 디지털 경제 비중
figure-ai-enterprises = 인공지능(AI) 기업
    .of-city = { NAME($city) } 인공지능(AI) 기업
figure-ai-core-revenue = AI 핵심 산업 매출
    .of-city = { NAME($city) } AI 핵심 산업 매출
figure-digital-manufacturers = 디지털 전환 기준을 충족한 대형 제조업체
    .of-city = 디지털 전환 기준을 충족한 { NAME($city) } 대형 제조업체
figure-digital-patents-rank = 디지털 기술 특허 세계 도시 순위
    .of-city = { NAME($city) } 디지털 기술 특허 세계 도시 순위

## Press release of a city

city-short = { $rank ->
        [none] { NAME($city) }, 시범도시로 선정
       *[some] { NAME($city) }, 시범도시 { ORDINAL($rank) }
    }
# without $edition: the lede names it.
city-headline = { $rank ->
        [none] { NAME($city) }, 디지털{ "\u00A0" }경제{ "\u00A0" }시범도시로 선정
       *[some] { NAME($city) }, 디지털{ "\u00A0" }경제{ "\u00A0" }시범도시 { ORDINAL($rank) }
    }
city-standfirst = { $digital-enterprises ->
        [none] 디지털 경제를 선도하는 도시를 찾는 국제 사업의 { selection } 도시 명단에 이름을 올렸다.
       *[some] 선진 디지털 역량을 갖춘 기업이 { MEASURE($digital-enterprises) } 있는 이 도시는 디지털 경제 선도 도시를 찾는 국제 사업의 { selection }{ $rank ->
            [1] 에서 { ORDINAL($rank) }에 올랐다
           *[other] { " " }도시 명단에 이름을 올렸다
        }.
    }
city-lede = { $rank ->
        [none] { NAME($city, form: "subject") } ‘{ $programme }’ { selection } 도시 명단에 이름을 올렸다.
       *[some] { NAME($city, form: "subject") } ‘{ $programme }’ { selection }에서 { ORDINAL($rank) }에 올랐다.
    } 결과는 { $convention ->
        [none] { "" }
       *[some] { $convention } 기간 중인{ " " }
    }{ DATE($announced) } { NAME($place, form: "at") } 발표됐다.

## Press release of the edition

edition-short = 제{ $edition }회 시범도시 발표
edition-headline = 제{ $edition }회 디지털 경제 시범도시, { NAME($place, form: "at") } 발표
edition-standfirst = { $rank ->
        [none] { DATE($founded) } 시작된 국제 사업이 { selection } 결과를 내놓았다.
       *[some] { DATE($founded) } 시작된 국제 사업의 { selection }에서 { NAME($first, form: "subject") } { ORDINAL($rank) }에 올랐다.
    }
edition-lede = ‘{ $programme }’ { selection } 결과가 { DATE($announced) } { NAME($place, form: "at") } 발표됐다. { $rank ->
        [none] 선정된 도시는 { $city-count }곳이다.
       *[some] { NAME($first, form: "subject") } { ORDINAL($rank) }에 올랐다.
    }
heading-routes = 두 가지 참여 경로, 하나의 위원회
heading-ranking = { $rank ->
        [none] 선정 도시
       *[some] 선정 도시 순위
    }

## Sentences of the story (reports/story.yaml)

sentence-committee-countries = 선정은 { MEASURE($figure, style: "formal") }의 전문가로 구성된 위원회가 맡았다.
sentence-routes = 도시는 스스로 신청하거나 정부 또는 국제기구의 추천을 받아 참여할 수 있다.
# 있다, 있었다 at a date in the past, or a forecast.
exists = { $nature ->
        [forecast] 있을 것으로 예상됐다
       *[observed] { $period ->
            [none] 있다
           *[some] 있었다
        }
    }
sentence-digital-enterprises = { as-of-first }{ NAME($city, form: "in") }는 선진 디지털 경제 역량을 갖춘 기업이 { MEASURE($figure) } { exists }.
    .with-ai-enterprises = { as-of-first }{ NAME($city, form: "in") }는 선진 디지털 경제 역량을 갖춘 기업이 { MEASURE($figure) }, 인공지능(AI) 기업이 { MEASURE($other) } { exists }.
# What a sum reached: 300억 위안을 넘었다, 300억 위안에 육박했다, 약 300억 위안으로 집계됐다.
reached = { $nature ->
        [forecast] { $hedge ->
            [over] { MEASURE($figure, approx: "exact", style: "object") } 넘을
            [almost] { MEASURE($figure, approx: "exact") }에 육박할
           *[other] { MEASURE($figure) }에 이를
        }
       *[observed] { $hedge ->
            [over] { MEASURE($figure, approx: "exact", style: "object") } 넘었다
            [almost] { MEASURE($figure, approx: "exact") }에 육박했다
           *[other] { MEASURE($figure, style: "to") } 집계됐다
        }
    }
value-added = { period-first }이 도시의 디지털 경제 부가가치는 { reached }{ $nature ->
        [forecast] { " " }것으로 예상됐다
       *[observed] { "" }
    }
sentence-digital-economy-value-added = { value-added }.
    .with-digital-economy-share = { value-added }. 이는 지역내총생산(GRDP)의 { MEASURE($other) }에 해당하는 규모다.
sentence-digital-economy-share = { period-first }디지털 경제는 이 도시 지역내총생산(GRDP)의 { MEASURE($figure, style: "object") } { $nature ->
        [forecast] 차지할 것으로 예상됐다
       *[observed] 차지했다
    }.
sentence-digital-economy-size = { period-first }디지털 경제 규모는 { reached }{ $nature ->
        [forecast] { " " }전망이다
       *[observed] { "" }
    }.
sentence-ai-enterprises = { as-of-first }이 도시에는 인공지능(AI) 기업이 { MEASURE($figure) } { exists }.
    .with-ai-core-revenue = { as-of-first }이 도시에는 인공지능(AI) 기업이 { MEASURE($figure) } { exists }. AI 핵심 산업은 { MEASURE($other) }의 매출을 { earns }.
earns = { $nature ->
        [forecast] 올릴 것으로 예상됐다
       *[observed] { $period ->
            [none] 올리고 있다
           *[some] 올렸다
        }
    }
sentence-ai-core-revenue = { period-first }AI 핵심 산업은 { MEASURE($figure) }의 매출을 { earns }.
standard-met-by = { $nature ->
        [forecast] { by-first }
       *[observed] { as-of-first }
    }이 도시의 대형 제조업체 가운데 { $hedge ->
        [over] { MEASURE($figure, approx: "exact", style: "subject") } 넘는 업체가
       *[other] { MEASURE($figure, style: "subject") }
    }
sentence-digital-manufacturers = { standard-met-by } 디지털 전환 기준을 { $nature ->
        [forecast] 충족할 것으로 예상됐다
       *[observed] 충족했다
    }.
    .with-digital-patents-rank = { standard-met-by } 디지털 전환 기준을 { $nature ->
        [forecast] 충족하고
       *[observed] 충족했고
    }, 디지털 기술 특허 등록 건수에서는 세계 도시 가운데 { MEASURE($other) }를 { $nature ->
        [forecast] 차지할 것으로 예상됐다
       *[observed] 차지했다
    }.
# without $city: 이 도시, so as not to begin two paragraphs running with its name.
sentence-digital-patents-rank = { as-of-first }이 도시는 디지털 기술 특허 등록 건수에서 세계 도시 가운데 { MEASURE($figure) }를 { $nature ->
        [forecast] 차지할 것으로 예상됐다
       *[observed] 차지했다
    }.
sentence-benchmark-ambition = { NAME($city, form: "topic") } { DATE($benchmark-ambition) }에 디지털 경제에서 세계의 기준이 되는 도시로 발전하겠다는 목표를 밝혔다.
sentence-conference = { $scope ->
        [city] 선정 결과는
       *[edition] 선정 도시 명단은
    } { $convention ->
        [none] { "" }
       *[some] { NAME($convention, form: "of") } 일환으로 열린{ " " }
    }{ NAME($conference, form: "at") } 공개됐다.

## Certificate

certificate-distinction = { selection } { $rank ->
        [none] 시범도시
       *[some] { ORDINAL($rank) }
    }
certificate-citation = 위 도시는 { MEASURE($committee-countries, style: "formal") }의 전문가로 구성된 위원회의 심사 결과, 세계적 영향력을 지니고 디지털 경제의 혁신과 응용에서 우수한 것으로 인정되었습니다.
