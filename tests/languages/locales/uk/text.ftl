# Words of the Ukrainian documents. «Український правопис» (2019), style of Укрінформ; quotation marks « », a spaced dash.

## Shared

press-release = Пресреліз
specimen = Зразок, що не має офіційної сили
selection = { ORDINAL($edition, gender: "masculine", style: "words") } відбір
selection-genitive = { ORDINAL($edition, gender: "masculine", case: "genitive", style: "words") } відбору
selection-prepositional = { ORDINAL($edition, gender: "masculine", case: "prepositional", style: "words") } відборі

# Between two sentences of a paragraph.
sentence-gap = { " " }
# The period of a figure in a sentence, or nothing: “2031 року” and “в листопаді 2031 року”, after a vowel; “на 2031 рік”.
in-period = { $period ->
        [none] { "" }
       *[some] { " " }{ DATE($period, style: "when") }
    }
for-period = { $period ->
        [none] { "" }
       *[some] { " " }на { DATE($period) }
    }

## Press release: parts of the page

release-now = ДЛЯ НЕГАЙНОЇ ПУБЛІКАЦІЇ
release-embargo = ЕМБАРГО
# $until: a date, or a date and time. $zone: “за пекінським часом”, or none.
embargo-detail = до { DATE($until, case: "genitive") }{ $zone ->
        [none] { "" }
       *[some] { " " }({ $zone })
    }. До цього часу не публікувати й не передавати в{ "\u00A0" }ефір.
dateline = { NAME($place) }, { DATE($published, style: "short") }{ "\u00A0" }—
# $count: the number of figures.
key-figures = { $count ->
        [1] Ключовий показник
       *[other] Ключові показники
    }
sources-label = Джерела
contact-label = Контакти для медіа
contact-separator = { "\u00A0· " }
about-label = Про програму «{ $short }»
end-mark = Кінець повідомлення
more-mark = Продовження на наступній сторінці

## Key figures

figure-note = { $nature ->
        [forecast] прогноз{ for-period }
       *[observed] фактичні{ "\u00A0" }дані{ $period ->
            [none] { "" }
           *[some] , { DATE($period) }
        }
    }

## Notes

sources = Дані: { $sources }.
# One figure in the list of forecasts.
forecast-item = { $label }{ $period ->
        [none] { "" }
       *[some] { " " }({ DATE($period) })
    }
# $count: the number of items.
sources-forecasts = { $count ->
        [1] Прогноз
       *[other] Прогнози
    } на момент публікації: { $items }. Інші значення фактичні.

## Press release of the edition: the table

ranking-rank = Місце
ranking-city = Місто
ranking-country = Країна
ranking-route = Підстава
ranking-place = { ORDINAL($rank, gender: "neuter") }
route-application = заявка
route-recommendation = рекомендація
route-unpublished = не оприлюднено

## Certificate

certificate = Диплом
certificate-title = Диплом{ "\u00A0" }— { NAME($city) }{ "\u00A0" }— { $short }
certificate-programme = { $programme }
certificate-intro = вручено місту
certificate-city = { NAME($city) }
certificate-closing = { "" }
certificate-date = { NAME($place) }, { DATE($announced) }{ $expires ->
        [none] { "" }
       *[some] , дійсний до { DATE($expires) }
    }
certificate-serial = №{ "\u00A0" }{ $serial }
code-alt = QR-код для перевірки справжності диплома { $serial }: { $address }
seal-alt = Печатка програми «{ $short }»
# Without U+2060, since each letter has its place on the ring: “другий відбір”, “11-й відбір”.
seal-foot = { SCALE($edition, steps: "1") ->
        [0] { selection }
       *[other] { ORDINAL($edition, gender: "masculine") } відбір
    }
