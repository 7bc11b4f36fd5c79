# Words of this programme, in Ukrainian. Another programme replaces this file; locales/en/programme.ftl lists the variables.
# Verbs agree with “місто”, “програма” or with nothing: the gender of a city’s name is unknown. Forms in -но, -то have no
# agent: “оголошено”, but “заснували конгрес і організації”.

about = Програму «{ $programme }» започаткували { DATE($founded, style: "when") } { NAME($organiser) } ({ $acronym }) і низка міжнародних організацій. Вона діє в{ "\u00A0" }руслі глобального цифрового співробітництва Організації Об’єднаних Націй і Цілей сталого розвитку. Її завдання{ "\u00A0" }— знаходити міста світового значення, які досягли успіхів у{ "\u00A0" }створенні інновацій та їхньому застосуванні в{ "\u00A0" }цифровій економіці.

## The words under a key figure; `.of-city` in a press release that is not about that city. They follow a number and its noun
## in any form, so they contain no verb.

figure-committee-countries = у{ "\u00A0" }складі комітету експертів
figure-digital-enterprises = із{ "\u00A0" }розвиненими цифровими компетенціями
    .of-city = із{ "\u00A0" }розвиненими цифровими компетенціями { NAME($city, form: "in") }
figure-digital-economy-size = обсяг цифрової економіки
    .of-city = обсяг цифрової економіки { NAME($city, form: "of") }
figure-digital-economy-value-added = додана вартість цифрової економіки
    .of-city = додана вартість цифрової економіки { NAME($city, form: "of") }
figure-digital-economy-share = частка цифрової економіки у{ "\u00A0" }ВВП
    .of-city = частка цифрової економіки у{ "\u00A0" }ВВП { NAME($city, form: "of") }
figure-ai-enterprises = у{ "\u00A0" }сфері штучного інтелекту
    .of-city = у{ "\u00A0" }сфері штучного інтелекту { NAME($city, form: "in") }
figure-ai-core-revenue = дохід ключового сегмента галузі ШІ
    .of-city = дохід ключового сегмента галузі ШІ { NAME($city, form: "in") }
figure-digital-manufacturers = серед великих виробників, які відповідають стандарту цифрової трансформації
    .of-city = серед великих виробників { NAME($city, form: "of") }, які відповідають стандарту цифрової трансформації
figure-digital-patents-rank = серед міст світу за патентами на цифрові технології
    .of-city = { NAME($city, form: "of") } серед міст світу за патентами на цифрові технології

## Press release of a city

city-short = { $rank ->
        [none] { NAME($city) }{ "\u00A0" }— серед пілотних міст
       *[some] { NAME($city) }{ "\u00A0" }— { ORDINAL($rank, gender: "neuter", style: "words") } місце серед пілотних міст
    }
# without $edition: the lede names it.
city-headline = { $rank ->
        [none] { NAME($city) }{ "\u00A0" }— серед пілотних міст цифрової економіки
        [1] { NAME($city) } очолює рейтинг пілотних міст цифрової економіки
       *[other] { NAME($city) }{ "\u00A0" }— на { ORDINAL($rank, gender: "neuter", case: "prepositional", style: "words") } місці серед пілотних міст цифрової економіки
    }
city-standfirst = { $digital-enterprises ->
        [none] Програма для міст, які лідирують у{ "\u00A0" }цифровій економіці, підбила підсумки { selection-genitive }.
       *[some] Місто, яке налічує { MEASURE($digital-enterprises, case: "accusative", style: "words") } із{ "\u00A0" }розвиненими цифровими компетенціями, { $rank ->
            [1] очолило список
           *[other] увійшло до списку
        } за підсумками { selection-genitive } програми для міст{ "\u00A0" }— лідерів цифрової економіки.
    }
city-lede = Місто { NAME($city) } { $rank ->
        [none] увійшло до списку програми «{ $programme }».
       *[some] посіло { ORDINAL($rank, gender: "neuter", style: "words") } місце в{ "\u00A0" }рейтингу програми «{ $programme }».
    } Підсумки { selection-genitive } оголошено { DATE($announced, style: "when") } { NAME($place, form: "in") }{ $convention ->
        [none] { "" }
       *[some] { " " }під час конгресу { $convention }
    }.

## Press release of the edition

edition-short = { $edition ->
        [1] Названо перші пілотні міста
       *[other] Названо нові пілотні міста
    }
