# The words of this programme in English: change them to yours. All other words come from the program.
#
# Every message receives the facts as variables: $programme, $short, $founded, $organiser, $acronym, $edition,
# $announced, $published, $place, $convention, $conference, $routes; in documents of a city $city, $country, $rank, $route and
# $serial; in the press release of the edition $first, $rank (of the first) and $city-count; in all of them each figure,
# milestone and project fact (reports/facts.yaml) under its name. A fact that the data lacks selects the variant [none].

about = { $programme } was founded { DATE($founded, style: "in") } { NAME($organiser, form: "by") } ({ $acronym }).

## The words under a key figure; `.of-city` in the press release of the edition

figure-committee-countries = represented on the committee
figure-residents = in the city
    .of-city = { NAME($city, form: "in") }
figure-projects = presented to the committee
    .of-city = presented { NAME($city, form: "by") }
figure-budget = budget of these projects
    .of-city = budget of { NAME($city, form: "of") } projects
figure-own-share = share of this budget paid by the city
    .of-city = share of this budget paid { NAME($city, form: "by") }

## Press release of a city

city-short = { $short }: { NAME($city) }
city-headline = { $rank ->
        [none] { $short }: { NAME($city) } is selected
       *[some] { $short }: { NAME($city) } ranks { ORDINAL($rank, style: "words") }
    }
city-standfirst = The results of the { selection } have been announced.
city-lede = { NAME($city) } { $rank ->
        [none] has been selected
       *[some] ranks { ORDINAL($rank, style: "words") }
    } in the { selection } of { $programme }. The results were announced { NAME($place, form: "in") } { DATE($announced, style: "in") }{ $convention ->
        [none] { "" }
       *[some] , during { NAME($convention, form: "the") }
    }.

## Press release of the edition

edition-short = { $short }: results
edition-headline = { $short }: the { selection }
edition-standfirst = The results were announced { NAME($place, form: "in") }.
edition-lede = The { selection } of { $programme } was announced { NAME($place, form: "in") } { DATE($announced, style: "in") }. It includes { small-number } { $city-count ->
        [one] city
       *[other] cities
    }{ $rank ->
        [none] { "" }
       *[some] ; { NAME($first) } ranks { ORDINAL($rank, style: "words") }
    }.
heading-routes = How a city is selected
heading-ranking = { $rank ->
        [none] The selected cities
       *[some] Ranking of the selected cities
    }

## Sentences of the story
## `sentence-FACT` is printed if the data has the fact. For a figure: $figure, and its $nature (forecast or observed), $hedge
## and $period. `.with-OTHER` is one sentence for the figure and the next, $other, if both have the same period, nature and
## source. The order of the sentences is in reports/story.yaml: `gen-report init . --eject reports/story.yaml` copies it.

sentence-committee-countries = The committee that made the selection has members from { MEASURE($figure, style: "words") }.
sentence-routes = A city may apply on its own or be recommended by a government or an international organization.
sentence-conference = The results were released { NAME($conference, form: "to") }.
sentence-residents = { NAME($city) } has { MEASURE($figure) }{ as-of-period }.
sentence-projects = The city presented { MEASURE($figure, style: "words") } to the committee.
sentence-budget = The budget of these projects { $nature ->
        [forecast] is forecast at
       *[observed] came to
    } { MEASURE($figure) }{ in-period }.
sentence-own-share = The city { $nature ->
        [forecast] is to pay
       *[observed] paid
    } { MEASURE($figure) } of this budget{ in-period }.

## Certificate

certificate-distinction = { $rank ->
        [none] named in the { selection }
       *[some] ranked { ORDINAL($rank, style: "words") } in the { selection }
    }
certificate-citation = by decision of { NAME($organiser, form: "the") }
