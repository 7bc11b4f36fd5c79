# Words of this programme, in Portuguese. Another programme replaces this file; locales/en/programme.ftl lists the variables.

about = Criado { DATE($founded, style: "in") } { NAME($organiser, form: "by") } ({ $acronym }) e por várias organizações internacionais, o programa { $programme } enquadra-se na cooperação digital mundial das Nações Unidas e nos Objetivos de Desenvolvimento Sustentável. Distingue cidades de influência mundial que se destacam pela inovação e pelas aplicações na área da economia digital.

## The words under a key figure; `.of-city` in a press release that is not about that city.
## They follow “1 empresa” and “20 empresas” alike, so nothing in them agrees with the noun.

figure-committee-countries = na comissão de peritos
figure-digital-enterprises = com capacidades digitais avançadas
    .of-city = com capacidades digitais avançadas { NAME($city, form: "in") }
figure-digital-economy-size = dimensão da economia digital
    .of-city = dimensão da economia digital { NAME($city, form: "of") }
figure-digital-economy-value-added = valor acrescentado da economia digital
    .of-city = valor acrescentado da economia digital { NAME($city, form: "of") }
figure-digital-economy-share = peso da economia digital no PIB
    .of-city = peso da economia digital no PIB { NAME($city, form: "of") }
figure-ai-enterprises = de inteligência artificial
    .of-city = de inteligência artificial { NAME($city, form: "in") }
figure-ai-core-revenue = receitas do núcleo do setor da inteligência artificial
    .of-city = receitas do núcleo do setor da inteligência artificial { NAME($city, form: "in") }
figure-digital-manufacturers = de grande dimensão na indústria transformadora, com a norma de transformação digital cumprida
    .of-city = de grande dimensão na indústria transformadora { NAME($city, form: "of") }, com a norma de transformação digital cumprida
figure-digital-patents-rank = entre as cidades do mundo em patentes de tecnologia digital
    .of-city = { NAME($city, form: "of") } entre as cidades do mundo em patentes de tecnologia digital

## Press release of a city

city-short = { $rank ->
        [none] { NAME($city) } entre as cidades-piloto
       *[some] { NAME($city) }, { ORDINAL($rank, gender: "feminine") } das cidades-piloto
    }
# without $edition: the lede names it.
city-headline = { $rank ->
        [none] { NAME($city) } entre as cidades-piloto da economia digital
        [1] { NAME($city) } lidera a lista das cidades-piloto da economia digital
       *[other] { NAME($city) } em { ORDINAL($rank, gender: "masculine") }{ "\u00A0" }lugar entre as cidades-piloto da economia digital
    }
city-standfirst = { $digital-enterprises ->
        [none] O programa, dedicado às cidades na vanguarda da economia digital, concluiu a sua { selection }.
       *[some] Com { MEASURE($digital-enterprises, style: "words") } de capacidades digitais avançadas, a cidade { $rank ->
            [1] lidera
           *[other] integra
        } a { selection } de um programa dedicado às cidades na vanguarda da economia digital.
    }
city-lede = { $rank ->
        [none] { NAME($city) } é uma das cidades escolhidas pelo programa { $programme }.
       *[some] { NAME($city) } ocupa o { ORDINAL($rank, gender: "masculine", style: "words") }{ "\u00A0" }lugar na classificação do programa { $programme }.
    } A { selection } foi anunciada { NAME($place, form: "in") } { DATE($announced, style: "in") }{ $convention ->
        [none] { "" }
       *[some] , durante { NAME($convention, form: "the") }
    }.

## Press release of the edition

edition-short = { $edition ->
        [1] { $city-count ->
            [1] Primeira cidade-piloto da economia digital
           *[other] Primeiras cidades-piloto da economia digital
        }
       *[other] { $city-count ->
            [1] Nova cidade-piloto da economia digital
           *[other] Novas cidades-piloto da economia digital
        }
    }
