# Words of the Russian documents. Style of ТАСС, quotation marks and dashes as in Мильчин; no letter ё.
# Verbs agree with “город”, “программа” or with nothing: the gender of a city’s name is unknown.

## Shared

press-release = Пресс-релиз
specimen = Образец, не имеющий официальной силы
# $edition: number of the edition. Ordinals of one digit are words in prose.
selection = { $edition ->
        [1] первый
        [2] второй
        [3] третий
        [4] четвертый
        [5] пятый
        [6] шестой
        [7] седьмой
        [8] восьмой
        [9] девятый
       *[other] { ORDINAL($edition, gender: "masculine") }
    } отбор
selection-genitive = { $edition ->
        [1] первого
        [2] второго
        [3] третьего
        [4] четвертого
        [5] пятого
        [6] шестого
        [7] седьмого
        [8] восьмого
        [9] девятого
       *[other] { ORDINAL($edition, gender: "masculine", case: "genitive") }
    } отбора

# Between two sentences of a paragraph.
sentence-gap = { " " }

## Press release: parts of the page

release-now = ДЛЯ НЕМЕДЛЕННОЙ ПУБЛИКАЦИИ
release-embargo = ЭМБАРГО
# $until: a date, or a date and time. $zone: “по пекинскому времени”, or none.
embargo-detail = до { DATE($until, case: "genitive") }{ $zone ->
        [none] { "" }
       *[some] { " " }({ $zone })
    }. До этого срока не публиковать и не передавать в{ "\u00A0" }эфир.
dateline = { NAME($place) }, { DATE($date, style: "short") }{ "\u00A0" }—
key-figures = Ключевые показатели
sources-label = Источники
contact-label = Контакты для СМИ
contact-separator = { " · " }
about-label = О{ "\u00A0" }программе «{ $short }»
end-mark = Конец сообщения
more-mark = Продолжение на следующей странице

## Key figures
## The words under a key figure; `.of-city` in a press release that is not about that city. They follow a number and its noun
## in any form, so they contain no verb.

figure-note = { $nature ->
        [forecast] прогноз{ $period ->
            [none] { "" }
           *[some] { " " }на { DATE($period) }
        }
       *[observed] факт{ $period ->
            [none] { "" }
           *[some] , { DATE($period) }
        }
    }
figure-committee-countries = в{ "\u00A0" }составе экспертного комитета
    .of-city = в{ "\u00A0" }составе экспертного комитета
figure-digital-enterprises = с{ "\u00A0" }развитыми цифровыми компетенциями
    .of-city = с{ "\u00A0" }развитыми цифровыми компетенциями { NAME($city, form: "in") }
figure-digital-economy-size = объем цифровой экономики
    .of-city = объем цифровой экономики { NAME($city, form: "of") }
figure-digital-economy-value-added = добавленная стоимость цифровой экономики
    .of-city = добавленная стоимость цифровой экономики { NAME($city, form: "of") }
figure-digital-economy-share = доля цифровой экономики в{ "\u00A0" }ВВП
    .of-city = доля цифровой экономики в{ "\u00A0" }ВВП { NAME($city, form: "of") }
figure-ai-enterprises = в{ "\u00A0" }сфере искусственного интеллекта
    .of-city = в{ "\u00A0" }сфере искусственного интеллекта { NAME($city, form: "in") }
figure-ai-core-revenue = выручка ключевого сегмента отрасли ИИ
    .of-city = выручка ключевого сегмента отрасли ИИ { NAME($city, form: "in") }
figure-digital-manufacturers = из числа крупных производителей, на уровне цифрового стандарта
    .of-city = из числа крупных производителей { NAME($city, form: "of") }, на уровне цифрового стандарта
