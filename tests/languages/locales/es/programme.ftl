# Words of this programme, in Spanish. Another programme replaces this file; locales/en/programme.ftl lists the variables.

about = Creado { DATE($founded, style: "in") } { NAME($organiser, form: "by") } ({ $acronym }) junto con varias organizaciones internacionales, el programa { $programme } se inscribe en la cooperación digital mundial de las Naciones Unidas y en los Objetivos de Desarrollo Sostenible. Distingue a ciudades de influencia mundial que sobresalen por la innovación en la economía digital y por las aplicaciones de esta.

## The words under a key figure; `.of-city` in a press release that is not about that city.
## They follow “empresa” and “empresas” alike, so nothing in them agrees with the noun.

figure-committee-countries = en el comité de expertos
figure-digital-enterprises = con capacidades digitales avanzadas
    .of-city = con capacidades digitales avanzadas { NAME($city, form: "in") }
figure-digital-economy-size = tamaño de la economía digital
    .of-city = tamaño de la economía digital { NAME($city, form: "of") }
figure-digital-economy-value-added = valor añadido de la economía digital
    .of-city = valor añadido de la economía digital { NAME($city, form: "of") }
figure-digital-economy-share = peso de la economía digital en el PIB
    .of-city = peso de la economía digital en el PIB { NAME($city, form: "of") }
figure-ai-enterprises = de inteligencia artificial
    .of-city = de inteligencia artificial { NAME($city, form: "in") }
figure-ai-core-revenue = ingresos del núcleo de la inteligencia artificial
    .of-city = ingresos del núcleo de la inteligencia artificial { NAME($city, form: "in") }
figure-digital-manufacturers = con la norma de transformación digital cumplida, entre los grandes fabricantes
    .of-city = con la norma de transformación digital cumplida, entre los grandes fabricantes { NAME($city, form: "of") }
figure-digital-patents-rank = mundial en patentes de tecnología digital
    .of-city = mundial { NAME($city, form: "of") } en patentes de tecnología digital

## Press release of a city
## The gender of a city’s name is unknown: adjectives agree with “ciudad”, “posición” or “selección”.

city-short = { $rank ->
        [none] { NAME($city) }, entre las ciudades piloto
       *[some] { NAME($city) }, { ORDINAL($rank, gender: "feminine", style: "words") } entre las ciudades piloto
    }
# without $edition: the lede names it.
city-headline = { $rank ->
        [none] { NAME($city) } entra en la lista de ciudades piloto de la economía digital
        [1] { NAME($city) } encabeza la lista de ciudades piloto de la economía digital
       *[other] { NAME($city) }, { ORDINAL($rank, gender: "feminine", style: "words") } entre las ciudades piloto de la economía digital
    }
city-standfirst = { $digital-enterprises ->
        [none] El programa, destinado a ciudades a la vanguardia de la economía digital, ha completado su { selection }.
       *[some] Con { MEASURE($digital-enterprises, style: "words") } de capacidades digitales avanzadas, la ciudad { $rank ->
            [1] encabeza
           *[other] figura en
        } la { selection } de un programa para ciudades a la vanguardia de la economía digital.
    }
city-lede = { $rank ->
        [none] { NAME($city) } se ha incorporado al
       *[some] { NAME($city) } ocupa la { ORDINAL($rank, gender: "feminine", style: "words") } posición en la clasificación del
    } programa { $programme }, cuya { selection } se anunció { NAME($place, form: "in") } { DATE($announced, style: "in") }{ $convention ->
        [none] { "" }
       *[some] , durante { NAME($convention, form: "the") }
    }.

## Press release of the edition

edition-short = { $edition ->
        [1] Primeras ciudades piloto de la economía digital
       *[other] Nuevas ciudades piloto de la economía digital
    }
# without $place: the dateline and the lede name it.
edition-headline = { $edition ->
        [1] La economía digital ya tiene sus primeras ciudades piloto
       *[other] La economía digital suma nuevas ciudades piloto
    }
