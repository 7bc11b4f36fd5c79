# Words of the Korean documents. Style of the daily press; certificates in the formal style of 인증서 and 상장.

## Shared

press-release = 보도자료
specimen = 견본이며 공식 효력이 없음
selection = 제{ $edition }회 선정

# Between two sentences of a paragraph.
sentence-gap = { " " }
# The period of a figure at the beginning of a sentence, or nothing.
period-first = { $period ->
        [none] { "" }
       *[some] { DATE($period) }{ " " }
    }
as-of-first = { $period ->
        [none] { "" }
       *[some] { DATE($period, style: "as-of") }{ " " }
    }
by-first = { $period ->
        [none] { "" }
       *[some] { DATE($period, style: "by") }{ " " }
    }

## Press release: parts of the page

release-now = 즉시 보도 가능
release-embargo = 엠바고
# $until: a date, or a date and time. $zone: “베이징 시각”, or none.
embargo-detail = 보도 시점: { DATE($until) }{ $zone ->
        [none] { "" }
       *[some] ({ $zone })
    } 이후. 그 전에는 보도·게시·방송할 수 없습니다.
dateline = ({ NAME($place) }, { DATE($published) })
# without $count: the words are the same for one figure.
key-figures = 주요 수치
sources-label = 출처
contact-label = 언론 문의
contact-separator = { "\u00A0· " }
about-label = ‘{ $short }’ 사업 소개
end-mark = (끝)
more-mark = (다음 쪽에 계속)

## Key figures

figure-note = { $period ->
        [none] { "" }
       *[some] { DATE($period) }{ " " }
    }{ $nature ->
        [forecast] 전망치
       *[observed] 실적치
    }

## Notes

sources = 자료: { $sources }.
# One figure in the list of forecasts.
forecast-item = { $label }{ $period ->
        [none] { "" }
       *[some] ({ DATE($period) })
    }
# without $count: the words are the same for one item.
sources-forecasts = 발표 시점의 전망치: { $items }. 그 밖의 수치는 실적치다.

## Press release of the edition: the table

ranking-rank = 순위
ranking-city = 도시
ranking-country = 국가
ranking-route = 참여 경로
ranking-place = { ORDINAL($rank) }
route-application = 자체 신청
route-recommendation = 추천
route-unpublished = 비공개

## Certificate

certificate = 인증서
certificate-title = 인증서 – { NAME($city, form: "full") } – { $short }
certificate-programme = { $programme }
certificate-intro = 인증 도시
certificate-city = { NAME($city, form: "full") }
certificate-closing = 이에 이 인증서를 수여합니다.
certificate-date = { DATE($announced) } { NAME($place) }{ $expires ->
        [none] { "" }
       *[some] , { DATE($expires) }까지 유효
    }
certificate-serial = 인증 번호: { $serial }
code-alt = 인증서 { $serial } 진위 확인용 QR코드: { $address }
seal-alt = ‘{ $short }’ 사업 인장
seal-foot = { selection }