edition-headline = { $edition ->
        [1] Перші пілотні міста цифрової економіки названо { NAME($place, form: "in") }
       *[other] Нові пілотні міста цифрової економіки названо { NAME($place, form: "in") }
    }
edition-standfirst = { $rank ->
        [none] Міжнародна програма, започаткована { DATE($founded, style: "when") }, підбила підсумки { selection-genitive }.
       *[some] Місто { NAME($first) } очолило список за підсумками { selection-genitive } міжнародної програми, започаткованої { DATE($founded, style: "when") }.
    }
edition-lede = Підсумки { selection-genitive } програми «{ $programme }» оголошено { DATE($announced, style: "when") } { NAME($place, form: "in") }. { $rank ->
        [none] До списку { $city-count ->
            [1] увійшло одне місто
            [2] увійшли два міста
            [3] увійшли три міста
            [4] увійшли чотири міста
            [5] увійшли п’ять міст
            [6] увійшли шість міст
            [7] увійшли сім міст
            [8] увійшли вісім міст
            [9] увійшли дев’ять міст
            [one] увійшло { $city-count } місто
            [few] увійшли { $city-count } міста
            [many] увійшло { $city-count } міст
           *[other] увійшло { $city-count } міста
        }.
       *[some] Місто { NAME($first) } посіло { ORDINAL($rank, gender: "neuter", style: "words") } місце.
    }
heading-routes = Два шляхи, один комітет
heading-ranking = { $rank ->
        [none] Відібрані міста
       *[some] Рейтинг відібраних міст
    }

## Sentences of the story (reports/story.yaml)
## A forecast may be for a year that is over or to come: its sentence has no verb (“прогноз на 2033 рік: …”).

# In the press release of the edition, each sentence names its city.
city-named = { $scope ->
        [edition] місто { NAME($city) }
       *[city] місто
    }
of-the-city = { $scope ->
        [edition] { NAME($city, form: "of") }
       *[city] міста
    }

sentence-committee-countries = Рішення ухвалив комітет експертів, які представляють { MEASURE($figure, case: "accusative", style: "words") }.
sentence-routes = Місто подає заявку самостійно, або його рекомендує уряд чи міжнародна організація.
digital-enterprises = { $nature ->
        [forecast] Прогноз{ for-period } для міста { NAME($city) }: { MEASURE($figure, style: "words") }
       *[observed] Місто { NAME($city) } { $period ->
            [none] налічує
           *[some] налічувало
        }{ in-period } { MEASURE($figure, case: "accusative", style: "words") }
    } із{ "\u00A0" }розвиненими цифровими компетенціями
sentence-digital-enterprises = { digital-enterprises }.
    .with-ai-enterprises = { digital-enterprises } та { $nature ->
        [forecast] { MEASURE($other, style: "words") }
       *[observed] { MEASURE($other, case: "accusative", style: "words") }
    } у{ "\u00A0" }сфері штучного інтелекту.
value-added = { $nature ->
        [forecast] Прогнозована{ for-period } додана вартість цифрової економіки { of-the-city }{ "\u00A0" }— { MEASURE($figure) }
       *[observed] Додана вартість цифрової економіки { of-the-city } { $hedge ->
            [over] { $period ->
                [none] перевищує
               *[some] перевищила
            }{ in-period } { MEASURE($figure, approx: "exact", case: "accusative") }
           *[other] { $period ->
                [none] становить
               *[some] становила
            }{ in-period } { MEASURE($figure, case: "accusative") }
        }
    }
sentence-digital-economy-value-added = { value-added }.
    .with-digital-economy-share = { value-added }, або { MEASURE($other) } міського валового внутрішнього продукту (ВВП).
sentence-digital-economy-share = { $nature ->
        [forecast] Прогнозована{ for-period } частка цифрової економіки у{ "\u00A0" }валовому внутрішньому продукті (ВВП) { of-the-city }{ "\u00A0" }— { MEASURE($figure) }
       *[observed] Частка цифрової економіки у{ "\u00A0" }валовому внутрішньому продукті (ВВП) { of-the-city } { $period ->
            [none] становить
           *[some] становила
        }{ in-period } { MEASURE($figure, case: "accusative") }
    }.
sentence-digital-economy-size = { $nature ->
        [forecast] Прогнозований{ for-period } обсяг цифрової економіки { of-the-city }{ "\u00A0" }— { MEASURE($figure) }
       *[observed] Обсяг цифрової економіки { of-the-city } { $period ->
            [none] становить
           *[some] становив
        }{ in-period } { MEASURE($figure, case: "accusative") }
    }.