edition-standfirst = { $rank ->
        [none] Un programa internacional creado { DATE($founded, style: "in") } ha completado su { selection }.
       *[some] { NAME($first) } encabeza la { selection } de un programa internacional creado { DATE($founded, style: "in") }.
    }
edition-lede = La { selection } del programa { $programme } se anunció { NAME($place, form: "in") } { DATE($announced, style: "in") }. { $rank ->
        [none] La lista reúne { $city-count ->
            [1] una sola ciudad
            [2] dos ciudades
            [3] tres ciudades
            [4] cuatro ciudades
            [5] cinco ciudades
            [6] seis ciudades
            [7] siete ciudades
            [8] ocho ciudades
            [9] nueve ciudades
           *[other] { $city-count } ciudades
        }.
       *[some] { NAME($first) } ocupa la { ORDINAL($rank, gender: "feminine", style: "words") } posición.
    }
heading-routes = Dos vías de acceso y un solo comité
heading-ranking = { $rank ->
        [none] Las ciudades seleccionadas
       *[some] Clasificación de las ciudades seleccionadas
    }

## Sentences of the story (reports/story.yaml)
## A forecast may be for a year that is over or to come: “las previsiones para 2031 sitúan …” fits both.

# In the press release of the edition, each sentence names its city.
the-city = { $scope ->
        [edition] { NAME($city) }
       *[city] La ciudad
    }
of-the-city = { $scope ->
        [edition] { NAME($city, form: "of") }
       *[city] de la ciudad
    }
to-the-city = { $scope ->
        [edition] { NAME($city, form: "to") }
       *[city] a la ciudad
    }
forecasts = Las previsiones{ for-period }
# “sitúan … en más de 200”, but “sitúan … entre 200 y 300”.
at-figure = { $hedge ->
        [range] { MEASURE($figure) }
       *[other] en { MEASURE($figure) }
    }
at-share = { $hedge ->
        [range] { MEASURE($figure) }
       *[other] en { MEASURE($figure, style: "article") }
    }
# The verb of a figure: of a past period, or without a period.
is = { $period ->
        [none] es
       *[some] fue
    }

sentence-committee-countries = La decisión correspondió a un comité de expertos de { MEASURE($figure, style: "words") }.
sentence-routes = Las ciudades pueden presentar su propia candidatura o ser recomendadas por un gobierno o una organización internacional.
digital-enterprises = { $nature ->
        [forecast] { forecasts } atribuyen { NAME($city, form: "to") }
       *[observed] { NAME($city) } { $period ->
            [none] reúne
           *[some] reunía
        }
    } { MEASURE($figure, style: "words") } con capacidades avanzadas en la economía digital
# The period of an observed figure ends the sentence; that of a forecast is in `forecasts`.
observed-period = { $nature ->
        [forecast] { "" }
       *[observed] { in-period }
    }
sentence-digital-enterprises = { digital-enterprises }{ observed-period }.
    .with-ai-enterprises = { digital-enterprises } y { MEASURE($other, style: "words") } de inteligencia artificial{ observed-period }.
value-added = { $nature ->
        [forecast] { forecasts } sitúan el valor añadido de la economía digital { of-the-city } { at-figure }
       *[observed] El valor añadido de la economía digital { of-the-city } { $hedge ->
            [over] { $period ->
                [none] supera
               *[some] superó
            } { MEASURE($figure, approx: "exact", style: "article") }
           *[other] { is } de { MEASURE($figure) }
        }{ in-period }
    }
sentence-digital-economy-value-added = { value-added }.
    .with-digital-economy-share = { value-added }, lo que { $nature ->
        [forecast] supondría
       *[observed] { $period ->
            [none] supone
           *[some] supuso
        }
    } { MEASURE($other, style: "article") } del producto interior bruto (PIB) local.
