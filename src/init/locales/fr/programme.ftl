# The words of this programme in French: change them to yours. All other words come from the program.
#
# Every message receives the facts as variables: $programme, $short, $founded, $organiser, $acronym, $edition,
# $announced, $published, $place, $convention, $conference, $routes; in documents of a city $city, $country, $rank, $route and
# $serial; in the press release of the edition $first, $rank (of the first) and $city-count; in all of them each figure,
# milestone and project fact (reports/facts.yaml) under its name. A fact that the data lacks selects the variant [none].

about = { $programme }{ "\u00A0" }: programme créé { DATE($founded, style: "when") } { NAME($organiser, form: "by") } ({ $acronym }).

## The words under a key figure; `.of-city` in the press release of the edition

figure-committee-countries = au comité
figure-residents = dans la ville
    .of-city = { NAME($city, form: "in") }
figure-projects = présentés au comité
    .of-city = présentés { NAME($city, form: "by") }
figure-budget = budget de ces projets
    .of-city = budget des projets { NAME($city, form: "of") }
figure-own-share = part de ce budget à la charge de la ville
    .of-city = part de ce budget à la charge { NAME($city, form: "of") }

## Press release of a city

city-short = { $short }{ "\u00A0" }: { NAME($city) }
city-headline = { $rank ->
        [none] { $short }{ "\u00A0" }: le choix s’est porté sur { NAME($city) }
       *[some] { $short }{ "\u00A0" }: { NAME($city) } à la { ORDINAL($rank, gender: "feminine", style: "words") } place
    }
city-standfirst = Les résultats de la { selection } sont connus.
city-lede = { $rank ->
        [none] { NAME($city) } figure dans la { selection } du programme «{ "\u202F" }{ $programme }{ "\u202F" }».
       *[some] { NAME($city) } occupe la { ORDINAL($rank, gender: "feminine", style: "words") } place de la { selection } du programme «{ "\u202F" }{ $programme }{ "\u202F" }».
    } Les résultats ont été annoncés le { DATE($announced) } { NAME($place, form: "in") }{ $convention ->
        [none] { "" }
       *[some] , pendant { NAME($convention, form: "the") }
    }.

## Press release of the edition

edition-short = { $short }{ "\u00A0" }: les résultats
edition-headline = { $short }{ "\u00A0" }: la { selection }
edition-standfirst = Les résultats ont été annoncés { NAME($place, form: "in") }.
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
    }{ $rank ->
        [none] { "" }
       *[some] { "\u202F" }; { NAME($first) } occupe la { ORDINAL($rank, gender: "feminine", style: "words") } place
    }.
heading-routes = Comment une ville est choisie
heading-ranking = { $rank ->
        [none] Les villes retenues
       *[some] Classement des villes retenues
    }

## Sentences of the story
## `sentence-FACT` is printed if the data has the fact. For a figure: $figure, and its $nature (forecast or observed), $hedge
## and $period. `.with-OTHER` is one sentence for the figure and the next, $other, if both have the same period, nature and
## source. The order of the sentences is in reports/story.yaml: `gen-report init . --eject reports/story.yaml` copies it.

sentence-committee-countries = Le comité qui a arrêté la sélection compte des membres { MEASURE($figure, style: "of") }.
sentence-routes = Les villes présentent elles-mêmes leur candidature ou sont recommandées par un gouvernement ou une organisation internationale.
sentence-conference = Les résultats ont été dévoilés { NAME($conference, form: "to") }.
sentence-residents = { NAME($city) } compte { MEASURE($figure, style: "words") }{ at-period }.
sentence-projects = La ville a présenté { MEASURE($figure, style: "words") } au comité.
sentence-budget = { $nature ->
        [forecast] Le budget de ces projets devrait atteindre { MEASURE($figure) }
       *[observed] Le budget de ces projets s’est élevé à { MEASURE($figure) }
    }{ in-period }.
sentence-own-share = { $nature ->
        [forecast] La ville devrait prendre en charge { MEASURE($figure) }
       *[observed] La ville a pris en charge { MEASURE($figure) }
    } de ce budget{ in-period }.

## Certificate

certificate-distinction = { $rank ->
        [none] pour sa place dans la { selection }
       *[some] { ORDINAL($rank, gender: "feminine", style: "words") } place de la { selection }
    }
certificate-citation = sur décision { NAME($organiser, form: "of") }