figure-digital-patents-rank = в{ "\u00A0" }мире по патентам на цифровые технологии
    .of-city = { NAME($city, form: "of") } в{ "\u00A0" }мире по патентам на цифровые технологии

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
about = Программа «{ $programme }» основана { DATE($founded, style: "when") } { NAME($organiser, form: "by") } ({ $acronym }) совместно с{ "\u00A0" }рядом международных организаций. Она действует в{ "\u00A0" }русле глобального цифрового сотрудничества Организации Объединенных Наций и Целей в{ "\u00A0" }области устойчивого развития. Ее задача{ "\u00A0" }— находить города мирового значения, которые добились успехов в{ "\u00A0" }создании инноваций и их применении в{ "\u00A0" }цифровой экономике.

## Press release of a city

city-short = { NAME($city) }{ "\u00A0" }— { ORDINAL($rank, gender: "neuter") } место среди пилотных городов
city-headline = { $rank ->
        [1] { NAME($city) }{ "\u00A0" }— лидер рейтинга пилотных городов цифровой экономики
       *[other] { NAME($city) }{ "\u00A0" }— на { ORDINAL($rank, gender: "neuter", case: "prepositional") }{ "\u00A0" }месте среди пилотных городов цифровой экономики
    }
city-standfirst = Комитет экспертов из { MEASURE($countries, case: "genitive") } утвердил итоги { selection-genitive } программы для городов{ "\u00A0" }— лидеров цифровой экономики.
city-lede = Город { NAME($city) } занял { ORDINAL($rank, gender: "neuter") } место в{ "\u00A0" }рейтинге программы «{ $programme }». Итоги { selection-genitive } объявлены { DATE($announced, style: "when") } { NAME($place, form: "in") } в{ "\u00A0" }ходе конгресса { $convention }.
city-committee = Решение принял комитет экспертов, представляющих { MEASURE($countries, case: "accusative") }.
city-routes = Города подают заявку сами либо получают рекомендацию правительства или международной организации.
city-enterprises = Город { NAME($city) } насчитывает { MEASURE($enterprises, case: "accusative") } с{ "\u00A0" }развитыми цифровыми компетенциями.
# $hedge: over, almost, about or exact. $nature: forecast or observed.
city-value-added = { $nature ->
        [forecast] Добавленная стоимость цифровой экономики за { DATE($period) } прогнозируется на уровне { MEASURE($value-added, case: "genitive") }
       *[observed] Добавленная стоимость цифровой экономики за { DATE($period) } { $hedge ->
            [over] превысила { MEASURE($value-added, approx: "exact", case: "accusative") }
           *[other] составила { MEASURE($value-added, case: "accusative") }
        }
    }, или { MEASURE($share) } валового внутреннего продукта города.
city-size = { $nature ->
        [forecast] По прогнозу на { DATE($period) }, объем цифровой экономики составит { MEASURE($size, case: "accusative") }.
       *[observed] Объем цифровой экономики за { DATE($period) } составил { MEASURE($size, case: "accusative") }.
    }
city-ai = В{ "\u00A0" }сфере искусственного интеллекта город насчитывает { MEASURE($enterprises, case: "accusative") }, а выручка ключевого сегмента отрасли составляет { MEASURE($revenue, case: "accusative") }.
city-manufacturers = По состоянию на { DATE($period) } среди крупных производителей стандарту цифровой трансформации { COUNT($manufacturers) ->
        [one] соответствовало
        [few] соответствовали
        [many] соответствовало
       *[other] соответствовало
    } { MEASURE($manufacturers) }.
city-patents = По числу патентов, выданных на цифровые технологии, город занимал { MEASURE($patents, case: "accusative") } в{ "\u00A0" }мире (данные на { DATE($period) }).
city-ambition = О{ "\u00A0" }намерении стать мировым эталоном развития цифровой экономики город { NAME($city) } заявил еще { DATE($year, style: "when") }.
city-event = Итоги отбора представлены { NAME($conference, form: "to") } в{ "\u00A0" }рамках конгресса { $convention }.

## Press release of the edition

