# Words of this programme, in Russian. Another programme replaces this file; locales/en/programme.ftl lists the variables.
# Verbs agree with “город”, “программа” or with nothing: the gender of a city’s name is unknown.

about = Программа «{ $programme }» учреждена { DATE($founded, style: "when") } { NAME($organiser, form: "by") } ({ $acronym }) совместно с{ "\u00A0" }рядом международных организаций. Она действует в{ "\u00A0" }русле глобального цифрового сотрудничества Организации Объединенных Наций и Целей в{ "\u00A0" }области устойчивого развития. Ее задача{ "\u00A0" }— находить города мирового значения, которые добились успехов в{ "\u00A0" }создании инноваций и их применении в{ "\u00A0" }цифровой экономике.

## The words under a key figure; `.of-city` in a press release that is not about that city. They follow a number and its noun
## in any form, so they contain no verb.

figure-committee-countries = в{ "\u00A0" }составе комитета экспертов
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
figure-digital-manufacturers = в{ "\u00A0" }числе{ "\u00A0" }крупных производителей, отвечающих стандарту цифровой трансформации
    .of-city = в{ "\u00A0" }числе{ "\u00A0" }крупных производителей { NAME($city, form: "of") }, отвечающих стандарту цифровой трансформации
figure-digital-patents-rank = среди городов мира по патентам на цифровые технологии
    .of-city = { NAME($city, form: "of") } среди городов мира по патентам на цифровые технологии

## Press release of a city

city-short = { $rank ->
        [none] { NAME($city) }{ "\u00A0" }— в{ "\u00A0" }числе пилотных городов
       *[some] { NAME($city) }{ "\u00A0" }— { ORDINAL($rank, gender: "neuter", style: "words") } место среди пилотных городов
    }
# without $edition: the lede names it.
city-headline = { $rank ->
        [none] { NAME($city) }{ "\u00A0" }— в{ "\u00A0" }числе пилотных городов цифровой экономики
        [1] { NAME($city) }{ "\u00A0" }— лидер рейтинга пилотных городов цифровой экономики
       *[other] { NAME($city) }{ "\u00A0" }— на { ORDINAL($rank, gender: "neuter", case: "prepositional", style: "words") } месте среди пилотных городов цифровой экономики
    }
city-standfirst = { $digital-enterprises ->
        [none] Программа для городов, лидирующих в{ "\u00A0" }цифровой экономике, подвела итоги { selection-genitive }.
       *[some] Город, насчитывающий { MEASURE($digital-enterprises, case: "accusative", style: "words") } с{ "\u00A0" }развитыми цифровыми компетенциями, { $rank ->
            [1] возглавил список
           *[other] вошел в{ "\u00A0" }список
        } по итогам { selection-genitive } программы для городов{ "\u00A0" }— лидеров цифровой экономики.
    }
city-lede = Город { NAME($city) } { $rank ->
        [none] включен в{ "\u00A0" }список программы «{ $programme }».
       *[some] занял { ORDINAL($rank, gender: "neuter", style: "words") } место в{ "\u00A0" }рейтинге программы «{ $programme }».
    } Итоги { selection-genitive } объявлены { DATE($announced, style: "when") } { NAME($place, form: "in") }{ $convention ->
        [none] { "" }
       *[some] { " " }в{ "\u00A0" }ходе конгресса { $convention }
    }.

## Press release of the edition

edition-short = { $edition ->
        [1] Названы первые пилотные города
       *[other] Названы новые пилотные города
    }
edition-headline = { $edition ->
        [1] Первые пилотные города цифровой экономики названы { NAME($place, form: "in") }
       *[other] Новые пилотные города цифровой экономики названы { NAME($place, form: "in") }
    }
edition-standfirst = { $rank ->
        [none] Международная программа, учрежденная { DATE($founded, style: "when") }, подвела итоги { selection-genitive }.
       *[some] Город { NAME($first) } возглавил список по итогам { selection-genitive } международной программы, учрежденной { DATE($founded, style: "when") }.
    }
