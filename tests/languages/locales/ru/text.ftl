# Words of the Russian documents. Style of ТАСС, quotation marks and dashes as in Мильчин; no letter ё.

## Shared

press-release = Пресс-релиз
specimen = Образец, не имеющий официальной силы
selection = { ORDINAL($edition, gender: "masculine", style: "words") } отбор
selection-genitive = { ORDINAL($edition, gender: "masculine", case: "genitive", style: "words") } отбора

# Between two sentences of a paragraph.
sentence-gap = { " " }
# The period of a figure in a sentence, or nothing: “в 2031 году”, “на 2031 год”.
in-period = { $period ->
        [none] { "" }
       *[some] { " " }{ DATE($period, style: "when") }
    }
for-period = { $period ->
        [none] { "" }
       *[some] { " " }на { DATE($period) }
    }

## Press release: parts of the page

release-now = ДЛЯ НЕМЕДЛЕННОЙ ПУБЛИКАЦИИ
release-embargo = ЭМБАРГО
# $until: a date, or a date and time. $zone: “по пекинскому времени”, or none.
embargo-detail = до { DATE($until, case: "genitive") }{ $zone ->
        [none] { "" }
       *[some] { " " }({ $zone })
    }. До этого срока не публиковать и не передавать в{ "\u00A0" }эфир.
dateline = { NAME($place) }, { DATE($published, style: "short") }{ "\u00A0" }—
# $count: the number of figures.
key-figures = { $count ->
        [1] Ключевой показатель
       *[other] Ключевые показатели
    }
sources-label = Источники
contact-label = Контакты для СМИ
contact-separator = { "\u00A0· " }
about-label = О{ "\u00A0" }программе «{ $short }»
end-mark = Конец сообщения
more-mark = Продолжение на следующей странице

## Key figures

figure-note = { $nature ->
        [forecast] прогноз{ for-period }
       *[observed] факт{ $period ->
            [none] { "" }
           *[some] , { DATE($period) }
        }
    }

## Notes

sources = Данные: { $sources }.
# One figure in the list of forecasts.
forecast-item = { $label }{ $period ->
        [none] { "" }
       *[some] { " " }({ DATE($period) })
    }
# $count: the number of items.
sources-forecasts = { $count ->
        [1] Прогноз
       *[other] Прогнозы
    } на момент публикации: { $items }. Остальные значения фактические.

## Press release of the edition: the table

ranking-rank = Место
ranking-city = Город
ranking-country = Страна
ranking-route = Основание
ranking-place = { ORDINAL($rank, gender: "neuter") }
route-application = заявка
route-recommendation = рекомендация
route-unpublished = не опубликовано

## Certificate

certificate = Диплом
certificate-title = Диплом{ "\u00A0" }— { NAME($city) }{ "\u00A0" }— { $short }
certificate-programme = { $programme }
certificate-intro = вручается городу
certificate-city = { NAME($city) }
certificate-closing = { "" }
certificate-date = { NAME($place) }, { DATE($announced) }{ $expires ->
        [none] { "" }
       *[some] , действителен до { DATE($expires) }
    }
certificate-serial = №{ "\u00A0" }{ $serial }
code-alt = QR-код для проверки подлинности диплома { $serial }: { $address }
seal-alt = Печать программы «{ $short }»
# Without U+2060, since each letter has its place on the ring: “второй отбор”, “11-й отбор”.
seal-foot = { SCALE($edition, steps: "1") ->
        [0] { selection }
       *[other] { ORDINAL($edition, gender: "masculine") } отбор
    }
