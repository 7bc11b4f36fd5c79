# Words of the Spanish documents. Orthography of RAE and ASALE, advice of FundéuRAE, style of the agency EFE.

## Shared

press-release = Nota de prensa
specimen = Ejemplo sin valor oficial
# $edition: number of the edition.
selection = { ORDINAL($edition, gender: "feminine", style: "words") } selección

# Between two sentences of a paragraph.
sentence-gap = { " " }

## Press release: parts of the page

release-now = PARA DIFUSIÓN INMEDIATA
release-embargo = EMBARGADO
# $until: a date, or a date and time. $zone: “hora de Beijing”, or none.
embargo-detail = hasta el { DATE($until) }{ $zone ->
        [none] { "" }
       *[some] { " " }({ $zone })
    }. No debe publicarse ni difundirse antes de ese momento.
dateline = { NAME($place) }, { DATE($date) }.—
key-figures = Cifras clave
sources-label = Fuentes
contact-label = Contacto de prensa
contact-separator = { " · " }
about-label = Sobre { $short }
end-mark = — FIN —
more-mark = — sigue —

## Key figures
## The words under a key figure; `.of-city` in a press release that is not about that city.

figure-note = { $nature ->
        [forecast] previsión{ $period ->
            [none] { "" }
           *[some] { " " }{ DATE($period, style: "for") }{ DATE($period) }
        }
       *[observed] { $period ->
            [none] dato observado
           *[some] dato { DATE($period, style: "of") }{ DATE($period) }
        }
    }
figure-committee-countries = en el comité de expertos
    .of-city = en el comité de expertos
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
figure-digital-manufacturers = industriales de gran tamaño que cumplen la norma digital
    .of-city = industriales de gran tamaño { NAME($city, form: "of") } que cumplen la norma digital
figure-digital-patents-rank = mundial en patentes de tecnología digital
    .of-city = mundial { NAME($city, form: "of") } en patentes de tecnología digital

## Notes

sources = Datos: { $sources }.
# One figure in the list of forecasts.
forecast-item = { $label }{ $period ->
        [none] { "" }
       *[some] { " " }({ DATE($period) })
    }
# $count: the number of items.
sources-forecasts = { $count ->
        [one] Previsión
        [many] Previsiones
       *[other] Previsiones
    } en la fecha de publicación: { $items }. Los demás valores son datos observados.
about = Creado { DATE($founded, style: "in") }{ DATE($founded) } { NAME($organiser, form: "by") } ({ $acronym }) junto con varias organizaciones internacionales, el programa { $programme } se inscribe en la cooperación digital mundial de las Naciones Unidas y en los Objetivos de Desarrollo Sostenible. Distingue a ciudades de influencia mundial que sobresalen por su capacidad de innovar en la economía digital y de llevarla a la práctica.

## Press release of a city

city-short = { NAME($city) }, { ORDINAL($rank, gender: "feminine", style: "words") } entre las ciudades piloto
city-headline = { $rank ->
        [1] { NAME($city) } encabeza la lista de ciudades piloto de la economía digital
       *[other] { NAME($city) }, { ORDINAL($rank, gender: "feminine", style: "words") } entre las ciudades piloto de la economía digital
    }
city-standfirst = Un comité de expertos de { MEASURE($countries) } ha decidido la { selection } de un programa para ciudades a la vanguardia de la economía digital.
city-lede = { NAME($city) } ocupa la { ORDINAL($rank, gender: "feminine", style: "words") } posición del programa { $programme }, cuya { selection } se anunció { NAME($place, form: "in") } el { DATE($announced) }, durante { NAME($convention, form: "the") }.
city-committee = La decisión correspondió a un comité de expertos de { MEASURE($countries) }.
city-routes = Las ciudades pueden presentar su propia candidatura o ser recomendadas por un gobierno o una organización internacional.
city-enterprises = { NAME($city) } reúne { MEASURE($enterprises) } con capacidades avanzadas en la economía digital.
# $hedge: over, almost, about or exact. $nature: forecast or observed.
city-value-added = { $nature ->
        [forecast] { $hedge ->
            [over] Se preveía que el valor añadido del sector superara { MEASURE($value-added, approx: "exact", style: "article") }
           *[other] Se preveía que el valor añadido del sector fuera de { MEASURE($value-added) }
        }
       *[observed] { $hedge ->
            [over] El valor añadido del sector superó { MEASURE($value-added, approx: "exact", style: "article") }
           *[other] El valor añadido del sector fue de { MEASURE($value-added) }
        }
    } { DATE($period, style: "in") }{ DATE($period) }, lo que supone { MEASURE($share, style: "article") } del producto interior bruto de la ciudad.