edition-lede = Итоги { selection-genitive } программы «{ $programme }» объявлены { DATE($announced, style: "when") } { NAME($place, form: "in") }. { $rank ->
        [none] В{ "\u00A0" }список { $city-count ->
            [1] вошел один город
            [2] вошли два города
            [3] вошли три города
            [4] вошли четыре города
            [5] вошли пять городов
            [6] вошли шесть городов
            [7] вошли семь городов
            [8] вошли восемь городов
            [9] вошли девять городов
            [one] вошел { $city-count } город
            [few] вошли { $city-count } города
            [many] вошли { $city-count } городов
           *[other] вошли { $city-count } города
        }.
       *[some] Город { NAME($first) } занял { ORDINAL($rank, gender: "neuter", style: "words") } место.
    }
heading-routes = Два пути, один комитет
heading-ranking = { $rank ->
        [none] Отобранные города
       *[some] Рейтинг отобранных городов
    }

## Sentences of the story (reports/story.yaml)
## A forecast may be for a year that is over or to come: its verb has no tense (“прогнозируется на уровне”), or there is
## none (“прогноз на 2033 год: …”).

# In the press release of the edition, each sentence names its city.
city-named = { $scope ->
        [edition] город { NAME($city) }
       *[city] город
    }
of-the-city = { $scope ->
        [edition] { NAME($city, form: "of") }
       *[city] города
    }
forecast-level = прогнозируется на уровне { MEASURE($figure, case: "genitive") }

sentence-committee-countries = Решение принял комитет экспертов, представляющих { MEASURE($figure, case: "accusative", style: "words") }.
sentence-routes = Город подает заявку сам, либо его рекомендует правительство или международная организация.
digital-enterprises = { $nature ->
        [forecast] Прогноз{ for-period } для города { NAME($city) }: { MEASURE($figure, style: "words") }
       *[observed] Город { NAME($city) }{ in-period } { $period ->
            [none] насчитывает
           *[some] насчитывал
        } { MEASURE($figure, case: "accusative", style: "words") }
    } с{ "\u00A0" }развитыми цифровыми компетенциями
sentence-digital-enterprises = { digital-enterprises }.
    .with-ai-enterprises = { digital-enterprises } и { $nature ->
        [forecast] { MEASURE($other, style: "words") }
       *[observed] { MEASURE($other, case: "accusative", style: "words") }
    } в{ "\u00A0" }сфере искусственного интеллекта.
value-added = Добавленная стоимость цифровой экономики { of-the-city }{ in-period } { $nature ->
        [forecast] { forecast-level }
       *[observed] { $hedge ->
            [over] { $period ->
                [none] превышает
               *[some] превысила
            } { MEASURE($figure, approx: "exact", case: "accusative") }
           *[other] { $period ->
                [none] составляет
               *[some] составила
            } { MEASURE($figure, case: "accusative") }
        }
    }
sentence-digital-economy-value-added = { value-added }.
    .with-digital-economy-share = { value-added }, или { $nature ->
        [forecast] { MEASURE($other, case: "genitive") }
       *[observed] { MEASURE($other, case: "accusative") }
    } городского валового внутреннего продукта (ВВП).
sentence-digital-economy-share = Доля цифровой экономики в{ "\u00A0" }валовом внутреннем продукте (ВВП) { of-the-city }{ in-period } { $nature ->
        [forecast] { forecast-level }
       *[observed] { $period ->
            [none] составляет
           *[some] составила
        } { MEASURE($figure, case: "accusative") }
    }.
sentence-digital-economy-size = Объем цифровой экономики { of-the-city }{ in-period } { $nature ->
        [forecast] { forecast-level }
       *[observed] { $period ->
            [none] составляет
           *[some] составил
        } { MEASURE($figure, case: "accusative") }
    }.
ai-enterprises = { $nature ->
        [forecast] Прогноз{ for-period } для сферы искусственного интеллекта (ИИ) { of-the-city }: { MEASURE($figure, style: "words") }
       *[observed] В{ "\u00A0" }сфере искусственного интеллекта (ИИ) { city-named }{ in-period } { $period ->
            [none] насчитывает
           *[some] насчитывал
        } { MEASURE($figure, case: "accusative", style: "words") }
    }