sentence-digital-economy-share = { $nature ->
        [forecast] { forecasts } sitúan el peso de la economía digital en el producto interior bruto (PIB) { of-the-city } { at-share }
       *[observed] La economía digital { $period ->
            [none] representa
           *[some] representó
        } { MEASURE($figure, style: "article") } del producto interior bruto (PIB) { of-the-city }{ in-period }
    }.
sentence-digital-economy-size = { $nature ->
        [forecast] { forecasts } sitúan el tamaño de la economía digital { of-the-city } { at-figure }
       *[observed] El tamaño de la economía digital { of-the-city } { is } de { MEASURE($figure) }{ in-period }
    }.
ai-enterprises = { $nature ->
        [forecast] { forecasts } atribuyen { to-the-city }
       *[observed] { the-city } { $period ->
            [none] acoge
           *[some] acogía
        }
    } { MEASURE($figure, style: "words") } de inteligencia artificial
sentence-ai-enterprises = { ai-enterprises }{ observed-period }.
    .with-ai-core-revenue = { ai-enterprises }{ $nature ->
        [forecast] { " " }e ingresos de { MEASURE($other) } en el núcleo del sector
       *[observed] , un sector cuyo núcleo { $period ->
            [none] genera
           *[some] generaba
        } ingresos de { MEASURE($other) }{ in-period }
    }.
sentence-ai-core-revenue = { $nature ->
        [forecast] { forecasts } sitúan los ingresos del núcleo del sector de la inteligencia artificial { at-figure }
       *[observed] El núcleo del sector de la inteligencia artificial { $period ->
            [none] genera
           *[some] generó
        } ingresos de { MEASURE($figure) }{ in-period }
    }.
meets-standard = Entre los grandes fabricantes { of-the-city }, { MEASURE($figure, style: "words") } { $nature ->
        [forecast] { COUNT($figure) ->
            [one] cumple
            [many] cumplen
           *[other] cumplen
        }, según las previsiones{ for-period },
       *[observed] { $period ->
            [none] { COUNT($figure) ->
                [one] cumple
                [many] cumplen
               *[other] cumplen
            }
           *[some] { COUNT($figure) ->
                [one] cumplía
                [many] cumplían
               *[other] cumplían
            }{ in-period }
        }
    } la norma de transformación digital
sentence-digital-manufacturers = { meets-standard }.
    .with-digital-patents-rank = { meets-standard }, y la ciudad { $nature ->
        [forecast] ocupará
       *[observed] { $period ->
            [none] ocupa
           *[some] ocupaba
        }
    } la { MEASURE($other, style: "words") } entre las ciudades del mundo por patentes concedidas en tecnología digital.
sentence-digital-patents-rank = { $nature ->
        [forecast] { forecasts } sitúan { to-the-city } en la { MEASURE($figure, style: "words") }
       *[observed] { the-city } { $period ->
            [none] ocupa
           *[some] ocupaba{ in-period }
        } la { MEASURE($figure, style: "words") }
    } entre las ciudades del mundo por patentes concedidas en tecnología digital.
sentence-benchmark-ambition = { NAME($city) } anunció { DATE($benchmark-ambition, style: "in") } su aspiración de convertirse en una ciudad de referencia mundial de la economía digital.
sentence-conference = { $scope ->
        [city] Los resultados se dieron a conocer
       *[edition] La lista se presentó
    } { NAME($conference, form: "in") }{ $convention ->
        [none] { "" }
       *[some] , que formó parte { NAME($convention, form: "of") }
    }.

## Certificate

certificate-distinction = { $rank ->
        [none] ciudad piloto de la { selection }
       *[some] { ORDINAL($rank, gender: "feminine", style: "words") } clasificada de la { selection }
    }
certificate-citation = en reconocimiento de su influencia mundial y de su excelencia en la innovación y las aplicaciones de la economía digital, por decisión del Comité de Expertos{ $committee-countries ->
        [none] { "" }
       *[some] , integrado por especialistas de { MEASURE($committee-countries, style: "words") }
    }