city-size = { $nature ->
        [forecast] Según las previsiones, el tamaño de la economía digital será de { MEASURE($size) } { DATE($period, style: "in") }{ DATE($period) }.
       *[observed] El tamaño de la economía digital fue de { MEASURE($size) } { DATE($period, style: "in") }{ DATE($period) }.
    }
city-ai = La ciudad acoge { MEASURE($enterprises) } de inteligencia artificial, un sector cuyo núcleo genera ingresos de { MEASURE($revenue) }.
city-manufacturers = Entre los grandes fabricantes de la ciudad, { MEASURE($manufacturers) } { COUNT($manufacturers) ->
        [one] cumplía
        [many] cumplían
       *[other] cumplían
    } { DATE($period, style: "in") }{ DATE($period) } la norma de transformación digital.
city-patents = La ciudad ocupaba { DATE($period, style: "in") }{ DATE($period) } la { ORDINAL($patents, gender: "feminine", style: "words") } posición mundial por patentes concedidas en tecnología digital.
city-ambition = { NAME($city) } ya había anunciado { DATE($year, style: "in") }{ DATE($year) } su aspiración de convertirse en una ciudad de referencia mundial de la economía digital.
city-event = Los resultados se dieron a conocer { NAME($conference, form: "in") }, que formó parte { NAME($convention, form: "of") }.

## Press release of the edition

edition-short = { $edition ->
        [1] Primeras ciudades piloto de la economía digital
       *[other] Nuevas ciudades piloto de la economía digital
    }
edition-headline = { $edition ->
        [1] La economía digital ya tiene sus primeras ciudades piloto
       *[other] La economía digital suma nuevas ciudades piloto
    }
edition-standfirst = Expertos de { MEASURE($countries) } han decidido la { selection } de un programa internacional creado { DATE($founded, style: "in") }{ DATE($founded) }. { NAME($first) } encabeza la clasificación.
edition-lede = La { selection } del programa { $programme } se anunció { NAME($place, form: "in") } el { DATE($announced) }. { NAME($first) } ocupa la { ORDINAL($rank, gender: "feminine", style: "words") } posición.
edition-event = La lista se presentó { NAME($conference, form: "in") }, que formó parte { NAME($convention, form: "of") }.
edition-programme = Creado { DATE($founded, style: "in") }{ DATE($founded) } { NAME($organiser, form: "by") } y varias organizaciones internacionales, el programa busca ciudades de influencia mundial que destaquen por la innovación y las aplicaciones en la economía digital. Se inscribe en la cooperación digital mundial de las Naciones Unidas y en los Objetivos de Desarrollo Sostenible.
edition-routes-heading = Dos vías de acceso y un solo comité
edition-routes = Hay dos vías abiertas: la ciudad se presenta por iniciativa propia o la propone un gobierno o una organización internacional.
edition-committee = En ambos casos decide un comité de expertos de { MEASURE($countries) }.
edition-first = { NAME($city) }, al frente de la lista, reúne { MEASURE($enterprises) } con capacidades avanzadas en la economía digital y { MEASURE($ai) } de inteligencia artificial.
edition-first-value-added = { $nature ->
        [forecast] { $hedge ->
            [over] Se preveía que el valor añadido de su economía digital superara { MEASURE($value-added, approx: "exact", style: "article") }
           *[other] Se preveía que el valor añadido de su economía digital fuera de { MEASURE($value-added) }
        }
       *[observed] { $hedge ->
            [over] El valor añadido de su economía digital superó { MEASURE($value-added, approx: "exact", style: "article") }
           *[other] El valor añadido de su economía digital fue de { MEASURE($value-added) }
        }
    } { DATE($period, style: "in") }{ DATE($period) }, lo que supone { MEASURE($share, style: "article") } de su producto interior bruto.
edition-ranking-heading = Clasificación de las ciudades seleccionadas
ranking-rank = Posición
ranking-city = Ciudad
ranking-country = País
ranking-route = Vía de acceso
ranking-place = { ORDINAL($rank, gender: "feminine") }
route-application = candidatura
route-recommendation = recomendación
route-unpublished = no publicada

## Certificate

certificate = Certificado
certificate-title = Certificado – { NAME($city) } – { $short }
certificate-programme = { $programme }
certificate-intro = que se otorga a
certificate-city = { NAME($city) }
certificate-distinction = { ORDINAL($rank, gender: "feminine", style: "words") } clasificada de la { selection }
certificate-citation = en reconocimiento de su influencia mundial y de su excelencia en la innovación y las aplicaciones de la economía digital, por decisión del comité de expertos, integrado por especialistas de { MEASURE($countries) }.
certificate-closing = { "" }
certificate-date = Dado { NAME($place, form: "in") }, a { DATE($date) }
certificate-serial = N.º{ "\u00A0" }{ $serial }
code-alt = Código QR de verificación del certificado { $serial }
seal-alt = Sello del programa { $short }
seal-foot = { selection }