sentence-ai-enterprises = { ai-enterprises }.
    .with-ai-core-revenue = { ai-enterprises }{ $nature ->
        [forecast] ; выручка ключевого сегмента отрасли{ "\u00A0" }— { MEASURE($other) }
       *[observed] , а выручка ключевого сегмента отрасли { $period ->
            [none] составляет
           *[some] составила
        } { MEASURE($other, case: "accusative") }
    }.
sentence-ai-core-revenue = Выручка ключевого сегмента отрасли { ai-name }{ in-period } { $nature ->
        [forecast] { forecast-level }
       *[observed] { $period ->
            [none] составляет
           *[some] составила
        } { MEASURE($figure, case: "accusative") }
    }.
# The sentence about the enterprises, which stands before, has introduced the abbreviation.
ai-name = { $ai-enterprises ->
        [none] искусственного интеллекта (ИИ)
       *[some] ИИ
    }
# “соответствовали два предприятия”, but “соответствовало 5 предприятий” and “соответствовало более двух предприятий”.
meets = { $period ->
        [none] соответствует
       *[some] соответствовало
    }
meet = { $period ->
        [none] соответствуют
       *[some] соответствовали
    }
meets-or-meet = { $hedge ->
        [over] { meets }
        [about] { meets }
        [range] { meets }
       *[other] { COUNT($figure) ->
            [one] { meets }
            [few] { meet }
            [many] { meets }
           *[other] { meets }
        }
    }
meet-standard = { $nature ->
        [forecast] Прогноз{ for-period } по крупным производителям { of-the-city }, отвечающим стандарту цифровой трансформации: { MEASURE($figure, style: "words") }
       *[observed] Среди крупных производителей { of-the-city } стандарту цифровой трансформации{ in-period } { meets-or-meet } { MEASURE($figure, style: "words") }
    }
sentence-digital-manufacturers = { meet-standard }.
    .with-digital-patents-rank = { meet-standard }{ $nature ->
        [forecast] ; по числу выданных патентов на цифровые технологии{ "\u00A0" }– { MEASURE($other, style: "words") } среди городов мира
       *[observed] , а по числу выданных патентов на цифровые технологии город { $period ->
            [none] занимает
           *[some] занимал
        } { MEASURE($other, case: "accusative", style: "words") } среди городов мира
    }.
sentence-digital-patents-rank = { $nature ->
        [forecast] Прогноз{ for-period } для { of-the-city }: { MEASURE($figure, style: "words") } среди городов мира по числу выданных патентов на цифровые технологии
       *[observed] По числу выданных патентов на цифровые технологии { city-named }{ in-period } { $period ->
            [none] занимает
           *[some] занимал
        } { MEASURE($figure, case: "accusative", style: "words") } среди городов мира
    }.
sentence-benchmark-ambition = О{ "\u00A0" }намерении стать мировым эталоном развития цифровой экономики город { NAME($city) } заявил еще { DATE($benchmark-ambition, style: "when") }.
sentence-conference = { $scope ->
        [city] Итоги отбора представлены
       *[edition] Список представлен
    } { NAME($conference, form: "to") }{ $convention ->
        [none] { "" }
       *[some] { " " }в{ "\u00A0" }рамках конгресса { $convention }
    }.

## Certificate
## The lines continue “вручается городу”.

certificate-distinction = { $rank ->
        [none] включенному в{ "\u00A0" }список пилотных городов по итогам { selection-genitive }
       *[some] за { ORDINAL($rank, gender: "neuter", style: "words") } место по итогам { selection-genitive }
    }
# U+2028 breaks the line where the sense does.
certificate-citation = в{ "\u00A0" }знак признания мирового значения города и его заслуг{ "\u2028" }в{ "\u00A0" }создании инноваций и их применении в{ "\u00A0" }цифровой экономике{ "\u2028" }по решению комитета экспертов{ $committee-countries ->
        [none] { "" }
       *[some] , представляющих { MEASURE($committee-countries, case: "accusative", style: "words") }
    }