# without $place: the dateline and the lede name it.
edition-headline = { $edition ->
        [1] A economia digital já tem { $city-count ->
            [1] a primeira cidade-piloto
           *[other] as primeiras cidades-piloto
        }
       *[other] A economia digital ganha { $city-count ->
            [1] uma nova cidade-piloto
           *[other] novas cidades-piloto
        }
    }
edition-standfirst = { $rank ->
        [none] Um programa internacional criado { DATE($founded, style: "in") } concluiu a sua { selection }.
       *[some] { NAME($first) } lidera a { selection } de um programa internacional criado { DATE($founded, style: "in") }.
    }
edition-lede = A { selection } do programa { $programme } foi anunciada { NAME($place, form: "in") } { DATE($announced, style: "in") }. { $rank ->
        [none] { $city-count ->
            [1] Foi escolhida uma cidade.
            [2] Foram escolhidas duas cidades.
            [3] Foram escolhidas três cidades.
            [4] Foram escolhidas quatro cidades.
            [5] Foram escolhidas cinco cidades.
            [6] Foram escolhidas seis cidades.
            [7] Foram escolhidas sete cidades.
            [8] Foram escolhidas oito cidades.
            [9] Foram escolhidas nove cidades.
           *[other] Foram escolhidas { $city-count } cidades.
        }
       *[some] { NAME($first) } ocupa o { ORDINAL($rank, gender: "masculine", style: "words") }{ "\u00A0" }lugar.
    }
heading-routes = Duas vias de acesso, uma só comissão
heading-ranking = { $rank ->
        [none] As cidades escolhidas
       *[some] Classificação das cidades escolhidas
    }

## Sentences of the story (reports/story.yaml)

sentence-committee-countries = A escolha coube a uma comissão de peritos { MEASURE($figure, style: "of") }.
sentence-routes = As cidades podem apresentar a sua própria candidatura ou ser recomendadas por um governo ou por uma organização internacional.
# “Tem”, “tinha” at a date in the past; a forecast takes the subjunctive.
has = { $nature ->
        [forecast] tenha
       *[observed] { $period ->
            [none] tem
           *[some] tinha
        }
    }
city-has = { $nature ->
        [forecast] As previsões{ for-period } apontam para que { NAME($city) } { has }
       *[observed] { NAME($city) } { has }
    }
the-city-has = { $nature ->
        [forecast] As previsões{ for-period } apontam para que a cidade { has }
       *[observed] A cidade { has }
    }
# The period of an observed figure ends the sentence; that of a forecast stands at its beginning.
observed-period = { $nature ->
        [forecast] { "" }
       *[observed] { in-period }
    }
sentence-digital-enterprises = { city-has } { MEASURE($figure, style: "words") } com capacidades avançadas na economia digital{ observed-period }.
    .with-ai-enterprises = { city-has } { MEASURE($figure, style: "words") } com capacidades avançadas na economia digital e { MEASURE($other, style: "words") } de inteligência artificial{ observed-period }.
value-added = { $nature ->
        [forecast] As previsões{ for-period } apontam para que o valor acrescentado da economia digital da cidade { $hedge ->
            [over] ultrapasse { MEASURE($figure, approx: "exact", style: "article") }
           *[other] atinja { MEASURE($figure) }
        }
       *[observed] O valor acrescentado da economia digital da cidade { $hedge ->
            [over] ultrapassou { MEASURE($figure, approx: "exact", style: "article") }
           *[other] atingiu { MEASURE($figure) }
        }{ in-period }
    }
sentence-digital-economy-value-added = { value-added }.
    .with-digital-economy-share = { value-added }, o equivalente a { MEASURE($other) } do produto interno bruto (PIB) local.
sentence-digital-economy-share = { $nature ->
        [forecast] As previsões{ for-period } apontam para que a economia digital represente { MEASURE($figure) } do produto interno bruto (PIB) da cidade
       *[observed] A economia digital representou { MEASURE($figure) } do produto interno bruto (PIB) da cidade{ in-period }
    }.