edition-short = { $edition ->
        [1] Названы первые пилотные города
       *[other] Названы новые пилотные города
    }
edition-headline = { $edition ->
        [1] Первые пилотные города цифровой экономики названы { NAME($place, form: "in") }
       *[other] Новые пилотные города цифровой экономики названы { NAME($place, form: "in") }
    }
edition-standfirst = Эксперты из { MEASURE($countries, case: "genitive") } утвердили итоги { selection-genitive } международной программы, основанной { DATE($founded, style: "when") }. Список возглавил город { NAME($first) }.
edition-lede = Итоги { selection-genitive } программы «{ $programme }» объявлены { DATE($announced, style: "when") } { NAME($place, form: "in") }. Город { NAME($first) } занял { ORDINAL($rank, gender: "neuter") } место.
edition-event = Список представлен { NAME($conference, form: "to") } в{ "\u00A0" }рамках конгресса { $convention }.
edition-programme = Программу создали { DATE($founded, style: "when") } организатор конгресса и ряд международных организаций. Она ищет города мирового значения, которые лидируют в{ "\u00A0" }создании инноваций и их применении в{ "\u00A0" }цифровой экономике. Программа действует в{ "\u00A0" }русле глобального цифрового сотрудничества Организации Объединенных Наций и Целей в{ "\u00A0" }области устойчивого развития.
edition-routes-heading = Два пути, один комитет
edition-routes = Попасть в{ "\u00A0" }программу можно двумя путями: город подает заявку сам либо его рекомендует правительство или международная организация.
edition-committee = В{ "\u00A0" }обоих случаях решение принимает комитет экспертов, представляющих { MEASURE($countries, case: "accusative") }.
edition-first = Возглавивший список город { NAME($city) } насчитывает { MEASURE($enterprises, case: "accusative") } с{ "\u00A0" }развитыми цифровыми компетенциями и { MEASURE($ai, case: "accusative") } в{ "\u00A0" }сфере искусственного интеллекта.
edition-first-value-added = { $nature ->
        [forecast] Добавленная стоимость его цифровой экономики за { DATE($period) } прогнозируется на уровне { MEASURE($value-added, case: "genitive") }
       *[observed] Добавленная стоимость его цифровой экономики за { DATE($period) } { $hedge ->
            [over] превысила { MEASURE($value-added, approx: "exact", case: "accusative") }
           *[other] составила { MEASURE($value-added, case: "accusative") }
        }
    }, или { MEASURE($share) } валового внутреннего продукта города.
edition-ranking-heading = Рейтинг отобранных городов
# Feminine: the template requires “1-я”, “2-я”.
ranking-rank = Позиция
ranking-city = Город
ranking-country = Страна
ranking-route = Основание
ranking-place = { ORDINAL($rank, gender: "feminine") }
route-application = заявка
route-recommendation = рекомендация
route-unpublished = не опубликовано

## Certificate

certificate = Диплом
certificate-title = Диплом{ "\u00A0" }— { NAME($city) }{ "\u00A0" }— { $short }
certificate-programme = { $programme }
certificate-intro = вручается городу
certificate-city = { NAME($city) }
certificate-distinction = за { ORDINAL($rank, gender: "neuter") } место по итогам { selection-genitive }
# U+2028 breaks the line where the sense does.
certificate-citation = в{ "\u00A0" }знак признания мирового значения города и его заслуг{ "\u2028" }в{ "\u00A0" }создании инноваций и их применении в{ "\u00A0" }цифровой экономике{ "\u2028" }по решению комитета экспертов, представляющих { MEASURE($countries, case: "accusative") }
certificate-closing = { "" }
certificate-date = { NAME($place) }, { DATE($date) }
certificate-serial = №{ "\u00A0" }{ $serial }
code-alt = QR-код для проверки подлинности диплома { $serial }
seal-alt = Печать программы «{ $short }»
seal-foot = { selection }