ai-enterprises = { $nature ->
        [forecast] Прогноз{ for-period } для сфери штучного інтелекту (ШІ) { of-the-city }: { MEASURE($figure, style: "words") }
       *[observed] У{ "\u00A0" }сфері штучного інтелекту (ШІ) { city-named } { $period ->
            [none] налічує
           *[some] налічувало
        }{ in-period } { MEASURE($figure, case: "accusative", style: "words") }
    }
sentence-ai-enterprises = { ai-enterprises }.
    .with-ai-core-revenue = { ai-enterprises }{ $nature ->
        [forecast] ; дохід ключового сегмента галузі{ "\u00A0" }— { MEASURE($other) }
       *[observed] , а дохід ключового сегмента галузі { $period ->
            [none] становить
           *[some] становив
        } { MEASURE($other, case: "accusative") }
    }.
sentence-ai-core-revenue = { $nature ->
        [forecast] Прогнозований{ for-period } дохід ключового сегмента галузі { ai-name }{ "\u00A0" }— { MEASURE($figure) }
       *[observed] Дохід ключового сегмента галузі { ai-name } { $period ->
            [none] становить
           *[some] становив
        }{ in-period } { MEASURE($figure, case: "accusative") }
    }.
# The sentence about the enterprises, which stands before, has introduced the abbreviation.
ai-name = { $ai-enterprises ->
        [none] штучного інтелекту (ШІ)
       *[some] ШІ
    }
# “відповідали два підприємства”, but “відповідало 5 підприємств” and “відповідало понад два підприємства”.
meets = { $period ->
        [none] відповідає
       *[some] відповідало
    }
meet = { $period ->
        [none] відповідають
       *[some] відповідали
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
        [forecast] Прогноз{ for-period } щодо великих виробників { of-the-city }, які відповідають стандарту цифрової трансформації: { MEASURE($figure, style: "words") }
       *[observed] Серед великих виробників { of-the-city } вимогам стандарту цифрової трансформації { meets-or-meet }{ in-period } { MEASURE($figure, style: "words") }
    }
sentence-digital-manufacturers = { meet-standard }.
    .with-digital-patents-rank = { meet-standard }{ $nature ->
        [forecast] ; за кількістю виданих патентів на цифрові технології{ "\u00A0" }– { MEASURE($other, style: "words") } серед міст світу
       *[observed] , а за кількістю виданих патентів на цифрові технології місто { $period ->
            [none] посідає
           *[some] посідало
        } { MEASURE($other, case: "accusative", style: "words") } серед міст світу
    }.
sentence-digital-patents-rank = { $nature ->
        [forecast] Прогноз{ for-period } для { of-the-city }: { MEASURE($figure, style: "words") } серед міст світу за кількістю виданих патентів на цифрові технології
       *[observed] За кількістю виданих патентів на цифрові технології { city-named } { $period ->
            [none] посідає
           *[some] посідало
        }{ in-period } { MEASURE($figure, case: "accusative", style: "words") } серед міст світу
    }.
sentence-benchmark-ambition = Про намір стати світовим еталоном розвитку цифрової економіки місто { NAME($city) } заявило ще { DATE($benchmark-ambition, style: "when") }.
sentence-conference = { $scope ->
        [city] Підсумки відбору представлено
       *[edition] Список представлено
    } { NAME($conference, form: "to") }{ $convention ->
        [none] { "" }
       *[some] { " " }під час конгресу { $convention }
    }.

## Certificate
## The lines continue “вручено місту”.

certificate-distinction = { $rank ->
        [none] включеному до списку пілотних міст за підсумками { selection-genitive }
       *[some] за { ORDINAL($rank, gender: "neuter", style: "words") } місце в{ "\u00A0" }{ selection-prepositional }
    }
# U+2028 breaks the line where the sense does.
certificate-citation = на знак визнання світового значення міста та його здобутків{ "\u2028" }у{ "\u00A0" }створенні інновацій та їхньому застосуванні в{ "\u00A0" }цифровій економіці{ "\u2028" }за рішенням комітету експертів{ $committee-countries ->
        [none] { "" }
       *[some] , які представляють { MEASURE($committee-countries, case: "accusative", style: "words") }
    }