sentence-digital-economy-size = { $nature ->
        [forecast] As previsões{ for-period } apontam para que a dimensão da economia digital da cidade { $hedge ->
            [over] ultrapasse { MEASURE($figure, approx: "exact", style: "article") }
           *[other] atinja { MEASURE($figure) }
        }
       *[observed] A dimensão da economia digital da cidade { $hedge ->
            [over] ultrapassou { MEASURE($figure, approx: "exact", style: "article") }
           *[other] atingiu { MEASURE($figure) }
        }{ in-period }
    }.
sentence-ai-enterprises = { the-city-has } { MEASURE($figure, style: "words") } de inteligência artificial{ observed-period }.
    .with-ai-core-revenue = { the-city-has } { MEASURE($figure, style: "words") } de inteligência artificial, um setor cujo núcleo { revenue-verb } { MEASURE($other) } de receitas{ observed-period }.
# “Gera”, “gerava” in a period, the subjunctive in a forecast.
revenue-verb = { $nature ->
        [forecast] gere
       *[observed] { $period ->
            [none] gera
           *[some] gerava
        }
    }
sentence-ai-core-revenue = { $nature ->
        [forecast] As previsões{ for-period } apontam para que o núcleo do setor da inteligência artificial gere { MEASURE($figure) } de receitas
       *[observed] O núcleo do setor da inteligência artificial { $period ->
            [none] gera
           *[some] gerou
        } { MEASURE($figure) } de receitas{ in-period }
    }.
meets-standard = { $nature ->
        [forecast] As previsões{ for-period } apontam para que, na grande indústria transformadora da cidade, { MEASURE($figure, style: "words") } { COUNT($figure) ->
            [one] cumpra
            [many] cumpram
           *[other] cumpram
        } a norma de transformação digital
       *[observed] Na grande indústria transformadora da cidade, { MEASURE($figure, style: "words") } { COUNT($figure) ->
            [one] cumpria
            [many] cumpriam
           *[other] cumpriam
        }{ in-period-aside } a norma de transformação digital
    }
sentence-digital-manufacturers = { meets-standard }.
    .with-digital-patents-rank = { meets-standard }, e { $nature ->
        [forecast] para que a cidade ocupe
       *[observed] a cidade { $period ->
            [none] ocupa
           *[some] ocupava
        }
    } o { MEASURE($other, style: "words") } mundial em número de patentes de tecnologia digital concedidas.
# without $city: “a cidade”, so as not to begin two paragraphs running with its name.
sentence-digital-patents-rank = { $nature ->
        [forecast] As previsões{ for-period } apontam para que a cidade ocupe
       *[observed] A cidade { $period ->
            [none] ocupa
           *[some] ocupava{ in-period-aside }
        }
    } o { MEASURE($figure, style: "words") } mundial em número de patentes de tecnologia digital concedidas.
sentence-benchmark-ambition = { NAME($city) } anunciou { DATE($benchmark-ambition, style: "in") } a ambição de se tornar uma cidade de referência mundial da economia digital.
sentence-conference = { $scope ->
        [city] Os resultados foram divulgados
       *[edition] A lista foi apresentada
    } { NAME($conference, form: "in") }{ $convention ->
        [none] { "" }
       *[some] , no âmbito { NAME($convention, form: "of") }
    }.

## Certificate

certificate-distinction = { $rank ->
        [none] cidade-piloto da { selection }
       *[some] { ORDINAL($rank, gender: "feminine", style: "words") } classificada da { selection }
    }
certificate-citation = em reconhecimento da sua influência mundial e da sua excelência na inovação e nas aplicações da economia digital, por decisão da Comissão de Peritos{ $committee-countries ->
        [none] { "" }
       *[some] , composta por especialistas { MEASURE($committee-countries, style: "of") }
    }
