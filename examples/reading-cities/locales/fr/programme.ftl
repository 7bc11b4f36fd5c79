# The words of this programme in French. All other words come from the program.

about = Le programme «{ "\u202F" }{ $programme }{ "\u202F" }» a été créé { DATE($founded, style: "when") } { NAME($organiser, form: "by") } ({ $acronym }). Il distingue les villes qui mettent le livre à la portée de tous.

## The words under a key figure; `.of-city` in the press release of the edition

figure-committee-countries = représentés au jury
figure-candidates = en lice
figure-libraries = dans la ville
    .of-city = { NAME($city, form: "in") }
figure-loans = en bibliothèque publique
    .of-city = en bibliothèque publique { NAME($city, form: "in") }
figure-cardholders = part des habitants titulaires d’une carte de bibliothèque
    .of-city = part des habitants { NAME($city, form: "of") } titulaires d’une carte de bibliothèque
figure-acquisitions = budget d’achat de livres
    .of-city = budget d’achat de livres { NAME($city, form: "in") }

## Press release of a city

city-short = { $short }{ "\u00A0" }: { NAME($city) }
city-headline = { $rank ->
        [none] { NAME($city) } rejoint les { $short }
       *[some] { NAME($city) }, { ORDINAL($rank, gender: "feminine", style: "words") } des { $short }
    }
city-standfirst = La { selection } distingue des villes qui mettent le livre à la portée de tous.
city-lede = { $rank ->
        [none] { NAME($city) } figure dans la { selection } du programme «{ "\u202F" }{ $programme }{ "\u202F" }».
       *[some] { NAME($city) } occupe la { ORDINAL($rank, gender: "feminine", style: "words") } place de la { selection } du programme «{ "\u202F" }{ $programme }{ "\u202F" }».
    } Les résultats ont été annoncés le { DATE($announced) } { NAME($place, form: "in") }{ $conference ->
        [none] { "" }
       *[some] , { NAME($conference, form: "to") }
    }.

## Press release of the edition

edition-short = { $short }{ "\u00A0" }: les résultats
edition-headline = { $rank ->
        [none] { $short }{ "\u00A0" }: la { selection }
       *[some] { NAME($first) } en tête de la { selection } des { $short }
    }
edition-standfirst = Le programme distingue les villes qui mettent le livre à la portée de tous.
edition-lede = La { selection } du programme «{ "\u202F" }{ $programme }{ "\u202F" }» a été annoncée le { DATE($announced) } { NAME($place, form: "in") }{ $conference ->
        [none] { "" }
       *[some] , { NAME($conference, form: "to") }
    }. Elle réunit { $city-count ->
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
    }{ $rank ->
        [none] { "" }
       *[some] { "\u202F" }; { NAME($first) } occupe la { ORDINAL($rank, gender: "feminine", style: "words") } place
    }.
heading-routes = Comment une ville est choisie
heading-ranking = { $rank ->
        [none] Les villes retenues
       *[some] Classement des villes retenues
    }
heading-library = Une bibliothèque à découvrir

## Sentences of the story (reports/story.yaml)

sentence-candidates = Le jury a examiné les dossiers { MEASURE($figure, style: "of") }.
    .with-committee-countries = Le jury, dont les membres viennent { MEASURE($other, style: "of") }, a examiné les dossiers { MEASURE($figure, style: "of") }.
sentence-committee-countries = Les membres du jury viennent { MEASURE($figure, style: "of") }.
sentence-routes = Les villes présentent elles-mêmes leur candidature ou sont recommandées par un gouvernement ou une organisation internationale.
has-libraries = { NAME($city) } { $nature ->
        [forecast] devrait compter
       *[observed] { $period ->
            [none] compte
           *[some] comptait
        }
    } { MEASURE($figure, style: "words") }
sentence-libraries = { has-libraries }{ at-period }.
    .with-loans = { has-libraries }, { $nature ->
        [forecast] { COUNT($figure) ->
            [one] qui devrait
            [many] qui devraient
           *[other] qui devraient
        } enregistrer
       *[observed] { COUNT($figure) ->
            [one] qui a
            [many] qui ont
           *[other] qui ont
        } enregistré
    } { MEASURE($other, style: "words") }{ in-period }.
sentence-loans = Les bibliothèques de la ville { $nature ->
        [forecast] devraient enregistrer
       *[observed] ont enregistré
    } { MEASURE($figure, style: "words") }{ in-period }.
sentence-cardholders = Dans la ville, { MEASURE($figure) } des habitants { $nature ->
        [forecast] devraient avoir
       *[observed] avaient
    } une carte de bibliothèque{ at-period }.
sentence-acquisitions = La ville { $nature ->
        [forecast] prévoit de consacrer
       *[observed] a consacré
    } { MEASURE($figure) } à l’achat de livres{ in-period }.
sentence-central-library = Le jury a distingué { NAME($central-library, form: "the") }{ $scope ->
        [edition] , { NAME($city, form: "in") }
       *[city] { "" }
    }.
sentence-opening = Celle-ci doit ouvrir sa nouvelle salle de lecture { DATE($opening, style: "when") }.
sentence-partners = La ville échange des livres avec { LIST($partners) }.
sentence-reading-list = Le jury publie sa liste de lectures à l’adresse { $reading-list }.

## Certificate

certificate-distinction = { $rank ->
        [none] pour sa place dans la { selection }
       *[some] { ORDINAL($rank, gender: "feminine", style: "words") } place de la { selection }
    }
certificate-citation = pour avoir mis le livre à la portée de tous,{ "\u2028" }sur décision du jury { NAME($organiser, form: "of") }
