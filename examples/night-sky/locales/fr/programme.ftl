# The words of this programme in French. All other words come from the program.

about = Le programme «{ "\u202F" }{ $programme }{ "\u202F" }» a été créé { DATE($founded, style: "when") } { NAME($organiser, form: "by") } ({ $acronym }). Il distingue les villes qui éclairent leurs rues sans cacher les étoiles.

## The words under a key figure; `.of-city` in the press release of the edition

figure-applicants = ont présenté leur candidature
figure-lamps = rénovés ou éteints
    .of-city = rénovés ou éteints { NAME($city, form: "in") }
figure-saving = baisse de la consommation de l’éclairage public
    .of-city = baisse de la consommation de l’éclairage public { NAME($city, form: "in") }
figure-stars = visibles à l’œil nu
    .of-city = visibles à l’œil nu { NAME($city, form: "in") }
figure-grant = budget des nouveaux lampadaires
    .of-city = budget des nouveaux lampadaires { NAME($city, form: "in") }

## Press release of a city

city-short = { $short }{ "\u00A0" }: { NAME($city) }
city-headline = { NAME($city) } rejoint les { $short }
city-standfirst = Ce titre distingue les villes qui éclairent leurs rues sans cacher les étoiles.
city-lede = { NAME($city) } figure dans la { selection } du programme «{ "\u202F" }{ $programme }{ "\u202F" }». Les résultats ont été annoncés le { DATE($announced) } { NAME($place, form: "in") }.

## Press release of the edition

edition-short = { $short }{ "\u00A0" }: les résultats
edition-headline = { $short }{ "\u00A0" }: la { selection } est connue
edition-standfirst = Ce titre distingue les villes qui éclairent leurs rues sans cacher les étoiles.
edition-lede = La { selection } du programme «{ "\u202F" }{ $programme }{ "\u202F" }» a été annoncée le { DATE($announced) } { NAME($place, form: "in") }. Elle réunit { $city-count ->
        [1] une seule ville
        [2] deux villes
        [3] trois villes
        [4] quatre villes
        [5] cinq villes
        [6] six villes
        [7] sept villes
        [8] huit villes
        [9] neuf villes
       *[other] { $city-count } villes
    }.
heading-ranking = Les villes retenues

## Sentences of the story (reports/story.yaml)

sentence-applicants = La Société fictive du ciel nocturne a reçu { COUNT($figure) ->
        [one] la candidature
        [many] les candidatures
       *[other] les candidatures
    } { MEASURE($figure, style: "of") }.
sentence-aim = Des rues éclairées là où il le faut, quand il le faut, consomment moins d’énergie, dérangent moins la faune et préservent l’obscurité du ciel.
sentence-lamps = { NAME($city) } { $nature ->
        [forecast] doit rénover ou éteindre
       *[observed] a rénové ou éteint
    } { MEASURE($figure, style: "words") }{ in-period }.
sentence-saving = La consommation de l’éclairage public { $nature ->
        [forecast] devrait diminuer
       *[observed] a diminué
    } { MEASURE($figure, style: "of") }{ in-period }.
sentence-stars = Par nuit claire, { MEASURE($figure, style: "words") } { $nature ->
        [forecast] { COUNT($figure) ->
            [one] devrait
            [many] devraient
           *[other] devraient
        } se voir à l’œil nu { NAME($city, form: "in") }
       *[observed] se { COUNT($figure) ->
            [one] voyait
            [many] voyaient
           *[other] voyaient
        } à l’œil nu { NAME($city, form: "in") }
    }{ in-period }.
sentence-grant = La ville { $nature ->
        [forecast] prévoit de consacrer
       *[observed] a consacré
    } { MEASURE($figure) } à de nouveaux lampadaires{ in-period }.
sentence-observatory = Le public peut admirer le ciel nocturne depuis { NAME($observatory, form: "the") }.
sentence-first-night = La première nuit ouverte à tous est prévue { DATE($first-night, style: "when") }.
sentence-guide = Le guide { NAME($organiser, form: "of") } à l’usage des villes est publié à l’adresse { $guide }.

## Certificate

certificate-distinction = ville de la { selection }
certificate-citation = pour un éclairage des rues qui ne cache pas les étoiles,{ "\u2028" }sur décision { NAME($organiser, form: "of") }
